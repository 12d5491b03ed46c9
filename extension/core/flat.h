/*
 * flat.h - the plane about a point, and by what share it is off
 *
 * Degrees times the metres that a degree has at the point.  Edges that are
 * straight in longitude and latitude are straight there.  A way that stays
 * within some latitudes is on the ellipsoid longer or shorter than in the plane
 * by no more than the scale changes between them, and so is a distance,
 * where neither the way that is shortest in the plane nor the one on the
 * ellipsoid leaves them.  Private to the core.
 */
#ifndef MF_CORE_FLAT_H
#define MF_CORE_FLAT_H

#include "sphere.h"

/* Where a plane tells: no farther, and off by no more than this share. */
#define FLAT_ANGLE		0.0157
#define FLAT_SHARE		0.01
#define FLAT_COSINE		0.17

typedef struct Flat
{
	double		lon;			/* of the point */
	double		lat;
	double		mx;				/* metres per degree, there */
	double		my;
	double		cosine;			/* of the latitude */
	double		tangent;
} Flat;

/* False: too near a pole. */
static inline bool
flat_about(Flat *flat, double lon, double lat)
{
	MfPlane		plane;

	flat->cosine = cos_degrees(lat);
	if (!(flat->cosine >= FLAT_COSINE))
		return false;
	plane_about(&plane, lon, lat);
	flat->lon = lon;
	flat->lat = lat;
	flat->mx = plane.mx;
	flat->my = plane.my;
	flat->tangent = sqrt(1.0 - flat->cosine * flat->cosine) / flat->cosine;
	return true;
}

/*
 * By what share lengths are off at most within so many radians of latitude;
 * Infinity: too many.  The cosine to the second order; the radii change by
 * less than the rest.
 */
static inline double
flat_share(const Flat *flat, double angle)
{
	return angle > FLAT_ANGLE ? INFINITY : angle * (flat->tangent + angle + 0.02);
}

/*
 * Does what lies within so many radians of a longitude stay on this side of
 * 180 degrees?  A cap of angle d reaches asin(sin d / cos lat) far, which is less
 * than d / (cos lat - d) here.
 */
static inline bool
flat_is_whole(const Flat *flat, double lon, double angle)
{
	return fabs(lon) + angle / (flat->cosine - angle) / MF_RADIANS < 179.0;
}

static inline void
flat_place(const Flat *flat, const double *lonlat, double *xy)
{
	xy[0] = (lonlat[0] - flat->lon) * flat->mx;
	xy[1] = (lonlat[1] - flat->lat) * flat->my;
}

/* The square of the distance of p from the segment that goes u from a. */
static inline double
flat_apart2(const double *p, const double *a, const double *u)
{
	double		wx = p[0] - a[0];
	double		wy = p[1] - a[1];
	double		along = wx * u[0] + wy * u[1];
	double		square = u[0] * u[0] + u[1] * u[1];
	double		t = along <= 0.0 ? 0.0 : (along >= square ? 1.0 : along / square);
	double		x = wx - t * u[0];
	double		y = wy - t * u[1];

	return x * x + y * y;
}

#endif							/* MF_CORE_FLAT_H */
