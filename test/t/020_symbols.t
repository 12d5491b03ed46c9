#!/usr/bin/env python3
"""020_symbols.t - the library shows what the server needs and nothing else

PostgreSQL loads libraries into one space of names, and PostGIS fills it with
words such as contains and overlaps.
"""

import re
import subprocess
import sys

tests = failures = 0


def ok(good, name, *notes):
    global tests, failures
    tests += 1
    failures += not good
    print("%sok %d - %s" % ("" if good else "not ", tests, name))
    for note in notes if not good else ():
        print("#   %s" % note)


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


library = run("pg_config", "--pkglibdir").strip() + "/minefield.so"
exported = {line.split()[0] for line in
            run("nm", "-D", "-P", "--defined-only", library).splitlines()}
functions = {name[len("pg_finfo_"):] for name in exported if name.startswith("pg_finfo_")}

ok({"Pg_magic_func", "_PG_init"} <= exported, "the magic block and the start-up are there")
others = exported - {"Pg_magic_func", "_PG_init"} - functions - {"pg_finfo_" + f for f in functions}
ok(not others, "nothing is exported but these and SQL functions", *sorted(others))
ok(functions <= exported, "every SQL function is there with its description",
   *sorted(functions - exported))
wrong = [f for f in functions if not re.match(r"(mf|minefield|minefield_box|logbook)_[a-z0-9_]+$", f)]
ok(not wrong, "each is named after the extension or one of its types", *sorted(wrong))

dynamic = run("readelf", "-d", library)
needed = set(re.findall(r"NEEDED.*\[(.*?)\.so", dynamic))
ok(needed <= {"libgeos_c", "libproj", "libm", "libc"},
   "it links GEOS's C interface, PROJ and the C library", *sorted(needed))
ok(not re.search(r"R(UN)?PATH", dynamic), "it names no directory to find them in")

print("1..%d" % tests)
sys.exit(failures > 0)
