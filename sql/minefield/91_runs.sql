-- runs: reports that are made step by step, kept and announced
--
-- A run commits after each step, so that others see how far it is and nothing
-- stays locked.  It reads the registry once, into temporary tables of its
-- session; what is committed meanwhile does not reach it.  A lock of the
-- session marks a living run: whoever finds a run without its lock knows that
-- it was interrupted.  Each district and organisation has its own, for a lock
-- that is taken tells of a run.

-- 1835430518 is 'mfrv' in bytes.
CREATE FUNCTION mf_report_run_key(runs regclass, district text, organisation text) RETURNS integer
	LANGUAGE sql STABLE PARALLEL SAFE COST 50
	RETURN ('x' || pg_catalog.left(pg_catalog.md5(pg_catalog.jsonb_build_array(runs::oid::bigint,
		district, organisation)::text), 8))::bit(32)::integer;
COMMENT ON FUNCTION mf_report_run_key(regclass, text, text) IS
	'For mf_run_report: the number of the lock that marks a living run of a registry, or of a district or organisation of it.';

CREATE FUNCTION mf_report_run_lock(place integer, take boolean) RETURNS boolean
	AS 'MODULE_PATHNAME', 'mf_report_run_lock'
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 50;
COMMENT ON FUNCTION mf_report_run_lock(integer, boolean) IS
	'For mf_run_report: takes the lock of this session that marks a living run, false when another session has it; or gives it back, false when there was none. It goes with the session, and with the first transaction that fails. NULL for NULL.';

CREATE FUNCTION mf_report_run_alive(place integer, pid integer) RETURNS boolean
	LANGUAGE sql VOLATILE PARALLEL SAFE COST 500
	RETURN EXISTS (SELECT FROM pg_catalog.pg_locks l
		WHERE l.locktype = 'advisory' AND l.classid = 1835430518::oid
			AND l.objid = (place::bit(32))::bigint::oid
			AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
				WHERE d.datname = pg_catalog.current_database())
			AND l.pid = mf_report_run_alive.pid AND l.granted);
COMMENT ON FUNCTION mf_report_run_alive(integer, integer) IS
	'For the views of report runs: whether the session of a run has the lock that marks it as living.';

