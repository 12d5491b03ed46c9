/*
 * check_sizes.c - checks of what counts and sizes have to do with each other
 *
 * count = rows x front / step, depth = (rows - 1) x gap, density = count /
 * front: the laws of a form that was filled in from one plan.
 */
#include "mf_checks.h"

/* Figures of different origin may miss each other by this many rows' mines. */
#define DENSITY_SHARE	0.15
/* Beyond this from what is typical, a figure is a question. */
#define STEP_FACTOR		2.0
#define DENSITY_FACTOR	4.0
#define BURIAL_MOST_M	1.0

static bool
quantity(JsonbContainer *object, const char *name, MfBounds *bounds)
{
	MfQuantity	q;

	if (!field_quantity(object, name, &q))
		return false;
	bounds_of(bounds, &q);
	return bounds_known(bounds);
}

static void
check_positive(MfCheckRun *run, JsonbContainer *object, const char *name, const char *where,
			   bool zero_allowed, bool *any)
{
	MfBounds	bounds;

	if (!quantity(object, name, &bounds))
		return;
	*any = true;
	if (bounds.min < 0 || bounds.max < 0 || (!zero_allowed && bounds.max == 0))
		check_fails(run, psprintf("%s/%s", where, name), "%s is %s", name, bounds_text(&bounds));
}

static bool
size_not_positive(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	check_positive(run, paper->properties, "front_m", "/properties", false, &any);
	check_positive(run, paper->properties, "field_depth_m", "/properties", true, &any);
	check_positive(run, paper->properties, "row_gap_m", "/properties", true, &any);
	check_positive(run, paper->properties, "row_count", "/properties", false, &any);
	check_positive(run, paper->properties, "step_m", "/properties", false, &any);
	check_positive(run, paper->properties, "accuracy95_m", "/properties", true, &any);
	for (int i = 0; i < paper->nrows; i++)
		check_positive(run, paper->rows[i].entry, "step_m", psprintf("/properties/location/rows/%d", i), false, &any);
	return any;
}

/* The step of a row's mines; NaN: not stated, or they differ. */
static double
step_of_row(const MfPaper *paper, const MfPaperRow *row)
{
	double		step = paper_number(row->entry, "step_m");

	for (int i = 0; i < row->nmines; i++)
	{
		double		own = paper_number(row->mines[i].entry, "step_m");

		if (!isnan(own) && !isnan(step) && own != step)
			return NAN;
		if (!isnan(own))
			step = own;
	}
	return isnan(step) ? paper_number(paper->properties, "step_m") : step;
}

/* One step for all mines of a record; NaN: there is none. */
static double
step_of_record(const MfPaper *paper)
{
	double		step = paper_number(paper->properties, "step_m");

	if (paper->nmines == 1 && isnan(step))
		step = paper_number(paper->mines[0].entry, "step_m");
	return step;
}

/* Mines that rows of a length and a step take; NaN: not known of some row. */
static double
mines_of_rows(const MfPaper *paper, double front, double rows)
{
	double		mines = 0;

	if (paper->nrows == rows)
	{
		for (int i = 0; i < paper->nrows; i++)
		{
			if (paper->rows[i].nmines > 1 || !field_container(paper->rows[i].entry, "path"))
				return NAN;
			mines += ceil(front / step_of_row(paper, &paper->rows[i]) - 1e-9);
		}
		return mines;
	}
	return rows * ceil(front / step_of_record(paper) - 1e-9);
}

static bool
count_differs_from_spacing(MfCheckRun *run, const MfPaper *paper)
{
	double		front = paper_number(paper->properties, "front_m");
	double		rows = paper_number(paper->properties, "row_count");
	double		expected;
	MfBounds	count;
	MfBounds	laid;

	if (!(front > 0) || !(rows > 0) || paper->nmines <= 0)
		return false;
	expected = mines_of_rows(paper, front, rows);
	bounds_of_mines(&count, paper->mines, paper->nmines);
	if (!isfinite(expected) || !(expected > 0) || !isfinite(count.max))
		return false;
	laid = (MfBounds) {expected, expected};
	/* a mine more or less at the end of each row */
	if (bounds_apart(&count, &laid, run->options->tolerance, rows))
		check_fails(run, "/properties/mines", "%s mines, where front, rows and step make %.0f",
					bounds_text(&count), expected);
	return true;
}

static bool
row_length_differs(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	for (int i = 0; i < paper->nrows; i++)
	{
		const MfPaperRow *row = &paper->rows[i];
		double		length = paper_path_m(paper, row->path, row->npath);
		double		step = step_of_row(paper, row);
		MfBounds	count,
					measured,
					counted;

		bounds_of_mines(&count, row->mines, row->nmines);
		if (isnan(length) || !(step > 0) || row->nmines != 1 || !isfinite(count.max))
			continue;
		any = true;
		measured = (MfBounds) {length, length};
		counted = (MfBounds) {(count.min - 1) * step, count.max * step};
		if (bounds_apart(&measured, &counted, run->options->tolerance, step))
			check_fails(run, psprintf("/properties/location/rows/%d", i),
						"the row is %.0f m long, its mines take %.0f m", length, count.max * step);
	}
	return any;
}

static bool
depth_differs_from_rows(MfCheckRun *run, const MfPaper *paper)
{
	MfBounds	depth,
				gap,
				rows,
				made;

	if (!quantity(paper->properties, "field_depth_m", &depth) ||
		!quantity(paper->properties, "row_gap_m", &gap) ||
		!quantity(paper->properties, "row_count", &rows) || !(rows.min >= 2))
		return false;
	made = (MfBounds) {(rows.min - 1) * gap.min, (rows.max - 1) * gap.max};
	if (bounds_apart(&depth, &made, run->options->tolerance, 1))
		check_fails(run, "/properties/field_depth_m", "the field is %s m deep, its rows take %s m",
					bounds_text(&depth), bounds_text(&made));
	return true;
}

