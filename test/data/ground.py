"""ground.py - the synthetic exercise ground: line, areas, landmarks and true fields

Everything here is planned in grid coordinates (northing, easting) of SK-42
Gauss-Krueger zone 9, over open water in the Caspian Sea, inside the map sheet
K-39-101-B (1:50,000).  No such line, area, landmark or minefield exists.
"""

from math import atan2, ceil, cos, degrees, fsum, hypot, radians, sin
from random import Random

from chain import lonlat, ring
from geodesy import from_grid

CENTRE = (4563102.932, 9441380.206)     # 41.20 N 50.30 E on WGS 84
SECTORS = 5
EMPTY = 4                               # the sector without any record
CLEAR_OF_EMPTY = 950.0                  # records keep this far from it
HALF_WIDTH = 900.0                      # of the areas along the line
BELTS = (60.0, 180.0, 320.0)            # fields' distances from the line

# category, steps in m along the row, fuze, burial depth in m
MODELS = {
    "PMN-2": ("AP", (1.5, 2), "built-in pressure fuze", 0.05),
    "PMN": ("AP", (1.5, 2), "built-in pressure fuze", 0.05),
    "POMZ-2M": ("AP", (4, 5, 8), "tripwire fuze", 0),
    "OZM-72": ("AP", (15, 20, 25), "tripwire fuze", 0.1),
    "MON-50": ("AP", (10, 15), "tripwire fuze", 0),
    "TM-62M": ("AV", (4, 4.5, 5, 5.5), "pressure fuze", 0.1),
    "TM-57": ("AV", (4, 5), "pressure fuze", 0.1),
}
MIXED = (("TM-62M", 5, "PMN-2", 2), ("TM-62M", 4.5, "PMN-2", 1.5),
         ("TM-62M", 4, "POMZ-2M", 8), ("TM-57", 5, "OZM-72", 20))


