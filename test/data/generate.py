#!/usr/bin/env python3
"""generate.py - two synthetic log books, and the truth about them

    generate.py [--seed N] [--out DIR]

writes book_a, book_b, the front line, areas, landmarks, findings (finds and
accidents) and truth.jsonl.  The same seed gives the same bytes, on any
machine: chance comes from one generator, geodesy from formulas written out
here, and every coordinate is rounded far above the noise of the arithmetic.

ALL OF IT IS SYNTHETIC and lies over open water in the Caspian Sea.
"""

import argparse
import copy
import json
import os
import sys
from math import fsum

sys.dont_write_bytecode = True     # leave nothing beside the data
import paper
from chain import lonlat, misclosure, points, ring, solve
from geodesy import from_grid, from_wgs84, inverse, to_grid
from ground import EMPTY, Dice, Field, Ground, offset, polygon, whole_base

SEED = 1993
NOTE = "SYNTHETIC exercise data over open water: no such minefield exists"

# Book A: how many records in which form, and with which mistake.
WITH_ERROR = (("no_datum_shift", 10), ("magnetic_as_grid", 7), ("unit_6400", 5),
              ("wrong_landmark", 5), ("phantom", 5), ("pace_pairs_as_metres", 2),
              ("back_azimuth", 1), ("digits_transposed", 1),
              ("corners_out_of_order", 1))
WITHOUT_ERROR = (("words", 6), ("centre", 4), ("line", 5), ("corners", 7),
                 ("chain", 56))
DUPLICATES = 5
NUMBERS_MISSING = 3
CYRILLIC = {"PMN-2": "ПМН-2", "PMN": "ПМН", "POMZ-2M": "ПОМЗ-2М",
            "OZM-72": "ОЗМ-72", "MON-50": "МОН-50", "TM-62M": "ТМ-62М",
            "TM-57": "ТМ-57"}


# ---- book A ----

def book_a(ground, dice):
    total = len(ground.fields)
    numbers = list(range(1, total + NUMBERS_MISSING + 1))
    # missing from the middle: nobody misses the last
    missing = sorted(dice.shuffled(numbers[5:-5])[:NUMBERS_MISSING])
    numbers = [n for n in numbers if n not in missing]
    plan = list(zip(numbers, ground.fields))
    free = dice.shuffled(plan)
    records = []
    for error, count in WITH_ERROR:
        for i in range(count):
            records.append(with_error(error, i, free, ground, dice))
    for form, count in WITHOUT_ERROR:
        for _ in range(count):
            number, field = free.pop()
            if form == "line":
                field = line_field(field, dice)
            records.append(paper.write("A", number, field, form, ground, dice))
    records.sort(key=lambda r: r.number)
    spoil_sheets(records, dice)
    clean = [r for r in records if r.error == "none" and r.form == "chain"
             and not (r.blank or r.illegible or r.quantities or r.senses)]
    for record in dice.shuffled(clean)[:DUPLICATES]:
        records.insert(records.index(record) + 1,
                       paper.second_copy(record, dice))
    return records, missing


def with_error(error, i, free, ground, dice):
    """The first free field on which this mistake shows and does no harm to
    the exercise: nothing may end up in the area without a record."""
    spoil = paper.ERRORS[error]
    written = error == "no_datum_shift" and i >= 6
    style = ("magnetic", "mil6000") if error == "unit_6400" or (
        error == "magnetic_as_grid" and dice.chance(0.7)) else \
        ("magnetic", "degree") if error == "magnetic_as_grid" else None
    for candidate in free:
        number, field = candidate
        record = paper.write("A", number, field,
                             "corners" if written else "chain", ground, dice,
                             style, error == "pace_pairs_as_metres" or None,
                             error in ("no_datum_shift", "phantom"))
        before = record.geometry
        record.error = error
        spoil[1 if written else 0](record, ground, dice)
        if fits(record, before, ground):
            free.remove(candidate)
            return record
    raise SystemExit("no field is left for " + error)


def fits(record, before, ground):
    corners = [to_grid(*from_wgs84(lat, lon)) for lon, lat in
               record.geometry["coordinates"][0]]
    empty = ground.areas["area-%d" % EMPTY]
    if any(inside(c, empty) for c in corners):
        return False
    moved = shift_m(before, record.geometry)
    if record.error == "phantom":
        return True
    if record.error == "corners_out_of_order":
        return record.field.bend == 0
    if record.error == "digits_transposed":
        return 800 < moved < 2800
    return 15 < moved < 900


