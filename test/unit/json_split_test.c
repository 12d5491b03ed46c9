/*
 * json_split_test.c - cutting documents at their members and elements
 */
#include "mf_core.h"

#include "unit.h"

/*
 * Split a text and write the pieces as "key=value@line|...", ending with "."
 * for good order or "!message".  The text is copied without a NUL, so that
 * ASan sees a step too far.
 */
static const char *
split_all(const char *text)
{
	static char out[4096];
	size_t		len = strlen(text);
	char	   *copy = malloc(len > 0 ? len : 1);
	int			n = 0;
	MfSplit		split;
	MfSpan		key;
	MfSpan		value;
	MfSplitStatus status;

	memcpy(copy, text, len);
	out[0] = '\0';
	if (!split_begin(&split, copy, len, 0, 1))
	{
		free(copy);
		return "none";
	}
	while ((status = split_next(&split, &key, &value)) == MF_SPLIT_ITEM)
	{
		if (split.object)
			n += sprintf(out + n, "%.*s=", (int) (key.end - key.start), copy + key.start);
		n += sprintf(out + n, "%.*s@%zu|", (int) (value.end - value.start),
					 copy + value.start, value.line);
	}
	if (status == MF_SPLIT_END)
		sprintf(out + n, ".");
	else
		sprintf(out + n, "!%s", split.error);
	free(copy);
	return out;
}

static void
gives(const char *text, const char *wanted)
{
	const char *got = split_all(text);

	if (!check(strcmp(got, wanted) == 0, "splitting \"%.40s\"", text))
		printf("# got %s\n", got);
}

static void
test_split(void)
{
	gives("[]", ".");
	gives(" \t[ ] ", ".");
	gives("{}", ".");
	gives("[1,2.5e3,\"a\",null]", "1@1|2.5e3@1|\"a\"@1|null@1|.");
	gives("[{\"a\":[1,{\"b\":\"]}\"}]},[]]", "{\"a\":[1,{\"b\":\"]}\"}]}@1|[]@1|.");
	gives("{\"type\":\"X\",\"features\":[1,2]}", "type=\"X\"@1|features=[1,2]@1|.");
	gives("{ \"a\" : 1 , \"b\" : \"\\\"}\" }", "a=1@1|b=\"\\\"}\"@1|.");
	gives("{\"\\u0061\\\"\":1}", "\\u0061\\\"=1@1|.");
	gives("[\"\\\\\",\"\\\\\\\"\"]", "\"\\\\\"@1|\"\\\\\\\"\"@1|.");
}

static void
test_lines(void)
{
	check(strcmp(split_all("[1,\n2,\r\n{\"a\":\n\n3},\n4]"),
				 "1@1|2@2|{\"a\":\n\n3}@3|4@6|.") == 0, "lines of elements are counted");
	check(strcmp(split_all("\n\n{\"a\"\n:\n1,\n\"b\":2}"), "a=1@5|b=2@6|.") == 0,
		  "lines of members are counted");
}

static void
test_errors(void)
{
	gives("", "none");
	gives("  ", "none");
	gives("1", "none");
	gives("\"[\"", "none");
	gives("[", "!the text ends where a value should be");
	gives("[1", "1@1|!the text breaks off");
	gives("[1,", "1@1|!the text ends where a value should be");
	gives("[1,]", "1@1|!a value is missing");
	gives("[,1]", "!a value is missing");
	gives("[1 2]", "1@1|!a comma or the closing bracket is missing");
	gives("[1}", "1@1|!a comma or the closing bracket is missing");
	gives("[\"a]", "!a string is not closed");
	gives("[\"a\\", "!a string is not closed");
	gives("[{\"a\":[1}", "!a bracket is not closed");
	gives("[{\"a\":\"}]", "!a bracket is not closed");
	gives("{1:2}", "!a member name in quotes is missing");
	gives("{\"a\"}", "!the colon after a member name is missing");
	gives("{\"a\" 1}", "!the colon after a member name is missing");
	gives("{\"a\":}", "!a value is missing");
	gives("{\"a\":1,}", "a=1@1|!a member name in quotes is missing");
	gives("{\"a", "!a string is not closed");
	gives("{\"a\":1", "a=1@1|!the text breaks off");
}

static void
test_value(void)
{
	const char *text = " \n {\"a\":[1,2]} x";
	MfSpan		value;
	MfSplit		split;
	MfSpan		key;

	check(split_value(text, strlen(text), 0, 7, &value) && value.start == 3 &&
		  value.end == 14 && value.line == 8, "one value and what follows");
	check(!split_value(text, 10, 0, 1, &value), "a value that is cut off");
	check(!split_value("  ", 2, 0, 1, &value) && !split_value("  ", 2, 9, 1, &value),
		  "no value");
	check(split_begin(&split, "[1,2]", 3, 0, 1) &&
		  split_next(&split, &key, &value) == MF_SPLIT_ITEM &&
		  split_next(&split, &key, &value) == MF_SPLIT_ERROR &&
		  split_next(&split, &key, &value) == MF_SPLIT_ERROR,
		  "the given length ends the text; an error stays");
}

static void
test_depth(void)
{
	static char deep[200000];

	check(json_depth("1", 1, 10) == 0 && json_depth("[]", 2, 10) == 1 &&
		  json_depth("[{\"a\":[]},[]]", 13, 10) == 3, "nesting is counted");
	check(json_depth("\"[[[[\\\"[[\"", 10, 10) == 0 && json_depth("[\"[", 3, 10) == 1,
		  "but not within strings");
	check(json_depth("]]][[", 5, 10) == 2, "closing brackets too many do not count");
	memset(deep, '[', sizeof(deep));
	check(json_depth(deep, sizeof(deep), 100) == 100 &&
		  json_depth(deep, sizeof(deep), 1000000) == (int) sizeof(deep),
		  "counting stops at the limit");
}

int
main(void)
{
	test_split();
	test_lines();
	test_errors();
	test_value();
	test_depth();
	return unit_done();
}
