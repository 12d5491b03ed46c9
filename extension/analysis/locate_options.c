/*
 * locate_options.c - what a caller adds to the paper
 *
 * Assumptions stand in for what the paper does not say, and are recorded;
 * operation, declination and landmarks replace what it says; errors replace
 * figures of the error table.  mf_locate_options() builds the jsonb that
 * mf_locate() and its like take.
 */
#include "mf_locate.h"

#include "utils/numeric.h"

typedef enum OptionKind
{
	OPTION_TEXT,
	OPTION_NORTH,
	OPTION_ANGLE_UNIT,
	OPTION_DISTANCE_UNIT,
	OPTION_CODE,
	OPTION_DEGREES,
	OPTION_OBJECT,
	OPTION_BOOLEAN
} OptionKind;

/* In the order of mf_locate_options()'s arguments. */
static const struct
{
	const char *name;
	OptionKind	kind;
	size_t		offset;
}			rules[] = {
	{"assume_north", OPTION_NORTH, offsetof(MfLocateOptions, assume_north)},
	{"assume_declination_deg", OPTION_DEGREES, offsetof(MfLocateOptions, assume_declination_deg)},
	{"assume_angle_unit", OPTION_ANGLE_UNIT, offsetof(MfLocateOptions, assume_angle_unit)},
	{"assume_distance_unit", OPTION_DISTANCE_UNIT, offsetof(MfLocateOptions, assume_distance_unit)},
	{"assume_crs", OPTION_CODE, offsetof(MfLocateOptions, assume_crs)},
	{"assume_operation", OPTION_CODE, offsetof(MfLocateOptions, assume_operation)},
	{"country", OPTION_TEXT, offsetof(MfLocateOptions, country)},
	{"operation", OPTION_CODE, offsetof(MfLocateOptions, operation)},
	{"declination_deg", OPTION_DEGREES, offsetof(MfLocateOptions, declination_deg)},
	{"landmarks", OPTION_OBJECT, 0},
	{"errors", OPTION_OBJECT, 0},
	{"replace", OPTION_BOOLEAN, offsetof(MfLocateOptions, replace)}
};

#define NRULES ((int) lengthof(rules))

static void wrong(const char *name, const char *hint) pg_attribute_noreturn();

static void
wrong(const char *name, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("wrong value of option \"%s\"", name),
			 errhint("%s", hint)));
}

static double
number_of(const JsonbValue *value)
{
	return DatumGetFloat8(DirectFunctionCall1(numeric_float8, NumericGetDatum(value->val.numeric)));
}

/* ---- landmarks and errors ---- */

/* {id: {"lon": .., "lat": .., "accuracy95_m": ..}} */
static void
read_landmarks(MfLocateOptions *options, JsonbContainer *object)
{
	static const char *const hint =
		"Landmarks are an object {\"id\": {\"lon\": 50.3, \"lat\": 41.2, \"accuracy95_m\": 5}}, in WGS 84 degrees.";
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue	value;

	if (!JsonContainerIsObject(object))
		wrong("landmarks", hint);
	it = JsonbIteratorInit(object);
	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		MfQuantity	lon,
					lat;

		if (token != WJB_VALUE)
			continue;
		if (value.type != jbvBinary ||
			!field_quantity(value.val.binary.data, "lon", &lon) || !lon.has_value ||
			!field_quantity(value.val.binary.data, "lat", &lat) || !lat.has_value ||
			!(fabs(lon.value) <= 180.0) || !(fabs(lat.value) <= 90.0))
			wrong("landmarks", hint);
	}
	options->landmarks = object;
}

static void
read_errors(MfLocateOptions *options, JsonbContainer *object)
{
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue	value;
	int			item = 0;

	if (!JsonContainerIsObject(object))
		wrong("errors", "Errors are an object {\"compass_deg\": 2}; mf_error_table() lists the names.");
	it = JsonbIteratorInit(object);
	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
		{
			for (item = 0; item < MF_ERROR_ITEMS; item++)
			{
				if (strlen(mf_error_rules[item].name) == value.val.string.len &&
					memcmp(mf_error_rules[item].name, value.val.string.val, value.val.string.len) == 0)
					break;
			}
			if (item == MF_ERROR_ITEMS)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("unknown error \"%.*s\"", value.val.string.len, value.val.string.val),
						 errhint("mf_error_table() lists the names.")));
		}
		else if (token == WJB_VALUE && value.type == jbvNull)
			options->errors[item] = NAN;
		else if (token == WJB_VALUE)
		{
			double		number = value.type == jbvNumeric ? number_of(&value) : -1.0;

			if (!(number >= 0.0 && number <= 1e6))
				wrong(mf_error_rules[item].name, "An error is a number from 0 to 1000000, or null for unknown.");
			options->errors[item] = number;
		}
	}
}

/* ---- one option ---- */

