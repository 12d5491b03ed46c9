/*
 * completeness.c - what a record says of what a profile asks for
 *
 * Whether something is written, never whether it is true.  An item is
 * missing where nothing stands; illegible or not applicable where the record
 * itself says so in its lists of pointers; else it is present, also where the
 * paper says that there is none.
 */
#include "mf_check.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"

const char *const mf_state_names[MF_STATES] = {
	"present", "missing", "illegible", "not_applicable"
};

/* ---- one record ---- */

/* Pointers that a record lists. */
typedef struct Pointers
{
	int			n;
	char	  **pointers;
} Pointers;

typedef struct Reading
{
	bool		located;
	JsonbContainer *document;
	Pointers	illegible;
	Pointers	not_applicable;
	StringInfoData path;		/* of the item looked at */
	bool		keep_items;
	StringInfoData items;		/* pointers to what is not there, each with its NUL */
	int			nitems;
} Reading;

static void
read_pointers(Pointers *list, JsonbContainer *properties, const char *name)
{
	JsonbContainer *array = field_container(properties, name);

	list->n = 0;
	if (array == NULL || !JsonContainerIsArray(array))
		return;
	list->pointers = palloc(sizeof(char *) * Max(JsonContainerSize(array), 1));
	for (uint32 i = 0; i < JsonContainerSize(array); i++)
	{
		char	   *pointer = value_text(getIthJsonbValueFromContainer(array, i));

		if (pointer != NULL)
			list->pointers[list->n++] = pointer;
	}
}

/* Is the item, or what it is part of, in the list? */
static bool
listed(const Pointers *list, const char *path)
{
	for (int i = 0; i < list->n; i++)
	{
		Size		len = strlen(list->pointers[i]);

		if (strncmp(list->pointers[i], path, len) == 0 &&
			(path[len] == '\0' || path[len] == '/'))
			return true;
	}
	return false;
}

static void
reading_begin(Reading *reading, const Minefield *mf, bool keep_items)
{
	JsonbContainer *properties = minefield_properties(mf);

	memset(reading, 0, sizeof(*reading));
	reading->located = MF_IS_LOCATED(mf);
	reading->document = minefield_document(mf);
	read_pointers(&reading->illegible, properties, "illegible");
	read_pointers(&reading->not_applicable, properties, "not_applicable");
	initStringInfo(&reading->path);
	initStringInfo(&reading->items);
	reading->keep_items = keep_items;
}

/* ---- one value ---- */

static bool
blank(const JsonbValue *value)
{
	for (int i = 0; i < value->val.string.len; i++)
	{
		if (strchr(" \t\r\n", value->val.string.val[i]) == NULL)
			return false;
	}
	return true;
}

/* A quantity says something when it has a figure, or words. */
static MfState
quantity_state(JsonbContainer *quantity)
{
	static const char *const figures[] = {"value", "min", "max"};
	JsonbValue	member;

	for (int i = 0; i < lengthof(figures); i++)
	{
		if (field_get(quantity, figures[i], &member) && member.type != jbvNull)
			return MF_STATE_PRESENT;
	}
	if (field_get(quantity, "legible", &member) && member.type == jbvBool && !member.val.boolean)
		return MF_STATE_ILLEGIBLE;
	if (field_get(quantity, "as_written", &member) && member.type == jbvString && !blank(&member))
		return MF_STATE_PRESENT;
	return MF_STATE_MISSING;
}

static bool
is_quantity(JsonbContainer *object)
{
	JsonbValue	member;

	return field_get(object, "as_written", &member) || field_get(object, "legible", &member) ||
		field_get(object, "value", &member) || field_get(object, "min", &member) ||
		field_get(object, "max", &member);
}

static bool
has_text(const JsonbValue *value, const char *wanted)
{
	char	   *text = value_text(value);

	return text != NULL && strstr(text, wanted) != NULL;
}

static MfState
value_state(const JsonbValue *value, const char *contains)
{
	if (value == NULL || value->type == jbvNull)
		return MF_STATE_MISSING;
	if (contains != NULL)
		return has_text(value, contains) ? MF_STATE_PRESENT : MF_STATE_MISSING;
	if (value->type == jbvString)
		return blank(value) ? MF_STATE_MISSING : MF_STATE_PRESENT;
	if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
		return MF_STATE_PRESENT;
	if (is_quantity(value->val.binary.data))
		return quantity_state(value->val.binary.data);
	return JsonContainerSize(value->val.binary.data) > 0 ? MF_STATE_PRESENT : MF_STATE_MISSING;
}

