/*
 * date.c - dates as paper has them: ISO 8601 with reduced precision and EDTF
 *
 * A date as written stands for every moment that it can mean, so reading one
 * gives an interval: a year is the whole year, "06:30" a minute, "199X" ten
 * years.  No library function for time is used, and no time zone is assumed:
 * what a clock in the field showed stays local unless the paper says its zone.
 */
#include "mf_core.h"

#include <string.h>

#define US_PER_SECOND	INT64_C(1000000)
#define US_PER_MINUTE	(60 * US_PER_SECOND)
#define US_PER_HOUR		(60 * US_PER_MINUTE)
#define US_PER_DAY		(24 * US_PER_HOUR)

/* Largest zone that PostgreSQL reads, and a little more than any in use. */
#define MAX_ZONE_HOURS	15

typedef struct Cursor
{
	const char *at;
	const char *end;
} Cursor;

/* Digits of which the last may be unspecified: all values from lo to hi. */
typedef struct Digits
{
	int			lo;
	int			hi;
	bool		all_unspecified;
} Digits;

/* One date, or one end of an interval; local time as written. */
typedef struct Moment
{
	int64_t		from_us;
	int64_t		to_us;
	bool		has_time;
	bool		zone_known;
	int32_t		zone_s;
} Moment;

/* ---- the calendar ---- */

/* Days from 2000-01-01 to the given day of the proleptic Gregorian calendar. */
static int64_t
days_of(int year, int month, int day)
{
	/* years begin in March, so that leap days come last */
	int			y = month > 2 ? year : year - 1;
	int			m = month > 2 ? month - 3 : month + 9;
	int			century = (y >= 0 ? y : y - 399) / 400;
	int			of_era = y - century * 400;

	return (int64_t) century * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
		(153 * m + 2) / 5 + day - 1 - 730425;
}

/* The first moment of a month; month 13 is January of the year after. */
static int64_t
month_start_us(int year, int month)
{
	if (month > 12)
		return days_of(year + 1, month - 12, 1) * US_PER_DAY;
	return days_of(year, month, 1) * US_PER_DAY;
}

static int
days_in_month(int year, int month)
{
	return (int) ((month_start_us(year, month + 1) - month_start_us(year, month)) /
				  US_PER_DAY);
}

/* ---- reading ---- */

static bool
at_end(const Cursor *c)
{
	return c->at == c->end;
}

static bool
skip(Cursor *c, char wanted)
{
	if (at_end(c) || *c->at != wanted)
		return false;
	c->at++;
	return true;
}

/* Exactly n digits; once one is an X the rest are. */
static bool
read_digits(Cursor *c, int n, Digits *d)
{
	int			unspecified = 0;

	if (c->end - c->at < n)
		return false;
	d->lo = d->hi = 0;
	for (int i = 0; i < n; i++, c->at++)
	{
		bool		is_digit = *c->at >= '0' && *c->at <= '9';

		if (*c->at == 'X')
			unspecified++;
		else if (!is_digit || unspecified > 0)
			return false;
		d->lo = d->lo * 10 + (is_digit ? *c->at - '0' : 0);
		d->hi = d->hi * 10 + (is_digit ? *c->at - '0' : 9);
	}
	d->all_unspecified = unspecified == n;
	return true;
}

/* Two plain digits from 0 to max. */
static bool
read_two(Cursor *c, int max, int *value)
{
	Digits		d;

	if (!read_digits(c, 2, &d) || d.lo != d.hi || d.hi > max)
		return false;
	*value = d.lo;
	return true;
}

/* Keep of the digits what a calendar has; false: nothing. */
static bool
clamp_digits(Digits *d, int min, int max)
{
	if (d->lo < min)
		d->lo = min;
	if (d->hi > max)
		d->hi = max;
	return d->lo <= d->hi;
}

