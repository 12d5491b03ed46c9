/*
 * check_counts.c - checks of counts: of mines, sheets, rows, and what became of them
 */
#include "mf_checks.h"

/* ---- counts that cannot be ---- */

static bool
no_count(bool has, double value)
{
	return has && (value < 0 || value != floor(value));
}

/* NULL: nothing is wrong with it. */
static const char *
count_fault(JsonbContainer *object, const char *name, bool *stated)
{
	MfQuantity	q;

	*stated = field_quantity(object, name, &q) && (q.has_value || q.has_min || q.has_max);
	if (!*stated)
		return NULL;
	if (no_count(q.has_value, q.value) || no_count(q.has_min, q.min) || no_count(q.has_max, q.max))
		return "is negative or no whole number";
	if (q.has_min && q.has_max && q.min > q.max)
		return "has its bounds the wrong way round";
	if (q.has_value && ((q.has_min && q.value < q.min) || (q.has_max && q.value > q.max)))
		return "lies outside its own bounds";
	return NULL;
}

static void
check_count(MfCheckRun *run, JsonbContainer *object, const char *name, const char *where, bool *any)
{
	bool		stated;
	const char *fault = count_fault(object, name, &stated);

	*any |= stated;
	if (fault != NULL)
		check_fails(run, psprintf("%s/%s", where, name), "%s %s", name, fault);
}

static bool
count_impossible(MfCheckRun *run, const MfPaper *paper)
{
	static const char *const totals[] = {"mines_total", "row_count", "sheets_of"};
	JsonbContainer **entries;
	bool		any = false;
	int			n;

	for (int i = 0; i < lengthof(totals); i++)
		check_count(run, paper->properties, totals[i], "/properties", &any);
	for (int i = 0; i < paper->nmines; i++)
	{
		const char *where = psprintf("/properties/mines/%d", i);

		check_count(run, paper->mines[i].entry, "count", where, &any);
		check_count(run, paper->mines[i].entry, "anti_handling", where, &any);
	}
	for (int i = 0; i < paper->nrows; i++)
	{
		for (int k = 0; k < paper->rows[i].nmines; k++)
			check_count(run, paper->rows[i].mines[k].entry, "count",
						psprintf("/properties/location/rows/%d/mines/%d", i, k), &any);
	}
	n = paper_list(paper->properties, "items", &entries);
	for (int i = 0; i < n; i++)
		check_count(run, entries[i], "count", psprintf("/properties/items/%d", i), &any);
	n = paper_list(paper->properties, "events", &entries);
	for (int i = 0; i < n; i++)
		check_count(run, entries[i], "count", psprintf("/properties/events/%d", i), &any);
	return any;
}

/* ---- totals ---- */

/* What the entries of the list say of a model, together. */
static void
listed_of_model(MfBounds *bounds, const MfPaperMine *mines, int n, const MfPaperMine *model)
{
	bounds->min = bounds->max = 0;
	for (int i = 0; i < n; i++)
	{
		const MfQuantity *count = &mines[i].count;

		if (paper_one_model(&mines[i], model))
			bounds->min += count->has_min ? count->min : 0;
		/* an entry without a model may be of it */
		if (paper_one_model(&mines[i], model) || mines[i].model == NULL)
			bounds->max += count->has_max ? count->max : INFINITY;
	}
}

/* Are all rows there, as far as the record says how many it has? */
static bool
rows_complete(const MfPaper *paper)
{
	double		rows = paper_number(paper->properties, "row_count");

	return !(rows > paper->nrows);
}

static void
rows_of_model(MfBounds *bounds, const MfPaper *paper, const MfPaperMine *model)
{
	bounds->min = bounds->max = 0;
	for (int i = 0; i < paper->nrows; i++)
	{
		const MfPaperRow *row = &paper->rows[i];
		JsonbContainer *clusters = field_container(row->entry, "clusters");
		MfBounds	of_row;

		if (row->nmines < 0 || (clusters != NULL && JsonContainerSize(clusters) > 0))
		{
			bounds->max = INFINITY;
			continue;
		}
		listed_of_model(&of_row, row->mines, row->nmines, model);
		bounds->min += of_row.min;
		bounds->max += of_row.max;
	}
	if (!rows_complete(paper))
		bounds->max = INFINITY;
}

