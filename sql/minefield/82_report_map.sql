-- maps: extents drawn in a frame, as the paths of a picture
--
-- A frame is a box in longitude and latitude that is drawn 720 pixels wide.
-- Paths are in whole units of a part of a pixel, so that they are short: what
-- differs by less is not seen.  Longitudes are shortened by the cosine of the
-- frame's middle latitude; nothing is measured on a drawing.
--
-- No extent crosses the meridian of 180 degrees, but places on both sides of
-- it are neighbours.  Where they lie closer together that way, longitudes west
-- of Greenwich are counted on beyond 180, and so is the frame.

CREATE FUNCTION mf_report_map_turn(shape geometry) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 250
	RETURN CASE WHEN ST_XMax(shape) - ST_XMin(shape) > 180.0::float8
			AND ST_XMax(ST_WrapX(shape, 0.0::float8, 360.0::float8)) - ST_XMin(ST_WrapX(shape, 0.0::float8, 360.0::float8))
				< ST_XMax(shape) - ST_XMin(shape)
		THEN ST_WrapX(shape, 0.0::float8, 360.0::float8) ELSE shape END;
COMMENT ON FUNCTION mf_report_map_turn(geometry) IS
	'For the report: a shape that lies on both sides of the meridian of 180 degrees, with longitudes from 0 to 360; any other shape as it is.';

CREATE FUNCTION mf_report_map_frame(west float8, south float8, east float8, north float8, dense boolean) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	mid_lat float8;
	k float8;					-- metres in a degree of longitude there
	wide_m float8;
	high_m float8;
	pad_m float8;
	bar_m float8;
	per_degree float8;
	unit float8 := CASE WHEN dense THEN 0.5 ELSE 0.1 END;
BEGIN
	mid_lat := (south + north) / 2.0::float8;
	k := 111320.0::float8 * greatest(pg_catalog.cos(pg_catalog.radians(mid_lat)), 0.01::float8);
	-- a margin about everything, and no picture of less than 200 metres
	pad_m := greatest((east - west) * k, (north - south) * 111320.0::float8, 200.0::float8) * 0.04::float8;
	wide_m := greatest((east - west) * k + 2.0::float8 * pad_m, 200.0::float8);
	high_m := greatest((north - south) * 111320.0::float8 + 2.0::float8 * pad_m, wide_m * 0.4::float8);
	-- a narrow high extent would make a picture longer than a sheet
	wide_m := greatest(wide_m, high_m * 1.15::float8);
	bar_m := pg_catalog.power(10.0::float8, pg_catalog.floor(pg_catalog.log(wide_m / 4.0::float8)));
	bar_m := bar_m * CASE WHEN wide_m / 4.0::float8 >= 5.0::float8 * bar_m THEN 5.0::float8
						  WHEN wide_m / 4.0::float8 >= 2.0::float8 * bar_m THEN 2.0::float8 ELSE 1.0::float8 END;
	per_degree := 720.0::float8 / unit / wide_m;
	RETURN pg_catalog.jsonb_build_object(
		'west', (west + east) / 2.0::float8 - wide_m / k / 2.0::float8,
		'east', (west + east) / 2.0::float8 + wide_m / k / 2.0::float8,
		'south', mid_lat - high_m / 111320.0::float8 / 2.0::float8,
		'north', mid_lat + high_m / 111320.0::float8 / 2.0::float8,
		'width', 720, 'height', pg_catalog.ceil(720.0::float8 * high_m / wide_m)::integer,
		'unit', unit,
		'x_per_degree', per_degree * k, 'y_per_degree', per_degree * 111320.0::float8,
		'm_per_px', wide_m / 720.0::float8, 'turned', east > 180.0::float8,
		'bar_m', bar_m, 'bar_px', pg_catalog.round((bar_m * 720.0::float8 / wide_m)::numeric, 1));
END
$$;
COMMENT ON FUNCTION mf_report_map_frame(float8, float8, float8, float8, boolean) IS
	'For the report: the frame of a map about a box of longitudes and latitudes: its box in degrees, its size in pixels, the unit of paths in pixels (coarser when dense), metres per pixel and a round scale bar. NULL when any argument is.';

CREATE FUNCTION mf_report_map_box(frame jsonb) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	RETURN ST_MakeEnvelope((frame ->> 'west'::text)::float8, (frame ->> 'south'::text)::float8,
						   (frame ->> 'east'::text)::float8, (frame ->> 'north'::text)::float8, 4326);
COMMENT ON FUNCTION mf_report_map_box(jsonb) IS
	'For the report: the box that a frame shows, in longitude and latitude.';

