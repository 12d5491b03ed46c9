/*
 * line_flat.h - what a plane tells of pieces of a line and edges near them
 *
 * Private to the core.
 */
#ifndef MF_CORE_LINE_FLAT_H
#define MF_CORE_LINE_FLAT_H

#include "flat.h"
#include "mf_lines.h"

/* The plane about some pieces of a line. */
typedef struct LineFlat
{
	bool		tells;			/* false: ask space */
	Flat		flat;
	double		lat_reach;		/* degrees of latitude within which it tells */
	double		within2;		/* square of what is within the distance for certain */
	double		beyond;			/* and what is not */
} LineFlat;

/* An edge in the plane. */
typedef struct FlatEdge
{
	double		a[2];
	double		u[2];
} FlatEdge;

/* A piece of the line in the plane. */
typedef struct FlatPiece
{
	double		from[2];
	double		to[2];
	double		middle[2];
	double		far2;			/* what is farther from the middle, squared, does not matter */
} FlatPiece;

/* The plane about pieces with this box for a distance in metres. */
extern void line_flat_begin(LineFlat *plane, const MinefieldBox *box, double distance);
extern void line_flat_piece(const LineFlat *plane, FlatPiece *piece, const double *from,
							const double *to);

/* What an edge does to a piece. */
typedef enum FlatAnswer
{
	FLAT_FAR,					/* nothing */
	FLAT_COVERS,				/* all of it is within the distance */
	FLAT_UNSURE
} FlatAnswer;

static inline void
flat_edge(const LineFlat *plane, FlatEdge *edge, const double *from, const double *to)
{
	flat_place(&plane->flat, from, edge->a);
	edge->u[0] = (to[0] - from[0]) * plane->flat.mx;
	edge->u[1] = (to[1] - from[1]) * plane->flat.my;
}

/* What lies near an edge is convex: where both ends of a piece do, all of it does. */
static inline FlatAnswer
flat_answer(const LineFlat *plane, const FlatPiece *piece, const FlatEdge *edge)
{
	if (flat_apart2(piece->middle, edge->a, edge->u) > piece->far2)
		return FLAT_FAR;
	return flat_apart2(piece->from, edge->a, edge->u) <= plane->within2 &&
		flat_apart2(piece->to, edge->a, edge->u) <= plane->within2 ? FLAT_COVERS : FLAT_UNSURE;
}

/* Is a point of the line, which may go on from the pieces, near the edge for certain? */
static inline bool
flat_holds(const LineFlat *plane, const FlatEdge *edge, const double *lonlat)
{
	double		p[2];

	if (!(fabs(lonlat[1] - plane->flat.lat) <= plane->lat_reach))
		return false;
	flat_place(&plane->flat, lonlat, p);
	return flat_apart2(p, edge->a, edge->u) <= plane->within2;
}

#endif							/* MF_CORE_LINE_FLAT_H */
