/*
 * paper.c - a record as checks read it
 *
 * Looks every member up once, so that many checks cost little more than one.
 */
#include "mf_checks.h"

#include "parser/scansup.h"

char *
trimmed(const char *text)
{
	Size		len;

	if (text == NULL)
		return NULL;
	len = strlen(text);
	while (len > 0 && scanner_isspace(text[0]))
	{
		text++;
		len--;
	}
	while (len > 0 && scanner_isspace(text[len - 1]))
		len--;
	return len == 0 ? NULL : pnstrdup(text, len);
}

int
paper_list(JsonbContainer *object, const char *name, JsonbContainer ***entries)
{
	JsonbContainer *list = field_container(object, name);
	int			n;

	*entries = NULL;
	if (list == NULL || !JsonContainerIsArray(list))
		return -1;
	n = JsonContainerSize(list);
	if (n > MF_MOST_LISTED)
		return -1;
	*entries = palloc0(sizeof(JsonbContainer *) * Max(n, 1));
	for (int i = 0; i < n; i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(list, i);

		if (value->type == jbvBinary && JsonContainerIsObject(value->val.binary.data))
			(*entries)[i] = value->val.binary.data;
	}
	return n;
}

double
paper_number(JsonbContainer *object, const char *name)
{
	MfQuantity	q;

	return field_quantity(object, name, &q) && q.has_value ? q.value : NAN;
}

bool
paper_one_model(const MfPaperMine *a, const MfPaperMine *b)
{
	if (a->known != NULL && a->known == b->known)
		return true;
	return a->model != NULL && b->model != NULL && strcmp(a->model, b->model) == 0;
}

int
paper_epsg(const char *crs)
{
	/* longer ones are no code of EPSG, and would not fit an int */
	if (crs == NULL || strncmp(crs, "EPSG:", 5) != 0 || strlen(crs) > 12)
		return 0;
	return atoi(crs + 5);
}

bool
paper_date(JsonbContainer *object, const char *name, MfDateSpan *span,
		   bool *readable, char **written)
{
	JsonbValue	value;

	if (!field_get(object, name, &value) || value.type != jbvString)
		return false;
	*readable = date_read(value.val.string.val, value.val.string.len, span);
	*written = pnstrdup(value.val.string.val, value.val.string.len);
	return true;
}

int
paper_mines(JsonbContainer *list, const MfModelList *models, MfPaperMine **mines)
{
	int			n;

	*mines = NULL;
	if (list == NULL || !JsonContainerIsArray(list))
		return -1;
	n = JsonContainerSize(list);
	if (n > MF_MOST_LISTED)
		return -1;
	*mines = palloc0(sizeof(MfPaperMine) * Max(n, 1));
	for (int i = 0; i < n; i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(list, i);
		MfPaperMine *mine = &(*mines)[i];

		if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
			continue;
		mine->entry = value->val.binary.data;
		mine->model = trimmed(field_text(mine->entry, "model"));
		(void) field_count(mine->entry, "count", &mine->count);
		if (mine->model != NULL)
			mine->nknown = models_find(models, mine->model, &mine->known, 1);
		if (mine->nknown != 1)
			mine->known = NULL;
	}
	return n;
}

/* A member's number; false: unknown, or an interval. */
static bool
read_number(JsonbContainer *object, const char *name, double *number)
{
	MfQuantity	q;

	if (!field_quantity(object, name, &q) || !q.has_value)
		return false;
	*number = q.value;
	return true;
}

static const char *
own_or(JsonbContainer *object, const char *name, const char *otherwise)
{
	const char *own = trimmed(field_text(object, name));

	return own != NULL ? own : otherwise;
}

static void
read_points(MfPaper *paper)
{
	JsonbContainer **entries;

	paper->npoints = paper_list(paper->location, "points", &entries);
	paper->points = palloc0(sizeof(MfPaperPoint) * Max(paper->npoints, 1));
	for (int i = 0; i < paper->npoints; i++)
	{
		MfPaperPoint *point = &paper->points[i];

		point->entry = entries[i];
		point->id = trimmed(field_text(entries[i], "id"));
		point->role = trimmed(field_text(entries[i], "role"));
		point->has_northing = read_number(entries[i], "northing", &point->northing);
		point->has_easting = read_number(entries[i], "easting", &point->easting);
		point->has_lon = read_number(entries[i], "lon", &point->lon);
		point->has_lat = read_number(entries[i], "lat", &point->lat);
		point->mgrs = trimmed(field_text(entries[i], "mgrs"));
		point->crs = own_or(entries[i], "crs", paper->crs);
	}
}

static void
read_legs(MfPaper *paper)
{
	const char *north = trimmed(field_text(paper->location, "north"));
	const char *angle_unit = trimmed(field_text(paper->location, "angle_unit"));
	const char *distance_unit = trimmed(field_text(paper->location, "distance_unit"));
	JsonbContainer **entries;

	paper->nlegs = paper_list(paper->location, "legs", &entries);
	paper->legs = palloc0(sizeof(MfPaperLeg) * Max(paper->nlegs, 1));
	for (int i = 0; i < paper->nlegs; i++)
	{
		MfPaperLeg *leg = &paper->legs[i];

		leg->entry = entries[i];
		leg->from = trimmed(field_text(entries[i], "from"));
		leg->to = trimmed(field_text(entries[i], "to"));
		leg->has_distance = read_number(entries[i], "distance", &leg->distance);
		leg->north = own_or(entries[i], "north", north);
		leg->angle_unit = own_or(entries[i], "angle_unit", angle_unit);
		leg->distance_unit = own_or(entries[i], "distance_unit", distance_unit);
	}
}

