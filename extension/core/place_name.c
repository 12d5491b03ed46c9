/*
 * place_name.c - are these two names of one place, or one unit?
 *
 * "Агдам", "Ağdam" and "Aghdam" are one name to the ear.  Letters become Latin
 * ones by their sound, whatever their marks; spellings that differ from one
 * way of transliterating to another are folded into one; then pairs of
 * neighbouring letters are compared, so that an ending or a slip of the pen
 * costs little.  Numbers are not compared by sound: they are what tells names
 * of one pattern apart.
 */
#include "mf_likeness.h"

#include <stdlib.h>
#include <string.h>

#define SIGNS (MF_NAME_PAIRS + 1)

/* Runs of letters whose capital and small forms lie at a fixed distance. */
static const char *const cyrillic[] = {	/* from U+0430 */
	"a", "b", "v", "g", "d", "e", "j", "z", "i", "i", "k", "l", "m", "n", "o", "p",
	"r", "s", "t", "u", "f", "h", "ts", "c", "s", "s", "", "i", "", "e", "iu", "ia"
};
static const char *const armenian[] = {	/* from U+0561 */
	"a", "b", "g", "d", "e", "z", "e", "e", "t", "j", "i", "l", "h", "ts", "k", "h",
	"dz", "g", "c", "m", "i", "n", "s", "o", "c", "p", "j", "r", "s", "v", "t", "r",
	"ts", "v", "p", "k", "o", "f"
};
static const char *const georgian[] = {	/* from U+10D0 */
	"a", "b", "g", "d", "e", "v", "z", "t", "i", "k", "l", "m", "n", "o", "p", "j",
	"r", "s", "t", "u", "p", "k", "g", "k", "s", "c", "ts", "dz", "ts", "c", "h", "j", "h"
};

/* Letters that stand alone: both cases, and the sound. */
static const struct
{
	uint32_t	upper;
	uint32_t	lower;
	const char *sound;
}			single[] = {
	{0x0401, 0x0451, "e"}, {0x0404, 0x0454, "e"}, {0x0406, 0x0456, "i"},
	{0x0407, 0x0457, "i"}, {0x0408, 0x0458, "i"}, {0x0490, 0x0491, "g"},
	{0x0402, 0x0452, "dj"}, {0x0409, 0x0459, "li"}, {0x040A, 0x045A, "ni"},
	{0x040B, 0x045B, "c"}, {0x040F, 0x045F, "dj"},
	{0x0492, 0x0493, "g"}, {0x049C, 0x049D, "g"}, {0x04AE, 0x04AF, "u"},
	{0x04B8, 0x04B9, "j"}, {0x04BA, 0x04BB, "h"}, {0x04D8, 0x04D9, "a"}, {0x04E8, 0x04E9, "o"},
	{0x00C4, 0x00E4, "a"}, {0x00C7, 0x00E7, "c"}, {0x00D6, 0x00F6, "o"}, {0x00DC, 0x00FC, "u"},
	{0x018F, 0x0259, "a"}, {0x011E, 0x011F, "g"}, {0x0130, 0x0131, "i"}, {0x015E, 0x015F, "s"},
	{0x010C, 0x010D, "c"}, {0x0106, 0x0107, "c"}, {0x0160, 0x0161, "s"},
	{0x017D, 0x017E, "j"}, {0x0110, 0x0111, "dj"}
};

/* Latin letters written for one sound, longest first. */
static const char *const spelled[][2] = {
	{"shch", "s"}, {"kh", "h"}, {"gh", "g"}, {"zh", "j"}, {"ch", "c"}, {"sh", "s"},
	{"ph", "f"}, {"th", "t"}, {"ya", "ia"}, {"yu", "iu"}, {"yo", "e"}, {"ye", "e"},
	{"y", "i"}, {"w", "v"}, {"q", "g"}, {"x", "h"}
};

#define LENGTHOF(array) (sizeof(array) / sizeof((array)[0]))

/* The next code point; 0 where the bytes are no UTF-8. */
static uint32_t
next_character(const char **s, const char *end)
{
	const unsigned char *p = (const unsigned char *) *s;
	size_t		left = (size_t) (end - *s);
	int			more = p[0] < 0x80 ? 0 : p[0] < 0xE0 ? 1 : p[0] < 0xF0 ? 2 : 3;
	uint32_t	c = more == 0 ? p[0] : p[0] & (0x3F >> more);

	if ((size_t) more >= left)
	{
		*s = end;
		return 0;
	}
	for (int i = 1; i <= more; i++)
		c = c << 6 | (p[i] & 0x3F);
	*s += more + 1;
	return c;
}

/* The sound of a letter that is not plain Latin; NULL: it is none. */
static const char *
letter_sound(uint32_t c)
{
	if (c >= 0x0410 && c < 0x0430)
		c += 0x20;
	else if (c >= 0x0531 && c < 0x0557)
		c += 0x30;
	else if (c >= 0x1C90 && c < 0x1CB1)
		c -= 0x1C90 - 0x10D0;
	if (c >= 0x0430 && c < 0x0430 + LENGTHOF(cyrillic))
		return cyrillic[c - 0x0430];
	if (c >= 0x0561 && c < 0x0561 + LENGTHOF(armenian))
		return armenian[c - 0x0561];
	if (c >= 0x10D0 && c < 0x10D0 + LENGTHOF(georgian))
		return georgian[c - 0x10D0];
	for (size_t i = 0; i < LENGTHOF(single); i++)
	{
		if (single[i].upper == c || single[i].lower == c)
			return single[i].sound;
	}
	return NULL;
}

