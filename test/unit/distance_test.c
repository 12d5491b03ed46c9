/*
 * distance_test.c - distances between extents against brute force
 *
 * PROJ's geodesics are the measure; the oracle tries many points of every
 * edge and refines the best.
 */
#include "mf_core.h"

#include <geodesic.h>

#include "unit.h"

static struct geod_geodesic wgs84;
static long geodesics;

static double
measure(double lon1, double lat1, double lon2, double lat2)
{
	double		s12;

	geodesics++;
	geod_inverse(&wgs84, lat1, lon1, lat2, lon2, &s12, NULL, NULL);
	return s12;
}

/* An extent with one part and one ring. */
typedef struct Single
{
	MfExtent	extent;
	uint32_t	one;
	uint32_t	points;
	double	   *xy;
} Single;

static const MfExtent *
single_make(Single *single, MfKind kind, double *xy, int n)
{
	single->one = 1;
	single->points = (uint32_t) n;
	single->xy = xy;
	single->extent = (MfExtent) {kind, 1, 1, (uint32_t) n, &single->one, &single->points, xy};
	return &single->extent;
}

/* ---- the oracle ---- */

static double
at(const double *a, const double *b, double s, const double *c, const double *d, double t)
{
	return measure(a[0] + s * (b[0] - a[0]), a[1] + s * (b[1] - a[1]),
				   c[0] + t * (d[0] - c[0]), c[1] + t * (d[1] - c[1]));
}

static double
into_unit(double t)
{
	return t < 0 ? 0 : t > 1 ? 1 : t;
}

/* The least distance of two edges: a grid, then ever smaller steps. */
static double
edge_oracle(const double *a, const double *b, const double *c, const double *d, int grid)
{
	double		best = INFINITY;
	double		s = 0;
	double		t = 0;

	for (int i = 0; i <= grid; i++)
		for (int j = 0; j <= grid; j++)
		{
			double		f = at(a, b, (double) i / grid, c, d, (double) j / grid);

			if (f < best)
			{
				best = f;
				s = (double) i / grid;
				t = (double) j / grid;
			}
		}
	for (double step = 1.0 / grid; step > 1e-10; step *= 0.7)
	{
		static const int moves[][2] = {
			{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, -1}, {1, -1}, {-1, 1}
		};

		for (int turn = 0; turn < 40; turn++)
		{
			bool		moved = false;

			for (int k = 0; k < 8; k++)
			{
				double		s2 = into_unit(s + moves[k][0] * step);
				double		t2 = into_unit(t + moves[k][1] * step);
				double		f = at(a, b, s2, c, d, t2);

				if (f < best)
				{
					best = f;
					s = s2;
					t = t2;
					moved = true;
				}
			}
			if (!moved)
				break;
		}
	}
	return best;
}

static double
oracle(const MfExtent *a, const MfExtent *b, int grid)
{
	double		best = INFINITY;

	for (uint32_t i = 0; i < a->npoints - (a->npoints > 1); i++)
		for (uint32_t j = 0; j < b->npoints - (b->npoints > 1); j++)
			best = fmin(best, edge_oracle(a->xy + 2 * i,
										  a->xy + 2 * (i + (a->npoints > 1)),
										  b->xy + 2 * j,
										  b->xy + 2 * (j + (b->npoints > 1)), grid));
	return best;
}

/* ---- random extents ---- */

/* A walk of n points (closed: a star) of about this size in degrees. */
static int
make_path(double *xy, bool closed, double lon, double lat, double size, int n)
{
	if (!closed)
	{
		for (int i = 0; i < n; i++)
		{
			xy[2 * i] = lon + random_between(-size, size);
			xy[2 * i + 1] = fmax(-90.0, fmin(90.0, lat + random_between(-size, size)));
		}
		return n;
	}
	for (int i = 0; i < n; i++)
	{
		double		angle = 2 * M_PI * (i + random_between(0.0, 0.8)) / n;
		double		r = size * random_between(0.3, 1.0);

		xy[2 * i] = lon + r * cos(angle);
		xy[2 * i + 1] = fmax(-90.0, fmin(90.0, lat + r * sin(angle)));
	}
	xy[2 * n] = xy[0];
	xy[2 * n + 1] = xy[1];
	return n + 1;
}