/* What follows an unspecified digit: nothing, or components all unspecified. */
static bool
only_unspecified(Cursor *c, int components)
{
	Digits		d;

	while (components-- > 0 && !at_end(c))
	{
		if (!skip(c, '-') || !read_digits(c, 2, &d) || !d.all_unspecified)
			return false;
	}
	return at_end(c);
}

/* The digits after a decimal sign; what lies beyond microseconds is dropped. */
static bool
read_fraction(Cursor *c, int64_t *us, int64_t *width_us)
{
	int64_t		unit = US_PER_SECOND;
	const char *start = c->at;

	*us = 0;
	while (!at_end(c) && *c->at >= '0' && *c->at <= '9')
	{
		unit /= 10;
		*us += (*c->at - '0') * unit;
		if (unit > 0)
			*width_us = unit;
		c->at++;
	}
	return c->at > start;
}

/* Nothing, "Z", "+04" or "+04:00". */
static bool
read_zone(Cursor *c, Moment *m)
{
	int			sign;
	int			hours;
	int			minutes = 0;

	if (at_end(c))
		return true;
	m->zone_known = true;
	if (skip(c, 'Z'))
		return true;
	if (skip(c, '+'))
		sign = 1;
	else if (skip(c, '-'))
		sign = -1;
	else
		return false;
	if (!read_two(c, MAX_ZONE_HOURS, &hours))
		return false;
	if (skip(c, ':') && !read_two(c, 59, &minutes))
		return false;
	m->zone_s = sign * (hours * 3600 + minutes * 60);
	return true;
}

/* "06", "06:30", "06:30:15", "06:30:15.5" and the zone, after the T. */
static bool
read_time(Cursor *c, Moment *m)
{
	int			hours;
	int			minutes = 0;
	int			seconds = 0;
	int64_t		fraction = 0;
	int64_t		width = US_PER_HOUR;
	int64_t		time;

	if (!read_two(c, 24, &hours))
		return false;
	if (skip(c, ':'))
	{
		width = US_PER_MINUTE;
		if (!read_two(c, 59, &minutes))
			return false;
		if (skip(c, ':'))
		{
			width = US_PER_SECOND;
			if (!read_two(c, 59, &seconds))
				return false;
			if ((skip(c, '.') || skip(c, ',')) && !read_fraction(c, &fraction, &width))
				return false;
		}
	}
	time = hours * US_PER_HOUR + minutes * US_PER_MINUTE + seconds * US_PER_SECOND +
		fraction;
	/* 24:00 is the end of the day, and nothing comes after it */
	if (time > US_PER_DAY)
		return false;
	m->has_time = true;
	m->from_us += time;
	m->to_us = m->from_us + width;
	return read_zone(c, m);
}

/* 21 to 24, spring to winter. */
static void
set_season(int year, int season, Moment *m)
{
	static const int first_month[] = {3, 6, 9};

	if (season == 24)
	{
		m->from_us = month_start_us(year - 1, 12);
		m->to_us = month_start_us(year + 1, 3);
		return;
	}
	m->from_us = month_start_us(year, first_month[season - 21]);
	m->to_us = month_start_us(year, first_month[season - 21] + 3);
}

/* The day and the time, after "year-month". */
static bool
read_day(Cursor *c, int year, int month, Moment *m)
{
	Digits		day;

	if (!skip(c, '-') || !read_digits(c, 2, &day) ||
		!clamp_digits(&day, 1, days_in_month(year, month)))
		return false;
	m->from_us = days_of(year, month, day.lo) * US_PER_DAY;
	m->to_us = (days_of(year, month, day.hi) + 1) * US_PER_DAY;
	if (at_end(c))
		return true;
	/* a day not known has no time of day */
	return m->to_us - m->from_us == US_PER_DAY && c->at[-1] != 'X' && skip(c, 'T') &&
		read_time(c, m) && at_end(c);
}

