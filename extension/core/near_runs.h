/*
 * near_runs.h - which runs may be nearest to a point
 *
 * Private to the core.
 */
#ifndef MF_CORE_NEAR_RUNS_H
#define MF_CORE_NEAR_RUNS_H

#include "mf_lines.h"

#define MOST_NEAR_RUNS	64

typedef struct NearRuns
{
	double		p[2];
	double		mx;				/* metres per degree, there */
	double		my;
	double		tangent;		/* of the latitude */
	double		best;			/* least square of a distance in the plane */
	double		limit;			/* of what may be nearer in truth */
	uint32_t	n;
	uint32_t	runs[MOST_NEAR_RUNS];
	double		apart[MOST_NEAR_RUNS];	/* their squares */
} NearRuns;

/*
 * All runs that may be nearest to p over ground, few as a rule.  Where lon/lat
 * is taken as a plane with the scale of p, distances are off by a share that
 * grows with the distance; what is farther by more than that is not nearest.
 * hint is a run that may be near, MF_NONE: none is known.  False: too far
 * away, too near a pole or 180 degrees, or too many to tell.
 */
extern bool near_runs_find(NearRuns *near, const MfRuns *runs, const double *p, uint32_t hint);

/* The square of the distance of p from an edge in the plane. */
static inline double
near_edge(const NearRuns *near, const double *from, const double *to)
{
	double		ax = (from[0] - near->p[0]) * near->mx;
	double		ay = (from[1] - near->p[1]) * near->my;
	double		ux = (to[0] - from[0]) * near->mx;
	double		uy = (to[1] - from[1]) * near->my;
	double		along = -(ax * ux + ay * uy);
	double		square = ux * ux + uy * uy;
	double		t = along <= 0.0 ? 0.0 : (along >= square ? 1.0 : along / square);
	double		x = ax + t * ux;
	double		y = ay + t * uy;

	return x * x + y * y;
}

#endif							/* MF_CORE_NEAR_RUNS_H */
