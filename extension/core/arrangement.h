/*
 * arrangement.h - what the steps of the arrangement hand to each other
 *
 * walk.c goes round every ring and finds pieces of boundary, link.c joins
 * them into rings, mend.c cleans the rings whose edges touch, polygons.c makes
 * polygons of them.  Private to the core.
 */
#ifndef MF_CORE_ARRANGEMENT_H
#define MF_CORE_ARRANGEMENT_H

#include "mf_arrangement.h"

#include "crossing.h"
#include "edge_area.h"
#include "edge_index.h"

#define AOI_RANK	UINT32_MAX	/* after all records */

/* ---- ways of vertices, and the rings of the result ---- */

/* Vertices, and for each whether the edge to the next comes near another. */
typedef struct Vertices
{
	const MfMemory *memory;
	double	   *xy;
	uint8_t    *marks;
	size_t		n;
	size_t		xy_room;
	size_t		mark_room;
} Vertices;

/* Room for so many more. */
extern bool vertices_reserve(Vertices *vertices, size_t more);
/* Turn round n of them from first on. */
extern void vertices_turn(Vertices *vertices, size_t first, size_t n);
extern void vertices_free(Vertices *vertices);

typedef struct OutRing
{
	size_t		first;			/* vertex */
	uint32_t	n;				/* vertices, the first repeated */
	bool		touched;		/* has marked edges: mend it */
} OutRing;

/* Closed ways with the gap on their left. */
typedef struct OutRings
{
	Vertices	vertices;
	OutRing    *rings;
	size_t		n;
	size_t		room;
} OutRings;

/* The next n vertices, already written, are a ring. */
extern bool rings_add(OutRings *rings, size_t n, bool touched);
extern void rings_free(OutRings *rings);

/* ---- sorting, sort.c ---- */

/*
 * qsort() that can be interrupted, in no order of equals; needs as much memory
 * again for many.  On any status but MF_DONE the array holds anything.
 */
extern MfStatus array_sort(const MfMemory *memory, void *array, size_t n, size_t size,
						   int (*compare) (const void *, const void *));

/* Ask now and then, in a loop over i, whether to stop. */
static inline bool
loop_interrupted(size_t i)
{
	return i % 16384 == 16383 && mf_interrupted != NULL && mf_interrupted();
}

/* ---- segments whose ends are all that they have in common ---- */

/*
 * From its first point to its second, the gap on its left.  A quiet one leads
 * through vertices between them and comes near no other.
 */
typedef struct Segment
{
	double		p[2];
	double		q[2];
	size_t		between;		/* first vertex, among those of the rings */
	uint32_t	nbetween;
	bool		quiet;
	bool		fresh;			/* has not been compared with the others */
} Segment;

typedef struct Segments
{
	const MfMemory *memory;
	Segment    *at;
	size_t		n;
	size_t		room;
} Segments;

extern bool segments_add(Segments *segments, const double *p, const double *q);
/*
 * Cut segments where they cross or touch, and drop those that go back and
 * forth, until no two have more in common than an end.
 */
extern MfStatus segments_cut(Segments *segments);

/* ---- pieces of boundary between crossings ---- */

typedef struct Piece
{
	uint64_t	from;			/* the two edges that cross where it starts */
	uint64_t	to;
	size_t		first;			/* vertex */
	uint32_t	n;
	bool		touched;
} Piece;

typedef struct Pieces
{
	Vertices	vertices;
	Piece	   *pieces;
	size_t		n;
	size_t		room;
} Pieces;

extern void pieces_free(Pieces *pieces);

/* ---- sums of area, by how many records cover it ---- */

typedef struct Times
{
	const MfMemory *memory;
	size_t		n;
	size_t		room;
	struct Sum
	{
		double		sum;
		double		lost;		/* by rounding, to be added */
		double		bulk;		/* of what was added, signs ignored */
	}		   *sums;
} Times;

extern bool times_add(Times *times, uint32_t k, double m2);

/* ---- the steps ---- */

/*
 * Everything the walk finds.  pieces and rings stay empty when with_gaps is
 * false.
 */
typedef struct Findings
{
	bool		with_gaps;
	Times		times;
	Pieces		pieces;
	OutRings	rings;
} Findings;

extern MfStatus walk_all(Findings *findings, const MfStore *records, const MfStore *aoi);
/* Join the pieces; the rings are added to those that had no crossings. */
extern MfStatus link_pieces(OutRings *rings, const Pieces *pieces);
/* Replace the touched rings by rings that do not cross or run along others. */
extern MfStatus mend_rings(OutRings *rings);
/* Shells with their holes, in normal form. */
extern MfStatus polygons_make(MfArrangement *arrangement, const OutRings *rings);

#endif							/* MF_CORE_ARRANGEMENT_H */
