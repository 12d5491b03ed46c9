/*
 * coordinates.c - places and directions as paper writes them, in SQL
 *
 * Texts that mean no place are errors here, for somebody wrote them into a
 * query; azimuths come with the reason why they lead nowhere, for those are
 * looked at by the thousand.  What asks PROJ is STABLE: its database may be
 * exchanged between two queries.
 */
#include "mf_analysis.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"

/* From here on the sides of squares are bent in lon/lat by more than a foot; those of UPS always. */
#define BENT_M		10000.0
#define BENT_PARTS	16
/* Gauss-Krueger zone 9 on SK-42 is EPSG:28409. */
#define GAUSS_CODES	28400
#define GAUSS_FIRST	4
#define GAUSS_LAST	32

/* ---- arguments and results ---- */

/* The name that an argument gives; NULL when it is NULL. */
static char *
text_arg(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(n));
}

static double
number_arg(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) ? NAN : PG_GETARG_FLOAT8(n);
}

static Datum
text_datum(const char *s, bool *isnull)
{
	*isnull = s == NULL;
	return s == NULL ? (Datum) 0 : CStringGetTextDatum(s);
}

static Datum
number_datum(double value, bool *isnull)
{
	*isnull = isnan(value);
	return Float8GetDatum(value);
}

static Datum
row_datum(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	return HeapTupleGetDatum(heap_form_tuple(result_row(fcinfo), values, nulls));
}

static Datum
point_datum(const double *lonlat)
{
	static const uint32 one = 1;
	MfExtent	point = {MF_POINT, 1, 1, 1, &one, &one, (double *) lonlat};

	return mf_geometry_make(&point);
}

/* A geometry argument that must be a point with a place; false: empty. */
static bool
place_arg(FunctionCallInfo fcinfo, int n, double *lonlat)
{
	MfExtent	extent;

	mf_geometry_point(PG_GETARG_DATUM(n), "place", &extent);
	if (extent.npoints == 0)
		return false;
	memcpy(lonlat, extent.xy, sizeof(double) * 2);
	return true;
}

/* ---- azimuths ---- */

static MfAngleUnit
unit_arg(FunctionCallInfo fcinfo, int n)
{
	char	   *name = text_arg(fcinfo, n);
	MfAngleUnit unit = name ? angle_unit_from_name(name, strlen(name)) : MF_UNIT_UNKNOWN;

	if (name != NULL && unit == MF_UNIT_UNKNOWN)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is no unit of angles", name),
				 errhint("Units are degree, mil6000, mil6400 and gon.")));
	return unit;
}

static MfNorth
north_arg(FunctionCallInfo fcinfo, int n)
{
	char	   *name = text_arg(fcinfo, n);
	MfNorth		north = name ? north_from_name(name, strlen(name)) : MF_NORTH_UNKNOWN;

	if (name != NULL && north == MF_NORTH_UNKNOWN)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is no north", name),
				 errhint("Norths are magnetic, true and grid.")));
	return north;
}

