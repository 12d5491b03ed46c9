/*
 * line_cover.h - the state of a walk along a line, for the files that walk
 *
 * line_cover.c finds what of each piece is covered, line_stretch.c joins what
 * is not.  Private to the core.
 */
#ifndef MF_CORE_LINE_COVER_H
#define MF_CORE_LINE_COVER_H

#include "mf_lines.h"

#include <math.h>

#include "capsule.h"
#include "line_flat.h"

/*
 * Pieces of the line that share one search of the tree: so many, of no more
 * length than this and four times the distance.
 */
#define BATCH			16
#define BATCH_M			200.0

/* Runs kept in space, as a power of two: far more than are near at a time. */
#define CACHE_BITS		8
#define CACHE			(1u << CACHE_BITS)

/* The stretch that is growing, and how its longest piece is found. */
typedef struct Stretch
{
	bool		open;
	MfLineGap	gap;
	double		longest;
	double		inner[2];		/* the middle of its longest piece */
} Stretch;

/* An edge that covered a whole piece of the line by itself. */
typedef struct Coverer
{
	bool		known;
	LineFlat	plane;
	FlatEdge	edge;
} Coverer;

/* Edges of a run of which the plane is not sure: a bit each. */
typedef struct Unsure
{
	uint32_t	run;
	uint32_t	edges;
} Unsure;

#define MOST_UNSURE		64

typedef struct Cover
{
	const MfRuns *runs;
	const MfMemory *memory;
	double		distance;
	double		chord;			/* of the distance */
	double		most_sway;		/* of pieces that are good as they are */
	double		most_rise;
	double		line_sway;		/* of pieces of the line */
	SpaceRun   *cache;			/* [CACHE] */

	Piece		pieces[BATCH];
	uint32_t	edges[BATCH];	/* of the line */
	bool		breaks[BATCH];	/* does the line begin anew there? */
	double		windows[BATCH][4];	/* what is outside is too far: west, south, east, north */
	double		ends[BATCH][4]; /* lon/lat */
	LineFlat	plane;			/* about all of them */
	FlatPiece	flat[BATCH];	/* and they in it */
	uint32_t	npieces;
	double		batch_m;		/* about their length */

	uint32_t   *near;			/* runs near the batch */
	size_t		nnear;
	size_t		near_room;

	Interval   *covered;		/* of the piece at hand */
	size_t		ncovered;
	size_t		covered_room;
	bool		all;			/* covered from end to end */
	Coverer		coverer;		/* the last */

	Unsure		unsure[MOST_UNSURE];	/* runs near the piece at hand */
	uint32_t	nunsure;

	double		along;			/* metres up to the piece at hand */
	uint32_t	part;			/* how often the line has begun anew */
	uint32_t	last_part;		/* when the last gap was found */
	Stretch		stretch;
	MfLineGaps *found;
	size_t		found_room;
	MfStatus	status;
} Cover;

/* Pieces that stray sideways by more of their length are measured by quadrature. */
#define STRAIGHT_SHARE	3e-5

#define MEAN_RADIUS		6371008.8

/* Metres along a piece that hardly curves: as long as an arc of the mean radius. */
static inline double
straight_length(double chord2)
{
	return sqrt(chord2) * (1.0 + chord2 / (24.0 * MEAN_RADIUS * MEAN_RADIUS));
}

/* ---- line_stretch.c: stretches that nothing covers ---- */

/* Metres along a piece: where it curves too much to be straight, by Gauss's rule. */
extern double piece_length(const Piece *piece);
/* The part low to high of a piece is not covered. */
extern void stretch_add(Cover *cover, const Piece *piece, uint32_t edge, double length,
						double low, double high);
/* What follows is covered, or the line ends. */
extern void stretch_close(Cover *cover);

#endif							/* MF_CORE_LINE_COVER_H */
