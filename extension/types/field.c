/*
 * field.c - reading members of a document
 *
 * Absent, null and of the wrong shape are one answer here: unknown.
 */
#include "mf_types.h"

#include "utils/numeric.h"

bool
field_get(JsonbContainer *object, const char *name, JsonbValue *value)
{
	if (object == NULL || !JsonContainerIsObject(object))
		return false;
	return getKeyJsonValueFromContainer(object, name, strlen(name), value) != NULL;
}

JsonbContainer *
field_container(JsonbContainer *object, const char *name)
{
	JsonbValue	value;

	if (!field_get(object, name, &value) || value.type != jbvBinary)
		return NULL;
	return value.val.binary.data;
}

Jsonb *
container_jsonb(JsonbContainer *container)
{
	JsonbIterator *it = JsonbIteratorInit(container);
	JsonbParseState *state = NULL;
	JsonbValue *result = NULL;
	JsonbValue	v;
	JsonbIteratorToken token;

	while ((token = JsonbIteratorNext(&it, &v, false)) != WJB_DONE)
	{
		bool		has_value = token == WJB_KEY || token == WJB_VALUE || token == WJB_ELEM;

		result = pushJsonbValue(&state, token, has_value ? &v : NULL);
	}
	return JsonbValueToJsonb(result);
}

JsonbContainer *
minefield_properties(const Minefield *mf)
{
	JsonbContainer *properties = field_container(minefield_document(mf), "properties");

	return properties != NULL && JsonContainerIsObject(properties) ? properties : NULL;
}

static double
numeric_double(Numeric numeric)
{
	return DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow,
											  NumericGetDatum(numeric)));
}

char *
value_text(const JsonbValue *value)
{
	StringInfoData out;

	if (value->type == jbvString)
		return pnstrdup(value->val.string.val, value->val.string.len);
	if (value->type != jbvNumeric)
		return NULL;
	initStringInfo(&out);
	canonical_number(&out, numeric_double(value->val.numeric));
	return out.data;
}

char *
field_text(JsonbContainer *object, const char *name)
{
	JsonbValue	value;

	return field_get(object, name, &value) ? value_text(&value) : NULL;
}

char *
minefield_id(const Minefield *mf)
{
	return field_text(minefield_document(mf), "id");
}

/* A plain number inside a quantity object. */
static bool
plain_number(JsonbContainer *object, const char *name, double *number)
{
	JsonbValue	value;

	if (!field_get(object, name, &value) || value.type != jbvNumeric)
		return false;
	*number = numeric_double(value.val.numeric);
	return true;
}

/* Does the paper itself doubt the number: half legible, or marked as rough? */
static bool
in_doubt(JsonbContainer *quantity)
{
	static const char *const marks[] = {"~", "?", "\xE2\x89\x88", "\xC2\xB1"};	/* and ≈, ± */
	JsonbValue	legible;
	char	   *written;

	if (field_get(quantity, "legible", &legible) && legible.type == jbvBool &&
		!legible.val.boolean)
		return true;
	written = field_text(quantity, "as_written");
	for (int i = 0; written != NULL && i < lengthof(marks); i++)
	{
		if (strstr(written, marks[i]) != NULL)
			return true;
	}
	return false;
}

bool
value_quantity(const JsonbValue *value, MfQuantity *q)
{
	memset(q, 0, sizeof(*q));
	if (value->type == jbvNumeric)
	{
		q->value = q->min = q->max = numeric_double(value->val.numeric);
		q->has_value = q->has_min = q->has_max = true;
		return true;
	}
	if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
		return false;
	q->has_value = plain_number(value->val.binary.data, "value", &q->value);
	q->has_min = plain_number(value->val.binary.data, "min", &q->min);
	q->has_max = plain_number(value->val.binary.data, "max", &q->max);
	/* a value without bounds is exact, unless the paper doubts it */
	if (q->has_value && !(q->has_min && q->has_max) && !in_doubt(value->val.binary.data))
	{
		if (!q->has_min)
			q->min = q->value;
		if (!q->has_max)
			q->max = q->value;
		q->has_min = q->has_max = true;
	}
	return true;
}

bool
field_quantity(JsonbContainer *object, const char *name, MfQuantity *quantity)
{
	JsonbValue	value;

	return field_get(object, name, &value) && value_quantity(&value, quantity);
}

/* Above 2^53 a double no longer tells whole numbers apart. */
static bool
is_count(double number)
{
	return number >= 0 && number < 9007199254740992.0 && number == floor(number);
}

bool
field_count(JsonbContainer *object, const char *name, MfQuantity *q)
{
	if (!field_quantity(object, name, q))
	{
		memset(q, 0, sizeof(*q));
		return false;
	}
	q->has_value = q->has_value && is_count(q->value);
	q->has_min = q->has_min && is_count(q->min);
	q->has_max = q->has_max && is_count(q->max);
	/* bounds that contradict each other or the value bound nothing */
	if ((q->has_min && q->has_max && q->min > q->max) ||
		(q->has_value && ((q->has_min && q->value < q->min) ||
						  (q->has_max && q->value > q->max))))
		q->has_value = q->has_min = q->has_max = false;
	/* a number in doubt that nothing bounds on both sides is not known */
	q->has_value = q->has_value && q->has_min && q->has_max;
	return true;
}

int
minefield_mines(const Minefield *mf, MfMineEntry **entries)
{
	JsonbContainer *mines = field_container(minefield_properties(mf), "mines");
	uint32		n;

	*entries = NULL;
	if (mines == NULL || !JsonContainerIsArray(mines))
		return -1;
	n = JsonContainerSize(mines);
	if (n == 0)
		return 0;
	*entries = palloc0(sizeof(MfMineEntry) * n);
	for (uint32 i = 0; i < n; i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(mines, i);

		if (value->type == jbvBinary)
		{
			(*entries)[i].entry = value->val.binary.data;
			(*entries)[i].model = field_text(value->val.binary.data, "model");
			(void) field_count(value->val.binary.data, "count", &(*entries)[i].count);
		}
		pfree(value);
	}
	return n;
}

double
minefield_width_m(const Minefield *mf)
{
	JsonbContainer *properties = minefield_properties(mf);
	MfQuantity	depth;

	if (properties == NULL || !field_quantity(properties, "field_depth_m", &depth) ||
		!depth.has_value || depth.value <= 0)
		return NAN;
	return depth.value;
}

/* As derived, else as stated for the whole record. */
double
minefield_accuracy_m(const Minefield *mf)
{
	JsonbContainer *properties = minefield_properties(mf);
	JsonbContainer *derived;
	MfQuantity	accuracy;

	if (properties == NULL)
		return NAN;
	derived = field_container(properties, "derived");
	if (derived != NULL && field_quantity(derived, "accuracy95_m", &accuracy) &&
		accuracy.has_max && accuracy.max >= 0)
		return accuracy.max;
	if (field_quantity(properties, "accuracy95_m", &accuracy) &&
		accuracy.has_max && accuracy.max >= 0)
		return accuracy.max;
	return NAN;
}
