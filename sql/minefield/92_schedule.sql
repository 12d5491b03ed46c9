-- schedules: reports at fixed times, by pg_cron where it is there

CREATE FUNCTION mf_report_call(registry name, options jsonb, language text, keep integer,
	district text, organisation text)
	RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL SAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	-- the schema by name: a job starts with the path of whoever runs it
	RETURN pg_catalog.format('CALL %s.mf_run_report(%L',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'),
				  registry)
		|| CASE WHEN options IS NOT NULL THEN pg_catalog.format(', options => %L', options)
			ELSE '' END
		|| CASE WHEN language <> 'en' THEN pg_catalog.format(', language => %L', language)
			ELSE '' END
		|| CASE WHEN keep IS NOT NULL THEN pg_catalog.format(', keep => %s', keep) ELSE '' END
		|| CASE WHEN district IS NOT NULL THEN pg_catalog.format(', district => %L', district)
			ELSE '' END
		|| CASE WHEN organisation IS NOT NULL
			THEN pg_catalog.format(', organisation => %L', organisation) ELSE '' END || ')';
END
$$;
COMMENT ON FUNCTION mf_report_call(name, jsonb, text, integer, text, text) IS
	'For mf_schedule_report: the statement that makes the report.';

-- What cron runs is read by a shell, which takes everything between single
-- quotes as it is, and before that by cron, to which % ends the line.
CREATE FUNCTION mf_report_recipe(registry name, schedule text, call text, language text,
	district text, organisation text)
	RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL SAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield');
	shell text;
	page text := pg_catalog.format('$HOME/%s.html',
		pg_catalog.regexp_replace(registry::text, '[^A-Za-z0-9_.-]', '_', 'g'));
	words text[] := ARRAY[pg_catalog.current_database()::text, call, NULL];
BEGIN
	-- one line, for a crontab knows no other
	words[3] := pg_catalog.format(
		'SELECT %1$s.mf_report_html(%1$s.mf_latest_run(%2$L, 0, %3$L, %4$L), %5$L)',
		home, registry, district, organisation, language);
	FOR i IN 1 .. 3 LOOP
		words[i] := '''' || pg_catalog.replace(pg_catalog.replace(words[i], '''', '''\'''''), '%',
			'\%') || '''';
	END LOOP;
	shell := pg_catalog.format('psql -Xq -d %1$s -c %2$s && psql -XAtq -d %1$s -c %3$s -o "%4$s" && mail -s "Completeness report" -A "%4$s" "$LOGNAME" < /dev/null',
					words[1], words[2], words[3], page);
	RETURN pg_catalog.format('%s %s', schedule, shell);
END
$$;
COMMENT ON FUNCTION mf_report_recipe(name, text, text, text, text, text) IS
	'For mf_schedule_report: the line of crontab that makes the report, writes the page to a file and mails it.';

CREATE FUNCTION mf_report_job(registry name, district text, organisation text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN pg_catalog.concat_ws(', ', pg_catalog.concat('minefield report of ', registry),
		pg_catalog.concat('district ', district),
		pg_catalog.concat('organisation ', organisation));
COMMENT ON FUNCTION mf_report_job(name, text, text) IS
	'For mf_schedule_report: the name of the job.';

CREATE FUNCTION mf_schedule_report(registry name, schedule text, options jsonb DEFAULT NULL,
	language text DEFAULT 'en',
	keep integer DEFAULT NULL, district text DEFAULT NULL, organisation text DEFAULT NULL)
		RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	call text;
	job bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	PERFORM mf_page_language(language);
	IF options IS NOT NULL THEN
		options := mf_report_check_options(options);
	END IF;
	IF schedule IS NULL OR schedule !~ '^\s*\S+(\s+\S+){4}\s*$' THEN
		RAISE EXCEPTION 'schedule "%" has not the five fields of cron', schedule
			USING ERRCODE = '22023', HINT = 'Minute, hour, day of the month, month, day of the week: ''0 5 * * 1'' is every Monday at 05:00.';
	END IF;
	call := mf_report_call(registry, options, coalesce(language, 'en'), keep, district,
		organisation);
	IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_cron') THEN
		RAISE EXCEPTION 'pg_cron is not installed in this database'
			USING ERRCODE = '0A000', DETAIL = 'Nothing was scheduled.',
				HINT = E'Have the system''s own cron do it: put this line into the crontab of a user who may log in here (crontab -e; times are the machine''s):\n'
					|| mf_report_recipe(registry, pg_catalog.btrim(schedule), call,
						coalesce(language, 'en'), district, organisation);
	END IF;
	EXECUTE 'SELECT cron.schedule($1, $2, $3)' INTO job
		USING mf_report_job(registry, district, organisation), schedule, call;
	-- a setting that not every caller may see
	RAISE NOTICE 'job % of pg_cron; its times are %, not local time', job,
		coalesce((SELECT s.setting FROM pg_catalog.pg_settings s WHERE s.name = 'cron.timezone'),
			'GMT unless the server''s cron.timezone is another');
	RETURN job;
END
$$;
COMMENT ON FUNCTION mf_schedule_report(name, text, jsonb, text, integer, text, text) IS
	'Has mf_run_report called by pg_cron, as its caller, at the times of a cron expression, which pg_cron reads as GMT; calling it again changes the times. Returns the number of the job. Where pg_cron is not installed, an error (0A000) whose hint is a line of crontab that does the same by psql, writes the page to a file and mails it.';

CREATE FUNCTION mf_unschedule_report(registry name, district text DEFAULT NULL,
	organisation text DEFAULT NULL) RETURNS boolean
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	job bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_cron') THEN
		RETURN false;
	END IF;
	EXECUTE 'SELECT jobid FROM cron.job WHERE jobname = $1 AND username = CURRENT_USER' INTO job
		USING mf_report_job(registry, district, organisation);
	IF job IS NULL THEN
		RETURN false;
	END IF;
	EXECUTE 'SELECT cron.unschedule($1)' USING job;
	RETURN true;
END
$$;
COMMENT ON FUNCTION mf_unschedule_report(name, text, text) IS
	'Ends what mf_schedule_report began for its caller; false when there was nothing to end.';
