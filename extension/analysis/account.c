/*
 * account.c - recorded, added, lifted, exploded, found: what is unaccounted for
 *
 * Bookkeeping of paper, by model.  Every number is an interval; what nothing
 * bounds stays open.  A mine without a model may be of any: it widens the
 * interval of each model, and is exact in the total of all.
 */
#include "mf_checks.h"
#include "mf_reconcile.h"

#include "common/int.h"
#include "funcapi.h"
#include "utils/array.h"

#define OPEN	(-1)			/* an upper bound that is not known */

typedef struct MineSpan
{
	int64		min;
	int64		max;			/* OPEN: unknown */
} MineSpan;

/* The columns of the account. */
typedef enum Column
{
	RECORDED,
	ADDED,
	LIFTED,
	EXPLODED,
	FOUND,
	COLUMNS
} Column;

/* What is written of one model; of all together in the total. */
typedef struct Line
{
	char	   *model;
	MineSpan	columns[COLUMNS];
	int64		records_unknown;	/* with a count of it that is not one number */
	int64		record;			/* the last that was counted there */
} Line;

typedef struct Account
{
	MfLikenessFinder finder;	/* knows what names of models mean */
	Line	   *lines;
	int			nlines;
	int			room;
	Line		unnamed;		/* mines without a model */
	Line		total;
	int64		records;
	int64		mines_unknown;	/* records that do not state their mines */
	int64		events_unknown; /* records that do not state events */
	int64		events_other;	/* of kinds that are not counted */
} Account;

/* ---- intervals ---- */

static int64
sum_of(int64 a, int64 b)
{
	int64		sum;

	if (pg_add_s64_overflow(a, b, &sum))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("total of mines out of range")));
	return sum;
}

static void
interval_add(MineSpan *sum, const MineSpan *more)
{
	sum->min = sum_of(sum->min, more->min);
	sum->max = sum->max == OPEN || more->max == OPEN ? OPEN : sum_of(sum->max, more->max);
}

/* A count; least: what it is at least where nothing is written. */
static MineSpan
interval_of(const MfQuantity *count, int64 least)
{
	MineSpan	interval;

	interval.min = count->has_min ? (int64) count->min : least;
	interval.max = count->has_max ? (int64) count->max : OPEN;
	return interval;
}

/* ---- lines ---- */

static Line *
line_of(Account *account, const char *written)
{
	char	   *model = written ? model_meaning(written, &account->finder) : NULL;
	Line	   *line;

	if (model == NULL || model[0] == '\0')
		return &account->unnamed;
	for (int i = 0; i < account->nlines; i++)
	{
		if (strcmp(account->lines[i].model, model) == 0)
			return &account->lines[i];
	}
	if (account->nlines == account->room)
	{
		account->room = Max(16, account->room * 2);
		account->lines = account->lines == NULL ? palloc(sizeof(Line) * account->room) :
			repalloc(account->lines, sizeof(Line) * account->room);
	}
	line = &account->lines[account->nlines++];
	memset(line, 0, sizeof(Line));
	line->model = model;
	return line;
}

static void
count_in(Account *account, Line *line, Column column, const MineSpan *interval)
{
	interval_add(&line->columns[column], interval);
	interval_add(&account->total.columns[column], interval);
}

/* Count a record once among those whose count is not one number. */
static void
note_unknown(Account *account, Line *line)
{
	if (line->record != account->records)
		line->records_unknown++;
	line->record = account->records;
}

/* ---- records ---- */

static void
add_mines(Account *account, const Minefield *mf)
{
	MfMineEntry *entries;
	int			n = minefield_mines(mf, &entries);

	if (n < 0)
	{
		account->mines_unknown++;
		account->total.records_unknown++;
		account->total.columns[RECORDED].max = OPEN;
		account->unnamed.columns[RECORDED].max = OPEN;
		return;
	}
	for (int i = 0; i < n; i++)
	{
		Line	   *line = line_of(account, entries[i].model);
		MineSpan	count = interval_of(&entries[i].count, 0);

		count_in(account, line, RECORDED, &count);
		if (count.min != count.max)
		{
			note_unknown(account, line);
			note_unknown(account, &account->total);
		}
	}
}

