"""sample.py - records for tests that need many: the exercise's and random ones
"""

import json
import os
import random

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data")


def geometry(rng):
    """A random extent in the exercise's waters, or none."""
    lon, lat = rng.uniform(50, 50.5), rng.uniform(41, 41.4)
    size = rng.uniform(1e-5, 2e-3)
    ring = [[lon, lat], [lon + size, lat], [lon + size * rng.random(), lat + size], [lon, lat]]
    return rng.choice([
        None, {"type": "Point", "coordinates": ring[0]},
        {"type": "MultiPoint", "coordinates": ring},
        {"type": "Polygon", "coordinates": [ring]},
        {"type": "LineString", "coordinates": ring[:rng.choice((2, 3))]},
        {"type": "MultiPolygon", "coordinates": [[ring]]}])


def records(seed, n):
    """n lines of GeoJSON: both books of the exercise, the rest random."""
    print("# seed %d" % seed)
    lines = []
    for book in ("book_a.geojsonl", "book_b.geojsonl"):
        with open(os.path.join(DATA, book), encoding="utf-8") as f:
            lines += f.read().splitlines()
    rng = random.Random(seed)
    while len(lines) < n:
        number = str(len(lines))
        remarks = "".join(rng.choice("ab\\\"/\tжё€𐍈 ,{}'") for _ in range(rng.choice((3, 30, 3000))))
        lines.append(json.dumps({
            "type": "Feature", "id": rng.choice((number, len(lines))), "geometry": geometry(rng),
            "properties": {"number": number, "remarks": remarks}}, ensure_ascii=False))
    return lines[:n]
