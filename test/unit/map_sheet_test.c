/*
 * map_sheet_test.c - names of map sheets, and what they complete
 *
 * The name of the sheet that has a place is made here the other way about, by
 * counting halves, sixths and twelfths down from the whole.
 */
#include "mf_location.h"

#include "unit.h"

#define SCALES	7

static const uint32_t scales[SCALES] = {1000000, 500000, 200000, 100000, 50000, 25000, 10000};

/* Which part of 0..1 (cut into so many) a fraction is in; leaves the rest. */
static int
part_of(double *fraction, int side)
{
	int			part = (int) (*fraction * side);

	*fraction = *fraction * side - part;
	return part;
}

/* From the north-west, eastward, from 1. */
static int
nth_of(double *x, double *y, int side)
{
	int			column = part_of(x, side);
	int			row = side - 1 - part_of(y, side);

	return row * side + column + 1;
}

static void
roman(char *text, int n)
{
	static const char *const ones[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};

	text[0] = '\0';
	for (int tens = n / 10; tens > 0; tens--)
		strcat(text, "X");
	strcat(text, ones[n % 10]);
}

/* The name of the sheet of scales[level] at a place, and its size in degrees. */
static void
name_of(double lon, double lat, int level, char *name, double *width, double *height)
{
	static const char *const quarter[] = {"", "А", "Б", "В", "Г", "а", "б", "в", "г"};
	double		x = (lon + 180) / 6;
	double		y = lat / 4;
	int			column = (int) x;
	int			row = (int) y;
	char		number[16];
	int			used;

	x -= column;
	y -= row;
	used = sprintf(name, "%c-%d", 'A' + row, column + 1);
	*width = 6;
	*height = 4;
	if (level == 1)
		sprintf(name + used, "-%s", quarter[nth_of(&x, &y, 2)]);
	if (level == 2)
	{
		roman(number, nth_of(&x, &y, 6));
		sprintf(name + used, "-%s", number);
	}
	if (level >= 3)
		used += sprintf(name + used, "-%d", nth_of(&x, &y, 12));
	for (int i = 4; i <= level; i++)
	{
		int			n = nth_of(&x, &y, 2);

		if (i < 6)
			used += sprintf(name + used, "-%s", quarter[n + (i == 5 ? 4 : 0)]);
		else
			sprintf(name + used, "-%d", n);
	}
	for (int i = 0, sides[] = {1, 2, 6, 12, 24, 48, 96}; i <= level; i++)
		if (i == level)
		{
			*width /= sides[i];
			*height /= sides[i];
		}
}

static MfReason
read_text(const char *text, MfMapSheet *sheet, char *said)
{
	return map_sheet_read(text, strlen(text), sheet, said);
}

static void
test_named(void)
{
	Cases		cases = {0, 0};
	int			v = 0;

	for (int i = 0; i < 100000; i++)
	{
		double		lon = random_between(-180, 180);
		double		lat = random_between(0, 88);
		int			level = random_below(SCALES);
		double		width = 0;
		double		height = 0;
		char		name[64];
		char		said[MF_SAID];
		MfMapSheet	sheet = {0};
		MfReason	reason;

		name_of(lon, lat, level, name, &width, &height);
		reason = read_text(name, &sheet, said);
		/* the fifth of 36 may be a quarter by sound */
		if (level == 2 && strcmp(strrchr(name, '-'), "-V") == 0)
		{
			v++;
			case_check(&cases, reason == MF_REASON_AMBIGUOUS, "%s", name);
			continue;
		}
		case_check(&cases, reason == MF_REASON_NONE && sheet.scale == scales[level] &&
				   lon >= sheet.west - 1e-9 && lon <= sheet.east + 1e-9 &&
				   lat >= sheet.south - 1e-9 && lat <= sheet.north + 1e-9 &&
				   fabs(sheet.east - sheet.west - width) < 1e-12 * 360 &&
				   fabs(sheet.north - sheet.south - height) < 1e-12 * 360,
				   "%s at %.9f %.9f: %s %g %g %g %g", name, lon, lat, said, sheet.west, sheet.south,
				   sheet.east, sheet.north);
	}
	check_cases(&cases, "sheets have the places they are named for");
	check(v > 100, "%d of them can be read two ways", v);
}

