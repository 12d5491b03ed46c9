-- landmarks of a registry: locating what comes in, finding landmarks, moving them and back; every refusal
\pset null NULL
\set VERBOSITY terse
SET client_min_messages = warning;
SELECT mf_create_registry('office');
-- one location in several records: so many metres from the landmark, and what the paper says besides
CREATE FUNCTION chain(id text, metres int, more text DEFAULT '"north":"true",', lon float8 DEFAULT 50.3) RETURNS text LANGUAGE sql IMMUTABLE RETURN
	format('{"type":"Feature","id":"%s","properties":{"location":{"crs":"EPSG:4326",%s"angle_unit":"degree","distance_unit":"m",
	"points":[{"id":"L1","role":"landmark","lon":%s,"lat":41.2,"accuracy95_m":25,"description":"beacon %s"}],
	"legs":[{"from":"L1","to":"A","azimuth":90,"distance":%s},{"from":"A","to":"B","azimuth":90,"distance":20},{"from":"B","to":"C","azimuth":0,"distance":20}],
	"perimeter":["A","B","C"]}}}', id, more, lon, lon, metres);
SELECT records FROM mf_intake('office', 'f', concat_ws(E'\n', chain('1', 100), chain('2', 200), chain('3', 300, ''), chain('4', 10, lon => 50.4),
	'{"type":"Feature","id":"plot","geometry":{"type":"Point","coordinates":[50.5,41]},"properties":{"location":{"points":[{"id":"L1","role":"landmark","lon":50.3,"lat":41.2}],"crs":"EPSG:4326"}}}',
	'{"type":"Feature","id":"words","properties":{"remarks":"by the sea"}}'), 'A');
