/*
 * series_test.c - numbers of records as members of series
 */
#include "mf_series.h"

#include "unit.h"

static const char *
places_of(const char *written)
{
	static char text[300];
	MfPlace		places[MF_SERIES_PLACES];
	int			n = series_places(written, strlen(written), places);

	text[0] = '\0';
	for (int i = 0; i < n; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s %" PRId64 "/%d%s",
				 i ? ", " : "", places[i].series, places[i].n, places[i].width,
				 places[i].part ? " part" : "");
	return text;
}

static void
test_vectors(void)
{
	static const char *const vectors[][2] = {
		{"17", "# 17/2"}, {" 17 ", "# 17/2"}, {"017", "# 17/3"}, {"№ 17", "# 17/2"}, {"No. 17", "# 17/2"},
		{"no17", "# 17/2"}, {"NORD-17", "NORD-# 17/2"}, {"A-17", "A-# 17/2"}, {"a-17", "A-# 17/2"},
		{"Б/17", "Б/# 17/2"}, {"2A-17", "2A-# 17/2"}, {"17a", "# 17/2"}, {"17-б", "# 17/2"},
		{"17/3", "# 17/2, 17/# 3/1 part"}, {"A17/03", "A# 17/2, A17/# 3/2 part"},
		{"3/1993", "#/1993 3/1"}, {"A-3/1993", "A-#/1993 3/1"}, {"3/2100", "# 3/1, 3/# 2100/4 part"},
		{"1993/3", "# 1993/4, 1993/# 3/1 part"}, {"5-1994", "#-1994 5/1"}, {"17-3", "# 17/2, 17-# 3/1 part"}, {"12/17/3", "# 12/2, 12/# 17/2 part"}, {"17/", "# 17/2"}, {"17/a", "# 17/2"},
		{"0", "# 0/1"}, {"999999999999999", "# 999999999999999/15"}, {"9999999999999999", ""},
		{"", ""}, {"без номера", ""}, {"#17", ""}, {"/", ""},
		{"a number that nobody would ever write on any form that is there, of more length than any 17", ""}
	};

	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++)
		check(strcmp(places_of(vectors[i][0]), vectors[i][1]) == 0, "\"%s\" is %s, found %s",
			  vectors[i][0], vectors[i][1], places_of(vectors[i][0]));
}

/* A number built of a series and a place is read as them. */
static void
test_random(void)
{
	static const char *const before[] = {"", "A-", "Б/", "VII.", "2A-", "ПМН "};
	static const char *const after[] = {"", "/1993", "а", "-bis"};
	Cases		cases = {0};

	for (int round = 0; round < 50000; round++)
	{
		const char *prefix = before[random_below(6)];
		const char *suffix = after[random_below(4)];
		int			n = random_below(100000);
		int			width = 1 + random_below(6);
		char		written[100];
		MfPlace		places[MF_SERIES_PLACES];
		int			found;

		snprintf(written, sizeof(written), "%s%0*d%s", prefix, width, n, suffix);
		found = series_places(written, strlen(written), places);
		case_check(&cases, found == 1 && places[0].n == n && !places[0].part &&
				   strchr(places[0].series, '#') != NULL &&
				   (strcmp(suffix, "/1993") == 0) == (strstr(places[0].series, "#/1993") != NULL),
				   "\"%s\" is %s", written, places_of(written));
	}
	check_cases(&cases, "numbers built of series and place");
}

/* Any bytes at all: no reading or writing beyond them. */
static void
test_bytes(void)
{
	static const char some[] = "0123456789/A- #\xE2\x84\x96\xC2";
	Cases		cases = {0};

	for (int round = 0; round < 100000; round++)
	{
		size_t		len = (size_t) random_below(80);
		char	   *bytes = malloc(len ? len : 1);
		MfPlace		places[MF_SERIES_PLACES];
		int			n;

		for (size_t i = 0; i < len; i++)
			bytes[i] = random_below(3) ? some[random_below(sizeof(some) - 1)] : (char) random_below(256);
		n = series_places(bytes, len, places);
		case_check(&cases, n >= 0 && n <= MF_SERIES_PLACES, "%d places", n);
		for (int i = 0; i < n; i++)
			case_check(&cases, places[i].n >= 0 && strlen(places[i].series) < MF_SERIES_SIZE,
					   "%s", places[i].series);
		free(bytes);
	}
	check_cases(&cases, "any bytes");
}

int
main(void)
{
	unit_seed();
	test_vectors();
	test_random();
	test_bytes();
	return unit_done();
}
