/*
 * mf_areas.h - polygons that are asked for their width and their neighbours
 *
 * Plain C11, no PostgreSQL, GEOS or PROJ.
 */
#ifndef MF_AREAS_H
#define MF_AREAS_H

#include "mf_store.h"

/* Polygons with an index of their edges. */
typedef struct MfAreas MfAreas;

/*
 * Of n valid polygonal extents; number n of the source names each below.  On
 * any status but MF_DONE there is nothing to free.
 */
extern MfStatus areas_build(MfAreas **areas, const MfMemory *memory, uint32_t n,
							mf_extent_source source, void *arg);
extern void areas_free(MfAreas *areas);

/*
 * Diameter in metres of the largest circle that fits into an area, in a plane
 * about the middle of its box, to the tolerance or half a per cent, whichever
 * is more.
 */
extern MfStatus areas_width(MfAreas *areas, uint32_t number, double tolerance_m,
							double *width_m);

/* shape is a record of the store of shapes.  False: stop, MF_NO_MEMORY. */
typedef bool (*mf_near_visitor) (uint32_t number, uint32_t shape, void *arg);
/*
 * Every area and shape of any kind that come nearer to each other than so
 * many degrees, or of which the area contains the shape; each pair once.
 */
extern MfStatus areas_near(MfAreas *areas, const MfStore *shapes, double degrees,
						   mf_near_visitor visit, void *arg);

#endif							/* MF_AREAS_H */
