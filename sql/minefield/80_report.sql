-- what a completeness report says: its options, and the sections that are
-- read from the input alone
--
-- A report reads the registry once, in one statement, into temporary tables
-- (minefield_in_...); everything else reads those.  So a report that takes
-- minutes shows one moment, and a run can commit between its steps.

CREATE FUNCTION mf_report_options(margin_m float8 DEFAULT 0, min_gap_m2 float8 DEFAULT 100,
	min_gap_m float8 DEFAULT 10, line_distance_m float8 DEFAULT 100, sliver_m2 float8 DEFAULT 1,
	near_m float8 DEFAULT 0, max_rows integer DEFAULT 50) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF NOT (margin_m BETWEEN 0 AND 100000 AND min_gap_m2 BETWEEN 0 AND 1e12 AND min_gap_m BETWEEN 0 AND 1e9
			AND line_distance_m BETWEEN 0 AND 100000 AND sliver_m2 BETWEEN 0 AND 1e12 AND near_m BETWEEN 0 AND 100000) THEN
		RAISE EXCEPTION 'an option of the report is out of range'
			USING ERRCODE = 'invalid_parameter_value',
				HINT = 'Distances are 0 to 100000 metres; areas and lengths are not negative.';
	END IF;
	IF max_rows NOT BETWEEN 1 AND 1000 THEN
		RAISE EXCEPTION 'max_rows must be between 1 and 1000'
			USING ERRCODE = 'invalid_parameter_value';
	END IF;
	RETURN pg_catalog.jsonb_build_object('margin_m', coalesce(margin_m, 0), 'min_gap_m2', coalesce(min_gap_m2, 100),
		'min_gap_m', coalesce(min_gap_m, 10), 'line_distance_m', coalesce(line_distance_m, 100),
		'sliver_m2', coalesce(sliver_m2, 1), 'near_m', coalesce(near_m, 0), 'max_rows', coalesce(max_rows, 50));
END
$$;
COMMENT ON FUNCTION mf_report_options(float8, float8, float8, float8, float8, float8, integer) IS
	'Options of mf_report and mf_run_report: margin_m enlarges every footprint by so many metres; gaps below min_gap_m2 square metres or, along lines, min_gap_m metres are left out; a line is recorded up to line_distance_m metres from a record where the line states no distance of its own; sliver_m2 and near_m as in mf_overlap_options; max_rows (1 to 1000) limits every list. NULL is the default.';

CREATE FUNCTION mf_report_paper_options(profile text DEFAULT 'formular', own_profile jsonb DEFAULT NULL,
	skip_checks text[] DEFAULT NULL, min_score float8 DEFAULT 0.5, reach_m float8 DEFAULT 2000) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	code text;
	probe float8;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF own_profile IS NOT NULL THEN
		probe := mf_completeness('{"type":"Feature"}'::minefield, own_profile);
	ELSE
		PERFORM mf_profile(profile);
	END IF;
	IF NOT (min_score > 0.0::float8 AND min_score < 1.0::float8 AND reach_m BETWEEN 0 AND 100000) THEN
		RAISE EXCEPTION 'an option of the report is out of range'
			USING ERRCODE = 'invalid_parameter_value',
				HINT = 'min_score lies between 0 and 1; distances are 0 to 100000 metres.';
	END IF;
	SELECT pg_catalog.min(s) INTO code FROM pg_catalog.unnest(skip_checks) s WHERE s NOT IN (SELECT c.code FROM mf_checks() c);
	IF code IS NOT NULL THEN
		RAISE EXCEPTION 'there is no check "%"', code
			USING ERRCODE = 'invalid_parameter_value', HINT = 'mf_checks() lists them.';
	END IF;
	RETURN pg_catalog.jsonb_build_object('profile', coalesce(own_profile, pg_catalog.to_jsonb(coalesce(profile, 'formular'))),
		'skip_checks', (SELECT coalesce(pg_catalog.jsonb_agg(DISTINCT s ORDER BY s), '[]'::jsonb) FROM pg_catalog.unnest(skip_checks) s WHERE s IS NOT NULL),
		'min_score', coalesce(min_score, 0.5::float8), 'reach_m', coalesce(reach_m, 2000.0::float8));
END
$$;
COMMENT ON FUNCTION mf_report_paper_options(text, jsonb, text[], float8, float8) IS
	'Further options of mf_report and mf_run_report, to be joined to those of mf_report_options by ||: the profile by which completeness is told, by its name or as one''s own; the codes of checks that are switched off; from which score on, and up to how many metres apart, records of two books are linked (as in mf_link). NULL is the default. An unknown profile or code, or a number out of range, is an error (22023).';

