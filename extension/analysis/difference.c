/*
 * difference.c - what two documents say differently, member by member
 *
 * Absent and null are one here: not stated.  Numbers, counts and dates are
 * compared as intervals, and contradict each other where the intervals do not
 * meet; names of models by what they mean.  Words that differ are a change and
 * no contradiction: nobody can say whether they mean the same.
 */
#include "mf_reconcile.h"

#include "utils/fmgrprotos.h"

const char *const mf_change_names[] = {"added", "missing", "changed", "contradicting"};

typedef struct Comparison
{
	MfLikenessFinder *finder;
	mf_difference_taker take;
	void	   *arg;
	StringInfoData path;
} Comparison;

static void compare_values(Comparison *c, const char *name, const JsonbValue *a,
						   const JsonbValue *b);

/* ---- rows ---- */

static Jsonb *
value_jsonb(const JsonbValue *value)
{
	if (value->type == jbvBinary)
		return container_jsonb(value->val.binary.data);
	return JsonbValueToJsonb((JsonbValue *) value);
}

static void
put(Comparison *c, MfChange change, const JsonbValue *a, const JsonbValue *b)
{
	c->take(c->path.data, change, a ? value_jsonb(a) : NULL, b ? value_jsonb(b) : NULL, c->arg);
}

/* Go down to a member or element; returns where to come back to. */
static int
enter(Comparison *c, const char *name, Size len)
{
	int			before = c->path.len;

	appendStringInfoCharMacro(&c->path, '/');
	for (Size i = 0; i < len; i++)
	{
		if (name[i] == '~')
			appendStringInfoString(&c->path, "~0");
		else if (name[i] == '/')
			appendStringInfoString(&c->path, "~1");
		else
			appendStringInfoCharMacro(&c->path, name[i]);
	}
	return before;
}

static void
leave(Comparison *c, int before)
{
	c->path.len = before;
	c->path.data[before] = '\0';
}

/* ---- leaves ---- */

static bool
is_named(const char *name, const char *const *names, int n)
{
	for (int i = 0; i < n; i++)
	{
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	return false;
}

static bool
is_quantity(const JsonbValue *value)
{
	static const char *const names[] = {"value", "min", "max", "as_written"};

	if (value->type == jbvNumeric)
		return true;
	if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
		return false;
	for (int i = 0; i < lengthof(names); i++)
	{
		JsonbValue	member;

		if (field_get(value->val.binary.data, names[i], &member))
			return true;
	}
	return false;
}

/* Intervals that do not meet; an open side meets everything beyond. */
static bool
quantities_apart(const JsonbValue *a, const JsonbValue *b)
{
	MfQuantity	x,
				y;

	if (!value_quantity(a, &x) || !value_quantity(b, &y))
		return false;
	return (x.has_max && y.has_min && x.max < y.min) ||
		(y.has_max && x.has_min && y.max < x.min);
}

static bool
dates_apart(const JsonbValue *a, const JsonbValue *b)
{
	MfDateSpan	x,
				y;
	int32		x_from,
				x_to,
				y_from,
				y_to;

	if (!date_read(a->val.string.val, a->val.string.len, &x) ||
		!date_read(b->val.string.val, b->val.string.len, &y))
		return false;
	date_days(&x, &x_from, &x_to);
	date_days(&y, &y_from, &y_to);
	return x_from > y_to || y_from > x_to;
}

/* Two names of models that each mean one, and not the same. */
static bool
models_apart(Comparison *c, const JsonbValue *a, const JsonbValue *b)
{
	char	   *x = value_text(a);
	char	   *y = value_text(b);
	const MfMineModel *mx,
			   *my;

	return models_find(c->finder->models, x, &mx, 1) == 1 &&
		models_find(c->finder->models, y, &my, 1) == 1 && strcmp(mx->model, my->model) != 0;
}

static bool
strings_apart(Comparison *c, const char *name, const JsonbValue *a, const JsonbValue *b)
{
	static const char *const dates[] = {"laid", "recorded", "date", "declination_date"};

	if (is_named(name, dates, lengthof(dates)))
		return dates_apart(a, b);
	if (strcmp(name, "model") == 0)
		return models_apart(c, a, b);
	return false;
}

/* What tells copies apart cannot contradict. */
static bool
is_label(const char *name)
{
	static const char *const labels[] = {"copy", "id", "number", "part", "part_of"};

	return is_named(name, labels, lengthof(labels));
}

static void
compare_leaves(Comparison *c, const char *name, const JsonbValue *a, const JsonbValue *b)
{
	bool		apart = false;

	if (is_label(name))
		apart = false;
	else if (is_quantity(a) && is_quantity(b))
		apart = quantities_apart(a, b);
	else if (a->type == jbvBool && b->type == jbvBool)
		apart = true;
	else if (a->type == jbvString && b->type == jbvString)
		apart = strings_apart(c, name, a, b);
	put(c, apart ? MF_CONTRADICTING : MF_CHANGED, a, b);
}

/* ---- objects ---- */

static bool
is_stated(const JsonbValue *value)
{
	return value != NULL && value->type != jbvNull;
}

static JsonbValue *
member_of(JsonbContainer *object, const JsonbValue *key)
{
	return getKeyJsonValueFromContainer(object, key->val.string.val, key->val.string.len, NULL);
}

/* The members of one; when they are the second's, only those that the first lacks. */
static void
compare_members(Comparison *c, JsonbContainer *of, JsonbContainer *other, bool second)
{
	JsonbIterator *it = JsonbIteratorInit(of);
	JsonbValue	key = {0};
	JsonbValue	value;
	JsonbIteratorToken token;

	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		JsonbValue *found;
		char	   *name;
		int			before;

		if (token == WJB_KEY)
			key = value;
		if (token != WJB_VALUE)
			continue;
		/* what software derived is not what the paper says */
		if (key.val.string.len == 7 && memcmp(key.val.string.val, "derived", 7) == 0 &&
			strcmp(c->path.data, "/properties") == 0)
			continue;
		found = member_of(other, &key);
		/* the first time round told of it */
		if (second && found != NULL)
			continue;
		name = pnstrdup(key.val.string.val, key.val.string.len);
		before = enter(c, name, key.val.string.len);
		if (second)
			compare_values(c, name, found, &value);
		else
			compare_values(c, name, &value, found);
		leave(c, before);
	}
}

