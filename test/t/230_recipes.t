#!/usr/bin/env python3
"""230_recipes.t - the shell examples of the chapter on exchange run as they
stand, one after the other, and do what is said of them

Needs ogr2ogr and a server with the extension.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from engine_lib import Database, finish, ok         # noqa: E402

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def blocks(chapter):
    with open(os.path.join(TOP, "doc", chapter), encoding="utf-8") as f:
        return re.findall(r"^```sh\n(.*?)^```$", f.read(), re.M | re.S)


def run_chapter(chapter, db):
    """Every block in a directory that has the project's test/; their output."""
    output = ""
    with tempfile.TemporaryDirectory() as work:
        os.symlink(os.path.join(TOP, "test"), os.path.join(work, "test"))
        found = blocks(chapter)
        ok(len(found) > 0, "%s has examples" % chapter)
        for n, block in enumerate(found, 1):
            done = subprocess.run(["bash", "-euo", "pipefail", "-c", block], cwd=work,
                                  env={**os.environ, "PGDATABASE": db.name},
                                  capture_output=True, text=True)
            ok(done.returncode == 0 and "ERROR" not in done.stderr,
               "%s: example %d runs" % (chapter, n), done.stderr.strip().replace("\n", " | "))
            output += done.stdout
    return output


def same(db, a, b):
    return db.run("SELECT NOT EXISTS ((SELECT record FROM %s EXCEPT ALL SELECT record FROM %s)"
                  " UNION ALL (SELECT record FROM %s EXCEPT ALL SELECT record FROM %s))"
                  % (a, b, b, a)) == "t"


def main():
    if not shutil.which("ogr2ogr"):
        print("1..0 # SKIP ogr2ogr (package gdal-bin) is not installed")
        return
    with Database("recipes") as db:
        output = run_chapter("exchange.md", db)
        ok(db.run("SELECT count(*) FROM records") == "120", "120 records were loaded")
        ok("Feature Count: 120" in output, "ogrinfo sees all of them")
        for table in ("copied", "returned", "unpacked"):
            ok(same(db, "records", table), "the table %s holds the same records" % table)
    finish()


if __name__ == "__main__":
    main()
