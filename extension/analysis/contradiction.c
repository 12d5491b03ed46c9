/*
 * contradiction.c - do two documents about the same ground disagree?
 *
 * Only what both state is compared, and only what cannot both be true
 * disagrees: intervals that do not meet, lists of models that differ.  What
 * one of them does not say never contradicts the other.
 */
#include "mf_analysis.h"

#include "catalog/pg_collation.h"
#include "parser/scansup.h"
#include "utils/float.h"
#include "utils/formatting.h"

/* The stated mines of one model, all entries of it together. */
typedef struct ModelTotal
{
	char	   *model;			/* trimmed, upper case */
	double		min;
	double		max;			/* infinity: no upper bound */
} ModelTotal;

typedef struct ModelList
{
	ModelTotal *totals;
	int			n;
	bool		complete;		/* every entry names its model */
} ModelList;

static char *
normal_model(const char *model)
{
	Size		len = strlen(model);

	while (len > 0 && scanner_isspace(model[0]))
	{
		model++;
		len--;
	}
	while (len > 0 && scanner_isspace(model[len - 1]))
		len--;
	return str_toupper(model, len, DEFAULT_COLLATION_OID);
}

static int
compare_models(const void *a, const void *b)
{
	return strcmp(((const ModelTotal *) a)->model, ((const ModelTotal *) b)->model);
}

/* Sort by model, and add up the entries of each: lists of any length. */
static void
add_up_models(ModelList *list)
{
	int			n = 0;

	qsort(list->totals, list->n, sizeof(ModelTotal), compare_models);
	for (int i = 0; i < list->n; i++)
	{
		ModelTotal *total = &list->totals[i];

		if (n > 0 && compare_models(&list->totals[n - 1], total) == 0)
		{
			list->totals[n - 1].min += total->min;
			list->totals[n - 1].max += total->max;
		}
		else
			list->totals[n++] = *total;
	}
	list->n = n;
}

/* False: the record does not state its mines. */
static bool
read_models(const Minefield *mf, ModelList *list)
{
	MfMineEntry *entries;
	int			n = minefield_mines(mf, &entries);

	if (n < 0)
		return false;
	list->totals = palloc(sizeof(ModelTotal) * Max(n, 1));
	list->n = 0;
	list->complete = true;
	for (int i = 0; i < n; i++)
	{
		const MfQuantity *count = &entries[i].count;
		char	   *model = entries[i].model ? normal_model(entries[i].model) : NULL;
		ModelTotal *total;

		if (model == NULL || model[0] == '\0')
		{
			list->complete = false;
			continue;
		}
		total = &list->totals[list->n++];
		total->model = model;
		total->min = count->has_min ? count->min : 0;
		total->max = count->has_max ? count->max : get_float8_infinity();
	}
	add_up_models(list);
	return true;
}

static const ModelTotal *
find_model(const ModelList *list, const char *model)
{
	const ModelTotal key = {.model = (char *) model};

	return bsearch(&key, list->totals, list->n, sizeof(ModelTotal), compare_models);
}

/* Note one comparison: what disagrees once, disagrees. */
static void
note(MfContradiction *result, bool disagrees)
{
	if (disagrees)
		*result = MF_CONTRADICT;
	else if (*result == MF_NOT_COMPARABLE)
		*result = MF_AGREE;
}

/*
 * A model that only one of the lists has.  Where the other has entries
 * without a model, it may be among them; none of a model is no difference.
 */
static void
compare_model_sets(MfContradiction *result, const ModelList *a, const ModelList *b)
{
	for (int i = 0; i < a->n; i++)
	{
		if (b->complete && a->totals[i].max > 0 &&
			find_model(b, a->totals[i].model) == NULL)
			note(result, true);
	}
}

static void
compare_counts(MfContradiction *result, const ModelList *a, const ModelList *b)
{
	for (int i = 0; i < a->n; i++)
	{
		const ModelTotal *ta = &a->totals[i];
		const ModelTotal *tb = find_model(b, ta->model);
		double		max_a = a->complete ? ta->max : get_float8_infinity();
		double		max_b;

		if (tb == NULL)
			continue;
		max_b = b->complete ? tb->max : get_float8_infinity();
		/* an unknown count bounds nothing, so nothing can be compared */
		if ((isinf(max_a) && ta->min == 0) || (isinf(max_b) && tb->min == 0) ||
			(isinf(max_a) && isinf(max_b)))
			continue;
		note(result, ta->min > max_b || tb->min > max_a);
	}
}

static void
compare_mines(MfContradiction *result, const Minefield *a, const Minefield *b)
{
	ModelList	la,
				lb;

	if (!read_models(a, &la) || !read_models(b, &lb))
		return;
	compare_model_sets(result, &la, &lb);
	compare_model_sets(result, &lb, &la);
	compare_counts(result, &la, &lb);
	if (la.complete && lb.complete)
		note(result, false);
}

static void
compare_laid(MfContradiction *result, const Minefield *a, const Minefield *b)
{
	/* unknown: from is after to */
	if (a->laid_from > a->laid_to || b->laid_from > b->laid_to)
		return;
	note(result, a->laid_from > b->laid_to || b->laid_from > a->laid_to);
}

MfContradiction
documents_compare(const Minefield *a, const Minefield *b)
{
	MfContradiction result = MF_NOT_COMPARABLE;

	compare_laid(&result, a, b);
	compare_mines(&result, a, b);
	return result;
}
