/*
 * check_dates.c - checks of dates, and of what was read differently
 */
#include "mf_checks.h"

#define DAY_1900		(-36524)	/* 1900-01-01 in days since 2000-01-01 */
#define LATE_DAYS		(5 * 366)

typedef struct Dated
{
	bool		stated;
	bool		readable;
	char	   *written;
	int32		from;			/* days, as date_days() */
	int32		to;
} Dated;

static Dated
date_of(JsonbContainer *object, const char *name)
{
	Dated		date = {0};
	MfDateSpan	span;

	date.stated = paper_date(object, name, &span, &date.readable, &date.written);
	if (date.stated && date.readable)
		date_days(&span, &date.from, &date.to);
	return date;
}

static bool
known(const Dated *date)
{
	return date->stated && date->readable;
}

/* ---- every date of a record ---- */

typedef void (*date_visitor) (MfCheckRun *run, const Dated *date, const char *path);

static bool
visit(MfCheckRun *run, JsonbContainer *object, const char *name, const char *where, date_visitor visitor)
{
	Dated		date = date_of(object, name);

	if (date.stated)
		visitor(run, &date, psprintf("%s/%s", where, name));
	return date.stated;
}

static bool
visit_dates(MfCheckRun *run, const MfPaper *paper, date_visitor visitor)
{
	static const char *const lists[] = {"events", "signatures"};
	JsonbContainer **entries;
	bool		any = false;

	any |= visit(run, paper->properties, "laid", "/properties", visitor);
	any |= visit(run, paper->properties, "recorded", "/properties", visitor);
	any |= visit(run, paper->location, "declination_date", "/properties/location", visitor);
	for (int i = 0; i < paper->nmines; i++)
		any |= visit(run, paper->mines[i].entry, "laid", psprintf("/properties/mines/%d", i), visitor);
	for (int k = 0; k < lengthof(lists); k++)
	{
		int			n = paper_list(paper->properties, lists[k], &entries);

		for (int i = 0; i < n; i++)
			any |= visit(run, entries[i], "date", psprintf("/properties/%s/%d", lists[k], i), visitor);
	}
	return any;
}

static void
judge_readable(MfCheckRun *run, const Dated *date, const char *path)
{
	if (!date->readable)
		check_fails(run, path, "\"%s\" is no date of the calendar, or its ends are the wrong way round", date->written);
}

static void
judge_future(MfCheckRun *run, const Dated *date, const char *path)
{
	/* a day more: it may be tomorrow elsewhere */
	if (date->readable && date->from != MF_DAY_OPEN_FROM && date->from > run->today + 1)
		check_fails(run, path, "%s is in the future", date->written);
}

static void
judge_early(MfCheckRun *run, const Dated *date, const char *path)
{
	if (date->readable && date->to != MF_DAY_OPEN_TO && date->to < DAY_1900)
		check_fails(run, path, "%s is before 1900", date->written);
}

static bool
date_unreadable(MfCheckRun *run, const MfPaper *paper)
{
	return visit_dates(run, paper, judge_readable);
}

static bool
date_in_future(MfCheckRun *run, const MfPaper *paper)
{
	return visit_dates(run, paper, judge_future);
}

static bool
date_too_early(MfCheckRun *run, const MfPaper *paper)
{
	return visit_dates(run, paper, judge_early);
}

/* ---- one date beside another ---- */

static bool
laid_after_recorded(MfCheckRun *run, const MfPaper *paper)
{
	Dated		laid = date_of(paper->properties, "laid");
	Dated		recorded = date_of(paper->properties, "recorded");

	if (!known(&laid) || !known(&recorded))
		return false;
	if (laid.from != MF_DAY_OPEN_FROM && recorded.to != MF_DAY_OPEN_TO && laid.from > recorded.to)
		check_fails(run, "/properties/recorded", "laid %s, recorded %s", laid.written, recorded.written);
	return true;
}

static bool
recorded_late(MfCheckRun *run, const MfPaper *paper)
{
	Dated		laid = date_of(paper->properties, "laid");
	Dated		recorded = date_of(paper->properties, "recorded");

	if (!known(&laid) || !known(&recorded) || laid.to == MF_DAY_OPEN_TO || recorded.from == MF_DAY_OPEN_FROM)
		return false;
	if ((int64) recorded.from - laid.to > LATE_DAYS)
		check_fails(run, "/properties/recorded", "laid %s, recorded %s", laid.written, recorded.written);
	return true;
}

static bool
event_before_laid(MfCheckRun *run, const MfPaper *paper)
{
	Dated		laid = date_of(paper->properties, "laid");
	JsonbContainer **events;
	int			n = paper_list(paper->properties, "events", &events);
	bool		any = false;

	for (int i = 0; i < n && known(&laid); i++)
	{
		Dated		event = date_of(events[i], "date");

		if (!known(&event))
			continue;
		any = true;
		if (event.to != MF_DAY_OPEN_TO && laid.from != MF_DAY_OPEN_FROM && event.to < laid.from)
			check_fails(run, psprintf("/properties/events/%d/date", i), "laid %s, and then %s",
						laid.written, event.written);
	}
	return any;
}

