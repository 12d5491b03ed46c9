--
-- frozen vectors: what these values are in memory, on disk and on the wire
--
-- These never change.  A difference here is a format change: a new version
-- byte, a reader for the old form, and a migration that says what to reindex.
-- Hashes decide in which partition a row lies and digests are on paper, so
-- those do not change even then.  Stored bytes are those of a little-endian
-- machine.
--
CREATE EXTENSION pageinspect;
SET extra_float_digits = 1;
\pset format unaligned
\pset tuples_only on

CREATE TABLE frozen (n int, record minefield);
ALTER TABLE frozen ALTER record SET STORAGE plain;
INSERT INTO frozen VALUES
	(1, '{"type":"Feature"}'),
	(2, '{"type":"Feature","id":17,"geometry":{"type":"Point","coordinates":[50.5,41.25]},"properties":{}}'),
	(3, '{"type":"Feature","id":"17","geometry":{"type":"LineString","coordinates":[[50,41],[50.1,41.1],[-180,-90]]},"properties":{"field_depth_m":10}}'),
	(4, '{"type":"Feature","id":"hole","geometry":{"type":"Polygon","coordinates":[[[50,41],[51,41],[51,42],[50,41]],[[50.5,41.25],[50.75,41.25],[50.75,41.5],[50.5,41.25]]]}}'),
	(5, '{"type":"Feature","id":"mp","geometry":{"type":"MultiPoint","coordinates":[[50,41],[-0.0,1e-7]]}}'),
	(6, '{"type":"Feature","id":"ml","geometry":{"type":"MultiLineString","coordinates":[[[50,41],[51,42]],[[52,41],[53,42],[54,43]]]}}'),
	(7, '{"type":"Feature","id":"mpoly","geometry":{"type":"MultiPolygon","coordinates":[[[[50,41],[51,41],[51,42],[50,41]]],[[[52,41],[53,41],[53,42],[52,41]],[[52.5,41.25],[52.75,41.25],[52.75,41.5],[52.5,41.25]]]]}}'),
	(8, '{"type":"Feature","id":null,"geometry":{"type":"MultiPolygon","coordinates":[]},"properties":null,"bbox":[1,2]}'),
	(9, '{"type":"Feature","id":"Журнал/17","properties":{"remarks":"\"quotes\" \\ / \b\f\n\r\t\u001f\u007f","unit":"Инженерная рота"}}'),
	(10, '{"type":"Feature","id":"utf16","properties":{"\ufb33":6,"\ud83d\ude00":5,"\uffff":7,"\ue000":8,"\u20ac":4,"\r":1,"1":2,"\u00f6":3,"":0}}'),
	(11, '{"type":"Feature","id":"numbers","properties":{"n":[-0,1e21,1e20,1e-7,1e-6,5e-324,1.7976931348623157e308,9007199254740992e1,1e23,0.1,123.456e3,-1.5]}}'),
	(12, '{"type":"Feature","id":"B/17","geometry":{"type":"Polygon","coordinates":[[[50,41],[50.001,41],[50.001,41.0005],[50,41]]]},"properties":{"laid":"1993-08/1993-09-15","accuracy95_m":25,"mines":[{"model":"PMN-2","count":{"value":80,"min":75,"max":80,"as_written":"75-80 шт."}},{"model":"OZM-72"},{"count":3}],"derived":{"operation":"EPSG:15865","accuracy95_m":40}}}'),
	(13, '{"type":"Feature","id":"open","properties":{"laid":"../1994","derived":null,"mines":[]}}'),
	(14, (SELECT format('{"type":"Feature","id":"long","geometry":{"type":"LineString","coordinates":[%s]},"properties":{"remarks":"%s","readings":[%s]}}',
		string_agg(format('[%s,%s]', 50 + n / 64.0, 41 + n / 128.0), ',' ORDER BY n), repeat('Ж', 300), string_agg(format('{"path":"/a/%s","value":%s}', n, n), ',' ORDER BY n))::minefield
		FROM generate_series(1, 40) n));
-- spelled otherwise
INSERT INTO frozen VALUES (15, E'\n{"properties" : { "\\u0065" : 1.50e0 , "d" : [ ] } ,\t"type":"\\u0046eature","id":1E1, "geometry":{"coordinates":[0.5e2,-0],"bbox":[0],"type":"Point"}}');

CREATE TABLE frozen_books (n int, book logbook);
ALTER TABLE frozen_books ALTER book SET STORAGE plain;
INSERT INTO frozen_books VALUES
	(1, '{"type":"FeatureCollection","features":[]}'),
	(2, '{"type":"FeatureCollection","logbook":{"title":"Журнал"},"name":"x","features":[{"type":"Feature","id":1},{"type":"Feature","id":"2","geometry":{"type":"Point","coordinates":[50,41]}}]}'),
	(3, (SELECT mf_logbook(record ORDER BY n) FROM frozen WHERE n <= 7));

CREATE FUNCTION shown(value bytea) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN length(value) <= 640 THEN encode(value, 'hex') ELSE 'md5 ' || md5(value) || ', ' || length(value) || ' bytes' END $$;
CREATE FUNCTION stored(tab regclass) RETURNS TABLE (n int, value bytea) LANGUAGE sql AS $$
	SELECT get_byte(a[1], 0), a[2]
		FROM generate_series(0, pg_relation_size(tab) / current_setting('block_size')::int - 1) page,
			heap_page_items(get_raw_page(tab::text, page::int)) i,
			tuple_data_split(tab, i.t_data, i.t_infomask, i.t_infomask2, i.t_bits) a $$;

