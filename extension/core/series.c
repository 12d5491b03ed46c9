/*
 * series.c - the numbers of records as members of series
 *
 * Whether a number is missing shows only beside those that are there.  Paper
 * numbers its records plainly, with prefixes, by year, or with parts; each is
 * taken for a place in a series, or for two.
 */
#include "mf_series.h"

#include <string.h>

#define MAX_DIGITS 15			/* more are no number that somebody counted to */

/* A number without what says nothing. */
typedef struct Plain
{
	char		text[MF_SERIES_SIZE];
	size_t		len;
} Plain;

/* Bytes at s that say nothing: a blank, a sign for "number". */
static size_t
silent(const char *s, size_t len)
{
	static const char *const signs[] = {" ", "\t", "\xC2\xA0", "\xE2\x84\x96"};	/* no-break space, № */

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
	{
		size_t		n = strlen(signs[i]);

		if (len >= n && memcmp(s, signs[i], n) == 0)
			return n;
	}
	return 0;
}

static bool
make_plain(Plain *plain, const char *s, size_t len)
{
	const char *end = s + len;

	plain->len = 0;
	while (s < end)
	{
		size_t		skip = silent(s, (size_t) (end - s));

		if (skip > 0)
		{
			s += skip;
			continue;
		}
		/* '#' marks the place; a number that has one is none of ours */
		if (plain->len + 1 == MF_SERIES_SIZE || *s == '#')
			return false;
		plain->text[plain->len++] = *s >= 'a' && *s <= 'z' ? (char) (*s - 'a' + 'A') : *s;
		s++;
	}
	plain->text[plain->len] = '\0';
	if (plain->len > 2 && memcmp(plain->text, "NO", 2) == 0 &&
		strchr(".0123456789", plain->text[2]) != NULL)
	{
		size_t		skip = plain->text[2] == '.' ? 3 : 2;

		plain->len -= skip;
		memmove(plain->text, plain->text + skip, plain->len + 1);
	}
	return true;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A run of digits: where it begins and ends. */
typedef struct Run
{
	size_t		from;
	size_t		to;
	int64_t		n;
} Run;

/* The run of digits that ends at to; false: none, or one too long. */
static bool
run_before(const Plain *plain, size_t to, Run *run)
{
	run->to = run->from = to;
	run->n = 0;
	while (run->from > 0 && is_digit(plain->text[run->from - 1]))
		run->from--;
	if (run->from == to || to - run->from > MAX_DIGITS)
		return false;
	for (size_t i = run->from; i < to; i++)
		run->n = run->n * 10 + (plain->text[i] - '0');
	return true;
}

/*
 * The number, which is the last run of digits, or the one before the first
 * slash or dash that parts two: then that behind it is the second.
 */
static int
find_runs(const Plain *plain, Run *runs)
{
	size_t		end = plain->len;

	for (size_t i = 1; i + 1 < plain->len; i++)
	{
		size_t		to = i + 1;

		if (!is_digit(plain->text[i - 1]) || !is_digit(plain->text[i + 1]) ||
			(plain->text[i] != '/' && plain->text[i] != '-'))
			continue;
		while (to < plain->len && is_digit(plain->text[to]))
			to++;
		if (!run_before(plain, i, &runs[0]) || !run_before(plain, to, &runs[1]))
			return 0;
		return 2;
	}
	while (end > 0 && !is_digit(plain->text[end - 1]))
		end--;
	return run_before(plain, end, &runs[0]) ? 1 : 0;
}

/* before # after: the series of what stands between the two. */
static void
set_place(MfPlace *place, const char *before, size_t nbefore, const char *after, size_t nafter,
		  const Run *run)
{
	memcpy(place->series, before, nbefore);
	place->series[nbefore] = '#';
	memcpy(place->series + nbefore + 1, after, nafter);
	place->series[nbefore + 1 + nafter] = '\0';
	place->n = run->n;
	place->width = (int) (run->to - run->from);
}

int
series_places(const char *s, size_t len, MfPlace *places)
{
	Plain		plain;
	Run			runs[2];
	int			n;

	if (!make_plain(&plain, s, len) || plain.len + 2 > MF_SERIES_SIZE)
		return 0;
	n = find_runs(&plain, runs);
	if (n == 0)
		return 0;
	memset(places, 0, sizeof(MfPlace) * MF_SERIES_PLACES);
	/* a year behind the number is part of the series */
	if (n == 2 && runs[1].to - runs[1].from == 4 && runs[1].n >= 1900 && runs[1].n < 2100)
	{
		set_place(&places[0], plain.text, runs[0].from, plain.text + runs[0].to,
				  runs[1].to - runs[0].to, &runs[0]);
		return 1;
	}
	set_place(&places[0], plain.text, runs[0].from, "", 0, &runs[0]);
	if (n == 1)
		return 1;
	set_place(&places[1], plain.text, runs[1].from, "", 0, &runs[1]);
	places[1].part = true;
	return 2;
}
