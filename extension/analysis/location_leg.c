/*
 * location_leg.c - what a leg measures, and how well
 *
 * An azimuth needs its unit and its north, magnetic ones a declination or the
 * correction that maps print, and those from grid north a grid; a distance
 * needs its unit.  What neither the leg nor the location nor the caller says
 * is missing.
 */
#include "mf_locate.h"

#define RADIANS 0.017453292519943295
/* Beyond this, in any unit, it is a slip of the pen. */
#define MOST_DISTANCE 1e7

/* Errors that legs share, in the order of chain.shared. */
enum
{
	SHARED_DECLINATION,
	SHARED_ASSUMED_AZIMUTH,
	SHARED_PACE,
	SHARED_ASSUMED_UNIT,
	NSHARED
};

static const struct
{
	const char *name;
	double		metres;
}			distance_units[] = {
	{NULL, NAN}, {"m", 1.0}, {"km", 1000.0}, {"ft", 0.3048}, {"pace", 0.75}, {"pace_pair", 1.5}
};

MfDistanceUnit
distance_unit_from_name(const char *name)
{
	for (int i = 1; name != NULL && i < lengthof(distance_units); i++)
	{
		if (strcmp(name, distance_units[i].name) == 0)
			return (MfDistanceUnit) i;
	}
	return MF_DISTANCE_UNKNOWN;
}

const char *
distance_unit_name(MfDistanceUnit unit)
{
	return distance_units[unit].name;
}

/* ---- what location and leg say of measuring ---- */

static double
plain(JsonbContainer *object, const char *name, double otherwise)
{
	double		value,
				half;
	bool		doubt;

	return location_number(object, name, &value, &half, &doubt) ? value : otherwise;
}

/* Years from a date to the farther end of the days of laying; 0: not known. */
static double
years_to_laying(const Minefield *record, const char *date)
{
	MfDateSpan	span;
	int32		from,
				to;

	if (record->laid_from > record->laid_to || record->laid_from == MF_DAY_OPEN_FROM ||
		record->laid_to == MF_DAY_OPEN_TO || !date_read(date, strlen(date), &span))
		return 0.0;
	date_days(&span, &from, &to);
	if (from == MF_DAY_OPEN_FROM || to == MF_DAY_OPEN_TO)
		return 0.0;
	return fmax(fabs((double) record->laid_to - from), fabs((double) to - record->laid_from)) / 365.25;
}

/*
 * What an object says replaces what is there; a word that is not understood
 * is no default, it is unknown.
 */
static void
measuring_over(MfMeasuring *m, const Minefield *record, JsonbContainer *object)
{
	char	   *word;

	if ((word = field_text(object, "declination_date")) != NULL)
		m->age_years = years_to_laying(record, word);

	if ((word = field_text(object, "north")) != NULL)
		m->north = north_from_name(word, strlen(word));
	if ((word = field_text(object, "angle_unit")) != NULL)
		m->angle_unit = angle_unit_from_name(word, strlen(word));
	if ((word = field_text(object, "distance_unit")) != NULL)
		m->distance_unit = distance_unit_from_name(word);
	if ((word = field_text(object, "azimuth_by")) != NULL)
		m->azimuth_by = word;
	if ((word = field_text(object, "distance_by")) != NULL)
		m->distance_by = word;
	m->declination_deg = plain(object, "declination_deg", m->declination_deg);
	m->correction_deg = plain(object, "correction_deg", m->correction_deg);
	m->pace_m = plain(object, "pace_m", m->pace_m);
}

void
measuring_read(MfLocation *location)
{
	MfMeasuring *m = &location->measuring;

	memset(m, 0, sizeof(*m));
	m->declination_deg = m->correction_deg = m->pace_m = NAN;
	measuring_over(m, location->record, location->location);
}

void
location_shared(MfLocation *location)
{
	MfChainShared *shared = palloc0(sizeof(MfChainShared) * NSHARED);

	for (int i = 0; i < NSHARED; i++)
		shared[i].sd = 1.0;
	shared[SHARED_DECLINATION].source = MF_FROM_AZIMUTH;
	shared[SHARED_ASSUMED_AZIMUTH].source = MF_FROM_ASSUMPTION;
	shared[SHARED_PACE].source = MF_FROM_DISTANCE;
	shared[SHARED_ASSUMED_UNIT].source = MF_FROM_ASSUMPTION;
	location->chain.shared = shared;
	location->chain.nshared = NSHARED;
}

