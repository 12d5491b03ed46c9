-- the registry: tables, versions, undo, what is refused
SET client_min_messages = warning;
SET timezone = 'UTC';
SET datestyle = 'ISO';
\set SHOW_CONTEXT never
\pset null ''

SELECT mf_registry_version('office') IS NULL AS none;
SELECT mf_registry_version(NULL);
SELECT mf_registry_check('office');
SELECT mf_upgrade_registry('office');
SELECT mf_drop_registry('office');
SELECT mf_create_registry('office');
SELECT mf_create_registry('office');
SELECT mf_registry_version('office') = mf_registry_latest() AS current, mf_upgrade_registry('office') = mf_registry_latest() AS nothing_to_do;
SELECT version, applied_by = session_user AS by_me FROM office.registry_version ORDER BY version;
-- every table and view is there, owned by whoever asked, and commented
SELECT c.relkind, c.relname, c.relowner = current_user::regrole AS mine, obj_description(c.oid) IS NOT NULL AS told
FROM pg_class c WHERE c.relnamespace = 'office'::regnamespace AND c.relkind IN ('r', 'v') ORDER BY c.relkind, c.relname COLLATE "C";
SELECT count(*) = cardinality(mf_registry_tables()) AS tables FROM pg_class WHERE relnamespace = 'office'::regnamespace AND relkind = 'r';
SELECT count(*) = cardinality(mf_registry_view_names()) AS views FROM pg_class WHERE relnamespace = 'office'::regnamespace AND relkind = 'v';
-- views look with the rights of who looks, begin with fid, and have typed geometry
SELECT c.relname, c.reloptions, (SELECT attname FROM pg_attribute WHERE attrelid = c.oid AND attnum = 1) AS first,
	(SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = c.oid AND attname = 'geometry') AS geometry
FROM pg_class c WHERE c.relnamespace = 'office'::regnamespace AND c.relkind = 'v' ORDER BY c.relname COLLATE "C";

-- a record entered by hand
INSERT INTO office.books (name, district, organisation, records_declared) VALUES ('A', 'Sea', 'Office', 2);
INSERT INTO office.records (book_id, key, as_received, current)
SELECT book_id, '17', r, r FROM office.books, (SELECT mf_make('17', ST_MakeEnvelope(50, 41, 50.01, 41.01, 4326), '{"number":"17"}') r) m;
SELECT key, version, is_current, district, organisation, revision, received_by = session_user AS by_me FROM office.records;

-- nothing is overwritten
UPDATE office.records SET as_received = mf_make('18', NULL), change_reason = 'try';
UPDATE office.records SET key = '18', change_reason = 'try';
UPDATE office.records SET status = 'closed';
UPDATE office.records SET status = 'closed', change_reason = ' ';
\set VERBOSITY terse
UPDATE office.records SET status = 'finished', change_reason = 'try';
\set VERBOSITY default
DELETE FROM office.records;
TRUNCATE office.records CASCADE;
UPDATE office.records SET status = 'closed', change_reason = 'surveyed';
UPDATE office.records SET status = 'closed';
SELECT status, revision, change_reason FROM office.records;
UPDATE office.history SET reason = 'never';
DELETE FROM office.history;
TRUNCATE office.history;
SELECT table_name, row_id, action, was, became, reason, changed_by = session_user AS by_me, district FROM office.history ORDER BY history_id;

-- versions
SELECT mf_supersede('office', 1, mf_make('17', NULL, '{"number":"17","remarks":"a better copy"}'), 'second hand-over');
SELECT mf_supersede('office', 1, mf_make('17', NULL), 'again');
SELECT mf_supersede('office', 2, mf_make('17', NULL), 'again', 7);
SELECT mf_supersede('office', 2, NULL, 'again');
SELECT mf_supersede('office', 2, mf_make('17', NULL), '');
SELECT mf_supersede('office', 99, mf_make('17', NULL), 'again');
SELECT mf_supersede('elsewhere', 2, mf_make('17', NULL), 'again');
SELECT record_id, version, first_id, status, superseded_by, is_current, mf_properties(current) ->> 'remarks' AS remarks FROM office.records ORDER BY 1;
-- the office's own reading
SELECT mf_amend('office', 2, mf_make('17', ST_Point(50.005, 41.005, 4326), '{"number":"17"}'), 'place found on the map', 0);
SELECT mf_amend('office', 2, mf_make('17', NULL), 'meanwhile', 0);
SELECT mf_amend('office', 1, mf_make('17', NULL), 'too late');
SELECT mf_amend('office', 2, NULL, 'nothing');
SELECT mf_is_located(as_received) AS received, mf_is_located(current) AS now, revision FROM office.records WHERE record_id = 2;
SELECT fid, key, version, is_amended FROM office.v_current;
SELECT was #>> '{current,properties,remarks}' AS was, became #> '{current,geometry,coordinates}' AS became, action, reason
FROM office.history WHERE row_id = 2 ORDER BY history_id;

