/*
 * area_test.c - areas against closed forms, long double integrals and PROJ
 */
#include "mf_core.h"

#include "unit.h"

#define PI_L	3.141592653589793238462643383279502884L
#define RAD_L	(PI_L / 180.0L)

static const long double A = 6378137.0L;
static const long double F = 1.0L / 298.257223563L;

static long double nodes[20];
static long double weights[20];

/* Gauss-Legendre nodes of order 20 on 0..1, by Newton's method. */
static void
make_nodes(void)
{
	for (int i = 0; i < 20; i++)
	{
		long double x = cosl(PI_L * (i + 0.75L) / 20.5L);
		long double slope = 1.0L;

		for (int turn = 0; turn < 60; turn++)
		{
			long double p0 = 1.0L;
			long double p1 = x;

			for (int k = 2; k <= 20; k++)
			{
				long double p2 = ((2 * k - 1) * x * p1 - (k - 1) * p0) / k;

				p0 = p1;
				p1 = p2;
			}
			slope = 20 * (x * p1 - p0) / (x * x - 1.0L);
			x -= p1 / slope;
		}
		nodes[i] = (1.0L + x) / 2;
		weights[i] = 1.0L / ((1.0L - x * x) * slope * slope);
	}
}

/* S(lat), lat in degrees: the closed form. */
static long double
zone(long double lat)
{
	long double e2 = F * (2.0L - F);
	long double e = sqrtl(e2);
	long double b = A * (1.0L - F);
	long double s = sinl(lat * RAD_L);

	return b * b / 2 * (s / (1.0L - e2 * s * s) + atanhl(e * s) / e);
}

/* S(lat) - S(from), as an integral: no cancellation. */
static long double
zone_from(long double from, long double lat)
{
	long double e2 = F * (2.0L - F);
	long double sum = 0.0L;

	for (int i = 0; i < 20; i++)
	{
		long double phi = (from + nodes[i] * (lat - from)) * RAD_L;
		long double s = sinl(phi);
		long double w = 1.0L - e2 * s * s;

		sum += weights[i] * A * A * (1.0L - e2) * cosl(phi) / (w * w);
	}
	return sum * (lat - from) * RAD_L;
}

/* The oracle: -int (S(lat) - S(lat0)) dlon, edge by edge. */
static long double
oracle_area(const double *xy, int n)
{
	long double sum = 0.0L;
	long double lat0 = xy[1];

	for (int i = 0; i + 1 < n; i++)
	{
		long double y1 = xy[2 * i + 1];
		long double y2 = xy[2 * i + 3];
		long double width = ((long double) xy[2 * i + 2] - xy[2 * i]) * RAD_L;

		for (int k = 0; k < 20; k++)
			sum -= weights[k] * width * zone_from(lat0, y1 + nodes[k] * (y2 - y1));
	}
	return sum;
}

static bool
is_near(double got, long double wanted, long double total)
{
	return fabsl(got - wanted) <= 1e-9L * fabsl(total) + 1e-6L;
}

/* A star-shaped ring about a centre, counter-clockwise; returns its points. */
static int
make_star(double *xy, double lon, double lat, double size, int corners)
{
	double		squeeze = random_between(0.05, 1.0);
	double		turn = random_between(0.0, 3.0);

	for (int i = 0; i < corners; i++)
	{
		double		angle = 2 * M_PI * (i + random_between(0.0, 0.9)) / corners;
		double		r = size * random_between(0.3, 1.0);
		double		u = r * cos(angle);
		double		v = r * squeeze * sin(angle);

		xy[2 * i] = lon + u * cos(turn) - v * sin(turn);
		xy[2 * i + 1] = lat + u * sin(turn) + v * cos(turn);
	}
	xy[2 * corners] = xy[0];
	xy[2 * corners + 1] = xy[1];
	return corners + 1;
}