/*
 * mf_azimuth(azimuth text, unit text, north text, declination_deg float8,
 * correction_deg float8, convergence_deg float8) -> mf_direction; NULL: not
 * known, and NULL for a NULL azimuth
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_azimuth);
Datum
mf_azimuth(PG_FUNCTION_ARGS)
{
	MfAngleUnit unit = unit_arg(fcinfo, 1);
	MfNorths	norths = {north_arg(fcinfo, 2), number_arg(fcinfo, 3), number_arg(fcinfo, 4),
	number_arg(fcinfo, 5)};
	MfAzimuth	azimuth = {NAN, MF_UNIT_UNKNOWN, NAN};
	double		true_deg = NAN;
	double		grid_deg = NAN;
	char		said[MF_SAID] = "";
	MfReason	reason;
	MfReason	other;
	Datum		values[7];
	bool		nulls[7];
	text	   *written;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	written = PG_GETARG_TEXT_PP(0);
	reason = azimuth_read(VARDATA_ANY(written), VARSIZE_ANY_EXHDR(written), unit, &azimuth, said);
	if (reason == MF_REASON_NONE)
	{
		reason = azimuth_to_grid(azimuth.degrees, &norths, &grid_deg);
		other = azimuth_to_true(azimuth.degrees, &norths, &true_deg);
		if (reason == MF_REASON_NONE)
			reason = other;
		else
			grid_deg = NAN;
		if (other != MF_REASON_NONE)
			true_deg = NAN;
	}
	else
		azimuth = (MfAzimuth) {NAN, MF_UNIT_UNKNOWN, NAN};
	values[0] = number_datum(azimuth.degrees, &nulls[0]);
	values[1] = text_datum(angle_unit_name(azimuth.unit), &nulls[1]);
	values[2] = number_datum(azimuth.step_deg, &nulls[2]);
	values[3] = number_datum(true_deg, &nulls[3]);
	values[4] = number_datum(grid_deg, &nulls[4]);
	values[5] = text_datum(reason_word(reason), &nulls[5]);
	values[6] = text_datum(said[0] != '\0' ? said : NULL, &nulls[6]);
	return row_datum(fcinfo, values, nulls);
}

/* ---- grids ---- */

/* The grid of two arguments; what PROJ does not know is an error. */
static const MfGrid *
grid_arg(FunctionCallInfo fcinfo, int crs, int operation)
{
	MfError		error = {0};
	char	   *named = text_arg(fcinfo, operation);
	const MfGrid *grid;

	if (named != NULL && named[0] == '\0')
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("an operation must be named by its code, such as EPSG:15865")));
	grid = mf_grid_find(text_arg(fcinfo, crs), named, &error);
	if (grid == NULL)
		mf_report(&error, NULL);
	return grid;
}

static void
beyond(double northing, double easting, const char *crs)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("northing %.12g, easting %.12g is beyond where %s is used",
					northing, easting, crs),
			 errhint("Northing comes first; in Gauss-Kr\303\274ger the easting begins with the zone.")));
}

/*
 * mf_from_grid(northing float8, easting float8, crs text, operation text) ->
 * geometry; NULL when one of the first three is
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_from_grid);
Datum
mf_from_grid(PG_FUNCTION_ARGS)
{
	double		xy[2];
	const MfGrid *grid;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	grid = grid_arg(fcinfo, 2, 3);
	xy[0] = PG_GETARG_FLOAT8(1);
	xy[1] = PG_GETARG_FLOAT8(0);
	if ((mf_grid_is_projected(grid) && !mf_grid_near_use(grid, xy)) || !mf_grid_to_wgs84(grid, xy, 1))
		beyond(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), text_arg(fcinfo, 2));
	PG_RETURN_DATUM(point_datum(xy));
}

/*
 * mf_to_grid(place geometry, crs text, operation text) -> mf_grid_position;
 * NULL when place is NULL or empty, or crs is
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_to_grid);
Datum
mf_to_grid(PG_FUNCTION_ARGS)
{
	double		xy[2];
	double		convergence_deg = NAN;
	double		scale = NAN;
	const MfGrid *grid;
	Datum		values[6];
	bool		nulls[6] = {false};

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || !place_arg(fcinfo, 0, xy))
		PG_RETURN_NULL();
	grid = grid_arg(fcinfo, 1, 2);
	if (!mf_grid_from_wgs84(grid, xy, 1))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the place is beyond what %s can show", text_arg(fcinfo, 1))));
	if (!mf_grid_is_projected(grid) || !mf_grid_factors(grid, xy, &convergence_deg, &scale))
		convergence_deg = scale = NAN;
	values[0] = Float8GetDatum(xy[1]);
	values[1] = Float8GetDatum(xy[0]);
	values[2] = number_datum(convergence_deg, &nulls[2]);
	values[3] = number_datum(scale, &nulls[3]);
	values[4] = number_datum(mf_grid_accuracy_m(grid), &nulls[4]);
	values[5] = BoolGetDatum(mf_grid_in_use(grid, xy));
	return row_datum(fcinfo, values, nulls);
}

/* ---- operations ---- */

