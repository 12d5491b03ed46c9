/*
 * orient.c - exact predicates on points, segments and rings
 *
 * Every decision comes down to the sign of one determinant.  It is computed
 * in floating point with a bound of its rounding error, and where the bound
 * does not settle the sign, as a sum of exact products.
 */
#include "mf_core.h"

#include <float.h>
#include <math.h>

#include "expansion.h"

/* Half an ulp of 1. */
#define ROUNDING	(DBL_EPSILON / 2)

/*
 * Each difference and each product adds one rounding, the subtraction a
 * third: (1 + r)^3 - 1 with a little over for the bound's own rounding.
 */
#define ORIENT_BOUND	((3.0 + 16.0 * ROUNDING) * ROUNDING)

/*
 * Coordinates are scaled so that the largest is about 2^this before they are
 * multiplied: no product overflows, and no error term underflows unless some
 * coordinate has binary digits 2^-1000 times as small as the largest.
 */
#define EXACT_EXPONENT	500

/*
 * The sign of a.x b.y - a.y b.x + b.x c.y - b.y c.x + c.x a.y - c.y a.x.
 */
static int
orient2d_exact(const double *a, const double *b, const double *c)
{
	const double *p[4] = {a, b, c, a};
	double		parts[12];
	double		largest = DBL_MIN;
	int			shift;
	int			n = 0;

	for (int i = 0; i < 3; i++)
		largest = fmax(largest, fmax(fabs(p[i][0]), fabs(p[i][1])));
	shift = EXACT_EXPONENT - ilogb(largest);

	for (int i = 0; i < 3; i++)
	{
		double		x1 = ldexp(p[i][0], shift);
		double		y1 = ldexp(p[i][1], shift);
		double		x2 = ldexp(p[i + 1][0], shift);
		double		y2 = ldexp(p[i + 1][1], shift);

		n = parts_add_product(parts, n, x1, y2);
		n = parts_add_product(parts, n, -y1, x2);
	}
	return parts_sign(parts, n);
}

int
orient2d(const double *a, const double *b, const double *c)
{
	double		acx = a[0] - c[0];
	double		acy = a[1] - c[1];
	double		bcx = b[0] - c[0];
	double		bcy = b[1] - c[1];
	double		left = acx * bcy;
	double		right = acy * bcx;
	double		det = left - right;

	/* DBL_MIN stands for what underflow may have taken away. */
	if (fabs(det) > ORIENT_BOUND * (fabs(left) + fabs(right)) + DBL_MIN)
		return det > 0.0 ? 1 : -1;
	/* Level and upright edges, and equal points. */
	if ((acx == 0.0 || bcy == 0.0) && (acy == 0.0 || bcx == 0.0))
		return 0;
	return orient2d_exact(a, b, c);
}

/*
 * Do the intervals of a1..a2 and b1..b2, each in any order, have a common
 * value?
 */
static bool
intervals_touch(double a1, double a2, double b1, double b2)
{
	double		alow = a1 < a2 ? a1 : a2;
	double		ahigh = a1 < a2 ? a2 : a1;

	return !((b1 < alow && b2 < alow) || (b1 > ahigh && b2 > ahigh));
}

bool
segments_touch(const double *a, const double *b, const double *c, const double *d)
{
	if (!intervals_touch(a[0], b[0], c[0], d[0]) ||
		!intervals_touch(a[1], b[1], c[1], d[1]))
		return false;

	/*
	 * Neither segment may lie wholly on one side of the other's line.  That
	 * is enough: on one common line, overlapping boxes decide.
	 */
	if (orient2d(a, b, c) * orient2d(a, b, d) > 0)
		return false;
	return orient2d(c, d, a) * orient2d(c, d, b) <= 0;
}

/*
 * Does the way a-b-c turn back onto itself at b, or stand still?
 */
static bool
turns_back(const double *a, const double *b, const double *c)
{
	if (orient2d(a, b, c) != 0)
		return false;
	return !((a[0] < b[0] && b[0] < c[0]) || (a[0] > b[0] && b[0] > c[0]) ||
			 (a[1] < b[1] && b[1] < c[1]) || (a[1] > b[1] && b[1] > c[1]));
}

bool
ring_is_simple(const double *xy, uint32_t npoints)
{
	uint32_t	nedges = npoints - 1;

	if (npoints < 4 || xy[0] != xy[2 * nedges] || xy[1] != xy[2 * nedges + 1])
		return false;
	for (uint32_t i = 0; i < nedges; i++)
	{
		const double *a = xy + 2 * i;
		const double *b = a + 2;
		const double *next = xy + 2 * ((i + 1) % nedges + 1);

		if (mf_interrupted != NULL && i % 256 == 255 && mf_interrupted())
			return false;
		if ((a[0] == b[0] && a[1] == b[1]) || turns_back(a, b, next))
			return false;
		for (uint32_t j = i + 2; j < nedges; j++)
		{
			/* The last edge is the first one's neighbour. */
			if (i == 0 && j == nedges - 1)
				continue;
			if (segments_touch(a, b, xy + 2 * j, xy + 2 * j + 2))
				return false;
		}
	}
	return true;
}

bool
ring_runs_left(const double *xy, uint32_t npoints)
{
	uint32_t	low = 0;
	uint32_t	last = npoints - 2;	/* before the first one, which is repeated */
	int			turn;
	double		area = 0;

	if (npoints < 4)
		return true;
	for (uint32_t i = 1; i + 1 < npoints; i++)
	{
		const double *p = xy + 2 * (size_t) i;
		const double *q = xy + 2 * (size_t) low;

		if (p[1] < q[1] || (p[1] == q[1] && p[0] < q[0]))
			low = i;
	}
	turn = orient2d(xy + 2 * (size_t) (low == 0 ? last : low - 1),
					xy + 2 * (size_t) low, xy + 2 * (size_t) (low + 1));
	if (turn != 0)
		return turn > 0;
	for (uint32_t i = 1; i < last; i++)
	{
		const double *p = xy + 2 * (size_t) i;

		area += (p[0] - xy[0]) * (p[3] - xy[1]) - (p[2] - xy[0]) * (p[1] - xy[1]);
	}
	return area >= 0;
}

int
point_in_ring(const double *p, const double *xy, uint32_t npoints)
{
	bool		inside = false;

	for (uint32_t i = 0; i + 1 < npoints; i++)
	{
		const double *a = xy + 2 * i;
		const double *b = a + 2;
		int			side;

		if (!intervals_touch(a[1], b[1], p[1], p[1]) || (a[0] < p[0] && b[0] < p[0]))
			continue;
		side = orient2d(a, b, p);
		if (side == 0 && intervals_touch(a[0], b[0], p[0], p[0]))
			return 0;
		/* A ray to the east, counting the lower end of each edge as on it. */
		if ((a[1] > p[1]) != (b[1] > p[1]) && (side > 0) == (b[1] > a[1]))
			inside = !inside;
	}
	return inside ? 1 : -1;
}

bool
point_in_part(const double *p, const double *xy, const uint32_t *ring_points, uint32_t nrings)
{
	bool		inside = false;

	for (uint32_t i = 0; i < nrings; i++)
	{
		int			where = point_in_ring(p, xy, ring_points[i]);

		if (where == 0)
			return true;
		if (where > 0)
			inside = !inside;
		xy += 2 * (size_t) ring_points[i];
	}
	return inside;
}
