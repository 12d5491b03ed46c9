/*
 * assign.c - the best one-to-one pairing of what may belong together
 *
 * Maximum-weight matching in a sparse bipartite graph.  Costs are the values
 * taken from a common bound; beside its candidates every a may stay alone, at
 * the bound itself.  One search after the other looks for the cheapest way to
 * give the next a its place, moving others where that is cheaper.  Whole
 * numbers throughout, so nothing hangs on rounding.
 */
#include "mf_likeness.h"

#include <string.h>

#define FAR_AWAY INT64_MAX

typedef struct HeapItem
{
	int64_t		distance;
	uint32_t	b;
	bool		owned;			/* not an end */
} HeapItem;

/*
 * Prices u of as and v of bs keep cost - u - v >= 0 on every candidate, and 0
 * on those that are pairs.  To stay alone costs bound, so u <= bound; a b
 * without partner has v = 0.
 */
typedef struct Assignment
{
	const MfCandidate *candidates;
	const size_t *first;		/* [na + 1] into candidates */
	int64_t		bound;
	int64_t    *u;
	int64_t    *v;
	uint32_t   *partner;		/* of as */
	uint32_t   *owner;			/* of bs */
	/* of one search */
	int64_t    *distance;		/* [nb] FAR_AWAY: not reached */
	uint32_t   *from;			/* [nb] the a it was reached from */
	bool	   *settled;		/* [nb] */
	uint32_t   *reached;		/* bs whose distance is set */
	size_t		nreached;
	HeapItem   *heap;
	size_t		nheap;
	size_t		heap_room;
	const MfMemory *memory;
	uint32_t	steps;
} Assignment;

/* ---- a heap of bs by distance ---- */

/*
 * Of equals first those without partner, which end the search: where all are
 * alike it ends at once.  Then by b, so that runs repeat.
 */
static bool
before(const HeapItem *x, const HeapItem *y)
{
	if (x->distance != y->distance)
		return x->distance < y->distance;
	return x->owned != y->owned ? y->owned : x->b < y->b;
}

