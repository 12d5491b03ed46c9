-- the report: what it counts, what it shows, what it refuses
SET client_min_messages = warning;
SET timezone = 'UTC';
\set SHOW_CONTEXT never
\pset null 'NULL'

-- options
SELECT mf_report_options();
SELECT mf_report_options(margin_m => 60, max_rows => 5) -> 'margin_m' AS margin_m;
SELECT mf_report_options(margin_m => -1);
SELECT mf_report_options(max_rows => 0);
SELECT mf_report_paper_options();
SELECT mf_report_paper_options('da1355', skip_checks => '{sheet_missing,crs_missing,sheet_missing}', min_score => 0.9, reach_m => 0);
SELECT mf_report_paper_options(NULL, NULL, NULL, NULL, NULL) = mf_report_paper_options() AS defaults,
	mf_report_paper_options('nobody''s', '{"profile": "mine", "requirements": [{"requirement": "who", "need": "mandatory", "rule": "/properties/recorder"}]}') #>> '{profile,profile}' AS own;
SELECT mf_report_paper_options('nobody''s');
SELECT mf_report_paper_options(own_profile => '{"requirements": 1}');
SELECT mf_report_paper_options(skip_checks => '{sheet_mising}');
SELECT mf_report_paper_options(min_score => 1);
SELECT mf_report_paper_options(reach_m => -1);
SELECT mf_report('office');
SELECT mf_create_registry('office') IS NOT NULL AS created;
SELECT mf_report('office', '{"margin": 1}');
SELECT mf_report('office', '[]');
SELECT mf_report(NULL) IS NULL AS nothing;
SELECT mf_latest_run('office') IS NULL AS no_run;

-- of nothing: no area is nothing, not a share
SELECT r #> '{totals,records}' AS records, r -> 'areas' AS areas, r #> '{finds,total}' AS finds, r #> '{overview,map}' AS map,
	mf_report_html(r) LIKE '<!DOCTYPE html>%' AS page
FROM mf_report('office') r;

INSERT INTO office.books (name, records_declared, header) VALUES
	('First', 6, '{"issuer": "Party <A> & others", "source": "log book"}'), ('Second', NULL, NULL);
INSERT INTO office.records (book_id, key, as_received, current)
SELECT book_id, mf_id(r), r, r FROM office.books b JOIN (VALUES
	('First', mf_make('A/1', ST_MakeEnvelope(50.300, 41.200, 50.304, 41.202, 4326),
		'{"number": "1", "source": "log book", "accuracy95_m": 30, "sheets": [1], "sheets_of": 3, "mines": [{"model": "PMN-2", "count": 80}]}')),
	('First', mf_make('A/2', ST_MakeEnvelope(50.303, 41.200, 50.307, 41.202, 4326),
		'{"number": "2", "source": "log book", "sheets": [1, 2], "sheets_of": 2, "mines": [{"model": "PMN-2", "count": {"min": 10, "max": 20}}]}')),
	('First', mf_make('A/5', ST_GeomFromText('LINESTRING(50.310 41.205, 50.318 41.205)', 4326), '{"number": "5"}')),
	('First', mf_make('A/9', NULL, '{"number": "9", "location": {"description": "past the third <buoy>"}, "mines": [{"model": "TM-57"}]}')),
	('Second', mf_make('B/1', ST_MakeEnvelope(50.300, 41.200, 50.304, 41.202, 4326),
		'{"number": "1", "source": "interview", "mines": [{"model": "PMN-2", "count": 12}]}')),
	('Second', mf_make('B/0', ST_MakeEnvelope(0, 0, 0.001, 0.001, 4326), '{"source": "interview"}')),
	('Second', mf_make('<script>alert(1)</script>', ST_MakeEnvelope(50.310, 41.2, 50.312, 41.201, 4326),
		'{"source": "\"><script>alert(2)</script>"}'))) v (book, r) ON b.name = v.book;
INSERT INTO office.areas (name, geometry) VALUES
	('West', ST_MakeEnvelope(50.30, 41.20, 50.31, 41.21, 4326)), ('East & beyond', ST_MakeEnvelope(50.31, 41.20, 50.32, 41.21, 4326));
