/*
 * coverage.c - how much of an area of interest is recorded, and how often
 *
 * Records that overlap are cut into faces, and each face counts the records
 * that contain it: so the areas recorded once, twice and so on come from one
 * arrangement, and their sum is the recorded area.
 */
#include "mf_analysis.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"

/* Areas recorded exactly k times, k = 1 .. n. */
typedef struct Times
{
	double	   *m2;				/* [size], k - 1 */
	uint32		size;
} Times;

static void
times_add(Times *times, uint32 k, double m2)
{
	if (k == 0 || !(m2 > 0))
		return;
	if (k > times->size)
	{
		uint32		size = Max(2 * times->size, Max(k, 8));

		times->m2 = times->m2 == NULL ?
			palloc0(sizeof(double) * size) :
			repalloc(times->m2, sizeof(double) * size);
		for (uint32 i = times->size; i < size; i++)
			times->m2[i] = 0;
		times->size = size;
	}
	times->m2[k - 1] += m2;
}

/* ---- counting the records over each face ---- */

/* Is a point in a valid polygonal extent? */
static bool
extent_contains(const MfExtent *extent, const double *point)
{
	MfExtentPart parts;
	MfExtent	part;

	extent_part_begin(&parts, extent);
	while (extent_part_next(&parts, &part))
	{
		if (point_in_part(point, part.xy, part.ring_points, part.nrings))
			return true;
	}
	return false;
}

typedef struct FaceCount
{
	const MfExtent *const *members;
	const double *inside;
	uint32	   *k;				/* records over each face */
} FaceCount;

static void
count_over_face(uint32 face, uint32 member, void *arg)
{
	FaceCount  *count = arg;

	if (extent_contains(count->members[member], &count->inside[2 * (Size) face]))
		count->k[face]++;
}

/*
 * A cluster of extents that hang together; aoi is NULL where all of it lies
 * within the area of interest.
 */
static void
add_cluster(Times *times, const MfExtent *const *members, uint32 n,
			const MfExtent *aoi)
{
	MfExtent  **faces;
	double	   *inside;
	int			nfaces = mf_geos_faces(members, n, aoi, &faces, &inside);
	MinefieldBox *face_boxes = palloc_extended(sizeof(MinefieldBox) * Max(nfaces, 1),
											   MCXT_ALLOC_HUGE);
	MinefieldBox *boxes = palloc_extended(sizeof(MinefieldBox) * n, MCXT_ALLOC_HUGE);
	FaceCount	count;

	for (int i = 0; i < nfaces; i++)
	{
		box_set_empty(&face_boxes[i]);
		box_add_point(&face_boxes[i], inside[2 * i], inside[2 * i + 1]);
	}
	for (uint32 i = 0; i < n; i++)
		box_of_extent(&boxes[i], members[i]);
	count.members = members;
	count.inside = inside;
	count.k = palloc_extended(sizeof(uint32) * Max(nfaces, 1),
							  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	box_sweep(face_boxes, nfaces, boxes, n, count_over_face, &count);
	for (int i = 0; i < nfaces; i++)
	{
		if (aoi == NULL || extent_contains(aoi, &inside[2 * (Size) i]))
			times_add(times, count.k[i], measure_area(faces[i]));
	}
}

static void
find_times(Times *times, const MfGround *ground)
{
	Size		n = Max(ground->nmet, 1);
	MfWhere    *where = palloc_extended(sizeof(MfWhere) * n, MCXT_ALLOC_HUGE);
	const MfExtent **members = palloc_extended(sizeof(MfExtent *) * n, MCXT_ALLOC_HUGE);
	MinefieldBox *boxes = palloc_extended(sizeof(MinefieldBox) * n, MCXT_ALLOC_HUGE);
	MfClusters	clusters;

	mf_geos_where(ground->aoi, ground->met, ground->nmet, where);
	for (uint32 i = 0; i < ground->nmet; i++)
	{
		if (where[i] == MF_OUTSIDE)
			box_set_empty(&boxes[i]);
		else
			box_of_extent(&boxes[i], ground->met[i]);
	}
	box_clusters(boxes, ground->nmet, &clusters);
	for (uint32 i = 0; i < clusters.n; i++)
	{
		uint32		count = 0;
		bool		across = false;

		CHECK_FOR_INTERRUPTS();
		for (uint32 k = clusters.start[i]; k < clusters.start[i + 1]; k++)
		{
			uint32		member = clusters.members[k];

			if (where[member] == MF_OUTSIDE)
				continue;
			members[count++] = ground->met[member];
			across |= where[member] == MF_ACROSS;
		}
		if (count == 1 && !across)
			times_add(times, 1, measure_area(members[0]));
		else if (count > 0)
			add_cluster(times, members, count, across ? ground->aoi : NULL);
	}
}

/* ---- what uncertainty reaches ---- */

/*
 * The ground that is not recorded but lies within the accuracy of a recorded
 * extent; false: no located record has a known accuracy.
 */
static bool
find_possible(const MfGround *ground, double *m2)
{
	const MfExtent **zones = palloc_extended(sizeof(MfExtent *) * Max(ground->nentries, 1),
											 MCXT_ALLOC_HUGE);
	MinefieldBox aoi_box;
	uint32		n = 0;
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
			zones[n++] = mf_geos_buffer(ground_shape(ground, i),
										Min(entry->accuracy95_m, MF_MAX_METRES),
										false);
	}
	*m2 = n == 0 ? 0 :
		measure_area(mf_geos_intersection(ground_gaps(ground),
										 ground_union(zones, n)));
	return known;
}

/* ---- the result ---- */

static Datum
times_array(const Times *times)
{
	uint32		n = times->size;
	Datum	   *values;

	while (n > 0 && times->m2[n - 1] < MF_NO_AREA_M2)
		n--;
	values = palloc(sizeof(Datum) * Max(n, 1));
	for (uint32 i = 0; i < n; i++)
		values[i] = Float8GetDatum(times->m2[i]);
	return PointerGetDatum(construct_array(values, n, FLOAT8OID, sizeof(float8),
										   FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

static Datum
coverage_result(FunctionCallInfo fcinfo, const MfRecordSet *set)
{
	MfGround	ground;
	Times		times = {NULL, 0};
	double		recorded = 0;
	double		possible;
	Datum		values[10];
	bool		nulls[10] = {false};

	if (set == NULL || record_set_get_aoi(set) == NULL)
		PG_RETURN_NULL();
	ground_find(&ground, set);
	find_times(&times, &ground);
	for (uint32 i = 0; i < times.size; i++)
		recorded += times.m2[i];
	nulls[3] = !find_possible(&ground, &possible);

	values[0] = Float8GetDatum(ground.aoi_m2);
	values[1] = Float8GetDatum(recorded);
	nulls[2] = !(ground.aoi_m2 > 0);
	values[2] = Float8GetDatum(nulls[2] ? 0 : Min(recorded / ground.aoi_m2, 1));
	values[3] = Float8GetDatum(possible);
	/* rounding may leave a hair below nothing */
	values[4] = Float8GetDatum(Max(ground.aoi_m2 - recorded - possible, 0));
	values[5] = times_array(&times);
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
