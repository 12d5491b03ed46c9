/*
 * options.c - the thresholds of the engines
 *
 * One table names every option, its default, its range and the engines that
 * know it.  Aggregates take options as jsonb, which mf_coverage_options() and
 * its like build from named arguments; plain functions take the same as named
 * arguments of their own, in the order of the table.
 */
#include "mf_analysis.h"

#include "fmgr.h"
#include "utils/numeric.h"

typedef struct OptionRule
{
	const char *name;
	size_t		offset;
	double		otherwise;
	double		max;
	int			engines;
} OptionRule;

static const OptionRule rules[] = {
	{"margin_m", offsetof(MfOptions, margin_m), 0, MF_MAX_METRES,
	MF_COVERAGE | MF_GAPS | MF_OVERLAPS},
	{"min_area_m2", offsetof(MfOptions, min_area_m2), 0, 1e15, MF_GAPS},
	{"sliver_m2", offsetof(MfOptions, sliver_m2), 1, 1e15, MF_OVERLAPS},
	{"near_m", offsetof(MfOptions, near_m), 0, MF_MAX_METRES, MF_OVERLAPS},
	{"min_length_m", offsetof(MfOptions, min_length_m), 0, 1e9, MF_LINE_GAPS}
};

#define NRULES ((int) lengthof(rules))

void
options_default(MfOptions *options)
{
	for (int i = 0; i < NRULES; i++)
		*(double *) ((char *) options + rules[i].offset) = rules[i].otherwise;
}

static void
option_set(MfOptions *options, const OptionRule *rule, double value)
{
	if (!(value >= 0 && value <= rule->max))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be between 0 and %.0f", rule->name, rule->max)));
	/* -0 is 0: options compare by their bytes */
	*(double *) ((char *) options + rule->offset) = value + 0.0;
}

static char *
names_of(MfEngine engine)
{
	StringInfoData names;

	initStringInfo(&names);
	for (int i = 0; i < NRULES; i++)
	{
		if (rules[i].engines & engine)
			appendStringInfo(&names, "%s%s", names.len ? ", " : "", rules[i].name);
	}
	return names.data;
}

static const OptionRule *
rule_named(MfEngine engine, const char *name, int len)
{
	for (int i = 0; i < NRULES; i++)
	{
		if ((rules[i].engines & engine) && (int) strlen(rules[i].name) == len &&
			memcmp(rules[i].name, name, len) == 0)
			return &rules[i];
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown option \"%.*s\"", len, name),
			 errhint("The options are: %s.", names_of(engine))));
}

static double
option_number(const OptionRule *rule, MfEngine engine, const JsonbValue *value)
{
	if (value->type != jbvNumeric)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("option \"%s\" must be a number", rule->name),
				 errhint("The options are: %s.", names_of(engine))));
	return DatumGetFloat8(DirectFunctionCall1(numeric_float8,
											  NumericGetDatum(value->val.numeric)));
}

void
options_read(MfOptions *options, MfEngine engine, Jsonb *given)
{
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue	value;
	const OptionRule *rule = NULL;

	options_default(options);
	if (!JB_ROOT_IS_OBJECT(given))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("options must be a JSON object"),
				 errhint("The options are: %s.", names_of(engine))));
	it = JsonbIteratorInit(&given->root);
	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
			rule = rule_named(engine, value.val.string.val, value.val.string.len);
		else if (token == WJB_VALUE && value.type != jbvNull)
			option_set(options, rule, option_number(rule, engine, &value));
	}
}

void
options_from_args(MfOptions *options, MfEngine engine,
				  FunctionCallInfo fcinfo, int first)
{
	options_default(options);
	for (int i = 0; i < NRULES; i++)
	{
		if (!(rules[i].engines & engine))
			continue;
		if (first < PG_NARGS() && !PG_ARGISNULL(first))
			option_set(options, &rules[i], PG_GETARG_FLOAT8(first));
		first++;
	}
}

/* Named arguments, checked, as the jsonb that options_read() takes. */
static Datum
options_build(FunctionCallInfo fcinfo, MfEngine engine)
{
	JsonbParseState *state = NULL;
	MfOptions	options;

	options_from_args(&options, engine, fcinfo, 0);
	pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
	for (int i = 0; i < NRULES; i++)
	{
		if (!(rules[i].engines & engine))
			continue;
		json_key(&state, rules[i].name);
		json_number(&state, *(double *) ((char *) &options + rules[i].offset));
	}
	PG_RETURN_JSONB_P(JsonbValueToJsonb(pushJsonbValue(&state, WJB_END_OBJECT, NULL)));
}

/* mf_coverage_options(margin_m float8) -> jsonb; a NULL is the default */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_coverage_options);
Datum
mf_coverage_options(PG_FUNCTION_ARGS)
{
	return options_build(fcinfo, MF_COVERAGE);
}

/* mf_gap_options(margin_m float8, min_area_m2 float8) -> jsonb */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_gap_options);
Datum
mf_gap_options(PG_FUNCTION_ARGS)
{
	return options_build(fcinfo, MF_GAPS);
}

/* mf_overlap_options(margin_m, sliver_m2, near_m float8) -> jsonb */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_overlap_options);
Datum
mf_overlap_options(PG_FUNCTION_ARGS)
{
	return options_build(fcinfo, MF_OVERLAPS);
}

/* mf_line_gap_options(min_length_m float8) -> jsonb */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_line_gap_options);
Datum
mf_line_gap_options(PG_FUNCTION_ARGS)
{
	return options_build(fcinfo, MF_LINE_GAPS);
}
