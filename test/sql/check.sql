--
-- checks: what contradicts what, in a record and among records
--
CREATE SCHEMA check_test; SET search_path = check_test, public;
SELECT count(*) AS checks, count(DISTINCT code) AS codes, bool_and(length(description) > 10 AND length(hint) > 10 AND code ~ '^[a-z_]+$') AS described FROM mf_checks();
SELECT code, priority, scope, description FROM mf_checks();

-- one good record, and for each code a change that fails it and one (or none) that passes it
CREATE FUNCTION changed(record jsonb, changes jsonb) RETURNS minefield LANGUAGE plpgsql AS $$
DECLARE c record;
BEGIN
	FOR c IN SELECT * FROM jsonb_each(changes) LOOP
		record := CASE WHEN c.value = '"DELETE"' THEN record #- c.key::text[] ELSE jsonb_set(record, c.key::text[], c.value) END;
	END LOOP;
	RETURN record;
END $$;
CREATE TABLE base AS SELECT jsonb '{"type":"Feature","id":"base","geometry":{"type":"Polygon","coordinates":[[[50.313938954,41.217964165],[50.31495487,41.219140893],[50.314625197,41.21930316],[50.313609286,41.218126431],[50.313938954,41.217964165]]]},"properties":{"number":"21","sheets":[1,2],"sheets_of":2,"copy":1,"source":"log book","language":"ru","unit":"Учебная рота 3 (synthetic)","recorder":"Recorder 2 (synthetic)","laid":"1993-03","recorded":"1993-04-20","category":"AP","pattern":"row","method":"hand","front_m":156,"field_depth_m":33,"row_count":4,"row_gap_m":11,"mines":[{"model":"PMN-2","count":312,"anti_handling":0,"burial_depth_m":0.05,"fuze":"built-in pressure fuze"}],"location":{"crs":"EPSG:28409","operation":"EPSG:15865","map":{"sheet":"K-39-101-Б","scale":50000},"north":"magnetic","declination_deg":5.1,"declination_date":"1993","angle_unit":"degree","distance_unit":"m","points":[{"id":"L13","role":"landmark","northing":4565326.963,"easting":9442369.518,"accuracy95_m":25,"description":"wreck marker 13 / веха затонувшего судна 13"},{"id":"L12","role":"landmark","northing":4564895.868,"easting":9442124.594,"accuracy95_m":25,"description":"buoy sinker 12 / якорь буя 12"},{"id":"M","role":"intermediate","description":"pole / веха"},{"id":"A","role":"start"},{"id":"B","role":"end"},{"id":"P","role":"marker","mgrs":"39TWF1234567890"}],"legs":[{"from":"L13","to":"M","azimuth":136.0,"distance":179},{"from":"M","to":"A","azimuth":139.0,"distance":98},{"from":"A","to":"B","azimuth":28.0,"distance":156,"back_azimuth":208},{"from":"A","to":"A2","azimuth":118.0,"distance":11},{"from":"B","to":"B2","azimuth":118.0,"distance":11},{"from":"A","to":"A3","azimuth":118.0,"distance":22},{"from":"B","to":"B3","azimuth":118.0,"distance":22},{"from":"A","to":"A4","azimuth":118.0,"distance":33},{"from":"B","to":"B4","azimuth":118.0,"distance":33},{"from":"L12","to":"B","azimuth":55.662,"north":"grid","angle_unit":"degree","distance":604.64,"distance_unit":"m"}],"rows":[{"id":"1","path":["A","B"],"mines":[{"model":"PMN-2","count":78,"step_m":2}]},{"id":"2","path":["A2","B2"],"mines":[{"model":"PMN-2","count":78,"step_m":2}]},{"id":"3","path":["A3","B3"],"mines":[{"model":"PMN-2","count":78,"step_m":2}]},{"id":"4","path":["A4","B4"],"mines":[{"model":"PMN-2","count":78,"step_m":2}]}],"perimeter":["A","B","B4","A4"],"lanes":[{"id":"l1","path":["L13","M"]}]},"signatures":[{"role":"layer","name":"Layer 3 (synthetic)"},{"role":"receiver","name":"Receiver 2 (synthetic)"}],"remarks":"synthetic exercise record: open water, no such minefield exists","synthetic":true,"mines_total":312,"density_per_km":2000,"items":[{"id":"i1","kind":"booby-trap","place":"M","mechanism":"pull","count":1}],"events":[{"kind":"lifted","date":"1994-05","model":"PMN-2","count":3}],"readings":[{"path":"/properties/front_m","value":156,"copy":2}],"illegible":["/properties/covering_unit"],"accuracy95_m":40}}' AS doc;
SELECT * FROM base, mf_check(doc::minefield, mf_check_options(today => '2026-01-01'));
CREATE TABLE example (code text PRIMARY KEY, fails jsonb, passes jsonb);
INSERT INTO example VALUES
	('extent_invalid', '{"{geometry}":{"type":"Polygon","coordinates":[[[50.313938954,41.217964165],[50.314625197,41.21930316],[50.31495487,41.219140893],[50.313609286,41.218126431],[50.313938954,41.217964165]]]}}', '{}'),
	('extent_corners_few', '{"{properties,location,perimeter}":["A","B","A"]}', '{}'),
	('extent_vertex_repeated', '{"{geometry}":{"type":"Polygon","coordinates":[[[50.313938954,41.217964165],[50.31495487,41.219140893],[50.31495487,41.219140893],[50.314625197,41.21930316],[50.313609286,41.218126431],[50.313938954,41.217964165]]]}}', '{}'),
	('extent_edge_long', '{"{geometry}":{"type":"Polygon","coordinates":[[[50.31,41.21],[50.4,41.21],[50.4,41.22],[50.31,41.21]]]}}', '{}'),
	('extent_parts_overlap', '{"{geometry}":{"type":"MultiPolygon","coordinates":[[[[50.31,41.21],[50.311,41.21],[50.311,41.211],[50.31,41.211],[50.31,41.21]]],[[[50.3105,41.21],[50.311499999999995,41.21],[50.311499999999995,41.211],[50.3105,41.211],[50.3105,41.21]]]]}}', '{"{geometry}":{"type":"MultiPolygon","coordinates":[[[[50.31,41.21],[50.311,41.21],[50.311,41.211],[50.31,41.211],[50.31,41.21]]],[[[50.32,41.21],[50.321,41.21],[50.321,41.211],[50.32,41.211],[50.32,41.21]]]]}}'),
	('extent_at_zero', '{"{geometry}":{"type":"Polygon","coordinates":[[[0,0],[0.001,0],[0,0.001],[0,0]]]}}', '{}'),
	('extent_area_differs', '{"{properties,front_m}":300}', '{}'),
	('extent_below_accuracy', '{"{properties,accuracy95_m}":500}', '{}'),
	('place_unknown', '{"{geometry}":null,"{properties,location,points}":[],"{properties,location,legs}":[]}', '{}'),
	('point_id_repeated', '{"{properties,location,points,1,id}":" L13 "}', '{}'),
	('point_place_repeated', '{"{properties,location,points,1,northing}":4565326.963,"{properties,location,points,1,easting}":9442369.518}', '{}'),
	('point_half_given', '{"{properties,location,points,1,easting}":null}', '{}'),
	('reference_points_few', '{"{properties,location,points,1,role}":"marker"}', '{}'),
	('leg_start_unknown', '{"{properties,location,legs,1,from}":"N"}', '{}'),
	('path_point_unknown', '{"{properties,location,perimeter,2}":"B9"}', '{}'),
	('leg_goes_nowhere', '{"{properties,location,legs,1,to}":"M"}', '{}'),
	('leg_repeated', '{"{properties,location,legs,3,to}":"B"}', '{}'),
	('perimeter_point_repeated', '{"{properties,location,perimeter}":["A","B","A","A4"]}', '{"{properties,location,perimeter}":["A","B","B4","A4","A"]}'),
	('local_id_repeated', '{"{properties,location,rows,1,id}":"1 "}', '{}'),
	('item_repeated', '{"{properties,items}":[{"kind":"trap","place":"M"},{"kind":"trap","place":"M"}]}', '{}'),
	('azimuth_unreadable', '{"{properties,location,legs,0,azimuth}":"south-east"}', '{"{properties,location,legs,0,azimuth}":"22-67"}'),
	('azimuth_out_of_circle', '{"{properties,location,legs,0,azimuth}":460}', '{}'),
	('angle_unit_missing', '{"{properties,location,angle_unit}":null}', '{}'),
	('north_missing', '{"{properties,location,north}":null}', '{}'),
	('declination_missing', '{"{properties,location,declination_deg}":null}', '{}'),
	('declination_date_missing', '{"{properties,location,declination_date}":"DELETE"}', '{}'),
	('declination_implausible', '{"{properties,location,declination_deg}":51}', '{}'),
	('back_azimuth_differs', '{"{properties,location,legs,2,back_azimuth}":218}', '{}'),
	('distance_unit_missing', '{"{properties,location,distance_unit}":"DELETE"}', '{}'),
	('distance_not_positive', '{"{properties,location,legs,0,distance}":0}', '{}'),
	('distance_implausible', '{"{properties,location,legs,0,distance}":17900}', '{}'),
	('crs_missing', '{"{properties,location,crs}":"DELETE"}', '{}'),
	('operation_missing', '{"{properties,location,operation}":"DELETE"}', '{}'),
	('easting_zone_differs', '{"{properties,location,points,0,easting}":8442369.518}', '{}'),
	('axes_swapped', '{"{properties,location,points,0,northing}":9442369.518,"{properties,location,points,0,easting}":4565326.963}', '{}'),
	('coordinates_out_of_range', '{"{properties,location,points,0,easting}":9942369.518}', '{}'),
	('mgrs_unreadable', '{"{properties,location,points,5,mgrs}":"39TWF123456789"}', '{}'),
	('location_unsolved', '{"{properties,location,north}":null}', '{}'),
	('chain_misclosure', '{"{properties,location,legs,0,distance}":379}', '{}'),
	('extent_differs_from_location', '{"{geometry}":{"type":"Polygon","coordinates":[[[50.315118954,41.218054165],[50.31613487,41.219230893],[50.315805196999996,41.21939316],[50.314789286,41.218216431],[50.315118954,41.218054165]]]}}', '{}'),
	('map_sheet_unreadable', '{"{properties,location,map,sheet}":"K-39-201"}', '{}'),
	('point_outside_sheet', '{"{properties,location,points,0,northing}":4665326.963}', '{}'),
	('crs_unusable', '{"{properties,location,crs}":"EPSG:99999"}', '{}'),
	('point_outside_area_of_use', '{"{properties,location,crs}":"EPSG:28408","{properties,location,points,0,easting}":8342369.517999999,"{properties,location,points,0,northing}":9965326.963}', '{}'),
	('row_outside_perimeter', '{"{properties,location,perimeter}":["A","B","B2","A2"]}', '{}'),
	('lane_crosses_row', '{"{properties,location,lanes}":[{"path":["A","A2"]}]}', '{}'),
	('count_impossible', '{"{properties,mines,0,count}":-3}', '{}'),
	('total_differs_from_rows', '{"{properties,mines,0,count}":300}', '{"{properties,mines,0,count}":{"min":300,"max":320}}'),
	('total_differs_from_entries', '{"{properties,mines_total}":320}', '{}'),
	('anti_handling_exceeds_count', '{"{properties,mines,0,anti_handling}":400}', '{}'),
	('rows_more_than_said', '{"{properties,row_count}":3}', '{}'),
	('rows_fewer_than_said', '{"{properties,row_count}":5}', '{}'),
	('events_exceed_laid', '{"{properties,events,0,count}":313}', '{}'),
	('event_model_unlisted', '{"{properties,events,0,model}":"TM-62M"}', '{"{properties,events,0,model}":"ПМН2"}'),
	('sheet_missing', '{"{properties,sheets}":[1]}', '{}'),
	('sheet_number_odd', '{"{properties,sheets}":[1,2,2]}', '{}'),
	('size_not_positive', '{"{properties,front_m}":0}', '{}'),
	('count_differs_from_spacing', '{"{properties,mines,0,count}":400}', '{}'),
	('row_length_differs', '{"{properties,location,rows,0,mines,0,count}":50}', '{}'),
	('depth_differs_from_rows', '{"{properties,row_gap_m}":22}', '{}'),
	('density_differs', '{"{properties,density_per_km}":2}', '{}'),
	('step_implausible', '{"{properties,location,rows,0,mines,0,step_m}":11}', '{}'),
	('density_implausible', '{"{properties,front_m}":15.6}', '{}'),
	('burial_implausible', '{"{properties,mines,0,burial_depth_m}":5}', '{}'),
	('date_unreadable', '{"{properties,recorded}":"20.04.1993"}', '{}'),
	('date_in_future', '{"{properties,recorded}":"2093-04-20"}', '{}'),
	('date_too_early', '{"{properties,events,0,date}":"1894-05"}', '{}'),
	('laid_after_recorded', '{"{properties,recorded}":"1992-04-20"}', '{"{properties,recorded}":"1993-03"}'),
	('recorded_late', '{"{properties,recorded}":"2019"}', '{}'),
	('event_before_laid', '{"{properties,events,0,date}":"1992-05"}', '{}'),
	('readings_differ', '{"{properties,readings,0,value}":165}', '{}'),
	('pointer_has_value', '{"{properties,illegible}":["/properties/unit"]}', '{}'),
	('model_unknown', '{"{properties,mines,0,model}":"M18A1"}', '{"{properties,mines,0,model}":"ПМH 2"}'),
	('model_ambiguous', '{"{properties,mines,0,model}":"ПОМ3"}', '{"{properties,mines,0,model}":"ПОМ-3"}'),
	('model_repeated', '{"{properties,mines,1}":{"model":"ПМН-2","count":1}}', '{"{properties,mines,1}":{"model":"PMN","count":1}}'),
	('row_model_unlisted', '{"{properties,location,rows,0,mines,0,model}":"TM-62M"}', '{"{properties,location,rows,0,mines,0,model}":"ПМН-2"}'),
	('category_differs', '{"{properties,category}":"AV"}', '{"{properties,category}":"ap"}'),
	('scatterable_by_hand', '{"{properties,mines,0,model}":"PFM-1"}', '{"{properties,mines,0,model}":"PFM-1","{properties,method}":"remote"}'),
	('scatterable_without_self_destruct', '{"{properties,method}":"remote"}', '{"{properties,mines,0,model}":"PFM-1S","{properties,method}":"remote"}');
