#!/usr/bin/env python3
"""010_layering.t - every file knows only what its room may know

The rooms of CONTRIBUTING.md: core <- bridge <- types <- index, analysis <-
module.  Reads the sources, and asks the linker whether the core stands alone.
"""

import glob
import os
import re
import subprocess
import sys
import tempfile

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
os.chdir(TOP)

# What a room may include of the rooms' own headers, besides its own.
BELOW = {
    "core": (),
    "bridge": ("core",),
    "types": ("core", "bridge"),
    "index": ("core", "bridge", "types"),
    "analysis": ("core", "bridge", "types"),
    "module": ("core", "bridge", "types", "index", "analysis"),
}
# The room of each header in include/; mf_pg.h is the door to PostgreSQL.
HEADER_ROOM = {"minefield.h": "core", "mf_core.h": "core", "mf_store.h": "core",
               "mf_arrangement.h": "core", "mf_areas.h": "core", "mf_lines.h": "core",
               "mf_location.h": "core", "mf_chain.h": "core",
               "mf_pg.h": "bridge",
               "mf_bridge.h": "bridge", "mf_types.h": "types",
               "mf_index.h": "index", "mf_analysis.h": "analysis", "mf_overlap.h": "analysis", "mf_locate.h": "analysis",
               "mf_collect.h": "types"}
# Foreign headers and the one file that may include each.
ONE_DOOR = {"geos_c.h": "extension/bridge/geos.c", "proj.h": "extension/bridge/proj.c",
            "geodesic.h": "extension/bridge/proj.c"}
# The core may include nothing but the C library.
STANDARD = {"assert.h", "ctype.h", "emmintrin.h", "errno.h", "fenv.h", "float.h", "inttypes.h",
            "limits.h", "math.h", "stdarg.h", "stdbool.h", "stddef.h", "stdint.h", "stdio.h",
            "stdlib.h", "string.h"}
# Ways to look up a catalog object by its name.
LOOKUP = re.compile(r"\b(TypenameGetTypid|LookupFuncName|get_extension_oid|TypenamesGet\w*"
                    r"|OpernameGetOprid|FuncnameGetCandidates|get_namespace_oid"
                    r"|LookupExplicitNamespace|RelnameGetRelid)\s*\(")
# The one file that runs SQL.
SPI = re.compile(r"\bSPI_\w+")
LONGEST_FILE = 900
LONGEST_FUNCTION = 100

tests = failures = 0


def check(name, wrong):
    """One test: nothing may be wrong."""
    global tests, failures
    tests += 1
    failures += bool(wrong)
    print("%sok %d - %s" % ("not " if wrong else "", tests, name))
    for line in wrong[:20]:
        print("#   " + line)


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def uncommented(text):
    """C without comments and string contents, line for line."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', blank, text, flags=re.S)


def room_of(path):
    parts = path.split("/")
    if parts[0] == "include":
        return HEADER_ROOM.get(parts[1])
    return parts[1] if len(parts) == 3 else "module"


def includes(path):
    return re.findall(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', read(path), re.M)


SOURCES = sorted(glob.glob("extension/**/*.[ch]", recursive=True) + glob.glob("include/*.h"))
CODE = {path: uncommented(read(path)) for path in SOURCES}


def test_includes():
    unknown = [p for p in SOURCES if room_of(p) not in BELOW]
    check("every file is in a room", unknown)
    upward, foreign, core = [], [], []
    for path in SOURCES:
        room = room_of(path)
        for header in includes(path):
            beside = os.path.join(os.path.dirname(path), header)
            owner = HEADER_ROOM.get(header)
            if owner and owner != room and owner not in BELOW[room]:
                upward.append("%s (%s) includes %s (%s)" % (path, room, header, owner))
            if header in ONE_DOOR and path != ONE_DOOR[header]:
                foreign.append("%s includes %s" % (path, header))
            if (room == "core" and header not in STANDARD and owner != "core"
                    and not os.path.exists(beside)):
                core.append("%s includes %s" % (path, header))
            if header.startswith("../") or "/../" in header or header.startswith("extension/"):
                upward.append("%s includes %s across rooms" % (path, header))
    check("no room includes a header of a room above or beside it", upward)
    check("GEOS and PROJ are known to their one file only", foreign)
    check("the core includes the C library and itself, nothing else", core)


def test_lookups():
    wrong = ["%s: %s" % (path, match.group(1))
             for path in SOURCES if path != "extension/bridge/postgis.c"
             for match in LOOKUP.finditer(CODE[path])]
    check("only bridge/postgis.c looks up objects by name", wrong)
    wrong = ["%s: %s" % (path, match.group(0))
             for path in SOURCES if path != "extension/bridge/query.c"
             for match in SPI.finditer(CODE[path])]
    check("only bridge/query.c runs SQL", wrong)
    wrong = ["%s: %s" % (path, name) for path in SOURCES
             for name in set(re.findall(r"\bPG_VERSION_NUM\b", CODE[path]))
             if path != "include/mf_pg.h"]
    check("differences between server versions stand in mf_pg.h", wrong)


def objects(build):
    return {room: sorted(glob.glob("%s/extension/%s/*.o" % (build, room)))
            for room in BELOW if room != "module"}


def symbols(files, *options):
    if not files:
        return set()
    out = subprocess.run(["nm", "-P", *options, *files], capture_output=True, text=True,
                         check=True).stdout
    return {line.split()[0] for line in out.splitlines()
            if len(line.split()) > 1 and not line.endswith(":")}


def test_objects():
    """What the sources hide (a declaration by hand), the objects tell."""
    builds = [b for b in glob.glob("build/*") if glob.glob(b + "/extension/core/*.o")]
    if not builds:
        check("the objects were built", ["no objects below build/"])
        return
    rooms = objects(builds[0])
    with tempfile.TemporaryDirectory() as directory:
        link = subprocess.run(["gcc", "-shared", "-Wl,-z,defs", "-o", directory + "/core.so",
                               *rooms["core"], "-lm"], capture_output=True, text=True)
    check("the core links without PostgreSQL, GEOS and PROJ", link.stderr.splitlines())
    wrong = []
    for room, files in rooms.items():
        needed = symbols(files, "-u")
        for other, theirs in rooms.items():
            if other != room and other not in BELOW[room]:
                wrong += ["%s calls %s of %s" % (room, name, other)
                          for name in sorted(needed & symbols(theirs, "-g", "--defined-only"))]
    check("no room calls a function of a room above or beside it", wrong)


def functions(path):
    """(name, lines) of each function definition, in pgindent's layout."""
    lines = CODE[path].split("\n")
    start = None
    for n, line in enumerate(lines):
        if line == "{":
            start = n
        elif line == "}" and start is not None:
            head = " ".join(lines[max(0, start - 6):start])
            names = re.findall(r"(\w+)\s*\(", head)
            yield names[-1] if names else "?", n - start + 1
            start = None


