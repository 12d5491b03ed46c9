/*
 * distance.c - geodesic distance between extents with straight lon/lat edges
 *
 * The pair of nearest points is searched for by branch and bound.  Bounds
 * come from three-dimensional space: an edge lies within its sag of the chord
 * between its ends, no way on the ellipsoid is shorter than the straight line
 * through it, and more closely, none of length L joins points farther apart
 * than 2 r sin(L / 2r), r being the ellipsoid's greatest radius of curvature.
 * (Along a geodesic the square f of the straight distance from its start has
 * f'' <= 2 - f/r^2, since a ball of radius r that touches the ellipsoid from
 * within at any point holds all of it.)  By how much a geodesic exceeds this
 * bound hardly changes from place to place, so one geodesic measured between
 * two pieces of edges bounds all others between them closely.  Pieces that
 * may hold the nearest points are halved until their sag does not matter.
 */
#include "mf_core.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "box_tree.h"
#include "space.h"

/* What cannot be better by more than this is not looked at: m, and share. */
#define PRUNE_M			2e-4
#define PRUNE_SHARE		1e-10

/* Pieces whose sags add up to less than this are not halved: m, and share. */
#define SAG_M			1e-4
#define SAG_SHARE		1e-10

/* Rounds of the last refinement, each with steps this much smaller. */
#define POLISH_ROUNDS	3
#define POLISH_SHRINK	0.05

/*
 * What a geodesic is longer than its bound changes by at most
 * EXCESS_SLOPE (length / MF_RADIUS_GREATEST)^2 for each metre that an end
 * moves, for lengths up to EXCESS_REACH.  Twice the most that is found there.
 */
#define EXCESS_SLOPE	0.0075
#define EXCESS_REACH	1e7

#define STEPS_PER_POLL	1024

/* A point in space, m, and the sag of the edge that starts there. */
typedef struct SidePoint
{
	double		x[3];
	double		sag;
} SidePoint;

typedef struct Side
{
	const double *xy;
	SidePoint *points;
	BoxTree		tree;
} Side;

/* The stretch of an edge between two parameters. */
typedef struct Piece
{
	const double *from;			/* lon/lat of the edge's ends */
	const double *to;
	double		t0;
	double		t1;
	double		p0[3];
	double		p1[3];
	double		sag;
} Piece;

typedef struct Search
{
	Side		a;
	Side		b;
	mf_geodesic geodesic;
	double		enough;
	double		best;
	const double *best_a[2];	/* the edges of the nearest points */
	const double *best_b[2];
	double		best_s;			/* and where on them */
	double		best_t;
	uint32_t	steps;
	bool		interrupted;
} Search;

/* ---- space ---- */

static double
boxes_apart(const double *a, const double *b)
{
	double		sum = 0.0;

	for (int d = 0; d < 3; d++)
	{
		double		gap = fmax(0.0, fmax(a[d] - b[3 + d], b[d] - a[3 + d]));

		sum += gap * gap;
	}
	return sqrt(sum);
}

/*
 * The least distance between two chords, and where: at an end of one of them
 * or between the lines.  Nearly parallel chords make the place vague, not the
 * distance, which is always that of the place.
 */
static double
chords_nearest(const Piece *p, const Piece *q, double *s, double *t)
{
	double		u[3],
				v[3],
				w[3];
	double		tries[5][2];
	double		least = INFINITY;
	double		a,
				b,
				c,
				d,
				e,
				det;

	for (int i = 0; i < 3; i++)
	{
		u[i] = p->p1[i] - p->p0[i];
		v[i] = q->p1[i] - q->p0[i];
		w[i] = p->p0[i] - q->p0[i];
	}
	a = dot(u, u);
	b = dot(u, v);
	c = dot(v, v);
	d = dot(u, w);
	e = dot(v, w);
	det = a * c - b * b;
	tries[0][0] = 0.0;
	tries[0][1] = c > 0.0 ? clamp(e / c) : 0.0;
	tries[1][0] = 1.0;
	tries[1][1] = c > 0.0 ? clamp((e + b) / c) : 0.0;
	tries[2][0] = a > 0.0 ? clamp(-d / a) : 0.0;
	tries[2][1] = 0.0;
	tries[3][0] = a > 0.0 ? clamp((b - d) / a) : 0.0;
	tries[3][1] = 1.0;
	tries[4][0] = det > 0.0 ? clamp((b * e - c * d) / det) : 0.0;
	tries[4][1] = det > 0.0 ? clamp((a * e - b * d) / det) : 0.0;
	for (int k = 0; k < 5; k++)
	{
		double		sum = 0.0;

		for (int i = 0; i < 3; i++)
		{
			double		diff = w[i] + tries[k][0] * u[i] - tries[k][1] * v[i];

			sum += diff * diff;
		}
		if (sum < least)
		{
			least = sum;
			*s = tries[k][0];
			*t = tries[k][1];
		}
	}
	return sqrt(least);
}