/* ---- azimuths ---- */

/* The azimuth as written, in degrees from its own north. */
static const char *
read_azimuth(MfLocation *location, JsonbContainer *object, const char *name,
			 MfMeasuring *m, MfAzimuth *azimuth, double *half_deg, MfLocatedLeg *info)
{
	JsonbValue	value;
	char		said[MF_SAID] = "";
	double		number,
				half = 0.0;
	bool		doubt;
	MfReason	reason;

	*half_deg = 0.0;
	if (!field_get(object, name, &value) || value.type == jbvNull)
		return "no_azimuth";
	if (value.type == jbvString)
		reason = azimuth_read(value.val.string.val, value.val.string.len, m->angle_unit,
							  azimuth, said);
	else if (!location_number(object, name, &number, &half, &doubt))
		return "no_azimuth";
	else
	{
		reason = azimuth_of_number(number, m->angle_unit, azimuth);
		info->error_unknown |= doubt;
	}
	if (reason == MF_REASON_NO_UNIT && location->options->assume_angle_unit != MF_UNIT_UNKNOWN &&
		m->angle_unit == MF_UNIT_UNKNOWN)
	{
		m->angle_unit = location->options->assume_angle_unit;
		location->assumed |= MF_ASSUMED_ANGLE_UNIT;
		if (read_azimuth(location, object, name, m, azimuth, half_deg, info) != NULL)
			return "bad_azimuth";
		return NULL;
	}
	if (reason == MF_REASON_NO_UNIT)
		return "no_angle_unit";
	if (reason != MF_REASON_NONE)
	{
		info->said = pstrdup(said[0] != '\0' ? said : reason_word(reason));
		return "bad_azimuth";
	}
	if (half > 0.0)
	{
		MfAzimuth	range;

		if (azimuth_of_number(half, m->angle_unit, &range) == MF_REASON_NONE)
			*half_deg = range.degrees;
	}
	return NULL;
}

/* Magnetic to true: by the declination that holds here, or assumed. */
static const char *
from_magnetic(MfLocation *location, const MfMeasuring *m, double *degrees, int *assumed)
{
	double		declination = location->options->declination_deg;

	if (isnan(declination))
		declination = m->declination_deg;
	if (isnan(declination))
	{
		declination = location->options->assume_declination_deg;
		if (isnan(declination))
			return "no_declination";
		*assumed |= MF_ASSUMED_DECLINATION;
	}
	location->declination_used = true;
	location->declination_deg = declination;
	*degrees += declination;
	return NULL;
}

/* From its own north to that of the plane, or to true north at its start. */
static const char *
turn_north(MfLocation *location, const MfMeasuring *m, MfNorth north, double *degrees,
		   bool *true_north, int *assumed)
{
	*true_north = true;
	if (north == MF_NORTH_TRUE)
		return NULL;
	if (north == MF_NORTH_MAGNETIC &&
		(isnan(m->correction_deg) || !isnan(location->options->declination_deg)))
		return from_magnetic(location, m, degrees, assumed);
	/* from grid north, or to it by the correction that maps print */
	if (isnan(location->convergence_deg))
		return "no_grid";
	if (north == MF_NORTH_MAGNETIC)
		*degrees += m->correction_deg;
	*degrees += location->convergence_deg;
	*true_north = false;
	return NULL;
}

static bool
by_instrument(const char *by)
{
	return by != NULL && (strstr(by, "theodolite") != NULL || strstr(by, "aiming circle") != NULL ||
						  strstr(by, "survey") != NULL);
}

