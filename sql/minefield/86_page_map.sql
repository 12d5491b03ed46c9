-- the maps of the report page: the drawings of a report as inline SVG

-- Colours go round by source; the order is that of the whole report, so that
-- a source has one colour on all maps.
CREATE FUNCTION mf_page_sources(report jsonb) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	RETURN (SELECT COALESCE(pg_catalog.jsonb_object_agg(s.source, s.place), '{}'::jsonb)
		FROM (SELECT t.source, pg_catalog.row_number() OVER (ORDER BY t.n DESC, t.source COLLATE "C") - 1::bigint AS place
			  FROM (SELECT r ->> 'source'::text AS source, pg_catalog.sum((r ->> 'n'::text)::numeric) AS n
					FROM (SELECT report #> '{overview,map}'::text[] AS map
						  UNION ALL SELECT a -> 'map'::text FROM pg_catalog.jsonb_array_elements(report -> 'areas'::text) a
						  UNION ALL SELECT l -> 'map'::text FROM pg_catalog.jsonb_array_elements(report -> 'lines'::text) l) m,
						 pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(m.map -> 'records'::text) = 'array'
												THEN m.map -> 'records'::text ELSE '[]'::jsonb END) r
					WHERE r ->> 'source'::text IS NOT NULL
					GROUP BY 1) t) s);
COMMENT ON FUNCTION mf_page_sources(jsonb) IS
	'For mf_report_html: the sources of the records on all maps, with their place by number of records.';

