/*
 * near_runs.h - which runs may be nearest to a point
 *
 * Private to the core.
 */
#ifndef MF_CORE_NEAR_RUNS_H
#define MF_CORE_NEAR_RUNS_H

#include "flat.h"
#include "mf_lines.h"

#define MOST_NEAR_RUNS	64

typedef struct NearRuns
{
	Flat		flat;			/* about the point */
	double		best;			/* least square of a distance in the plane */
	double		limit;			/* of what may be nearer in truth */
	uint32_t	n;
	uint32_t	runs[MOST_NEAR_RUNS];
	double		apart[MOST_NEAR_RUNS];	/* their squares */
} NearRuns;

/*
 * All runs that may be nearest to p over ground, few as a rule: in the plane
 * about p distances are off by a share that grows with the distance, and what
 * is farther by more than that is not nearest.  hint is a run that may be near, MF_NONE: none is known.  False: too far
 * away, too near a pole or 180 degrees, or too many to tell.
 */
extern bool near_runs_find(NearRuns *near, const MfRuns *runs, const double *p, uint32_t hint);

/* The square of the distance of the point from an edge in the plane. */
static inline double
near_edge(const NearRuns *near, const double *from, const double *to)
{
	static const double point[2] = {0.0, 0.0};
	double		a[2];
	double		u[2] = {(to[0] - from[0]) * near->flat.mx, (to[1] - from[1]) * near->flat.my};

	flat_place(&near->flat, from, a);
	return flat_apart2(point, a, u);
}

#endif							/* MF_CORE_NEAR_RUNS_H */
