/*
 * load.c - mf_load: a document into records, bad lines kept beside good ones
 *
 * The document is a FeatureCollection, a Feature, or lines of either
 * (GeoJSONSeq, with or without record separators).  Each Feature is parsed on
 * its own; what fails becomes a row that says what is wrong and where, and
 * keeps the text.  Where brackets or quotes are out of order, reading goes on
 * at the next line that holds a whole Feature: nothing is passed over.
 */
#include "mf_types.h"

#include "funcapi.h"

#define RECORD_SEPARATOR 0x1E

typedef struct Loader
{
	ReturnSetInfo *rsinfo;
	MemoryContext work;			/* reset for each Feature */
	const char *text;
	bool		verbatim;		/* keep the text of good Features too */
} Loader;

/* ---- rows ---- */

static void
put_load_row(Loader *loader, int64 line, Minefield *mf, const MfError *error,
			 const char *input, Size inputlen)
{
	Datum		values[7];
	bool		nulls[7];

	memset(nulls, true, sizeof(nulls));
	nulls[0] = false;
	values[0] = Int64GetDatum(line);
	if (mf != NULL)
	{
		nulls[1] = false;
		values[1] = PointerGetDatum(mf);
	}
	if (mf == NULL || loader->verbatim)
	{
		nulls[6] = false;
		values[6] = PointerGetDatum(cstring_to_text_with_len(input, inputlen));
	}
	if (mf == NULL)
	{
		char	   *message = error->detail ?
		psprintf("%s: %s", error->message, error->detail) : error->message;

		nulls[2] = nulls[3] = false;
		values[2] = CStringGetTextDatum(unpack_sql_state(error->sqlstate));
		values[3] = CStringGetTextDatum(message);
		nulls[4] = error->path == NULL;
		if (error->path)
			values[4] = CStringGetTextDatum(error->path);
		nulls[5] = error->hint == NULL;
		if (error->hint)
			values[5] = CStringGetTextDatum(error->hint);
	}
	tuplestore_putvalues(loader->rsinfo->setResult, loader->rsinfo->setDesc,
						 values, nulls);
}

/*
 * One Feature, as a row.  With only_good nothing is put when it fails.
 * Returns whether it is a record.
 */
static bool
load_feature(Loader *loader, const MfSpan *span, const char *path, bool only_good)
{
	MemoryContext caller = MemoryContextSwitchTo(loader->work);
	const char *text = loader->text + span->start;
	Size		len = span->end - span->start;
	MfError		error = {0};
	Minefield  *mf = minefield_parse(text, len, path, true, &error);
	bool		good = mf != NULL;

	if (good || !only_good)
		put_load_row(loader, span->line, mf, &error, text, len);
	MemoryContextSwitchTo(caller);
	MemoryContextReset(loader->work);
	CHECK_FOR_INTERRUPTS();
	return good;
}

/* Text that is no Feature, as a row. */
static void
load_failure(Loader *loader, const MfSpan *span, const char *path, const char *why)
{
	MfError		error = {0};

	mf_error_set(&error, ERRCODE_INVALID_TEXT_REPRESENTATION, path,
				 "Mend this piece of the text and load it again.",
				 "invalid JSON: %s", why);
	put_load_row(loader, span->line, NULL, &error, loader->text + span->start,
				 span->end - span->start);
}

/* ---- the text ---- */

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Step over white space, counting lines. */
static void
skip_space(const Loader *loader, MfSpan *span)
{
	for (; span->start < span->end && is_space(loader->text[span->start]); span->start++)
		span->line += loader->text[span->start] == '\n';
}

/* Move the start of a span, counting lines. */
static void
move_to(const Loader *loader, MfSpan *span, Size start)
{
	for (; span->start < start; span->start++)
		span->line += loader->text[span->start] == '\n';
}

/* The rest of the line on which the span begins. */
static MfSpan
first_line(const Loader *loader, const MfSpan *span)
{
	const char *start = loader->text + span->start;
	const char *newline = memchr(start, '\n', span->end - span->start);
	MfSpan		line = *span;

	if (newline != NULL)
		line.end = span->start + (newline - start);
	return line;
}

static bool
key_is(const Loader *loader, const MfSpan *key, const char *name)
{
	return key->end - key->start == strlen(name) &&
		memcmp(loader->text + key->start, name, strlen(name)) == 0;
}

