/*
 * book.c - records as a set: copies of one number, and what was declared
 */
#include "mf_check.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/float.h"

/* ---- reading ---- */

static void
read_item(MfBookItem *item, const Minefield *record, const char *key, uint32 n)
{
	item->n = n;
	item->key = key;
	item->record = record;
	item->properties = minefield_properties(record);
	item->number = field_text(item->properties, "number");
	item->part = field_text(item->properties, "part");
	item->copy = field_text(item->properties, "copy");
	item->copy_number = -1;
	if (item->copy != NULL && strlen(item->copy) < 4 && item->copy[0] != '\0' &&
		strspn(item->copy, "0123456789") == strlen(item->copy))
		item->copy_number = atoi(item->copy);
}

static int
order_texts(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

static int
order_items(const void *a, const void *b)
{
	const MfBookItem *x = a;
	const MfBookItem *y = b;
	int			order = order_texts(x->number, y->number);

	if (order == 0)
		order = order_texts(x->part, y->part);
	/* those without a number stand alone, in the book's order */
	if (order == 0 && x->number != NULL)
	{
		order = x->copy_number - y->copy_number;
		if (order == 0)
			order = order_texts(x->copy, y->copy);
	}
	if (order == 0)
		order = x->n < y->n ? -1 : 1;
	return order;
}

static bool
same_number(const MfBookItem *a, const MfBookItem *b)
{
	return a->number != NULL && b->number != NULL && strcmp(a->number, b->number) == 0 &&
		order_texts(a->part, b->part) == 0;
}

static void
judge_copies(MfCopySet *set)
{
	int			next = 1;
	int			highest = set->items[set->n - 1].copy_number;

	set->missing = palloc(sizeof(int) * Max(highest, 1));
	for (int i = 0; i < set->n; i++)
	{
		int			copy = set->items[i].copy_number;

		for (; next < copy; next++)
			set->missing[set->nmissing++] = next;
		next = Max(next, copy + 1);
		if (i > 0 && order_texts(set->items[i].copy, set->items[i - 1].copy) == 0)
			set->repeated = true;
	}
}

void
book_read(MfBook *book, const Minefield *const *records, const char *const *keys, uint32 n)
{
	memset(book, 0, sizeof(*book));
	book->most = n;
	book->items = palloc_extended(sizeof(MfBookItem) * Max((Size) n, 1), MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < n; i++)
	{
		if (records[i] != NULL)
			read_item(&book->items[book->n++], records[i], keys == NULL ? NULL : keys[i], i);
	}
	qsort(book->items, book->n, sizeof(MfBookItem), order_items);
	book->sets = palloc_extended(sizeof(MfCopySet) * Max((Size) book->n, 1),
								 MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (uint32 i = 0; i < book->n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (i > 0 && same_number(&book->items[i - 1], &book->items[i]))
			book->sets[book->nsets - 1].n++;
		else
		{
			book->sets[book->nsets].items = &book->items[i];
			book->sets[book->nsets++].n = 1;
		}
	}
	for (uint32 i = 0; i < book->nsets; i++)
		judge_copies(&book->sets[i]);
}

void
book_of_logbook(MfBook *book, const Logbook *logbook)
{
	Size		room = Max((Size) logbook->nrecords, 1);
	const Minefield **records = palloc_extended(sizeof(Minefield *) * room, MCXT_ALLOC_HUGE);
	const char **keys = palloc_extended(sizeof(char *) * room, MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < logbook->nrecords; i++)
	{
		records[i] = logbook_record(logbook, i);
		keys[i] = minefield_id(records[i]);
	}
	book_read(book, records, keys, logbook->nrecords);
	book->header = field_container(logbook_header(logbook), "logbook");
}

/* ---- copies ---- */

static bool
says_nothing_of_the_field(const JsonbValue *key)
{
	static const char *const members[] = {"number", "part", "copy", "scans", "derived", "sheets", "readings"};

	for (int i = 0; i < lengthof(members); i++)
	{
		if (key->val.string.len == (int) strlen(members[i]) &&
			memcmp(key->val.string.val, members[i], key->val.string.len) == 0)
			return true;
	}
	return false;
}

/* The next member that counts; false: there is none. */
static bool
next_member(JsonbIterator **it, JsonbValue *key, JsonbValue *value)
{
	JsonbIteratorToken token;

	while ((token = JsonbIteratorNext(it, key, true)) != WJB_DONE)
	{
		if (token != WJB_KEY)
			continue;
		(void) JsonbIteratorNext(it, value, true);
		/* null and absent are one */
		if (value->type != jbvNull && !says_nothing_of_the_field(key))
			return true;
	}
	return false;
}

static bool
same_scalar(const JsonbValue *a, const JsonbValue *b)
{
	if (a->type == jbvBool)
		return a->val.boolean == b->val.boolean;
	return strcmp(value_text(a), value_text(b)) == 0;
}

bool
copies_differ(const MfBookItem *a, const MfBookItem *b)
{
	JsonbIterator *x,
			   *y;
	JsonbValue	xkey,
				ykey,
				xvalue,
				yvalue;

	if (a->properties == NULL || b->properties == NULL)
		return a->properties != b->properties;
	x = JsonbIteratorInit(a->properties);
	y = JsonbIteratorInit(b->properties);
	for (;;)
	{
		bool		more = next_member(&x, &xkey, &xvalue);

		if (next_member(&y, &ykey, &yvalue) != more)
			return true;
		if (!more)
			return false;
		if (xkey.val.string.len != ykey.val.string.len ||
			memcmp(xkey.val.string.val, ykey.val.string.val, xkey.val.string.len) != 0 ||
			xvalue.type != yvalue.type)
			return true;
		if (xvalue.type == jbvBinary)
		{
			if (compareJsonbContainers(xvalue.val.binary.data, yvalue.val.binary.data) != 0)
				return true;
		}
		else if (!same_scalar(&xvalue, &yvalue))
			return true;
	}
}

/* ---- what was declared ---- */

static void
exactly(MfQuantity *q, double value)
{
	q->has_value = q->has_min = q->has_max = true;
	q->value = q->min = q->max = value;
}

/* Sheets at hand of all originals; a record that lists none may have any. */
static void
received_sheets(const MfBook *book, MfQuantity *received)
{
	exactly(received, 0);
	for (uint32 i = 0; i < book->nsets; i++)
	{
		JsonbContainer *sheets = field_container(book->sets[i].items[0].properties, "sheets");

		if (sheets != NULL && JsonContainerIsArray(sheets))
			exactly(received, received->min + JsonContainerSize(sheets));
		else
			received->has_max = false;
		if (!received->has_max)
			received->has_value = false;
	}
}

/* May the two names mean one model? */
static bool
same_model(const MfModelList *models, const char *a, const char *b)
{
	const MfMineModel *x,
			   *y;

	if (strcmp(a, b) == 0)
		return true;
	return models_find(models, a, &x, 1) == 1 && models_find(models, b, &y, 1) == 1 && x == y;
}

static void
received_mines(const MfBook *book, const MfModelList *models, const char *model, MfQuantity *received)
{
	double		min = 0;
	double		max = 0;

	for (uint32 i = 0; i < book->nsets; i++)
	{
		MfMineEntry *entries;
		int			n = minefield_mines(book->sets[i].items[0].record, &entries);

		CHECK_FOR_INTERRUPTS();
		if (n < 0)
			max = get_float8_infinity();
		for (int k = 0; k < n; k++)
		{
			const MfQuantity *count = &entries[k].count;
			bool		of_model = entries[k].model != NULL && same_model(models, entries[k].model, model);

			if (of_model && count->has_min)
				min += count->min;
			/* an entry without a model may be of it */
			if (of_model || entries[k].model == NULL)
				max += count->has_max ? count->max : get_float8_infinity();
		}
	}
	memset(received, 0, sizeof(*received));
	received->has_min = true;
	received->min = min;
	received->has_max = !isinf(max);
	received->max = max;
}

static bool
wanted(const char *item, const char *only)
{
	return only == NULL || strcmp(item, only) == 0;
}

int
book_declared(const MfBook *book, const MfModelList *models, const char *only,
			  MfDeclared **declared)
{
	JsonbContainer *mines = field_container(book->header, "mines_declared");
	MfDeclared *d;
	int			n = 0;

	if (mines != NULL && !JsonContainerIsArray(mines))
		mines = NULL;
	*declared = d = palloc0(sizeof(MfDeclared) * (2 + (mines ? JsonContainerSize(mines) : 0)));
	if (wanted("records", only) && field_count(book->header, "records_declared", &d[n].declared))
	{
		d[n].item = "records";
		exactly(&d[n++].received, book->nsets);
	}
	if (wanted("sheets", only) && field_count(book->header, "sheets_declared", &d[n].declared))
	{
		d[n].item = "sheets";
		received_sheets(book, &d[n++].received);
	}
	for (uint32 i = 0; mines != NULL && wanted("mines", only) && i < JsonContainerSize(mines); i++)
	{
		JsonbValue *entry = getIthJsonbValueFromContainer(mines, i);

		if (entry->type != jbvBinary || !field_count(entry->val.binary.data, "count", &d[n].declared))
			continue;
		d[n].model = field_text(entry->val.binary.data, "model");
		if (d[n].model == NULL)
			continue;
		d[n].item = "mines";
		received_mines(book, models, d[n].model, &d[n].received);
		n++;
	}
	return n;
}

bool
declared_agrees(const MfDeclared *d, bool *known)
{
	*known = true;
	if ((d->declared.has_min && d->received.has_max && d->declared.min > d->received.max) ||
		(d->declared.has_max && d->received.has_min && d->declared.max < d->received.min))
		return false;
	*known = d->declared.has_min && d->declared.has_max && d->received.has_min && d->received.has_max;
	return true;
}

/* ---- SQL functions ---- */

/* The records and keys of two arrays; the shorter one is filled up with NULL. */
static void
book_args(FunctionCallInfo fcinfo, MfBook *book, int keys_arg, int records_arg)
{
	ArrayType  *array = PG_ARGISNULL(records_arg) ? NULL : PG_GETARG_ARRAYTYPE_P(records_arg);
	const Minefield **records;
	const char **keys;
	Datum	   *values;
	bool	   *nulls;
	int			n = 0;
	int			nkeys;

	if (array != NULL)
		deconstruct_array(array, ARR_ELEMTYPE(array), -1, false, TYPALIGN_DOUBLE, &values, &nulls, &n);
	records = palloc_extended(sizeof(Minefield *) * Max((Size) n, 1), MCXT_ALLOC_HUGE);
	keys = palloc_extended(sizeof(char *) * Max((Size) n, 1), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (int i = 0; i < n; i++)
		records[i] = nulls[i] ? NULL : DatumGetMinefieldP(values[i]);
	if (keys_arg >= 0 && !PG_ARGISNULL(keys_arg))
	{
		deconstruct_array(PG_GETARG_ARRAYTYPE_P(keys_arg), TEXTOID, -1, false, TYPALIGN_INT,
						  &values, &nulls, &nkeys);
		for (int i = 0; i < Min(n, nkeys); i++)
			keys[i] = nulls[i] ? NULL : TextDatumGetCString(values[i]);
	}
	book_read(book, records, keys, n);
}

static Datum
texts_of(const MfCopySet *set, bool of_keys)
{
	Datum	   *texts = palloc(sizeof(Datum) * set->n);
	bool	   *nulls = palloc(sizeof(bool) * set->n);
	int			lower = 1;
	int			n = set->n;

	for (int i = 0; i < set->n; i++)
	{
		const char *text = of_keys ? set->items[i].key : set->items[i].copy;

		nulls[i] = text == NULL;
		texts[i] = text == NULL ? (Datum) 0 : CStringGetTextDatum(text);
	}
	return PointerGetDatum(construct_md_array(texts, nulls, 1, &n, &lower, TEXTOID, -1, false,
											  TYPALIGN_INT));
}

static void
put_copy_set(FunctionCallInfo fcinfo, const MfCopySet *set)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum	   *missing = palloc(sizeof(Datum) * Max(set->nmissing, 1));
	bool		differ = false;
	Datum		values[8];
	bool		nulls[8] = {false};

	for (int i = 0; i < set->nmissing; i++)
		missing[i] = Int32GetDatum(set->missing[i]);
	for (int i = 1; i < set->n && !differ; i++)
		differ = copies_differ(&set->items[0], &set->items[i]);
	values[0] = CStringGetTextDatum(set->items[0].number);
	nulls[1] = set->items[0].part == NULL;
	values[1] = nulls[1] ? (Datum) 0 : CStringGetTextDatum(set->items[0].part);
	values[2] = Int64GetDatum(set->n);
	values[3] = texts_of(set, true);
	values[4] = texts_of(set, false);
	values[5] = PointerGetDatum(construct_array(missing, set->nmissing, INT4OID, 4, true, TYPALIGN_INT));
	values[6] = BoolGetDatum(set->repeated);
	nulls[7] = set->n < 2;
	values[7] = BoolGetDatum(differ);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

static void
put_copies(FunctionCallInfo fcinfo, const MfBook *book)
{
	for (uint32 i = 0; i < book->nsets; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (book->sets[i].items[0].number != NULL &&
			(book->sets[i].n > 1 || book->sets[i].nmissing > 0))
			put_copy_set(fcinfo, &book->sets[i]);
	}
}

/* mf_copies(keys text[], records minefield[]) → setof mf_copy_set */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_copies);
Datum
mf_copies(PG_FUNCTION_ARGS)
{
	MfBook		book;

	InitMaterializedSRF(fcinfo, 0);
	book_args(fcinfo, &book, 0, 1);
	put_copies(fcinfo, &book);
	return (Datum) 0;
}

/* mf_copies(book logbook) → setof mf_copy_set */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_copies_book);
Datum
mf_copies_book(PG_FUNCTION_ARGS)
{
	MfBook		book;

	InitMaterializedSRF(fcinfo, 0);
	book_of_logbook(&book, PG_GETARG_LOGBOOK_P(0));
	put_copies(fcinfo, &book);
	return (Datum) 0;
}

static void
put_declared(FunctionCallInfo fcinfo, const MfBook *book, Jsonb *more)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	MfDeclared *declared;
	int			n = book_declared(book, models_list(more), NULL, &declared);

	for (int i = 0; i < n; i++)
	{
		const MfDeclared *d = &declared[i];
		const MfQuantity *sides[] = {&d->declared, &d->received};
		Datum		values[7];
		bool		nulls[7] = {false};
		bool		known;
		bool		agrees = declared_agrees(d, &known);

		values[0] = CStringGetTextDatum(d->item);
		nulls[1] = d->model == NULL;
		values[1] = nulls[1] ? (Datum) 0 : CStringGetTextDatum(d->model);
		for (int k = 0; k < 2; k++)
		{
			nulls[2 + 2 * k] = !sides[k]->has_min;
			values[2 + 2 * k] = Float8GetDatum(sides[k]->min);
			nulls[3 + 2 * k] = !sides[k]->has_max;
			values[3 + 2 * k] = Float8GetDatum(sides[k]->max);
		}
		nulls[6] = !known;
		values[6] = BoolGetDatum(agrees);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
}

/*
 * mf_declared(header jsonb, records minefield[], more jsonb) → setof
 * mf_declared_item; no rows for a NULL header
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_declared);
Datum
mf_declared(PG_FUNCTION_ARGS)
{
	MfBook		book;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	book_args(fcinfo, &book, -1, 1);
	book.header = JB_ROOT_IS_OBJECT(PG_GETARG_JSONB_P(0)) ? &PG_GETARG_JSONB_P(0)->root : NULL;
	put_declared(fcinfo, &book, PG_ARGISNULL(2) ? NULL : PG_GETARG_JSONB_P(2));
	return (Datum) 0;
}

/* mf_declared(book logbook, more jsonb) → setof mf_declared_item */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_declared_book);
Datum
mf_declared_book(PG_FUNCTION_ARGS)
{
	MfBook		book;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	book_of_logbook(&book, PG_GETARG_LOGBOOK_P(0));
	put_declared(fcinfo, &book, PG_ARGISNULL(1) ? NULL : PG_GETARG_JSONB_P(1));
	return (Datum) 0;
}
