/*
 * shift.c - what shifting one of two extents does
 *
 * Records are plotted with an error, so it matters how far one would have to
 * be moved to come to lie on another, and whether an overlap would outlast a
 * move.  The first is told by the centroids: whatever shift makes two shapes
 * coincide carries the centroid of one to that of the other.  The second is
 * exact for convex shapes; for others the common area tells, which a shift can
 * take away no faster than the boundary sweeps over ground.
 */
#include "mf_core.h"

#include <math.h>

#include "sphere.h"

/*
 * So short that Gauss' formula is good to a hundredth of a millimetre (1.6 km
 * to the north, less to the east), and so far from the poles.
 */
#define SHORT_RADIANS	2.5e-4
#define SHORT_LATITUDE	70.0

/* More corners are not worth trying every direction: the area tells. */
#define MOST_CORNERS	1024

/* The local plane's lengths are good to less than this. */
#define PLANE_SLACK		1.005

/* ---- centroids ---- */

/* Sums for the centroid of whatever dimension is highest. */
typedef struct Weights
{
	const double *origin;
	double		area;			/* twice the area */
	double		area_x;			/* six times the first moments */
	double		area_y;
	double		length;
	double		length_x;
	double		length_y;
} Weights;

/* A ring, of which area and moments count sign times. */
static void
weigh_ring(Weights *weights, const double *xy, uint32_t npoints, bool hole)
{
	double		area = 0.0,
				x = 0.0,
				y = 0.0,
				sign;

	for (uint32_t i = 0; i + 1 < npoints; i++)
	{
		double		px = xy[2 * i] - weights->origin[0];
		double		py = xy[2 * i + 1] - weights->origin[1];
		double		qx = xy[2 * i + 2] - weights->origin[0];
		double		qy = xy[2 * i + 3] - weights->origin[1];
		double		cross = px * qy - qx * py;

		area += cross;
		x += cross * (px + qx);
		y += cross * (py + qy);
	}
	sign = (area < 0.0) != hole ? -1.0 : 1.0;
	weights->area += sign * area;
	weights->area_x += sign * x;
	weights->area_y += sign * y;
}

static void
weigh_line(Weights *weights, const double *xy, uint32_t npoints)
{
	for (uint32_t i = 0; i + 1 < npoints; i++)
	{
		const double *p = xy + 2 * (size_t) i;
		double		length = hypot(p[2] - p[0], p[3] - p[1]);

		weights->length += length;
		weights->length_x += length * ((p[0] + p[2]) / 2 - weights->origin[0]);
		weights->length_y += length * ((p[1] + p[3]) / 2 - weights->origin[1]);
	}
}

static void
mean_point(const MfExtent *extent, double *lonlat)
{
	double		x = 0.0,
				y = 0.0;

	for (uint32_t i = 0; i < extent->npoints; i++)
	{
		x += extent->xy[2 * (size_t) i] - extent->xy[0];
		y += extent->xy[2 * (size_t) i + 1] - extent->xy[1];
	}
	lonlat[0] = extent->xy[0] + x / extent->npoints;
	lonlat[1] = extent->xy[1] + y / extent->npoints;
}

void
extent_centroid(const MfExtent *extent, double *lonlat)
{
	Weights		weights = {.origin = extent->xy};
	const double *xy = extent->xy;
	const uint32_t *ring_points = extent->ring_points;

	for (uint32_t part = 0; kind_is_polygonal(extent->kind) && part < extent->nparts; part++)
	{
		for (uint32_t ring = 0; ring < extent->part_rings[part]; ring++)
		{
			weigh_ring(&weights, xy, *ring_points, ring > 0);
			xy += 2 * (size_t) *ring_points++;
		}
	}
	if (weights.area > 0.0)
	{
		lonlat[0] = extent->xy[0] + weights.area_x / (3.0 * weights.area);
		lonlat[1] = extent->xy[1] + weights.area_y / (3.0 * weights.area);
		return;
	}
	xy = extent->xy;
	for (uint32_t ring = 0; ring < extent->nrings; ring++)
	{
		weigh_line(&weights, xy, extent->ring_points[ring]);
		xy += 2 * (size_t) extent->ring_points[ring];
	}
	if (weights.length > 0.0)
	{
		lonlat[0] = extent->xy[0] + weights.length_x / weights.length;
		lonlat[1] = extent->xy[1] + weights.length_y / weights.length;
	}
	else
		mean_point(extent, lonlat);
}

/* ---- short geodesics ---- */

/*
 * The sphere that fits the ellipsoid at the middle latitude, with the lengths
 * of a degree that hold there (Gauss' formula): what it neglects grows with
 * the cube of the distance.
 */
