--
-- logbook: an ordered set of records with a header
--
-- ---- text ----
SELECT logbook '{"type":"FeatureCollection","features":[]}';
SELECT logbook ' { "features" : [ {"type":"Feature","id":2} , {"id":1,"type":"Feature"} ] , "logbook" : {"title":"Книга"} , "type" : "FeatureCollection", "name":"kept", "zz":[1.0] } ';
SELECT logbook '{"type":"FeatureCollection","logbook":null,"features":[]}';
SELECT logbook '{"type":"FeatureCollection","logbook":{"title":"B","issuer":"x","recipient":"y","handed_over":"2020","received":"2021","language":"ru","source":"interview","records_declared":120,"sheets_declared":{"min":100},"mines_declared":[{"model":"PMN-2","count":8000}],"scans":[{"file":"a.pdf","page":1}]},"features":[]}';
SELECT t::logbook::text = t AS canonical FROM (VALUES ('{"features":[{"geometry":{"coordinates":[50,41],"type":"Point"},"id":1,"properties":null,"type":"Feature"}],"logbook":{"title":"B"},"type":"FeatureCollection"}')) v(t);
-- what is no log book
SELECT logbook '';
SELECT logbook '[]';
SELECT logbook '{}';
SELECT logbook '{"type":"FeatureCollection"}';
SELECT logbook '{"features":[]}';
SELECT logbook '{"type":"Feature"}';
SELECT logbook '{"type":"FeatureCollection","features":{}}';
SELECT logbook '{"type":"FeatureCollection","features":null}';
SELECT logbook '{"type":"FeatureCollection","features":[]} x';
SELECT logbook '{"type":"FeatureCollection","features":[]';
SELECT logbook '{"type":"FeatureCollection","features":[],}';
SELECT logbook '{"type":"FeatureCollection","features":[null]}';
SELECT logbook '{"type":"FeatureCollection","features":[{"type":"Feature"},]}';
SELECT logbook '{"type":"FeatureCollection","features":[{"type":"Feature"} {"type":"Feature"}]}';
SELECT logbook '{"type":"FeatureCollection","features":[],"features":[]}';
SELECT logbook '{"type":"FeatureCollection","type":"FeatureCollection","features":[]}';
SELECT logbook '{"type":"FeatureCollection","features":[],"f\u0065atures":[]}';
SELECT logbook '{"type":"FeatureCollection","features":[],"a":1,"a":2}';
SELECT logbook '{"type":"FeatureCollection","features":[],"logbook":{"records_declared":"many"}}';
SELECT logbook '{"type":"FeatureCollection","features":[],"logbook":[]}';
SELECT logbook '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:28409"}},"features":[]}';
-- the path names the record
SELECT logbook '{"type":"FeatureCollection","features":[{"type":"Feature"},{"type":"Feature","properties":{"mines":[{"count":true}]}}]}';
SELECT logbook E'{"type":"FeatureCollection","features":[{"type":"Feature"},{"type":"Feature",\n"id":}]}';
SELECT logbook '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2,3]}}]}';

-- ---- binary and casts ----
SELECT logbook_send('{"type":"FeatureCollection","logbook":{"title":"Ж"},"features":[{"type":"Feature","id":1},{"type":"Feature","id":2}]}');
SELECT b::json::logbook = b AND b::jsonb::logbook = b AND b::text::logbook = b AS there_and_back, b::jsonb
	FROM (SELECT logbook '{"type":"FeatureCollection","logbook":{"title":"B"},"features":[{"type":"Feature","id":1}]}') v(b);
SELECT row_to_json(v) FROM (SELECT 1 AS n, logbook '{"type":"FeatureCollection","features":[{"type":"Feature","id":1}]}' AS book) v;
SELECT '{"type":"Feature"}'::jsonb::logbook;

-- ---- binding and taking out ----
CREATE TABLE rows_of (n int, record minefield);
INSERT INTO rows_of SELECT n, mf_make('r' || n, CASE WHEN n % 2 = 0 THEN ST_SetSRID(ST_Point(50, 41), 4326) END, jsonb_build_object('number', n::text))
	FROM generate_series(1, 5) n;
