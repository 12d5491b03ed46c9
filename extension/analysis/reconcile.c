/*
 * reconcile.c - likeness, links and duplicates: the SQL functions
 */
#include "mf_reconcile.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"

/* ---- rows ---- */

#define ROW_ATTRIBUTES	17

/* One side of a row. */
typedef struct RowSide
{
	Datum		key;
	bool		key_null;
	uint32		n;				/* from 1; 0: not one of a list */
	MfPortrait *portrait;
} RowSide;

static void
set_number(Datum *values, bool *nulls, int n, double value)
{
	nulls[n] = isnan(value);
	values[n] = Float8GetDatum(value);
}

/* Do the documents contradict each other, models by their meaning? */
static MfContradiction
find_contradiction(RowSide *a, RowSide *b)
{
	return documents_compare(a->portrait->record, &a->portrait->side.statement,
							 b->portrait->record, &b->portrait->side.statement,
							 CurrentMemoryContext);
}

static void
similarity_row(Datum *values, bool *nulls, RowSide *a, RowSide *b,
			   const MfLikeness *likeness, double next_best)
{
	Datum		texts[MF_EVIDENCES];
	int			ntexts = likeness_reasons(likeness, a->portrait, b->portrait, texts);
	MfContradiction contradiction = find_contradiction(a, b);

	memset(nulls, false, sizeof(bool) * ROW_ATTRIBUTES);
	values[0] = a->key;
	nulls[0] = a->key_null;
	values[1] = b->key;
	nulls[1] = b->key_null;
	values[2] = Int32GetDatum(a->n);
	nulls[2] = a->n == 0;
	values[3] = Int32GetDatum(b->n);
	nulls[3] = b->n == 0;
	set_number(values, nulls, 4, likeness->score);
	set_number(values, nulls, 5, next_best);
	for (int i = 0; i < MF_EVIDENCES; i++)
		set_number(values, nulls, 6 + i, likeness->weights[i]);
	set_number(values, nulls, 13, likeness->share);
	set_number(values, nulls, 14, likeness->distance_m);
	values[15] = BoolGetDatum(contradiction == MF_CONTRADICT);
	nulls[15] = contradiction == MF_NOT_COMPARABLE;
	values[16] = PointerGetDatum(construct_array(texts, ntexts, TEXTOID, -1, false, TYPALIGN_INT));
}

/* The id of a record as its key. */
static void
row_side(RowSide *side, MfPortrait *portrait, uint32 n)
{
	const MfText *key = &portrait->side.entry.key;

	side->portrait = portrait;
	side->n = n;
	side->key = text_or_null(key, &side->key_null);
}

/*
 * mf_similarity(a minefield, b minefield, reach_m float8) →
 * mf_similarity_result; the keys are the ids
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_similarity);
Datum
mf_similarity(PG_FUNCTION_ARGS)
{
	MfLikenessFinder finder;
	MfPortrait	portraits[2];
	RowSide		a,
				b;
	MfLikeness	likeness;
	Datum		values[ROW_ATTRIBUTES];
	bool		nulls[ROW_ATTRIBUTES];

	likeness_begin(&finder, PG_GETARG_FLOAT8(2), false);
	portrait_read(&portraits[0], PG_GETARG_MINEFIELD_P(0), &finder);
	portrait_read(&portraits[1], PG_GETARG_MINEFIELD_P(1), &finder);
	(void) likeness_find(&likeness, &portraits[0], &portraits[1], &finder, 0);
	row_side(&a, &portraits[0], 0);
	row_side(&b, &portraits[1], 0);
	similarity_row(values, nulls, &a, &b, &likeness, NAN);
	return HeapTupleGetDatum(heap_form_tuple(result_row(fcinfo), values, nulls));
}

/* ---- lists of records ---- */

typedef struct RecordList
{
	uint32		n;
	MfPortrait *portraits;
	Datum	   *keys;			/* NULL: the ids */
	bool	   *key_nulls;
} RecordList;

static void
list_alloc(RecordList *list, uint32 n)
{
	list->n = n;
	list->keys = NULL;
	list->portraits = palloc_extended(sizeof(MfPortrait) * Max(n, 1), MCXT_ALLOC_HUGE);
}

static void
list_of_book(RecordList *list, const Logbook *book, MfLikenessFinder *finder)
{
	list_alloc(list, book->nrecords);
	for (uint32 i = 0; i < list->n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		portrait_read(&list->portraits[i], logbook_record(book, i), finder);
	}
}

/* keys and records are arguments n and n + 1; keys may be NULL. */
static void
list_of_arrays(RecordList *list, FunctionCallInfo fcinfo, int n, MfLikenessFinder *finder)
{
	ArrayType  *records = PG_GETARG_ARRAYTYPE_P(n + 1);
	Datum	   *values;
	bool	   *nulls;
	int			count;

	deconstruct_array(records, ARR_ELEMTYPE(records), -1, false, TYPALIGN_DOUBLE,
					  &values, &nulls, &count);
	list_alloc(list, count);
	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		portrait_read(&list->portraits[i], nulls[i] ? NULL : DatumGetMinefieldP(values[i]), finder);
	}
	if (!PG_ARGISNULL(n))
	{
		deconstruct_array(PG_GETARG_ARRAYTYPE_P(n), TEXTOID, -1, false, TYPALIGN_INT,
						  &list->keys, &list->key_nulls, &count);
		if (count != list->n)
			ereport(ERROR,
					(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
					 errmsg("the array of keys has %d elements for %u records", count, list->n)));
	}
}

