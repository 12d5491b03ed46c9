#!/usr/bin/python3
"""720_reconcile.t - links and duplicates against the exercise's truth

The books of the exercise, and those of other seeds, made anew: which records
of book B tell of which of book A, and which records of A are second copies.
Precision and recall are printed for each seed and must reach 0.95 on the
committed books, on the second seed, and over all seeds together.

Then random pairings of made-up books against brute force in SQL's own
scores: every row must be what mf_similarity says, no record may be in two
rows, and no other pairing of a small set may have better odds.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEEDS (a list) and SEED may be set.
"""
import itertools
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile

from server import TOP, database, done, ok, psql

SEEDS = [int(s) for s in os.environ.get("SEEDS", "1993 4242 7 11 29").split()]
SEED = int(os.environ.get("SEED", "20261125"))
DATA = os.path.join(TOP, "test", "data")


def literal(text):
    return "$mf$%s$mf$" % text


def books(seed, directory):
    """The texts of both books and the truth, made from a seed."""
    subprocess.run([sys.executable, os.path.join(DATA, "generate.py"), "--seed", str(seed),
                    "--out", directory], check=True)
    out = []
    for name in ("book_a.geojson", "book_b.geojson", "truth.jsonl"):
        with open(os.path.join(directory, name), encoding="utf-8") as f:
            out.append(f.read())
    return out


def pairs(db, sql):
    rows = psql(db, sql)
    return {tuple(row.split("|")) for row in rows.splitlines()}


def told(found, wanted):
    right = len(found & wanted)
    return right, len(found), len(wanted)


def exercise(db, seed):
    with tempfile.TemporaryDirectory() as directory:
        a, b, truth = books(seed, directory)
    truth = [json.loads(line) for line in truth.splitlines()]
    records = [t for t in truth if t["about"] == "record"]
    ids = {t["id"] for t in records if t["book"] == "A"}
    same = {(t["same_as"], t["id"]) for t in records if t.get("same_as") in ids}
    twins = {(t["duplicate_of"], t["id"]) for t in records if t.get("duplicate_of")}
    psql(db, "CREATE TABLE s%d AS SELECT %s::logbook AS a, %s::logbook AS b" % (seed, literal(a), literal(b)))
    links = pairs(db, "SELECT key_a, key_b FROM s%d, mf_link(a, b)" % seed)
    copies = pairs(db, "SELECT key_a, key_b FROM s%d, mf_duplicates(a)" % seed)
    # a copy of the record is as good an answer as the record itself
    original = {b: a for a, b in twins}
    links = {(original.get(a, a), b) for a, b in links}
    differing = pairs(db, "SELECT key_a, key_b FROM s%d, mf_duplicates(a) WHERE contradicts" % seed)
    for name, found, wanted in (("links", links, same), ("copies", copies, twins)):
        for pair in sorted(found - wanted):
            print("# seed %d, %s: %s and %s are not one field" % ((seed, name) + pair))
        for pair in sorted(wanted - found):
            print("# seed %d, %s: %s and %s were not found" % ((seed, name) + pair))
    counts = {(t["duplicate_of"], t["id"]) for t in records if t.get("duplicate_of")
              and any("count" in path for path in t["differs"])}
    return [told(links, same), told(copies, twins), told(differing & twins, counts)]


def shares(counted):
    right, found, wanted = (sum(c[i] for c in counted) for i in range(3))
    return right / found if found else 1, right / wanted if wanted else 1, right, found, wanted


def recovers():
    db = database("mf_reconcile")
    everything = []
    for n, seed in enumerate(SEEDS):
        result = exercise(db, seed)
        everything += result
        precision, recall, *counts = shares(result)
        print("# seed %d: precision %.3f, recall %.3f (right %d, found %d, wanted %d)"
              % (seed, precision, recall, *counts))
        if n < 2:
            ok(precision >= 0.95 and recall >= 0.95,
               "the books of seed %d: links, copies and their differing counts are found" % seed)
    precision, recall, *counts = shares(everything)
    ok(precision >= 0.95 and recall >= 0.95,
       "over %d seeds: precision %.3f, recall %.3f" % (len(SEEDS), precision, recall))
    return db


# ---- pairings against brute force ----

