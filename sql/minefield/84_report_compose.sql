-- composing a report: reading the registry at one moment, the steps, the
-- document, and the difference of two

-- One statement, so one moment: all INSERTs below see the same snapshot.
-- Records without a district may belong to any; but who sees one district of a
-- protected registry does not see them, nor a report that tells of them.
CREATE FUNCTION mf_report_input(registry name, district text, organisation text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_report_tables();
	EXECUTE pg_catalog.format($read$
		WITH scope AS (SELECT $1 AS district, $2 AS organisation,
			coalesce(p.by_, '') <> 'district' AS any_district, coalesce(p.by_, '') <> 'organisation' AS any_organisation
			FROM (SELECT mf_registry_protected_by($3) AS by_) p),
		records AS (
			INSERT INTO pg_temp.minefield_in_record
			SELECT CASE WHEN pg_catalog.count(*) OVER (PARTITION BY r.key) = 1 THEN r.key
						WHEN pg_catalog.count(*) OVER (PARTITION BY r.key, b.name) = 1 THEN pg_catalog.concat_ws(' ', b.name, r.key)
						ELSE pg_catalog.concat_ws(' ', b.name, r.key, '#' || r.record_id::text) END,
				   b.name, mf_number(r.current), r.current,
				   CASE WHEN mf_is_located(r.current) THEN ST_Envelope(mf_geometry(r.current)) END,
				   mf_accuracy_m(r.current),
				   pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(r.current::text, 'UTF8')), 'hex'), 16)
			FROM scope s CROSS JOIN %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
				AND (s.district IS NULL OR b.district = s.district OR s.any_district)
				AND (s.organisation IS NULL OR b.organisation = s.organisation OR s.any_organisation)
			WHERE r.is_current
				AND (s.district IS NULL OR r.district = s.district OR s.any_district AND r.district IS NULL)
				AND (s.organisation IS NULL OR r.organisation = s.organisation OR s.any_organisation AND r.organisation IS NULL)
			RETURNING 1),
		areas AS (
			INSERT INTO pg_temp.minefield_in_area SELECT a.area_id::text, a.name, a.geometry
			FROM scope s, %1$I.areas a
			WHERE (s.district IS NULL OR a.district = s.district OR s.any_district AND a.district IS NULL)
				AND (s.organisation IS NULL OR a.organisation = s.organisation OR s.any_organisation AND a.organisation IS NULL)),
		lines AS (
			INSERT INTO pg_temp.minefield_in_line SELECT l.line_id::text, l.name, l.geometry, NULL
			FROM scope s, %1$I.lines l
			WHERE (s.district IS NULL OR l.district = s.district OR s.any_district AND l.district IS NULL)
				AND (s.organisation IS NULL OR l.organisation = s.organisation OR s.any_organisation AND l.organisation IS NULL)),
		finds AS (
			INSERT INTO pg_temp.minefield_in_find
			SELECT coalesce(f.name, '#' || f.finding_id::text), f.kind, f.model, f.found,
				   CASE WHEN NOT ST_IsEmpty(f.geometry) THEN ST_PointOnSurface(f.geometry) END, f.count
			FROM scope s, %1$I.findings f
			WHERE f.kind IN ('mine', 'other device', 'accident')
				AND (s.district IS NULL OR f.district = s.district OR s.any_district AND f.district IS NULL)
				AND (s.organisation IS NULL OR f.organisation = s.organisation OR s.any_organisation AND f.organisation IS NULL)),
		models AS (
			INSERT INTO pg_temp.minefield_in_model SELECT pg_catalog.to_jsonb(m) - 'remarks'::text FROM %1$I.mine_models m),
		books AS (
			INSERT INTO pg_temp.minefield_in_book
			SELECT DISTINCT ON (b.name) b.name, coalesce(b.header, '{}'::jsonb) || pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
				'issuer', b.issuer, 'source', b.source, 'handed_over', b.handed_over, 'received', b.received,
				'records_declared', b.records_declared, 'sheets_declared', b.sheets_declared,
				'mines_declared', b.mines_declared))
			FROM scope s, %1$I.books b
			WHERE (s.district IS NULL OR b.district = s.district OR s.any_district AND b.district IS NULL)
				AND (s.organisation IS NULL OR b.organisation = s.organisation OR s.any_organisation AND b.organisation IS NULL)
			ORDER BY b.name, b.created_at, b.book_id),
		files AS (
			INSERT INTO pg_temp.minefield_in_file
			SELECT f.file_name, b.name, f.sha256,
				   pg_catalog.to_char(f.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
				   pg_catalog.count(l.intake_id), pg_catalog.count(*) FILTER (WHERE l.outcome IN ('record', 'superseded', 'corrected')),
				   pg_catalog.count(*) FILTER (WHERE l.outcome = 'refused'), pg_catalog.count(*) FILTER (WHERE l.outcome = 'twin'),
				   f.withdrawn_at IS NOT NULL
			FROM scope s CROSS JOIN %1$I.intake_files f
				LEFT JOIN %1$I.books b ON b.book_id = f.book_id
					AND (s.district IS NULL OR b.district = s.district OR s.any_district)
					AND (s.organisation IS NULL OR b.organisation = s.organisation OR s.any_organisation)
				LEFT JOIN %1$I.intake_lines l ON l.file_id = f.file_id
			WHERE (s.district IS NULL OR f.district = s.district OR s.any_district AND f.district IS NULL)
				AND (s.organisation IS NULL OR f.organisation = s.organisation OR s.any_organisation AND f.organisation IS NULL)
			GROUP BY f.file_id, b.name),
		refused AS (
			INSERT INTO pg_temp.minefield_in_refused
			SELECT f.file_name, l.line, l.sqlstate, l.message, l.path, l.hint
			FROM scope s, %1$I.intake_lines l JOIN %1$I.intake_files f ON f.file_id = l.file_id
			WHERE l.outcome = 'refused' AND f.withdrawn_at IS NULL
				AND (s.district IS NULL OR l.district = s.district OR s.any_district AND l.district IS NULL)
				AND (s.organisation IS NULL OR l.organisation = s.organisation OR s.any_organisation AND l.organisation IS NULL))
		SELECT pg_catalog.count(*) FROM records
	$read$, registry) USING district, organisation, registry;
	CREATE INDEX ON pg_temp.minefield_in_record USING gist (record);
	CREATE INDEX ON pg_temp.minefield_in_record (key);
	ANALYZE pg_temp.minefield_in_record;
