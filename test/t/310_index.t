#!/usr/bin/env python3
"""310_index.t - whatever the operator, the operand, the side and the plan, the
answers are the same, and they are right

Prints TAP; needs a running server (PGHOST and so on) on which it may create a
database, and psql.  Oracles: PostGIS's own box operators, ST_Intersects and
ST_Distance on geography, brute force without an index, dense sampling of
edges measured by PROJ's geod.  Seed and number of records: SEED and RECORDS
in the environment.
"""

import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import time
from math import cos, pi, radians, sin

SEED = int(os.environ.get("SEED", random.SystemRandom().randrange(10**6)))
RECORDS = int(os.environ.get("RECORDS", "10000"))
DATABASE = "minefield_index_test"
rng = random.Random(SEED)
tests = failures = 0


def ok(good, name, *notes):
    global tests, failures
    tests += 1
    failures += not good
    print("%sok %d - %s" % ("" if good else "not ", tests, name), flush=True)
    for note in notes if not good else ():
        print("# %s" % (note,))


def psql(script, database=DATABASE, check=True):
    run = subprocess.run(
        ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database],
        input="SET statement_timeout = '5min';" + script, capture_output=True, text=True)
    if check and run.returncode != 0:
        print("Bail out! %s" % run.stderr.strip())
        sys.exit(1)
    return run.stdout.strip() if check else (run.returncode, run.stderr)


# ---- random records -------------------------------------------------------

# Two books' ground, the 180th meridian, the far north, somewhere else: within
# a quarter of the globe, as brute force measures each record.
CENTRES = [(51.2, 40.3), (51.3, 40.25), (51.25, 40.2), (179.9, 67.0),
           (-179.95, 66.9), (30.0, 84.9), (40.0, 20.0)]


def coordinate(value, limit):
    value = max(-limit, min(limit, value))
    # some on a coarse grid, so that things touch exactly
    return round(value * 2) / 2 if rng.random() < 0.1 else round(value, 7)


def place():
    if rng.random() < 0.1:
        return rng.uniform(30, 90), rng.uniform(20, 90)
    lon, lat = rng.choice(CENTRES)
    return rng.gauss(lon, 0.3), rng.gauss(lat, 0.2)


def point(lon, lat):
    return [coordinate(lon, 180), coordinate(lat, 90)]


def line():
    lon, lat = place()
    size = 10 ** rng.uniform(-4, 0)
    return [point(lon + rng.uniform(-size, size), lat + rng.uniform(-size, size))
            for _ in range(rng.randint(2, 6))]


def ring(lon, lat, size, n):
    angles = sorted(rng.uniform(0, 2 * pi) for _ in range(n))
    xy = [[max(-180, min(180, round(lon + size * cos(a), 9))),
           max(-90, min(90, round(lat + size * sin(a), 9)))] for a in angles]
    return xy + [xy[0]]


def polygon():
    lon, lat = place()
    size = 10 ** rng.uniform(-4, -0.3)
    rings = [ring(lon, lat, size, rng.randint(3, 9))]
    if rng.random() < 0.2:
        rings = [ring(lon, lat, size, 12), ring(lon, lat, size / 10, 4)]
    return rings


def geometry():
    kind = rng.choice(["Point", "LineString", "Polygon", "Polygon", "MultiPoint",
                       "MultiLineString", "MultiPolygon", "none", "empty"])
    some = range(rng.randint(1, 3))
    if kind == "none":
        return None
    if kind == "empty":
        return {"type": rng.choice(["Polygon", "MultiPolygon", "LineString"]), "coordinates": []}
    return {"type": kind, "coordinates": {
        "Point": lambda: point(*place()), "LineString": line, "Polygon": polygon,
        "MultiPoint": lambda: [point(*place()) for _ in some],
        "MultiLineString": lambda: [line() for _ in some],
        "MultiPolygon": lambda: [polygon() for _ in some]}[kind]()}


def feature(n):
    return json.dumps({"type": "Feature", "id": str(n), "geometry": geometry(),
                       "properties": {"remarks": "x" * rng.choice([0, 0, 0, 50, 4000])}})


def copy_rows(table, rows):
    return "COPY %s FROM STDIN (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02');\n%s\n\\.\n" % (
        table, "\n".join("%d\x02%s" % row for row in rows))


