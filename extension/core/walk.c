/*
 * walk.c - once round every ring, counting who else covers the ground
 *
 * No arrangement is built.  Each ring is cut where it crosses edges of other
 * records; between two cuts the number of other records over it is constant,
 * known at the ring's first vertex and changed by one at each cut.  Each piece
 * has one record more on its left than on its right, so its share of the
 * boundary integral is added to the one sum of areas and taken from the other.
 * The area of interest is walked alike, and pieces that nobody else covers are
 * where the gaps begin.
 */
#include "arrangement.h"

#include <math.h>
#include <string.h>

#include "exact.h"

/* How often to ask whether to stop, in pairs of runs. */
#define STEPS_TO_ASK	256

#define FEW_CUTS		8		/* are sorted one by one */

/* Where a record lies. */
typedef enum Place
{
	OUTSIDE,					/* or a copy of the record before */
	INSIDE,
	ACROSS						/* or so near the boundary that it must be asked */
} Place;

/* A cut of the ring being walked. */
typedef struct Cut
{
	Crossing	at;
	double		p[2];
	bool		close;			/* to the next or the one before */
} Cut;

typedef struct Walk
{
	const MfMemory *memory;
	const MfStore *records;
	const MfStore *aoi;
	EdgeIndex	record_edges;
	EdgeIndex	aoi_edges;
	AreaRange	range;
	uint8_t    *places;			/* [records] */
	uint32_t   *weights;		/* [records] copies that it stands for */
	Findings   *findings;
	MfStatus	status;			/* the first that went wrong */
	uint32_t	steps;

	/* of the record being walked: */
	const EdgeIndex *index;
	uint32_t	record;
	uint32_t	rank;
	Place		place;
	Cut		   *cuts;
	size_t		ncuts;
	size_t		cut_room;
	Cut		   *sorted;			/* room for as many */
	size_t		sorted_room;
	uint8_t    *touched;		/* [its vertices] edge comes near another */
	size_t		touched_room;
	const double *base;			/* its first vertex */
	uint32_t   *others;			/* records whose box meets that of a run */
	size_t		nothers;
	size_t		other_room;
	int64_t    *starts;			/* [its rings] records over the first vertex */
	size_t		start_room;

	/* of its group of sixteen: groups whose box meets that of the group */
	uint32_t	group;
	uint32_t   *groups;
	size_t		ngroups;
	size_t		group_room;
} Walk;

static bool
fail(Walk *w, MfStatus status)
{
	if (w->status == MF_DONE)
		w->status = status;
	return false;
}

/* False: stop. */
static bool
step(Walk *w)
{
	if (++w->steps % STEPS_TO_ASK == 0 && mf_interrupted != NULL && mf_interrupted())
		return fail(w, MF_INTERRUPTED);
	return w->status == MF_DONE;
}

static inline uint8_t *
touched_at(Walk *w, const double *edge)
{
	return &w->touched[(edge - w->base) / 2];
}

/* ---- finding the cuts ---- */

/* Sides in degrees, with what counts as near around them. */
typedef struct Sides
{
	double		west;
	double		south;
	double		east;
	double		north;
} Sides;

static inline bool
edge_misses(const double *edge, const Sides *sides)
{
	return ((edge[0] < sides->west) & (edge[2] < sides->west)) |
		((edge[0] > sides->east) & (edge[2] > sides->east)) |
		((edge[1] < sides->south) & (edge[3] < sides->south)) |
		((edge[1] > sides->north) & (edge[3] > sides->north));
}

/* The edges of a run that meet the box of another. */
static int
edges_meeting(const EdgeIndex *index, uint32_t run, const EdgeIndex *others,
			  uint32_t other_run, const double **found)
{
	const MfTree *tree = &others->tree;
	Sides		sides = {tree->xmin[other_run] - NEAR_DEGREES, tree->ymin[other_run] - NEAR_DEGREES,
	tree->xmax[other_run] + NEAR_DEGREES, tree->ymax[other_run] + NEAR_DEGREES};
	const double *edge = run_edges(index, run);
	const double *end = edge + 2 * index->count[run];
	int			n = 0;

	for (; edge < end; edge += 2)
	{
		found[n] = edge;
		n += !edge_misses(edge, &sides);
	}
	return n;
}

