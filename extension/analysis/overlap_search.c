/*
 * overlap_search.c - all pairs of a set of records
 *
 * A tree of the boxes, each as far out as its record may reach, joined with
 * itself; every pair of boxes that meet is looked at once, and what was found
 * is put into the order of the keys.
 */
#include "mf_overlap.h"

#include "mf_store.h"

typedef struct PairSearch
{
	MfPairs    *pairs;
	const MfRecordSet *set;
	bool		across;
	const MinefieldBox *boxes;	/* of what is to be stored */
	Size		size;			/* of pairs->found */
} PairSearch;

/* ---- the order of the keys ---- */

/* The first bytes of a key settle most comparisons. */
typedef struct RankItem
{
	uint64		prefix;
	uint32		side;
} RankItem;

static uint64
key_prefix(const MfText *key)
{
	uint64		prefix = 0;

	if (key->data == NULL)
		return PG_UINT64_MAX;
	for (uint32 i = 0; i < sizeof(prefix) && i < key->len; i++)
		prefix |= (uint64) (unsigned char) key->data[i] << (56 - 8 * i);
	return prefix;
}

static int
compare_ranks(const RankItem *x, const RankItem *y, const MfSide *sides)
{
	int			result;

	if (x->prefix != y->prefix)
		return x->prefix < y->prefix ? -1 : 1;
	result = text_compare(&sides[x->side].entry.key, &sides[y->side].entry.key);
	/* equal keys are told apart by content, never by the order they came in */
	return result != 0 ? result :
		entry_compare(&sides[x->side].entry, &sides[y->side].entry);
}

#define ST_SORT sort_ranks
#define ST_ELEMENT_TYPE RankItem
#define ST_COMPARE_ARG_TYPE const MfSide
#define ST_COMPARE(a, b, sides) compare_ranks(a, b, sides)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

static void
rank_sides(MfSide *sides, uint32 n)
{
	RankItem   *items = mf_alloc_large(CurrentMemoryContext, sizeof(RankItem) * Max(n, 1));

	for (uint32 i = 0; i < n; i++)
	{
		items[i].prefix = key_prefix(&sides[i].entry.key);
		items[i].side = i;
	}
	sort_ranks(items, n, sides);
	for (uint32 i = 0; i < n; i++)
		sides[items[i].side].rank = i;
	mf_free_large(items);
}

/* ---- the order of what was found: by the ranks of a, then of b ---- */

static uint32
second_rank(const MfPairs *pairs, uint32 found)
{
	return pairs->sides[pairs->found[found].b].rank;
}

/* Sort the pairs of one a: few, as a rule. */
static int
compare_seconds(const void *x, const void *y, void *arg)
{
	uint32		rank_x = second_rank(arg, *(const uint32 *) x);
	uint32		rank_y = second_rank(arg, *(const uint32 *) y);

	return rank_x < rank_y ? -1 : rank_x > rank_y;
}

static void
order_pairs(MfPairs *pairs)
{
	uint32		nsides = pairs->nsides;
	Size		size = sizeof(Size) * ((Size) nsides + 1);
	Size	   *starts = mf_alloc_large(CurrentMemoryContext, size);
	Size		at = 0;

	memset(starts, 0, size);
	pairs->order = mf_alloc_large(CurrentMemoryContext, sizeof(uint32) * Max(pairs->n, 1));
	for (Size i = 0; i < pairs->n; i++)
		starts[pairs->sides[pairs->found[i].a].rank]++;
	for (uint32 rank = 0; rank <= nsides; rank++)
	{
		Size		count = starts[rank];

		starts[rank] = at;
		at += count;
	}
	for (Size i = 0; i < pairs->n; i++)
		pairs->order[starts[pairs->sides[pairs->found[i].a].rank]++] = i;
	/* each has moved on to where the next begins */
	at = 0;
	for (uint32 rank = 0; rank < nsides; rank++)
	{
		CHECK_FOR_INTERRUPTS();
		if (starts[rank] > at + 1)
			qsort_arg(pairs->order + at, starts[rank] - at, sizeof(uint32),
					  compare_seconds, pairs);
		at = starts[rank];
	}
	mf_free_large(starts);
}

/* ---- the search ---- */

static bool
consider_pair(uint32_t i, uint32_t j, void *arg)
{
	PairSearch *search = arg;
	MfPairs    *pairs = search->pairs;
	MfOverlap	overlap;

	/* groups compare as keys do: NULL is a group of its own */
	if (search->across && text_compare(&pairs->sides[i].entry.group,
									   &pairs->sides[j].entry.group) == 0)
		return true;
	CHECK_FOR_INTERRUPTS();
	/* a is the one with the smaller key */
	overlap.a = pairs->sides[i].rank < pairs->sides[j].rank ? i : j;
	overlap.b = i + j - overlap.a;
	overlap_find(&overlap, &pairs->sides[overlap.a], &pairs->sides[overlap.b],
				 &pairs->finder);
	if (overlap.class == MF_OVERLAP_NONE)
		return true;
	if (pairs->n == search->size)
	{
		if (pairs->n == PG_UINT32_MAX)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("too many pairs of records")));
		/* pairs may be many more than records */
		record_set_check_memory(search->set, sizeof(MfOverlap) * pairs->n);
		search->size = Min(Max(64, search->size + search->size / 2), PG_UINT32_MAX);
		pairs->found = pairs->found == NULL ?
			palloc_extended(sizeof(MfOverlap) * search->size, MCXT_ALLOC_HUGE) :
			repalloc_huge(pairs->found, sizeof(MfOverlap) * search->size);
	}
	pairs->found[pairs->n++] = overlap;
	return true;
}

