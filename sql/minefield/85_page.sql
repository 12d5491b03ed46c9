-- the report page: text, numbers, tables and bars in HTML
--
-- Pure functions of a stored report and its labels: a page can be made again
-- years later, and no function here reads a table.  Nothing reaches the page
-- but through mf_page_text: every value, label and name is escaped there.

CREATE FUNCTION mf_page_text(value text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN pg_catalog.regexp_replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(COALESCE(value, ''), '&', '&amp;'), '<', '&lt;'),
		'>', '&gt;'), '"', '&quot;'), '[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]', '�', 'g');
COMMENT ON FUNCTION mf_page_text(text) IS
	'For mf_report_html: a value as text of a page. NULL gives nothing.';

CREATE FUNCTION mf_page_say(labels jsonb, key text, VARIADIC filling text[] DEFAULT '{}') RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	said text := pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(coalesce(labels ->> key, key), '&', '&amp;'), '<', '&lt;'),
						 '>', '&gt;'), '"', '&quot;');
	pieces text[] := pg_catalog.regexp_split_to_array(said, '[{}]');
	found integer;
BEGIN
	-- every other piece is a name in braces; filling is name, value, ... and
	-- already escaped, and a value is never searched for names
	FOR i IN 1 .. pg_catalog.cardinality(pieces) LOOP
		IF i % 2 = 0 THEN
			found := pg_catalog.array_position(filling, pieces[i]);
			pieces[i] := CASE WHEN found % 2 = 1 THEN coalesce(filling[found + 1], '') ELSE '{' || pieces[i] || '}' END;
		END IF;
	END LOOP;
	RETURN pg_catalog.array_to_string(pieces, '');
END
$$;
COMMENT ON FUNCTION mf_page_say(jsonb, text, text[]) IS
	'For mf_report_html: a label with its {words} filled in by the pairs of name and escaped value that follow; the key itself where there is no label.';