/* What is not there, and why, as far as the record says why. */
static MfState
absent_state(Reading *reading, MfState state)
{
	if (state == MF_STATE_PRESENT)
		return state;
	if (listed(&reading->not_applicable, reading->path.data))
		return MF_STATE_NOT_APPLICABLE;
	if (listed(&reading->illegible, reading->path.data))
		state = MF_STATE_ILLEGIBLE;
	if (reading->keep_items)
	{
		appendBinaryStringInfo(&reading->items, reading->path.data, reading->path.len + 1);
		reading->nitems++;
	}
	return state;
}

/*
 * Of several parts: one that is missing makes the whole missing, what does
 * not apply does not count.
 */
static MfState
all_states(MfState a, MfState b)
{
	if (a == MF_STATE_NOT_APPLICABLE)
		return b;
	if (b == MF_STATE_NOT_APPLICABLE)
		return a;
	if (a == MF_STATE_MISSING || b == MF_STATE_MISSING)
		return MF_STATE_MISSING;
	return a == MF_STATE_ILLEGIBLE ? a : b;
}

/* ---- paths ---- */

static MfState path_state(Reading *reading, const MfRule *rule, int step, const JsonbValue *value);

static void
path_push(Reading *reading, const char *written)
{
	appendStringInfo(&reading->path, "/%s", written);
}

static void
path_pop(Reading *reading, int len)
{
	reading->path.len = len;
	reading->path.data[len] = '\0';
}

/* Every element; of a list that the paper says is empty, nothing is asked. */
static MfState
every_state(Reading *reading, const MfRule *rule, int step, JsonbContainer *list)
{
	MfState		state = MF_STATE_NOT_APPLICABLE;
	int			len = reading->path.len;

	for (uint32 i = 0; i < JsonContainerSize(list); i++)
	{
		char		index[16];

		CHECK_FOR_INTERRUPTS();
		snprintf(index, sizeof(index), "%u", i);
		path_push(reading, index);
		state = all_states(state, path_state(reading, rule, step + 1,
											 getIthJsonbValueFromContainer(list, i)));
		path_pop(reading, len);
	}
	return state;
}

static const JsonbValue *
step_into(const MfStep *step, const JsonbValue *value, JsonbValue *member)
{
	JsonbContainer *container;

	if (value->type != jbvBinary)
		return NULL;
	container = value->val.binary.data;
	if (JsonContainerIsObject(container))
		return field_get(container, step->name, member) ? member : NULL;
	if (step->index < 0 || step->index >= JsonContainerSize(container))
		return NULL;
	return getIthJsonbValueFromContainer(container, step->index);
}

/* value: what stands at the path so far; NULL: nothing. */
static MfState
path_state(Reading *reading, const MfRule *rule, int step, const JsonbValue *value)
{
	int			len = reading->path.len;
	MfState		state;

	if (step == rule->nsteps)
		return absent_state(reading, value_state(value, rule->contains));
	if (value == NULL || value->type != jbvBinary)
	{
		/* nothing to go into: the list or object itself is what is missing */
		if (value == NULL || value->type == jbvNull || rule->steps[step].every)
			return absent_state(reading, MF_STATE_MISSING);
		value = NULL;
	}
	if (rule->steps[step].every)
	{
		if (!JsonContainerIsArray(value->val.binary.data))
			return absent_state(reading, MF_STATE_MISSING);
		return every_state(reading, rule, step, value->val.binary.data);
	}
	{
		JsonbValue	member;
		const JsonbValue *next = value == NULL ? NULL : step_into(&rule->steps[step], value, &member);

		path_push(reading, rule->steps[step].written);
		state = path_state(reading, rule, step + 1, next);
		path_pop(reading, len);
	}
	return state;
}

/* The value at a path without stars; NULL: none. */
static const JsonbValue *
value_at(const MfRule *rule, const JsonbValue *start, JsonbValue *member)
{
	const JsonbValue *value = start;

	for (int i = 0; value != NULL && i < rule->nsteps; i++)
		value = step_into(&rule->steps[i], value, member);
	return value;
}

/* ---- rules ---- */

static MfState rule_state(Reading *reading, const MfRule *rule, const JsonbValue *start);

/* Forget the items that were noted since. */
static void
items_forget(Reading *reading, int len, int n)
{
	reading->items.len = len;
	reading->nitems = n;
}

/*
 * One of several ways.  Where none is there, the items of the first are what
 * is missing, or those of the first that nobody can read.
 */
