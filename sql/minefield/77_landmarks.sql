-- landmarks: version 2 of the tables of a registry
--
-- Records are located when they come in, by what they say and by what the
-- office found of the landmarks that they begin at.  A landmark that is visited
-- moves every record that uses it, with history, and back again.
--
-- What the paper says is never touched: a landmark's place goes into mf_locate
-- beside the paper, and only what was derived is derived anew.

CREATE TYPE mf_landmark_shift AS (
	record_id bigint,
	key text,
	point_id text,
	is_derived boolean,
	shift_m float8,
	was_located boolean,
	is_located boolean,
	accuracy95_before_m float8,
	accuracy95_m float8
);
COMMENT ON TYPE mf_landmark_shift IS
	'What a place of a landmark does to a record that uses it: which record and point of it, whether its extent was derived from its location (one that somebody plotted stays), by how many metres the point moves that moves farthest (NULL: none is solved both times), whether the record has a place before and after, and its 95 % accuracy in metres before and after (NULL: not known).';

CREATE FUNCTION mf_registry_landmark_rights(schema name, officer text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format($ddl$
		GRANT INSERT, DELETE ON %1$I.landmarks, %1$I.landmark_uses TO %2$I;
		GRANT UPDATE (name, description, geometry, accuracy95_m, is_surveyed, surveyed, source,
			remarks,
			position_id, change_reason) ON %1$I.landmarks TO %2$I;
		GRANT UPDATE (remarks) ON %1$I.landmark_uses TO %2$I;
		GRANT INSERT (landmark_id, geometry, accuracy95_m, is_surveyed, surveyed, source, before_id,
			reason,
			district, organisation) ON %1$I.landmark_positions TO %2$I;
	$ddl$, schema, officer);
END
$$;
COMMENT ON FUNCTION mf_registry_landmark_rights(name, text) IS
	'For mf_registry_roles: what an officer may do with landmarks.';

-- The places of a record's landmarks as mf_locate takes them.  Locked, so that
-- a record that comes in while its landmark is moved is not left behind.
CREATE FUNCTION mf_registry_marks(schema name, chain bigint, lock boolean) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found jsonb;
BEGIN
	EXECUTE pg_catalog.format('SELECT pg_catalog.jsonb_object_agg(m.point_id, m.place) FROM (
			SELECT u.point_id, pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(''lon'',
				(l.geometry::point)[0],
				''lat'', (l.geometry::point)[1], ''accuracy95_m'', l.accuracy95_m)) AS place
			FROM %1$I.landmark_uses u JOIN %1$I.landmarks l ON l.landmark_id = u.landmark_id
			WHERE u.record_id = $1 AND l.is_surveyed %2$s) m', schema, CASE WHEN lock
				THEN 'FOR SHARE OF l' END)
		INTO found USING chain;
	RETURN found;
END
$$;
COMMENT ON FUNCTION mf_registry_marks(name, bigint, boolean) IS
	'For the functions of the registry: the surveyed landmarks of a record, by its points, as mf_locate_options takes them; locked until the transaction ends. NULL when there are none.';

CREATE FUNCTION mf_registry_locate() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield');
	marks jsonb;
	located record;
BEGIN
	-- a record that is just entered is nobody's yet
	IF TG_OP = 'UPDATE' OR NEW.version > 1 THEN
		EXECUTE pg_catalog.format('SELECT %s.mf_registry_marks($1, $2, true)', home) INTO marks
			USING TG_TABLE_SCHEMA, coalesce(NEW.first_id, NEW.record_id);
	END IF;
	EXECUTE pg_catalog.format('SELECT %1$s.mf_locate($1,
		%1$s.mf_registry_with_marks(o.options, $2)) AS record
		FROM %2$I.location_options o
		WHERE o.locate', home, TG_TABLE_SCHEMA)
		INTO located USING NEW.current, marks;
	IF located.record IS NOT NULL THEN
		NEW.current := located.record;
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION mf_registry_locate() IS
	'Trigger of the registry: locates column current by mf_locate, with the options of table location_options and the surveyed landmarks of the record. An extent that was not derived stays.';

