/*
 * overlap_pair.c - how two records lie to each other
 *
 * Areas come from sums over edges (core/pair_area.c); whether two touch is
 * decided exactly, and asked only where the areas leave it open.  GEOS is
 * needed for buffers, for valid copies of what is invalid, and for
 * containment of points and lines.
 */
#include "mf_overlap.h"

void
pair_finder_begin(MfPairFinder *finder, const MfOptions *options)
{
	memset(finder, 0, sizeof(*finder));
	finder->options = options;
	finder->context = CurrentMemoryContext;
	finder->scratch = AllocSetContextCreate(CurrentMemoryContext,
											"minefield pair of records",
											ALLOCSET_DEFAULT_SIZES);
}

/* ---- sides ---- */

void
entry_of_record(MfEntry *entry, const Minefield *mf)
{
	char	   *id = minefield_id(mf);

	memset(entry, 0, sizeof(*entry));
	minefield_extent(mf, &entry->extent);
	entry->width_m = minefield_width_m(mf);
	entry->accuracy95_m = mf->accuracy95_m;
	entry->plain = !isnan(mf->area_m2);
	entry->record = mf;
	entry->key.data = id;
	entry->key.len = id ? strlen(id) : 0;
}

void
side_find(MfSide *side, const MfPairFinder *finder)
{
	const MfEntry *entry = &side->entry;
	const MfExtent *footprint;
	MemoryContext caller;

	if (side->shape != NULL)
		return;
	caller = MemoryContextSwitchTo(finder->context);
	footprint = footprint_view(&entry->extent, entry->plain, entry->width_m,
							   finder->options->margin_m);
	MemoryContextSwitchTo(caller);
	side->shape = footprint ? footprint : &entry->extent;
	if (footprint == &entry->extent && entry->record && entry->plain)
		side->area_m2 = entry->record->area_m2;
	else if (footprint)
		side->area_m2 = measure_area(footprint);
	/* less is no area that shares could be taken of */
	if (!(side->area_m2 >= MF_NO_AREA_M2))
		side->area_m2 = NAN;
}

void
side_begin(MfSide *side, const MfEntry *entry, const MfPairFinder *finder)
{
	memset(side, 0, sizeof(*side));
	side->entry = *entry;
	side->area_m2 = NAN;
	if (entry->record != NULL)
		side->box = entry->record->box;
	else
		box_of_extent(&side->box, &entry->extent);
	if (entry->extent.nparts == 0)
		return;
	/* what is larger than its extent is made now, the rest when needed */
	if (finder->options->margin_m > 0 || entry->width_m > 0)
	{
		side_find(side, finder);
		box_of_extent(&side->box, side->shape);
	}
}

/* ---- classes ---- */

/*
 * Both have an area and share some of it.  The tolerance is the sliver, but
 * never more than half the smaller area, so that small records keep a class.
 */
static MfOverlapClass
class_of_areas(double a, double b, double common, double sliver_m2)
{
	double		tolerance = Min(sliver_m2, Min(a, b) / 2);

	if (a + b - 2 * common <= tolerance)
		return MF_OVERLAP_DUPLICATE;
	if (b - common <= tolerance && a >= b)
		return MF_OVERLAP_CONTAINS;
	if (a - common <= tolerance)
		return MF_OVERLAP_WITHIN;
	if (b - common <= tolerance)
		return MF_OVERLAP_CONTAINS;
	return common <= sliver_m2 ? MF_OVERLAP_SLIVER : MF_OVERLAP_PARTIAL;
}

static bool
same_positions(const MfExtent *a, const MfExtent *b)
{
	return a->kind == b->kind && a->npoints == b->npoints &&
		memcmp(a->xy, b->xy, sizeof(double) * 2 * a->npoints) == 0;
}

/* Rings that fold back upon themselves: GEOS has no predicates for such. */
static bool
is_collapsed(const MfSide *side)
{
	return isnan(side->area_m2) && kind_is_polygonal(side->shape->kind);
}

/* At least one has no area, and they touch. */
static MfOverlapClass
class_of_shapes(const MfSide *a, const MfSide *b)
{
	bool		a_covers;
	bool		b_covers;

	if (is_collapsed(a) || is_collapsed(b))
		return same_positions(a->shape, b->shape) ? MF_OVERLAP_DUPLICATE : MF_OVERLAP_ADJACENT;
	a_covers = mf_geos_covers(a->shape, b->shape);
	b_covers = mf_geos_covers(b->shape, a->shape);
	if (a_covers && b_covers)
		return MF_OVERLAP_DUPLICATE;
	if (a_covers)
		return MF_OVERLAP_CONTAINS;
	if (b_covers)
		return MF_OVERLAP_WITHIN;
	return MF_OVERLAP_ADJACENT;
}

/* ---- ground ---- */

static double
common_area(MfPairFinder *finder, const MfSide *a, const MfSide *b, double *noise_m2)
{
	Size		spans = MF_PAIR_SPANS(a->shape, b->shape);
	double		area;

	if (spans > finder->nroom)
	{
		if (finder->room != NULL)
			pfree(finder->room);
		finder->nroom = Max(spans, 1024);
		finder->room = MemoryContextAllocExtended(finder->context,
												  sizeof(MfPairSpan) * finder->nroom,
												  MCXT_ALLOC_HUGE);
	}
	area = pair_area(a->shape, &a->box, b->shape, &b->box, finder->room, noise_m2);
	CHECK_FOR_INTERRUPTS();
	if (isnan(area))
		mf_status_check(MF_INTERRUPTED);
	/* rounding must not make a part larger than the whole */
	return Min(area, Min(a->area_m2, b->area_m2));
}