/* All edges of a run of the record being walked against one of another's. */
static void
cut_run(Walk *w, uint32_t run, const EdgeIndex *others, uint32_t other_run,
		uint32_t other_rank)
{
	const double *edges[RUN_EDGES + 1];
	const double *second[RUN_EDGES + 1];
	int			n = edges_meeting(w->index, run, others, other_run, edges);
	int			nsecond = n == 0 ? 0 : edges_meeting(others, other_run, w->index, run, second);

	if (nsecond == 0)
		return;
	if (!memory_grow(w->memory, (void **) &w->cuts, &w->cut_room,
					 w->ncuts + RUN_EDGES * RUN_EDGES, sizeof(Cut)))
	{
		fail(w, MF_NO_MEMORY);
		return;
	}
	for (int i = 0; i < n; i++)
	{
		const double *edge = edges[i];
		Sides		sides = {(edge[0] < edge[2] ? edge[0] : edge[2]) - NEAR_DEGREES,
		(edge[1] < edge[3] ? edge[1] : edge[3]) - NEAR_DEGREES,
		(edge[0] < edge[2] ? edge[2] : edge[0]) + NEAR_DEGREES,
		(edge[1] < edge[3] ? edge[3] : edge[1]) + NEAR_DEGREES};

		for (int k = 0; k < nsecond; k++)
		{
			bool		near = false;

			if (edge_misses(second[k], &sides))
				continue;
			if (edges_cross(edge, w->rank, second[k], other_rank, &w->cuts[w->ncuts].at, &near))
				w->ncuts++;
			if (near)
				*touched_at(w, edge) = true;
		}
	}
}

/* A run against a record, all of it. */
static void
cut_by_record(Walk *w, uint32_t run, const MinefieldBox *box,
			  const EdgeIndex *others, uint32_t record, uint32_t rank)
{
	MfTreeQuery query;
	uint32_t	begin = record_runs_begin(others, record);
	uint32_t	end = record_runs_end(others, record);
	uint32_t	other;

	if (end - begin == 1)
	{
		if (step(w))
			cut_run(w, run, others, begin, rank);
		return;
	}
	tree_query_begin(&query, &others->tree, box, begin, end);
	while ((other = tree_query_next(&query)) != MF_NONE && step(w))
		cut_run(w, run, others, other, rank);
}

/* Rings of one record may touch in points, which is worth knowing. */
static void
touch_own_rings(Walk *w, uint32_t run, const MinefieldBox *box, uint32_t ring_end,
				uint32_t end)
{
	MfTreeQuery query;
	uint32_t	other;

	tree_query_begin(&query, &w->index->tree, box, ring_end, end);
	while ((other = tree_query_next(&query)) != MF_NONE && step(w))
	{
		for (uint32_t i = 0; i < w->index->count[run]; i++)
		{
			const double *edge = run_edges(w->index, run) + 2 * i;

			for (uint32_t k = 0; k < w->index->count[other]; k++)
			{
				const double *second = run_edges(w->index, other) + 2 * k;

				if (edges_near(edge, second))
					*touched_at(w, edge) = *touched_at(w, second) = true;
			}
		}
	}
}

static bool
push_number(Walk *w, uint32_t **list, size_t *n, size_t *room, uint32_t number)
{
	if (!memory_grow(w->memory, (void **) list, room, *n + 1, sizeof(uint32_t)))
		return fail(w, MF_NO_MEMORY);
	(*list)[(*n)++] = number;
	return true;
}

/* Records near each other are walked after each other: ask for sixteen at once. */
static void
find_groups(Walk *w)
{
	uint32_t	group = w->record / MF_TREE_FANOUT;
	const MfTree *tree = &w->records->tree;
	MinefieldBox box;
	MfTreeQuery query;
	uint32_t	found;

	if (group == w->group)
		return;
	w->group = group;
	w->ngroups = 0;
	tree_box(tree, tree->nlevels > 1 ? 1 : 0, group, &box);
	tree_groups_begin(&query, tree, &box);
	while ((found = tree_query_next(&query)) != MF_NONE)
	{
		if (!push_number(w, &w->groups, &w->ngroups, &w->group_room, found))
			return;
	}
}

