/*
 * document.c - JSON text to a record
 *
 * Drives PostgreSQL's JSON parser with actions of our own: they refuse what
 * jsonb would quietly repair (duplicate names, digits that no double holds),
 * check the shape of every member that is named in the documentation, and
 * gather coordinates flat.  Whatever fails is noted with its JSON path.
 */
#include "document.h"

#include "utils/numeric.h"

#define MAX_STRING 0x0FFFFFFF	/* jsonb's limit on a string */

/* ---- where we are ---- */

/* The shape that the value about to be read must have; NULL: any. */
static const MfShape *
expected_shape(const Parser *p)
{
	const Frame *frame;

	if (p->depth == 0)
		return p->top;
	frame = &p->frames[p->depth - 1];
	if (frame->shape == NULL)
		return NULL;
	if (frame->array)
		return shape_element(frame->shape);
	return shape_member(frame->shape, frame->key, strlen(frame->key));
}

static bool
at_top_member(const Parser *p, const char *name)
{
	return p->feature && p->depth == 1 && !p->frames[0].array &&
		strcmp(p->frames[0].key, name) == 0;
}

static void
push_frame(Parser *p, bool array, const MfShape *shape)
{
	Frame	   *frame = &p->frames[p->depth++];

	memset(frame, 0, sizeof(*frame));
	frame->array = array;
	frame->shape = shape;
}

/* ---- objects ---- */

static MF_JSON_ACTION
object_start(void *state)
{
	Parser	   *p = state;

	CHECK_FOR_INTERRUPTS();
	if (parser_failed(p))
		MF_JSON_ACTION_END(true);
	else if (p->mode == PARSE_COORDINATES)
		parser_fail(p, ERRCODE_INVALID_TEXT_REPRESENTATION, NULL,
			 "coordinates hold an object");
	else if (p->mode == PARSE_IGNORED)
		push_frame(p, false, NULL);
	else if (at_top_member(p, "geometry"))
	{
		p->mode = PARSE_GEOMETRY;
		push_frame(p, false, NULL);
		p->mode_depth = p->depth;
	}
	else if (p->mode == PARSE_GEOMETRY || at_top_member(p, "type"))
		parser_fail(p, ERRCODE_INVALID_TEXT_REPRESENTATION, NULL,
			 "expected a string, found an object");
	else
	{
		const MfShape *shape = expected_shape(p);

		if (!shape_accepts(shape, MF_JSON_OBJECT, NULL, 0))
			parser_fail_shape(p, shape, "an object");
		push_frame(p, false, shape);
		pushJsonbValue(&p->jb, WJB_BEGIN_OBJECT, NULL);
	}
	MF_JSON_ACTION_END(parser_failed(p));
}

/* Give the open object a member, in place of one of that name. */
static void
set_member(Parser *p, char *name, JsonbValue *value)
{
	JsonbValue *object = &p->jb->contVal;
	JsonbValue	key = {.type = jbvString};

	key.val.string.val = name;
	key.val.string.len = strlen(name);
	for (int i = 0; i < object->val.object.nPairs; i++)
	{
		JsonbPair  *pair = &object->val.object.pairs[i];

		if (pair->key.val.string.len == key.val.string.len &&
			memcmp(pair->key.val.string.val, name, key.val.string.len) == 0)
		{
			pair->value = *value;
			return;
		}
	}
	pushJsonbValue(&p->jb, WJB_KEY, &key);
	pushJsonbValue(&p->jb, WJB_VALUE, value);
}

/* What a Feature must have, and what was left out of it. */
static void
complete_feature(Parser *p)
{
	JsonbValue	null = {.type = jbvNull};
	JsonbValue	yes = {.type = jbvBool};

	yes.val.boolean = true;
	if (!p->properties_seen)
		set_member(p, "properties", &null);
	if (p->coordinates.dropped)
		set_member(p, "z_dropped", &yes);
}

static MF_JSON_ACTION
object_end(void *state)
{
	Parser	   *p = state;

	if (parser_failed(p))
		MF_JSON_ACTION_END(true);
	else if (p->mode == PARSE_GEOMETRY)
	{
		p->frames[p->depth - 1].key = NULL;
		geometry_end(p);
		p->depth--;
	}
	else if (p->mode == PARSE_IGNORED)
		p->depth--;
	else
	{
		Frame	   *frame = &p->frames[p->depth - 1];
		const char *twice;

		if (p->feature && p->depth == 1)
			complete_feature(p);
		twice = duplicate_name(&p->jb->contVal);

		frame->key = (char *) twice;
		if (twice != NULL)
			parser_fail_duplicate(p);
		if (shape_needs_member(frame->shape) && frame->known == 0)
			parser_fail(p, ERRCODE_INVALID_TEXT_REPRESENTATION,
				 "A quantity object has at least one of value, min, max, as_written and legible.",
				 "quantity object says nothing");
		p->depth--;
		p->result = pushJsonbValue(&p->jb, WJB_END_OBJECT, NULL);
	}
	MF_JSON_ACTION_END(parser_failed(p));
}

