/*
 * check_chains.c - checks of the place that measurements and coordinates make
 *
 * The chain of a record is solved once for all of them, by the paper alone:
 * nothing is assumed.  Where one of the usual slips alone explains what is
 * wrong, the hint names it.
 */
#include "mf_checks.h"
#include "mf_locate.h"

/* A plot on a screen or a map is not farther off than this. */
#define PLOT_M				20.0
/* How far a mine may lie outside the perimeter, which runs through the outer rows. */
#define OUTSIDE_M			10.0
/* Landmarks may lie so far beyond the edge of the map sheet, in degrees. */
#define SHEET_MARGIN_DEG	0.05

struct MfSolved
{
	MfLocation	location;
	MfOutline	outline;
};

static MfSolved *
solved_of(const MfPaper *paper)
{
	MfPaper    *own = (MfPaper *) paper;

	if (own->solved == NULL)
	{
		MfLocateOptions *options = palloc(sizeof(MfLocateOptions));

		own->solved = palloc0(sizeof(MfSolved));
		locate_options_read(options, NULL);
		location_read(&own->solved->location, paper->record, options);
		location_solve(&own->solved->location);
		location_outline(&own->solved->location, &own->solved->outline);
	}
	return own->solved;
}

static bool
says_where(const MfPaper *paper)
{
	return paper->npoints > 0 || paper->nlegs > 0;
}

/* ---- the chain ---- */

static bool
location_unsolved(MfCheckRun *run, const MfPaper *paper)
{
	const MfOutline *outline;

	if (!says_where(paper))
		return false;
	outline = &solved_of(paper)->outline;
	if (outline->extent == NULL)
		check_fails(run, "/properties/location", "no place follows from it: %s%s%s",
					outline->why ? outline->why : "unknown",
					outline->said ? ", " : "", outline->said ? outline->said : "");
	return true;
}

static bool
chain_misclosure(MfCheckRun *run, const MfPaper *paper)
{
	const MfChain *chain;
	bool		any = false;

	if (paper->nlegs <= 0)
		return false;
	chain = &solved_of(paper)->location.chain;
	for (uint32 i = 0; i < chain->nnetworks; i++)
	{
		const MfChainNetwork *network = &chain->networks[i];

		if (isnan(network->worst_w))
			continue;
		any = true;
		if (network->worst_w <= MF_CHAIN_CRITICAL_W)
			continue;
		check_fails(run, network->worst_leg == MF_NONE ? "/properties/location/points" :
					psprintf("/properties/location/legs/%d", solved_of(paper)->location.legs[network->worst_leg].n - 1),
					"measurements contradict each other: the loop misses itself by %.1f m in %.0f m, %.1f times what their errors explain",
					network->misclosure_m, network->loop_m, network->worst_w / MF_CHAIN_CRITICAL_W);
	}
	return any;
}

/* ---- the plot ---- */

/* The middle of the box of an extent. */
static void
middle_of(const MfExtent *extent, double *lonlat)
{
	MinefieldBox box;

	box_of_extent(&box, extent);
	lonlat[0] = ((double) box.xmin + box.xmax) / 2;
	lonlat[1] = ((double) box.ymin + box.ymax) / 2;
}

static double
apart_m(const double *a, const double *b)
{
	return mf_geodesic_distance(a[0], a[1], b[0], b[1]);
}

/*
 * Where the paper's coordinates plot when its own longitude and latitude are
 * taken for WGS 84: by how much that moves, in degrees.  False: not known.
 */
static bool
datum_shift(const MfPaper *paper, double *shift)
{
	char	   *operation = trimmed(field_text(paper->location, "operation"));
	MfError		error = {0};
	const MfGrid *grid;
	double		own[2];
	double		wgs[2];

	for (int i = 0; i < paper->npoints; i++)
	{
		const MfPaperPoint *p = &paper->points[i];

		if (!p->has_northing || !p->has_easting || p->crs == NULL)
			continue;
		grid = mf_grid_find(p->crs, operation, &error);
		if (grid == NULL)
			return false;
		own[0] = wgs[0] = p->easting;
		own[1] = wgs[1] = p->northing;
		if (!mf_grid_to_own(grid, own, 1) || !mf_grid_to_wgs84(grid, wgs, 1))
			return false;
		shift[0] = own[0] - wgs[0];
		shift[1] = own[1] - wgs[1];
		return true;
	}
	return false;
}

