--
-- mf_overlap, mf_overlaps: which records lie on the same ground
--

CREATE FUNCTION pg_temp.box(x int, y int, w int, h int) RETURNS geometry LANGUAGE sql AS
	$$ SELECT ST_MakeEnvelope(50 + x / 1000.0, 41 + y / 1000.0, 50 + (x + w) / 1000.0, 41 + (y + h) / 1000.0, 4326) $$;
CREATE TEMP TABLE cases (id text, a geometry, b geometry);
INSERT INTO cases VALUES
	('duplicate', pg_temp.box(0, 0, 10, 10), ST_Reverse(pg_temp.box(0, 0, 10, 10))),
	('nearly duplicate', pg_temp.box(0, 0, 10, 10), ST_Translate(pg_temp.box(0, 0, 10, 10), 1e-9, 0)),
	('contains', pg_temp.box(0, 0, 10, 10), pg_temp.box(2, 2, 3, 3)),
	('within', pg_temp.box(2, 2, 3, 3), pg_temp.box(0, 0, 10, 10)),
	('contains, common edge', pg_temp.box(0, 0, 10, 10), pg_temp.box(0, 0, 10, 5)),
	('partial', pg_temp.box(0, 0, 10, 10), pg_temp.box(5, 0, 10, 10)),
	('sliver', pg_temp.box(0, 0, 10, 10), ST_Translate(pg_temp.box(10, 0, 10, 10), -1e-9, 0)),
	('adjacent', pg_temp.box(0, 0, 10, 10), pg_temp.box(10, 0, 10, 10)),
	('common corner', pg_temp.box(0, 0, 10, 10), pg_temp.box(10, 10, 10, 10)),
	('apart', pg_temp.box(0, 0, 10, 10), pg_temp.box(20, 0, 10, 10)),
	('tiny duplicate', ST_MakeEnvelope(50, 41, 50.000001, 41.000001, 4326), ST_MakeEnvelope(50, 41, 50.000001, 41.000001, 4326)),
	('tiny partial', ST_MakeEnvelope(50, 41, 50.000001, 41.000001, 4326), ST_MakeEnvelope(50.0000007, 41, 50.0000017, 41.000001, 4326)),
	('crossed', 'SRID=4326;POLYGON((50 41,50.01 41.01,50.01 41,50 41.01,50 41))', pg_temp.box(0, 0, 10, 10)),
	('point in', pg_temp.box(0, 0, 10, 10), 'SRID=4326;POINT(50.005 41.005)'),
	('point on edge', 'SRID=4326;POINT(50.01 41.005)', pg_temp.box(0, 0, 10, 10)),
	('point out', 'SRID=4326;POINT(50.02 41.005)', pg_temp.box(0, 0, 10, 10)),
	('same point', 'SRID=4326;POINT(50 41)', 'SRID=4326;POINT(50 41)'),
	('line in', 'SRID=4326;LINESTRING(50.001 41.001,50.002 41.002)', pg_temp.box(0, 0, 10, 10)),
	('line through', 'SRID=4326;LINESTRING(49.999 41.005,50.02 41.005)', pg_temp.box(0, 0, 10, 10)),
	('empty', 'SRID=4326;POINT EMPTY', pg_temp.box(0, 0, 10, 10)),
	('null', NULL, pg_temp.box(0, 0, 10, 10));

SELECT id, (o).class, round((o).area_m2::numeric, 2) AS area_m2, round((o).share_a::numeric, 6) AS share_a,
	round((o).share_b::numeric, 6) AS share_b, round((o).iou::numeric, 6) AS iou, round((o).distance_m::numeric, 2) AS distance_m,
	(o).contradicts, (o).certainty, round((o).shift_m::numeric, 2) AS shift_m, round((o).shift_azimuth_deg::numeric, 2) AS azimuth
	FROM (SELECT id, mf_overlap(a, b) AS o FROM cases) x ORDER BY id;
-- records give the same, with their ids as keys; an unlocated one has no class
SELECT id, mf_overlap(mf_make('A', a), mf_make('B', b)) =
		('A', 'B', (o).class, NULL, NULL, (o).area_m2, (o).share_a, (o).share_b, (o).iou, (o).distance_m, (o).shift_m, (o).shift_azimuth_deg)::mf_overlap_result AS same
	FROM (SELECT id, a, b, mf_overlap(coalesce(a, 'SRID=4326;POINT EMPTY'), b) AS o FROM cases) x ORDER BY id;
