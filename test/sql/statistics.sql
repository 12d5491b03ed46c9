--
-- column statistics and what the planner makes of them
--

-- the planner's guess of the rows of a query
CREATE FUNCTION pg_temp.guess(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE plan json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
	RETURN plan->0->'Plan'->>'Plan Rows';
END $$;
CREATE FUNCTION pg_temp.truth(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE n bigint;
BEGIN
	EXECUTE 'SELECT count(*) FROM (' || query || ') q' INTO n;
	RETURN n;
END $$;
-- within a factor of three, a few rows more or less forgiven
CREATE FUNCTION pg_temp.sensible(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE g float8 := pg_temp.guess(query) + 5; t float8 := pg_temp.truth(query) + 5;
BEGIN
	RETURN CASE WHEN g / t BETWEEN 1 / 3.0 AND 3 THEN 'sensible' ELSE format('guessed %s of %s', g, t) END;
END $$;
-- the kinds of scan in a plan
CREATE FUNCTION pg_temp.scan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE plan text;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
	RETURN CASE WHEN plan ~ 'Index' THEN 'index' WHEN plan ~ 'Seq Scan' THEN 'sequential' ELSE plan END;
END $$;

-- evenly spread records, and clustered ones with a wrong coordinate among them
CREATE TABLE stat_even AS
	SELECT i AS id, mf_make(i::text, CASE WHEN i % 8 > 0 THEN ST_MakeEnvelope(x, y, x + 0.04, y + 0.02, 4326) END) AS record
	FROM (SELECT i, 40 + (i * 0.6180339887) % 10, 40 + (i * 0.4142135624) % 5 FROM generate_series(1, 8000) i) v(i, x, y);
CREATE TABLE stat_clustered AS
	SELECT i AS id, mf_make(i::text, ST_MakeEnvelope(x, y, x + w, y + w, 4326)) AS record
	FROM (SELECT i, 41 + i % 7 + ((i * 0.6180339887) % 1) ^ 3 * 0.3, 41 + i % 3 + ((i * 0.4142135624) % 1) ^ 3 * 0.3, 0.002 + (i % 5) * 0.002
		FROM generate_series(1, 8000) i) v(i, x, y, w);
INSERT INTO stat_clustered VALUES (0, mf_make('0', 'SRID=4326;POINT(0 0)'));
CREATE INDEX stat_even_record ON stat_even USING gist (record);
CREATE INDEX stat_clustered_record ON stat_clustered USING gist (record);
CREATE TABLE stat_boxes AS SELECT id, mf_box(record) AS box FROM stat_clustered;
CREATE INDEX stat_boxes_box ON stat_boxes USING gist (box);

-- before ANALYZE: defaults, no error
SELECT pg_temp.guess('SELECT FROM stat_even WHERE record && mf_box(41, 41, 42, 42)') BETWEEN 1 AND 100 AS default_guess;
SELECT pg_temp.guess('SELECT FROM stat_even a, stat_even b WHERE a.record && b.record') > 0 AS default_join;
SELECT pg_temp.guess('SELECT FROM stat_even WHERE NOT mf_is_located(record)') < 1000 AS default_unlocated;
ANALYZE stat_even;
ANALYZE stat_clustered;
ANALYZE stat_boxes;

-- the standard statistics are still there
SELECT attname, n_distinct FROM pg_stats WHERE tablename = 'stat_even' ORDER BY attname;

-- constants of every type
SELECT q, pg_temp.sensible(q) FROM (VALUES
	('SELECT FROM stat_even WHERE record && mf_box(41, 41, 42, 42)'),
	('SELECT FROM stat_even WHERE mf_box(41, 41, 42, 42) && record'),
	('SELECT FROM stat_even WHERE record && ST_MakeEnvelope(41, 41, 42, 42, 4326)'),
	('SELECT FROM stat_even WHERE record && mf_make(''q'', ST_MakeEnvelope(41, 41, 42, 42, 4326))'),
	('SELECT FROM stat_even WHERE record <@ mf_box(41, 41, 42, 42)'),
	('SELECT FROM stat_even WHERE mf_box(41, 41, 42, 42) @> record'),
	('SELECT FROM stat_even WHERE record <@ mf_box(41, 41, 41.06, 42)'),
	('SELECT FROM stat_even WHERE record @> mf_box(43, 43, 43, 43)'),
	('SELECT FROM stat_even WHERE record ~= mf_box(43, 43, 43, 43)'),
	('SELECT FROM stat_even WHERE record && mf_box(-180, -90, 180, 90)'),
	('SELECT FROM stat_even WHERE record && minefield_box ''BOX EMPTY'''),
	('SELECT FROM stat_even WHERE record && mf_box(-10, -10, -9, -9)'),
	('SELECT FROM stat_clustered WHERE record && mf_box(41, 41, 41.05, 41.05)'),
	('SELECT FROM stat_clustered WHERE record && mf_box(41, 41, 41.3, 41.3)'),
	('SELECT FROM stat_clustered WHERE record && mf_box(41.5, 41.5, 41.9, 41.9)'),
	('SELECT FROM stat_clustered WHERE record && mf_box(43.9, 42.9, 44.05, 43.05)'),
	('SELECT FROM stat_clustered WHERE record && mf_box(-5, -5, 5, 5)'),
	('SELECT FROM stat_clustered WHERE record && mf_box(40, 40, 44.5, 45)'),
	('SELECT FROM stat_boxes WHERE box && mf_box(41, 41, 41.05, 41.05)'),
	('SELECT FROM stat_boxes WHERE box <@ mf_box(41, 41, 41.05, 41.05)'),
	('SELECT FROM stat_even WHERE mf_intersects(record, ST_MakeEnvelope(41, 41, 42, 42, 4326))'),
	('SELECT FROM stat_even WHERE mf_dwithin(record, ST_MakeEnvelope(41, 41, 42, 42, 4326), 20000)'),
	('SELECT FROM stat_even WHERE mf_dwithin(ST_Point(42, 42, 4326), record, 20000)')) v(q);

-- records without a place, and conditions that keep them
SELECT q, pg_temp.sensible(q) FROM (VALUES
	('SELECT FROM stat_even WHERE mf_is_located(record)'),
	('SELECT FROM stat_even WHERE NOT mf_is_located(record)'),
	('SELECT FROM stat_clustered WHERE NOT mf_is_located(record)'),
	('SELECT FROM stat_even WHERE mf_intersects(record, ST_MakeEnvelope(41, 41, 42, 42, 4326)) OR NOT mf_is_located(record)')) v(q);

-- joins
SELECT q, pg_temp.sensible(q) FROM (VALUES
	('SELECT FROM stat_even a, stat_even b WHERE a.record && b.record'),
	('SELECT FROM stat_clustered a, stat_clustered b WHERE a.record && b.record'),
	('SELECT FROM stat_even a, stat_clustered b WHERE a.record && b.record'),
	('SELECT FROM stat_clustered a, stat_even b WHERE a.record <@ b.record'),
	('SELECT FROM stat_even a, stat_boxes b WHERE a.record @> b.box'),
	('SELECT FROM stat_even a, stat_clustered b WHERE mf_intersects(a.record, b.record)'),
	('SELECT FROM stat_even a, stat_clustered b WHERE mf_dwithin(a.record, b.record, 1000)'),
	('SELECT FROM stat_even a WHERE EXISTS (SELECT FROM stat_clustered b WHERE a.record && b.record)'),
	('SELECT FROM stat_even a WHERE NOT EXISTS (SELECT FROM stat_clustered b WHERE a.record && b.record)')) v(q);

-- with areas that are much larger than the records, in a geometry column
CREATE TABLE stat_areas AS
	SELECT i AS id, ST_MakeEnvelope(x, y, x + 0.7, y + 0.5, 4326) AS geom
	FROM (SELECT i, 39 + (i * 0.6180339887) % 12, 39 + (i * 0.4142135624) % 7 FROM generate_series(1, 300) i) v(i, x, y);
INSERT INTO stat_areas SELECT 300 + i, 'SRID=4326;POLYGON EMPTY' FROM generate_series(1, 5) i;
INSERT INTO stat_areas SELECT 400, 'SRID=3857;POINT(500000 4000000)';
ANALYZE stat_areas;
SELECT q, pg_temp.sensible(q) FROM (VALUES
	('SELECT FROM stat_areas a, stat_even b WHERE a.id < 400 AND mf_intersects(a.geom, b.record)'),
	('SELECT FROM stat_areas a, stat_even b WHERE a.id < 400 AND b.record && a.geom'),
	('SELECT FROM stat_areas a LEFT JOIN stat_even b ON mf_intersects(b.record, a.geom) OR NOT mf_is_located(b.record) WHERE a.id < 400'),
	('SELECT FROM stat_areas a, stat_boxes b WHERE a.id < 400 AND a.geom @> b.box')) v(q);

-- few rows through the index, most of them without
SELECT pg_temp.scan('SELECT FROM stat_even WHERE record && mf_box(41, 41, 41.2, 41.2)');
SELECT pg_temp.scan('SELECT FROM stat_even WHERE record && mf_box(-180, -90, 180, 90)');
SELECT pg_temp.scan('SELECT FROM stat_even WHERE mf_intersects(record, ST_MakeEnvelope(41, 41, 41.2, 41.2, 4326))');

-- somebody else's operator with our estimators: defaults, no misreading
CREATE FUNCTION stat_foreign(int, text) RETURNS boolean IMMUTABLE LANGUAGE SQL RETURN $1 > 0;
CREATE FUNCTION stat_foreign(minefield, text) RETURNS boolean IMMUTABLE LANGUAGE SQL RETURN $2 > '';
CREATE OPERATOR && (FUNCTION = stat_foreign, LEFTARG = int, RIGHTARG = text, RESTRICT = minefield_restrict, JOIN = minefield_join);
CREATE OPERATOR && (FUNCTION = stat_foreign, LEFTARG = minefield, RIGHTARG = text, RESTRICT = minefield_restrict, JOIN = minefield_join);
SELECT pg_temp.guess('SELECT FROM stat_even WHERE id && ''x''::text') > 0 AS guessed;
SELECT pg_temp.guess('SELECT FROM stat_even WHERE record && ''x''::text') > 0 AS guessed;
SELECT pg_temp.guess('SELECT FROM stat_even a, stat_even b WHERE a.id && b.id::text') > 0 AS guessed;
DROP OPERATOR && (int, text), && (minefield, text);
DROP FUNCTION stat_foreign(int, text), stat_foreign(minefield, text);

-- columns without a single place, or a single value
CREATE TABLE stat_odd AS SELECT mf_make(i::text, NULL) AS record, NULL::minefield_box AS box FROM generate_series(1, 50) i;
ANALYZE stat_odd;
SELECT pg_temp.guess('SELECT FROM stat_odd WHERE record && mf_box(41, 41, 42, 42)') AS rows;
SELECT pg_temp.guess('SELECT FROM stat_odd WHERE box && mf_box(41, 41, 42, 42)') AS rows;
UPDATE stat_odd SET box = 'BOX(50 40,50 40)';
ANALYZE stat_odd;
SELECT pg_temp.guess('SELECT FROM stat_odd WHERE box && mf_box(41, 41, 42, 42)') AS elsewhere,
	pg_temp.guess('SELECT FROM stat_odd WHERE box && mf_box(49, 39, 52, 42)') AS all_of_them;
DROP TABLE stat_even, stat_clustered, stat_boxes, stat_areas, stat_odd;
