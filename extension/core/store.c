/*
 * store.c - many extents in flat arrays, in canonical order
 *
 * Records are ordered along a Hilbert curve through the centres of their
 * boxes, which keeps near ones near each other, and where that does not
 * decide, by their coordinates.  Coordinates are gathered once, in that
 * order; nothing points anywhere.
 */
#include "mf_store.h"

#include <math.h>
#include <string.h>

#include "float_out.h"

#define DIGIT_BITS	11			/* the sort's digits; four make a key */
#define DIGITS		(MF_CURVE_BITS / DIGIT_BITS)
#define BUCKETS		(1u << DIGIT_BITS)

#define AHEAD		64			/* records lie anywhere: fetch some in advance */

/* Exact predicates multiply four coordinates: smaller ones would vanish. */
#define LEAST_COORDINATE	1e-60

/* What is known of each extent while the store is built. */
typedef struct Item
{
	uint64_t	key;
	uint32_t	number;
} Item;

typedef struct Build
{
	MfStore    *store;
	mf_extent_source source;
	mf_tie_breaker tie;
	void	   *arg;
	Item	   *items;			/* [n], then in canonical order */
	Item	   *other;			/* [n] for sorting */
	const MinefieldBox *boxes;	/* [number] */
	MinefieldBox *measured;		/* the same, where they were not given */
	MinefieldBox world;			/* around all of them */
} Build;

static bool
interrupted(uint32_t i)
{
	return i % 1024 == 1023 && mf_interrupted != NULL && mf_interrupted();
}

/* Minus zero is zero, too. */
static inline double
stored_value(double v)
{
	return fabs(v) < LEAST_COORDINATE ? 0.0 : v;
}

/* ---- order ---- */

static void
set_keys(Build *b, uint32_t n)
{
	MfCurve		curve;

	curve_begin(&curve, &b->world);
	for (uint32_t i = 0; i < n; i++)
	{
		const MinefieldBox *box = &b->boxes[b->items[i].number];

		b->items[i].key = curve_key(&curve, ((double) box->xmin + box->xmax) / 2,
									((double) box->ymin + box->ymax) / 2);
	}
}

/* By key; the arrays change places with each digit that is not all the same. */
static void
sort_keys(Build *b, uint32_t n)
{
	for (int digit = 0; digit < DIGITS; digit++)
	{
		uint32_t	starts[BUCKETS] = {0};
		int			shift = digit * DIGIT_BITS;
		uint32_t	at = 0;
		Item	   *sorted = b->other;

		for (uint32_t i = 0; i < n; i++)
			starts[b->items[i].key >> shift & (BUCKETS - 1)]++;
		if (n == 0 || starts[b->items[0].key >> shift & (BUCKETS - 1)] == n)
			continue;
		for (uint32_t k = 0; k < BUCKETS; k++)
		{
			uint32_t	count = starts[k];

			starts[k] = at;
			at += count;
		}
		for (uint32_t i = 0; i < n; i++)
			sorted[starts[b->items[i].key >> shift & (BUCKETS - 1)]++] = b->items[i];
		b->other = b->items;
		b->items = sorted;
	}
}

static int
compare_counts(uint32_t a, uint32_t b)
{
	return a < b ? -1 : (a > b);
}

/* By what the extents are, then by what the caller knows of them. */
static int
compare_extents(const Build *b, uint32_t na, uint32_t nb)
{
	MfExtent	x,
				y;
	int			result;

	b->source(na, &x, b->arg);
	b->source(nb, &y, b->arg);
	result = compare_counts(x.kind, y.kind);
	if (result == 0)
		result = compare_counts(x.nparts, y.nparts);
	if (result == 0)
		result = compare_counts(x.nrings, y.nrings);
	if (result == 0)
		result = compare_counts(x.npoints, y.npoints);
	if (result == 0)
		result = memcmp(x.xy, y.xy, 2 * sizeof(double) * (size_t) x.npoints);
	if (result == 0)
		result = memcmp(x.part_rings, y.part_rings, sizeof(uint32_t) * x.nparts);
	if (result == 0)
		result = memcmp(x.ring_points, y.ring_points, sizeof(uint32_t) * x.nrings);
	if (result == 0 && b->tie != NULL)
		result = b->tie(na, nb, b->arg);
	return result;
}

/* A merge sort: needs no context of its own and never degrades. */
static void
sort_run(Build *b, Item *items, Item *other, uint32_t n)
{
	uint32_t	half = n / 2;
	uint32_t	i = 0,
				j = half,
				k = 0;

	if (n < 2)
		return;
	sort_run(b, items, other, half);
	sort_run(b, items + half, other + half, n - half);
	while (i < half && j < n)
		other[k++] = compare_extents(b, items[j].number, items[i].number) < 0 ?
			items[j++] : items[i++];
	while (i < half)
		other[k++] = items[i++];
	memcpy(items, other, sizeof(Item) * k);
}

