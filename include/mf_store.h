/*
 * mf_store.h - many extents in flat arrays, and a packed tree of their boxes
 *
 * What the engines work on: plain C11, no PostgreSQL, GEOS or PROJ.  Records
 * stand in a canonical order that follows from their coordinates alone, so
 * that nothing found in a store depends on the order in which rows arrived.
 *
 * Memory: 16 bytes for each vertex (lines and rings keep their first point
 * repeated as read), 4 for each ring, 30 for each record (its box with a
 * share of the tree, its ring range, its number and its kind); while a store
 * is built, 48 more for each record.
 */
#ifndef MF_STORE_H
#define MF_STORE_H

#include "mf_core.h"

/* ---- memory and outcomes ---- */

/*
 * Where memory comes from: the backend hands in a memory context, tests
 * malloc.  get returns NULL when there is none; resize too, leaving the block
 * as it was.
 */
typedef struct MfMemory
{
	void	   *(*get) (size_t size, void *arg);
	void	   *(*resize) (void *block, size_t size, void *arg);
	void		(*give) (void *block, void *arg);
	void	   *arg;
} MfMemory;

extern const MfMemory mf_memory_malloc;

/* A block of n things of so many bytes; NULL: no memory, or too many. */
extern void *memory_get(const MfMemory *memory, size_t n, size_t size);
/*
 * Room for n things in a block that has room for *room, at least doubled;
 * *block may be NULL.  False: no memory, and the block as it was.
 */
extern bool memory_grow(const MfMemory *memory, void **block, size_t *room,
						size_t n, size_t size);
extern void memory_give(const MfMemory *memory, void *block);

typedef enum MfStatus
{
	MF_DONE,
	MF_NO_MEMORY,
	MF_INTERRUPTED,				/* mf_interrupted() said so */
	MF_TOO_LARGE,				/* 2^32 - 1 vertices, rings or records */
	MF_INCONSISTENT				/* the input was not valid */
} MfStatus;

/* ---- tree.c: a static packed R-tree ---- */

#define MF_TREE_FANOUT	16
#define MF_TREE_LEVELS	9		/* 16^8 items, and the level of the items */
#define MF_NONE			UINT32_MAX

/*
 * Level 0 are the items in the order given; node n of a level covers the
 * nodes 16 n .. 16 n + 15 of the level below, so the items of any node are a
 * run.  The last level is one node.  Sides lie in arrays of their own, each
 * level following the one below.
 */
typedef struct MfTree
{
	uint32_t	nitems;
	int			nlevels;		/* 0: no items */
	uint32_t	counts[MF_TREE_LEVELS];
	uint32_t	starts[MF_TREE_LEVELS]; /* first node in the arrays below */
	float	   *xmin;
	float	   *ymin;
	float	   *xmax;
	float	   *ymax;
} MfTree;

/* Boxes must come in an order that keeps near things near each other. */
extern MfStatus tree_build(MfTree *tree, const MfMemory *memory,
						   const MinefieldBox *boxes, uint32_t n);
extern void tree_free(MfTree *tree, const MfMemory *memory);
extern void tree_box(const MfTree *tree, int level, uint32_t node, MinefieldBox *box);

/*
 * The items whose box meets a box, ascending:
 *
 *		tree_query_begin(&query, tree, &box, 0, tree->nitems);
 *		while ((item = tree_query_next(&query)) != MF_NONE) ...
 *
 * Only items from .. to - 1 are looked at.
 */
typedef struct MfTreeQuery
{
	const MfTree *tree;
	MinefieldBox box;
	uint32_t	from;
	uint32_t	to;
	int			floor;			/* level of what is found */
	int			level;			/* of the node whose children are being visited */
	uint32_t	node[MF_TREE_LEVELS + 1];
	uint32_t	mask[MF_TREE_LEVELS + 1];	/* of its children still to visit */
} MfTreeQuery;

extern void tree_query_begin(MfTreeQuery *query, const MfTree *tree,
							 const MinefieldBox *box, uint32_t from, uint32_t to);
extern uint32_t tree_query_next(MfTreeQuery *query);

