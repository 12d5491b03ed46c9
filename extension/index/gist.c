/*
 * gist.c - GiST operator classes of minefield and minefield_box
 *
 * One set of functions serves both classes: the key of either is a
 * minefield_box, copied from the header of a record, exact for the box
 * operators and a lower bound for distances.  Unlocated records have the empty
 * key: no comparison finds them, ORDER BY <-> returns them last, at Infinity.
 *
 * The values of records are never read after compress.
 */
#include "mf_index.h"

#include "access/gist.h"
#include "access/skey.h"
#include "catalog/pg_type.h"
#include "utils/float.h"
#include "utils/lsyscache.h"
#include "utils/sortsupport.h"

/* ---- the query ---- */

/*
 * The box of the scan's argument, kept between index tuples.  A record or a
 * geometry is recognised by the bytes of its datum (that of a toasted value is
 * the pointer to it).
 */
typedef struct QueryBox
{
	Oid			named;			/* the type the scan named, or InvalidOid */
	MfOperand	kind;
	MinefieldBox box;
	Size		size;			/* of bytes; 0: nothing kept */
	char	   *bytes;
	Size		room;
} QueryBox;

/*
 * The operator class's own type, which the support function is declared with:
 * what an exclusion constraint means when it names none.
 */
static Oid
declared_type(FunctionCallInfo fcinfo)
{
	Oid		   *types;
	int			ntypes;

	get_func_signature(fcinfo->flinfo->fn_oid, &types, &ntypes);
	Assert(ntypes > 1);
	return types[1];
}

static QueryBox *
query_cache(FunctionCallInfo fcinfo, Oid type)
{
	QueryBox   *cache = fcinfo->flinfo->fn_extra;
	bool		fresh = cache == NULL;

	if (fresh)
	{
		cache = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(QueryBox));
		cache->bytes = NULL;
		cache->room = 0;
		fcinfo->flinfo->fn_extra = cache;
	}
	if (fresh || cache->named != type)
	{
		Oid			meant = OidIsValid(type) ? type : declared_type(fcinfo);

		if (get_typlen(meant) == sizeof(MinefieldBox))
			cache->kind = MF_OPERAND_BOX;
		else if (meant == mf_geometry_oid())
			cache->kind = MF_OPERAND_GEOMETRY;
		else
			cache->kind = MF_OPERAND_RECORD;
		cache->size = 0;
		cache->named = type;
	}
	return cache;
}

static void
query_box(FunctionCallInfo fcinfo, Datum query, Oid type, MinefieldBox *box,
		  MfOperand *kind)
{
	QueryBox   *cache = query_cache(fcinfo, type);
	Size		size;

	*kind = cache->kind;
	if (cache->kind == MF_OPERAND_BOX)
	{
		*box = *DatumGetMinefieldBoxP(query);
		return;
	}
	size = VARSIZE_ANY(DatumGetPointer(query));
	if (cache->size == size && memcmp(cache->bytes, DatumGetPointer(query), size) == 0)
	{
		*box = cache->box;
		return;
	}
	cache->size = 0;
	operand_box(cache->kind, query, box);
	if (size > cache->room)
	{
		if (cache->bytes != NULL)
			pfree(cache->bytes);
		cache->bytes = NULL;
		cache->room = 0;
		cache->bytes = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, size);
		cache->room = size;
	}
	memcpy(cache->bytes, DatumGetPointer(query), size);
	cache->box = *box;
	cache->size = size;
}

/* ---- consistent ---- */

static bool
leaf_consistent(const MinefieldBox *key, const MinefieldBox *query,
				StrategyNumber strategy)
{
	switch (strategy)
	{
		case RTOverlapStrategyNumber:
			return box_overlaps(key, query);
		case RTSameStrategyNumber:
			return box_equal(key, query);
		case RTContainsStrategyNumber:
			return box_contains(key, query);
		case RTContainedByStrategyNumber:
			return box_contains(query, key);
		default:
			elog(ERROR, "unrecognized GiST strategy number: %d", strategy);
	}
}