static void
test_edges(const char *what, int rounds, double least, double most, double apart, int grid)
{
	Cases		cases = {0, 0};
	double		worst = 0.0;
	double		xy_a[8];
	double		xy_b[8];
	Single		single_a;
	Single		single_b;

	for (int i = 0; i < rounds; i++)
	{
		double		size = exp(random_between(log(least), log(most)));
		double		lat = random_between(-80, 80);
		double		lon = random_between(-170, 170);
		const MfExtent *a = single_make(&single_a, MF_LINESTRING, xy_a,
										make_path(xy_a, false, lon, lat, size, 2));
		double		shift = size * exp(random_between(log(0.5), log(apart)));
		double		angle = random_between(0.0, 2 * M_PI);
		const MfExtent *b = single_make(&single_b, MF_LINESTRING, xy_b,
										make_path(xy_b, false, lon + shift * cos(angle),
												  fmax(-89, fmin(89, lat + shift * sin(angle))),
												  size, 1 + random_below(2)));
		double		got;
		double		wanted;

		for (int k = 0; k < 2 * (int) b->npoints; k += 2)
			xy_b[k] = fmax(-180.0, fmin(180.0, xy_b[k]));
		got = extent_distance(a, b, 0.0, measure);
		wanted = extent_touches(a, b) ? 0.0 : oracle(a, b, grid);

		/* The oracle may itself stop at a local minimum above the least. */
		case_check(&cases, got <= wanted + 1e-3 + 1e-9 * wanted &&
				   got >= wanted - (1e-5 + 1e-9 * wanted) - (wanted > 5e5 ? 1e-2 : 1e-3),
				   "%.17g %.17g, %.17g %.17g - %.17g %.17g, %.17g %.17g: %.6f, not %.6f",
				   xy_a[0], xy_a[1], xy_a[2], xy_a[3], xy_b[0], xy_b[1], xy_b[2], xy_b[3],
				   got, wanted);
		worst = fmax(worst, fabs(got - wanted));
		case_check(&cases, extent_distance(b, a, 0.0, measure) == got, "not the same both ways");
	}
	check_cases(&cases, what);
	printf("# largest difference %g m\n", worst);
}

static void
test_polygons(void)
{
	Cases		cases = {0, 0};
	double		xy_a[40];
	double		xy_b[40];
	Single		single_a;
	Single		single_b;

	for (int i = 0; i < 150; i++)
	{
		double		size = pow(10.0, random_between(-4.0, -1.0));
		double		lat = random_between(-70, 70);
		double		lon = random_between(-170, 170);
		double		angle = random_between(0, 2 * M_PI);
		double		shift = size * pow(10.0, random_between(0.0, 1.2));
		const MfExtent *a = single_make(&single_a, MF_POLYGON, xy_a,
										make_path(xy_a, true, lon, lat, size, 3 + random_below(4)));
		const MfExtent *b = single_make(&single_b, MF_POLYGON, xy_b,
										make_path(xy_b, true, lon + shift * cos(angle),
												  lat + shift * sin(angle), size,
												  3 + random_below(4)));
		double		got = extent_distance(a, b, 0.0, measure);
		double		wanted = extent_touches(a, b) ? 0.0 : oracle(a, b, 8);
		double		enough = wanted * random_between(0.5, 2.0);
		double		early = extent_distance(a, b, enough, measure);

		case_check(&cases, fabs(got - wanted) <= 1e-3 + 1e-9 * wanted,
				   "size %g lat %g: %.6f, not %.6f", size, lat, got, wanted);
		case_check(&cases, enough < got ? early == got : early <= enough && early >= got,
				   "enough %g: %g, exact %g", enough, early, got);
	}
	check_cases(&cases, "polygons of 10 m to 10 km");
}

