/*
 * cuts.c - where a record's rings are cut by other records, in the order of
 * the walk
 *
 * Two records are compared once, when the first of them is walked; what the
 * other needs to know waits in a list until it is its turn.  Near records are
 * near each other in order, too, so little waits at any time; where much would,
 * the second record compares for itself and comes to the same.
 */
#include "walk.h"

#include <math.h>
#include <string.h>

#include "sides.h"

/* How often to ask whether to stop, in pairs of runs. */
#define STEPS_TO_ASK	256

#define FEW_CUTS		8		/* are sorted one by one */

#define MOST_WAITING	(1u << 18)	/* beyond, nothing more is shared: 25 MB */

static bool
fail(Cuts *c, MfStatus status)
{
	if (c->status == MF_DONE)
		c->status = status;
	return false;
}

bool
cuts_step(Cuts *c)
{
	if (++c->steps % STEPS_TO_ASK == 0 && mf_interrupted != NULL && mf_interrupted())
		return fail(c, MF_INTERRUPTED);
	return c->status == MF_DONE;
}

MfStatus
cuts_begin(Cuts *c, const EdgeIndex *records, const EdgeIndex *aoi, const Places *places,
		   bool exact)
{
	uint32_t	n = records->store->nrecords;

	memset(c, 0, sizeof(*c));
	c->memory = &records->store->memory;
	c->records = records;
	c->aoi = aoi;
	c->places = places;
	c->exact = exact;
	c->group = c->free = MF_NONE;
	c->shared = memory_get(c->memory, n, sizeof(uint8_t));
	c->heads = memory_get(c->memory, n, sizeof(uint32_t));
	if (c->shared == NULL || c->heads == NULL)
		return MF_NO_MEMORY;
	memset(c->shared, 0, n);
	memset(c->heads, 0xff, sizeof(uint32_t) * (size_t) n);	/* MF_NONE */
	return MF_DONE;
}

void
cuts_free(Cuts *c)
{
	memory_give(c->memory, c->touched);
	memory_give(c->memory, c->at);
	memory_give(c->memory, c->sorted);
	memory_give(c->memory, c->starts);
	memory_give(c->memory, c->others);
	memory_give(c->memory, c->groups);
	memory_give(c->memory, c->shared);
	memory_give(c->memory, c->heads);
	memory_give(c->memory, c->waiting);
}

/* The number of an edge among all. */
static uint32_t
edge_number(const Cuts *c, const double *edge, uint32_t rank)
{
	const MfStore *records = c->records->store;

	return rank == AOI_RANK ?
		records->nvertices + (uint32_t) ((edge - c->aoi->store->xy) / 2) :
		(uint32_t) ((edge - records->xy) / 2);
}

uint64_t
cut_key(const Cuts *c, const Cut *cut)
{
	uint64_t	a = edge_number(c, cut->at.edge, c->rank);
	uint64_t	b = edge_number(c, cut->at.other, cut->at.rank);

	return a < b ? a << 32 | b : b << 32 | a;
}

/* ---- two runs ---- */

/* The edges of a run that meet the box of another: a bit each. */
static uint32_t
edges_meeting(const EdgeIndex *index, uint32_t run, const EdgeIndex *others, uint32_t other_run)
{
	const double *xy = run_edges(index, run);
	Sides		sides;
	uint32_t	found = 0;

	sides_of_run(&sides, &others->tree, other_run);
	for (uint32_t i = 0; i < index->count[run]; i++)
		found |= (uint32_t) !edge_misses(xy + 2 * i, &sides) << i;
	return found;
}

/*
 * Where it cuts, from the lesser edge, so that both records get the same.  For
 * areas alone the nearest double to the very point is more than is needed.
 */
static void
place_cut(const Cuts *c, Cut *cut, const Crossing *reverse)
{
	const Crossing *at = &cut->at;

	if (edge_number(c, reverse->edge, at->rank) < edge_number(c, at->edge, c->rank))
		at = reverse;
	if (c->exact)
		crossing_point(at->edge, at->other, cut->p);
	else
	{
		cut->p[0] = at->edge[0] + at->t * (at->edge[2] - at->edge[0]);
		cut->p[1] = at->edge[1] + at->t * (at->edge[3] - at->edge[1]);
	}
}

/* Room for what two runs may have in common. */
static bool
reserve(Cuts *c, bool share)
{
	size_t		most = RUN_EDGES * RUN_EDGES;

	if (!memory_grow(c->memory, (void **) &c->at, &c->room, c->n + most, sizeof(Cut)) ||
		(share && !memory_grow(c->memory, (void **) &c->waiting, &c->waiting_room,
							   c->nwaiting + most, sizeof(Waiting))))
		return fail(c, MF_NO_MEMORY);
	return true;
}

