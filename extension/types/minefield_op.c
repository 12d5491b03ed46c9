/*
 * minefield_op.c - operators and predicates among records, boxes and geometry
 *
 * && @> <@ ~= compare boxes, as PostGIS's operators do; <-> is metres.  A
 * record's box is read from the header of its value without the rest, so the
 * operators between records and boxes are total: they cannot raise an error,
 * which makes them leakproof and lets them use an index under row-level
 * security.  Geometry operands can raise (another SRID, for one).
 *
 * Unlocated records and empty boxes: the four comparisons are false and the
 * distance is Infinity.  mf_intersects and mf_dwithin are the exact predicates
 * behind the boxes; they are false for unlocated records, which may lie
 * anywhere: who must not lose them adds OR NOT mf_is_located(record).
 *
 * The letters at the end of the C names tell the operands: m a minefield,
 * b a minefield_box, g a geometry.
 */
#include "mf_types.h"

#include "utils/float.h"

/* ---- operands ---- */

void
minefield_box_of(Datum record, MinefieldBox *box)
{
	struct varlena *stored = (struct varlena *) DatumGetPointer(record);
	Minefield  *header;

	if (!VARATT_IS_EXTENDED(stored))
	{
		*box = ((const Minefield *) stored)->box;
		return;
	}
	header = DatumGetMinefieldHeader(record);
	*box = header->box;
	pfree(header);
}

void
operand_box(MfOperand kind, Datum value, MinefieldBox *box)
{
	switch (kind)
	{
		case MF_OPERAND_RECORD:
			minefield_box_of(value, box);
			break;
		case MF_OPERAND_BOX:
			*box = *DatumGetMinefieldBoxP(value);
			break;
		case MF_OPERAND_GEOMETRY:
			mf_geometry_box(value, box);
			break;
	}
}

static void
operand_extent(MfOperand kind, Datum value, MfExtent *extent)
{
	if (kind == MF_OPERAND_GEOMETRY)
		mf_geometry_extent(value, true, extent);
	else
		minefield_extent(DatumGetMinefieldP(value), extent);
}

/* ---- box operators ---- */

#define BOX_OPERATOR(name, left, right, test) \
PGDLLEXPORT PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	MinefieldBox box_a; \
	MinefieldBox box_b; \
 \
	operand_box(left, PG_GETARG_DATUM(0), &box_a); \
	operand_box(right, PG_GETARG_DATUM(1), &box_b); \
	PG_RETURN_BOOL(test); \
}

#define BOX_OPERATORS(pair, left, right) \
	BOX_OPERATOR(minefield_overlaps_##pair, left, right, box_overlaps(&box_a, &box_b)) \
	BOX_OPERATOR(minefield_contains_##pair, left, right, box_contains(&box_a, &box_b)) \
	BOX_OPERATOR(minefield_within_##pair, left, right, box_contains(&box_b, &box_a)) \
	BOX_OPERATOR(minefield_same_##pair, left, right, box_equal(&box_a, &box_b))

/*
 * minefield_overlaps(a, b), minefield_contains(a, b), minefield_within(a, b),
 * minefield_same(a, b) returns boolean: behind && @> <@ ~=
 */
BOX_OPERATORS(mm, MF_OPERAND_RECORD, MF_OPERAND_RECORD)
BOX_OPERATORS(mb, MF_OPERAND_RECORD, MF_OPERAND_BOX)
BOX_OPERATORS(mg, MF_OPERAND_RECORD, MF_OPERAND_GEOMETRY)
BOX_OPERATORS(bm, MF_OPERAND_BOX, MF_OPERAND_RECORD)
BOX_OPERATORS(bb, MF_OPERAND_BOX, MF_OPERAND_BOX)
BOX_OPERATORS(bg, MF_OPERAND_BOX, MF_OPERAND_GEOMETRY)
BOX_OPERATORS(gm, MF_OPERAND_GEOMETRY, MF_OPERAND_RECORD)
BOX_OPERATORS(gb, MF_OPERAND_GEOMETRY, MF_OPERAND_BOX)

/* ---- distance ---- */

/* One operand is a box: no geodesic between points of both is shorter. */
static double
operand_distance_bound(MfOperand left, Datum a, MfOperand right, Datum z)
{
	MinefieldBox box_a;
	MinefieldBox box_z;

	operand_box(left, a, &box_a);
	operand_box(right, z, &box_z);
	return box_distance_bound(&box_a, &box_z);
}

/*
 * The geodesic distance, or any value up to enough once it is certain not to
 * be more.
 */
static double
operand_distance(MfOperand left, Datum a, MfOperand right, Datum z, double enough)
{
	MfExtent	extent_a;
	MfExtent	extent_z;

	operand_extent(left, a, &extent_a);
	operand_extent(right, z, &extent_z);
	return measure_distance(&extent_a, &extent_z, enough);
}

#define BOUND_OPERATOR(pair, left, right) \
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_distance_##pair); \
Datum \
mf_distance_##pair(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_FLOAT8(operand_distance_bound(left, PG_GETARG_DATUM(0), \
											right, PG_GETARG_DATUM(1))); \
}

#define DISTANCE_OPERATOR(pair, left, right) \
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_distance_##pair); \
Datum \
mf_distance_##pair(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_FLOAT8(operand_distance(left, PG_GETARG_DATUM(0), \
									  right, PG_GETARG_DATUM(1), 0)); \
}