/* ---- known cases ---- */

static double
distance_of(MfKind ka, double *a, int na, MfKind kb, double *b, int nb)
{
	Single		sa;
	Single		sb;

	return extent_distance(single_make(&sa, ka, a, na), single_make(&sb, kb, b, nb), 0.0, measure);
}

static void
test_known(void)
{
	double		square[] = {50, 40, 51, 40, 51, 41, 50, 41, 50, 40};
	double		inside[] = {50.5, 40.5, 50.6, 40.5, 50.6, 40.6, 50.5, 40.6, 50.5, 40.5};
	double		point[] = {50.25, 40.25};
	double		corner[] = {51, 41};
	double		line[] = {49, 40.5, 52, 40.5};
	double		east[] = {179, 10, 180, 10, 180, 11, 179, 11, 179, 10};
	double		west[] = {-180, 10.5};
	double		west2[] = {-179.5, 10.5};
	double		pole[] = {0, 90};
	double		pole2[] = {50, 90, 60, 80};
	double		par1[] = {10, 45, 40, 45};
	double		par2[] = {10, 45.5, 40, 45.5};
	double		north[] = {25, 60};
	MfExtent	empty = {MF_POLYGON, 0, 0, 0, NULL, NULL, NULL};
	Single		single;
	double		d;

	check(distance_of(MF_POLYGON, square, 5, MF_POLYGON, inside, 5) == 0 &&
		  distance_of(MF_POLYGON, inside, 5, MF_POLYGON, square, 5) == 0,
		  "one polygon inside another: 0 both ways");
	check(distance_of(MF_POLYGON, square, 5, MF_POINT, point, 1) == 0, "a point inside: 0");
	check(distance_of(MF_LINESTRING, square, 5, MF_POINT, point, 1) > 1000,
		  "a closed line has no inside");
	check(distance_of(MF_POLYGON, square, 5, MF_POINT, corner, 1) == 0, "a corner: 0");
	check(distance_of(MF_POLYGON, square, 5, MF_LINESTRING, line, 2) == 0, "a line across: 0");
	check(distance_of(MF_POLYGON, east, 5, MF_POINT, west, 1) < 1e-6,
		  "the same place on both sides of 180 degrees: 0");
	d = distance_of(MF_POLYGON, east, 5, MF_POINT, west2, 1);
	check(fabs(d - 54746.4) < 60, "distances go across 180 degrees: %.3f", d);
	check(distance_of(MF_POINT, pole, 1, MF_LINESTRING, pole2, 2) < 1e-6, "a pole is one point");
	d = distance_of(MF_LINESTRING, par1, 2, MF_LINESTRING, par2, 2);
	check(fabs(d - measure(20, 45, 20, 45.5)) < 1e-3,
		  "two parallels, as far apart as along a meridian: %.4f", d);
	d = distance_of(MF_LINESTRING, par1, 2, MF_POINT, north, 1);
	check(fabs(d - measure(25, 60, 25, 45)) < 3e-3, "a pole-side point: %.4f", d);
	single_make(&single, MF_POLYGON, square, 5);
	check(isinf(extent_distance(&single.extent, &empty, 0, measure)) &&
		  !extent_touches(&empty, &single.extent) && !extent_touches(&empty, &empty),
		  "an empty extent is infinitely far and touches nothing");
}

static void
test_holes(void)
{
	double		xy[] = {0, 0, 3, 0, 3, 3, 0, 3, 0, 0, 1, 1, 2, 1, 2, 2, 1, 2, 1, 1,
	1.4, 1.4, 1.6, 1.4, 1.6, 1.6, 1.4, 1.6, 1.4, 1.4};
	uint32_t	part_rings[] = {2, 1};
	uint32_t	ring_points[] = {5, 5, 5};
	MfExtent	extent = {MF_MULTIPOLYGON, 2, 3, 15, part_rings, ring_points, xy};
	double		in_hole[] = {1.2, 1.5};
	double		in_island[] = {1.5, 1.5};
	Single		single;
	double		d;

	d = extent_distance(single_make(&single, MF_POINT, in_hole, 1), &extent, 0, measure);
	check(d > 0 && fabs(d - measure(1.2, 1.5, 1.0, 1.5)) < 5, "a point in a hole is outside");
	d = extent_distance(single_make(&single, MF_POINT, in_island, 1), &extent, 0, measure);
	check(d == 0, "a point on an island in the hole is inside");
}

