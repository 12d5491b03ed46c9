/*
 * mf_arrangement.h - what many polygonal records leave of an area, and how
 * often they cover the rest
 *
 * Plain C11, no PostgreSQL, GEOS or PROJ.
 */
#ifndef MF_ARRANGEMENT_H
#define MF_ARRANGEMENT_H

#include "mf_store.h"

/* ---- valid.c ---- */

typedef enum MfValidity
{
	MF_VALID,					/* and no two rings touch */
	MF_UNSURE,					/* rings touch or cross: somebody else may judge */
	MF_UNJUDGED					/* interrupted, or out of memory */
} MfValidity;

/*
 * Is a polygonal extent plainly valid as OGC has it: strictly simple rings
 * that keep apart, holes in their shells, parts outside each other?  Exact;
 * n log n for rings of n edges as they are in practice.
 */
extern MfValidity extent_validity(const MfExtent *extent, const MfMemory *memory);

/* ---- arrangement.c ---- */

typedef struct MfArrangement
{
	MfMemory	memory;

	/*
	 * Square metres of the area covered exactly k times, k = 0 .. ntimes - 1,
	 * and what rounding may have done to each at most.
	 */
	uint32_t	ntimes;
	double	   *times;
	double	   *doubt;

	/*
	 * What is covered by no record: a valid MultiPolygon in the normal form of
	 * GEOS (but shells counter-clockwise), in memory of its own.  Empty when
	 * not asked for.
	 */
	MfExtent	gaps;
	uint32_t   *part_rings;
	uint32_t   *ring_points;
	double	   *xy;
} MfArrangement;

/*
 * records and aoi are stores of valid polygonal extents (closed sets; others
 * are left out); aoi has one.  The result depends on the ground alone, to the
 * bit.  Both stores are used up, whatever the status: they are freed as soon as
 * they have been walked.  MF_INCONSISTENT: an extent was not valid, or rounding went beyond what
 * can be mended; then, as on any status but MF_DONE, there is nothing to free.
 *
 * Time and memory grow with the edges and with the crossings along the
 * boundary of what is covered; crossings elsewhere cost time only, some 0.4 us
 * each.  Different outlines in one place cross each other as often as they are
 * many, squared; copies count as one.  Memory:
 * about 5 bytes for each vertex, and 50 for each vertex of the boundary.
 */
extern MfStatus arrangement_find(MfArrangement *arrangement, const MfMemory *memory,
								 MfStore *records, MfStore *aoi, bool with_gaps);
extern void arrangement_free(MfArrangement *arrangement);

#endif							/* MF_ARRANGEMENT_H */
