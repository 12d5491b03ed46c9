/*
 * mgrs_test.c - grid references
 *
 * test/t/ compares them with GeographicLib; here what holds of any reference.
 */
#include "mf_core.h"
#include "mf_location.h"

#include "unit.h"

static void
random_place(double *lonlat)
{
	lonlat[0] = random_between(-180, 180);
	lonlat[1] = asin(random_between(-1, 1)) * 180 / M_PI;
	if (random_below(3) == 0)	/* edges of zones and bands */
	{
		lonlat[0] = random_below(121) * 3 - 180 + random_between(-1e-9, 1e-9);
		lonlat[1] = random_below(46) * 4 - 90 + random_between(-1e-9, 1e-9);
		lonlat[1] = fmax(-90, fmin(90, lonlat[1]));
	}
}

/* The place where the reference's grid has it. */
static void
grid_of(const MfMgrs *mgrs, const double *lonlat, double *en)
{
	MfTransverse tm;

	if (mgrs->zone == 0)
	{
		ups_forward(mgrs->north, lonlat, en);
		return;
	}
	transverse_utm(&tm, mgrs->zone, mgrs->north);
	transverse_forward(&tm, lonlat, en);
}

static void
test_square(void)
{
	Cases		cases = {0, 0};
	Cases		middle = {0, 0};
	Cases		spaced = {0, 0};

	for (int i = 0; i < 200000; i++)
	{
		double		lonlat[2];
		double		en[2];
		double		back[2];
		char		text[MF_MGRS_TEXT];
		char		other[MF_MGRS_TEXT];
		char		said[MF_SAID] = "";
		int			digits = random_below(MF_MGRS_DIGITS + 1);
		MfMgrs		mgrs;
		MfReason	reason;
		size_t		head;

		random_place(lonlat);
		reason = mgrs_write(lonlat, digits, text);
		reason = reason ? reason : mgrs_read(text, strlen(text), &mgrs, said);
		if (reason == MF_REASON_NONE)
			grid_of(&mgrs, lonlat, en);
		else
			en[0] = en[1] = NAN;
		/* nanometres: the corner is a rounded number */
		case_check(&cases, fabs(mgrs.size_m - 100000 / pow(10, digits)) < 1e-12 &&
				   en[0] - mgrs.easting > -4e-9 && en[0] - mgrs.easting < mgrs.size_m + 4e-9 &&
				   en[1] - mgrs.northing > -4e-9 && en[1] - mgrs.northing < mgrs.size_m + 4e-9,
				   "%.15g %.15g %s: %s %s %.9f %.9f", lonlat[0], lonlat[1], text,
				   reason ? reason_word(reason) : "", said, en[0] - mgrs.easting, en[1] - mgrs.northing);
		mgrs_lonlat(&mgrs, 0.5, 0.5, back);
		grid_of(&mgrs, back, en);
		case_check(&middle, fabs(en[0] - mgrs.easting - mgrs.size_m / 2) < 1e-6 &&
				   fabs(en[1] - mgrs.northing - mgrs.size_m / 2) < 1e-6, "%s: %.9f %.9f", text,
				   en[0] - mgrs.easting, en[1] - mgrs.northing);
		/* blanks between the parts, small letters */
		head = strlen(text) - 2 * (size_t) digits;
		snprintf(other, sizeof(other), "%.*s %.*s %s", (int) (head - 2), text, 2, text + head - 2, text + head);
		if (random_below(2))
			for (char *p = other; *p; p++)
				if (*p >= 'A' && *p <= 'Z')
					*p += 'a' - 'A';
		{
			MfMgrs		again;

			case_check(&spaced, mgrs_read(other, strlen(other), &again, said) == MF_REASON_NONE &&
					   again.easting == mgrs.easting && again.northing == mgrs.northing &&
					   again.zone == mgrs.zone && again.size_m == mgrs.size_m, "\"%s\": %s", other, said);
		}
	}
	check_cases(&cases, "the square has the place");
	check_cases(&middle, "the middle of it leads back");
	check_cases(&spaced, "blanks and small letters");
}

