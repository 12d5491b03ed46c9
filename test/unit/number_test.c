/*
 * number_test.c - numbers against RFC 8785's own examples and against printf
 */
#include "mf_core.h"

#include "unit.h"

/* The shortest digits by trying all precisions, as "%.*e" writes them. */
static void
shortest_oracle(char *dst, double value)
{
	for (int precision = 0; precision < 18; precision++)
	{
		sprintf(dst, "%.*e", precision, value);
		if (strtod(dst, NULL) == value)
			return;
	}
}

static bool
reads(const char *token, MfNumberStatus status, double value)
{
	double		got = -1;
	size_t		len = strlen(token);
	char	   *copy = malloc(len > 0 ? len : 1);	/* no NUL: ASan watches */
	MfNumberStatus s;

	memcpy(copy, token, len);
	s = number_read(copy, len, &got);
	free(copy);
	if (s == status && (s != MF_NUMBER_OK || (got == value && !(got == 0 && signbit(got)))))
		return true;
	printf("# %s: status %d, %.17g\n", token, s, got);
	return false;
}

static bool
writes(const char *shortest, const char *wanted)
{
	char		dst[MF_NUMBER_SIZE];
	size_t		len = number_canonical(dst, shortest);

	if (len == strlen(wanted) && strcmp(dst, wanted) == 0)
		return true;
	printf("# %s: %s, not %s\n", shortest, dst, wanted);
	return false;
}

static void
test_read(void)
{
	char		many[1200];

	check(reads("0", MF_NUMBER_OK, 0) && reads("-0", MF_NUMBER_OK, 0) &&
		  reads("-0.000e5", MF_NUMBER_OK, 0) && reads("0e999999999999999999999", MF_NUMBER_OK, 0),
		  "zeros, without a sign");
	check(reads("1", MF_NUMBER_OK, 1) && reads("-1.50", MF_NUMBER_OK, -1.5) &&
		  reads("0.1", MF_NUMBER_OK, 0.1) && reads("1E3", MF_NUMBER_OK, 1000) &&
		  reads("1e+3", MF_NUMBER_OK, 1000) && reads("100e-2", MF_NUMBER_OK, 1) &&
		  reads("49.123456789012344", MF_NUMBER_OK, 49.123456789012344), "plain numbers");
	check(reads("0.10000000000000000000000000", MF_NUMBER_OK, 0.1) &&
		  reads("1000000000000000000000000", MF_NUMBER_OK, 1e24),
		  "zeros at the end say nothing");
	check(reads("9007199254740992", MF_NUMBER_OK, 9007199254740992.0) &&
		  reads("9007199254740993", MF_NUMBER_LOSES_DIGITS, 0) &&
		  reads("0.30000000000000000001", MF_NUMBER_LOSES_DIGITS, 0) &&
		  reads("123456789012345678901234567890", MF_NUMBER_LOSES_DIGITS, 0),
		  "digits that no double has");
	check(reads("1.7976931348623157e308", MF_NUMBER_OK, 1.7976931348623157e308) &&
		  reads("1.8e308", MF_NUMBER_OUT_OF_RANGE, 0) &&
		  reads("-1e400", MF_NUMBER_OUT_OF_RANGE, 0) &&
		  reads("1e99999999999999999999", MF_NUMBER_OUT_OF_RANGE, 0), "too large");
	check(reads("5e-324", MF_NUMBER_OK, 5e-324) && reads("3e-324", MF_NUMBER_LOSES_DIGITS, 0) &&
		  reads("1e-400", MF_NUMBER_LOSES_DIGITS, 0) &&
		  reads("1e-99999999999999999999", MF_NUMBER_LOSES_DIGITS, 0) &&
		  reads("2.2250738585072014e-308", MF_NUMBER_OK, 2.2250738585072014e-308) &&
		  reads("1.23456789012345e-310", MF_NUMBER_LOSES_DIGITS, 0),
		  "too small, and with fewer digits");
	memset(many, '0', 900);
	memcpy(many, "0.", 2);
	strcpy(many + 880, "1e879");
	check(reads(many, MF_NUMBER_OK, 1), "many zeros before the digits");
	memset(many, '3', 800);
	many[800] = '\0';
	check(reads(many, MF_NUMBER_OUT_OF_RANGE, 0), "800 digits before the point");
	memcpy(many, "0.", 2);
	check(reads(many, MF_NUMBER_LOSES_DIGITS, 0), "800 digits after the point");
	sprintf(many, "%.1074f", 5e-324);
	check(reads(many, MF_NUMBER_OK, 5e-324), "all digits of the smallest double");
}

