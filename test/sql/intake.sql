-- intake: every line is kept, good ones become records, bad ones wait
SET client_min_messages = warning;
SET timezone = 'UTC';
SET datestyle = 'ISO';
\set SHOW_CONTEXT never
\pset null ''
SELECT mf_create_registry('office');

-- a file with a header, a good record, a twin, a clash, a bad one
SELECT E'{"type":"FeatureCollection","logbook":{"issuer":"Party A","records_declared":8,"sheets_declared":"nine","mines_declared":{"PMN-2":80}},"features":[\n{"type":"Feature","id":"1","geometry":null,"properties":{"number":"1"}},\n{"type":"Feature", "id":"1","geometry":null,"properties":{"number":"1"}},\n{"type":"Feature","id":"1","geometry":null,"properties":{"number":"2"}},\n{"type":"Feature","id":"2","geometry":{"type":"Point","coordinates":[50,141]},"properties":{}},\n{"type":"Feature","geometry":null,"properties":{"number":"3"}},\n{"type":"Feature","geometry":null,"properties":{"number":"3","copy":2}},\n{"type":"Feature","geometry":null,"properties":{"remarks":"nothing to name it by"}}\n]}' AS file \gset
SELECT file_id, book_id, already_loaded, lines, records, superseded, unchanged, twins, refused
FROM mf_intake('office', 'one.geojson', :'file', 'Book', 'Sea', 'Office');
SELECT name, issuer, records_declared, sheets_declared, mines_declared, district, organisation FROM office.books;
SELECT n, line, outcome, key, sqlstate, path, message, hint FROM office.v_intake ORDER BY fid;
SELECT input FROM office.intake_lines WHERE n = 2;
SELECT record_id, key, version, file_id, district, organisation FROM office.records ORDER BY 1;
-- the file is kept byte for byte
SELECT sha256 = encode(sha256(content), 'hex') AS digest, convert_from(content, 'UTF8') = :'file' AS verbatim FROM office.intake_files;

-- twice is harmless
SET client_min_messages = notice;
DO $$ BEGIN PERFORM mf_create_registry('quiet'); END $$;
SELECT already_loaded, lines, records, twins, refused FROM mf_intake('quiet', 'a', '{"type":"Feature","id":"1"}'::text, 'B');
SET client_min_messages = warning;
SELECT already_loaded, lines, records, twins, refused FROM mf_intake('quiet', 'b', '{"type":"Feature","id":"1"}'::text, 'B');
SELECT file_id, already_loaded, lines, records, twins, refused FROM mf_intake('office', 'again.geojson', :'file', 'Book');
SELECT count(*) FROM office.intake_files;
-- the same records in another file: nothing new
SELECT already_loaded, lines, records, unchanged, refused
FROM mf_intake('office', 'two.geojsonl', E'{"type":"Feature","id":"1","geometry":null,"properties":{"number":"1"}}\n{"type":"Feature","id":"9"}'::text, 'Book');
-- the same key with another content: refused, or a new version
SELECT records, superseded, refused FROM mf_intake('office', 'three.geojsonl', '{"type":"Feature","id":"9","properties":{"number":"9"}}'::text, 'Book');
SELECT sqlstate, message, hint FROM office.v_intake WHERE file_name = 'three.geojsonl';
SELECT records, superseded, refused FROM mf_intake('office', 'four.geojsonl', '{"type":"Feature","id":"9","properties":{"number":"9a"}}'::text, 'Book', supersede => true);
SELECT record_id, key, version, first_id, superseded_by, is_current FROM office.records WHERE key = '9' ORDER BY version;
SELECT action, reason FROM office.history ORDER BY history_id;
-- an old version handed in again does not come back
SELECT records, superseded, unchanged FROM mf_intake('office', 'five.geojsonl', E'\n{"type":"Feature","id":"9"}'::text, 'Book', supersede => true);
-- another district is another record
SELECT records, refused FROM mf_intake('office', 'one.geojson', '{"type":"Feature","id":"9","properties":{"number":"9b"}}'::text, 'Book', 'Hill', 'Office');
SELECT mf_intake('office', 'x', '{}'::text, 'Book');
SELECT count(*) AS records, count(DISTINCT district) AS districts FROM office.records WHERE key = '9' AND is_current;

