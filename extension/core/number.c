/*
 * number.c - numbers as canonical JSON writes them
 *
 * A number of a document is kept as a double and written back as RFC 8785
 * prints doubles, so what comes in must be a number that some double prints.
 * Reading therefore goes by decimal digits: those of the token are compared
 * with those of the double nearest to it.
 */
#include "mf_core.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* No double has more significant decimal digits than this. */
#define MAX_DIGITS		767

/* Larger decimal exponents only say "too large" or "too small". */
#define EXPONENT_LIMIT	100000

/* A decimal number: 0.d1d2d3... times 10^point, d1 and the last digit not 0. */
typedef struct Decimal
{
	bool		negative;
	bool		truncated;		/* more digits than fit */
	int			ndigits;		/* 0: the number is zero */
	long		point;
	char		digits[MAX_DIGITS + 1];
} Decimal;

/*
 * Read the exponent of a token, saturating: its digits may be many.
 */
static long
exponent_read(const char *s, const char *end)
{
	bool		negative = false;
	long		value = 0;

	if (s < end && (*s == '+' || *s == '-'))
		negative = *s++ == '-';
	for (; s < end && *s >= '0' && *s <= '9'; s++)
		if (value < EXPONENT_LIMIT * 1000L)
			value = value * 10 + (*s - '0');
	return negative ? -value : value;
}

/*
 * Take a decimal number apart.  Zeros before the first and after the last
 * other digit are no digits of it.
 */
static void
decimal_read(Decimal *d, const char *s, size_t len)
{
	const char *end = s + len;
	bool		fraction = false;
	size_t		seen = 0;		/* digits from the first that is not 0 */
	size_t		last = 0;		/* of them up to the last that is not 0 */
	long long	point = 0;

	d->negative = s < end && *s == '-';
	if (d->negative)
		s++;
	for (; s < end; s++)
	{
		if (*s == '.')
		{
			fraction = true;
			continue;
		}
		if (*s < '0' || *s > '9')
			break;
		if (seen == 0 && *s == '0')
		{
			point -= fraction;
			continue;
		}
		if (seen < MAX_DIGITS)
			d->digits[seen] = *s;
		seen++;
		point += !fraction;
		if (*s != '0')
			last = seen;
	}
	if (s < end && (*s == 'e' || *s == 'E'))
		point += exponent_read(s + 1, end);

	d->truncated = last > MAX_DIGITS;
	d->ndigits = d->truncated ? MAX_DIGITS : (int) last;
	if (point > EXPONENT_LIMIT)
		point = EXPONENT_LIMIT;
	if (point < -EXPONENT_LIMIT)
		point = -EXPONENT_LIMIT;
	d->point = (long) point;
}

/*
 * The double of at most 15 digits times a power of ten that is itself exact:
 * one operation on exact operands rounds as it should.
 */
static bool
decimal_exact_step(const Decimal *d, double *value)
{
	static const double powers[] = {
		1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
		1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
	};
	long		scale = d->point - d->ndigits;
	int64_t		whole = 0;

	if (FLT_EVAL_METHOD != 0 || d->ndigits > DBL_DIG || scale > 22 || scale < -22)
		return false;
	for (int i = 0; i < d->ndigits; i++)
		whole = whole * 10 + (d->digits[i] - '0');
	*value = scale < 0 ? (double) whole / powers[-scale] : (double) whole * powers[scale];
	return true;
}

/*
 * The decimal that printf makes of a double with so many digits.
 */
static void
decimal_print(Decimal *d, double value, int ndigits)
{
	char		buf[MAX_DIGITS + 16];
	int			len = snprintf(buf, sizeof(buf), "%.*e", ndigits - 1, value);

	decimal_read(d, buf, (size_t) len);
}

/*
 * Does a double that lies midway between two decimals of n digits lie next to
 * these digits?  Either of the two may be its shortest form: printf rounds to
 * the even one, JavaScript writes 2^-24 with the odd one.
 */
static bool
decimal_is_midway(const Decimal *d, double value)
{
	Decimal		exact;
	int			last = d->ndigits - 1;

	decimal_print(&exact, value, MAX_DIGITS);
	return exact.ndigits == d->ndigits + 1 && exact.digits[last + 1] == '5' &&
		exact.point == d->point &&
		memcmp(exact.digits, d->digits, (size_t) last) == 0 &&
		(exact.digits[last] == d->digits[last] || exact.digits[last] + 1 == d->digits[last]);
}

