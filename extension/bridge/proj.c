/*
 * proj.c - the only door to PROJ: geodesics on WGS 84, reference systems,
 * operations between datums
 *
 * geodesic.h is plain arithmetic: no context, no allocation, no failure.
 * The rest works in a context of our own, which has no network, looks for
 * files in the directories of PROJ's own data only, and is given codes of its
 * database, never a string that PROJ would take apart.  Its objects are kept
 * for the life of the backend, up to a bound.
 */
#include "mf_bridge.h"

#include <ctype.h>
#include <geodesic.h>
#include <proj.h>

#define MF_STRINGIFY_(x) #x
#define MF_STRINGIFY(x) MF_STRINGIFY_(x)

static const struct geod_geodesic *
wgs84(void)
{
	static struct geod_geodesic geodesic;
	static bool ready = false;

	if (!ready)
	{
		geod_init(&geodesic, MF_WGS84_A, MF_WGS84_F);
		ready = true;
	}
	return &geodesic;
}

double
mf_geodesic_distance(double lon1, double lat1, double lon2, double lat2)
{
	double		distance;

	geod_inverse(wgs84(), lat1, lon1, lat2, lon2, &distance, NULL, NULL);
	return distance;
}

double
mf_geodesic_azimuth(double lon1, double lat1, double lon2, double lat2)
{
	double		azimuth;

	geod_inverse(wgs84(), lat1, lon1, lat2, lon2, NULL, &azimuth, NULL);
	if (azimuth < 0)
		azimuth += 360.0;
	/* a hair west of north rounds up to the full circle; -0 becomes 0 */
	return azimuth >= 360.0 ? 0.0 : azimuth + 0.0;
}

const char *
mf_proj_version(void)
{
	return proj_info().version;
}

const char *
mf_proj_compiled(void)
{
	return MF_STRINGIFY(PROJ_VERSION_MAJOR) "." MF_STRINGIFY(PROJ_VERSION_MINOR)
		"." MF_STRINGIFY(PROJ_VERSION_PATCH);
}

/* ---- our context ---- */

/* A code such as EPSG:28409 is no longer than this. */
#define CODE_ROOM	32
/* A place whose coordinates come back this near is where they say. */
#define LEADS_BACK_M 1e-3
/* Lists of operations that are kept, one for each system asked for. */
#define LISTS_KEPT	16

static PJ_CONTEXT *context = NULL;
static char said_last[256];

/* PROJ's logger: remember the last complaint. */
static void
remember(void *data, int level, const char *message)
{
	strlcpy(said_last, message ? message : "", sizeof(said_last));
}

/* Is a path this directory, or within it? */
static bool
is_within(const char *path, const char *directory)
{
	Size		len = strlen(directory);

	while (len > 0 && directory[len - 1] == '/')
		len--;
	return strncmp(path, directory, len) == 0 && (path[len] == '\0' || path[len] == '/');
}

/*
 * PROJ looks for files in a directory of the user's, too, or in /tmp, which is
 * not ours to trust: only the others stay, in their order.
 */
static void
restrict_paths(PJ_CONTEXT *ctx)
{
	const char *users = proj_context_get_user_writable_directory(ctx, 0);
	char	   *paths = pstrdup(proj_info().searchpath);
	const char *list[32];
	int			n = 0;

	for (char *path = strtok(paths, ":"); path != NULL && n < lengthof(list); path = strtok(NULL, ":"))
		if (users == NULL || !is_within(path, users))
			list[n++] = path;
	/* with no path at all it would look in all of them again */
	if (n == 0)
		list[n++] = "/";
	proj_context_set_search_paths(ctx, n, list);
	pfree(paths);
}

static PJ_CONTEXT *
our_context(void)
{
	if (context == NULL)
	{
		PJ_CONTEXT *made = proj_context_create();

		if (made == NULL)
			mf_foreign_error("PROJ", "making a context", NULL);
		proj_log_func(made, NULL, remember);
		proj_log_level(made, PJ_LOG_ERROR);
		/* first: what follows reads PROJ's settings, from the paths there are */
		restrict_paths(made);
		proj_context_set_enable_network(made, 0);
		context = made;
	}
	said_last[0] = '\0';
	return context;
}

