-- the section of a report about checks: what contradicts what within records
-- and books

-- A header that the office wrote can have the wrong shape.  Then nothing is
-- declared, and the checks of it count as not applicable.
CREATE FUNCTION mf_report_book_header(header jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_logbook('{"type":"Feature"}'::minefield, header);
	RETURN header;
EXCEPTION WHEN data_exception THEN
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION mf_report_book_header(jsonb) IS
	'For the report: the header of a log book as it is, or NULL where it is none.';

-- Books are checked one by one, so that their headers are, too; records of no
-- book have no header, and are no book.
CREATE FUNCTION mf_report_checks(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	most integer := options ->> 'max_rows'::text;
	skipped text[] := ARRAY(SELECT pg_catalog.jsonb_array_elements_text(options -> 'skip_checks'::text));
	asked jsonb;
	one record;
	whole record;
	codes jsonb;
	priorities jsonb;
	worst jsonb;
	found jsonb;
	result jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	asked := mf_check_options(skip => skipped, models => (SELECT pg_catalog.jsonb_agg(model) FROM pg_temp.minefield_in_model));
	CREATE TEMP TABLE minefield_tmp_finding (key text, book text, code text, priority text, path text, message text, hint text);
	CREATE TEMP TABLE minefield_tmp_count (code text, run bigint, not_applicable bigint, passed bigint, failed bigint, findings bigint);
	FOR one IN
		SELECT r.book, mf_report_book_header(b.header) AS header, r.keys
		FROM (SELECT book, pg_catalog.array_agg(key ORDER BY key COLLATE "C") AS keys FROM pg_temp.minefield_in_record GROUP BY book) r
			LEFT JOIN pg_temp.minefield_in_book b ON b.book = r.book
	LOOP
		SELECT mf_logbook(r.record, one.header ORDER BY r.key COLLATE "C") AS log INTO whole
		FROM pg_temp.minefield_in_record r WHERE r.book IS NOT DISTINCT FROM one.book;
		INSERT INTO minefield_tmp_finding
		SELECT one.keys[f.n], one.book, f.code, f.priority, f.path, f.message, f.hint
		FROM mf_check(whole.log, asked) f WHERE f.n IS NOT NULL OR one.book IS NOT NULL;
		INSERT INTO minefield_tmp_count
		SELECT c.code, c.run, c.not_applicable, c.passed, c.failed, c.findings
		FROM mf_check_summary(whole.log, asked) c WHERE c.scope = 'record' OR one.book IS NOT NULL;
	END LOOP;

	SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('code', k.code, 'priority', k.priority, 'scope', k.scope,
			'description', k.description, 'run', c.run, 'not_applicable', c.not_applicable, 'passed', c.passed, 'failed', c.failed, 'findings', c.findings)
			ORDER BY k.rank, c.failed DESC, k.ord))
	INTO codes
	FROM (SELECT code, pg_catalog.sum(run)::bigint AS run, pg_catalog.sum(not_applicable)::bigint AS not_applicable, pg_catalog.sum(passed)::bigint AS passed,
				 pg_catalog.sum(failed)::bigint AS failed, pg_catalog.sum(findings)::bigint AS findings FROM minefield_tmp_count GROUP BY code) c
		JOIN (SELECT code, priority, scope, description, ord, pg_catalog.array_position(ARRAY['HIGH', 'MEDIUM', 'LOW'], priority) AS rank
			  FROM mf_checks() WITH ORDINALITY m (code, priority, scope, description, hint, ord)) k ON k.code = c.code;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('priority', p.priority, 'checks', p.checks, 'run', p.run, 'not_applicable', p.not_applicable, 'failed', p.failed,
			'findings', p.findings, 'records', (SELECT pg_catalog.count(DISTINCT f.key) FROM minefield_tmp_finding f WHERE f.priority = p.priority))
			ORDER BY pg_catalog.array_position(ARRAY['HIGH', 'MEDIUM', 'LOW'], p.priority)) INTO priorities
	FROM (SELECT c ->> 'priority'::text AS priority, pg_catalog.count(*) AS checks, pg_catalog.sum((c ->> 'run'::text)::bigint) AS run,
				 pg_catalog.sum((c ->> 'not_applicable'::text)::bigint) AS not_applicable, pg_catalog.sum((c ->> 'failed'::text)::bigint) AS failed,
				 pg_catalog.sum((c ->> 'findings'::text)::bigint) AS findings
		  FROM pg_catalog.jsonb_array_elements(codes -> 'rows'::text) c GROUP BY 1) p;

	SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', w.key, 'book', w.book, 'high', w.high, 'medium', w.medium, 'low', w.low,
			'codes', pg_catalog.to_jsonb(w.codes[1:8])) ORDER BY w.place) FILTER (WHERE w.place <= most)) INTO worst
	FROM (SELECT g.*, pg_catalog.row_number() OVER (ORDER BY g.high DESC, g.medium DESC, g.low DESC, g.key COLLATE "C") AS place
		  FROM (SELECT c.key, c.book, coalesce(pg_catalog.sum(c.n) FILTER (WHERE c.rank = 1), 0::numeric) AS high,
					   coalesce(pg_catalog.sum(c.n) FILTER (WHERE c.rank = 2), 0::numeric) AS medium, coalesce(pg_catalog.sum(c.n) FILTER (WHERE c.rank = 3), 0::numeric) AS low,
					   pg_catalog.array_agg(c.code ORDER BY c.rank, c.code COLLATE "C") AS codes
				FROM (SELECT key, book, code, pg_catalog.array_position(ARRAY['HIGH', 'MEDIUM', 'LOW'], priority) AS rank, pg_catalog.count(*) AS n
					  FROM minefield_tmp_finding WHERE key IS NOT NULL GROUP BY key, book, code, priority) c
				GROUP BY c.key, c.book) g) w;
	-- one of each check first, so that none is drowned by another
	SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', w.key, 'book', w.book, 'code', w.code, 'priority', w.priority, 'path', w.path,
			'message', pg_catalog.left(w.message, 240), 'hint', pg_catalog.left(w.hint, 240)) ORDER BY w.rank, w.code COLLATE "C", w.nth)
			FILTER (WHERE w.place <= most)) INTO found
	FROM (SELECT o.*, pg_catalog.row_number() OVER (ORDER BY o.rank, o.nth, o.code COLLATE "C") AS place
		  FROM (SELECT f.*, pg_catalog.array_position(ARRAY['HIGH', 'MEDIUM', 'LOW'], f.priority) AS rank,
					   pg_catalog.row_number() OVER (PARTITION BY f.code ORDER BY f.book COLLATE "C", f.key COLLATE "C" NULLS FIRST, f.path COLLATE "C", f.message COLLATE "C") AS nth
				FROM minefield_tmp_finding f) o) w;
	result := pg_catalog.jsonb_build_object('priorities', coalesce(priorities, '[]'::jsonb), 'codes', codes, 'skipped', pg_catalog.to_jsonb(skipped),
		'records', worst, 'findings', found);
	DROP TABLE minefield_tmp_finding, minefield_tmp_count;
	RETURN result;
END
$$;
COMMENT ON FUNCTION mf_report_checks(jsonb) IS
	'For the report: section of a report: how often each check ran, could not be applied and failed, the records of which most is wrong, and what is.';
