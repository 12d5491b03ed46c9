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
	(o).contradicts, (o).certainty, (o).shift_m, (o).shift_azimuth_deg
	FROM (SELECT id, mf_overlap(a, b) AS o FROM cases) x ORDER BY id;
-- records give the same, with their ids as keys; an unlocated one has no class
SELECT id, mf_overlap(mf_make('A', a), mf_make('B', b)) =
		('A', 'B', (o).class, NULL, NULL, (o).area_m2, (o).share_a, (o).share_b, (o).iou, (o).distance_m, NULL, NULL)::mf_overlap_result AS same
	FROM (SELECT id, a, b, mf_overlap(coalesce(a, 'SRID=4326;POINT EMPTY'), b) AS o FROM cases) x ORDER BY id;
-- the mirror image
SELECT id FROM (SELECT id, mf_overlap(a, b) AS o, mf_overlap(b, a) AS m FROM cases) x
	WHERE (o).class <> CASE (m).class WHEN 'contains' THEN 'within' WHEN 'within' THEN 'contains' ELSE (m).class END
		OR (o).share_a <> (m).share_b;
-- thresholds
SELECT (mf_overlap(a, b, near_m => 1000)).class AS near, (mf_overlap(a, b, near_m => 800)).class AS not_so_near,
	(mf_overlap(a, b, margin_m => 450)).class AS margin FROM cases WHERE id = 'apart';
SELECT (mf_overlap(a, b, sliver_m2 => 500000)).class AS tolerant, (mf_overlap(a, b, sliver_m2 => 0)).class AS strict FROM cases WHERE id = 'partial';
SELECT (mf_overlap(a, b, sliver_m2 => 0)).class AS strict FROM cases WHERE id = 'sliver';

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
