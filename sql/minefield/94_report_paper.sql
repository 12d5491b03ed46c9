-- the sections of a report about what is written: completeness, sequence,
-- checks, what two books say of each other, and accounts

-- One score is what is written by what is asked for.  Scores by different
-- profiles compare nothing, so a mean is always told with its profile.
CREATE FUNCTION mf_report_completeness(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	most integer := options ->> 'max_rows'::text;
	own jsonb := CASE WHEN pg_catalog.jsonb_typeof(options -> 'profile'::text) = 'object' THEN options -> 'profile'::text END;
	chosen text := coalesce(own ->> 'profile'::text, CASE WHEN own IS NULL THEN options ->> 'profile'::text ELSE 'own' END);
	name text;
	asked jsonb;
	met record;
	profiles jsonb;
	books jsonb;
	requirements jsonb;
	lacking bigint;
	records jsonb;
	short bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	CREATE TEMP TABLE minefield_tmp_score (key text, book text, profile text, score float8);
	-- one after the other: a profile is read once for as long as it is the same
	FOR name IN SELECT p FROM mf_profiles() p WHERE own IS NULL OR p <> chosen LOOP
		INSERT INTO minefield_tmp_score
		SELECT r.key, r.book, name, mf_completeness(r.record, name) FROM pg_temp.minefield_in_record r;
	END LOOP;
	INSERT INTO minefield_tmp_score
	SELECT r.key, r.book, chosen, mf_completeness(r.record, own) FROM pg_temp.minefield_in_record r WHERE own IS NOT NULL;

	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('profile', profile, 'records', n, 'scored', scored, 'mean', mean, 'median', median, 'least', least)
			ORDER BY (profile = chosen) DESC, profile COLLATE "C") INTO profiles
	FROM (SELECT profile, pg_catalog.count(*) AS n, pg_catalog.count(score) AS scored, pg_catalog.round(pg_catalog.avg(score)::numeric, 4) AS mean,
				 pg_catalog.round(pg_catalog.percentile_disc(0.5::float8) WITHIN GROUP (ORDER BY score)::numeric, 4) AS median,
				 pg_catalog.round(pg_catalog.min(score)::numeric, 4) AS least
		  FROM minefield_tmp_score GROUP BY profile) p;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book', book, 'records', n, 'scored', scored, 'mean', means -> chosen, 'least', least, 'means', means)
			ORDER BY book COLLATE "C" NULLS LAST) FILTER (WHERE place <= most) INTO books
	FROM (SELECT book, pg_catalog.max(n) AS n, pg_catalog.max(scored) FILTER (WHERE profile = chosen) AS scored,
				 pg_catalog.max(least) FILTER (WHERE profile = chosen) AS least, pg_catalog.jsonb_object_agg(profile, mean) AS means,
				 pg_catalog.row_number() OVER (ORDER BY book COLLATE "C" NULLS LAST) AS place
		  FROM (SELECT book, profile, pg_catalog.count(*) AS n, pg_catalog.count(score) AS scored, pg_catalog.round(pg_catalog.avg(score)::numeric, 4) AS mean,
					   pg_catalog.round(pg_catalog.min(score)::numeric, 4) AS least
				FROM minefield_tmp_score GROUP BY book, profile) s
		  GROUP BY book) b;

	asked := coalesce(own, mf_profile(chosen));
	IF own IS NULL THEN
		SELECT mf_completeness_summary(r.record, chosen) AS summary INTO met FROM pg_temp.minefield_in_record r;
	ELSE
		SELECT mf_completeness_summary(r.record, own) AS summary INTO met FROM pg_temp.minefield_in_record r;
	END IF;
	SELECT pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.to_jsonb(s) - 'place'::text ORDER BY place)
			FILTER (WHERE place <= most)
	INTO lacking, requirements
	FROM (SELECT u.requirement, u.clause, u.need, u.weight, u.records, u.present, u.missing, u.illegible, u.not_applicable,
				 pg_catalog.round(u.share_present::numeric, 4) AS share_present, a.r ->> 'text'::text AS text,
				 pg_catalog.row_number() OVER (ORDER BY u.missing + u.illegible DESC, u.ord) AS place
		  FROM pg_catalog.unnest(met.summary) WITH ORDINALITY u (requirement, clause, need, weight, records, present, missing, illegible, not_applicable, share_present, ord)
			LEFT JOIN pg_catalog.jsonb_array_elements(asked -> 'requirements'::text) a (r) ON a.r ->> 'requirement'::text = u.requirement
		  WHERE u.missing + u.illegible > 0::bigint) s;

	SELECT pg_catalog.count(*) INTO short FROM minefield_tmp_score WHERE profile = chosen AND score < 1::float8;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', w.key, 'book', w.book, 'score', pg_catalog.round(w.score::numeric, 4), 'missing', (
				SELECT coalesce(pg_catalog.jsonb_agg(m.requirement ORDER BY m.n), '[]'::jsonb)
				FROM (SELECT f.requirement, f.n FROM mf_missing(r.record, asked) WITH ORDINALITY f (requirement, clause, need, weight, state, items, description, n)
					  WHERE f.need = 'mandatory' AND f.state IN ('missing', 'illegible') ORDER BY f.n LIMIT 12) m))
			ORDER BY w.score, w.key COLLATE "C") INTO records
	FROM (SELECT key, book, score FROM minefield_tmp_score WHERE profile = chosen AND score < 1::float8 ORDER BY score, key COLLATE "C" LIMIT most) w
		JOIN pg_temp.minefield_in_record r ON r.key = w.key;
	DROP TABLE minefield_tmp_score;
	RETURN pg_catalog.jsonb_build_object('profile', chosen, 'mean', profiles #> '{0,mean}'::text[], 'profiles', coalesce(profiles, '[]'::jsonb),
		'books', mf_report_list((SELECT pg_catalog.count(*) FROM (SELECT DISTINCT book FROM pg_temp.minefield_in_record) b), books),
		'requirements', mf_report_list(lacking, requirements), 'records', mf_report_list(short, records));
