/*
 * check_models.c - checks of models of mines
 */
#include "mf_checks.h"

static bool
any_model(const MfPaper *paper)
{
	for (int i = 0; i < paper->nmines; i++)
	{
		if (paper->mines[i].model != NULL)
			return true;
	}
	return false;
}

static bool
model_unknown(MfCheckRun *run, const MfPaper *paper)
{
	for (int i = 0; i < paper->nmines; i++)
	{
		if (paper->mines[i].model != NULL && paper->mines[i].nknown == 0)
			check_fails(run, psprintf("/properties/mines/%d/model", i),
						"\"%s\" is not in the catalogue", paper->mines[i].model);
	}
	return any_model(paper);
}

static bool
model_ambiguous(MfCheckRun *run, const MfPaper *paper)
{
	const MfMineModel *found[8];

	for (int i = 0; i < paper->nmines; i++)
	{
		StringInfoData names;
		int			n;

		if (paper->mines[i].nknown < 2)
			continue;
		initStringInfo(&names);
		n = models_find(run->options->models, paper->mines[i].model, found, lengthof(found));
		for (int k = 0; k < Min(n, lengthof(found)); k++)
			appendStringInfo(&names, "%s%s", k > 0 ? ", " : "", found[k]->model);
		check_fails(run, psprintf("/properties/mines/%d/model", i),
					"\"%s\" can mean %s", paper->mines[i].model, names.data);
	}
	return any_model(paper);
}

static bool
model_repeated(MfCheckRun *run, const MfPaper *paper)
{
	for (int i = 1; i < paper->nmines; i++)
	{
		for (int k = 0; k < i; k++)
		{
			if (paper_one_model(&paper->mines[i], &paper->mines[k]))
			{
				check_fails(run, psprintf("/properties/mines/%d", i),
							"entries %d and %d are of one model, %s", k + 1, i + 1, paper->mines[i].model);
				break;
			}
		}
	}
	return any_model(paper);
}

static bool
row_model_unlisted(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	for (int i = 0; i < paper->nrows && paper->nmines >= 0; i++)
	{
		for (int k = 0; k < paper->rows[i].nmines; k++)
		{
			const MfPaperMine *mine = &paper->rows[i].mines[k];
			bool		listed = false;

			if (mine->model == NULL)
				continue;
			any = true;
			for (int m = 0; m < paper->nmines; m++)
				listed |= paper->mines[m].model == NULL || paper_one_model(&paper->mines[m], mine);
			if (!listed)
				check_fails(run, psprintf("/properties/location/rows/%d/mines/%d/model", i, k),
							"%s is in a row and not in the list", mine->model);
		}
	}
	return any;
}

/* ---- categories ---- */

static const char *
category_word(const char *category)
{
	static const char *const vehicle[] = {"AV", "AT", "ПТМ", "ПТ"};
	static const char *const personnel[] = {"AP", "ППМ", "ПП"};

	if (has_word(category, vehicle, lengthof(vehicle)))
		return "AV";
	if (has_word(category, personnel, lengthof(personnel)))
		return "AP";
	return NULL;
}

static bool
category_differs(MfCheckRun *run, const MfPaper *paper)
{
	const char *said = category_word(trimmed(field_text(paper->properties, "category")));
	bool		any = false;

	for (int i = 0; i < paper->nmines && said != NULL; i++)
	{
		const MfPaperMine *mine = &paper->mines[i];
		const char *own = mine->known == NULL ? NULL : category_word(mine->known->category);

		if (own == NULL)
			continue;
		any = true;
		if (strcmp(own, said) != 0)
			check_fails(run, "/properties/category", "the field is %s, %s is %s", said, mine->known->model, own);
	}
	return any;
}

/* ---- scatterable mines ---- */

static const char *
method_of(const MfPaper *paper, const MfPaperMine *mine)
{
	const char *own = trimmed(field_text(mine->entry, "method"));

	return own != NULL ? own : trimmed(field_text(paper->properties, "method"));
}

static bool
is_remote(const char *method)
{
	static const char *const words[] = {"remote", "scattered", "air", "artillery", "rocket", "ВСМ-1", "УМЗ", "дистанционно"};

	return has_word(method, words, lengthof(words));
}

static bool
is_by_hand(const char *method)
{
	static const char *const words[] = {"hand", "manual", "buried", "surface", "вручную"};

	return has_word(method, words, lengthof(words));
}

static bool
scatterable_by_hand(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	for (int i = 0; i < paper->nmines; i++)
	{
		const MfPaperMine *mine = &paper->mines[i];
		const char *method = method_of(paper, mine);

		if (mine->known == NULL || method == NULL || mine->known->remotely_delivered == MF_UNSAID)
			continue;
		any = true;
		if (mine->known->remotely_delivered == MF_SAID_YES && is_by_hand(method))
			check_fails(run, psprintf("/properties/mines/%d", i),
						"%s is delivered remotely only, the method is \"%s\"", mine->known->model, method);
	}
	return any;
}

static bool
scatterable_without_self_destruct(MfCheckRun *run, const MfPaper *paper)
{
	bool		any = false;

	for (int i = 0; i < paper->nmines; i++)
	{
		const MfPaperMine *mine = &paper->mines[i];
		MfQuantity	hours;
		bool		remote = is_remote(method_of(paper, mine)) ||
			(mine->known != NULL && mine->known->remotely_delivered == MF_SAID_YES);

		if (!remote || mine->entry == NULL)
			continue;
		any = true;
		if (!field_quantity(mine->entry, "self_destruct_h", &hours) &&
			(mine->known == NULL || mine->known->self_destruct != MF_SAID_YES))
			check_fails(run, psprintf("/properties/mines/%d", i),
						"%s was delivered remotely, and no time to self-destruction is given",
						mine->model ? mine->model : "a mine");
	}
	return any;
}

const MfCheck checks_of_models[] = {
	{"model_unknown", MF_LOW, "a model is not in the catalogue",
	"Look for a slip, or add it to the catalogue of the office; it is no less dangerous for that.", model_unknown, NULL},
	{"model_ambiguous", MF_LOW, "a model can mean more than one of the catalogue",
	"Compare with the scan: dash, digit or letter.", model_ambiguous, NULL},
	{"model_repeated", MF_MEDIUM, "two entries of a record are of one model",
	"They may be two lots, or one that was copied twice: totals count both.", model_repeated, NULL},
	{"row_model_unlisted", MF_MEDIUM, "a row has a model that the record does not list",
	"The list is incomplete, or a name was misread.", row_model_unlisted, NULL},
	{"category_differs", MF_MEDIUM, "the category is not that of the models",
	"The category is wrong, or the field is mixed.", category_differs, NULL},
	{"scatterable_by_hand", MF_MEDIUM, "a model that is only delivered remotely is said to be laid by hand",
	"The model or the method is wrong.", scatterable_by_hand, NULL},
	{"scatterable_without_self_destruct", MF_MEDIUM, "mines were delivered remotely, and no time to self-destruction is given",
	"Ask for it; none of them may be taken to have destroyed itself.", scatterable_without_self_destruct, NULL},
	{NULL, 0, NULL, NULL, NULL, NULL}
};
