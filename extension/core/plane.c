/*
 * plane.c - a local metric plane
 *
 * For buffers and widths: degrees become metres by the two radii of curvature
 * at the origin, so that a straight edge stays straight and nothing but the
 * scale is approximate.  Within 10 km of the origin lengths are good to about
 * 0.2 % at 45 degrees of latitude, less well towards the poles.
 */
#include "mf_core.h"

#include <math.h>

#include "sphere.h"

/* Keeps the plane about a pole, which has no east, invertible. */
#define LEAST_COSINE	1e-9

void
plane_about(MfPlane *plane, double lon, double lat)
{
	double		c = cos_degrees(lat);
	double		w = 1.0 - MF_WGS84_E2 * (1.0 - c * c);
	double		prime = MF_WGS84_A / sqrt(w);

	plane->lon0 = lon;
	plane->lat0 = lat;
	plane->mx = prime * fmax(c, LEAST_COSINE) * MF_RADIANS;
	plane->my = prime * (1.0 - MF_WGS84_E2) / w * MF_RADIANS;
}

void
plane_forward(const MfPlane *plane, double *xy, size_t npoints)
{
	for (size_t i = 0; i < npoints; i++)
	{
		xy[2 * i] = (xy[2 * i] - plane->lon0) * plane->mx;
		xy[2 * i + 1] = (xy[2 * i + 1] - plane->lat0) * plane->my;
	}
}

void
plane_inverse(const MfPlane *plane, double *xy, size_t npoints)
{
	for (size_t i = 0; i < npoints; i++)
	{
		xy[2 * i] = xy[2 * i] / plane->mx + plane->lon0;
		xy[2 * i + 1] = xy[2 * i + 1] / plane->my + plane->lat0;
	}
}
