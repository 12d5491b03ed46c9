#!/usr/bin/python3
"""570_outside.t - finds outside every record against looking at every record

Random finds about random sets of records, some on vertices and edges.  Outside
is what ST_Intersects says of valid copies and mf_intersects of each record;
the nearest record, its distance and what lies within its accuracy come from
<-> of each record, and from PostGIS's geodesics on geography to outlines cut
into short edges: never less, but a little more where the point nearest on a
sphere is not the nearest on the ellipsoid.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEED, SCENARIOS, RECORDS (the most of one scenario) and FINDS
(of each) may be set.
"""
import os

from engine_lib import Database, finish, load, ok

SEED = int(os.environ.get("SEED", "20261202"))
SCENARIOS = int(os.environ.get("SCENARIOS", "60"))
RECORDS = int(os.environ.get("RECORDS", "25"))
FINDS = int(os.environ.get("FINDS", "40"))

SETUP = """
SELECT setseed(%f);
CREATE TABLE shape AS
SELECT s, id, m, accuracy, CASE WHEN ST_IsValid(g) THEN g ELSE ST_MakeValid(g, 'method=structure') END AS inside,
       ST_Segmentize(CASE WHEN ST_Dimension(g) = 2 THEN ST_Boundary(g) ELSE g END, 0.0003)::geography AS outline
FROM rec JOIN raw USING (s, id) WHERE NOT ST_IsEmpty(g);
CREATE INDEX ON shape (s);
-- about the area, on vertices, in the middle of edges, far away, nowhere
CREATE TABLE find AS
SELECT s, row_number() OVER () AS id, place FROM (
    SELECT s, ST_SetSRID(ST_MakePoint(ST_X(c) + (random() - 0.5) * w, ST_Y(c) + (random() - 0.5) * w), 4326) AS place
    FROM aoi, ST_Centroid(ST_Envelope(aoi)) c, generate_series(1, %d),
        LATERAL (SELECT 4 * (ST_YMax(aoi) - ST_YMin(aoi)) AS w) q
    UNION ALL SELECT s, (ST_DumpPoints(g)).geom FROM rec WHERE id %% 7 = 0 AND NOT ST_IsEmpty(g)
    UNION ALL SELECT s, ST_LineInterpolatePoint(ST_ExteriorRing(g), random()) FROM rec
        WHERE GeometryType(g) = 'POLYGON' AND NOT ST_IsEmpty(g)
    UNION ALL SELECT s, ST_SetSRID(ST_MakePoint(random() * 360 - 180, random() * 180 - 90), 4326) FROM aoi
    UNION ALL SELECT s, CASE WHEN s %% 2 = 0 THEN geometry 'SRID=4326;POINT EMPTY' END FROM aoi) x;
CREATE TABLE answer AS
SELECT s, o.* FROM (
    SELECT s, mf_outside_records(find, place, record, m) AS found FROM (
        SELECT s, 'f' || id AS find, place, NULL AS record, NULL::minefield AS m FROM find
        UNION ALL SELECT s, NULL, NULL, 'r' || id, m FROM rec) q GROUP BY s) y, unnest(found) o;
-- every find and every located record of its scenario
CREATE TABLE pair AS
SELECT f.s, 'f' || f.id AS key, 'r' || x.id AS record, accuracy, place, mf_intersects(m, place) AS touch,
       ST_Intersects(inside, place) AS postgis_touch, m <-> place AS d,
       CASE WHEN ST_Dimension(inside) = 2 AND ST_Intersects(inside, place) THEN 0
            ELSE ST_Distance(outline, place::geography) END AS apart
FROM find f JOIN shape x USING (s) WHERE NOT ST_IsEmpty(place);
CREATE TABLE truth AS
SELECT s, 'f' || f.id AS key, place, bool_or(touch) AS touch, bool_or(postgis_touch) AS postgis_touch, min(d) AS d, min(apart) AS apart,
       -- by a hair nobody can tell
       bool_or(abs(d - accuracy) < 1e-3 + 1e-9 * d) AS vague,
       bool_or(d <= accuracy) AS reached
FROM find f LEFT JOIN pair USING (s, place) WHERE NOT coalesce(ST_IsEmpty(place), true) GROUP BY s, f.id, place;
"""