def test_sizes():
    wrong = ["%s: %d lines" % (p, read(p).count("\n")) for p in SOURCES
             if p.endswith(".c") and read(p).count("\n") > LONGEST_FILE]
    check("no file is longer than %d lines" % LONGEST_FILE, wrong)
    wrong = ["%s: %s has %d lines" % (p, name, size) for p in SOURCES
             for name, size in functions(p) if size > LONGEST_FUNCTION]
    check("no function is longer than %d lines" % LONGEST_FUNCTION, wrong)
    wrong = [p for p in SOURCES
             if not re.match(r"/\*\n \* %s - \S" % re.escape(os.path.basename(p)), read(p))]
    check("every file begins with its name and what it is", wrong)


def tracked():
    """The project's own text files: all but what git or the build made."""
    for directory, names, files in os.walk("."):
        names[:] = [n for n in names if n not in (".git", "build", "__pycache__", "corpus")]
        for name in files:
            path = os.path.normpath(os.path.join(directory, name))
            if os.path.abspath(path) == os.path.abspath(__file__):
                continue
            try:
                yield path, read(path)
            except UnicodeDecodeError:
                continue


def test_words():
    words = {
        "unfinished work": r"\b(TODO|FIXME|XXX|HACK)\b",
        "code switched off": r"^\s*#\s*if\s+0\b",
        "a path of one machine": r"(?<![\w.])/(work|home/\w+)/|\.\./shared\b",
        "a number of some tracker": r"(?i)\b(issue|ticket|bug)s?\s+#?\d+\b|\(#\d+\)",
        "a trailing blank": r"[ \t]+$",
    }
    code = re.compile(r"\.(c|h|sql|t|py|mk|md)$|(^|/)(Makefile|run|throwaway|deps|tap)$")
    texts = [(p, t) for p, t in tracked() if code.search(p)]
    for what, pattern in words.items():
        wrong = []
        for path, text in texts:
            if what == "a trailing blank" and path.endswith(".md"):
                continue
            for match in re.finditer(pattern, text, re.M):
                wrong.append("%s:%d: %s" % (path, text.count("\n", 0, match.start()) + 1,
                                            match.group(0).strip()))
        check("no file has " + what, wrong)


def test_stems():
    """One stem names one concept: piece of SQL, regression test."""
    stems = {re.sub(r"^\d+_", "", os.path.basename(p))[:-4] for p in glob.glob("sql/minefield/*.sql")}
    numbers = [os.path.basename(p)[:2] for p in glob.glob("sql/minefield/*.sql")]
    check("the pieces of SQL have numbers of their own",
          sorted({n for n in numbers if numbers.count(n) > 1}))
    check("there are pieces of SQL", [] if stems else ["none"])
    regress = {os.path.basename(p)[:-4] for p in glob.glob("test/sql/*.sql")}
    expected = {os.path.basename(p)[:-4] for p in glob.glob("test/expected/*.out")}
    check("every regression test has its expected output, and none is left over",
          sorted(regress ^ expected))
    wrong = [p for p in glob.glob("test/t/*.t")
             if not re.match(r"\d{3}_\w+\.t$", os.path.basename(p)) or not os.access(p, os.X_OK)]
    check("every TAP test has a number and can be run", wrong)


sys.dont_write_bytecode = True
test_includes()
test_lookups()
test_objects()
test_sizes()
test_words()
test_stems()
print("1..%d" % tests)
sys.exit(failures > 0)
