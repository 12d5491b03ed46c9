-- who may see and change what in a registry
--
-- Three roles, without login, that the office grants to its people: a reader
-- sees, an officer sees and enters, an auditor sees everything that happened
-- as well.  Row-level security then narrows all three to the districts (or
-- organisations) that table access names for a role.

CREATE FUNCTION mf_registry_role(role text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF role IS NULL OR role = '' THEN
		RAISE EXCEPTION 'the name of a role is missing' USING ERRCODE = '22004';
	ELSIF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role::name) THEN
		EXECUTE pg_catalog.format('CREATE ROLE %I NOLOGIN', role);
	END IF;
END
$$;
COMMENT ON FUNCTION mf_registry_role(text) IS
	'For mf_registry_roles: makes a role without login when it is not there.';

CREATE FUNCTION mf_registry_roles(schema name, reader text DEFAULT NULL, officer text DEFAULT NULL,
	auditor text DEFAULT NULL) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	place text;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	reader := coalesce(reader, schema::text || '_reader');
	officer := coalesce(officer, schema::text || '_officer');
	auditor := coalesce(auditor, schema::text || '_auditor');
	PERFORM mf_registry_role(reader);
	PERFORM mf_registry_role(officer);
	PERFORM mf_registry_role(auditor);
	EXECUTE pg_catalog.format('GRANT USAGE ON SCHEMA %I TO %I, %I, %I', schema, reader, officer,
		auditor);
	FOREACH place IN ARRAY mf_registry_tables() || mf_registry_view_names() LOOP
		CONTINUE WHEN pg_catalog.to_regclass(pg_catalog.format('%I.%I', schema, place)) IS NULL;
		EXECUTE pg_catalog.format('REVOKE ALL ON %I.%I FROM PUBLIC, %I, %I, %I', schema, place,
			reader, officer, auditor);
		EXECUTE pg_catalog.format('GRANT SELECT ON %I.%I TO %I, %I', schema, place, officer,
			auditor);
		IF place <> ALL (ARRAY['intake_files', 'intake_originals', 'intake_lines', 'intake_retries',
			'history', 'v_intake']) THEN
			EXECUTE pg_catalog.format('GRANT SELECT ON %I.%I TO %I', schema, place, reader);
		END IF;
		IF place = ANY (ARRAY['areas', 'lines', 'findings', 'requests']) THEN
			-- QGIS asks for the right to insert whole rows; numbers, names and times are filled in by triggers
			EXECUTE pg_catalog.format('GRANT INSERT, DELETE ON %I.%I TO %I', schema, place,
				officer);
		END IF;
	END LOOP;
	-- Who and when are filled in, not said: no right on those columns.
	EXECUTE pg_catalog.format($ddl$
		GRANT INSERT (name, issuer, recipient, handed_over, received, source, records_declared,
			sheets_declared, mines_declared,
				header, remarks, district, organisation),
			UPDATE (name, issuer, recipient, handed_over, received, source, records_declared,
				sheets_declared, mines_declared,
				header, remarks, district, organisation) ON %1$I.books TO %2$I;
		GRANT INSERT (book_id, file_name, sha256, content, encoding, district, organisation),
			UPDATE (withdrawn_at, change_reason) ON %1$I.intake_files TO %2$I;
		GRANT INSERT (file_id, file_name, content, sha256, district, organisation)
			ON %1$I.intake_originals TO %2$I;
		GRANT INSERT (file_id, n, line, input, outcome, record_id, twin_of, sqlstate, message, path,
			hint, district, organisation),
			UPDATE (outcome, record_id) ON %1$I.intake_lines TO %2$I;
		GRANT INSERT (intake_id, input, reason, record_id, sqlstate, message, path, hint)
			ON %1$I.intake_retries TO %2$I;
		GRANT INSERT (book_id, key, version, first_id, as_received, current, file_id, status,
			hazard_class, reliability, remarks,
				district, organisation),
			UPDATE (current, status, hazard_class, reliability, remarks, superseded_at,
				superseded_by, withdrawn_at, change_reason)
			ON %1$I.records TO %2$I;
		GRANT INSERT (table_name, row_id, action, was, became, reason, district, organisation)
			ON %1$I.history TO %2$I;
		GRANT INSERT (as_of, parameters, language, backend_pid, progress, district, organisation),
			UPDATE (status, finished_at, progress, versions, input_digest, summary, report, html,
				message) ON %1$I.report_runs TO %2$I;
		GRANT UPDATE (name, kind, geometry, remarks, district, organisation) ON %1$I.areas,
			%1$I.lines TO %2$I;
		GRANT UPDATE (name, kind, found, model, count, accuracy95_m, geometry, source, remarks,
			district, organisation)
			ON %1$I.findings TO %2$I;
		GRANT UPDATE (subject, text, addressee, asked, answered, status, book_id, record_id,
			area_id, line_id, geometry,
			district, organisation) ON %1$I.requests TO %2$I;
	$ddl$, schema, officer);
	PERFORM mf_registry_landmark_rights(schema, officer);
END
$$;
COMMENT ON FUNCTION mf_registry_roles(name, text, text, text) IS
	'Grants the rights of reader, officer and auditor on a registry to three roles, which are made without login when they are not there; their names are those of the schema with _reader, _officer and _auditor unless others are given. Takes all other rights on the tables from them and from PUBLIC. To be called by the owner of the registry; making roles needs CREATEROLE.';

