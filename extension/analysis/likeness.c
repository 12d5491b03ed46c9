/*
 * likeness.c - how likely it is that two records tell of one field
 *
 * Each thing that both records state is evidence for or against, with a
 * weight: the logarithm of how many times likelier it is in records of one
 * field than in records of two (Fellegi and Sunter 1969).  The weights add up,
 * with that of a first guess of one in a hundred, to the logarithm of the odds.
 * What one of them does not state is no evidence.  The table stands here and
 * in doc/reconcile.md; it was set by judgement and tried on exercise books.
 */
#include "mf_reconcile.h"

/* ---- the table ---- */

#define FIRST_GUESS		(-4.6)

/* place: they share ground */
#define PLACE_TOUCH		1.5
#define PLACE_SHARE		4.0		/* times the share of the smaller */
/* they do not; the nearer, measured by their accuracy, the better */
#define PLACE_NEAR		1.5
#define PLACE_ELSEWHERE (-1.6)	/* gross mistakes happen */
#define PLACE_FAR		(-4.6)	/* beyond reach_m */
#define ACCURACY_UNKNOWN_M 50.0
#define ACCURACY_LEAST_M 25.0

/* shape: of front and depth the one that differs more, alone or with the other */
#define SAME_SIZE		2.0
#define SIMILAR_SIZE	0.3
#define OTHER_SIZE		(-0.9)
#define SAME_SIZES		4.7
#define SIMILAR_SIZES	(-0.2)
#define MIXED_SIZES		(-1.0)	/* one is similar at least, the other not */
#define OTHER_SIZES		(-1.8)
#define SAME_ROWS		0.6
#define OTHER_ROWS		(-0.6)
#define SAME_RATIO		0.99
#define SIMILAR_RATIO	0.8

/* laid: the shorter the times that overlap, the better */
#define LAID_SPAN_DAYS	1000.0
#define LAID_MOST		2.5
#define LAID_NEAR_DAYS	31
#define LAID_NEAR		(-1.0)
#define LAID_APART		(-2.0)

/* names */
#define LIKE_NAMES		0.6		/* likeness from which two names are one */
#define SAME_UNIT		1.2
#define OTHER_UNIT		(-0.8)
#define SAME_NAME		1.7
#define OTHER_NAME		(-0.7)
/* what the place says already counts for little */
#define SAME_NAME_LOCATED 0.7
#define OTHER_NAME_LOCATED (-0.3)

/* mines */
#define SAME_MODELS		1.5
#define OTHER_MODELS	(-3.5)
#define COUNTS_AGREE	0.7
#define COUNTS_CONTRADICT (-0.5)
#define OTHER_CATEGORY	(-1.5)

/* the most that those can weigh */
#define MOST_MINES		(SAME_MODELS + COUNTS_AGREE)
#define MOST_NAMES		(SAME_UNIT + SAME_NAME)

/* number, or id */
#define SAME_NUMBER		1.0
#define SAME_NUMBER_ONE_BOOK 4.0
#define OTHER_NUMBER_ONE_BOOK (-6.5)

/* ---- reading ---- */

/* A name of a model and what it means: few in any book. */
typedef struct ModelName
{
	char	   *written;
	char	   *means;
} ModelName;

#define MAX_MODEL_NAMES 256

/* The one model of the catalogue that it can mean, else the word itself. */
char *
model_meaning(const char *word, void *arg)
{
	MfLikenessFinder *finder = arg;
	const MfMineModel *found;
	char	   *means;

	for (int i = 0; i < finder->nknown; i++)
	{
		if (strcmp(finder->known[i].written, word) == 0)
			return finder->known[i].means;
	}
	means = models_find(finder->models, word, &found, 1) == 1 ?
		pstrdup(found->model) : normal_word(word, NULL);
	if (finder->nknown < MAX_MODEL_NAMES)
	{
		finder->known[finder->nknown].written = pstrdup(word);
		finder->known[finder->nknown++].means = means;
	}
	return means;
}

void
likeness_begin(MfLikenessFinder *finder, double reach_m, bool one_book)
{
	if (!(reach_m >= 0 && reach_m <= MF_MAX_METRES))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("reach_m must be between 0 and %g metres", MF_MAX_METRES)));
	memset(finder, 0, sizeof(*finder));
	options_default(&finder->options);
	pair_finder_begin(&finder->pair, &finder->options);
	finder->pair.every_distance = true;
	finder->models = models_list(NULL);
	finder->known = palloc(sizeof(ModelName) * MAX_MODEL_NAMES);
	finder->reach_m = reach_m;
	finder->one_book = one_book;
}

