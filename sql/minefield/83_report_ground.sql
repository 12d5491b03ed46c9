-- the sections of a report about the ground: overlaps, finds, areas, lines,
-- maps, and what to ask the other party for

CREATE FUNCTION mf_report_overlaps(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	classes jsonb;
	rows jsonb;
	total bigint;
	contradicting bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	INSERT INTO pg_temp.minefield_out_overlap
	SELECT o.key_a, o.key_b, o.class, o.certainty::text, o.contradicts, o.area_m2, o.share_a, o.share_b, o.shift_m, NULL
	FROM (SELECT mf_overlaps(key, record, mf_overlap_options(
				sliver_m2 => (options ->> 'sliver_m2'::text)::float8, near_m => (options ->> 'near_m'::text)::float8)) AS pairs
		  FROM pg_temp.minefield_in_record WHERE box IS NOT NULL) p, pg_catalog.unnest(p.pairs) o;
	-- the common ground, for the maps: of the largest pairs, which one can see
	UPDATE pg_temp.minefield_out_overlap o
	SET shape = ST_CollectionExtract(ST_Intersection(ST_MakeValid(mf_footprint(a.record)),
													 ST_MakeValid(mf_footprint(b.record))), 3)
	FROM (SELECT key_a, key_b FROM pg_temp.minefield_out_overlap
		  WHERE class IN ('duplicate', 'contains', 'within', 'partial') AND area_m2 > 0::float8
		  ORDER BY contradicts DESC NULLS LAST, area_m2 DESC LIMIT 2000) t
		JOIN pg_temp.minefield_in_record a ON a.key = t.key_a
		JOIN pg_temp.minefield_in_record b ON b.key = t.key_b
	WHERE o.key_a = t.key_a AND o.key_b = t.key_b;

	SELECT pg_catalog.jsonb_object_agg(class, n), coalesce(pg_catalog.sum(n), 0::numeric)::bigint, coalesce(pg_catalog.sum(c), 0::numeric)::bigint
	INTO classes, total, contradicting
	FROM (SELECT class, pg_catalog.count(*) AS n, pg_catalog.count(*) FILTER (WHERE contradicts) AS c
		  FROM pg_temp.minefield_out_overlap GROUP BY class) x;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('a', key_a, 'b', key_b, 'class', class, 'certainty', certainty,
				'contradicts', contradicts, 'area_m2', area_m2, 'share_a', share_a, 'share_b', share_b,
				'shift_m', shift_m, 'differs', CASE WHEN contradicts THEN mf_report_differs(key_a, key_b) END)
			ORDER BY n) INTO rows
	FROM (SELECT *, pg_catalog.row_number() OVER (ORDER BY contradicts DESC NULLS LAST, area_m2 DESC NULLS LAST,
									   key_a COLLATE "C", key_b COLLATE "C") AS n
		  FROM pg_temp.minefield_out_overlap) o WHERE n <= (options ->> 'max_rows'::text)::integer;
	RETURN mf_report_list(total, rows)
		|| pg_catalog.jsonb_build_object('classes', coalesce(classes, '{}'::jsonb), 'contradicting', contradicting,
			'not_compared', (SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_record WHERE box IS NULL));
END
$$;
COMMENT ON FUNCTION mf_report_overlaps(jsonb) IS
	'For the report: section of a report: the pairs of records on the same ground by class, those first whose documents contradict each other.';

CREATE FUNCTION mf_report_differs(key_a text, key_b text) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	RETURN (
		WITH said AS (
			SELECT r.key, (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', m.model, coalesce(m.as_written, m.count::text, '?')), ', ' ORDER BY m.n)
						   FROM mf_mines(r.record) m) AS mines,
				   mf_properties(r.record) ->> 'laid'::text AS laid, mf_properties(r.record) ->> 'category'::text AS category
			FROM pg_temp.minefield_in_record r WHERE r.key IN (key_a, key_b))
		SELECT pg_catalog.jsonb_object_agg(item, pg_catalog.jsonb_build_array(x, y))
		FROM said a, said b, LATERAL (VALUES ('mines', a.mines, b.mines), ('laid', a.laid, b.laid),
											 ('category', a.category, b.category)) v (item, x, y)
		WHERE a.key = key_a AND b.key = key_b AND x IS NOT NULL AND y IS NOT NULL AND x <> y);
END
$$;
COMMENT ON FUNCTION mf_report_differs(text, text) IS
	'For the report: what two records of a report say differently of mines, laying and category, side by side; NULL when none of these differs.';

