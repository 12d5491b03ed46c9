/*
 * touch.c - do two extents have a point in common?
 *
 * They do when an edge of one touches an edge of the other, or else when a
 * ring, line or point of one lies inside a polygon of the other; then one of
 * its points tells.  Small extents are compared edge by edge, larger ones
 * through trees of boxes.
 */
#include "mf_core.h"

#include <float.h>
#include <math.h>

#include "box_tree.h"

/* Up to this many pairs of edges, comparing all is quicker than trees. */
#define PLAIN_PAIRS		2048

/* The edges of so small an extent are worth trying as separating lines. */
#define FEW_POINTS		8

/* Ask about interrupts once in so many steps. */
#define STEPS_PER_POLL	4096

typedef struct Touch
{
	const MfExtent *a;
	const MfExtent *b;
	double		box_a[4];		/* xmin, ymin, xmax, ymax */
	double		box_b[4];
	BoxTree		tree_a;
	BoxTree		tree_b;
	uint32_t	steps;
	bool		stopped;
} Touch;

static bool
touch_must_stop(Touch *touch)
{
	if (++touch->steps % STEPS_PER_POLL == 0 && mf_interrupted != NULL && mf_interrupted())
		touch->stopped = true;
	return touch->stopped;
}

static bool
is_polygonal(const MfExtent *extent)
{
	return extent->kind == MF_POLYGON || extent->kind == MF_MULTIPOLYGON;
}

/* ---- boxes ---- */

static void
exact_box(double *box, const MfExtent *extent)
{
	box[0] = box[1] = INFINITY;
	box[2] = box[3] = -INFINITY;
	for (size_t i = 0; i < 2 * (size_t) extent->npoints; i++)
	{
		double		v = extent->xy[i];

		box[i % 2] = v < box[i % 2] ? v : box[i % 2];
		box[2 + i % 2] = v > box[2 + i % 2] ? v : box[2 + i % 2];
	}
}

