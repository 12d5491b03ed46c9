--
-- minefield: text form, binary form, casts, building, reading
--

-- ---- text: canonical GeoJSON, whatever the spelling ----
SELECT minefield '{"type":"Feature"}';
SELECT minefield ' { "type" : "Feature" , "properties" : null , "id" : 17 , "geometry" : null } ';
SELECT minefield '{"id":"17","\u0074ype":"\u0046eature","geometry":{"type":"Point","coordinates":[5.0e1,-0.0]}}';
SELECT minefield '{"type":"Feature","id":"\u0416\u0443\u0440\u043d\u0430\u043b \ud83d\ude00 \"q\" \\ \/ \b\f\n\r\t\u0001\u001f\u007f","geometry":null,"properties":{}}';
SELECT minefield '{"type":"Feature","properties":{"z":1,"a":{"y":[],"b":{}},"":[null,true,false,"x",[1,[2]]]},"foreign":{"kept":true},"bbox":[1,2,3,4]}';
-- every kind of extent
SELECT t::minefield::text = t AS canonical, mf_is_located(t::minefield) AS located, t
	FROM (VALUES
		('{"geometry":{"coordinates":[50.5,41.25],"type":"Point"},"properties":null,"type":"Feature"}'),
		('{"geometry":{"coordinates":[[50,41],[50.5,41.5],[51,41]],"type":"LineString"},"properties":null,"type":"Feature"}'),
		('{"geometry":{"coordinates":[[[50,41],[51,41],[51,42],[50,41]],[[50.5,41.25],[50.75,41.25],[50.75,41.5],[50.5,41.25]]],"type":"Polygon"},"properties":null,"type":"Feature"}'),
		('{"geometry":{"coordinates":[[50,41],[50,41]],"type":"MultiPoint"},"properties":null,"type":"Feature"}'),
		('{"geometry":{"coordinates":[[[50,41],[50.5,41.5]],[[51,41],[52,41],[53,42]]],"type":"MultiLineString"},"properties":null,"type":"Feature"}'),
		('{"geometry":{"coordinates":[[[[50,41],[51,41],[51,42],[50,41]]],[[[52,41],[53,41],[53,42],[52,41]],[[52.5,41.25],[52.75,41.25],[52.75,41.5],[52.5,41.25]]]],"type":"MultiPolygon"},"properties":null,"type":"Feature"}'),
		('{"geometry":{"coordinates":[],"type":"Point"},"properties":null,"type":"Feature"}'),
		('{"geometry":{"coordinates":[],"type":"LineString"},"properties":null,"type":"Feature"}'),
		('{"geometry":{"coordinates":[],"type":"Polygon"},"properties":null,"type":"Feature"}'),
		('{"geometry":{"coordinates":[],"type":"MultiPoint"},"properties":null,"type":"Feature"}'),
		('{"geometry":{"coordinates":[],"type":"MultiLineString"},"properties":null,"type":"Feature"}'),
		('{"geometry":{"coordinates":[],"type":"MultiPolygon"},"properties":null,"type":"Feature"}'),
		('{"geometry":{"coordinates":[[180,90],[-180,-90]],"type":"LineString"},"properties":null,"type":"Feature"}'),
		('{"geometry":null,"properties":null,"type":"Feature"}')) v(t);
-- a ring that crosses itself is stored as it is; type may come after coordinates; bbox of a geometry follows from it
SELECT minefield '{"type":"Feature","geometry":{"bbox":[0,{"x":[]}],"coordinates":[[[50,41],[51,42],[51,41],[50,42],[50,41]]],"type":"Polygon"}}';

-- absent, null, 17 and "17" are four things
SELECT count(DISTINCT r) FROM (VALUES (minefield '{"type":"Feature"}'),
	('{"type":"Feature","id":null}'), ('{"type":"Feature","id":17}'), ('{"type":"Feature","id":"17"}')) v(r);