bool
short_geodesic(const double *from, const double *to, double *distance_m,
			   double *azimuth_deg)
{
	double		lat = (from[1] + to[1]) / 2;
	double		dlon = (to[0] - from[0]) * MF_RADIANS;
	double		dlat = (to[1] - from[1]) * MF_RADIANS;
	double		c = cos_degrees(lat);
	double		s = sin(lat * MF_RADIANS);
	double		w;
	double		prime;
	double		east;
	double		north;
	double		azimuth;

	if (fabs(dlat) > SHORT_RADIANS || fabs(dlon) > SHORT_RADIANS || fabs(lat) > SHORT_LATITUDE)
		return false;
	w = 1.0 - MF_WGS84_E2 * s * s;
	prime = MF_WGS84_A / sqrt(w);
	east = dlon * prime * c;
	north = dlat * prime * (1.0 - MF_WGS84_E2) / w;
	*distance_m = sqrt(east * east + north * north);
	azimuth = atan2(east, north) / MF_RADIANS - (to[0] - from[0]) / 2 * s;
	*azimuth_deg = azimuth < 0.0 ? azimuth + 360.0 : azimuth;
	return true;
}

/* ---- taking two apart ---- */

/*
 * How far the second must be moved along a direction (dx, dy), of any length,
 * until nothing of it lies before the farthest of the first: degrees of the
 * plane scaled by the direction's length.
 */
static double
way_apart(const MfExtent *a, const MfExtent *b, double dx, double dy)
{
	double		farthest = -INFINITY;
	double		nearest = INFINITY;

	for (size_t i = 0; i < a->npoints; i++)
		farthest = fmax(farthest, (a->xy[2 * i] - a->xy[0]) * dx +
						(a->xy[2 * i + 1] - a->xy[1]) * dy);
	for (size_t i = 0; i < b->npoints; i++)
		nearest = fmin(nearest, (b->xy[2 * i] - a->xy[0]) * dx +
					   (b->xy[2 * i + 1] - a->xy[1]) * dy);
	return farthest - nearest;
}

/* Degrees become metres, so a direction in metres scales like this. */
static bool
apart_within(const MfExtent *a, const MfExtent *b, const MfPlane *plane,
			 double east, double north, double shift_m)
{
	double		length = hypot(east, north);

	return way_apart(a, b, east * plane->mx, north * plane->my) <= shift_m * length;
}

/*
 * Would a shift of at most so much square to one of the edges of extent take
 * them apart?  For two convex shapes the least shift that does is square to
 * an edge of one of them.
 */
static bool
edges_part(const MfExtent *a, const MfExtent *b, const MfExtent *edges,
		   const MfPlane *plane, double shift_m)
{
	for (size_t i = 0; i + 1 < edges->npoints; i++)
	{
		const double *p = edges->xy + 2 * i;
		double		east = (p[2] - p[0]) * plane->mx;
		double		north = (p[3] - p[1]) * plane->my;

		if (east == 0.0 && north == 0.0)
			continue;
		if (apart_within(a, b, plane, north, -east, shift_m) ||
			apart_within(a, b, plane, -north, east, shift_m))
			return true;
	}
	return false;
}

/* A point, a line of one segment, or a polygon whose ring turns one way. */
static bool
is_convex(const MfExtent *extent)
{
	uint32_t	n = extent->npoints;
	int			turned = 0;

	if (extent->nrings != 1 || n > MOST_CORNERS)
		return false;
	if (!kind_is_polygonal(extent->kind))
		return n <= 2;
	for (uint32_t i = 0; i + 1 < n; i++)
	{
		const double *p = extent->xy + 2 * (size_t) i;
		/* the ring's last point is its first */
		int			turn = orient2d(p, p + 2, i + 2 < n ? p + 4 : extent->xy + 2);

		if (turn * turned < 0)
			return false;
		if (turn != 0)
			turned = turn;
	}
	return true;
}

static double
boundary_m(const MfExtent *extent, const MfPlane *plane)
{
	const double *p = extent->xy;
	double		sum = 0.0;

	for (uint32_t ring = 0; ring < extent->nrings; ring++, p += 2)
		for (uint32_t i = 1; i < extent->ring_points[ring]; i++, p += 2)
			sum += hypot((p[2] - p[0]) * plane->mx, (p[3] - p[1]) * plane->my);
	return sum;
}

bool
overlap_outlasts(const MfExtent *a, const MfExtent *b, double common_m2,
				 double shift_m)
{
	MfPlane		plane;

	shift_m *= PLANE_SLACK;
	plane_about(&plane, a->xy[0], a->xy[1]);
	if (apart_within(a, b, &plane, 1.0, 0.0, shift_m) ||
		apart_within(a, b, &plane, -1.0, 0.0, shift_m) ||
		apart_within(a, b, &plane, 0.0, 1.0, shift_m) ||
		apart_within(a, b, &plane, 0.0, -1.0, shift_m))
		return false;
	if (is_convex(a) && is_convex(b))
		return a->npoints + b->npoints > 2 &&
			!edges_part(a, b, a, &plane, shift_m) &&
			!edges_part(a, b, b, &plane, shift_m);
	/* what enters on one side of a boundary leaves on the other: half of it */
	return common_m2 > shift_m / 2 *
		fmin(boundary_m(a, &plane), boundary_m(b, &plane));
}
