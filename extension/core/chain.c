/*
 * chain.c - which points of a location hang together, and where they lie
 *
 * From the points with coordinates it walks along the legs, nearest first, to
 * approximate positions; what cannot be reached is told why.  A leg that joins
 * two points which are both reached without it closes a loop, and its
 * misclosure is how far it misses.  adjust.c does the rest.
 */
#include "mf_chain.h"

#include <math.h>

/* Rays that meet at less than this (sine of 5 degrees) do not fix a point. */
#define LEAST_CROSSING 0.087

double
leg_azimuth(const MfChain *chain, const MfChainLeg *leg, double x, double y)
{
	if (!leg->true_north)
		return leg->azimuth;
	return leg->azimuth - chain_plane_convergence(chain->plane, x, y);
}

double
leg_length(const MfChain *chain, const MfChainLeg *leg, double x, double azimuth)
{
	/* the scale half way is that of the whole to well under 1e-9 */
	return leg->distance_m *
		chain_plane_scale(chain->plane, x + 0.5 * leg->distance_m * sin(azimuth));
}

void
leg_end(const MfChain *chain, const MfChainLeg *leg, bool backwards,
		const double *from, double *to)
{
	double		sign = backwards ? -1.0 : 1.0;
	double		start[2] = {from[0], from[1]};

	/* backwards the start, where the azimuth holds, is what is looked for */
	for (int i = 0; i < (backwards ? 3 : 1); i++)
	{
		double		azimuth = leg_azimuth(chain, leg, start[0], start[1]);
		double		length = leg_length(chain, leg, start[0], azimuth);

		to[0] = from[0] + sign * length * sin(azimuth);
		to[1] = from[1] + sign * length * cos(azimuth);
		if (backwards)
		{
			start[0] = to[0];
			start[1] = to[1];
		}
	}
}

/* ---- reaching points ---- */

static bool
is_reached(const MfChainPoint *point)
{
	return point->state == MF_POINT_SOLVED;
}

static void
reach(MfChainPoint *point, double x, double y, uint32_t level, uint32_t via)
{
	point->state = MF_POINT_SOLVED;
	point->via = via;
	point->x = x;
	point->y = y;
	point->level = level;
}

/* One step along every complete leg from the points of a level. */
static bool
walk_level(MfChain *chain, uint32_t level)
{
	bool		more = false;

	for (uint32_t i = 0; i < chain->nlegs; i++)
	{
		MfChainLeg *leg = &chain->legs[i];
		MfChainPoint *a = &chain->points[leg->from];
		MfChainPoint *b = &chain->points[leg->to];
		bool		backwards = !is_reached(a);
		double		end[2];

		if (!leg->has_azimuth || !leg->has_distance || is_reached(a) == is_reached(b))
			continue;
		if (backwards)
		{
			a = b;
			b = &chain->points[leg->from];
		}
		if (a->level != level)
			continue;
		leg_end(chain, leg, backwards, (double[2]) {a->x, a->y}, end);
		reach(b, end[0], end[1], level + 1, i);
		leg->in_tree = true;
		more = true;
	}
	return more;
}

/* The ray of a leg without distance that has one end reached: where, whither. */
static bool
ray_of(const MfChain *chain, const MfChainLeg *leg, uint32_t target, double *ray)
{
	uint32_t	other = leg->from == target ? leg->to : leg->from;
	const MfChainPoint *from = &chain->points[other];
	double		azimuth;

	if (!leg->has_azimuth || leg->has_distance || other == target ||
		(leg->from != target && leg->to != target) || !is_reached(from))
		return false;
	azimuth = leg_azimuth(chain, leg, from->x, from->y);
	ray[0] = from->x;
	ray[1] = from->y;
	ray[2] = leg->to == target ? sin(azimuth) : -sin(azimuth);
	ray[3] = leg->to == target ? cos(azimuth) : -cos(azimuth);
	return true;
}

