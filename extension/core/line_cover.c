/*
 * line_cover.c - the stretches of a line that are far from every record
 *
 * Most pieces of a line are near an edge or far from all edges beyond doubt: a
 * plane tells that, whose error is known (line_flat.c), and an edge that
 * covered one piece is likely to cover the next.  The others are measured.
 *
 * A piece of the line lies within the distance of an edge exactly where it
 * lies within the edge's capsule: a cylinder about it with a ball at either
 * end.  Taken in space, with the distance as a chord, this needs no scale; each
 * capsule cuts an interval out of each piece, and what no interval covers is
 * far from every edge.  Such a stretch crosses no boundary, so one point of it
 * tells whether all of it lies inside a record.
 *
 * Edges that stray too far from their chords are cut into pieces, those of the
 * line beforehand, those of records when they are met.
 */
#include "line_cover.h"

#include <string.h>

/* What the ends of gaps may be off: m, and share of the distance. */
#define TOLERANCE_M		1e-3
#define TOLERANCE_SHARE	1e-5

/* Pieces of the line are no longer than rises so far above their chord: 10 km. */
#define GREATEST_RISE_M	2.0

/*
 * Below this, capsules are too thin to catch what crosses; and what they are
 * at least, so that a line along an edge is not in and out by rounding.
 */
#define THIN_M			0.01
#define THINNEST_M		1e-7

/* More than windows are rounded, as a share. */
#define WINDOW_HAIR		1e-6

#define ALL_EDGES		UINT32_MAX

/* ---- pieces and runs ---- */

/* Into how many pieces of the line an edge has to be cut. */
static double
pieces_needed(const Cover *cover, const Piece *edge)
{
	double		n = greater(edge->sway / cover->line_sway,
							edge->rise / lesser(cover->most_rise, GREATEST_RISE_M));

	return n > 1.0 ? ceil(sqrt(n)) : 1.0;
}

static const SpaceRun *
space_run(Cover *cover, uint32_t r)
{
	/* scattered, so that runs of different places seldom meet */
	SpaceRun   *space = &cover->cache[r * 2654435769u >> (32 - CACHE_BITS)];

	if (space->run != r)
		space_run_make(space, cover->runs, r, cover->most_sway, cover->most_rise);
	return space;
}

/* ---- what of a piece is covered ---- */

static int
compare_intervals(const Interval *a, const Interval *b)
{
	return a->low < b->low ? -1 : (a->low > b->low);
}

/* Sort by where they begin, and join those that meet. */
static void
join_covered(Cover *cover)
{
	Interval   *list = cover->covered;
	size_t		n = 0;

	for (size_t i = 1; i < cover->ncovered; i++)
	{
		Interval	next = list[i];
		size_t		k = i;

		for (; k > 0 && compare_intervals(&next, &list[k - 1]) < 0; k--)
			list[k] = list[k - 1];
		list[k] = next;
	}
	for (size_t i = 0; i < cover->ncovered; i++)
	{
		if (n > 0 && list[i].low <= list[n - 1].high)
			list[n - 1].high = greater(list[n - 1].high, list[i].high);
		else
			list[n++] = list[i];
	}
	cover->ncovered = n;
	cover->all = n == 1 && list[0].low <= 0.0 && list[0].high >= 1.0;
}

static void
add_covered(Cover *cover, double low, double high)
{
	Interval	added = {low, high};

	cover->all = low <= 0.0 && high >= 1.0;
	if (cover->all)
		return;
	if (!memory_grow(cover->memory, (void **) &cover->covered, &cover->covered_room,
					 cover->ncovered + 1, sizeof(Interval)))
	{
		cover->status = MF_NO_MEMORY;
		return;
	}
	cover->covered[cover->ncovered++] = added;
	/* few remain when they are joined, so sorting by insertion will do */
	if (cover->ncovered % 32 == 0)
		join_covered(cover);
}

