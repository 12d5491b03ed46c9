/*
 * outside.c - finds outside every record, and the record nearest to each
 *
 * A find in no record is either plotted wrongly, or the record is, or there is
 * none.  Which record lies nearest, how far, and whether what is known of the
 * records' accuracy explains the distance: that is where an analyst begins.
 * Inside is as mf_intersects() has it, distances are those of <->.
 */
#include "mf_analysis.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "mf_lines.h"
#include "utils/array.h"

typedef struct FindGround
{
	uint32		nentries;
	MfEntry    *entries;		/* finds and records, as they came in */
	uint32		nfinds;
	uint32	   *finds;			/* entries, by key and place */
	uint32		unlocated;		/* records */
	MfMemory	memory;
	MfStore		store;			/* of the records */
	MfRuns		runs;
	bool		has_reach;
	MfTree		reach;			/* of their boxes, as far out as their accuracy */
} FindGround;

/* What is known of a find. */
typedef struct Outside
{
	bool		inside;			/* it lies in a record: nothing else matters */
	MfNearest	nearest;
	bool		within;
	bool		within_known;
} Outside;

/* ---- collecting ---- */

static int
compare_finds(const void *pa, const void *pb, void *arg)
{
	const MfEntry *a = (const MfEntry *) arg + *(const uint32 *) pa;
	const MfEntry *b = (const MfEntry *) arg + *(const uint32 *) pb;
	int			result = text_compare(&a->key, &b->key);

	return result != 0 ? result : entry_compare(a, b);
}

static void
find_ground_make(FindGround *ground, const MfRecordSet *set)
{
	memset(ground, 0, sizeof(*ground));
	ground->nentries = record_set_list(set, &ground->entries);
	ground->finds = mf_alloc_large(CurrentMemoryContext,
								   sizeof(uint32) * Max(ground->nentries, 1));
	for (uint32 i = 0; i < ground->nentries; i++)
	{
		if (entry_is_find(&ground->entries[i]))
			ground->finds[ground->nfinds++] = i;
		else if (ground->entries[i].extent.nparts == 0)
			ground->unlocated++;
	}
	qsort_arg(ground->finds, ground->nfinds, sizeof(uint32), compare_finds, ground->entries);
	record_set_memory(set, &ground->memory);
	entries_store(&ground->store, &ground->memory, ground->entries, ground->nentries);
	mf_status_check(runs_build(&ground->runs, &ground->store));
}

static const MfEntry *
entry_of(const FindGround *ground, uint32 record)
{
	return &ground->entries[ground->store.numbers[record]];
}

/* ---- uncertainty ---- */

static void
reach_make(FindGround *ground)
{
	uint32		n = ground->store.nrecords;
	MinefieldBox *boxes = mf_alloc_large(CurrentMemoryContext, sizeof(MinefieldBox) * Max(n, 1));

	for (uint32 i = 0; i < n; i++)
	{
		float		accuracy95_m = entry_of(ground, i)->accuracy95_m;

		if (accuracy95_m > 0)
		{
			tree_box(&ground->store.tree, 0, i, &boxes[i]);
			box_expand(&boxes[i], accuracy95_m);
		}
		else
			box_set_empty(&boxes[i]);
	}
	mf_status_check(tree_build(&ground->reach, &ground->memory, boxes, n));
	ground->has_reach = true;
	mf_free_large(boxes);
}

/* Does any record reach a point by its own accuracy? */
static bool
is_reached(FindGround *ground, const double *p)
{
	MinefieldBox box;
	MfTreeQuery query;
	uint32		record;

	if (!ground->has_reach)
		reach_make(ground);
	box_set_empty(&box);
	box_add_point(&box, p[0], p[1]);
	tree_query_begin(&query, &ground->reach, &box, 0, ground->store.nrecords);
	while ((record = tree_query_next(&query)) != MF_NONE)
	{
		double		accuracy95_m = entry_of(ground, record)->accuracy95_m;

		CHECK_FOR_INTERRUPTS();
		if (runs_record_distance(&ground->runs, record, p, accuracy95_m,
								 mf_geodesic_distance) <= accuracy95_m)
			return true;
	}
	return false;
}

/* ---- finds ---- */

