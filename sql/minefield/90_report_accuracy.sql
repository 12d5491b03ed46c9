-- the section of a report about how well places are known, and what of the
-- locations on paper could not be solved

-- Around each record the ground within its accuracy; those that are too small
-- to be drawn, and those whose accuracy is not known, as dots.  Of a crowd, the
-- widest rings.
CREATE FUNCTION mf_report_accuracy_map(extent geometry) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	frame jsonb;
	box record;
	unit_m float8;
	crowd bigint;
	rings jsonb;
	drawn bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT pg_catalog.count(*) INTO crowd FROM pg_temp.minefield_in_record r WHERE r.box IS NOT NULL;
	frame := mf_report_map_frame(ST_XMin(extent), ST_YMin(extent), ST_XMax(extent), ST_YMax(extent), crowd > 1500::bigint);
	IF frame IS NULL THEN
		RETURN NULL;
	END IF;
	SELECT shown, CASE WHEN (frame ->> 'turned'::text)::boolean THEN ST_Translate(shown, -360.0::float8, 0.0::float8) ELSE shown END AS far
	INTO box FROM (SELECT mf_report_map_box(frame) AS shown) b;
	unit_m := (frame ->> 'm_per_px'::text)::float8 * (frame ->> 'unit'::text)::float8;
	WITH placed AS MATERIALIZED (
		SELECT key, accuracy_m, mf_report_map_place(mf_geometry(record), frame) AS shape
		FROM pg_temp.minefield_in_record r WHERE r.box && box.shown OR r.box && box.far),
	wide AS MATERIALIZED (
		SELECT key, mf_report_map_path(ST_Buffer(ST_Simplify(shape, 1.0::float8, true), least(accuracy_m / unit_m, 20000.0::float8), 3)) AS d
		FROM placed WHERE accuracy_m / unit_m * (frame ->> 'unit'::text)::float8 >= 3.0::float8
		ORDER BY accuracy_m DESC, key COLLATE "C" LIMIT 400)
	SELECT pg_catalog.jsonb_build_array(
			pg_catalog.jsonb_build_object('class', 'reach', 'd', (SELECT pg_catalog.jsonb_agg(d ORDER BY key COLLATE "C") FROM wide WHERE d <> '')),
			pg_catalog.jsonb_build_object('class', 'known', 'dots', (SELECT mf_report_map_dots(pg_catalog.array_agg(shape)) FROM placed p
				WHERE accuracy_m IS NOT NULL AND NOT EXISTS (SELECT FROM wide w WHERE w.key = p.key AND w.d <> ''))),
			pg_catalog.jsonb_build_object('class', 'unknown', 'dots', (SELECT mf_report_map_dots(pg_catalog.array_agg(shape)) FROM placed
				WHERE accuracy_m IS NULL))),
		(SELECT pg_catalog.count(*) FROM wide)
	INTO rings, drawn;
	RETURN pg_catalog.jsonb_build_object('frame', frame, 'reach', rings, 'rings', drawn,
		'more', drawn = 400::bigint,
		'areas', (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', name, 'this', NULL,
						'd', mf_report_map_path(mf_report_map_place(aoi, frame)), 'x', NULL, 'y', NULL) ORDER BY id COLLATE "C")
				  FROM pg_temp.minefield_in_area WHERE aoi && box.shown OR aoi && box.far));
END
$$;
COMMENT ON FUNCTION mf_report_accuracy_map(geometry) IS
	'For the report: the map of uncertainty of an extent. NULL for an empty or NULL extent.';

