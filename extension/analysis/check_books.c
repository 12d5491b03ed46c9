/*
 * check_books.c - checks of records beside each other
 */
#include "mf_checks.h"

/* A finding of one record of the book. */
static void
at_item(MfCheckRun *run, const MfBookItem *item)
{
	run->n = item->n + 1;
	run->key = item->key;
}

/* A finding of the book itself. */
static void
at_book(MfCheckRun *run)
{
	run->n = 0;
	run->key = NULL;
}

static const char *
name_of(const MfBookItem *item)
{
	return item->key != NULL ? item->key : psprintf("record %u", item->n + 1);
}

/* ---- numbers and copies ---- */

typedef struct Named
{
	const char *id;
	const MfBookItem *item;
} Named;

static int
order_named(const void *a, const void *b)
{
	const Named *x = a;
	const Named *y = b;
	int			order = strcmp(x->id, y->id);

	return order != 0 ? order : x->item->n < y->item->n ? -1 : 1;
}

static bool
book_id_repeated(MfCheckRun *run, const MfBook *book)
{
	Named	   *names = palloc_extended(sizeof(Named) * Max((Size) book->n, 1), MCXT_ALLOC_HUGE);
	uint32		n = 0;

	for (uint32 i = 0; i < book->n; i++)
	{
		char	   *id = trimmed(minefield_id(book->items[i].record));

		if (id != NULL)
			names[n++] = (Named) {id, &book->items[i]};
	}
	qsort(names, n, sizeof(Named), order_named);
	for (uint32 i = 1; i < n; i++)
	{
		if (strcmp(names[i].id, names[i - 1].id) != 0)
			continue;
		at_item(run, names[i].item);
		check_fails(run, "/id", "records %u and %u have the id \"%s\"", names[i - 1].item->n + 1,
					names[i].item->n + 1, names[i].id);
	}
	return n > 0;
}

static bool
any_number(const MfBook *book)
{
	for (uint32 i = 0; i < book->n; i++)
	{
		if (book->items[i].number != NULL)
			return true;
	}
	return false;
}

static bool
book_number_repeated(MfCheckRun *run, const MfBook *book)
{
	for (uint32 i = 0; i < book->nsets; i++)
	{
		const MfCopySet *set = &book->sets[i];

		for (int k = 1; k < set->n && set->repeated; k++)
		{
			const MfBookItem *a = &set->items[k - 1];
			const MfBookItem *b = &set->items[k];

			if (a->copy != b->copy && (a->copy == NULL || b->copy == NULL || strcmp(a->copy, b->copy) != 0))
				continue;
			at_item(run, b);
			check_fails(run, "/properties/number", "%s has the number %s%s%s, too", name_of(a), set->items[0].number,
						b->copy ? " and copy " : "", b->copy ? b->copy : "");
		}
	}
	return any_number(book);
}

static bool
book_copies_differ(MfCheckRun *run, const MfBook *book)
{
	bool		any = false;

	for (uint32 i = 0; i < book->nsets; i++)
	{
		const MfCopySet *set = &book->sets[i];

		CHECK_FOR_INTERRUPTS();
		for (int k = 1; k < set->n; k++)
		{
			any = true;
			if (!copies_differ(&set->items[0], &set->items[k]))
				continue;
			at_item(run, &set->items[k]);
			check_fails(run, "/properties", "it does not say the same as %s of number %s",
						name_of(&set->items[0]), set->items[0].number);
		}
	}
	return any;
}

static bool
book_copy_missing(MfCheckRun *run, const MfBook *book)
{
	bool		any = false;

	for (uint32 i = 0; i < book->nsets; i++)
	{
		const MfCopySet *set = &book->sets[i];
		StringInfoData missing;

		if (set->items[0].number == NULL || set->items[set->n - 1].copy_number < 0)
			continue;
		any = true;
		if (set->nmissing == 0)
			continue;
		initStringInfo(&missing);
		for (int k = 0; k < set->nmissing; k++)
			appendStringInfo(&missing, "%s%d", k > 0 ? ", " : "", set->missing[k]);
		at_item(run, &set->items[set->n - 1]);
		check_fails(run, "/properties/copy", "of number %s copy %d is there, and not %s", set->items[0].number,
					set->items[set->n - 1].copy_number, missing.data);
	}
	return any;
}

static bool
book_number_missing(MfCheckRun *run, const MfBook *book)
{
	MfNumberList list = {0};
	MfNumberLimits limits = {0};
	MfNumberGap *gaps;
	int			n;

	for (uint32 i = 0; i < book->n; i++)
	{
		if (book->items[i].number != NULL)
			number_list_add(&list, book->items[i].number);
	}
	if (list.n == 0)
		return false;
	n = number_gaps(&list, &limits, &gaps);
	at_book(run);
	for (int i = 0; i < n; i++)
	{
		char	   *first = number_at(gaps[i].series, gaps[i].first, gaps[i].width);

		if (gaps[i].first == gaps[i].last)
			check_fails(run, "/features", "number %s is missing", first);
		else
			check_fails(run, "/features", "numbers %s to %s are missing", first,
						number_at(gaps[i].series, gaps[i].last, gaps[i].width));
	}
	return true;
}

