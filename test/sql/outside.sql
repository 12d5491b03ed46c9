--
-- mf_outside_records: finds in no record, and the record nearest to each
--

CREATE TEMP TABLE finds (n bigint, key text, place geometry);
INSERT INTO finds VALUES
	(1, 'in the area', 'SRID=4326;POINT(50.15 41.05)'),
	(2, 'on its edge', 'SRID=4326;POINT(50.1 41.05)'),
	(3, 'in its hole', 'SRID=4326;POINT(50.18 41.08)'),
	(4, 'on the row', 'SRID=4326;POINT(50.3 41.05)'),
	(5, 'near the row', 'SRID=4326;POINT(50.301 41.05)'),
	(6, 'near the area', 'SRID=4326;POINT(50.099 41.05)'),
	(7, 'by another''s accuracy', 'SRID=4326;POINT(50.299 41.05)'),
	(8, 'far', 'SRID=4326;POINT(52 43)'),
	(9, 'at the point', 'SRID=4326;POINT(50.4 41)'),
	(10, 'no place', NULL),
	(11, 'empty', 'SRID=4326;POINT EMPTY');
CREATE TEMP TABLE records (n bigint, key text, record minefield);
INSERT INTO records VALUES
	(1, 'area', mf_make('a', 'SRID=4326;POLYGON((50.1 41,50.2 41,50.2 41.1,50.1 41.1,50.1 41),(50.17 41.07,50.19 41.07,50.19 41.09,50.17 41.09,50.17 41.07))', '{"accuracy95_m":100}')),
	(2, 'row', mf_make('b', 'SRID=4326;LINESTRING(50.3 41,50.3 41.1)')),
	(3, 'wide', mf_make('c', 'SRID=4326;POINT(50.298 41.06)', '{"accuracy95_m":2000}')),
	(4, 'point', mf_make('d', 'SRID=4326;POINT(50.4 41)', '{"accuracy95_m":5}')),
	(5, 'unlocated', mf_make('e', NULL)),
	(6, 'empty', mf_make('f', 'SRID=4326;POLYGON EMPTY'));
CREATE TEMP VIEW rows AS
	SELECT key AS find_key, place AS find, NULL AS record_key, NULL::minefield AS record FROM finds
	UNION ALL SELECT NULL, NULL, key, record FROM records;

SELECT o.key, o.nearest, round(o.distance_m::numeric, 2) AS distance_m, o.within_uncertainty AS within, o.unlocated_candidates AS unlocated
	FROM (SELECT mf_outside_records(find_key, find, record_key, record) AS found FROM rows) x, unnest(found) o;
-- the same finds as one by one, and the same distances
SELECT count(*) FILTER (WHERE o.key IS NULL OR f.key IS NULL) AS differ, max(abs(o.distance_m - f.d)) < 0.001 AS as_far
	FROM (SELECT mf_outside_records(find_key, find, record_key, record) AS found FROM rows) x
	CROSS JOIN unnest(found) o
	FULL JOIN (SELECT key, (SELECT min(record <-> place) FROM records) AS d FROM finds
		WHERE NOT EXISTS (SELECT FROM records r WHERE mf_intersects(r.record, place))) f ON o.key = f.key;
-- by array, with keys of numbers, with plain geometry
SELECT mf_outside_records(find_key, find, record_key, record) =
		(SELECT mf_outside_records(array_agg(f.key), array_agg(place), r.keys, r.records) FROM finds f,
			(SELECT array_agg(key) AS keys, array_agg(record) AS records FROM records) r GROUP BY r.keys, r.records) AS same
	FROM rows;
SELECT o.key, o.nearest FROM (SELECT mf_outside_records(fn, place, rn, record) AS found FROM (
		SELECT n AS fn, place, NULL::bigint AS rn, NULL::minefield AS record FROM finds UNION ALL SELECT NULL, NULL, n, record FROM records) q) x,
	unnest(found) o;
SELECT o.key, o.nearest, o.within_uncertainty FROM (SELECT mf_outside_records(find_key, find, record_key, mf_geometry(record)) AS found FROM rows) x,
	unnest(found) o WHERE o.key IN ('far', 'near the row');
SELECT mf_outside_records(find_key, find, record_key, mf_geometry(record)) =
		(SELECT mf_outside_records(array_agg(f.key), array_agg(place), r.keys, r.extents) FROM finds f,
			(SELECT array_agg(key) AS keys, array_agg(mf_geometry(record)) AS extents FROM records WHERE mf_is_located(record)) r GROUP BY r.keys, r.extents) AS same
	FROM rows WHERE mf_is_located(record) OR record IS NULL;
