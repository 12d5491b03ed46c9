/*
 * areas.c - polygons that are asked for their width and their neighbours
 */
#include "mf_areas.h"

#include <math.h>
#include <string.h>

#include "edge_index.h"

#define WIDTH_SQUARES	20000

struct MfAreas
{
	MfStore		store;
	EdgeIndex	edges;
	uint32_t   *records;		/* [n] record of each number */
	uint32_t   *run_records;	/* [runs] */
	double	   *scratch;		/* as extent_inside() needs it */
	size_t		scratch_room;
	MfSquare   *squares;		/* [WIDTH_SQUARES] */
	uint32_t   *seen;			/* [records] shape + 1 that it was last found for */
};

static MfStatus
areas_index(MfAreas *areas, uint32_t n)
{
	const MfMemory *memory = &areas->store.memory;
	MfStatus	status = edge_index_build(&areas->edges, &areas->store);

	if (status != MF_DONE)
		return status;
	areas->records = memory_get(memory, n, sizeof(uint32_t));
	areas->run_records = memory_get(memory, areas->edges.nruns, sizeof(uint32_t));
	areas->seen = memory_get(memory, areas->store.nrecords, sizeof(uint32_t));
	areas->squares = memory_get(memory, WIDTH_SQUARES, sizeof(MfSquare));
	if (areas->records == NULL || areas->run_records == NULL || areas->seen == NULL ||
		areas->squares == NULL)
		return MF_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++)
		areas->records[i] = MF_NONE;
	for (uint32_t r = 0; r < areas->store.nrecords; r++)
	{
		areas->records[areas->store.numbers[r]] = r;
		for (uint32_t run = record_runs_begin(&areas->edges, r);
			 run < record_runs_end(&areas->edges, r); run++)
			areas->run_records[run] = r;
	}
	return MF_DONE;
}

MfStatus
areas_build(MfAreas **result, const MfMemory *memory, uint32_t n,
			mf_extent_source source, void *arg)
{
	MfAreas    *areas = memory_get(memory, 1, sizeof(MfAreas));
	MfStatus	status;

	*result = NULL;
	if (areas == NULL)
		return MF_NO_MEMORY;
	memset(areas, 0, sizeof(*areas));
	status = store_build(&areas->store, memory, n, source, NULL, arg);
	if (status != MF_DONE)
	{
		memory_give(memory, areas);
		return status;
	}
	status = areas_index(areas, n);
	if (status != MF_DONE)
		areas_free(areas);
	else
		*result = areas;
	return status;
}

void
areas_free(MfAreas *areas)
{
	const MfMemory memory = areas->store.memory;

	edge_index_free(&areas->edges);
	store_free(&areas->store);
	memory_give(&memory, areas->records);
	memory_give(&memory, areas->run_records);
	memory_give(&memory, areas->seen);
	memory_give(&memory, areas->squares);
	memory_give(&memory, areas->scratch);
	memory_give(&memory, areas);
}

/* ---- width ---- */

/* The edge nearest to a point, in metres of the plane. */
typedef struct Nearest
{
	const EdgeIndex *edges;
	const MfPlane *plane;
	uint32_t	begin;			/* runs of the area */
	uint32_t	end;
	double		p[2];			/* in degrees */
	double		best;			/* squared distance */
	const double *edge;
	bool		between;		/* nearest between its ends */
} Nearest;

static void
look_at_edge(Nearest *n, const double *edge)
{
	double		ax = (edge[0] - n->p[0]) * n->plane->mx;
	double		ay = (edge[1] - n->p[1]) * n->plane->my;
	double		dx = (edge[2] - edge[0]) * n->plane->mx;
	double		dy = (edge[3] - edge[1]) * n->plane->my;
	double		t = -(ax * dx + ay * dy) / (dx * dx + dy * dy);
	bool		between = t > 0 && t < 1;

	if (!between)
		t = t >= 1 ? 1 : 0;
	ax += t * dx;
	ay += t * dy;
	if (ax * ax + ay * ay < n->best)
	{
		n->best = ax * ax + ay * ay;
		n->edge = edge;
		n->between = between;
	}
}

/* The squared distance to the box of a node, never too large. */
static double
node_distance(const Nearest *n, uint32_t at)
{
	const MfTree *tree = &n->edges->tree;
	double		west = tree->xmin[at] - n->p[0];
	double		east = n->p[0] - tree->xmax[at];
	double		south = tree->ymin[at] - n->p[1];
	double		north = n->p[1] - tree->ymax[at];
	double		dx = west > 0 ? west : east > 0 ? east : 0;
	double		dy = south > 0 ? south : north > 0 ? north : 0;

	dx *= n->plane->mx;
	dy *= n->plane->my;
	return dx * dx + dy * dy;
}

