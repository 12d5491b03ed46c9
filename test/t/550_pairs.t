#!/usr/bin/python3
"""550_pairs.t - pairs of extents against PostGIS, degenerate ones among them

Sets of extents that lie upon each other: on lattices, where everything shares
edges and corners; irregular outlines with holes and several parts; strips of
a nanometre; copies. Every two of a set are a pair: more than 200,000.  The
pairs that touch must be those of ST_Intersects, their common areas those of
ST_Intersection, by mf_area for all of them and, for some, by PROJ's
equal-area projection of the densified shape.

Then what is said of accuracy: whether an overlap is certain, by shifting one
of the two in every direction; which pairs are near, by distances on the
geography; the shift, by the centroids.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEED, SETS and RECORDS (of one set) may be set.
"""
import math
import os
import random

from engine_lib import Database, finish, ok, polygon, ring, shifted, star

SEED = int(os.environ.get("SEED", "20261127"))
SETS = int(os.environ.get("SETS", "420"))
RECORDS = int(os.environ.get("RECORDS", "33"))


def lattice(rnd, x, y, cell):
    """A shape whose corners are corners of a grid of eight cells a side."""
    def at(i, j):
        return (x + i * cell, y + j * cell)
    i, j = rnd.randrange(7), rnd.randrange(7)
    w, h = rnd.randint(1, 8 - i), rnd.randint(1, 8 - j)
    block = [at(i, j), at(i + w, j), at(i + w, j + h), at(i, j + h)]
    kind = rnd.random()
    if kind < 0.3:
        points = block
    elif kind < 0.5:                            # a triangle, half of the block
        k = rnd.randrange(4)
        points = [block[k], block[(k + 1) % 4], block[(k + 2) % 4]]
    elif kind < 0.6 and w > 1 and h > 1:        # an L
        a, b = rnd.randint(1, w - 1), rnd.randint(1, h - 1)
        points = [at(i, j), at(i + w, j), at(i + w, j + b), at(i + a, j + b),
                  at(i + a, j + h), at(i, j + h)]
    elif kind < 0.7:                            # needless corners along the way
        points = [at(i + k, j) for k in range(w + 1)] + [at(i + w, j + h), at(i, j + h)]
    elif kind < 0.85 and w > 2 and h > 2:       # a hole, perhaps touching the shell
        a, b = rnd.randint(1, w - 2), rnd.randint(1, h - 2)
        hole = [at(i + a, j + b), at(i + a + 1, j + b), at(i + a, j + b + 1)]
        if rnd.random() < 0.4:
            hole[0] = at(i, j + b)              # one corner on an edge
        return polygon(block, hole)
    elif kind < 0.95 and i + w < 8:             # two parts that meet in a corner or keep apart
        k = rnd.randint(i + w, 7)
        far = [at(k, 8 - 1), at(k + 1, 8 - 1), at(k + 1, 8), at(k, 8)]
        if k > i + w or j + h < 7:
            return "MULTIPOLYGON((%s),(%s))" % (ring(block), ring(far))
        points = block
    else:
        points = block
    if rnd.random() < 0.5:
        points = points[::-1]
    k = rnd.randrange(len(points))
    return polygon(points[k:] + points[:k])


def irregular(rnd, x, y, r, earlier):
    kind = rnd.random()
    if earlier and kind < 0.15:
        return polygon(rnd.choice(earlier))
    if earlier and kind < 0.25:                 # a grid step of 1e-9 degrees aside
        return polygon(shifted(rnd.choice(earlier), rnd.choice([-1e-9, 0, 1e-9]), 1e-9))
    if earlier and kind < 0.35:                 # on an edge of another, or along half of it
        points = rnd.choice(earlier)
        (ax, ay), (bx, by) = points[0], points[1]
        return polygon([(ax, ay), ((ax + bx) / 2, (ay + by) / 2),
                        (ax + (by - ay), ay - (bx - ax))])
    if kind < 0.42:                             # a strip of a few nanometres
        a = rnd.uniform(0, math.pi)
        dx, dy = r * math.cos(a), r * math.sin(a)
        return polygon([(x - dx, y - dy), (x + dx, y + dy), (x + dx, y + dy + 5e-9)])
    cx, cy = x + rnd.uniform(-r, r), y + rnd.uniform(-r, r)
    points = star(rnd, cx, cy, r * rnd.uniform(0.1, 1), rnd.randint(3, 60), rnd.choice([0, 0.5]))
    points = [(round(px, 9), round(py, 9)) for px, py in points]
    earlier.append(points)
    return polygon(points)


def rows():
    rnd = random.Random(SEED)
    for s in range(SETS):
        x, y = round(rnd.uniform(-170, 170), 3), round(rnd.uniform(-70, 70), 3)
        r, earlier = rnd.choice([1e-5, 1e-3, 1e-2, 0.3]), []
        cell = rnd.choice([1e-6, 1e-3, 0.125])
        for k in range(RECORDS):
            wkt = lattice(rnd, x, y, cell) if s % 2 else irregular(rnd, x, y, r, earlier)
            yield "%d\t%d\t%s\t%s" % (s, k, rnd.choice([0, 3, 20, 100, 500]), wkt)


