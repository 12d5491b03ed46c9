#!/usr/bin/env python3
"""030_catalog.t - what CREATE EXTENSION creates

The listing of test/tools/catalog is the one committed (make catalog renews
it); every object is documented; the script only creates; installing into
other schemas, moving, updating from any earlier release end in the same.
"""

import difflib
import glob
import json
import os
import re

from server import PIECES, TOP, Failed, database, done, equal, error, ok, psql, run


def listing(name):
    return run(os.path.join(TOP, "test", "tools", "catalog"), "-d", name).splitlines()


def differences(found, expected):
    lines = difflib.unified_diff(expected, found, "expected", "found", "", "", 0, "")
    return "\n".join(line[:300] for line in lines)


def read(*path):
    with open(os.path.join(TOP, *path), encoding="utf-8") as f:
        return f.read()


def statements():
    """The install script's statements, without comments."""
    text = "".join(read(piece) for piece in sorted(glob.glob(os.path.join(PIECES, "*.sql"))))
    text = re.sub(r"^\\.*$", "", text, flags=re.M)
    text = re.sub(r"\$\$.*?^\$\$;", "body;", text, flags=re.M | re.S)
    parts, start, quoted, atomic = [], 0, False, 0
    token = re.compile(r"--[^\n]*|/\*.*?\*/|'|;|\bBEGIN\s+ATOMIC\b|\bCASE\b|\bEND\b", re.S | re.I)
    clean = []
    for match in token.finditer(text):
        word = match.group(0)
        if word == "'":
            quoted = not quoted
        elif quoted:
            continue
        elif word.startswith(("--", "/*")):
            clean.append((match.start(), match.end()))
        elif word.upper().startswith("BEGIN"):
            atomic = 1
        elif word.upper() == "CASE":
            atomic += atomic > 0
        elif word.upper() == "END":
            atomic -= atomic > 0
        elif not atomic:
            part = text[start:match.start()]
            for a, b in reversed([c for c in clean if c[0] >= start]):
                part = part[:a - start] + part[b - start:]
            parts.append(part.strip())
            start, clean = match.end(), []
    return parts


def test_listing(found):
    expected = read("test", "expected-catalog").splitlines()
    ok(found == expected, "the catalog is the committed one (make catalog renews it)",
       differences(found, expected))
    other = [line for line in found if line.startswith("other ")]
    ok(not other, "the listing knows every kind of object", *other)


def test_objects(found):
    bare = [line for line in found
            if re.match(r"(function|type|operator|operator class|cast) ", line)
            and not line.endswith(" documented")]
    ok(not bare, "every object has a comment", *bare)
    functions = [line for line in found if line.startswith("function ")]
    wrong = [line for line in functions
             if not re.match(r"function (mf|minefield|minefield_box|logbook)_\w+\(", line)]
    ok(not wrong, "every function is named after the extension or one of its types", *wrong)
    wrong = []
    for line in functions:
        name = re.match(r"function (\w+)", line).group(1)
        language, body = re.search(r" language (\w+) ('[^']*'|body)", line).groups()
        if language == "c" and not body.strip("'").startswith(name):
            wrong.append(line)
        elif language == "sql" and body != "body" or language not in ("c", "sql", "internal", "plpgsql"):
            wrong.append(line)
    ok(not wrong, "symbols have their function's name, SQL bodies are bound at creation", *wrong)
    wrong = [line for line in functions if " parallel s " not in line and " volatile " not in line
             and "regclass" not in line]
    ok(not wrong, "every function that only reads its arguments may run in a parallel worker", *wrong)
    wrong = [line for line in functions if "security definer" in line]
    ok(not wrong, "no function runs with other rights than its caller's", *wrong)
    only = 'settings {"search_path=pg_catalog, pg_temp"}'
    # a procedure with settings cannot commit
    wrong = [line for line in functions if (" language plpgsql " in line and " kind p " not in line) != (only in line)
             or "settings" in line and only not in line]
    ok(not wrong, "functions in PL/pgSQL, and no others, set a search_path, the system's", *wrong)
    wrong = [re.match(r"function (\w+)", line).group(1) for line in functions if " kind p " in line]
    equal(wrong, ["mf_run_report"], "the one procedure sets none, for it commits")


