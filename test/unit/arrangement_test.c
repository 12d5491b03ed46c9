/*
 * arrangement_test.c - areas covered k times and gaps, cell by cell
 *
 * Rectangles on a lattice share edges and corners everywhere, and every cell
 * of the lattice can be counted on its own: that is the oracle.
 */
#include "mf_arrangement.h"

#include "unit.h"

#define SIDE		12
#define MOST		60
#define MOST_POINTS 4000

typedef struct Scene
{
	uint32_t	n;
	MfExtent	extents[MOST];
	uint32_t	order[MOST];
	uint32_t	ones[8];
	uint32_t	ring_points[MOST][4];
	uint32_t	part_rings[MOST][2];
	double		xy[MOST][2 * 48];
	MfExtent	aoi;
	uint32_t	aoi_points[2];
	uint32_t	aoi_rings[1];
	double		aoi_xy[64];
	double		origin[2];
	double		cell;
} Scene;

static void
scene_extent(uint32_t n, MfExtent *extent, void *arg)
{
	Scene	   *scene = arg;

	*extent = scene->extents[scene->order[n]];
}

static void
scene_aoi(uint32_t n, MfExtent *extent, void *arg)
{
	Scene	   *scene = arg;

	*extent = scene->aoi;
}

static int
add_ring(const Scene *scene, double *xy, const int (*corners)[2], int n)
{
	for (int i = 0; i <= n; i++)
	{
		xy[2 * i] = scene->origin[0] + scene->cell * corners[i % n][0];
		xy[2 * i + 1] = scene->origin[1] + scene->cell * corners[i % n][1];
	}
	return n + 1;
}

static void
rectangle(int (*corners)[2], int x0, int y0, int x1, int y1)
{
	int			c[4][2] = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};

	memcpy(corners, c, sizeof(c));
}

/* A rectangle, a U, or a rectangle with a hole; counted in cells. */
static void
random_record(Scene *scene, uint32_t i, int (*cells)[SIDE])
{
	int			x0 = random_below(SIDE - 3);
	int			y0 = random_below(SIDE - 3);
	int			x1 = x0 + 3 + random_below(SIDE - 3 - x0 + 1);
	int			y1 = y0 + 3 + random_below(SIDE - 3 - y0 + 1);
	int			kind = random_below(4);
	int			corners[8][2];
	double	   *xy = scene->xy[i];
	int			n;

	x1 = x1 > SIDE ? SIDE : x1;
	y1 = y1 > SIDE ? SIDE : y1;
	if (kind == 1)
	{
		int			u[8][2] = {{x0, y0}, {x1, y0}, {x1, y1}, {x1 - 1, y1},
		{x1 - 1, y0 + 1}, {x0 + 1, y0 + 1}, {x0 + 1, y1}, {x0, y1}};

		memcpy(corners, u, sizeof(u));
		n = add_ring(scene, xy, corners, 8);
	}
	else
	{
		if (kind == 3)
			x1 = x0 + 1 + random_below(3);
		rectangle(corners, x0, y0, x1, y1);
		n = add_ring(scene, xy, corners, 4);
	}
	scene->ring_points[i][0] = (uint32_t) n;
	scene->part_rings[i][0] = 1;
	if (kind == 2)
	{
		rectangle(corners, x0 + 1, y0 + 1, x1 - 1, y1 - 1);
		scene->ring_points[i][1] = (uint32_t) add_ring(scene, xy + 2 * n, corners, 4);
		scene->part_rings[i][0] = 2;
		n += 5;
	}
	scene->extents[i] = (MfExtent) {MF_POLYGON, 1, scene->part_rings[i][0], (uint32_t) n,
	scene->part_rings[i], scene->ring_points[i], xy};
	for (int x = x0; x < x1; x++)
		for (int y = y0; y < y1; y++)
		{
			bool		middle = x > x0 && x < x1 - 1 && y > y0 && y < y1 - 1;

			if (kind == 1 ? x == x0 || x == x1 - 1 || y == y0 : kind != 2 || !middle)
				cells[x][y]++;
		}
}

