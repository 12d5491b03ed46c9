--
-- what is missing in a sequence: numbers, sheets, copies, what was declared
--
CREATE SCHEMA sequence_test; SET search_path = sequence_test, public;
SELECT number, p.* FROM unnest('{17,017,№ 17,a-17,17б,17/3,3/1993,no number,NULL}'::text[]) WITH ORDINALITY u(number, n) LEFT JOIN LATERAL mf_number_places(number) p ON true ORDER BY u.n, part;

-- numbers
SELECT * FROM mf_sequence_gaps('{1,2,4,7}'::text[]);
SELECT * FROM mf_sequence_gaps('{001,002,010,2,NULL,x}'::text[]);
SELECT * FROM mf_sequence_gaps('{8,12}'::text[], 1, 13);
SELECT * FROM mf_sequence_gaps('{8,12}'::text[], 9, 11);
SELECT * FROM mf_sequence_gaps('{8,12}'::text[], -5);
SELECT * FROM mf_sequence_gaps('{8,12}'::text[], 11, 9);
SELECT * FROM mf_sequence_gaps('{17/2,17/4,18/1,20,A-1,A-3,1/1993,3/1993,1/1994}'::text[], 17);
SELECT * FROM mf_sequence_gaps('{1,1000000000000}'::text[]);
SELECT (SELECT count(*) FROM mf_sequence_gaps(NULL::text[])) AS "null", (SELECT count(*) FROM mf_sequence_gaps('{}'::text[], 1, 9)) AS none, (SELECT count(*) FROM mf_sequence_gaps('{{1,2},{4,4}}'::text[])) AS one;
-- at random, against a plain anti-join
SELECT setseed(0.4711);
CREATE TABLE numbers AS SELECT s, (random() * 60)::int AS n FROM generate_series(1, 200) s, generate_series(1, 25);
SELECT count(*) AS scenarios, count(*) FILTER (WHERE ours IS DISTINCT FROM plain) AS different FROM (
	SELECT s, (SELECT array_agg(m ORDER BY m) FROM mf_sequence_gaps(array_agg(n::text)) g, generate_series(first_missing::int, last_missing::int) m) AS ours,
		(SELECT array_agg(m ORDER BY m) FROM generate_series(min(n), max(n)) m WHERE m <> ALL (array_agg(n))) AS plain FROM numbers GROUP BY s) x;

-- sheets
SELECT p, mf_missing_sheets(mf_make('x', NULL, p)) FROM (VALUES (1, jsonb '{"sheets":[1,2,3],"sheets_of":3}'), (2, '{"sheets":[2],"sheets_of":3}'), (3, '{"sheets":["1","3",null,"1a"],"sheets_of":{"value":3}}'), (4, '{"sheets":[],"sheets_of":2}'),
	(5, '{"sheets_of":2}'), (6, '{"sheets":[1]}'), (7, '{"sheets":[1],"sheets_of":{"min":2,"max":3}}'), (8, '{"sheets":[7],"sheets_of":1}'), (9, '{"sheets":[1],"sheets_of":0}'), (10, '{"sheets":[1],"sheets_of":1e9}'), (11, NULL)) v(n, p) ORDER BY n;
SELECT mf_missing_sheets(NULL);

-- copies
CREATE TABLE paper (key text, record minefield);
INSERT INTO paper SELECT key, mf_make(key, NULL, p) FROM (VALUES ('a', jsonb '{"number":"1","copy":1,"unit":"x"}'), ('b', '{"number":"1","copy":2,"unit":"x","scans":[]}'), ('c', '{"number":"2","copy":3,"unit":"x"}'), ('d', '{"number":"3","unit":"x"}'), ('e', '{"number":"3","unit":"y"}'),
	('f', '{"number":"4","part":1}'), ('g', '{"number":"4","part":2}'), ('h', '{"number":"5","copy":"B"}'), ('i', '{"number":"5","copy":"A"}'), ('j', '{"unit":"x"}'), ('k', '{"unit":"x"}'), ('l', '{"number":6,"copy":"1"}'), ('m', '{"number":"6","copy":1,"remarks":null}')) v(key, p);
SELECT c.* FROM (SELECT array_agg(key ORDER BY key) AS k, array_agg(record ORDER BY key) AS r FROM paper) x, mf_copies(k, r) c;
SELECT number, keys, copies FROM (SELECT array_agg(record ORDER BY key DESC) AS r FROM paper) x, mf_copies(NULL, r) c;
SELECT c.* FROM (SELECT mf_logbook(record ORDER BY key) AS book FROM paper WHERE key < 'd') x, mf_copies(book) c;
SELECT (SELECT count(*) FROM mf_copies(NULL::logbook)) AS book, (SELECT count(*) FROM mf_copies(NULL, NULL)) AS rows, (SELECT count(*) FROM mf_copies('{a}', '{NULL,NULL}')) AS records;

-- what was declared
CREATE TABLE received AS SELECT * FROM (VALUES (1, mf_make('a', NULL, '{"number":"1","copy":1,"sheets":[1,2],"mines":[{"model":"PMN-2","count":40},{"model":"TM-62M","count":{"min":5,"max":9}}]}')),
	(2, mf_make('b', NULL, '{"number":"1","copy":2,"sheets":[1,2],"mines":[{"model":"PMN-2","count":41}]}')), (3, mf_make('c', NULL, '{"number":"2","sheets":[1],"mines":[{"model":"ПМН2","count":10}]}'))) v(n, record);
SELECT d.* FROM (SELECT array_agg(record ORDER BY n DESC) AS r FROM received) x, mf_declared('{"records_declared":2,"sheets_declared":4,"mines_declared":[{"model":"PMN-2","count":51},{"model":"tm62m","count":7},{"model":"OZM-72","count":{"min":0,"max":3}},{"model":"TM-62M","count":10},{"model":"X","count":null},{"count":4},null]}', r) d;
-- an entry without a model may be of any; a record without a list may have any
SELECT d.* FROM mf_declared('{"mines_declared":[{"model":"PMN-2","count":51}]}', ARRAY[mf_make('a', NULL, '{"mines":[{"count":60}]}')]) d;
SELECT d.* FROM mf_declared('{"records_declared":{"min":1},"sheets_declared":1,"mines_declared":[{"model":"PMN-2","count":51}]}', ARRAY[mf_make('a', NULL, '{}'), mf_make('b', NULL, '{"sheets":[1,2],"mines":[{"model":"PMN-2","count":52}]}')]) d;
SELECT d.* FROM mf_declared('{"records_declared":0,"mines_declared":[{"model":"PMN-2","count":0}]}'::jsonb, NULL::minefield[]) d;
SELECT d.* FROM mf_declared('{"mines_declared":[{"model":"T 72","count":3}]}', ARRAY[mf_make('a', NULL, '{"mines":[{"model":"Т-72","count":3}]}')], '[{"model":"T72"}]') d;
SELECT d.* FROM (SELECT mf_logbook(record, '{"records_declared":3,"mines_declared":[]}' ORDER BY n) AS book FROM received) x, mf_declared(book) d;
SELECT (SELECT count(*) FROM mf_declared(NULL::logbook)) AS book, (SELECT count(*) FROM mf_declared(NULL::jsonb, NULL::minefield[])) AS header, (SELECT count(*) FROM mf_declared('[1]'::jsonb, NULL::minefield[])) AS list, (SELECT count(*) FROM mf_declared('{"type":"FeatureCollection","features":[]}'::logbook)) AS empty;
SET client_min_messages = warning;
DROP SCHEMA sequence_test CASCADE;
