"""chain.py - the ground that a written location means

solve() reads a document's `location` as the paper writes it and returns where
its points lie.  What a number on the paper means here:

* a distance is a distance on the ground (a geodesic on the Krassowsky
  ellipsoid), not a grid distance; at this ground the two differ by 4 cm in a
  kilometre.  A pair of paces is 1.5 m;
* an azimuth holds at the point it was taken from: the start of its leg;
* true = magnetic + declination, true = grid + meridian convergence at the
  start of the leg, so that grid = magnetic + declination - convergence.

True geometries of the synthetic records are solutions of written values, so a solver of its own making
that reads the same values must find them again.
"""

from math import fsum

from geodesy import convergence, direct, from_grid, inverse, to_grid, to_wgs84

CIRCLE = {"degree": 360.0, "mil6000": 6000.0, "mil6400": 6400.0, "gon": 400.0}
METRES = {"m": 1.0, "pace": 0.75, "pace_pair": 1.5}


class Unsolvable(Exception):
    """A member that the solution needs is not there; its name."""


def angle(written, unit):
    """Degrees of an azimuth as written."""
    if isinstance(written, str):
        whole, part = written.split("-")
        return (int(whole) * 100 + int(part)) * 0.06
    if unit is None:
        raise Unsolvable("angle_unit")
    return written * 360.0 / CIRCLE[unit]


def true_azimuth(location, leg, lat, lon):
    def member(name):
        value = leg.get(name, location.get(name))
        if value is None:
            raise Unsolvable(name)
        return value
    azimuth = angle(leg["azimuth"], leg.get("angle_unit",
                                            location.get("angle_unit")))
    north = member("north")
    if north == "magnetic":
        return azimuth + member("declination_deg")
    if north == "grid":
        return azimuth + convergence(lat, lon)
    return azimuth


def points(location):
    """SK-42 latitude and longitude of every point that can be reached.

    Of several ties to one point the first counts: the others agree with it
    within a centimetre, by construction.
    """
    at = {p["id"]: from_grid(p["northing"], p["easting"])
          for p in location.get("points", ()) if p.get("northing") is not None}
    legs = list(location.get("legs", ()))
    while True:
        ready = [leg for leg in legs
                 if leg["from"] in at and leg["to"] not in at]
        if not ready:
            return at
        leg = ready[0]
        unit = leg.get("distance_unit", location.get("distance_unit"))
        if unit is None:
            raise Unsolvable("distance_unit")
        start = at[leg["from"]]
        at[leg["to"]] = direct(*start, true_azimuth(location, leg, *start),
                               leg["distance"] * METRES[unit])


def misclosure(location):
    """The largest distance between a tie's end and the point it ties, m."""
    at = points(location)
    worst = 0.0
    for leg in location.get("legs", ()):
        start = at[leg["from"]]
        unit = leg.get("distance_unit", location.get("distance_unit"))
        end = direct(*start, true_azimuth(location, leg, *start),
                     leg["distance"] * METRES[unit])
        worst = max(worst, inverse(*end, *at[leg["to"]])[1])
    return worst


def lonlat(sk42):
    """A GeoJSON position: WGS 84, to a tenth of a millimetre."""
    lat, lon = to_wgs84(*sk42)
    return [round(lon, 9), round(lat, 9)]


def ring(positions):
    """A closed ring, counter-clockwise where it does not cross itself."""
    twice = fsum(a[0] * b[1] - b[0] * a[1] for a, b in zip(
        *[[(p[0] - 50, p[1] - 41) for p in q]
          for q in (positions, positions[1:] + positions[:1])]))
    if twice < -1e-9:           # square degrees: ten square metres
        positions = positions[::-1]
    return positions + positions[:1]


def solve(location):
    """The GeoJSON geometry that a written location means."""
    at = points(location)

    def place(name):
        if name not in at:
            raise Unsolvable("point " + name)
        return lonlat(at[name])
    if "perimeter" in location:
        corners = [place(name) for name in location["perimeter"]]
        return {"type": "Polygon", "coordinates": [ring(corners)]}
    if "rows" in location:
        return {"type": "LineString", "coordinates":
                [place(name) for name in location["rows"][0]["path"]]}
    if not location.get("points"):
        raise Unsolvable("points")
    return {"type": "Point", "coordinates": place(location["points"][0]["id"])}


class Chain:
    """Writes the legs of a chain whose points shall lie near given ones.

    Every value is rounded as the paper would; the next leg starts from where
    the rounded values lead.
    """

    def __init__(self, location):
        self.location = location

    def at(self, name):
        return points(self.location)[name]

    def leg(self, start, end, azimuth_true, distance, unit=None, like=None):
        """Append a leg; like: repeat the written azimuth of another leg."""
        leg = {"from": start, "to": end}
        location = self.location
        if like is not None:
            leg["azimuth"] = like
        else:
            lat, lon = self.at(start)
            azimuth = azimuth_true
            if location["north"] == "magnetic":
                azimuth -= location["declination_deg"]
            elif location["north"] == "grid":
                azimuth -= convergence(lat, lon)
            leg["azimuth"] = write_angle(azimuth, location["angle_unit"])
        if unit == "pace_pair":
            leg["distance"], leg["distance_unit"] = round(distance / 1.5), unit
        else:
            leg["distance"] = round(distance)
        location["legs"].append(leg)
        return leg

    def leg_to(self, start, end, grid, unit=None):
        """A leg towards a place given in grid coordinates."""
        azimuth, distance = inverse(*self.at(start), *from_grid(*grid))
        return self.leg(start, end, azimuth, distance, unit)

    def tie(self, start, end):
        """A second, surveyed tie to a point: theodolite and tape."""
        here = self.at(start)
        azimuth, distance = inverse(*here, *self.at(end))
        azimuth = round((azimuth - convergence(*here)) % 360, 3)
        self.location["legs"].append(
            {"from": start, "to": end, "azimuth": azimuth, "north": "grid",
             "angle_unit": "degree", "distance": round(distance, 2),
             "distance_unit": "m"})

    def grid(self, name):
        return to_grid(*self.at(name))


def write_angle(azimuth, unit):
    if unit == "degree":
        return round(azimuth % 360 * 2) / 2 % 360
    return dashed(round(azimuth % 360 / 0.06) % 6000)


def dashed(divisions):
    return "%02d-%02d" % divmod(divisions % 6000, 100)


def turn(written, divisions):
    """An azimuth as written, turned by Soviet divisions (15-00 = 90 deg)."""
    if isinstance(written, str):
        whole, part = written.split("-")
        return dashed(int(whole) * 100 + int(part) + divisions)
    return (written + divisions * 0.06) % 360
