/*
 * store_test.c - the flat store and its tree against looking at everything
 */
#include "mf_store.h"

#include "unit.h"

#define MOST	3000

/* ---- the tree ---- */

static int
below(int n)
{
	return n > 0 ? random_below(n) : 0;
}

static float
place(bool lattice)
{
	return lattice ? (float) random_below(12) : (float) random_between(-180, 180);
}

static void
random_boxes(MinefieldBox *boxes, uint32_t n, int style)
{
	for (uint32_t i = 0; i < n; i++)
	{
		float		x = place(style == 1);
		float		y = place(style == 1);

		boxes[i].xmin = x;
		boxes[i].ymin = y;
		boxes[i].xmax = x + (style == 1 ? (float) random_below(3) : (float) random_between(0, 9));
		boxes[i].ymax = y + (style == 1 ? (float) random_below(3) : (float) random_between(0, 9));
		if (style == 2 && i > 0)
			boxes[i] = boxes[0];
		if (style == 3 && random_below(10) == 0)
			box_set_empty(&boxes[i]);
	}
}

typedef struct Pairs
{
	const MinefieldBox *boxes;
	uint64_t	sum;
	uint64_t	n;
	bool		wrong;
} Pairs;

static void
pair_take(Pairs *pairs, uint32_t a, uint32_t b)
{
	pairs->n++;
	pairs->sum += ((uint64_t) a * 1000003u + b) * 0x9E3779B97F4A7C15u;
}

static bool
pair_visit(uint32_t a, uint32_t b, void *arg)
{
	Pairs	   *pairs = arg;

	pairs->wrong |= a >= b || !box_overlaps(&pairs->boxes[a], &pairs->boxes[b]);
	pair_take(pairs, a, b);
	return true;
}

static void
compare_query(Cases *cases, const MfTree *tree, const MinefieldBox *boxes, uint32_t n)
{
	MinefieldBox window;
	MfTreeQuery query;
	uint32_t	from = (uint32_t) below((int) n / 2);
	uint32_t	to = from + (uint32_t) random_below((int) n + 5);
	uint32_t	wanted;
	uint32_t	got;

	random_boxes(&window, 1, random_below(2));
	tree_query_begin(&query, tree, &window, from, to);
	for (wanted = from; wanted < n && wanted < to; wanted++)
	{
		if (!box_overlaps(&boxes[wanted], &window))
			continue;
		got = tree_query_next(&query);
		case_check(cases, got == wanted, "of %u from %u to %u: %u, not %u", n, from, to, got, wanted);
		if (got != wanted)
			return;
	}
	got = tree_query_next(&query);
	case_check(cases, got == MF_NONE && tree_query_next(&query) == MF_NONE,
			   "of %u from %u to %u: %u too many", n, from, to, got);
}

static void
test_tree(void)
{
	static MinefieldBox boxes[MOST];
	Cases		queries = {0, 0};
	Cases		joins = {0, 0};

	for (int round = 0; round < 400; round++)
	{
		uint32_t	n = (uint32_t) (round < 40 ? round : random_below(round % 10 == 0 ? MOST : 300));
		MfTree		tree;
		Pairs		wanted = {boxes, 0, 0, false};
		Pairs		got = {boxes, 0, 0, false};
		uint32_t	cut = (uint32_t) below((int) n);

		random_boxes(boxes, n, round % 4);
		if (tree_build(&tree, &mf_memory_malloc, boxes, n) != MF_DONE)
		{
			check(false, "a tree of %u", n);
			continue;
		}
		for (int i = 0; i < 20; i++)
			compare_query(&queries, &tree, boxes, n);
		for (uint32_t a = 0; a < n; a++)
			for (uint32_t b = a + 1; b < n; b++)
				if (box_overlaps(&boxes[a], &boxes[b]))
					pair_take(&wanted, a, b);
		tree_join(&tree, 0, cut, pair_visit, &got);
		tree_join(&tree, cut, n, pair_visit, &got);
		case_check(&joins, !got.wrong && got.n == wanted.n && got.sum == wanted.sum,
				   "%u boxes: %llu pairs, not %llu", n,
				   (unsigned long long) got.n, (unsigned long long) wanted.n);
		tree_free(&tree, &mf_memory_malloc);
	}
	check_cases(&queries, "queries of boxes, lattices, equal and empty boxes");
	check_cases(&joins, "all pairs of boxes that meet, in two runs");
}

/* ---- the curve ---- */

#define CELLS	64				/* a side */