/* A length or number: its value, else the middle of its bounds. */
static double
size_of(JsonbContainer *properties, const char *name)
{
	MfQuantity	q;

	if (!field_quantity(properties, name, &q))
		return NAN;
	if (q.has_value && q.value > 0)
		return q.value;
	return q.has_min && q.has_max && q.max > 0 ? (q.min + q.max) / 2 : NAN;
}

#define MAX_NAMES 32

/* Names beside each other, in two languages say: "a / b". */
static void
add_names(MfPortrait *portrait, const char *s)
{
	while (s != NULL && *s != '\0' && portrait->nnames < MAX_NAMES)
	{
		Size		len = strcspn(s, "/;|");

		if (place_name_read(s, len, &portrait->names[portrait->nnames]))
			portrait->nnames++;
		s += len;
		s += *s != '\0';
	}
}

/* A member of each object in a list; with a role, only of those in it. */
static void
add_list(MfPortrait *portrait, JsonbContainer *list, const char *name, bool landmarks)
{
	if (list == NULL || !JsonContainerIsArray(list))
		return;
	for (uint32 i = 0; i < JsonContainerSize(list); i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(list, i);
		JsonbContainer *entry = value->type == jbvBinary ? value->val.binary.data : NULL;
		char	   *role = landmarks && entry ? field_text(entry, "role") : NULL;

		if (entry != NULL && (!landmarks || (role && (strcmp(role, "landmark") == 0 ||
													  strcmp(role, "benchmark") == 0))))
			add_names(portrait, field_text(entry, name));
		pfree(value);
	}
}

static MfPlaceName *
read_unit(JsonbContainer *properties)
{
	char	   *written = field_text(properties, "unit");
	MfPlaceName *unit = palloc(sizeof(MfPlaceName));

	return written && place_name_read(written, strlen(written), unit) ? unit : NULL;
}

void
portrait_read(MfPortrait *portrait, const Minefield *record, MfLikenessFinder *finder)
{
	MfEntry		entry;
	MfPlaceName names[MAX_NAMES];
	JsonbContainer *properties;

	memset(portrait, 0, sizeof(*portrait));
	portrait->record = record;
	if (record == NULL)
		return;
	minefield_verify(record);
	entry_of_record(&entry, record);
	side_begin(&portrait->side, &entry, &finder->pair);
	portrait->side.statement = statement_read(record, model_meaning, finder, CurrentMemoryContext);
	portrait->narrow = cos(Max(fabs(portrait->side.box.ymin),
							   fabs(portrait->side.box.ymax)) * M_PI / 180);
	properties = minefield_properties(record);
	portrait->front_m = size_of(properties, "front_m");
	portrait->depth_m = size_of(properties, "field_depth_m");
	portrait->rows = size_of(properties, "row_count");
	portrait->number = field_text(properties, "number");
	portrait->unit = read_unit(properties);
	portrait->names = names;
	add_list(portrait, field_container(properties, "places"), "name", false);
	add_list(portrait, field_container(field_container(properties, "location"), "points"),
			 "description", true);
	portrait->names = memcpy(palloc(sizeof(MfPlaceName) * Max(portrait->nnames, 1)), names,
							 sizeof(MfPlaceName) * portrait->nnames);
}

/* ---- weighing ---- */

static bool
is_located(const MfPortrait *p)
{
	return p->side.entry.extent.nparts > 0;
}

static double
accuracy_of(const MfPortrait *p)
{
	float		accuracy = p->side.entry.accuracy95_m;

	return isnan(accuracy) ? ACCURACY_UNKNOWN_M : accuracy;
}

/* How far apart the two may be by their accuracy, a standard deviation or two. */
static double
slack_of(const MfPortrait *a, const MfPortrait *b)
{
	double		x = accuracy_of(a);
	double		y = accuracy_of(b);

	return Max(sqrt(x * x + y * y), ACCURACY_LEAST_M);
}

static double
near_weight(double distance_m, double slack_m)
{
	double		z = distance_m / slack_m;

	return PLACE_ELSEWHERE + (PLACE_NEAR - PLACE_ELSEWHERE) * exp(-z * z / 2);
}

/* The share of the smaller ground that is common, where they touch. */
static double
common_share(const MfOverlap *overlap, const MfPortrait *a, const MfPortrait *b)
{
	if (!isnan(overlap->area_m2))
		return Min(1, overlap->area_m2 / Min(a->side.area_m2, b->side.area_m2));
	return overlap->class == MF_OVERLAP_ADJACENT ? 0 : 1;
}