def load():
    psql("SET client_min_messages = error;\n"
         "DROP DATABASE IF EXISTS %s WITH (FORCE);\nCREATE DATABASE %s" % (DATABASE, DATABASE), "postgres")
    psql("CREATE EXTENSION postgis; CREATE EXTENSION minefield;"
         "CREATE TABLE records (id int, record minefield);"
         "CREATE TABLE queries (id int, m minefield);")
    psql(copy_rows("records", [(n, feature(n)) for n in range(RECORDS)]))
    psql(copy_rows("queries", [(n, feature(n)) for n in range(30)]))
    psql("""
INSERT INTO queries SELECT 100 + n, mf_make('q', g) FROM (VALUES
	(1, ST_MakeEnvelope(51, 40, 51.5, 40.5, 4326)), (2, ST_MakeEnvelope(-180, -90, 180, 90, 4326)),
	(3, ST_MakeEnvelope(178, 66, 180, 68, 4326)), (4, 'SRID=4326;POINT(0 90)'),
	(5, 'SRID=4326;LINESTRING(30 10,50 30)'), (6, NULL)) v(n, g);
-- some queries are records, so that the same box exists
INSERT INTO queries SELECT 200 + id, record FROM records WHERE id % 1000 = 7;
ALTER TABLE queries ADD b minefield_box, ADD g geometry;
UPDATE queries SET b = mf_box(m), g = coalesce(mf_geometry(m), 'SRID=4326;POLYGON EMPTY');
-- PostGIS's boxes leave out holes that stick out of their shell
ALTER TABLE records ADD valid boolean;
ALTER TABLE queries ADD valid boolean;
SET client_min_messages = error;
UPDATE records SET valid = coalesce(ST_IsValid(mf_geometry(record)), true);
UPDATE queries SET valid = ST_IsValid(g);
CREATE TABLE boxes AS SELECT id, mf_box(record) AS record FROM records;
CREATE TABLE geometries AS SELECT id, mf_geometry(record) AS record, valid FROM records;
CREATE INDEX records_record ON records USING gist (record);
CREATE INDEX boxes_record ON boxes USING gist (record);
VACUUM ANALYZE;
""")


BY_INDEX = "SET enable_seqscan = off;"
BY_HEAP = "SET enable_indexscan = off; SET enable_bitmapscan = off; SET enable_indexonlyscan = off;"


def answers(condition, table, plan, queries="queries q"):
    """The records of each query, as one comparable text."""
    return psql("""%s
SELECT q.id, n, s FROM %s, LATERAL (SELECT count(*), sum(hashint4(t.id)) FROM %s t WHERE %s) v(n, s)
ORDER BY q.id""" % (plan, queries, table, condition)).split("\n")


# ---- the four box operators ------------------------------------------------

def box_operators():
    postgis = {"&&": "&&", "@>": "~", "<@": "@", "~=": "~="}
    located = "(SELECT * FROM queries WHERE mf_is_located(m) AND valid) q"
    for op in postgis:
        oracle = answers("t.valid AND t.record %s q.g" % postgis[op], "geometries", BY_HEAP, located)
        heap = answers("t.record %s q.m" % op, "records", BY_HEAP)
        ok(oracle == answers("t.valid AND t.record %s q.m" % op, "records", BY_HEAP, located),
           "%s is PostGIS's %s" % (op, postgis[op]))
        ok(any(int(row.split("|")[1]) > 0 for row in heap), "%s finds some" % op)
        for table in "records", "boxes":
            for operand in "mbg":
                condition = "t.record %s q.%s" % (op, operand)
                other = "q.%s %s t.record" % (operand, {"@>": "<@", "<@": "@>"}.get(op, op))
                ok(answers(condition, table, BY_HEAP) == heap and
                   answers(other, table, BY_HEAP) == heap,
                   "%s %s %s without an index" % (table, op, operand))
                ok(answers(condition, table, BY_INDEX) == heap and
                   answers(other, table, BY_INDEX) == heap,
                   "%s %s %s by the index" % (table, op, operand))


# ---- nearest first ---------------------------------------------------------

def nearest():
    for table in "records", "boxes":
        for operand in "mbg":
            for limit in 50, 1000000:
                differ = []
                for q in (0, 1, 2, 101, 103, 106):
                    distance = "record <-> (SELECT %s FROM queries WHERE id = %d)" % (operand, q)
                    order = "SELECT d FROM (SELECT %s AS d FROM %s ORDER BY %s LIMIT %d) v" % (
                        distance, table, distance, limit)
                    index = psql(BY_INDEX + order).split("\n")
                    heap = psql(BY_HEAP + order).split("\n")
                    if index != heap:
                        differ.append(q)
                    if limit > RECORDS:
                        break
                ok(not differ, "%s <-> %s, %s" % (table, operand, "all" if limit > RECORDS else "nearest"),
                   "queries %s" % differ)
    plan = psql(BY_INDEX + "EXPLAIN SELECT FROM records ORDER BY record <-> 'SRID=4326;POINT(1 1)'::geometry LIMIT 1")
    ok("Index Scan using records_record" in plan, "the index gives the order", plan)


