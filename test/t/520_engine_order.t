#!/usr/bin/python3
"""520_engine_order.t - the same answer, to the bit, however rows come in

Every aggregate of the engines, over random sets: serial, parallel (the plan
must show it), as a window, over every prefix, in shuffled order, and through
its twin over arrays; and the pairs of a table.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEED, SCENARIOS and RECORDS (the most of one scenario) may be
set.
"""
import os

from engine_lib import Database, finish, load, ok

SEED = int(os.environ.get("SEED", "20261125"))
SCENARIOS = int(os.environ.get("SCENARIOS", "40"))
RECORDS = int(os.environ.get("RECORDS", "40"))

# one table of all rows, large enough for workers
SETUP = """
CREATE TABLE everything AS
SELECT s, id, 'k' || id AS key, g, m, aoi, ST_ExteriorRing(ST_GeometryN(aoi, 1)) AS line, ST_SetSRID(ST_MakePoint(ST_XMin(g) + (ST_XMax(g) - ST_XMin(g)) / 3, (ST_YMin(g) + ST_YMax(g)) / 2), 4326) AS place, CASE id % 3 WHEN 0 THEN 'A' WHEN 1 THEN 'B' END AS book
FROM aoi LEFT JOIN rec USING (s) ORDER BY md5(s::text || '/' || id);
ALTER TABLE everything SET (parallel_workers = 3);
ANALYZE everything;
"""

# name, aggregate, the same over arrays
AGGREGATES = (
    ("mf_coverage", "mf_coverage(m, aoi)",
     "mf_coverage(array_agg(m), (array_agg(aoi))[1])"),
    ("mf_coverage of geometry", "mf_coverage(g, aoi)",
     "mf_coverage(array_agg(g), (array_agg(aoi))[1])"),
    ("mf_coverage with a margin", "mf_coverage(m, aoi, mf_coverage_options(margin_m => 7.1))",
     "mf_coverage(array_agg(m), (array_agg(aoi))[1], margin_m => 7.1)"),
    ("mf_gaps", "mf_gaps(m, aoi)",
     "mf_gaps(array_agg(m), (array_agg(aoi))[1])"),
    ("mf_gaps of geometry with options",
     "mf_gaps(g, aoi, mf_gap_options(margin_m => 3, min_area_m2 => 500))",
     "mf_gaps(array_agg(g), (array_agg(aoi))[1], margin_m => 3, min_area_m2 => 500)"),
    ("mf_gap_rows", "mf_gap_rows(key, m, aoi)",
     "mf_gap_rows(array_agg(key), array_agg(m), (array_agg(aoi))[1])"),
    ("mf_gap_rows of geometry, bigint keys",
     "mf_gap_rows(id::bigint, g, aoi, mf_gap_options(min_area_m2 => 100))",
     "mf_gap_rows(array_agg(id::text), array_agg(g), (array_agg(aoi))[1], min_area_m2 => 100)"),
    ("mf_line_gaps", "mf_line_gaps(m, line, 200)",
     "mf_line_gaps(array_agg(m), (array_agg(line))[1], 200)"),
    ("mf_line_gaps of geometry with options",
     "mf_line_gaps(g, line, 50, mf_line_gap_options(min_length_m => 300))",
     "mf_line_gaps(array_agg(g), (array_agg(line))[1], 50, min_length_m => 300)"),
    ("mf_line_gap_rows", "mf_line_gap_rows(key, m, line, 200)",
     "mf_line_gap_rows(array_agg(key), array_agg(m), (array_agg(line))[1], 200)"),
    ("mf_line_gap_rows of geometry, bigint keys", "mf_line_gap_rows(id::bigint, g, line, 0)",
     "mf_line_gap_rows(array_agg(id::text), array_agg(g), (array_agg(line))[1], 0)"),
    ("mf_outside_records", "mf_outside_records('f' || id, place, key, m)",
     "mf_outside_records(array_agg('f' || id), array_agg(place), array_agg(key), array_agg(m))"),
    ("mf_outside_records of geometry, equal keys", "mf_outside_records('same', place, 'k', g)",
     "mf_outside_records(array_agg('same'::text), array_agg(place), array_agg('k'::text), array_agg(g))"),
    ("mf_overlaps", "mf_overlaps(key, m)",
     "mf_overlaps(array_agg(key), array_agg(m))"),
    ("mf_overlaps of geometry that is near",
     "mf_overlaps(id::bigint, g, mf_overlap_options(near_m => 200))",
     "mf_overlaps(array_agg(id::text), array_agg(g), near_m => 200)"),
    ("mf_overlaps across groups",
     "mf_overlaps(key, m, book, mf_overlap_options(sliver_m2 => 5))",
     "mf_overlaps(array_agg(key), array_agg(m), array_agg(book), sliver_m2 => 5)"),
    ("mf_overlaps of equal keys", "mf_overlaps('same', m)",
     "mf_overlaps(array_agg('same'::text), array_agg(m))"),
)