CREATE FUNCTION mf_registry_with_marks(options jsonb, marks jsonb) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN CASE WHEN marks IS NULL THEN options ELSE COALESCE(options, '{}'::jsonb)
		|| pg_catalog.jsonb_build_object('landmarks',
		COALESCE(NULLIF(options -> 'landmarks'::text, 'null'::jsonb), '{}'::jsonb) || marks) END;
COMMENT ON FUNCTION mf_registry_with_marks(jsonb, jsonb) IS
	'For the functions of the registry: options of mf_locate with landmarks added.';

-- A place is changed like any column, and every place that held is kept; one
-- that held before is taken up again by its number.
CREATE FUNCTION mf_landmark_placed() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	kept record;
	held bigint;
	entry text := pg_catalog.format('INSERT INTO %I.landmark_positions (landmark_id, geometry,
		accuracy95_m, is_surveyed,
			surveyed, source, before_id, reason, district, organisation)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING position_id', TG_TABLE_SCHEMA);
BEGIN
	IF NEW.position_id IS DISTINCT FROM OLD.position_id THEN
		EXECUTE pg_catalog.format('SELECT * FROM %I.landmark_positions WHERE position_id = $1
			AND landmark_id = $2', TG_TABLE_SCHEMA)
			INTO kept USING NEW.position_id, OLD.landmark_id;
		GET DIAGNOSTICS held = ROW_COUNT;
		IF held = 0 THEN
			RAISE EXCEPTION 'landmark % never had position %', OLD.landmark_id, NEW.position_id
				USING ERRCODE = '23503';
		END IF;
		NEW.geometry := kept.geometry;
		NEW.accuracy95_m := kept.accuracy95_m;
		NEW.is_surveyed := kept.is_surveyed;
		NEW.surveyed := kept.surveyed;
		NEW.source := kept.source;
	ELSIF NOT pg_catalog.record_image_eq(ROW(NEW.geometry, NEW.accuracy95_m, NEW.is_surveyed),
		ROW(OLD.geometry, OLD.accuracy95_m, OLD.is_surveyed)) THEN
		IF OLD.position_id IS NULL THEN
			EXECUTE entry INTO OLD.position_id USING OLD.landmark_id, OLD.geometry,
				OLD.accuracy95_m, OLD.is_surveyed,
				OLD.surveyed, OLD.source, NULL::bigint, 'as it was entered'::text, OLD.district,
					OLD.organisation;
		END IF;
		EXECUTE entry INTO NEW.position_id USING OLD.landmark_id, NEW.geometry, NEW.accuracy95_m,
			NEW.is_surveyed,
			NEW.surveyed, NEW.source, OLD.position_id, NEW.change_reason, OLD.district,
				OLD.organisation;
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION mf_landmark_placed() IS
	'Trigger of the registry: keeps every place of a landmark, and takes an earlier one up again when position_id is set to it.';

CREATE FUNCTION mf_registry_relocate(schema name, chains bigint[], reason text) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	these bigint[];
	done bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(l.record_id) FROM (
			SELECT r.record_id FROM %1$I.records r
			WHERE r.is_current AND ($1 IS NULL OR r.record_id IN (SELECT pg_catalog.unnest($1)
				UNION ALL SELECT v.record_id FROM %1$I.records v WHERE v.first_id = ANY ($1)))
			ORDER BY r.record_id FOR UPDATE) l', schema) INTO these USING chains;
	EXECUTE pg_catalog.format('WITH before AS MATERIALIZED (SELECT record_id, revision
		FROM %1$I.records WHERE record_id = ANY ($1)),
		after AS (UPDATE %1$I.records r SET current = r.current, change_reason = $2 FROM before b
			WHERE b.record_id = r.record_id
			RETURNING r.revision <> b.revision AS changed)
		SELECT pg_catalog.count(*) FROM after WHERE changed', schema) INTO done USING these, reason;
	RETURN done;
END
$$;
COMMENT ON FUNCTION mf_registry_relocate(name, bigint[], text) IS
	'For the functions of the registry: locates the current versions of these records anew (NULL: of all), and returns how many changed.';

CREATE FUNCTION mf_registry_catch_up(schema name, records bigint[], reason text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	chains bigint[];
BEGIN
	EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(DISTINCT u.record_id)
		FROM %1$I.landmark_uses u JOIN %1$I.landmarks l ON l.landmark_id = u.landmark_id
		WHERE u.record_id = ANY ($1) AND l.position_id IS NOT NULL', schema) INTO chains
			USING records;
	IF chains IS NOT NULL THEN
		EXECUTE pg_catalog.format('SELECT %s.mf_registry_relocate($1, $2, $3)',
			(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'))
			USING schema, chains, reason;
	END IF;
END
$$;
COMMENT ON FUNCTION mf_registry_catch_up(name, bigint[], text) IS
	'For mf_withdraw and mf_restore: a version that holds again may have missed the move of a landmark, and is located anew.';

CREATE FUNCTION mf_landmark_moved() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield');
	chains bigint[];
	why text;
BEGIN
	EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(record_id) FROM %I.landmark_uses
		WHERE landmark_id = $1', TG_TABLE_SCHEMA)
		INTO chains USING NEW.landmark_id;
	IF chains IS NOT NULL THEN
		-- the reason has gone to history just before
		EXECUTE pg_catalog.format('SELECT reason FROM %I.history WHERE table_name = ''landmarks''
			AND row_id = $1
			ORDER BY changed_at DESC LIMIT 1', TG_TABLE_SCHEMA) INTO why USING NEW.landmark_id;
		EXECUTE pg_catalog.format('SELECT %s.mf_registry_relocate($1, $2, $3)', home)
			USING TG_TABLE_SCHEMA, chains,
				pg_catalog.format('landmark %s (%s) was moved: %s', NEW.landmark_id, NEW.name, why);
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION mf_landmark_moved() IS
	'Trigger of the registry: locates the records anew that use a landmark whose place changed.';

CREATE FUNCTION mf_landmark_used() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield');
	use record;
	mark record;
BEGIN
	IF TG_WHEN = 'BEFORE' THEN
		-- the triggers before this one have seen that both are there, and may be seen
		EXECUTE pg_catalog.format('SELECT coalesce(first_id, record_id) AS chain, district,
			organisation FROM %I.records
			WHERE record_id = $1', TG_TABLE_SCHEMA) INTO use USING NEW.record_id;
		EXECUTE pg_catalog.format('SELECT district, organisation FROM %I.landmarks
			WHERE landmark_id = $1', TG_TABLE_SCHEMA)
			INTO mark USING NEW.landmark_id;
		IF ROW(use.district, use.organisation) IS DISTINCT FROM ROW(mark.district,
			mark.organisation) THEN
			RAISE EXCEPTION 'landmark % and record % are not of one district and organisation',
				NEW.landmark_id, NEW.record_id
				USING ERRCODE = '23514', HINT = 'Who may see the one must see the other: enter the landmark for that district, too.';
		END IF;
		NEW.record_id := use.chain;
		NEW.district := use.district;
		NEW.organisation := use.organisation;
		RETURN NEW;
	END IF;
	IF TG_OP = 'DELETE' THEN
		use := OLD;
	ELSE
		use := NEW;
	END IF;
	EXECUTE pg_catalog.format('SELECT name, is_surveyed FROM %I.landmarks WHERE landmark_id = $1',
		TG_TABLE_SCHEMA)
		INTO mark USING use.landmark_id;
	IF mark.is_surveyed THEN
		EXECUTE pg_catalog.format('SELECT %s.mf_registry_relocate($1, $2, $3)', home)
			USING TG_TABLE_SCHEMA, ARRAY[use.record_id],
				pg_catalog.format('point %s is %s landmark %s (%s)', use.point_id,
				CASE TG_OP WHEN 'DELETE' THEN 'no longer' ELSE 'said to be' END, use.landmark_id,
					mark.name);
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION mf_landmark_used() IS
	'Trigger of the registry: a use of a landmark belongs to all versions of a record, and to one district; the record is located anew when the landmark is surveyed.';

CREATE FUNCTION mf_registry_step_2(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	item record;
	guarded text;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format($ddl$
CREATE TABLE %1$I.landmarks (
	landmark_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text NOT NULL CHECK (name <> ''),
	description text,
	geometry geometry(Point, 4326) NOT NULL CHECK (NOT ST_IsEmpty(geometry)),
	accuracy95_m float8 CHECK (accuracy95_m >= 0.0::float8 AND accuracy95_m < 'Infinity'::float8),
	is_surveyed boolean NOT NULL DEFAULT true,
	surveyed text,
	source text,
	remarks text,
	position_id bigint,
	change_reason text,
	district text,
	organisation text,
	created_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	created_by text NOT NULL DEFAULT mf_registry_who()
);
CREATE INDEX landmarks_geometry ON %1$I.landmarks USING gist (geometry);
COMMENT ON TABLE %1$I.landmarks IS 'Beacons, corners, road junctions that records begin at. Changing geometry locates every record anew that uses the landmark; mf_landmark_impact tells before what that does.';
COMMENT ON COLUMN %1$I.landmarks.geometry IS 'Where it is, in WGS 84.';
COMMENT ON COLUMN %1$I.landmarks.accuracy95_m IS 'Radius in metres within which it is, 19 times of 20; NULL is unknown.';
COMMENT ON COLUMN %1$I.landmarks.is_surveyed IS 'Whether the office found this place: then it holds for all records that use it. Otherwise each record has it where its paper says.';
COMMENT ON COLUMN %1$I.landmarks.surveyed IS 'When, ISO 8601 or EDTF; NULL is unknown.';
COMMENT ON COLUMN %1$I.landmarks.position_id IS 'Which row of landmark_positions holds; NULL: it was never moved. Set to an earlier one, that holds again.';
COMMENT ON COLUMN %1$I.landmarks.change_reason IS 'Give the reason here in every UPDATE; it moves to history and this stays NULL.';

CREATE TABLE %1$I.landmark_positions (
	position_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	landmark_id bigint NOT NULL REFERENCES %1$I.landmarks,
	geometry geometry(Point, 4326) NOT NULL,
	accuracy95_m float8,
	is_surveyed boolean NOT NULL,
	surveyed text,
	source text,
	before_id bigint REFERENCES %1$I.landmark_positions,
	reason text,
	entered_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
	entered_by text NOT NULL DEFAULT mf_registry_who(),
	district text,
	organisation text
);
CREATE INDEX landmark_positions_landmark ON %1$I.landmark_positions (landmark_id);
COMMENT ON TABLE %1$I.landmark_positions IS 'Every place that a moved landmark had: written by a trigger, never changed or deleted.';
COMMENT ON COLUMN %1$I.landmark_positions.before_id IS 'The place that it took the place of.';

CREATE TABLE %1$I.landmark_uses (
	use_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	landmark_id bigint NOT NULL REFERENCES %1$I.landmarks,
	record_id bigint NOT NULL REFERENCES %1$I.records,
	point_id text NOT NULL CHECK (point_id <> ''),
	remarks text,
	district text,
	organisation text,
	created_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	created_by text NOT NULL DEFAULT mf_registry_who(),
	CONSTRAINT landmark_uses_point UNIQUE (record_id, point_id)
);
CREATE INDEX landmark_uses_landmark ON %1$I.landmark_uses (landmark_id);
COMMENT ON TABLE %1$I.landmark_uses IS 'Which point of which record is which landmark.';
COMMENT ON COLUMN %1$I.landmark_uses.record_id IS 'The first version of the record: a use holds for every version that has the point.';
COMMENT ON COLUMN %1$I.landmark_uses.point_id IS 'The id of the point in location.points.';

CREATE TABLE %1$I.location_options (
	only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
	locate boolean NOT NULL DEFAULT true,
	options jsonb CHECK (mf_locate('{"type":"Feature","properties":{"location":{}}}'::minefield,
		options) IS NOT NULL)
);
INSERT INTO %1$I.location_options DEFAULT VALUES;
COMMENT ON TABLE %1$I.location_options IS 'How records that come in, or are amended, are located: its one row is changed by the owner, and mf_relocate brings it to the records that are there.';
COMMENT ON COLUMN %1$I.location_options.locate IS 'Whether column current of records is located by mf_locate.';
COMMENT ON COLUMN %1$I.location_options.options IS 'From mf_locate_options(); NULL: its defaults.';

CREATE TRIGGER locate_new BEFORE INSERT ON %1$I.records FOR EACH ROW
	WHEN (mf_properties(NEW.current) ? 'location'::text
		AND (NEW.version > 1 OR NOT mf_properties(NEW.current) ? 'derived'::text))
	EXECUTE FUNCTION mf_registry_locate();
CREATE TRIGGER locate BEFORE UPDATE OF current ON %1$I.records FOR EACH ROW
	WHEN (mf_properties(NEW.current) ? 'location'::text) EXECUTE FUNCTION mf_registry_locate();
CREATE TRIGGER entered BEFORE INSERT ON %1$I.landmarks FOR EACH ROW
	EXECUTE FUNCTION mf_registry_entered();
CREATE TRIGGER placed BEFORE UPDATE ON %1$I.landmarks FOR EACH ROW
	EXECUTE FUNCTION mf_landmark_placed();
CREATE TRIGGER tell_change BEFORE UPDATE ON %1$I.landmarks FOR EACH ROW
	EXECUTE FUNCTION mf_registry_change('landmark_id', 'landmark_id', 'created_at', 'created_by');
CREATE TRIGGER tell_log AFTER DELETE ON %1$I.landmarks FOR EACH ROW
	EXECUTE FUNCTION mf_registry_log('landmark_id');
CREATE TRIGGER tell_records AFTER UPDATE ON %1$I.landmarks FOR EACH ROW
	WHEN (OLD.position_id IS DISTINCT FROM NEW.position_id) EXECUTE FUNCTION mf_landmark_moved();
CREATE TRIGGER entered BEFORE INSERT ON %1$I.landmark_uses FOR EACH ROW
	EXECUTE FUNCTION mf_registry_entered();
CREATE TRIGGER used BEFORE INSERT OR UPDATE OF landmark_id, record_id
	ON %1$I.landmark_uses FOR EACH ROW
	EXECUTE FUNCTION mf_landmark_used();
CREATE TRIGGER tell_log AFTER UPDATE OR DELETE ON %1$I.landmark_uses FOR EACH ROW
	EXECUTE FUNCTION mf_registry_log('use_id');
CREATE TRIGGER tell_records AFTER INSERT OR UPDATE OR DELETE ON %1$I.landmark_uses FOR EACH ROW
	EXECUTE FUNCTION mf_landmark_used();
CREATE TRIGGER keep_rows BEFORE DELETE OR UPDATE ON %1$I.landmark_positions FOR EACH ROW
	EXECUTE FUNCTION mf_registry_keep();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON %1$I.landmark_positions
	EXECUTE FUNCTION mf_registry_keep();
CREATE TRIGGER scope_of_landmarks BEFORE INSERT ON %1$I.landmark_positions FOR EACH ROW
	EXECUTE FUNCTION mf_registry_scope('landmarks', 'landmark_id', 'landmark_id');
CREATE TRIGGER scope_of_before_id BEFORE INSERT ON %1$I.landmark_positions FOR EACH ROW
	EXECUTE FUNCTION mf_registry_scope('landmark_positions', 'position_id', 'before_id');
CREATE TRIGGER scope_of_landmarks BEFORE INSERT OR UPDATE OF landmark_id
	ON %1$I.landmark_uses FOR EACH ROW
	EXECUTE FUNCTION mf_registry_scope('landmarks', 'landmark_id', 'landmark_id');
CREATE TRIGGER scope_of_records BEFORE INSERT OR UPDATE OF record_id
	ON %1$I.landmark_uses FOR EACH ROW
	EXECUTE FUNCTION mf_registry_scope('records', 'record_id', 'record_id');
	$ddl$, schema);
	PERFORM mf_registry_landmark_views(schema);
	-- a registry that is protected stays so
	guarded := mf_registry_protected_by(schema);
	IF guarded IS NOT NULL THEN
		PERFORM mf_registry_guard(schema, t, guarded)
			FROM pg_catalog.unnest(ARRAY['landmarks', 'landmark_positions', 'landmark_uses']) t;
	END IF;
	FOR item IN
		SELECT r.rolname, pg_catalog.has_any_column_privilege(r.oid, c.oid, 'INSERT') AS enters
		FROM pg_class c CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) a JOIN pg_roles r
			ON r.oid = a.grantee
		WHERE c.oid = pg_catalog.format('%I.records', schema)::regclass::oid
			AND a.grantee <> c.relowner
			AND a.privilege_type = 'SELECT'
	LOOP
		EXECUTE pg_catalog.format('GRANT SELECT ON %1$I.landmarks, %1$I.landmark_positions,
			%1$I.landmark_uses, %1$I.location_options,
			%1$I.v_landmarks, %1$I.v_unsolved TO %2$I', schema, item.rolname);
		IF item.enters THEN
			PERFORM mf_registry_landmark_rights(schema, item.rolname);
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION mf_registry_step_2(name) IS
	'For mf_upgrade_registry: makes the tables of version 2: landmarks, and how records are located.';

CREATE FUNCTION mf_registry_landmark_views(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format($ddl$
CREATE OR REPLACE VIEW %1$I.v_current WITH (security_invoker = true) AS
	SELECT r.record_id AS fid, r.book_id, b.name AS book, r.key, r.version,
		mf_number(r.current) AS number,
		mf_source(r.current) AS source, pg_catalog.lower(mf_laid(r.current)) AS laid_from,
		pg_catalog.upper(mf_laid(r.current)) - 1 AS laid_to,
		mf_accuracy_m(r.current) AS accuracy95_m, mf_area(r.current) AS area_m2,
			mf_is_located(r.current) AS is_located,
		mf_digest_text(r.current) <> mf_digest_text(r.as_received) AS is_amended, r.status,
			r.hazard_class, r.reliability, r.remarks,
		r.district, r.organisation, r.received_at, r.current
	FROM %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
	WHERE r.is_current;

CREATE VIEW %1$I.v_landmarks WITH (security_invoker = true) AS
	SELECT l.landmark_id AS fid, l.name, l.description, l.accuracy95_m, l.is_surveyed, l.surveyed,
		l.source, l.remarks,
		(SELECT pg_catalog.count(*) FROM %1$I.landmark_uses u
			WHERE u.landmark_id = l.landmark_id) AS uses,
		l.district, l.organisation, l.geometry
	FROM %1$I.landmarks l;
COMMENT ON VIEW %1$I.v_landmarks IS 'The landmarks, and how many points of records each of them is.';

CREATE VIEW %1$I.v_unsolved WITH (security_invoker = true) AS
	SELECT pg_catalog.row_number() OVER (ORDER BY r.record_id, u.n) AS fid, r.record_id,
		b.name AS book, r.key,
		u.entry ->> 'point'::text AS point, u.entry ->> 'reason'::text AS reason,
		(u.entry #>> '{leg,0}'::text[]) || ' - ' || (u.entry #>> '{leg,1}'::text[]) AS leg,
			u.entry ->> 'said'::text AS said,
		mf_is_located(r.current) AS is_located, r.district, r.organisation
	FROM %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
	CROSS JOIN LATERAL (SELECT mf_properties(r.current) #> '{derived,unsolved}'::text[] AS list) d
	CROSS JOIN LATERAL pg_catalog.jsonb_array_elements(CASE
		WHEN pg_catalog.jsonb_typeof(d.list) = 'array' THEN d.list END)
		WITH ORDINALITY u (entry, n)
	WHERE r.is_current;
COMMENT ON VIEW %1$I.v_unsolved IS 'What mf_locate could not solve of the records that hold, and why; without a point: the extent itself. The reasons are explained in doc/location.md.';
	$ddl$, schema);
END
$$;
COMMENT ON FUNCTION mf_registry_landmark_views(name) IS
	'For mf_upgrade_registry: makes the views of version 2.';
