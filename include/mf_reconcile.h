/*
 * mf_reconcile.h - do two records tell of one field, and what differs?
 */
#ifndef MF_RECONCILE_H
#define MF_RECONCILE_H

#include "mf_check.h"
#include "mf_likeness.h"
#include "mf_overlap.h"

/* ---- likeness.c: the evidence for and against ---- */

/* The kinds of evidence, in the order of the row's attributes. */
typedef enum MfEvidence
{
	MF_EVIDENCE_PLACE,
	MF_EVIDENCE_SHAPE,
	MF_EVIDENCE_LAID,
	MF_EVIDENCE_UNIT,
	MF_EVIDENCE_MINES,
	MF_EVIDENCE_NUMBER,
	MF_EVIDENCE_NAMES,
	MF_EVIDENCES				/* how many */
} MfEvidence;

/* What is compared of one record, read once. */
typedef struct MfPortrait
{
	const Minefield *record;	/* NULL: there is none */
	MfSide		side;			/* with the statement */
	double		narrow;			/* cosine of the latitude farthest from the equator */
	double		front_m;		/* NaN: unknown */
	double		depth_m;
	double		rows;
	char	   *number;			/* NULL: unknown */
	MfPlaceName *unit;			/* NULL: unknown */
	MfPlaceName *names;			/* of places and landmarks */
	int			nnames;
} MfPortrait;

/*
 * Weights of evidence: natural logarithms of how many times likelier it is
 * when the two are one field than when they are not.  NaN: the two cannot be
 * compared in this.
 */
typedef struct MfLikeness
{
	double		weights[MF_EVIDENCES];
	double		score;			/* 0 .. 1 */
	double		share;			/* of the smaller ground in common; NaN: unknown */
	double		distance_m;		/* NaN: unknown */
} MfLikeness;

typedef struct MfLikenessFinder
{
	MfPairFinder pair;
	MfOptions	options;
	MfModelList *models;
	struct ModelName *known;	/* names of models met so far */
	int			nknown;
	double		reach_m;
	bool		one_book;		/* both are of one book: its numbers differ */
} MfLikenessFinder;

extern void likeness_begin(MfLikenessFinder *finder, double reach_m, bool one_book);
/* What a name of a model means: a mf_word_reader of an MfLikenessFinder. */
extern char *model_meaning(const char *word, void *arg);
extern void portrait_read(MfPortrait *portrait, const Minefield *record,
						  MfLikenessFinder *finder);
/*
 * Compare two; false: the score is below min_score, and not all of it was
 * looked at.
 */
extern bool likeness_find(MfLikeness *likeness, MfPortrait *a, MfPortrait *b,
						  MfLikenessFinder *finder, double min_score);
/* In words, one for each kind of evidence that there is; returns how many. */
extern int	likeness_reasons(const MfLikeness *likeness, const MfPortrait *a,
							 const MfPortrait *b, Datum *texts);
/* The logarithm of the odds of a score. */
extern double score_odds(double score);

/* ---- reconcile_search.c: pairs of two lists, or of one ---- */

typedef struct MfLink
{
	uint32		a;				/* from 0 */
	uint32		b;
	double		score;
	double		next_best;		/* of another pair with a or b; NaN: none */
} MfLink;

/* The best one-to-one pairing, in the order of a. */
extern MfLink *links_find(MfPortrait *a, uint32 na, MfPortrait *b, uint32 nb,
						  MfLikenessFinder *finder, double min_score, uint32 *n);
/* All pairs of one list, in its order. */
extern MfLink *duplicates_find(MfPortrait *a, uint32 na, MfLikenessFinder *finder,
							   double min_score, uint32 *n);

/* ---- difference.c: two documents, member by member ---- */

typedef enum MfChange
{
	MF_ADDED,					/* only the second states it */
	MF_MISSING,					/* only the first does */
	MF_CHANGED,					/* both do, in other words or closer */
	MF_CONTRADICTING			/* both cannot be true */
} MfChange;

extern const char *const mf_change_names[];

/* A value: NULL where the side does not state it. */
typedef void (*mf_difference_taker) (const char *path, MfChange change,
									 const Jsonb *a, const Jsonb *b, void *arg);

/* Differences of two records, by paths in the order of the members. */
extern void records_compare(const Minefield *a, const Minefield *b,
							MfLikenessFinder *finder, mf_difference_taker take, void *arg);
/* The same of two containers, below a path. */
extern void containers_compare(const char *path, JsonbContainer *a, JsonbContainer *b,
							   MfLikenessFinder *finder, mf_difference_taker take, void *arg);

#endif							/* MF_RECONCILE_H */
