/*
 * shift_test.c - centroids against triangles, and overlaps that outlast a
 * shift against shifts in every direction
 */
#include "mf_core.h"

#include <geodesic.h>

#include "unit.h"

#define MAX_POINTS	64
#define RADIANS	0.017453292519943295

typedef struct Shape
{
	double		xy[2 * MAX_POINTS];
	uint32_t	part_rings;
	uint32_t	ring_points;
	MfExtent	extent;
} Shape;

static void
shape_set(Shape *shape, MfKind kind, uint32_t npoints)
{
	shape->part_rings = 1;
	shape->ring_points = npoints;
	shape->extent = (MfExtent) {
		kind, 1, 1, npoints, &shape->part_rings, &shape->ring_points, shape->xy
	};
}

/* A star, or with squeeze 0 a convex polygon: corners on an ellipse. */
static void
star(Shape *shape, double lon, double lat, double size, int corners, double squeeze)
{
	double		flat = random_between(0.05, 1.0);
	double		turn = random_between(0.0, 3.0);
	double		wide = cos(lat * M_PI / 180);

	for (int i = 0; i < corners; i++)
	{
		double		angle = 2 * M_PI * (i + random_between(0.0, 0.9)) / corners;
		double		r = size * (1 - squeeze * random_unit());
		double		u = r * cos(angle);
		double		v = r * flat * sin(angle);

		shape->xy[2 * i] = lon + (u * cos(turn) - v * sin(turn)) / wide;
		shape->xy[2 * i + 1] = lat + u * sin(turn) + v * cos(turn);
	}
	shape->xy[2 * corners] = shape->xy[0];
	shape->xy[2 * corners + 1] = shape->xy[1];
	shape_set(shape, MF_POLYGON, corners + 1);
}

/* Do they still touch when the second is moved? */
static bool
touch_shifted(const Shape *a, const Shape *b, double azimuth, double shift_m)
{
	Shape		moved = *b;
	MfPlane		plane;

	plane_about(&plane, a->xy[0], a->xy[1]);
	shape_set(&moved, b->extent.kind, b->extent.npoints);
	for (uint32_t i = 0; i < b->extent.npoints; i++)
	{
		moved.xy[2 * i] += shift_m * sin(azimuth) / plane.mx;
		moved.xy[2 * i + 1] += shift_m * cos(azimuth) / plane.my;
	}
	return extent_touches(&a->extent, &moved.extent);
}

static double
common_area(const Shape *a, const Shape *b)
{
	MfPairSpan	room[4 * MAX_POINTS];
	MinefieldBox box_a;
	MinefieldBox box_b;
	double		noise;

	box_of_extent(&box_a, &a->extent);
	box_of_extent(&box_b, &b->extent);
	return pair_area(&a->extent, &box_a, &b->extent, &box_b, room, &noise);
}

static void
test_outlasts(bool convex)
{
	Cases		holds = {0, 0};
	Cases		parts = {0, 0};

	for (int i = 0; i < 3000; i++)
	{
		double		lat = random_between(-70, 70);
		double		lon = random_between(-170, 170);
		double		size = pow(10.0, random_between(-3.7, -2));
		double		shift_m = size * 111000 * random_between(0.01, 1.2);
		double		squeeze = convex ? 0.0 : 0.6;
		Shape		a;
		Shape		b;
		bool		outlasts;

		star(&a, lon, lat, size, convex ? 3 + random_below(12) : 5 + random_below(20), squeeze);
		star(&b, lon + random_between(-0.8, 0.8) * size, lat + random_between(-0.8, 0.8) * size,
			 size * random_between(0.3, 1), 3 + random_below(convex ? 2 : 20), squeeze);
		if (!extent_touches(&a.extent, &b.extent))
			continue;
		outlasts = overlap_outlasts(&a.extent, &b.extent, common_area(&a, &b), shift_m);
		if (outlasts)
		{
			bool		held = true;

			for (int k = 0; k < 90; k++)
				held = held && touch_shifted(&a, &b, k * M_PI / 45, shift_m) &&
					touch_shifted(&a, &b, k * M_PI / 45, shift_m * random_unit());
			case_check(&holds, held, "size %g lat %g: a shift of %g m takes them apart", size, lat, shift_m);
		}
		else if (convex)
		{
			bool		parted = false;

			for (int k = 0; k < 7200 && !parted; k++)
				parted = !touch_shifted(&a, &b, k * M_PI / 3600, shift_m * 1.012);
			case_check(&parts, parted, "size %g lat %g: no shift of %g m takes them apart", size, lat, shift_m);
		}
	}
	check_cases(&holds, convex ? "convex shapes: what outlasts a shift, does" :
				"any shapes: what outlasts a shift, does");
	if (convex)
		check_cases(&parts, "convex shapes: what does not, does not");
}

