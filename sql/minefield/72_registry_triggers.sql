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
			THEN 'What happened stays told.'
				ELSE 'mf_withdraw takes a load or a record out of the analyses, and mf_restore brings it back.' END;
END
$$;
COMMENT ON FUNCTION mf_registry_keep() IS
	'Trigger of the registry: refuses what it is attached to (55000).';

-- A foreign key looks past row-level security, and so would tell a number that
-- is somebody else's from one that is nobody's.  This trigger looks first, and
-- only where its writer may look.
CREATE FUNCTION mf_registry_scope() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	parent text := TG_ARGV[0];
	link text := TG_ARGV[1];
	wanted bigint;
	scope record;
	found_rows bigint;
BEGIN
	-- not through jsonb, which would have every record written out
	CASE TG_ARGV[2]
		WHEN 'book_id' THEN wanted := NEW.book_id;
		WHEN 'file_id' THEN wanted := NEW.file_id;
		WHEN 'intake_id' THEN wanted := NEW.intake_id;
		WHEN 'record_id' THEN wanted := NEW.record_id;
		WHEN 'first_id' THEN wanted := NEW.first_id;
		WHEN 'superseded_by' THEN wanted := NEW.superseded_by;
		WHEN 'area_id' THEN wanted := NEW.area_id;
		WHEN 'line_id' THEN wanted := NEW.line_id;
		WHEN 'landmark_id' THEN wanted := NEW.landmark_id;
		WHEN 'before_id' THEN wanted := NEW.before_id;
	END CASE;
	IF wanted IS NULL THEN
		RETURN NEW;
	END IF;
	EXECUTE pg_catalog.format('SELECT district, organisation FROM %I.%I WHERE %I = $1',
		TG_TABLE_SCHEMA, parent, link)
		INTO scope USING wanted;
	GET DIAGNOSTICS found_rows = ROW_COUNT;
	IF found_rows = 0 THEN
		-- the same answer for what is not there and for what may not be seen
		RAISE EXCEPTION 'there is no row % in "%"', wanted, parent USING ERRCODE = '23503';
	END IF;
	IF TG_OP = 'INSERT' OR TG_TABLE_NAME = 'requests' THEN
		NEW.district := coalesce(NEW.district, scope.district);
		NEW.organisation := coalesce(NEW.organisation, scope.organisation);
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION mf_registry_scope() IS
	'Trigger of the registry: the row that a row refers to must be one that its writer can see (23503); a new row, and a request, takes its district and organisation from there, where it has none. Arguments: that table, its key, and the referring column.';

-- Numbers that count rows would count hidden rows too.  53 random bits are what
-- every program can keep in a number; of a million rows, two have one number
-- once in 18,000 times, and then the second is refused (23505).
CREATE FUNCTION mf_registry_number() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	dice text := pg_catalog.gen_random_uuid()::text;	-- its middle is not random
BEGIN
	RETURN pg_catalog.jsonb_populate_record(NEW, pg_catalog.jsonb_build_object(TG_ARGV[0],
		('x' || pg_catalog.left(dice, 8)
			|| pg_catalog.right(dice, 8))::bit(64)::bigint & 9007199254740991));
END
$$;
COMMENT ON FUNCTION mf_registry_number() IS
	'Trigger of a protected registry: gives a new row a random number of 53 bits, whatever number it was to have. Argument: the key.';

CREATE FUNCTION mf_registry_entered() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_who()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'))
			INTO NEW.created_by;
	NEW.created_at := pg_catalog.now();
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION mf_registry_entered() IS
	'Trigger of the registry: who entered a row, and when, is filled in, whatever was said.';

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

-- It runs for every row of a load that is withdrawn: records are compared as
-- they are stored, and written out only where they differ.
CREATE FUNCTION mf_registry_change() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	before record := OLD;
	after record := NEW;
	old_row jsonb;
	new_row jsonb;
	fixed text;
	was jsonb;
	became jsonb;
	deed text;
	who text;
