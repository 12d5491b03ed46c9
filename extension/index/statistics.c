/*
 * statistics.c - what ANALYZE keeps about columns of records and boxes
 *
 * Beside the standard statistics (distinct values, most common ones) a column
 * gets a histogram of boxes: the sample's centres are cut into strips of equal
 * count by longitude and each strip into buckets of equal count by latitude,
 * and each bucket keeps the extent of its centres and the average size of its
 * boxes.  Buckets follow the data, so that one record with a wrong coordinate
 * far away spoils one bucket and not the whole picture.
 *
 * Stored in stanumbers of a slot of our own kind:
 *
 *	0	layout version (1)
 *	1	share of non-null values that have a place
 *	2	number of buckets
 *	3..	the buckets, each the seven floats of MfBoxBucket
 */
#include "mf_index.h"

#include "access/htup_details.h"
#include "catalog/pg_statistic.h"
#include "commands/vacuum.h"
#include "utils/lsyscache.h"

/* In the range that pg_statistic.h leaves to private use. */
#define STATISTIC_KIND_BOXES 14731

#define STATS_VERSION	1
#define STATS_FIXED		3
#define BUCKET_FLOATS	((int) (sizeof(MfBoxBucket) / sizeof(float)))
#define MIN_BUCKETS		16
#define MAX_BUCKETS		1024
#define MIN_BUCKET_ROWS 8		/* fewer make a poor average */

StaticAssertDecl(sizeof(MfBoxBucket) == 7 * sizeof(float4), "a bucket is seven float4");

/* One box of the sample. */
typedef struct SampleBox
{
	float		x;				/* centre */
	float		y;
	float		width;
	float		height;
} SampleBox;

/* What our compute function needs to know of the standard one. */
typedef struct StandardAnalyze
{
	AnalyzeAttrComputeStatsFunc compute_stats;
	void	   *extra_data;
	MfOperand	kind;
	int			max_buckets;
} StandardAnalyze;

/* ---- making ---- */

static SampleBox
sample_box(const MinefieldBox *box)
{
	SampleBox	sample;

	sample.x = ((double) box->xmin + box->xmax) / 2;
	sample.y = ((double) box->ymin + box->ymax) / 2;
	sample.width = box->xmax - box->xmin;
	sample.height = box->ymax - box->ymin;
	return sample;
}

static int
compare_x(const void *a, const void *b)
{
	float		ax = ((const SampleBox *) a)->x;
	float		bx = ((const SampleBox *) b)->x;

	return (ax > bx) - (ax < bx);
}

static int
compare_y(const void *a, const void *b)
{
	float		ay = ((const SampleBox *) a)->y;
	float		by = ((const SampleBox *) b)->y;

	return (ay > by) - (ay < by);
}

/* Sum up the boxes of one bucket; total is of all buckets. */
static void
bucket_fill(MfBoxBucket *bucket, const SampleBox *boxes, int n, int total)
{
	double		width = 0;
	double		height = 0;

	bucket->xmin = bucket->xmax = boxes[0].x;
	bucket->ymin = bucket->ymax = boxes[0].y;
	for (int i = 0; i < n; i++)
	{
		bucket->xmin = Min(bucket->xmin, boxes[i].x);
		bucket->xmax = Max(bucket->xmax, boxes[i].x);
		bucket->ymin = Min(bucket->ymin, boxes[i].y);
		bucket->ymax = Max(bucket->ymax, boxes[i].y);
		width += boxes[i].width;
		height += boxes[i].height;
	}
	bucket->share = (float) n / total;
	bucket->width = width / n;
	bucket->height = height / n;
}

