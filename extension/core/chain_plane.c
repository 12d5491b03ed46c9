/*
 * chain_plane.c - the plane that a location is solved in
 *
 * A transverse Mercator projection about the place itself is as good for
 * measuring in as the paper's own grid, and needs neither a zone nor PROJ:
 * azimuths differ from true ones by a convergence that is nothing at the
 * origin, and lengths by less than 1e-6 within 9 km of its meridian.
 */
#include "mf_chain.h"

#include <math.h>

#include "sphere.h"

void
chain_plane_about(MfChainPlane *plane, double lon, double lat)
{
	double		s = sin(lat * MF_RADIANS);
	double		w = 1.0 - MF_WGS84_E2 * s * s;
	double		xy[2];

	plane->lat0 = lat;
	plane->normal_m = MF_WGS84_A / sqrt(w);
	plane->meridian_m = plane->normal_m * (1.0 - MF_WGS84_E2) / w;
	plane->projection = (MfTransverse) {
		.a = MF_WGS84_A, .f = MF_WGS84_F, .lon0 = lon, .k0 = 1.0
	};
	transverse_forward(&plane->projection, (double[2]) {lon, lat}, xy);
	plane->projection.false_northing = -xy[1];
}

void
chain_plane_forward(const MfChainPlane *plane, const double *lonlat, double *xy)
{
	transverse_forward(&plane->projection, lonlat, xy);
}

void
chain_plane_inverse(const MfChainPlane *plane, const double *xy, double *lonlat)
{
	transverse_inverse(&plane->projection, xy, lonlat);
}

double
chain_plane_convergence(const MfChainPlane *plane, double x, double y)
{
	double		lat = plane->lat0 * MF_RADIANS + y / plane->meridian_m;

	return x / plane->normal_m * tan(lat);
}

double
chain_plane_scale(const MfChainPlane *plane, double x)
{
	return 1.0 + x * x / (2.0 * plane->normal_m * plane->meridian_m);
}
