/*
 * line_stretch.c - stretches of a line that nothing covers, and their points
 */
#include "line_cover.h"

#include <string.h>

#define SHORTEST_GAP_M	1e-6

void
stretch_close(Cover *cover)
{
	MfLineGaps *found = cover->found;
	Stretch    *stretch = &cover->stretch;
	MfLineGap  *last = found->n > 0 ? &found->gaps[found->n - 1] : NULL;

	if (!stretch->open)
		return;
	stretch->open = false;
	if (stretch->gap.to_m - stretch->gap.from_m < SHORTEST_GAP_M ||
		runs_touching(cover->runs, stretch->inner) != MF_NONE)
		return;
	/* a single point that is covered parts nothing */
	if (last != NULL && cover->last_part == cover->part &&
		stretch->gap.from_m - last->to_m < SHORTEST_GAP_M)
	{
		last->to_edge = stretch->gap.to_edge;
		last->to_t = stretch->gap.to_t;
		last->to_m = stretch->gap.to_m;
		return;
	}
	cover->last_part = cover->part;
	if (!memory_grow(cover->memory, (void **) &found->gaps, &cover->found_room,
					 (size_t) found->n + 1, sizeof(MfLineGap)))
		cover->status = MF_NO_MEMORY;
	else
		found->gaps[found->n++] = stretch->gap;
}

void
stretch_add(Cover *cover, const Piece *piece, uint32_t edge, double length,
			double low, double high)
{
	Stretch    *stretch = &cover->stretch;
	double		width = piece->t1 - piece->t0;

	if (low > 0.0)
		stretch_close(cover);
	if (!stretch->open)
	{
		stretch->open = true;
		stretch->gap.from_edge = edge;
		stretch->gap.from_t = low == 0.0 ? piece->t0 : piece->t0 + low * width;
		stretch->gap.from_m = cover->along + low * length;
		stretch->longest = -1.0;
	}
	stretch->gap.to_edge = edge;
	stretch->gap.to_t = high == 1.0 ? piece->t1 : piece->t0 + high * width;
	stretch->gap.to_m = cover->along + high * length;
	if ((high - low) * length > stretch->longest)
	{
		stretch->longest = (high - low) * length;
		point_on(piece->from, piece->to, piece->t0 + (low + high) / 2 * width,
				 stretch->inner);
	}
	if (high < 1.0)
		stretch_close(cover);
}

double
piece_length(const Piece *piece)
{
	static const double places[] = {0.11270166537925831, 0.5, 0.88729833462074169};
	static const double weights[] = {5.0 / 18.0, 8.0 / 18.0, 5.0 / 18.0};
	double		chord2 = dot(piece->u, piece->u);
	double		chord = straight_length(chord2);
	double		width = piece->t1 - piece->t0;
	double		dlon = (piece->to[0] - piece->from[0]) * MF_RADIANS * width;
	double		dlat = (piece->to[1] - piece->from[1]) * MF_RADIANS * width;
	double		sum = 0.0;
	SpaceOrigin origin;

	if (piece->sway <= STRAIGHT_SHARE * chord)
		return chord;
	space_origin(&origin, piece->from);
	for (int i = 0; i < 3; i++)
	{
		SpacePoint	at;
		double		lonlat[2];
		double		step[3];

		point_on(piece->from, piece->to, piece->t0 + places[i] * width, lonlat);
		space_near(&origin, lonlat, &at);
		if (!space_step(&at, dlon, dlat, step))
			return chord;
		sum += weights[i] * sqrt(dot(step, step));
	}
	return sum;
}

/* ---- the points of a gap ---- */

uint32_t
line_gap_room(const MfLineGap *gap)
{
	return gap->to_edge - gap->from_edge + 2;
}

static uint32_t
add_point(double *xy, uint32_t n, const double *p)
{
	double	   *at = xy + 2 * (size_t) n;

	if (n > 0 && at[-2] == p[0] && at[-1] == p[1])
		return n;
	at[0] = p[0];
	at[1] = p[1];
	return n + 1;
}

uint32_t
line_gap_points(const MfExtent *line, const MfLineGap *gap, double *xy)
{
	const double *p = line->xy + 2 * (size_t) gap->from_edge;
	double		at[2];
	uint32_t	n;

	point_on(p, p + 2, gap->from_t, at);
	n = add_point(xy, 0, at);
	for (uint32_t i = gap->from_edge + 1; i <= gap->to_edge; i++)
		n = add_point(xy, n, line->xy + 2 * (size_t) i);
	p = line->xy + 2 * (size_t) gap->to_edge;
	point_on(p, p + 2, gap->to_t, at);
	return add_point(xy, n, at);
}
