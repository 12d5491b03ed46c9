--
-- equality, order, hash, indexes and joins of records
--
CREATE TABLE compared (n int, record minefield);
-- as ordered: no id first, then ids by their bytes, then canonical text
INSERT INTO compared VALUES
	(1, '{"type":"Feature","id":null}'),
	(2, '{"type":"Feature"}'),
	(3, '{"type":"Feature","id":""}'),
	(4, '{"type":"Feature","id":10,"properties":{"a":1}}'),
	(5, '{"type":"Feature","id":"10"}'),
	(6, '{"type":"Feature","id":"9"}'),
	(7, '{"type":"Feature","id":"B"}'),
	(8, '{"type":"Feature","id":"a","geometry":null,"properties":{"x":1}}'),
	(9, '{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[]}}'),
	(10, '{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[50,41]}}'),
	(11, '{"type":"Feature","id":"aa"}'),
	(12, '{"type":"Feature","id":"é"}'),
	(13, '{"type":"Feature","id":"Ж"}'),
	(14, '{"type":"Feature","id":"\ue000"}'),
	(15, '{"type":"Feature","id":"\ud83d\ude00"}');
SELECT n, record FROM compared ORDER BY record;
SELECT n FROM compared ORDER BY record DESC LIMIT 3;
-- the operators agree with the order above
CREATE TEMP TABLE ranked AS SELECT row_number() OVER (ORDER BY record) AS rank, record FROM compared;
SELECT count(*) AS pairs,
	count(*) FILTER (WHERE (a.record < b.record) = (a.rank < b.rank)) AS lt,
	count(*) FILTER (WHERE (a.record <= b.record) = (a.rank <= b.rank)) AS le,
	count(*) FILTER (WHERE (a.record = b.record) = (a.rank = b.rank)) AS eq,
	count(*) FILTER (WHERE (a.record <> b.record) = (a.rank <> b.rank)) AS ne,
	count(*) FILTER (WHERE (a.record >= b.record) = (a.rank >= b.rank)) AS ge,
	count(*) FILTER (WHERE (a.record > b.record) = (a.rank > b.rank)) AS gt,
	count(*) FILTER (WHERE minefield_cmp(a.record, b.record) = sign(a.rank - b.rank)) AS cmp,
	count(*) FILTER (WHERE minefield_hash(a.record) = minefield_hash(b.record)) AS hash
	FROM ranked a, ranked b;
SELECT NULL = minefield '{"type":"Feature"}' AS unknown, NULL < minefield '{"type":"Feature"}' AS unknown_too;
-- spelling does not matter, and -0 is 0
SELECT a = b AS equal, minefield_hash(a) = minefield_hash(b) AS hash, minefield_hash_extended(a, 17) = minefield_hash_extended(b, 17) AS extended, minefield_cmp(a, b)
	FROM (VALUES (minefield '{"type":"Feature","id":"Ж","geometry":{"type":"Point","coordinates":[-0.0,1e1]},"properties":{"a":1.0,"b":2}}',
				  minefield '{"properties":{"b":2e0,"a":1},"id":"\u0416","geometry":{"coordinates":[0,10],"type":"Point"},"type":"Feature"}')) v(a, b);
-- the low half of the hash with seed 0 is the hash; another seed, another hash
SELECT bool_and(minefield_hash_extended(record, 0)::bit(64)::bit(64) << 32 = minefield_hash(record)::bigint::bit(64) << 32) AS low_half,
	bool_or(minefield_hash_extended(record, 0) = minefield_hash_extended(record, 1)) AS seed_unused
	FROM compared;