/* Nearer children first, and none that cannot do better. */
static void
look_at_node(Nearest *n, int level, uint32_t node)
{
	const MfTree *tree = &n->edges->tree;
	uint32_t	children[MF_TREE_FANOUT];
	double		distances[MF_TREE_FANOUT];
	uint32_t	count = 0;
	int			shift = 4 * (level - 1);

	if (level == 0)
	{
		const double *edge = run_edges(n->edges, node);

		for (uint32_t i = 0; i < n->edges->count[node]; i++)
			look_at_edge(n, edge + 2 * i);
		return;
	}
	for (uint32_t i = 0; i < MF_TREE_FANOUT; i++)
	{
		uint32_t	child = node * MF_TREE_FANOUT + i;
		double		d;
		uint32_t	k = count;

		if (child >= tree->counts[level - 1] || child > (n->end - 1) >> shift)
			break;
		if (child < n->begin >> shift)
			continue;
		d = node_distance(n, tree->starts[level - 1] + child);
		if (d >= n->best)
			continue;
		for (; k > 0 && distances[k - 1] > d; k--)
		{
			distances[k] = distances[k - 1];
			children[k] = children[k - 1];
		}
		distances[k] = d;
		children[k] = child;
		count++;
	}
	for (uint32_t i = 0; i < count && distances[i] < n->best; i++)
		look_at_node(n, level - 1, children[i]);
}

typedef struct Depth
{
	Nearest		nearest;
	uint32_t	record;
} Depth;

static double
depth_at(double x, double y, void *arg)
{
	Depth	   *depth = arg;
	Nearest    *n = &depth->nearest;
	bool		inside;

	n->p[0] = x;
	n->p[1] = y;
	plane_inverse(n->plane, n->p, 1);
	n->best = INFINITY;
	look_at_node(n, n->edges->tree.nlevels - 1, 0);
	/* the area is on the left of its edges */
	inside = n->between ? orient2d(n->edge, n->edge + 2, n->p) > 0 :
		record_holds(n->edges, depth->record, n->p) > 0;
	return inside ? sqrt(n->best) : -sqrt(n->best);
}

/* A point inside, in the plane, and the area's box there. */
static MfStatus
width_begin(MfAreas *areas, uint32_t record, MfPlane *plane, double *inside,
			double *min, double *max)
{
	const MfStore *store = &areas->store;
	uint32_t	ring = store->record_rings[record];
	uint32_t	end = store->record_rings[record + 1];
	uint32_t	first = store->ring_starts[ring];
	uint32_t	n = store->ring_starts[end] - first;
	uint32_t	nrings = end - ring;
	MfExtent	extent = {MF_POLYGON, 1, nrings, n, &nrings, NULL, store->xy + 2 * (size_t) first};
	uint32_t   *points = memory_get(&store->memory, nrings, sizeof(uint32_t));
	MinefieldBox box;

	if (points == NULL ||
		!memory_grow(&store->memory, (void **) &areas->scratch, &areas->scratch_room, n,
					 sizeof(double)))
	{
		memory_give(&store->memory, points);
		return MF_NO_MEMORY;
	}
	for (uint32_t k = 0; k < nrings; k++)
		points[k] = store->ring_starts[ring + k + 1] - store->ring_starts[ring + k];
	extent.ring_points = points;
	extent_inside(&extent, areas->scratch, inside);
	memory_give(&store->memory, points);

	box_of_extent(&box, &extent);
	plane_about(plane, ((double) box.xmin + box.xmax) / 2, ((double) box.ymin + box.ymax) / 2);
	plane_forward(plane, inside, 1);
	for (uint32_t i = 0; i < n; i++)
	{
		double		p[2] = {extent.xy[2 * (size_t) i], extent.xy[2 * (size_t) i + 1]};

		plane_forward(plane, p, 1);
		for (int d = 0; d < 2; d++)
		{
			min[d] = i == 0 || p[d] < min[d] ? p[d] : min[d];
			max[d] = i == 0 || p[d] > max[d] ? p[d] : max[d];
		}
	}
	return MF_DONE;
}

MfStatus
areas_width(MfAreas *areas, uint32_t number, double tolerance_m, double *width_m)
{
	Depth		depth = {.record = areas->records[number]};
	MfPlane		plane;
	double		inside[2],
				min[2],
				max[2];
	MfStatus	status;

	*width_m = 0;
	if (depth.record == MF_NONE)
		return MF_DONE;
	depth.nearest.edges = &areas->edges;
	depth.nearest.plane = &plane;
	depth.nearest.begin = record_runs_begin(&areas->edges, depth.record);
	depth.nearest.end = record_runs_end(&areas->edges, depth.record);
	if (depth.nearest.begin == depth.nearest.end)
		return MF_DONE;
	status = width_begin(areas, depth.record, &plane, inside, min, max);
	if (status != MF_DONE)
		return status;
	*width_m = 2 * inscribed_radius(min, max, inside, tolerance_m / 2, depth_at, &depth,
									areas->squares, WIDTH_SQUARES);
	return isnan(*width_m) ? MF_INTERRUPTED : MF_DONE;
}

/* ---- neighbours ---- */