SELECT m.code, m.priority, m.path, m.message FROM base, example e, mf_check(changed(doc, fails), mf_check_options(today => '2026-01-01', codes => ARRAY[e.code])) m
ORDER BY m.code, m.path;
-- every check of records has an example that fails it, and one that it passes: not one that it was never applied to
SELECT c.code, f.failed, p.run, p.failed AS wrongly FROM mf_checks() c LEFT JOIN example e USING (code) LEFT JOIN base ON true,
	LATERAL (SELECT (mf_check_summary(y.r, mf_check_options(today => '2026-01-01', codes => ARRAY[c.code])))[1].* FROM (SELECT changed(doc, fails) AS r OFFSET 0) y) f,
	LATERAL (SELECT (mf_check_summary(y.r, mf_check_options(today => '2026-01-01', codes => ARRAY[c.code])))[1].* FROM (SELECT changed(doc, passes) AS r OFFSET 0) y) p
WHERE c.scope = 'record' AND (e.code IS NULL OR f.failed IS DISTINCT FROM 1 OR p.run IS DISTINCT FROM 1 OR p.failed <> 0) ORDER BY 1;
-- what else an example fails
SELECT e.code, array_agg(DISTINCT m.code ORDER BY m.code) AS also FROM base, example e, mf_check(changed(doc, fails), mf_check_options(today => '2026-01-01')) m WHERE m.code <> e.code GROUP BY 1 ORDER BY 1;
-- hints that name the slip
SELECT e.code, m.code AS finding, m.hint FROM base, example e, mf_check(changed(doc, fails), mf_check_options(codes => ARRAY['easting_zone_differs', 'point_outside_sheet', 'extent_differs_from_location'])) m
WHERE e.code IN ('easting_zone_differs', 'axes_swapped', 'extent_differs_from_location') AND m.code <> 'axes_swapped' ORDER BY e.code, m.code;
-- what is unknown contradicts nothing: every member of the base unknown, one by one
SELECT member, array_agg(m.code ORDER BY m.code) AS codes FROM base, LATERAL (SELECT '{properties}'::text[] || k AS member FROM jsonb_object_keys(doc->'properties') k UNION ALL SELECT '{properties,location}'::text[] || k FROM jsonb_object_keys(doc->'properties'->'location') k) u,
	mf_check(changed(doc, jsonb_build_object(member::text, null)), mf_check_options(today => '2026-01-01')) m GROUP BY 1 ORDER BY 1;
