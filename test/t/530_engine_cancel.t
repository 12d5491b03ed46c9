#!/usr/bin/python3
"""530_engine_cancel.t - statement_timeout ends every engine, and leaves nothing

Heavy input for each function that runs GEOS, and for loading: without a timeout it would work
for seconds, with one of 300 ms it must end within a second of it, with the
server's own words.  A session that is cancelled a hundred times must not
grow, and must answer afterwards.

Needs a server with the extension installed, found through the environment
(PGHOST ...), on this machine.  SEED may be set.
"""
import math
import os
import random
import re
import time

from engine_lib import Database, finish, ok, polygon, star

SEED = int(os.environ.get("SEED", "20261126"))
TIMEOUT_MS = 300

QUERIES = (
    ("mf_gaps", "SELECT mf_gaps(g, aoi) FROM heavy"),
    ("mf_gaps of an array", "SELECT mf_gaps(array_agg(g), ST_Union(aoi)) FROM (SELECT g, CASE n WHEN 0 THEN aoi END AS aoi FROM heavy) h"),
    ("mf_coverage", "SELECT mf_coverage(g, aoi) FROM heavy"),
    ("mf_gap_rows", "SELECT mf_gap_rows(n, g, aoi) FROM heavy"),
    ("mf_overlaps", "SELECT cardinality(mf_overlaps(n, g)) FROM heavy"),
    ("mf_overlap_pairs", "SELECT count(*) FROM mf_overlap_pairs('heavy', 'n', 'g')"),
    ("mf_overlap", "SELECT mf_overlap(a.g, b.g) FROM giant a, giant b WHERE a.n = 0 AND b.n = 1"),
    ("mf_footprint", "SELECT mf_footprint(g, margin_m => 2000) FROM giant"),
    ("mf_area", "SELECT mf_area(g) FROM giant"),
    ("mf_line_gaps", "SELECT mf_line_gaps(a.g, (SELECT ST_ExteriorRing(g) FROM giant WHERE n = 0), 10) FROM giant a WHERE n = 1"),
    ("mf_outside_records", "SELECT cardinality(mf_outside_records(i, ST_SetSRID(ST_MakePoint(i % 360 - 180, i % 179 - 89), 4326), i, CASE WHEN i < 3000 THEN g END))"
     " FROM generate_series(1, 400000) i LEFT JOIN spread ON n = i"),
    ("mf_gap_list", "SELECT count(*) FROM mf_gap_list((SELECT ST_Collect(ST_Translate(g, n % 50, n / 50)) FROM spread), min_area_m2 => 0)"),
    ("mf_link", "SELECT count(*) FROM (SELECT array_agg(mf_make(n::text, NULL, '{\"front_m\":1,\"mines\":[{\"model\":\"PMN-2\"}]}')) AS r"
     " FROM generate_series(1, 9000) n) x, mf_link(NULL, r, NULL, r, 0.99)"),
    ("mf_duplicates", "SELECT count(*) FROM (SELECT array_agg(mf_make(n::text, NULL, '{\"front_m\":1,\"mines\":[{\"model\":\"PMN-2\"}]}')) AS r"
     " FROM generate_series(1, 12000) n) x, mf_duplicates(NULL, r, 0.99)"),
    ("mf_load", "SELECT count(*) FROM mf_load(repeat('{\"type\":\"FeatureCollection\",\"features\":[]}' || chr(10), 3000000))"),
)


def setup(rnd):
    lines = ["CREATE TABLE heavy (n bigint, g geometry, aoi geometry);",
             "CREATE TABLE giant (n bigint, g geometry);",
             "CREATE TABLE spread (n int, g geometry);",
             "COPY heavy (n, g) FROM stdin;"]
    for n in range(1500):
        lines.append("%d\tSRID=4326;%s" % (
            n, polygon(star(rnd, 50 + rnd.uniform(-0.03, 0.03), 41 + rnd.uniform(-0.03, 0.03),
                            0.02, 60, 0.9))))
    lines += ["\\.", "UPDATE heavy SET aoi = ST_MakeEnvelope(49.9, 40.9, 50.1, 41.1, 4326);",
              "COPY giant FROM stdin;"]
    # 3000 chords of a circle: millions of crossings
    for n in range(2):
        points = [(50 + math.cos(a), 41 + math.sin(a))
                  for a in (rnd.uniform(0, 2 * math.pi) for _ in range(3000))]
        lines.append("%d\tSRID=4326;%s" % (n, polygon(points)))
    lines += ["\\.", "COPY spread FROM stdin;"]
    for n in range(2000):
        lines.append("%d\tSRID=4326;%s" % (n, polygon(star(rnd, -80, 0.5, 0.3, 400, 0.9))))
    lines.append("\\.\n")
    return "\n".join(lines)


