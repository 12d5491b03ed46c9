/*
 * transverse.c - transverse Mercator and polar stereographic
 *
 * Plain arithmetic, so that grid references can be read where PROJ must not
 * be asked.  Krueger's series in the third flattening to the sixth order:
 * Karney, Transverse Mercator with an accuracy of a few nanometers, J. Geod.
 * 85 (2011), equations 7 to 9, 19 to 21, 35 and 36; UPS after NGA.SIG.0012
 * (2014), section 9.
 */
#include "mf_location.h"

#include <math.h>

#include "mf_core.h"

#define ORDER		6
#define RADIANS		(M_PI / 180.0)
#define KRASSOWSKY_A	6378245.0
#define KRASSOWSKY_F	(1.0 / 298.3)
#define UTM_SCALE	0.9996
#define UPS_SCALE	0.994
#define UPS_FALSE	2000000.0

/* Rows: the coefficient of sin 2j xi; columns: powers of n from j on. */
static const double forward_terms[ORDER][ORDER] = {
	{1.0 / 2, -2.0 / 3, 5.0 / 16, 41.0 / 180, -127.0 / 288, 7891.0 / 37800},
	{13.0 / 48, -3.0 / 5, 557.0 / 1440, 281.0 / 630, -1983433.0 / 1935360},
	{61.0 / 240, -103.0 / 140, 15061.0 / 26880, 167603.0 / 181440},
	{49561.0 / 161280, -179.0 / 168, 6601661.0 / 7257600},
	{34729.0 / 80640, -3418889.0 / 1995840},
	{212378941.0 / 319334400},
};
static const double inverse_terms[ORDER][ORDER] = {
	{1.0 / 2, -2.0 / 3, 37.0 / 96, -1.0 / 360, -81.0 / 512, 96199.0 / 604800},
	{1.0 / 48, 1.0 / 15, -437.0 / 1440, 46.0 / 105, -1118711.0 / 3870720},
	{17.0 / 480, -37.0 / 840, -209.0 / 4480, 5569.0 / 90720},
	{4397.0 / 161280, -11.0 / 504, -830251.0 / 7257600},
	{4583.0 / 161280, -108847.0 / 3991680},
	{20648693.0 / 638668800},
};

void
transverse_utm(MfTransverse *tm, int zone, bool north)
{
	tm->a = MF_WGS84_A;
	tm->f = MF_WGS84_F;
	tm->lon0 = zone * 6.0 - 183.0;
	tm->k0 = UTM_SCALE;
	tm->false_easting = 500000.0;
	tm->false_northing = north ? 0.0 : 10000000.0;
}

void
transverse_gauss(MfTransverse *tm, int zone)
{
	tm->a = KRASSOWSKY_A;
	tm->f = KRASSOWSKY_F;
	/* zone 1 begins at Greenwich; those beyond 30 lie west of it */
	tm->lon0 = zone <= 30 ? zone * 6.0 - 3.0 : zone * 6.0 - 363.0;
	tm->k0 = 1.0;
	tm->false_easting = zone * 1000000.0 + 500000.0;
	tm->false_northing = 0.0;
}

/* The radius of the rectifying sphere. */
static double
rectifying(const MfTransverse *tm, double n)
{
	double		n2 = n * n;

	return tm->a / (1.0 + n) * (1.0 + n2 / 4.0 + n2 * n2 / 64.0 + n2 * n2 * n2 / 256.0);
}

/* The series at xi + i eta: what is added to (or taken from) each. */
static void
series(const double terms[ORDER][ORDER], double n, double xi, double eta,
	   double *more_xi, double *more_eta)
{
	double		power = 1.0;

	*more_xi = *more_eta = 0.0;
	for (int j = 1; j <= ORDER; j++)
	{
		double		c = 0.0;

		power *= n;
		for (int k = ORDER - j; k >= 0; k--)
			c = c * n + terms[j - 1][k];
		c *= power;
		*more_xi += c * sin(2 * j * xi) * cosh(2 * j * eta);
		*more_eta += c * cos(2 * j * xi) * sinh(2 * j * eta);
	}
}

