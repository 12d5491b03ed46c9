#!/usr/bin/python3
"""510_engine_oracle.t - coverage, gaps and overlaps against PostGIS

Oracles: gaps are ST_Difference of ST_Union by symmetric difference; areas are
those of the shape densified in longitude and latitude and put through PROJ's
equal-area cylindrical projection; areas recorded k times come from counting,
over every face of ST_Polygonize, the records that cover it; pairs come from
ST_Intersects.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEED, SCENARIOS and RECORDS (the most of one scenario) may be
set.
"""
import os

from engine_lib import Database, finish, load, ok

SEED = int(os.environ.get("SEED", "20261124"))
SCENARIOS = int(os.environ.get("SCENARIOS", "120"))
RECORDS = int(os.environ.get("RECORDS", "40"))

ORACLE = """
CREATE FUNCTION oracle_area(g geometry) RETURNS float8 LANGUAGE sql AS $$
    SELECT CASE WHEN ST_IsEmpty(g) THEN 0 ELSE
        ST_Area(ST_Transform(ST_Segmentize(g, least(0.00002,
                greatest(ST_XMax(g) - ST_XMin(g), ST_YMax(g) - ST_YMin(g)) / 500)),
            '+proj=longlat +ellps=WGS84 +no_defs',
            '+proj=cea +ellps=WGS84 +lon_0=' || ((ST_XMin(g) + ST_XMax(g)) / 2)::numeric(9, 4)))
        END $$;
CREATE FUNCTION polygons(g geometry) RETURNS geometry LANGUAGE sql AS $$
    SELECT ST_CollectionExtract(g, 3) $$;
CREATE FUNCTION valid(g geometry) RETURNS geometry LANGUAGE sql AS $$
    SELECT CASE WHEN ST_IsValid(g) THEN g ELSE polygons(ST_MakeValid(g, 'method=structure')) END $$;
-- what each record covers, judged by PostGIS; lines with a width by the
-- product's own footprint, whose area is tested by itself below
CREATE TABLE ground AS
SELECT s, id, g, m,
       CASE WHEN ST_Dimension(g) = 2 AND NOT ST_IsEmpty(g) THEN valid(g)
            WHEN ST_Dimension(g) = 1 THEN mf_footprint(m) END AS f
FROM rec;
CREATE TABLE work AS
SELECT a.s, a.aoi, valid(a.aoi) AS v,
       (SELECT ST_Union(f) FROM ground r WHERE r.s = a.s AND f IS NOT NULL) AS u,
       (SELECT count(*) FROM ground r WHERE r.s = a.s) AS n,
       (SELECT count(*) FROM ground r WHERE r.s = a.s AND (g IS NULL OR ST_IsEmpty(g))) AS unlocated,
       (SELECT count(*) FROM ground r WHERE r.s = a.s AND NOT ST_IsEmpty(g) AND f IS NULL) AS without
FROM aoi a;
CREATE TABLE answer AS
SELECT a.s, (mf_coverage(m, a.aoi)).*, mf_gaps(m, a.aoi) AS gaps,
       mf_gap_rows(r.id, m, a.aoi) AS rows
FROM aoi a LEFT JOIN rec r USING (s) GROUP BY a.s;
CREATE TABLE expected AS
SELECT s, ST_Difference(v, coalesce(u, 'SRID=4326;POLYGON EMPTY')) AS gaps,
       oracle_area(v) AS aoi_m2, n, unlocated, without
FROM work;
-- the faces of every scenario and how many records cover each: asked at the
-- middle of the largest triangle, as ST_PointOnSurface can end on a spike;
-- what GEOS cannot cut into triangles has next to no area
CREATE FUNCTION middle(g geometry) RETURNS geometry LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT ST_Centroid(t.geom) FROM ST_Dump(ST_TriangulatePolygon(g)) t
            ORDER BY ST_Area(t.geom) DESC LIMIT 1);
EXCEPTION WHEN internal_error THEN
    RETURN ST_PointOnSurface(g);
END $$;
CREATE TABLE face AS
SELECT w.s, middle(d.geom) AS p, oracle_area(d.geom) AS m2
FROM work w
CROSS JOIN LATERAL (SELECT ST_Polygonize(l) AS faces FROM (
    SELECT ST_UnaryUnion(ST_Collect(b)) AS l FROM (
        SELECT ST_Boundary(f) AS b FROM ground r WHERE r.s = w.s AND f IS NOT NULL
        UNION ALL SELECT ST_Boundary(w.v)) x) y) z
CROSS JOIN LATERAL ST_Dump(faces) d
WHERE ST_Covers(w.v, middle(d.geom));
CREATE TABLE times AS
SELECT s, k, sum(m2) AS m2 FROM (
    SELECT face.s, m2, (SELECT count(*) FROM ground r WHERE r.s = face.s AND ST_Covers(f, p)) AS k
    FROM face) x GROUP BY s, k;
"""