-- stored bytes; values of up to 126 bytes have a length word of one byte; the
-- area cached in 12 follows from the mathematics library, so it is left out
SELECT n, shown(CASE WHEN n = 12 THEN overlay(value PLACING '\x0000000000000000' FROM 25 FOR 8) ELSE value END) FROM stored('frozen') ORDER BY n;
SELECT n, shown(value) FROM stored('frozen_books') ORDER BY n;
-- binary form
SELECT n, shown(minefield_send(record)) FROM frozen ORDER BY n;
SELECT n, shown(logbook_send(book)) FROM frozen_books ORDER BY n;
-- hashes
SELECT n, minefield_hash(record), minefield_hash_extended(record, 0), minefield_hash_extended(record, 8675309) FROM frozen ORDER BY n;
SELECT n, logbook_hash(book), logbook_hash_extended(book, 0), logbook_hash_extended(book, 8675309) FROM frozen_books ORDER BY n;
-- canonical text
SELECT n, CASE WHEN n = 14 THEN 'md5 ' || md5(record::text) || ', ' || length(record::text) ELSE record::text END FROM frozen ORDER BY n;
SELECT n, CASE WHEN n = 3 THEN 'md5 ' || md5(book::text) || ', ' || length(book::text) ELSE book::text END FROM frozen_books ORDER BY n;
SELECT n, md5(record::text), sha256(convert_to(record::text, 'UTF8')) FROM frozen ORDER BY n;
-- digest text
SELECT n, sha256(convert_to(mf_digest_text(record), 'UTF8')), mf_digest_text(record) <> record::text FROM frozen ORDER BY n;
SELECT mf_digest_text(record) FROM frozen WHERE n = 12;
-- order
SELECT string_agg(n::text, ' ' ORDER BY record) FROM frozen;
SELECT string_agg(n::text, ' ' ORDER BY book) FROM frozen_books;
-- what was sent can be received
COPY frozen TO '/dev/null' (FORMAT binary);

-- ---- RFC 8785 ----
-- section 3.2.2, but for the number 333333333.33333329, which no double prints
SELECT minefield '{"type":"Feature","x":{
  "numbers": [333333333.3333333, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA''\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
}}';
SELECT minefield '{"type":"Feature","x":333333333.33333329}';
-- section 3.2.3
SELECT replace((minefield '{"type":"Feature","x":{
  "\u20ac": "Euro Sign",
  "\r": "Carriage Return",
  "\ufb33": "Hebrew Letter Dalet With Dagesh",
  "1": "One",
  "\ud83d\ude00": "Emoji: Grinning Face",
  "\u0080": "Control",
  "\u00f6": "Latin Small Letter O With Diaeresis"
}}')::text, U&'\0080', '<80>');
-- appendix B: bits, their text, and whether both come out
SELECT bits, wanted, CASE WHEN float8send(wanted::float8) = decode(bits, 'hex') OR bits = '8000000000000000' THEN 'bits agree' END,
	((minefield_out(('{"type":"Feature","x":' || wanted || '}')::minefield)::text)::json->'x')::text
	FROM (VALUES ('0000000000000000', '0'), ('8000000000000000', '-0'), ('0000000000000001', '5e-324'), ('8000000000000001', '-5e-324'),
		('7fefffffffffffff', '1.7976931348623157e+308'), ('ffefffffffffffff', '-1.7976931348623157e+308'),
		('4340000000000000', '9007199254740992'), ('c340000000000000', '-9007199254740992'), ('4430000000000000', '295147905179352830000'),
		('44b52d02c7e14af5', '9.999999999999997e+22'), ('44b52d02c7e14af6', '1e+23'), ('44b52d02c7e14af7', '1.0000000000000001e+23'),
		('444b1ae4d6e2ef4e', '999999999999999700000'), ('444b1ae4d6e2ef4f', '999999999999999900000'), ('444b1ae4d6e2ef50', '1e+21'),
		('3eb0c6f7a0b5ed8c', '9.999999999999997e-7'), ('3eb0c6f7a0b5ed8d', '0.000001'),
		('41b3de4355555553', '333333333.3333332'), ('41b3de4355555554', '333333333.33333325'), ('41b3de4355555555', '333333333.3333333'),
		('41b3de4355555556', '333333333.3333334'), ('41b3de4355555557', '333333333.33333343'),
		('becbf647612f3696', '-0.0000033333333333333333'), ('43143ff3c1cb0959', '1424953923781206.2')) v(bits, wanted);

-- ---- the rows that functions return ----
\pset tuples_only off
SELECT t.typname AS type, string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum) AS attributes
	FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c' JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
		JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
		JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
	WHERE e.extname = 'minefield' GROUP BY t.typname ORDER BY t.typname COLLATE "C";
SELECT typname, typlen, typalign, typstorage, typcategory, typbyval FROM pg_type
	WHERE typname IN ('minefield', 'logbook', 'minefield_box') ORDER BY typname COLLATE "C";
DROP TABLE frozen, frozen_books;
DROP FUNCTION stored, shown;
DROP EXTENSION pageinspect;