INSERT INTO office.lines (name, geometry) VALUES ('Line', ST_GeomFromText('LINESTRING(50.300 41.2035, 50.320 41.2035)', 4326));
INSERT INTO office.findings (name, kind, model, geometry) VALUES
	('in', 'mine', 'PMN-2', ST_Point(50.301, 41.201, 4326)), ('near', 'mine', NULL, ST_Point(50.2999, 41.201, 4326)),
	('far', 'accident', NULL, ST_Point(50.315, 41.209, 4326)), ('nowhere', 'mine', NULL, NULL),
	('cleared', 'cleared', NULL, ST_Point(50.305, 41.209, 4326));

CREATE TABLE told AS SELECT mf_report('office', mf_report_options(line_distance_m => 250)) AS r;
SELECT r ->> 'format' AS format, r -> 'format_version' AS version, r ->> 'registry' AS registry, r -> 'run' AS run, r -> 'changes' AS changes,
	length(r ->> 'input_digest') AS digest FROM told;
SELECT b ->> 'book' AS book, b -> 'records' AS records, b -> 'unlocated' AS unlocated, b -> 'mines' AS mines
FROM told, jsonb_array_elements(r #> '{received,books}') b;
SELECT jsonb_pretty((r -> 'totals') - 'mines') AS totals FROM told;
SELECT r -> 'unlocated' AS unlocated FROM told;
SELECT b ->> 'book' AS book, b -> 'declared' AS declared, b -> 'numbers' AS numbers, b -> 'without_number' AS without_number,
	b -> 'short' AS short, b -> 'missing' AS missing FROM told, jsonb_array_elements(r #> '{missing,books}') b;
SELECT r #> '{missing,sheets}' AS sheets, r #> '{missing,sheets_unknown}' AS unknown FROM told;
-- the areas against the engines asked directly
SELECT a ->> 'name' AS name, a -> 'records' AS records, a -> 'unlocated' AS unlocated, a -> 'without_area' AS without_area,
	abs((a ->> 'no_record_m2')::float8 - (c).no_record_m2) <= 1e-6 AND abs((a ->> 'recorded_m2')::float8 - (c).recorded_m2) <= 1e-6
	AND (a ->> 'possible_m2')::float8 IS NOT DISTINCT FROM (c).possible_m2 AS same, a #> '{gaps,count}' AS gaps
FROM told, jsonb_array_elements(r -> 'areas') a JOIN
	(SELECT name, mf_coverage(current, x.geometry) AS c FROM office.areas x, office.records GROUP BY name) c ON c.name = a ->> 'name'
ORDER BY 1;
SELECT l ->> 'name' AS name, round((l ->> 'length_m')::numeric) AS length_m, round((l ->> 'no_record_m')::numeric) AS no_record_m, l #> '{gaps,count}' AS gaps
FROM told, jsonb_array_elements(r -> 'lines') l;
SELECT o ->> 'a' AS a, o ->> 'b' AS b, o ->> 'class' AS class, o -> 'contradicts' AS contradicts, o -> 'differs' AS differs
FROM told, jsonb_array_elements(r #> '{overlaps,rows}') o;
SELECT (r -> 'finds') - 'rows' AS finds FROM told;
SELECT f ->> 'id' AS id, f ->> 'nearest' AS nearest, round((f ->> 'distance_m')::numeric) AS distance_m, f -> 'within_uncertainty' AS within
FROM told, jsonb_array_elements(r #> '{finds,rows}') f;
-- the record at 0, 0 is listed, and the map is not stretched to it
SELECT r #> '{overview,not_on_map}' AS not_on_map, (r #>> '{overview,map,frame,west}')::float8 > 50 AS near FROM told;
SELECT q ->> 'place' AS place, q -> 'n' AS n, q -> 'neighbours' AS neighbours, q -> 'missing' AS missing
FROM told, jsonb_array_elements(r -> 'questions') q WHERE q ->> 'kind' = 'area' ORDER BY q ->> 'place' COLLATE "C", 2;

-- completeness: the same as the functions say that are asked directly
SELECT p ->> 'profile' AS profile, p -> 'records' AS records, (p ->> 'mean')::numeric = x.mean AS mean, (p ->> 'least')::numeric = x.least AS least
FROM told, jsonb_array_elements(r #> '{completeness,profiles}') WITH ORDINALITY e (p, n), LATERAL (
	SELECT round(avg(mf_completeness(current, p ->> 'profile'))::numeric, 4) AS mean, round(min(mf_completeness(current, p ->> 'profile'))::numeric, 4) AS least
	FROM office.records) x ORDER BY n;
SELECT b ->> 'book' AS book, b -> 'records' AS records, b #> '{means,formular}' = b -> 'mean' AS same, (b ->> 'mean')::numeric = (
	SELECT round(avg(mf_completeness(current, 'formular'))::numeric, 4) FROM office.records JOIN office.books USING (book_id) WHERE name = b ->> 'book') AS mean
FROM told, jsonb_array_elements(r #> '{completeness,books,rows}') b;
SELECT count(*) AS requirements, bool_and((q ->> 'missing')::bigint = s.missing AND (q ->> 'present')::bigint = s.present AND (q ->> 'illegible')::bigint = s.illegible
	AND (q ->> 'not_applicable')::bigint = s.not_applicable AND q ->> 'text' <> '') AS same, count(*) = max((r #>> '{completeness,requirements,count}')::bigint) AS all
FROM told, jsonb_array_elements(r #> '{completeness,requirements,rows}') q
	JOIN unnest((SELECT mf_completeness_summary(current, 'formular') FROM office.records)) s ON s.requirement = q ->> 'requirement';
SELECT r #> '{completeness,records,count}' AS records, r #>> '{completeness,records,rows,0,key}' AS least, r #> '{completeness,records,rows,0,missing,0}' AS first FROM told;
-- numbers in series, copies, what was declared
SELECT r -> 'sequence' AS sequence FROM told;
-- checks: what could not be applied is not passed
SELECT count(*) = (SELECT count(*) FROM mf_checks()) AS all, bool_and((c ->> 'run')::bigint = (c ->> 'passed')::bigint + (c ->> 'failed')::bigint) AS adds_up,
	bool_and(CASE c ->> 'scope' WHEN 'record' THEN (c ->> 'run')::bigint + (c ->> 'not_applicable')::bigint = 7 ELSE (c ->> 'run')::bigint + (c ->> 'not_applicable')::bigint = 2 END) AS of_all
FROM told, jsonb_array_elements(r #> '{checks,codes,rows}') c;
SELECT p FROM told, jsonb_array_elements(r #> '{checks,priorities}') p;
SELECT f ->> 'key' AS key, f ->> 'book' AS book, f ->> 'code' AS code, f ->> 'priority' AS priority, f ->> 'path' AS path
FROM told, jsonb_array_elements(r #> '{checks,findings,rows}') f WHERE f ->> 'priority' = 'HIGH' ORDER BY f ->> 'code' COLLATE "C", f ->> 'key' COLLATE "C";
SELECT r #> '{checks,findings,count}' = to_jsonb(sum((c ->> 'findings')::bigint)) AS counted
FROM told, jsonb_array_elements(r #> '{checks,codes,rows}') c GROUP BY r;
SELECT w FROM told, jsonb_array_elements(r #> '{checks,records,rows}') WITH ORDINALITY e (w, n) WHERE n <= 2 ORDER BY n;
-- links between the books
SELECT (r -> 'links') - 'rows' AS links FROM told;
SELECT l ->> 'a' AS a, l ->> 'b' AS b, l -> 'contradicts' AS contradicts, jsonb_path_query_array(l, '$.differs.rows[*] ? (@.change == "contradicting").path') AS paths,
	(l ->> 'score')::numeric = round((SELECT (mf_similarity(a.current, b.current)).score FROM office.records a, office.records b WHERE a.key = l ->> 'a' AND b.key = l ->> 'b')::numeric, 3) AS score
FROM told, jsonb_array_elements(r #> '{links,rows}') l;
-- accounts: where no record is, what was recorded is unknown, not zero
SELECT (r -> 'account') - '{areas,models,total}'::text[] AS account FROM told;
SELECT 'all' AS area, m ->> 'model' AS model, m -> 'records' AS records, m -> 'recorded_min' AS recorded_min, m -> 'recorded_max' AS recorded_max, m -> 'found_min' AS found_min,
	m -> 'exploded_min' AS exploded_min, m -> 'unaccounted_max' AS unaccounted_max
FROM told, jsonb_array_elements(r #> '{account,models,rows}' || (r #> '{account,total}')) m
UNION ALL SELECT a ->> 'name', m ->> 'model', m -> 'records', m -> 'recorded_min', m -> 'recorded_max', m -> 'found_min', m -> 'exploded_min', m -> 'unaccounted_max'
FROM told, jsonb_array_elements(r #> '{account,areas,rows}') a, jsonb_array_elements(a #> '{models,rows}' || (a -> 'total')) m ORDER BY 1, 2;
-- a profile of one's own, checks switched off, no links
SELECT r #> '{completeness,profile}' AS profile, r #> '{completeness,profiles,0}' AS scores, r #> '{completeness,records,rows,0,missing}' AS missing, r #> '{checks,skipped}' AS skipped,
	jsonb_path_exists(r, '$.checks.codes.rows[*] ? (@.code == "sheet_missing")') AS checked, r #> '{links,count}' AS links, length(mf_report_html(r)) > 10000 AS page
FROM mf_report('office', mf_report_paper_options(skip_checks => '{sheet_missing}', min_score => 0.999999, own_profile => '{"profile": "<office>",
	"requirements": [{"requirement": "number <b>", "need": "mandatory", "rule": "/properties/number"}]}')) r;
SELECT mf_report('office', '{"profile": 5}');
SELECT mf_report('office', '{"skip_checks": "all"}');
-- the office's own models count as what they are called
INSERT INTO office.mine_models (model, aliases, category) VALUES ('Office mine', '{TM-57}', 'AV');
INSERT INTO office.mine_models (model, step_min_m, step_max_m) VALUES ('x', 3, 2);
INSERT INTO office.mine_models (model, category) VALUES ('y', 'XY');
UPDATE office.mine_models SET model = 'TM-57', aliases = '{"Фугас-5"}', remarks = 'as the other party writes it';
UPDATE office.records SET current = mf_make('A/9', NULL, '{"number": "9", "location": {"description": "past the third <buoy>"}, "mines": [{"model": "Фугас-5", "count": 3}]}'),
	change_reason = 'sheet 1' WHERE key = 'A/9';
SELECT m ->> 'model' AS model, m -> 'recorded_min' AS recorded FROM mf_report('office') r, jsonb_array_elements(r #> '{account,models,rows}') m ORDER BY 1;
DELETE FROM office.mine_models;
UPDATE office.records SET current = as_received, change_reason = 'back' WHERE key = 'A/9';
-- a header of the wrong shape declares nothing, and stops nothing
UPDATE office.books SET mines_declared = '[3]' WHERE name = 'First';
SELECT c -> 'run' AS run, c -> 'not_applicable' AS not_applicable FROM mf_report('office') r, jsonb_array_elements(r #> '{checks,codes,rows}') c WHERE c ->> 'code' = 'book_records_declared';
UPDATE office.books SET mines_declared = NULL WHERE name = 'First';
-- the page: every value escaped, nothing from elsewhere
CREATE TABLE page AS SELECT l AS language, mf_report_html(r, l) AS html FROM told, unnest(ARRAY['en', 'ru']) l;
SELECT language, html ~ '<script' AS script, html ~* '(src|href)="?(http|//|data:)' AS elsewhere, html ~ ' style="' AS inline_style,
	html LIKE '%&lt;script&gt;alert(1)&lt;/script&gt;%' AS shown, html LIKE '%Party &lt;A&gt; &amp; others%' AS escaped,
	html LIKE '%past the third &lt;buoy&gt;%' AS words FROM page ORDER BY 1;
-- the sections are there, and a report of an earlier release is shown without them
SELECT language, (SELECT count(*) FROM regexp_matches(html, '<section id="(completeness|sequence|checks|links|account)"', 'g')) AS sections,
	html LIKE '%<b>%&lt;script&gt;alert(1)&lt;/script&gt;%' AS keys FROM page ORDER BY 1;
SELECT (SELECT count(*) FROM regexp_matches(mf_report_html(r - '{completeness,sequence,checks,links,account}'::text[]),
	'<section id="(completeness|sequence|checks|links|account)"[^>]*><h2[^>]*>[^<]*</h2>\s*<p>The release that made', 'g')) AS old FROM told;
-- no label is left without words, none is a bare key, no placeholder unfilled
SELECT language, regexp_matches(html, '\{[a-z]+\}', 'g') FROM page;
SELECT count(*) FROM (SELECT key FROM jsonb_object_keys(mf_report_labels('en')) key
	EXCEPT SELECT key FROM jsonb_object_keys(mf_report_labels('ru')) key) missing;
-- the same placeholders in both
SELECT e.key FROM jsonb_each_text(mf_report_labels('en')) e JOIN jsonb_each_text(mf_report_labels('ru')) u USING (key)
WHERE (SELECT array_agg(DISTINCT m[1] ORDER BY m[1]) FROM regexp_matches(e.value, '\{([a-z]+)\}', 'g') m)
	IS DISTINCT FROM (SELECT array_agg(DISTINCT m[1] ORDER BY m[1]) FROM regexp_matches(u.value, '\{([a-z]+)\}', 'g') m);
-- every check and every requirement has Russian words, and no others are there
SELECT k FROM (SELECT 'check_' || code AS k FROM mf_checks() UNION
	SELECT 'need_' || (r ->> 'requirement') FROM mf_profiles() p, jsonb_array_elements(mf_profile(p) -> 'requirements') r) a
	FULL JOIN (SELECT k FROM jsonb_object_keys(mf_report_labels('ru')) k WHERE k ~ '^(check|need)_' AND NOT mf_report_labels('en') ? k) b USING (k)
WHERE a IS NULL OR b IS NULL ORDER BY 1;
SELECT mf_report_labels('xx'), mf_report_labels(NULL);
-- the office's own words, escaped like all others
SELECT mf_report_html(r, 'hy', '{"kicker": "Գրանցումներ <b>"}') LIKE '%<html lang="hy">%<title>Գրանցումներ &lt;b&gt;%' AS armenian,
	mf_report_html(r, 'az', '{"kicker": "Minalanmış sahələr"}') LIKE '%Minalanmış sahələr%' AS azerbaijani,
	mf_report_html(r, NULL) = mf_report_html(r) AS english FROM told;
SELECT mf_report_html(NULL) IS NULL AS nothing;
SELECT mf_report_html('{}');
SELECT mf_report_html('{"format": "minefield report", "format_version": 2}');
SELECT mf_report_html(r, '"><script>') FROM told;

-- numbers, sizes and shares as they are written
SELECT mf_page_number(1234567.891, 2, l), mf_page_area(12.4, l), mf_page_area(123456, l), mf_page_area(1234567, l), mf_page_area(NULL, l),
	mf_page_length(999, l), mf_page_length(12345, l), mf_page_share(1, 3, l), mf_page_share(0, 3, l), mf_page_share(1, 1e6, l),
	mf_page_share(999999, 1e6, l), mf_page_share(1, 0, l), mf_page_place('-1.5', '-0.25')
FROM unnest(ARRAY[mf_report_labels('en'), mf_report_labels('en') || mf_report_labels('ru')]) l;

-- runs, one after the other, and their difference
CALL mf_run_report('office');
SELECT (mf_latest_run('office') -> 'changes') = 'null' AS first;
INSERT INTO office.records (book_id, key, as_received, current)
SELECT book_id, 'A/3', r, r FROM office.books, (SELECT mf_make('A/3', ST_MakeEnvelope(50.302, 41.206, 50.306, 41.208, 4326), '{"number": "3"}') r) m
WHERE name = 'First';
UPDATE office.records SET current = mf_make('A/5', ST_GeomFromText('LINESTRING(50.310 41.205, 50.318 41.205)', 4326), '{"number": "5", "field_depth_m": 20}'),
	change_reason = 'the depth stands on sheet 2' WHERE key = 'A/5';
UPDATE office.records SET withdrawn_at = now(), change_reason = 'plotted at 0, 0' WHERE key = 'B/0';
INSERT INTO office.labels VALUES ('hy', 'kicker', 'Գրանցումներ');
CALL mf_run_report('office', language => 'hy', keep => 1);
SELECT jsonb_pretty(r #> '{changes,records}') AS records, r #> '{changes,same_input}' AS same_input, r #> '{changes,options_differ}' AS options_differ,
	(r #>> '{changes,figures,after,no_record_m2}')::float8 < (r #>> '{changes,figures,before,no_record_m2}')::float8 AS less, jsonb_array_length(r -> 'trend') AS trend
FROM mf_latest_run('office') r;
SELECT fid, status, steps_done = steps AS all_steps, records, unlocated, is_kept, language FROM office.v_report_runs ORDER BY fid;
SELECT count(*) FROM office.v_report_progress;
SELECT html LIKE '%Գրանցումներ%' AS armenian, html = mf_report_html(report, 'hy') AS same_again FROM office.report_runs WHERE run_id = 2;
SELECT mf_report_diff(r, r) #> '{same_input}' AS same, mf_report_diff(r, NULL) IS NULL AS nothing FROM mf_latest_run('office') r;
SELECT mf_report_diff('{}', '{}');
CALL mf_run_report('nowhere');
CALL mf_run_report('office', '{"x": 1}');
CALL mf_run_report('office', keep => 0);
CALL mf_run_report('office', language => 'english please');
BEGIN;
CALL mf_run_report('office');
ROLLBACK;
SELECT count(*) FROM office.report_runs;
-- completeness has a trend over the runs, by book
SELECT jsonb_array_length(r -> 'trend') AS runs, t -> 'completeness_profile' AS profile, t -> 'completeness' = r #> '{completeness,mean}' AS mean,
	(SELECT array_agg(b ORDER BY b) FROM jsonb_object_keys(t -> 'completeness_by_book') b) AS books, t -> 'linked' AS linked, t -> 'checks_high' AS high,
	mf_report_html(r) LIKE '%Completeness over the reports%' AS page, mf_report_html(r || '{"trend": []}') LIKE '%Completeness over the reports%' AS none
FROM mf_latest_run('office') r, LATERAL (SELECT r #> '{trend,-1}' AS t) x;
SELECT mf_page_interval(1, 1, l) AS one, mf_page_interval(1, 2, l) AS both, mf_page_interval(1, NULL, l) AS low, mf_page_interval(NULL, 2, l) AS high, mf_page_interval(NULL, NULL, l) AS none,
	mf_page_percent(0.99999, l) AS most, mf_page_percent(1, l) AS all, mf_page_percent(NULL, l) AS unknown FROM mf_report_labels('en') l;
-- of one district: its own records and those that belong to none
UPDATE office.records SET district = 'Sea', change_reason = 'it lies there' WHERE key = 'A/1';
UPDATE office.records SET district = 'Shore', change_reason = 'it lies there' WHERE key = 'A/2';
SELECT r ->> 'district' AS district, r -> 'inventory' ? 'A/1' AS own, r -> 'inventory' ? 'A/2' AS other, r -> 'inventory' ? 'A/9' AS of_none,
	r #> '{completeness,profiles,0,records}' AS records, jsonb_path_exists(r, '$.checks.records.rows[*] ? (@.key == "A/2")') AS checked, r #> '{account,total,records}' AS accounted
FROM mf_report('office', district => 'Sea') r;

-- schedules without pg_cron, and styles
SELECT mf_schedule_report('office', 'weekly');
SELECT mf_schedule_report('office', '0 5 * * 1', keep => 10, district => 'O''Sea 100%');
SELECT mf_unschedule_report('office');
SELECT mf_install_qgis_styles('office') AS styles, mf_install_qgis_styles('office') AS again;
SELECT f_table_name, useasdefault, styleqml IS DOCUMENT AS good,
	(SELECT count(*) FROM pg_attribute WHERE attrelid = format('office.%I', f_table_name)::regclass AND attname = f_geometry_column) AS column
FROM public.layer_styles WHERE f_table_schema = 'office' ORDER BY f_table_name COLLATE "C";
DROP TABLE told, page, public.layer_styles;
SELECT mf_drop_registry('office', force => true);
