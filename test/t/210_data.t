#!/usr/bin/env python3
"""210_data.t - the exercise data is what its generator writes, says that it
is synthetic, and means what its truth file says

Prints TAP; needs no server.  The oracles are PROJ's own tools (cct, geod).
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from decimal import Decimal
from math import atan2, cos, degrees, hypot, radians, sin

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "data")
sys.path.insert(0, DATA)
import chain                                                    # noqa: E402
import geodesy                                                  # noqa: E402

FILES = ("areas.geojson", "book_a.geojson", "book_a.geojsonl", "book_b.geojson",
         "book_b.geojsonl", "findings.geojson", "front_line.geojson",
         "landmarks.geojson", "truth.jsonl")
TM = ("+proj=tmerc +lat_0=0 +lon_0=51 +k=1 +x_0=9500000 +y_0=0 "
      "+ellps=krass").split()
tests = failures = 0


def ok(good, name, *notes):
    global tests, failures
    tests += 1
    failures += not good
    print("%sok %d - %s" % ("" if good else "not ", tests, name))
    for note in notes if not good else ():
        print("# %s" % (note,))
    sys.stdout.flush()


def read(path):
    with open(path, encoding="utf-8", newline="") as f:
        return f.read()


def lines(name):
    return [json.loads(line) for line in read(os.path.join(DATA, name)).splitlines()]


def features(name):
    return json.loads(read(os.path.join(DATA, name)))["features"]


def tool(command, rows):
    """Run one of PROJ's filters over rows of numbers."""
    text = "".join(" ".join("%.12f" % v for v in row) + "\n" for row in rows)
    out = subprocess.run(command, input=text, capture_output=True, text=True,
                         check=True).stdout.splitlines()
    assert len(out) == len(rows), command
    return [[float(v) for v in line.split()] for line in out]


# ---- the same seed, the same bytes ----

def test_bytes():
    with tempfile.TemporaryDirectory() as out:
        def run(seed, where):
            subprocess.run([sys.executable, "-B", os.path.join(DATA, "generate.py"),
                            "--out", where] + (["--seed", str(seed)] if seed else []),
                           check=True)
            return {name: read(os.path.join(where, name)) for name in FILES}
        again = run(None, os.path.join(out, "a"))
        changed = [n for n in FILES if again[n] != read(os.path.join(DATA, n))]
        ok(not changed, "the generator writes the committed bytes", changed)
        ok(sorted(os.listdir(os.path.join(out, "a"))) == sorted(FILES),
           "and no other file")
        for seed in (2, 20200927):
            first = run(seed, os.path.join(out, "b%d" % seed))
            second = run(seed, os.path.join(out, "c%d" % seed))
            ok(first == second and first["book_a.geojson"] != again["book_a.geojson"],
               "seed %d gives other books, the same each time" % seed)


# ---- what every file owes the reader ----

def words(path):
    """A file's text; of a workbook, its content."""
    if path.endswith(".ods"):
        with zipfile.ZipFile(path) as book:
            return book.read("content.xml").decode()
    return read(path)


def test_manners():
    silent = [n for n in os.listdir(DATA) if os.path.isfile(os.path.join(DATA, n))
              and "synthetic" not in words(os.path.join(DATA, n)).lower()]
    ok(not silent, "every file says that it is synthetic", silent)
    records = lines("book_a.geojsonl") + lines("book_b.geojsonl")
    ok(all(r["properties"]["synthetic"] is True for r in records),
       "every record says it too")
    ok(records == features("book_a.geojson") + features("book_b.geojson"),
       "the lines hold the books' features")
    ok(all(r["properties"]["location"]["operation"] == "EPSG:15865"
           and r["properties"]["location"]["crs"] == "EPSG:28409" for r in records),
       "every record names EPSG:28409 and EPSG:15865")
    ids = [r["id"] for r in records]
    ok(len(set(ids)) == len(ids) == 128, "120 + 8 records with their own ids")
    everything = "".join(read(os.path.join(DATA, n)) for n in FILES)
    numbers = set(re.findall(r'(?<=[:,\[])-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?=[,\]}])',
                             everything))
    lost = [n for n in numbers if not kept(n)]
    ok(len(numbers) > 2000 and not lost, "no number loses digits as a double", lost[:5])
    lonlats = re.findall(r"\[(\d+\.\d+),(\d+\.\d+)\]", everything)
    ok(len(lonlats) > 2000 and all(50.25 < float(x) < 50.5 and 41.16 < float(y) < 41.34
                                   for x, y in lonlats),
       "every position lies over water, inside the map sheet")


