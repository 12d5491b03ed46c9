/*
 * nearest.c - the record nearest to a point
 *
 * A plane tells the few runs that may be nearest (near_runs.c).  Where it does
 * not, the way is down the tree of runs, nearest first, by a bound that needs few sines.
 * A run is measured in space: where an edge strays little from its chord, the nearest
 * point of the chord tells the nearest point of the edge, whose own place is
 * then taken; other edges are halved.  Near by, straight distances become
 * geodesic ones by the curvature of a sphere; edges far away are left to the
 * search of distance.c.
 *
 * What an edge is measured to depends on the point and its run alone, so the
 * answer does not depend on the order of the search.
 */
#include "mf_lines.h"

#include <math.h>

#include "capsule.h"
#include "near_runs.h"

/* Strays that move the nearest point too little to matter: m, and squared share. */
#define STRAY_M			1e-3
#define STRAY_SHARE		2e-5

/* Steps towards the nearest point, and a step too short to matter, m. */
#define MOST_STEPS		8
#define STEP_M			1e-4

/* Straight distances up to here are geodesic ones to a tenth of a millimetre. */
#define SPHERE_REACH	20000.0
#define MEAN_RADIUS		6371008.8

/* More than all roundings of the bound, much less than matters. */
#define BOUND_HAIR		1e-7

/* Radians over which a cosine need not be looked up. */
#define NEAR_ANGLE		0.02

#define STEPS_PER_POLL	256

/* Up to so many radians, and as far from the poles, windows are simple. */
#define WINDOW_ANGLE	0.0157
#define WINDOW_COSINE	0.17

typedef struct Search
{
	const MfRuns *runs;
	const double *p;
	mf_geodesic geodesic;
	SpaceOrigin origin;			/* at the point */
	SpacePoint	at;
	double		limit;			/* m; what is farther does not matter */
	double		found;			/* least distance in what is being measured */
	double		place[2];		/* and lon/lat of the point there, if near by */
	uint32_t	nearest;		/* the run nearest so far */
	double		least;
	double		least_place[2];
	const NearRuns *plane;		/* NULL: no plane tells which edges matter */
	double		window[4];		/* nothing outside is nearer: west, south, east, north */
	uint32_t	steps;
	bool		stopped;
} Search;

/* ---- the window ---- */

static void
window_open(Search *search)
{
	search->window[0] = search->window[1] = -INFINITY;
	search->window[2] = search->window[3] = INFINITY;
}

/*
 * Degrees of latitude and longitude that hold everything within a distance,
 * where that is simple: not far, not near a pole, not across 180 degrees.  A
 * cap of angle d reaches asin(sin d / cos lat) of longitude far, which is less
 * than d / (cos lat - d) then.
 */
static void
window_close(Search *search, double distance)
{
	double		angle = distance / MF_RADIUS_LEAST * (1.0 + BOUND_HAIR);
	double		dlat = angle / MF_RADIANS;
	double		dlon = dlat / (search->at.cos_lat - angle);

	if (angle > WINDOW_ANGLE || search->at.cos_lat < WINDOW_COSINE ||
		fabs(search->p[0]) + dlon > 179.0)
		return;
	search->window[0] = search->p[0] - dlon;
	search->window[1] = search->p[1] - dlat;
	search->window[2] = search->p[0] + dlon;
	search->window[3] = search->p[1] + dlat;
}

static inline bool
window_misses(const Search *search, uint32_t at)
{
	const MfTree *tree = &search->runs->tree;

	return (tree->xmin[at] > search->window[2]) | (tree->xmax[at] < search->window[0]) |
		(tree->ymin[at] > search->window[3]) | (tree->ymax[at] < search->window[1]);
}

static void
search_begin(Search *search, const MfRuns *runs, const double *p, mf_geodesic geodesic)
{
	search->runs = runs;
	search->p = p;
	search->geodesic = geodesic;
	search->limit = search->found = INFINITY;
	search->nearest = MF_NONE;
	search->least = INFINITY;
	search->plane = NULL;
	window_open(search);
	search->steps = 0;
	search->stopped = false;
	space_origin(&search->origin, p);
	space_near(&search->origin, p, &search->at);
}