static void
test_known(void)
{
	static const struct
	{
		const char *text;
		MfReason	reason;
		const char *said;
	}			bad[] = {
		{"", MF_REASON_NOT_ONE, ""},
		{"39T", MF_REASON_NOT_ONE, "39T"},
		{"39TV", MF_REASON_NOT_ONE, "39TV"},
		{"39TVF1", MF_REASON_NOT_ONE, "1 digits"},
		{"39TVF123 45", MF_REASON_NOT_ONE, "5 digits"},
		{"39TVF123 4", MF_REASON_NOT_ONE, "4 digits in unequal groups"},
		{"39TVF1 2 3 4", MF_REASON_NOT_ONE, "4 digits in unequal groups"},
		{"39TVF12x", MF_REASON_NOT_ONE, "x"},
		{"39TVF1.2", MF_REASON_NOT_ONE, ".2"},
		{"39TVF123456789012345678901234", MF_REASON_RANGE, "more than 22 digits"},
		{"0TVF", MF_REASON_RANGE, "zone 0"},
		{"61TVF", MF_REASON_RANGE, "zone 61"},
		{"039TVF", MF_REASON_RANGE, "zone 39"},
		{"39IVF", MF_REASON_RANGE, "band I"},
		{"39ZVF", MF_REASON_RANGE, "band Z"},
		{"TVF", MF_REASON_RANGE, "band T without a zone"},
		{"39TAF", MF_REASON_CONFLICT, "AF is no square of 39T"},
		{"39TVX", MF_REASON_CONFLICT, "VX is no square of 39T"},
		{"39TVA", MF_REASON_CONFLICT, "VA is no square of 39T"},
		{"39SVF", MF_REASON_CONFLICT, "VF is no square of 39S"},
		{"ZDA", MF_REASON_CONFLICT, "DA is no square of Z"},
		{"ТVF", MF_REASON_NOT_ONE, "ТVF"},	/* Cyrillic Т */
	};
	double		lonlat[2];
	MfMgrs		mgrs;
	char		text[MF_MGRS_TEXT];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
	{
		char		said[MF_SAID];
		MfReason	reason = mgrs_read(bad[i].text, strlen(bad[i].text), &mgrs, said);

		check(reason == bad[i].reason && strcmp(said, bad[i].said) == 0, "\"%s\": %s", bad[i].text, said);
	}
	check(mgrs_read(" 9 s xf 12 34 ", 14, &mgrs, NULL) == MF_REASON_CONFLICT, "9S has no XF");
	check(mgrs_read(" 39 t vf 12 34 ", 15, &mgrs, NULL) == MF_REASON_NONE && mgrs.size_m == 1000 &&
		  mgrs.easting == 412000 && mgrs.northing == 4534000, "blanks");
	check(mgrs_write((const double[]) {5, 60}, 0, text) == 0 && strncmp(text, "32V", 3) == 0, "Norway");
	check(mgrs_write((const double[]) {10, 78}, 0, text) == 0 && strncmp(text, "33X", 3) == 0, "Svalbard");
	check(mgrs_write((const double[]) {180, 1}, 0, text) == 0 && strncmp(text, "01N", 3) == 0, "180 degrees is -180");
	check(mgrs_write((const double[]) {0, 90}, 0, text) == 0 && strcmp(text, "ZAH") == 0, "the pole");
	check(mgrs_write((const double[]) {0, NAN}, 0, text) == MF_REASON_RANGE &&
		  mgrs_write((const double[]) {INFINITY, 0}, 0, text) == MF_REASON_RANGE &&
		  mgrs_write((const double[]) {0, 91}, 0, text) == MF_REASON_RANGE &&
		  mgrs_write((const double[]) {0, 0}, 12, text) == MF_REASON_RANGE, "no place");
	mgrs_read("39TVF4130761195", 15, &mgrs, NULL);
	mgrs_lonlat(&mgrs, 0, 0, lonlat);
	check(fabs(lonlat[0] - 50.3) < 1e-5 && fabs(lonlat[1] - 41.2) < 1e-5, "a corner");
}

int
main(void)
{
	unit_seed();
	test_known();
	test_square();
	return unit_done();
}
