#!/usr/bin/env python3
"""810_bench.t - the benchmark's records are the same everywhere, it runs, and
it would notice a wrong answer

Nothing here looks at a time.  Needs a C compiler and a running server.
"""

import hashlib
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
BENCH = os.path.join(os.path.dirname(HERE), "bench")
sys.path[:0] = [HERE, BENCH]
from server import database, done, equal, ok, psql, run             # noqa: E402
from jobs import JOBS                                               # noqa: E402
from measure import ALONE, answer, differences                      # noqa: E402

RECORDS = 500
# of 1000 records, seed 1
CHECKSUMS = {
    "records": "94c11acde3cd3444eb3508d23440e045",
    "aoi": "b40ba472141b95b18c81765ffb0a07f2",
    "lines": "d293cb0e8edf5aa04046729235868640",
    "points": "126a0aa6cab2855c893f5c839cf3f6b0",
    "sheet": "ff00cd8175dff7a81f73da47290cb1a8",
}


def build(work, *command):
    program = os.path.join(work, "generate")
    run(*command, "-std=c11", "-Wall", "-Wextra", "-Werror", "-ffp-contract=off", "-o", program,
        os.path.join(BENCH, "generate.c"), "-lm")
    return program


def checksum(program, table, *arguments):
    return hashlib.md5(run(program, table, *arguments).encode()).hexdigest()


def generator(work):
    for command in (("gcc", "-O2"), ("gcc", "-O0"), ("clang", "-O3")):
        program = build(work, *command)
        for table, expected in CHECKSUMS.items():
            equal(checksum(program, table, "1000"), expected, "%s by %s" % (table, " ".join(command)))
    ok(checksum(program, "records", "1000", "2") != CHECKSUMS["records"], "another seed, other records")
    # a set is no cut of a larger one: front lines differ
    ok(subprocess.run([program, "nothing", "10"], capture_output=True).returncode == 2, "no such table")
    ok(subprocess.run([program, "records", "0"], capture_output=True).returncode == 2, "no records")


def load(name):
    run(os.path.join(BENCH, "load"), str(RECORDS), env={"PGDATABASE": name})


def shape(name):
    equal(psql(name, "SELECT count(*), count(DISTINCT key), bool_and(ST_IsValid(geom)), bool_and(mf_is_located(record)) FROM records"),
          "%d|%d|t|t" % (RECORDS, RECORDS), "every record has its own key and valid ground")
    outside = float(psql(name, "SELECT avg((NOT EXISTS (SELECT FROM records WHERE ST_Intersects(geom, point)))::int) FROM points"))
    ok(0.3 < outside < 0.7, "about half of the points lie outside", outside)
    equal(psql(name, "SELECT ST_IsValid(aoi), ST_NumInteriorRings(aoi) FROM aoi"), "t|3", "the area is valid and has holes")
    reached = int(psql(name, "SELECT count(*) FROM records r, spot s WHERE mf_intersects(r.record, s.aoi)"))
    ok(100 < reached < 300, "the spot is reached by about 200 records", reached)


def present(name):
    return [job for job in JOBS
            if psql(name, "SELECT count(*) FROM pg_proc WHERE proname = '%s'" % job.needs) != "0"]


def runs(jobs):
    """The program as it is called, on a set so small that it takes seconds."""
    bench = subprocess.run([os.path.join(BENCH, "run")], capture_output=True, text=True,
                           env={**os.environ, "SIZES": str(RECORDS), "RUNS": "1", "WORKERS": "0"})
    ok(bench.returncode == 0 and "NOT THE SAME" not in bench.stdout, "the benchmark runs, and all answers are the same",
       bench.stdout, bench.stderr)
    for job in jobs:
        ok(any(line.startswith(job.title) and "skipped" not in line for line in bench.stdout.splitlines()),
           "it measures %s" % job.title, bench.stdout)


def judges(name, jobs):
    """Every way, also those that are for larger sets only, gives the same answer;
    and another as soon as records are missing."""
    for job in jobs:
        answer(name, "o_" + job.name, job.ours, ALONE)
    for missing in (False, True):
        if missing:
            psql(name, """
                DELETE FROM records r USING records c
                WHERE c.key = 1 AND ST_DWithin(r.plane, c.plane, 10000)""")
        for job in jobs:
            psql(name, "DROP TABLE IF EXISTS o; CREATE TABLE o AS SELECT * FROM o_%s" % job.name)
            for way in job.ways:
                answer(name, "t", way.sql, ALONE)
                wrong = differences(name, job, RECORDS)
                if missing:
                    ok(wrong, "%s, %s: missing records are noticed" % (job.name, way.name))
                else:
                    equal(wrong, [], "%s, %s: the same" % (job.name, way.name))


with tempfile.TemporaryDirectory() as scratch:
    generator(scratch)
place = database("bench_test")
load(place)
shape(place)
measured = present(place)
ok(len(measured) >= 5, "there is something to measure")
runs(measured)
judges(place, measured)
done()