static void
weigh_place(MfLikeness *likeness, MfPortrait *a, MfPortrait *b, MfLikenessFinder *finder)
{
	double		slack_m = slack_of(a, b);
	double	   *weight = &likeness->weights[MF_EVIDENCE_PLACE];
	double		bound_m;
	MfOverlap	overlap;

	if (!is_located(a) || !is_located(b))
		return;
	bound_m = box_distance_bound(&a->side.box, &b->side.box);
	likeness->share = 0;
	likeness->distance_m = bound_m;
	if (bound_m > finder->reach_m)
	{
		*weight = PLACE_FAR;
		return;
	}
	overlap_find(&overlap, &a->side, &b->side, &finder->pair);
	likeness->distance_m = overlap.distance_m;
	if (overlap.class <= MF_OVERLAP_ADJACENT)
	{
		likeness->share = common_share(&overlap, a, b);
		*weight = PLACE_TOUCH + PLACE_SHARE * likeness->share;
	}
	else
		*weight = overlap.distance_m > finder->reach_m ? PLACE_FAR :
			near_weight(overlap.distance_m, slack_m);
}

/* A degree is that long at least, of latitude and, by its cosine, of longitude. */
#define DEGREE_M		110000.0

/* The place can weigh no more than this, from the boxes alone and at once. */
static double
place_bound(const MfPortrait *a, const MfPortrait *b)
{
	const MinefieldBox *x = &a->side.box;
	const MinefieldBox *y = &b->side.box;
	double		lat,
				lon,
				apart_m;

	if (!is_located(a) || !is_located(b))
		return 0;
	lat = Max((double) y->ymin - x->ymax, (double) x->ymin - y->ymax);
	lon = Max((double) y->xmin - x->xmax, (double) x->xmin - y->xmax);
	/* farther in longitude the Earth is round, and +-180 meet */
	if (lon > 1)
		lon = 0;
	apart_m = DEGREE_M * Max(lat, lon * Min(a->narrow, b->narrow));
	return apart_m > 0 ? near_weight(apart_m, slack_of(a, b)) : PLACE_TOUCH + PLACE_SHARE;
}

/* NaN where one is unknown. */
static double
ratio_of(double x, double y)
{
	return isnan(x) || isnan(y) ? NAN : Min(x, y) / Max(x, y);
}

static double
add(double sum, double weight)
{
	return isnan(sum) ? weight : sum + weight;
}

/* One size that both state, or its area where they state none. */
static double
size_weight(double ratio)
{
	return ratio >= SAME_RATIO ? SAME_SIZE : ratio >= SIMILAR_RATIO ? SIMILAR_SIZE : OTHER_SIZE;
}

static double
sizes_weight(double front, double depth)
{
	double		less = Min(front, depth);

	if (less >= SAME_RATIO)
		return SAME_SIZES;
	if (less >= SIMILAR_RATIO)
		return SIMILAR_SIZES;
	return Max(front, depth) >= SIMILAR_RATIO ? MIXED_SIZES : OTHER_SIZES;
}

static void
weigh_shape(MfLikeness *likeness, const MfPortrait *a, const MfPortrait *b)
{
	double		front = ratio_of(a->front_m, b->front_m);
	double		depth = ratio_of(a->depth_m, b->depth_m);
	double		weight = NAN;

	if (!isnan(front) && !isnan(depth))
		weight = sizes_weight(front, depth);
	else if (!isnan(front) || !isnan(depth))
		weight = size_weight(isnan(front) ? depth : front);
	else if (a->record->area_m2 > 0 && b->record->area_m2 > 0)
		weight = size_weight(ratio_of(a->record->area_m2, b->record->area_m2));
	if (!isnan(a->rows) && !isnan(b->rows))
		weight = add(weight, a->rows == b->rows ? SAME_ROWS : OTHER_ROWS);
	likeness->weights[MF_EVIDENCE_SHAPE] = weight;
}

static bool
is_dated(const Minefield *mf)
{
	return mf->laid_from <= mf->laid_to && mf->laid_from != MF_DAY_OPEN_FROM &&
		mf->laid_to != MF_DAY_OPEN_TO;
}

