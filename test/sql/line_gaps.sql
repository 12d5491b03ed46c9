--
-- mf_line_gaps, mf_line_gap_rows: the stretches of a line far from every record
--

CREATE TEMP TABLE lines (name text, line geometry);
INSERT INTO lines VALUES
	('front', 'SRID=4326;LINESTRING(50 41,50.3 41)'),
	('road', 'SRID=4326;MULTILINESTRING((51 41,51.1 41),(51.1 41,51.2 41.1),(51.5 41,51.6 41))'),
	('border', 'SRID=4326;LINESTRING(52 41,52.01 41)');
CREATE TEMP TABLE records (name text, n bigint, id text, extent geometry);
INSERT INTO records VALUES
	('front', 10, 'point', 'SRID=4326;POINT(50.1 41.001)'),
	('front', 9, 'area', 'SRID=4326;POLYGON((50.15 40.9,50.2 40.9,50.2 41.1,50.15 41.1,50.15 40.9))'),
	('front', 11, 'row', 'SRID=4326;LINESTRING(50.22 41.02,50.22 41.004)'),
	('front', 12, 'far', 'SRID=4326;POINT(50.28 41.5)'),
	('front', 13, 'unlocated', NULL),
	('front', 14, 'empty', 'SRID=4326;POLYGON EMPTY'),
	('road', 20, 'corner', 'SRID=4326;POINT(51.15 41.05)');
CREATE TEMP VIEW made AS SELECT name, n, id, extent, mf_make(id, extent) AS record FROM records;

-- everything, nothing, and what is between
SELECT name, ST_AsText(mf_line_gaps(record, line, 500), 6), ST_SRID(mf_line_gaps(record, line, 500))
	FROM lines LEFT JOIN made USING (name) GROUP BY name ORDER BY name;
SELECT name, r.n, round(r.from_m::numeric, 2) AS from_m, round(r.to_m::numeric, 2) AS to_m, round(r.length_m::numeric, 2) AS length_m,
	r.neighbours, ST_AsText(r.geometry, 6) AS geometry
	FROM (SELECT name, mf_line_gap_rows(id, record, line, 500) AS rows FROM lines LEFT JOIN made USING (name) GROUP BY name) x,
		unnest(rows) r ORDER BY name, n;
-- bigint keys, geometry; keys sort by their bytes
SELECT r.n, r.neighbours FROM (SELECT mf_line_gap_rows(n, extent, line, 500) AS rows FROM lines JOIN records USING (name) WHERE name = 'front') x,
	unnest(rows) r ORDER BY r.n;
-- measures are those of geography, but for edges that are straight in longitude and latitude
SELECT name, round((sum(r.length_m) - min(ST_Length(line::geography)))::numeric, 3) AS longer
	FROM lines, unnest(mf_line_gap_rows(NULL, NULL::minefield[], line, 0)) r GROUP BY name ORDER BY name;
-- touching is near, at a distance of zero, too; a point that is touched parts nothing
SELECT ST_AsText(mf_line_gaps(ARRAY['SRID=4326;POLYGON((1 0,2 0,2 1,1 1,1 0))'::geometry], line, 0), 6)
	FROM (VALUES ('SRID=4326;LINESTRING(0 0.5,3 0.5)'::geometry), ('SRID=4326;LINESTRING(0 1,3 1)'), ('SRID=4326;LINESTRING(0 0,2 2)'),
		('SRID=4326;LINESTRING(0 2,2 0)'), ('SRID=4326;LINESTRING(1.2 0.2,1.8 0.8)')) x(line);
-- a hole is outside
SELECT ST_AsText(mf_line_gaps(ARRAY['SRID=4326;POLYGON((0 0,3 0,3 3,0 3,0 0),(1 1,2 1,2 2,1 2,1 1))'::geometry], 'SRID=4326;LINESTRING(0 1.5,3 1.5)', 1000), 4);
-- a record of a width: its line counts, as with <->
SELECT ST_AsText(mf_line_gaps(ARRAY[mf_make('w', 'SRID=4326;LINESTRING(50.1 40,50.1 42)', '{"field_depth_m":5000}')], 'SRID=4326;LINESTRING(50 41,50.2 41)', 1000), 4);
-- across the 180th meridian the distance is short
SELECT ST_AsText(mf_line_gaps(ARRAY['SRID=4326;POINT(-180 0)'::geometry], 'SRID=4326;LINESTRING(179.9 0,180 0)', 1000), 4);

-- options, by aggregate and by array
SELECT name, ST_NumGeometries(mf_line_gaps(record, line, 500, mf_line_gap_options(min_length_m => 3000))) AS long,
	mf_line_gaps(record, line, 500, mf_line_gap_options(3000)) = mf_line_gaps(array_agg(record), (array_agg(line))[1], 500, 3000) AS same,
	mf_line_gap_rows(id, record, line, 500, mf_line_gap_options(min_length_m => 3000)) =
		mf_line_gap_rows(array_agg(id), array_agg(record), (array_agg(line))[1], 500, min_length_m => 3000) AS same_rows
	FROM lines LEFT JOIN made USING (name) GROUP BY name ORDER BY name;
