#!/usr/bin/python3
"""120_binary.t - hostile binary input is an error or a value, never a crash

Binary COPY of records, log books and boxes is damaged at random (bits flipped, bytes
put in and taken out, counts and doubles made extreme, truncated) and read
again.  Every answer must be a plain error or a value that is as good as any:
it prints, reads back equal and canonical, and its binary form is exact.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEED and CASES may be set.
"""
import json
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile

SEED = int(os.environ.get("SEED", "20261123"))
CASES = int(os.environ.get("CASES", "3000"))
DATABASE = "mf_binary_%d" % os.getpid()
SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
# what a client may be told: bad data, limits of the server; never an XX
FAIR = {"22P02", "22P03", "22P04", "22P05", "22003", "22021", "22030", "42804", "54000", "0A000",
        "08P01", "53200"}
tests = failures = 0


def ok(held, what):
    global tests, failures
    tests += 1
    failures += not held
    print("%sok %d - %s" % ("" if held else "not ", tests, what))


def run(database, script, stop=True):
    return subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=%d" % stop, "-d", database],
                          input=script, capture_output=True, encoding="utf-8", check=False)


def psql(database, script):
    done = run(database, script)
    if done.returncode != 0:
        print("Bail out! psql: " + done.stderr.strip().replace("\n", " / "))
        sys.exit(1)
    return done.stdout


# ---- what is damaged ----

def record(n, geometry, **properties):
    return {"type": "Feature", "id": n, "geometry": geometry, "properties": properties or None}


def corpus():
    ring = [[50, 41], [50.5, 41], [50.5, 41.5], [50, 41]]
    hole = [[50.3, 41.1], [50.4, 41.1], [50.4, 41.2], [50.3, 41.1]]
    shapes = {"Point": [50.1, 41], "LineString": [[50, 41], [50.2, 41.3]], "Polygon": [ring, hole],
              "MultiPoint": [[50, 41], [51, 41]], "MultiLineString": [[[50, 41], [51, 41]]] * 2,
              "MultiPolygon": [[ring], [ring, hole]]}
    records = [record(kind, {"type": kind, "coordinates": at}) for kind, at in shapes.items()]
    records.append(record(7, None, number="17", laid="1993-08", mines=[
        {"model": "ПМН-2", "count": {"value": 80, "min": 75, "as_written": "75-80 шт."}}]))
    records.append(record("empty", {"type": "Polygon", "coordinates": []}, remarks="a\"b\\c\n\t/"))
    records.append({"type": "Feature"})
    books = [{"type": "FeatureCollection", "features": records[i:i + n]} for i, n in
             ((0, 0), (0, 1), (2, 3), (0, 9))]
    books.append(dict(books[2], logbook={"title": "Журнал", "records_declared": {"min": 3}}))
    boxes = ["BOX(50 40,51 41)", "BOX(-180 -90,180 90)", "BOX(50.1 40.1,50.1 40.1)", "BOX EMPTY"]
    return {"minefield": [json.dumps(v, ensure_ascii=False) for v in records],
            "logbook": [json.dumps(v, ensure_ascii=False) for v in books],
            "minefield_box": boxes}


def payloads(kind, values, folder):
    """The binary form of every value, as the server sends it."""
    path = os.path.join(folder, "corpus")
    rows = ", ".join("($q$%s$q$)" % v for v in values)
    psql(DATABASE, "DROP TABLE IF EXISTS corpus; CREATE TABLE corpus (v %s);\n"
         "INSERT INTO corpus VALUES %s;\n\\copy corpus TO '%s' (FORMAT binary)\n"
         % (kind, rows, path))
    with open(path, "rb") as f:
        data = f.read()
    found, at = [], len(SIGNATURE)
    while struct.unpack_from(">h", data, at)[0] == 1:
        size = struct.unpack_from(">i", data, at + 2)[0]
        found.append(data[at + 6:at + 6 + size])
        at += 6 + size
    return found


def framed(payload):
    return SIGNATURE + struct.pack(">hi", 1, len(payload)) + payload + struct.pack(">h", -1)


EXTREMES = [struct.pack(">I", n) for n in
            (0, 1, 2, 4, 255, 0x10000000, 0x3FFFFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)] + \
           [struct.pack(">d", x) for x in
            (0.0, -0.0, 1e308, -1e308, 180.0, 180.0000001, -90.5, 5e-324, float("nan"),
             float("inf"))]
WORDS = [b'"', b"{", b"[", b"}", b"null", b"\\u0000", b"\\ud800", b"1e999", b"\xff", b"\xd0", b"\0",
         b',"type":"Feature"', b',"geometry":{}', b'"a":1,"a":2,', b"0.10000000000000000001",
         b"[" * 70, b'"properties":5,', b'"properties":null,', b'"crs":"EPSG:3857",', b"-0.0"]


def damage(r, payload):
    data = bytearray(payload)
    for _ in range(r.choice([1, 1, 1, 2, 3])):
        # heads and counts are where it hurts: look at the beginning oftener
        at = r.randrange(min(len(data), 48)) if r.random() < 0.5 else r.randrange(len(data))
        how = r.choice([0, 0, 0, 0, 1, 1, 2, 2, 3, 4, 5, 6])
        if how == 0:
            data[at] ^= 1 << r.randrange(8)
        elif how == 1:
            data[at] = r.randrange(256)
        elif how == 2:
            value = r.choice(EXTREMES)
            data[at:at + len(value)] = value
        elif how == 3:
            del data[at:at + r.randint(1, 16)]
        elif how == 4:
            data[at:at] = r.randbytes(r.randint(1, 16))
        elif how == 5:
            del data[at:]
        else:
            data[at:at] = r.choice(WORDS)
        if not data:
            break
    return bytes(data)


