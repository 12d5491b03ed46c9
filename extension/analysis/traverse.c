/*
 * traverse.c - mf_traverse and its like: what was solved, point by point
 */
#include "mf_locate.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"

#define MAX_COLUMNS 16

typedef struct Row
{
	int			n;
	Datum		values[MAX_COLUMNS];
	bool		nulls[MAX_COLUMNS];
} Row;

static void
put_text(Row *row, const char *text)
{
	row->nulls[row->n] = text == NULL;
	row->values[row->n++] = text != NULL ? CStringGetTextDatum(text) : (Datum) 0;
}

/* NaN is NULL. */
static void
put_number(Row *row, double number)
{
	row->nulls[row->n] = isnan(number);
	row->values[row->n++] = Float8GetDatum(number);
}

static void
put_datum(Row *row, Datum value, bool isnull)
{
	row->nulls[row->n] = isnull;
	row->values[row->n++] = value;
}

static void
put_row(FunctionCallInfo fcinfo, Row *row)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, row->values, row->nulls);
}

/* The location of the first argument, solved by the options of the second. */
static bool
solve_argument(FunctionCallInfo fcinfo, MfLocation *location)
{
	MfLocateOptions *options = palloc(sizeof(MfLocateOptions));
	Minefield  *record;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return false;
	record = PG_GETARG_MINEFIELD_P(0);
	minefield_verify(record);
	locate_options_read(options, PG_NARGS() < 2 || PG_ARGISNULL(1) ? NULL : PG_GETARG_JSONB_P(1));
	location_read(location, record, options);
	location_solve(location);
	return true;
}

/* ---- points ---- */

static void
put_position(Row *row, const MfLocation *location, uint32 i)
{
	uint32		one = 1;
	MfExtent	at = {
		.kind = MF_POINT, .nparts = 1, .nrings = 1, .npoints = 1,
		.part_rings = &one, .ring_points = &one, .xy = location->points[i].lonlat
	};
	bool		solved = location->chain.points[i].state == MF_POINT_SOLVED;

	put_datum(row, solved ? mf_geometry_make(&at) : (Datum) 0, !solved);
}

static void
put_contributions(Row *row, const MfLocation *location, uint32 i)
{
	double		by_source[MF_ERROR_SOURCES];
	JsonbParseState *state = NULL;

	location_contributions(location, i, by_source);
	pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
	for (int j = 0; j < MF_ERROR_SOURCES; j++)
	{
		if (by_source[j] <= 0.0)
			continue;
		json_key(&state, error_source_name(j));
		json_rounded(&state, by_source[j], 3);
	}
	put_datum(row, JsonbPGetDatum(JsonbValueToJsonb(pushJsonbValue(&state, WJB_END_OBJECT, NULL))),
			  false);
}

/*
 * How far the adjustment moved a fixed point, or the largest residual of the
 * legs that meet in another; NaN: nothing checks it.
 */
static double
residual_of(const MfLocation *location, uint32 i)
{
	const MfChain *chain = &location->chain;
	double		largest = NAN;

	for (uint32 j = 0; j < chain->nlegs; j++)
	{
		const MfChainLeg *leg = &chain->legs[j];
		double		r;

		if ((leg->from != i && leg->to != i) || (isnan(leg->along_w) && isnan(leg->across_w)))
			continue;
		r = hypot(leg->along_m, leg->across_m);
		largest = isnan(largest) ? r : fmax(largest, r);
	}
	if (chain->points[i].fixed && !isnan(largest))
		largest = hypot(chain->points[i].x - chain->points[i].given_x,
						chain->points[i].y - chain->points[i].given_y);
	return largest;
}

static void
put_ends(Row *row, const MfLocatedLeg *leg)
{
	Datum		ends[2];

	if (leg == NULL)
	{
		put_datum(row, (Datum) 0, true);
		return;
	}
	ends[0] = CStringGetTextDatum(field_text(leg->entry, "from"));
	ends[1] = CStringGetTextDatum(field_text(leg->entry, "to"));
	put_datum(row, PointerGetDatum(construct_array(ends, 2, TEXTOID, -1, false, TYPALIGN_INT)), false);
}

static void
put_point(Row *row, const MfLocation *location, uint32 i)
{
	const MfChainPoint *point = &location->chain.points[i];
	bool		solved = point->state == MF_POINT_SOLVED;
	MfEllipse	ellipse = {NAN, NAN, NAN};
	const char *said = NULL;
	const char *why = NULL;
	uint32		leg = MF_NONE;
	double		accuracy = location_accuracy_m(location, i, &ellipse);

	if (!solved)
		why = location_reason(location, i, &leg, &said);
	put_text(row, location->points[i].id);
	put_text(row, location->points[i].role);
	put_datum(row, BoolGetDatum(point->fixed), false);
	put_datum(row, BoolGetDatum(solved), false);
	put_position(row, location, i);
	put_number(row, ellipse.major_m);
	put_number(row, ellipse.minor_m);
	put_number(row, ellipse.azimuth_deg);
	put_number(row, accuracy);
	if (isnan(accuracy))
		put_datum(row, (Datum) 0, true);
	else
		put_contributions(row, location, i);
	put_number(row, solved ? residual_of(location, i) : NAN);
	put_text(row, why);
	put_ends(row, leg == MF_NONE ? NULL : &location->legs[leg]);
	put_text(row, said);
}

