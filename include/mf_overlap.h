/*
 * mf_overlap.h - how two records lie to each other, and what they say
 */
#ifndef MF_OVERLAP_H
#define MF_OVERLAP_H

#include "mf_analysis.h"

typedef enum MfOverlapClass
{
	MF_OVERLAP_UNKNOWN,			/* one of the two is unlocated */
	MF_OVERLAP_DUPLICATE,
	MF_OVERLAP_CONTAINS,
	MF_OVERLAP_WITHIN,
	MF_OVERLAP_PARTIAL,
	MF_OVERLAP_SLIVER,
	MF_OVERLAP_ADJACENT,
	MF_OVERLAP_NEAR,
	MF_OVERLAP_NONE
} MfOverlapClass;

/* Do they share ground, given how well the two are known to lie? */
typedef enum MfCertainty
{
	MF_CERTAINTY_UNKNOWN,		/* an accuracy is */
	MF_CERTAIN,					/* no shift within the accuracy undoes it */
	MF_PROBABLE,				/* as recorded they do */
	MF_POSSIBLE,				/* only shifted within the accuracy */
	MF_UNLIKELY					/* not even then */
} MfCertainty;

/* ---- contradiction.c ---- */

typedef enum MfContradiction
{
	MF_NOT_COMPARABLE,
	MF_AGREE,
	MF_CONTRADICT
} MfContradiction;

/* What one document states, as far as it can be compared. */
typedef struct MfStatement MfStatement;

/* What a word means as a name of a model; palloc'd or lasting. */
typedef char *(*mf_word_reader) (const char *word, void *arg);

/* Trimmed and in upper case, letter by letter. */
extern char *normal_word(const char *word, void *arg);
extern MfStatement *statement_read(const Minefield *mf, mf_word_reader reader, void *arg,
								   MemoryContext context);

/* How the mines of two statements lie to each other. */
typedef struct MfMineMix
{
	int			common;			/* models in both */
	int			only_a;
	int			only_b;
	MfContradiction counts;		/* of common models, and of all */
	MfContradiction categories;
} MfMineMix;

extern void statements_mix(const MfStatement *a, const MfStatement *b, MfMineMix *mix);

/*
 * Do two documents about the same ground disagree?  The statements are read
 * when they are needed first, into the given context, and kept.
 */
extern MfContradiction documents_compare(const Minefield *a, MfStatement **sa,
										 const Minefield *b, MfStatement **sb,
										 MemoryContext context);

/* ---- overlap_pair.c: one pair ---- */

/* One side of a pair. */
typedef struct MfSide
{
	MfEntry		entry;
	const MfExtent *shape;		/* the footprint, else the extent; NULL: not yet found */
	double		area_m2;		/* NaN: it has no area */
	MinefieldBox box;			/* holds the shape */
	MfStatement *statement;		/* NULL: not yet read */
	uint32		rank;			/* the place of its key among all keys */
} MfSide;

typedef struct MfOverlap
{
	uint32		a;				/* sides */
	uint32		b;
	uint8		class;
	uint8		contradicts;
	uint8		certainty;
	double		area_m2;		/* of the intersection; NaN: one has no area */
	double		distance_m;
	double		shift_m;		/* from the centroid of a to that of b */
	double		azimuth_deg;	/* NaN: there is no shift */
} MfOverlap;

/* What finding one pair after another works with. */
typedef struct MfPairFinder
{
	const MfOptions *options;
	bool		every_distance; /* that of pairs that are not near, too */
	MemoryContext context;		/* where sides keep what is found of them */
	MemoryContext scratch;		/* of one pair */
	MfPairSpan *room;
	Size		nroom;
} MfPairFinder;

/* One record; its id is the key. */
extern void entry_of_record(MfEntry *entry, const Minefield *mf);
extern void pair_finder_begin(MfPairFinder *finder, const MfOptions *options);
extern void side_begin(MfSide *side, const MfEntry *entry,
					   const MfPairFinder *finder);
/* The shape and area of a side, which is located. */
extern void side_find(MfSide *side, const MfPairFinder *finder);
/* Everything about a pair but which sides they are. */
extern void overlap_find(MfOverlap *overlap, MfSide *a, MfSide *b,
						 MfPairFinder *finder);
/* ---- overlap_search.c: all pairs ---- */

typedef struct MfPairs
{
	MfPairFinder finder;
	MfSide	   *sides;			/* the located ones */
	uint32		nsides;
	MfOverlap  *found;
	uint32	   *order;			/* of what was found, by the keys */
	Size		n;
} MfPairs;

/* Pairs of a set's records that touch or are near; across: of two groups. */
extern void pairs_find(MfPairs *pairs, const MfRecordSet *set,
					   const MfOptions *options, bool across);
extern void pairs_free(MfPairs *pairs);

#endif							/* MF_OVERLAP_H */
