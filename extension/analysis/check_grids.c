/*
 * check_grids.c - checks of coordinates and of the systems they are in
 *
 * What is wrong with coordinates is often one of a few slips.  Each is tried,
 * and named where it alone brings the point to where it could be.
 */
#include "mf_checks.h"

/* Eastings of a zone 6 degrees wide stay within these, false easting 500 km. */
#define EASTING_LEAST	100000.0
#define EASTING_MOST	900000.0
#define NORTHING_MOST	10000000.0

/* Grids of which the code tells all that is asked here. */
typedef struct Grid
{
	int			zone;			/* 0: none of these */
	bool		prefixed;		/* the zone stands before the easting */
} Grid;

static Grid
grid_of(const char *crs)
{
	Grid		grid = {0, false};
	int			code = paper_epsg(crs);

	if (code >= 28401 && code <= 28460)		/* Pulkovo 1942, Gauss-Krueger */
		grid = (Grid) {code - 28400, true};
	else if (code >= 2492 && code <= 2522)	/* the same without prefix */
		grid = (Grid) {code - 2490, false};
	else if (code >= 32601 && code <= 32660)	/* WGS 84, UTM */
		grid = (Grid) {code - 32600, false};
	else if (code >= 32701 && code <= 32760)
		grid = (Grid) {code - 32700, false};
	return grid;
}

static bool
has_grid(const MfPaperPoint *p)
{
	return p->has_northing && p->has_easting;
}

static bool
easting_fits(const Grid *grid, double easting)
{
	if (grid->prefixed)
		easting -= 1e6 * grid->zone;
	return easting >= EASTING_LEAST && easting <= EASTING_MOST;
}

static bool
northing_fits(double northing)
{
	return northing >= 0 && northing <= NORTHING_MOST;
}

/* Do coordinates fit their grid the other way round, and not as they are? */
static bool
fits_swapped(const Grid *grid, const MfPaperPoint *p)
{
	return (!easting_fits(grid, p->easting) || !northing_fits(p->northing)) &&
		easting_fits(grid, p->northing) && northing_fits(p->easting);
}

static bool
crs_missing(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	for (int i = 0; i < paper->npoints; i++)
	{
		if (!has_grid(&paper->points[i]))
			continue;
		any = true;
		if (paper->points[i].crs == NULL)
		{
			check_fails(run, "/properties/location/crs", "northing and easting are in no reference system");
			break;
		}
	}
	return any;
}

static bool
operation_missing(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;
	bool		missing = false;
	char	   *common = trimmed(field_text(paper->location, "operation"));

	for (int i = 0; i < paper->npoints; i++)
	{
		const MfPaperPoint *p = &paper->points[i];
		int			code = paper_epsg(p->crs);

		if ((!has_grid(p) && !p->has_lon) || p->crs == NULL)
			continue;
		any = true;
		/* on WGS 84 there is nothing to do */
		if (code == 4326 || (code > 32600 && code <= 32660) || (code > 32700 && code <= 32760))
			continue;
		missing |= common == NULL && trimmed(field_text(p->entry, "operation")) == NULL;
	}
	if (missing)
		check_fails(run, "/properties/location/operation", "nothing says by which operation the datum is left");
	return any;
}

static bool
easting_zone_differs(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	for (int i = 0; i < paper->npoints; i++)
	{
		const MfPaperPoint *p = &paper->points[i];
		Grid		grid = grid_of(p->crs);
		int			digit;

		if (!has_grid(p) || !grid.prefixed || p->easting < 1e6 || p->easting >= 61e6)
			continue;
		any = true;
		digit = (int) floor(p->easting / 1e6);
		if (digit != grid.zone && !fits_swapped(&grid, p))
			check_fails_hint(run, psprintf("/properties/location/points/%d/easting", i),
							 psprintf("With zone %d the easting would be %.3f; with EPSG:%d it stays as it is.",
									  grid.zone, p->easting + 1e6 * (grid.zone - digit), 28400 + digit),
							 "easting %.3f is of zone %d, the reference system %s of zone %d",
							 p->easting, digit, p->crs, grid.zone);
	}
	return any;
}