static void
list_side(RowSide *side, const RecordList *list, uint32 i)
{
	row_side(side, &list->portraits[i], i + 1);
	if (list->keys != NULL)
	{
		side->key = list->keys[i];
		side->key_null = list->key_nulls[i];
	}
}

static void
put_links(FunctionCallInfo fcinfo, const RecordList *a, const RecordList *b, const MfLink *links,
		  uint32 n, MfLikenessFinder *finder)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum		values[ROW_ATTRIBUTES];
	bool		nulls[ROW_ATTRIBUTES];

	InitMaterializedSRF(fcinfo, 0);
	for (uint32 i = 0; i < n; i++)
	{
		RowSide		side_a,
					side_b;
		MfLikeness	likeness;

		CHECK_FOR_INTERRUPTS();
		list_side(&side_a, a, links[i].a);
		list_side(&side_b, b, links[i].b);
		(void) likeness_find(&likeness, side_a.portrait, side_b.portrait, finder, 0);
		similarity_row(values, nulls, &side_a, &side_b, &likeness, links[i].next_best);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
}

static Datum
link_lists(FunctionCallInfo fcinfo, RecordList *a, RecordList *b,
		   MfLikenessFinder *finder, double min_score)
{
	uint32		n;
	MfLink	   *links = links_find(a->portraits, a->n, b->portraits, b->n, finder, min_score, &n);

	put_links(fcinfo, a, b, links, n, finder);
	return (Datum) 0;
}

/*
 * mf_link(a logbook, b logbook, min_score float8, reach_m float8) → setof
 * mf_similarity_result
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_link_logbook);
Datum
mf_link_logbook(PG_FUNCTION_ARGS)
{
	MfLikenessFinder finder;
	RecordList		a,
				b;

	likeness_begin(&finder, PG_GETARG_FLOAT8(3), false);
	list_of_book(&a, PG_GETARG_LOGBOOK_P(0), &finder);
	list_of_book(&b, PG_GETARG_LOGBOOK_P(1), &finder);
	return link_lists(fcinfo, &a, &b, &finder, PG_GETARG_FLOAT8(2));
}

/* No rows, as of a strict function. */
static Datum
no_rows(FunctionCallInfo fcinfo)
{
	InitMaterializedSRF(fcinfo, 0);
	return (Datum) 0;
}

/*
 * mf_link(keys_a text[], a minefield[], keys_b text[], b minefield[],
 * min_score float8, reach_m float8) → setof mf_similarity_result
 *
 * No rows where an argument but the keys is NULL; keys NULL: the ids.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_link);
Datum
mf_link(PG_FUNCTION_ARGS)
{
	MfLikenessFinder finder;
	RecordList		a,
				b;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(3) || PG_ARGISNULL(4) || PG_ARGISNULL(5))
		return no_rows(fcinfo);
	likeness_begin(&finder, PG_GETARG_FLOAT8(5), false);
	list_of_arrays(&a, fcinfo, 0, &finder);
	list_of_arrays(&b, fcinfo, 2, &finder);
	return link_lists(fcinfo, &a, &b, &finder, PG_GETARG_FLOAT8(4));
}

static Datum
duplicates_in(FunctionCallInfo fcinfo, RecordList *list, MfLikenessFinder *finder, double min_score)
{
	uint32		n;
	MfLink	   *links = duplicates_find(list->portraits, list->n, finder, min_score, &n);

	put_links(fcinfo, list, list, links, n, finder);
	return (Datum) 0;
}

/* mf_duplicates(book logbook, min_score float8, reach_m float8) */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_duplicates_logbook);
Datum
mf_duplicates_logbook(PG_FUNCTION_ARGS)
{
	MfLikenessFinder finder;
	RecordList		list;

	likeness_begin(&finder, PG_GETARG_FLOAT8(2), true);
	list_of_book(&list, PG_GETARG_LOGBOOK_P(0), &finder);
	return duplicates_in(fcinfo, &list, &finder, PG_GETARG_FLOAT8(1));
}

/*
 * mf_duplicates(keys text[], records minefield[], min_score float8, reach_m
 * float8)
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_duplicates);
Datum
mf_duplicates(PG_FUNCTION_ARGS)
{
	MfLikenessFinder finder;
	RecordList		list;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return no_rows(fcinfo);
	likeness_begin(&finder, PG_GETARG_FLOAT8(3), true);
	list_of_arrays(&list, fcinfo, 0, &finder);
	return duplicates_in(fcinfo, &list, &finder, PG_GETARG_FLOAT8(2));
}