-- the mirror image
SELECT id FROM (SELECT id, mf_overlap(a, b) AS o, mf_overlap(b, a) AS m FROM cases) x
	WHERE (o).class <> CASE (m).class WHEN 'contains' THEN 'within' WHEN 'within' THEN 'contains' ELSE (m).class END
		OR (o).share_a <> (m).share_b OR (o).shift_m <> (m).shift_m;
-- thresholds
SELECT (mf_overlap(a, b, near_m => 1000)).class AS near, (mf_overlap(a, b, near_m => 800)).class AS not_so_near,
	(mf_overlap(a, b, margin_m => 450)).class AS margin FROM cases WHERE id = 'apart';
SELECT (mf_overlap(a, b, sliver_m2 => 500000)).class AS tolerant, (mf_overlap(a, b, sliver_m2 => 0)).class AS strict FROM cases WHERE id = 'partial';
SELECT (mf_overlap(a, b, sliver_m2 => 0)).class AS strict FROM cases WHERE id = 'sliver';

-- how certain: a field, and others east of it, with accuracies in metres; a ten-thousandth of a degree is 8.4 m
CREATE FUNCTION pg_temp.plotted(extent geometry, accuracy_m float8) RETURNS minefield LANGUAGE sql AS
	$$ SELECT mf_make(NULL, extent, CASE WHEN accuracy_m IS NULL THEN '{}' ELSE jsonb_build_object('accuracy95_m', accuracy_m) END) $$;
CREATE TEMP TABLE plotted (id text, extent geometry, accuracy_a float8, accuracy_b float8);
INSERT INTO plotted VALUES
	('a copy, well known', pg_temp.box(0, 0, 10, 10), 30, 40),
	('a copy, vaguely known', pg_temp.box(0, 0, 10, 10), 600, 800),
	('a copy, one not known', pg_temp.box(0, 0, 10, 10), 30, NULL),
	('a copy, exact', pg_temp.box(0, 0, 10, 10), 0, 0),
	('half over, well known', pg_temp.box(5, 0, 10, 10), 30, 40),
	('half over, 420 m', pg_temp.box(5, 0, 10, 10), 252, 336),
	('half over, 415 m', pg_temp.box(5, 0, 10, 10), 249, 332),
	('adjacent', pg_temp.box(10, 0, 10, 10), 3, 4),
	('apart, within reach', pg_temp.box(11, 0, 10, 10), 60, 80),
	('apart, out of reach', pg_temp.box(11, 0, 10, 10), 30, 40),
	('apart, one not known', pg_temp.box(11, 0, 10, 10), NULL, 4000),
	('not convex, much over', 'SRID=4326;POLYGON((50.001 41,50.01 41,50.01 41.01,50.001 41.01,50.002 41.005,50.001 41))', 3, 4),
	('not convex, little over', 'SRID=4326;POLYGON((50.009 41,50.02 41,50.02 41.01,50.009 41.01,50.0099 41.005,50.009 41))', 60, 80),
	('a point inside', 'SRID=4326;POINT(50.005 41.005)', 30, 40),
	('a point near the edge', 'SRID=4326;POINT(50.0099 41.005)', 30, 40),
	('a point outside', 'SRID=4326;POINT(50.0101 41.005)', 30, 40),
	('a line across', 'SRID=4326;LINESTRING(49.99 41.005,50.02 41.005)', 30, 40),
	('a crooked line across', 'SRID=4326;LINESTRING(49.99 41.005,50.01 41.006,50.02 41.005)', 30, 40),
	('empty', 'SRID=4326;POINT EMPTY', 30, 40);
SELECT id, (o).class, (o).certainty, round((o).distance_m::numeric, 1) AS distance_m, round((o).shift_m::numeric, 1) AS shift_m,
	round((o).shift_azimuth_deg::numeric, 1) AS azimuth, (m).certainty = (o).certainty AND (m).shift_m = (o).shift_m AS mirrored
	FROM (SELECT id, mf_overlap(a, b) AS o, mf_overlap(b, a) AS m FROM plotted,
			pg_temp.plotted(pg_temp.box(0, 0, 10, 10), accuracy_a) a, pg_temp.plotted(extent, accuracy_b) b) x ORDER BY id;