static MfState
any_state(Reading *reading, const MfRule *rule, const JsonbValue *start)
{
	int			before = reading->items.len;
	int			nbefore = reading->nitems;
	MfState		best = MF_STATE_NOT_APPLICABLE;

	for (int i = 0; i < rule->nrules; i++)
	{
		int			kept = reading->items.len;
		int			nkept = reading->nitems;
		MfState		state = rule_state(reading, &rule->rules[i], start);

		if (state == MF_STATE_PRESENT)
		{
			items_forget(reading, before, nbefore);
			return state;
		}
		if (best == MF_STATE_NOT_APPLICABLE ||
			(best == MF_STATE_MISSING && state == MF_STATE_ILLEGIBLE))
		{
			/* these items instead of those kept so far */
			memmove(reading->items.data + before, reading->items.data + kept,
					reading->items.len - kept);
			items_forget(reading, before + reading->items.len - kept,
						 nbefore + reading->nitems - nkept);
			best = state;
		}
		else
			items_forget(reading, kept, nkept);
	}
	return best;
}

static MfState
count_state(Reading *reading, const MfRule *rule, const JsonbValue *start)
{
	int			len = reading->path.len;
	int			items = reading->items.len;
	int			nitems = reading->nitems;
	int			found = 0;
	int			illegible = 0;
	JsonbValue	member,
				role;
	const JsonbValue *list = value_at(rule, start, &member);
	MfState		state;

	for (int i = 0; i < rule->nsteps; i++)
		path_push(reading, rule->steps[i].written);
	if (list != NULL && list->type == jbvBinary && JsonContainerIsArray(list->val.binary.data))
	{
		int			inside = reading->path.len;

		for (uint32 i = 0; i < JsonContainerSize(list->val.binary.data); i++)
		{
			JsonbValue *element = getIthJsonbValueFromContainer(list->val.binary.data, i);

			if (element->type == jbvNull)
				continue;
			if (rule->where != NULL &&
				(element->type != jbvBinary ||
				 !field_get(element->val.binary.data, rule->where, &role) ||
				 !words_have(rule->words, rule->nwords, &role)))
				continue;
			appendStringInfo(&reading->path, "/%u", i);
			state = rule->nrules == 0 ? MF_STATE_PRESENT :
				rule_state(reading, rule->rules, element);
			path_pop(reading, inside);
			found += state == MF_STATE_PRESENT;
			illegible += state == MF_STATE_ILLEGIBLE;
		}
	}
	items_forget(reading, items, nitems);
	state = found >= rule->at_least ? MF_STATE_PRESENT :
		found + illegible >= rule->at_least ? MF_STATE_ILLEGIBLE : MF_STATE_MISSING;
	state = absent_state(reading, state);
	path_pop(reading, len);
	return state;
}

static MfState
rule_state(Reading *reading, const MfRule *rule, const JsonbValue *start)
{
	MfState		state = MF_STATE_NOT_APPLICABLE;

	check_stack_depth();
	switch (rule->kind)
	{
		case MF_RULE_PATH:
			/* the one item outside the document */
			if (reading->path.len == 0 && rule->nsteps == 1 && strcmp(rule->steps[0].name, "geometry") == 0)
			{
				path_push(reading, "geometry");
				state = absent_state(reading, reading->located ? MF_STATE_PRESENT : MF_STATE_MISSING);
				path_pop(reading, 0);
				return state;
			}
			return path_state(reading, rule, 0, start);
		case MF_RULE_ANY:
			return any_state(reading, rule, start);
		case MF_RULE_COUNT:
			return count_state(reading, rule, start);
		case MF_RULE_ALL:
			for (int i = 0; i < rule->nrules; i++)
				state = all_states(state, rule_state(reading, &rule->rules[i], start));
			break;
	}
	return state;
}

/*
 * Does a requirement apply?  One of a list applies only where the list has
 * entries; what depends on a word applies unless another word stands there.
 */
static bool
applies(const MfRequirement *requirement, const JsonbValue *start)
{
	for (int i = 0; i < requirement->nconditions; i++)
	{
		const MfCondition *condition = &requirement->conditions[i];
		JsonbValue	member;
		const JsonbValue *value = value_at(&condition->path, start, &member);
		bool		there = value_state(value, NULL) == MF_STATE_PRESENT &&
			!(value->type == jbvBinary && JsonContainerSize(value->val.binary.data) == 0);

		if (condition->nwords == 0 && !there)
			return false;
		if (condition->nwords > 0 && there && !words_have(condition->words, condition->nwords, value))
			return false;
	}
	return true;
}