bool
parser_see_once(Parser *p, bool *seen)
{
	if (*seen)
		parser_fail_duplicate(p);
	*seen = true;
	return !parser_failed(p);
}

static MF_JSON_ACTION
field_start(void *state, char *name, bool isnull)
{
	Parser	   *p = state;
	Frame	   *frame;

	if (parser_failed(p) || p->depth == 0)
		MF_JSON_ACTION_END(parser_failed(p));
	frame = &p->frames[p->depth - 1];
	frame->key = name;
	if (p->mode == PARSE_GEOMETRY)
		geometry_member(p, name);
	else if (p->mode == PARSE_DOCUMENT)
	{
		JsonbValue	key = {.type = jbvString};

		if (at_top_member(p, "geometry"))
			(void) parser_see_once(p, &p->geometry_seen);
		else if (at_top_member(p, "type"))
			(void) parser_see_once(p, &p->type_seen);
		else
		{
			if (at_top_member(p, "properties"))
				p->properties_seen = true;
			if (frame->shape != NULL && shape_member(frame->shape, name, strlen(name)))
				frame->known++;
			key.val.string.val = name;
			key.val.string.len = strlen(name);
			if (key.val.string.len > MAX_STRING)
				parser_fail(p, ERRCODE_PROGRAM_LIMIT_EXCEEDED, NULL, "member name is too long");
			else
				pushJsonbValue(&p->jb, WJB_KEY, &key);
		}
	}
	MF_JSON_ACTION_END(parser_failed(p));
}

static MF_JSON_ACTION
field_end(void *state, char *name, bool isnull)
{
	Parser	   *p = state;

	if (parser_failed(p))
		MF_JSON_ACTION_END(true);
	else
	{
		/* coordinates and bbox end where their member ends */
		if (p->depth == p->mode_depth &&
			(p->mode == PARSE_COORDINATES || p->mode == PARSE_IGNORED))
			p->mode = PARSE_GEOMETRY;
		/* between members, what fails fails in the object */
		if (p->depth > 0)
			p->frames[p->depth - 1].key = NULL;
	}
	MF_JSON_ACTION_END(parser_failed(p));
}

/* ---- arrays ---- */

static MF_JSON_ACTION
array_start(void *state)
{
	Parser	   *p = state;

	CHECK_FOR_INTERRUPTS();
	if (parser_failed(p))
		MF_JSON_ACTION_END(true);
	else if (p->mode == PARSE_COORDINATES)
	{
		coordinates_fault(p, collect_array_start(&p->coordinates));
		push_frame(p, true, NULL);
	}
	else if (p->mode == PARSE_IGNORED)
		push_frame(p, true, NULL);
	else if (p->mode == PARSE_GEOMETRY || at_top_member(p, "type"))
		parser_fail(p, ERRCODE_INVALID_TEXT_REPRESENTATION, NULL,
			 "expected a string, found an array");
	else if (at_top_member(p, "geometry"))
		parser_fail(p, ERRCODE_INVALID_TEXT_REPRESENTATION, NULL,
			 "expected a geometry object or null, found an array");
	else
	{
		const MfShape *shape = expected_shape(p);

		if (p->depth == 0)
			parser_fail_no_object(p);
		else if (!shape_accepts(shape, MF_JSON_ARRAY, NULL, 0))
			parser_fail_shape(p, shape, "an array");
		push_frame(p, true, shape);
		pushJsonbValue(&p->jb, WJB_BEGIN_ARRAY, NULL);
	}
	MF_JSON_ACTION_END(parser_failed(p));
}

static MF_JSON_ACTION
array_end(void *state)
{
	Parser	   *p = state;

	if (parser_failed(p))
		MF_JSON_ACTION_END(true);
	p->depth--;
	if (p->mode == PARSE_COORDINATES)
		coordinates_fault(p, collect_array_end(&p->coordinates));
	else if (p->mode == PARSE_DOCUMENT)
		p->result = pushJsonbValue(&p->jb, WJB_END_ARRAY, NULL);
	MF_JSON_ACTION_END(parser_failed(p));
}

