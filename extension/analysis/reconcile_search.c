/*
 * reconcile_search.c - which pairs of two lists of records are one field
 *
 * Candidates are all pairs within reach of each other, and those of which one
 * is not located; of the candidates with a sufficient score the best
 * one-to-one pairing is taken: the one whose odds above the threshold
 * multiply to the most.
 */
#include "mf_reconcile.h"

#define SCALE		1e6			/* of odds to whole numbers */
#define MOST_ODDS	30.0

typedef struct Search
{
	MfPortrait *a;
	MfPortrait *b;				/* the same as a within one list */
	MfLikenessFinder *finder;
	double		min_score;
	MemoryContext scratch;
	MfLink	   *found;
	Size		n;
	Size		room;
} Search;

/* ---- candidates ---- */

/* A pair takes room twice: here, and while the best pairing is found. */
static void
check_room(Size pairs)
{
	if (pairs > (Size) mf_max_memory_kb * 1024 / (sizeof(MfLink) + sizeof(MfCandidate)))
		ereport(ERROR,
				(errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
				 errmsg("pairs of records that are alike need more memory than minefield.max_memory allows"),
				 errdetail("minefield.max_memory is %d kB; there are more than %llu pairs.",
						   mf_max_memory_kb, (unsigned long long) pairs / 2),
				 errhint("Ask for a higher min_score or for fewer records at a time, or raise minefield.max_memory.")));
}

static void
consider(uint32 i, uint32 k, void *arg)
{
	Search	   *search = arg;
	MfLikeness	likeness;
	MemoryContext caller;
	bool		good;

	CHECK_FOR_INTERRUPTS();
	caller = MemoryContextSwitchTo(search->scratch);
	good = likeness_find(&likeness, &search->a[i], &search->b[k], search->finder,
						 search->min_score);
	MemoryContextSwitchTo(caller);
	MemoryContextReset(search->scratch);
	if (!good)
		return;
	if (search->n == search->room)
	{
		search->room = Max(256, search->room * 2);
		check_room(search->room);
		search->found = search->found == NULL ?
			palloc_extended(sizeof(MfLink) * search->room, MCXT_ALLOC_HUGE) :
			repalloc_huge(search->found, sizeof(MfLink) * search->room);
	}
	search->found[search->n].a = i;
	search->found[search->n].b = k;
	search->found[search->n].next_best = NAN;
	search->found[search->n++].score = likeness.score;
}

/* Boxes, each half the reach larger; empty: not located, or no record. */
static MinefieldBox *
reach_boxes(const MfPortrait *list, uint32 n, double reach_m)
{
	MinefieldBox *boxes = palloc_extended(sizeof(MinefieldBox) * Max(n, 1), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < n; i++)
	{
		box_set_empty(&boxes[i]);
		if (list[i].record == NULL || !MF_IS_LOCATED(list[i].record))
			continue;
		boxes[i] = list[i].side.box;
		box_expand(&boxes[i], reach_m / 2 * 1.0001 + 1e-3);
	}
	return boxes;
}

/* The records that are located, or those that are not, by their places. */
static uint32 *
records_of(const MfPortrait *list, uint32 n, bool located, uint32 *count)
{
	uint32	   *places = palloc_extended(sizeof(uint32) * Max(n, 1), MCXT_ALLOC_HUGE);

	*count = 0;
	for (uint32 i = 0; i < n; i++)
	{
		if (list[i].record != NULL && MF_IS_LOCATED(list[i].record) == located)
			places[(*count)++] = i;
	}
	return places;
}

static int
compare_links(const void *x, const void *y)
{
	const MfLink *a = x;
	const MfLink *b = y;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return a->b < b->b ? -1 : a->b > b->b;
}

