/*
 * capsule.c - edges and runs of edges in space, and what lies near them
 *
 * What lies within a distance of a straight edge is its capsule: a cylinder
 * about it with a ball at either end.
 */
#include "capsule.h"

#include <math.h>
#include <string.h>

/*
 * The piece of an edge between two parameters.
 */
void
piece_cut(Piece *piece, SpaceOrigin *origin, const double *from, const double *to,
		  double t0, double t1)
{
	double		a[2],
				b[2];
	SpacePoint	at_a,
				at_b;
	double		sway,
				rise;

	point_on(from, to, t0, a);
	point_on(from, to, t1, b);
	space_near(origin, a, &at_a);
	space_near(origin, b, &at_b);
	edge_strays(a, &at_a, b, &at_b, &sway, &rise);
	piece_set(piece, from, to, at_a.x, at_b.x, sway, rise);
	piece->t0 = t0;
	piece->t1 = t1;
}

void
space_run_make(SpaceRun *space, const MfRuns *runs, uint32_t r)
{
	const MfRun *run = &runs->runs[r];
	const double *xy = runs->store->xy + 2 * (size_t) run->first;
	SpaceOrigin origin;
	SpacePoint	at[2];
	double		strays = 0.0;
	double		far2 = 0.0;

	space->run = r;
	space->nedges = run->nedges > 0 ? run->nedges : 1;
	space_origin(&origin, xy);
	for (uint32_t i = 0; i <= space->nedges; i++)
	{
		const double *p = xy + 2 * (size_t) (i < run->nedges ? i : run->nedges);

		space_near(&origin, p, &at[i % 2]);
		memcpy(space->x[i], at[i % 2].x, sizeof(space->x[i]));
		if (i == 0)
			continue;
		edge_strays(run->nedges > 0 ? p - 2 : p, &at[(i - 1) % 2], p, &at[i % 2],
					&space->sway[i - 1], &space->rise[i - 1]);
		strays = fmax(strays, space->sway[i - 1] + space->rise[i - 1]);
	}

	/* chords lie within a ball that holds their ends */
	memcpy(space->middle, space->x[space->nedges / 2], sizeof(space->middle));
	for (uint32_t i = 0; i <= space->nedges; i++)
	{
		double		x = space->x[i][0] - space->middle[0];
		double		y = space->x[i][1] - space->middle[1];
		double		z = space->x[i][2] - space->middle[2];

		far2 = fmax(far2, x * x + y * y + z * z);
	}
	space->reach = sqrt(far2) + strays + MF_SPACE_HAIR;
}

/*
 * Where a t^2 + 2 b t + c <= 0 for t from 0 to 1; scale is a without what
 * cancels in it.
 */
static bool
below_zero(double a, double b, double c, double scale, double *low, double *high)
{
	double		root,
				q,
				t1,
				t2;

	*low = 0.0;
	*high = 1.0;
	if (a <= scale * 1e-14)
		return c <= 0.0;
	root = b * b - a * c;
	if (root < 0.0)
		return false;
	q = -(b + copysign(sqrt(root), b));
	t1 = q / a;
	t2 = q != 0.0 ? c / q : 0.0;
	*low = fmax(0.0, fmin(t1, t2));
	*high = fmin(1.0, fmax(t1, t2));
	return *low <= *high;
}

/* Where low <= m + t n <= high, within what was found before. */
static bool
within_slab(double m, double n, double width, double *low, double *high)
{
	double		t1,
				t2;

	if (n == 0.0)
		return m >= 0.0 && m <= width;
	t1 = -m / n;
	t2 = (width - m) / n;
	*low = fmax(*low, fmin(t1, t2));
	*high = fmin(*high, fmax(t1, t2));
	return *low <= *high;
}

/*
 * The part of a piece within a chord's length of another: capsules are
 * convex, so it is one interval, from the least to the greatest of what lies
 * in the cylinder and in the two balls.
 */
bool
capsule_cut(const Piece *piece, const Piece *edge, double chord, Interval *cut)
{
	double		w[3];
	double		uu = dot(piece->u, piece->u);
	double		uv = dot(piece->u, edge->u);
	double		vv = dot(edge->u, edge->u);
	double		c2 = chord * chord;
	double		uw,
				vw,
				ww,
				low,
				high;

	for (int d = 0; d < 3; d++)
		w[d] = piece->p[d] - edge->p[d];
	uw = dot(piece->u, w);
	vw = dot(edge->u, w);
	ww = dot(w, w);
	cut->low = 1.0;
	cut->high = 0.0;
	for (int ball = 0; ball < 2; ball++)
	{
		double		b = ball ? uw - uv : uw;
		double		c = ball ? ww - 2.0 * vw + vv : ww;

		if (below_zero(uu, b, c - c2, uu, &low, &high))
		{
			cut->low = fmin(cut->low, low);
			cut->high = fmax(cut->high, high);
		}
	}
	if (vv > 0.0 && (cut->low > 0.0 || cut->high < 1.0) &&
		below_zero(uu - uv * uv / vv, uw - uv * vw / vv, ww - vw * vw / vv - c2, uu,
				   &low, &high) &&
		within_slab(vw, uv, vv, &low, &high))
	{
		cut->low = fmin(cut->low, low);
		cut->high = fmax(cut->high, high);
	}
	return cut->low <= cut->high;
}