static void
random_aoi(Scene *scene, int (*inside)[SIDE])
{
	int			x0 = random_below(4);
	int			y0 = random_below(4);
	int			x1 = SIDE - random_below(4);
	int			y1 = SIDE - random_below(4);
	int			corners[4][2];
	bool		hole = random_below(2) == 0;

	rectangle(corners, x0, y0, x1, y1);
	add_ring(scene, scene->aoi_xy, corners, 4);
	rectangle(corners, x0 + 1, y0 + 1, x0 + 3, y0 + 2);
	add_ring(scene, scene->aoi_xy + 10, corners, 4);
	scene->aoi_points[0] = scene->aoi_points[1] = 5;
	scene->aoi_rings[0] = hole ? 2 : 1;
	scene->aoi = (MfExtent) {MF_POLYGON, 1, hole ? 2 : 1, hole ? 10 : 5,
	scene->aoi_rings, scene->aoi_points, scene->aoi_xy};
	for (int x = 0; x < SIDE; x++)
		for (int y = 0; y < SIDE; y++)
			inside[x][y] = x >= x0 && x < x1 && y >= y0 && y < y1 &&
				!(hole && x >= x0 + 1 && x < x0 + 3 && y == y0 + 1);
}

static double
cell_area(const Scene *scene, int x, int y)
{
	double		xy[10];
	int			corners[4][2];

	rectangle(corners, x, y, x + 1, y + 1);
	add_ring(scene, xy, corners, 4);
	return ring_area(xy, 5);
}

/* Do the gaps hold the middles of just the cells that are gaps? */
static bool
gaps_hold(const MfArrangement *a, const Scene *scene, int (*cells)[SIDE], int (*inside)[SIDE])
{
	for (int x = 0; x < SIDE; x++)
		for (int y = 0; y < SIDE; y++)
		{
			double		p[2] = {scene->origin[0] + scene->cell * (x + 0.5),
			scene->origin[1] + scene->cell * (y + 0.4)};
			const double *xy = a->gaps.xy;
			const uint32_t *points = a->gaps.ring_points;
			int			parts = 0;

			for (uint32_t part = 0; part < a->gaps.nparts; part++)
			{
				parts += point_in_part(p, xy, points, a->gaps.part_rings[part]);
				for (uint32_t k = 0; k < a->gaps.part_rings[part]; k++)
					xy += 2 * *points++;
			}
			if (parts != (inside[x][y] && cells[x][y] == 0))
				return false;
		}
	return true;
}

static bool
find_arrangement(Scene *scene, MfArrangement *a, MfStatus *status)
{
	MfStore		records,
				aoi;

	store_build(&records, &mf_memory_malloc, scene->n, scene_extent, NULL, scene);
	store_build(&aoi, &mf_memory_malloc, 1, scene_aoi, NULL, scene);
	*status = arrangement_find(a, &mf_memory_malloc, &records, &aoi, true);
	return *status == MF_DONE;
}

static void
shuffle(uint32_t *order, uint32_t n)
{
	for (uint32_t i = n; i > 1; i--)
	{
		uint32_t	j = (uint32_t) random_below((int) i);
		uint32_t	o = order[i - 1];

		order[i - 1] = order[j];
		order[j] = o;
	}
}

static bool
rings_are_simple(const MfExtent *extent)
{
	const double *xy = extent->xy;

	for (uint32_t k = 0; k < extent->nrings; k++)
	{
		if (!ring_is_simple(xy, extent->ring_points[k]))
			return false;
		xy += 2 * (size_t) extent->ring_points[k];
	}
	return true;
}

