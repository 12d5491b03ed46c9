/*
 * box_tree.c - nested boxes over the edges of an extent
 */
#include "box_tree.h"

#include <stdlib.h>

/*
 * Where the edge that starts at each point ends.
 */
static void
ends_set(uint32_t *ends, const MfExtent *extent)
{
	uint32_t	point = 0;

	for (uint32_t ring = 0; ring < extent->nrings; ring++)
	{
		for (uint32_t i = 0; i < extent->ring_points[ring]; i++, point++)
			ends[point] = i + 1 < extent->ring_points[ring] ? point + 1 : point;
	}
}

bool
box_tree_begin(BoxTree *tree, int dims, const MfExtent *extent)
{
	uint32_t	count = extent->npoints;
	size_t		nodes = 0;
	size_t		first = 0;

	tree->dims = dims;
	tree->nlevels = 0;
	for (;;)
	{
		tree->counts[tree->nlevels++] = count;
		nodes += count;
		if (count == 1)
			break;
		count = (count - 1) / BOX_FANOUT + 1;
	}
	tree->boxes[0] = malloc(nodes * 2 * dims * sizeof(double));
	tree->ends = malloc(extent->npoints * sizeof(uint32_t));
	if (tree->boxes[0] == NULL || tree->ends == NULL)
	{
		box_tree_free(tree);
		return false;
	}
	for (int level = 1; level < tree->nlevels; level++)
	{
		first += tree->counts[level - 1];
		tree->boxes[level] = tree->boxes[0] + first * 2 * dims;
	}
	ends_set(tree->ends, extent);
	return true;
}

void
box_tree_finish(BoxTree *tree)
{
	int			dims = tree->dims;

	for (int level = 1; level < tree->nlevels; level++)
	{
		for (uint32_t node = 0; node < tree->counts[level]; node++)
		{
			uint32_t	end = box_tree_children_end(tree, level, node);
			uint32_t	child = node * BOX_FANOUT;
			double	   *box = tree->boxes[level] + (size_t) node * 2 * dims;
			const double *part = box_tree_box(tree, level - 1, child);

			for (int d = 0; d < 2 * dims; d++)
				box[d] = part[d];
			while (++child < end)
			{
				part += 2 * dims;
				for (int d = 0; d < dims; d++)
				{
					if (part[d] < box[d])
						box[d] = part[d];
					if (part[dims + d] > box[dims + d])
						box[dims + d] = part[dims + d];
				}
			}
		}
	}
}

void
box_tree_free(BoxTree *tree)
{
	free(tree->boxes[0]);
	free(tree->ends);
}