SELECT code FROM mf_check(minefield '{"type":"Feature"}');
SELECT code FROM mf_check(minefield '{"type":"Feature","properties":{"mines":[null],"items":[null],"events":[null],"readings":[null],"signatures":[null],"illegible":[null],"sheets":[null],"location":{"points":[null],"legs":[null],"rows":[null],"perimeter":[null],"lanes":[null]}}}');
SELECT count(*) FROM mf_check(NULL::minefield);

-- books: each code once failing, once passing
CREATE FUNCTION book(header jsonb, VARIADIC records jsonb[]) RETURNS logbook LANGUAGE sql AS
	$$SELECT jsonb_build_object('type', 'FeatureCollection', 'logbook', header, 'features', (SELECT jsonb_agg(jsonb_build_object('type', 'Feature', 'id', r->'id', 'geometry', r->'g', 'properties', r - '{id,g}'::text[])) FROM unnest(records) r))::logbook$$;
CREATE TABLE books (code text PRIMARY KEY, fails logbook, passes logbook);
INSERT INTO books VALUES
	('book_id_repeated', book(NULL, '{"id":"a"}', '{"id":" a"}'), book(NULL, '{"id":"a"}', '{"id":"b"}', '{}')),
	('book_number_repeated', book(NULL, '{"id":"a","number":"1"}', '{"id":"b","number":"1"}'), book(NULL, '{"number":"1"}', '{"number":"1","part":2}', '{"number":"2","copy":1}', '{"number":"2","copy":2}')),
	('book_copies_differ', book(NULL, '{"id":"a","number":"1","copy":1,"unit":"x"}', '{"id":"b","number":"1","copy":2,"unit":"y"}'), book(NULL, '{"number":"1","copy":1,"unit":"x"}', '{"number":"1","copy":2,"unit":"x","scans":[]}')),
	('book_copy_missing', book(NULL, '{"id":"a","number":"1","copy":3}'), book(NULL, '{"number":"1","copy":1}')),
	('book_number_missing', book(NULL, '{"number":"1"}', '{"number":"3"}', '{"number":"7"}'), book(NULL, '{"number":"8"}', '{"number":"9"}')),
	('book_number_absent', book(NULL, '{"id":"a","number":null}'), book(NULL, '{"number":"8"}')),
	('book_extent_repeated', book(NULL, '{"id":"a","g":{"type":"Point","coordinates":[50.3,41.2]}}', '{"id":"b","g":{"type":"Point","coordinates":[50.3,41.2]}}'), book(NULL, '{"number":"1","copy":1,"g":{"type":"Point","coordinates":[50.3,41.2]}}', '{"number":"1","copy":2,"g":{"type":"Point","coordinates":[50.3,41.2]}}')),
	('book_records_declared', book('{"records_declared":2}', '{"number":"1"}'), book('{"records_declared":1}', '{"number":"1"}')),
	('book_sheets_declared', book('{"sheets_declared":2}', '{"sheets":[1]}'), book('{"sheets_declared":1}', '{"sheets":[1]}')),
	('book_mines_declared', book('{"mines_declared":[{"model":"PMN","count":5}]}', '{"mines":[{"model":"PMN","count":4}]}'), book('{"mines_declared":[{"model":"PMN","count":5}]}', '{"mines":[{"model":"ПМН","count":{"min":4,"max":6}}]}'));
