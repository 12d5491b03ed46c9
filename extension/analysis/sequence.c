/*
 * sequence.c - numbers of records, and sheets
 */
#include "mf_check.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"

/* ---- series ---- */

void
number_list_add(MfNumberList *list, const char *number)
{
	if (list->n + MF_SERIES_PLACES > list->room)
	{
		list->room = Max(64, list->room * 2);
		list->places = list->places == NULL ? palloc_extended(sizeof(MfPlace) * list->room, MCXT_ALLOC_HUGE) :
			repalloc_huge(list->places, sizeof(MfPlace) * list->room);
	}
	list->n += series_places(number, strlen(number), list->places + list->n);
}

static int
order_places(const void *a, const void *b)
{
	const MfPlace *x = a;
	const MfPlace *y = b;
	int			order = strcmp(x->series, y->series);

	if (order != 0)
		return order;
	if (x->n != y->n)
		return x->n < y->n ? -1 : 1;
	return x->width - y->width;
}

char *
number_at(const char *series, int64 n, int width)
{
	const char *mark = strchr(series, '#');

	return psprintf("%.*s%0*lld%s", (int) (mark - series), series, width, (long long) n, mark + 1);
}

/* A gap between two places; NULL: where the sequence was asked to begin or end. */
static void
add_gap(MfNumberGap **gap, const MfPlace *after, const MfPlace *before, int64 first, int64 last)
{
	const MfPlace *any = after != NULL ? after : before;

	if (first > last)
		return;
	(*gap)->series = any->series;
	(*gap)->first = first;
	(*gap)->last = last;
	/* beside 007 and 012 stands 008, beside 7 and 12 stands 8 */
	(*gap)->width = after != NULL && before != NULL ? Min(after->width, before->width) : any->width;
	(*gap)->after = after;
	(*gap)->before = before;
	(*gap)++;
}

int
number_gaps(MfNumberList *list, const MfNumberLimits *limits, MfNumberGap **gaps)
{
	MfNumberGap *gap = palloc_extended(sizeof(MfNumberGap) * (2 * (Size) list->n + 1), MCXT_ALLOC_HUGE);

	*gaps = gap;
	qsort(list->places, list->n, sizeof(MfPlace), order_places);
	for (int i = 0; i < list->n; i++)
	{
		const MfPlace *place = &list->places[i];
		const MfPlace *before = i + 1 < list->n ? place + 1 : NULL;

		CHECK_FOR_INTERRUPTS();
		if (i == 0 || strcmp(place[-1].series, place->series) != 0)
		{
			if (place->part)
				add_gap(&gap, NULL, place, 1, place->n - 1);
			else if (limits->has_first)
				add_gap(&gap, NULL, place, limits->first, place->n - 1);
		}
		if (before != NULL && strcmp(before->series, place->series) == 0)
			add_gap(&gap, place, before, place->n + 1, before->n - 1);
		else if (!place->part && limits->has_last)
			add_gap(&gap, place, NULL, place->n + 1, limits->last);
	}
	return gap - *gaps;
}

static Datum
place_text(const MfPlace *place, bool *isnull)
{
	*isnull = place == NULL;
	return place == NULL ? (Datum) 0 :
		CStringGetTextDatum(number_at(place->series, place->n, place->width));
}

