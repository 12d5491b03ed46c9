#!/usr/bin/python3
"""590_paper.t - what is missing and what contradicts itself, against the truth

Loads the exercise's log books, and those of a second seed that
test/data/generate.py makes, and compares what profiles, sequences and checks
find with the truth file: every missing number and sheet, every blank and
illegible item, every copy with other figures, every record that contradicts
itself, and every one that was plotted elsewhere than it says.  Prints
precision and recall; both have to be at least 0.95.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEED is the second seed.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

from engine_lib import Database, finish, ok

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SEED = int(os.environ.get("SEED", "20271125"))
LEAST = 0.95

# The items that the truth file may call blank or illegible; of others it says nothing.
ITEMS = re.compile(r"^/properties/(unit|recorder|laid|recorded|method|row_gap_m|mines/\d+/(count|anti_handling|burial_depth_m|fuze)"
                   r"|location/(north|declination_deg|distance_unit|angle_unit))$")

QUERIES = {
    "number": """SELECT b.book, m FROM books b, mf_sequence_gaps(b.log) g, generate_series(g.first_missing::int, g.last_missing::int) m""",
    "sheet": """SELECT mf_id(record), unnest(mf_missing_sheets(record)) FROM records""",
    # what asks for the time of day as well says nothing of a blank
    "blank": """SELECT DISTINCT mf_id(record), i FROM records, unnest('{formular,da1355,ccw_ap2_1996}'::text[]) p,
        mf_missing(record, p) m, unnest(m.items) i WHERE m.state = 'missing' AND m.requirement NOT IN ('laid_time', 'started_and_completed')""",
    "illegible": """SELECT DISTINCT mf_id(record), i FROM records, unnest('{formular,da1355,ccw_ap2_1996}'::text[]) p,
        mf_missing(record, p) m, unnest(m.items) i WHERE m.state = 'illegible'""",
    "copy": """SELECT c.keys[k], '' FROM books b, mf_copies(b.log) c, generate_series(2, cardinality(c.keys)) k WHERE c.differ""",
    "laid after recorded": """SELECT DISTINCT mf_id(record), '' FROM records, mf_check(record, mf_check_options(codes => '{laid_after_recorded}'))""",
    "total": """SELECT DISTINCT mf_id(record), '' FROM records, mf_check(record, mf_check_options(codes => '{total_differs_from_rows}'))""",
    "outline": """SELECT DISTINCT mf_id(record), '' FROM records, mf_check(record, mf_check_options(codes => '{extent_invalid}'))""",
    "plotted elsewhere": """SELECT DISTINCT mf_id(record), '' FROM records, mf_check(record, mf_check_options(codes => '{extent_differs_from_location}'))""",
}


def truth_of(path):
    """What each query should find, as pairs of texts."""
    truth = {name: set() for name in QUERIES}
    for line in open(path, encoding="utf-8"):
        t = json.loads(line)
        if t["about"] == "book":
            truth["number"] |= {(t["book"], n) for n in t["missing_numbers"]}
        if t["about"] != "record":
            continue
        truth["sheet"] |= {(t["id"], str(s)) for s in t["missing_sheets"]}
        truth["blank"] |= {(t["id"], i) for i in t["blank"]}
        truth["illegible"] |= {(t["id"], i) for i in t["illegible"]}
        if t["duplicate_of"]:
            truth["copy"].add((t["id"], ""))
        if "laid_after_recorded" in t["contradicts_itself"]:
            truth["laid after recorded"].add((t["id"], ""))
        # a copy with another count no longer adds up, either
        if "total_differs_from_rows" in t["contradicts_itself"] or "/properties/mines/0/count" in t["differs"]:
            truth["total"].add((t["id"], ""))
        if t["error"] == "corners_out_of_order":
            truth["outline"].add((t["id"], ""))
        if t["error_in"] == "geometry":
            truth["plotted elsewhere"].add((t["id"], ""))
    return truth


def books_of(directory, db):
    db.run("CREATE TABLE books (book text, log logbook)")
    for book in "ab":
        text = open(os.path.join(directory, "book_%s.geojson" % book), encoding="utf-8").read()
        db.run("INSERT INTO books VALUES ('%s', $doc$%s$doc$)" % (book.upper(), text))
    db.run("CREATE TABLE records AS SELECT book, record FROM books, mf_records(log) record")


def compare(directory, what):
    with Database("paper") as db:
        books_of(directory, db)
        truth = truth_of(os.path.join(directory, "truth.jsonl"))
        wanted = found = right = 0
        for name, query in QUERIES.items():
            pairs = {tuple(line.split("|")) for line in db.run(query).split("\n") if line}
            if name in ("blank", "illegible"):
                pairs = {p for p in pairs if ITEMS.match(p[1])}
            good = pairs & truth[name]
            print("# %-20s %-20s wanted %3d, found %3d, right %3d" % (what, name, len(truth[name]), len(pairs), len(good)))
            if name in ("number", "sheet", "blank", "copy"):
                ok(truth[name] and good == truth[name], "%s: every %s is found" % (what, name), sorted(truth[name] - good))
            if pairs != truth[name]:
                print("#   missed %s, wrongly %s" % (sorted(truth[name] - good)[:5], sorted(pairs - good)[:5]))
            wanted, found, right = wanted + len(truth[name]), found + len(pairs), right + len(good)
        precision, recall = right / max(found, 1), right / max(wanted, 1)
        print("# %s: precision %.3f, recall %.3f (%d of %d found, %d wanted)" % (what, precision, recall, right, found, wanted))
        ok(precision >= LEAST and recall >= LEAST, "%s: precision and recall are at least %g" % (what, LEAST), precision, recall)


def main():
    print("# seed %d" % SEED)
    data = os.path.join(TOP, "test", "data")
    compare(data, "exercise, seed 1993")
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([sys.executable, "-B", os.path.join(data, "generate.py"), "--seed", str(SEED), "--out", out], check=True)
        compare(out, "seed %d" % SEED)
    finish()


main()
