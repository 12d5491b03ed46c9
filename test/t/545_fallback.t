#!/usr/bin/python3
"""545_fallback.t - what GEOS answers where our own arrangement would fail

Random sets of records, and lattices whose cells share their edges, asked twice:
as usual, when nothing may be left to GEOS, and with every arrangement left to it
by a setting for tests.  Both ways must come to the same ground, PostGIS being
the judge of the gaps; each that is left to GEOS must say so, as that is how a
server's log would show one.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEED, SCENARIOS and RECORDS (the most of one) may be set.
"""
import os

from engine_lib import Database, finish, load, ok

SEED = int(os.environ.get("SEED", "20261203"))
SCENARIOS = int(os.environ.get("SCENARIOS", "60"))
RECORDS = int(os.environ.get("RECORDS", "25"))
LATTICES = 4

SETUP = """
INSERT INTO aoi SELECT 10000 + k, ST_MakeEnvelope(49.99, 40.99, 50.05, 41.05, 4326) FROM generate_series(1, %d) k;
INSERT INTO rec SELECT 10000 + k, 100 * i + j, g, mf_make(format('%%s/%%s', i, j), g)
FROM generate_series(1, %d) k, generate_series(0, 5) i, generate_series(0, 5) j,
     ST_MakeEnvelope(50 + i * 0.01 / k, 41 + j * 0.01 / k, 50 + (i + 1) * 0.01 / k, 41 + (j + 1) * 0.01 / k, 4326) g
WHERE (i + j) %% (k + 1) <> 0;
CREATE TABLE valid AS
SELECT s, ST_CollectionExtract(ST_MakeValid(aoi, 'method=structure'), 3) AS v FROM aoi;
CREATE TABLE judge AS
SELECT s, ST_Difference(v, coalesce(ST_Union(mf_footprint(m)), 'SRID=4326;POLYGON EMPTY')) AS gaps
FROM valid LEFT JOIN rec USING (s) GROUP BY s, v;
""" % (LATTICES, LATTICES)

ANSWER = """
SET client_min_messages = debug1;
SET minefield.debug_arrange_by_geos = %s;
CREATE TABLE %s AS
SELECT s, mf_coverage(m, aoi) AS c, mf_gaps(m, aoi) AS gaps, mf_gap_rows(id, m, aoi) AS rows
FROM aoi LEFT JOIN rec USING (s) GROUP BY s;
"""

SLACK = "1e-9 * (b.c).aoi_m2 + 1e-6"

CHECKS = (
    ("areas recorded k times are the same", """
        SELECT s, k, x, y FROM ours a JOIN geos b USING (s),
            unnest((a.c).recorded_times_m2, (b.c).recorded_times_m2) WITH ORDINALITY t(x, y, k)
        WHERE NOT abs(coalesce(x, 0) - coalesce(y, 0)) <= """ + SLACK),
    ("and all else of the coverage", """
        SELECT s FROM ours a JOIN geos b USING (s)
        WHERE NOT abs((a.c).possible_m2 - (b.c).possible_m2) <= 1e-8 * (b.c).aoi_m2 + 1e-6
           OR NOT abs((a.c).recorded_m2 - (b.c).recorded_m2) <= %s
           OR ((a.c).possible_m2 IS NULL) <> ((b.c).possible_m2 IS NULL)
           OR ((a.c).records, (a.c).unlocated, (a.c).without_area) <>
              ((b.c).records, (b.c).unlocated, (b.c).without_area)""" % SLACK),
    ("gaps by GEOS are the area less the union", """
        SELECT s FROM geos b JOIN judge USING (s)
        WHERE NOT mf_area(ST_CollectionExtract(ST_SymDifference(b.gaps, judge.gaps), 3)) <= """ + SLACK),
    ("and so are our own", """
        SELECT s FROM ours b JOIN judge USING (s)
        WHERE NOT mf_area(ST_CollectionExtract(ST_SymDifference(b.gaps, judge.gaps), 3)) <= """ + SLACK),
    ("gaps by GEOS are valid MultiPolygons", """
        SELECT s, ST_IsValidReason(gaps) FROM geos
        WHERE NOT ST_IsValid(gaps) OR GeometryType(gaps) <> 'MULTIPOLYGON'"""),
    ("rows of gaps have the same area", """
        SELECT s FROM geos b WHERE NOT abs((SELECT coalesce(sum(area_m2), 0) FROM unnest(rows)) - mf_area(gaps)) <= """ + SLACK),
)


def answer(db, table, by_geos):
    """How many arrangements were left to GEOS."""
    said = db.run(ANSWER % (by_geos, table), check=False)[1]
    ok("ERROR" not in said, "%s answers" % table, *said.split("\n")[:5])
    return said.count("left to GEOS")


def main():
    print("# seed %d, %d scenarios of up to %d records, %d lattices" % (SEED, SCENARIOS, RECORDS, LATTICES))
    with Database("fallback") as db:
        load(db, SEED, SCENARIOS, RECORDS)
        db.run(SETUP)
        n = SCENARIOS + LATTICES
        left = answer(db, "ours", "off")
        print("# left to GEOS as usual: %d of %d" % (left, n))
        ok(left == 0, "as usual none is left to GEOS", str(left))
        # coverage always, gaps where a record reaches the area, zones of uncertainty once more
        left = answer(db, "geos", "on")
        print("# left to GEOS when it must: %d" % left)
        ok(2 * n <= left <= 4 * n, "when it must, GEOS answers, and says so", str(left))
        ok(db.run("SELECT count(*) FROM ours JOIN geos USING (s)") == str(n), "both answer all")
        ok(db.run("SELECT count(*) > 20 FROM judge WHERE ST_NPoints(gaps) > 10") == "t", "there is something to compare")
        for what, query in CHECKS:
            wrong = db.run(query)
            ok(wrong == "", what, *wrong.split("\n")[:8])
        ok("permission denied" in db.run("""SELECT mf_full_version(); CREATE ROLE regress_mf_plain;
            SET ROLE regress_mf_plain; SET minefield.debug_arrange_by_geos = on""", check=False)[1], "only a superuser may ask for it")
        db.run("DROP ROLE regress_mf_plain")
    finish()


main()
