#!/usr/bin/python3
"""540_kernel.t - the arrangement against PostGIS where edges meet everywhere

Thousands of small arrangements: polygons on integer lattices, exact and
rounded, where everything shares edges and corners; copies, also moved by a
last digit; slivers; holes that touch their shells; parts that meet in points;
and what engine_lib.py strings together.  Gaps by symmetric difference from
ST_Difference of ST_Union, areas recorded k times by sums over single extents,
and for a part by rational arithmetic: the plane is cut into slabs at every
corner and crossing, exactly.  Where edges nearly coincide GEOS snaps them
together, so where it disagrees with us, rational arithmetic is the judge.  How
often the arrangement was left to GEOS is counted: never.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEED and ARRANGEMENTS may be set.
"""
import math
import os
import random
import re
from fractions import Fraction

from engine_lib import Database, finish, ok, scenario

SEED = int(os.environ.get("SEED", "20261127"))
ARRANGEMENTS = int(os.environ.get("ARRANGEMENTS", "2200"))
EXACT = 60                      # every so many are counted exactly, too


def text(points):
    points = points + points[:1]
    return "(%s)" % ",".join("%r %r" % (x, y) for x, y in points)


def polygon(*rings):
    return "POLYGON(%s)" % ",".join(text(r) for r in rings)


def crosses(a, b, c, d):
    """Do two segments of integer corners have a point in common?"""
    def turn(p, q, r):
        v = (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
        return (v > 0) - (v < 0)
    if (max(a[0], b[0]) < min(c[0], d[0]) or max(c[0], d[0]) < min(a[0], b[0]) or
            max(a[1], b[1]) < min(c[1], d[1]) or max(c[1], d[1]) < min(a[1], b[1])):
        return False
    return turn(a, b, c) * turn(a, b, d) <= 0 and turn(c, d, a) * turn(c, d, b) <= 0


def simple(points):
    n = len(points)
    for i in range(n):
        a, b, c = points[i], points[(i + 1) % n], points[(i + 2) % n]
        if (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0]):
            return False
        for k in range(i + 2, n):
            if (i, k) != (0, n - 1) and crosses(a, b, points[k], points[(k + 1) % n]):
                return False
    return True


def lattice_ring(rnd, side):
    """A simple polygon with corners on a lattice."""
    while True:
        n = rnd.choice([3, 4, 4, 5, 6])
        points = [(rnd.randint(0, side), rnd.randint(0, side)) for _ in range(n)]
        if simple(points):
            return points


def lattice(rnd):
    side = rnd.choice([2, 3, 4, 6, 10])
    shapes = [[lattice_ring(rnd, side)] for _ in range(rnd.choice([1, 2, 3, 5, 9, 16]))]
    for _ in range(rnd.randint(0, 2)):
        x, y = rnd.randint(0, side), rnd.randint(0, side)
        shapes.append([[(x, y), (x + 3, y), (x + 3, y + 3), (x, y + 3)],
                       rnd.choice([[(x + 1, y + 1), (x + 2, y + 1), (x + 2, y + 2), (x + 1, y + 2)],
                                   [(x, y), (x + 2, y + 1), (x + 1, y + 2)]])])
    shapes += [rnd.choice(shapes) for _ in range(rnd.randint(0, 3))]
    return [lattice_ring(rnd, side)] if rnd.random() < 0.5 else \
        [[(0, 0), (side, 0), (side, side), (0, side)]], shapes


def chequers(rnd):
    """Squares that meet in corners: gaps and parts that touch in points."""
    side = rnd.choice([3, 4, 6])
    shapes = []
    for x in range(side):
        for y in range(side):
            if (x + y) % 2 == 0 or rnd.random() < 0.2:
                shapes.append([[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]])
    rnd.shuffle(shapes)
    a, b = rnd.choice([(0, side), (-1, side + 1), (0, side - 1)])
    return [[(a, a), (b, a), (b, b), (a, b)]], shapes


