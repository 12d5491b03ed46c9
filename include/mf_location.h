/*
 * mf_location.h - places and directions as paper writes them
 *
 * Plain C: what an azimuth, an angle, a grid reference or a map sheet's name
 * means, by itself.  Projections and datums other than UTM and UPS on WGS 84
 * are PROJ's (mf_bridge.h).  Angles are degrees and lengths metres, unless
 * said otherwise; NaN is unknown.  Nothing here has a default: what is
 * missing, or can be read two ways, is a reason, not a guess.
 *
 * Texts are UTF-8 of a given length.  None is changed or kept.
 */
#ifndef MF_LOCATION_H
#define MF_LOCATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for what a failure has to say: two readings, a letter, a number. */
#define MF_SAID 96

/*
 * Why a text means no place or direction, or a direction cannot be turned to
 * another north.  0: it does.
 */
typedef enum MfReason
{
	MF_REASON_NONE,				/* nothing is missing */
	MF_REASON_NOT_ONE,			/* not such a text at all; said: what was met */
	MF_REASON_RANGE,			/* more than a circle, 61 minutes, zone 0 ... */
	MF_REASON_AMBIGUOUS,		/* said: "the one or the other" */
	MF_REASON_NO_UNIT,			/* a number, and no unit of angle */
	MF_REASON_NO_NORTH,			/* which north is not said */
	MF_REASON_NO_DECLINATION,
	MF_REASON_NO_CONVERGENCE,
	MF_REASON_CONFLICT,			/* parts contradict each other; said: which */
	MF_REASON_NOT_ON_SHEET		/* no completion lies on the map sheet */
} MfReason;

/*
 * "no_north": the word for documents and results (derived.unsolved); NULL for
 * MF_REASON_NONE.
 */
extern const char *reason_word(MfReason reason);

/* ---- azimuth.c ---- */

typedef enum MfAngleUnit
{
	MF_UNIT_UNKNOWN,
	MF_DEGREE,					/* 360 a circle */
	MF_MIL6000,					/* 6000, Soviet divisions */
	MF_MIL6400,					/* 6400, NATO */
	MF_GON						/* 400 */
} MfAngleUnit;

typedef enum MfNorth
{
	MF_NORTH_UNKNOWN,
	MF_NORTH_MAGNETIC,
	MF_NORTH_TRUE,
	MF_NORTH_GRID
} MfNorth;

/* "degree", "mil6000", "mil6400", "gon"; _UNKNOWN: none of these. */
extern MfAngleUnit angle_unit_from_name(const char *name, size_t len);
extern const char *angle_unit_name(MfAngleUnit unit);	/* NULL: unknown */
/* "magnetic", "true", "grid"; _UNKNOWN: none of these. */
extern MfNorth north_from_name(const char *name, size_t len);
extern const char *north_name(MfNorth north);	/* NULL: unknown */

/* An azimuth as written, from its own north. */
typedef struct MfAzimuth
{
	double		degrees;		/* 0 <= degrees < 360, clockwise */
	MfAngleUnit unit;			/* as written, else as given */
	double		step_deg;		/* one in the last place written */
} MfAzimuth;

/*
 * A number in a unit.  RANGE: negative, more than a circle, not finite (the
 * full circle is 0).  NO_UNIT.  step_deg is NaN.
 */
extern MfReason azimuth_of_number(double number, MfAngleUnit unit,
								  MfAzimuth *azimuth);
/*
 * A text: "15-00" (always 6000ths, whatever unit says), "90°", "90°30'15\"",
 * "100 gon", "1600 mil6400", "1600 mil" (which of the two mils is unit's to
 * say), a plain number with point or comma (in unit), or a quadrant: "N 30° E"
 * and "NE 30°" in English, Russian ("СВ 30°"), Serbian and others, when only
 * one reading is possible.  A sign of unit in the text wins over unit.
 * said has MF_SAID bytes or is NULL.
 */
extern MfReason azimuth_read(const char *s, size_t len, MfAngleUnit unit,
							 MfAzimuth *azimuth, char *said);

/* What is known where the azimuth was taken; NaN: unknown. */
typedef struct MfNorths
{
	MfNorth		north;			/* of the azimuth */
	double		declination_deg;	/* magnetic north is so far east of true */
	double		correction_deg; /* as maps print it: grid = magnetic + this */
	double		convergence_deg;	/* grid north is so far east of true */
} MfNorths;

/*
 * grid = true - convergence, true = magnetic + declination; the printed
 * correction, where known, wins over declination - convergence.  Results
 * 0 <= degrees < 360.  NO_NORTH, NO_DECLINATION, NO_CONVERGENCE: in this order,
 * the first that is needed and unknown.
 */
extern MfReason azimuth_to_grid(double degrees, const MfNorths *norths,
								double *grid_deg);
extern MfReason azimuth_to_true(double degrees, const MfNorths *norths,
								double *true_deg);
/* Into 0 <= degrees < 360, and no -0. */
extern double degrees_turn(double degrees);

