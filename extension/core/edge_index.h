/*
 * edge_index.h - the edges of a store in runs of eight, and a tree of them
 *
 * Edges that follow each other on a ring lie close together, so a run has a
 * small box, and the runs of a record, which follow each other, too, are a
 * range of the tree: one tree answers for all records and for any one.  Edge
 * e is the pointer to its first vertex, as in crossing.h.  Private to the core.
 */
#ifndef MF_CORE_EDGE_INDEX_H
#define MF_CORE_EDGE_INDEX_H

#include "mf_store.h"

#define RUN_EDGES	8

typedef struct EdgeIndex
{
	const MfStore *store;
	uint32_t	nruns;
	uint32_t   *first;			/* [nruns] vertex where a run begins */
	uint8_t    *count;			/* [nruns] its edges */
	uint32_t   *ring_runs;		/* [nrings + 1] */
	MfTree		tree;
} EdgeIndex;

/* Rings of polygonal records only; those of fewer than three edges have none. */
extern MfStatus edge_index_build(EdgeIndex *index, const MfStore *store);
extern void edge_index_free(EdgeIndex *index);

static inline uint32_t
record_runs_begin(const EdgeIndex *index, uint32_t record)
{
	return index->ring_runs[index->store->record_rings[record]];
}

static inline uint32_t
record_runs_end(const EdgeIndex *index, uint32_t record)
{
	return index->ring_runs[index->store->record_rings[record + 1]];
}

static inline const double *
run_edges(const EdgeIndex *index, uint32_t run)
{
	return index->store->xy + 2 * (size_t) index->first[run];
}

/*
 * The runs begin .. end - 1 whose box meets a box, ascending:
 *
 *		runs_meeting(&query, index, begin, end, &box);
 *		while ((run = runs_next(&query)) != MF_NONE) ...
 *
 * The box must stay where it is.  Few runs are looked through as they lie.
 */
typedef struct RunQuery
{
	const MfTree *tree;
	const MinefieldBox *box;
	uint32_t	first;			/* run of the mask's first bit */
	uint32_t	end;
	uint32_t	mask;
	bool		many;
	MfTreeQuery query;			/* of many */
} RunQuery;

#define MANY_RUNS	(4 * MF_TREE_FANOUT)

static inline void
runs_meeting(RunQuery *q, const EdgeIndex *index, uint32_t begin, uint32_t end,
			 const MinefieldBox *box)
{
	q->many = end - begin > MANY_RUNS;
	if (q->many)
	{
		tree_query_begin(&q->query, &index->tree, box, begin, end);
		return;
	}
	q->tree = &index->tree;
	q->box = box;
	q->first = begin;
	q->end = end;
	q->mask = begin < end ? tree_items_meeting(q->tree, begin, end, box) : 0;
}

static inline uint32_t
runs_next(RunQuery *q)
{
	uint32_t	bit;

	if (q->many)
		return tree_query_next(&q->query);
	while (q->mask == 0)
	{
		if (q->end - q->first <= MF_TREE_FANOUT)
			return MF_NONE;
		q->first += MF_TREE_FANOUT;
		q->mask = tree_items_meeting(q->tree, q->first, q->end, q->box);
	}
	bit = (uint32_t) __builtin_ctz(q->mask);
	q->mask &= q->mask - 1;
	return q->first + bit;
}

/*
 * Is p, a vertex of a record of rank p_rank, in a record of this store of
 * another rank?  Decided as crossing.h says, so never on the boundary.
 */
extern bool record_covers(const EdgeIndex *index, uint32_t record, uint32_t rank,
						  const double *p, uint32_t p_rank);

/*
 * Is p in a record: 1 inside, 0 on the boundary, -1 outside?  Exact; even-odd
 * over its rings.
 */
extern int	record_holds(const EdgeIndex *index, uint32_t record, const double *p);

/* The box of a point. */
extern void box_of_point(MinefieldBox *box, const double *p);

#endif							/* MF_CORE_EDGE_INDEX_H */