/* Keep a cut for a record that comes later. */
static void
let_wait(Cuts *c, uint32_t record, const Cut *cut, bool near)
{
	uint32_t	place = c->free;
	Waiting    *waiting;

	if (place != MF_NONE)
		c->free = c->waiting[place].next;
	else
		place = (uint32_t) c->nwaiting++;
	waiting = &c->waiting[place];
	waiting->cut = *cut;
	waiting->near = near;
	waiting->next = c->heads[record];
	c->heads[record] = place;
	c->pending++;
}

/* Two edges; there is room. */
static void
cut_edge(Cuts *c, const double *edge, const double *other, uint32_t other_rank, bool share)
{
	Cut		   *cut = &c->at[c->n];
	Cut			reverse;
	bool		near = false;
	bool		crosses = edges_cross(edge, c->rank, other, other_rank, &cut->at,
									  &reverse.at, &near);

	if (crosses)
	{
		cut->close = false;
		place_cut(c, cut, &reverse.at);
		c->n++;
	}
	if (near)
		*touched_at(c, edge) = true;
	if (!share || !(crosses || near))
		return;
	if (crosses)
		memcpy(reverse.p, cut->p, sizeof(reverse.p));
	else
		reverse.at = (Crossing) {.edge = other};
	reverse.close = false;
	let_wait(c, other_rank, &reverse, near);
}

/* All edges of a run of the record at hand against one of another's. */
static void
cut_run(Cuts *c, uint32_t run, const EdgeIndex *others, uint32_t other_run,
		uint32_t other_rank, bool share)
{
	uint32_t	edges = edges_meeting(c->index, run, others, other_run);
	uint32_t	second = edges == 0 ? 0 : edges_meeting(others, other_run, c->index, run);
	const double *xy = run_edges(others, other_run);

	if (second == 0 || !reserve(c, share))
		return;
	for (; edges != 0; edges &= edges - 1)
	{
		const double *edge = run_edges(c->index, run) + 2 * __builtin_ctz(edges);
		uint32_t	left,
					right;
		uint32_t	maybe;
		Sides		sides;

		vertices_aside(edge, xy, others->count[other_run] + 1, &left, &right);
		maybe = second & ~(left & left >> 1) & ~(right & right >> 1);
		if (maybe == 0)
			continue;
		sides_of_edge(&sides, edge);
		for (; maybe != 0; maybe &= maybe - 1)
		{
			const double *other = xy + 2 * __builtin_ctz(maybe);

			if (!edge_misses(other, &sides))
				cut_edge(c, edge, other, other_rank, share);
		}
	}
}

/* ---- two records ---- */

static void
cut_by_record(Cuts *c, const EdgeIndex *others, uint32_t record, uint32_t rank, bool share)
{
	uint32_t	other_begin = record_runs_begin(others, record);
	uint32_t	other_end = record_runs_end(others, record);
	MinefieldBox box;
	RunQuery	runs;
	uint32_t	run;

	tree_box(&others->store->tree, 0, record, &box);
	runs_meeting(&runs, c->index, record_runs_begin(c->index, c->record),
				 record_runs_end(c->index, c->record), &box);
	while ((run = runs_next(&runs)) != MF_NONE)
	{
		MinefieldBox run_box;
		RunQuery	other_runs;
		uint32_t	other;

		tree_box(&c->index->tree, 0, run, &run_box);
		runs_meeting(&other_runs, others, other_begin, other_end, &run_box);
		while ((other = runs_next(&other_runs)) != MF_NONE)
		{
			if (!cuts_step(c))
				return;
			cut_run(c, run, others, other, rank, share);
		}
	}
}

/* Rings of one record may touch in points, which is worth knowing. */
static void
touch_own_rings(Cuts *c, uint32_t ring, uint32_t end_ring)
{
	uint32_t	end = c->index->ring_runs[end_ring];
	uint32_t	ring_end = c->index->ring_runs[ring + 1];

	for (uint32_t run = c->index->ring_runs[ring]; run < ring_end; run++)
	{
		MinefieldBox box;
		RunQuery	query;
		uint32_t	other;

		tree_box(&c->index->tree, 0, run, &box);
		runs_meeting(&query, c->index, ring_end, end, &box);
		while ((other = runs_next(&query)) != MF_NONE && cuts_step(c))
		{
			for (uint32_t i = 0; i < c->index->count[run]; i++)
			{
				const double *edge = run_edges(c->index, run) + 2 * i;

				for (uint32_t k = 0; k < c->index->count[other]; k++)
				{
					const double *second = run_edges(c->index, other) + 2 * k;

					if (edges_near(edge, second))
						*touched_at(c, edge) = *touched_at(c, second) = true;
				}
			}
		}
	}
}

