/*
 * mf_core.h - the mathematics: plain C11 without PostgreSQL, GEOS or PROJ
 *
 * Core functions never allocate behind the caller's back (buffers are the
 * caller's), never print and never jump: what can fail returns false or a
 * status.  Angles are degrees unless a name says _rad; lengths are metres.
 */
#ifndef MF_CORE_H
#define MF_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "minefield.h"

/* WGS 84 */
#define MF_WGS84_A		6378137.0
#define MF_WGS84_F		(1.0 / 298.257223563)

/* ---- interrupt.c ---- */

/*
 * Asked now and then by long loops; true means stop.  The backend installs
 * one that looks at pending cancels; NULL (the default) never stops.
 */
typedef bool (*mf_interrupt_hook) (void);
extern mf_interrupt_hook mf_interrupted;

/* ---- number.c: numbers as canonical JSON writes them ---- */

#define MF_NUMBER_SIZE 32		/* enough for any canonical number and NUL */

typedef enum MfNumberStatus
{
	MF_NUMBER_OK,
	MF_NUMBER_LOSES_DIGITS,		/* no double prints these digits */
	MF_NUMBER_OUT_OF_RANGE		/* beyond the largest double */
} MfNumberStatus;

/*
 * Read a JSON number token (already checked to be one).  A number is kept
 * when the double nearest to it, written with as many significant digits as
 * the token has, gives the token's digits again; zeros at the end are no such
 * digits.  -0 becomes 0.
 */
extern MfNumberStatus number_read(const char *token, size_t len, double *value);

/*
 * Rewrite a shortest decimal representation ("1e-07", "123456789012345.6",
 * "1e+15") as RFC 8785 (ECMAScript Number::toString) writes it ("1e-7",
 * "123456789012345.6", "1000000000000000").  dst holds MF_NUMBER_SIZE bytes;
 * returns the length.
 */
extern size_t number_canonical(char *dst, const char *shortest);

/*
 * Compare two UTF-8 strings in the order of their UTF-16 code units, as
 * RFC 8785 sorts member names.
 */
extern int	utf16_compare(const char *a, size_t alen, const char *b, size_t blen);

/* ---- json_split.c: cutting a large document at its features ---- */

typedef struct MfSpan
{
	size_t		start;			/* first byte */
	size_t		end;			/* one past the last byte */
	size_t		line;			/* line of the first byte, from 1 */
} MfSpan;

typedef enum MfSplitStatus
{
	MF_SPLIT_ITEM,				/* an item was found */
	MF_SPLIT_END,				/* the list or object ended in good order */
	MF_SPLIT_ERROR				/* the text breaks off or is out of order */
} MfSplitStatus;

/*
 * A cursor over the members of one object or the elements of one array.
 * Spans are found by matching brackets outside strings; what is between
 * them is for a parser to judge.
 */
typedef struct MfSplit
{
	const char *text;
	size_t		len;
	size_t		pos;
	size_t		line;
	bool		object;			/* members rather than elements */
	bool		first;
	const char *error;			/* a constant, after MF_SPLIT_ERROR */
} MfSplit;

/* Begin at the '{' or '[' found at or after start (white space skipped). */
extern bool split_begin(MfSplit *split, const char *text, size_t len,
						size_t start, size_t line);
/* The next element, or member: key is the span between its quotes. */
extern MfSplitStatus split_next(MfSplit *split, MfSpan *key, MfSpan *value);
/* The end of the one JSON value that begins at or after start; false: none. */
extern bool split_value(const char *text, size_t len, size_t start,
						size_t line, MfSpan *value);
/* Deepest nesting of brackets outside strings; stops counting at limit. */
extern int	json_depth(const char *text, size_t len, int limit);

/* ---- shape.c: which shape each named member must have ---- */

/* The type of a JSON value, as every parser names it. */
typedef enum MfJsonType
{
	MF_JSON_NULL,
	MF_JSON_STRING,
	MF_JSON_NUMBER,
	MF_JSON_BOOLEAN,
	MF_JSON_OBJECT,
	MF_JSON_ARRAY
} MfJsonType;

typedef enum MfShapeKind
{
	MF_SHAPE_ANY,				/* kept as it is */
	MF_SHAPE_STRING,
	MF_SHAPE_NUMBER,			/* number or quantity object */
	MF_SHAPE_TEXT,				/* string or number: labels such as "17" */
	MF_SHAPE_AZIMUTH,			/* string, number or quantity object */
	MF_SHAPE_BOOLEAN,
	MF_SHAPE_CODE,				/* string that matches ^[A-Z]+:[0-9]+$ */
	MF_SHAPE_POINTER,			/* string that is a JSON pointer (RFC 6901) */
	MF_SHAPE_OBJECT,
	MF_SHAPE_ARRAY,
	MF_SHAPE_PLAIN_NUMBER,		/* a number, no quantity: inside a quantity */
	MF_SHAPE_QUANTITY,			/* object with at least one member named */
	MF_SHAPE_STRING_OR_OBJECT,	/* words, or an object with the members */
	MF_SHAPE_TEXT_OR_OBJECT		/* a label, or an object with the members */
} MfShapeKind;

