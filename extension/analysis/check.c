/*
 * check.c - running checks: the list, the options, one record, a book
 */
#include "mf_checks.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/date.h"
#include "utils/numeric.h"

static const MfCheck *const themes[] = {
	checks_of_extent, checks_of_points, checks_of_measures, checks_of_grids,
	checks_of_chains,
	checks_of_counts, checks_of_sizes, checks_of_dates, checks_of_models,
	checks_of_books
};

static const char *const priority_names[] = {"HIGH", "MEDIUM", "LOW"};

/* ---- all checks ---- */

/* In the order of the themes; how many there are. */
static int
list_checks(const MfCheck **checks)
{
	int			n = 0;

	for (int i = 0; i < lengthof(themes); i++)
	{
		for (const MfCheck *check = themes[i]; check->code != NULL; check++)
		{
			Assert(n < MF_MOST_CHECKS);
			checks[n++] = check;
		}
	}
	return n;
}

/* mf_checks() → setof mf_check_entry */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_checks);
Datum
mf_checks(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	const MfCheck *checks[MF_MOST_CHECKS];
	int			n = list_checks(checks);

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < n; i++)
	{
		Datum		values[] = {
			CStringGetTextDatum(checks[i]->code),
			CStringGetTextDatum(priority_names[checks[i]->priority]),
			CStringGetTextDatum(checks[i]->record ? "record" : "book"),
			CStringGetTextDatum(checks[i]->what),
			CStringGetTextDatum(checks[i]->hint)
		};
		bool		nulls[5] = {false};

		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* ---- options ---- */

static void
bad_option(const char *fmt, const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg(fmt, name),
			 errhint("The options are: skip, codes (lists of codes of mf_checks()), today, tolerance, long_edge_m, models.")));
}

static int
check_named(const MfCheck **checks, int n, const JsonbValue *code)
{
	char	   *name = value_text(code);

	for (int i = 0; i < n && name != NULL; i++)
	{
		if (strcmp(checks[i]->code, name) == 0)
			return i;
	}
	bad_option("there is no check \"%s\"", name ? name : "null");
	return -1;
}

static void
switch_checks(MfCheckOptions *options, const JsonbValue *codes, bool on)
{
	const MfCheck *checks[MF_MOST_CHECKS];
	int			n = list_checks(checks);

	if (codes->type != jbvBinary || !JsonContainerIsArray(codes->val.binary.data))
		bad_option("option \"%s\" must be a list of codes", on ? "codes" : "skip");
	if (on)
		memset(options->on, false, sizeof(options->on));
	for (uint32 i = 0; i < JsonContainerSize(codes->val.binary.data); i++)
		options->on[check_named(checks, n, getIthJsonbValueFromContainer(codes->val.binary.data, i))] = on;
}

static double
option_number(const char *name, const JsonbValue *value, double most)
{
	double		number = value->type != jbvNumeric ? NAN :
		DatumGetFloat8(DirectFunctionCall1(numeric_float8, NumericGetDatum(value->val.numeric)));

	if (!(number >= 0 && number <= most))
		bad_option("option \"%s\" is no number of its range", name);
	return number;
}

static void
set_option(MfCheckOptions *options, const char *name, const JsonbValue *value)
{
	if (strcmp(name, "skip") == 0 || strcmp(name, "codes") == 0)
		return;
	if (strcmp(name, "tolerance") == 0)
		options->tolerance = option_number(name, value, 10);
	else if (strcmp(name, "long_edge_m") == 0)
		options->long_edge_m = option_number(name, value, 1e7);
	else if (strcmp(name, "models") == 0 && value->type == jbvBinary)
		options->models = models_list(container_jsonb(value->val.binary.data));
	else if (strcmp(name, "today") == 0 && value->type == jbvString)
	{
		options->has_today = true;
		options->today = DatumGetDateADT(DirectFunctionCall1(date_in, CStringGetDatum(value_text(value))));
	}
	else
		bad_option("unknown option \"%s\", or not as it must be", name);
}

static void *
read_options(struct varlena *given)
{
	MfCheckOptions *options = palloc0(sizeof(MfCheckOptions));
	Jsonb	   *jsonb = (Jsonb *) given;
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue	value;
	char	   *name = NULL;

	memset(options->on, true, sizeof(options->on));
	options->tolerance = 0.1;
	options->long_edge_m = 5000;
	if (jsonb != NULL)
	{
		if (!JB_ROOT_IS_OBJECT(jsonb))
			bad_option("%s must be a JSON object", "options");
		if (field_get(&jsonb->root, "codes", &value) && value.type != jbvNull)
			switch_checks(options, &value, true);
		if (field_get(&jsonb->root, "skip", &value) && value.type != jbvNull)
			switch_checks(options, &value, false);
		it = JsonbIteratorInit(&jsonb->root);
		while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
		{
			if (token == WJB_KEY)
				name = pnstrdup(value.val.string.val, value.val.string.len);
			else if (token == WJB_VALUE && value.type != jbvNull)
				set_option(options, name, &value);
		}
	}
	if (options->models == NULL)
		options->models = models_list(NULL);
	return options;
}

