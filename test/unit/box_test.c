/*
 * box_test.c - boxes, and that their bounds of distances are bounds
 */
#include "mf_core.h"

#include <geodesic.h>

#include "unit.h"

static struct geod_geodesic wgs84;

static double
measure(double lon1, double lat1, double lon2, double lat2)
{
	double		s12;

	geod_inverse(&wgs84, lat1, lon1, lat2, lon2, &s12, NULL, NULL);
	return s12;
}

static MinefieldBox
box_of(double xmin, double ymin, double xmax, double ymax)
{
	MinefieldBox box;

	box_set_empty(&box);
	box_add_point(&box, xmin, ymin);
	box_add_point(&box, xmax, ymax);
	return box;
}

static MinefieldBox
random_box(double lon, double lat, double size)
{
	double		x1 = fmax(-180, fmin(180, lon + random_between(-size, size)));
	double		x2 = fmax(-180, fmin(180, lon + random_between(-size, size)));
	double		y1 = fmax(-90, fmin(90, lat + random_between(-size, size)));
	double		y2 = fmax(-90, fmin(90, lat + random_between(-size, size)));

	return box_of(fmin(x1, x2), fmin(y1, y2), fmax(x1, x2), fmax(y1, y2));
}

static void
test_rounding(void)
{
	Cases		cases = {0, 0};
	MinefieldBox world = box_of(-180, -90, 180, 90);

	check(world.xmin == -180.0f && world.xmax == 180.0f && world.ymin == -90.0f &&
		  world.ymax == 90.0f, "the limits of longitude and latitude are exact");
	for (int i = 0; i < 100000; i++)
	{
		double		x = random_between(-180, 180) * pow(10, -random_below(12));
		double		y = random_between(-90, 90);
		MinefieldBox box = box_of(x, y, x, y);

		case_check(&cases, box.xmin <= x && x <= box.xmax && box.ymin <= y && y <= box.ymax &&
				   nextafterf(box.xmin, INFINITY) >= box.xmax &&
				   nextafterf(box.ymin, INFINITY) >= box.ymax, "%.17g %.17g", x, y);
	}
	check_cases(&cases, "sides are the floats next to a point");
}

static void
test_relations(void)
{
	MinefieldBox empty;
	MinefieldBox copy;
	MinefieldBox a = box_of(0, 0, 2, 2);
	MinefieldBox b = box_of(1, 1, 2, 2);
	MinefieldBox c = box_of(2, 2, 3, 3);
	MinefieldBox d = box_of(4, 0, 5, 1);
	double		xy[] = {0, 1, 4, 5, 2, -3};
	uint32_t	one = 1;
	uint32_t	three = 3;
	MfExtent	line = {MF_LINESTRING, 1, 1, 3, &one, &three, xy};

	box_set_empty(&empty);
	copy = empty;
	check(box_is_empty(&empty) && !box_is_empty(&a), "empty and not");
	check(!box_overlaps(&empty, &a) && !box_overlaps(&a, &empty) &&
		  !box_overlaps(&empty, &copy) && !box_contains(&a, &empty) &&
		  !box_contains(&empty, &a) && !box_contains(&empty, &copy) &&
		  !box_equal(&empty, &copy) && !box_equal(&empty, &a),
		  "nothing is true of an empty box");
	check(isinf(box_distance_bound(&empty, &a)) && isinf(box_distance_bound(&a, &empty)),
		  "an empty box is infinitely far");
	check(box_overlaps(&a, &b) && box_overlaps(&a, &c) && !box_overlaps(&a, &d) &&
		  box_contains(&a, &b) && !box_contains(&b, &a) && box_contains(&a, &a) &&
		  box_equal(&a, &a) && !box_equal(&a, &b), "relations of boxes");
	box_add_box(&copy, &a);
	check(box_equal(&copy, &a), "adding to an empty box");
	box_add_box(&copy, &empty);
	check(box_equal(&copy, &a), "adding an empty box");
	box_add_box(&copy, &d);
	check(copy.xmin == 0 && copy.ymin == 0 && copy.xmax == 5 && copy.ymax == 2, "adding a box");
	box_of_extent(&copy, &line);
	check(copy.xmin == 0 && copy.ymin == -3 && copy.xmax == 4 && copy.ymax == 5,
		  "the box of an extent");
	line.npoints = line.nrings = line.nparts = 0;
	box_of_extent(&copy, &line);
	check(box_is_empty(&copy), "the box of an empty extent");
}