-- of copies of one record the first by key; rows that bring both
SELECT o.* FROM unnest(mf_outside_records(ARRAY['x'], ARRAY['SRID=4326;POINT(1 1)'::geometry],
	ARRAY['b', 'a'], ARRAY['SRID=4326;POINT(1 1.001)'::geometry, 'SRID=4326;POINT(1 1.001)'])) o;
SELECT o.key, o.nearest FROM (SELECT mf_outside_records(f.key, f.place, r.key, r.record) AS found FROM finds f FULL JOIN records r USING (n)) x,
	unnest(found) o WHERE o.key <> 'far';

-- over tables and views, as rows; names are quoted
CREATE TEMP TABLE "Odd finds" AS SELECT n AS "Key", place AS "the ""place" FROM finds;
CREATE TEMP VIEW odd_records AS SELECT key, record, mf_geometry(record) AS extent FROM records;
SELECT (SELECT array_agg(o) FROM mf_outside_records('finds', 'key', 'place', 'records', 'key', 'record') o) =
	mf_outside_records(find_key, find, record_key, record) AS same FROM rows;
SELECT key, nearest, round(distance_m::numeric, 2) AS distance_m, within_uncertainty AS within, unlocated_candidates AS unlocated
	FROM mf_outside_records('"Odd finds"', 'Key', 'the "place', 'odd_records', 'key', 'extent');
SELECT count(*) FROM mf_outside_records('finds', 'key', 'place', 'records', 'key', NULL);
SELECT mf_outside_records('finds', 'key', 'nothing', 'records', 'key', 'record');
SELECT mf_outside_records('finds', 'key', 'n', 'records', 'key', 'record');
SELECT mf_outside_records('records', 'key', 'record', 'records', 'key', 'record');
SELECT mf_outside_records('finds', 'key', 'place', 'records', 'key', 'key');
SELECT mf_outside_records('finds', 'key', 'place', 0, 'key', 'record');
-- with the rights of the caller
CREATE ROLE mf_outside_reader;
GRANT SELECT ON finds TO mf_outside_reader;
GRANT SELECT (key, record) ON records TO mf_outside_reader;
ALTER TABLE finds ENABLE ROW LEVEL SECURITY;
CREATE POLICY late ON finds USING (n > 7);
\set SHOW_CONTEXT never
SET ROLE mf_outside_reader;
SELECT key, nearest FROM mf_outside_records('finds', 'key', 'place', 'records', 'key', 'record');
SELECT mf_outside_records('finds', 'key', 'place', 'records', 'n', 'record');
RESET ROLE;
\set SHOW_CONTEXT errors
ALTER TABLE finds DISABLE ROW LEVEL SECURITY;
DROP OWNED BY mf_outside_reader;
DROP ROLE mf_outside_reader;

-- NULL and empty
SELECT mf_outside_records(find_key, find, record_key, record) FROM rows WHERE false;
SELECT mf_outside_records(find_key, find, record_key, record) FROM rows WHERE find_key IS NULL;
SELECT o.* FROM (SELECT mf_outside_records(find_key, find, record_key, record) AS found FROM rows
	WHERE find_key IN ('far', 'no place') OR record_key = 'unlocated') x, unnest(found) o;
SELECT o.* FROM unnest(mf_outside_records(NULL, ARRAY['SRID=4326;POINT(1 1)'::geometry, NULL], NULL, NULL::minefield[])) o;
SELECT mf_outside_records(NULL, NULL, NULL, NULL::minefield[]), mf_outside_records(ARRAY[]::text[], ARRAY[]::geometry[], NULL, ARRAY[]::geometry[]);
SELECT o.key FROM unnest(mf_outside_records(ARRAY['z'], ARRAY['SRID=4326;POINT Z (1 1 5)'::geometry], NULL, NULL::minefield[])) o;

-- errors
SELECT mf_outside_records(ARRAY['a'], ARRAY['SRID=4326;MULTIPOINT(1 1)'::geometry], NULL, NULL::minefield[]);
SELECT mf_outside_records(ARRAY['a'], ARRAY['SRID=4326;POLYGON((0 0,1 0,1 1,0 0))'::geometry], NULL, NULL::minefield[]);
SELECT mf_outside_records(ARRAY['a'], ARRAY['SRID=32639;POINT(1 1)'::geometry], NULL, NULL::minefield[]);
SELECT mf_outside_records(ARRAY['a'], ARRAY['POINT(1 1)'::geometry], NULL, NULL::minefield[]);
SELECT mf_outside_records(ARRAY['a', 'b'], ARRAY['SRID=4326;POINT(1 1)'::geometry], NULL, NULL::minefield[]);
SELECT mf_outside_records(NULL, NULL, ARRAY['a', 'b'], ARRAY[mf_make('x', NULL)]);
SELECT mf_outside_records('a', 'SRID=4326;POINT(1 1)'::geometry, 'b', 'SRID=4326;POINT Z (1 1 1)'::geometry);
