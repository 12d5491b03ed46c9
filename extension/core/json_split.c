/*
 * json_split.c - cutting a large document at its features
 *
 * A collection of many features is cut into its members and elements without
 * being parsed as a whole: a bad feature then costs that feature only, and
 * memory for one.  Brackets are matched outside strings, whatever their kind;
 * between elements the commas, colons and closing brackets must be right.
 */
#include "mf_core.h"

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/*
 * The position at or after pos of something that is not white space.
 */
static size_t
space_skip(const char *text, size_t len, size_t pos, size_t *line)
{
	for (; pos < len && is_space(text[pos]); pos++)
		if (text[pos] == '\n')
			(*line)++;
	return pos;
}

/*
 * One past the quote that closes the string whose opening quote is at pos;
 * 0: it is not closed.
 */
static size_t
string_end(const char *text, size_t len, size_t pos, size_t *line)
{
	for (pos++; pos < len; pos++)
	{
		if (text[pos] == '"')
			return pos + 1;
		if (text[pos] == '\\')
			pos++;
		if (pos < len && text[pos] == '\n')
			(*line)++;
	}
	return 0;
}

/*
 * One past the bracket that closes the one at pos; 0: it is not closed.
 */
static size_t
bracket_end(const char *text, size_t len, size_t pos, size_t *line)
{
	size_t		depth = 0;

	while (pos < len)
	{
		switch (text[pos])
		{
			case '"':
				pos = string_end(text, len, pos, line);
				if (pos == 0)
					return 0;
				continue;
			case '{':
			case '[':
				depth++;
				break;
			case '}':
			case ']':
				if (--depth == 0)
					return pos + 1;
				break;
			case '\n':
				(*line)++;
				break;
			default:
				break;
		}
		pos++;
	}
	return 0;
}

/*
 * One past the last character of a bare word: a number, true, false, null or
 * what stands in their place.
 */
static size_t
word_end(const char *text, size_t len, size_t pos)
{
	for (; pos < len && !is_space(text[pos]); pos++)
	{
		switch (text[pos])
		{
			case ',':
			case ':':
			case '"':
			case '[':
			case ']':
			case '{':
			case '}':
				return pos;
			default:
				break;
		}
	}
	return pos;
}

/*
 * The span of the value at pos.  NULL, or what is wrong.
 */
static const char *
value_span(const char *text, size_t len, size_t pos, size_t *line, MfSpan *value)
{
	value->start = pos;
	value->line = *line;
	if (pos >= len)
		return "the text ends where a value should be";
	if (text[pos] == '{' || text[pos] == '[')
	{
		value->end = bracket_end(text, len, pos, line);
		return value->end == 0 ? "a bracket is not closed" : NULL;
	}
	if (text[pos] == '"')
	{
		value->end = string_end(text, len, pos, line);
		return value->end == 0 ? "a string is not closed" : NULL;
	}
	value->end = word_end(text, len, pos);
	return value->end == pos ? "a value is missing" : NULL;
}

bool
split_begin(MfSplit *split, const char *text, size_t len, size_t start, size_t line)
{
	size_t		pos = space_skip(text, len, start, &line);

	if (pos >= len || (text[pos] != '{' && text[pos] != '['))
		return false;
	split->text = text;
	split->len = len;
	split->pos = pos + 1;
	split->line = line;
	split->object = text[pos] == '{';
	split->first = true;
	split->error = NULL;
	return true;
}

static void
split_skip_space(MfSplit *split)
{
	split->pos = space_skip(split->text, split->len, split->pos, &split->line);
}

/*
 * Step over one expected character.
 */
static bool
split_take(MfSplit *split, char c)
{
	if (split->pos >= split->len || split->text[split->pos] != c)
		return false;
	split->pos++;
	return true;
}

/*
 * Read a member's name and colon.
 */
static bool
split_key(MfSplit *split, MfSpan *key)
{
	const char *error = NULL;

	if (split->pos >= split->len || split->text[split->pos] != '"')
		split->error = "a member name in quotes is missing";
	else
		error = value_span(split->text, split->len, split->pos, &split->line, key);
	if (split->error == NULL)
		split->error = error;
	if (split->error != NULL)
		return false;

	split->pos = key->end;
	key->start++;
	key->end--;
	split_skip_space(split);
	if (!split_take(split, ':'))
		split->error = "the colon after a member name is missing";
	return split->error == NULL;
}

MfSplitStatus
split_next(MfSplit *split, MfSpan *key, MfSpan *value)
{
	if (split->error != NULL)
		return MF_SPLIT_ERROR;
	split_skip_space(split);
	if (split_take(split, split->object ? '}' : ']'))
		return MF_SPLIT_END;
	if (!split->first && !split_take(split, ','))
	{
		split->error = split->pos >= split->len ? "the text breaks off" :
			"a comma or the closing bracket is missing";
		return MF_SPLIT_ERROR;
	}
	split->first = false;
	split_skip_space(split);
	if (split->object)
	{
		if (!split_key(split, key))
			return MF_SPLIT_ERROR;
		split_skip_space(split);
	}
	split->error = value_span(split->text, split->len, split->pos, &split->line, value);
	if (split->error != NULL)
		return MF_SPLIT_ERROR;
	split->pos = value->end;
	return MF_SPLIT_ITEM;
}

bool
split_value(const char *text, size_t len, size_t start, size_t line, MfSpan *value)
{
	size_t		pos = space_skip(text, len, start, &line);

	return value_span(text, len, pos, &line, value) == NULL;
}

int
json_depth(const char *text, size_t len, int limit)
{
	int			depth = 0;
	int			deepest = 0;
	size_t		line = 1;

	for (size_t pos = 0; pos < len && deepest < limit; pos++)
	{
		char		c = text[pos];

		if (c == '"')
		{
			pos = string_end(text, len, pos, &line);
			if (pos == 0)
				break;
			pos--;
		}
		else if (c == '{' || c == '[')
		{
			if (++depth > deepest)
				deepest = depth;
		}
		else if ((c == '}' || c == ']') && depth > 0)
			depth--;
	}
	return deepest;
}