CREATE FUNCTION mf_report_map_turned(shape geometry, frame jsonb) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	RETURN CASE WHEN (frame ->> 'turned'::text)::boolean THEN ST_WrapX(shape, 0.0::float8, 360.0::float8) ELSE shape END;
COMMENT ON FUNCTION mf_report_map_turned(geometry, jsonb) IS
	'For the report: a shape with the longitudes of a frame.';

-- ST_AsSVG turns the sign of y: north is up there, too.
CREATE FUNCTION mf_report_map_place(shape geometry, frame jsonb) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	RETURN ST_Affine(mf_report_map_turned(shape, frame),
		(frame ->> 'x_per_degree'::text)::float8, 0.0::float8, 0.0::float8, (frame ->> 'y_per_degree'::text)::float8,
		- (frame ->> 'west'::text)::float8 * (frame ->> 'x_per_degree'::text)::float8,
		- (frame ->> 'north'::text)::float8 * (frame ->> 'y_per_degree'::text)::float8);
COMMENT ON FUNCTION mf_report_map_place(geometry, jsonb) IS
	'For the report: a shape in the units of a frame, x to the right and y up from its upper left corner.';

-- One letter less for each edge, and no space that is not needed.  What is
-- smaller than a unit gives no path, and is drawn as a dot.
CREATE FUNCTION mf_report_map_path(placed geometry) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 250
	RETURN pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.concat(
		ST_AsSVG(ST_SnapToGrid(ST_Simplify(ST_CollectionExtract(placed, 3), 0.7::float8), 1.0::float8), 1, 0),
		ST_AsSVG(ST_SnapToGrid(ST_Simplify(ST_CollectionExtract(placed, 2), 0.7::float8), 1.0::float8), 1, 0)),
		' -', '-'), ' l ', 'l'), ' z', 'z'), 'M ', 'M');
COMMENT ON FUNCTION mf_report_map_path(geometry) IS
	'For the report: the areas and lines of a shape that mf_report_map_place has placed, as the path of a picture in whole units; empty when they are smaller.';

-- Row by row, each dot told by how far it is from the one before: that takes
-- two letters of three.
CREATE FUNCTION mf_report_map_dots(placed geometry[]) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
	BEGIN ATOMIC
		SELECT pg_catalog.string_agg(CASE WHEN d.x0 IS NULL THEN pg_catalog.format('M%s %sh0', d.x, d.y)
				ELSE pg_catalog.replace(pg_catalog.format('m%s %sh0', d.x - d.x0, d.y - d.y0), ' -', '-') END, '' ORDER BY d.y, d.x)
		FROM (SELECT p.x, p.y, pg_catalog.lag(p.x) OVER by_row AS x0, pg_catalog.lag(p.y) OVER by_row AS y0
			  FROM (SELECT DISTINCT pg_catalog.round(ST_X(g.c))::integer AS x, - pg_catalog.round(ST_Y(g.c))::integer AS y
					FROM (SELECT ST_Centroid(s.shape) AS c FROM pg_catalog.unnest(placed) AS s(shape)) AS g) AS p
			  WINDOW by_row AS (ORDER BY p.y, p.x)) AS d;
	END;
COMMENT ON FUNCTION mf_report_map_dots(geometry[]) IS
	'For the report: shapes too small to be seen, as the path of dots: what is recorded is never left out for its size. Shapes at one place are one dot; NULL where there are none.';

