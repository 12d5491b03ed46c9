-- the sections of the report page about completeness and sequence

-- Runs that were made with another profile are no part of a trend.
CREATE FUNCTION mf_page_completeness_trend(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN (SELECT CASE WHEN pg_catalog.jsonb_array_length(t.runs) > 1 THEN pg_catalog.concat('<h3>', mf_page_say(labels, 'completeness_trend'), '</h3><div class="sparks">',
			mf_page_spark(t.runs, 'completeness', '%', 'completeness_all', labels),
			(SELECT pg_catalog.string_agg(mf_page_spark((
						SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('value', r #> ARRAY['completeness_by_book', b.book]) ORDER BY n)
						FROM pg_catalog.jsonb_array_elements(t.runs) WITH ORDINALITY y (r, n)),
					'value', '%', 'trend_of_book', labels || pg_catalog.jsonb_build_object('trend_of_book', b.book)), '' ORDER BY b.book COLLATE "C")
			 FROM (SELECT k.book FROM pg_catalog.jsonb_object_keys(CASE WHEN pg_catalog.jsonb_typeof(t.runs #> '{-1,completeness_by_book}'::text[]) = 'object'
						THEN t.runs #> '{-1,completeness_by_book}'::text[] ELSE '{}'::jsonb END) k (book)
				   ORDER BY k.book COLLATE "C" LIMIT 8) b), '</div>') END
		FROM (SELECT COALESCE(pg_catalog.jsonb_agg(r ORDER BY n), '[]'::jsonb) AS runs
			  FROM pg_catalog.jsonb_array_elements(report -> 'trend'::text) WITH ORDINALITY x (r, n)
			  WHERE r -> 'completeness_profile'::text = report #> '{completeness,profile}'::text[]) t);
COMMENT ON FUNCTION mf_page_completeness_trend(jsonb, jsonb) IS
	'For mf_report_html: the mean completeness over the runs, of all records and by book. NULL for less than two runs with the profile.';

CREATE FUNCTION mf_page_need(requirement text, said text, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN mf_page_text(COALESCE(labels ->> pg_catalog.concat('need_', requirement), said, requirement));
COMMENT ON FUNCTION mf_page_need(text, text, jsonb) IS
	'For mf_report_html: a requirement of a profile in the words of the language, or else as said.';

CREATE FUNCTION mf_page_completeness(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN CASE WHEN pg_catalog.jsonb_typeof(report -> 'completeness'::text) = 'object' THEN mf_page_section(labels, 'completeness', 'completeness', pg_catalog.concat(
		'<p><strong>', mf_page_say(labels, 'completeness_truth'), '</strong> ', mf_page_say(labels, 'completeness_text', 'profile',
			pg_catalog.concat('<b>', mf_page_text(report #>> '{completeness,profile}'::text[]), '</b>')), '</p>',
		mf_page_table(labels, 'completeness_profiles', 'hnnnnt', ARRAY['profile', 'records', 'mean', 'median', 'least', 'by_share'],
			(SELECT pg_catalog.string_agg(mf_page_row('hnnnnt', mf_page_text(p ->> 'profile'::text), mf_page_number((p ->> 'scored'::text)::numeric, 0, labels),
					mf_page_percent((p ->> 'mean'::text)::numeric, labels), mf_page_percent((p ->> 'median'::text)::numeric, labels),
					mf_page_percent((p ->> 'least'::text)::numeric, labels),
					mf_page_bar(ARRAY[(p ->> 'mean'::text)::float8], ARRAY['b1'], 1.0::float8)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{completeness,profiles}'::text[]) WITH ORDINALITY x (p, n)), 'bars'),
		mf_page_table(labels, 'completeness_books', pg_catalog.concat('hnn', pg_catalog.repeat('n', pg_catalog.jsonb_array_length(report #> '{completeness,profiles}'::text[]))),
			ARRAY['book', 'records', 'least'] || (SELECT pg_catalog.array_agg(p ->> 'profile'::text ORDER BY n)
				FROM pg_catalog.jsonb_array_elements(report #> '{completeness,profiles}'::text[]) WITH ORDINALITY x (p, n)),
			(SELECT pg_catalog.string_agg(mf_page_row(pg_catalog.concat('hnn', pg_catalog.repeat('n', pg_catalog.jsonb_array_length(report #> '{completeness,profiles}'::text[]))),
					VARIADIC ARRAY[CASE WHEN b ->> 'book'::text IS NULL THEN mf_page_say(labels, 'no_book') ELSE mf_page_text(b ->> 'book'::text) END,
						mf_page_number((b ->> 'records'::text)::numeric, 0, labels), mf_page_percent((b ->> 'least'::text)::numeric, labels)]
					|| (SELECT pg_catalog.array_agg(mf_page_percent((b #>> ARRAY['means', p ->> 'profile'::text])::numeric, labels) ORDER BY m)
						FROM pg_catalog.jsonb_array_elements(report #> '{completeness,profiles}'::text[]) WITH ORDINALITY y (p, m))), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{completeness,books,rows}'::text[]) WITH ORDINALITY x (b, n))),
		mf_page_more(report #> '{completeness,books}'::text[], labels),
		mf_page_table(labels, 'completeness_requirements', 'htnnn', ARRAY['requirement', 'need', 'lacking', 'illegible', 'share_present'],
			(SELECT pg_catalog.string_agg(mf_page_row('htnnn',
					pg_catalog.concat(mf_page_need(r ->> 'requirement'::text, r ->> 'text'::text, labels), ' <small>', mf_page_text(r ->> 'clause'::text), '</small>'),
					CASE r ->> 'need'::text WHEN 'mandatory' THEN mf_page_say(labels, 'mandatory') ELSE mf_page_say(labels, 'feasible') END,
					mf_page_number((r ->> 'missing'::text)::numeric, 0, labels), mf_page_number((r ->> 'illegible'::text)::numeric, 0, labels),
					mf_page_percent((r ->> 'share_present'::text)::numeric, labels)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{completeness,requirements,rows}'::text[]) WITH ORDINALITY x (r, n))),
		mf_page_more(report #> '{completeness,requirements}'::text[], labels),
		mf_page_table(labels, 'completeness_records', 'htnt', ARRAY['record', 'book', 'score', 'mandatory_missing'],
			(SELECT pg_catalog.string_agg(mf_page_row('htnt', mf_page_text(r ->> 'key'::text), mf_page_text(r ->> 'book'::text),
					mf_page_percent((r ->> 'score'::text)::numeric, labels),
					(SELECT pg_catalog.string_agg(mf_page_need(m, pg_catalog.replace(m, '_', ' '), labels), '; ' ORDER BY k)
					 FROM pg_catalog.jsonb_array_elements_text(r -> 'missing'::text) WITH ORDINALITY y (m, k))), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(mf_page_first(report #> '{completeness,records}'::text[], 20) -> 'rows'::text) WITH ORDINALITY x (r, n))),
		mf_page_more(mf_page_first(report #> '{completeness,records}'::text[], 20), labels),
		mf_page_completeness_trend(report, labels)))
		ELSE mf_page_absent('completeness', labels) END;
COMMENT ON FUNCTION mf_page_completeness(jsonb, jsonb) IS
	'For mf_report_html: how much of what is asked for stands in the records. A report of an earlier release did not tell, which is said.';

CREATE FUNCTION mf_page_sequence(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN CASE WHEN pg_catalog.jsonb_typeof(report -> 'sequence'::text) = 'object' THEN mf_page_section(labels, 'sequence', 'sequence', pg_catalog.concat(
		'<p>', mf_page_say(labels, 'sequence_text'), '</p>',
		mf_page_table(labels, 'declared_title', 'httnnt', ARRAY['book', 'declared_item', 'model', 'declared', 'received', 'agrees'],
			(SELECT pg_catalog.string_agg(mf_page_row('httnnt', mf_page_text(d ->> 'book'::text), mf_page_say(labels, pg_catalog.concat('item_', d ->> 'item'::text)),
					CASE WHEN d ->> 'item'::text = 'mines' AND d ->> 'model'::text IS NULL THEN mf_page_say(labels, 'model_unknown') ELSE mf_page_text(d ->> 'model'::text) END,
					mf_page_interval((d ->> 'declared_min'::text)::numeric, (d ->> 'declared_max'::text)::numeric, labels),
					mf_page_interval((d ->> 'received_min'::text)::numeric, (d ->> 'received_max'::text)::numeric, labels),
					CASE d ->> 'agrees'::text WHEN 'true' THEN mf_page_say(labels, 'yes') WHEN 'false' THEN pg_catalog.concat('<strong>', mf_page_say(labels, 'no'), '</strong>')
						ELSE mf_page_say(labels, 'open') END), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{sequence,declared,rows}'::text[]) WITH ORDINALITY x (d, n))),
		mf_page_more(report #> '{sequence,declared}'::text[], labels),
		CASE WHEN (report #>> '{sequence,declared,count}'::text[])::bigint = 0::bigint THEN pg_catalog.concat('<p>', mf_page_say(labels, 'declared_none'), '</p>') END,
		mf_page_table(labels, 'copies_title', 'htntt', ARRAY['number', 'book', 'records', 'copies', 'differ'],
			(SELECT pg_catalog.string_agg(mf_page_row('htntt', pg_catalog.concat(mf_page_text(c ->> 'number'::text), CASE WHEN c ->> 'part'::text IS NOT NULL
						THEN pg_catalog.concat(' / ', mf_page_text(c ->> 'part'::text)) END), mf_page_text(c ->> 'book'::text),
					mf_page_number((c ->> 'records'::text)::numeric, 0, labels),
					pg_catalog.concat(mf_page_keys(c -> 'keys'::text), CASE WHEN pg_catalog.jsonb_array_length(CASE WHEN pg_catalog.jsonb_typeof(c -> 'missing_copies'::text) = 'array'
						THEN c -> 'missing_copies'::text ELSE '[]'::jsonb END) > 0 THEN pg_catalog.concat('<br><small>', mf_page_say(labels, 'copies_missing', 'list',
							mf_page_words(c -> 'missing_copies'::text)), '</small>') END),
					CASE c ->> 'differ'::text WHEN 'true' THEN pg_catalog.concat('<strong>', mf_page_say(labels, 'yes'), '</strong>')
						WHEN 'false' THEN mf_page_say(labels, 'no') ELSE '' END), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{sequence,copies,rows}'::text[]) WITH ORDINALITY x (c, n))),
		mf_page_more(report #> '{sequence,copies}'::text[], labels),
		mf_page_table(labels, 'series_title', 'htntt', ARRAY['series', 'book', 'missing_numbers', 'from_to', 'between_numbers'],
			(SELECT pg_catalog.string_agg(mf_page_row('htntt', mf_page_text(g ->> 'series'::text), mf_page_text(g ->> 'book'::text),
					mf_page_number((g ->> 'missing'::text)::numeric, 0, labels),
					mf_page_ranges(pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_array(g -> 'first_missing'::text, g -> 'last_missing'::text))),
					pg_catalog.concat_ws(' – ', NULLIF(mf_page_text(g ->> 'after'::text), ''), NULLIF(mf_page_text(g ->> 'before'::text), ''))), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{sequence,gaps,rows}'::text[]) WITH ORDINALITY x (g, n))),
		CASE WHEN (report #>> '{sequence,gaps,runs}'::text[])::bigint > pg_catalog.jsonb_array_length(report #> '{sequence,gaps,rows}'::text[])::bigint
			THEN pg_catalog.concat('<p class="more">', mf_page_say(labels, 'and_more', 'n', mf_page_number((report #>> '{sequence,gaps,runs}'::text[])::numeric
				- pg_catalog.jsonb_array_length(report #> '{sequence,gaps,rows}'::text[])::numeric, 0, labels)), '</p>') END))
		ELSE mf_page_absent('sequence', labels) END;
COMMENT ON FUNCTION mf_page_sequence(jsonb, jsonb) IS
	'For mf_report_html: declared beside received, copies, and numbers missing in series. A report of an earlier release did not tell, which is said.';
