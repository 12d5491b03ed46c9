/*
 * document_fault.c - what is wrong with a document, and where
 *
 * The first fault is kept, with the JSON pointer of the value that was being
 * read and a hint that says what to write instead.
 */
#include "document.h"

#define MAX_QUOTED 200			/* bytes of what the JSON parser quotes */

static void
append_pointer_token(StringInfo out, const char *key)
{
	appendStringInfoCharMacro(out, '/');
	for (; *key; key++)
	{
		if (*key == '~')
			appendStringInfoString(out, "~0");
		else if (*key == '/')
			appendStringInfoString(out, "~1");
		else
			appendStringInfoCharMacro(out, *key);
	}
}

/* The JSON pointer of the value being read, or of frame depth - 1's whole. */
static char *
parser_path(const Parser *p, int depth)
{
	StringInfoData path;

	initStringInfo(&path);
	appendStringInfoString(&path, p->base);
	for (int i = 0; i < depth; i++)
	{
		const Frame *frame = &p->frames[i];

		if (frame->array)
			appendStringInfo(&path, "/%u", frame->index);
		else if (frame->key != NULL)
			append_pointer_token(&path, frame->key);
	}
	return path.data;
}

void
parser_fail(Parser *p, int sqlstate, const char *hint, const char *message)
{
	if (!parser_failed(p))
		mf_error_set(p->error, sqlstate, parser_path(p, p->depth), hint, "%s", message);
}

void
parser_fail_shape(Parser *p, const MfShape *shape, const char *found)
{
	if (!parser_failed(p))
		mf_error_set(p->error, ERRCODE_INVALID_TEXT_REPRESENTATION,
					 parser_path(p, p->depth),
					 p->depth == 0 ? "A record is one GeoJSON Feature." :
					 "Write null where the paper does not say; keep what cannot be read in as_written, in readings or in remarks.",
					 "expected %s, found %s", shape->wanted, found);
}

void
parser_fail_no_object(Parser *p)
{
	parser_fail(p, ERRCODE_INVALID_TEXT_REPRESENTATION, "A record is one GeoJSON Feature.",
		 "document is not a JSON object");
}

static int
key_compare(const void *a, const void *b)
{
	const JsonbValue *ka = *(const JsonbValue *const *) a;
	const JsonbValue *kb = *(const JsonbValue *const *) b;

	if (ka->val.string.len != kb->val.string.len)
		return ka->val.string.len < kb->val.string.len ? -1 : 1;
	return memcmp(ka->val.string.val, kb->val.string.val, ka->val.string.len);
}

/*
 * jsonb keeps the last of members with one name without a word; look while
 * all are still there.
 */
const char *
duplicate_name(const JsonbValue *object)
{
	int			n = object->val.object.nPairs;
	const JsonbPair *pairs = object->val.object.pairs;
	const JsonbValue **keys;
	const char *found = NULL;

	if (n < 2)
		return NULL;
	keys = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(*keys) * n);
	for (int i = 0; i < n; i++)
		keys[i] = &pairs[i].key;
	qsort(keys, n, sizeof(*keys), key_compare);
	for (int i = 1; i < n && found == NULL; i++)
	{
		if (key_compare(&keys[i - 1], &keys[i]) == 0)
			found = pnstrdup(keys[i]->val.string.val, keys[i]->val.string.len);
	}
	pfree(keys);
	return found;
}

void
parser_fail_duplicate(Parser *p)
{
	if (!parser_failed(p))
		mf_error_set(p->error, ERRCODE_DUPLICATE_JSON_OBJECT_KEY_VALUE,
					 parser_path(p, p->depth),
					 "Keep one of them, and the other reading in properties.readings.",
					 "member name appears twice in one object");
}

char *
parser_syntax_detail(const Parser *p, JsonParseErrorType result, JsonLexContext *lex)
{
	char	   *said = json_errdetail(result, lex);
	int			len = strlen(said);

	if (len > MAX_QUOTED)
		said = psprintf("%.*s ...", pg_mbcliplen(said, len, MAX_QUOTED), said);
	if (lex->line_number == 1)
		return said;
	return psprintf("%s %d: %s", p->base[0] ? "In its line" : "Line",
					lex->line_number, said);
}