/* Do they touch?  And what have they in common, where both have an area? */
static bool
find_touch(MfOverlap *overlap, const MfSide *a, const MfSide *b, MfPairFinder *finder)
{
	double		noise = 0;

	if (!isnan(a->area_m2) && !isnan(b->area_m2))
		overlap->area_m2 = 0;
	if (extents_apart(a->shape, &a->box, b->shape, &b->box))
		return false;
	if (overlap->area_m2 == 0)
	{
		overlap->area_m2 = common_area(finder, a, b, &noise);
		if (overlap->area_m2 >= MF_NO_AREA_M2 && overlap->area_m2 >= noise)
			return true;
		overlap->area_m2 = 0;
	}
	return measure_touch(a->shape, b->shape);
}

/*
 * Both errors are taken as independent and alike in all directions, so 95 of
 * 100 times the two are off against each other by no more than the root of
 * the sum of squares.  NaN: one is unknown.
 */
static double
combined_accuracy_m(const MfSide *a, const MfSide *b)
{
	double		x = a->entry.accuracy95_m;
	double		y = b->entry.accuracy95_m;

	return sqrt(x * x + y * y);
}

static MfCertainty
certainty_of(const MfOverlap *overlap, const MfSide *a, const MfSide *b,
			 bool touches, double accuracy_m)
{
	if (isnan(accuracy_m))
		return MF_CERTAINTY_UNKNOWN;
	if (touches && overlap->area_m2 != 0)
	{
		double		common = isnan(overlap->area_m2) ? 0 : overlap->area_m2;

		return overlap_outlasts(a->shape, b->shape, common, accuracy_m) ?
			MF_CERTAIN : MF_PROBABLE;
	}
	return overlap->distance_m <= accuracy_m ? MF_POSSIBLE : MF_UNLIKELY;
}

/* Do they share enough ground for their documents to speak of the same? */
static bool
same_place(MfOverlapClass class)
{
	return class >= MF_OVERLAP_DUPLICATE && class <= MF_OVERLAP_PARTIAL;
}

/* They do not touch: how far apart are they, and is that near? */
static MfOverlapClass
class_of_distance(MfOverlap *overlap, const MfSide *a, const MfSide *b,
				  const MfPairFinder *finder, double accuracy_m)
{
	double		near_m = finder->options->near_m;

	if (accuracy_m > near_m)
		near_m = accuracy_m;
	if (!finder->every_distance &&
		!(near_m > 0 && box_distance_bound(&a->box, &b->box) <= near_m))
		return MF_OVERLAP_NONE;
	if (!near_distance(a->shape, &a->box, b->shape, &b->box,
					   finder->every_distance ? INFINITY : near_m, &overlap->distance_m))
		overlap->distance_m = measure_distance(a->shape, b->shape, 0);
	return near_m > 0 && overlap->distance_m <= near_m ? MF_OVERLAP_NEAR : MF_OVERLAP_NONE;
}

/* ---- shifts ---- */

/* Less than a millimetre is rounding. */
#define NO_SHIFT_M	1e-3

static void
find_shift(MfOverlap *overlap, const MfSide *a, const MfSide *b)
{
	double		p[2];
	double		q[2];

	extent_centroid(a->shape, p);
	extent_centroid(b->shape, q);
	if (!short_geodesic(p, q, &overlap->shift_m, &overlap->azimuth_deg))
	{
		overlap->shift_m = mf_geodesic_distance(p[0], p[1], q[0], q[1]);
		overlap->azimuth_deg = mf_geodesic_azimuth(p[0], p[1], q[0], q[1]);
	}
	if (overlap->shift_m < NO_SHIFT_M)
	{
		overlap->shift_m = 0;
		overlap->azimuth_deg = NAN;
	}
}

/* ---- one pair ---- */

static void
find_located(MfOverlap *overlap, MfSide *a, MfSide *b, MfPairFinder *finder)
{
	double		accuracy_m = combined_accuracy_m(a, b);
	bool		touches;

	side_find(a, finder);
	side_find(b, finder);
	touches = find_touch(overlap, a, b, finder);
	if (!touches)
		overlap->class = class_of_distance(overlap, a, b, finder, accuracy_m);
	else if (isnan(overlap->area_m2))
		overlap->class = class_of_shapes(a, b);
	else if (overlap->area_m2 == 0)
		overlap->class = MF_OVERLAP_ADJACENT;
	else
		overlap->class = class_of_areas(a->area_m2, b->area_m2, overlap->area_m2,
										finder->options->sliver_m2);
	if (overlap->class == MF_OVERLAP_NONE && !finder->every_distance)
		return;
	overlap->certainty = certainty_of(overlap, a, b, touches, accuracy_m);
	find_shift(overlap, a, b);
	if (same_place(overlap->class) && a->entry.record && b->entry.record)
		overlap->contradicts = documents_compare(a->entry.record, &a->statement,
												 b->entry.record, &b->statement,
												 finder->context);
}

void
overlap_find(MfOverlap *overlap, MfSide *a, MfSide *b, MfPairFinder *finder)
{
	MemoryContext caller;

	overlap->class = MF_OVERLAP_UNKNOWN;
	overlap->contradicts = MF_NOT_COMPARABLE;
	overlap->certainty = MF_CERTAINTY_UNKNOWN;
	overlap->area_m2 = NAN;
	overlap->distance_m = 0;
	if (a->entry.extent.nparts == 0 || b->entry.extent.nparts == 0)
		return;
	caller = MemoryContextSwitchTo(finder->scratch);
	find_located(overlap, a, b, finder);
	MemoryContextSwitchTo(caller);
	MemoryContextReset(finder->scratch);
}
