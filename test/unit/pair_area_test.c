/*
 * pair_area_test.c - common areas against a decomposition into slabs
 *
 * The oracle cuts the plane at the longitude of every vertex and of every
 * crossing; between two cuts the extents are stacks of trapezoids, told by
 * even and odd, whose common ground is integrated in long double.
 */
#include "mf_core.h"

#include "unit.h"

#define PI_L	3.141592653589793238462643383279502884L
#define RAD_L	(PI_L / 180.0L)
#define MAX_POINTS	512

static bool turn_rings;

/* An extent in the making. */
typedef struct Shape
{
	double		xy[2 * MAX_POINTS];
	uint32_t	part_rings[64];
	uint32_t	ring_points[64];
	MfExtent	extent;
	MinefieldBox box;
} Shape;

static void
shape_begin(Shape *shape)
{
	memset(&shape->extent, 0, sizeof(shape->extent));
	shape->extent.kind = MF_MULTIPOLYGON;
	shape->extent.part_rings = shape->part_rings;
	shape->extent.ring_points = shape->ring_points;
	shape->extent.xy = shape->xy;
}

static void
shape_point(Shape *shape, double x, double y)
{
	shape->xy[2 * shape->extent.npoints] = x;
	shape->xy[2 * shape->extent.npoints + 1] = y;
	shape->extent.npoints++;
}

/*
 * Close the ring of the last n points, which may then run any way; a hole
 * belongs to the part before.
 */
static void
shape_ring(Shape *shape, uint32_t n, bool hole)
{
	double	   *first = shape->xy + 2 * (shape->extent.npoints - n);

	for (uint32_t i = 0; turn_rings && i < n / 2; i++)
		for (int d = 0; d < 2; d++)
		{
			double		keep = first[2 * i + d];

			first[2 * i + d] = first[2 * (n - 1 - i) + d];
			first[2 * (n - 1 - i) + d] = keep;
		}

	shape_point(shape, first[0], first[1]);
	shape->ring_points[shape->extent.nrings++] = n + 1;
	if (hole)
		shape->part_rings[shape->extent.nparts - 1]++;
	else
		shape->part_rings[shape->extent.nparts++] = 1;
}

static void
shape_end(Shape *shape)
{
	box_of_extent(&shape->box, &shape->extent);
}

/* ---- shapes ---- */

/* Star-shaped about a centre: counter-clockwise, or clockwise as a hole. */
static void
add_star(Shape *shape, double lon, double lat, double size, int corners, bool hole)
{
	double		squeeze = random_between(0.02, 1.0);
	double		turn = random_between(0.0, 3.0);

	for (int k = 0; k < corners; k++)
	{
		int			i = hole ? corners - 1 - k : k;
		double		angle = 2 * M_PI * (i + random_between(0.0, 0.9)) / corners;
		double		r = size * random_between(0.3, 1.0);
		double		u = r * cos(angle);
		double		v = r * squeeze * sin(angle);

		shape_point(shape, lon + u * cos(turn) - v * sin(turn),
					lat + u * sin(turn) + v * cos(turn));
	}
	shape_ring(shape, corners, hole);
}

/* One star, or two side by side. */
static void
random_shape(Shape *shape, double lon, double lat, double size)
{
	int			parts = random_below(4) == 0 ? 2 : 1;

	shape_begin(shape);
	for (int i = 0; i < parts; i++)
		add_star(shape, lon + i * 2.01 * size, lat, size, 3 + random_below(12), false);
	shape_end(shape);
}