SELECT m.n, m.key, m.code, m.priority, m.path, m.message FROM books b, mf_check(fails, mf_check_options(codes => ARRAY[b.code])) m ORDER BY m.code, n;
SELECT c.code, f.failed, p.run, p.failed AS wrongly FROM mf_checks() c LEFT JOIN books b USING (code), mf_check_summary(fails, mf_check_options(codes => ARRAY[c.code])) f, mf_check_summary(passes, mf_check_options(codes => ARRAY[c.code])) p
WHERE c.scope = 'book' AND (b.code IS NULL OR f.failed IS DISTINCT FROM 1 OR p.run IS DISTINCT FROM 1 OR p.failed <> 0) ORDER BY 1;
SELECT (SELECT count(*) FROM books WHERE NOT EXISTS (SELECT FROM mf_checks() c WHERE c.code = books.code AND scope = 'book')) AS unknown, (SELECT count(*) FROM mf_checks() WHERE scope = 'book') - (SELECT count(*) FROM books) AS without;
SELECT (SELECT count(*) FROM mf_check(NULL::logbook)) AS "null", (SELECT count(*) FROM mf_check(logbook '{"type":"FeatureCollection","features":[]}')) AS empty;

-- rows of a table are a book without a header
CREATE TABLE paper (k int, record minefield, shape geometry);
INSERT INTO paper SELECT n, changed(doc, fails || jsonb_build_object('{id}', code, '{properties,number}', n::text)), NULL FROM (SELECT *, row_number() OVER (ORDER BY code) AS n FROM example) e, base WHERE n <> 7;
INSERT INTO paper VALUES (1000, NULL, NULL);
SELECT count(*) > 80 AS many FROM mf_check_table('paper', 'k', 'record');
SELECT n, key, code, message FROM mf_check_table('paper', 'k', 'record', mf_check_options(codes => '{book_number_missing,sheet_missing}')) ORDER BY code, n;
SELECT count(*) AS different FROM ((SELECT key, code, path, message FROM mf_check_table('paper', 'k', 'record')) EXCEPT
	(SELECT coalesce(p.k::text, m.key), m.code, m.path, m.message FROM (SELECT mf_logbook(record ORDER BY k) AS b FROM paper) x, mf_check(b) m LEFT JOIN paper p ON mf_id(p.record) = m.key)) x WHERE code NOT LIKE 'book%';
