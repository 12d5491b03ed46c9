#!/usr/bin/python3
"""575_coordinates.t - places as written against GeographicLib and PROJ's tools

Grid references of random places over the globe are those of GeoConvert, at
every precision, and so are the places of all combinations of letters.  Grid
coordinates are those of cct by pipelines written out here from the parameters
of EPSG's method, convergence and scale those of proj -V, distances those of
geod.  And nothing that stands in a text makes PROJ open a file or a
connection: a watched file and a listening socket are what hostile texts name.

Needs a server with the extension installed, found through the environment
(PGHOST ...), on this machine.  SEED and POINTS may be set.
"""
import ctypes
import math
import os
import random
import re
import shutil
import socket
import subprocess
import tempfile

from engine_lib import Database, finish, ok

SEED = int(os.environ.get("SEED", "20261125"))
POINTS = int(os.environ.get("POINTS", "100000"))
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def tool(lines, *command):
    """What a tool of PROJ or GeographicLib answers, line by line.

    GeoConvert ends with 1 when a line was none of its.
    """
    done = subprocess.run(command, input="\n".join(lines) + "\n", stdout=subprocess.PIPE,
                          universal_newlines=True, check=command[0] != "GeoConvert")
    return done.stdout.splitlines()


def copy(db, table, lines):
    db.run("COPY %s FROM STDIN;\n%s\n\\.\n" % (table, "\n".join(lines)))


# ---- grid references ----

def random_places(rnd, n):
    """Latitude and longitude: over the globe, whole degrees, edges of zones."""
    for _ in range(n):
        kind = rnd.random()
        if kind < 0.7:
            yield math.degrees(math.asin(rnd.uniform(-1, 1))), rnd.uniform(-180, 180)
        elif kind < 0.8:
            yield rnd.uniform(-90, 90), rnd.uniform(-180, 180)
        elif kind < 0.9:
            yield rnd.randint(-90, 90), rnd.randint(-180, 180)
        else:
            yield (rnd.choice((0, 8, 40, 56, 64, 72, 84, -8, -72, -80)) + rnd.uniform(-1e-6, 1e-6),
                   rnd.choice((0, 3, 6, 9, 12, 21, 33, 42, 180, -180)) * (1 - 1e-8 * rnd.random()))


def parts(reference):
    """Letters and the two numbers of a full reference, in micrometres."""
    head, digits = re.match(r"(\d*[A-Z]+)(\d+)$", reference).groups()
    return head, int(digits[:11]), int(digits[11:])


def cut(reference, digits):
    head, easting, northing = parts(reference)
    return head + ("%011d" % easting)[:digits] + ("%011d" % northing)[:digits]


def test_writing(db, rnd):
    places = ["%.12f %.12f" % p for p in random_places(rnd, POINTS)]
    copy(db, "place (lat, lon)", [p.replace(" ", "\t") for p in places])
    ours = db.run("""
        SELECT string_agg(mf_as_mgrs(ST_SetSRID(ST_MakePoint(lon, lat), 4326), d), ' ' ORDER BY d)
        FROM place, generate_series(0, 11) d GROUP BY id ORDER BY id""").split("\n")
    theirs = tool(places, "GeoConvert", "-m", "-p", "6")
    ok(len(ours) == len(theirs) == POINTS, "%d places have references" % POINTS)
    wrong, hair = [], 0
    for place, mine, full in zip(places, ours, theirs):
        mine = mine.split()
        a, b = parts(mine[11]), parts(full)
        # a micrometre is a part in 10^13: the last digit may round
        if a[0] != b[0] or abs(a[1] - b[1]) > 1 or abs(a[2] - b[2]) > 1:
            wrong.append("%s: %s, not %s" % (place, mine[11], full))
        hair += a != b
        wrong += ["%s: %s is no part of %s" % (place, mine[d], mine[11])
                  for d in range(12) if mine[d] != cut(mine[11], d)]
    ok(not wrong, "they are GeoConvert's at every precision", *wrong[:5])
    ok(hair < POINTS / 200, "but for %d last micrometres" % hair)
    for digits in range(0, 9):
        theirs = tool(places[:5000], "GeoConvert", "-m", "-p", str(digits - 5))
        wrong = ["%s: %s, not %s" % (p, o.split()[digits], t)
                 for p, o, t in zip(places, ours, theirs) if o.split()[digits] != t]
        ok(not wrong, "to the letter with %d digits" % digits, *wrong[:5])
    return [o.split()[rnd.randint(0, 11)] for o in ours]