static void
search_begin(Search *search, MfLikenessFinder *finder, double min_score)
{
	if (!(min_score > 0 && min_score < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_score must be between 0 and 1, both excluded")));
	memset(search, 0, sizeof(*search));
	search->finder = finder;
	search->min_score = min_score;
	search->scratch = AllocSetContextCreate(CurrentMemoryContext, "minefield comparison of records",
											ALLOCSET_DEFAULT_SIZES);
}

static void
search_end(Search *search)
{
	qsort(search->found, search->n, sizeof(MfLink), compare_links);
	MemoryContextDelete(search->scratch);
}

/* ---- one list ---- */

MfLink *
duplicates_find(MfPortrait *a, uint32 na, MfLikenessFinder *finder,
				double min_score, uint32 *n)
{
	Search		search;
	uint32	   *lost,
			   *found;
	uint32		nlost,
				nfound;

	search_begin(&search, finder, min_score);
	search.a = search.b = a;
	box_sweep(reach_boxes(a, na, finder->reach_m), na, NULL, 0, consider, &search);
	/* those that are not located may lie anywhere */
	lost = records_of(a, na, false, &nlost);
	found = records_of(a, na, true, &nfound);
	for (uint32 i = 0; i < nlost; i++)
	{
		for (uint32 k = i + 1; k < nlost; k++)
			consider(lost[i], lost[k], &search);
		for (uint32 k = 0; k < nfound; k++)
			consider(Min(lost[i], found[k]), Max(lost[i], found[k]), &search);
	}
	search_end(&search);
	*n = search.n;
	return search.found;
}

/* ---- two lists ---- */

static void
find_candidates(Search *search, uint32 na, uint32 nb)
{
	MfPortrait *a = search->a;
	MfPortrait *b = search->b;
	double		reach_m = search->finder->reach_m;
	uint32	   *lost,
			   *found;
	uint32		nlost,
				nfound;

	box_sweep(reach_boxes(a, na, reach_m), na, reach_boxes(b, nb, reach_m), nb, consider, search);
	/* those that are not located may lie anywhere */
	lost = records_of(a, na, false, &nlost);
	for (uint32 i = 0; i < nlost; i++)
	{
		for (uint32 k = 0; k < nb; k++)
		{
			if (b[k].record != NULL)
				consider(lost[i], k, search);
		}
	}
	found = records_of(a, na, true, &nfound);
	lost = records_of(b, nb, false, &nlost);
	for (uint32 i = 0; i < nfound; i++)
	{
		for (uint32 k = 0; k < nlost; k++)
			consider(found[i], lost[k], search);
	}
}

/* What a pair adds to the whole: its odds above those of the threshold. */
static int64
link_value(const Search *search, const MfLink *link)
{
	double		odds = Min(score_odds(link->score), MOST_ODDS) - score_odds(search->min_score);

	return (int64) rint(Max(odds, 0) * SCALE) + 1;
}

static uint32 *
pair_up(const Search *search, uint32 na, uint32 nb)
{
	MfCandidate *candidates = palloc_extended(sizeof(MfCandidate) * Max(search->n, 1),
											  MCXT_ALLOC_HUGE);
	uint32	   *partner = palloc_extended(sizeof(uint32) * Max(na, 1), MCXT_ALLOC_HUGE);
	MfMemory	memory;

	for (Size i = 0; i < search->n; i++)
	{
		candidates[i].a = search->found[i].a;
		candidates[i].b = search->found[i].b;
		candidates[i].value = link_value(search, &search->found[i]);
	}
	mf_memory_of(&memory, CurrentMemoryContext);
	mf_status_check(assign(na, nb, candidates, search->n, partner, &memory));
	pfree(candidates);
	return partner;
}

/* The best score of each a (or b) among the pairs that were not taken. */
static double *
second_scores(const Search *search, uint32 n, const uint32 *partner, bool of_b)
{
	double	   *best = palloc_extended(sizeof(double) * Max(n, 1), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < n; i++)
		best[i] = NAN;
	for (Size i = 0; i < search->n; i++)
	{
		const MfLink *link = &search->found[i];
		double	   *place = &best[of_b ? link->b : link->a];

		if (partner[link->a] != link->b && !(link->score <= *place))
			*place = link->score;
	}
	return best;
}

MfLink *
links_find(MfPortrait *a, uint32 na, MfPortrait *b, uint32 nb,
		   MfLikenessFinder *finder, double min_score, uint32 *n)
{
	Search		search;
	uint32	   *partner;
	double	   *of_a;
	double	   *of_b;

	search_begin(&search, finder, min_score);
	search.a = a;
	search.b = b;
	find_candidates(&search, na, nb);
	search_end(&search);
	partner = pair_up(&search, na, nb);
	of_a = second_scores(&search, na, partner, false);
	of_b = second_scores(&search, nb, partner, true);
	*n = 0;
	for (Size i = 0; i < search.n; i++)
	{
		MfLink		link = search.found[i];

		if (partner[link.a] != link.b)
			continue;
		link.next_best = fmax(of_a[link.a], of_b[link.b]);
		search.found[(*n)++] = link;
	}
	return search.found;
}
