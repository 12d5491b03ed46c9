/*
 * location_place.c - written coordinates to WGS 84
 *
 * Northing and easting, longitude and latitude (numbers, or degrees, minutes
 * and seconds kept in as_written), or MGRS; a landmark that the caller
 * corrects is where the caller says.  Systems and operations are those that
 * the paper names, then those that the caller names or assumes, then the one
 * operation that place and country leave; what is left open is a reason.
 */
#include "mf_locate.h"

/* Less than this in both directions is without its leading digits. */
#define ABBREVIATED_M 100000.0
/* Gauss-Krueger on SK-42 with the zone's number before the easting. */
#define GAUSS_PREFIX "EPSG:284"
#define METRES_PER_DEGREE 111320.0	/* at most */

static bool
fail(MfLocatedPoint *point, const char *why, const char *said)
{
	point->why = why;
	point->said = said != NULL && said[0] != '\0' ? pstrdup(said) : NULL;
	return false;
}

/* ---- systems and operations ---- */

static const char *
crs_of(MfLocation *location, const MfLocatedPoint *point)
{
	const char *crs = field_text(point->entry, "crs");

	if (crs == NULL)
		crs = field_text(location->location, "crs");
	if (crs == NULL && location->options->assume_crs != NULL)
	{
		crs = location->options->assume_crs;
		location->assumed |= MF_ASSUMED_CRS;
	}
	return crs;
}

/* Some place near by, on whatever datum: good enough to choose by area. */
static bool
rough_place(const char *crs, bool own_datum, const double *xy, double *lonlat, MfError *error)
{
	const MfOperation *operations;
	int			n;

	if (own_datum)
	{
		memcpy(lonlat, xy, 2 * sizeof(double));
		return true;
	}
	n = mf_operation_list(crs, &operations, error);
	for (int i = 0; i < n; i++)
	{
		const MfGrid *grid;

		if (!operations[i].usable)
			continue;
		grid = mf_grid_find(crs, operations[i].code, error);
		memcpy(lonlat, xy, 2 * sizeof(double));
		return grid != NULL && mf_grid_to_own(grid, lonlat, 1);
	}
	return false;
}

static bool
choose_operation(MfLocation *location, MfLocatedPoint *point, bool own_datum, const double *xy)
{
	const char *country = location->options->country;
	char		said[MF_SAID];
	double		lonlat[2];
	MfError		error = {0};
	MfReason	reason;
	const MfOperation *operation;

	if (country == NULL)
		country = field_text(location->location, "country");
	if (!rough_place(point->crs, own_datum, xy, lonlat, &error))
		return fail(point, error.sqlstate != 0 ? "bad_crs" : "no_operation", error.message);
	operation = mf_operation_choose(point->crs, lonlat, country, &reason, said, &error);
	if (operation == NULL)
		return fail(point, error.sqlstate != 0 ? "bad_crs" : "no_operation",
					error.sqlstate != 0 ? error.message : said);
	point->operation = pstrdup(operation->code);
	point->chosen = true;
	return true;
}

/*
 * The operation that is named: by the caller, by the point, or by the
 * location, whose operation belongs to the location's system only.
 */
static const char *
operation_of(MfLocation *location, const MfLocatedPoint *point)
{
	const char *own = field_text(point->entry, "operation");
	const char *crs = field_text(location->location, "crs");

	if (location->options->operation != NULL)
		return location->options->operation;
	if (own == NULL && (crs == NULL || strcmp(crs, point->crs) == 0))
		own = field_text(location->location, "operation");
	return own;
}

/* The grid of a point's coordinates; sets crs and operation. */
static const MfGrid *
grid_of(MfLocation *location, MfLocatedPoint *point, bool own_datum, const double *xy)
{
	MfError		error = {0};
	const MfGrid *grid;

	point->crs = crs_of(location, point);
	if (point->crs == NULL)
	{
		(void) fail(point, "no_crs", NULL);
		return NULL;
	}
	point->operation = operation_of(location, point);
	if (point->operation == NULL || point->operation == location->options->operation)
	{
		/* none is needed where the system is on WGS 84 already */
		grid = mf_grid_find(point->crs, NULL, &error);
		if (grid != NULL)
		{
			point->operation = NULL;
			return grid;
		}
	}
	if (point->operation == NULL)
	{
		point->operation = location->options->assume_operation;
		if (point->operation != NULL)
			location->assumed |= MF_ASSUMED_OPERATION;
		else if (!choose_operation(location, point, own_datum, xy))
			return NULL;
	}
	memset(&error, 0, sizeof(error));
	grid = mf_grid_find(point->crs, point->operation, &error);
	if (grid == NULL)
		(void) fail(point, "bad_crs", error.message);
	return grid;
}

/* ---- the kinds of coordinates ---- */

