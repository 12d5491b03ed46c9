/*
 * gaps.c - the ground of an area of interest that no record covers
 *
 * The area of interest without the footprints, as one MultiPolygon, as rows
 * with their neighbours, or as rows made from a MultiPolygon of gaps.
 */
#include "mf_analysis.h"

#include "mf_areas.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"

/* About 0.1 mm: what rounding may move a corner where two edges cross. */
#define TOUCH_DEGREES	1e-9
#define WIDTH_TOLERANCE_M 0.01

/* ---- the parts of a gap ---- */

typedef struct Gap
{
	MfExtent	extent;			/* one polygon, a view */
	double		area_m2;
	uint32		nneighbours;
	uint32		room;
	uint32	   *neighbours;		/* entries of the ground */
} Gap;

/* Falling area, then canonical order. */
static int
compare_gaps(const void *pa, const void *pb)
{
	const Gap  *a = pa;
	const Gap  *b = pb;
	int			result;

	if (a->area_m2 != b->area_m2)
		return a->area_m2 > b->area_m2 ? -1 : 1;
	result = memcmp(a->extent.xy, b->extent.xy,
					16 * (Size) Min(a->extent.npoints, b->extent.npoints));
	if (result == 0 && a->extent.npoints != b->extent.npoints)
		result = a->extent.npoints < b->extent.npoints ? -1 : 1;
	return result;
}