-- but an absent geometry and absent properties are null
SELECT minefield '{"type":"Feature"}' = '{"type":"Feature","geometry":null,"properties":null}' AS same;

-- numbers: the shortest double, as ECMAScript writes it
SELECT minefield '{"type":"Feature","properties":{"n":[0,-0,-0.0,1.0,100e-2,1E2,0.1,1e20,1e21,123456789012345680000,1e-6,1e-7,0.00000123,5e-324,2.2250738585072014e-308,1.7976931348623157e308,4.50,2e-3,0.000000000000000000000000001]}}';
SELECT minefield '{"type":"Feature","properties":{"n":9007199254740992}}';
-- what would lose digits or is too large
SELECT minefield '{"type":"Feature","properties":{"n":9007199254740993}}';
SELECT minefield '{"type":"Feature","properties":{"n":[1,{"m":0.12345678901234567890}]}}';
SELECT minefield '{"type":"Feature","properties":{"n":1e309}}';
SELECT minefield '{"type":"Feature","properties":{"n":-1e-400}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Point","coordinates":[50.123456789012345678,41]}}';

-- ---- what is no record ----
SELECT minefield '';
\echo :LAST_ERROR_SQLSTATE
SELECT minefield 'x';
SELECT minefield '[]';
SELECT minefield '17';
SELECT minefield 'null';
SELECT minefield '{}';
SELECT minefield '{"type":"Feature"';
SELECT minefield '{"type":"Feature"} x';
SELECT minefield '{"type":"Feature",}';
SELECT minefield E'{"type":"Feature",\n\n"id":01}';
SELECT minefield '{"type":"feature"}';
SELECT minefield '{"type":["Feature"]}';
SELECT minefield '{"type":{"a":1}}';
SELECT minefield '{"type":null}';
SELECT minefield '{"type":"FeatureCollection","features":[]}';
SELECT minefield '{"type":"Point","coordinates":[1,2]}';
SELECT minefield '{"type":"Feature","properties":[]}';
SELECT minefield '{"type":"Feature","properties":{"n":NaN}}';
SELECT minefield '{"type":"Feature","properties":{"n":Infinity}}';
SELECT minefield '{"type":"Feature","properties":{"n":"\u0000"}}';
SELECT minefield '{"type":"Feature","properties":{"n":"\ud800"}}';
-- names twice
SELECT minefield '{"type":"Feature","type":"Feature"}';
SELECT minefield '{"type":"Feature","geometry":null,"geometry":null}';
SELECT minefield '{"type":"Feature","properties":{"a/b~c":[{"x":1,"y":2,"\u0078":3}]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2],"coordinates":[1,2]}}';
-- shapes: the path says where
SELECT minefield '{"type":"Feature","properties":{"mines":{"model":"PMN"}}}';
SELECT minefield '{"type":"Feature","properties":{"mines":[{"count":3},{"count":"three"}]}}';
SELECT minefield '{"type":"Feature","properties":{"mines":[{"count":{}}]}}';
SELECT minefield '{"type":"Feature","properties":{"location":{"crs":"+proj=utm"}}}';
SELECT minefield '{"type":"Feature","properties":{"location":{"points":[{"northing":true}]}}}';
-- wrong sense is stored
SELECT minefield '{"type":"Feature","properties":{"laid":"someday","mines":[{"count":-3}],"front_m":-1}}';
-- another reference system, as GeoJSON of 2008 names it
SELECT minefield '{"type":"Feature","crs":{"type":"name","properties":{"name":"EPSG:28409"}}}';
SELECT minefield '{"type":"Feature","crs":{"type":"link"}}';
SELECT minefield '{"type":"Feature","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}}';

