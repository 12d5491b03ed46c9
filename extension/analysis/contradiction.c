/*
 * contradiction.c - do two documents about the same ground disagree?
 *
 * Only what both state is compared, and only what cannot both be true
 * disagrees: intervals that do not meet, lists of models that differ,
 * categories that exclude each other.  What one of them does not say never
 * contradicts the other.
 */
#include "mf_overlap.h"

#include "catalog/pg_collation.h"
#include "parser/scansup.h"
#include "utils/float.h"
#include "utils/formatting.h"

/* An interval of counts; infinity: no upper bound. */
typedef struct Bounds
{
	double		min;
	double		max;
} Bounds;

/* The stated mines of one model, all entries of it together. */
typedef struct ModelTotal
{
	char	   *model;			/* trimmed, upper case */
	Bounds		mines;
} ModelTotal;

/* Categories that are known to exclude each other; others are only words. */
typedef enum Category
{
	CATEGORY_UNKNOWN,
	CATEGORY_PERSONNEL,
	CATEGORY_VEHICLE,
	CATEGORY_MIXED,
	CATEGORY_DUMMY
} Category;

struct MfStatement
{
	bool		mines_stated;
	bool		complete;		/* every entry names its model */
	int			nmodels;
	ModelTotal *models;
	Bounds		mines;			/* all entries, with and without a model */
	Bounds		rows;
	Category	category;
};

/* ---- reading ---- */

/* Trimmed and in upper case; plain letters need no locale for that. */
char *
normal_word(const char *word, void *arg)
{
	Size		len = strlen(word);
	bool		plain = true;
	char	   *copy;

	while (len > 0 && scanner_isspace(word[0]))
	{
		word++;
		len--;
	}
	while (len > 0 && scanner_isspace(word[len - 1]))
		len--;
	copy = pnstrdup(word, len);
	for (char *p = copy; *p != '\0'; p++)
	{
		plain = plain && !IS_HIGHBIT_SET(*p);
		*p = pg_ascii_toupper((unsigned char) *p);
	}
	return plain ? copy : str_toupper(copy, len, DEFAULT_COLLATION_OID);
}

static Category
read_category(JsonbContainer *properties)
{
	static const struct
	{
		const char *word;
		Category	category;
	}			words[] = {
		{"AP", CATEGORY_PERSONNEL}, {"AV", CATEGORY_VEHICLE}, {"AT", CATEGORY_VEHICLE},
		{"MIXED", CATEGORY_MIXED}, {"DUMMY", CATEGORY_DUMMY}
	};
	char	   *written = field_text(properties, "category");

	if (written == NULL)
		return CATEGORY_UNKNOWN;
	written = normal_word(written, NULL);
	for (int i = 0; i < lengthof(words); i++)
	{
		if (strcmp(written, words[i].word) == 0)
			return words[i].category;
	}
	return CATEGORY_UNKNOWN;
}

static void
bounds_add(Bounds *bounds, const MfQuantity *count)
{
	bounds->min += count->has_min ? count->min : 0;
	bounds->max += count->has_max ? count->max : get_float8_infinity();
}

static int
order_models(const void *a, const void *b)
{
	return strcmp(((const ModelTotal *) a)->model, ((const ModelTotal *) b)->model);
}

static const ModelTotal *
find_model(const MfStatement *statement, const char *model)
{
	const ModelTotal key = {.model = (char *) model};

	return bsearch(&key, statement->models, statement->nmodels, sizeof(ModelTotal),
				   order_models);
}

/* Sort by model, and add up the entries of each: lists of any length. */
static void
add_up_models(MfStatement *statement)
{
	ModelTotal *models = statement->models;
	int			n = 0;

	qsort(models, statement->nmodels, sizeof(ModelTotal), order_models);
	for (int i = 0; i < statement->nmodels; i++)
	{
		if (n > 0 && order_models(&models[n - 1], &models[i]) == 0)
		{
			models[n - 1].mines.min += models[i].mines.min;
			models[n - 1].mines.max += models[i].mines.max;
		}
		else
			models[n++] = models[i];
	}
	statement->nmodels = n;
}