/* May a leaf below this key be consistent? */
static bool
inner_consistent(const MinefieldBox *key, const MinefieldBox *query,
				 StrategyNumber strategy)
{
	switch (strategy)
	{
		case RTOverlapStrategyNumber:
		case RTContainedByStrategyNumber:
			return box_overlaps(key, query);
		case RTSameStrategyNumber:
		case RTContainsStrategyNumber:
			return box_contains(key, query);
		default:
			elog(ERROR, "unrecognized GiST strategy number: %d", strategy);
	}
}

/*
 * minefield_gist_consistent(internal, minefield | minefield_box, smallint, oid,
 * internal) returns boolean
 *
 * The operators compare boxes and the key is the box: nothing to recheck.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_gist_consistent);
Datum
minefield_gist_consistent(PG_FUNCTION_ARGS)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);
	StrategyNumber strategy = PG_GETARG_UINT16(2);
	bool	   *recheck = (bool *) PG_GETARG_POINTER(4);
	const MinefieldBox *key = DatumGetMinefieldBoxP(entry->key);
	MinefieldBox query;
	MfOperand	kind;

	*recheck = false;
	query_box(fcinfo, PG_GETARG_DATUM(1), PG_GETARG_OID(3), &query, &kind);
	if (GIST_LEAF(entry))
		PG_RETURN_BOOL(leaf_consistent(key, &query, strategy));
	PG_RETURN_BOOL(inner_consistent(key, &query, strategy));
}

/* ---- union, compress ---- */

/* minefield_gist_union(internal, internal) returns minefield_box */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_gist_union);
Datum
minefield_gist_union(PG_FUNCTION_ARGS)
{
	GistEntryVector *entries = (GistEntryVector *) PG_GETARG_POINTER(0);
	int		   *size = (int *) PG_GETARG_POINTER(1);
	MinefieldBox *all = palloc(sizeof(MinefieldBox));

	box_set_empty(all);
	for (int i = 0; i < entries->n; i++)
		box_add_box(all, DatumGetMinefieldBoxP(entries->vector[i].key));
	*size = sizeof(MinefieldBox);
	PG_RETURN_MINEFIELD_BOX_P(all);
}

/* minefield_gist_compress(internal) returns internal: a record becomes its box */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_gist_compress);
Datum
minefield_gist_compress(PG_FUNCTION_ARGS)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);
	GISTENTRY  *compressed;
	MinefieldBox *box;

	if (!entry->leafkey)
		PG_RETURN_POINTER(entry);
	box = palloc(sizeof(MinefieldBox));
	minefield_box_of(entry->key, box);
	compressed = palloc(sizeof(GISTENTRY));
	gistentryinit(*compressed, PointerGetDatum(box), entry->rel, entry->page,
				  entry->offset, false);
	PG_RETURN_POINTER(compressed);
}

/* ---- penalty ---- */

/* More than any box can grow: the empty and the others keep apart. */
#define PENALTY_APART 1e6f

/* Width and height together: unlike the area it also ranks lines and points. */
static double
box_margin(const MinefieldBox *box)
{
	if (box_is_empty(box))
		return 0;
	return ((double) box->xmax - box->xmin) + ((double) box->ymax - box->ymin);
}

static double
box_degrees2(const MinefieldBox *box)
{
	if (box_is_empty(box))
		return 0;
	return ((double) box->xmax - box->xmin) * ((double) box->ymax - box->ymin);
}

/* minefield_gist_penalty(internal, internal, internal) returns internal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_gist_penalty);
Datum
minefield_gist_penalty(PG_FUNCTION_ARGS)
{
	const MinefieldBox *old =
		DatumGetMinefieldBoxP(((GISTENTRY *) PG_GETARG_POINTER(0))->key);
	const MinefieldBox *new =
		DatumGetMinefieldBoxP(((GISTENTRY *) PG_GETARG_POINTER(1))->key);
	float	   *penalty = (float *) PG_GETARG_POINTER(2);
	MinefieldBox all = *old;

	if (box_is_empty(old) != box_is_empty(new))
		*penalty = PENALTY_APART;
	else
	{
		box_add_box(&all, new);
		*penalty = box_margin(&all) - box_margin(old);
	}
	PG_RETURN_POINTER(penalty);
}

/* ---- picksplit ---- */