/* A block of an integer lattice, perhaps with a hole of one cell. */
static void
lattice_shape(Shape *shape, double lon, double lat, double cell)
{
	int			x = random_below(4);
	int			y = random_below(4);
	int			w = 1 + random_below(4);
	int			h = 1 + random_below(4);

	shape_begin(shape);
#define CORNER(i, j) shape_point(shape, lon + (i) * cell, lat + (j) * cell)
	if (random_below(3) == 0)
	{
		/* the triangle below a diagonal */
		CORNER(x, y);
		CORNER(x + w, y);
		CORNER(x + w, y + h);
		shape_ring(shape, 3, false);
	}
	else
	{
		CORNER(x, y);
		CORNER(x + w, y);
		CORNER(x + w, y + h);
		CORNER(x, y + h);
		shape_ring(shape, 4, false);
		if (w > 2 && h > 2)
		{
			CORNER(x + 1, y + 1);
			CORNER(x + 1, y + 2);
			CORNER(x + 2, y + 2);
			CORNER(x + 2, y + 1);
			shape_ring(shape, 4, true);
		}
	}
#undef CORNER
	shape_end(shape);
}

/* ---- the oracle ---- */

static const long double gauss[8][2] = {
	{0.01985507175123188415821956571526L, 0.05061426814518812957626567715498L},
	{0.10166676129318663020422303176208L, 0.11119051722668723527217799721312L},
	{0.23723379504183550709113047540538L, 0.15685332293894364366898110099330L},
	{0.40828267875217509753026192881991L, 0.18134189168918099148257522463860L},
	{0.59171732124782490246973807118009L, 0.18134189168918099148257522463860L},
	{0.76276620495816449290886952459462L, 0.15685332293894364366898110099330L},
	{0.89833323870681336979577696823792L, 0.11119051722668723527217799721312L},
	{0.98014492824876811584178043428474L, 0.05061426814518812957626567715498L}
};

/* The ground between two latitudes, for a radian of longitude. */
static long double
zone_between(long double from, long double to)
{
	long double f = 1.0L / 298.257223563L;
	long double e2 = f * (2.0L - f);
	long double sum = 0.0L;

	for (int i = 0; i < 8; i++)
	{
		long double lat = (from + gauss[i][0] * (to - from)) * RAD_L;
		long double s = sinl(lat);
		long double w = 1.0L - e2 * s * s;

		sum += gauss[i][1] * 6378137.0L * 6378137.0L * (1.0L - e2) * cosl(lat) / (w * w);
	}
	return sum * (to - from) * RAD_L;
}

typedef struct Edge
{
	long double x0,
				y0,
				x1,
				y1;
} Edge;

static int
edges_of(const Shape *shape, Edge *edges)
{
	const double *p = shape->xy;
	int			n = 0;

	for (uint32_t ring = 0; ring < shape->extent.nrings; ring++, p += 2)
		for (uint32_t i = 1; i < shape->ring_points[ring]; i++, p += 2)
		{
			int			west = p[0] < p[2] ? 0 : 2;

			if (p[0] != p[2])
				edges[n++] = (Edge) {p[west], p[west + 1], p[2 - west], p[3 - west]};
		}
	return n;
}

static long double
edge_at(const Edge *edge, long double x)
{
	return edge->y0 + (x - edge->x0) / (edge->x1 - edge->x0) * (edge->y1 - edge->y0);
}

static int
compare_long_doubles(const void *pa, const void *pb)
{
	long double a = *(const long double *) pa;
	long double b = *(const long double *) pb;

	return a < b ? -1 : a > b;
}

static long double sort_x;

static int
compare_edges(const void *pa, const void *pb)
{
	long double a = edge_at(*(Edge *const *) pa, sort_x);
	long double b = edge_at(*(Edge *const *) pb, sort_x);

	return a < b ? -1 : a > b;
}

/* The edges that cross a slab, from south to north: pairs are inside. */
static int
slab_edges(Edge *edges, int n, long double west, long double east, Edge **crossing)
{
	int			found = 0;

	sort_x = (west + east) / 2;
	for (int i = 0; i < n; i++)
		if (edges[i].x0 <= west && edges[i].x1 >= east)
			crossing[found++] = &edges[i];
	qsort(crossing, found, sizeof(*crossing), compare_edges);
	return found;
}

