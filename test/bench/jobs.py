"""jobs.py - what is measured: each question as minefield answers it, the best
ways known to answer it in plain PostGIS, and when two answers are the same

A job is a relation made in several ways.  It is timed with a short query
around it that needs the whole of it.  Checks are queries over o, what
minefield gives, and t, what PostGIS gives, that give a number between 0 and a
limit.  Areas and lengths are measured by PostGIS in a plane: an edge that is
straight there is not quite straight in longitude and latitude, so they agree
to some millionths.  Buffers are polygons inside the true ones, so gaps along
lines by buffers are up to half a hundredth too long.
"""

from dataclasses import dataclass

EVER = 10**12


@dataclass
class Way:
    name: str
    sql: str
    least: int = 0              # for so many records
    most: int = EVER
    workers: bool = True        # worth trying with parallel workers, too
    shown: bool = False         # in a row of its own, even when another is faster


@dataclass
class Job:
    name: str
    title: str
    needs: str                  # the SQL function
    ours: str
    timed: str                  # a query around the relation %s
    ways: list
    checks: list                # (what, query over o and t, limit, most records)


CLUSTER = """
    cluster AS MATERIALIZED (
        SELECT key, %s AS g, ST_ClusterDBSCAN(%s, 0, 1) OVER () AS c FROM records)"""

TILE = 0.04                 # degrees: some kilometres

GAPS = Job(
    "gaps", "gaps of an area, as one geometry", "mf_gaps",
    "SELECT mf_gaps(r.record, a.aoi) AS g FROM aoi a LEFT JOIN records r ON true",
    "SELECT ST_NPoints(g) FROM (%s) q",
    [Way("union by cluster, one difference", "WITH" + CLUSTER % ("geom", "geom") + """,
    whole AS MATERIALIZED (
        SELECT ST_Collect(g) AS g FROM (SELECT ST_UnaryUnion(ST_Collect(g)) AS g FROM cluster GROUP BY c) u)
    SELECT ST_Difference(a.aoi, w.g) AS g FROM aoi a, whole w""", most=100000, workers=False),
     # tile by tile, and left in tiles: to merge them takes several times as long as all the rest
     Way("union by cluster, difference by tile", "WITH" + CLUSTER % ("geom", "geom") + """,
    part AS MATERIALIZED (
        SELECT i, j, ST_Collect(u.g) AS g
        FROM (SELECT ST_UnaryUnion(ST_Collect(g)) AS g FROM cluster GROUP BY c) u, ST_SquareGrid(%g, u.g) cell
        GROUP BY i, j),
    tile AS MATERIALIZED (
        SELECT i, j, ST_Intersection(cell.geom, a.aoi) AS g FROM aoi a, ST_SquareGrid(%g, a.aoi) cell)
    SELECT ST_Collect(ST_Difference(t.g, coalesce(p.g, 'SRID=4326;POLYGON EMPTY'))) AS g
    FROM tile t LEFT JOIN part p USING (i, j)""" % (TILE, TILE), least=100000)],
    [("area", "SELECT abs(ST_Area(o.g) - ST_Area(t.g)) / ST_Area(t.g) FROM o, t", 1e-9, EVER),
     ("middle", "SELECT ST_Distance(ST_Centroid(o.g), ST_Centroid(t.g)) FROM o, t", 1e-8, EVER),
     ("valid", "SELECT (NOT ST_IsValid(g))::int FROM o", 0, EVER),
     ("difference", "SELECT ST_Area(ST_SymDifference(o.g, ST_UnaryUnion(t.g))) / ST_Area(t.g) FROM o, t", 1e-9, 10000)])

UNION = Job(
    "union", "area recorded at all", "mf_coverage",
    "SELECT (mf_coverage(r.record, f.aoi)).recorded_m2 AS m2 FROM frame f LEFT JOIN records r ON true",
    "SELECT m2 FROM (%s) q",
    [Way("union by cluster", "WITH" + CLUSTER % ("plane", "plane") + """
    SELECT sum(m2) AS m2 FROM (SELECT ST_Area(ST_UnaryUnion(ST_Collect(g))) AS m2 FROM cluster GROUP BY c) u""")],
    [("area", "SELECT abs(o.m2 - t.m2) / t.m2 FROM o, t", 1e-5, EVER)])