/* Cut the sample into at most so many buckets; returns how many. */
static int
buckets_make(MfBoxBucket *buckets, int wanted, SampleBox *boxes, int n)
{
	int			strips = Max(1, (int) sqrt(wanted));
	int			per_strip = Max(1, wanted / strips);
	int			made = 0;

	qsort(boxes, n, sizeof(SampleBox), compare_x);
	for (int s = 0; s < strips; s++)
	{
		int			from = (int64) n * s / strips;
		int			count = (int64) n * (s + 1) / strips - from;

		qsort(boxes + from, count, sizeof(SampleBox), compare_y);
		for (int k = 0; k < per_strip; k++)
		{
			int			first = (int64) count * k / per_strip;
			int			last = (int64) count * (k + 1) / per_strip;

			if (last > first)
				bucket_fill(&buckets[made++], boxes + from + first, last - first, n);
		}
	}
	return made;
}

/* Write the histogram into the first free slot. */
static void
slot_fill(VacAttrStats *stats, SampleBox *boxes, int located, int nonnull, int max_buckets)
{
	int			slot = 0;
	int			wanted = Max(1, Min(max_buckets, located / MIN_BUCKET_ROWS));
	int			made = 0;
	float4	   *numbers;

	while (slot < STATISTIC_NUM_SLOTS && stats->stakind[slot] != 0)
		slot++;
	if (slot == STATISTIC_NUM_SLOTS)
		return;
	numbers = MemoryContextAlloc(stats->anl_context,
								 sizeof(float4) * (STATS_FIXED + wanted * BUCKET_FLOATS));
	if (located > 0)
		made = buckets_make((MfBoxBucket *) (numbers + STATS_FIXED), wanted, boxes, located);
	numbers[0] = STATS_VERSION;
	numbers[1] = (float4) located / nonnull;
	numbers[2] = made;
	stats->stakind[slot] = STATISTIC_KIND_BOXES;
	stats->staop[slot] = InvalidOid;
	stats->stacoll[slot] = InvalidOid;
	stats->stanumbers[slot] = numbers;
	stats->numnumbers[slot] = STATS_FIXED + made * BUCKET_FLOATS;
}

static void
compute_box_stats(VacAttrStats *stats, AnalyzeAttrFetchFunc fetchfunc,
				  int samplerows, double totalrows)
{
	StandardAnalyze *standard = stats->extra_data;
	SampleBox  *boxes = palloc(sizeof(SampleBox) * Max(samplerows, 1));
	int			nonnull = 0;
	int			located = 0;

	stats->extra_data = standard->extra_data;
	standard->compute_stats(stats, fetchfunc, samplerows, totalrows);
	stats->extra_data = standard;

	for (int i = 0; i < samplerows; i++)
	{
		MinefieldBox box;
		Datum		value;
		bool		isnull;

		vacuum_delay_point();
		value = fetchfunc(stats, i, &isnull);
		if (isnull)
			continue;
		nonnull++;
		operand_box(standard->kind, value, &box);
		if (box_is_empty(&box))
			continue;
		boxes[located++] = sample_box(&box);
	}
	if (nonnull > 0)
		slot_fill(stats, boxes, located, nonnull, standard->max_buckets);
	pfree(boxes);
}

static bool
analyze_boxes(VacAttrStats *stats, MfOperand kind)
{
	StandardAnalyze *standard;

	if (!std_typanalyze(stats))
		return false;
	standard = palloc(sizeof(StandardAnalyze));
	standard->compute_stats = stats->compute_stats;
	standard->extra_data = stats->extra_data;
	standard->kind = kind;
	/* The standard asks for 300 rows for each step of the target. */
	standard->max_buckets = Max(MIN_BUCKETS, Min(MAX_BUCKETS, stats->minrows / 120));
	stats->compute_stats = compute_box_stats;
	stats->extra_data = standard;
	return true;
}

/* minefield_typanalyze(internal) returns boolean: ANALYZE of records */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_typanalyze);
Datum
minefield_typanalyze(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(analyze_boxes((VacAttrStats *) PG_GETARG_POINTER(0),
								 MF_OPERAND_RECORD));
}