CREATE FUNCTION mf_page_source_class(sources jsonb, source text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN CASE WHEN source IS NULL THEN 'sx' ELSE pg_catalog.concat('s', COALESCE((sources ->> source)::integer, 0) % 5) END;
COMMENT ON FUNCTION mf_page_source_class(jsonb, text) IS
	'For mf_report_html: the class of the style sheet for records of a source.';

-- What is a point in the report becomes a sign: a cross, a lozenge.
CREATE FUNCTION mf_page_signs(path text, class text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	RETURN pg_catalog.concat('<path class="', mf_page_text(class), '" d="', pg_catalog.regexp_replace(path, 'M(-?[0-9]+) (-?[0-9]+)', CASE class
		WHEN 'find_outside' THEN 'M\1 \2m-4-4l8 8m0-8l-8 8'
		WHEN 'find_inside' THEN 'M\1 \2m-2-2l4 4m0-4l-4 4'
		WHEN 'accident_outside' THEN 'M\1 \2m0-5.5l5.5 5.5-5.5 5.5-5.5-5.5z'
		ELSE 'M\1 \2m0-4l4 4-4 4-4-4z' END, 'g'), '"/>');
COMMENT ON FUNCTION mf_page_signs(text, text) IS
	'For mf_report_html: the finds of one class on a map.';

CREATE FUNCTION mf_page_reach(map jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN (SELECT pg_catalog.string_agg(pg_catalog.concat(
			(SELECT pg_catalog.string_agg(pg_catalog.concat('<path class="reach" d="', mf_page_text(p.d), '"/>'), '' ORDER BY p.n)
			 FROM pg_catalog.jsonb_array_elements_text(CASE WHEN pg_catalog.jsonb_typeof(r.layer -> 'd'::text) = 'array'
					THEN r.layer -> 'd'::text ELSE '[]'::jsonb END) WITH ORDINALITY p (d, n)),
			CASE WHEN r.layer ->> 'dots'::text <> '' THEN pg_catalog.concat('<path class="dot ',
				CASE WHEN r.layer ->> 'class'::text = 'unknown' THEN 'vague' ELSE 's0' END, '" d="', mf_page_text(r.layer ->> 'dots'::text), '"/>',
				CASE WHEN r.layer ->> 'class'::text = 'unknown' THEN pg_catalog.concat('<path class="dot hollow" d="',
					mf_page_text(r.layer ->> 'dots'::text), '"/>') END) END), '' ORDER BY r.n)
		FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(map -> 'reach'::text) = 'array'
			THEN map -> 'reach'::text ELSE '[]'::jsonb END) WITH ORDINALITY r (layer, n));
COMMENT ON FUNCTION mf_page_reach(jsonb) IS
	'For mf_report_html: the ground within the accuracy of records on a map. NULL where the map has none.';

CREATE FUNCTION mf_page_map_layers(map jsonb, sources jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN pg_catalog.concat('<g class="', CASE WHEN (map #>> '{frame,unit}'::text[])::float8 < 0.3::float8 THEN 'fine' ELSE 'dense' END, '" transform="scale(',
			map #>> '{frame,unit}'::text[], ')">',
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<path class="', CASE WHEN (a ->> 'this'::text)::boolean THEN 'aoi this' ELSE 'aoi' END, '" d="',
				mf_page_text(a ->> 'd'::text), '"/>'), '' ORDER BY n)
		 FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(map -> 'areas'::text) = 'array' THEN map -> 'areas'::text ELSE '[]'::jsonb END)
			WITH ORDINALITY x (a, n)),
		CASE WHEN map ->> 'gaps'::text <> '' THEN pg_catalog.concat('<path class="gap" d="', mf_page_text(map ->> 'gaps'::text), '"/>') END,
		mf_page_reach(map),
		(SELECT pg_catalog.string_agg(pg_catalog.concat(
				CASE WHEN r ->> 'd'::text <> '' THEN pg_catalog.concat('<path class="rec ', mf_page_source_class(sources, r ->> 'source'::text), '" d="',
					mf_page_text(r ->> 'd'::text), '"/>') END,
				CASE WHEN r ->> 'dots'::text <> '' THEN pg_catalog.concat('<path class="dot ', mf_page_source_class(sources, r ->> 'source'::text), '" d="',
					mf_page_text(r ->> 'dots'::text), '"/>') END), '' ORDER BY n)
		 FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(map -> 'records'::text) = 'array' THEN map -> 'records'::text ELSE '[]'::jsonb END)
			WITH ORDINALITY x (r, n)),
		CASE WHEN map ->> 'overlaps'::text <> '' THEN pg_catalog.concat('<path class="over" d="', mf_page_text(map ->> 'overlaps'::text), '"/>') END,
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<path class="outline', CASE WHEN (a ->> 'this'::text)::boolean THEN ' this' END, '" d="',
				mf_page_text(a ->> 'd'::text), '"/>'), '' ORDER BY n)
		 FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(map -> 'areas'::text) = 'array' THEN map -> 'areas'::text ELSE '[]'::jsonb END)
			WITH ORDINALITY x (a, n)),
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<path class="line" d="', mf_page_text(l ->> 'd'::text), '"/>'), '' ORDER BY n)
		 FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(map -> 'lines'::text) = 'array' THEN map -> 'lines'::text ELSE '[]'::jsonb END)
			WITH ORDINALITY x (l, n)),
		CASE WHEN map ->> 'line_gaps'::text <> '' THEN pg_catalog.concat('<path class="linegap" d="', mf_page_text(map ->> 'line_gaps'::text), '"/>') END,
		'</g>',
		(SELECT pg_catalog.string_agg(mf_page_signs(f ->> 'd'::text, f ->> 'class'::text), '' ORDER BY f ->> 'class'::text DESC)
		 FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(map -> 'finds'::text) = 'array' THEN map -> 'finds'::text ELSE '[]'::jsonb END) f),
		'<g transform="scale(', map #>> '{frame,unit}'::text[], ')">',
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<path class="name" d="', mf_page_text(r ->> 1), '"><title>', mf_page_text(r ->> 0), '</title></path>'),
				'' ORDER BY n)
		 FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(map -> 'names'::text) = 'array' THEN map -> 'names'::text ELSE '[]'::jsonb END)
			WITH ORDINALITY x (r, n) WHERE r ->> 1 <> ''),
		'</g>');
COMMENT ON FUNCTION mf_page_map_layers(jsonb, jsonb, jsonb) IS
	'For mf_report_html: what a map shows, from the ground up.';

