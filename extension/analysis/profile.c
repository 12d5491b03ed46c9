/*
 * profile.c - reading what a record has to say
 *
 * A profile is a jsonb value, so that anyone can write one:
 *
 *	{"profile": "mine", "requirements": [
 *		{"requirement": "fuze", "clause": "1(a)", "need": "mandatory", "weight": 1,
 *		 "rule": "/properties/mines/ * /fuze"}]}
 *
 * (without the blanks beside the star).  Every member is checked: a misspelt
 * rule would ask for nothing and praise every record.
 */
#include "mf_check.h"

#include "utils/numeric.h"

/* ---- what is wrong with a profile ---- */

static void profile_error(const char *where, const char *fmt,...)
			pg_attribute_printf(2, 3) pg_attribute_noreturn();

static void
profile_error(const char *where, const char *fmt,...)
{
	va_list		args;
	char		message[300];

	va_start(args, fmt);
	vsnprintf(message, sizeof(message), fmt, args);
	va_end(args);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid profile: %s", message),
			 where[0] == '\0' ? 0 : errdetail("At JSON path %s.", where),
			 errhint("SELECT jsonb_pretty(mf_profile('ccw_ap2_1996')) shows one.")));
}

/* Refuse members of an object that nobody asks for. */
static void
check_members(JsonbContainer *object, const char *where, const char *const *known)
{
	JsonbIterator *it = JsonbIteratorInit(object);
	JsonbIteratorToken token;
	JsonbValue	key;

	while ((token = JsonbIteratorNext(&it, &key, true)) != WJB_DONE)
	{
		const char *const *name = known;

		if (token != WJB_KEY)
			continue;
		while (*name != NULL && (strlen(*name) != key.val.string.len ||
								 memcmp(*name, key.val.string.val, key.val.string.len) != 0))
			name++;
		if (*name == NULL)
			profile_error(where, "unknown member \"%.*s\"", key.val.string.len, key.val.string.val);
	}
}

static const char *
text_member(JsonbContainer *object, const char *where, const char *name, bool wanted)
{
	JsonbValue	value;

	if (!field_get(object, name, &value))
	{
		if (wanted)
			profile_error(where, "member \"%s\" is missing", name);
		return NULL;
	}
	if (value.type != jbvString)
		profile_error(where, "member \"%s\" is no string", name);
	return pnstrdup(value.val.string.val, value.val.string.len);
}

/* ---- paths ---- */

static char *
unescaped(const char *written)
{
	char	   *name = palloc(strlen(written) + 1);
	char	   *to = name;

	for (; *written != '\0'; written++)
	{
		if (written[0] == '~' && (written[1] == '0' || written[1] == '1'))
			*to++ = *++written == '0' ? '~' : '/';
		else
			*to++ = *written;
	}
	*to = '\0';
	return name;
}

static void
read_step(MfStep *step, const char *written, Size len)
{
	step->written = pnstrdup(written, len);
	step->name = unescaped(step->written);
	step->every = strcmp(step->written, "*") == 0;
	step->index = -1;
	if (len > 0 && len < 7 && strspn(step->written, "0123456789") == len)
		step->index = atoi(step->written);
}

static void
read_path(MfRule *rule, const char *pointer, const char *where)
{
	int			n = 0;

	if (pointer[0] != '/' || !shape_is_pointer(pointer, strlen(pointer)))
		profile_error(where, "\"%s\" is no JSON pointer such as /properties/unit", pointer);
	for (const char *p = pointer; *p != '\0'; p++)
		n += *p == '/';
	rule->steps = palloc0(sizeof(MfStep) * n);
	for (const char *p = pointer; *p == '/';)
	{
		Size		len = strcspn(p + 1, "/");

		read_step(&rule->steps[rule->nsteps++], p + 1, len);
		p += 1 + len;
	}
}

