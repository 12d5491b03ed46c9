/*
 * polygons.c - rings into polygons, in normal form
 *
 * Rings that run counter-clockwise are shells, the others holes; each hole
 * goes to the smallest shell around it.  Rings begin at their lowest point by
 * longitude, then latitude, and rings and parts stand in falling order, as
 * GEOS normalizes them, so that equal ground has equal bytes.
 */
#include "arrangement.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Ring
{
	const double *xy;
	uint32_t	n;
	uint32_t	lowest;			/* vertex it shall begin at */
	uint32_t	shell;			/* it belongs to; of shells, their own number */
	bool		is_shell;
	double		area;			/* in square degrees; of shells */
	double		box[4];
} Ring;

typedef struct Polygons
{
	const MfMemory *memory;
	Ring	   *rings;			/* [n] shells first */
	uint32_t   *order;			/* [n] rings as they are written */
	uint32_t   *other;			/* [n] for sorting */
	uint32_t   *places;			/* [nshells] of shells in their order */
	uint32_t	n;
	uint32_t	nshells;
	MfStore		shells;			/* when there are several */
	EdgeIndex	edges;
} Polygons;

static bool
interrupted(uint32_t i)
{
	return i % 1024 == 1023 && mf_interrupted != NULL && mf_interrupted();
}

static void
ring_measure(Ring *ring, const double *xy, uint32_t n)
{
	double		area = 0;

	ring->xy = xy;
	ring->n = n;
	ring->lowest = 0;
	ring->box[0] = ring->box[2] = xy[0];
	ring->box[1] = ring->box[3] = xy[1];
	for (uint32_t i = 0; i + 1 < n; i++)
	{
		const double *p = xy + 2 * (size_t) i;
		const double *low = xy + 2 * (size_t) ring->lowest;

		if (p[0] < low[0] || (p[0] == low[0] && p[1] < low[1]))
			ring->lowest = i;
		for (int d = 0; d < 2; d++)
		{
			ring->box[d] = fmin(ring->box[d], p[d]);
			ring->box[d + 2] = fmax(ring->box[d + 2], p[d]);
		}
		area += (p[0] - xy[0]) * (p[3] - xy[1]) - (p[2] - xy[0]) * (p[1] - xy[1]);
	}
	ring->area = fabs(area);
	ring->is_shell = ring_runs_left(xy, n);
}

/* ---- the order of GEOS ---- */

/*
 * GEOS compares rings the other way round, and puts the greatest first.
 */
static int
compare_rings(const Ring *a, const Ring *b)
{
	uint32_t	na = a->n - 1;
	uint32_t	nb = b->n - 1;

	for (uint32_t i = 0; i < na && i < nb; i++)
	{
		const double *p = a->xy + 2 * (size_t) ((a->lowest + na - i) % na);
		const double *q = b->xy + 2 * (size_t) ((b->lowest + nb - i) % nb);

		for (int d = 0; d < 2; d++)
		{
			if (p[d] != q[d])
				return p[d] > q[d] ? -1 : 1;
		}
	}
	return na > nb ? -1 : (na < nb);
}

/* By shell, once these have places; the shell before its holes. */
static int
compare_for_writing(const Polygons *p, uint32_t na, uint32_t nb)
{
	const Ring *a = &p->rings[na];
	const Ring *b = &p->rings[nb];

	if (p->places != NULL && a->shell != b->shell)
		return p->places[a->shell] < p->places[b->shell] ? -1 : 1;
	if (a->is_shell != b->is_shell)
		return a->is_shell ? -1 : 1;
	return compare_rings(a, b);
}

/* A merge sort, which can be interrupted.  False: it was. */
static bool
sort_rings(const Polygons *p, uint32_t *order, uint32_t *other, uint32_t n)
{
	uint32_t	half = n / 2;
	uint32_t	i = 0,
				j = half,
				k = 0;

	if (n < 2)
		return true;
	if (!sort_rings(p, order, other, half) || !sort_rings(p, order + half, other, n - half))
		return false;
	while (i < half && j < n)
		other[k++] = compare_for_writing(p, order[j], order[i]) < 0 ? order[j++] : order[i++];
	while (i < half)
		other[k++] = order[i++];
	memcpy(order, other, sizeof(uint32_t) * k);
	return n < 4096 || mf_interrupted == NULL || !mf_interrupted();
}

