/*
 * call.c - arguments and results as SQL passes them
 *
 * How the aggregates and their twins over arrays fill a record set, and how
 * rows are handed back: their types are found through the declared result of
 * the function that is running, never by name.
 */
#include "mf_analysis.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "nodes/primnodes.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#define KEY_DIGITS	24			/* enough for any bigint */

MfRecordSet *
record_set_arg(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) ? NULL : (MfRecordSet *) PG_GETARG_POINTER(n);
}

/*
 * Is an aggregate's argument a constant or a parameter?  Then it is the same
 * for all rows of a group, and no row need be compared with the one before:
 * that takes longer than all else when the argument is large.
 */
static bool
is_same_throughout(FunctionCallInfo fcinfo, int n)
{
	Aggref	   *aggref = AggGetAggref(fcinfo);
	Node	   *expr;

	if (aggref == NULL || n > list_length(aggref->args))
		return false;
	expr = (Node *) list_nth_node(TargetEntry, aggref->args, n - 1)->expr;
	return IsA(expr, Const) || IsA(expr, Param);
}

MfRecordSet *
aggregate_set(FunctionCallInfo fcinfo, MfEngine engine, int aoi, int options)
{
	MfRecordSet *set = record_set_arg(fcinfo, 0);
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "transition function called outside an aggregate");
	/* a row without area of interest says nothing about any */
	if (aoi >= 0 && PG_ARGISNULL(aoi))
		return set;
	if (set == NULL)
		set = record_set_create(context, engine);
	if (aoi >= 0)
	{
		bool		same = is_same_throughout(fcinfo, aoi);

		if (!same || record_set_get_aoi(set) == NULL)
			record_set_aoi(set, PG_GETARG_DATUM(aoi), same);
	}
	if (options >= 0 && options < PG_NARGS() && !PG_ARGISNULL(options))
	{
		MfOptions	given;

		options_read(&given, engine, PG_GETARG_JSONB_P(options));
		record_set_options(set, &given);
	}
	return set;
}

Datum
aggregate_state(FunctionCallInfo fcinfo, MfRecordSet *set)
{
	if (set == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(set);
}

void
key_arg(FunctionCallInfo fcinfo, int n, MfText *key)
{
	key->data = NULL;
	key->len = 0;
	if (n < 0 || PG_ARGISNULL(n))
		return;
	if (get_fn_expr_argtype(fcinfo->flinfo, n) == INT8OID)
	{
		char	   *digits = palloc(KEY_DIGITS);

		key->len = pg_lltoa(PG_GETARG_INT64(n), digits);
		key->data = digits;
	}
	else
	{
		const text *t = PG_GETARG_TEXT_PP(n);

		key->data = VARDATA_ANY(t);
		key->len = VARSIZE_ANY_EXHDR(t);
	}
}

static ArrayType *
array_arg(FunctionCallInfo fcinfo, int n)
{
	return n < 0 || PG_ARGISNULL(n) ? NULL : PG_GETARG_ARRAYTYPE_P(n);
}

MfRecordSet *
arrays_set(FunctionCallInfo fcinfo, MfEngine engine, bool geometries,
		  const MfArrayArgs *args)
{
	MfRecordSet *set;
	MfOptions	options;

	if (args->aoi >= 0 && PG_ARGISNULL(args->aoi))
		return NULL;
	options_from_args(&options, engine, fcinfo, args->options);
	set = record_set_create(CurrentMemoryContext, engine);
	record_set_options(set, &options);
	if (args->aoi >= 0)
		record_set_aoi(set, PG_GETARG_DATUM(args->aoi), true);
	record_set_add_array(set, geometries, array_arg(fcinfo, args->values),
						 array_arg(fcinfo, args->keys),
						 array_arg(fcinfo, args->groups));
	return set;
}

/* The type of a function's result, or of the elements of its array result. */
static Oid
result_type(FunctionCallInfo fcinfo)
{
	Oid			type = get_func_rettype(fcinfo->flinfo->fn_oid);
	Oid			element = get_element_type(type);

	return OidIsValid(element) ? element : type;
}

TupleDesc
result_row(FunctionCallInfo fcinfo)
{
	return BlessTupleDesc(lookup_rowtype_tupdesc_copy(result_type(fcinfo), -1));
}

Datum
result_array(FunctionCallInfo fcinfo, Datum *values, uint32 n)
{
	Oid			type = result_type(fcinfo);
	int16		len;
	bool		byval;
	char		align;

	if (n == 0)
		return PointerGetDatum(construct_empty_array(type));
	get_typlenbyvalalign(type, &len, &byval, &align);
	return PointerGetDatum(construct_array(values, n, type, len, byval, align));
}

/* ---- many rows ---- */

void
rows_begin(MfRows *rows, FunctionCallInfo fcinfo)
{
	rows->row = result_row(fcinfo);
	rows->n = 0;
	rows->len = MAXALIGN(ARR_OVERHEAD_NONULLS(1));
	rows->size = 8192;
	rows->data = palloc(rows->size);
}

static char *
rows_reserve(MfRows *rows, Size size)
{
	if (size > rows->size - rows->len)
	{
		rows->size = Max(rows->size + rows->size / 2, rows->len + size);
		rows->data = repalloc_huge(rows->data, rows->size);
	}
	if (rows->len + size > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("result exceeds 1 GB after %u rows", rows->n),
				 errhint("Ask for fewer records at a time, such as one district.")));
	return rows->data + rows->len;
}

/* Composite elements of arrays align like doubles. */
void
rows_add(MfRows *rows, Datum *values, bool *nulls)
{
	HeapTuple	tuple = heap_form_tuple(rows->row, values, nulls);
	HeapTupleHeader datum = DatumGetHeapTupleHeader(HeapTupleGetDatum(tuple));
	Size		len = HeapTupleHeaderGetDatumLength(datum);
	char	   *p = rows_reserve(rows, MAXALIGN(len));

	memcpy(p, datum, len);
	memset(p + len, 0, MAXALIGN(len) - len);
	rows->len += MAXALIGN(len);
	rows->n++;
	heap_freetuple(tuple);
}

Datum
rows_finish(MfRows *rows)
{
	ArrayType  *array = (ArrayType *) rows->data;

	if (rows->n == 0)
		return PointerGetDatum(construct_empty_array(rows->row->tdtypeid));
	memset(array, 0, MAXALIGN(ARR_OVERHEAD_NONULLS(1)));
	SET_VARSIZE(array, rows->len);
	array->ndim = 1;
	array->dataoffset = 0;
	array->elemtype = rows->row->tdtypeid;
	ARR_DIMS(array)[0] = rows->n;
	ARR_LBOUND(array)[0] = 1;
	return PointerGetDatum(array);
}

Datum
text_or_null(const MfText *text, bool *isnull)
{
	*isnull = text->data == NULL;
	if (*isnull)
		return (Datum) 0;
	return PointerGetDatum(cstring_to_text_with_len(text->data, text->len));
}