SELECT count(*) FROM unnest((SELECT mf_check_rows(k::text, record) FROM paper WHERE k < 0));
SELECT mf_check_rows(k::text, record) IS NULL AS no_rows FROM paper WHERE k < 0;
SELECT k > 1 AS later, sum(cardinality(c)) > 0 AS found FROM (SELECT k, mf_check_rows(k::text, record, mf_check_options(codes => '{extent_invalid,sheet_missing}')) OVER (ORDER BY k) AS c FROM paper) x GROUP BY 1 ORDER BY 1;
SELECT count(*) FROM mf_check_table(NULL, 'k', 'record');
SELECT count(*) FROM mf_check_table('paper', 'nothing', 'record');
SELECT count(*) FROM mf_check_table('paper', 'k', 'shape');
SELECT count(*) FROM mf_check_table('paper', 'k', 'k');
SET minefield.max_memory = '64kB';
SELECT count(*) FROM mf_check_table('paper', 'k', 'record');
RESET minefield.max_memory;

-- summaries: run and not applicable add up to the records; serial as parallel
CREATE TABLE many AS SELECT k * 100 + i AS k, record FROM paper, generate_series(1, 20) i;
ANALYZE many;
CREATE TABLE serial AS SELECT c.* FROM (SELECT mf_check_summary(record) AS s FROM many) x, unnest(s) c;
SELECT count(*) AS checks, count(*) FILTER (WHERE run + not_applicable <> (SELECT count(record) FROM many) OR passed + failed <> run OR findings < failed) AS wrong FROM serial;
SELECT count(*) AS wrong FROM serial s FULL JOIN (SELECT m.code, count(*) AS findings, count(DISTINCT k) AS failed FROM many, mf_check(record) m GROUP BY 1) d USING (code) WHERE coalesce(s.findings, -1) <> coalesce(d.findings, 0) OR s.failed <> coalesce(d.failed, 0);
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2; SET parallel_leader_participation = off;
SELECT count(*) AS different FROM (SELECT c.* FROM (SELECT mf_check_summary(record) AS s FROM many) x, unnest(s) c EXCEPT TABLE serial) y;
SELECT code, run FROM (SELECT mf_check_summary(record, mf_check_options(skip => (SELECT array_agg(code) FROM mf_checks() WHERE code !~ 'sheet'))) AS s FROM many) x, unnest(s) ORDER BY 1;
RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size; RESET max_parallel_workers_per_gather; RESET parallel_leader_participation;
SELECT mf_check_summary(record) IS NULL AS no_rows FROM many WHERE k < 0;
SELECT DISTINCT (c).run, (c).not_applicable FROM (SELECT unnest(mf_check_summary(record)) AS c FROM (VALUES (NULL::minefield)) v(record)) x;