/* hint is the run nearest to a find near by. */
static void
outside_find(FindGround *ground, const double *p, uint32 hint, Outside *outside)
{
	float		accuracy95_m;

	outside->inside = runs_touching(&ground->runs, p) != MF_NONE;
	if (outside->inside)
		return;
	mf_status_check(runs_nearest(&ground->runs, p, mf_geodesic_distance, hint,
								 &outside->nearest));
	if (outside->nearest.record == MF_NONE)
		return;
	accuracy95_m = entry_of(ground, outside->nearest.record)->accuracy95_m;
	outside->within = outside->nearest.distance_m <= accuracy95_m || is_reached(ground, p);
	outside->within_known = outside->within || !isnan(accuracy95_m);
}

/* A find and its place along a curve. */
typedef struct Place
{
	uint64		key;
	uint32		find;
} Place;

static int
compare_places(const void *a, const void *b)
{
	const Place *x = a;
	const Place *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->find < y->find ? -1 : 1;
}

static const MfEntry *
find_of(const FindGround *ground, uint32 find)
{
	return &ground->entries[ground->finds[find]];
}

/* One near the other, so that what was looked at for one serves the next. */
static Outside *
outside_all(FindGround *ground)
{
	Size		room = Max(ground->nfinds, 1);
	Outside    *found = mf_alloc_large(CurrentMemoryContext, sizeof(Outside) * room);
	Place	   *places = mf_alloc_large(CurrentMemoryContext, sizeof(Place) * room);
	uint32		hint = MF_NONE;
	MinefieldBox world;
	MfCurve		curve;

	memset(found, 0, sizeof(Outside) * room);
	box_set_empty(&world);
	for (uint32 i = 0; i < ground->nfinds; i++)
		box_add_box(&world, &find_of(ground, i)->box);
	curve_begin(&curve, &world);
	for (uint32 i = 0; i < ground->nfinds; i++)
	{
		const MfEntry *entry = find_of(ground, i);
		bool		placed = entry->extent.nparts > 0;

		places[i].key = placed ? curve_key(&curve, entry->extent.xy[0], entry->extent.xy[1]) : 0;
		places[i].find = i;
	}
	qsort(places, ground->nfinds, sizeof(Place), compare_places);
	for (uint32 i = 0; i < ground->nfinds; i++)
	{
		uint32		find = places[i].find;
		const MfEntry *entry = find_of(ground, find);

		CHECK_FOR_INTERRUPTS();
		found[find].nearest.run = found[find].nearest.record = MF_NONE;
		if (entry->extent.nparts > 0)
			outside_find(ground, entry->extent.xy, hint, &found[find]);
		if (found[find].nearest.run != MF_NONE)
			hint = found[find].nearest.run;
	}
	mf_free_large(places);
	return found;
}

static void
outside_row(const FindGround *ground, MfRows *rows, const MfEntry *find, const Outside *outside)
{
	bool		located = outside->nearest.record != MF_NONE;
	Datum		values[5];
	bool		nulls[5] = {false};

	values[0] = text_or_null(&find->key, &nulls[0]);
	nulls[1] = nulls[2] = !located;
	if (located)
		values[1] = text_or_null(&entry_of(ground, outside->nearest.record)->key, &nulls[1]);
	values[2] = Float8GetDatum(outside->nearest.distance_m);
	nulls[3] = !outside->within_known;
	values[3] = BoolGetDatum(outside->within);
	nulls[4] = find->extent.nparts == 0;
	values[4] = Int64GetDatum(ground->unlocated);
	rows_add(rows, values, nulls);
}

static Datum
outside_result(FunctionCallInfo fcinfo, const MfRecordSet *set)
{
	FindGround	ground;
	Outside    *found;
	MfRows		rows;

	if (set == NULL)
		PG_RETURN_NULL();
	find_ground_make(&ground, set);
	found = outside_all(&ground);
	rows_begin(&rows, fcinfo);
	for (uint32 i = 0; i < ground.nfinds; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!found[i].inside)
			outside_row(&ground, &rows, find_of(&ground, i), &found[i]);
	}
	return rows_finish(&rows);
}

/* ---- the aggregate ---- */

typedef void (*entry_adder) (MfRecordSet *, Datum, const MfText *, const MfText *);

/* (internal, find key, find geometry, record key, record or extent) -> internal */
static Datum
outside_add(FunctionCallInfo fcinfo, entry_adder add)
{
	MfRecordSet *set = aggregate_set(fcinfo, MF_FINDS, -1, -1);
	MfText		key;

	key_arg(fcinfo, 1, &key);
	record_set_add_find(set, PG_ARGISNULL(2) ? (Datum) 0 : PG_GETARG_DATUM(2), &key);
	if (!PG_ARGISNULL(4))
	{
		key_arg(fcinfo, 3, &key);
		add(set, PG_GETARG_DATUM(4), &key, NULL);
	}
	return aggregate_state(fcinfo, set);
}

