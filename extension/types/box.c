/*
 * box.c - minefield_box: input, output, constructors, comparison
 *
 * The box is four floats rounded outward, so that whatever it was made of
 * lies within.  Output prints each float as the shortest double of exactly
 * its value; rounding that outward again changes nothing, hence text input
 * takes any double and in(out(box)) is the box.  The empty box has one
 * representation only, and minus zero none, so equality is equality of bytes.
 */
#include "mf_types.h"

#include "common/hashfn.h"
#include "common/shortest_dec.h"
#include "libpq/pqformat.h"
#include "parser/scansup.h"

#define BOX_VERSION 1			/* of the binary form */

StaticAssertDecl(sizeof(MinefieldBox) == 16, "minefield_box is 16 bytes");

/* ---- making and checking ---- */

/*
 * Make a box of four sides in degrees, outward.  False with the error noted
 * when they are no box: sqlstate is for sides in the wrong order.
 */
static bool
box_make(MinefieldBox *box, const double *side, int sqlstate, MfError *error)
{
	for (int i = 0; i < 4; i++)
	{
		double		limit = (i % 2 == 0) ? 180.0 : 90.0;

		if (isnan(side[i]) || fabs(side[i]) > limit)
		{
			mf_error_set(error, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, NULL,
						 MF_HINT_LONLAT,
						 "%s of a minefield_box is out of range",
						 i % 2 == 0 ? "longitude" : "latitude");
			return false;
		}
	}
	if (side[0] > side[2] || side[1] > side[3])
	{
		mf_error_set(error, sqlstate, NULL,
					 "West and south come first, then east and north.",
					 "lower sides of a minefield_box must not exceed the upper");
		return false;
	}
	box_set_empty(box);
	box_add_point(box, side[0], side[1]);
	box_add_point(box, side[2], side[3]);
	return true;
}

static MinefieldBox *
box_copy(const MinefieldBox *box)
{
	MinefieldBox *copy = palloc(sizeof(MinefieldBox));

	*copy = *box;
	return copy;
}

void
mf_check_distance(double distance_m)
{
	if (isnan(distance_m) || distance_m < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("distance must not be negative or NaN"),
				 errhint("Distances are in metres.")));
}

/*
 * Grow by a distance and by what a computed distance may be short of the
 * true one, so that the box also finds everything that extent_distance()
 * reports as within it.
 */
void
box_grow(MinefieldBox *box, double distance_m)
{
	if (!box_is_empty(box))
		box_expand(box, distance_m + MF_DISTANCE_SLACK(distance_m));
}

/* ---- text form ---- */

static void
skip_space(const char **p)
{
	while (scanner_isspace(**p))
		(*p)++;
}

/* One character, white space around it skipped. */
static bool
take(const char **p, char wanted)
{
	skip_space(p);
	if (**p != wanted)
		return false;
	(*p)++;
	skip_space(p);
	return true;
}

static const char *
skip_digits(const char *p)
{
	while (*p >= '0' && *p <= '9')
		p++;
	return p;
}

/* A decimal number; strtod alone would take hexadecimal, infinity and NaN. */
static bool
take_number(const char **p, double *value)
{
	const char *digits;
	const char *end;
	char	   *after;

	skip_space(p);
	digits = *p + (**p == '-' || **p == '+');
	end = skip_digits(digits);
	if (*end == '.')
	{
		end = skip_digits(end + 1);
		if (end == digits + 1)
			return false;
	}
	if (end == digits)
		return false;
	*value = strtod(*p, &after);
	if (after > end && *end != 'e' && *end != 'E')
		return false;
	*p = after;
	return true;
}

/* BOX(xmin ymin,xmax ymax) or BOX EMPTY, in any case. */
static bool
box_parse(const char *text, MinefieldBox *box, MfError *error)
{
	const char *p = text;
	double		side[4];

	skip_space(&p);
	if (pg_strncasecmp(p, "box", 3) != 0)
		goto malformed;
	p += 3;
	skip_space(&p);
	if (pg_strncasecmp(p, "empty", 5) == 0)
	{
		p += 5;
		skip_space(&p);
		if (*p != '\0')
			goto malformed;
		box_set_empty(box);
		return true;
	}
	if (!take(&p, '('))
		goto malformed;
	for (int i = 0; i < 4; i++)
	{
		if (i == 2 && !take(&p, ','))
			goto malformed;
		if (i % 2 == 1 && !scanner_isspace(*p))
			goto malformed;
		if (!take_number(&p, &side[i]))
			goto malformed;
	}
	if (!take(&p, ')') || *p != '\0')
		goto malformed;
	return box_make(box, side, ERRCODE_INVALID_TEXT_REPRESENTATION, error);

malformed:
	mf_error_set(error, ERRCODE_INVALID_TEXT_REPRESENTATION, NULL,
				 "A minefield_box is written BOX(xmin ymin,xmax ymax) or BOX EMPTY, in degrees.",
				 "invalid input syntax for type minefield_box: \"%s\"", text);
	return false;
}