static MfStatus
rings_order(Polygons *p)
{
	uint32_t   *places = memory_get(p->memory, p->nshells, sizeof(uint32_t));

	if (places == NULL)
		return MF_NO_MEMORY;
	for (uint32_t i = 0; i < p->n; i++)
		p->order[i] = i;
	/* shells by themselves first, to give them places */
	if (!sort_rings(p, p->order, p->other, p->nshells))
	{
		memory_give(p->memory, places);
		return MF_INTERRUPTED;
	}
	for (uint32_t i = 0; i < p->nshells; i++)
		places[p->order[i]] = i;
	p->places = places;
	return sort_rings(p, p->order, p->other, p->n) ? MF_DONE : MF_INTERRUPTED;
}

/* ---- which shell is around a hole ---- */

/* The shells as records of a store that borrows from nobody. */
static MfStatus
shells_store(Polygons *p)
{
	MfStore    *store = &p->shells;
	MinefieldBox *boxes = memory_get(p->memory, p->nshells, sizeof(MinefieldBox));
	size_t		nvertices = 0;
	MfStatus	status = MF_NO_MEMORY;

	for (uint32_t i = 0; i < p->nshells; i++)
		nvertices += p->rings[i].n;
	if (nvertices >= UINT32_MAX)
		status = MF_TOO_LARGE;
	store->memory = *p->memory;
	store->xy = memory_get(p->memory, nvertices, 2 * sizeof(double));
	store->ring_starts = memory_get(p->memory, (size_t) p->nshells + 1, sizeof(uint32_t));
	store->record_rings = memory_get(p->memory, (size_t) p->nshells + 1, sizeof(uint32_t));
	store->kinds = memory_get(p->memory, p->nshells, sizeof(uint8_t));
	if (nvertices < UINT32_MAX && boxes != NULL && store->xy != NULL &&
		store->ring_starts != NULL && store->record_rings != NULL && store->kinds != NULL)
	{
		for (uint32_t i = 0; i < p->nshells; i++)
		{
			const Ring *ring = &p->rings[i];

			store->kinds[i] = MF_POLYGON;
			store->ring_starts[i] = store->nvertices;
			store->record_rings[i] = i;
			memcpy(store->xy + 2 * (size_t) store->nvertices, ring->xy,
				   2 * sizeof(double) * ring->n);
			store->nvertices += ring->n;
			box_set_empty(&boxes[i]);
			box_add_point(&boxes[i], ring->box[0], ring->box[1]);
			box_add_point(&boxes[i], ring->box[2], ring->box[3]);
		}
		store->nrecords = store->nrings = p->nshells;
		store->ring_starts[p->nshells] = store->nvertices;
		store->record_rings[p->nshells] = p->nshells;
		status = tree_build(&store->tree, p->memory, boxes, p->nshells);
		if (status == MF_DONE)
			status = edge_index_build(&p->edges, store);
	}
	memory_give(p->memory, boxes);
	return status;
}

/*
 * Is the hole in the shell?  They do not cross: any point of the hole that is
 * not on the shell tells, so vertices are asked, then middles of edges.
 */
static bool
shell_holds(const Polygons *p, uint32_t shell, const Ring *hole)
{
	int			where = 0;

	for (uint32_t i = 0; i + 1 < hole->n && where == 0; i++)
		where = record_holds(&p->edges, shell, hole->xy + 2 * (size_t) i);
	for (uint32_t i = 0; i + 1 < hole->n && where == 0; i++)
	{
		const double *a = hole->xy + 2 * (size_t) i;
		double		middle[2] = {(a[0] + a[2]) / 2, (a[1] + a[3]) / 2};

		where = record_holds(&p->edges, shell, middle);
	}
	return where > 0;
}

static bool
box_holds(const double *a, const double *b)
{
	return a[0] <= b[0] && a[1] <= b[1] && a[2] >= b[2] && a[3] >= b[3];
}

static uint32_t
smallest_shell(const Polygons *p, const Ring *hole)
{
	MinefieldBox box;
	MfTreeQuery query;
	uint32_t	best = MF_NONE;
	uint32_t	shell;

	box_set_empty(&box);
	box_add_point(&box, hole->box[0], hole->box[1]);
	box_add_point(&box, hole->box[2], hole->box[3]);
	tree_query_begin(&query, &p->shells.tree, &box, 0, p->nshells);
	while ((shell = tree_query_next(&query)) != MF_NONE)
	{
		const Ring *ring = &p->rings[shell];

		if ((best == MF_NONE || ring->area < p->rings[best].area) &&
			ring->area >= hole->area && box_holds(ring->box, hole->box) &&
			shell_holds(p, shell, hole))
			best = shell;
	}
	return best;
}

