/*
 * map_sheet.c - the Soviet nomenclature of map sheets
 *
 * The sheets of the international 1:1,000,000 map, cut up: 4 of 1:500,000
 * (А Б В Г), 36 of 1:200,000 (I to XXXVI), 144 of 1:100,000 (1 to 144); one of
 * these into 4 of 1:50,000 (А Б В Г), that into 4 of 1:25,000 (а б в г), that
 * into 4 of 1:10,000 (1 to 4).  All are counted from the north-west, eastward.
 * Rows are lettered A (0 to 4 degrees north) to V, columns run from 1 (180 to
 * 174 degrees west) to 60.  Sheets between 60 and 76 degrees are printed in
 * twos, beyond in threes and fours.
 *
 * Typed copies have Latin letters for Cyrillic ones, by sound or by looks, and
 * the other way about: В is the third quarter, B the second by sound and the
 * third by looks.  Frames are kept in whole seconds.
 */
#include "scan.h"

#include <math.h>
#include <string.h>

#define MAX_TOKENS	5			/* column, 1:100,000 and three below */
#define DOUBLE_ROW	15			/* P: 60 degrees north */
#define QUADRUPLE_ROW 19		/* T: 76 degrees north */
#define LAST_ROW	21			/* V: to 88 degrees */
/* A tenth of a metre beyond the frame is rounding. */
#define FRAME_SLACK	1e-6

typedef enum Kind
{
	NUMBER,
	QUARTER,
	ROMAN
} Kind;

typedef struct Token
{
	Kind		kind;
	int			value;
} Token;

/* One sheet: its tokens from the column on. */
typedef struct Path
{
	int			n;
	Token		tokens[MAX_TOKENS];
} Path;

/* A frame in seconds of arc. */
typedef struct Frame
{
	int32_t		west;
	int32_t		south;
	int32_t		width;
	int32_t		height;
	uint32_t	scale;
} Frame;

/* What is being read. */
typedef struct Reader
{
	MfScan		scan;
	const char *start;
	char	   *said;
} Reader;

/* ---- letters ---- */

typedef struct Letter
{
	uint32_t	written;
	char		first;			/* what it stands for */
	char		second;			/* or this; 0: nothing else */
} Letter;

/* Rows, in Cyrillic by looks and by sound; Latin letters are themselves. */
static const Letter row_letters[] = {
	{0x410, 'A', 0}, {0x411, 'B', 0}, {0x412, 'B', 'V'}, {0x413, 'G', 0},
	{0x414, 'D', 0}, {0x415, 'E', 0}, {0x418, 'I', 0}, {0x41A, 'K', 0},
	{0x41B, 'L', 0}, {0x41C, 'M', 0}, {0x41D, 'H', 'N'}, {0x41E, 'O', 0},
	{0x41F, 'P', 0}, {0x420, 'P', 'R'}, {0x421, 'C', 'S'}, {0x422, 'T', 0},
	{0x423, 'U', 0}, {0x424, 'F', 0},
};

/* Quarters: А Б В Г, A B V G by sound, A B C D by order, B for В by looks. */
static const Letter quarter_letters[] = {
	{0x410, 1, 0}, {0x411, 2, 0}, {0x412, 3, 0}, {0x413, 4, 0},
	{'A', 1, 0}, {'B', 2, 3}, {'C', 3, 0}, {'D', 4, 0}, {'V', 3, 0}, {'G', 4, 0},
};

static const char *const quarter_names[] = {"", "А", "Б", "В", "Г"};

static const Letter *
letter_find(const Letter *letters, size_t n, uint32_t written)
{
	for (size_t i = 0; i < n; i++)
		if (letters[i].written == written)
			return &letters[i];
	return NULL;
}

/* Both readings of what was taken since before, within the whole text. */
static MfReason
two_readings(const Reader *reader, const char *before, const char *one, const char *other)
{
	int			head = (int) (before - reader->start);
	int			tail = (int) (reader->scan.end - reader->scan.s);

	said_note(reader->said, "%.*s%s%.*s or %.*s%s%.*s", head, reader->start, one, tail,
			  reader->scan.s, head, reader->start, other, tail, reader->scan.s);
	return MF_REASON_AMBIGUOUS;
}

/* ---- reading tokens ---- */

