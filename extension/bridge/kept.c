/*
 * kept.c - blocks of memory kept from one call to the next
 *
 * Memory that goes back to the system comes from it again page by page, each
 * cleared and mapped anew: for some thousand records that takes a quarter of
 * the time of an answer.  So a few blocks stay, KEPT_MOST at the most in each
 * server process, in a context of their own that pg_backend_memory_contexts
 * shows as "minefield blocks".  A block is lent to a context and comes back
 * when it is given back or when that context goes, as after an error.
 */
#include "mf_bridge.h"

#include "utils/memutils.h"

#define KEPT_MOST		(16 * 1024 * 1024)
#define BLOCK_LEAST		(32 * 1024)
#define BLOCK_MOST		(KEPT_MOST / 2)
#define SLOTS			64

struct Lease;

typedef struct Slot
{
	void	   *block;			/* NULL: none */
	Size		size;
	bool		lent;
	uint64		since;			/* that it is not: the clock then */
	struct Lease *lease;		/* the last one, while its context lives */
} Slot;

/* Tells that a context goes.  It cannot be taken back, so it is used again. */
typedef struct Lease
{
	MemoryContextCallback callback;
	MemoryContext context;
	Slot	   *slot;			/* NULL: no longer its own */
} Lease;

static Slot slots[SLOTS];
static MemoryContext blocks;
static uint64 clock;

static void
slot_clear(Slot *slot)
{
	void	   *block = slot->block;

	if (slot->lease != NULL)
		slot->lease->slot = NULL;
	memset(slot, 0, sizeof(*slot));
	pfree(block);
}

/* The block not lent for the longest time; *all: the size of all such. */
static Slot *
oldest(Size *all)
{
	Slot	   *found = NULL;

	*all = 0;
	for (Slot *slot = slots; slot < slots + SLOTS; slot++)
	{
		if (slot->block == NULL || slot->lent)
			continue;
		*all += slot->size;
		if (found == NULL || slot->since < found->since)
			found = slot;
	}
	return found;
}

static void
slot_return(Slot *slot)
{
	Size		all;

	slot->lent = false;
	slot->since = ++clock;
	while ((slot = oldest(&all)) != NULL && all > KEPT_MOST)
		slot_clear(slot);
}

static void
lease_end(void *arg)
{
	Slot	   *slot = ((Lease *) arg)->slot;

	if (slot == NULL)
		return;
	slot->lease = NULL;
	if (slot->lent)
		slot_return(slot);
}

/* The smallest block that is large enough but not much too large. */
static Slot *
fitting(Size size)
{
	Slot	   *found = NULL;

	for (Slot *slot = slots; slot < slots + SLOTS; slot++)
	{
		if (slot->block != NULL && !slot->lent && slot->size >= size &&
			slot->size - size <= size / 2 && (found == NULL || slot->size < found->size))
			found = slot;
	}
	return found;
}

/* A new block, in place of the oldest where there are too many; NULL: none. */
static Slot *
slot_make(Size size)
{
	Slot	   *slot = slots;
	Size		all;

	while (slot < slots + SLOTS && slot->block != NULL)
		slot++;
	if (slot == slots + SLOTS)
	{
		slot = oldest(&all);
		if (slot == NULL)
			return NULL;
		slot_clear(slot);
	}
	if (blocks == NULL)
		blocks = AllocSetContextCreate(TopMemoryContext, "minefield blocks",
									   ALLOCSET_SMALL_SIZES);
	slot->block = MemoryContextAllocExtended(blocks, size, MCXT_ALLOC_NO_OOM);
	slot->size = size;
	return slot->block != NULL ? slot : NULL;
}

/* May raise an error; the slot is not lent then. */
static void
slot_lend(Slot *slot, MemoryContext context)
{
	if (slot->lease == NULL || slot->lease->context != context)
	{
		Lease	   *lease = MemoryContextAlloc(context, sizeof(Lease));

		if (slot->lease != NULL)
			slot->lease->slot = NULL;
		lease->callback.func = lease_end;
		lease->callback.arg = lease;
		lease->context = context;
		lease->slot = slot;
		slot->lease = lease;
		MemoryContextRegisterResetCallback(context, &lease->callback);
	}
	slot->lent = true;
}

void *
kept_get(MemoryContext context, Size size)
{
	Slot	   *slot;

	if (size < BLOCK_LEAST || size > BLOCK_MOST)
		return NULL;
	slot = fitting(size);
	if (slot == NULL)
		slot = slot_make(size);
	if (slot == NULL)
		return NULL;
	slot_lend(slot, context);
	return slot->block;
}

/* NULL: it is none of these. */
static Slot *
slot_of(const void *block)
{
	if (blocks == NULL || GetMemoryChunkContext((void *) block) != blocks)
		return NULL;
	for (Slot *slot = slots; slot < slots + SLOTS; slot++)
	{
		if (slot->block == block)
			return slot;
	}
	elog(ERROR, "block of memory that is not known");
}

Size
kept_size(const void *block)
{
	Slot	   *slot = slot_of(block);

	return slot != NULL ? slot->size : 0;
}

bool
kept_give(void *block)
{
	Slot	   *slot = slot_of(block);

	if (slot != NULL)
		slot_return(slot);
	return slot != NULL;
}