-- Options may come from a file or a job written by hand: a misspelt one must
-- not silently be the default.
CREATE FUNCTION mf_report_check_options(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	defaults jsonb;
	unknown text;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	defaults := mf_report_options() || mf_report_paper_options();
	IF options IS NULL THEN
		RETURN defaults;
	END IF;
	IF pg_catalog.jsonb_typeof(options) <> 'object' THEN
		RAISE EXCEPTION 'options of the report are no JSON object'
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Build them with mf_report_options().';
	END IF;
	SELECT pg_catalog.min(name) INTO unknown FROM pg_catalog.jsonb_object_keys(options) AS name WHERE NOT defaults ? name;
	IF unknown IS NOT NULL THEN
		RAISE EXCEPTION 'unknown option "%" of the report', unknown
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Build them with mf_report_options().';
	END IF;
	RETURN mf_report_options((options ->> 'margin_m'::text)::float8, (options ->> 'min_gap_m2'::text)::float8,
		(options ->> 'min_gap_m'::text)::float8, (options ->> 'line_distance_m'::text)::float8,
		(options ->> 'sliver_m2'::text)::float8, (options ->> 'near_m'::text)::float8, (options ->> 'max_rows'::text)::integer)
		|| mf_report_paper_options(CASE WHEN pg_catalog.jsonb_typeof(options -> 'profile'::text) <> 'object' THEN coalesce(options ->> 'profile'::text, 'formular') ELSE 'formular' END,
			CASE WHEN pg_catalog.jsonb_typeof(options -> 'profile'::text) = 'object' THEN options -> 'profile'::text END,
			CASE WHEN pg_catalog.jsonb_typeof(options -> 'skip_checks'::text) = 'array'
				THEN ARRAY(SELECT pg_catalog.jsonb_array_elements_text(options -> 'skip_checks'::text)) ELSE ARRAY[options ->> 'skip_checks'::text] END,
			(options ->> 'min_score'::text)::float8, (options ->> 'reach_m'::text)::float8);
END
$$;
COMMENT ON FUNCTION mf_report_check_options(jsonb) IS
	'For the report: options of a report, checked and with all defaults filled in.';

CREATE FUNCTION mf_report_tables() RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_report_forget();
	CREATE TEMP TABLE minefield_in_record (key text, book text, number text, record minefield, box geometry,
		accuracy_m float8, digest text);
	CREATE TEMP TABLE minefield_in_area (id text, name text, aoi geometry);
	CREATE TEMP TABLE minefield_in_line (id text, name text, line geometry, distance_m float8);
	CREATE TEMP TABLE minefield_in_find (id text, kind text, model text, found_on text, place geometry, count integer);
	CREATE TEMP TABLE minefield_in_model (model jsonb);
	CREATE TEMP TABLE minefield_in_book (book text, header jsonb);
	CREATE TEMP TABLE minefield_in_file (file text, book text, sha256 text, received text,
		lines bigint, records bigint, refused bigint, twins bigint, withdrawn boolean);
	CREATE TEMP TABLE minefield_in_refused (file text, line bigint, sqlstate text, message text, path text, hint text);
	CREATE TEMP TABLE minefield_out_missing (book text, low bigint, high bigint);
	CREATE TEMP TABLE minefield_out_overlap (key_a text, key_b text, class text, certainty text, contradicts boolean,
		area_m2 float8, share_a float8, share_b float8, shift_m float8, shape geometry);
	CREATE TEMP TABLE minefield_out_gap (kind text, place text, n integer, size float8, neighbours text[],
		body jsonb, shape geometry);
	CREATE TEMP TABLE minefield_out_find (id text, kind text, model text, outside boolean, within_uncertainty boolean,
		nearest text, distance_m float8, place geometry);
	CREATE TEMP TABLE minefield_out_part (part text, n integer, body jsonb);
END
$$;
COMMENT ON FUNCTION mf_report_tables() IS
	'For the report: makes the temporary tables that a report works in.';

CREATE FUNCTION mf_report_forget() RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	place text;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	FOREACH place IN ARRAY ARRAY['in_record', 'in_area', 'in_line', 'in_find', 'in_book', 'in_file', 'in_refused',
		'out_missing', 'out_overlap', 'out_gap', 'out_find', 'out_part', 'tmp_sheet', 'tmp_place', 'tmp_unsolved',
		'in_model', 'tmp_score', 'tmp_finding', 'tmp_count', 'tmp_link', 'tmp_books', 'tmp_copy'] LOOP
		-- no IF EXISTS: it would tell everybody of every table that is not there
		IF pg_catalog.to_regclass('pg_temp.minefield_' || place) IS NOT NULL THEN
			EXECUTE pg_catalog.format('DROP TABLE pg_temp.%I', 'minefield_' || place);
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION mf_report_forget() IS
	'For the report: drops the temporary tables of a report.';

-- A list with its own length, so that a shortened one says so.
CREATE FUNCTION mf_report_list(total bigint, rows jsonb) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN pg_catalog.jsonb_build_object('count', coalesce(total, 0::bigint), 'rows', coalesce(rows, '[]'::jsonb));
COMMENT ON FUNCTION mf_report_list(bigint, jsonb) IS
	'For the report: a list of a report: how many there are, and the rows that are shown of them.';

CREATE FUNCTION mf_report_mines(t mf_mine_totals) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN pg_catalog.jsonb_build_object('known', (t).known, 'at_least', (t).at_least, 'at_most', (t).at_most,
							  'records', (t).records, 'records_unknown', (t).records_unknown);
COMMENT ON FUNCTION mf_report_mines(mf_mine_totals) IS
	'For the report: a total of mines as a report writes it; at_most is null when nothing bounds it.';

CREATE FUNCTION mf_report_received(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	limit_rows integer := options ->> 'max_rows'::text;
	books jsonb;
	files jsonb;
	refused jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book', b.book,
			'title', b.header ->> 'title'::text, 'issuer', b.header ->> 'issuer'::text, 'source', b.header ->> 'source'::text,
			'handed_over', b.header ->> 'handed_over'::text, 'received', b.header ->> 'received'::text,
			'records_declared', b.header -> 'records_declared'::text, 'sheets_declared', b.header -> 'sheets_declared'::text,
			'records', coalesce(r.records, 0::bigint), 'located', coalesce(r.located, 0::bigint),
			'unlocated', coalesce(r.records - r.located, 0::bigint),
			'mines', mf_report_mines(r.mines)) ORDER BY b.book COLLATE "C")
	INTO books
	FROM pg_temp.minefield_in_book b
		LEFT JOIN (SELECT book, pg_catalog.count(*) AS records, pg_catalog.count(*) FILTER (WHERE box IS NOT NULL) AS located,
						  mf_mine_total(record) AS mines
				   FROM pg_temp.minefield_in_record GROUP BY book) r
		ON r.book IS NOT DISTINCT FROM b.book;

	SELECT pg_catalog.jsonb_agg(pg_catalog.to_jsonb(f) ORDER BY f.received DESC, f.file COLLATE "C") INTO files
	FROM (SELECT * FROM pg_temp.minefield_in_file ORDER BY received DESC, file COLLATE "C" LIMIT limit_rows) f;
	SELECT pg_catalog.jsonb_agg(pg_catalog.to_jsonb(f) ORDER BY f.file COLLATE "C", f.line) INTO refused
	FROM (SELECT * FROM pg_temp.minefield_in_refused ORDER BY file COLLATE "C", line LIMIT limit_rows) f;

	RETURN pg_catalog.jsonb_build_object('books', coalesce(books, '[]'::jsonb),
		'files', mf_report_list((SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_file), files),
		'refused', mf_report_list((SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_refused), refused));