/* The ground between the higher of two feet and the lower of two tops. */
static long double
slab_ground(Edge *const *a, Edge *const *b, long double west, long double east)
{
	long double sum = 0.0L;

	for (int i = 0; i < 8; i++)
	{
		long double x = west + gauss[i][0] * (east - west);
		long double foot = fmaxl(edge_at(a[0], x), edge_at(b[0], x));
		long double top = fminl(edge_at(a[1], x), edge_at(b[1], x));

		if (top > foot)
			sum += gauss[i][1] * zone_between(foot, top);
	}
	return sum * (east - west) * RAD_L;
}

static long double
oracle_area(const Shape *sa, const Shape *sb)
{
	static Edge a[MAX_POINTS];
	static Edge b[MAX_POINTS];
	static long double cuts[2 * MAX_POINTS + MAX_POINTS * 64];
	Edge	   *in_a[MAX_POINTS];
	Edge	   *in_b[MAX_POINTS];
	int			na = edges_of(sa, a);
	int			nb = edges_of(sb, b);
	int			ncuts = 0;
	long double sum = 0.0L;

	for (int i = 0; i < na; i++)
		cuts[ncuts++] = a[i].x0, cuts[ncuts++] = a[i].x1;
	for (int i = 0; i < nb; i++)
		cuts[ncuts++] = b[i].x0, cuts[ncuts++] = b[i].x1;
	for (int i = 0; i < na; i++)
		for (int j = 0; j < nb; j++)
		{
			long double west = fmaxl(a[i].x0, b[j].x0);
			long double east = fminl(a[i].x1, b[j].x1);
			long double d0 = edge_at(&a[i], west) - edge_at(&b[j], west);
			long double d1 = edge_at(&a[i], east) - edge_at(&b[j], east);

			if (west < east && d0 * d1 < 0.0L)
				cuts[ncuts++] = west + d0 / (d0 - d1) * (east - west);
		}
	qsort(cuts, ncuts, sizeof(*cuts), compare_long_doubles);
	for (int k = 0; k + 1 < ncuts; k++)
	{
		int			ma,
					mb;

		if (cuts[k] >= cuts[k + 1])
			continue;
		ma = slab_edges(a, na, cuts[k], cuts[k + 1], in_a);
		mb = slab_edges(b, nb, cuts[k], cuts[k + 1], in_b);
		for (int i = 0; i + 1 < ma; i += 2)
			for (int j = 0; j + 1 < mb; j += 2)
				sum += slab_ground(in_a + i, in_b + j, cuts[k], cuts[k + 1]);
	}
	return sum;
}

static MfPairSpan room[4 * MAX_POINTS];

static double
common_area(const Shape *a, const Shape *b)
{
	double		noise;

	return pair_area(&a->extent, &a->box, &b->extent, &b->box, room, &noise);
}

/* ---- tests ---- */