/* An object of PROJ's database by its code; NULL: there is none. */
static PJ *
object_by_code(const char *code, PJ_CATEGORY category)
{
	char		authority[CODE_ROOM];
	const char *colon = strchr(code, ':');

	if (!shape_is_code(code, strlen(code)) || strlen(code) >= CODE_ROOM)
		return NULL;
	strlcpy(authority, code, colon - code + 1);
	return proj_create_from_database(our_context(), authority, colon + 1, category, 1, NULL);
}

static void
code_of(const PJ *object, char *code, Size room)
{
	const char *authority = proj_get_id_auth_name(object, 0);
	const char *number = proj_get_id_code(object, 0);

	code[0] = '\0';
	if (authority == NULL || number == NULL)
		return;
	/* PROJ's way of naming an operation of the database run backwards */
	if (strncmp(authority, "INVERSE(", 8) == 0)
		snprintf(code, room, "%.*s:%s", (int) strcspn(authority + 8, ")"), authority + 8, number);
	else
		snprintf(code, room, "%s:%s", authority, number);
	if (!shape_is_code(code, strlen(code)))
		code[0] = '\0';
}

/* ---- grids ---- */

/* Where something is used; west > east crosses the 180th meridian. */
typedef struct Use
{
	double		west;
	double		south;
	double		east;
	double		north;
} Use;

/* What stands for an operation where the datum is left alone. */
#define NO_SHIFT	"-"

struct MfGrid
{
	char		crs[CODE_ROOM];
	char		operation[CODE_ROOM];	/* "": none; NO_SHIFT: not to be run */
	uint64		asked;			/* when it was last asked for; 0: not in use */
	PJ		   *own;			/* from the grid to its own lon/lat; NULL: it is those */
	PJ		   *shift;			/* from there to WGS 84; NULL: it is those */
	bool		backwards;		/* shift leads the other way */
	bool		stays;			/* on a datum of its own: no way to WGS 84 */
	double		unit_m;
	double		accuracy_m;
	double		a;				/* the ellipsoid */
	double		e2;
	Use			crs_use;
	Use			shift_use;
};

static MfGrid grids[MF_GRIDS_KEPT];
static uint64 grids_asked = 0;

static void
grid_drop(MfGrid *grid)
{
	proj_destroy(grid->own);
	proj_destroy(grid->shift);
	memset(grid, 0, sizeof(*grid));
}

static void
use_of(const PJ *object, Use *use, const char **name)
{
	if (!proj_get_area_of_use(context, object, &use->west, &use->south, &use->east,
							  &use->north, name) || use->west == -1000)
		use->west = use->south = use->east = use->north = NAN;
}

/* The longitude alone; the use may lie across the 180th meridian. */
static bool
use_spans(const Use *use, double lon, double margin_deg)
{
	double		width = use->east - use->west;
	double		within = lon - use->west + margin_deg;

	/* where the use is not known, nothing is known against it */
	if (isnan(use->west))
		return true;
	if (width < 0.0)
		width += 360.0;
	if (within < 0.0)
		within += 360.0;
	else if (within >= 360.0)
		within -= 360.0;
	return within <= width + 2.0 * margin_deg;
}

static bool
use_covers(const Use *use, const double *lonlat)
{
	double		lon = lonlat[0];

	/* where the use is not known, nothing is known against it */
	if (isnan(use->west))
		return true;
	if (!(lonlat[1] >= use->south && lonlat[1] <= use->north))
		return false;
	if (use->west <= use->east)
		return lon >= use->west && lon <= use->east;
	return lon >= use->west || lon <= use->east;
}

static void
not_usable(MfError *error, const char *code, const char *why, const char *hint)
{
	mf_error_set(error, ERRCODE_INVALID_PARAMETER_VALUE, NULL, hint, "%s %s", code, why);
}

