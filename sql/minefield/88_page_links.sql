-- the sections of the report page about links between books, and accounts

CREATE FUNCTION mf_page_differs(differs jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN pg_catalog.concat((SELECT pg_catalog.string_agg(pg_catalog.concat(CASE WHEN d ->> 'change'::text = 'contradicting' THEN '<strong>' END,
				'<code>', mf_page_text(pg_catalog.regexp_replace(d ->> 'path'::text, '^/properties/', '')), '</code>',
				CASE WHEN d ->> 'change'::text = 'contradicting' THEN '</strong>' END, ': ',
				CASE WHEN d ->> 'a'::text IS NULL THEN '∅' ELSE mf_page_text(d ->> 'a'::text) END, ' | ',
				CASE WHEN d ->> 'b'::text IS NULL THEN '∅' ELSE mf_page_text(d ->> 'b'::text) END), '<br>' ORDER BY n)
			FROM pg_catalog.jsonb_array_elements(differs -> 'rows'::text) WITH ORDINALITY x (d, n)),
		mf_page_more(differs, labels));
COMMENT ON FUNCTION mf_page_differs(jsonb, jsonb) IS
	'For mf_report_html: what two records say differently, in a cell; what contradicts each other stands out.';

CREATE FUNCTION mf_page_links(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN CASE WHEN pg_catalog.jsonb_typeof(report -> 'links'::text) = 'object' THEN mf_page_section(labels, 'links', 'links', pg_catalog.concat(
		'<p>', mf_page_say(labels, 'links_text'), '</p>',
		CASE WHEN (report #>> '{links,books,count}'::text[])::bigint = 0::bigint THEN pg_catalog.concat('<p>', mf_page_say(labels, 'links_none'), '</p>') END,
		CASE WHEN (report #>> '{links,records_not_compared}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may">', mf_page_say(labels, 'links_left_out', 'n',
			mf_page_number((report #>> '{links,records_not_compared}'::text[])::numeric, 0, labels)), '</p>') END,
		CASE WHEN (report #>> '{links,books_not_compared}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may">', mf_page_say(labels, 'links_books_left_out', 'n',
			mf_page_number((report #>> '{links,books_not_compared}'::text[])::numeric, 0, labels)), '</p>') END,
		mf_page_table(labels, 'links_books', 'htnnnnn', ARRAY['book_one', 'book_two', 'records_one', 'records_two', 'links_found', 'links_contradicting', 'links_not_compared'],
			(SELECT pg_catalog.string_agg(mf_page_row('htnnnnn', mf_page_text(b ->> 'book_a'::text), mf_page_text(b ->> 'book_b'::text),
					mf_page_number((b ->> 'records_a'::text)::numeric, 0, labels), mf_page_number((b ->> 'records_b'::text)::numeric, 0, labels),
					mf_page_number((b ->> 'linked'::text)::numeric, 0, labels), mf_page_number((b ->> 'contradicting'::text)::numeric, 0, labels),
					mf_page_number((b ->> 'not_compared'::text)::numeric, 0, labels)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{links,books,rows}'::text[]) WITH ORDINALITY x (b, n))),
		mf_page_more(report #> '{links,books}'::text[], labels),
		mf_page_table(labels, 'links_pairs', 'hnttt', ARRAY['pair', 'score', 'links_contradict', 'reasons', 'differs'],
			(SELECT pg_catalog.string_agg(mf_page_row('hnttt', pg_catalog.concat(mf_page_text(l ->> 'a'::text), ' – ', mf_page_text(l ->> 'b'::text)),
					pg_catalog.concat(mf_page_number((l ->> 'score'::text)::numeric, 3, labels), CASE WHEN l ->> 'next_best'::text IS NOT NULL THEN
						pg_catalog.concat('<br><small>', mf_page_say(labels, 'next_best', 'n', mf_page_number((l ->> 'next_best'::text)::numeric, 3, labels)), '</small>') END),
					CASE l ->> 'contradicts'::text WHEN 'true' THEN pg_catalog.concat('<strong>', mf_page_say(labels, 'yes'), '</strong>') WHEN 'false' THEN mf_page_say(labels, 'no')
						ELSE mf_page_say(labels, 'unknown') END,
					(SELECT pg_catalog.string_agg(mf_page_text(r), '<br>' ORDER BY k) FROM pg_catalog.jsonb_array_elements_text(l -> 'reasons'::text) WITH ORDINALITY y (r, k)),
					mf_page_differs(l -> 'differs'::text, labels)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(mf_page_first(report -> 'links'::text, 30) -> 'rows'::text) WITH ORDINALITY x (l, n))),
		mf_page_more(mf_page_first(report -> 'links'::text, 30), labels)))
		ELSE mf_page_absent('links', labels) END;
COMMENT ON FUNCTION mf_page_links(jsonb, jsonb) IS
	'For mf_report_html: which records of two books tell of one field, and what they say differently. A report of an earlier release did not tell, which is said.';

CREATE FUNCTION mf_page_account_row(first text, a jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN mf_page_row('hnnnnnnnn', first, mf_page_number((a ->> 'records'::text)::numeric, 0, labels),
		mf_page_number((a ->> 'records_unknown'::text)::numeric, 0, labels),
		mf_page_interval((a ->> 'recorded_min'::text)::numeric, (a ->> 'recorded_max'::text)::numeric, labels),
		mf_page_interval((a ->> 'added_min'::text)::numeric, (a ->> 'added_max'::text)::numeric, labels),
		mf_page_interval((a ->> 'lifted_min'::text)::numeric, (a ->> 'lifted_max'::text)::numeric, labels),
		mf_page_interval((a ->> 'exploded_min'::text)::numeric, (a ->> 'exploded_max'::text)::numeric, labels),
		mf_page_interval((a ->> 'found_min'::text)::numeric, (a ->> 'found_max'::text)::numeric, labels),
		pg_catalog.concat('<strong>', mf_page_interval((a ->> 'unaccounted_min'::text)::numeric, (a ->> 'unaccounted_max'::text)::numeric, labels), '</strong>'));
COMMENT ON FUNCTION mf_page_account_row(text, jsonb, jsonb) IS
	'For mf_report_html: one row of an account, with a first cell that is escaped already.';

CREATE FUNCTION mf_page_account_table(title text, account jsonb, most bigint, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN pg_catalog.concat(mf_page_table(labels || pg_catalog.jsonb_build_object('account_title', title), 'account_title', 'hnnnnnnnn',
		ARRAY['model', 'records', 'count_unknown', 'recorded', 'added', 'lifted', 'exploded', 'found_mines', 'unaccounted'],
		pg_catalog.concat((SELECT pg_catalog.string_agg(mf_page_account_row(mf_page_text(m ->> 'model'::text), m, labels), '' ORDER BY n)
				FROM pg_catalog.jsonb_array_elements(account #> '{models,rows}'::text[]) WITH ORDINALITY x (m, n) WHERE n <= most),
			CASE WHEN pg_catalog.jsonb_typeof(account -> 'total'::text) = 'object' THEN mf_page_account_row(mf_page_say(labels, 'mines_total'), account -> 'total'::text, labels) END)),
		CASE WHEN (account #>> '{models,count}'::text[])::bigint > least(most, pg_catalog.jsonb_array_length(account #> '{models,rows}'::text[])::bigint)
			THEN pg_catalog.concat('<p class="more">', mf_page_say(labels, 'and_more', 'n', mf_page_number((account #>> '{models,count}'::text[])::numeric
				- least(most, pg_catalog.jsonb_array_length(account #> '{models,rows}'::text[])::bigint)::numeric, 0, labels)), '</p>') END);
COMMENT ON FUNCTION mf_page_account_table(text, jsonb, bigint, jsonb) IS
	'For mf_report_html: an account under a title: so many models, and the total.';

CREATE FUNCTION mf_page_account(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN CASE WHEN pg_catalog.jsonb_typeof(report -> 'account'::text) = 'object' THEN mf_page_section(labels, 'account', 'account', pg_catalog.concat(
		'<p>', mf_page_say(labels, 'account_text'), '</p>',
		CASE WHEN (report #>> '{account,total,events_unknown}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may">', mf_page_say(labels, 'account_events_unknown', 'n',
			mf_page_number((report #>> '{account,total,events_unknown}'::text[])::numeric, 0, labels)), '</p>') END,
		CASE WHEN (report #>> '{account,told_twice}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may">', mf_page_say(labels, 'account_twice', 'n',
			mf_page_number((report #>> '{account,told_twice}'::text[])::numeric, 0, labels)), '</p>') END,
		CASE WHEN (report #>> '{account,copies_left_out}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p>', mf_page_say(labels, 'account_copies', 'n',
			mf_page_number((report #>> '{account,copies_left_out}'::text[])::numeric, 0, labels)), '</p>') END,
		mf_page_account_table(labels ->> 'account_models'::text, report -> 'account'::text, 30, labels),
		CASE WHEN (report #>> '{account,areas,count}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<h3>', mf_page_say(labels, 'account_areas'), '</h3><p>',
			mf_page_say(labels, 'account_areas_text'), '</p>',
			CASE WHEN (report #>> '{account,unlocated}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may"><a href="#unlocated">', mf_page_say(labels, 'may_lie', 'n',
				mf_page_number((report #>> '{account,unlocated}'::text[])::numeric, 0, labels)), '</a></p>') END,
			CASE WHEN (report #>> '{account,finds_without_place}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may">', mf_page_say(labels, 'finds_without_place', 'n',
				mf_page_number((report #>> '{account,finds_without_place}'::text[])::numeric, 0, labels)), '</p>') END,
			(SELECT pg_catalog.string_agg(mf_page_account_table(a ->> 'name'::text, a, 6, labels), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{account,areas,rows}'::text[]) WITH ORDINALITY x (a, n)),
			mf_page_more(report #> '{account,areas}'::text[], labels)) END))
		ELSE mf_page_absent('account', labels) END;
COMMENT ON FUNCTION mf_page_account(jsonb, jsonb) IS
	'For mf_report_html: what paper leaves unaccounted for, in all and by area, as intervals. A report of an earlier release did not tell, which is said.';
