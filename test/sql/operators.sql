--
-- && @> <@ ~= <-> among minefield, minefield_box and geometry
--

-- one extent in three dresses
CREATE TEMP TABLE extents (id text, g geometry);
INSERT INTO extents VALUES
	('big', 'SRID=4326;POLYGON((50 40,50 42,52 42,52 40,50 40))'),
	('inner', 'SRID=4326;POLYGON((50.5 40.5,50.5 41,51 41,51 40.5,50.5 40.5))'),
	('edge', 'SRID=4326;LINESTRING(52 40,53 41)'),
	('far', 'SRID=4326;POINT(55 40)'),
	('empty', 'SRID=4326;POLYGON EMPTY'),
	('big again', 'SRID=4326;LINESTRING(50 40,52 42)');
CREATE TEMP TABLE things AS
	SELECT id, mf_make(id, g) AS m, mf_box(g) AS b, g FROM extents;

-- the same answer whatever the dress
SELECT x.id AS left, y.id AS right,
	x.b && y.b AS overlaps, x.b @> y.b AS contains, x.b <@ y.b AS within, x.b ~= y.b AS same
	FROM things x, things y ORDER BY x.id, y.id;
SELECT bool_and((x.m && y.m) = o AND (x.m && y.b) = o AND (x.m && y.g) = o AND (x.b && y.m) = o
		AND (x.b && y.g) = o AND (x.g && y.m) = o AND (x.g && y.b) = o) AS overlaps,
	bool_and((x.m @> y.m) = c AND (x.m @> y.b) = c AND (x.m @> y.g) = c AND (x.b @> y.m) = c
		AND (x.b @> y.g) = c AND (x.g @> y.m) = c AND (x.g @> y.b) = c) AS contains,
	bool_and((x.m <@ y.m) = w AND (x.m <@ y.b) = w AND (x.m <@ y.g) = w AND (x.b <@ y.m) = w
		AND (x.b <@ y.g) = w AND (x.g <@ y.m) = w AND (x.g <@ y.b) = w) AS within,
	bool_and((x.m ~= y.m) = s AND (x.m ~= y.b) = s AND (x.m ~= y.g) = s AND (x.b ~= y.m) = s
		AND (x.b ~= y.g) = s AND (x.g ~= y.m) = s AND (x.g ~= y.b) = s) AS same
	FROM things x, things y,
		LATERAL (SELECT x.b && y.b, x.b @> y.b, x.b <@ y.b, x.b ~= y.b) v(o, c, w, s);

-- distances in metres
SELECT x.id AS left, y.id AS right, round((x.m <-> y.m)::numeric, 2) AS metres
	FROM things x, things y ORDER BY x.id, y.id;
SELECT bool_and(abs((x.m <-> y.g) - (x.m <-> y.m)) < 0.001 OR (x.m <-> y.g) = (x.m <-> y.m)) AS with_geometry,
	bool_and(abs((x.g <-> y.m) - (x.m <-> y.m)) < 0.001 OR (x.g <-> y.m) = (x.m <-> y.m)) AS geometry_first
	FROM things x, things y;
-- a box operand: a lower bound, the same for every dress
SELECT bool_and((x.m <-> y.b) = d AND (x.b <-> y.m) = d AND (x.b <-> y.g) = d AND (x.g <-> y.b) = d) AS same_bound,
	bool_and(d <= (x.m <-> y.m) + 0.001) AS is_bound
	FROM things x, things y, LATERAL (SELECT x.b <-> y.b) v(d);
-- PROJ's geodesic between points; across the 180th meridian
SELECT abs((mf_make('a', 'SRID=4326;POINT(50 40)') <-> geometry 'SRID=4326;POINT(51 41)') -
	ST_Distance('POINT(50 40)'::geography, 'POINT(51 41)'::geography)) < 0.001 AS as_geography;
SELECT round((mf_make('a', 'SRID=4326;POINT(179.9 0)') <-> mf_make('b', 'SRID=4326;POINT(-179.9 0)'))::numeric) AS metres;
SELECT mf_distance(mf_make('a', NULL), mf_make('b', 'SRID=4326;POINT(1 1)'));

-- a hole that sticks out of its shell is part of the box in every dress
-- (PostGIS's own box is the shell's)
SELECT mf_box(g) = mf_box(mf_make('a', g)) AS same_box, mf_make('a', g) && geometry 'SRID=4326;POINT(4 4)' AS reaches
	FROM (VALUES (geometry 'SRID=4326;POLYGON((0 0,0 1,1 1,1 0,0 0),(0.5 0.5,5 0.5,5 5,0.5 0.5))'),
		('SRID=4326;MULTIPOLYGON(((0 0,0 1,1 1,1 0,0 0),(0.5 0.5,5 0.5,5 5,0.5 0.5)))')) v(g);

-- NULL stays unknown, another SRID is an error
SELECT NULL::minefield && m FROM things WHERE id = 'big';
SELECT m && geometry 'SRID=3857;POINT(1 1)' FROM things WHERE id = 'big';
SELECT m <-> geometry 'POINT(1 1)' FROM things WHERE id = 'big';
SELECT m && geometry 'SRID=4326;GEOMETRYCOLLECTION(POINT(1 1))' FROM things WHERE id = 'big';

-- the promise of row-level security: without geometry nothing can leak
SELECT o.oprname, o.oprleft::regtype, o.oprright::regtype, p.proleakproof
	FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode
	WHERE o.oprname IN ('&&', '@>', '<@', '~=', '<->')
		AND ('minefield'::regtype IN (o.oprleft, o.oprright) OR 'minefield_box'::regtype IN (o.oprleft, o.oprright))
	ORDER BY o.oprname COLLATE "C", o.oprleft::regtype::text COLLATE "C", o.oprright::regtype::text COLLATE "C";

-- every operator has its commutator, and that has it
SELECT o.oid::regoperator FROM pg_operator o
	WHERE o.oprname IN ('&&', '@>', '<@', '~=', '<->')
		AND ('minefield'::regtype IN (o.oprleft, o.oprright) OR 'minefield_box'::regtype IN (o.oprleft, o.oprright))
		AND NOT EXISTS (SELECT FROM pg_operator c WHERE c.oid = o.oprcom AND c.oprcom = o.oid
			AND c.oprleft = o.oprright AND c.oprright = o.oprleft);