def distances():
    # a rough oracle for everything, as geography has other edges and
    # measures polygons on the sphere first; the edges here are short
    wrong = psql("""
SELECT count(*), string_agg(format('%s %s: %s %s', t, q, d, o), '; ') FILTER (WHERE n < 4) FROM (
	SELECT t.id AS t, q.id AS q, d, o, row_number() OVER () AS n FROM (SELECT * FROM records ORDER BY id LIMIT 800) t,
		(SELECT * FROM queries WHERE id IN (3, 4, 5, 6, 7, 8, 9, 10)) q,
		LATERAL (SELECT t.record <-> q.m, ST_Distance(ST_Segmentize(mf_geometry(t.record), 0.02)::geography, ST_Segmentize(q.g, 0.02)::geography)) v(d, o)
	WHERE mf_is_located(t.record) AND mf_is_located(q.m) AND t.valid AND q.valid
		AND NOT (d BETWEEN o * 0.995 - 1 AND o * 1.0001 + 1)) w""")
    ok(wrong.startswith("0|"), "<-> against ST_Distance on geography", wrong)
    wrong = psql("""
SELECT count(*) FROM records t, queries q WHERE t.id % 7 = 0
	AND NOT ((t.record <-> q.b) <= (t.record <-> q.m) + 0.001 OR (t.record <-> q.m) = 'Infinity')""")
    ok(wrong == "0", "the distance to a box is a lower bound", wrong)
    wrong = psql("""
SELECT count(*) FROM records t, queries q WHERE t.id % 11 = 0
	AND (t.record <-> q.m) <> (q.m <-> t.record) AND abs((t.record <-> q.m) - (q.m <-> t.record)) > 0.002""")
    ok(wrong == "0", "<-> both ways", wrong)


def geod(pairs):
    """Geodesic distances by PROJ's command."""
    text = "".join("%.10f %.10f %.10f %.10f\n" % (a[1], a[0], b[1], b[0]) for a, b in pairs)
    run = subprocess.run(["geod", "-I", "-F", "%.6f", "+ellps=WGS84"], input=text,
                         capture_output=True, text=True, check=True)
    return [float(row.split("\t")[2]) for row in run.stdout.split("\n") if row]


def sampled_distances():
    """An edge sampled densely: no sample is nearer, and one is hardly farther."""
    bad = []
    n = 2000
    for _ in range(25):
        lon, lat = rng.uniform(-170, 170), rng.uniform(-80, 80)
        a = (lon, lat)
        b = (lon + rng.uniform(-3, 3), lat + rng.uniform(-3, 3))
        p = (lon + rng.uniform(-5, 5), lat + rng.uniform(-5, 5))
        samples = [(a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n) for i in range(n + 1)]
        measured = min(geod([(s, p) for s in samples]))
        step = max(geod([(samples[0], samples[1]), (samples[-2], samples[-1])]))
        ours = float(psql("SELECT mf_make('a', ST_SetSRID(ST_MakeLine(ST_MakePoint(%r, %r), ST_MakePoint(%r, %r)), 4326)) <->"
                          " ST_SetSRID(ST_MakePoint(%r, %r), 4326)" % (a + b + p)))
        if not measured - min(step, step * step / max(measured, 1)) - 0.01 <= ours <= measured + 0.01:
            bad.append((a, b, p, ours, measured))
    ok(not bad, "<-> from points to edges against geod along the edge", *bad[:3])


# ---- exact predicates ------------------------------------------------------