static void
test_lattices(void)
{
	Cases		found = {0, 0};
	Cases		areas = {0, 0};
	Cases		gaps = {0, 0};
	Cases		same = {0, 0};
	static Scene scene;

	for (int round = 0; round < 4000; round++)
	{
		int			cells[SIDE][SIDE] = {{0}};
		int			inside[SIDE][SIDE];
		double		wanted[MOST + 1] = {0};
		double		total = 0;
		MfArrangement a,
					b;
		MfStatus	status;

		scene.n = (uint32_t) random_below(round % 20 == 0 ? MOST : 8);
		scene.origin[0] = round % 2 ? random_below(100) : random_between(-170, 150);
		scene.origin[1] = round % 2 ? random_below(60) : random_between(-80, 60);
		scene.cell = round % 4 < 2 ? 0.5 : 0.01 * (1 + random_below(30));
		for (uint32_t i = 0; i < scene.n; i++)
		{
			random_record(&scene, i, cells);
			scene.order[i] = i;
		}
		random_aoi(&scene, inside);
		for (int x = 0; x < SIDE; x++)
			for (int y = 0; y < SIDE; y++)
				if (inside[x][y])
				{
					wanted[cells[x][y]] += cell_area(&scene, x, y);
					total += cell_area(&scene, x, y);
				}
		case_check(&found, find_arrangement(&scene, &a, &status), "round %d: status %d", round, status);
		if (status != MF_DONE)
			continue;
		for (uint32_t k = 0; k <= MOST; k++)
		{
			double		got = k < a.ntimes ? a.times[k] : 0;

			case_check(&areas, fabs(got - wanted[k]) <= 1e-9 * total + 1e-6,
					   "round %d: covered %u times %.17g, not %.17g of %g", round, k, got, wanted[k], total);
		}
		case_check(&gaps, fabs(extent_area(&a.gaps) - wanted[0]) <= 1e-9 * total + 1e-6 &&
				   rings_are_simple(&a.gaps) && gaps_hold(&a, &scene, cells, inside),
				   "round %d: gaps of %g, not %g", round, extent_area(&a.gaps), wanted[0]);
		shuffle(scene.order, scene.n);
		if (find_arrangement(&scene, &b, &status))
		{
			case_check(&same, a.gaps.npoints == b.gaps.npoints && a.gaps.nrings == b.gaps.nrings &&
					   memcmp(a.gaps.xy, b.gaps.xy, 16 * (size_t) a.gaps.npoints) == 0 &&
					   a.ntimes == b.ntimes && memcmp(a.times, b.times, 8 * a.ntimes) == 0,
					   "round %d: order matters", round);
			arrangement_free(&b);
		}
		arrangement_free(&a);
	}
	check_cases(&found, "lattices: an answer without help");
	check_cases(&areas, "lattices: areas covered k times are those of the cells");
	check_cases(&gaps, "lattices: gaps are simple rings around the cells nobody covers");
	check_cases(&same, "lattices: the order of input does not matter");
}

/* ---- stars anywhere ---- */

typedef struct Stars
{
	uint32_t	n;
	double		xy[MOST][2 * 42];
	uint32_t	points[MOST];
	double		aoi[10];
	uint32_t	five;
	uint32_t	one;
} Stars;

static void
star_extent(uint32_t n, MfExtent *extent, void *arg)
{
	Stars	   *stars = arg;

	*extent = (MfExtent) {MF_POLYGON, 1, 1, stars->points[n], &stars->one, &stars->points[n], stars->xy[n]};
}

static void
star_aoi(uint32_t n, MfExtent *extent, void *arg)
{
	Stars	   *stars = arg;

	*extent = (MfExtent) {MF_POLYGON, 1, 1, 5, &stars->one, &stars->five, stars->aoi};
}

/* Returns the area of all. */
static double
random_stars(Stars *stars, uint32_t n, double lon, double lat, double size)
{
	double		sum = 0;
	double		frame[10] = {lon - 3 * size, lat - 3 * size, lon + 3 * size, lat - 3 * size,
	lon + 3 * size, lat + 3 * size, lon - 3 * size, lat + 3 * size, lon - 3 * size, lat - 3 * size};

	stars->n = n;
	stars->one = 1;
	stars->five = 5;
	memcpy(stars->aoi, frame, sizeof(frame));
	for (uint32_t i = 0; i < n; i++)
	{
		int			corners = 3 + random_below(38);
		double		x = lon + random_between(-size, size);
		double		y = lat + random_between(-size, size);

		for (int k = 0; k < corners; k++)
		{
			double		angle = 2 * M_PI * (k + random_between(0.0, 0.9)) / corners;
			double		r = size * random_between(0.1, 1.0);

			stars->xy[i][2 * k] = x + r * cos(angle);
			stars->xy[i][2 * k + 1] = y + r * sin(angle);
		}
		stars->xy[i][2 * corners] = stars->xy[i][0];
		stars->xy[i][2 * corners + 1] = stars->xy[i][1];
		stars->points[i] = (uint32_t) corners + 1;
		sum += fabs(ring_area(stars->xy[i], stars->points[i]));
	}
	return sum;
}

static MfStatus
arrange_stars(MfArrangement *a, Stars *stars, const MfMemory *memory)
{
	MfStore		records,
				aoi;
	MfStatus	status = store_build(&records, memory, stars->n, star_extent, NULL, stars);

	if (status != MF_DONE)
		return status;
	status = store_build(&aoi, memory, 1, star_aoi, NULL, stars);
	if (status == MF_DONE)
		return arrangement_find(a, memory, &records, &aoi, true);
	store_free(&records);
	return status;
}