/*
 * mf_distance(a, b) returns float8, behind <->
 *
 * Metres; Infinity when either has no place.
 */
DISTANCE_OPERATOR(mm, MF_OPERAND_RECORD, MF_OPERAND_RECORD)
DISTANCE_OPERATOR(mg, MF_OPERAND_RECORD, MF_OPERAND_GEOMETRY)
DISTANCE_OPERATOR(gm, MF_OPERAND_GEOMETRY, MF_OPERAND_RECORD)
BOUND_OPERATOR(mb, MF_OPERAND_RECORD, MF_OPERAND_BOX)
BOUND_OPERATOR(bm, MF_OPERAND_BOX, MF_OPERAND_RECORD)
BOUND_OPERATOR(bb, MF_OPERAND_BOX, MF_OPERAND_BOX)
BOUND_OPERATOR(bg, MF_OPERAND_BOX, MF_OPERAND_GEOMETRY)
BOUND_OPERATOR(gb, MF_OPERAND_GEOMETRY, MF_OPERAND_BOX)

/* ---- exact predicates ---- */

static bool
operand_intersects(MfOperand left, Datum a, MfOperand right, Datum z)
{
	MinefieldBox box_a;
	MinefieldBox box_z;
	MfExtent	extent_a;
	MfExtent	extent_z;

	operand_box(left, a, &box_a);
	operand_box(right, z, &box_z);
	if (!box_overlaps(&box_a, &box_z))
		return false;
	operand_extent(left, a, &extent_a);
	operand_extent(right, z, &extent_z);
	return measure_touch(&extent_a, &extent_z);
}

static bool
operand_dwithin(MfOperand left, Datum a, MfOperand right, Datum z, double distance_m)
{
	double		bound;

	mf_check_distance(distance_m);
	bound = operand_distance_bound(left, a, right, z);
	if (isinf(bound) || bound - MF_DISTANCE_SLACK(bound) > distance_m)
		return false;
	return operand_distance(left, a, right, z, distance_m) <= distance_m;
}

#define PREDICATES(pair, left, right) \
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_intersects_##pair); \
Datum \
mf_intersects_##pair(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(operand_intersects(left, PG_GETARG_DATUM(0), \
									  right, PG_GETARG_DATUM(1))); \
} \
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_dwithin_##pair); \
Datum \
mf_dwithin_##pair(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(operand_dwithin(left, PG_GETARG_DATUM(0), \
								   right, PG_GETARG_DATUM(1), \
								   PG_GETARG_FLOAT8(2))); \
}

/*
 * mf_intersects(a, b) returns boolean
 * mf_dwithin(a, b, distance_m float8) returns boolean
 *
 * False when either has no place; the distance is checked all the same.
 */
PREDICATES(mm, MF_OPERAND_RECORD, MF_OPERAND_RECORD)
PREDICATES(mg, MF_OPERAND_RECORD, MF_OPERAND_GEOMETRY)
PREDICATES(gm, MF_OPERAND_GEOMETRY, MF_OPERAND_RECORD)