CREATE FUNCTION mf_report_accuracy(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	most integer := options ->> 'max_rows'::text;
	result jsonb;
	worst jsonb;
	unsolved jsonb;
	points bigint;
	reasons jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT pg_catalog.jsonb_build_object('known', pg_catalog.count(accuracy_m), 'unknown', pg_catalog.count(*) - pg_catalog.count(accuracy_m),
			'median_m', pg_catalog.percentile_disc(0.5::float8) WITHIN GROUP (ORDER BY accuracy_m),
			'within', pg_catalog.jsonb_build_array(
				pg_catalog.jsonb_build_object('over_m', 0, 'up_to_m', 10, 'records', pg_catalog.count(*) FILTER (WHERE accuracy_m <= 10.0::float8)),
				pg_catalog.jsonb_build_object('over_m', 10, 'up_to_m', 50, 'records', pg_catalog.count(*) FILTER (WHERE accuracy_m > 10.0::float8 AND accuracy_m <= 50.0::float8)),
				pg_catalog.jsonb_build_object('over_m', 50, 'up_to_m', 200, 'records', pg_catalog.count(*) FILTER (WHERE accuracy_m > 50.0::float8 AND accuracy_m <= 200.0::float8)),
				pg_catalog.jsonb_build_object('over_m', 200, 'up_to_m', NULL, 'records', pg_catalog.count(*) FILTER (WHERE accuracy_m > 200.0::float8))))
	INTO result FROM pg_temp.minefield_in_record WHERE box IS NOT NULL;

	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', w.key, 'book', w.book, 'accuracy95_m', w.accuracy_m,
			'source', s.source, 'share', s.share) ORDER BY w.accuracy_m DESC, w.key COLLATE "C") INTO worst
	FROM (SELECT key, book, accuracy_m, mf_properties(record) #> '{derived,accuracy_by}'::text[] AS shares
		  FROM pg_temp.minefield_in_record WHERE box IS NOT NULL AND accuracy_m IS NOT NULL
		  ORDER BY accuracy_m DESC, key COLLATE "C" LIMIT most) w
		LEFT JOIN LATERAL (
			SELECT e.key AS source, pg_catalog.round((e.m * e.m / nullif(pg_catalog.sum(e.m * e.m) OVER (), 0.0::float8))::numeric, 3) AS share
			FROM (SELECT j.key, (j.value #>> '{}'::text[])::float8 AS m
				  FROM pg_catalog.jsonb_each(CASE WHEN pg_catalog.jsonb_typeof(w.shares) = 'object' THEN w.shares END) j
				  WHERE pg_catalog.jsonb_typeof(j.value) = 'number') e
			ORDER BY e.m DESC, e.key COLLATE "C" LIMIT 1) s ON true;

	CREATE TEMP TABLE minefield_tmp_unsolved AS
	SELECT r.key, r.book, r.box IS NOT NULL AS located, u.n, u.entry ->> 'point'::text AS point, u.entry ->> 'reason'::text AS reason,
		   (u.entry #>> '{leg,0}'::text[]) || ' – ' || (u.entry #>> '{leg,1}'::text[]) AS leg, u.entry ->> 'said'::text AS said
	FROM (SELECT key, book, box, mf_properties(record) #> '{derived,unsolved}'::text[] AS list FROM pg_temp.minefield_in_record) r,
		 pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(r.list) = 'array' THEN r.list END) WITH ORDINALITY u (entry, n)
	WHERE pg_catalog.jsonb_typeof(u.entry) = 'object';
	SELECT pg_catalog.count(*) INTO points FROM minefield_tmp_unsolved;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', key, 'book', book, 'located', located, 'point', point, 'reason', reason,
			'leg', leg, 'said', pg_catalog.left(said, 240)) ORDER BY key COLLATE "C", n) INTO unsolved
	FROM (SELECT * FROM minefield_tmp_unsolved ORDER BY key COLLATE "C", n LIMIT most) u;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('reason', reason, 'points', points_, 'records', records) ORDER BY records DESC, reason COLLATE "C")
	INTO reasons
	FROM (SELECT reason, pg_catalog.count(*) AS points_, pg_catalog.count(DISTINCT key) AS records FROM minefield_tmp_unsolved GROUP BY reason) g;
	RETURN result || pg_catalog.jsonb_build_object('worst', mf_report_list((result ->> 'known'::text)::bigint, worst),
		'unsolved', mf_report_list(points, unsolved), 'reasons', coalesce(reasons, '[]'::jsonb),
		'map', mf_report_accuracy_map(mf_report_map_extent()));
END
$$;
COMMENT ON FUNCTION mf_report_accuracy(jsonb) IS
	'For the report: section of a report: how accurate the records are, the least certain of them and where most of that comes from, what mf_locate could not solve and why, and the map of uncertainty.';