/* ---- lists ---- */

/* What tells the objects of a list apart; NULL: nothing does. */
typedef char *(*element_namer) (Comparison *c, JsonbContainer *element);

static char *
name_by_id(Comparison *c, JsonbContainer *element)
{
	return field_text(element, "id");
}

static char *
name_by_model(Comparison *c, JsonbContainer *element)
{
	char	   *model = field_text(element, "model");

	return model ? model_meaning(model, c->finder) : NULL;
}

static char *
name_by_ends(Comparison *c, JsonbContainer *element)
{
	char	   *from = field_text(element, "from");
	char	   *to = field_text(element, "to");

	return from && to ? psprintf("%s\n%s", from, to) : NULL;
}

static char *
name_by_role(Comparison *c, JsonbContainer *element)
{
	return field_text(element, "role");
}

/* The objects of a list; false: it has other elements, too. */
static bool
list_objects(JsonbContainer *list, JsonbContainer ***objects, int *n)
{
	*n = JsonContainerSize(list);
	*objects = palloc(sizeof(JsonbContainer *) * Max(*n, 1));
	for (int i = 0; i < *n; i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(list, i);

		if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
			return false;
		(*objects)[i] = value->val.binary.data;
	}
	return true;
}

#define MAX_MATCHED 1000		/* longer lists are compared by position */

/* All have names, and none twice? */
static bool
name_elements(Comparison *c, JsonbContainer **objects, int n, element_namer namer, char **names)
{
	for (int i = 0; i < n; i++)
	{
		names[i] = namer(c, objects[i]);
		if (names[i] == NULL)
			return false;
		for (int k = 0; k < i; k++)
		{
			if (strcmp(names[i], names[k]) == 0)
				return false;
		}
	}
	return true;
}

static void
compare_element(Comparison *c, int n, JsonbContainer *a, JsonbContainer *b)
{
	char		place[16];
	int			before = enter(c, place, snprintf(place, sizeof(place), "%d", n));
	JsonbValue	x = {.type = jbvBinary, .val.binary.data = a};
	JsonbValue	y = {.type = jbvBinary, .val.binary.data = b};

	compare_values(c, place, a ? &x : NULL, b ? &y : NULL);
	leave(c, before);
}

static int
find_name(char *const *names, int n, const char *name)
{
	for (int i = 0; i < n; i++)
	{
		if (strcmp(names[i], name) == 0)
			return i;
	}
	return -1;
}

/* Lists of objects that can be told apart; false: these are not such. */
static bool
compare_named(Comparison *c, JsonbContainer *a, JsonbContainer *b)
{
	static const element_namer namers[] = {name_by_id, name_by_model, name_by_ends, name_by_role};
	JsonbContainer **as,
			  **bs;
	int			na,
				nb;

	if (JsonContainerSize(a) > MAX_MATCHED || JsonContainerSize(b) > MAX_MATCHED ||
		!list_objects(a, &as, &na) || !list_objects(b, &bs, &nb))
		return false;
	for (int k = 0; k < lengthof(namers); k++)
	{
		char	  **a_names = palloc(sizeof(char *) * Max(na, 1));
		char	  **b_names = palloc(sizeof(char *) * Max(nb, 1));

		if (!name_elements(c, as, na, namers[k], a_names) ||
			!name_elements(c, bs, nb, namers[k], b_names))
			continue;
		for (int i = 0; i < na; i++)
		{
			int			other = find_name(b_names, nb, a_names[i]);

			compare_element(c, i, as[i], other < 0 ? NULL : bs[other]);
		}
		for (int i = 0; i < nb; i++)
		{
			if (find_name(a_names, na, b_names[i]) < 0)
				compare_element(c, i, NULL, bs[i]);
		}
		return true;
	}
	return false;
}