/* minefield_box_typanalyze(internal) returns boolean: ANALYZE of boxes */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_box_typanalyze);
Datum
minefield_box_typanalyze(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(analyze_boxes((VacAttrStats *) PG_GETARG_POINTER(0),
								 MF_OPERAND_BOX));
}

/* ---- reading ---- */

static bool
histogram_read(HeapTuple statistics, MfBoxStats *stats)
{
	AttStatsSlot slot;
	float4	   *numbers;
	int			n;

	if (!get_attstatsslot(&slot, statistics, STATISTIC_KIND_BOXES, InvalidOid,
						  ATTSTATSSLOT_NUMBERS))
		return false;
	n = slot.nnumbers;
	numbers = slot.numbers;
	if (n < STATS_FIXED || numbers[0] != STATS_VERSION ||
		!(numbers[1] >= 0 && numbers[1] <= 1) ||
		!(numbers[2] >= 0 && numbers[2] <= MAX_BUCKETS) ||
		n != STATS_FIXED + (int) numbers[2] * BUCKET_FLOATS)
	{
		free_attstatsslot(&slot);
		return false;
	}
	stats->located = numbers[1] *
		(1.0 - ((Form_pg_statistic) GETSTRUCT(statistics))->stanullfrac);
	stats->nbuckets = (int) numbers[2];
	stats->numbers = palloc(sizeof(float4) * n);
	memcpy(stats->numbers, numbers, sizeof(float4) * n);
	stats->buckets = (const MfBoxBucket *) (stats->numbers + STATS_FIXED);
	free_attstatsslot(&slot);
	return true;
}

/* Each value of a geometry column's histogram makes a bucket of its own. */
static bool
sample_read(HeapTuple statistics, MfBoxStats *stats)
{
	AttStatsSlot slot;
	SampleBox  *boxes;
	MfBoxBucket *buckets;
	int			n = 0;

	if (!get_attstatsslot(&slot, statistics, STATISTIC_KIND_HISTOGRAM, InvalidOid,
						  ATTSTATSSLOT_VALUES))
		return false;
	boxes = palloc(sizeof(SampleBox) * Max(slot.nvalues, 1));
	for (int i = 0; i < slot.nvalues && slot.valuetype == mf_geometry_oid(); i++)
	{
		MinefieldBox box;

		if (mf_geometry_box_guess(slot.values[i], &box))
			boxes[n++] = sample_box(&box);
	}
	buckets = palloc(sizeof(MfBoxBucket) * Max(n, 1));
	for (int i = 0; i < n; i++)
		bucket_fill(&buckets[i], &boxes[i], 1, n);
	stats->located = 1.0 - ((Form_pg_statistic) GETSTRUCT(statistics))->stanullfrac;
	stats->nbuckets = n;
	stats->buckets = buckets;
	stats->numbers = (float4 *) buckets;
	pfree(boxes);
	free_attstatsslot(&slot);
	return n > 0;
}

bool
box_stats_read(HeapTuple statistics, MfBoxStats *stats)
{
	return HeapTupleIsValid(statistics) &&
		(histogram_read(statistics, stats) || sample_read(statistics, stats));
}

/* ---- shares of one box ---- */

/* Below this length (0.1 m) a bucket counts as one place. */
#define PLACE_DEGREES	1e-6

#define METRES_PER_DEGREE 111000.0

/* Of values evenly spread over lo..hi, the share within centre +- reach. */
static double
share_within(double lo, double hi, double from, double to)
{
	if (from > to)
		return 0;
	if (hi - lo < PLACE_DEGREES)
		return (lo + hi) / 2 >= from && (lo + hi) / 2 <= to ? 1 : 0;
	return Max(0, Min(hi, to) - Max(lo, from)) / (hi - lo);
}

/*
 * How far, in all, the centre of an interval of length size may move so that
 * it still stands in the relation to an interval of length other.  Sizes are
 * taken as spread exponentially about their average: then some of them are
 * larger than a box larger than the average.
 */