def copies(rnd):
    base = lattice_ring(rnd, 5)
    return [[(0, 0), (5, 0), (5, 5), (0, 5)]], [[base] for _ in range(rnd.choice([2, 10, 10, 10, 100]))]


def fan(rnd):
    """Triangles that share a corner, and edges through common points."""
    shapes = []
    for _ in range(rnd.randint(2, 10)):
        a, b = rnd.uniform(0, 2 * math.pi), rnd.uniform(0.1, 3)
        shapes.append([[(0, 0), (round(8 * math.cos(a)), round(8 * math.sin(a))),
                        (round(8 * math.cos(a + b)), round(8 * math.sin(a + b)))]])
    shapes = [s for s in shapes if simple(s[0])]
    return [[(-5, -5), (5, -5), (5, 5), (-5, 5)]], shapes


def placed(rnd, aoi, shapes):
    """Lattice units to degrees: exact, rounded, or jittered by so much."""
    kind = rnd.choice(["exact", "rounded", "turned", "1e-15", "1e-12", "1e-9"])
    x, y = float(rnd.randint(-170, 170)), float(rnd.randint(-70, 70))
    unit = 2.0 ** -10 if kind == "exact" else rnd.uniform(3e-4, 3e-3)
    a = rnd.uniform(0, 6) if kind == "turned" else 0.0
    jitter = float(kind) if kind[0] == "1" else 0.0
    c, s = math.cos(a), math.sin(a)

    def put(points):
        return [(x + unit * (c * u - s * v) + rnd.choice([0, 0, jitter, -jitter]),
                 y + unit * (s * u + c * v) + rnd.choice([0, 0, jitter, -jitter]))
                for u, v in points]
    return kind, polygon(*map(put, aoi)), [polygon(*map(put, rings)) for rings in shapes]


def arrangement(rnd):
    make = rnd.choice([lattice, lattice, lattice, chequers, copies, fan, None])
    if make is None:
        aoi, rows = scenario(rnd, rnd.randint(1, 25))
        return "strung", aoi, [wkt for wkt, _, _ in rows if wkt.find("POLYGON") >= 0]
    kind, aoi, shapes = placed(rnd, *make(rnd))
    return make.__name__ + " " + kind, aoi, shapes


SETUP = """
CREATE FUNCTION polygons(g geometry) RETURNS geometry LANGUAGE sql AS $$
    SELECT ST_CollectionExtract(g, 3) $$;
CREATE FUNCTION valid(g geometry) RETURNS geometry LANGUAGE sql AS $$
    SELECT CASE WHEN ST_IsValid(g) THEN g ELSE polygons(ST_MakeValid(g, 'method=structure')) END $$;
CREATE TABLE shape AS SELECT s, id, ST_GeomFromText(wkt, 4326) AS g FROM raw;
CREATE TABLE aoi AS SELECT s, kind, ST_GeomFromText(wkt, 4326) AS aoi FROM raw_aoi;
CREATE TABLE ground AS SELECT s, id, valid(g) AS f FROM shape;
CREATE TABLE expected AS
SELECT a.s, kind, valid(aoi) AS v,
       ST_Difference(valid(aoi), coalesce(u, 'SRID=4326;POLYGON EMPTY')) AS gaps,
       coalesce(m2, 0) AS single_m2
FROM aoi a
LEFT JOIN (SELECT g.s, ST_Union(f) AS u, sum(mf_area(polygons(ST_Intersection(f, valid(aoi))))) AS m2
           FROM ground g JOIN aoi b ON b.s = g.s GROUP BY g.s) x ON x.s = a.s;
"""

ANSWER = """
SET client_min_messages = debug1;
CREATE TABLE answer AS
SELECT a.s, kind, (mf_coverage(g, aoi)).*, mf_gaps(g, aoi) AS gaps
FROM aoi a LEFT JOIN shape r ON r.s = a.s GROUP BY a.s, kind;
"""