static MfState
requirement_state(Reading *reading, const MfRequirement *requirement)
{
	JsonbValue	start;

	items_forget(reading, 0, 0);
	start.type = jbvBinary;
	start.val.binary.data = reading->document;
	start.val.binary.len = 0;
	if (!applies(requirement, &start))
		return MF_STATE_NOT_APPLICABLE;
	return rule_state(reading, &requirement->rule, &start);
}

void
completeness_states(const MfProfile *profile, const Minefield *mf, MfState *states)
{
	Reading		reading;

	reading_begin(&reading, mf, false);
	for (int i = 0; i < profile->n; i++)
		states[i] = requirement_state(&reading, &profile->requirements[i]);
}

/* ---- the profile of a call ---- */

static void *
read_profile_value(struct varlena *value)
{
	return profile_read((Jsonb *) value);
}

static void *
read_profile_name(struct varlena *value)
{
	Jsonb	   *profile = profile_named(text_to_cstring((text *) value));

	if (profile == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no profile \"%s\"", text_to_cstring((text *) value)),
				 errhint("The profiles are: %s. Pass one of your own as jsonb.", profile_names())));
	return profile_read(profile);
}

MfProfile *
profile_of_value(struct varlena *value, bool named)
{
	return named ? read_profile_name(value) : read_profile_value(value);
}

const MfProfile *
profile_arg(FunctionCallInfo fcinfo, int n)
{
	bool		named = get_fn_expr_argtype(fcinfo->flinfo, n) == TEXTOID;

	return cached_reading(fcinfo, PG_DETOAST_DATUM(PG_GETARG_DATUM(n)),
						  named ? read_profile_name : read_profile_value);
}

/* ---- SQL functions ---- */

static Datum
items_array(const Reading *reading)
{
	Datum	   *texts = palloc(sizeof(Datum) * Max(reading->nitems, 1));
	const char *p = reading->items.data;

	for (int i = 0; i < reading->nitems; i++)
	{
		texts[i] = CStringGetTextDatum(p);
		p += strlen(p) + 1;
	}
	return PointerGetDatum(construct_array(texts, reading->nitems, TEXTOID, -1, false,
										   TYPALIGN_INT));
}

static Datum
text_datum(const char *s, bool *isnull)
{
	*isnull = s == NULL;
	return s == NULL ? (Datum) 0 : CStringGetTextDatum(s);
}

/*
 * mf_missing(record minefield, profile text or jsonb, present boolean) → setof
 * mf_requirement_state; no rows where record or profile is NULL
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_missing);
Datum
mf_missing(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	bool		all = !PG_ARGISNULL(2) && PG_GETARG_BOOL(2);
	const MfProfile *profile;
	Reading		reading;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	profile = profile_arg(fcinfo, 1);
	reading_begin(&reading, PG_GETARG_MINEFIELD_P(0), true);
	for (int i = 0; i < profile->n; i++)
	{
		const MfRequirement *requirement = &profile->requirements[i];
		MfState		state = requirement_state(&reading, requirement);
		Datum		values[7];
		bool		nulls[7] = {false};

		if (state == MF_STATE_PRESENT && !all)
			continue;
		values[0] = CStringGetTextDatum(requirement->name);
		values[1] = text_datum(requirement->clause, &nulls[1]);
		values[2] = CStringGetTextDatum(requirement->mandatory ? "mandatory" : "feasible");
		values[3] = Float8GetDatum(requirement->weight);
		values[4] = CStringGetTextDatum(mf_state_names[state]);
		values[5] = items_array(&reading);
		values[6] = text_datum(requirement->text, &nulls[6]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * mf_completeness(record minefield, profile text or jsonb) → float8: the share
 * of the weight of all requirements that apply; NULL where none does
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_completeness);
Datum
mf_completeness(PG_FUNCTION_ARGS)
{
	const MfProfile *profile = profile_arg(fcinfo, 1);
	double		present = 0;
	double		asked = 0;
	MfState    *states = palloc(sizeof(MfState) * profile->n);

	completeness_states(profile, PG_GETARG_MINEFIELD_P(0), states);
	for (int i = 0; i < profile->n; i++)
	{
		const MfRequirement *requirement = &profile->requirements[i];

		if (states[i] == MF_STATE_NOT_APPLICABLE)
			continue;
		asked += requirement->weight;
		if (states[i] == MF_STATE_PRESENT)
			present += requirement->weight;
	}
	if (asked == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(present / asked);
}
