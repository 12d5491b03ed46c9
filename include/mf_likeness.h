/*
 * mf_likeness.h - what the core knows of telling like from unlike
 *
 * Names in whatever script, and the best way to pair what is alike.
 */
#ifndef MF_LIKENESS_H
#define MF_LIKENESS_H

#include "mf_store.h"

/* ---- place_name.c: names of places and units ---- */

#define MF_NAME_PAIRS	48		/* pairs of letters that are looked at */
#define MF_NAME_DIGITS	16

/*
 * A name by its sounds: Latin, Cyrillic, Georgian and Armenian letters as
 * Latin ones, without marks, with spellings of one sound folded into one;
 * and its numbers, which tell "marker 1" from "marker 2".
 */
typedef struct MfPlaceName
{
	int			npairs;
	uint16_t	pairs[MF_NAME_PAIRS];	/* of neighbouring letters, sorted */
	int			ndigits;
	char		digits[MF_NAME_DIGITS]; /* the numbers, each with a space before */
} MfPlaceName;

/*
 * Read a name in UTF-8.  False: it has no letter and no digit that is known
 * here.  Of a long name only the beginning counts.
 */
extern bool place_name_read(const char *s, size_t len, MfPlaceName *name);
/*
 * From 0, nothing in common, to 1, the same sounds and numbers: the share of
 * common pairs of letters (Dice), a third of that where numbers differ.
 */
extern double place_name_likeness(const MfPlaceName *a, const MfPlaceName *b);

/* ---- assign.c: the best one-to-one pairing ---- */

/* A pair that may be made, and what it is worth. */
typedef struct MfCandidate
{
	uint32_t	a;
	uint32_t	b;
	int64_t		value;			/* > 0, below 2^40 */
} MfCandidate;

/*
 * Pair as and bs so that each is in one pair at most and the values add up to
 * the most that any pairing reaches.  Candidates must be sorted by a, each pair
 * of a and b there once; partner[a] becomes the b, or MF_NONE.  Groups that no candidate
 * joins are solved each by itself.  Among equal pairings the result depends
 * on the order of as, bs and candidates and on nothing else.
 *
 * Shortest augmenting paths with potentials (Jonker and Volgenant 1987; sparse
 * as in Carpaneto and Toth 1983): na searches, each at most over the
 * candidates of its group, times the logarithm of their number.
 */
extern MfStatus assign(uint32_t na, uint32_t nb, const MfCandidate *candidates,
					   size_t n, uint32_t *partner, const MfMemory *memory);

#endif							/* MF_LIKENESS_H */
