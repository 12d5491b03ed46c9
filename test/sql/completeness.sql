--
-- what is missing in records, by profiles
--
CREATE SCHEMA completeness_test; SET search_path = completeness_test, public;
SELECT p, jsonb_array_length(mf_profile(p)->'requirements') AS requirements, mf_profile(p)->>'source' AS source FROM mf_profiles() p ORDER BY p;
SELECT p, r->>'requirement' AS requirement, r->>'clause' AS clause, r->>'need' AS need, r->>'weight' AS w, r->>'text' AS text
FROM mf_profiles() p, jsonb_array_elements(mf_profile(p)->'requirements') WITH ORDINALITY e(r, n) ORDER BY p, n;
SELECT mf_profile(NULL) IS NULL AS "null";
SELECT mf_profile('da1356');

-- every requirement of every profile has a clause, words and a weight
SELECT p, r FROM mf_profiles() p, jsonb_array_elements(mf_profile(p)->'requirements') r
WHERE NOT (r ? 'clause' AND r ? 'text' AND (r->>'weight')::float8 = CASE r->>'need' WHEN 'mandatory' THEN 1 WHEN 'feasible' THEN 0.5 END);

CREATE FUNCTION profile(rule jsonb, "when" jsonb DEFAULT NULL) RETURNS jsonb LANGUAGE sql IMMUTABLE AS
	$$SELECT jsonb_build_object('requirements', jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('requirement', 'r', 'need', 'mandatory', 'rule', rule, 'when', "when"))))$$;
CREATE FUNCTION ask(properties jsonb, rule jsonb, "when" jsonb DEFAULT NULL) RETURNS text LANGUAGE sql AS
	$$SELECT m.state || ' ' || m.items::text FROM mf_missing(mf_make('x', NULL, properties), profile(rule, "when"), true) m$$;

-- one path: nothing, null, blank, a word, figures
SELECT v AS unit, ask(v, '"/properties/unit"') FROM (VALUES (1, jsonb '{}'), (2, '{"unit":null}'), (3, '{"unit":""}'), (4, '{"unit":" \t"}'), (5, '{"unit":"3rd"}'), (6, '{"unit":3}'),
	(7, '{"illegible":["/properties/unit"]}'), (8, '{"not_applicable":["/properties/unit"]}'), (9, '{"unit":"3rd","illegible":["/properties/unit"]}'),
	(10, '{"illegible":["/properties/uni"]}'), (11, '{"illegible":["/properties"]}'), (12, '{"illegible":[null,"/properties/unit"],"not_applicable":["/properties/unit"]}'), (13, NULL)) t(n, v) ORDER BY n;
-- quantities
SELECT v AS front, ask(jsonb_build_object('front_m', v), '"/properties/front_m"') FROM (VALUES (1, jsonb '0'), (2, '{"value":null}'), (3, '{"value":7}'), (4, '{"min":7}'), (5, '{"as_written":"many"}'), (6, '{"as_written":" "}'),
	(7, '{"legible":false}'), (8, '{"legible":false,"as_written":"?"}'), (9, '{"legible":false,"min":10,"max":19}')) t(n, v) ORDER BY n;
-- every entry of a list
SELECT v AS mines, ask(v, '"/properties/mines/*/count"') FROM (VALUES (1, jsonb '{}'), (2, '{"mines":null}'), (3, '{"mines":[]}'), (4, '{"mines":[{"count":1}]}'), (5, '{"mines":[{"count":1},{"model":"PMN"},null]}'),
	(6, '{"mines":[{"count":null}],"illegible":["/properties/mines/0/count"]}'), (7, '{"mines":[{"count":null},{}],"illegible":["/properties/mines/0"]}'), (8, '{"not_applicable":["/properties/mines"]}')) t(n, v) ORDER BY n;
