/*
 * check_rows.c - checks of the rows of a table, as of a log book without a header
 */
#include "mf_checks.h"

#include "catalog/pg_type.h"
#include "funcapi.h"

/* ---- what both aggregates need ---- */

MemoryContext
check_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "check function called outside an aggregate");
	return context;
}

Jsonb *
check_options_copy(FunctionCallInfo fcinfo, int n, MemoryContext context)
{
	Jsonb	   *options;

	if (n >= PG_NARGS() || PG_ARGISNULL(n))
		return NULL;
	options = PG_GETARG_JSONB_P(n);
	return memcpy(MemoryContextAlloc(context, VARSIZE(options)), options, VARSIZE(options));
}

/* ---- findings as elements of an array ---- */

/* arg: rows in memory of their own */
typedef struct FoundRows
{
	MfRows		rows;
	MemoryContext context;
} FoundRows;

static void
found_element(MfCheckRun *run, const char *path, const char *message, const char *hint)
{
	FoundRows  *found = run->arg;
	Datum		values[MF_FINDING_ATTRIBUTES];
	bool		nulls[MF_FINDING_ATTRIBUTES] = {false};
	MemoryContext caller;

	finding_values(run, path, message, hint, values, nulls);
	caller = MemoryContextSwitchTo(found->context);
	rows_add(&found->rows, values, nulls);
	MemoryContextSwitchTo(caller);
}

/* ---- the aggregate mf_check_rows: records of a table as a book ---- */

typedef struct CheckRows
{
	MemoryContext context;
	Jsonb	   *options;
	uint32		n;
	uint32		room;
	const Minefield **records;
	const char **keys;
	Size		size;
} CheckRows;

static void
rows_take(CheckRows *state, const Minefield *record, text *key)
{
	MemoryContext caller = MemoryContextSwitchTo(state->context);

	if (state->n == state->room)
	{
		Size		room = Max(64, (Size) state->room * 2);

		state->records = state->records == NULL ? palloc_extended(sizeof(char *) * room, MCXT_ALLOC_HUGE) :
			repalloc_huge(state->records, sizeof(char *) * room);
		state->keys = state->keys == NULL ? palloc_extended(sizeof(char *) * room, MCXT_ALLOC_HUGE) :
			repalloc_huge(state->keys, sizeof(char *) * room);
		state->room = room;
	}
	state->size += VARSIZE(record) + 100;
	if (state->size / 1024 > mf_max_memory_kb)
		ereport(ERROR,
				(errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
				 errmsg("records to check need more than %d kB of memory", mf_max_memory_kb),
				 errhint("Check fewer records at a time, such as one book, or raise minefield.max_memory.")));
	state->records[state->n] = memcpy(palloc(VARSIZE(record)), record, VARSIZE(record));
	state->keys[state->n++] = key == NULL ? NULL : text_to_cstring(key);
	MemoryContextSwitchTo(caller);
}

/* mf_check_rows transition: (internal, text, minefield [, jsonb]) → internal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_check_rows_add);
Datum
mf_check_rows_add(PG_FUNCTION_ARGS)
{
	MemoryContext context = check_context(fcinfo);
	CheckRows  *state;

	if (PG_ARGISNULL(0))
	{
		state = MemoryContextAllocZero(context, sizeof(CheckRows));
		state->context = context;
		state->options = check_options_copy(fcinfo, 3, context);
	}
	else
		state = (CheckRows *) PG_GETARG_POINTER(0);
	if (!PG_ARGISNULL(2))
		rows_take(state, PG_GETARG_MINEFIELD_P(2), PG_ARGISNULL(1) ? NULL : PG_GETARG_TEXT_PP(1));
	PG_RETURN_POINTER(state);
}

/* mf_check_rows final → mf_check_finding[]; NULL of no rows */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_check_rows_final);
Datum
mf_check_rows_final(PG_FUNCTION_ARGS)
{
	const CheckRows *state;
	MfCheckRun	run;
	MfBook		book;
	FoundRows	found;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = (CheckRows *) PG_GETARG_POINTER(0);
	check_run_begin(&run, check_options_read((struct varlena *) state->options));
	book_read(&book, state->records, state->keys, state->n);
	found.context = CurrentMemoryContext;
	rows_begin(&found.rows, fcinfo);
	run.found = found_element;
	run.arg = &found;
	check_book(&run, &book, NULL);
	return rows_finish(&found.rows);
}

/*
 * mf_check_table(relation regclass, key_column, record_column name, options
 * jsonb) → setof mf_check_finding; no rows where one of the first three is NULL
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_check_table);
Datum
mf_check_table(PG_FUNCTION_ARGS)
{
	Oid			types[] = {JSONBOID};
	Datum		values[1];
	const char *nulls;
	const char *relation,
			   *own,
			   *key,
			   *record;
	Oid			type;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return (Datum) 0;
	own = table_own_schema(fcinfo);
	relation = table_name(PG_GETARG_OID(0));
	key = table_column(fcinfo, 1, PG_GETARG_OID(0), NULL);
	record = table_column(fcinfo, 2, PG_GETARG_OID(0), &type);
	if (table_record_schema(record, type) != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column %s is of type geometry, not minefield", record)));
	values[0] = PG_GETARG_DATUM(3);
	nulls = PG_ARGISNULL(3) ? "n" : " ";
	mf_query_value(psprintf("SELECT %s.mf_check_rows(t.%s::pg_catalog.text, t.%s, $1 ORDER BY t.%s) FROM %s AS t",
							own, key, record, key, relation),
				   1, types, values, nulls, table_take_rows, fcinfo->resultinfo);
	return (Datum) 0;
}
