/*
 * location_solve.c - the network of a location, solved
 *
 * Fixed points go into a plane about the first of them, the core solves the
 * network there, and what it finds comes back to longitude and latitude.
 * Errors that all points share - of the datum, of what was assumed of it, of
 * how the record came about - are added to each.
 */
#include "mf_locate.h"

/* Farther than this from the first point the plane is none. */
#define FARTHEST_M 1000000.0

/* ---- putting it together ---- */

static void
place_points(MfLocation *location)
{
	MfLocatedPoint *origin = NULL;

	for (uint32 i = 0; i < location->chain.npoints; i++)
	{
		location_place(location, i);
		if (origin == NULL && location->chain.points[i].fixed)
			origin = &location->points[i];
	}
	if (origin == NULL)
	{
		chain_plane_about(&location->plane, 0.0, 0.0);
		return;
	}
	chain_plane_about(&location->plane, origin->lonlat[0], origin->lonlat[1]);
	location->convergence_deg = location_convergence(location, origin);
	for (uint32 i = 0; i < location->chain.npoints; i++)
	{
		MfChainPoint *point = &location->chain.points[i];
		double		xy[2];

		if (!point->fixed)
			continue;
		chain_plane_forward(&location->plane, location->points[i].lonlat, xy);
		if (!(hypot(xy[0], xy[1]) < FARTHEST_M))
		{
			point->fixed = false;
			location->points[i].why = "too_far";
			continue;
		}
		point->given_x = xy[0];
		point->given_y = xy[1];
	}
}

typedef struct WholeLeg
{
	MfChainLeg	leg;
	MfLocatedLeg info;
} WholeLeg;

static int
compare_doubles(double a, double b)
{
	return a < b ? -1 : a > b;
}

static int
compare_legs(const void *a, const void *b)
{
	const WholeLeg *p = a;
	const WholeLeg *q = b;
	int			order;

	if (p->leg.from != q->leg.from)
		return p->leg.from < q->leg.from ? -1 : 1;
	if (p->leg.to != q->leg.to)
		return p->leg.to < q->leg.to ? -1 : 1;
	if ((order = compare_doubles(p->info.sort, q->info.sort)) != 0 ||
		(order = compare_doubles(p->leg.azimuth, q->leg.azimuth)) != 0 ||
		(order = compare_doubles(p->leg.distance_m, q->leg.distance_m)) != 0 ||
		(order = compare_doubles(p->leg.distance_sd, q->leg.distance_sd)) != 0)
		return order;
	return compareJsonbContainers(p->info.entry, q->info.entry);
}

static void
measure_legs(MfLocation *location)
{
	MfChain    *chain = &location->chain;
	uint32		written = chain->nlegs;
	WholeLeg   *all;

	for (uint32 i = 0; i < written; i++)
		location_leg(location, i);
	all = palloc(sizeof(WholeLeg) * (chain->nlegs + 1));
	for (uint32 i = 0; i < chain->nlegs; i++)
	{
		all[i].leg = chain->legs[i];
		all[i].info = location->legs[i];
	}
	qsort(all, chain->nlegs, sizeof(WholeLeg), compare_legs);
	for (uint32 i = 0; i < chain->nlegs; i++)
	{
		chain->legs[i] = all[i].leg;
		location->legs[i] = all[i].info;
	}
	pfree(all);
}

/* ---- errors that all points share ---- */

static void
add_common(MfChainPoint *point, MfErrorSource source, double sd)
{
	point->covariance[source].xx += sd * sd;
	point->covariance[source].yy += sd * sd;
}

/* NaN is off here: nobody knows a figure for it. */
static double
source_error(const MfLocation *location)
{
	const char *source = field_text(location->properties, "source");
	double		error = NAN;

	if (source != NULL && strstr(source, "memory") != NULL)
		error = location->options->errors[MF_ERROR_MEMORY];
	else if (source != NULL && strstr(source, "interview") != NULL)
		error = location->options->errors[MF_ERROR_INTERVIEW];
	return isnan(error) ? 0.0 : error / MF_ELLIPSE_95;
}

