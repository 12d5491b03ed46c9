-- the section of a report about what two books say of each other

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