static bool
place_corrected(MfLocation *location, MfLocatedPoint *point, MfChainPoint *solved)
{
	JsonbContainer *landmark = field_container(location->options->landmarks, point->id);
	MfQuantity	q;

	if (landmark == NULL || !field_quantity(landmark, "lon", &q) || !q.has_value)
		return false;
	point->lonlat[0] = q.value;
	if (!field_quantity(landmark, "lat", &q) || !q.has_value)
		return false;
	point->lonlat[1] = q.value;
	point->error_unknown = !field_quantity(landmark, "accuracy95_m", &q) || !q.has_max;
	solved->sd_m = point->error_unknown ? 0.0 : q.max / MF_ELLIPSE_95;
	solved->source = MF_FROM_LANDMARK;
	return true;
}

static bool
place_mgrs(MfLocatedPoint *point, const char *text, double *open_sd_m)
{
	char		said[MF_SAID] = "";
	MfMgrs		mgrs;
	MfReason	reason = mgrs_read(text, strlen(text), &mgrs, said);

	if (reason != MF_REASON_NONE)
		return fail(point, "bad_mgrs", said[0] != '\0' ? said : reason_word(reason));
	if (mgrs.size_m <= 0.0)
		return fail(point, "bad_mgrs", "a zone and band is no place");
	mgrs_lonlat(&mgrs, 0.5, 0.5, point->lonlat);
	/* the place is anywhere in the square */
	*open_sd_m = mgrs.size_m / sqrt(12.0);
	point->crs = mgrs.zone == 0 ? NULL :
		psprintf("EPSG:%d", (mgrs.north ? 32600 : 32700) + mgrs.zone);
	return true;
}

/* A coordinate as a number; its range counts, and a doubt without one is unknown. */
static bool
read_coordinate(MfLocatedPoint *point, const char *name, double metres, double *value,
				double *open_sd_m)
{
	double		half;
	bool		doubt;

	if (!location_number(point->entry, name, value, &half, &doubt))
		return false;
	point->error_unknown |= doubt;
	*open_sd_m = fmax(*open_sd_m, half * metres / MF_NORMAL_95);
	return true;
}

/* An angle as a number, or as the words that the number was read from. */
static bool
read_angle(MfLocatedPoint *point, const char *name, MfAxis axis, double *degrees,
		   double *open_sd_m)
{
	char	   *written;
	char		said[MF_SAID] = "";

	if (read_coordinate(point, name, METRES_PER_DEGREE, degrees, open_sd_m))
		return true;
	written = field_text(field_container(point->entry, name), "as_written");
	if (written == NULL)
		return fail(point, axis == MF_LATITUDE ? "no_lat" : "no_lon", NULL);
	if (angle_read(written, strlen(written), &axis, degrees, NULL, said) != MF_REASON_NONE)
		return fail(point, "bad_angle", said[0] != '\0' ? said : written);
	return true;
}

static bool
place_lonlat(MfLocation *location, MfLocatedPoint *point, double *open_sd_m)
{
	double		xy[2];
	const MfGrid *grid;

	if (!read_angle(point, "lon", MF_LONGITUDE, &xy[0], open_sd_m) ||
		!read_angle(point, "lat", MF_LATITUDE, &xy[1], open_sd_m))
		return false;
	if (fabs(xy[0]) > 180.0 || fabs(xy[1]) > 90.0)
		return fail(point, "out_of_range", NULL);
	grid = grid_of(location, point, true, xy);
	if (grid == NULL)
		return false;
	if (!mf_grid_from_own(grid, xy, 1) || !mf_grid_to_wgs84(grid, xy, 1))
		return fail(point, "out_of_range", NULL);
	point->operation_m = mf_grid_accuracy_m(grid);
	memcpy(point->lonlat, xy, sizeof(xy));
	return true;
}

/* The zone of zone-prefixed Gauss-Krueger coordinates; 0: another system. */
static int
gauss_zone(const char *crs)
{
	if (crs == NULL || strncmp(crs, GAUSS_PREFIX, strlen(GAUSS_PREFIX)) != 0 ||
		strlen(crs) != strlen(GAUSS_PREFIX) + 2)
		return 0;
	return atoi(crs + strlen(GAUSS_PREFIX));
}

/* Add the digits that the paper leaves out, from the sheet it names. */
static bool
complete(MfLocation *location, MfLocatedPoint *point, int zone, double *northing, double *easting)
{
	JsonbContainer *map = field_container(location->location, "map");
	char	   *name = field_text(map, "sheet");
	char		said[MF_SAID] = "";
	MfMapSheet	sheet;
	MfReason	reason;

	if (name == NULL)
		return fail(point, "no_map_sheet", NULL);
	reason = map_sheet_read(name, strlen(name), &sheet, said);
	if (reason == MF_REASON_NONE && sheet.zone != zone)
		return fail(point, "not_on_sheet", psprintf("the sheet lies in zone %d", sheet.zone));
	if (reason == MF_REASON_NONE)
		reason = map_sheet_complete(&sheet, *northing, *easting, northing, easting, said);
	if (reason == MF_REASON_NOT_ON_SHEET)
		return fail(point, "not_on_sheet", said);
	if (reason != MF_REASON_NONE)
		return fail(point, "bad_map_sheet", said[0] != '\0' ? said : reason_word(reason));
	point->abbreviated = true;
	return true;
}

