/*
 * entries.c - collected records in order
 *
 * How entries compare, by all that is known of them and never by when they
 * came in, and the store that is built of their extents.
 */
#include "mf_analysis.h"

/* ---- order ---- */

int
extent_compare(const MfExtent *a, const MfExtent *b)
{
	int			result;

#define COMPARE_FIELD(f) \
	if (a->f != b->f) \
		return a->f < b->f ? -1 : 1
	COMPARE_FIELD(kind);
	COMPARE_FIELD(nparts);
	COMPARE_FIELD(nrings);
	COMPARE_FIELD(npoints);
#undef COMPARE_FIELD
	result = memcmp(a->xy, b->xy, 16 * (Size) a->npoints);
	if (result == 0)
		result = memcmp(a->part_rings, b->part_rings, sizeof(uint32) * a->nparts);
	if (result == 0)
		result = memcmp(a->ring_points, b->ring_points, sizeof(uint32) * a->nrings);
	return result;
}

int
text_compare(const MfText *a, const MfText *b)
{
	int			result;

	if (a->data == NULL || b->data == NULL)
		return (a->data == NULL) - (b->data == NULL);
	result = memcmp(a->data, b->data, Min(a->len, b->len));
	if (result != 0)
		return result;
	return a->len < b->len ? -1 : (a->len > b->len);
}

int
entry_compare(const MfEntry *a, const MfEntry *b)
{
	int			result = extent_compare(&a->extent, &b->extent);

	if (result == 0)
		result = memcmp(&a->width_m, &b->width_m, sizeof(double));
	if (result == 0)
		result = memcmp(&a->accuracy95_m, &b->accuracy95_m, sizeof(float));
	if (result == 0)
		result = text_compare(&a->key, &b->key);
	if (result == 0)
		result = text_compare(&a->group, &b->group);
	if (result == 0 && a->record != NULL && b->record != NULL)
	{
		Size		sa = VARSIZE(a->record);
		Size		sb = VARSIZE(b->record);

		result = memcmp(a->record, b->record, Min(sa, sb));
		if (result == 0)
			result = sa < sb ? -1 : (sa > sb);
	}
	return result;
}

/* ---- the store ---- */

/* mf_extent_source: records only. */
static void
record_extent(uint32 n, MfExtent *extent, void *arg)
{
	const MfEntry *entry = &((const MfEntry *) arg)[n];

	*extent = entry->extent;
	if (entry_is_find(entry))
		extent->nparts = extent->npoints = 0;
}

/* mf_tie_breaker */
static int
record_tie(uint32 a, uint32 b, void *arg)
{
	const MfEntry *entries = arg;

	return entry_compare(&entries[a], &entries[b]);
}

void
entries_store(MfStore *store, const MfMemory *memory, const MfEntry *entries, uint32 n)
{
	MinefieldBox *boxes = memory_get(memory, n, sizeof(MinefieldBox));

	if (boxes == NULL)
		mf_status_check(MF_NO_MEMORY);
	for (uint32 i = 0; i < n; i++)
		boxes[i] = entries[i].box;
	mf_status_check(store_build_boxed(store, memory, n, record_extent, boxes,
									  record_tie, (void *) entries));
	memory_give(memory, boxes);
}
