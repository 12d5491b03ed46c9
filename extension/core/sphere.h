/*
 * sphere.h - what the geometry of the core shares about angles and WGS 84
 *
 * Private to the core.
 */
#ifndef MF_CORE_SPHERE_H
#define MF_CORE_SPHERE_H

#include <math.h>

#include "mf_core.h"

#define MF_RADIANS		0.017453292519943295	/* one degree */

/* The first eccentricity squared. */
#define MF_WGS84_E2		(MF_WGS84_F * (2.0 - MF_WGS84_F))

/* The least and greatest radius of curvature: of meridians, and at the poles. */
#define MF_RADIUS_LEAST		(MF_WGS84_A * (1.0 - MF_WGS84_E2))
#define MF_RADIUS_GREATEST	(MF_WGS84_A / (1.0 - MF_WGS84_F))

/* The cosine of a latitude in degrees, exact at and good near the poles. */
static inline double
cos_degrees(double lat)
{
	return sin((90.0 - fabs(lat)) * MF_RADIANS);
}

#endif							/* MF_CORE_SPHERE_H */