static void
compare_lists(Comparison *c, const JsonbValue *a, const JsonbValue *b)
{
	JsonbContainer *x = a->val.binary.data;
	JsonbContainer *y = b->val.binary.data;
	JsonbContainer **objects;
	int			nx,
				ny;

	if (compare_named(c, x, y))
		return;
	/* lists of plain values are one value, such as the sheets */
	if (!list_objects(x, &objects, &nx) && !list_objects(y, &objects, &ny))
	{
		put(c, MF_CHANGED, a, b);
		return;
	}
	nx = JsonContainerSize(x);
	ny = JsonContainerSize(y);
	for (int i = 0; i < Max(nx, ny); i++)
	{
		char		place[16];
		int			before = enter(c, place, snprintf(place, sizeof(place), "%d", i));

		compare_values(c, place, i < nx ? getIthJsonbValueFromContainer(x, i) : NULL,
					   i < ny ? getIthJsonbValueFromContainer(y, i) : NULL);
		leave(c, before);
	}
}

/* ---- values ---- */

static bool
same_values(const JsonbValue *a, const JsonbValue *b)
{
	if (a->type != b->type)
		return false;
	if (a->type == jbvBinary)
		return compareJsonbContainers(a->val.binary.data, b->val.binary.data) == 0;
	return compareJsonbContainers(&value_jsonb(a)->root, &value_jsonb(b)->root) == 0;
}

static bool
is_container(const JsonbValue *value, bool object)
{
	return value->type == jbvBinary &&
		(bool) JsonContainerIsObject(value->val.binary.data) == object;
}

/* NULL: the member or element is absent. */
static void
compare_values(Comparison *c, const char *name, const JsonbValue *a, const JsonbValue *b)
{
	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (!is_stated(a) && !is_stated(b))
		return;
	if (!is_stated(a))
		put(c, MF_ADDED, NULL, b);
	else if (!is_stated(b))
		put(c, MF_MISSING, a, NULL);
	else if (same_values(a, b))
		return;
	else if (is_quantity(a) && is_quantity(b))
		compare_leaves(c, name, a, b);
	else if (is_container(a, true) && is_container(b, true))
	{
		compare_members(c, a->val.binary.data, b->val.binary.data, false);
		compare_members(c, b->val.binary.data, a->val.binary.data, true);
	}
	else if (is_container(a, false) && is_container(b, false))
		compare_lists(c, a, b);
	else
		compare_leaves(c, name, a, b);
}

void
containers_compare(const char *path, JsonbContainer *a, JsonbContainer *b,
				   MfLikenessFinder *finder, mf_difference_taker take, void *arg)
{
	Comparison	c = {.finder = finder, .take = take, .arg = arg};
	JsonbValue	x = {.type = jbvBinary, .val.binary.data = a};
	JsonbValue	y = {.type = jbvBinary, .val.binary.data = b};

	initStringInfo(&c.path);
	appendStringInfoString(&c.path, path);
	compare_values(&c, "", &x, &y);
}

/* ---- records ---- */

static bool
same_extents(const Minefield *a, const Minefield *b)
{
	MfExtent	x,
				y;

	minefield_extent(a, &x);
	minefield_extent(b, &y);
	return x.nparts == y.nparts && x.nrings == y.nrings && x.npoints == y.npoints &&
		(x.nparts == 0 ||
		 (x.kind == y.kind &&
		  memcmp(x.part_rings, y.part_rings, sizeof(uint32) * x.nparts) == 0 &&
		  memcmp(x.ring_points, y.ring_points, sizeof(uint32) * x.nrings) == 0 &&
		  memcmp(x.xy, y.xy, sizeof(double) * 2 * x.npoints) == 0));
}

/* The geometry as GeoJSON; NULL: not located. */
static Jsonb *
geometry_jsonb(const Minefield *mf)
{
	StringInfoData text;
	Jsonb	   *whole;

	if (!MF_IS_LOCATED(mf))
		return NULL;
	initStringInfo(&text);
	canonical_minefield(&text, mf);
	whole = DatumGetJsonbP(DirectFunctionCall1(jsonb_in, CStringGetDatum(text.data)));
	return container_jsonb(field_container(&whole->root, "geometry"));
}

void
records_compare(const Minefield *a, const Minefield *b, MfLikenessFinder *finder,
				mf_difference_taker take, void *arg)
{
	containers_compare("", minefield_document(a), minefield_document(b), finder, take, arg);
	/* compared whole: a vertex has no name */
	if (!same_extents(a, b))
	{
		Jsonb	   *x = geometry_jsonb(a);
		Jsonb	   *y = geometry_jsonb(b);

		take("/geometry", x == NULL ? MF_ADDED : y == NULL ? MF_MISSING : MF_CHANGED, x, y, arg);
	}
}