def test_reading(db, written):
    """References at random precisions, and every combination of letters."""
    letters = ["%s%s%s%s55" % (z, b, c, r) for z in ("31", "60") for b in LETTERS
               for c in LETTERS for r in LETTERS]
    letters += [b + c + r for b in LETTERS for c in LETTERS for r in LETTERS]
    written = written[:30000] + letters
    copy(db, "reference (written)", written)
    ours = db.run("""SELECT coalesce(round(ST_Y(g)::numeric, 12) || ' ' || round(ST_X(g)::numeric, 12), 'ERROR')
        FROM (SELECT id, read_mgrs(written) AS g FROM reference OFFSET 0) x ORDER BY id""").split("\n")
    theirs = tool(written, "GeoConvert", "-g", "-p", "9")
    wrong, good = [], 0
    for text, mine, other in zip(written, ours, theirs):
        if mine.startswith("ERROR") or other.startswith("ERROR"):
            if mine[:5] != other[:5]:
                wrong.append("%s: %s, not %s" % (text, mine, other))
            continue
        good += 1
        (lat, lon), (there, here) = map(float, mine.split()), map(float, other.split())
        if abs(lat - there) > 2e-12 or abs(math.remainder(lon - here, 360)) * math.cos(math.radians(lat)) > 2e-12:
            wrong.append("%s: %s, not %s" % (text, mine, other))
    ok(good > 33000 and len(written) - good > 30000, "%d of %d references are some" % (good, len(written)))
    ok(not wrong, "and lead where GeoConvert says", *wrong[:5])


# ---- grids ----

SHIFT = ("+step +proj=push +v_3 +step +proj=cart +ellps=krass +step +proj=helmert +x=%s +y=%s +z=%s +rx=%s +ry=%s +rz=%s"
         " +s=%s +convention=coordinate_frame +step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3")
OPERATIONS = {              # EPSG method 9607: translations in metres, rotations in seconds, parts in a million
    "EPSG:15865": (25, -141, -78.5, 0, -0.35, -0.736, 0),
    "EPSG:5044": (23.57, -140.95, -79.8, 0, -0.35, -0.79, -0.22),
}


def gauss(zone):
    return "+proj=tmerc +lat_0=0 +lon_0=%d +k=1 +x_0=%d500000 +y_0=0 +ellps=krass" % (zone * 6 - 3, zone)


