/*
 * pair_area.c - the area that two polygonal extents have in common
 *
 * A region is the sum, over its edges, of the signed strips below them: with
 * shells counter-clockwise, an edge that runs west has the ground below it
 * added, one that runs east has it taken away.  So the common region of two
 * is the sum, over all pairs of their edges above one another, of the ground
 * below the lower of the two.  Nothing has to cross, meet or link: holes,
 * parts and common edges need no case of their own, and nothing can fail.
 *
 * Ground is measured on the ellipsoid: a unit of the lon/lat plane is worth
 * the density of area at its latitude, which within a low box is a cubic in
 * the latitude to the last digit; taller boxes are cut into bands.  All is
 * relative to a corner of the box that both extents' boxes have in common,
 * and only what lies in that box or above it is looked at.
 */
#include "mf_core.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "sphere.h"

/*
 * The tallest band, degrees.  The first term left out of the density is below
 * 1e-12 of it half that far from the middle.
 */
#define BAND_HEIGHT		0.25

/* Up to this many pairs of spans are tried one by one. */
#define PLAIN_PAIRS		512

/*
 * More noise than this, m2, and than this share of the area, and the box is
 * cut up until each window has little, as long as not more points have to be
 * looked at than these and so many times all.
 */
#define MUCH_NOISE		2.5e-7
#define NOISE_SHARE		1e-10
#define LITTLE_NOISE	1e-8
#define MOST_POINTS		200000
#define MOST_TIMES		64

/* Degrees; narrower spans have no area, and a slope beyond all numbers. */
#define LEAST_WIDTH		1e-100

/* Ask about interrupts once in so many steps. */
#define STEPS_PER_POLL	16384

/* The part of the plane that is looked at, and what its ground is worth. */
typedef struct Window
{
	double		west;
	double		south;
	double		width;			/* degrees */
	double		height;
	double		c[4];			/* m2 below y per degree: c0 y + c1 y^2 ... */
} Window;

typedef struct Sum
{
	Window	   *window;			/* where it is being taken */
	double		area_m2;
	double		noise_m2;		/* what rounding may have done to it */
	double		budget;			/* of points that may still be looked at */
	uint32_t	steps;
	bool		stopped;
} Sum;

static bool
sum_must_stop(Sum *sum)
{
	if (++sum->steps % STEPS_PER_POLL == 0 && mf_interrupted != NULL && mf_interrupted())
		sum->stopped = true;
	return sum->stopped;
}

/* ---- what ground is worth ---- */

/*
 * The density of area is K cos(lat) / (1 - e2 sin(lat)^2)^2.  Its series
 * about the middle of the band, by multiplying the series of its factors,
 * then about the band's foot and integrated.
 */
static void
window_weigh(Window *window)
{
	double		middle = window->height / 2 * MF_RADIANS;
	double		lat = (window->south + window->height / 2) * MF_RADIANS;
	double		s = sin(lat);
	double		c = cos_degrees(window->south + window->height / 2);
	double		d0 = 1.0 - MF_WGS84_E2 * s * s;
	double		d1 = -MF_WGS84_E2 / d0 * 2.0 * s * c;
	double		d2 = -MF_WGS84_E2 / d0 * (c * c - s * s);
	double		d3 = -2.0 / 3.0 * d1;
	double		g1 = -2.0 * d1;
	double		g2 = -2.0 * d2 + 3.0 * d1 * d1;
	double		g3 = -2.0 * d3 + 6.0 * d1 * d2 - 4.0 * d1 * d1 * d1;
	double		k = MF_WGS84_A * MF_WGS84_A * (1.0 - MF_WGS84_E2) / (d0 * d0) * MF_RADIANS;
	double		b0 = c;
	double		b1 = -s + c * g1;
	double		b2 = -c / 2 - s * g1 + c * g2;
	double		b3 = s / 6 - c * g1 / 2 - s * g2 + c * g3;

	window->c[0] = b0 - middle * (b1 - middle * (b2 - middle * b3));
	window->c[1] = (b1 - middle * (2.0 * b2 - middle * 3.0 * b3)) / 2;
	window->c[2] = (b2 - middle * 3.0 * b3) / 3;
	window->c[3] = b3 / 4;
	for (int i = 0; i < 4; i++)
	{
		k *= MF_RADIANS;
		window->c[i] *= k;
	}
}

/*
 * The ground below a straight line from height y0 to y1 over a width: powers
 * of y have their means over the line in closed form.
 */
static double
ground_below(const Window *window, double y0, double y1, double width)
{
	const double *c = window->c;
	double		m = 0.5 * (y0 + y1);
	double		d = 0.5 * (y1 - y0);
	double		mm = m * m;
	double		dd = d * d;

	return width * (c[0] * m + c[1] * (mm + dd * (1.0 / 3)) + c[2] * m * (mm + dd) +
					c[3] * (mm * mm + 2.0 * mm * dd + dd * dd * (1.0 / 5)));
}