-- undo
SELECT mf_withdraw('office', 'not ours', record_id => 2);
SELECT record_id, version, is_current, superseded_by, withdrawn_by = session_user AS by_me FROM office.records ORDER BY 1;
SELECT mf_withdraw('office', 'again', record_id => 2);
SELECT mf_amend('office', 2, mf_make('17', NULL), 'too late');
SELECT mf_supersede('office', 2, mf_make('17', NULL), 'too late');
SELECT mf_restore('office', 'ours after all', record_id => 2);
SELECT record_id, version, is_current, superseded_by, withdrawn_by FROM office.records ORDER BY 1;
SELECT mf_restore('office', 'again', record_id => 2);
-- the middle one of three: withdrawing the last brings back the first
SELECT mf_supersede('office', 2, mf_make('17', NULL), 'third');
SELECT mf_withdraw('office', 'second was wrong', record_id => 2), mf_withdraw('office', 'third was wrong', record_id => 3);
SELECT record_id, version, is_current, superseded_by FROM office.records ORDER BY 1;
SELECT mf_restore('office', 'second was right', record_id => 2), mf_restore('office', 'third was right', record_id => 3);
SELECT record_id, version, is_current, superseded_by FROM office.records ORDER BY 1;
SELECT mf_withdraw('office', 'all', record_id => 1), mf_withdraw('office', 'all', record_id => 2), mf_withdraw('office', 'all', record_id => 3);
SELECT count(*) FROM office.v_current;
INSERT INTO office.records (book_id, key, as_received, current) VALUES (1, '17', mf_make('17', NULL), mf_make('17', NULL));
SELECT mf_restore('office', 'all', record_id => 1);
SELECT mf_withdraw('office', 'x'), 1;
SELECT mf_withdraw('office', 'x', 1, 1);
SELECT mf_withdraw('office', NULL, record_id => 1);
SELECT mf_restore('office', 'x', record_id => 99);
SELECT mf_restore('office', 'x', file_id => 99);
SELECT action, count(*), bool_and(reason ~ '\S') AS reasons FROM office.history GROUP BY 1 ORDER BY 1;

-- the other tables tell what changed too
INSERT INTO office.areas (name, geometry, district) VALUES ('North', ST_MakeEnvelope(50, 41, 50.02, 41.02, 4326), 'Sea');
\set VERBOSITY terse
INSERT INTO office.areas (name, geometry) VALUES ('line', 'SRID=4326;LINESTRING(50 41,51 41)');
INSERT INTO office.areas (name, geometry, district) VALUES ('North', ST_MakeEnvelope(50, 41, 50.02, 41.02, 4326), 'Sea');
\set VERBOSITY default
UPDATE office.areas SET name = 'Northeast';
INSERT INTO office.requests (subject, book_id) VALUES ('Sheet 2 of record 17', 99);
INSERT INTO office.requests (subject, book_id) VALUES ('Sheet 2 of record 17', 1) RETURNING district, status;
DELETE FROM office.requests;
SELECT table_name, action, was - 'created_at' - 'created_by' AS was, became, district FROM office.history WHERE table_name <> 'records' ORDER BY history_id;

INSERT INTO office.records (book_id, key, as_received, current) SELECT 99, 'x', current, current FROM office.records LIMIT 1;

-- what the views say
INSERT INTO office.records (book_id, key, as_received, current)
SELECT 1, key, r, r FROM (VALUES ('row', mf_make('row', 'SRID=4326;LINESTRING(50.001 41.001,50.005 41.001)')),
	('strip', mf_make('strip', 'SRID=4326;LINESTRING(50.001 41.003,50.005 41.003)', '{"field_depth_m":20}')),
	('spot', mf_make('spot', 'SRID=4326;POINT(50.001 41.002)')),
	('field', mf_make('field', ST_MakeEnvelope(50.002, 41.004, 50.006, 41.008, 4326), '{"source":"interview","laid":"1993-08","accuracy95_m":25}')),
	('copy', mf_make('copy', ST_MakeEnvelope(50.002, 41.004, 50.006, 41.008, 4326), '{"source":"form"}'))) v(key, r);
INSERT INTO office.findings (kind, model, count, geometry) VALUES ('mine', 'PMN', 1, 'SRID=4326;POINT(50.003 41.005)'), ('accident', NULL, NULL, NULL);
SELECT key, source, laid_from, laid_to, accuracy95_m, round(area_m2) AS area_m2, GeometryType(geometry) FROM office.v_record_areas ORDER BY key COLLATE "C";
SELECT key, ST_AsText(geometry) FROM office.v_record_lines ORDER BY key COLLATE "C";
SELECT key, ST_AsText(geometry) FROM office.v_record_points;
SELECT fid, key FROM office.v_unlocated;
SELECT fid, area, n, round(area_m2) AS area_m2, round(share_of_aoi::numeric, 4) AS share, neighbours, GeometryType(geometry) FROM office.v_no_record;
SELECT fid, key_a, key_b, class, contradicts, round(area_m2) AS area_m2, GeometryType(geometry) FROM office.v_overlaps;
SELECT fid, kind, count, ST_AsText(geometry) FROM office.v_findings ORDER BY fid;
-- an area without any record is all gap
INSERT INTO office.areas (name, geometry) VALUES ('Far', ST_MakeEnvelope(51, 42, 51.01, 42.01, 4326));
SELECT area, n, round(share_of_aoi::numeric, 4) AS share, neighbours FROM office.v_no_record WHERE area = 'Far';

-- dropping
SELECT mf_drop_registry('office');
SELECT mf_drop_registry('office', NULL);
CREATE TABLE office.own (a int);
SELECT mf_drop_registry('office', force => true);
SELECT relname FROM pg_class WHERE relnamespace = 'office'::regnamespace;
SELECT mf_create_registry('office');
DROP TABLE office.own;
SELECT mf_drop_registry('office');
SELECT to_regnamespace('office') IS NULL AS gone;
-- any name will do
SELECT mf_create_registry('Отдел "7"; --');
SELECT count(*) FROM "Отдел ""7""; --".v_current;
SELECT mf_drop_registry('Отдел "7"; --');