static MF_JSON_ACTION
element_end(void *state, bool isnull)
{
	Parser	   *p = state;

	if (!parser_failed(p) && p->depth > 0)
		p->frames[p->depth - 1].index++;
	MF_JSON_ACTION_END(parser_failed(p));
}

/* ---- scalars ---- */

bool
parser_number(Parser *p, const char *token, double *value)
{
	/* a string may stand anywhere but among coordinates */
	const char *hint = p->mode == PARSE_COORDINATES ?
		"Round coordinates; 9 digits after the point are a tenth of a millimetre." :
		"Write it as a string to keep every digit; where a number must be, in as_written of a quantity object.";

	switch (number_read(token, strlen(token), value))
	{
		case MF_NUMBER_OK:
			return true;
		case MF_NUMBER_LOSES_DIGITS:
			parser_fail(p, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, hint,
				 "number has more digits than a double can hold");
			return false;
		case MF_NUMBER_OUT_OF_RANGE:
			break;
	}
	parser_fail(p, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, hint, "number is too large for a double");
	return false;
}

/* The value of the top-level "type". */
static void
feature_type(Parser *p, const char *token, JsonTokenType type)
{
	if (type == JSON_TOKEN_STRING && strcmp(token, "Feature") == 0)
		return;
	parser_fail(p, ERRCODE_INVALID_TEXT_REPRESENTATION,
		 type == JSON_TOKEN_STRING && strcmp(token, "FeatureCollection") == 0 ?
		 "A collection is a log book; read it as logbook, or take its records with mf_load." :
		 "A record is one GeoJSON Feature; a bare geometry becomes one with mf_make.",
		 "type of a record must be \"Feature\"");
}

static const char *
token_name(JsonTokenType type)
{
	switch (type)
	{
		case JSON_TOKEN_STRING:
			return "a string";
		case JSON_TOKEN_NUMBER:
			return "a number";
		default:
			return "true or false";
	}
}

static MfJsonType
token_type(JsonTokenType type)
{
	switch (type)
	{
		case JSON_TOKEN_STRING:
			return MF_JSON_STRING;
		case JSON_TOKEN_NUMBER:
			return MF_JSON_NUMBER;
		case JSON_TOKEN_NULL:
			return MF_JSON_NULL;
		default:
			return MF_JSON_BOOLEAN;
	}
}

static void
push_number(Parser *p, const char *token, JsonbValue *v)
{
	double		value;
	StringInfoData text;

	if (!parser_number(p, token, &value))
		return;
	initStringInfo(&text);
	canonical_number(&text, value);
	v->type = jbvNumeric;
	v->val.numeric = DatumGetNumeric(DirectFunctionCall3(numeric_in,
														 CStringGetDatum(text.data),
														 ObjectIdGetDatum(InvalidOid),
														 Int32GetDatum(-1)));
	pfree(text.data);
}

static void
document_scalar(Parser *p, char *token, JsonTokenType type)
{
	const MfShape *shape = expected_shape(p);
	JsonbValue	v = {.type = jbvNull};

	if (p->depth == 0)
		parser_fail_no_object(p);
	else if (!shape_accepts(shape, token_type(type), token, strlen(token)))
		parser_fail_shape(p, shape, token_name(type));
	else if (type == JSON_TOKEN_NUMBER)
		push_number(p, token, &v);
	else if (type == JSON_TOKEN_STRING)
	{
		v.type = jbvString;
		v.val.string.val = token;
		v.val.string.len = strlen(token);
		if (v.val.string.len > MAX_STRING)
			parser_fail(p, ERRCODE_PROGRAM_LIMIT_EXCEEDED, NULL, "string is too long");
	}
	else if (type != JSON_TOKEN_NULL)
	{
		v.type = jbvBool;
		v.val.boolean = type == JSON_TOKEN_TRUE;
	}
	if (!parser_failed(p))
		pushJsonbValue(&p->jb, p->frames[p->depth - 1].array ? WJB_ELEM : WJB_VALUE, &v);
}

static MF_JSON_ACTION
scalar(void *state, char *token, JsonTokenType type)
{
	Parser	   *p = state;

	/* the parser itself never looks */
	CHECK_FOR_INTERRUPTS();
	if (parser_failed(p))
		MF_JSON_ACTION_END(true);
	else if (p->mode == PARSE_COORDINATES)
	{
		coordinate_scalar(p, token, type);
		/* a million of these would add up */
		pfree(token);
	}
	else if (p->mode == PARSE_GEOMETRY)
		geometry_scalar(p, token, type);
	else if (p->mode == PARSE_DOCUMENT)
	{
		if (at_top_member(p, "type"))
			feature_type(p, token, type);
		else if (!at_top_member(p, "geometry"))
			document_scalar(p, token, type);
		else if (type == JSON_TOKEN_NULL)
			p->geometry_null = true;
		else
			parser_fail(p, ERRCODE_INVALID_TEXT_REPRESENTATION, NULL,
				 "expected a geometry object or null");
	}
	MF_JSON_ACTION_END(parser_failed(p));
}