def shift_m(a, b):
    """How far the centres of two polygons' corners lie apart."""
    def centre(geometry):
        corners = geometry["coordinates"][0][:-1]
        return [fsum(v) / len(corners) for v in zip(*corners)]
    p, q = centre(a), centre(b)
    return inverse(p[1], p[0], q[1], q[0])[1]


def inside(point, polygon_):
    """Even-odd, in the grid plane."""
    odd = False
    for a, b in zip(polygon_, polygon_[1:] + polygon_[:1]):
        if (a[0] > point[0]) != (b[0] > point[0]) and point[1] < \
                a[1] + (point[0] - a[0]) / (b[0] - a[0]) * (b[1] - a[1]):
            odd = not odd
    return odd


def line_field(field, dice):
    """A field of which only a line was measured: one row, or the middle of
    two rows."""
    if dice.chance(0.5):
        return Field(field.start, field.azimuth, field.front, field.bend, 1, 0,
                     field.kind[:1])
    return Field(field.start, field.azimuth, field.front, field.bend, 2,
                 field.gap, field.kind[:1] * 2)


BLANKS = ("/properties/unit", "/properties/recorder", "/properties/laid",
          "/properties/recorded", "/properties/method", "/properties/row_gap_m",
          "/properties/mines/0/count", "/properties/mines/0/anti_handling",
          "/properties/mines/0/burial_depth_m", "/properties/mines/0/fuze")
LOCATION_BLANKS = ("north", "declination_deg", "distance_unit", "angle_unit")


def spoil_sheets(records, dice):
    """Missing sheets, blank and illegible items, uncertain counts, and
    records that contradict themselves; each on its own records."""
    for record in dice.shuffled(records)[:8]:
        paper.lose_sheet(record, dice)
    simple = dice.shuffled(r for r in records if r.form in ("chain", "corners")
                           and r.error != "digits_transposed")
    for name in LOCATION_BLANKS:
        record = next(r for r in simple if r.error == "none"
                      and r.location.get("north") == "magnetic"
                      and (r.location["angle_unit"] == "degree")
                      == (name == "angle_unit"))
        simple.remove(record)
        paper.blank_out(record, "/properties/location/" + name,
                        name != "north")
    for _ in range(14):
        record = simple.pop()
        for pointer in dice.shuffled(BLANKS)[:dice.whole(1, 3)]:
            paper.blank_out(record, pointer, dice.chance(0.5))
    for i in range(12):
        paper.make_quantity(simple.pop(), ("range", "about", "illegible")[i % 3])
    for _ in range(5):
        paper.make_illegible(simple.pop(), dice.pick(
            ("/properties/recorder", "/properties/mines/0/burial_depth_m",
             "/properties/mines/0/anti_handling", "/properties/recorded")))
    for _ in range(2):
        paper.laid_after_recorded(simple.pop())
    for _ in range(3):
        chain = next(r for r in simple if r.form == "chain")
        simple.remove(chain)
        paper.total_differs_from_rows(chain, dice)


# ---- book B: eight records rebuilt from interviews ----

def book_b(book, ground, dice):
    def some(wanted):
        fit = [r for r in book if wanted(r) and r.id not in used]
        # few books lack large fields without another mistake in them
        return dice.pick(fit or [r for r in book if r.error == "none"
                                 and r.form == "chain" and not r.duplicate_of
                                 and not r.senses and r.id not in used])
    used, records = set(), []

    def plain(record):
        field = record.field
        return record.error == "none" and record.form == "chain" \
            and not record.duplicate_of and not record.senses \
            and not record.blank and not record.quantities \
            and field.depth >= 36 and field.front >= 96 and not field.bend
    plans = ((retold, plain), (moved, plain), (larger, plain), (smaller, plain),
             (as_it_was, lambda r: r.form == "words"),
             (as_it_was, lambda r: r.error == "wrong_landmark"))
    for number, (change, wanted) in enumerate(plans, 1):
        original = some(wanted)
        used.add(original.id)
        records.append(interview(number, original, change, ground, dice))
    extra = ground.unrecorded[1]
    record = paper.write("B", 7, extra, "chain", ground, dice,
                         ("magnetic", "degree"), True, False)
    record.true = planned(extra)
    record.same_as = "unrecorded/2"
    records.append(remembered(record, extra, dice))
    last = paper.write("B", 8, ground.unrecorded[2], "words", ground, dice)
    last.same_as = "unrecorded/3"
    records.append(remembered(last, last.field, dice))
    for record in records[1::5]:
        for entry in record.properties["mines"]:
            entry["model"] = CYRILLIC[entry["model"]]
        for row in record.location.get("rows", ()):
            for entry in row["mines"]:
                entry["model"] = CYRILLIC[entry["model"]]
    return records