/*
 * What of a piece lies within so small a distance of an edge that chords would
 * miss it: in a plane about the piece, where both are straight and only the
 * scale changes, which matters little to a small distance.
 */
static void
cover_thin(Cover *cover, const Piece *piece, const Piece *edge)
{
	double		xy[8];
	MfPlane		plane;
	Interval	cut;

	point_on(piece->from, piece->to, piece->t0, xy);
	point_on(piece->from, piece->to, piece->t1, xy + 2);
	memcpy(xy + 4, edge->from, 2 * sizeof(double));
	memcpy(xy + 6, edge->to, 2 * sizeof(double));
	plane_about(&plane, xy[0], (xy[1] + xy[3]) / 2);
	plane.lat0 = xy[1];
	plane_forward(&plane, xy, 4);
	if (flat_cut(xy, xy + 4, greater(cover->distance, THINNEST_M), &cut))
		add_covered(cover, cut.low, cut.high);
}

/*
 * An edge that strays too far from its chord is halved until its pieces are
 * good, or too far away.
 */
static void
cover_edge(Cover *cover, const Piece *piece, const Piece *edge)
{
	double		middle = (edge->t0 + edge->t1) / 2;
	Interval	cut;

	if (cover->all || cover->status != MF_DONE ||
		too_far(edge->middle, edge->reach, piece, cover->chord))
		return;
	if ((edge->sway > cover->most_sway || edge->rise > cover->most_rise) &&
		middle > edge->t0 && middle < edge->t1)
	{
		SpaceOrigin origin;
		Piece		half;

		space_origin(&origin, edge->from);
		piece_cut(&half, &origin, edge->from, edge->to, edge->t0, middle);
		cover_edge(cover, piece, &half);
		piece_cut(&half, &origin, edge->from, edge->to, middle, edge->t1);
		cover_edge(cover, piece, &half);
	}
	else if (capsule_cut(piece, edge, cover->chord, &cut))
		add_covered(cover, cut.low, cut.high);
}

/* The edges of a run that are given by bits. */
static void
cover_run(Cover *cover, const Piece *piece, uint32_t r, uint32_t edges)
{
	const SpaceRun *space = space_run(cover, r);
	const MfRun *run = &cover->runs->runs[r];
	const double *xy = cover->runs->store->xy + 2 * (size_t) run->first;

	if (too_far(space->middle, space->reach, piece, cover->chord))
		return;
	for (uint32_t i = 0; i < space->npieces && !cover->all; i++)
	{
		const double *from = xy + 2 * (size_t) space->edge[i];
		double		middle[3];
		Piece		edge;

		if ((edges >> space->edge[i] & 1) == 0)
			continue;
		for (int d = 0; d < 3; d++)
			middle[d] = (space->x[i][d] + space->x[i + 1][d]) / 2;
		if (too_far(middle, (double) space->reaches[i], piece, cover->chord))
			continue;
		piece_set(&edge, from, run->nedges > 0 ? from + 2 : from,
				  space->x[i], space->x[i + 1], space->sway[i], space->rise[i]);
		if (space->of[i] > 1)
		{
			edge.t0 = (double) space->number[i] / space->of[i];
			edge.t1 = (space->number[i] + 1.0) / space->of[i];
		}
		if (cover->distance < THIN_M)
			cover_thin(cover, piece, &edge);
		else
			cover_edge(cover, piece, &edge);
	}
}

/* ---- the same in a plane, where that is sure ---- */

static void
cover_unsure(Cover *cover, const Piece *piece)
{
	for (uint32_t i = 0; i < cover->nunsure && !cover->all && cover->status == MF_DONE; i++)
		cover_run(cover, piece, cover->unsure[i].run, cover->unsure[i].edges);
	cover->nunsure = 0;
}

