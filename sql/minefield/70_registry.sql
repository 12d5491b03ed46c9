-- the registry: a schema of ordinary tables that its user owns
--
-- The functions live here and change from release to release; the tables live
-- in the user's schema and are carried along by mf_upgrade_registry.  A new
-- release adds mf_registry_step_<n>, raises mf_registry_latest, and nothing
-- else: creating a registry is upgrading it from nothing.
--
-- Every function in PL/pgSQL begins with a search_path of the system's schema
-- only, then calls mf_registry_path, wherever that is, which adds the schemas
-- of this extension and of PostGIS for the rest of the call.  So none of them
-- depends on the caller's path; and whoever may create objects in those
-- schemas finds nothing to shadow, since functions of the system that take more
-- than one kind of argument are named with their schema.

CREATE FUNCTION mf_registry_path() RETURNS text
	LANGUAGE sql VOLATILE PARALLEL UNSAFE COST 50
	BEGIN ATOMIC
		SELECT pg_catalog.set_config('search_path', pg_catalog.concat_ws(', ', 'pg_catalog',
			(SELECT pg_catalog.quote_ident(n.nspname::text) FROM pg_catalog.pg_extension e
				JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
					WHERE e.extname = 'postgis'::name),
			(SELECT pg_catalog.quote_ident(n.nspname::text) FROM pg_catalog.pg_extension e
				JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
					WHERE e.extname = 'minefield'::name),
			'pg_temp'), true);
	END;
COMMENT ON FUNCTION mf_registry_path() IS
	'For the functions of the registry: sets search_path, until the calling function ends, to the schemas of the system, of PostGIS and of this extension, and returns it. PostGIS comes first: operators between its own types must be its own. Never NULL.';

CREATE FUNCTION mf_registry_who() RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE COST 1
	RETURN CASE WHEN SESSION_USER = CURRENT_USER THEN SESSION_USER::text
		ELSE pg_catalog.concat(SESSION_USER, ' as ', CURRENT_USER) END;
COMMENT ON FUNCTION mf_registry_who() IS
	'Who is changing the registry: the user who logged in and, where it differs, the role taken on, as "anna as office_officer". Never NULL.';

CREATE FUNCTION mf_registry_latest() RETURNS integer
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN 3;
COMMENT ON FUNCTION mf_registry_latest() IS
	'The version of the tables of a registry that this release of the extension works with. Never NULL.';

CREATE FUNCTION mf_registry_version(schema name) RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found integer;
BEGIN
	IF schema IS NULL THEN
		RAISE EXCEPTION 'schema of the registry is NULL' USING ERRCODE = '22004';
	END IF;
	IF pg_catalog.to_regclass(pg_catalog.format('%I.registry_version', schema)) IS NULL THEN
		RETURN NULL;
	END IF;
	EXECUTE pg_catalog.format('SELECT pg_catalog.max(version) FROM %I.registry_version', schema)
		INTO found;
	RETURN found;
END
$$;
COMMENT ON FUNCTION mf_registry_version(name) IS
	'The version of the tables of the registry in this schema. NULL where there is none; a NULL schema is an error (22004).';