/* No side gets less than this share of the entries. */
#define SPLIT_LEAST_SHARE 0.3

typedef struct SplitEntry
{
	MinefieldBox box;
	OffsetNumber offset;
} SplitEntry;

/* A way to cut a sorted list in two: the first count go left. */
typedef struct SplitChoice
{
	int			order;			/* -1: none yet */
	int			count;
	double		overlap;		/* square degrees common to both sides */
	double		margin;			/* of both sides */
} SplitChoice;

/* The four orders of R*-trees: by lower and upper side, in x and in y. */
#define SPLIT_COMPARE(name, first, second) \
static int \
name(const void *p, const void *q) \
{ \
	const MinefieldBox *a = &((const SplitEntry *) p)->box; \
	const MinefieldBox *b = &((const SplitEntry *) q)->box; \
 \
	if (a->first != b->first) \
		return a->first < b->first ? -1 : 1; \
	return (a->second > b->second) - (a->second < b->second); \
}

SPLIT_COMPARE(compare_west, xmin, xmax)
SPLIT_COMPARE(compare_east, xmax, xmin)
SPLIT_COMPARE(compare_south, ymin, ymax)
SPLIT_COMPARE(compare_north, ymax, ymin)

static int	(*const split_orders[]) (const void *, const void *) = {
	compare_west, compare_east, compare_south, compare_north
};

static double
overlap_degrees2(const MinefieldBox *a, const MinefieldBox *b)
{
	MinefieldBox common;

	if (!box_overlaps(a, b))
		return 0;
	common.xmin = Max(a->xmin, b->xmin);
	common.ymin = Max(a->ymin, b->ymin);
	common.xmax = Min(a->xmax, b->xmax);
	common.ymax = Min(a->ymax, b->ymax);
	return box_degrees2(&common);
}

/* Try every allowed cut of a sorted list; tails is scratch for n boxes. */
static void
split_try(const SplitEntry *entries, int n, int order, MinefieldBox *tails,
		  SplitChoice *best)
{
	int			least = Max(1, (int) (n * SPLIT_LEAST_SHARE));
	MinefieldBox head;
	MinefieldBox tail;

	box_set_empty(&head);
	box_set_empty(&tail);
	for (int i = n - 1; i >= 0; i--)
	{
		box_add_box(&tail, &entries[i].box);
		tails[i] = tail;
	}
	for (int i = 0; i < n - least; i++)
	{
		SplitChoice choice;

		box_add_box(&head, &entries[i].box);
		if (i + 1 < least)
			continue;
		choice.order = order;
		choice.count = i + 1;
		choice.overlap = overlap_degrees2(&head, &tails[i + 1]);
		choice.margin = box_margin(&head) + box_margin(&tails[i + 1]);
		if (best->order < 0 || choice.overlap < best->overlap ||
			(choice.overlap == best->overlap && choice.margin < best->margin))
			*best = choice;
	}
}

/* Hand out one side of the split. */
static OffsetNumber *
split_side(const SplitEntry *entries, int n, MinefieldBox *all)
{
	OffsetNumber *offsets = palloc(sizeof(OffsetNumber) * n);

	box_set_empty(all);
	for (int i = 0; i < n; i++)
	{
		offsets[i] = entries[i].offset;
		box_add_box(all, &entries[i].box);
	}
	return offsets;
}