static bool
total_differs_from_rows(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	if (paper->nrows <= 0)
		return false;
	for (int i = 0; i < paper->nmines; i++)
	{
		MfBounds	total,
					rows;

		if (paper->mines[i].model == NULL)
			continue;
		listed_of_model(&total, paper->mines, paper->nmines, &paper->mines[i]);
		rows_of_model(&rows, paper, &paper->mines[i]);
		if ((total.min == 0 && isinf(total.max)) || (rows.min == 0 && isinf(rows.max)))
			continue;
		any = true;
		if (bounds_apart(&total, &rows, 0, 0))
			check_fails(run, psprintf("/properties/mines/%d/count", i),
						"%s of %s in all, %s in the rows", bounds_text(&total), paper->mines[i].model,
						bounds_text(&rows));
	}
	return any;
}

static bool
total_differs_from_entries(MfCheckRun *run, const MfPaper *paper)
{
	MfQuantity	q;
	MfBounds	total,
				entries;

	if (paper->nmines < 0 || !field_count(paper->properties, "mines_total", &q))
		return false;
	bounds_of(&total, &q);
	bounds_of_mines(&entries, paper->mines, paper->nmines);
	if (!bounds_known(&total))
		return false;
	if (bounds_apart(&total, &entries, 0, 0))
		check_fails(run, "/properties/mines_total", "the total is %s, the entries add up to %s",
					bounds_text(&total), bounds_text(&entries));
	return true;
}

static bool
anti_handling_exceeds_count(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	for (int i = 0; i < paper->nmines; i++)
	{
		MfQuantity	devices;

		if (!paper->mines[i].count.has_max ||
			!field_count(paper->mines[i].entry, "anti_handling", &devices) || !devices.has_min)
			continue;
		any = true;
		if (devices.min > paper->mines[i].count.max)
			check_fails(run, psprintf("/properties/mines/%d/anti_handling", i),
						"%.0f of %.0f mines have anti-handling devices", devices.min,
						paper->mines[i].count.max);
	}
	return any;
}

/* ---- rows ---- */

static bool
rows_more_than_said(MfCheckRun *run, const MfPaper *paper)
{
	MfQuantity	rows;

	if (paper->nrows < 0 || !field_count(paper->properties, "row_count", &rows) || !rows.has_max)
		return false;
	if (paper->nrows > rows.max)
		check_fails(run, "/properties/row_count", "%d rows are described, the record has %.0f",
					paper->nrows, rows.max);
	return true;
}

static bool
rows_fewer_than_said(MfCheckRun *run, const MfPaper *paper)
{
	MfQuantity	rows;

	if (paper->nrows < 0 || !field_count(paper->properties, "row_count", &rows) || !rows.has_min)
		return false;
	if (paper->nrows < rows.min)
		check_fails(run, "/properties/location/rows", "%d of %.0f rows are described", paper->nrows, rows.min);
	return true;
}

/* ---- what became of them ---- */

static bool
takes_away(const char *kind)
{
	static const char *const words[] = {"lifted", "exploded", "cleared", "destroyed", "removed", "снято", "взорвано"};

	return has_word(kind, words, lengthof(words));
}

static bool
adds(const char *kind)
{
	static const char *const words[] = {"added", "relaid", "laid", "добавлено"};

	return has_word(kind, words, lengthof(words));
}

/* Mines of a model (NULL: of any) that events took away and added. */
static void
sum_events(JsonbContainer **events, int n, const MfModelList *models, const MfPaperMine *model,
		   double *taken, double *added)
{
	*taken = *added = 0;
	for (int i = 0; i < n; i++)
	{
		MfPaperMine mine = {.entry = events[i]};
		const char *kind = trimmed(field_text(events[i], "kind"));
		bool		of_model;

		(void) field_count(events[i], "count", &mine.count);
		mine.model = trimmed(field_text(events[i], "model"));
		if (mine.model != NULL && models_find(models, mine.model, &mine.known, 1) != 1)
			mine.known = NULL;
		of_model = model == NULL || (mine.model != NULL && paper_one_model(&mine, model));
		if (of_model && takes_away(kind) && mine.count.has_min)
			*taken += mine.count.min;
		if ((of_model || mine.model == NULL) && adds(kind))
			*added += mine.count.has_max ? mine.count.max : INFINITY;
	}
}

static bool
events_exceed_laid(MfCheckRun *run, const MfPaper *paper)
{
	JsonbContainer **events;
	int			n = paper_list(paper->properties, "events", &events);
	MfBounds	total;
	double		taken,
				added;

	if (n <= 0 || paper->nmines < 0)
		return false;
	bounds_of_mines(&total, paper->mines, paper->nmines);
	sum_events(events, n, run->options->models, NULL, &taken, &added);
	if (taken > total.max + added)
		check_fails(run, "/properties/events", "%.0f mines were taken away, %.0f were laid", taken, total.max + added);
	for (int i = 0; i < paper->nmines; i++)
	{
		if (paper->mines[i].model == NULL)
			continue;
		listed_of_model(&total, paper->mines, paper->nmines, &paper->mines[i]);
		sum_events(events, n, run->options->models, &paper->mines[i], &taken, &added);
		if (taken > total.max + added)
			check_fails(run, "/properties/events", "%.0f of %s were taken away, %.0f were laid", taken,
						paper->mines[i].model, total.max + added);
	}
	return true;
}

