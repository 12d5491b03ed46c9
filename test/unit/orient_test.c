/*
 * orient_test.c - exact predicates against exact integer arithmetic
 *
 * On a grid of whole numbers every determinant fits a 128-bit integer.  The
 * grid is then moved and scaled so that the doubles are near ties of the
 * worst kind.
 */
#include "mf_core.h"

#include "unit.h"

typedef __int128 Wide;

/* The sign of the determinant of points given in units of 2^-52. */
static int
orient_oracle(const int64_t *a, const int64_t *b, const int64_t *c)
{
	Wide		det = ((Wide) a[0] - c[0]) * ((Wide) b[1] - c[1]) -
		((Wide) a[1] - c[1]) * ((Wide) b[0] - c[0]);

	return (det > 0) - (det < 0);
}

static void
to_doubles(double *dst, const int64_t *src, int n, int scale)
{
	for (int i = 0; i < n; i++)
		dst[i] = ldexp((double) src[i], scale);
}

/* Points that are nearly on one line: a, b and one between with a small step. */
static void
random_nearly_straight(int64_t *p)
{
	int64_t		bits = INT64_C(1) << (3 + random_below(50));
	int64_t		dx = (int64_t) (random_bits() % (uint64_t) bits) - bits / 2;
	int64_t		dy = (int64_t) (random_bits() % (uint64_t) bits) - bits / 2;
	int			k = random_below(5) - 2;

	p[0] = (int64_t) (random_bits() % (uint64_t) bits) - bits / 2;
	p[1] = (int64_t) (random_bits() % (uint64_t) bits) - bits / 2;
	p[2] = p[0] + dx;
	p[3] = p[1] + dy;
	p[4] = p[0] + dx * k / 2 + random_below(3) - 1;
	p[5] = p[1] + dy * k / 2 + random_below(3) - 1;
	for (int i = 0; i < 6; i++)
		if (p[i] > INT64_C(1) << 53 || p[i] < -(INT64_C(1) << 53))
			p[i] /= 4;
}

static void
test_orient(void)
{
	Cases		cases = {0, 0};
	long		zeros = 0;

	for (int i = 0; i < 1000000; i++)
	{
		int64_t		p[6];
		double		d[6];
		int			wanted;
		static const int scales[] = {0, -45, -52, -400, -900, -40};

		random_nearly_straight(p);
		to_doubles(d, p, 6, scales[random_below(6)]);
		wanted = orient_oracle(p, p + 2, p + 4);
		zeros += wanted == 0;
		case_check(&cases, orient2d(d, d + 2, d + 4) == wanted &&
				   orient2d(d + 2, d + 4, d) == wanted &&
				   orient2d(d + 2, d, d + 4) == -wanted,
				   "%a %a, %a %a, %a %a: not %d", d[0], d[1], d[2], d[3], d[4], d[5], wanted);
	}
	check_cases(&cases, "orientation of points nearly on one line");
	check(zeros > 10000, "%ld of them on one line", zeros);
}

/* The classical picture: a lattice of neighbouring doubles about a line. */
static void
test_lattice(void)
{
	Cases		cases = {0, 0};
	double		a[] = {12, 12};
	double		b[] = {24, 24};

	for (int i = -128; i < 128; i++)
		for (int j = -128; j < 128; j++)
		{
			double		p[] = {0.5 + i * 0x1p-53, 0.5 + j * 0x1p-53};

			/* Below 0.5 doubles are twice as close; above, every second step. */
			case_check(&cases, orient2d(a, b, p) == (p[1] > p[0]) - (p[1] < p[0]), "%d %d", i, j);
		}
	check_cases(&cases, "neighbouring doubles about a diagonal");
}

/* ---- segments ---- */

static int
on_segment(const int64_t *a, const int64_t *b, const int64_t *p)
{
	return orient_oracle(a, b, p) == 0 &&
		(p[0] - a[0]) * (p[0] - b[0]) <= 0 && (p[1] - a[1]) * (p[1] - b[1]) <= 0;
}

static bool
touch_oracle(const int64_t *a, const int64_t *b, const int64_t *c, const int64_t *d)
{
	if (on_segment(a, b, c) || on_segment(a, b, d) || on_segment(c, d, a) || on_segment(c, d, b))
		return true;
	return orient_oracle(a, b, c) * orient_oracle(a, b, d) < 0 &&
		orient_oracle(c, d, a) * orient_oracle(c, d, b) < 0;
}

static void
test_segments(void)
{
	Cases		cases = {0, 0};

	for (int i = 0; i < 300000; i++)
	{
		int64_t		p[8];
		double		d[8];
		int			size = 2 + random_below(8);
		bool		wanted;

		for (int k = 0; k < 8; k++)
			p[k] = random_below(size);
		to_doubles(d, p, 8, -3);
		wanted = touch_oracle(p, p + 2, p + 4, p + 6);
		case_check(&cases, segments_touch(d, d + 2, d + 4, d + 6) == wanted &&
				   segments_touch(d + 6, d + 4, d, d + 2) == wanted,
				   "%g %g, %g %g - %g %g, %g %g: not %d",
				   d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7], wanted);
	}
	check_cases(&cases, "segments on a small grid, degenerate ones among them");
}

