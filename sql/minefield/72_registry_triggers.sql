-- the triggers of a registry: nothing is overwritten, every change is told
--
-- They work on whatever table and schema they are attached to, and need no
-- more than the system's own schema: values of this extension are compared as
-- jsonb, which has their casts by number, not by name.

CREATE FUNCTION mf_registry_keep() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RAISE EXCEPTION '% on "%" is refused: its rows are kept for ever', TG_OP, TG_TABLE_NAME
		USING ERRCODE = '55000', HINT = CASE WHEN TG_TABLE_NAME = 'history'
			THEN 'What happened stays told.' ELSE 'mf_withdraw takes a load or a record out of the analyses, and mf_restore brings it back.' END;
END
$$;
COMMENT ON FUNCTION mf_registry_keep() IS
	'Trigger of the registry: refuses what it is attached to (55000).';

CREATE FUNCTION mf_registry_scope() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	parent text := TG_ARGV[0];
	link text := TG_ARGV[1];
	wanted bigint := (pg_catalog.to_jsonb(NEW) ->> TG_ARGV[2])::bigint;
	scope record;
	found_rows bigint;
BEGIN
	IF wanted IS NULL THEN
		RETURN NEW;
	END IF;
	EXECUTE pg_catalog.format('SELECT district, organisation FROM %I.%I WHERE %I = $1', TG_TABLE_SCHEMA, parent, link)
		INTO scope USING wanted;
	GET DIAGNOSTICS found_rows = ROW_COUNT;
	IF found_rows = 0 THEN
		-- the same answer for what is not there and for what may not be seen
		RAISE EXCEPTION 'there is no row % in "%"', wanted, parent USING ERRCODE = '23503';
	END IF;
	NEW.district := coalesce(NEW.district, scope.district);
	NEW.organisation := coalesce(NEW.organisation, scope.organisation);
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION mf_registry_scope() IS
	'Trigger of the registry: a row takes its district and organisation, where it has none, from the row it refers to, which its writer must be able to see (23503). Arguments: that table, its key, and the referring column.';

CREATE FUNCTION mf_registry_changed(before jsonb, after jsonb) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	BEGIN ATOMIC
		SELECT pg_catalog.jsonb_object_agg(b.key, b.value)
		FROM pg_catalog.jsonb_each(before) AS b
		WHERE b.key <> ALL (ARRAY['change_reason', 'revision', 'is_current', 'superseded_by'])
			AND (after IS NULL OR b.value IS DISTINCT FROM after -> b.key);
	END;
COMMENT ON FUNCTION mf_registry_changed(jsonb, jsonb) IS
	'For the triggers of the registry: the members of the first object that differ in the second, or all where that is NULL. NULL when none does.';

CREATE FUNCTION mf_registry_change() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	old_row jsonb := pg_catalog.to_jsonb(OLD);
	new_row jsonb := pg_catalog.to_jsonb(NEW);
	fixed text;
	was jsonb;
	became jsonb;
	deed text;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	FOREACH fixed IN ARRAY TG_ARGV[1:] LOOP
		IF old_row -> fixed IS DISTINCT FROM new_row -> fixed THEN
			RAISE EXCEPTION 'column "%" of "%" never changes', fixed, TG_TABLE_NAME
				USING ERRCODE = '55000', HINT = CASE fixed WHEN 'as_received'
					THEN 'It is what was handed over. Correct column current (mf_amend), or load a new version (mf_supersede).'
					ELSE 'Withdraw the row (mf_withdraw) and enter another.' END;
		END IF;
	END LOOP;
	was := mf_registry_changed(old_row, new_row);
	became := mf_registry_changed(new_row, old_row);
	IF was IS NULL AND became IS NULL THEN
		NEW.change_reason := NULL;
		RETURN NEW;
	END IF;
	IF NEW.change_reason IS NULL OR NEW.change_reason !~ '\S' THEN
		RAISE EXCEPTION 'a change of "%" needs a reason', TG_TABLE_NAME
			USING ERRCODE = '23502', HINT = 'Set column change_reason in the same UPDATE; it is kept in history.';
	END IF;
	IF new_row -> 'withdrawn_at'::text IS DISTINCT FROM old_row -> 'withdrawn_at'::text THEN
		NEW.withdrawn_by := CASE WHEN NEW.withdrawn_at IS NOT NULL THEN mf_registry_who() END;
		deed := CASE WHEN NEW.withdrawn_at IS NULL THEN 'restored' ELSE 'withdrawn' END;
	ELSIF new_row -> 'superseded_at'::text IS DISTINCT FROM old_row -> 'superseded_at'::text THEN
		deed := CASE WHEN new_row ->> 'superseded_at'::text IS NULL THEN 'reinstated' ELSE 'superseded' END;
	ELSIF new_row -> 'current'::text IS DISTINCT FROM old_row -> 'current'::text THEN
		deed := 'amended';
	ELSE
		deed := 'changed';
	END IF;
	EXECUTE pg_catalog.format('INSERT INTO %I.history (table_name, row_id, action, was, became, reason, district, organisation)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', TG_TABLE_SCHEMA)
		USING TG_TABLE_NAME::text, (old_row ->> TG_ARGV[0])::bigint, deed, was, became, NEW.change_reason,
			OLD.district, OLD.organisation;
	IF new_row ? 'revision'::text THEN
		NEW.revision := OLD.revision + 1;
	END IF;
	NEW.change_reason := NULL;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION mf_registry_change() IS
	'Trigger of the registry: refuses a change of the columns named (55000) and any change without change_reason (23502), and writes history. Arguments: the key, then the columns that never change.';

