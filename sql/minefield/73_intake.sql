-- intake: every file and every line handed in, and what became of it

CREATE TYPE mf_intake_row AS (
	n integer,
	line bigint,
	input text,
	record minefield,
	key text,
	twin_of integer,
	sqlstate text,
	message text,
	path text,
	hint text
);
COMMENT ON TYPE mf_intake_row IS
	'One Feature of a file: which (n, from 1), the line it begins on, its text, the record and what names it in its book, the n of an equal Feature before it; or what is wrong with it.';

CREATE TYPE mf_intake_result AS (
	file_id bigint,
	book_id bigint,
	sha256 text,
	already_loaded boolean,
	lines bigint,
	records bigint,
	superseded bigint,
	unchanged bigint,
	twins bigint,
	refused bigint
);
COMMENT ON TYPE mf_intake_result IS
	'What became of a file: its SHA-256, whether this registry had it already, and of how many Features (lines) came new records, new versions of records, nothing because the book or the file holds the same, or an error. lines is the sum of the five.';

CREATE FUNCTION mf_record_key(record minefield) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 250
	RETURN coalesce(nullif(mf_id(record), ''),
		nullif(mf_number(record), '') || CASE WHEN (mf_properties(record) ->> 'copy'::text) <> '1'
			THEN pg_catalog.concat(' copy ', mf_properties(record) ->> 'copy'::text) ELSE '' END,
		pg_catalog.concat('sha256:', pg_catalog.left(pg_catalog.encode(
			pg_catalog.sha256(pg_catalog.convert_to(record::text, 'UTF8')), 'hex'), 16)));
COMMENT ON FUNCTION mf_record_key(minefield) IS
	'What names the record within its book: its id, else its number (with its copy, unless that is 1), else the beginning of the SHA-256 of its text. Never empty; NULL for NULL.';

CREATE FUNCTION mf_read(document text) RETURNS SETOF mf_load_row
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 1000
	BEGIN ATOMIC
		-- sheets are JSON too: whether they are whole is found by reading them as a member of a Feature
		WITH told AS MATERIALIZED (
			SELECT document ~ '^\s*\{\s*"minefield_sheets"'::text AS sheets
		), broken AS MATERIALIZED (
			SELECT b.* FROM told AS t
			CROSS JOIN LATERAL mf_load(CASE WHEN t.sheets
				THEN pg_catalog.concat('{"type":"Feature","properties":', document, '}') END,
					true) AS b
			WHERE b.sqlstate IS NOT NULL LIMIT 1
		)
		SELECT l.* FROM told AS t CROSS
			JOIN LATERAL mf_load(CASE WHEN NOT t.sheets THEN document END, true) AS l
		UNION ALL
		SELECT 1, NULL::minefield, b.sqlstate, b.message, b.path, b.hint, document FROM broken AS b
		UNION ALL
		SELECT r.* FROM told AS t CROSS
			JOIN LATERAL mf_records_from_tables(CASE WHEN t.sheets
				AND NOT EXISTS (SELECT FROM broken)
			THEN document::jsonb -> 'minefield_sheets'::text END) AS r;
	END;
COMMENT ON FUNCTION mf_read(text) IS
	'Reads a document as mf_load does, with the text of every Feature, or one that mf_sheets made of a spreadsheet, as mf_records_from_tables does. What is no JSON becomes a row that says so.';

CREATE FUNCTION mf_intake_rows(document text) RETURNS SETOF mf_intake_row
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 1000
	BEGIN ATOMIC
		SELECT k.n, k.line, k.input, CASE WHEN k.same THEN k.record END, k.key, CASE WHEN k.same
			AND k.n <> k.head THEN k.head END,
			CASE WHEN k.same THEN NULL ELSE coalesce(k.sqlstate, '23505') END,
			CASE WHEN k.same THEN NULL ELSE coalesce(k.message, pg_catalog.format(
				'key %s stands in the file before, in Feature %s, with another content', pg_catalog.to_json(k.key), k.head)) END,
			k.path,
			CASE WHEN k.same THEN NULL WHEN k.sqlstate IS NOT NULL THEN k.hint
				ELSE 'Find out from the paper which one holds, or that they are two records: mf_retry with as_key gives this one a key of its own.' END
		FROM (SELECT h.*, coalesce(h.record = pg_catalog.first_value(h.record) OVER same_key,
			false) AS same,
				pg_catalog.first_value(h.n) OVER same_key AS head
			FROM (SELECT l.ordinality::integer AS n, l.line, l.input, l.record,
				mf_record_key(l.record) AS key,
					l.sqlstate, l.message, l.path, l.hint
				FROM mf_read(document) WITH ORDINALITY AS l) AS h
			WINDOW same_key AS (PARTITION BY h.key, CASE WHEN h.record IS NULL THEN h.n END
				ORDER BY h.n)) AS k
		ORDER BY k.n;
	END;
