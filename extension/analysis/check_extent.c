/*
 * check_extent.c - checks of where a record was plotted
 *
 * The rules of GICHD's geocheck, within one record, and what the plotted
 * extent has to do with the figures on the paper.
 */
#include "mf_checks.h"

/* Overlapping parts beyond this share of their union are a finding (geocheck). */
#define OVERLAP_SHARE	0.009
/* How far the plotted area may be from front times depth. */
#define AREA_SHARE		0.25
/* Less than this from 0, 0 in degrees is no place but a blank read as zero. */
#define ZERO_DEG		1e-6

static bool
located_polygon(const MfPaper *paper)
{
	return paper->extent.nparts > 0 && kind_is_polygonal(paper->extent.kind);
}

static bool
extent_invalid(MfCheckRun *run, const MfPaper *paper)
{
	char	   *reason = NULL;

	if (!located_polygon(paper))
		return false;
	/* the place of the fault, in brackets, depends on the version of GEOS */
	if (!mf_plainly_valid(&paper->extent) && !mf_geos_is_valid(&paper->extent, &reason))
		check_fails(run, "/geometry", "the outline is not valid: %.*s",
					(int) strcspn(reason ? reason : "", "["), reason ? reason : "");
	return true;
}

/* Different points of a ring or line, up to three. */
static int
different_points(const double *xy, uint32 n)
{
	uint32		second = 1;

	while (second < n && xy[2 * second] == xy[0] && xy[2 * second + 1] == xy[1])
		second++;
	if (second >= n)
		return 1;
	for (uint32 i = second + 1; i < n; i++)
	{
		if ((xy[2 * i] != xy[0] || xy[2 * i + 1] != xy[1]) &&
			(xy[2 * i] != xy[2 * second] || xy[2 * i + 1] != xy[2 * second + 1]))
			return 3;
	}
	return 2;
}

/* The same of ids; an entry that is a stretch, or unknown, may be any. */
static int
different_ids(char *const *ids, int n)
{
	int			different = 0;

	for (int i = 0; i < n && different < 3; i++)
	{
		bool		before = false;

		if (ids[i] == NULL)
			return 3;
		for (int k = 0; k < i; k++)
			before |= strcmp(ids[i], ids[k]) == 0;
		different += !before;
	}
	return different;
}

static bool
extent_corners_few(MfCheckRun *run, const MfPaper *paper)
{
	const double *xy = paper->extent.xy;

	if (!located_polygon(paper) && paper->nperimeter <= 0)
		return false;
	if (paper->nperimeter > 0 && different_ids(paper->perimeter, paper->nperimeter) < 3)
		check_fails(run, "/properties/location/perimeter", "the perimeter has fewer than three different points");
	for (uint32 i = 0; located_polygon(paper) && i < paper->extent.nrings; i++)
	{
		if (different_points(xy, paper->extent.ring_points[i]) < 3)
			check_fails(run, "/geometry", "ring %u has fewer than three different corners", i + 1);
		xy += 2 * (Size) paper->extent.ring_points[i];
	}
	return true;
}

static bool
extent_vertex_repeated(MfCheckRun *run, const MfPaper *paper)
{
	const double *xy = paper->extent.xy;
	int			repeated = 0;

	if (paper->extent.nparts == 0 || paper->extent.kind == MF_POINT || paper->extent.kind == MF_MULTIPOINT)
		return false;
	for (uint32 i = 0; i < paper->extent.nrings; i++)
	{
		for (uint32 k = 1; k < paper->extent.ring_points[i]; k++)
			repeated += xy[2 * k] == xy[2 * k - 2] && xy[2 * k + 1] == xy[2 * k - 1];
		xy += 2 * (Size) paper->extent.ring_points[i];
	}
	if (repeated > 0)
		check_fails(run, "/geometry", "corners that are the same as the one before: %d", repeated);
	return true;
}

/* A first guess, always at least half of the length for what is shorter than a degree. */
static double
guess_m(const double *a, const double *b)
{
	double		dx = (a[0] - b[0]) * 111320.0 * cos((a[1] + b[1]) * (M_PI / 360.0));
	double		dy = (a[1] - b[1]) * 111320.0;

	return hypot(dx, dy);
}

static bool
extent_edge_long(MfCheckRun *run, const MfPaper *paper)
{
	const double *xy = paper->extent.xy;
	double		longest = 0;

	if (paper->extent.nparts == 0 || paper->extent.kind == MF_POINT || paper->extent.kind == MF_MULTIPOINT)
		return false;
	for (uint32 i = 0; i < paper->extent.nrings; i++)
	{
		for (uint32 k = 1; k < paper->extent.ring_points[i]; k++)
		{
			const double *a = xy + 2 * (k - 1);
			const double *b = xy + 2 * k;

			if (guess_m(a, b) > run->options->long_edge_m / 2)
				longest = Max(longest, mf_geodesic_distance(a[0], a[1], b[0], b[1]));
		}
		xy += 2 * (Size) paper->extent.ring_points[i];
	}
	if (longest > run->options->long_edge_m)
		check_fails(run, "/geometry", "two neighbouring corners are %.0f m apart", longest);
	return true;
}

