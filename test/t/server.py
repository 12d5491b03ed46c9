"""server.py - TAP, and psql on the server that the environment names

For tests that need databases of their own.  ok() prints a test, database()
makes a database that is dropped at the end, psql() runs SQL in one.
"""

import atexit
import difflib
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
PIECES = os.path.join(TOP, "sql", "minefield")
sys.dont_write_bytecode = True
tests = failures = 0


def ok(good, name, *notes):
    global tests, failures
    tests += 1
    failures += not good
    print("%sok %d - %s" % ("" if good else "not ", tests, name))
    for note in notes if not good else ():
        for line in str(note).splitlines()[:40]:
            print("#   " + line)
    sys.stdout.flush()
    return good


def equal(found, expected, name):
    """Test that two texts, or what they print as, are the same; tell how they differ."""
    lines = difflib.unified_diff(str(expected).splitlines(), str(found).splitlines(),
                                 "expected", "found", "", "", 0, "")
    return ok(found == expected, name, "\n".join(line[:300] for line in lines))


def done():
    print("1..%d" % tests)
    sys.exit(failures > 0)


class Failed(Exception):
    """psql or another program failed; the text is what it said."""


def run(*command, env=None, data=None):
    """Standard output of a program, as text."""
    out = subprocess.run(command, input=data, capture_output=True, text=True,
                         env={**os.environ, **(env or {})})
    if out.returncode != 0:
        raise Failed("%s: %s" % (command[0], out.stderr or out.stdout))
    return out.stdout


def psql(name, sql, user=None, env=None):
    """Run SQL statement after statement, stop at an error; rows as text."""
    options = ["-U", user] if user else []
    return run("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose", *options,
               "-d", name, "-f", "-", env=env, data=sql).rstrip("\n")


def error(name, sql, user=None):
    """What psql says about SQL that must fail; empty when it does not."""
    try:
        psql(name, sql, user)
        return ""
    except Failed as failed:
        return str(failed)


def drop(name):
    try:
        psql("postgres", 'DROP DATABASE IF EXISTS "%s" WITH (FORCE)' % name)
    except Failed as failed:
        print("# " + str(failed))


def database(stem, extension=True):
    """A new, empty database."""
    name = "%s_%d" % (stem, os.getpid())
    psql("postgres", 'CREATE DATABASE "%s" TEMPLATE template0 ENCODING \'UTF8\'' % name)
    atexit.register(drop, name)
    if extension:
        psql(name, "SET client_min_messages = warning; CREATE EXTENSION minefield CASCADE")
    return name