/* ---- spans: the edges of one extent within the window ---- */

static uint32_t
span_put(MfPairSpan *span, double x0, double y0, double x1, double y1, double sign)
{
	if (!(x1 - x0 > LEAST_WIDTH))
		return 0;
	span->x0 = x0;
	span->x1 = x1;
	span->y0 = y0;
	span->slope = (y1 - y0) / (x1 - x0);
	span->sign = sign;
	return 1;
}

/*
 * An edge below the window's top, from west to east: cut at the window's
 * sides and foot.
 */
static uint32_t
edge_clip(const Window *window, double x0, double y0, double x1, double y1,
		  double sign, MfPairSpan *span)
{
	double		dx = x1 - x0;
	double		dy = y1 - y0;

	if (x0 < 0.0)
	{
		y0 -= x0 * (dy / dx);
		x0 = 0.0;
	}
	if (x1 > window->width)
	{
		y1 -= (x1 - window->width) * (dy / dx);
		x1 = window->width;
	}
	if (y0 <= 0.0 && y1 <= 0.0)
		return 0;
	if (y0 < 0.0)
	{
		x0 -= y0 * (dx / dy);
		y0 = 0.0;
	}
	else if (y1 < 0.0)
	{
		x1 -= y1 * (dx / dy);
		y1 = 0.0;
	}
	return span_put(span, x0, y0, x1, y1, sign);
}

/* The same whichever way it runs; sign is that of what runs west. */
static uint32_t
edge_put(const Window *window, double x0, double y0, double x1, double y1,
		 double sign, MfPairSpan *span)
{
	if (x0 == x1 || (y0 <= 0.0 && y1 <= 0.0) || (x0 <= 0.0 && x1 <= 0.0) ||
		(x0 >= window->width && x1 >= window->width))
		return 0;
	return x0 < x1 ? edge_clip(window, x0, y0, x1, y1, -sign, span) :
		edge_clip(window, x1, y1, x0, y0, sign, span);
}

static double
within(double x, double from, double to)
{
	return x < from ? from : (x > to ? to : x);
}

/* A stretch of the ring above the window lies on its top, whatever its way. */
static uint32_t
stretch_put(const Window *window, double x0, double x1, double sign, MfPairSpan *span)
{
	x0 = within(x0, 0.0, window->width);
	x1 = within(x1, 0.0, window->width);
	return x0 < x1 ? span_put(span, x0, window->height, x1, window->height, -sign) :
		span_put(span, x1, window->height, x0, window->height, sign);
}

/* The same to the bit whichever way the edge runs: common edges cancel. */
static double
top_crossing(double x0, double y0, double x1, double y1, double top)
{
	return x0 < x1 ? within(x0 + (top - y0) * ((x1 - x0) / (y1 - y0)), x0, x1) :
		within(x1 + (top - y1) * ((x0 - x1) / (y0 - y1)), x1, x0);
}

/* The spans of a ring, with the sign of what is below those that run west. */
static uint32_t
ring_clip(const Window *window, const double *p, uint32_t npoints, double sign,
		  MfPairSpan *spans)
{
	double		top = window->height;
	double		x0 = p[0] - window->west;
	double		y0 = p[1] - window->south;
	double		stretch = x0;	/* where the ring rose above the top */
	bool		above = y0 >= top;
	uint32_t	n = 0;

	for (uint32_t i = 1; i < npoints; i++)
	{
		double		x1 = p[2 * (size_t) i] - window->west;
		double		y1 = p[2 * (size_t) i + 1] - window->south;

		if (above != (y1 >= top))
		{
			double		x = top_crossing(x0, y0, x1, y1, top);

			if (above)
			{
				n += stretch_put(window, stretch, x, sign, spans + n);
				n += edge_put(window, x, top, x1, y1, sign, spans + n);
			}
			else
				n += edge_put(window, x0, y0, x, top, sign, spans + n);
			stretch = x;
			above = !above;
		}
		else if (!above)
			n += edge_put(window, x0, y0, x1, y1, sign, spans + n);
		x0 = x1;
		y0 = y1;
	}
	return above ? n + stretch_put(window, stretch, x0, sign, spans + n) : n;
}

static bool
runs_left(const double *p, uint32_t npoints)
{
	double		sum = 0.0;

	for (uint32_t i = 1; i + 1 < npoints; i++)
	{
		const double *q = p + 2 * (size_t) i;

		sum += (q[0] - p[0]) * (q[3] - p[1]) - (q[2] - p[0]) * (q[1] - p[1]);
	}
	return sum > 0.0;
}