static void
test_stars(void)
{
	static Stars stars;
	Cases		cases = {0, 0};

	for (int round = 0; round < 1500; round++)
	{
		double		size = pow(10.0, random_between(-9.0, 0.5));
		double		singles = random_stars(&stars, (uint32_t) random_below(round % 10 == 0 ? MOST : 12),
										   random_between(-170, 170), random_between(-80, 80), size);
		double		total = ring_area(stars.aoi, 5);
		MfArrangement a;
		MfStatus	status = arrange_stars(&a, &stars, &mf_memory_malloc);
		double		all = 0,
					times = 0;
		double		slack = 1e-9 * (total + singles) + 1e-6;

		case_check(&cases, status == MF_DONE, "round %d: status %d", round, status);
		if (status != MF_DONE)
			continue;
		for (uint32_t k = 0; k < a.ntimes; k++)
		{
			all += a.times[k];
			times += k * a.times[k];
		}
		case_check(&cases, fabs(all - total) <= slack && fabs(times - singles) <= slack &&
				   fabs(extent_area(&a.gaps) - a.times[0]) <= slack && rings_are_simple(&a.gaps),
				   "round %d, size %g: %.17g of %.17g, times %.17g of %.17g, gaps %.17g of %.17g",
				   round, size, all, total, times, singles, extent_area(&a.gaps), a.times[0]);
		arrangement_free(&a);
	}
	check_cases(&cases, "stars of 0.1 mm to 300 km: the parts make the whole");
}

/* ---- when there is no memory, or no time ---- */

static long allowed;
static long blocks;

static void *
scarce_get(size_t size, void *arg)
{
	if (allowed-- <= 0)
		return NULL;
	blocks++;
	return malloc(size);
}

static void *
scarce_resize(void *block, size_t size, void *arg)
{
	return allowed-- <= 0 ? NULL : realloc(block, size);
}

static void
scarce_give(void *block, void *arg)
{
	blocks--;
	free(block);
}

static long interrupts;

static bool
interrupt_late(void)
{
	return interrupts-- <= 0;
}

static void
test_failures(void)
{
	static Stars stars;
	const MfMemory scarce = {scarce_get, scarce_resize, scarce_give, NULL};
	Cases		memory = {0, 0};
	Cases		stopped = {0, 0};
	MfStatus	status = MF_NO_MEMORY;
	MfArrangement a;

	random_stars(&stars, 30, 10, 50, 0.1);
	/* some of them twice, so that there is something to mend */
	memcpy(stars.xy[1], stars.xy[0], sizeof(stars.xy[0]));
	stars.points[1] = stars.points[0];
	for (long n = 0; status != MF_DONE && n < 10000; n++)
	{
		allowed = n;
		status = arrange_stars(&a, &stars, &scarce);
		case_check(&memory, status == MF_DONE || (status == MF_NO_MEMORY && blocks == 0),
				   "after %ld blocks: status %d, %ld left", n, status, blocks);
	}
	case_check(&memory, status == MF_DONE, "enough memory was never enough");
	if (status == MF_DONE)
		arrangement_free(&a);
	case_check(&memory, blocks == 0, "%ld blocks left", blocks);
	check_cases(&memory, "without memory it says so, and leaves nothing");

	mf_interrupted = interrupt_late;
	status = MF_INTERRUPTED;
	for (long n = 0; status != MF_DONE && n < 10000; n++)
	{
		interrupts = n;
		allowed = 1000000;
		status = arrange_stars(&a, &stars, &scarce);
		case_check(&stopped, status == MF_DONE || (status == MF_INTERRUPTED && blocks == 0),
				   "after %ld questions: status %d, %ld left", n, status, blocks);
	}
	mf_interrupted = NULL;
	if (status == MF_DONE)
		arrangement_free(&a);
	check_cases(&stopped, "interrupted it stops, and leaves nothing");
}

/* ---- extremes ---- */

static void
test_extremes(void)
{
	Stars		stars = {.one = 1, .five = 5, .n = 2, .points = {5, 5}};
	double		world[10] = {-180, -90, 180, -90, 180, 90, -180, 90, -180, -90};
	double		north[10] = {-180, 0, 180, 0, 180, 90, -180, 90, -180, 0};
	double		west[10] = {-180, -90, 0, -90, 0, 90, -180, 90, -180, -90};
	MfArrangement a;
	double		whole = ring_area(world, 5);
	MfExtent	none = {MF_POLYGON, 0, 0, 0, NULL, NULL, NULL};

	memcpy(stars.aoi, world, sizeof(world));
	memcpy(stars.xy[0], north, sizeof(north));
	memcpy(stars.xy[1], west, sizeof(west));
	check(arrange_stars(&a, &stars, &mf_memory_malloc) == MF_DONE &&
		  fabs(a.times[0] - whole / 4) < 1e-9 * whole && fabs(a.times[1] - whole / 2) < 1e-9 * whole &&
		  fabs(a.times[2] - whole / 4) < 1e-9 * whole && a.gaps.nparts == 1 && a.gaps.npoints == 5,
		  "the whole world by quarters, poles and 180 degrees included");
	arrangement_free(&a);

	memcpy(stars.xy[0], world, sizeof(world));
	stars.n = 1;
	check(arrange_stars(&a, &stars, &mf_memory_malloc) == MF_DONE && a.gaps.nparts == 0 &&
		  fabs(a.times[1] - whole) < 1e-9 * whole, "a record that is the area leaves nothing");
	arrangement_free(&a);
	stars.n = 0;
	check(arrange_stars(&a, &stars, &mf_memory_malloc) == MF_DONE && a.gaps.nparts == 1 &&
		  a.ntimes == 1 && fabs(a.times[0] - whole) < 1e-9 * whole, "no record leaves the area");
	arrangement_free(&a);
	check(extent_validity(&none, &mf_memory_malloc) == MF_VALID, "an empty extent is valid");
}