COMMENT ON FUNCTION mf_intake_rows(text) IS
	'Reads a document as mf_read does, and tells for each Feature its key, whether one before it is equal (twin_of), or has the same key and another content (23505). A blank document gives no rows.';

-- A file into a book.  Three statements do it, however long the file is: old
-- versions step aside, records and lines come in, old versions learn of the
-- new.  The book is locked meanwhile, so that two files cannot both find that
-- a record is new.

CREATE FUNCTION mf_registry_book(schema name, book text, district text, organisation text,
	header jsonb) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found bigint[];
BEGIN
	IF book IS NULL OR book !~ '\S' THEN
		RAISE EXCEPTION 'a load needs the name of its book' USING ERRCODE = '22004';
	END IF;
	FOR attempt IN 1 .. 2 LOOP
		EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(book_id) FROM %I.books
			WHERE name = $1
			AND ($2 IS NULL OR district IS NOT DISTINCT FROM $2)
				AND ($3 IS NULL OR organisation IS NOT DISTINCT FROM $3)', schema)
			INTO found USING book, district, organisation;
		IF pg_catalog.cardinality(found) > 1 THEN
			RAISE EXCEPTION 'there are % books "%"', pg_catalog.cardinality(found), book
				USING ERRCODE = '21000', HINT = 'Give the district or organisation of the one that is meant.';
		ELSIF pg_catalog.cardinality(found) = 1 THEN
			PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.format('%I.books',
				schema)::regclass::oid::bigint << 32 | found[1] & 4294967295);
			RETURN found[1];
		END IF;
		EXECUTE pg_catalog.format('INSERT INTO %I.books (name, district, organisation, header,
			issuer, recipient, handed_over, received,
				source, records_declared, sheets_declared, mines_declared)
			VALUES ($1, $2, $3, $4, $4 ->> ''issuer''::text, $4 ->> ''recipient''::text,
				$4 ->> ''handed_over''::text, $4 ->> ''received''::text, $4 ->> ''source''::text,
				CASE WHEN $4 ->> ''records_declared''::text ~ ''^\d{1,9}$''
					THEN ($4 ->> ''records_declared''::text)::integer END,
				CASE WHEN $4 ->> ''sheets_declared''::text ~ ''^\d{1,9}$''
					THEN ($4 ->> ''sheets_declared''::text)::integer END,
				$4 -> ''mines_declared''::text) ON CONFLICT DO NOTHING', schema)
			USING book, district, organisation, header;
	END LOOP;
	RAISE EXCEPTION 'book "%" could not be entered', book USING ERRCODE = '40001',
		HINT = 'Try again.';
END
$$;
COMMENT ON FUNCTION mf_registry_book(name, text, text, text, jsonb) IS
	'For the functions of the registry: the book of this name, made when it is not there, and locked against other loads until the transaction ends. Errors: no name (22004), several books of this name (21000).';