/* ---- pairs of edges ---- */

static bool
search_must_stop(Search *search)
{
	if (++search->steps % STEPS_PER_POLL == 0 && mf_interrupted != NULL && mf_interrupted())
		search->interrupted = true;
	return search->interrupted || search->best <= search->enough;
}

/* Can something at least this far away still matter? */
static bool
search_can_gain(const Search *search, double distance)
{
	return distance < search->best - (PRUNE_M + PRUNE_SHARE * search->best);
}

/*
 * Measure between two points of two edges and keep the least.
 */
static double
search_try(Search *search, const double *const *a, double s, const double *const *b, double t)
{
	double		p[2];
	double		q[2];
	double		distance;

	point_on(a[0], a[1], s, p);
	point_on(b[0], b[1], t, q);
	distance = search->geodesic(p[0], p[1], q[0], q[1]);
	if (distance < search->best)
	{
		search->best = distance;
		memcpy(search->best_a, a, sizeof(search->best_a));
		memcpy(search->best_b, b, sizeof(search->best_b));
		search->best_s = s;
		search->best_t = t;
	}
	return distance;
}

/*
 * The half of a piece: the first or the second.
 */
static Piece
piece_half(const Piece *piece, bool second)
{
	Piece		half = *piece;
	double		middle = (piece->t0 + piece->t1) / 2;
	double		lonlat[2];

	point_on(piece->from, piece->to, middle, lonlat);
	space_of(lonlat, second ? half.p0 : half.p1);
	if (second)
		half.t0 = middle;
	else
		half.t1 = middle;
	half.sag = piece->sag / 4;
	return half;
}

/* An upper bound of the length of a piece. */
static double
piece_length(const Piece *piece)
{
	double		sum = 0.0;

	for (int d = 0; d < 3; d++)
		sum += (piece->p1[d] - piece->p0[d]) * (piece->p1[d] - piece->p0[d]);
	return sqrt(sum) + 4.0 * piece->sag;
}

/*
 * A lower bound of the distance between two pieces whose chords are so far
 * apart and between which one distance, where the chords are nearest, has
 * been measured.  No point of a piece is farther than its length from where
 * was measured; and the bound from space holds, plus what a geodesic exceeds
 * it by there, less what that may change by within the pieces.
 */
static double
pieces_bound(const Piece *a, const Piece *b, double straight, double measured)
{
	double		sags = a->sag + b->sag;
	double		reach = piece_length(a) + piece_length(b);
	double		longest = (measured + reach) / MF_RADIUS_GREATEST;
	double		bound = geodesic_bound(fmax(0.0, straight - sags));
	double		least = fmax(bound, measured - reach);

	if (measured + reach > EXCESS_REACH)
		return least;
	return fmax(least, bound + (measured - geodesic_bound(straight + sags)) -
				EXCESS_SLOPE * longest * longest * reach);
}

/*
 * Search two pieces of edges.
 */