/* The other records that count whose box meets a box. */
static void
find_others(Walk *w, const MinefieldBox *box)
{
	const MfTree *tree = &w->records->tree;

	w->nothers = 0;
	if (w->rank == AOI_RANK)
	{
		MfTreeQuery query;
		uint32_t	other;

		tree_query_begin(&query, tree, box, 0, tree->nitems);
		while ((other = tree_query_next(&query)) != MF_NONE)
		{
			if (w->places[other] != OUTSIDE &&
				!push_number(w, &w->others, &w->nothers, &w->other_room, other))
				return;
		}
		return;
	}
	for (size_t i = 0; i < w->ngroups; i++)
	{
		uint32_t	mask = tree_group_meeting(tree, w->groups[i], box);

		for (; mask != 0; mask &= mask - 1)
		{
			uint32_t	other = w->groups[i] * MF_TREE_FANOUT + (uint32_t) __builtin_ctz(mask);

			if (other != w->rank && w->places[other] != OUTSIDE &&
				!push_number(w, &w->others, &w->nothers, &w->other_room, other))
				return;
		}
	}
}

/* How many of those found, about a ring's first run, lie over its first vertex? */
static int64_t
count_over(Walk *w, const double *p)
{
	const MfTree *tree = &w->records->tree;
	int64_t		n = 0;

	for (size_t i = 0; i < w->nothers && step(w); i++)
	{
		uint32_t	other = w->others[i];

		if (tree->xmin[other] <= p[0] && tree->xmax[other] >= p[0] &&
			tree->ymin[other] <= p[1] && tree->ymax[other] >= p[1] &&
			record_covers(&w->record_edges, other, other, p, w->rank))
			n += w->weights[other];
	}
	return n;
}

static void
find_cuts(Walk *w)
{
	const MfStore *store = w->index->store;
	uint32_t	first_ring = store->record_rings[w->record];
	uint32_t	end_ring = store->record_rings[w->record + 1];
	uint32_t	end = w->index->ring_runs[end_ring];

	for (uint32_t ring = first_ring; ring < end_ring; ring++)
	{
		uint32_t	ring_begin = w->index->ring_runs[ring];
		uint32_t	ring_end = w->index->ring_runs[ring + 1];

		for (uint32_t run = ring_begin; run < ring_end && step(w); run++)
		{
			MinefieldBox box;

			tree_box(&w->index->tree, 0, run, &box);
			find_others(w, &box);
			if (run == ring_begin)
				w->starts[ring - first_ring] = count_over(w, run_edges(w->index, run));
			for (size_t i = 0; i < w->nothers && w->status == MF_DONE; i++)
				cut_by_record(w, run, &box, &w->record_edges, w->others[i], w->others[i]);
			if (w->place == ACROSS && w->rank != AOI_RANK)
				cut_by_record(w, run, &box, &w->aoi_edges, 0, AOI_RANK);
			if (end_ring - first_ring > 1)
				touch_own_rings(w, run, &box, ring_end, end);
		}
	}
}

/* ---- in the order of the walk ---- */

static void
sort_cuts(Walk *w, Cut *cuts, Cut *other, size_t n)
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

			for (k = i; k > 0 && crossing_compare(&cut.at, &cuts[k - 1].at, w->rank) < 0; k--)
				cuts[k] = cuts[k - 1];
			if (k < i)
				cuts[k] = cut;
		}
		return;
	}
	if (!step(w))
		return;
	sort_cuts(w, cuts, other, half);
	sort_cuts(w, cuts + half, other + half, n - half);
	if (crossing_compare(&cuts[half - 1].at, &cuts[half].at, w->rank) <= 0)
		return;
	while (i < half && j < n)
		other[k++] = crossing_compare(&cuts[j].at, &cuts[i].at, w->rank) < 0 ?
			cuts[j++] : cuts[i++];
	while (i < half)
		other[k++] = cuts[i++];
	memcpy(cuts, other, sizeof(Cut) * k);
}

/* The number of an edge among all. */
static uint32_t
edge_number(const Walk *w, const double *edge, uint32_t rank)
{
	return rank == AOI_RANK ?
		w->records->nvertices + (uint32_t) ((edge - w->aoi->xy) / 2) :
		(uint32_t) ((edge - w->records->xy) / 2);
}

static uint64_t
cut_key(const Walk *w, const Cut *cut)
{
	uint64_t	a = edge_number(w, cut->at.edge, w->rank);
	uint64_t	b = edge_number(w, cut->at.other, cut->at.rank);

	return a < b ? a << 32 | b : b << 32 | a;
}