/* ---- readings, and what nobody can read ---- */

static bool
is_one_value(const JsonbValue *a, const JsonbValue *b)
{
	if (a->type != b->type)
		return false;
	if (a->type == jbvBinary)
		return compareJsonbContainers(a->val.binary.data, b->val.binary.data) == 0;
	if (a->type == jbvBool)
		return a->val.boolean == b->val.boolean;
	return a->type == jbvNull || strcmp(value_text(a), value_text(b)) == 0;
}

/* What stands at a pointer; false: nothing, or null. */
static bool
value_at(const Minefield *record, const char *pointer, JsonbValue *value)
{
	JsonbContainer *container = minefield_document(record);

	value->type = jbvNull;
	while (*pointer == '/')
	{
		Size		len = strcspn(pointer + 1, "/");
		char	   *name = pnstrdup(pointer + 1, len);

		pointer += 1 + len;
		if (container == NULL)
			return false;
		if (JsonContainerIsArray(container))
		{
			JsonbValue *element = strspn(name, "0123456789") == len && len > 0 && len < 7 ?
				getIthJsonbValueFromContainer(container, atoi(name)) : NULL;

			if (element == NULL)
				return false;
			*value = *element;
		}
		else if (!field_get(container, name, value))
			return false;
		container = value->type == jbvBinary ? value->val.binary.data : NULL;
	}
	return value->type != jbvNull;
}

static bool
readings_differ(MfCheckRun *run, const MfPaper *paper)
{
	JsonbContainer **readings;
	int			n = paper_list(paper->properties, "readings", &readings);
	bool		any = false;

	for (int i = 0; i < n; i++)
	{
		char	   *pointer = field_text(readings[i], "path");
		JsonbValue	other,
					chosen;

		if (pointer == NULL || !field_get(readings[i], "value", &other) || other.type == jbvNull)
			continue;
		any = true;
		if (!value_at(paper->record, pointer, &chosen))
			check_fails(run, pointer, "there are readings of it, and none was chosen");
		else if (!is_one_value(&chosen, &other))
			check_fails(run, pointer, "another copy or reader has %s",
						value_text(&other) ? value_text(&other) : "something else");
	}
	return any;
}

static bool
pointer_has_value(MfCheckRun *run, const MfPaper *paper)
{
	static const char *const names[] = {"illegible", "not_applicable"};
	bool		any = false;

	for (int k = 0; k < lengthof(names); k++)
	{
		JsonbContainer *list = field_container(paper->properties, names[k]);
		int			n = list != NULL && JsonContainerIsArray(list) ? Min(JsonContainerSize(list), MF_MOST_LISTED) : 0;

		for (int i = 0; i < n; i++)
		{
			char	   *pointer = value_text(getIthJsonbValueFromContainer(list, i));
			JsonbValue	value;

			if (pointer == NULL)
				continue;
			any = true;
			if (value_at(paper->record, pointer, &value) && value.type != jbvBinary)
				check_fails(run, psprintf("/properties/%s/%d", names[k], i),
							"%s is listed there and has a value", pointer);
		}
	}
	return any;
}

const MfCheck checks_of_dates[] = {
	{"date_unreadable", MF_MEDIUM, "a date is not of the calendar, or not written as dates are here",
	"It is an unknown date until it is entered as 1993-08-15 or 1993-08/1993-09.", date_unreadable, NULL},
	{"date_in_future", MF_HIGH, "a date is in the future",
	"Look for a slip in the year.", date_in_future, NULL},
	{"date_too_early", MF_LOW, "a date is before 1900",
	"Look for a slip in the year.", date_too_early, NULL},
	{"laid_after_recorded", MF_HIGH, "the mines were laid after the record was written",
	"One of the dates is wrong, or the record is a plan.", laid_after_recorded, NULL},
	{"recorded_late", MF_LOW, "the record was written more than five years after the mines were laid",
	"It is from memory, or a copy: its source should say so.", recorded_late, NULL},
	{"event_before_laid", MF_MEDIUM, "something happened to the field before it was laid",
	"One of the dates is wrong, or the event is of another field.", event_before_laid, NULL},
	{"readings_differ", MF_MEDIUM, "another copy, sheet or reader has another value",
	"Somebody chose one: note why.", readings_differ, NULL},
	{"pointer_has_value", MF_LOW, "an item is listed as illegible or not applicable and has a value",
	"One of the two is out of date.", pointer_has_value, NULL},
	{NULL, 0, NULL, NULL, NULL, NULL}
};