def predicates():
    valid = "(SELECT * FROM queries WHERE mf_is_located(m) AND valid) q"
    mine = answers("t.valid AND mf_intersects(t.record, q.m)", "records", BY_INDEX, valid)
    oracle = answers("t.valid AND ST_Intersects(t.record, q.g)", "geometries", BY_HEAP, valid)
    ok(mine == oracle, "mf_intersects is ST_Intersects of valid extents", *[x for x in zip(mine, oracle) if x[0] != x[1]][:3])
    heap = answers("mf_intersects(t.record, q.m)", "records", BY_HEAP)
    for condition in ("mf_intersects(t.record, q.m)", "mf_intersects(q.m, t.record)",
                      "mf_intersects(t.record, q.g)", "mf_intersects(q.g, t.record)"):
        ok(answers(condition, "records", BY_INDEX) == heap, condition + " by the index")
    for distance in 0, 300, 20000, 3000000:
        some = "(SELECT * FROM queries WHERE id % 4 = 1) q"
        brute = psql(BY_HEAP + """
SELECT q.id, n, s FROM %s, LATERAL (SELECT count(*), sum(hashint4(t.id)) FROM records t
	WHERE (t.record <-> q.m) <= %r) v(n, s) ORDER BY q.id""" % (some, distance)).split("\n")
        for condition in ("mf_dwithin(t.record, q.m, %r)", "mf_dwithin(q.m, t.record, %r)",
                          "mf_dwithin(t.record, q.g, %r)", "mf_dwithin(q.g, t.record, %r)"):
            ok(answers(condition % distance, "records", BY_INDEX, some) == brute,
               condition % distance + " by the index is <-> by brute force")


# ---- joins, parallel, row-level security ------------------------------------

JOIN = ("SELECT count(*), sum(hashint4(a.id) # hashint4(b.id)) FROM %s a, %s b WHERE %s")


def joins():
    psql("CREATE TABLE areas AS SELECT id, mf_geometry(record) AS record FROM records"
         " WHERE mf_is_located(record) AND id % 5 = 0; CREATE INDEX ON areas USING gist (record); ANALYZE areas;")
    for left, right, condition in (
            ("records", "records", "a.id < 200 AND a.record && b.record"),
            ("records", "boxes", "a.id < 200 AND a.record @> b.record"),
            ("areas", "records", "a.id < 1000 AND a.record && b.record"),
            ("areas", "records", "a.id < 500 AND mf_intersects(a.record, b.record)"),
            ("records", "areas", "a.id < 500 AND mf_intersects(a.record, b.record)"),
            ("areas", "records", "a.id < 1000 AND mf_dwithin(a.record, b.record, 500)")):
        query = JOIN % (left, right, condition)
        heap = psql(BY_HEAP + "SET enable_memoize = off;" + query)
        plan = psql(BY_INDEX + "EXPLAIN " + query)
        ok(heap == psql(BY_INDEX + query) and heap.split("|")[0] != "0" and "Index" in plan,
           "join of %s and %s: %s" % (left, right, condition), heap, plan)
    parallel = ("SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;"
                "SET min_parallel_index_scan_size = 0; SET max_parallel_workers_per_gather = 2;")
    query = JOIN % ("areas", "records", "mf_intersects(a.record, b.record)")
    ok("Gather" in psql(parallel + "EXPLAIN " + query), "the join runs in parallel")
    ok(psql(parallel + query) == psql("SET max_parallel_workers_per_gather = 0;" + query),
       "and answers as it does alone")


def row_level_security():
    psql("""
CREATE TABLE secured AS SELECT id, id % 3 AS district, record FROM records;
CREATE INDEX secured_record ON secured USING gist (record);
ANALYZE secured;
ALTER TABLE secured ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON secured USING (district = 1);
SET client_min_messages = error;
DROP ROLE IF EXISTS minefield_index_reader;
CREATE ROLE minefield_index_reader;
GRANT SELECT ON secured TO minefield_index_reader;
GRANT SELECT ON spatial_ref_sys TO minefield_index_reader;""")
    role = "SET ROLE minefield_index_reader;"
    box = "record && mf_box(ST_MakeEnvelope(51.2, 40.3, 51.21, 40.31, 4326))"
    plan = psql(role + "EXPLAIN SELECT id FROM secured WHERE " + box)
    ok("secured_record" in plan, "under row-level security a box condition uses the index", plan)
    plan = psql(role + "EXPLAIN SELECT id FROM secured WHERE record && ST_MakeEnvelope(51.2, 40.3, 51.21, 40.31, 4326)")
    ok("secured_record" not in plan, "a geometry condition, which can raise errors, does not", plan)
    mine = psql(role + "SELECT count(*), sum(id) FROM secured WHERE " + box)
    ok(mine == psql("SELECT count(*), sum(id) FROM records WHERE id % 3 = 1 AND " + box) and mine != "0|",
       "and finds the reader's own rows only", mine)
    psql("DROP TABLE secured; DROP OWNED BY minefield_index_reader; DROP ROLE minefield_index_reader;")


# ---- a life of an index, binary and soft input --------------------------------