static void
test_random(void)
{
	Cases		areas = {0, 0};
	Cases		mirrors = {0, 0};
	Cases		selves = {0, 0};
	long		met = 0;
	double		worst = 0.0;

	for (int i = 0; i < 4000; i++)
	{
		double		size = pow(10.0, random_between(-5.5, i % 10 == 0 ? 1.2 : -1.5));
		double		lat = random_between(-88.0 + 2 * size, 88.0 - 2 * size);
		double		lon = random_between(-150.0, 150.0);
		static Shape a;
		static Shape b;
		long double wanted;
		double		got;
		double		whole;

		turn_rings = i % 3 == 0;
		random_shape(&a, lon, lat, size);
		random_shape(&b, lon + random_between(-1.2, 1.2) * size,
					 lat + random_between(-1, 1) * size,
					 size * pow(10.0, random_between(-1.0, 0.0)));
		wanted = oracle_area(&a, &b);
		got = common_area(&a, &b);
		whole = extent_area(&a.extent) + extent_area(&b.extent);
		met += wanted > 0;
		worst = fmax(worst, fabsl(got - wanted) / whole);
		case_check(&areas, fabsl(got - wanted) <= 1e-11L * whole + 1e-8L,
				   "size %g lat %g: %.17g, not %.20Lg of %g", size, lat, got, wanted, whole);
		case_check(&mirrors, common_area(&b, &a) == got, "size %g: %.17g and %.17g", size,
				   got, common_area(&b, &a));
		whole = extent_area(&a.extent);
		got = common_area(&a, &a);
		case_check(&selves, fabs(got - whole) <= 1e-11 * whole + 1e-8,
				   "size %g lat %g: %.17g, not %.17g", size, lat, got, whole);
	}
	turn_rings = false;
	printf("# %ld of %ld have ground in common; worst difference %.2g of the areas\n",
		   met, areas.run, worst);
	check_cases(&areas, "random extents of 30 cm to 1500 km against slabs");
	check_cases(&mirrors, "the same both ways, to the bit");
	check_cases(&selves, "an extent has its own area in common with itself");
}

static void
test_lattice(void)
{
	Cases		areas = {0, 0};
	Cases		nothing = {0, 0};

	for (int i = 0; i < 4000; i++)
	{
		double		cell = i % 2 ? 0.001 : 0.0009765625;
		double		lon = i % 2 ? 50.123 : 50;
		static Shape a;
		static Shape b;
		long double wanted;
		double		got;

		turn_rings = random_below(2);
		lattice_shape(&a, lon, 41.0, cell);
		turn_rings = random_below(2);
		lattice_shape(&b, lon, 41.0, cell);
		wanted = oracle_area(&a, &b);
		got = common_area(&a, &b);
		case_check(&areas, fabsl(got - wanted) <= 1e-7L, "%.17g, not %.20Lg", got, wanted);
		/* a sixteenth of a cell is the least that two of them can share */
		if (wanted < 1.0L)
			case_check(&nothing, got < 1e-7, "%.17g", got);
	}
	turn_rings = false;
	check_cases(&areas, "blocks of a lattice against slabs");
	check_cases(&nothing, "blocks that only touch share nothing");
}

/* The long way: rings of many points are swept. */
static void
test_sweep(void)
{
	Cases		cases = {0, 0};

	for (int i = 0; i < 40; i++)
	{
		static Shape a;
		static Shape b;
		static Shape corner;
		double		sum = 0.0;
		double		got;

		shape_begin(&a);
		add_star(&a, 50.0, 41.0, 0.01, 400, false);
		shape_end(&a);
		shape_begin(&b);
		add_star(&b, 50.0 + random_between(-0.01, 0.01), 41.0, 0.01, 400, false);
		shape_end(&b);
		got = common_area(&a, &b);
		/* b is the triangles of its fan, each small enough to be tried plainly */
		for (uint32_t k = 1; k + 2 < b.extent.npoints; k++)
		{
			const double *p = b.xy + 2 * k;
			int			turn = orient2d(b.xy, p, p + 2);

			shape_begin(&corner);
			shape_point(&corner, b.xy[0], b.xy[1]);
			shape_point(&corner, p[turn > 0 ? 0 : 2], p[turn > 0 ? 1 : 3]);
			shape_point(&corner, p[turn > 0 ? 2 : 0], p[turn > 0 ? 3 : 1]);
			shape_ring(&corner, 3, false);
			shape_end(&corner);
			sum += turn * common_area(&a, &corner);
		}
		case_check(&cases, fabs(got - sum) <= 1e-6, "%.17g and %.17g", got, sum);
	}
	check_cases(&cases, "extents of 400 corners are the sum of their triangles");
}

static void
quad(Shape *shape, double west, double south, double east, double north)
{
	shape_begin(shape);
	shape_point(shape, west, south);
	shape_point(shape, east, south);
	shape_point(shape, east, north);
	shape_point(shape, west, north);
	shape_ring(shape, 4, false);
	shape_end(shape);
}

