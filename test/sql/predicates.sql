--
-- mf_intersects and mf_dwithin: exact, and by the index on their own
--

CREATE TEMP TABLE cases (id text, a geometry, b geometry);
INSERT INTO cases VALUES
	('overlap', 'SRID=4326;POLYGON((0 0,0 2,2 2,2 0,0 0))', 'SRID=4326;POLYGON((1 1,1 3,3 3,3 1,1 1))'),
	('common corner', 'SRID=4326;POLYGON((0 0,0 1,1 1,1 0,0 0))', 'SRID=4326;POLYGON((1 1,1 2,2 2,2 1,1 1))'),
	('boxes only', 'SRID=4326;LINESTRING(0 0,2 2)', 'SRID=4326;POINT(0.5 1.5)'),
	('point on line', 'SRID=4326;LINESTRING(0 0,2 2)', 'SRID=4326;POINT(0.5 0.5)'),
	('point in hole', 'SRID=4326;POLYGON((0 0,0 3,3 3,3 0,0 0),(1 1,2 1,2 2,1 2,1 1))', 'SRID=4326;POINT(1.5 1.5)'),
	('point on hole', 'SRID=4326;POLYGON((0 0,0 3,3 3,3 0,0 0),(1 1,2 1,2 2,1 2,1 1))', 'SRID=4326;POINT(1 1.5)'),
	('within', 'SRID=4326;POLYGON((0 0,0 3,3 3,3 0,0 0))', 'SRID=4326;MULTIPOINT((1 1),(9 9))'),
	('apart', 'SRID=4326;POINT(0 0)', 'SRID=4326;POINT(1 0)'),
	('left empty', 'SRID=4326;POINT EMPTY', 'SRID=4326;POINT(1 0)'),
	('right empty', 'SRID=4326;POINT(1 0)', 'SRID=4326;POLYGON EMPTY');
SELECT id, mf_intersects(mf_make('a', a), mf_make('b', b)) AS mm, mf_intersects(mf_make('a', a), b) AS mg,
	mf_intersects(a, mf_make('b', b)) AS gm, ST_Intersects(a, b) AS postgis
	FROM cases ORDER BY id;
SELECT id, mf_dwithin(mf_make('a', a), mf_make('b', b), 0) AS at_0, mf_dwithin(mf_make('a', a), b, 50000) AS at_50_km,
	mf_dwithin(a, mf_make('b', b), 111320) AS at_111_km, mf_dwithin(a, mf_make('b', b), 'Infinity') AS anywhere
	FROM cases ORDER BY id;

-- no place: false; who must not lose them says so
SELECT mf_intersects(mf_make('a', NULL), geometry 'SRID=4326;POINT(1 1)') OR NOT mf_is_located(mf_make('a', NULL)) AS kept;
SELECT mf_intersects(NULL::minefield, geometry 'SRID=4326;POINT(1 1)') IS NULL AS null_record;

-- bad arguments
SELECT mf_dwithin(mf_make('a', NULL), mf_make('b', NULL), -1);
SELECT mf_dwithin(mf_make('a', 'SRID=4326;POINT(1 1)'), geometry 'SRID=4326;POINT(1 1)', 'NaN');
SELECT mf_dwithin(mf_make('a', 'SRID=4326;POINT(1 1)'), geometry 'SRID=32639;POINT(1 1)', 1);

