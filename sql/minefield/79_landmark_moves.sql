-- landmarks at work: what a place would change, changing it, and taking it back

CREATE FUNCTION mf_landmark_place(place geometry) RETURNS geometry
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF place IS NULL OR ST_IsEmpty(place)
		OR GeometryType(place) NOT IN ('POINT', 'POINTZ', 'POINTM', 'POINTZM') THEN
		RAISE EXCEPTION 'the place of a landmark is a point' USING ERRCODE = '22023';
	ELSIF ST_SRID(place) <> 4326 THEN
		RAISE EXCEPTION 'the place has SRID %, not 4326', ST_SRID(place)
			USING ERRCODE = '22023', HINT = 'Use ST_Transform, or mf_from_grid with the operation that is meant.';
	ELSIF NOT (ST_X(place) BETWEEN -180.0::float8 AND 180.0::float8
		AND ST_Y(place) BETWEEN -90.0::float8 AND 90.0::float8) THEN
		RAISE EXCEPTION 'the place is outside longitude -180..180 or latitude -90..90'
			USING ERRCODE = '22003';
	END IF;
	RETURN ST_Force2D(place);
END
$$;
COMMENT ON FUNCTION mf_landmark_place(geometry) IS
	'For the functions of landmarks: a place in longitude and latitude, without height; an error unless it is a point (22023), with SRID 4326 (22023), on the Earth (22003).';

CREATE FUNCTION mf_landmark_shifts(registry name, landmark bigint, place jsonb)
	RETURNS SETOF mf_landmark_shift
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000 ROWS 100
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	RETURN QUERY EXECUTE pg_catalog.format('
		SELECT r.record_id, r.key, u.point_id, n.record::text <> r.current::text
				OR mf_properties(r.current) -> ''derived''::text IS NOT NULL,
			(SELECT pg_catalog.max(ST_Distance(a.geometry::geography, b.geometry::geography))
				FROM mf_traverse(r.current, o.before) a JOIN mf_traverse(r.current, o.after) b
					ON b.id = a.id WHERE a.solved AND b.solved),
			mf_is_located(r.current), mf_is_located(n.record), mf_accuracy_m(r.current)::float8,
				mf_accuracy_m(n.record)::float8
		FROM %1$I.landmark_uses u JOIN %1$I.records r ON r.is_current
			AND r.record_id IN (SELECT u.record_id UNION ALL SELECT v.record_id FROM %1$I.records v
				WHERE v.first_id = u.record_id)
		CROSS JOIN %1$I.location_options l
		CROSS JOIN LATERAL (SELECT coalesce(mf_registry_marks($1, u.record_id, false),
			''{}'') AS marks) m
		CROSS JOIN LATERAL (SELECT mf_registry_with_marks(l.options, m.marks) AS before,
			mf_registry_with_marks(l.options, CASE WHEN $3 IS NULL THEN m.marks - u.point_id
				ELSE m.marks || pg_catalog.jsonb_build_object(u.point_id, $3) END) AS after) o
		CROSS JOIN LATERAL (SELECT CASE WHEN l.locate THEN mf_locate(r.current, o.after)
			ELSE r.current END AS record) n
		WHERE u.landmark_id = $2 ORDER BY r.key COLLATE "C", r.record_id, u.point_id', registry)
		USING registry, landmark, place;
END
$$;
COMMENT ON FUNCTION mf_landmark_shifts(name, bigint, jsonb) IS
	'For mf_landmark_impact: what becomes of the records that use a landmark when it stands there ({lon, lat, accuracy95_m}; NULL: where each paper says).';

CREATE FUNCTION mf_landmark_impact(registry name, landmark bigint, place geometry,
	accuracy95_m float8 DEFAULT NULL)
	RETURNS SETOF mf_landmark_shift
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000 ROWS 100
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	held bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	place := mf_landmark_place(place);
	EXECUTE pg_catalog.format('SELECT pg_catalog.count(*) FROM %I.landmarks WHERE landmark_id = $1',
		registry)
		INTO held USING landmark;
	IF held = 0 THEN
		RAISE EXCEPTION 'there is no landmark %', landmark USING ERRCODE = 'P0002';
	END IF;
	RETURN QUERY SELECT s.* FROM mf_landmark_shifts(registry, landmark,
		pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
		'lon', ST_X(place), 'lat', ST_Y(place), 'accuracy95_m', accuracy95_m))) s;
END
$$;
COMMENT ON FUNCTION mf_landmark_impact(name, bigint, geometry, float8) IS
	'What would become of each record that uses a landmark if the landmark stood there, within accuracy95_m metres (NULL: not known): how far its points would move, and its accuracy. Changes nothing. Errors: no point with SRID 4326 (22023), no such landmark (P0002).';