static bool
place_grid(MfLocation *location, MfLocatedPoint *point, double *open_sd_m)
{
	double		xy[2];
	int			zone;
	const MfGrid *grid;

	if (!read_coordinate(point, "northing", 1.0, &xy[1], open_sd_m))
		return fail(point, "no_northing", NULL);
	if (!read_coordinate(point, "easting", 1.0, &xy[0], open_sd_m))
		return fail(point, "no_easting", NULL);
	zone = gauss_zone(crs_of(location, point));
	if (zone != 0 && fabs(xy[0]) < ABBREVIATED_M && fabs(xy[1]) < ABBREVIATED_M &&
		!complete(location, point, zone, &xy[1], &xy[0]))
		return false;
	/* its own digits are missing, and nothing says that those of the easting are */
	if (zone != 0 && fabs(xy[1]) < ABBREVIATED_M)
		return fail(point, "out_of_range", "the northing lacks its leading digits");
	grid = grid_of(location, point, false, xy);
	if (grid == NULL)
		return false;
	if (!mf_grid_is_projected(grid))
		return fail(point, "bad_crs", "northing and easting need a projected system");
	if (!mf_grid_near_use(grid, xy))
		return fail(point, "out_of_range", psprintf("far from where %s is used", point->crs));
	if (!mf_grid_to_wgs84(grid, xy, 1) || !isfinite(xy[0]) || !isfinite(xy[1]))
		return fail(point, "out_of_range", NULL);
	point->operation_m = mf_grid_accuracy_m(grid);
	memcpy(point->lonlat, xy, sizeof(xy));
	return true;
}

/* ---- how well ---- */

static bool
is_gps(const char *source)
{
	return source != NULL &&
		(strstr(source, "GPS") != NULL || strstr(source, "gps") != NULL ||
		 strstr(source, "GNSS") != NULL || strstr(source, "gnss") != NULL);
}

/* As stated for the point, else by its source, else by the map, else by the record. */
static void
judge_point(MfLocation *location, MfLocatedPoint *point, MfChainPoint *solved,
			double open_sd_m)
{
	const double *errors = location->options->errors;
	JsonbContainer *map = field_container(location->location, "map");
	double		accuracy = NAN;
	MfQuantity	q;

	solved->source = MF_FROM_LANDMARK;
	if (field_quantity(point->entry, "accuracy95_m", &q) && q.has_max && q.max >= 0.0)
		accuracy = q.max;
	else if (is_gps(field_text(point->entry, "source")))
		accuracy = errors[MF_ERROR_GPS];
	else if (field_quantity(map, "scale", &q) && q.has_max && q.max > 0.0)
	{
		accuracy = errors[MF_ERROR_MAP] * q.max / 1000.0;
		solved->source = MF_FROM_MAP;
	}
	else if (field_quantity(location->properties, "accuracy95_m", &q) && q.has_max && q.max >= 0.0)
		accuracy = q.max;
	point->error_unknown |= isnan(accuracy) || isnan(point->operation_m);
	solved->sd_m = hypot(isnan(accuracy) ? 0.0 : accuracy / MF_ELLIPSE_95, open_sd_m);
}

void
location_place(MfLocation *location, uint32 i)
{
	MfLocatedPoint *point = &location->points[i];
	MfChainPoint *solved = &location->chain.points[i];
	char	   *mgrs;
	double		open_sd_m = 0.0;

	if (location->options->landmarks != NULL && place_corrected(location, point, solved))
	{
		point->why = NULL;
		solved->fixed = true;
		return;
	}
	if (!point->written || point->why != NULL)
		return;
	mgrs = field_text(point->entry, "mgrs");
	if (mgrs != NULL)
		solved->fixed = place_mgrs(point, mgrs, &open_sd_m);
	else if (field_container(point->entry, "northing") != NULL ||
			 field_text(point->entry, "northing") != NULL ||
			 field_text(point->entry, "easting") != NULL)
		solved->fixed = place_grid(location, point, &open_sd_m);
	else
		solved->fixed = place_lonlat(location, point, &open_sd_m);
	if (solved->fixed)
		judge_point(location, point, solved, open_sd_m);
}

double
location_convergence(const MfLocation *location, const MfLocatedPoint *point)
{
	const char *crs = point->crs;
	const char *operation = point->operation;
	MfError		error = {0};
	const MfGrid *grid;
	double		xy[2] = {point->lonlat[0], point->lonlat[1]};
	double		convergence,
				scale;

	if (crs == NULL)
	{
		crs = field_text(location->location, "crs");
		operation = field_text(location->location, "operation");
		if (crs == NULL)
			crs = location->options->assume_crs;
		if (operation == NULL)
			operation = location->options->operation;
		if (operation == NULL)
			operation = location->options->assume_operation;
	}
	if (crs == NULL)
		return NAN;
	grid = mf_grid_find(crs, operation, &error);
	if (grid == NULL || !mf_grid_is_projected(grid) ||
		!mf_grid_from_wgs84(grid, xy, 1) || !mf_grid_factors(grid, xy, &convergence, &scale))
		return NAN;
	return convergence;
}