/* ---- measuring ---- */

static double
straight_to(const Search *search, const double *x)
{
	double		sum = 0.0;

	for (int d = 0; d < 3; d++)
		sum += (x[d] - search->at.x[d]) * (x[d] - search->at.x[d]);
	return sqrt(sum);
}

/* Keep a distance if it is less than those before; true: it is. */
static bool
search_keep(Search *search, double distance)
{
	if (!(distance <= search->limit && distance < search->found))
		return false;
	search->limit = search->found = distance;
	return true;
}

/* A point of an edge, near by. */
static void
search_try(Search *search, const double *lonlat)
{
	SpaceOrigin origin = search->origin;
	SpacePoint	point;
	double		straight;

	space_near(&origin, lonlat, &point);
	straight = straight_to(search, point.x);
	if (search_keep(search, 2.0 * MEAN_RADIUS * asin(straight / (2.0 * MEAN_RADIUS))))
	{
		search->place[0] = lonlat[0];
		search->place[1] = lonlat[1];
	}
}

/*
 * A piece of an edge, far away, where the point nearest through space is not
 * the one nearest over ground.
 */
static void
search_far(Search *search, const Piece *piece)
{
	static const uint32_t one = 1;
	static const uint32_t two = 2;
	double		xy[4];
	const MfExtent point = {MF_POINT, 1, 1, 1, &one, &one, search->p};
	const MfExtent line = {MF_LINESTRING, 1, 1, 2, &one, &two, xy};
	double		distance;

	point_on(piece->from, piece->to, piece->t0, xy);
	point_on(piece->from, piece->to, piece->t1, xy + 2);
	distance = extent_distance(&point, &line, 0.0, search->geodesic);
	if (isnan(distance))
		search->stopped = true;
	search_keep(search, distance);
}

/* Half the second derivative of the square of the distance, along an edge. */
static double
distance_bend(const SpacePoint *at, const double *off, const double *step, double dlon, double dlat)
{
	double		tangent = at->cos_lat > 0.0 ? at->sin_lat / at->cos_lat : 0.0;
	double		bend[3];

	/* on a sphere, which is near enough to choose steps by */
	bend[0] = -(dlat * dlat + dlon * dlon) * at->x[0] + 2.0 * tangent * dlat * dlon * at->x[1];
	bend[1] = -(dlat * dlat + dlon * dlon) * at->x[1] - 2.0 * tangent * dlat * dlon * at->x[0];
	bend[2] = -dlat * dlat * at->x[2];
	return dot(step, step) - dot(off, bend);
}

/*
 * Measure to the point of a piece that is nearest, by Newton's steps from one
 * that is nearly.  Where the distance is greatest rather than least, one of
 * the ends is nearest.
 */
static void
search_near(Search *search, const Piece *piece, double t)
{
	double		dlon = (piece->to[0] - piece->from[0]) * MF_RADIANS;
	double		dlat = (piece->to[1] - piece->from[1]) * MF_RADIANS;
	SpaceOrigin origin = search->origin;
	double		lonlat[2];

	for (int i = 0; i < MOST_STEPS; i++)
	{
		SpacePoint	at;
		double		step[3],
					off[3];
		double		before = t;
		double		bend;

		point_on(piece->from, piece->to, t, lonlat);
		space_near(&origin, lonlat, &at);
		if (!space_step(&at, dlon, dlat, step))
			break;
		for (int d = 0; d < 3; d++)
			off[d] = search->at.x[d] - at.x[d];
		bend = distance_bend(&at, off, step, dlon, dlat);
		if (!(bend > 0.0))
		{
			point_on(piece->from, piece->to, piece->t0, lonlat);
			search_try(search, lonlat);
			point_on(piece->from, piece->to, piece->t1, lonlat);
			break;
		}
		t = lesser(greater(t + dot(off, step) / bend, piece->t0), piece->t1);
		if ((t - before) * (t - before) * dot(step, step) < STEP_M * STEP_M)
			break;
	}
	search_try(search, lonlat);
}

