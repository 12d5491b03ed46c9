"""geodesy.py - the few geodetic formulas that the synthetic data need

Written out here, in the standard library only, so that the generator's output
does not depend on an installed PROJ; test/t/ compares every one of them with
cct, cs2cs and geod.  Angles are degrees, lengths metres.

SK-42 is Pulkovo 1942 (EPSG:4284) on the Krassowsky ellipsoid; grid
coordinates are Gauss-Krueger zone 9 (EPSG:28409: central meridian 51 E,
k0 = 1, false easting 9,500,000); the way to WGS 84 is the operation
EPSG:15865 and no other.
"""

from math import asinh, atan, atan2, atanh, cos, cosh, degrees, hypot, radians, \
    sin, sinh, sqrt, tan

KRASS = (6378245.0, 1 / 298.3)
WGS84 = (6378137.0, 1 / 298.257223563)
CRS = "EPSG:28409"
OPERATION = "EPSG:15865"
CENTRAL_MERIDIAN = 51.0
FALSE_EASTING = 9500000.0

# EPSG:15865, a coordinate frame rotation (EPSG method 9607)
SHIFT = (25.0, -141.0, -78.5)
ROTATION = (0.0, -0.35, -0.736)     # arc seconds


def _kruger(ellipsoid):
    a, f = ellipsoid
    n = f / (2 - f)
    n2, n3, n4 = n * n, n ** 3, n ** 4
    radius = a / (1 + n) * (1 + n2 / 4 + n4 / 64)
    alpha = (n / 2 - 2 * n2 / 3 + 5 * n3 / 16 + 41 * n4 / 180,
             13 * n2 / 48 - 3 * n3 / 5 + 557 * n4 / 1440,
             61 * n3 / 240 - 103 * n4 / 140,
             49561 * n4 / 161280)
    beta = (n / 2 - 2 * n2 / 3 + 37 * n3 / 96 - n4 / 360,
            n2 / 48 + n3 / 15 - 437 * n4 / 1440,
            17 * n3 / 480 - 37 * n4 / 840,
            4397 * n4 / 161280)
    return radius, sqrt(f * (2 - f)), alpha, beta


def _conformal(lat, lon, e):
    t = tan(radians(lat))
    lam = radians(lon - CENTRAL_MERIDIAN)
    sigma = sinh(e * atanh(e * t / sqrt(1 + t * t)))
    tau = t * sqrt(1 + sigma * sigma) - sigma * sqrt(1 + t * t)
    return tau, lam


def to_grid(lat, lon):
    """SK-42 latitude and longitude to (northing, easting) in zone 9."""
    radius, e, alpha, _ = _kruger(KRASS)
    tau, lam = _conformal(lat, lon, e)
    xi = atan2(tau, cos(lam))
    eta = asinh(sin(lam) / hypot(tau, cos(lam)))
    x, y = xi, eta
    for j, c in enumerate(alpha, 1):
        x += c * sin(2 * j * xi) * cosh(2 * j * eta)
        y += c * cos(2 * j * xi) * sinh(2 * j * eta)
    return radius * x, FALSE_EASTING + radius * y


def from_grid(northing, easting):
    """(northing, easting) in zone 9 to SK-42 latitude and longitude."""
    radius, e, _, beta = _kruger(KRASS)
    x, y = northing / radius, (easting - FALSE_EASTING) / radius
    xi, eta = x, y
    for j, c in enumerate(beta, 1):
        xi -= c * sin(2 * j * x) * cosh(2 * j * y)
        eta -= c * cos(2 * j * x) * sinh(2 * j * y)
    want = sin(xi) / hypot(sinh(eta), cos(xi))
    t = want / (1 - e * e)
    for _ in range(6):
        sigma = sinh(e * atanh(e * t / sqrt(1 + t * t)))
        got = t * sqrt(1 + sigma * sigma) - sigma * sqrt(1 + t * t)
        t += (want - got) / sqrt(1 + got * got) \
            * (1 + (1 - e * e) * t * t) / ((1 - e * e) * sqrt(1 + t * t))
    return (degrees(atan(t)),
            CENTRAL_MERIDIAN + degrees(atan2(sinh(eta), cos(xi))))


def convergence(lat, lon):
    """Meridian convergence: true azimuth = grid azimuth + convergence."""
    radius, e, alpha, _ = _kruger(KRASS)
    tau, lam = _conformal(lat, lon, e)
    xi = atan2(tau, cos(lam))
    eta = asinh(sin(lam) / hypot(tau, cos(lam)))
    p, q = 1.0, 0.0
    for j, c in enumerate(alpha, 1):
        p += 2 * j * c * cos(2 * j * xi) * cosh(2 * j * eta)
        q += 2 * j * c * sin(2 * j * xi) * sinh(2 * j * eta)
    return degrees(atan(tau / sqrt(1 + tau * tau) * tan(lam)) + atan2(q, p))


