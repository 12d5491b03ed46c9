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
	store_free(&records);
	store_free(&aoi);
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

int
main(void)
{
	unit_seed();
	test_lattices();
	return unit_done();
}