/* Does the line hold a whole object that calls itself a Feature? */
static bool
holds_feature(const Loader *loader, const MfSpan *line)
{
	MfSpan		text = *line;
	MfSpan		key,
				value;
	MfSplit		split;
	MfSplitStatus status;
	bool		feature = false;

	skip_space(loader, &text);
	if (text.start == text.end || loader->text[text.start] != '{' ||
		!split_begin(&split, loader->text, text.end, text.start, text.line))
		return false;
	while ((status = split_next(&split, &key, &value)) == MF_SPLIT_ITEM)
		feature |= key_is(loader, &key, "type") && key_is(loader, &value, "\"Feature\"");
	return feature && status == MF_SPLIT_END;
}

/*
 * Where, on a later line of the span, does a Feature begin: one that its line
 * holds whole or, with at_margin, any object that is not indented?
 */
static bool
next_feature(const Loader *loader, const MfSpan *span, bool at_margin, MfSpan *found)
{
	MfSpan		line = first_line(loader, span);

	while (line.end < span->end)
	{
		line.start = line.end + 1;
		line.end = span->end;
		line.line++;
		line = first_line(loader, &line);
		if (holds_feature(loader, &line) ||
			(at_margin && line.start < line.end && loader->text[line.start] == '{'))
		{
			*found = *span;
			found->start = line.start;
			found->line = line.line;
			return true;
		}
	}
	return false;
}

/* ---- lines ---- */

/* A comma after an object, as between the elements of an array, is no harm. */
static void
trim(const Loader *loader, MfSpan *span)
{
	const char *text = loader->text;

	skip_space(loader, span);
	while (span->end > span->start && is_space(text[span->end - 1]))
		span->end--;
	if (span->end > span->start + 1 && text[span->end - 1] == ',' &&
		text[span->end - 2] == '}')
		span->end--;
}

/*
 * The text of one value: a line or, where it leaves an object open, lines up
 * to the next on which a Feature begins.
 */
static MfSpan
next_piece(const Loader *loader, const MfSpan *rest, bool *open)
{
	MfSpan		piece = first_line(loader, rest);
	MfSpan		value,
				next;

	*open = loader->text[rest->start] == '{' &&
		!split_value(loader->text, piece.end, piece.start, piece.line, &value);
	if (*open)
		piece.end = next_feature(loader, rest, true, &next) ? next.start : rest->end;
	return piece;
}

/*
 * The one Feature with which the text begins, however many lines it takes,
 * unless it hides others because its brackets are out of order.
 */
static bool
load_first(Loader *loader, MfSpan *rest)
{
	MfSpan		value,
				after,
				next;

	if (!split_value(loader->text, rest->end, rest->start, rest->line, &value))
		return false;
	after = *rest;
	move_to(loader, &after, value.end);
	after = first_line(loader, &after);
	trim(loader, &after);
	if (after.start != after.end)
		return false;
	if (!load_feature(loader, &value, "", true))
	{
		if (next_feature(loader, &value, false, &next))
			return false;
		(void) load_feature(loader, &value, "", false);
	}
	move_to(loader, rest, value.end);
	return true;
}

static void load_collection(Loader *loader, MfSpan *rest);

/*
 * What is left open at the end of its line may be closed anywhere; that is
 * tried at the beginning and after a collection.  Elsewhere a broken piece
 * costs itself only.
 */
static void
load_span(Loader *loader, MfSpan rest)
{
	bool		fresh = true;

	for (;;)
	{
		bool		open;
		MfSpan		piece;

		CHECK_FOR_INTERRUPTS();
		skip_space(loader, &rest);
		if (rest.start == rest.end)
			return;
		piece = next_piece(loader, &rest, &open);
		if (open && fresh)
			piece.end = rest.end;
		if (text_is_collection(loader->text + piece.start, piece.end - piece.start))
		{
			load_collection(loader, &piece);
			move_to(loader, &rest, piece.start);
			fresh = true;
			continue;
		}
		if (!open || !fresh || !load_first(loader, &rest))
		{
			piece = next_piece(loader, &rest, &open);
			move_to(loader, &rest, piece.end);
			trim(loader, &piece);
			(void) load_feature(loader, &piece, "", false);
		}
		fresh = false;
	}
}

/* ---- collections ---- */

