/*
 * mf_locate.h - from what the paper says of a place to where it is
 *
 * error_table.c has the errors of measurements, locate_options.c what the
 * caller adds to the paper; location_read.c finds points and legs in a
 * document, location_place.c brings coordinates to WGS 84, location_leg.c
 * reads measurements, location_solve.c solves the network and
 * location_outline.c draws the extent.  None of them raises for what a
 * document may say: what is missing is named.
 */
#ifndef MF_LOCATE_H
#define MF_LOCATE_H

#include "mf_analysis.h"
#include "mf_chain.h"
#include "mf_location.h"

/* ---- error_table.c ---- */

/* In the order of the table. */
typedef enum MfErrorItem
{
	MF_ERROR_COMPASS,
	MF_ERROR_INSTRUMENT,
	MF_ERROR_DECLINATION,
	MF_ERROR_DRIFT,
	MF_ERROR_TAPE,
	MF_ERROR_PACE,
	MF_ERROR_PACE_LENGTH,
	MF_ERROR_ODOMETER,
	MF_ERROR_DISTANCE,
	MF_ERROR_EYE,
	MF_ERROR_MAP,
	MF_ERROR_GPS,
	MF_ERROR_INTERVIEW,
	MF_ERROR_MEMORY,
	MF_ERROR_ASSUMED_NORTH,
	MF_ERROR_ASSUMED_DECLINATION,
	MF_ERROR_ASSUMED_ANGLE_UNIT,
	MF_ERROR_ASSUMED_DISTANCE_UNIT,
	MF_ERROR_ASSUMED_CRS,
	MF_ERROR_ASSUMED_OPERATION
} MfErrorItem;

#define MF_ERROR_ITEMS 20

typedef struct MfErrorRule
{
	const char *name;
	const char *unit;
	double		value;			/* 95 %; NaN: unknown */
	MfErrorSource source;
	const char *applies;
	const char *citation;
} MfErrorRule;

extern const MfErrorRule mf_error_rules[MF_ERROR_ITEMS];
extern const char *error_source_name(MfErrorSource source);

/* ---- locate_options.c ---- */

/* Members of a location that can be assumed; bits. */
typedef enum MfAssumed
{
	MF_ASSUMED_NORTH = 1,
	MF_ASSUMED_DECLINATION = 2,
	MF_ASSUMED_ANGLE_UNIT = 4,
	MF_ASSUMED_DISTANCE_UNIT = 8,
	MF_ASSUMED_CRS = 16,
	MF_ASSUMED_OPERATION = 32
} MfAssumed;

typedef enum MfDistanceUnit
{
	MF_DISTANCE_UNKNOWN,
	MF_METRE,
	MF_KILOMETRE,
	MF_FOOT,
	MF_PACE,
	MF_PACE_PAIR
} MfDistanceUnit;

extern MfDistanceUnit distance_unit_from_name(const char *name);
extern const char *distance_unit_name(MfDistanceUnit unit);

typedef struct MfLocateOptions
{
	MfNorth		assume_north;
	double		assume_declination_deg; /* NaN: none */
	MfAngleUnit assume_angle_unit;
	MfDistanceUnit assume_distance_unit;
	char	   *assume_crs;		/* NULL: none */
	char	   *assume_operation;
	char	   *country;		/* where the map is of, for the choice of an operation */
	char	   *operation;		/* instead of the paper's */
	double		declination_deg;	/* instead of the paper's; NaN: none */
	JsonbContainer *landmarks;	/* {id: {lon, lat, accuracy95_m}}; NULL: none */
	bool		replace;		/* geometry that was not derived, too */
	double		errors[MF_ERROR_ITEMS]; /* 95 %; NaN: unknown */
} MfLocateOptions;

/* given NULL: the defaults.  Unknown names and wrong values raise. */
extern void locate_options_read(MfLocateOptions *options, Jsonb *given);

/* ---- location_read.c: points and legs ---- */

/* More points or legs than this are no paper. */
#define MF_LOCATION_MOST 2000

typedef struct MfLocatedPoint
{
	const char *id;
	const char *role;			/* NULL: not stated */
	int			n;				/* place in location.points from 1; 0: only in legs */
	JsonbContainer *entry;		/* NULL: only in legs */
	bool		written;		/* has coordinates of some kind */
	const char *why;			/* written, and yet no place: a reason */
	char	   *said;			/* more about it, or NULL */
	double		lonlat[2];		/* of a fixed point WGS 84, later of every solved one */
	const char *crs;
	const char *operation;
	double		operation_m;	/* accuracy; NaN: unknown */
	bool		chosen;			/* the operation was chosen, not named */
	bool		error_unknown;
	bool		abbreviated;	/* completed from the map sheet */
} MfLocatedPoint;

