/*
 * box.c - bounding boxes in degrees, four outward-rounded floats
 *
 * A box always takes in what it stands for: sides are rounded outward when
 * doubles become floats, bounds of distances are rounded down, expansions
 * outward.  The empty box is inverted infinity and compares false.
 */
#include "mf_core.h"

#include <math.h>

#include "float_out.h"
#include "sphere.h"

/* More than all roundings of the bounds below, much less than matters. */
#define BOX_HAIR	1e-7

void
box_set_empty(MinefieldBox *box)
{
	box->xmin = box->ymin = INFINITY;
	box->xmax = box->ymax = -INFINITY;
}

bool
box_is_empty(const MinefieldBox *box)
{
	return box->xmin > box->xmax;
}

void
box_add_point(MinefieldBox *box, double lon, double lat)
{
	/* Most points lie inside: compare before rounding. */
	if (lon < box->xmin)
		box->xmin = float_below(lon);
	if (lon > box->xmax)
		box->xmax = float_above(lon);
	if (lat < box->ymin)
		box->ymin = float_below(lat);
	if (lat > box->ymax)
		box->ymax = float_above(lat);
}

void
box_add_box(MinefieldBox *box, const MinefieldBox *other)
{
	if (other->xmin < box->xmin)
		box->xmin = other->xmin;
	if (other->ymin < box->ymin)
		box->ymin = other->ymin;
	if (other->xmax > box->xmax)
		box->xmax = other->xmax;
	if (other->ymax > box->ymax)
		box->ymax = other->ymax;
}

void
box_of_extent(MinefieldBox *box, const MfExtent *extent)
{
	double		low[2] = {INFINITY, INFINITY};
	double		high[2] = {-INFINITY, -INFINITY};

	for (size_t i = 0; i < 2 * (size_t) extent->npoints; i++)
	{
		double		v = extent->xy[i];

		low[i % 2] = v < low[i % 2] ? v : low[i % 2];
		high[i % 2] = v > high[i % 2] ? v : high[i % 2];
	}
	box_set_empty(box);
	if (extent->npoints > 0)
	{
		box->xmin = float_below(low[0]);
		box->ymin = float_below(low[1]);
		box->xmax = float_above(high[0]);
		box->ymax = float_above(high[1]);
	}
}

bool
box_overlaps(const MinefieldBox *a, const MinefieldBox *b)
{
	/* Inverted infinity fails the first comparison with anything. */
	return a->xmin <= b->xmax && b->xmin <= a->xmax &&
		a->ymin <= b->ymax && b->ymin <= a->ymax;
}

bool
box_contains(const MinefieldBox *a, const MinefieldBox *b)
{
	return !box_is_empty(b) &&
		a->xmin <= b->xmin && b->xmax <= a->xmax &&
		a->ymin <= b->ymin && b->ymax <= a->ymax;
}

bool
box_equal(const MinefieldBox *a, const MinefieldBox *b)
{
	return !box_is_empty(a) &&
		a->xmin == b->xmin && a->ymin == b->ymin &&
		a->xmax == b->xmax && a->ymax == b->ymax;
}

/*
 * Degrees between the boxes' longitudes, the shorter way round.
 */
static double
longitude_gap(const MinefieldBox *a, const MinefieldBox *b)
{
	double		east = (double) b->xmin - a->xmax;
	double		west = (double) a->xmin - b->xmax;
	double		gap = east > west ? east : west;
	double		around = gap;

	if (gap <= 0.0)
		return 0.0;
	/* From the eastern box on across 180 degrees to the western one. */
	if (east > west)
		around = 360.0 - ((double) b->xmax - a->xmin);
	else
		around = 360.0 - ((double) a->xmax - b->xmin);
	if (around < gap)
		gap = around;
	return gap > 0.0 ? gap : 0.0;
}

/*
 * The square of the sine of half the great-circle distance between two
 * points, from latitudes in degrees and the longitudes' half-angle term.
 */
static double
haversine(double lat1, double lat2, double sin2_half_lon)
{
	double		s = sin((lat1 - lat2) * (MF_RADIANS / 2));

	return s * s + cos_degrees(lat1) * cos_degrees(lat2) * sin2_half_lon;
}

/*
 * The least haversine between a point and a stretch of a meridian gap degrees
 * of longitude away: at the foot of the perpendicular or at an end.
 */
static double
haversine_to_meridian(double lat, double south, double north, double gap,
					  double sin2_half_lon)
{
	double		foot = atan2(sin(lat * MF_RADIANS),
							 cos_degrees(lat) * cos(gap * MF_RADIANS)) / MF_RADIANS;
	double		h = haversine(lat, south, sin2_half_lon);

	h = fmin(h, haversine(lat, north, sin2_half_lon));
	if (foot > south && foot < north)
		h = fmin(h, haversine(lat, foot, sin2_half_lon));
	return h;
}

/*
 * On the ellipsoid a step of given latitudes and longitudes is at least
 * MF_RADIUS_LEAST times as long as on the unit sphere, so no way between the
 * boxes is shorter than this.
 */
double
box_distance_bound(const MinefieldBox *a, const MinefieldBox *b)
{
	double		gap;
	double		half;
	double		h;

	if (box_is_empty(a) || box_is_empty(b))
		return INFINITY;
	gap = longitude_gap(a, b);
	if (gap == 0.0)
	{
		double		north = (double) b->ymin - a->ymax;
		double		south = (double) a->ymin - b->ymax;
		double		degrees = fmax(0.0, fmax(north, south));

		return degrees * MF_RADIANS * MF_RADIUS_LEAST * (1.0 - BOX_HAIR);
	}

	/*
	 * The least distance is between the facing sides, from an end of one of
	 * them: two meridians come nearest towards the poles, not in between.
	 */
	half = sin(gap * (MF_RADIANS / 2));
	half *= half;
	h = haversine_to_meridian(a->ymin, b->ymin, b->ymax, gap, half);
	h = fmin(h, haversine_to_meridian(a->ymax, b->ymin, b->ymax, gap, half));
	h = fmin(h, haversine_to_meridian(b->ymin, a->ymin, a->ymax, gap, half));
	h = fmin(h, haversine_to_meridian(b->ymax, a->ymin, a->ymax, gap, half));
	return 2.0 * asin(sqrt(fmin(h, 1.0))) * MF_RADIUS_LEAST * (1.0 - BOX_HAIR);
}

void
box_expand(MinefieldBox *box, double distance_m)
{
	double		angle = distance_m / MF_RADIUS_LEAST * (1.0 + BOX_HAIR);
	double		lat = fmax(fabs(box->ymin), fabs(box->ymax));
	double		south = box->ymin - angle / MF_RADIANS;
	double		north = box->ymax + angle / MF_RADIANS;
	double		lon = 360.0;

	if (box_is_empty(box) || !(distance_m >= 0.0))
		return;
	/* A cap that holds no pole reaches asin(sin angle / cos lat) far. */
	if (south > -90.0 && north < 90.0)
		lon = asin(fmin(1.0, sin(angle) / cos_degrees(lat))) / MF_RADIANS * (1.0 + BOX_HAIR);
	box->ymin = float_below(fmax(south, -90.0));
	box->ymax = float_above(fmin(north, 90.0));
	if (box->xmin - lon <= -180.0 || box->xmax + lon >= 180.0)
	{
		box->xmin = -180.0f;
		box->xmax = 180.0f;
	}
	else
	{
		box->xmin = float_below(box->xmin - lon);
		box->xmax = float_above(box->xmax + lon);
	}
}
