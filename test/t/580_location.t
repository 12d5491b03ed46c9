#!/usr/bin/python3
"""580_location.t - locations solved against truth, arithmetic and a solver of its own

The exercise books located from their chains alone lie where the truth file
says; the mistakes that are found in records, made on purpose, move a point by
what the tables of the trade give; random networks agree with a solver written
here (polar observations in a UTM grid, numeric derivatives, elimination); the
order in which the paper lists points and legs changes nothing; and the table
of errors in the documentation is that of the code.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEED and NETWORKS may be set.
"""
import json
import os
import random
import re
from math import atan2, cos, degrees, hypot, isnan, pi, radians, sin, sqrt

from server import TOP, database, done, equal, ok, psql

SEED = int(os.environ.get("SEED", "20261125"))
NETWORKS = int(os.environ.get("NETWORKS", "60"))
print("# SEED=%d NETWORKS=%d" % (SEED, NETWORKS))
random.seed(SEED)
db = database("location")


def literal(value):
    return "'" + json.dumps(value, ensure_ascii=False).replace("'", "''") + "'"


def query(sql):
    """The one value of a query, from JSON."""
    return json.loads(psql(db, sql) or "null")


def lines(name):
    with open(os.path.join(TOP, "test", "data", name), encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def vertices(coordinates):
    if isinstance(coordinates[0], (int, float)):
        return [coordinates]
    return [v for part in coordinates for v in vertices(part)]


def apart(a, b):
    """The largest distance in metres from a vertex of one to the nearest of the other, near 41 N."""
    if a is None or b is None:
        return None
    a, b = vertices(a["coordinates"]), vertices(b["coordinates"])
    return max(min(hypot((p[0] - q[0]) * 83900, (p[1] - q[1]) * 111100) for q in y)
               for x, y in ((a, b), (b, a)) for p in x)


# ---- the books ----

truth = {t["id"]: t for t in lines("truth.jsonl") if t["about"] == "record"}
records = [r for book in ("book_a", "book_b") for r in lines(book + ".geojsonl")]
psql(db, "CREATE TABLE book (id text, plotted minefield, bare minefield, truth jsonb);" + "".join(
    "INSERT INTO book VALUES (%s, %s, %s, %s);" % (
        "'" + r["id"] + "'", literal(r), literal({**r, "geometry": None}), literal(truth[r["id"]]))
    for r in records))
psql(db, """
CREATE TABLE located AS SELECT id, truth, mf_locate(bare) AS record FROM book;
""")
rows = query("""
SELECT json_agg(json_build_object('id', id, 'solvable', (truth->'location'->>'solvable')::boolean,
    'wants', truth->'location'->>'wants', 'located', mf_is_located(record), 'valid_type',
    GeometryType(mf_geometry(record)) = upper(truth->'location'->'geometry'->>'type'),
    'geometry', ST_AsGeoJSON(mf_geometry(record), 15)::json, 'wanted', truth->'location'->'geometry',
    'accuracy', mf_accuracy_m(record), 'derived', mf_properties(record)->'derived') ORDER BY id) FROM located""")
for r in rows:
    r["apart"] = apart(r["geometry"], r["wanted"])
far = [(r["id"], r["apart"]) for r in rows if r["solvable"] and not (r["located"] and r["apart"] <= 0.05)]
ok(sum(r["solvable"] for r in rows) > 100 and not far,
   "every solvable record of the books lies within 0.05 m of what its paper means", far)
print("# worst %.3f m" % max(r["apart"] for r in rows if r["solvable"]))
ok(all(r["valid_type"] for r in rows if r["solvable"]), "with the same kind of geometry")
# two landmarks of 25 m each, and the datum
least = hypot(25 / sqrt(2), 11.0)
ok(all(r["accuracy"] is not None and r["accuracy"] > least for r in rows if r["solvable"]),
   "and an accuracy that is no better than its landmarks'", [r for r in rows if r["solvable"] and not r["accuracy"] > least])
wanted = {"north": "no_north", "declination_deg": "no_declination", "angle_unit": "no_angle_unit",
          "distance_unit": "no_distance_unit", "points": "no_points"}
wrong = [(r["id"], r["wants"], r["derived"].get("unsolved")) for r in rows if not r["solvable"] and
         (r["located"] or not any(u["reason"] == wanted[r["wants"]] for u in r["derived"]["unsolved"]))]
ok(not wrong, "one that lacks something is not located and names what it lacks", wrong)
ok(all(r["derived"]["operation"] == "EPSG:15865" and r["derived"]["operation_accuracy_m"] == 4.5
       for r in rows if r["solvable"]), "the operation and its accuracy are kept")
equal(psql(db, "SELECT count(*) FROM book WHERE mf_is_located(plotted) AND mf_locate(plotted) <> plotted"), "0",
      "a geometry that somebody plotted stays")
equal(psql(db, "SELECT count(*) FROM located WHERE mf_digest_text(record) <> "
               "(SELECT mf_digest_text(bare) FROM book WHERE book.id = located.id)"), "0",
      "locating a record leaves its digest")
equal(psql(db, "SELECT count(*) FROM located WHERE mf_locate(record) <> record OR record::text::minefield <> record"), "0",
      "locating it again changes nothing, and its text reads back")

# ---- what is missing, and assumed ----

without = next(r for r in rows if r["wants"] == "north")
full = query("""
SELECT json_build_object('accuracy', mf_accuracy_m(r), 'derived', mf_properties(r)->'derived', 'same', mf_geometry(r) = mf_geometry(s),
    'stated', mf_accuracy_m(s))
FROM book, mf_locate(bare, mf_locate_options(assume_north => 'magnetic')) r,
    mf_locate(jsonb_set(bare::jsonb, '{properties,location,north}', '"magnetic"')::minefield) s WHERE id = '%s'""" % without["id"])
ok(full["derived"].get("assumptions") == {"north": "magnetic"} and full["derived"]["accuracy_by"]["assumption"] > 0,
   "an assumed north is recorded", full)
ok(full["same"] and full["accuracy"] > full["stated"] + 1,
   "and puts the record where a stated one would, but less certainly", full)

# ---- the mistakes found in records ----

AT = [46.93, 39.99]
X, Y = query("SELECT json_build_array(northing, easting) FROM mf_to_grid("
             "ST_SetSRID(ST_MakePoint(47, 40), 4326), 'EPSG:28408', 'EPSG:15865')")


def place(location, point="P", options="NULL"):
    """Longitude and latitude of a point of a location; None: not solved."""
    return query("SELECT json_build_array(ST_X(geometry), ST_Y(geometry)) FROM mf_traverse(%s::minefield, %s) "
                 "WHERE id = '%s' AND solved" % (literal(
                     {"type": "Feature", "properties": {"location": location}}), options, point))


def distance(a, b):
    return float(psql(db, "SELECT ST_Distance(ST_MakePoint(%.12f, %.12f)::geography, ST_MakePoint(%.12f, %.12f)::geography)"
                      % (*a, *b)))


def direction(a, b):
    return float(psql(db, "SELECT degrees(ST_Azimuth(ST_MakePoint(%.12f, %.12f)::geography, ST_MakePoint(%.12f, %.12f)::geography))"
                      % (*a, *b)))


def near(found, wanted, part=0.03):
    return found is not None and abs(found - wanted) <= part * wanted


def gk(**more):
    return {"crs": "EPSG:28408", "operation": "EPSG:15865",
            "points": [{"id": "P", "northing": X, "easting": Y, "accuracy95_m": 10}], **more}


def leg(metres=1000, azimuth=60, **more):
    base = {"north": "magnetic", "declination_deg": 6.50, "angle_unit": "degree", "distance_unit": "m",
            "legs": [{"from": "P", "to": "Q", "azimuth": azimuth, "distance": metres}]}
    return gk(**{**base, **more})


def moved(metres, right, wrong):
    return distance(place(leg(metres, **right), "Q"), place(leg(metres, **wrong), "Q"))


right = place(gk())
ok(distance(right, [47, 40]) < 0.001, "a control point comes back")
lonlat = query("SELECT json_build_array(easting, northing) FROM mf_to_grid(ST_SetSRID(ST_MakePoint(47, 40), 4326), 'EPSG:4284', 'EPSG:15865')")
plain = place({"crs": "EPSG:4326", "points": [{"id": "P", "lon": lonlat[0], "lat": lonlat[1]}]})
ok(near(distance(right, plain), 102.3) and near(direction(right, plain), 85), "no datum shift: 102 m to the east",
   distance(right, plain), direction(right, plain))
utm = place({"crs": "EPSG:32638", "points": [{"id": "P", "northing": X, "easting": Y - 8000000}]})
ok(near(distance(right, utm), 1855), "Gauss-Krueger read as UTM: 1.83 to 1.88 km", distance(right, utm))
zone = gk(crs="EPSG:28409")
zone["points"][0]["easting"] += 1000000
ok(near(distance(right, place(zone)), 510e3), "wrong zone digit: 510 km")
swapped = gk()
swapped["points"][0].update(northing=Y, easting=X)
swapped = place(swapped)
ok(swapped is None or distance(right, swapped) > 1e6, "X and Y swapped: off the country")
for metres, grid, true, between in ((450, 41, 51, 10), (1000, 92, 113, 22)):
    ok(near(moved(metres, {}, {"north": "grid"}), grid), "magnetic used as grid: %d m on %d m" % (grid, metres),
       moved(metres, {}, {"north": "grid"}))
    ok(near(moved(metres, {}, {"north": "true"}), true), "magnetic used as true: %d m on %d m" % (true, metres))
    ok(near(moved(metres, {"north": "true"}, {"north": "grid"}), between, 0.03 if metres == 1000 else 0.05),
       "true used as grid: %d m on %d m" % (between, metres), moved(metres, {"north": "true"}, {"north": "grid"}))
    ok(near(moved(metres, {}, {"azimuth": 240}), 2 * metres), "back azimuth: %d m" % (2 * metres))
for written, angle in ((1500, 5.625), (3000, 11.25)):
    found = moved(1000, {"azimuth": written, "angle_unit": "mil6000"}, {"azimuth": written, "angle_unit": "mil6400"})
    ok(near(found, 2000 * sin(radians(angle) / 2)), "60-00 read as 6400 mil: %.1f degrees at %d" % (angle, written), found)
found = moved(300, {"distance_unit": "pace_pair"}, {"distance_unit": "m"})
ok(near(found, 150), "pairs of paces read as metres: a third less", found)
other = leg()
other["points"].append({"id": "L2", "northing": X + 300, "easting": Y + 400})
wrong_landmark = json.loads(json.dumps(other))
wrong_landmark["legs"][0]["from"] = "L2"
found = distance(place(other, "Q"), place(wrong_landmark, "Q"))
ok(near(found, 500), "wrong landmark: as far as the two lie apart", found)
digits = leg()
digits["points"][0]["northing"] += 9000
found = distance(place(leg(), "Q"), place(digits, "Q"))
ok(near(found, 9000), "digits transposed: 9 km", found)
ok(distance(place(leg(azimuth="10-00"), "Q"), place(leg(azimuth=60), "Q")) < 1e-6 and
   distance(place(leg(azimuth=60, correction_deg=6.5 - 1.2857), "Q"), place(leg(azimuth=60), "Q")) < 0.05,
   "dash notation and the printed correction mean the same")

# ---- a solver of its own ----

K0, R = 0.9996, 6371000.0
COMPASS, TAPE, NORMAL, CIRCLE = radians(1.5) / 1.959963985, 0.004 / 1.959963985, 1.959963985, 2.447746831


def scale(easting):
    return K0 * (1 + (easting - 500000) ** 2 / (2 * R * R))


def residuals(at, net):
    """(computed - observed) / sd of every observation, polar."""
    out = []
    for p, (x, y, sd) in net["fixed"].items():
        out += [(at[p][0] - x) / sd, (at[p][1] - y) / sd]
    for a, b, azimuth, metres in net["legs"]:
        dx, dy = at[b][0] - at[a][0], at[b][1] - at[a][1]
        turn = (atan2(dx, dy) - azimuth + pi) % (2 * pi) - pi
        out += [turn / COMPASS, (hypot(dx, dy) / scale((at[a][0] + at[b][0]) / 2) - metres) / (TAPE * metres)]
    return out


def eliminate(matrix, rights):
    """Solve by Gauss's elimination with pivoting; rights: columns."""
    n = len(matrix)
    work = [list(row) + [r[i] for r in rights] for i, row in enumerate(matrix)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda k: abs(work[k][i]))
        work[i], work[pivot] = work[pivot], work[i]
        for k in range(n):
            if k != i and work[k][i] != 0:
                f = work[k][i] / work[i][i]
                work[k] = [u - f * v for u, v in zip(work[k], work[i])]
    return [[work[i][n + j] / work[i][i] for i in range(n)] for j in range(len(rights))]


def adjust(net):
    names = sorted(net["start"])
    x = [c for p in names for c in net["start"][p]]

    def at(v):
        return {p: (v[2 * i], v[2 * i + 1]) for i, p in enumerate(names)}
    for _ in range(8):
        base = residuals(at(x), net)
        columns = []
        for i in range(len(x)):
            up, down = list(x), list(x)
            up[i] += 1e-2
            down[i] -= 1e-2
            columns.append([(u - d) / 2e-2 for u, d in zip(residuals(at(up), net), residuals(at(down), net))])
        normal = [[sum(u * v for u, v in zip(a, b)) for b in columns] for a in columns]
        step = eliminate(normal, [[-sum(u * v for u, v in zip(a, base)) for a in columns]])[0]
        x = [u + v for u, v in zip(x, step)]
        if max(map(abs, step)) < 1e-6:
            break
    unit = [[float(i == j) for i in range(len(x))] for j in range(len(x))]
    inverse = eliminate(normal, unit)
    base = residuals(at(x), net)
    axes = {}
    for i, p in enumerate(names):
        xx, yy, xy = inverse[2 * i][2 * i], inverse[2 * i + 1][2 * i + 1], inverse[2 * i][2 * i + 1]
        mean, root = (xx + yy) / 2, hypot((yy - xx) / 2, xy)
        axes[p] = (CIRCLE * sqrt(mean + root), CIRCLE * sqrt(mean - root))
    return at(x), axes, len(base) - len(x), sqrt(sum(v * v for v in base) / max(1, len(base) - len(x)))


def network():
    """Some fixed points, a chain through them, and further ties, with errors within reason."""
    n, nfixed = random.randint(4, 9), random.randint(1, 3)
    true = {"p%d" % i: (490000 + random.uniform(0, 2500), 4560000 + random.uniform(0, 2500)) for i in range(n)}
    names = list(true)
    pairs = [(names[random.randrange(i)], names[i]) for i in range(1, n)]
    pairs += [tuple(random.sample(names, 2)) for _ in range(random.randint(1, 5))]
    legs = []
    for a, b in dict.fromkeys(pairs):
        if random.random() < 0.3:
            a, b = b, a
        dx, dy = true[b][0] - true[a][0], true[b][1] - true[a][1]
        metres = hypot(dx, dy) / scale((true[a][0] + true[b][0]) / 2)
        legs.append((a, b, atan2(dx, dy) + random.gauss(0, 0.5) * COMPASS, metres * (1 + random.gauss(0, 0.5) * TAPE)))
    fixed = {p: (true[p][0] + random.gauss(0, 2), true[p][1] + random.gauss(0, 2), random.uniform(2, 8))
             for p in names[:nfixed]}
    return {"legs": legs, "fixed": fixed, "start": true}


def paper(net, shuffle=False):
    points = [{"id": p, "northing": round(y, 4), "easting": round(x, 4), "accuracy95_m": sd * CIRCLE}
              for p, (x, y, sd) in net["fixed"].items()]
    legs = [{"from": a, "to": b, "azimuth": round(degrees(az) % 360, 9) % 360, "distance": round(metres, 5)}
            for a, b, az, metres in net["legs"]]
    if shuffle:
        random.shuffle(points)
        random.shuffle(legs)
    return {"type": "Feature", "properties": {"location": {
        "crs": "EPSG:32639", "north": "grid", "angle_unit": "degree", "distance_unit": "m", "distance_by": "tape",
        "points": points, "legs": legs}}}


nets = [network() for _ in range(NETWORKS)]
psql(db, "CREATE TABLE net (i int, record minefield, shuffled minefield);" + "".join(
    "INSERT INTO net VALUES (%d, %s, %s);" % (i, literal(paper(net)), literal(paper(net, True)))
    for i, net in enumerate(nets)))
solved = query("""
SELECT json_agg(json_build_object('i', i, 'id', id, 'x', ST_X(g), 'y', ST_Y(g), 'major', ellipse_major_m, 'minor', ellipse_minor_m))
FROM net, mf_traverse(record), ST_Transform(geometry, 32639) g""")
off, ellipses, compared, residual = [], [], 0, 0
for i, net in enumerate(nets):
    at, axes, redundancy, sigma0 = adjust(net)
    found = {s["id"]: s for s in solved if s["i"] == i}
    for p in at:
        s = found[p]
        gap = hypot(s["x"] - at[p][0], s["y"] - at[p][1])
        drift = max(hypot(at[q][0] - v[0], at[q][1] - v[1]) for q, v in net["fixed"].items())
        residual = max(residual, drift)
        compared += 1
        if gap > 0.005:
            off.append((i, p, gap, sigma0, axes[p]))
        if not (near(s["major"], axes[p][0], 0.01) and near(s["minor"], axes[p][1], 0.01)):
            ellipses.append((i, p, s["major"], s["minor"], axes[p]))
ok(compared > 4 * NETWORKS / 2 and not off, "%d points of %d networks lie where another solver puts them" % (compared, NETWORKS), *off[:5])
ok(not ellipses, "with the same ellipses", *ellipses[:5])
ok(residual > 0.5, "and it was not for want of contradictions", residual)
equal(psql(db, "SELECT count(*) FROM net WHERE (SELECT array_agg((t.id, ST_AsText(t.geometry, 9), round(t.accuracy95_m::numeric, 6))::text ORDER BY t.id) "
               "FROM mf_traverse(record) t) IS DISTINCT FROM (SELECT array_agg((t.id, ST_AsText(t.geometry, 9), round(t.accuracy95_m::numeric, 6))::text ORDER BY t.id) "
               "FROM mf_traverse(shuffled) t)"), "0", "the order of points and legs on the paper changes nothing")

# ---- a gross error ----

blunder = {"type": "Feature", "properties": {"location": {
    "crs": "EPSG:32639", "north": "grid", "angle_unit": "degree", "distance_unit": "m", "distance_by": "tape",
    "points": [{"id": p, "northing": 4560000 + y, "easting": 500000 + x, "accuracy95_m": 1}
               for p, x, y in (("L1", 0, 0), ("L2", 400, 0), ("L3", 0, 400))],
    "legs": [{"from": "L1", "to": "A", "azimuth": 45, "distance": 282.8},
             {"from": "L2", "to": "A", "azimuth": 323, "distance": 282.8},
             {"from": "L3", "to": "A", "azimuth": 135, "distance": 282.8}]}}}
derived = query("SELECT mf_properties(mf_locate(%s))->'derived'" % literal(blunder))
ok(derived["largest_residual"]["outlier"] and derived["largest_residual"]["leg"] == ["L2", "A"],
   "a gross error is named", derived)

# ---- paper of every kind ----

VALUES = [None, 0, -1, 1e9, 1e-9, 360, 6000, "", "x", "15-00", "99-99", {"value": 5}, {"min": 1, "max": 2}, {"min": 5},
          {"as_written": "~5"}, "magnetic", "grid", "true", "EPSG:4326", "EPSG:32639", "EPSG:1", "A", "B", "L01", 90, 1e300, "centre"]


def places(value, path=()):
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield path + (key,)
        yield from places(inner, path + (key,))


def damaged(record):
    location = record["properties"]["location"]
    for _ in range(random.randint(1, 6)):
        paths = list(places(location))
        if not paths:
            break
        path, holder = random.choice(paths), location
        for key in path[:-1]:
            holder = holder[key]
        how = random.random()
        if how < 0.3:
            del holder[path[-1]]
        elif how < 0.7 or not isinstance(holder, list):
            holder[path[-1]] = json.loads(json.dumps(random.choice(VALUES)))
        else:
            holder.append(json.loads(json.dumps(random.choice(holder))))
    return record


def shuffled(record):
    for name in ("points", "legs"):
        if isinstance(record["properties"]["location"].get(name), list):
            random.shuffle(record["properties"]["location"][name])
    return record


def copies(change, n):
    for _ in range(n):
        record = json.loads(json.dumps(random.choice(records)))
        yield change({**record, "geometry": None})


psql(db, """
CREATE FUNCTION taken(document text) RETURNS minefield LANGUAGE plpgsql AS $$
BEGIN RETURN document::minefield; EXCEPTION WHEN invalid_text_representation THEN RETURN NULL; END $$;
CREATE TABLE bad AS SELECT taken(d) AS record FROM (VALUES %s) v(d);
DELETE FROM bad WHERE record IS NULL;
CREATE TABLE bad_located AS SELECT record AS paper, mf_locate(record) AS record FROM bad;""" %
     ",".join("(" + literal(r) + ")" for r in copies(damaged, 2000)))
counts = query("SELECT json_build_array(count(*), count(*) FILTER (WHERE mf_is_located(record)), "
               "count(*) FILTER (WHERE record::text::minefield IS DISTINCT FROM record), "
               "count(*) FILTER (WHERE NOT mf_is_located(record) AND mf_properties(record)->'derived'->'unsolved'->-1->>'reason' IS NULL), "
               "count(*) FILTER (WHERE mf_digest_text(record) <> mf_digest_text(paper))) FROM bad_located")
ok(counts[0] > 500 and 200 < counts[1] < counts[0] and counts[2:] == [0, 0, 0],
   "%d damaged records: %d are located, every other one says why not" % (counts[0], counts[1]), counts)
counts = query("SELECT json_build_array(count(*), count(*) FILTER (WHERE solved), count(*) FILTER (WHERE solved = (reason IS NOT NULL)), "
               "count(*) FILTER (WHERE solved = (geometry IS NULL))) FROM bad, mf_traverse(record)")
ok(counts[1] > 0 and counts[2:] == [0, 0], "so does every point of them", counts)
equal(psql(db, "SELECT bool_and(x IS NOT NULL) FROM (SELECT count(*) FROM bad, mf_traverse_legs(record) UNION ALL SELECT count(*) FROM bad, mf_error_budget(record) "
               "UNION ALL SELECT count(*) FROM bad, mf_row_lines(record) UNION ALL SELECT count(*) FROM bad, mf_mine_positions(record)) y(x)"), "t",
      "and their legs, errors, rows and mines can be asked for")
pairs = []
for record in copies(damaged, 400):
    pairs.append("(%s, %s)" % (literal(record), literal(shuffled(json.loads(json.dumps(record))))) )
equal(psql(db, "SELECT count(*) FROM (VALUES %s) v(a, b), LATERAL (SELECT mf_locate(taken(a)) AS p, mf_locate(taken(b)) AS q) l "
               "WHERE mf_geometry(p) IS DISTINCT FROM mf_geometry(q) OR mf_accuracy_m(p) IS DISTINCT FROM mf_accuracy_m(q)" % ",".join(pairs)), "0",
      "nor does the order of a damaged record's points and legs change anything")

# ---- the documentation ----

with open(os.path.join(TOP, "doc", "location.md"), encoding="utf-8") as f:
    listed = set(re.findall(r"`([a-z_]+)`", f.read()))
met = set(query("SELECT json_agg(DISTINCT r) FROM (SELECT jsonb_path_query(mf_properties(record)->'derived', '$.unsolved[*].reason') #>> '{}' FROM bad_located "
                "UNION ALL SELECT reason FROM bad, mf_traverse(record) UNION ALL SELECT reason FROM bad, mf_traverse_legs(record) "
                "UNION ALL SELECT reason FROM bad, mf_row_lines(record) UNION ALL SELECT reason FROM bad, mf_mine_positions(record)) x(r) WHERE r IS NOT NULL"))
ok(len(met) > 20 and met <= listed, "the documentation lists every reason met (%d)" % len(met), sorted(met - listed))

with open(os.path.join(TOP, "doc", "accuracy.md"), encoding="utf-8") as f:
    chapter = f.read()
told = {m[0]: m[1] for m in re.findall(r"^\| `([a-z0-9_]+)` \| ([^|]*?) \|", chapter, re.M)}
code = query("SELECT json_object_agg(name, coalesce(value::text, 'unknown') || ' ' || CASE unit WHEN 'degree' THEN '°' WHEN 'percent' THEN '%' "
             "WHEN 'metre' THEN 'm' ELSE 'mm' END) FROM mf_error_table()")
code = {k: "unknown" if v.startswith("unknown") else v for k, v in code.items()}
equal(json.dumps(told, indent=0, sort_keys=True, ensure_ascii=False),
      json.dumps(code, indent=0, sort_keys=True, ensure_ascii=False), "the documentation's table of errors is the code's")
done()