/* Coordinates without their hundreds of kilometres come back complete. */
static void
test_complete(void)
{
	Cases		cases = {0, 0};
	int			ambiguous = 0;

	for (int i = 0; i < 50000; i++)
	{
		double		lon = random_between(-180, 180);
		double		lat = random_between(0, 80);
		int			level = 3 + random_below(4);
		double		width;
		double		height;
		double		en[2];
		double		full[2] = {NAN, NAN};
		double		period = random_below(2) ? 100000 : 1000000;
		char		name[64];
		char		said[MF_SAID];
		MfMapSheet	sheet;
		MfTransverse tm;
		MfReason	reason;

		name_of(lon, lat, level, name, &width, &height);
		if (read_text(name, &sheet, said) != MF_REASON_NONE)
			continue;
		transverse_gauss(&tm, sheet.zone);
		transverse_forward(&tm, (const double[]) {lon, lat}, en);
		reason = map_sheet_complete(&sheet, fmod(en[1], period), fmod(en[0], period), &full[1], &full[0], said);
		case_check(&cases, reason == MF_REASON_NONE && fabs(full[0] - en[0]) < 1e-6 && fabs(full[1] - en[1]) < 1e-6,
				   "%s %.3f %.3f: %.3f %.3f %s", name, en[1], en[0], full[1], full[0], reason ? reason_word(reason) : "");
		reason = map_sheet_complete(&sheet, en[1], en[0], &full[1], &full[0], said);
		case_check(&cases, reason == MF_REASON_NONE && full[0] == en[0] && full[1] == en[1], "%s: complete", name);
		name_of(lon, lat, 0, name, &width, &height);
		read_text(name, &sheet, said);
		ambiguous += map_sheet_complete(&sheet, fmod(en[1], 1e5), fmod(en[0], 1e5), &full[1], &full[0], said) == MF_REASON_AMBIGUOUS;
	}
	check_cases(&cases, "what is left out is found on the sheet");
	check(ambiguous > 40000, "on a sheet of 1:1,000,000 %d times several ways", ambiguous);
}