/* Touching through trees agrees with comparing all edges. */
static void
test_touches(void)
{
	Cases		cases = {0, 0};
	int			touching = 0;
	static double xy_a[2 * 121];
	static double xy_b[2 * 121];
	Single		single_a;
	Single		single_b;

	for (int i = 0; i < 1500; i++)
	{
		bool		closed_a = random_below(2) == 0;
		bool		closed_b = random_below(2) == 0;
		double		shift = random_between(0.0, 2.2);
		int			grid = random_below(3) == 0 ? 16 : 0;
		int			na = make_path(xy_a, closed_a, 0, 0, random_between(0.1, 1.0),
								   3 + random_below(118));
		int			nb = make_path(xy_b, closed_b, shift, 0, 1.0, 3 + random_below(118));
		const MfExtent *a = single_make(&single_a, closed_a ? MF_POLYGON : MF_LINESTRING,
										xy_a, na);
		const MfExtent *b = single_make(&single_b, closed_b ? MF_POLYGON : MF_LINESTRING,
										xy_b, nb);
		bool		wanted = false;

		/* A coarse grid makes vertices meet edges and each other. */
		for (int k = 0; grid > 0 && k < 2 * na; k++)
			xy_a[k] = rint(xy_a[k] * grid) / grid;
		for (int k = 0; grid > 0 && k < 2 * nb; k++)
			xy_b[k] = rint(xy_b[k] * grid) / grid;
		for (int k = 0; k + 1 < na; k++)
			for (int m = 0; m + 1 < nb; m++)
				wanted = wanted || segments_touch(xy_a + 2 * k, xy_a + 2 * k + 2,
												  xy_b + 2 * m, xy_b + 2 * m + 2);
		wanted = wanted || (closed_b && point_in_ring(xy_a, xy_b, (uint32_t) nb) >= 0) ||
			(closed_a && point_in_ring(xy_b, xy_a, (uint32_t) na) >= 0);
		touching += wanted;
		case_check(&cases, extent_touches(a, b) == wanted && extent_touches(b, a) == wanted,
				   "%d and %d points, wanted %d", na, nb, wanted);
	}
	check_cases(&cases, "touching, with and without trees");
	check(touching > 300 && touching < 1400, "%d of them touch", touching);
}

/* Many points in many parts, through the tree. */
static void
test_many_parts(void)
{
	enum {N = 60};
	static double xy[N * N * 10];
	static uint32_t part_rings[N * N];
	static uint32_t ring_points[N * N];
	MfExtent	squares = {MF_MULTIPOLYGON, N * N, N * N, N * N * 5, part_rings, ring_points, xy};
	Cases		cases = {0, 0};

	for (int i = 0; i < N * N; i++)
	{
		double		x = (i % N) * 0.01;
		double		y = (i / N) * 0.01;
		double		square[] = {x, y, x + 0.005, y, x + 0.005, y + 0.005, x, y + 0.005, x, y};

		part_rings[i] = 1;
		ring_points[i] = 5;
		memcpy(xy + 10 * i, square, sizeof(square));
	}
	for (int i = 0; i < 300; i++)
	{
		double		p[2] = {random_between(0, 0.01 * N), random_between(0, 0.01 * N)};
		bool		wanted = fmod(p[0], 0.01) <= 0.005 && fmod(p[1], 0.01) <= 0.005;
		Single		single;
		const MfExtent *point = single_make(&single, MF_POINT, p, 1);
		double		d = extent_distance(point, &squares, 0, measure);
		double		least = INFINITY;

		case_check(&cases, extent_touches(point, &squares) == wanted && (d == 0) == wanted,
				   "%g %g: touches %d", p[0], p[1], !wanted);
		for (int k = 0; k < N * N * 5; k++)
			least = fmin(least, measure(p[0], p[1], xy[2 * k], xy[2 * k + 1]));
		case_check(&cases, d <= least && d >= (wanted ? 0 : least / 3 - 300), "too far: %g", d);
	}
	check_cases(&cases, "points among 3600 squares");
}