/* mf_outside_records_add(internal, text|bigint, geometry, text|bigint, minefield) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_outside_records_add);
Datum
mf_outside_records_add(PG_FUNCTION_ARGS)
{
	return outside_add(fcinfo, record_set_add_record);
}

/* mf_outside_records_add_extent(internal, text|bigint, geometry, text|bigint, geometry) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_outside_records_add_extent);
Datum
mf_outside_records_add_extent(PG_FUNCTION_ARGS)
{
	return outside_add(fcinfo, record_set_add_extent);
}

/* mf_outside_records_final(internal) -> mf_outside[]; NULL: no row */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_outside_records_final);
Datum
mf_outside_records_final(PG_FUNCTION_ARGS)
{
	return outside_result(fcinfo, record_set_arg(fcinfo, 0));
}

/* ---- the same over arrays ---- */

static Datum
outside_of_arrays(FunctionCallInfo fcinfo, bool geometries)
{
	static const MfArrayArgs args = {
		.values = 3, .keys = 2, .groups = -1, .aoi = -1, .options = 4
	};
	MfRecordSet *set = arrays_set(fcinfo, MF_FINDS, geometries, &args);

	record_set_add_finds(set, PG_ARGISNULL(1) ? NULL : PG_GETARG_ARRAYTYPE_P(1),
						 PG_ARGISNULL(0) ? NULL : PG_GETARG_ARRAYTYPE_P(0));
	return outside_result(fcinfo, set);
}

/* mf_outside_records(find_keys text[], finds geometry[], record_keys text[], records minefield[]) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_outside_records);
Datum
mf_outside_records(PG_FUNCTION_ARGS)
{
	return outside_of_arrays(fcinfo, false);
}

/* mf_outside_records(find_keys text[], finds geometry[], extent_keys text[], extents geometry[]) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_outside_records_extent);
Datum
mf_outside_records_extent(PG_FUNCTION_ARGS)
{
	return outside_of_arrays(fcinfo, true);
}

/* ---- the same over tables ---- */

/*
 * mf_outside_records(finds regclass, find_key, find_column name, records
 * regclass, record_key, record_column name) -> setof mf_outside; no rows where
 * an argument is NULL
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_outside_records_table);
Datum
mf_outside_records_table(PG_FUNCTION_ARGS)
{
	const char *own = table_own_schema(fcinfo);
	const char *finds,
			   *records;
	StringInfoData sql;
	const char *find_column,
			   *record_column;
	const char *record_type = "minefield";
	const char *record_schema;
	Oid			type;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < 6; i++)
	{
		if (PG_ARGISNULL(i))
			return (Datum) 0;
	}
	finds = table_name(PG_GETARG_OID(0));
	records = table_name(PG_GETARG_OID(3));
	find_column = table_column(fcinfo, 2, PG_GETARG_OID(0), &type);
	if (table_record_schema(find_column, type) == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column %s is of type minefield, not geometry", find_column),
				 errhint("Finds are points.")));
	record_column = table_column(fcinfo, 5, PG_GETARG_OID(3), &type);
	record_schema = table_record_schema(record_column, type);
	if (record_schema != NULL)
		record_type = "geometry";
	else
		record_schema = own;

	initStringInfo(&sql);
	appendStringInfo(&sql, "SELECT %s.mf_outside_records(find_key, find, record_key, record) FROM ("
					 "SELECT f.%s::pg_catalog.text AS find_key, f.%s AS find, NULL::pg_catalog.text AS record_key,"
					 " NULL::%s.%s AS record FROM %s AS f"
					 " UNION ALL SELECT NULL, NULL, r.%s::pg_catalog.text, r.%s FROM %s AS r) AS q",
					 own, table_column(fcinfo, 1, PG_GETARG_OID(0), NULL), find_column,
					 record_schema, record_type, finds,
					 table_column(fcinfo, 4, PG_GETARG_OID(3), NULL), record_column, records);
	mf_query_value(sql.data, 0, NULL, NULL, NULL, table_take_rows, fcinfo->resultinfo);
	return (Datum) 0;
}