-- in a set: pairs within their accuracy are there, and those within near_m
SELECT near_m, o.key_a, o.key_b, o.class, o.certainty, round(o.distance_m) AS distance_m
	FROM (VALUES (0), (100)) n(near_m), LATERAL (
		SELECT mf_overlaps(id, pg_temp.plotted(extent, accuracy_b), mf_overlap_options(near_m => near_m)) AS pairs FROM (VALUES
			('a', pg_temp.box(0, 0, 10, 10), 30), ('b', pg_temp.box(11, 0, 10, 10), 80),
			('c', pg_temp.box(0, 11, 10, 10), 70), ('d', pg_temp.box(11, 11, 10, 10), NULL)) v(id, extent, accuracy_b)) x, unnest(pairs) o;

-- what contradicts: documents that cannot both be true of the same ground
CREATE TEMP TABLE papers (id text, a jsonb, b jsonb);
INSERT INTO papers VALUES
	('nothing stated', '{}', '{}'),
	('one states', '{"laid":"1993","mines":[{"model":"PMN","count":5}]}', '{}'),
	('laid apart', '{"laid":"1993"}', '{"laid":"1994-02"}'),
	('laid meets', '{"laid":"1993"}', '{"laid":"1993-08/1994-02"}'),
	('open date', '{"laid":"../1993"}', '{"laid":"1990"}'),
	('no date', '{"laid":"spring"}', '{"laid":"1990"}'),
	('counts differ', '{"mines":[{"model":"PMN","count":80}]}', '{"mines":[{"model":"PMN","count":81}]}'),
	('counts agree', '{"mines":[{"model":"PMN","count":80}]}', '{"mines":[{"model":"PMN","count":50},{"model":"PMN","count":30}]}'),
	('counts meet', '{"mines":[{"model":"PMN","count":{"min":75,"max":80}}]}', '{"mines":[{"model":"PMN","count":{"min":80,"max":90}}]}'),
	('counts do not meet', '{"mines":[{"model":"PMN","count":{"max":79}}]}', '{"mines":[{"model":"PMN","count":{"min":80}}]}'),
	('at least meets', '{"mines":[{"model":"PMN","count":80}]}', '{"mines":[{"model":"PMN","count":{"min":60}}]}'),
	('count unknown', '{"mines":[{"model":"PMN","count":80}]}', '{"mines":[{"model":"PMN","count":null}]}'),
	('count illegible', '{"mines":[{"model":"PMN","count":80}]}', '{"mines":[{"model":"PMN","count":{"as_written":"1?2"}}]}'),
	('models differ', '{"mines":[{"model":"PMN"}]}', '{"mines":[{"model":"PMN-2"}]}'),
	('model more', '{"mines":[{"model":"PMN"}]}', '{"mines":[{"model":"PMN"},{"model":"TM-57"}]}'),
	('same model', '{"mines":[{"model":" pmn-2"}]}', '{"mines":[{"model":"PMN-2 "}]}'),
	('model unknown', '{"mines":[{"model":"PMN","count":5}]}', '{"mines":[{"count":5}]}'),
	('unknown beside', '{"mines":[{"model":"PMN","count":5}]}', '{"mines":[{"model":"PMN","count":4},{"count":5}]}'),
	('unknown beside, too many', '{"mines":[{"model":"PMN","count":5}]}', '{"mines":[{"model":"PMN","count":6},{"count":5}]}'),
	('none and some', '{"mines":[]}', '{"mines":[{"model":"PMN","count":5}]}'),
	('none and none', '{"mines":[]}', '{"mines":[{"model":"PMN","count":0}]}'),
	('null entry', '{"mines":[null]}', '{"mines":[{"model":"PMN","count":5}]}'),
	('totals differ', '{"mines":[{"count":80}]}', '{"mines":[{"count":{"min":81}}]}'),
	('totals meet', '{"mines":[{"count":80}]}', '{"mines":[{"count":{"min":79}}]}'),
	('category differs', '{"category":"AP"}', '{"category":"AV"}'),
	('category in other words', '{"category":" at"}', '{"category":"AV"}'),
	('category of their own', '{"category":"AP"}', '{"category":"special"}'),
	('category dummy', '{"category":"dummy"}', '{"category":"mixed"}'),
	('rows differ', '{"row_count":2}', '{"row_count":3}'),
	('rows meet', '{"row_count":{"min":2,"max":4}}', '{"row_count":3}'),
	('rows unknown', '{"row_count":null}', '{"row_count":3}'),
	('one of two', '{"laid":"1993","mines":[{"model":"PMN"}]}', '{"laid":"1993","mines":[{"model":"OZM"}]}');
SELECT p.id, (mf_overlap(mf_make(NULL, c.a, p.a), mf_make(NULL, c.b, p.b))).contradicts,
	(mf_overlap(mf_make(NULL, c.b, p.b), mf_make(NULL, c.a, p.a))).contradicts AS mirrored
	FROM papers p, cases c WHERE c.id = 'partial' ORDER BY p.id;