CREATE FUNCTION mf_report_run_views(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format($ddl$
CREATE VIEW %1$I.v_report_runs WITH (security_invoker = true) AS
	SELECT run_id AS fid, CASE WHEN status = 'running' AND NOT mf_report_run_alive(
			mf_report_run_key(%2$L, district, organisation), backend_pid) THEN 'interrupted'
				ELSE status END AS status,
		as_of, started_at, finished_at, started_by, language,
			(progress ->> 'done'::text)::integer AS steps_done,
		(progress ->> 'total'::text)::integer AS steps,
			(summary ->> 'records'::text)::bigint AS records,
		(summary ->> 'unlocated'::text)::bigint AS unlocated,
			(summary ->> 'no_record_m2'::text)::float8 AS no_record_m2,
		(summary ->> 'line_no_record_m'::text)::float8 AS line_no_record_m,
			report IS NOT NULL AS is_kept, input_digest, message,
		district, organisation
	FROM %1$I.report_runs;
COMMENT ON VIEW %1$I.v_report_runs IS 'Runs of the report and how far they are; a run whose session ended before it was complete is interrupted. is_kept: the report itself has not been given up by retention.';

CREATE VIEW %1$I.v_report_progress WITH (security_invoker = true) AS
	SELECT pg_catalog.row_number() OVER (ORDER BY run_id, n) AS fid, run_id, n::integer AS n,
		step ->> 'part'::text AS part, step ->> 'name'::text AS name,
		CASE WHEN n <= (progress ->> 'done'::text)::bigint THEN 'done'
			WHEN n = (progress ->> 'done'::text)::bigint + 1 THEN 'running'
			ELSE 'waiting' END AS state, (step ->> 'seconds'::text)::float8 AS seconds, district,
				organisation
	FROM %1$I.report_runs, pg_catalog.jsonb_array_elements(progress -> 'steps'::text) WITH ORDINALITY s (step, n)
	WHERE status = 'running' AND mf_report_run_alive(
			mf_report_run_key(%2$L, district, organisation), backend_pid);
COMMENT ON VIEW %1$I.v_report_progress IS 'The steps of the run that is being made, area by area: done (and in how many seconds), running or waiting. Empty when none is.';
	$ddl$, schema, pg_catalog.format('%I.report_runs', schema));
END
$$;
COMMENT ON FUNCTION mf_report_run_views(name) IS
	'For mf_upgrade_registry: makes the views of the report runs of version 1.';

CREATE FUNCTION mf_report_run_begin(registry name, options jsonb, language text, keep integer,
	district text, organisation text)
	RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	other record;
	run bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	options := mf_report_check_options(options);
	PERFORM mf_page_language(language);
	IF keep < 1 THEN
		RAISE EXCEPTION 'a registry keeps at least one report' USING ERRCODE = '22023';
	END IF;
	IF NOT mf_report_run_lock(mf_report_run_key(pg_catalog.format('%I.report_runs',
		registry)::regclass,
			district, organisation), true) THEN
		EXECUTE pg_catalog.format('SELECT run_id, started_at, started_by FROM %I.report_runs
			WHERE status = ''running''
			AND district IS NOT DISTINCT FROM $1 AND organisation IS NOT DISTINCT FROM $2
			ORDER BY started_at DESC LIMIT 1', registry) INTO other USING district, organisation;
		RAISE EXCEPTION 'a report of registry "%" is being made', registry
			USING ERRCODE = '55006', DETAIL = pg_catalog.format('Run %s was started at %s by %s.',
				other.run_id, other.started_at, other.started_by),
				HINT = pg_catalog.format('See %I.v_report_progress; wait for it, or end it with pg_cancel_backend.', registry);
	END IF;
	-- the lock is ours, so no other run of this scope is alive; an error gives it back
	EXECUTE pg_catalog.format('UPDATE %I.report_runs SET status = ''interrupted'',
		message = coalesce(message, ''its session ended'')
		WHERE status = ''running'' AND district IS NOT DISTINCT FROM $1
			AND organisation IS NOT DISTINCT FROM $2', registry)
		USING district, organisation;
	EXECUTE pg_catalog.format('INSERT INTO %I.report_runs (as_of, parameters, language, backend_pid,
		progress, district, organisation)
		VALUES (pg_catalog.clock_timestamp(), $1, $2, pg_catalog.pg_backend_pid(), ''{"done": 0}'',
			$3, $4) RETURNING run_id', registry)
		INTO run USING options, language, district, organisation;
	RETURN run;
END
$$;
COMMENT ON FUNCTION mf_report_run_begin(name, jsonb, text, integer, text, text) IS
	'For mf_run_report: takes the lock (55006 when another run has it), marks dead runs as interrupted and enters the new one.';

-- Step 0 reads the registry, step total + 1 puts the report together.  An error
-- and a cancel come back as a value: the run has to be marked, and only its
-- procedure can commit that.
CREATE FUNCTION mf_report_run_step(registry name, run bigint, n integer, keep integer)
	RETURNS text[]
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	started timestamptz := pg_catalog.clock_timestamp();
	code text;
	said text;
	detail text;
	advice text;
	steps jsonb;
	r record;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format('SELECT * FROM %I.report_runs WHERE run_id = $1', registry) INTO r
		USING run;
	IF n = 0 THEN
		PERFORM mf_report_input(registry, r.district, r.organisation);
		UPDATE pg_temp.minefield_in_line
			SET distance_m = (r.parameters ->> 'line_distance_m'::text)::float8;
		SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('part', s[1], 'id', s[2], 'name',
			s[3])) INTO steps FROM mf_report_steps() s;
		EXECUTE pg_catalog.format('UPDATE %I.report_runs SET progress = $2 WHERE run_id = $1',
			registry)
			USING run, pg_catalog.jsonb_build_object('done', 0, 'total',
				pg_catalog.jsonb_array_length(steps), 'steps', steps);
	ELSIF n <= (r.progress ->> 'total'::text)::integer THEN
		PERFORM mf_report_step(n, r.progress #>> ARRAY['steps', (n - 1)::text, 'part'],
			r.progress #>> ARRAY['steps', (n - 1)::text, 'id'], r.parameters);
		EXECUTE pg_catalog.format('UPDATE %I.report_runs
			SET progress = pg_catalog.jsonb_set(pg_catalog.jsonb_set(progress, ''{done}'',
				pg_catalog.to_jsonb($2)), $3, pg_catalog.to_jsonb($4))
			WHERE run_id = $1', registry)
			USING run, n, ARRAY['steps', (n - 1)::text, 'seconds'],
				pg_catalog.round(extract(epoch
					FROM pg_catalog.clock_timestamp() - started)::numeric, 3);
	ELSE
		PERFORM mf_report_run_finish(registry, run, keep);
		PERFORM mf_report_forget();
	END IF;
	RETURN NULL;
EXCEPTION WHEN query_canceled OR OTHERS THEN
	GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, said = MESSAGE_TEXT,
		detail = PG_EXCEPTION_DETAIL, advice = PG_EXCEPTION_HINT;
	RETURN ARRAY[code, said, detail, advice];
END
$$;
COMMENT ON FUNCTION mf_report_run_step(name, bigint, integer, integer) IS
	'For mf_run_report: one step of a run; NULL when it succeeded, else SQLSTATE, message, detail and hint of what stopped it.';

CREATE FUNCTION mf_report_run_finish(registry name, run bigint, keep integer) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r record;
	report jsonb;
	before jsonb;
	trend jsonb;
	words jsonb;
	summary jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format('SELECT * FROM %I.report_runs WHERE run_id = $1', registry) INTO r
		USING run;
	report := mf_report_result(registry, r.district, r.organisation, r.as_of, r.parameters)
		|| pg_catalog.jsonb_build_object('run', run);
	summary := mf_report_summary(report);
	before := mf_latest_run(registry, 0, r.district, r.organisation);
	EXECUTE pg_catalog.format('SELECT coalesce(pg_catalog.jsonb_agg(summary ORDER BY as_of, run_id),
		''[]'') FROM (
			SELECT as_of, run_id, summary FROM %I.report_runs
			WHERE status = ''complete'' AND summary IS NOT NULL
				AND district IS NOT DISTINCT FROM $1 AND organisation IS NOT DISTINCT FROM $2
			ORDER BY as_of DESC, run_id DESC LIMIT 103) s', registry) INTO trend USING r.district,
				r.organisation;
	EXECUTE pg_catalog.format('SELECT coalesce(pg_catalog.jsonb_object_agg(language, words), ''{}'')
		FROM (
			SELECT language, pg_catalog.jsonb_object_agg(key, label) AS words FROM %I.labels
				GROUP BY language) w', registry) INTO words;
	report := report || pg_catalog.jsonb_build_object('labels', words, 'trend', trend || summary,
		'changes', mf_report_diff(before, report));
	EXECUTE pg_catalog.format('UPDATE %I.report_runs SET status = ''complete'',
		finished_at = pg_catalog.clock_timestamp(), report = $2, summary = $3,
			html = $4, versions = $5, input_digest = $6 WHERE run_id = $1', registry)
		USING run, report, summary, mf_report_html(report, r.language), report -> 'versions'::text,
			report ->> 'input_digest'::text;
	IF keep IS NOT NULL THEN
		EXECUTE pg_catalog.format('UPDATE %1$I.report_runs SET report = NULL, html = NULL
			WHERE report IS NOT NULL AND district IS NOT DISTINCT FROM $2
				AND organisation IS NOT DISTINCT FROM $3
				AND run_id NOT IN (SELECT run_id FROM %1$I.report_runs WHERE status = ''complete''
					AND district IS NOT DISTINCT FROM $2 AND organisation IS NOT DISTINCT FROM $3
					ORDER BY as_of DESC, run_id DESC LIMIT $1)', registry) USING keep, r.district,
						r.organisation;
	END IF;
END
$$;
COMMENT ON FUNCTION mf_report_run_finish(name, bigint, integer) IS
	'For mf_run_report: puts the report together, compares it with the one before, stores both forms and gives up those that are not to be kept.';

CREATE FUNCTION mf_report_run_end(registry name, run bigint, failure text[]) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF failure IS NOT NULL THEN
		PERFORM mf_report_forget();
		EXECUTE pg_catalog.format('UPDATE %I.report_runs SET status = ''interrupted'',
			finished_at = pg_catalog.clock_timestamp(), message = $2
			WHERE run_id = $1', registry) USING run, failure[2];
	END IF;
	PERFORM pg_catalog.pg_notify('minefield_report',
		pg_catalog.jsonb_build_object('registry', registry, 'run', run,
		'status', CASE WHEN failure IS NULL THEN 'complete' ELSE 'interrupted' END)::text);
END
$$;
COMMENT ON FUNCTION mf_report_run_end(name, bigint, text[]) IS
	'For mf_run_report: marks a run that failed, and tells those who LISTEN on minefield_report.';

-- No settings of its own: a procedure with settings cannot commit.  So what
-- comes before the path is set, in each transaction anew, is qualified.
CREATE PROCEDURE mf_run_report(registry name, options jsonb DEFAULT NULL,
	language text DEFAULT 'en',
	keep integer DEFAULT NULL, district text DEFAULT NULL, organisation text DEFAULT NULL)
	LANGUAGE plpgsql
AS $$
DECLARE
	run pg_catalog.int8;
	n pg_catalog.int4 := 0;
	total pg_catalog.int4 := 0;
	failure pg_catalog.text[];
	home pg_catalog.text := (SELECT extnamespace::pg_catalog.regnamespace::pg_catalog.text
		FROM pg_catalog.pg_extension WHERE extname OPERATOR(pg_catalog.=) 'minefield'::pg_catalog.name);
BEGIN
	-- inside another transaction this fails, before anything is locked
	COMMIT;
	EXECUTE pg_catalog.format('SELECT %s.mf_report_run_begin($1, $2, $3, $4, $5, $6)', home)
		INTO run USING registry, options, language, keep, district, organisation;
	COMMIT;
	LOOP
		EXECUTE pg_catalog.format('SELECT %s.mf_report_run_step($1, $2, $3, $4)', home)
			INTO failure USING registry, run, n, keep;
		EXIT WHEN failure IS NOT NULL OR n OPERATOR(pg_catalog.>) total;
		IF n OPERATOR(pg_catalog.=) 0 THEN
			EXECUTE pg_catalog.format('SELECT (progress OPERATOR(pg_catalog.->>) ''total'')::pg_catalog.int4 FROM %I.report_runs WHERE run_id OPERATOR(pg_catalog.=) $1',
				registry) INTO total USING run;
		END IF;
		COMMIT;
		n := n OPERATOR(pg_catalog.+) 1;
	END LOOP;
	EXECUTE pg_catalog.format('SELECT %s.mf_report_run_end($1, $2, $3)', home) USING registry, run,
		failure;
	EXECUTE pg_catalog.format('SELECT %s.mf_report_run_lock(0, false)', home);
	COMMIT;
	IF failure IS NOT NULL THEN
		RAISE EXCEPTION '%', failure[2] USING ERRCODE = failure[1], DETAIL = failure[3],
			HINT = failure[4];
	END IF;
	RAISE NOTICE 'report run % of registry "%" is complete', run, registry;
END
$$;
COMMENT ON PROCEDURE mf_run_report(name, jsonb, text, integer, text, text) IS
	'Makes a report of a registry and keeps it in table report_runs, as document and as page in the language; options as in mf_report. It shows the moment at which it began; commits after each step, so it cannot be called inside a transaction (2D000); v_report_progress shows how far it is. With keep, only so many reports are kept, of older ones the figures. One run of a registry, or of one district or organisation of it, at a time (55006). Tells LISTEN minefield_report.';

CREATE FUNCTION mf_latest_run(registry name, back integer DEFAULT 0, district text DEFAULT NULL,
	organisation text DEFAULT NULL)
	RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF registry IS NULL THEN
		RETURN NULL;
	END IF;
	PERFORM mf_registry_check(registry);
	EXECUTE pg_catalog.format('SELECT report FROM %I.report_runs WHERE status = ''complete''
		AND report IS NOT NULL
			AND district IS NOT DISTINCT FROM $2 AND organisation IS NOT DISTINCT FROM $3
		ORDER BY as_of DESC, run_id DESC LIMIT 1 OFFSET $1', registry)
		INTO found USING greatest(coalesce(back, 0), 0), district, organisation;
	RETURN found;
END
$$;
COMMENT ON FUNCTION mf_latest_run(name, integer, text, text) IS
	'The report of the latest complete run of a registry, or of the one that lies so many runs back, of the whole or of a district or organisation: for mf_report_html and mf_report_diff. NULL when there is none.';
