/*
 * mend.c - rings whose edges touch, made anew
 *
 * Moving records by next to nothing leaves slits of no width where their
 * edges run along each other, and rings that meet in points.  The edges of all
 * rings concerned are cut at each other, what goes back and forth is dropped,
 * and the rest is joined again so that every way keeps to one face: at a point
 * where several meet it takes the sharpest turn to the left.  Ways that come
 * through a point twice are split there.
 */
#include "arrangement.h"

#include <math.h>
#include <string.h>

/* Rings narrower than this on the average, in degrees (7 nm), are rounding. */
#define LEAST_WIDTH	0x1p-44

#define NO_SEGMENT	SIZE_MAX

typedef struct Mend
{
	const MfMemory *memory;
	Segments	segments;
	OutRings   *rings;
	size_t	   *from;			/* [segments] nodes */
	size_t	   *to;
	size_t	   *next;			/* [segments] the segment to go on with */
	size_t		nnodes;
	size_t	   *slots;			/* hash of nodes: segment + 1 that begins there */
	size_t		mask;
	size_t	   *seen;			/* [nodes] place in the way being split, + 1 */
	size_t	   *way;			/* [segments] */
} Mend;

/* ---- nodes ---- */

static size_t
hash_point(const double *p)
{
	uint64_t	x,
				y;

	memcpy(&x, &p[0], sizeof(x));
	memcpy(&y, &p[1], sizeof(y));
	x = x * UINT64_C(0x9E3779B97F4A7C15) ^ (y + (y >> 29)) * UINT64_C(0xBF58476D1CE4E5B9);
	return (size_t) (x ^ x >> 32 ^ x >> 45);
}

/* Segments that begin in one point share a node, which is the first one's. */
static size_t
node_find(Mend *m, const double *p, size_t segment)
{
	size_t		slot = hash_point(p) & m->mask;

	for (; m->slots[slot] != 0; slot = (slot + 1) & m->mask)
	{
		const double *q = m->segments.at[m->slots[slot] - 1].p;

		if (q[0] == p[0] && q[1] == p[1])
			return m->from[m->slots[slot] - 1];
	}
	if (segment == NO_SEGMENT)
		return NO_SEGMENT;
	m->slots[slot] = segment + 1;
	return m->nnodes++;
}

static MfStatus
nodes_make(Mend *m)
{
	size_t		n = m->segments.n;

	for (m->mask = 15; m->mask < 2 * n; m->mask = m->mask * 2 + 1)
		;
	m->slots = memory_get(m->memory, m->mask + 1, sizeof(size_t));
	m->from = memory_get(m->memory, n, sizeof(size_t));
	m->to = memory_get(m->memory, n, sizeof(size_t));
	m->next = memory_get(m->memory, n, sizeof(size_t));
	m->seen = memory_get(m->memory, n, sizeof(size_t));
	m->way = memory_get(m->memory, n, sizeof(size_t));
	if (m->slots == NULL || m->from == NULL || m->to == NULL || m->next == NULL ||
		m->seen == NULL || m->way == NULL)
		return MF_NO_MEMORY;
	memset(m->slots, 0, (m->mask + 1) * sizeof(size_t));
	for (size_t i = 0; i < n; i++)
	{
		if (loop_interrupted(i))
			return MF_INTERRUPTED;
		m->from[i] = node_find(m, m->segments.at[i].p, i);
	}
	for (size_t i = 0; i < n; i++)
	{
		if (loop_interrupted(i))
			return MF_INTERRUPTED;
		m->to[i] = node_find(m, m->segments.at[i].q, NO_SEGMENT);
		if (m->to[i] == NO_SEGMENT)
			return MF_INCONSISTENT;
	}
	return MF_DONE;
}

/* ---- turning ---- */

/* A segment as seen from a node at one of its ends. */
typedef struct Arm
{
	size_t		node;
	const double *centre;
	const double *tip;
	size_t		segment;
	bool		comes;			/* to the node; else it goes from there */
} Arm;

/* 0: east to before west, counter-clockwise; 1: the rest. */
static int
half_plane(const Arm *a)
{
	return a->tip[1] < a->centre[1] || (a->tip[1] == a->centre[1] && a->tip[0] < a->centre[0]);
}