/* Where two rays meet, in front of both. */
static bool
rays_meet(const double *a, const double *b, double *xy)
{
	double		cross = a[2] * b[3] - a[3] * b[2];
	double		dx = b[0] - a[0];
	double		dy = b[1] - a[1];
	double		s,
				t;

	if (fabs(cross) < LEAST_CROSSING)
		return false;
	s = (dx * b[3] - dy * b[2]) / cross;
	t = (dx * a[3] - dy * a[2]) / cross;
	xy[0] = a[0] + s * a[2];
	xy[1] = a[1] + s * a[3];
	return s > 0.0 && t > 0.0;
}

/* Reach a point by two rays. */
static bool
intersect(MfChain *chain, uint32_t target)
{
	for (uint32_t i = 0; i < chain->nlegs; i++)
	{
		double		a[4],
					b[4],
					xy[2];

		if (!ray_of(chain, &chain->legs[i], target, a))
			continue;
		for (uint32_t j = i + 1; j < chain->nlegs; j++)
		{
			if (!ray_of(chain, &chain->legs[j], target, b) || !rays_meet(a, b, xy))
				continue;
			reach(&chain->points[target], xy[0], xy[1], 0, i);
			chain->legs[i].in_tree = chain->legs[j].in_tree = true;
			return true;
		}
	}
	return false;
}

static void
reach_by_rays(MfChain *chain, uint32_t *level)
{
	for (uint32_t i = 0; i < chain->npoints; i++)
	{
		if (mf_interrupted != NULL && mf_interrupted())
			return;
		if (!is_reached(&chain->points[i]) && intersect(chain, i))
		{
			chain->points[i].level = ++*level;
			return;
		}
	}
}

static bool
reach_all(MfChain *chain)
{
	uint32_t	level = 0;

	for (uint32_t i = 0; i < chain->npoints; i++)
	{
		MfChainPoint *point = &chain->points[i];

		point->state = MF_POINT_ALONE;
		point->level = 0;
		point->via = MF_NONE;
		if (point->fixed)
			reach(point, point->given_x, point->given_y, 0, MF_NONE);
	}
	for (;;)
	{
		uint32_t	before;

		while (walk_level(chain, level))
		{
			level++;
			if (mf_interrupted != NULL && mf_interrupted())
				return false;
		}
		before = level;
		reach_by_rays(chain, &level);
		if (level == before)
			return mf_interrupted == NULL || !mf_interrupted();
	}
}

/* ---- what was not reached, and why ---- */

/*
 * Points behind legs that lack something: follow those legs, too, from what
 * is reached; the first such leg on the way is the reason.
 */
static void
blame_legs(MfChain *chain)
{
	bool		more = true;

	while (more)
	{
		more = false;
		for (uint32_t i = 0; i < chain->nlegs; i++)
		{
			const MfChainLeg *leg = &chain->legs[i];
			MfChainPoint *a = &chain->points[leg->from];
			MfChainPoint *b = &chain->points[leg->to];
			bool		a_known = is_reached(a) || a->state == MF_POINT_BEHIND;
			bool		b_known = is_reached(b) || b->state == MF_POINT_BEHIND;

			if (a_known == b_known)
				continue;
			if (b_known)
			{
				MfChainPoint *swap = a;

				a = b;
				b = swap;
			}
			b->state = MF_POINT_BEHIND;
			b->via = a->state == MF_POINT_BEHIND ? a->via : i;
			more = true;
		}
	}
}

/* The root of a point among those joined so far, with the path halved. */
static uint32_t
root_of(MfChainPoint *points, uint32_t i)
{
	while (points[i].network != i)
	{
		points[i].network = points[points[i].network].network;
		i = points[i].network;
	}
	return i;
}

/* Points that hang together have one network: the least of their indexes. */
static void
join_networks(MfChain *chain)
{
	for (uint32_t i = 0; i < chain->npoints; i++)
		chain->points[i].network = i;
	for (uint32_t i = 0; i < chain->nlegs; i++)
	{
		MfChainLeg *leg = &chain->legs[i];
		uint32_t	a = root_of(chain->points, leg->from);
		uint32_t	b = root_of(chain->points, leg->to);
		bool		reached = is_reached(&chain->points[leg->from]);

		if (a != b && reached == is_reached(&chain->points[leg->to]))
			chain->points[a > b ? a : b].network = a > b ? b : a;
	}
	for (uint32_t i = 0; i < chain->npoints; i++)
		chain->points[i].network = root_of(chain->points, i);
}

