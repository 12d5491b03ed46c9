/*
 * mine_models.c - the catalogue of models of mines, with what a user adds
 *
 * The catalogue is constant; a user's entries come in as jsonb, so that a
 * table of one's own is one jsonb_agg away and nothing is read on the sly.
 */
#include "mf_check.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"

/* ---- the list ---- */

static int
count_parts(const char *parts)
{
	int			n = parts == NULL ? 0 : 1;

	for (; parts != NULL && (parts = strchr(parts, '|')) != NULL; parts++)
		n++;
	return n;
}

/* The names of an entry; one that has no signs known to us means nothing. */
static void
read_names(MfModel *model)
{
	const char *p = model->entry.aliases;

	model->names = palloc(sizeof(MfMineName) * (1 + count_parts(p)));
	model->nnames = mine_name_read(model->entry.model, strlen(model->entry.model),
								   &model->names[0]);
	while (p != NULL)
	{
		Size		len = strcspn(p, "|");

		model->nnames += mine_name_read(p, len, &model->names[model->nnames]);
		p = p[len] == '|' ? p + len + 1 : NULL;
	}
}

/* A string, or the strings of an array, as one text parted by '|'. */
static const char *
joined_text(JsonbContainer *object, const char *name)
{
	JsonbContainer *list = field_container(object, name);
	StringInfoData text;

	if (list == NULL || !JsonContainerIsArray(list))
		return field_text(object, name);
	initStringInfo(&text);
	for (uint32 i = 0; i < JsonContainerSize(list); i++)
	{
		char	   *part = value_text(getIthJsonbValueFromContainer(list, i));

		if (part != NULL)
			appendStringInfo(&text, "%s%s", text.len > 0 ? "|" : "", part);
	}
	return text.len > 0 ? text.data : NULL;
}

static double
number_or_nan(JsonbContainer *object, const char *name)
{
	MfQuantity	q;

	return field_quantity(object, name, &q) && q.has_value ? q.value : NAN;
}

static MfSaid
said(JsonbContainer *object, const char *name)
{
	JsonbValue	value;

	if (!field_get(object, name, &value) || value.type != jbvBool)
		return MF_UNSAID;
	return value.val.boolean ? MF_SAID_YES : MF_SAID_NO;
}

static void
read_entry(MfMineModel *entry, JsonbContainer *object)
{
	entry->model = field_text(object, "model");
	if (entry->model == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a model of mine has no name"),
				 errhint("Give every entry a member \"model\".")));
	entry->aliases = joined_text(object, "aliases");
	entry->category = field_text(object, "category");
	entry->kind = field_text(object, "kind");
	entry->explosive_min_kg = number_or_nan(object, "explosive_min_kg");
	entry->explosive_max_kg = number_or_nan(object, "explosive_max_kg");
	entry->metal = field_text(object, "metal");
	entry->actuation = joined_text(object, "actuation");
	entry->remotely_delivered = said(object, "remotely_delivered");
	entry->self_destruct = said(object, "self_destruct");
	entry->self_destruct_min_h = number_or_nan(object, "self_destruct_min_h");
	entry->self_destruct_max_h = number_or_nan(object, "self_destruct_max_h");
	entry->step_min_m = number_or_nan(object, "step_min_m");
	entry->step_max_m = number_or_nan(object, "step_max_m");
	entry->density_per_km = number_or_nan(object, "density_per_km");
	entry->source = field_text(object, "source");
}

/* The place of an entry: that of the one it replaces, or a new one. */
static MfModel *
place_of(MfModelList *list, const char *name)
{
	for (int i = 0; i < list->n; i++)
	{
		if (strcmp(list->models[i].entry.model, name) == 0)
			return &list->models[i];
	}
	return &list->models[list->n++];
}

static void
add_entries(MfModelList *list, JsonbContainer *entries)
{
	for (uint32 i = 0; i < JsonContainerSize(entries); i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(entries, i);
		MfMineModel entry;
		MfModel    *model;

		if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a model of mine must be a JSON object")));
		read_entry(&entry, value->val.binary.data);
		model = place_of(list, entry.model);
		model->entry = entry;
		read_names(model);
	}
}

MfModelList *
models_list(Jsonb *more)
{
	MfModelList *list = palloc0(sizeof(MfModelList));
	Size		room = mine_models_n;

	if (more != NULL)
	{
		if (!JB_ROOT_IS_ARRAY(more) || JB_ROOT_IS_SCALAR(more))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("models of mines must be a JSON array"),
					 errhint("SELECT jsonb_agg(to_jsonb(m)) FROM my_models m makes one of a table.")));
		room += JB_ROOT_COUNT(more);
	}
	list->models = palloc0(sizeof(MfModel) * room);
	for (int i = 0; i < mine_models_n; i++)
	{
		MfModel    *model = &list->models[list->n++];

		model->entry = mine_models[i];
		read_names(model);
	}
	if (more != NULL)
		add_entries(list, &more->root);
	return list;
}