/* Where an operation puts what another put at a place; false: nowhere. */
static bool
moved(const char *crs, const MfOperation *from, const MfOperation *to, double *lonlat)
{
	MfError		error = {0};
	const MfGrid *grid = mf_grid_find(crs, from->code, &error);

	if (grid == NULL || !mf_grid_from_wgs84(grid, lonlat, 1))
		return false;
	grid = mf_grid_find(crs, to->code, &error);
	return grid != NULL && mf_grid_to_wgs84(grid, lonlat, 1);
}

/* How far apart two operations put a place, in metres; NaN: cannot be said. */
static double
operations_apart(const char *crs, const MfOperation *first, const MfOperation *other,
				 const double *lonlat)
{
	double		there[2] = {lonlat[0], lonlat[1]};

	if (first == NULL || !other->usable)
		return NAN;
	if (first == other)
		return 0.0;
	if (!moved(crs, first, other, there))
		return NAN;
	return mf_geodesic_distance(lonlat[0], lonlat[1], there[0], there[1]);
}

static void
operation_row(ReturnSetInfo *results, const MfOperation *operation, bool chosen,
			  double distance_m)
{
	Datum		values[8];
	bool		nulls[8] = {false};

	values[0] = text_datum(operation->code, &nulls[0]);
	values[1] = CStringGetTextDatum(operation->name);
	values[2] = number_datum(operation->accuracy_m, &nulls[2]);
	values[3] = text_datum(operation->area, &nulls[3]);
	values[4] = BoolGetDatum(operation->ballpark);
	values[5] = BoolGetDatum(operation->usable);
	values[6] = BoolGetDatum(chosen);
	values[7] = number_datum(distance_m, &nulls[7]);
	tuplestore_putvalues(results->setResult, results->setDesc, values, nulls);
}

/*
 * mf_operations(crs text, place geometry, country text) -> setof mf_operation;
 * none when crs is NULL; a NULL or empty place lists those of everywhere, none
 * of them chosen
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_operations);
Datum
mf_operations(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *results = (ReturnSetInfo *) fcinfo->resultinfo;
	char	   *crs = text_arg(fcinfo, 0);
	const MfOperation *operations;
	const MfOperation *chosen = NULL;
	const MfOperation *first = NULL;
	MfError		error = {0};
	MfReason	reason;
	double		lonlat[2];
	bool		placed = !PG_ARGISNULL(1) && place_arg(fcinfo, 1, lonlat);
	int			n;

	InitMaterializedSRF(fcinfo, 0);
	if (crs == NULL)
		return (Datum) 0;
	n = mf_operation_list(crs, &operations, &error);
	if (n >= 0 && placed)
		chosen = mf_operation_choose(crs, lonlat, text_arg(fcinfo, 2), &reason, NULL, &error);
	if (error.sqlstate != 0)
		mf_report(&error, NULL);
	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (placed && !mf_operation_covers(&operations[i], lonlat))
			continue;
		if (first == NULL && operations[i].usable && placed)
			first = &operations[i];
		operation_row(results, &operations[i], &operations[i] == chosen,
					  placed ? operations_apart(crs, first, &operations[i], lonlat) : NAN);
	}
	return (Datum) 0;
}

/* ---- texts that are places ---- */