static void
test_quadrangles(void)
{
	Cases		cases = {0, 0};

	for (int i = 0; i < 20000; i++)
	{
		double		size = pow(10.0, random_between(-5.0, 1.5));
		double		west = random_between(-180.0, 180.0 - size);
		double		south = random_between(-90.0, 90.0 - size);
		double		east = west + size * random_between(0.1, 1.0);
		double		north = south + size * random_between(0.1, 1.0);
		double		ring[] = {west, south, east, south, east, north, west, north, west, south};
		long double wanted = zone_from(south, north) * ((long double) east - west) * RAD_L;

		case_check(&cases, is_near(ring_area(ring, 5), wanted, wanted),
				   "%.17g %.17g %.17g %.17g: %.17g, not %.20Lg",
				   west, south, east, north, ring_area(ring, 5), wanted);
	}
	check_cases(&cases, "quadrangles of meridians and parallels");
	{
		double		all[] = {-180, -90, 180, -90, 180, 90, -180, 90, -180, -90};
		long double wanted = 2 * zone(90.0L) * 2 * PI_L;

		check(is_near(ring_area(all, 5), wanted, wanted) &&
			  fabs(ring_area(all, 5) - 510065621724088.4) < 1e-9 * 5.1e14,
			  "the whole ellipsoid: %.17g m2", ring_area(all, 5));
	}
}

static void
test_random_rings(void)
{
	Cases		cases = {0, 0};
	Cases		reversed = {0, 0};
	double		xy[2 * 41];

	for (int i = 0; i < 1500; i++)
	{
		double		size = pow(10.0, random_between(-5.5, 1.5));
		double		lat = random_between(-89.0 + size, 89.0 - size);
		double		lon = random_between(-180.0 + size, 180.0 - size);
		int			n = make_star(xy, lon, lat, size, 3 + random_below(38));
		long double wanted = oracle_area(xy, n);
		double		got = ring_area(xy, n);
		double		back[2 * 41];

		case_check(&cases, is_near(got, wanted, wanted),
				   "size %g lat %g: %.17g, not %.20Lg", size, lat, got, wanted);
		for (int k = 0; k < n; k++)
		{
			back[2 * k] = xy[2 * (n - 1 - k)];
			back[2 * k + 1] = xy[2 * (n - 1 - k) + 1];
		}
		case_check(&reversed, fabs(ring_area(back, n) + got) <= 1e-13 * fabs(got),
				   "size %g lat %g: %.17g and %.17g", size, lat, got, ring_area(back, n));
	}
	check_cases(&cases, "random rings of 1 m to 3000 km against long double");
	check_cases(&reversed, "reversed rings have the opposite sign");
}

/* Strips that are much longer than wide are where cancellation shows. */
static void
test_strips(void)
{
	Cases		cases = {0, 0};

	for (int i = 0; i < 1000; i++)
	{
		double		lon = random_between(-90.0, 90.0);
		double		lat = random_between(-60.0, 60.0);
		double		dx = random_between(-20.0, 20.0);
		double		dy = random_between(-20.0, 20.0);
		double		width = pow(10.0, random_between(-8.0, -3.0));
		double		ring[] = {lon, lat, lon + dx, lat + dy, lon + dx, lat + dy + width,
		lon, lat + width, lon, lat};
		long double wanted = oracle_area(ring, 5);

		case_check(&cases, is_near(ring_area(ring, 5), wanted, wanted),
				   "%g x %g x %g: %.17g, not %.20Lg", dx, dy, width, ring_area(ring, 5), wanted);
	}
	check_cases(&cases, "strips up to 3000 km long and 1 mm to 100 m wide");
}

/*
 * The area of the densified ring in PROJ's equal-area projection.  What the
 * pieces being straight there still takes away falls with the square of their
 * number, so it is found from half as many and taken out.
 */