static const MfCheckOptions *
options_arg(FunctionCallInfo fcinfo, int n)
{
	bool		given = n < PG_NARGS() && !PG_ARGISNULL(n);

	return cached_reading(fcinfo, given ? PG_DETOAST_DATUM(PG_GETARG_DATUM(n)) : NULL, read_options);
}

/* ---- running ---- */

void
check_fails(MfCheckRun *run, const char *path, const char *fmt,...)
{
	StringInfoData message;
	va_list		args;

	run->nfound++;
	if (run->found == NULL)
		return;
	initStringInfo(&message);
	for (;;)
	{
		int			needed;

		va_start(args, fmt);
		needed = appendStringInfoVA(&message, fmt, args);
		va_end(args);
		if (needed == 0)
			break;
		enlargeStringInfo(&message, needed);
	}
	run->found(run, path, message.data, run->check->hint);
}

void
check_fails_hint(MfCheckRun *run, const char *path, const char *hint, const char *fmt,...)
{
	StringInfoData message;
	va_list		args;

	run->nfound++;
	if (run->found == NULL)
		return;
	initStringInfo(&message);
	for (;;)
	{
		int			needed;

		va_start(args, fmt);
		needed = appendStringInfoVA(&message, fmt, args);
		va_end(args);
		if (needed == 0)
			break;
		enlargeStringInfo(&message, needed);
	}
	run->found(run, path, message.data, hint);
}

static void
run_begin(MfCheckRun *run, const MfCheckOptions *options)
{
	memset(run, 0, sizeof(*run));
	run->options = options;
	run->today = options->has_today ? options->today :
		(int32) (GetCurrentTransactionStartTimestamp() / USECS_PER_DAY);
}

/* What became of one check: of a record, or of a book. */
typedef enum Outcome
{
	OUTCOME_NOT_APPLICABLE,
	OUTCOME_PASSED,
	OUTCOME_FAILED
} Outcome;

typedef struct Tally
{
	int64		run;
	int64		not_applicable;
	int64		failed;
	int64		findings;
} Tally;

static void
tally_add(Tally *tally, bool applicable, int nfound)
{
	tally->run += applicable;
	tally->not_applicable += !applicable;
	tally->failed += nfound > 0;
	tally->findings += nfound;
}

/* All checks of a record; tallies may be NULL. */
static void
check_record(MfCheckRun *run, const Minefield *record, Tally *tallies)
{
	const MfCheck *checks[MF_MOST_CHECKS];
	int			n = list_checks(checks);
	MfPaper		paper;

	paper_read(&paper, record, run->options->models);
	for (int i = 0; i < n; i++)
	{
		bool		applicable;

		if (checks[i]->record == NULL || !run->options->on[i])
			continue;
		run->check = checks[i];
		run->nfound = 0;
		applicable = checks[i]->record(run, &paper);
		if (tallies != NULL)
			tally_add(&tallies[i], applicable, run->nfound);
	}
}

