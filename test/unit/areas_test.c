/*
 * areas_test.c - widths and neighbours against looking at everything
 */
#include "mf_areas.h"

#include "unit.h"

#define MOST	40

typedef struct Source
{
	uint32_t	n;
	MfExtent	extents[MOST];
	uint32_t	points[MOST][2];
	double		xy[MOST][2 * 44];
} Source;

static const uint32_t one = 1;
static const uint32_t two = 2;

static void
source_extent(uint32_t n, MfExtent *extent, void *arg)
{
	*extent = ((Source *) arg)->extents[n];
}

/* On a lattice of tenths, or anywhere. */
static double
place(bool lattice)
{
	return lattice ? random_below(30) / 10.0 : random_between(0, 3);
}

static void
random_source(Source *source, uint32_t n, bool lattice, bool polygons)
{
	source->n = n;
	for (uint32_t i = 0; i < n; i++)
	{
		double		x = place(lattice);
		double		y = place(lattice);
		double		w = lattice ? (1 + random_below(3)) / 10.0 : random_between(0.01, 0.4);
		double		box[] = {x, y, x + w, y, x + w, y + w, x, y + w, x, y};
		int			kind = polygons ? 0 : random_below(3);

		memcpy(source->xy[i], box, sizeof(box));
		source->points[i][0] = kind == 0 ? 5 : kind == 1 ? 2 : 1;
		if (kind == 1)
		{
			source->xy[i][2] = place(lattice);
			source->xy[i][3] = place(lattice);
		}
		source->extents[i] = (MfExtent) {kind == 0 ? MF_POLYGON : kind == 1 ? MF_LINESTRING : MF_POINT,
		1, 1, source->points[i][0], &one, source->points[i], source->xy[i]};
	}
}

typedef struct Found
{
	const MfStore *shapes;
	int			times[MOST][MOST];
} Found;

static bool
note_pair(uint32_t number, uint32_t shape, void *arg)
{
	Found	   *found = arg;

	found->times[number][found->shapes->numbers[shape]]++;
	return true;
}

static double
point_segment(const double *p, const double *a, const double *b)
{
	double		dx = b[0] - a[0];
	double		dy = b[1] - a[1];
	double		t = dx * dx + dy * dy;

	t = t > 0 ? ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / t : 0;
	t = fmax(0, fmin(1, t));
	return hypot(a[0] + t * dx - p[0], a[1] + t * dy - p[1]);
}

/* The distance of two extents of one ring, in degrees. */
static double
distance(const MfExtent *a, const MfExtent *b)
{
	double		least = INFINITY;
	const uint32_t na = a->npoints > 1 ? a->npoints - 1 : 1;
	const uint32_t nb = b->npoints > 1 ? b->npoints - 1 : 1;

	if (extent_touches(a, b))
		return 0;
	for (uint32_t i = 0; i < na; i++)
		for (uint32_t k = 0; k < nb; k++)
		{
			const double *p = a->xy + 2 * i;
			const double *q = b->xy + 2 * k;
			const double *p2 = a->npoints > 1 ? p + 2 : p;
			const double *q2 = b->npoints > 1 ? q + 2 : q;

			least = fmin(least, fmin(point_segment(p, q, q2), point_segment(p2, q, q2)));
			least = fmin(least, fmin(point_segment(q, p, p2), point_segment(q2, p, p2)));
		}
	return least;
}