KFOLD = Job(
    "kfold", "areas recorded once, twice, …", "mf_coverage",
    "SELECT (mf_coverage(r.record, f.aoi)).recorded_times_m2 AS times FROM frame f LEFT JOIN records r ON true",
    "SELECT cardinality(times) FROM (%s) q",
    [Way("faces by cluster, counted", "WITH" + CLUSTER % ("plane", "plane") + """,
    part AS MATERIALIZED (
        SELECT c, count(*) AS n, sum(ST_Area(g)) AS m2, ST_UnaryUnion(ST_Collect(ST_Boundary(g))) AS g
        FROM cluster GROUP BY c),
    face AS MATERIALIZED (
        SELECT c, row_number() OVER () AS face, ST_Area(g) AS m2, ST_PointOnSurface(g) AS place
        FROM (SELECT c, (ST_Dump(ST_Polygonize(g))).geom AS g FROM part WHERE n > 1 GROUP BY c) f),
    counted AS (
        SELECT count(*) AS k, min(m2) AS m2
        FROM face JOIN cluster USING (c) WHERE ST_Intersects(cluster.g, face.place) GROUP BY face),
    total AS (
        SELECT k, sum(m2) AS m2
        FROM (SELECT k, m2 FROM counted UNION ALL SELECT 1, m2 FROM part WHERE n = 1) x GROUP BY k)
    SELECT array_agg(m2 ORDER BY k) AS times FROM total"""),
     # without a thought for those that stand alone
     Way("nodes and faces by cluster, each counted", "WITH" + CLUSTER % ("plane", "plane") + """,
    face AS MATERIALIZED (
        SELECT c, row_number() OVER () AS face, ST_Area(g) AS m2, ST_PointOnSurface(g) AS place
        FROM (SELECT c, (ST_Dump(ST_Polygonize(g))).geom AS g
              FROM (SELECT c, ST_Node(ST_CollectionHomogenize(ST_Collect(ST_Boundary(g)))) AS g
                    FROM cluster GROUP BY c) n GROUP BY c) f),
    counted AS (
        SELECT count(*) AS k, min(m2) AS m2
        FROM face JOIN cluster USING (c) WHERE ST_Intersects(cluster.g, face.place) GROUP BY face)
    SELECT array_agg(m2 ORDER BY k) AS times FROM (SELECT k, sum(m2) AS m2 FROM counted GROUP BY k) total""",
         workers=False, shown=True)],
    [("areas", "SELECT max(abs(coalesce(a, 0) - coalesce(b, 0))) / sum(b) FROM o, t, unnest(o.times, t.times) x(a, b)",
      1e-5, EVER)])

PAIRS = Job(
    "pairs", "overlapping pairs with area, IoU and class", "mf_overlaps",
    "SELECT p.* FROM (SELECT mf_overlaps(key, record) AS pairs FROM records) x, unnest(x.pairs) p",
    "SELECT count(class), sum(area_m2), sum(iou) FROM (%s) q",
    [Way("join", """
    SELECT key_a, key_b, common AS area_m2, common / (a + b - common) AS iou,
           CASE WHEN common < 1e-6 THEN 'adjacent'
                WHEN a + b - 2 * common <= t THEN 'duplicate'
                WHEN b - common <= t AND a > b THEN 'contains'
                WHEN a - common <= t THEN 'within'
                WHEN common <= 1 THEN 'sliver' ELSE 'partial' END AS class
    FROM (SELECT key_a, key_b, a * m2 AS a, b * m2 AS b, common * m2 AS common, least(1, a * m2 / 2, b * m2 / 2) AS t
          FROM (SELECT a.key AS key_a, b.key AS key_b, a.degree_m2 AS m2,
                       ST_Area(a.geom) AS a, ST_Area(b.geom) AS b, ST_Area(ST_Intersection(a.geom, b.geom)) AS common
                FROM records a JOIN records b ON a.key < b.key AND ST_Intersects(a.geom, b.geom) OFFSET 0) p) q""")],
    # keys of minefield's are text, and in the order of their bytes
    [("pairs", """SELECT count(*) FROM (SELECT least(key_a::bigint, key_b::bigint) AS a, greatest(key_a::bigint, key_b::bigint) AS b FROM o) o
      FULL JOIN t ON t.key_a = o.a AND t.key_b = o.b WHERE o.a IS NULL OR t.key_a IS NULL""", 0, EVER),
     ("areas", "SELECT abs((SELECT sum(area_m2) FROM o) / (SELECT sum(area_m2) FROM t) - 1)", 1e-5, EVER),
     ("IoU", "SELECT abs((SELECT sum(iou) FROM o) / (SELECT sum(iou) FROM t) - 1)", 1e-6, EVER),
     # those whose areas are near a limit may fall on either side of it
     ("classes", """SELECT coalesce(sum(abs(coalesce(o, 0) - coalesce(t, 0))) / (SELECT count(*) + 1 FROM o), 0) FROM
      (SELECT replace(class, 'within', 'contains') AS class, count(*) AS o FROM o GROUP BY 1) o FULL JOIN
      (SELECT replace(class, 'within', 'contains') AS class, count(*) AS t FROM t GROUP BY 1) t USING (class)""", 1e-3, EVER)])