INSERT INTO rows_of VALUES (6, NULL);
SELECT mf_logbook(record ORDER BY n DESC) FROM rows_of WHERE n > 3;
SELECT mf_logbook(record, '{"title":"B"}' ORDER BY n) FROM rows_of WHERE n < 3;
SELECT mf_logbook(record, CASE n WHEN 2 THEN jsonb '{"title":"B"}' END ORDER BY n) FROM rows_of WHERE n < 4;
SELECT mf_logbook(record, NULL) FROM rows_of WHERE n = 1;
SELECT mf_logbook(record) IS NULL AS no_rows FROM rows_of WHERE false;
SELECT mf_logbook(record), mf_logbook(record, '{"title":"B"}') FROM rows_of WHERE n = 6;
-- headers of one group must agree, in whatever spelling
SELECT mf_logbook(record, jsonb_build_object('title', n)) FROM rows_of;
SELECT mf_record_count(mf_logbook(record, CASE WHEN n % 2 = 0 THEN jsonb '{"a":1,"b":1.0}' ELSE '{"b":1.00,"a":1}' END)) FROM rows_of;
SELECT mf_logbook(record, '[]') FROM rows_of;
SELECT mf_logbook(record, '{"records_declared":"x"}') FROM rows_of;
-- windows: the state goes on after a result
SELECT n, mf_record_count(mf_logbook(record) OVER (ORDER BY n)) FROM rows_of ORDER BY n;

CREATE TABLE books (name text, book logbook);
INSERT INTO books SELECT 'all', mf_logbook(record, '{"title":"All","records_declared":5}' ORDER BY n) FROM rows_of;
INSERT INTO books VALUES ('none', '{"type":"FeatureCollection","features":[]}'), ('plain', '{"type":"FeatureCollection","name":"x","features":[{"type":"Feature","id":9}]}'), ('null', NULL);
SELECT name, mf_record_count(book), mf_header(book), (SELECT count(*) FROM mf_records(book)) AS rows FROM books ORDER BY name;
SELECT n, mf_id(r), mf_is_located(r) FROM books, mf_records(book) WITH ORDINALITY AS v(r, n) WHERE name = 'all' ORDER BY n;
-- to rows and back is the same book
SELECT mf_logbook(r, mf_header(book) ORDER BY n) = book AS same FROM books, mf_records(book) WITH ORDINALITY AS v(r, n) WHERE name = 'all' GROUP BY book;
SELECT r.record = v.record AS same FROM rows_of r JOIN (SELECT record FROM books, mf_records(book) record WHERE name = 'all') v ON mf_id(r.record) = mf_id(v.record);

-- ---- || ----
SELECT name, book || minefield '{"type":"Feature","id":"new"}' FROM books WHERE name <> 'all' ORDER BY name;
SELECT a.book || b.book FROM books a, books b WHERE a.name = 'plain' AND b.name IN ('none', 'null', 'plain') ORDER BY b.name;
SELECT mf_header(a.book || b.book), mf_record_count(a.book || b.book) FROM books a, books b WHERE a.name IN ('all', 'none') AND b.name IN ('all', 'none') ORDER BY a.name, b.name;

-- ---- equality, order, hash ----
CREATE TEMP TABLE ranked (rank int, book logbook);
INSERT INTO ranked VALUES
	(1, '{"type":"FeatureCollection","logbook":{"title":"A"},"features":[]}'),
	(2, '{"type":"FeatureCollection","logbook":{"title":"B"},"features":[]}'),
	(3, '{"type":"FeatureCollection","features":[]}'),
	(4, '{"type":"FeatureCollection","logbook":{"title":"B"},"features":[{"type":"Feature","id":1}]}'),
	(5, '{"type":"FeatureCollection","features":[{"type":"Feature","id":1},{"type":"Feature","id":0}]}'),
	(6, '{"type":"FeatureCollection","features":[{"type":"Feature","id":1},{"type":"Feature","id":1}]}'),
	(7, '{"type":"FeatureCollection","features":[{"type":"Feature","id":2}]}');
