/*
 * angle_test.c - latitudes and longitudes as written
 */
#include "mf_location.h"

#include "unit.h"

typedef struct Known
{
	const char *text;
	MfAxis		axis;
	MfReason	reason;
	double		degrees;
} Known;

static const Known known[] = {
	{"41°12'30\"N", MF_AXIS_UNKNOWN, MF_REASON_NONE, 41 + 12.5 / 60},
	{"41°12′30.5″ S", MF_AXIS_UNKNOWN, MF_REASON_NONE, -(41 + 12 / 60.0 + 30.5 / 3600)},
	{"41°12''", MF_LATITUDE, MF_REASON_NOT_ONE, 0},	/* seconds' sign after minutes */
	{"41°12'30''", MF_LATITUDE, MF_REASON_NONE, 41 + 12.5 / 60},
	{"N 41 12 30", MF_AXIS_UNKNOWN, MF_REASON_NONE, 41 + 12.5 / 60},
	{"41 12.5 N", MF_AXIS_UNKNOWN, MF_REASON_NONE, 41 + 12.5 / 60},
	{"41:12:30N", MF_AXIS_UNKNOWN, MF_REASON_NONE, 41 + 12.5 / 60},
	{"41.12.30", MF_LATITUDE, MF_REASON_NONE, 41 + 12.5 / 60},
	{"41.12.30,5 с.ш.", MF_AXIS_UNKNOWN, MF_REASON_NONE, 41 + 12 / 60.0 + 30.5 / 3600},
	{"41°12,5' с.ш.", MF_AXIS_UNKNOWN, MF_REASON_NONE, 41 + 12.5 / 60},
	{"41° 12' ю. ш.", MF_AXIS_UNKNOWN, MF_REASON_NONE, -41.2},
	{"50°18' В.Д.", MF_AXIS_UNKNOWN, MF_REASON_NONE, 50.3},
	{"50°18' зд", MF_AXIS_UNKNOWN, MF_REASON_NONE, -50.3},
	{"С 41°12'", MF_AXIS_UNKNOWN, MF_REASON_NONE, 41.2},
	{"50°18' З", MF_AXIS_UNKNOWN, MF_REASON_NONE, -50.3},
	{"41.2083°N", MF_AXIS_UNKNOWN, MF_REASON_NONE, 41.2083},
	{"41,2083º", MF_LATITUDE, MF_REASON_NONE, 41.2083},
	{"−41°12'", MF_LATITUDE, MF_REASON_NONE, -41.2},
	{"-41°12'", MF_LONGITUDE, MF_REASON_NONE, -41.2},
	{"0°0'0\"S", MF_AXIS_UNKNOWN, MF_REASON_NONE, 0},
	{"90°N", MF_AXIS_UNKNOWN, MF_REASON_NONE, 90},
	{"180°W", MF_AXIS_UNKNOWN, MF_REASON_NONE, -180},
	{"41.12", MF_LATITUDE, MF_REASON_AMBIGUOUS, 0},
	{"41.2083 N", MF_AXIS_UNKNOWN, MF_REASON_AMBIGUOUS, 0},
	{"41°12'", MF_AXIS_UNKNOWN, MF_REASON_AMBIGUOUS, 0},
	{"41°12' O", MF_AXIS_UNKNOWN, MF_REASON_AMBIGUOUS, 0},
	{"41°12' N", MF_LONGITUDE, MF_REASON_CONFLICT, 0},
	{"-41°12' S", MF_AXIS_UNKNOWN, MF_REASON_CONFLICT, 0},
	{"41°60' N", MF_AXIS_UNKNOWN, MF_REASON_RANGE, 0},
	{"41°12'60\" N", MF_AXIS_UNKNOWN, MF_REASON_RANGE, 0},
	{"41.60.00 N", MF_AXIS_UNKNOWN, MF_REASON_RANGE, 0},
	{"90°01' N", MF_AXIS_UNKNOWN, MF_REASON_RANGE, 0},
	{"181° E", MF_AXIS_UNKNOWN, MF_REASON_RANGE, 0},
	{"411230N", MF_AXIS_UNKNOWN, MF_REASON_RANGE, 0},
	{"", MF_LATITUDE, MF_REASON_NOT_ONE, 0},
	{"N", MF_AXIS_UNKNOWN, MF_REASON_NOT_ONE, 0},
	{"41.5°12' N", MF_LATITUDE, MF_REASON_NOT_ONE, 0},
	{"41°12.5'30\" N", MF_LATITUDE, MF_REASON_NOT_ONE, 0},
	{"N 41° N", MF_AXIS_UNKNOWN, MF_REASON_NOT_ONE, 0},
	{"41° north", MF_AXIS_UNKNOWN, MF_REASON_NOT_ONE, 0},
};

