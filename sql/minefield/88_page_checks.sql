-- the section of the report page about checks

CREATE FUNCTION mf_page_priority(priority text, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN mf_page_say(labels, pg_catalog.concat('priority_', priority));
COMMENT ON FUNCTION mf_page_priority(text, jsonb) IS
	'For mf_report_html: HIGH, MEDIUM or LOW in words.';

CREATE FUNCTION mf_page_check(code text, description text, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN pg_catalog.concat(mf_page_text(COALESCE(labels ->> pg_catalog.concat('check_', code), description, code)),
		'<br><small>', mf_page_text(code), '</small>');
COMMENT ON FUNCTION mf_page_check(text, text, jsonb) IS
	'For mf_report_html: what is wrong where a check fails, in words, and its code.';

CREATE FUNCTION mf_page_checks(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN CASE WHEN pg_catalog.jsonb_typeof(report -> 'checks'::text) = 'object' THEN mf_page_section(labels, 'checks', 'checks', pg_catalog.concat(
		'<p>', mf_page_say(labels, 'checks_text'), '</p>',
		mf_page_table(labels, 'checks_priorities', 'hnnnnnn', ARRAY['priority', 'checks_n', 'check_run', 'check_not_applicable', 'check_failed', 'findings', 'records_concerned'],
			(SELECT pg_catalog.string_agg(mf_page_row('hnnnnnn', mf_page_priority(p ->> 'priority'::text, labels), mf_page_number((p ->> 'checks'::text)::numeric, 0, labels),
					mf_page_number((p ->> 'run'::text)::numeric, 0, labels), mf_page_number((p ->> 'not_applicable'::text)::numeric, 0, labels),
					mf_page_number((p ->> 'failed'::text)::numeric, 0, labels), mf_page_number((p ->> 'findings'::text)::numeric, 0, labels),
					mf_page_number((p ->> 'records'::text)::numeric, 0, labels)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{checks,priorities}'::text[]) WITH ORDINALITY x (p, n))),
		mf_page_table(labels, 'checks_failed', 'htnnnn', ARRAY['check', 'priority', 'check_run', 'check_not_applicable', 'check_failed', 'findings'],
			(SELECT pg_catalog.string_agg(mf_page_row('htnnnn', mf_page_check(c ->> 'code'::text, c ->> 'description'::text, labels),
					mf_page_priority(c ->> 'priority'::text, labels), mf_page_number((c ->> 'run'::text)::numeric, 0, labels),
					mf_page_number((c ->> 'not_applicable'::text)::numeric, 0, labels), mf_page_number((c ->> 'failed'::text)::numeric, 0, labels),
					mf_page_number((c ->> 'findings'::text)::numeric, 0, labels)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{checks,codes,rows}'::text[]) WITH ORDINALITY x (c, n) WHERE (c ->> 'failed'::text)::bigint > 0::bigint)),
		(SELECT CASE WHEN pg_catalog.count(*) > 0::bigint THEN pg_catalog.concat('<p class="may">', mf_page_say(labels, 'checks_never', 'n', mf_page_number(pg_catalog.count(*)::numeric, 0, labels),
				'list', pg_catalog.string_agg(mf_page_text(c ->> 'code'::text), ', ' ORDER BY n)), '</p>') END
		 FROM pg_catalog.jsonb_array_elements(report #> '{checks,codes,rows}'::text[]) WITH ORDINALITY x (c, n) WHERE (c ->> 'run'::text)::bigint = 0::bigint),
		CASE WHEN pg_catalog.jsonb_array_length(report #> '{checks,skipped}'::text[]) > 0 THEN pg_catalog.concat('<p class="may">', mf_page_say(labels, 'checks_skipped', 'list',
			mf_page_words(report #> '{checks,skipped}'::text[])), '</p>') END,
		mf_page_table(labels, 'checks_records', 'htnnnt', ARRAY['record', 'book', 'priority_HIGH', 'priority_MEDIUM', 'priority_LOW', 'check'],
			(SELECT pg_catalog.string_agg(mf_page_row('htnnnt', mf_page_text(r ->> 'key'::text), mf_page_text(r ->> 'book'::text),
					mf_page_number((r ->> 'high'::text)::numeric, 0, labels), mf_page_number((r ->> 'medium'::text)::numeric, 0, labels),
					mf_page_number((r ->> 'low'::text)::numeric, 0, labels), mf_page_words(r -> 'codes'::text)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(mf_page_first(report #> '{checks,records}'::text[], 20) -> 'rows'::text) WITH ORDINALITY x (r, n))),
		mf_page_more(mf_page_first(report #> '{checks,records}'::text[], 20), labels),
		mf_page_table(labels, 'checks_findings', 'htt', ARRAY['record', 'check', 'found'],
			(SELECT pg_catalog.string_agg(mf_page_row('htt', pg_catalog.concat_ws(' ', CASE WHEN f ->> 'key'::text IS NULL THEN mf_page_text(f ->> 'book'::text) END, mf_page_text(f ->> 'key'::text)),
					pg_catalog.concat(mf_page_priority(f ->> 'priority'::text, labels), '<br><small>', mf_page_text(f ->> 'code'::text), '</small>'),
					pg_catalog.concat(mf_page_text(f ->> 'message'::text), CASE WHEN f ->> 'hint'::text <> '' THEN pg_catalog.concat('<br><small>', mf_page_text(f ->> 'hint'::text), '</small>') END,
						' <code>', mf_page_text(f ->> 'path'::text), '</code>')), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(mf_page_first(report #> '{checks,findings}'::text[], 30) -> 'rows'::text) WITH ORDINALITY x (f, n))),
		mf_page_more(mf_page_first(report #> '{checks,findings}'::text[], 30), labels)))
		ELSE mf_page_absent('checks', labels) END;
COMMENT ON FUNCTION mf_page_checks(jsonb, jsonb) IS
	'For mf_report_html: what contradicts what. A report of an earlier release did not tell, which is said.';