static void
read_mines(MfStatement *statement, const Minefield *mf, mf_word_reader reader, void *arg)
{
	MfMineEntry *entries;
	int			n = minefield_mines(mf, &entries);

	if (n < 0)
		return;
	statement->mines_stated = true;
	statement->complete = true;
	statement->models = palloc_extended(sizeof(ModelTotal) * Max(n, 1),
										MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (int i = 0; i < n; i++)
	{
		char	   *model = entries[i].model ? reader(entries[i].model, arg) : NULL;
		ModelTotal *total;

		bounds_add(&statement->mines, &entries[i].count);
		if (model == NULL || model[0] == '\0')
		{
			statement->complete = false;
			continue;
		}
		total = &statement->models[statement->nmodels++];
		total->model = model;
		bounds_add(&total->mines, &entries[i].count);
	}
	add_up_models(statement);
}

MfStatement *
statement_read(const Minefield *mf, mf_word_reader reader, void *arg, MemoryContext context)
{
	MemoryContext caller = MemoryContextSwitchTo(context);
	MfStatement *statement = palloc0(sizeof(MfStatement));
	JsonbContainer *properties = minefield_properties(mf);
	MfQuantity	rows;

	(void) field_count(properties, "row_count", &rows);
	bounds_add(&statement->rows, &rows);
	statement->category = read_category(properties);
	read_mines(statement, mf, reader, arg);
	MemoryContextSwitchTo(caller);
	return statement;
}

/* ---- comparing ---- */

/* Note one comparison: what disagrees once, disagrees. */
static void
note(MfContradiction *result, bool disagrees)
{
	if (disagrees)
		*result = MF_CONTRADICT;
	else if (*result == MF_NOT_COMPARABLE)
		*result = MF_AGREE;
}

static void
compare_bounds(MfContradiction *result, const Bounds *a, const Bounds *b)
{
	/* an unknown count bounds nothing, so nothing can be compared */
	if ((isinf(a->max) && a->min == 0) || (isinf(b->max) && b->min == 0) ||
		(isinf(a->max) && isinf(b->max)))
		return;
	note(result, a->min > b->max || b->min > a->max);
}

/*
 * A model that only one of the lists has.  Where the other has entries
 * without a model, it may be among them; none of a model is no difference.
 */
static void
compare_model_sets(MfContradiction *result, const MfStatement *a, const MfStatement *b)
{
	for (int i = 0; i < a->nmodels; i++)
	{
		if (b->complete && a->models[i].mines.max > 0 &&
			find_model(b, a->models[i].model) == NULL)
			note(result, true);
	}
}

/* Entries without a model may add to the total of any. */
static void
compare_models(MfContradiction *result, const MfStatement *a, const MfStatement *b)
{
	for (int i = 0; i < a->nmodels; i++)
	{
		const ModelTotal *other = find_model(b, a->models[i].model);
		Bounds		x = a->models[i].mines;
		Bounds		y;

		if (other == NULL)
			continue;
		y = other->mines;
		if (!a->complete)
			x.max = get_float8_infinity();
		if (!b->complete)
			y.max = get_float8_infinity();
		compare_bounds(result, &x, &y);
	}
}

static void
compare_mines(MfContradiction *result, const MfStatement *a, const MfStatement *b)
{
	if (!a->mines_stated || !b->mines_stated)
		return;
	compare_model_sets(result, a, b);
	compare_model_sets(result, b, a);
	compare_models(result, a, b);
	compare_bounds(result, &a->mines, &b->mines);
	if (a->complete && b->complete)
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

void
statements_mix(const MfStatement *a, const MfStatement *b, MfMineMix *mix)
{
	memset(mix, 0, sizeof(*mix));
	mix->categories = MF_NOT_COMPARABLE;
	mix->counts = MF_NOT_COMPARABLE;
	if (a->category != CATEGORY_UNKNOWN && b->category != CATEGORY_UNKNOWN)
		note(&mix->categories, a->category != b->category);
	if (!a->mines_stated || !b->mines_stated)
		return;
	mix->only_a = a->nmodels;
	mix->only_b = b->nmodels;
	for (int i = 0; i < a->nmodels; i++)
	{
		if (find_model(b, a->models[i].model) == NULL)
			continue;
		mix->common++;
		mix->only_a--;
		mix->only_b--;
	}
	compare_models(&mix->counts, a, b);
	compare_bounds(&mix->counts, &a->mines, &b->mines);
}

MfContradiction
documents_compare(const Minefield *a, MfStatement **sa,
				  const Minefield *b, MfStatement **sb, MemoryContext context)
{
	MfContradiction result = MF_NOT_COMPARABLE;

	/* the dates stand in the header: often they settle it */
	compare_laid(&result, a, b);
	if (result == MF_CONTRADICT)
		return result;
	if (*sa == NULL)
		*sa = statement_read(a, normal_word, NULL, context);
	if (*sb == NULL)
		*sb = statement_read(b, normal_word, NULL, context);
	if ((*sa)->category != CATEGORY_UNKNOWN && (*sb)->category != CATEGORY_UNKNOWN)
		note(&result, (*sa)->category != (*sb)->category);
	compare_bounds(&result, &(*sa)->rows, &(*sb)->rows);
	compare_mines(&result, *sa, *sb);
	return result;
}