END
$$;
COMMENT ON FUNCTION mf_report_received(jsonb) IS
	'For the report: section of a report: the books, the files they came in, and the lines that could not be read.';

CREATE FUNCTION mf_report_totals(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	totals jsonb;
	models jsonb;
	declared jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT pg_catalog.jsonb_build_object('records', pg_catalog.count(*),
			'located', pg_catalog.count(box), 'unlocated', pg_catalog.count(*) - pg_catalog.count(box),
			'without_area', pg_catalog.count(*) FILTER (WHERE box IS NOT NULL AND mf_area(record) IS NULL),
			'not_valid', pg_catalog.count(*) FILTER (WHERE NOT mf_is_valid(record)),
			'number_unknown', pg_catalog.count(*) FILTER (WHERE number IS NULL),
			'laid_unknown', pg_catalog.count(*) FILTER (WHERE mf_laid(record) IS NULL),
			'accuracy_unknown', pg_catalog.count(*) FILTER (WHERE box IS NOT NULL AND accuracy_m IS NULL),
			'mines', mf_report_mines(mf_mine_total(record)))
	INTO totals
	FROM pg_temp.minefield_in_record;

	SELECT pg_catalog.jsonb_object_agg(model, n) INTO declared
	FROM (SELECT m ->> 'model'::text AS model, pg_catalog.sum((m ->> 'count'::text)::numeric) AS n
		  FROM pg_temp.minefield_in_book b,
			   pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(b.header -> 'mines_declared'::text) = 'array'
									THEN b.header -> 'mines_declared'::text ELSE '[]'::jsonb END) m
		  WHERE m ->> 'model'::text IS NOT NULL AND pg_catalog.jsonb_typeof(m -> 'count'::text) = 'number'
		  GROUP BY 1) d;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('model', model, 'records', records, 'known', known,
			'at_least', at_least, 'at_most', at_most, 'entries_unknown', entries_unknown,
			'declared', declared -> model)
			ORDER BY at_least DESC, model COLLATE "C")
	INTO models
	FROM (SELECT m.model, pg_catalog.count(DISTINCT r.key) AS records, coalesce(pg_catalog.sum(m.count), 0::float8) AS known,
				 pg_catalog.sum(coalesce(m.count_min, m.count, 0::float8)) AS at_least,
				 CASE WHEN pg_catalog.bool_and(coalesce(m.count_max, m.count) IS NOT NULL)
					  THEN pg_catalog.sum(coalesce(m.count_max, m.count)) END AS at_most,
				 pg_catalog.count(*) FILTER (WHERE m.count IS NULL) AS entries_unknown
		  FROM pg_temp.minefield_in_record r, mf_mines(r.record) m
		  GROUP BY m.model) m;
	RETURN totals || pg_catalog.jsonb_build_object('models', coalesce(models, '[]'::jsonb));
