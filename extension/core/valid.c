/*
 * valid.c - is an extent plainly valid?
 *
 * The common case, decided without a foreign library: rings that neither touch
 * nor cross themselves or each other.  Then one vertex of each tells where it
 * lies.  Edges are looked at in runs of eight, whose boxes keep most of them
 * apart.  Rings that touch may still be valid, and are left to others.
 */
#include "mf_arrangement.h"

#include <string.h>

#define RUN				8
#define FEW_RUNS		64		/* are compared without a tree */

/* A run of edges of one ring. */
typedef struct Run
{
	const double *edge;
	uint32_t	count;
	uint32_t	ring;
	const double *first;		/* edge of the ring */
	const double *last;
} Run;

typedef struct Check
{
	const MfExtent *extent;
	Run		   *runs;
	uint32_t	nruns;
	const double **rings;		/* [nrings] first vertex of each ... */
	uint32_t   *parts;			/* ... and its part */
	uint32_t   *shells;			/* [nparts] ring */
} Check;

/* ---- rings keep apart ---- */

/* Do two consecutive edges turn back, or stand still? */
static bool
turns_back(const double *a, const double *b)
{
	if (orient2d(a, a + 2, b + 2) != 0)
		return false;
	/* on one line: they go on only if the point between is between */
	return !((a[0] < a[2] && a[2] < b[2]) || (a[0] > a[2] && a[2] > b[2]) ||
			 (a[1] < a[3] && a[3] < b[3]) || (a[1] > a[3] && a[3] > b[3]));
}

/* b comes after a, or is of another ring. */
static bool
edges_fine(const Run *ra, const double *a, const Run *rb, const double *b)
{
	if (ra->ring == rb->ring)
	{
		if (b == a + 2)
			return !turns_back(a, b);
		if (a == ra->first && b == ra->last)
			return !turns_back(b, a);
	}
	return !segments_touch(a, a + 2, b, b + 2);
}

static bool
run_fine(const Run *run)
{
	for (uint32_t i = 0; i < run->count; i++)
		for (uint32_t k = i + 1; k < run->count; k++)
			if (!edges_fine(run, run->edge + 2 * i, run, run->edge + 2 * k))
				return false;
	return true;
}

static bool
runs_fine(const Run *a, const Run *b)
{
	for (uint32_t i = 0; i < a->count; i++)
		for (uint32_t k = 0; k < b->count; k++)
			if (!edges_fine(a, a->edge + 2 * i, b, b->edge + 2 * k))
				return false;
	return true;
}

static bool
visit_runs(uint32_t a, uint32_t b, void *arg)
{
	const Check *check = arg;

	return runs_fine(&check->runs[a], &check->runs[b]);
}

static void
box_of_run(MinefieldBox *box, const Run *run)
{
	double		low[2] = {run->edge[0], run->edge[1]};
	double		high[2] = {run->edge[0], run->edge[1]};

	for (uint32_t i = 2; i < 2 * run->count + 2; i++)
	{
		if (run->edge[i] < low[i % 2])
			low[i % 2] = run->edge[i];
		else if (run->edge[i] > high[i % 2])
			high[i % 2] = run->edge[i];
	}
	box_set_empty(box);
	box_add_point(box, low[0], low[1]);
	box_add_point(box, high[0], high[1]);
}

/* Pairs of things whose boxes meet, in a tree of its own. */
static MfStatus
join_boxes(const MinefieldBox *boxes, uint32_t n, const MfMemory *memory,
		   mf_pair_visitor visit, Check *check)
{
	MfTree		tree;
	MfStatus	status = tree_build(&tree, memory, boxes, n);

	if (status != MF_DONE)
		return status;
	status = tree_join(&tree, 0, n, visit, check);
	tree_free(&tree, memory);
	return status;
}

static MfStatus
runs_check(Check *check, MinefieldBox *boxes, const MfMemory *memory)
{
	for (uint32_t i = 0; i < check->nruns; i++)
	{
		if (!run_fine(&check->runs[i]))
			return MF_INCONSISTENT;
		box_of_run(&boxes[i], &check->runs[i]);
	}
	if (check->nruns > FEW_RUNS)
		return join_boxes(boxes, check->nruns, memory, visit_runs, check);
	for (uint32_t i = 0; i < check->nruns; i++)
		for (uint32_t k = i + 1; k < check->nruns; k++)
			if (box_overlaps(&boxes[i], &boxes[k]) &&
				!runs_fine(&check->runs[i], &check->runs[k]))
				return MF_INCONSISTENT;
	return MF_DONE;
}

/* ---- and lie as they must ---- */

static bool
ring_holds(const Check *check, uint32_t ring, const double *p)
{
	return point_in_ring(p, check->rings[ring], check->extent->ring_points[ring]) > 0;
}