CREATE FUNCTION mf_page_map(map jsonb, id text, title text, sources jsonb, labels jsonb, with_names boolean) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN CASE WHEN pg_catalog.jsonb_typeof(map -> 'frame'::text) = 'object' THEN pg_catalog.concat('<figure class="map"><svg viewBox="0 0 ', map #>> '{frame,width}'::text[], ' ',
		map #>> '{frame,height}'::text[], '" role="img" aria-labelledby="', id, '-t ', id, '-d"><title id="', id, '-t">', title,
		'</title><desc id="', id, '-d">', mf_page_say(labels, 'map_desc', 'bar', mf_page_length((map #>> '{frame,bar_m}'::text[])::float8, labels)),
		'</desc><rect class="sheet" width="', map #>> '{frame,width}'::text[], '" height="', map #>> '{frame,height}'::text[], '"/>',
		mf_page_map_layers(map, sources, labels),
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<text class="areaname" x="', a ->> 'x'::text, '" y="', a ->> 'y'::text, '">', mf_page_text(a ->> 'name'::text), '</text>'), ''
				ORDER BY n)
		 FROM pg_catalog.jsonb_array_elements(CASE WHEN with_names AND pg_catalog.jsonb_typeof(map -> 'areas'::text) = 'array' THEN map -> 'areas'::text ELSE '[]'::jsonb END)
			WITH ORDINALITY x (a, n) WHERE a ->> 'x'::text IS NOT NULL AND n <= 40::bigint),
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<g class="no"><circle cx="', g ->> 1, '" cy="', g ->> 2, '" r="11"/><text x="', g ->> 1, '" y="', g ->> 2,
				'" dy=".36em">', g ->> 0, '</text></g>'), '' ORDER BY (g ->> 0)::integer DESC)
		 FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(map -> 'numbers'::text) = 'array' THEN map -> 'numbers'::text ELSE '[]'::jsonb END) g),
		'<g class="north"><path d="M694 12l8 26-8-6-8 6z"/><text x="694" y="54">', mf_page_say(labels, 'north'), '</text></g>',
		'<g class="scale" transform="translate(16 ', (map #>> '{frame,height}'::text[])::integer - 14, ')"><path class="halo" d="M0-6v6h', map #>> '{frame,bar_px}'::text[],
		'v-6"/><path d="M0-6v6h', map #>> '{frame,bar_px}'::text[], 'v-6"/><text x="', map #>> '{frame,bar_px}'::text[], '" dx="8" y="0">',
		mf_page_length((map #>> '{frame,bar_m}'::text[])::float8, labels), '</text></g></svg></figure>', pg_catalog.chr(10)) END;
COMMENT ON FUNCTION mf_page_map(jsonb, text, text, jsonb, jsonb, boolean) IS
	'For mf_report_html: a map with its scale bar, north and the numbers of the gaps. NULL when the report has none.';

CREATE FUNCTION mf_page_legend_item(shape text, said text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN pg_catalog.concat('<li><svg viewBox="0 0 34 18" aria-hidden="true" focusable="false">', shape, '</svg>', said, '</li>');
COMMENT ON FUNCTION mf_page_legend_item(text, text) IS
	'For mf_report_html: one sign of the legend and what it means.';

CREATE FUNCTION mf_page_legend(report jsonb, sources jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN pg_catalog.concat('<ul class="legend" aria-label="', mf_page_say(labels, 'legend'), '">',
		(SELECT pg_catalog.string_agg(mf_page_legend_item(pg_catalog.concat('<path class="rec ', mf_page_source_class(sources, s.key), '" d="M3 3h28v12H3z"/>'),
				mf_page_say(labels, 'legend_source', 'name', mf_page_text(s.key))), '' ORDER BY (s.value)::integer)
		 FROM pg_catalog.jsonb_each_text(sources) s WHERE (s.value)::integer < 8),
		CASE WHEN pg_catalog.jsonb_path_exists(report, '$.overview.map.records[*] ? (@.source == null)')
			THEN mf_page_legend_item('<path class="rec sx" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'legend_source_unknown')) END,
		mf_page_legend_item('<path class="gap" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'legend_gap')),
		mf_page_legend_item('<path class="over" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'legend_overlap')),
		CASE WHEN pg_catalog.jsonb_array_length(report -> 'areas'::text) > 0
			THEN mf_page_legend_item('<path class="outline this" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'legend_area')) END,
		CASE WHEN pg_catalog.jsonb_array_length(report -> 'lines'::text) > 0 THEN pg_catalog.concat(
			mf_page_legend_item('<path class="line" d="M2 9h30"/>', mf_page_say(labels, 'legend_line')),
			mf_page_legend_item('<path class="line" d="M2 9h30"/><path class="linegap" d="M2 9h30"/>', mf_page_say(labels, 'legend_line_gap'))) END,
		CASE WHEN (report #>> '{finds,total}'::text[])::numeric > 0::numeric THEN pg_catalog.concat(
			mf_page_legend_item(mf_page_signs('M17 9', 'find_outside'), mf_page_say(labels, 'legend_find_outside')),
			mf_page_legend_item(mf_page_signs('M17 9', 'accident_outside'), mf_page_say(labels, 'legend_accident_outside')),
			mf_page_legend_item(mf_page_signs('M17 9', 'find_inside'), mf_page_say(labels, 'legend_find_inside')),
			mf_page_legend_item(mf_page_signs('M17 9', 'accident_inside'), mf_page_say(labels, 'legend_accident_inside'))) END,
		'</ul>', pg_catalog.chr(10));
COMMENT ON FUNCTION mf_page_legend(jsonb, jsonb, jsonb) IS
	'For mf_report_html: what the signs on the maps mean.';