/* It comes to each cell of a square once, from one beside it. */
static void
test_curve(void)
{
	static int	cells[CELLS * CELLS];
	const MinefieldBox world = {-3, 40, 5, 41};
	MfCurve		curve;
	int			visited = 0;
	int			apart = 0;

	curve_begin(&curve, &world);
	for (int i = 0; i < CELLS * CELLS; i++)
		cells[i] = -1;
	for (int i = 0; i < CELLS * CELLS; i++)
	{
		uint64_t	key = curve_key(&curve, -3 + (i % CELLS + 0.5) / 8, 40 + (i / CELLS + 0.5) / 8);

		if (cells[key >> (MF_CURVE_BITS - 12)] == -1)
			visited++;
		cells[key >> (MF_CURVE_BITS - 12)] = i;
	}
	for (int i = 1; i < CELLS * CELLS; i++)
	{
		int			dx = cells[i] % CELLS - cells[i - 1] % CELLS;
		int			dy = cells[i] / CELLS - cells[i - 1] / CELLS;

		apart += dx * dx + dy * dy != 1;
	}
	check(visited == CELLS * CELLS && apart == 0, "%d cells, %d steps to one not beside", visited, apart);
	check(curve_key(&curve, -100, 0) == curve_key(&curve, -3, 40), "what lies outside is moved in");
}

/* ---- the store ---- */

typedef struct Source
{
	MfExtent	extents[MOST];
	double		xy[MOST][16];
	uint32_t	order[MOST];
} Source;

static const uint32_t one = 1;
static const uint32_t fives[] = {5, 3};
static const uint32_t twos[] = {2};

static void
source_extent(uint32_t n, MfExtent *extent, void *arg)
{
	Source	   *source = arg;

	*extent = source->extents[source->order[n]];
}

static int
source_tie(uint32_t a, uint32_t b, void *arg)
{
	Source	   *source = arg;

	return source->order[a] < source->order[b] ? -1 : 1;
}