-- lists beyond all paper are not looked into
SELECT code, run FROM (SELECT mf_check_summary(mf_make('x', NULL, jsonb_build_object('location', jsonb_build_object('points', (SELECT jsonb_agg(jsonb_build_object('id', i)) FROM generate_series(1, n) i)))), mf_check_options(codes => '{point_id_repeated}')) AS s
	FROM (VALUES (5000), (5001)) v(n) GROUP BY n) x, unnest(s) ORDER BY run;

-- options
SELECT mf_check_options(), mf_check_options(skip => '{sheet_missing}', codes => '{a}', today => '1999-12-31', tolerance => 0.2, long_edge_m => 100, models => '[]');
SELECT code, message FROM base, mf_check(changed(doc, '{"{properties,events,0,date}":"1994-05"}'), mf_check_options(today => '1993-12-31'));
SELECT code FROM base, mf_check(doc::minefield, mf_check_options(long_edge_m => 100));
SELECT t, array_agg(code) FROM base, (VALUES (0.1), (2.0)) v(t) LEFT JOIN LATERAL mf_check(changed(doc, '{"{properties,row_gap_m}":22}'), mf_check_options(codes => '{depth_differs_from_rows}', tolerance => t)) ON true GROUP BY 1 ORDER BY 1;
SELECT count(*) FROM base, mf_check(changed(doc, '{"{properties,mines,0,model}":"Type 72"}'), mf_check_options(codes => '{model_unknown}', models => '[{"model":"Type 72"}]'));
SELECT count(*) FROM base, mf_check(doc::minefield, mf_check_options(codes => '{}'));
SELECT count(*) FROM base, mf_check(doc::minefield, '{"skip":null}');
SELECT count(*) FROM base, mf_check(doc::minefield, '{"skip":["no_such"]}');
SELECT count(*) FROM base, mf_check(doc::minefield, '{"skip":"sheet_missing"}');
SELECT count(*) FROM base, mf_check(doc::minefield, '{"skipp":[]}');
SELECT count(*) FROM base, mf_check(doc::minefield, '{"tolerance":-1}');
SELECT count(*) FROM base, mf_check(doc::minefield, '{"tolerance":"x"}');
SELECT count(*) FROM base, mf_check(doc::minefield, '{"today":"tomorrow is another day"}');
SELECT count(*) FROM base, mf_check(doc::minefield, '{"models":{}}');
SELECT count(*) FROM base, mf_check(doc::minefield, '[]');
SET client_min_messages = warning;
DROP SCHEMA check_test CASCADE;