/* ---- large extents ---- */

static long polls;

static bool
stop_soon(void)
{
	return ++polls > 3;
}

static void
test_large(void)
{
	enum {N = 100000};
	double	   *coast = malloc((N + 1) * 2 * sizeof(double));
	double	   *other = malloc((N + 1) * 2 * sizeof(double));
	double		few[] = {40, 10, 40.5, 10, 40.3, 10.2, 40, 10};
	Single		a;
	Single		b;
	clock_t		start;
	double		d;
	double		least = INFINITY;

	for (int i = 0; i <= N; i++)
	{
		double		angle = 2 * M_PI * (i % N) / N;
		double		r = 5.0 + 0.3 * sin(37 * angle) + 0.001 * sin(5003 * angle);

		coast[2 * i] = 30 + r * cos(angle);
		coast[2 * i + 1] = 10 + r * sin(angle);
		other[2 * i] = coast[2 * i] + 15.0;
		other[2 * i + 1] = coast[2 * i + 1] + 3.0;
	}
	single_make(&a, MF_POLYGON, coast, N + 1);
	start = clock();
	d = extent_distance(&a.extent, single_make(&b, MF_POLYGON, few, 4), 0, measure);
	printf("# 100,000 points against 4: %.0f ms\n", (clock() - start) * 1e3 / CLOCKS_PER_SEC);
	for (int i = 0; i < N; i += 1)
		for (int k = 0; k < 3; k++)
			if (fabs(coast[2 * i] - 35) < 1 && fabs(coast[2 * i + 1] - 10) < 1)
				least = fmin(least, measure(coast[2 * i], coast[2 * i + 1],
											few[2 * k], few[2 * k + 1]));
	check(d <= least && d > least - 100, "100,000 points against 4: %.3f m", d);

	single_make(&b, MF_POLYGON, other, N + 1);
	start = clock();
	d = extent_distance(&a.extent, &b.extent, 0, measure);
	printf("# 100,000 points against as many: %.0f ms, %ld geodesics\n",
		   (clock() - start) * 1e3 / CLOCKS_PER_SEC, geodesics);
	check(d > 4e5 && d < 6e5, "100,000 points against as many: %.3f m", d);

	free(coast);
	free(other);
}

/* Two long parallels far apart: any pair of opposite places is as near. */
static void
test_valley(void)
{
	double		par1[] = {0, 40, 30, 40};
	double		par2[] = {0, 48, 30, 48};
	Single		a;
	Single		b;
	clock_t		start = clock();
	double		d;

	single_make(&a, MF_LINESTRING, par1, 2);
	single_make(&b, MF_LINESTRING, par2, 2);
	geodesics = 0;
	d = extent_distance(&a.extent, &b.extent, 0, measure);
	printf("# long parallels: %.0f ms, %ld geodesics\n",
		   (clock() - start) * 1e3 / CLOCKS_PER_SEC, geodesics);
	check(fabs(d - measure(10, 40, 10, 48)) < 2e-3, "long parallels far apart: %.4f m", d);
	mf_interrupted = stop_soon;
	check(isnan(extent_distance(&a.extent, &b.extent, 0, measure)) && polls > 3,
		  "an interrupt makes it NaN");
	mf_interrupted = NULL;
}

