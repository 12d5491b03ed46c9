/*
 * crossing.c - how edges of different records cross, decided without ties
 */
#include "crossing.h"

#include <float.h>
#include <math.h>

#include "expansion.h"
#include "mf_core.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define ROUNDING	(DBL_EPSILON / 2)
#define CROSS_BOUND	((3.0 + 16.0 * ROUNDING) * ROUNDING)

/* Keeps products of four small coordinates from vanishing. */
#define EXACT_SCALE	0x1p100

#define MOST_PARTS	1100		/* 2 * 16 * 16 products of two parts each */

static int
sign_of(double x)
{
	return x > 0.0 ? 1 : x < 0.0 ? -1 : 0;
}

/* (b - a) x (p - a) of an edge, and a bound of what rounding did to it. */
static inline double
cross_at(const double *edge, const double *p, double *bound)
{
	double		left = (edge[2] - edge[0]) * (p[1] - edge[1]);
	double		right = (edge[3] - edge[1]) * (p[0] - edge[0]);

	*bound = CROSS_BOUND * (fabs(left) + fabs(right)) + DBL_MIN;
	return left - right;
}

/*
 * The side of p when it lies on the edge's line: p moves against the edge by
 * the vector of whichever record comes first.
 */
static int
moved_side(const double *edge, uint32_t edge_rank, uint32_t p_rank)
{
	int			sign = sign_of(edge[1] - edge[3]);

	if (sign == 0)
		sign = sign_of(edge[2] - edge[0]);
	return p_rank < edge_rank ? sign : -sign;
}

static int
side_from(const double *edge, uint32_t edge_rank, const double *p,
		  uint32_t p_rank, double cross, double bound)
{
	int			sign;

	if (fabs(cross) > bound)
		return cross > 0.0 ? 1 : -1;
	sign = orient2d(edge, edge + 2, p);
	return sign != 0 ? sign : moved_side(edge, edge_rank, p_rank);
}

int
side_of(const double *edge, uint32_t edge_rank, const double *p, uint32_t p_rank)
{
	double		bound;
	double		cross = cross_at(edge, p, &bound);

	return side_from(edge, edge_rank, p, p_rank, cross, bound);
}

/* Is p, whose cross with the edge's direction this is, near the edge? */
static bool
point_near(const double *edge, const double *p, double cross, double bound)
{
	double		reach = NEAR_DEGREES * (fabs(edge[2] - edge[0]) + fabs(edge[3] - edge[1]));

	if (fabs(cross) > reach + bound)
		return false;
	return (p[0] >= edge[0] - NEAR_DEGREES || p[0] >= edge[2] - NEAR_DEGREES) &&
		(p[0] <= edge[0] + NEAR_DEGREES || p[0] <= edge[2] + NEAR_DEGREES) &&
		(p[1] >= edge[1] - NEAR_DEGREES || p[1] >= edge[3] - NEAR_DEGREES) &&
		(p[1] <= edge[1] + NEAR_DEGREES || p[1] <= edge[3] + NEAR_DEGREES);
}

/* Both ends farther than near on one side of the edge's line. */
static inline bool
clear_of(const double *edge, double c1, double b1, double c2, double b2)
{
	double		reach = NEAR_DEGREES * (fabs(edge[2] - edge[0]) + fabs(edge[3] - edge[1]));

	return (c1 > reach + b1 && c2 > reach + b2) || (c1 < -reach - b1 && c2 < -reach - b2);
}

#ifdef __SSE2__