typedef struct MfShape MfShape;

typedef struct MfShapeMember
{
	const char *name;
	const MfShape *shape;
} MfShapeMember;

/* null is allowed everywhere: unknown. */
struct MfShape
{
	MfShapeKind kind;
	const char *wanted;			/* "a number or a quantity object" */
	const MfShapeMember *members;	/* of an object: ends with a NULL name */
	const MfShape *element;		/* ARRAY */
};

extern const MfShape mf_shape_feature;	/* a Feature without its geometry */
extern const MfShape mf_shape_logbook;	/* a FeatureCollection without features */
extern const MfShape mf_shape_quantity;	/* the quantity object itself */

/*
 * May a value of this type stand here?  Strings bring their content (s, len:
 * UTF-8 after unescaping), which codes and pointers are judged by; other types
 * pass NULL, 0.  A shape of NULL is unknown to us and takes anything.
 */
extern bool shape_accepts(const MfShape *shape, MfJsonType type,
						  const char *s, size_t len);
/*
 * The shape of a member of the object that stands here (the quantity object's
 * where a number is wanted); NULL: unknown to us, anything goes.
 */
extern const MfShape *shape_member(const MfShape *shape, const char *name,
								   size_t len);
/* The shape of the elements of the array that stands here; NULL: anything. */
extern const MfShape *shape_element(const MfShape *shape);
/*
 * Must the object that stands here have at least one member that
 * shape_member() knows?  True of quantities: {"valeu":80} is no quantity.
 */
extern bool shape_needs_member(const MfShape *shape);
/* The content rules of MF_SHAPE_CODE and MF_SHAPE_POINTER. */
extern bool shape_is_code(const char *s, size_t len);
extern bool shape_is_pointer(const char *s, size_t len);

/* ---- date.c: ISO 8601 with reduced precision and EDTF level 1 ---- */

/*
 * The interval that a date as written can mean, in microseconds since
 * 2000-01-01T00:00 (proleptic Gregorian), from inclusive to exclusive;
 * INT64_MIN and INT64_MAX are open ends.  Where the time zone is written the
 * values are UTC; where it is not, zone_known is false and they are local
 * time.  from_us < to_us always.
 */
typedef struct MfDateSpan
{
	int64_t		from_us;
	int64_t		to_us;
	bool		from_zone_known;
	bool		to_zone_known;
	int32_t		from_zone_s;	/* seconds east of UTC; 0 where not known */
	int32_t		to_zone_s;
	bool		approximate;	/* ~ or % */
	bool		uncertain;		/* ? or % */
} MfDateSpan;

/*
 * Read "1993", "1993-08", "1993-08-01", "1993-08-01T06[:30[:15[.5]]]" with or
 * without zone ("Z", "+04", "+04:00"), an interval "a/b" with ".." or nothing
 * for an open end, seasons "1993-21".."24", unspecified digits from the right
 * ("199X", "1993-XX", "1993-08-XX", "1993-08-1X"), and the qualifiers ? ~ %
 * after a date.  Years have four digits.  False: not such a date (1993-02-30
 * is none), or the interval is reversed.
 *
 * Seasons are those of the northern hemisphere by whole months; winter reaches
 * from the December before to the February after the year, as paper seldom
 * says which it means.  An interval's end without a zone takes its start's.
 */
extern bool date_read(const char *s, size_t len, MfDateSpan *span);

/*
 * The calendar days a span touches, days since 2000-01-01, both inclusive,
 * as the header keeps them: local days as written, whatever the zone.
 */
extern void date_days(const MfDateSpan *span, int32_t *from, int32_t *to);

/* ---- box.c ---- */

extern void box_set_empty(MinefieldBox *box);
extern bool box_is_empty(const MinefieldBox *box);
/* Grow to take in a point; sides are rounded outward. */
extern void box_add_point(MinefieldBox *box, double lon, double lat);
extern void box_add_box(MinefieldBox *box, const MinefieldBox *other);
/* Of an extent; empty for an empty one. */
extern void box_of_extent(MinefieldBox *box, const MfExtent *extent);
extern bool box_overlaps(const MinefieldBox *a, const MinefieldBox *b);	/* && */
extern bool box_contains(const MinefieldBox *a, const MinefieldBox *b);	/* a @> b */
extern bool box_equal(const MinefieldBox *a, const MinefieldBox *b); /* ~= */
/* All four false (Infinity below) when a box is empty. */

