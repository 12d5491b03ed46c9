/*
 * edge_area.c - the polynomial behind the area of an edge
 */
#include "edge_area.h"

#include <math.h>
#include <string.h>

#include "sphere.h"

#define FEWEST_TERMS	3
#define LEAST_TERM		1e-15
#define PI				3.14159265358979323846

/* dS/dlat in m2 per radian of longitude and degree of latitude. */
static double
density(double lat)
{
	double		s = sin(lat * MF_RADIANS);
	double		w = 1.0 - MF_WGS84_E2 * s * s;

	return MF_RADIANS * MF_WGS84_A * MF_WGS84_A * (1.0 - MF_WGS84_E2) *
		cos_degrees(lat) / (w * w);
}

/* Chebyshev coefficients of the density over the range, n of them. */
static void
chebyshev(double *c, int n, double middle, double half)
{
	double		values[AREA_TERMS_MOST];

	for (int i = 0; i < n; i++)
	{
		double		lat = middle + half * cos(PI * (i + 0.5) / n);

		values[i] = density(fmax(-90.0, fmin(90.0, lat)));
	}
	for (int k = 0; k < n; k++)
	{
		c[k] = 0;
		for (int i = 0; i < n; i++)
			c[k] += values[i] * cos(PI * k * (i + 0.5) / n);
		c[k] *= (k == 0 ? 1.0 : 2.0) / n;
	}
}

/* From Chebyshev coefficients to those of powers. */
static void
powers(double *p, const double *c, int n)
{
	double		before[AREA_TERMS_MOST] = {1.0};	/* T of k - 1, then k */
	double		now[AREA_TERMS_MOST] = {0.0, 1.0};

	memset(p, 0, sizeof(double) * (size_t) n);
	p[0] = c[0];
	for (int k = 1; k < n; k++)
	{
		double		next[AREA_TERMS_MOST] = {0.0};

		for (int i = 0; i <= k; i++)
			p[i] += c[k] * now[i];
		for (int i = 0; i + 1 < n; i++)
			next[i + 1] = 2.0 * now[i];
		for (int i = 0; i < n; i++)
			next[i] -= before[i];
		memcpy(before, now, sizeof(now));
		memcpy(now, next, sizeof(now));
	}
}

void
area_range_set(AreaRange *range, double south, double north)
{
	double		half = fmax((north - south) / 2, 1e-6);
	double		c[AREA_TERMS_MOST];
	double		p[AREA_TERMS_MOST];
	int			n = FEWEST_TERMS;

	range->middle = (south + north) / 2;
	range->per_degree = 1.0 / half;
	/* the last coefficients tell when more would be rounding only */
	for (;; n += 2)
	{
		chebyshev(c, n, range->middle, half);
		if (n + 2 > AREA_TERMS_MOST ||
			fmax(fabs(c[n - 1]), fabs(c[n - 2])) < LEAST_TERM * fabs(c[0]))
			break;
	}
	while (n > FEWEST_TERMS && fabs(c[n - 1]) < LEAST_TERM * fabs(c[0]))
		n--;
	powers(p, c, n);
	range->nterms = n;
	/* integrate for S, then over the edge for its mean; longitude to radians */
	for (int k = 0; k < n; k++)
		range->terms[k] = p[k] * half / (k + 1) / (k + 2) * MF_RADIANS;
}
