/*
 * overlap.c - which records lie on the same ground
 *
 * Each pair whose boxes meet is classed by the areas of its footprints and of
 * their intersection; whether two extents touch at all is decided exactly.
 * What has no area is classed by touching and containment alone.
 */
#include "mf_analysis.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/memutils.h"

typedef enum OverlapClass
{
	OVERLAP_UNKNOWN,			/* one of the two is unlocated */
	OVERLAP_DUPLICATE,
	OVERLAP_CONTAINS,
	OVERLAP_WITHIN,
	OVERLAP_PARTIAL,
	OVERLAP_SLIVER,
	OVERLAP_ADJACENT,
	OVERLAP_NEAR,
	OVERLAP_NONE
} OverlapClass;

static const char *const class_names[] = {
	NULL, "duplicate", "contains", "within", "partial", "sliver", "adjacent",
	"near", "none"
};

/* One side of a pair. */
typedef struct Side
{
	const MfEntry *entry;
	const MfExtent *shape;		/* the footprint, else the extent */
	bool		has_area;
	double		area_m2;
} Side;

typedef struct Overlap
{
	uint32		a;				/* sides */
	uint32		b;
	OverlapClass class;
	MfContradiction contradicts;
	bool		both_areas;
	double		area_m2;		/* of the intersection */
	double		distance_m;
} Overlap;

static void
side_of(Side *side, const MfEntry *entry, const MfOptions *options)
{
	MfExtent   *footprint = footprint_of(&entry->extent, entry->width_m,
										 options->margin_m);

	side->entry = entry;
	side->shape = footprint ? footprint : &entry->extent;
	side->area_m2 = footprint ? measure_area(footprint) : 0;
	side->has_area = side->area_m2 >= MF_NO_AREA_M2;
}

/* ---- one pair ---- */

/*
 * Both have an area and share some of it.  The tolerance is the sliver, but
 * never more than half the smaller area, so that small records keep a class.
 */
static OverlapClass
class_of_areas(double a, double b, double common, double sliver_m2)
{
	double		tolerance = Min(sliver_m2, Min(a, b) / 2);

	if (a + b - 2 * common <= tolerance)
		return OVERLAP_DUPLICATE;
	if (b - common <= tolerance && a >= b)
		return OVERLAP_CONTAINS;
	if (a - common <= tolerance)
		return OVERLAP_WITHIN;
	if (b - common <= tolerance)
		return OVERLAP_CONTAINS;
	return common <= sliver_m2 ? OVERLAP_SLIVER : OVERLAP_PARTIAL;
}

static bool
same_positions(const MfExtent *a, const MfExtent *b)
{
	return a->kind == b->kind && a->npoints == b->npoints &&
		memcmp(a->xy, b->xy, sizeof(double) * 2 * a->npoints) == 0;
}

/* Rings that fold back upon themselves: GEOS has no predicates for such. */
static bool
is_collapsed(const Side *side)
{
	return !side->has_area && kind_is_polygonal(side->shape->kind);
}

/* At least one has no area, and they touch. */
static OverlapClass
class_of_shapes(const Side *a, const Side *b)
{
	bool		a_covers;
	bool		b_covers;

	if (is_collapsed(a) || is_collapsed(b))
		return same_positions(a->shape, b->shape) ? OVERLAP_DUPLICATE : OVERLAP_ADJACENT;
	a_covers = mf_geos_covers(a->shape, b->shape);
	b_covers = mf_geos_covers(b->shape, a->shape);
	if (a_covers && b_covers)
		return OVERLAP_DUPLICATE;
	if (a_covers)
		return OVERLAP_CONTAINS;
	if (b_covers)
		return OVERLAP_WITHIN;
	return OVERLAP_ADJACENT;
}

/* Do they share enough ground for their documents to speak of the same? */
static bool
same_place(OverlapClass class)
{
	return class >= OVERLAP_DUPLICATE && class <= OVERLAP_PARTIAL;
}