-- Everything that a report knows of the ground in a frame.  Names are given
-- to single records only where there is room for them; in a crowd, records of
-- one source are one path.
CREATE FUNCTION mf_report_map(extent geometry, place_kind text, place_id text) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	frame jsonb;
	box record;
	one_px float8;
	crowd bigint;
	result jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	frame := mf_report_map_frame(ST_XMin(extent), ST_YMin(extent), ST_XMax(extent), ST_YMax(extent), false);
	IF frame IS NULL THEN
		RETURN NULL;
	END IF;
	-- what is shown, and where that is for those who count longitudes from -180
	SELECT shown, CASE WHEN (frame ->> 'turned'::text)::boolean THEN ST_Translate(shown, -360.0::float8, 0.0::float8) ELSE shown END AS far
	INTO box FROM (SELECT mf_report_map_box(frame) AS shown) b;
	SELECT pg_catalog.count(*) INTO crowd FROM pg_temp.minefield_in_record r WHERE (r.box && box.shown OR r.box && box.far);
	IF crowd > 1500::bigint THEN
		frame := mf_report_map_frame(ST_XMin(extent), ST_YMin(extent), ST_XMax(extent), ST_YMax(extent), true);
	END IF;
	-- two pixels: less is a dot
	one_px := 2.0::float8 * ((frame ->> 'east'::text)::float8 - (frame ->> 'west'::text)::float8) / 720.0::float8;
	result := pg_catalog.jsonb_build_object('frame', frame, 'records_shown', crowd);

	result := result || pg_catalog.jsonb_build_object('records', (
		SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('source', source, 'n', m, 'd', d, 'dots', dots)
						 ORDER BY m DESC, source COLLATE "C")
		FROM (SELECT source, pg_catalog.count(*) AS m, pg_catalog.string_agg(path, '' ORDER BY key COLLATE "C") AS d,
					 mf_report_map_dots(pg_catalog.array_agg(dot) FILTER (WHERE dot IS NOT NULL)) AS dots
			  FROM (SELECT key, source, CASE WHEN NOT small THEN mf_report_map_path(placed) END AS path,
						   CASE WHEN small THEN placed END AS dot
					FROM (SELECT key, mf_source(record) AS source,
								 mf_report_map_place(mf_geometry(record), frame) AS placed,
								 ST_XMax(r.box) - ST_XMin(r.box) < one_px AND ST_YMax(r.box) - ST_YMin(r.box) < one_px AS small
						  FROM pg_temp.minefield_in_record r WHERE (r.box && box.shown OR r.box && box.far)) p) d
			  GROUP BY source) s));
	IF crowd <= 400::bigint THEN
		-- where a pointer, or a reader of the page's text, finds the key
		result := result || pg_catalog.jsonb_build_object('names', (
			SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(key, mf_report_map_path(mf_report_map_place(ST_Envelope(r.box), frame)))
							 ORDER BY ST_XMax(r.box) - ST_XMin(r.box) DESC, key COLLATE "C")
			FROM pg_temp.minefield_in_record r WHERE (r.box && box.shown OR r.box && box.far)));
	END IF;

	RETURN result || pg_catalog.jsonb_build_object(
		'areas', (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', name, 'this', place_kind = 'area' AND id = place_id,
						'd', mf_report_map_path(mf_report_map_place(aoi, frame)),
						'x', pg_catalog.round(ST_X(c) * (frame ->> 'unit'::text)::float8), 'y', pg_catalog.round(- ST_Y(c) * (frame ->> 'unit'::text)::float8))
						ORDER BY id COLLATE "C")
				  FROM (SELECT *, mf_report_map_place(ST_PointOnSurface(ST_Intersection(ST_MakeValid(mf_report_map_turned(aoi, frame)), box.shown)), frame) AS c
						FROM pg_temp.minefield_in_area WHERE (aoi && box.shown OR aoi && box.far)) a),
		'lines', (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', name, 'this', place_kind = 'line' AND id = place_id,
						'd', mf_report_map_path(mf_report_map_place(ST_ClipByBox2D(mf_report_map_turned(line, frame), Box2D(ST_Expand(box.shown, one_px * 20.0::float8))), frame)))
						ORDER BY id COLLATE "C")
				  FROM pg_temp.minefield_in_line WHERE (line && box.shown OR line && box.far)),
		'gaps', (SELECT pg_catalog.string_agg(mf_report_map_path(mf_report_map_place(shape, frame)), '' ORDER BY size DESC, n)
				 FROM pg_temp.minefield_out_gap g
				 WHERE kind = 'area' AND (shape && box.shown OR shape && box.far) AND (place_kind <> 'area' OR g.place = place_id)),
		'line_gaps', (SELECT pg_catalog.string_agg(mf_report_map_path(mf_report_map_place(
							ST_ClipByBox2D(mf_report_map_turned(shape, frame), Box2D(ST_Expand(box.shown, one_px * 20.0::float8))), frame)), '' ORDER BY size DESC, n)
					  FROM pg_temp.minefield_out_gap g
					  WHERE kind = 'line' AND (shape && box.shown OR shape && box.far) AND (place_kind <> 'line' OR g.place = place_id)),
		'numbers', (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(n, pg_catalog.round(ST_X(c) * (frame ->> 'unit'::text)::float8),
														pg_catalog.round(- ST_Y(c) * (frame ->> 'unit'::text)::float8)) ORDER BY n)
					FROM (SELECT n, mf_report_map_place(CASE WHEN kind = 'line' THEN ST_LineInterpolatePoint(ST_GeometryN(shape, 1), 0.5::float8)
																ELSE ST_PointOnSurface(shape) END, frame) AS c
						  FROM pg_temp.minefield_out_gap g
						  WHERE kind = place_kind AND g.place = place_id AND n <= 12) x),
		'overlaps', (SELECT pg_catalog.string_agg(mf_report_map_path(mf_report_map_place(shape, frame)), '' ORDER BY area_m2 DESC)
					 FROM (SELECT * FROM pg_temp.minefield_out_overlap
						   WHERE (shape && box.shown OR shape && box.far) ORDER BY area_m2 DESC LIMIT 600) o),
		'finds', (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('class', class, 'n', m, 'd', d) ORDER BY class COLLATE "C")
				  FROM (SELECT class, pg_catalog.count(*) AS m, pg_catalog.string_agg(pg_catalog.format('M%s %s', x, y), '' ORDER BY x, y) AS d
						FROM (SELECT DISTINCT CASE WHEN kind = 'accident' THEN 'accident' ELSE 'find' END
									|| CASE WHEN outside THEN '_outside' ELSE '_inside' END AS class,
									 pg_catalog.round(ST_X(c) * (frame ->> 'unit'::text)::float8) AS x,
									 pg_catalog.round(- ST_Y(c) * (frame ->> 'unit'::text)::float8) AS y, id
							  FROM (SELECT *, mf_report_map_place(place, frame) AS c
									FROM (SELECT id, kind, outside, f.place AS place
										  FROM pg_temp.minefield_out_find f WHERE (f.place && box.shown OR f.place && box.far)
										  ORDER BY outside DESC, id COLLATE "C" LIMIT 3000) f) p) q
						GROUP BY class) r));
