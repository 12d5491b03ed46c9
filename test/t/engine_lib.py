"""engine_lib.py - random sets of records for the tests of the engines

Every set is a scenario: an area of interest and records strung about it, with
what real books hold: quadrilaterals, irregular outlines with holes, copies
and shifted copies, neighbours that share an edge or meet in a T, crossed
outlines, points, lines with and without width, empties.  Coordinates are
multiples of 1e-9 degrees, so that text carries them exactly.
"""
import math
import os
import random
import subprocess
import sys

tests = failures = 0


def ok(held, what, *notes):
    global tests, failures
    tests += 1
    failures += not held
    print("%sok %d - %s" % ("" if held else "not ", tests, what))
    for note in notes if not held else ():
        print("# %s" % note)
    sys.stdout.flush()


def finish():
    print("1..%d" % tests)
    sys.exit(1 if failures else 0)


def psql(sql, database=None, check=True):
    """Run SQL from standard input; the unaligned output, or (code, text)."""
    command = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1"]
    environment = dict(os.environ, PGOPTIONS="-c client_min_messages=error")
    if database:
        command += ["-d", database]
    done = subprocess.run(command, input=sql, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, universal_newlines=True,
                          env=environment)
    if not check:
        return done.returncode, done.stdout + done.stderr
    if done.returncode:
        print("Bail out! %s" % done.stderr.replace("\n", " | "))
        sys.exit(1)
    return done.stdout.strip()


class Database:
    """A database of the test's own, dropped at the end."""

    def __init__(self, stem):
        self.name = "mf_%s_%d" % (stem, os.getpid())

    def __enter__(self):
        psql("CREATE DATABASE %s" % self.name, "postgres")
        psql("CREATE EXTENSION postgis; CREATE EXTENSION minefield;", self.name)
        return self

    def __exit__(self, *args):
        psql("DROP DATABASE IF EXISTS %s WITH (FORCE)" % self.name, "postgres")

    def run(self, sql, check=True):
        return psql(sql, self.name, check)


def grid(v):
    return "%.9f" % v


def ring(points):
    points = points + points[:1]
    return "(%s)" % ",".join("%s %s" % (grid(x), grid(y)) for x, y in points)


def polygon(*rings):
    return "POLYGON(%s)" % ",".join(ring(r) for r in rings)


def star(rnd, cx, cy, r, n, squeeze=0.5):
    """An irregular outline about a centre; never crosses itself."""
    points = []
    for i in range(n):
        a = 2 * math.pi * (i + 0.8 * rnd.random()) / n
        d = r * (1 - squeeze * rnd.random())
        points.append((cx + d * math.cos(a) * 1.3, cy + d * math.sin(a)))
    return points


def quad(rnd, cx, cy):
    a = rnd.uniform(0, math.pi)
    w, h = rnd.uniform(3e-4, 5e-3), rnd.uniform(1e-4, 1e-3)
    c, s = math.cos(a), math.sin(a)
    return [(cx + c * x - s * y, cy + s * x + c * y)
            for x, y in ((-w, -h), (w, -h), (w, h), (-w, h))]


def shifted(points, dx, dy):
    return [(x + dx, y + dy) for x, y in points]