static void
test_known(void)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
	{
		MfAxis		axis = known[i].axis;
		double		degrees = NAN;
		double		step;
		char		said[MF_SAID];
		MfReason	reason = angle_read(known[i].text, strlen(known[i].text), &axis, &degrees, &step, said);

		check(reason == known[i].reason &&
			  (reason != MF_REASON_NONE || fabs(degrees - known[i].degrees) < 1e-12),
			  "\"%s\": %s %.15g %s", known[i].text, reason ? reason_word(reason) : "is", degrees, said);
	}
}

static void
test_pairs(void)
{
	static const char *const good[] = {
		"41°12'N 50°18'E", "50°18'E 41°12'N", "N41°12' E50°18'", "N41 12 00, E050 18 00",
		"41°12,0' с.ш., 50°18,0' в.д.", "50°18′ в. д.; 41°12′ с. ш.", "41.2°N,50.3°E",
		"41.12.00 N 50.18.00 E", "С 41°12' В 50°18'", "41:12:00N 50:18:00E", "N41°12'E50°18'",
	};
	static const struct
	{
		const char *text;
		MfReason	reason;
	}			bad[] = {
		{"41°12'N 50°18'N", MF_REASON_CONFLICT},
		{"41°12' 50°18'", MF_REASON_AMBIGUOUS},
		{"41°12'N", MF_REASON_NOT_ONE},
		{"41°12'N 50°18'", MF_REASON_AMBIGUOUS},
		{"41°12'N 50°18'E 3", MF_REASON_NOT_ONE},
		{"41.2N 50.3E", MF_REASON_AMBIGUOUS},
		{"N41°12' 50°18'E", MF_REASON_NONE},
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
	{
		double		lonlat[2] = {NAN, NAN};
		char		said[MF_SAID];
		MfReason	reason = lonlat_read(good[i], strlen(good[i]), lonlat, NULL, said);

		check(reason == MF_REASON_NONE && fabs(lonlat[0] - 50.3) < 1e-12 && fabs(lonlat[1] - 41.2) < 1e-12,
			  "\"%s\": %.15g %.15g %s", good[i], lonlat[0], lonlat[1], said);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
	{
		double		lonlat[2];
		char		said[MF_SAID];
		MfReason	reason = lonlat_read(bad[i].text, strlen(bad[i].text), lonlat, NULL, said);

		check(reason == bad[i].reason, "\"%s\": %s", bad[i].text, said);
	}
}

/* Random angles in random manners of writing. */
static void
test_written(void)
{
	static const char *const degree[] = {"°", "° ", "º", " "};
	static const char *const minute[] = {"'", "′ ", "’", " "};
	static const char *const second[] = {"\"", "″", "''", " "};
	static const char *const hemisphere[2][2][3] = {
		{{"N", "с.ш.", "С"}, {"S", "ю.ш.", "Ю"}}, {{"E", "в.д.", "В"}, {"W", "з.д.", "З"}}};
	Cases		cases = {0, 0};

	for (int i = 0; i < 100000; i++)
	{
		int			axis_no = random_below(2);
		int			negative = random_below(2);
		int			d = random_below(axis_no ? 180 : 90);
		int			m = random_below(60);
		int			s = random_below(600);
		int			manner = random_below(4);
		const char *where = hemisphere[axis_no][negative][random_below(3)];
		bool		before = random_below(2);
		char		text[128];
		double		degrees = NAN;
		double		expected = (negative ? -1 : 1) * (d + m / 60.0 + s / 36000.0);
		MfAxis		axis = MF_AXIS_UNKNOWN;

		/* "с.ш." stands behind */
		before &= where[1] == '\0' || ((unsigned char) where[0] >= 0x80 && where[2] == '\0');
		snprintf(text, sizeof(text), "%s%s%d%s%02d%s%02d%c%d%s%s%s", before ? where : "", before ? " " : "",
				 d, degree[manner], m, minute[manner], s / 10, ".,"[random_below(2)], s % 10,
				 second[manner], before ? "" : " ", before ? "" : where);
		case_check(&cases, angle_read(text, strlen(text), &axis, &degrees, NULL, NULL) == MF_REASON_NONE &&
				   fabs(degrees - expected) < 1e-12 * 180 && axis == (axis_no ? MF_LONGITUDE : MF_LATITUDE),
				   "\"%s\": %.15g, not %.15g", text, degrees, expected);
	}
	check_cases(&cases, "angles as written");
}

int
main(void)
{
	unit_seed();
	test_known();
	test_pairs();
	test_written();
	return unit_done();
}
