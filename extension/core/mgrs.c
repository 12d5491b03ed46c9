/*
 * mgrs.c - the Military Grid Reference System
 *
 * Letters for squares of 100 km, digits within them: NGA.STND.0037 (Universal
 * Grids and Grid Reference Systems, 2014), section 3 for the letters, appendix
 * B for UPS.  Where a square touches its band decides whether its letters can
 * stand together; references are truncated, never rounded, so that the
 * square named holds the place.
 */
#include "scan.h"

#include <math.h>
#include <string.h>

#define SQUARE		100000.0
/* Row letters repeat every so many squares of 100 km. */
#define ROW_PERIOD	20
#define POLE_ORIGIN	2000000.0

static const char bands[] = "CDEFGHJKLMNPQRSTUVWX";
static const char rows[] = "ABCDEFGHJKLMNPQRSTUV";
static const char *const columns[] = {"STUVWXYZ", "ABCDEFGH", "JKLMNPQR"};
/* UPS: columns of the western halves end at the pole, others begin there. */
static const char west_columns[] = "JKLPQRSTUXYZ";
static const char east_columns[] = "ABCFGHJKLPQR";
static const char polar_rows[] = "ABCDEFGHJKLMNPQRSTUVWXYZ";

/* How many squares UPS reaches from the pole. */
static int
polar_reach(bool north)
{
	return north ? 7 : 12;
}

/* The place of a letter in a list; -1: it is not there. */
static int
letter_index(const char *letters, char letter)
{
	const char *at = letter == '\0' ? NULL : strchr(letters, letter);

	return at == NULL ? -1 : (int) (at - letters);
}

/* ---- which rows a band has ---- */

/*
 * Does a square that begins so many squares from the equator touch the band?
 * Parallels bend to the pole away from the central meridian, so the side of a
 * column that is nearer to it reaches farthest south of them (in the north).
 * The outermost bands reach as far as UTM does.
 */
static bool
square_in_band(int band, int column, int row)
{
	int			south_lat = band * 8 - 80;
	double		near_m;
	double		far_m;
	double		low[2];
	double		high[2];
	MfTransverse tm;

	/* by symmetry, in the north */
	if (south_lat < 0)
		return square_in_band(19 - band, column, -1 - row);
	if (row < 0)
		return false;
	transverse_utm(&tm, 31, true);
	near_m = column < 5 ? 500000.0 - (column + 1) * SQUARE : column * SQUARE - 500000.0;
	far_m = near_m + SQUARE;
	transverse_inverse(&tm, (const double[]) {tm.false_easting + near_m, (row + 1) * SQUARE}, low);
	if (low[1] <= south_lat)
		return false;
	if (band == 19)
		return row <= 94;
	transverse_inverse(&tm, (const double[]) {tm.false_easting + far_m, row * SQUARE}, high);
	return high[1] < south_lat + 8;
}

/* The row of a letter in a zone and band, from the equator; false: none. */
static bool
row_find(int zone, int band, int column, int letter, int *row)
{
	int			first = (letter + (zone % 2 == 0 ? ROW_PERIOD - 5 : 0)) % ROW_PERIOD;

	for (*row = first - 5 * ROW_PERIOD; *row < 5 * ROW_PERIOD; *row += ROW_PERIOD)
		/* a row is 0.9 degrees, or a little less: most are plainly elsewhere */
		if (*row >= -90 && fabs((*row + 0.5) * 0.9 - (band * 8 - 76)) < 12.0 &&
			square_in_band(band, column, *row))
			return true;
	return false;
}

/* ---- reading ---- */

static MfReason
square_of_zone(MfMgrs *mgrs, char column_letter, char row_letter, char *said)
{
	int			band = letter_index(bands, mgrs->band);
	int			column = letter_index(columns[mgrs->zone % 3], column_letter);
	int			letter = letter_index(rows, row_letter);
	int			row;

	if (column < 0 || letter < 0 ||
		!row_find(mgrs->zone, band, column + 1, letter, &row))
	{
		said_note(said, "%c%c is no square of %d%c", column_letter, row_letter,
				  mgrs->zone, mgrs->band);
		return MF_REASON_CONFLICT;
	}
	mgrs->north = band >= 10;
	mgrs->easting = (column + 1) * SQUARE;
	mgrs->northing = (row + (mgrs->north ? 0 : 100)) * SQUARE;
	return MF_REASON_NONE;
}