class Dice:
    """All chance comes from here, and only through random(), the one method
    whose sequence Python promises never to change.  (Likewise, sums of floats
    are fsum's: sum() rounds differently from one version to the next.)"""

    def __init__(self, seed):
        self._random = Random(seed).random

    def between(self, low, high):
        return low + (high - low) * self._random()

    def whole(self, low, high):
        """An integer, both ends included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, items):
        return items[int(self._random() * len(items))]

    def chance(self, p):
        return self._random() < p

    def shuffled(self, items):
        items = list(items)
        for i in range(len(items) - 1, 0, -1):
            j = self.whole(0, i)
            items[i], items[j] = items[j], items[i]
        return items

    def normal(self, sigma):
        """Close enough to a normal deviate: a sum of twelve."""
        return sigma * (fsum(self._random() for _ in range(12)) - 6)


class Line:
    """The front line, with a measure along it from its south-western end."""

    def __init__(self, dice):
        at, heading = (CENTRE[0] - 2300, CENTRE[1] - 2900), 52.0
        self.vertices = [at]
        for _ in range(11):
            heading += dice.between(-14, 14)
            heading = min(max(heading, 32.0), 66.0)
            length = dice.between(1300, 1600)
            at = (at[0] + length * cos(radians(heading)),
                  at[1] + length * sin(radians(heading)))
            self.vertices.append(at)
        self.measures = [0.0]
        for a, b in zip(self.vertices, self.vertices[1:]):
            self.measures.append(self.measures[-1]
                                 + hypot(b[0] - a[0], b[1] - a[1]))
        self.length = self.measures[-1]

    def at(self, s):
        """(northing, easting, grid azimuth of the line) at a measure."""
        i = 0
        while i < len(self.vertices) - 2 and s > self.measures[i + 1]:
            i += 1
        a, b = self.vertices[i], self.vertices[i + 1]
        t = (s - self.measures[i]) / (self.measures[i + 1] - self.measures[i])
        return (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]),
                degrees(atan2(b[1] - a[1], b[0] - a[0])))

    def beside(self, s, right):
        """A place at a distance to the right of the line."""
        n, e, azimuth = self.at(s)
        return offset((n, e), azimuth + 90, right)

    def _edge(self, s, right):
        """The same, but a corner of an area: mitred where the line bends."""
        n, e, azimuth = self.at(s)
        if s in self.measures[1:-1]:
            before = self.at(s - 1)[2]
            after = self.at(s + 1)[2]
            azimuth = (before + after) / 2
            right /= cos(radians(after - before) / 2)
        return offset((n, e), azimuth + 90, right)

    def sector(self, n):
        """From and to of sector n (from 1)."""
        return (self.length * (n - 1) / SECTORS, self.length * n / SECTORS)

    def area(self, n):
        low, high = self.sector(n)
        stops = [low] + [m for m in self.measures if low < m < high] + [high]
        return [self._edge(s, -HALF_WIDTH) for s in stops] \
            + [self._edge(s, HALF_WIDTH) for s in reversed(stops)]


def offset(grid, azimuth, distance):
    """Planar, with a grid azimuth: for planning only."""
    return (grid[0] + distance * cos(radians(azimuth)),
            grid[1] + distance * sin(radians(azimuth)))


def polygon(grid):
    return {"type": "Polygon",
            "coordinates": [ring([lonlat(from_grid(*p)) for p in grid])]}


class Landmark:
    def __init__(self, number, grid, kind):
        self.id = "L%02d" % number
        self.grid = (round(grid[0], 3), round(grid[1], 3))
        english, russian = kind
        self.description = "%s %d / %s %d" % (english, number, russian, number)


KINDS = (("beacon, foot,", "маяк, подножие,"), ("mooring pile", "свая"),
         ("buoy sinker", "якорь буя"), ("well-head marker", "веха скважины"),
         ("wreck marker", "веха затонувшего судна"))


class Field:
    """A field as it would be planned: a front A-B (perhaps bent at M), rows
    parallel to it at a gap, depth to one side of it."""

    def __init__(self, start, azimuth, front, bend, rows, gap, kind):
        self.start, self.azimuth = start, azimuth
        self.front, self.bend = front, bend     # bend: 0 or degrees
        self.rows, self.gap = rows, gap
        self.kind = kind                        # [(model, step)] by row

    @property
    def depth(self):
        return (self.rows - 1) * self.gap

    def counts(self):
        """{model: count} and the list by row."""
        by_row = [(model, int(self.front / step), step)
                  for model, step in self.kind]
        total = {}
        for model, count, _ in by_row:
            total[model] = total.get(model, 0) + count
        return total, by_row

    @property
    def category(self):
        kinds = {MODELS[m][0] for m, _ in self.kind}
        return "mixed" if len(kinds) > 1 else kinds.pop()


def whole_base(steps):
    """The smallest whole number of metres that every step divides."""
    base = 1
    while any(base / s != int(base / s) for s in steps):
        base += 1
    return base


def make_kind(dice, rows):
    """Models and steps by row."""
    if dice.chance(0.2) and rows > 1:
        av, av_step, ap, ap_step = dice.pick(MIXED)
        return [(av, av_step) if r % 2 == 0 else (ap, ap_step)
                for r in range(rows)]
    model = dice.pick(("PMN-2", "PMN-2", "PMN-2", "PMN", "POMZ-2M", "OZM-72",
                       "MON-50", "TM-62M", "TM-62M", "TM-57"))
    return [(model, dice.pick(MODELS[model][1]))] * rows


def make_field(dice, line, s, front, belt):
    """A field in a belt, its middle at measure s."""
    rows = dice.whole(2, 4)
    gap = dice.whole(10, 25 if rows < 4 else 20)
    kind = make_kind(dice, rows)
    base = whole_base([step for _, step in kind])
    parts = 2 * base
    front = max(ceil(50 / parts), round(front / parts)) * parts
    bend = dice.between(6, 16) * dice.pick((-1, 1)) \
        if front >= 120 and dice.chance(0.3) else 0.0
    n, e, azimuth = line.at(s)
    azimuth += dice.between(-4, 4)
    middle = offset((n, e), azimuth + 90, belt + dice.between(-8, 8))
    return Field(offset(middle, azimuth, -front / 2), azimuth, front, bend,
                 rows, gap, kind)


def string_of_fields(dice, line, low, high, belt, n):
    """n fields along a stretch of the line, with gaps between."""
    fronts = [dice.between(50, 230) if dice.chance(0.8)
              else dice.between(230, 420) for _ in range(n)]
    gaps = [dice.between(0.15, 1) if dice.chance(0.75)
            else dice.between(1, 4) for _ in range(n + 1)]
    free = (high - low) - fsum(fronts)
    scale = free / fsum(gaps)
    fields, s = [], low
    for front, gap in zip(fronts, gaps):
        s += gap * scale
        fields.append(make_field(dice, line, s + front / 2, front, belt))
        s += front
    return fields


def overlapping(dice, field):
    """Laid again across an older field: shifted and turned a little."""
    start = offset(field.start, field.azimuth, dice.between(15, 0.6 * field.front))
    start = offset(start, field.azimuth + 90, dice.between(-12, 12))
    rows = field.rows
    kind = make_kind(dice, rows)
    parts = 2 * whole_base([step for _, step in kind])
    front = max(parts, round(dice.between(60, 160) / parts) * parts)
    return Field(start, field.azimuth + dice.between(-9, 9), front, 0.0, rows,
                 field.gap, kind)


class Ground:
    """The plan of everything, for one seed."""

    def __init__(self, dice, fields):
        self.line = line = Line(dice)
        self.areas = {"area-%d" % n: line.area(n)
                      for n in range(1, SECTORS + 1)}
        self.rear = self._rear(dice)
        self.areas["area-%d" % (SECTORS + 1)] = self.rear
        self.landmarks = self._landmarks(dice)
        self.fields = self._fields(dice, fields)
        self.unrecorded = self._unrecorded(dice)

    def _rear(self, dice):
        """A depot's surroundings, away from the line."""
        n, e = self.line.beside(0.30 * self.line.length, -2600)
        return [(n - 700, e - 900), (n + 900, e - 800), (n + 800, e + 700),
                (n - 100, e + 900), (n - 800, e + 400)]

    def _landmarks(self, dice):
        line, found = self.line, []
        s = 180.0
        while s < line.length:
            found.append(line.beside(s, dice.between(-260, -140)))
            s += dice.between(420, 560)
        n, e = self.rear[0]
        found.append((n + 500, e + 620))
        found.append((n + 1050, e + 1150))
        return [Landmark(i, grid, dice.pick(KINDS))
                for i, grid in enumerate(found, 1)]

    def _fields(self, dice, n):
        """n fields in the order of a register: along the line, rear last."""
        line, rear, again = self.line, 8, 8
        empty = line.sector(EMPTY)
        stretches = ((150.0, empty[0] - CLEAR_OF_EMPTY),
                     (empty[1] + CLEAR_OF_EMPTY, line.length - 150.0))
        along = n - rear - again
        total = fsum(high - low for low, high in stretches)
        fields, left = [], along
        for low, high in stretches:
            share = round(along * (high - low) / total)
            if (low, high) == stretches[-1]:
                share = left
            left -= share
            per_belt = [share // 3 + (1 if b < share % 3 else 0)
                        for b in range(3)]
            for belt, count in zip(BELTS, per_belt):
                fields += string_of_fields(dice, line, low, high, belt, count)
        for older in dice.shuffled(fields)[:again]:
            fields.insert(fields.index(older) + dice.whole(1, 5),
                          overlapping(dice, older))
        return fields + self._rear_fields(dice, rear)

    def _rear_fields(self, dice, n):
        fields = []
        north, east = self.rear[0]
        for i in range(n):
            start = (north + 350 + 250 * (i // 2) + dice.between(-40, 40),
                     east + 300 + 520 * (i % 2) + dice.between(-60, 60))
            rows = dice.whole(2, 3)
            kind = make_kind(dice, rows)
            parts = 2 * whole_base([step for _, step in kind])
            front = max(parts, round(dice.between(50, 260) / parts) * parts)
            fields.append(Field(start, dice.between(40, 130), front, 0.0, rows,
                                dice.whole(10, 25), kind))
        return fields

    def _unrecorded(self, dice):
        """Fields that are there and not in book A: one in the area without a
        record, one beyond the third belt, one on the line's other side."""
        line, out = self.line, []
        low, high = line.sector(EMPTY)
        for s, belt in (((low + high) / 2, 120.0),
                        (line.sector(2)[0] + 700, 520.0),
                        (line.sector(5)[1] - 900, -420.0)):
            field = make_field(dice, line, s, dice.between(150, 260), belt)
            field.bend = 0.0
            out.append(field)
        return out

    def nearest_landmark(self, grid, exclude=(), least=60.0):
        """The nearest landmark that is not all but inside the field."""
        def far(landmark):
            return hypot(landmark.grid[0] - grid[0], landmark.grid[1] - grid[1])
        fit = [m for m in self.landmarks
               if m not in exclude and far(m) >= least]
        return min(fit, key=far)