/* Go on reading at another place. */
static void
split_resume(MfSplit *split, const MfSpan *place, bool first)
{
	split->pos = place->start;
	split->line = place->line;
	split->first = first;
	split->error = NULL;
}

/*
 * A Feature that failed, or where the list breaks off, as a row up to the
 * next line that holds a whole Feature; false: there is none.
 */
static bool
load_bad(Loader *loader, const MfSpan *place, const MfSplit *split,
		 const char *path, MfSpan *next)
{
	MfSpan		bad = *place;
	MfSpan		tail = {.start = place->end, .end = split->len};
	MfSpan		search = *place;
	bool		more;

	/* a quote too many may end in the middle of the next line */
	search.end = first_line(loader, &tail).end;
	more = next_feature(loader, &search, false, next);
	if (more)
		bad.end = next->start;
	trim(loader, &bad);
	if (split->error == NULL)
		(void) load_feature(loader, &bad, path, false);
	else
		load_failure(loader, &bad, path, split->error);
	return more;
}

/*
 * The Features of a list, which begins where the span does; the span is left
 * beginning after it.  False: the list is not closed, and the text is read to
 * its end.
 */
static bool
load_features(Loader *loader, MfSpan *list)
{
	MfSplit		split;
	MfSpan		key,
				value,
				next;

	(void) split_begin(&split, loader->text, list->end, list->start, list->line);
	for (int64 n = 0;;)
	{
		char	   *path = psprintf("/features/" INT64_FORMAT, n);
		MfSpan		place = {.start = split.pos, .end = list->end, .line = split.line};
		bool		first = split.first;
		MfSplitStatus status = split_next(&split, &key, &value);

		if (status == MF_SPLIT_END)
			break;
		skip_space(loader, &place);
		if (status == MF_SPLIT_ERROR && !first && place.start < place.end)
		{
			char		c = loader->text[place.start];

			if (c == '{')
			{
				/* only the comma is missing */
				split_resume(&split, &place, true);
				continue;
			}
			if (c == ',')
				place.start++;
			skip_space(loader, &place);
		}
		n++;
		if (status == MF_SPLIT_ITEM)
		{
			if (!load_feature(loader, &value, path, true) &&
				load_bad(loader, &value, &split, path, &next))
				split_resume(&split, &next, true);
		}
		else if (load_bad(loader, &place, &split, path, &next))
			split_resume(&split, &next, true);
		else
		{
			move_to(loader, list, list->end);
			return false;
		}
		pfree(path);
	}
	move_to(loader, list, split.pos);
	return true;
}

/* Where the list of Features begins although a member before its end is broken. */
static bool
find_broken_list(const Loader *loader, MfSpan *rest)
{
	static const char name[] = "\"features\"";
	const char *end = loader->text + rest->end;

	for (const char *p = loader->text + rest->start; p + strlen(name) < end; p++)
	{
		if (*p != '"' || memcmp(p, name, strlen(name)) != 0)
			continue;
		p = memchr(p, '[', end - p);
		if (p == NULL)
			return false;
		move_to(loader, rest, p - loader->text);
		return true;
	}
	return false;
}

/* A collection must not say that it is somewhere else. */
static bool
crs_check(Loader *loader, const MfSpan *rest)
{
	MfSplit		split;
	MfSpan		key,
				value;
	MfError		error = {0};

	(void) split_begin(&split, loader->text, rest->end, rest->start, rest->line);
	while (split_next(&split, &key, &value) == MF_SPLIT_ITEM)
	{
		StringInfoData text;
		Jsonb	   *document;

		if (!key_is(loader, &key, "crs"))
			continue;
		initStringInfo(&text);
		appendStringInfoString(&text, "{\"crs\":");
		appendBinaryStringInfo(&text, loader->text + value.start, value.end - value.start);
		appendStringInfoCharMacro(&text, '}');
		document = document_parse(text.data, text.len, &mf_shape_logbook, "", &error);
		if (document == NULL || !crs_member_check(&document->root, "", &error))
		{
			put_load_row(loader, value.line, NULL, &error, loader->text + rest->start,
						 rest->end - rest->start);
			return false;
		}
	}
	return true;
}

/*
 * A collection without a list of Features, as a row up to the next line that
 * holds a whole one; the span is left beginning there.
 */