/*
 * mf_traverse(record minefield, options jsonb) → setof mf_traverse_point, by
 * id.  No rows of NULL, and where the location names no point.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_traverse);
Datum
mf_traverse(PG_FUNCTION_ARGS)
{
	MfLocation	location;

	if (!solve_argument(fcinfo, &location))
		return (Datum) 0;
	for (uint32 i = 0; i < location.chain.npoints; i++)
	{
		Row			row = {0};

		put_point(&row, &location, i);
		put_row(fcinfo, &row);
	}
	return (Datum) 0;
}

/* ---- legs ---- */

/* A back azimuth has made two of one leg; the first has its distance. */
static void
put_leg(Row *row, const MfLocation *location, uint32 i)
{
	const MfChainLeg *leg = &location->chain.legs[i];
	const MfLocatedLeg *info = &location->legs[i];
	const MfChainPoint *from = &location->chain.points[leg->from];
	double		azimuth = NAN;
	double		w = fmax(isnan(leg->along_w) ? -1.0 : fabs(leg->along_w),
						 isnan(leg->across_w) ? -1.0 : fabs(leg->across_w));

	if (leg->has_azimuth)
		azimuth = leg->azimuth * 57.29577951308232;
	if (leg->has_azimuth && !leg->true_north)
		azimuth += chain_plane_convergence(&location->plane, leg->used ? from->x : 0.0,
										   leg->used ? from->y : 0.0) * 57.29577951308232;
	put_datum(row, Int32GetDatum(info->n), false);
	put_text(row, location->points[leg->from].id);
	put_text(row, location->points[leg->to].id);
	put_number(row, isnan(azimuth) ? NAN : degrees_turn(azimuth));
	put_number(row, leg->has_distance ? leg->distance_m : NAN);
	put_number(row, leg->used && leg->has_distance ? leg->along_m : NAN);
	put_number(row, leg->used && leg->has_azimuth ? leg->across_m : NAN);
	put_number(row, w < 0.0 ? NAN : w);
	put_datum(row, BoolGetDatum(w > MF_CHAIN_CRITICAL_W), w < 0.0);
	put_number(row, leg->misclosure_m);
	put_number(row, leg->misclosure_m > 0.0 ? leg->loop_m / leg->misclosure_m : NAN);
	put_text(row, info->lacks);
	put_text(row, info->said);
}

static int
compare_places(const void *a, const void *b, void *legs)
{
	const MfLocatedLeg *p = (const MfLocatedLeg *) legs + *(const uint32 *) a;
	const MfLocatedLeg *q = (const MfLocatedLeg *) legs + *(const uint32 *) b;

	if (p->n != q->n)
		return p->n - q->n;
	return *(const uint32 *) a < *(const uint32 *) b ? -1 : 1;
}

/*
 * mf_traverse_legs(record minefield, options jsonb) → setof mf_traverse_leg,
 * in the order of the paper.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_traverse_legs);
Datum
mf_traverse_legs(PG_FUNCTION_ARGS)
{
	MfLocation	location;
	uint32	   *order;

	if (!solve_argument(fcinfo, &location))
		return (Datum) 0;
	order = palloc(sizeof(uint32) * (location.chain.nlegs + 1));
	for (uint32 i = 0; i < location.chain.nlegs; i++)
		order[i] = i;
	qsort_arg(order, location.chain.nlegs, sizeof(uint32), compare_places, location.legs);
	for (uint32 i = 0; i < location.chain.nlegs; i++)
	{
		Row			row = {0};

		put_leg(&row, &location, order[i]);
		put_row(fcinfo, &row);
	}
	return (Datum) 0;
}

/* ---- what dominates ---- */

typedef struct Share
{
	const char *source;
	double		accuracy;
	double		share;
} Share;

static int
compare_shares(const void *a, const void *b)
{
	const Share *p = a;
	const Share *q = b;

	if (p->share != q->share)
		return p->share > q->share ? -1 : 1;
	return strcmp(p->source, q->source);
}

/*
 * mf_error_budget(record minefield, options jsonb) → setof mf_error_share, the
 * largest first, of the least certain point that the extent is drawn of.  No
 * rows where there is none, or its accuracy is not known.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_error_budget);
Datum
mf_error_budget(PG_FUNCTION_ARGS)
{
	MfLocation	location;
	MfOutline	outline;
	MfCovariance sum;
	double		accuracy;
	double		by_source[MF_ERROR_SOURCES];
	Share		shares[MF_ERROR_SOURCES];
	uint32		worst;
	int			n = 0;

	if (!solve_argument(fcinfo, &location))
		return (Datum) 0;
	location_outline(&location, &outline);
	worst = location_least_certain(&location, &outline, &accuracy);
	if (worst == MF_NONE)
		return (Datum) 0;
	location_contributions(&location, worst, by_source);
	sum = covariance_sum(location.chain.points[worst].covariance);
	for (int i = 0; i < MF_ERROR_SOURCES; i++)
	{
		const MfCovariance *c = &location.chain.points[worst].covariance[i];

		if (by_source[i] <= 0.0)
			continue;
		shares[n++] = (Share) {error_source_name(i), by_source[i], (c->xx + c->yy) / (sum.xx + sum.yy)};
	}
	qsort(shares, n, sizeof(Share), compare_shares);
	for (int i = 0; i < n; i++)
	{
		Row			row = {0};

		put_text(&row, location.points[worst].id);
		put_text(&row, shares[i].source);
		put_number(&row, shares[i].accuracy);
		put_number(&row, shares[i].share);
		put_row(fcinfo, &row);
	}
	return (Datum) 0;
}