void
vertices_aside(const double *edge, const double *xy, int n, uint32_t *left, uint32_t *right)
{
	double		dx = edge[2] - edge[0];
	double		dy = edge[3] - edge[1];
	__m128d		x = _mm_set1_pd(edge[0]);
	__m128d		y = _mm_set1_pd(edge[1]);
	__m128d		w = _mm_set1_pd(dx);
	__m128d		h = _mm_set1_pd(dy);
	__m128d		reach = _mm_set1_pd(NEAR_DEGREES * (fabs(dx) + fabs(dy)) + DBL_MIN);
	__m128d		share = _mm_set1_pd(CROSS_BOUND);
	__m128d		sign = _mm_set1_pd(-0.0);

	*left = *right = 0;
	for (int i = 0; i < n; i += 2)
	{
		/* of an odd number the last one twice */
		__m128d		p = _mm_loadu_pd(xy + 2 * i);
		__m128d		q = _mm_loadu_pd(xy + 2 * (i + 1 < n ? i + 1 : i));
		__m128d		a = _mm_mul_pd(w, _mm_sub_pd(_mm_unpackhi_pd(p, q), y));
		__m128d		b = _mm_mul_pd(h, _mm_sub_pd(_mm_unpacklo_pd(p, q), x));
		__m128d		cross = _mm_sub_pd(a, b);
		__m128d		bound = _mm_add_pd(_mm_mul_pd(share, _mm_add_pd(_mm_andnot_pd(sign, a),
																	_mm_andnot_pd(sign, b))), reach);

		*left |= (uint32_t) _mm_movemask_pd(_mm_cmpgt_pd(cross, bound)) << i;
		*right |= (uint32_t) _mm_movemask_pd(_mm_cmplt_pd(cross, _mm_xor_pd(sign, bound))) << i;
	}
}

#else

void
vertices_aside(const double *edge, const double *xy, int n, uint32_t *left, uint32_t *right)
{
	double		reach = NEAR_DEGREES * (fabs(edge[2] - edge[0]) + fabs(edge[3] - edge[1]));

	*left = *right = 0;
	for (int i = 0; i < n; i++)
	{
		double		bound;
		double		cross = cross_at(edge, xy + 2 * i, &bound);

		*left |= (uint32_t) (cross > reach + bound) << i;
		*right |= (uint32_t) (cross < -(reach + bound)) << i;
	}
}

#endif

bool
edges_near(const double *edge, const double *other)
{
	double		bound;
	double		cross;

	for (int i = 0; i < 4; i += 2)
	{
		cross = cross_at(edge, other + i, &bound);
		if (point_near(edge, other + i, cross, bound))
			return true;
		cross = cross_at(other, edge + i, &bound);
		if (point_near(other, edge + i, cross, bound))
			return true;
	}
	return false;
}

/*
 * An edge whose ends lie on different sides of another's line, at these
 * crosses and bounds: how far along it the line is.
 */
static void
place_crossing(Crossing *crossing, double from, double from_bound, double to, double to_bound)
{
	double		width = fabs(from - to);
	double		bound = from_bound + to_bound;

	if (width > 4 * bound)
	{
		crossing->t = fabs(from) / width;
		crossing->slack = 2 * bound / width + 4 * DBL_EPSILON;
	}
	else
	{
		/* as good as parallel: anywhere */
		crossing->t = 0.5;
		crossing->slack = 2.0;
	}
}

bool
edges_cross(const double *edge, uint32_t rank, const double *other,
			uint32_t other_rank, Crossing *crossing, Crossing *reverse, bool *near)
{
	double		b1,
				b2,
				b3,
				b4;
	double		c1 = cross_at(edge, other, &b1);
	double		c2 = cross_at(edge, other + 2, &b2);
	double		c3,
				c4;
	int			from,
				to;

	if (clear_of(edge, c1, b1, c2, b2))
		return false;
	c3 = cross_at(other, edge, &b3);
	c4 = cross_at(other, edge + 2, &b4);
	if (clear_of(other, c3, b3, c4, b4))
		return false;
	if (point_near(edge, other, c1, b1) || point_near(edge, other + 2, c2, b2) ||
		point_near(other, edge, c3, b3) || point_near(other, edge + 2, c4, b4))
		*near = true;
	if (side_from(edge, rank, other, other_rank, c1, b1) ==
		side_from(edge, rank, other + 2, other_rank, c2, b2))
		return false;
	from = side_from(other, other_rank, edge, rank, c3, b3);
	to = side_from(other, other_rank, edge + 2, rank, c4, b4);
	if (from == to)
		return false;

	crossing->edge = edge;
	crossing->other = other;
	crossing->rank = other_rank;
	crossing->turn = to;
	crossing->sine = fabs(c3 - c4) /
		((fabs(edge[2] - edge[0]) + fabs(edge[3] - edge[1])) *
		 (fabs(other[2] - other[0]) + fabs(other[3] - other[1])));
	place_crossing(crossing, c3, b3, c4, b4);
	if (reverse != NULL)
	{
		*reverse = (Crossing) {.edge = other, .other = edge, .rank = rank, .turn = -to};
		reverse->sine = crossing->sine;
		place_crossing(reverse, c1, b1, c2, b2);
	}
	return true;
}

