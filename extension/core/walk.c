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
#include "walk.h"

#include <math.h>
#include <string.h>

#include "exact.h"

typedef struct Walk
{
	const MfMemory *memory;
	const MfStore *records;
	const MfStore *aoi;
	EdgeIndex	record_edges;
	EdgeIndex	aoi_edges;
	Places		places;
	Cuts		cuts;
	AreaRange	range;
	Findings   *findings;
	MfStatus	status;			/* the first that went wrong */

	/* of the record being walked: */
	uint32_t	rank;
	Place		place;
} Walk;

static void
fail(Walk *w, MfStatus status)
{
	if (w->status == MF_DONE)
		w->status = status;
}

/* ---- where a ring begins ---- */

static inline bool
covers_point(const Walk *w, uint32_t other, const double *p)
{
	const MfTree *tree = &w->records->tree;

	return tree->xmin[other] <= p[0] && tree->xmax[other] >= p[0] &&
		tree->ymin[other] <= p[1] && tree->ymax[other] >= p[1] &&
		record_covers(&w->record_edges, other, other, p, w->rank);
}

/* How many other records lie over a vertex of this one? */
static int64_t
count_over(Walk *w, const double *p)
{
	const Cuts *cuts = &w->cuts;
	MinefieldBox box;
	MfTreeQuery query;
	uint32_t	other;
	int64_t		n = 0;

	if (w->rank == AOI_RANK)
	{
		box_of_point(&box, p);
		tree_query_begin(&query, &w->records->tree, &box, 0, w->records->nrecords);
		while ((other = tree_query_next(&query)) != MF_NONE && cuts_step(&w->cuts))
			n += w->places.of[other] != OUTSIDE && covers_point(w, other, p) ?
				w->places.weights[other] : 0;
	}
	for (size_t i = 0; w->rank != AOI_RANK && i < cuts->nothers && cuts_step(&w->cuts); i++)
		n += covers_point(w, cuts->others[i], p) ? w->places.weights[cuts->others[i]] : 0;
	if (cuts->status != MF_DONE)
		fail(w, cuts->status);
	return n;
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
		cover->others += cut->at.turn * (int64_t) w->places.weights[cut->at.rank];
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
			times_add(&w->findings->times, k + w->places.weights[w->rank], m2);
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
		touched |= *touched_at(&w->cuts, edge);
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
	memcpy(v->marks + v->n, touched_at(&w->cuts, xy), n);
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
	piece->from = cut_key(&w->cuts, w->rank == AOI_RANK ? from : to);
	piece->to = cut_key(&w->cuts, w->rank == AOI_RANK ? to : from);
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
			v->marks[v->n + kept++] = *touched_at(&w->cuts, way.edge);
			touched |= *touched_at(&w->cuts, way.edge);
		}
		p = way_next(&way);
	}
	add_area(w, cover, m2);
	if (keep && w->status == MF_DONE)
		keep_piece(w, kept, from, to, touched);
}

/* The cuts from .. to - 1 are those of this ring. */
static void
walk_ring(Walk *w, const double *xy, uint32_t n, const Cut *from, const Cut *to)
{
	Cover		cover = {count_over(w, xy), 1};
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
walk_record(Walk *w, const MfStore *store, uint32_t record, uint32_t rank, Place place)
{
	uint32_t	end = store->record_rings[record + 1];
	const Cut  *cut;
	const Cut  *last;

	w->rank = rank;
	w->place = place;
	w->status = cuts_find(&w->cuts, rank);
	if (w->status != MF_DONE)
		return;
	cut = w->cuts.at;
	last = cut + w->cuts.n;
	for (uint32_t ring = store->record_rings[record]; ring < end && w->status == MF_DONE; ring++)
	{
		const double *xy = store->xy + 2 * (size_t) store->ring_starts[ring];
		uint32_t	n = store->ring_starts[ring + 1] - store->ring_starts[ring];
		const Cut  *from = cut;

		if (n < 4)
			continue;
		while (cut < last && cut->at.edge < xy + 2 * (size_t) n)
			cut++;
		walk_ring(w, xy, n, from, cut);
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
	if (status == MF_DONE)
		status = places_find(&w->places, w->records, &w->aoi_edges);
	if (status == MF_DONE)
		status = cuts_begin(&w->cuts, &w->record_edges, &w->aoi_edges, &w->places,
							w->findings->with_gaps);
	tree_box(&w->aoi->tree, 0, 0, &box);
	area_range_set(&w->range, box.ymin, box.ymax);
	return status;
}

MfStatus
walk_all(Findings *findings, const MfStore *records, const MfStore *aoi)
{
	Walk		w = {.memory = &records->memory, .records = records, .aoi = aoi, .findings = findings};

	w.places.memory = w.cuts.memory = w.memory;
	w.status = walk_prepare(&w);
	for (uint32_t i = 0; i < records->nrecords && w.status == MF_DONE; i++)
	{
		if (w.places.of[i] != OUTSIDE)
			walk_record(&w, records, i, i, (Place) w.places.of[i]);
	}
	if (w.status == MF_DONE)
		walk_record(&w, aoi, 0, AOI_RANK, INSIDE);
	cuts_free(&w.cuts);
	places_free(&w.places);
	edge_index_free(&w.record_edges);
	edge_index_free(&w.aoi_edges);
	return w.status;
}