static void
pieces_search(Search *search, const Piece *a, const Piece *b)
{
	const double *edge_a[2] = {a->from, a->to};
	const double *edge_b[2] = {b->from, b->to};
	double		sags = a->sag + b->sag;
	double		s = 0.0;
	double		t = 0.0;
	double		straight = chords_nearest(a, b, &s, &t);
	double		measured;

	if (search_must_stop(search) ||
		!search_can_gain(search, geodesic_bound(fmax(0.0, straight - sags))))
		return;
	measured = search_try(search, edge_a, s == 1.0 ? a->t1 : a->t0 + s * (a->t1 - a->t0),
						  edge_b, t == 1.0 ? b->t1 : b->t0 + t * (b->t1 - b->t0));
	if (sags <= SAG_M + SAG_SHARE * search->best ||
		!search_can_gain(search, pieces_bound(a, b, straight, measured)))
		return;

	/* Halve the one that strays more; the nearer half first. */
	for (int turn = 0; turn < 2; turn++)
	{
		if (a->sag >= b->sag)
		{
			Piece		half = piece_half(a, (s > 0.5) != (turn == 1));

			pieces_search(search, &half, b);
		}
		else
		{
			Piece		half = piece_half(b, (t > 0.5) != (turn == 1));

			pieces_search(search, a, &half);
		}
	}
}

static Piece
piece_of_edge(const Side *side, uint32_t edge)
{
	uint32_t	end = side->tree.ends[edge];
	Piece		piece;

	piece.from = side->xy + 2 * (size_t) edge;
	piece.to = side->xy + 2 * (size_t) end;
	piece.t0 = 0.0;
	piece.t1 = 1.0;
	memcpy(piece.p0, side->points[edge].x, sizeof(piece.p0));
	memcpy(piece.p1, side->points[end].x, sizeof(piece.p1));
	piece.sag = side->points[edge].sag;
	return piece;
}

/* ---- trees of edges ---- */

/*
 * Make the tree of an extent's edges in space.
 */
static bool
side_make(Side *side, const MfExtent *extent)
{
	side->xy = extent->xy;
	side->points = malloc(extent->npoints * sizeof(SidePoint));
	if (side->points == NULL)
		return false;
	if (!box_tree_begin(&side->tree, 3, extent))
	{
		free(side->points);
		return false;
	}
	for (uint32_t i = 0; i < extent->npoints; i++)
		space_of(extent->xy + 2 * (size_t) i, side->points[i].x);
	for (uint32_t i = 0; i < extent->npoints; i++)
	{
		uint32_t	end = side->tree.ends[i];
		double	   *box = side->tree.boxes[0] + 6 * (size_t) i;
		double		sag = edge_sag(side->xy + 2 * (size_t) i, side->xy + 2 * (size_t) end);

		side->points[i].sag = sag;
		for (int d = 0; d < 3; d++)
		{
			box[d] = fmin(side->points[i].x[d], side->points[end].x[d]) - sag;
			box[3 + d] = fmax(side->points[i].x[d], side->points[end].x[d]) + sag;
		}
	}
	box_tree_finish(&side->tree);
	return true;
}

static void
side_free(Side *side)
{
	free(side->points);
	box_tree_free(&side->tree);
}

/*
 * Search two nodes: the children of the higher one, the nearest first.
 */
static void
nodes_search(Search *search, int level_a, uint32_t a, int level_b, uint32_t b)
{
	bool		open_a = level_a >= level_b;
	const BoxTree *tree = open_a ? &search->a.tree : &search->b.tree;
	int			level = open_a ? level_a : level_b;
	uint32_t	node = open_a ? a : b;
	const double *other = open_a ? box_tree_box(&search->b.tree, level_b, b) :
		box_tree_box(&search->a.tree, level_a, a);
	uint32_t	children[BOX_FANOUT];
	double		apart[BOX_FANOUT];
	int			n = 0;

	if (level == 0)
	{
		Piece		piece_a = piece_of_edge(&search->a, a);
		Piece		piece_b = piece_of_edge(&search->b, b);

		pieces_search(search, &piece_a, &piece_b);
		return;
	}
	for (uint32_t child = node * BOX_FANOUT;
		 child < box_tree_children_end(tree, level, node); child++)
	{
		double		distance = boxes_apart(box_tree_box(tree, level - 1, child), other);
		int			i = n++;

		for (; i > 0 && apart[i - 1] > distance; i--)
		{
			apart[i] = apart[i - 1];
			children[i] = children[i - 1];
		}
		apart[i] = distance;
		children[i] = child;
	}
	for (int i = 0; i < n; i++)
	{
		if (search_must_stop(search) || !search_can_gain(search, geodesic_bound(apart[i])))
			return;
		if (open_a)
			nodes_search(search, level_a - 1, children[i], level_b, b);
		else
			nodes_search(search, level_a, a, level_b - 1, children[i]);
	}
}