-- geometry
SELECT minefield '{"type":"Feature","geometry":[]}';
SELECT minefield '{"type":"Feature","geometry":1}';
SELECT minefield '{"type":"Feature","geometry":{}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Point"}}';
SELECT minefield '{"type":"Feature","geometry":{"coordinates":[1,2]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Point","coordinates":null}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Point","coordinates":1}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Point","coordinates":{"lon":1}}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Point","coordinates":["1",2]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Point","coordinates":[1]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2,3]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Point","coordinates":[[1,2]]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Point","coordinates":[1,[2]]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Point","coordinates":[[1],2]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Point","coordinates":[180.0000001,2]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Point","coordinates":[500000,4500000]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2]]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2],[]]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[1,1],[2,1],[1,1]]]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,2]]]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[]]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[[[1,1],[2,1],[2,2],[1,1]]],[[[1,1],[2,1],[2,2],[1,1]],[[1,1],[2,1],[2,2],[1,1.5]]]]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[[[[1,1]]]]]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"GeometryCollection","geometries":[]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"CircularString","coordinates":[]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":1,"coordinates":[]}}';
SELECT minefield '{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2],"crs":null}}';

-- nesting: 64 levels and no more
SELECT length(format('{"type":"Feature","properties":{"a":%s%s}}', repeat('[', 62), repeat(']', 62))::minefield::text) AS length;
SELECT format('{"type":"Feature","properties":{"a":%s%s}}', repeat('[', 63), repeat(']', 63))::minefield;
SELECT format('{"type":"Feature","properties":{"a":%s}}', repeat('[', 100000))::minefield;
SELECT length(format('{"type":"Feature","properties":{"a":"%s"}}', repeat('[{\"', 1000))::minefield::text) AS brackets_in_a_string;

-- ---- binary ----
SELECT minefield_send('{"type":"Feature","id":"Ж","geometry":{"type":"Polygon","coordinates":[[[50,41],[51,41],[51,42],[50,41]]]}}');
SELECT minefield_send('{"type":"Feature"}');
CREATE TEMP TABLE sent (n int, record minefield, book logbook);
INSERT INTO sent VALUES
	(1, '{"type":"Feature"}', '{"type":"FeatureCollection","features":[]}'),
	(2, '{"type":"Feature","id":2,"geometry":{"type":"MultiPoint","coordinates":[]},"properties":{"a":[1e21,"x"]}}',
		'{"type":"FeatureCollection","logbook":{"title":"Журнал"},"features":[{"type":"Feature","id":"Ж"}]}'),
	(3, NULL, NULL);
-- the text inside travels in the encoding of the client
SET client_encoding = 'WIN1251';
\getenv outputdir PG_ABS_BUILDDIR
\set file :outputdir '/results/types_sent.bin'
COPY sent TO :'file' (FORMAT binary);
CREATE TEMP TABLE received (n int, record minefield, book logbook);
COPY received FROM :'file' (FORMAT binary);
RESET client_encoding;
SELECT count(*) FROM sent JOIN received USING (n)
	WHERE sent.record IS NOT DISTINCT FROM received.record AND sent.book IS NOT DISTINCT FROM received.book;

-- ---- casts ----
SELECT '{"type":"Feature","id":1e1,"id2":"\u0041"}'::json::minefield;
SELECT '{"type":"Feature","id":1e1,"id2":"\u0041"}'::jsonb::minefield;
SELECT '{"type":"Feature","id":12345678901234567890}'::jsonb::minefield;
SELECT '[1]'::jsonb::minefield;
SELECT pg_typeof(m::json), m::json, pg_typeof(m::jsonb), m::jsonb, pg_typeof(m::text), m::text
	FROM (SELECT minefield '{"type":"Feature","id":"b","geometry":null,"properties":{"n":1e21,"aa":1,"b":2}}') v(m);
SELECT m::json::minefield = m AND m::jsonb::minefield = m AND m::text::minefield = m AS there_and_back
	FROM (SELECT minefield '{"type":"Feature","id":"b","geometry":{"type":"Point","coordinates":[50,41]},"properties":{"n":[5e-324,1e21,0.1]}}') v(m);
