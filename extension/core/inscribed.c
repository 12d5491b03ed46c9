/*
 * inscribed.c - the largest circle that fits into a region
 *
 * Best-first search over squares (the idea of Garcia-Castellanos & Lombardo's
 * pole of inaccessibility, as quadtree with bounds): a square of half side h
 * whose centre lies d inside the region holds no point deeper than
 * d + h * sqrt(2), so squares that cannot beat the best centre found are
 * dropped.
 */
#include "mf_core.h"

#include <math.h>

#define ACROSS 24				/* first squares along the longer side */

static void
heap_push(MfSquare *heap, size_t *n, MfSquare square)
{
	size_t		i = (*n)++;

	while (i > 0 && heap[(i - 1) / 2].bound < square.bound)
	{
		heap[i] = heap[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	heap[i] = square;
}

static MfSquare
heap_pop(MfSquare *heap, size_t *n)
{
	MfSquare	top = heap[0];
	MfSquare	last = heap[--(*n)];
	size_t		i = 0;

	for (;;)
	{
		size_t		child = 2 * i + 1;

		if (child >= *n)
			break;
		if (child + 1 < *n && heap[child + 1].bound > heap[child].bound)
			child++;
		if (heap[child].bound <= last.bound)
			break;
		heap[i] = heap[child];
		i = child;
	}
	heap[i] = last;
	return top;
}

typedef struct Search
{
	MfSquare   *heap;
	size_t		n;
	size_t		size;
	double		best;
	double		tolerance;
	mf_depth	depth;
	void	   *arg;
} Search;

/* Still worth looking for: one part in two hundred, or the tolerance. */
static double
threshold(const Search *s)
{
	double		relative = s->best / 200.0;

	return s->best + (relative > s->tolerance ? relative : s->tolerance);
}

/* False: the depth could not be found. */
static bool
look(Search *s, double x, double y, double half)
{
	double		depth = s->depth(x, y, s->arg);
	MfSquare	square = {x, y, half, depth + half * 1.4142135623730951};

	if (isnan(depth))
		return false;
	if (depth > s->best)
		s->best = depth;
	if (half > 0 && square.bound > threshold(s) && s->n < s->size)
		heap_push(s->heap, &s->n, square);
	return true;
}

static bool
look_everywhere(Search *s, const double *min, const double *max)
{
	double		w = max[0] - min[0];
	double		h = max[1] - min[1];
	double		side = fmax(fmin(w, h), fmax(w, h) / ACROSS);
	int			nx = (int) ceil(w / side);
	int			ny = (int) ceil(h / side);

	for (int i = 0; i < nx; i++)
	{
		for (int j = 0; j < ny; j++)
		{
			if (!look(s, min[0] + (i + 0.5) * side, min[1] + (j + 0.5) * side,
					  side / 2))
				return false;
		}
	}
	return true;
}

double
inscribed_radius(const double *min, const double *max, const double *inside,
			  double tolerance, mf_depth depth, void *arg,
			  MfSquare *heap, size_t size)
{
	Search		s = {heap, 0, size, 0, tolerance, depth, arg};

	if (!(max[0] > min[0] || max[1] > min[1]))
		return 0;
	if (!look(&s, inside[0], inside[1], 0) || !look_everywhere(&s, min, max))
		return NAN;
	for (size_t steps = 0; s.n > 0 && steps < size; steps++)
	{
		MfSquare	q = heap_pop(s.heap, &s.n);
		double		half = q.half / 2;

		if (q.bound <= threshold(&s))
			break;
		if (mf_interrupted != NULL && mf_interrupted())
			return NAN;
		for (int k = 0; k < 4; k++)
		{
			if (!look(&s, q.x + (k & 1 ? half : -half),
					  q.y + (k & 2 ? half : -half), half))
				return NAN;
		}
	}
	return s.best;
}