SLACK = "1e-9 * aoi_m2 + 1e-6"

CHECKS = (
    ("gaps are valid MultiPolygons", """
        SELECT s, kind, ST_IsValidReason(gaps) FROM answer
        WHERE NOT ST_IsValid(gaps) OR GeometryType(gaps) <> 'MULTIPOLYGON'"""),
    ("gaps and recorded make the area", """
        SELECT s, kind, mf_area(gaps) + recorded_m2 - aoi_m2 FROM answer
        WHERE NOT abs(mf_area(gaps) + recorded_m2 - aoi_m2) <= %s""" % SLACK),
    ("areas recorded k times, times k, make the extents in the area", """
        SELECT s, a.kind, (SELECT sum(k * m2) FROM unnest(recorded_times_m2) WITH ORDINALITY x(m2, k)), single_m2
        FROM answer a JOIN expected e USING (s)
        WHERE NOT abs(coalesce((SELECT sum(k * m2) FROM unnest(recorded_times_m2) WITH ORDINALITY x(m2, k)), 0)
            - single_m2) <= 1e-9 * (aoi_m2 + single_m2) + 1e-6"""),
    ("the order of rows does not matter", """
        SELECT s, a.kind FROM answer a JOIN (
            SELECT s, mf_gaps(array_agg(g ORDER BY md5(id::text)), (array_agg(aoi))[1]) AS gaps,
                   mf_coverage(array_agg(g ORDER BY md5(id::text)), (array_agg(aoi))[1]) AS c
            FROM aoi JOIN shape USING (s) GROUP BY s) b USING (s)
        WHERE a.gaps::bytea <> b.gaps::bytea
            OR a.recorded_times_m2 <> (c).recorded_times_m2"""),
)


DIFFER = """
    SELECT s FROM answer a JOIN expected e USING (s)
    WHERE NOT mf_area(polygons(ST_SymDifference(a.gaps, e.gaps))) <= %s""" % SLACK

# ---- by rational arithmetic ----


def edges_of(wkts):
    """(left end, right end, number of its polygon)"""
    edges = []
    for i, wkt in enumerate(wkts):
        for ring in re.findall(r"\(([^()]+)\)", wkt):
            points = [tuple(Fraction(float(v)) for v in p.split()) for p in ring.split(",")]
            edges += [(min(a, b), max(a, b), i) for a, b in zip(points, points[1:])]
    return edges


def slabs(edges):
    """Every longitude of a corner or crossing."""
    xs = {p[0] for e in edges for p in e[:2]}
    for i, (a, b, _) in enumerate(edges):
        for c, d, _ in edges[:i]:
            det = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])
            if det == 0 or b[0] < c[0] or d[0] < a[0]:
                continue
            t = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / det
            u = ((c[0] - a[0]) * (b[1] - a[1]) - (c[1] - a[1]) * (b[0] - a[0])) / det
            if 0 <= t <= 1 and 0 <= u <= 1:
                xs.add(a[0] + t * (b[0] - a[0]))
    return sorted(xs)


def density(lat):
    """Square metres of a square degree on WGS 84."""
    e2 = 0.0066943799901413165
    w = 1 - e2 * math.sin(math.radians(lat)) ** 2
    return 6378137.0 ** 2 * (1 - e2) * math.cos(math.radians(lat)) / w ** 2 * math.radians(1) ** 2


def at(edge, x):
    a, b, _ = edge
    return a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0])


GAUSS = ((0.1127016653792583, 5 / 18), (0.5, 8 / 18), (0.8872983346207417, 5 / 18))


def trapezoid(x0, x1, low, high):
    """Square metres between two edges, differences taken exactly."""
    south = [float(at(low, x)) for x in (x0, x1)]
    height = [float(at(high, x) - at(low, x)) for x in (x0, x1)]
    m2 = 0.0
    for s, ws in GAUSS:
        h = height[0] + s * (height[1] - height[0])
        y = south[0] + s * (south[1] - south[0])
        m2 += ws * h * sum(wt * density(y + t * h) for t, wt in GAUSS)
    return float(x1 - x0) * m2