/*
 * minefield_box_in(cstring) returns minefield_box
 *
 * Sides are rounded outward; longitudes lie within ±180, latitudes ±90.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_box_in);
Datum
minefield_box_in(PG_FUNCTION_ARGS)
{
	MfError		error = {0};
	MinefieldBox box;

	if (!box_parse(PG_GETARG_CSTRING(0), &box, &error))
	{
		mf_report(&error, fcinfo->context);
		PG_RETURN_NULL();
	}
	PG_RETURN_MINEFIELD_BOX_P(box_copy(&box));
}

/* The shortest double of a side, whatever extra_float_digits says. */
static void
append_side(StringInfo out, double side, char then)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];

	double_to_shortest_decimal_buf(side, digits);
	appendStringInfoString(out, digits);
	appendStringInfoCharMacro(out, then);
}

/* minefield_box_out(minefield_box) returns cstring */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_box_out);
Datum
minefield_box_out(PG_FUNCTION_ARGS)
{
	const MinefieldBox *box = PG_GETARG_MINEFIELD_BOX_P(0);
	StringInfoData out;

	if (box_is_empty(box))
		PG_RETURN_CSTRING(pstrdup("BOX EMPTY"));
	initStringInfo(&out);
	appendStringInfoString(&out, "BOX(");
	append_side(&out, box->xmin, ' ');
	append_side(&out, box->ymin, ',');
	append_side(&out, box->xmax, ' ');
	append_side(&out, box->ymax, ')');
	PG_RETURN_CSTRING(out.data);
}

/* ---- binary form: version u8, four float4 ---- */

/*
 * minefield_box_recv(internal) returns minefield_box
 *
 * Takes what minefield_box_send wrote and nothing else; minus zero becomes zero.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_box_recv);
Datum
minefield_box_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	MfError		error = {0};
	MinefieldBox empty;
	MinefieldBox sent;
	double		side[4];
	int			version = pq_getmsgbyte(buf);

	if (version != BOX_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unsupported version %d of binary minefield_box", version)));
	sent.xmin = pq_getmsgfloat4(buf);
	sent.ymin = pq_getmsgfloat4(buf);
	sent.xmax = pq_getmsgfloat4(buf);
	sent.ymax = pq_getmsgfloat4(buf);
	box_set_empty(&empty);
	if (memcmp(&sent, &empty, sizeof(empty)) == 0)
		PG_RETURN_MINEFIELD_BOX_P(box_copy(&empty));
	side[0] = sent.xmin;
	side[1] = sent.ymin;
	side[2] = sent.xmax;
	side[3] = sent.ymax;
	if (!box_make(&sent, side, ERRCODE_INVALID_BINARY_REPRESENTATION, &error))
		mf_report(&error, NULL);
	PG_RETURN_MINEFIELD_BOX_P(box_copy(&sent));
}

/* minefield_box_send(minefield_box) returns bytea */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_box_send);
Datum
minefield_box_send(PG_FUNCTION_ARGS)
{
	const MinefieldBox *box = PG_GETARG_MINEFIELD_BOX_P(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, BOX_VERSION);
	pq_sendfloat4(&buf, box->xmin);
	pq_sendfloat4(&buf, box->ymin);
	pq_sendfloat4(&buf, box->xmax);
	pq_sendfloat4(&buf, box->ymax);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* ---- constructors ---- */

/*
 * mf_box(minefield) returns minefield_box
 *
 * From the header of the value alone; BOX EMPTY for an unlocated record.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_box_minefield);
Datum
mf_box_minefield(PG_FUNCTION_ARGS)
{
	MinefieldBox box;

	minefield_box_of(PG_GETARG_DATUM(0), &box);
	PG_RETURN_MINEFIELD_BOX_P(box_copy(&box));
}

/*
 * mf_box(geometry) returns minefield_box
 *
 * An SRID other than 4326 is an error; BOX EMPTY for an empty geometry.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_box_geometry);
Datum
mf_box_geometry(PG_FUNCTION_ARGS)
{
	MinefieldBox box;

	mf_geometry_box(PG_GETARG_DATUM(0), &box);
	PG_RETURN_MINEFIELD_BOX_P(box_copy(&box));
}

/* mf_box(xmin, ymin, xmax, ymax float8) returns minefield_box */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_box_sides);
Datum
mf_box_sides(PG_FUNCTION_ARGS)
{
	MfError		error = {0};
	MinefieldBox box;
	double		side[4];

	for (int i = 0; i < 4; i++)
		side[i] = PG_GETARG_FLOAT8(i);
	if (!box_make(&box, side, ERRCODE_INVALID_PARAMETER_VALUE, &error))
		mf_report(&error, NULL);
	PG_RETURN_MINEFIELD_BOX_P(box_copy(&box));
}