def cancels(db, queries):
    """A hundred cancels in one session.  Returns what it grew by from each
    25 of them to the next, in kB, how many were cancelled, and what was said."""
    status = "SELECT 'RSS', split_part(pg_read_file('/proc/self/statm'), ' ', 2)::int * 4;"
    script = ["\\set ON_ERROR_STOP 0", "SET statement_timeout = 60;"]
    for i in range(100):
        script.append(queries[i % len(queries)] + ";")
        if i % 25 == 24:
            script.append("SET statement_timeout = 0;" + status + "SET statement_timeout = 60;")
    script.append("SET statement_timeout = 0;"
                  "SELECT 'ANSWER', mf_area(mf_gaps(NULL::geometry, aoi)) > 0 FROM heavy WHERE n = 0;")
    said = db.run("\n".join(script), check=False)[1]
    rss = [int(x) for x in re.findall(r"RSS\|(\d+)", said)]
    return ([b - a for a, b in zip(rss, rss[1:])] or [1 << 30],
            said.count("canceling statement due to statement timeout"), said)


# Long measurements in the core, which stop in the middle; fetched, because
# FETCH hands its row out without another look at the cancel.
FETCHED = (
    ("mf_area", "SELECT mf_area(g) FROM fine WHERE n = 0"),
    ("mf_coverage", "SELECT mf_coverage(ARRAY[g], ST_MakeEnvelope(49, 40, 51, 42, 4326)) FROM fine WHERE n = 0"),
    ("mf_gap_rows", "SELECT (mf_gap_rows(NULL, ARRAY[]::geometry[], g))[1].area_m2 FROM fine WHERE n = 0"),
    ("mf_overlap", "SELECT mf_overlap(a.g, b.g) FROM fine a, fine b WHERE a.n = 0 AND b.n = 1"),
    ("<->", "SELECT a.r <-> b.r FROM fine a, fine b WHERE a.n = 0 AND b.n = 1"),
)


def fetched(db, rnd, name, query):
    """A row that is fetched before a cancel comes through is the right one."""
    db.run("CREATE TABLE IF NOT EXISTS fine AS SELECT n, g, mf_make(n::text, g) AS r FROM "
           "(SELECT n, ST_Translate(ST_Buffer('SRID=4326;POINT(50 41)'::geometry, 0.5, 40000), "
           "n * 0.99995, 0) AS g FROM generate_series(0, 1) n) f")
    start = time.time()
    right = db.run(query)
    took = 1000 * (time.time() - start)
    script = ["\\set ON_ERROR_STOP 0"]
    for _ in range(60):
        script.append("BEGIN; DECLARE c CURSOR FOR %s; SET LOCAL statement_timeout = %d; FETCH 1 FROM c;"
                      % (query, rnd.uniform(1, took)))
        script.append("ROLLBACK; ROLLBACK;")     # the first may be cancelled, too
    said = db.run("\n".join(script), check=False)[1].splitlines()
    cancelled = sum("canceling statement due to statement timeout" in line for line in said)
    wrong = [line for line in said if line != right and "ERROR" not in line]
    ok(not wrong and cancelled > 0 and "connection" not in "".join(said),
       "%s: cancelled or right, never half measured (%d cancelled)" % (name, cancelled),
       "wanted %s" % right, *wrong[:3])


def main():
    print("# seed %d" % SEED)
    with Database("engine_cancel") as db:
        db.run(setup(random.Random(SEED)))
        start = time.time()
        db.run("SELECT mf_gaps(g, aoi) FROM heavy WHERE n < 0")
        idle = time.time() - start
        for name, query in QUERIES:
            start = time.time()
            code, said = db.run("SET statement_timeout = %d; %s" % (TIMEOUT_MS, query), check=False)
            took = time.time() - start - idle
            ok(code != 0 and "canceling statement due to statement timeout" in said,
               name + " is cancelled", said[:300])
            ok(took < TIMEOUT_MS / 1000 + 1, name + " ends within a second of the timeout",
               "%.2f s" % took)
        # without the inputs so large that malloc's own habits show
        growth, cancelled, said = cancels(db, [q for n, q in QUERIES if " heavy" in q])
        ok(cancelled == 100, "a session is cancelled a hundred times", str(cancelled))
        # a leak shows every time; what malloc keeps after a peak shows once
        ok(min(growth) < 5000, "and does not grow (%s kB)" % growth)
        ok("ANSWER|t" in said, "and answers afterwards", said[-300:])
        rnd = random.Random(SEED + 1)
        for name, query in FETCHED:
            fetched(db, rnd, name, query)
        # GEOS itself loses memory when MakeValid or a buffer is interrupted;
        # we may not lose more than PostGIS does
        theirs = cancels(db, ["SELECT ST_MakeValid(g, 'method=structure') FROM giant"])[0]
        ours = cancels(db, [q for n, q in QUERIES if " giant" in q])[0]
        ok(min(ours) < 1.5 * max(theirs) + 5000,
           "cancelled repairs and buffers lose no more than PostGIS's (%s kB, %s kB)" % (ours, theirs))
    finish()


main()
