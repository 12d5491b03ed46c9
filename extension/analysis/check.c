/*
 * check.c - running checks: the list, the options, one record, a book
 *
 * check_summary.c counts what became of them, check_rows.c runs them over the
 * rows of a table.
 */
#include "mf_checks.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/date.h"
#include "utils/numeric.h"

static const MfCheck *const themes[] = {
	checks_of_extent, checks_of_points, checks_of_measures, checks_of_grids,
	checks_of_chains,
	checks_of_counts, checks_of_sizes, checks_of_dates, checks_of_models,
	checks_of_books
};

static const char *const priority_names[] = {"HIGH", "MEDIUM", "LOW"};

const char *
priority_name(MfPriority priority)
{
	return priority_names[priority];
}

/* ---- all checks ---- */

int
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

void *
check_options_read(struct varlena *given)
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

const MfCheckOptions *
check_options_arg(FunctionCallInfo fcinfo, int n)
{
	bool		given = n < PG_NARGS() && !PG_ARGISNULL(n);

	return cached_reading(fcinfo, given ? PG_DETOAST_DATUM(PG_GETARG_DATUM(n)) : NULL, check_options_read);
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

void
check_run_begin(MfCheckRun *run, const MfCheckOptions *options)
{
	memset(run, 0, sizeof(*run));
	run->options = options;
	run->today = options->has_today ? options->today :
		(int32) (GetCurrentTransactionStartTimestamp() / USECS_PER_DAY);
}

static void
tally_add(MfTally *tally, bool applicable, int nfound)
{
	tally->run += applicable;
	tally->not_applicable += !applicable;
	tally->failed += nfound > 0;
	tally->findings += nfound;
}

void
check_record(MfCheckRun *run, const Minefield *record, MfTally *tallies)
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

void
check_book(MfCheckRun *run, const MfBook *book, MfTally *tallies)
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

void
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
	Datum		values[MF_FINDING_ATTRIBUTES];
	bool		nulls[MF_FINDING_ATTRIBUTES] = {false};

	finding_values(run, path, message, hint, values, nulls);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/* mf_check(record minefield, options jsonb) → setof mf_check_finding */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_check);
Datum
mf_check(PG_FUNCTION_ARGS)
{
	MfCheckRun	run;
	const Minefield *record;

	InitMaterializedSRF(fcinfo, 0);
	check_run_begin(&run, check_options_arg(fcinfo, 1));
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
	check_run_begin(&run, check_options_arg(fcinfo, 1));
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	book_of_logbook(&book, PG_GETARG_LOGBOOK_P(0));
	run.found = found_row;
	run.arg = fcinfo->resultinfo;
	check_book(&run, &book, NULL);
	return (Datum) 0;
}
