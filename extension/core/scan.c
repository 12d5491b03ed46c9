/*
 * scan.c - reading what people write, letter by letter
 *
 * Typed copies of paper hold many forms of one sign.  Which letters mean the
 * same is decided here and nowhere else; letters that only look alike are
 * kept apart, for that is where readings part.
 */
#include "scan.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* No number of a place has more digits. */
#define MAX_NUMBER	40

static bool
is_tail(const char *s)
{
	return ((unsigned char) *s & 0xC0) == 0x80;
}

uint32_t
scan_look(const MfScan *scan, int *size)
{
	const unsigned char *s = (const unsigned char *) scan->s;
	size_t		left = (size_t) (scan->end - scan->s);
	uint32_t	letter;
	int			n;

	*size = 1;
	if (left == 0)
	{
		*size = 0;
		return SCAN_END;
	}
	if (s[0] < 0x80)
		return s[0] == 0 ? SCAN_BAD : s[0];
	n = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : s[0] >= 0xC0 ? 2 : 1;
	if (n == 1 || left < (size_t) n)
		return SCAN_BAD;
	letter = s[0] & (0x7F >> n);
	for (int i = 1; i < n; i++)
	{
		if (!is_tail(scan->s + i))
			return SCAN_BAD;
		letter = letter << 6 | (s[i] & 0x3F);
	}
	*size = n;
	return letter;
}

uint32_t
scan_look_capital(const MfScan *scan, int *size)
{
	uint32_t	letter = scan_look(scan, size);

	if ((letter >= 'a' && letter <= 'z') || (letter >= 0x430 && letter <= 0x44F))
		return letter - 0x20;
	if (letter >= 0x450 && letter <= 0x45F)	/* ј and its neighbours */
		return letter - 0x50;
	if (letter == 0x15F)		/* ş */
		return 0x15E;
	return letter;
}

static bool
is_blank(uint32_t letter)
{
	return letter == ' ' || (letter >= '\t' && letter <= '\r') ||
		letter == 0xA0 || (letter >= 0x2000 && letter <= 0x200A) || letter == 0x202F;
}

void
scan_blanks(MfScan *scan)
{
	int			size;

	while (is_blank(scan_look(scan, &size)))
		scan->s += size;
}

bool
scan_take(MfScan *scan, uint32_t letter)
{
	int			size;

	if (scan_look_capital(scan, &size) != letter)
		return false;
	scan->s += size;
	return true;
}

/* Step over the letter if it is in the list, which ends with 0. */
static bool
take_one_of(MfScan *scan, const uint32_t *list)
{
	int			size;
	uint32_t	letter = scan_look(scan, &size);

	for (; *list != 0; list++)
		if (letter == *list)
		{
			scan->s += size;
			return true;
		}
	return false;
}

bool
scan_take_dash(MfScan *scan)
{
	/* hyphens, figure, en and em dash, bar, minus */
	static const uint32_t dashes[] =
	{'-', 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0};

	return take_one_of(scan, dashes);
}

bool
scan_take_degree(MfScan *scan)
{
	/* the sign, the masculine ordinal and the ring that are typed for it */
	static const uint32_t degrees[] = {0xB0, 0xBA, 0x2DA, 0};

	return take_one_of(scan, degrees);
}

bool
scan_take_minute(MfScan *scan)
{
	static const uint32_t minutes[] =
	{'\'', 0x2032, 0x2019, 0x2018, 0x2B9, 0xB4, '`', 0};

	return take_one_of(scan, minutes);
}

bool
scan_take_second(MfScan *scan)
{
	static const uint32_t seconds[] = {'"', 0x2033, 0x201D, 0x201C, 0x2BA, 0};
	MfScan		twice = *scan;

	if (take_one_of(scan, seconds))
		return true;
	if (!scan_take_minute(&twice) || !scan_take_minute(&twice))
		return false;
	*scan = twice;
	return true;
}

static bool
is_word_letter(uint32_t letter)
{
	return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
		letter == '_' || (letter >= 0xC0 && letter < 0x2000);
}

bool
scan_take_word(MfScan *scan, const char *word)
{
	MfScan		ahead = *scan;
	int			size;

	for (; *word != '\0'; word++)
	{
		uint32_t	letter = *word >= 'a' && *word <= 'z' ? *word - 0x20 : *word;

		if (!scan_take(&ahead, letter))
			return false;
	}
	if (is_word_letter(scan_look_capital(&ahead, &size)))
		return false;
	*scan = ahead;
	return true;
}