/* ---- the order of crossings along an edge ---- */

/* The difference of two coordinates, scaled, in two parts. */
static void
difference(double a, double b, double *parts)
{
	parts[1] = exact_sum(a * EXACT_SCALE, -b * EXACT_SCALE, &parts[0]);
}

/*
 * (q - p) x (s - r), exactly: up to 16 parts.
 */
static int
exact_cross(const double *p, const double *q, const double *r, const double *s,
			double *parts)
{
	double		ux[2],
				uy[2],
				vx[2],
				vy[2];
	int			n = 0;

	difference(q[0], p[0], ux);
	difference(q[1], p[1], uy);
	difference(s[0], r[0], vx);
	difference(s[1], r[1], vy);
	for (int i = 0; i < 2; i++)
	{
		for (int j = 0; j < 2; j++)
		{
			if (ux[i] != 0.0 && vy[j] != 0.0)
				n = parts_add_product(parts, n, ux[i], vy[j]);
			if (uy[i] != 0.0 && vx[j] != 0.0)
				n = parts_add_product(parts, n, -uy[i], vx[j]);
		}
	}
	return n;
}

/* The sign of the cross product of the directions of two edges. */
static int
direction_cross(const double *a, const double *b)
{
	double		parts[32];

	return parts_sign(parts, exact_cross(a, a + 2, b, b + 2, parts));
}

/*
 * The sign of t(a) - t(b) along the edge, exactly: t is the share n / d with
 * n = f x (edge - f), d = f x -edge.
 */
static int
compare_exactly(const double *edge, const double *a, const double *b)
{
	double		na[32],
				da[32],
				nb[32],
				db[32];
	double		parts[MOST_PARTS];
	int			nna = exact_cross(a, a + 2, a, edge, na);
	int			nda = exact_cross(a, a + 2, edge + 2, edge, da);
	int			nnb = exact_cross(b, b + 2, b, edge, nb);
	int			ndb = exact_cross(b, b + 2, edge + 2, edge, db);
	int			n = 0;

	for (int i = 0; i < nna; i++)
		for (int j = 0; j < ndb; j++)
			n = parts_add_product(parts, n, na[i], db[j]);
	for (int i = 0; i < nnb; i++)
		for (int j = 0; j < nda; j++)
			n = parts_add_product(parts, n, -nb[i], da[j]);
	return parts_sign(parts, n) * parts_sign(da, nda) * parts_sign(db, ndb);
}

/*
 * What the component (1, 0) or (0, 1) of one record's vector does to t(a) -
 * t(b).  It moves a, b or the edge itself, which counts against both: t of f
 * grows by (w x f) / (edge x f), and for two that move alike
 * (w x a)(edge x b) - (w x b)(edge x a) = (w x edge)(a x b).
 */
static int
moved_order(const double *edge, const Crossing *a, const Crossing *b,
			int moves_a, int moves_b, bool along_x)
{
	int			w[3];
	const double *edges[3];
	int			da = direction_cross(edge, a->other);
	int			db = direction_cross(edge, b->other);

	edges[0] = edge;
	edges[1] = a->other;
	edges[2] = b->other;
	for (int i = 0; i < 3; i++)
		w[i] = along_x ? sign_of(edges[i][3] - edges[i][1]) : sign_of(edges[i][0] - edges[i][2]);
	if (moves_a != 0 && moves_b != 0)
		return w[0] == 0 ? 0 :
			moves_a * w[0] * direction_cross(a->other, b->other) * da * db;
	return moves_a * w[1] * da - moves_b * w[2] * db;
}