SELECT ask('{"location":{"rows":[{"mines":[{"step_m":2}]},{"mines":[{"step_m":2},{}]}]}}', '"/properties/location/rows/*/mines/*/step_m"'),
	ask('{"mines":[{"count":1}]}', '"/properties/mines/0/count"'), ask('{"mines":[{"count":1}]}', '"/properties/mines/1/count"'), ask('{"unit":"x"}', '"/properties/unit/name"'), ask('{"a/b":{"c~d":1}}', '"/properties/a~1b/c~0d"');
-- words that have to be in it
SELECT v, ask(v, '{"path":"/properties/laid","contains":"T"}') FROM (VALUES (1, jsonb '{}'), (2, '{"laid":"1993-05"}'), (3, '{"laid":"1993-05-01T08:30"}')) t(n, v) ORDER BY n;
-- one of several, all of several
SELECT v, ask(v, '{"any":["/properties/a","/properties/b"]}') AS "any", ask(v, '{"all":["/properties/a","/properties/b"]}') AS "all" FROM (VALUES (1, jsonb '{}'), (2, '{"a":1}'), (3, '{"b":1}'), (4, '{"a":1,"b":1}'),
	(5, '{"illegible":["/properties/b"]}'), (6, '{"not_applicable":["/properties/b"]}'), (7, '{"a":1,"not_applicable":["/properties/b"]}'), (8, '{"a":1,"illegible":["/properties/b"]}'), (9, '{"not_applicable":["/properties/a","/properties/b"]}')) t(n, v) ORDER BY n;
-- so many
SELECT v, ask(v, '{"count":"/properties/location/points","at_least":2,"where":"role","in":["landmark","ориентир"],"each":{"any":[{"all":["/northing","/easting"]},"/mgrs"]}}') FROM (VALUES
	(1, jsonb '{}'), (2, '{"location":{"points":[]}}'), (3, '{"location":{"points":[{"role":"landmark","mgrs":"38T"},{"role":"Landmark","northing":1,"easting":2}]}}'),
	(4, '{"location":{"points":[{"role":"landmark","mgrs":"38T"},{"role":"corner","mgrs":"38T"}]}}'), (5, '{"location":{"points":[{"role":"landmark","mgrs":"38T"},{"role":"ориентир","northing":1}]}}'),
	(6, '{"location":{"points":[{"role":"landmark","mgrs":"38T"},{"role":"landmark"}]},"illegible":["/properties/location/points/1"]}'), (7, '{"location":{"points":[null,{"mgrs":"x"}]}}'),
	(8, '{"illegible":["/properties/location/points"]}'), (9, '{"not_applicable":["/properties/location"]}')) t(n, v) ORDER BY n;
SELECT ask('{"signatures":[{"role":"layer"},{}]}', '{"count":"/properties/signatures","at_least":2}'), ask('{"signatures":[{"role":"layer"},null]}', '{"count":"/properties/signatures","at_least":2}');
-- conditions: a list that has entries; a word, unless another stands there
SELECT v, ask(v, '"/properties/location/north"', '[{"path":"/properties/location/legs"}]') AS legs, ask(v, '"/properties/location/declination_deg"', '[{"path":"/properties/location/north","in":["magnetic"]}]') AS word
FROM (VALUES (1, jsonb '{}'), (2, '{"location":{"legs":[]}}'), (3, '{"location":{"legs":[{}]}}'), (4, '{"location":{"legs":[{}],"north":"Magnetic"}}'), (5, '{"location":{"north":"grid"}}')) t(n, v) ORDER BY n;
-- the extent
SELECT ask('{}', '"/geometry"'), (SELECT state FROM mf_missing(mf_make('x', 'SRID=4326;POINT(50 41)', '{}'), profile('"/geometry"'), true)),
       (SELECT state FROM mf_missing(mf_make('x', 'SRID=4326;POINT EMPTY', '{}'), profile('"/geometry"'), true)), ask('{"geometry":1}', '"/properties/geometry"');
SELECT ask('{}', '"/id"');