static void
weigh_laid(MfLikeness *likeness, const Minefield *a, const Minefield *b)
{
	double	   *weight = &likeness->weights[MF_EVIDENCE_LAID];
	int64		gap;
	double		days;

	if (!is_dated(a) || !is_dated(b))
		return;
	gap = (int64) Max(a->laid_from, b->laid_from) - Min(a->laid_to, b->laid_to);
	days = ((double) a->laid_to - a->laid_from + 1) + ((double) b->laid_to - b->laid_from + 1);
	if (gap > LAID_NEAR_DAYS)
		*weight = LAID_APART;
	else if (gap > 0)
		*weight = LAID_NEAR;
	else
		*weight = Max(Min(log(LAID_SPAN_DAYS / days), LAID_MOST), 0);
}

static void
weigh_mines(MfLikeness *likeness, const MfPortrait *a, const MfPortrait *b)
{
	double		weight = NAN;
	MfMineMix	mix;

	statements_mix(a->side.statement, b->side.statement, &mix);
	if (mix.common + mix.only_a > 0 && mix.common + mix.only_b > 0)
		weight = mix.common == 0 ? OTHER_MODELS :
			mix.only_a + mix.only_b == 0 ? SAME_MODELS : 0;
	else if (mix.categories == MF_CONTRADICT)
		weight = OTHER_CATEGORY;
	if (mix.counts != MF_NOT_COMPARABLE)
		weight = add(weight, mix.counts == MF_AGREE ? COUNTS_AGREE : COUNTS_CONTRADICT);
	likeness->weights[MF_EVIDENCE_MINES] = weight;
}

static bool
same_text(const char *x, const char *y)
{
	return x != NULL && y != NULL && strcmp(x, y) == 0;
}

static void
weigh_number(MfLikeness *likeness, const MfPortrait *a, const MfPortrait *b, bool one_book)
{
	double	   *weight = &likeness->weights[MF_EVIDENCE_NUMBER];

	if (same_text(a->number, b->number))
		*weight = one_book ? SAME_NUMBER_ONE_BOOK : SAME_NUMBER;
	else if (same_text(a->side.entry.key.data, b->side.entry.key.data))
		*weight = SAME_NUMBER;
	else if (a->number != NULL && b->number != NULL)
		*weight = one_book ? OTHER_NUMBER_ONE_BOOK : 0;
}

static double
best_name(const MfPortrait *a, const MfPortrait *b)
{
	double		best = NAN;

	for (int i = 0; i < a->nnames; i++)
	{
		for (int k = 0; k < b->nnames; k++)
		{
			double		likeness = place_name_likeness(&a->names[i], &b->names[k]);

			if (!(likeness <= best))
				best = likeness;
		}
	}
	return best;
}

static void
weigh_names(MfLikeness *likeness, const MfPortrait *a, const MfPortrait *b)
{
	bool		located = is_located(a) && is_located(b);
	double		names = best_name(a, b);

	if (!isnan(names))
		likeness->weights[MF_EVIDENCE_NAMES] = names >= LIKE_NAMES ?
			names * (located ? SAME_NAME_LOCATED : SAME_NAME) :
			located ? OTHER_NAME_LOCATED : OTHER_NAME;
	if (a->unit != NULL && b->unit != NULL)
	{
		double		unit = place_name_likeness(a->unit, b->unit);

		likeness->weights[MF_EVIDENCE_UNIT] = unit >= LIKE_NAMES ? unit * SAME_UNIT : OTHER_UNIT;
	}
}

/* ---- the whole ---- */

double
score_odds(double score)
{
	return log(score / (1 - score));
}

static double
odds_of(const MfLikeness *likeness)
{
	double		odds = FIRST_GUESS;

	for (int i = 0; i < MF_EVIDENCES; i++)
	{
		if (!isnan(likeness->weights[i]))
			odds += likeness->weights[i];
	}
	return odds;
}

bool
likeness_find(MfLikeness *likeness, MfPortrait *a, MfPortrait *b,
			  MfLikenessFinder *finder, double min_score)
{
	double		wanted = min_score > 0 ? score_odds(min_score) : -INFINITY;
	double		place;

	for (int i = 0; i < MF_EVIDENCES; i++)
		likeness->weights[i] = NAN;
	likeness->share = likeness->distance_m = NAN;
	/* what is cheap first: most pairs go no further */
	weigh_shape(likeness, a, b);
	weigh_laid(likeness, a->record, b->record);
	weigh_number(likeness, a, b, finder->one_book);
	place = place_bound(a, b);
	if (odds_of(likeness) + place + MOST_MINES + MOST_NAMES < wanted)
		return false;
	weigh_mines(likeness, a, b);
	if (odds_of(likeness) + place + MOST_NAMES < wanted)
		return false;
	weigh_names(likeness, a, b);
	if (odds_of(likeness) + place < wanted)
		return false;
	weigh_place(likeness, a, b, finder);
	likeness->score = 1 / (1 + exp(-odds_of(likeness)));
	return odds_of(likeness) >= wanted;
}