def interview(number, original, change, ground, dice):
    if change is retold:
        record = paper.write("B", number, original.field, "chain", ground, dice)
        record.properties["location"] = copy.deepcopy(original.location)
        paper.plot(record)
        record.true = original.true
        remembered(record, original.field, dice)
        record.error, record.error_in = "none", None
    else:
        field = change(original.field, dice)
        record = paper.write("B", number, field, "chain", ground, dice,
                             ("magnetic", "degree"), True, False)
        record.true = original.true
        remembered(record, original.field, dice,
                   (0.9, 1.0) if change is larger else FEWER)
    record.same_as = original.id
    return record


FEWER = (0.4, 0.7)      # of the mines laid: what is told contradicts the paper


def remembered(record, field, dice, share=FEWER):
    """What nobody remembers is blank; counts are told as ranges."""
    p = record.properties
    p.update(sheets=[1], sheets_of=1, source="interview", laid="1993~",
             recorded="2024-0%d-%02d" % (dice.whole(1, 2), dice.whole(10, 25)),
             recorder="Interviewer %d (synthetic)" % dice.whole(1, 2),
             signatures=[])
    p.pop("events", None)
    if record.geometry is not None:
        p["accuracy95_m"] = 100
    for name in ("unit", "method"):
        p[name] = None
        record.blank.append("/properties/" + name)
    for i, entry in enumerate(p["mines"]):
        entry["anti_handling"] = None
        record.blank.append("/properties/mines/%d/anti_handling" % i)
        true = field.counts()[0][entry["model"]]
        near = max(5, round(true * dice.between(*share) / 5) * 5)
        low, high = near - near // 5, near + near // 5
        entry["count"] = dice.pick((
            {"min": low, "max": high, "as_written": "%d-%d" % (low, high)},
            {"value": near, "min": low, "max": high, "as_written": "~%d" % near}))
        record.quantities["/properties/mines/%d/count" % i] = {
            "kind": "about" if "value" in entry["count"] else "range",
            "true": true}
    for row in record.location.get("rows", ()):
        for entry in row["mines"]:
            entry.pop("count", None)
    record.field = field
    record.error, record.error_in = "from_memory", "location"
    return record


def retold():
    """The same chain, told again: only the counts differ."""


def moved(field, dice):
    start = offset(field.start, field.azimuth, 0.3 * field.front)
    return remade(field, offset(start, field.azimuth + 90, 0.2 * field.depth),
                  field.front, field.depth)


def larger(field, dice):
    start = offset(field.start, field.azimuth, -0.2 * field.front)
    return remade(field, offset(start, field.azimuth + 90, -12),
                  1.4 * field.front, field.depth + 24)


def smaller(field, dice):
    start = offset(field.start, field.azimuth, 0.25 * field.front)
    return remade(field, offset(start, field.azimuth + 90, 0.3 * field.depth),
                  0.5 * field.front, 0.4 * field.depth)


def as_it_was(field, dice):
    return remade(field, field.start, field.front, field.depth)


def remade(field, start, front, depth):
    parts = 2 * whole_base([step for _, step in field.kind])
    return Field(start, field.azimuth, max(parts, round(front / parts) * parts),
                 field.bend, field.rows,
                 max(1, round(depth / (field.rows - 1))), field.kind)


def planned(field):
    return {"type": "Polygon", "coordinates": [
        ring([lonlat(from_grid(*p)) for p in paper.corner_grid(field)])]}


# ---- what was found ----