CREATE FUNCTION mf_move_landmark(registry name, landmark bigint, place geometry, reason text,
	accuracy95_m float8 DEFAULT NULL,
	surveyed text DEFAULT NULL) RETURNS SETOF mf_landmark_shift
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000 ROWS 100
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	held bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	PERFORM mf_registry_reason(reason);
	place := mf_landmark_place(place);
	EXECUTE pg_catalog.format('SELECT pg_catalog.count(*)
		FROM (SELECT FROM %I.landmarks WHERE landmark_id = $1 FOR UPDATE) l', registry)
		INTO held USING landmark;
	IF held = 0 THEN
		RAISE EXCEPTION 'there is no landmark %', landmark USING ERRCODE = 'P0002';
	END IF;
	RETURN QUERY SELECT i.* FROM mf_landmark_impact(registry, landmark, place, accuracy95_m) i;
	EXECUTE pg_catalog.format('UPDATE %I.landmarks SET geometry = $2, accuracy95_m = $3,
		is_surveyed = true, surveyed = $4, change_reason = $5
		WHERE landmark_id = $1', registry) USING landmark, place, accuracy95_m, surveyed, reason;
END
$$;
COMMENT ON FUNCTION mf_move_landmark(name, bigint, geometry, text, float8, text) IS
	'Says where a landmark was found, within accuracy95_m metres (NULL: not known), surveyed then, and why this is entered: the records that use it are located anew, each change with this reason in history. Returns what became of them, as mf_landmark_impact does. mf_unmove_landmark takes it back. Errors: no point with SRID 4326 (22023), no such landmark (P0002), no reason (22004).';

CREATE FUNCTION mf_unmove_landmark(registry name, landmark bigint, reason text)
	RETURNS SETOF mf_landmark_shift
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000 ROWS 100
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	back record;
	held bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	PERFORM mf_registry_reason(reason);
	EXECUTE pg_catalog.format('SELECT pg_catalog.count(*)
		FROM (SELECT FROM %I.landmarks WHERE landmark_id = $1 FOR UPDATE) l', registry)
		INTO held USING landmark;
	IF held = 0 THEN
		RAISE EXCEPTION 'there is no landmark %', landmark USING ERRCODE = 'P0002';
	END IF;
	EXECUTE pg_catalog.format('SELECT q.* FROM %1$I.landmarks l JOIN %1$I.landmark_positions p
		ON p.position_id = l.position_id
		JOIN %1$I.landmark_positions q ON q.position_id = p.before_id WHERE l.landmark_id = $1',
			registry) INTO back USING landmark;
	IF back.position_id IS NULL THEN
		RAISE EXCEPTION 'landmark % is where it was entered', landmark USING ERRCODE = '55000';
	END IF;
	RETURN QUERY SELECT s.* FROM mf_landmark_shifts(registry, landmark, CASE WHEN back.is_surveyed
		THEN pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
			'lon', ST_X(back.geometry), 'lat', ST_Y(back.geometry), 'accuracy95_m', back.accuracy95_m)) END) s;
	EXECUTE pg_catalog.format('UPDATE %I.landmarks SET position_id = $2, change_reason = $3
		WHERE landmark_id = $1', registry)
		USING landmark, back.position_id, reason;
END
$$;
COMMENT ON FUNCTION mf_unmove_landmark(name, bigint, text) IS
	'Takes the last move of a landmark back, for a reason: the place before it holds again, and the records that use it are located anew. Called again, it takes the move before that back. Returns what became of the records. Errors: it is where it was entered (55000), no such landmark (P0002), no reason (22004).';

CREATE FUNCTION mf_use_landmark(registry name, landmark bigint, record_id bigint, point_id text)
	RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	named bigint;
	entered bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	EXECUTE pg_catalog.format('SELECT pg_catalog.count(p.id) FROM %I.records r LEFT
		JOIN LATERAL mf_points(r.current) p ON p.id = $2
		WHERE r.record_id = $1 GROUP BY r.record_id', registry) INTO named USING record_id,
			point_id;
	IF named IS NULL THEN
		RAISE EXCEPTION 'there is no record %', record_id USING ERRCODE = 'P0002';
	ELSIF named = 0 THEN
		RAISE EXCEPTION 'record % has no point %', record_id,
			coalesce(pg_catalog.to_json(point_id)::text, 'without an id')
			USING ERRCODE = '22023', HINT = 'mf_points(record) lists the points of a record.';
	END IF;
	EXECUTE pg_catalog.format('INSERT INTO %I.landmark_uses (landmark_id, record_id, point_id)
		VALUES ($1, $2, $3) RETURNING use_id', registry)
		INTO entered USING landmark, record_id, point_id;
	RETURN entered;
END
$$;
COMMENT ON FUNCTION mf_use_landmark(name, bigint, bigint, text) IS
	'Says that a point of a record, in all its versions, is a landmark; where the landmark is surveyed, the record is located anew. Returns the number of the use; deleting that row takes it back. Errors: the record has no such point (22023), no such record (P0002) or landmark (23503), the point is a landmark already (23505), they are not of one district and organisation (23514).';

CREATE FUNCTION mf_collect_landmarks(registry name, within_m float8 DEFAULT 1) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	one record;
	mark bigint;
	done bigint := 0;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	IF within_m IS NULL OR NOT (within_m >= 0.0::float8 AND within_m <= 10000.0::float8) THEN
		RAISE EXCEPTION 'within_m must be between 0 and 10000' USING ERRCODE = '22023';
	END IF;
	-- two at once would enter the same landmarks twice
	EXECUTE pg_catalog.format('LOCK TABLE %I.landmark_uses IN SHARE ROW EXCLUSIVE MODE', registry);
	FOR one IN EXECUTE pg_catalog.format('SELECT coalesce(r.first_id, r.record_id) AS chain, r.key,
		r.district, r.organisation, t.id, t.geometry,
			t.accuracy95_m, (SELECT pg_catalog.min(p.description) FROM mf_points(r.current) p
				WHERE p.id = t.id) AS description
		FROM %1$I.records r CROSS JOIN %1$I.location_options o CROSS
			JOIN LATERAL mf_traverse(r.current, o.options) t
		WHERE r.is_current AND t.role = ''landmark'' AND t.fixed AND t.solved
			AND NOT EXISTS (SELECT FROM %1$I.landmark_uses u
			WHERE u.record_id = coalesce(r.first_id, r.record_id) AND u.point_id = t.id)
		ORDER BY r.key COLLATE "C", r.record_id, t.id', registry)
	LOOP
		EXECUTE pg_catalog.format('SELECT landmark_id FROM %I.landmarks
			WHERE geometry && mf_report_near($1, $2 + 1.0::float8)
				AND ST_Distance(geometry::geography, $1::geography) <= $2
				AND district IS NOT DISTINCT FROM $3 AND organisation IS NOT DISTINCT FROM $4
			ORDER BY ST_Distance(geometry::geography, $1::geography), landmark_id LIMIT 1',
				registry)
			INTO mark USING one.geometry, within_m, one.district, one.organisation;
		IF mark IS NULL THEN
			EXECUTE pg_catalog.format('INSERT INTO %I.landmarks (name, description, geometry,
				accuracy95_m, is_surveyed, source, district, organisation)
				VALUES ($1, $2, $3, $4, false, $5, $6, $7) RETURNING landmark_id', registry)
					INTO mark
				USING pg_catalog.left(coalesce(nullif(one.description, ''), one.id || ' of '
					|| one.key), 80), one.description, one.geometry,
					one.accuracy95_m, 'as record ' || one.key || ' has it', one.district,
						one.organisation;
		END IF;
		EXECUTE pg_catalog.format('INSERT INTO %I.landmark_uses (landmark_id, record_id, point_id)
			VALUES ($1, $2, $3)', registry)
			USING mark, one.chain, one.id;
		done := done + 1;
	END LOOP;
	RETURN done;
END
$$;
COMMENT ON FUNCTION mf_collect_landmarks(name, float8) IS
	'Finds the points of role landmark of all records that hold and that are no landmark of the registry yet, by their place: those within within_m metres (0 to 10000) of a landmark of the same district and organisation become uses of it, of the others new landmarks are made, where the paper has them (is_surveyed false). Moves nothing unless the landmark found is surveyed. Returns how many points it found.';

CREATE FUNCTION mf_relocate(registry name, reason text) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	PERFORM mf_registry_reason(reason);
	RETURN mf_registry_relocate(registry, NULL::bigint[], reason);
END
$$;
COMMENT ON FUNCTION mf_relocate(name, text) IS
	'Locates all records that hold anew: those that came in before the registry did so by itself, and all when its options, the table of errors or PROJ changed. Returns how many changed; each change has the reason in history. An error without a reason (22004).';

CREATE FUNCTION mf_load(document text, verbatim boolean, locate jsonb) RETURNS SETOF mf_load_row
	LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 1000
	BEGIN ATOMIC
		SELECT l.line, mf_locate(l.record, locate), l.sqlstate, l.message, l.path, l.hint, l.input
		FROM mf_load(document, COALESCE(verbatim, false)) AS l;
	END;
COMMENT ON FUNCTION mf_load(text, boolean, jsonb) IS
	'The same, each record located by mf_locate, with options from mf_locate_options() (NULL: its defaults). A record whose geometry was not derived stays as it is.';
