/*
 * area.c - true ellipsoidal areas of regions with straight lon/lat edges
 *
 * The area is the boundary integral -int S(lat) dlon, S(lat) being the area
 * between the equator and a parallel per unit of longitude.  Taken as it
 * stands it subtracts numbers of the size of continents to find a garden, so
 * it is taken relative to the ring's first point: there, each edge and the
 * point span a triangle of the lon/lat plane, and since a unit of that plane
 * is worth dS/dlat whatever its longitude, the triangle's area is its plane
 * area times the mean of dS/dlat over it.  Both factors come without
 * cancellation, which leaves a ring's area good to its last few digits.
 */
#include "mf_core.h"

#include <math.h>

#include "exact.h"
#include "sphere.h"

/* Rings longer than this are not searched for self-intersections on input. */
#define SIMPLE_POINTS	256

/* Up to this many degrees of latitude three nodes are plenty. */
#define SHORT_SPAN		2.5

#define SHORT_NODES		3
#define LONG_NODES		12

/* Gauss-Legendre nodes and weights on 0..1. */
static const double short_nodes[SHORT_NODES][2] = {
	{0.1127016653792583, 0.2777777777777778},
	{0.5, 0.4444444444444444},
	{0.8872983346207417, 0.2777777777777778}
};

static const double long_nodes[LONG_NODES][2] = {
	{0.009219682876640375, 0.023587668193255914},
	{0.047941371814762576, 0.05346966299765922},
	{0.11504866290284765, 0.0800391642716731},
	{0.20634102285669126, 0.10158371336153296},
	{0.31608425050090994, 0.11674626826917740},
	{0.43738329574426557, 0.12457352290670139},
	{0.56261670425573443, 0.12457352290670139},
	{0.68391574949909006, 0.11674626826917740},
	{0.79365897714330874, 0.10158371336153296},
	{0.88495133709715235, 0.0800391642716731},
	{0.95205862818523742, 0.05346966299765922},
	{0.99078031712335963, 0.023587668193255914}
};

/*
 * dS/dlat: the area in m2 of a square radian of the lon/lat plane.
 */
static double
area_density(double lat)
{
	double		c = cos_degrees(lat);
	double		w = 1.0 - MF_WGS84_E2 * (1.0 - c * c);

	return MF_WGS84_A * MF_WGS84_A * (1.0 - MF_WGS84_E2) * c / (w * w);
}

/*
 * The integral over s in 0..1 of 2 s dS/dlat at from + s (to - from): the mean
 * density of the part of a triangle that widens from a corner at latitude
 * from to its full width at latitude to.
 */
static double
widening_density(double from, double to)
{
	bool		is_short = fabs(to - from) < SHORT_SPAN;
	const double (*nodes)[2] = is_short ? short_nodes : long_nodes;
	int			n = is_short ? SHORT_NODES : LONG_NODES;
	double		sum = 0.0;

	for (int i = 0; i < n; i++)
		sum += nodes[i][1] * 2.0 * nodes[i][0] * area_density(from + nodes[i][0] * (to - from));
	return sum;
}

/*
 * The mean density over a triangle, from its corners' latitudes.
 */
static double
triangle_density(double lat1, double lat2, double lat3)
{
	double		south = fmin(lat1, fmin(lat2, lat3));
	double		north = fmax(lat1, fmax(lat2, lat3));
	double		middle = fmax(fmin(lat1, lat2), fmin(fmax(lat1, lat2), lat3));
	double		share;

	if (south == north)
		return area_density(south);
	share = (middle - south) / (north - south);
	return share * widening_density(south, middle) +
		(1.0 - share) * widening_density(north, middle);
}

/*
 * Twice the plane area of the triangle o-a-b in square degrees, counter-
 * clockwise positive, good to its last digits however thin it is.
 */
static double
triangle_cross(const double *o, const double *a, const double *b)
{
	double		ax_low,
				ay_low,
				bx_low,
				by_low;
	double		ax = exact_sum(a[0], -o[0], &ax_low);
	double		ay = exact_sum(a[1], -o[1], &ay_low);
	double		bx = exact_sum(b[0], -o[0], &bx_low);
	double		by = exact_sum(b[1], -o[1], &by_low);
	double		left_low,
				right_low,
				rest;
	double		left = exact_product(ax, by, &left_low);
	double		right = exact_product(ay, bx, &right_low);
	double		cross = exact_sum(left, -right, &rest);

	rest += left_low - right_low;
	rest += ax * by_low + ax_low * by - (ay * bx_low + ay_low * bx);
	return cross + rest;
}

double
ring_area(const double *xy, uint32_t npoints)
{
	double		sum = 0.0;
	double		lost = 0.0;		/* what the sum's roundings took away */

	for (uint32_t i = 1; i + 1 < npoints; i++)
	{
		const double *a = xy + 2 * (size_t) i;
		const double *b = a + 2;
		double		cross = triangle_cross(xy, a, b);
		double		error;

		if (cross == 0.0)
			continue;
		sum = exact_sum(sum, cross * triangle_density(xy[1], a[1], b[1]), &error);
		lost += error;
		if (mf_interrupted != NULL && i % 4096 == 0 && mf_interrupted())
			return NAN;
	}
	return (sum + lost) * (0.5 * MF_RADIANS * MF_RADIANS);
}

double
extent_area(const MfExtent *extent)
{
	const double *xy = extent->xy;
	const uint32_t *ring_points = extent->ring_points;
	double		area = 0.0;

	if (extent->kind != MF_POLYGON && extent->kind != MF_MULTIPOLYGON)
		return 0.0;
	for (uint32_t part = 0; part < extent->nparts; part++)
	{
		for (uint32_t ring = 0; ring < extent->part_rings[part]; ring++)
		{
			double		a = fabs(ring_area(xy, *ring_points));

			area += ring == 0 ? a : -a;
			xy += 2 * (size_t) *ring_points++;
		}
	}
	return area;
}

double
extent_area_if_simple(const MfExtent *extent)
{
	if (extent->kind != MF_POLYGON && extent->kind != MF_MULTIPOLYGON)
		return NAN;
	if (extent->nrings != 1 || extent->npoints > SIMPLE_POINTS ||
		!ring_is_simple(extent->xy, extent->npoints))
		return NAN;
	return fabs(ring_area(extent->xy, extent->npoints));
}