static uint32
gaps_list(const MfExtent *gaps, double min_area_m2, Gap **list)
{
	MfExtentPart parts;
	MfExtent	part;
	uint32		n = 0;

	*list = palloc_extended(sizeof(Gap) * Max(gaps->nparts, 1),
							MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	extent_part_begin(&parts, gaps);
	while (extent_part_next(&parts, &part))
	{
		double		area_m2 = measure_area(&part);

		if (area_m2 < min_area_m2)
			continue;
		(*list)[n].extent = part;
		(*list)[n].area_m2 = area_m2;
		n++;
	}
	qsort(*list, n, sizeof(Gap), compare_gaps);
	return n;
}

/* A single polygon as the MultiPolygon that every geometry result is. */
static Datum
gap_geometry(const Gap *gap)
{
	MfExtent	multi = gap->extent;

	multi.kind = MF_MULTIPOLYGON;
	return mf_geometry_make(&multi);
}

static Datum
gap_centroid(const Gap *gap)
{
	static const uint32 one = 1;
	double		lonlat[2];
	MfExtent	point = {MF_POINT, 1, 1, 1, &one, &one, lonlat};

	mf_geos_centroid(&gap->extent, lonlat);
	return mf_geometry_make(&point);
}

/* The gaps as areas that can be asked, in memory of the current context. */
static void
listed_gap(uint32_t n, MfExtent *extent, void *arg)
{
	*extent = ((const Gap *) arg)[n].extent;
}

static MfAreas *
gaps_areas(const MfMemory *memory, Gap *list, uint32 n)
{
	MfAreas    *areas;

	mf_status_check(areas_build(&areas, memory, n, listed_gap, list));
	return areas;
}

/* neighbours is a text[] or (Datum) 0, aoi_m2 NaN where there is none. */
static HeapTuple
gap_row(TupleDesc row, const Gap *gap, uint32 n, MfAreas *areas, double aoi_m2,
		Datum neighbours)
{
	Datum		values[7];
	bool		nulls[7] = {false};
	double		width_m;

	mf_status_check(areas_width(areas, n, WIDTH_TOLERANCE_M, &width_m));

	values[0] = Int32GetDatum(n + 1);
	values[1] = Float8GetDatum(gap->area_m2);
	nulls[2] = !(aoi_m2 > 0);
	values[2] = Float8GetDatum(nulls[2] ? 0 : Min(gap->area_m2 / aoi_m2, 1));
	values[3] = Float8GetDatum(width_m);
	values[4] = gap_centroid(gap);
	nulls[5] = neighbours == (Datum) 0;
	values[5] = neighbours;
	values[6] = gap_geometry(gap);
	return heap_form_tuple(row, values, nulls);
}

/* ---- neighbours ---- */

typedef struct Neighbours
{
	Gap		   *gaps;
	const MfStore *shapes;
} Neighbours;

static bool
add_neighbour(uint32_t gap, uint32_t shape, void *arg)
{
	const Neighbours *neighbours = arg;
	Gap		   *g = &neighbours->gaps[gap];

	if (g->nneighbours == g->room)
	{
		g->room = Max(8, 2 * g->room);
		g->neighbours = g->neighbours == NULL ?
			palloc(sizeof(uint32) * g->room) :
			repalloc_huge(g->neighbours, sizeof(uint32) * g->room);
	}
	g->neighbours[g->nneighbours++] = neighbours->shapes->numbers[shape];
	return true;
}

static void
listed_shape(uint32_t n, MfExtent *extent, void *arg)
{
	*extent = *ground_shape((const MfGround *) arg, n);
}

/* Records that touch a gap, or that lie in it because they have no area. */
static void
find_neighbours(MfAreas *areas, Gap *gaps, const MfGround *ground)
{
	MfStore		shapes;
	Neighbours	neighbours = {gaps, &shapes};

	mf_status_check(store_build(&shapes, &ground->memory, ground->nentries, listed_shape, NULL,
								(void *) ground));
	mf_status_check(areas_near(areas, &shapes, TOUCH_DEGREES, add_neighbour, &neighbours));
	store_free(&shapes);
}

static int
compare_keys(const void *a, const void *b)
{
	return text_compare(a, b);
}

/* The keys of the neighbours, sorted, each once; records without key have none. */
static Datum
neighbour_keys(const Gap *gap, const MfGround *ground)
{
	MfText	   *keys = palloc(sizeof(MfText) * Max(gap->nneighbours, 1));
	Datum	   *values = palloc(sizeof(Datum) * Max(gap->nneighbours, 1));
	uint32		nkeys = 0;
	int			n = 0;

	for (uint32 i = 0; i < gap->nneighbours; i++)
	{
		keys[nkeys] = ground->entries[gap->neighbours[i]].key;
		if (keys[nkeys].data != NULL)
			nkeys++;
	}
	qsort(keys, nkeys, sizeof(MfText), compare_keys);
	for (uint32 i = 0; i < nkeys; i++)
	{
		bool		isnull;

		if (i == 0 || text_compare(&keys[i - 1], &keys[i]) != 0)
			values[n++] = text_or_null(&keys[i], &isnull);
	}
	return PointerGetDatum(construct_array(values, n, TEXTOID, -1, false,
										   TYPALIGN_INT));
}

/* ---- results ---- */

static Datum
gaps_result(FunctionCallInfo fcinfo, const MfRecordSet *set)
{
	MfGround	ground;
	MfOptions	options;
	MfArrangement arrangement;
	const MfExtent *gaps = &arrangement.gaps;
	StringInfoData ewkb;

	if (set == NULL || record_set_get_aoi(set) == NULL)
		PG_RETURN_NULL();
	ground_find(&ground, set);
	record_set_get_options(set, &options);
	ground_gaps(&arrangement, &ground, true);
	if (options.min_area_m2 > 0)
	{
		Gap		   *list;
		uint32		n = gaps_list(gaps, options.min_area_m2, &list);
		const MfExtent **kept = palloc_extended(sizeof(MfExtent *) * Max(n, 1),
												MCXT_ALLOC_HUGE);

		for (uint32 i = 0; i < n; i++)
			kept[i] = &list[i].extent;
		gaps = extent_join(kept, n);
	}
	mf_geometry_write(&ewkb, gaps);
	arrangement_free(&arrangement);
	PG_RETURN_DATUM(mf_geometry_receive(&ewkb));
}

static Datum
gap_rows_result(FunctionCallInfo fcinfo, const MfRecordSet *set)
{
	MfGround	ground;
	MfOptions	options;
	MfArrangement arrangement;
	TupleDesc	row;
	Gap		   *list;
	MfAreas    *areas;
	Datum	   *values;
	uint32		n;

	if (set == NULL || record_set_get_aoi(set) == NULL)
		PG_RETURN_NULL();
	ground_find(&ground, set);
	record_set_get_options(set, &options);
	ground_gaps(&arrangement, &ground, false);
	n = gaps_list(&arrangement.gaps, options.min_area_m2, &list);
	areas = gaps_areas(&ground.memory, list, n);
	find_neighbours(areas, list, &ground);
	row = result_row(fcinfo);
	values = palloc(sizeof(Datum) * Max(n, 1));
	for (uint32 i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		values[i] = HeapTupleGetDatum(gap_row(row, &list[i], i, areas, ground.aoi_m2,
											  neighbour_keys(&list[i], &ground)));
	}
	return result_array(fcinfo, values, n);
}

/* ---- aggregates ---- */

typedef void (*entry_adder) (MfRecordSet *, Datum, const MfText *, const MfText *);

/* (internal, record or extent, aoi geometry [, options jsonb]) -> internal */
static Datum
gaps_add(FunctionCallInfo fcinfo, entry_adder add)
{
	MfRecordSet *set = aggregate_set(fcinfo, MF_GAPS, 2, 3);

	if (set != NULL && !PG_ARGISNULL(1) && !PG_ARGISNULL(2))
		add(set, PG_GETARG_DATUM(1), NULL, NULL);
	return aggregate_state(fcinfo, set);
}

/* (internal, key, record or extent, aoi geometry [, options jsonb]) -> internal */
static Datum
gap_rows_add(FunctionCallInfo fcinfo, entry_adder add)
{
	MfRecordSet *set = aggregate_set(fcinfo, MF_GAPS, 3, 4);

	if (set != NULL && !PG_ARGISNULL(2) && !PG_ARGISNULL(3))
	{
		MfText		key;

		key_arg(fcinfo, 1, &key);
		add(set, PG_GETARG_DATUM(2), &key, NULL);
	}
	return aggregate_state(fcinfo, set);
}

/* mf_gaps_add(internal, minefield, geometry [, jsonb]) -> internal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_gaps_add);
Datum
mf_gaps_add(PG_FUNCTION_ARGS)
{
	return gaps_add(fcinfo, record_set_add_record);
}

/* mf_gaps_add_extent(internal, geometry, geometry [, jsonb]) -> internal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_gaps_add_extent);
Datum
mf_gaps_add_extent(PG_FUNCTION_ARGS)
{
	return gaps_add(fcinfo, record_set_add_extent);
}

/* mf_gaps_final(internal) -> geometry; NULL: no area of interest */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_gaps_final);
Datum
mf_gaps_final(PG_FUNCTION_ARGS)
{
	return gaps_result(fcinfo, record_set_arg(fcinfo, 0));
}