SELECT mf_line_gaps(extent, line, 500) = mf_line_gaps(array_agg(extent), (array_agg(line))[1], 500) AS same,
	mf_line_gaps(extent, line, 500, NULL) = mf_line_gaps(extent, line, 500) AS defaults,
	mf_line_gap_rows(id, extent, line, 500, '{}') = mf_line_gap_rows(array_agg(id), array_agg(extent), (array_agg(line))[1], 500) AS same_rows
	FROM lines JOIN records USING (name) WHERE name = 'front';

-- NULL and empty
SELECT mf_line_gaps(record, extent, 5), mf_line_gap_rows(id, record, extent, 5) FROM made WHERE false;
SELECT mf_line_gaps(record, NULL, 5), mf_line_gap_rows(id, record, NULL, 5) FROM made;
SELECT mf_line_gaps(record, line, NULL), mf_line_gap_rows(id, record, line, NULL) FROM made, lines;
SELECT mf_line_gaps(ARRAY[]::minefield[], NULL, 5), mf_line_gaps(ARRAY[]::minefield[], line, NULL) FROM lines WHERE name = 'front';
SELECT ST_AsText(mf_line_gaps(ARRAY[]::minefield[], line, 5)), ST_AsText(mf_line_gaps(NULL::geometry[], line, 5)) FROM lines WHERE name = 'front';
SELECT ST_AsText(mf_line_gaps(record, 'SRID=4326;LINESTRING EMPTY', 5)), mf_line_gap_rows(id, record, 'SRID=4326;MULTILINESTRING EMPTY', 5) FROM made;
SELECT ST_AsText(mf_line_gaps(NULL::minefield, 'SRID=4326;LINESTRING(1 1,1 1)', 5)) AS no_length;
SELECT ST_AsText(mf_line_gaps(NULL::minefield, 'SRID=4326;LINESTRING Z (1 1 5,2 2 5)', 5)) AS z_is_ignored;
SELECT bool_and(r.neighbours = '{}') AS without_keys
	FROM (SELECT mf_line_gap_rows(NULL::text, record, line, 500) AS rows FROM lines JOIN made USING (name) WHERE name = 'front') x, unnest(rows) r;
SELECT name, bool_or(cut IS NOT DISTINCT FROM whole) AS null_rows_are_ignored
	FROM (SELECT name, mf_line_gaps(record, line, 500) AS whole FROM lines LEFT JOIN made USING (name) GROUP BY name) a
	JOIN (SELECT name, mf_line_gaps(record, CASE WHEN n IS DISTINCT FROM 0 THEN line END, 500) AS cut
		FROM lines LEFT JOIN (SELECT * FROM made UNION ALL SELECT 'front', 0, 'x', NULL, mf_make('x', 'SRID=4326;POINT(50.05 41)')) m USING (name)
		GROUP BY name) b USING (name) GROUP BY name ORDER BY name;

-- errors
SELECT mf_line_gaps(record, line, 5) FROM lines JOIN made USING (name);
SELECT mf_line_gaps(record, line, n::float8) FROM lines JOIN made USING (name) WHERE name = 'front';
SELECT mf_line_gaps(record, line, 5, mf_line_gap_options(n)) FROM lines JOIN made USING (name) WHERE name = 'front';
SELECT mf_line_gaps(record, line, -1) FROM lines JOIN made USING (name) WHERE name = 'front';
SELECT mf_line_gaps(record, line, 'NaN') FROM lines JOIN made USING (name) WHERE name = 'front';
SELECT mf_line_gaps(ARRAY[]::minefield[], line, 100001) FROM lines WHERE name = 'front';
SELECT mf_line_gaps(record, line, 5, '{"margin_m":1}') FROM lines JOIN made USING (name) WHERE name = 'front';
SELECT mf_line_gap_options(-1);
SELECT mf_line_gaps(ARRAY[]::minefield[], 'SRID=4326;POINT(0 0)', 5);
SELECT mf_line_gaps(ARRAY[]::minefield[], 'SRID=32639;LINESTRING(0 0,1 1)', 5);
SELECT mf_line_gaps(ARRAY[]::minefield[], 'LINESTRING(0 0,1 1)', 5);
SELECT mf_line_gaps(ARRAY['SRID=4326;POINT Z (0 0 1)'::geometry], 'SRID=4326;LINESTRING(0 0,1 1)', 5);
SELECT mf_line_gap_rows(ARRAY['a'], ARRAY[record, record], line, 5) FROM lines JOIN made USING (name) WHERE id = 'area';
SELECT mf_line_gap_options(), mf_line_gap_options(min_length_m => 5);
