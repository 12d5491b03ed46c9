/*
 * adjust.c - least squares over one network of measurements
 *
 * Each complete leg gives two observations in the plane: how far its end lies
 * along the measured direction, and how far across it.  Both are linear in the
 * coordinates, so that gross errors cannot make the solution diverge; where it
 * comes near the measured directions it is improved by the azimuths and
 * lengths themselves (Gauss and Newton), until it stands.  Fixed points are
 * observed, too, with the error of their coordinates, and shared errors
 * (declination, length of a pace) are unknowns about zero.  Covariances
 * follow by the law of propagation, kept apart by the source of the error.
 *
 * Notation: normal equations N x = b with N the sum of a a' / sd^2 over the
 * observations a (Mikhail and Ackermann, Observations and Least Squares, 1976).
 */
#include "mf_chain.h"

#include <math.h>
#include <string.h>

/* Nothing on paper is better than a centimetre; and weights stay finite. */
#define LEAST_SD_M	0.01
#define LEAST_SD	1e-9		/* of a shared error */
#define MAX_TERMS	5
#define MANY		100			/* unknowns that take their time */
/* Less of an observation than this part is checked by others: not checked. */
#define LEAST_CHECKED 1e-6
/* Steps that are nothing, and how many are made at most. */
#define LEAST_STEP_M 1e-4
#define MOST_STEPS	8
/* Azimuths this far from the measured ones (radians) are gross errors. */
#define NEAR_AZIMUTH 0.2
#define NEAR_M		1.0

typedef struct Observation
{
	uint32_t	nterms;
	uint32_t	unknown[MAX_TERMS];
	double		factor[MAX_TERMS];
	double		value;			/* observed minus computed */
	double		sd;
	MfErrorSource source;
	double	   *residual;		/* where to tell what came out; NULL: nowhere */
	double	   *w;
	uint32_t	leg;			/* MF_NONE: none */
	uint32_t	point;
} Observation;

typedef struct System
{
	MfChain    *chain;
	uint32_t	network;
	uint32_t	n;				/* unknowns */
	uint32_t	nobservations;
	Observation *observations;
	double	   *matrix;			/* n x n: N, then its inverse */
	double	   *right;			/* b, then x */
	double	   *row;			/* n, for one observation */
	bool		improve;		/* the points are near their places */
} System;

/* ---- observations ---- */

static Observation *
observe(System *s, double value, double sd, double least, MfErrorSource source)
{
	Observation *o = &s->observations[s->nobservations++];

	o->nterms = 0;
	o->value = value;
	o->sd = fmax(sd, least);
	o->source = source;
	o->residual = o->w = NULL;
	o->leg = o->point = MF_NONE;
	return o;
}

static void
add_term(Observation *o, uint32_t unknown, double factor)
{
	o->unknown[o->nterms] = unknown;
	o->factor[o->nterms++] = factor;
}

static void
observe_point(System *s, uint32_t i)
{
	MfChainPoint *point = &s->chain->points[i];

	for (int axis = 0; axis < 2; axis++)
	{
		double		value = axis == 0 ? point->given_x - point->x : point->given_y - point->y;
		Observation *o = observe(s, value, point->sd_m, LEAST_SD_M, point->source);

		add_term(o, point->unknown + axis, 1.0);
		o->point = i;
	}
}

/* The end of a leg in one direction: (to - from) . direction = wanted. */
static Observation *
observe_leg(System *s, uint32_t i, double dx, double dy, double wanted, double sd,
			MfErrorSource source)
{
	const MfChainLeg *leg = &s->chain->legs[i];
	const MfChainPoint *from = &s->chain->points[leg->from];
	const MfChainPoint *to = &s->chain->points[leg->to];
	Observation *o = observe(s, wanted - ((to->x - from->x) * dx + (to->y - from->y) * dy),
							 sd, LEAST_SD_M, source);

	add_term(o, to->unknown, dx);
	add_term(o, to->unknown + 1, dy);
	add_term(o, from->unknown, -dx);
	add_term(o, from->unknown + 1, -dy);
	o->leg = i;
	return o;
}