-- correcting what was refused
SELECT * FROM mf_retry('office', (SELECT fid FROM office.v_intake WHERE outcome = 'refused' AND sqlstate = '22003'), 'digit too many',
	'{"type":"Feature","id":"2","geometry":{"type":"Point","coordinates":[50,141]},"properties":{}}');
SELECT outcome, record_id IS NOT NULL AS entered FROM mf_retry('office', (SELECT fid FROM office.v_intake WHERE outcome = 'refused' AND sqlstate = '22003'), 'digit too many',
	'{"type":"Feature","id":"2","geometry":{"type":"Point","coordinates":[50,41]},"properties":{}}');
SELECT outcome FROM mf_retry('office', (SELECT fid FROM office.v_intake WHERE n = 3 AND file_name = 'one.geojson' AND district = 'Sea'), 'same key again');
SELECT outcome FROM mf_retry('office', (SELECT fid FROM office.v_intake WHERE n = 3 AND file_name = 'one.geojson' AND district = 'Sea'), 'two fields on one form', as_key => '1 part 2');
SELECT outcome FROM mf_retry('office', (SELECT fid FROM office.v_intake WHERE file_name = 'three.geojsonl'), 'newer', supersede => true);
SELECT mf_retry('office', (SELECT fid FROM office.v_intake WHERE file_name = 'three.geojsonl'), 'again');
SELECT mf_retry('office', 999, 'x');
SELECT mf_retry('office', 1, NULL);
SELECT l.n, l.outcome, l.sqlstate, r.input = l.input AS same_text, r.reason, r.sqlstate AS then_sqlstate, r.record_id IS NOT NULL AS entered
FROM office.intake_retries r JOIN office.intake_lines l USING (intake_id) ORDER BY retry_id;
SELECT mf_intake('office', 'bad.json', '{"type":"Feature","id":"b","geometry":[]}'::text, 'Book', 'Sea') IS NOT NULL;
SELECT mf_retry('office', (SELECT max(fid) FROM office.v_intake), 'x', '{"type":"Feature"}{"type":"Feature"}' || E'\n' || '{"type":"Feature","id":"c"}');
UPDATE office.intake_lines SET input = 'x';
DELETE FROM office.intake_lines;
UPDATE office.intake_files SET content = 'x', change_reason = 'x';
DELETE FROM office.intake_retries;

-- undoing a load: what came with it goes, what it superseded holds again, what another file holds too stays
SELECT mf_withdraw('office', 'wrong party', file_id => (SELECT file_id FROM office.intake_files WHERE file_name = 'four.geojsonl'));
SELECT version, is_current, superseded_by, withdrawn_at IS NOT NULL AS withdrawn FROM office.records WHERE key = '9' AND district = 'Sea' ORDER BY version;
SELECT mf_restore('office', 'right party', file_id => (SELECT file_id FROM office.intake_files WHERE file_name = 'four.geojsonl'));
SELECT version, is_current, withdrawn_at IS NOT NULL AS withdrawn FROM office.records WHERE key = '9' AND district = 'Sea' ORDER BY version;
SELECT mf_withdraw('office', 'a record by itself', record_id => (SELECT record_id FROM office.records WHERE key = '3'));
SELECT mf_withdraw('office', 'wrong party', file_id => 1);
SELECT key, is_current FROM office.records WHERE file_id = 1 ORDER BY record_id;
SELECT mf_withdraw('office', 'wrong party', file_id => 1);
SELECT mf_retry('office', 1, 'too late');
SELECT mf_intake('office', 'one.geojson', :'file', 'Book', 'Sea', 'Office');
SELECT mf_restore('office', 'right party', file_id => 1);
SELECT key, is_current FROM office.records WHERE file_id = 1 ORDER BY record_id;
SELECT mf_restore('office', 'right party', file_id => 1);

