/*
 * azimuth.c - directions as paper writes them, and from which north
 *
 * A number alone is no azimuth: it wants a unit and a north, and neither has
 * a default.  Dash notation has its unit in itself; quadrants have theirs in
 * letters, which mean different things in different languages.
 */
#include "scan.h"

#include <math.h>
#include <string.h>

const char *
reason_word(MfReason reason)
{
	static const char *const words[] = {
		[MF_REASON_NONE] = NULL,
		[MF_REASON_NOT_ONE] = "not_readable",
		[MF_REASON_RANGE] = "out_of_range",
		[MF_REASON_AMBIGUOUS] = "ambiguous",
		[MF_REASON_NO_UNIT] = "no_unit",
		[MF_REASON_NO_NORTH] = "no_north",
		[MF_REASON_NO_DECLINATION] = "no_declination",
		[MF_REASON_NO_CONVERGENCE] = "no_convergence",
		[MF_REASON_CONFLICT] = "contradiction",
		[MF_REASON_NOT_ON_SHEET] = "not_on_sheet",
	};

	return words[reason];
}

/* ---- names ---- */

static const char *const unit_names[] = {NULL, "degree", "mil6000", "mil6400", "gon"};
static const double unit_circle[] = {NAN, 360.0, 6000.0, 6400.0, 400.0};
static const char *const north_names[] = {NULL, "magnetic", "true", "grid"};

/* The place of a name in a list whose first is none; 0: it is not there. */
static int
name_find(const char *const *names, int n, const char *name, size_t len)
{
	for (int i = 1; i < n; i++)
		if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
			return i;
	return 0;
}

MfAngleUnit
angle_unit_from_name(const char *name, size_t len)
{
	return (MfAngleUnit) name_find(unit_names, 5, name, len);
}

const char *
angle_unit_name(MfAngleUnit unit)
{
	return unit_names[unit];
}

MfNorth
north_from_name(const char *name, size_t len)
{
	return (MfNorth) name_find(north_names, 4, name, len);
}

const char *
north_name(MfNorth north)
{
	return north_names[north];
}

/* ---- numbers ---- */

double
degrees_turn(double degrees)
{
	double		turned = fmod(degrees, 360.0);

	if (turned < 0.0)
		turned += 360.0;
	/* a hair below the circle rounds up to it; -0 becomes 0 */
	return turned >= 360.0 ? 0.0 : turned + 0.0;
}

MfReason
azimuth_of_number(double number, MfAngleUnit unit, MfAzimuth *azimuth)
{
	double		circle = unit_circle[unit];

	if (unit == MF_UNIT_UNKNOWN)
		return MF_REASON_NO_UNIT;
	if (!(number >= 0.0 && number <= circle))
		return MF_REASON_RANGE;
	azimuth->degrees = degrees_turn(number * 360.0 / circle);
	azimuth->unit = unit;
	azimuth->step_deg = NAN;
	return MF_REASON_NONE;
}

/* The same of a number as written, with what its last place is worth. */
static MfReason
of_written(const MfNumber *number, MfAngleUnit unit, MfAzimuth *azimuth, char *said)
{
	MfReason	reason;

	/* 1,500 mils: a decimal comma, or one between thousands? */
	if (number->comma && number->decimals == 3 && number->value >= 1.0 &&
		number->value * 1000.0 <= unit_circle[unit])
	{
		said_note(said, "%.3f or %.0f", number->value, number->value * 1000.0);
		return MF_REASON_AMBIGUOUS;
	}
	reason = azimuth_of_number(number->value, unit, azimuth);
	if (reason == MF_REASON_NONE)
		azimuth->step_deg = number_step(number) * 360.0 / unit_circle[unit];
	else if (reason == MF_REASON_RANGE)
		said_note(said, "%.10g", number->value);
	return reason;
}

/* What follows the dash of 15-00: two digits. */
static MfReason
of_dash(MfScan *scan, const MfNumber *hundreds, MfAzimuth *azimuth, char *said)
{
	MfNumber	rest;
	MfReason	reason;

	if (hundreds->decimals > 0 || hundreds->whole > 2 ||
		!scan_number(scan, true, &rest) || rest.whole != 2 || !scan_done(scan))
		return scan_not_one(scan, said);
	reason = azimuth_of_number(hundreds->value * 100.0 + rest.value, MF_MIL6000, azimuth);
	if (reason == MF_REASON_NONE)
		azimuth->step_deg = number_step(&rest) * 360.0 / 6000.0;
	else
		said_note(said, "%02.0f-%02.10g", hundreds->value, rest.value);
	return reason;
}

