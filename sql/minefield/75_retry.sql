-- refused lines, corrected and tried again; files that are kept beside a load

CREATE TYPE mf_retry_result AS (
	outcome text,
	record_id bigint,
	sqlstate text,
	message text,
	path text,
	hint text
);
COMMENT ON TYPE mf_retry_result IS
	'What became of a refused line: corrected, with the record it is now; or refused again, with what is wrong.';

CREATE FUNCTION mf_registry_enter(schema name, given record, key text, record minefield,
	supersede boolean, reason text) RETURNS mf_retry_result
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	holds record;
	answer record;
	entered bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format('SELECT record_id, version, coalesce(first_id, record_id) AS chain,
		as_received = $5 AS same FROM %I.records
		WHERE book_id = $1 AND key = $2 AND is_current AND district IS NOT DISTINCT FROM $3
			AND organisation IS NOT DISTINCT FROM $4', schema)
		INTO holds USING given.book_id, key, given.district, given.organisation, record;
	IF holds.same THEN
		SELECT 'corrected'::text, holds.record_id, NULL::text, NULL::text, NULL::text, NULL::text
			INTO answer;
		RETURN answer;
	ELSIF holds.record_id IS NOT NULL AND supersede IS NOT TRUE THEN
		SELECT 'refused'::text, NULL::bigint, '23505'::text,
			pg_catalog.format('the book holds key %s already, with another content (record %s)',
				pg_catalog.to_json(key), holds.record_id), NULL::text,
			'If this is a new version, call mf_retry with supersede => true; if it is another record, with as_key.'::text INTO answer;
		RETURN answer;
	ELSIF holds.record_id IS NOT NULL THEN
		EXECUTE pg_catalog.format('UPDATE %I.records SET superseded_at = pg_catalog.now(),
			change_reason = $2 WHERE record_id = $1', schema)
			USING holds.record_id, reason;
	END IF;
	EXECUTE pg_catalog.format('INSERT INTO %I.records (book_id, key, version, first_id, as_received,
		current, file_id, district, organisation)
		VALUES ($1, $2, coalesce($3, 0) + 1, $4, $5, $5, $6, $7, $8) RETURNING record_id', schema)
		INTO entered USING given.book_id, key, holds.version, holds.chain, record, given.file_id,
			given.district, given.organisation;
	IF holds.record_id IS NOT NULL THEN
		EXECUTE pg_catalog.format('UPDATE %I.records SET superseded_by = $2 WHERE record_id = $1',
			schema) USING holds.record_id, entered;
	END IF;
	SELECT 'corrected'::text, entered, NULL::text, NULL::text, NULL::text, NULL::text INTO answer;
	RETURN answer;
END
$$;
COMMENT ON FUNCTION mf_registry_enter(name, record, text, minefield, boolean, text) IS
	'For mf_retry: makes a record of a corrected line, or says why not.';

CREATE FUNCTION mf_retry(schema name, intake_id bigint, reason text, corrected text DEFAULT NULL,
	as_key text DEFAULT NULL,
		supersede boolean DEFAULT false) RETURNS mf_retry_result
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	given record;
	try record;
	answer record;
	held bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	PERFORM mf_registry_reason(reason);
	EXECUTE pg_catalog.format('SELECT l.intake_id, l.input, l.outcome, l.district, l.organisation,
		f.file_id, f.book_id, f.withdrawn_at
		FROM %1$I.intake_lines l JOIN %1$I.intake_files f USING (file_id) WHERE l.intake_id = $1
			FOR UPDATE OF l', schema)
		INTO given USING intake_id;
	GET DIAGNOSTICS held = ROW_COUNT;
	IF held = 0 THEN
		RAISE EXCEPTION 'there is no line %', intake_id USING ERRCODE = 'P0002';
	ELSIF given.outcome <> 'refused' THEN
		RAISE EXCEPTION 'line % was not refused: its outcome is "%"', intake_id, given.outcome
			USING ERRCODE = '55000';
	ELSIF given.withdrawn_at IS NOT NULL THEN
		RAISE EXCEPTION 'the file of line % is withdrawn', intake_id USING ERRCODE = '55000';
	END IF;
	PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.format('%I.books',
		schema)::regclass::oid::bigint << 32 | given.book_id & 4294967295);
	SELECT pg_catalog.count(*) AS features, pg_catalog.min(i.sqlstate) AS sqlstate,
		pg_catalog.min(i.message) AS message, pg_catalog.min(i.path) AS path,
			pg_catalog.min(i.hint) AS hint
		INTO try FROM mf_intake_rows(coalesce(corrected, given.input)) i;
	IF try.features <> 1 THEN
		RAISE EXCEPTION 'the corrected text holds % Features, not one', try.features
			USING ERRCODE = '22023';
	ELSIF try.sqlstate IS NOT NULL THEN
		SELECT 'refused'::text AS outcome, NULL::bigint AS record_id, try.sqlstate, try.message,
			try.path, try.hint INTO answer;
	ELSE
		SELECT e.* INTO answer FROM mf_intake_rows(coalesce(corrected, given.input)) i
			CROSS JOIN LATERAL mf_registry_enter(schema, given, coalesce(as_key, i.key), i.record,
				supersede, reason) e;
	END IF;
	EXECUTE pg_catalog.format('INSERT INTO %I.intake_retries (intake_id, input, reason, record_id,
		sqlstate, message, path, hint)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', schema)
		USING intake_id, coalesce(corrected, given.input), reason, answer.record_id,
			answer.sqlstate, answer.message, answer.path, answer.hint;
	IF answer.outcome = 'corrected' THEN
		EXECUTE pg_catalog.format('UPDATE %I.intake_lines SET outcome = ''corrected'',
			record_id = $2 WHERE intake_id = $1', schema)
			USING intake_id, answer.record_id;
	END IF;
	RETURN answer;
END
$$;
COMMENT ON FUNCTION mf_retry(name, bigint, text, text, text, boolean) IS
	'Tries a refused line again: with a corrected text (NULL: as it was), with a key of its own (as_key), as a new version of the record that has its key (supersede). The attempt is kept in intake_retries with the reason, the line keeps its text; a good one becomes a record. Errors: the line was not refused, or its file is withdrawn (55000), there is none (P0002), not exactly one Feature (22023), no reason (22004).';

-- What was handed in, where it is not what was loaded: a workbook of which
-- mf_sheets made a document, a Shapefile that ogr2ogr read.

CREATE FUNCTION mf_keep(schema name, file_id bigint, file_name text, content bytea,
	sha256 text DEFAULT NULL) RETURNS text
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	its_digest text := pg_catalog.encode(pg_catalog.sha256(content), 'hex');
	known text;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	IF file_id IS NULL OR file_name IS NULL OR file_name = '' OR content IS NULL THEN
		RAISE EXCEPTION 'a file is kept with the number of its load, its name and its content'
			USING ERRCODE = '22004';
	ELSIF pg_catalog.lower(sha256) <> its_digest THEN
		RAISE EXCEPTION 'SHA-256 of "%" is %, not %', file_name, its_digest, sha256
			USING ERRCODE = '22000', DETAIL = pg_catalog.format('%s bytes arrived.',
				pg_catalog.octet_length(content)),
				HINT = 'It was changed or cut off on its way here.';
	END IF;
	EXECUTE pg_catalog.format('INSERT INTO %I.intake_originals (file_id, file_name, content, sha256)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT ON CONSTRAINT intake_originals_name DO NOTHING', schema) USING file_id,
			file_name, content, its_digest;
	EXECUTE pg_catalog.format('SELECT sha256 FROM %I.intake_originals WHERE file_id = $1
		AND file_name = $2', schema)
		INTO known USING file_id, file_name;
	IF known <> its_digest THEN
		RAISE EXCEPTION 'load % has a file "%" already, with another content', file_id, file_name
			USING ERRCODE = '23505', HINT = 'What was handed in is never overwritten: give this one another name.';
	END IF;
	RETURN its_digest;
END
$$;
COMMENT ON FUNCTION mf_keep(name, bigint, text, bytea, text) IS
	'Keeps a file that a load was made of, byte for byte, beside the document that was loaded, and returns its SHA-256, in hexadecimal, as sha256sum prints it. With sha256, what arrived must have it (22000). Keeping the same again changes nothing. Errors: the load has another file of this name (23505), there is no such load (23503), NULL file_id, file_name or content (22004).';

CREATE FUNCTION mf_kept(schema name, file_id bigint, file_name text DEFAULT NULL) RETURNS bytea
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found record;
	held bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	IF file_name IS NULL THEN
		EXECUTE pg_catalog.format('SELECT content, sha256 FROM %I.intake_files WHERE file_id = $1',
			schema) INTO found USING file_id;
	ELSE
		EXECUTE pg_catalog.format('SELECT content, sha256 FROM %I.intake_originals
			WHERE file_id = $1 AND file_name = $2', schema)
			INTO found USING file_id, file_name;
	END IF;
	GET DIAGNOSTICS held = ROW_COUNT;
	IF held = 0 THEN
		RAISE EXCEPTION 'load % has no such file', file_id
			USING ERRCODE = 'P0002', HINT = 'Tables intake_files and intake_originals list what is kept.';
	ELSIF pg_catalog.encode(pg_catalog.sha256(found.content), 'hex') <> found.sha256 THEN
		RAISE EXCEPTION 'what is kept of load % is not what was handed in: its SHA-256 is another',
			file_id USING ERRCODE = 'XX001';
	END IF;
	RETURN found.content;
END
$$;
COMMENT ON FUNCTION mf_kept(name, bigint, text) IS
	'A kept file, byte for byte as it was handed in: what mf_keep kept under this name with a load or, without a name, the document that was loaded. Its SHA-256 is compared (XX001). An error where there is none (P0002).';