/*
 * A rigorous lower bound in metres of the geodesic distance between any
 * point of a and any point of b: the smallest meridian radius of WGS 84
 * times the great-circle distance between the boxes; 0 when they touch.
 */
extern double box_distance_bound(const MinefieldBox *a, const MinefieldBox *b);
/* Grow so that nothing within distance_m of the box lies outside. */
extern void box_expand(MinefieldBox *box, double distance_m);

/* ---- orient.c: exact predicates ---- */

/* Sign of the orientation of c relative to a->b: >0 left, <0 right, 0 on it. */
extern int	orient2d(const double *a, const double *b, const double *c);
/* Do the closed segments a-b and c-d have a point in common?  Exact. */
extern bool segments_touch(const double *a, const double *b,
						   const double *c, const double *d);
/*
 * Is the closed ring (first point repeated at the end) strictly simple: no
 * repeated vertex, no two edges touching but neighbours at their common
 * vertex?  Plain O(n^2) with box tests; callers limit n.
 */
extern bool ring_is_simple(const double *xy, uint32_t npoints);
/*
 * Does a closed ring without equal neighbours run counter-clockwise?  A simple
 * one turns left at its lowest, then leftmost corner, exactly; others are asked
 * for their area, and those of fewer than three edges do.
 */
extern bool ring_runs_left(const double *xy, uint32_t npoints);
/* Where is p: 1 inside, 0 on the boundary, -1 outside the ring.  Exact. */
extern int	point_in_ring(const double *p, const double *xy, uint32_t npoints);
/*
 * Does a closed polygonal part (shell, then holes) contain p, boundary
 * included?  Even-odd over the rings.
 */
extern bool point_in_part(const double *p, const double *xy,
						  const uint32_t *ring_points, uint32_t nrings);

/* ---- area.c: true ellipsoidal areas of regions with straight lon/lat edges ---- */

/*
 * Signed area in m2 on WGS 84 of a closed ring whose edges are straight in
 * longitude/latitude, counter-clockwise positive: the boundary integral
 * -int S(lat) dlon relative to a local origin, good to 1e-9 relative.
 */
extern double ring_area(const double *xy, uint32_t npoints);
/* Shells minus holes of a polygonal extent, orientation ignored; else 0. */
extern double extent_area(const MfExtent *extent);
/*
 * The area where the extent is polygonal and known to be valid without
 * overlay: one part, one strictly simple ring of at most 256 points.
 * NaN otherwise: left to be found on demand.
 */
extern double extent_area_if_simple(const MfExtent *extent);

/* ---- pair_area.c: the area that two polygonal extents have in common ---- */

/* A piece of an edge within the common box; private to pair_area.c. */
typedef struct MfPairSpan
{
	double		x0;				/* degrees east of the box's west */
	double		x1;
	double		y0;				/* at x0, degrees north of its south */
	double		slope;
	double		sign;			/* of the ground below it */
	uint32_t	active;
} MfPairSpan;

/* How many spans two extents may need room for. */
#define MF_PAIR_SPANS(a, b) (2 * ((size_t) (a)->npoints + (b)->npoints))

/*
 * The common area in m2 on WGS 84 of two valid polygonal extents, whichever
 * way their rings run, with boxes that hold them (the smaller, the better).
 * The same both ways to the last bit.  *noise_m2 is about what rounding may
 * have added or taken away, 1e-9 m2 for each square kilometre of the common
 * box and ten points; less than that may be nothing.  Large boxes with little
 * in common are cut up until the noise is below a square millimetre, as far
 * as that is worth the time.  room has MF_PAIR_SPANS spans.  NaN: interrupted.
 * Linear in the points, plus the pairs of edges one above the other.
 */
extern double pair_area(const MfExtent *a, const MinefieldBox *box_a,
						const MfExtent *b, const MinefieldBox *box_b,
						MfPairSpan *room, double *noise_m2);

/* ---- shift.c: what shifting one of two extents does ---- */

/*
 * The centroid in the lon/lat plane, as ST_Centroid has it: of the area, else
 * of the length, else of the points.  The extent is not empty.
 */
extern void extent_centroid(const MfExtent *extent, double *lonlat);
/*
 * The geodesic between two points of no more than about 1.5 km, good to 1e-5 m,
 * and its initial azimuth in degrees 0..360; false: they are farther apart,
 * or beyond 70 degrees of latitude.
 */
extern bool short_geodesic(const double *from, const double *to,
						   double *distance_m, double *azimuth_deg);
/*
 * Two valid extents touch, with so much area in common (0 where one has
 * none): will no shift of one by up to shift_m take them apart?  Exact, but
 * for the half per cent on the safe side that the local plane takes, for
 * convex shapes of up to a thousand corners.  For others, true only when the
 * common area is more than the shift could sweep: never true where it should
 * not be.  Quadratic in the corners of convex shapes, else linear.
 */
