/*
 * tree.c - a static packed R-tree: nested boxes in plain arrays
 *
 * No pointers and no insertion: items come in an order that keeps neighbours
 * together (a Hilbert curve, a ring), and every sixteen of them have a box
 * around them, and so on.  One array for each side, so that the sixteen
 * comparisons of a node are done side by side.
 */
#include "mf_store.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define FAN	MF_TREE_FANOUT

/* ---- building ---- */

/* Sizes of the levels; the number of nodes of all. */
static size_t
tree_levels(MfTree *tree, uint32_t n)
{
	size_t		nodes = 0;
	uint32_t	count = n;

	tree->nitems = n;
	tree->nlevels = 0;
	while (n > 0)
	{
		tree->starts[tree->nlevels] = (uint32_t) nodes;
		tree->counts[tree->nlevels++] = count;
		nodes += count;
		if (count == 1)
			break;
		count = (count - 1) / FAN + 1;
	}
	return nodes;
}

static void
tree_cover(MfTree *tree, int level)
{
	const float *xmin = tree->xmin + tree->starts[level - 1];
	const float *ymin = tree->ymin + tree->starts[level - 1];
	const float *xmax = tree->xmax + tree->starts[level - 1];
	const float *ymax = tree->ymax + tree->starts[level - 1];
	uint32_t	below = tree->counts[level - 1];

	for (uint32_t node = 0; node < tree->counts[level]; node++)
	{
		uint32_t	first = node * FAN;
		uint32_t	end = below - first < FAN ? below : first + FAN;
		uint32_t	at = tree->starts[level] + node;
		MinefieldBox box;

		box_set_empty(&box);
		for (uint32_t i = first; i < end; i++)
		{
			box.xmin = xmin[i] < box.xmin ? xmin[i] : box.xmin;
			box.ymin = ymin[i] < box.ymin ? ymin[i] : box.ymin;
			box.xmax = xmax[i] > box.xmax ? xmax[i] : box.xmax;
			box.ymax = ymax[i] > box.ymax ? ymax[i] : box.ymax;
		}
		tree->xmin[at] = box.xmin;
		tree->ymin[at] = box.ymin;
		tree->xmax[at] = box.xmax;
		tree->ymax[at] = box.ymax;
	}
}

MfStatus
tree_build(MfTree *tree, const MfMemory *memory, const MinefieldBox *boxes,
		   uint32_t n)
{
	size_t		nodes;

	memset(tree, 0, sizeof(*tree));
	nodes = tree_levels(tree, n);
	if (nodes > UINT32_MAX)
		return MF_TOO_LARGE;
	/* some more, so that reading fours stays inside */
	tree->xmin = memory_get(memory, nodes + 4, 4 * sizeof(float));
	if (tree->xmin == NULL)
		return MF_NO_MEMORY;
	memset(tree->xmin, 0, (nodes + 4) * 4 * sizeof(float));
	tree->ymin = tree->xmin + nodes + 4;
	tree->xmax = tree->ymin + nodes + 4;
	tree->ymax = tree->xmax + nodes + 4;
	for (uint32_t i = 0; i < n; i++)
	{
		tree->xmin[i] = boxes[i].xmin;
		tree->ymin[i] = boxes[i].ymin;
		tree->xmax[i] = boxes[i].xmax;
		tree->ymax[i] = boxes[i].ymax;
	}
	for (int level = 1; level < tree->nlevels; level++)
		tree_cover(tree, level);
	return MF_DONE;
}

void
tree_free(MfTree *tree, const MfMemory *memory)
{
	memory_give(memory, tree->xmin);
	memset(tree, 0, sizeof(*tree));
}

void
tree_box(const MfTree *tree, int level, uint32_t node, MinefieldBox *box)
{
	uint32_t	at = tree->starts[level] + node;

	box->xmin = tree->xmin[at];
	box->ymin = tree->ymin[at];
	box->xmax = tree->xmax[at];
	box->ymax = tree->ymax[at];
}

/* ---- queries ---- */

#ifdef __SSE2__

/* Of the four nodes from at on, which boxes meet the box: a bit each. */
static inline uint32_t
four_meeting(const MfTree *tree, uint32_t at, __m128 xmin, __m128 ymin,
			 __m128 xmax, __m128 ymax)
{
	__m128		x = _mm_and_ps(_mm_cmple_ps(_mm_loadu_ps(tree->xmin + at), xmax),
							   _mm_cmpge_ps(_mm_loadu_ps(tree->xmax + at), xmin));
	__m128		y = _mm_and_ps(_mm_cmple_ps(_mm_loadu_ps(tree->ymin + at), ymax),
							   _mm_cmpge_ps(_mm_loadu_ps(tree->ymax + at), ymin));

	return (uint32_t) _mm_movemask_ps(_mm_and_ps(x, y));
}