/* Random and shared errors of an azimuth; the second for one unit. */
static void
azimuth_errors(MfLocation *location, const MfMeasuring *m, MfNorth north, int assumed,
			   double written_deg, double half_deg, double step_deg,
			   MfChainLeg *leg, MfLocatedLeg *info)
{
	const double *errors = location->options->errors;
	double		own = errors[by_instrument(m->azimuth_by) ? MF_ERROR_INSTRUMENT : MF_ERROR_COMPASS];
	double		shared = 0.0;

	/* a reading lies anywhere within half of its last place */
	own = hypot(own, half_deg) / MF_NORMAL_95;
	if (step_deg > 0.0)
		own = hypot(own, step_deg / sqrt(12.0));
	if (assumed & MF_ASSUMED_NORTH)
		shared = hypot(shared, errors[MF_ERROR_ASSUMED_NORTH]);
	if (assumed & MF_ASSUMED_DECLINATION)
		shared = hypot(shared, errors[MF_ERROR_ASSUMED_DECLINATION]);
	if (assumed & MF_ASSUMED_ANGLE_UNIT)
		shared = hypot(shared, errors[MF_ERROR_ASSUMED_ANGLE_UNIT] / 100.0 * written_deg);
	leg->turn = -1;
	if (assumed != 0)
		leg->turn = SHARED_ASSUMED_AZIMUTH;
	else if (north == MF_NORTH_MAGNETIC)
	{
		leg->turn = SHARED_DECLINATION;
		shared = errors[MF_ERROR_DECLINATION];
		if (isnan(location->options->declination_deg) && m->age_years > 0.0)
			shared = hypot(shared, m->age_years * errors[MF_ERROR_DRIFT]);
	}
	leg->turn_by = shared / MF_NORMAL_95 * RADIANS;
	leg->azimuth_sd = own * RADIANS;
	if (isnan(leg->turn_by) || isnan(leg->azimuth_sd))
	{
		info->error_unknown = true;
		leg->azimuth_sd = errors[MF_ERROR_COMPASS] > 0 ? errors[MF_ERROR_COMPASS] * RADIANS : RADIANS;
		leg->turn_by = 0.0;
	}
	if (leg->turn_by == 0.0)
		leg->turn = -1;
}

const char *
location_azimuth(MfLocation *location, JsonbContainer *object, const char *name,
				 MfChainLeg *leg, MfLocatedLeg *info)
{
	MfMeasuring m = location->measuring;
	int			before = location->assumed;
	int			assumed = 0;
	MfAzimuth	azimuth;
	double		half_deg,
				degrees;
	const char *lacks;
	MfNorth		north;

	measuring_over(&m, location->record, object);
	location->assumed = 0;
	lacks = read_azimuth(location, object, name, &m, &azimuth, &half_deg, info);
	assumed = location->assumed;
	location->assumed = before;
	if (lacks != NULL)
		return lacks;
	north = m.north;
	if (north == MF_NORTH_UNKNOWN)
	{
		north = location->options->assume_north;
		if (north == MF_NORTH_UNKNOWN)
			return "no_north";
		assumed |= MF_ASSUMED_NORTH;
	}
	degrees = azimuth.degrees;
	lacks = turn_north(location, &m, north, &degrees, &leg->true_north, &assumed);
	if (lacks != NULL)
		return lacks;
	location->assumed |= assumed;
	leg->azimuth = degrees * RADIANS;
	info->sort = azimuth.degrees;
	azimuth_errors(location, &m, north, assumed, azimuth.degrees, half_deg, azimuth.step_deg,
				   leg, info);
	return NULL;
}

/* ---- distances ---- */

static MfErrorItem
distance_error(const MfMeasuring *m, bool doubt)
{
	const char *by = m->distance_by;

	if (doubt || (by != NULL && strstr(by, "eye") != NULL))
		return MF_ERROR_EYE;
	if (m->distance_unit == MF_PACE || m->distance_unit == MF_PACE_PAIR ||
		(by != NULL && strstr(by, "pace") != NULL))
		return MF_ERROR_PACE;
	if (by != NULL && (strstr(by, "tape") != NULL || strstr(by, "chain") != NULL))
		return MF_ERROR_TAPE;
	if (by != NULL && strstr(by, "odometer") != NULL)
		return MF_ERROR_ODOMETER;
	return MF_ERROR_DISTANCE;
}

