--
-- mf_coverage: how much of an area of interest is recorded, and how often
--

-- three areas of two by two hundredths of a degree; the third has no record
CREATE TEMP TABLE areas (area int, aoi geometry);
INSERT INTO areas VALUES
	(1, ST_MakeEnvelope(50, 41, 50.02, 41.02, 4326)),
	(2, ST_MakeEnvelope(51, 41, 51.02, 41.02, 4326)),
	(3, ST_MakeEnvelope(52, 41, 52.02, 41.02, 4326));
CREATE TEMP TABLE records (area int, id text, extent geometry, properties jsonb);
INSERT INTO records VALUES
	(1, 'a', ST_MakeEnvelope(50, 41, 50.01, 41.01, 4326), '{"accuracy95_m":10}'),
	(1, 'b', ST_MakeEnvelope(50.005, 41, 50.015, 41.01, 4326), NULL),
	(1, 'c', ST_MakeEnvelope(50.015, 41.015, 50.03, 41.03, 4326), '{"accuracy95_m":0}'),
	(1, 'outside', ST_MakeEnvelope(60, 41, 60.01, 41.01, 4326), NULL),
	(1, 'point', 'SRID=4326;POINT(50.002 41.018)', '{"accuracy95_m":50}'),
	(1, 'line', 'SRID=4326;LINESTRING(50 41.012,50.01 41.012)', '{"field_depth_m":20}'),
	(1, 'unlocated', NULL, '{"accuracy95_m":50}'),
	(1, 'empty', 'SRID=4326;POLYGON EMPTY', NULL),
	(2, 'd', 'SRID=4326;POLYGON((51 41,51.01 41.01,51.01 41,51 41.01,51 41))', NULL),
	(2, 'e', 'SRID=4326;MULTIPOLYGON(((51 41,51.005 41,51.005 41.005,51 41)),((51.01 41.01,51.03 41.01,51.03 41.03,51.01 41.01)))', NULL);
CREATE TEMP VIEW made AS SELECT area, id, extent, mf_make(id, extent, properties) AS record FROM records;
CREATE FUNCTION pg_temp.shown(c mf_coverage_result, OUT aoi numeric, OUT recorded numeric, OUT fraction numeric,
	OUT possible numeric, OUT no_record numeric, OUT times numeric[], OUT n text)
	LANGUAGE sql AS $$
	SELECT round((c).aoi_m2::numeric, 1), round((c).recorded_m2::numeric, 1), round((c).recorded_fraction::numeric, 6),
		round((c).possible_m2::numeric, 1), round((c).no_record_m2::numeric, 1),
		ARRAY(SELECT round(m2::numeric, 1) FROM unnest((c).recorded_times_m2) WITH ORDINALITY x(m2, k) ORDER BY k),
		format('%s records, %s unlocated, %s without area, %s accuracy unknown',
			(c).records, (c).unlocated, (c).without_area, (c).accuracy_unknown) $$;

-- the documented pattern: an area without records is all gap
SELECT area, (pg_temp.shown(mf_coverage(record, aoi))).*
	FROM areas LEFT JOIN made USING (area) GROUP BY area ORDER BY area;
-- of geometry, accuracy is unknown, and lines have no width
SELECT area, (pg_temp.shown(mf_coverage(extent, aoi))).*
	FROM areas LEFT JOIN made USING (area) GROUP BY area ORDER BY area;
-- a margin enlarges everything, so that points and lines have an area
SELECT area, (pg_temp.shown(mf_coverage(record, aoi, mf_coverage_options(margin_m => 25)))).*
	FROM areas LEFT JOIN made USING (area) GROUP BY area ORDER BY area;
-- the same over arrays
SELECT area, mf_coverage(array_agg(record), (array_agg(aoi))[1], margin_m => 25) =
		mf_coverage(record, aoi, mf_coverage_options(25)) AS same,
	mf_coverage(array_agg(extent), (array_agg(aoi))[1]) = mf_coverage(extent, aoi) AS same_extent
	FROM areas LEFT JOIN made USING (area) GROUP BY area ORDER BY area;

-- accuracy never changes what is recorded, it only splits the rest
SELECT (c).recorded_m2 = (w).recorded_m2 AS same_recorded, (w).possible_m2 > (c).possible_m2 AS more_possible,
	abs((c).possible_m2 + (c).no_record_m2 - (w).possible_m2 - (w).no_record_m2) < 1e-3 AS same_rest
	FROM (SELECT mf_coverage(mf_make(id, extent, '{"accuracy95_m":10}'), aoi) AS c,
			mf_coverage(mf_make(id, extent, '{"accuracy95_m":100}'), aoi) AS w
		FROM areas JOIN made USING (area) WHERE area = 1) x;

-- NULL and empty: no rows, no area, an empty area, an empty and a NULL array
SELECT mf_coverage(record, extent) FROM made WHERE false;
SELECT mf_coverage(record, NULL) FROM made;
SELECT (pg_temp.shown(mf_coverage(record, 'SRID=4326;POLYGON EMPTY'))).* FROM made;
SELECT (pg_temp.shown(mf_coverage(ARRAY[]::minefield[], aoi))).* FROM areas WHERE area = 1;
SELECT (pg_temp.shown(mf_coverage(NULL::geometry[], aoi))).* FROM areas WHERE area = 1;
SELECT (pg_temp.shown(mf_coverage(ARRAY[NULL, NULL]::minefield[], aoi))).* FROM areas WHERE area = 1;
SELECT mf_coverage(ARRAY[]::minefield[], NULL);
-- rows without an area do not count when others have one
SELECT (c).records FROM (SELECT mf_coverage(m.record, CASE WHEN id < 'd' THEN aoi END) AS c
	FROM areas JOIN made m USING (area) WHERE area = 1) x;
-- NULL options are the defaults
SELECT mf_coverage(record, aoi, NULL) = mf_coverage(record, aoi) AS same
	FROM areas JOIN made USING (area) WHERE area = 1;

-- errors
SELECT mf_coverage(record, aoi) FROM areas JOIN made USING (area);
SELECT mf_coverage(record, aoi, '{"margin":1}') FROM areas JOIN made USING (area) WHERE area = 1;
SELECT mf_coverage(record, aoi, '{"margin_m":"1"}') FROM areas JOIN made USING (area) WHERE area = 1;
SELECT mf_coverage(record, aoi, '{"margin_m":-1}') FROM areas JOIN made USING (area) WHERE area = 1;
SELECT mf_coverage(record, aoi, '[1]') FROM areas JOIN made USING (area) WHERE area = 1;
SELECT mf_coverage(record, aoi, mf_coverage_options(length(id))) FROM areas JOIN made USING (area) WHERE area = 1;
SELECT mf_coverage_options(margin_m => 'NaN');
SELECT mf_coverage_options(), mf_coverage_options(NULL), mf_coverage_options(1.0 / 3);
SET extra_float_digits = -15;
SELECT mf_coverage_options(12.345678901234567) AS exact;
RESET extra_float_digits;
SELECT mf_coverage(record, 'SRID=4326;LINESTRING(0 0,1 1)') FROM made;
SELECT mf_coverage(record, 'SRID=3857;POLYGON((0 0,1 0,1 1,0 0))') FROM made;
SELECT mf_coverage(extent, aoi) FROM (VALUES ('SRID=4326;POINT Z (1 2 3)'::geometry)) v(extent), areas WHERE area = 1;