SELECT key, is_located, is_amended, round(accuracy95_m) AS accuracy95_m, current::text <> (SELECT as_received::text FROM office.records r WHERE r.record_id = fid) AS derived
FROM office.v_current ORDER BY key;
SELECT key, point, reason, leg, said, is_located FROM office.v_unsolved ORDER BY fid;
-- entered by hand, superseded, amended: located too; switched off: not
INSERT INTO office.records (book_id, key, as_received, current) SELECT 1, 'hand', chain('hand', 50)::minefield, chain('hand', 50)::minefield;
SELECT mf_is_located(current), mf_is_located(as_received) FROM office.records WHERE key = 'hand';
SELECT mf_supersede('office', 1, chain('1', 150)::minefield, 'copy') AS one, mf_amend('office', 2, chain('2', 250)::minefield, 'typing error');
UPDATE office.location_options SET locate = false;
INSERT INTO office.records (book_id, key, as_received, current) SELECT 1, 'off', chain('off', 50)::minefield, chain('off', 50)::minefield;
SELECT key, is_located FROM office.v_current ORDER BY key;
UPDATE office.location_options SET options = '{"nonsense": 1}';
UPDATE office.location_options SET locate = true, options = mf_locate_options(assume_north => 'true');
SELECT mf_relocate('office', 'north assumed');
SELECT key, is_located FROM office.v_current WHERE key IN ('3', 'off', 'words') ORDER BY key;
SELECT mf_relocate('office', 'again'), mf_relocate('office', ' ');
INSERT INTO office.location_options DEFAULT VALUES;
-- landmarks
SELECT mf_collect_landmarks('office'), mf_collect_landmarks('office');
SELECT fid, name, is_surveyed, uses, source, ST_AsText(geometry, 6) FROM office.v_landmarks ORDER BY fid;
SELECT mf_collect_landmarks('office', -1);
SELECT mf_collect_landmarks('office', NULL);
SELECT key, point_id, is_derived, round(shift_m), was_located, is_located, round(accuracy95_before_m) AS before_m, round(accuracy95_m) AS after_m
FROM mf_landmark_impact('office', 1, 'SRID=4326;POINT(50.301 41.2)', 1);
SELECT key, round(shift_m), accuracy95_m FROM mf_landmark_impact('office', 1, 'SRID=4326;POINT(50.301 41.2)') WHERE key = '1';
SELECT count(*) FROM office.history WHERE table_name = 'landmarks';
SELECT key, round(shift_m) FROM mf_move_landmark('office', 1, 'SRID=4326;POINTZ(50.301 41.2 7)', 'visited', 1, '2026-05');
SELECT key, round(ST_Distance(ST_PointN(ST_ExteriorRing(current::geometry), 1)::geography, 'SRID=4326;POINT(50.301 41.2)'::geography)) AS from_landmark_m
FROM office.v_current WHERE key IN ('1', '2', '3', 'hand') ORDER BY key;
-- by hand in the table: the same; a reason is needed
UPDATE office.landmarks SET geometry = 'SRID=4326;POINT(50.302 41.2)' WHERE landmark_id = 1;
UPDATE office.landmarks SET geometry = 'SRID=4326;POINT(50.302 41.2)', change_reason = 'dragged' WHERE landmark_id = 1;
UPDATE office.landmarks SET remarks = 'white' WHERE landmark_id = 1;
UPDATE office.landmarks SET remarks = 'white', change_reason = 'seen' WHERE landmark_id = 1;
SELECT position_id, before_id, ST_AsText(geometry, 6), accuracy95_m IS NULL AS unknown, is_surveyed, surveyed, reason FROM office.landmark_positions ORDER BY 1;
SELECT action, reason, row_id FROM office.history WHERE table_name = 'landmarks' ORDER BY history_id;
SELECT DISTINCT reason FROM office.history WHERE table_name = 'records' AND reason LIKE 'landmark%' ORDER BY 1;
-- a version that was set aside meanwhile has not missed it
SELECT mf_withdraw('office', 'no copy', (SELECT record_id FROM office.records WHERE key = '1' AND is_current));
SELECT version, round(ST_Distance(ST_PointN(ST_ExteriorRing(current::geometry), 1)::geography, 'SRID=4326;POINT(50.302 41.2)'::geography)) AS from_landmark_m
FROM office.records WHERE key = '1' AND is_current;
-- and back, one by one
SELECT key, round(shift_m) FROM mf_unmove_landmark('office', 1, 'not dragged');
SELECT key, round(shift_m) FROM mf_unmove_landmark('office', 1, 'not visited');
SELECT mf_unmove_landmark('office', 1, 'too far');
SELECT key, current::text = mf_locate(as_received, mf_locate_options(assume_north => 'true'))::text AS as_it_was FROM office.records WHERE is_current AND key IN ('1', '3', 'hand');
UPDATE office.landmarks SET position_id = 4, change_reason = 'it was, after all' WHERE landmark_id = 1;
SELECT ST_AsText(geometry, 6), is_surveyed FROM office.landmarks WHERE landmark_id = 1;
UPDATE office.landmarks SET position_id = 3, change_reason = 'x' WHERE landmark_id = 2;
UPDATE office.landmarks SET position_id = NULL, change_reason = 'x' WHERE landmark_id = 1;
-- uses by hand
DELETE FROM office.landmark_uses WHERE record_id = 4;
SELECT mf_use_landmark('office', 1, 4, 'L1') > 0 AS used;
SELECT round(ST_Distance(ST_PointN(ST_ExteriorRing(current::geometry), 1)::geography, 'SRID=4326;POINT(50.302 41.2)'::geography)) AS from_landmark_m
FROM office.records WHERE record_id = 4;
SELECT mf_use_landmark('office', 1, 4, 'L1');
SELECT mf_use_landmark('office', 1, 4, 'L2');
SELECT mf_use_landmark('office', 1, 4, NULL);
SELECT mf_use_landmark('office', 1, 99, 'L1');
DELETE FROM office.landmark_uses WHERE record_id = 4;
SELECT mf_use_landmark('office', 99, 4, 'L1');
INSERT INTO office.landmarks (name, geometry, district) VALUES ('theirs', 'SRID=4326;POINT(50.3 41.2)', 'Hill');
SELECT mf_use_landmark('office', 3, 4, 'L1');
DELETE FROM office.landmarks WHERE landmark_id = 1;
DELETE FROM office.landmark_positions;
UPDATE office.landmark_positions SET reason = 'x';
-- places that are none
SELECT mf_landmark_impact('office', 1, NULL);
SELECT mf_landmark_impact('office', 1, 'SRID=4326;POINT EMPTY');
SELECT mf_landmark_impact('office', 1, 'SRID=4326;LINESTRING(50 41,51 41)');
SELECT mf_landmark_impact('office', 1, 'POINT(50 41)');
SELECT mf_move_landmark('office', 1, 'SRID=28409;POINT(9441380 4563102)', 'x');
SELECT mf_move_landmark('office', 1, 'SRID=4326;POINT(50 95)', 'x');
SELECT mf_move_landmark('office', 1, 'SRID=4326;POINT(50 41)', '');
SELECT mf_move_landmark('office', 1, 'SRID=4326;POINT(50 41)', 'x', -1);
SELECT mf_move_landmark('office', 1, 'SRID=4326;POINT(50 41)', 'x', 'NaN');
SELECT mf_move_landmark('office', 99, 'SRID=4326;POINT(50 41)', 'x');
SELECT mf_unmove_landmark('office', 99, 'x');
SELECT mf_landmark_impact('office', 99, 'SRID=4326;POINT(50 41)');
SELECT mf_landmark_impact('nowhere', 1, 'SRID=4326;POINT(50 41)');
-- documents outside a registry
SELECT line, mf_is_located(record), sqlstate, input IS NOT NULL AS input FROM mf_load(concat_ws(E'\n', chain('1', 1), chain('2', 1, ''), '{'), true, NULL);
SELECT line, mf_is_located(record), input IS NOT NULL AS input FROM mf_load(chain('2', 1, ''), NULL, mf_locate_options(assume_north => 'true'));
SELECT count(*) FROM mf_load(NULL, false, NULL);
SELECT mf_load(chain('1', 1), false, '{"nonsense": 1}');
DROP FUNCTION chain(text, int, text, float8);
SELECT mf_drop_registry('office', true);
