#!/usr/bin/env python3
"""240_demo.t - the demonstration runs, in plain and neutral words, and its
answers agree with the truth file of the exercise

Needs psql and a server with the extension.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from engine_lib import finish, ok, psql             # noqa: E402

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def truth():
    with open(os.path.join(TOP, "data", "truth.jsonl"), encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def rows(text, *headings):
    """The rows of the first printed table that has these headings."""
    lines = text.splitlines()
    for i, line in enumerate(lines):
        cells = [c.strip() for c in line.split("|")]
        if set(headings) <= set(cells):
            out = []
            for row in lines[i + 2:]:
                if "|" not in row:
                    break
                out.append(dict(zip(cells, (c.strip() for c in row.split("|")))))
            return out
    return []


def main():
    told = truth()
    records = {t["id"]: t for t in told if t["about"] == "record"}
    with tempfile.TemporaryDirectory() as out:
        start = time.time()
        done = subprocess.run([os.path.join(TOP, "demo", "run"), out],
                              capture_output=True, text=True)
        text = done.stdout
        ok(done.returncode == 0 and done.stderr == "", "it runs without an error", done.stderr)
        ok(time.time() - start < 120, "in less than two minutes")
        layers = {}
        for name in os.listdir(out):
            with open(os.path.join(out, name), encoding="utf-8") as f:
                layers[name] = f.read()
    ok(psql("SELECT count(*) FROM pg_database WHERE datname LIKE 'minefield_demo%'", "postgres") == "0",
       "and leaves no database behind")
    ok(not re.search(r"\b(safe|safely|clear|cleared|free of)\b", text, re.I),
       "no absence of a record is called safe or clear",
       re.findall(r".*\b(?:safe|clear)\b.*", text))

    books = {r["book"]: r for r in rows(text, "book", "records", "located", "unlocated")}
    for book in "AB":
        mine = [t for t in records.values() if t["book"] == book]
        words = sum(t["form"] == "words" for t in mine)
        ok(books[book]["records"] == str(len(mine)) and books[book]["unlocated"] == str(words),
           "book %s: %d records, %d without a place" % (book, len(mine), words))

    for heading in ("area_km2", "strip_km2"):
        shares = {r["name"]: r for r in rows(text, "name", heading, "not_recorded_percent")}
        ok(shares["Area 4"]["not_recorded_percent"] == "100.0" and shares["Area 4"]["records"] == "0",
           "%s: the area without a record is all gap" % heading)
        ok(all(0 < float(r["not_recorded_percent"]) < 100 for n, r in shares.items() if n != "Area 4"),
           "%s: the others are not" % heading)
        ok(all(r["unlocated"] == "7" for r in shares.values()),
           "%s: the unlocated records are counted everywhere" % heading)

    pairs = {(r["key_a"], r["key_b"]): r for r in rows(text, "key_a", "key_b", "contradicts")}
    known = {(t["same_as"], t["id"]): t for t in records.values()
             if t["same_as"] in records and records[t["same_as"]]["error"] == "none"
             and records[t["same_as"]]["form"] == "chain"}
    ok(len(known) == 4 and set(known) <= set(pairs), "the pairs across the books are found", sorted(pairs))
    ok({pairs[k]["class"] for k in known} == {"duplicate", "partial", "contains", "within"},
       "in four classes", pairs)
    ok(sum(pairs[k]["contradicts"] == "t" for k in known) >= 3, "and most contradict each other")
    copies = {"%s %s" % (t["duplicate_of"], t["id"]) for t in records.values() if t["duplicate_of"]}
    inside = next(r for r in rows(text, "class", "pairs", "largest") if r["class"] == "duplicate")
    ok(copies == set(inside["largest"].split(", ")) and inside["contradicts"] == "t",
       "every second copy with other figures is found", inside)

    shares = rows(text, "what", "precision", "recall")
    ok(len(shares) == 5 and all(float(r["precision"]) >= 0.95 and float(r["recall"]) >= 0.95 for r in shares),
       "links, copies, their differing counts, missing sheets and blank items are found", shares)
    known = {(t["same_as"], t["id"]) for t in records.values() if t["same_as"] in records}
    ok({(r["record"], r["tells_again"]) for r in rows(text, "record", "tells_again")} == known,
       "the links are those of the truth file", sorted(known))

    gaps = json.loads(layers["no_record.geojson"])
    ok(gaps["type"] == "FeatureCollection" and len(gaps["features"]) > 5
       and all(f["geometry"]["type"] == "MultiPolygon" for f in gaps["features"]),
       "the gaps are written as GeoJSON")
    ok("synthetic" in gaps and layers["qgis_views.sql"].count("CREATE VIEW") == 3,
       "and the views for QGIS as SQL")
    # the paper alone
    book = [t["location"] for t in records.values() if t["book"] == "A"]
    paper = rows(text, "located", "half_within_m")[0]
    ok((paper["records"], paper["located"]) == (str(len(book)), str(sum(t["solvable"] for t in book))),
       "of the paper alone, as many records are located as the truth says can be", paper)
    wants = {row["reason"]: int(row["records"]) for row in rows(text, "reason", "for_instance")}
    ok(all(wants.get("no_" + want.replace("_deg", "")) == sum(t["wants"] == want for t in book) for want in {t["wants"] for t in book} - {None}),
       "and the others lack what the truth says", wants)
    shifts = rows(text, "shift_m", "before_m")
    ok(len(shifts) >= 5 and all(abs(float(row["shift_m"]) - 40) < 0.2 and row["after_m"].isdigit() >= row["before_m"].isdigit()
                                and (not row["before_m"].isdigit() or int(row["after_m"]) <= int(row["before_m"])) for row in shifts),
       "a landmark found 40 m away moves its records by 40 m, and makes them no less certain", shifts)
    ok("<svg" in layers["report_paper.html"] and 'class="reach"' in layers["report_paper.html"], "the report of the paper has its map")
    finish()


if __name__ == "__main__":
    main()
