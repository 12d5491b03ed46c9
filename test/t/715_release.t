#!/usr/bin/python3
"""715_release.t - copies for partners against plain Python, leaf by leaf

Records of the exercise and random whitelists: a leaf of the document is in the
copy exactly when a pointer leads to it or above it, and says the same;
everything else is gone, and lists have kept their length.  With a coarse
place no number of any coordinate is left, the rectangle holds the extent, and
records in one cell have one place.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEED and COPIES may be set.
"""
import json
import os
import random

from sample import records
from server import database, done, ok, psql

SEED = int(os.environ.get("SEED", "20261125"))
COPIES = int(os.environ.get("COPIES", "500"))
PLACES = {"bbox", "coordinates", "derived", "easting", "lat", "latitude", "location", "lon", "longitude",
          "mgrs", "northing", "place", "readings", "wkt"}


def leaves(value, path=()):
    """(path, value) of every leaf; of empty lists and objects, too."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from leaves(inner, path + (name,))
    elif isinstance(value, list) and value:
        for i, inner in enumerate(value):
            yield from leaves(inner, path + (str(i),))
    else:
        yield path, value


def leads(pointer, path):
    """Does a pointer lead to a leaf, or to something that holds it?"""
    return len(pointer) <= len(path) and all(p in ("*", name) for p, name in zip(pointer, path))


def random_pointer(rng, paths, coarse):
    path = list(rng.choice(paths))
    pointer = path[:rng.randrange(1, len(path) + 1)]
    pointer = [("*" if name.isdigit() and rng.random() < 0.7 else name) for name in pointer]
    if not coarse and rng.random() < 0.1:
        pointer[rng.randrange(len(pointer))] = "*"
    if coarse and (pointer == ["properties"] or PLACES & set(pointer)):
        return ["properties", "mines"]
    return pointer


def written(pointer):
    return "".join("/" + p.replace("~", "~0").replace("/", "~1") for p in pointer)


def literal(value):
    return "$mf$%s$mf$" % value


def expected(record, keep, coarse):
    out = {}
    for path, value in leaves(record):
        if path[0] in ("type", "geometry"):
            continue
        if coarse and PLACES & set(path):
            continue
        if any(leads(p, path) for p in keep):
            out[path] = value
    return out


def found(copy):
    copy["properties"].pop("released")
    return {path: value for path, value in leaves(copy) if path[0] not in ("type", "geometry")}


def wrong_leaves(record, copy, keep, coarse):
    """What is in the copy, is as it was; what is not there was not kept."""
    said, wanted = found(copy), expected(record, keep, coarse)
    original = dict(leaves(record))
    bad = ["%s is %r" % (path, value) for path, value in said.items()
           if wanted.get(path, "nothing") != value
           # a place in a list of which nothing is kept, or an object emptied of coordinates
           and not (value is None and path[-1].isdigit() and path not in wanted)
           and not (value in ({}, []) and original.get(path, "more") in ("more", value))]
    return bad + ["%s is missing" % (path,) for path in wanted if path not in said]


def lists(value, path=()):
    if isinstance(value, list):
        yield path, len(value)
    for name, inner in (value.items() if isinstance(value, dict) else
                        enumerate(value) if isinstance(value, list) else ()):
        yield from lists(inner, path + (str(name),))


def main():
    rng = random.Random(SEED)
    db = database("mf_release")
    lines = records(SEED, 200)
    cases, rows = [], []
    for n in range(COPIES):
        record = json.loads(rng.choice(lines))
        if rng.random() < 0.2:
            record["properties"]["items"] = [{"place": {"lon": 50.3}, "kind": "x"}, {"wkt": "POINT(1 2)"}]
        coarse = rng.choice([None, None, 50, 1000, 20000])
        paths = [p for p, _ in leaves(record) if p[0] not in ("type", "geometry")]
        keep = [random_pointer(rng, paths, coarse) for _ in range(rng.randrange(6))]
        if rng.random() < 0.6:
            keep.append(["geometry"])
        cases.append((record, keep, coarse))
        rows.append("(%d, %s::minefield, ARRAY(SELECT jsonb_array_elements_text(%s)), %s::float8)" % (
            n, literal(json.dumps(record, ensure_ascii=False)),
            literal(json.dumps([written(p) for p in keep], ensure_ascii=False)), coarse or "NULL"))
    psql(db, "CREATE TABLE copies AS SELECT *, mf_release(record, keep, size) AS copy FROM (VALUES %s) v(n, record, keep, size)"
         % ",".join(rows))
    leaked, shorter = [], []
    for line in psql(db, "SELECT copy FROM copies ORDER BY n").splitlines():
        record, keep, coarse = cases[len(leaked)]
        copy = json.loads(line)
        shape = dict(lists({k: v for k, v in record.items() if k != "geometry"}))
        shorter += [p for p, n in lists({k: v for k, v in copy.items() if k != "geometry"})
                    if p[:2] != ("properties", "released") and shape.get(p) != n]
        leaked.append(wrong_leaves(record, copy, keep, coarse))
    bad = ["copy %d, kept %s: %s" % (n, [written(p) for p in cases[n][1]], w) for n, w in enumerate(leaked) if w]
    ok(len(leaked) == COPIES and not bad, "%d copies have what was named and nothing else" % COPIES, *bad)
    ok(not shorter, "lists keep their length", *shorter)
    ok(psql(db, """SELECT count(*) FROM copies WHERE (mf_geometry(copy) IS NULL) IS DISTINCT FROM
        (NOT keep && '{/geometry,/*}' OR mf_geometry(record) IS NULL)""") == "0", "the geometry is there where it was kept")
    ok(psql(db, """SELECT count(*) FROM copies WHERE size IS NULL AND mf_geometry(copy) IS NOT NULL
        AND NOT ST_OrderingEquals(mf_geometry(copy), mf_geometry(record))""") == "0", "as recorded, where no size was given")
    ok(psql(db, """SELECT count(*) FROM copies WHERE size IS NOT NULL AND mf_geometry(copy) IS NOT NULL AND NOT
        (ST_Covers(mf_geometry(copy), ST_MakeValid(mf_geometry(record))) AND ST_NPoints(mf_geometry(copy)) = 5)""") == "0",
       "else as a rectangle that holds it")
    ok(psql(db, """SELECT count(*) FROM copies WHERE size IS NOT NULL AND copy::text ~ '"(lon|lat|northing|easting|mgrs|wkt|derived|location)"'""")
       == "0", "and no other coordinates")


main()
done()
