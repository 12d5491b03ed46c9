/*
 * azimuth_test.c - azimuths as written, and from which north
 */
#include "mf_location.h"

#include "unit.h"

static MfReason
read_text(const char *text, MfAngleUnit unit, MfAzimuth *azimuth, char *said)
{
	return azimuth_read(text, strlen(text), unit, azimuth, said);
}

/* What a text must mean: degrees, or the reason why it means none. */
typedef struct Known
{
	const char *text;
	MfAngleUnit unit;
	MfReason	reason;
	double		degrees;
	double		step_deg;
} Known;

static const Known known[] = {
	{"15-00", MF_UNIT_UNKNOWN, MF_REASON_NONE, 90, 0.06},
	{"15-00", MF_MIL6400, MF_REASON_NONE, 90, 0.06},
	{"0-50", MF_UNIT_UNKNOWN, MF_REASON_NONE, 3, 0.06},
	{" 30–00 ", MF_UNIT_UNKNOWN, MF_REASON_NONE, 180, 0.06},
	{"60-00", MF_UNIT_UNKNOWN, MF_REASON_NONE, 0, 0.06},
	{"15-00,5", MF_UNIT_UNKNOWN, MF_REASON_NONE, 90.03, 0.006},
	{"60-01", MF_UNIT_UNKNOWN, MF_REASON_RANGE, 0, 0},
	{"15-0", MF_UNIT_UNKNOWN, MF_REASON_NOT_ONE, 0, 0},
	{"15-000", MF_UNIT_UNKNOWN, MF_REASON_NOT_ONE, 0, 0},
	{"150-00", MF_UNIT_UNKNOWN, MF_REASON_NOT_ONE, 0, 0},
	{"15-00-00", MF_UNIT_UNKNOWN, MF_REASON_NOT_ONE, 0, 0},
	{"1500", MF_UNIT_UNKNOWN, MF_REASON_NO_UNIT, 0, 0},
	{"1500", MF_MIL6000, MF_REASON_NONE, 90, 0.06},
	{"1600", MF_MIL6400, MF_REASON_NONE, 90, 0.05625},
	{"1600 mil", MF_MIL6400, MF_REASON_NONE, 90, 0.05625},
	{"1500 mils", MF_MIL6000, MF_REASON_NONE, 90, 0.06},
	{"1600 mil", MF_DEGREE, MF_REASON_NO_UNIT, 0, 0},
	{"1600 mil6400", MF_UNIT_UNKNOWN, MF_REASON_NONE, 90, 0.05625},
	{"1500 mil6000", MF_DEGREE, MF_REASON_NONE, 90, 0.06},
	{"100 gon", MF_UNIT_UNKNOWN, MF_REASON_NONE, 90, 0.9},
	{"90 deg", MF_UNIT_UNKNOWN, MF_REASON_NONE, 90, 1},
	{"90.5", MF_DEGREE, MF_REASON_NONE, 90.5, 0.1},
	{"90,5", MF_DEGREE, MF_REASON_NONE, 90.5, 0.1},
	{"1,500", MF_MIL6000, MF_REASON_AMBIGUOUS, 0, 0},
	{"90,125", MF_DEGREE, MF_REASON_NONE, 90.125, 0.001},
	{"90°", MF_MIL6000, MF_REASON_NONE, 90, 1},
	{"90°30'", MF_UNIT_UNKNOWN, MF_REASON_NONE, 90.5, 1.0 / 60},
	{"90° 30′ 36″", MF_UNIT_UNKNOWN, MF_REASON_NONE, 90.51, 1.0 / 3600},
	{"360°", MF_UNIT_UNKNOWN, MF_REASON_NONE, 0, 1},
	{"360°01'", MF_UNIT_UNKNOWN, MF_REASON_RANGE, 0, 0},
	{"90°60'", MF_UNIT_UNKNOWN, MF_REASON_RANGE, 0, 0},
	{"460", MF_DEGREE, MF_REASON_RANGE, 0, 0},
	{"6401", MF_MIL6400, MF_REASON_RANGE, 0, 0},
	{"-5", MF_DEGREE, MF_REASON_NOT_ONE, 0, 0},
	{"", MF_DEGREE, MF_REASON_NOT_ONE, 0, 0},
	{"about 90", MF_DEGREE, MF_REASON_NOT_ONE, 0, 0},
	{"90 91", MF_DEGREE, MF_REASON_NOT_ONE, 0, 0},
	{"1e2", MF_DEGREE, MF_REASON_NOT_ONE, 0, 0},
	{"0x10", MF_DEGREE, MF_REASON_NOT_ONE, 0, 0},
	{"\xd0", MF_DEGREE, MF_REASON_NOT_ONE, 0, 0},
	{"N 30° E", MF_UNIT_UNKNOWN, MF_REASON_NONE, 30, 1},
	{"n30°e", MF_UNIT_UNKNOWN, MF_REASON_NONE, 30, 1},
	{"S 30° E", MF_UNIT_UNKNOWN, MF_REASON_NONE, 150, 1},
	{"S 30°30' W", MF_UNIT_UNKNOWN, MF_REASON_NONE, 210.5, 1.0 / 60},
	{"N 30 W", MF_DEGREE, MF_REASON_NONE, 330, 1},
	{"N 30 W", MF_UNIT_UNKNOWN, MF_REASON_NO_UNIT, 0, 0},
	{"NE 30°", MF_UNIT_UNKNOWN, MF_REASON_NONE, 30, 1},
	{"СВ: 30°", MF_UNIT_UNKNOWN, MF_REASON_NONE, 30, 1},
	{"ЮВ 30°", MF_UNIT_UNKNOWN, MF_REASON_NONE, 150, 1},
	{"Ю 30° З", MF_UNIT_UNKNOWN, MF_REASON_NONE, 210, 1},
	{"сз 30°", MF_UNIT_UNKNOWN, MF_REASON_NONE, 330, 1},
	{"Ј 30° И", MF_UNIT_UNKNOWN, MF_REASON_NONE, 150, 1},
	{"S 30° I", MF_UNIT_UNKNOWN, MF_REASON_NONE, 30, 1},	/* sjever, istok */
	{"C 30° B", MF_UNIT_UNKNOWN, MF_REASON_NONE, 30, 1},	/* Latin letters for С, В */
	{"Ş 30° Q", MF_UNIT_UNKNOWN, MF_REASON_NONE, 330, 1},	/* şimal, qərb */
	{"c 30° ş", MF_UNIT_UNKNOWN, MF_REASON_NONE, 150, 1},	/* cənub, şərq */
	{"K 30° B", MF_UNIT_UNKNOWN, MF_REASON_NONE, 330, 1},	/* kuzey, batı */
	{"N 30° В", MF_UNIT_UNKNOWN, MF_REASON_NOT_ONE, 0, 0},	/* two alphabets */
	{"N 30° O", MF_UNIT_UNKNOWN, MF_REASON_AMBIGUOUS, 0, 0},	/* Ost, ouest */
	{"N 91° E", MF_UNIT_UNKNOWN, MF_REASON_RANGE, 0, 0},
	{"E 30° N", MF_UNIT_UNKNOWN, MF_REASON_NOT_ONE, 0, 0},
	{"N 30° S", MF_UNIT_UNKNOWN, MF_REASON_NOT_ONE, 0, 0},
	{"N", MF_UNIT_UNKNOWN, MF_REASON_NOT_ONE, 0, 0},
	{"N 30°", MF_UNIT_UNKNOWN, MF_REASON_NOT_ONE, 0, 0},
	{"N 90° E", MF_UNIT_UNKNOWN, MF_REASON_NONE, 90, 1},
	{"N 0° W", MF_UNIT_UNKNOWN, MF_REASON_NONE, 0, 1},
};