int
crossing_compare(const Crossing *a, const Crossing *b, uint32_t rank)
{
	const double *edge = a->edge;
	uint32_t	ranks[3] = {rank, a->rank, b->rank};
	int			order;

	if (edge != b->edge)
		return edge < b->edge ? -1 : 1;
	if (fabs(a->t - b->t) > a->slack + b->slack)
		return a->t < b->t ? -1 : 1;
	if (a->other == b->other)
		return 0;
	order = compare_exactly(edge, a->other, b->other);
	/* records in the order of their vectors */
	for (int i = 0; i < 3 && order == 0; i++)
	{
		uint32_t	first = UINT32_MAX;
		int			moves_a,
					moves_b;

		for (int k = 0; k < 3; k++)
		{
			if (ranks[k] < first)
				first = ranks[k];
		}
		moves_a = (a->rank == first) - (rank == first);
		moves_b = (b->rank == first) - (rank == first);
		order = moved_order(edge, a, b, moves_a, moves_b, true);
		if (order == 0)
			order = moved_order(edge, a, b, moves_a, moves_b, false);
		for (int k = 0; k < 3; k++)
		{
			if (ranks[k] == first)
				ranks[k] = UINT32_MAX;
		}
	}
	/* only of edges of one record that lie on each other */
	return order != 0 ? order : a->other < b->other ? -1 : 1;
}

/* ---- the point ---- */

/* A sum of two doubles that is good to about 104 bits. */
typedef struct Twofold
{
	double		high;
	double		low;
} Twofold;

static Twofold
twofold_sum(double a, double b)
{
	Twofold		sum;

	sum.high = exact_sum(a, b, &sum.low);
	return sum;
}

static Twofold
twofold_product(Twofold a, Twofold b)
{
	double		error;
	double		product = exact_product(a.high, b.high, &error);

	return twofold_sum(product, error + (a.high * b.low + a.low * b.high));
}

static Twofold
twofold_add(Twofold a, Twofold b)
{
	double		error;
	double		sum = exact_sum(a.high, b.high, &error);

	return twofold_sum(sum, error + (a.low + b.low));
}

static Twofold
twofold_cross(const double *p, const double *q, const double *r, const double *s)
{
	Twofold		uy = twofold_sum(q[1], -p[1]);
	Twofold		vx = twofold_sum(s[0], -r[0]);
	Twofold		left = twofold_product(twofold_sum(q[0], -p[0]), twofold_sum(s[1], -r[1]));
	Twofold		right = twofold_product(uy, vx);

	right.high = -right.high;
	right.low = -right.low;
	return twofold_add(left, right);
}

/* a + t (b - a) */
static double
point_along(double a, double b, Twofold t)
{
	Twofold		way = twofold_product(twofold_sum(b, -a), t);
	Twofold		there = twofold_add((Twofold) {a, 0.0}, way);

	return there.high;
}

void
crossing_point(const double *edge, const double *other, double *p)
{
	Twofold		n = twofold_cross(other, other + 2, other, edge);
	Twofold		d = twofold_cross(other, other + 2, edge + 2, edge);
	Twofold		t;

	/* long division, two digits of it */
	t.high = n.high / d.high;
	if (!(t.high > 0.0))
		t = (Twofold) {0.0, 0.0};
	else if (t.high > 1.0)
		t = (Twofold) {1.0, 0.0};
	else
	{
		Twofold		rest = twofold_product(d, (Twofold) {-t.high, 0.0});

		rest = twofold_add(n, rest);
		t = twofold_sum(t.high, rest.high / d.high);
	}
	p[0] = point_along(edge[0], edge[2], t) + 0.0;
	p[1] = point_along(edge[1], edge[3], t) + 0.0;
}