/* One date without its qualifier. */
static bool
read_moment(Cursor *c, Moment *m)
{
	Digits		year;
	Digits		month;

	memset(m, 0, sizeof(*m));
	if (!read_digits(c, 4, &year))
		return false;
	m->from_us = month_start_us(year.lo, 1);
	m->to_us = month_start_us(year.hi, 13);
	if (at_end(c))
		return true;
	if (year.lo != year.hi)
		return only_unspecified(c, 2);

	if (!skip(c, '-') || !read_digits(c, 2, &month))
		return false;
	if (month.lo >= 21 && month.hi <= 24)
	{
		set_season(year.lo, month.lo, m);
		return at_end(c);
	}
	/* asked before clamping: of "1X" more than one month may remain, or not */
	if (month.lo != month.hi)
	{
		if (!clamp_digits(&month, 1, 12))
			return false;
		m->from_us = month_start_us(year.lo, month.lo);
		m->to_us = month_start_us(year.lo, month.hi + 1);
		return only_unspecified(c, 1);
	}
	if (month.lo < 1 || month.lo > 12)
		return false;
	m->from_us = month_start_us(year.lo, month.lo);
	m->to_us = month_start_us(year.lo, month.lo + 1);
	return at_end(c) || read_day(c, year.lo, month.lo, m);
}

/* A date and its qualifier, or an open end where that is allowed. */
static bool
read_end(const char *s, size_t len, bool open, Moment *m, MfDateSpan *span)
{
	Cursor		c = {s, s + len};

	if (open && (len == 0 || (len == 2 && memcmp(s, "..", 2) == 0)))
	{
		memset(m, 0, sizeof(*m));
		m->from_us = INT64_MIN;
		m->to_us = INT64_MAX;
		return true;
	}
	if (len > 0 && strchr("?~%", s[len - 1]) != NULL && s[len - 1] != '\0')
	{
		c.end--;
		span->approximate |= s[len - 1] != '?';
		span->uncertain |= s[len - 1] != '~';
	}
	return read_moment(&c, m);
}

static int64_t
shifted(int64_t us, int32_t zone_s)
{
	if (us == INT64_MIN || us == INT64_MAX)
		return us;
	return us + zone_s * US_PER_SECOND;
}

bool
date_read(const char *s, size_t len, MfDateSpan *span)
{
	const char *slash = memchr(s, '/', len);
	Moment		first;
	Moment		last;

	memset(span, 0, sizeof(*span));
	if (slash == NULL)
	{
		if (!read_end(s, len, false, &first, span))
			return false;
		last = first;
	}
	else
	{
		size_t		before = slash - s;

		if (len == 1 || !read_end(s, before, true, &first, span) ||
			!read_end(slash + 1, len - before - 1, true, &last, span))
			return false;
		if (first.zone_known && last.has_time && !last.zone_known)
		{
			last.zone_known = true;
			last.zone_s = first.zone_s;
		}
	}
	span->from_zone_known = first.zone_known;
	span->to_zone_known = last.zone_known;
	span->from_zone_s = first.zone_s;
	span->to_zone_s = last.zone_s;
	span->from_us = shifted(first.from_us, -first.zone_s);
	span->to_us = shifted(last.to_us, -last.zone_s);
	return span->from_us < span->to_us;
}

/* ---- days ---- */

/* The day of a local time, rounded down. */
static int32_t
day_of(int64_t us)
{
	int64_t		day = us / US_PER_DAY;

	return (int32_t) (us % US_PER_DAY < 0 ? day - 1 : day);
}

void
date_days(const MfDateSpan *span, int32_t *from, int32_t *to)
{
	*from = MF_DAY_OPEN_FROM;
	*to = MF_DAY_OPEN_TO;
	if (span->from_us != INT64_MIN)
		*from = day_of(shifted(span->from_us, span->from_zone_s));
	if (span->to_us != INT64_MAX)
		*to = day_of(shifted(span->to_us, span->to_zone_s) - 1);
	/* ends written in two zones may be in order and their days not */
	if (*from > *to)
	{
		int32_t		day = *from;

		*from = *to;
		*to = day;
	}
}