/*
 * The double nearest to a decimal number, leaving its sign out.
 */
static double
decimal_value(const Decimal *d)
{
	/* A copy for strtod: the token need not end with a NUL. */
	char		buf[MAX_DIGITS + 32];

	snprintf(buf, sizeof(buf), "0.%.*se%ld", d->ndigits, d->digits, d->point);
	return strtod(buf, NULL);
}

/*
 * Does the double, written with as many digits, give these digits?  Below a
 * power of two doubles lie closer than above it, so that what printf writes
 * may be read as the double before; then the shortest form is another decimal
 * of as many digits: 2^89 is 6.189700196426902e+26, not ...901e+26.
 */
static bool
decimal_is_printed(const Decimal *d, double value)
{
	Decimal		back;

	/* DBL_DIG digits survive in every normal double. */
	if (d->ndigits <= DBL_DIG && d->point > DBL_MIN_10_EXP + 1)
		return true;
	if (d->truncated)
		return false;
	decimal_print(&back, value, d->ndigits);
	if (back.ndigits == d->ndigits && back.point == d->point &&
		memcmp(back.digits, d->digits, (size_t) d->ndigits) == 0)
		return true;
	return decimal_is_midway(d, value) || decimal_value(&back) != fabs(value);
}

MfNumberStatus
number_read(const char *token, size_t len, double *value)
{
	Decimal		d;
	double		v;

	decimal_read(&d, token, len);
	if (d.ndigits == 0)
	{
		*value = 0.0;
		return MF_NUMBER_OK;
	}
	if (!decimal_exact_step(&d, &v))
		v = decimal_value(&d);
	*value = d.negative ? -v : v;
	if (isinf(v))
		return MF_NUMBER_OUT_OF_RANGE;
	return decimal_is_printed(&d, v) ? MF_NUMBER_OK : MF_NUMBER_LOSES_DIGITS;
}

/*
 * Append n zeros.
 */
static char *
zeros_put(char *dst, long n)
{
	memset(dst, '0', (size_t) n);
	return dst + n;
}

/*
 * Append digits.
 */
static char *
digits_put(char *dst, const char *digits, long n)
{
	memcpy(dst, digits, (size_t) n);
	return dst + n;
}

size_t
number_canonical(char *dst, const char *shortest)
{
	Decimal		d;
	char	   *p = dst;
	long		k;
	long		n;

	decimal_read(&d, shortest, strlen(shortest));
	k = d.ndigits < 17 ? d.ndigits : 17;	/* no shortest form has more */
	n = d.point;
	if (d.negative && k > 0)
		*p++ = '-';
	if (k == 0)
		*p++ = '0';
	else if (k <= n && n <= 21)
	{
		p = digits_put(p, d.digits, k);
		p = zeros_put(p, n - k);
	}
	else if (0 < n && n <= 21)
	{
		p = digits_put(p, d.digits, n);
		*p++ = '.';
		p = digits_put(p, d.digits + n, k - n);
	}
	else if (-6 < n && n <= 0)
	{
		p = digits_put(p, "0.", 2);
		p = zeros_put(p, -n);
		p = digits_put(p, d.digits, k);
	}
	else
	{
		*p++ = d.digits[0];
		if (k > 1)
		{
			*p++ = '.';
			p = digits_put(p, d.digits + 1, k - 1);
		}
		p += snprintf(p, 9, "e%+ld", n - 1);
	}
	*p = '\0';
	return (size_t) (p - dst);
}

int
utf16_compare(const char *a, size_t alen, const char *b, size_t blen)
{
	size_t		len = alen < blen ? alen : blen;

	for (size_t i = 0; i < len; i++)
	{
		unsigned char ca = (unsigned char) a[i];
		unsigned char cb = (unsigned char) b[i];

		if (ca == cb)
			continue;

		/*
		 * Bytes sort as code points do, and so do UTF-16 code units but for
		 * one thing: U+E000 to U+FFFF (first byte EE or EF) come after the
		 * surrogates that stand for U+10000 and above (F0 and above).
		 */
		if (ca >= 0xEE && cb >= 0xEE && (ca >= 0xF0) != (cb >= 0xF0))
			return ca >= 0xF0 ? -1 : 1;
		return ca < cb ? -1 : 1;
	}
	return alen < blen ? -1 : alen > blen;
}