END
$$;
COMMENT ON FUNCTION mf_report_completeness(jsonb) IS
	'For the report: section of a report: how much of what profiles ask for the records say, by profile and by book, which requirements they lack most, and the least complete records. It says what is written, not whether it is true.';

-- The series of plain numbers stands in section missing; here are the others.
CREATE FUNCTION mf_report_sequence(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	most integer := options ->> 'max_rows'::text;
	more jsonb := (SELECT pg_catalog.jsonb_agg(model) FROM pg_temp.minefield_in_model);
	gaps jsonb;
	copies jsonb;
	declared jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT mf_report_list(coalesce(pg_catalog.sum(g.missing), 0::numeric)::bigint, pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book', g.book, 'series', g.series,
			'first_missing', g.first_missing, 'last_missing', g.last_missing, 'missing', g.missing, 'after', g.after, 'before', g.before) ORDER BY g.place)
			FILTER (WHERE g.place <= most)) || pg_catalog.jsonb_build_object('runs', pg_catalog.count(*))
	INTO gaps
	FROM (SELECT b.book, s.*, pg_catalog.row_number() OVER (ORDER BY b.book COLLATE "C", s.ord) AS place
		  FROM (SELECT book, pg_catalog.array_agg(number ORDER BY key COLLATE "C") AS numbers FROM pg_temp.minefield_in_record
				WHERE number IS NOT NULL AND book IS NOT NULL GROUP BY book) b,
			   mf_sequence_gaps(b.numbers) WITH ORDINALITY s (series, first_missing, last_missing, missing, after, before, ord)
		  WHERE s.series <> '#') g;

	SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book', c.book, 'number', c.number, 'part', c.part, 'records', c.records,
			'keys', pg_catalog.to_jsonb(c.keys[1:6]), 'copies', pg_catalog.to_jsonb(c.copies[1:6]), 'missing_copies', pg_catalog.to_jsonb(c.missing_copies[1:6]),
			'repeated', c.repeated, 'differ', c.differ) ORDER BY c.place) FILTER (WHERE c.place <= most))
		|| pg_catalog.jsonb_build_object('differing', pg_catalog.count(*) FILTER (WHERE c.differ))
	INTO copies
	FROM (SELECT b.book, s.*, pg_catalog.row_number() OVER (ORDER BY s.differ DESC NULLS LAST, b.book COLLATE "C", s.ord) AS place
		  FROM (SELECT book, pg_catalog.array_agg(key ORDER BY key COLLATE "C") AS keys, pg_catalog.array_agg(record ORDER BY key COLLATE "C") AS records
				FROM pg_temp.minefield_in_record WHERE book IS NOT NULL GROUP BY book) b,
			   mf_copies(b.keys, b.records) WITH ORDINALITY s (number, part, records, keys, copies, missing_copies, repeated, differ, ord)) c;

	SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book', d.book, 'item', d.item, 'model', d.model,
			'declared_min', d.declared_min, 'declared_max', d.declared_max, 'received_min', d.received_min, 'received_max', d.received_max,
			'agrees', d.agrees) ORDER BY d.place) FILTER (WHERE d.place <= most))
		|| pg_catalog.jsonb_build_object('disagreeing', pg_catalog.count(*) FILTER (WHERE NOT d.agrees))
	INTO declared
	FROM (SELECT b.book, s.*, pg_catalog.row_number() OVER (ORDER BY s.agrees NULLS LAST, b.book COLLATE "C", s.ord) AS place
		  FROM pg_temp.minefield_in_book b
			LEFT JOIN (SELECT book, pg_catalog.array_agg(record ORDER BY key COLLATE "C") AS records
					   FROM pg_temp.minefield_in_record GROUP BY book) r ON r.book = b.book,
			   mf_declared(b.header, r.records, more) WITH ORDINALITY s (item, model, declared_min, declared_max, received_min, received_max, agrees, ord)) d;
	RETURN pg_catalog.jsonb_build_object('gaps', gaps, 'copies', copies, 'declared', declared);
