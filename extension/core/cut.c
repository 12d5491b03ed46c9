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
#include <stdlib.h>
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

/* A segment as its lower end, its upper end and which way it goes. */
typedef struct Directed
{
	double		low[2];
	double		high[2];
	size_t		number;
	int			way;
} Directed;

static int
compare_directed(const void *pa, const void *pb)
{
	const Directed *a = pa;
	const Directed *b = pb;
	int			result = compare_points(a->low, b->low);

	if (result == 0)
		result = compare_points(a->high, b->high);
	if (result == 0)
		result = a->number < b->number ? -1 : 1;
	return result;
}

/* Of equal segments those that are left when opposite ones cancel. */
static MfStatus
drop_opposites(Segments *segments)
{
	Directed   *sorted = memory_get(segments->memory, segments->n, sizeof(Directed));
	size_t		end;
	size_t		kept = 0;

	if (sorted == NULL)
		return MF_NO_MEMORY;
	for (size_t i = 0; i < segments->n; i++)
	{
		const Segment *s = &segments->at[i];
		bool		up = compare_points(s->p, s->q) < 0;

		memcpy(sorted[i].low, up ? s->p : s->q, sizeof(s->p));
		memcpy(sorted[i].high, up ? s->q : s->p, sizeof(s->p));
		sorted[i].number = i;
		sorted[i].way = up ? 1 : -1;
	}
	qsort(sorted, segments->n, sizeof(Directed), compare_directed);
	for (size_t i = 0; i < segments->n; i = end)
	{
		long		net = 0;

		for (end = i; end < segments->n && same_point(sorted[end].low, sorted[i].low) &&
			 same_point(sorted[end].high, sorted[i].high); end++)
			net += sorted[end].way;
		for (size_t k = i; k < end; k++)
		{
			Segment    *s = &segments->at[sorted[k].number];

			if (net != 0 && sorted[k].way == (net > 0 ? 1 : -1))
				net -= sorted[k].way;
			else
				memcpy(s->q, s->p, sizeof(s->q));	/* nothing left of it */
		}
	}
	memory_give(segments->memory, sorted);
	for (size_t i = 0; i < segments->n; i++)
	{
		if (!same_point(segments->at[i].p, segments->at[i].q))
			segments->at[kept++] = segments->at[i];
	}
	segments->n = kept;
	return MF_DONE;
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

static bool
look_at_pair(uint32_t a, uint32_t b, void *arg)
{
	Cutting    *c = arg;
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

static MfStatus
find_points(Cutting *c)
{
	const Segments *segments = c->segments;
	MinefieldBox *boxes;
	MfTree		tree;
	MfStatus	status;

	c->n = 0;
	if (segments->n >= UINT32_MAX)
		return MF_TOO_LARGE;
	boxes = memory_get(c->memory, segments->n, sizeof(MinefieldBox));
	if (boxes == NULL)
		return MF_NO_MEMORY;
	for (size_t i = 0; i < segments->n; i++)
	{
		box_set_empty(&boxes[i]);
		box_add_point(&boxes[i], segments->at[i].p[0], segments->at[i].p[1]);
		box_add_point(&boxes[i], segments->at[i].q[0], segments->at[i].q[1]);
	}
	status = tree_build(&tree, c->memory, boxes, (uint32_t) segments->n);
	memory_give(c->memory, boxes);
	if (status != MF_DONE)
		return status;
	status = tree_join(&tree, 0, tree.nitems, look_at_pair, c);
	tree_free(&tree, c->memory);
	return c->no_memory ? MF_NO_MEMORY : status;
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
	size_t		end;

	qsort(c->points, c->n, sizeof(Point), compare_cut_points);
	for (size_t i = 0; i < c->n; i = end)
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
				memcpy(segments->at[c->points[i].segment].q, p, sizeof(s.q));
			else if (!segments_add(segments, before, p))
				return MF_NO_MEMORY;
			before = p;
		}
		if (!segments_add(segments, before, s.q))
			return MF_NO_MEMORY;
	}
	return MF_DONE;
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
