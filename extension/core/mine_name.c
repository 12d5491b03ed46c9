/*
 * mine_name.c - one name, many spellings
 *
 * "ПМН-2", "PMN 2", "пмн2" and "PMH-2" (a Latin H that looks like the Cyrillic
 * letter for N) are one name.  A character means one sign, by its sound; beside
 * that it may have been meant to be another, by its look.  A name means a
 * known one when every sign of that can be read in it.  Whether it means one
 * known name only is for the caller to find out: nothing is guessed here.
 */
#include "mf_mines.h"

#include <string.h>

#define SIGN_DIGITS 26
#define DIGIT_BITS	(((UINT64_C(1) << 10) - 1) << SIGN_DIGITS)

static uint64_t
sign_bit(char c)
{
	if (c >= '0' && c <= '9')
		return UINT64_C(1) << (SIGN_DIGITS + c - '0');
	return UINT64_C(1) << (c - 'A');
}

/* What a letter of another script means, and which sign it looks like. */
typedef struct Letter
{
	uint32_t	upper;			/* the code points of both cases */
	uint32_t	lower;
	const char *sound;			/* one sign or several; "": none */
	const char *look;			/* single signs */
} Letter;

static const Letter letters[] = {
	{0x0410, 0x0430, "A", ""}, {0x0411, 0x0431, "B", ""}, {0x0412, 0x0432, "V", "B"},
	{0x0413, 0x0433, "G", ""}, {0x0414, 0x0434, "D", ""}, {0x0415, 0x0435, "E", ""},
	{0x0416, 0x0436, "ZH", ""}, {0x0417, 0x0437, "Z", ""}, {0x0418, 0x0438, "I", ""},
	{0x0419, 0x0439, "I", "YJ"}, {0x041A, 0x043A, "K", ""}, {0x041B, 0x043B, "L", ""},
	{0x041C, 0x043C, "M", ""}, {0x041D, 0x043D, "N", "H"}, {0x041E, 0x043E, "O", ""},
	{0x041F, 0x043F, "P", ""}, {0x0420, 0x0440, "R", "P"}, {0x0421, 0x0441, "S", "C"},
	{0x0422, 0x0442, "T", ""}, {0x0423, 0x0443, "U", "Y"}, {0x0424, 0x0444, "F", ""},
	{0x0425, 0x0445, "H", "X"}, {0x0426, 0x0446, "TS", ""}, {0x0427, 0x0447, "CH", ""},
	{0x0428, 0x0448, "SH", ""}, {0x0429, 0x0449, "SHCH", ""}, {0x042A, 0x044A, "", ""},
	{0x042B, 0x044B, "Y", ""}, {0x042C, 0x044C, "", ""}, {0x042D, 0x044D, "E", ""},
	{0x042E, 0x044E, "YU", ""}, {0x042F, 0x044F, "YA", ""},
	{0x0401, 0x0451, "E", ""}, {0x0404, 0x0454, "E", ""}, {0x0406, 0x0456, "I", ""},
	{0x0407, 0x0457, "I", ""}, {0x0408, 0x0458, "J", ""}, {0x0490, 0x0491, "G", ""},
	{0x0402, 0x0452, "DJ", ""}, {0x0409, 0x0459, "LJ", ""}, {0x040A, 0x045A, "NJ", ""},
	{0x040B, 0x045B, "C", ""}, {0x040F, 0x045F, "DZ", ""},
	/* Latin of the Balkans */
	{0x010C, 0x010D, "C", ""}, {0x0106, 0x0107, "C", ""}, {0x0160, 0x0161, "S", ""},
	{0x017D, 0x017E, "Z", ""}, {0x0110, 0x0111, "DJ", ""}
};

/* A Latin letter that a typist took for the Cyrillic one of the same look. */
static const char latin_looks[][2] = {
	{'B', 'V'}, {'C', 'S'}, {'H', 'N'}, {'P', 'R'}, {'X', 'H'}, {'Y', 'U'}
};

/* Digits and letters of one look. */
static const char digit_looks[][2] = {{'3', 'Z'}, {'0', 'O'}, {'1', 'I'}};

#define LENGTHOF(array) (sizeof(array) / sizeof((array)[0]))

/* What parts the signs of a name and says nothing else. */
static bool
parts_signs(uint32_t c)
{
	static const uint32_t others[] = {
		0x00A0, 0x00AB, 0x00BB, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2019,
		0x201C, 0x201D, 0x201E, 0x202F, 0x2212
	};

	if (c == '\t' || (c != 0 && c < 0x80 && strchr(" -._/\"'", (int) c) != NULL))
		return true;
	for (size_t i = 0; i < LENGTHOF(others); i++)
	{
		if (others[i] == c)
			return true;
	}
	return false;
}