static void
overlap_find(Overlap *overlap, const Side *a, const Side *b,
			 const MfOptions *options)
{
	overlap->both_areas = a->has_area && b->has_area;
	overlap->area_m2 = 0;
	overlap->distance_m = 0;
	overlap->contradicts = MF_NOT_COMPARABLE;
	if (a->entry->extent.nparts == 0 || b->entry->extent.nparts == 0)
		overlap->class = OVERLAP_UNKNOWN;
	else if (!measure_touch(a->shape, b->shape))
	{
		overlap->distance_m = measure_distance(a->shape, b->shape, 0);
		overlap->class = options->near_m > 0 && overlap->distance_m <= options->near_m ?
			OVERLAP_NEAR : OVERLAP_NONE;
	}
	else if (!overlap->both_areas)
		overlap->class = class_of_shapes(a, b);
	else
	{
		overlap->area_m2 = measure_area(mf_geos_intersection(a->shape, b->shape));
		/* rounding must not make a part larger than the whole */
		overlap->area_m2 = Min(overlap->area_m2, Min(a->area_m2, b->area_m2));
		if (overlap->area_m2 < MF_NO_AREA_M2)
		{
			overlap->area_m2 = 0;
			overlap->class = OVERLAP_ADJACENT;
		}
		else
			overlap->class = class_of_areas(a->area_m2, b->area_m2,
											overlap->area_m2, options->sliver_m2);
	}
	if (same_place(overlap->class) && a->entry->record && b->entry->record)
		overlap->contradicts = documents_compare(a->entry->record,
												 b->entry->record);
}

static Datum
overlap_row(TupleDesc row, const Overlap *overlap, const Side *a, const Side *b)
{
	Datum		values[12] = {0};
	bool		nulls[12];
	double		common = overlap->area_m2;

	memset(nulls, true, sizeof(nulls));
	values[0] = text_or_null(&a->entry->key, &nulls[0]);
	values[1] = text_or_null(&b->entry->key, &nulls[1]);
	/* certainty, shift_m and shift_azimuth_deg are not computed */
	nulls[4] = overlap->contradicts == MF_NOT_COMPARABLE;
	values[4] = BoolGetDatum(overlap->contradicts == MF_CONTRADICT);
	if (overlap->class != OVERLAP_UNKNOWN)
	{
		values[2] = CStringGetTextDatum(class_names[overlap->class]);
		nulls[2] = false;
		values[9] = Float8GetDatum(overlap->distance_m);
		nulls[9] = false;
	}
	if (overlap->class != OVERLAP_UNKNOWN && overlap->both_areas)
	{
		values[5] = Float8GetDatum(common);
		values[6] = Float8GetDatum(common / a->area_m2);
		values[7] = Float8GetDatum(common / b->area_m2);
		values[8] = Float8GetDatum(common / (a->area_m2 + b->area_m2 - common));
		nulls[5] = nulls[6] = nulls[7] = nulls[8] = false;
	}
	return HeapTupleGetDatum(heap_form_tuple(row, values, nulls));
}

/* ---- all pairs ---- */

typedef struct PairSearch
{
	const MfOptions *options;
	bool		across;			/* only pairs of different groups */
	const Side *sides;
	MemoryContext scratch;		/* of one pair */
	Overlap    *found;
	Size		n;
	Size		size;
} PairSearch;

static void
consider_pair(uint32 i, uint32 j, void *arg)
{
	PairSearch *search = arg;
	const Side *sides = search->sides;
	MemoryContext caller;
	Overlap		overlap;

	/* groups compare as keys do: NULL is a group of its own */
	if (search->across &&
		text_compare(&sides[i].entry->group, &sides[j].entry->group) == 0)
		return;
	CHECK_FOR_INTERRUPTS();
	/* a is the one with the smaller key; equal keys keep the canonical order */
	if (text_compare(&sides[i].entry->key, &sides[j].entry->key) > 0)
	{
		overlap.a = j;
		overlap.b = i;
	}
	else
	{
		overlap.a = i;
		overlap.b = j;
	}
	caller = MemoryContextSwitchTo(search->scratch);
	overlap_find(&overlap, &sides[overlap.a], &sides[overlap.b], search->options);
	MemoryContextSwitchTo(caller);
	MemoryContextReset(search->scratch);
	if (overlap.class == OVERLAP_NONE)
		return;
	if (search->n == search->size)
	{
		search->size = Max(64, 2 * search->size);
		search->found = search->found == NULL ?
			palloc_extended(sizeof(Overlap) * search->size, MCXT_ALLOC_HUGE) :
			repalloc_huge(search->found, sizeof(Overlap) * search->size);
	}
	search->found[search->n++] = overlap;
}