/*
 * The groups of sixteen items (item / 16) whose common box meets a box, for
 * those who ask much about one place; then which of the items first .. end - 1,
 * and of the first sixteen of these, meet another: bit i stands for first + i.
 */
extern void tree_groups_begin(MfTreeQuery *query, const MfTree *tree,
							  const MinefieldBox *box);
extern uint32_t tree_items_meeting(const MfTree *tree, uint32_t first, uint32_t end,
								   const MinefieldBox *box);

/*
 * Every pair a < b of items whose boxes meet, a of from .. to - 1, always in
 * the same order; so work can be cut into runs.  The visitor returns false to
 * stop, which is MF_INTERRUPTED.
 */
typedef bool (*mf_pair_visitor) (uint32_t a, uint32_t b, void *arg);
extern MfStatus tree_join(const MfTree *tree, uint32_t from, uint32_t to,
						  mf_pair_visitor visit, void *arg);

/* ---- curve.c: places along a Hilbert curve ---- */

#define MF_CURVE_BITS	44		/* of a key */

typedef struct MfCurve
{
	double		x;				/* the square's south-west corner */
	double		y;
	double		scale;			/* steps per degree */
	uint8_t		place[64];		/* two halvings at a time */
	uint8_t		next[64];
} MfCurve;

/* A curve through the square about a box; what lies outside is moved in. */
extern void curve_begin(MfCurve *curve, const MinefieldBox *world);
extern uint64_t curve_key(const MfCurve *curve, double lon, double lat);

/* ---- store.c ---- */

/*
 * Record r has the rings record_rings[r] .. record_rings[r + 1] - 1, ring k
 * the vertices ring_starts[k] .. ring_starts[k + 1] - 1.  Rings of polygonal
 * records are closed, the first vertex repeated at the end; shells run
 * counter-clockwise, holes clockwise (by their lowest corner, exactly).  Lines
 * are rings of their vertices, points rings of one vertex.  A vertex equal to
 * the one before it is left out, and so a ring may shrink to one vertex.
 * Coordinates nearer to zero than 1e-60 degrees are zero.
 */
typedef struct MfStore
{
	MfMemory	memory;
	uint32_t	nrecords;
	uint32_t	nrings;
	uint32_t	nvertices;
	double	   *xy;				/* [2 * nvertices] */
	uint32_t   *ring_starts;	/* [nrings + 1] */
	uint32_t   *record_rings;	/* [nrecords + 1] */
	uint32_t   *shells;			/* bits [nrings]: is it a shell? */
	uint8_t    *kinds;			/* [nrecords] MfKind */
	uint32_t   *numbers;		/* [nrecords] n of the source */
	MfTree		tree;			/* of the records' boxes, outward-rounded */
} MfStore;

/* Extent n of those to be stored; empty ones are left out. */
typedef void (*mf_extent_source) (uint32_t n, MfExtent *extent, void *arg);
/*
 * Which of two extents with the very same coordinates comes first (< 0: a),
 * by what else is known of them; NULL: no matter.
 */
typedef int (*mf_tie_breaker) (uint32_t a, uint32_t b, void *arg);

/*
 * Store n extents.  On any status but MF_DONE there is nothing to free.
 */
extern MfStatus store_build(MfStore *store, const MfMemory *memory, uint32_t n,
							mf_extent_source source, mf_tie_breaker tie,
							void *arg);
/* The same where the boxes of all [n] are known: they need not be measured. */
extern MfStatus store_build_boxed(MfStore *store, const MfMemory *memory, uint32_t n,
								  mf_extent_source source, const MinefieldBox *boxes,
								  mf_tie_breaker tie, void *arg);
extern void store_free(MfStore *store);

static inline bool
store_ring_is_shell(const MfStore *store, uint32_t ring)
{
	return (store->shells[ring / 32] >> (ring % 32) & 1) != 0;
}

/*
 * Is p in a polygonal record: 1 inside, 0 on its boundary, -1 outside?  Exact;
 * even-odd over all rings, reads all vertices.
 */
extern int	store_point_in(const MfStore *store, uint32_t record, const double *p);

#endif							/* MF_STORE_H */