SELECT rank FROM ranked ORDER BY book;
SELECT count(*) AS pairs,
	count(*) FILTER (WHERE (a.book < b.book) = (a.rank < b.rank)) AS lt,
	count(*) FILTER (WHERE (a.book <= b.book) = (a.rank <= b.rank)) AS le,
	count(*) FILTER (WHERE (a.book = b.book) = (a.rank = b.rank)) AS eq,
	count(*) FILTER (WHERE (a.book <> b.book) = (a.rank <> b.rank)) AS ne,
	count(*) FILTER (WHERE (a.book >= b.book) = (a.rank >= b.rank)) AS ge,
	count(*) FILTER (WHERE (a.book > b.book) = (a.rank > b.rank)) AS gt,
	count(*) FILTER (WHERE logbook_cmp(a.book, b.book) = sign(a.rank - b.rank)) AS cmp,
	count(*) FILTER (WHERE logbook_hash(a.book) = logbook_hash(b.book)) AS hash
	FROM ranked a, ranked b;
SELECT a = b AS equal, logbook_hash(a) = logbook_hash(b) AS hash, logbook_hash_extended(a, 5) = logbook_hash_extended(b, 5) AS extended
	FROM (VALUES (logbook '{"type":"FeatureCollection","features":[{"type":"Feature","id":1e1}],"x":1.0,"logbook":{}}',
				  logbook '{"x":1,"logbook":{},"features":[{"geometry":null,"id":10,"type":"Feature"}],"type":"FeatureCollection"}')) v(a, b);
SELECT bool_and((logbook_hash_extended(book, 0) & 4294967295) = (logbook_hash(book)::bigint & 4294967295)) AS low_half FROM ranked;
CREATE INDEX ON ranked (book);
CREATE INDEX ON ranked USING hash (book);
SELECT count(DISTINCT book), count(*) FROM (SELECT book FROM ranked UNION ALL SELECT book FROM ranked) v;

-- ---- a hundred thousand records ----
CREATE TEMP TABLE large AS SELECT mf_logbook(mf_make('r' || n, ST_SetSRID(ST_MakeEnvelope(50 + n / 1e6, 41, 50.001 + n / 1e6, 41.001), 4326),
	jsonb_build_object('number', n, 'mines', jsonb_build_array(jsonb_build_object('model', 'PMN-2', 'count', n % 100)))), '{"title":"large"}' ORDER BY n) AS book
	FROM generate_series(1, 100000) n;
SELECT mf_record_count(book) FROM large;
SELECT book::text::logbook = book AS text_there_and_back, logbook_hash(book::text::logbook) = logbook_hash(book) AS hash FROM large;
SELECT count(*), min(n), max(n), bool_and(mf_id(r) = 'r' || n) AS in_order, (mf_mine_total(r)).known FROM large, mf_records(book) WITH ORDINALITY AS v(r, n);
CREATE TEMP TABLE large_copy (book logbook);
\getenv outputdir PG_ABS_BUILDDIR
\set file :outputdir '/results/logbook_large.bin'
COPY large TO :'file' (FORMAT binary);
COPY large_copy FROM :'file' (FORMAT binary);
SELECT a.book = b.book AS binary_there_and_back FROM large a, large_copy b;
-- leave no large file
TRUNCATE large_copy;
COPY large_copy TO :'file' (FORMAT binary);
-- writing and reading can be stopped
CREATE TEMP TABLE large_text AS SELECT book::text AS t FROM large;
SELECT clock_timestamp() AS started \gset
SET statement_timeout = '50ms';
SELECT length((book || book || book || book)::text) FROM large;
SELECT mf_record_count(t::logbook) FROM large_text;
SELECT mf_record_count(t::json::logbook) FROM large_text;
RESET statement_timeout;
SELECT clock_timestamp() - :'started' < interval '5 s' AS soon;

-- more than a value holds
CREATE TEMP TABLE huge AS SELECT mf_make('huge', NULL, jsonb_build_object('s', repeat('x', 130 * 1024 * 1024))) AS record;
SELECT mf_record_count(mf_logbook(record)) FROM huge, generate_series(1, 9);
SELECT mf_record_count(b || b || b || b || b) FROM (SELECT mf_logbook(record) FROM huge, generate_series(1, 2) OFFSET 0) v(b);
SELECT length((b || b || b || b)::text) FROM (SELECT mf_logbook(record) FROM huge, generate_series(1, 2) OFFSET 0) v(b);
DROP TABLE rows_of, books;