def made_up(rng, n):
    """Records that are like each other in every degree."""
    out = []
    for i in range(n):
        lon, lat = 50.3 + rng.randrange(3) * 5e-4, 41.2 + rng.randrange(3) * 5e-4
        ring = [[lon, lat], [lon + 1e-3, lat], [lon + 1e-3, lat + 4e-4], [lon, lat]]
        properties = {"number": str(rng.randrange(4)), "front_m": rng.choice([100, 110, 200, None]),
                      "field_depth_m": rng.choice([10, 11, 30, None]),
                      "unit": rng.choice(["Unit 1", "Юнит 1", "Unit 2", None]),
                      "laid": rng.choice(["1993", "1993-08", "1994-01-07", None]),
                      "mines": [{"model": rng.choice(["PMN-2", "ПМН-2", "TM-62M"]),
                                 "count": rng.choice([10, 80, None])}]}
        out.append({"type": "Feature", "id": "%d" % i, "properties": properties,
                    "geometry": None if rng.random() < 0.2 else {"type": "Polygon", "coordinates": [ring]}})
    return out


def best_odds(scores, na, nb, floor):
    """The most that any pairing reaches, by trying all of them."""
    best = 0
    for chosen in itertools.product([None] + list(range(nb)), repeat=na):
        taken = [b for b in chosen if b is not None]
        if len(taken) != len(set(taken)):
            continue
        odds = 0
        for a, b in enumerate(chosen):
            if b is None:
                continue
            if scores[a, b] < floor:
                break
            odds += math.log(scores[a, b] / (1 - scores[a, b])) - math.log(floor / (1 - floor))
        else:
            best = max(best, odds)
    return best


def brute_force(db, rng, rounds):
    wrong, several = [], []
    for n in range(rounds):
        na, nb, floor = rng.randrange(6), rng.randrange(6), rng.choice([0.05, 0.2, 0.5])
        a, b = made_up(rng, na), made_up(rng, nb)
        psql(db, "CREATE TABLE r%d AS SELECT %s::logbook AS a, %s::logbook AS b" % (n, *(
            literal(json.dumps({"type": "FeatureCollection", "features": f})) for f in (a, b))))
        rows = psql(db, """
            SELECT 0, x.n - 1, y.n - 1, (mf_similarity(x.r, y.r)).score
            FROM r%d, mf_records(a) WITH ORDINALITY x(r, n), mf_records(b) WITH ORDINALITY y(r, n);
            SELECT 1, n_a - 1, n_b - 1, score FROM r%d, mf_link(a, b, %g);""" % (n, n, floor))
        rows = [row.split("|") for row in rows.splitlines()]
        scores = {(int(r[1]), int(r[2])): float(r[3]) for r in rows if r[0] == "0"}
        links = {(int(r[1]), int(r[2])): float(r[3]) for r in rows if r[0] == "1"}
        if any(scores[k] != v or v < floor for k, v in links.items()) or any(
                len({k[i] for k in links}) < len(links) for i in (0, 1)):
            several.append(n)
        odds = sum(math.log(s / (1 - s)) - math.log(floor / (1 - floor)) for s in links.values())
        if abs(odds - best_odds(scores, na, nb, floor)) > 1e-4:
            wrong.append("round %d: %g, best %g" % (n, odds, best_odds(scores, na, nb, floor)))
    ok(not several, "links have the scores that mf_similarity gives, and are one-to-one", *several)
    ok(not wrong, "no other pairing of %d random sets has better odds" % rounds, *wrong)
    psql(db, "CREATE TABLE whole AS SELECT %s::logbook AS a, %s::logbook AS b" % tuple(
        literal(json.dumps({"type": "FeatureCollection", "features": made_up(rng, 60)})) for _ in "ab"))
    ok(psql(db, "SELECT count(*) > 20 AND count(*) = count(DISTINCT n_a) AND count(*) = count(DISTINCT n_b) FROM whole, mf_link(a, b, 0.2)") == "t",
       "a larger set is paired one to one")
    ok(psql(db, "SELECT bool_and(s = back) FROM (SELECT (mf_similarity(x, y)).score AS s, (mf_similarity(y, x)).score AS back"
                " FROM whole, mf_records(a) x, mf_records(b) y) q") == "t", "likeness is symmetric")
    ok(psql(db, """SELECT count(*) FROM whole, mf_records(a) WITH ORDINALITY x(r, n) JOIN LATERAL
        (SELECT * FROM mf_records(a) WITH ORDINALITY y(s, m) WHERE m > n) z ON true
        FULL JOIN (SELECT n_a, n_b, score FROM whole, mf_duplicates(a, 0.5)) d ON d.n_a = x.n AND d.n_b = z.m
        WHERE d.n_a IS NULL AND (mf_similarity(r, s)).score > 0.9999 AND mf_number(r) = mf_number(s)""") == "0",
       "no pair that is all but certain is missing among the duplicates")


def main():
    db = recovers()
    print("# seed %d" % SEED)
    brute_force(db, random.Random(SEED), 60)


main()
done()