/* The squared distance in degrees from p to the segment a-b, which may be a point. */
static double
point_segment(const double *p, const double *a, const double *b)
{
	double		ax = a[0] - p[0];
	double		ay = a[1] - p[1];
	double		dx = b[0] - a[0];
	double		dy = b[1] - a[1];
	double		length = dx * dx + dy * dy;
	double		t = length > 0 ? -(ax * dx + ay * dy) / length : 0;

	t = t < 0 ? 0 : t > 1 ? 1 : t;
	ax += t * dx;
	ay += t * dy;
	return ax * ax + ay * ay;
}

static bool
segments_near(const double *a, const double *b, const double *edge, double degrees)
{
	double		limit = degrees * degrees;

	for (int d = 0; d < 2; d++)
	{
		if ((a[d] < edge[d] - degrees && a[d] < edge[d + 2] - degrees &&
			 b[d] < edge[d] - degrees && b[d] < edge[d + 2] - degrees) ||
			(a[d] > edge[d] + degrees && a[d] > edge[d + 2] + degrees &&
			 b[d] > edge[d] + degrees && b[d] > edge[d + 2] + degrees))
			return false;
	}
	return point_segment(a, edge, edge + 2) <= limit || point_segment(b, edge, edge + 2) <= limit ||
		point_segment(edge, a, b) <= limit || point_segment(edge + 2, a, b) <= limit ||
		segments_touch(a, b, edge, edge + 2);
}

typedef struct Near
{
	MfAreas    *areas;
	double		degrees;
	uint32_t	shape;
	mf_near_visitor visit;
	void	   *arg;
} Near;

static bool
near_take(Near *near, uint32_t record)
{
	near->areas->seen[record] = near->shape + 1;
	return near->visit(near->areas->store.numbers[record], near->shape, near->arg);
}

/* One edge of a shape, or a point of it (a = b), against all areas. */
static bool
near_edge(Near *near, const double *a, const double *b)
{
	MfAreas    *areas = near->areas;
	MinefieldBox box;
	MfTreeQuery query;
	uint32_t	run;

	box_set_empty(&box);
	box_add_point(&box, (a[0] < b[0] ? a[0] : b[0]) - near->degrees,
				  (a[1] < b[1] ? a[1] : b[1]) - near->degrees);
	box_add_point(&box, (a[0] < b[0] ? b[0] : a[0]) + near->degrees,
				  (a[1] < b[1] ? b[1] : a[1]) + near->degrees);
	tree_query_begin(&query, &areas->edges.tree, &box, 0, areas->edges.nruns);
	while ((run = tree_query_next(&query)) != MF_NONE)
	{
		const double *edge = run_edges(&areas->edges, run);
		uint32_t	record = areas->run_records[run];

		for (uint32_t i = 0; i < areas->edges.count[run]; i++)
		{
			if (areas->seen[record] == near->shape + 1)
				break;
			if (segments_near(a, b, edge + 2 * i, near->degrees) && !near_take(near, record))
				return false;
		}
	}
	return true;
}

/* Areas around a shape that does not come near their edges hold any point of it. */
static bool
near_inside(Near *near, const double *p)
{
	MfAreas    *areas = near->areas;
	MinefieldBox box;
	MfTreeQuery query;
	uint32_t	record;

	box_of_point(&box, p);
	tree_query_begin(&query, &areas->store.tree, &box, 0, areas->store.nrecords);
	while ((record = tree_query_next(&query)) != MF_NONE)
	{
		if (areas->seen[record] != near->shape + 1 &&
			record_holds(&areas->edges, record, p) > 0 && !near_take(near, record))
			return false;
	}
	return true;
}

MfStatus
areas_near(MfAreas *areas, const MfStore *shapes, double degrees,
		   mf_near_visitor visit, void *arg)
{
	Near		near = {areas, degrees, 0, visit, arg};

	memset(areas->seen, 0, areas->store.nrecords * sizeof(uint32_t));
	for (near.shape = 0; near.shape < shapes->nrecords; near.shape++)
	{
		uint32_t	end = shapes->record_rings[near.shape + 1];

		if (near.shape % 64 == 63 && mf_interrupted != NULL && mf_interrupted())
			return MF_INTERRUPTED;
		for (uint32_t ring = shapes->record_rings[near.shape]; ring < end; ring++)
		{
			const double *xy = shapes->xy + 2 * (size_t) shapes->ring_starts[ring];
			uint32_t	n = shapes->ring_starts[ring + 1] - shapes->ring_starts[ring];

			if (n == 1 && !near_edge(&near, xy, xy))
				return MF_NO_MEMORY;
			for (uint32_t i = 0; i + 1 < n; i++)
			{
				if (i % 1024 == 1023 && mf_interrupted != NULL && mf_interrupted())
					return MF_INTERRUPTED;
				if (!near_edge(&near, xy + 2 * (size_t) i, xy + 2 * (size_t) (i + 1)))
					return MF_NO_MEMORY;
			}
			if (!near_inside(&near, xy))
				return MF_NO_MEMORY;
		}
	}
	return MF_DONE;
}