/* The column of a kind of event; COLUMNS: it is not counted. */
static Column
column_of_event(const char *kind)
{
	static const struct
	{
		const char *kind;
		Column		column;
	}			kinds[] = {
		{"lifted", LIFTED}, {"removed", LIFTED}, {"cleared", LIFTED}, {"destroyed", LIFTED},
		{"exploded", EXPLODED}, {"detonated", EXPLODED},
		{"added", ADDED}, {"laid", ADDED}
	};

	for (int i = 0; kind != NULL && i < lengthof(kinds); i++)
	{
		if (pg_strcasecmp(kind, kinds[i].kind) == 0)
			return kinds[i].column;
	}
	return COLUMNS;
}

/* An event or find tells of one mine at least. */
static void
add_event(Account *account, JsonbContainer *event, Column column)
{
	MfQuantity	count;
	MineSpan	interval;

	(void) field_count(event, "count", &count);
	interval = interval_of(&count, 1);
	count_in(account, line_of(account, field_text(event, "model")), column, &interval);
}

static void
add_events(Account *account, const Minefield *mf)
{
	JsonbContainer *events = field_container(minefield_properties(mf), "events");

	if (events == NULL || !JsonContainerIsArray(events))
	{
		account->events_unknown++;
		return;
	}
	for (uint32 i = 0; i < JsonContainerSize(events); i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(events, i);
		JsonbContainer *event = value->type == jbvBinary ? value->val.binary.data : NULL;
		Column		column = event ? column_of_event(trimmed(field_text(event, "kind"))) : COLUMNS;

		if (column == COLUMNS)
			account->events_other++;
		else
			add_event(account, event, column);
	}
}

static void
add_record(Account *account, const Minefield *mf)
{
	CHECK_FOR_INTERRUPTS();
	minefield_verify(mf);
	account->records++;
	add_mines(account, mf);
	add_events(account, mf);
}

/* ---- finds ---- */

/* A mine that was found counts as found, one that harmed somebody as exploded. */
static Column
column_of_find(const char *kind)
{
	if (kind == NULL || pg_strcasecmp(kind, "mine") == 0)
		return FOUND;
	return pg_strcasecmp(kind, "accident") == 0 ? EXPLODED : COLUMNS;
}

static void
add_finds(Account *account, const Jsonb *finds)
{
	if (!JB_ROOT_IS_ARRAY(finds) || JB_ROOT_IS_SCALAR(finds))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("finds must be a JSON array"),
				 errhint("jsonb_agg(jsonb_build_object('kind', kind, 'model', model, 'count', count)) makes one of rows.")));
	for (uint32 i = 0; i < JB_ROOT_COUNT(finds); i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer((JsonbContainer *) &finds->root, i);
		Column		column;

		CHECK_FOR_INTERRUPTS();
		if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a find must be a JSON object")));
		column = column_of_find(trimmed(field_text(value->val.binary.data, "kind")));
		if (column != COLUMNS)
			add_event(account, value->val.binary.data, column);
	}
}

/* ---- rows ---- */

#define ROW_ATTRIBUTES 17

static void
put_interval(Datum *values, bool *nulls, int n, const MineSpan *interval)
{
	values[n] = Int64GetDatum(interval->min);
	values[n + 1] = Int64GetDatum(interval->max);
	nulls[n + 1] = interval->max == OPEN;
}

/* Recorded and added, less what came out, as far as it is bounded. */
static void
put_balance(Datum *values, bool *nulls, int n, const MineSpan *columns)
{
	int64		most = columns[RECORDED].max == OPEN || columns[ADDED].max == OPEN ? OPEN :
		sum_of(columns[RECORDED].max, columns[ADDED].max);
	MineSpan	out = {0, 0};

	interval_add(&out, &columns[LIFTED]);
	interval_add(&out, &columns[EXPLODED]);
	interval_add(&out, &columns[FOUND]);
	nulls[n] = out.max == OPEN;
	if (!nulls[n])
		values[n] = Int64GetDatum(sum_of(columns[RECORDED].min, columns[ADDED].min) - out.max);
	nulls[n + 1] = most == OPEN;
	if (!nulls[n + 1])
		values[n + 1] = Int64GetDatum(most - out.min);
}