static double
centre_play(StrategyNumber strategy, double size, double other)
{
	switch (strategy)
	{
		case RTContainsStrategyNumber:
			return size > 0 ? size * exp(-other / size) : 0;
		case RTContainedByStrategyNumber:
			return size > 0 ? other - size * (1 - exp(-other / size)) : other;
		default:
			return size + other;
	}
}

static double
share_of_side(StrategyNumber strategy, double lo, double hi, double size,
			  double from, double to)
{
	double		centre = (from + to) / 2;
	double		reach = centre_play(strategy, size, to - from) / 2;

	return share_within(lo, hi, centre - reach, centre + reach);
}

double
box_stats_share(const MfBoxStats *stats, StrategyNumber strategy,
				const MinefieldBox *box)
{
	double		share = 0;

	if (box_is_empty(box))
		return 0;
	for (int i = 0; i < stats->nbuckets; i++)
	{
		const MfBoxBucket *b = &stats->buckets[i];
		double		x = share_of_side(strategy, b->xmin, b->xmax, b->width,
									  box->xmin, box->xmax);

		if (x > 0)
			share += b->share * x * share_of_side(strategy, b->ymin, b->ymax, b->height,
												  box->ymin, box->ymax);
	}
	return Min(share, 1.0);
}

/* ---- shares of pairs ---- */

/* Integral of max(0, z). */
static double
ramp(double z)
{
	return z > 0 ? z * z / 2 : 0;
}

/*
 * For two centres evenly spread over a0..a1 and b0..b1: the probability that
 * they are no farther apart than reach.
 */
static double
pair_within(double a0, double a1, double b0, double b1, double reach)
{
	double		la = a1 - a0;
	double		lb = b1 - b0;
	double		below;
	double		above;

	if (a0 - b1 > reach || b0 - a1 > reach)
		return 0;
	if (a1 - b0 <= reach && b1 - a0 <= reach)
		return 1;
	if (la < PLACE_DEGREES)
		return share_within(b0, b1, (a0 + a1) / 2 - reach, (a0 + a1) / 2 + reach);
	if (lb < PLACE_DEGREES)
		return share_within(a0, a1, (b0 + b1) / 2 - reach, (b0 + b1) / 2 + reach);
	/* the band |a - b| <= reach of the rectangle, by inclusion-exclusion */
	above = ramp(reach - (a0 - b1)) - ramp(reach - (a1 - b1)) -
		ramp(reach - (a0 - b0)) + ramp(reach - (a1 - b0));
	below = ramp(-reach - (a0 - b1)) - ramp(-reach - (a1 - b1)) -
		ramp(-reach - (a0 - b0)) + ramp(-reach - (a1 - b0));
	return Max(0.0, Min(1.0, (above - below) / (la * lb)));
}

static double
pair_share(const MfBoxBucket *a, const MfBoxBucket *b, StrategyNumber strategy,
		   double grow_m)
{
	double		grow = grow_m / METRES_PER_DEGREE;
	double		latitude = Min(fabs((double) a->ymin), 89.0);
	double		y = pair_within(a->ymin, a->ymax, b->ymin, b->ymax,
								grow + centre_play(strategy, a->height, b->height) / 2);

	if (y <= 0)
		return 0;
	return y * pair_within(a->xmin, a->xmax, b->xmin, b->xmax,
						   grow / cos(latitude * (M_PI / 180)) +
						   centre_play(strategy, a->width, b->width) / 2);
}

double
box_stats_pairs(const MfBoxStats *a, const MfBoxStats *b, StrategyNumber strategy,
				double grow_m, double rows)
{
	double		share = 0;

	for (int i = 0; i < a->nbuckets; i++)
	{
		double		partners = 0;

		for (int j = 0; j < b->nbuckets; j++)
			partners += b->buckets[j].share *
				pair_share(&a->buckets[i], &b->buckets[j], strategy, grow_m);
		if (rows > 0)
			partners = 1 - exp(-partners * rows);
		share += a->buckets[i].share * partners;
	}
	return Min(share, 1.0);
}