static void
test_cases_by_hand(void)
{
	/* on the equator a thousandth of a degree is 111 m, a ten-thousandth 11 m */
	Shape		field = {.xy = {0, 0, 1e-3, 0, 1e-3, 1e-3, 0, 1e-3, 0, 0}};
	Shape		point = {.xy = {0.5e-3, 0.3e-3}};
	Shape		line = {.xy = {-1e-3, 0.5e-3, 2e-3, 0.5e-3}};
	Shape		strip = {.xy = {-5e-3, 0.4e-3, 5e-3, 0.4e-3, 5e-3, 0.5e-3, -5e-3, 0.5e-3, -5e-3, 0.4e-3}};
	Shape		other = {.xy = {0.4e-3, -5e-3, 0.5e-3, -5e-3, 0.5e-3, 5e-3, 0.4e-3, 5e-3, 0.4e-3, -5e-3}};
	MfExtent   *f = &field.extent;

	shape_set(&field, MF_POLYGON, 5);
	shape_set(&point, MF_POINT, 1);
	shape_set(&line, MF_LINESTRING, 2);
	shape_set(&strip, MF_POLYGON, 5);
	shape_set(&other, MF_POLYGON, 5);
	check(overlap_outlasts(f, &point.extent, 0, 32.9) && !overlap_outlasts(f, &point.extent, 0, 33.4),
		  "a point 33 m inside");
	check(overlap_outlasts(f, &line.extent, 0, 54.9) && !overlap_outlasts(f, &line.extent, 0, 55.4),
		  "a line through the middle");
	check(overlap_outlasts(&strip.extent, &other.extent, common_area(&strip, &other), 500) &&
		  !overlap_outlasts(&strip.extent, &other.extent, common_area(&strip, &other), 561),
		  "two strips across each other");
	check(!overlap_outlasts(&point.extent, &point.extent, 0, 0), "two points");
	check(!overlap_outlasts(&line.extent, &line.extent, 0, 0), "a line and itself");
	check(overlap_outlasts(f, f, common_area(&field, &field), 110), "a field and itself");
}

/* The centroid from the corners of the triangles of a fan, in long double. */
static void
test_centroids(void)
{
	Cases		cases = {0, 0};

	for (int i = 0; i < 5000; i++)
	{
		double		lat = random_between(-70, 70);
		double		size = pow(10.0, random_between(-5, 0));
		int			corners = 3 + random_below(40);
		long double area = 0,
					x = 0,
					y = 0;
		double		got[2];
		Shape		shape;

		star(&shape, random_between(-170, 170), lat, size, corners, 0.6);
		for (int k = 1; k + 1 < corners; k++)
		{
			long double px = (long double) shape.xy[2 * k] - shape.xy[0];
			long double py = (long double) shape.xy[2 * k + 1] - shape.xy[1];
			long double qx = (long double) shape.xy[2 * k + 2] - shape.xy[0];
			long double qy = (long double) shape.xy[2 * k + 3] - shape.xy[1];
			long double cross = px * qy - py * qx;

			area += cross;
			x += cross * (px + qx) / 3;
			y += cross * (py + qy) / 3;
		}
		extent_centroid(&shape.extent, got);
		case_check(&cases, fabsl(got[0] - shape.xy[0] - x / area) <= 1e-13L * 180 &&
				   fabsl(got[1] - shape.xy[1] - y / area) <= 1e-13L * 180,
				   "%.17g %.17g", got[0], got[1]);
	}
	check_cases(&cases, "centroids of rings");
}

