"""measure.py - one question asked of minefield and of PostGIS: are the answers
the same, which way in PostGIS is the fastest, and how long do both take
"""

import os
import statistics

from report import Row
from server import psql
from session import BY_PROCESSOR, Session

RUNS = int(os.environ.get("RUNS", "5"))
SLOW_RUNS = int(os.environ.get("SLOW_RUNS", "3"))
SLOW_S = 5
WORKERS = 0 if BY_PROCESSOR else int(os.environ.get("WORKERS", "2"))
BASELINE = os.environ.get("BASELINE", "1") != "0"

ALIKE = ("jit = off", "work_mem = '256MB'")
ALONE = ALIKE + ("max_parallel_workers_per_gather = 0",)
TOGETHER = ALIKE + ("max_parallel_workers_per_gather = %d" % WORKERS, "parallel_setup_cost = 0",
                    "parallel_tuple_cost = 0", "min_parallel_table_scan_size = 0",
                    "min_parallel_index_scan_size = 0")


def ways(job, size):
    """[(name, SQL, settings, shown)] for so many records"""
    out = []
    for way in job.ways if BASELINE else ():
        if way.least <= size <= way.most:
            out.append((way.name, way.sql, ALONE, way.shown))
            if way.workers and WORKERS > 0:
                out.append((way.name + ", %d workers" % WORKERS, way.sql, TOGETHER, False))
    return out


def answer(name, table, sql, settings):
    """Keep an answer, made as it is when it is timed; the milliseconds it took."""
    with Session(name, *settings) as session:
        session.run("DROP TABLE IF EXISTS %s" % table)
        session.run("CREATE UNLOGGED TABLE %s AS %s" % (table, sql))
        took = session.milliseconds
        session.run("ANALYZE " + table)
    return took


def differences(name, job, size):
    """What is not the same in the answers o and t, in words.  A comparison that
    comes to nothing is not one that was passed."""
    out = []
    with Session(name, *ALONE) as session:
        for what, sql, limit, most in job.checks:
            value = session.run(sql) if size <= most else "0"
            if value == "" or not float(value) <= limit:
                out.append("%s differs by %s" % (what, value or "unknown"))
    return out


def compare(name, job, size):
    """(the fastest way in PostGIS, its milliseconds, what is wrong with the answers)"""
    best, shortest, wrong, checked = None, 0, [], set()
    if ways(job, size):
        answer(name, "o", job.ours, ALONE)
    for way in ways(job, size):
        took = answer(name, "t", way[1], way[2])
        if way[1] not in checked:       # workers do not make it another answer
            checked.add(way[1])
            wrong += ["%s: %s" % (way[0], w) for w in differences(name, job, size)]
        if best is None or took < shortest:
            best, shortest = way, took
    return best, shortest, wrong


def turns(name, job, size, way, shortest):
    """A row: minefield and a way in PostGIS, None for none, in turn."""
    ours, theirs = [], []
    their_mb = None
    with Session(name, *ALONE) as we, Session(name, *(way[2] if way else ALONE)) as they:
        for session in (we, they):
            session.run("SELECT mf_full_version(), postgis_full_version()")
        our_mb = we.growth(job.timed % job.ours)
        slow = shortest > SLOW_S * 1000
        if way:
            their_mb = they.growth(job.timed % way[1])
            theirs = [they.milliseconds] if slow else []
        for turn in range(RUNS):
            if way and len(theirs) < (SLOW_RUNS if slow else RUNS):
                they.run(job.timed % way[1])
                theirs.append(they.milliseconds)
            we.run(job.timed % job.ours)
            ours.append(we.milliseconds)
    return Row(job, size, way[0] if way else "", statistics.median(theirs) if theirs else None,
               statistics.median(ours), their_mb, our_mb)


def measure(name, job, size):
    """Rows of the table, the first with the fastest way in PostGIS, and what is
    wrong with the answers."""
    best, shortest, wrong = compare(name, job, size)
    rows = [turns(name, job, size, best, shortest)]
    for way in ways(job, size):
        if way[3] and way != best:
            rows.append(turns(name, job, size, way, shortest))
    return rows, wrong
