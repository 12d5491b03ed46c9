#!/usr/bin/python3
"""560_line_gaps.t - line gaps against distances measured point by point

Random lines through random sets of records.  At points along each line the
distance from every record is measured by PostGIS: in PROJ's azimuthal
equidistant projection about the point, where distances from it are geodesic
ones, to outlines cut into edges short enough to stay straight; inside is asked
of ST_Intersects.  Ends of gaps, measures and neighbours are held against the
same distances.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEED, SCENARIOS, RECORDS (the most of one scenario) and SAMPLES
(points along each line) may be set.
"""
import math
import os
import random

from engine_lib import Database, finish, load, ok

SEED = int(os.environ.get("SEED", "20261201"))
SCENARIOS = int(os.environ.get("SCENARIOS", "60"))
RECORDS = int(os.environ.get("RECORDS", "25"))
SAMPLES = int(os.environ.get("SAMPLES", "25"))
DISTANCES = (0, 3, 40, 250, 1500)

SETUP = """
-- what is near, for PostGIS: the inside, and the outline in short edges
CREATE TABLE shape AS
SELECT s, id, CASE WHEN ST_IsValid(g) THEN g ELSE ST_MakeValid(g, 'method=structure') END AS inside,
       ST_Segmentize(CASE WHEN ST_Dimension(g) = 2 THEN ST_Boundary(g) ELSE g END, 0.0003) AS outline
FROM rec WHERE NOT ST_IsEmpty(g);
CREATE INDEX ON shape (s);
CREATE FUNCTION apart(shape, p geometry) RETURNS float8 LANGUAGE sql AS $$
    SELECT CASE WHEN ST_Dimension($1.inside) = 2 AND ST_Intersects($1.inside, p) THEN 0
                ELSE ST_Distance(ST_Transform(ST_SetSRID($1.outline, 0), '+proj=longlat +ellps=WGS84 +no_defs',
                    '+proj=aeqd +ellps=WGS84 +lat_0=' || ST_Y(p) || ' +lon_0=' || ST_X(p)), 'POINT(0 0)') END $$;
CREATE TABLE answer AS
SELECT l.s, l.line, l.d, 1e-3 + 1e-5 * l.d AS tolerance, mf_line_gaps(m, l.line, l.d) AS gaps,
       mf_line_gap_rows(r.id, m, l.line, l.d) AS rows
FROM line l LEFT JOIN rec r USING (s) GROUP BY l.s, l.line, l.d;
CREATE TABLE gap AS
SELECT s, d, tolerance, line, r.*, ST_StartPoint(r.geometry) AS a, ST_EndPoint(r.geometry) AS b
FROM answer, unnest(rows) r;
-- ends of gaps that are not ends of parts
CREATE TABLE gap_end AS
SELECT * FROM (SELECT s, d, tolerance, n, line, a AS p FROM gap UNION ALL SELECT s, d, tolerance, n, line, b FROM gap) x
WHERE NOT EXISTS (SELECT FROM ST_Dump(line) t WHERE p IN (ST_StartPoint(t.geom), ST_EndPoint(t.geom)));
"""