/* A text that means no place: what it should be, and why it is not. */
static void
no_place(const char *what, text *written, MfReason reason, const char *said)
{
	static const char *const why[] = {
		[MF_REASON_NOT_ONE] = "This cannot be read: ",
		[MF_REASON_RANGE] = "Out of range: ",
		[MF_REASON_AMBIGUOUS] = "This can be read two ways: ",
		[MF_REASON_CONFLICT] = "Its parts contradict each other: ",
		[MF_REASON_NOT_ON_SHEET] = "No completion lies on the sheet",
	};

	/* what cannot be read, and nothing left of it: the end */
	if (reason == MF_REASON_NOT_ONE && said[0] == '\0')
		said = "it ends too early";
	ereport(ERROR,
			(errcode(reason == MF_REASON_AMBIGUOUS ? ERRCODE_AMBIGUOUS_PARAMETER :
					 ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid %s: \"%s\"", what, text_to_cstring(written)),
			 errdetail("%s%s.", why[reason], said)));
}

static void
mgrs_arg(FunctionCallInfo fcinfo, MfMgrs *mgrs)
{
	text	   *written = PG_GETARG_TEXT_PP(0);
	char		said[MF_SAID];
	MfReason	reason = mgrs_read(VARDATA_ANY(written), VARSIZE_ANY_EXHDR(written), mgrs, said);

	if (reason != MF_REASON_NONE)
		no_place("grid reference", written, reason, said);
}

/* mf_parse_mgrs(reference text) -> geometry: the middle of the square */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_parse_mgrs);
Datum
mf_parse_mgrs(PG_FUNCTION_ARGS)
{
	MfMgrs		mgrs;
	double		lonlat[2];

	mgrs_arg(fcinfo, &mgrs);
	mgrs_lonlat(&mgrs, 0.5, 0.5, lonlat);
	PG_RETURN_DATUM(point_datum(lonlat));
}

/* A polygon of one ring, its points counter-clockwise, the first repeated. */
static Datum
ring_datum(const double *xy, uint32 npoints)
{
	static const uint32 one = 1;
	MfExtent	polygon = {MF_POLYGON, 1, 1, npoints, &one, &npoints, xy};

	return mf_geometry_make(&polygon);
}

/*
 * Vertices beyond the 180th meridian come with the other sign: the square is
 * cut there, on the side of its zone, unless all of it lies beyond.  Of the
 * vertices that are cut off the first and the last stay, on the meridian.
 */
static uint32
square_cut(const MfMgrs *mgrs, double *xy, uint32 n)
{
	bool		west = mgrs->zone == 1 || mgrs->band == 'A' || mgrs->band == 'Y';
	bool		beyond[4 * BENT_PARTS + 1];
	uint32		gone = 0;
	uint32		kept = 0;

	for (uint32 i = 0; i < n; i++)
	{
		beyond[i] = west ? xy[2 * i] > 90.0 : xy[2 * i] < -90.0;
		gone += beyond[i];
	}
	if (gone == 0 || gone == n || mgrs->zone % 59 > 1)
		return n;
	for (uint32 i = 0; i < n; i++)
	{
		if (beyond[i] && beyond[(i + 1) % n] && beyond[(i + n - 1) % n])
			continue;
		xy[2 * kept] = beyond[i] ? (west ? -180.0 : 180.0) : xy[2 * i];
		xy[2 * kept + 1] = xy[2 * i + 1];
		kept++;
	}
	return kept;
}

/*
 * The outline of a square, counter-clockwise, from a corner that is no pole; a
 * pole is a side in longitude and latitude, and takes two vertices.
 */
static uint32
square_ring(const MfMgrs *mgrs, double *xy)
{
	static const int corners[4][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
	int			parts = mgrs->size_m >= BENT_M || mgrs->zone == 0 ? BENT_PARTS : 1;
	int			start;
	bool		pole = false;
	uint32		n = 0;

	mgrs_lonlat(mgrs, 0.0, 0.0, xy);
	start = fabs(xy[1]) == 90.0 ? 1 : 0;
	for (int i = 0; i < 4 * parts; i++)
	{
		const int  *a = corners[(start + i / parts) % 4];
		const int  *b = corners[(start + i / parts + 1) % 4];
		double		t = (double) (i % parts) / parts;

		mgrs_lonlat(mgrs, a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), xy + 2 * n);
		if (pole)
			xy[2 * n - 2] = xy[2 * n];
		pole = n > 0 && fabs(xy[2 * n + 1]) == 90.0;
		n++;
		if (pole)
		{
			xy[2 * n - 2] = xy[2 * n - 4];
			xy[2 * n + 1] = xy[2 * n - 1];
			n++;
		}
	}
	n = square_cut(mgrs, xy, n);
	xy[2 * n] = xy[0];
	xy[2 * n + 1] = xy[1];
	return n + 1;
}

