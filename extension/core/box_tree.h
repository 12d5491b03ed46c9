/*
 * box_tree.h - nested boxes over the edges of an extent
 *
 * Edges that follow each other on a ring lie close to each other, so groups
 * of eight neighbours, then groups of eight groups, have small boxes without
 * any sorting.  Edge i runs from point i to ends[i]: the next point of its
 * ring, or point i itself where the ring ends.  Private to the core.
 */
#ifndef MF_CORE_BOX_TREE_H
#define MF_CORE_BOX_TREE_H

#include "mf_core.h"

#define BOX_FANOUT	8
#define BOX_LEVELS	12			/* 8^11 exceeds any number of points */

typedef struct BoxTree
{
	int			dims;			/* 2 or 3 */
	int			nlevels;		/* the last level is one node */
	uint32_t	counts[BOX_LEVELS]; /* nodes of each level; 0: the edges */
	double	   *boxes[BOX_LEVELS];	/* 2 * dims each: lows, then highs */
	uint32_t   *ends;
} BoxTree;

/*
 * Allocate the tree of an extent that is not empty and set ends; the caller
 * then sets the boxes of level 0.  False: out of memory, nothing to free.
 */
extern bool box_tree_begin(BoxTree *tree, int dims, const MfExtent *extent);
/* Make the boxes of the levels above. */
extern void box_tree_finish(BoxTree *tree);
extern void box_tree_free(BoxTree *tree);

static inline const double *
box_tree_box(const BoxTree *tree, int level, uint32_t node)
{
	return tree->boxes[level] + (size_t) node * 2 * tree->dims;
}

/* One past the last child of a node; the first is BOX_FANOUT * node. */
static inline uint32_t
box_tree_children_end(const BoxTree *tree, int level, uint32_t node)
{
	uint32_t	count = tree->counts[level - 1];
	uint32_t	first = node * BOX_FANOUT;

	return count - first < BOX_FANOUT ? count : first + BOX_FANOUT;
}

#endif							/* MF_CORE_BOX_TREE_H */