def index_life():
    psql("""
CREATE TABLE life (id int, record minefield, valid boolean);
CREATE INDEX life_record ON life USING gist (record);
INSERT INTO life SELECT * FROM records ORDER BY hashint4(id);
DELETE FROM life WHERE id % 4 = 0;
UPDATE life SET record = (SELECT r.record FROM records r WHERE r.id = life.id - 1) WHERE id % 4 = 1;
VACUUM life;
INSERT INTO life SELECT * FROM records WHERE id % 4 = 0;
ANALYZE life;""")
    for condition in "t.record && q.m", "t.record <@ q.b", "q.g <@ t.record", "t.record ~= q.m":
        ok(answers(condition, "life", BY_INDEX) == answers(condition, "life", BY_HEAP),
           "after inserts, deletes and updates: " + condition)


def binary_row(payload):
    return struct.pack(">hi", 1, len(payload)) + payload


def copy_binary(path, payloads):
    with open(path, "wb") as out:
        out.write(b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0) +
                  b"".join(map(binary_row, payloads)) + struct.pack(">h", -1))
    os.chmod(path, 0o644)


def binary():
    inf = float("inf")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        path = os.path.join(folder, "boxes")
        psql("CREATE TABLE copied (box minefield_box)")
        good = [struct.pack(">B4f", 1, 1, 2, 3, 4), struct.pack(">B4f", 1, inf, inf, -inf, -inf),
                struct.pack(">B4f", 1, -0.0, -0.0, 0.0, 0.0)]
        copy_binary(path, good)
        psql("\n\\copy copied FROM '%s' BINARY" % path)
        ok(psql("SELECT string_agg(box::text, ' ' ORDER BY box) FROM copied") ==
           "BOX(0 0,0 0) BOX(1 2,3 4) BOX EMPTY", "binary boxes")
        bad = [b"", struct.pack(">B4f", 2, 1, 2, 3, 4), struct.pack(">B3f", 1, 1, 2, 3),
               struct.pack(">B4fB", 1, 1, 2, 3, 4, 0), struct.pack(">B4f", 1, float("nan"), 2, 3, 4),
               struct.pack(">B4f", 1, 3, 2, 1, 4), struct.pack(">B4f", 1, 1, 4, 3, 2),
               struct.pack(">B4f", 1, inf, inf, inf, inf), struct.pack(">B4f", 1, inf, 2, -inf, 4),
               struct.pack(">B4f", 1, 1, 2, 181, 4), struct.pack(">B4f", 1, 1, 2, 3, 90.5)]
        accepted = []
        for payload in bad:
            copy_binary(path, [payload])
            code, error = psql("\n\\copy copied FROM '%s' BINARY" % path, check=False)
            if code == 0 or "server closed" in error:
                accepted.append((payload, error))
        ok(not accepted, "hostile binary boxes are refused", *accepted)
        psql("\n\\copy (SELECT record FROM boxes ORDER BY id) TO '%s' BINARY" % path)
        os.chmod(path, 0o644)
        psql("TRUNCATE copied; \n\\copy copied FROM '%s' BINARY" % path)
    ok(psql("SELECT count(*) FROM (SELECT box, count(*) FROM copied GROUP BY 1"
            " EXCEPT SELECT record, count(*) FROM boxes GROUP BY 1) v") == "0", "binary and back")
    ok(psql("SELECT count(*) FROM boxes WHERE record::text::minefield_box <> record") == "0", "text and back")
    ok(psql("""SELECT count(*) FROM boxes a, boxes b WHERE a.id % 50 = 0 AND (
	((a.record = b.record) <> (a.record::text = b.record::text))
	OR ((a.record = b.record) AND minefield_box_hash(a.record) <> minefield_box_hash(b.record))
	OR ((a.record < b.record)::int + (a.record = b.record)::int + (a.record > b.record)::int <> 1)
	OR ((a.record < b.record) <> (minefield_box_cmp(a.record, b.record) < 0)))""") == "0",
       "equality, order and hash of boxes agree")
    if int(psql("SHOW server_version_num")) >= 160000:
        ok(psql("SELECT pg_input_is_valid(t, 'minefield_box') FROM (VALUES ('BOX(1 2,3 4)'), ('BOX(3 2,1 4)'),"
                " ('BOX(1 2,3 99)'), ('nothing')) v(t)") == "t\nf\nf\nf", "soft input errors")


print("# SEED=%d RECORDS=%d" % (SEED, RECORDS))
for part in (load, box_operators, nearest, distances, sampled_distances, predicates,
             joins, row_level_security, index_life, binary):
    began = time.monotonic()
    part()
    print("# %s: %.1f s" % (part.__name__, time.monotonic() - began), flush=True)
psql("DROP DATABASE %s" % DATABASE, "postgres")
print("1..%d" % tests)
sys.exit(1 if failures else 0)