static void
search_piece(Search *search, const Piece *piece)
{
	double		uu = dot(piece->u, piece->u);
	double		strays = piece->sway + piece->rise;
	double		middle = (piece->t0 + piece->t1) / 2;
	double		x[3];
	double		straight,
				t;

	for (int d = 0; d < 3; d++)
		x[d] = search->at.x[d] - piece->p[d];
	t = uu > 0.0 ? clamp(dot(x, piece->u) / uu) : 0.0;
	for (int d = 0; d < 3; d++)
		x[d] = piece->p[d] + t * piece->u[d];
	straight = straight_to(search, x);
	if (geodesic_bound(greater(0.0, straight - strays)) > search->limit)
		return;
	if (strays > STRAY_M && strays * strays > STRAY_SHARE * straight &&
		middle > piece->t0 && middle < piece->t1)
	{
		SpaceOrigin origin = search->origin;
		Piece		half[2];

		piece_cut(&half[0], &origin, piece->from, piece->to, piece->t0, middle);
		piece_cut(&half[1], &origin, piece->from, piece->to, middle, piece->t1);
		search_piece(search, &half[t > 0.5]);
		search_piece(search, &half[t <= 0.5]);
	}
	else if (straight > SPHERE_REACH)
		search_far(search, piece);
	else
		search_near(search, piece,
					t == 1.0 ? piece->t1 : piece->t0 + t * (piece->t1 - piece->t0));
}

static void
search_run(Search *search, uint32_t r)
{
	const MfRun *run = &search->runs->runs[r];
	const double *xy = search->runs->store->xy + 2 * (size_t) run->first;
	SpaceOrigin origin = search->origin;
	SpacePoint	at[2];
	uint32_t	next = run->nedges > 0 ? 2 : 0;
	bool		known = false;	/* where the edge begins? */

	/* a point is an edge of no length */
	for (uint32_t i = 0; i < run->nedges || i == 0; i++, xy += next)
	{
		SpacePoint *from = &at[i % 2];
		SpacePoint *to = &at[(i + 1) % 2];
		Piece		edge;
		double		sway,
					rise;

		if (search->plane != NULL && near_edge(search->plane, xy, xy + next) > search->plane->limit)
		{
			known = false;
			continue;
		}
		if (!known)
			space_near(&origin, xy, from);
		space_near(&origin, xy + next, to);
		known = true;
		edge_strays(xy, from, xy + next, to, &sway, &rise);
		piece_set(&edge, xy, xy + next, from->x, to->x, sway, rise);
		search_piece(search, &edge);
	}
}

/* ---- searching ---- */

static double
sin2_half(double degrees)
{
	double		half = degrees * (MF_RADIANS / 2);
	double		q = half * half;
	double		s = half * (1.0 - q / 6.0 * (1.0 - q / 20.0));

	/* the series is good to more than the hair below while it is short */
	if (q > 1e-2)
		s = sin(half);
	return s * s;
}

/* No more than the least cosine of the latitudes of a box. */
static double
least_cosine(const Search *search, double south, double north)
{
	double		lat = greater(fabs(south), fabs(north));
	double		away = (lat - fabs(search->p[1])) * MF_RADIANS;

	/* no cosine changes by more than the angle */
	if (away < NEAR_ANGLE)
		return greater(0.0, search->at.cos_lat - greater(away, 0.0));
	return cos_degrees(lat);
}

/*
 * A lower bound of the distance to anything in a node: from the haversine of
 * the least differences of longitude and of latitude, on the parallel of the
 * box that is shorter.  On the ellipsoid no step is shorter than on a sphere
 * of its least radius, and an arc is no shorter than its chord.
 */
static double
node_bound(const Search *search, int level, uint32_t node)
{
	const MfTree *tree = &search->runs->tree;
	uint32_t	at = tree->starts[level] + node;
	double		west = tree->xmin[at];
	double		east = tree->xmax[at];
	double		south = tree->ymin[at];
	double		north = tree->ymax[at];
	double		lon = search->p[0];
	double		lat = search->p[1];
	double		dlat = greater(0.0, greater(south - lat, lat - north));
	double		dlon = greater(0.0, greater(west - lon, lon - east));
	double		h = sin2_half(dlat);

	if (dlon > 0.0)
	{
		/* the shorter way round */
		double		around = lon < west ? 360.0 - (east - lon) : 360.0 - (lon - west);

		dlon = greater(0.0, lesser(dlon, around));
		h += search->at.cos_lat * least_cosine(search, south, north) * sin2_half(dlon);
	}
	return 2.0 * MF_RADIUS_LEAST * sqrt(h) * (1.0 - BOUND_HAIR);
}

