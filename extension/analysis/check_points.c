/*
 * check_points.c - checks of points, and of what refers to them
 */
#include "mf_checks.h"

static bool
same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static bool
has_coordinates(const MfPaperPoint *p)
{
	return (p->has_northing && p->has_easting) || (p->has_lon && p->has_lat) || p->mgrs != NULL;
}

/* ---- the points themselves ---- */

static bool
point_id_repeated(MfCheckRun *run, const MfPaper *paper)
{
	if (paper->npoints <= 0)
		return false;
	for (int i = 1; i < paper->npoints; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int k = 0; k < i; k++)
		{
			if (same(paper->points[i].id, paper->points[k].id))
			{
				check_fails(run, psprintf("/properties/location/points/%d/id", i),
							"point \"%s\" is there twice", paper->points[i].id);
				break;
			}
		}
	}
	return true;
}

static bool
same_place(const MfPaperPoint *a, const MfPaperPoint *b)
{
	if (a->has_northing && a->has_easting && b->has_northing && b->has_easting)
		return a->northing == b->northing && a->easting == b->easting &&
			(a->crs == b->crs || same(a->crs, b->crs));
	if (a->has_lon && a->has_lat && b->has_lon && b->has_lat)
		return a->lon == b->lon && a->lat == b->lat && (a->crs == b->crs || same(a->crs, b->crs));
	return same(a->mgrs, b->mgrs);
}

static bool
point_place_repeated(MfCheckRun *run, const MfPaper *paper)
{
	int			placed = 0;

	for (int i = 0; i < paper->npoints; i++)
	{
		placed += has_coordinates(&paper->points[i]);
		for (int k = 0; k < i; k++)
		{
			if (same_place(&paper->points[i], &paper->points[k]))
			{
				check_fails(run, psprintf("/properties/location/points/%d", i),
							"points %d and %d have the same coordinates", k + 1, i + 1);
				break;
			}
		}
	}
	return placed > 0;
}

static bool
point_half_given(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	for (int i = 0; i < paper->npoints; i++)
	{
		const MfPaperPoint *p = &paper->points[i];
		const char *path = psprintf("/properties/location/points/%d", i);

		any |= p->has_northing || p->has_easting || p->has_lon || p->has_lat;
		if (p->has_northing != p->has_easting)
			check_fails(run, path, "point \"%s\" has a %s only", p->id ? p->id : "?",
						p->has_northing ? "northing" : "easting");
		if (p->has_lon != p->has_lat)
			check_fails(run, path, "point \"%s\" has a %s only", p->id ? p->id : "?",
						p->has_lon ? "longitude" : "latitude");
	}
	return any;
}

static bool
reference_points_few(MfCheckRun *run, const MfPaper *paper)
{
	int			n = 0;

	if (paper->npoints < 0)
		return false;
	for (int i = 0; i < paper->npoints; i++)
		n += is_landmark(paper->points[i].role) && has_coordinates(&paper->points[i]);
	if (n < 2)
		check_fails(run, "/properties/location/points", "reference points with coordinates: %d", n);
	return true;
}

/* ---- what refers to points ---- */

/* Is a point listed, or does a leg lead to it? */
static bool
point_known(const MfPaper *paper, const char *id)
{
	CHECK_FOR_INTERRUPTS();
	for (int i = 0; i < paper->npoints; i++)
	{
		if (same(paper->points[i].id, id))
			return true;
	}
	for (int i = 0; i < paper->nlegs; i++)
	{
		if (same(paper->legs[i].to, id))
			return true;
	}
	return false;
}

static bool
leg_start_unknown(MfCheckRun *run, const MfPaper *paper)
{
	if (paper->npoints < 0)
		return false;
	for (int i = 0; i < paper->nlegs; i++)
	{
		const char *path = psprintf("/properties/location/legs/%d", i);

		if (paper->legs[i].entry == NULL)
			continue;
		if (paper->legs[i].from == NULL || paper->legs[i].to == NULL)
			check_fails(run, path, "leg %d does not say from where to where", i + 1);
		else if (!point_known(paper, paper->legs[i].from))
			check_fails(run, path, "leg %d begins at \"%s\", which is no point and which no leg leads to",
						i + 1, paper->legs[i].from);
	}
	return paper->nlegs > 0;
}

static void
check_path(MfCheckRun *run, const MfPaper *paper, const char *where, char *const *path, int n)
{
	for (int i = 0; i < n; i++)
	{
		if (path[i] != NULL && !point_known(paper, path[i]))
			check_fails(run, psprintf("%s/%d", where, i), "\"%s\" is no point and no leg leads to it", path[i]);
	}
}

static bool
path_point_unknown(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = paper->nperimeter > 0;

	if (paper->npoints < 0)
		return false;
	check_path(run, paper, "/properties/location/perimeter", paper->perimeter, paper->nperimeter);
	for (int i = 0; i < paper->nrows; i++)
	{
		any |= paper->rows[i].npath > 0;
		check_path(run, paper, psprintf("/properties/location/rows/%d/path", i),
				   paper->rows[i].path, paper->rows[i].npath);
	}
	return any;
}

static bool
leg_goes_nowhere(MfCheckRun *run, const MfPaper *paper)
{
	for (int i = 0; i < paper->nlegs; i++)
	{
		if (same(paper->legs[i].from, paper->legs[i].to))
			check_fails(run, psprintf("/properties/location/legs/%d", i),
						"leg %d begins and ends at \"%s\"", i + 1, paper->legs[i].from);
	}
	return paper->nlegs > 0;
}