/* mf_mgrs_square(reference text) -> geometry: the square */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_mgrs_square);
Datum
mf_mgrs_square(PG_FUNCTION_ARGS)
{
	double		xy[2 * (4 * BENT_PARTS + 2)];
	MfMgrs		mgrs;
	uint32		n;

	mgrs_arg(fcinfo, &mgrs);
	n = square_ring(&mgrs, xy);
	PG_RETURN_DATUM(ring_datum(xy, n));
}

/* mf_as_mgrs(place geometry, digits int) -> text; NULL for an empty place */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_as_mgrs);
Datum
mf_as_mgrs(PG_FUNCTION_ARGS)
{
	int			digits = PG_GETARG_INT32(1);
	char		written[MF_MGRS_TEXT];
	double		lonlat[2];

	if (digits < 0 || digits > MF_MGRS_DIGITS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("digits must be between 0 and %d", MF_MGRS_DIGITS)));
	if (!place_arg(fcinfo, 0, lonlat))
		PG_RETURN_NULL();
	if (mgrs_write(lonlat, digits, written) != MF_REASON_NONE)
		elog(ERROR, "no grid reference for %.17g %.17g", lonlat[0], lonlat[1]);
	PG_RETURN_TEXT_P(cstring_to_text(written));
}

/* mf_parse_angle(angle text, axis text) -> float8; axis NULL: the text says */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_parse_angle);
Datum
mf_parse_angle(PG_FUNCTION_ARGS)
{
	char	   *name = text_arg(fcinfo, 1);
	MfAxis		axis = MF_AXIS_UNKNOWN;
	char		said[MF_SAID];
	double		degrees;
	MfReason	reason;
	text	   *written;

	if (name != NULL && strcmp(name, "latitude") == 0)
		axis = MF_LATITUDE;
	else if (name != NULL && strcmp(name, "longitude") == 0)
		axis = MF_LONGITUDE;
	else if (name != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is no axis", name),
				 errhint("Axes are latitude and longitude.")));
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	written = PG_GETARG_TEXT_PP(0);
	reason = angle_read(VARDATA_ANY(written), VARSIZE_ANY_EXHDR(written), &axis, &degrees,
						NULL, said);
	if (reason != MF_REASON_NONE)
		no_place("angle", written, reason, said);
	PG_RETURN_FLOAT8(degrees);
}

/*
 * mf_parse_lonlat(place text, crs text, operation text) -> geometry; NULL when
 * one of the first two is
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_parse_lonlat);
Datum
mf_parse_lonlat(PG_FUNCTION_ARGS)
{
	char		said[MF_SAID];
	double		lonlat[2];
	const MfGrid *grid;
	MfReason	reason;
	text	   *written;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	written = PG_GETARG_TEXT_PP(0);
	reason = lonlat_read(VARDATA_ANY(written), VARSIZE_ANY_EXHDR(written), lonlat, NULL, said);
	if (reason != MF_REASON_NONE)
		no_place("latitude and longitude", written, reason, said);
	grid = grid_arg(fcinfo, 1, 2);
	if (mf_grid_is_projected(grid))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is projected, and has no latitude and longitude", text_arg(fcinfo, 1)),
				 errhint("Name the geographic system of its datum, such as EPSG:4284 for SK-42.")));
	if (!mf_grid_to_wgs84(grid, lonlat, 1))
		beyond(lonlat[1], lonlat[0], text_arg(fcinfo, 1));
	PG_RETURN_DATUM(point_datum(lonlat));
}

/* ---- map sheets ---- */

