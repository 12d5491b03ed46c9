--
-- bad input: every kind of it has a defined answer
--
-- Each statement is followed by its answer: the value, or SQLSTATE, message,
-- detail and hint, without the places in the source that \errverbose shows.
-- doc/bad_input.md explains the same answers.
--
\set ECHO none
\pset format unaligned
\pset tuples_only on
SET client_min_messages = warning;

CREATE FUNCTION answer(asked text, query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	value text;
	state text;
	message text;
	detail text;
	hint text;
BEGIN
	RETURN NEXT CASE WHEN length(asked) > 150 THEN left(asked, 150) || '...' ELSE asked END;
	EXECUTE query INTO value;
	RETURN NEXT '    ' || coalesce(left(value, 250), 'NULL');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state := RETURNED_SQLSTATE, message := MESSAGE_TEXT,
		detail := PG_EXCEPTION_DETAIL, hint := PG_EXCEPTION_HINT;
	RETURN NEXT '    ' || state || ' ' || message;
	IF detail <> '' THEN RETURN NEXT '    ' || detail; END IF;
	IF hint <> '' THEN RETURN NEXT '    ' || hint; END IF;
END $$;

-- texts read as records, as log books, as the properties of a record, as its
-- geometry; and queries
CREATE FUNCTION r(VARIADIC documents text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE d text;
BEGIN
	FOREACH d IN ARRAY documents LOOP
		RETURN QUERY SELECT * FROM answer(d, format('SELECT %L::minefield', d));
	END LOOP;
END $$;
CREATE FUNCTION b(VARIADIC documents text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE d text;
BEGIN
	FOREACH d IN ARRAY documents LOOP
		RETURN QUERY SELECT * FROM answer(d, format('SELECT %L::logbook', d));
	END LOOP;
END $$;
CREATE FUNCTION p(VARIADIC properties text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE d text;
BEGIN
	FOREACH d IN ARRAY properties LOOP
		RETURN QUERY SELECT * FROM answer(d,
			format('SELECT (%L::minefield)::json -> ''properties''', '{"type":"Feature","properties":' || d || '}'));
	END LOOP;
END $$;
CREATE FUNCTION g(VARIADIC geometries text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE d text;
BEGIN
	FOREACH d IN ARRAY geometries LOOP
		RETURN QUERY SELECT * FROM answer(d,
			format('SELECT (%L::minefield)::json -> ''geometry''', '{"type":"Feature","geometry":' || d || '}'));
	END LOOP;
END $$;
CREATE FUNCTION q(VARIADIC queries text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE d text;
BEGIN
	FOREACH d IN ARRAY queries LOOP
		RETURN QUERY SELECT * FROM answer(d, d);
	END LOOP;
END $$;

\echo '==== text that is no JSON'
SELECT r('', ' ', '{', '{"type":"Feature"', '{"type":"Feature",}', '{"type" "Feature"}', '{''type'':''Feature''}',
	'{"type":"Feature"} x', '{"type":"Feature"}{"type":"Feature"}', '{"type":"Feature","id":NaN}',
	'{"type":"Feature","id":Infinity}', '{"type":"Feature","id":-Infinity}', '{"type":"Feature","id":01}',
	'{"type":"Feature","id":1.}', '{"type":"Feature","id":.5}', '{"type":"Feature","id":+1}',
	'{"type":"Feature","id":0x10}', '{"type":"Feature","id":True}', '{"type":"Feature"} // note',
	'{"type":"Feature","id":"\x"}', E'{"type":"Feature","id":"a\nb"}', '{"type":"Feature","id":"\ud800"}',
	'{"type":"Feature","id":"\u0000"}', '{"type":"Feature","id":"open', U&'\FEFF{"type":"Feature"}');

\echo '==== JSON that is no Feature'
SELECT r('null', 'true', '5', '"Feature"', '[]', '[{"type":"Feature"}]', '{}', '{"type":null}', '{"type":5}',
	'{"type":"feature"}', '{"type":["Feature"]}', '{"type":[[]]}', '{"type":{"type":"Feature"}}',
	'{"type":"FeatureCollection","features":[]}', '{"type":"Point","coordinates":[50,41]}',
	'{"geometry":null,"properties":{}}');

\echo '==== the least that is one'
SELECT r('{"type":"Feature"}', ' {"type" : "Feature" , "properties":{} } ', '{"type":"Feature","id":null,"geometry":null,"properties":null}',
	'{"\u0074ype":"\u0046eature"}');

\echo '==== wrong shape'
SELECT r('{"type":"Feature","id":[1]}', '{"type":"Feature","id":true}', '{"type":"Feature","properties":[]}',
	'{"type":"Feature","properties":"none"}', '{"type":"Feature","geometry":"POINT(50 41)"}',
	'{"type":"Feature","geometry":[50,41]}', '{"type":"Feature","geometry":false}');
SELECT p('{"number":{"value":17}}', '{"sheets":1}', '{"sheets":[1,[2]]}', '{"laid":1993}', '{"laid":["1993"]}',
	'{"front_m":"120"}', '{"front_m":true}', '{"front_m":[120]}', '{"front_m":{}}', '{"front_m":{"valeu":120}}',
	'{"front_m":{"value":"120"}}', '{"front_m":{"min":{"value":1}}}', '{"front_m":{"value":120,"legible":"no"}}',
	'{"mines":{"PMN-2":80}}', '{"mines":["PMN-2"]}', '{"mines":[{"model":"PMN-2"},{"count":"80 шт."}]}',
	'{"location":[]}', '{"location":{"crs":"epsg:28409"}}', '{"location":{"crs":"+proj=utm +zone=38"}}',
	'{"location":{"operation":"/usr/share/proj/grid.tif"}}', '{"location":{"points":[{"id":"A","accuracy95_m":"25"}]}}',
	'{"location":{"legs":[{},{"azimuth":["15-00"]}]}}', '{"location":{"perimeter":["A",["B"]]}}',
	'{"location":{"perimeter":["A",{"from":"A","along":5}]}}', '{"location":{"rows":[{"ioe":"yes"}]}}',
	'{"illegible":"/properties/unit"}', '{"illegible":["properties.unit"]}', '{"not_applicable":["/a~2"]}',
	'{"readings":[{"path":"unit"}]}', '{"derived":"PROJ 9.1"}');

\echo '==== wrong sense is not bad input'
SELECT p('{"laid":"August 1993"}', '{"laid":"1994/1993"}', '{"category":"???"}', '{"front_m":-5,"row_count":2.5}',
	'{"location":{"angle_unit":"parsec","legs":[{"azimuth":460},{"azimuth":"восток"}]}}',
	'{"mines":[{"count":{"value":1,"min":5,"max":2}}]}', '{"sheets":[3,3],"sheets_of":2}',
	'{"no_name_of_ours":[{"a":[1,{"b":null}]}]}', '{"mines":null,"front_m":{"value":null}}', '{"mines":[null]}');

\echo '==== numbers'
SELECT p('{"x":[0,-0,-0.0,1.0,100,1e2,1E+2,0.1,1e-7,1e21,123456789012345680000]}', '{"x":9007199254740993}',
	'{"x":12345678901234567890}', '{"x":0.1234567890123456789}', '{"x":3.141592653589793238}', '{"x":1e308}',
	'{"x":1e309}', '{"x":-1e400}', '{"x":5e-324}', '{"x":1e-400}', '{"x":"12345678901234567890"}', '{"front_m":1e999}');
SELECT g('{"type":"Point","coordinates":[50.1234567890123456789,41]}', '{"type":"Point","coordinates":[-0.0,-0]}',
	'{"type":"Point","coordinates":[1e999,41]}');

\echo '==== one name twice'
SELECT r('{"type":"Feature","id":1,"id":1}', '{"type":"Feature","type":"Feature"}', '{"type":"Feature","id":1,"\u0069d":2}',
	'{"type":"Feature","geometry":null,"geometry":null}', '{"type":"Feature","properties":{},"properties":{}}',
	'{"type":"Feature","other":[{"a":{"b":1,"b":2}}]}', '{"type":"Feature","a/b~c":{"":1,"":2}}');
SELECT p('{"unit":"a","unit":"b"}', '{"mines":[{"count":1},{"count":1,"count":2}]}', '{"front_m":{"value":1,"value":1}}');
SELECT g('{"type":"Point","type":"Point","coordinates":[50,41]}', '{"type":"Point","coordinates":[50,41],"coordinates":[50,41]}',
	'{"type":"Point","coordinates":[50,41],"bbox":[50,41,50,41],"bbox":[50,41,50,41]}');

\echo '==== geometry'
SELECT g('{}', '{"type":"Point"}', '{"coordinates":[50,41]}', '{"type":null,"coordinates":[50,41]}', '{"type":"point","coordinates":[50,41]}',
	'{"type":"Circle","coordinates":[50,41]}', '{"type":"GeometryCollection","geometries":[]}',
	'{"type":"Point","coordinates":null}', '{"type":"Point","coordinates":"50,41"}', '{"type":"Point","coordinates":{"lon":50}}',
	'{"type":"Point","coordinates":[50]}', '{"type":"Point","coordinates":[50,"41"]}', '{"type":"Point","coordinates":[null,null]}',
	'{"type":"Point","coordinates":[50,41,100]}', '{"type":"Point","coordinates":[50,41,0,0]}', '{"type":"Point","coordinates":[[50,41]]}',
	'{"type":"Point","coordinates":[180.0000001,41]}', '{"type":"Point","coordinates":[50,-90.1]}', '{"type":"Point","coordinates":[41,4563102.932]}',
	'{"type":"Point","coordinates":[180,-90]}', '{"type":"Point","coordinates":[50,41],"crs":{"type":"name"}}',
	'{"type":"Point","coordinates":[50,41],"bbox":[50,41,50,41]}',
	'{"type":"LineString","coordinates":[[50,41]]}', '{"type":"LineString","coordinates":[[50,41],[50,41]]}',
	'{"type":"LineString","coordinates":[[50,41],[51,41,5]]}', '{"type":"LineString","coordinates":[50,41]}',
	'{"type":"LineString","coordinates":[[50,41],51]}', '{"type":"LineString","coordinates":[[50,41],[]]}',
	'{"type":"Polygon","coordinates":[[[50,41],[51,41],[51,42]]]}', '{"type":"Polygon","coordinates":[[[50,41],[51,41],[51,42],[50,42]]]}',
	'{"type":"Polygon","coordinates":[[[50,41],[51,41],[50,41]]]}', '{"type":"Polygon","coordinates":[[50,41],[51,41],[51,42],[50,41]]}',
	'{"type":"Polygon","coordinates":[[]]}',
	'{"type":"MultiPolygon","coordinates":[[[[50,41],[51,41],[51,42],[50,41]]],[[[52,41],[53,41],[53,42],[52,41.5]]]]}',
	'{"type":"MultiPolygon","coordinates":[[[[50,41],[51,41],[51,42],[50,41]],[[50.1,41],[50.2,91],[50.2,41],[50.1,41]]]]}',
	'{"type":"MultiPolygon","coordinates":[[]]}', '{"type":"MultiPoint","coordinates":[[50,41],[-181,0]]}');

\echo '==== stored as recorded: crossing itself, hole outside, no area, twice the same'
SELECT g('{"type":"Polygon","coordinates":[[[50,41],[51,42],[51,41],[50,42],[50,41]]]}',
	'{"type":"Polygon","coordinates":[[[50,41],[51,41],[51,42],[50,41]],[[60,41],[61,41],[61,42],[60,41]]]}',
	'{"type":"Polygon","coordinates":[[[50,41],[50,41],[50,41],[50,41]]]}', '{"type":"MultiPoint","coordinates":[[50,41],[50,41]]}');

\echo '==== empty counts as not located'
SELECT g('null', '{"type":"Point","coordinates":[]}', '{"type":"LineString","coordinates":[]}', '{"type":"Polygon","coordinates":[]}',
	'{"type":"MultiPoint","coordinates":[]}', '{"type":"MultiLineString","coordinates":[]}', '{"type":"MultiPolygon","coordinates":[]}');
SELECT q($$SELECT mf_is_located('{"type":"Feature","geometry":{"type":"Polygon","coordinates":[]}}')$$,
	$$SELECT mf_geometry(minefield '{"type":"Feature","geometry":{"type":"Polygon","coordinates":[]}}') IS NULL$$,
	$$SELECT mf_geometry('{"type":"Feature"}')$$);

\echo '==== large and deep'
SELECT q($$SELECT length(('{"type":"Feature","a":' || repeat('[', 63) || repeat(']', 63) || '}')::minefield::text)$$,
	$$SELECT ('{"type":"Feature","a":' || repeat('[', 64) || repeat(']', 64) || '}')::minefield$$,
	$$SELECT ('{"type":"Feature","a":' || repeat('{"a":', 64) || '1' || repeat('}', 64) || '}')::minefield$$,
	$$SELECT repeat('[', 1000000)::minefield$$, $$SELECT repeat('{"a":', 1000000)::minefield$$,
	$$SELECT ('{"type":"Feature","geometry":{"type":"Polygon","coordinates":' || repeat('[', 70) || repeat(']', 70) || '}}')::minefield$$,
	$$SELECT ('{"type":"Feature","geometry":{"type":"Polygon","coordinates":' || repeat('[', 10) || repeat(']', 10) || '}}')::minefield$$,
	$$SELECT ('{"type":"Feature","geometry":{"type":"Point","coordinates":[50,41],"bbox":' || repeat('[', 70) || repeat(']', 70) || '}}')::minefield$$,
	$$SELECT length(('{"type":"Feature","id":"' || repeat('№', 1000000) || '"}')::minefield::text)$$,
	$$SELECT ST_NPoints(('{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[' ||
		string_agg(format('[%s,%s]', 50 + cosd(i * 0.00036) / 10, 41 + sind(i * 0.00036) / 10), ',' ORDER BY i) || ',[50.1,41]]]}}')::minefield::geometry)
	FROM generate_series(0, 999999) i$$);

\echo '==== paths with names that need escapes'
SELECT r('{"type":"Feature","a/b":{"c~d":{"e\"f":{"x":1,"x":1}}}}', '{"type":"Feature","properties":{"mines":[{},{"count":{"value":[]}}]}}');

\echo '==== the crs member of GeoJSON 2008'
SELECT r('{"type":"Feature","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}}',
	'{"type":"Feature","crs":{"type":"name","properties":{"name":"EPSG:4326"}}}', '{"type":"Feature","crs":null}',
	'{"type":"Feature","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::28409"}}}', '{"type":"Feature","crs":{}}',
	'{"type":"Feature","crs":3857}', '{"type":"Feature","crs":["EPSG:4326"]}');
SELECT b('{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"features":[]}',
	'{"type":"FeatureCollection","features":[{"type":"Feature"},{"type":"Feature","crs":"EPSG:3857"}]}');

\echo '==== log books'
SELECT b('', '[]', 'null', '{}', '{"type":"FeatureCollection"}', '{"features":[]}', '{"type":"Feature"}',
	'{"type":"FeatureCollection","features":null}', '{"type":"FeatureCollection","features":{}}', '{"type":"FeatureCollection","features":[null]}',
	'{"type":"FeatureCollection","features":[{"type":"Feature"},5]}', '{"type":"FeatureCollection","features":[{"type":"Feature"},]}',
	'{"type":"FeatureCollection","features":[{"type":"Feature"} {"type":"Feature"}]}', '{"type":"FeatureCollection","features":[{"type":"Feature"}',
	'{"type":"FeatureCollection","features":[]} x', '{"type":"FeatureCollection","features":[],"features":[]}',
	'{"type":"FeatureCollection","type":"FeatureCollection","features":[]}', '{"type":"FeatureCollection","features":[],"a":1,"a":2}',
	'{"type":"FeatureCollection","features":[],"logbook":[]}', '{"type":"FeatureCollection","features":[],"logbook":{"title":5}}',
	'{"type":"FeatureCollection","features":[],"logbook":{"records_declared":"8"}}',
	'{"type":"FeatureCollection","features":[],"logbook":{"mines_declared":{"PMN-2":5}}}',
	'{"type":"FeatureCollection","features":[{"type":"Feature"},{"type":"Feature","properties":{"mines":[{"count":"5"}]}}]}',
	'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[50,91]}}]}',
	'{"type":"FeatureCollection","features":[{"type":"Feature","id":NaN}]}', '{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"id":1}]}',
	'{"type":"FeatureCollection","features":[]}', '{"type":"FeatureCollection","logbook":null,"features":[]}',
	'{"type":"FeatureCollection","features":[{"type":"Feature","a":' || repeat('[', 64) || repeat(']', 64) || '}]}',
	'{"type":"FeatureCollection","features":' || repeat('[', 1000000), repeat('{"a":', 1000000),
	'{"type":"FeatureCollection","a":' || repeat('[', 100) || repeat(']', 100) || ',"features":[]}',
	'{"type":"FeatureCollection","\u0066eatures":[]}', '{"type":"FeatureCollection","features":[],"\u0066eatures":[]}');

\echo '==== casts'
SELECT q($$SELECT json '{"type":"Feature","id":1,"id":2}'::minefield$$, $$SELECT jsonb '{"type":"Feature","id":1,"id":2}'::minefield$$,
	$$SELECT jsonb '[]'::minefield$$, $$SELECT jsonb '{"type":"Feature","id":12345678901234567890}'::minefield$$,
	$$SELECT json '{"type":"FeatureCollection"}'::logbook$$, $$SELECT jsonb 'null'::logbook$$,
	$$SELECT NULL::minefield$$, $$SELECT NULL::json::minefield$$, $$SELECT NULL::jsonb::logbook$$, $$SELECT NULL::minefield::geometry$$,
	$$SELECT NULL::minefield::jsonb$$);

\echo '==== mf_make'
SELECT q($$SELECT mf_make('1', ST_SetSRID(ST_Point(50, 41), 3857))$$, $$SELECT mf_make('1', ST_Point(50, 41))$$,
	$$SELECT mf_make('1', 'SRID=4326;POINT Z (50 41 5)')$$, $$SELECT mf_make('1', 'SRID=4326;POINT M (50 41 5)')$$,
	$$SELECT mf_make('1', 'SRID=4326;POINT ZM (50 41 5 6)')$$, $$SELECT mf_make('1', 'SRID=4326;POINT Z (50 41 5)', drop_z => true)$$,
	$$SELECT mf_make('1', 'SRID=4326;GEOMETRYCOLLECTION(POINT(50 41))')$$, $$SELECT mf_make('1', 'SRID=4326;CIRCULARSTRING(50 41,50.1 41,50.2 41.1)')$$,
	$$SELECT mf_make('1', 'SRID=4326;CURVEPOLYGON((50 41,51 41,51 42,50 41))')$$, $$SELECT mf_make('1', 'SRID=4326;TRIANGLE((50 41,51 41,51 42,50 41))')$$,
	$$SELECT mf_make('1', 'SRID=4326;POINT(50 141)')$$, $$SELECT mf_make('1', ST_SetSRID(ST_Point('NaN', 41), 4326))$$,
	$$SELECT mf_make('1', ST_SetSRID(ST_Point('Infinity', 41), 4326))$$, $$SELECT mf_make('1', 'SRID=4326;POINT EMPTY')$$,
	$$SELECT mf_make('1', 'SRID=4326;GEOMETRYCOLLECTION EMPTY')$$, $$SELECT mf_make('1', NULL)$$, $$SELECT mf_make(NULL, NULL)$$,
	$$SELECT mf_make('1', NULL, '[]')$$, $$SELECT mf_make('1', NULL, '{"mines":5}')$$, $$SELECT mf_make('1', NULL, 'null')$$,
	$$SELECT mf_make('1', NULL, '{"x":12345678901234567890}')$$, $$SELECT mf_make('1', NULL, drop_z => NULL)$$);

\echo '==== mf_load: bad lines beside good ones'
CREATE FUNCTION loaded(document text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT concat_ws('|', line, coalesce(sqlstate, 'ok'), coalesce(record::text, message), path) FROM mf_load(document)
$$;
SELECT loaded(NULL);
SELECT loaded('');
SELECT loaded(E' \n\t\r\n');
SELECT loaded(E'{"type":"Feature","id":1}\n\n{"type":"Feature","id":[]}\r\nnonsense\n{"type":"Feature","id":1,"id":2}\n{"type":"Feature","id":5');
SELECT loaded(E'{"type":"Feature","id":1}{"type":"Feature","id":2}\n{"type":"Feature","id":3}');
SELECT loaded(E'\x1e{"type":"Feature","id":1}\n\x1e{"type":"Feature","id":2}\n');
SELECT loaded(E'{"type":"FeatureCollection",\n"features":[{"type":"Feature","id":1},\n5,\n{"type":"Feature","id":{}},{"type":"Feature",\n"geometry":{"type":"Point","coordinates":[50,91]}},{"type":"Feature","id":2}]}');
SELECT loaded(E'{"type":"FeatureCollection","features":[{"type":"Feature","id":1}, oops, {"type":"Feature","id":2}]}');
SELECT loaded('{"type":"FeatureCollection"}');
SELECT loaded('{"type":"FeatureCollection","features":5}');
SELECT loaded('{"type":"FeatureCollection","crs":"EPSG:3857","features":[{"type":"Feature","id":1}]}');
SELECT loaded('{"type":"Feature","id":1,"geometry":{"type":"Point","coordinates":[50,41,7]}}');
SELECT loaded('{"type":"Feature","id":1,"z_dropped":true,"geometry":{"type":"Point","coordinates":[50,41,7]}}');
SELECT loaded('{"type":"Feature","id":1,"z_dropped":{"a":[1]},"geometry":{"type":"Point","coordinates":[50,41,7]}}');
SELECT loaded('{"type":"Feature","id":1,"z_dropped":true}');
SELECT loaded(E'\uFEFF{"type":"Feature","id":1}');
SELECT loaded('[]');
SELECT loaded('null');
SELECT loaded(E'{"type":"Feature",\n"id":1}');

\echo '==== nothing, and NULL, into the aggregates'
CREATE TEMP TABLE nothing (key text, record minefield, extent geometry, aoi geometry);
SELECT q('SELECT mf_logbook(record) FROM nothing', 'SELECT mf_logbook(record, ''{"title":"empty"}'') FROM nothing',
	'SELECT mf_mine_total(record) FROM nothing', 'SELECT mf_mine_total(record, ''PMN-2'') FROM nothing',
	'SELECT mf_coverage(record, aoi) FROM nothing', 'SELECT mf_gaps(record, aoi) FROM nothing',
	'SELECT mf_gap_rows(key, record, aoi) FROM nothing', 'SELECT mf_overlaps(key, record) FROM nothing',
	'SELECT mf_overlaps(key, extent) FROM nothing');
INSERT INTO nothing VALUES (NULL, NULL, NULL, NULL), ('a', NULL, NULL, NULL);
SELECT q('SELECT mf_logbook(record) FROM nothing', 'SELECT mf_mine_total(record) FROM nothing',
	'SELECT mf_coverage(record, aoi) FROM nothing', 'SELECT mf_gaps(record, aoi) FROM nothing',
	'SELECT mf_gap_rows(key, record, aoi) FROM nothing', 'SELECT mf_overlaps(key, record) FROM nothing',
	$$SELECT mf_coverage(record, 'SRID=4326;POLYGON EMPTY') FROM nothing$$, $$SELECT ST_AsText(mf_gaps(record, 'SRID=4326;POLYGON EMPTY')) FROM nothing$$,
	$$SELECT mf_coverage(record, ST_MakeEnvelope(50, 41, 51, 42, 3857)) FROM nothing$$,
	$$SELECT mf_gaps(record, 'SRID=4326;LINESTRING(50 41,51 41)') FROM nothing$$,
	$$SELECT ST_Equals(mf_gaps(record, ST_MakeEnvelope(50, 41, 51, 42, 4326)), ST_MakeEnvelope(50, 41, 51, 42, 4326)) FROM nothing$$,
	$$SELECT mf_coverage(record, ST_MakeEnvelope(50, 41, 51, 42, 4326), '{"margin":5}') FROM nothing$$,
	$$SELECT mf_coverage(record, ST_MakeEnvelope(50, 41, 51, 42, 4326), mf_coverage_options(-1)) FROM nothing$$, $$SELECT mf_logbook(record, '{"title":5}') FROM nothing$$,
	$$SELECT mf_logbook(record, '[]') FROM nothing$$);

\echo '==== NULL and not located into the functions'
SELECT q('SELECT mf_id(NULL::minefield)', 'SELECT mf_geometry(NULL::minefield)', 'SELECT mf_is_located(NULL::minefield)',
	'SELECT mf_area(NULL::minefield)', 'SELECT count(*) FROM mf_mines(NULL)', 'SELECT count(*) FROM mf_records(NULL)',
	'SELECT mf_records(NULL::logbook)', 'SELECT NULL::logbook || NULL::logbook', 'SELECT mf_footprint(NULL::minefield)');
SELECT q($$SELECT mf_area('{"type":"Feature"}'::minefield)$$, $$SELECT mf_laid('{"type":"Feature"}')$$,
	$$SELECT mf_laid('{"type":"Feature","properties":{"laid":"August"}}')$$, $$SELECT mf_footprint('{"type":"Feature"}'::minefield, 10)$$,
	$$SELECT mf_accuracy_m('{"type":"Feature"}')$$, $$SELECT count(*) FROM mf_mines('{"type":"Feature"}')$$,
	$$SELECT count(*) FROM mf_mines('{"type":"Feature","properties":{"mines":[]}}')$$,
	$$SELECT count(*) FROM mf_mines('{"type":"Feature","properties":{"mines":[null]}}')$$,
	$$SELECT mf_mine_total(r) FROM (VALUES (minefield '{"type":"Feature"}')) v(r)$$,
	$$SELECT mf_mine_total(r) FROM (VALUES (minefield '{"type":"Feature","properties":{"mines":[]}}')) v(r)$$,
	$$SELECT mf_mine_total(r) FROM (VALUES (minefield '{"type":"Feature","properties":{"mines":[{"count":-5}]}}')) v(r)$$,
	$$SELECT mf_footprint('{"type":"Feature","geometry":{"type":"Point","coordinates":[50,41]}}'::minefield, -1)$$,
	$$SELECT mf_footprint('{"type":"Feature","geometry":{"type":"Point","coordinates":[50,41]}}'::minefield, 'NaN')$$);

DROP TABLE nothing;
DROP FUNCTION loaded, r, b, p, g, q, answer;