/* ---- angle.c: degrees, minutes, seconds ---- */

typedef enum MfAxis
{
	MF_AXIS_UNKNOWN,			/* the text must say by a hemisphere */
	MF_LATITUDE,
	MF_LONGITUDE
} MfAxis;

/*
 * One angle: 41°12'30.5"N, N 41 12 30, 41°12,5' с.ш., 41.12.30 N, 50°18' в.д.,
 * -41°12'.  Signs of minutes and seconds in all their typographic forms;
 * decimal point or comma in the last part.  A number alone needs the degree
 * sign: 41.12 may be 41.12° or 41°12' (AMBIGUOUS).  The hemisphere, where
 * written, must fit the axis (CONFLICT).  axis comes back known.
 * step_deg (or NULL): one in the last place written.
 */
extern MfReason angle_read(const char *s, size_t len, MfAxis *axis,
						   double *degrees, double *step_deg, char *said);
/*
 * A latitude and a longitude in either order, each with its hemisphere:
 * "41°12'30\"N 50°18'00\"E", "N41 12 30, E050 18 00".
 */
extern MfReason lonlat_read(const char *s, size_t len, double *lonlat,
							double *step_deg, char *said);

/* ---- transverse.c: transverse Mercator and polar stereographic ---- */

typedef struct MfTransverse
{
	double		a;				/* semi-major axis */
	double		f;				/* flattening */
	double		lon0;			/* central meridian */
	double		k0;				/* scale there */
	double		false_easting;
	double		false_northing;
} MfTransverse;

/* UTM zone 1..60 on WGS 84; southern zones count from 10,000 km. */
extern void transverse_utm(MfTransverse *tm, int zone, bool north);
/* Gauss-Krueger, 6 degrees wide, on Krassowsky's ellipsoid; zone prefixed. */
extern void transverse_gauss(MfTransverse *tm, int zone);
/*
 * Krueger's series to the sixth order: better than a micrometre within 40
 * degrees of the central meridian.
 */
extern void transverse_forward(const MfTransverse *tm, const double *lonlat,
							   double *easting_northing);
extern void transverse_inverse(const MfTransverse *tm,
							   const double *easting_northing, double *lonlat);
/* UPS on WGS 84, false origin 2000 km. */
extern void ups_forward(bool north, const double *lonlat, double *easting_northing);
extern void ups_inverse(bool north, const double *easting_northing, double *lonlat);

/* ---- mgrs.c ---- */

/* A square of the Military Grid Reference System, on WGS 84. */
typedef struct MfMgrs
{
	int			zone;			/* 1..60; 0: UPS */
	bool		north;
	char		band;
	double		easting;		/* of the south-western corner, UTM or UPS */
	double		northing;
	double		size_m;			/* of the side */
} MfMgrs;

#define MF_MGRS_TEXT 32			/* room for any reference */
#define MF_MGRS_DIGITS 11		/* most digits an axis: micrometres */

/*
 * "39TXF1234567890", spaces between the parts and small letters allowed; any
 * even number of digits up to 22.  CONFLICT: the square's letters do not
 * occur in the zone and band.
 */
extern MfReason mgrs_read(const char *s, size_t len, MfMgrs *mgrs, char *said);
/* The reference of a place with so many digits an axis, 0..11; truncated. */
extern MfReason mgrs_write(const double *lonlat, int digits, char *text);
/* Where so far east and north in the square lies (0.5, 0.5: its middle). */
extern void mgrs_lonlat(const MfMgrs *mgrs, double east, double north,
						double *lonlat);

/* ---- map_sheet.c: the Soviet nomenclature ---- */

typedef struct MfMapSheet
{
	double		west;			/* of the frame, on the map's own datum */
	double		south;
	double		east;
	double		north;
	uint32_t	scale;			/* 50000: 1:50,000 */
	int			zone;			/* Gauss-Krueger; of the westernmost sheet */
} MfMapSheet;

/*
 * "K-39" (1:1,000,000) to "K-39-101-Б-а-1" (1:10,000), Cyrillic or Latin,
 * double and quadruple sheets north of 60 and 76 degrees ("P-47,48").
 * AMBIGUOUS where a letter has two readings: said names both sheets.
 */
extern MfReason map_sheet_read(const char *s, size_t len, MfMapSheet *sheet,
							   char *said);
/*
 * Coordinates whose hundreds of kilometres and zone the paper leaves out,
 * completed so that the place lies on the sheet: 63102.9, 41380.2 on
 * K-39-101-Б are 4563102.9, 9441380.2 (Gauss-Krueger, zone prefixed, SK-42).
 * Complete coordinates come back as they are, when they lie on the sheet.
 * AMBIGUOUS on sheets higher or wider than 100 km, NOT_ON_SHEET.
 */
extern MfReason map_sheet_complete(const MfMapSheet *sheet, double northing,
								   double easting, double *full_northing,
								   double *full_easting, char *said);

#endif							/* MF_LOCATION_H */