static void
place_cuts(Walk *w)
{
	if (!memory_grow(w->memory, (void **) &w->sorted, &w->sorted_room, w->ncuts, sizeof(Cut)))
	{
		fail(w, MF_NO_MEMORY);
		return;
	}
	sort_cuts(w, w->cuts, w->sorted, w->ncuts);
	for (size_t i = 0; i < w->ncuts && step(w); i++)
	{
		Cut		   *cut = &w->cuts[i];
		Cut		   *before = i > 0 ? cut - 1 : NULL;

		if (edge_number(w, cut->at.edge, w->rank) <
			edge_number(w, cut->at.other, cut->at.rank))
			crossing_point(cut->at.edge, cut->at.other, cut->p);
		else
			crossing_point(cut->at.other, cut->at.edge, cut->p);
		cut->close = false;
		if (before != NULL && before->at.edge == cut->at.edge &&
			(fabs(cut->p[0] - before->p[0]) + fabs(cut->p[1] - before->p[1])) *
			fmin(cut->at.sine, before->at.sine) < NEAR_DEGREES)
			cut->close = before->close = true;
	}
}

/* ---- pieces ---- */

/* What is known at a place on the way. */
typedef struct Cover
{
	int64_t		others;			/* records over it, but for the one walked */
	int64_t		inside;			/* the area of interest: 0 or 1 */
} Cover;

static void
cover_pass(const Walk *w, Cover *cover, const Cut *cut)
{
	if (cut->at.rank == AOI_RANK)
		cover->inside += cut->at.turn;
	else
		cover->others += cut->at.turn * (int64_t) w->weights[cut->at.rank];
}

/* To whom a piece's boundary integral belongs. */
static void
add_area(Walk *w, const Cover *cover, double m2)
{
	uint32_t	k = (uint32_t) cover->others;
	bool		ok;

	if (w->rank == AOI_RANK)
		ok = times_add(&w->findings->times, k, m2);
	else
		ok = times_add(&w->findings->times, k, -m2) &&
			times_add(&w->findings->times, k + w->weights[w->rank], m2);
	if (!ok)
		fail(w, MF_NO_MEMORY);
}

/* A ring that nobody crosses. */
static void
whole_ring(Walk *w, const double *xy, uint32_t n, const Cover *cover)
{
	Vertices   *v = &w->findings->rings.vertices;
	double		m2 = 0;
	bool		touched = false;

	for (const double *edge = xy; edge < xy + 2 * (size_t) (n - 1); edge += 2)
	{
		m2 += edge_area(&w->range, edge, edge + 2);
		touched |= *touched_at(w, edge);
	}
	add_area(w, cover, m2);
	if (cover->others != 0 || !w->findings->with_gaps)
		return;
	if (!vertices_reserve(v, n))
	{
		fail(w, MF_NO_MEMORY);
		return;
	}
	memcpy(v->xy + 2 * v->n, xy, 2 * sizeof(double) * n);
	memcpy(v->marks + v->n, touched_at(w, xy), n);
	/* gaps lie right of records, left of the boundary of the area of interest */
	if (w->rank != AOI_RANK)
		vertices_turn(v, v->n, n);
	if (!rings_add(&w->findings->rings, n, touched))
		fail(w, MF_NO_MEMORY);
}

/* The way from one cut to the next, which may lie behind the ring's start. */
typedef struct Way
{
	const double *first;		/* of the ring */
	const double *last;
	const Cut  *from;
	const Cut  *to;
	const double *edge;			/* that is being walked */
	bool		left;			/* the edge it began on */
	bool		ended;
} Way;

static void
way_begin(Way *way, const double *xy, uint32_t n, const Cut *from, const Cut *to)
{
	way->first = xy;
	way->last = xy + 2 * (size_t) (n - 1);
	way->from = from;
	way->to = to;
	way->edge = from->at.edge;
	way->left = from < to;
	way->ended = false;
}

/*
 * The next point: vertices between the cuts, then the second cut; NULL: that
 * was the end.  Where the second cut comes before the first, the way leads
 * round the ring, even if both are on one edge.
 */
static const double *
way_next(Way *way)
{
	if (way->ended)
		return NULL;
	if (way->left && way->edge == way->to->at.edge)
	{
		way->ended = true;
		return way->to->p;
	}
	way->left = true;
	way->edge += 2;
	if (way->edge == way->last)
		way->edge = way->first;
	return way->edge;
}