CREATE FUNCTION mf_registry_log() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	old_row jsonb := pg_catalog.to_jsonb(OLD);
	new_row jsonb := CASE WHEN TG_OP = 'UPDATE' THEN pg_catalog.to_jsonb(NEW) END;
	was jsonb;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	was := mf_registry_changed(old_row, new_row);
	IF was IS NOT NULL OR TG_OP = 'DELETE' THEN
		EXECUTE pg_catalog.format('INSERT INTO %I.history (table_name, row_id, action, was, became, district, organisation)
			VALUES ($1, $2, $3, $4, $5, $6, $7)', TG_TABLE_SCHEMA)
			USING TG_TABLE_NAME::text, (old_row ->> TG_ARGV[0])::bigint,
				CASE TG_OP WHEN 'DELETE' THEN 'deleted' ELSE 'changed' END,
				was, mf_registry_changed(new_row, old_row), OLD.district, OLD.organisation;
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION mf_registry_log() IS
	'Trigger of the registry: writes history after an UPDATE or DELETE. Argument: the key.';

CREATE FUNCTION mf_registry_triggers(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	item record;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	FOR item IN
		SELECT * FROM (VALUES
			('records', 'DELETE'), ('intake_files', 'DELETE'), ('intake_lines', 'DELETE'), ('history', 'DELETE OR UPDATE'),
			('intake_retries', 'DELETE OR UPDATE')) AS v(place, verbs)
	LOOP
		EXECUTE pg_catalog.format('CREATE TRIGGER keep_rows BEFORE %s ON %I.%I FOR EACH ROW EXECUTE FUNCTION mf_registry_keep()',
			item.verbs, schema, item.place);
		EXECUTE pg_catalog.format('CREATE TRIGGER keep_all BEFORE TRUNCATE ON %I.%I EXECUTE FUNCTION mf_registry_keep()',
			schema, item.place);
	END LOOP;
	FOR item IN
		SELECT * FROM (VALUES
			('intake_files', 'INSERT', 'books', 'book_id'), ('records', 'INSERT', 'books', 'book_id'),
			('intake_lines', 'INSERT', 'intake_files', 'file_id'), ('intake_retries', 'INSERT', 'intake_lines', 'intake_id'),
			('requests', 'INSERT OR UPDATE', 'books', 'book_id'), ('requests', 'INSERT OR UPDATE', 'records', 'record_id'),
			('requests', 'INSERT OR UPDATE', 'areas', 'area_id'), ('requests', 'INSERT OR UPDATE', 'lines', 'line_id'))
			AS v(place, verbs, parent, link)
	LOOP
		EXECUTE pg_catalog.format('CREATE TRIGGER %I BEFORE %s ON %I.%I FOR EACH ROW EXECUTE FUNCTION mf_registry_scope(%L, %L, %L)',
			'scope_of_' || item.parent, item.verbs, schema, item.place, item.parent, item.link, item.link);
	END LOOP;
	EXECUTE pg_catalog.format($ddl$
		CREATE TRIGGER tell_change BEFORE UPDATE ON %1$I.records FOR EACH ROW
			EXECUTE FUNCTION mf_registry_change('record_id', 'record_id', 'book_id', 'key', 'version', 'first_id',
				'as_received', 'file_id', 'received_at', 'received_by');
		CREATE TRIGGER tell_change BEFORE UPDATE ON %1$I.intake_files FOR EACH ROW
			EXECUTE FUNCTION mf_registry_change('file_id', 'file_id', 'book_id', 'file_name', 'sha256', 'content',
				'encoding', 'received_at', 'received_by');
		CREATE TRIGGER keep_input BEFORE UPDATE OF intake_id, file_id, n, line, input, twin_of ON %1$I.intake_lines
			FOR EACH ROW EXECUTE FUNCTION mf_registry_keep();
	$ddl$, schema);
	FOR item IN
		SELECT * FROM (VALUES ('books', 'book_id'), ('areas', 'area_id'), ('lines', 'line_id'), ('findings', 'finding_id'),
			('requests', 'request_id')) AS v(place, link)
	LOOP
		EXECUTE pg_catalog.format('CREATE TRIGGER tell_log AFTER UPDATE OR DELETE ON %I.%I FOR EACH ROW EXECUTE FUNCTION mf_registry_log(%L)',
			schema, item.place, item.link);
	END LOOP;
END
$$;
COMMENT ON FUNCTION mf_registry_triggers(name) IS
	'For mf_upgrade_registry: attaches the triggers of version 1.';