/*
 * Two axes, one east and one north, degrees or a length: anything else would
 * be read wrongly as a pair of easting and northing.
 */
static bool
axes_check(PJ *crs, bool projected, double *unit)
{
	PJ		   *axes = proj_crs_get_coordinate_system(context, crs);
	bool		good = axes != NULL && proj_cs_get_axis_count(context, axes) == 2;
	bool		east = false;
	bool		north = false;

	for (int i = 0; good && i < 2; i++)
	{
		const char *direction = "";

		good = proj_cs_get_axis_info(context, axes, i, NULL, NULL, &direction, unit,
									 NULL, NULL, NULL);
		east |= strcmp(direction, "east") == 0;
		north |= strcmp(direction, "north") == 0;
	}
	proj_destroy(axes);
	return good && east && north && (projected || fabs(*unit - M_PI / 180.0) < 1e-12);
}

/* The operation as an object that runs, for pairs of longitude and latitude. */
static PJ *
runnable(PJ *operation)
{
	PJ		   *normal = operation == NULL ? NULL :
		proj_normalize_for_visualization(context, operation);

	proj_destroy(operation);
	return normal;
}

/* Fill own: the projection of the system itself. */
static bool
own_make(MfGrid *grid, PJ *crs, PJ *geodetic)
{
	PJ		   *ellipsoid = proj_get_ellipsoid(context, crs);
	double		inverse_f = 0;

	if (ellipsoid == NULL ||
		!proj_ellipsoid_get_parameters(context, ellipsoid, &grid->a, NULL, NULL, &inverse_f))
		inverse_f = NAN;
	proj_destroy(ellipsoid);
	grid->e2 = inverse_f > 0 ? (2.0 - 1.0 / inverse_f) / inverse_f : inverse_f;
	if (isnan(grid->e2))
		return false;
	if (proj_get_type(crs) != PJ_TYPE_PROJECTED_CRS)
		return true;
	grid->own = runnable(proj_create_crs_to_crs_from_pj(context, crs, geodetic, NULL, NULL));
	return grid->own != NULL;
}

/* Does the operation lead from one system to WGS 84?  1, or -1: backwards. */
static int
direction_of(PJ *operation, PJ *geodetic, PJ *wgs)
{
	PJ		   *source = proj_get_source_crs(context, operation);
	PJ		   *target = proj_get_target_crs(context, operation);
	PJ_COMPARISON_CRITERION same = PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS;
	int			result = 0;

	if (source != NULL && target != NULL)
	{
		if (proj_is_equivalent_to_with_ctx(context, source, geodetic, same) &&
			proj_is_equivalent_to_with_ctx(context, target, wgs, same))
			result = 1;
		else if (proj_is_equivalent_to_with_ctx(context, source, wgs, same) &&
				 proj_is_equivalent_to_with_ctx(context, target, geodetic, same))
			result = -1;
	}
	proj_destroy(source);
	proj_destroy(target);
	return result;
}

/* Fill shift: the operation between the datums. */
static bool
shift_make(MfGrid *grid, PJ *geodetic, PJ *wgs, MfError *error)
{
	PJ		   *operation = object_by_code(grid->operation, PJ_CATEGORY_COORDINATE_OPERATION);
	int			direction;

	if (operation == NULL)
	{
		not_usable(error, grid->operation, "is no operation that PROJ knows",
				   "mf_operations() lists those of a reference system.");
		return false;
	}
	direction = direction_of(operation, geodetic, wgs);
	if (direction == 0 || !proj_coordoperation_is_instantiable(context, operation))
	{
		not_usable(error, grid->operation,
				   direction == 0 ? psprintf("does not lead from %s to WGS 84", grid->crs) :
				   "needs a file that is not installed with PROJ",
				   "mf_operations() lists those of a reference system.");
		proj_destroy(operation);
		return false;
	}
	grid->backwards = direction < 0;
	grid->accuracy_m = proj_coordoperation_get_accuracy(context, operation);
	if (grid->accuracy_m < 0)
		grid->accuracy_m = NAN;
	use_of(operation, &grid->shift_use, NULL);
	grid->shift = runnable(operation);
	if (grid->shift == NULL)
	{
		not_usable(error, grid->operation, "cannot be run by PROJ", NULL);
		error->detail = pstrdup(said_last);
	}
	return grid->shift != NULL;
}

