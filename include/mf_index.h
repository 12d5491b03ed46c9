/*
 * mf_index.h - what the index room's files share: statistics and estimates
 */
#ifndef MF_INDEX_H
#define MF_INDEX_H

#include "mf_types.h"

#include "access/htup.h"
#include "access/stratnum.h"
#include "nodes/pathnodes.h"

/* ---- statistics.c ---- */

/*
 * Records of about the same place, summed up: where their boxes' centres
 * lie, which share of all located values they are, how large they are on
 * average.  All in degrees.
 */
typedef struct MfBoxBucket
{
	float		xmin;
	float		ymin;
	float		xmax;
	float		ymax;
	float		share;
	float		width;
	float		height;
} MfBoxBucket;

/* What ANALYZE has found about a column of records or boxes. */
typedef struct MfBoxStats
{
	double		located;		/* share of all rows that have a place */
	int			nbuckets;
	const MfBoxBucket *buckets;
	float4	   *numbers;		/* to be freed, with buckets in it */
} MfBoxStats;

/*
 * False when the column has none of ours, or none that makes sense.  A column
 * of geometry has PostgreSQL's own histogram, whose values are a sample.
 */
extern bool box_stats_read(HeapTuple statistics, MfBoxStats *stats);
/*
 * Shares of the located values for which "value OP box" holds, and of the
 * pairs of located values for which "a OP b" holds; OP by its strategy number:
 * overlap, contains, contained by.
 */
extern double box_stats_share(const MfBoxStats *stats, StrategyNumber strategy,
							  const MinefieldBox *box);
/*
 * grow_m: the boxes are grown by so much before they are compared.  rows > 0:
 * the share of values of a with at least one partner among so many rows of b.
 */
extern double box_stats_pairs(const MfBoxStats *a, const MfBoxStats *b,
							  StrategyNumber strategy, double grow_m, double rows);

/* ---- selectivity.c ---- */

/*
 * Which operand a type is, seen from one of our functions, whose schema tells
 * which minefield and minefield_box are ours.  False: none of them.
 */
extern bool operand_of_type(Oid type, Oid funcid, MfOperand *kind);
/* Selectivity of "args[0] OP args[1]", the constant grown by grow_m metres. */
extern Selectivity restriction_estimate(PlannerInfo *root, StrategyNumber strategy,
										List *args, int varRelid, double grow_m,
										Oid funcid);
extern Selectivity join_estimate(PlannerInfo *root, StrategyNumber strategy,
								 List *args, SpecialJoinInfo *sjinfo, double grow_m);

#endif							/* MF_INDEX_H */