static void
observe_distance(System *s, uint32_t i, const double *direction, double length)
{
	MfChainLeg *leg = &s->chain->legs[i];
	Observation *o = observe_leg(s, i, direction[0], direction[1], length, leg->distance_sd,
								 MF_FROM_DISTANCE);

	if (leg->stretch >= 0)
		add_term(o, s->chain->shared[leg->stretch].unknown, -leg->stretch_by);
	o->residual = &leg->along_m;
	o->w = &leg->along_w;
}

/* turned: how far the measured azimuth is from the direction, clockwise. */
static void
observe_azimuth(System *s, uint32_t i, const double *direction, double length, double turned)
{
	MfChainLeg *leg = &s->chain->legs[i];
	Observation *o = observe_leg(s, i, direction[1], -direction[0], length * turned,
								 length * leg->azimuth_sd, MF_FROM_AZIMUTH);

	if (leg->turn >= 0)
		add_term(o, s->chain->shared[leg->turn].unknown, -length * leg->turn_by);
	o->residual = &leg->across_m;
	o->w = &leg->across_w;
}

/*
 * Along and across the measured direction, or where the points are near it,
 * along and across the one between them.
 */
static void
observe_measurement(System *s, uint32_t i)
{
	const MfChainLeg *leg = &s->chain->legs[i];
	const MfChainPoint *from = &s->chain->points[leg->from];
	const MfChainPoint *to = &s->chain->points[leg->to];
	double		apart = hypot(to->x - from->x, to->y - from->y);
	double		now = atan2(to->x - from->x, to->y - from->y);
	double		azimuth = leg->has_azimuth ? leg_azimuth(s->chain, leg, from->x, from->y) : now;
	double		length = leg->has_distance ? leg_length(s->chain, leg, from->x, azimuth) : apart;
	double		turned = remainder(azimuth - now, 2.0 * 3.14159265358979323846);
	bool		near = s->improve && apart > NEAR_M && fabs(turned) < NEAR_AZIMUTH;
	double		used = near ? now : azimuth;
	double		direction[2] = {sin(used), cos(used)};

	if (leg->has_distance)
		observe_distance(s, i, direction, length);
	if (leg->has_azimuth)
		observe_azimuth(s, i, direction, near ? apart : length, near ? turned : 0.0);
}

static bool
leg_counts(const System *s, const MfChainLeg *leg)
{
	return leg->used && s->chain->points[leg->from].network == s->network &&
		leg->from != leg->to && (leg->has_azimuth || leg->has_distance);
}

/* A shared error is observed to be zero, once, where a leg of ours has it. */
static void
observe_shared(System *s, int32_t i)
{
	MfChainShared *shared;
	Observation *o;

	if (i < 0 || s->chain->shared[i].unknown != MF_NONE)
		return;
	shared = &s->chain->shared[i];
	shared->unknown = s->n++;
	o = observe(s, 0.0, shared->sd, LEAST_SD, shared->source);
	add_term(o, shared->unknown, 1.0);
	o->w = &shared->w;
}

static void
number_unknowns(System *s)
{
	MfChain    *chain = s->chain;

	s->n = 0;
	s->nobservations = 0;
	for (uint32_t i = 0; i < chain->npoints; i++)
	{
		if (chain->points[i].network != s->network)
			continue;
		chain->points[i].unknown = s->n;
		s->n += 2;
	}
	for (uint32_t i = 0; i < chain->nshared; i++)
	{
		chain->shared[i].unknown = MF_NONE;
		chain->shared[i].w = NAN;
		chain->shared[i].found = 0.0;
	}
	for (uint32_t i = 0; i < chain->nlegs; i++)
	{
		if (!leg_counts(s, &chain->legs[i]))
			continue;
		if (chain->legs[i].has_azimuth)
			observe_shared(s, chain->legs[i].turn);
		if (chain->legs[i].has_distance)
			observe_shared(s, chain->legs[i].stretch);
	}
}