END
$$;
COMMENT ON FUNCTION mf_report_map(geometry, text, text) IS
	'For the report: the map of a report about an extent: for one area or line (place_kind ''area'' or ''line'' and its id) or of everything (place_kind ''all''). NULL for an empty or NULL extent.';

-- One record plotted at the far end of the world must not make everything
-- else a dot.  The middle is the median of all centres; a record that lies more
-- than six times as far from it as three of four is shown in a list instead.
-- Areas and lines are what was asked about: they are always on the map.
CREATE FUNCTION mf_report_map_extent() RETURNS geometry
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	mid_x float8;
	mid_y float8;
	reach float8;
	found record;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	CREATE TEMP TABLE minefield_tmp_place AS
	WITH box AS MATERIALIZED (
		SELECT b, ST_WrapX(b, 0.0::float8, 360.0::float8) AS t, asked
		FROM (SELECT ST_Envelope(mf_report_map_turn(aoi)) AS b, true AS asked FROM pg_temp.minefield_in_area WHERE NOT ST_IsEmpty(aoi)
			  UNION ALL SELECT ST_Envelope(mf_report_map_turn(line)), true FROM pg_temp.minefield_in_line WHERE NOT ST_IsEmpty(line)
			  UNION ALL SELECT box, false FROM pg_temp.minefield_in_record WHERE box IS NOT NULL) e),
	side AS (
		SELECT pg_catalog.max(ST_XMax(b)) > 180.0::float8 OR pg_catalog.max(ST_XMax(b)) - pg_catalog.min(ST_XMin(b)) > 180.0::float8
			AND pg_catalog.max(ST_XMax(t)) - pg_catalog.min(ST_XMin(t)) < pg_catalog.max(ST_XMax(b)) - pg_catalog.min(ST_XMin(b)) AS turned
		FROM box)
	SELECT b, asked, (ST_XMin(b) + ST_XMax(b)) / 2.0::float8 AS x, (ST_YMin(b) + ST_YMax(b)) / 2.0::float8 AS y,
		   greatest(ST_XMax(b) - ST_XMin(b), ST_YMax(b) - ST_YMin(b)) AS size
	FROM (SELECT CASE WHEN turned THEN t ELSE b END AS b, asked FROM box, side) e;
	SELECT pg_catalog.percentile_cont(0.5::float8) WITHIN GROUP (ORDER BY x),
		   pg_catalog.percentile_cont(0.5::float8) WITHIN GROUP (ORDER BY y)
	INTO mid_x, mid_y FROM minefield_tmp_place;
	SELECT pg_catalog.percentile_disc(0.75::float8) WITHIN GROUP (ORDER BY greatest(pg_catalog.abs(x - mid_x), pg_catalog.abs(y - mid_y)) + size / 2.0::float8) * 6.0::float8
	INTO reach FROM minefield_tmp_place;
	SELECT ST_SetSRID(ST_Extent(b)::geometry, 4326) AS extent INTO found FROM minefield_tmp_place
		WHERE asked OR greatest(pg_catalog.abs(x - mid_x), pg_catalog.abs(y - mid_y)) <= greatest(reach, 0.01::float8);
	DROP TABLE pg_temp.minefield_tmp_place;
	RETURN found.extent;
END
$$;
COMMENT ON FUNCTION mf_report_map_extent() IS
	'For the report: the extent of the areas, lines and records of a report without the records that lie far from all others. NULL when nothing has a place.';
