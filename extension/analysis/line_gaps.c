/*
 * line_gaps.c - the stretches of a line that are far from every record
 *
 * For front lines, roads and borders: where along them does no record lie
 * within a distance?  As one MultiLineString, or as rows with the records at
 * the ends of each gap.  Distances are those of <->, from the extent as
 * recorded; the core finds them without buffers.
 */
#include "mf_analysis.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "mf_lines.h"
#include "utils/array.h"

/*
 * A record counts as one that bounds a gap when its distance from the gap's
 * end is as asked but for so much: twice what the end may be off.
 */
#define END_TOLERANCE_M		2e-3
#define END_TOLERANCE_SHARE	2e-5

typedef struct LineGround
{
	const MfExtent *line;
	double		distance_m;
	uint32		nentries;
	MfEntry    *entries;		/* as they came in */
	MfStore		store;
	MfRuns		runs;
	MfLineGaps	found;
} LineGround;

/* ---- finding ---- */

/* Gaps shorter than asked are left out. */
static void
drop_short(MfLineGaps *found, double min_length_m)
{
	uint32		kept = 0;

	for (uint32 i = 0; i < found->n; i++)
	{
		if (found->gaps[i].to_m - found->gaps[i].from_m >= min_length_m)
			found->gaps[kept++] = found->gaps[i];
	}
	found->n = kept;
}

/* False: no line, or no distance. */
static bool
line_ground_find(LineGround *ground, const MfRecordSet *set)
{
	MfMemory	memory;
	MfOptions	options;

	if (set == NULL || record_set_get_aoi(set) == NULL)
		return false;
	ground->line = record_set_get_aoi(set);
	ground->distance_m = record_set_get_distance(set);
	record_set_get_options(set, &options);
	ground->nentries = record_set_list(set, &ground->entries);
	record_set_memory(set, &memory);
	entries_store(&ground->store, &memory, ground->entries, ground->nentries);
	mf_status_check(runs_build(&ground->runs, &ground->store));
	mf_status_check(line_gaps_find(&ground->found, &ground->runs, ground->line,
							 ground->distance_m));
	drop_short(&ground->found, options.min_length_m);
	return true;
}

/* ---- neighbours ---- */

typedef struct Keys
{
	MfText	   *keys;
	uint32		n;
	uint32		size;
} Keys;

/* The keys of the records that are as far from an end of a gap as asked. */
static void
add_neighbours(Keys *keys, const LineGround *ground, const double *end)
{
	double		limit = ground->distance_m * (1 + END_TOLERANCE_SHARE) + END_TOLERANCE_M;
	const MfStore *store = &ground->store;
	MinefieldBox box;
	MfTreeQuery query;
	uint32		record;

	box_set_empty(&box);
	box_add_point(&box, end[0], end[1]);
	box_expand(&box, limit);
	tree_query_begin(&query, &store->tree, &box, 0, store->nrecords);
	while ((record = tree_query_next(&query)) != MF_NONE)
	{
		const MfText *key = &ground->entries[store->numbers[record]].key;

		CHECK_FOR_INTERRUPTS();
		if (key->data == NULL ||
			!(runs_record_distance(&ground->runs, record, end, limit,
								   mf_geodesic_distance) <= limit))
			continue;
		if (keys->n == keys->size)
		{
			keys->size = Max(16, 2 * keys->size);
			keys->keys = keys->keys == NULL ?
				palloc(sizeof(MfText) * keys->size) :
				repalloc_huge(keys->keys, sizeof(MfText) * keys->size);
		}
		keys->keys[keys->n++] = *key;
	}
}

static int
compare_keys(const void *a, const void *b)
{
	return text_compare(a, b);
}

/* Sorted, each once. */
static Datum
keys_array(const Keys *keys)
{
	Datum	   *values = palloc(sizeof(Datum) * Max(keys->n, 1));
	int			n = 0;

	if (keys->n > 0)
		qsort(keys->keys, keys->n, sizeof(MfText), compare_keys);
	for (uint32 i = 0; i < keys->n; i++)
	{
		bool		isnull;

		if (i == 0 || text_compare(&keys->keys[i - 1], &keys->keys[i]) != 0)
			values[n++] = text_or_null(&keys->keys[i], &isnull);
	}
	return PointerGetDatum(construct_array(values, n, TEXTOID, -1, false,
										   TYPALIGN_INT));
}