/* All that needs PROJ's objects; the caller frees them. */
static bool
grid_fill(MfGrid *grid, PJ *crs, PJ *geodetic, PJ *wgs, MfError *error)
{
	PJ_TYPE		type = proj_get_type(crs);
	bool		projected = type == PJ_TYPE_PROJECTED_CRS;
	bool		on_wgs;

	grid->unit_m = 1.0;
	if ((!projected && type != PJ_TYPE_GEOGRAPHIC_2D_CRS) || geodetic == NULL || wgs == NULL ||
		!axes_check(crs, projected, &grid->unit_m) || !own_make(grid, crs, geodetic))
	{
		not_usable(error, grid->crs, "has no easting and northing, or longitude and latitude in degrees", NULL);
		return false;
	}
	if (!projected)
		grid->unit_m = 1.0;
	use_of(crs, &grid->crs_use, NULL);
	on_wgs = proj_is_equivalent_to_with_ctx(context, geodetic, wgs,
											PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS);
	grid->shift_use.west = NAN;
	grid->stays = !on_wgs;
	if (strcmp(grid->operation, NO_SHIFT) == 0)
		return true;
	if (grid->operation[0] != '\0')
	{
		grid->stays = false;
		return shift_make(grid, geodetic, wgs, error);
	}
	if (on_wgs)
		return true;
	not_usable(error, grid->crs, "is not on WGS 84, and no operation is named",
			   "mf_operations() lists those that lead there.");
	return false;
}

static bool
grid_make(MfGrid *grid, MfError *error)
{
	PJ		   *crs = object_by_code(grid->crs, PJ_CATEGORY_CRS);
	PJ		   *geodetic;
	PJ		   *wgs;
	bool		made;

	if (crs == NULL)
	{
		not_usable(error, grid->crs, "is no reference system that PROJ knows",
				   "It is named by its code, in capitals: EPSG:28409, say.");
		return false;
	}
	geodetic = proj_crs_get_geodetic_crs(context, crs);
	wgs = object_by_code("EPSG:4326", PJ_CATEGORY_CRS);
	made = grid_fill(grid, crs, geodetic, wgs, error);
	proj_destroy(crs);
	proj_destroy(geodetic);
	proj_destroy(wgs);
	return made;
}

const MfGrid *
mf_grid_find(const char *crs, const char *operation, MfError *error)
{
	MfGrid	   *oldest = &grids[0];
	MfGrid		made = {0};

	if (operation == NULL)
		operation = "";
	else if (operation[0] == '\0')
		operation = NO_SHIFT;
	for (int i = 0; i < MF_GRIDS_KEPT; i++)
	{
		if (grids[i].asked != 0 && strcmp(grids[i].crs, crs) == 0 &&
			strcmp(grids[i].operation, operation) == 0)
		{
			grids[i].asked = ++grids_asked;
			return &grids[i];
		}
		if (grids[i].asked < oldest->asked)
			oldest = &grids[i];
	}
	if (strlcpy(made.crs, crs, CODE_ROOM) >= CODE_ROOM ||
		strlcpy(made.operation, operation, CODE_ROOM) >= CODE_ROOM)
	{
		not_usable(error, strlen(crs) >= CODE_ROOM ? crs : operation, "is no code that PROJ knows", NULL);
		return NULL;
	}
	if (!grid_make(&made, error))
	{
		grid_drop(&made);
		return NULL;
	}
	grid_drop(oldest);
	made.asked = ++grids_asked;
	*oldest = made;
	return oldest;
}