def exact_times(aoi, shapes):
    """{k: m2} of the area of interest covered k times."""
    edges = edges_of([aoi] + shapes)
    xs = slabs(edges)
    times = {}
    for x0, x1 in zip(xs, xs[1:]):
        middle = (x0 + x1) / 2
        active = sorted((at(e, middle), e[2], e) for e in edges if e[0][0] <= x0 and e[1][0] >= x1)
        inside = set()
        for (low, i, e), (high, _, f) in zip(active, active[1:]):
            inside ^= {i}
            if 0 in inside and low < high:
                k = len(inside) - 1
                times[k] = times.get(k, 0.0) + trapezoid(x0, x1, e, f)
    return times


def judged_exactly(db, s, aoi, shapes):
    """What is wrong with an answer, by rational arithmetic."""
    row = db.run("SELECT aoi_m2, mf_area(gaps), array_to_json(recorded_times_m2) FROM answer WHERE s = %d" % s)
    aoi_m2, gaps, times = row.split("|")
    times = dict(enumerate([float(gaps)] + eval(times)))
    wanted = exact_times(aoi, shapes)
    slack = 1e-9 * float(aoi_m2) + 1e-6
    return ["%d: %d times %r, not %r" % (s, k, times.get(k, 0), wanted.get(k, 0))
            for k in set(times) | set(wanted)
            if not abs(times.get(k, 0) - wanted.get(k, 0)) <= slack]


def main():
    print("# seed %d, %d arrangements" % (SEED, ARRANGEMENTS))
    rnd = random.Random(SEED)
    raw, aois, inputs = [], [], []
    for s in range(ARRANGEMENTS):
        kind, aoi, shapes = arrangement(rnd)
        inputs.append((kind, aoi, shapes))
        aois.append("%d\t%s\t%s" % (s, kind, aoi))
        raw += ["%d\t%d\t%s" % (s, i, wkt) for i, wkt in enumerate(shapes)]
    with Database("kernel") as db:
        db.run("\n".join(["CREATE TABLE raw (s int, id int, wkt text);",
                          "CREATE TABLE raw_aoi (s int, kind text, wkt text);",
                          "COPY raw FROM stdin;"] + raw + ["\\.", "COPY raw_aoi FROM stdin;"] +
                         aois + ["\\."]) + "\n" + SETUP)
        said = db.run(ANSWER, check=False)[1]
        left = [line for line in said.split("\n") if "left to GEOS" in line]
        print("# left to GEOS: %d of %d" % (len(left), ARRANGEMENTS))
        ok(not left and "ERROR" not in said, "no arrangement is left to GEOS", *said.split("\n")[:5])
        ok(db.run("SELECT count(*) FROM answer WHERE gaps IS NOT NULL") == str(ARRANGEMENTS),
           "every arrangement is answered")
        print("# %s extents" % db.run("SELECT count(*) FROM shape"))
        for what, query in CHECKS:
            wrong = db.run(query)
            ok(wrong == "", what, *wrong.split("\n")[:8])
        differ = [int(s) for s in db.run(DIFFER).split()]
        print("# PostGIS differs in %d, which is judged by rational arithmetic" % len(differ))
        wrong = [s for s in differ if inputs[s][0].split()[-1] not in ("1e-15", "1e-12", "1e-9")]
        ok(not wrong, "gaps are the area less the union, but where edges nearly coincide",
           *[str((s, inputs[s][0])) for s in wrong])
        some = [s for s in range(0, ARRANGEMENTS, EXACT) if inputs[s][0] != "strung"]
        wrong = sum((judged_exactly(db, s, *inputs[s][1:]) for s in sorted(set(some + differ))), [])
        ok(not wrong, "%d arrangements have the very areas of rational arithmetic" %
           len(set(some + differ)), *wrong[:8])
    finish()


main()