/* The n vertices just written are a piece. */
static void
keep_piece(Walk *w, size_t n, const Cut *from, const Cut *to, bool touched)
{
	Pieces	   *pieces = &w->findings->pieces;
	Vertices   *v = &pieces->vertices;
	Piece	   *piece;

	if (n > UINT32_MAX)
	{
		fail(w, MF_TOO_LARGE);
		return;
	}
	if (!memory_grow(w->memory, (void **) &pieces->pieces, &pieces->room, pieces->n + 1,
					 sizeof(Piece)))
	{
		fail(w, MF_NO_MEMORY);
		return;
	}
	if (from->close)
		v->marks[v->n] = true;
	if (to->close)
		v->marks[v->n + n - 2] = true;
	piece = &pieces->pieces[pieces->n++];
	piece->first = v->n;
	piece->n = (uint32_t) n;
	piece->touched = touched || from->close || to->close;
	piece->from = cut_key(w, w->rank == AOI_RANK ? from : to);
	piece->to = cut_key(w, w->rank == AOI_RANK ? to : from);
	if (w->rank != AOI_RANK)
		vertices_turn(v, v->n, n);
	v->n += n;
}

static void
walk_piece(Walk *w, const double *xy, uint32_t n, const Cut *from, const Cut *to,
		   const Cover *cover)
{
	Vertices   *v = &w->findings->pieces.vertices;
	bool		keep = w->findings->with_gaps && cover->others == 0;
	const double *before = from->p;
	const double *p;
	size_t		kept = 0;
	double		m2 = 0;
	bool		touched = false;
	Way			way;

	way_begin(&way, xy, n, from, to);
	for (p = before; p != NULL && w->status == MF_DONE;)
	{
		if (p != before)
			m2 += edge_area(&w->range, before, p);
		before = p;
		if (keep)
		{
			if (!vertices_reserve(v, kept + 1))
			{
				fail(w, MF_NO_MEMORY);
				return;
			}
			memcpy(v->xy + 2 * (v->n + kept), p, 2 * sizeof(double));
			v->marks[v->n + kept++] = *touched_at(w, way.edge);
			touched |= *touched_at(w, way.edge);
		}
		p = way_next(&way);
	}
	add_area(w, cover, m2);
	if (keep && w->status == MF_DONE)
		keep_piece(w, kept, from, to, touched);
}

/* The cuts from .. to - 1 are those of this ring. */
static void
walk_ring(Walk *w, const double *xy, uint32_t n, int64_t others, const Cut *from,
		  const Cut *to)
{
	Cover		cover = {others, 1};
	Cover		first;

	if (w->place == ACROSS)
		cover.inside = record_covers(&w->aoi_edges, 0, AOI_RANK, xy, w->rank);
	if (from == to)
	{
		if (cover.inside)
			whole_ring(w, xy, n, &cover);
		return;
	}
	first = cover;
	for (const Cut *cut = from; cut < to && w->status == MF_DONE; cut++)
	{
		cover_pass(w, &cover, cut);
		if (cover.others < 0 || cover.inside < 0 || cover.inside > 1)
			fail(w, MF_INCONSISTENT);
		else if (cover.inside)
			walk_piece(w, xy, n, cut, cut + 1 < to ? cut + 1 : from, &cover);
	}
	if (cover.others != first.others || cover.inside != first.inside)
		fail(w, MF_INCONSISTENT);
}

static void
walk_record(Walk *w, const EdgeIndex *index, uint32_t record, uint32_t rank, Place place)
{
	const MfStore *store = index->store;
	uint32_t	first_ring = store->record_rings[record];
	uint32_t	end = store->record_rings[record + 1];
	size_t		nvertices = store->ring_starts[end] - store->ring_starts[first_ring];
	const Cut  *cut;

	w->index = index;
	w->record = record;
	w->rank = rank;
	w->place = place;
	w->base = store->xy + 2 * (size_t) store->ring_starts[first_ring];
	w->ncuts = 0;
	if (!memory_grow(w->memory, (void **) &w->touched, &w->touched_room, nvertices, 1) ||
		!memory_grow(w->memory, (void **) &w->starts, &w->start_room, end - first_ring,
					 sizeof(int64_t)) ||
		!memory_grow(w->memory, (void **) &w->cuts, &w->cut_room, 1, sizeof(Cut)))
	{
		fail(w, MF_NO_MEMORY);
		return;
	}
	memset(w->touched, 0, nvertices);
	if (rank != AOI_RANK)
		find_groups(w);
	find_cuts(w);
	if (w->status == MF_DONE)
		place_cuts(w);
	cut = w->cuts;
	for (uint32_t ring = first_ring; ring < end && w->status == MF_DONE; ring++)
	{
		const double *xy = store->xy + 2 * (size_t) store->ring_starts[ring];
		uint32_t	n = store->ring_starts[ring + 1] - store->ring_starts[ring];
		const Cut  *from = cut;

		if (n < 4)
			continue;
		while (cut < w->cuts + w->ncuts && cut->at.edge < xy + 2 * (size_t) n)
			cut++;
		walk_ring(w, xy, n, w->starts[ring - first_ring], from, cut);
	}
}