static void
test_known(void)
{
	static const struct
	{
		const char *text;
		double		west;
		double		south;
		double		east;
		double		north;
	}			good[] = {
		{"K-39", 48, 40, 54, 44},
		{"К-39", 48, 40, 54, 44},	/* Cyrillic */
		{"k 39", 48, 40, 54, 44},
		{"K39-101", 50, 41, 50.5, 41 + 1 / 3.0},
		{"K-39-101-Б", 50.25, 41 + 1 / 6.0, 50.5, 41 + 1 / 3.0},
		{"K-39-101-D", 50.25, 41, 50.5, 41 + 1 / 6.0},
		{"K-39-101-G", 50.25, 41, 50.5, 41 + 1 / 6.0},
		{"K–39–101–Б–а", 50.25, 41.25, 50.375, 41 + 1 / 3.0},
		{"K-39-101-Б-а-4", 50.3125, 41.25, 50.375, 41 + 7 / 24.0},
		{"K-39-В", 48, 40, 51, 42},
		{"K-39-XXXVI", 53, 40, 54, 40 + 2 / 3.0},
		{"K-39-ХХХVI", 53, 40, 54, 40 + 2 / 3.0},	/* Cyrillic Х */
		{"P-47,48", 96, 60, 108, 64},
		{"P-52-V, VI", 130, 63 + 1 / 3.0, 132, 64},
		{"P-52-IV,V", 129, 63 + 1 / 3.0, 131, 64},
		{"P-52-23, 24", 131, 63 + 1 / 3.0, 132, 63 + 2 / 3.0},
		{"P-52-23-А,Б", 131, 63.5, 131.5, 63 + 2 / 3.0},
		{"P-52-23-А-а-1,2", 131, 63.625, 131.125, 63 + 2 / 3.0},
		{"T-45-А,Б,46-А,Б", 84, 78, 96, 80},
		{"T-47-133-А,Б,134-А,Б", 96, 76 + 1 / 6.0, 97, 76 + 1 / 3.0},
		{"T-45-I,II,III", 84, 79 + 1 / 3.0, 87, 80},
		{"V-60", 174, 84, 180, 88},
		{"A-1", -180, 0, -174, 4},
	};
	static const struct
	{
		const char *text;
		MfReason	reason;
		const char *said;
	}			bad[] = {
		{"K-39-101-B", MF_REASON_AMBIGUOUS, "K-39-101-Б or K-39-101-В"},
		{"K-39-101-B-а", MF_REASON_AMBIGUOUS, "K-39-101-Б-а or K-39-101-В-а"},
		{"K-39-V", MF_REASON_AMBIGUOUS, "K-39-V (1:200,000) or K-39-В (1:500,000)"},
		{"Н-38-1", MF_REASON_AMBIGUOUS, "H-38-1 or N-38-1"},
		{"Р-47", MF_REASON_AMBIGUOUS, "P-47 or R-47"},
		{"С-38", MF_REASON_AMBIGUOUS, "C-38 or S-38"},
		{"В-38", MF_REASON_AMBIGUOUS, "B-38 or V-38"},
		{"P-52-23, 25", MF_REASON_CONFLICT, "2 sheets that do not adjoin"},
		{"P-52-24, 23", MF_REASON_CONFLICT, "2 sheets that do not adjoin"},
		{"K-39,40", MF_REASON_CONFLICT, "2 sheets on one"},
		{"P-47,48,49", MF_REASON_CONFLICT, "3 sheets on one"},
		{"T-45-1,2,3,4,5", MF_REASON_CONFLICT, "5 sheets on one"},
		{"K-39-145", MF_REASON_RANGE, "145"},
		{"K-0", MF_REASON_RANGE, "0"},
		{"K-61", MF_REASON_RANGE, "no sheet has this name"},
		{"K-39-101-Б-а-5", MF_REASON_RANGE, "no sheet has this name"},
		{"K-39-101-1", MF_REASON_RANGE, "no sheet has this name"},
		{"K-39-Б-1", MF_REASON_RANGE, "no sheet has this name"},
		{"P-47,48-1", MF_REASON_NOT_ONE, "48-1"},
		{"K-39-IIII", MF_REASON_NOT_ONE, "IIII"},
		{"K-39-101-Д", MF_REASON_NOT_ONE, "Д"},
		{"K-39-101-Б-а-1-1", MF_REASON_NOT_ONE, "1"},
		{"K-39-", MF_REASON_NOT_ONE, ""},
		{"K-39 (ЮП)", MF_REASON_NOT_ONE, "(ЮП)"},
		{"W-39", MF_REASON_NOT_ONE, "W-39"},
		{"39-K", MF_REASON_NOT_ONE, "39-K"},
		{"", MF_REASON_NOT_ONE, ""},
	};
	MfMapSheet	sheet;
	char		said[MF_SAID];
	double		n = NAN;
	double		e = NAN;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
	{
		MfReason	reason = read_text(good[i].text, &sheet, said);

		check(reason == MF_REASON_NONE && fabs(sheet.west - good[i].west) < 1e-12 &&
			  fabs(sheet.south - good[i].south) < 1e-12 && fabs(sheet.east - good[i].east) < 1e-12 &&
			  fabs(sheet.north - good[i].north) < 1e-12, "%s: %s", good[i].text, said);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		check(read_text(bad[i].text, &sheet, said) == bad[i].reason && strcmp(said, bad[i].said) == 0,
			  "\"%s\": %s", bad[i].text, said);
	read_text("K-39-101-Б", &sheet, said);
	check(sheet.zone == 9 && map_sheet_complete(&sheet, 63102.9, 41380.2, &n, &e, said) == 0 &&
		  n == 4563102.9 && e == 9441380.2, "completed: %.1f %.1f", n, e);
	check(map_sheet_complete(&sheet, 4563102.9, 441380.2, &n, &e, said) == 0 && n == 4563102.9 && e == 9441380.2,
		  "without the zone");
	check(map_sheet_complete(&sheet, 41380.2, 63102.9, &n, &e, said) == MF_REASON_NOT_ON_SHEET, "exchanged");
	check(map_sheet_complete(&sheet, 4563102.9, 8441380.2, &n, &e, said) == MF_REASON_NOT_ON_SHEET, "another zone");
	check(map_sheet_complete(&sheet, -1, 0, &n, &e, said) == MF_REASON_RANGE &&
		  map_sheet_complete(&sheet, NAN, 0, &n, &e, said) == MF_REASON_RANGE &&
		  map_sheet_complete(&sheet, 1, INFINITY, &n, &e, said) == MF_REASON_RANGE, "no coordinates");
}

int
main(void)
{
	unit_seed();
	test_known();
	test_named();
	test_complete();
	return unit_done();
}
