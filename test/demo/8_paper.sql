-- 8_paper.sql - book A from its paper alone: chains solved, reasons named, a
-- landmark visited

\qecho
\qecho '8. What the paper alone says'
\qecho '============================'
\qecho
\qecho 'Somebody plotted the records above.  Here is book A again without its plots:'
\qecho 'the registry locates each record by its own points, azimuths and distances.'
\qecho
\pset tuples_only on
\pset format unaligned
SELECT jsonb_set(:'book_a'::jsonb, '{features}', (SELECT jsonb_agg(f || '{"geometry": null}')
	FROM jsonb_array_elements(:'book_a'::jsonb -> 'features') f))::text AS paper \gset
SELECT mf_create_registry('paper') \g /dev/null
INSERT INTO paper.areas (name, geometry) SELECT name, aoi FROM area;
\qecho 'SELECT mf_intake(''paper'', ''book_a.geojson'', :''paper'', book => ''Log book A'');'
SELECT mf_intake('paper', 'book_a.geojson', :'paper', book => 'Log book A') \g /dev/null
\pset tuples_only off
\pset format aligned
\set ECHO queries
SELECT count(*) AS records, count(*) FILTER (WHERE is_located) AS located,
       round(percentile_disc(0.5) WITHIN GROUP (ORDER BY accuracy95_m)::numeric) AS half_within_m,
       round(max(accuracy95_m)::numeric) AS worst_m FROM paper.v_current;
\set ECHO none
\qecho
\qecho 'What could not be solved says why, and is a question to whoever handed it over:'
\qecho
\set ECHO queries
SELECT reason, count(DISTINCT key) AS records, min(key) AS for_instance
FROM paper.v_unsolved GROUP BY reason ORDER BY records DESC, reason;
\set ECHO none
\qecho
\qecho 'Many records begin at the same landmarks.  One is visited, and found 40 m east of'
\qecho 'where the papers have it; this is what that would do, and then does:'
\qecho
SELECT mf_collect_landmarks('paper') \g /dev/null
SELECT fid AS landmark FROM paper.v_landmarks ORDER BY uses DESC, fid LIMIT 1 \gset
SELECT ST_AsEWKT(ST_Project(geometry::geography, 40, pi() / 2)::geometry) AS found FROM paper.landmarks WHERE landmark_id = :landmark \gset
\set ECHO queries
SELECT name, uses, round(accuracy95_m::numeric) AS accuracy95_m FROM paper.v_landmarks WHERE fid = :landmark;
SELECT key, round(shift_m::numeric, 1) AS shift_m, round(accuracy95_before_m::numeric) AS before_m, round(accuracy95_m::numeric) AS after_m
FROM mf_landmark_impact('paper', :landmark, :'found', 2);
\set ECHO none
CALL mf_run_report('paper');
SELECT count(*) FROM mf_move_landmark('paper', :landmark, :'found', 'visited, measured by GNSS', 2) \g /dev/null
CALL mf_run_report('paper');
\pset tuples_only on
\pset format unaligned
\set page :out '/report_paper.html'
SELECT mf_report_html(mf_latest_run('paper')) \g :page
\pset tuples_only off
\pset format aligned
\qecho
\qecho 'report_paper.html  the report of the paper: a map of uncertainty, the least certain'
\qecho '                   records, every unsolved point with its reason'