/* ---- validity ---- */

static void
test_validity(void)
{
	static double xy[2 * MOST_POINTS];
	Cases		rings = {0, 0};
	uint32_t	one = 1;
	double		nested[] = {0, 0, 9, 0, 9, 9, 0, 9, 0, 0, 1, 1, 3, 1, 3, 3, 1, 3, 1, 1,
	5, 5, 7, 5, 7, 7, 5, 7, 5, 5};
	uint32_t	fives[] = {5, 5, 5};
	uint32_t	three = 3;
	uint32_t	ones[] = {1, 1, 1};
	uint32_t	two_one[] = {2, 1};
	MfExtent	holes = {MF_POLYGON, 1, 3, 15, &three, fives, nested};
	MfExtent	parts = {MF_MULTIPOLYGON, 3, 3, 15, ones, fives, nested};
	MfExtent	island = {MF_MULTIPOLYGON, 2, 3, 15, two_one, fives, nested};
	const MfMemory *memory = &mf_memory_malloc;

	for (int round = 0; round < 3000; round++)
	{
		uint32_t	n = 3 + (uint32_t) random_below(round % 50 == 0 ? 1500 : round % 3 == 0 ? 9 : 90);
		MfExtent	extent = {MF_POLYGON, 1, 1, n + 1, &one, NULL, xy};
		uint32_t	points = n + 1;
		bool		wanted;

		extent.ring_points = &points;
		for (uint32_t i = 0; i < n; i++)
		{
			double		angle = 2 * M_PI * i / n;
			double		r = random_between(0.5, 1);

			xy[2 * i] = r * cos(angle);
			xy[2 * i + 1] = r * sin(angle);
		}
		/* sometimes one vertex elsewhere, or on another's place */
		if (round % 2 == 0)
		{
			uint32_t	i = (uint32_t) random_below((int) n);
			uint32_t	k = (uint32_t) random_below((int) n);

			xy[2 * i] = round % 4 == 0 ? xy[2 * k] : random_between(-1, 1);
			xy[2 * i + 1] = round % 4 == 0 ? xy[2 * k + 1] : random_between(-1, 1);
		}
		xy[2 * n] = xy[0];
		xy[2 * n + 1] = xy[1];
		wanted = ring_is_simple(xy, n + 1);
		case_check(&rings, (extent_validity(&extent, memory) == MF_VALID) == wanted,
				   "a ring of %u that is %ssimple", n, wanted ? "" : "not ");
	}
	check_cases(&rings, "rings are valid when they are simple");
	check(extent_validity(&holes, memory) == MF_VALID, "holes in a shell are fine");
	check(extent_validity(&parts, memory) == MF_UNSURE, "parts in a part are not");
	check(extent_validity(&island, memory) == MF_UNSURE, "nor is a part beside a hole, in the shell");
	for (int i = 0; i < 5; i++)
	{
		nested[20 + 2 * i] = 1.5 + (nested[20 + 2 * i] - 5) / 4;
		nested[21 + 2 * i] = 1.5 + (nested[21 + 2 * i] - 5) / 4;
	}
	check(extent_validity(&island, memory) == MF_VALID, "a part in a hole is");
	check(extent_validity(&holes, memory) == MF_UNSURE, "a hole in a hole is not");
	nested[10] = 0;
	check(extent_validity(&island, memory) == MF_UNSURE, "a hole on its shell is left to others");
}

int
main(void)
{
	unit_seed();
	test_lattices();
	test_stars();
	test_failures();
	test_extremes();
	test_validity();
	return unit_done();
}