CREATE FUNCTION mf_page_number(value numeric, digits integer, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN COALESCE(mf_page_text(pg_catalog.translate(pg_catalog.replace(pg_catalog.replace(
		pg_catalog.to_char(pg_catalog.round(value, digits), pg_catalog.concat('FM999,999,999,999,990', CASE WHEN digits > 0 THEN pg_catalog.rpad('.', digits + 1, '0') END)),
		',', pg_catalog.chr(1)), '.', labels ->> 'decimal'::text), pg_catalog.chr(1), labels ->> 'group'::text)), mf_page_say(labels, 'unknown'));
COMMENT ON FUNCTION mf_page_number(numeric, integer, jsonb) IS
	'For mf_report_html: a number with so many decimals in the manner of the language; NULL is the word for unknown.';

CREATE FUNCTION mf_page_area(m2 float8, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN CASE WHEN m2 IS NULL THEN mf_page_say(labels, 'unknown')
		WHEN m2 >= 1e6::float8 THEN pg_catalog.concat(mf_page_number((m2 / 1e6::float8)::numeric, 2, labels), mf_page_say(labels, 'unit_km2'))
		WHEN m2 >= 1e4::float8 THEN pg_catalog.concat(mf_page_number((m2 / 1e4::float8)::numeric, 1, labels), mf_page_say(labels, 'unit_ha'))
		ELSE pg_catalog.concat(mf_page_number(m2::numeric, 0, labels), mf_page_say(labels, 'unit_m2')) END;
COMMENT ON FUNCTION mf_page_area(float8, jsonb) IS
	'For mf_report_html: an area of so many square metres, in a unit that fits its size.';

CREATE FUNCTION mf_page_length(m float8, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN CASE WHEN m IS NULL THEN mf_page_say(labels, 'unknown')
		WHEN m >= 1e5::float8 THEN pg_catalog.concat(mf_page_number((m / 1e3::float8)::numeric, 0, labels), mf_page_say(labels, 'unit_km'))
		WHEN m >= 1e3::float8 THEN pg_catalog.concat(mf_page_number((m / 1e3::float8)::numeric, 2, labels), mf_page_say(labels, 'unit_km'))
		ELSE pg_catalog.concat(mf_page_number(m::numeric, 0, labels), mf_page_say(labels, 'unit_m')) END;
COMMENT ON FUNCTION mf_page_length(float8, jsonb) IS
	'For mf_report_html: a length of so many metres, in a unit that fits it.';

CREATE FUNCTION mf_page_share(part float8, whole float8, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN CASE WHEN part IS NULL OR whole IS NULL OR whole = 0::float8 THEN mf_page_say(labels, 'unknown')
		-- neither 100 nor 0 while something is left
		WHEN part > 0::float8 AND part < whole * 0.001::float8 THEN pg_catalog.concat('&lt; ', mf_page_number(0.1, 1, labels), ' %')
		WHEN part < whole AND part > whole * 0.999::float8 THEN pg_catalog.concat('&gt; ', mf_page_number(99.9, 1, labels), ' %')
		ELSE pg_catalog.concat(mf_page_number((100::float8 * part / whole)::numeric, 1, labels), ' %') END;
COMMENT ON FUNCTION mf_page_share(float8, float8, jsonb) IS
	'For mf_report_html: a part of a whole in per cent.';

CREATE FUNCTION mf_page_place(lat text, lon text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN pg_catalog.concat('<span class="place">', pg_catalog.to_char(pg_catalog.abs(lat::numeric), 'FM90.00000'),
		CASE WHEN lat::numeric < 0::numeric THEN ' S ' ELSE ' N ' END, pg_catalog.to_char(pg_catalog.abs(lon::numeric), 'FM990.00000'),
		CASE WHEN lon::numeric < 0::numeric THEN ' W' ELSE ' E' END, '</span>');
COMMENT ON FUNCTION mf_page_place(text, text) IS
	'For mf_report_html: latitude and longitude in degrees, as they are typed into a receiver.';

CREATE FUNCTION mf_page_when(value text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN pg_catalog.concat('<time datetime="', mf_page_text(value), '">',
		mf_page_text(pg_catalog.replace(pg_catalog.replace(pg_catalog.regexp_replace(value, ':[0-9]{2}Z$', 'Z'), 'T', ' '), 'Z', ' UTC')), '</time>');
COMMENT ON FUNCTION mf_page_when(text) IS
	'For mf_report_html: an instant, to the minute.';

-- One row of a table; a letter for each column: t text, n number, h heading.
CREATE FUNCTION mf_page_row(columns text, VARIADIC cells text[]) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN pg_catalog.concat('<tr>', (SELECT pg_catalog.string_agg(CASE pg_catalog.substr(columns, n::integer, 1)
			WHEN 'h' THEN pg_catalog.concat('<th scope="row">', cell, '</th>')
			WHEN 'n' THEN pg_catalog.concat('<td class="n">', cell, '</td>')
			ELSE pg_catalog.concat('<td>', cell, '</td>') END, '' ORDER BY n)
		FROM pg_catalog.unnest(cells) WITH ORDINALITY c (cell, n)), '</tr>', pg_catalog.chr(10));
COMMENT ON FUNCTION mf_page_row(text, text[]) IS
	'For mf_report_html: a row of a table of cells that are escaped already; columns has t, n or h (text, number, heading) for each.';

CREATE FUNCTION mf_page_table(labels jsonb, caption text, columns text, heads text[], body text, class text DEFAULT '')
	RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN CASE WHEN body <> '' THEN pg_catalog.concat('<div class="wide" tabindex="0" role="region" aria-label="', mf_page_say(labels, caption),
		'"><table class="', class, '"><caption>', mf_page_say(labels, caption), '</caption><thead><tr>',
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<th scope="col"', CASE pg_catalog.substr(columns, n::integer, 1) WHEN 'n' THEN ' class="n"' END, '>',
			mf_page_say(labels, head), '</th>'), '' ORDER BY n) FROM pg_catalog.unnest(heads) WITH ORDINALITY h (head, n)),
		'</tr></thead><tbody>', pg_catalog.chr(10), body, '</tbody></table></div>', pg_catalog.chr(10)) END;
COMMENT ON FUNCTION mf_page_table(jsonb, text, text, text[], text, text) IS
	'For mf_report_html: a table of rows by mf_page_row, with the keys of the labels of its caption and heads. NULL without rows.';

-- Stretched as a whole, so there is no text in it: its figures stand beside.
CREATE FUNCTION mf_page_bar(parts float8[], classes text[], whole float8) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN pg_catalog.concat('<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">',
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<rect class="', class, '" x="', pg_catalog.round(before::numeric, 1), '" y="0" width="',
				pg_catalog.round(size::numeric, 1), '" height="10"/>'), '' ORDER BY n)
		 FROM (SELECT n, classes[n] AS class, 1000::float8 * part / whole AS size,
				1000::float8 * (pg_catalog.sum(part) OVER (ORDER BY n) - part) / whole AS before
			   FROM pg_catalog.unnest(parts) WITH ORDINALITY p (part, n) WHERE part > 0::float8) b
		 WHERE whole > 0::float8), '</svg>');