def test_grids(db, rnd):
    """Northing and easting of places against cct."""
    cases = []
    for operation in ("EPSG:15865", "EPSG:5044"):
        for zone in range(4, 20):
            cases.append(("EPSG:%d" % (28400 + zone), operation, zone * 6 - 3, (42, 70), gauss(zone)))
    for zone in (1, 31, 39, 60):
        for south in (False, True):
            cases.append(("EPSG:%d" % ((32700 if south else 32600) + zone), None, zone * 6 - 183, (-80, -1) if south else (1, 84),
                          "+proj=utm +zone=%d +ellps=WGS84%s" % (zone, " +south" if south else "")))
    worst = back = 0
    for crs, operation, meridian, (south, north), pipeline in cases:
        places = [(meridian + rnd.uniform(-3.5, 3.5), rnd.uniform(south, north)) for _ in range(200)]
        db.run("TRUNCATE place RESTART IDENTITY")
        copy(db, "place (lon, lat)", ["%.9f\t%.9f" % (math.remainder(x, 360), y) for x, y in places])
        name = "NULL" if operation is None else "'%s'" % operation
        ours = db.run("""
            SELECT (g).northing, (g).easting, ST_Distance(p::geography, mf_from_grid((g).northing, (g).easting, '%s', %s)::geography)
            FROM (SELECT id, p, mf_to_grid(p, '%s', %s) AS g FROM place, LATERAL (SELECT ST_SetSRID(ST_MakePoint(lon, lat), 4326)) q(p)
                  OFFSET 0) x ORDER BY id""" % (crs, name, crs, name)).split("\n")
        if operation is None:
            geodetic = ["%.9f %.9f 0 0" % p for p in places]
        else:
            geodetic = tool(["%.9f %.9f 0 0" % p for p in places], "cct", "-d", "12", "-I", "+proj=pipeline",
                            *("+step +proj=unitconvert +xy_in=deg +xy_out=rad " + SHIFT % OPERATIONS[operation]
                              + " +step +proj=unitconvert +xy_in=rad +xy_out=deg").split())
        theirs = tool(geodetic, "cct", "-d", "6", *pipeline.split())
        for mine, other in zip(ours, theirs):
            northing, easting, distance = map(float, mine.split("|"))
            x, y = map(float, other.split()[:2])
            worst, back = max(worst, math.hypot(easting - x, northing - y)), max(back, distance)
    ok(0 < worst < 1e-5, "grid coordinates are cct's within %.1e m" % worst)
    # PROJ turns a rotation by small angles back by turning the other way
    ok(back < 2e-3, "and lead back within %.1e m" % back)


def test_factors(db, rnd):
    """Convergence and scale against proj -V."""
    worst_angle = worst_scale = 0
    for zone, lat in [(z, rnd.uniform(5, 80)) for z in range(5, 30)]:
        lon = zone * 6 - 3 + rnd.uniform(-3, 3)
        place = "ST_SetSRID(ST_MakePoint(%.9f, %.9f), 4326)" % (lon, lat)
        row = db.run("SELECT (g).northing, (g).easting, (g).convergence_deg, (g).scale FROM mf_to_grid(%s, 'EPSG:326%02d') g"
                     % (place, zone + 30)).split("|")
        said = "\n".join(tool(["%.9f %.9f" % (lon, lat)], "proj", "-V", "+proj=utm", "+zone=%d" % (zone + 30), "+ellps=WGS84"))
        angle = float(re.search(r"Convergence : .*\[ (-?[\d.]+) \]", said).group(1))
        scale = float(re.search(r"Meridian scale \(h\) : ([\d.]+)", said).group(1))
        worst_angle = max(worst_angle, abs(float(row[2]) - angle))
        worst_scale = max(worst_scale, abs(float(row[3]) - scale))
    ok(worst_angle < 2e-6, "convergence is proj's within %.1e degrees" % worst_angle)
    ok(worst_scale < 2e-8, "scale is proj's within %.1e" % worst_scale)