/* The next code point, 0 where the bytes are no UTF-8 of up to three bytes. */
static uint32_t
next_character(const char **s, const char *end)
{
	const unsigned char *p = (const unsigned char *) *s;
	size_t		left = (size_t) (end - *s);

	if (p[0] < 0x80)
	{
		*s += 1;
		return p[0];
	}
	if ((p[0] & 0xE0) == 0xC0 && left >= 2)
	{
		*s += 2;
		return (uint32_t) (p[0] & 0x1F) << 6 | (p[1] & 0x3F);
	}
	if ((p[0] & 0xF0) == 0xE0 && left >= 3)
	{
		*s += 3;
		return (uint32_t) (p[0] & 0x0F) << 12 | (uint32_t) (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
	}
	return 0;
}

static bool
add_sign(MfMineName *name, char sound, const char *look)
{
	uint64_t	taken = sign_bit(sound);

	if (name->n == MF_NAME_SIGNS)
		return false;
	for (; *look != '\0'; look++)
		taken |= sign_bit(*look);
	name->meant[name->n] = sign_bit(sound);
	name->taken[name->n++] = taken;
	return true;
}

static bool
add_latin(MfMineName *name, char c)
{
	char		look[2] = "";

	if (c >= 'a' && c <= 'z')
		c -= 'a' - 'A';
	if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
		return false;
	for (size_t i = 0; i < LENGTHOF(latin_looks); i++)
	{
		if (latin_looks[i][0] == c)
			look[0] = latin_looks[i][1];
	}
	return add_sign(name, c, look);
}

static bool
add_character(MfMineName *name, uint32_t c)
{
	if (c < 0x80)
		return add_latin(name, (char) c);
	for (size_t i = 0; i < LENGTHOF(letters); i++)
	{
		if (letters[i].upper != c && letters[i].lower != c)
			continue;
		for (const char *p = letters[i].sound; *p != '\0'; p++)
		{
			if (!add_sign(name, *p, letters[i].sound[1] == '\0' ? letters[i].look : ""))
				return false;
		}
		return true;
	}
	return false;
}

static bool
is_digit(uint64_t sign)
{
	return (sign & DIGIT_BITS) != 0;
}

/*
 * A digit beside a letter may stand for the letter of its look ("ПОМ3-2"),
 * a letter behind a dash or a digit for the digit ("ПОМ-З").
 */
static void
add_looks_of_digits(MfMineName *name, const bool *parted)
{
	for (int i = 0; i < name->n; i++)
	{
		bool		letter_before = i > 0 && !parted[i] && !is_digit(name->meant[i - 1]);
		bool		letter_after = i + 1 < name->n && !parted[i + 1] &&
			!is_digit(name->meant[i + 1]);
		bool		digit_before = i > 0 && (parted[i] || is_digit(name->meant[i - 1]));

		for (size_t k = 0; k < LENGTHOF(digit_looks); k++)
		{
			uint64_t	digit = sign_bit(digit_looks[k][0]);
			uint64_t	letter = sign_bit(digit_looks[k][1]);

			if (name->meant[i] == digit && (letter_before || letter_after))
				name->taken[i] |= letter;
			if (name->meant[i] == letter && digit_before)
				name->taken[i] |= digit;
		}
	}
}

bool
mine_name_read(const char *s, size_t len, MfMineName *name)
{
	const char *end = s + len;
	bool		parted[MF_NAME_SIGNS + 1] = {false};

	memset(name, 0, sizeof(*name));
	while (s < end)
	{
		uint32_t	c = next_character(&s, end);

		if (c == 0)
			return false;
		if (parts_signs(c))
			parted[name->n] = true;
		else if (!add_character(name, c))
			return false;
	}
	add_looks_of_digits(name, parted);
	return name->n > 0;
}

bool
mine_name_means(const MfMineName *name, const MfMineName *known)
{
	if (name->n != known->n)
		return false;
	for (int i = 0; i < name->n; i++)
	{
		if ((name->taken[i] & known->meant[i]) == 0)
			return false;
	}
	return true;
}

void
mine_name_text(const MfMineName *name, char *buffer)
{
	static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	for (int i = 0; i < name->n; i++)
	{
		int			sign = 0;

		while (name->meant[i] != UINT64_C(1) << sign)
			sign++;
		buffer[i] = signs[sign];
	}
	buffer[name->n] = '\0';
}