typedef struct MfLocatedLeg
{
	int			n;				/* place in location.legs from 1 */
	JsonbContainer *entry;
	const char *lacks;			/* a reason; NULL: complete */
	char	   *said;
	double		sort;			/* the azimuth as written, in degrees */
	bool		error_unknown;
} MfLocatedLeg;

/* What holds for all legs that do not say otherwise. */
typedef struct MfMeasuring
{
	MfNorth		north;
	MfAngleUnit angle_unit;
	double		declination_deg;	/* NaN: unknown */
	double		correction_deg;
	double		age_years;		/* of both when the mines were laid, at most; 0: not known */
	MfDistanceUnit distance_unit;
	double		pace_m;			/* own length of a pace; NaN: not stated */
	const char *azimuth_by;
	const char *distance_by;
} MfMeasuring;

typedef struct MfLocation
{
	const Minefield *record;
	JsonbContainer *properties;
	JsonbContainer *location;	/* NULL: none */
	const MfLocateOptions *options;
	MfMeasuring measuring;
	MfChainPlane plane;
	MfChain		chain;			/* points by id; legs by content */
	MfLocatedPoint *points;		/* of chain.points */
	MfLocatedLeg *legs;			/* of chain.legs */
	bool		too_large;
	double		convergence_deg;	/* of the paper's grid at the origin; NaN */
	int			assumed;		/* MfAssumed: what was used */
	bool		declination_used;
	double		declination_deg;	/* the last used */
	bool	   *network_unknown;	/* by point: its network's errors are not known */
} MfLocation;

/* Reasons are words such as "no_north": doc/location.md lists them all. */
extern void location_read(MfLocation *location, const Minefield *record,
						  const MfLocateOptions *options);
/* The index of a point by its id; MF_NONE. */
extern uint32 location_point(const MfLocation *location, const char *id);
/* A number, or the middle of a range; half: half the range; doubt: ~ or ?. */
extern bool location_number(JsonbContainer *object, const char *name,
							double *value, double *half, bool *doubt);

/* ---- location_place.c ---- */

/* Bring a point's written coordinates to WGS 84. */
extern void location_place(MfLocation *location, uint32 point);
/* The convergence of the paper's grid at a fixed point; NaN: no grid. */
extern double location_convergence(const MfLocation *location,
								   const MfLocatedPoint *point);

/* ---- location_leg.c ---- */

extern void measuring_read(MfLocation *location);
extern void location_leg(MfLocation *location, uint32 leg);
/* An azimuth member as the plane has it; NULL, or what is missing. */
extern const char *location_azimuth(MfLocation *location, JsonbContainer *object,
									const char *name, MfChainLeg *leg,
									MfLocatedLeg *info);
extern void location_shared(MfLocation *location);

/* ---- location_solve.c ---- */

extern void location_solve(MfLocation *location);
/* Why a point is not solved; leg: the leg that lacks it (MF_NONE), said. */
extern const char *location_reason(const MfLocation *location, uint32 point,
								   uint32 *leg, const char **said);
/* NaN: not solved, or not known. */
extern double location_accuracy_m(const MfLocation *location, uint32 point,
								  MfEllipse *ellipse);
/* What each source alone would make of it, 95 %. */
extern void location_contributions(const MfLocation *location, uint32 point,
								   double *by_source);

/* ---- location_outline.c ---- */

typedef struct MfOutline
{
	MfExtent   *extent;			/* NULL: no geometry */
	const char *from;			/* "perimeter", "rows" ... */
	const char *why;			/* extent NULL: a reason */
	const char *said;
	double		half_m;			/* what its extent or the turn of its front adds to the accuracy */
	uint32	   *points;			/* what it was drawn of */
	uint32		npoints;
} MfOutline;

extern void location_outline(MfLocation *location, MfOutline *outline);
/*
 * The least certain of the points that it was drawn of, and its accuracy in
 * metres; MF_NONE and NaN where that of one is not known.
 */
extern uint32 location_least_certain(const MfLocation *location,
									 const MfOutline *outline, double *accuracy);
/* Points of a path; NULL and why when one is not solved. */
extern uint32 *location_path(const MfLocation *location, JsonbContainer *path,
							 uint32 *n, const char **bad);

#endif							/* MF_LOCATE_H */