static void
cover_flat(Cover *cover, uint32_t i, uint32_t r)
{
	const MfRun *run = &cover->runs->runs[r];
	const double *xy = cover->runs->store->xy + 2 * (size_t) run->first;
	uint32_t	next = run->nedges > 0 ? 2 : 0;
	uint32_t	unsure = 0;

	for (uint32_t k = 0; k < run->nedges || k == 0; k++, xy += next)
	{
		FlatEdge	edge;
		FlatAnswer	answer;

		flat_edge(&cover->plane, &edge, xy, xy + next);
		answer = flat_answer(&cover->plane, &cover->flat[i], &edge);
		if (answer == FLAT_COVERS)
		{
			cover->all = cover->coverer.known = true;
			cover->coverer.plane = cover->plane;
			cover->coverer.edge = edge;
			return;
		}
		if (answer == FLAT_UNSURE)
			unsure |= 1u << k;
	}
	if (unsure == 0)
		return;
	if (cover->nunsure == MOST_UNSURE)
		cover_unsure(cover, &cover->pieces[i]);
	cover->unsure[cover->nunsure].run = r;
	cover->unsure[cover->nunsure++].edges = unsure;
}

/* Does the edge that covered the piece before cover the way between two points? */
static bool
coverer_covers(const Cover *cover, const double *from, const double *to)
{
	const Coverer *coverer = &cover->coverer;

	return coverer->known && flat_holds(&coverer->plane, &coverer->edge, to) &&
		flat_holds(&coverer->plane, &coverer->edge, from);
}

static inline bool
window_misses(const double *window, const MfTree *tree, uint32_t r)
{
	return (tree->xmin[r] > window[2]) | (tree->xmax[r] < window[0]) |
		(tree->ymin[r] > window[3]) | (tree->ymax[r] < window[1]);
}

/* What of a piece the runs near it cover. */
static void
cover_near(Cover *cover, uint32_t i)
{
	const Piece *piece = &cover->pieces[i];
	const double *ends = cover->ends[i];

	cover->ncovered = 0;
	cover->all = coverer_covers(cover, ends, ends + 2);
	for (size_t k = 0; k < cover->nnear && !cover->all && cover->status == MF_DONE; k++)
	{
		if (k % 64 == 0 && mf_interrupted != NULL && mf_interrupted())
			cover->status = MF_INTERRUPTED;
		if (window_misses(cover->windows[i], &cover->runs->tree, cover->near[k]))
			continue;
		if (cover->plane.tells)
			cover_flat(cover, i, cover->near[k]);
		else
			cover_run(cover, piece, cover->near[k], ALL_EDGES);
	}
	cover_unsure(cover, piece);
}

static void
cover_piece(Cover *cover, uint32_t i)
{
	const Piece *piece = &cover->pieces[i];
	double		length = piece_length(piece);
	double		from = 0.0;

	if (cover->breaks[i])
	{
		stretch_close(cover);
		cover->part++;
	}
	cover_near(cover, i);
	if (!cover->all)
		join_covered(cover);
	if (cover->all)
		stretch_close(cover);
	else
	{
		for (size_t k = 0; k < cover->ncovered; k++)
		{
			if (cover->covered[k].low > from)
				stretch_add(cover, piece, cover->edges[i], length, from, cover->covered[k].low);
			else if (from == 0.0)
				stretch_close(cover);
			from = cover->covered[k].high;
		}
		if (from < 1.0)
			stretch_add(cover, piece, cover->edges[i], length, from, 1.0);
		else
			stretch_close(cover);
	}
	cover->along += length;
}

/* ---- along the line ---- */

