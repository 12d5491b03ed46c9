/*
 * near_runs.c - which runs may be nearest to a point
 *
 * Down the tree of runs, nearest first, in the plane about the point.
 */
#include "near_runs.h"

#include <math.h>

#include "float_out.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define FAN		MF_TREE_FANOUT

/* More than a distance measured later is off, m. */
#define HAIR_M			0.01
/* What differences of floats are rounded by, and more. */
#define FLOAT_HAIR		1e-6

/* So many radians away, with all that may be as near over ground. */
static double
angle_of(double distance)
{
	return distance * (1.0 + 2.0 * FLAT_SHARE) / MF_RADIUS_LEAST;
}

/* Something is as near as this, squared; where that is too far, no limit is known. */
static void
come_nearer(NearRuns *near, double square)
{
	double		distance = sqrt(square);
	double		share = flat_share(&near->flat, angle_of(distance));

	near->best = square;
	if (!(share <= FLAT_SHARE))
		return;
	distance = distance * (1.0 + share) / (1.0 - share) + HAIR_M;
	near->limit = distance * distance;
}

/* False: there are too many. */
static bool
keep_run(NearRuns *near, uint32_t run, double square)
{
	if (near->n == MOST_NEAR_RUNS)
	{
		uint32_t	kept = 0;

		for (uint32_t i = 0; i < near->n; i++)
		{
			if (near->apart[i] <= near->limit)
			{
				near->runs[kept] = near->runs[i];
				near->apart[kept++] = near->apart[i];
			}
		}
		near->n = kept;
	}
	if (near->n == MOST_NEAR_RUNS)
		return false;
	near->runs[near->n] = run;
	near->apart[near->n++] = square;
	return true;
}

static double
run_apart(const NearRuns *near, const MfRuns *runs, uint32_t r)
{
	const MfRun *run = &runs->runs[r];
	const double *xy = runs->store->xy + 2 * (size_t) run->first;
	double		least = INFINITY;

	if (run->nedges == 0)
		return near_edge(near, xy, xy);
	for (uint32_t i = 0; i < run->nedges; i++, xy += 2)
	{
		double		square = near_edge(near, xy, xy + 2);

		least = square < least ? square : least;
	}
	return least;
}

/* ---- boxes: no more than the squares of their distances, sixteen at a time ---- */

/* The point between two floats each way, and the scale. */
typedef struct FloatPlace
{
	float		west;			/* not east of p */
	float		east;			/* not west of p */
	float		south;
	float		north;
	float		mx;
	float		my;
} FloatPlace;

static void
boxes_apart(const FloatPlace *place, const MfTree *tree, uint32_t at, uint32_t n, float *square)
{
#ifdef __SSE2__
	__m128		zero = _mm_setzero_ps();
	__m128		west = _mm_set1_ps(place->west);
	__m128		east = _mm_set1_ps(place->east);
	__m128		south = _mm_set1_ps(place->south);
	__m128		north = _mm_set1_ps(place->north);
	__m128		mx = _mm_set1_ps(place->mx);
	__m128		my = _mm_set1_ps(place->my);

	for (uint32_t i = 0; i < n; i += 4)
	{
		__m128		x = _mm_max_ps(_mm_sub_ps(_mm_loadu_ps(tree->xmin + at + i), east),
								   _mm_sub_ps(west, _mm_loadu_ps(tree->xmax + at + i)));
		__m128		y = _mm_max_ps(_mm_sub_ps(_mm_loadu_ps(tree->ymin + at + i), north),
								   _mm_sub_ps(south, _mm_loadu_ps(tree->ymax + at + i)));

		x = _mm_mul_ps(_mm_max_ps(x, zero), mx);
		y = _mm_mul_ps(_mm_max_ps(y, zero), my);
		_mm_storeu_ps(square + i, _mm_add_ps(_mm_mul_ps(x, x), _mm_mul_ps(y, y)));
	}
#else
	for (uint32_t i = 0; i < n; i++)
	{
		float		x = fmaxf(fmaxf(tree->xmin[at + i] - place->east,
									place->west - tree->xmax[at + i]), 0.0f) * place->mx;
		float		y = fmaxf(fmaxf(tree->ymin[at + i] - place->north,
									place->south - tree->ymax[at + i]), 0.0f) * place->my;

		square[i] = x * x + y * y;
	}
#endif
}

static bool
search_leaf(NearRuns *near, const MfRuns *runs, uint32_t r)
{
	double		square = run_apart(near, runs, r);

	if (square < near->best)
		come_nearer(near, square);
	return square > near->limit || keep_run(near, r, square);
}

/* The children of a node, the nearest first.  False: there are too many. */
static bool
search_node(NearRuns *near, const FloatPlace *place, const MfRuns *runs, int level, uint32_t node)
{
	const MfTree *tree = &runs->tree;
	uint32_t	first = node * FAN;
	uint32_t	left;
	float		squares[FAN];
	float		apart[FAN];
	uint32_t	children[FAN];
	uint32_t	n = 0;

	if (level == 0)
		return search_leaf(near, runs, node);
	left = tree->counts[level - 1] - first;
	left = left < FAN ? left : FAN;
	boxes_apart(place, tree, tree->starts[level - 1] + first, left, squares);
	for (uint32_t k = 0; k < left; k++)
	{
		uint32_t	i = n;

		if (squares[k] > near->limit)
			continue;
		for (; i > 0 && apart[i - 1] > squares[k]; i--)
		{
			apart[i] = apart[i - 1];
			children[i] = children[i - 1];
		}
		apart[i] = squares[k];
		children[i] = first + k;
		n++;
	}
	for (uint32_t i = 0; i < n && apart[i] <= near->limit; i++)
	{
		if (!search_node(near, place, runs, level - 1, children[i]))
			return false;
	}
	return true;
}

bool
near_runs_find(NearRuns *near, const MfRuns *runs, const double *p, uint32_t hint)
{
	FloatPlace	place;
	uint32_t	kept = 0;

	if (runs->tree.nlevels == 0 || !flat_about(&near->flat, p[0], p[1]))
		return false;
	near->best = near->limit = INFINITY;
	near->n = 0;
	place.west = float_below(p[0]);
	place.east = float_above(p[0]);
	place.south = float_below(p[1]);
	place.north = float_above(p[1]);
	place.mx = (float) (near->flat.mx * (1.0 - FLOAT_HAIR));
	place.my = (float) (near->flat.my * (1.0 - FLOAT_HAIR));
	if (hint != MF_NONE)
		come_nearer(near, run_apart(near, runs, hint));
	if (!search_node(near, &place, runs, runs->tree.nlevels - 1, 0) ||
		near->limit == INFINITY ||
		!flat_is_whole(&near->flat, p[0], angle_of(sqrt(near->limit))))
		return false;
	for (uint32_t i = 0; i < near->n; i++)
	{
		if (near->apart[i] <= near->limit)
			near->runs[kept++] = near->runs[i];
	}
	near->n = kept;
	return true;
}