CREATE FUNCTION mf_registry_guard(schema name, place text, by text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	mine text;
	sees text;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF NOT EXISTS (SELECT FROM pg_attribute
		WHERE attrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', schema, place))::oid
			AND attname = by::name AND NOT attisdropped) THEN
		RETURN;
	END IF;
	-- who looks has his scopes found once for a query, and compared without a
	-- function that could tell of other rows
	mine := pg_catalog.format('ARRAY(SELECT a.scope FROM %I.access a WHERE EXISTS (SELECT FROM pg_roles r
		WHERE r.rolname = a.member::name AND pg_catalog.pg_has_role(r.oid, ''MEMBER'')))', schema);
	sees := pg_catalog.format('(%1$I = ANY (%2$s) OR (SELECT ''*'' = ANY (%2$s)))', by, mine);
	EXECUTE pg_catalog.format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', schema, place);
	EXECUTE pg_catalog.format('CREATE POLICY mf_scope ON %I.%I USING %s WITH CHECK %s',
		schema, place, sees, sees);
	-- from now on, numbers do not tell how many others there are
	EXECUTE (SELECT pg_catalog.format('CREATE OR REPLACE TRIGGER number_rows BEFORE INSERT ON %I.%I
			FOR EACH ROW EXECUTE FUNCTION mf_registry_number(%L)', schema, place, a.attname)
		FROM pg_attribute a
		WHERE a.attrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', schema, place))::oid
			AND a.attidentity <> '');
END
$$;
COMMENT ON FUNCTION mf_registry_guard(name, text, text) IS
	'For mf_registry_protect: narrows a table by district or organisation, where it has that column, and numbers its new rows at random.';

CREATE FUNCTION mf_registry_protect(schema name, by text DEFAULT 'district',
	reader text DEFAULT NULL, officer text DEFAULT NULL,
		auditor text DEFAULT NULL) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	place text;
	old record;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF by IS NULL OR by <> ALL (ARRAY['district', 'organisation']) THEN
		RAISE EXCEPTION 'a registry is protected by district or by organisation, not by "%"', by
			USING ERRCODE = '22023';
	END IF;
	PERFORM mf_registry_roles(schema, reader, officer, auditor);
	FOR old IN SELECT p.polname, c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
		WHERE c.relnamespace = pg_catalog.to_regnamespace(pg_catalog.quote_ident(schema::text))::oid
			AND p.polname::text LIKE 'mf\_%'
	LOOP
		EXECUTE pg_catalog.format('DROP POLICY %I ON %I.%I', old.polname, schema, old.relname);
	END LOOP;
	EXECUTE pg_catalog.format('ALTER TABLE %I.access ENABLE ROW LEVEL SECURITY', schema);
	EXECUTE pg_catalog.format('CREATE POLICY mf_own ON %I.access FOR SELECT
		USING (EXISTS (SELECT FROM pg_roles r
		WHERE r.rolname = member::name AND pg_catalog.pg_has_role(r.oid, ''MEMBER'')))', schema);
	FOREACH place IN ARRAY mf_registry_tables() LOOP
		PERFORM mf_registry_guard(schema, place, by);
	END LOOP;
END
$$;
COMMENT ON FUNCTION mf_registry_protect(name, text, text, text, text) IS
	'Grants the rights of mf_registry_roles, and narrows them by row-level security: a role sees and changes only rows whose district (or organisation) table access names for it or for a role it is a member of. Rows without a district are for those with scope * only. The owner of the registry and superusers see everything. From then on, rows get random numbers, which tell of no other rows. Calling it again changes by what. An error where by is neither (22023).';

CREATE FUNCTION mf_registry_protected_by(schema name) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 250
	BEGIN ATOMIC
		SELECT CASE WHEN pg_catalog.pg_get_expr(p.polqual, p.polrelid) ~ '\mdistrict = ANY'
			THEN 'district'::text ELSE 'organisation'::text END
		FROM pg_catalog.pg_policy p
		WHERE p.polname = 'mf_scope'::name
			AND p.polrelid = pg_catalog.to_regclass(pg_catalog.format('%I.records', schema))::oid;
	END;
COMMENT ON FUNCTION mf_registry_protected_by(name) IS
	'By what a registry is protected (mf_registry_protect): district or organisation. NULL where it is not.';

CREATE FUNCTION mf_registry_admit(schema name, member text, VARIADIC scopes text[]) RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	admitted integer;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = member::name) THEN
		RAISE EXCEPTION 'there is no role "%"', member USING ERRCODE = '42704';
	END IF;
	EXECUTE pg_catalog.format('DELETE FROM %I.access WHERE member = $1 AND scope <> ALL ($2)',
		schema) USING member, scopes;
	EXECUTE pg_catalog.format('INSERT INTO %I.access (member, scope) SELECT $1, s
		FROM pg_catalog.unnest($2) s ON CONFLICT DO NOTHING', schema)
		USING member, scopes;
	EXECUTE pg_catalog.format('SELECT pg_catalog.count(*) FROM %I.access WHERE member = $1', schema)
		INTO admitted USING member;
	RETURN admitted;
END
$$;
COMMENT ON FUNCTION mf_registry_admit(name, text, text[]) IS
	'Says which districts (or organisations) a role sees in a protected registry, instead of those it saw before, and returns how many; the scope * is all. Without scopes (VARIADIC ''{}'') it sees nothing. An error where there is no such role (42704).';
