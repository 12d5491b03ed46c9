"""report.py - the figures as a table on the terminal and as a chapter"""

import math
import os
import platform
import re
from dataclasses import dataclass

from session import BY_PROCESSOR

WIDTHS = "%-46s %8s %11s %12s %7s %6s %6s  %s"


@dataclass
class Row:
    job: object
    size: int
    way: str                    # the fastest in PostGIS
    theirs: float               # ms; None: not measured
    ours: float
    their_mb: float             # None: not known
    our_mb: float


def ms(value):
    if value is None:
        return "–"
    return "%.0f" % value if value >= 100 else "%.1f" % value


def mb(value):
    return "–" if value is None else "%.0f" % value


def ratio(row):
    if row.theirs is None:
        return "–"
    times = row.theirs / row.ours
    return "%.0f×" % times if times >= 20 else "%.1f×" % times


def heading():
    return WIDTHS % ("", "records", "PostGIS ms", "minefield ms", "ratio", "MB", "MB", "best in PostGIS")


def line(row):
    return WIDTHS % (row.job.title, row.size, ms(row.theirs), ms(row.ours), ratio(row), mb(row.their_mb),
                     mb(row.our_mb), row.way)


def slope(a, b):
    return math.log(b.ours / a.ours) / math.log(b.size / a.size)


def steps(rows):
    """(title, [(row, next larger row)]) of each job with several sizes"""
    for title in dict.fromkeys(row.job.title for row in rows):
        # the first row of each size
        mine = sorted({r.size: r for r in reversed(rows) if r.job.title == title}.values(), key=lambda r: r.size)
        pairs = [(a, b) for a, b in zip(mine, mine[1:]) if a.size < b.size]
        if pairs:
            yield title, pairs


def growth(rows):
    """How time grows with the records: the slope in a plot of logarithms."""
    return ["%-46s growth %s" % (title, ", ".join("%.2f (%d to %d)" % (slope(a, b), a.size, b.size)
                                                  for a, b in pairs)) for title, pairs in steps(rows)]


def processor():
    try:
        with open("/proc/cpuinfo") as f:
            model = re.search(r"^model name\s*:\s*(.*)$", f.read(), re.M)
        return model.group(1).strip() if model else platform.machine()
    except OSError:
        return platform.machine()


HEAD = """# Performance: how long the engines take

What is measured is what a user waits for: the whole query in SQL, from reading the table to the answer, on warm caches. Beside each figure stands
the best way known to answer the same question in plain PostGIS SQL, with indexes and with parallel workers where they help, measured in the
same run in turn with minefield's, which has one process. Before that, the two answers are compared; the run fails when they differ.

    %s

writes this page. `make bench` alone takes 10,000 records and prints the table. The figures are those of one machine on one day: what they are good for
is to compare two builds, or two ways. The queries are in `test/bench/jobs.py`.

| | |
|---|---|
%s

## The records

`test/bench/generate.c` makes them, the same for the same seed: quadrilaterals of 50 to 1000 m by 10 to 100 m along front lines, a tenth of them irregular
outlines of 20 to 200 vertices, copies, shifted copies and neighbours with a common edge among them; 18 vertices each on average. A
record shares ground or an edge with 2.5 others, at 1,000 records with one. Up to 10,000 lie in 100 km × 10 km, 100,000 in 300 km × 40 km, 1,000,000 in 1000 km × 500 km.
The area of interest is one irregular outline of 600 vertices with holes that cuts across them, the front lines have a vertex every 16 m,
and half of the points lie outside every record (one point for five records).
"""

TABLE = """
## Time and memory

Medians of %s runs%s, of %s where PostGIS takes longer than 5 s. *MB* is by how much the server process grew at most, shared buffers and
parallel workers not counted.

| question | records | PostGIS, ms | minefield, ms | ratio | PostGIS, MB | minefield, MB | best in PostGIS |
|---|---:|---:|---:|---:|---:|---:|---|
"""

GROWTH = """
## Growth

The slope of minefield's time in a plot of logarithms: 1 is in proportion to the records.

| question | from | to | slope |
|---|---:|---:|---:|
"""


def command():
    given = ["%s=%s" % (name, "'%s'" % value if " " in value else value)
             for name, value in ((n, os.environ.get(n)) for n in ("SIZES", "SEED", "JOBS", "RUNS", "SLOW_RUNS", "WORKERS", "CLOCK"))
             if value]
    return " ".join(["make bench WRITE=1"] + given)


def page(rows, versions, seed):
    facts = [("machine", "%s, %d processors" % (processor(), os.cpu_count())),
             ("time", "on a processor, both sides in one process, for the machine was not idle" if BY_PROCESSOR else "elapsed"),
             ("system", platform.platform(terse=True)),
             ("versions", versions.replace("\n", "<br>")), ("seed", str(seed))]
    text = HEAD % (command(), "\n".join("| %s | %s |" % fact for fact in facts))
    text += TABLE % (os.environ.get("RUNS") or 5, ", as time on a processor" if BY_PROCESSOR else "", os.environ.get("SLOW_RUNS") or 3)
    for r in rows:
        text += "| %s | %s | %s | %s | %s | %s | %s | %s |\n" % (
            r.job.title, format(r.size, ","), ms(r.theirs), ms(r.ours), ratio(r), mb(r.their_mb), mb(r.our_mb), r.way)
    grown = list(steps(rows))
    if grown:
        text += GROWTH
        for title, pairs in grown:
            for a, b in pairs:
                text += "| %s | %s | %s | %.2f |\n" % (title, format(a.size, ","), format(b.size, ","), slope(a, b))
    return text