static void
test_centroids_by_hand(void)
{
	static const double xy[] = {
		0, 0, 3, 0, 3, 3, 0, 3, 0, 0,
		0, 0, 1, 0, 1, 1, 0, 1, 0, 0,
		10, 0, 10, 1, 11, 1, 11, 0, 10, 0
	};
	static const double flat[] = {0, 0, 2, 0, 0, 0, 0, 0};
	static const double spot[] = {1, 2, 1, 2, 1, 2, 1, 2};
	static const double line[] = {0, 0, 2, 0, 2, 1};
	static const uint32_t two_one[] = {2, 1};
	static const uint32_t fives[] = {5, 5, 5};
	static const uint32_t ones[] = {1, 1, 1};
	static const uint32_t n[] = {1, 3, 4};
	MfExtent	multi = {MF_MULTIPOLYGON, 2, 3, 15, two_one, fives, xy};
	MfExtent	folded = {MF_POLYGON, 1, 1, 4, ones, n + 2, flat};
	MfExtent	same = {MF_POLYGON, 1, 1, 4, ones, n + 2, spot};
	MfExtent	way = {MF_LINESTRING, 1, 1, 3, ones, n + 1, line};
	MfExtent	points = {MF_MULTIPOINT, 3, 3, 3, ones, ones, line};
	double		c[2];

	extent_centroid(&multi, c);
	check(fabs(c[0] - (9 * 1.5 - 0.5 + 10.5) / 9) < 1e-14 && fabs(c[1] - (9 * 1.5 - 0.5 + 0.5) / 9) < 1e-14,
		  "parts and holes, whichever way they run");
	extent_centroid(&folded, c);
	check(c[0] == 1 && c[1] == 0, "a ring without area is its line");
	extent_centroid(&same, c);
	check(c[0] == 1 && c[1] == 2, "a ring without length is its points");
	extent_centroid(&way, c);
	check(fabs(c[0] - 4.0 / 3) < 1e-15 && fabs(c[1] - 0.5 / 3) < 1e-15, "a line by its length");
	extent_centroid(&points, c);
	check(fabs(c[0] - 4.0 / 3) < 1e-15 && fabs(c[1] - 1.0 / 3) < 1e-15, "points by their number");
}

static void
test_short_geodesics(void)
{
	Cases		lengths = {0, 0};
	Cases		azimuths = {0, 0};
	struct geod_geodesic wgs84;
	double		worst = 0.0;
	double		p[] = {0, 0};
	double		q[] = {0.03, 0};
	double		got,
				azimuth;

	geod_init(&wgs84, MF_WGS84_A, MF_WGS84_F);
	for (int i = 0; i < 20000; i++)
	{
		double		from[2] = {random_between(-179, 179), random_between(-82, 82)};
		double		reach = pow(10.0, random_between(-8, -1.4));
		double		to[2] = {from[0] + random_between(-reach, reach), from[1] + random_between(-reach, reach)};
		double		wanted,
					wanted_azimuth,
					ignored,
					off;

		if (!short_geodesic(from, to, &got, &azimuth))
			continue;
		geod_inverse(&wgs84, from[1], from[0], to[1], to[0], &wanted, &wanted_azimuth, &ignored);
		worst = fmax(worst, fabs(got - wanted));
		case_check(&lengths, fabs(got - wanted) <= 1e-5, "%.10g, not %.10g m at %g", got, wanted, from[1]);
		off = fabs(remainder(azimuth - wanted_azimuth, 360));
		case_check(&azimuths, off * RADIANS * wanted <= 1e-5 && azimuth >= 0 && azimuth < 360,
				   "%.10g, not %.10g degrees over %g m at %g", azimuth, wanted_azimuth, wanted, from[1]);
	}
	printf("# worst length is %.2g m off\n", worst);
	check_cases(&lengths, "short geodesics are PROJ's");
	check_cases(&azimuths, "and their azimuths");
	check(!short_geodesic(p, q, &got, &azimuth), "what is far is left to others");
}

int
main(void)
{
	unit_seed();
	test_outlasts(true);
	test_outlasts(false);
	test_cases_by_hand();
	test_centroids();
	test_centroids_by_hand();
	test_short_geodesics();
	return unit_done();
}