static void
add_common_errors(MfLocation *location)
{
	MfChain    *chain = &location->chain;
	const double *errors = location->options->errors;
	double	   *datum = palloc0(sizeof(double) * (chain->npoints + 1));
	double		source = source_error(location);
	double		assumed = 0.0;

	if (location->assumed & MF_ASSUMED_CRS)
		assumed = hypot(assumed, errors[MF_ERROR_ASSUMED_CRS] / MF_ELLIPSE_95);
	if (location->assumed & MF_ASSUMED_OPERATION)
		assumed = hypot(assumed, errors[MF_ERROR_ASSUMED_OPERATION] / MF_ELLIPSE_95);
	for (uint32 i = 0; i < chain->npoints; i++)
	{
		uint32		network = chain->points[i].network;

		if (!chain->points[i].fixed)
			continue;
		if (location->points[i].error_unknown || isnan(assumed))
			location->network_unknown[network] = true;
		else
			datum[network] = fmax(datum[network], location->points[i].operation_m);
	}
	for (uint32 i = 0; i < chain->nlegs; i++)
	{
		if (chain->legs[i].used && location->legs[i].error_unknown)
			location->network_unknown[chain->points[chain->legs[i].from].network] = true;
	}
	for (uint32 i = 0; i < chain->npoints; i++)
	{
		MfChainPoint *point = &chain->points[i];

		if (point->state != MF_POINT_SOLVED)
			continue;
		/* nobody says at which probability: a standard deviation is the wider reading */
		add_common(point, MF_FROM_DATUM, datum[point->network]);
		add_common(point, MF_FROM_ASSUMPTION, isnan(assumed) ? 0.0 : assumed);
		add_common(point, MF_FROM_SOURCE, source);
	}
}

/* ---- all of it ---- */

static void
return_points(MfLocation *location)
{
	for (uint32 i = 0; i < location->chain.npoints; i++)
	{
		const MfChainPoint *point = &location->chain.points[i];
		double		xy[2] = {point->x, point->y};

		if (point->state != MF_POINT_SOLVED ||
			(point->fixed && point->x == point->given_x && point->y == point->given_y))
			continue;
		chain_plane_inverse(&location->plane, xy, location->points[i].lonlat);
	}
}

void
location_solve(MfLocation *location)
{
	MfMemory	memory;

	location_shared(location);
	place_points(location);
	measure_legs(location);
	mf_memory_of(&memory, CurrentMemoryContext);
	mf_status_check(chain_solve(&location->chain, &memory));
	return_points(location);
	add_common_errors(location);
}

/* ---- what is known of a point ---- */

/* The first point of an untied network whose coordinates could not be used. */
static const MfLocatedPoint *
failed_neighbour(const MfLocation *location, uint32 point)
{
	for (uint32 i = 0; i < location->chain.npoints; i++)
	{
		if (location->chain.points[i].network == location->chain.points[point].network &&
			location->points[i].why != NULL)
			return &location->points[i];
	}
	return NULL;
}

const char *
location_reason(const MfLocation *location, uint32 i, uint32 *leg, const char **said)
{
	const MfChainPoint *point = &location->chain.points[i];
	const MfLocatedPoint *blamed = &location->points[i];

	*leg = MF_NONE;
	*said = NULL;
	switch (point->state)
	{
		case MF_POINT_SOLVED:
			return NULL;
		case MF_POINT_BEHIND:
			*leg = point->via;
			*said = location->legs[point->via].said;
			if (location->legs[point->via].lacks != NULL)
				return location->legs[point->via].lacks;
			return "undetermined";
		case MF_POINT_TOO_MANY:
			return "too_many_points";
		case MF_POINT_VAGUE:
			return "undetermined";
		case MF_POINT_ALONE:
		case MF_POINT_UNTIED:
		case MF_POINT_LOOP:
			break;
	}
	if (blamed->why == NULL && point->state != MF_POINT_ALONE)
		blamed = failed_neighbour(location, i);
	if (blamed != NULL && blamed->why != NULL)
	{
		*said = blamed->said;
		if (blamed != &location->points[i])
			*said = psprintf("point %s%s%s", blamed->id, blamed->said ? ": " : "",
							 blamed->said ? blamed->said : "");
		return blamed->why;
	}
	return point->state == MF_POINT_ALONE ? "no_coordinates" :
		point->state == MF_POINT_LOOP ? "loop_without_tie" : "untied";
}

double
location_accuracy_m(const MfLocation *location, uint32 i, MfEllipse *ellipse)
{
	const MfChainPoint *point = &location->chain.points[i];
	MfCovariance sum;
	double		turn;

	if (point->state != MF_POINT_SOLVED || location->network_unknown[point->network])
		return NAN;
	sum = covariance_sum(point->covariance);
	ellipse_95(&sum, ellipse);
	turn = chain_plane_convergence(&location->plane, point->x, point->y) * 57.29577951308232;
	ellipse->azimuth_deg = fmod(ellipse->azimuth_deg + turn + 180.0, 180.0);
	return ellipse->major_m;
}

void
location_contributions(const MfLocation *location, uint32 i, double *by_source)
{
	for (int j = 0; j < MF_ERROR_SOURCES; j++)
	{
		MfEllipse	ellipse;

		ellipse_95(&location->chain.points[i].covariance[j], &ellipse);
		/* half a millimetre is what elimination leaves behind */
		by_source[j] = ellipse.major_m < 0.0005 ? 0.0 : ellipse.major_m;
	}
}