extern bool overlap_outlasts(const MfExtent *a, const MfExtent *b,
							 double common_m2, double shift_m);

/* ---- distance.c, touch.c ---- */

/* Geodesic distance in metres between two points; the bridge supplies it. */
typedef double (*mf_geodesic) (double lon1, double lat1,
							   double lon2, double lat2);

/*
 * Geodesic distance in metres between two extents with straight lon/lat
 * edges, 0 when they touch or one contains the other (closed sets; even-odd
 * inside polygons).  Stops early with any value <= enough once that is
 * certain (pass 0 for the exact distance).  Infinity when one is empty.
 * Accuracy: 1e-3 m + 1e-9 of the distance.  NaN: interrupted, or out of
 * memory.
 */
extern double extent_distance(const MfExtent *a, const MfExtent *b,
							  double enough, mf_geodesic geodesic);
/*
 * The same, quickly, of small extents that do not touch, within a few
 * kilometres: to 1e-3 m where it is at most beyond, else only that it is more.
 * The boxes hold the extents.  False: they are too many or too far apart.
 */
extern bool near_distance(const MfExtent *a, const MinefieldBox *box_a,
						  const MfExtent *b, const MinefieldBox *box_b,
						  double beyond, double *distance_m);
/*
 * Do two extents have a point in common?  Exact; even-odd inside polygons.
 * False, too, when interrupted: callers go on to look at pending cancels.
 */
extern bool extent_touches(const MfExtent *a, const MfExtent *b);
/*
 * The quick half of it: true only when a line keeps the two apart, which is
 * found for nearly all small convex shapes that do not touch.  The boxes hold
 * the extents.  Linear.
 */
extern bool extents_apart(const MfExtent *a, const MinefieldBox *box_a,
						  const MfExtent *b, const MinefieldBox *box_b);

/* ---- extent.c: what an extent must satisfy ---- */

typedef enum MfExtentFault
{
	MF_EXTENT_OK,
	MF_EXTENT_COUNTS,			/* counts contradict each other or the kind */
	MF_EXTENT_NOT_FINITE,
	MF_EXTENT_OUT_OF_RANGE,		/* beyond +-180 or +-90 */
	MF_EXTENT_OPEN_RING,
	MF_EXTENT_SHORT_RING,		/* fewer than four positions */
	MF_EXTENT_SHORT_LINE		/* fewer than two positions */
} MfExtentFault;

/*
 * The first fault of an extent and where it is: part, ring within the part,
 * point within the ring, all from 0.
 */
extern MfExtentFault extent_fault(const MfExtent *extent, uint32_t *part,
								  uint32_t *ring, uint32_t *point);
/* A lower-case sentence without period for an error message. */
extern const char *extent_fault_text(MfExtentFault fault);
/* May the kind have more than one part, and more than one ring in a part? */
extern bool kind_is_multi(MfKind kind);
extern bool kind_is_polygonal(MfKind kind);
/* "Polygon"; NULL for unlocated.  And back; MF_UNLOCATED: none of ours. */
extern const char *kind_name(MfKind kind);
extern MfKind kind_from_name(const char *name, size_t len);

/* ---- plane.c: a local metric plane ---- */

/* x east, y north in metres about an origin, by the two radii of curvature. */
typedef struct MfPlane
{
	double		lon0;
	double		lat0;
	double		mx;				/* metres per degree of longitude */
	double		my;				/* metres per degree of latitude */
} MfPlane;

extern void plane_about(MfPlane *plane, double lon, double lat);
extern void plane_forward(const MfPlane *plane, double *xy, size_t npoints);
extern void plane_inverse(const MfPlane *plane, double *xy, size_t npoints);

/* ---- inside.c ---- */

/*
 * A point inside a polygonal extent that is not empty, away from its edges
 * where it can be.  scratch holds one double for each point of the extent.
 */
extern void extent_inside(const MfExtent *extent, double *scratch,
						  double *lonlat);

/* ---- inscribed.c: the largest circle that fits ---- */

/* How deep (x, y) lies inside a region: negative outside; NaN: stop. */
typedef double (*mf_depth) (double x, double y, void *arg);

typedef struct MfSquare
{
	double		x;				/* centre */
	double		y;
	double		half;			/* half side */
	double		bound;			/* nothing in it lies deeper */
} MfSquare;

/*
 * Radius of the largest circle within the region whose box is min..max:
 * within tolerance or half a per cent, whichever is more, as long as the heap
 * (size squares, the caller's) and as many steps suffice, else the largest
 * found, never too large.  inside is any point of the region.  NaN: stopped.
 */
extern double inscribed_radius(const double *min, const double *max,
							const double *inside, double tolerance,
							mf_depth depth, void *arg,
							MfSquare *heap, size_t size);

#endif							/* MF_CORE_H */
