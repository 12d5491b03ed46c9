/*
 * mf_chain.h - networks of measurements in a plane: plain C, no PostgreSQL
 *
 * A location on paper is points with coordinates and legs (azimuth, distance)
 * between points.  core/chain_plane.c makes the plane, core/chain.c decides
 * which points hang together with a fixed one, core/adjust.c adjusts them.
 */
#ifndef MF_CHAIN_H
#define MF_CHAIN_H

#include "mf_location.h"
#include "mf_store.h"

/* ---- chain_plane.c: a conformal plane about a point ---- */

/*
 * A transverse Mercator projection of WGS 84 whose central meridian runs
 * through the origin: x east, y north in metres, scale 1 at x = 0.
 */
typedef struct MfChainPlane
{
	MfTransverse projection;
	double		lat0;			/* of the origin, degrees */
	double		normal_m;		/* radius of curvature across the meridian */
	double		meridian_m;		/* and along it, there */
} MfChainPlane;

extern void chain_plane_about(MfChainPlane *plane, double lon, double lat);
extern void chain_plane_forward(const MfChainPlane *plane, const double *lonlat,
							   double *xy);
extern void chain_plane_inverse(const MfChainPlane *plane, const double *xy,
							   double *lonlat);
/*
 * What to take from a true azimuth at (x, y) for one in the plane, radians:
 * to 1e-7 within 50 km of the origin.
 */
extern double chain_plane_convergence(const MfChainPlane *plane, double x, double y);
/* Metres in the plane for a metre on the ellipsoid, at x. */
extern double chain_plane_scale(const MfChainPlane *plane, double x);

/* ---- chain.c and adjust.c ---- */

/* Where an error comes from. */
typedef enum MfErrorSource
{
	MF_FROM_LANDMARK,			/* coordinates as stated */
	MF_FROM_AZIMUTH,
	MF_FROM_DISTANCE,
	MF_FROM_DATUM,				/* the operation to WGS 84 */
	MF_FROM_MAP,				/* coordinates read off a map */
	MF_FROM_SOURCE,				/* how the record came about */
	MF_FROM_ASSUMPTION
} MfErrorSource;

#define MF_ERROR_SOURCES 7

/* A symmetric 2 x 2 matrix in square metres. */
typedef struct MfCovariance
{
	double		xx;
	double		xy;
	double		yy;
} MfCovariance;

typedef enum MfPointState
{
	MF_POINT_SOLVED,
	MF_POINT_ALONE,				/* no coordinates, and no leg */
	MF_POINT_UNTIED,			/* its legs lead to no fixed point */
	MF_POINT_LOOP,				/* they do not, and close a loop */
	MF_POINT_BEHIND,			/* tied only through the leg via, which lacks something */
	MF_POINT_TOO_MANY,			/* the network is larger than MF_CHAIN_POINTS */
	MF_POINT_VAGUE				/* what is measured leaves it open */
} MfPointState;

/* Points in one network: a dense system of twice as many unknowns. */
#define MF_CHAIN_POINTS 400

typedef struct MfChainPoint
{
	/* given */
	bool		fixed;			/* has coordinates */
	double		given_x;
	double		given_y;
	double		sd_m;			/* of each coordinate */
	MfErrorSource source;		/* of that error */
	/* found */
	MfPointState state;
	uint32_t	via;			/* the leg by which it is reached, or would be */
	uint32_t	network;		/* those with one number hang together */
	uint32_t	level;			/* legs to the nearest fixed point */
	double		x;
	double		y;
	MfCovariance covariance[MF_ERROR_SOURCES];
	uint32_t	unknown;		/* private to adjust.c */
} MfChainPoint;

/*
 * A leg may lack its direction or its length: then it ties no point by
 * itself, but two directions from fixed points do, and where both ends are
 * tied otherwise it is adjusted with the rest.
 */