static void
put_line(ReturnSetInfo *rsinfo, const Account *account, const Line *line)
{
	bool		total = line == &account->total;
	MineSpan	columns[COLUMNS];
	Datum		values[ROW_ATTRIBUTES] = {0};
	bool		nulls[ROW_ATTRIBUTES] = {false};

	for (int i = 0; i < COLUMNS; i++)
	{
		MineSpan	any = {0, account->unnamed.columns[i].max};

		columns[i] = line->columns[i];
		/* what has no model may be of this one */
		if (!total)
			interval_add(&columns[i], &any);
	}
	nulls[0] = total;
	values[0] = total ? (Datum) 0 : CStringGetTextDatum(line->model);
	for (int i = 0; i < COLUMNS; i++)
		put_interval(values, nulls, 1 + 2 * i, &columns[i]);
	put_balance(values, nulls, 1 + 2 * COLUMNS, columns);
	values[13] = Int64GetDatum(account->records);
	values[14] = Int64GetDatum(line->records_unknown + (total ? 0 : account->mines_unknown));
	values[15] = Int64GetDatum(account->events_unknown);
	values[16] = Int64GetDatum(account->events_other);
	/* without a record nothing is written: not zero, but unknown */
	for (int i = 1; account->records == 0 && i < 13; i++)
		nulls[i] = nulls[i] || i <= 6 || i >= 11;
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

static int
compare_lines(const void *x, const void *y)
{
	return strcmp(((const Line *) x)->model, ((const Line *) y)->model);
}

static void
account_begin(Account *account, FunctionCallInfo fcinfo)
{
	memset(account, 0, sizeof(*account));
	likeness_begin(&account->finder, 0, false);
	if (!PG_ARGISNULL(2))
		account->finder.models = models_list(PG_GETARG_JSONB_P(2));
}

static Datum
account_end(Account *account, FunctionCallInfo fcinfo)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	if (!PG_ARGISNULL(1))
		add_finds(account, PG_GETARG_JSONB_P(1));
	InitMaterializedSRF(fcinfo, 0);
	if (account->nlines > 0)
		qsort(account->lines, account->nlines, sizeof(Line), compare_lines);
	for (int i = 0; i < account->nlines; i++)
		put_line(rsinfo, account, &account->lines[i]);
	put_line(rsinfo, account, &account->total);
	return (Datum) 0;
}

/*
 * mf_account(records minefield[], finds jsonb, models jsonb) → setof
 * mf_account_row; any may be NULL: none
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_account);
Datum
mf_account(PG_FUNCTION_ARGS)
{
	Account		account;

	account_begin(&account, fcinfo);
	if (!PG_ARGISNULL(0))
	{
		ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
		Datum	   *values;
		bool	   *nulls;
		int			n;

		deconstruct_array(array, ARR_ELEMTYPE(array), -1, false, TYPALIGN_DOUBLE,
						  &values, &nulls, &n);
		for (int i = 0; i < n; i++)
		{
			if (!nulls[i])
				add_record(&account, DatumGetMinefieldP(values[i]));
		}
	}
	return account_end(&account, fcinfo);
}

/* mf_account(book logbook, finds jsonb, models jsonb) → setof mf_account_row */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_account_logbook);
Datum
mf_account_logbook(PG_FUNCTION_ARGS)
{
	Account		account;

	account_begin(&account, fcinfo);
	if (!PG_ARGISNULL(0))
	{
		Logbook    *book = PG_GETARG_LOGBOOK_P(0);

		for (uint32 i = 0; i < book->nrecords; i++)
			add_record(&account, logbook_record(book, i));
	}
	return account_end(&account, fcinfo);
}