#endif

/*
 * Of n nodes from at on (at most 16), which boxes meet the box: a bit each.
 * Arrays are padded, so that all sixteen may be read.
 */
static inline uint32_t
meeting(const MfTree *tree, uint32_t at, uint32_t n, const MinefieldBox *box)
{
	uint32_t	mask = 0;

#ifdef __SSE2__
	__m128		xmin = _mm_set1_ps(box->xmin);
	__m128		ymin = _mm_set1_ps(box->ymin);
	__m128		xmax = _mm_set1_ps(box->xmax);
	__m128		ymax = _mm_set1_ps(box->ymax);

	for (uint32_t i = 0; i < n; i += 4)
		mask |= four_meeting(tree, at + i, xmin, ymin, xmax, ymax) << i;
	return mask & ((1u << n) - 1);
#else
	for (uint32_t i = 0; i < n; i++)
		mask |= (uint32_t) ((tree->xmin[at + i] <= box->xmax) & (tree->xmax[at + i] >= box->xmin) &
							(tree->ymin[at + i] <= box->ymax) & (tree->ymax[at + i] >= box->ymin)) << i;
	return mask;
#endif
}

uint32_t
tree_items_meeting(const MfTree *tree, uint32_t first, uint32_t end, const MinefieldBox *box)
{
	return meeting(tree, first, end - first < FAN ? end - first : FAN, box);
}

/* How many items a node of a level covers, as a power of two. */
static inline int
level_shift(int level)
{
	return 4 * level;
}

/* The children of a node that meet the query's box and range. */
static uint32_t
query_children(const MfTreeQuery *query, int level, uint32_t node)
{
	const MfTree *tree = query->tree;
	int			shift = level_shift(level - 1);
	uint32_t	first = node * FAN;
	uint32_t	below = tree->counts[level - 1];
	uint32_t	n = below - first < FAN ? below - first : FAN;
	uint32_t	mask = meeting(tree, tree->starts[level - 1] + first, n, &query->box);
	uint32_t	low = query->from >> shift;
	uint32_t	high = (query->to - 1) >> shift;

	if (low > first)
		mask = low - first >= FAN ? 0 : mask & (UINT32_MAX << (low - first));
	if (high < first)
		mask = 0;
	else if (high - first < FAN - 1)
		mask &= (1u << (high - first + 1)) - 1;
	return mask;
}

void
tree_query_begin(MfTreeQuery *query, const MfTree *tree, const MinefieldBox *box,
				 uint32_t from, uint32_t to)
{
	query->floor = 0;
	query->tree = tree;
	query->box = *box;
	query->from = from;
	query->to = to < tree->nitems ? to : tree->nitems;
	query->level = tree->nlevels;	/* one above the root: its only child */
	if (query->from >= query->to || tree->nlevels == 0)
		query->level = 0;
	query->node[query->level] = 0;
	query->mask[query->level] = query->level > 0 &&
		meeting(tree, tree->starts[query->level - 1], 1, box) ? 1 : 0;
}

void
tree_groups_begin(MfTreeQuery *query, const MfTree *tree, const MinefieldBox *box)
{
	tree_query_begin(query, tree, box, 0, tree->nitems);
	if (tree->nlevels > 1)
		query->floor = 1;
}

uint32_t
tree_query_next(MfTreeQuery *query)
{
	int			top = query->tree->nlevels;
	int			level = query->level;

	while (level > 0 && level <= top)
	{
		uint32_t	mask = query->mask[level];
		uint32_t	child;

		if (mask == 0)
		{
			level++;
			continue;
		}
		child = query->node[level] * FAN + (uint32_t) __builtin_ctz(mask);
		query->mask[level] = mask & (mask - 1);
		level--;
		if (level == query->floor)
		{
			query->level = level + 1;
			return child;
		}
		query->node[level] = child;
		query->mask[level] = query_children(query, level, child);
	}
	query->level = 0;
	return MF_NONE;
}

/* ---- pairs ---- */

MfStatus
tree_join(const MfTree *tree, uint32_t from, uint32_t to, mf_pair_visitor visit,
		  void *arg)
{
	uint32_t	end = to < tree->nitems ? to : tree->nitems;

	for (uint32_t a = from; a < end; a++)
	{
		MinefieldBox box;
		MfTreeQuery query;
		uint32_t	b;

		if (a % 64 == 0 && mf_interrupted != NULL && mf_interrupted())
			return MF_INTERRUPTED;
		tree_box(tree, 0, a, &box);
		tree_query_begin(&query, tree, &box, a + 1, tree->nitems);
		while ((b = tree_query_next(&query)) != MF_NONE)
		{
			if (!visit(a, b, arg))
				return MF_INTERRUPTED;
		}
	}
	return MF_DONE;
}