CREATE FUNCTION mf_report_finds(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	result jsonb;
	rows jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	INSERT INTO pg_temp.minefield_out_find
	WITH finds AS (
		SELECT pg_catalog.row_number() OVER (ORDER BY id COLLATE "C", kind COLLATE "C", place) AS n, * FROM pg_temp.minefield_in_find
		WHERE place IS NOT NULL)
	SELECT f.id, f.kind, f.model, o.key IS NOT NULL, o.within_uncertainty, o.nearest, o.distance_m, f.place
	FROM finds f LEFT JOIN pg_catalog.unnest((
		SELECT mf_outside_records(pg_catalog.array_agg(f.n::text), pg_catalog.array_agg(f.place),
			(SELECT pg_catalog.array_agg(key) FROM pg_temp.minefield_in_record), (SELECT pg_catalog.array_agg(record) FROM pg_temp.minefield_in_record))
		FROM finds f)) o ON o.key = f.n::text;

	SELECT pg_catalog.jsonb_build_object('total', (SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_find),
			'without_place', (SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_find WHERE place IS NULL),
			'inside', pg_catalog.count(*) FILTER (WHERE NOT outside), 'outside', pg_catalog.count(*) FILTER (WHERE outside),
			'outside_within_uncertainty', pg_catalog.count(*) FILTER (WHERE outside AND within_uncertainty),
			'outside_beyond_uncertainty', pg_catalog.count(*) FILTER (WHERE outside AND NOT within_uncertainty),
			'outside_uncertainty_unknown', pg_catalog.count(*) FILTER (WHERE outside AND within_uncertainty IS NULL),
			'by_kind', (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', kind, 'total', n, 'outside', o) ORDER BY kind COLLATE "C")
						FROM (SELECT kind, pg_catalog.count(*) AS n, pg_catalog.count(*) FILTER (WHERE outside) AS o
							  FROM pg_temp.minefield_out_find GROUP BY kind) k),
			'unlocated_candidates', (SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_record WHERE box IS NULL))
	INTO result FROM pg_temp.minefield_out_find;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', id, 'kind', kind, 'model', model, 'lon', pg_catalog.round(ST_X(place)::numeric, 6),
				'lat', pg_catalog.round(ST_Y(place)::numeric, 6), 'nearest', nearest, 'distance_m', distance_m,
				'within_uncertainty', within_uncertainty) ORDER BY n) INTO rows
	FROM (SELECT *, pg_catalog.row_number() OVER (ORDER BY distance_m DESC NULLS FIRST, id COLLATE "C") AS n
		  FROM pg_temp.minefield_out_find WHERE outside) o WHERE n <= (options ->> 'max_rows'::text)::integer;
	RETURN result || pg_catalog.jsonb_build_object('rows', coalesce(rows, '[]'::jsonb));
END
$$;
COMMENT ON FUNCTION mf_report_finds(jsonb) IS
	'For the report: section of a report: the finds and accidents outside every record, the farthest first, with the nearest record and whether its accuracy reaches them.';

-- A degree is at least so long: nothing near enough is left out.
CREATE FUNCTION mf_report_near(shape geometry, distance_m float8) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	RETURN ST_Expand(ST_Envelope(shape), distance_m / (110000.0::float8 * GREATEST(pg_catalog.cos(pg_catalog.radians(
		LEAST(89.0::float8, GREATEST(pg_catalog.abs(ST_YMin(shape)), pg_catalog.abs(ST_YMax(shape)))))), 0.01::float8)),
		distance_m / 110000.0::float8);
COMMENT ON FUNCTION mf_report_near(geometry, float8) IS
	'For the report: for the sections of a report: a box about a shape that reaches at least so many metres beyond it.';