# Each query lists what is wrong; none must be.
CHECKS = (
    ("gaps are MultiLineStrings", """
        SELECT s FROM answer WHERE GeometryType(gaps) <> 'MULTILINESTRING' OR ST_SRID(gaps) <> 4326"""),
    ("points in gaps are far from every record, others near one", """
        SELECT s, d, apart, ST_AsText(p) FROM (
            SELECT a.s, d, tolerance, p, coalesce(ST_Distance(gaps, p) < 1e-10, false) AS open,
                   (SELECT min(apart(x, p)) FROM shape x WHERE x.s = a.s) AS apart
            FROM answer a JOIN sample USING (s)) y
        WHERE CASE WHEN open THEN apart <= d - tolerance ELSE coalesce(apart, 'Infinity') > d + tolerance END"""),
    ("gaps end at the distance", """
        SELECT s, d, n, apart FROM (
            SELECT *, (SELECT min(apart(x, p)) FROM shape x WHERE x.s = e.s) AS apart FROM gap_end e) y
        WHERE NOT abs(apart - d) <= tolerance"""),
    ("as <-> has it", """
        SELECT s, d, n, apart FROM (
            SELECT *, (SELECT min(m <-> p) FROM rec WHERE rec.s = e.s) AS apart FROM gap_end e) y
        WHERE NOT abs(apart - d) <= tolerance"""),
    ("rows are numbered along the line, and do not meet", """
        SELECT s FROM answer, unnest(rows) WITH ORDINALITY r
        WHERE r.n <> ordinality OR NOT r.to_m > r.from_m OR abs(r.to_m - r.from_m - r.length_m) > 1e-9
            OR r.from_m < (SELECT q.to_m FROM unnest(rows) q WHERE q.n = r.n - 1)"""),
    ("the rows together are the gaps", """
        SELECT s FROM answer WHERE cardinality(rows) <> ST_NumGeometries(gaps)
            OR EXISTS (SELECT FROM unnest(rows) r WHERE NOT ST_GeometryN(gaps, r.n) = r.geometry
                       OR ST_AsEWKB(ST_GeometryN(gaps, r.n)) <> ST_AsEWKB(r.geometry))"""),
    ("lengths are those of the stretches", """
        SELECT s, n, length_m, l FROM gap, ST_Length(ST_Segmentize(geometry, 0.0003)::geography) l
        WHERE NOT abs(length_m - l) <= 2 * tolerance + 1e-7 * l"""),
    ("measures are along the line", """
        SELECT s, n, from_m, l FROM gap,
            ST_Length(ST_Segmentize(ST_LineSubstring(line, 0, ST_LineLocatePoint(line, a)), 0.0003)::geography) l
        WHERE GeometryType(line) = 'LINESTRING' AND ST_IsSimple(line) AND NOT abs(from_m - l) <= tolerance + 1e-3 + 1e-7 * l"""),
    ("neighbours are the records at the distance from an end", """
        SELECT g.s, g.n, x.id, near FROM gap g JOIN shape x USING (s),
            least(apart(x, a), apart(x, b)) AS near
        WHERE CASE WHEN near <= d + 1e-3 + 1e-5 * d THEN NOT x.id::text = ANY (neighbours)
                   WHEN near > d + 3e-3 + 3e-5 * d THEN x.id::text = ANY (neighbours) END"""),
    ("neighbours are sorted", """
        SELECT s, n FROM gap WHERE neighbours <> ARRAY(SELECT DISTINCT k COLLATE "C" FROM unnest(neighbours) k ORDER BY 1)"""),
    ("without records all is gap", """
        SELECT s FROM line, mf_line_gaps(NULL::minefield[], line, d) g WHERE NOT ST_Equals(g, line)"""),
)


def point(x, y):
    return "%.17g %.17g" % (x, y)


def line_through(rnd, x, y, r):
    """The parts of a line about a place, as lists of points."""
    parts = []
    for part in range(rnd.choice((1, 1, 1, 2, 3))):
        a = rnd.uniform(0, 2 * math.pi)
        px, py = x - 1.6 * r * math.cos(a), y - 1.3 * r * math.sin(a)
        n = rnd.choice((2, 3, 8, 40, 150))
        points = []
        for i in range(n):
            points.append((px, py))
            px += 3.2 * r * math.cos(a) / n + rnd.uniform(-1, 1) * r / n
            py += 2.6 * r * math.sin(a) / n + rnd.uniform(-1, 1) * r / n
        parts.append(points)
    return parts


def lines_and_samples(rnd, db):
    rows, samples = [], []
    for row in db.run("SELECT s, ST_X(c), ST_Y(c), r FROM aoi, ST_Centroid(ST_Envelope(aoi)) c,"
                      " LATERAL (SELECT (ST_YMax(aoi) - ST_YMin(aoi)) / 2 AS r) q").split("\n"):
        s, x, y, r = row.split("|")
        parts = line_through(rnd, float(x), float(y), float(r))
        texts = ["(%s)" % ",".join(point(*p) for p in part) for part in parts]
        text = "LINESTRING" + texts[0] if len(parts) == 1 else "MULTILINESTRING(%s)" % ",".join(texts)
        rows.append("%s\tSRID=4326;%s\t%d" % (s, text, rnd.choice(DISTANCES)))
        for _ in range(SAMPLES):
            part = rnd.choice(parts)
            i, t = rnd.randrange(len(part) - 1), rnd.random()
            (ax, ay), (bx, by) = part[i], part[i + 1]
            samples.append("%s\tSRID=4326;POINT(%s)" % (s, point(ax + t * (bx - ax), ay + t * (by - ay))))
    db.run("\n".join(["CREATE TABLE line (s int, line geometry, d float8);",
                      "CREATE TABLE sample (s int, p geometry);", "COPY line FROM stdin;"] + rows +
                     ["\\.", "COPY sample FROM stdin;"] + samples + ["\\.", ""]))


def main():
    print("# seed %d, %d scenarios of up to %d records" % (SEED, SCENARIOS, RECORDS))
    with Database("line_gaps") as db:
        load(db, SEED, SCENARIOS, RECORDS)
        lines_and_samples(random.Random(SEED + 1), db)
        db.run(SETUP)
        gaps = int(db.run("SELECT count(*) FROM gap"))
        print("# %d gaps, %s ends, %s samples" % (gaps, db.run("SELECT count(*) FROM gap_end"),
                                                 db.run("SELECT count(*) FROM sample")))
        ok(gaps > SCENARIOS, "there are gaps")
        for what, sql in CHECKS:
            wrong = db.run(sql)
            ok(wrong == "", what, *wrong.split("\n")[:5])
    finish()


main()
