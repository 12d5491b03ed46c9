/*
 * angle.c - latitudes and longitudes in degrees, minutes and seconds
 *
 * People write them in many ways, nearly all of which can be told apart.
 * 41.12 cannot: on a Russian form it may be 41 degrees and 12 minutes.
 */
#include "scan.h"

#include <math.h>

/* A hemisphere as written: which axis, and is it south or west? */
typedef struct Hemisphere
{
	MfAxis		axis;
	bool		negative;
} Hemisphere;

/* The two letters of "с.ш.", with or without dots, blanks between. */
static bool
take_pair(MfScan *scan, uint32_t first, uint32_t second)
{
	MfScan		ahead = *scan;

	if (!scan_take(&ahead, first))
		return false;
	scan_take(&ahead, '.');
	scan_blanks(&ahead);
	if (!scan_take(&ahead, second))
		return false;
	scan_take(&ahead, '.');
	*scan = ahead;
	return true;
}

/*
 * English N S E W; Russian с.ш. ю.ш. в.д. з.д. and the letters С Ю В З alone.
 * O is east in German, west in French and Spanish.
 */
static MfReason
take_hemisphere(MfScan *scan, Hemisphere *hemisphere, char *said)
{
	static const struct
	{
		uint32_t	first;
		uint32_t	second;		/* 0: the first alone */
		Hemisphere	means;
	}			words[] = {
		{0x421, 0x428, {MF_LATITUDE, false}},
		{0x42E, 0x428, {MF_LATITUDE, true}},
		{0x412, 0x414, {MF_LONGITUDE, false}},
		{0x417, 0x414, {MF_LONGITUDE, true}},
		{0x421, 0, {MF_LATITUDE, false}},
		{0x42E, 0, {MF_LATITUDE, true}},
		{0x412, 0, {MF_LONGITUDE, false}},
		{0x417, 0, {MF_LONGITUDE, true}},
		{'N', 0, {MF_LATITUDE, false}},
		{'S', 0, {MF_LATITUDE, true}},
		{'E', 0, {MF_LONGITUDE, false}},
		{'W', 0, {MF_LONGITUDE, true}},
	};

	hemisphere->axis = MF_AXIS_UNKNOWN;
	scan_blanks(scan);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].second != 0 ? take_pair(scan, words[i].first, words[i].second) :
			scan_take(scan, words[i].first))
		{
			*hemisphere = words[i].means;
			return MF_REASON_NONE;
		}
	if (!scan_take(scan, 'O'))
		return MF_REASON_NONE;
	said_note(said, "O: east or west");
	return MF_REASON_AMBIGUOUS;
}

/* More parts in the manner of the first: "41.12.30", "41:12:30", "41 12 30". */
static MfReason
take_more(MfScan *scan, uint32_t between, double *degrees, double *step, char *said)
{
	for (double sixty = 60.0; sixty <= 3600.0; sixty *= 60.0)
	{
		MfScan		ahead = *scan;
		MfNumber	number;

		if (between == ' ')
			scan_blanks(&ahead);
		else if (!scan_take(&ahead, between))
			break;
		/* of 41.12.30 each point parts; a comma may make the last a fraction */
		if (!scan_number(&ahead, between != '.' || sixty > 60.0, &number))
			break;
		if (number.value >= 60.0 || number.whole > 2)
		{
			said_note(said, "%.10g %s", number.value, sixty > 60.0 ? "seconds" : "minutes");
			return MF_REASON_RANGE;
		}
		*degrees += number.value / sixty;
		*step = number_step(&number) / sixty;
		*scan = ahead;
		if (number.decimals > 0)
			break;
	}
	return MF_REASON_NONE;
}

/* Is it 41.12.30: digits, point, digits, point, digits? */
static bool
is_dotted(MfScan scan)
{
	MfNumber	number;

	return scan_number(&scan, false, &number) && scan_take(&scan, '.') &&
		scan_number(&scan, false, &number) && scan_take(&scan, '.') &&
		scan_number(&scan, false, &number);
}

