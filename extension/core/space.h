/*
 * space.h - points of WGS 84 in three-dimensional space
 *
 * There distances are plain vectors, without poles, a 180th meridian or a
 * scale that changes with latitude, and what an edge that is straight in
 * longitude and latitude strays from its chord has simple bounds.  Private to
 * the core.
 */
#ifndef MF_CORE_SPACE_H
#define MF_CORE_SPACE_H

#include "sphere.h"

/*
 * Second derivatives of the ellipsoid's points by latitude and longitude are
 * those of a sphere of the greatest radius, with a little over for how the
 * radii change.
 */
#define MF_BEND		(MF_RADIUS_GREATEST * 1.01)

static inline void
space_of(const double *lonlat, double *x)
{
	double		c = cos_degrees(lonlat[1]);
	double		s = sin(lonlat[1] * MF_RADIANS);
	double		n = MF_WGS84_A / sqrt(1.0 - MF_WGS84_E2 * s * s);

	x[0] = n * c * cos(lonlat[0] * MF_RADIANS);
	x[1] = n * c * sin(lonlat[0] * MF_RADIANS);
	x[2] = n * (1.0 - MF_WGS84_E2) * s;
}

/* A point in space with the sine and cosine of its latitude. */
typedef struct SpacePoint
{
	double		x[3];
	double		sin_lat;
	double		cos_lat;
} SpacePoint;

/* Where points near each other are reckoned from. */
typedef struct SpaceOrigin
{
	double		lon;
	double		lat;
	double		sin_lon;
	double		cos_lon;
	double		sin_lat;
	double		cos_lat;
} SpaceOrigin;

/* As far from the origin, in radians, as the series below are exact. */
#define MF_SPACE_NEAR	0.02

static inline void
space_origin(SpaceOrigin *origin, const double *lonlat)
{
	origin->lon = lonlat[0];
	origin->lat = lonlat[1];
	origin->sin_lon = sin(lonlat[0] * MF_RADIANS);
	origin->cos_lon = cos(lonlat[0] * MF_RADIANS);
	origin->sin_lat = sin(lonlat[1] * MF_RADIANS);
	origin->cos_lat = cos_degrees(lonlat[1]);
}

static inline void
turn_by(double s, double c, double angle, double *sin_sum, double *cos_sum)
{
	double		q = angle * angle;
	double		sa = angle * (1.0 - q / 6.0 * (1.0 - q / 20.0 * (1.0 - q / 42.0)));
	double		ca = 1.0 - q / 2.0 * (1.0 - q / 12.0 * (1.0 - q / 30.0));

	*sin_sum = s * ca + c * sa;
	*cos_sum = c * ca - s * sa;
}

/*
 * The same as space_of() to a few nanometres, much faster for points near the
 * origin; moves the origin to a point that is not.
 */
static inline void
space_near(SpaceOrigin *origin, const double *lonlat, SpacePoint *point)
{
	double		dlon = (lonlat[0] - origin->lon) * MF_RADIANS;
	double		dlat = (lonlat[1] - origin->lat) * MF_RADIANS;
	double		sin_lon,
				cos_lon,
				n;

	if (!(fabs(dlon) < MF_SPACE_NEAR && fabs(dlat) < MF_SPACE_NEAR))
	{
		space_origin(origin, lonlat);
		dlon = dlat = 0.0;
	}
	turn_by(origin->sin_lon, origin->cos_lon, dlon, &sin_lon, &cos_lon);
	turn_by(origin->sin_lat, origin->cos_lat, dlat, &point->sin_lat, &point->cos_lat);
	n = MF_WGS84_A / sqrt(1.0 - MF_WGS84_E2 * point->sin_lat * point->sin_lat);
	point->x[0] = n * point->cos_lat * cos_lon;
	point->x[1] = n * point->cos_lat * sin_lon;
	point->x[2] = n * (1.0 - MF_WGS84_E2) * point->sin_lat;
}

/* The greatest cosine of latitude on an edge. */
static inline double
edge_cosine(const double *p, const double *q)
{
	if ((p[1] > 0.0) != (q[1] > 0.0))
		return 1.0;
	return cos_degrees(fabs(p[1]) < fabs(q[1]) ? p[1] : q[1]);
}

/*
 * How far an edge strays from its chord at most, m: an eighth of the greatest
 * second derivative of the point in space.
 */
static inline double
edge_sag(const double *p, const double *q)
{
	double		dlon = (q[0] - p[0]) * MF_RADIANS;
	double		dlat = (q[1] - p[1]) * MF_RADIANS;

	return MF_BEND / 8.0 * (dlat * dlat + 2.0 * fabs(dlat * dlon) +
							dlon * dlon * edge_cosine(p, q));
}

/*
 * The same apart: how far an edge strays from its chord sideways (along it,
 * too) and up at most, m.
 */
static inline void
edge_strays(const double *p, const SpacePoint *at_p, const double *q, const SpacePoint *at_q,
			double *sway, double *rise)
{
	double		dlon = (q[0] - p[0]) * MF_RADIANS;
	double		dlat = (q[1] - p[1]) * MF_RADIANS;
	double		s1 = fabs(at_p->sin_lat);
	double		s2 = fabs(at_q->sin_lat);
	double		s = s1 > s2 ? s1 : s2;
	double		c = at_p->cos_lat > at_q->cos_lat ? at_p->cos_lat : at_q->cos_lat;

	if ((p[1] > 0.0) != (q[1] > 0.0))
		c = 1.0;
	/* the last term: how the meridian's radius changes */
	*sway = MF_BEND / 8.0 * (2.0 * fabs(dlon * dlat) * s + dlon * dlon * c * s +
							 0.02 * dlat * dlat);
	*rise = MF_BEND / 8.0 * (dlat * dlat + dlon * dlon * c * c);
}

/*
 * The way in space that steps of longitude and latitude (radians) take at a
 * point; false at a pole, which has no east.
 */
static inline bool
space_step(const SpacePoint *at, double dlon, double dlat, double *step)
{
	double		across = sqrt(at->x[0] * at->x[0] + at->x[1] * at->x[1]);
	double		w = 1.0 - MF_WGS84_E2 * at->sin_lat * at->sin_lat;
	double		north = dlat * MF_RADIUS_LEAST / (w * sqrt(w));

	if (!(across > 1.0))
		return false;
	step[0] = -at->x[1] * dlon - at->x[0] / across * at->sin_lat * north;
	step[1] = at->x[0] * dlon - at->x[1] / across * at->sin_lat * north;
	step[2] = at->cos_lat * north;
	return true;
}

/*
 * A lower bound of the geodesic distance between points so far apart, m: no
 * way on the ellipsoid bends more than a circle of its greatest radius.
 */
static inline double
geodesic_bound(double straight)
{
	double		x = straight / (2.0 * MF_RADIUS_GREATEST);

	return 2.0 * MF_RADIUS_GREATEST * asin(fmin(x, 1.0));
}

static inline double
dot(const double *a, const double *b)
{
	return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static inline double
clamp(double t)
{
	return t > 0.0 ? (t < 1.0 ? t : 1.0) : 0.0;
}

/* The point of an edge at a parameter: its very ends at 0 and 1. */
static inline void
point_on(const double *from, const double *to, double t, double *lonlat)
{
	for (int d = 0; d < 2; d++)
		lonlat[d] = t == 1.0 ? to[d] : from[d] + t * (to[d] - from[d]);
}

#endif							/* MF_CORE_SPACE_H */
