/*
 * cut.c - segments until they have nothing in common but their ends
 *
 * For the few rings whose edges touch or run along each other.  Ends that lie
 * on other segments cut them there, exactly.  Crossings are the exception: only
 * where rounding bent an edge by its last digit can two segments still cross;
 * both are cut at the rounded point, and all is looked at once more.
 */
#include "arrangement.h"

#include <math.h>
#include <string.h>

#define ROUNDS_MOST	40

/* A point at which a segment is to be cut. */
typedef struct Point
{
	size_t		segment;
	double		at[2];
} Point;

typedef struct Cutting
{
	const MfMemory *memory;
	Segments   *segments;
	Point	   *points;
	size_t		n;
	size_t		room;
	bool		no_memory;
} Cutting;

bool
segments_add(Segments *segments, const double *p, const double *q)
{
	Segment    *s;

	if (p[0] == q[0] && p[1] == q[1])
		return true;
	if (!memory_grow(segments->memory, (void **) &segments->at, &segments->room,
					 segments->n + 1, sizeof(Segment)))
		return false;
	s = &segments->at[segments->n++];
	memset(s, 0, sizeof(*s));
	s->fresh = true;
	memcpy(s->p, p, sizeof(s->p));
	memcpy(s->q, q, sizeof(s->q));
	return true;
}

static int
compare_points(const double *a, const double *b)
{
	if (a[0] != b[0])
		return a[0] < b[0] ? -1 : 1;
	return a[1] < b[1] ? -1 : (a[1] > b[1]);
}

static bool
same_point(const double *a, const double *b)
{
	return a[0] == b[0] && a[1] == b[1];
}

/* ---- back and forth ---- */

/* Segments by their ends, whichever way they go. */
typedef struct Ends
{
	const Segments *segments;
	size_t		mask;
	size_t	   *slots;			/* segment + 1; 0: none */
	int		   *net;			/* [segments] ways of all with the same ends */
	uint8_t    *dropped;		/* [segments] */
} Ends;

static uint64_t
hash_ends(const double *low, const double *high)
{
	uint64_t	bits[4];
	uint64_t	hash = 0;

	memcpy(bits, low, 2 * sizeof(double));
	memcpy(bits + 2, high, 2 * sizeof(double));
	for (int i = 0; i < 4; i++)
	{
		hash = (hash ^ bits[i]) * UINT64_C(0x9E3779B97F4A7C15);
		hash ^= hash >> 29;
	}
	return hash;
}

/* The first segment with the same ends. */
static size_t
first_of(const Ends *ends, size_t number, bool *up)
{
	const Segment *s = &ends->segments->at[number];
	const double *low,
			   *high;
	size_t		slot;

	*up = compare_points(s->p, s->q) < 0;
	low = *up ? s->p : s->q;
	high = *up ? s->q : s->p;
	slot = (size_t) hash_ends(low, high) & ends->mask;
	for (; ends->slots[slot] != 0; slot = (slot + 1) & ends->mask)
	{
		const Segment *r = &ends->segments->at[ends->slots[slot] - 1];

		if ((same_point(r->p, low) && same_point(r->q, high)) ||
			(same_point(r->q, low) && same_point(r->p, high)))
			return ends->slots[slot] - 1;
	}
	ends->slots[slot] = number + 1;
	return number;
}

/* Of equal segments leave those that do not cancel.  False: interrupted. */
static bool
drop_counted(Segments *segments, Ends *ends)
{
	size_t		kept = 0;
	bool		up;

	for (size_t i = 0; i < segments->n; i++)
	{
		if (loop_interrupted(i))
			return false;
		if (!segments->at[i].quiet)
		{
			size_t		first = first_of(ends, i, &up);

			ends->net[first] += up ? 1 : -1;
		}
	}
	/* nothing moves before all have been asked for */
	for (size_t i = 0; i < segments->n; i++)
	{
		if (loop_interrupted(i))
			return false;
		if (!segments->at[i].quiet)
		{
			int		   *net = &ends->net[first_of(ends, i, &up)];

			ends->dropped[i] = *net == 0 || (*net > 0) != up;
			if (!ends->dropped[i])
				*net -= up ? 1 : -1;
		}
	}
	for (size_t i = 0; i < segments->n; i++)
	{
		if (!ends->dropped[i])
			segments->at[kept++] = segments->at[i];
	}
	segments->n = kept;
	return true;
}

