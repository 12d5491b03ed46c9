"""paper.py - records as the paper says them, and what went wrong with them

A record is written in two steps: first as a careful officer would have written
it (its location, solved, is the truth), then one mistake is made in the copy
that goes into the book.
"""

import copy
from math import fsum

from chain import Chain, Unsolvable, dashed, lonlat, ring, solve, turn
from geodesy import CRS, OPERATION, convergence, from_grid, from_wgs84, \
    inverse, to_grid
from ground import MODELS, offset

NOTE = "synthetic exercise record: open water, no such minefield exists"
SHEET = {"sheet": "K-39-101-Б", "scale": 50000}
DECLINATION = 5.1
STATED_ACCURACY = {"corners": 25, "centre": 50}     # m; read off the map


class Record:
    """One record: the document that goes into the book, and its truth."""

    def __init__(self, book, number, field, form):
        self.book, self.number, self.field, self.form = book, number, field, form
        self.id = "%s/%d" % (book, number)
        self.properties = {}
        self.geometry = None            # as plotted in the book
        self.right = None               # the location as it should read
        self.true = None                # the ground's own geometry
        self.landmark = None
        self.error, self.error_in = "none", None
        self.blank, self.illegible, self.missing_sheets = [], [], []
        self.quantities, self.senses = {}, []
        self.duplicate_of, self.differs, self.same_as = None, {}, None
        self.true_landmark = None

    @property
    def location(self):
        return self.properties["location"]

    def feature(self):
        return {"type": "Feature", "id": self.id, "geometry": self.geometry,
                "properties": self.properties}

    def chain_truth(self):
        """What a solver of the written location must find."""
        try:
            geometry = solve(self.location)
        except Unsolvable as missing:
            return {"solvable": False, "wants": str(missing), "geometry": None,
                    "gives_truth": False}
        return {"solvable": True, "wants": None, "geometry": geometry,
                "gives_truth": self.error_in != "location"
                and self.form in ("chain", "line", "corners")
                and self.true is not None}

    def truth(self):
        counts = self.field.counts()[0] if self.true is not None else {}
        return {"about": "record", "book": self.book, "id": self.id,
                "number": str(self.number), "form": self.form,
                "error": self.error, "error_in": self.error_in,
                "exists": self.true is not None, "true_geometry": self.true,
                "true_mines": counts, "true_landmark": self.true_landmark,
                "landmarks": sum(p["role"] == "landmark" for p in
                                 self.location.get("points", ())),
                "location": self.chain_truth(),
                "missing_sheets": self.missing_sheets, "blank": self.blank,
                "illegible": self.illegible, "quantities": self.quantities,
                "contradicts_itself": self.senses,
                "duplicate_of": self.duplicate_of, "differs": self.differs,
                "same_as": self.same_as}


# ---- the form, filled in with care ----

def write(book, number, field, form, ground, dice, style=None, paces=None,
          tie=True):
    """style: (north, angle unit); paces: distances to the field in pairs of
    paces; both by chance when None.  tie: perhaps a second landmark."""
    record = Record(book, number, field, form)
    record.properties = heading(record, dice)
    location = {"crs": CRS, "operation": OPERATION, "map": dict(SHEET)}
    if form == "words":
        words(record, location, ground)
    elif form in ("corners", "centre"):
        coordinates(record, location, ground)
    else:
        record.landmark = ground.nearest_landmark(field.start)
        begin_chain(record, location, style or pick_style(dice))
        if paces is None:
            paces = dice.chance(0.5)
        field_legs(record, location, dice, "pace_pair" if paces else None)
        if form == "chain" and tie and dice.chance(0.5):
            second_tie(record, location, ground)
    if form in STATED_ACCURACY:
        record.properties["accuracy95_m"] = STATED_ACCURACY[form]
    record.right = copy.deepcopy(location)
    record.properties["location"] = location
    record.properties["signatures"] = [
        {"role": "layer", "name": "Layer %d (synthetic)" % dice.whole(1, 9)},
        {"role": "receiver", "name": "Receiver %d (synthetic)" % dice.whole(1, 4)}]
    record.properties["remarks"] = NOTE
    record.properties["synthetic"] = True
    plot(record)
    record.true = true_geometry(record)
    return record