-- only where the ground coincides
SELECT c.id, (mf_overlap(mf_make(NULL, c.a, p.a), mf_make(NULL, c.b, p.b))).contradicts
	FROM papers p, cases c WHERE p.id = 'counts differ' ORDER BY c.id;

-- all pairs
CREATE TEMP TABLE records (n bigint, id text, book text, extent geometry);
INSERT INTO records VALUES
	(9, 'b', 'B', pg_temp.box(0, 0, 10, 10)), (10, 'a', 'A', pg_temp.box(0, 0, 10, 10)),
	(11, 'c', 'A', pg_temp.box(5, 5, 10, 10)), (12, 'd', NULL, pg_temp.box(15, 5, 10, 10)),
	(13, 'e', NULL, pg_temp.box(16, 6, 2, 2)), (14, 'far', 'B', pg_temp.box(100, 0, 10, 10)),
	(15, 'unlocated', 'A', NULL), (16, NULL, 'A', 'SRID=4326;POINT(50.001 41.001)');
CREATE TEMP VIEW made AS SELECT n, id, book, extent, mf_make(id, extent) AS record FROM records;
SELECT o.key_a, o.key_b, o.class, round(o.area_m2::numeric, 1) AS area_m2
	FROM (SELECT mf_overlaps(id, record) AS pairs FROM made) x, unnest(pairs) o;
SELECT o.key_a, o.key_b, o.class FROM (SELECT mf_overlaps(n, extent) AS pairs FROM made) x, unnest(pairs) o;
-- only across groups; a NULL group is one of its own
SELECT o.key_a, o.key_b, o.class FROM (SELECT mf_overlaps(id, record, book) AS pairs FROM made) x, unnest(pairs) o;
SELECT o.key_a, o.key_b, o.class, round(o.distance_m::numeric) AS distance_m
	FROM (SELECT mf_overlaps(n, extent, book, mf_overlap_options(near_m => 7000)) AS pairs FROM made) x, unnest(pairs) o
	WHERE o.class = 'near';
-- entries of one model are taken together, however many models there are
SELECT (mf_overlap(a, b)).contradicts AS many, (mf_overlap(a, more)).contradicts AS one_more
	FROM (SELECT mf_make('a', extent, mines) AS a, mf_make('b', extent, mirrored) AS b,
			mf_make('c', extent, jsonb_set(mines, '{mines,0,count}', '9')) AS more
		FROM (SELECT jsonb_build_object('mines', jsonb_agg(entry ORDER BY n)) AS mines,
				jsonb_build_object('mines', jsonb_agg(entry ORDER BY n DESC)) AS mirrored
			FROM (SELECT n, jsonb_build_object('model', 'M-' || n % 30000, 'count', 2) AS entry FROM generate_series(1, 60000) n) e) l,
		pg_temp.box(0, 0, 1, 1) AS extent) m;

-- less ground than a number holds has no shares
SELECT mf_overlap(ST_Scale(tiny, k, k), tiny) FROM (VALUES
	('SRID=4326;POLYGON((0 0,1e-300 0,0 1e-300,0 0))'::geometry, 1), ('SRID=4326;POLYGON((0 0,1e-150 0,0 1e-150,0 0))', 2)) v(tiny, k);

-- the same over arrays
SELECT mf_overlaps(array_agg(id), array_agg(record)) = mf_overlaps(id, record) AS same,
	mf_overlaps(array_agg(id), array_agg(extent), near_m => 7000) = mf_overlaps(id, extent, mf_overlap_options(near_m => 7000)) AS near,
	mf_overlaps(array_agg(id), array_agg(record), array_agg(book)) = mf_overlaps(id, record, book) AS across,
	mf_overlaps(NULL, array_agg(record)) = mf_overlaps(NULL::text, record) AS without_keys
	FROM made;

-- NULL and empty
SELECT mf_overlaps(id, record) FROM made WHERE false;
SELECT mf_overlaps(id, NULL::minefield) FROM made;
SELECT mf_overlaps(NULL, NULL::minefield[]), mf_overlaps(ARRAY['a'], ARRAY[NULL]::geometry[]);
SELECT mf_overlap(NULL, record) IS NULL AS strict FROM made WHERE id = 'a';