/* The box of a side as two points: all that the tree is made of. */
static void
box_source(uint32_t n, MfExtent *extent, void *arg)
{
	PairSearch *search = arg;
	static const uint32_t ones[] = {1, 1};
	static double corners[4];
	const MinefieldBox *box = &search->boxes[n];

	memset(extent, 0, sizeof(*extent));
	if (box_is_empty(box))
		return;
	corners[0] = box->xmin;
	corners[1] = box->ymin;
	corners[2] = box->xmax;
	corners[3] = box->ymax;
	extent->kind = MF_MULTIPOINT;
	extent->nparts = extent->nrings = extent->npoints = 2;
	extent->part_rings = extent->ring_points = ones;
	extent->xy = corners;
}

/*
 * The box of what may be near a side.  Two that are near each other have a
 * point between them that neither has farther than its share: half of near_m,
 * or its own accuracy.
 */
static void
reach_box(MinefieldBox *box, const MfSide *side, const MfOptions *options)
{
	double		reach_m = options->near_m / 2;
	double		accuracy_m = side->entry.accuracy95_m;

	if (accuracy_m > reach_m)
		reach_m = accuracy_m;
	*box = side->box;
	if (reach_m > 0 && !box_is_empty(box))
		box_expand(box, reach_m * 1.0001 + 1e-3);
}

/*
 * Put the sides into the order of the store, those that it does not have
 * behind.  In place: of many records, sides are too large to have twice.
 */
static void
order_sides(MfSide *sides, uint32 n, const MfStore *store)
{
	uint32	   *to = mf_alloc_large(CurrentMemoryContext, sizeof(uint32) * Max(n, 1));
	uint32		behind = store->nrecords;

	memset(to, 0xff, sizeof(uint32) * n);	/* MF_NONE */
	for (uint32 i = 0; i < store->nrecords; i++)
		to[store->numbers[i]] = i;
	for (uint32 i = 0; i < n; i++)
	{
		if (to[i] == MF_NONE)
			to[i] = behind++;
	}
	for (uint32 i = 0; i < n; i++)
	{
		MfSide		moving = sides[i];
		uint32		place = to[i];

		CHECK_FOR_INTERRUPTS();
		while (place != i)
		{
			MfSide		next = sides[place];
			uint32		next_place = to[place];

			sides[place] = moving;
			to[place] = place;
			moving = next;
			place = next_place;
		}
		sides[i] = moving;
		to[i] = i;
	}
	mf_free_large(to);
}

/*
 * The tree over the located sides, which are put into its order: what is near
 * on the ground is near in memory.
 */
static void
make_sides(PairSearch *search, MfStore *store)
{
	MfPairs    *pairs = search->pairs;
	MfMemory	memory;
	MfEntry    *entries;
	uint32		n = record_set_list(search->set, &entries);
	MfSide	   *sides = mf_alloc_large(CurrentMemoryContext, sizeof(MfSide) * Max(n, 1));
	MinefieldBox *boxes = mf_alloc_large(CurrentMemoryContext,
										 sizeof(MinefieldBox) * Max(n, 1));

	for (uint32 i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		side_begin(&sides[i], &entries[i], &pairs->finder);
		reach_box(&boxes[i], &sides[i], pairs->finder.options);
	}
	mf_free_large(entries);
	search->boxes = boxes;
	record_set_memory(search->set, &memory);
	mf_status_check(store_build(store, &memory, n, box_source, NULL, search));
	mf_free_large(boxes);
	pairs->nsides = store->nrecords;
	order_sides(sides, n, store);
	pairs->sides = sides;
}

void
pairs_find(MfPairs *pairs, const MfRecordSet *set, const MfOptions *options,
		   bool across)
{
	MfStore		store;
	PairSearch	search = {.pairs = pairs, .set = set, .across = across};

	memset(pairs, 0, sizeof(*pairs));
	pair_finder_begin(&pairs->finder, options);
	make_sides(&search, &store);
	rank_sides(pairs->sides, pairs->nsides);
	mf_status_check(tree_join(&store.tree, 0, store.nrecords, consider_pair, &search));
	store_free(&store);
	order_pairs(pairs);
}

void
pairs_free(MfPairs *pairs)
{
	mf_free_large(pairs->sides);
	mf_free_large(pairs->order);
	if (pairs->found != NULL)
		pfree(pairs->found);
	MemoryContextDelete(pairs->finder.scratch);
}
