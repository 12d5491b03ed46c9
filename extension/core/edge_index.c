/*
 * edge_index.c - the edges of a store in runs of eight, and a tree of them
 */
#include "edge_index.h"

#include <math.h>
#include <string.h>

#include "crossing.h"

/* A record of so few runs is looked through without the tree. */
#define FEW_RUNS	4

static uint32_t
ring_edges(const MfStore *store, uint32_t ring)
{
	uint32_t	n = store->ring_starts[ring + 1] - store->ring_starts[ring];

	return n < 4 ? 0 : n - 1;
}

static void
box_of_run(MinefieldBox *box, const double *xy, uint32_t edges)
{
	double		low[2] = {xy[0], xy[1]};
	double		high[2] = {xy[0], xy[1]};

	for (uint32_t i = 1; i <= edges; i++)
	{
		for (int d = 0; d < 2; d++)
		{
			double		v = xy[2 * i + d];

			low[d] = v < low[d] ? v : low[d];
			high[d] = v > high[d] ? v : high[d];
		}
	}
	box_set_empty(box);
	box_add_point(box, low[0], low[1]);
	box_add_point(box, high[0], high[1]);
}

void
box_of_point(MinefieldBox *box, const double *p)
{
	box_set_empty(box);
	box_add_point(box, p[0], p[1]);
}

/* Cut the rings into runs; boxes has room for all. */
static MfStatus
cut_rings(EdgeIndex *index, MinefieldBox *boxes)
{
	const MfStore *store = index->store;

	index->nruns = 0;
	for (uint32_t record = 0; record < store->nrecords; record++)
	{
		bool		polygonal = kind_is_polygonal((MfKind) store->kinds[record]);

		if (record % 4096 == 4095 && mf_interrupted != NULL && mf_interrupted())
			return MF_INTERRUPTED;
		for (uint32_t k = store->record_rings[record]; k < store->record_rings[record + 1]; k++)
		{
			uint32_t	left = polygonal ? ring_edges(store, k) : 0;
			uint32_t	first = store->ring_starts[k];

			index->ring_runs[k] = index->nruns;
			while (left > 0)
			{
				uint32_t	run = index->nruns++;
				uint32_t	count = left < RUN_EDGES ? left : RUN_EDGES;

				index->first[run] = first;
				index->count[run] = (uint8_t) count;
				box_of_run(&boxes[run], store->xy + 2 * (size_t) first, count);
				first += count;
				left -= count;
			}
		}
	}
	index->ring_runs[store->nrings] = index->nruns;
	return MF_DONE;
}

MfStatus
edge_index_build(EdgeIndex *index, const MfStore *store)
{
	const MfMemory *memory = &store->memory;
	size_t		most = 0;
	MinefieldBox *boxes;
	MfStatus	status = MF_NO_MEMORY;

	memset(index, 0, sizeof(*index));
	index->store = store;
	for (uint32_t k = 0; k < store->nrings; k++)
		most += (ring_edges(store, k) + RUN_EDGES - 1) / RUN_EDGES;
	index->first = memory_get(memory, most, sizeof(uint32_t));
	index->count = memory_get(memory, most, sizeof(uint8_t));
	index->ring_runs = memory_get(memory, (size_t) store->nrings + 1, sizeof(uint32_t));
	boxes = memory_get(memory, most, sizeof(MinefieldBox));
	if (index->first != NULL && index->count != NULL && index->ring_runs != NULL && boxes != NULL)
	{
		status = cut_rings(index, boxes);
		if (status == MF_DONE)
			status = tree_build(&index->tree, memory, boxes, index->nruns);
	}
	memory_give(memory, boxes);
	if (status != MF_DONE)
		edge_index_free(index);
	return status;
}

void
edge_index_free(EdgeIndex *index)
{
	if (index->store == NULL)
		return;
	memory_give(&index->store->memory, index->first);
	memory_give(&index->store->memory, index->count);
	memory_give(&index->store->memory, index->ring_runs);
	tree_free(&index->tree, &index->store->memory);
	memset(index, 0, sizeof(*index));
}

/*
 * How often a ray from p to the east crosses the edges of a run, odd or even.
 */
static bool
run_is_odd(const EdgeIndex *index, uint32_t run, uint32_t rank,
		   const double *p, uint32_t p_rank)
{
	const double *edge = run_edges(index, run);
	bool		odd = false;

	/* a vertex as far north as p has moved farther if its record is first */
	bool		ties_above = rank < p_rank;

	for (const double *end = edge + 2 * index->count[run]; edge < end; edge += 2)
	{
		bool		above = edge[1] > p[1] || (ties_above && edge[1] == p[1]);
		bool		next_above = edge[3] > p[1] || (ties_above && edge[3] == p[1]);

		if (above == next_above || (edge[0] < p[0] && edge[2] < p[0]))
			continue;
		if ((edge[0] > p[0] && edge[2] > p[0]) ||
			(side_of(edge, rank, p, p_rank) > 0) == next_above)
			odd = !odd;
	}
	return odd;
}

bool
record_covers(const EdgeIndex *index, uint32_t record, uint32_t rank,
			  const double *p, uint32_t p_rank)
{
	uint32_t	begin = record_runs_begin(index, record);
	uint32_t	end = record_runs_end(index, record);
	bool		inside = false;

	if (end - begin <= FEW_RUNS)
	{
		for (uint32_t run = begin; run < end; run++)
			inside ^= run_is_odd(index, run, rank, p, p_rank);
	}
	else
	{
		MinefieldBox ray;
		MfTreeQuery query;
		uint32_t	run;

		box_of_point(&ray, p);
		ray.xmax = INFINITY;
		tree_query_begin(&query, &index->tree, &ray, begin, end);
		while ((run = tree_query_next(&query)) != MF_NONE)
			inside ^= run_is_odd(index, run, rank, p, p_rank);
	}
	return inside;
}

/* The same without moving anything; *on is set when p lies on an edge. */
static bool
run_is_odd_at(const EdgeIndex *index, uint32_t run, const double *p, bool *on)
{
	const double *edge = run_edges(index, run);
	bool		odd = false;

	for (const double *end = edge + 2 * index->count[run]; edge < end; edge += 2)
	{
		int			side;

		if ((edge[1] > p[1] && edge[3] > p[1]) || (edge[1] < p[1] && edge[3] < p[1]) ||
			(edge[0] < p[0] && edge[2] < p[0]))
			continue;
		side = orient2d(edge, edge + 2, p);
		if (side == 0 && (edge[0] <= p[0] || edge[2] <= p[0]))
			*on = true;
		if ((edge[1] > p[1]) != (edge[3] > p[1]) && (side > 0) == (edge[3] > p[1]))
			odd = !odd;
	}
	return odd;
}

int
record_holds(const EdgeIndex *index, uint32_t record, const double *p)
{
	MinefieldBox ray;
	MfTreeQuery query;
	uint32_t	run;
	bool		inside = false;
	bool		on = false;

	box_of_point(&ray, p);
	ray.xmax = INFINITY;
	tree_query_begin(&query, &index->tree, &ray, record_runs_begin(index, record),
					 record_runs_end(index, record));
	while ((run = tree_query_next(&query)) != MF_NONE)
		inside ^= run_is_odd_at(index, run, p, &on);
	return on ? 0 : inside ? 1 : -1;
}