static MfStatus
holes_assign(Polygons *p)
{
	MfStatus	status = MF_DONE;

	if (p->nshells > 1 && p->n > p->nshells)
		status = shells_store(p);
	for (uint32_t i = p->nshells; i < p->n && status == MF_DONE; i++)
	{
		p->rings[i].shell = p->nshells > 1 ? smallest_shell(p, &p->rings[i]) :
			p->nshells == 1 ? 0 : MF_NONE;
		if (p->rings[i].shell == MF_NONE)
			status = MF_INCONSISTENT;
		else if (interrupted(i))
			status = MF_INTERRUPTED;
	}
	return status;
}

/* ---- the result ---- */

static void
copy_ring(double *dst, const Ring *ring)
{
	size_t		head = ring->n - 1 - ring->lowest;

	memcpy(dst, ring->xy + 2 * (size_t) ring->lowest, 2 * sizeof(double) * head);
	memcpy(dst + 2 * head, ring->xy, 2 * sizeof(double) * (ring->lowest + 1));
}

static MfStatus
write_result(MfArrangement *a, const Polygons *p)
{
	size_t		npoints = 0;
	double	   *xy;
	uint32_t	part = MF_NONE;

	for (uint32_t i = 0; i < p->n; i++)
		npoints += p->rings[i].n;
	if (npoints >= UINT32_MAX)
		return MF_TOO_LARGE;
	a->xy = memory_get(&a->memory, npoints, 2 * sizeof(double));
	a->part_rings = memory_get(&a->memory, p->nshells, sizeof(uint32_t));
	a->ring_points = memory_get(&a->memory, p->n, sizeof(uint32_t));
	if (a->xy == NULL || a->part_rings == NULL || a->ring_points == NULL)
		return MF_NO_MEMORY;
	xy = a->xy;
	for (uint32_t i = 0; i < p->n; i++)
	{
		const Ring *ring = &p->rings[p->order[i]];

		if (interrupted(i))
			return MF_INTERRUPTED;
		if (ring->is_shell)
			a->part_rings[++part] = 0;
		a->part_rings[part]++;
		a->ring_points[i] = ring->n;
		copy_ring(xy, ring);
		xy += 2 * (size_t) ring->n;
	}
	a->gaps.nparts = p->nshells;
	a->gaps.nrings = p->n;
	a->gaps.npoints = (uint32_t) npoints;
	a->gaps.part_rings = a->part_rings;
	a->gaps.ring_points = a->ring_points;
	a->gaps.xy = a->xy;
	return MF_DONE;
}

/* All rings, shells first, as they were found otherwise. */
static MfStatus
rings_measure(Polygons *p, const OutRings *rings)
{
	uint32_t	end = p->n;

	for (uint32_t i = 0; i < p->n; i++)
	{
		Ring		ring;

		if (interrupted(i))
			return MF_INTERRUPTED;
		ring_measure(&ring, rings->vertices.xy + 2 * rings->rings[i].first, rings->rings[i].n);
		ring.shell = p->nshells;
		p->rings[ring.is_shell ? p->nshells++ : --end] = ring;
	}
	return MF_DONE;
}

MfStatus
polygons_make(MfArrangement *a, const OutRings *rings)
{
	Polygons	p = {.memory = rings->vertices.memory};
	MfStatus	status = MF_NO_MEMORY;

	if (rings->n >= UINT32_MAX)
		return MF_TOO_LARGE;
	p.n = (uint32_t) rings->n;
	p.rings = memory_get(p.memory, p.n, sizeof(Ring));
	p.order = memory_get(p.memory, p.n, sizeof(uint32_t));
	p.other = memory_get(p.memory, p.n, sizeof(uint32_t));
	if (p.rings != NULL && p.order != NULL && p.other != NULL)
		status = rings_measure(&p, rings);
	if (status == MF_DONE)
		status = holes_assign(&p);
	if (status == MF_DONE)
		status = rings_order(&p);
	if (status == MF_DONE)
		status = write_result(a, &p);
	memory_give(p.memory, p.rings);
	memory_give(p.memory, p.order);
	memory_give(p.memory, p.other);
	memory_give(p.memory, p.places);
	edge_index_free(&p.edges);
	if (p.shells.memory.give != NULL)
		store_free(&p.shells);
	return status;
}
