--
-- minefield_box: input, output, constructors, comparison
--

-- text form: sides are rounded outward, and that is a fixed point
SELECT minefield_box 'BOX(50 40,51 41)';
SELECT minefield_box ' box ( -0 +0.0 , 1e1 .5 ) ';
SELECT minefield_box 'BOX(50.1 40.1,50.1 40.1)';
SELECT minefield_box 'BOX EMPTY', minefield_box ' box  empty ';
SELECT minefield_box 'BOX(-180 -90,180 90)';
SELECT minefield_box 'BOX(-1e-320 -1e-320,-1e-320 -1e-320)';
SELECT b::text::minefield_box = b AS same
	FROM (SELECT mf_box(i / 7.0 - 20, i / 13.0 - 10, i / 7.0, i / 13.0) FROM generate_series(1, 100) i) v(b)
	GROUP BY 1;

-- what is no box
SELECT minefield_box '';
SELECT minefield_box 'BOX';
SELECT minefield_box 'BOX(1 2,3)';
SELECT minefield_box 'BOX(1 2 3,4)';
SELECT minefield_box 'BOX(1 2,3 4';
SELECT minefield_box 'BOX(1 2,3 4) 5';
SELECT minefield_box 'BOX(1,2,3,4)';
SELECT minefield_box 'BOX(0x10 2,30 4)';
SELECT minefield_box 'BOX(nan 2,3 4)';
SELECT minefield_box 'BOX(-infinity 2,3 4)';
SELECT minefield_box 'BOX(. 2,3 4)';
SELECT minefield_box 'BOX EMPTYISH';
SELECT minefield_box 'BOX(3 2,1 4)';
SELECT minefield_box 'BOX(1 4,3 2)';
SELECT minefield_box 'BOX(-180.0000001 2,3 4)';
SELECT minefield_box 'BOX(1 2,3 90.5)';
SELECT minefield_box 'BOX(1 2,1e400 4)';

-- binary form
SELECT minefield_box_send('BOX(50 40,51 41)'), minefield_box_send('BOX EMPTY');

-- constructors
SELECT mf_box(50.1, 40.1, 50.2, 40.2);
SELECT mf_box(1, 1, 0, 2);
SELECT mf_box(1, 'NaN', 2, 2);
SELECT mf_box(1, 1, 2, 91);
SELECT mf_box(NULL, 1, 2, 3) IS NULL AS null_side;
SELECT mf_box(geometry 'SRID=4326;LINESTRING(50 40,51 39)');
SELECT mf_box(geometry 'SRID=4326;POINT(50.1 40.1)');
SELECT mf_box(geometry 'SRID=4326;POLYGON EMPTY');
SELECT mf_box(geometry 'SRID=3857;POINT(1 1)');
SELECT mf_box(geometry 'POINT(1 1)');
SELECT geometry 'SRID=4326;POINT(50 40)'::minefield_box;
SELECT mf_box(minefield '{"type":"Feature","id":"1","geometry":{"type":"Point","coordinates":[50.1,40.1]},"properties":null}');
SELECT mf_box(minefield '{"type":"Feature","id":"1","geometry":null,"properties":null}');
SELECT ST_AsEWKT(mf_geometry(minefield_box 'BOX(50 40,51 41)')), mf_geometry(minefield_box 'BOX EMPTY');
SELECT mf_box(mf_geometry(minefield_box 'BOX(50.1 40.1,51 41)')) = 'BOX(50.1 40.1,51 41)' AS there_and_back;

-- expand
SELECT mf_box_expand('BOX(50 40,51 41)', 0) @> minefield_box 'BOX(50 40,51 41)' AS holds_itself;
SELECT round(xmin::numeric, 2) AS xmin, round(ymin::numeric, 2) AS ymin, round(xmax::numeric, 2) AS xmax, round(ymax::numeric, 2) AS ymax
	FROM (SELECT ST_XMin(g), ST_YMin(g), ST_XMax(g), ST_YMax(g)
			FROM mf_geometry(mf_box_expand('BOX(50 40,51 41)', 111000)) g) v(xmin, ymin, xmax, ymax);
SELECT mf_box_expand('BOX(179 0,179.5 1)', 111000);
SELECT mf_box_expand('BOX(0 89,1 89.5)', 111000);
SELECT mf_box_expand('BOX(50 40,51 41)', 'Infinity');
SELECT mf_box_expand('BOX EMPTY', 1000);
SELECT mf_box_expand('BOX(50 40,51 41)', -1);
SELECT mf_box_expand('BOX(50 40,51 41)', 'NaN');

-- comparison: west, south, east, north; the empty box last
CREATE TEMP TABLE boxes (id int, box minefield_box);
INSERT INTO boxes VALUES
	(1, 'BOX(1 1,2 2)'), (2, 'BOX(1 1,2 3)'), (3, 'BOX(1 1,3 0.5)');
INSERT INTO boxes VALUES
	(1, 'BOX(1 1,2 2)'), (2, 'BOX(1 1,2 3)'), (3, 'BOX(1 1,3 1)'), (4, 'BOX(1 0,2 2)'),
	(5, 'BOX(-1 0,2 2)'), (6, 'BOX EMPTY'), (7, 'BOX(1 1,2 2)'), (8, 'BOX EMPTY'), (9, NULL);
SELECT id, box FROM boxes ORDER BY box, id;
SELECT box, count(*) FROM boxes GROUP BY box ORDER BY box;
SELECT a.id, b.id,
	a.box < b.box AS lt, a.box <= b.box AS le, a.box = b.box AS eq,
	a.box <> b.box AS ne, a.box >= b.box AS ge, a.box > b.box AS gt
	FROM boxes a, boxes b WHERE a.id = 1 AND b.id IN (2, 4, 6, 7) ORDER BY 1, 2;
SET enable_sort = off;
SELECT count(DISTINCT box) FROM boxes;
RESET enable_sort;
SET enable_hashjoin = on;
SET enable_mergejoin = off;
SET enable_nestloop = off;
SELECT count(*) FROM boxes a JOIN boxes b USING (box);
SET enable_hashjoin = off;
SET enable_mergejoin = on;
SELECT count(*) FROM boxes a JOIN boxes b USING (box);
RESET ALL;

-- the hash is part of what is stored in hash partitions: frozen
SELECT minefield_box_hash('BOX(50 40,51 41)'), minefield_box_hash('BOX EMPTY'),
	minefield_box_hash_extended('BOX(50 40,51 41)', 0), minefield_box_hash_extended('BOX(50 40,51 41)', 42);
SELECT minefield_box_hash('BOX(-0 -0,0 0)') = minefield_box_hash('BOX(0 0,0 0)') AS zero_is_zero;

CREATE TEMP TABLE parts (box minefield_box) PARTITION BY HASH (box);
CREATE TEMP TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TEMP TABLE parts_1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parts SELECT mf_box(i, i, i + 1, i + 1) FROM generate_series(0, 50) i;
SELECT count(*) FROM parts WHERE box = 'BOX(7 7,8 8)';

-- no setting changes the text form
SET extra_float_digits = -15;
SELECT mf_box(50.2, 41.3, 50.25, 42.25);
RESET extra_float_digits;