static bool
extent_differs_from_location(MfCheckRun *run, const MfPaper *paper)
{
	const MfOutline *outline;
	const char *hint = run->check->hint;
	double		plotted[2];
	double		solved[2];
	double		shift[2];
	double		apart;

	if (paper->extent.nparts == 0 || (paper->record->flags & MF_FLAG_DERIVED) || !says_where(paper))
		return false;
	outline = &solved_of(paper)->outline;
	if (outline->extent == NULL)
		return false;
	middle_of(&paper->extent, plotted);
	middle_of(outline->extent, solved);
	apart = apart_m(plotted, solved);
	if (apart <= PLOT_M)
		return true;
	if (datum_shift(paper, shift))
	{
		solved[0] += shift[0];
		solved[1] += shift[1];
		if (apart_m(plotted, solved) < Min(PLOT_M, apart / 3))
			hint = "It lies where the paper's own latitude and longitude are when taken for WGS 84: the datum was not shifted.";
	}
	check_fails_hint(run, "/geometry", hint, "it was plotted %.0f m from where its location puts it", apart);
	return true;
}

/* ---- the map sheet ---- */

static bool
read_sheet(const MfPaper *paper, MfMapSheet *sheet, char **name, MfReason *reason, char *said)
{
	*name = trimmed(field_text(field_container(paper->location, "map"), "sheet"));
	if (*name == NULL)
		return false;
	*reason = map_sheet_read(*name, strlen(*name), sheet, said);
	return true;
}

static bool
map_sheet_unreadable(MfCheckRun *run, const MfPaper *paper)
{
	char		said[MF_SAID] = "";
	MfMapSheet	sheet;
	MfReason	reason;
	char	   *name;

	if (!read_sheet(paper, &sheet, &name, &reason, said))
		return false;
	if (reason != MF_REASON_NONE)
		check_fails(run, "/properties/location/map/sheet", "\"%s\" is no sheet of the Soviet nomenclature, or can be read two ways%s%s",
					name, said[0] ? ": " : "", said);
	return true;
}

/* Are coordinates of a system on the sheet, give or take a margin? */
static bool
on_sheet(const MfMapSheet *sheet, const char *crs, double easting, double northing)
{
	MfError		error = {0};
	const MfGrid *grid = mf_grid_find(crs, "", &error);
	double		xy[2] = {easting, northing};

	return grid != NULL && mf_grid_to_own(grid, xy, 1) &&
		xy[0] >= sheet->west - SHEET_MARGIN_DEG && xy[0] <= sheet->east + SHEET_MARGIN_DEG &&
		xy[1] >= sheet->south - SHEET_MARGIN_DEG && xy[1] <= sheet->north + SHEET_MARGIN_DEG;
}

/* Which slip alone brings a point of Gauss-Krueger to the sheet? */
static const char *
slip_of_point(const MfMapSheet *sheet, const MfPaperPoint *p)
{
	int			code = paper_epsg(p->crs);
	double		within = p->easting - 1e6 * floor(p->easting / 1e6);

	if (on_sheet(sheet, p->crs, p->northing, p->easting))
		return "With northing and easting the other way round it lies on the sheet: the axes are swapped.";
	for (int zone = 1; zone <= 60 && code > 28400 && code <= 28460; zone++)
	{
		if (on_sheet(sheet, psprintf("EPSG:%d", 28400 + zone), within + 1e6 * zone, p->northing))
			return psprintf("In zone %d (EPSG:%d) it lies on the sheet: the zone is wrong.", zone, 28400 + zone);
	}
	return NULL;
}