/* ---- results ---- */

static Datum
gap_row(const LineGround *ground, TupleDesc row, uint32 n)
{
	static const uint32 one = 1;
	const MfLineGap *gap = &ground->found.gaps[n];
	double	   *xy = palloc_extended(16 * (Size) line_gap_room(gap), MCXT_ALLOC_HUGE);
	uint32		npoints = line_gap_points(ground->line, gap, xy);
	MfExtent	stretch = {MF_LINESTRING, 1, 1, npoints, &one, &npoints, xy};
	Keys		keys = {NULL, 0, 0};
	Datum		values[6];
	bool		nulls[6] = {false};

	add_neighbours(&keys, ground, xy);
	add_neighbours(&keys, ground, xy + 2 * (Size) (npoints - 1));
	values[0] = Int32GetDatum(n + 1);
	values[1] = Float8GetDatum(gap->from_m);
	values[2] = Float8GetDatum(gap->to_m);
	values[3] = Float8GetDatum(gap->to_m - gap->from_m);
	values[4] = keys_array(&keys);
	values[5] = mf_geometry_make(&stretch);
	pfree(xy);
	return HeapTupleGetDatum(heap_form_tuple(row, values, nulls));
}

static Datum
line_gaps_result(FunctionCallInfo fcinfo, const MfRecordSet *set)
{
	LineGround	ground;
	MfExtentRoom room;
	MfExtent   *gaps;
	Size		npoints = 0;

	if (!line_ground_find(&ground, set))
		PG_RETURN_NULL();
	for (uint32 i = 0; i < ground.found.n; i++)
		npoints += line_gap_room(&ground.found.gaps[i]);
	gaps = extent_alloc(CurrentMemoryContext, MF_MULTILINESTRING, ground.found.n,
						ground.found.n, npoints, &room);
	gaps->npoints = 0;
	for (uint32 i = 0; i < ground.found.n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		room.part_rings[i] = 1;
		room.ring_points[i] = line_gap_points(ground.line, &ground.found.gaps[i],
											  room.xy + 2 * (Size) gaps->npoints);
		gaps->npoints += room.ring_points[i];
	}
	PG_RETURN_DATUM(mf_geometry_make(gaps));
}

static Datum
line_gap_rows_result(FunctionCallInfo fcinfo, const MfRecordSet *set)
{
	LineGround	ground;
	TupleDesc	row;
	Datum	   *values;

	if (!line_ground_find(&ground, set))
		PG_RETURN_NULL();
	row = result_row(fcinfo);
	values = palloc_extended(sizeof(Datum) * Max(ground.found.n, 1), MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < ground.found.n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		values[i] = gap_row(&ground, row, i);
	}
	return result_array(fcinfo, values, ground.found.n);
}

/* ---- aggregates ---- */

typedef void (*entry_adder) (MfRecordSet *, Datum, const MfText *, const MfText *);

/*
 * (internal [, key], record or extent, line geometry, distance_m float8 [,
 * options jsonb]) -> internal, where the record is argument n
 */
static Datum
line_gaps_add(FunctionCallInfo fcinfo, int n, entry_adder add)
{
	MfRecordSet *set = record_set_arg(fcinfo, 0);

	/* a row without line or distance says nothing about any */
	if (PG_ARGISNULL(n + 1) || PG_ARGISNULL(n + 2))
		return aggregate_state(fcinfo, set);
	set = aggregate_set(fcinfo, MF_LINE_GAPS, n + 1, n + 3);
	record_set_distance(set, PG_GETARG_FLOAT8(n + 2));
	if (!PG_ARGISNULL(n))
	{
		MfText		key;

		key_arg(fcinfo, n - 1 > 0 ? n - 1 : -1, &key);
		add(set, PG_GETARG_DATUM(n), &key, NULL);
	}
	return aggregate_state(fcinfo, set);
}

