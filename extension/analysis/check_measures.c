/*
 * check_measures.c - checks of azimuths and distances
 */
#include "mf_checks.h"

/* Declination is beyond this only near the magnetic poles. */
#define DECLINATION_MOST	30.0
/* Compass there and back: twice 1.5 degrees. */
#define BACK_MOST			3.0
/* Nobody measured a leg longer than this by steps or tape. */
#define LEG_MOST_M			5000.0

/* An azimuth member; false: not stated as a number or text. */
static bool
read_azimuth(JsonbContainer *entry, const char *name, const char *unit,
			 MfAzimuth *azimuth, MfReason *reason, char **written)
{
	MfAngleUnit angle_unit = unit ? angle_unit_from_name(unit, strlen(unit)) : MF_UNIT_UNKNOWN;
	JsonbValue	value;
	MfQuantity	q;

	if (!field_get(entry, name, &value))
		return false;
	if (value.type == jbvString)
	{
		*written = pnstrdup(value.val.string.val, value.val.string.len);
		*reason = azimuth_read(*written, strlen(*written), angle_unit, azimuth, NULL);
		return true;
	}
	if (!field_quantity(entry, name, &q) || !q.has_value)
		return false;
	*written = psprintf("%g", q.value);
	*reason = azimuth_of_number(q.value, angle_unit, azimuth);
	/* beyond every circle whatever the unit */
	if (*reason == MF_REASON_NO_UNIT && (q.value < 0 || q.value > 6400))
		*reason = MF_REASON_RANGE;
	return true;
}

/* Azimuths that are out of range, or those that are not read for other reasons. */
static bool
check_azimuths(MfCheckRun *run, const MfPaper *paper, bool out_of_range, const char *message)
{
	static const char *const names[] = {"azimuth", "back_azimuth"};
	bool		any = false;

	for (int i = 0; i < paper->nlegs; i++)
	{
		for (int k = 0; k < lengthof(names); k++)
		{
			MfAzimuth	azimuth;
			MfReason	reason;
			char	   *written;

			if (!read_azimuth(paper->legs[i].entry, names[k], paper->legs[i].angle_unit,
							  &azimuth, &reason, &written))
				continue;
			any = true;
			if (out_of_range ? reason == MF_REASON_RANGE :
				reason != MF_REASON_NONE && reason != MF_REASON_RANGE && reason != MF_REASON_NO_UNIT)
				check_fails(run, psprintf("/properties/location/legs/%d/%s", i, names[k]), message, written);
		}
	}
	return any;
}

static bool
azimuth_unreadable(MfCheckRun *run, const MfPaper *paper)
{
	return check_azimuths(run, paper, false, "\"%s\" is no azimuth, or can be read two ways");
}

static bool
azimuth_out_of_circle(MfCheckRun *run, const MfPaper *paper)
{
	return check_azimuths(run, paper, true, "%s is more than a full circle, or negative");
}

static bool
angle_unit_missing(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;
	int			missing = 0;

	for (int i = 0; i < paper->nlegs; i++)
	{
		MfAzimuth	azimuth;
		MfReason	reason;
		char	   *written;

		if (!read_azimuth(paper->legs[i].entry, "azimuth", paper->legs[i].angle_unit,
						  &azimuth, &reason, &written))
			continue;
		any = true;
		missing += reason == MF_REASON_NO_UNIT;
	}
	if (missing > 0)
		check_fails(run, "/properties/location/angle_unit", "nothing says what %d azimuths count", missing);
	return any;
}

static bool
has_azimuth(const MfPaperLeg *leg)
{
	JsonbValue	value;

	return field_get(leg->entry, "azimuth", &value) && value.type != jbvNull;
}

static bool
north_missing(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;
	int			missing = 0;
	const char *odd = NULL;

	for (int i = 0; i < paper->nlegs; i++)
	{
		const char *north = paper->legs[i].north;

		if (!has_azimuth(&paper->legs[i]))
			continue;
		any = true;
		if (north == NULL)
			missing++;
		else if (north_from_name(north, strlen(north)) == MF_NORTH_UNKNOWN)
			odd = north;
	}
	if (missing > 0)
		check_fails(run, "/properties/location/north", "nothing says which north %d azimuths are of", missing);
	if (odd != NULL)
		check_fails(run, "/properties/location/north", "\"%s\" is none of magnetic, true, grid", odd);
	return any;
}

static bool
is_magnetic(const MfPaperLeg *leg)
{
	return has_azimuth(leg) && leg->north != NULL && strcmp(leg->north, "magnetic") == 0;
}

static bool
declination_missing(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;
	bool		missing = false;
	MfQuantity	q;
	bool		common = field_quantity(paper->location, "declination_deg", &q) ||
		field_quantity(paper->location, "grid_correction_deg", &q);

	for (int i = 0; i < paper->nlegs; i++)
	{
		if (!is_magnetic(&paper->legs[i]))
			continue;
		any = true;
		missing |= !common && !field_quantity(paper->legs[i].entry, "declination_deg", &q) &&
			!field_quantity(paper->legs[i].entry, "grid_correction_deg", &q);
	}
	if (missing)
		check_fails(run, "/properties/location/declination_deg", "azimuths are magnetic and the declination is not given");
	return any;
}