static void
check_density(MfCheckRun *run, const MfPaper *paper, const char *name, double per_m,
			  const MfBounds *count, double front, bool *any)
{
	MfBounds	said,
				made;

	if (!quantity(paper->properties, name, &said))
		return;
	*any = true;
	made = (MfBounds) {count->min / front / per_m, count->max / front / per_m};
	if (bounds_apart(&said, &made, DENSITY_SHARE, 0))
		check_fails(run, psprintf("/properties/%s", name), "the density is %s, count and front make %s",
					bounds_text(&said), bounds_text(&made));
}

static bool
density_differs(MfCheckRun *run, const MfPaper *paper)
{
	double		front = paper_number(paper->properties, "front_m");
	bool		any = false;
	MfBounds	count;

	bounds_of_mines(&count, paper->mines, paper->nmines);
	if (!(front > 0) || paper->nmines <= 0 || (count.min <= 0 && !isfinite(count.max)))
		return false;
	check_density(run, paper, "density_per_km", 0.001, &count, front, &any);
	check_density(run, paper, "density_per_m", 1.0, &count, front, &any);
	return any;
}

/* ---- beside what is typical of the model ---- */

static void
check_step(MfCheckRun *run, const MfPaperMine *mine, double step, const char *path, bool *any)
{
	if (mine->known == NULL || isnan(mine->known->step_min_m) || isnan(step))
		return;
	*any = true;
	if (step * STEP_FACTOR < mine->known->step_min_m || step > mine->known->step_max_m * STEP_FACTOR)
		check_fails(run, path, "%s every %g m, typically every %g to %g m", mine->known->model, step,
					mine->known->step_min_m, mine->known->step_max_m);
}

static bool
step_implausible(MfCheckRun *run, const MfPaper *paper)
{
	double		common = paper_number(paper->properties, "step_m");
	bool		any = false;

	for (int i = 0; i < paper->nmines; i++)
	{
		double		own = paper_number(paper->mines[i].entry, "step_m");

		check_step(run, &paper->mines[i], isnan(own) ? common : own, psprintf("/properties/mines/%d", i), &any);
	}
	for (int i = 0; i < paper->nrows; i++)
	{
		for (int k = 0; k < paper->rows[i].nmines; k++)
			check_step(run, &paper->rows[i].mines[k], paper_number(paper->rows[i].mines[k].entry, "step_m"),
					   psprintf("/properties/location/rows/%d/mines/%d", i, k), &any);
	}
	return any;
}

static bool
density_implausible(MfCheckRun *run, const MfPaper *paper)
{
	double		front = paper_number(paper->properties, "front_m");
	bool		any = false;

	for (int i = 0; i < paper->nmines && front > 0; i++)
	{
		const MfPaperMine *mine = &paper->mines[i];
		double		density;

		if (mine->known == NULL || isnan(mine->known->density_per_km) || !mine->count.has_value)
			continue;
		any = true;
		density = 1000.0 * mine->count.value / front;
		if (density > mine->known->density_per_km * DENSITY_FACTOR)
			check_fails(run, psprintf("/properties/mines/%d/count", i),
						"%.0f of %s for each km of front, typically %.0f", density, mine->known->model,
						mine->known->density_per_km);
	}
	return any;
}

static bool
burial_implausible(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	for (int i = 0; i < paper->nmines; i++)
	{
		double		depth = paper_number(paper->mines[i].entry, "burial_depth_m");

		any |= !isnan(depth);
		if (depth < 0 || depth > BURIAL_MOST_M)
			check_fails(run, psprintf("/properties/mines/%d/burial_depth_m", i), "buried %g m deep", depth);
	}
	return any;
}

const MfCheck checks_of_sizes[] = {
	{"size_not_positive", MF_HIGH, "a length, a gap, a step or a number of rows is negative, or zero where it cannot be",
	"A blank is no zero: compare it with the paper.", size_not_positive, NULL},
	{"count_differs_from_spacing", MF_MEDIUM, "the number of mines is not that of rows times front by step, by more than the tolerance and a mine for each row",
	"One of the four is wrong, or the field was not laid as planned.", count_differs_from_spacing, NULL},
	{"row_length_differs", MF_MEDIUM, "a row is not as long as its mines and their step take, by more than the tolerance and a step",
	"One of the three is wrong.", row_length_differs, NULL},
	{"depth_differs_from_rows", MF_MEDIUM, "the field is not as deep as its rows and their gaps, by more than the tolerance and 1 m",
	"One of the three is wrong, or gaps differ.", depth_differs_from_rows, NULL},
	{"density_differs", MF_MEDIUM, "the density is not that of count and front, by more than 15 %",
	"Ask whether it is for each km or each m, and of which mines.", density_differs, NULL},
	{"step_implausible", MF_LOW, "mines are less than half or more than twice as far apart as is typical of the model",
	"Ask whether it is the step or the gap between rows; what is typical has no authority.", step_implausible, NULL},
	{"density_implausible", MF_LOW, "more than four times as many mines for each km of front as are typical of the model",
	"Look for a slip in count or front; what is typical has no authority.", density_implausible, NULL},
	{"burial_implausible", MF_LOW, "mines are said to be buried deeper than 1 m, or above the ground",
	"Ask for the unit: centimetres were read as metres.", burial_implausible, NULL},
	{NULL, 0, NULL, NULL, NULL, NULL}
};