def test_control(db):
    """Points whose coordinates are known."""
    for lon, lat, crs, northing, easting in ((46.93, 39.99, "EPSG:28408", 4430293.454, 8664944.378),
                                             (46.25, 40.33, "EPSG:28408", 4467011.875, 8606332.955),
                                             (50.30, 41.20, "EPSG:28409", 4563102.932, 9441380.206)):
        row = db.run("SELECT (g).northing, (g).easting, (g).accuracy_m, (g).in_area FROM mf_to_grid('SRID=4326;POINT(%s %s)', '%s', 'EPSG:15865') g"
                     % (lon, lat, crs)).split("|")
        ok(abs(float(row[0]) - northing) < 6e-4 and abs(float(row[1]) - easting) < 6e-4 and row[2:] == ["4.5", "t"],
           "the control point %s %s" % (lon, lat), *row)
    apart = db.run("""SELECT ST_X(p), ST_Y(p) FROM mf_parse_lonlat('39°59''24" N 46°55''48" E', 'EPSG:4284', 'EPSG:15865') p""").split("|")
    geod = tool(["%s %s 39.99 46.93" % (apart[1], apart[0])], "geod", "+ellps=WGS84", "-I", "-f", "%.4f", "-F", "%.3f")[0].split()
    ok(abs(float(geod[2]) - 102.6) < 0.05 and abs(float(geod[0]) % 360 - 84.6) < 0.05,
       "SK-42 read as WGS 84 is 102.6 m off at 84.6 degrees", *geod)
    rows = [r.split("|") for r in db.run("""
        SELECT operation, distance_m, chosen FROM mf_operations('EPSG:28409', 'SRID=4326;POINT(50.3 41.2)', 'Azerbaijan')""").split("\n")]
    ok("EPSG:1303" in [r[0] for r in rows] and [r[0] for r in rows if r[2] == "t"] == ["EPSG:15865"],
       "with a country, the operation of that country, not the most accurate", *map(str, rows))
    grid = db.run("""SELECT (g).northing, (g).easting FROM mf_to_grid('SRID=4326;POINT(50.3 41.2)', 'EPSG:28409', '%s') g""" % rows[0][0]).split("|")
    for name, distance, _ in rows:
        there = db.run("SELECT ST_Y(p), ST_X(p) FROM mf_from_grid(%s, %s, 'EPSG:28409', '%s') p" % (grid[0], grid[1], name)).split("|")
        geod = tool(["41.2 50.3 %s %s" % tuple(there)], "geod", "+ellps=WGS84", "-I", "-F", "%.6f")[0].split()
        ok(abs(float(geod[2]) - float(distance)) < 2e-3, "%s is %.2f m from the first" % (name, float(distance)), *geod)
    rows = db.run("SELECT count(*) FROM mf_operations('EPSG:28409', 'SRID=4326;POINT(50.3 41.2)') WHERE chosen")
    ok(rows == "0", "without a country none of several is chosen")


def test_kept(db):
    """More grids than are kept (64), three times over, answer the same."""
    codes = "SELECT 32600 + i + 100 * s FROM generate_series(20, 58) i, generate_series(0, 1) s"
    answer = db.run("""
        SELECT count(*), count(DISTINCT code), count(DISTINCT (code, g)) FROM (
            SELECT code, mf_to_grid('SRID=4326;POINT(50.3 41.2)', 'EPSG:' || code)::text AS g
            FROM generate_series(1, 3) r, (%s) c(code) OFFSET 0) x""" % codes)
    ok(answer == "234|78|78", "grids answer the same when they come again", answer)


# ---- hostile texts ----

class Watch:
    """Who opens anything in a directory, by inotify."""

    def __init__(self, directory):
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.fd = self.libc.inotify_init1(os.O_NONBLOCK)
        self.libc.inotify_add_watch(self.fd, directory.encode(), 0x20 | 0x1)    # IN_OPEN, IN_ACCESS

    def seen(self):
        try:
            return len(os.read(self.fd, 65536)) > 0
        except BlockingIOError:
            return False


CALLS = ("mf_from_grid(4563102, 9441380, %s)", "mf_from_grid(4563102, 9441380, 'EPSG:28409', %s)",
         "mf_to_grid('SRID=4326;POINT(50.3 41.2)', %s, 'EPSG:15865')", "count(*) FROM mf_operations(%s)",
         "mf_parse_lonlat('1°N 1°E', %s)", "mf_map_sheet('K-39', %s)")


