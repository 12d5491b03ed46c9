/*
 * scan.h - reading what people write, letter by letter
 *
 * A cursor over UTF-8 that knows the letters, blanks, dashes and signs that
 * stand for one another on paper and in typed copies of it.
 */
#ifndef MF_SCAN_H
#define MF_SCAN_H

#include "mf_location.h"

#include <stdio.h>

typedef struct MfScan
{
	const char *s;
	const char *end;
} MfScan;

/* A letter that no text has: the end, or bytes that are no UTF-8. */
#define SCAN_END	0u
#define SCAN_BAD	0x110000u

/* The letter at the cursor; *size is how many bytes it takes. */
extern uint32_t scan_look(const MfScan *scan, int *size);
/* The same, in capitals (Latin, Cyrillic, Azerbaijani). */
extern uint32_t scan_look_capital(const MfScan *scan, int *size);
extern void scan_blanks(MfScan *scan);
/* Step over the letter if it is this one, after blanks or at once. */
extern bool scan_take(MfScan *scan, uint32_t letter);
extern bool scan_take_dash(MfScan *scan);
extern bool scan_take_degree(MfScan *scan);
extern bool scan_take_minute(MfScan *scan);
extern bool scan_take_second(MfScan *scan);
/* Step over a word of ASCII in any case, if nothing else follows in it. */
extern bool scan_take_word(MfScan *scan, const char *word);
/* Nothing but blanks is left. */
extern bool scan_done(MfScan *scan);

typedef struct MfNumber
{
	double		value;
	int			whole;			/* digits before the point */
	int			decimals;		/* and after it */
	bool		comma;			/* the point is a comma */
} MfNumber;

/* Digits, with a point or comma and more of them if fraction; no sign. */
extern bool scan_number(MfScan *scan, bool fraction, MfNumber *number);
/* One in the last place written. */
extern double number_step(const MfNumber *number);

/*
 * What follows "41°": minutes and seconds, added to the degrees.  *step_deg
 * comes in as the step of the degrees.
 */
extern MfReason scan_minutes(MfScan *scan, double *degrees, double *step_deg,
							 char *said);

/* Note what was met, cut to MF_SAID bytes without cutting a letter. */
__attribute__((format(printf, 2, 3)))
extern void said_note(char *said, const char *format, ...);
/* What stands at the cursor: "this is not one" with it in said. */
extern MfReason scan_not_one(const MfScan *scan, char *said);

#endif							/* MF_SCAN_H */