/* The unit written after a number; the given one where none is. */
static MfReason
take_unit(MfScan *scan, MfAngleUnit *unit)
{
	scan_blanks(scan);
	if (scan_take_word(scan, "mil6000"))
		*unit = MF_MIL6000;
	else if (scan_take_word(scan, "mil6400"))
		*unit = MF_MIL6400;
	else if (scan_take_word(scan, "gon"))
		*unit = MF_GON;
	else if (scan_take_word(scan, "deg") || scan_take_word(scan, "degree") ||
			 scan_take_word(scan, "degrees"))
		*unit = MF_DEGREE;
	else if (scan_take_word(scan, "mil") || scan_take_word(scan, "mils"))
	{
		if (*unit != MF_MIL6000 && *unit != MF_MIL6400)
			return MF_REASON_NO_UNIT;
	}
	return MF_REASON_NONE;
}

/* A number with its sign of unit, minutes and seconds, if any. */
static MfReason
take_angle(MfScan *scan, const MfNumber *number, MfAngleUnit unit,
		   MfAzimuth *azimuth, char *said)
{
	MfReason	reason;

	scan_blanks(scan);
	if (!scan_take_degree(scan))
	{
		reason = take_unit(scan, &unit);
		if (reason == MF_REASON_NONE)
			reason = of_written(number, unit, azimuth, said);
		return reason;
	}
	reason = of_written(number, MF_DEGREE, azimuth, said);
	if (reason != MF_REASON_NONE)
		return reason;
	reason = scan_minutes(scan, &azimuth->degrees, &azimuth->step_deg, said);
	if (reason != MF_REASON_NONE)
		return reason;
	/* the full circle is 0 by now: 360°30' is more than one */
	if (number->value >= 360.0 && azimuth->degrees > 0.0)
	{
		said_note(said, "%.10g°", number->value + azimuth->degrees);
		return MF_REASON_RANGE;
	}
	return MF_REASON_NONE;
}

/* ---- quadrants ---- */

/* North, south, east and west by first letter. */
typedef struct Compass
{
	uint32_t	north;
	uint32_t	south;
	uint32_t	east;
	uint32_t	west;
} Compass;

static const Compass compasses[] = {
	{'N', 'S', 'E', 'W'},		/* English */
	{'N', 'S', 'E', 'O'},		/* French */
	{'N', 'S', 'O', 'W'},		/* German */
	{'S', 'J', 'I', 'Z'},		/* Bosnian, Croatian, Serbian */
	{'K', 'G', 'D', 'B'},		/* Turkish */
	{0x15E, 'C', 0x15E, 'Q'},	/* Azerbaijani: şimal, cənub, şərq, qərb */
	{0x421, 0x42E, 0x412, 0x417},	/* Russian: С Ю В З */
	{0x421, 0x408, 0x418, 0x417},	/* Serbian: С Ј И З */
	{'C', 0x42E, 'B', 0x417},	/* Russian, in Latin letters that look alike */
};

/* A quadrant as a number: 1 north-east, 2 south-east, 3 south-west, 4 north-west. */
static int
quadrant_of(const Compass *compass, uint32_t first, uint32_t second)
{
	if (first == compass->north && second == compass->east)
		return 1;
	if (first == compass->south && second == compass->east)
		return 2;
	if (first == compass->south && second == compass->west)
		return 3;
	if (first == compass->north && second == compass->west)
		return 4;
	return 0;
}

/* The one quadrant that two letters mean in all languages that have them. */
static MfReason
quadrant_read(uint32_t first, uint32_t second, int *quadrant, char *said)
{
	static const char *const names[] = {"", "north-east", "south-east", "south-west", "north-west"};

	*quadrant = 0;
	for (size_t i = 0; i < sizeof(compasses) / sizeof(compasses[0]); i++)
	{
		int			here = quadrant_of(&compasses[i], first, second);

		if (here != 0 && *quadrant != 0 && here != *quadrant)
		{
			said_note(said, "%s or %s", names[*quadrant], names[here]);
			return MF_REASON_AMBIGUOUS;
		}
		if (here != 0)
			*quadrant = here;
	}
	return *quadrant != 0 ? MF_REASON_NONE : MF_REASON_NOT_ONE;
}

/* An angle off north or south, up to a right one, becomes an azimuth. */
static MfReason
of_quadrant(int quadrant, MfAzimuth *azimuth, char *said)
{
	double		off = azimuth->degrees;

	if (off > 90.0)
	{
		said_note(said, "%.10g° in a quadrant", off);
		return MF_REASON_RANGE;
	}
	azimuth->degrees = degrees_turn(quadrant == 1 ? off : quadrant == 2 ? 180.0 - off :
									quadrant == 3 ? 180.0 + off : 360.0 - off);
	return MF_REASON_NONE;
}