bool
scan_done(MfScan *scan)
{
	scan_blanks(scan);
	return scan->s >= scan->end;
}

/* Digits at the cursor, appended to the buffer; -1: too many. */
static int
take_digits(MfScan *scan, char *buffer, int *used)
{
	int			n = 0;

	while (scan->s < scan->end && *scan->s >= '0' && *scan->s <= '9')
	{
		if (*used >= MAX_NUMBER)
			return -1;
		buffer[(*used)++] = *scan->s++;
		n++;
	}
	return n;
}

bool
scan_number(MfScan *scan, bool fraction, MfNumber *number)
{
	MfScan		ahead = *scan;
	char		buffer[MAX_NUMBER + 2];
	int			used = 0;

	memset(number, 0, sizeof(*number));
	number->whole = take_digits(&ahead, buffer, &used);
	if (number->whole < 1)
		return false;
	if (fraction && ahead.end - ahead.s > 1 && (*ahead.s == '.' || *ahead.s == ',') &&
		ahead.s[1] >= '0' && ahead.s[1] <= '9')
	{
		number->comma = *ahead.s++ == ',';
		buffer[used++] = '.';
		number->decimals = take_digits(&ahead, buffer, &used);
		if (number->decimals < 1)
			return false;
	}
	buffer[used] = '\0';
	number->value = strtod(buffer, NULL);
	*scan = ahead;
	return true;
}

double
number_step(const MfNumber *number)
{
	double		step = 1.0;

	for (int i = 0; i < number->decimals; i++)
		step /= 10.0;
	return step;
}

/* A number of minutes or seconds: below 60, and of one or two digits. */
static MfReason
sixtieths(const MfNumber *number, const char *what, char *said)
{
	if (number->value < 60.0 && number->whole <= 2)
		return MF_REASON_NONE;
	said_note(said, "%.10g %s", number->value, what);
	return MF_REASON_RANGE;
}

/* A number that is no degrees of another angle. */
static bool
take_sixtieths(MfScan *scan, MfNumber *number)
{
	MfScan		ahead = *scan;

	if (!scan_number(&ahead, true, number))
		return false;
	*scan = ahead;
	scan_blanks(&ahead);
	return !scan_take_degree(&ahead);
}

/*
 * Minutes, and after them seconds: numbers with their signs, which may be left
 * out.  Nothing is taken where no such number follows.
 */
MfReason
scan_minutes(MfScan *scan, double *degrees, double *step_deg, char *said)
{
	MfScan		ahead = *scan;
	MfNumber	number;
	MfReason	reason;
	bool		fraction;

	scan_blanks(&ahead);
	if (*step_deg < 1.0 || !take_sixtieths(&ahead, &number))
		return MF_REASON_NONE;
	reason = sixtieths(&number, "minutes", said);
	if (reason != MF_REASON_NONE)
		return reason;
	*degrees += number.value / 60.0;
	*step_deg = number_step(&number) / 60.0;
	fraction = number.decimals > 0;
	scan_blanks(&ahead);
	scan_take_minute(&ahead);
	*scan = ahead;
	scan_blanks(&ahead);
	if (fraction || !take_sixtieths(&ahead, &number))
		return MF_REASON_NONE;
	reason = sixtieths(&number, "seconds", said);
	if (reason != MF_REASON_NONE)
		return reason;
	*degrees += number.value / 3600.0;
	*step_deg = number_step(&number) / 3600.0;
	scan_blanks(&ahead);
	scan_take_second(&ahead);
	*scan = ahead;
	return MF_REASON_NONE;
}

void
said_note(char *said, const char *format, ...)
{
	va_list		args;
	size_t		len;

	if (said == NULL)
		return;
	va_start(args, format);
	vsnprintf(said, MF_SAID, format, args);
	va_end(args);
	len = strlen(said);
	if (len < MF_SAID - 1)
		return;
	/* the last letter may be cut: leave it out */
	while (len > 0 && is_tail(said + len - 1))
		len--;
	if (len > 0 && (unsigned char) said[len - 1] >= 0x80)
		len--;
	said[len] = '\0';
}

MfReason
scan_not_one(const MfScan *scan, char *said)
{
	size_t		left = (size_t) (scan->end - scan->s);

	said_note(said, "%.*s", (int) (left < MF_SAID ? left : MF_SAID), scan->s);
	return MF_REASON_NOT_ONE;
}