static void
test_write(void)
{
	/* RFC 8785, appendix B, and ECMAScript's turning points. */
	check(writes("0", "0") && writes("-0", "0") && writes("5e-324", "5e-324") &&
		  writes("-5e-324", "-5e-324") &&
		  writes("1.7976931348623157e+308", "1.7976931348623157e+308") &&
		  writes("9007199254740992", "9007199254740992") &&
		  writes("2.9514790517935283e+20", "295147905179352830000") &&
		  writes("9.999999999999997e+22", "9.999999999999997e+22") &&
		  writes("1e+23", "1e+23") && writes("1.0000000000000001e+23", "1.0000000000000001e+23") &&
		  writes("9.999999999999997e+20", "999999999999999700000") &&
		  writes("1e+21", "1e+21") && writes("1e-06", "0.000001") &&
		  writes("9.999999999999997e-07", "9.999999999999997e-7") &&
		  writes("333333333.3333332", "333333333.3333332") &&
		  writes("-1.4246378e-06", "-0.0000014246378"), "RFC 8785's examples");
	check(writes("1e-07", "1e-7") && writes("123456789012345.6", "123456789012345.6") &&
		  writes("1e+15", "1000000000000000") && writes("100", "100") &&
		  writes("12.5", "12.5") && writes("1.5e+300", "1.5e+300"), "other forms of the same");
}

static void
test_round_trip(void)
{
	Cases		cases = {0, 0};

	for (int i = 0; i < 300000; i++)
	{
		uint64_t	bits = random_bits();
		double		value;
		double		back = -1;
		char		shortest[40];
		char		canonical[MF_NUMBER_SIZE + 8];
		size_t		len;

		memcpy(&value, &bits, sizeof(value));
		if (i % 3 == 0)
			value = random_between(-180, 180);
		if (i % 3 == 1)
			value = rint(random_between(-1e9, 1e9)) / pow(10, random_below(12));
		if (!isfinite(value))
			continue;
		memset(canonical, 'x', sizeof(canonical));
		shortest_oracle(shortest, value);
		len = number_canonical(canonical, shortest);
		case_check(&cases, len < MF_NUMBER_SIZE && canonical[len] == '\0' &&
				   canonical[MF_NUMBER_SIZE] == 'x', "%s is too long", shortest);
		case_check(&cases, number_read(canonical, len, &back) == MF_NUMBER_OK && back == value,
				   "%s -> %s -> %.17g", shortest, canonical, back);
		case_check(&cases, strtod(canonical, NULL) == value, "%s is not %s", canonical, shortest);
	}
	check_cases(&cases, "doubles to canonical form and back");
}

/* Kept if and only if printf gives the digits again. */
static void
test_digits(void)
{
	Cases		cases = {0, 0};
	long		kept = 0;

	for (int i = 0; i < 200000; i++)
	{
		int			n = 12 + random_below(10);
		int			exponent = random_below(3) == 0 ? random_below(640) - 330 : random_below(40) - 20;
		char		token[64];
		char		printed[64];
		char		exact[160];
		double		value = 0;
		MfNumberStatus status;
		bool		wanted;
		int			len = 0;

		token[len++] = (char) ('1' + random_below(9));
		token[len++] = '.';
		for (int k = 1; k < n; k++)
			token[len++] = (char) ('0' + (k == n - 1 ? 1 + random_below(9) : random_below(10)));
		if (random_below(2) == 0)
		{
			/* Digits that a double does have. */
			uint64_t	bits = random_bits();
			double		v;

			memcpy(&v, &bits, sizeof(v));
			if (!isfinite(v))
				continue;
			len = sprintf(token, "%.*e", n - 1, fabs(v));
		}
		else
			len += sprintf(token + len, "e%+03d", exponent);
		status = number_read(token, (size_t) len, &value);
		sprintf(printed, "%.*e", n - 1, strtod(token, NULL));
		wanted = strcmp(token, printed) == 0;
		sprintf(exact, "%.120e", strtod(token, NULL));
		if (exact[n + 1] == '5' && strspn(exact + n + 2, "0") == strcspn(exact + n + 2, "e"))
			continue;			/* midway: has its own test */
		if (isinf(strtod(token, NULL)))
			case_check(&cases, status == MF_NUMBER_OUT_OF_RANGE, "%s: %d", token, status);
		else
			case_check(&cases, value == strtod(token, NULL) &&
					   (wanted ? status == MF_NUMBER_OK : status == MF_NUMBER_LOSES_DIGITS ||
						strstr(token, "0e") != NULL), "%s: %d, %s", token, status, printed);
		kept += status == MF_NUMBER_OK;
	}
	check_cases(&cases, "digits of tokens against printf");
	check(kept > 10000 && kept < 190000, "%ld of them kept", kept);
}