/*
 * All spans of an extent.  Which way a single ring runs only turns the sign
 * of the whole sum; among several, shells must run one way and holes another.
 */
static uint32_t
extent_clip(const Window *window, const MfExtent *extent, MfPairSpan *spans)
{
	const double *xy = extent->xy;
	const uint32_t *ring_points = extent->ring_points;
	uint32_t	n = 0;

	if (extent->nrings == 1)
		return ring_clip(window, xy, *ring_points, 1.0, spans);
	for (uint32_t part = 0; part < extent->nparts; part++)
	{
		for (uint32_t ring = 0; ring < extent->part_rings[part]; ring++)
		{
			bool		turned = runs_left(xy, *ring_points) != (ring == 0);

			n += ring_clip(window, xy, *ring_points, turned ? -1.0 : 1.0, spans + n);
			xy += 2 * (size_t) *ring_points++;
		}
	}
	return n;
}

/* ---- pairs of spans ---- */

static void
spans_add(Sum *sum, const MfPairSpan *a, const MfPairSpan *b)
{
	double		west = a->x0 > b->x0 ? a->x0 : b->x0;
	double		east = a->x1 < b->x1 ? a->x1 : b->x1;
	double		width = east - west;
	double		a0,
				a1,
				b0,
				b1,
				below;

	if (!(width > 0.0))
		return;
	a0 = a->y0 + (west - a->x0) * a->slope;
	a1 = a->y0 + (east - a->x0) * a->slope;
	b0 = b->y0 + (west - b->x0) * b->slope;
	b1 = b->y0 + (east - b->x0) * b->slope;
	if (a0 <= b0 && a1 <= b1)
		below = ground_below(sum->window, a0, a1, width);
	else if (a0 >= b0 && a1 >= b1)
		below = ground_below(sum->window, b0, b1, width);
	else
	{
		/* they cross: first the one is the lower, then the other */
		double		share = (a0 - b0) / ((a0 - b0) - (a1 - b1));
		double		y = a0 + share * (a1 - a0);

		below = ground_below(sum->window, a0 < b0 ? a0 : b0, y, width * share) +
			ground_below(sum->window, y, a1 < b1 ? a1 : b1, width * (1.0 - share));
	}
	sum->area_m2 += a->sign * b->sign * below;
}

static int
compare_spans(const void *pa, const void *pb)
{
	const MfPairSpan *a = pa;
	const MfPairSpan *b = pb;

	if (a->x0 != b->x0)
		return a->x0 < b->x0 ? -1 : 1;
	if (a->x1 != b->x1)
		return a->x1 < b->x1 ? -1 : 1;
	if (a->y0 != b->y0)
		return a->y0 < b->y0 ? -1 : 1;
	if (a->slope != b->slope)
		return a->slope < b->slope ? -1 : 1;
	return a->sign < b->sign ? -1 : (a->sign > b->sign);
}

/*
 * Add a span with all of the other list that have begun and not ended west of
 * it; those that have are dropped.  Returns how many are left.
 */
static uint32_t
sweep_span(Sum *sum, const MfPairSpan *span, MfPairSpan *others, uint32_t nactive)
{
	for (uint32_t i = 0; i < nactive;)
	{
		const MfPairSpan *other = &others[others[i].active];

		if (sum_must_stop(sum))
			break;
		if (other->x1 <= span->x0)
			others[i].active = others[--nactive].active;
		else
		{
			spans_add(sum, span, other);
			i++;
		}
	}
	return nactive;
}

/* From west to east; active[0..n) of a list, kept in its spans, have begun. */
static void
spans_sweep(Sum *sum, MfPairSpan *a, uint32_t na, MfPairSpan *b, uint32_t nb)
{
	uint32_t	i = 0,
				j = 0,
				active_a = 0,
				active_b = 0;

	qsort(a, na, sizeof(*a), compare_spans);
	qsort(b, nb, sizeof(*b), compare_spans);
	while ((i < na || j < nb) && !sum->stopped)
	{
		if (j >= nb || (i < na && a[i].x0 <= b[j].x0))
		{
			if (j >= nb && active_b == 0)
				break;
			active_b = sweep_span(sum, &a[i], b, active_b);
			a[active_a++].active = i++;
		}
		else
		{
			active_a = sweep_span(sum, &b[j], a, active_a);
			b[active_b++].active = j++;
		}
	}
}

/*
 * Add what two extents have in common within the window; returns what
 * rounding may have done to it: each of the terms is rounded at the size of
 * the whole window.
 */