-- every plan gives one answer
INSERT INTO compared SELECT 100 + i, mf_make('r' || i % 50, NULL, jsonb_build_object('i', i % 60)) FROM generate_series(1, 1000) i;
INSERT INTO compared SELECT 2000 + i, mf_make('long' || i % 5, NULL, jsonb_build_object('text', repeat(md5(i % 7 || ''), 200))) FROM generate_series(1, 70) i;
INSERT INTO compared VALUES (3000, NULL);
CREATE TABLE book AS SELECT DISTINCT record FROM compared WHERE n % 3 = 0;
ANALYZE compared, book;
SELECT count(*), count(DISTINCT record) FROM compared;
CREATE FUNCTION plan_uses(query text, node text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE line text; BEGIN FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP IF line LIKE '%' || node || '%' THEN RETURN true; END IF; END LOOP; RETURN false; END $$;
\set join 'SELECT count(*), sum(n) FROM compared JOIN book USING (record)'
SET enable_hashjoin = off; SET enable_mergejoin = off;
SELECT plan_uses(:'join', 'Nested Loop'); :join;
RESET enable_hashjoin; SET enable_nestloop = off;
SELECT plan_uses(:'join', 'Hash Join'); :join;
SET enable_hashjoin = off; RESET enable_mergejoin;
SELECT plan_uses(:'join', 'Merge Join'); :join;
RESET enable_hashjoin; RESET enable_nestloop;
SET enable_hashagg = off;
SELECT count(*), md5(string_agg(record::text, '' ORDER BY record)) FROM (SELECT record FROM compared GROUP BY record) v;
RESET enable_hashagg; SET enable_sort = off;
SELECT count(*), md5(string_agg(record::text, '' ORDER BY record)) FROM (SELECT record FROM compared GROUP BY record) v;
RESET enable_sort;
SELECT count(*) FROM (SELECT record FROM compared EXCEPT SELECT record FROM book) v;
SELECT count(*) FROM (SELECT record FROM compared INTERSECT SELECT record FROM book) v;

-- a large record fits no btree page, as any large value; a hash index takes all
CREATE INDEX too_large ON compared (record);
CREATE INDEX compared_hash ON compared USING hash (record);
DROP INDEX compared_hash;
DELETE FROM compared WHERE n >= 2000 AND n < 3000;
DELETE FROM book WHERE mf_id(record) LIKE 'long%';

-- btree and hash index answer as a sequential scan does
\set point 'SELECT count(*), sum(n) FROM compared WHERE record = (SELECT record FROM compared WHERE n = 150)'
\set range 'SELECT count(*), sum(n) FROM compared WHERE record >= $q${"type":"Feature","id":"a"}$q$ AND record < $q${"type":"Feature","id":"r2"}$q$'
\set top 'SELECT record FROM compared WHERE record > $q${"type":"Feature","id":"é"}$q$ ORDER BY record LIMIT 2'
:point; :range; :top;
CREATE INDEX compared_btree ON compared (record);
SET enable_seqscan = off; SET enable_bitmapscan = off;
SELECT plan_uses(:'range', 'compared_btree'); :range;
SELECT plan_uses(:'top', 'compared_btree'); :top;
SELECT plan_uses(:'point', 'compared_btree'); :point;
DROP INDEX compared_btree;
CREATE INDEX compared_hash ON compared USING hash (record);
SELECT plan_uses(:'point', 'compared_hash'); :point;
RESET enable_seqscan; RESET enable_bitmapscan;
CREATE UNIQUE INDEX ON book (record);
INSERT INTO book SELECT record FROM compared WHERE n = 9;
INSERT INTO book SELECT record FROM compared WHERE n = 9 ON CONFLICT DO NOTHING;

-- partitions by hash and by range
CREATE TABLE parts (n int, record minefield) PARTITION BY HASH (record);
CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE parts_2 PARTITION OF parts FOR VALUES WITH (MODULUS 3, REMAINDER 2);
INSERT INTO parts SELECT * FROM compared;
INSERT INTO parts VALUES (4000, mf_make('long', NULL, jsonb_build_object('text', repeat(md5('long'), 200))));
-- frozen: a row must be found where an earlier release put it
SELECT tableoid::regclass AS part, count(*) FROM parts GROUP BY 1 ORDER BY 1;
SELECT plan_uses('SELECT * FROM parts WHERE record = $q${"type":"Feature","id":"Ж"}$q$', 'Append') AS all_partitions;
SELECT n FROM parts WHERE record = '{"type":"Feature","id":"Ж"}';
CREATE TABLE ranges (record minefield) PARTITION BY RANGE (record);
CREATE TABLE ranges_low PARTITION OF ranges FOR VALUES FROM (MINVALUE) TO ('{"type":"Feature","id":"a"}');
CREATE TABLE ranges_high PARTITION OF ranges FOR VALUES FROM ('{"type":"Feature","id":"a"}') TO (MAXVALUE);
INSERT INTO ranges SELECT record FROM compared WHERE n <= 15;
SELECT tableoid::regclass AS part, count(*), min(mf_id(record) COLLATE "C"), max(mf_id(record) COLLATE "C") FROM ranges GROUP BY 1 ORDER BY 1;

-- where a value lies does not matter: toasted, compressed, in a composite
CREATE TEMP TABLE kept (plain minefield, external minefield, compressed minefield);
ALTER TABLE kept ALTER plain SET STORAGE plain, ALTER compressed SET STORAGE extended;
INSERT INTO kept SELECT m, m, m FROM mf_make('x', NULL, jsonb_build_object('text', repeat('abcdefgh', 800))) m;
SELECT plain = external AND external = compressed AS equal, minefield_hash(plain) = minefield_hash(compressed) AS hash,
	minefield_cmp(plain, external) AS cmp, mf_is_located(compressed) AS located, mf_id(compressed) AS id, plain::text = compressed::text AS text
	FROM kept;
DROP TABLE compared, book, parts, ranges;
DROP FUNCTION plan_uses;