bool
mf_grid_is_projected(const MfGrid *grid)
{
	return grid->own != NULL;
}

double
mf_grid_unit_m(const MfGrid *grid)
{
	return grid->unit_m;
}

double
mf_grid_accuracy_m(const MfGrid *grid)
{
	return grid->accuracy_m;
}

/* Pairs through one object of PROJ, in place; NULL changes nothing. */
static bool
pairs_run(PJ *object, bool backwards, double *xy, Size n)
{
	bool		good = true;

	for (Size i = 0; i < n; i++)
	{
		PJ_COORD	at = proj_coord(xy[2 * i], xy[2 * i + 1], 0, 0);

		if (object != NULL)
			at = proj_trans(object, backwards ? PJ_INV : PJ_FWD, at);
		if (!isfinite(at.xy.x) || !isfinite(at.xy.y))
		{
			at.xy.x = at.xy.y = NAN;
			good = false;
		}
		xy[2 * i] = at.xy.x;
		xy[2 * i + 1] = at.xy.y;
	}
	return good;
}

/*
 * Far beyond its domain a projection still gives numbers, some of them of
 * places quite elsewhere: those that do not lead back are none.
 */
bool
mf_grid_to_own(const MfGrid *grid, double *xy, Size n)
{
	bool		good = true;

	for (Size i = 0; i < n; i++)
	{
		double	   *at = xy + 2 * i;
		double		was[2] = {at[0], at[1]};
		double		back[2];

		pairs_run(grid->own, false, at, 1);
		memcpy(back, at, sizeof(back));
		pairs_run(grid->own, true, back, 1);
		if (grid->own != NULL &&
			!(hypot(back[0] - was[0], back[1] - was[1]) * grid->unit_m < LEADS_BACK_M))
			at[0] = at[1] = NAN;
		good &= !isnan(at[0]);
	}
	return good;
}

bool
mf_grid_from_own(const MfGrid *grid, double *xy, Size n)
{
	return pairs_run(grid->own, true, xy, n);
}

/* Without a way to WGS 84, nothing is there. */
static bool
nowhere(double *xy, Size n)
{
	for (Size i = 0; i < 2 * n; i++)
		xy[i] = NAN;
	return false;
}

bool
mf_grid_to_wgs84(const MfGrid *grid, double *xy, Size n)
{
	if (grid->stays)
		return nowhere(xy, n);
	return mf_grid_to_own(grid, xy, n) && pairs_run(grid->shift, grid->backwards, xy, n);
}

bool
mf_grid_from_wgs84(const MfGrid *grid, double *xy, Size n)
{
	if (grid->stays)
		return nowhere(xy, n);
	return pairs_run(grid->shift, !grid->backwards, xy, n) && mf_grid_from_own(grid, xy, n);
}

/*
 * By the meridian through the point, a few metres of it: proj_factors() makes
 * a projection anew on each call (5 ms in PROJ 9.1) and is at odds with
 * northing-first systems.  The step loses less than 1e-9 of either.
 */
bool
mf_grid_factors(const MfGrid *grid, const double *xy, double *convergence_deg, double *scale)
{
	double		step = 1e-4;	/* degrees */
	double		at[2] = {xy[0], xy[1]};
	double		ends[4];
	double		sine;
	double		radius;
	double		east;
	double		north;

	*convergence_deg = 0.0;
	*scale = 1.0;
	if (grid->own == NULL)
		return true;
	if (!mf_grid_to_own(grid, at, 1) || fabs(at[1]) + step > 90.0)
		return false;
	ends[0] = ends[2] = at[0];
	ends[1] = at[1] - step;
	ends[3] = at[1] + step;
	if (!mf_grid_from_own(grid, ends, 2))
		return false;
	east = ends[2] - ends[0];
	north = ends[3] - ends[1];
	*convergence_deg = -atan2(east, north) * (180.0 / M_PI);
	sine = sin(at[1] * (M_PI / 180.0));
	radius = grid->a * (1.0 - grid->e2) / pow(1.0 - grid->e2 * sine * sine, 1.5);
	*scale = hypot(east, north) * grid->unit_m / (radius * 2.0 * step * (M_PI / 180.0));
	return true;
}