/* ---- who is near ---- */

static bool
push_number(Cuts *c, uint32_t **list, size_t *n, size_t *room, uint32_t number)
{
	if (*n == *room &&
		!memory_grow(c->memory, (void **) list, room, *n + 1, sizeof(uint32_t)))
		return fail(c, MF_NO_MEMORY);
	(*list)[(*n)++] = number;
	return true;
}

/* Records near each other are walked after each other: ask for sixteen at once. */
static bool
find_groups(Cuts *c)
{
	uint32_t	group = c->record / MF_TREE_FANOUT;
	const MfTree *tree = &c->records->store->tree;
	MinefieldBox box;
	MfTreeQuery query;
	uint32_t	found;

	if (group == c->group)
		return true;
	c->group = group;
	c->ngroups = 0;
	tree_box(tree, tree->nlevels > 1 ? 1 : 0, group, &box);
	tree_groups_begin(&query, tree, &box);
	while ((found = tree_query_next(&query)) != MF_NONE)
	{
		if (!push_number(c, &c->groups, &c->ngroups, &c->group_room, found))
			return false;
	}
	return true;
}

/*
 * The other records that count whose box meets that of a record; those across
 * its boundary for the area of interest.
 */
static void
find_others(Cuts *c)
{
	const MfTree *tree = &c->records->store->tree;
	MinefieldBox box;

	c->nothers = 0;
	if (c->rank == AOI_RANK)
	{
		for (uint32_t i = 0; i < tree->nitems; i++)
		{
			if (c->places->of[i] == ACROSS &&
				!push_number(c, &c->others, &c->nothers, &c->other_room, i))
				return;
		}
		return;
	}
	if (!find_groups(c))
		return;
	tree_box(tree, 0, c->record, &box);
	for (size_t i = 0; i < c->ngroups; i++)
	{
		uint32_t	first = c->groups[i] * MF_TREE_FANOUT;
		uint32_t	mask = tree_items_meeting(tree, first, tree->nitems, &box);

		for (; mask != 0; mask &= mask - 1)
		{
			uint32_t	other = first + (uint32_t) __builtin_ctz(mask);

			if (other != c->rank && c->places->of[other] != OUTSIDE &&
				!push_number(c, &c->others, &c->nothers, &c->other_room, other))
				return;
		}
	}
}

/* ---- in the order of the walk ---- */

static void
sort_cuts(Cuts *c, Cut *cuts, Cut *other, size_t n)
{
	size_t		half = n / 2;
	size_t		i = 0,
				j = half,
				k = 0;

	if (n <= FEW_CUTS)
	{
		for (i = 1; i < n; i++)
		{
			Cut			cut = cuts[i];

			for (k = i; k > 0 && crossing_before(&cut.at, &cuts[k - 1].at, c->rank); k--)
				cuts[k] = cuts[k - 1];
			if (k < i)
				cuts[k] = cut;
		}
		return;
	}
	if (!cuts_step(c))
		return;
	sort_cuts(c, cuts, other, half);
	sort_cuts(c, cuts + half, other + half, n - half);
	if (crossing_before(&cuts[half - 1].at, &cuts[half].at, c->rank))
		return;
	while (i < half && j < n)
		other[k++] = crossing_before(&cuts[j].at, &cuts[i].at, c->rank) ?
			cuts[j++] : cuts[i++];
	while (i < half)
		other[k++] = cuts[i++];
	memcpy(cuts, other, sizeof(Cut) * k);
}