-- not UTF-8, empty, nothing at all
SELECT lines, refused FROM mf_intake('office', 'latin.json', '\x7b22e97d'::bytea, 'Latin');
SELECT outcome, sqlstate, message, input, hint FROM office.v_intake WHERE file_name = 'latin.json';
SELECT lines, records, refused FROM mf_intake('office', 'latin.json', '\x7b22e97d'::bytea, 'Latin', encoding => 'LATIN1');
SELECT lines, records FROM mf_intake('office', 'win.json', convert_to('{"type":"Feature","id":"Ф-1"}', 'WIN1251'), 'Windows', encoding => 'WIN1251');
SELECT key FROM office.records WHERE file_id = (SELECT file_id FROM office.intake_files WHERE file_name = 'win.json');
SELECT lines, records FROM mf_intake('office', 'empty', ''::text, 'Empty');
SELECT mf_intake('office', 'x', NULL::bytea, 'Book');
SELECT mf_intake('office', NULL, ''::bytea, 'Book');
SELECT mf_intake('office', 'x', ''::bytea, ' ');
SELECT mf_intake('office', 'x', 'a'::bytea, 'Book', encoding => 'nonsense');
SELECT mf_intake('nowhere', 'x', ''::bytea, 'Book');
INSERT INTO office.books (name, district) VALUES ('Empty', 'Hill');
SELECT mf_intake('office', 'x', ''::bytea, 'Empty');
SELECT mf_record_key('{"type":"Feature","id":17}'), mf_record_key('{"type":"Feature","id":"","properties":{"number":"5","copy":1}}'),
	mf_record_key('{"type":"Feature","properties":{"number":"5","copy":"2"}}'), mf_record_key('{"type":"Feature"}'), mf_record_key(NULL);
SELECT mf_drop_registry('office', true), mf_drop_registry('quiet', true);

-- what a load was made of is kept beside it, every byte, and never overwritten
SELECT mf_keep('kept', 1, 'a.ods', 'x');
SELECT mf_create_registry('kept');
SELECT file_id FROM mf_intake('kept', 'made of a.ods', '{"type":"Feature","id":"1"}', 'A');
SELECT mf_keep('kept', 1, 'a.ods', bytes, 'E2F78CFA6E0BD8C3C0D65D3DA1B0E66D6A1F0F1C8CF8C6E1A51C3D07A7AF0C0B') FROM (SELECT decode('504b000a0d5c27ff', 'hex') AS bytes) b;
SELECT mf_keep('kept', 1, 'a.ods', bytes, upper(encode(sha256(bytes), 'hex'))) = encode(sha256(bytes), 'hex') AS kept
FROM (SELECT decode('504b000a0d5c27ff', 'hex') AS bytes) b;
SELECT mf_keep('kept', 1, 'a.ods', decode('504b000a0d5c27ff', 'hex')) IS NOT NULL AS again, count(*) FROM kept.intake_originals;
SELECT mf_keep('kept', 1, 'a.ods', 'another');
SELECT mf_keep('kept', 1, 'empty', '') IS NOT NULL AS kept, mf_keep('kept', 1, 'all', (SELECT string_agg(set_byte('x', 0, n), '') FROM generate_series(0, 255) n)) IS NOT NULL AS kept;
SELECT mf_kept('kept', 1, 'a.ods'), mf_kept('kept', 1, 'empty'), convert_from(mf_kept('kept', 1), 'UTF8') AS loaded,
	mf_kept('kept', 1, 'all') = (SELECT string_agg(set_byte('x', 0, n), '') FROM generate_series(0, 255) n) AS same;
SELECT mf_kept('kept', 1, 'b.ods');
SELECT mf_kept('kept', 7);
SELECT mf_keep('kept', 7, 'b.ods', 'x');
SELECT mf_keep('kept', 1, NULL, 'x');
SELECT mf_keep('kept', 1, 'b.ods', NULL);
UPDATE kept.intake_originals SET content = 'x';
\set VERBOSITY terse
INSERT INTO kept.intake_originals (file_id, file_name, content, sha256) VALUES (1, 'forged', 'x', repeat('0', 64));
INSERT INTO kept.intake_files (book_id, file_name, content, sha256) VALUES (1, 'forged', 'x', repeat('0', 64));
\set VERBOSITY default
-- a disk that lies
ALTER TABLE kept.intake_originals DROP CONSTRAINT intake_originals_check, DISABLE TRIGGER keep_rows;
UPDATE kept.intake_originals SET content = 'x' WHERE file_name = 'a.ods';
SELECT mf_kept('kept', 1, 'a.ods');
SELECT mf_drop_registry('kept', true);