static bool
leg_repeated(MfCheckRun *run, const MfPaper *paper)
{
	for (int i = 1; i < paper->nlegs; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int k = 0; k < i; k++)
		{
			if (!same(paper->legs[i].from, paper->legs[k].from) ||
				!same(paper->legs[i].to, paper->legs[k].to))
				continue;
			check_fails(run, psprintf("/properties/location/legs/%d", i),
						"legs %d and %d both lead from \"%s\" to \"%s\"", k + 1, i + 1,
						paper->legs[i].from, paper->legs[i].to);
			break;
		}
	}
	return paper->nlegs > 0;
}

static bool
perimeter_point_repeated(MfCheckRun *run, const MfPaper *paper)
{
	int			n = paper->nperimeter;

	if (n <= 0)
		return false;
	/* the first once more at the end only closes it */
	if (n > 1 && same(paper->perimeter[0], paper->perimeter[n - 1]))
		n--;
	for (int i = 1; i < n; i++)
	{
		for (int k = 0; k < i; k++)
		{
			if (same(paper->perimeter[i], paper->perimeter[k]))
			{
				check_fails(run, psprintf("/properties/location/perimeter/%d", i),
							"the perimeter comes to \"%s\" twice", paper->perimeter[i]);
				break;
			}
		}
	}
	return true;
}

/* ---- ids of other things ---- */

static bool
ids_repeated(MfCheckRun *run, JsonbContainer *object, const char *name, const char *where)
{
	JsonbContainer **entries;
	int			n = paper_list(object, name, &entries);
	char	  **ids = palloc(sizeof(char *) * Max(n, 1));

	for (int i = 0; i < n; i++)
	{
		ids[i] = trimmed(field_text(entries[i], "id"));
		for (int k = 0; k < i; k++)
		{
			if (same(ids[i], ids[k]))
			{
				check_fails(run, psprintf("%s/%s/%d/id", where, name, i), "id \"%s\" is there twice", ids[i]);
				break;
			}
		}
	}
	return n > 0;
}

static bool
local_id_repeated(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	any |= ids_repeated(run, paper->location, "legs", "/properties/location");
	any |= ids_repeated(run, paper->location, "rows", "/properties/location");
	any |= ids_repeated(run, paper->location, "lanes", "/properties/location");
	any |= ids_repeated(run, paper->location, "items", "/properties/location");
	any |= ids_repeated(run, paper->properties, "lanes", "/properties");
	any |= ids_repeated(run, paper->properties, "items", "/properties");
	return any;
}

/* What an item is and where, as one text; NULL: it does not say where. */
static char *
item_text(JsonbContainer *item)
{
	JsonbValue	place;
	StringInfoData text;

	if (!field_get(item, "place", &place) || place.type == jbvNull)
		return NULL;
	initStringInfo(&text);
	for (int i = 0; i < 2; i++)
	{
		char	   *word = trimmed(field_text(item, i == 0 ? "kind" : "model"));

		appendStringInfo(&text, "%s\n", word ? word : "");
	}
	if (place.type == jbvBinary)
		canonical_jsonb(&text, place.val.binary.data);
	else
		appendStringInfoString(&text, value_text(&place) ? value_text(&place) : "");
	return text.data;
}

static bool
item_repeated(MfCheckRun *run, const MfPaper *paper)
{
	JsonbContainer **items;
	int			n = paper_list(paper->properties, "items", &items);
	char	  **texts = palloc(sizeof(char *) * Max(n, 1));

	for (int i = 0; i < n; i++)
	{
		texts[i] = item_text(items[i]);
		for (int k = 0; k < i; k++)
		{
			if (same(texts[i], texts[k]))
			{
				check_fails(run, psprintf("/properties/items/%d", i),
							"items %d and %d are one thing at one place", k + 1, i + 1);
				break;
			}
		}
	}
	return n > 0;
}

const MfCheck checks_of_points[] = {
	{"point_id_repeated", MF_HIGH, "two points of a record have the same id, blanks at its ends aside",
	"Legs and paths that name it can mean either: give the points different ids.", point_id_repeated, NULL},
	{"point_place_repeated", MF_MEDIUM, "two points of a record have the same coordinates",
	"Look for coordinates that were copied twice.", point_place_repeated, NULL},
	{"point_half_given", MF_HIGH, "a point has one of its two coordinates only",
	"Look for the other one on the paper, or on another copy.", point_half_given, NULL},
	{"reference_points_few", MF_MEDIUM, "fewer than two reference points have coordinates",
	"Nothing checks the only one: look for a second tie on another sheet or copy.", reference_points_few, NULL},
	{"leg_start_unknown", MF_HIGH, "a leg begins at a point that is not there, or does not say from where to where",
	"Compare the names of the points with the paper.", leg_start_unknown, NULL},
	{"path_point_unknown", MF_HIGH, "the perimeter or a row names a point that is not there",
	"Compare the names of the points with the paper.", path_point_unknown, NULL},
	{"leg_goes_nowhere", MF_HIGH, "a leg begins and ends at one point",
	"Compare the names of the points with the paper.", leg_goes_nowhere, NULL},
	{"leg_repeated", MF_LOW, "two legs lead from one point to another",
	"Measured twice they check each other; copied twice they do not.", leg_repeated, NULL},
	{"perimeter_point_repeated", MF_MEDIUM, "the perimeter comes to one point twice",
	"Compare the order of the corners with the paper.", perimeter_point_repeated, NULL},
	{"local_id_repeated", MF_MEDIUM, "two legs, rows, lanes or items of a record have the same id",
	"Look for an entry that was copied twice.", local_id_repeated, NULL},
	{"item_repeated", MF_MEDIUM, "one device is listed twice at one place",
	"Look for an entry that was copied twice.", item_repeated, NULL},
	{NULL, 0, NULL, NULL, NULL, NULL}
};