# Each query lists what is wrong; none must be.
CHECKS = (
    ("gaps are valid MultiPolygons", """
        SELECT s FROM answer WHERE NOT ST_IsValid(gaps) OR GeometryType(gaps) <> 'MULTIPOLYGON'
            OR ST_SRID(gaps) <> 4326"""),
    ("gaps are the area of interest less the union of the records", """
        SELECT s, oracle_area(ST_SymDifference(a.gaps, e.gaps))
        FROM answer a JOIN expected e USING (s)
        WHERE NOT oracle_area(ST_SymDifference(a.gaps, e.gaps)) <= 1e-9 * e.aoi_m2 + 1e-6"""),
    ("areas of interest are the oracle's", """
        SELECT s, a.aoi_m2, e.aoi_m2 FROM answer a JOIN expected e USING (s)
        WHERE NOT abs(a.aoi_m2 - e.aoi_m2) <= 1e-9 * e.aoi_m2 + 1e-6"""),
    ("the area of the gaps is the oracle's", """
        SELECT s, mf_area(a.gaps), oracle_area(a.gaps) FROM answer a JOIN expected e USING (s)
        WHERE NOT abs(mf_area(a.gaps) - oracle_area(a.gaps)) <= 1e-9 * e.aoi_m2 + 1e-6"""),
    ("recorded and gaps make the area of interest", """
        SELECT s, recorded_m2 + mf_area(gaps) - aoi_m2 FROM answer
        WHERE NOT abs(recorded_m2 + mf_area(gaps) - aoi_m2) <= 1e-9 * aoi_m2 + 1e-6"""),
    ("areas recorded k times are those of the faces", """
        SELECT s, k, t.m2, a.recorded_times_m2[k], a.recorded_times_m2
        FROM answer a FULL JOIN (SELECT * FROM times WHERE k > 0) t USING (s)
        WHERE k IS NOT NULL AND NOT abs(t.m2 - coalesce(a.recorded_times_m2[k], 0)) <= 1e-9 * aoi_m2 + 1e-6"""),
    ("nothing is recorded more often than the faces are", """
        SELECT s, k, m2 FROM answer, unnest(recorded_times_m2) WITH ORDINALITY x(m2, k)
        WHERE m2 > 1e-9 * aoi_m2 + 1e-6
            AND NOT EXISTS (SELECT 1 FROM times t WHERE t.s = answer.s AND t.k = x.k)"""),
    ("recorded is the sum of the times, and has no trailing zero", """
        SELECT s FROM answer
        WHERE recorded_m2 <> coalesce((SELECT sum(m2) FROM unnest(recorded_times_m2) m2), 0)
            AND abs(recorded_m2 - (SELECT sum(m2) FROM unnest(recorded_times_m2) m2)) > 1e-12 * aoi_m2
            OR recorded_times_m2[cardinality(recorded_times_m2)] = 0"""),
    ("records are counted", """
        SELECT s FROM answer a JOIN expected e USING (s)
        WHERE a.records <> e.n OR a.unlocated <> e.unlocated OR a.without_area <> e.without
            OR a.accuracy_unknown <> (SELECT count(*) FROM raw r WHERE r.s = a.s
                AND accuracy IS NULL AND wkt <> '' AND wkt NOT LIKE '%EMPTY')"""),
    ("possible is what buffers on geography reach, to a few per cent", """
        SELECT s, possible_m2, mf_area(z) FROM (
            SELECT a.s, a.possible_m2, a.aoi_m2, polygons(ST_Intersection(a.gaps, (
                SELECT ST_Union(ST_Buffer(coalesce(f, g)::geography, accuracy, 'quad_segs=32')::geometry)
                FROM ground JOIN raw USING (s, id) WHERE s = a.s AND accuracy > 0
                    AND NOT ST_IsEmpty(coalesce(f, g))))) AS z
            FROM answer a) x
        WHERE possible_m2 IS DISTINCT FROM NULL AND z IS NOT NULL
            AND NOT abs(possible_m2 - mf_area(z)) <= 0.02 * mf_area(z) + 1e-4 * aoi_m2
            OR (possible_m2 IS NULL) <> (z IS NULL)"""),
    ("no record is the rest", """
        SELECT s FROM answer
        WHERE NOT abs(aoi_m2 - recorded_m2 - coalesce(possible_m2, 0) - no_record_m2) <= 1e-9 * aoi_m2 + 1e-6
            OR no_record_m2 < 0 OR NOT recorded_fraction BETWEEN 0 AND 1"""),
    ("rows are the parts of the gaps by falling area", """
        SELECT a.s FROM answer a
        WHERE cardinality(rows) <> ST_NumGeometries(gaps)
            OR EXISTS (SELECT 1 FROM unnest(rows) WITH ORDINALITY r WHERE r.n <> ordinality
                OR r.area_m2 > (SELECT p.area_m2 FROM unnest(rows) p WHERE p.n = r.n - 1)
                OR abs(r.share_of_aoi * aoi_m2 - r.area_m2) > 1e-9 * aoi_m2
                OR NOT ST_IsValid(r.geometry)
                OR abs(mf_area(r.geometry) - r.area_m2) > 1e-9 * aoi_m2 + 1e-6
                OR NOT ST_DWithin(r.centroid, ST_Centroid(r.geometry), 1e-9))"""),
    ("the rows together are the gaps", """
        SELECT a.s FROM answer a WHERE cardinality(rows) > 0
            AND NOT mf_area(polygons(ST_SymDifference(gaps, (SELECT ST_Collect(geometry) FROM (
                SELECT (ST_Dump(geometry)).geom AS geometry FROM unnest(rows)) q)))) <= 1e-6"""),
    ("the widest circle fits, and is as wide as GEOS finds it", """
        SELECT s, n, w, 2 * radius FROM (
            SELECT a.s, r.n, r.max_width_m AS w, c.radius
            FROM answer a, unnest(rows) r, LATERAL (
                SELECT ST_Transform(ST_SetSRID(r.geometry, 0), '+proj=longlat +ellps=WGS84 +no_defs',
                    '+proj=laea +ellps=WGS84 +lon_0=' || ST_X(r.centroid) || ' +lat_0=' || ST_Y(r.centroid)) AS p) t,
                LATERAL ST_MaximumInscribedCircle(t.p) c
            WHERE r.area_m2 > 10000) x
        WHERE NOT abs(w - 2 * radius) <= 0.02 * w"""),
    ("neighbours are the records that touch", """
        SELECT a.s, r.n, r.neighbours, x.keys FROM answer a, unnest(rows) r, LATERAL (
            SELECT coalesce(array_agg(id::text ORDER BY id::text COLLATE "C"), '{}') AS keys
            FROM ground q WHERE q.s = a.s AND ST_DWithin(coalesce(f, g), r.geometry, 1e-9)) x
        WHERE x.keys IS DISTINCT FROM r.neighbours"""),
)

