/*
 * near_runs.c - which runs may be nearest to a point
 *
 * Down the tree of runs, nearest first, in a plane: degrees times the metres
 * that a degree has at the point.  Edges that are straight in longitude and
 * latitude are straight there.  A way on the ellipsoid that stays within some
 * latitudes is longer or shorter than in the plane by no more than the scale
 * changes between them; so is the distance.  Neither the shortest way to
 * what is nearest nor that to what seems so leaves the latitudes that are as
 * far away as that.
 */
#include "near_runs.h"

#include <math.h>

#include "float_out.h"
#include "sphere.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define FAN		MF_TREE_FANOUT

/* Where the plane tells: no farther, and off by no more than this share. */
#define MOST_ANGLE		0.0157
#define MOST_SHARE		0.01
#define LEAST_COSINE	0.17

/* More than a distance measured later is off, m. */
#define HAIR_M			0.01
/* What differences of floats are rounded by, and more. */
#define FLOAT_HAIR		1e-6

/* By what share distances up to this, m, are off at most. */
static double
share_off(const NearRuns *near, double distance)
{
	double		angle = distance * (1.0 + 2.0 * MOST_SHARE) / MF_RADIUS_LEAST;

	/* parallels: the cosine, to the second order; radii change by less than the rest */
	return angle > MOST_ANGLE ? INFINITY : angle * (near->tangent + angle + 0.02);
}

/* Something is as near as this, squared; where that is too far, no limit is known. */
static void
come_nearer(NearRuns *near, double square)
{
	double		distance = sqrt(square);
	double		share = share_off(near, distance);

	near->best = square;
	if (!(share <= MOST_SHARE))
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

/* Does all that is within the limit lie in simple latitudes and longitudes? */
static bool
is_simple(const NearRuns *near)
{
	double		angle = sqrt(near->limit) / MF_RADIUS_LEAST;
	double		cosine = 1.0 / sqrt(1.0 + near->tangent * near->tangent);

	return near->limit < INFINITY &&
		fabs(near->p[0]) + angle / (cosine - angle) / MF_RADIANS < 179.0;
}

bool
near_runs_find(NearRuns *near, const MfRuns *runs, const double *p, uint32_t hint)
{
	MfPlane		plane;
	FloatPlace	place;
	double		cosine = cos_degrees(p[1]);
	uint32_t	kept = 0;

	if (!(cosine >= LEAST_COSINE) || runs->tree.nlevels == 0)
		return false;
	plane_about(&plane, p[0], p[1]);
	near->p[0] = p[0];
	near->p[1] = p[1];
	near->mx = plane.mx;
	near->my = plane.my;
	near->tangent = sqrt(1.0 - cosine * cosine) / cosine;
	near->best = near->limit = INFINITY;
	near->n = 0;
	place.west = float_below(p[0]);
	place.east = float_above(p[0]);
	place.south = float_below(p[1]);
	place.north = float_above(p[1]);
	place.mx = (float) (plane.mx * (1.0 - FLOAT_HAIR));
	place.my = (float) (plane.my * (1.0 - FLOAT_HAIR));
	if (hint != MF_NONE)
		come_nearer(near, run_apart(near, runs, hint));
	if (!search_node(near, &place, runs, runs->tree.nlevels - 1, 0) || !is_simple(near))
		return false;
	for (uint32_t i = 0; i < near->n; i++)
	{
		if (near->apart[i] <= near->limit)
			near->runs[kept++] = near->runs[i];
	}
	near->n = kept;
	return true;
}
