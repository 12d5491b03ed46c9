-- the section of the report page about accuracy and unsolved points

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
				mf_page_more(report #> '{accuracy,unsolved}'::text[], labels)) END)) END;
COMMENT ON FUNCTION mf_page_accuracy(jsonb, jsonb) IS
	'For mf_report_html: how well places are known, and what could not be solved. NULL for a report of an earlier release.';