static MfStatus
sort_items(Build *b, uint32_t n)
{
	uint32_t	end;

	set_keys(b, n);
	sort_keys(b, n);
	for (uint32_t i = 0; i < n; i = end)
	{
		for (end = i + 1; end < n && b->items[end].key == b->items[i].key; end++)
			;
		if (end - i > 1)
			sort_run(b, b->items + i, b->other + i, end - i);
		if (interrupted(i))
			return MF_INTERRUPTED;
	}
	return MF_DONE;
}

/* ---- coordinates ---- */

/* Is there nothing to leave out or to change?  As a rule. */
static bool
ring_is_plain(const double *xy, uint32_t n)
{
	bool		plain = n > 0 && fabs(xy[0]) >= LEAST_COORDINATE &&
		fabs(xy[1]) >= LEAST_COORDINATE;

	for (uint32_t i = 1; i < n; i++)
	{
		const double *at = xy + 2 * (size_t) i;

		plain &= (fabs(at[0]) >= LEAST_COORDINATE) & (fabs(at[1]) >= LEAST_COORDINATE) &
			((at[0] != at[-2]) | (at[1] != at[-1]));
	}
	return plain;
}

/* The ring without repeated vertices; how many remain. */
static uint32_t
copy_ring(double *dst, const double *xy, uint32_t n)
{
	uint32_t	kept = 0;

	if (ring_is_plain(xy, n))
	{
		memcpy(dst, xy, 2 * sizeof(double) * (size_t) n);
		return n;
	}
	for (uint32_t i = 0; i < n; i++)
	{
		double		x = stored_value(xy[2 * (size_t) i]);
		double		y = stored_value(xy[2 * (size_t) i + 1]);
		double	   *at = dst + 2 * (size_t) kept;

		if (kept > 0 && at[-2] == x && at[-1] == y)
			continue;
		at[0] = x;
		at[1] = y;
		kept++;
	}
	return kept;
}

static void
turn_ring(double *xy, uint32_t n)
{
	for (size_t i = 0, j = n - 1; i < j; i++, j--)
	{
		double		x = xy[2 * i];
		double		y = xy[2 * i + 1];

		xy[2 * i] = xy[2 * j];
		xy[2 * i + 1] = xy[2 * j + 1];
		xy[2 * j] = x;
		xy[2 * j + 1] = y;
	}
}

static void
copy_record(MfStore *store, uint32_t record, const MfExtent *extent)
{
	const double *xy = extent->xy;
	const uint32_t *ring_points = extent->ring_points;
	bool		polygonal = kind_is_polygonal(extent->kind);

	store->kinds[record] = (uint8_t) extent->kind;
	for (uint32_t part = 0; part < extent->nparts; part++)
	{
		for (uint32_t i = 0; i < extent->part_rings[part]; i++)
		{
			uint32_t	ring = store->nrings++;
			double	   *dst = store->xy + 2 * (size_t) store->nvertices;
			uint32_t	n = copy_ring(dst, xy, *ring_points);

			if (polygonal && ring_runs_left(dst, n) != (i == 0))
				turn_ring(dst, n);
			if (i == 0)
				store->shells[ring / 32] |= 1u << (ring % 32);
			store->nvertices += n;
			store->ring_starts[store->nrings] = store->nvertices;
			xy += 2 * (size_t) *ring_points++;
		}
	}
	store->record_rings[record + 1] = store->nrings;
}

/* ---- building ---- */

static void
measure_extent(MinefieldBox *box, const MfExtent *extent)
{
	double		x0 = INFINITY,
				y0 = INFINITY,
				x1 = -INFINITY,
				y1 = -INFINITY;

	for (size_t i = 0; i < extent->npoints; i++)
	{
		double		x = extent->xy[2 * i];
		double		y = extent->xy[2 * i + 1];

		x0 = x < x0 ? x : x0;
		x1 = x > x1 ? x : x1;
		y0 = y < y0 ? y : y0;
		y1 = y > y1 ? y : y1;
	}
	box->xmin = float_below(stored_value(x0));
	box->ymin = float_below(stored_value(y0));
	box->xmax = float_above(stored_value(x1));
	box->ymax = float_above(stored_value(y1));
}

/* Boxes of all, and how much there is. */
static MfStatus
measure_all(Build *b, uint32_t n, size_t *nrings, size_t *nvertices)
{
	MfStore    *store = b->store;

	box_set_empty(&b->world);
	*nrings = *nvertices = 0;
	for (uint32_t i = 0; i < n; i++)
	{
		MfExtent	extent;

		if (interrupted(i))
			return MF_INTERRUPTED;
		b->source(i, &extent, b->arg);
		if (extent.nparts == 0 || extent.npoints == 0)
			continue;
		if (b->measured != NULL)
			measure_extent(&b->measured[i], &extent);
		box_add_box(&b->world, &b->boxes[i]);
		b->items[store->nrecords++].number = i;
		*nrings += extent.nrings;
		*nvertices += extent.npoints;
	}
	return *nrings >= UINT32_MAX || *nvertices >= UINT32_MAX ? MF_TOO_LARGE : MF_DONE;
}

