-- realcheck.sql - load, measure, compare; run starts it
--
-- Each figure is held against what PostGIS finds in the same run and, where
-- there is one, against the figure published with the data.  Counts must be
-- the same; areas must agree to 1e-6.  PostGIS measures as follows: invalid
-- polygons through ST_MakeValid (method=structure), shapes densified to 0.0002
-- degrees along straight lines in longitude and latitude, then an equal-area
-- projection.

CREATE EXTENSION minefield CASCADE;

\set areas `cat "$REALCHECK_AREAS"`
\set incidents `cat "$REALCHECK_INCIDENTS"`

CREATE TABLE figure (n serial, what text, got numeric, postgis numeric, published numeric, ok boolean);

INSERT INTO spatial_ref_sys (srid, proj4text) VALUES (990000, '+proj=cea +ellps=WGS84 +lon_0=17.8');
CREATE FUNCTION oracle_m2(g geometry) RETURNS float8 LANGUAGE sql AS
$$ SELECT ST_Area(ST_Transform(ST_Segmentize(g, 0.0002), 990000)) $$;

-- a count: all three the same; an area: within 1e-6
CREATE FUNCTION note(what text, got numeric, postgis numeric, published numeric, relative float8 DEFAULT 0)
RETURNS void LANGUAGE sql AS
$$ INSERT INTO figure (what, got, postgis, published, ok)
   VALUES (what, got, postgis, published,
           abs(got - postgis) <= relative * abs(postgis)
           AND (published IS NULL OR abs(got - published) <= relative * abs(published))) $$;

\echo 'Loading, in one command'
\timing on
CREATE TABLE suspected AS SELECT * FROM mf_load(:'areas');
\timing off
CREATE TABLE incident AS SELECT * FROM mf_load(:'incidents');

-- the features have no ids: the line they stand on is the key
ALTER TABLE suspected ADD PRIMARY KEY (line);
ALTER TABLE suspected ADD COLUMN sheet text;
UPDATE suspected SET sheet = mf_properties(record)->>'fileId';
CREATE INDEX ON suspected USING gist (record);
ANALYZE suspected;

-- what PostGIS makes of the same file, without the extension; an empty polygon
-- has no place, as no polygon has none
CREATE TABLE plain AS
SELECT n, f->'properties'->>'fileId' AS sheet, g AS shape,
       CASE WHEN ST_IsValid(g) THEN g ELSE ST_MakeValid(g, 'method=structure') END AS valid
FROM (SELECT n, f, ST_SetSRID(ST_GeomFromGeoJSON(nullif(f->'geometry', 'null')), 4326) AS g
      FROM jsonb_array_elements(:'areas'::jsonb->'features') WITH ORDINALITY AS e (f, n)) e;
UPDATE plain SET shape = NULL, valid = NULL WHERE ST_IsEmpty(shape);
CREATE INDEX ON plain USING gist (valid);
ANALYZE plain;
CREATE TABLE plain_incident AS
SELECT ST_SetSRID(ST_GeomFromGeoJSON(f->'geometry'), 4326) AS place
FROM jsonb_array_elements(:'incidents'::jsonb->'features') f;
CREATE TABLE plain_pair AS
SELECT a.n AS a, b.n AS b, a.sheet <> b.sheet AS across,
       coalesce(oracle_m2(ST_CollectionExtract(ST_Intersection(a.valid, b.valid), 3)), 0) AS m2
FROM plain a JOIN plain b ON a.n < b.n AND ST_Intersects(a.valid, b.valid);
CREATE TABLE plain_union AS
SELECT ST_Union(valid) AS recorded, ST_ConvexHull(ST_Collect(valid)) AS hull FROM plain;

\echo 'Counting'
SELECT note('features loaded', count(record), (SELECT count(*) FROM plain), 11068),
       note('features refused', count(*) FILTER (WHERE record IS NULL), 0, 0),
       note('located', count(*) FILTER (WHERE mf_is_located(record)),
            (SELECT count(*) FROM plain WHERE shape IS NOT NULL), 7971),
       note('invalid, kept as recorded', count(*) FILTER (WHERE NOT mf_is_valid(record)),
            (SELECT count(*) FROM plain WHERE NOT ST_IsValid(shape)), 467),
       note('shapes that differ from what PostGIS reads',
            (SELECT count(*) FROM (SELECT line, row_number() OVER (ORDER BY line) AS n, record FROM suspected) s
             JOIN plain p USING (n) WHERE mf_geometry(s.record)::bytea IS DISTINCT FROM p.shape::bytea), 0, NULL)