static bool
boxes_meet(const double *a, const double *b)
{
	return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

/* Is a segment wholly on one side of a box? */
static bool
segment_misses(const double *p, const double *q, const double *box)
{
	return (p[0] < box[0] && q[0] < box[0]) || (p[0] > box[2] && q[0] > box[2]) ||
		(p[1] < box[1] && q[1] < box[1]) || (p[1] > box[3] && q[1] > box[3]);
}

/* ---- edge by edge ---- */

/*
 * Do two rings, lines or points touch?  A point is an edge of no length.
 */
static bool
rings_touch(Touch *touch, const double *a, uint32_t na, const double *b, uint32_t nb)
{
	uint32_t	edges_a = na > 1 ? na - 1 : na;
	uint32_t	edges_b = nb > 1 ? nb - 1 : nb;

	for (uint32_t i = 0; i < edges_a; i++)
	{
		const double *a1 = a + 2 * (size_t) i;
		const double *a2 = na > 1 ? a1 + 2 : a1;

		if (segment_misses(a1, a2, touch->box_b))
		{
			if (touch_must_stop(touch))
				return false;
			continue;
		}
		for (uint32_t j = 0; j < edges_b; j++)
		{
			const double *b1 = b + 2 * (size_t) j;

			if (segments_touch(a1, a2, b1, nb > 1 ? b1 + 2 : b1))
				return true;
			if (touch_must_stop(touch))
				return false;
		}
	}
	return false;
}

static bool
edges_touch_plainly(Touch *touch)
{
	const double *a = touch->a->xy;

	for (uint32_t i = 0; i < touch->a->nrings; i++)
	{
		const double *b = touch->b->xy;

		for (uint32_t j = 0; j < touch->b->nrings; j++)
		{
			if (rings_touch(touch, a, touch->a->ring_points[i], b, touch->b->ring_points[j]))
				return true;
			b += 2 * (size_t) touch->b->ring_points[j];
		}
		a += 2 * (size_t) touch->a->ring_points[i];
	}
	return false;
}

static bool
point_in_extent(Touch *touch, const double *p, const MfExtent *extent)
{
	const double *xy = extent->xy;
	const uint32_t *ring_points = extent->ring_points;

	for (uint32_t part = 0; part < extent->nparts; part++)
	{
		uint32_t	nrings = extent->part_rings[part];

		if (touch_must_stop(touch))
			return false;
		if (point_in_part(p, xy, ring_points, nrings))
			return true;
		while (nrings-- > 0)
			xy += 2 * (size_t) *ring_points++;
	}
	return false;
}

/* ---- through trees ---- */

/*
 * Make the tree of an extent's edges in the lon/lat plane.
 */
static bool
plane_tree_make(BoxTree *tree, const MfExtent *extent)
{
	if (!box_tree_begin(tree, 2, extent))
		return false;
	for (uint32_t i = 0; i < extent->npoints; i++)
	{
		const double *p = extent->xy + 2 * (size_t) i;
		const double *q = extent->xy + 2 * (size_t) tree->ends[i];
		double	   *box = tree->boxes[0] + 4 * (size_t) i;

		for (int d = 0; d < 2; d++)
		{
			box[d] = p[d] < q[d] ? p[d] : q[d];
			box[2 + d] = p[d] < q[d] ? q[d] : p[d];
		}
	}
	box_tree_finish(tree);
	return true;
}

static bool
nodes_touch(Touch *touch, int level_a, uint32_t a, int level_b, uint32_t b)
{
	const double *box_a = box_tree_box(&touch->tree_a, level_a, a);
	const double *box_b = box_tree_box(&touch->tree_b, level_b, b);

	if (box_a[0] > box_b[2] || box_b[0] > box_a[2] ||
		box_a[1] > box_b[3] || box_b[1] > box_a[3] || touch_must_stop(touch))
		return false;
	if (level_a == 0 && level_b == 0)
		return segments_touch(touch->a->xy + 2 * (size_t) a,
							  touch->a->xy + 2 * (size_t) touch->tree_a.ends[a],
							  touch->b->xy + 2 * (size_t) b,
							  touch->b->xy + 2 * (size_t) touch->tree_b.ends[b]);
	if (level_a >= level_b)
	{
		uint32_t	end = box_tree_children_end(&touch->tree_a, level_a, a);

		for (uint32_t child = a * BOX_FANOUT; child < end; child++)
			if (nodes_touch(touch, level_a - 1, child, level_b, b))
				return true;
	}
	else
	{
		uint32_t	end = box_tree_children_end(&touch->tree_b, level_b, b);

		for (uint32_t child = b * BOX_FANOUT; child < end; child++)
			if (nodes_touch(touch, level_a, a, level_b - 1, child))
				return true;
	}
	return false;
}

/* The edges east of a point, counted part by part. */
typedef struct Stab
{
	const double *p;
	const MfExtent *extent;
	const BoxTree *tree;
	uint32_t	part;			/* the part being counted */
	uint32_t	ring;			/* the first ring after it */
	uint32_t	end;			/* the first edge after it */
	bool		inside;			/* an odd number so far */
} Stab;

/*
 * Go on to the part that holds an edge; true: the point was in a part before.
 */
static bool
stab_advance(Stab *stab, uint32_t edge)
{
	while (edge >= stab->end)
	{
		uint32_t	nrings = stab->extent->part_rings[stab->part++];

		if (stab->inside)
			return true;
		while (nrings-- > 0)
			stab->end += stab->extent->ring_points[stab->ring++];
	}
	return false;
}

/*
 * Count the edges of a node, in order; true: the point is in a part.
 */
static bool
stab_node(Stab *stab, Touch *touch, int level, uint32_t node)
{
	const double *box = box_tree_box(stab->tree, level, node);
	const double *p = stab->p;
	const double *xy = stab->extent->xy;
	const double *a;
	const double *b;
	int			side;

	if (p[1] < box[1] || p[1] > box[3] || p[0] > box[2] || touch_must_stop(touch))
		return false;
	if (level > 0)
	{
		uint32_t	end = box_tree_children_end(stab->tree, level, node);

		for (uint32_t child = node * BOX_FANOUT; child < end; child++)
			if (stab_node(stab, touch, level - 1, child))
				return true;
		return false;
	}
	if (stab_advance(stab, node))
		return true;
	a = xy + 2 * (size_t) node;
	b = xy + 2 * (size_t) stab->tree->ends[node];
	side = orient2d(a, b, p);
	if ((a[1] > p[1]) != (b[1] > p[1]) && (side > 0) == (b[1] > a[1]))
		stab->inside = !stab->inside;
	return false;
}

/*
 * Is a point inside a part of a polygonal extent?  It is on no edge.
 */
static bool
point_in_tree(Touch *touch, const double *p, const MfExtent *extent, const BoxTree *tree)
{
	Stab		stab = {p, extent, tree, 0, 0, 0, false};

	return stab_node(&stab, touch, tree->nlevels - 1, 0) || stab.inside;
}

/* ---- separating lines ---- */

/* Where points lie across a line. */
typedef struct Across
{
	double		low;
	double		high;
	double		reach;			/* the farthest of them along either axis */
} Across;

static void
extent_across(Across *across, const MfExtent *extent, const double *p,
			  double dx, double dy)
{
	across->low = INFINITY;
	across->high = -INFINITY;
	across->reach = 0.0;
	for (uint32_t i = 0; i < extent->npoints; i++)
	{
		double		x = extent->xy[2 * (size_t) i] - p[0];
		double		y = extent->xy[2 * (size_t) i + 1] - p[1];
		double		d = dx * y - dy * x;
		double		far = fabs(x) > fabs(y) ? fabs(x) : fabs(y);

		across->low = d < across->low ? d : across->low;
		across->high = d > across->high ? d : across->high;
		across->reach = far > across->reach ? far : across->reach;
	}
}

/*
 * Does a line along an edge have all of a on one side and all of b on the
 * other, beyond any rounding?
 */
static bool
edge_parts(const MfExtent *a, const MfExtent *b, const double *p, const double *q)
{
	double		dx = q[0] - p[0];
	double		dy = q[1] - p[1];
	Across		of_a;
	Across		of_b;
	double		slack;

	extent_across(&of_a, a, p, dx, dy);
	extent_across(&of_b, b, p, dx, dy);
	/* three roundings of each product, one of the difference, of either */
	slack = 8 * DBL_EPSILON * (fabs(dx) + fabs(dy)) *
		(of_a.reach > of_b.reach ? of_a.reach : of_b.reach) + DBL_MIN;
	return of_a.low - of_b.high > slack || of_b.low - of_a.high > slack;
}

/* Try the edges of one that lie between the middles of the two. */
static bool
edges_part(const MfExtent *a, const MfExtent *b, const MfExtent *edges,
		   const double *middle_a, const double *middle_b)
{
	for (uint32_t i = 0; i + 1 < edges->npoints; i++)
	{
		const double *p = edges->xy + 2 * (size_t) i;
		double		dx = p[2] - p[0];
		double		dy = p[3] - p[1];
		bool		left_a = dx * (middle_a[1] - p[1]) > dy * (middle_a[0] - p[0]);
		bool		left_b = dx * (middle_b[1] - p[1]) > dy * (middle_b[0] - p[0]);

		if (left_a != left_b && edge_parts(a, b, p, p + 2))
			return true;
	}
	return false;
}

bool
extents_apart(const MfExtent *a, const MinefieldBox *box_a,
			  const MfExtent *b, const MinefieldBox *box_b)
{
	double		middle_a[2] = {
		((double) box_a->xmin + box_a->xmax) / 2, ((double) box_a->ymin + box_a->ymax) / 2
	};
	double		middle_b[2] = {
		((double) box_b->xmin + box_b->xmax) / 2, ((double) box_b->ymin + box_b->ymax) / 2
	};

	if (!box_overlaps(box_a, box_b))
		return true;
	return (a->npoints <= FEW_POINTS && edges_part(a, b, a, middle_a, middle_b)) ||
		(b->npoints <= FEW_POINTS && edges_part(a, b, b, middle_a, middle_b));
}

/* ---- both ---- */

/*
 * Is a ring, line or point of one inside a polygon of the other?  The edges
 * do not touch, so one point of each tells; tree is NULL when there is none.
 */
static bool
has_ring_inside(Touch *touch, const MfExtent *one, const MfExtent *other, const BoxTree *tree)
{
	const double *p = one->xy;

	if (!is_polygonal(other))
		return false;
	for (uint32_t ring = 0; ring < one->nrings && !touch->stopped; ring++)
	{
		if (one->ring_points[ring] == 0)
			continue;
		if (!segment_misses(p, p, other == touch->b ? touch->box_b : touch->box_a) &&
			(tree != NULL ? point_in_tree(touch, p, other, tree) :
			 point_in_extent(touch, p, other)))
			return true;
		p += 2 * (size_t) one->ring_points[ring];
	}
	return false;
}

bool
extent_touches(const MfExtent *a, const MfExtent *b)
{
	Touch		touch = {.a = a, .b = b};
	bool		trees = (uint64_t) a->npoints * b->npoints > PLAIN_PAIRS;
	bool		found;

	exact_box(touch.box_a, a);
	exact_box(touch.box_b, b);
	if (!boxes_meet(touch.box_a, touch.box_b))
		return false;
	if (trees && plane_tree_make(&touch.tree_a, a))
	{
		if (plane_tree_make(&touch.tree_b, b))
		{
			found = nodes_touch(&touch, touch.tree_a.nlevels - 1, 0,
								touch.tree_b.nlevels - 1, 0) ||
				has_ring_inside(&touch, a, b, &touch.tree_b) ||
				has_ring_inside(&touch, b, a, &touch.tree_a);
			box_tree_free(&touch.tree_a);
			box_tree_free(&touch.tree_b);
			return found;
		}
		box_tree_free(&touch.tree_a);
	}
	/* Without memory for trees the plain way takes longer, no more. */
	return edges_touch_plainly(&touch) ||
		has_ring_inside(&touch, a, b, NULL) ||
		has_ring_inside(&touch, b, a, NULL);
}
