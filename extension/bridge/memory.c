/*
 * memory.c - extents in palloc'd memory
 *
 * An extent made here is one chunk: the struct, the counts, then the
 * coordinates, so that it can be freed, moved and kept as a whole.  The core's
 * memory comes from memory contexts, too, so that errors leave nothing behind.
 */
#include "mf_bridge.h"

#ifdef __linux__
#include <sys/mman.h>
#endif

#include "mf_arrangement.h"

/* From here on large pages pay; and how large they are on most machines. */
#define LARGE_BLOCK		(4 * 1024 * 1024)
#define LARGE_PAGE		(2 * 1024 * 1024)

MfExtent *
extent_alloc(MemoryContext context, MfKind kind, uint32 nparts, uint32 nrings,
			 Size npoints, MfExtentRoom *room)
{
	Size		counts = MAXALIGN(sizeof(MfExtent));
	Size		xy = MAXALIGN(counts + sizeof(uint32) * ((Size) nparts + nrings));
	MfExtent   *extent;

	if (npoints > PG_UINT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("geometry has too many points")));
	extent = MemoryContextAllocExtended(context, xy + 16 * npoints,
										MCXT_ALLOC_HUGE);
	room->part_rings = (uint32 *) ((char *) extent + counts);
	room->ring_points = room->part_rings + nparts;
	room->xy = (double *) ((char *) extent + xy);
	extent->kind = kind;
	extent->nparts = nparts;
	extent->nrings = nrings;
	extent->npoints = (uint32) npoints;
	extent->part_rings = room->part_rings;
	extent->ring_points = room->ring_points;
	extent->xy = room->xy;
	return extent;
}

MfExtent *
extent_join(const MfExtent *const *extents, int n)
{
	uint32		nparts = 0;
	uint32		nrings = 0;
	Size		npoints = 0;
	MfExtentRoom room;
	MfExtent   *joined;

	for (int i = 0; i < n; i++)
	{
		nparts += extents[i]->nparts;
		nrings += extents[i]->nrings;
		npoints += extents[i]->npoints;
	}
	joined = extent_alloc(CurrentMemoryContext, MF_MULTIPOLYGON,
						  nparts, nrings, npoints, &room);
	for (int i = 0; i < n; i++)
	{
		const MfExtent *e = extents[i];

		memcpy(room.part_rings, e->part_rings, sizeof(uint32) * e->nparts);
		memcpy(room.ring_points, e->ring_points, sizeof(uint32) * e->nrings);
		memcpy(room.xy, e->xy, 16 * (Size) e->npoints);
		room.part_rings += e->nparts;
		room.ring_points += e->nrings;
		room.xy += 2 * (Size) e->npoints;
	}
	return joined;
}

void
extent_part_begin(MfExtentPart *part, const MfExtent *extent)
{
	part->extent = extent;
	part->next = 0;
	part->ring_points = extent->ring_points;
	part->xy = extent->xy;
}

bool
extent_part_next(MfExtentPart *part, MfExtent *view)
{
	uint32		n = part->next;

	if (n >= part->extent->nparts)
		return false;
	view->kind = kind_is_multi(part->extent->kind) ?
		(MfKind) (part->extent->kind - 3) : part->extent->kind;
	view->nparts = 1;
	view->part_rings = &part->extent->part_rings[n];
	view->nrings = view->part_rings[0];
	view->ring_points = part->ring_points;
	view->npoints = 0;
	for (uint32 i = 0; i < view->nrings; i++)
		view->npoints += view->ring_points[i];
	view->xy = part->xy;
	part->ring_points += view->nrings;
	part->xy += 2 * (Size) view->npoints;
	part->next++;
	return true;
}

/* ---- large blocks ---- */

/* Only advice: nothing depends on whether the system takes it. */
static void
advise_large(void *block, Size size)
{
#ifdef MADV_HUGEPAGE
	if (block != NULL && size >= LARGE_BLOCK)
	{
		uintptr_t	begin = TYPEALIGN(LARGE_PAGE, (uintptr_t) block);
		uintptr_t	end = TYPEALIGN_DOWN(LARGE_PAGE, (uintptr_t) block + size);

		(void) madvise((void *) begin, end - begin, MADV_HUGEPAGE);
	}
#endif
}