/* The angle itself, without sign and hemisphere. */
static MfReason
take_degrees(MfScan *scan, double *degrees, double *step, char *said)
{
	bool		dotted = is_dotted(*scan);
	MfScan		whole = *scan;
	MfScan		ahead;
	MfNumber	number;

	if (!scan_number(scan, !dotted, &number))
		return scan_not_one(&whole, said);
	*degrees = number.value;
	*step = number_step(&number);
	if (dotted)
		return take_more(scan, '.', degrees, step, said);
	ahead = *scan;
	scan_blanks(&ahead);
	if (scan_take_degree(&ahead))
	{
		*scan = ahead;
		return scan_minutes(scan, degrees, step, said);
	}
	if (number.decimals > 0)
	{
		said_note(said, "%.10g degrees, or degrees and minutes", number.value);
		return MF_REASON_AMBIGUOUS;
	}
	if (scan_take(&ahead, ':'))
		return take_more(scan, ':', degrees, step, said);
	return take_more(scan, ' ', degrees, step, said);
}

/* One angle with all that belongs to it; the cursor stays behind it. */
static MfReason
take_angle(MfScan *scan, MfAxis *axis, double *degrees, double *step, char *said)
{
	Hemisphere	before;
	Hemisphere	after = {MF_AXIS_UNKNOWN, false};
	MfReason	reason = take_hemisphere(scan, &before, said);
	bool		minus;

	if (reason != MF_REASON_NONE)
		return reason;
	scan_blanks(scan);
	minus = scan_take_dash(scan);
	reason = take_degrees(scan, degrees, step, said);
	if (reason == MF_REASON_NONE && before.axis == MF_AXIS_UNKNOWN)
		reason = take_hemisphere(scan, &after, said);
	if (reason != MF_REASON_NONE)
		return reason;
	if (before.axis == MF_AXIS_UNKNOWN)
		before = after;
	if ((before.axis != MF_AXIS_UNKNOWN && minus) ||
		(*axis != MF_AXIS_UNKNOWN && before.axis != MF_AXIS_UNKNOWN && before.axis != *axis))
	{
		said_note(said, minus ? "a hemisphere and a minus" : before.axis == MF_LATITUDE ?
				  "a latitude" : "a longitude");
		return MF_REASON_CONFLICT;
	}
	if (before.axis != MF_AXIS_UNKNOWN)
		*axis = before.axis;
	if (*axis == MF_AXIS_UNKNOWN)
	{
		said_note(said, "a latitude or a longitude");
		return MF_REASON_AMBIGUOUS;
	}
	if (*degrees > (*axis == MF_LATITUDE ? 90.0 : 180.0))
	{
		said_note(said, "%.10g°", *degrees);
		return MF_REASON_RANGE;
	}
	if ((minus || (before.axis != MF_AXIS_UNKNOWN && before.negative)) && *degrees > 0.0)
		*degrees = -*degrees;
	return MF_REASON_NONE;
}

MfReason
angle_read(const char *s, size_t len, MfAxis *axis, double *degrees, double *step_deg, char *said)
{
	MfScan		scan = {s, s + len};
	double		step;
	MfReason	reason;

	said_note(said, "%s", "");
	reason = take_angle(&scan, axis, degrees, &step, said);
	if (reason != MF_REASON_NONE)
		return reason;
	if (!scan_done(&scan))
		return scan_not_one(&scan, said);
	if (step_deg != NULL)
		*step_deg = step;
	return MF_REASON_NONE;
}

MfReason
lonlat_read(const char *s, size_t len, double *lonlat, double *step_deg, char *said)
{
	MfScan		scan = {s, s + len};
	double		coarsest = 0.0;
	MfAxis		axes[2] = {MF_AXIS_UNKNOWN, MF_AXIS_UNKNOWN};

	said_note(said, "%s", "");
	for (int i = 0; i < 2; i++)
	{
		double		degrees;
		double		step;
		MfReason	reason = take_angle(&scan, &axes[i], &degrees, &step, said);

		if (reason != MF_REASON_NONE)
			return reason;
		lonlat[axes[i] == MF_LATITUDE] = degrees;
		coarsest = fmax(coarsest, step);
		scan_blanks(&scan);
		if (i == 0 && !scan_take(&scan, ','))
			scan_take(&scan, ';');
	}
	if (!scan_done(&scan))
		return scan_not_one(&scan, said);
	if (axes[0] == axes[1])
	{
		said_note(said, axes[0] == MF_LATITUDE ? "two latitudes" : "two longitudes");
		return MF_REASON_CONFLICT;
	}
	if (step_deg != NULL)
		*step_deg = coarsest;
	return MF_REASON_NONE;
}