/*
 * Doubles midway between two decimals: both are read where they mean it, as
 * writers of the shortest form differ in which one they take.
 */
static void
test_midway(void)
{
	Cases		cases = {0, 0};
	long		midway = 0;

	check(reads("5.960464477539063e-8", MF_NUMBER_OK, 0x1p-24) &&
		  reads("5.9604644775390625e-8", MF_NUMBER_OK, 0x1p-24), "2^-24");
	for (int exponent = -60; exponent < 80; exponent++)
		for (int m = 1; m < 4000; m += 2)
		{
			double		value = ldexp(m, exponent);
			char		exact[200];
			int			digits;

			sprintf(exact, "%.120e", value);
			digits = (int) strcspn(exact, "e");
			while (exact[digits - 1] == '0')
				digits--;
			if (digits - 1 < 17 || digits - 1 > 20 || exact[digits - 1] != '5')
				continue;
			for (int up = 0; up < 2; up++)
			{
				char		token[64];
				double		got;
				int			last = digits - 2;

				if (up == 1 && exact[last] == '9')
					continue;
				sprintf(token, "%.*s%c%s", last, exact, exact[last] + up, strchr(exact, 'e'));
				if (strtod(token, NULL) != value || token[last] == '0')
					continue;
				midway++;
				case_check(&cases, number_read(token, strlen(token), &got) == MF_NUMBER_OK &&
						   got == value, "%s", token);
			}
		}
	check_cases(&cases, "either neighbour of a double midway");
	check(midway > 100, "%ld of them", midway);
}

/* UTF-16 code units of a code point, and its UTF-8 bytes. */
static int
utf8_put(char *dst, uint32_t c)
{
	if (c < 0x80)
		return dst[0] = (char) c, 1;
	if (c < 0x800)
		return dst[0] = (char) (0xC0 | c >> 6), dst[1] = (char) (0x80 | (c & 63)), 2;
	if (c < 0x10000)
		return dst[0] = (char) (0xE0 | c >> 12), dst[1] = (char) (0x80 | (c >> 6 & 63)),
			dst[2] = (char) (0x80 | (c & 63)), 3;
	return dst[0] = (char) (0xF0 | c >> 18), dst[1] = (char) (0x80 | (c >> 12 & 63)),
		dst[2] = (char) (0x80 | (c >> 6 & 63)), dst[3] = (char) (0x80 | (c & 63)), 4;
}

static int
utf16_put(uint16_t *dst, uint32_t c)
{
	if (c < 0x10000)
		return dst[0] = (uint16_t) c, 1;
	dst[0] = (uint16_t) (0xD800 + ((c - 0x10000) >> 10));
	dst[1] = (uint16_t) (0xDC00 + ((c - 0x10000) & 0x3FF));
	return 2;
}

static void
test_utf16(void)
{
	static const uint32_t chars[] = {
		0, 'a', 'b', 0x7F, 0x80, 0x431, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFB33, 0xFFFF,
		0x10000, 0x1F600, 0x10FFFF
	};
	Cases		cases = {0, 0};

	for (int i = 0; i < 200000; i++)
	{
		char		s[2][20];
		uint16_t	u[2][10];
		int			slen[2] = {0, 0};
		int			ulen[2] = {0, 0};
		int			wanted = 0;
		int			got;

		for (int k = 0; k < 2; k++)
			for (int n = random_below(4); n > 0; n--)
			{
				uint32_t	c = chars[random_below(15)];

				slen[k] += utf8_put(s[k] + slen[k], c);
				ulen[k] += utf16_put(u[k] + ulen[k], c);
			}
		for (int k = 0; wanted == 0 && k < ulen[0] && k < ulen[1]; k++)
			wanted = (u[0][k] > u[1][k]) - (u[0][k] < u[1][k]);
		if (wanted == 0)
			wanted = (ulen[0] > ulen[1]) - (ulen[0] < ulen[1]);
		got = utf16_compare(s[0], (size_t) slen[0], s[1], (size_t) slen[1]);
		case_check(&cases, (got > 0) - (got < 0) == wanted, "%.*s and %.*s: %d",
				   slen[0], s[0], slen[1], s[1], got);
	}
	check_cases(&cases, "member names in the order of UTF-16 code units");
}

int
main(void)
{
	unit_seed();
	test_read();
	test_write();
	test_round_trip();
	test_digits();
	test_midway();
	test_utf16();
	return unit_done();
}
