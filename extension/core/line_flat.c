/*
 * line_flat.c - what a plane tells of pieces of a line and edges near them
 *
 * Whether a piece is within a distance of an edge or not is nearly always
 * plain: a plane tells it, whose error is known.  Space is asked only where
 * the answer is closer than that, at the ends of gaps.
 */
#include "line_flat.h"

#include <math.h>

/* More than space is off by itself, m: it must not be asked to say otherwise. */
#define HAIR_M			1e-3

/* The line may go on so many times as far as the pieces, and stay in the plane. */
#define REACH			3.0

void
line_flat_begin(LineFlat *plane, const MinefieldBox *box, double distance)
{
	double		middle = ((double) box->ymin + box->ymax) / 2;
	double		angle = distance * (1.0 + 3.0 * FLAT_SHARE) / MF_RADIUS_LEAST;
	double		reach = REACH * (((double) box->ymax - box->ymin) / 2 * MF_RADIANS + angle);
	double		lon = fmax(fabs(box->xmin), fabs(box->xmax));
	double		within;
	double		share;

	plane->tells = false;
	if (!flat_about(&plane->flat, ((double) box->xmin + box->xmax) / 2, middle))
		return;
	share = flat_share(&plane->flat, reach + angle);
	if (!(share <= FLAT_SHARE) || !flat_is_whole(&plane->flat, lon, REACH * angle))
		return;
	within = distance * (1.0 - share) - HAIR_M;
	plane->within2 = within > 0.0 ? within * within : -1.0;
	plane->beyond = distance / (1.0 - share) + HAIR_M;
	plane->lat_reach = reach / MF_RADIANS;
	plane->tells = true;
}

void
line_flat_piece(const LineFlat *plane, FlatPiece *piece, const double *from, const double *to)
{
	double		x,
				y,
				far;

	flat_place(&plane->flat, from, piece->from);
	flat_place(&plane->flat, to, piece->to);
	piece->middle[0] = (piece->from[0] + piece->to[0]) / 2;
	piece->middle[1] = (piece->from[1] + piece->to[1]) / 2;
	x = (piece->to[0] - piece->from[0]) / 2;
	y = (piece->to[1] - piece->from[1]) / 2;
	far = plane->beyond + sqrt(x * x + y * y);
	piece->far2 = far * far;
}