/* Boxes about the pieces, and one about all; as far out as the distance. */
static void
open_windows(Cover *cover, MinefieldBox *box)
{
	double		dlat = cover->distance / MF_RADIUS_LEAST * (1.0 + WINDOW_HAIR) / MF_RADIANS;
	double		dlon;
	MinefieldBox inner;

	box_set_empty(box);
	for (uint32_t i = 0; i < cover->npieces; i++)
	{
		const Piece *piece = &cover->pieces[i];
		double	   *window = cover->windows[i];
		double	   *a = cover->ends[i];
		double	   *b = a + 2;

		point_on(piece->from, piece->to, piece->t0, a);
		point_on(piece->from, piece->to, piece->t1, b);
		for (int d = 0; d < 2; d++)
		{
			window[d] = lesser(a[d], b[d]);
			window[2 + d] = greater(a[d], b[d]);
		}
		box_add_point(box, window[0], window[1]);
		box_add_point(box, window[2], window[3]);
	}
	line_flat_begin(&cover->plane, box, cover->distance);
	inner = *box;
	box_expand(box, cover->distance);
	/* one that goes around the world is one of all longitudes */
	dlon = box->xmax - box->xmin < 360.0f ? greater((double) inner.xmin - box->xmin,
													(double) box->xmax - inner.xmax) : 360.0;
	for (uint32_t i = 0; i < cover->npieces; i++)
	{
		cover->windows[i][0] -= dlon;
		cover->windows[i][1] -= dlat;
		cover->windows[i][2] += dlon;
		cover->windows[i][3] += dlat;
		if (cover->plane.tells)
			line_flat_piece(&cover->plane, &cover->flat[i], cover->ends[i], cover->ends[i] + 2);
	}
}

/* The runs whose box comes near the pieces'. */
static void
find_near(Cover *cover)
{
	const MfTree *tree = &cover->runs->tree;
	MinefieldBox box;
	MfTreeQuery query;
	uint32_t	r;

	open_windows(cover, &box);
	cover->nnear = 0;
	tree_query_begin(&query, tree, &box, 0, tree->nitems);
	while ((r = tree_query_next(&query)) != MF_NONE)
	{
		if (!memory_grow(cover->memory, (void **) &cover->near, &cover->near_room,
						 cover->nnear + 1, sizeof(uint32_t)))
		{
			cover->status = MF_NO_MEMORY;
			return;
		}
		cover->near[cover->nnear++] = r;
	}
}

static void
cover_batch(Cover *cover)
{
	if (cover->npieces > 0 && cover->status == MF_DONE)
		find_near(cover);
	if (mf_interrupted != NULL && mf_interrupted())
		cover->status = MF_INTERRUPTED;
	for (uint32_t i = 0; i < cover->npieces && cover->status == MF_DONE; i++)
		cover_piece(cover, i);
	cover->npieces = 0;
	cover->batch_m = 0.0;
}

static void
add_piece(Cover *cover, const Piece *piece, uint32_t edge, bool breaks)
{
	uint32_t	k;

	if (breaks || cover->npieces == BATCH ||
		cover->batch_m + 2.0 * piece->reach > BATCH_M + 4.0 * cover->distance)
		cover_batch(cover);
	k = cover->npieces++;
	cover->pieces[k] = *piece;
	cover->edges[k] = edge;
	cover->breaks[k] = breaks;
	cover->batch_m += 2.0 * piece->reach;
}

/*
 * An edge that needs no search, since what covered the last piece covers it,
 * too; false: it may need one.
 */
static bool
cover_known(Cover *cover, const double *from, const SpacePoint *at_from,
			const SpacePoint *at_to, double sway, double rise)
{
	double		u[3] = {at_to->x[0] - at_from->x[0], at_to->x[1] - at_from->x[1],
						at_to->x[2] - at_from->x[2]};
	double		length;

	if (cover->npieces > 0 || !coverer_covers(cover, from, from + 2) ||
		sway > cover->line_sway || rise > lesser(cover->most_rise, GREATEST_RISE_M))
		return false;
	length = straight_length(dot(u, u));
	if (sway > STRAIGHT_SHARE * length)
		return false;
	stretch_close(cover);
	cover->along += length;
	return true;
}

