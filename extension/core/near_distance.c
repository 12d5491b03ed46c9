/*
 * near_distance.c - the distance of small extents close to each other
 *
 * In a plane, two shapes that do not touch are nearest at a corner of one of
 * them.  So each corner is dropped upon each edge of the other in a local
 * metric plane, and where that comes close to the least, the geodesic between
 * the two points is taken: the plane only has to find the places, of which it
 * is good to the square of what its lengths are off.
 */
#include "mf_core.h"

#include <math.h>

#include "sphere.h"

/* Both together span no more than this: about 3 km. */
#define SPAN_RADIANS	4.7e-4
/* So far from the poles lengths in the plane are good to this share. */
#define SPAN_LATITUDE	70.0
#define PLANE_SHARE		1.5e-3
/* More pairs of corners and edges are for trees of boxes. */
#define MOST_PAIRS		2048

typedef struct Drop
{
	const MfPlane *plane;
	double		best;			/* square metres in the plane */
	double		distance_m;		/* the least geodesic */
	bool		measured;		/* the second time round */
} Drop;

/* The foot of a corner on the edge from-to. */
static void
drop_corner(Drop *drop, const double *corner, const double *from, const double *to)
{
	double		mx = drop->plane->mx;
	double		my = drop->plane->my;
	double		ex = (to[0] - from[0]) * mx;
	double		ey = (to[1] - from[1]) * my;
	double		px = (corner[0] - from[0]) * mx;
	double		py = (corner[1] - from[1]) * my;
	double		along = px * ex + py * ey;
	double		square = ex * ex + ey * ey;
	double		t = along <= 0.0 ? 0.0 : (along >= square ? 1.0 : along / square);
	double		x = px - t * ex;
	double		y = py - t * ey;
	double		apart = x * x + y * y;

	if (!drop->measured)
	{
		drop->best = apart < drop->best ? apart : drop->best;
		return;
	}
	if (apart <= drop->best)
	{
		double		foot[2] = {
			t == 1.0 ? to[0] : from[0] + t * (to[0] - from[0]),
			t == 1.0 ? to[1] : from[1] + t * (to[1] - from[1])
		};
		double		distance;
		double		azimuth;

		if (short_geodesic(corner, foot, &distance, &azimuth) && distance < drop->distance_m)
			drop->distance_m = distance;
	}
}

/* Every corner of one on every edge of the other; a point is an edge, too. */
static void
drop_all(Drop *drop, const MfExtent *corners, const MfExtent *edges)
{
	const double *p = edges->xy;

	for (uint32_t ring = 0; ring < edges->nrings; ring++)
	{
		uint32_t	n = edges->ring_points[ring];

		for (uint32_t i = n > 1 ? 1 : 0; i < n; i++)
			for (uint32_t k = 0; k < corners->npoints; k++)
				drop_corner(drop, corners->xy + 2 * (size_t) k,
							p + 2 * (size_t) (i > 0 ? i - 1 : 0), p + 2 * (size_t) i);
		p += 2 * (size_t) n;
	}
}

bool
near_distance(const MfExtent *a, const MinefieldBox *box_a,
			  const MfExtent *b, const MinefieldBox *box_b,
			  double beyond, double *distance_m)
{
	double		west = fmin(box_a->xmin, box_b->xmin);
	double		east = fmax(box_a->xmax, box_b->xmax);
	double		south = fmin(box_a->ymin, box_b->ymin);
	double		north = fmax(box_a->ymax, box_b->ymax);
	MfPlane		plane;
	Drop		drop = {.plane = &plane, .best = INFINITY, .distance_m = INFINITY};

	if ((uint64_t) a->npoints * b->npoints > MOST_PAIRS ||
		fmax(fabs(south), fabs(north)) > SPAN_LATITUDE ||
		(north - south) * MF_RADIANS > SPAN_RADIANS ||
		(east - west) * MF_RADIANS * cos_degrees(south) > SPAN_RADIANS)
		return false;
	plane_about(&plane, (west + east) / 2, (south + north) / 2);
	drop_all(&drop, a, b);
	drop_all(&drop, b, a);
	*distance_m = sqrt(drop.best);
	if (*distance_m > beyond * (1.0 + PLANE_SHARE) + 1e-3)
		return true;
	drop.measured = true;
	drop.best *= (1.0 + 2 * PLANE_SHARE) * (1.0 + 2 * PLANE_SHARE);
	drop_all(&drop, a, b);
	drop_all(&drop, b, a);
	*distance_m = drop.distance_m;
	return drop.distance_m < INFINITY;
}