def kept(token):
    digits = len(Decimal(token).as_tuple().digits)
    return Decimal("%.*g" % (digits, float(token))) == Decimal(token)


# ---- the formulas against PROJ ----

def test_formulas():
    seed = 41205030
    print("# seed %d" % seed)
    dice = random.Random(seed)
    places = [(dice.uniform(41.1, 41.4), dice.uniform(50.2, 50.6))
              for _ in range(2000)]
    want = tool(["cct", "-d", "12", "EPSG:15865"], [p + (0, 0) for p in places])
    got = [geodesy.to_wgs84(*p) for p in places]
    worst = max(abs(a - b) for p, q in zip(got, want) for a, b in zip(p, q))
    ok(worst < 2e-11, "SK-42 to WGS 84 as cct does with EPSG:15865", worst)
    back = max(abs(a - b) for p, q in zip(places, got)
               for a, b in zip(p, geodesy.from_wgs84(*q)))
    ok(back < 1e-12, "and back", back)
    want = tool(["cct", "-d", "6"] + TM, [p[::-1] + (0, 0) for p in places])
    got = [geodesy.to_grid(*p) for p in places]
    worst = max(abs(a - b) for p, q in zip(got, want) for a, b in zip(p[::-1], q))
    ok(worst < 2e-6, "Gauss-Krueger as cct does", worst)
    back = max(abs(a - b) for p, q in zip(places, got)
               for a, b in zip(p, geodesy.from_grid(*q)))
    ok(back < 1e-12, "and back", back)
    legs = [p + (dice.uniform(0, 360), dice.uniform(1, 3000)) for p in places]
    want = tool_geod(["geod", "+ellps=krass", "-f", "%.12f"], legs)
    got = [geodesy.direct(*leg) for leg in legs]
    worst = max(abs(a - b) for p, q in zip(got, want) for a, b in zip(p, q))
    ok(worst < 2e-11, "geodesics as geod does", worst)
    worst = max(abs(geodesy.inverse(*leg[:2], *end)[1] - leg[3])
                for leg, end in zip(legs, got))
    ok(worst < 1e-7, "and their lengths", worst)
    control = geodesy.to_grid(*geodesy.from_wgs84(41.20, 50.30))
    ok(["%.3f" % v for v in control] == ["4563102.932", "9441380.206"]
       and abs(geodesy.convergence(41.2, 50.3) + 0.461) < 5e-4,
       "the control point and its convergence", control)


def tool_geod(command, legs):
    return [row[:2] for row in tool(command, legs)]


# ---- the chains, solved once more in another way ----

def local_grid(places):
    """Point scale and convergence at places, by differences through cct/geod."""
    step = 1e-4
    a = tool(["cct", "-d", "9"] + TM, [(lon, lat, 0, 0) for lat, lon in places])
    b = tool(["cct", "-d", "9"] + TM, [(lon, lat + step, 0, 0) for lat, lon in places])
    ground = tool(["geod", "-I", "+ellps=krass", "-f", "%.12f", "-F", "%.9f"],
                  [(lat, lon, lat + step, lon) for lat, lon in places])
    out = []
    for p, q, g in zip(a, b, ground):
        dn, de = q[1] - p[1], q[0] - p[0]
        out.append(((p[1], p[0]), hypot(dn, de) / g[2], -degrees(atan2(de, dn))))
    return out


def planar(location, scale, convergence):
    """The chain in the grid plane: every azimuth a grid azimuth, every
    distance times the point scale.  Knows nothing of chain.py."""
    at = {p["id"]: (p["northing"], p["easting"]) for p in location["points"]
          if "northing" in p}
    for leg in location.get("legs", ()):
        if leg["to"] in at:
            continue
        azimuth = leg["azimuth"]
        if isinstance(azimuth, str):
            azimuth = int(azimuth.replace("-", "")) * 0.06
        elif location["angle_unit"] == "mil6400":
            azimuth *= 360 / 6400
        north, east = at[leg["from"]]
        if location["north"] == "magnetic":
            azimuth += location["declination_deg"] - convergence(north, east)
        elif location["north"] == "true":
            azimuth -= convergence(north, east)
        distance = leg["distance"] * scale
        if leg.get("distance_unit") == "pace_pair":
            distance *= 1.5
        at[leg["to"]] = (north + distance * cos(radians(azimuth)),
                         east + distance * sin(radians(azimuth)))
    return at