static MfReason
take_row(Reader *reader, int *row)
{
	const char *before = reader->scan.s;
	char		one[2] = "";
	char		other[2] = "";
	const Letter *letter;
	uint32_t	written;
	int			size;

	written = scan_look_capital(&reader->scan, &size);
	if (written < 'A' || written > 'V')
	{
		letter = letter_find(row_letters, sizeof(row_letters) / sizeof(Letter), written);
		if (letter == NULL)
			return scan_not_one(&reader->scan, reader->said);
		one[0] = letter->first;
		other[0] = letter->second;
	}
	else
		one[0] = (char) written;
	reader->scan.s += size;
	if (other[0] != '\0')
		return two_readings(reader, before, one, other);
	*row = one[0] - 'A';
	return MF_REASON_NONE;
}

/* A Roman number up to 39, its letters Latin or those that look alike. */
static int
take_roman(MfScan *scan)
{
	int			value = 0;
	int			last = 10;
	int			size;

	for (;;)
	{
		uint32_t	letter = scan_look_capital(scan, &size);
		int			digit = letter == 'X' || letter == 0x425 ? 10 : letter == 'V' ? 5 :
			letter == 'I' || letter == 0x406 ? 1 : 0;

		if (digit == 0)
			return value;
		/* IV, IX: what was added is taken away, and once more */
		value += digit > last ? digit - 2 * last : digit;
		last = digit;
		scan->s += size;
	}
}

