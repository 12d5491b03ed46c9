/*
 * footprint.c - the ground that a record counts as recorded
 *
 * Only what the paper gives an area has one: polygons, and lines with a
 * recorded width.  A margin is the caller's wish and enlarges everything;
 * accuracy never does, or a worse record would hide a larger gap.
 */
#include "mf_analysis.h"

/* What is left of polygons without area: their rings, as lines. */
static MfExtent *
collapsed_margin(const MfExtent *extent, double margin_m)
{
	MfExtent	rings = *extent;
	uint32	   *ones = palloc_extended(sizeof(uint32) * extent->nrings,
									   MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < extent->nrings; i++)
		ones[i] = 1;
	rings.kind = MF_MULTILINESTRING;
	rings.nparts = rings.nrings;
	rings.part_rings = ones;
	return mf_geos_buffer(&rings, margin_m, false);
}

MfExtent *
footprint_of(const MfExtent *extent, double width_m, double margin_m)
{
	MfExtent   *ground;

	if (extent->nparts == 0)
		return NULL;
	if (kind_is_polygonal(extent->kind))
	{
		ground = mf_geos_valid(extent);
		if (margin_m > 0)
			ground = ground->nparts > 0 ? mf_geos_buffer(ground, margin_m, false) :
				collapsed_margin(extent, margin_m);
	}
	else if ((extent->kind == MF_LINESTRING || extent->kind == MF_MULTILINESTRING) &&
			 width_m > 0 && width_m <= MF_MAX_METRES)
	{
		ground = mf_geos_buffer(extent, width_m / 2, true);
		if (margin_m > 0 && ground->nparts > 0)
			ground = mf_geos_buffer(ground, margin_m, false);
	}
	else if (margin_m > 0)
		ground = mf_geos_buffer(extent, margin_m, false);
	else
		return NULL;
	return ground->nparts > 0 ? ground : NULL;
}

const MfExtent *
footprint_view(const MfExtent *extent, bool plain, double width_m, double margin_m)
{
	if (!(margin_m > 0) && kind_is_polygonal(extent->kind) && extent->nparts > 0 &&
		(plain || mf_plainly_valid(extent)))
		return extent;
	return footprint_of(extent, width_m, margin_m);
}

static double
metres_arg(const char *name, double value)
{
	if (!(value >= 0 && value <= MF_MAX_METRES))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be between 0 and %.0f", name, MF_MAX_METRES)));
	return value;
}

static Datum
footprint_result(FunctionCallInfo fcinfo, const MfExtent *footprint)
{
	if (footprint == NULL)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(mf_geometry_make(footprint));
}

/* mf_footprint(record minefield, margin_m float8) -> geometry; NULL: no area */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_footprint);
Datum
mf_footprint(PG_FUNCTION_ARGS)
{
	const Minefield *mf = PG_GETARG_MINEFIELD_P(0);
	double		margin_m = metres_arg("margin_m", PG_GETARG_FLOAT8(1));
	MfExtent	extent;

	minefield_extent(mf, &extent);
	return footprint_result(fcinfo,
							footprint_of(&extent, minefield_width_m(mf), margin_m));
}

/*
 * mf_footprint(extent geometry, width_m float8, margin_m float8) -> geometry;
 * a NULL width is unknown, a NULL margin none
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_footprint_extent);
Datum
mf_footprint_extent(PG_FUNCTION_ARGS)
{
	MfExtent	extent;
	double		width_m = NAN;
	double		margin_m = 0;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	mf_geometry_extent(PG_GETARG_DATUM(0), false, &extent);
	if (!PG_ARGISNULL(1))
		width_m = metres_arg("width_m", PG_GETARG_FLOAT8(1));
	if (!PG_ARGISNULL(2))
		margin_m = metres_arg("margin_m", PG_GETARG_FLOAT8(2));
	return footprint_result(fcinfo, footprint_of(&extent, width_m, margin_m));
}

/* mf_area(record minefield) -> float8, m2; NULL: no area */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_area);
Datum
mf_area(PG_FUNCTION_ARGS)
{
	const Minefield *mf = PG_GETARG_MINEFIELD_HEADER(0);
	MfExtent	extent;
	MfExtent   *footprint;

	if (!MF_IS_LOCATED(mf))
		PG_RETURN_NULL();
	if (!isnan(mf->area_m2))
		PG_RETURN_FLOAT8(mf->area_m2);
	mf = PG_GETARG_MINEFIELD_P(0);
	minefield_extent(mf, &extent);
	footprint = footprint_of(&extent, minefield_width_m(mf), 0);
	if (footprint == NULL)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(measure_area(footprint));
}

/* mf_area(extent geometry) -> float8, m2; NULL: not polygonal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_area_extent);
Datum
mf_area_extent(PG_FUNCTION_ARGS)
{
	MfExtent	extent;

	mf_geometry_extent(PG_GETARG_DATUM(0), true, &extent);
	if (!kind_is_polygonal(extent.kind))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(measure_area(mf_geos_valid(&extent)));
}

/* mf_is_valid(record minefield) -> boolean; NULL: unlocated */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_is_valid);
Datum
mf_is_valid(PG_FUNCTION_ARGS)
{
	MfExtent	extent;

	minefield_extent(PG_GETARG_MINEFIELD_P(0), &extent);
	if (extent.nparts == 0)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(mf_geos_is_valid(&extent, NULL));
}