static void
observe_all(System *s)
{
	number_unknowns(s);
	for (uint32_t i = 0; i < s->chain->npoints; i++)
	{
		if (s->chain->points[i].network == s->network && s->chain->points[i].fixed)
			observe_point(s, i);
	}
	for (uint32_t i = 0; i < s->chain->nlegs; i++)
	{
		if (leg_counts(s, &s->chain->legs[i]))
			observe_measurement(s, i);
	}
}

/* ---- the normal equations ---- */

static void
add_observation(System *s, const Observation *o)
{
	double		weight = 1.0 / (o->sd * o->sd);

	for (uint32_t i = 0; i < o->nterms; i++)
	{
		double		f = weight * o->factor[i];

		s->right[o->unknown[i]] += f * o->value;
		for (uint32_t j = 0; j < o->nterms; j++)
			s->matrix[(size_t) o->unknown[i] * s->n + o->unknown[j]] += f * o->factor[j];
	}
}

/* L L' = N in the lower triangle; inconsistent: N is singular. */
static MfStatus
cholesky(double *m, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
	{
		double	   *row = m + (size_t) i * n;

		for (uint32_t j = 0; j <= i; j++)
		{
			const double *other = m + (size_t) j * n;
			double		sum = row[j];

			for (uint32_t k = 0; k < j; k++)
				sum -= row[k] * other[k];
			if (j < i)
				row[j] = sum / other[j];
			else if (!(sum > 1e-14 * row[i]))
				return MF_INCONSISTENT;
			else
				row[i] = sqrt(sum);
		}
		if (n > MANY && mf_interrupted != NULL && mf_interrupted())
			return MF_INTERRUPTED;
	}
	return MF_DONE;
}

static void
solve(const double *l, uint32_t n, double *x)
{
	for (uint32_t i = 0; i < n; i++)
	{
		for (uint32_t k = 0; k < i; k++)
			x[i] -= l[(size_t) i * n + k] * x[k];
		x[i] /= l[(size_t) i * n + i];
	}
	for (uint32_t i = n; i-- > 0;)
	{
		for (uint32_t k = i + 1; k < n; k++)
			x[i] -= l[(size_t) k * n + i] * x[k];
		x[i] /= l[(size_t) i * n + i];
	}
}

/*
 * The inverse of N in place of its factor: first that of L, kept in the lower
 * triangle, then its transpose times itself.  The result is whole.  False:
 * interrupted.
 */
static bool
invert(double *m, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
	{
		double	   *row = m + (size_t) i * n;
		double		d = 1.0 / row[i];

		for (uint32_t j = 0; j < i; j++)
		{
			double		sum = 0.0;

			for (uint32_t k = j; k < i; k++)
				sum += row[k] * m[(size_t) k * n + j];
			row[j] = -sum * d;
		}
		row[i] = d;
		if (n > MANY && mf_interrupted != NULL && mf_interrupted())
			return false;
	}
	for (uint32_t i = 0; i < n; i++)
	{
		for (uint32_t j = 0; j <= i; j++)
		{
			double		sum = 0.0;

			for (uint32_t k = i; k < n; k++)
				sum += m[(size_t) k * n + i] * m[(size_t) k * n + j];
			m[(size_t) j * n + i] = sum;
		}
		if (n > MANY && mf_interrupted != NULL && mf_interrupted())
			return false;
	}
	for (uint32_t i = 0; i < n; i++)
	{
		for (uint32_t j = 0; j < i; j++)
			m[(size_t) i * n + j] = m[(size_t) j * n + i];
	}
	return true;
}

static void
clear(System *s)
{
	memset(s->matrix, 0, sizeof(double) * s->n * s->n);
	memset(s->right, 0, sizeof(double) * s->n);
}