/* By edge, as many cuts as there are, then along each edge. */
static void
sort_by_edge(Cuts *c)
{
	size_t		begin = 0;
	size_t		room = c->room;
	Cut		   *sorted;

	if (c->n >= UINT32_MAX)
	{
		fail(c, MF_TOO_LARGE);
		return;
	}
	if (!memory_grow(c->memory, (void **) &c->sorted, &c->sorted_room, c->n, sizeof(Cut)) ||
		!memory_grow(c->memory, (void **) &c->starts, &c->start_room, c->nvertices + 1,
					 sizeof(uint32_t)))
	{
		fail(c, MF_NO_MEMORY);
		return;
	}
	memset(c->starts, 0, sizeof(uint32_t) * (c->nvertices + 1));
	for (size_t i = 0; i < c->n; i++)
		c->starts[(c->at[i].at.edge - c->base) / 2 + 1]++;
	for (size_t i = 0; i < c->nvertices; i++)
		c->starts[i + 1] += c->starts[i];
	for (size_t i = 0; i < c->n; i++)
		c->sorted[c->starts[(c->at[i].at.edge - c->base) / 2]++] = c->at[i];
	sorted = c->sorted;
	c->sorted = c->at;
	c->at = sorted;
	c->room = c->sorted_room;
	c->sorted_room = room;
	if (!memory_grow(c->memory, (void **) &c->sorted, &c->sorted_room, c->n, sizeof(Cut)))
	{
		fail(c, MF_NO_MEMORY);
		return;
	}
	/* each start is now where the next one was */
	for (size_t i = 0; i < c->nvertices && c->status == MF_DONE; i++)
	{
		size_t		end = c->starts[i];

		if (end - begin > 1)
			sort_cuts(c, c->at + begin, c->sorted + begin, end - begin);
		begin = end;
	}
}

static void
mark_close(Cuts *c)
{
	for (size_t i = 1; i < c->n; i++)
	{
		Cut		   *cut = &c->at[i];
		Cut		   *before = cut - 1;

		if (before->at.edge == cut->at.edge &&
			(fabs(cut->p[0] - before->p[0]) + fabs(cut->p[1] - before->p[1])) *
			fmin(cut->at.sine, before->at.sine) < NEAR_DEGREES)
			cut->close = before->close = true;
	}
}

/* ---- all of a record ---- */

/* What earlier records found. */
static void
take_waiting(Cuts *c)
{
	uint32_t	place = c->heads[c->rank];

	while (place != MF_NONE)
	{
		Waiting    *waiting = &c->waiting[place];
		uint32_t	next = waiting->next;

		if (waiting->near)
			*touched_at(c, waiting->cut.at.edge) = true;
		if (waiting->cut.at.turn != 0)
		{
			if (!memory_grow(c->memory, (void **) &c->at, &c->room, c->n + 1, sizeof(Cut)))
			{
				fail(c, MF_NO_MEMORY);
				return;
			}
			c->at[c->n++] = waiting->cut;
		}
		waiting->next = c->free;
		c->free = place;
		c->pending--;
		place = next;
	}
	c->heads[c->rank] = MF_NONE;
}

static bool
begin_record(Cuts *c, uint32_t rank)
{
	const MfStore *store;
	uint32_t	ring,
				end;

	c->rank = rank;
	c->record = rank == AOI_RANK ? 0 : rank;
	c->index = rank == AOI_RANK ? c->aoi : c->records;
	store = c->index->store;
	ring = store->record_rings[c->record];
	end = store->record_rings[c->record + 1];
	c->base = store->xy + 2 * (size_t) store->ring_starts[ring];
	c->nvertices = store->ring_starts[end] - store->ring_starts[ring];
	c->n = 0;
	if (!memory_grow(c->memory, (void **) &c->touched, &c->touched_room, c->nvertices, 1) ||
		!memory_grow(c->memory, (void **) &c->at, &c->room, 1, sizeof(Cut)))
		return fail(c, MF_NO_MEMORY);
	memset(c->touched, 0, c->nvertices);
	return true;
}

MfStatus
cuts_find(Cuts *c, uint32_t rank)
{
	const uint32_t *rings;
	bool		share = false;

	if (!begin_record(c, rank))
		return c->status;
	find_others(c);
	if (rank != AOI_RANK)
	{
		share = c->pending < MOST_WAITING;
		c->shared[rank] = share;
		take_waiting(c);
	}
	for (size_t i = 0; i < c->nothers && c->status == MF_DONE; i++)
	{
		uint32_t	other = c->others[i];

		if (rank == AOI_RANK || other > rank)
			cut_by_record(c, c->records, other, other, share);
		else if (!c->shared[other])
			cut_by_record(c, c->records, other, other, false);
	}
	if (rank != AOI_RANK && c->places->of[rank] == ACROSS)
		cut_by_record(c, c->aoi, 0, AOI_RANK, false);
	rings = c->index->store->record_rings + c->record;
	for (uint32_t ring = rings[0]; ring + 1 < rings[1]; ring++)
		touch_own_rings(c, ring, rings[1]);
	if (c->status == MF_DONE && c->n <= FEW_CUTS)
		sort_cuts(c, c->at, NULL, c->n);
	else if (c->status == MF_DONE)
		sort_by_edge(c);
	mark_close(c);
	return c->status;
}
