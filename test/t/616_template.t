#!/usr/bin/env python3
"""616_template.t - the spreadsheet template, filled, spoilt, loaded and corrected

The committed files are what the loader's columns make.  Eight records typed
into it, as ODS and as XLSX, come through ogr2ogr into a registry: the six that
nobody spoilt say what the exercise book says, the two with cells that became
dates are refused by sheet and cell, and are records once they are corrected.
Needs ogr2ogr for that.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

from server import TOP, database, done, equal, ok, psql, run

TOOL = os.path.join(TOP, "test", "tools", "template")
SEED = int(os.environ.get("SEED", "20261125"))
SHEETS = ("records", "points", "legs", "rows", "mines", "events")


def read(*path):
    with open(os.path.join(TOP, *path), "rb") as f:
        return f.read()


def load(name, path):
    """The recipe of doc/template.md."""
    kind = os.path.splitext(path)[1][1:].upper()
    psql(name, "SET client_min_messages = warning; DROP SCHEMA IF EXISTS typed CASCADE; CREATE SCHEMA typed")
    out = subprocess.run(["ogr2ogr", "-f", "PostgreSQL", "PG:dbname=" + name, path, *SHEETS,
                          "--config", "OGR_%s_FIELD_TYPES" % kind, "STRING", "--config", "OGR_%s_HEADERS" % kind, "FORCE",
                          "-preserve_fid", "-lco", "FID=_row", "-lco", "SCHEMA=typed"], capture_output=True, text=True)
    ok(out.returncode == 0, "%s: ogr2ogr loads the sheets" % kind, out.stderr)
    return kind


def story(name, path):
    kind = load(name, path)
    book = "Book " + kind
    equal(psql(name, "SELECT lines, records, refused FROM mf_intake('office', '%s', mf_sheets('typed'), '%s')" % (
        os.path.basename(path), book)), "8|6|2", "%s: eight records come in, two are refused" % kind)
    equal(psql(name, "SELECT sqlstate, path FROM office.v_intake WHERE book = '%s' AND outcome = 'refused' ORDER BY fid" % book).splitlines(),
          ["22007|legs!D4", "22007|mines!E35"], "%s: by sheet and cell" % kind)
    equal(psql(name, "SELECT already_loaded FROM mf_intake('office', 'again', mf_sheets('typed'), '%s')" % book), "t",
          "%s: the same sheets again are known" % kind)
    for path_, wrong, right in (("legs!D4", None, "08-07"), ("mines!E35", None, "12-18")):
        told = psql(name, """SELECT r.outcome FROM (SELECT fid, input FROM office.v_intake WHERE book = '%s' AND path = '%s') l,
            mf_retry('office', l.fid, 'looked at the paper', regexp_replace(l.input, '"(2026-\\d\\d-\\d\\d|2026/\\d\\d/\\d\\d)"', '"%s"')) r"""
                    % (book, path_, right))
        equal(told, "corrected", "%s: corrected, %s is a record" % (kind, path_))
    # a number typed as ~65 keeps its characters only; the exercise's author knows more
    differ = psql(name, """
        SELECT mf_id(o.record), k FROM mf_load(pg_read_file('%s')) o
        JOIN office.v_current r ON r.book = '%s' AND r.key = mf_id(o.record)
        CROSS JOIN LATERAL (SELECT k FROM unnest(ARRAY['number', 'laid', 'recorded', 'source', 'category', 'pattern', 'front_m', 'field_depth_m', 'row_count',
            'row_gap_m', 'accuracy95_m']) k WHERE mf_properties(o.record) -> k IS DISTINCT FROM mf_properties(r.current) -> k
            UNION ALL SELECT 'location' WHERE jsonb_strip_nulls(mf_properties(o.record) -> 'location') <> mf_properties(r.current) -> 'location'
            UNION ALL SELECT 'geometry' WHERE NOT ST_OrderingEquals(o.record::geometry, r.current::geometry)
            UNION ALL SELECT 'models' WHERE (SELECT array_agg(model ORDER BY n) FROM mf_mines(o.record)) <> (SELECT array_agg(model ORDER BY n) FROM mf_mines(r.current))
            UNION ALL SELECT 'counts' WHERE (SELECT array_agg(as_written ORDER BY n) FROM mf_mines(o.record)) <> (SELECT array_agg(as_written ORDER BY n) FROM mf_mines(r.current))
        ) d ORDER BY 1, 2""" % (os.path.join(TOP, "test", "data", "book_b.geojsonl"), book))
    equal(psql(name, "SELECT count(*) FROM office.v_current WHERE book = '%s'" % book), "8", "%s: eight records are there" % kind)
    equal(differ, "", "%s: and say what the paper says" % kind)


CELLS = ["", " ", "?", "нрзб", "—", "0", "-1", "7", "15-00", "10-15", "15-10", "~40", "1?2", "1e5", "1,234", "4563102,932", "45945", "9" * 400, "2026-10-15",
         "PT15H00M00S", "17/3", "A B C", ",", "POINT(50 41)", "POLYGON((0 0))", "POINT(50 141)", "LINESTRING(1 2", "EPSG:28409", "sk-42", "\"quoted\" \\ 'x'",
         "{\"a\":1}", "[1,2]", "<b>", "ё\u2028", "null", "true", "1993~", "1993-08/1993-09", "B/1", "not a date", "%s", "$1"]


def at_random(name):
    """Whatever the cells say, every record in the sheets becomes a record or a refusal, alone."""
    print("# seed %d" % SEED)
    rnd, wrong, counts = random.Random(SEED), [], [0, 0]
    columns = [c.split(".") for c in psql(name, "SELECT sheet || '.' || name FROM mf_sheet_columns()").split()]
    for round_ in range(60):
        sheets = {sheet: [] for sheet in SHEETS}
        keys = ["K%d" % n for n in range(rnd.randint(0, 12))]
        for key in keys:
            sheets["records"].append(dict({c: rnd.choice(CELLS) for s, c in columns if s == "records" and rnd.random() < .06}, key=key))
        orphans = 0
        for sheet in SHEETS[1:]:
            for _ in range(rnd.randint(0, 15)):
                owner = rnd.choice(keys + ["none"])
                orphans += owner == "none"
                sheets[sheet].append(dict({c: rnd.choice(CELLS) for s, c in columns if s == sheet and rnd.random() < .12}, record=owner))
        told = psql(name, """SELECT coalesce(mf_id(record), '-'), sqlstate IS NULL, record IS NULL,
                (SELECT count(*) = 1 AND bool_and(b.record IS NOT DISTINCT FROM a.record AND b.sqlstate IS NOT DISTINCT FROM a.sqlstate) FROM mf_read(a.input) b)
            FROM mf_read('{"minefield_sheets":' || $sheets$%s$sheets$ || '}') a""" % json.dumps(sheets, ensure_ascii=False)).splitlines()
        rows = [line.split("|") for line in told]
        good = [r for r in rows if r[1] == "t"]
        counts = [counts[0] + len(good), counts[1] + len(rows) - len(good)]
        if len(rows) != len(keys) + orphans or any(r[1] == r[2] or r[3] != "t" for r in rows) or not {r[0] for r in good} <= set(keys):
            wrong.append("round %d: %d records, %d orphans, %s" % (round_, len(keys), orphans, rows))
    ok(not wrong, "60 random workbooks: nothing is lost, nothing raises, every line reads again by itself as it did", *wrong)
    ok(min(counts) > 20, "among them %d records and %d refusals" % tuple(counts))


out = subprocess.run([TOOL, "--check"], capture_output=True, text=True)
ok(out.returncode == 0, "doc/template.ods and .xlsx are current", out.stdout + out.stderr)
with tempfile.TemporaryDirectory() as work:
    os.chmod(work, 0o755)
    filled = os.path.join(work, "eight.ods")
    run(TOOL, "--exercise", filled)
    with open(filled, "rb") as f:
        ok(f.read() == read("test", "data", "eight_records.ods"), "test/data/eight_records.ods is what the tool makes")
    name = database("template")
    columns = psql(name, "SELECT sheet || '.' || name FROM mf_sheet_columns() ORDER BY 1").splitlines()
    sys.path.insert(0, os.path.dirname(TOOL))
    import importlib.machinery
    import importlib.util
    loader = importlib.machinery.SourceFileLoader("template", TOOL)
    template = importlib.util.module_from_spec(importlib.util.spec_from_loader("template", loader))
    loader.exec_module(template)
    equal(sorted("%s.%s" % c[:2] for c in template.columns()), columns, "template and loader have the same columns")
    at_random(name)
    if shutil.which("ogr2ogr"):
        psql(name, "SELECT mf_create_registry('office')")
        story(name, filled)
        run(TOOL, "--exercise", os.path.join(work, "eight.xlsx"))
        story(name, os.path.join(work, "eight.xlsx"))
        for empty in ("template.ods", "template.xlsx"):
            load(name, os.path.join(TOP, "doc", empty))
            equal(psql(name, "SELECT lines FROM mf_intake('office', 'empty', mf_sheets('typed'), '%s')" % empty), "0",
                  "%s as it comes holds no records" % empty)
done()