/* A box of its own, either way round, with a repeated vertex now and then. */
static void
source_box(Source *source, uint32_t i, double x, double y, double w, double h)
{
	bool		left = random_below(2) == 0;
	double		ring[] = {x, y, left ? x + w : x, left ? y : y + h, x + w, y + h,
	left ? x : x + w, left ? y + h : y, x, y};

	memcpy(source->xy[i], ring, sizeof(ring));
	source->extents[i] = (MfExtent) {MF_POLYGON, 1, 1, 5, &one, fives, source->xy[i]};
	source->order[i] = i;
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

static double
ring_left(const double *xy, uint32_t n)
{
	double		area = 0;

	for (uint32_t i = 0; i + 1 < n; i++)
		area += xy[2 * i] * xy[2 * i + 3] - xy[2 * i + 2] * xy[2 * i + 1];
	return area;
}

static bool
same_stores(const MfStore *a, const MfStore *b)
{
	return a->nrecords == b->nrecords && a->nrings == b->nrings && a->nvertices == b->nvertices &&
		memcmp(a->xy, b->xy, 2 * sizeof(double) * a->nvertices) == 0 &&
		memcmp(a->ring_starts, b->ring_starts, sizeof(uint32_t) * (a->nrings + 1)) == 0 &&
		memcmp(a->record_rings, b->record_rings, sizeof(uint32_t) * (a->nrecords + 1)) == 0 &&
		memcmp(a->shells, b->shells, sizeof(uint32_t) * (a->nrings / 32 + 1)) == 0 &&
		memcmp(a->kinds, b->kinds, a->nrecords) == 0;
}

static void
test_orders(void)
{
	static Source source;
	static uint32_t originals[MOST];
	Cases		same = {0, 0};
	Cases		left = {0, 0};

	for (int round = 0; round < 60; round++)
	{
		uint32_t	n = (uint32_t) random_below(round % 10 == 0 ? MOST : 200) + 1;
		MfStore		first,
					second;
		bool		equal;

		for (uint32_t i = 0; i < n; i++)
			source_box(&source, i, random_below(round % 3 == 0 ? 3 : 300), random_below(50),
					   1 + random_below(3), 1 + random_below(3));
		store_build(&first, &mf_memory_malloc, n, source_extent, source_tie, &source);
		for (uint32_t i = 0; i < n; i++)
			originals[i] = first.numbers[i];
		shuffle(source.order, n);
		store_build(&second, &mf_memory_malloc, n, source_extent, source_tie, &source);
		equal = same_stores(&first, &second);
		for (uint32_t i = 0; i < n && equal; i++)
		{
			MinefieldBox box;
			MinefieldBox wanted;

			equal = source.order[second.numbers[i]] == originals[i];
			tree_box(&second.tree, 0, i, &box);
			box_of_extent(&wanted, &source.extents[originals[i]]);
			equal = equal && box_equal(&box, &wanted);
		}
		case_check(&same, equal, "%u records differ", n);
		for (uint32_t k = 0; k < first.nrings; k++)
		{
			uint32_t	start = first.ring_starts[k];
			double		area = ring_left(first.xy + 2 * (size_t) start,
										 first.ring_starts[k + 1] - start);

			case_check(&left, area > 0 && store_ring_is_shell(&first, k), "area %g", area);
		}
		store_free(&first);
		store_free(&second);
	}
	check_cases(&same, "any order of input makes the same store");
	check_cases(&left, "shells run counter-clockwise");
}

static void
test_shapes(void)
{
	static Source source;
	static const double polygon[] = {0, 0, 0, 0, 0, 9, 9, 9, 9, 0, 0, 0,
	1, 1, 3, 1, 3, 3, 1, 1, 5, 5, 5, 5, 5, 5, 5, 5};
	static const uint32_t polygon_rings[] = {3};
	static const uint32_t polygon_points[] = {6, 4, 4};
	static const double line[] = {20, 20, -1e-70, 21};
	static const double point[] = {-30, 4};
	MfStore		store;
	double		on[] = {2, 1};
	double		hole[] = {2.5, 1.5};
	double		in[] = {7, 1};
	double		out[] = {10, 1};

	source.extents[0] = (MfExtent) {MF_POLYGON, 1, 3, 14, polygon_rings, polygon_points, polygon};
	source.extents[1] = (MfExtent) {MF_POLYGON, 0, 0, 0, NULL, NULL, NULL};
	source.extents[2] = (MfExtent) {MF_LINESTRING, 1, 1, 2, &one, twos, line};
	source.extents[3] = (MfExtent) {MF_POINT, 1, 1, 1, &one, &one, point};
	for (uint32_t i = 0; i < 4; i++)
		source.order[i] = i;
	check(store_build(&store, &mf_memory_malloc, 4, source_extent, NULL, &source) == MF_DONE &&
		  store.nrecords == 3, "empty extents are left out");
	for (uint32_t i = 0; i < store.nrecords; i++)
	{
		uint32_t	k = store.record_rings[i];
		const double *xy = store.xy + 2 * (size_t) store.ring_starts[k];
		uint32_t	n = store.ring_starts[k + 1] - store.ring_starts[k];

		if (store.numbers[i] == 0)
		{
			check(n == 5 && ring_left(xy, n) > 0, "repeated vertices are left out");
			check(!store_ring_is_shell(&store, k + 1) && ring_left(xy + 2 * n, 4) < 0,
				  "holes run clockwise");
			check(store.ring_starts[k + 3] - store.ring_starts[k + 2] == 1,
				  "a ring of equal vertices shrinks to one");
			check(store_point_in(&store, i, on) == 0 && store_point_in(&store, i, hole) == -1 &&
				  store_point_in(&store, i, in) == 1 && store_point_in(&store, i, out) == -1,
				  "on, in a hole, in and out");
		}
		else if (store.numbers[i] == 2)
			check(n == 2 && store.kinds[i] == MF_LINESTRING && xy[2] == 0 && xy[3] == 21,
				  "lines keep their way, and next to nothing is zero");
		else
			check(n == 1 && store.kinds[i] == MF_POINT, "points are rings of one vertex");
	}
	store_free(&store);
	check(store_build(&store, &mf_memory_malloc, 0, source_extent, NULL, &source) == MF_DONE &&
		  store.nrecords == 0 && store.tree.nlevels == 0, "nothing makes an empty store");
	store_free(&store);
}

static bool
interrupt_now(void)
{
	return true;
}

static void
test_failures(void)
{
	static Source source;
	MfStore		store;
	size_t		room = 0;
	void	   *block = NULL;

	for (uint32_t i = 0; i < MOST; i++)
		source_box(&source, i, i % 50, i / 50.0, 1, 1);
	mf_interrupted = interrupt_now;
	check(store_build(&store, &mf_memory_malloc, MOST, source_extent, NULL, &source) ==
		  MF_INTERRUPTED, "building can be interrupted, and leaves nothing");
	mf_interrupted = NULL;
	check(!memory_grow(&mf_memory_malloc, &block, &room, SIZE_MAX / 8, 16) && block == NULL,
		  "sizes that overflow are no memory");
	check(memory_get(&mf_memory_malloc, SIZE_MAX / 8, 16) == NULL, "nor are products");
}

int
main(void)
{
	unit_seed();
	test_tree();
	test_curve();
	test_orders();
	test_shapes();
	test_failures();
	return unit_done();
}
