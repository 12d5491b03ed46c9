/*
 * overlap.c - which records lie on the same ground: the SQL functions
 *
 * Pairs are found by overlap_search.c and judged by overlap_pair.c; here they
 * become rows.
 */
#include "mf_overlap.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/memutils.h"

static const char *const class_names[] = {
	NULL, "duplicate", "contains", "within", "partial", "sliver", "adjacent",
	"near", "none"
};

static const char *const certainty_names[] = {
	NULL, "certain", "probable", "possible", "unlikely"
};

/* ---- rows ---- */

#define ROW_ATTRIBUTES	12
#define SHORT_TEXT		126		/* the longest behind a length of one byte */

/* The attributes of one row, with room for its short texts. */
typedef struct RowValues
{
	Datum		values[ROW_ATTRIBUTES];
	bool		nulls[ROW_ATTRIBUTES];
	char		texts[4][SHORT_TEXT + 1];
	int			ntexts;
} RowValues;

static void
set_text(RowValues *row, int n, const char *data, Size len)
{
	if (data == NULL)
		return;
	row->nulls[n] = false;
	if (len > SHORT_TEXT - VARHDRSZ_SHORT)
		row->values[n] = PointerGetDatum(cstring_to_text_with_len(data, len));
	else
	{
		char	   *text = row->texts[row->ntexts++];

		SET_VARSIZE_SHORT(text, len + VARHDRSZ_SHORT);
		memcpy(VARDATA_SHORT(text), data, len);
		row->values[n] = PointerGetDatum(text);
	}
}

static void
set_name(RowValues *row, int n, const char *name)
{
	set_text(row, n, name, name ? strlen(name) : 0);
}

/* NaN: NULL. */
static void
set_number(RowValues *row, int n, double value)
{
	row->nulls[n] = isnan(value);
	row->values[n] = Float8GetDatum(value);
}

static void
overlap_row(RowValues *row, const MfOverlap *overlap, const MfSide *a, const MfSide *b)
{
	double		common = overlap->area_m2;

	memset(row->values, 0, sizeof(row->values));
	memset(row->nulls, true, sizeof(row->nulls));
	row->ntexts = 0;
	set_text(row, 0, a->entry.key.data, a->entry.key.len);
	set_text(row, 1, b->entry.key.data, b->entry.key.len);
	if (overlap->class == MF_OVERLAP_UNKNOWN)
		return;
	set_name(row, 2, class_names[overlap->class]);
	set_name(row, 3, certainty_names[overlap->certainty]);
	row->nulls[4] = overlap->contradicts == MF_NOT_COMPARABLE;
	row->values[4] = BoolGetDatum(overlap->contradicts == MF_CONTRADICT);
	set_number(row, 5, common);
	set_number(row, 6, common / a->area_m2);
	set_number(row, 7, common / b->area_m2);
	set_number(row, 8, common / (a->area_m2 + b->area_m2 - common));
	set_number(row, 9, overlap->distance_m);
	set_number(row, 10, overlap->shift_m);
	set_number(row, 11, overlap->azimuth_deg);
}

static Datum
overlaps_result(FunctionCallInfo fcinfo, const MfRecordSet *set, bool across)
{
	MfOptions	options;
	MfPairs		pairs;
	MfRows		rows;
	RowValues	row;

	if (set == NULL)
		PG_RETURN_NULL();
	record_set_get_options(set, &options);
	pairs_find(&pairs, set, &options, across);
	rows_begin(&rows, fcinfo);
	for (Size i = 0; i < pairs.n; i++)
	{
		const MfOverlap *overlap = &pairs.found[pairs.order[i]];

		CHECK_FOR_INTERRUPTS();
		overlap_row(&row, overlap, &pairs.sides[overlap->a], &pairs.sides[overlap->b]);
		rows_add(&rows, row.values, row.nulls);
	}
	/* the rows may live long, and be read into other ones */
	pairs_free(&pairs);
	return rows_finish(&rows);
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
	MfPairFinder finder;
	MfSide		sides[2];
	MfOverlap	overlap;
	RowValues	row;

	options_from_args(&options, MF_OVERLAPS, fcinfo, 2);
	pair_finder_begin(&finder, &options);
	finder.every_distance = true;
	side_begin(&sides[0], a, &finder);
	side_begin(&sides[1], b, &finder);
	overlap_find(&overlap, &sides[0], &sides[1], &finder);
	overlap_row(&row, &overlap, &sides[0], &sides[1]);
	return HeapTupleGetDatum(heap_form_tuple(result_row(fcinfo), row.values, row.nulls));
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
	MfEntry		a = {.width_m = NAN, .accuracy95_m = NAN};
	MfEntry		b = {.width_m = NAN, .accuracy95_m = NAN};

	mf_geometry_extent(PG_GETARG_DATUM(0), false, &a.extent);
	mf_geometry_extent(PG_GETARG_DATUM(1), false, &b.extent);
	return overlap_of_two(fcinfo, &a, &b);
}