static bool
declination_date_missing(MfCheckRun *run, const MfPaper *paper)
{
	MfQuantity	q;
	char	   *date = trimmed(field_text(paper->location, "declination_date"));

	if (!field_quantity(paper->location, "declination_deg", &q))
		return false;
	if (date == NULL)
		check_fails(run, "/properties/location/declination_date", "the declination has no date");
	return true;
}

static bool
declination_implausible(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	for (int i = -1; i < paper->nlegs; i++)
	{
		double		declination = paper_number(i < 0 ? paper->location : paper->legs[i].entry,
											   "declination_deg");

		any |= !isnan(declination);
		if (fabs(declination) > DECLINATION_MOST)
			check_fails(run, i < 0 ? "/properties/location/declination_deg" :
						psprintf("/properties/location/legs/%d/declination_deg", i),
						"a declination of %g degrees occurs near the magnetic poles only", declination);
	}
	return any;
}

static bool
back_azimuth_differs(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	for (int i = 0; i < paper->nlegs; i++)
	{
		const MfPaperLeg *leg = &paper->legs[i];
		MfAzimuth	there,
					back;
		MfReason	reason,
					back_reason;
		char	   *written;
		double		apart;

		if (!read_azimuth(leg->entry, "azimuth", leg->angle_unit, &there, &reason, &written) ||
			!read_azimuth(leg->entry, "back_azimuth", leg->angle_unit, &back, &back_reason, &written) ||
			reason != MF_REASON_NONE || back_reason != MF_REASON_NONE)
			continue;
		any = true;
		apart = fabs(remainder(there.degrees + 180.0 - back.degrees, 360.0));
		if (apart > BACK_MOST)
			check_fails(run, psprintf("/properties/location/legs/%d/back_azimuth", i),
						"azimuth and back azimuth are %.1f degrees off half a circle", apart);
	}
	return any;
}

static bool
distance_unit_missing(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;
	int			missing = 0;

	for (int i = 0; i < paper->nlegs; i++)
	{
		MfQuantity	q;

		if (!field_quantity(paper->legs[i].entry, "distance", &q))
			continue;
		any = true;
		missing += paper->legs[i].distance_unit == NULL;
	}
	if (missing > 0)
		check_fails(run, "/properties/location/distance_unit", "nothing says what %d distances count", missing);
	return any;
}

static bool
distance_not_positive(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	for (int i = 0; i < paper->nlegs; i++)
	{
		if (!paper->legs[i].has_distance)
			continue;
		any = true;
		if (!(paper->legs[i].distance > 0))
			check_fails(run, psprintf("/properties/location/legs/%d/distance", i),
						"leg %d has a distance of %g", i + 1, paper->legs[i].distance);
	}
	return any;
}

static bool
distance_implausible(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	for (int i = 0; i < paper->nlegs; i++)
	{
		const MfPaperLeg *leg = &paper->legs[i];

		if (!leg->has_distance || leg->distance_unit == NULL || strcmp(leg->distance_unit, "m") != 0)
			continue;
		any = true;
		if (leg->distance > LEG_MOST_M)
			check_fails(run, psprintf("/properties/location/legs/%d/distance", i),
						"leg %d is %.0f m long", i + 1, leg->distance);
	}
	return any;
}

const MfCheck checks_of_measures[] = {
	{"azimuth_unreadable", MF_HIGH, "an azimuth is neither a number nor in dash notation, or can be read two ways",
	"Write it as on the paper, such as 15-00, or as a number with its unit.", azimuth_unreadable, NULL},
	{"azimuth_out_of_circle", MF_HIGH, "an azimuth is negative or more than a full circle of its unit",
	"Ask for the unit: 1500 is an azimuth of mils and none of degrees.", azimuth_out_of_circle, NULL},
	{"angle_unit_missing", MF_HIGH, "an azimuth is a number without a unit",
	"There is no default: a position follows only when the unit is known or assumed in so many words.", angle_unit_missing, NULL},
	{"north_missing", MF_HIGH, "azimuths do not say which north they are of",
	"There is no default: magnetic taken for grid moves a field by some 90 m for each kilometre.", north_missing, NULL},
	{"declination_missing", MF_MEDIUM, "azimuths are magnetic and the declination is not given",
	"Look for the map's legend, or compute it for place and date and say so.", declination_missing, NULL},
	{"declination_date_missing", MF_LOW, "the declination has no date",
	"It drifts: without a date nobody knows whether it is that of the map or of the day.", declination_date_missing, NULL},
	{"declination_implausible", MF_MEDIUM, "the declination is beyond 30 degrees",
	"Look for a slip, or for divisions taken for degrees.", declination_implausible, NULL},
	{"back_azimuth_differs", MF_MEDIUM, "azimuth and back azimuth of a leg are not half a circle apart, by more than 3 degrees",
	"One of the two is wrong, or iron was near.", back_azimuth_differs, NULL},
	{"distance_unit_missing", MF_HIGH, "distances do not say their unit",
	"There is no default: pairs of paces taken for metres make a field a third closer.", distance_unit_missing, NULL},
	{"distance_not_positive", MF_HIGH, "a distance is zero or negative",
	"Compare it with the paper.", distance_not_positive, NULL},
	{"distance_implausible", MF_MEDIUM, "a leg is longer than 5000 m",
	"Compare it with the paper; look for an intermediate marker.", distance_implausible, NULL},
	{NULL, 0, NULL, NULL, NULL, NULL}
};