static const char *
leg_distance(MfLocation *location, JsonbContainer *entry, MfChainLeg *leg, MfLocatedLeg *info)
{
	const double *errors = location->options->errors;
	MfMeasuring m = location->measuring;
	double		value,
				half,
				unit;
	bool		doubt,
				assumed = false;
	double		shared = 0.0;

	measuring_over(&m, location->record, entry);
	if (!location_number(entry, "distance", &value, &half, &doubt))
		return "no_distance";
	if (value < 0.0 || value > MOST_DISTANCE)
		return "bad_distance";
	if (m.distance_unit == MF_DISTANCE_UNKNOWN)
	{
		m.distance_unit = location->options->assume_distance_unit;
		if (m.distance_unit == MF_DISTANCE_UNKNOWN)
			return "no_distance_unit";
		assumed = true;
		location->assumed |= MF_ASSUMED_DISTANCE_UNIT;
	}
	unit = distance_units[m.distance_unit].metres;
	if (m.distance_unit == MF_PACE || m.distance_unit == MF_PACE_PAIR)
	{
		if (m.pace_m > 0.0)
			unit = m.pace_m * (m.distance_unit == MF_PACE ? 1.0 : 2.0);
		else
			shared = errors[MF_ERROR_PACE_LENGTH];
		leg->stretch = SHARED_PACE;
	}
	if (assumed)
	{
		shared = hypot(shared, errors[MF_ERROR_ASSUMED_DISTANCE_UNIT]);
		leg->stretch = SHARED_ASSUMED_UNIT;
	}
	leg->distance_m = value * unit;
	leg->stretch_by = shared / 100.0 / MF_NORMAL_95 * leg->distance_m;
	leg->distance_sd = hypot(errors[distance_error(&m, doubt)] / 100.0 * leg->distance_m,
							 half * unit) / MF_NORMAL_95;
	if (isnan(leg->stretch_by) || isnan(leg->distance_sd))
	{
		info->error_unknown = true;
		leg->distance_sd = 0.1 * leg->distance_m;
		leg->stretch_by = 0.0;
	}
	if (leg->stretch_by == 0.0)
		leg->stretch = -1;
	return NULL;
}

/* ---- a leg ---- */

static void
swap_ends(MfChainLeg *leg)
{
	uint32		from = leg->from;

	leg->from = leg->to;
	leg->to = from;
}

/* Both azimuths are stated: the one taken backwards is a leg of its own. */
static void
add_back_azimuth(MfLocation *location, uint32 i)
{
	uint32		n = location->chain.nlegs;
	MfChainLeg *back = &location->chain.legs[n];
	MfLocatedLeg *info = &location->legs[n];

	*back = location->chain.legs[i];
	*info = location->legs[i];
	if (location_azimuth(location, info->entry, "back_azimuth", back, info) != NULL)
		return;
	swap_ends(back);
	back->has_azimuth = true;
	back->has_distance = false;
	back->stretch = -1;
	location->chain.nlegs++;
}

void
location_leg(MfLocation *location, uint32 i)
{
	MfChainLeg *leg = &location->chain.legs[i];
	MfLocatedLeg *info = &location->legs[i];
	const char *no_distance = leg_distance(location, info->entry, leg, info);
	const char *no_azimuth = location_azimuth(location, info->entry, "azimuth", leg, info);

	leg->has_distance = no_distance == NULL;
	leg->has_azimuth = no_azimuth == NULL;
	/* two points at one place need no direction */
	if (leg->has_distance && !leg->has_azimuth && leg->distance_m == 0.0)
	{
		leg->has_azimuth = true;
		leg->azimuth = leg->azimuth_sd = 0.0;
		leg->turn = -1;
		no_azimuth = NULL;
	}
	if (leg->has_azimuth)
		add_back_azimuth(location, i);
	else if (strcmp(no_azimuth, "no_azimuth") == 0 &&
			 location_azimuth(location, info->entry, "back_azimuth", leg, info) == NULL)
	{
		swap_ends(leg);
		leg->has_azimuth = true;
		no_azimuth = NULL;
	}
	info->lacks = no_azimuth != NULL ? no_azimuth : no_distance;
}
