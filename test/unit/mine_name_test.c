/*
 * mine_name_test.c - spellings of models of mines, and the catalogue's own names
 */
#include "mf_mines.h"

#include "unit.h"

/* Which models of the catalogue a name can mean, as "A, B". */
static const char *
meanings(const char *written)
{
	static char all[1000];
	MfMineName	name;

	all[0] = '\0';
	if (!mine_name_read(written, strlen(written), &name))
		return "unreadable";
	for (int i = 0; i < mine_models_n; i++)
	{
		const char *alias = mine_models[i].model;
		const char *rest = mine_models[i].aliases;
		bool		means = false;

		while (alias != NULL && !means)
		{
			size_t		len = strcspn(alias, "|");
			MfMineName	known;

			if (!mine_name_read(alias, len, &known))
				abort();
			means = mine_name_means(&name, &known);
			alias = alias == mine_models[i].model ? rest :
				alias[len] == '|' ? alias + len + 1 : NULL;
		}
		if (means)
			snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s%s",
					 all[0] ? ", " : "", mine_models[i].model);
	}
	return all;
}

static void
test_spellings(void)
{
	static const char *const pairs[][2] = {
		{"PMN-2", "PMN-2"}, {"ПМН-2", "PMN-2"}, {"пмн2", "PMN-2"}, {" P M N\xC2\xA0" "2 ", "PMN-2"},
		{"PMH-2", "PMN-2"}, {"ПMH–2", "PMN-2"}, {"\"ПМН-2\"", "PMN-2"}, {"«ПМН‑2»", "PMN-2"},
		{"ПМН", "PMN"}, {"PMH", "PMN"}, {"ПМН-Э", "PMN-E"},
		{"ТМ62М", "TM-62M"}, {"TM62M", "TM-62M"}, {"tm-62m", "TM-62M"}, {"ТМ-62П3", "TM-62P3"},
		{"О3М-72", "OZM-72"}, {"0ЗМ-72", "OZM-72"}, {"OZM72", "OZM-72"},
		{"ПОМЗ", "POMZ-2"}, {"ПОМЗ-2М", "POMZ-2M"}, {"ПОМ3-2", "POMZ-2"}, {"ПОМ32М", "POMZ-2M"},
		{"ПОМ-3", "POM-3"}, {"ПОМ3", "POMZ-2, POM-3"}, {"POM3", "POMZ-2, POM-3"},
		{"ПОМ-З", "POMZ-2, POM-3"}, {"ПТМ-З", "PTM-3"},
		{"МОН-50", "MON-50"}, {"MOH-50", "MON-50"}, {"M0H-100", "MON-100"},
		{"ПФМ-1С", "PFM-1S"}, {"PFM-1C", "PFM-1S"}, {"ПРОМ-1", "PROM-1"}, {"ПPOM-1", "PROM-1"},
		{"PMN-22", ""}, {"M16", ""}, {"противопехотная", ""},
		{"", "unreadable"}, {" - ", "unreadable"}, {"地雷", "unreadable"}, {"PMN\xF0\x9F\x92\xA3", "unreadable"},
		{"a name that is longer than any name", "unreadable"}
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		check(strcmp(meanings(pairs[i][0]), pairs[i][1]) == 0, "\"%s\" means %s, found %s",
			  pairs[i][0], pairs[i][1], meanings(pairs[i][0]));
}

/* Every name of the catalogue, with any separators, means its own model only. */
static void
test_catalogue(void)
{
	Cases		cases = {0};

	for (int i = 0; i < mine_models_n; i++)
	{
		const MfMineModel *model = &mine_models[i];

		case_check(&cases, strcmp(meanings(model->model), model->model) == 0,
				   "%s means %s", model->model, meanings(model->model));
		case_check(&cases, strcmp(model->category, "AP") == 0 || strcmp(model->category, "AV") == 0,
				   "%s has a category", model->model);
		case_check(&cases, !(model->explosive_min_kg > model->explosive_max_kg) &&
				   !(model->step_min_m > model->step_max_m) &&
				   isnan(model->step_min_m) == isnan(model->step_max_m), "%s has bounds", model->model);
		for (int k = 0; k < i; k++)
			case_check(&cases, strcmp(mine_models[k].model, model->model) != 0,
					   "%s is there once", model->model);
	}
	check_cases(&cases, "names of the catalogue");
}

/* Case, separators and script of single letters change nothing. */
static void
test_random(void)
{
	static const char *const same[][3] = {
		{"A", "А", "а"}, {"M", "М", "м"}, {"T", "Т", "т"}, {"O", "О", "о"}, {"P", "П", "п"},
		{"N", "Н", "н"}, {"F", "Ф", "ф"}, {"Z", "З", "з"}, {"D", "Д", "д"}, {"S", "С", "с"},
		{"R", "Р", "р"}, {"E", "Е", "Э"}
	};
	static const char *const between[] = {"", "-", " ", "–", "."};
	Cases		cases = {0};

	for (int round = 0; round < 20000; round++)
	{
		const MfMineModel *model = &mine_models[random_below(mine_models_n)];
		char		written[200] = "";

		for (const char *p = model->model; *p != '\0'; p++)
		{
			char		one[2] = {*p, '\0'};
			const char *put = one;

			if (*p == '-')
				put = between[random_below(2) ? 1 : random_below(5)];
			for (size_t k = 0; k < sizeof(same) / sizeof(same[0]); k++)
			{
				if (same[k][0][0] == *p)
					put = same[k][random_below(3)];
			}
			strcat(written, put);
		}
		/* without a dash, POM-3 is ambiguous */
		case_check(&cases, strstr(meanings(written), model->model) != NULL,
				   "%s means %s, found %s", written, model->model, meanings(written));
	}
	check_cases(&cases, "random spellings");
}

/* Any bytes at all: no reading beyond them. */
static void
test_bytes(void)
{
	Cases		cases = {0};

	for (int round = 0; round < 100000; round++)
	{
		size_t		len = random_below(12);
		char	   *bytes = malloc(len ? len : 1);
		MfMineName	name;

		for (size_t i = 0; i < len; i++)
			bytes[i] = (char) random_below(256);
		if (mine_name_read(bytes, len, &name))
		{
			char		text[MF_NAME_SIGNS + 1];

			mine_name_text(&name, text);
			case_check(&cases, (int) strlen(text) == name.n && mine_name_means(&name, &name), "%s", text);
		}
		free(bytes);
	}
	check_cases(&cases, "any bytes");
}

int
main(void)
{
	unit_seed();
	test_spellings();
	test_catalogue();
	test_random();
	test_bytes();
	return unit_done();
}
