/*
 * coverage.c - how much of an area of interest is recorded, and how often
 *
 * One arrangement gives the areas recorded never, once, twice and so on; their
 * sum from once on is the recorded area.
 */
#include "mf_analysis.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"

/* ---- what uncertainty reaches ---- */

/*
 * The zones within the accuracy of each record with a known one that may reach
 * the area of interest, after the footprints in extents; false: no located
 * record has a known accuracy.
 */
static bool
find_zones(const MfGround *ground, const MfExtent **extents, uint32 *n)
{
	MinefieldBox aoi_box;
	bool		known = false;

	box_of_extent(&aoi_box, ground->aoi);
	for (uint32 i = 0; i < ground->nentries; i++)
	{
		const MfEntry *entry = &ground->entries[i];
		MinefieldBox box;

		if (entry->extent.nparts == 0 || isnan(entry->accuracy95_m))
			continue;
		known = true;
		if (!(entry->accuracy95_m > 0))
			continue;
		CHECK_FOR_INTERRUPTS();
		box_of_extent(&box, ground_shape(ground, i));
		box_expand(&box, Min(entry->accuracy95_m, MF_MAX_METRES));
		if (box_overlaps(&box, &aoi_box))
			extents[(*n)++] = mf_geos_buffer(ground_shape(ground, i),
											 Min(entry->accuracy95_m, MF_MAX_METRES),
											 false);
	}
	return known;
}

/*
 * The ground that is not recorded but lies within the accuracy of a recorded
 * extent: what the zones take from the gaps.
 */
static bool
find_possible(const MfGround *ground, double gaps_m2, double *m2)
{
	const MfExtent **extents = palloc_extended(sizeof(MfExtent *) *
											   (2 * (Size) ground->nentries + 1),
											   MCXT_ALLOC_HUGE);
	uint32		n = ground->nmet;
	bool		known;
	MfArrangement arrangement;

	memcpy(extents, ground->met, sizeof(MfExtent *) * n);
	known = find_zones(ground, extents, &n);
	*m2 = 0;
	if (n > ground->nmet)
	{
		ground_arrange(&arrangement, ground, extents, n, false);
		*m2 = Max(gaps_m2 - arrangement.times[0], 0);
		arrangement_free(&arrangement);
	}
	pfree(extents);
	return known;
}

/* ---- the result ---- */

/*
 * Areas recorded once, twice ...; what is no more than rounding at the end is
 * left out.
 */
static Datum
times_array(const MfArrangement *a, double *sum)
{
	uint32		n = a->ntimes;
	Datum	   *values;

	while (n > 1 && a->times[n - 1] < Max(MF_NO_AREA_M2, a->doubt[n - 1]))
		n--;
	values = palloc(sizeof(Datum) * Max(n, 1));
	*sum = 0;
	for (uint32 k = 1; k < n; k++)
	{
		double		m2 = Max(a->times[k], 0);

		values[k - 1] = Float8GetDatum(m2);
		*sum += m2;
	}
	return PointerGetDatum(construct_array(values, n > 0 ? n - 1 : 0, FLOAT8OID,
										   sizeof(float8), FLOAT8PASSBYVAL,
										   TYPALIGN_DOUBLE));
}

static Datum
coverage_result(FunctionCallInfo fcinfo, const MfRecordSet *set)
{
	MfGround	ground;
	MfArrangement arrangement;
	double		recorded;
	double		possible;
	Datum		values[10];
	bool		nulls[10] = {false};

	if (set == NULL || record_set_get_aoi(set) == NULL)
		PG_RETURN_NULL();
	ground_find(&ground, set);
	ground_arrange(&arrangement, &ground, ground.met, ground.nmet, false);
	values[5] = times_array(&arrangement, &recorded);
	nulls[3] = !find_possible(&ground, arrangement.ntimes > 0 ? arrangement.times[0] : 0,
							  &possible);

	values[0] = Float8GetDatum(ground.aoi_m2);
	values[1] = Float8GetDatum(recorded);
	nulls[2] = !(ground.aoi_m2 > 0);
	values[2] = Float8GetDatum(nulls[2] ? 0 : Min(recorded / ground.aoi_m2, 1));
	values[3] = Float8GetDatum(possible);
	/* rounding may leave a hair below nothing */
	values[4] = Float8GetDatum(Max(ground.aoi_m2 - recorded - possible, 0));
	values[6] = Int64GetDatum(ground.records);
	values[7] = Int64GetDatum(ground.unlocated);
	values[8] = Int64GetDatum(ground.without_area);
	values[9] = Int64GetDatum(ground.accuracy_unknown);
	return HeapTupleGetDatum(heap_form_tuple(result_row(fcinfo), values, nulls));
}

/* (internal, record or extent, aoi geometry [, options jsonb]) -> internal */
static Datum
coverage_add(FunctionCallInfo fcinfo,
			 void (*add) (MfRecordSet *, Datum, const MfText *, const MfText *))
{
	MfRecordSet *set = aggregate_set(fcinfo, MF_COVERAGE, 2, 3);

	if (set != NULL && !PG_ARGISNULL(1) && !PG_ARGISNULL(2))
		add(set, PG_GETARG_DATUM(1), NULL, NULL);
	return aggregate_state(fcinfo, set);
}

/* mf_coverage_add(internal, minefield, geometry [, jsonb]) -> internal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_coverage_add);
Datum
mf_coverage_add(PG_FUNCTION_ARGS)
{
	return coverage_add(fcinfo, record_set_add_record);
}

/* mf_coverage_add_extent(internal, geometry, geometry [, jsonb]) -> internal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_coverage_add_extent);
Datum
mf_coverage_add_extent(PG_FUNCTION_ARGS)
{
	return coverage_add(fcinfo, record_set_add_extent);
}

/* mf_coverage_final(internal) -> mf_coverage_result; NULL: no area of interest */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_coverage_final);
Datum
mf_coverage_final(PG_FUNCTION_ARGS)
{
	return coverage_result(fcinfo, record_set_arg(fcinfo, 0));
}

static Datum
coverage_of_array(FunctionCallInfo fcinfo, bool geometries)
{
	static const MfArrayArgs args = {
		.values = 0, .keys = -1, .groups = -1, .aoi = 1, .options = 2
	};

	return coverage_result(fcinfo, arrays_set(fcinfo, MF_COVERAGE, geometries, &args));
}

/* mf_coverage(records minefield[], aoi geometry, margin_m float8) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_coverage);
Datum
mf_coverage(PG_FUNCTION_ARGS)
{
	return coverage_of_array(fcinfo, false);
}

/* mf_coverage(extents geometry[], aoi geometry, margin_m float8) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_coverage_extent);
Datum
mf_coverage_extent(PG_FUNCTION_ARGS)
{
	return coverage_of_array(fcinfo, true);
}