/* Factor N and move the points by the solution; tells the largest step. */
static MfStatus
adjust(System *s, double *step)
{
	MfChain    *chain = s->chain;
	MfStatus	status;

	observe_all(s);
	clear(s);
	for (uint32_t i = 0; i < s->nobservations; i++)
		add_observation(s, &s->observations[i]);
	status = cholesky(s->matrix, s->n);
	if (status != MF_DONE)
		return status;
	solve(s->matrix, s->n, s->right);
	for (uint32_t i = 0; i < chain->npoints; i++)
	{
		MfChainPoint *point = &chain->points[i];

		if (point->network != s->network)
			continue;
		point->x += s->right[point->unknown];
		point->y += s->right[point->unknown + 1];
		*step = fmax(*step, hypot(s->right[point->unknown], s->right[point->unknown + 1]));
	}
	for (uint32_t i = 0; i < chain->nshared; i++)
	{
		if (chain->shared[i].unknown != MF_NONE)
			chain->shared[i].found = s->right[chain->shared[i].unknown];
	}
	return MF_DONE;
}

/* ---- what came out ---- */

/* Adjusted minus observed. */
static double
residual_of(const System *s, const Observation *o)
{
	double		v = -o->value;

	for (uint32_t i = 0; i < o->nterms; i++)
		v += o->factor[i] * s->right[o->unknown[i]];
	return v;
}

/* Row of the inverse times the observation; returns a' N^-1 a. */
static double
spread(System *s, const Observation *o)
{
	double		q = 0.0;

	memset(s->row, 0, sizeof(double) * s->n);
	for (uint32_t i = 0; i < o->nterms; i++)
	{
		const double *row = s->matrix + (size_t) o->unknown[i] * s->n;

		for (uint32_t j = 0; j < s->n; j++)
			s->row[j] += o->factor[i] * row[j];
	}
	for (uint32_t i = 0; i < o->nterms; i++)
		q += o->factor[i] * s->row[o->unknown[i]];
	return q;
}

static void
add_covariance(System *s, const Observation *o)
{
	double		weight = 1.0 / (o->sd * o->sd);

	for (uint32_t i = 0; i < s->chain->npoints; i++)
	{
		MfChainPoint *point = &s->chain->points[i];
		MfCovariance *c = &point->covariance[o->source];
		double		gx,
					gy;

		if (point->network != s->network)
			continue;
		gx = s->row[point->unknown];
		gy = s->row[point->unknown + 1];
		c->xx += weight * gx * gx;
		c->xy += weight * gx * gy;
		c->yy += weight * gy * gy;
	}
}

static void
test_observation(MfChainNetwork *network, const Observation *o, double v, double q)
{
	double		checked = 1.0 - q / (o->sd * o->sd);
	double		w = NAN;

	if (checked > LEAST_CHECKED)
		w = v / (o->sd * sqrt(checked));
	if (o->residual != NULL)
		*o->residual = v;
	if (o->w != NULL)
		*o->w = w;
	if (!isnan(w) && !(fabs(w) <= network->worst_w))
	{
		network->worst_w = fabs(w);
		network->worst_leg = o->leg;
		network->worst_point = o->point;
	}
}

static void
widen(System *s, double by)
{
	for (uint32_t i = 0; i < s->chain->npoints; i++)
	{
		MfChainPoint *point = &s->chain->points[i];

		for (int j = 0; point->network == s->network && j < MF_ERROR_SOURCES; j++)
		{
			point->covariance[j].xx *= by;
			point->covariance[j].xy *= by;
			point->covariance[j].yy *= by;
		}
	}
}

static void
worst_misclosure(System *s, MfChainNetwork *network)
{
	network->misclosure_m = network->loop_m = NAN;
	for (uint32_t i = 0; i < s->chain->nlegs; i++)
	{
		const MfChainLeg *leg = &s->chain->legs[i];

		if (leg_counts(s, leg) && !isnan(leg->misclosure_m) &&
			!(leg->misclosure_m <= network->misclosure_m))
		{
			network->misclosure_m = leg->misclosure_m;
			network->loop_m = leg->loop_m;
		}
	}
}