static double
straight_distance(const double *p, const double *q)
{
	const double *lonlat[2] = {p, q};
	double		x[2][3];

	for (int k = 0; k < 2; k++)
	{
		double		lat = lonlat[k][1] * M_PI / 180;
		double		lon = lonlat[k][0] * M_PI / 180;
		double		e2 = MF_WGS84_F * (2 - MF_WGS84_F);
		double		n = MF_WGS84_A / sqrt(1 - e2 * sin(lat) * sin(lat));

		x[k][0] = n * cos(lat) * cos(lon);
		x[k][1] = n * cos(lat) * sin(lon);
		x[k][2] = n * (1 - e2) * sin(lat);
	}
	return sqrt(pow(x[0][0] - x[1][0], 2) + pow(x[0][1] - x[1][1], 2) +
				pow(x[0][2] - x[1][2], 2));
}

/* What a geodesic is longer than the bound from the straight distance. */
static double
excess(const double *p, const double *q)
{
	const double radius = MF_WGS84_A / (1 - MF_WGS84_F);
	double		x = straight_distance(p, q) / (2 * radius);

	return measure(p[0], p[1], q[0], q[1]) - 2 * radius * asin(fmin(1, x));
}

/* What the search rests on: no geodesic is shorter than its bound ... */
static void
test_bound(void)
{
	Cases		cases = {0, 0};

	for (int i = 0; i < 200000; i++)
	{
		double		size = pow(10.0, random_between(-5.0, 2.3));
		double		p[2];
		double		q[2];

		p[0] = random_between(-180, 180);
		p[1] = random_below(4) == 0 ? random_between(-1, 1) : random_between(-90, 90);
		q[0] = fmax(-180, fmin(180, p[0] + random_between(-size, size)));
		q[1] = fmax(-90, fmin(90, p[1] + random_between(-size, size)));
		if (random_below(8) == 0)
		{
			q[0] = p[0] > 0 ? p[0] - random_between(178, 180) : p[0] + random_between(178, 180);
			q[1] = -p[1];
		}
		case_check(&cases, excess(p, q) >= -2e-8, "%.17g %.17g %.17g %.17g: %g",
				   p[0], p[1], q[0], q[1], excess(p, q));
	}
	check_cases(&cases, "the bound from the straight distance");
}

/* ... and what it is longer by changes slowly. */
static void
test_excess(void)
{
	const double radius = MF_WGS84_A / (1 - MF_WGS84_F);
	Cases		cases = {0, 0};
	double		most = 0;

	for (int i = 0; i < 200000; i++)
	{
		double		p[2] = {0, random_below(3) == 0 ? random_between(-2, 2) :
			random_between(-90, 90)};
		double		length = random_between(1e5, 1e7);
		double		q[2];
		double		moved[2];
		double		slope;

		geod_direct(&wgs84, p[1], p[0], random_below(2) == 0 ? random_between(0, 360) :
					90 * random_below(4) + random_between(-1, 1), length, &q[1], &q[0], NULL);
		geod_direct(&wgs84, q[1], q[0], random_between(0, 360), 2000, &moved[1], &moved[0], NULL);
		slope = fabs(excess(p, moved) - excess(p, q)) / 2000 / pow(length / radius, 2);
		most = fmax(most, slope);
		case_check(&cases, slope < 0.005, "%g km: %g", length / 1000, slope);
	}
	check_cases(&cases, "the change of what a geodesic exceeds it by");
	printf("# at most %g\n", most);
}

/*
 * Extents in different parts of the world, where the bounds from space are
 * loose, take hardly more geodesics than neighbours do.
 */