static bool
axes_swapped(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	for (int i = 0; i < paper->npoints; i++)
	{
		const MfPaperPoint *p = &paper->points[i];
		Grid		grid = grid_of(p->crs);
		const char *path = psprintf("/properties/location/points/%d", i);

		if (has_grid(p) && grid.zone > 0)
		{
			any = true;
			if (fits_swapped(&grid, p))
				check_fails(run, path, "northing %.3f and easting %.3f fit the grid only the other way round",
							p->northing, p->easting);
		}
		if (p->has_lon && p->has_lat)
		{
			any = true;
			if (fabs(p->lat) > 90 && fabs(p->lat) <= 180 && fabs(p->lon) <= 90)
				check_fails(run, path, "latitude %g and longitude %g fit only the other way round", p->lat, p->lon);
		}
	}
	return any;
}

static bool
coordinates_out_of_range(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	for (int i = 0; i < paper->npoints; i++)
	{
		const MfPaperPoint *p = &paper->points[i];
		Grid		grid = grid_of(p->crs);
		const char *path = psprintf("/properties/location/points/%d", i);

		if (p->has_lon && p->has_lat)
		{
			any = true;
			if (fabs(p->lon) > 180 || fabs(p->lat) > 90)
				check_fails(run, path, "longitude %g, latitude %g is nowhere", p->lon, p->lat);
		}
		/* below 100 km digits are left out, which is another matter */
		if (has_grid(p) && grid.zone > 0 && p->northing >= 100000 && p->easting >= 100000)
		{
			double		easting = grid.prefixed ? fmod(p->easting, 1e6) : p->easting;

			any = true;
			if (!northing_fits(p->northing) || easting < EASTING_LEAST || easting > EASTING_MOST)
				check_fails(run, path, "northing %.3f, easting %.3f is outside the zone", p->northing, p->easting);
		}
	}
	return any;
}

static bool
mgrs_unreadable(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	for (int i = 0; i < paper->npoints; i++)
	{
		const char *mgrs = paper->points[i].mgrs;
		MfMgrs		square;
		char		said[MF_SAID] = "";

		if (mgrs == NULL)
			continue;
		any = true;
		if (mgrs_read(mgrs, strlen(mgrs), &square, said) != MF_REASON_NONE)
			check_fails(run, psprintf("/properties/location/points/%d/mgrs", i),
						"\"%s\" is no grid reference%s%s", mgrs, said[0] ? ": " : "", said);
	}
	return any;
}

const MfCheck checks_of_grids[] = {
	{"crs_missing", MF_HIGH, "northing and easting are in no reference system",
	"There is no default: look for the map's imprint, and name the system.", crs_missing, NULL},
	{"operation_missing", MF_LOW, "coordinates are not on WGS 84, and the operation that leads there is not named",
	"Name the one that holds for the country of the map; they differ by metres.", operation_missing, NULL},
	{"easting_zone_differs", MF_HIGH, "the zone before an easting is not that of the reference system",
	"One of the two is wrong, and the field lies some 500 km off.", easting_zone_differs, NULL},
	{"axes_swapped", MF_HIGH, "coordinates fit their grid only the other way round",
	"In Gauss-Krueger X points north and comes first: compare with the paper.", axes_swapped, NULL},
	{"coordinates_out_of_range", MF_HIGH, "coordinates lie outside their zone, or nowhere",
	"Look for digits that were left out, added or transposed.", coordinates_out_of_range, NULL},
	{"mgrs_unreadable", MF_HIGH, "a grid reference of the MGRS is not in order",
	"Compare letters and digits with the paper.", mgrs_unreadable, NULL},
	{NULL, 0, NULL, NULL, NULL, NULL}
};