SELECT ST_AsEWKT(m::geometry), ST_AsEWKT(mf_geometry(m))
	FROM (VALUES (minefield '{"type":"Feature","geometry":{"type":"MultiPoint","coordinates":[[50,41],[51,42]]}}'),
				 ('{"type":"Feature","geometry":{"type":"Polygon","coordinates":[]}}'), ('{"type":"Feature"}'), (NULL)) v(m);
-- a record nests in JSON rather than being a string in it
SELECT row_to_json(v), to_jsonb(v), json_agg(m) OVER ()
	FROM (SELECT 1 AS n, minefield '{"type":"Feature","id":"a"}' AS m) v;
SELECT ST_AsGeoJSON(v)
	FROM (SELECT 'x' AS note, minefield '{"type":"Feature","id":"a"}' AS m, geometry 'SRID=4326;POINT(50 41)' AS place) v;
-- arrays, composites, domains and generated columns are as of any type
SELECT ARRAY[minefield '{"type":"Feature","id":"a,b\"{}"}', NULL]::text::minefield[] = ARRAY[minefield '{"type":"Feature","id":"a,b\"{}"}', NULL] AS same;
CREATE DOMAIN located AS minefield CHECK (mf_is_located(VALUE));
SELECT '{"type":"Feature"}'::located;
DROP DOMAIN located;
CREATE TEMP TABLE assigned (record minefield, place geometry GENERATED ALWAYS AS (mf_geometry(record)) STORED,
							label text GENERATED ALWAYS AS (mf_id(record)) STORED);
INSERT INTO assigned (record) SELECT '{"type":"Feature","id":7,"geometry":{"type":"Point","coordinates":[50,41]}}'::jsonb;
SELECT label, ST_AsText(place) FROM assigned;

-- ---- mf_make ----
SELECT mf_make('a', 'SRID=4326;POINT(50 41)');
SELECT mf_make(NULL, NULL);
SELECT mf_make('a', NULL, '{"number":"17"}'), mf_make(NULL, NULL, 'null');
SELECT mf_make(id => E'Ж"\\\n', extent => 'SRID=4326;POLYGON EMPTY', properties => '{}');
SELECT mf_make('a', g) FROM (VALUES (geometry 'SRID=4326;LINESTRING(50 41,51 42)'),
	('SRID=4326;POLYGON((50 41,51 41,51 42,50 41),(50.5 41.25,50.75 41.25,50.75 41.5,50.5 41.25))'),
	('SRID=4326;MULTIPOINT(50 41,51 42)'), ('SRID=4326;MULTILINESTRING((50 41,51 42),(52 41,53 42,54 43))'),
	('SRID=4326;MULTIPOLYGON(((50 41,51 41,51 42,50 41)),((52 41,53 41,53 42,52 41),(52.5 41.25,52.75 41.25,52.75 41.5,52.5 41.25)))'),
	('SRID=4326;MULTIPOINT(EMPTY,51 42)'), ('SRID=4326;MULTIPOLYGON EMPTY'), ('SRID=4326;LINESTRING EMPTY'), ('SRID=4326;POINT EMPTY')) v(g);
SELECT bool_and(mf_geometry(mf_make('a', g)) = g) FROM (VALUES (geometry 'SRID=4326;LINESTRING(50 41,51 42)'),
	('SRID=4326;POLYGON((50 41,51 41,51 42,50 41),(50.5 41.25,50.75 41.25,50.75 41.5,50.5 41.25))'),
	('SRID=4326;MULTIPOINT(50 41,51 42)'), ('SRID=4326;POINT(-180 -90)')) v(g);
