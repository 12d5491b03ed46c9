#!/usr/bin/env python3
"""220_ogr.t - records through ogr2ogr and back

What psql -XAtc 'SELECT record ...' prints is read as GeoJSONSeq; what ogr2ogr
writes, with the options of doc/exchange.md, loads again with bits and ids
intact.  Needs ogr2ogr and a server with the extension.  SEED may be set.
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from engine_lib import Database, finish, ok         # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "data")
SEED = int(os.environ.get("SEED", "20240212"))
EXACT = ["-lco", "ID_FIELD=id", "-lco", "COORDINATE_PRECISION=17",
         "-lco", "SIGNIFICANT_FIGURES=17"]
TEXTS = ['he said "no"', "back\\slash and \\n no newline", "one\ntwo\r\n\tthree",
         "Форма №7 «Ёлка»", "Һәмид Ğüşiö \u2028 \U0001F30A", "\u0001 \u001f \u007f",
         "'single' $1 :x ;--", "<b>&amp;</b>", " spaces ", "null", "17", "A/1#2", "1e5"]
# what GDAL itself changes on the direct way; the way with the whole record
# in one property must not
NASTY = [
    '{"type":"Feature","id":"json","geometry":null,"properties":{"remarks":"{\\"a\\":1}"}}',
    '{"type":"Feature","id":"list","geometry":null,"properties":{"remarks":"[1,2]"}}',
    '{"type":"Feature","id":"zeros","geometry":{"type":"Point","coordinates":'
    '[0.30000000000000004,50.200000000000003]},"properties":{"front_m":49.999999999999993}}',
    '{"type":"Feature","id":"mixed","geometry":null,"properties":{"number":17}}',
    '{"type":"Feature","id":"quantity","geometry":null,'
    '"properties":{"front_m":{"min":1,"max":2,"as_written":"1-2"}}}',
    '{"type":"Feature","id":5,"geometry":null,"properties":{"number":"17","unit":null}}',
    '{"type":"Feature","geometry":null,"properties":null}',
    '{"type":"Feature","id":"clockwise","geometry":{"type":"Polygon","coordinates":'
    '[[[0,0],[0,1],[1,1],[1,0],[0,0]]]},"properties":{}}',
    '{"type":"Feature","id":"crossed","geometry":{"type":"Polygon","coordinates":'
    '[[[0,0],[1,1],[1,0],[0,1],[0,0]]]},"properties":{}}',
    '{"type":"Feature","id":"more","geometry":null,"properties":{},"member":{"of":["ours",null]}}',
]


def ogr2ogr(*arguments):
    done = subprocess.run(["ogr2ogr", *arguments], capture_output=True, text=True)
    if done.returncode:
        print("# ogr2ogr %s: %s" % (" ".join(arguments), done.stderr.strip()))
    return done.returncode == 0


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(text)


def read(path):
    with open(path, encoding="utf-8", newline="") as f:
        return f.read()


def literal(text):
    """A dollar-quoted literal: no escapes, whatever is in the text."""
    tag = "$ogr_test$"
    assert tag not in text
    return tag + text + tag


def ordinary(rnd, n):
    """Records as people write them, with every double at full length."""
    def double(low, high):
        # GDAL shortens decimals that end in a run of noughts or nines
        while True:
            v = rnd.uniform(low, high)
            digits = ("%.17e" % v)[:20]
            if "0000" not in digits and "9999" not in digits:
                return v

    def place():
        return [double(-180, 180), double(-90, 90)]

    def ring():
        x, y = double(-170, 170), double(-80, 80)
        # counter-clockwise, as GeoJSONSeq writes them
        corners = [[x + double(.1, .2), y], [x, y + double(.1, .2)],
                   [x - double(.1, .2), y], [x, y - double(.1, .2)]]
        return corners + corners[:1]
    kinds = (lambda: None,
             lambda: {"type": "Point", "coordinates": place()},
             lambda: {"type": "LineString", "coordinates": [place(), place(), place()]},
             lambda: {"type": "Polygon", "coordinates": [ring()]},
             lambda: {"type": "MultiPoint", "coordinates": [place(), place()]},
             lambda: {"type": "MultiLineString", "coordinates": [[place(), place()]] * 2},
             lambda: {"type": "MultiPolygon", "coordinates": [[ring()], [ring()]]})
    for i in range(n):
        properties = {"number": str(i), "remarks": rnd.choice(TEXTS),
                      "front_m": double(1, 1000), "sheets": [1, rnd.randint(2, 9)],
                      "mines": [{"model": rnd.choice(TEXTS), "fuze": None, "count":
                                 {"value": double(0, 9), "as_written": rnd.choice(TEXTS)}}],
                      "location": {"crs": "EPSG:28409", "description": rnd.choice(TEXTS),
                                   "legs": [{"from": "L", "to": "A", "azimuth": "15-00",
                                             "distance": double(1, 999)}]},
                      "own": {"list": [None, True, double(0, 1), rnd.choice(TEXTS)]}}
        for name in rnd.sample(sorted(properties), rnd.randint(0, 3)):
            properties[name] = None if rnd.random() < .5 else properties.pop(name) and None
            if rnd.random() < .5:
                del properties[name]
        yield {"type": "Feature", "id": "%d %s" % (i, rnd.choice(TEXTS)),
               "geometry": rnd.choice(kinds)(), "properties": properties}


class Trip:
    def __init__(self, db, work):
        self.db, self.work = db, work

    def path(self, name):
        return os.path.join(self.work, name)

    def load(self, table, text):
        """Through mf_load; how many features it refused, with why."""
        return self.db.run(
            "DROP TABLE IF EXISTS %s; CREATE TABLE %s AS SELECT * FROM mf_load(%s);"
            "SELECT count(*) || ' ' || coalesce(min(message), '') FROM %s WHERE record IS NULL"
            % (table, table, literal(text), table))

    def changed(self, a, b):
        """Ids of records of a that are not in b, bit for bit, or the reverse."""
        return self.db.run(
            "SELECT coalesce(string_agg(coalesce(mf_id(record), '-'), ', '), '') FROM ("
            "(SELECT record FROM %s EXCEPT ALL SELECT record FROM %s) UNION ALL "
            "(SELECT record FROM %s EXCEPT ALL SELECT record FROM %s)) d" % (a, b, b, a))

    def print_as_lines(self, name, table, what="record"):
        """Exactly what psql -XAtc prints."""
        done = subprocess.run(["psql", "-XAt", "-d", self.db.name, "-c",
                               "SELECT %s FROM %s ORDER BY line" % (what, table)],
                              capture_output=True, check=True)
        with open(self.path(name), "wb") as f:
            f.write(done.stdout)
        return self.path(name)


def direct(trip, stem, n, formats=("GeoJSON", "GeoJSONSeq")):
    lines = trip.print_as_lines(stem + ".geojsonl", stem)
    ok(read(lines).count("\n") == n, "%s: psql prints a line for each of %d records" % (stem, n))
    for form in formats:
        back = trip.path("%s_%s.json" % (stem, form))
        ok(ogr2ogr("-f", form, back, "GeoJSONSeq:" + lines, *EXACT)
           and (refused := trip.load("back", read(back))) == "0",
           "%s: ogr2ogr reads them and writes %s that loads" % (stem, form),
           "refused: " + trip.db.run("SELECT string_agg(message, ', ') FROM back"))
        changed = trip.changed(stem, "back")
        ok(changed == "", "%s: and every record is equal, bit for bit, through %s" % (stem, form),
           changed)


WRAPPED = ("jsonb_build_object('type', 'Feature', 'id', mf_id(record),"
           " 'geometry', record::jsonb->'geometry',"
           " 'properties', jsonb_build_object('record', record::jsonb))")


def whole(trip, table):
    """The whole record in one property, through GeoJSONSeq and through GPKG."""
    lines = trip.print_as_lines("whole.geojsonl", table, WRAPPED)
    package, back = trip.path("whole.gpkg"), trip.path("whole_back.geojsonl")
    for name, steps in (
            ("GeoJSONSeq", (("-f", "GeoJSONSeq", back, "GeoJSONSeq:" + lines),)),
            ("GPKG", (("-f", "GPKG", package, "GeoJSONSeq:" + lines),
                      ("-f", "GeoJSONSeq", back, package)))):
        if os.path.exists(back):
            os.remove(back)
        good = all(ogr2ogr(*step) for step in steps)
        trip.db.run("DROP TABLE IF EXISTS back; CREATE TABLE back AS "
                    "SELECT (line::jsonb->'properties'->'record')::minefield AS record "
                    "FROM regexp_split_to_table(%s, E'\\n') line WHERE line <> ''"
                    % literal(read(back) if good else ""))
        changed = trip.changed(table, "back")
        ok(good and changed == "", "%s: with the whole record in one property, every record "
           "is equal through %s" % (table, name), changed)


def package(trip, table):
    """What a GeoPackage carries of records as they are."""
    lines = trip.path(table + ".geojsonl")
    path, back = trip.path("direct.gpkg"), trip.path("direct_back.geojsonl")
    good = ogr2ogr("-f", "GPKG", path, "GeoJSONSeq:" + lines) \
        and ogr2ogr("-f", "GeoJSONSeq", back, path, *EXACT)
    there = {f["id"]: f for f in map(json.loads, read(lines).split("\n")[:-1])}
    here = {f["id"]: f for f in map(json.loads, read(back).split("\n")[:-1])} if good else {}
    ok(set(there) == set(here), "GPKG carries the ids, in a column of that name")
    wrong = [i for i in there if here[i]["geometry"] != there[i]["geometry"]]
    ok(not wrong, "and the geometry, to the last bit", wrong)
    wrong = [i for i in there for m in ("number", "remarks", "front_m", "location")
             if m in there[i]["properties"]
             and here[i]["properties"].get(m) != there[i]["properties"][m]]
    ok(not wrong, "and texts, numbers and nested members", wrong)
    absent = [i for i, f in there.items() if "remarks" not in f["properties"]]
    ok(absent and all(here[i]["properties"]["remarks"] is None for i in absent),
       "but a table knows no absence: absent members come back as null")


def main():
    if not shutil.which("ogr2ogr"):
        print("1..0 # SKIP ogr2ogr (package gdal-bin) is not installed")
        return
    print("# seed %d; %s" % (SEED, subprocess.run(
        ["ogr2ogr", "--version"], capture_output=True, text=True).stdout.strip()))
    rnd = random.Random(SEED)
    with tempfile.TemporaryDirectory() as work, Database("ogr") as db:
        trip = Trip(db, work)
        books = "".join(read(os.path.join(DATA, n)) for n in ("book_a.geojsonl", "book_b.geojsonl"))
        trip.load("books", books)
        # GeoJSONSeq turns clockwise rings, and a crossed ring may count as one
        direct(trip, "books", 128, ("GeoJSON",))
        random_ = "".join(json.dumps(f, ensure_ascii=False) + "\n" for f in ordinary(rnd, 500))
        ok(trip.load("ordinary", random_) == "0", "500 records with every kind of text load")
        direct(trip, "ordinary", 500)
        package(trip, "ordinary")
        ok(trip.load("nasty", "\n".join(NASTY)) == "0", "so do records that GDAL changes")
        for table in ("books", "ordinary", "nasty"):
            whole(trip, table)
    finish()


if __name__ == "__main__":
    main()