/* Is the number written as Romans wrote it: 4 is IV, not IIII? */
static bool
is_roman(const char *s, const char *end, int value)
{
	static const char *const ones[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
	MfScan		scan = {s, end};
	char		wanted[16] = "";
	int			size;

	if (value < 1 || value > 36)
		return false;
	for (int tens = value / 10; tens > 0; tens--)
		strcat(wanted, "X");
	strcat(wanted, ones[value % 10]);
	for (const char *p = wanted; *p != '\0'; p++)
	{
		uint32_t	letter = scan_look_capital(&scan, &size);

		if (letter != (uint32_t) *p && !(*p == 'X' && letter == 0x425) &&
			!(*p == 'I' && letter == 0x406))
			return false;
		scan.s += size;
	}
	return scan.s == end;
}

/* Does the next item of a double sheet begin with VI? */
static bool
six_follows(MfScan scan)
{
	const char *s;

	scan_blanks(&scan);
	if (!scan_take(&scan, ','))
		return false;
	scan_blanks(&scan);
	s = scan.s;
	take_roman(&scan);
	return is_roman(s, scan.s, 6);
}

/*
 * A letter or Roman number; only right below the column it may be the latter,
 * and must be where the sheet before had one.
 */
static MfReason
take_letter(Reader *reader, bool below_column, bool roman, Token *token)
{
	const char *before = reader->scan.s;
	const Letter *letter;
	MfScan		ahead = reader->scan;
	int			value;
	int			size;

	letter = letter_find(quarter_letters, sizeof(quarter_letters) / sizeof(Letter),
						 scan_look_capital(&ahead, &size));
	value = take_roman(&ahead);
	if (below_column && is_roman(before, ahead.s, value))
	{
		reader->scan = ahead;
		/* V: the fifth of 36, or В by sound */
		if (letter != NULL && value == 5 && !roman && !six_follows(ahead))
			return two_readings(reader, before, "V (1:200,000)", "В (1:500,000)");
		*token = (Token) {ROMAN, value};
		return MF_REASON_NONE;
	}
	if (letter == NULL)
		return scan_not_one(&reader->scan, reader->said);
	reader->scan.s += size;
	if (letter->second != 0)
		return two_readings(reader, before, quarter_names[(int) letter->first],
							quarter_names[(int) letter->second]);
	*token = (Token) {QUARTER, letter->first};
	return MF_REASON_NONE;
}

static MfReason
take_token(Reader *reader, bool below_column, bool roman, Token *token)
{
	MfNumber	number;

	if (!scan_number(&reader->scan, false, &number))
		return take_letter(reader, below_column, roman, token);
	if (number.value < 1.0 || number.value > 144.0)
	{
		said_note(reader->said, "%.10g", number.value);
		return MF_REASON_RANGE;
	}
	*token = (Token) {NUMBER, (int) number.value};
	return MF_REASON_NONE;
}

/* Between tokens: a dash, or blanks.  False: the text or its item ends. */
static bool
take_separator(MfScan *scan)
{
	MfScan		ahead = *scan;
	bool		dash;

	scan_blanks(&ahead);
	dash = scan_take_dash(&ahead);
	scan_blanks(&ahead);
	if (!dash && (ahead.s == scan->s || ahead.s == ahead.end || *ahead.s == ','))
		return false;
	*scan = ahead;
	return true;
}

/*
 * The tokens of one item up to a comma or the end.  Of an item after the
 * first they replace the last ones of the sheet before it; whether its first
 * one is right below a column is known when all are there.
 */
static MfReason
take_item(Reader *reader, const Path *before, Path *path)
{
	const char *item = reader->scan.s;
	int			n = 0;
	bool		numbered = false;

	do
	{
		/* the first path has its column first; others, a number where that is */
		bool		below = before == NULL ? n == 1 : n == 0 ? before->n == 2 : n == 1 && numbered;
		MfReason	reason;

		if (n == MAX_TOKENS)
			return scan_not_one(&reader->scan, reader->said);
		reason = take_token(reader, below, before != NULL && before->tokens[1].kind == ROMAN,
							&path->tokens[n]);
		if (reason != MF_REASON_NONE)
			return reason;
		numbered = path->tokens[0].kind == NUMBER && before != NULL && before->n == 2;
		n++;
	} while (take_separator(&reader->scan));
	path->n = n;
	if (before == NULL)
		return MF_REASON_NONE;
	if (n > before->n)
	{
		reader->scan.s = item;
		return scan_not_one(&reader->scan, reader->said);
	}
	memmove(path->tokens + before->n - n, path->tokens, sizeof(Token) * (size_t) n);
	memcpy(path->tokens, before->tokens, sizeof(Token) * (size_t) (before->n - n));
	path->n = before->n;
	return MF_REASON_NONE;
}

/* ---- frames ---- */

/* The nth (from 1) of so many by so many, from the north-west eastward. */
static void
frame_cut(Frame *frame, int side, int nth, uint32_t scale)
{
	frame->width /= side;
	frame->height /= side;
	frame->west += (nth - 1) % side * frame->width;
	frame->south += (side - 1 - (nth - 1) / side) * frame->height;
	frame->scale = scale;
}

/* False: no sheet has such a name. */
static bool
frame_of(int row, const Path *path, Frame *frame)
{
	const Token *t = path->tokens;

	if (t[0].kind != NUMBER || t[0].value > 60)
		return false;
	*frame = (Frame) {(t[0].value - 31) * 6 * 3600, row * 4 * 3600, 6 * 3600, 4 * 3600, 1000000};
	if (path->n == 1)
		return true;
	if (t[1].kind == QUARTER)
		frame_cut(frame, 2, t[1].value, 500000);
	else if (t[1].kind == ROMAN)
		frame_cut(frame, 6, t[1].value, 200000);
	else
		frame_cut(frame, 12, t[1].value, 100000);
	if (path->n > 2 && t[1].kind != NUMBER)
		return false;
	for (int i = 2; i < path->n; i++)
	{
		if (t[i].kind != (i < 4 ? QUARTER : NUMBER) || t[i].value > 4)
			return false;
		frame_cut(frame, 2, t[i].value, i == 2 ? 50000 : i == 3 ? 25000 : 10000);
	}
	return true;
}

/* How many sheets are printed on one, at most. */
static int
most_on_one(int row)
{
	return row >= QUADRUPLE_ROW ? 4 : row >= DOUBLE_ROW ? 2 : 1;
}

/* Add the eastern neighbour; false: it is none. */
static bool
frame_join(Frame *frame, const Frame *next)
{
	if (next->west != frame->west + frame->width || next->south != frame->south ||
		next->scale != frame->scale)
		return false;
	frame->width += next->width;
	return true;
}

static MfReason
read_items(Reader *reader, int row, Frame *frame, int *column)
{
	Path		paths[2] = {0};
	Frame		next;
	int			n = 0;

	do
	{
		MfReason	reason;

		scan_blanks(&reader->scan);
		reason = take_item(reader, n == 0 ? NULL : &paths[(n + 1) % 2], &paths[n % 2]);
		if (reason != MF_REASON_NONE)
			return reason;
		if (!frame_of(row, &paths[n % 2], &next))
		{
			said_note(reader->said, "no sheet has this name");
			return MF_REASON_RANGE;
		}
		if (n == most_on_one(row) || (n > 0 && !frame_join(frame, &next)))
		{
			said_note(reader->said, n == most_on_one(row) ? "%d sheets on one" :
					  "%d sheets that do not adjoin", n + 1);
			return MF_REASON_CONFLICT;
		}
		if (n == 0)
		{
			*frame = next;
			*column = paths[0].tokens[0].value;
		}
		n++;
		scan_blanks(&reader->scan);
	} while (scan_take(&reader->scan, ','));
	return scan_done(&reader->scan) ? MF_REASON_NONE : scan_not_one(&reader->scan, reader->said);
}

MfReason
map_sheet_read(const char *s, size_t len, MfMapSheet *sheet, char *said)
{
	Reader		reader = {{s, s + len}, s, said};
	Frame		frame = {0};
	MfReason	reason;
	int			row = 0;
	int			column = 0;

	said_note(said, "%s", "");
	scan_blanks(&reader.scan);
	reader.start = reader.scan.s;
	reason = take_row(&reader, &row);
	if (reason != MF_REASON_NONE)
		return reason;
	take_separator(&reader.scan);
	reason = read_items(&reader, row, &frame, &column);
	if (reason != MF_REASON_NONE)
		return reason;
	sheet->west = frame.west / 3600.0;
	sheet->south = frame.south / 3600.0;
	sheet->east = (frame.west + frame.width) / 3600.0;
	sheet->north = (frame.south + frame.height) / 3600.0;
	sheet->scale = frame.scale;
	sheet->zone = column > 30 ? column - 30 : column + 30;
	return MF_REASON_NONE;
}

/* ---- completing coordinates ---- */

/* Between which northings and eastings the sheet lies. */
static void
grid_box(const MfMapSheet *sheet, const MfTransverse *tm, double *low, double *high)
{
	low[0] = low[1] = INFINITY;
	high[0] = high[1] = -INFINITY;
	/* corners, middles of sides and centre: sides bend by less than they tell */
	for (int i = 0; i < 9; i++)
	{
		double		lonlat[2] = {sheet->west + (sheet->east - sheet->west) * (i % 3) / 2,
		sheet->south + (sheet->north - sheet->south) * (i / 3) / 2};
		double		en[2];

		transverse_forward(tm, lonlat, en);
		for (int k = 0; k < 2; k++)
		{
			low[k] = fmin(low[k], en[k]);
			high[k] = fmax(high[k], en[k]);
		}
	}
}

static bool
on_sheet(const MfMapSheet *sheet, const MfTransverse *tm, const double *en)
{
	double		lonlat[2];

	transverse_inverse(tm, en, lonlat);
	return lonlat[0] >= sheet->west - FRAME_SLACK && lonlat[0] <= sheet->east + FRAME_SLACK &&
		lonlat[1] >= sheet->south - FRAME_SLACK && lonlat[1] <= sheet->north + FRAME_SLACK;
}

/*
 * What is left out repeats every 100 km, or more where more digits are there:
 * that period, and the first completion that is not below the sheet.
 */
static double
left_out(double written, double low, double *first)
{
	double		period = 100000.0;

	while (period <= written)
		period *= 10.0;
	*first = written + fmax(0.0, ceil((low - 1.0 - written) / period)) * period;
	return period;
}

MfReason
map_sheet_complete(const MfMapSheet *sheet, double northing, double easting,
				   double *full_northing, double *full_easting, char *said)
{
	MfTransverse tm;
	double		low[2];
	double		high[2];
	double		first[2];
	double		period[2];
	double		en[2];
	int			found = 0;

	said_note(said, "%s", "");
	if (!(northing >= 0.0 && northing < 1e8 && easting >= 0.0 && easting < 1e8))
	{
		said_note(said, "%.10g %.10g", northing, easting);
		return MF_REASON_RANGE;
	}
	transverse_gauss(&tm, sheet->zone);
	grid_box(sheet, &tm, low, high);
	period[0] = left_out(easting, low[0], &first[0]);
	period[1] = left_out(northing, low[1], &first[1]);
	for (en[1] = first[1]; en[1] <= high[1] + 1.0; en[1] += period[1])
	{
		for (en[0] = first[0]; en[0] <= high[0] + 1.0; en[0] += period[0])
		{
			if (!on_sheet(sheet, &tm, en))
				continue;
			if (found++ == 0)
			{
				*full_northing = en[1];
				*full_easting = en[0];
				continue;
			}
			said_note(said, "%.10g %.10g or %.10g %.10g", *full_northing, *full_easting, en[1], en[0]);
			return MF_REASON_AMBIGUOUS;
		}
	}
	return found == 1 ? MF_REASON_NONE : MF_REASON_NOT_ON_SHEET;
}