OVERLAP_CHECKS = (
    ("pairs that touch are those of ST_Intersects", """
        SELECT s, a, b, p.class FROM pair p FULL JOIN truth t USING (s, a, b)
        WHERE p.s IS NULL OR t.s IS NULL"""),
    ("common areas are the oracle's", """
        SELECT s, a, b, area_m2, common FROM pair JOIN truth USING (s, a, b)
        WHERE (area_m2 IS NULL) <> (common IS NULL)
            OR NOT abs(area_m2 - common) <= 1e-9 * (ma + mb) + 1e-6"""),
    ("shares follow from the areas", """
        SELECT s, a, b FROM pair JOIN truth USING (s, a, b)
        WHERE NOT (abs(share_a * ma - area_m2) <= 1e-8 * ma + 1e-6
               AND abs(share_b * mb - area_m2) <= 1e-8 * mb + 1e-6
               AND abs(iou * (ma + mb - area_m2) - area_m2) <= 1e-8 * (ma + mb) + 1e-6)"""),
    ("classes follow from the areas", """
        SELECT s, a, b, class, expected, common, ma, mb FROM (
            SELECT *, CASE
                WHEN common IS NULL THEN CASE WHEN ca AND cb THEN 'duplicate' WHEN ca THEN 'contains'
                    WHEN cb THEN 'within' ELSE 'adjacent' END
                WHEN common < 1e-6 THEN 'adjacent'
                WHEN ma + mb - 2 * common <= tol THEN 'duplicate'
                WHEN mb - common <= tol AND (ma >= mb OR ma - common > tol) THEN 'contains'
                WHEN ma - common <= tol THEN 'within'
                WHEN common <= 1 THEN 'sliver' ELSE 'partial' END AS expected
            FROM pair JOIN truth USING (s, a, b), LATERAL (SELECT least(1, ma / 2, mb / 2) AS tol) t) x
        WHERE class <> expected
            -- too close to a threshold to tell
            AND (common IS NULL OR NOT (abs(common - 1e-6) < 1e-5 OR abs(common - 1) < 1e-5
                OR abs(ma + mb - 2 * common - 1) < 1e-4 OR abs(ma - common - 1) < 1e-4
                OR abs(mb - common - 1) < 1e-4))"""),
    ("distances are nothing, and pairs are in order", """
        SELECT s FROM pair WHERE distance_m <> 0 OR NOT key_a COLLATE "C" < key_b COLLATE "C" """),
)