static MfStatus
drop_opposites(Segments *segments)
{
	const MfMemory *memory = segments->memory;
	Ends		ends = {.segments = segments, .mask = 15};
	size_t		n = segments->n;
	MfStatus	status = MF_NO_MEMORY;

	while (ends.mask < 2 * n)
		ends.mask = ends.mask * 2 + 1;
	ends.slots = memory_get(memory, ends.mask + 1, sizeof(size_t));
	ends.net = memory_get(memory, n, sizeof(int));
	ends.dropped = memory_get(memory, n, sizeof(uint8_t));
	if (ends.slots != NULL && ends.net != NULL && ends.dropped != NULL)
	{
		memset(ends.slots, 0, (ends.mask + 1) * sizeof(size_t));
		memset(ends.net, 0, n * sizeof(int));
		memset(ends.dropped, 0, n);
		status = drop_counted(segments, &ends) ? MF_DONE : MF_INTERRUPTED;
	}
	memory_give(memory, ends.slots);
	memory_give(memory, ends.net);
	memory_give(memory, ends.dropped);
	return status;
}

/* ---- finding where to cut ---- */

static void
cut_at(Cutting *c, size_t segment, const double *p)
{
	const Segment *s = &c->segments->at[segment];

	if (same_point(s->p, p) || same_point(s->q, p))
		return;
	if (!memory_grow(c->memory, (void **) &c->points, &c->room, c->n + 1, sizeof(Point)))
	{
		c->no_memory = true;
		return;
	}
	c->points[c->n].segment = segment;
	memcpy(c->points[c->n].at, p, sizeof(c->points[c->n].at));
	c->n++;
}

static bool
in_box(const Segment *s, const double *p)
{
	return p[0] >= fmin(s->p[0], s->q[0]) && p[0] <= fmax(s->p[0], s->q[0]) &&
		p[1] >= fmin(s->p[1], s->q[1]) && p[1] <= fmax(s->p[1], s->q[1]);
}

static bool
apart(const Segment *a, const Segment *b)
{
	for (int d = 0; d < 2; d++)
	{
		if (fmax(a->p[d], a->q[d]) < fmin(b->p[d], b->q[d]) ||
			fmax(b->p[d], b->q[d]) < fmin(a->p[d], a->q[d]))
			return true;
	}
	return false;
}

/* False: no memory. */
static bool
look_at_pair(Cutting *c, uint32_t a, uint32_t b)
{
	const Segment *s = &c->segments->at[a];
	const Segment *r = &c->segments->at[b];
	int			rp,
				rq,
				sp,
				sq;

	if (apart(s, r))
		return true;
	rp = orient2d(s->p, s->q, r->p);
	rq = orient2d(s->p, s->q, r->q);
	if (rp * rq > 0)
		return true;
	sp = orient2d(r->p, r->q, s->p);
	sq = orient2d(r->p, r->q, s->q);
	if (rp == 0 && in_box(s, r->p))
		cut_at(c, a, r->p);
	if (rq == 0 && in_box(s, r->q))
		cut_at(c, a, r->q);
	if (sp == 0 && in_box(r, s->p))
		cut_at(c, b, s->p);
	if (sq == 0 && in_box(r, s->q))
		cut_at(c, b, s->q);
	if (rp * rq < 0 && sp * sq < 0)
	{
		double		p[2];

		crossing_point((const double *) s, (const double *) r, p);
		cut_at(c, a, p);
		cut_at(c, b, p);
	}
	return !c->no_memory;
}