static double
window_add(Sum *sum, const MfExtent *a, const MfExtent *b, MfPairSpan *room)
{
	MfPairSpan *spans_a = room;
	uint32_t	na = extent_clip(sum->window, a, spans_a);
	MfPairSpan *spans_b = room + na;
	uint32_t	nb = na > 0 ? extent_clip(sum->window, b, spans_b) : 0;

	if (nb == 0)
		return 0.0;
	if ((uint64_t) na * nb > PLAIN_PAIRS)
		spans_sweep(sum, spans_a, na, spans_b, nb);
	else
	{
		for (uint32_t i = 0; i < na; i++)
			for (uint32_t j = 0; j < nb; j++)
				spans_add(sum, &spans_a[i], &spans_b[j]);
	}
	return DBL_EPSILON * (8.0 + na + nb) *
		ground_below(sum->window, sum->window->height, sum->window->height,
					 sum->window->width);
}

static void
window_set(Window *window, double west, double south, double east, double north)
{
	window->west = west;
	window->south = south;
	window->width = east - west;
	window->height = north - south;
	window_weigh(window);
}

/* ---- extents ---- */

/*
 * An order of two extents, so that the sum is the same both ways to the last
 * bit.
 */
static bool
is_in_order(const MfExtent *a, const MfExtent *b)
{
	if (a->npoints != b->npoints)
		return a->npoints < b->npoints;
	for (size_t i = 0; i < 2 * (size_t) a->npoints; i++)
	{
		if (a->xy[i] != b->xy[i])
			return a->xy[i] < b->xy[i];
	}
	return true;
}

/*
 * The sum over the window, by bands that are low enough.
 */
static void
bands_add(Sum *sum, const MfExtent *a, const MfExtent *b, const double *box,
		  MfPairSpan *room)
{
	int			bands = (int) ceil((box[3] - box[1]) / BAND_HEIGHT);
	double		step = (box[3] - box[1]) / bands;

	for (int i = 0; i < bands && !sum->stopped; i++)
	{
		double		south = box[1] + i * step;

		window_set(sum->window, box[0], south, box[2], i + 1 < bands ? south + step : box[3]);
		sum->noise_m2 += window_add(sum, a, b, room);
		if (bands > 1 && mf_interrupted != NULL && mf_interrupted())
			sum->stopped = true;
	}
}

/*
 * The same by windows that are small where both have ground, for next to
 * nothing in common within a large box: a strip across another, neighbours
 * along a border.
 */
static void
halves_add(Sum *sum, const MfExtent *a, const MfExtent *b, const double *box,
		   MfPairSpan *room)
{
	double		before = sum->area_m2;
	double		noise;
	bool		tall;

	window_set(sum->window, box[0], box[1], box[2], box[3]);
	tall = sum->window->height > sum->window->width * cos_degrees(box[1]);
	noise = window_add(sum, a, b, room);
	sum->budget -= a->npoints + b->npoints;
	if (mf_interrupted != NULL && mf_interrupted())
		sum->stopped = true;
	if (sum->stopped)
		return;
	if (noise <= LITTLE_NOISE || sum->budget < 0.0)
	{
		if (sum->window->height <= BAND_HEIGHT)
			sum->noise_m2 += noise;
		else
		{
			sum->area_m2 = before;
			bands_add(sum, a, b, box, room);
		}
		return;
	}
	sum->area_m2 = before;
	for (int half = 0; half < 2; half++)
	{
		double		part[4] = {box[0], box[1], box[2], box[3]};
		int			side = tall ? 1 : 0;

		part[half == 0 ? side + 2 : side] = (box[side] + box[side + 2]) / 2;
		halves_add(sum, a, b, part, room);
	}
}

double
pair_area(const MfExtent *a, const MinefieldBox *box_a,
		  const MfExtent *b, const MinefieldBox *box_b,
		  MfPairSpan *room, double *noise_m2)
{
	double		box[4] = {
		fmax(box_a->xmin, box_b->xmin), fmax(box_a->ymin, box_b->ymin),
		fmin(box_a->xmax, box_b->xmax), fmin(box_a->ymax, box_b->ymax)
	};
	Window		window;
	Sum			sum = {.window = &window};

	*noise_m2 = 0.0;
	if (!(box[0] < box[2] && box[1] < box[3]))
		return 0.0;
	if (!is_in_order(a, b))
	{
		const MfExtent *swap = a;

		a = b;
		b = swap;
	}
	bands_add(&sum, a, b, box, room);
	if (sum.noise_m2 > MUCH_NOISE && sum.noise_m2 > NOISE_SHARE * fabs(sum.area_m2))
	{
		sum.area_m2 = sum.noise_m2 = 0.0;
		sum.budget = MOST_POINTS + MOST_TIMES * ((double) a->npoints + b->npoints);
		halves_add(&sum, a, b, box, room);
	}
	*noise_m2 = sum.noise_m2;
	return sum.stopped ? NAN : fabs(sum.area_m2);
}