typedef struct MfChainLeg
{
	/* given */
	uint32_t	from;
	uint32_t	to;
	bool		has_azimuth;
	bool		has_distance;
	bool		true_north;		/* else clockwise from the plane's north */
	double		azimuth;		/* radians */
	double		azimuth_sd;
	double		distance_m;		/* on the ground */
	double		distance_sd;
	int32_t		turn;			/* index of a shared error; -1: none */
	double		turn_by;		/* radians for one unit of it */
	int32_t		stretch;		/* the same, for the distance */
	double		stretch_by;		/* metres for one unit of it */
	/* found */
	bool		used;			/* both ends are solved */
	bool		in_tree;		/* the way to one of its ends */
	double		along_m;		/* adjusted minus measured */
	double		across_m;		/* clockwise positive */
	double		along_w;		/* the same over their own standard deviation; */
	double		across_w;		/* NaN: nothing else measures it */
	double		misclosure_m;	/* NaN: closes no loop */
	double		loop_m;			/* length of the loop it closes */
} MfChainLeg;

/* An error that several legs share, such as that of the declination. */
typedef struct MfChainShared
{
	double		sd;				/* in units of its own */
	MfErrorSource source;
	double		found;			/* the value the adjustment gives it */
	double		w;				/* over its standard deviation; NaN: unchecked */
	uint32_t	unknown;		/* private to adjust.c */
} MfChainShared;

typedef struct MfChainNetwork
{
	uint32_t	points;
	uint32_t	redundancy;		/* measurements beyond those needed */
	double		sigma0;			/* of unit weight; NaN: no redundancy */
	double		worst_w;		/* largest standardised residual, absolute; NaN: none */
	uint32_t	worst_leg;		/* whose it is; MF_NONE: not a leg's */
	uint32_t	worst_point;	/* or a fixed point's */
	double		misclosure_m;	/* the worst of its legs; NaN: no loop */
	double		loop_m;
} MfChainNetwork;

typedef struct MfChain
{
	const MfChainPlane *plane;
	MfChainPoint *points;
	uint32_t	npoints;
	MfChainLeg *legs;
	uint32_t	nlegs;
	MfChainShared *shared;
	uint32_t	nshared;
	MfChainNetwork *networks;	/* room for npoints */
	uint32_t	nnetworks;
} MfChain;

/*
 * A standardised residual beyond this points to a gross error: the two-sided
 * 0.1 % limit of the normal distribution (Baarda, A testing procedure for use
 * in geodetic networks, 1968).  Where it is exceeded, the covariances of the
 * network are multiplied by sigma0 squared, for then the paper contradicts
 * itself by more than its errors explain.
 */
#define MF_CHAIN_CRITICAL_W 3.29

/*
 * Half axes of the ellipse that holds 95 % of a plane normal distribution,
 * in standard deviations: sqrt(-2 ln 0.05).
 */
#define MF_ELLIPSE_95 2.4477468306808166
/* And of a normal distribution on a line. */
#define MF_NORMAL_95 1.959963984540054

/*
 * Solve all that can be solved.  Points and legs come in an order that does
 * not depend on how the paper lists them; the answer then does not, either.
 * Cubic in the points of a network, of which MF_CHAIN_POINTS are the limit.
 */
extern MfStatus chain_solve(MfChain *chain, const MfMemory *memory);
/* adjust.c: one network whose points have approximate coordinates. */
extern MfStatus network_adjust(MfChain *chain, uint32_t network,
							   const MfMemory *memory);
/* Where a leg ends that begins at (x, y); backwards: where it began. */
extern void leg_end(const MfChain *chain, const MfChainLeg *leg, bool backwards,
					const double *from, double *to);
/* The azimuth in the plane of a leg that begins at (x, y), radians. */
extern double leg_azimuth(const MfChain *chain, const MfChainLeg *leg,
						  double x, double y);
/* Metres in the plane for a leg that begins at (x, y) in a direction. */
extern double leg_length(const MfChain *chain, const MfChainLeg *leg,
						 double x, double azimuth);

/* The sum over all sources. */
extern MfCovariance covariance_sum(const MfCovariance *covariance);

typedef struct MfEllipse
{
	double		major_m;		/* half axes */
	double		minor_m;
	double		azimuth_deg;	/* of the major axis, 0 .. 180, in the plane */
} MfEllipse;

/* The ellipse that holds 95 %. */
extern void ellipse_95(const MfCovariance *covariance, MfEllipse *ellipse);

#endif							/* MF_CHAIN_H */