END
$$;
COMMENT ON FUNCTION mf_report_totals(jsonb) IS
	'For the report: section of a report: how many records, what is not known of them, and the mines by model as intervals.';

CREATE FUNCTION mf_report_unlocated(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	rows jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', key, 'book', book, 'number', number, 'says', pg_catalog.left(says, 240))
					 ORDER BY key COLLATE "C") INTO rows
	FROM (SELECT r.key, r.book, r.number, coalesce(mf_properties(r.record) #>> '{location,description}'::text[],
				(SELECT pg_catalog.string_agg(p.description, '; ' ORDER BY p.n) FROM mf_points(r.record) p
				 WHERE p.description IS NOT NULL),
				(mf_properties(r.record) ->> 'remarks'::text)) AS says
		  FROM pg_temp.minefield_in_record r WHERE r.box IS NULL
		  ORDER BY r.key COLLATE "C" LIMIT (options ->> 'max_rows'::text)::integer) u;
	RETURN mf_report_list((SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_record WHERE box IS NULL), rows);
END
$$;
COMMENT ON FUNCTION mf_report_unlocated(jsonb) IS
	'For the report: section of a report: the records without a place, which may lie anywhere, with the words that they have for it.';

-- Numbers between the lowest and the highest received; a book may begin and
-- end beyond them, which only what it declares can tell.
CREATE FUNCTION mf_report_missing(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	limit_rows integer := options ->> 'max_rows'::text;
	books jsonb;
	sheets jsonb;
	incomplete bigint;
	unknown bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	INSERT INTO pg_temp.minefield_out_missing
	SELECT b.book, low.n, high.n
	FROM (SELECT book, pg_catalog.array_agg(number ORDER BY key COLLATE "C") AS numbers FROM pg_temp.minefield_in_record
		  WHERE number IS NOT NULL GROUP BY book) b
		CROSS JOIN LATERAL mf_sequence_gaps(b.numbers) g
		CROSS JOIN LATERAL mf_number_places(g.first_missing) low
		CROSS JOIN LATERAL mf_number_places(g.last_missing) high
	WHERE g.series = '#' AND NOT low.part AND NOT high.part;

	-- sheets: all copies of one number together
	CREATE TEMP TABLE minefield_tmp_sheet AS
	SELECT r.book, coalesce(r.number, r.key) AS number, pg_catalog.min(r.key) AS key, pg_catalog.max(s.of_) AS of_,
		   pg_catalog.array_agg(DISTINCT s.sheet) FILTER (WHERE s.sheet IS NOT NULL) AS present
	FROM pg_temp.minefield_in_record r
		LEFT JOIN LATERAL (SELECT p -> 'sheets_of'::text AS sheets_of, p -> 'sheets'::text AS sheets
						   FROM mf_properties(r.record) p) p ON true
		LEFT JOIN LATERAL (
			SELECT CASE WHEN pg_catalog.jsonb_typeof(p.sheets_of) = 'number' AND (p.sheets_of)::numeric BETWEEN 1 AND 1000
						THEN (p.sheets_of)::numeric::integer END AS of_,
				   CASE WHEN pg_catalog.jsonb_typeof(sheet) = 'number' AND sheet::numeric BETWEEN 1 AND 1000
						THEN sheet::numeric::integer END AS sheet
			FROM (SELECT NULL::jsonb AS sheet
				  UNION ALL SELECT e FROM pg_catalog.jsonb_array_elements(
					  CASE WHEN pg_catalog.jsonb_typeof(p.sheets) = 'array' THEN p.sheets ELSE '[]'::jsonb END) e) s) s ON true
	GROUP BY r.book, coalesce(r.number, r.key);
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book', b.book, 'declared', b.header -> 'records_declared'::text,
			'received', coalesce(r.records, 0::bigint), 'numbers', coalesce(r.numbers, 0::bigint),
			'without_number', coalesce(r.without_number, 0::bigint),
			'short', CASE WHEN pg_catalog.jsonb_typeof(b.header -> 'records_declared'::text) = 'number' THEN (b.header ->> 'records_declared'::text)::numeric
				- coalesce(r.numbers + r.without_number, 0::bigint)::numeric END,
			'sheets_declared', b.header -> 'sheets_declared'::text, 'sheets_received', (
				SELECT coalesce(pg_catalog.sum(pg_catalog.cardinality(t.present)), 0::bigint) FROM minefield_tmp_sheet t WHERE t.book IS NOT DISTINCT FROM b.book),
			'lowest', r.lowest, 'highest', r.highest,
			'not_counted', coalesce(r.not_counted, 0::bigint),
			'missing', mf_report_list(m.missing, m.ranges))
			ORDER BY b.book COLLATE "C")
	INTO books
	FROM pg_temp.minefield_in_book b
		LEFT JOIN (SELECT book, pg_catalog.count(*) AS records, pg_catalog.count(DISTINCT number) AS numbers,
						  pg_catalog.count(*) FILTER (WHERE number IS NULL) AS without_number,
						  pg_catalog.count(*) FILTER (WHERE number !~ '^[0-9]{1,9}$') AS not_counted,
						  pg_catalog.min(CASE WHEN number ~ '^[0-9]{1,9}$' THEN number::bigint END) AS lowest,
						  pg_catalog.max(CASE WHEN number ~ '^[0-9]{1,9}$' THEN number::bigint END) AS highest
				   FROM pg_temp.minefield_in_record GROUP BY book) r ON r.book IS NOT DISTINCT FROM b.book
		LEFT JOIN (SELECT book, pg_catalog.sum(high - low + 1::bigint)::bigint AS missing,
						  pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(low, high) ORDER BY low) FILTER (WHERE n <= limit_rows) AS ranges
				   FROM (SELECT *, pg_catalog.row_number() OVER (PARTITION BY book ORDER BY low) AS n
						 FROM pg_temp.minefield_out_missing) x GROUP BY book) m ON m.book IS NOT DISTINCT FROM b.book;

	SELECT pg_catalog.count(*) FILTER (WHERE of_ IS NOT NULL AND present IS NOT NULL AND EXISTS (
				SELECT FROM pg_catalog.generate_series(1, of_) n WHERE n <> ALL (present))),
		   pg_catalog.count(*) FILTER (WHERE of_ IS NULL OR present IS NULL)
	INTO incomplete, unknown FROM minefield_tmp_sheet;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', key, 'book', book, 'of', of_, 'missing', missing)
					 ORDER BY key COLLATE "C") INTO sheets
	FROM (SELECT key, book, of_, (SELECT pg_catalog.jsonb_agg(n) FROM pg_catalog.generate_series(1, of_) n WHERE n <> ALL (present)) AS missing
		  FROM minefield_tmp_sheet
		  WHERE of_ IS NOT NULL AND present IS NOT NULL
			AND EXISTS (SELECT FROM pg_catalog.generate_series(1, of_) n WHERE n <> ALL (present))
		  ORDER BY key COLLATE "C" LIMIT limit_rows) s;
	DROP TABLE minefield_tmp_sheet;
	RETURN pg_catalog.jsonb_build_object('books', coalesce(books, '[]'::jsonb),
		'sheets', mf_report_list(incomplete, sheets), 'sheets_unknown', unknown);
END
$$;
COMMENT ON FUNCTION mf_report_missing(jsonb) IS
	'For the report: section of a report: by book, the numbers that lie between those received, as ranges, and what was declared; and the records of which sheets are missing.';