static bool
heap_push(Assignment *s, int64_t distance, uint32_t b)
{
	size_t		i = s->nheap;
	HeapItem	item = {distance, b, s->owner[b] != MF_NONE};

	if (!memory_grow(s->memory, (void **) &s->heap, &s->heap_room, i + 1, sizeof(HeapItem)))
		return false;
	s->nheap++;
	while (i > 0 && before(&item, &s->heap[(i - 1) / 2]))
	{
		s->heap[i] = s->heap[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	s->heap[i] = item;
	return true;
}

static HeapItem
heap_pop(Assignment *s)
{
	HeapItem	top = s->heap[0];
	HeapItem	last = s->heap[--s->nheap];
	size_t		i = 0;

	for (;;)
	{
		size_t		child = 2 * i + 1;

		if (child >= s->nheap)
			break;
		if (child + 1 < s->nheap && before(&s->heap[child + 1], &s->heap[child]))
			child++;
		if (!before(&s->heap[child], &last))
			break;
		s->heap[i] = s->heap[child];
		i = child;
	}
	s->heap[i] = last;
	return top;
}

/* ---- one search ---- */

/* Reach the bs of an a that lies at some distance. */
static bool
relax(Assignment *s, uint32_t a, int64_t distance)
{
	for (size_t i = s->first[a]; i < s->first[a + 1]; i++)
	{
		uint32_t	b = s->candidates[i].b;
		int64_t		cost = s->bound - s->candidates[i].value;
		int64_t		there = distance + cost - s->u[a] - s->v[b];

		if (s->settled[b] || there >= s->distance[b])
			continue;
		if (s->distance[b] == FAR_AWAY)
			s->reached[s->nreached++] = b;
		s->distance[b] = there;
		s->from[b] = a;
		if (!heap_push(s, there, b))
			return false;
	}
	return true;
}

/* Pair b with the a it was reached from, and so on back to the beginning. */
static void
shift_pairs(Assignment *s, uint32_t start, uint32_t b)
{
	for (;;)
	{
		uint32_t	a = s->from[b];
		uint32_t	left = s->partner[a];

		s->partner[a] = b;
		s->owner[b] = a;
		if (a == start)
			return;
		b = left;
	}
}

/* Prices after a search that ended at some distance. */
static void
move_prices(Assignment *s, uint32_t start, int64_t end)
{
	s->u[start] += end;
	for (size_t i = 0; i < s->nreached; i++)
	{
		uint32_t	b = s->reached[i];

		if (s->settled[b])
		{
			/* settled bs have an owner: the search ends at one without */
			s->u[s->owner[b]] += end - s->distance[b];
			s->v[b] -= end - s->distance[b];
		}
	}
}

/*
 * Give one a its place.  The search ends at the nearest b without partner, or
 * at an a (the first, or one whose b another takes) that stays alone.
 */
static MfStatus
place(Assignment *s, uint32_t start)
{
	int64_t		alone = s->bound - s->u[start];	/* the nearest end so far */
	uint32_t	loner = start;
	uint32_t	end = MF_NONE;

	s->nheap = 0;
	s->nreached = 0;
	if (!relax(s, start, 0))
		return MF_NO_MEMORY;
	while (s->nheap > 0)
	{
		HeapItem	item = heap_pop(s);
		uint32_t	a;

		if (++s->steps % 64 == 0 && mf_interrupted != NULL && mf_interrupted())
			return MF_INTERRUPTED;
		if (item.distance >= alone)
			break;
		if (s->settled[item.b] || item.distance > s->distance[item.b])
			continue;
		a = s->owner[item.b];
		if (a == MF_NONE)
		{
			end = item.b;
			alone = item.distance;
			break;
		}
		s->settled[item.b] = true;
		if (item.distance + s->bound - s->u[a] < alone)
		{
			alone = item.distance + s->bound - s->u[a];
			loner = a;
		}
		if (!relax(s, a, item.distance))
			return MF_NO_MEMORY;
	}
	move_prices(s, start, alone);
	if (end != MF_NONE)
		shift_pairs(s, start, end);
	else if (loner != start)
	{
		uint32_t	b = s->partner[loner];

		s->partner[loner] = MF_NONE;
		shift_pairs(s, start, b);
	}
	for (size_t i = 0; i < s->nreached; i++)
	{
		s->distance[s->reached[i]] = FAR_AWAY;
		s->settled[s->reached[i]] = false;
	}
	return MF_DONE;
}

/* ---- all ---- */

static bool
begin(Assignment *s, uint32_t na, uint32_t nb, size_t **first)
{
	s->u = memory_get(s->memory, na, sizeof(int64_t));
	s->v = memory_get(s->memory, nb, sizeof(int64_t));
	s->owner = memory_get(s->memory, nb, sizeof(uint32_t));
	s->distance = memory_get(s->memory, nb, sizeof(int64_t));
	s->from = memory_get(s->memory, nb, sizeof(uint32_t));
	s->settled = memory_get(s->memory, nb, sizeof(bool));
	s->reached = memory_get(s->memory, nb, sizeof(uint32_t));
	*first = memory_get(s->memory, (size_t) na + 1, sizeof(size_t));
	return s->u && s->v && s->owner && s->distance && s->from && s->settled &&
		s->reached && *first;
}

static void
end(Assignment *s, size_t *first)
{
	memory_give(s->memory, s->u);
	memory_give(s->memory, s->v);
	memory_give(s->memory, s->owner);
	memory_give(s->memory, s->distance);
	memory_give(s->memory, s->from);
	memory_give(s->memory, s->settled);
	memory_give(s->memory, s->reached);
	memory_give(s->memory, s->heap);
	memory_give(s->memory, first);
}

/* Prices that fit: an a's is that of its best candidate. */
static void
first_prices(Assignment *s, uint32_t na, uint32_t nb, size_t n, size_t *first)
{
	size_t		i = 0;

	for (size_t k = 0; k < n; k++)
	{
		if (s->candidates[k].value > s->bound)
			s->bound = s->candidates[k].value;
	}
	for (uint32_t a = 0; a < na; a++)
	{
		s->partner[a] = MF_NONE;
		s->u[a] = s->bound;
		first[a] = i;
		for (; i < n && s->candidates[i].a == a; i++)
		{
			if (s->bound - s->candidates[i].value < s->u[a])
				s->u[a] = s->bound - s->candidates[i].value;
		}
	}
	first[na] = i;
	for (uint32_t b = 0; b < nb; b++)
	{
		s->v[b] = 0;
		s->owner[b] = MF_NONE;
		s->distance[b] = FAR_AWAY;
		s->settled[b] = false;
	}
}

MfStatus
assign(uint32_t na, uint32_t nb, const MfCandidate *candidates, size_t n,
	   uint32_t *partner, const MfMemory *memory)
{
	Assignment	s = {0};
	size_t	   *first = NULL;
	MfStatus	status = MF_DONE;

	s.memory = memory;
	s.candidates = candidates;
	s.partner = partner;
	if (!begin(&s, na, nb, &first))
		status = MF_NO_MEMORY;
	else
	{
		first_prices(&s, na, nb, n, first);
		s.first = first;
	}
	for (uint32_t a = 0; a < na && status == MF_DONE; a++)
	{
		if (first[a] < first[a + 1])
			status = place(&s, a);
	}
	end(&s, first);
	return status;
}
