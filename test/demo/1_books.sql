-- 1_books.sql - loading what was handed over

\set book_a `cat "$MINEFIELD_DEMO_DATA/book_a.geojson"`
\set book_b `cat "$MINEFIELD_DEMO_DATA/book_b.geojson"`
\set areas `cat "$MINEFIELD_DEMO_DATA/areas.geojson"`
\set front `cat "$MINEFIELD_DEMO_DATA/front_line.geojson"`
\set findings `cat "$MINEFIELD_DEMO_DATA/findings.geojson"`

\qecho
\qecho '1. Two log books'
\qecho '================'
\qecho
\qecho 'A party handed over a log book, A; three years later came book B, eight records'
\qecho 'rebuilt from interviews.  (All of it is synthetic and lies over open water.)'
\qecho 'Each book is one GeoJSON file; psql reads it into a variable:'
\qecho
\qecho '    \\set book_a `cat test/data/book_a.geojson`'
\qecho '    INSERT INTO record (book, record)'
\qecho '    SELECT ''A'', record FROM mf_load(:''book_a'') WHERE sqlstate IS NULL;'
\qecho

\set ECHO queries
CREATE EXTENSION minefield CASCADE;
\qecho
CREATE TABLE record (
    book text,
    record minefield,
    key text GENERATED ALWAYS AS (mf_id(record)) STORED
);
CREATE INDEX ON record USING gist (record);
\set ECHO none

CREATE TEMPORARY TABLE arrived AS
SELECT 'A' AS book, * FROM mf_load(:'book_a')
UNION ALL
SELECT 'B', * FROM mf_load(:'book_b');

INSERT INTO record (book, record)
SELECT book, record FROM arrived WHERE sqlstate IS NULL ORDER BY book, line;

CREATE TABLE area AS
SELECT row_number() OVER ()::int AS fid, f->'properties'->>'name' AS name,
       ST_SetSRID(ST_GeomFromGeoJSON(f->'geometry'), 4326)::geometry(Polygon, 4326) AS aoi
FROM jsonb_array_elements(:'areas'::jsonb->'features') f;

-- the ground in front of the line: 420 m to its right
CREATE TABLE front AS
SELECT line, ST_Transform(ST_Buffer(ST_Transform(line, 32639), 420, 'side=right'), 4326) AS strip
FROM (SELECT ST_SetSRID(ST_GeomFromGeoJSON(:'front'::jsonb->'features'->0->'geometry'), 4326)
             ::geometry(LineString, 4326) AS line) f;

CREATE TABLE finding AS
SELECT f->>'id' AS id, f->'properties'->>'kind' AS kind, f->'properties'->>'model' AS model,
       ST_SetSRID(ST_GeomFromGeoJSON(f->'geometry'), 4326)::geometry(Point, 4326) AS place
FROM jsonb_array_elements(:'findings'::jsonb->'features') f;

ANALYZE;

\qecho
\qecho 'What arrived, and what of it can be put on a map:'
\qecho
\set ECHO queries
SELECT book, count(*) AS records, count(*) FILTER (WHERE mf_is_located(record)) AS located,
       count(*) FILTER (WHERE NOT mf_is_located(record)) AS unlocated,
       count(*) FILTER (WHERE NOT mf_is_valid(record)) AS crossing_themselves
FROM record GROUP BY book ORDER BY book;
\set ECHO none

\qecho 'A record without a place is still a record: it may lie anywhere, so every answer'
\qecho 'below counts it.  What the books say of themselves:'
\qecho

-- the books as values: header, order and records in one
CREATE TABLE book AS
SELECT 'A' AS book, :'book_a'::logbook AS value UNION ALL SELECT 'B', :'book_b'::logbook;

\set ECHO queries
SELECT b.book, h->>'title' AS title, h->>'source' AS source,
       h->>'records_declared' AS records_declared,
       (SELECT count(DISTINCT mf_number(r)) FROM mf_records(value) r) AS numbers_received
FROM book b, mf_header(value) h ORDER BY b.book;
\set ECHO none