static MfReason
square_of_pole(MfMgrs *mgrs, char column_letter, char row_letter, char *said)
{
	bool		east = mgrs->band == 'B' || mgrs->band == 'Z';
	int			column = letter_index(east ? east_columns : west_columns, column_letter);
	int			row = letter_index(polar_rows, row_letter);
	int			reach;

	mgrs->north = mgrs->band >= 'Y';
	reach = polar_reach(mgrs->north);
	if (column < 0 || row < 0 || row >= 2 * reach ||
		(east ? column >= reach : column < 12 - reach))
	{
		said_note(said, "%c%c is no square of %c", column_letter, row_letter, mgrs->band);
		return MF_REASON_CONFLICT;
	}
	mgrs->easting = POLE_ORIGIN + (east ? column : column - 12) * SQUARE;
	mgrs->northing = POLE_ORIGIN + (row - reach) * SQUARE;
	return MF_REASON_NONE;
}

/* A capital of the alphabet; 0: something else, or the end. */
static char
take_letter(MfScan *scan)
{
	int			size;
	uint32_t	letter;

	scan_blanks(scan);
	letter = scan_look_capital(scan, &size);
	if (letter < 'A' || letter > 'Z')
		return '\0';
	scan->s += size;
	return (char) letter;
}

/*
 * The digits, in one group of an even number or two of the same number, as a
 * place within the square.
 */
static MfReason
take_digits(MfScan *scan, MfMgrs *mgrs, char *said)
{
	char		digits[2 * MF_MGRS_DIGITS];
	int			n = 0;
	int			groups = 0;
	int			first = 0;		/* digits of the first group */
	double		within[2] = {0, 0};

	scan_blanks(scan);
	while (scan->s < scan->end && *scan->s >= '0' && *scan->s <= '9')
	{
		const char *digit = scan->s;

		if (n == (int) sizeof(digits))
		{
			said_note(said, "more than %d digits", n);
			return MF_REASON_RANGE;
		}
		digits[n++] = *scan->s++;
		scan_blanks(scan);
		if ((scan->s - digit > 1 || scan->s == scan->end) && groups++ == 0)
			first = n;
	}
	if (!scan_done(scan))
		return scan_not_one(scan, said);
	if (n % 2 != 0 || groups > 2 || (groups == 2 && first != n / 2))
	{
		said_note(said, n % 2 != 0 ? "%d digits" : "%d digits in unequal groups", n);
		return MF_REASON_NOT_ONE;
	}
	for (int i = 0; i < n; i++)
		within[i >= n / 2] = within[i >= n / 2] * 10.0 + (digits[i] - '0');
	/* whole numbers of a power of ten: one rounding each */
	mgrs->size_m = n / 2 > 5 ? 1.0 / pow(10.0, n / 2 - 5) : pow(10.0, 5 - n / 2);
	mgrs->easting += n / 2 > 5 ? within[0] / pow(10.0, n / 2 - 5) : within[0] * mgrs->size_m;
	mgrs->northing += n / 2 > 5 ? within[1] / pow(10.0, n / 2 - 5) : within[1] * mgrs->size_m;
	return MF_REASON_NONE;
}

/* The zone of the text, 0 where it begins with a letter. */
static MfReason
take_zone(MfScan *scan, MfMgrs *mgrs, char *said)
{
	MfNumber	number;

	mgrs->zone = 0;
	if (!scan_number(scan, false, &number))
		return MF_REASON_NONE;
	if (number.whole > 2 || number.value < 1.0 || number.value > 60.0)
	{
		said_note(said, "zone %.10g", number.value);
		return MF_REASON_RANGE;
	}
	mgrs->zone = (int) number.value;
	return MF_REASON_NONE;
}

MfReason
mgrs_read(const char *s, size_t len, MfMgrs *mgrs, char *said)
{
	MfScan		scan = {s, s + len};
	MfScan		whole;
	MfReason	reason;
	char		column;
	char		row;

	said_note(said, "%s", "");
	scan_blanks(&scan);
	whole = scan;
	reason = take_zone(&scan, mgrs, said);
	if (reason != MF_REASON_NONE)
		return reason;
	mgrs->band = take_letter(&scan);
	column = take_letter(&scan);
	row = take_letter(&scan);
	if (mgrs->band == '\0' || column == '\0' || row == '\0')
		return scan_not_one(&whole, said);
	if (letter_index(mgrs->zone != 0 ? bands : "ABYZ", mgrs->band) < 0)
	{
		said_note(said, mgrs->zone != 0 ? "band %c" : "band %c without a zone", mgrs->band);
		return MF_REASON_RANGE;
	}
	reason = mgrs->zone != 0 ? square_of_zone(mgrs, column, row, said) :
		square_of_pole(mgrs, column, row, said);
	return reason != MF_REASON_NONE ? reason : take_digits(&scan, mgrs, said);
}

