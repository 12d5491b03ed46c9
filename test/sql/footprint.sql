--
-- mf_footprint, mf_area, mf_is_valid: the ground that a record counts as
-- recorded
--

CREATE TEMP TABLE cases (id text, extent geometry, properties jsonb);
INSERT INTO cases VALUES
	('polygon', 'SRID=4326;POLYGON((50 41,50.01 41,50.01 41.01,50 41.01,50 41))', '{"accuracy95_m":500}'),
	('hole', 'SRID=4326;POLYGON((50 41,50.03 41,50.03 41.03,50 41.03,50 41),(50.01 41.01,50.02 41.01,50.02 41.02,50.01 41.02,50.01 41.01))', NULL),
	('crossed', 'SRID=4326;POLYGON((50 41,50.01 41.01,50.01 41,50 41.01,50 41))', NULL),
	('multipolygon', 'SRID=4326;MULTIPOLYGON(((50 41,50.01 41,50.01 41.01,50 41)),((51 41,51.01 41,51.01 41.01,51 41)))', NULL),
	('parts overlap', 'SRID=4326;MULTIPOLYGON(((50 41,50.01 41,50.01 41.01,50 41.01,50 41)),((50 41,50.01 41,50.01 41.01,50 41.01,50 41)))', NULL),
	('line', 'SRID=4326;LINESTRING(50 41,50.01 41)', NULL),
	('line with width', 'SRID=4326;LINESTRING(50 41,50.01 41)', '{"field_depth_m":40}'),
	('line, width 0', 'SRID=4326;LINESTRING(50 41,50.01 41)', '{"field_depth_m":0}'),
	('lines with width', 'SRID=4326;MULTILINESTRING((50 41,50.01 41),(52 42,52.01 42))', '{"field_depth_m":{"value":40,"as_written":"40"}}'),
	('point', 'SRID=4326;POINT(50 41)', '{"field_depth_m":40}'),
	('points', 'SRID=4326;MULTIPOINT((50 41),(51 41))', NULL),
	('flat', 'SRID=4326;POLYGON((50 41,50.01 41,50.02 41,50 41))', NULL),
	('empty', 'SRID=4326;POLYGON EMPTY', NULL),
	('unlocated', NULL, NULL);
CREATE TEMP TABLE records AS SELECT id, extent, mf_make(id, extent, properties) AS record FROM cases;

-- nothing has an area but polygons and lines with a width; then the margin
SELECT id, round(mf_area(record)::numeric, 2) AS area_m2, mf_is_valid(record) AS valid,
	GeometryType(mf_footprint(record)) AS type, ST_IsValid(mf_footprint(record)) AS footprint_valid,
	abs(mf_area(mf_footprint(record)) - mf_area(record)) < 1e-6 AS same_area,
	round(mf_area(mf_footprint(record, 100))::numeric, 2) AS with_100_m
	FROM records ORDER BY id;

-- polygons as recorded, to the point; accuracy does not enlarge them
SELECT ST_AsText(mf_footprint(record)) FROM records WHERE id IN ('polygon', 'hole') ORDER BY id;
SELECT ST_AsText(mf_footprint(record), 5) FROM records WHERE id = 'line with width';

-- the same of plain geometry, with named arguments
SELECT id, round(mf_area(extent)::numeric, 2) AS area_m2,
	round(mf_area(mf_footprint(extent))::numeric, 2) AS footprint_m2,
	round(mf_area(mf_footprint(extent, width_m => 40))::numeric, 2) AS width_40_m,
	round(mf_area(mf_footprint(extent, margin_m => 100))::numeric, 2) AS margin_100_m
	FROM records ORDER BY id;

-- a circle of 32 segments a quadrant, which is a little less than the circle
SELECT round((mf_area(mf_footprint('SRID=4326;POINT(50 41)'::geometry, margin_m => 1000)) / (pi() * 1e6))::numeric, 4) AS of_circle;
-- the edge of the world cuts a margin
SELECT ST_XMax(mf_footprint('SRID=4326;POINT(180 0)'::geometry, margin_m => 1000)) AS east,
	ST_YMax(mf_footprint('SRID=4326;POINT(0 89.999)'::geometry, margin_m => 1000)) AS north;

-- a width that cannot be one counts as not recorded, and stops nobody
SELECT width, mf_area(record) IS NULL AS no_area, (mf_coverage(ARRAY[record], ST_MakeEnvelope(50, 41, 51, 42, 4326))).without_area,
	(mf_overlap(record, mf_make('b', 'SRID=4326;POINT(50 41)'))).class
	FROM (VALUES (100000::float8), (100001), (1e6), (1e308)) v(width),
		mf_make('a', 'SRID=4326;LINESTRING(50 41,50.01 41)', jsonb_build_object('field_depth_m', width)) AS record
	ORDER BY width;

-- NULL
SELECT mf_footprint(NULL::minefield) IS NULL AS a, mf_footprint(record, NULL) IS NULL AS b,
	mf_area(NULL::minefield) IS NULL AS c, mf_area(NULL::geometry) IS NULL AS d,
	mf_is_valid(NULL) IS NULL AS e, mf_footprint(NULL::geometry) IS NULL AS f,
	mf_footprint(extent, NULL, NULL) IS NULL AS g
	FROM records WHERE id = 'polygon';

-- errors
SELECT mf_footprint(record, -1) FROM records WHERE id = 'polygon';
SELECT mf_footprint(record, 'NaN') FROM records WHERE id = 'polygon';
SELECT mf_footprint(record, 1e6) FROM records WHERE id = 'polygon';
SELECT mf_footprint(extent, width_m => -1) FROM records WHERE id = 'line';
SELECT mf_area('SRID=3857;POLYGON((0 0,1 0,1 1,0 0))'::geometry);
SELECT mf_area('POLYGON((0 0,1 0,1 1,0 0))'::geometry);
SELECT mf_area('SRID=4326;GEOMETRYCOLLECTION(POINT(0 0))'::geometry);