END
$$;
COMMENT ON FUNCTION mf_report_sequence(jsonb) IS
	'For the report: section of a report: by book, the numbers missing in series other than plain numbers, the copies, and what was declared beside what came. Neither where nothing is numbered or declared.';

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

-- Records without a place are compared with all: that grows with the square,
-- so what one run may spend on it is bounded, and what was left out is told.
CREATE FUNCTION mf_report_link_books(book_a text, book_b text, everything boolean, options jsonb) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	a record;
	b record;
	linked bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT pg_catalog.array_agg(key ORDER BY key COLLATE "C") AS keys, pg_catalog.array_agg(record ORDER BY key COLLATE "C") AS records INTO a
	FROM pg_temp.minefield_in_record WHERE book = book_a AND (everything OR box IS NOT NULL);
	SELECT pg_catalog.array_agg(key ORDER BY key COLLATE "C") AS keys, pg_catalog.array_agg(record ORDER BY key COLLATE "C") AS records INTO b
	FROM pg_temp.minefield_in_record WHERE book = book_b AND (everything OR box IS NOT NULL);
	INSERT INTO minefield_tmp_link
	SELECT book_a, book_b, l.key_a, l.key_b, l.score, l.next_best, l.share, l.distance_m, l.contradicts, l.reasons
	FROM mf_link(a.keys, a.records, b.keys, b.records,
		(options ->> 'min_score'::text)::float8, (options ->> 'reach_m'::text)::float8) l;
	GET DIAGNOSTICS linked = ROW_COUNT;
	RETURN linked;
EXCEPTION WHEN configuration_limit_exceeded OR program_limit_exceeded THEN
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION mf_report_link_books(text, text, boolean, jsonb) IS
	'For the report: links two books, only their located records unless everything is true; returns how many pairs were found, NULL where memory did not suffice.';