static int
read_path(JsonbContainer *object, const char *name, char ***path)
{
	JsonbContainer *list = field_container(object, name);
	int			n;

	*path = NULL;
	if (list == NULL || !JsonContainerIsArray(list))
		return -1;
	n = JsonContainerSize(list);
	if (n > MF_MOST_LISTED)
		return -1;
	*path = palloc(sizeof(char *) * Max(n, 1));
	for (int i = 0; i < n; i++)
		(*path)[i] = trimmed(value_text(getIthJsonbValueFromContainer(list, i)));
	return n;
}

static void
read_rows(MfPaper *paper, const MfModelList *models)
{
	JsonbContainer **entries;

	paper->nrows = paper_list(paper->location, "rows", &entries);
	paper->rows = palloc0(sizeof(MfPaperRow) * Max(paper->nrows, 1));
	for (int i = 0; i < paper->nrows; i++)
	{
		MfPaperRow *row = &paper->rows[i];

		row->entry = entries[i];
		row->id = trimmed(field_text(entries[i], "id"));
		row->npath = read_path(entries[i], "path", &row->path);
		row->nmines = paper_mines(field_container(entries[i], "mines"), models, &row->mines);
	}
}

void
paper_read(MfPaper *paper, const Minefield *record, const MfModelList *models)
{
	memset(paper, 0, sizeof(*paper));
	paper->record = record;
	minefield_extent(record, &paper->extent);
	paper->properties = minefield_properties(record);
	paper->location = field_container(paper->properties, "location");
	paper->crs = trimmed(field_text(paper->location, "crs"));
	paper->nmines = paper_mines(field_container(paper->properties, "mines"), models, &paper->mines);
	read_points(paper);
	read_legs(paper);
	read_rows(paper, models);
	paper->nperimeter = read_path(paper->location, "perimeter", &paper->perimeter);
}

/* ---- what several checks ask ---- */

static bool
same_text(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* Metres of the leg between two points, whichever way it was measured. */
static double
leg_m(const MfPaper *paper, const char *a, const char *b)
{
	CHECK_FOR_INTERRUPTS();
	for (int i = 0; i < paper->nlegs; i++)
	{
		const MfPaperLeg *leg = &paper->legs[i];

		if (leg->has_distance && same_text(leg->distance_unit, "m") &&
			((same_text(leg->from, a) && same_text(leg->to, b)) ||
			 (same_text(leg->from, b) && same_text(leg->to, a))))
			return leg->distance;
	}
	return NAN;
}

double
paper_path_m(const MfPaper *paper, char *const *path, int n)
{
	double		length = 0;

	if (n < 2)
		return NAN;
	for (int i = 0; i + 1 < n; i++)
		length += leg_m(paper, path[i], path[i + 1]);
	return length;
}

bool
has_word(const char *text, const char *const *words, int n)
{
	for (int i = 0; text != NULL && i < n; i++)
	{
		if (pg_strcasecmp(text, words[i]) == 0)
			return true;
	}
	return false;
}

bool
is_landmark(const char *role)
{
	static const char *const roles[] = {"landmark", "benchmark", "reference", "reference point", "ориентир"};

	return has_word(role, roles, lengthof(roles));
}

/* ---- intervals ---- */

void
bounds_of(MfBounds *bounds, const MfQuantity *q)
{
	bounds->min = q->has_min ? q->min : -INFINITY;
	bounds->max = q->has_max ? q->max : INFINITY;
}

bool
bounds_known(const MfBounds *bounds)
{
	return isfinite(bounds->min) || isfinite(bounds->max);
}

bool
bounds_apart(const MfBounds *a, const MfBounds *b, double share, double slack)
{
	double		room = slack;

	if (isfinite(a->min))
		room = Max(room, share * fabs(a->min));
	if (isfinite(b->min))
		room = Max(room, share * fabs(b->min));
	return a->min > b->max + room || b->min > a->max + room;
}

static const char *
number_text(double number)
{
	StringInfoData text;

	if (!isfinite(number))
		return "?";
	initStringInfo(&text);
	canonical_number(&text, round(number * 1000.0) / 1000.0);
	return text.data;
}

const char *
bounds_text(const MfBounds *bounds)
{
	if (bounds->min == bounds->max)
		return number_text(bounds->min);
	if (!isfinite(bounds->max))
		return psprintf("at least %s", number_text(bounds->min));
	if (!isfinite(bounds->min))
		return psprintf("at most %s", number_text(bounds->max));
	return psprintf("%s to %s", number_text(bounds->min), number_text(bounds->max));
}

void
bounds_of_mines(MfBounds *bounds, const MfPaperMine *mines, int n)
{
	bounds->min = n < 0 ? -INFINITY : 0;
	bounds->max = n < 0 ? INFINITY : 0;
	for (int i = 0; i < n; i++)
	{
		bounds->min += mines[i].count.has_min ? mines[i].count.min : 0;
		bounds->max += mines[i].count.has_max ? mines[i].count.max : INFINITY;
	}
}