OVERLAP = """
CREATE TABLE pair AS
SELECT s, p.*, p.key_a AS a, p.key_b AS b
FROM (SELECT s, mf_overlaps(id, m) AS pairs FROM rec GROUP BY s) x, unnest(pairs) p
WHERE class <> 'near';
CREATE TABLE truth AS
SELECT x.s, x.id::text AS a, y.id::text AS b, mf_area(x.m) AS ma, mf_area(y.m) AS mb,
       CASE WHEN x.f IS NOT NULL AND y.f IS NOT NULL
            THEN oracle_area(polygons(ST_Intersection(x.f, y.f))) END AS common,
       ST_Covers(coalesce(x.f, x.g), coalesce(y.f, y.g)) AS ca,
       ST_Covers(coalesce(y.f, y.g), coalesce(x.f, x.g)) AS cb
FROM ground x JOIN ground y ON x.s = y.s AND x.id::text COLLATE "C" < y.id::text COLLATE "C"
WHERE ST_Intersects(coalesce(x.f, x.g), coalesce(y.f, y.g));
"""


def check(db, checks):
    for what, sql in checks:
        wrong = db.run(sql)
        ok(wrong == "", what, *wrong.split("\n")[:5])


def main():
    print("# seed %d, %d scenarios of up to %d records" % (SEED, SCENARIOS, RECORDS))
    with Database("engine_oracle") as db:
        load(db, SEED, SCENARIOS, RECORDS)
        db.run(ORACLE)
        print("# %s records, %s faces" % (db.run("SELECT count(*) FROM rec"),
                                          db.run("SELECT count(*) FROM face")))
        wrong = db.run("""SELECT s, id, mf_area(m), oracle_area(valid(g)) FROM rec
            WHERE ST_Dimension(g) = 2 AND NOT ST_IsEmpty(g)
                AND NOT abs(mf_area(m) - oracle_area(valid(g))) <= 1e-9 * oracle_area(valid(g)) + 1e-6""")
        ok(wrong == "", "areas of records are the oracle's", *wrong.split("\n")[:5])
        wrong = db.run("""SELECT s, id, mf_area(m), mf_area(b), ST_AsText(g) FROM (
            SELECT *, ST_Buffer(g::geography, 20, 'quad_segs=32 endcap=flat')::geometry AS b
            FROM rec JOIN raw USING (s, id) WHERE ST_Dimension(g) = 1 AND width = 40) x
            WHERE NOT abs(mf_area(m) - mf_area(b)) <= 0.01 * mf_area(b)""")
        ok(wrong == "", "lines with a width are buffers with flat ends", *wrong.split("\n")[:5])
        check(db, CHECKS)
        db.run(OVERLAP)
        print("# %s pairs" % db.run("SELECT count(*) FROM pair"))
        check(db, OVERLAP_CHECKS)
    finish()


main()
