/*
 * capsule.h - edges and runs of edges in space, and what lies near them
 *
 * Private to the core.
 */
#ifndef MF_CORE_CAPSULE_H
#define MF_CORE_CAPSULE_H

#include "mf_lines.h"
#include "space.h"

/* More than coordinates in space are rounded, m. */
#define MF_SPACE_HAIR	1e-7

/* A stretch of an edge, in space. */
typedef struct Piece
{
	const double *from;			/* lon/lat of the edge's ends */
	const double *to;
	double		t0;
	double		t1;
	double		p[3];			/* begins here */
	double		u[3];			/* and goes so far */
	double		middle[3];
	double		reach;			/* no point of it is farther from the middle */
	double		sway;			/* how far it strays from its chord sideways */
	double		rise;			/* and up */
} Piece;

#define SPACE_PIECES	48
#define MOST_CUTS		8

/*
 * A run in space: its edges, those that stray far from their chords cut into
 * pieces of the same length as long as few will do.
 */
typedef struct SpaceRun
{
	uint32_t	run;
	uint32_t	npieces;		/* a point is an edge of no length */
	double		middle[3];
	double		reach;
	double		x[SPACE_PIECES + 1][3];
	float		sway[SPACE_PIECES];
	float		rise[SPACE_PIECES];
	float		reaches[SPACE_PIECES];	/* of the pieces, rounded up */
	uint8_t		edge[SPACE_PIECES];
	uint8_t		number[SPACE_PIECES];	/* piece number of so many */
	uint8_t		of[SPACE_PIECES];
} SpaceRun;

typedef struct Interval
{
	double		low;
	double		high;
} Interval;

/* All but the strays, from where an edge's piece begins and ends. */
static inline void
piece_set(Piece *piece, const double *from, const double *to, const double *p,
		  const double *q, double sway, double rise)
{
	piece->from = from;
	piece->to = to;
	piece->t0 = 0.0;
	piece->t1 = 1.0;
	for (int d = 0; d < 3; d++)
	{
		piece->p[d] = p[d];
		piece->u[d] = q[d] - p[d];
		piece->middle[d] = (p[d] + q[d]) / 2;
	}
	piece->sway = sway;
	piece->rise = rise;
	piece->reach = sqrt(dot(piece->u, piece->u)) / 2 + sway + rise + MF_SPACE_HAIR;
}

static inline double
greater(double a, double b)
{
	return a > b ? a : b;
}

static inline double
lesser(double a, double b)
{
	return a < b ? a : b;
}

static inline bool
too_far(const double *middle, double reach, const Piece *piece, double chord)
{
	double		limit = reach + piece->reach + chord;
	double		x = middle[0] - piece->middle[0];
	double		y = middle[1] - piece->middle[1];
	double		z = middle[2] - piece->middle[2];

	return x * x + y * y + z * z > limit * limit;
}

extern void piece_cut(Piece *piece, SpaceOrigin *origin, const double *from,
					  const double *to, double t0, double t1);
/* Pieces that stray by no more are good as they are. */
extern void space_run_make(SpaceRun *space, const MfRuns *runs, uint32_t r,
						   double most_sway, double most_rise);

/*
 * The part of a piece that lies within a chord's length of another, both taken
 * as straight; false: none.
 */
extern bool capsule_cut(const Piece *piece, const Piece *edge, double chord,
						Interval *cut);

/*
 * The same in a plane, of two segments each given by its ends, for distances
 * far smaller than they are long.
 */
extern bool flat_cut(const double *piece, const double *edge, double distance,
					 Interval *cut);

#endif							/* MF_CORE_CAPSULE_H */