static void
read_word(MfLocateOptions *options, int rule, char *word)
{
	char	   *field = (char *) options + rules[rule].offset;

	switch (rules[rule].kind)
	{
		case OPTION_NORTH:
			*(MfNorth *) field = north_from_name(word, strlen(word));
			if (*(MfNorth *) field == MF_NORTH_UNKNOWN)
				wrong(rules[rule].name, "North is magnetic, true or grid.");
			break;
		case OPTION_ANGLE_UNIT:
			*(MfAngleUnit *) field = angle_unit_from_name(word, strlen(word));
			if (*(MfAngleUnit *) field == MF_UNIT_UNKNOWN)
				wrong(rules[rule].name, "The unit is degree, mil6000, mil6400 or gon.");
			break;
		case OPTION_DISTANCE_UNIT:
			*(MfDistanceUnit *) field = distance_unit_from_name(word);
			if (*(MfDistanceUnit *) field == MF_DISTANCE_UNKNOWN)
				wrong(rules[rule].name, "The unit is m, km, ft, pace or pace_pair.");
			break;
		case OPTION_CODE:
			if (!shape_is_code(word, strlen(word)))
				wrong(rules[rule].name, "A code looks like EPSG:28409.");
			*(char **) field = word;
			break;
		case OPTION_TEXT:
			*(char **) field = word;
			break;
		default:
			wrong(rules[rule].name, "It is not a text.");
	}
}

static void
read_option(MfLocateOptions *options, int rule, const JsonbValue *value)
{
	char	   *field = (char *) options + rules[rule].offset;

	switch (rules[rule].kind)
	{
		case OPTION_DEGREES:
			if (value->type != jbvNumeric || !(fabs(number_of(value)) <= 180.0))
				wrong(rules[rule].name, "It is a number of degrees from -180 to 180, east positive.");
			*(double *) field = number_of(value);
			break;
		case OPTION_BOOLEAN:
			if (value->type != jbvBool)
				wrong(rules[rule].name, "It is true or false.");
			*(bool *) field = value->val.boolean;
			break;
		case OPTION_OBJECT:
			if (value->type != jbvBinary)
				wrong(rules[rule].name, "It is an object.");
			if (strcmp(rules[rule].name, "errors") == 0)
				read_errors(options, value->val.binary.data);
			else
				read_landmarks(options, value->val.binary.data);
			break;
		default:
			if (value->type != jbvString)
				wrong(rules[rule].name, "It is a text.");
			read_word(options, rule, pnstrdup(value->val.string.val, value->val.string.len));
	}
}

static int
rule_named(const JsonbValue *name)
{
	StringInfoData names;

	for (int i = 0; i < NRULES; i++)
	{
		if (strlen(rules[i].name) == name->val.string.len &&
			memcmp(rules[i].name, name->val.string.val, name->val.string.len) == 0)
			return i;
	}
	initStringInfo(&names);
	for (int i = 0; i < NRULES; i++)
		appendStringInfo(&names, "%s%s", i > 0 ? ", " : "", rules[i].name);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown option \"%.*s\"", name->val.string.len, name->val.string.val),
			 errhint("The options are: %s.", names.data)));
}

void
locate_options_read(MfLocateOptions *options, Jsonb *given)
{
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue	value;
	int			rule = 0;

	memset(options, 0, sizeof(*options));
	options->assume_declination_deg = options->declination_deg = NAN;
	for (int i = 0; i < MF_ERROR_ITEMS; i++)
		options->errors[i] = mf_error_rules[i].value;
	if (given == NULL)
		return;
	if (!JB_ROOT_IS_OBJECT(given))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("options must be a JSON object"),
				 errhint("mf_locate_options() makes one.")));
	it = JsonbIteratorInit(&given->root);
	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
			rule = rule_named(&value);
		else if (token == WJB_VALUE && value.type != jbvNull)
			read_option(options, rule, &value);
	}
}

/* ---- building them ---- */

static void
put_argument(FunctionCallInfo fcinfo, int n, JsonbParseState **state)
{
	json_key(state, rules[n].name);
	switch (rules[n].kind)
	{
		case OPTION_DEGREES:
			if (!isfinite(PG_GETARG_FLOAT8(n)))
				wrong(rules[n].name, "It is a number of degrees from -180 to 180, east positive.");
			json_number(state, PG_GETARG_FLOAT8(n));
			break;
		case OPTION_BOOLEAN:
			json_boolean(state, PG_GETARG_BOOL(n));
			break;
		case OPTION_OBJECT:
			{
				Jsonb	   *object = PG_GETARG_JSONB_P(n);
				JsonbValue	value;

				JsonbToJsonbValue(object, &value);
				(void) pushJsonbValue(state, WJB_VALUE, &value);
				break;
			}
		default:
			json_text(state, text_to_cstring(PG_GETARG_TEXT_PP(n)));
	}
}

/*
 * mf_locate_options(assume_north text, assume_declination_deg float8,
 * assume_angle_unit, assume_distance_unit, assume_crs, assume_operation,
 * country, operation text, declination_deg float8, landmarks jsonb,
 * errors jsonb, replace boolean) → jsonb.  A NULL is not given.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_locate_options);
Datum
mf_locate_options(PG_FUNCTION_ARGS)
{
	JsonbParseState *state = NULL;
	MfLocateOptions checked;
	Jsonb	   *options;

	pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
	for (int i = 0; i < NRULES; i++)
	{
		if (!PG_ARGISNULL(i))
			put_argument(fcinfo, i, &state);
	}
	options = JsonbValueToJsonb(pushJsonbValue(&state, WJB_END_OBJECT, NULL));
	locate_options_read(&checked, options);
	PG_RETURN_JSONB_P(options);
}