-- wrong geometry
SELECT mf_make('a', 'POINT(50 41)');
SELECT mf_make('a', 'SRID=28409;POINT(9441380 4563102)');
SELECT mf_make('a', 'SRID=4326;POINT(9441380 4563102)');
SELECT mf_make('a', 'SRID=4326;POINT(50 91)');
SELECT mf_make('a', 'SRID=4326;LINESTRING(50 41,NaN 41)');
SELECT mf_make('a', 'SRID=4326;LINESTRING(50 41,Infinity 41)');
SELECT mf_make('a', 'SRID=4326;GEOMETRYCOLLECTION(POINT(50 41))');
SELECT mf_make('a', 'SRID=4326;CIRCULARSTRING(50 41,51 42,52 41)');
SELECT mf_make('a', 'SRID=4326;CURVEPOLYGON((50 41,51 42,52 41,50 41))');
SELECT mf_make('a', 'SRID=4326;TIN(((50 41,51 42,52 41,50 41)))');
SELECT mf_make('a', 'SRID=4326;POINT Z(50 41 3)');
SELECT mf_make('a', 'SRID=4326;POINT M(50 41 3)');
SELECT mf_make('a', 'SRID=4326;POINT Z(50 41 3)', drop_z => true), mf_make('a', 'SRID=4326;LINESTRING ZM(50 41 3 4,51 42 3 4)', NULL, true),
	mf_make('a', 'SRID=4326;POINT(50 41)', NULL, true), mf_make('a', 'SRID=4326;POINT Z(50 41 3)', '{}', true);
-- wrong properties
SELECT mf_make('a', NULL, '[]');
SELECT mf_make('a', NULL, '{"mines":3}');
SELECT mf_make('a', NULL, '{"n":0.1234567890123456789}');

-- ---- reading ----
SELECT mf_id(r), mf_number(r), mf_source(r), mf_properties(r), mf_is_located(r), mf_accuracy_m(r)
	FROM (VALUES (1, minefield '{"type":"Feature","id":"B/17","geometry":{"type":"Point","coordinates":[50,41]},"properties":{"number":"17a","source":"interview","accuracy95_m":25}}'),
				 (2, '{"type":"Feature","id":17,"properties":{"number":17.50,"source":null,"accuracy95_m":{"value":20,"max":30}}}'),
				 (3, '{"type":"Feature","id":1e21,"properties":{"accuracy95_m":10,"derived":{"accuracy95_m":40}}}'),
				 (4, '{"type":"Feature","properties":{"accuracy95_m":{"min":5}}}'),
				 (5, '{"type":"Feature","id":null,"properties":{"accuracy95_m":-5}}'),
				 (6, '{"type":"Feature","geometry":{"type":"Point","coordinates":[]}}'),
				 (7, NULL)) v(n, r) ORDER BY n;

-- dates
SET TimeZone = 'UTC';
SET DateStyle = 'ISO';
SELECT laid, mf_laid(r), mf_laid_at(r)
	FROM unnest('{1993,1993-08,1993-08-15,1993~,1993-08/1993-09-15,../1994,1994/..,../..,1993-08-15T06:30,1993-08-15T06:30Z,1993-08-15T06:30:15+04:00,199X,1993-21,1993-08-15T06:30+04:00/1993-08-16,0000,9999,1993-13,1994/1993,someday,""}'::text[]) WITH ORDINALITY l(laid, n),
		LATERAL (SELECT mf_make('a', NULL, jsonb_build_object('laid', laid))) v(r) ORDER BY n;
SELECT mf_laid('{"type":"Feature"}'), mf_laid_at('{"type":"Feature","properties":{"laid":null}}');
RESET TimeZone;

