/*
 * sides.h - does an edge miss a box?
 *
 * The question that most pairs of edges end with, so it is asked for both
 * coordinates at once where the processor can.  Private to the core.
 */
#ifndef MF_CORE_SIDES_H
#define MF_CORE_SIDES_H

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "crossing.h"
#include "mf_store.h"

/* Sides in degrees, with what counts as near around them. */
typedef struct Sides
{
#ifdef __SSE2__
	__m128d		low;
	__m128d		high;
#else
	double		low[2];
	double		high[2];
#endif
} Sides;

#ifdef __SSE2__

static inline bool
edge_misses(const double *edge, const Sides *sides)
{
	__m128d		p = _mm_loadu_pd(edge);
	__m128d		q = _mm_loadu_pd(edge + 2);

	return _mm_movemask_pd(_mm_or_pd(_mm_cmplt_pd(_mm_max_pd(p, q), sides->low),
									 _mm_cmpgt_pd(_mm_min_pd(p, q), sides->high))) != 0;
}

static inline void
sides_of_edge(Sides *sides, const double *edge)
{
	__m128d		p = _mm_loadu_pd(edge);
	__m128d		q = _mm_loadu_pd(edge + 2);
	__m128d		near = _mm_set1_pd(NEAR_DEGREES);

	sides->low = _mm_sub_pd(_mm_min_pd(p, q), near);
	sides->high = _mm_add_pd(_mm_max_pd(p, q), near);
}

static inline void
sides_of_run(Sides *sides, const MfTree *tree, uint32_t run)
{
	sides->low = _mm_set_pd(tree->ymin[run] - NEAR_DEGREES, tree->xmin[run] - NEAR_DEGREES);
	sides->high = _mm_set_pd(tree->ymax[run] + NEAR_DEGREES, tree->xmax[run] + NEAR_DEGREES);
}

#else

static inline bool
edge_misses(const double *edge, const Sides *sides)
{
	return ((edge[0] < sides->low[0]) & (edge[2] < sides->low[0])) |
		((edge[0] > sides->high[0]) & (edge[2] > sides->high[0])) |
		((edge[1] < sides->low[1]) & (edge[3] < sides->low[1])) |
		((edge[1] > sides->high[1]) & (edge[3] > sides->high[1]));
}

static inline void
sides_of_edge(Sides *sides, const double *edge)
{
	for (int d = 0; d < 2; d++)
	{
		sides->low[d] = (edge[d] < edge[d + 2] ? edge[d] : edge[d + 2]) - NEAR_DEGREES;
		sides->high[d] = (edge[d] < edge[d + 2] ? edge[d + 2] : edge[d]) + NEAR_DEGREES;
	}
}

static inline void
sides_of_run(Sides *sides, const MfTree *tree, uint32_t run)
{
	*sides = (Sides) {{tree->xmin[run] - NEAR_DEGREES, tree->ymin[run] - NEAR_DEGREES},
	{tree->xmax[run] + NEAR_DEGREES, tree->ymax[run] + NEAR_DEGREES}};
}

#endif

#endif							/* MF_CORE_SIDES_H */
