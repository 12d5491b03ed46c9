/*
 * mf_collect.h - gathering GeoJSON coordinates while they are parsed
 */
#ifndef MF_COLLECT_H
#define MF_COLLECT_H

#include "mf_pg.h"

/* MultiPolygon coordinates are four arrays deep. */
#define MF_COORDINATE_DEPTH 4

/*
 * Coordinates are gathered flat, with a count where an array ends, and take
 * their meaning from the geometry's type afterwards, since "type" may come
 * after "coordinates".
 */
typedef struct MfCollector
{
	int			level;			/* open arrays */
	int			leaf;			/* level at which numbers stand; 0: none yet */
	uint32		children[MF_COORDINATE_DEPTH + 1];
	StringInfoData xy;			/* doubles */
	StringInfoData rings;		/* uint32 points of each array at leaf - 1 */
	StringInfoData parts;		/* uint32 rings of each array at leaf - 2 */
	uint32		npoints;
	uint32		ring_points;	/* points since the last ring ended */
	uint32		part_rings;		/* rings since the last part ended */
	bool		empty;			/* coordinates: [] */
	bool		drop_z;			/* leave out third numbers */
	bool		dropped;		/* one was left out */
} MfCollector;

/* Each returns NULL, or what is wrong. */
extern void collect_begin(MfCollector *c, bool drop_z);
extern const char *collect_array_start(MfCollector *c);
extern const char *collect_array_end(MfCollector *c);
extern const char *collect_number(MfCollector *c, double value);
extern const char *collect_finish(MfCollector *c, MfKind kind, MfExtent *extent);

#endif							/* MF_COLLECT_H */