def true_rows(record):
    """[(grid points of a row, model, step)] where the mines really are."""
    field = record.field
    if record.form == "chain":
        at = points(record.right)
        return [([to_grid(*at[name]) for name in row["path"]],
                 row["mines"][0]["model"], row["mines"][0]["step_m"])
                for row in record.right["rows"]]
    return planned_rows(field)


def planned_rows(field):
    return [([offset(start, field.azimuth + 90, n * field.gap) for start in
              (field.start, offset(field.start, field.azimuth, field.front))],
             model, step) for n, (model, step) in enumerate(field.kind)]


def mine_somewhere(rows, dice):
    path, model, step = dice.pick(rows)
    leg = dice.whole(0, len(path) - 2)
    a, b = path[leg], path[leg + 1]
    length = ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5
    t = dice.whole(0, int(length / step)) * step / length
    return tuple(p + t * (q - p) + dice.normal(0.7) for p, q in zip(a, b)), model


def findings(book, ground, dice):
    """Finds and accidents, and which field each one belongs to."""
    out = []

    def add(kind, place, model, owner):
        day = dice.whole(0, 1000)
        properties = {"kind": kind, "date": "20%d%s" % (
            22 + day // 365, paper.iso(day % 365)[4:]), "model": model,
            "accuracy95_m": 2, "synthetic": True}
        if kind == "accident":
            properties["persons_harmed"] = dice.whole(1, 3)
        out.append(({"type": "Feature", "id": None, "geometry": {
            "type": "Point", "coordinates": lonlat(from_grid(*place))},
            "properties": properties}, owner))
    there = [r for r in book if r.true and not r.duplicate_of]
    wrong = [r for r in there if r.error != "none"]
    right = dice.shuffled(r for r in there if r.error == "none"
                          and r.form in ("chain", "corners"))
    unplaced = [r for r in there if r.form == "words"]
    for some, low, high in ((wrong, 5, 8), (right[:26], 2, 5), (unplaced[:2], 2, 3)):
        for record in some:
            rows = true_rows(record)
            for _ in range(dice.whole(low, high)):
                add("mine", *mine_somewhere(rows, dice), record.id)
    for n, field in enumerate(ground.unrecorded, 1):
        for _ in range(dice.whole(3, 5)):
            add("mine", *mine_somewhere(planned_rows(field), dice), "unrecorded/%d" % n)
        for _ in range(2):
            add("accident", *mine_somewhere(planned_rows(field), dice),
                "unrecorded/%d" % n)
    for record in dice.shuffled(wrong)[:10] + right[:4]:
        add("accident", *mine_somewhere(true_rows(record), dice), record.id)
    for _ in range(4):
        s = dice.between(0.05, 0.95) * ground.line.length
        add("accident", ground.line.beside(s, dice.between(430, 800)), None, None)
    out = dice.shuffled(out)
    for n, (feature, _) in enumerate(out, 1):
        feature["id"] = "F/%d" % n
    return out


# ---- writing ----

def text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"),
                      allow_nan=False)


def write_collection(path, features, **members):
    """A FeatureCollection, one feature on a line."""
    head = text({"type": "FeatureCollection", "synthetic": NOTE, **members})
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write(head[:-1] + ',"features":[\n')
        out.write(",\n".join(text(f) for f in features))
        out.write("\n]}\n")


def write_lines(path, values):
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        for value in values:
            out.write(text(value) + "\n")


def header(records, missing, **members):
    """What the issuer declares: copies not counted, and the records that are
    not in the book counted by number but not by mine."""
    originals = [r for r in records if not r.duplicate_of]
    declared = {}
    for record in originals:
        for model, count in record.field.counts()[0].items():
            declared[model] = declared.get(model, 0) + count
    return {**members, "language": "ru",
            "records_declared": len(originals) + len(missing),
            "sheets_declared": 2 * len(missing) + sum(
                r.properties["sheets_of"] for r in originals),
            "mines_declared": [{"model": model, "count": count}
                               for model, count in declared.items()]}