int
models_find(const MfModelList *list, const char *name, const MfMineModel **found, int max)
{
	MfMineName	written;
	int			n = 0;

	if (!mine_name_read(name, strlen(name), &written))
		return 0;
	for (int i = 0; i < list->n; i++)
	{
		const MfModel *model = &list->models[i];

		for (int k = 0; k < model->nnames; k++)
		{
			if (!mine_name_means(&written, &model->names[k]))
				continue;
			if (n < max)
				found[n] = &model->entry;
			n++;
			break;
		}
	}
	return n;
}

static void *
read_models(struct varlena *more)
{
	return models_list((Jsonb *) more);
}

static const MfModelList *
models_arg(FunctionCallInfo fcinfo, int n)
{
	return cached_reading(fcinfo, PG_ARGISNULL(n) ? NULL : PG_DETOAST_DATUM(PG_GETARG_DATUM(n)), read_models);
}

/* ---- SQL functions ---- */

static Datum
text_array(const char *parts)
{
	int			n = count_parts(parts);
	Datum	   *texts = palloc(sizeof(Datum) * Max(n, 1));

	for (int i = 0; i < n; i++)
	{
		Size		len = strcspn(parts, "|");

		texts[i] = PointerGetDatum(cstring_to_text_with_len(parts, len));
		parts += len + 1;
	}
	return PointerGetDatum(construct_array(texts, n, TEXTOID, -1, false, TYPALIGN_INT));
}

#define ENTRY_ATTRIBUTES 16

static void
put_entry(ReturnSetInfo *rsinfo, const MfMineModel *m)
{
	const char *words[] = {m->model, NULL, m->category, m->kind, NULL, NULL, m->metal};
	double		numbers[] = {m->self_destruct_min_h, m->self_destruct_max_h,
	m->step_min_m, m->step_max_m, m->density_per_km};
	Datum		values[ENTRY_ATTRIBUTES] = {0};
	bool		nulls[ENTRY_ATTRIBUTES] = {false};

	for (int i = 0; i < lengthof(words); i++)
	{
		nulls[i] = words[i] == NULL;
		if (!nulls[i])
			values[i] = CStringGetTextDatum(words[i]);
	}
	nulls[1] = false;
	values[1] = text_array(m->aliases);
	nulls[4] = isnan(m->explosive_min_kg);
	values[4] = Float8GetDatum(m->explosive_min_kg);
	nulls[5] = isnan(m->explosive_max_kg);
	values[5] = Float8GetDatum(m->explosive_max_kg);
	nulls[7] = m->actuation == NULL;
	values[7] = text_array(m->actuation);
	nulls[8] = m->remotely_delivered == MF_UNSAID;
	values[8] = BoolGetDatum(m->remotely_delivered == MF_SAID_YES);
	nulls[9] = m->self_destruct == MF_UNSAID;
	values[9] = BoolGetDatum(m->self_destruct == MF_SAID_YES);
	for (int i = 0; i < lengthof(numbers); i++)
	{
		nulls[10 + i] = isnan(numbers[i]);
		values[10 + i] = Float8GetDatum(numbers[i]);
	}
	nulls[15] = m->source == NULL;
	values[15] = m->source ? CStringGetTextDatum(m->source) : (Datum) 0;
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/*
 * mf_mine_models(more jsonb) → setof mf_mine_model_entry; NULL: the catalogue
 * alone
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_mine_models);
Datum
mf_mine_models(PG_FUNCTION_ARGS)
{
	const MfModelList *list = models_arg(fcinfo, 0);

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < list->n; i++)
		put_entry((ReturnSetInfo *) fcinfo->resultinfo, &list->models[i].entry);
	return (Datum) 0;
}

/*
 * mf_mine_model_candidates(name text, more jsonb) → text[]: every model that
 * the name can mean, in the catalogue's order; NULL of a NULL name
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_mine_model_candidates);
Datum
mf_mine_model_candidates(PG_FUNCTION_ARGS)
{
	const MfModelList *list = models_arg(fcinfo, 1);
	const MfMineModel **found = palloc(sizeof(MfMineModel *) * list->n);
	Datum	   *texts = palloc(sizeof(Datum) * list->n);
	int			n;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	n = models_find(list, text_to_cstring(PG_GETARG_TEXT_PP(0)), found, list->n);
	for (int i = 0; i < n; i++)
		texts[i] = CStringGetTextDatum(found[i]->model);
	PG_RETURN_ARRAYTYPE_P(construct_array(texts, n, TEXTOID, -1, false, TYPALIGN_INT));
}

/*
 * mf_mine_model(name text, more jsonb) → text: the one model that the name can
 * mean; NULL where there is none or more than one
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_mine_model);
Datum
mf_mine_model(PG_FUNCTION_ARGS)
{
	const MfModelList *list = models_arg(fcinfo, 1);
	const MfMineModel *found;

	if (PG_ARGISNULL(0) ||
		models_find(list, text_to_cstring(PG_GETARG_TEXT_PP(0)), &found, 1) != 1)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(found->model));
}

/*
 * mf_mine_key(name text) → text: the name as signs A-Z, 0-9; NULL where it has
 * none, too many, or others
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_mine_key);
Datum
mf_mine_key(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(0);
	MfMineName	written;
	char		key[MF_NAME_SIGNS + 1];

	if (!mine_name_read(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &written))
		PG_RETURN_NULL();
	mine_name_text(&written, key);
	PG_RETURN_TEXT_P(cstring_to_text(key));
}
