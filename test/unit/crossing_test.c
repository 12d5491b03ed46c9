/*
 * crossing_test.c - decisions about crossings do not contradict each other
 *
 * On small lattices, where next to everything is degenerate: whoever asks gets
 * the same answer, a closed ring is entered as often as it is left, crossings
 * along an edge have one order, and depth counted by crossings is depth
 * counted by rays.
 */
#include "crossing.h"
#include "edge_area.h"
#include "edge_index.h"

#include "unit.h"

#define EDGES	12

/* An edge of a lattice, never a point; exact, rounded or moved by a last digit. */
static void
random_edge(double *edge, int side, int style)
{
	do
	{
		for (int i = 0; i < 4; i++)
		{
			edge[i] = random_below(side);
			if (style > 0)
				edge[i] = edge[i] * 0.1 + 7;
			if (style == 2 && random_below(3) == 0)
				edge[i] = nextafter(edge[i], random_below(2) ? INFINITY : 0);
		}
	} while (edge[0] == edge[2] && edge[1] == edge[3]);
}

static void
test_symmetry(void)
{
	Cases		same = {0, 0};
	Cases		points = {0, 0};

	for (int round = 0; round < 300000; round++)
	{
		double		e[4],
					f[4],
					p[2];
		Crossing	there,
					reverse,
					back;
		bool		near_there = false;
		bool		near_back = false;
		uint32_t	r = (uint32_t) random_below(2);
		bool		crosses;

		random_edge(e, 2 + random_below(6), round % 3);
		random_edge(f, 2 + random_below(6), round % 3);
		crosses = edges_cross(e, r, f, 1 - r, &there, &reverse, &near_there);
		case_check(&same, edges_cross(f, 1 - r, e, r, &back, NULL, &near_back) == crosses &&
				   near_there == near_back &&
				   (!crosses || (there.turn == -back.turn && reverse.turn == back.turn &&
								 reverse.edge == back.edge && reverse.other == back.other &&
								 reverse.rank == back.rank &&
								 fabs(reverse.t - back.t) <= reverse.slack + back.slack)),
				   "%g %g %g %g and %g %g %g %g", e[0], e[1], e[2], e[3], f[0], f[1], f[2], f[3]);
		if (!crosses)
			continue;
		crossing_point(e, f, p);
		case_check(&points, segments_touch(e, e + 2, f, f + 2) || near_there, "no point in common");
		for (int d = 0; d < 2; d++)
			case_check(&points, p[d] >= fmin(e[d], e[d + 2]) && p[d] <= fmax(e[d], e[d + 2]) &&
					   p[d] >= fmin(f[d], f[d + 2]) - 1e-14 && p[d] <= fmax(f[d], f[d + 2]) + 1e-14,
					   "%.17g outside", p[d]);
	}
	check_cases(&same, "two edges cross whoever asks, from opposite sides");
	check_cases(&points, "where they do is on both");
}

static void
test_order(void)
{
	Cases		order = {0, 0};

	for (int round = 0; round < 20000; round++)
	{
		double		edge[4];
		double		others[EDGES][4];
		Crossing	found[EDGES];
		int			n = 0;
		uint32_t	rank = (uint32_t) random_below(EDGES + 1) * 2;
		bool		near = false;
		int			side = 2 + random_below(5);

		random_edge(edge, side, round % 3);
		for (uint32_t i = 0; i < EDGES; i++)
		{
			random_edge(others[i], side, round % 3);
			if (edges_cross(edge, rank, others[i], 2 * i + 1, &found[n], NULL, &near))
				n++;
		}
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
			{
				int			ij = crossing_compare(&found[i], &found[j], rank);

				case_check(&order, i == j ? ij == 0 : ij == -crossing_compare(&found[j], &found[i], rank) && ij != 0,
						   "order of a pair");
				for (int k = 0; k < n && i != j; k++)
				{
					if (k != i && k != j && ij < 0 &&
						crossing_compare(&found[j], &found[k], rank) < 0)
						case_check(&order, crossing_compare(&found[i], &found[k], rank) < 0,
								   "not transitive");
				}
			}
	}
	check_cases(&order, "crossings along an edge have one order");
}

/* ---- rays and crossings ---- */

static double ring[10];
static uint32_t one = 1;
static uint32_t five = 5;

static void
ring_extent(uint32_t n, MfExtent *extent, void *arg)
{
	*extent = (MfExtent) {MF_POLYGON, 1, 1, 5, &one, &five, ring};
}

static void
test_depth(void)
{
	Cases		depth = {0, 0};

	for (int round = 0; round < 30000; round++)
	{
		int			x = random_below(4);
		int			y = random_below(4);
		int			w = 1 + random_below(4);
		int			h = 1 + random_below(4);
		int			skew = random_below(3);
		double		corners[10] = {x, y, x + w, y, x + w + skew, y + h, x + skew, y + h, x, y};
		uint32_t	rank = (uint32_t) random_below(2);
		MfStore		store;
		EdgeIndex	index;
		double		edge[4];
		int			turns = 0;
		bool		near = false;

		memcpy(ring, corners, sizeof(ring));
		store_build(&store, &mf_memory_malloc, 1, ring_extent, NULL, NULL);
		edge_index_build(&index, &store);
		random_edge(edge, 9, 0);
		for (uint32_t i = 0; i < 4; i++)
		{
			Crossing	crossing;

			if (edges_cross(edge, 1 - rank, store.xy + 2 * i, rank, &crossing, NULL, &near))
				turns += crossing.turn;
		}
		case_check(&depth, record_covers(&index, 0, rank, edge, 1 - rank) + turns ==
				   record_covers(&index, 0, rank, edge + 2, 1 - rank),
				   "%g %g to %g %g through %d %d %d %d", edge[0], edge[1], edge[2], edge[3], x, y, w, h);
		edge_index_free(&index);
		store_free(&store);
	}
	check_cases(&depth, "what rays and crossings count is the same");
}

static void
test_edge_areas(void)
{
	Cases		areas = {0, 0};
	Cases		back = {0, 0};

	for (int round = 0; round < 3000; round++)
	{
		double		size = pow(10.0, random_between(-4.0, 1.9));
		double		middle = random_between(-90 + size, 90 - size);
		double		xy[16];
		double		sum = 0;
		double		bulk = 0;
		AreaRange	range;

		area_range_set(&range, middle - size, middle + size);
		for (int i = 0; i < 7; i++)
		{
			xy[2 * i] = random_between(-size, size);
			xy[2 * i + 1] = middle + random_between(-size, size);
		}
		xy[14] = xy[0];
		xy[15] = xy[1];
		for (int i = 0; i < 7; i++)
		{
			double		m2 = edge_area(&range, xy + 2 * i, xy + 2 * i + 2);

			case_check(&back, edge_area(&range, xy + 2 * i + 2, xy + 2 * i) == -m2, "one way only");
			sum += m2;
			bulk += fabs(m2);
		}
		case_check(&areas, fabs(sum - ring_area(xy, 8)) <= 1e-10 * bulk,
				   "size %g at %g: %.17g, not %.17g", size, middle, sum, ring_area(xy, 8));
	}
	check_cases(&areas, "areas of edges add up to areas of rings");
	check_cases(&back, "and turn their sign with the edge, to the bit");
}

int
main(void)
{
	unit_seed();
	test_symmetry();
	test_order();
	test_depth();
	test_edge_areas();
	return unit_done();
}