ORACLE = """
CREATE FUNCTION polygons(g geometry) RETURNS geometry LANGUAGE sql AS $$
    SELECT ST_CollectionExtract(g, 3) $$;
CREATE TABLE ground AS
SELECT s, id, accuracy, g, CASE WHEN ST_IsValid(g) THEN g ELSE polygons(ST_MakeValid(g, 'method=structure')) END AS f
FROM (SELECT s, id, accuracy, ST_GeomFromText(wkt, 4326) AS g FROM raw) x;
DELETE FROM ground WHERE ST_IsEmpty(f);
CREATE TABLE truth AS
SELECT x.s, x.id AS a, y.id AS b, mf_area(x.f) AS ma, mf_area(y.f) AS mb, i,
       mf_area(polygons(i)) AS common
FROM ground x JOIN ground y ON x.s = y.s AND x.id < y.id AND ST_Intersects(x.f, y.f)
CROSS JOIN LATERAL ST_Intersection(x.f, y.f) i;
CREATE TABLE pair AS
SELECT s, key_a::int AS a, key_b::int AS b, p.*
FROM (SELECT s, mf_overlaps(lpad(id::text, 3, '0'), g) AS pairs FROM ground GROUP BY s) x, unnest(pairs) p;
CREATE FUNCTION oracle_area(g geometry) RETURNS float8 LANGUAGE sql AS $$
    SELECT ST_Area(ST_Transform(ST_Segmentize(g,
                greatest(ST_XMax(g) - ST_XMin(g), ST_YMax(g) - ST_YMin(g)) / 300),
            '+proj=longlat +ellps=WGS84 +no_defs',
            '+proj=cea +ellps=WGS84 +lon_0=' || ((ST_XMin(g) + ST_XMax(g)) / 2)::numeric(9, 4))) $$;
"""

CHECKS = (
    ("pairs that touch are those of ST_Intersects", """
        SELECT s, a, b, p.class FROM pair p FULL JOIN truth t USING (s, a, b)
        WHERE p.s IS NULL OR t.s IS NULL"""),
    ("common areas are those of ST_Intersection", """
        SELECT s, a, b, area_m2, common, ma, mb FROM pair JOIN truth USING (s, a, b)
        WHERE NOT abs(coalesce(area_m2, 0) - common) <= 1e-9 * (ma + mb) + 1e-6"""),
    ("and, for some, those of an equal-area projection", """
        SELECT s, a, b, area_m2, oracle_area(polygons(i)) FROM pair JOIN truth USING (s, a, b)
        WHERE abs(hashint4(s * 4096 + a * 64 + b)) % 40 = 0 AND common > 0 AND ma + mb < 1e8
            AND NOT abs(area_m2 - oracle_area(polygons(i))) <= 1e-8 * (ma + mb) + 1e-4"""),
    ("what shares a square millimetre is not adjacent, and the other way round", """
        SELECT s, a, b, class, common FROM pair JOIN truth USING (s, a, b)
        WHERE ma > 1e-5 AND mb > 1e-5 AND (class = 'adjacent') <> (common < 1e-6)
            AND abs(common - 1e-6) > 1e-7 + 1e-12 * (ma + mb)"""),
    ("copies are duplicates", """
        SELECT s, a, b, class, ma, mb, common FROM pair JOIN truth USING (s, a, b)
        WHERE ma > 1e-5 AND abs(ma + mb - 2 * common) < least(0.9, ma / 3, mb / 3) - 1e-9 * ma AND class <> 'duplicate'"""),
    ("distances are nothing", "SELECT s, a, b FROM pair WHERE distance_m <> 0"),
    ("shifts are those of the centroids", """
        SELECT s, a, b, shift_m, d, shift_azimuth_deg, z FROM (
            SELECT p.s, a, b, shift_m, shift_azimuth_deg, ST_Distance(x.c, y.c) AS d, degrees(ST_Azimuth(x.c, y.c)) AS z
            FROM pair p JOIN centre x ON x.s = p.s AND x.id = a JOIN centre y ON y.s = p.s AND y.id = b) q
        WHERE NOT abs(shift_m - d) <= 1.1e-3 + 1e-6 * d
            OR shift_m > 1 AND NOT abs(sin(radians(shift_azimuth_deg - z) / 2)) * d <= 1e-3 + 1e-6 * d
            OR (shift_m = 0) <> (shift_azimuth_deg IS NULL)"""),
)