# Each query lists what is wrong; none must be.
CHECKS = (
    ("finds outside are those that no record intersects", """
        SELECT s, key FROM truth t FULL JOIN (SELECT * FROM answer WHERE unlocated_candidates IS NOT NULL) a USING (s, key)
        WHERE coalesce(touch, false) IS DISTINCT FROM (a.unlocated_candidates IS NULL)"""),
    # MakeValid moves edges by a hair
    ("as ST_Intersects has it", """
        SELECT s, key, ST_AsText(place) FROM truth t LEFT JOIN answer a USING (s, key)
        WHERE postgis_touch IS DISTINCT FROM touch AND apart > 1e-4"""),
    ("distances are the least geodesic ones", """
        SELECT s, key, distance_m, apart FROM truth JOIN answer USING (s, key)
        WHERE NOT distance_m BETWEEN apart * (1 - 2e-3) - 1e-3 AND apart + 1e-3 + 1e-9 * apart OR (distance_m IS NULL) <> (apart IS NULL)"""),
    ("as <-> has them", """
        SELECT s, key, distance_m, d FROM truth JOIN answer USING (s, key)
        WHERE NOT abs(distance_m - d) <= 1e-3 + 1e-9 * d"""),
    ("the nearest is as far as said", """
        SELECT a.s, a.key, nearest, distance_m, p.d FROM answer a JOIN pair p USING (s, key)
        WHERE p.record = nearest AND NOT abs(distance_m - p.d) <= 1e-3 + 1e-9 * p.d"""),
    ("within uncertainty is within some record's accuracy, or unknown with the nearest's", """
        SELECT a.s, a.key, within_uncertainty, t.reached, p.accuracy FROM answer a JOIN truth t USING (s, key)
            JOIN pair p ON p.s = a.s AND p.key = a.key AND p.record = nearest
        WHERE NOT coalesce(t.vague, false) AND within_uncertainty IS DISTINCT FROM
            CASE WHEN coalesce(t.reached, false) THEN true WHEN p.accuracy IS NULL THEN NULL ELSE false END"""),
    ("unlocated records are counted", """
        SELECT s, key FROM answer JOIN find f USING (s) WHERE key = 'f' || f.id AND unlocated_candidates IS DISTINCT FROM
            CASE WHEN NOT coalesce(ST_IsEmpty(place), true) THEN
                (SELECT count(*) FROM rec WHERE rec.s = answer.s AND coalesce(ST_IsEmpty(g), true)) END"""),
    ("finds without a place are listed", """
        SELECT s, f.id FROM find f WHERE coalesce(ST_IsEmpty(place), true) AND NOT EXISTS (
            SELECT FROM answer a WHERE a.s = f.s AND key = 'f' || f.id AND num_nulls(nearest, distance_m, within_uncertainty) = 3)"""),
    ("the order is that of the keys", """
        SELECT s FROM (SELECT s, array_agg(key) AS keys FROM answer GROUP BY s) x
        WHERE keys <> ARRAY(SELECT k COLLATE "C" FROM unnest(keys) k ORDER BY 1)"""),
)

# One by one, through the index, as doc/outside.md has it.
ONE_BY_ONE = """
SELECT f.id, n.id, n.distance_m FROM find f
CROSS JOIN LATERAL (SELECT b.id, b.m <-> f.place AS distance_m FROM big b ORDER BY b.m <-> f.place LIMIT 1) n
WHERE NOT EXISTS (SELECT FROM big b WHERE mf_intersects(b.m, f.place)) AND NOT ST_IsEmpty(f.place)"""
BIG = """
CREATE TABLE big AS
SELECT row_number() OVER () AS id, m FROM rec, generate_series(1, 30);
CREATE INDEX big_m ON big USING gist (m); ANALYZE big;
"""


def main():
    print("# seed %d, %d scenarios of up to %d records" % (SEED, SCENARIOS, RECORDS))
    with Database("outside") as db:
        load(db, SEED, SCENARIOS, RECORDS)
        db.run(SETUP % ((SEED % 1000) / 1000, FINDS))
        print("# %s finds, %s outside" % (db.run("SELECT count(*) FROM find"), db.run("SELECT count(*) FROM answer")))
        ok(int(db.run("SELECT count(*) FROM truth WHERE touch")) > SCENARIOS, "finds lie in records")
        ok(int(db.run("SELECT count(*) FROM answer WHERE distance_m > 0")) > SCENARIOS, "and outside")
        for what, sql in CHECKS:
            wrong = db.run(sql)
            ok(wrong == "", what, *wrong.split("\n")[:5])
        db.run(BIG)
        plan = db.run("EXPLAIN (COSTS off) " + ONE_BY_ONE)
        ok(plan.count("Index Scan using big_m") == 2 and "Order By: (m <-> f.place)" in plan,
           "one by one goes through the index", *plan.split("\n"))
        differ = db.run("""
            SELECT count(*) FROM (%s) x(key, nearest, d) FULL JOIN (
                SELECT o.* FROM (SELECT mf_outside_records(k, place, r, m) AS found FROM (
                    SELECT id::text AS k, place, NULL AS r, NULL::minefield AS m FROM find WHERE NOT coalesce(ST_IsEmpty(place), true)
                    UNION ALL SELECT NULL, NULL, id::text, m FROM big) q) y, unnest(found) o) b
            ON x.key::text = b.key WHERE x.key IS NULL OR b.key IS NULL OR NOT abs(d - distance_m) <= 1e-3 + 1e-9 * d""" % ONE_BY_ONE)
        ok(differ == "0", "and gives the same", differ)
    finish()


main()