/* ---- rings ---- */

/* By definition: which edges have which points in common. */
static bool
simple_oracle(const int64_t *p, int n)
{
	int			m = n - 1;

	for (int i = 0; i < m; i++)
		for (int j = i + 1; j < m; j++)
		{
			const int64_t *a = p + 2 * i;
			const int64_t *b = p + 2 * i + 2;
			const int64_t *c = p + 2 * j;
			const int64_t *d = p + 2 * j + 2;

			if (a[0] == c[0] && a[1] == c[1])
				return false;
			if (j == i + 1)
			{
				if (on_segment(a, b, d) || on_segment(c, d, a))
					return false;
			}
			else if (i == 0 && j == m - 1)
			{
				if (on_segment(a, b, c) || on_segment(c, d, b))
					return false;
			}
			else if (touch_oracle(a, b, c, d))
				return false;
		}
	return true;
}

static int
inside_oracle(const int64_t *p, const int64_t *ring, int n)
{
	int			crossings = 0;

	for (int i = 0; i + 1 < n; i++)
	{
		const int64_t *a = ring + 2 * i;
		const int64_t *b = a + 2;

		if (on_segment(a, b, p))
			return 0;
		/* x of the edge at p's level, compared without division */
		if ((a[1] <= p[1]) != (b[1] <= p[1]))
		{
			int64_t		left = (p[0] - a[0]) * (b[1] - a[1]);
			int64_t		right = (p[1] - a[1]) * (b[0] - a[0]);

			if (b[1] > a[1] ? left < right : left > right)
				crossings++;
		}
	}
	return crossings % 2 != 0 ? 1 : -1;
}

static void
test_rings(void)
{
	Cases		simple = {0, 0};
	Cases		inside = {0, 0};
	Cases		parts = {0, 0};
	long		found = 0;

	for (int i = 0; i < 200000; i++)
	{
		int64_t		p[26];
		double		d[26];
		int			n = 3 + random_below(5);
		int			size = 3 + random_below(6);
		int			other = 4;
		int64_t		at[2] = {random_below(size), random_below(size)};
		double		at_double[2];
		uint32_t	ring_points[2];
		bool		wanted;

		for (int k = 0; k < 2 * n; k++)
			p[k] = random_below(size);
		p[2 * n] = p[0];
		p[2 * n + 1] = p[1];
		for (int k = 0; k < 6; k++)
			p[2 * n + 2 + k] = random_below(size);
		p[2 * n + 8] = p[2 * n + 2];
		p[2 * n + 9] = p[2 * n + 3];
		to_doubles(d, p, 2 * (n + 1 + other), -4);
		to_doubles(at_double, at, 2, -4);

		wanted = simple_oracle(p, n + 1);
		found += wanted;
		case_check(&simple, ring_is_simple(d, (uint32_t) n + 1) == wanted,
				   "%d corners, not %d", n, wanted);
		case_check(&inside, point_in_ring(at_double, d, (uint32_t) n + 1) ==
				   inside_oracle(at, p, n + 1), "%d corners", n);
		ring_points[0] = (uint32_t) n + 1;
		ring_points[1] = (uint32_t) other;
		wanted = inside_oracle(at, p, n + 1) == 0 ||
			inside_oracle(at, p + 2 * n + 2, other) == 0 ||
			inside_oracle(at, p, n + 1) * inside_oracle(at, p + 2 * n + 2, other) < 0;
		case_check(&parts, point_in_part(at_double, d, ring_points, 2) == wanted, "not %d", wanted);
	}
	check_cases(&simple, "simple rings on a small grid");
	check(found > 10000, "%ld of them simple", found);
	check_cases(&inside, "points in rings, crossed ones among them");
	check_cases(&parts, "points in parts of two rings");
}

static void
test_known(void)
{
	double		square[] = {0, 0, 1, 0, 1, 1, 0, 1, 0, 0};
	double		open[] = {0, 0, 1, 0, 1, 1, 0, 1};
	double		spike[] = {0, 0, 1, 0, 2, 0, 1, 0, 1, 1, 0, 0};
	double		twice[] = {0, 0, 1, 0, 1, 0, 1, 1, 0, 0};
	double		flat[] = {0, 0, 1, 1, 2, 2, 0, 0};

	check(ring_is_simple(square, 5) && !ring_is_simple(open, 4) && !ring_is_simple(spike, 6) &&
		  !ring_is_simple(twice, 5) && !ring_is_simple(flat, 4) &&
		  !ring_is_simple(square, 3) && !ring_is_simple(square, 0),
		  "a square, and rings that are not simple");
}

int
main(void)
{
	unit_seed();
	test_orient();
	test_lattice();
	test_segments();
	test_rings();
	test_known();
	return unit_done();
}