/* More legs than a tree has close a loop. */
static void
name_untied(MfChain *chain)
{
	for (uint32_t i = 0; i < chain->npoints; i++)
	{
		uint32_t	points = 0;
		uint32_t	legs = 0;

		if (chain->points[i].network != i || chain->points[i].state != MF_POINT_ALONE)
			continue;
		for (uint32_t j = i; j < chain->npoints; j++)
			points += chain->points[j].network == i;
		for (uint32_t j = 0; j < chain->nlegs; j++)
			legs += chain->points[chain->legs[j].from].network == i;
		if (legs == 0)
			continue;
		for (uint32_t j = i; j < chain->npoints; j++)
		{
			if (chain->points[j].network == i)
				chain->points[j].state = legs >= points ? MF_POINT_LOOP : MF_POINT_UNTIED;
		}
	}
}

/* ---- misclosures ---- */

/* The length of the way from a fixed point, or from where two ways meet. */
static double
loop_length(const MfChain *chain, const MfChainLeg *closing)
{
	double		length = closing->distance_m;
	uint32_t	a = closing->from;
	uint32_t	b = closing->to;

	while (a != b)
	{
		uint32_t   *deeper = chain->points[a].level >= chain->points[b].level ? &a : &b;
		uint32_t	via = chain->points[*deeper].via;
		const MfChainLeg *leg;

		if (via == MF_NONE)
			break;
		leg = &chain->legs[via];
		length += leg->distance_m;
		*deeper = leg->to == *deeper ? leg->from : leg->to;
	}
	return length;
}

static void
find_misclosures(MfChain *chain)
{
	for (uint32_t i = 0; i < chain->nlegs; i++)
	{
		MfChainLeg *leg = &chain->legs[i];
		const MfChainPoint *from = &chain->points[leg->from];
		const MfChainPoint *to = &chain->points[leg->to];
		double		end[2];

		leg->along_m = leg->across_m = 0.0;
		leg->along_w = leg->across_w = leg->misclosure_m = leg->loop_m = NAN;
		leg->used = is_reached(from) && is_reached(to);
		if (!leg->used || leg->in_tree || !leg->has_azimuth || !leg->has_distance)
			continue;
		leg_end(chain, leg, false, (double[2]) {from->x, from->y}, end);
		leg->misclosure_m = hypot(end[0] - to->x, end[1] - to->y);
		leg->loop_m = loop_length(chain, leg);
	}
}

/* ---- all of it ---- */

static void
give_up(MfChain *chain, uint32_t network, MfPointState state)
{
	for (uint32_t i = network; i < chain->npoints; i++)
	{
		if (chain->points[i].network == network)
			chain->points[i].state = state;
	}
}

static MfStatus
solve_networks(MfChain *chain, const MfMemory *memory)
{
	chain->nnetworks = 0;
	for (uint32_t i = 0; i < chain->npoints; i++)
	{
		MfChainNetwork *network;
		MfStatus	status;
		uint32_t	points = 0;

		if (chain->points[i].network != i || !is_reached(&chain->points[i]))
			continue;
		for (uint32_t j = i; j < chain->npoints; j++)
			points += chain->points[j].network == i;
		if (points > MF_CHAIN_POINTS)
		{
			give_up(chain, i, MF_POINT_TOO_MANY);
			continue;
		}
		network = &chain->networks[chain->nnetworks++];
		network->points = points;
		status = network_adjust(chain, i, memory);
		if (status == MF_INCONSISTENT)
		{
			give_up(chain, i, MF_POINT_VAGUE);
			chain->nnetworks--;
		}
		else if (status != MF_DONE)
			return status;
	}
	return MF_DONE;
}

MfStatus
chain_solve(MfChain *chain, const MfMemory *memory)
{
	for (uint32_t i = 0; i < chain->nlegs; i++)
		chain->legs[i].in_tree = false;
	if (!reach_all(chain))
		return MF_INTERRUPTED;
	blame_legs(chain);
	join_networks(chain);
	name_untied(chain);
	find_misclosures(chain);
	return solve_networks(chain, memory);
}
