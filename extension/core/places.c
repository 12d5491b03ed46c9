/*
 * places.c - which records lie in the area of interest, and which are copies
 */
#include "walk.h"

#include <string.h>

typedef struct Placing
{
	const MfStore *records;
	const EdgeIndex *aoi_edges;
	Places	   *places;
} Placing;

/* False: stop. */
static bool
place_node(const Placing *w, int level, uint32_t node)
{
	const MfTree *tree = &w->records->tree;
	MinefieldBox box;
	MfTreeQuery query;
	int			shift = 4 * level;
	uint64_t	first = (uint64_t) node << shift;
	uint64_t	end = (uint64_t) (node + 1) << shift;
	double		corner[2];
	Place		place = ACROSS;

	tree_box(tree, level, node, &box);
	if (mf_interrupted != NULL && level == 1 && mf_interrupted())
		return false;
	tree_query_begin(&query, &w->aoi_edges->tree, &box, 0, w->aoi_edges->nruns);
	if (tree_query_next(&query) == MF_NONE)
	{
		corner[0] = box.xmin;
		corner[1] = box.ymin;
		place = record_covers(w->aoi_edges, 0, AOI_RANK, corner, 0) ? INSIDE : OUTSIDE;
	}
	else if (level > 0)
	{
		uint32_t	below = tree->counts[level - 1];

		for (uint32_t i = 0; i < MF_TREE_FANOUT && node * MF_TREE_FANOUT + i < below; i++)
		{
			if (!place_node(w, level - 1, node * MF_TREE_FANOUT + i))
				return false;
		}
		return true;
	}
	for (uint64_t i = first; i < end && i < w->records->nrecords; i++)
		w->places->of[i] = kind_is_polygonal((MfKind) w->records->kinds[i]) ? place : OUTSIDE;
	return true;
}

static bool
same_record(const MfStore *store, uint32_t a, uint32_t b)
{
	uint32_t	ring_a = store->record_rings[a];
	uint32_t	ring_b = store->record_rings[b];
	uint32_t	nrings = store->record_rings[a + 1] - ring_a;
	const double *xy_a = store->xy + 2 * (size_t) store->ring_starts[ring_a];
	const double *xy_b = store->xy + 2 * (size_t) store->ring_starts[ring_b];

	if (nrings != store->record_rings[b + 1] - ring_b || xy_a[0] != xy_b[0] || xy_a[1] != xy_b[1])
		return false;
	for (uint32_t k = 0; k <= nrings; k++)
	{
		if (store->ring_starts[ring_a + k] - store->ring_starts[ring_a] !=
			store->ring_starts[ring_b + k] - store->ring_starts[ring_b])
			return false;
	}
	return memcmp(xy_a, xy_b, 2 * sizeof(double) *
				  (store->ring_starts[ring_a + nrings] - store->ring_starts[ring_a])) == 0;
}

/*
 * Copies follow each other in canonical order.  The first one is walked for
 * all of them: a thousand copies would cross a million times.
 */
static bool
weigh_copies(const Placing *w)
{
	uint32_t	first = 0;

	for (uint32_t i = 0; i < w->records->nrecords; i++)
	{
		if (i % 4096 == 4095 && mf_interrupted != NULL && mf_interrupted())
			return false;
		w->places->weights[i] = 1;
		if (i > 0 && w->places->of[first] != OUTSIDE && same_record(w->records, first, i))
		{
			w->places->weights[first]++;
			w->places->of[i] = OUTSIDE;
		}
		else
			first = i;
	}
	return true;
}

MfStatus
places_find(Places *places, const MfStore *records, const EdgeIndex *aoi_edges)
{
	Placing		w = {records, aoi_edges, places};

	places->memory = &records->memory;
	places->of = memory_get(places->memory, records->nrecords, sizeof(uint8_t));
	places->weights = memory_get(places->memory, records->nrecords, sizeof(uint32_t));
	if (places->of == NULL || places->weights == NULL)
		return MF_NO_MEMORY;
	if (records->nrecords > 0 &&
		!(place_node(&w, records->tree.nlevels - 1, 0) && weigh_copies(&w)))
		return MF_INTERRUPTED;
	return MF_DONE;
}

void
places_free(Places *places)
{
	memory_give(places->memory, places->of);
	memory_give(places->memory, places->weights);
}