/* Of equally near runs the first is taken, in whatever order they are met. */
static void
search_leaf(Search *search, uint32_t r)
{
	search->found = INFINITY;
	search_run(search, r);
	if (search->found < search->least ||
		(search->found == search->least && r < search->nearest))
	{
		search->least = search->found;
		search->nearest = r;
		search->least_place[0] = search->place[0];
		search->least_place[1] = search->place[1];
		window_close(search, search->found);
	}
	if (++search->steps % STEPS_PER_POLL == 0 && mf_interrupted != NULL && mf_interrupted())
		search->stopped = true;
}

/* The children of a node, the nearest first. */
static void
search_node(Search *search, int level, uint32_t node)
{
	const MfTree *tree = &search->runs->tree;
	uint32_t	children[MF_TREE_FANOUT];
	double		bounds[MF_TREE_FANOUT];
	uint32_t	first = node * MF_TREE_FANOUT;
	uint32_t	end;
	int			n = 0;

	if (level == 0)
	{
		search_leaf(search, node);
		return;
	}
	end = tree->counts[level - 1];
	for (uint32_t child = first; child < end && child - first < MF_TREE_FANOUT; child++)
	{
		double		bound;
		int			i = n;

		if (window_misses(search, tree->starts[level - 1] + child))
			continue;
		bound = node_bound(search, level - 1, child);
		if (bound > search->limit)
			continue;
		for (; i > 0 && bounds[i - 1] > bound; i--)
		{
			bounds[i] = bounds[i - 1];
			children[i] = children[i - 1];
		}
		bounds[i] = bound;
		children[i] = child;
		n++;
	}
	for (int i = 0; i < n && bounds[i] <= search->limit && !search->stopped; i++)
		search_node(search, level - 1, children[i]);
}

/* Of what was found, measured anew where only curvature was reckoned with. */
static double
search_distance(const Search *search, double found, const double *place)
{
	if (found > SPHERE_REACH)
		return found;
	return search->geodesic(search->p[0], search->p[1], place[0], place[1]);
}

MfStatus
runs_nearest(const MfRuns *runs, const double *p, mf_geodesic geodesic,
			 uint32_t hint, MfNearest *nearest)
{
	Search		search;
	NearRuns	plane;

	search_begin(&search, runs, p, geodesic);
	nearest->run = nearest->record = MF_NONE;
	nearest->distance_m = INFINITY;
	if (near_runs_find(&plane, runs, p, hint))
	{
		search.plane = &plane;
		for (uint32_t i = 0; i < plane.n; i++)
			search_leaf(&search, plane.runs[i]);
	}
	else if (runs->tree.nlevels > 0)
		search_node(&search, runs->tree.nlevels - 1, 0);
	if (search.nearest != MF_NONE && !search.stopped)
	{
		nearest->run = search.nearest;
		nearest->record = runs->runs[search.nearest].record;
		nearest->distance_m = search_distance(&search, search.least, search.least_place);
	}
	return search.stopped ? MF_INTERRUPTED : MF_DONE;
}

double
runs_record_distance(const MfRuns *runs, uint32_t record, const double *p,
					 double limit_m, mf_geodesic geodesic)
{
	Search		search;

	search_begin(&search, runs, p, geodesic);
	search.limit = limit_m + 1e-3;	/* more than the measuring is off */
	for (uint32_t r = runs->record_runs[record]; r < runs->record_runs[record + 1]; r++)
	{
		if (node_bound(&search, 0, r) <= search.limit)
			search_run(&search, r);
	}
	return isinf(search.found) ? INFINITY : search_distance(&search, search.found, search.place);
}