/* ---- writing ---- */

/* The zone of a place, with Norway's and Svalbard's exceptions. */
static int
zone_of(double lon, double lat)
{
	int			zone = (int) floor((lon + 180.0) / 6.0) + 1;

	if (lat >= 56.0 && lat < 64.0 && lon >= 3.0 && lon < 12.0)
		return 32;
	if (lat < 72.0 || lat >= 84.0 || lon < 0.0 || lon >= 42.0)
		return zone;
	return lon < 9.0 ? 31 : lon < 21.0 ? 33 : lon < 33.0 ? 35 : 37;
}

/* Digits of metres within the square, truncated from micrometres. */
static void
write_digits(char *text, double metres, int digits)
{
	int64_t		micrometres = (int64_t) floor(fmod(metres, SQUARE) * 1e6);

	for (int i = MF_MGRS_DIGITS; i > digits; i--)
		micrometres /= 10;
	for (int i = digits - 1; i >= 0; i--)
	{
		text[i] = (char) ('0' + micrometres % 10);
		micrometres /= 10;
	}
}

/* "39TXF" of a place; its coordinates in the grid go to en. */
static int
write_zone(double lon, double lat, char *text, double *en)
{
	int			band = (int) floor((lat + 80.0) / 8.0);
	int			zone = zone_of(lon, lat);
	int			row;
	MfTransverse tm;

	transverse_utm(&tm, zone, lat >= 0.0);
	transverse_forward(&tm, (const double[]) {lon, lat}, en);
	/* a hair south of the equator is in the last square, not beyond it */
	if (lat < 0.0 && en[1] >= tm.false_northing)
		en[1] = nextafter(tm.false_northing, 0.0);
	row = (int) floor(en[1] / SQUARE) + (zone % 2 == 0 ? 5 : 0);
	return snprintf(text, MF_MGRS_TEXT, "%02d%c%c%c", zone, bands[band < 19 ? band : 19],
					columns[zone % 3][(int) floor(en[0] / SQUARE) - 1], rows[row % ROW_PERIOD]);
}

/* "ZAH" */
static int
write_pole(double lon, double lat, char *text, double *en)
{
	bool		north = lat > 0.0;
	bool		east;
	int			column;
	int			row;

	ups_forward(north, (const double[]) {lon, lat}, en);
	east = en[0] >= POLE_ORIGIN;
	column = (int) floor((en[0] - POLE_ORIGIN) / SQUARE);
	row = (int) floor((en[1] - POLE_ORIGIN) / SQUARE) + polar_reach(north);
	return snprintf(text, MF_MGRS_TEXT, "%c%c%c", "ABYZ"[(north ? 2 : 0) + east],
					east ? east_columns[column] : west_columns[column + 12], polar_rows[row]);
}

MfReason
mgrs_write(const double *lonlat, int digits, char *text)
{
	double		lon = remainder(lonlat[0], 360.0);
	double		lat = lonlat[1];
	double		en[2];
	int			used;

	if (!(fabs(lat) <= 90.0) || !isfinite(lon) || digits < 0 || digits > MF_MGRS_DIGITS)
		return MF_REASON_RANGE;
	if (lon >= 180.0)
		lon = -180.0;
	used = lat >= -80.0 && lat < 84.0 ? write_zone(lon, lat, text, en) :
		write_pole(lon, lat, text, en);
	write_digits(text + used, en[0], digits);
	write_digits(text + used + digits, en[1], digits);
	text[used + 2 * digits] = '\0';
	return MF_REASON_NONE;
}

void
mgrs_lonlat(const MfMgrs *mgrs, double east, double north, double *lonlat)
{
	MfTransverse tm;
	double		en[2] = {mgrs->easting + east * mgrs->size_m, mgrs->northing + north * mgrs->size_m};

	if (mgrs->zone == 0)
	{
		ups_inverse(mgrs->north, en, lonlat);
		return;
	}
	transverse_utm(&tm, mgrs->zone, mgrs->north);
	transverse_inverse(&tm, en, lonlat);
}