/* ---- the last digits ---- */

/*
 * Move one of the two places along its edge to where the square of the
 * distance, taken as a parabola, is least.
 */
static void
search_polish(Search *search, bool on_a, double step)
{
	const double *edge_a[2] = {search->best_a[0], search->best_a[1]};
	const double *edge_b[2] = {search->best_b[0], search->best_b[1]};
	double		s = search->best_s;
	double		t = search->best_t;
	double		middle = on_a ? s : t;
	double		low = fmax(0.0, middle - step);
	double		high = fmin(1.0, middle + step);
	double		f[3];
	double		left;
	double		right;
	double		least;

	if (low >= middle)
		middle = (low + high) / 2;
	else if (high <= middle)
		middle = (low + high) / 2;
	f[0] = search_try(search, edge_a, on_a ? low : s, edge_b, on_a ? t : low);
	f[1] = search_try(search, edge_a, on_a ? middle : s, edge_b, on_a ? t : middle);
	f[2] = search_try(search, edge_a, on_a ? high : s, edge_b, on_a ? t : high);

	/* The slopes of both halves, and where a straight slope passes zero. */
	left = (f[1] * f[1] - f[0] * f[0]) / (middle - low);
	right = (f[2] * f[2] - f[1] * f[1]) / (high - middle);
	if (!(right > left))
		return;
	least = (low + middle) / 2 - left * (high - low) / 2 / (right - left);
	least = clamp(least);
	search_try(search, edge_a, on_a ? least : s, edge_b, on_a ? t : least);
}

/*
 * The search ends within its tolerances of the least distance; a few steps
 * along the two edges bring out the digits below.
 */
static void
search_refine(Search *search)
{
	double		reach = fmax(10.0, search->best / 1000);

	for (int round = 0; round < POLISH_ROUNDS; round++)
	{
		for (int turn = 0; turn < 2; turn++)
		{
			const double *const *edge = turn == 0 ? search->best_a : search->best_b;
			double		length = hypot(edge[1][0] - edge[0][0], edge[1][1] - edge[0][1]) *
				MF_RADIANS * MF_WGS84_A;

			if (length > 0.0)
				search_polish(search, turn == 0, fmin(0.5, reach / length));
		}
		reach *= POLISH_SHRINK;
	}
}

/* ---- extents ---- */

/*
 * An order of two extents, so that the distance is the same both ways to the
 * last bit.
 */
static bool
is_in_order(const MfExtent *a, const MfExtent *b)
{
	if (a->npoints != b->npoints)
		return a->npoints < b->npoints;
	return memcmp(a->xy, b->xy, (size_t) a->npoints * 2 * sizeof(double)) <= 0;
}

/*
 * The distance between extents that do not touch.
 */
static double
search_run(Search *search)
{
	const double *edge_a[2] = {search->a.xy, search->a.xy};
	const double *edge_b[2] = {search->b.xy, search->b.xy};

	search->best = INFINITY;
	search_try(search, edge_a, 0.0, edge_b, 0.0);
	nodes_search(search, search->a.tree.nlevels - 1, 0, search->b.tree.nlevels - 1, 0);
	if (search->interrupted)
		return NAN;
	if (search->best > search->enough)
		search_refine(search);
	return search->best;
}

double
extent_distance(const MfExtent *a, const MfExtent *b, double enough, mf_geodesic geodesic)
{
	Search		search = {.geodesic = geodesic, .enough = enough};
	double		distance;

	if (a->npoints == 0 || b->npoints == 0)
		return INFINITY;
	if (extent_touches(a, b))
		return 0.0;
	if (!is_in_order(a, b))
	{
		const MfExtent *swap = a;

		a = b;
		b = swap;
	}
	if (a->npoints == 1 && b->npoints == 1)
		return geodesic(a->xy[0], a->xy[1], b->xy[0], b->xy[1]);
	if (!side_make(&search.a, a))
		return NAN;
	if (!side_make(&search.b, b))
	{
		side_free(&search.a);
		return NAN;
	}
	distance = search_run(&search);
	side_free(&search.a);
	side_free(&search.b);
	return distance;
}
