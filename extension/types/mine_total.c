/*
 * mine_total.c - the aggregate mf_mine_total
 *
 * Sums what records say of their mines without turning unknown into zero:
 * what is written as one number, and the bounds between which the total lies
 * as far as the paper bounds it.
 */
#include "mf_types.h"

#include "common/int.h"
#include "funcapi.h"
#include "libpq/pqformat.h"

typedef struct MineTotal
{
	int64		known;			/* counts written as one number */
	int64		at_least;
	int64		at_most;
	bool		unbounded;		/* some count has no upper bound */
	int64		records;
	int64		records_unknown;	/* with a count not written as one number */
} MineTotal;

static MineTotal *
total_create(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "mf_mine_total called outside an aggregate");
	return MemoryContextAllocZero(context, sizeof(MineTotal));
}

static int64
add_total(int64 a, int64 b)
{
	int64		result;

	if (pg_add_s64_overflow(a, b, &result))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("total of mine counts is out of range")));
	return result;
}

/* One entry; false: its count is not written as one number. */
static bool
total_add_entry(MineTotal *total, const MfMineEntry *entry)
{
	const MfQuantity *count = &entry->count;

	if (count->has_value)
		total->known = add_total(total->known, (int64) count->value);
	if (count->has_min)
		total->at_least = add_total(total->at_least, (int64) count->min);
	if (count->has_max)
		total->at_most = add_total(total->at_most, (int64) count->max);
	else
		total->unbounded = true;
	return count->has_value;
}

/* Does the entry speak of the model?  An entry without one may. */
static bool
model_matches(const MfMineEntry *entry, const char *model)
{
	return model == NULL || (entry->model != NULL && strcmp(entry->model, model) == 0);
}

static void
total_add(MineTotal *total, const Minefield *mf, const char *model)
{
	MfMineEntry *entries;
	int			n = minefield_mines(mf, &entries);
	bool		unknown = n < 0;

	total->records++;
	if (n < 0)
		total->unbounded = true;
	for (int i = 0; i < n; i++)
	{
		if (model_matches(&entries[i], model))
			unknown |= !total_add_entry(total, &entries[i]);
		else if (entries[i].model == NULL)
		{
			/* some or all of these may be of the model asked for */
			unknown = true;
			if (entries[i].count.has_max)
				total->at_most = add_total(total->at_most, (int64) entries[i].count.max);
			else
				total->unbounded = true;
		}
	}
	total->records_unknown += unknown;
}

/* mf_mine_total transition: (internal, minefield [, text]) → internal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_mine_total_add);
Datum
mf_mine_total_add(PG_FUNCTION_ARGS)
{
	MineTotal  *total = PG_ARGISNULL(0) ? total_create(fcinfo) :
		(MineTotal *) PG_GETARG_POINTER(0);

	if (!PG_ARGISNULL(1))
	{
		char	   *model = PG_NARGS() > 2 && !PG_ARGISNULL(2) ?
			text_to_cstring(PG_GETARG_TEXT_PP(2)) : NULL;

		total_add(total, PG_GETARG_MINEFIELD_P(1), model);
	}
	PG_RETURN_POINTER(total);
}

/* mf_mine_total combine */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_mine_total_combine);
Datum
mf_mine_total_combine(PG_FUNCTION_ARGS)
{
	MineTotal  *total = PG_ARGISNULL(0) ? total_create(fcinfo) :
		(MineTotal *) PG_GETARG_POINTER(0);

	if (!PG_ARGISNULL(1))
	{
		const MineTotal *other = (MineTotal *) PG_GETARG_POINTER(1);

		total->known = add_total(total->known, other->known);
		total->at_least = add_total(total->at_least, other->at_least);
		total->at_most = add_total(total->at_most, other->at_most);
		total->unbounded |= other->unbounded;
		total->records += other->records;
		total->records_unknown += other->records_unknown;
	}
	PG_RETURN_POINTER(total);
}

/* mf_mine_total serialize */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_mine_total_serialize);
Datum
mf_mine_total_serialize(PG_FUNCTION_ARGS)
{
	const MineTotal *total = (MineTotal *) PG_GETARG_POINTER(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint64(&buf, total->known);
	pq_sendint64(&buf, total->at_least);
	pq_sendint64(&buf, total->at_most);
	pq_sendint8(&buf, total->unbounded);
	pq_sendint64(&buf, total->records);
	pq_sendint64(&buf, total->records_unknown);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* mf_mine_total deserialize */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_mine_total_deserialize);
Datum
mf_mine_total_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *bytes = PG_GETARG_BYTEA_PP(0);
	MineTotal  *total = palloc0(sizeof(MineTotal));
	StringInfoData buf;

	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	total->known = pq_getmsgint64(&buf);
	total->at_least = pq_getmsgint64(&buf);
	total->at_most = pq_getmsgint64(&buf);
	total->unbounded = pq_getmsgbyte(&buf);
	total->records = pq_getmsgint64(&buf);
	total->records_unknown = pq_getmsgint64(&buf);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(total);
}

/*
 * mf_mine_total final → mf_mine_totals; NULL of no rows, and no totals of no
 * records
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_mine_total_final);
Datum
mf_mine_total_final(PG_FUNCTION_ARGS)
{
	const MineTotal *total;
	TupleDesc	desc;
	Datum		values[5];
	bool		nulls[5] = {false};

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	total = (MineTotal *) PG_GETARG_POINTER(0);
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "mf_mine_total must return a composite type");
	values[0] = Int64GetDatum(total->known);
	values[1] = Int64GetDatum(total->at_least);
	values[2] = Int64GetDatum(total->at_most);
	values[3] = Int64GetDatum(total->records);
	values[4] = Int64GetDatum(total->records_unknown);
	nulls[0] = nulls[1] = total->records == 0;
	nulls[2] = total->records == 0 || total->unbounded;
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls)));
}