static void
test_edges_of_the_world(void)
{
	static Shape world;
	static Shape north;
	static Shape thin;
	double		half;

	quad(&world, -180, -90, 180, 90);
	quad(&north, -180, 0, 180, 90);
	half = common_area(&world, &north);
	check(fabs(half - 510065621724088.4 / 2) < 1e-11 * 5.1e14,
		  "half the ellipsoid: %.17g m2", half);
	quad(&north, -180, 89.9, 180, 90);
	check(fabs(common_area(&world, &north) - extent_area(&north.extent)) <
		  1e-11 * extent_area(&north.extent), "a cap at the pole: %.17g m2",
		  common_area(&world, &north));
	quad(&thin, 0, -1, 1e-310, 1);
	check(common_area(&world, &thin) == 0.0 && common_area(&thin, &thin) == 0.0,
		  "next to no width is no area");
	quad(&thin, 50, 41, 50 + 1e-13, 41.01);
	check(fabs(common_area(&world, &thin) - extent_area(&thin.extent)) < 1e-9,
		  "eight nanometres of width");
	quad(&north, 60, 41, 61, 42);
	check(common_area(&thin, &north) == 0.0, "apart");
}

/* Strips of half a millimetre across each other, and neighbours, however large. */
static void
test_little_in_much(void)
{
	Cases		strips = {0, 0};
	Cases		borders = {0, 0};

	for (int i = 0; i < 300; i++)
	{
		double		size = pow(10.0, random_between(-2.0, i % 4 ? 0.0 : 1.0));
		double		lon = random_between(-150, 150);
		double		lat = random_between(-70, 70);
		static Shape a;
		static Shape b;
		double		x = random_between(-1, 1) * size;
		double		y = size;
		long double wanted;
		double		got;
		double		noise;

		shape_begin(&a);
		shape_point(&a, lon - size, lat - size);
		shape_point(&a, lon + size, lat + size);
		shape_point(&a, lon + size, lat + size + 5e-9);
		shape_ring(&a, 3, false);
		shape_end(&a);
		shape_begin(&b);
		shape_point(&b, lon - x, lat + y);
		shape_point(&b, lon + x, lat - y);
		shape_point(&b, lon + x, lat - y - 5e-9);
		shape_ring(&b, 3, false);
		shape_end(&b);
		wanted = oracle_area(&a, &b);
		got = common_area(&a, &b);
		case_check(&strips, fabsl(got - wanted) <= 1e-6L, "size %g: %.17g, not %.20Lg", size, got, wanted);
		/* on either side of a's long edge */
		shape_begin(&b);
		shape_point(&b, lon + size, lat + size);
		shape_point(&b, lon - size, lat - size);
		shape_point(&b, lon + size, lat - size);
		shape_ring(&b, 3, false);
		shape_end(&b);
		got = pair_area(&a.extent, &a.box, &b.extent, &b.box, room, &noise);
		case_check(&borders, got <= fmax(1e-6, noise) && noise < 1e-4, "size %g: %.17g, noise %g",
				   size, got, noise);
	}
	check_cases(&strips, "thin strips across each other, up to 2000 km long");
	check_cases(&borders, "neighbours along a border share nothing");
}

static bool
always(void)
{
	return true;
}

static void
test_interrupt(void)
{
	static Shape a;

	shape_begin(&a);
	add_star(&a, 50.0, 41.0, 0.01, 400, false);
	shape_end(&a);
	mf_interrupted = always;
	check(isnan(common_area(&a, &a)), "an interrupt stops the sum");
	mf_interrupted = NULL;
}

int
main(void)
{
	unit_seed();
	test_random();
	test_lattice();
	test_sweep();
	test_edges_of_the_world();
	test_little_in_much();
	test_interrupt();
	return unit_done();
}