static bool
event_model_unlisted(MfCheckRun *run, const MfPaper *paper)
{
	JsonbContainer **events;
	int			n = paper_list(paper->properties, "events", &events);
	bool		any = false;

	for (int i = 0; i < n && paper->nmines >= 0; i++)
	{
		MfPaperMine mine = {.model = trimmed(field_text(events[i], "model"))};
		bool		listed = false;

		if (mine.model == NULL || adds(trimmed(field_text(events[i], "kind"))))
			continue;
		any = true;
		if (models_find(run->options->models, mine.model, &mine.known, 1) != 1)
			mine.known = NULL;
		for (int k = 0; k < paper->nmines; k++)
			listed |= paper->mines[k].model == NULL || paper_one_model(&paper->mines[k], &mine);
		if (!listed)
			check_fails(run, psprintf("/properties/events/%d/model", i),
						"%s is none of the record's models", mine.model);
	}
	return any;
}

/* ---- sheets ---- */

static bool
sheet_missing(MfCheckRun *run, const MfPaper *paper)
{
	MfSheets	sheets;
	StringInfoData missing;

	if (!sheets_read(paper->properties, &sheets))
		return false;
	initStringInfo(&missing);
	for (int i = 1; i <= sheets.of; i++)
	{
		if (!sheets.there[i])
			appendStringInfo(&missing, "%s%d", missing.len ? ", " : "", i);
	}
	if (missing.len > 0)
		check_fails(run, "/properties/sheets", "of %d sheets %s are not at hand", sheets.of, missing.data);
	return true;
}

static bool
sheet_number_odd(MfCheckRun *run, const MfPaper *paper)
{
	MfSheets	sheets;

	if (!sheets_read(paper->properties, &sheets))
		return false;
	for (int i = 0; i < sheets.nlabels; i++)
	{
		const char *path = psprintf("/properties/sheets/%d", i);

		if (sheets.labels[i] == 0 || sheets.labels[i] > sheets.of)
			check_fails(run, path, "sheet %d of %d", sheets.labels[i], sheets.of);
		for (int k = 0; k < i; k++)
		{
			if (sheets.labels[i] >= 0 && sheets.labels[i] == sheets.labels[k])
			{
				check_fails(run, path, "sheet %d is there twice", sheets.labels[i]);
				break;
			}
		}
	}
	return true;
}

const MfCheck checks_of_counts[] = {
	{"count_impossible", MF_HIGH, "a count is negative, no whole number, or outside its own bounds",
	"Totals take it for unknown: compare it with the paper.", count_impossible, NULL},
	{"total_differs_from_rows", MF_HIGH, "the count of a model is not what its rows add up to",
	"One of the two is wrong, or a row is missing: compare with the other copies.", total_differs_from_rows, NULL},
	{"total_differs_from_entries", MF_HIGH, "the total is not what the entries add up to",
	"One of them is wrong, or an entry is missing.", total_differs_from_entries, NULL},
	{"anti_handling_exceeds_count", MF_HIGH, "more anti-handling devices than mines",
	"Compare both with the paper.", anti_handling_exceeds_count, NULL},
	{"rows_more_than_said", MF_HIGH, "more rows are described than the record says it has",
	"Look for a row that belongs to another record, or was added later.", rows_more_than_said, NULL},
	{"rows_fewer_than_said", MF_LOW, "fewer rows are described than the record says it has",
	"Where the others run has to be taken from front and depth.", rows_fewer_than_said, NULL},
	{"events_exceed_laid", MF_HIGH, "more mines were taken away than were laid",
	"Mines were added without a record, or those of another field are counted.", events_exceed_laid, NULL},
	{"event_model_unlisted", MF_MEDIUM, "an event names a model that the record does not list",
	"The list is incomplete, or the event is of another field.", event_model_unlisted, NULL},
	{"sheet_missing", MF_HIGH, "sheets that the record says it has are not at hand",
	"Ask for them by record and number.", sheet_missing, NULL},
	{"sheet_number_odd", MF_MEDIUM, "a sheet is there twice, or its number is beyond the last",
	"Look for a sheet of another record.", sheet_number_odd, NULL},
	{NULL, 0, NULL, NULL, NULL, NULL}
};