static void
test_bound(void)
{
	Cases		cases = {0, 0};
	Cases		tight = {0, 0};

	for (int i = 0; i < 20000; i++)
	{
		double		size = pow(10, random_between(-3, 2));
		double		lon = random_below(4) == 0 ? 180 : random_between(-180, 180);
		double		lat = random_between(-95, 95);
		MinefieldBox a = random_box(lon, lat, size);
		MinefieldBox b = random_box(random_below(3) == 0 ? -lon : lon + random_between(-3, 3) * size,
									lat + random_between(-3, 3) * size, size);
		double		bound = box_distance_bound(&a, &b);
		double		least = INFINITY;

		for (int k = 0; k < 60; k++)
		{
			/* Corners and sides often, for that is where boxes are nearest. */
			double		u[4];
			double		d;

			for (int m = 0; m < 4; m++)
				u[m] = random_below(3) == 0 ? random_unit() : random_below(2);
			d = measure(a.xmin + u[0] * ((double) a.xmax - a.xmin),
						a.ymin + u[1] * ((double) a.ymax - a.ymin),
						b.xmin + u[2] * ((double) b.xmax - b.xmin),
						b.ymin + u[3] * ((double) b.ymax - b.ymin));
			least = fmin(least, d);
		}
		case_check(&cases, bound <= least, "[%g %g %g %g] [%g %g %g %g]: bound %.9g, found %.9g",
				   a.xmin, a.ymin, a.xmax, a.ymax, b.xmin, b.ymin, b.xmax, b.ymax, bound, least);
		case_check(&cases, bound == box_distance_bound(&b, &a), "not the same both ways");
		case_check(&tight, !(box_overlaps(&a, &b) && bound > 0), "overlapping and %g", bound);
	}
	check_cases(&cases, "no two points of boxes are nearer than the bound");
	for (int i = 0; i < 20000; i++)
	{
		double		x = random_between(-180, 180);
		double		y = random_between(-90, 90);
		double		x2 = fmax(-180, fmin(180, x + random_between(-20, 20)));
		double		y2 = fmax(-90, fmin(90, y + random_between(-20, 20)));
		MinefieldBox a = box_of((float) x, (float) y, (float) x, (float) y);
		MinefieldBox b = box_of((float) x2, (float) y2, (float) x2, (float) y2);
		double		d = measure((float) x, (float) y, (float) x2, (float) y2);

		case_check(&tight, box_distance_bound(&a, &b) >= 0.989 * d, "%g for %g",
				   box_distance_bound(&a, &b), d);
	}
	check_cases(&tight, "and the bound of points is within 1.1 % of the distance");
}

static void
test_expand(void)
{
	Cases		cases = {0, 0};
	Cases		tight = {0, 0};
	MinefieldBox box;

	for (int i = 0; i < 100000; i++)
	{
		double		lon = random_below(8) == 0 ? 179.9 : random_between(-180, 180);
		double		lat = random_below(8) == 0 ? random_between(88, 90) : random_between(-90, 90);
		MinefieldBox a = random_box(lon, lat, pow(10, random_between(-4, 1)));
		double		distance = pow(10, random_between(-1, 6.8));
		MinefieldBox grown = a;
		double		x = a.xmin + random_unit() * ((double) a.xmax - a.xmin);
		double		y = a.ymin + random_unit() * ((double) a.ymax - a.ymin);
		double		lon2;
		double		lat2;

		/* From a side, as far as it goes. */
		if (random_below(2) == 0)
			x = random_below(2) == 0 ? a.xmin : a.xmax;
		else
			y = random_below(2) == 0 ? a.ymin : a.ymax;
		box_expand(&grown, distance);
		geod_direct(&wgs84, y, x, random_between(0, 360), distance * (1 - 1e-12), &lat2, &lon2,
					NULL);
		case_check(&cases, lat2 >= grown.ymin && lat2 <= grown.ymax &&
				   lon2 >= grown.xmin && lon2 <= grown.xmax && box_contains(&grown, &a),
				   "%.9g %.9g by %.9g: %.9g %.9g outside", x, y, distance, lon2, lat2);
		case_check(&tight, grown.ymax - (double) a.ymax <= distance / 110500 + 1e-4,
				   "%g m: %g degrees", distance, grown.ymax - (double) a.ymax);
	}
	check_cases(&cases, "nothing within the distance is outside an expanded box");
	check_cases(&tight, "which does not grow more than it must to the north");

	box = box_of(10, 60, 11, 61);
	box_expand(&box, 10000);
	check(box.xmin > 9.8 && box.xmin < 9.82 && box.ymin > 59.9 && box.ymin < 59.92,
		  "10 km at 60 degrees: %.4f %.4f", box.xmin, box.ymin);
	box = box_of(179.95, 0, 179.96, 1);
	box_expand(&box, 10000);
	check(box.xmin == -180 && box.xmax == 180, "across 180 degrees: all longitudes");
	box = box_of(0, 89.95, 1, 89.96);
	box_expand(&box, 10000);
	check(box.xmin == -180 && box.xmax == 180 && box.ymax == 90, "over a pole: all longitudes");
	box = box_of(0, 0, 1, 1);
	box_expand(&box, INFINITY);
	check(box.xmin == -180 && box.ymin == -90 && box.xmax == 180 && box.ymax == 90,
		  "infinitely far: everything");
	box_set_empty(&box);
	box_expand(&box, 1000);
	check(box_is_empty(&box), "an empty box stays empty");
}

int
main(void)
{
	geod_init(&wgs84, MF_WGS84_A, MF_WGS84_F);
	unit_seed();
	test_rounding();
	test_relations();
	test_bound();
	test_expand();
	return unit_done();
}
