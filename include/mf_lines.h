/*
 * mf_lines.h - lines and points against the edges of many records
 *
 * Which stretches of a line are farther than a distance from every record,
 * and which record is nearest to a point.  Plain C11, over a store.  "Record"
 * means its extent as recorded: what is inside follows from the even-odd rule
 * part by part, and nothing is buffered.
 */
#ifndef MF_LINES_H
#define MF_LINES_H

#include "mf_store.h"

/* ---- runs.c: the edges of a store in runs of neighbours ---- */

#define MF_RUN_EDGES	16

/* Up to MF_RUN_EDGES edges of one ring, or a single point. */
typedef struct MfRun
{
	uint32_t	first;			/* vertex of the store */
	uint32_t	record;
	uint32_t	nedges;			/* 0: a point */
} MfRun;

/*
 * Runs follow each other as the rings do.  Memory: 12 bytes and a box (with
 * its share of the tree 18 bytes) for each run, 4 for each record.
 */
typedef struct MfRuns
{
	const MfStore *store;
	uint32_t	nruns;
	MfRun	   *runs;
	uint32_t   *record_runs;	/* [nrecords + 1] */
	MfTree		tree;			/* of the runs' boxes */
} MfRuns;

/* The store must outlive the runs.  On any status but MF_DONE: nothing to free. */
extern MfStatus runs_build(MfRuns *runs, const MfStore *store);
extern void runs_free(MfRuns *runs);
/*
 * Has a record a point in common with p?  Exact, and the same as
 * extent_touches().
 */
extern bool runs_record_touches(const MfRuns *runs, uint32_t record, const double *p);
/* The first record that has a point in common with p; MF_NONE: none. */
extern uint32_t runs_touching(const MfRuns *runs, const double *p);

/* ---- line_cover.c ---- */

/*
 * A stretch of a line: from parameter from_t (0 to 1) of the edge that begins
 * at point from_edge of the line, to parameter to_t of edge to_edge; and the
 * same in metres along the line from its beginning.
 */
typedef struct MfLineGap
{
	uint32_t	from_edge;
	uint32_t	to_edge;
	double		from_t;
	double		to_t;
	double		from_m;
	double		to_m;
} MfLineGap;

typedef struct MfLineGaps
{
	uint32_t	n;
	MfLineGap  *gaps;			/* along the line; memory of the store's kind */
	double		length_m;		/* of the whole line */
} MfLineGaps;

/*
 * The stretches of a line (MF_LINESTRING or MF_MULTILINESTRING, edges
 * straight in lon/lat) farther than distance_m (0 to 100,000) from every
 * record.  Ends are where the distance is distance_m to within 1 mm and a
 * hundred thousandth of it; lengths run along the edges on the ellipsoid,
 * from part to part, good to 1e-8 and a millimetre.  A gap goes on from part
 * to part where the one begins at the very point at which the other ends.
 * Gaps shorter than a micrometre are none.
 */
extern MfStatus line_gaps_find(MfLineGaps *found, const MfRuns *runs,
							   const MfExtent *line, double distance_m);
/*
 * The points of a gap, equal neighbours left out; xy holds up to
 * line_gap_room() points.  Returns their number.
 */
extern uint32_t line_gap_room(const MfLineGap *gap);
extern uint32_t line_gap_points(const MfExtent *line, const MfLineGap *gap, double *xy);

/* ---- nearest.c ---- */

typedef struct MfNearest
{
	uint32_t	run;			/* MF_NONE: there is no record */
	uint32_t	record;
	double		distance_m;		/* Infinity: there is none */
} MfNearest;

/*
 * The record nearest to a point by geodesic distance, for a point that touches
 * none; of equally near ones the first of the store.  hint is a run that may
 * be near, such as the one nearest to a point near by, or MF_NONE: it saves
 * time and changes nothing.
 */
extern MfStatus runs_nearest(const MfRuns *runs, const double *p, mf_geodesic geodesic,
							 uint32_t hint, MfNearest *nearest);
/*
 * The geodesic distance of a point from one record that it does not touch,
 * when that is at most limit_m; otherwise any value above.
 */
extern double runs_record_distance(const MfRuns *runs, uint32_t record, const double *p,
								   double limit_m, mf_geodesic geodesic);

#endif							/* MF_LINES_H */