bool
mf_grid_in_use(const MfGrid *grid, const double *xy)
{
	double		at[2] = {xy[0], xy[1]};

	return mf_grid_to_own(grid, at, 1) && use_covers(&grid->crs_use, at) &&
		use_covers(&grid->shift_use, at);
}

bool
mf_grid_near_use(const MfGrid *grid, const double *xy)
{
	double		at[2] = {xy[0], xy[1]};

	return mf_grid_to_own(grid, at, 1) && use_spans(&grid->crs_use, at[0], 3.0);
}

/* ---- operations ---- */

typedef struct OperationList
{
	char		crs[CODE_ROOM];
	uint64		asked;			/* as a grid's */
	MemoryContext memory;
	int			n;
	MfOperation *operations;
} OperationList;

static OperationList lists[LISTS_KEPT];

/* Those of better accuracy first; those that ignore the datum last. */
static int
operation_compare(const void *pa, const void *pb)
{
	const MfOperation *a = pa;
	const MfOperation *b = pb;

	if (a->ballpark != b->ballpark)
		return a->ballpark ? 1 : -1;
	if (isnan(a->accuracy_m) != isnan(b->accuracy_m))
		return isnan(a->accuracy_m) ? 1 : -1;
	if (a->accuracy_m < b->accuracy_m || a->accuracy_m > b->accuracy_m)
		return a->accuracy_m < b->accuracy_m ? -1 : 1;
	if ((a->code == NULL) != (b->code == NULL))
		return a->code == NULL ? 1 : -1;
	return strcmp(a->code ? a->code : a->name, b->code ? b->code : b->name);
}

static void
operation_fill(MfOperation *operation, PJ *found)
{
	char		code[CODE_ROOM];
	const char *name = proj_get_name(found);
	const char *area = NULL;
	Use			use;

	code_of(found, code, sizeof(code));
	use_of(found, &use, &area);
	operation->code = code[0] != '\0' ? pstrdup(code) : NULL;
	operation->name = pstrdup(name ? name : "");
	operation->area = area ? pstrdup(area) : NULL;
	operation->west = use.west;
	operation->south = use.south;
	operation->east = use.east;
	operation->north = use.north;
	operation->accuracy_m = proj_coordoperation_get_accuracy(context, found);
	if (operation->accuracy_m < 0)
		operation->accuracy_m = NAN;
	operation->ballpark = proj_coordoperation_has_ballpark_transformation(context, found);
	operation->usable = operation->code != NULL && !operation->ballpark &&
		proj_coordoperation_is_instantiable(context, found);
}

