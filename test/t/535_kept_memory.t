#!/usr/bin/python3
"""535_kept_memory.t - memory kept from one call to the next changes no answer

A session asks sets of random sizes, several at a time, with calls in between
that fail half way or are cancelled; every answer must be the one that a
session of its own gives.  What is kept must be used, and must stay below its
limit however much was asked for.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEED and ROUNDS may be set.
"""
import os
import random

from engine_lib import Database, finish, ok

SEED = int(os.environ.get("SEED", "20261207"))
ROUNDS = int(os.environ.get("ROUNDS", "40"))
RECORDS = 20000
LIMIT = 16 * 1024 * 1024
SLACK = 64 * 1024           # what the server adds to the blocks

SETUP = """
CREATE TABLE rec AS
SELECT n, mf_make(n::text, ST_Rotate(ST_MakeEnvelope(x, y, x + 0.004, y + 0.003, 4326), n, ST_SetSRID(ST_MakePoint(x, y), 4326))) AS r,
       ST_SetSRID(ST_MakePoint(x + 0.02, y + 0.01), 4326) AS place
FROM (SELECT n, 50 + n %% 200 * 0.003 + random() * 0.002 AS x, 40 + n / 200 * 0.003 + random() * 0.002 AS y
      FROM generate_series(0, %d - 1) n, setseed(0.5)) p;
ANALYZE rec;
""" % RECORDS

AREA = "ST_MakeEnvelope(49.9, 39.9, 50.5, 40.2, 4326)"
ANSWERS = (
    "(mf_coverage(r, %s))::text" % AREA,
    "md5(mf_gaps(r, %s)::text)" % AREA,
    "md5(mf_overlaps(n, r)::text)",
    "md5(mf_outside_records(CASE WHEN n % 9 = 0 THEN n END, place, n, r)::text)",
    "md5(mf_line_gaps(r, ST_ExteriorRing(%s), 100)::text)" % AREA,
)

FAILURES = (
    ("records of one set need more memory",
     "SET minefield.max_memory = '%dMB'; SELECT mf_gaps(r, " + AREA + ") FROM rec; RESET minefield.max_memory;", (1, 3)),
    ("canceling statement due to statement timeout",
     "SET statement_timeout = %d; SELECT mf_area(mf_gaps(r, " + AREA + ")) FROM rec, generate_series(1, 100) k GROUP BY k; RESET statement_timeout;", (20, 300)),
    ("caught",
     "SET client_min_messages = warning; DO $$ BEGIN PERFORM mf_coverage(r, CASE WHEN n < %d THEN " + AREA + " ELSE ST_Expand(" + AREA + ", 1) END) FROM rec;"
     " EXCEPTION WHEN invalid_parameter_value THEN RAISE WARNING 'caught'; END $$;", (1, RECORDS - 1)),
)


def question(rnd):
    """A query that gives one line: one set, several side by side, or groups."""
    most = rnd.choice((100, 1000, 5000, RECORDS))
    picked = rnd.sample(ANSWERS, rnd.randint(1, 3))
    groups = rnd.choice((1, 1, 3))
    return ("SELECT string_agg(q::text, ' ' ORDER BY k) FROM (SELECT n %% %d AS k, %s FROM rec WHERE n < %d GROUP BY 1) q"
            % (groups, ", ".join("%s AS a%d" % (p, i) for i, p in enumerate(picked)), rnd.randint(most // 2, most)))


KEPT = "SELECT 'KEPT ' || coalesce(sum(total_bytes), 0) FROM pg_backend_memory_contexts WHERE name = 'minefield blocks'"


def main():
    rnd = random.Random(SEED)
    print("# seed %d, %d rounds" % (SEED, ROUNDS))
    with Database("kept_memory") as db:
        db.run(SETUP)
        questions = [question(rnd) for _ in range(ROUNDS)]
        fresh = [db.run(q + ";") for q in questions]
        script = ["\\set ON_ERROR_STOP 0"]
        wanted = {}
        for q in questions:
            if rnd.random() < 0.5:
                what, failure, span = rnd.choice(FAILURES)
                script.append(failure % rnd.randint(*span))
                wanted[what] = wanted.get(what, 0) + 1
            script.append("SELECT 'ANSWER ' || coalesce((%s), 'NULL'); %s;" % (q, KEPT))
        said = db.run("\n".join(script), check=False)[1]
        lines = said.splitlines()
        answers = [line[7:] for line in lines if line.startswith("ANSWER ")]
        kept = [int(line[5:]) for line in lines if line.startswith("KEPT ")]
        wrong = [i for i in range(ROUNDS) if i >= len(answers) or answers[i] != fresh[i]]
        ok(not wrong and len(set(fresh)) > 1, "answers are those of sessions of their own",
           *["%s: %s, not %s" % (questions[i], answers[i:i + 1], fresh[i]) for i in wrong[:3]])
        for what, n in wanted.items():
            ok(said.count(what) == n, "%d times: %s" % (n, what), "%d times" % said.count(what))
        ok(len(kept) == ROUNDS and LIMIT // 8 < max(kept) <= LIMIT + SLACK,
           "blocks are kept, and never more than the limit (%d kB)" % (max(kept, default=0) // 1024))
    finish()


main()
