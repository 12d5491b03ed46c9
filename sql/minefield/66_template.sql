-- records out of the sheets of the spreadsheet template

CREATE TYPE mf_sheet_entry AS (
	sheet text,
	n integer,
	row integer,
	key text,
	link text,
	cells jsonb,
	entry jsonb,
	placed jsonb,
	illegible text[],
	not_applicable text[],
	message text,
	path text,
	hint text
);
COMMENT ON TYPE mf_sheet_entry IS
	'One row of a sheet: the key of its record, its cells, the entry they make (and, for the sheet records, what goes to places inside), and the first cell that is refused.';

CREATE FUNCTION mf_sheet_entries(tables jsonb) RETURNS SETOF mf_sheet_entry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 1000
	BEGIN ATOMIC
		WITH given AS MATERIALIZED (
			SELECT s.key AS sheet, r.ordinality::integer AS n,
				CASE WHEN r.value ->> '_row'::text ~ '^\d{1,7}$'::text THEN (r.value ->> '_row'::text)::integer ELSE r.ordinality::integer + 1 END AS row,
				r.value AS cells
			FROM pg_catalog.jsonb_each(tables) AS s
			CROSS JOIN LATERAL pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(s.value) = 'array'
				THEN s.value ELSE '[]'::jsonb END) WITH ORDINALITY AS r
			WHERE s.key IN ('records', 'points', 'legs', 'rows', 'mines', 'events') AND pg_catalog.jsonb_typeof(r.value) = 'object'
		), columns AS MATERIALIZED (
			SELECT * FROM mf_sheet_columns()
		), said AS (
			SELECT g.sheet, g.n, c.key AS name, c.place, c.letter, v.*,
				EXISTS (SELECT FROM columns AS h WHERE h.sheet = g.sheet AND h.name = pg_catalog.btrim(c.value)) AS is_heading
			FROM given AS g
			CROSS JOIN LATERAL (
				SELECT e.key, coalesce(d.kind, 'text') AS kind, coalesce(d.place, ARRAY[e.key]) AS place,
					e.value,
					CASE WHEN d.n > 26 THEN pg_catalog.chr(64 + (d.n - 1) / 26) ELSE '' END || pg_catalog.chr(65 + (d.n - 1) % 26) AS letter
				FROM pg_catalog.jsonb_each_text(g.cells) AS e
				LEFT JOIN columns AS d ON d.sheet = g.sheet AND d.name = e.key
				WHERE pg_catalog.left(e.key, 1) <> '_') AS c
			CROSS JOIN LATERAL mf_sheet_value(c.kind, c.value) AS v
			WHERE v.state <> 'unknown'
		)
		SELECT g.sheet, g.n, g.row,
			nullif(pg_catalog.btrim(coalesce(g.cells ->> CASE WHEN g.sheet = 'records' THEN 'key' ELSE 'record' END, '')), ''),
			CASE WHEN g.sheet = 'mines' THEN nullif(pg_catalog.btrim(coalesce(g.cells ->> 'row'::text, '')), '') END, g.cells,
			coalesce(pg_catalog.jsonb_object_agg(s.name, s.value) FILTER (WHERE s.state = 'value' AND pg_catalog.cardinality(s.place) = 1
				AND s.name <> ALL (ARRAY[CASE WHEN g.sheet = 'records' THEN 'key' ELSE 'record' END, CASE WHEN g.sheet = 'mines' THEN 'row' ELSE 'key' END, 'wkt'])), '{}'::jsonb),
			pg_catalog.jsonb_object_agg(pg_catalog.array_to_string(s.place, '.'::text), s.value)
				FILTER (WHERE s.state = 'value' AND pg_catalog.cardinality(s.place) > 1),
			pg_catalog.array_agg('/' || pg_catalog.array_to_string(s.place, '/'::text) ORDER BY s.name) FILTER (WHERE s.state = 'illegible'),
			pg_catalog.array_agg('/' || pg_catalog.array_to_string(s.place, '/'::text) ORDER BY s.name) FILTER (WHERE s.state = 'not applicable'),
			pg_catalog.min(CASE WHEN s.state = 'refused' THEN pg_catalog.format('sheet %s, cell %s%s (%s): %s', g.sheet, s.letter, g.row, s.name, s.message) END),
			pg_catalog.min(CASE WHEN s.state = 'refused' THEN pg_catalog.concat(g.sheet, '!', s.letter, g.row) END),
			pg_catalog.min(CASE WHEN s.state = 'refused' THEN s.hint END)
		FROM given AS g JOIN said AS s ON s.sheet = g.sheet AND s.n = g.n
		GROUP BY g.sheet, g.n, g.row, g.cells
		-- GDAL takes the headings of a sheet with nothing below them for a row
		HAVING NOT pg_catalog.bool_and(s.is_heading)
		ORDER BY g.sheet, g.n;
	END;