static void
test_known(void)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
	{
		const Known *k = &known[i];
		MfAzimuth	azimuth = {NAN, MF_UNIT_UNKNOWN, NAN};
		char		said[MF_SAID];
		MfReason	reason = read_text(k->text, k->unit, &azimuth, said);

		check(reason == k->reason &&
			  (reason != MF_REASON_NONE || (fabs(azimuth.degrees - k->degrees) < 1e-12 &&
											fabs(azimuth.step_deg - k->step_deg) < 1e-12)),
			  "\"%s\": %s %.15g", k->text, reason ? reason_word(reason) : "is", azimuth.degrees);
	}
}

/* Random directions, written in every notation, come back. */
static void
test_written(void)
{
	Cases		cases = {0, 0};

	for (int i = 0; i < 100000; i++)
	{
		static const double circle[] = {360, 6000, 6400, 400};
		int			kind = random_below(4);
		char		text[64];
		double		degrees;
		MfAzimuth	azimuth;
		MfAngleUnit unit = MF_DEGREE + kind;
		int			whole = random_below((int) circle[kind]);
		int			digit = random_below(10);

		snprintf(text, sizeof(text), "%d%c%d", whole, ".,"[random_below(2)], digit);
		degrees = (whole + digit / 10.0) * 360 / circle[kind];
		if (kind == 1 && random_below(2))
		{
			snprintf(text, sizeof(text), "%02d-%02d", whole / 100, whole % 100);
			degrees = whole * 0.06;
			unit = random_below(5);
		}
		else if (kind == 0 && random_below(2))
		{
			int			minutes = random_below(60);

			snprintf(text, sizeof(text), "%d° %02d'", whole, minutes);
			degrees = whole + minutes / 60.0;
			unit = random_below(5);
		}
		case_check(&cases, read_text(text, unit, &azimuth, NULL) == MF_REASON_NONE &&
				   fabs(azimuth.degrees - degrees) < 1e-11 && azimuth.step_deg > 0,
				   "\"%s\" is %.15g, not %.15g", text, azimuth.degrees, degrees);
	}
	check_cases(&cases, "azimuths as written");
}