static bool
extent_parts_overlap(MfCheckRun *run, const MfPaper *paper)
{
	MfExtent  **parts;
	const MfExtent **valid;
	MfExtentPart part;
	MfExtent	view;
	double		sum = 0;
	double		together;
	int			n = 0;

	if (!located_polygon(paper) || paper->extent.nparts < 2)
		return false;
	if (mf_plainly_valid(&paper->extent))
		return true;
	parts = palloc(sizeof(MfExtent *) * paper->extent.nparts);
	extent_part_begin(&part, &paper->extent);
	while (extent_part_next(&part, &view))
	{
		CHECK_FOR_INTERRUPTS();
		parts[n] = mf_geos_valid(&view);
		sum += measure_area(parts[n++]);
	}
	valid = (const MfExtent **) parts;
	together = measure_area(mf_geos_union(valid, n));
	if (sum - together > OVERLAP_SHARE * together)
		check_fails(run, "/geometry", "parts overlap by %.1f %% of their area", 100.0 * (sum - together) / together);
	return true;
}

static bool
extent_at_zero(MfCheckRun *run, const MfPaper *paper)
{
	if (paper->extent.nparts == 0)
		return false;
	for (uint32 i = 0; i < paper->extent.npoints; i++)
	{
		if (fabs(paper->extent.xy[2 * i]) < ZERO_DEG && fabs(paper->extent.xy[2 * i + 1]) < ZERO_DEG)
		{
			check_fails(run, "/geometry", "a corner lies at longitude 0, latitude 0");
			break;
		}
	}
	return true;
}

static bool
extent_area_differs(MfCheckRun *run, const MfPaper *paper)
{
	double		front = paper_number(paper->properties, "front_m");
	double		depth = paper_number(paper->properties, "field_depth_m");
	double		area;

	if (!located_polygon(paper) || !(front > 0) || !(depth > 0))
		return false;
	area = paper->record->area_m2;
	if (isnan(area))
		area = measure_area(mf_geos_valid(&paper->extent));
	if (fabs(area - front * depth) > AREA_SHARE * front * depth)
		check_fails(run, "/geometry", "the outline has %.0f m2, front times depth is %.0f m2", area, front * depth);
	return true;
}

static bool
extent_below_accuracy(MfCheckRun *run, const MfPaper *paper)
{
	double		accuracy = minefield_accuracy_m(paper->record);
	const MinefieldBox *box = &paper->record->box;
	double		size;

	if (paper->extent.nparts == 0 || paper->extent.kind == MF_POINT || isnan(accuracy))
		return false;
	size = mf_geodesic_distance(box->xmin, box->ymin, box->xmax, box->ymax);
	if (accuracy > size)
		check_fails(run, "/properties/accuracy95_m", "it is known to %.0f m and is %.0f m across", accuracy, size);
	return true;
}

static bool
place_unknown(MfCheckRun *run, const MfPaper *paper)
{
	if (paper->extent.nparts > 0 || paper->nlegs > 0)
		return true;
	for (int i = 0; i < paper->npoints; i++)
	{
		const MfPaperPoint *p = &paper->points[i];

		if ((p->has_northing && p->has_easting) || (p->has_lon && p->has_lat) || p->mgrs != NULL)
			return true;
	}
	check_fails(run, "/properties/location", "neither extent nor coordinates nor measurements say where it is");
	return true;
}

const MfCheck checks_of_extent[] = {
	{"extent_invalid", MF_HIGH, "the outline crosses or touches itself, or its rings do not nest",
	"Compare the order of the corners with the paper.", extent_invalid, NULL},
	{"extent_corners_few", MF_HIGH, "an outline has fewer than three different corners",
	"Look for a corner that was not copied.", extent_corners_few, NULL},
	{"extent_vertex_repeated", MF_LOW, "two neighbouring corners of the outline are the same",
	"Look for a corner that was copied twice in the place of another.", extent_vertex_repeated, NULL},
	{"extent_edge_long", MF_MEDIUM, "two neighbouring corners are farther apart than a field is long (5000 m)",
	"Look for a slip in the coordinates.", extent_edge_long, NULL},
	{"extent_parts_overlap", MF_MEDIUM, "parts of one extent overlap by more than 0.9 % of their area",
	"Look for a part that is there twice.", extent_parts_overlap, NULL},
	{"extent_at_zero", MF_HIGH, "a corner lies where the equator crosses the prime meridian",
	"A blank was taken for zero: leave the extent empty.", extent_at_zero, NULL},
	{"extent_area_differs", MF_MEDIUM, "the area of the outline is not that of front times depth, by more than 25 %",
	"Compare units and figures with the paper.", extent_area_differs, NULL},
	{"extent_below_accuracy", MF_MEDIUM, "the record is less accurate than it is large",
	"On its own it tells of a district, not of a place to go to.", extent_below_accuracy, NULL},
	{"place_unknown", MF_MEDIUM, "nothing says where the field is but words",
	"It may lie anywhere: keep it in every answer about ground.", place_unknown, NULL},
	{NULL, 0, NULL, NULL, NULL, NULL}
};