/* ---- running it ---- */

bool
encoding_check(MfError *error)
{
	if (GetDatabaseEncoding() != PG_UTF8)
		mf_error_set(error, ERRCODE_FEATURE_NOT_SUPPORTED, NULL,
					 "Create the database with ENCODING 'UTF8'.",
					 "minefield values need a database in UTF8, not %s",
					 GetDatabaseEncodingName());
	return error->sqlstate == 0;
}

/* What would fail badly inside the parser fails here in good order. */
static bool
text_check(const char *text, Size len, const char *path, MfError *error)
{
	if (!encoding_check(error))
		return false;
	if (len > MaxAllocSize)
		mf_error_set(error, ERRCODE_PROGRAM_LIMIT_EXCEEDED, path, NULL,
					 "document is longer than 1 GB");
	else if (json_depth(text, len, MF_MAX_DEPTH + 1) > MF_MAX_DEPTH)
		mf_error_set(error, ERRCODE_PROGRAM_LIMIT_EXCEEDED, path,
					 "Flatten the document, or keep the inner part as a string.",
					 "document is nested more than %d levels deep", MF_MAX_DEPTH);
	return error->sqlstate == 0;
}

static bool
parser_run(Parser *p, const char *text, Size len)
{
	JsonSemAction actions = {0};
	JsonLexContext *lex;
	JsonParseErrorType result;

	if (!text_check(text, len, p->base, p->error))
		return false;
	actions.semstate = p;
	actions.object_start = object_start;
	actions.object_end = object_end;
	actions.array_start = array_start;
	actions.array_end = array_end;
	actions.object_field_start = field_start;
	actions.object_field_end = field_end;
	actions.array_element_end = element_end;
	actions.scalar = scalar;

	lex = mf_json_lex(text, len);
	result = pg_parse_json(lex, &actions);
	if (!parser_failed(p) && result != JSON_SUCCESS)
	{
		parser_fail(p, result == JSON_UNICODE_CODE_POINT_ZERO ?
			 ERRCODE_UNTRANSLATABLE_CHARACTER : ERRCODE_INVALID_TEXT_REPRESENTATION,
			 NULL, "invalid JSON");
		p->error->detail = parser_syntax_detail(p, result, lex);
	}
	return !parser_failed(p);
}

Jsonb *
document_parse(const char *text, Size len, const MfShape *shape,
			   const char *path, MfError *error)
{
	Parser	   *p = palloc0(sizeof(Parser));

	p->error = error;
	p->base = path;
	p->top = shape;
	if (!parser_run(p, text, len))
		return NULL;
	return JsonbValueToJsonb(p->result);
}

Minefield *
minefield_parse(const char *text, Size len, const char *path, bool drop_z,
				MfError *error)
{
	Parser	   *p = palloc0(sizeof(Parser));
	Jsonb	   *document;
	MfExtent	extent;

	p->error = error;
	p->base = path;
	p->feature = true;
	p->drop_z = drop_z;
	p->top = &mf_shape_feature;
	if (!parser_run(p, text, len))
		return NULL;
	if (!p->type_seen)
	{
		mf_error_set(error, ERRCODE_INVALID_TEXT_REPRESENTATION, path,
					 "A record is one GeoJSON Feature: {\"type\":\"Feature\",\"id\":…,\"geometry\":…,\"properties\":{…}}.",
					 "document has no member \"type\"");
		return NULL;
	}
	document = JsonbValueToJsonb(p->result);
	if (!crs_member_check(&document->root, path, error) ||
		!parser_extent(p, &extent))
		return NULL;
	return minefield_build(&extent, document, error);
}

bool
text_is_collection(const char *text, Size len)
{
	MfSplit		split;
	MfSpan		key,
				value;

	if (!split_begin(&split, text, len, 0, 1) || !split.object)
		return false;
	while (split_next(&split, &key, &value) == MF_SPLIT_ITEM)
	{
		if (key.end - key.start == 4 && memcmp(text + key.start, "type", 4) == 0)
			return value.end - value.start == strlen("\"FeatureCollection\"") &&
				memcmp(text + value.start, "\"FeatureCollection\"",
					   value.end - value.start) == 0;
	}
	return false;
}
