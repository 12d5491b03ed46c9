/*
 * reconcile_diff.c - what two records, or two log books, say differently: the
 * SQL functions
 *
 * Records of two books are first linked (reconcile_search.c), equal ones with
 * each other, and then compared member by member (difference.c).
 */
#include "mf_reconcile.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"

/* ---- two records ---- */

static void
put_difference(const char *path, MfChange change, const Jsonb *a, const Jsonb *b, void *arg)
{
	ReturnSetInfo *rsinfo = arg;
	Datum		values[4];
	bool		nulls[4] = {false, false, a == NULL, b == NULL};

	values[0] = CStringGetTextDatum(path);
	values[1] = CStringGetTextDatum(mf_change_names[change]);
	values[2] = PointerGetDatum(a);
	values[3] = PointerGetDatum(b);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/* mf_diff(a minefield, b minefield) → setof mf_difference */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_diff);
Datum
mf_diff(PG_FUNCTION_ARGS)
{
	Minefield  *a = PG_GETARG_MINEFIELD_P(0);
	Minefield  *b = PG_GETARG_MINEFIELD_P(1);
	MfLikenessFinder finder;

	minefield_verify(a);
	minefield_verify(b);
	InitMaterializedSRF(fcinfo, 0);
	likeness_begin(&finder, 0, false);
	records_compare(a, b, &finder, put_difference, fcinfo->resultinfo);
	return (Datum) 0;
}

/* ---- two books ---- */

#define ROW_ATTRIBUTES 7

/* The paths of one pair of records, and the worst of the changes. */
typedef struct Paths
{
	Datum	   *texts;
	int			n;
	int			room;
	bool		contradicting;
} Paths;

static void
note_path(const char *path, MfChange change, const Jsonb *a, const Jsonb *b, void *arg)
{
	Paths	   *paths = arg;

	if (paths->n == paths->room)
	{
		paths->room = Max(16, paths->room * 2);
		paths->texts = paths->texts == NULL ? palloc(sizeof(Datum) * paths->room) :
			repalloc(paths->texts, sizeof(Datum) * paths->room);
	}
	paths->texts[paths->n++] = CStringGetTextDatum(path);
	paths->contradicting = paths->contradicting || change == MF_CONTRADICTING;
}