/* By node, then counter-clockwise. */
static int
compare_arms(const void *pa, const void *pb)
{
	const Arm  *a = pa;
	const Arm  *b = pb;
	int			turn;

	if (a->node != b->node)
		return a->node < b->node ? -1 : 1;
	if (half_plane(a) != half_plane(b))
		return half_plane(a) - half_plane(b);
	turn = orient2d(a->centre, a->tip, b->tip);
	if (turn != 0)
		return turn > 0 ? -1 : 1;
	return a->segment < b->segment ? -1 : (a->segment > b->segment);
}

/*
 * Each segment that comes goes on with the next one clockwise that goes, as
 * brackets match: looked at counter-clockwise, goers open and comers close.
 */
static bool
match_arms(Mend *m, const Arm *arms, size_t n)
{
	size_t		begin = 0;
	long		open = 0;
	long		least = 0;
	size_t		depth = 0;
	size_t	   *stack = m->way;

	/* begin where no bracket is closed that was not opened */
	for (size_t i = 0; i < n; i++)
	{
		open += arms[i].comes ? -1 : 1;
		if (open < least)
		{
			least = open;
			begin = i + 1;
		}
	}
	if (open != 0)
		return false;
	for (size_t i = 0; i < n; i++)
	{
		const Arm  *arm = &arms[(begin + i) % n];

		if (arm->comes)
			m->next[arm->segment] = stack[--depth];
		else
			stack[depth++] = arm->segment;
	}
	return true;
}

/*
 * Where one comes and one goes nothing is to be decided.  Puts the segment
 * that goes from each node into seen, NO_SEGMENT where there are several, and
 * returns how many segments begin or end at such nodes.
 */
static size_t
simple_turns_find(Mend *m)
{
	size_t		n = m->segments.n;
	size_t		others = 0;

	for (size_t i = 0; i < m->nnodes; i++)
		m->seen[i] = n;
	for (size_t i = 0; i < n; i++)
		m->seen[m->from[i]] = m->seen[m->from[i]] == n ? i : NO_SEGMENT;
	for (size_t i = 0; i < n; i++)
	{
		m->next[i] = m->seen[m->to[i]];
		others += (m->next[i] == NO_SEGMENT) + (m->seen[m->from[i]] == NO_SEGMENT);
	}
	return others;
}

static MfStatus
turns_find(Mend *m)
{
	size_t		n = simple_turns_find(m);
	size_t		narms = 0;
	Arm		   *arms = memory_get(m->memory, n, sizeof(Arm));
	MfStatus	status;
	size_t		end;

	if (arms == NULL)
		return MF_NO_MEMORY;
	for (size_t i = 0; i < m->segments.n; i++)
	{
		const Segment *s = &m->segments.at[i];

		if (m->seen[m->from[i]] == NO_SEGMENT)
			arms[narms++] = (Arm) {m->from[i], s->p, s->q, i, false};
		if (m->seen[m->to[i]] == NO_SEGMENT)
			arms[narms++] = (Arm) {m->to[i], s->q, s->p, i, true};
	}
	status = array_sort(m->memory, arms, narms, sizeof(Arm), compare_arms);
	for (size_t i = 0; i < narms && status == MF_DONE; i = end)
	{
		for (end = i; end < narms && arms[end].node == arms[i].node; end++)
			;
		if (!match_arms(m, arms + i, end - i))
			status = MF_INCONSISTENT;
	}
	memory_give(m->memory, arms);
	return status;
}

/* ---- rings ---- */

/* Twice the area and about the length of the edge p -> q, seen from o. */
static void
edge_measure(const double *o, const double *p, const double *q, double *area, double *length)
{
	*area += (p[0] - o[0]) * (q[1] - o[1]) - (q[0] - o[0]) * (p[1] - o[1]);
	*length += fabs(q[0] - p[0]) + fabs(q[1] - p[1]);
}

/* A ring of so many segments, unless it is too narrow to be one. */
static bool
ring_take(Mend *m, const size_t *way, size_t n)
{
	Vertices   *v = &m->rings->vertices;
	size_t		kept = 0;
	double		area = 0;
	double		length = 0;
	double	   *xy;

	for (size_t i = 0; i < n; i++)
	{
		const Segment *s = &m->segments.at[way[i]];

		if (!vertices_reserve(v, kept + s->nbetween + 2))
			return false;
		xy = v->xy + 2 * (v->n + kept);
		memcpy(xy, s->p, sizeof(s->p));
		memcpy(xy + 2, v->xy + 2 * s->between, 2 * sizeof(double) * s->nbetween);
		kept += s->nbetween + 1;
	}
	xy = v->xy + 2 * v->n;
	memcpy(xy + 2 * kept, xy, 2 * sizeof(double));
	for (size_t i = 0; i < kept; i++)
		edge_measure(xy, xy + 2 * i, xy + 2 * i + 2, &area, &length);
	if (kept < 3 || fabs(area) <= LEAST_WIDTH * length)
		return true;
	return rings_add(m->rings, kept + 1, false);
}