-- plans: the scans of a query, without numbers
CREATE FUNCTION pg_temp.scans(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		IF line ~ 'Scan' OR line ~ 'Index Cond|Order By' THEN
			RETURN NEXT regexp_replace(regexp_replace(trim(line, ' ->'), '''[0-9A-F]{30,}''', '''…''', 'g'), '^Parallel ', '');
		END IF;
	END LOOP;
END $$;

CREATE TABLE predicate_records AS
	SELECT i AS id, mf_make(i::text, ST_SetSRID(ST_MakePoint(40 + (i * 0.618034) % 10, 40 + (i * 0.414214) % 10), 4326)) AS record
	FROM generate_series(1, 5000) i;
CREATE INDEX predicate_records_record ON predicate_records USING gist (record);
CREATE TABLE predicate_areas AS
	SELECT i AS id, ST_MakeEnvelope(40 + i, 41, 40.3 + i, 41.3, 4326) AS geom FROM generate_series(0, 9) i;
INSERT INTO predicate_areas SELECT i, ST_MakeEnvelope(i % 100, 10, i % 100 + 0.1, 10.1, 4326) FROM generate_series(11, 2000) i;
CREATE INDEX predicate_areas_geom ON predicate_areas USING gist (geom);
ANALYZE predicate_records;
ANALYZE predicate_areas;
SET enable_seqscan = off;
SET enable_bitmapscan = off;

SELECT pg_temp.scans('SELECT FROM predicate_records WHERE mf_intersects(record, ST_MakeEnvelope(41, 41, 41.5, 41.5, 4326))');
SELECT pg_temp.scans('SELECT FROM predicate_records WHERE mf_intersects(ST_MakeEnvelope(41, 41, 41.5, 41.5, 4326), record)');
SELECT pg_temp.scans('SELECT FROM predicate_records WHERE mf_dwithin(record, ST_Point(41, 41, 4326), 5000)');
SELECT pg_temp.scans('SELECT FROM predicate_records WHERE mf_dwithin(ST_Point(41, 41, 4326), record, 5000)');
SELECT pg_temp.scans('SELECT FROM predicate_records ORDER BY record <-> ST_Point(41, 41, 4326) LIMIT 3');
SELECT pg_temp.scans('SELECT FROM predicate_records ORDER BY ST_Point(41, 41, 4326) <-> record LIMIT 3');
-- a distance that is not the same for the whole scan cannot be an index condition
SELECT pg_temp.scans('SELECT FROM predicate_records WHERE mf_dwithin(record, ST_Point(41, 41, 4326), id)');
-- joins, either side indexed; a PostGIS index serves, too
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_material = off;
SET enable_memoize = off;
SELECT pg_temp.scans('SELECT FROM predicate_records r, predicate_areas a WHERE a.id = 3 AND mf_intersects(r.record, a.geom)');
SELECT pg_temp.scans('SELECT FROM predicate_records r, predicate_areas a WHERE r.id = 3 AND mf_intersects(r.record, a.geom)');
SELECT pg_temp.scans('SELECT FROM predicate_records r, predicate_areas a WHERE r.id = 3 AND mf_dwithin(a.geom, r.record, 10)');
SELECT pg_temp.scans('SELECT FROM predicate_records r, predicate_records s WHERE r.id = 3 AND mf_dwithin(s.record, r.record, 10)');
RESET ALL;

-- the same rows with and without
CREATE TEMP TABLE answers (by_index boolean, question text, n bigint, sum bigint);
SET enable_seqscan = off;
INSERT INTO answers SELECT true, 'intersects', count(*), sum(r.id) FROM predicate_records r, predicate_areas a WHERE mf_intersects(r.record, a.geom);
INSERT INTO answers SELECT true, 'dwithin', count(*), sum(r.id) FROM predicate_records r, predicate_areas a WHERE mf_dwithin(a.geom, r.record, 20000);
INSERT INTO answers SELECT true, 'records', count(*), sum(r.id) FROM predicate_records r, predicate_records s WHERE s.id < 100 AND mf_dwithin(s.record, r.record, 20000);
RESET enable_seqscan;
SET enable_indexscan = off;
SET enable_bitmapscan = off;
INSERT INTO answers SELECT false, 'intersects', count(*), sum(r.id) FROM predicate_records r, predicate_areas a WHERE a.id < 20 AND mf_intersects(r.record, a.geom);
INSERT INTO answers SELECT false, 'dwithin', count(*), sum(r.id) FROM predicate_records r, predicate_areas a WHERE a.id < 20 AND mf_dwithin(a.geom, r.record, 20000);
INSERT INTO answers SELECT false, 'records', count(*), sum(r.id) FROM predicate_records r, predicate_records s WHERE s.id < 100 AND mf_dwithin(s.record, r.record, 20000);
RESET ALL;
SELECT question, count(DISTINCT (n, sum)) AS answers, min(n) > 0 AS any FROM answers GROUP BY question ORDER BY question;
DROP TABLE predicate_records, predicate_areas;