COMMENT ON FUNCTION mf_sheet_entries(jsonb) IS
	'The rows of the sheets of the template, given as {"records": [{"key": "B/17", ...}, ...], "points": [...], ...} with all cells as text; a member _row is the number of the row in the sheet, else they are counted from 2. Rows without anything in them, or with headings only, are left out.';

CREATE FUNCTION mf_sheet_geometry(cell text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	BEGIN ATOMIC
		SELECT pg_catalog.format('{"type":"%s","coordinates":%s}', k.name,
			CASE k.name WHEN 'Point' THEN pg_catalog.regexp_replace(k.list, '^\[(.*)\]$'::text, '\1')
				WHEN 'MultiPoint' THEN pg_catalog.regexp_replace(k.list, '\[(\[[^][]*\])\]'::text, '\1', 'g') ELSE k.list END)
		FROM (SELECT CASE pg_catalog.lower(m.part[1]) WHEN 'point' THEN 'Point' WHEN 'multipoint' THEN 'MultiPoint'
					WHEN 'linestring' THEN 'LineString' WHEN 'multilinestring' THEN 'MultiLineString' WHEN 'polygon' THEN 'Polygon'
					ELSE 'MultiPolygon' END AS name,
				pg_catalog.translate(pg_catalog.regexp_replace(m.part[2], '([-+0-9.eE]+)\s+([-+0-9.eE]+)'::text, '[\1,\2]', 'g'), '()', '[]') AS list
			FROM (SELECT pg_catalog.regexp_match(cell, '^\s*([a-zA-Z]+)\s*(\(.*\))\s*$'::text) AS part) AS m WHERE m.part IS NOT NULL) AS k;
	END;
COMMENT ON FUNCTION mf_sheet_geometry(text) IS
	'WKT as the text of a GeoJSON geometry, number by number as written; what is no geometry is found when the record is read. NULL for NULL and for what is not WKT.';

CREATE FUNCTION mf_records_from_tables(tables jsonb) RETURNS SETOF mf_load_row
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 100
	BEGIN ATOMIC
		WITH entries AS MATERIALIZED (
			SELECT e.*, (pg_catalog.row_number() OVER (PARTITION BY e.sheet, e.key, e.link ORDER BY e.n) - 1)::integer AS at,
				pg_catalog.count(*) OVER (PARTITION BY e.sheet, e.key) AS same_key
			FROM mf_sheet_entries(tables) AS e
		), field_rows AS (
			SELECT r.key, r.entry ->> 'id'::text AS id, r.at FROM entries AS r WHERE r.sheet = 'rows'
		), row_mines AS (
			SELECT m.key, m.link, pg_catalog.jsonb_build_object('mines', pg_catalog.jsonb_agg(m.entry ORDER BY m.n)) AS list
			FROM entries AS m WHERE m.sheet = 'mines' AND m.link IS NOT NULL GROUP BY m.key, m.link
		), parts AS MATERIALIZED (
			-- each row of a further sheet, where it goes, and where its cells are in the record
			SELECT e.key, e.n, e.sheet, e.at, e.illegible, e.not_applicable, e.link, f.at AS of_row, e.row,
				e.cells || pg_catalog.jsonb_build_object('_row', e.row) AS cells, e.entry || coalesce(m.list, '{}'::jsonb) AS entry,
				CASE e.sheet WHEN 'mines' THEN CASE WHEN e.link IS NULL THEN '/properties/mines/' ELSE pg_catalog.concat('/properties/location/rows/', f.at, '/mines/') END
					WHEN 'events' THEN '/properties/events/' ELSE pg_catalog.concat('/properties/location/', e.sheet, '/') END || e.at::text AS base
			FROM entries AS e
			LEFT JOIN field_rows AS f ON e.sheet = 'mines' AND f.key = e.key AND f.id = e.link
			LEFT JOIN row_mines AS m ON e.sheet = 'rows' AND m.key = e.key AND m.link = e.entry ->> 'id'::text
			WHERE e.sheet <> 'records'
		), lists AS (
			SELECT p.key, pg_catalog.jsonb_object_agg(p.sheet, p.list) FILTER (WHERE p.outside) AS outside,
				pg_catalog.jsonb_object_agg(p.sheet, p.list) FILTER (WHERE NOT p.outside) AS inside
			FROM (SELECT q.key, q.sheet, q.sheet IN ('events', 'mines') AS outside, pg_catalog.jsonb_agg(q.entry ORDER BY q.n) AS list
				FROM parts AS q WHERE q.link IS NULL GROUP BY q.key, q.sheet) AS p GROUP BY p.key
		), inputs AS (
			SELECT p.key, pg_catalog.jsonb_object_agg(p.sheet, p.cells) AS sheets
			FROM (SELECT q.key, q.sheet, pg_catalog.jsonb_agg(q.cells ORDER BY q.n) AS cells FROM parts AS q GROUP BY q.key, q.sheet) AS p
			GROUP BY p.key
		), pointers AS (
			SELECT z.key, pg_catalog.jsonb_agg(z.pointer ORDER BY z.pointer) FILTER (WHERE z.illegible) AS illegible,
				pg_catalog.jsonb_agg(z.pointer ORDER BY z.pointer) FILTER (WHERE NOT z.illegible) AS not_applicable
			FROM (SELECT x.key, x.base || u AS pointer, true AS illegible FROM (
					SELECT p.key, p.base, p.illegible FROM parts AS p
					UNION ALL SELECT e.key, '/properties', e.illegible FROM entries AS e WHERE e.sheet = 'records') AS x
				CROSS JOIN LATERAL pg_catalog.unnest(x.illegible) AS u
				UNION ALL
				SELECT x.key, x.base || u, false FROM (
					SELECT p.key, p.base, p.not_applicable FROM parts AS p
					UNION ALL SELECT e.key, '/properties', e.not_applicable FROM entries AS e WHERE e.sheet = 'records') AS x
				CROSS JOIN LATERAL pg_catalog.unnest(x.not_applicable) AS u) AS z
			WHERE z.pointer <> '/properties/wkt' GROUP BY z.key
		), faults AS (
			SELECT e.key, e.sheet, e.n, e.message, e.path, e.hint FROM entries AS e WHERE e.message IS NOT NULL
			UNION ALL
			SELECT e.key, e.sheet, e.n, pg_catalog.format('sheet records, row %s: key %s stands in another row too', e.row, pg_catalog.to_json(e.key)),
				pg_catalog.concat('records!A', e.row), 'Give each record a key of its own; the other sheets name it.'
			FROM entries AS e WHERE e.sheet = 'records' AND e.same_key > 1
			UNION ALL
			SELECT p.key, p.sheet, p.n, pg_catalog.format('sheet mines names row %s, which sheet rows does not have for this record', pg_catalog.to_json(p.link)),
				'mines', 'Correct the number of the row, or leave it empty where the paper says only how many there are in the field.'
			FROM parts AS p WHERE p.sheet = 'mines' AND p.link IS NOT NULL AND p.of_row IS NULL
		), broken AS (
			SELECT x.key, (pg_catalog.array_agg(x.message ORDER BY x.sheet, x.n))[1] AS message, (pg_catalog.array_agg(x.path ORDER BY x.sheet, x.n))[1] AS path,
				(pg_catalog.array_agg(x.hint ORDER BY x.sheet, x.n))[1] AS hint, pg_catalog.count(*) AS faults
			FROM faults AS x GROUP BY x.key
		), records AS (
			SELECT e.row, e.key, e.cells, pg_catalog.concat('{"minefield_sheets":', (coalesce(i.sheets, '{}'::jsonb) || pg_catalog.jsonb_build_object('records',
					pg_catalog.jsonb_build_array(e.cells || pg_catalog.jsonb_build_object('_row', e.row))))::text, '}') AS input,
				e.entry || coalesce(l.outside, '{}'::jsonb)
				|| CASE WHEN e.placed IS NULL AND l.inside IS NULL THEN '{}'::jsonb
					ELSE pg_catalog.jsonb_build_object('location', coalesce(h.members, '{}'::jsonb) || coalesce(l.inside, '{}'::jsonb)) END
				|| CASE WHEN p.illegible IS NULL THEN '{}'::jsonb ELSE pg_catalog.jsonb_build_object('illegible', p.illegible) END
				|| CASE WHEN p.not_applicable IS NULL THEN '{}'::jsonb ELSE pg_catalog.jsonb_build_object('not_applicable', p.not_applicable) END AS properties
			FROM entries AS e
			LEFT JOIN lists AS l ON l.key = e.key
			LEFT JOIN inputs AS i ON i.key = e.key
			LEFT JOIN pointers AS p ON p.key = e.key
			LEFT JOIN LATERAL (SELECT pg_catalog.jsonb_object_agg(y.name, y.value) AS members FROM (
				SELECT pg_catalog.split_part(o.key, '.', 2) AS name, o.value FROM pg_catalog.jsonb_each(e.placed) AS o WHERE o.key !~ '\..*\.'::text
				UNION ALL
				SELECT 'map', pg_catalog.jsonb_object_agg(pg_catalog.split_part(o.key, '.', 3), o.value)
				FROM pg_catalog.jsonb_each(e.placed) AS o WHERE o.key ~ '\..*\.'::text HAVING pg_catalog.count(*) > 0) AS y) AS h ON true
			WHERE e.sheet = 'records'
		)
		SELECT r.row::bigint, l.record,
			CASE WHEN r.key IS NULL THEN '22004' WHEN f.message IS NOT NULL THEN '22007' ELSE l.sqlstate END,
			CASE WHEN r.key IS NULL THEN pg_catalog.format('sheet records, row %s has no key', r.row)
				WHEN f.faults > 1 THEN pg_catalog.format('%s (and %s more in this record)', f.message, f.faults - 1)
				WHEN f.message IS NOT NULL THEN f.message
				WHEN l.sqlstate IS NOT NULL THEN pg_catalog.format('sheet records, row %s: %s', r.row, l.message) END,
			CASE WHEN r.key IS NULL THEN pg_catalog.concat('records!A', r.row) WHEN f.message IS NOT NULL THEN f.path ELSE l.path END,
			CASE WHEN r.key IS NULL THEN 'Give the record a key: its number in its book.' WHEN f.message IS NOT NULL THEN f.hint ELSE l.hint END,
			r.input
		FROM records AS r
		LEFT JOIN broken AS f ON f.key = r.key
		LEFT JOIN LATERAL mf_load(CASE WHEN r.key IS NOT NULL AND f.message IS NULL THEN
			pg_catalog.format('{"type":"Feature","id":%s,"geometry":%s,"properties":%s}', pg_catalog.to_json(r.key),
				coalesce(mf_sheet_geometry(CASE WHEN (mf_sheet_value('wkt', r.cells ->> 'wkt'::text)).state = 'value' THEN r.cells ->> 'wkt'::text END), 'null'),
				r.properties) END) AS l ON true
		UNION ALL
		SELECT o.row::bigint, NULL::minefield, '23503', CASE WHEN o.key IS NULL THEN pg_catalog.format('sheet %s, row %s names no record', o.sheet, o.row)
				ELSE pg_catalog.format('sheet %s, row %s names record %s, which sheet records does not have', o.sheet, o.row, pg_catalog.to_json(o.key)) END,
			pg_catalog.concat(o.sheet, '!A', o.row), 'Column record repeats the key of the record in sheet records.',
			pg_catalog.concat('{"minefield_sheets":', pg_catalog.jsonb_build_object(o.sheet,
				pg_catalog.jsonb_build_array(o.cells || pg_catalog.jsonb_build_object('_row', o.row)))::text, '}')
		FROM entries AS o
		WHERE o.sheet <> 'records' AND (o.key IS NULL OR NOT EXISTS (SELECT FROM entries AS e WHERE e.sheet = 'records' AND e.key = o.key))
		ORDER BY 1;
	END;
COMMENT ON FUNCTION mf_records_from_tables(jsonb) IS
	'The records typed into the sheets of the spreadsheet template, given as mf_sheet_entries takes them; line is the row in sheet records. A cell that the spreadsheet has changed, a key that stands twice or is missing, and a row of another sheet that names no record become rows with an error that names sheet, cell and what to do; input is the record''s cells as JSON, for mending and for mf_retry. No records, no rows.';

CREATE FUNCTION mf_sheets(staging name, file_name text DEFAULT NULL, sha256 text DEFAULT NULL) RETURNS text
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	sheet text;
	list jsonb;
	sheets jsonb := '{}';
	numbered text;
BEGIN
	FOREACH sheet IN ARRAY ARRAY['records', 'points', 'legs', 'rows', 'mines', 'events'] LOOP
		CONTINUE WHEN pg_catalog.to_regclass(pg_catalog.format('%I.%I', staging, sheet)) IS NULL;
		SELECT attname INTO numbered FROM pg_attribute
			WHERE attrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', staging, sheet))::oid AND attname IN ('_row', 'ogc_fid', 'fid') AND attnum > 0 AND NOT attisdropped
			ORDER BY attname LIMIT 1;
		EXECUTE pg_catalog.format('SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_strip_nulls(pg_catalog.to_jsonb(t) - ARRAY[''ogc_fid'', ''fid'', ''wkb_geometry'', ''geom''])
				|| CASE WHEN %2$L IS NULL THEN ''{}''::jsonb ELSE pg_catalog.jsonb_build_object(''_row'', pg_catalog.to_jsonb(t) -> %2$L::text) END ORDER BY %3$s)
			FROM %1$s t', pg_catalog.format('%I.%I', staging, sheet), numbered, CASE WHEN numbered IS NULL THEN 't.ctid' ELSE pg_catalog.format('t.%I', numbered) END) INTO list;
		sheets := sheets || pg_catalog.jsonb_build_object(sheet, coalesce(list, '[]'));
	END LOOP;
	IF NOT sheets ? 'records'::text THEN
		RAISE EXCEPTION 'schema "%" has no table records', staging
			USING ERRCODE = '42P01', HINT = 'Load the sheets of the template into it with ogr2ogr.';
	END IF;
	IF file_name IS NOT NULL OR sha256 IS NOT NULL THEN
		sheets := sheets || pg_catalog.jsonb_build_object('file', pg_catalog.jsonb_build_object('name', file_name, 'sha256', sha256));
	END IF;
	RETURN '{"minefield_sheets":' || sheets::text || '}';
END
$$;
COMMENT ON FUNCTION mf_sheets(name, text, text) IS
	'The tables records, points, legs, rows, mines and events of a schema, as ogr2ogr loads them from the spreadsheet template, as one document for mf_intake; ogc_fid, fid or _row is the number of the row in the sheet. file_name and sha256 of the spreadsheet are noted in it. An error where there is no table records (42P01).';
