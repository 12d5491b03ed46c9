--
-- GiST operator classes of minefield and minefield_box
--

SELECT opcname, amvalidate(oid) FROM pg_opclass WHERE opcname IN ('minefield_gist_ops', 'minefield_box_gist_ops') ORDER BY opcname COLLATE "C";

CREATE TABLE gist_records AS
	SELECT i AS id, mf_make(i::text, CASE
			WHEN i % 10 = 0 THEN NULL
			WHEN i % 3 = 0 THEN ST_SetSRID(ST_MakePoint(x, y), 4326)
			ELSE ST_MakeEnvelope(x, y, x + 0.2, y + 0.1, 4326) END) AS record
	FROM (SELECT i, 40 + (i * 0.618034) % 10, 40 + (i * 0.414214) % 5 FROM generate_series(1, 4000) i) v(i, x, y);
CREATE TABLE gist_boxes AS SELECT id, mf_box(record) AS box FROM gist_records;
CREATE INDEX gist_records_record ON gist_records USING gist (record);
CREATE INDEX gist_boxes_box ON gist_boxes USING gist (box);
VACUUM ANALYZE gist_records, gist_boxes;

-- every operator, every right operand: index and heap agree
CREATE TABLE gist_queries AS
	SELECT id, record AS m, mf_box(record) AS b, coalesce(mf_geometry(record), 'SRID=4326;POINT EMPTY') AS g
	FROM gist_records WHERE id % 97 = 0 OR id = 10
	UNION ALL
	SELECT 0, mf_make('0', g), mf_box(g), g FROM (SELECT ST_MakeEnvelope(43, 41, 45, 44, 4326)) v(g);
CREATE TEMP TABLE answers (indexed boolean, question text, q int, n bigint, sum bigint);
CREATE FUNCTION pg_temp.ask(by_index boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE op text; operand text; source text; col text;
BEGIN
	PERFORM set_config('enable_seqscan', (NOT by_index)::text, false);
	PERFORM set_config('enable_indexscan', by_index::text, false);
	PERFORM set_config('enable_bitmapscan', by_index::text, false);
	PERFORM set_config('enable_indexonlyscan', by_index::text, false);
	FOREACH source IN ARRAY ARRAY['gist_records', 'gist_boxes'] LOOP
		col := CASE source WHEN 'gist_records' THEN 'record' ELSE 'box' END;
		FOREACH op IN ARRAY ARRAY['&&', '@>', '<@', '~='] LOOP
			FOREACH operand IN ARRAY ARRAY['m', 'b', 'g'] LOOP
				EXECUTE format('INSERT INTO answers SELECT %L, %L, q.id, n, s FROM gist_queries q,
					LATERAL (SELECT count(*), sum(t.id) FROM %I t WHERE t.%I %s q.%I) v(n, s)',
					by_index, source || ' ' || op || ' ' || operand, source, col, op, operand);
				EXECUTE format('INSERT INTO answers SELECT %L, %L, q.id, n, s FROM gist_queries q,
					LATERAL (SELECT count(*), sum(t.id) FROM %I t WHERE q.%I %s t.%I) v(n, s)',
					by_index, operand || ' ' || op || ' ' || source, source, operand, op, col);
			END LOOP;
		END LOOP;
	END LOOP;
END $$;
SELECT pg_temp.ask(true);
SELECT pg_temp.ask(false);
RESET ALL;
SELECT question, count(DISTINCT q) AS queries, bool_and(same) AS agree, sum(n) > 0 AS any FROM (
	SELECT question, q, count(*) = 2 AND count(DISTINCT (n, coalesce(sum, 0))) = 1, min(n) FROM answers GROUP BY question, q) v(question, q, same, n)
	GROUP BY question ORDER BY question COLLATE "C";

-- nearest first, unlocated last
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM gist_records ORDER BY record <-> geometry 'SRID=4326;POINT(44.5 42.5)' LIMIT 5;
CREATE TEMP TABLE nearest AS
	SELECT row_number() OVER () AS n, round((record <-> geometry 'SRID=4326;POINT(44.5 42.5)')::numeric, 3) AS metres
	FROM (SELECT record FROM gist_records ORDER BY record <-> geometry 'SRID=4326;POINT(44.5 42.5)') v;
RESET enable_seqscan;
SET enable_indexscan = off;
SELECT count(*) AS rows, count(*) FILTER (WHERE s.metres <> n.metres) AS differ FROM nearest n JOIN (
	SELECT row_number() OVER (ORDER BY d), round(d::numeric, 3) FROM (
		SELECT record <-> geometry 'SRID=4326;POINT(44.5 42.5)' FROM gist_records) v(d)) s(n, metres) USING (n);
SELECT bool_and(metres = 'Infinity') AS unlocated_last FROM (SELECT metres FROM nearest ORDER BY n DESC LIMIT 400) v;
RESET enable_indexscan;

-- boxes come from the index alone
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT box FROM gist_boxes WHERE box && mf_box(41, 41, 41.1, 41.1);
EXPLAIN (COSTS OFF) SELECT box FROM gist_boxes ORDER BY box <-> mf_box(41, 41, 41.1, 41.1) LIMIT 1;
SELECT count(*), count(DISTINCT box) FROM gist_boxes WHERE box && mf_box(41, 41, 42, 42);
RESET ALL;

-- pages of equal and of empty keys split; a NULL column is fine
CREATE TABLE gist_equal (b minefield_box, r minefield);
CREATE INDEX ON gist_equal USING gist (b);
CREATE INDEX ON gist_equal USING gist (r);
INSERT INTO gist_equal SELECT 'BOX(50 40,51 41)', mf_make('a', 'SRID=4326;POINT(50 40)') FROM generate_series(1, 2000);
INSERT INTO gist_equal SELECT 'BOX EMPTY', mf_make('b', NULL) FROM generate_series(1, 2000);
INSERT INTO gist_equal SELECT NULL, NULL FROM generate_series(1, 100);
SET enable_seqscan = off;
SELECT count(*) FROM gist_equal WHERE b ~= 'BOX(50 40,51 41)';
SELECT count(*) FROM gist_equal WHERE b && 'BOX(-180 -90,180 90)';
SELECT count(*) FROM gist_equal WHERE b && 'BOX EMPTY';
SELECT count(*) FROM gist_equal WHERE r <@ minefield_box 'BOX(50 40,51 41)';
SELECT count(*) FROM gist_equal WHERE b IS NULL;
DELETE FROM gist_equal WHERE r && minefield_box 'BOX(50 40,51 41)';
VACUUM gist_equal;
SELECT count(*) FROM gist_equal WHERE r && minefield_box 'BOX(50 40,51 41)';
RESET ALL;

-- an exclusion constraint, a multicolumn and an expression index
CREATE TABLE gist_sheets (number text, box minefield_box, EXCLUDE USING gist (box WITH &&));
INSERT INTO gist_sheets VALUES ('1', 'BOX(0 0,1 1)'), ('2', 'BOX(2 0,3 1)'), ('none', 'BOX EMPTY'), ('none', 'BOX EMPTY');
INSERT INTO gist_sheets VALUES ('3', 'BOX(1 1,2 2)');
CREATE INDEX gist_records_box ON gist_records USING gist (mf_box(record), record);
SELECT count(*) FROM gist_records WHERE mf_box(record) && 'BOX(41 41,42 42)' AND record && mf_box(41, 41, 42, 42);
DROP TABLE gist_records, gist_boxes, gist_queries, gist_equal, gist_sheets;