-- scores
SELECT mf_completeness(mf_make('x', NULL, p), '{"requirements":[{"requirement":"a","need":"mandatory","rule":"/properties/a"},{"requirement":"b","need":"feasible","weight":3,"rule":"/properties/b"}]}'::jsonb), p
FROM (VALUES (1, jsonb '{}'), (2, '{"a":1}'), (3, '{"b":1}'), (4, '{"a":1,"b":1}'), (5, '{"b":1,"not_applicable":["/properties/a"]}'), (6, '{"not_applicable":["/properties/a","/properties/b"]}'), (7, '{"illegible":["/properties/a"]}')) t(n, p) ORDER BY n;
SELECT mf_completeness(NULL, 'formular'), mf_completeness('{"type":"Feature"}', NULL::text), (SELECT count(*) FROM mf_missing(NULL, 'formular')), (SELECT count(*) FROM mf_missing('{"type":"Feature"}', NULL::jsonb));
SELECT p, mf_completeness('{"type":"Feature"}', p), mf_completeness('{"type":"Feature","properties":null}', mf_profile(p)) FROM mf_profiles() p ORDER BY p;
SELECT mf_completeness('{"type":"Feature"}', 'no such');
SELECT count(*) FROM mf_missing('{"type":"Feature"}', 'no such');

-- a record that has all that Amended Protocol II asks for, and the same less one
CREATE TABLE full_record AS SELECT minefield '{"type":"Feature","id":"full","geometry":null,"properties":{"laid":"1993-08-01T06:30/1993-08-01T18:00","method":"hand","front_m":120,"field_depth_m":10,
 "mines":[{"model":"PMN-2","count":80,"anti_handling":0,"fuze":"built-in","life_time_h":87600}],"items":[{"kind":"booby-trap","place":"A","mechanism":"pull"}],
 "location":{"points":[{"id":"L1","role":"landmark","northing":1,"easting":2},{"id":"L2","role":"landmark","mgrs":"38T"},{"id":"A"},{"id":"B"},{"id":"C"}],"perimeter":["A","B","C"],"rows":[{"path":["A","B"]}]}}}' AS r;