/*
 * mf_box_expand(minefield_box, distance_m float8) returns minefield_box
 *
 * A box that holds everything within the distance; an empty one stays empty.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_box_expand);
Datum
mf_box_expand(PG_FUNCTION_ARGS)
{
	MinefieldBox *box = box_copy(PG_GETARG_MINEFIELD_BOX_P(0));
	double		distance_m = PG_GETARG_FLOAT8(1);

	mf_check_distance(distance_m);
	box_grow(box, distance_m);
	PG_RETURN_MINEFIELD_BOX_P(box);
}

/*
 * mf_geometry(minefield_box) returns geometry
 *
 * The box as a polygon; NULL for the empty box.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_geometry_of_box);
Datum
mf_geometry_of_box(PG_FUNCTION_ARGS)
{
	const MinefieldBox *box = PG_GETARG_MINEFIELD_BOX_P(0);
	const uint32 one_ring = 1;
	const uint32 five_points = 5;
	const double xy[] = {
		box->xmin, box->ymin, box->xmax, box->ymin, box->xmax, box->ymax,
		box->xmin, box->ymax, box->xmin, box->ymin
	};
	const MfExtent extent = {
		.kind = MF_POLYGON,
		.nparts = 1,
		.nrings = 1,
		.npoints = 5,
		.part_rings = &one_ring,
		.ring_points = &five_points,
		.xy = xy
	};

	if (box_is_empty(box))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(mf_geometry_make(&extent));
}

/* ---- comparison ---- */

static int
side_compare(float a, float b)
{
	return (a > b) - (a < b);
}

/* West, south, east, north; the empty box comes last. */
static int
box_compare(const MinefieldBox *a, const MinefieldBox *b)
{
	int			order;

	if ((order = side_compare(a->xmin, b->xmin)) != 0 ||
		(order = side_compare(a->ymin, b->ymin)) != 0 ||
		(order = side_compare(a->xmax, b->xmax)) != 0)
		return order;
	return side_compare(a->ymax, b->ymax);
}

#define BOX_COMPARISON(name, test) \
PGDLLEXPORT PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	int			order = box_compare(PG_GETARG_MINEFIELD_BOX_P(0), \
									PG_GETARG_MINEFIELD_BOX_P(1)); \
 \
	PG_RETURN_BOOL(test); \
}

/* name(minefield_box, minefield_box) returns boolean */
BOX_COMPARISON(minefield_box_lt, order < 0)
BOX_COMPARISON(minefield_box_le, order <= 0)
BOX_COMPARISON(minefield_box_eq, order == 0)
BOX_COMPARISON(minefield_box_ne, order != 0)
BOX_COMPARISON(minefield_box_ge, order >= 0)
BOX_COMPARISON(minefield_box_gt, order > 0)

/* minefield_box_cmp(minefield_box, minefield_box) returns integer */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_box_cmp);
Datum
minefield_box_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(box_compare(PG_GETARG_MINEFIELD_BOX_P(0),
								PG_GETARG_MINEFIELD_BOX_P(1)));
}

/* minefield_box_hash(minefield_box) returns integer */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_box_hash);
Datum
minefield_box_hash(PG_FUNCTION_ARGS)
{
	return hash_any((const unsigned char *) PG_GETARG_MINEFIELD_BOX_P(0),
					sizeof(MinefieldBox));
}

/* minefield_box_hash_extended(minefield_box, seed bigint) returns bigint */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_box_hash_extended);
Datum
minefield_box_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((const unsigned char *) PG_GETARG_MINEFIELD_BOX_P(0),
							 sizeof(MinefieldBox), PG_GETARG_INT64(1));
}