static void
load_no_list(Loader *loader, MfSpan *rest, const char *path, const char *why)
{
	MfSpan		bad = *rest;
	MfSpan		next = {.start = rest->end};

	if (next_feature(loader, rest, false, &next))
		bad.end = next.start;
	load_failure(loader, &bad, path, why);
	move_to(loader, rest, next.start);
}

/* What stands between the members of a collection after its list, as a row. */
static void
load_rubble(Loader *loader, MfSpan *rest, const MfSpan *place, const MfSplit *split)
{
	MfSpan		next;

	if (!load_bad(loader, place, split, "", &next))
		next.start = rest->end;
	move_to(loader, rest, next.start);
}

/*
 * The collection with which the span begins; the span is left beginning after
 * it.  Where brackets are out of order, the list of Features ends where its
 * elements do, not where its own brackets seem to.
 */
static void
load_collection(Loader *loader, MfSpan *rest)
{
	MfSplit		split;
	MfSpan		key,
				value,
				next;
	bool		list_seen = false;
	const char *no_list = "the collection has no member \"features\"";

	if (!crs_check(loader, rest))
	{
		move_to(loader, rest, rest->end);
		return;
	}
	(void) split_begin(&split, loader->text, rest->end, rest->start, rest->line);
	for (;;)
	{
		MfSpan		list = {.start = split.pos, .end = rest->end, .line = split.line};
		MfSplitStatus status = split_next(&split, &key, &value);

		CHECK_FOR_INTERRUPTS();
		if (status == MF_SPLIT_END)
			break;
		if (status == MF_SPLIT_ITEM && key_is(loader, &key, "features"))
		{
			list.start = value.start;
			list.line = value.line;
		}
		else
		{
			if (status == MF_SPLIT_ITEM)
			{
				if (!next_feature(loader, &value, false, &next))
					continue;
				/* a bracket too many has swallowed Features */
				split.error = "a bracket is not closed where it should be";
			}
			if (list_seen)
			{
				load_rubble(loader, rest, &list, &split);
				return;
			}
			if (!find_broken_list(loader, &list))
			{
				load_no_list(loader, rest, "", status == MF_SPLIT_ITEM ? no_list : split.error);
				return;
			}
		}
		if (loader->text[list.start] != '[')
		{
			load_no_list(loader, rest, "/features", "features is not an array");
			return;
		}
		list_seen = true;
		if (!load_features(loader, &list))
		{
			move_to(loader, rest, rest->end);
			return;
		}
		split_resume(&split, &list, false);
	}
	if (list_seen)
		move_to(loader, rest, split.pos);
	else
		load_no_list(loader, rest, "", no_list);
}

/* One row for each Feature. */
static Datum
load(FunctionCallInfo fcinfo, bool verbatim)
{
	text	   *document = PG_GETARG_TEXT_PP(0);
	Size		len = VARSIZE_ANY_EXHDR(document);
	MfSpan		span = {.line = 1};
	Loader		loader;

	InitMaterializedSRF(fcinfo, 0);
	loader.rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	loader.text = VARDATA_ANY(document);
	loader.verbatim = verbatim;
	loader.work = AllocSetContextCreate(CurrentMemoryContext, "mf_load feature",
										ALLOCSET_DEFAULT_SIZES);
	/* a byte order mark is not part of the document */
	if (len >= 3 && memcmp(loader.text, "\xEF\xBB\xBF", 3) == 0)
		span.start = 3;
	/* a record separator cannot stand inside a JSON value (RFC 8142) */
	while (span.start < len)
	{
		const char *separator = memchr(loader.text + span.start, RECORD_SEPARATOR,
									   len - span.start);

		span.end = separator ? (Size) (separator - loader.text) : len;
		load_span(&loader, span);
		move_to(&loader, &span, Min(span.end + 1, len));
	}
	MemoryContextDelete(loader.work);
	return (Datum) 0;
}

/*
 * mf_load(document text) → setof mf_load_row
 *
 * NULL and blank documents give no rows.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_load);
Datum
mf_load(PG_FUNCTION_ARGS)
{
	return load(fcinfo, false);
}

/*
 * mf_load(document text, verbatim boolean) → setof mf_load_row
 *
 * The same; with verbatim the text of good Features is given too.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_load_verbatim);
Datum
mf_load_verbatim(PG_FUNCTION_ARGS)
{
	return load(fcinfo, PG_GETARG_BOOL(1));
}