/* Compare fresh segments with all others that are not quiet. */
static MfStatus
look_at_fresh(Cutting *c, const MfTree *tree, const uint32_t *numbers)
{
	for (uint32_t i = 0; i < tree->nitems; i++)
	{
		MinefieldBox box;
		MfTreeQuery query;
		uint32_t	k;

		if (!c->segments->at[numbers[i]].fresh)
			continue;
		if (i % 64 == 0 && mf_interrupted != NULL && mf_interrupted())
			return MF_INTERRUPTED;
		tree_box(tree, 0, i, &box);
		tree_query_begin(&query, tree, &box, 0, tree->nitems);
		while ((k = tree_query_next(&query)) != MF_NONE)
		{
			/* two fresh ones meet once */
			if (k != i && (k > i || !c->segments->at[numbers[k]].fresh) &&
				!look_at_pair(c, numbers[i], numbers[k]))
				return MF_NO_MEMORY;
		}
	}
	return MF_DONE;
}

static MfStatus
find_points(Cutting *c)
{
	Segments   *segments = c->segments;
	MinefieldBox *boxes;
	uint32_t   *numbers;
	uint32_t	n = 0;
	MfTree		tree;
	MfStatus	status = MF_NO_MEMORY;

	c->n = 0;
	if (segments->n >= UINT32_MAX)
		return MF_TOO_LARGE;
	boxes = memory_get(c->memory, segments->n, sizeof(MinefieldBox));
	numbers = memory_get(c->memory, segments->n, sizeof(uint32_t));
	if (boxes != NULL && numbers != NULL)
	{
		for (uint32_t i = 0; i < segments->n; i++)
		{
			if (segments->at[i].quiet)
				continue;
			box_set_empty(&boxes[n]);
			box_add_point(&boxes[n], segments->at[i].p[0], segments->at[i].p[1]);
			box_add_point(&boxes[n], segments->at[i].q[0], segments->at[i].q[1]);
			numbers[n++] = i;
		}
		status = tree_build(&tree, c->memory, boxes, n);
	}
	memory_give(c->memory, boxes);
	if (status == MF_DONE)
	{
		status = look_at_fresh(c, &tree, numbers);
		tree_free(&tree, c->memory);
	}
	memory_give(c->memory, numbers);
	for (size_t i = 0; i < segments->n; i++)
		segments->at[i].fresh = false;
	return status;
}

/* ---- cutting ---- */

/* By segment, then along the way from low to high points. */
static int
compare_cut_points(const void *pa, const void *pb)
{
	const Point *a = pa;
	const Point *b = pb;

	if (a->segment != b->segment)
		return a->segment < b->segment ? -1 : 1;
	return compare_points(a->at, b->at);
}

static MfStatus
cut_segments(Cutting *c)
{
	Segments   *segments = c->segments;
	MfStatus	status = array_sort(c->memory, c->points, c->n, sizeof(Point), compare_cut_points);
	size_t		end;

	for (size_t i = 0; i < c->n && status == MF_DONE; i = end)
	{
		Segment		s = segments->at[c->points[i].segment];
		bool		up = compare_points(s.p, s.q) < 0;
		const double *before = s.p;

		for (end = i; end < c->n && c->points[end].segment == c->points[i].segment; end++)
			;
		for (size_t k = i; k < end; k++)
		{
			const double *p = c->points[up ? k : end - 1 - (k - i)].at;

			if (k == i)
			{
				memcpy(segments->at[c->points[i].segment].q, p, sizeof(s.q));
				segments->at[c->points[i].segment].fresh = true;
			}
			else if (!segments_add(segments, before, p))
				return MF_NO_MEMORY;
			before = p;
		}
		if (!segments_add(segments, before, s.q))
			return MF_NO_MEMORY;
	}
	return status;
}

MfStatus
segments_cut(Segments *segments)
{
	Cutting		c = {.memory = segments->memory, .segments = segments};
	MfStatus	status = drop_opposites(segments);

	for (int round = 0; status == MF_DONE; round++)
	{
		status = find_points(&c);
		if (status != MF_DONE || c.n == 0)
			break;
		if (round == ROUNDS_MOST)
			status = MF_INCONSISTENT;
		else
			status = cut_segments(&c);
		if (status == MF_DONE)
			status = drop_opposites(segments);
	}
	memory_give(c.memory, c.points);
	return status;
}
