/*
 * number_fuzz.c - libFuzzer target for reading and writing numbers
 *
 * Whatever is kept must be what strtod reads, and its canonical form must
 * read back as the same double.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mf_core.h"

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* JSON's grammar of numbers, which number_read() takes for granted. */
static bool
is_number(const char *s, size_t len)
{
	char		copy[2048];
	char	   *p = copy;

	if (len == 0 || len >= sizeof(copy))
		return false;
	memcpy(copy, s, len);
	copy[len] = '\0';
	if (strlen(copy) != len)
		return false;
	p += *p == '-';
	if (*p == '0')
		p++;
	else if (*p >= '1' && *p <= '9')
		p += strspn(p, "0123456789");
	else
		return false;
	if (*p == '.')
	{
		if (strspn(++p, "0123456789") == 0)
			return false;
		p += strspn(p, "0123456789");
	}
	if (*p == 'e' || *p == 'E')
	{
		p++;
		p += *p == '+' || *p == '-';
		if (strspn(p, "0123456789") == 0)
			return false;
		p += strspn(p, "0123456789");
	}
	return *p == '\0';
}

static void
demand(bool ok)
{
	if (!ok)
		abort();
}

static void
check_round_trip(double value)
{
	char		shortest[40];
	char		canonical[MF_NUMBER_SIZE];
	double		back = NAN;
	size_t		len;

	for (int precision = 0; precision < 18; precision++)
	{
		snprintf(shortest, sizeof(shortest), "%.*e", precision, value);
		if (strtod(shortest, NULL) == value)
			break;
	}
	len = number_canonical(canonical, shortest);
	demand(strlen(canonical) == len && is_number(canonical, len));
	demand(number_read(canonical, len, &back) == MF_NUMBER_OK && back == value);
	demand(!(back == 0 && signbit(back)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *) data;
	double		value = NAN;
	size_t		half = size / 2;

	if (size == sizeof(double))
	{
		memcpy(&value, data, sizeof(value));
		if (isfinite(value))
			check_round_trip(value);
	}
	(void) utf16_compare(text, half, text + half, size - half);
	if (is_number(text, size))
	{
		char		copy[2048];
		MfNumberStatus status = number_read(text, size, &value);

		memcpy(copy, text, size);
		copy[size] = '\0';
		demand(value == strtod(copy, NULL));
		demand((status == MF_NUMBER_OUT_OF_RANGE) == (isinf(value) != 0));
		if (status == MF_NUMBER_OK)
			check_round_trip(value);
	}
	return 0;
}
