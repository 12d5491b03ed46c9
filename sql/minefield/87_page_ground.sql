-- the sections of the report page about the ground

CREATE FUNCTION mf_page_ground(area jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN pg_catalog.concat(
		mf_page_bar(ARRAY[(area ->> 'recorded_m2'::text)::float8, COALESCE((area ->> 'possible_m2'::text)::float8, 0::float8), (area ->> 'no_record_m2'::text)::float8],
			ARRAY['b1', 'b4', 'b3'], (area ->> 'aoi_m2'::text)::float8),
		'<dl class="facts"><div class="f1"><dt>', mf_page_say(labels, 'recorded'), '</dt><dd>', mf_page_area((area ->> 'recorded_m2'::text)::float8, labels),
		' <small>', mf_page_share((area ->> 'recorded_m2'::text)::float8, (area ->> 'aoi_m2'::text)::float8, labels), '</small></dd></div>',
		'<div class="f4"><dt>', mf_page_say(labels, 'possible'), '</dt><dd>', CASE WHEN area ->> 'possible_m2'::text IS NULL
			THEN pg_catalog.concat('<small>', mf_page_say(labels, 'possible_unknown'), '</small>')
			-- what states no accuracy may reach farther
			ELSE pg_catalog.concat(CASE WHEN (area ->> 'accuracy_unknown'::text)::bigint > 0::bigint THEN '≥ '::text END,
				mf_page_area((area ->> 'possible_m2'::text)::float8, labels), ' <small>',
				mf_page_share((area ->> 'possible_m2'::text)::float8, (area ->> 'aoi_m2'::text)::float8, labels), '</small>') END, '</dd></div>',
		'<div class="f3"><dt>', mf_page_say(labels, 'no_record'), '</dt><dd><strong>', mf_page_area((area ->> 'no_record_m2'::text)::float8, labels),
		'</strong> <small>', mf_page_share((area ->> 'no_record_m2'::text)::float8, (area ->> 'aoi_m2'::text)::float8, labels), '</small></dd></div>',
		'<div><dt>', mf_page_say(labels, 'area_records'), '</dt><dd>', mf_page_number((area ->> 'records'::text)::numeric, 0, labels), '</dd></div>',
		CASE WHEN (area ->> 'without_area'::text)::bigint > 0::bigint THEN pg_catalog.concat('<div><dt>', mf_page_say(labels, 'area_without'), '</dt><dd>',
			mf_page_number((area ->> 'without_area'::text)::numeric, 0, labels), '</dd></div>') END,
		CASE WHEN (area ->> 'accuracy_unknown'::text)::bigint > 0::bigint THEN pg_catalog.concat('<div><dt>', mf_page_say(labels, 'area_accuracy_unknown'), '</dt><dd>',
			mf_page_number((area ->> 'accuracy_unknown'::text)::numeric, 0, labels), '</dd></div>') END,
		CASE WHEN pg_catalog.jsonb_array_length(CASE WHEN pg_catalog.jsonb_typeof(area -> 'recorded_times_m2'::text) = 'array' THEN area -> 'recorded_times_m2'::text ELSE '[]'::jsonb END) > 1
			THEN pg_catalog.concat('<div><dt>', mf_page_say(labels, 'times'), '</dt><dd>', mf_page_area((SELECT pg_catalog.sum(t::float8)
				FROM pg_catalog.jsonb_array_elements_text(area -> 'recorded_times_m2'::text) WITH ORDINALITY x (t, n) WHERE n > 1::bigint), labels), '</dd></div>') END,
		'</dl>');
COMMENT ON FUNCTION mf_page_ground(jsonb, jsonb) IS
	'For mf_report_html: recorded, possible and no-record ground of one area, as a bar and in figures.';

CREATE FUNCTION mf_page_area_block(report jsonb, area jsonb, sources jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN pg_catalog.concat('<article class="ground"><h3 id="area-', mf_page_text(area ->> 'id'::text), '">', mf_page_text(area ->> 'name'::text), ' <small>',
		mf_page_area((area ->> 'aoi_m2'::text)::float8, labels), '</small></h3><div class="pair">',
		mf_page_map(area -> 'map'::text, pg_catalog.concat('map-a', mf_page_text(area ->> 'id'::text)),
			mf_page_say(labels, 'map_of', 'name', mf_page_text(area ->> 'name'::text)), sources, labels, false),
		'<div>', mf_page_ground(area, labels), mf_page_may_lie(report, labels), '</div></div>',
		COALESCE(mf_page_table(labels, 'gaps', 'hnnntt', ARRAY['gap', 'size', 'share', 'width', 'place', 'neighbours'],
			(SELECT pg_catalog.string_agg(mf_page_row('hnnntt', mf_page_text(g ->> 'n'::text), mf_page_area((g ->> 'area_m2'::text)::float8, labels),
					mf_page_share((g ->> 'area_m2'::text)::float8, (area ->> 'aoi_m2'::text)::float8, labels),
					mf_page_length((g ->> 'max_width_m'::text)::float8, labels), mf_page_place(g ->> 'lat'::text, g ->> 'lon'::text),
					pg_catalog.concat(mf_page_keys(g -> 'neighbours'::text), CASE WHEN (g ->> 'neighbours_count'::text)::bigint > 6::bigint THEN pg_catalog.concat(' ',
						mf_page_say(labels, 'and_more', 'n', mf_page_number((g ->> 'neighbours_count'::text)::numeric - 6, 0, labels))) END)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(area #> '{gaps,rows}'::text[]) WITH ORDINALITY x (g, n) WHERE n <= 12::bigint)),
			pg_catalog.concat('<p>', mf_page_say(labels, 'gaps_none', 'size', mf_page_area((report #>> '{options,min_gap_m2}'::text[])::float8, labels)), '</p>')),
		CASE WHEN (area #>> '{gaps,count}'::text[])::bigint > 12::bigint THEN pg_catalog.concat('<p class="more">', mf_page_say(labels, 'and_more', 'n',
			mf_page_number((area #>> '{gaps,count}'::text[])::numeric - 12, 0, labels)), '</p>') END,
		'</article>', pg_catalog.chr(10));
COMMENT ON FUNCTION mf_page_area_block(jsonb, jsonb, jsonb, jsonb) IS
	'For mf_report_html: one area with its map, its figures and its largest gaps.';

CREATE FUNCTION mf_page_areas(report jsonb, sources jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000
	RETURN mf_page_section(labels, 'areas', 'areas', CASE WHEN pg_catalog.jsonb_array_length(report -> 'areas'::text) = 0
		THEN pg_catalog.concat('<p>', mf_page_say(labels, 'no_areas'), '</p>')
		ELSE pg_catalog.concat(
			mf_page_table(labels, 'chart_areas', 'hnnnt', ARRAY['area', 'recorded', 'possible', 'no_record', 'share'],
				(SELECT pg_catalog.string_agg(mf_page_row('hnnnt', pg_catalog.concat('<a href="#area-', mf_page_text(a ->> 'id'::text), '">', mf_page_text(a ->> 'name'::text), '</a>'),
						mf_page_area((a ->> 'recorded_m2'::text)::float8, labels), mf_page_area((a ->> 'possible_m2'::text)::float8, labels),
						mf_page_area((a ->> 'no_record_m2'::text)::float8, labels),
						mf_page_bar(ARRAY[(a ->> 'recorded_m2'::text)::float8, COALESCE((a ->> 'possible_m2'::text)::float8, 0::float8), (a ->> 'no_record_m2'::text)::float8],
							ARRAY['b1', 'b4', 'b3'], (a ->> 'aoi_m2'::text)::float8)), '' ORDER BY n)
				 FROM pg_catalog.jsonb_array_elements(report -> 'areas'::text) WITH ORDINALITY x (a, n)), 'bars'),
			'<ul class="legend">', mf_page_legend_item('<path class="b1" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'recorded')),
			mf_page_legend_item('<path class="b4" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'possible')),
			mf_page_legend_item('<path class="b3" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'no_record')), '</ul>',
			mf_page_may_lie(report, labels), '<p>', mf_page_say(labels, 'gaps_text'), '</p>',
			(SELECT pg_catalog.string_agg(mf_page_area_block(report, a, sources, labels), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report -> 'areas'::text) WITH ORDINALITY x (a, n))) END);
COMMENT ON FUNCTION mf_page_areas(jsonb, jsonb, jsonb) IS
	'For mf_report_html: the areas, compared and one by one.';

CREATE FUNCTION mf_page_lines(report jsonb, sources jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000
	RETURN mf_page_section(labels, 'lines', 'lines', CASE WHEN pg_catalog.jsonb_array_length(report -> 'lines'::text) = 0
		THEN pg_catalog.concat('<p>', mf_page_say(labels, 'no_lines'), '</p>')
		ELSE (SELECT pg_catalog.string_agg(pg_catalog.concat('<article class="ground"><h3>', mf_page_text(l ->> 'name'::text), ' <small>', mf_page_length((l ->> 'length_m'::text)::float8, labels),
				'</small></h3><p>', mf_page_say(labels, 'line_text', 'distance', mf_page_length((l ->> 'distance_m'::text)::float8, labels)), '</p><div class="pair">',
				mf_page_map(l -> 'map'::text, pg_catalog.concat('map-l', mf_page_text(l ->> 'id'::text)), mf_page_say(labels, 'map_of', 'name', mf_page_text(l ->> 'name'::text)), sources, labels, false),
				'<div>', mf_page_bar(ARRAY[(l ->> 'recorded_m'::text)::float8, (l ->> 'no_record_m'::text)::float8], ARRAY['b1', 'b3'], (l ->> 'length_m'::text)::float8),
				'<dl class="facts"><div class="f1"><dt>', mf_page_say(labels, 'near_record'), '</dt><dd>', mf_page_length((l ->> 'recorded_m'::text)::float8, labels), ' <small>',
				mf_page_share((l ->> 'recorded_m'::text)::float8, (l ->> 'length_m'::text)::float8, labels), '</small></dd></div><div class="f3"><dt>', mf_page_say(labels, 'no_record'),
				'</dt><dd><strong>', mf_page_length((l ->> 'no_record_m'::text)::float8, labels), '</strong> <small>',
				mf_page_share((l ->> 'no_record_m'::text)::float8, (l ->> 'length_m'::text)::float8, labels), '</small></dd></div></dl>', mf_page_may_lie(report, labels), '</div></div>',
				mf_page_table(labels, 'gaps', 'hnntt', ARRAY['stretch', 'length', 'from_to', 'place', 'neighbours'],
					(SELECT pg_catalog.string_agg(mf_page_row('hnntt', mf_page_text(g ->> 'n'::text), mf_page_length((g ->> 'length_m'::text)::float8, labels),
							pg_catalog.concat(mf_page_length((g ->> 'from_m'::text)::float8, labels), ' – ', mf_page_length((g ->> 'to_m'::text)::float8, labels)),
							mf_page_place(g ->> 'lat'::text, g ->> 'lon'::text), mf_page_keys(g -> 'neighbours'::text)), '' ORDER BY m)
					 FROM pg_catalog.jsonb_array_elements(l #> '{gaps,rows}'::text[]) WITH ORDINALITY y (g, m) WHERE m <= 12::bigint)),
				CASE WHEN (l #>> '{gaps,count}'::text[])::bigint > 12::bigint THEN pg_catalog.concat('<p class="more">', mf_page_say(labels, 'and_more', 'n',
					mf_page_number((l #>> '{gaps,count}'::text[])::numeric - 12, 0, labels)), '</p>') END, '</article>', pg_catalog.chr(10)), '' ORDER BY n)
			  FROM pg_catalog.jsonb_array_elements(report -> 'lines'::text) WITH ORDINALITY x (l, n)) END);
COMMENT ON FUNCTION mf_page_lines(jsonb, jsonb, jsonb) IS
	'For mf_report_html: the lines one by one.';

CREATE FUNCTION mf_page_question(q jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN pg_catalog.concat('<li><b>', CASE q ->> 'kind'::text
			WHEN 'area' THEN mf_page_say(labels, 'ask_area', 'place', mf_page_text(q ->> 'place'::text), 'n', mf_page_text(q ->> 'n'::text),
				'size', mf_page_area((q ->> 'area_m2'::text)::float8, labels), 'where', mf_page_place(q ->> 'lat'::text, q ->> 'lon'::text),
				'width', mf_page_length((q ->> 'max_width_m'::text)::float8, labels))
			ELSE mf_page_say(labels, 'ask_line', 'place', mf_page_text(q ->> 'place'::text), 'n', mf_page_text(q ->> 'n'::text),
				'size', mf_page_length((q ->> 'length_m'::text)::float8, labels), 'from', mf_page_length((q ->> 'from_m'::text)::float8, labels),
				'to', mf_page_length((q ->> 'to_m'::text)::float8, labels), 'where', mf_page_place(q ->> 'lat'::text, q ->> 'lon'::text)) END, '</b><br>',
		CASE WHEN (q ->> 'neighbours_count'::text)::bigint > 0::bigint THEN pg_catalog.concat(mf_page_say(labels, 'ask_between', 'list', mf_page_keys(q -> 'neighbours'::text)), ' ') END,
		COALESCE((SELECT pg_catalog.string_agg(mf_page_say(labels, 'ask_numbers', 'book', mf_page_text(book), 'list', list), ' ' ORDER BY book COLLATE "C")
				  FROM (SELECT m ->> 'book'::text AS book, mf_page_ranges(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(m -> 'low'::text, m -> 'high'::text) ORDER BY (m ->> 'low'::text)::bigint)) AS list
						FROM pg_catalog.jsonb_array_elements(q -> 'missing'::text) m GROUP BY 1) b),
				 mf_page_say(labels, 'ask_records')), '</li>', pg_catalog.chr(10));
COMMENT ON FUNCTION mf_page_question(jsonb, jsonb) IS
	'For mf_report_html: one gap as a question to the other party.';

CREATE FUNCTION mf_page_questions(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'questions', 'questions', pg_catalog.concat('<p>', mf_page_say(labels, 'questions_text'), '</p><ul class="ask short">',
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<li>', mf_page_say(labels, 'ask_missing', 'book', mf_page_text(b ->> 'book'::text), 'list', mf_page_ranges(b #> '{missing,rows}'::text[])), '</li>'), '' ORDER BY n)
		 FROM pg_catalog.jsonb_array_elements(report #> '{missing,books}'::text[]) WITH ORDINALITY x (b, n) WHERE (b #>> '{missing,count}'::text[])::bigint > 0::bigint),
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<li>', mf_page_say(labels, 'ask_declared', 'book', mf_page_text(b ->> 'book'::text), 'n',
				mf_page_number((b ->> 'short'::text)::numeric, 0, labels)), '</li>'), '' ORDER BY n)
		 FROM pg_catalog.jsonb_array_elements(report #> '{missing,books}'::text[]) WITH ORDINALITY x (b, n)
		 WHERE CASE WHEN pg_catalog.jsonb_typeof(b -> 'short'::text) = 'number' THEN (b ->> 'short'::text)::numeric > 0::numeric END),
		CASE WHEN (report #>> '{missing,sheets,count}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<li><a href="#missing">', mf_page_say(labels, 'ask_sheets', 'n',
			mf_page_number((report #>> '{missing,sheets,count}'::text[])::numeric, 0, labels)), '</a></li>') END,
		CASE WHEN (report #>> '{unlocated,count}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<li><a href="#unlocated">', mf_page_say(labels, 'ask_unlocated', 'n',
			mf_page_number((report #>> '{unlocated,count}'::text[])::numeric, 0, labels)), '</a></li>') END,
		CASE WHEN (report #>> '{overlaps,contradicting}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<li><a href="#overlaps">', mf_page_say(labels, 'ask_contradicting', 'n',
			mf_page_number((report #>> '{overlaps,contradicting}'::text[])::numeric, 0, labels)), '</a></li>') END,
		'</ul><ol class="ask">',
		(SELECT pg_catalog.string_agg(mf_page_question(q, labels), '' ORDER BY n) FROM pg_catalog.jsonb_array_elements(report -> 'questions'::text) WITH ORDINALITY x (q, n)),
		'</ol>', mf_page_may_lie(report, labels)));
COMMENT ON FUNCTION mf_page_questions(jsonb, jsonb) IS
	'For mf_report_html: what to ask the other party for.';

CREATE FUNCTION mf_page_overlaps(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'overlaps', 'overlaps', pg_catalog.concat('<p>', mf_page_say(labels, 'overlaps_text'), '</p><ul class="tiles small">',
		(SELECT pg_catalog.string_agg(mf_page_tile(mf_page_number((c.value)::numeric, 0, labels), mf_page_say(labels, pg_catalog.concat('class_', c.key))), ''
				ORDER BY pg_catalog.array_position(ARRAY['duplicate', 'contains', 'within', 'partial', 'sliver', 'adjacent', 'near'], c.key))
		 FROM pg_catalog.jsonb_each_text(report #> '{overlaps,classes}'::text[]) c),
		mf_page_tile(mf_page_number((report #>> '{overlaps,contradicting}'::text[])::numeric, 0, labels), mf_page_say(labels, 'tile_contradicting')), '</ul>',
		mf_page_table(labels, 'pair', 'htntt', ARRAY['pair', 'kind', 'common', 'contradicts', 'differs'],
			(SELECT pg_catalog.string_agg(mf_page_row('htntt', pg_catalog.concat(mf_page_text(o ->> 'a'::text), ' · ', mf_page_text(o ->> 'b'::text)),
					mf_page_say(labels, pg_catalog.concat('class_', o ->> 'class'::text)),
					CASE WHEN o ->> 'area_m2'::text IS NULL THEN '' ELSE pg_catalog.concat(mf_page_area((o ->> 'area_m2'::text)::float8, labels), '<br><small>',
						mf_page_share((o ->> 'share_a'::text)::float8, 1::float8, labels), ' · ', mf_page_share((o ->> 'share_b'::text)::float8, 1::float8, labels), '</small>') END,
					CASE o ->> 'contradicts'::text WHEN 'true' THEN pg_catalog.concat('<b>', mf_page_say(labels, 'yes'), '</b>') WHEN 'false' THEN mf_page_say(labels, 'no')
						ELSE mf_page_say(labels, 'unknown') END,
					(SELECT pg_catalog.string_agg(pg_catalog.concat('<small>', mf_page_say(labels, pg_catalog.concat('d_', d.key)), ': ', mf_page_text(d.value ->> 0), ' / ', mf_page_text(d.value ->> 1), '</small>'),
							'<br>' ORDER BY d.key COLLATE "C")
					 FROM pg_catalog.jsonb_each(CASE WHEN pg_catalog.jsonb_typeof(o -> 'differs'::text) = 'object' THEN o -> 'differs'::text ELSE '{}'::jsonb END) d)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{overlaps,rows}'::text[]) WITH ORDINALITY x (o, n))),
		mf_page_more(report -> 'overlaps'::text, labels),
		CASE WHEN (report #>> '{overlaps,not_compared}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may"><a href="#unlocated">', mf_page_say(labels, 'not_compared', 'n',
			mf_page_number((report #>> '{overlaps,not_compared}'::text[])::numeric, 0, labels)), '</a></p>') END));
COMMENT ON FUNCTION mf_page_overlaps(jsonb, jsonb) IS
	'For mf_report_html: the pairs on the same ground, and what they say differently.';

CREATE FUNCTION mf_page_finds(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'finds', 'finds', CASE WHEN (report #>> '{finds,total}'::text[])::bigint = 0::bigint
		THEN pg_catalog.concat('<p>', mf_page_say(labels, 'finds_none'), '</p>')
		ELSE pg_catalog.concat('<p>', mf_page_say(labels, 'finds_text',
				'total', mf_page_number((report #>> '{finds,inside}'::text[])::numeric + (report #>> '{finds,outside}'::text[])::numeric, 0, labels),
				'outside', pg_catalog.concat('<strong>', mf_page_number((report #>> '{finds,outside}'::text[])::numeric, 0, labels), '</strong>'),
				'within', mf_page_number((report #>> '{finds,outside_within_uncertainty}'::text[])::numeric, 0, labels),
				'beyond', mf_page_number((report #>> '{finds,outside_beyond_uncertainty}'::text[])::numeric, 0, labels),
				'unknown', mf_page_number((report #>> '{finds,outside_uncertainty_unknown}'::text[])::numeric, 0, labels)), '</p>',
			CASE WHEN (report #>> '{finds,without_place}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p>', mf_page_say(labels, 'finds_without_place', 'n',
				mf_page_number((report #>> '{finds,without_place}'::text[])::numeric, 0, labels)), '</p>') END,
			mf_page_table(labels, 'finds', 'htttntt', ARRAY['find', 'kind_of_find', 'model', 'place', 'distance', 'nearest', 'within_accuracy'],
				(SELECT pg_catalog.string_agg(mf_page_row('htttntt', mf_page_text(f ->> 'id'::text), mf_page_say(labels, pg_catalog.concat('kind_', f ->> 'kind'::text)),
						CASE WHEN f ->> 'model'::text IS NULL THEN mf_page_say(labels, 'unknown') ELSE mf_page_text(f ->> 'model'::text) END,
						mf_page_place(f ->> 'lat'::text, f ->> 'lon'::text), mf_page_length((f ->> 'distance_m'::text)::float8, labels), mf_page_text(f ->> 'nearest'::text),
						CASE f ->> 'within_uncertainty'::text WHEN 'true' THEN mf_page_say(labels, 'yes') WHEN 'false' THEN mf_page_say(labels, 'no')
							ELSE mf_page_say(labels, 'unknown') END), '' ORDER BY n)
				 FROM pg_catalog.jsonb_array_elements(report #> '{finds,rows}'::text[]) WITH ORDINALITY x (f, n))),
			CASE WHEN (report #>> '{finds,outside}'::text[])::bigint > pg_catalog.jsonb_array_length(report #> '{finds,rows}'::text[])::bigint
				THEN pg_catalog.concat('<p class="more">', mf_page_say(labels, 'and_more', 'n', mf_page_number((report #>> '{finds,outside}'::text[])::numeric
					- pg_catalog.jsonb_array_length(report #> '{finds,rows}'::text[])::numeric, 0, labels)), '</p>') END,
			mf_page_may_lie(report, labels)) END);
COMMENT ON FUNCTION mf_page_finds(jsonb, jsonb) IS
	'For mf_report_html: what was found where no record is.';
