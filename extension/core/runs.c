/*
 * runs.c - the edges of a store in runs of neighbours
 *
 * Records may have four edges or a million.  Cut into runs of at most sixteen
 * edges, they are all alike: a tree over the runs' boxes finds what is near,
 * and whether a point lies inside a ring is told by its runs, most of which
 * need no look at their edges.
 */
#include "mf_lines.h"

#include <string.h>

static uint32_t
ring_vertices(const MfStore *store, uint32_t ring)
{
	return store->ring_starts[ring + 1] - store->ring_starts[ring];
}

/* Runs of a ring or line of so many vertices. */
static uint32_t
runs_of(uint32_t nvertices)
{
	return nvertices < 2 ? nvertices : (nvertices - 2) / MF_RUN_EDGES + 1;
}

/* Cut a ring into runs of nearly the same length. */
static void
cut_ring(MfRuns *runs, uint32_t record, uint32_t ring)
{
	uint32_t	n = ring_vertices(runs->store, ring);
	uint32_t	count = runs_of(n);
	uint32_t	first = runs->store->ring_starts[ring];
	uint32_t	edges = n < 2 ? 0 : n - 1;

	for (uint32_t i = 0; i < count; i++)
	{
		MfRun	   *run = &runs->runs[runs->nruns++];

		run->first = first;
		run->record = record;
		run->nedges = edges / (count - i);
		first += run->nedges;
		edges -= run->nedges;
	}
}

static MfStatus
tree_of_runs(MfRuns *runs)
{
	const MfMemory *memory = &runs->store->memory;
	MinefieldBox *boxes = memory_get(memory, runs->nruns, sizeof(MinefieldBox));
	MfStatus	status;

	if (boxes == NULL)
		return MF_NO_MEMORY;
	for (uint32_t i = 0; i < runs->nruns; i++)
	{
		const double *xy = runs->store->xy + 2 * (size_t) runs->runs[i].first;
		uint32_t	record = runs->runs[i].record;
		double		west = xy[0],
					east = xy[0],
					south = xy[1],
					north = xy[1];

		/* most records are one run, whose box is known */
		if (runs->record_runs[record + 1] - runs->record_runs[record] == 1)
		{
			tree_box(&runs->store->tree, 0, record, &boxes[i]);
			continue;
		}
		for (uint32_t k = 0; k < runs->runs[i].nedges; k++)
		{
			xy += 2;
			west = xy[0] < west ? xy[0] : west;
			east = xy[0] > east ? xy[0] : east;
			south = xy[1] < south ? xy[1] : south;
			north = xy[1] > north ? xy[1] : north;
		}
		box_set_empty(&boxes[i]);
		box_add_point(&boxes[i], west, south);
		box_add_point(&boxes[i], east, north);
	}
	status = tree_build(&runs->tree, memory, boxes, runs->nruns);
	memory_give(memory, boxes);
	return status;
}

MfStatus
runs_build(MfRuns *runs, const MfStore *store)
{
	size_t		n = 0;
	MfStatus	status = MF_NO_MEMORY;

	memset(runs, 0, sizeof(*runs));
	runs->store = store;
	for (uint32_t ring = 0; ring < store->nrings; ring++)
		n += runs_of(ring_vertices(store, ring));
	runs->runs = memory_get(&store->memory, n, sizeof(MfRun));
	runs->record_runs = memory_get(&store->memory, (size_t) store->nrecords + 1,
								   sizeof(uint32_t));
	if (runs->runs != NULL && runs->record_runs != NULL)
	{
		for (uint32_t record = 0; record < store->nrecords; record++)
		{
			runs->record_runs[record] = runs->nruns;
			for (uint32_t ring = store->record_rings[record];
				 ring < store->record_rings[record + 1]; ring++)
				cut_ring(runs, record, ring);
		}
		runs->record_runs[store->nrecords] = runs->nruns;
		status = tree_of_runs(runs);
	}
	if (status != MF_DONE)
		runs_free(runs);
	return status;
}

void
runs_free(MfRuns *runs)
{
	if (runs->store == NULL)
		return;
	tree_free(&runs->tree, &runs->store->memory);
	memory_give(&runs->store->memory, runs->runs);
	memory_give(&runs->store->memory, runs->record_runs);
	memset(runs, 0, sizeof(*runs));
}

/* ---- what touches a point ---- */

/*
 * Does an edge of the run touch p?  Where not, turn inside over for each edge
 * that a ray from p to the east crosses, the lower end of an edge counting as
 * on it.
 */
static bool
run_touches(const MfRuns *runs, uint32_t r, const double *p, bool *inside)
{
	const MfTree *tree = &runs->tree;
	const MfRun *run = &runs->runs[r];
	const double *a = runs->store->xy + 2 * (size_t) run->first;
	const double *last = a + 2 * (size_t) run->nedges;

	if (p[1] < tree->ymin[r] || p[1] > tree->ymax[r] || p[0] > tree->xmax[r])
		return false;
	if (p[0] < tree->xmin[r])
	{
		/* all of it lies to the east: only its ends matter */
		*inside ^= (a[1] > p[1]) != (last[1] > p[1]);
		return false;
	}
	if (a == last)
		return a[0] == p[0] && a[1] == p[1];
	for (; a < last; a += 2)
	{
		const double *b = a + 2;
		int			side;

		if ((a[1] < p[1] && b[1] < p[1]) || (a[1] > p[1] && b[1] > p[1]) ||
			(a[0] < p[0] && b[0] < p[0]))
			continue;
		side = orient2d(a, b, p);
		if (side == 0 && (a[0] <= p[0] || b[0] <= p[0]))
			return true;
		if ((a[1] > p[1]) != (b[1] > p[1]))
			*inside ^= (side > 0) == (b[1] > a[1]);
	}
	return false;
}

bool
runs_record_touches(const MfRuns *runs, uint32_t record, const double *p)
{
	const MfStore *store = runs->store;
	bool		polygonal = kind_is_polygonal((MfKind) store->kinds[record]);
	uint32_t	ring = store->record_rings[record];
	bool		inside = false;

	for (uint32_t r = runs->record_runs[record]; r < runs->record_runs[record + 1]; r++)
	{
		if (runs->runs[r].first >= store->ring_starts[ring + 1])
			ring++;
		/* a part ends where the next shell begins */
		if (runs->runs[r].first == store->ring_starts[ring] && store_ring_is_shell(store, ring))
		{
			if (polygonal && inside)
				return true;
			inside = false;
		}
		if (run_touches(runs, r, p, &inside))
			return true;
	}
	return polygonal && inside;
}

uint32_t
runs_touching(const MfRuns *runs, const double *p)
{
	MinefieldBox box;
	MfTreeQuery query;
	uint32_t	record;

	box_set_empty(&box);
	box_add_point(&box, p[0], p[1]);
	tree_query_begin(&query, &runs->store->tree, &box, 0, runs->store->nrecords);
	while ((record = tree_query_next(&query)) != MF_NONE)
	{
		if (runs_record_touches(runs, record, p))
			return record;
	}
	return MF_NONE;
}