SELECT mf_completeness(r, 'ccw_ap2_1996'), mf_completeness(r, 'ccw_p2_1980'), mf_completeness(r, 'ccw_ap2_remote'), mf_completeness(r, 'formular'), mf_completeness(r, 'da1355'), mf_completeness(r, 'gichd_mdr') FROM full_record;
SELECT requirement, state FROM full_record, mf_missing(r, 'ccw_ap2_1996', true) ORDER BY 1;
SELECT without, m.requirement, m.state, m.items FROM full_record, (VALUES ('{properties,laid}'::text[]), ('{properties,method}'), ('{properties,mines}'), ('{properties,mines,0,fuze}'), ('{properties,items,0,mechanism}'), ('{properties,items}'),
	('{properties,location,points,1}'), ('{properties,location,perimeter}'), ('{properties,location}'), ('{properties,front_m}')) v(without),
	LATERAL mf_missing(((r::jsonb) #- without)::minefield, 'ccw_ap2_1996') m ORDER BY 1, 2;

-- the summary: serial, parallel, windows, groups without records
CREATE TABLE many AS SELECT i AS n, i % 3 AS third, CASE WHEN i % 97 > 0 THEN mf_make('r' || i, NULL, jsonb_strip_nulls(jsonb_build_object('unit', CASE WHEN i % 2 = 0 THEN 'x' END, 'illegible', CASE WHEN i % 6 = 3 THEN '["/properties/unit"]'::jsonb END,
	'not_applicable', CASE WHEN i % 5 = 0 THEN '["/properties/row_gap_m"]'::jsonb END))) END AS record FROM generate_series(1, 6000) i;
ANALYZE many;
CREATE VIEW summary AS SELECT s.* FROM (SELECT mf_completeness_summary(record, 'formular') AS x FROM many) q, unnest(x) s WHERE requirement IN ('unit', 'row_gap', 'ties');
SELECT * FROM summary ORDER BY 1;
CREATE TABLE serial AS TABLE summary;
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2; SET parallel_leader_participation = off;
SELECT count(*) AS different FROM (TABLE summary EXCEPT TABLE serial) x;
SELECT count(*) AS different FROM ((SELECT unnest(mf_completeness_summary(record, mf_profile('formular'))) FROM many) EXCEPT (SELECT unnest(mf_completeness_summary(record, 'formular')) FROM many)) x;
RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size; RESET max_parallel_workers_per_gather; RESET parallel_leader_participation;
SELECT requirement, records, missing FROM (SELECT mf_completeness_summary(r, 'gichd_mdr') AS x FROM (VALUES (1)) v(n) LEFT JOIN full_record ON false) q, unnest(x) ORDER BY 1;
SELECT mf_completeness_summary(r, 'formular') IS NULL AS no_rows FROM full_record WHERE false;
SELECT mf_completeness_summary(r, NULL::text) IS NULL AS no_profile FROM full_record;
SELECT n, (mf_completeness_summary(record, 'gichd_mdr') OVER (ORDER BY n))[1].records FROM many WHERE n <= 3 ORDER BY n;
SELECT mf_completeness_summary(r, p) FROM full_record, mf_profiles() p;

-- what is no profile
SELECT mf_completeness('{"type":"Feature"}', p) FROM (VALUES (jsonb '[]')) v(p);
SELECT mf_completeness('{"type":"Feature"}', '{}'::jsonb);
SELECT mf_completeness('{"type":"Feature"}', '{"requirements":[]}'::jsonb);
SELECT mf_completeness('{"type":"Feature"}', '{"requirement":[]}'::jsonb);
SELECT mf_completeness('{"type":"Feature"}', '{"requirements":["unit"]}'::jsonb);
SELECT mf_completeness('{"type":"Feature"}', '{"requirements":[{"requirement":"a","need":"must","rule":"/id"}]}'::jsonb);
SELECT mf_completeness('{"type":"Feature"}', '{"requirements":[{"requirement":"a","need":"mandatory"}]}'::jsonb);
SELECT mf_completeness('{"type":"Feature"}', '{"requirements":[{"requirement":"a","need":"mandatory","rule":"unit"}]}'::jsonb);
SELECT mf_completeness('{"type":"Feature"}', '{"requirements":[{"requirement":"a","need":"mandatory","rule":"/id","weight":0}]}'::jsonb);
SELECT mf_completeness('{"type":"Feature"}', '{"requirements":[{"requirement":"a","need":"mandatory","rule":"/id","weight":"2"}]}'::jsonb);
SELECT mf_completeness('{"type":"Feature"}', '{"requirements":[{"requirement":"a","need":"mandatory","rule":"/id"},{"requirement":"a","need":"mandatory","rule":"/id"}]}'::jsonb);
SELECT mf_completeness('{"type":"Feature"}', profile('{"anny":["/id"]}'));
SELECT mf_completeness('{"type":"Feature"}', profile('{"any":[]}'));
SELECT mf_completeness('{"type":"Feature"}', profile('{"any":["/id"],"all":["/id"]}'));
SELECT mf_completeness('{"type":"Feature"}', profile('{"any":["/id",{"all":[7]}]}'));
SELECT mf_completeness('{"type":"Feature"}', profile('{"count":"/properties/mines/*","at_least":2}'));
SELECT mf_completeness('{"type":"Feature"}', profile('{"count":"/properties/mines","at_least":0}'));
SELECT mf_completeness('{"type":"Feature"}', profile('{"count":"/properties/mines","at_least":1,"where":"role"}'));
SELECT mf_completeness('{"type":"Feature"}', profile('"/id"', '{"path":"/id"}'));
SELECT mf_completeness('{"type":"Feature"}', profile('"/id"', '[{"path":"/id","is":["x"]}]'));
SET client_min_messages = warning;
DROP SCHEMA completeness_test CASCADE;
