/*
 * minefield.h - public layouts of the minefield extension's types
 *
 * What an extension, a client library or a forensic tool needs in order to
 * read the stored values: three varlena (or fixed-length) layouts and the
 * macros around them.  The layouts are frozen by test vectors; a change is a
 * new version byte and a reader for the old one.  The struct definitions need
 * only the C standard headers; the macros at the end are used from files that
 * include postgres.h and fmgr.h first.
 */
#ifndef MINEFIELD_H
#define MINEFIELD_H

#include <stdint.h>

/* The kinds of extent, numbered as GeoJSON lists them and as WKB codes them. */
typedef enum MfKind
{
	MF_UNLOCATED = 0,			/* geometry null */
	MF_POINT = 1,
	MF_LINESTRING = 2,
	MF_POLYGON = 3,
	MF_MULTIPOINT = 4,
	MF_MULTILINESTRING = 5,
	MF_MULTIPOLYGON = 6
} MfKind;

/*
 * minefield_box: the bounding box in degrees, every side rounded outward to
 * a float.  The empty box (of an unlocated record) has xmin = ymin =
 * +Infinity and xmax = ymax = -Infinity, and no other representation.
 */
typedef struct MinefieldBox
{
	float		xmin;			/* west */
	float		ymin;			/* south */
	float		xmax;			/* east */
	float		ymax;			/* north */
} MinefieldBox;

#define MINEFIELD_VERSION 1

/* Minefield.flags */
#define MF_FLAG_MINES_STATED	0x0001	/* properties.mines is a list */
#define MF_FLAG_DERIVED			0x0002	/* properties.derived is an object */
#define MF_FLAGS_KNOWN			0x0003	/* every other bit is zero */

/* Minefield.laid_from and laid_to, days since 2000-01-01 */
#define MF_DAY_OPEN_FROM	INT32_MIN	/* any time before */
#define MF_DAY_OPEN_TO		INT32_MAX	/* any time after */

/*
 * minefield: one record.
 *
 *	off	size
 *	0	4	varlena length word
 *	4	1	version (1)
 *	5	1	kind (MfKind)
 *	6	2	flags
 *	8	16	box
 *	24	8	area in m2; NaN: unknown, or not computed on input
 *	32	4	accuracy95 in m; NaN: unknown
 *	36	4	laid_from	} both bounds inclusive; unknown:
 *	40	4	laid_to		} laid_from = INT32_MAX, laid_to = INT32_MIN
 *	44	4	mines_known: sum of the counts written as one number (saturating)
 *	48	4	entries_unknown: entries of properties.mines without such a count
 *	52	4	doc_offset, from the start of the value, a multiple of 4
 *	56	4	nparts	parts of the extent; 0: empty
 *	60	4	nrings	rings, lines or points of all parts
 *	64	..	uint32 rings of each part [nparts], points of each ring [nrings]
 *			zero padding to a multiple of 8
 *			lon/lat doubles of all points in order
 *			the document: a jsonb container (without its varlena word) that
 *			holds the Feature without its "type" and "geometry"
 *
 * A point is a part with one ring of one point, a line a part with one ring.
 * Everything between box and entries_unknown is a cache of what the extent
 * and the document say and takes no part in comparison, hash or binary form.
 */
typedef struct Minefield
{
	int32_t		vl_len_;
	uint8_t		version;
	uint8_t		kind;
	uint16_t	flags;
	MinefieldBox box;
	double		area_m2;
	float		accuracy95_m;
	int32_t		laid_from;
	int32_t		laid_to;
	uint32_t	mines_known;
	uint32_t	entries_unknown;
	uint32_t	doc_offset;
	uint32_t	nparts;
	uint32_t	nrings;
	uint32_t	counts[];
} Minefield;

#define MINEFIELD_HEADER_SIZE 64

/* An empty extent of any kind counts as unlocated. */
#define MF_IS_LOCATED(mf) ((mf)->nparts > 0)

#define LOGBOOK_VERSION 1

/*
 * logbook: an ordered set of records with a header.
 *
 *	off	size
 *	0	4	varlena length word
 *	4	1	version (1)
 *	5	1	zero
 *	6	2	flags, zero
 *	8	4	nrecords
 *	12	4	header_size, bytes of the header document
 *	16	..	uint32 end offset of each record [nrecords], counted in units of
 *			8 bytes from the start of the first record
 *			zero padding to a multiple of 8
 *			the header document: a jsonb container that holds the
 *			FeatureCollection without its "type" and "features"
 *			zero padding to a multiple of 8
 *			the records, each a complete minefield with a 4-byte length
 *			word, each padded with zeros to a multiple of 8
 */
typedef struct Logbook
{
	int32_t		vl_len_;
	uint8_t		version;
	uint8_t		zero;
	uint16_t	flags;
	uint32_t	nrecords;
	uint32_t	header_size;
	uint32_t	ends[];
} Logbook;

#define LOGBOOK_HEADER_SIZE 16

/*
 * An extent as the code passes it about: a view of the counts and
 * coordinates of a stored value, or of arrays of one's own.  It owns nothing.
 */
typedef struct MfExtent
{
	MfKind		kind;
	uint32_t	nparts;
	uint32_t	nrings;
	uint32_t	npoints;
	const uint32_t *part_rings; /* [nparts] rings of each part */
	const uint32_t *ring_points;	/* [nrings] points of each ring */
	const double *xy;			/* [2 * npoints] lon, lat, lon, lat ... */
} MfExtent;

/* For files that include postgres.h and fmgr.h. */
#define DatumGetMinefieldP(d)		((Minefield *) PG_DETOAST_DATUM(d))
#define PG_GETARG_MINEFIELD_P(n)	DatumGetMinefieldP(PG_GETARG_DATUM(n))
#define PG_RETURN_MINEFIELD_P(p)	PG_RETURN_POINTER(p)
/* The first 64 bytes only: box, area, dates and counts without the rest. */
#define DatumGetMinefieldHeader(d) \
	((Minefield *) PG_DETOAST_DATUM_SLICE(d, 0, MINEFIELD_HEADER_SIZE - 4))
#define PG_GETARG_MINEFIELD_HEADER(n) \
	DatumGetMinefieldHeader(PG_GETARG_DATUM(n))

#define DatumGetLogbookP(d)			((Logbook *) PG_DETOAST_DATUM(d))
#define PG_GETARG_LOGBOOK_P(n)		DatumGetLogbookP(PG_GETARG_DATUM(n))
#define PG_RETURN_LOGBOOK_P(p)		PG_RETURN_POINTER(p)

#define DatumGetMinefieldBoxP(d)	((MinefieldBox *) DatumGetPointer(d))
#define PG_GETARG_MINEFIELD_BOX_P(n) DatumGetMinefieldBoxP(PG_GETARG_DATUM(n))
#define PG_RETURN_MINEFIELD_BOX_P(p) PG_RETURN_POINTER(p)

#endif							/* MINEFIELD_H */