# Azimuths and shifts of up to the combined accuracy, in the metric of the place.
CERTAINTY = """
CREATE TABLE known AS
SELECT s, key_a::int AS a, key_b::int AS b, p.class, p.certainty, p.distance_m
FROM (SELECT s, mf_overlaps(lpad(id::text, 3, '0'), mf_make(NULL, g, jsonb_build_object('accuracy95_m', accuracy))) AS pairs
      FROM ground WHERE s %% 7 = 0 AND id < %d GROUP BY s) x, unnest(pairs) p;
ALTER TABLE known ADD u float8, ADD x geometry, ADD y geometry, ADD plain boolean;
UPDATE known k SET u = sqrt(p.accuracy ^ 2 + q.accuracy ^ 2), x = p.f, y = q.f,
    plain = ST_NPoints(p.f) = 4 AND ST_NPoints(q.f) = 4
FROM ground p, ground q WHERE p.s = k.s AND p.id = a AND q.s = k.s AND q.id = b;
CREATE FUNCTION moved(g geometry, metres float8, k int) RETURNS geometry LANGUAGE sql AS $$
    SELECT ST_Translate(g, metres * sin(pi() * k / 180) / (111319.49 * cos(radians(lat)) / sqrt(1 - 0.00669438 * sin(radians(lat)) ^ 2)),
        metres * cos(pi() * k / 180) / (111319.49 * 0.99330562 / (1 - 0.00669438 * sin(radians(lat)) ^ 2) ^ 1.5))
    FROM (SELECT ST_Y(ST_Centroid(g)) AS lat) c $$;
"""

CERTAINTY_CHECKS = (
    ("pairs are near within their accuracy, and only then", """
        SELECT s, a, b, class, k.u, d FROM (
            SELECT x.s, x.id AS a, y.id AS b, ST_Distance(x.f::geography, y.f::geography) AS d,
                   sqrt(x.accuracy ^ 2 + y.accuracy ^ 2) AS u
            FROM ground x JOIN ground y ON x.s = y.s AND x.id < y.id
            WHERE x.s % 7 = 0 AND greatest(x.id, y.id) < (SELECT max(b) + 1 FROM known) AND NOT ST_Intersects(x.f, y.f)) t
        FULL JOIN (SELECT * FROM known WHERE class = 'near') k USING (s, a, b)
        WHERE d IS NULL OR abs(d - t.u) > 0.01 + 0.002 * t.u AND (k.s IS NOT NULL) <> (d <= t.u)"""),
    ("what is near is possible, what shares nothing no more than that", """
        SELECT s, a, b, class, certainty FROM known
        WHERE (class IN ('near', 'adjacent')) <> (certainty = 'possible') OR certainty IS NULL"""),
    ("what is certain outlasts every shift within the accuracy", """
        SELECT s, a, b, u, k FROM known, generate_series(0, 350, 10) k
        WHERE certainty = 'certain' AND ST_XMax(x) - ST_XMin(x) < 0.05
            AND NOT (ST_Intersects(x, moved(y, u, k)) AND ST_Intersects(x, moved(y, u * 0.6, k)))"""),
    ("what is probable, of triangles, does not", """
        SELECT s, a, b, u FROM known
        WHERE certainty = 'probable' AND plain AND ST_XMax(x) - ST_XMin(x) < 0.05
            AND NOT EXISTS (SELECT FROM generate_series(0, 359) k WHERE NOT ST_Intersects(x, moved(y, u * 1.015 + 1e-4, k)))"""),
    ("each is met with", """
        SELECT v FROM unnest('{certain,probable,possible}'::text[]) v
        WHERE (SELECT count(*) FROM known WHERE certainty = v AND (plain OR v <> 'probable')) < 10"""),
)


def check(db, checks):
    for what, sql in checks:
        wrong = db.run(sql)
        ok(wrong == "", what, *wrong.split("\n")[:5])


def main():
    print("# seed %d, %d sets of %d" % (SEED, SETS, RECORDS))
    with Database("pairs") as db:
        db.run("CREATE TABLE raw (s int, id int, accuracy float8, wkt text);\n"
               "COPY raw FROM stdin;\n%s\n\\.\n" % "\n".join(rows()))
        db.run(ORACLE)
        db.run("CREATE TABLE centre AS SELECT s, id, ST_Centroid(f)::geography AS c FROM ground;")
        print("# %s pairs, of which %s touch and %s share ground; %s extents are invalid" % tuple(db.run(
            "SELECT (SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) AS n FROM ground GROUP BY s) x),"
            " (SELECT count(*) FROM truth), (SELECT count(*) FROM truth WHERE common > 1e-6),"
            " (SELECT count(*) FROM ground WHERE NOT ST_IsValid(g))").split("|")))
        check(db, CHECKS)
        db.run(CERTAINTY % min(RECORDS, 24))
        print("# %s" % db.run("SELECT string_agg(certainty || ' ' || n, ', ' ORDER BY certainty) FROM"
                              " (SELECT certainty, count(*) AS n FROM known GROUP BY 1) x"))
        check(db, CERTAINTY_CHECKS)
    finish()


main()