/* Does the shell of one part lie in another part? */
static bool
part_holds(const Check *check, uint32_t part, const double *p)
{
	return point_in_part(p, check->rings[check->shells[part]],
						 &check->extent->ring_points[check->shells[part]],
						 check->extent->part_rings[part]);
}

static bool
visit_rings(uint32_t a, uint32_t b, void *arg)
{
	const Check *check = arg;
	uint32_t	pa = check->parts[a];
	uint32_t	pb = check->parts[b];
	bool		shell_a = check->shells[pa] == a;
	bool		shell_b = check->shells[pb] == b;

	if (pa != pb)
		return !(shell_a && shell_b) ||
			(!part_holds(check, pa, check->rings[b]) && !part_holds(check, pb, check->rings[a]));
	if (shell_a || shell_b)
		return true;			/* asked for each hole below */
	return !ring_holds(check, a, check->rings[b]) && !ring_holds(check, b, check->rings[a]);
}

static MfStatus
rings_check(Check *check, MinefieldBox *boxes, const MfMemory *memory)
{
	for (uint32_t ring = 0; ring < check->extent->nrings; ring++)
	{
		uint32_t	shell = check->shells[check->parts[ring]];
		Run			all = {check->rings[ring], check->extent->ring_points[ring] - 1, ring, NULL, NULL};

		if (ring != shell && !ring_holds(check, shell, check->rings[ring]))
			return MF_INCONSISTENT;
		box_of_run(&boxes[ring], &all);
	}
	return join_boxes(boxes, check->extent->nrings, memory, visit_rings, check);
}

/* ---- the whole ---- */

static bool
cut_into_runs(Check *check)
{
	const MfExtent *extent = check->extent;
	const double *xy = extent->xy;
	uint32_t	ring = 0;

	check->nruns = 0;
	for (uint32_t part = 0; part < extent->nparts; part++)
	{
		check->shells[part] = ring;
		for (uint32_t i = 0; i < extent->part_rings[part]; i++, ring++)
		{
			uint32_t	n = extent->ring_points[ring];
			const double *last = xy + 2 * ((size_t) n - 1);

			if (n < 4 || xy[0] != last[0] || xy[1] != last[1])
				return false;
			check->rings[ring] = xy;
			check->parts[ring] = part;
			for (uint32_t k = 0; k < n - 1; k += RUN)
				check->runs[check->nruns++] = (Run)
			{
				xy + 2 * (size_t) k, n - 1 - k < RUN ? n - 1 - k : RUN, ring, xy, last - 2
			};
			xy += 2 * (size_t) n;
		}
	}
	return true;
}

static MfValidity
judge(MfStatus status)
{
	switch (status)
	{
		case MF_DONE:
			return MF_VALID;
		case MF_INCONSISTENT:
			return MF_UNSURE;
		default:
			break;
	}
	return MF_UNJUDGED;
}

/* Many edges or rings: with room from the caller. */
static MfValidity
check_large(const MfExtent *extent, const MfMemory *memory)
{
	size_t		runs = (size_t) extent->npoints / RUN + extent->nrings;
	Check		check = {.extent = extent};
	MinefieldBox *boxes = memory_get(memory, runs, sizeof(MinefieldBox));
	MfStatus	status = MF_NO_MEMORY;

	check.runs = memory_get(memory, runs, sizeof(Run));
	check.rings = memory_get(memory, extent->nrings, sizeof(*check.rings));
	check.parts = memory_get(memory, extent->nrings, sizeof(uint32_t));
	check.shells = memory_get(memory, extent->nparts, sizeof(uint32_t));
	if (boxes != NULL && check.runs != NULL && check.rings != NULL && check.parts != NULL &&
		check.shells != NULL)
	{
		status = cut_into_runs(&check) ? runs_check(&check, boxes, memory) : MF_INCONSISTENT;
		if (status == MF_DONE && extent->nrings > 1)
			status = rings_check(&check, boxes, memory);
		/* a visitor that says no stops the join */
		if (status == MF_INTERRUPTED && (mf_interrupted == NULL || !mf_interrupted()))
			status = MF_INCONSISTENT;
	}
	memory_give(memory, boxes);
	memory_give(memory, check.runs);
	memory_give(memory, check.rings);
	memory_give(memory, check.parts);
	memory_give(memory, check.shells);
	return judge(status);
}

MfValidity
extent_validity(const MfExtent *extent, const MfMemory *memory)
{
	Run			runs[FEW_RUNS];
	MinefieldBox boxes[FEW_RUNS];
	const double *rings[1];
	uint32_t	zeros[2] = {0, 0};
	Check		check = {extent, runs, 0, rings, &zeros[0], &zeros[1]};

	if (!kind_is_polygonal(extent->kind) || extent->nparts == 0)
		return MF_VALID;
	if (extent->nrings > 1 || extent->npoints > RUN * (FEW_RUNS - 1))
		return check_large(extent, memory);
	if (!cut_into_runs(&check))
		return MF_UNSURE;
	return judge(runs_check(&check, boxes, memory));
}