def check(books, ground):
    """What the exercise relies on, whatever the seed."""
    a = books[0]
    solvable = [r for r in a if r.form == "chain"
                and r.chain_truth()["gives_truth"]]
    assert len(solvable) * 2 >= len(a), "too few chains lead to the truth"
    empty = ground.areas["area-%d" % EMPTY]
    for record in a + books[1]:
        for part in positions(record.geometry):
            grid = to_grid(*from_wgs84(part[1], part[0]))
            assert not inside(grid, empty), record.id
            assert 50.25 < part[0] < 50.5 and 41.1667 < part[1] < 41.3333, record.id
        if record.location.get("legs") and record.error == "none" \
                and record.chain_truth()["solvable"]:
            assert misclosure(record.location) < 0.02, record.id
        if record.chain_truth()["gives_truth"]:
            assert solve(record.location) == record.true, record.id


def positions(geometry):
    if geometry is None:
        return []
    c = geometry["coordinates"]
    return {"Point": [c], "LineString": c, "Polygon": c[0]}[geometry["type"]]


def truth(seed, books, missing, found, ground):
    a, b = books
    yield {"about": "file", "synthetic": NOTE, "seed": seed,
           "convention": "distances are ground distances; an azimuth holds at "
           "the start of its leg; true = magnetic + declination = grid + "
           "convergence there; SK-42 to WGS 84 by EPSG:15865"}
    yield {"about": "book", "book": "A", "records": len(a),
           "missing_numbers": [str(n) for n in missing]}
    yield {"about": "book", "book": "B", "records": len(b), "missing_numbers": []}
    for name in ground.areas:
        yield {"about": "area", "id": name, "has_records": name != "area-%d" % EMPTY}
    for record in a + b:
        yield record.truth()
    for n, field in enumerate(ground.unrecorded, 1):
        yield {"about": "unrecorded", "id": "unrecorded/%d" % n,
               "true_geometry": planned(field), "true_mines": field.counts()[0]}
    for feature, owner in found:
        yield {"about": "finding", "id": feature["id"], "belongs_to": owner}


def generate(seed, out):
    dice = Dice(seed)
    ground = Ground(dice, sum(n for _, n in WITH_ERROR + WITHOUT_ERROR))
    a, missing = book_a(ground, dice)
    b = book_b(a, ground, dice)
    found = findings(a, ground, dice)
    check((a, b), ground)
    os.makedirs(out, exist_ok=True)

    def path(name):
        return os.path.join(out, name)
    for name, records, head in (
            ("book_a", a, header(
                a, missing, title="Log book A (synthetic exercise)",
                issuer="Party A (synthetic)", recipient="Mine action office (synthetic)",
                handed_over="2021-06-12", received="2021-06-14", source="log book")),
            ("book_b", b, header(
                b, (), title="Log book B, rebuilt from interviews (synthetic exercise)",
                issuer="Party A (synthetic)", recipient="Mine action office (synthetic)",
                handed_over="2024-01-25", received="2024-02-12", source="interview"))):
        features = [r.feature() for r in records]
        if name == "book_b":
            head.pop("mines_declared")
        write_collection(path(name + ".geojson"), features, logbook=head)
        write_lines(path(name + ".geojsonl"), features)
    line = {"type": "LineString", "coordinates":
            [lonlat(from_grid(*p)) for p in ground.line.vertices]}
    write_collection(path("front_line.geojson"), [
        {"type": "Feature", "id": "front", "geometry": line,
         "properties": {"name": "Exercise front line", "synthetic": True}}])
    write_collection(path("areas.geojson"), [
        {"type": "Feature", "id": name, "geometry": polygon(corners),
         "properties": {"name": name.replace("area-", "Area "), "synthetic": True}}
        for name, corners in ground.areas.items()])
    write_collection(path("landmarks.geojson"), [
        {"type": "Feature", "id": m.id, "geometry": {
            "type": "Point", "coordinates": lonlat(from_grid(*m.grid))},
         "properties": {"description": m.description, "northing": m.grid[0],
                        "easting": m.grid[1], "crs": "EPSG:28409",
                        "operation": "EPSG:15865", "synthetic": True}}
        for m in ground.landmarks])
    write_collection(path("findings.geojson"), [f for f, _ in found])
    write_lines(path("truth.jsonl"), truth(seed, (a, b), missing, found, ground))


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", default=here)
    arguments = parser.parse_args()
    generate(arguments.seed, arguments.out)


if __name__ == "__main__":
    main()
