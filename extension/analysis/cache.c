/*
 * cache.c - what is read once for all rows of a query
 *
 * Profiles and options are the same in every row.  What is made of one is
 * kept beside the function call, with a copy of the value it was made of.
 */
#include "mf_check.h"

typedef struct Cached
{
	MemoryContext context;		/* of the value and the reading */
	struct varlena *value;		/* NULL: it was NULL */
	void	   *reading;
} Cached;

static bool
same_value(const struct varlena *a, const struct varlena *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return VARSIZE(a) == VARSIZE(b) && memcmp(a, b, VARSIZE(a)) == 0;
}

void *
cached_reading(FunctionCallInfo fcinfo, struct varlena *value, mf_value_reader reader)
{
	Cached	   *cached = fcinfo->flinfo->fn_extra;
	MemoryContext caller;

	if (cached != NULL && cached->reading != NULL && same_value(cached->value, value))
		return cached->reading;
	if (cached == NULL)
	{
		cached = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(Cached));
		cached->context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "minefield cache",
												ALLOCSET_SMALL_SIZES);
		fcinfo->flinfo->fn_extra = cached;
	}
	/* an error in the reader leaves no half reading behind */
	cached->reading = NULL;
	MemoryContextReset(cached->context);
	caller = MemoryContextSwitchTo(cached->context);
	cached->value = value == NULL ? NULL : memcpy(palloc(VARSIZE(value)), value, VARSIZE(value));
	cached->reading = reader(cached->value);
	MemoryContextSwitchTo(caller);
	return cached->reading;
}