/* Is the letter one that a compass has? */
static bool
is_compass(uint32_t letter)
{
	return (letter >= 'A' && letter <= 'Z') || letter == 0x15E ||
		(letter >= 0x400 && letter < 0x430);
}

/* "N 30° E", "NE 30°", "СВ: 30°": the cursor is at a letter. */
static MfReason
read_quadrant(MfScan *scan, MfAngleUnit unit, MfAzimuth *azimuth, char *said)
{
	MfScan		whole = *scan;
	MfNumber	number;
	MfReason	reason;
	uint32_t	first;
	uint32_t	second = 0;
	int			quadrant;
	int			size;

	first = scan_look_capital(scan, &size);
	scan->s += size;
	if (is_compass(scan_look_capital(scan, &size)))
	{
		second = scan_look_capital(scan, &size);
		scan->s += size;
	}
	scan_blanks(scan);
	if (second != 0 && scan_take(scan, ':'))
		scan_blanks(scan);
	if (!scan_number(scan, true, &number))
		return scan_not_one(&whole, said);
	reason = take_angle(scan, &number, unit, azimuth, said);
	if (reason != MF_REASON_NONE)
		return reason;
	scan_blanks(scan);
	if (second == 0)
	{
		second = scan_look_capital(scan, &size);
		scan->s += size;
	}
	if (!scan_done(scan))
		return scan_not_one(&whole, said);
	reason = quadrant_read(first, second, &quadrant, said);
	if (reason == MF_REASON_NOT_ONE)
		return scan_not_one(&whole, said);
	return reason != MF_REASON_NONE ? reason : of_quadrant(quadrant, azimuth, said);
}

MfReason
azimuth_read(const char *s, size_t len, MfAngleUnit unit, MfAzimuth *azimuth, char *said)
{
	MfScan		scan = {s, s + len};
	MfScan		whole;
	MfNumber	number;
	MfReason	reason;
	int			size;

	said_note(said, "%s", "");
	scan_blanks(&scan);
	whole = scan;
	if (is_compass(scan_look_capital(&scan, &size)))
		return read_quadrant(&scan, unit, azimuth, said);
	if (!scan_number(&scan, true, &number))
		return scan_not_one(&whole, said);
	if (scan_take_dash(&scan))
		return of_dash(&scan, &number, azimuth, said);
	reason = take_angle(&scan, &number, unit, azimuth, said);
	if ((reason == MF_REASON_NONE || reason == MF_REASON_NO_UNIT) && !scan_done(&scan))
		return scan_not_one(&whole, said);
	return reason;
}

/* ---- norths ---- */

MfReason
azimuth_to_grid(double degrees, const MfNorths *norths, double *grid_deg)
{
	MfReason	reason;

	if (norths->north == MF_NORTH_GRID)
		*grid_deg = degrees_turn(degrees);
	else if (norths->north == MF_NORTH_MAGNETIC && !isnan(norths->correction_deg))
		*grid_deg = degrees_turn(degrees + norths->correction_deg);
	else
	{
		reason = azimuth_to_true(degrees, norths, grid_deg);
		if (reason != MF_REASON_NONE)
			return reason;
		if (isnan(norths->convergence_deg))
			return MF_REASON_NO_CONVERGENCE;
		*grid_deg = degrees_turn(*grid_deg - norths->convergence_deg);
	}
	return MF_REASON_NONE;
}

MfReason
azimuth_to_true(double degrees, const MfNorths *norths, double *true_deg)
{
	bool		corrected = norths->north == MF_NORTH_MAGNETIC && !isnan(norths->correction_deg);

	/* the correction leads to the grid, and from there needs the convergence */
	if (isnan(norths->convergence_deg) && !isnan(norths->declination_deg))
		corrected = false;
	if (norths->north == MF_NORTH_UNKNOWN)
		return MF_REASON_NO_NORTH;
	if (norths->north == MF_NORTH_MAGNETIC && !corrected)
	{
		if (isnan(norths->declination_deg))
			return MF_REASON_NO_DECLINATION;
		*true_deg = degrees_turn(degrees + norths->declination_deg);
		return MF_REASON_NONE;
	}
	if (norths->north == MF_NORTH_TRUE)
	{
		*true_deg = degrees_turn(degrees);
		return MF_REASON_NONE;
	}
	if (isnan(norths->convergence_deg))
		return MF_REASON_NO_CONVERGENCE;
	*true_deg = degrees_turn(degrees + (corrected ? norths->correction_deg : 0.0) +
							 norths->convergence_deg);
	return MF_REASON_NONE;
}