static void
put_gaps(FunctionCallInfo fcinfo, MfNumberList *list, int limit)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	MfNumberLimits limits = {
		.has_first = !PG_ARGISNULL(limit),
		.has_last = !PG_ARGISNULL(limit + 1)
	};
	MfNumberGap *gaps;
	int			n;

	limits.first = limits.has_first ? Max(PG_GETARG_INT64(limit), 0) : 0;
	limits.last = limits.has_last ? PG_GETARG_INT64(limit + 1) : 0;
	/* the other way round nothing would be missing */
	if (limits.has_first && limits.has_last && PG_GETARG_INT64(limit) > limits.last)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("first number %lld is above the last, %lld",
						(long long) PG_GETARG_INT64(limit), (long long) limits.last)));
	n = number_gaps(list, &limits, &gaps);
	for (int i = 0; i < n; i++)
	{
		const MfNumberGap *gap = &gaps[i];
		Datum		values[6];
		bool		nulls[6] = {false};

		values[0] = CStringGetTextDatum(gap->series);
		values[1] = CStringGetTextDatum(number_at(gap->series, gap->first, gap->width));
		values[2] = CStringGetTextDatum(number_at(gap->series, gap->last, gap->width));
		values[3] = Int64GetDatum(gap->last - gap->first + 1);
		values[4] = place_text(gap->after, &nulls[4]);
		values[5] = place_text(gap->before, &nulls[5]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
}

/*
 * mf_sequence_gaps(numbers text[], first, last bigint) → setof
 * mf_sequence_gap; no rows for NULL, NULL numbers are passed over
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_sequence_gaps);
Datum
mf_sequence_gaps(PG_FUNCTION_ARGS)
{
	MfNumberList list = {0};
	Datum	   *texts;
	bool	   *nulls;
	int			n;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, false, TYPALIGN_INT, &texts, &nulls, &n);
	for (int i = 0; i < n; i++)
	{
		if (!nulls[i])
			number_list_add(&list, TextDatumGetCString(texts[i]));
	}
	put_gaps(fcinfo, &list, 1);
	return (Datum) 0;
}

/* mf_sequence_gaps(book logbook, first, last bigint) → setof mf_sequence_gap */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_sequence_gaps_book);
Datum
mf_sequence_gaps_book(PG_FUNCTION_ARGS)
{
	MfNumberList list = {0};
	const Logbook *book;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	book = PG_GETARG_LOGBOOK_P(0);
	for (uint32 i = 0; i < book->nrecords; i++)
	{
		char	   *number = field_text(minefield_properties(logbook_record(book, i)), "number");

		if (number != NULL)
			number_list_add(&list, number);
	}
	put_gaps(fcinfo, &list, 1);
	return (Datum) 0;
}

/* mf_number_places(number text) → setof mf_number_place */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_number_places);
Datum
mf_number_places(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	text	   *number = PG_GETARG_TEXT_PP(0);
	MfPlace		places[MF_SERIES_PLACES];
	int			n = series_places(VARDATA_ANY(number), VARSIZE_ANY_EXHDR(number), places);

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < n; i++)
	{
		Datum		values[] = {
			CStringGetTextDatum(places[i].series), Int64GetDatum(places[i].n),
			Int32GetDatum(places[i].width), BoolGetDatum(places[i].part)
		};
		bool		nulls[] = {false, false, false, false};

		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* ---- sheets ---- */

bool
sheets_read(JsonbContainer *properties, MfSheets *sheets)
{
	JsonbContainer *list = field_container(properties, "sheets");
	MfQuantity	of;

	memset(sheets, 0, sizeof(*sheets));
	if (list == NULL || !JsonContainerIsArray(list))
		return false;
	if (JsonContainerSize(list) > MF_MAX_SHEETS)
		return false;
	sheets->nlabels = JsonContainerSize(list);
	sheets->labels = palloc(sizeof(int) * Max(sheets->nlabels, 1));
	for (int i = 0; i < sheets->nlabels; i++)
	{
		char	   *label = value_text(getIthJsonbValueFromContainer(list, i));

		sheets->labels[i] = label != NULL && strlen(label) < 6 &&
			label[0] != '\0' && strspn(label, "0123456789") == strlen(label) ? atoi(label) : -1;
	}
	if (field_count(properties, "sheets_of", &of) && of.has_value && of.value <= MF_MAX_SHEETS)
		sheets->of = (int) of.value;
	else
		return false;
	sheets->there = palloc0(sizeof(bool) * (sheets->of + 1));
	for (int i = 0; i < sheets->nlabels; i++)
	{
		if (sheets->labels[i] >= 0 && sheets->labels[i] <= sheets->of)
			sheets->there[sheets->labels[i]] = true;
	}
	return true;
}

/*
 * mf_missing_sheets(record minefield) → int[]: sheets 1 to sheets_of that are
 * not at hand; NULL where either list or number is unknown
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_missing_sheets);
Datum
mf_missing_sheets(PG_FUNCTION_ARGS)
{
	MfSheets	sheets;
	Datum	   *missing;
	int			n = 0;

	if (!sheets_read(minefield_properties(PG_GETARG_MINEFIELD_P(0)), &sheets))
		PG_RETURN_NULL();
	missing = palloc(sizeof(Datum) * Max(sheets.of, 1));
	for (int i = 1; i <= sheets.of; i++)
	{
		if (!sheets.there[i])
			missing[n++] = Int32GetDatum(i);
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(missing, n, INT4OID, 4, true, TYPALIGN_INT));
}
