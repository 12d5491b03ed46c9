-- the sections of a report about what is missing: in records, by profile and
-- by book, and in the sequence of numbers, copies and what was declared

CREATE FUNCTION mf_report_paper_options(profile text DEFAULT 'formular', own_profile jsonb DEFAULT NULL,
	skip_checks text[] DEFAULT NULL, min_score float8 DEFAULT 0.5, reach_m float8 DEFAULT 2000) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	code text;
	probe float8;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF own_profile IS NOT NULL THEN
		probe := mf_completeness('{"type":"Feature"}'::minefield, own_profile);
	ELSE
		PERFORM mf_profile(profile);
	END IF;
	IF NOT (min_score > 0 AND min_score < 1 AND reach_m BETWEEN 0 AND 100000) THEN
		RAISE EXCEPTION 'an option of the report is out of range'
			USING ERRCODE = 'invalid_parameter_value',
				HINT = 'min_score lies between 0 and 1; distances are 0 to 100000 metres.';
	END IF;
	SELECT pg_catalog.min(s) INTO code FROM pg_catalog.unnest(skip_checks) s WHERE s NOT IN (SELECT c.code FROM mf_checks() c);
	IF code IS NOT NULL THEN
		RAISE EXCEPTION 'there is no check "%"', code
			USING ERRCODE = 'invalid_parameter_value', HINT = 'mf_checks() lists them.';
	END IF;
	RETURN pg_catalog.jsonb_build_object('profile', coalesce(own_profile, pg_catalog.to_jsonb(coalesce(profile, 'formular'))),
		'skip_checks', (SELECT coalesce(pg_catalog.jsonb_agg(DISTINCT s ORDER BY s), '[]'::jsonb) FROM pg_catalog.unnest(skip_checks) s WHERE s IS NOT NULL),
		'min_score', coalesce(min_score, 0.5::float8), 'reach_m', coalesce(reach_m, 2000.0::float8));
END
$$;
COMMENT ON FUNCTION mf_report_paper_options(text, jsonb, text[], float8, float8) IS
	'Further options of mf_report and mf_run_report, to be joined to those of mf_report_options by ||: the profile by which completeness is told, by its name or as one''s own; the codes of checks that are switched off; from which score on, and up to how many metres apart, records of two books are linked (as in mf_link). NULL is the default. An unknown profile or code, or a number out of range, is an error (22023).';

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