static const char **
read_words(JsonbContainer *object, const char *where, const char *name, int *n)
{
	JsonbContainer *list = field_container(object, name);
	const char **words;

	if (list == NULL || !JsonContainerIsArray(list) || JsonContainerSize(list) == 0)
		profile_error(where, "member \"%s\" is no list of words", name);
	*n = JsonContainerSize(list);
	words = palloc(sizeof(char *) * *n);
	for (int i = 0; i < *n; i++)
	{
		words[i] = value_text(getIthJsonbValueFromContainer(list, i));
		if (words[i] == NULL)
			profile_error(where, "member \"%s\" is no list of words", name);
	}
	return words;
}

bool
words_have(const char *const *words, int n, const JsonbValue *value)
{
	char	   *text = value_text(value);

	for (int i = 0; text != NULL && i < n; i++)
	{
		if (pg_strcasecmp(words[i], text) == 0)
			return true;
	}
	return false;
}

/* ---- rules ---- */

static void read_rule(MfRule *rule, const JsonbValue *value, const char *where);

static void
read_rules(MfRule *rule, JsonbContainer *object, const char *name, const char *where)
{
	JsonbContainer *list = field_container(object, name);

	if (list == NULL || !JsonContainerIsArray(list) || JsonContainerSize(list) == 0)
		profile_error(where, "member \"%s\" is no list of rules", name);
	rule->nrules = JsonContainerSize(list);
	rule->rules = palloc0(sizeof(MfRule) * rule->nrules);
	for (int i = 0; i < rule->nrules; i++)
		read_rule(&rule->rules[i], getIthJsonbValueFromContainer(list, i),
				  psprintf("%s/%s/%d", where, name, i));
}

static int
whole_member(JsonbContainer *object, const char *where, const char *name)
{
	MfQuantity	q;

	if (!field_quantity(object, name, &q) || !q.has_value || q.value < 1 ||
		q.value > 1000000 || q.value != floor(q.value))
		profile_error(where, "member \"%s\" is no whole number from 1 on", name);
	return (int) q.value;
}

static void
read_count(MfRule *rule, JsonbContainer *object, const char *where)
{
	static const char *const known[] = {"count", "at_least", "where", "in", "each", NULL};
	JsonbValue	each;

	rule->kind = MF_RULE_COUNT;
	check_members(object, where, known);
	read_path(rule, text_member(object, where, "count", true), where);
	for (int i = 0; i < rule->nsteps; i++)
	{
		if (rule->steps[i].every)
			profile_error(where, "\"count\" names a list, without a star");
	}
	rule->at_least = whole_member(object, where, "at_least");
	rule->where = text_member(object, where, "where", false);
	if (rule->where != NULL)
		rule->words = read_words(object, where, "in", &rule->nwords);
	if (field_get(object, "each", &each))
	{
		rule->nrules = 1;
		rule->rules = palloc0(sizeof(MfRule));
		read_rule(rule->rules, &each, psprintf("%s/each", where));
	}
}

static void
read_rule(MfRule *rule, const JsonbValue *value, const char *where)
{
	static const char *const any[] = {"any", NULL};
	static const char *const all[] = {"all", NULL};
	static const char *const path[] = {"path", "contains", NULL};
	JsonbContainer *object;
	JsonbValue	member;

	check_stack_depth();
	if (value->type == jbvString)
	{
		read_path(rule, pnstrdup(value->val.string.val, value->val.string.len), where);
		return;
	}
	if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
		profile_error(where, "a rule is a JSON pointer or an object");
	object = value->val.binary.data;
	if (field_get(object, "count", &member))
		read_count(rule, object, where);
	else if (field_get(object, "any", &member) || field_get(object, "all", &member))
	{
		rule->kind = field_get(object, "any", &member) ? MF_RULE_ANY : MF_RULE_ALL;
		check_members(object, where, rule->kind == MF_RULE_ANY ? any : all);
		read_rules(rule, object, rule->kind == MF_RULE_ANY ? "any" : "all", where);
	}
	else
	{
		check_members(object, where, path);
		read_path(rule, text_member(object, where, "path", true), where);
		rule->contains = text_member(object, where, "contains", false);
	}
}