/* Every operation from the datum of a system, in the current memory context. */
static int
operations_find(PJ *geodetic, PJ *wgs, MfOperation **operations)
{
	PJ_OPERATION_FACTORY_CONTEXT *factory = proj_create_operation_factory_context(context, NULL);
	PJ_OBJ_LIST *found;
	int			n;

	proj_operation_factory_context_set_spatial_criterion(context, factory,
														 PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
	/* what needs a file that is not there is listed, too, as not usable */
	proj_operation_factory_context_set_grid_availability_use(context, factory,
															 PROJ_GRID_AVAILABILITY_IGNORED);
	found = proj_create_operations(context, geodetic, wgs, factory);
	n = found ? proj_list_get_count(found) : 0;
	*operations = palloc0(sizeof(MfOperation) * Max(n, 1));
	for (int i = 0; i < n; i++)
	{
		PJ		   *one = proj_list_get(context, found, i);

		operation_fill(&(*operations)[i], one);
		proj_destroy(one);
	}
	proj_list_destroy(found);
	proj_operation_factory_context_destroy(factory);
	qsort(*operations, n, sizeof(MfOperation), operation_compare);
	return n;
}

static bool
list_make(OperationList *list, MfError *error)
{
	PJ		   *crs = object_by_code(list->crs, PJ_CATEGORY_CRS);
	PJ		   *geodetic = crs ? proj_crs_get_geodetic_crs(context, crs) : NULL;
	PJ		   *wgs = object_by_code("EPSG:4326", PJ_CATEGORY_CRS);
	MemoryContext old;

	proj_destroy(crs);
	if (geodetic == NULL || wgs == NULL)
	{
		not_usable(error, list->crs, "is no reference system that PROJ knows",
				   "It is named by its code, in capitals: EPSG:28409, say.");
		proj_destroy(geodetic);
		proj_destroy(wgs);
		return false;
	}
	list->memory = AllocSetContextCreate(TopMemoryContext, "minefield operations",
										 ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(list->memory);
	/* on WGS 84 already: there is nothing to choose from */
	if (!proj_is_equivalent_to_with_ctx(context, geodetic, wgs,
										PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS))
		list->n = operations_find(geodetic, wgs, &list->operations);
	MemoryContextSwitchTo(old);
	proj_destroy(geodetic);
	proj_destroy(wgs);
	return true;
}

int
mf_operation_list(const char *crs, const MfOperation **operations, MfError *error)
{
	OperationList *oldest = &lists[0];
	OperationList made = {0};

	for (int i = 0; i < LISTS_KEPT; i++)
	{
		if (lists[i].asked != 0 && strcmp(lists[i].crs, crs) == 0)
		{
			lists[i].asked = ++grids_asked;
			*operations = lists[i].operations;
			return lists[i].n;
		}
		if (lists[i].asked < oldest->asked)
			oldest = &lists[i];
	}
	if (strlcpy(made.crs, crs, CODE_ROOM) >= CODE_ROOM)
	{
		not_usable(error, crs, "is no reference system that PROJ knows",
				   "It is named by its code, in capitals: EPSG:28409, say.");
		return -1;
	}
	if (!list_make(&made, error))
		return -1;
	if (oldest->asked != 0)
		MemoryContextDelete(oldest->memory);
	made.asked = ++grids_asked;
	*oldest = made;
	*operations = made.operations;
	return made.n;
}

bool
mf_operation_covers(const MfOperation *operation, const double *lonlat)
{
	Use			use = {operation->west, operation->south, operation->east, operation->north};

	return use_covers(&use, lonlat);
}

/* Is the name there as a word of its own: Niger is not in "Nigeria"? */
static bool
names_country(const char *area, const char *country)
{
	Size		len = strlen(country);

	if (area == NULL || len == 0)
		return false;
	for (const char *at = area; *at != '\0'; at++)
		if (pg_strncasecmp(at, country, len) == 0 &&
			(at == area || !isalpha((unsigned char) at[-1])) &&
			!isalpha((unsigned char) at[len]))
			return true;
	return false;
}

const MfOperation *
mf_operation_choose(const char *crs, const double *lonlat, const char *country,
					MfReason *reason, char *said, MfError *error)
{
	const MfOperation *operations;
	const MfOperation *first = NULL;
	int			n = mf_operation_list(crs, &operations, error);
	int			several = 0;
	Size		used = 0;

	*reason = MF_REASON_NONE;
	if (said != NULL)
		said[0] = '\0';
	if (n <= 0)
		return NULL;
	for (int i = 0; i < n; i++)
	{
		const MfOperation *one = &operations[i];

		if (!one->usable || !mf_operation_covers(one, lonlat) ||
			(country != NULL && !names_country(one->area, country)))
			continue;
		if (first == NULL)
			first = one;
		several++;
		if (said != NULL && used + strlen(one->code) + 3 < MF_SAID)
			used += snprintf(said + used, MF_SAID - used, "%s%s", used > 0 ? ", " : "", one->code);
	}
	if (several == 1 || (several > 1 && country != NULL))
		return first;
	*reason = several > 1 ? MF_REASON_AMBIGUOUS : MF_REASON_NOT_ONE;
	return NULL;
}