CREATE FUNCTION mf_registry_take(schema name, file_id bigint, document text, supersede boolean)
	RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	file record;
	prior text;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format('SELECT f.*, coalesce(f.district, b.district) AS record_district,
		coalesce(f.organisation, b.organisation) AS record_organisation
		FROM %1$I.intake_files f JOIN %1$I.books b USING (book_id) WHERE f.file_id = $1', schema)
			INTO file USING file_id;
	-- the version of each key that counts, or has just been set aside for this file
	prior := pg_catalog.format('SELECT p.* FROM %1$I.records p WHERE p.book_id = $2
		AND p.withdrawn_at IS NULL AND p.superseded_by IS NULL
		AND p.district IS NOT DISTINCT FROM $3 AND p.organisation IS NOT DISTINCT FROM $4', schema);
	IF supersede THEN
		EXECUTE pg_catalog.format('UPDATE %1$I.records r SET superseded_at = pg_catalog.now(),
			change_reason = $5
			FROM mf_intake_rows($1) i, (%2$s) p
			WHERE r.record_id = p.record_id AND r.is_current AND p.key = i.key
				AND i.record IS NOT NULL AND i.twin_of IS NULL
				AND NOT EXISTS (SELECT FROM %1$I.records s WHERE s.book_id = $2 AND s.key = i.key
					AND s.withdrawn_at IS NULL
					AND s.district IS NOT DISTINCT FROM $3
						AND s.organisation IS NOT DISTINCT FROM $4 AND s.as_received = i.record)',
							schema, prior)
			USING document, file.book_id, file.record_district, file.record_organisation,
				pg_catalog.format('superseded by file %s (%s)', file_id, file.file_name);
	END IF;
	EXECUTE pg_catalog.format('
		WITH judged AS MATERIALIZED (
			SELECT i.*, s.record_id AS same_id, p.record_id AS prior_id, p.version AS prior_version,
				p.first_id,
				CASE WHEN i.record IS NULL THEN ''refused'' WHEN i.twin_of IS NOT NULL THEN ''twin''
					WHEN s.record_id IS NOT NULL THEN ''unchanged'' WHEN p.record_id IS NULL
						THEN ''record''
					WHEN p.is_current THEN ''refused'' ELSE ''superseded'' END AS outcome
			FROM mf_intake_rows($1) i
			LEFT JOIN (%2$s) p ON p.key = i.key
			LEFT JOIN LATERAL (SELECT s.record_id FROM %1$I.records s WHERE s.book_id = $2
				AND s.key = i.key AND s.withdrawn_at IS NULL
				AND s.district IS NOT DISTINCT FROM $3 AND s.organisation IS NOT DISTINCT FROM $4
					AND s.as_received = i.record
				ORDER BY s.version DESC LIMIT 1) s ON true
		), made AS (
			-- located here, for a trigger would take its time with each
			INSERT INTO %1$I.records (book_id, key, version, first_id, as_received, current,
				file_id, district, organisation)
			SELECT $2, j.key, coalesce(j.prior_version, 0) + 1, coalesce(j.first_id, j.prior_id),
				j.record,
				CASE WHEN o.locate AND j.prior_id IS NULL AND mf_properties(j.record) ? ''location''::text
					THEN mf_locate(j.record, o.options) ELSE j.record END, $5, $3, $4
			FROM judged j CROSS JOIN %1$I.location_options o WHERE j.outcome IN (''record'', ''superseded'') ORDER BY j.n
			RETURNING record_id, key
		)
		INSERT INTO %1$I.intake_lines (file_id, n, line, input, outcome, record_id, twin_of,
			sqlstate, message, path, hint, district, organisation)
		SELECT $5, j.n, j.line, j.input, j.outcome,
			CASE WHEN j.outcome <> ''refused'' THEN coalesce(j.same_id, m.record_id) END, CASE
				WHEN j.outcome = ''twin'' THEN j.twin_of END,
			CASE WHEN j.outcome = ''refused'' THEN coalesce(j.sqlstate, ''23505'') END,
			CASE WHEN j.outcome = ''refused''
				THEN coalesce(j.message, pg_catalog.format(''the book holds key %%s already, with another content (record %%s)'', pg_catalog.to_json(j.key), j.prior_id)) END,
			CASE WHEN j.outcome = ''refused'' THEN j.path END,
			CASE WHEN j.outcome = ''refused'' THEN CASE WHEN j.sqlstate IS NOT NULL THEN j.hint
				ELSE ''If this is a new version, call mf_retry with supersede => true; if it is another record, with as_key.'' END END,
			$3, $4
		FROM judged j LEFT JOIN made m ON m.key = j.key ORDER BY j.n', schema, prior)
		USING document, file.book_id, file.record_district, file.record_organisation, file_id;
	IF supersede THEN
		EXECUTE pg_catalog.format('UPDATE %1$I.records r SET superseded_by = n.record_id
			FROM %1$I.records n WHERE n.file_id = $1
				AND n.first_id = coalesce(r.first_id, r.record_id) AND r.record_id <> n.record_id
				AND r.superseded_at IS NOT NULL AND r.superseded_by IS NULL
					AND r.book_id = n.book_id', schema) USING file_id;
	END IF;
END
$$;
COMMENT ON FUNCTION mf_registry_take(name, bigint, text, boolean) IS
	'For mf_intake: makes records and lines of the text of a file that has been entered.';

CREATE FUNCTION mf_registry_outcome(schema name, file_id bigint, already_loaded boolean)
	RETURNS mf_intake_result
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	answer record;
BEGIN
	EXECUTE pg_catalog.format('SELECT f.file_id, f.book_id, f.sha256, $2,
		pg_catalog.count(l.file_id),
			pg_catalog.count(*) FILTER (WHERE l.outcome IN (''record'', ''corrected'')),
				pg_catalog.count(*) FILTER (WHERE l.outcome = ''superseded''),
			pg_catalog.count(*) FILTER (WHERE l.outcome = ''unchanged''),
				pg_catalog.count(*) FILTER (WHERE l.outcome = ''twin''),
			pg_catalog.count(*) FILTER (WHERE l.outcome = ''refused'')
		FROM %1$I.intake_files f LEFT JOIN %1$I.intake_lines l USING (file_id) WHERE f.file_id = $1
			GROUP BY f.file_id', schema)
		INTO answer USING file_id, already_loaded;
	RETURN answer;
END
$$;
COMMENT ON FUNCTION mf_registry_outcome(name, bigint, boolean) IS
	'For mf_intake: counts the lines of a file by what became of them.';

CREATE FUNCTION mf_intake(schema name, file_name text, content bytea, book text,
	district text DEFAULT NULL,
		organisation text DEFAULT NULL, supersede boolean DEFAULT false,
			encoding text DEFAULT 'UTF8') RETURNS mf_intake_result
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	document text;
	header jsonb;
	bad_state text;
	bad_message text;
	its_book bigint;
	its_file bigint;
	its_digest text := pg_catalog.encode(pg_catalog.sha256(content), 'hex');
	known record;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	IF content IS NULL OR file_name IS NULL THEN
		RAISE EXCEPTION 'a load needs the name of the file and its content' USING ERRCODE = '22004';
	END IF;
	BEGIN
		document := pg_catalog.convert_from(content, encoding::name);
	EXCEPTION WHEN character_not_in_repertoire OR untranslatable_character THEN
		GET STACKED DIAGNOSTICS bad_state = RETURNED_SQLSTATE, bad_message = MESSAGE_TEXT;
	END;
	BEGIN
		-- a convenience: what the header declares; a broken document has its say below
		header := document::jsonb -> 'logbook'::text;
		header := CASE WHEN pg_catalog.jsonb_typeof(header) = 'object'::text THEN header END;
	EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
		header := NULL;
	END;
	its_book := mf_registry_book(schema, book, district, organisation, header);
	-- the trigger of the table would give it the book's district too late for ON CONFLICT
	EXECUTE pg_catalog.format('INSERT INTO %1$I.intake_files (book_id, file_name, sha256, content,
		encoding, district, organisation)
		SELECT b.book_id, $2, $3, $4, $5, coalesce($6, b.district), coalesce($7, b.organisation)
			FROM %1$I.books b WHERE b.book_id = $1
		ON CONFLICT DO NOTHING RETURNING file_id', schema)
		INTO its_file USING its_book, file_name, its_digest, content, encoding, district,
			organisation;
	IF its_file IS NULL THEN
		EXECUTE pg_catalog.format('SELECT f.file_id, f.file_name, f.received_at, f.withdrawn_at
			FROM %1$I.intake_files f JOIN %1$I.books b USING (book_id)
			WHERE f.book_id = $1 AND f.sha256 = $2 AND f.encoding = $5
				AND f.district IS NOT DISTINCT FROM coalesce($3, b.district)
				AND f.organisation IS NOT DISTINCT FROM coalesce($4, b.organisation)', schema)
			INTO known USING its_book, its_digest, district, organisation, encoding;
		IF known.withdrawn_at IS NOT NULL THEN
			RAISE EXCEPTION 'this file was loaded before, as "%", and withdrawn', known.file_name
				USING ERRCODE = '55000', HINT = pg_catalog.format('mf_restore(%L, reason, file_id => %s) brings its records back.', schema, known.file_id);
		END IF;
		RAISE NOTICE 'this file was loaded before, as "%", on %: nothing is done', known.file_name,
			known.received_at;
		RETURN mf_registry_outcome(schema, known.file_id, true);
	END IF;
	IF document IS NULL THEN
		EXECUTE pg_catalog.format('INSERT INTO %I.intake_lines (file_id, n, line, input, outcome,
			sqlstate, message, hint)
			VALUES ($1, 1, 1, $2, ''refused'', $3, $4, $5)', schema)
			USING its_file, pg_catalog.encode(content, 'escape'), bad_state, bad_message,
				'Load the file again with the encoding it is in, such as encoding => ''WIN1251''.'::text;
	ELSE
		PERFORM mf_registry_take(schema, its_file, document, coalesce(supersede, false));
	END IF;
	RETURN mf_registry_outcome(schema, its_file, false);
END
$$;
COMMENT ON FUNCTION mf_intake(name, text, bytea, text, text, text, boolean, text) IS
	'Takes a file of Features (as mf_load reads them) into a book of a registry, which is entered when it is not there: the file byte for byte with its SHA-256, every Feature verbatim, good ones as records, bad ones with what is wrong. A file that the book has already changes nothing. A Feature whose key the book holds with another content is refused (23505) unless supersede is true. district and organisation are those of the book and its records. Errors: NULL content, file_name or book (22004), a load that was withdrawn (55000), no registry (42P01).';

CREATE FUNCTION mf_intake(schema name, file_name text, content text, book text,
	district text DEFAULT NULL,
		organisation text DEFAULT NULL, supersede boolean DEFAULT false) RETURNS mf_intake_result
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	RETURN mf_intake(schema, file_name, pg_catalog.convert_to(content, 'UTF8'), book, district,
		organisation, supersede, 'UTF8'::text);
END
$$;
COMMENT ON FUNCTION mf_intake(name, text, text, text, text, text, boolean) IS
	'The same of a text, as psql reads a file into a variable: its SHA-256 is that of the text in UTF-8, which is the file''s only where nothing at its end was cut off.';
