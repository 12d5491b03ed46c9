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

/* Into how many pieces an edge has to be cut, and may. */
static uint32_t
cuts_of(double sway, double rise, double most_sway, double most_rise, uint32_t room)
{
	double		n = greater(sway / most_sway, rise / most_rise);

	if (!(n > 1.0))
		return 1;
	n = ceil(sqrt(n));
	return n <= MOST_CUTS && n <= room ? (uint32_t) n : 1;
}

/* How far from its middle a piece reaches, rounded up: a quarter of a millionth more. */
static float
piece_reach(const double *p, const double *q, double strays)
{
	double		u[3] = {q[0] - p[0], q[1] - p[1], q[2] - p[2]};

	return (float) ((sqrt(dot(u, u)) / 2 + strays + MF_SPACE_HAIR) * (1.0 + 0x1p-22));
}

/* Add the pieces of an edge, whose first end is there already. */
static void
add_edge(SpaceRun *space, SpaceOrigin *origin, uint32_t edge, const double *from,
		 const double *to, const SpacePoint *at_to, double sway, double rise, uint32_t cuts)
{
	double		share = 1.0 / ((double) cuts * cuts);

	for (uint32_t i = 0; i < cuts; i++)
	{
		uint32_t	k = space->npieces++;
		SpacePoint	at;

		/* rounded up: a quarter of a millionth more */
		space->sway[k] = (float) (sway * share * (1.0 + 0x1p-22));
		space->rise[k] = (float) (rise * share * (1.0 + 0x1p-22));
		space->edge[k] = (uint8_t) edge;
		space->number[k] = (uint8_t) i;
		space->of[k] = (uint8_t) cuts;
		if (i + 1 < cuts)
		{
			double		lonlat[2];

			point_on(from, to, (i + 1.0) / cuts, lonlat);
			space_near(origin, lonlat, &at);
			memcpy(space->x[k + 1], at.x, sizeof(at.x));
		}
		else
			memcpy(space->x[k + 1], at_to->x, sizeof(at_to->x));
		space->reaches[k] = piece_reach(space->x[k], space->x[k + 1],
										space->sway[k] + space->rise[k]);
	}
}

void
space_run_make(SpaceRun *space, const MfRuns *runs, uint32_t r, double most_sway,
			   double most_rise)
{
	const MfRun *run = &runs->runs[r];
	const double *xy = runs->store->xy + 2 * (size_t) run->first;
	uint32_t	nedges = run->nedges > 0 ? run->nedges : 1;
	uint32_t	next = run->nedges > 0 ? 2 : 0;
	SpaceOrigin origin;
	SpacePoint	at[2];
	double		strays = 0.0;
	double		far2 = 0.0;

	space->run = r;
	space->npieces = 0;
	space_origin(&origin, xy);
	space_near(&origin, xy, &at[0]);
	memcpy(space->x[0], at[0].x, sizeof(at[0].x));
	for (uint32_t i = 0; i < nedges; i++, xy += next)
	{
		SpacePoint *to = &at[(i + 1) % 2];
		double		sway,
					rise;
		uint32_t	room = SPACE_PIECES - space->npieces - (nedges - i - 1);

		space_near(&origin, xy + next, to);
		edge_strays(xy, &at[i % 2], xy + next, to, &sway, &rise);
		strays = greater(strays, sway + rise);
		add_edge(space, &origin, i, xy, xy + next, to, sway, rise,
				 cuts_of(sway, rise, most_sway, most_rise, room));
	}

	/* chords lie within a ball that holds their ends */
	memcpy(space->middle, space->x[space->npieces / 2], sizeof(space->middle));
	for (uint32_t i = 0; i <= space->npieces; i++)
	{
		double		x = space->x[i][0] - space->middle[0];
		double		y = space->x[i][1] - space->middle[1];
		double		z = space->x[i][2] - space->middle[2];

		far2 = greater(far2, x * x + y * y + z * z);
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
	*low = greater(0.0, lesser(t1, t2));
	*high = lesser(1.0, greater(t1, t2));
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
	*low = greater(*low, lesser(t1, t2));
	*high = lesser(*high, greater(t1, t2));
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
			cut->low = lesser(cut->low, low);
			cut->high = greater(cut->high, high);
		}
	}
	if (vv > 0.0 && (cut->low > 0.0 || cut->high < 1.0) &&
		below_zero(uu - uv * uv / vv, uw - uv * vw / vv, ww - vw * vw / vv - c2, uu,
				   &low, &high) &&
		within_slab(vw, uv, vv, &low, &high))
	{
		cut->low = lesser(cut->low, low);
		cut->high = greater(cut->high, high);
	}
	return cut->low <= cut->high;
}

/* Take in what lies within a distance of a point: where along the piece? */
static void
take_ball(const double *p, const double *u, const double *centre, double distance, Interval *cut)
{
	double		w[2] = {p[0] - centre[0], p[1] - centre[1]};
	double		uu = u[0] * u[0] + u[1] * u[1];
	double		uw = u[0] * w[0] + u[1] * w[1];
	double		cross = u[0] * w[1] - u[1] * w[0];
	double		root = uu * distance * distance - cross * cross;
	double		low = 0.0;
	double		high = 1.0;

	if (uu > 0.0)
	{
		if (root < 0.0)
			return;
		low = greater(low, (-uw - sqrt(root)) / uu);
		high = lesser(high, (-uw + sqrt(root)) / uu);
	}
	else if (w[0] * w[0] + w[1] * w[1] > distance * distance)
		return;
	if (low > high)
		return;
	cut->low = lesser(cut->low, low);
	cut->high = greater(cut->high, high);
}

/*
 * Cross products tell distances from the edge's line without the cancellation
 * of sums of squares.
 */
bool
flat_cut(const double *piece, const double *edge, double distance, Interval *cut)
{
	double		u[2] = {piece[2] - piece[0], piece[3] - piece[1]};
	double		v[2] = {edge[2] - edge[0], edge[3] - edge[1]};
	double		w[2] = {piece[0] - edge[0], piece[1] - edge[1]};
	double		vv = v[0] * v[0] + v[1] * v[1];
	double		reach = distance * sqrt(vv);
	double		low = 0.0;
	double		high = 1.0;

	cut->low = 1.0;
	cut->high = 0.0;
	take_ball(piece, u, edge, distance, cut);
	take_ball(piece, u, edge + 2, distance, cut);
	if (vv > 0.0 &&
		within_slab(w[0] * v[1] - w[1] * v[0] + reach, u[0] * v[1] - u[1] * v[0],
					2.0 * reach, &low, &high) &&
		within_slab(w[0] * v[0] + w[1] * v[1], u[0] * v[0] + u[1] * v[1], vv, &low, &high))
	{
		cut->low = lesser(cut->low, low);
		cut->high = greater(cut->high, high);
	}
	return cut->low <= cut->high;
}