CREATE FUNCTION mf_registry_check(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found integer;
	latest integer;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	found := mf_registry_version(schema);
	latest := mf_registry_latest();
	IF found IS NULL THEN
		RAISE EXCEPTION 'schema "%" holds no registry', schema
			USING ERRCODE = '42P01', HINT = 'Create one with mf_create_registry(schema).';
	ELSIF found < latest THEN
		RAISE EXCEPTION 'registry "%" is of version %, and this release works with version %',
			schema, found, latest
			USING ERRCODE = '55000', HINT = 'Call mf_upgrade_registry(schema) as the owner of the registry.';
	ELSIF found > latest THEN
		RAISE EXCEPTION 'registry "%" is of version %, which this release does not know', schema,
			found
			USING ERRCODE = '55000', HINT = 'Install a newer release, then ALTER EXTENSION minefield UPDATE.';
	END IF;
END
$$;
COMMENT ON FUNCTION mf_registry_check(name) IS
	'For the functions of the registry: an error unless the schema holds a registry of the version that this release works with (42P01 where there is none, 55000 where it is older or newer).';

CREATE FUNCTION mf_upgrade_registry(schema name) RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found integer;
	latest integer;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	latest := mf_registry_latest();
	IF mf_registry_version(schema) IS NULL THEN
		PERFORM mf_registry_check(schema);
	END IF;
	EXECUTE pg_catalog.format('LOCK TABLE %I.registry_version IN SHARE ROW EXCLUSIVE MODE', schema);
	found := mf_registry_version(schema);
	IF found > latest THEN
		PERFORM mf_registry_check(schema);
	END IF;
	FOR step IN found + 1 .. latest LOOP
		EXECUTE pg_catalog.format('SELECT mf_registry_step_%s($1)', step) USING schema;
		EXECUTE pg_catalog.format('INSERT INTO %I.registry_version (version, extension_version)
			SELECT $1, extversion FROM pg_extension WHERE extname = ''minefield''', schema)
				USING step;
	END LOOP;
	RETURN latest;
END
$$;
COMMENT ON FUNCTION mf_upgrade_registry(name) IS
	'Brings the tables of a registry to the version of this release, step by step in one transaction, and returns it; nothing happens when it is there already. An error where there is no registry (42P01) or a newer one (55000).';

CREATE FUNCTION mf_create_registry(schema name) RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF mf_registry_version(schema) IS NOT NULL THEN
		RAISE EXCEPTION 'schema "%" already holds a registry', schema
			USING ERRCODE = '42P07', HINT = 'mf_upgrade_registry(schema) brings it to this release.';
	END IF;
	IF pg_catalog.to_regnamespace(pg_catalog.quote_ident(schema::text)) IS NULL THEN
		EXECUTE pg_catalog.format('CREATE SCHEMA %I', schema);
		EXECUTE pg_catalog.format('COMMENT ON SCHEMA %I IS %L', schema,
			'A registry of minefield records, made by mf_create_registry.');
	END IF;
	EXECUTE pg_catalog.format($ddl$
		CREATE TABLE %1$I.registry_version (
			version integer PRIMARY KEY CHECK (version >= 0),
			extension_version text NOT NULL,
			applied_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
			applied_by text NOT NULL DEFAULT mf_registry_who()
		);
		COMMENT ON TABLE %1$I.registry_version IS
			'Which versions of its tables this registry has had: the highest holds. Written by mf_create_registry and mf_upgrade_registry.';
		INSERT INTO %1$I.registry_version (version, extension_version)
			SELECT 0, extversion FROM pg_extension WHERE extname = 'minefield';
	$ddl$, schema);
	RETURN mf_upgrade_registry(schema);
END
$$;
COMMENT ON FUNCTION mf_create_registry(name) IS
	'Makes a registry in this schema, which is created when it is not there: tables, constraints, indexes, triggers and views that the caller owns. Returns the version of the tables. An error where there is one already (42P07).';

CREATE FUNCTION mf_drop_registry(schema name, force boolean DEFAULT false) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	kept text;
	place text;
	held bigint;
	total bigint := 0;
	one record;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF mf_registry_version(schema) IS NULL THEN
		PERFORM mf_registry_check(schema);
	END IF;
	FOREACH place IN ARRAY mf_registry_tables() LOOP
		IF pg_catalog.to_regclass(pg_catalog.format('%I.%I', schema, place)) IS NOT NULL
			AND place NOT IN ('registry_version', 'labels', 'access', 'location_options') THEN
			EXECUTE pg_catalog.format('LOCK TABLE %I.%I IN ACCESS EXCLUSIVE MODE', schema, place);
			EXECUTE pg_catalog.format('SELECT pg_catalog.count(*) FROM %I.%I', schema, place)
				INTO held;
			total := total + held;
			IF held > 0 THEN
				kept := pg_catalog.concat_ws(', ', kept,
					pg_catalog.format('%s in %s', held, place));
			END IF;
		END IF;
	END LOOP;
	IF total > 0 AND force IS NOT TRUE THEN
		RAISE EXCEPTION 'registry "%" holds rows', schema
			USING ERRCODE = '2BP01', DETAIL = 'It holds ' || kept || '.',
			HINT = 'Make a backup (pg_dump -n) and call mf_drop_registry(schema, force => true) to lose them.';
	END IF;
	-- views first, then tables; whatever else the user keeps in the schema stays,
	-- and an object of the user's that depends on a table is an error, not a loss
	FOR one IN
		SELECT c.relname FROM pg_class c
		WHERE c.relnamespace = pg_catalog.to_regnamespace(pg_catalog.quote_ident(schema::text))::oid
			AND c.relkind = 'v'
			AND c.relname::text = ANY (mf_registry_view_names())
		ORDER BY c.relname DESC
	LOOP
		EXECUTE pg_catalog.format('DROP VIEW %I.%I', schema, one.relname);
	END LOOP;
	EXECUTE (SELECT 'DROP TABLE ' || pg_catalog.string_agg(pg_catalog.format('%I.%I', schema,
		t.place), ', ')
		FROM pg_catalog.unnest(mf_registry_tables()) t(place)
		WHERE pg_catalog.to_regclass(pg_catalog.format('%I.%I', schema, t.place)) IS NOT NULL);
	IF NOT EXISTS (SELECT FROM pg_class
		WHERE relnamespace = pg_catalog.to_regnamespace(pg_catalog.quote_ident(schema::text))::oid)
		AND NOT EXISTS (SELECT FROM pg_proc
			WHERE pronamespace = pg_catalog.to_regnamespace(pg_catalog.quote_ident(schema::text))::oid)
		AND NOT EXISTS (SELECT FROM pg_type
			WHERE typnamespace = pg_catalog.to_regnamespace(pg_catalog.quote_ident(schema::text))::oid) THEN
		BEGIN
			EXECUTE pg_catalog.format('DROP SCHEMA %I', schema);
		EXCEPTION WHEN insufficient_privilege OR dependent_objects_still_exist THEN
			NULL;	-- the schema is not the caller's, or holds something else
		END;
	END IF;
END
$$;
COMMENT ON FUNCTION mf_drop_registry(name, boolean) IS
	'Drops the tables and views of a registry, and its schema when nothing else is in it. Refuses with 2BP01 while any table holds rows, unless force is true; NULL is false. Objects of the user that depend on the tables are an error.';

CREATE FUNCTION mf_registry_tables() RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN ARRAY['books', 'intake_files', 'intake_originals', 'intake_lines', 'intake_retries',
		'records', 'history', 'findings', 'areas',
		'lines', 'requests', 'report_runs', 'labels', 'access', 'registry_version',
		'landmarks', 'landmark_positions', 'landmark_uses', 'location_options', 'mine_models'];
COMMENT ON FUNCTION mf_registry_tables() IS
	'The names of the tables of a registry. Never NULL.';

CREATE FUNCTION mf_registry_view_names() RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN ARRAY['v_current', 'v_record_areas', 'v_record_lines', 'v_record_points', 'v_unlocated',
		'v_no_record', 'v_no_record_lines',
		'v_overlaps', 'v_findings', 'v_intake', 'v_report_runs', 'v_report_progress',
		'v_landmarks', 'v_unsolved'];
COMMENT ON FUNCTION mf_registry_view_names() IS
	'The names of the views of a registry. Never NULL.';