static int
compare_overlaps(const void *pa, const void *pb, void *arg)
{
	const Overlap *x = pa;
	const Overlap *y = pb;
	const Side *sides = arg;
	int			result = text_compare(&sides[x->a].entry->key, &sides[y->a].entry->key);

	if (result == 0)
		result = text_compare(&sides[x->b].entry->key, &sides[y->b].entry->key);
	if (result == 0 && x->a != y->a)
		result = x->a < y->a ? -1 : 1;
	if (result == 0 && x->b != y->b)
		result = x->b < y->b ? -1 : 1;
	return result;
}

/* Boxes of the located ones, far enough out to meet what is near. */
static void
pair_search(PairSearch *search, uint32 n)
{
	MinefieldBox *boxes = palloc_extended(sizeof(MinefieldBox) * Max(n, 1),
										  MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < n; i++)
	{
		box_of_extent(&boxes[i], search->sides[i].shape);
		if (search->options->near_m > 0 && !box_is_empty(&boxes[i]))
			box_expand(&boxes[i], search->options->near_m);
	}
	box_sweep(boxes, n, NULL, 0, consider_pair, search);
	qsort_arg(search->found, search->n, sizeof(Overlap), compare_overlaps,
			  (void *) search->sides);
	pfree(boxes);
}

static Datum
overlaps_result(FunctionCallInfo fcinfo, const MfRecordSet *set, bool across)
{
	MfOptions	options;
	MfEntry    *entries;
	Side	   *sides;
	PairSearch	search = {.options = &options, .across = across};
	TupleDesc	row;
	Datum	   *values;
	uint32		n;

	if (set == NULL)
		PG_RETURN_NULL();
	record_set_get_options(set, &options);
	n = record_set_entries(set, &entries);
	sides = palloc_extended(sizeof(Side) * Max(n, 1), MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		side_of(&sides[i], &entries[i], &options);
	}
	search.sides = sides;
	search.scratch = AllocSetContextCreate(CurrentMemoryContext,
										   "minefield pair of records",
										   ALLOCSET_DEFAULT_SIZES);
	pair_search(&search, n);
	row = result_row(fcinfo);
	values = palloc_extended(sizeof(Datum) * Max(search.n, 1), MCXT_ALLOC_HUGE);
	for (Size i = 0; i < search.n; i++)
		values[i] = overlap_row(row, &search.found[i], &sides[search.found[i].a],
								&sides[search.found[i].b]);
	return result_array(fcinfo, values, search.n);
}

/* ---- aggregates ---- */

/*
 * (internal, key, record or extent [, group_key text] [, options jsonb]); the
 * fourth argument is told by its type.
 */
static Datum
overlaps_add(FunctionCallInfo fcinfo,
			 void (*add) (MfRecordSet *, Datum, const MfText *, const MfText *))
{
	bool		grouped = PG_NARGS() > 3 &&
		get_fn_expr_argtype(fcinfo->flinfo, 3) != JSONBOID;
	MfRecordSet *set = aggregate_set(fcinfo, MF_OVERLAPS, -1, grouped ? 4 : 3);

	if (!PG_ARGISNULL(2))
	{
		MfText		key,
					group;

		key_arg(fcinfo, 1, &key);
		key_arg(fcinfo, grouped ? 3 : -1, &group);
		add(set, PG_GETARG_DATUM(2), &key, &group);
	}
	return aggregate_state(fcinfo, set);
}