static void
test_far(void)
{
	Cases		cases = {0, 0};
	long		most = 0;

	for (int i = 0; i < 40; i++)
	{
		double		a[4] = {random_between(40, 60), random_between(-50, 50)};
		double		b[4] = {random_between(-140, -60), random_between(-80, 80)};
		Single		one,
					two;
		double		found;
		double		best;

		for (int d = 0; d < 2; d++)
		{
			a[2 + d] = a[d] + random_between(-0.5, 0.5);
			b[2 + d] = b[d] + random_between(-0.5, 0.5);
		}
		geodesics = 0;
		found = extent_distance(single_make(&one, MF_LINESTRING, a, 2),
								single_make(&two, MF_LINESTRING, b, 2), 0, measure);
		most = geodesics > most ? geodesics : most;
		case_check(&cases, geodesics < 100000, "%g %g %g %g %g %g %g %g: %ld geodesics", a[0], a[1],
				   a[2], a[3], b[0], b[1], b[2], b[3], geodesics);
		best = edge_oracle(a, a + 2, b, b + 2, 24);
		case_check(&cases, fabs(found - best) <= 1e-3 + 1e-9 * best, "%.17g %.17g", found, best);
	}
	check_cases(&cases, "far extents");
	printf("# at most %ld geodesics\n", most);
}

/* The quick way for what is small and near, against the long one. */
static void
test_near(void)
{
	static const MfKind kinds[] = {MF_POLYGON, MF_LINESTRING, MF_POINT};
	Cases		cases = {0, 0};
	Cases		beyond = {0, 0};
	long		left = 0;

	for (int i = 0; i < 4000; i++)
	{
		double		size = pow(10.0, random_between(-5.5, -1.9));
		double		lat = random_between(-72, 72);
		double		lon = random_between(-170, 170);
		double		xa[2 * 24];
		double		xb[2 * 24];
		MfKind		ka = kinds[random_below(3)];
		MfKind		kb = kinds[random_below(3)];
		int			na = ka == MF_POINT ? 1 : 3 + random_below(20);
		int			nb = kb == MF_POINT ? 1 : 3 + random_below(4);
		double		away = random_between(-2.5, 2.5) * size;
		Single		a,
					b;
		MinefieldBox box_a,
					box_b;
		double		wanted,
					limit,
					got;

		na = make_path(xa, ka == MF_POLYGON, lon, lat, size, na);
		nb = make_path(xb, kb == MF_POLYGON, lon + away, lat + random_between(-2.5, 2.5) * size, size, nb);
		single_make(&a, ka, xa, na);
		single_make(&b, kb, xb, nb);
		if (i % 5 == 0 && kb == MF_LINESTRING && ka == MF_LINESTRING)
			for (int k = 0; k < 4; k++)		/* parallel: nearest all along */
				xb[k] = xa[k] + 1e-4 * (k % 2);
		if (extent_touches(&a.extent, &b.extent))
			continue;
		box_of_extent(&box_a, &a.extent);
		box_of_extent(&box_b, &b.extent);
		wanted = extent_distance(&a.extent, &b.extent, 0, measure);
		if (!near_distance(&a.extent, &box_a, &b.extent, &box_b, INFINITY, &got))
		{
			left++;
			continue;
		}
		case_check(&cases, fabs(got - wanted) <= 1e-3, "size %g lat %g: %.9g, not %.9g", size, lat, got, wanted);
		limit = wanted * random_between(0.2, 2);
		near_distance(&a.extent, &box_a, &b.extent, &box_b, limit, &got);
		case_check(&beyond, wanted <= limit ? fabs(got - wanted) <= 1e-3 : got > limit,
				   "%.9g to %.9g: %.9g", wanted, limit, got);
	}
	printf("# %ld are left to trees\n", left);
	check_cases(&cases, "what is near, quickly");
	check_cases(&beyond, "and no farther than asked");
}

int
main(void)
{
	geod_init(&wgs84, MF_WGS84_A, MF_WGS84_F);
	unit_seed();
	test_known();
	test_holes();
	test_touches();
	test_many_parts();
	test_bound();
	test_excess();
	test_edges("edges of 1 m to 1 km", 200, 1e-5, 1e-2, 5, 12);
	test_edges("edges of 1 km to 100 km", 200, 1e-2, 1, 5, 12);
	test_edges("edges of 100 km to 3000 km", 60, 1, 30, 3, 24);
	test_polygons();
	test_large();
	test_valley();
	test_far();
	test_near();
	return unit_done();
}