/* n from 0, MF_NONE: none; score NaN: none. */
static void
put_row(ReturnSetInfo *rsinfo, MfChange change, const Logbook *a, uint32 na,
		const Logbook *b, uint32 nb, double score, const Paths *paths)
{
	Datum		values[ROW_ATTRIBUTES] = {0};
	bool		nulls[ROW_ATTRIBUTES] = {false};
	char	   *key_a = na == MF_NONE ? NULL : minefield_id(logbook_record(a, na));
	char	   *key_b = nb == MF_NONE ? NULL : minefield_id(logbook_record(b, nb));

	values[0] = CStringGetTextDatum(mf_change_names[change]);
	nulls[1] = key_a == NULL;
	values[1] = key_a ? CStringGetTextDatum(key_a) : (Datum) 0;
	nulls[2] = key_b == NULL;
	values[2] = key_b ? CStringGetTextDatum(key_b) : (Datum) 0;
	nulls[3] = na == MF_NONE;
	values[3] = Int32GetDatum(na + 1);
	nulls[4] = nb == MF_NONE;
	values[4] = Int32GetDatum(nb + 1);
	nulls[5] = isnan(score);
	values[5] = Float8GetDatum(score);
	nulls[6] = paths == NULL;
	values[6] = paths == NULL ? (Datum) 0 :
		PointerGetDatum(construct_array(paths->texts, paths->n, TEXTOID, -1, false, TYPALIGN_INT));
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/* ---- which records of the two belong together ---- */

typedef struct Pairing
{
	uint32	   *partner;		/* of a's records; MF_NONE: none */
	bool	   *taken;			/* of b's */
	double	   *score;			/* of a's; NaN: equal */
} Pairing;

typedef struct BookRecord
{
	const Minefield *record;
	uint32		n;
} BookRecord;

static int
compare_records(const void *x, const void *y)
{
	const BookRecord *a = x;
	const BookRecord *b = y;
	int			result = minefield_compare(a->record, b->record);

	if (result != 0)
		return result;
	return a->n < b->n ? -1 : a->n > b->n;
}

static BookRecord *
sorted_records(const Logbook *book)
{
	BookRecord *records = palloc_extended(sizeof(BookRecord) * Max(book->nrecords, 1),
										  MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < book->nrecords; i++)
	{
		records[i].record = logbook_record(book, i);
		records[i].n = i;
	}
	qsort(records, book->nrecords, sizeof(BookRecord), compare_records);
	return records;
}

/* Equal records are pairs, however little they say. */
static void
pair_equal(Pairing *pairing, const Logbook *a, const Logbook *b)
{
	BookRecord *as = sorted_records(a);
	BookRecord *bs = sorted_records(b);

	for (uint32 i = 0, k = 0; i < a->nrecords && k < b->nrecords;)
	{
		int			order = minefield_compare(as[i].record, bs[k].record);

		if (order == 0)
		{
			pairing->partner[as[i].n] = bs[k].n;
			pairing->taken[bs[k].n] = true;
		}
		i += order <= 0;
		k += order >= 0;
	}
	pfree(as);
	pfree(bs);
}

static void
pair_alike(Pairing *pairing, const Logbook *a, const Logbook *b,
		   MfLikenessFinder *finder, double min_score)
{
	MfPortrait *as = palloc_extended(sizeof(MfPortrait) * Max(a->nrecords, 1), MCXT_ALLOC_HUGE);
	MfPortrait *bs = palloc_extended(sizeof(MfPortrait) * Max(b->nrecords, 1), MCXT_ALLOC_HUGE);
	MfLink	   *links;
	uint32		n;

	for (uint32 i = 0; i < a->nrecords; i++)
	{
		CHECK_FOR_INTERRUPTS();
		portrait_read(&as[i], pairing->partner[i] == MF_NONE ? logbook_record(a, i) : NULL, finder);
	}
	for (uint32 i = 0; i < b->nrecords; i++)
	{
		CHECK_FOR_INTERRUPTS();
		portrait_read(&bs[i], pairing->taken[i] ? NULL : logbook_record(b, i), finder);
	}
	links = links_find(as, a->nrecords, bs, b->nrecords, finder, min_score, &n);
	for (uint32 i = 0; i < n; i++)
	{
		pairing->partner[links[i].a] = links[i].b;
		pairing->taken[links[i].b] = true;
		pairing->score[links[i].a] = links[i].score;
	}
}

static void
pair_books(Pairing *pairing, const Logbook *a, const Logbook *b,
		   MfLikenessFinder *finder, double min_score)
{
	pairing->partner = palloc_extended(sizeof(uint32) * Max(a->nrecords, 1), MCXT_ALLOC_HUGE);
	pairing->score = palloc_extended(sizeof(double) * Max(a->nrecords, 1), MCXT_ALLOC_HUGE);
	pairing->taken = palloc_extended(Max(b->nrecords, 1), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (uint32 i = 0; i < a->nrecords; i++)
	{
		pairing->partner[i] = MF_NONE;
		pairing->score[i] = NAN;
	}
	pair_equal(pairing, a, b);
	pair_alike(pairing, a, b, finder, min_score);
}

/* ---- the rows ---- */

static void
put_changes(ReturnSetInfo *rsinfo, const Logbook *a, const Logbook *b,
			const Pairing *pairing, MfLikenessFinder *finder)
{
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext,
												  "minefield difference of records",
												  ALLOCSET_DEFAULT_SIZES);

	for (uint32 i = 0; i < a->nrecords; i++)
	{
		uint32		k = pairing->partner[i];
		MemoryContext caller = MemoryContextSwitchTo(scratch);
		Paths		paths = {0};

		CHECK_FOR_INTERRUPTS();
		if (k == MF_NONE)
			put_row(rsinfo, MF_MISSING, a, i, b, MF_NONE, NAN, NULL);
		else if (!isnan(pairing->score[i]))
		{
			records_compare(logbook_record(a, i), logbook_record(b, k), finder, note_path, &paths);
			if (paths.n > 0)
				put_row(rsinfo, paths.contradicting ? MF_CONTRADICTING : MF_CHANGED,
						a, i, b, k, pairing->score[i], &paths);
		}
		MemoryContextSwitchTo(caller);
		MemoryContextReset(scratch);
	}
	for (uint32 k = 0; k < b->nrecords; k++)
	{
		if (!pairing->taken[k])
			put_row(rsinfo, MF_ADDED, a, MF_NONE, b, k, NAN, NULL);
	}
}

/*
 * mf_diff(a logbook, b logbook, min_score float8, reach_m float8) → setof
 * mf_book_difference
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_diff_logbook);
Datum
mf_diff_logbook(PG_FUNCTION_ARGS)
{
	Logbook    *a = PG_GETARG_LOGBOOK_P(0);
	Logbook    *b = PG_GETARG_LOGBOOK_P(1);
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	MfLikenessFinder finder;
	Pairing		pairing;
	Paths		header = {0};

	likeness_begin(&finder, PG_GETARG_FLOAT8(3), false);
	pair_books(&pairing, a, b, &finder, PG_GETARG_FLOAT8(2));
	InitMaterializedSRF(fcinfo, 0);
	containers_compare("", logbook_header(a), logbook_header(b), &finder, note_path, &header);
	if (header.n > 0)
		put_row(rsinfo, header.contradicting ? MF_CONTRADICTING : MF_CHANGED,
				a, MF_NONE, b, MF_NONE, NAN, &header);
	put_changes(rsinfo, a, b, &pairing, &finder);
	return (Datum) 0;
}