static bool
proj_area(const double *xy, int n, int pieces, double *area)
{
	char		input[] = "/tmp/area_test_XXXXXX";
	char		command[200];
	int			fd = mkstemp(input);
	FILE	   *f = fd >= 0 ? fdopen(fd, "w") : NULL;
	double		x,
				y,
				x0 = 0.0,
				y0 = 0.0;
	double		before[2][2] = {{0.0, 0.0}, {0.0, 0.0}};
	long double sums[2] = {0.0L, 0.0L};
	long		read = 0;

	if (f == NULL)
		return false;
	for (int i = 0; i + 1 < n; i++)
		for (int k = 0; k < pieces; k++)
			fprintf(f, "%.17g %.17g 0 0\n",
					xy[2 * i] + (xy[2 * i + 2] - xy[2 * i]) * k / pieces - xy[0],
					xy[2 * i + 1] + (xy[2 * i + 3] - xy[2 * i + 1]) * k / pieces);
	fclose(f);
	snprintf(command, sizeof(command), "cct -d 9 +proj=cea +ellps=WGS84 < %s", input);
	f = popen(command, "r");
	while (f != NULL && fscanf(f, "%lf %lf %*s %*s", &x, &y) == 2)
	{
		if (read == 0)
		{
			x0 = x;
			y0 = y;
		}
		x -= x0;
		y -= y0;
		/* All points, and every second one. */
		for (int k = 0; k < 2 && read % (k + 1) == 0; k++)
		{
			sums[k] += (long double) before[k][0] * y - (long double) x * before[k][1];
			before[k][0] = x;
			before[k][1] = y;
		}
		read++;
	}
	*area = (double) ((4 * sums[0] - sums[1]) / 6);
	unlink(input);
	return f != NULL && pclose(f) == 0 && read == (long) (n - 1) * pieces;
}

static void
test_proj(void)
{
	Cases		cases = {0, 0};
	double		xy[2 * 9];

	if (system("command -v cct >/dev/null 2>&1") != 0)
	{
		unit_skip("random rings against PROJ's equal-area projection", "cct is not installed");
		return;
	}
	for (int i = 0; i < 30; i++)
	{
		double		size = pow(10.0, random_between(-4.0, 0.7));
		double		lat = random_between(-70.0, 70.0);
		int			n = make_star(xy, random_between(-170.0, 170.0), lat, size,
								  3 + random_below(6));
		double		wanted = 0.0;
		bool		ran = proj_area(xy, n, 1000, &wanted);
		double		slack = 1e-9 * fabs(wanted) + 1e-6;

		/* The oracle itself has coordinates of 1e7 m rounded to 2e-9 m. */
		slack += size * 1e5 * 4e-9;
		case_check(&cases, ran && fabs(ring_area(xy, n) - wanted) <= slack,
				   "size %g lat %g: %.17g, not %.17g", size, lat, ring_area(xy, n), wanted);
	}
	check_cases(&cases, "random rings against PROJ's equal-area projection");
}

static void
test_extents(void)
{
	double		xy[] = {0, 0, 3, 0, 3, 3, 0, 3, 0, 0, 1, 1, 2, 1, 2, 2, 1, 2, 1, 1,
	10, 0, 10, 1, 11, 1, 11, 0, 10, 0};
	uint32_t	part_rings[] = {2, 1};
	uint32_t	ring_points[] = {5, 5, 5};
	MfExtent	extent = {MF_MULTIPOLYGON, 2, 3, 15, part_rings, ring_points, xy};
	double		wanted = ring_area(xy, 5) - ring_area(xy + 10, 5) - ring_area(xy + 20, 5);
	double		bowtie[] = {0, 0, 1, 1, 1, 0, 0, 1, 0, 0};
	uint32_t	one = 1;
	uint32_t	five = 5;
	MfExtent	single = {MF_POLYGON, 1, 1, 5, &one, &five, xy};

	check(ring_area(xy, 5) > 0 && ring_area(xy + 20, 5) < 0, "counter-clockwise is positive");
	check(fabs(extent_area(&extent) - wanted) < 1e-3, "shells minus holes, orientation ignored");
	check(isnan(extent_area_if_simple(&extent)), "several rings are left for later");
	check(extent_area_if_simple(&single) == ring_area(xy, 5), "one simple ring is not");
	single.xy = bowtie;
	check(isnan(extent_area_if_simple(&single)), "a ring that crosses itself is left");
	extent.kind = MF_MULTIPOINT;
	check(extent_area(&extent) == 0.0 && isnan(extent_area_if_simple(&extent)),
		  "points have no area");
	extent = (MfExtent) {MF_POLYGON, 0, 0, 0, NULL, NULL, NULL};
	check(extent_area(&extent) == 0.0 && isnan(extent_area_if_simple(&extent)),
		  "an empty polygon has none to know");
}

int
main(void)
{
	unit_seed();
	make_nodes();
	test_quadrangles();
	test_random_rings();
	test_strips();
	test_proj();
	test_extents();
	return unit_done();
}