static bool
point_outside_sheet(MfCheckRun *run, const MfPaper *paper)
{
	MfMapSheet	sheet;
	MfReason	reason;
	char	   *name;
	bool		any = false;

	if (!read_sheet(paper, &sheet, &name, &reason, NULL) || reason != MF_REASON_NONE)
		return false;
	for (int i = 0; i < paper->npoints; i++)
	{
		const MfPaperPoint *p = &paper->points[i];
		MfError		error = {0};
		const char *hint;

		/* with digits left out the sheet completes them */
		if (!p->has_northing || !p->has_easting || p->crs == NULL || p->northing < 100000 ||
			p->easting < 100000 || mf_grid_find(p->crs, "", &error) == NULL)
			continue;
		any = true;
		if (on_sheet(&sheet, p->crs, p->easting, p->northing))
			continue;
		hint = slip_of_point(&sheet, p);
		check_fails_hint(run, psprintf("/properties/location/points/%d", i),
						 hint ? hint : run->check->hint,
						 "northing %.3f, easting %.3f in %s lies outside the sheet %s",
						 p->northing, p->easting, p->crs, name);
	}
	return any;
}

/* ---- the reference system ---- */

static bool
crs_unusable(MfCheckRun *run, const MfPaper *paper)
{
	char	   *operation = trimmed(field_text(paper->location, "operation"));
	MfError		error = {0};

	if (paper->crs == NULL)
		return false;
	if (mf_grid_find(paper->crs, operation ? operation : "", &error) == NULL)
		check_fails(run, "/properties/location/crs", "%s", error.message);
	return true;
}

static bool
point_outside_area_of_use(MfCheckRun *run, const MfPaper *paper)
{
	char	   *common = trimmed(field_text(paper->location, "operation"));
	bool		any = false;

	for (int i = 0; i < paper->npoints; i++)
	{
		const MfPaperPoint *p = &paper->points[i];
		char	   *own = trimmed(field_text(p->entry, "operation"));
		double		xy[2] = {p->easting, p->northing};
		MfError		error = {0};
		const MfGrid *grid;

		if (!p->has_northing || !p->has_easting || p->crs == NULL ||
			(p->northing < 100000 && p->easting < 100000))
			continue;
		grid = mf_grid_find(p->crs, own ? own : common ? common : "", &error);
		if (grid == NULL)
			continue;
		any = true;
		if (!mf_grid_in_use(grid, xy))
			check_fails(run, psprintf("/properties/location/points/%d", i),
						"northing %.3f, easting %.3f lies where %s%s%s is not used", p->northing, p->easting,
						p->crs, common ? " with " : "", common ? common : "");
	}
	return any;
}

/* ---- rows, the perimeter and lanes ---- */

/* A solved path as a line; NULL: it is not. */
static MfExtent *
line_of_path(const MfLocation *location, JsonbContainer *list, bool ring)
{
	const char *bad;
	uint32		n;
	uint32	   *path = location_path(location, list, &n, &bad);
	MfExtentRoom room;
	MfExtent   *line;

	if (path == NULL || n < (ring ? 3 : 2))
		return NULL;
	line = extent_alloc(CurrentMemoryContext, ring ? MF_POLYGON : MF_LINESTRING, 1, 1, n + ring, &room);
	room.part_rings[0] = 1;
	room.ring_points[0] = n + ring;
	for (uint32 i = 0; i < n; i++)
		memcpy(&room.xy[2 * i], location->points[path[i]].lonlat, 2 * sizeof(double));
	if (ring)
		memcpy(&room.xy[2 * n], room.xy, 2 * sizeof(double));
	return line;
}

static double
outside_m(const MfExtent *perimeter, const double *lonlat)
{
	static const uint32 one = 1;
	MfExtent	point = {
		.kind = MF_POINT, .nparts = 1, .nrings = 1, .npoints = 1,
		.part_rings = &one, .ring_points = &one, .xy = lonlat
	};

	return measure_distance(perimeter, &point, 0);
}