/* at are the edge's ends in space. */
static void
cover_line_edge(Cover *cover, uint32_t edge, const double *from, const SpacePoint *at_from,
				const SpacePoint *at_to, bool breaks)
{
	SpaceOrigin origin;
	Piece		piece;
	double		sway,
				rise,
				n;

	edge_strays(from, at_from, from + 2, at_to, &sway, &rise);
	if (!breaks && cover_known(cover, from, at_from, at_to, sway, rise))
		return;
	piece_set(&piece, from, from + 2, at_from->x, at_to->x, sway, rise);
	n = pieces_needed(cover, &piece);
	if (n == 1.0)
	{
		add_piece(cover, &piece, edge, breaks);
		return;
	}
	space_origin(&origin, from);
	for (double i = 0.0; i < n && cover->status == MF_DONE; i += 1.0)
	{
		piece_cut(&piece, &origin, from, from + 2, i / n, (i + 1.0) / n);
		add_piece(cover, &piece, edge, breaks && i == 0.0);
	}
}

/*
 * All edges; from the end of a part to the beginning of the next there is
 * none, and where the two are not the same point the line breaks.
 */
static void
cover_line(Cover *cover, const MfExtent *line)
{
	uint32_t	point = 0;
	bool		breaks = true;
	SpaceOrigin origin;
	SpacePoint	at[2];

	if (line->nrings > 0)
		space_origin(&origin, line->xy);
	for (uint32_t ring = 0; ring < line->nrings; ring++)
	{
		uint32_t	end = point + line->ring_points[ring] - 1;

		if (ring > 0)
		{
			const double *p = line->xy + 2 * (size_t) point;

			breaks = p[-2] != p[0] || p[-1] != p[1];
		}
		space_near(&origin, line->xy + 2 * (size_t) point, &at[point % 2]);
		for (; point < end && cover->status == MF_DONE; point++, breaks = false)
		{
			const double *p = line->xy + 2 * (size_t) point;

			space_near(&origin, p + 2, &at[(point + 1) % 2]);
			cover_line_edge(cover, point, p, &at[point % 2], &at[(point + 1) % 2], breaks);
		}
		point = end + 1;
	}
	cover_batch(cover);
	stretch_close(cover);
}

/* The straight way through space between points so far apart. */
static double
chord_of(double distance)
{
	return 2.0 * MEAN_RADIUS * sin(distance / (2.0 * MEAN_RADIUS));
}

MfStatus
line_gaps_find(MfLineGaps *found, const MfRuns *runs, const MfExtent *line,
			   double distance_m)
{
	Cover		cover = {.runs = runs, .memory = &runs->store->memory};
	double		tolerance = TOLERANCE_M + TOLERANCE_SHARE * distance_m;

	memset(found, 0, sizeof(*found));
	cover.found = found;
	cover.distance = distance_m;
	cover.chord = chord_of(distance_m);
	cover.most_sway = cover.line_sway = tolerance / 4;

	/*
	 * Chords that rise differently are off by the square of that over twice
	 * the distance, and at most by that itself.
	 */
	cover.most_rise = greater(tolerance / 8, sqrt(tolerance * distance_m / 8));

	/* thin capsules do not go by chords */
	if (distance_m < THIN_M)
		cover.most_sway = cover.most_rise = INFINITY;
	cover.cache = memory_get(cover.memory, CACHE, sizeof(SpaceRun));
	if (cover.cache == NULL)
		return MF_NO_MEMORY;
	for (uint32_t i = 0; i < CACHE; i++)
		cover.cache[i].run = MF_NONE;
	cover_line(&cover, line);
	found->length_m = cover.along;
	memory_give(cover.memory, cover.cache);
	memory_give(cover.memory, cover.near);
	memory_give(cover.memory, cover.covered);
	if (cover.status != MF_DONE)
	{
		memory_give(cover.memory, found->gaps);
		memset(found, 0, sizeof(*found));
	}
	return cover.status;
}
