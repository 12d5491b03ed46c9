/*
 * check_summary.c - how often each check ran, could not be applied, passed, failed
 *
 * A check that could not be applied is not passed: it has a count of its own.
 */
#include "mf_checks.h"

#include "funcapi.h"
#include "libpq/pqformat.h"

/* ---- summaries ---- */

static void
put_tallies(const MfTally *tallies, const MfCheckOptions *options, bool books,
			void (*put) (Datum *values, bool *nulls, void *arg), void *arg)
{
	const MfCheck *checks[MF_MOST_CHECKS];
	int			n = list_checks(checks);

	for (int i = 0; i < n; i++)
	{
		Datum		values[] = {
			CStringGetTextDatum(checks[i]->code),
			CStringGetTextDatum(priority_name(checks[i]->priority)),
			CStringGetTextDatum(checks[i]->record ? "record" : "book"),
			Int64GetDatum(tallies[i].run),
			Int64GetDatum(tallies[i].not_applicable),
			Int64GetDatum(tallies[i].run - tallies[i].failed),
			Int64GetDatum(tallies[i].failed),
			Int64GetDatum(tallies[i].findings)
		};
		bool		nulls[8] = {false};

		if (options->on[i] && (checks[i]->record != NULL || books))
			put(values, nulls, arg);
	}
}

static void
put_tally_row(Datum *values, bool *nulls, void *arg)
{
	ReturnSetInfo *rsinfo = arg;

	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

static void
put_tally_element(Datum *values, bool *nulls, void *arg)
{
	rows_add(arg, values, nulls);
}

/* mf_check_summary(book logbook, options jsonb) → setof mf_check_count */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_check_summary_book);
Datum
mf_check_summary_book(PG_FUNCTION_ARGS)
{
	MfTally		tallies[MF_MOST_CHECKS] = {{0}};
	MfCheckRun	run;
	MfBook		book;

	InitMaterializedSRF(fcinfo, 0);
	check_run_begin(&run, check_options_arg(fcinfo, 1));
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	book_of_logbook(&book, PG_GETARG_LOGBOOK_P(0));
	check_book(&run, &book, tallies);
	put_tallies(tallies, run.options, true, put_tally_row, fcinfo->resultinfo);
	return (Datum) 0;
}

/* The state of the aggregate mf_check_summary. */
typedef struct CheckSummary
{
	Jsonb	   *options;		/* NULL: none */
	MfTally		tallies[MF_MOST_CHECKS];
} CheckSummary;

/* mf_check_summary transition: (internal, minefield [, jsonb]) → internal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_check_summary_add);
Datum
mf_check_summary_add(PG_FUNCTION_ARGS)
{
	MemoryContext context = check_context(fcinfo);
	CheckSummary *summary;
	MfCheckRun	run;

	if (PG_ARGISNULL(0))
	{
		summary = MemoryContextAllocZero(context, sizeof(CheckSummary));
		summary->options = check_options_copy(fcinfo, 2, context);
	}
	else
		summary = (CheckSummary *) PG_GETARG_POINTER(0);
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(summary);
	check_run_begin(&run, check_options_arg(fcinfo, 2));
	check_record(&run, PG_GETARG_MINEFIELD_P(1), summary->tallies);
	PG_RETURN_POINTER(summary);
}

/* mf_check_summary combine */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_check_summary_combine);
Datum
mf_check_summary_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = check_context(fcinfo);
	CheckSummary *summary = PG_ARGISNULL(0) ? NULL : (CheckSummary *) PG_GETARG_POINTER(0);
	const CheckSummary *other = PG_ARGISNULL(1) ? NULL : (CheckSummary *) PG_GETARG_POINTER(1);

	if (summary == NULL)
		summary = MemoryContextAllocZero(context, sizeof(CheckSummary));
	if (other == NULL)
		PG_RETURN_POINTER(summary);
	if (summary->options == NULL && other->options != NULL)
		summary->options = memcpy(MemoryContextAlloc(context, VARSIZE(other->options)), other->options,
								  VARSIZE(other->options));
	for (int i = 0; i < MF_MOST_CHECKS; i++)
	{
		summary->tallies[i].run += other->tallies[i].run;
		summary->tallies[i].not_applicable += other->tallies[i].not_applicable;
		summary->tallies[i].failed += other->tallies[i].failed;
		summary->tallies[i].findings += other->tallies[i].findings;
	}
	PG_RETURN_POINTER(summary);
}

/* mf_check_summary serialize */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_check_summary_serialize);
Datum
mf_check_summary_serialize(PG_FUNCTION_ARGS)
{
	const CheckSummary *summary = (CheckSummary *) PG_GETARG_POINTER(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	for (int i = 0; i < MF_MOST_CHECKS; i++)
	{
		pq_sendint64(&buf, summary->tallies[i].run);
		pq_sendint64(&buf, summary->tallies[i].not_applicable);
		pq_sendint64(&buf, summary->tallies[i].failed);
		pq_sendint64(&buf, summary->tallies[i].findings);
	}
	if (summary->options != NULL)
		pq_sendbytes(&buf, (const char *) summary->options, VARSIZE(summary->options));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* mf_check_summary deserialize */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_check_summary_deserialize);
Datum
mf_check_summary_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *bytes = PG_GETARG_BYTEA_PP(0);
	CheckSummary *summary = palloc0(sizeof(CheckSummary));
	StringInfoData buf;

	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	for (int i = 0; i < MF_MOST_CHECKS; i++)
	{
		summary->tallies[i].run = pq_getmsgint64(&buf);
		summary->tallies[i].not_applicable = pq_getmsgint64(&buf);
		summary->tallies[i].failed = pq_getmsgint64(&buf);
		summary->tallies[i].findings = pq_getmsgint64(&buf);
	}
	if (buf.cursor < buf.len)
	{
		int			size = buf.len - buf.cursor;

		summary->options = memcpy(palloc(size), pq_getmsgbytes(&buf, size), size);
	}
	PG_RETURN_POINTER(summary);
}

/* mf_check_summary final → mf_check_count[]; NULL of no rows */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_check_summary_final);
Datum
mf_check_summary_final(PG_FUNCTION_ARGS)
{
	const CheckSummary *summary;
	MfRows		rows;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	summary = (CheckSummary *) PG_GETARG_POINTER(0);
	rows_begin(&rows, fcinfo);
	put_tallies(summary->tallies, check_options_read((struct varlena *) summary->options), false,
				put_tally_element, &rows);
	return rows_finish(&rows);
}