/* What is gathered: sounds with a space between words, and numbers. */
typedef struct Sounds
{
	char		text[4 * SIGNS];	/* before spellings are folded */
	size_t		n;
	bool		letter;			/* the last character was a letter */
	bool		digit;
} Sounds;

static void
add_sound(Sounds *sounds, const char *sound)
{
	if (!sounds->letter && sounds->n > 0 && sounds->n < sizeof(sounds->text))
		sounds->text[sounds->n++] = ' ';
	while (*sound != '\0' && sounds->n < sizeof(sounds->text))
		sounds->text[sounds->n++] = *sound++;
}

static void
add_digit(Sounds *sounds, MfPlaceName *name, char digit)
{
	/* 007 is 7 */
	if (!sounds->digit && name->ndigits + 1 < MF_NAME_DIGITS)
		name->digits[name->ndigits++] = ' ';
	else if (name->ndigits > 1 && name->digits[name->ndigits - 1] == '0' &&
			 name->digits[name->ndigits - 2] == ' ')
		name->ndigits--;
	if (name->ndigits < MF_NAME_DIGITS)
		name->digits[name->ndigits++] = digit;
}

static void
gather(Sounds *sounds, MfPlaceName *name, const char *s, const char *end)
{
	while (s < end)
	{
		uint32_t	c = next_character(&s, end);
		char		latin[2] = {(char) (c | 0x20), '\0'};
		const char *sound = NULL;

		if (c == '\'' || c == 0x2019 || c == 0x02BC)
			continue;			/* within a word */
		if (c < 0x80 && latin[0] >= 'a' && latin[0] <= 'z')
			sound = latin;
		else if (c >= 0x80)
			sound = letter_sound(c);
		if (sound != NULL)
			add_sound(sounds, sound);
		if (c >= '0' && c <= '9')
			add_digit(sounds, name, (char) c);
		sounds->letter = sound != NULL;
		sounds->digit = c >= '0' && c <= '9';
	}
}

/* Spellings of one sound, and double letters, become one letter. */
static size_t
fold(const char *text, size_t n, char *folded)
{
	size_t		out = 0;

	for (size_t i = 0; i < n && out + 2 < SIGNS;)
	{
		const char *sound = NULL;
		size_t		len = 1;

		for (size_t k = 0; k < LENGTHOF(spelled) && sound == NULL; k++)
		{
			size_t		l = strlen(spelled[k][0]);

			if (l <= n - i && memcmp(text + i, spelled[k][0], l) == 0)
			{
				sound = spelled[k][1];
				len = l;
			}
		}
		if (sound == NULL)
		{
			if (out == 0 || folded[out - 1] != text[i])
				folded[out++] = text[i];
		}
		else
		{
			for (; *sound != '\0'; sound++)
			{
				if (out == 0 || folded[out - 1] != *sound)
					folded[out++] = *sound;
			}
		}
		i += len;
	}
	return out;
}

static int
compare_pairs(const void *x, const void *y)
{
	return (int) *(const uint16_t *) x - (int) *(const uint16_t *) y;
}

bool
place_name_read(const char *s, size_t len, MfPlaceName *name)
{
	Sounds		sounds = {.n = 0};
	char		folded[SIGNS];
	size_t		n;
	unsigned char before = ' ';

	memset(name, 0, sizeof(*name));
	gather(&sounds, name, s, s + len);
	n = fold(sounds.text, sounds.n, folded);
	/* words begin with a pair of their own, so that initials count */
	for (size_t i = 0; i < n && name->npairs < MF_NAME_PAIRS; i++)
	{
		unsigned char c = (unsigned char) folded[i];

		if (c != ' ')
			name->pairs[name->npairs++] = (uint16_t) (before << 8 | c);
		before = c;
	}
	qsort(name->pairs, (size_t) name->npairs, sizeof(uint16_t), compare_pairs);
	return name->npairs > 0 || name->ndigits > 0;
}

double
place_name_likeness(const MfPlaceName *a, const MfPlaceName *b)
{
	int			common = 0;
	bool		same_digits = a->ndigits == b->ndigits &&
		memcmp(a->digits, b->digits, (size_t) a->ndigits) == 0;
	double		likeness;

	for (int i = 0, k = 0; i < a->npairs && k < b->npairs;)
	{
		if (a->pairs[i] == b->pairs[k])
		{
			common++;
			i++;
			k++;
		}
		else if (a->pairs[i] < b->pairs[k])
			i++;
		else
			k++;
	}
	likeness = a->npairs + b->npairs > 0 ? 2.0 * common / (a->npairs + b->npairs) : 1;
	return same_digits ? likeness : likeness / 3;
}