static MfStatus
gather(Build *b, size_t nrings, size_t nvertices)
{
	MfStore    *store = b->store;
	const MfMemory *memory = &store->memory;
	uint32_t	n = store->nrecords;
	size_t		words = nrings / 32 + 1;
	MfExtent	ahead[AHEAD];	/* on their way from memory */

	store->xy = memory_get(memory, nvertices, 2 * sizeof(double));
	store->ring_starts = memory_get(memory, nrings + 1, sizeof(uint32_t));
	store->record_rings = memory_get(memory, (size_t) n + 1, sizeof(uint32_t));
	store->shells = memory_get(memory, words, sizeof(uint32_t));
	store->kinds = memory_get(memory, n, sizeof(uint8_t));
	store->numbers = memory_get(memory, n, sizeof(uint32_t));
	if (store->xy == NULL || store->ring_starts == NULL || store->record_rings == NULL ||
		store->shells == NULL || store->kinds == NULL || store->numbers == NULL)
		return MF_NO_MEMORY;
	memset(store->shells, 0, words * sizeof(uint32_t));
	store->ring_starts[0] = store->record_rings[0] = 0;
	for (uint32_t i = 0; i < n; i += AHEAD)
	{
		uint32_t	count = n - i < AHEAD ? n - i : AHEAD;

		if (mf_interrupted != NULL && i % 1024 == 0 && mf_interrupted())
			return MF_INTERRUPTED;
		for (uint32_t k = 0; k < count; k++)
		{
			store->numbers[i + k] = b->items[i + k].number;
			b->source(store->numbers[i + k], &ahead[k], b->arg);
			__builtin_prefetch(ahead[k].xy);
			__builtin_prefetch(ahead[k].xy + 8);
		}
		for (uint32_t k = 0; k < count; k++)
			copy_record(store, i + k, &ahead[k]);
	}
	return MF_DONE;
}

/* The boxes in canonical order, in place of the items, which are done with. */
static MfStatus
build_tree(Build *b)
{
	MfStore    *store = b->store;
	MinefieldBox *sorted = memory_get(&store->memory, store->nrecords, sizeof(MinefieldBox));
	MfStatus	status;

	if (sorted == NULL)
		return MF_NO_MEMORY;
	for (uint32_t i = 0; i < store->nrecords; i++)
		sorted[i] = b->boxes[store->numbers[i]];
	status = tree_build(&store->tree, &store->memory, sorted, store->nrecords);
	memory_give(&store->memory, sorted);
	return status;
}

static MfStatus
build(Build *b, uint32_t n)
{
	const MfMemory *memory = &b->store->memory;
	size_t		nrings,
				nvertices;
	MfStatus	status = MF_NO_MEMORY;

	b->items = memory_get(memory, n, sizeof(Item));
	b->other = memory_get(memory, n, sizeof(Item));
	if (b->items != NULL && b->other != NULL)
		status = measure_all(b, n, &nrings, &nvertices);
	if (status == MF_DONE)
		status = sort_items(b, b->store->nrecords);
	if (status == MF_DONE)
		status = gather(b, nrings, nvertices);
	memory_give(memory, b->items);
	memory_give(memory, b->other);
	if (status == MF_DONE)
		status = build_tree(b);
	return status;
}

MfStatus
store_build_boxed(MfStore *store, const MfMemory *memory, uint32_t n,
				  mf_extent_source source, const MinefieldBox *boxes,
				  mf_tie_breaker tie, void *arg)
{
	Build		b = {.store = store, .source = source, .tie = tie, .arg = arg, .boxes = boxes};
	MfStatus	status = MF_NO_MEMORY;

	memset(store, 0, sizeof(*store));
	store->memory = *memory;
	if (boxes == NULL)
		b.boxes = b.measured = memory_get(memory, n, sizeof(MinefieldBox));
	if (b.boxes != NULL)
		status = build(&b, n);
	memory_give(memory, b.measured);
	if (status != MF_DONE)
		store_free(store);
	return status;
}

MfStatus
store_build(MfStore *store, const MfMemory *memory, uint32_t n,
			mf_extent_source source, mf_tie_breaker tie, void *arg)
{
	return store_build_boxed(store, memory, n, source, NULL, tie, arg);
}

void
store_free(MfStore *store)
{
	const MfMemory memory = store->memory;

	memory_give(&memory, store->xy);
	memory_give(&memory, store->ring_starts);
	memory_give(&memory, store->record_rings);
	memory_give(&memory, store->shells);
	memory_give(&memory, store->kinds);
	memory_give(&memory, store->numbers);
	tree_free(&store->tree, &memory);
	memset(store, 0, sizeof(*store));
}

int
store_point_in(const MfStore *store, uint32_t record, const double *p)
{
	bool		inside = false;

	for (uint32_t k = store->record_rings[record]; k < store->record_rings[record + 1]; k++)
	{
		uint32_t	start = store->ring_starts[k];
		int			where = point_in_ring(p, store->xy + 2 * (size_t) start,
										  store->ring_starts[k + 1] - start);

		if (where == 0)
			return 0;
		if (where > 0)
			inside = !inside;
	}
	return inside ? 1 : -1;
}