SERIAL = "SET max_parallel_workers_per_gather = 0;"
PARALLEL = ("SET max_parallel_workers_per_gather = 3; SET parallel_setup_cost = 0;"
            "SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;")
DIFFER = "SELECT s FROM base FULL JOIN (%s) x USING (s) WHERE base.v IS DISTINCT FROM x.v"


def same(db, what, settings, query):
    wrong = db.run(settings + DIFFER % query)
    ok(wrong == "", what, wrong.replace("\n", " "))


def table_pairs(db):
    """The pairs of a table, read by workers, are those of the aggregate."""
    rows = "SELECT p::text FROM mf_overlap_pairs('everything', 'key', 'm', 'book') p"
    serial = db.run(SERIAL + "SELECT p::text FROM (SELECT mf_overlaps(key, m, book) AS a"
                    " FROM everything) x, unnest(a) p")
    ok(serial.count("\n") > 100, "mf_overlaps of all scenarios has pairs")
    ok(db.run(SERIAL + rows) == serial, "mf_overlap_pairs has the same")
    ok(db.run(PARALLEL + rows) == serial, "mf_overlap_pairs in parallel")
    plan = db.run("LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0;"
                  "SET auto_explain.log_nested_statements = on; SET client_min_messages = log;" +
                  PARALLEL + "SELECT count(*) FROM (%s) x;" % rows, check=False)[1]
    ok("Gather" in plan and "Partial" in plan, "and it is planned in parallel",
       *plan.split("\n")[:20])


def main():
    print("# seed %d, %d scenarios of up to %d records" % (SEED, SCENARIOS, RECORDS))
    with Database("engine_order") as db:
        load(db, SEED, SCENARIOS, RECORDS)
        db.run(SETUP)
        for name, call, twin in AGGREGATES:
            db.run(SERIAL + """DROP TABLE IF EXISTS base; CREATE TABLE base AS
                SELECT s, %s::text AS v FROM everything GROUP BY s""" % call)
            ok(db.run("SELECT count(v) FROM base") == str(SCENARIOS), name + " answers")
            query = "SELECT s, %s::text AS v FROM everything GROUP BY s" % call
            plan = db.run(PARALLEL + "EXPLAIN (COSTS off) " + query)
            ok("Gather" in plan and "Partial" in plan, name + " is planned in parallel",
               *plan.split("\n"))
            same(db, name + " in parallel", PARALLEL, query)
            same(db, name + " as a window", SERIAL,
                 "SELECT DISTINCT s, %s::text AS v FROM (SELECT * FROM everything WHERE s %% 4 = 0) e"
                 " WINDOW w AS (PARTITION BY s)"
                 " UNION ALL SELECT s, v FROM base WHERE s %% 4 <> 0"
                 % (call + " OVER w"))
            same(db, name + " in shuffled order", SERIAL + "SELECT setseed(0.%d);" % (SEED % 1000),
                 "SELECT s, %s::text AS v FROM (SELECT * FROM everything ORDER BY random()) e"
                 " GROUP BY s" % call)
            wrong = db.run("""
                SELECT s, id FROM (
                    SELECT s, id, %s OVER (PARTITION BY s ORDER BY id)::text AS v
                    FROM everything WHERE s < 8) w
                WHERE v IS DISTINCT FROM (SELECT %s::text FROM everything e
                                          WHERE e.s = w.s AND (e.id <= w.id OR w.id IS NULL))
                LIMIT 3""" % (call, call))
            ok(wrong == "", name + " over every prefix", wrong)
            same(db, name + " as an array", SERIAL,
                 "SELECT s, %s::text AS v FROM everything GROUP BY s" % twin)
        table_pairs(db)
    finish()


main()