def one_record(rnd, cx, cy, earlier):
    """WKT of one extent; earlier outlines may be copied or built upon."""
    kind = rnd.random()
    if earlier and kind < 0.08:                 # the very same ground
        points = rnd.choice(earlier)
        k = rnd.randrange(len(points))
        return polygon(points[k:] + points[:k])
    if earlier and kind < 0.16:                 # plotted a little off
        return polygon(shifted(rnd.choice(earlier), rnd.uniform(-2e-4, 2e-4),
                               rnd.uniform(-2e-4, 2e-4)))
    if earlier and kind < 0.26:                 # shares an edge, or half of it
        points = rnd.choice(earlier)
        k = rnd.randrange(len(points))
        (ax, ay), (bx, by) = points[k], points[(k + 1) % len(points)]
        if rnd.random() < 0.5:
            bx, by = (ax + bx) / 2, (ay + by) / 2
        dx, dy = (by - ay), -(bx - ax)
        f = rnd.uniform(0.1, 1)
        return polygon([(ax, ay), (bx, by), (bx + f * dx, by + f * dy),
                        (ax + f * dx, ay + f * dy)])
    if kind < 0.60:
        points = quad(rnd, cx, cy)
        earlier.append(points)
        return polygon(points)
    if kind < 0.75:
        r = rnd.uniform(5e-4, 5e-3)
        points = star(rnd, cx, cy, r, rnd.randint(5, 60))
        earlier.append(points)
        if rnd.random() < 0.3:
            return polygon(points, [(cx - r / 9, cy - r / 9), (cx + r / 9, cy - r / 9),
                                    (cx, cy + r / 9)])
        return polygon(points)
    if kind < 0.80:                             # corners in the wrong order
        a, b, c, d = quad(rnd, cx, cy)
        return polygon([a, c, b, d])
    if kind < 0.85:
        return "MULTIPOLYGON(%s)" % ",".join(
            "(%s)" % ring(quad(rnd, cx + 0.012 * i, cy)) for i in range(rnd.randint(1, 3)))
    if kind < 0.90:
        return "POINT(%s %s)" % (grid(cx), grid(cy))
    if kind < 0.97:
        return "LINESTRING(%s)" % ",".join(
            "%s %s" % (grid(cx + rnd.uniform(-4e-3, 4e-3)), grid(cy + rnd.uniform(-4e-3, 4e-3)))
            for _ in range(rnd.randint(2, 5)))
    return rnd.choice(["", "POLYGON EMPTY"])


def scenario(rnd, records):
    """(WKT of the area of interest, [(WKT or '', width or None, accuracy or None)])"""
    x, y = rnd.uniform(-170, 170), rnd.uniform(-65, 65)
    r = rnd.choice([0.004, 0.015, 0.03])
    kind = rnd.random()
    outline = star(rnd, x, y, r, rnd.randint(4, 40), 0.3)
    if kind < 0.1:
        aoi = polygon([outline[i] for i in (0, 2, 1, 3)])
    elif kind < 0.3:
        aoi = polygon(outline, star(rnd, x, y, r / 5, 7))
    elif kind < 0.4:
        aoi = "MULTIPOLYGON((%s),(%s))" % (ring(outline),
                                           ring(star(rnd, x + 3 * r, y, r / 2, 9)))
    else:
        aoi = polygon(outline)
    rows, earlier = [], []
    for _ in range(records):
        cx, cy = x + rnd.uniform(-1.5, 1.5) * r, y + rnd.uniform(-1.2, 1.2) * r
        rows.append((one_record(rnd, cx, cy, earlier),
                     rnd.choice([None, None, 10, 40]),
                     rnd.choice([None, 5, 25, 100])))
    return aoi, rows


def load(db, seed, scenarios, most):
    """Tables aoi (s, aoi) and rec (s, id, g, m)."""
    rnd = random.Random(seed)
    lines = ["CREATE TABLE aoi (s int, aoi geometry);",
             "CREATE TABLE raw (s int, id int, wkt text, width float8, accuracy float8);"]
    aois, raws = [], []
    for s in range(scenarios):
        aoi, rows = scenario(rnd, rnd.randint(0, most))
        aois.append("%d\tSRID=4326;%s" % (s, aoi))
        for i, (wkt, width, accuracy) in enumerate(rows):
            raws.append("%d\t%d\t%s\t%s\t%s" % (s, i, wkt, width or "\\N",
                                                accuracy or "\\N"))
    lines += ["COPY aoi FROM stdin;"] + aois + ["\\."]
    lines += ["COPY raw FROM stdin;"] + raws + ["\\."]
    lines.append("""
        CREATE TABLE rec AS
        SELECT s, id, g,
               mf_make('r' || id, g, jsonb_strip_nulls(jsonb_build_object(
                   'field_depth_m', width, 'accuracy95_m', accuracy))) AS m
        FROM (SELECT *, CASE WHEN wkt <> '' THEN ST_GeomFromText(wkt, 4326) END AS g
              FROM raw) x;
        ANALYZE rec; ANALYZE aoi;""")
    db.run("\n".join(lines))