/* ---- requirements ---- */

static void
read_condition(MfCondition *condition, const JsonbValue *value, const char *where)
{
	static const char *const known[] = {"path", "in", NULL};
	JsonbContainer *object;
	JsonbValue	in;

	if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
		profile_error(where, "a condition is an object");
	object = value->val.binary.data;
	check_members(object, where, known);
	read_path(&condition->path, text_member(object, where, "path", true), where);
	if (field_get(object, "in", &in))
		condition->words = read_words(object, where, "in", &condition->nwords);
}

static void
read_when(MfRequirement *requirement, JsonbContainer *object, const char *where)
{
	JsonbContainer *list = field_container(object, "when");

	if (list == NULL || !JsonContainerIsArray(list))
		profile_error(where, "member \"when\" is no list of conditions");
	requirement->nconditions = JsonContainerSize(list);
	requirement->conditions = palloc0(sizeof(MfCondition) * Max(requirement->nconditions, 1));
	for (int i = 0; i < requirement->nconditions; i++)
		read_condition(&requirement->conditions[i], getIthJsonbValueFromContainer(list, i),
					   psprintf("%s/when/%d", where, i));
}

static void
read_requirement(MfRequirement *requirement, JsonbContainer *object, const char *where)
{
	static const char *const known[] = {"requirement", "clause", "text", "need", "weight", "rule", "when", NULL};
	const char *need;
	JsonbValue	value;
	MfQuantity	weight;

	check_members(object, where, known);
	requirement->name = text_member(object, where, "requirement", true);
	requirement->clause = text_member(object, where, "clause", false);
	requirement->text = text_member(object, where, "text", false);
	need = text_member(object, where, "need", true);
	requirement->mandatory = strcmp(need, "mandatory") == 0;
	if (!requirement->mandatory && strcmp(need, "feasible") != 0)
		profile_error(where, "\"need\" is neither mandatory nor feasible");
	requirement->weight = 1;
	if (field_get(object, "weight", &value))
	{
		if (!field_quantity(object, "weight", &weight) || !weight.has_value ||
			!(weight.value > 0 && weight.value <= 1000))
			profile_error(where, "\"weight\" is no number above 0 and up to 1000");
		requirement->weight = weight.value;
	}
	if (!field_get(object, "rule", &value))
		profile_error(where, "member \"rule\" is missing");
	read_rule(&requirement->rule, &value, psprintf("%s/rule", where));
	if (field_get(object, "when", &value))
		read_when(requirement, object, where);
}

static void
check_names(const MfProfile *profile)
{
	for (int i = 0; i < profile->n; i++)
	{
		for (int k = 0; k < i; k++)
		{
			if (strcmp(profile->requirements[i].name, profile->requirements[k].name) == 0)
				profile_error("", "requirement \"%s\" is there twice", profile->requirements[i].name);
		}
	}
}

MfProfile *
profile_read(Jsonb *jsonb)
{
	static const char *const known[] = {"profile", "title", "source", "remarks", "requirements", NULL};
	MfProfile  *profile = palloc0(sizeof(MfProfile));
	JsonbContainer *list;

	if (!JB_ROOT_IS_OBJECT(jsonb))
		profile_error("", "it is no JSON object");
	check_members(&jsonb->root, "", known);
	list = field_container(&jsonb->root, "requirements");
	if (list == NULL || !JsonContainerIsArray(list) || JsonContainerSize(list) == 0)
		profile_error("", "member \"requirements\" is no list of requirements");
	if (JsonContainerSize(list) > 1000)
		profile_error("", "it has more than 1000 requirements");
	profile->n = JsonContainerSize(list);
	profile->requirements = palloc0(sizeof(MfRequirement) * profile->n);
	for (int i = 0; i < profile->n; i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(list, i);
		const char *where = psprintf("/requirements/%d", i);

		if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
			profile_error(where, "a requirement is an object");
		read_requirement(&profile->requirements[i], value->val.binary.data, where);
	}
	check_names(profile);
	return profile;
}