# The lines as a subquery: then they are known to be the same for all records.
# A column of a joined table is compared with the first row's at every row.
NEAR_M = 100
LINES = Job(
    "lines", "gaps along lines, %d m from any record" % NEAR_M, "mf_line_gaps",
    "SELECT mf_line_gaps(record, (SELECT ST_Collect(line ORDER BY key) FROM lines), %d) AS g FROM records" % NEAR_M,
    "SELECT ST_NPoints(g) FROM (%s) q",
    [Way("buffers by stretch", """
    SELECT ST_Collect(ST_Difference(s.g, coalesce(b.g, 'SRID=998001;POLYGON EMPTY'))) AS g
    FROM (SELECT ST_Subdivide(plane, 128) AS g FROM lines OFFSET 0) s
    LEFT JOIN LATERAL (SELECT ST_Union(ST_Buffer(r.plane, %d)) AS g
                       FROM records r WHERE ST_DWithin(r.plane, s.g, %d)) b ON true""" % (NEAR_M, NEAR_M))],
    [("length", "SELECT abs(ST_Length(o.g::geography) / ST_Length(t.g) - 1) FROM o, t", 5e-3, EVER)])

OUTSIDE = Job(
    "outside", "points outside every record, and the nearest", "mf_outside_records",
    """
    SELECT f.* FROM (
        SELECT mf_outside_records(find, place, key, record) AS finds
        FROM (SELECT key AS find, point AS place, NULL::bigint AS key, NULL::minefield AS record FROM points
              UNION ALL SELECT NULL, NULL, key, record FROM records) x) y, unnest(y.finds) f""",
    "SELECT count(nearest), sum(distance_m) FROM (%s) q",
    [Way("nearest by index, anti-join", """
    SELECT p.key, n.key AS nearest, n.d AS distance_m
    FROM points p
    CROSS JOIN LATERAL (SELECT key, r.plane <-> p.plane AS d FROM records r ORDER BY r.plane <-> p.plane LIMIT 1) n
    WHERE NOT EXISTS (SELECT FROM records r WHERE ST_Intersects(r.geom, p.point))""")],
    [("points", "SELECT count(*) FROM o FULL JOIN t ON o.key = t.key::text WHERE o.key IS NULL OR t.key IS NULL", 0, EVER),
     # an edge that is straight in the plane is some centimetres off the other
     ("distances", """SELECT max(greatest(abs(o.distance_m - t.distance_m) - 0.1, 0) / (t.distance_m + 1))
      FROM o JOIN t ON o.key = t.key::text""", 1e-3, EVER)])

SPOT = Job(
    "spot", "gaps of an area that about 200 records reach", "mf_gaps",
    "SELECT mf_gaps(r.record, s.aoi) AS g FROM spot s"
    " LEFT JOIN records r ON mf_intersects(r.record, s.aoi) OR NOT mf_is_located(r.record) GROUP BY s.aoi",
    "SELECT ST_NPoints(g) FROM (%s) q",
    [Way("through the index", """
    SELECT ST_Difference(s.aoi, ST_Union(r.geom)) AS g FROM spot s
    LEFT JOIN records r ON ST_Intersects(r.geom, s.aoi) GROUP BY s.aoi""", workers=False)],
    [("difference", "SELECT ST_Area(ST_SymDifference(o.g, t.g)) / ST_Area(t.g) FROM o, t", 1e-9, EVER)])

JOBS = [GAPS, UNION, KFOLD, PAIRS, LINES, OUTSIDE, SPOT]