def test_script():
    parts = statements()
    wrong = [p for p in parts if not re.match(r"(CREATE (FUNCTION|PROCEDURE|TYPE|OPERATOR|CAST|AGGREGATE)|COMMENT ON"
                                              r"|ALTER (OPERATOR|TYPE)|SELECT mf_full_version\(\)$)", p)]
    ok(not wrong, "the script creates and comments, and does nothing else", *wrong)
    bad = re.compile(r"\bOR\s+REPLACE\b|\bIF\s+NOT\s+EXISTS\b|\$\$", re.I)
    wrong = [p for p in parts if not p.startswith("COMMENT") and bad.search(p)]
    ok(not wrong, "it adopts nothing that is there before", *wrong)
    wrong = [p for p in parts if p.startswith("CREATE FUNCTION") and not
             (re.search(r"\b(IMMUTABLE|STABLE|VOLATILE)\b", p) and re.search(r"\bPARALLEL\b", p))]
    ok(not wrong, "every function states its volatility and parallel safety", *wrong)
    wrong = [p for p in parts if p.startswith("CREATE FUNCTION") and "SETOF" in p
             and not re.search(r"\bROWS\b", p)]
    ok(not wrong, "every function that returns a set says how many rows to expect", *wrong)


def test_places(found):
    name = database("catalog_places", extension=False)
    psql(name, """
        SET client_min_messages = warning;
        CREATE SCHEMA gis; CREATE SCHEMA "Mine action";
        CREATE EXTENSION postgis SCHEMA gis;
        SET search_path = '';
        CREATE EXTENSION minefield SCHEMA "Mine action";""")
    ok(listing(name) == found, "in schemas of its own and PostGIS's own, with an empty path, the same",
       differences(listing(name), found))
    area = """SET search_path = '';
        SELECT round("Mine action".mf_area("Mine action".mf_make('1',
            gis.ST_MakeEnvelope(50, 41, 50.01, 41.01, 4326))))"""
    before = psql(name, area)
    ok(float(before) > 0, "and it works there", before)
    psql(name, 'ALTER EXTENSION minefield SET SCHEMA gis')
    equal(psql(name, area.replace('"Mine action".', "gis.")), before, "it can be moved")
    psql(name, "DROP EXTENSION minefield; CREATE EXTENSION minefield SCHEMA gis")
    ok(listing(name) == found, "and dropped and created again")
    psql(name, "DROP EXTENSION minefield")
    left = psql(name, """SELECT proname FROM pg_proc WHERE probin LIKE '%minefield%'
        UNION ALL SELECT typname FROM pg_type WHERE typname LIKE '%minefield%' OR typname LIKE 'mf\\_%'""")
    equal(left, "", "nothing is left of it")
    told = error(database("catalog_without", extension=False), "CREATE EXTENSION minefield")
    ok("postgis" in told, "without PostGIS, the error says what is missing", told)


def test_updates(found, release):
    name = database("catalog_update", extension=False)
    psql(name, "SET client_min_messages = warning; CREATE EXTENSION postgis")
    older = psql(name, "SELECT version FROM pg_available_extension_versions "
                       "WHERE name = 'minefield' AND version <> '%s' ORDER BY 1" % release).split()
    print("# earlier releases: %s" % (" ".join(older) or "none"))
    for version in older:
        try:
            psql(name, "CREATE EXTENSION minefield VERSION '%s'; ALTER EXTENSION minefield UPDATE" % version)
            lines = listing(name)
            psql(name, "DROP EXTENSION minefield")
        except Failed as failed:
            lines = [str(failed)]
        ok(lines == found, "an update from %s ends in the same" % version,
           differences(lines, found))


def test_versions(release):
    equal(json.loads(read("META.json"))["version"], release, "META.json names this release")
    equal(json.loads(read("META.json"))["provides"]["minefield"]["version"], release,
          "and so does what it provides")
    log = re.search(r"^## (\S+)", read("CHANGELOG.md"), re.M)
    equal(log and log.group(1), release, "CHANGELOG.md begins with this release")
    equal(psql("postgres", "SELECT default_version FROM pg_available_extensions "
                           "WHERE name = 'minefield'"), release, "it is the version installed")


release = re.search(r"default_version = '(.*?)'", read("minefield.control")).group(1)
fresh = listing(database("catalog_fresh"))
test_listing(fresh)
test_objects(fresh)
test_script()
test_places(fresh)
test_updates(fresh, release)
test_versions(release)
done()