/* Tangent of the conformal latitude. */
static double
conformal(double tau, double e)
{
	double		sigma = sinh(e * atanh(e * tau / hypot(1.0, tau)));

	return tau * hypot(1.0, sigma) - sigma * hypot(1.0, tau);
}

/* And back, by Newton's method: three steps are more than enough. */
static double
from_conformal(double wanted, double e)
{
	double		e2m = 1.0 - e * e;
	double		tau = wanted / e2m;

	for (int i = 0; i < 5; i++)
	{
		double		got = conformal(tau, e);
		double		step = (wanted - got) / hypot(1.0, got) *
			(1.0 + e2m * tau * tau) / (e2m * hypot(1.0, tau));

		tau += step;
		if (fabs(step) <= 1e-17 * fabs(tau))
			break;
	}
	return tau;
}

void
transverse_forward(const MfTransverse *tm, const double *lonlat, double *easting_northing)
{
	double		n = tm->f / (2.0 - tm->f);
	double		e = sqrt(tm->f * (2.0 - tm->f));
	double		lambda = remainder(lonlat[0] - tm->lon0, 360.0) * RADIANS;
	double		tau = conformal(tan(lonlat[1] * RADIANS), e);
	double		xi = atan2(tau, cos(lambda));
	double		eta = asinh(sin(lambda) / hypot(tau, cos(lambda)));
	double		radius = rectifying(tm, n) * tm->k0;
	double		more_xi;
	double		more_eta;

	series(forward_terms, n, xi, eta, &more_xi, &more_eta);
	easting_northing[0] = tm->false_easting + radius * (eta + more_eta);
	easting_northing[1] = tm->false_northing + radius * (xi + more_xi);
}

void
transverse_inverse(const MfTransverse *tm, const double *easting_northing, double *lonlat)
{
	double		n = tm->f / (2.0 - tm->f);
	double		e = sqrt(tm->f * (2.0 - tm->f));
	double		radius = rectifying(tm, n) * tm->k0;
	double		xi = (easting_northing[1] - tm->false_northing) / radius;
	double		eta = (easting_northing[0] - tm->false_easting) / radius;
	double		less_xi;
	double		less_eta;

	series(inverse_terms, n, xi, eta, &less_xi, &less_eta);
	xi -= less_xi;
	eta -= less_eta;
	lonlat[0] = remainder(tm->lon0 + atan2(sinh(eta), cos(xi)) / RADIANS, 360.0);
	lonlat[1] = atan(from_conformal(sin(xi) / hypot(sinh(eta), cos(xi)), e)) / RADIANS;
}

/* ---- UPS ---- */

/* What the conformal colatitude's tangent is multiplied with. */
static double
ups_radius(double *e)
{
	*e = sqrt(MF_WGS84_F * (2.0 - MF_WGS84_F));
	return 2.0 * MF_WGS84_A * UPS_SCALE /
		sqrt(pow(1.0 + *e, 1.0 + *e) * pow(1.0 - *e, 1.0 - *e));
}

void
ups_forward(bool north, const double *lonlat, double *easting_northing)
{
	double		e;
	double		radius = ups_radius(&e);
	double		lat = north ? lonlat[1] : -lonlat[1];
	double		lambda = lonlat[0] * RADIANS;
	double		rho = 0.0;

	if (lat < 90.0)
	{
		double		tau = conformal(tan(lat * RADIANS), e);

		rho = tau > 0.0 ? radius / (tau + hypot(1.0, tau)) : radius * (hypot(1.0, tau) - tau);
	}
	easting_northing[0] = UPS_FALSE + rho * sin(lambda);
	easting_northing[1] = UPS_FALSE + (north ? -rho : rho) * cos(lambda);
}

void
ups_inverse(bool north, const double *easting_northing, double *lonlat)
{
	double		e;
	double		radius = ups_radius(&e);
	double		x = easting_northing[0] - UPS_FALSE;
	double		y = easting_northing[1] - UPS_FALSE;
	double		t = hypot(x, y) / radius;
	double		lat = 90.0;

	lonlat[0] = 0.0;
	if (t > 0.0)
	{
		lat = atan(from_conformal((1.0 / t - t) / 2.0, e)) / RADIANS;
		lonlat[0] = atan2(x, north ? -y : y) / RADIANS;
	}
	lonlat[1] = north ? lat : -lat;
}