static void
test_near(void)
{
	static Source areas,
				shapes;
	static Found found;
	Cases		cases = {0, 0};

	for (int round = 0; round < 300; round++)
	{
		double		degrees = round % 3 == 0 ? 1e-9 : random_between(0.001, 0.1);
		MfAreas    *index;
		MfStore		store;

		random_source(&areas, (uint32_t) random_below(MOST) + 1, round % 2 == 0, true);
		random_source(&shapes, (uint32_t) random_below(MOST) + 1, round % 2 == 0, false);
		areas_build(&index, &mf_memory_malloc, areas.n, source_extent, &areas);
		store_build(&store, &mf_memory_malloc, shapes.n, source_extent, NULL, &shapes);
		memset(&found, 0, sizeof(found));
		found.shapes = &store;
		case_check(&cases, areas_near(index, &store, degrees, note_pair, &found) == MF_DONE, "status");
		for (uint32_t i = 0; i < areas.n; i++)
			for (uint32_t k = 0; k < shapes.n; k++)
			{
				double		d = distance(&areas.extents[i], &shapes.extents[k]);
				int			times = found.times[i][k];

				/* an area in a shape is no neighbour by that alone */
				if (d == 0 && times == 0 &&
					point_in_ring(areas.xy[i], shapes.xy[k], shapes.points[k][0]) > 0)
					continue;
				case_check(&cases, times == (d <= degrees) || fabs(d - degrees) < 1e-12,
						   "round %d: %g apart, found %d times within %g", round, d, times, degrees);
			}
		areas_free(index);
		store_free(&store);
	}
	check_cases(&cases, "areas find the shapes near them and in them, once");
}

/* Twice the depth of the deepest of 80 x 80 points, in the plane. */
static double
width_by_grid(const MfExtent *extent, const MfPlane *plane, double w, double h)
{
	double		xy[2 * 44];
	double		best = 0;

	memcpy(xy, extent->xy, 16 * (size_t) extent->npoints);
	plane_forward(plane, xy, extent->npoints);
	for (int i = 1; i < 80; i++)
		for (int k = 1; k < 80; k++)
		{
			double		p[2] = {xy[0] + w * i / 80, xy[1] + h * k / 80};
			double		depth = INFINITY;

			for (uint32_t e = 0; e + 1 < extent->npoints; e++)
				if (e != 4)		/* from the shell to the hole */
					depth = fmin(depth, point_segment(p, xy + 2 * e, xy + 2 * e + 2));
			if (point_in_part(p, xy, extent->ring_points, extent->nrings))
				best = fmax(best, depth);
		}
	return 2 * best;
}

static void
test_width(void)
{
	static Source source;
	Cases		boxes = {0, 0};
	Cases		frames = {0, 0};

	for (int round = 0; round < 200; round++)
	{
		double		lat = random_between(-70, 70);
		double		size = pow(10, random_between(-4, -1.5));
		MfPlane		plane;
		double		w,
					h,
					width,
					grid;
		MfAreas    *index;

		plane_about(&plane, 10 + size, lat + size);
		w = size * random_between(0.2, 2);
		h = size * random_between(0.2, 2);
		{
			double		box[] = {10, lat, 10 + w, lat, 10 + w, lat + h, 10, lat + h, 10, lat,
			10 + w * 0.4, lat + h * 0.4, 10 + w * 0.4, lat + h * 0.6, 10 + w * 0.6, lat + h * 0.6,
			10 + w * 0.6, lat + h * 0.4, 10 + w * 0.4, lat + h * 0.4};

			memcpy(source.xy[0], box, sizeof(box));
			memcpy(source.xy[1], box, sizeof(box));
		}
		source.points[0][0] = source.points[1][0] = source.points[1][1] = 5;
		source.extents[0] = (MfExtent) {MF_POLYGON, 1, 1, 5, &one, source.points[0], source.xy[0]};
		source.extents[1] = (MfExtent) {MF_POLYGON, 1, 2, 10, &two, source.points[1], source.xy[1]};
		areas_build(&index, &mf_memory_malloc, 2, source_extent, &source);
		w *= plane.mx;
		h *= plane.my;
		areas_width(index, 0, 0.001, &width);
		case_check(&boxes, width <= fmin(w, h) * (1 + 1e-3) && width >= fmin(w, h) * 0.99 - 0.01,
				   "a box of %g by %g is %g wide", w, h, width);
		areas_width(index, 1, 0.001, &width);
		grid = width_by_grid(&source.extents[1], &plane, w, h);
		case_check(&frames, width >= 0.99 * grid - 0.01 && width <= grid + 2 * hypot(w, h) / 80,
				   "a frame of %g by %g is %g wide, not %g", w, h, width, grid);
		areas_free(index);
	}
	check_cases(&boxes, "boxes are as wide as they are");
	check_cases(&frames, "boxes with a hole are as wide as a grid of points says");
}

int
main(void)
{
	unit_seed();
	test_near();
	test_width();
	return unit_done();
}