/* A kept block or a new one; flags as MemoryContextAllocExtended has them. */
static void *
block_get(MemoryContext context, Size size, int flags)
{
	void	   *block = kept_get(context, size);

	if (block == NULL)
	{
		block = MemoryContextAllocExtended(context, size, flags);
		advise_large(block, size);
	}
	return block;
}

void *
mf_alloc_large(MemoryContext context, Size size)
{
	return block_get(context, size, MCXT_ALLOC_HUGE);
}

void
mf_free_large(void *block)
{
	if (!kept_give(block))
		pfree(block);
}

static void *
block_resize(void *block, Size size, MemoryContext context)
{
	Size		before = kept_size(block);
	void	   *moved;

	if (before == 0)
		return repalloc_huge(block, size);
	if (before >= size)
		return block;
	moved = mf_alloc_large(context, size);
	memcpy(moved, block, before);
	kept_give(block);
	return moved;
}

/* ---- memory for the core ---- */

static void *
context_get(size_t size, void *arg)
{
	return block_get(arg, size, MCXT_ALLOC_HUGE | MCXT_ALLOC_NO_OOM);
}

static void *
context_resize(void *block, size_t size, void *arg)
{
	return block_resize(block, size, arg);
}

static void
context_give(void *block, void *arg)
{
	mf_free_large(block);
}

void
mf_memory_of(MfMemory *memory, MemoryContext context)
{
	memory->get = context_get;
	memory->resize = context_resize;
	memory->give = context_give;
	memory->arg = context;
}

/* The same, counted. */

static void
budget_take(MfBudget *budget, Size size)
{
	if (size > budget->limit - Min(budget->used, budget->limit))
		budget->exceeded(budget->arg);
}

static void *
budget_get(size_t size, void *arg)
{
	MfBudget   *budget = arg;
	void	   *block;

	budget_take(budget, size);
	block = context_get(size, budget->context);
	if (block != NULL)
		budget->used += GetMemoryChunkSpace(block);
	return block;
}

static void *
budget_resize(void *block, size_t size, void *arg)
{
	MfBudget   *budget = arg;
	Size		before = GetMemoryChunkSpace(block);

	if (size > before)
		budget_take(budget, size - before);
	block = block_resize(block, size, budget->context);
	budget->used += GetMemoryChunkSpace(block) - before;
	return block;
}

static void
budget_give(void *block, void *arg)
{
	((MfBudget *) arg)->used -= GetMemoryChunkSpace(block);
	mf_free_large(block);
}

void
mf_memory_within(MfMemory *memory, MfBudget *budget)
{
	memory->get = budget_get;
	memory->resize = budget_resize;
	memory->give = budget_give;
	memory->arg = budget;
}

void
mf_status_check(MfStatus status)
{
	switch (status)
	{
		case MF_DONE:
			return;
		case MF_NO_MEMORY:
			ereport(ERROR,
					(errcode(ERRCODE_OUT_OF_MEMORY),
					 errmsg("out of memory")));
			break;
		case MF_TOO_LARGE:
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("too many points, rings or records in one set")));
			break;
		case MF_INTERRUPTED:
			CHECK_FOR_INTERRUPTS();
			ereport(ERROR,
					(errcode(ERRCODE_QUERY_CANCELED),
					 errmsg("canceling statement due to user request")));
			break;
		case MF_INCONSISTENT:
			elog(ERROR, "geometry that should be valid is not");
			break;
	}
}

bool
mf_plainly_valid(const MfExtent *extent)
{
	MfMemory	memory;
	MfValidity	validity;

	mf_memory_of(&memory, CurrentMemoryContext);
	validity = extent_validity(extent, &memory);
	if (validity == MF_UNJUDGED)
		CHECK_FOR_INTERRUPTS();
	return validity == MF_VALID;
}