COMMENT ON FUNCTION mf_page_bar(float8[], text[], float8) IS
	'For mf_report_html: a stacked bar of parts of a whole, one class of the style sheet for each.';

CREATE FUNCTION mf_page_more(list jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN CASE WHEN (list ->> 'count'::text)::numeric > pg_catalog.jsonb_array_length(list -> 'rows'::text)::numeric
		THEN pg_catalog.concat('<p class="more">', mf_page_say(labels, 'and_more', 'n',
			mf_page_number((list ->> 'count'::text)::numeric - pg_catalog.jsonb_array_length(list -> 'rows'::text)::numeric, 0, labels)), '</p>') END;
COMMENT ON FUNCTION mf_page_more(jsonb, jsonb) IS
	'For mf_report_html: how many of a list of the report are not shown. NULL when all are.';

CREATE FUNCTION mf_page_may_lie(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN CASE WHEN (report #>> '{unlocated,count}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may"><a href="#unlocated">',
		mf_page_say(labels, 'may_lie', 'n', mf_page_number((report #>> '{unlocated,count}'::text[])::numeric, 0, labels)), '</a></p>') END;
COMMENT ON FUNCTION mf_page_may_lie(jsonb, jsonb) IS
	'For mf_report_html: how many records without a place may belong to a section. NULL when there is none.';

CREATE FUNCTION mf_page_ranges(ranges jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN (SELECT pg_catalog.string_agg(CASE WHEN r ->> 0 = r ->> 1 THEN mf_page_text(r ->> 0)
			ELSE pg_catalog.concat(mf_page_text(r ->> 0), '–', mf_page_text(r ->> 1)) END, ', ' ORDER BY n)
		FROM pg_catalog.jsonb_array_elements(ranges) WITH ORDINALITY x (r, n));
COMMENT ON FUNCTION mf_page_ranges(jsonb) IS
	'For mf_report_html: ranges of numbers, as 4, 17–19. NULL when there are none.';

CREATE FUNCTION mf_page_keys(keys jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN (SELECT pg_catalog.string_agg(pg_catalog.concat('<b class="key">', mf_page_text(k), '</b>'), ', ' ORDER BY n)
		FROM pg_catalog.jsonb_array_elements_text(CASE WHEN pg_catalog.jsonb_typeof(keys) = 'array' THEN keys ELSE '[]'::jsonb END) WITH ORDINALITY x (k, n));
COMMENT ON FUNCTION mf_page_keys(jsonb) IS
	'For mf_report_html: keys of records in a sentence. NULL when there are none.';

CREATE FUNCTION mf_page_tile(figure text, said text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN pg_catalog.concat('<li><strong>', figure, '</strong> <span>', said, '</span></li>');
COMMENT ON FUNCTION mf_page_tile(text, text) IS
	'For mf_report_html: one figure of the summary.';

CREATE FUNCTION mf_page_section(labels jsonb, id text, title text, body text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN pg_catalog.concat('<section id="', id, '" aria-labelledby="h-', id, '"><h2 id="h-', id, '">', mf_page_say(labels, title), '</h2>',
		pg_catalog.chr(10), body, '</section>', pg_catalog.chr(10));
COMMENT ON FUNCTION mf_page_section(jsonb, text, text, text) IS
	'For mf_report_html: a section of the page.';

CREATE FUNCTION mf_page_percent(share numeric, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN CASE WHEN share IS NULL THEN mf_page_say(labels, 'unknown')
		-- not all while something is left
		ELSE pg_catalog.concat(mf_page_number(CASE WHEN share < 1::numeric THEN least(100::numeric * share, 99.9) ELSE 100::numeric END, 1, labels), ' %') END;
COMMENT ON FUNCTION mf_page_percent(numeric, jsonb) IS
	'For mf_report_html: a share from 0 to 1 in per cent; NULL is the word for unknown.';

CREATE FUNCTION mf_page_interval(low numeric, high numeric, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN CASE WHEN low IS NULL AND high IS NULL THEN mf_page_say(labels, 'unknown')
		WHEN low = high THEN mf_page_number(low, 0, labels)
		WHEN high IS NULL THEN mf_page_say(labels, 'from_on', 'n', mf_page_number(low, 0, labels))
		WHEN low IS NULL THEN mf_page_say(labels, 'up_to', 'n', mf_page_number(high, 0, labels))
		ELSE pg_catalog.concat(mf_page_number(low, 0, labels), ' – ', mf_page_number(high, 0, labels)) END;
COMMENT ON FUNCTION mf_page_interval(numeric, numeric, jsonb) IS
	'For mf_report_html: an interval of whole numbers; a bound that is NULL is unknown.';

CREATE FUNCTION mf_page_first(list jsonb, most bigint) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	RETURN pg_catalog.jsonb_build_object('count', list -> 'count'::text, 'rows', (SELECT COALESCE(pg_catalog.jsonb_agg(r ORDER BY n), '[]'::jsonb)
		FROM pg_catalog.jsonb_array_elements(list -> 'rows'::text) WITH ORDINALITY x (r, n) WHERE n <= most));
COMMENT ON FUNCTION mf_page_first(jsonb, bigint) IS
	'For mf_report_html: a list of the report with no more than so many rows, and its whole count.';

CREATE FUNCTION mf_page_words(words jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN (SELECT pg_catalog.string_agg(mf_page_text(w), ', ' ORDER BY n) FROM pg_catalog.jsonb_array_elements_text(
		CASE WHEN pg_catalog.jsonb_typeof(words) = 'array' THEN words ELSE '[]'::jsonb END) WITH ORDINALITY x (w, n));
COMMENT ON FUNCTION mf_page_words(jsonb) IS
	'For mf_report_html: a list of words in a cell. NULL when there are none.';

CREATE FUNCTION mf_page_spark(trend jsonb, name text, unit text, title text, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN (SELECT CASE WHEN pg_catalog.count(*) > 1::bigint THEN pg_catalog.concat('<div class="spark"><h3>', mf_page_say(labels, title),
			'</h3><svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true" focusable="false"><path d="M',
			pg_catalog.string_agg(pg_catalog.concat(pg_catalog.round((20::float8 + 960::float8 * (n - 1::bigint)::float8 / GREATEST(greatest_n - 1::bigint, 1::bigint)::float8)::numeric, 1), ' ',
				pg_catalog.round((92::float8 - 84::float8 * value / CASE WHEN most > 0::float8 THEN most ELSE 1::float8 END)::numeric, 1)), 'L' ORDER BY n),
			'"/></svg><p><span>', (pg_catalog.array_agg(said ORDER BY n))[1], '</span><span><b>', (pg_catalog.array_agg(said ORDER BY n DESC))[1], '</b></span></p></div>') END
		FROM (SELECT n, value, pg_catalog.max(value) OVER () AS most, pg_catalog.max(n) OVER () AS greatest_n, CASE unit WHEN 'm2' THEN mf_page_area(value, labels)
					WHEN 'm' THEN mf_page_length(value, labels) WHEN '%' THEN mf_page_percent(value::numeric, labels) ELSE mf_page_number(value::numeric, 0, labels) END AS said
			  FROM (SELECT pg_catalog.row_number() OVER (ORDER BY n) AS n, (t ->> name)::float8 AS value
					FROM pg_catalog.jsonb_array_elements(trend) WITH ORDINALITY x (t, n) WHERE t ->> name IS NOT NULL) v) s);
COMMENT ON FUNCTION mf_page_spark(jsonb, text, text, text, jsonb) IS
	'For mf_report_html: one figure over the runs, from zero, with its first and last value. NULL for less than two runs.';

CREATE FUNCTION mf_page_absent(part text, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN mf_page_section(labels, part, part, pg_catalog.concat('<p>', mf_page_say(labels, 'accuracy_absent'), '</p>'));
COMMENT ON FUNCTION mf_page_absent(text, jsonb) IS
	'For mf_report_html: a section that the release that made the report did not know.';