/* Follow a way until it comes round; a point it has been at ends a ring. */
static MfStatus
way_follow(Mend *m, size_t start)
{
	size_t		segment = start;
	size_t		n = 0;

	do
	{
		size_t		node = m->from[segment];
		size_t		next = m->next[segment];

		if (m->seen[node] != 0)
		{
			size_t		first = m->seen[node] - 1;

			if (!ring_take(m, m->way + first, n - first))
				return MF_NO_MEMORY;
			for (size_t i = first; i < n; i++)
				m->seen[m->from[m->way[i]]] = 0;
			n = first;
		}
		m->way[n++] = segment;
		m->seen[node] = n;
		m->next[segment] = NO_SEGMENT;	/* it has been used */
		segment = next;
		if (segment == NO_SEGMENT)
			return MF_INCONSISTENT;
	} while (segment != start);
	if (!ring_take(m, m->way, n))
		return MF_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		m->seen[m->from[m->way[i]]] = 0;
	return MF_DONE;
}

static MfStatus
rings_make(Mend *m)
{
	MfStatus	status = MF_DONE;

	memset(m->seen, 0, m->segments.n * sizeof(size_t));
	for (size_t i = 0; i < m->segments.n && status == MF_DONE; i++)
	{
		if (i % 4096 == 4095 && mf_interrupted != NULL && mf_interrupted())
			status = MF_INTERRUPTED;
		else if (m->next[i] != NO_SEGMENT)
			status = way_follow(m, i);
	}
	return status;
}

/*
 * The edges of a ring: marked ones each by itself, what lies between them
 * together.
 */
static bool
ring_take_apart(Mend *m, const OutRing *ring)
{
	const Vertices *v = &m->rings->vertices;
	uint32_t	n = ring->n - 1;
	uint32_t	start = 0;
	uint32_t	edge = 0;

	while (!v->marks[ring->first + start])
		start++;
	while (edge < n)
	{
		uint32_t	at = (start + edge) % n;
		uint32_t	quiet = 0;
		const double *p = v->xy + 2 * (ring->first + at);

		/* not across the end of the ring, where vertices do not follow */
		while (at + quiet < n && !v->marks[ring->first + at + quiet])
			quiet++;
		if (quiet == 0 || (p[0] == p[2 * quiet] && p[1] == p[2 * quiet + 1]))
		{
			if (!segments_add(&m->segments, p, p + 2))
				return false;
			edge++;
			continue;
		}
		if (!segments_add(&m->segments, p, p + 2 * quiet))
			return false;
		m->segments.at[m->segments.n - 1].quiet = true;
		m->segments.at[m->segments.n - 1].between = ring->first + at + 1;
		m->segments.at[m->segments.n - 1].nbetween = quiet - 1;
		edge += quiet;
	}
	return true;
}

/* Take the touched rings apart; the others move up. */
static MfStatus
rings_take_apart(Mend *m)
{
	OutRings   *rings = m->rings;
	size_t		kept = 0;

	for (size_t i = 0; i < rings->n; i++)
	{
		if (loop_interrupted(i))
			return MF_INTERRUPTED;
		if (!rings->rings[i].touched)
			rings->rings[kept++] = rings->rings[i];
		else if (!ring_take_apart(m, &rings->rings[i]))
			return MF_NO_MEMORY;
	}
	rings->n = kept;
	return MF_DONE;
}

MfStatus
mend_rings(OutRings *rings)
{
	Mend		m = {.memory = rings->vertices.memory, .rings = rings};
	MfStatus	status;

	m.segments.memory = m.memory;
	status = rings_take_apart(&m);
	if (status == MF_DONE && m.segments.n > 0)
		status = segments_cut(&m.segments);
	if (status == MF_DONE && m.segments.n > 0)
	{
		status = nodes_make(&m);
		if (status == MF_DONE)
			status = turns_find(&m);
		if (status == MF_DONE)
			status = rings_make(&m);
	}
	memory_give(m.memory, m.segments.at);
	memory_give(m.memory, m.from);
	memory_give(m.memory, m.to);
	memory_give(m.memory, m.next);
	memory_give(m.memory, m.slots);
	memory_give(m.memory, m.seen);
	memory_give(m.memory, m.way);
	return status;
}