def _cartesian(lat, lon, ellipsoid):
    a, f = ellipsoid
    e2 = f * (2 - f)
    phi, lam = radians(lat), radians(lon)
    nu = a / sqrt(1 - e2 * sin(phi) ** 2)
    return (nu * cos(phi) * cos(lam), nu * cos(phi) * sin(lam),
            nu * (1 - e2) * sin(phi))


def _geodetic(x, y, z, ellipsoid):
    a, f = ellipsoid
    e2 = f * (2 - f)
    p = hypot(x, y)
    phi = atan2(z, p * (1 - e2))
    for _ in range(8):
        nu = a / sqrt(1 - e2 * sin(phi) ** 2)
        phi = atan2(z + e2 * nu * sin(phi), p)
    return degrees(phi), degrees(atan2(y, x))


def to_wgs84(lat, lon):
    """SK-42 to WGS 84 latitude and longitude by EPSG:15865."""
    x, y, z = _cartesian(lat, lon, KRASS)
    rx, ry, rz = (radians(s / 3600) for s in ROTATION)
    return _geodetic(x + rz * y - ry * z + SHIFT[0],
                     y - rz * x + rx * z + SHIFT[1],
                     z + ry * x - rx * y + SHIFT[2], WGS84)


def from_wgs84(lat, lon):
    """The inverse, by iteration."""
    guess = [lat, lon]
    for _ in range(6):
        got = to_wgs84(*guess)
        guess[0] += lat - got[0]
        guess[1] += lon - got[1]
    return tuple(guess)


def direct(lat, lon, azimuth, distance, ellipsoid=KRASS):
    """The end of the geodesic that leaves (lat, lon) (Vincenty 1975)."""
    a, f = ellipsoid
    b = a * (1 - f)
    az = radians(azimuth)
    u1 = atan((1 - f) * tan(radians(lat)))
    sin_alpha = cos(u1) * sin(az)
    cos2_alpha = 1 - sin_alpha ** 2
    sigma1 = atan2(tan(u1), cos(az))
    big_a, big_b = _vincenty_ab(cos2_alpha, a, b)
    sigma = distance / (b * big_a)
    for _ in range(12):
        cm = cos(2 * sigma1 + sigma)
        sigma = distance / (b * big_a) + _vincenty_delta(sigma, cm, big_b)
    cm = cos(2 * sigma1 + sigma)
    s = sin(u1) * sin(sigma) - cos(u1) * cos(sigma) * cos(az)
    phi = atan2(sin(u1) * cos(sigma) + cos(u1) * sin(sigma) * cos(az),
                (1 - f) * hypot(sin_alpha, s))
    lam = atan2(sin(sigma) * sin(az),
                cos(u1) * cos(sigma) - sin(u1) * sin(sigma) * cos(az))
    c = f / 16 * cos2_alpha * (4 + f * (4 - 3 * cos2_alpha))
    lam -= (1 - c) * f * sin_alpha * (sigma + c * sin(sigma) * (
        cm + c * cos(sigma) * (2 * cm * cm - 1)))
    return degrees(phi), lon + degrees(lam)


def inverse(lat1, lon1, lat2, lon2, ellipsoid=KRASS):
    """(azimuth at the first point, distance) of the geodesic between two."""
    a, f = ellipsoid
    b = a * (1 - f)
    u1 = atan((1 - f) * tan(radians(lat1)))
    u2 = atan((1 - f) * tan(radians(lat2)))
    big_l = lam = radians(lon2 - lon1)
    for _ in range(20):
        x = cos(u2) * sin(lam)
        y = cos(u1) * sin(u2) - sin(u1) * cos(u2) * cos(lam)
        sin_sigma = hypot(x, y)
        if sin_sigma == 0:
            return 0.0, 0.0
        cos_sigma = sin(u1) * sin(u2) + cos(u1) * cos(u2) * cos(lam)
        sigma = atan2(sin_sigma, cos_sigma)
        sin_alpha = cos(u1) * cos(u2) * sin(lam) / sin_sigma
        cos2_alpha = 1 - sin_alpha ** 2
        cm = cos_sigma - 2 * sin(u1) * sin(u2) / cos2_alpha
        c = f / 16 * cos2_alpha * (4 + f * (4 - 3 * cos2_alpha))
        lam = big_l + (1 - c) * f * sin_alpha * (sigma + c * sin_sigma * (
            cm + c * cos_sigma * (2 * cm * cm - 1)))
    big_a, big_b = _vincenty_ab(cos2_alpha, a, b)
    distance = b * big_a * (sigma - _vincenty_delta(sigma, cm, big_b))
    return degrees(atan2(x, y)) % 360, distance


def _vincenty_ab(cos2_alpha, a, b):
    u2 = cos2_alpha * (a * a - b * b) / (b * b)
    return (1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2))),
            u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2))))


def _vincenty_delta(sigma, cm, big_b):
    return big_b * sin(sigma) * (cm + big_b / 4 * (
        cos(sigma) * (2 * cm * cm - 1) - big_b / 6 * cm
        * (4 * sin(sigma) ** 2 - 3) * (4 * cm * cm - 3)))
