#!/usr/bin/python3
"""130_bad_input.t - doc/bad_input.md is true

Runs every row of the chapter's tables and compares value, SQLSTATE, message
and JSON path; then what needs other databases and servers: encodings other
than UTF8, and soft errors where the server has them.

Needs a server with the extension installed, found through the environment
(PGHOST ...).
"""
import json
import os
import re
import subprocess
import sys

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
DATABASE = "mf_bad_input_%d" % os.getpid()
tests = failures = 0

ANSWER = """
SET client_min_messages = warning;
CREATE EXTENSION minefield CASCADE;
CREATE FUNCTION answer(query text) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
	value text;
	state text;
	message text;
	detail text;
	hint text;
BEGIN
	EXECUTE query INTO value;
	RETURN json_build_object('value', value);
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state := RETURNED_SQLSTATE, message := MESSAGE_TEXT,
		detail := PG_EXCEPTION_DETAIL, hint := PG_EXCEPTION_HINT;
	RETURN json_build_object('state', state, 'message', message, 'detail', detail,
		'hint', hint);
END $$;
"""


def ok(held, what):
    global tests, failures
    tests += 1
    failures += not held
    print("%sok %d - %s" % ("" if held else "not ", tests, what))


def psql(database, script):
    done = subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database],
                          input=script, capture_output=True, encoding="utf-8", check=False,
                          env=dict(os.environ, PGCLIENTENCODING="UTF8"))
    if done.returncode != 0:
        print("Bail out! psql: " + done.stderr.strip().replace("\n", " / "))
        sys.exit(1)
    return done.stdout


def literal(text):
    quoted = text.replace("'", "''")
    return "E'%s'" % quoted.replace("\\", "\\\\") if "\\" in text else "'%s'" % quoted


def ask(database, queries):
    out = psql(database, "".join("SELECT answer(%s);\n" % literal(q) for q in queries))
    return [json.loads(line) for line in out.splitlines()]


# ---- the chapter ----

def rows(text):
    """(query, input, answer, path) of every row below a comment "as:"."""
    template = None
    for line in text.splitlines():
        found = re.fullmatch(r"<!-- as: (.*) -->", line)
        if found:
            template, header = found[1], 2
        elif template and line.startswith("|"):
            if header:
                header -= 1
                continue
            cells = re.fullmatch(r"\| `(.*?)` \| (.*) \| (.*?) ?\|", line)
            if not cells:
                yield None, line, "", ""
                continue
            given, answer, path = cells.groups()
            query = template.replace("%L", literal(given)) if "%L" in template \
                else template.replace("%s", given)
            yield query, given, answer, path.strip("` ")
        elif not line:
            template = None


def agrees(said, answer, path):
    if "state" not in said:
        value = said["value"]
        return not path and (answer == "NULL" if value is None else answer == "`%s`" % value)
    where = re.match(r"At JSON path (.*?)\.(?: |$)", said["detail"] or "")
    return answer == "`%s` %s" % (said["state"], said["message"]) and \
        (where[1] if where else "") == path


def check_chapter():
    with open(os.path.join(TOP, "doc", "bad_input.md"), encoding="utf-8") as f:
        found = list(rows(f.read()))
    ok(len(found) > 80 and all(query for query, *_ in found), "%d rows can be run" % len(found))
    queries = [row for row in found if row[0]]
    for (_, given, answer, path), said in zip(queries, ask(DATABASE, [q[0] for q in queries])):
        held = agrees(said, answer, path)
        ok(held, given if len(given) < 100 else given[:97] + "...")
        if not held:
            print("#   chapter: %s at %s" % (answer, path or "the top"))
            print("#   server:  %s" % json.dumps(said, ensure_ascii=False))


# ---- other encodings ----

ENTRIES = [
    "SELECT '{\"type\":\"Feature\"}'::minefield",
    "SELECT ''::minefield",
    "SELECT '{}'::logbook",
    "SELECT '{\"type\":\"FeatureCollection\",\"features\":[]}'::logbook",
    "SELECT ''::logbook",
    "SELECT '[{'::logbook",
    "SELECT mf_make('1', NULL)",
    "SELECT mf_make('1', 'SRID=4326;POINT(50 41)')",
    "SELECT jsonb '{\"type\":\"Feature\"}'::minefield",
    "SELECT json '{}'::logbook",
    "SELECT message FROM mf_load('{\"type\":\"Feature\"}')",
]


def check_encoding(encoding):
    name = "%s_%s" % (DATABASE, encoding.lower())
    psql("postgres", "CREATE DATABASE %s TEMPLATE template0 ENCODING '%s' LC_COLLATE 'C' "
         "LC_CTYPE 'C'" % (name, encoding))
    try:
        wanted = "minefield values need a database in UTF8, not %s" % encoding
        refused = subprocess.run(["psql", "-XqAt", "-v", "VERBOSITY=verbose", "-d", name, "-c",
                                  "CREATE EXTENSION minefield CASCADE"],
                                 capture_output=True, encoding="utf-8", check=False)
        ok("0A000: " + wanted in refused.stderr, "%s: the extension is refused" % encoding)
        # a library that is there already lets an older release in
        psql(name, "LOAD '$libdir/minefield';" +
             ANSWER.replace("CREATE EXTENSION minefield", "CREATE EXTENSION minefield VERSION '0.1.0'"))
        for query, said in zip(ENTRIES, ask(name, ENTRIES)):
            held = wanted in (said.get("message"), said.get("value"))
            ok(held, "%s: %s" % (encoding, query))
            if not held:
                print("#   " + json.dumps(said))
    finally:
        psql("postgres", "DROP DATABASE %s" % name)


# ---- soft errors ----

def check_soft():
    version = int(psql(DATABASE, "SHOW server_version_num"))
    if version < 160000:
        ok(True, "soft errors # SKIP they exist from PostgreSQL 16 on")
        return
    for kind, text, state in (("minefield", '{"type":"Feature","id":[]}', "22P02"),
                              ("minefield", '{"type":"Feature"', "22P02"),
                              ("minefield", '{"type":"Feature","id":1e999}', "22003"),
                              ("minefield", '{"type":"Feature","id":1,"id":1}', "22030"),
                              ("minefield", '{"type":"Feature","a":' + "[" * 99, "54000"),
                              ("minefield", '{"type":"Feature","crs":"EPSG:3857"}', "42804"),
                              ("minefield", '{"type":"Feature"}', ""),
                              ("logbook", "[]", "22P02"),
                              ("logbook", '{"type":"FeatureCollection","features":[5]}', "22P02"),
                              ("logbook", '{"type":"FeatureCollection","features":[]}', "")):
        out = psql(DATABASE, "SELECT sql_error_code FROM pg_input_error_info({0}, '{1}');"
                   "SELECT pg_input_is_valid({0}, '{1}');".format(literal(text), kind))
        ok(out == "%s\n%s\n" % (state, "f" if state else "t"), "soft: %s" % text[:60])


def main():
    psql("postgres", "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'" % DATABASE)
    try:
        psql(DATABASE, ANSWER)
        check_chapter()
        check_soft()
    finally:
        psql("postgres", "DROP DATABASE %s" % DATABASE)
    for encoding in ("LATIN1", "WIN1251", "SQL_ASCII"):
        check_encoding(encoding)
    print("1..%d" % tests)
    sys.exit(failures > 0)


main()