/* mf_line_gaps_add(internal, minefield, geometry, float8 [, jsonb]) -> internal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_line_gaps_add);
Datum
mf_line_gaps_add(PG_FUNCTION_ARGS)
{
	return line_gaps_add(fcinfo, 1, record_set_add_record);
}

/* mf_line_gaps_add_extent(internal, geometry, geometry, float8 [, jsonb]) -> internal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_line_gaps_add_extent);
Datum
mf_line_gaps_add_extent(PG_FUNCTION_ARGS)
{
	return line_gaps_add(fcinfo, 1, record_set_add_extent);
}

/* mf_line_gaps_final(internal) -> geometry; NULL: no line */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_line_gaps_final);
Datum
mf_line_gaps_final(PG_FUNCTION_ARGS)
{
	return line_gaps_result(fcinfo, record_set_arg(fcinfo, 0));
}

/* mf_line_gap_rows_add(internal, text|bigint, minefield, geometry, float8 [, jsonb]) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_line_gap_rows_add);
Datum
mf_line_gap_rows_add(PG_FUNCTION_ARGS)
{
	return line_gaps_add(fcinfo, 2, record_set_add_record);
}

/* mf_line_gap_rows_add_extent(internal, text|bigint, geometry, geometry, float8 [, jsonb]) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_line_gap_rows_add_extent);
Datum
mf_line_gap_rows_add_extent(PG_FUNCTION_ARGS)
{
	return line_gaps_add(fcinfo, 2, record_set_add_extent);
}

/* mf_line_gap_rows_final(internal) -> mf_line_gap[]; NULL: no line */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_line_gap_rows_final);
Datum
mf_line_gap_rows_final(PG_FUNCTION_ARGS)
{
	return line_gap_rows_result(fcinfo, record_set_arg(fcinfo, 0));
}

/* ---- the same over arrays ---- */

static const MfArrayArgs line_gaps_args = {
	.values = 0, .keys = -1, .groups = -1, .aoi = 1, .options = 3
};

static const MfArrayArgs line_gap_rows_args = {
	.values = 1, .keys = 0, .groups = -1, .aoi = 2, .options = 4
};

/* The distance follows the line; NULL: one of them is. */
static MfRecordSet *
line_arrays_set(FunctionCallInfo fcinfo, bool geometries, const MfArrayArgs *args)
{
	MfRecordSet *set;

	if (PG_ARGISNULL(args->aoi + 1))
		return NULL;
	set = arrays_set(fcinfo, MF_LINE_GAPS, geometries, args);
	if (set != NULL)
		record_set_distance(set, PG_GETARG_FLOAT8(args->aoi + 1));
	return set;
}

/* mf_line_gaps(records minefield[], line geometry, distance_m, min_length_m float8) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_line_gaps);
Datum
mf_line_gaps(PG_FUNCTION_ARGS)
{
	return line_gaps_result(fcinfo, line_arrays_set(fcinfo, false, &line_gaps_args));
}

/* mf_line_gaps(extents geometry[], line geometry, distance_m, min_length_m float8) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_line_gaps_extent);
Datum
mf_line_gaps_extent(PG_FUNCTION_ARGS)
{
	return line_gaps_result(fcinfo, line_arrays_set(fcinfo, true, &line_gaps_args));
}

/* mf_line_gap_rows(keys text[], records minefield[], line geometry, ...) -> mf_line_gap[] */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_line_gap_rows);
Datum
mf_line_gap_rows(PG_FUNCTION_ARGS)
{
	return line_gap_rows_result(fcinfo,
								line_arrays_set(fcinfo, false, &line_gap_rows_args));
}

/* mf_line_gap_rows(keys text[], extents geometry[], line geometry, ...) -> mf_line_gap[] */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_line_gap_rows_extent);
Datum
mf_line_gap_rows_extent(PG_FUNCTION_ARGS)
{
	return line_gap_rows_result(fcinfo,
								line_arrays_set(fcinfo, true, &line_gap_rows_args));
}