-- mines, points, rows
CREATE TEMP TABLE paper AS SELECT minefield
'{"type":"Feature","id":"B/17","properties":{
 "mines":[{"model":"PMN-2","count":{"value":80,"min":75,"max":80,"as_written":"75-80 шт.","legible":false},"fuze":null},
	{"model":"OZM-72","count":12},{"model":null,"count":null},null,{"count":{"as_written":"many"}},{"model":"TM-62","count":1.5},
	{"model":"TM-57","count":-1},{"count":{"min":10}},{"count":{"max":10}},{"count":{"value":5,"min":6}},{"count":{"min":9,"max":3}}],
 "location":{
	"points":[{"id":"L1","role":"landmark","northing":4563102.932,"easting":9441380.206,"accuracy95_m":{"value":25,"max":30},"description":"beacon, foot"},
		{"id":2,"lon":50,"lat":{"value":41}},null,{"mgrs":"39T VF 1 2"},{}],
	"rows":[{"id":"1","path":["A","B"],"mines":[{"model":"PMN-2","count":40}],"step_m":3,"offset_m":0.5},{"path":[]},{"path":["A",null]},null]}}}' AS record;
SELECT n, model, count, count_min, count_max, as_written, legible, entry FROM paper, mf_mines(record);
SELECT n, id, role, description, northing, easting, lon, lat, mgrs, accuracy95_m, geometry IS NULL AS unlocated, entry FROM paper, mf_points(record);
SELECT n, id, path, step_m, offset_m, mines, geometry IS NULL AS unlocated, entry FROM paper, mf_rows(record);
-- a point's id may be a number
SELECT path FROM mf_rows('{"type":"Feature","properties":{"location":{"rows":[{"id":1,"path":[1,2.50,"C",null]}]}}}');
SELECT (SELECT count(*) FROM mf_mines(r)) AS mines, (SELECT count(*) FROM mf_points(r)) AS points, (SELECT count(*) FROM mf_rows(r)) AS rows
	FROM (VALUES (minefield '{"type":"Feature"}'), ('{"type":"Feature","properties":{}}'), ('{"type":"Feature","properties":{"mines":[],"location":{"points":[],"rows":[]}}}'),
				 ('{"type":"Feature","properties":{"mines":null,"location":null}}'), (NULL)) v(r);

-- derived content stays out of the digest
SELECT mf_digest_text(r) FROM (VALUES (1, minefield '{"type":"Feature","id":1,"geometry":{"type":"Point","coordinates":[50,41]},"properties":{"a":1}}'),
	(2, '{"type":"Feature","id":1,"geometry":{"type":"Point","coordinates":[50,41]},"properties":{"a":1,"derived":{"operation":"EPSG:15865"},"z":2}}'),
	(3, '{"type":"Feature","id":1,"geometry":{"type":"Point","coordinates":[50,41]},"properties":{"derived":null}}'),
	(4, '{"type":"Feature","id":1,"geometry":null,"properties":{"derived":{}}}'), (5, '{"type":"Feature"}'), (6, NULL)) v(n, r) ORDER BY n;

-- ---- large values ----
-- a ring of a million positions
CREATE TEMP TABLE ring AS
	SELECT format('{"geometry":{"coordinates":[[%s,[50,41]]],"type":"Polygon"},"id":"ring","properties":null,"type":"Feature"}',
			string_agg(format('[%s,%s]', 50 + i / 1048576.0::float8, CASE WHEN i % 2 = 0 THEN '41' ELSE '42' END), ',' ORDER BY i)) AS t
		FROM generate_series(0, 999998) i;
SELECT ST_NPoints(mf_geometry(m)), m::text = t AS canonical, minefield_send(m) = minefield_send(m::text::minefield) AS same
	FROM (SELECT t::minefield AS m, t FROM ring OFFSET 0) v;
-- what is too long; a message does not quote it all
SELECT length(mf_make(repeat('x', 256 * 1024 * 1024), NULL)::text);
SELECT length(format('{"type":"Feature","a":["%1$s","%1$s","%1$s","%1$s","%1$s"]}', repeat('x', 56 * 1024 * 1024))::minefield::text);
SELECT repeat('x', 1000000)::minefield;
-- reading can be stopped
SET statement_timeout = '250ms';
SELECT length(('{"type":"Feature","properties":{"a":[' || repeat('1,', 10000000) || '1]}}')::minefield::text);
RESET statement_timeout;
