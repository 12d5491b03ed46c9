/*
 * inside.c - a point well inside a polygonal extent
 *
 * Where edges nearly coincide, faces have spikes that are thinner than
 * rounding; a scan line through the middle of the box may meet nothing else.
 * So several lines are tried, one of them through the centroid, which lies
 * where the area is, and the middle of the widest stretch is taken.
 */
#include "mf_core.h"

#include <math.h>
#include <stdlib.h>

static int
compare_doubles(const void *pa, const void *pb)
{
	double		a = *(const double *) pa;
	double		b = *(const double *) pb;

	return a < b ? -1 : (a > b);
}

/* Range of latitudes and latitude of the centroid of all rings. */
static void
latitudes(const MfExtent *extent, double *low, double *high, double *middle)
{
	const double *xy = extent->xy;
	double		x0 = xy[0];
	double		y0 = xy[1];
	double		area = 0;
	double		moment = 0;

	*low = *high = y0;
	for (uint32_t r = 0; r < extent->nrings; r++)
	{
		for (uint32_t i = 0; i < extent->ring_points[r]; i++, xy += 2)
		{
			*low = fmin(*low, xy[1]);
			*high = fmax(*high, xy[1]);
			if (i + 1 < extent->ring_points[r])
			{
				double		cross = (xy[0] - x0) * (xy[3] - y0) -
					(xy[2] - x0) * (xy[1] - y0);

				area += cross;
				moment += cross * ((xy[1] - y0) + (xy[3] - y0));
			}
		}
	}
	*middle = area != 0 ? y0 + moment / (3 * area) : (*low + *high) / 2;
	if (!(*middle > *low && *middle < *high))
		*middle = (*low + *high) / 2;
}

/* Where the line at y enters and leaves; returns the number of crossings. */
static size_t
crossings(const MfExtent *extent, double y, double *x)
{
	const double *xy = extent->xy;
	size_t		n = 0;

	for (uint32_t r = 0; r < extent->nrings; r++)
	{
		for (uint32_t i = 0; i < extent->ring_points[r]; i++, xy += 2)
		{
			if (i + 1 < extent->ring_points[r] && (xy[1] > y) != (xy[3] > y))
				x[n++] = xy[0] + (y - xy[1]) / (xy[3] - xy[1]) * (xy[2] - xy[0]);
		}
	}
	qsort(x, n, sizeof(double), compare_doubles);
	return n;
}

void
extent_inside(const MfExtent *extent, double *scratch, double *lonlat)
{
	double		low,
				high,
				middle;
	double		widest = -1;
	double		lines[4];

	latitudes(extent, &low, &high, &middle);
	lines[0] = middle;
	lines[1] = (low + high) / 2;
	lines[2] = (low + middle) / 2;
	lines[3] = (middle + high) / 2;
	lonlat[0] = extent->xy[0];
	lonlat[1] = extent->xy[1];
	for (int i = 0; i < 4; i++)
	{
		size_t		n = crossings(extent, lines[i], scratch);

		for (size_t k = 0; k + 1 < n; k += 2)
		{
			if (scratch[k + 1] - scratch[k] > widest)
			{
				widest = scratch[k + 1] - scratch[k];
				lonlat[0] = scratch[k] + widest / 2;
				lonlat[1] = lines[i];
			}
		}
	}
}
