/*
 * date_test.c - core/date.c against Python's calendar and a naive one
 *
 * The vectors come from date_oracle.py, which finds what a date can mean by
 * trying days; the walk counts every day of ten thousand years by hand.
 */
#include "mf_core.h"

#include "unit.h"

#define US_PER_DAY INT64_C(86400000000)

typedef struct DateVector
{
	const char *text;
	bool		valid;
	int64_t		from_us;
	int64_t		to_us;
	bool		from_zone_known;
	bool		to_zone_known;
	int32_t		from_zone_s;
	int32_t		to_zone_s;
	bool		approximate;
	bool		uncertain;
	int32_t		from_day;
	int32_t		to_day;
} DateVector;

#include "date_vectors.h"

static bool
same(const DateVector *v, const MfDateSpan *span)
{
	int32_t		from;
	int32_t		to;

	date_days(span, &from, &to);
	return v->from_us == span->from_us && v->to_us == span->to_us &&
		v->from_zone_known == span->from_zone_known &&
		v->to_zone_known == span->to_zone_known &&
		v->from_zone_s == span->from_zone_s && v->to_zone_s == span->to_zone_s &&
		v->approximate == span->approximate && v->uncertain == span->uncertain &&
		v->from_day == from && v->to_day == to;
}

static void
test_vectors(void)
{
	Cases		cases = {0};
	int			n = sizeof(date_vectors) / sizeof(date_vectors[0]);
	int			valid = 0;

	printf("# vectors of seed %d\n", DATE_SEED);
	for (int i = 0; i < n; i++)
	{
		const DateVector *v = &date_vectors[i];
		MfDateSpan	span;
		bool		read = date_read(v->text, strlen(v->text), &span);

		valid += v->valid;
		case_check(&cases, read == v->valid && (!read || same(v, &span)),
				   "\"%s\": read %d, from %" PRId64 " to %" PRId64, v->text, read,
				   span.from_us, span.to_us);
	}
	check_cases(&cases, "dates mean what Python's calendar says");
	check(valid > n / 4 && valid < n * 9 / 10, "%d of them are dates", valid);
}

/* Is the interval of the text [from, to) in days? */
static bool
is_days(const char *text, int64_t from, int64_t to)
{
	MfDateSpan	span;
	int32_t		first;
	int32_t		last;

	if (!date_read(text, strlen(text), &span))
		return false;
	date_days(&span, &first, &last);
	return span.from_us == from * US_PER_DAY && span.to_us == to * US_PER_DAY &&
		first == from && last == to - 1;
}

static bool
is_date(const char *text)
{
	MfDateSpan	span;

	return date_read(text, strlen(text), &span);
}

/* Every day from 0000-01-01 on; -730485 is that day's number. */
static void
test_walk(void)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	Cases		cases = {0};
	int64_t		day = -730485;
	char		text[64];

	for (int y = 0; y < 10000; y++)
	{
		bool		leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
		int64_t		year_start = day;

		for (int m = 1; m <= 12; m++)
		{
			int			n = lengths[m - 1] + (m == 2 && leap);

			snprintf(text, sizeof(text), "%04d-%02d", y, m);
			case_check(&cases, is_days(text, day, day + n), "%s", text);
			for (int d = 1; d <= n; d++, day++)
			{
				snprintf(text, sizeof(text), "%04d-%02d-%02d", y, m, d);
				case_check(&cases, is_days(text, day, day + 1), "%s", text);
			}
			snprintf(text, sizeof(text), "%04d-%02d-%02d", y, m, n + 1);
			case_check(&cases, !is_date(text), "%s", text);
		}
		snprintf(text, sizeof(text), "%04d", y);
		case_check(&cases, is_days(text, year_start, day), "%s", text);
	}
	check_cases(&cases, "every day, month and year from 0000 to 9999 is counted");
	check(is_days("2000-01-01", 0, 1), "2000-01-01 is day 0");
	check(is_days("XXXX", -730485, day), "XXXX is all of them");
}

static void
test_words(void)
{
	static const char *const dates[] = {
		"1993", "1993-08", "1993-08-01", "1993~", "1993-08?", "1993-08-01%", "199X",
		"1993-XX", "1993-08-XX", "1993-XX-XX", "199X-XX-XX", "1993-08/1993-09-15",
		"../1994", "1993/..", "/1994", "1993/", "../..", "1993-24", "1993-08-01T06:30",
		"1993-08-01T06:30:15.5+04:00", "1993-08-01T24:00", "1993-08-01/1993-08-01",
		"1993-02/1993", "2000-02-29", "1993~/1994?"
	};
	static const char *const others[] = {
		"", "/", "..", "93", "1993-8", "1993-13", "1993-00", "1993-02-29", "1900-02-29",
		"1993-08-00", "01.08.1993", "1993/08/01", "1993-09/1993-08", "1994/1993",
		"august 1993", " 1993", "1993 ", "1993-08-01 06:30", "1993-08-01T25:00",
		"1993-08-01T24:01", "1993-08-01T06:60", "1993-08-XXT06:30", "1993-XX-01", "19X3",
		"1993-25", "1993-20", "1993-08-01T", "1993-08-01T06:30:", "1993-08-01T06:30+",
		"1993-08-01T06:30+16", "-1993", "+1993", "19930801", "1993?~", "?", "..~",
		"1993-08-01T06:30z", "1993-1-1", "1993//1994", "1993/1994/1995", "X993", "1993-X8"
	};
	MfDateSpan	span;

	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
		check(is_date(dates[i]), "\"%s\" is a date", dates[i]);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		check(!is_date(others[i]), "\"%s\" is none", others[i]);
	check(!date_read("1993\0", 5, &span), "a NUL is not part of a date");
	check(!date_read("1993-08-01", 9, &span), "nothing is read beyond the length");
	check(date_read("1993-08-01T02:00+04", 19, &span) && span.from_zone_known &&
	   span.from_zone_s == 14400, "a zone is kept");
	check(date_read("1993-08-01T06:30Z/1993-08-01T08:00", 34, &span) && span.to_zone_known,
	   "an interval's end takes the zone of its start");
}

/* Arbitrary bytes: nothing but an answer. */
static void
test_noise(void)
{
	static const char alphabet[] = "0123456789-:TZ+/.,X?~% \xd0\x00";
	Cases		cases = {0};

	for (int i = 0; i < 300000; i++)
	{
		char		text[24];
		size_t		len = random_below(sizeof(text));
		MfDateSpan	span;
		int32_t		from;
		int32_t		to;

		for (size_t k = 0; k < len; k++)
			text[k] = alphabet[random_below(sizeof(alphabet))];
		if (!date_read(text, len, &span))
			continue;
		date_days(&span, &from, &to);
		case_check(&cases, span.from_us < span.to_us && from <= to, "%.*s", (int) len, text);
	}
	check_cases(&cases, "noise never gives a reversed interval");
}

int
main(void)
{
	unit_seed();
	test_vectors();
	test_walk();
	test_words();
	test_noise();
	return unit_done();
}
