/*
 * json_split_fuzz.c - libFuzzer target for cutting documents
 *
 * No byte beyond the text is read (the sanitizers watch), spans lie in order
 * within it, lines are right, and the splitting ends.
 */
#include <stdlib.h>

#include "mf_core.h"

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
demand(bool ok)
{
	if (!ok)
		abort();
}

static size_t
line_at(const char *text, size_t pos)
{
	size_t		line = 1;

	for (size_t i = 0; i < pos; i++)
		line += text[i] == '\n';
	return line;
}

static void
split_all(const char *text, size_t len, size_t start, size_t line, int depth)
{
	MfSplit		split;
	MfSpan		key;
	MfSpan		value;
	size_t		last = start;

	if (!split_begin(&split, text, len, start, line))
		return;
	while (split_next(&split, &key, &value) == MF_SPLIT_ITEM)
	{
		MfSpan		same;

		if (split.object)
		{
			demand(key.start > last && key.start <= key.end && key.end < value.start);
			demand(text[key.start - 1] == '"' && text[key.end] == '"');
			demand(key.line == line_at(text, key.start));
		}
		demand(value.start > last && value.start < value.end && value.end <= len);
		demand(value.line == line_at(text, value.start));
		demand(split_value(text, len, value.start, value.line, &same));
		demand(same.start == value.start && same.end == value.end);
		last = value.end - 1;
		if (depth < 4)
			split_all(text, value.end, value.start, value.line, depth + 1);
	}
	demand(split.pos <= len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *) data;
	MfSpan		value;
	int			deepest = json_depth(text, size, 1000);

	demand(deepest >= 0 && deepest <= 1000);
	demand(json_depth(text, size, 3) == (deepest < 3 ? deepest : 3));
	if (split_value(text, size, 0, 1, &value))
		demand(value.start < value.end && value.end <= size);
	if (size <= 4096)
		split_all(text, size, 0, 1, 0);
	return 0;
}
