/*
 * logbook_func.c - binding records into a log book and taking them out
 */
#include "mf_types.h"

#include "funcapi.h"

/* ---- taking out ---- */

/* mf_records(book logbook) → setof minefield, in the book's order */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_records);
Datum
mf_records(PG_FUNCTION_ARGS)
{
	Logbook    *book = PG_GETARG_LOGBOOK_P(0);
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	for (uint32 i = 0; i < book->nrecords; i++)
	{
		Datum		record = PointerGetDatum(logbook_record(book, i));
		bool		isnull = false;

		CHECK_FOR_INTERRUPTS();
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, &record, &isnull);
	}
	return (Datum) 0;
}

/* mf_record_count(book logbook) → bigint */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_record_count);
Datum
mf_record_count(PG_FUNCTION_ARGS)
{
	/* the number stands in the fixed part */
	Logbook    *book = (Logbook *) PG_DETOAST_DATUM_SLICE(PG_GETARG_DATUM(0), 0,
														  LOGBOOK_HEADER_SIZE - VARHDRSZ);

	PG_RETURN_INT64(book->nrecords);
}

/* mf_header(book logbook) → jsonb; NULL: the book has no header */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_header);
Datum
mf_header(PG_FUNCTION_ARGS)
{
	Logbook    *book = PG_GETARG_LOGBOOK_P(0);
	JsonbContainer *header = field_container(logbook_header(book), "logbook");

	if (header == NULL)
		PG_RETURN_NULL();
	PG_RETURN_JSONB_P(container_jsonb(header));
}

/* ---- binding ---- */

/* The book's document of a header given as jsonb; NULL: none. */
static Jsonb *
header_document(Jsonb *header, MfError *error)
{
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfoCharMacro(&text, '{');
	if (header != NULL)
	{
		appendStringInfoString(&text, "\"logbook\":");
		(void) JsonbToCString(&text, &header->root, VARSIZE(header));
	}
	appendStringInfoCharMacro(&text, '}');
	return document_parse(text.data, text.len, &mf_shape_logbook, "", error);
}

static Logbook *
build_or_report(const Jsonb *header, Minefield *const *records, uint32 n)
{
	MfError		error = {0};
	Logbook    *book = logbook_build(header, records, n, &error);

	if (book == NULL)
		mf_report(&error, NULL);
	return book;
}

static Minefield **
book_records(const Logbook *book, uint32 room)
{
	Minefield **records = MemoryContextAllocHuge(CurrentMemoryContext,
												 sizeof(Minefield *) * Max((Size) room, 1));

	for (uint32 i = 0; i < book->nrecords; i++)
		records[i] = (Minefield *) logbook_record(book, i);
	return records;
}

/* logbook || minefield → logbook: the record at the end */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_append);
Datum
logbook_append(PG_FUNCTION_ARGS)
{
	Logbook    *book = PG_GETARG_LOGBOOK_P(0);
	Minefield **records = book_records(book, book->nrecords + 1);

	records[book->nrecords] = PG_GETARG_MINEFIELD_P(1);
	PG_RETURN_LOGBOOK_P(build_or_report(container_jsonb(logbook_header(book)), records, book->nrecords + 1));
}

/*
 * logbook || logbook → logbook: the records of both in order, with the header
 * of the first
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_concat);
Datum
logbook_concat(PG_FUNCTION_ARGS)
{
	Logbook    *a = PG_GETARG_LOGBOOK_P(0);
	Logbook    *b = PG_GETARG_LOGBOOK_P(1);
	Minefield **records = book_records(a, a->nrecords + b->nrecords);

	for (uint32 i = 0; i < b->nrecords; i++)
		records[a->nrecords + i] = (Minefield *) logbook_record(b, i);
	PG_RETURN_LOGBOOK_P(build_or_report(container_jsonb(logbook_header(a)), records, a->nrecords + b->nrecords));
}

/* ---- the aggregate mf_logbook ---- */

typedef struct Binding
{
	MemoryContext context;
	Jsonb	   *header;			/* NULL: none yet */
	Minefield **records;
	uint32		n;
	uint32		room;
	Size		size;			/* of the records */
} Binding;

static Binding *
binding_create(FunctionCallInfo fcinfo)
{
	MemoryContext context;
	Binding    *binding;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "mf_logbook called outside an aggregate");
	binding = MemoryContextAllocZero(context, sizeof(Binding));
	binding->context = context;
	return binding;
}

static void
binding_add(Binding *binding, const Minefield *mf)
{
	MemoryContext caller = MemoryContextSwitchTo(binding->context);

	/* rather than gather gigabytes that no value can hold */
	binding->size += VARSIZE(mf);
	if (!AllocSizeIsValid(binding->size))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("log book would need more than 1 GB, which is more than a value holds"),
				 errhint("Keep large collections as rows of records, or as several log books.")));
	if (binding->n == binding->room)
	{
		binding->room = Max(64, binding->room * 2);
		binding->records = binding->records ?
			repalloc_huge(binding->records, sizeof(Minefield *) * binding->room) :
			palloc(sizeof(Minefield *) * binding->room);
	}
	binding->records[binding->n++] = memcpy(palloc(VARSIZE(mf)), mf, VARSIZE(mf));
	MemoryContextSwitchTo(caller);
}

static void
binding_set_header(Binding *binding, Jsonb *header)
{
	if (binding->header == NULL)
		binding->header = memcpy(MemoryContextAlloc(binding->context, VARSIZE(header)),
								 header, VARSIZE(header));
	else if (compareJsonbContainers(&binding->header->root, &header->root) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("records of one log book have different headers"),
				 errhint("Give one header to all rows of a group.")));
}

/* mf_logbook transition: (internal, minefield [, jsonb]) → internal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_logbook_add);
Datum
mf_logbook_add(PG_FUNCTION_ARGS)
{
	Binding    *binding = PG_ARGISNULL(0) ? binding_create(fcinfo) :
		(Binding *) PG_GETARG_POINTER(0);

	if (!PG_ARGISNULL(1))
		binding_add(binding, PG_GETARG_MINEFIELD_P(1));
	if (PG_NARGS() > 2 && !PG_ARGISNULL(2))
		binding_set_header(binding, PG_GETARG_JSONB_P(2));
	PG_RETURN_POINTER(binding);
}

/* mf_logbook final → logbook; NULL of no rows */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_logbook_final);
Datum
mf_logbook_final(PG_FUNCTION_ARGS)
{
	MfError		error = {0};
	Binding    *binding;
	Jsonb	   *header;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	binding = (Binding *) PG_GETARG_POINTER(0);
	header = header_document(binding->header, &error);
	if (header == NULL)
		mf_report(&error, NULL);
	PG_RETURN_LOGBOOK_P(build_or_report(header, binding->records, binding->n));
}
