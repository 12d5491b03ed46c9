-- the sections of the report page

CREATE FUNCTION mf_page_summary(report jsonb, summary jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN pg_catalog.concat('<section id="summary" class="lead">',
		'<p>', mf_page_say(labels, 'lead_records', 'n', mf_page_number((summary ->> 'records'::text)::numeric, 0, labels),
			'books', mf_page_number(pg_catalog.jsonb_array_length(report #> '{received,books}'::text[])::numeric, 0, labels)),
		CASE WHEN (summary ->> 'unlocated'::text)::bigint > 0::bigint THEN pg_catalog.concat(' ', mf_page_say(labels, 'lead_unlocated', 'n',
			mf_page_number((summary ->> 'unlocated'::text)::numeric, 0, labels))) END,
		CASE WHEN (summary ->> 'aoi_m2'::text)::float8 > 0::float8 THEN pg_catalog.concat(' <strong>', mf_page_say(labels, 'lead_ground', 'share',
			mf_page_share((summary ->> 'no_record_m2'::text)::float8, (summary ->> 'aoi_m2'::text)::float8, labels)), '</strong>') END, '</p>',
		'<ul class="tiles">',
		mf_page_tile(mf_page_number((summary ->> 'records'::text)::numeric, 0, labels), mf_page_say(labels, 'tile_records')),
		mf_page_tile(mf_page_number((summary ->> 'unlocated'::text)::numeric, 0, labels), mf_page_say(labels, 'tile_unlocated')),
		mf_page_tile(mf_page_number(COALESCE((summary ->> 'missing_numbers'::text)::numeric, 0), 0, labels), mf_page_say(labels, 'tile_missing')),
		CASE WHEN (summary ->> 'refused'::text)::numeric > 0::numeric THEN
			mf_page_tile(mf_page_number((summary ->> 'refused'::text)::numeric, 0, labels), mf_page_say(labels, 'tile_refused')) END,
		CASE WHEN (summary ->> 'aoi_m2'::text)::float8 > 0::float8 THEN
			mf_page_tile(mf_page_share((summary ->> 'no_record_m2'::text)::float8, (summary ->> 'aoi_m2'::text)::float8, labels),
				mf_page_say(labels, 'tile_no_record')) END,
		CASE WHEN (summary ->> 'line_m'::text)::float8 > 0::float8 THEN
			mf_page_tile(mf_page_share((summary ->> 'line_no_record_m'::text)::float8, (summary ->> 'line_m'::text)::float8, labels),
				mf_page_say(labels, 'tile_line')) END,
		mf_page_tile(mf_page_number((summary ->> 'contradicting'::text)::numeric, 0, labels), mf_page_say(labels, 'tile_contradicting')),
		CASE WHEN (report #>> '{finds,total}'::text[])::numeric > 0::numeric THEN
			mf_page_tile(mf_page_number((summary ->> 'finds_outside'::text)::numeric, 0, labels), mf_page_say(labels, 'tile_finds')) END,
		'</ul><div class="read"><h2>', mf_page_say(labels, 'read'), '</h2><ul><li>', mf_page_say(labels, 'read_1'), '</li><li>',
		mf_page_say(labels, 'read_2'), '</li><li><b>', mf_page_say(labels, 'read_3'), '</b></li><li>', mf_page_say(labels, 'read_4'),
		'</li></ul></div></section>', pg_catalog.chr(10));
COMMENT ON FUNCTION mf_page_summary(jsonb, jsonb, jsonb) IS
	'For mf_report_html: what a reader with one minute reads.';

CREATE FUNCTION mf_page_contents(labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	RETURN pg_catalog.concat('<nav id="contents" aria-label="', mf_page_say(labels, 'contents'), '"><ol>',
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<li><a href="#', id, '">', mf_page_say(labels, title), '</a></li>'), '' ORDER BY n)
		 FROM (VALUES (1, 'overview', 'overview'), (2, 'changes', 'changes'), (3, 'questions', 'questions'), (4, 'areas', 'areas'),
				(5, 'lines', 'lines'), (6, 'received', 'received'), (7, 'missing', 'missing'), (8, 'unlocated', 'unlocated_title'),
				(9, 'totals', 'totals'), (10, 'overlaps', 'overlaps'), (11, 'finds', 'finds'), (12, 'accuracy', 'accuracy'),
				(13, 'completeness', 'completeness'), (14, 'sequence', 'sequence'), (15, 'checks', 'checks'), (16, 'links', 'links'),
				(17, 'account', 'account'), (18, 'trend', 'trend'), (19, 'about', 'about')) v (n, id, title)),
		'</ol></nav>', pg_catalog.chr(10));
COMMENT ON FUNCTION mf_page_contents(jsonb) IS
	'For mf_report_html: the list of sections.';

CREATE FUNCTION mf_page_overview(report jsonb, sources jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'overview', 'overview', pg_catalog.concat('<p>', mf_page_say(labels, 'overview_text'), '</p>',
		mf_page_map(report #> '{overview,map}'::text[], 'overview-map', mf_page_say(labels, 'overview_title'), sources, labels, true),
		mf_page_legend(report, sources, labels), mf_page_may_lie(report, labels),
		CASE WHEN (report #>> '{overview,not_on_map,count}'::text[])::bigint > 0::bigint THEN pg_catalog.concat(
			'<p>', mf_page_say(labels, 'not_on_map_text', 'n', mf_page_number((report #>> '{overview,not_on_map,count}'::text[])::numeric, 0, labels)), '</p>',
			mf_page_table(labels, 'not_on_map', 'htt', ARRAY['record', 'book', 'place'],
				(SELECT pg_catalog.string_agg(mf_page_row('htt', mf_page_text(r ->> 'key'::text), mf_page_text(r ->> 'book'::text),
						mf_page_place(r ->> 'lat'::text, r ->> 'lon'::text)), '' ORDER BY n)
				 FROM pg_catalog.jsonb_array_elements(report #> '{overview,not_on_map,rows}'::text[]) WITH ORDINALITY x (r, n))),
			mf_page_more(report #> '{overview,not_on_map}'::text[], labels)) END));
COMMENT ON FUNCTION mf_page_overview(jsonb, jsonb, jsonb) IS
	'For mf_report_html: the map of everything, its legend, and what lies too far away to be on it.';

-- Minus as a typographic sign; nothing is said of a difference that is none.
CREATE FUNCTION mf_page_difference(before float8, after float8, unit text, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN CASE WHEN before IS NULL OR after IS NULL THEN ''
		WHEN pg_catalog.abs(after - before) < 0.5::float8 THEN '='
		ELSE pg_catalog.concat(CASE WHEN after > before THEN '+' ELSE '−' END, CASE unit
			WHEN 'm2' THEN mf_page_area(pg_catalog.abs(after - before), labels) WHEN 'm' THEN mf_page_length(pg_catalog.abs(after - before), labels)
			ELSE mf_page_number(pg_catalog.abs(after - before)::numeric, 0, labels) END) END;
COMMENT ON FUNCTION mf_page_difference(float8, float8, text, jsonb) IS
	'For mf_report_html: a difference with its sign, in square metres (m2), metres (m) or plain.';

CREATE FUNCTION mf_page_changes(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'changes', 'changes', CASE WHEN pg_catalog.jsonb_typeof(report -> 'changes'::text) IS DISTINCT FROM 'object'
		THEN pg_catalog.concat('<p>', mf_page_say(labels, 'changes_first'), '</p>')
		ELSE pg_catalog.concat('<p>', mf_page_say(labels, 'changes_since', 'n', mf_page_text(report #>> '{changes,before,run}'::text[]),
				'when', mf_page_when(report #>> '{changes,before,as_of}'::text[])), '</p>',
			CASE WHEN (report #>> '{changes,options_differ}'::text[])::boolean
				THEN pg_catalog.concat('<p class="may">', mf_page_say(labels, 'changes_options'), '</p>') END,
			CASE WHEN (report #>> '{changes,same_input}'::text[])::boolean
				THEN pg_catalog.concat('<p>', mf_page_say(labels, 'changes_same'), '</p>') END,
			(SELECT pg_catalog.string_agg(pg_catalog.concat('<p>', mf_page_say(labels, pg_catalog.concat('changes_', kind)), ': <strong>',
					mf_page_number((report #>> ARRAY['changes', 'records', kind, 'count'])::numeric, 0, labels), '</strong>: ',
					mf_page_keys(report #> ARRAY['changes', 'records', kind, 'rows']), ' ',
					CASE WHEN mf_page_more(report #> ARRAY['changes', 'records', kind], labels) IS NOT NULL THEN '…' END, '</p>'), '' ORDER BY n)
			 FROM (VALUES (1, 'added'), (2, 'gone'), (3, 'changed')) k (n, kind)
			 WHERE (report #>> ARRAY['changes', 'records', kind, 'count'])::bigint > 0::bigint),
			mf_page_table(labels, 'figures', 'hnnn', ARRAY['figure', 'before', 'now', 'difference'],
				(SELECT pg_catalog.string_agg(mf_page_row('hnnn', mf_page_say(labels, said),
						CASE unit WHEN 'm2' THEN mf_page_area(b, labels) WHEN 'm' THEN mf_page_length(b, labels)
							ELSE mf_page_number(b::numeric, 0, labels) END,
						CASE unit WHEN 'm2' THEN mf_page_area(a, labels) WHEN 'm' THEN mf_page_length(a, labels)
							ELSE mf_page_number(a::numeric, 0, labels) END,
						mf_page_difference(b, a, unit, labels)), '' ORDER BY n)
				 FROM (SELECT n, said, unit, (report #>> ARRAY['changes', 'figures', 'before', name])::float8 AS b,
							  (report #>> ARRAY['changes', 'figures', 'after', name])::float8 AS a
					   FROM (VALUES (1, 'records', 'trend_records', ''), (2, 'unlocated', 'trend_unlocated', ''),
							(3, 'missing_numbers', 'trend_missing', ''), (4, 'refused', 'refused', ''),
							(5, 'no_record_m2', 'trend_no_record', 'm2'), (6, 'line_no_record_m', 'trend_line', 'm'),
							(7, 'contradicting', 'contradicts', ''), (8, 'finds_outside', 'trend_finds', ''),
							(9, 'unsolved', 'unsolved_points', ''), (10, 'checks_high', 'trend_checks_high', ''),
							(11, 'linked', 'links_found', ''), (12, 'linked_contradicting', 'trend_linked_contradicting', '')) v (n, name, said, unit)) f
				 WHERE a IS NOT NULL OR b IS NOT NULL)),
			mf_page_table(labels, 'no_record_by_area', 'hnnn', ARRAY['area', 'before', 'now', 'difference'],
				(SELECT pg_catalog.string_agg(mf_page_row('hnnn', mf_page_text(x ->> 'name'::text),
						CASE WHEN pg_catalog.jsonb_typeof(x -> 'before'::text) = 'object' THEN mf_page_area((x #>> '{before,no_record_m2}'::text[])::float8, labels) ELSE '' END,
						CASE WHEN pg_catalog.jsonb_typeof(x -> 'after'::text) = 'object' THEN mf_page_area((x #>> '{after,no_record_m2}'::text[])::float8, labels) ELSE '' END,
						mf_page_difference((x #>> '{before,no_record_m2}'::text[])::float8, (x #>> '{after,no_record_m2}'::text[])::float8, 'm2', labels)), '' ORDER BY n)
				 FROM pg_catalog.jsonb_array_elements(report #> '{changes,areas}'::text[]) WITH ORDINALITY y (x, n)))) END);
COMMENT ON FUNCTION mf_page_changes(jsonb, jsonb) IS
	'For mf_report_html: what changed since the run before.';

CREATE FUNCTION mf_page_received(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'received', 'received', pg_catalog.concat(
		mf_page_table(labels, 'chart_books', 'htttnnnt', ARRAY['book', 'issuer', 'source', 'handed_over', 'declared', 'records', 'unlocated', 'by_share'],
			(SELECT pg_catalog.string_agg(mf_page_row('htttnnnt', mf_page_text(b ->> 'book'::text), mf_page_text(b ->> 'issuer'::text), mf_page_text(b ->> 'source'::text),
					mf_page_text(b ->> 'handed_over'::text), CASE WHEN pg_catalog.jsonb_typeof(b -> 'records_declared'::text) = 'number'
						THEN mf_page_number((b ->> 'records_declared'::text)::numeric, 0, labels) ELSE mf_page_say(labels, 'not_declared') END,
					mf_page_number((b ->> 'records'::text)::numeric, 0, labels), mf_page_number((b ->> 'unlocated'::text)::numeric, 0, labels),
					mf_page_bar(ARRAY[(b ->> 'located'::text)::float8, (b ->> 'unlocated'::text)::float8,
							COALESCE((m #>> '{missing,count}'::text[])::float8, 0::float8)], ARRAY['b1', 'b2', 'b3'], most)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{received,books}'::text[]) WITH ORDINALITY x (b, n)
				LEFT JOIN pg_catalog.jsonb_array_elements(report #> '{missing,books}'::text[]) y (m) ON m ->> 'book'::text = b ->> 'book'::text,
				(SELECT pg_catalog.max((c ->> 'records'::text)::float8 + COALESCE((e #>> '{missing,count}'::text[])::float8, 0::float8)) AS most
				 FROM pg_catalog.jsonb_array_elements(report #> '{received,books}'::text[]) c
					LEFT JOIN pg_catalog.jsonb_array_elements(report #> '{missing,books}'::text[]) e ON e ->> 'book'::text = c ->> 'book'::text) z), 'bars'),
		'<ul class="legend">', mf_page_legend_item('<path class="b1" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'located')),
		mf_page_legend_item('<path class="b2" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'unlocated')),
		mf_page_legend_item('<path class="b3" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'missing_short')), '</ul>',
		mf_page_table(labels, 'files', 'httnnnn', ARRAY['file', 'book', 'received_on', 'lines_in_file', 'became_records', 'refused', 'twins'],
			(SELECT pg_catalog.string_agg(mf_page_row('httnnnn', pg_catalog.concat(mf_page_text(f ->> 'file'::text), CASE WHEN (f ->> 'withdrawn'::text)::boolean
						THEN pg_catalog.concat(' (', mf_page_say(labels, 'withdrawn'), ')') END, '<br><code>', mf_page_text(pg_catalog.left(f ->> 'sha256'::text, 16)), '…</code>'),
					mf_page_text(f ->> 'book'::text), mf_page_when(f ->> 'received'::text), mf_page_number((f ->> 'lines'::text)::numeric, 0, labels),
					mf_page_number((f ->> 'records'::text)::numeric, 0, labels), mf_page_number((f ->> 'refused'::text)::numeric, 0, labels),
					mf_page_number((f ->> 'twins'::text)::numeric, 0, labels)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{received,files,rows}'::text[]) WITH ORDINALITY x (f, n))),
		mf_page_more(report #> '{received,files}'::text[], labels),
		CASE WHEN (report #>> '{received,refused,count}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<h3>', mf_page_say(labels, 'refused_title'), '</h3><p>',
			mf_page_say(labels, 'refused_text'), '</p>',
			mf_page_table(labels, 'refused_title', 'hntt', ARRAY['file', 'line', 'reason', 'place'],
				(SELECT pg_catalog.string_agg(mf_page_row('hntt', mf_page_text(r ->> 'file'::text), mf_page_text(r ->> 'line'::text),
						pg_catalog.concat('<code>', mf_page_text(r ->> 'sqlstate'::text), '</code> ', mf_page_text(r ->> 'message'::text), '<br>', mf_page_text(r ->> 'hint'::text)),
						mf_page_text(r ->> 'path'::text)), '' ORDER BY n)
				 FROM pg_catalog.jsonb_array_elements(report #> '{received,refused,rows}'::text[]) WITH ORDINALITY x (r, n))),
			mf_page_more(report #> '{received,refused}'::text[], labels)) END,
		mf_page_may_lie(report, labels)));
COMMENT ON FUNCTION mf_page_received(jsonb, jsonb) IS
	'For mf_report_html: books, files and what could not be read.';

CREATE FUNCTION mf_page_totals(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'totals', 'totals', pg_catalog.concat(
		mf_page_table(labels, 'item', 'hnn', ARRAY['item', 'count', 'share'],
			(SELECT pg_catalog.string_agg(mf_page_row('hnn', mf_page_say(labels, said), mf_page_number((report #>> ARRAY['totals', name])::numeric, 0, labels),
					mf_page_share((report #>> ARRAY['totals', name])::float8, (report #>> '{totals,records}'::text[])::float8, labels)), '' ORDER BY n)
			 FROM (VALUES (1, 'located', 'located'), (2, 'unlocated', 'unlocated'), (3, 'without_area', 't_without_area'),
					(4, 'not_valid', 't_not_valid'), (5, 'accuracy_unknown', 't_accuracy_unknown'),
					(6, 'number_unknown', 't_number_unknown'), (7, 'laid_unknown', 't_laid_unknown')) v (n, name, said))),
		mf_page_table(labels, 'mines', 'hnnnnn', ARRAY['model', 'records', 'known', 'between', 'entries_unknown', 'declared'], pg_catalog.concat(
			(SELECT pg_catalog.string_agg(mf_page_row('hnnnnn', CASE WHEN m ->> 'model'::text IS NULL THEN mf_page_say(labels, 'model_unknown') ELSE mf_page_text(m ->> 'model'::text) END,
					mf_page_number((m ->> 'records'::text)::numeric, 0, labels), mf_page_number((m ->> 'known'::text)::numeric, 0, labels),
					pg_catalog.concat(mf_page_number((m ->> 'at_least'::text)::numeric, 0, labels), ' – ', CASE WHEN m ->> 'at_most'::text IS NULL
						THEN mf_page_say(labels, 'no_upper') ELSE mf_page_number((m ->> 'at_most'::text)::numeric, 0, labels) END),
					mf_page_number((m ->> 'entries_unknown'::text)::numeric, 0, labels),
					CASE WHEN m ->> 'declared'::text IS NULL THEN '' ELSE mf_page_number((m ->> 'declared'::text)::numeric, 0, labels) END), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{totals,models}'::text[]) WITH ORDINALITY x (m, n)),
			CASE WHEN report #>> '{totals,mines,records}'::text[] IS NOT NULL THEN mf_page_row('hnnnnn', mf_page_say(labels, 'mines_total'), mf_page_number((report #>> '{totals,mines,records}'::text[])::numeric, 0, labels),
				mf_page_number((report #>> '{totals,mines,known}'::text[])::numeric, 0, labels),
				pg_catalog.concat(mf_page_number((report #>> '{totals,mines,at_least}'::text[])::numeric, 0, labels), ' – ',
					CASE WHEN report #>> '{totals,mines,at_most}'::text[] IS NULL THEN mf_page_say(labels, 'no_upper')
						ELSE mf_page_number((report #>> '{totals,mines,at_most}'::text[])::numeric, 0, labels) END), '', '') END)),
		mf_page_may_lie(report, labels)));
COMMENT ON FUNCTION mf_page_totals(jsonb, jsonb) IS
	'For mf_report_html: totals with what is unknown in them.';

CREATE FUNCTION mf_page_unlocated(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'unlocated', 'unlocated_title', CASE WHEN (report #>> '{unlocated,count}'::text[])::bigint = 0::bigint
		THEN pg_catalog.concat('<p>', mf_page_say(labels, 'none_listed'), '</p>')
		ELSE pg_catalog.concat('<p>', mf_page_say(labels, 'unlocated_text'), '</p>',
			mf_page_table(labels, 'unlocated_title', 'httt', ARRAY['record', 'book', 'number', 'says'],
				(SELECT pg_catalog.string_agg(mf_page_row('httt', mf_page_text(r ->> 'key'::text), mf_page_text(r ->> 'book'::text),
						CASE WHEN r ->> 'number'::text IS NULL THEN mf_page_say(labels, 'unknown') ELSE mf_page_text(r ->> 'number'::text) END,
						mf_page_text(r ->> 'says'::text)), '' ORDER BY n)
				 FROM pg_catalog.jsonb_array_elements(report #> '{unlocated,rows}'::text[]) WITH ORDINALITY x (r, n))),
			mf_page_more(report -> 'unlocated'::text, labels)) END);
COMMENT ON FUNCTION mf_page_unlocated(jsonb, jsonb) IS
	'For mf_report_html: the records that no map can show.';

CREATE FUNCTION mf_page_missing(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'missing', 'missing', pg_catalog.concat('<p>', mf_page_say(labels, 'missing_text'), '</p>',
		mf_page_table(labels, 'missing_short', 'htnnntn', ARRAY['book', 'numbers_range', 'declared', 'numbers_different', 'without_number', 'missing_numbers', 'sheets_received'],
			(SELECT pg_catalog.string_agg(mf_page_row('htnnntn', mf_page_text(b ->> 'book'::text),
					CASE WHEN b ->> 'lowest'::text IS NULL THEN '' ELSE pg_catalog.concat(mf_page_text(b ->> 'lowest'::text), '–', mf_page_text(b ->> 'highest'::text)) END,
					CASE WHEN pg_catalog.jsonb_typeof(b -> 'declared'::text) = 'number' THEN mf_page_number((b ->> 'declared'::text)::numeric, 0, labels)
						ELSE mf_page_say(labels, 'not_declared') END,
					pg_catalog.concat(mf_page_number((b ->> 'numbers'::text)::numeric, 0, labels), CASE WHEN pg_catalog.jsonb_typeof(b -> 'short'::text) = 'number' THEN pg_catalog.concat('<br><small>',
						CASE pg_catalog.sign((b ->> 'short'::text)::numeric)::integer WHEN 0 THEN mf_page_say(labels, 'as_declared')
							WHEN 1 THEN mf_page_say(labels, 'less_than_declared', 'n', mf_page_number((b ->> 'short'::text)::numeric, 0, labels))
							ELSE mf_page_say(labels, 'more_than_declared', 'n', mf_page_number(- (b ->> 'short'::text)::numeric, 0, labels)) END,
						'</small>') END),
					mf_page_number((b ->> 'without_number'::text)::numeric, 0, labels),
					pg_catalog.concat('<strong>', mf_page_number((b #>> '{missing,count}'::text[])::numeric, 0, labels), '</strong>',
						CASE WHEN (b #>> '{missing,count}'::text[])::bigint > 0::bigint THEN pg_catalog.concat(': ', mf_page_ranges(b #> '{missing,rows}'::text[])) END),
					pg_catalog.concat(mf_page_number((b ->> 'sheets_received'::text)::numeric, 0, labels), ' / ', CASE WHEN pg_catalog.jsonb_typeof(b -> 'sheets_declared'::text) = 'number'
						THEN mf_page_number((b ->> 'sheets_declared'::text)::numeric, 0, labels) ELSE mf_page_say(labels, 'not_declared') END)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{missing,books}'::text[]) WITH ORDINALITY x (b, n))),
		mf_page_table(labels, 'sheets', 'htnt', ARRAY['record', 'book', 'sheets_missing', 'sheets_all'],
			(SELECT pg_catalog.string_agg(mf_page_row('htnt', mf_page_text(r ->> 'key'::text), mf_page_text(r ->> 'book'::text),
					(SELECT pg_catalog.string_agg(mf_page_text(s), ', ') FROM pg_catalog.jsonb_array_elements_text(r -> 'missing'::text) s),
					mf_page_say(labels, 'sheets_of', 'n', mf_page_text(r ->> 'of'::text))), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{missing,sheets,rows}'::text[]) WITH ORDINALITY x (r, n))),
		mf_page_more(report #> '{missing,sheets}'::text[], labels),
		CASE WHEN (report #>> '{missing,sheets_unknown}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p>', mf_page_say(labels, 'sheets_unknown', 'n',
			mf_page_number((report #>> '{missing,sheets_unknown}'::text[])::numeric, 0, labels)), '</p>') END,
		mf_page_may_lie(report, labels)));
COMMENT ON FUNCTION mf_page_missing(jsonb, jsonb) IS
	'For mf_report_html: missing numbers and sheets, declared against received.';

CREATE FUNCTION mf_page_reason(labels jsonb, reason text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	-- a reason of a later release is shown by its word
	RETURN CASE WHEN labels ? pg_catalog.concat('reason_', reason) THEN mf_page_say(labels, pg_catalog.concat('reason_', reason))
		ELSE mf_page_text(reason) END;
COMMENT ON FUNCTION mf_page_reason(jsonb, text) IS
	'For mf_report_html: why something is not solved, in words.';

CREATE FUNCTION mf_page_accuracy(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN CASE WHEN pg_catalog.jsonb_typeof(report -> 'accuracy'::text) = 'object' THEN mf_page_section(labels, 'accuracy', 'accuracy', pg_catalog.concat(
		'<p>', mf_page_say(labels, 'accuracy_text'), '</p>',
		CASE WHEN (report #>> '{accuracy,known}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p>', mf_page_say(labels, 'accuracy_known',
			'n', mf_page_number((report #>> '{accuracy,known}'::text[])::numeric, 0, labels),
			'm', mf_page_length((report #>> '{accuracy,median_m}'::text[])::float8, labels)), '</p>') END,
		CASE WHEN (report #>> '{accuracy,unknown}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may">', mf_page_say(labels,
			'accuracy_unknown', 'n', mf_page_number((report #>> '{accuracy,unknown}'::text[])::numeric, 0, labels)), '</p>') END,
		mf_page_map(report #> '{accuracy,map}'::text[], 'accuracy-map', mf_page_say(labels, 'accuracy_map'), '{}'::jsonb,
			labels || pg_catalog.jsonb_build_object('map_desc', labels -> 'accuracy_map_desc'::text), false),
		'<ul class="legend">', mf_page_legend_item('<path class="reach" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'legend_reach')),
		mf_page_legend_item('<path class="dot s0" d="M17 9h0"/>', mf_page_say(labels, 'legend_point')),
		mf_page_legend_item('<path class="dot vague" d="M17 9h0"/><path class="dot hollow" d="M17 9h0"/>',
			mf_page_say(labels, 'legend_accuracy_unknown')), '</ul>',
		CASE WHEN (report #>> '{accuracy,map,more}'::text[])::boolean THEN pg_catalog.concat('<p class="more">', mf_page_say(labels, 'accuracy_more_rings',
			'n', mf_page_number((report #>> '{accuracy,map,rings}'::text[])::numeric, 0, labels)), '</p>') END,
		'<div class="pair"><div>',
		mf_page_table(labels, 'accuracy_worst', 'htnt', ARRAY['record', 'book', 'accuracy95', 'dominated_by'],
			(SELECT pg_catalog.string_agg(mf_page_row('htnt', mf_page_text(r ->> 'key'::text), mf_page_text(r ->> 'book'::text),
					mf_page_length((r ->> 'accuracy95_m'::text)::float8, labels),
					CASE WHEN r ->> 'source'::text IS NOT NULL THEN pg_catalog.concat(mf_page_say(labels, pg_catalog.concat('source_', r ->> 'source'::text)),
						' (', mf_page_share((r ->> 'share'::text)::float8, 1.0::float8, labels), ')') ELSE mf_page_say(labels, 'source_stated') END), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{accuracy,worst,rows}'::text[]) WITH ORDINALITY x (r, n) WHERE n <= 20::bigint)),
		'</div><div>',
		mf_page_table(labels, 'accuracy_classes', 'hn', ARRAY['accuracy95', 'records'],
			(SELECT pg_catalog.string_agg(mf_page_row('hn', c.said, mf_page_number(c.records, 0, labels)), '' ORDER BY c.n)
			 FROM (SELECT x.n, CASE WHEN x.w ->> 'up_to_m'::text IS NULL
						THEN mf_page_say(labels, 'accuracy_beyond', 'm', mf_page_length((x.w ->> 'over_m'::text)::float8, labels))
						WHEN (x.w ->> 'over_m'::text)::float8 > 0::float8 THEN mf_page_say(labels, 'accuracy_between',
							'from', mf_page_length((x.w ->> 'over_m'::text)::float8, labels), 'm', mf_page_length((x.w ->> 'up_to_m'::text)::float8, labels))
						ELSE mf_page_say(labels, 'accuracy_within', 'm', mf_page_length((x.w ->> 'up_to_m'::text)::float8, labels)) END AS said,
						(x.w ->> 'records'::text)::numeric AS records
				   FROM pg_catalog.jsonb_array_elements(report #> '{accuracy,within}'::text[]) WITH ORDINALITY x (w, n)
				   UNION ALL SELECT 99, mf_page_say(labels, 'accuracy_not_known'), (report #>> '{accuracy,unknown}'::text[])::numeric) c)),
		'</div></div><h3>', mf_page_say(labels, 'unsolved'), '</h3>',
		CASE WHEN (report #>> '{accuracy,unsolved,count}'::text[])::bigint = 0::bigint
			THEN pg_catalog.concat('<p>', mf_page_say(labels, 'no_unsolved'), '</p>')
			ELSE pg_catalog.concat('<p>', mf_page_say(labels, 'unsolved_text'), '</p>',
				mf_page_table(labels, 'unsolved_reasons', 'hnn', ARRAY['reason', 'points', 'records'],
					(SELECT pg_catalog.string_agg(mf_page_row('hnn', mf_page_reason(labels, r ->> 'reason'::text),
							mf_page_number((r ->> 'points'::text)::numeric, 0, labels), mf_page_number((r ->> 'records'::text)::numeric, 0, labels)), '' ORDER BY n)
					 FROM pg_catalog.jsonb_array_elements(report #> '{accuracy,reasons}'::text[]) WITH ORDINALITY x (r, n))),
				mf_page_table(labels, 'unsolved_points', 'httt', ARRAY['record', 'point', 'reason', 'leg'],
					(SELECT pg_catalog.string_agg(mf_page_row('httt', mf_page_text(r ->> 'key'::text),
							CASE WHEN r ->> 'point'::text IS NULL THEN mf_page_say(labels, 'extent_itself') ELSE mf_page_text(r ->> 'point'::text) END,
							pg_catalog.concat(mf_page_reason(labels, r ->> 'reason'::text),
								CASE WHEN r ->> 'said'::text <> '' THEN pg_catalog.concat(': ', mf_page_text(r ->> 'said'::text)) END),
							mf_page_text(r ->> 'leg'::text)), '' ORDER BY n)
					 FROM pg_catalog.jsonb_array_elements(report #> '{accuracy,unsolved,rows}'::text[]) WITH ORDINALITY x (r, n))),
				mf_page_more(report #> '{accuracy,unsolved}'::text[], labels)) END))
		ELSE mf_page_section(labels, 'accuracy', 'accuracy', pg_catalog.concat('<p>', mf_page_say(labels, 'accuracy_absent'), '</p>')) END;
COMMENT ON FUNCTION mf_page_accuracy(jsonb, jsonb) IS
	'For mf_report_html: how well places are known, and what could not be solved. A report of an earlier release did not tell, which is said.';

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