def test_chains():
    records = {r["id"]: r for r in lines("book_a.geojsonl") + lines("book_b.geojsonl")}
    truth = {t["id"]: t for t in lines("truth.jsonl") if t["about"] == "record"}
    ok(set(truth) == set(records), "the truth file tells of every record")
    solvable = [i for i, t in truth.items() if t["location"]["solvable"]
                and t["form"] != "centre"]
    starts = [geodesy.from_grid(p["northing"], p["easting"]) for p in
              (records[i]["properties"]["location"]["points"][0] for i in solvable)]
    grid = local_grid(starts)
    # the convergence of a leg's start, from the slope about its landmark
    east = local_grid([(lat, lon + 0.01) for lat, lon in starts])
    want, got = [], []
    for i, (origin, scale, conv), (other, _, conv2) in zip(solvable, grid, east):
        location = records[i]["properties"]["location"]
        slope = (conv2 - conv) / (other[1] - origin[1])
        at = planar(location, scale,
                    lambda n, e: conv + slope * (e - origin[1]))
        names = location.get("perimeter") or location["rows"][0]["path"]
        geometry = truth[i]["location"]["geometry"]["coordinates"]
        ends = geometry[0][:-1] if "perimeter" in location else geometry
        want.append(ends)
        got.append([at[n] for n in names])
    flat = [p for ring in got for p in ring]
    geographic = tool(["cct", "-I", "-d", "12"] + TM, [(e, n, 0, 0) for n, e in flat])
    wgs = tool(["cct", "-d", "12", "EPSG:15865"],
               [(lat, lon, 0, 0) for lon, lat, *_ in geographic])
    far, k = {}, 0
    for i, ring in zip(solvable, want):
        mine = [(p[1], p[0]) for p in wgs[k:k + len(ring)]]
        k += len(ring)
        far[i] = max(min(hypot((a[0] - b[0]) * 83800, (a[1] - b[1]) * 111050)
                         for b in mine) for a in ring)
    bad = {i: round(d, 3) for i, d in far.items() if d > 0.05}
    ok(len(far) > 100 and not bad, "a planar solution with cct and geod is within "
       "0.05 m of all %d solved locations" % len(far), bad)
    print("# worst %.4f m" % max(far.values()))
    leading = [i for i, t in truth.items() if t["location"]["gives_truth"]]
    full = [i for i in leading if truth[i]["form"] == "chain" and i.startswith("A/")]
    ok(len(full) >= 60, "at least half of book A's records lead to the truth by "
       "their chain alone (%d)" % len(full))
    ok(all(truth[i]["location"]["geometry"] == truth[i]["true_geometry"]
           for i in leading), "and give it to the last digit")
    ties = [i for i in leading if truth[i]["landmarks"] > 1]
    off = max(chain.misclosure(records[i]["properties"]["location"]) for i in ties)
    ok(len(ties) > 10 and off < 0.02, "second ties agree within 2 cm", off)


# ---- the truth file against the books ----

def find(value, pointer):
    for part in pointer.split("/")[1:]:
        if isinstance(value, list):
            value = value[int(part)]
        else:
            value = value.get(part)
        if value is None:
            return None
    return value


