/*
 * compare.c - equality and order of records
 *
 * Order is id first, then the canonical text; equality is equality of the
 * canonical text.  Stored bytes that agree are equal without writing it.
 */
#include "mf_types.h"

/* Do the extents and documents agree byte for byte?  Equal if so. */
static bool
same_bytes(const Minefield *a, const Minefield *b)
{
	return VARSIZE(a) == VARSIZE(b) &&
		a->kind == b->kind && a->nparts == b->nparts && a->nrings == b->nrings &&
		a->doc_offset == b->doc_offset &&
		memcmp(a->counts, b->counts, VARSIZE(a) - MINEFIELD_HEADER_SIZE) == 0;
}

static int
compare_bytes(const char *a, Size alen, const char *b, Size blen)
{
	int			order = memcmp(a, b, Min(alen, blen));

	if (order != 0)
		return order;
	return alen < blen ? -1 : alen > blen ? 1 : 0;
}

static int
compare_ids(const Minefield *a, const Minefield *b)
{
	char	   *ida = minefield_id(a);
	char	   *idb = minefield_id(b);
	int			order;

	/* a record without an id comes before every other */
	if (ida == NULL || idb == NULL)
		order = (ida != NULL) - (idb != NULL);
	else
		order = compare_bytes(ida, strlen(ida), idb, strlen(idb));
	if (ida)
		pfree(ida);
	if (idb)
		pfree(idb);
	return order;
}

static int
compare_canonical(const Minefield *a, const Minefield *b)
{
	StringInfoData ta,
				tb;
	int			order;

	initStringInfo(&ta);
	initStringInfo(&tb);
	canonical_minefield(&ta, a);
	canonical_minefield(&tb, b);
	order = compare_bytes(ta.data, ta.len, tb.data, tb.len);
	pfree(ta.data);
	pfree(tb.data);
	return order;
}

int
minefield_compare(const Minefield *a, const Minefield *b)
{
	int			order;

	if (same_bytes(a, b))
		return 0;
	order = compare_ids(a, b);
	if (order == 0)
		order = compare_canonical(a, b);
	return order < 0 ? -1 : order > 0 ? 1 : 0;
}