static bool
judge(System *s, MfChainNetwork *network)
{
	double		sum = 0.0;

	network->redundancy = s->nobservations - s->n;
	network->worst_w = NAN;
	network->worst_leg = network->worst_point = MF_NONE;
	if (!invert(s->matrix, s->n))
		return false;
	for (uint32_t i = 0; i < s->nobservations; i++)
	{
		const Observation *o = &s->observations[i];
		double		v = residual_of(s, o);
		double		q = spread(s, o);

		test_observation(network, o, v, q);
		add_covariance(s, o);
		sum += v * v / (o->sd * o->sd);
		if (s->n > MANY && mf_interrupted != NULL && mf_interrupted())
			return false;
	}
	network->sigma0 = network->redundancy > 0 ? sqrt(sum / network->redundancy) : NAN;
	if (network->worst_w > MF_CHAIN_CRITICAL_W && network->sigma0 > 1.0)
		widen(s, network->sigma0 * network->sigma0);
	worst_misclosure(s, network);
	return true;
}

/* ---- memory ---- */

static void
release(System *s, const MfMemory *memory)
{
	memory_give(memory, s->observations);
	memory_give(memory, s->matrix);
	memory_give(memory, s->right);
}

static MfStatus
reserve(System *s, const MfMemory *memory)
{
	size_t		n = 2 * (size_t) s->chain->npoints + s->chain->nshared;
	size_t		used = 2 * (size_t) s->chain->networks[s->chain->nnetworks - 1].points +
		s->chain->nshared;

	s->observations = memory_get(memory, n + 2 * (size_t) s->chain->nlegs, sizeof(Observation));
	s->matrix = memory_get(memory, used * used, sizeof(double));
	s->right = memory_get(memory, 2 * used, sizeof(double));
	if (s->observations == NULL || s->matrix == NULL || s->right == NULL)
		return MF_NO_MEMORY;
	s->row = s->right + used;
	return MF_DONE;
}

MfStatus
network_adjust(MfChain *chain, uint32_t network, const MfMemory *memory)
{
	System		s = {.chain = chain, .network = network};
	MfStatus	status = reserve(&s, memory);
	double		step = INFINITY;

	for (uint32_t i = 0; i < chain->npoints; i++)
	{
		if (chain->points[i].network == network)
			memset(chain->points[i].covariance, 0, sizeof(chain->points[i].covariance));
	}
	for (int i = 0; status == MF_DONE && i < MOST_STEPS && step > LEAST_STEP_M; i++)
	{
		step = 0.0;
		status = adjust(&s, &step);
		s.improve = true;
	}
	if (status == MF_DONE && !judge(&s, &chain->networks[chain->nnetworks - 1]))
		status = MF_INTERRUPTED;
	release(&s, memory);
	return status;
}

/* ---- ellipses ---- */

MfCovariance
covariance_sum(const MfCovariance *covariance)
{
	MfCovariance sum = {0, 0, 0};

	for (int i = 0; i < MF_ERROR_SOURCES; i++)
	{
		sum.xx += covariance[i].xx;
		sum.xy += covariance[i].xy;
		sum.yy += covariance[i].yy;
	}
	return sum;
}

void
ellipse_95(const MfCovariance *covariance, MfEllipse *ellipse)
{
	double		mean = 0.5 * (covariance->xx + covariance->yy);
	double		half = 0.5 * (covariance->yy - covariance->xx);
	double		root = hypot(half, covariance->xy);
	double		azimuth = 0.0;

	if (root > 1e-12 * mean)
		azimuth = 0.5 * atan2(covariance->xy, half) * (180.0 / 3.14159265358979323846);
	if (azimuth < 0.0)
		azimuth += 180.0;
	ellipse->major_m = MF_ELLIPSE_95 * sqrt(fmax(mean + root, 0.0));
	ellipse->minor_m = MF_ELLIPSE_95 * sqrt(fmax(mean - root, 0.0));
	ellipse->azimuth_deg = azimuth >= 180.0 ? 0.0 : azimuth;
}
