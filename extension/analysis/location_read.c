/*
 * location_read.c - the points and legs of a document
 *
 * Points are ordered by id and legs by their ends and figures, so that
 * nothing depends on the order in which the paper lists them.  A point that
 * only legs name is a point, too.
 */
#include "mf_locate.h"

bool
location_number(JsonbContainer *object, const char *name, double *value,
				double *half, bool *doubt)
{
	MfQuantity	q;

	*half = 0.0;
	*doubt = false;
	if (!field_quantity(object, name, &q))
		return false;
	if (q.has_value)
	{
		*value = q.value;
		if (q.has_min && q.has_max)
			*half = fmax(0.0, fmax(q.max - q.value, q.value - q.min));
		else
			*doubt = true;
	}
	else if (q.has_min && q.has_max)
	{
		*value = 0.5 * (q.min + q.max);
		*half = 0.5 * fabs(q.max - q.min);
	}
	else
		return false;
	return isfinite(*value);
}

/* ---- names of points ---- */

static int
compare_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static int
compare_points(const void *a, const void *b)
{
	const MfLocatedPoint *p = a;
	const MfLocatedPoint *q = b;
	int			order = strcmp(p->id, q->id);

	if (order != 0)
		return order;
	return p->n - q->n;
}

uint32
location_point(const MfLocation *location, const char *id)
{
	uint32		low = 0;
	uint32		high = location->chain.npoints;

	while (id != NULL && low < high)
	{
		uint32		middle = low + (high - low) / 2;
		int			order = strcmp(id, location->points[middle].id);

		if (order == 0)
			return middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return MF_NONE;
}

static JsonbContainer *
array_of(JsonbContainer *object, const char *name, uint32 *n)
{
	JsonbContainer *array = field_container(object, name);

	*n = 0;
	if (array == NULL || !JsonContainerIsArray(array))
		return NULL;
	*n = JsonContainerSize(array);
	return array;
}

static JsonbContainer *
object_at(JsonbContainer *array, uint32 i)
{
	JsonbValue *value = getIthJsonbValueFromContainer(array, i);

	return value->type == jbvBinary && JsonContainerIsObject(value->val.binary.data) ?
		value->val.binary.data : NULL;
}

static bool
has_coordinates(JsonbContainer *entry)
{
	static const char *const names[] = {"northing", "easting", "lon", "lat", "mgrs"};
	JsonbValue	value;

	for (int i = 0; i < lengthof(names); i++)
	{
		if (field_get(entry, names[i], &value) && value.type != jbvNull)
			return true;
	}
	return false;
}

/* ---- points ---- */

static void
add_point(MfLocation *location, const char *id, JsonbContainer *entry, int n)
{
	MfLocatedPoint *point = &location->points[location->chain.npoints++];

	memset(point, 0, sizeof(*point));
	point->id = id;
	point->entry = entry;
	point->n = n;
	point->operation_m = 0.0;
	if (entry != NULL)
	{
		point->role = field_text(entry, "role");
		point->written = has_coordinates(entry);
	}
}

/*
 * Of points with one id those with coordinates count; if two have them, and
 * they differ, nobody knows which is meant.
 */
static void
merge_points(MfLocation *location)
{
	uint32		n = 0;

	qsort(location->points, location->chain.npoints, sizeof(MfLocatedPoint), compare_points);
	for (uint32 i = 0; i < location->chain.npoints; i++)
	{
		MfLocatedPoint *point = &location->points[i];
		MfLocatedPoint *kept = n > 0 ? &location->points[n - 1] : NULL;

		if (kept == NULL || strcmp(kept->id, point->id) != 0)
			location->points[n++] = *point;
		else if (point->written && kept->written)
		{
			if (compareJsonbContainers(kept->entry, point->entry) != 0)
				kept->why = "id_twice";
		}
		else if (point->written || kept->n == 0)
		{
			if (point->role == NULL)
				point->role = kept->role;
			*kept = *point;
		}
	}
	location->chain.npoints = n;
}

static void
read_points(MfLocation *location, uint32 nlegs, const char **ends)
{
	uint32		n;
	JsonbContainer *array = array_of(location->location, "points", &n);

	if (n > MF_LOCATION_MOST)
	{
		location->too_large = true;
		n = 0;
	}
	location->points = palloc(sizeof(MfLocatedPoint) * (n + 2 * nlegs + 1));
	for (uint32 i = 0; i < n; i++)
	{
		JsonbContainer *entry = object_at(array, i);
		char	   *id = entry != NULL ? field_text(entry, "id") : NULL;

		if (entry == NULL)
			continue;
		/* no name: nothing can refer to it, but it may be all there is */
		add_point(location, id != NULL ? id : psprintf("#%u", i + 1), entry, i + 1);
	}
	qsort(ends, 2 * nlegs, sizeof(char *), compare_ids);
	for (uint32 i = 0; i < 2 * nlegs; i++)
	{
		if (ends[i][0] != '\0' && (i == 0 || strcmp(ends[i], ends[i - 1]) != 0))
			add_point(location, ends[i], NULL, 0);
	}
	merge_points(location);
}

/* ---- legs ---- */

static void
read_leg(MfLocation *location, JsonbContainer *entry, int n,
		 const char *from, const char *to)
{
	uint32		i = location->chain.nlegs;
	MfChainLeg *leg = &location->chain.legs[i];

	memset(leg, 0, sizeof(*leg));
	memset(&location->legs[i], 0, sizeof(MfLocatedLeg));
	leg->from = location_point(location, from);
	leg->to = location_point(location, to);
	if (leg->from == MF_NONE || leg->to == MF_NONE || leg->from == leg->to)
		return;
	leg->turn = leg->stretch = -1;
	location->legs[i].n = n;
	location->legs[i].entry = entry;
	location->chain.nlegs++;
}

static void
read_legs(MfLocation *location)
{
	uint32		n;
	JsonbContainer *array = array_of(location->location, "legs", &n);
	const char **ends;
	const char **sorted;

	if (n > MF_LOCATION_MOST)
	{
		location->too_large = true;
		n = 0;
	}
	ends = palloc(sizeof(char *) * (2 * n + 1));
	sorted = palloc(sizeof(char *) * (2 * n + 1));
	for (uint32 i = 0; i < n; i++)
	{
		JsonbContainer *entry = object_at(array, i);
		char	   *from = entry != NULL ? field_text(entry, "from") : NULL;
		char	   *to = entry != NULL ? field_text(entry, "to") : NULL;

		ends[2 * i] = from != NULL ? from : "";
		ends[2 * i + 1] = to != NULL ? to : "";
	}
	memcpy(sorted, ends, sizeof(char *) * 2 * n);
	read_points(location, n, sorted);
	/* an azimuth taken both ways makes two measurements of a leg */
	location->chain.legs = palloc(sizeof(MfChainLeg) * (2 * n + 1));
	location->legs = palloc(sizeof(MfLocatedLeg) * (2 * n + 1));
	for (uint32 i = 0; i < n; i++)
		read_leg(location, object_at(array, i), i + 1, ends[2 * i], ends[2 * i + 1]);
}

void
location_read(MfLocation *location, const Minefield *record,
			  const MfLocateOptions *options)
{
	memset(location, 0, sizeof(*location));
	location->record = record;
	location->options = options;
	location->properties = minefield_properties(record);
	location->location = field_container(location->properties, "location");
	location->convergence_deg = location->declination_deg = NAN;
	if (location->location != NULL && !JsonContainerIsObject(location->location))
		location->location = NULL;
	measuring_read(location);
	read_legs(location);
	if (location->chain.npoints > MF_LOCATION_MOST)
	{
		location->too_large = true;
		location->chain.npoints = location->chain.nlegs = 0;
	}
	location->chain.plane = &location->plane;
	location->chain.points = palloc0(sizeof(MfChainPoint) * (location->chain.npoints + 1));
	location->chain.networks = palloc0(sizeof(MfChainNetwork) * (location->chain.npoints + 1));
	location->network_unknown = palloc0(location->chain.npoints + 1);
}