static bool
row_outside_perimeter(MfCheckRun *run, const MfPaper *paper)
{
	const MfLocation *location;
	MfExtent   *perimeter;
	bool		any = false;

	if (paper->nperimeter < 3 || paper->nrows <= 0)
		return false;
	location = &solved_of(paper)->location;
	perimeter = line_of_path(location, field_container(paper->location, "perimeter"), true);
	if (perimeter == NULL)
		return false;
	for (int i = 0; i < paper->nrows; i++)
	{
		MfExtent   *row = line_of_path(location, field_container(paper->rows[i].entry, "path"), false);
		double		most = 0;

		if (row == NULL)
			continue;
		any = true;
		for (uint32 k = 0; k < row->npoints; k++)
			most = Max(most, outside_m(perimeter, row->xy + 2 * k));
		if (most > OUTSIDE_M)
			check_fails(run, psprintf("/properties/location/rows/%d", i),
						"row %s reaches %.0f m outside the perimeter",
						paper->rows[i].id ? paper->rows[i].id : psprintf("%d", i + 1), most);
	}
	return any;
}

static bool
lines_cross(const MfExtent *a, const MfExtent *b)
{
	for (uint32 i = 1; i < a->npoints; i++)
	{
		for (uint32 k = 1; k < b->npoints; k++)
		{
			if (segments_touch(a->xy + 2 * (i - 1), a->xy + 2 * i, b->xy + 2 * (k - 1), b->xy + 2 * k))
				return true;
		}
	}
	return false;
}

static bool
check_lanes(MfCheckRun *run, const MfPaper *paper, JsonbContainer *object, const char *where)
{
	JsonbContainer **lanes;
	int			n = paper_list(object, "lanes", &lanes);
	bool		any = false;

	for (int i = 0; i < n && paper->nrows > 0; i++)
	{
		const MfLocation *location = &solved_of(paper)->location;
		MfExtent   *lane = line_of_path(location, field_container(lanes[i], "path"), false);

		for (int k = 0; lane != NULL && k < paper->nrows; k++)
		{
			MfExtent   *row = line_of_path(location, field_container(paper->rows[k].entry, "path"), false);

			if (row == NULL)
				continue;
			any = true;
			if (lines_cross(lane, row))
				check_fails(run, psprintf("%s/lanes/%d", where, i), "the lane crosses row %s",
							paper->rows[k].id ? paper->rows[k].id : psprintf("%d", k + 1));
		}
	}
	return any;
}

static bool
lane_crosses_row(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = check_lanes(run, paper, paper->location, "/properties/location");

	any |= check_lanes(run, paper, paper->properties, "/properties");
	return any;
}

const MfCheck checks_of_chains[] = {
	{"location_unsolved", MF_MEDIUM, "no place follows from points and measurements, by the paper alone",
	"The message names what is missing; mf_traverse shows each point.", location_unsolved, NULL},
	{"chain_misclosure", MF_HIGH, "measurements contradict each other by more than their errors explain (standardised residual above 3.29)",
	"The leg with the largest residual is the first to compare with the paper; mf_traverse_legs shows all.", chain_misclosure, NULL},
	{"extent_differs_from_location", MF_HIGH, "the record was plotted more than 20 m from where its location puts it",
	"One of the two is wrong: plot it again with mf_locate.", extent_differs_from_location, NULL},
	{"map_sheet_unreadable", MF_LOW, "the map sheet is none of the Soviet nomenclature, or can be read two ways",
	"Compare it with the map's margin; of another series this check says nothing: switch it off.", map_sheet_unreadable, NULL},
	{"point_outside_sheet", MF_HIGH, "a point lies outside the map sheet",
	"Look for digits that were left out, added or transposed, or for another sheet.", point_outside_sheet, NULL},
	{"crs_unusable", MF_HIGH, "the reference system or the operation is not known, or they do not belong together",
	"mf_operations lists the operations of a system.", crs_unusable, NULL},
	{"point_outside_area_of_use", MF_MEDIUM, "a point lies where its reference system or operation is not used",
	"Look for a wrong zone, swapped axes, or another system.", point_outside_area_of_use, NULL},
	{"row_outside_perimeter", MF_HIGH, "a row of mines reaches more than 10 m outside the perimeter",
	"The perimeter or the row is wrong: whoever relies on the perimeter misses these mines.", row_outside_perimeter, NULL},
	{"lane_crosses_row", MF_LOW, "a lane crosses a row of mines",
	"Lanes do; ask where the row is open, and whether the lane was mined when it was closed.", lane_crosses_row, NULL},
	{NULL, 0, NULL, NULL, NULL, NULL}
};
