/*
 * json_build.c - jsonb written member by member
 *
 * Numbers are the shortest that give the double again, as documents have
 * them, so that what is built here may become part of one.
 */
#include "mf_analysis.h"

#include "utils/numeric.h"

Numeric
json_numeric(double value)
{
	StringInfoData text;

	initStringInfo(&text);
	canonical_number(&text, value);
	return DatumGetNumeric(DirectFunctionCall3(numeric_in, CStringGetDatum(text.data),
											   ObjectIdGetDatum(InvalidOid),
											   Int32GetDatum(-1)));
}

void
json_key(JsonbParseState **state, const char *name)
{
	JsonbValue	key = {.type = jbvString};

	key.val.string.val = (char *) name;
	key.val.string.len = strlen(name);
	(void) pushJsonbValue(state, WJB_KEY, &key);
}

/* In an array an element, in an object the value of the key before. */
static void
put(JsonbParseState **state, JsonbValue *value)
{
	(void) pushJsonbValue(state, (*state)->contVal.type == jbvArray ? WJB_ELEM : WJB_VALUE, value);
}

void
json_text(JsonbParseState **state, const char *text)
{
	JsonbValue	value = {.type = jbvNull};

	if (text != NULL)
	{
		value.type = jbvString;
		value.val.string.val = (char *) text;
		value.val.string.len = strlen(text);
	}
	put(state, &value);
}

void
json_number(JsonbParseState **state, double number)
{
	JsonbValue	value = {.type = jbvNull};

	if (isfinite(number))
	{
		value.type = jbvNumeric;
		value.val.numeric = json_numeric(number);
	}
	put(state, &value);
}

void
json_rounded(JsonbParseState **state, double number, int decimals)
{
	static const double tens[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

	Assert(decimals < lengthof(tens));
	if (isfinite(number) && fabs(number) < 1e15 / tens[decimals])
		number = rint(number * tens[decimals]) / tens[decimals] + 0.0;
	json_number(state, number);
}

void
json_boolean(JsonbParseState **state, bool boolean)
{
	JsonbValue	value = {.type = jbvBool};

	value.val.boolean = boolean;
	put(state, &value);
}