-- errors
SELECT mf_overlaps(id, record, '{"margin":1}'::jsonb) FROM made;
SELECT mf_overlaps(ARRAY['a', 'b'], ARRAY[extent]) FROM made WHERE id = 'a';
SELECT mf_overlaps(ARRAY['a'], ARRAY[extent], ARRAY['x', 'y']) FROM made WHERE id = 'a';
SELECT mf_overlap(extent, extent, near_m => -1) FROM made WHERE id = 'a';
SELECT mf_overlap(extent, 'SRID=3857;POINT(0 0)') FROM made WHERE id = 'a';
SELECT mf_overlap_options(), mf_overlap_options(sliver_m2 => 10, near_m => NULL);

-- the pairs of a table, view or part of one; keys of any type, odd names
CREATE TABLE "Odd table" ("Key" int, "the ""record" minefield, extent geometry, book text);
INSERT INTO "Odd table" SELECT row_number() OVER (ORDER BY id), mf_make(id, a, jsonb_build_object('accuracy95_m', 5)), a, left(id, 1) FROM cases;
CREATE VIEW odd_view AS SELECT "Key"::bigint AS key, "the ""record" AS record, extent, book FROM "Odd table" WHERE "Key" % 2 = 0;
SELECT count(*), (SELECT array_agg(p) FROM mf_overlap_pairs('"Odd table"', 'Key', 'the "record') p) = mf_overlaps("Key"::text, "the ""record") AS same FROM "Odd table";
SELECT (SELECT array_agg(p) FROM mf_overlap_pairs('"Odd table"', 'Key', 'extent', margin_m => 3, sliver_m2 => 5, near_m => 9) p) =
	mf_overlaps("Key"::text, extent, mf_overlap_options(3, 5, 9)) AS same FROM "Odd table";
SELECT (SELECT array_agg(p) FROM mf_overlap_pairs('"Odd table"', 'Key', 'extent', 'book', near_m => NULL) p) = mf_overlaps("Key"::text, extent, book) AS same FROM "Odd table";
SELECT (SELECT array_agg(p) FROM mf_overlap_pairs('odd_view', 'key', 'record') p) = mf_overlaps(key, record) AS same FROM odd_view;
SELECT count(*) FROM mf_overlap_pairs('"Odd table"', 'Key', 'the "record', aoi => 'SRID=4326;POINT(50.002 41.001)');
SELECT count(*) = (SELECT count(*) FROM mf_overlap_pairs('"Odd table"', 'Key', 'the "record', aoi => 'SRID=4326;POINT(50.002 41.001)')) AS same
	FROM mf_overlap_pairs('"Odd table"', 'Key', 'extent', aoi => 'SRID=4326;POINT(50.002 41.001)');
SELECT count(*) FROM mf_overlap_pairs('odd_view', NULL, 'record');
SELECT count(*) FROM mf_overlap_pairs('odd_view', 'key', 'records');
SELECT count(*) FROM mf_overlap_pairs('odd_view', 'key', 'book');
SELECT count(*) FROM mf_overlap_pairs(0, 'key', 'book');
SELECT count(*) FROM mf_overlap_pairs('odd_view', 'key', 'record', near_m => -1);
-- it reads as the caller: rows by policy, columns by right
CREATE ROLE regress_mf_reader;
CREATE POLICY few ON "Odd table" USING ("Key" < 12);
ALTER TABLE "Odd table" ENABLE ROW LEVEL SECURITY;
GRANT SELECT ("Key", "the ""record") ON "Odd table" TO regress_mf_reader;
SET ROLE regress_mf_reader;
SELECT count(*), max(key_a::int) < 12 AND max(key_b::int) < 12 AS only_some FROM mf_overlap_pairs('"Odd table"', 'Key', 'the "record');
SELECT count(*) FROM mf_overlap_pairs('"Odd table"', 'Key', 'extent');
RESET ROLE;
DROP TABLE "Odd table" CASCADE;
DROP ROLE regress_mf_reader;

-- memory is bounded: of the records, and of the pairs among them
SET minefield.max_memory = '64kB';
SELECT mf_overlaps(n, pg_temp.box(n * 20, 0, 10, 10)) FROM generate_series(1, 5000) n;
SELECT mf_coverage(pg_temp.box(n * 20, 0, 10, 10), pg_temp.box(0, 0, 10, 10)) FROM generate_series(1, 5000) n;
SET minefield.max_memory = '1MB';
SELECT mf_overlaps(n, pg_temp.box(0, 0, 10, 10)) FROM generate_series(1, 3000) n;
SELECT cardinality(mf_overlaps(n, pg_temp.box(0, 0, 10, 10))) FROM generate_series(1, 100) n;
RESET minefield.max_memory;