CREATE FUNCTION mf_report_link_differs(key_a text, key_b text) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	RETURN (
		SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('path', d.path, 'change', d.change,
				'a', pg_catalog.left(coalesce(d.a ->> 'as_written'::text, d.a #>> '{}'::text[]), 120),
				'b', pg_catalog.left(coalesce(d.b ->> 'as_written'::text, d.b #>> '{}'::text[]), 120)) ORDER BY d.place) FILTER (WHERE d.place <= 6))
			|| pg_catalog.jsonb_build_object('contradicting', pg_catalog.count(*) FILTER (WHERE d.change = 'contradicting'))
		FROM (SELECT f.*, pg_catalog.row_number() OVER (ORDER BY f.change = 'contradicting' DESC, f.path COLLATE "C") AS place
			  FROM pg_temp.minefield_in_record a, pg_temp.minefield_in_record b, mf_diff(a.record, b.record) f
			  -- labels of two books, and how the two are drawn, differ always
			  WHERE a.key = key_a AND b.key = key_b AND f.path NOT IN ('/geometry', '/id', '/properties/number')) d);
END
$$;
COMMENT ON FUNCTION mf_report_link_differs(text, text) IS
	'For the report: what two linked records say differently, what contradicts each other first; their labels and extents apart.';

CREATE FUNCTION mf_report_links(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	most integer := options ->> 'max_rows'::text;
	pair record;
	room float8 := 4e7;		-- comparisons with records without a place: seconds
	everything boolean;
	linked bigint;
	books jsonb;
	rows jsonb;
	result jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	CREATE TEMP TABLE minefield_tmp_link (book_a text, book_b text, key_a text, key_b text, score float8, next_best float8,
		share float8, distance_m float8, contradicts boolean, reasons text[]);
	CREATE TEMP TABLE minefield_tmp_books (book_a text, book_b text, records_a bigint, records_b bigint, linked bigint,
		not_compared bigint, place bigint);
	-- the largest books first, as far as there is room
	FOR pair IN
		WITH book AS (SELECT book, pg_catalog.count(*) AS n, pg_catalog.count(*) - pg_catalog.count(box) AS u
					  FROM pg_temp.minefield_in_record WHERE book IS NOT NULL GROUP BY book)
		SELECT a.book AS book_a, b.book AS book_b, a.n AS n_a, b.n AS n_b, a.u + b.u AS u,
			   a.u::float8 * b.n::float8 + (a.n - a.u)::float8 * b.u::float8 AS work,
			   pg_catalog.row_number() OVER (ORDER BY a.n * b.n DESC, a.book COLLATE "C", b.book COLLATE "C") AS place
		FROM book a JOIN book b ON a.book COLLATE "C" < b.book COLLATE "C"
		ORDER BY place
	LOOP
		everything := pair.work <= room;
		linked := NULL;
		IF pair.place <= 100 THEN
			linked := mf_report_link_books(pair.book_a, pair.book_b, everything, options);
			room := room - CASE WHEN everything THEN pair.work ELSE 0.0::float8 END;
		END IF;
		INSERT INTO minefield_tmp_books VALUES (pair.book_a, pair.book_b, pair.n_a, pair.n_b, linked,
			CASE WHEN linked IS NULL THEN pair.n_a + pair.n_b WHEN everything THEN 0::bigint ELSE pair.u END, pair.place);
	END LOOP;

	SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book_a', b.book_a, 'book_b', b.book_b,
			'records_a', b.records_a, 'records_b', b.records_b, 'linked', b.linked, 'not_compared', b.not_compared,
			'contradicting', CASE WHEN b.linked IS NOT NULL THEN (SELECT pg_catalog.count(*) FROM minefield_tmp_link l
				WHERE l.book_a = b.book_a AND l.book_b = b.book_b AND l.contradicts) END)
			ORDER BY b.place) FILTER (WHERE b.place <= most)) INTO books
	FROM minefield_tmp_books b;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book_a', l.book_a, 'book_b', l.book_b, 'a', l.key_a, 'b', l.key_b,
			'score', pg_catalog.round(l.score::numeric, 3), 'next_best', pg_catalog.round(l.next_best::numeric, 3), 'share', pg_catalog.round(l.share::numeric, 3),
			'distance_m', pg_catalog.round(l.distance_m::numeric, 1), 'contradicts', l.contradicts, 'reasons', pg_catalog.to_jsonb(l.reasons),
			'differs', mf_report_link_differs(l.key_a, l.key_b)) ORDER BY l.contradicts DESC NULLS LAST, l.score DESC, l.key_a COLLATE "C", l.key_b COLLATE "C") INTO rows
	FROM (SELECT * FROM minefield_tmp_link ORDER BY contradicts DESC NULLS LAST, score DESC, key_a COLLATE "C", key_b COLLATE "C" LIMIT most) l;
	SELECT mf_report_list(pg_catalog.count(*), rows) || pg_catalog.jsonb_build_object('books', books,
			'contradicting', pg_catalog.count(*) FILTER (WHERE contradicts),
			'books_not_compared', (SELECT pg_catalog.count(*) FROM minefield_tmp_books b WHERE b.linked IS NULL),
			'records_not_compared', (SELECT coalesce(pg_catalog.sum(b.not_compared), 0::numeric)::bigint FROM minefield_tmp_books b WHERE b.linked IS NOT NULL))
	INTO result FROM minefield_tmp_link;
	DROP TABLE minefield_tmp_link, minefield_tmp_books;
	RETURN result;
END
$$;
COMMENT ON FUNCTION mf_report_links(jsonb) IS
	'For the report: section of a report: which records of two books tell of one field, by score, those that contradict each other first, with what they say differently; and by pair of books, how many, and how many records could not be compared.';

CREATE FUNCTION mf_report_account_rows(records minefield[], finds jsonb, most integer) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	RETURN (
		SELECT pg_catalog.jsonb_build_object('total', pg_catalog.jsonb_agg(pg_catalog.to_jsonb(a) - 'place'::text) FILTER (WHERE a.model IS NULL) -> 0,
			'models', mf_report_list(pg_catalog.count(a.model), pg_catalog.jsonb_agg(pg_catalog.to_jsonb(a) - 'place'::text ORDER BY a.place)
				FILTER (WHERE a.model IS NOT NULL AND a.place <= most)))
		FROM (SELECT r.*, pg_catalog.row_number() OVER (ORDER BY r.model IS NULL, r.unaccounted_max DESC NULLS FIRST, r.recorded_min DESC NULLS LAST,
					r.model COLLATE "C") AS place
			  FROM mf_account(records, finds, (SELECT pg_catalog.jsonb_agg(model) FROM pg_temp.minefield_in_model)) r) a);
END
$$;
COMMENT ON FUNCTION mf_report_account_rows(minefield[], jsonb, integer) IS
	'For the report: the account of records and finds as a report writes it: the total, and the models of which most may be unaccounted for.';

-- Of the records of one number in one book the first copy counts.
CREATE FUNCTION mf_report_account(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	most integer := options ->> 'max_rows'::text;
	areas jsonb;
	result jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	CREATE TEMP TABLE minefield_tmp_copy AS
	SELECT k.key FROM (
		SELECT c.ord, r.key, pg_catalog.row_number() OVER (PARTITION BY r.book, c.ord ORDER BY
			CASE WHEN pg_catalog.jsonb_typeof(mf_properties(r.record) -> 'copy'::text) = 'number'
				THEN (mf_properties(r.record) ->> 'copy'::text)::numeric END NULLS LAST, r.key COLLATE "C") AS nth
		FROM (SELECT book, pg_catalog.array_agg(key ORDER BY key COLLATE "C") AS keys, pg_catalog.array_agg(record ORDER BY key COLLATE "C") AS records
			  FROM pg_temp.minefield_in_record WHERE book IS NOT NULL GROUP BY book) b,
			 mf_copies(b.keys, b.records) WITH ORDINALITY c (number, part, records, keys, copies, missing_copies, repeated, differ, ord)
			 JOIN pg_temp.minefield_in_record r ON r.key = ANY (c.keys)) k
	WHERE k.nth > 1::bigint;
	CREATE INDEX ON minefield_tmp_copy (key);

	SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', a.id, 'name', a.name, 'finds', coalesce(pg_catalog.jsonb_array_length(f.finds), 0))
			|| mf_report_account_rows(r.records, f.finds, least(most, 12)) ORDER BY a.place) FILTER (WHERE a.place <= most)) INTO areas
	FROM (SELECT *, pg_catalog.row_number() OVER (ORDER BY name COLLATE "C", id) AS place FROM pg_temp.minefield_in_area) a
		CROSS JOIN LATERAL (SELECT pg_catalog.array_agg(r.record) AS records FROM pg_temp.minefield_in_record r
			WHERE a.place <= most AND mf_intersects(r.record, a.aoi) AND NOT EXISTS (SELECT FROM minefield_tmp_copy c WHERE c.key = r.key)) r
		CROSS JOIN LATERAL (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', i.kind, 'model', i.model, 'count', i.count)) AS finds
			FROM pg_temp.minefield_in_find i WHERE a.place <= most AND ST_Intersects(i.place, a.aoi)) f;
	SELECT mf_report_account_rows((SELECT pg_catalog.array_agg(r.record) FROM pg_temp.minefield_in_record r
				WHERE NOT EXISTS (SELECT FROM minefield_tmp_copy c WHERE c.key = r.key)),
			(SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', i.kind, 'model', i.model, 'count', i.count)) FROM pg_temp.minefield_in_find i), most)
		|| pg_catalog.jsonb_build_object('areas', areas, 'copies_left_out', (SELECT pg_catalog.count(*) FROM minefield_tmp_copy),
			'unlocated', (SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_record r
				WHERE r.box IS NULL AND NOT EXISTS (SELECT FROM minefield_tmp_copy c WHERE c.key = r.key)),
			'finds_without_place', (SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_find WHERE place IS NULL AND kind IN ('mine', 'accident')),
			'told_twice', (SELECT (p.body ->> 'count'::text)::bigint FROM pg_temp.minefield_out_part p WHERE p.part = 'links'))
	INTO result;
	DROP TABLE minefield_tmp_copy;
	RETURN result;
END
$$;
COMMENT ON FUNCTION mf_report_account(jsonb) IS
	'For the report: section of a report: mines recorded, added, lifted, exploded, found and unaccounted for, by model and by area, as intervals; of copies the first counts. It says what paper leaves, not what lies in the ground.';
