/*
 * chain_plane.c - a conformal plane about a point
 *
 * Krueger's series for the transverse Mercator projection to the fourth order
 * in the third flattening (Krueger, Konforme Abbildung des Erdellipsoids in
 * der Ebene, 1912; Karney, Transverse Mercator with an accuracy of a few
 * nanometers, 2011, equations 7 to 11, 35 and 36).  A plane about the place
 * itself is as good as the paper's own grid for measuring in, and needs
 * neither a zone nor PROJ.
 */
#include "mf_chain.h"

#include <math.h>

#include "sphere.h"

#define ORDER 4

/* n = f / (2 - f) of WGS 84 */
#define N1 0.0016792203863837047
#define N2 (N1 * N1)
#define N3 (N2 * N1)
#define N4 (N2 * N2)

static const double alpha[ORDER] = {
	N1 / 2 - 2 * N2 / 3 + 5 * N3 / 16 + 41 * N4 / 180,
	13 * N2 / 48 - 3 * N3 / 5 + 557 * N4 / 1440,
	61 * N3 / 240 - 103 * N4 / 140,
	49561 * N4 / 161280
};

static const double beta[ORDER] = {
	N1 / 2 - 2 * N2 / 3 + 37 * N3 / 96 - N4 / 360,
	N2 / 48 + N3 / 15 - 437 * N4 / 1440,
	17 * N3 / 480 - 37 * N4 / 840,
	4397 * N4 / 161280
};

static const double radius = MF_WGS84_A / (1 + N1) * (1 + N2 / 4 + N4 / 64);

#define E (sqrt(MF_WGS84_E2))

/* The tangent of the conformal latitude. */
static double
conformal(double tangent)
{
	double		w = sqrt(1.0 + tangent * tangent);
	double		sigma = sinh(E * atanh(E * tangent / w));

	return tangent * sqrt(1.0 + sigma * sigma) - sigma * w;
}

/* And back, by Newton's method. */
static double
geodetic(double want)
{
	double		t = want / (1.0 - MF_WGS84_E2);

	for (int i = 0; i < 5; i++)
	{
		double		got = conformal(t);
		double		step = (want - got) / sqrt(1.0 + got * got) *
			(1.0 + (1.0 - MF_WGS84_E2) * t * t) /
			((1.0 - MF_WGS84_E2) * sqrt(1.0 + t * t));

		t += step;
		if (fabs(step) < 1e-14 * (1.0 + fabs(t)))
			break;
	}
	return t;
}

/* Add a series of sines: p + i q for the angle 2j (p + i q), by sign. */
static void
series(const double *c, double sign, double p, double q, double *xi, double *eta)
{
	*xi = p;
	*eta = q;
	for (int j = 0; j < ORDER; j++)
	{
		double		k = 2.0 * (j + 1);

		*xi += sign * c[j] * sin(k * p) * cosh(k * q);
		*eta += sign * c[j] * cos(k * p) * sinh(k * q);
	}
}

/* Keeps the tangent of a pole's latitude finite. */
static double
latitude_tangent(double lat)
{
	return tan(fmax(-89.9999999, fmin(89.9999999, lat)) * MF_RADIANS);
}

/* Metres east of a central meridian and north of the equator. */
static void
forward(double lambda, double lat, double *x, double *y)
{
	double		tau = conformal(latitude_tangent(lat));
	double		c = cos(lambda);
	double		xi,
				eta;

	series(alpha, 1.0, atan2(tau, c), asinh(sin(lambda) / hypot(tau, c)), &xi, &eta);
	*x = radius * eta;
	*y = radius * xi;
}

void
chain_plane_about(MfChainPlane *plane, double lon, double lat)
{
	double		s = sin(lat * MF_RADIANS);
	double		w = 1.0 - MF_WGS84_E2 * s * s;
	double		x;

	plane->lon0 = lon;
	plane->lat0 = lat;
	plane->normal_m = MF_WGS84_A / sqrt(w);
	plane->meridian_m = plane->normal_m * (1.0 - MF_WGS84_E2) / w;
	forward(0.0, lat, &x, &plane->north0);
}

void
chain_plane_forward(const MfChainPlane *plane, const double *lonlat, double *xy)
{
	forward(remainder(lonlat[0] - plane->lon0, 360.0) * MF_RADIANS, lonlat[1],
			&xy[0], &xy[1]);
	xy[1] -= plane->north0;
}

void
chain_plane_inverse(const MfChainPlane *plane, const double *xy, double *lonlat)
{
	double		xi,
				eta,
				s,
				c;

	series(beta, -1.0, (xy[1] + plane->north0) / radius, xy[0] / radius, &xi, &eta);
	s = sinh(eta);
	c = cos(xi);
	lonlat[0] = remainder(plane->lon0 + atan2(s, c) / MF_RADIANS, 360.0);
	lonlat[1] = atan(geodetic(sin(xi) / hypot(s, c))) / MF_RADIANS;
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
