/*
 * digest.c - what the engines of the core compute, to the last bit
 *
 * Prints one line for each engine: a hash of the bytes of its results on
 * random records.  Every compiler at every level has to print the same
 * (test/t/515_compilers.t).  No test by itself: it says nothing of right or
 * wrong.  Sines and their kind, which are libm's, are left to the one libm.
 */
#include "mf_arrangement.h"
#include "mf_lines.h"

#include "unit.h"

#define RECORDS 400
#define ROUNDS 5

typedef struct Scene
{
	MfExtent	extents[RECORDS];
	uint32_t	ring_points[RECORDS];
	double		xy[RECORDS][10];
} Scene;

static const uint32_t one = 1;

static uint64_t
hash_bytes(uint64_t hash, const void *bytes, size_t size)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ p[i]) * UINT64_C(1099511628211);
	return hash;
}

static void
set_extent(MfExtent *extent, MfKind kind, const uint32_t *npoints, const double *xy)
{
	extent->kind = kind;
	extent->nparts = extent->nrings = 1;
	extent->npoints = *npoints;
	extent->part_rings = &one;
	extent->ring_points = npoints;
	extent->xy = xy;
}

/* Slanted boxes; a quarter of them on a lattice, where they share edges. */
static void
make_record(Scene *scene, int n)
{
	bool		lattice = n % 4 == 0;
	double		x = random_between(50.0, 50.06);
	double		y = random_between(41.0, 41.06);
	double		a = random_between(0.002, 0.006);
	double		b = random_between(0.001, 0.003);
	double		lean = lattice ? 0 : random_between(-0.0008, 0.0008);
	double		corners[5][2] = {{0, 0}, {a, lean}, {a - lean, b + lean}, {-lean, b}, {0, 0}};

	if (lattice)
	{
		x = 50.0 + 0.002 * random_below(30);
		y = 41.0 + 0.002 * random_below(30);
		corners[1][0] = corners[2][0] = 0.004;
		corners[2][1] = corners[3][1] = 0.002;
	}
	for (int i = 0; i < 5; i++)
	{
		scene->xy[n][2 * i] = x + corners[i][0];
		scene->xy[n][2 * i + 1] = y + corners[i][1];
	}
	scene->ring_points[n] = 5;
	set_extent(&scene->extents[n], MF_POLYGON, &scene->ring_points[n], scene->xy[n]);
}

static void
scene_extent(uint32_t n, MfExtent *extent, void *arg)
{
	*extent = ((MfExtent *) arg)[n];
}

static void
must(MfStatus status, const char *what)
{
	if (status != MF_DONE)
	{
		fprintf(stderr, "%s: status %d\n", what, (int) status);
		exit(1);
	}
}

static uint64_t
digest_arrangement(uint64_t hash, MfStore *store)
{
	static const double frame[] = {50.005, 41.003, 50.055, 41.001, 50.058, 41.05, 50.02, 41.06, 50.005, 41.003};
	static const uint32_t corners = 5;
	MfExtent	aoi;
	MfStore		aoi_store;
	MfArrangement found;

	set_extent(&aoi, MF_POLYGON, &corners, frame);
	must(store_build(&aoi_store, &mf_memory_malloc, 1, scene_extent, NULL, &aoi), "area of interest");
	must(arrangement_find(&found, &mf_memory_malloc, store, &aoi_store, true), "arrangement");
	hash = hash_bytes(hash, found.times, sizeof(double) * found.ntimes);
	hash = hash_bytes(hash, found.gaps.xy, sizeof(double) * 2 * found.gaps.npoints);
	hash = hash_bytes(hash, found.gaps.ring_points, sizeof(uint32_t) * found.gaps.nrings);
	arrangement_free(&found);
	return hash;
}

static uint64_t
digest_pairs(uint64_t hash, const Scene *scene)
{
	for (int i = 0; i < RECORDS; i++)
	{
		for (int k = i + 1; k < RECORDS; k++)
		{
			const MfExtent *a = &scene->extents[i];
			const MfExtent *b = &scene->extents[k];
			MinefieldBox box_a;
			MinefieldBox box_b;
			MfPairSpan	room[MF_PAIR_SPANS(a, b)];
			double		result[2];

			box_of_extent(&box_a, a);
			box_of_extent(&box_b, b);
			if (!box_overlaps(&box_a, &box_b))
				continue;
			result[0] = pair_area(a, &box_a, b, &box_b, room, &result[1]);
			hash = hash_bytes(hash, result, sizeof(result));
		}
	}
	return hash;
}

static uint64_t
digest_lines(uint64_t hash, const MfStore *store)
{
	static const double xy[] = {49.99, 41.0, 50.02, 41.03, 50.05, 41.02, 50.07, 41.07};
	static const uint32_t points = 4;
	MfExtent	line;
	MfRuns		runs;
	MfLineGaps	found;

	set_extent(&line, MF_LINESTRING, &points, xy);
	must(runs_build(&runs, store), "runs");
	must(line_gaps_find(&found, &runs, &line, 40), "line gaps");
	for (uint32_t i = 0; i < found.n; i++)
	{
		const MfLineGap *gap = &found.gaps[i];
		double		numbers[] = {gap->from_edge, gap->to_edge, gap->from_t, gap->to_t, gap->from_m, gap->to_m};

		hash = hash_bytes(hash, numbers, sizeof(numbers));
	}
	memory_give(&store->memory, found.gaps);
	runs_free(&runs);
	return hash;
}

int
main(void)
{
	static Scene scene;
	uint64_t	arrangement = UINT64_C(14695981039346656037);
	uint64_t	pairs = arrangement;
	uint64_t	lines = arrangement;
	uint64_t	areas = arrangement;

	unit_seed();
	for (int round = 0; round < ROUNDS; round++)
	{
		MfStore		store;

		for (int i = 0; i < RECORDS; i++)
		{
			double		area;

			make_record(&scene, i);
			area = extent_area(&scene.extents[i]);
			areas = hash_bytes(areas, &area, sizeof(area));
		}
		must(store_build(&store, &mf_memory_malloc, RECORDS, scene_extent, NULL, scene.extents), "store");
		pairs = digest_pairs(pairs, &scene);
		lines = digest_lines(lines, &store);
		/* uses the store up */
		arrangement = digest_arrangement(arrangement, &store);
	}
	printf("areas %016" PRIx64 "\n", areas);
	printf("arrangement %016" PRIx64 "\n", arrangement);
	printf("pairs %016" PRIx64 "\n", pairs);
	printf("lines %016" PRIx64 "\n", lines);
	return 0;
}