/* mf_gap_rows_add(internal, text|bigint, minefield, geometry [, jsonb]) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_gap_rows_add);
Datum
mf_gap_rows_add(PG_FUNCTION_ARGS)
{
	return gap_rows_add(fcinfo, record_set_add_record);
}

/* mf_gap_rows_add_extent(internal, text|bigint, geometry, geometry [, jsonb]) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_gap_rows_add_extent);
Datum
mf_gap_rows_add_extent(PG_FUNCTION_ARGS)
{
	return gap_rows_add(fcinfo, record_set_add_extent);
}

/* mf_gap_rows_final(internal) -> mf_gap[]; NULL: no area of interest */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_gap_rows_final);
Datum
mf_gap_rows_final(PG_FUNCTION_ARGS)
{
	return gap_rows_result(fcinfo, record_set_arg(fcinfo, 0));
}

/* ---- the same over arrays ---- */

static const MfArrayArgs gaps_args = {
	.values = 0, .keys = -1, .groups = -1, .aoi = 1, .options = 2
};

static const MfArrayArgs gap_rows_args = {
	.values = 1, .keys = 0, .groups = -1, .aoi = 2, .options = 3
};

/* mf_gaps(records minefield[], aoi geometry, margin_m, min_area_m2 float8) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_gaps);
Datum
mf_gaps(PG_FUNCTION_ARGS)
{
	return gaps_result(fcinfo, arrays_set(fcinfo, MF_GAPS, false, &gaps_args));
}

/* mf_gaps(extents geometry[], aoi geometry, margin_m, min_area_m2 float8) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_gaps_extent);
Datum
mf_gaps_extent(PG_FUNCTION_ARGS)
{
	return gaps_result(fcinfo, arrays_set(fcinfo, MF_GAPS, true, &gaps_args));
}

/* mf_gap_rows(keys text[], records minefield[], aoi geometry, ...) -> mf_gap[] */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_gap_rows);
Datum
mf_gap_rows(PG_FUNCTION_ARGS)
{
	return gap_rows_result(fcinfo,
						   arrays_set(fcinfo, MF_GAPS, false, &gap_rows_args));
}

/* mf_gap_rows(keys text[], extents geometry[], aoi geometry, ...) -> mf_gap[] */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_gap_rows_extent);
Datum
mf_gap_rows_extent(PG_FUNCTION_ARGS)
{
	return gap_rows_result(fcinfo,
						   arrays_set(fcinfo, MF_GAPS, true, &gap_rows_args));
}

/*
 * mf_gap_list(gaps geometry, aoi geometry, min_area_m2 float8) -> setof mf_gap;
 * a NULL area of interest leaves share_of_aoi NULL
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_gap_list);
Datum
mf_gap_list(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *results = (ReturnSetInfo *) fcinfo->resultinfo;
	double		aoi_m2 = NAN;
	double		min_area_m2 = PG_ARGISNULL(2) ? 0 : PG_GETARG_FLOAT8(2);
	MfExtent	gaps,
				aoi;
	Gap		   *list;
	MfMemory	memory;
	MfAreas    *areas;
	uint32		n;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	if (!(min_area_m2 >= 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_area_m2 must not be negative")));
	mf_geometry_aoi(PG_GETARG_DATUM(0), "geometry of the gaps", &gaps);
	if (!PG_ARGISNULL(1))
	{
		mf_geometry_aoi(PG_GETARG_DATUM(1), "area of interest", &aoi);
		aoi_m2 = measure_area(mf_geos_valid(&aoi));
	}
	n = gaps_list(mf_geos_valid(&gaps), min_area_m2, &list);
	mf_memory_of(&memory, CurrentMemoryContext);
	areas = gaps_areas(&memory, list, n);
	for (uint32 i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		tuplestore_puttuple(results->setResult,
							gap_row(results->setDesc, &list[i], i, areas, aoi_m2,
									(Datum) 0));
	}
	return (Datum) 0;
}