/*
 * minefield_gist_picksplit(internal, internal) returns internal
 *
 * As in R*-trees (Beckmann et al. 1990, 4.2): of all cuts of the entries
 * sorted by each side, the one with the least overlap, then the least margin.
 * Equal and empty keys sort somewhere and so are split like any others.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_gist_picksplit);
Datum
minefield_gist_picksplit(PG_FUNCTION_ARGS)
{
	GistEntryVector *vector = (GistEntryVector *) PG_GETARG_POINTER(0);
	GIST_SPLITVEC *split = (GIST_SPLITVEC *) PG_GETARG_POINTER(1);
	int			n = vector->n - FirstOffsetNumber;
	SplitEntry *entries = palloc(sizeof(SplitEntry) * n);
	MinefieldBox *tails = palloc(sizeof(MinefieldBox) * n);
	MinefieldBox *left = palloc(sizeof(MinefieldBox));
	MinefieldBox *right = palloc(sizeof(MinefieldBox));
	SplitChoice best = {.order = -1};

	for (int i = 0; i < n; i++)
	{
		entries[i].offset = FirstOffsetNumber + i;
		entries[i].box =
			*DatumGetMinefieldBoxP(vector->vector[entries[i].offset].key);
	}
	for (int order = 0; order < lengthof(split_orders); order++)
	{
		qsort(entries, n, sizeof(SplitEntry), split_orders[order]);
		split_try(entries, n, order, tails, &best);
	}
	qsort(entries, n, sizeof(SplitEntry), split_orders[best.order]);
	split->spl_nleft = best.count;
	split->spl_left = split_side(entries, best.count, left);
	split->spl_nright = n - best.count;
	split->spl_right = split_side(entries + best.count, n - best.count, right);
	split->spl_ldatum = PointerGetDatum(left);
	split->spl_rdatum = PointerGetDatum(right);
	PG_RETURN_POINTER(split);
}

/* ---- same, distance ---- */

/* minefield_gist_same(minefield_box, minefield_box, internal) returns internal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_gist_same);
Datum
minefield_gist_same(PG_FUNCTION_ARGS)
{
	const MinefieldBox *a = PG_GETARG_MINEFIELD_BOX_P(0);
	const MinefieldBox *b = PG_GETARG_MINEFIELD_BOX_P(1);
	bool	   *same = (bool *) PG_GETARG_POINTER(2);

	*same = memcmp(a, b, sizeof(MinefieldBox)) == 0;
	PG_RETURN_POINTER(same);
}

/*
 * The bound itself is the operator's result where one side is a box: with any
 * operand of an indexed box, with a box operand of an indexed record.
 */
static double
key_distance(FunctionCallInfo fcinfo, MfOperand *kind)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);
	MinefieldBox query;

	query_box(fcinfo, PG_GETARG_DATUM(1), PG_GETARG_OID(3), &query, kind);
	return box_distance_bound(DatumGetMinefieldBoxP(entry->key), &query);
}

/*
 * minefield_gist_distance(internal, minefield, smallint, oid, internal)
 * returns float8
 *
 * Against a record or a geometry it is less than any distance the operator
 * can come to, its error included: the executor relies on that when it puts
 * rechecked rows in order.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_gist_distance);
Datum
minefield_gist_distance(PG_FUNCTION_ARGS)
{
	bool	   *recheck = (bool *) PG_GETARG_POINTER(4);
	MfOperand	kind;
	double		distance = key_distance(fcinfo, &kind);

	*recheck = kind != MF_OPERAND_BOX &&
		GIST_LEAF((GISTENTRY *) PG_GETARG_POINTER(0));
	if (kind != MF_OPERAND_BOX && !isinf(distance))
		distance = Max(0.0, distance - MF_DISTANCE_SLACK(distance));
	PG_RETURN_FLOAT8(distance);
}

/*
 * minefield_box_gist_distance(internal, minefield_box, smallint, oid,
 * internal) returns float8
 *
 * Never to be rechecked, which an index-only scan could not do.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_box_gist_distance);
Datum
minefield_box_gist_distance(PG_FUNCTION_ARGS)
{
	bool	   *recheck = (bool *) PG_GETARG_POINTER(4);
	MfOperand	kind;

	*recheck = false;
	PG_RETURN_FLOAT8(key_distance(fcinfo, &kind));
}