FROM suspected \g /dev/null

\echo 'Overlaps'
\timing on
CREATE TABLE pair AS
SELECT o.* FROM (SELECT mf_overlaps(line, record) AS pairs FROM suspected) p, unnest(pairs) o;
CREATE TABLE pair_across AS
SELECT o.* FROM (SELECT mf_overlaps(line, record, sheet) AS pairs FROM suspected) p, unnest(pairs) o;
\timing off
SELECT note('pairs that touch or overlap', count(*), (SELECT count(*) FROM plain_pair), 7363),
       note('overlapping by more than 1 m2', count(*) FILTER (WHERE area_m2 > 1),
            (SELECT count(*) FROM plain_pair WHERE m2 > 1), 1326),
       note('of them between 0.9 and 1.1 m2, on either side', count(*) FILTER (WHERE area_m2 BETWEEN 0.9 AND 1.1),
            (SELECT count(*) FROM plain_pair WHERE m2 BETWEEN 0.9 AND 1.1), 5),
       note('overlapping km2 together', (sum(area_m2) FILTER (WHERE area_m2 > 1) / 1e6)::numeric,
            (SELECT sum(m2) / 1e6 FROM plain_pair WHERE m2 > 1)::numeric, 5.85988, 1e-6)
FROM pair \g /dev/null
SELECT note('overlapping by more than 1 m2 across sheets', count(*) FILTER (WHERE area_m2 > 1),
            (SELECT count(*) FROM plain_pair WHERE m2 > 1 AND across), 241)
FROM pair_across \g /dev/null

\echo 'Coverage and gaps of the convex hull'
\timing on
CREATE TABLE covered AS SELECT mf_coverage(record, hull) AS c FROM suspected, plain_union;
CREATE TABLE gaps AS SELECT mf_gaps(record, hull) AS g FROM suspected, plain_union;
\timing off
SELECT note('recorded km2', ((c).recorded_m2 / 1e6)::numeric,
            (oracle_m2(recorded) / 1e6)::numeric, 806.942357, 1e-6),
       note('no record km2 within the hull', (((c).aoi_m2 - (c).recorded_m2) / 1e6)::numeric,
            (oracle_m2(ST_Difference(hull, recorded)) / 1e6)::numeric, 50953.965, 1e-6),
       note('records, without a place', (c).unlocated, 11068 - 7971, 3097),
       note('km2 of the gaps, as one multipolygon', (mf_area(g) / 1e6)::numeric,
            (oracle_m2(g) / 1e6)::numeric, 50953.965, 1e-6),
       note('the gaps are valid', ST_IsValid(g)::int, 1, NULL),
       note('whole m2 by which the gaps and ST_Difference differ',
            trunc(oracle_m2(ST_CollectionExtract(ST_SymDifference(g, ST_Difference(hull, recorded)), 3))::numeric),
            0, NULL)
FROM covered, gaps, plain_union \g /dev/null

\echo 'Incidents'
\timing on
CREATE TABLE inside AS
SELECT count(*) AS n FROM incident i
WHERE EXISTS (SELECT FROM suspected s WHERE mf_intersects(s.record, mf_geometry(i.record)));
\timing off
SELECT note('incidents loaded', (SELECT count(record) FROM incident), (SELECT count(*) FROM plain_incident), 1442),
       note('incidents in a suspected area', n,
            (SELECT count(*) FROM plain_incident i
             WHERE EXISTS (SELECT FROM plain p WHERE ST_Intersects(p.valid, i.place))), 186)
FROM inside \g /dev/null

\pset border 1
\pset null ''
SELECT CASE WHEN ok THEN 'ok' ELSE 'FAILED' END AS " ", what,
       CASE WHEN scale(got) > 6 THEN round(got, 6) ELSE got END AS minefield,
       CASE WHEN scale(postgis) > 6 THEN round(postgis, 6) ELSE postgis END AS postgis, published
FROM figure ORDER BY n;
