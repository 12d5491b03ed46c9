--
-- mf_load: documents into records, bad lines never lose good ones
--
SET client_min_messages = warning;
CREATE FUNCTION loaded(document text, OUT line bigint, OUT id text, OUT sqlstate text, OUT message text, OUT path text, OUT hint text, OUT input text)
	RETURNS SETOF record LANGUAGE sql AS $$ SELECT line, mf_id(record), sqlstate, message, path, left(hint, 20), input FROM mf_load(document) $$;
\pset null -

-- nothing
SELECT * FROM mf_load(NULL);
SELECT * FROM mf_load('');
SELECT * FROM mf_load(E' \t\r\n\x1e\n');
SELECT * FROM mf_load(U&'\FEFF');

-- ---- good documents ----
-- one Feature, on one line and on many
SELECT * FROM mf_load('{"type":"Feature","id":1}');
SELECT * FROM loaded(E'\n\n{\n  "type": "Feature",\n  "id": 1,\n  "properties": {\n"mines": [\n{\n"model": "PMN"\n}\n]\n}\n}\n');
-- a collection, on one line and on many
SELECT * FROM loaded('{"type":"FeatureCollection","name":"x","features":[{"type":"Feature","id":1},{"type":"Feature","id":2}]}');
SELECT * FROM loaded(E'{"features":[\n{"type":"Feature",\n"id":1},\n\n{"type":"Feature","id":2}\n],\n"type":"FeatureCollection"}\n');
SELECT * FROM loaded('{"type":"FeatureCollection","features":[]}');
-- lines: byte order mark, CRLF, blank lines, separators
SELECT * FROM loaded(U&'\FEFF{"type":"Feature","id":1}');
SELECT * FROM loaded(E'{"type":"Feature","id":1}\r\n\r\n  {"type":"Feature","id":2}  \r\n');
SELECT * FROM loaded(E'\x1e{"type":"Feature","id":1}\n\x1e{"type":"Feature","id":2}\n');
SELECT * FROM loaded(E'\x1e{\n"type":"Feature",\n"id":1}\n\x1e{"type":"Feature",\n\n"id":2}\x1e\x1e{"type":"Feature","id":3}');
-- values that go on over lines, one after another
SELECT * FROM loaded(E'{\n "type":"Feature",\n "id":1\n}\n{\n "type":"Feature",\n "id":2\n}\n{"type":"Feature","id":3}\n');
-- collections as lines, and whatever follows a collection
SELECT * FROM loaded(E'{"type":"FeatureCollection","features":[{"type":"Feature","id":1}]}\n{"type":"FeatureCollection","features":[{"type":"Feature","id":2}]}\n{"type":"Feature","id":3}');
SELECT * FROM loaded(E'{"type":"FeatureCollection","features":[{"type":"Feature","id":1}]} {"type":"Feature","id":2}\nx');
-- two lists, which no log book may have
SELECT * FROM loaded('{"type":"FeatureCollection","features":[{"type":"Feature","id":1}],"features":[{"type":"Feature","id":2}]}');
-- elements of an array without its brackets
SELECT * FROM loaded(E'{"type":"Feature","id":1},\n{"type":"Feature","id":2},\n');
-- quotes, backslashes, newlines, letters come through
SELECT mf_id(record), mf_properties(record)->>'remarks' AS remarks FROM mf_load('{"type":"Feature","id":"a\"\\\/","properties":{"remarks":"Ж\n\t\"\\x"}}');
-- heights are dropped, and the record says so
SELECT record FROM mf_load('{"type":"Feature","geometry":{"type":"LineString","coordinates":[[50,41,3],[51,42]]}}');
SELECT record FROM mf_load('{"type":"Feature","geometry":{"type":"Point","coordinates":[50,41,3,4]}}');

-- ---- bad ones among good ones ----
SELECT * FROM loaded(E'{"type":"Feature","id":1}\nx\n{"type":"Feature","id":{}}\n{"type":"Feature","id":4\n{"type":"Feature","id":5}\n{"type":"Feature","id":6}}\n[]\n{}\n{"type":"Feature","id":"9}\n{"type":"Feature","id":10}\n');
SELECT * FROM loaded(E'{"type":"Feature",\n"id":1,\n{"type":"Feature","id":2}\n{\n"type":"Feature",\n"id":\n}\n{"type":"Feature","id":3}');
-- in a collection: wrong shape, bracket missing, quote missing, bracket too many, comma missing
SELECT * FROM loaded(E'{"type":"FeatureCollection","features":[{"type":"Feature","id":1},{"type":"Feature","id":[]},7,{"type":"Feature","id":3}]}');
SELECT * FROM loaded(E'{\n"type":"FeatureCollection",\n"features":[\n{"type":"Feature","id":1},\n{"type":"Feature","id":2,"properties":{},\n{"type":"Feature","id":3},\n{"type":"Feature","id":"4},\n{"type":"Feature","id":5}},\n{"type":"Feature","id":6}\n{"type":"Feature","id":7},\n]\n}\n');
-- a text that breaks off
SELECT * FROM loaded(E'{"type":"FeatureCollection","features":[\n{"type":"Feature","id":1},\n{"type":"Feature","id":2},\n{"type":"Fea');
SELECT * FROM loaded(E'{"type":"FeatureCollection","features":[\n{"type":"Feature","id":1}\n');
SELECT * FROM loaded(E'{"type":"FeatureCollection","features":[{"type":"Feature","id":1}],"name":"x');
-- collections that are none
SELECT * FROM loaded('{"type":"FeatureCollection"}');
SELECT * FROM loaded('{"type":"FeatureCollection","features":null}');
SELECT * FROM loaded('[{"type":"Feature","id":1}]');
SELECT * FROM loaded('{"type":"Topology"}');
-- another reference system
SELECT * FROM loaded('{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:28409"}},"features":[{"type":"Feature","id":1}]}');
SELECT * FROM loaded('{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"features":[{"type":"Feature","id":1}]}');
SELECT * FROM loaded('{"type":"Feature","crs":{"type":"name","properties":{"name":"EPSG:3857"}}}');
-- every kind of failure has its SQLSTATE, and all rows have the attributes
SELECT sqlstate, message, path, left(hint, 40) AS hint FROM mf_load($$
{"type":"Feature","properties":{"n":1e999}}
{"type":"Feature","properties":{"n":1,"n":2}}
{"type":"Feature","properties":{"n":"\u0000"}}
{"type":"Feature","geometry":{"type":"GeometryCollection","geometries":[]}}
{"type":"Feature","geometry":{"type":"Point","coordinates":[500000,4500000]}}
{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,2]]]}}
{"type":"Feature","x":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}
{"type":"FeatureCollection","features":[{"type":"Feature","geometry":[]}]}$$);

