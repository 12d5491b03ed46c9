-- versions, amendments and undo: nothing is overwritten, everything has a reason

CREATE FUNCTION mf_registry_lock(schema name, record_id bigint, revision integer) RETURNS record
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	chain bigint;
	found record;
	held bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT coalesce(first_id, record_id) FROM %I.records
		WHERE record_id = $1', schema)
		INTO chain USING record_id;
	IF chain IS NULL THEN
		RAISE EXCEPTION 'there is no record %', record_id USING ERRCODE = 'P0002';
	END IF;
	-- all versions, always in the same order, so that two officers wait for each other and not in a circle
	EXECUTE pg_catalog.format('SELECT pg_catalog.count(*)
		FROM (SELECT FROM %I.records WHERE record_id = $1 OR first_id = $1 ORDER BY record_id
			FOR UPDATE) l', schema)
		INTO held USING chain;
	EXECUTE pg_catalog.format('SELECT record_id, book_id, key, version,
		coalesce(first_id, record_id) AS chain, revision, district, organisation,
			superseded_at, superseded_by, withdrawn_at, withdrawn_by, is_current
		FROM %I.records WHERE record_id = $1', schema) INTO found USING record_id;
	IF revision IS NOT NULL AND found.revision <> revision THEN
		RAISE EXCEPTION 'record % (%) is at revision %, not %: somebody else has changed it',
			record_id, pg_catalog.to_json(found.key),
			found.revision, revision
			USING ERRCODE = '40001', HINT = 'Look at the record and its history again, then decide.';
	END IF;
	RETURN found;
END
$$;
COMMENT ON FUNCTION mf_registry_lock(name, bigint, integer) IS
	'For the functions of the registry: locks all versions of a record until the transaction ends, and returns what they decide by. Errors: no such record (P0002), another revision than expected, unless that is NULL (40001).';

CREATE FUNCTION mf_registry_reason(reason text) RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF reason IS NULL OR reason !~ '\S' THEN
		RAISE EXCEPTION 'a reason is needed' USING ERRCODE = '22004',
			HINT = 'It is kept in history, with your name and the time.';
	END IF;
	RETURN reason;
END
$$;
COMMENT ON FUNCTION mf_registry_reason(text) IS
	'For the functions of the registry: the reason, or an error where it says nothing (22004).';

CREATE FUNCTION mf_supersede(schema name, record_id bigint, record minefield, reason text,
	revision integer DEFAULT NULL) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	old record;
	new_id bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	PERFORM mf_registry_reason(reason);
	IF record IS NULL THEN
		RAISE EXCEPTION 'the new version is NULL' USING ERRCODE = '22004';
	END IF;
	old := mf_registry_lock(schema, record_id, revision);
	IF old.withdrawn_at IS NOT NULL THEN
		RAISE EXCEPTION 'record % (%) is withdrawn', record_id, pg_catalog.to_json(old.key)
			USING ERRCODE = '55000', HINT = 'mf_restore brings it back.';
	ELSIF NOT old.is_current THEN
		RAISE EXCEPTION 'record % (%) is superseded already%', record_id,
			pg_catalog.to_json(old.key), CASE WHEN old.superseded_by IS NOT NULL
				THEN pg_catalog.format(', by record %s', old.superseded_by) ELSE '' END
			USING ERRCODE = '40001', HINT = 'Look at the version that holds now, then decide whether yours supersedes it.';
	END IF;
	EXECUTE pg_catalog.format('UPDATE %I.records SET superseded_at = pg_catalog.now(),
		change_reason = $2 WHERE record_id = $1', schema)
		USING record_id, reason;
	EXECUTE pg_catalog.format('INSERT INTO %1$I.records (book_id, key, version, first_id,
		as_received, current, status, hazard_class, reliability,
			remarks, district, organisation)
		SELECT book_id, key, version + 1, coalesce(first_id, record_id), $2, $2, status,
			hazard_class, reliability, remarks, district, organisation
		FROM %1$I.records WHERE record_id = $1 RETURNING record_id', schema)
		INTO new_id USING record_id, record;
	EXECUTE pg_catalog.format('UPDATE %I.records SET superseded_by = $2 WHERE record_id = $1',
		schema) USING record_id, new_id;
	RETURN new_id;
END
$$;
COMMENT ON FUNCTION mf_supersede(name, bigint, minefield, text, integer) IS
	'Enters a new version of a record, and returns its record_id; the old version stays, superseded. Status, hazard class, reliability and remarks are carried over. With revision, the old row must not have changed since it was read. Errors: it is superseded already or was changed (40001), it is withdrawn (55000), there is no such record (P0002), NULL record or reason (22004).';

CREATE FUNCTION mf_amend(schema name, record_id bigint, record minefield, reason text,
	revision integer DEFAULT NULL) RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	old record;
	now_at integer;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	PERFORM mf_registry_reason(reason);
	IF record IS NULL THEN
		RAISE EXCEPTION 'the amended record is NULL' USING ERRCODE = '22004';
	END IF;
	old := mf_registry_lock(schema, record_id, revision);
	IF NOT old.is_current THEN
		RAISE EXCEPTION 'record % (%) is %', record_id, pg_catalog.to_json(old.key),
			CASE WHEN old.withdrawn_at IS NOT NULL THEN 'withdrawn' ELSE 'superseded' END
			USING ERRCODE = CASE WHEN old.withdrawn_at IS NOT NULL THEN '55000' ELSE '40001' END,
				HINT = 'Amend the version that holds now.';
	END IF;
	EXECUTE pg_catalog.format('UPDATE %I.records SET current = $2, change_reason = $3
		WHERE record_id = $1 RETURNING revision', schema)
		INTO now_at USING record_id, record, reason;
	RETURN now_at;
END
$$;
COMMENT ON FUNCTION mf_amend(name, bigint, minefield, text, integer) IS
	'The office''s own correction of how it reads a record: changes column current, keeps as_received, writes history, and returns the new revision. With revision, the row must not have changed since it was read. Errors: it is superseded or was changed (40001), it is withdrawn (55000), there is no such record (P0002), NULL record or reason (22004).';

-- Which version counts follows from which are withdrawn: the highest that is
-- not.  Withdrawing and restoring keep to that, whatever the order.

CREATE FUNCTION mf_registry_chains(schema name, records bigint[]) RETURNS bigint[]
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found bigint[];
BEGIN
	-- always in the same order, as mf_registry_lock does
	EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(l.record_id) FROM (
			SELECT m.record_id FROM %1$I.records m
			WHERE m.record_id IN (SELECT coalesce(r.first_id, r.record_id) FROM %1$I.records r
				WHERE r.record_id = ANY ($1)
				UNION ALL SELECT v.record_id FROM %1$I.records r JOIN %1$I.records v
					ON v.first_id = coalesce(r.first_id, r.record_id)
					WHERE r.record_id = ANY ($1))
			ORDER BY m.record_id FOR UPDATE OF m) l', schema) INTO found USING records;
	RETURN found;
END
$$;
COMMENT ON FUNCTION mf_registry_chains(name, bigint[]) IS
	'For mf_withdraw and mf_restore: all versions of these records, locked until the transaction ends. NULL when there are none.';

CREATE FUNCTION mf_registry_withdraw(schema name, records bigint[], reason text) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	members bigint[];
	done bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	members := mf_registry_chains(schema, records);
	EXECUTE pg_catalog.format('UPDATE %I.records SET withdrawn_at = pg_catalog.now(),
		change_reason = $2
		WHERE record_id = ANY ($1) AND withdrawn_at IS NULL', schema) USING records, reason;
	GET DIAGNOSTICS done = ROW_COUNT;
	-- the highest version that is left holds again
	EXECUTE pg_catalog.format('
		WITH chain AS (SELECT record_id, version, coalesce(first_id, record_id) AS chain,
			withdrawn_at, is_current
			FROM %1$I.records WHERE record_id = ANY ($1)),
		heir AS (SELECT DISTINCT ON (chain) record_id, chain FROM chain WHERE withdrawn_at IS NULL
			ORDER BY chain, version DESC)
		UPDATE %1$I.records r SET superseded_at = NULL, superseded_by = NULL,
			change_reason = pg_catalog.format(''version %%s was withdrawn: %%s'', gone.version, $3)
		FROM heir JOIN (SELECT chain, pg_catalog.max(version) AS version FROM chain
			WHERE record_id = ANY ($2) GROUP BY chain) gone
			USING (chain)
		WHERE r.record_id = heir.record_id AND NOT r.is_current', schema)
		USING members, records, reason;
	PERFORM mf_registry_catch_up(schema, members, reason);
	RETURN done;
END
$$;
COMMENT ON FUNCTION mf_registry_withdraw(name, bigint[], text) IS
	'For mf_withdraw: withdraws records, those that are not withdrawn yet, reinstates the versions before them, and returns how many were withdrawn.';

CREATE FUNCTION mf_registry_restore(schema name, records bigint[], reason text) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	members bigint[];
	tops bigint[];
	other record;
	done bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	members := mf_registry_chains(schema, records);
	-- of each record, the version that will hold
	EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(record_id) FROM (
			SELECT DISTINCT ON (coalesce(first_id, record_id)) record_id FROM %I.records
			WHERE record_id = ANY ($1) AND (withdrawn_at IS NULL OR record_id = ANY ($2))
			ORDER BY coalesce(first_id, record_id), version DESC) t', schema) INTO tops
				USING members, records;
	EXECUTE pg_catalog.format('SELECT r.record_id, r.key FROM %1$I.records r JOIN %1$I.records o
			ON o.book_id = r.book_id AND o.key = r.key AND o.is_current AND o.record_id <> ALL ($2)
			AND o.district IS NOT DISTINCT FROM r.district
				AND o.organisation IS NOT DISTINCT FROM r.organisation
		WHERE r.record_id = ANY ($1) AND r.withdrawn_at IS NOT NULL ORDER BY r.record_id LIMIT 1',
			schema)
		INTO other USING tops, members;
	IF other.record_id IS NOT NULL THEN
		RAISE EXCEPTION 'record % (%) cannot come back: its key names another record of the book now',
			other.record_id, pg_catalog.to_json(other.key)
			USING ERRCODE = '23505', HINT = 'Withdraw that one first, or supersede it.';
	END IF;
	EXECUTE pg_catalog.format('UPDATE %1$I.records r SET superseded_at = pg_catalog.now(),
		superseded_by = t.record_id,
			change_reason = pg_catalog.format(''version %%s was restored: %%s'', t.version, $3)
		FROM %1$I.records t
		WHERE t.record_id = ANY ($2) AND coalesce(t.first_id, t.record_id) = coalesce(r.first_id, r.record_id)
			AND r.record_id = ANY ($1) AND r.is_current AND r.record_id <> t.record_id', schema)
		USING members, tops, reason;
	EXECUTE pg_catalog.format('UPDATE %1$I.records r SET withdrawn_at = NULL,
			superseded_by = CASE WHEN r.record_id <> t.record_id THEN t.record_id END,
			superseded_at = CASE WHEN r.record_id <> t.record_id
				THEN coalesce(r.superseded_at, pg_catalog.now()) END,
			change_reason = $3
		FROM %1$I.records t
		WHERE t.record_id = ANY ($2) AND coalesce(t.first_id, t.record_id) = coalesce(r.first_id, r.record_id)
			AND r.record_id = ANY ($1) AND r.withdrawn_at IS NOT NULL', schema)
		USING records, tops, reason;
	GET DIAGNOSTICS done = ROW_COUNT;
	PERFORM mf_registry_catch_up(schema, members, reason);
	RETURN done;
END
$$;
COMMENT ON FUNCTION mf_registry_restore(name, bigint[], text) IS
	'For mf_restore: brings back those of the records that are withdrawn, and returns how many; the highest version that is not withdrawn holds. An error where a key names another record now (23505).';

CREATE FUNCTION mf_withdraw(schema name, reason text, record_id bigint DEFAULT NULL,
	file_id bigint DEFAULT NULL) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	file record;
	old record;
	these bigint[];
	done bigint;
	kept bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	PERFORM mf_registry_reason(reason);
	IF pg_catalog.num_nonnulls(record_id, file_id) <> 1 THEN
		RAISE EXCEPTION 'give either record_id or file_id' USING ERRCODE = '22023';
	END IF;
	IF record_id IS NOT NULL THEN
		old := mf_registry_lock(schema, record_id, NULL::integer);
		IF old.withdrawn_at IS NOT NULL THEN
			RAISE EXCEPTION 'record % (%) is withdrawn already, by %', record_id,
				pg_catalog.to_json(old.key), old.withdrawn_by
				USING ERRCODE = '55000';
		END IF;
		RETURN mf_registry_withdraw(schema, ARRAY[record_id], reason);
	END IF;
	EXECUTE pg_catalog.format('SELECT f.withdrawn_at, f.withdrawn_by FROM %I.intake_files f
		WHERE f.file_id = $1 FOR UPDATE', schema)
		INTO file USING file_id;
	GET DIAGNOSTICS kept = ROW_COUNT;
	IF kept = 0 THEN
		RAISE EXCEPTION 'there is no file %', file_id USING ERRCODE = 'P0002';
	ELSIF file.withdrawn_at IS NOT NULL THEN
		RAISE EXCEPTION 'file % is withdrawn already, by %', file_id, file.withdrawn_by
			USING ERRCODE = '55000';
	END IF;
	EXECUTE pg_catalog.format('UPDATE %I.intake_files SET withdrawn_at = pg_catalog.now(),
		change_reason = $2 WHERE file_id = $1', schema) USING file_id, reason;
	EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(r.record_id) FROM %1$I.records r
		WHERE r.file_id = $1 AND r.withdrawn_at IS NULL
		AND NOT EXISTS (SELECT FROM %1$I.intake_lines l JOIN %1$I.intake_files f USING (file_id)
			WHERE l.record_id = r.record_id AND f.file_id <> $1 AND f.withdrawn_at IS NULL)',
				schema) INTO these USING file_id;
	done := mf_registry_withdraw(schema, these, reason);
	EXECUTE pg_catalog.format('SELECT pg_catalog.count(*) FROM %I.records WHERE file_id = $1
		AND withdrawn_at IS NULL', schema) INTO kept USING file_id;
	IF kept > 0 THEN
		RAISE NOTICE '% records stay: other files hold them too', kept;
	END IF;
	RETURN done;
END
$$;
COMMENT ON FUNCTION mf_withdraw(name, text, bigint, bigint) IS
	'Takes a record, or all records of a file, out of the analyses, for a reason, and returns how many; the version before it holds again. Records that another file holds too stay. Nothing is deleted: mf_restore brings it back. Errors: withdrawn already (55000), not there (P0002), not exactly one of record_id and file_id (22023), no reason (22004).';

CREATE FUNCTION mf_restore(schema name, reason text, record_id bigint DEFAULT NULL,
	file_id bigint DEFAULT NULL) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	withdrawn timestamptz;
	old record;
	these bigint[];
	held bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	PERFORM mf_registry_reason(reason);
	IF pg_catalog.num_nonnulls(record_id, file_id) <> 1 THEN
		RAISE EXCEPTION 'give either record_id or file_id' USING ERRCODE = '22023';
	END IF;
	IF record_id IS NOT NULL THEN
		old := mf_registry_lock(schema, record_id, NULL::integer);
		IF old.withdrawn_at IS NULL THEN
			RAISE EXCEPTION 'record % (%) is not withdrawn', record_id, pg_catalog.to_json(old.key)
				USING ERRCODE = '55000';
		END IF;
		RETURN mf_registry_restore(schema, ARRAY[record_id], reason);
	END IF;
	EXECUTE pg_catalog.format('SELECT f.withdrawn_at FROM %I.intake_files f WHERE f.file_id = $1
		FOR UPDATE', schema) INTO withdrawn USING file_id;
	GET DIAGNOSTICS held = ROW_COUNT;
	IF held = 0 THEN
		RAISE EXCEPTION 'there is no file %', file_id USING ERRCODE = 'P0002';
	ELSIF withdrawn IS NULL THEN
		RAISE EXCEPTION 'file % is not withdrawn', file_id USING ERRCODE = '55000';
	END IF;
	EXECUTE pg_catalog.format('UPDATE %I.intake_files SET withdrawn_at = NULL, change_reason = $2
		WHERE file_id = $1', schema) USING file_id, reason;
	-- what was withdrawn by itself, before or after, stays withdrawn
	EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(r.record_id) FROM %I.records r
		WHERE r.file_id = $1 AND r.withdrawn_at = $2', schema)
		INTO these USING file_id, withdrawn;
	RETURN mf_registry_restore(schema, these, reason);
END
$$;
COMMENT ON FUNCTION mf_restore(name, text, bigint, bigint) IS
	'Brings back a record, or the records that were withdrawn with a file, for a reason, and returns how many; of the versions of a record, the highest that is not withdrawn holds. Errors: not withdrawn (55000), not there (P0002), its key names another record now (23505), not exactly one of record_id and file_id (22023), no reason (22004).';
