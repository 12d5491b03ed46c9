-- 7_report.sql - a registry, and its report before and after the second book

\qecho
\qecho '7. What an office keeps: a registry and its report'
\qecho '=================================================='
\qecho
\qecho 'A registry is a schema of ordinary tables.  Book A is taken in as it was handed'
\qecho 'over, and the report is made; then book B arrives, and it is made again:'
\qecho
\pset tuples_only on
\pset format unaligned
\set ECHO queries
SELECT mf_create_registry('office') \g /dev/null
INSERT INTO office.areas (name, geometry) SELECT name, aoi FROM area;
INSERT INTO office.lines (name, geometry) SELECT 'Exercise front line', line FROM front;
INSERT INTO office.findings (name, kind, model, geometry)
SELECT id, kind, model, place FROM finding;
\set ECHO none
\qecho 'SELECT mf_intake(''office'', ''book_a.geojson'', :''book_a'', book => ''Log book A'');'
SELECT mf_intake('office', 'book_a.geojson', :'book_a', book => 'Log book A') \g /dev/null
\set ECHO queries
CALL mf_run_report('office');
\set ECHO none
\qecho 'SELECT mf_intake(''office'', ''book_b.geojson'', :''book_b'', book => ''Log book B'');'
SELECT mf_intake('office', 'book_b.geojson', :'book_b', book => 'Log book B') \g /dev/null
\set ECHO queries
CALL mf_run_report('office');
SELECT mf_install_qgis_styles('office') \g /dev/null
\set ECHO none
\pset tuples_only off
\pset format aligned
\qecho
\qecho 'What the second book changed, of what mf_report_diff tells:'
\qecho
\set ECHO queries
SELECT d #>> '{records,added,count}' AS records_added,
       round((d #>> '{figures,before,no_record_m2}')::numeric / 1e6, 3) AS no_record_km2_before,
       round((d #>> '{figures,after,no_record_m2}')::numeric / 1e6, 3) AS no_record_km2_now,
       round((d #>> '{figures,before,line_no_record_m}')::numeric / 1e3, 2) AS line_km_before,
       round((d #>> '{figures,after,line_no_record_m}')::numeric / 1e3, 2) AS line_km_now
FROM mf_report_diff(mf_latest_run('office', 1), mf_latest_run('office')) d;
\set ECHO none
\pset tuples_only on
\pset format unaligned
\set page :out '/report.html'
SELECT mf_report_html(mf_latest_run('office')) \g :page
\set page :out '/report_ru.html'
SELECT mf_report_html(mf_latest_run('office'), 'ru') \g :page
\pset tuples_only off
\pset format aligned
\qecho
\qecho 'The whole report is one page that needs no server and no connection:'
\qecho
\qecho 'report.html        the report; open it in any browser, print it, pass it on'
\qecho 'report_ru.html     the same in Russian'