/* mf_overlaps_add(internal, text|bigint, minefield [, text] [, jsonb]) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_overlaps_add);
Datum
mf_overlaps_add(PG_FUNCTION_ARGS)
{
	return overlaps_add(fcinfo, record_set_add_record);
}

/* mf_overlaps_add_extent(internal, text|bigint, geometry [, text] [, jsonb]) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_overlaps_add_extent);
Datum
mf_overlaps_add_extent(PG_FUNCTION_ARGS)
{
	return overlaps_add(fcinfo, record_set_add_extent);
}

/* mf_overlaps_final(internal) -> mf_overlap_result[]; NULL: no rows */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_overlaps_final);
Datum
mf_overlaps_final(PG_FUNCTION_ARGS)
{
	return overlaps_result(fcinfo, record_set_arg(fcinfo, 0), false);
}

/* mf_overlaps_across_final(internal): only pairs of different groups */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_overlaps_across_final);
Datum
mf_overlaps_across_final(PG_FUNCTION_ARGS)
{
	return overlaps_result(fcinfo, record_set_arg(fcinfo, 0), true);
}

/* ---- the same over arrays, and of two ---- */

static Datum
overlaps_of_arrays(FunctionCallInfo fcinfo, bool geometries)
{
	static const MfArrayArgs args = {
		.keys = 0, .values = 1, .groups = 2, .aoi = -1, .options = 3
	};

	return overlaps_result(fcinfo, arrays_set(fcinfo, MF_OVERLAPS, geometries, &args),
						   !PG_ARGISNULL(2));
}

/* mf_overlaps(keys text[], records minefield[], group_keys text[], ...) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_overlaps);
Datum
mf_overlaps(PG_FUNCTION_ARGS)
{
	return overlaps_of_arrays(fcinfo, false);
}

/* mf_overlaps(keys text[], extents geometry[], group_keys text[], ...) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_overlaps_extent);
Datum
mf_overlaps_extent(PG_FUNCTION_ARGS)
{
	return overlaps_of_arrays(fcinfo, true);
}

static Datum
overlap_of_two(FunctionCallInfo fcinfo, MfEntry *a, MfEntry *b)
{
	MfOptions	options;
	Side		sides[2];
	Overlap		overlap;

	options_from_args(&options, MF_OVERLAPS, fcinfo, 2);
	side_of(&sides[0], a, &options);
	side_of(&sides[1], b, &options);
	overlap_find(&overlap, &sides[0], &sides[1], &options);
	return overlap_row(result_row(fcinfo), &overlap, &sides[0], &sides[1]);
}

static void
entry_of_record(MfEntry *entry, const Minefield *mf)
{
	char	   *id = minefield_id(mf);

	memset(entry, 0, sizeof(*entry));
	minefield_extent(mf, &entry->extent);
	entry->width_m = minefield_width_m(mf);
	entry->record = mf;
	entry->key.data = id;
	entry->key.len = id ? strlen(id) : 0;
}

/* mf_overlap(a minefield, b minefield, ...) -> mf_overlap_result */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_overlap);
Datum
mf_overlap(PG_FUNCTION_ARGS)
{
	MfEntry		a,
				b;

	entry_of_record(&a, PG_GETARG_MINEFIELD_P(0));
	entry_of_record(&b, PG_GETARG_MINEFIELD_P(1));
	return overlap_of_two(fcinfo, &a, &b);
}

/* mf_overlap(a geometry, b geometry, ...) -> mf_overlap_result */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_overlap_extent);
Datum
mf_overlap_extent(PG_FUNCTION_ARGS)
{
	MfEntry		a = {.width_m = NAN};
	MfEntry		b = {.width_m = NAN};

	mf_geometry_extent(PG_GETARG_DATUM(0), false, &a.extent);
	mf_geometry_extent(PG_GETARG_DATUM(1), false, &b.extent);
	return overlap_of_two(fcinfo, &a, &b);
}