/* ---- where the records lie ---- */

static void
place_node(Walk *w, int level, uint32_t node)
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
	tree_query_begin(&query, &w->aoi_edges.tree, &box, 0, w->aoi_edges.nruns);
	if (tree_query_next(&query) == MF_NONE)
	{
		corner[0] = box.xmin;
		corner[1] = box.ymin;
		place = record_covers(&w->aoi_edges, 0, AOI_RANK, corner, 0) ? INSIDE : OUTSIDE;
	}
	else if (level > 0)
	{
		uint32_t	below = tree->counts[level - 1];

		for (uint32_t i = 0; i < MF_TREE_FANOUT && node * MF_TREE_FANOUT + i < below; i++)
			place_node(w, level - 1, node * MF_TREE_FANOUT + i);
		return;
	}
	for (uint64_t i = first; i < end && i < w->records->nrecords; i++)
		w->places[i] = kind_is_polygonal((MfKind) w->records->kinds[i]) ? place : OUTSIDE;
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
static void
weigh_copies(Walk *w)
{
	uint32_t	first = 0;

	for (uint32_t i = 0; i < w->records->nrecords; i++)
	{
		w->weights[i] = 1;
		if (i > 0 && w->places[first] != OUTSIDE && same_record(w->records, first, i))
		{
			w->weights[first]++;
			w->places[i] = OUTSIDE;
		}
		else
			first = i;
	}
}

static MfStatus
walk_prepare(Walk *w)
{
	MinefieldBox box;
	MfStatus	status;

	if ((uint64_t) w->records->nvertices + w->aoi->nvertices > UINT32_MAX)
		return MF_TOO_LARGE;
	status = edge_index_build(&w->record_edges, w->records);
	if (status == MF_DONE)
		status = edge_index_build(&w->aoi_edges, w->aoi);
	if (status != MF_DONE)
		return status;
	w->places = memory_get(w->memory, w->records->nrecords, sizeof(uint8_t));
	w->weights = memory_get(w->memory, w->records->nrecords, sizeof(uint32_t));
	if (w->places == NULL || w->weights == NULL)
		return MF_NO_MEMORY;
	if (w->records->nrecords > 0)
		place_node(w, w->records->tree.nlevels - 1, 0);
	weigh_copies(w);
	tree_box(&w->aoi->tree, 0, 0, &box);
	area_range_set(&w->range, box.ymin, box.ymax);
	return MF_DONE;
}

MfStatus
walk_all(Findings *findings, const MfStore *records, const MfStore *aoi)
{
	Walk		w = {.records = records, .aoi = aoi, .findings = findings, .group = MF_NONE};

	w.memory = &records->memory;
	w.status = walk_prepare(&w);
	for (uint32_t i = 0; i < records->nrecords && step(&w); i++)
	{
		if (w.places[i] != OUTSIDE)
			walk_record(&w, &w.record_edges, i, i, (Place) w.places[i]);
	}
	if (w.status == MF_DONE)
		walk_record(&w, &w.aoi_edges, 0, AOI_RANK, INSIDE);
	edge_index_free(&w.record_edges);
	edge_index_free(&w.aoi_edges);
	memory_give(w.memory, w.places);
	memory_give(w.memory, w.weights);
	memory_give(w.memory, w.cuts);
	memory_give(w.memory, w.sorted);
	memory_give(w.memory, w.touched);
	memory_give(w.memory, w.others);
	memory_give(w.memory, w.starts);
	memory_give(w.memory, w.groups);
	return w.status;
}