static void
sheet_arg(FunctionCallInfo fcinfo, MfMapSheet *sheet)
{
	text	   *written = PG_GETARG_TEXT_PP(0);
	char		said[MF_SAID];
	MfReason	reason = map_sheet_read(VARDATA_ANY(written), VARSIZE_ANY_EXHDR(written), sheet, said);

	if (reason != MF_REASON_NONE)
		no_place("map sheet", written, reason, said);
}

/* The frame's corners moved to WGS 84, where the operation is meant for it. */
static void
frame_move(FunctionCallInfo fcinfo, double *xy)
{
	char	   *operation = text_arg(fcinfo, 1);
	MfError		error = {0};
	const MfGrid *grid = mf_grid_find("EPSG:4284", operation, &error);
	double		middle[2] = {(xy[0] + xy[4]) / 2, (xy[1] + xy[5]) / 2};
	double		west = xy[0];

	if (grid == NULL)
		mf_report(&error, NULL);
	if (operation[0] == '\0' || !mf_grid_in_use(grid, middle) || !mf_grid_to_wgs84(grid, xy, 5))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("operation \"%s\" is not meant for map sheet %s", operation,
						text_arg(fcinfo, 0)),
				 errhint("Name another operation, or NULL for the frame as printed; mf_operations('EPSG:4284', ...) lists them.")));
	/* a side on the 180th meridian stays on its side of the world */
	for (int i = 0; i < 5; i++)
		if (west < 0 ? xy[2 * i] > 90.0 : xy[2 * i] < -90.0)
			xy[2 * i] = west < 0 ? -180.0 : 180.0;
}

/*
 * mf_map_sheet(sheet text, operation text) -> geometry; a NULL operation moves
 * nothing, NULL for a NULL sheet
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_map_sheet);
Datum
mf_map_sheet(PG_FUNCTION_ARGS)
{
	MfMapSheet	sheet;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	sheet_arg(fcinfo, &sheet);
	{
		double		xy[10] = {sheet.west, sheet.south, sheet.east, sheet.south, sheet.east,
		sheet.north, sheet.west, sheet.north, sheet.west, sheet.south};

		if (!PG_ARGISNULL(1))
			frame_move(fcinfo, xy);
		PG_RETURN_DATUM(ring_datum(xy, 5));
	}
}

/*
 * mf_complete_on_sheet(sheet text, northing float8, easting float8) ->
 * mf_sheet_position
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_complete_on_sheet);
Datum
mf_complete_on_sheet(PG_FUNCTION_ARGS)
{
	char		said[MF_SAID];
	MfMapSheet	sheet;
	double		northing;
	double		easting;
	MfReason	reason;
	Datum		values[4];
	bool		nulls[4] = {false};

	sheet_arg(fcinfo, &sheet);
	reason = map_sheet_complete(&sheet, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
								&northing, &easting, said);
	if (reason != MF_REASON_NONE)
		no_place("pair of coordinates",
				 cstring_to_text(psprintf("%.12g %.12g on %s", PG_GETARG_FLOAT8(1),
										  PG_GETARG_FLOAT8(2), text_arg(fcinfo, 0))),
				 reason, said);
	values[0] = Float8GetDatum(northing);
	values[1] = Float8GetDatum(easting);
	nulls[2] = sheet.zone < GAUSS_FIRST || sheet.zone > GAUSS_LAST;
	if (!nulls[2])
		values[2] = CStringGetTextDatum(psprintf("EPSG:%d", GAUSS_CODES + sheet.zone));
	values[3] = Int32GetDatum((int32) sheet.scale);
	return row_datum(fcinfo, values, nulls);
}