def heading(record, dice):
    field, number = record.field, record.number
    day = (number - 1) * 3 + dice.whole(0, 2)
    counts, by_row = field.counts()
    sheets = dice.pick((1, 2, 2, 2, 3))
    single = record.form == "line" and field.rows == 1
    properties = {
        "number": str(number), "sheets": list(range(1, sheets + 1)),
        "sheets_of": sheets, "copy": 1, "source": "log book", "language": "ru",
        "unit": "Учебная рота %d (synthetic)" % dice.whole(1, 3),
        "recorder": "Recorder %d (synthetic)" % dice.whole(1, 6),
        "laid": laid(day, dice), "recorded": iso(day + dice.whole(45, 70)),
        "category": field.category, "pattern": "row", "method": "hand",
        "front_m": field.front}
    if single:
        properties["row_count"] = 1
        properties["not_applicable"] = ["/properties/field_depth_m",
                                        "/properties/row_gap_m"]
    else:
        properties.update(field_depth_m=field.depth, row_count=field.rows,
                          row_gap_m=field.gap)
    properties["mines"] = [
        {"model": model, "count": count, "anti_handling": 0,
         "burial_depth_m": MODELS[model][3], "fuze": MODELS[model][2]}
        for model, count in counts.items()]
    if dice.chance(0.12):
        model, count = next(iter(counts.items()))
        properties["events"] = [
            {"kind": dice.pick(("lifted", "exploded")), "model": model,
             "date": iso(day + dice.whole(200, 330))[:7],
             "count": dice.whole(1, max(1, count // 12))}]
    return properties


def iso(day):
    """A date counted in days from 1993-01-01."""
    lengths = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    year = 1993 + day // 365
    day %= 365
    month = 0
    while day >= lengths[month]:
        day -= lengths[month]
        month += 1
    return "%d-%02d-%02d" % (year, month + 1, day + 1)


def laid(day, dice):
    """With the time of day, by day, or less exactly: all valid dates."""
    date = iso(day)
    return dice.pick((
        "%sT%02d:30/%sT%02d:00" % (date, dice.whole(5, 8), date, dice.whole(15, 19)),
        "%sT%02d:30/%sT%02d:00" % (date, dice.whole(5, 8), date, dice.whole(15, 19)),
        date, date, date[:7], "%s/%s" % (date, iso(day + dice.whole(1, 9))),
        date[:7] + "~"))


def pick_style(dice):
    """(north, angle unit) of a chain; compass and divisions are the habit."""
    return dice.pick((("magnetic", "mil6000"),) * 13 + (("magnetic", "degree"),) * 4
                     + (("grid", "mil6000"),) * 2 + (("true", "degree"),))


def begin_chain(record, location, style):
    north, unit = style
    location["north"] = north
    if north == "magnetic":
        location["declination_deg"] = DECLINATION
        location["declination_date"] = "1993"
    location["angle_unit"] = unit
    location["distance_unit"] = "m"
    location["points"] = [landmark_point(record.landmark)]
    location["legs"] = []


def landmark_point(landmark):
    return {"id": landmark.id, "role": "landmark", "northing": landmark.grid[0],
            "easting": landmark.grid[1], "accuracy95_m": 25,
            "description": landmark.description}


def field_legs(record, location, dice, unit):
    field, chain = record.field, Chain(location)
    named = location["points"]
    start, here = record.landmark.id, record.landmark.grid
    far = inverse(*from_grid(*here), *from_grid(*field.start))[1]
    if far > 200:
        marker = tuple(h + 0.6 * (s - h) + dice.between(-12, 12)
                       for h, s in zip(here, field.start))
        named.append({"id": "M", "role": "intermediate",
                      "description": "pole / веха"})
        chain.leg_to(start, "M", marker, unit)
        start = "M"
    chain.leg_to(start, "A", field.start, unit)
    front = front_legs(field, chain, named)
    if record.form == "line":
        counts = [{"model": m, "count": c, "step_m": s}
                  for m, c, s in field.counts()[1][:1]] if field.rows == 1 else None
        row = {"id": "1" if field.rows == 1 else "middle", "path": front}
        if counts:
            row["mines"] = counts
        location["rows"] = [row]
        return
    rows(field, location, chain, front, named)


def front_legs(field, chain, named):
    """The front, through a turning point where it bends; its points."""
    names = ["A", "T", "B"] if field.bend else ["A", "B"]
    roles = {"A": "start", "T": "turning", "B": "end"}
    for name in names:
        named.append({"id": name, "role": roles[name]})
    length = field.front // (len(names) - 1)
    azimuth = field.azimuth + convergence(*chain.at("A")) - field.bend / 2
    for a, b in zip(names, names[1:]):
        chain.leg(a, b, azimuth, length)
        azimuth += field.bend
    return names


def rows(field, location, chain, front, named):
    """Every row is the front moved sideways: row n starts at A<n>."""
    first = location["legs"][-len(front) + 1]["azimuth"]
    last = location["legs"][-1]["azimuth"]
    side = sideways(first, last)
    by_row = field.counts()[1]
    location["rows"] = [row(1, front, by_row[0])]
    for n in range(2, field.rows + 1):
        path = ["%s%d" % (name, n) for name in front]
        for name, moved in zip(front, path):
            chain.leg(name, moved, None, field.gap * (n - 1), like=side)
        location["rows"].append(row(n, path, by_row[n - 1]))
    location["perimeter"] = front + location["rows"][-1]["path"][::-1]


def row(n, path, mines):
    model, count, step = mines
    return {"id": str(n), "path": path,
            "mines": [{"model": model, "count": count, "step_m": step}]}


def sideways(first, last):
    """90 degrees to the right of the mean of two azimuths as written."""
    if isinstance(first, str):
        a, b = (int(w[:-3]) * 100 + int(w[-2:]) for w in (first, last))
        half = ((b - a + 3000) % 6000 - 3000) // 2
        return dashed(a + half + 1500)
    half = ((last - first + 180) % 360 - 180) / 2
    return (first + half + 90) % 360


def second_tie(record, location, ground):
    other = ground.nearest_landmark(record.field.start, (record.landmark,))
    location["points"].insert(1, landmark_point(other))
    Chain(location).tie(other.id, location["perimeter"][1])


def corner_grid(field):
    """The corners of a planned field in order, to 0.1 m."""
    a = field.start
    b = offset(a, field.azimuth, field.front)
    side = field.azimuth + 90
    return [tuple(round(v, 1) for v in p)
            for p in (a, b, offset(b, side, field.depth),
                      offset(a, side, field.depth))]


def coordinates(record, location, ground):
    """Corner points in grid coordinates, or only the centre."""
    corners = corner_grid(record.field)
    if record.form == "centre":
        n, e = (round(fsum(v) / 4, 1) for v in zip(*corners))
        location["points"] = [{"id": "1", "role": "centre", "northing": n,
                               "easting": e, "accuracy95_m": 50}]
        return
    record.landmark = ground.nearest_landmark(record.field.start)
    location["points"] = [
        {"id": name, "role": "corner", "northing": n, "easting": e,
         "accuracy95_m": 25} for name, (n, e) in zip("ABCD", corners)]
    location["perimeter"] = list("ABCD")


def words(record, location, ground):
    """A place in words: no solver can do anything with it."""
    landmark = ground.nearest_landmark(record.field.start)
    record.landmark = landmark
    location["description"] = "in front of %s, on the far side / перед %s" % (
        landmark.description.split(" / ")[0], landmark.description.split(" / ")[1])
    record.properties["places"] = [{"name": landmark.description.split(" / ")[1],
                                    "lang": "ru", "script": "Cyrl"}]


def plot(record):
    """Plot as the location says; what cannot be solved stays unplotted."""
    try:
        record.geometry = solve(record.location)
    except Unsolvable:
        record.geometry = None


def true_geometry(record):
    if record.form in ("words", "centre"):
        return {"type": "Polygon", "coordinates": [
            ring([lonlat(from_grid(*p)) for p in corner_grid(record.field)])]}
    return solve(record.right)


# ---- mistakes: each takes a record that is right and spoils the book's copy ----

def no_datum_shift_plotted(record, ground, dice):
    """The plotter read SK-42 latitude and longitude as WGS 84."""
    sk42 = [from_wgs84(lat, lon)
            for lon, lat in record.geometry["coordinates"][0]]
    record.geometry = {"type": "Polygon", "coordinates": [
        [[round(lon, 9), round(lat, 9)] for lat, lon in sk42]]}
    record.error_in = "geometry"


def no_datum_shift_written(record, ground, dice):
    """The writer took SK-42 latitude and longitude for WGS 84 and converted
    them to the grid once more."""
    for point in record.location["points"]:
        wrong = to_grid(*from_wgs84(
            *from_grid(point["northing"], point["easting"])))
        point["northing"], point["easting"] = (round(v, 1) for v in wrong)
    spoil_location(record)


def spoil_location(record):
    record.error_in = "location"
    plot(record)


def magnetic_as_grid(record, ground, dice):
    """Compass azimuths in a form whose printed word is 'grid'."""
    record.location["north"] = "grid"
    spoil_location(record)


def unit_6400(record, ground, dice):
    """Divisions of 6000 under the heading '6400 mil'."""
    record.location["angle_unit"] = "mil6400"
    for leg in record.location["legs"]:
        whole, part = leg["azimuth"].split("-")
        leg["azimuth"] = int(whole) * 100 + int(part)
    spoil_location(record)


def wrong_landmark(record, ground, dice):
    """Another landmark's coordinates and description stand in the form."""
    here = record.landmark.grid
    fit = [m for m in ground.landmarks if 300 <= inverse(
        *from_grid(*here), *from_grid(*m.grid))[1] <= 800]
    other = dice.pick(fit)
    record.true_landmark = record.landmark.id
    record.location["points"][0] = landmark_point(other)
    record.location["legs"][0]["from"] = other.id
    spoil_location(record)


def back_azimuth(record, ground, dice):
    """The azimuth from the field to the landmark instead of the reverse."""
    leg = record.location["legs"][0]
    leg["azimuth"] = turn(leg["azimuth"], 3000)
    spoil_location(record)


def pace_pairs_as_metres(record, ground, dice):
    """Pairs of paces counted, 'm' written."""
    for leg in record.location["legs"]:
        leg.pop("distance_unit", None)
    spoil_location(record)


def digits_transposed(record, ground, dice):
    """Two neighbouring digits of a northing swapped: 900 m and its like."""
    point = record.location["points"][0]
    digits = "%.3f" % point["northing"]
    # thousands and hundreds: 4 563 102.932 -> 4 561 302.932
    swapped = digits[:3] + digits[4] + digits[3] + digits[5:]
    point["northing"] = float(swapped)
    spoil_location(record)


def corners_out_of_order(record, ground, dice):
    """The perimeter is listed across: the polygon crosses itself."""
    p = record.location["perimeter"]
    p[1], p[2] = p[2], p[1]
    spoil_location(record)


def phantom(record, ground, dice):
    """Nothing was ever laid there."""
    record.true = None
    record.error_in = "existence"


ERRORS = {
    "no_datum_shift": (no_datum_shift_plotted, no_datum_shift_written),
    "magnetic_as_grid": (magnetic_as_grid,),
    "unit_6400": (unit_6400,),
    "wrong_landmark": (wrong_landmark,),
    "back_azimuth": (back_azimuth,),
    "pace_pairs_as_metres": (pace_pairs_as_metres,),
    "digits_transposed": (digits_transposed,),
    "corners_out_of_order": (corners_out_of_order,),
    "phantom": (phantom,),
}


# ---- what is blank, illegible or uncertain on the sheet ----

def blank_out(record, pointer, absent):
    """Leave an item blank on the form (null) or off the form (absent)."""
    parent, name = resolve(record.feature(), pointer)
    if absent:
        del parent[name]
    else:
        parent[name] = None
    record.blank.append(pointer)


def resolve(value, pointer):
    parts = pointer.split("/")[1:]
    for part in parts[:-1]:
        value = value[int(part) if isinstance(value, list) else part]
    last = parts[-1]
    return value, int(last) if isinstance(value, list) else last


def make_illegible(record, pointer):
    parent, name = resolve(record.feature(), pointer)
    parent[name] = None
    record.properties["illegible"] = [pointer]
    record.illegible.append(pointer)


def lose_sheet(record, dice):
    of = max(record.properties["sheets_of"], 2)
    lost = dice.whole(2, of)
    record.properties["sheets_of"] = of
    record.properties["sheets"] = [s for s in range(1, of + 1) if s != lost]
    record.missing_sheets = [lost]


def make_quantity(record, kind):
    """The count of the first model as a range, roughly, or half legible."""
    entry = record.properties["mines"][0]
    true = entry["count"]
    if kind == "range":
        low, high = true - true // 8 - 1, true + true // 10 + 1
        written = {"min": low, "max": high, "as_written": "%d-%d шт." % (low, high)}
    elif kind == "about":
        near = max(5, round(true / 5) * 5)
        written = {"value": near, "min": near - near // 5, "max": near + near // 5,
                   "as_written": "~%d" % near}
    else:
        text = str(true)
        middle = len(text) // 2
        read = text[:middle] + "?" + text[middle + 1:]
        first = "1" if middle == 0 else "0"
        written = {"min": int(read.replace("?", first)),
                   "max": int(read.replace("?", "9")), "as_written": read,
                   "legible": False}
    entry["count"] = written
    for line in record.location.get("rows", ()):
        for mines in line.get("mines", ()):
            if mines["model"] == entry["model"]:
                del mines["count"]
    record.quantities["/properties/mines/0/count"] = {"kind": kind, "true": true}


def second_copy(record, dice):
    """Copy 2 of the same sheets, in which some figures differ."""
    other = copy.deepcopy(record)
    other.id += "/2"
    other.properties["copy"] = 2
    other.duplicate_of = record.id
    entry = other.properties["mines"][0]
    was = entry["count"]
    digits = str(was)
    if len(digits) > 1 and digits[0] != digits[1] and digits[1] != "0":
        entry["count"] = int(digits[1] + digits[0] + digits[2:])
    else:
        entry["count"] = was + dice.whole(2, 9)
    other.differs["/properties/mines/0/count"] = [was, entry["count"]]
    if dice.chance(0.5):
        was = other.properties["recorded"]
        other.properties["recorded"] = was[:8] + "%02d" % (int(was[8:]) % 28 + 1)
        other.differs["/properties/recorded"] = [was, other.properties["recorded"]]
    return other


def laid_after_recorded(record):
    was = record.properties["recorded"]
    record.properties["recorded"] = "%d%s" % (int(was[:4]) - 1, was[4:])
    record.senses.append("laid_after_recorded")


def total_differs_from_rows(record, dice):
    entry = record.properties["mines"][0]
    entry["count"] += dice.whole(11, 40)
    record.senses.append("total_differs_from_rows")