def hostile(canary, port):
    url = "http://127.0.0.1:%d/grid.tif" % port
    directory = os.path.dirname(canary)
    return [canary, "file:" + canary, "@" + canary, canary + ":1", "+init=%s:1" % canary, "init=%s:28409" % canary,
            "+proj=hgridshift +grids=" + canary, "+proj=pipeline +step +proj=vgridshift +grids=%s" % url,
            "+proj=xyzgridshift +grids=" + url, "+proj=defmodel +model=" + canary, "+proj=tinshift +file=" + canary,
            "+proj=latlong +nadgrids=%s +type=crs" % canary, "+proj=latlong +geoidgrids=%s +type=crs" % url,
            "../../%s:1" % os.path.basename(canary), "EPSG:28409+" + canary, "EPSG:28409@" + canary, "EPSG:28409 " + canary,
            "EPSG:28409\n+init=" + canary, "urn:ogc:def:crs:EPSG::28409", url, "https://127.0.0.1:%d" % port,
            'GEOGCRS["x",DATUM["y",ELLIPSOID["z",1,1]]]', '{"type":"GeographicCRS"}', "WGS 84", "epsg:28409", "EPSG:0x6ef9",
            "EPSG:28409;DROP", "EPSG: 28409", "EPSG:", ":28409", "EPSG:99999999999999999999", "A" * 1000 + ":1", "EPSG:" + "1" * 1000,
            "PROJ:28409", "NONE:1", "IGNF:1", "%s:%s" % (directory, "1"), "ESRI:1'--", "EPSG:28409%00", "EPSG:\u0661", ""]


def test_hostile(db):
    directory = tempfile.mkdtemp(prefix="mf_canary")
    os.chmod(directory, 0o755)
    canary = os.path.join(directory, "canary.gsb")
    with open(canary, "w", encoding="ascii") as f:
        f.write("<28409> +proj=latlong +ellps=WGS84 <>\n")
    os.chmod(canary, 0o644)
    watch, server = Watch(directory), socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen(8)
    server.setblocking(False)
    try:
        wrong = []
        for text in hostile(canary, server.getsockname()[1]):
            quoted = "U&'%s'" % "".join(c if c.isalnum() and ord(c) < 128 else "\\%04x" % ord(c) for c in text)
            states = db.run("".join("SELECT refused($q$SELECT %s$q$);" % (call % quoted) for call in CALLS)).split("\n")
            wrong += ["%s: %s" % (call % repr(text), state) for call, state in zip(CALLS, states) if state != "22023"]
        ok(not wrong, "nothing but a code of PROJ's database is taken", *wrong[:10])
        ok(not watch.seen(), "no file that a text names is opened")
        try:
            server.accept()
            ok(False, "no connection is made")
        except BlockingIOError:
            ok(True, "no connection is made")
        # the watch and the socket do see what happens
        with open(canary, encoding="ascii") as f:
            f.read()
        socket.create_connection(server.getsockname()).close()
        ok(watch.seen() and server.accept(), "either would have been seen")
    finally:
        server.close()
        shutil.rmtree(directory)


SETUP = """
CREATE TABLE place (id int GENERATED ALWAYS AS IDENTITY, lat float8, lon float8);
CREATE TABLE reference (id int GENERATED ALWAYS AS IDENTITY, written text);
CREATE FUNCTION read_mgrs(written text) RETURNS geometry LANGUAGE plpgsql AS $f$
BEGIN
    RETURN mf_parse_mgrs(written);
EXCEPTION WHEN invalid_text_representation THEN
    RETURN NULL;
END $f$;
CREATE FUNCTION refused(query text) RETURNS text LANGUAGE plpgsql AS $f$
BEGIN
    EXECUTE query;
    RETURN 'taken';
EXCEPTION WHEN others THEN
    RETURN SQLSTATE;
END $f$;
"""


def main():
    rnd = random.Random(SEED)
    print("# seed %d, %d points" % (SEED, POINTS))
    with Database("coordinates") as db:
        db.run(SETUP)
        test_reading(db, test_writing(db, rnd))
        test_grids(db, rnd)
        test_factors(db, rnd)
        test_control(db)
        test_kept(db)
        test_hostile(db)
    finish()


main()