/* Every record of a book in its order, and then the book. */
static void
check_book(MfCheckRun *run, const MfBook *book, Tally *tallies)
{
	const MfCheck *checks[MF_MOST_CHECKS];
	int			n = list_checks(checks);
	const MfBookItem **order = palloc_extended(sizeof(MfBookItem *) * Max((Size) book->most, 1),
											   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext, "minefield check",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(scratch);

	for (uint32 i = 0; i < book->n; i++)
		order[book->items[i].n] = &book->items[i];
	for (uint32 i = 0; i < book->most; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (order[i] == NULL)
			continue;
		run->n = i + 1;
		run->key = order[i]->key;
		check_record(run, order[i]->record, tallies);
		MemoryContextReset(scratch);
	}
	for (int i = 0; i < n; i++)
	{
		bool		applicable;

		if (checks[i]->book == NULL || !run->options->on[i])
			continue;
		run->check = checks[i];
		run->nfound = 0;
		applicable = checks[i]->book(run, book);
		if (tallies != NULL)
			tally_add(&tallies[i], applicable, run->nfound);
		MemoryContextReset(scratch);
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(scratch);
}

/* ---- findings as rows ---- */

#define FINDING_ATTRIBUTES 7

static void
finding_values(const MfCheckRun *run, const char *path, const char *message, const char *hint,
			   Datum *values, bool *nulls)
{
	nulls[0] = run->n == 0;
	values[0] = Int64GetDatum(run->n);
	nulls[1] = run->key == NULL;
	values[1] = nulls[1] ? (Datum) 0 : CStringGetTextDatum(run->key);
	values[2] = CStringGetTextDatum(run->check->code);
	values[3] = CStringGetTextDatum(priority_names[run->check->priority]);
	values[4] = CStringGetTextDatum(path);
	values[5] = CStringGetTextDatum(message);
	values[6] = CStringGetTextDatum(hint);
}

/* arg: a ReturnSetInfo */
static void
found_row(MfCheckRun *run, const char *path, const char *message, const char *hint)
{
	ReturnSetInfo *rsinfo = run->arg;
	Datum		values[FINDING_ATTRIBUTES];
	bool		nulls[FINDING_ATTRIBUTES] = {false};

	finding_values(run, path, message, hint, values, nulls);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

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
	Datum		values[FINDING_ATTRIBUTES];
	bool		nulls[FINDING_ATTRIBUTES] = {false};
	MemoryContext caller;

	finding_values(run, path, message, hint, values, nulls);
	caller = MemoryContextSwitchTo(found->context);
	rows_add(&found->rows, values, nulls);
	MemoryContextSwitchTo(caller);
}

/* mf_check(record minefield, options jsonb) → setof mf_check_finding */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_check);
Datum
mf_check(PG_FUNCTION_ARGS)
{
	MfCheckRun	run;
	const Minefield *record;

	InitMaterializedSRF(fcinfo, 0);
	run_begin(&run, options_arg(fcinfo, 1));
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	record = PG_GETARG_MINEFIELD_P(0);
	run.key = minefield_id(record);
	run.found = found_row;
	run.arg = fcinfo->resultinfo;
	check_record(&run, record, NULL);
	return (Datum) 0;
}

/* mf_check(book logbook, options jsonb) → setof mf_check_finding */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_check_book);
Datum
mf_check_book(PG_FUNCTION_ARGS)
{
	MfCheckRun	run;
	MfBook		book;

	InitMaterializedSRF(fcinfo, 0);
	run_begin(&run, options_arg(fcinfo, 1));
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	book_of_logbook(&book, PG_GETARG_LOGBOOK_P(0));
	run.found = found_row;
	run.arg = fcinfo->resultinfo;
	check_book(&run, &book, NULL);
	return (Datum) 0;
}

/* ---- summaries ---- */

static void
put_tallies(const Tally *tallies, const MfCheckOptions *options, bool books,
			void (*put) (Datum *values, bool *nulls, void *arg), void *arg)
{
	const MfCheck *checks[MF_MOST_CHECKS];
	int			n = list_checks(checks);

	for (int i = 0; i < n; i++)
	{
		Datum		values[] = {
			CStringGetTextDatum(checks[i]->code),
			CStringGetTextDatum(priority_names[checks[i]->priority]),
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
	Tally		tallies[MF_MOST_CHECKS] = {{0}};
	MfCheckRun	run;
	MfBook		book;

	InitMaterializedSRF(fcinfo, 0);
	run_begin(&run, options_arg(fcinfo, 1));
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
	Tally		tallies[MF_MOST_CHECKS];
} CheckSummary;

static MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "check function called outside an aggregate");
	return context;
}

static Jsonb *
copy_options(FunctionCallInfo fcinfo, int n, MemoryContext context)
{
	Jsonb	   *options;

	if (n >= PG_NARGS() || PG_ARGISNULL(n))
		return NULL;
	options = PG_GETARG_JSONB_P(n);
	return memcpy(MemoryContextAlloc(context, VARSIZE(options)), options, VARSIZE(options));
}

/* mf_check_summary transition: (internal, minefield [, jsonb]) → internal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_check_summary_add);
Datum
mf_check_summary_add(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	CheckSummary *summary;
	MfCheckRun	run;

	if (PG_ARGISNULL(0))
	{
		summary = MemoryContextAllocZero(context, sizeof(CheckSummary));
		summary->options = copy_options(fcinfo, 2, context);
	}
	else
		summary = (CheckSummary *) PG_GETARG_POINTER(0);
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(summary);
	run_begin(&run, options_arg(fcinfo, 2));
	check_record(&run, PG_GETARG_MINEFIELD_P(1), summary->tallies);
	PG_RETURN_POINTER(summary);
}

/* mf_check_summary combine */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_check_summary_combine);
Datum
mf_check_summary_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
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
	put_tallies(summary->tallies, read_options((struct varlena *) summary->options), false,
				put_tally_element, &rows);
	return rows_finish(&rows);
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
	MemoryContext context = aggregate_context(fcinfo);
	CheckRows  *state;

	if (PG_ARGISNULL(0))
	{
		state = MemoryContextAllocZero(context, sizeof(CheckRows));
		state->context = context;
		state->options = copy_options(fcinfo, 3, context);
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
	run_begin(&run, read_options((struct varlena *) state->options));
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
