-- other people's tables: what GDAL loads, with columns named by a mapping

CREATE FUNCTION mf_odk_wkt(answer text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	BEGIN ATOMIC
		SELECT CASE WHEN p.points IS NULL THEN NULL WHEN p.odd THEN answer
			WHEN pg_catalog.cardinality(p.points) = 1 THEN pg_catalog.concat('POINT(', p.points[1], ')')
			WHEN pg_catalog.cardinality(p.points) > 3 AND p.points[1] = p.points[pg_catalog.cardinality(p.points)]
				THEN pg_catalog.concat('POLYGON((', pg_catalog.array_to_string(p.points, ', '::text), '))')
			ELSE pg_catalog.concat('LINESTRING(', pg_catalog.array_to_string(p.points, ', '::text), ')') END
		FROM (SELECT pg_catalog.array_agg(pg_catalog.regexp_replace(s.point, '^\s*(\S+)\s+(\S+).*$'::text, '\2 \1') ORDER BY s.ordinality) AS points,
				pg_catalog.bool_or(s.point !~ '^\s*-?\d+(\.\d*)?([eE][-+]?\d+)?\s+-?\d+(\.\d*)?([eE][-+]?\d+)?(\s+\S+){0,2}\s*$'::text) AS odd
			FROM pg_catalog.regexp_split_to_table(answer, ';'::text) WITH ORDINALITY AS s(point, ordinality)
			WHERE s.point ~ '\S'::text) AS p;
	END;
COMMENT ON FUNCTION mf_odk_wkt(text) IS
	'The same as mf_odk_geometry as WKT, without looking whether it is a place on earth; what is not of that form is given back as it is. NULL for NULL and for blank.';

CREATE FUNCTION mf_odk_geometry(answer text) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 250
	RETURN CASE WHEN answer ~ '\S'::text THEN mf_geometry(pg_catalog.concat('{"type":"Feature","geometry":',
		coalesce(mf_sheet_geometry(mf_odk_wkt(answer)), pg_catalog.to_json(answer)::text), '}')::minefield) END;
COMMENT ON FUNCTION mf_odk_geometry(text) IS
	'The place that ODK or KoBo collected as "latitude longitude altitude accuracy": a point; or, of several separated by semicolons, a line (geotrace), or a polygon where the last is the first again (geoshape). WGS 84, altitude and accuracy left out. NULL for NULL and for blank; errors as for a record.';

CREATE FUNCTION mf_odk_accuracy_m(answer text) RETURNS float8
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	BEGIN ATOMIC
		SELECT pg_catalog.max(nullif((pg_catalog.regexp_match(s.point, '^\s*\S+\s+\S+\s+\S+\s+(\d+(?:\.\d*)?)\s*$'::text))[1]::float8, 0::float8))
		FROM pg_catalog.regexp_split_to_table(answer, ';'::text) AS s(point);
	END;
COMMENT ON FUNCTION mf_odk_accuracy_m(text) IS
	'The accuracy in metres that ODK or KoBo collected as the last number of "latitude longitude altitude accuracy", the worst of several: what the device says, by custom the radius of 68 percent, not accuracy95_m. NULL where there is none or it is 0, which stands for a place set by hand.';

CREATE FUNCTION mf_sheets_mapped(source regclass, columns jsonb, file_name text DEFAULT NULL) RETURNS text
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	pair record;
	shape record;
	known text[];
	parts text[] := '{}';
	sheet text;
	answer text;
	wkt text := 'NULL::text';
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF source IS NULL OR columns IS NULL THEN
		RAISE EXCEPTION 'a table and a mapping are needed' USING ERRCODE = '22004';
	END IF;
	SELECT pg_catalog.array_agg(attname::text ORDER BY attnum) INTO known FROM pg_attribute
		WHERE attrelid = source::oid AND attnum > 0 AND NOT attisdropped;
	FOR pair IN SELECT key, value, CASE WHEN key ~ '\.'::text THEN pg_catalog.split_part(key, '.', 1) ELSE 'records' END AS sheet,
			pg_catalog.regexp_replace(key, '^\w+\.'::text, '') AS name FROM pg_catalog.jsonb_each_text(columns)
	LOOP
		IF pair.value <> ALL (known) THEN
			RAISE EXCEPTION '% has no column "%"', source, pair.value
				USING ERRCODE = '42703', HINT = 'Its columns are ' || pg_catalog.array_to_string(known, ', ') || '.';
		ELSIF pair.key <> 'odk' AND NOT EXISTS (SELECT FROM mf_sheet_columns() c WHERE c.sheet = pair.sheet AND c.name = pair.name) THEN
			RAISE EXCEPTION 'the template has no column "%"', pair.key
				USING ERRCODE = '42703', HINT = 'Name a column of sheet records, such as laid, or sheet and column, such as mines.count; mf_sheet_columns() lists them.';
		END IF;
	END LOOP;
	IF NOT columns ? 'key'::text THEN
		RAISE EXCEPTION 'the mapping does not say which column is the key' USING ERRCODE = '22023', HINT = 'Add "key": the column that names the record.';
	END IF;
	SELECT a.attname::text AS name INTO shape FROM pg_attribute a
		WHERE a.attrelid = source::oid AND a.atttypid = 'geometry'::regtype::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum LIMIT 1;
	IF columns ? 'odk'::text THEN
		wkt := pg_catalog.format('mf_odk_wkt(t.%I::text)', columns ->> 'odk'::text);
	ELSIF shape.name IS NOT NULL THEN
		EXECUTE pg_catalog.format('SELECT pg_catalog.min(ST_SRID(t.%I))::text FROM %s t WHERE ST_SRID(t.%I) <> 4326', shape.name, source, shape.name) INTO answer;
		IF answer IS NOT NULL THEN
			RAISE EXCEPTION '% has geometry of SRID %, not 4326', source, answer
				USING ERRCODE = '42804', HINT = 'Load it with ogr2ogr -t_srs EPSG:4326, and name the operation if the datum differs (-ct).';
		END IF;
		wkt := pg_catalog.format('ST_AsText(ST_Force2D(t.%I), 15)', shape.name);
	ELSIF columns ? 'wkt'::text THEN
		wkt := pg_catalog.format('t.%I::text', columns ->> 'wkt'::text);
	END IF;
	FOREACH sheet IN ARRAY ARRAY['records', 'points', 'legs', 'rows', 'mines', 'events'] LOOP
		SELECT pg_catalog.string_agg(pg_catalog.format('%L, nullif(t.%I::text, '''')', pg_catalog.regexp_replace(c.key, '^\w+\.'::text, ''), c.value), ', ' ORDER BY c.key) INTO answer
			FROM pg_catalog.jsonb_each_text(columns) c
			WHERE CASE WHEN c.key ~ '\.'::text THEN pg_catalog.split_part(c.key, '.', 1) ELSE 'records' END = sheet AND c.key NOT IN ('odk', 'wkt');
		CONTINUE WHEN answer IS NULL;
		IF sheet = 'records' THEN
			-- the other columns stay with the row, for whoever reads it again
			answer := pg_catalog.format('pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(%s, ''wkt'', %s, ''_row'', n, ''_source'', pg_catalog.to_jsonb(t) - %L::text[] - ''n''::text))',
				answer, wkt, ARRAY[shape.name, columns ->> 'odk'::text]);
			parts := parts || pg_catalog.format('(SELECT pg_catalog.jsonb_build_object(''records'', coalesce(pg_catalog.jsonb_agg(%s ORDER BY n), ''[]'')) FROM source t)', answer);
		ELSE
			parts := parts || pg_catalog.format('(SELECT pg_catalog.jsonb_build_object(%L, coalesce(pg_catalog.jsonb_agg(e.cells || pg_catalog.jsonb_build_object(''record'', e.key, ''_row'', n) ORDER BY n), ''[]''))
				FROM (SELECT pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(%s)) AS cells, t.%I::text AS key, n FROM source t) e WHERE e.cells <> ''{}'')',
				sheet, answer, columns ->> 'key'::text);
		END IF;
	END LOOP;
	EXECUTE pg_catalog.format('WITH source AS MATERIALIZED (SELECT t.*, pg_catalog.row_number() OVER () + 1 AS n FROM %s t) SELECT (%s)::text',
		source, pg_catalog.array_to_string(parts, ' || ')) INTO answer;
	IF file_name IS NOT NULL THEN
		answer := (answer::jsonb || pg_catalog.jsonb_build_object('file', pg_catalog.jsonb_build_object('name', file_name)))::text;
	END IF;
	RETURN '{"minefield_sheets":' || answer || '}';
END
$$;
COMMENT ON FUNCTION mf_sheets_mapped(regclass, jsonb, text) IS
	'A table as ogr2ogr loads it from CSV, GPKG, Shapefile, KML, XLSX and others, as a document for mf_intake: one record for each row. columns says which of its columns is which of the template: {"key": "field_no", "laid": "date", "mines.model": "type", "mines.count": "qty"}; the geometry in WGS 84 is taken as the extent, or the answer of ODK in the column named by "odk". Columns that are not named stay in the text of the line only. Errors: a column that is not there or not in the template (42703), no key (22023), geometry of another SRID (42804).';