-- Records that can matter to an area: those near enough to reach into it by
-- their margin or accuracy, and those that may lie anywhere.
CREATE FUNCTION mf_report_area(area_id text, options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	area record;
	margin float8 := options ->> 'margin_m'::text;
	pad_m float8;
	result record;
	rows jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT * INTO area FROM pg_temp.minefield_in_area WHERE id = area_id;
	SELECT margin + coalesce(pg_catalog.max(least(accuracy_m, 20000.0::float8)), 0.0::float8) + 1.0::float8 INTO pad_m
	FROM pg_temp.minefield_in_record;
	SELECT mf_coverage(r.record, area.aoi, mf_coverage_options(margin_m => margin)) AS coverage,
		   mf_gap_rows(r.key, r.record, area.aoi, mf_gap_options(margin_m => margin,
				min_area_m2 => (options ->> 'min_gap_m2'::text)::float8)) AS gaps,
		   pg_catalog.count(r.key) FILTER (WHERE mf_intersects(r.record, area.aoi)) AS touching,
		   pg_catalog.count(r.key) FILTER (WHERE r.accuracy_m IS NULL
				AND mf_intersects(r.record, area.aoi)) AS accuracy_unknown
	INTO result
	FROM (SELECT mf_report_near(area.aoi, pad_m) AS box) near
		LEFT JOIN pg_temp.minefield_in_record r ON r.box && near.box OR r.box IS NULL;

	INSERT INTO pg_temp.minefield_out_gap
	SELECT 'area', area.id, g.n, g.area_m2, g.neighbours,
		   pg_catalog.jsonb_build_object('n', g.n, 'area_m2', g.area_m2, 'share', g.share_of_aoi, 'max_width_m', g.max_width_m,
				'lon', pg_catalog.round(ST_X(g.centroid)::numeric, 5), 'lat', pg_catalog.round(ST_Y(g.centroid)::numeric, 5),
				'neighbours', pg_catalog.to_jsonb(g.neighbours[1:6]), 'neighbours_count', coalesce(pg_catalog.cardinality(g.neighbours), 0)),
		   g.geometry
	FROM pg_catalog.unnest(result.gaps) g;
	SELECT pg_catalog.jsonb_agg(body ORDER BY n) INTO rows
	FROM pg_temp.minefield_out_gap
	WHERE kind = 'area' AND place = area.id AND n <= (options ->> 'max_rows'::text)::integer;

	RETURN pg_catalog.jsonb_build_object('id', area.id, 'name', area.name, 'records', result.touching,
		'unlocated', (result.coverage).unlocated, 'without_area', (
			SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_record r
			WHERE r.box && area.aoi AND mf_area(r.record) IS NULL AND mf_intersects(r.record, area.aoi)),
		'accuracy_unknown', result.accuracy_unknown,
		'aoi_m2', (result.coverage).aoi_m2, 'recorded_m2', (result.coverage).recorded_m2,
		'possible_m2', (result.coverage).possible_m2, 'no_record_m2', (result.coverage).no_record_m2,
		'recorded_fraction', (result.coverage).recorded_fraction,
		'recorded_times_m2', pg_catalog.to_jsonb((result.coverage).recorded_times_m2[1:5]),
		'gaps', mf_report_list(coalesce(pg_catalog.cardinality(result.gaps), 0)::bigint, rows));
END
$$;
COMMENT ON FUNCTION mf_report_area(text, jsonb) IS
	'For the report: one area of a report: recorded, possible and no-record ground in square metres, and its gaps by falling area.';

CREATE FUNCTION mf_report_line(line_id text, options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	line record;
	result record;
	rows jsonb;
	length_m float8;
	open_m float8;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT * INTO line FROM pg_temp.minefield_in_line WHERE id = line_id;
	SELECT mf_line_gap_rows(r.key, r.record, line.line, line.distance_m) AS gaps INTO result
	FROM (SELECT mf_report_near(line.line, line.distance_m) AS box) near
		LEFT JOIN pg_temp.minefield_in_record r ON r.box && near.box OR r.box IS NULL;
	length_m := ST_Length(line.line::geography);
	open_m := (SELECT coalesce(pg_catalog.sum(g.length_m), 0::float8) FROM pg_catalog.unnest(result.gaps) g);

	INSERT INTO pg_temp.minefield_out_gap
	SELECT 'line', line.id, pg_catalog.row_number() OVER (ORDER BY g.length_m DESC, g.from_m), g.length_m, g.neighbours,
		   pg_catalog.jsonb_build_object('n', pg_catalog.row_number() OVER (ORDER BY g.length_m DESC, g.from_m),
				'from_m', g.from_m, 'to_m', g.to_m, 'length_m', g.length_m,
				'lon', pg_catalog.round(ST_X(c)::numeric, 5), 'lat', pg_catalog.round(ST_Y(c)::numeric, 5),
				'neighbours', pg_catalog.to_jsonb(g.neighbours[1:6]), 'neighbours_count', coalesce(pg_catalog.cardinality(g.neighbours), 0)),
		   g.geometry
	FROM (SELECT *, ST_LineInterpolatePoint(ST_GeometryN(geometry, 1), 0.5::float8) AS c FROM pg_catalog.unnest(result.gaps)) g
	WHERE g.length_m >= (options ->> 'min_gap_m'::text)::float8;
	SELECT pg_catalog.jsonb_agg(body ORDER BY n) INTO rows
	FROM pg_temp.minefield_out_gap
	WHERE kind = 'line' AND place = line.id AND n <= (options ->> 'max_rows'::text)::integer;

	RETURN pg_catalog.jsonb_build_object('id', line.id, 'name', line.name, 'distance_m', line.distance_m,
		'length_m', length_m, 'no_record_m', open_m, 'recorded_m', length_m - open_m,
		'unlocated', (SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_record WHERE box IS NULL),
		'gaps', mf_report_list((SELECT pg_catalog.count(*) FROM pg_temp.minefield_out_gap WHERE kind = 'line' AND place = line.id), rows));
END
$$;
COMMENT ON FUNCTION mf_report_line(text, jsonb) IS
	'For the report: one line of a report: how much of it lies within distance_m metres of a record, the stretches that do not, the longest first.';

-- What to ask for: the largest gaps of all places, with the numbers of the
-- records beside them and the missing numbers that lie between those.
CREATE FUNCTION mf_report_questions(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	rows jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT pg_catalog.jsonb_agg(body || pg_catalog.jsonb_build_object('kind', kind, 'place', place_name, 'missing', coalesce(missing, '[]'::jsonb))
					 ORDER BY kind, size DESC) INTO rows
	FROM (SELECT g.kind, g.size, g.body, coalesce(a.name, l.name) AS place_name,
				 (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book', m.book, 'low', m.low, 'high', m.high) ORDER BY m.book COLLATE "C", m.low)
				  FROM (SELECT r.book, pg_catalog.min(r.number::bigint) AS low, pg_catalog.max(r.number::bigint) AS high
						FROM pg_temp.minefield_in_record r
						WHERE r.key = ANY (g.neighbours) AND r.number ~ '^[0-9]{1,9}$' GROUP BY r.book) b
					   JOIN pg_temp.minefield_out_missing m ON m.book IS NOT DISTINCT FROM b.book
						AND m.high >= b.low - 1::bigint AND m.low <= b.high + 1::bigint
				  WHERE b.high - b.low <= 40::bigint) AS missing
		  FROM (SELECT *, pg_catalog.row_number() OVER (PARTITION BY kind ORDER BY size DESC, place COLLATE "C", n) AS rank
				FROM pg_temp.minefield_out_gap) g
			LEFT JOIN pg_temp.minefield_in_area a ON g.kind = 'area' AND a.id = g.place
			LEFT JOIN pg_temp.minefield_in_line l ON g.kind = 'line' AND l.id = g.place
		  WHERE g.rank <= 10) q;
	RETURN coalesce(rows, '[]'::jsonb);
END
$$;
COMMENT ON FUNCTION mf_report_questions(jsonb) IS
	'For the report: section of a report: the ten largest gaps of areas and the ten longest of lines, with the missing numbers that the records beside them enclose.';

CREATE FUNCTION mf_report_overview(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	shown record;
	map jsonb;
	rows jsonb;
	total bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	-- maps last, when all gaps are known: each shows those of areas and lines
	UPDATE pg_temp.minefield_out_part p SET body = p.body || pg_catalog.jsonb_build_object('map', mf_report_map(ST_Envelope(mf_report_map_turn(a.aoi)), 'area', a.id))
	FROM pg_temp.minefield_in_area a WHERE p.part = 'area' AND p.body ->> 'id'::text = a.id;
	UPDATE pg_temp.minefield_out_part p SET body = p.body || pg_catalog.jsonb_build_object('map', mf_report_map(ST_Envelope(mf_report_map_turn(l.line)), 'line', l.id))
	FROM pg_temp.minefield_in_line l WHERE p.part = 'line' AND p.body ->> 'id'::text = l.id;
	map := mf_report_map(mf_report_map_extent(), 'all', NULL);
	SELECT mf_report_map_box(map -> 'frame'::text) AS box INTO shown;
	SELECT pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', key, 'book', book, 'lon', pg_catalog.round(x::numeric, 5), 'lat', pg_catalog.round(y::numeric, 5))
							   ORDER BY key COLLATE "C") FILTER (WHERE n <= (options ->> 'max_rows'::text)::integer)
	INTO total, rows
	FROM (SELECT key, book, (ST_XMin(box) + ST_XMax(box)) / 2.0::float8 AS x, (ST_YMin(box) + ST_YMax(box)) / 2.0::float8 AS y,
				 pg_catalog.row_number() OVER (ORDER BY key COLLATE "C") AS n
		  FROM pg_temp.minefield_in_record r WHERE r.box IS NOT NULL AND (shown.box IS NULL OR NOT mf_report_map_turned(r.box, map -> 'frame'::text) && shown.box)) o;
	RETURN pg_catalog.jsonb_build_object('map', map, 'not_on_map', mf_report_list(total, rows));
END
$$;
COMMENT ON FUNCTION mf_report_overview(jsonb) IS
	'For the report: section of a report: all maps, and the records that lie too far from all others to be on that of everything.';
