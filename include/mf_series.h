/*
 * mf_series.h - the numbers of records as members of series
 */
#ifndef MF_SERIES_H
#define MF_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MF_SERIES_SIZE 64		/* longest number that counts, and NUL */
#define MF_SERIES_PLACES 2

/*
 * A place in a series: "A-#" is the series of A-16, A-17, A-18, its place the
 * number that stands at #.
 */
typedef struct MfPlace
{
	char		series[MF_SERIES_SIZE];
	int64_t		n;
	int			width;			/* digits as written, with zeros before */
	bool		part;			/* counts within a record: 3 of 17/3 */
} MfPlace;

/*
 * The places that a number as written takes; how many, 0 to 2.
 *
 * "17" is 17 of #, "A-17" of A-#, "17б" of # as well (a letter behind a number
 * is an addition to it), "3/1993" is 3 of #/1993, and "17/3" or "17-3" is 17 of #
 * and 3 within 17/#.  Spaces, "№" and "No" say nothing, nor does the case of
 * Latin letters.  0: no digits, more than 15 of them, or text too long.
 */
extern int	series_places(const char *s, size_t len, MfPlace *places);

#endif							/* MF_SERIES_H */