BEGIN
	IF TG_TABLE_NAME = 'records' THEN
		IF pg_catalog.record_image_eq(ROW(OLD.as_received), ROW(NEW.as_received)) THEN
			before.as_received := NULL;
			after.as_received := NULL;
		END IF;
		IF pg_catalog.record_image_eq(ROW(OLD.current), ROW(NEW.current)) THEN
			before.current := NULL;
			after.current := NULL;
		END IF;
	ELSIF TG_TABLE_NAME = 'intake_files' THEN
		IF OLD.content = NEW.content THEN
			before.content := NULL;
			after.content := NULL;
		END IF;
	END IF;
	old_row := pg_catalog.to_jsonb(before);
	new_row := pg_catalog.to_jsonb(after);
	SELECT pg_catalog.jsonb_object_agg(b.key, b.value),
		pg_catalog.jsonb_object_agg(b.key, new_row -> b.key) INTO was, became
		FROM pg_catalog.jsonb_each(old_row) b
		WHERE new_row -> b.key <> b.value
			AND b.key <> ALL (ARRAY['change_reason', 'revision', 'is_current', 'superseded_by']);
	IF was IS NULL THEN
		NEW.change_reason := NULL;
		RETURN NEW;
	END IF;
	FOREACH fixed IN ARRAY TG_ARGV[1:] LOOP
		IF was ? fixed THEN
			RAISE EXCEPTION 'column "%" of "%" never changes', fixed, TG_TABLE_NAME
				USING ERRCODE = '55000', HINT = CASE fixed WHEN 'as_received'
					THEN 'It is what was handed over. Correct column current (mf_amend), or load a new version (mf_supersede).'
					ELSE 'Withdraw the row (mf_withdraw) and enter another.' END;
		END IF;
	END LOOP;
	IF NEW.change_reason IS NULL OR NEW.change_reason !~ '\S' THEN
		RAISE EXCEPTION 'a change of "%" needs a reason', TG_TABLE_NAME
			USING ERRCODE = '23502', HINT = 'Set column change_reason in the same UPDATE; it is kept in history.';
	END IF;
	deed := CASE WHEN was ? 'withdrawn_at'::text THEN CASE WHEN new_row ->> 'withdrawn_at'::text IS NULL
		THEN 'restored' ELSE 'withdrawn' END
		WHEN was ? 'superseded_at'::text THEN
			CASE WHEN new_row ->> 'superseded_at'::text IS NULL THEN 'reinstated'
				ELSE 'superseded' END
		WHEN was ? 'current'::text THEN 'amended' WHEN was ? 'position_id'::text THEN 'moved' ELSE 'changed' END;
	EXECUTE pg_catalog.format('INSERT INTO %I.history (table_name, row_id, action, was, became,
		reason, district, organisation)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING changed_by', TG_TABLE_SCHEMA)
		INTO who
		USING TG_TABLE_NAME::text, (old_row ->> TG_ARGV[0])::bigint, deed, was, became,
			NEW.change_reason,
			OLD.district, OLD.organisation;
	IF was ? 'withdrawn_at'::text THEN
		NEW.withdrawn_by := CASE WHEN NEW.withdrawn_at IS NOT NULL THEN who END;
	END IF;
	IF TG_TABLE_NAME = 'records' THEN
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
		EXECUTE pg_catalog.format('INSERT INTO %I.history (table_name, row_id, action, was, became,
			district, organisation)
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
			('records', 'DELETE'), ('intake_files', 'DELETE'),
				('intake_originals', 'DELETE OR UPDATE'), ('intake_lines', 'DELETE'),
			('intake_retries', 'DELETE OR UPDATE'),
				('history', 'DELETE OR UPDATE')) AS v(place, verbs)
	LOOP
		EXECUTE pg_catalog.format('CREATE TRIGGER keep_rows BEFORE %s ON %I.%I FOR EACH ROW
			EXECUTE FUNCTION mf_registry_keep()',
			item.verbs, schema, item.place);
		EXECUTE pg_catalog.format('CREATE TRIGGER keep_all BEFORE TRUNCATE ON %I.%I
			EXECUTE FUNCTION mf_registry_keep()',
			schema, item.place);
	END LOOP;
	FOR item IN
		SELECT * FROM (VALUES
			('intake_files', 'INSERT', 'books', 'book_id', 'book_id'),
			('intake_originals', 'INSERT', 'intake_files', 'file_id', 'file_id'),
			('intake_lines', 'INSERT', 'intake_files', 'file_id', 'file_id'),
			('intake_lines', 'INSERT OR UPDATE OF record_id', 'records', 'record_id', 'record_id'),
			('intake_retries', 'INSERT', 'intake_lines', 'intake_id', 'intake_id'),
			('intake_retries', 'INSERT', 'records', 'record_id', 'record_id'),
			('records', 'INSERT', 'books', 'book_id', 'book_id'),
			('records', 'INSERT', 'intake_files', 'file_id', 'file_id'),
			('records', 'INSERT', 'records', 'record_id', 'first_id'),
			('records', 'INSERT OR UPDATE OF superseded_by', 'records', 'record_id',
				'superseded_by'),
			('requests', 'INSERT OR UPDATE OF book_id', 'books', 'book_id', 'book_id'),
			('requests', 'INSERT OR UPDATE OF record_id', 'records', 'record_id', 'record_id'),
			('requests', 'INSERT OR UPDATE OF area_id', 'areas', 'area_id', 'area_id'),
			('requests', 'INSERT OR UPDATE OF line_id', 'lines', 'line_id',
				'line_id')) AS v(place, verbs, parent, link, column_name)
	LOOP
		EXECUTE pg_catalog.format('CREATE TRIGGER %I BEFORE %s ON %I.%I FOR EACH ROW
			EXECUTE FUNCTION mf_registry_scope(%L, %L, %L)',
			CASE WHEN item.place = item.parent THEN 'scope_of_' || item.column_name ELSE 'scope_of_'
				|| item.parent END,
			item.verbs, schema, item.place, item.parent, item.link, item.column_name);
	END LOOP;
	EXECUTE pg_catalog.format($ddl$
		CREATE TRIGGER tell_change BEFORE UPDATE ON %1$I.records FOR EACH ROW
			EXECUTE FUNCTION mf_registry_change('record_id', 'record_id', 'book_id', 'key',
				'version', 'first_id',
				'as_received', 'file_id', 'received_at', 'received_by');
		CREATE TRIGGER tell_change BEFORE UPDATE ON %1$I.intake_files FOR EACH ROW
			EXECUTE FUNCTION mf_registry_change('file_id', 'file_id', 'book_id', 'file_name',
				'sha256', 'content',
				'encoding', 'received_at', 'received_by');
		CREATE TRIGGER keep_input BEFORE UPDATE OF intake_id, file_id, n, line, input, twin_of
			ON %1$I.intake_lines
			FOR EACH ROW EXECUTE FUNCTION mf_registry_keep();
	$ddl$, schema);
	FOR item IN
		SELECT * FROM (VALUES ('books', 'book_id'), ('areas', 'area_id'), ('lines', 'line_id'),
			('findings', 'finding_id'),
			('requests', 'request_id')) AS v(place, link)
	LOOP
		EXECUTE pg_catalog.format('CREATE TRIGGER tell_log AFTER UPDATE
			OR DELETE ON %I.%I FOR EACH ROW EXECUTE FUNCTION mf_registry_log(%L)',
			schema, item.place, item.link);
		IF item.place <> 'books' THEN
			EXECUTE pg_catalog.format('CREATE TRIGGER entered BEFORE INSERT ON %I.%I FOR EACH ROW
				EXECUTE FUNCTION mf_registry_entered()',
				schema, item.place);
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION mf_registry_triggers(name) IS
	'For mf_upgrade_registry: attaches the triggers of version 1.';