def damaged_file(r, payload):
    """Mostly the value alone is damaged, sometimes COPY's own frame."""
    if r.random() < 0.9:
        return framed(damage(r, payload))
    return damage(r, framed(payload))


# ---- asking ----

def feed(kind, files):
    """SQLSTATE of every file read into the table; None: the server is gone."""
    script = ["\\set VERBOSITY sqlstate"]
    for n, path in enumerate(files):
        # what was taken carries the number of its case
        script += ["\\echo case %d" % n, "TRUNCATE one;" if n == 0 else "DELETE FROM one;",
                   "\\copy one FROM '%s' (FORMAT binary)" % path,
                   "INSERT INTO taken SELECT %d, v FROM one;" % n]
    psql(DATABASE, "DROP TABLE IF EXISTS one, taken; CREATE TABLE one (v %s);"
         "CREATE TABLE taken (n int, v %s);" % (kind, kind))
    # one stream, so that answers stand below their cases
    done = subprocess.run("psql -XqAt -d %s 2>&1" % DATABASE, shell=True, encoding="utf-8",
                          input="\n".join(script) + "\n", capture_output=True, check=False)
    states, current = [], None
    for line in done.stdout.splitlines():
        if line.startswith("case "):
            states.append("00000")
        elif m := re.search(r"ERROR:\s+(\w{5})$", line):
            states[-1] = m[1]
        elif "closed the connection" in line or "FATAL" in line or "PANIC" in line:
            states[-1] = None
            print("# server gone at case %d: %s" % (len(states) - 1, line))
            break
        else:
            current = line
    if current:
        print("# psql also said: %s" % current)
    return states


GOOD = """
SELECT count(*), count(*) FILTER (WHERE v::text::{kind} = v),
	count(*) FILTER (WHERE (v::text::{kind})::text = v::text),
	count(*) FILTER (WHERE {kind}_send(v::text::{kind}) = {kind}_send(v)) FROM taken;
"""


def attack(kind, r, folder):
    seeds = payloads(kind, corpus()[kind], folder)
    files = []
    for n in range(CASES):
        path = os.path.join(folder, "%d" % n)
        with open(path, "wb") as f:
            f.write(damaged_file(r, r.choice(seeds)) if n >= len(seeds) else framed(seeds[n]))
        files.append(path)
    states = feed(kind, files)
    ok(len(states) == CASES and None not in states,
       "%s: the server lives through %d damaged files" % (kind, CASES))
    ok(set(states[:len(seeds)]) == {"00000"}, "%s: undamaged values are read" % kind)
    unfair = sorted({s for s in states if s and s != "00000" and s not in FAIR})
    for state in unfair:
        print("# %s: %s, case %d" % (kind, state, states.index(state)))
        with open(files[states.index(state)], "rb") as f:
            print("#   %r" % f.read()[:300])
    ok(not unfair, "%s: errors are about the data" % kind)
    refused = sum(s != "00000" for s in states)
    ok(CASES * 0.4 < refused < CASES, "%s: %d are refused" % (kind, refused))
    counts = psql(DATABASE, GOOD.format(kind=kind)).strip()
    all_taken, *same = map(int, counts.split("|"))
    ok(all_taken > 0 and all(n == all_taken for n in same),
       "%s: what is taken reads back equal, canonical and in the same bytes (%s)" % (kind, counts))
    again = os.path.join(folder, "again")
    out = psql(DATABASE, "\\copy (SELECT v FROM taken ORDER BY n) TO '%s' (FORMAT binary)\n"
               "TRUNCATE one;\n\\copy one FROM '%s' (FORMAT binary)\n"
               "SELECT (SELECT count(*) FROM one) = (SELECT count(*) FROM taken) AND NOT EXISTS "
               "(SELECT v FROM one EXCEPT SELECT v FROM taken);\n" % (again, again))
    ok(out.strip() == "t", "%s: binary COPY of it is read again" % kind)


def truncations(kind, folder):
    """Every beginning of every value: none but the whole is one."""
    files, whole = [], []
    for payload in payloads(kind, corpus()[kind], folder):
        for size in range(min(len(payload), 400)):
            files.append(os.path.join(folder, "t%d" % len(files)))
            whole.append(size == len(payload))
            with open(files[-1], "wb") as f:
                f.write(framed(payload[:size]))
    states = feed(kind, files)
    ok(len(states) == len(files) and None not in states and "00000" not in states and
       set(states) <= FAIR, "%s: none of %d beginnings is read" % (kind, len(files)))


def main():
    print("# SEED=%d CASES=%d" % (SEED, CASES))
    folder = tempfile.mkdtemp(prefix="mf_binary")
    psql("postgres", "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'" % DATABASE)
    try:
        psql(DATABASE, "SET client_min_messages = warning; CREATE EXTENSION minefield CASCADE;")
        r = random.Random(SEED)
        for kind in ("minefield", "logbook", "minefield_box"):
            attack(kind, r, folder)
            truncations(kind, folder)
    finally:
        shutil.rmtree(folder)
        psql("postgres", "DROP DATABASE %s" % DATABASE)
    print("1..%d" % tests)
    sys.exit(failures > 0)


main()