-- a list that closes too early or inside something else loses nothing
SELECT line, record, message, input FROM mf_load($${"type":"FeatureCollection","logbook":{"title":"x",
"features":[
{"type":"Feature","id":"1","geometry":null,"properties":null},
{"type":"Feature","id":"2","geometry":null,"properties":null}
]}}$$);
SELECT line, record, message, input FROM mf_load($${"type":"FeatureCollection","features":[
{"type":"Feature","id":"1","geometry":null,"properties":null}
],"x":[{,
{"type":"Feature","id":"2","geometry":null,"properties":null},
"y":[],
{"type":"Feature","id":"3","geometry":null,"properties":null}
]}]$$);
SELECT line, record, message, input FROM mf_load($${"type":"FeatureCollection","features":[
"id":"1",{},
{"type":"Feature","id":"2","geometry":null,"properties":null}],
{"type":"Feature","id":"3","geometry":null,"properties":null},
{{"type":"Feature","id":"4","geometry":null,"properties":null},
{"type":"Feature","id":"5","geometry":null,"properties":null}
]}$$);

-- ---- files ----
\getenv outputdir PG_ABS_BUILDDIR
\set file :outputdir '/results/load.geojsonl'
-- what psql -XAt prints of records is GeoJSONSeq; COPY writes the same with quote and delimiter that JSON never holds
CREATE TABLE records (record minefield);
INSERT INTO records SELECT mf_make(E'r\\"' || n || E'\n\t', NULL, jsonb_build_object('remarks', 'Ж, "' || repeat('x', n))) FROM generate_series(1, 3) n;
COPY records TO :'file' WITH (FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02');
CREATE TABLE copied (record minefield);
COPY copied FROM :'file' WITH (FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02');
SELECT count(*) FROM records JOIN copied USING (record);
\set document `cat :'file'`
SELECT count(*) FROM mf_load(:'document') l JOIN records USING (record);
CREATE TABLE lines (line text);
COPY lines FROM :'file' WITH (FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02');
SELECT count(*) FROM lines l, mf_load(l.line) JOIN records USING (record);
SELECT count(*) FROM mf_load((SELECT string_agg(line, E'\n') FROM lines)) JOIN records USING (record);
-- COPY's own text format would read the backslashes
COPY copied FROM :'file';

-- many, half of them bad, all there
SELECT count(*), count(record) AS good, count(sqlstate) AS bad, count(DISTINCT line) AS lines, bool_and(record IS NOT NULL OR input IS NOT NULL) AS kept,
	bool_and(record IS NULL OR mf_id(record)::bigint = line) AS in_place
	FROM mf_load((SELECT string_agg(CASE WHEN n % 2 = 0 THEN format('{"type":"Feature","id":%s}', n) ELSE format('{"type":"Feature","id":%s', n) END, E'\n' ORDER BY n)
		FROM generate_series(1, 20000) n));
SELECT count(*), count(record) AS good, count(sqlstate) AS bad, bool_and(record IS NULL OR mf_id(record)::bigint = line - 1) AS in_place
	FROM mf_load((SELECT E'{"type":"FeatureCollection","features":[\n' ||
			string_agg(CASE WHEN n % 100 <> 0 THEN format('{"type":"Feature","id":%s}', n) ELSE format('{"type":"Feature","id":"%s', n) END, E',\n' ORDER BY n) || ']}'
		FROM generate_series(1, 5000) n));
SELECT count(*), count(record) AS good
	FROM mf_load((SELECT '{"type":"FeatureCollection","features":[' || string_agg(format('{"type":"Feature","id":%s,', n), E',\n') FROM generate_series(1, 20000) n));
-- loading can be stopped
CREATE TEMP TABLE many AS SELECT string_agg(format('{"type":"Feature","id":%s}', n), E'\n') AS t FROM generate_series(1, 300000) n;
SET statement_timeout = '100ms';
SELECT count(*) FROM many, mf_load(t);
RESET statement_timeout;
DROP TABLE records, copied, lines;
DROP FUNCTION loaded;