/* ---- in words ---- */

static const char *
size_word(double ratio)
{
	return ratio >= SAME_RATIO ? "same" : ratio >= SIMILAR_RATIO ? "similar" : "different";
}

static char *
shape_reason(const MfPortrait *a, const MfPortrait *b)
{
	StringInfoData s;
	double		front = ratio_of(a->front_m, b->front_m);
	double		depth = ratio_of(a->depth_m, b->depth_m);

	initStringInfo(&s);
	appendStringInfoString(&s, "shape:");
	if (!isnan(front))
		appendStringInfo(&s, " %s front,", size_word(front));
	if (!isnan(depth))
		appendStringInfo(&s, " %s depth,", size_word(depth));
	if (s.data[s.len - 1] == ':' && a->record->area_m2 > 0 && b->record->area_m2 > 0)
		appendStringInfo(&s, " %s area,",
						 size_word(ratio_of(a->record->area_m2, b->record->area_m2)));
	if (!isnan(a->rows) && !isnan(b->rows))
		appendStringInfo(&s, " %s number of rows,", a->rows == b->rows ? "same" : "different");
	s.data[--s.len] = '\0';
	return s.data;
}

static char *
place_reason(const MfLikeness *likeness, const MfPortrait *a, const MfPortrait *b)
{
	if (likeness->distance_m == 0)
		return psprintf("place: %.0f %% of the smaller ground is in common", likeness->share * 100);
	return psprintf("place: %.0f m apart, accuracy of both together %.0f m%s", likeness->distance_m,
					slack_of(a, b), isnan(a->side.entry.accuracy95_m) ||
					isnan(b->side.entry.accuracy95_m) ? " (assumed)" : "");
}

static char *
mines_reason(const MfPortrait *a, const MfPortrait *b)
{
	MfMineMix	mix;
	const char *models;
	const char *counts;

	statements_mix(a->side.statement, b->side.statement, &mix);
	if (mix.common > 0)
		models = mix.only_a + mix.only_b == 0 ? "same models" : "some models in common";
	else if (mix.only_a > 0 && mix.only_b > 0)
		models = "no model in common";
	else
		models = mix.categories == MF_CONTRADICT ? "different categories" :
			"models not stated by both";
	counts = mix.counts == MF_AGREE ? ", counts agree" :
		mix.counts == MF_CONTRADICT ? ", counts contradict" : "";
	return psprintf("mines: %s%s", models, counts);
}

int
likeness_reasons(const MfLikeness *likeness, const MfPortrait *a,
				 const MfPortrait *b, Datum *texts)
{
	const double *weights = likeness->weights;
	const char *reasons[MF_EVIDENCES] = {NULL};
	int			n = 0;

	if (!isnan(weights[MF_EVIDENCE_PLACE]))
		reasons[MF_EVIDENCE_PLACE] = place_reason(likeness, a, b);
	if (!isnan(weights[MF_EVIDENCE_SHAPE]))
		reasons[MF_EVIDENCE_SHAPE] = shape_reason(a, b);
	if (!isnan(weights[MF_EVIDENCE_LAID]))
		reasons[MF_EVIDENCE_LAID] = weights[MF_EVIDENCE_LAID] >= 0 ?
			"laid: the times overlap" : "laid: the times are apart";
	if (!isnan(weights[MF_EVIDENCE_UNIT]))
		reasons[MF_EVIDENCE_UNIT] = weights[MF_EVIDENCE_UNIT] > 0 ?
			"unit: one name" : "unit: different names";
	if (!isnan(weights[MF_EVIDENCE_MINES]))
		reasons[MF_EVIDENCE_MINES] = mines_reason(a, b);
	if (!isnan(weights[MF_EVIDENCE_NUMBER]))
		reasons[MF_EVIDENCE_NUMBER] = weights[MF_EVIDENCE_NUMBER] > 0 ?
			"number: same number or id" : "number: different numbers";
	if (!isnan(weights[MF_EVIDENCE_NAMES]))
		reasons[MF_EVIDENCE_NAMES] = weights[MF_EVIDENCE_NAMES] > 0 ?
			"names: a place or landmark in common" : "names: no place or landmark in common";
	for (int i = 0; i < MF_EVIDENCES; i++)
	{
		if (reasons[i] != NULL)
			texts[n++] = CStringGetTextDatum(reasons[i]);
	}
	return n;
}
