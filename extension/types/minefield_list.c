/*
 * minefield_list.c - the lists in a record as rows: mines, points, rows
 */
#include "mf_types.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"

#define MAX_COLUMNS 16

/* A row under construction. */
typedef struct Row
{
	int			n;
	Datum		values[MAX_COLUMNS];
	bool		nulls[MAX_COLUMNS];
} Row;

static void
put_text(Row *row, char *s)
{
	row->nulls[row->n] = s == NULL;
	row->values[row->n++] = s ? CStringGetTextDatum(s) : (Datum) 0;
}

static void
put_float8(Row *row, bool known, double value)
{
	row->nulls[row->n] = !known;
	row->values[row->n++] = Float8GetDatum(value);
}

static void
put_null(Row *row)
{
	row->nulls[row->n] = true;
	row->values[row->n++] = (Datum) 0;
}

static void
put_json(Row *row, JsonbContainer *container)
{
	row->nulls[row->n] = container == NULL;
	row->values[row->n++] = container ? JsonbPGetDatum(container_jsonb(container)) : (Datum) 0;
}

/* A quantity's one value, where it has one. */
static void
put_quantity(Row *row, JsonbContainer *object, const char *name)
{
	MfQuantity	q;
	bool		known = field_quantity(object, name, &q) && q.has_value;

	put_float8(row, known, known ? q.value : 0);
}

static void
put_row(FunctionCallInfo fcinfo, Row *row)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, row->values, row->nulls);
}

static void
begin_row(Row *row, int n)
{
	row->n = 0;
	row->nulls[row->n] = false;
	row->values[row->n++] = Int32GetDatum(n + 1);
}

/* as_written and legible of an entry's count, where it is an object. */
static void
put_count_notes(Row *row, JsonbContainer *entry)
{
	JsonbContainer *count = entry ? field_container(entry, "count") : NULL;
	JsonbValue	legible;

	put_text(row, count ? field_text(count, "as_written") : NULL);
	if (count && field_get(count, "legible", &legible) && legible.type == jbvBool)
	{
		row->nulls[row->n] = false;
		row->values[row->n++] = BoolGetDatum(legible.val.boolean);
	}
	else
		put_null(row);
}

/* mf_mines(record minefield) → setof mf_mine_entry */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_mines);
Datum
mf_mines(PG_FUNCTION_ARGS)
{
	MfMineEntry *entries;
	int			n = minefield_mines(PG_GETARG_MINEFIELD_P(0), &entries);

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < n; i++)
	{
		MfMineEntry *entry = &entries[i];
		Row			row;

		begin_row(&row, i);
		put_text(&row, entry->model);
		put_float8(&row, entry->count.has_value, entry->count.value);
		put_float8(&row, entry->count.has_min, entry->count.min);
		put_float8(&row, entry->count.has_max, entry->count.max);
		put_count_notes(&row, entry->entry);
		put_json(&row, entry->entry);
		put_row(fcinfo, &row);
	}
	return (Datum) 0;
}

/* The objects in an array of properties.location; other elements are NULL. */
static int
location_list(const Minefield *mf, const char *name, JsonbContainer ***entries)
{
	JsonbContainer *location = field_container(minefield_properties(mf), "location");
	JsonbContainer *list = field_container(location, name);
	int			n;

	if (list == NULL || !JsonContainerIsArray(list))
		return 0;
	n = JsonContainerSize(list);
	*entries = palloc0(sizeof(JsonbContainer *) * Max(n, 1));
	for (int i = 0; i < n; i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(list, i);

		if (value->type == jbvBinary && JsonContainerIsObject(value->val.binary.data))
			(*entries)[i] = value->val.binary.data;
	}
	return n;
}

/* mf_points(record minefield) → setof mf_point */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_points);
Datum
mf_points(PG_FUNCTION_ARGS)
{
	JsonbContainer **points;
	int			n = location_list(PG_GETARG_MINEFIELD_P(0), "points", &points);

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < n; i++)
	{
		JsonbContainer *point = points[i];
		Row			row;

		begin_row(&row, i);
		put_text(&row, field_text(point, "id"));
		put_text(&row, field_text(point, "role"));
		put_text(&row, field_text(point, "description"));
		put_quantity(&row, point, "northing");
		put_quantity(&row, point, "easting");
		put_quantity(&row, point, "lon");
		put_quantity(&row, point, "lat");
		put_text(&row, field_text(point, "mgrs"));
		put_quantity(&row, point, "accuracy95_m");
		put_null(&row);			/* geometry: known once located */
		put_json(&row, point);
		put_row(fcinfo, &row);
	}
	return (Datum) 0;
}

/* An array of texts; elements that are neither string nor number are NULL. */
static void
put_texts(Row *row, JsonbContainer *list)
{
	int			n;
	Datum	   *texts;
	bool	   *nulls;
	int			lower = 1;

	if (list == NULL || !JsonContainerIsArray(list))
	{
		put_null(row);
		return;
	}
	n = JsonContainerSize(list);
	texts = palloc(sizeof(Datum) * Max(n, 1));
	nulls = palloc(sizeof(bool) * Max(n, 1));
	for (int i = 0; i < n; i++)
	{
		char	   *text = value_text(getIthJsonbValueFromContainer(list, i));

		nulls[i] = text == NULL;
		if (!nulls[i])
			texts[i] = CStringGetTextDatum(text);
	}
	row->nulls[row->n] = false;
	row->values[row->n++] = PointerGetDatum(construct_md_array(texts, nulls, 1, &n, &lower,
															   TEXTOID, -1, false,
															   TYPALIGN_INT));
}

/* mf_rows(record minefield) → setof mf_row */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_rows);
Datum
mf_rows(PG_FUNCTION_ARGS)
{
	JsonbContainer **rows;
	int			n = location_list(PG_GETARG_MINEFIELD_P(0), "rows", &rows);

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < n; i++)
	{
		JsonbContainer *entry = rows[i];
		Row			row;

		begin_row(&row, i);
		put_text(&row, field_text(entry, "id"));
		put_texts(&row, field_container(entry, "path"));
		put_quantity(&row, entry, "step_m");
		put_quantity(&row, entry, "offset_m");
		put_json(&row, field_container(entry, "mines"));
		put_null(&row);			/* geometry: known once located */
		put_json(&row, entry);
		put_row(fcinfo, &row);
	}
	return (Datum) 0;
}