static bool
book_number_absent(MfCheckRun *run, const MfBook *book)
{
	for (uint32 i = 0; i < book->n; i++)
	{
		if (book->items[i].number != NULL)
			continue;
		at_item(run, &book->items[i]);
		check_fails(run, "/properties/number", "the record has no number");
	}
	return book->n > 0;
}

/* ---- extents ---- */

static int
order_extents(const void *a, const void *b)
{
	const MfBookItem *const *x = a;
	const MfBookItem *const *y = b;
	MfExtent	p,
				q;
	int			order;

	minefield_extent((*x)->record, &p);
	minefield_extent((*y)->record, &q);
	if (p.kind != q.kind)
		return p.kind < q.kind ? -1 : 1;
	if (p.npoints != q.npoints)
		return p.npoints < q.npoints ? -1 : 1;
	if (p.nrings != q.nrings)
		return p.nrings < q.nrings ? -1 : 1;
	order = memcmp(p.xy, q.xy, 16 * (Size) p.npoints);
	if (order == 0)
		order = memcmp(p.ring_points, q.ring_points, sizeof(uint32) * p.nrings);
	return order;
}

static int
order_extents_and_places(const void *a, const void *b)
{
	int			order = order_extents(a, b);

	if (order != 0)
		return order;
	return (*(const MfBookItem *const *) a)->n < (*(const MfBookItem *const *) b)->n ? -1 : 1;
}

static bool
copies_of_one(const MfBookItem *a, const MfBookItem *b)
{
	return a->number != NULL && b->number != NULL && strcmp(a->number, b->number) == 0;
}

static bool
book_extent_repeated(MfCheckRun *run, const MfBook *book)
{
	const MfBookItem **items = palloc_extended(sizeof(MfBookItem *) * Max((Size) book->n, 1), MCXT_ALLOC_HUGE);
	uint32		n = 0;

	for (uint32 i = 0; i < book->n; i++)
	{
		if (MF_IS_LOCATED(book->items[i].record))
			items[n++] = &book->items[i];
	}
	qsort(items, n, sizeof(MfBookItem *), order_extents_and_places);
	for (uint32 i = 1; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (order_extents(&items[i - 1], &items[i]) != 0 || copies_of_one(items[i - 1], items[i]))
			continue;
		at_item(run, items[i]);
		check_fails(run, "/geometry", "the extent is exactly that of %s", name_of(items[i - 1]));
	}
	return n > 0;
}

/* ---- what was declared ---- */

static bool
check_declared(MfCheckRun *run, const MfBook *book, const char *item, const char *path)
{
	MfDeclared *declared;
	int			n = book_declared(book, run->options->models, item, &declared);

	at_book(run);
	for (int i = 0; i < n; i++)
	{
		const MfDeclared *d = &declared[i];
		MfBounds	said,
					there;
		bool		known;

		if (declared_agrees(d, &known))
			continue;
		bounds_of(&said, &d->declared);
		bounds_of(&there, &d->received);
		check_fails(run, path, "%s %s%s%s declared, %s received", bounds_text(&said), d->item,
					d->model ? " of " : "", d->model ? d->model : "", bounds_text(&there));
	}
	return n > 0;
}

static bool
book_records_declared(MfCheckRun *run, const MfBook *book)
{
	return check_declared(run, book, "records", "/logbook/records_declared");
}

static bool
book_sheets_declared(MfCheckRun *run, const MfBook *book)
{
	return check_declared(run, book, "sheets", "/logbook/sheets_declared");
}

static bool
book_mines_declared(MfCheckRun *run, const MfBook *book)
{
	return check_declared(run, book, "mines", "/logbook/mines_declared");
}

const MfCheck checks_of_books[] = {
	{"book_id_repeated", MF_HIGH, "two records have the same id, blanks at its ends aside",
	"What refers to it can mean either: give the records different ids.", NULL, book_id_repeated},
	{"book_number_repeated", MF_HIGH, "two records have the same number and are the same copy",
	"Compare them: one field twice, or two fields with one number.", NULL, book_number_repeated},
	{"book_copies_differ", MF_HIGH, "copies of one record do not say the same",
	"Find out which one the others were copied from.", NULL, book_copies_differ},
	{"book_copy_missing", MF_LOW, "lower copies of a record are not there",
	"Ask for them: figures on the first copy are nearest to the field.", NULL, book_copy_missing},
	{"book_number_missing", MF_HIGH, "numbers are missing between those that are there",
	"Ask for these records by number; that a number is missing does not say that there was a record.", NULL, book_number_missing},
	{"book_number_absent", MF_LOW, "a record has no number",
	"Nobody can tell whether it is one of those that are missing.", NULL, book_number_absent},
	{"book_extent_repeated", MF_MEDIUM, "two records that are not copies of one have exactly the same extent",
	"Compare them: one was perhaps drawn by the other.", NULL, book_extent_repeated},
	{"book_records_declared", MF_HIGH, "not as many records came as the header declares",
	"Ask for those that are missing.", NULL, book_records_declared},
	{"book_sheets_declared", MF_HIGH, "not as many sheets came as the header declares",
	"Ask for those that are missing.", NULL, book_sheets_declared},
	{"book_mines_declared", MF_HIGH, "the records do not have as many mines of a model as the header declares",
	"Ask which records the sum was made of.", NULL, book_mines_declared},
	{NULL, 0, NULL, NULL, NULL, NULL}
};