END
$$;
COMMENT ON FUNCTION mf_report_input(name, text, text) IS
	'For the report: reads a registry at one moment into temporary tables, as far as the caller may see it, and of one district or organisation where these are not NULL: rows without one count to each, except where the registry is protected by it.';

CREATE FUNCTION mf_report_digest() RETURNS text
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	RETURN (SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(coalesce(pg_catalog.string_agg(line, E'\n' ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex')
		FROM (SELECT pg_catalog.concat_ws(E'\t', 'record', key, book, digest) AS line FROM pg_temp.minefield_in_record
			  UNION ALL SELECT pg_catalog.concat_ws(E'\t', 'area', id, name, pg_catalog.encode(ST_AsEWKB(aoi), 'hex')) FROM pg_temp.minefield_in_area
			  UNION ALL SELECT pg_catalog.concat_ws(E'\t', 'line', id, name, pg_catalog.encode(ST_AsEWKB(line), 'hex')) FROM pg_temp.minefield_in_line
			  UNION ALL SELECT pg_catalog.concat_ws(E'\t', 'find', id, kind, model, count, pg_catalog.encode(ST_AsEWKB(place), 'hex')) FROM pg_temp.minefield_in_find
			  UNION ALL SELECT pg_catalog.concat_ws(E'\t', 'model', model::text) FROM pg_temp.minefield_in_model
			  UNION ALL SELECT pg_catalog.concat_ws(E'\t', 'book', book, header::text) FROM pg_temp.minefield_in_book) x);
END
$$;
COMMENT ON FUNCTION mf_report_digest() IS
	'For the report: sHA-256, in hexadecimal, of everything that a report computes from: equal digests, equal input.';

-- Overlaps and finds come before the maps that show them, areas before what is
-- to be asked about them.
CREATE FUNCTION mf_report_steps() RETURNS SETOF text[]
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50 ROWS 20
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	RETURN QUERY
	SELECT ARRAY[s.part, s.id, s.title]
	FROM (SELECT v.rank, v.part, NULL::text AS id, NULL::text AS title
		  FROM (VALUES (1, 'received'), (2, 'totals'), (3, 'unlocated'), (4, 'missing'), (5, 'overlaps'), (6, 'finds'),
					   (9, 'questions'), (10, 'overview'), (11, 'accuracy'), (12, 'completeness'), (13, 'sequence'),
					   (14, 'checks'), (15, 'links'), (16, 'account')) v (rank, part)
		  UNION ALL SELECT 7, 'area', a.id, a.name FROM pg_temp.minefield_in_area a
		  UNION ALL SELECT 8, 'line', l.id, l.name FROM pg_temp.minefield_in_line l) s
	ORDER BY s.rank, s.title COLLATE "C", s.id::bigint;
END
$$;
COMMENT ON FUNCTION mf_report_steps() IS
	'For the report: the steps of a report in their order: what is made, and for areas and lines their id and name.';

CREATE FUNCTION mf_report_step(n integer, part text, id text, options jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	INSERT INTO pg_temp.minefield_out_part
	SELECT part, n, CASE part
		WHEN 'received' THEN mf_report_received(options)
		WHEN 'totals' THEN mf_report_totals(options)
		WHEN 'unlocated' THEN mf_report_unlocated(options)
		WHEN 'missing' THEN mf_report_missing(options)
		WHEN 'overlaps' THEN mf_report_overlaps(options)
		WHEN 'finds' THEN mf_report_finds(options)
		WHEN 'area' THEN mf_report_area(id, options)
		WHEN 'line' THEN mf_report_line(id, options)
		WHEN 'questions' THEN mf_report_questions(options)
		WHEN 'overview' THEN mf_report_overview(options)
		WHEN 'accuracy' THEN mf_report_accuracy(options)
		WHEN 'completeness' THEN mf_report_completeness(options)
		WHEN 'sequence' THEN mf_report_sequence(options)
		WHEN 'checks' THEN mf_report_checks(options)
		WHEN 'links' THEN mf_report_links(options)
		WHEN 'account' THEN mf_report_account(options) END;
END
$$;
COMMENT ON FUNCTION mf_report_step(integer, text, text, jsonb) IS
	'For the report: makes one part of a report.';

-- The inventory, every key with a digest of its record, is what lets any two
-- reports be compared record by record.
CREATE FUNCTION mf_report_result(registry name, district text, organisation text, as_of timestamptz, options jsonb)
	RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	result jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT pg_catalog.jsonb_object_agg(part, body) INTO result
	FROM pg_temp.minefield_out_part WHERE part NOT IN ('area', 'line');
	RETURN result || pg_catalog.jsonb_build_object('format', 'minefield report', 'format_version', 1,
		'registry', registry, 'district', district, 'organisation', organisation, 'run', NULL,
		'as_of', pg_catalog.to_char(as_of AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
		'made_by', mf_registry_who(), 'options', options,
		'versions', pg_catalog.jsonb_build_object('minefield', (SELECT extversion FROM pg_extension WHERE extname = 'minefield'),
			'all', mf_full_version()),
		'input_digest', mf_report_digest(),
		'areas', (SELECT coalesce(pg_catalog.jsonb_agg(body ORDER BY n), '[]'::jsonb) FROM pg_temp.minefield_out_part WHERE part = 'area'),
		'lines', (SELECT coalesce(pg_catalog.jsonb_agg(body ORDER BY n), '[]'::jsonb) FROM pg_temp.minefield_out_part WHERE part = 'line'),
		'inventory', (SELECT coalesce(pg_catalog.jsonb_object_agg(key, digest), '{}'::jsonb) FROM pg_temp.minefield_in_record),
		'changes', NULL, 'trend', '[]'::jsonb, 'labels', '{}'::jsonb);
END
$$;
COMMENT ON FUNCTION mf_report_result(name, text, text, timestamptz, jsonb) IS
	'For the report: the document of a report, of the parts that were made.';

CREATE FUNCTION mf_report_summary(report jsonb) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN pg_catalog.jsonb_build_object('run', report -> 'run'::text, 'as_of', report -> 'as_of'::text,
		'records', report #> '{totals,records}'::text[], 'unlocated', report #> '{totals,unlocated}'::text[],
		'missing_numbers', (SELECT pg_catalog.sum((b #>> '{missing,count}'::text[])::numeric) FROM pg_catalog.jsonb_array_elements(report #> '{missing,books}'::text[]) b),
		'refused', report #> '{received,refused,count}'::text[],
		'contradicting', report #> '{overlaps,contradicting}'::text[], 'finds_outside', report #> '{finds,outside}'::text[],
		'unsolved', report #> '{accuracy,unsolved,count}'::text[],
		'completeness_profile', report #> '{completeness,profile}'::text[], 'completeness', report #> '{completeness,mean}'::text[],
		'completeness_by_book', (SELECT pg_catalog.jsonb_object_agg(b ->> 'book'::text, b -> 'mean'::text) FROM pg_catalog.jsonb_array_elements(report #> '{completeness,books,rows}'::text[])
			WITH ORDINALITY x (b, n) WHERE n <= 20::bigint AND b ->> 'book'::text IS NOT NULL),
		'checks_high', (SELECT p -> 'findings'::text FROM pg_catalog.jsonb_array_elements(report #> '{checks,priorities}'::text[]) p WHERE p ->> 'priority'::text = 'HIGH'),
		'linked', report #> '{links,count}'::text[], 'linked_contradicting', report #> '{links,contradicting}'::text[],
		'unaccounted_min', report #> '{account,total,unaccounted_min}'::text[], 'unaccounted_max', report #> '{account,total,unaccounted_max}'::text[],
		'aoi_m2', (SELECT pg_catalog.sum((a ->> 'aoi_m2'::text)::float8) FROM pg_catalog.jsonb_array_elements(report -> 'areas'::text) a),
		'recorded_m2', (SELECT pg_catalog.sum((a ->> 'recorded_m2'::text)::float8) FROM pg_catalog.jsonb_array_elements(report -> 'areas'::text) a),
		'no_record_m2', (SELECT pg_catalog.sum((a ->> 'no_record_m2'::text)::float8) FROM pg_catalog.jsonb_array_elements(report -> 'areas'::text) a),
		'line_m', (SELECT pg_catalog.sum((l ->> 'length_m'::text)::float8) FROM pg_catalog.jsonb_array_elements(report -> 'lines'::text) l),
		'line_no_record_m', (SELECT pg_catalog.sum((l ->> 'no_record_m'::text)::float8) FROM pg_catalog.jsonb_array_elements(report -> 'lines'::text) l));
END
$$;
COMMENT ON FUNCTION mf_report_summary(jsonb) IS
	'For the report: the figures of a report that are kept for ever and shown as trend; areas that overlap are counted twice.';

CREATE FUNCTION mf_report(registry name, options jsonb DEFAULT NULL, district text DEFAULT NULL, organisation text DEFAULT NULL)
	RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	as_of timestamptz := pg_catalog.clock_timestamp();
	step text[];
	n integer := 0;
	result jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF registry IS NULL THEN
		RETURN NULL;
	END IF;
	PERFORM mf_registry_check(registry);
	options := mf_report_check_options(options);
	PERFORM mf_report_input(registry, district, organisation);
	UPDATE pg_temp.minefield_in_line SET distance_m = (options ->> 'line_distance_m'::text)::float8;
	FOR step IN SELECT s FROM mf_report_steps() s LOOP
		n := n + 1;
		PERFORM mf_report_step(n, step[1], step[2], options);
	END LOOP;
	result := mf_report_result(registry, district, organisation, as_of, options);
	PERFORM mf_report_forget();
	RETURN result;
END
$$;
COMMENT ON FUNCTION mf_report(name, jsonb, text, text) IS
	'The completeness report of a registry as a document (doc/report-schema.json), of one moment and of what the caller may see; options from mf_report_options(). With a district or organisation, only of it and of what belongs to none. Stores nothing: mf_run_report does. NULL for a NULL registry; 42P01 where there is none.';

-- Two lists of figures side by side; what one of them lacks is null there.
CREATE FUNCTION mf_report_pairs(before jsonb, after jsonb, figures text[]) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (
		SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', coalesce(b.x ->> 'name'::text, a.x ->> 'name'::text),
				'before', (SELECT pg_catalog.jsonb_object_agg(f, b.x -> f) FROM pg_catalog.unnest(figures) f WHERE b.x IS NOT NULL),
				'after', (SELECT pg_catalog.jsonb_object_agg(f, a.x -> f) FROM pg_catalog.unnest(figures) f WHERE a.x IS NOT NULL))
				ORDER BY coalesce(a.n, b.n), coalesce(b.x ->> 'name'::text, a.x ->> 'name'::text) COLLATE "C"), '[]'::jsonb)
		FROM pg_catalog.jsonb_array_elements(before) WITH ORDINALITY b (x, n)
			FULL JOIN pg_catalog.jsonb_array_elements(after) WITH ORDINALITY a (x, n) ON a.x -> 'id'::text = b.x -> 'id'::text);
END
$$;
COMMENT ON FUNCTION mf_report_pairs(jsonb, jsonb, text[]) IS
	'For the report: the named figures of the areas or lines of two reports, matched by id.';

CREATE FUNCTION mf_report_checked(report jsonb) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF report ->> 'format'::text IS DISTINCT FROM 'minefield report' THEN
		RAISE EXCEPTION 'not a report' USING ERRCODE = 'invalid_parameter_value',
			HINT = 'Pass what mf_report or mf_latest_run returns.';
	ELSIF (report ->> 'format_version'::text)::integer > 1 THEN
		RAISE EXCEPTION 'this report was made by a later release'
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Install that release to read it.';
	END IF;
	RETURN report;
END
$$;
COMMENT ON FUNCTION mf_report_checked(jsonb) IS
	'For mf_report_diff and mf_report_html: the document of a report, and an error (22023) for anything else.';

CREATE FUNCTION mf_report_changed(before jsonb, after jsonb) RETURNS jsonb
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000
	RETURN (
		SELECT pg_catalog.jsonb_object_agg(k.kind, mf_report_list(c.n, c.keys))
		FROM (VALUES ('added'), ('gone'), ('changed')) k (kind)
			LEFT JOIN (
				SELECT p.kind, pg_catalog.count(*) AS n, pg_catalog.jsonb_agg(p.key ORDER BY p.key COLLATE "C")
					FILTER (WHERE p.place <= COALESCE(after #>> '{options,max_rows}'::text[], '50')::bigint) AS keys
				FROM (SELECT d.kind, d.key, pg_catalog.row_number() OVER (PARTITION BY d.kind ORDER BY d.key COLLATE "C") AS place
					  FROM (SELECT COALESCE(a.key, b.key) AS key, CASE WHEN b.key IS NULL THEN 'added'
								WHEN a.key IS NULL THEN 'gone' ELSE 'changed' END AS kind
							FROM pg_catalog.jsonb_each_text(before -> 'inventory'::text) b
								FULL JOIN pg_catalog.jsonb_each_text(after -> 'inventory'::text) a ON a.key = b.key
							WHERE a.value IS DISTINCT FROM b.value) d) p
				GROUP BY p.kind) c ON c.kind = k.kind);
COMMENT ON FUNCTION mf_report_changed(jsonb, jsonb) IS
	'For mf_report_diff: the keys of the records added, gone and changed.';

CREATE FUNCTION mf_report_diff(before jsonb, after jsonb) RETURNS jsonb
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000
	RETURN pg_catalog.jsonb_build_object(
		'before', pg_catalog.jsonb_build_object('run', mf_report_checked(before) -> 'run'::text, 'as_of', before -> 'as_of'::text),
		'after', pg_catalog.jsonb_build_object('run', mf_report_checked(after) -> 'run'::text, 'as_of', after -> 'as_of'::text),
		'same_input', before -> 'input_digest'::text = after -> 'input_digest'::text,
		-- what an earlier release did not know had its default
		'options_differ', mf_report_paper_options() || (before -> 'options'::text) <> mf_report_paper_options() || (after -> 'options'::text),
		'records', mf_report_changed(before, after),
		'figures', pg_catalog.jsonb_build_object('before', mf_report_summary(before), 'after', mf_report_summary(after)),
		'areas', mf_report_pairs(before -> 'areas'::text, after -> 'areas'::text,
			ARRAY['aoi_m2', 'recorded_m2', 'possible_m2', 'no_record_m2']),
		'lines', mf_report_pairs(before -> 'lines'::text, after -> 'lines'::text, ARRAY['length_m', 'no_record_m']));
COMMENT ON FUNCTION mf_report_diff(jsonb, jsonb) IS
	'What changed from one report to another: records added, gone and changed, and the figures of all areas and lines side by side. Says whether the options differed, for then figures cannot be compared. NULL when either is NULL; 22023 when either is no report.';