/* Is it the same direction? */
static bool
same(double a, double b)
{
	return a >= 0 && a < 360 && fabs(remainder(a - b, 360)) < 1e-11;
}

static void
test_norths(void)
{
	Cases		cases = {0, 0};

	for (int i = 0; i < 100000; i++)
	{
		double		a = random_between(0, 360);
		double		declination = random_between(-180, 180);
		double		convergence = random_between(-10, 10);
		double		grid;
		double		turned;
		MfNorths	n = {MF_NORTH_MAGNETIC, declination, NAN, convergence};

		case_check(&cases, azimuth_to_grid(a, &n, &grid) == 0 && azimuth_to_true(a, &n, &turned) == 0 &&
				   same(turned, a + declination) && same(grid, a + declination - convergence), "magnetic");
		n.north = MF_NORTH_TRUE;
		case_check(&cases, azimuth_to_grid(a, &n, &grid) == 0 && azimuth_to_true(a, &n, &turned) == 0 &&
				   same(turned, a) && same(grid, a - convergence), "true");
		n.north = MF_NORTH_GRID;
		case_check(&cases, azimuth_to_grid(a, &n, &grid) == 0 && azimuth_to_true(a, &n, &turned) == 0 &&
				   same(turned, a + convergence) && same(grid, a), "grid");
		n = (MfNorths) {MF_NORTH_MAGNETIC, NAN, 5.26, convergence};
		case_check(&cases, azimuth_to_grid(a, &n, &grid) == 0 && azimuth_to_true(a, &n, &turned) == 0 &&
				   same(turned, a + 5.26 + convergence) && same(grid, a + 5.26), "correction");
	}
	check_cases(&cases, "norths lead to each other");
}

/* Whatever is missing is named, and nothing stands in for it. */
static void
test_missing(void)
{
	double		to;
	MfNorths	nothing = {MF_NORTH_UNKNOWN, NAN, NAN, NAN};
	MfNorths	n = nothing;

	check(azimuth_to_grid(1, &n, &to) == MF_REASON_NO_NORTH && azimuth_to_true(1, &n, &to) == MF_REASON_NO_NORTH, "no north");
	n.declination_deg = n.correction_deg = n.convergence_deg = 1;
	check(azimuth_to_grid(1, &n, &to) == MF_REASON_NO_NORTH && azimuth_to_true(1, &n, &to) == MF_REASON_NO_NORTH, "no north, all else known");
	n = nothing;
	n.north = MF_NORTH_MAGNETIC;
	check(azimuth_to_grid(1, &n, &to) == MF_REASON_NO_DECLINATION && azimuth_to_true(1, &n, &to) == MF_REASON_NO_DECLINATION, "no declination");
	n.declination_deg = 1;
	check(azimuth_to_grid(1, &n, &to) == MF_REASON_NO_CONVERGENCE && azimuth_to_true(1, &n, &to) == MF_REASON_NONE, "no convergence");
	n.correction_deg = 2;
	check(azimuth_to_grid(1, &n, &to) == MF_REASON_NONE && to == 3 && azimuth_to_true(1, &n, &to) == MF_REASON_NONE && to == 2,
		  "a correction leads to the grid, the declination to true north");
	n.north = MF_NORTH_GRID;
	check(azimuth_to_grid(1, &n, &to) == MF_REASON_NONE && azimuth_to_true(1, &n, &to) == MF_REASON_NO_CONVERGENCE, "from the grid");
	for (MfReason reason = MF_REASON_NOT_ONE; reason <= MF_REASON_NOT_ON_SHEET; reason++)
		check(reason_word(reason) != NULL, "%s", reason_word(reason));
	check(reason_word(MF_REASON_NONE) == NULL, "no word for no reason");
	check(degrees_turn(-1e-20) == 0 && degrees_turn(-0.0) == 0 && !signbit(degrees_turn(-0.0)) && degrees_turn(725) == 5, "turning");
}

int
main(void)
{
	unit_seed();
	test_known();
	test_written();
	test_norths();
	test_missing();
	return unit_done();
}