def test_truth():
    truth = lines("truth.jsonl")
    records = {r["id"]: r for r in lines("book_a.geojsonl") + lines("book_b.geojsonl")}
    told = [t for t in truth if t["about"] == "record"]
    a = [t for t in told if t["book"] == "A"]
    kinds = {t["error"] for t in a}
    ok(kinds == {"none", "no_datum_shift", "magnetic_as_grid", "unit_6400",
                 "wrong_landmark", "phantom", "pace_pairs_as_metres", "back_azimuth",
                 "digits_transposed", "corners_out_of_order"}, "every mistake is there", kinds)
    ok(sum(t["error"] == "none" for t in a) * 2 > len(a), "most records are right")
    wrong = [(t["id"], p) for t in told for p in t["blank"] + t["illegible"]
             if find(records[t["id"]], p) is not None]
    ok(not wrong, "what is said to be blank is blank", wrong)
    wrong = [t["id"] for t in told for p in t["quantities"]
             if "as_written" not in (find(records[t["id"]], p) or {})]
    ok(not wrong and any(t["quantities"] for t in a), "uncertain counts are quantities", wrong)
    wrong = []
    for t in told:
        p = records[t["id"]]["properties"]
        full = [s for s in range(1, p["sheets_of"] + 1) if s not in p["sheets"]]
        if full != t["missing_sheets"]:
            wrong.append(t["id"])
    ok(not wrong and any(t["missing_sheets"] for t in a), "sheets are missing where told", wrong)
    wrong = [t["id"] for t in told for p, (there, here) in t["differs"].items()
             if find(records[t["id"]], p) != here
             or find(records[t["duplicate_of"]], p) != there]
    ok(not wrong and any(t["differs"] for t in a), "copies differ where told", wrong)
    missing = next(t for t in truth if t["about"] == "book" and t["book"] == "A")
    numbers = {int(t["number"]) for t in a}
    ok(sorted(set(range(1, max(numbers) + 1)) - numbers)
       == [int(n) for n in missing["missing_numbers"]], "numbers are missing where told")
    owners = {t["belongs_to"] for t in truth if t["about"] == "finding"}
    known = {t["id"] for t in truth if t["about"] in ("record", "unrecorded")}
    ok(owners - {None} <= known, "findings belong to what is told of", owners - known)
    unfound = [t["id"] for t in a if t["error"] not in ("none", "phantom")
               and t["id"] not in owners]
    ok(not unfound, "every misplaced field has findings", unfound)
    unlike = []
    for t in a:
        p = records[t["id"]]["properties"]
        if t["quantities"] or t["blank"] or t["differs"] or t["contradicts_itself"] \
                or not t["exists"]:
            continue
        if {m["model"]: m["count"] for m in p["mines"]} != t["true_mines"]:
            unlike.append(t["id"])
    ok(not unlike, "untouched counts are the true ones", unlike)


# ---- the laws that an untouched record keeps ----

def ground_m2(ring):
    lat = radians(ring[0][1])
    xy = [((x - ring[0][0]) * 111320 * cos(lat) * 1.0017, (y - ring[0][1]) * 111050)
          for x, y in ring]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(xy, xy[1:]))) / 2


def test_laws():
    records = {r["id"]: r for r in lines("book_a.geojsonl")}
    broken, seen = [], 0
    for t in lines("truth.jsonl"):
        if t["about"] != "record" or t["book"] != "A" or t["error"] not in ("none", "phantom") \
                or t["blank"] or t["illegible"] or t["quantities"] or t["differs"] \
                or t["contradicts_itself"] or t["form"] in ("line", "words", "centre"):
            continue
        p = records[t["id"]]["properties"]
        location = p["location"]
        seen += 1
        laws = {
            "field depth": p["field_depth_m"] == (p["row_count"] - 1) * p["row_gap_m"],
            "size": 45 <= p["front_m"] <= 1000 and 10 <= p["field_depth_m"] <= 100,
            "dates": p["laid"].split("/")[-1][:10] < p["recorded"],
            "sheet": location["map"]["sheet"] == "K-39-101-Б",
            "area": 0.97 < ground_m2(records[t["id"]]["geometry"]["coordinates"][0])
            / (p["front_m"] * p["field_depth_m"]) < 1.01}
        if "rows" in location:
            legs = {(leg["from"], leg["to"]): leg["distance"] for leg in location["legs"]}
            front = sum(d for (a, b), d in legs.items() if a in "ATB" and b in "TB")
            total = {}
            for row in location["rows"]:
                for m in row["mines"]:
                    total[m["model"]] = total.get(m["model"], 0) + m["count"]
                    laws["row %s" % row["id"]] = m["count"] * m["step_m"] == p["front_m"]
            laws["rows"] = len(location["rows"]) == p["row_count"]
            laws["front"] = front == p["front_m"]
            laws["total"] = total == {m["model"]: m["count"] for m in p["mines"]}
        broken += [(t["id"], law) for law, kept_ in laws.items() if not kept_]
    ok(seen > 30 and not broken, "%d untouched records keep every law of the form" % seen, broken)


def main():
    if not (shutil.which("cct") and shutil.which("geod")):
        print("1..0 # SKIP cct and geod (package proj-bin) are not installed")
        return
    for test in (test_bytes, test_manners, test_formulas, test_chains, test_truth, test_laws):
        test()
    print("1..%d" % tests)
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
