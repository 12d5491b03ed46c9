/*
 * document.h - the state of reading one document
 *
 * Shared by the files that do it: document.c has the parser's actions,
 * document_geometry.c the geometry object, document_fault.c what is said when
 * something is wrong.  Private to the types.
 */
#ifndef MF_TYPES_DOCUMENT_H
#define MF_TYPES_DOCUMENT_H

#include "mf_types.h"

#include "mf_collect.h"

/* What a value is being read into. */
typedef enum ParseMode
{
	PARSE_DOCUMENT,				/* jsonb */
	PARSE_GEOMETRY,				/* the members of the geometry object */
	PARSE_COORDINATES,			/* its coordinates */
	PARSE_IGNORED				/* its bbox, which follows from them */
} ParseMode;

/* One open object or array. */
typedef struct Frame
{
	bool		array;
	char	   *key;			/* of the member being read */
	uint32		index;			/* of the element being read */
	uint32		known;			/* members that the shape names */
	const MfShape *shape;		/* NULL: unknown to us */
} Frame;

typedef struct Parser
{
	MfError    *error;
	const char *base;			/* pointer of the document itself */
	bool		feature;		/* a Feature, rather than any object */
	bool		drop_z;			/* leave out third numbers of positions */
	ParseMode	mode;
	int			mode_depth;		/* frames open where the mode began */
	int			depth;			/* frames open */
	Frame		frames[MF_MAX_DEPTH + 1];
	const MfShape *top;
	JsonbParseState *jb;
	JsonbValue *result;

	bool		type_seen;
	bool		geometry_seen;
	bool		properties_seen;
	bool		geometry_null;
	bool		kind_seen;
	bool		coordinates_seen;
	bool		bbox_seen;
	MfKind		kind;
	MfCollector coordinates;
} Parser;

/* ---- document.c ---- */

/* Note that a member is here; false, and a fault, when it was before. */
extern bool parser_see_once(Parser *p, bool *seen);
/* The double of a number's text; false, and a fault, when it has none. */
extern bool parser_number(Parser *p, const char *token, double *value);

/* ---- document_geometry.c ---- */

/* A fault of the coordinates' structure, in words; NULL: none. */
extern void coordinates_fault(Parser *p, const char *fault);
extern void geometry_member(Parser *p, const char *name);
extern void geometry_scalar(Parser *p, const char *token, JsonTokenType type);
extern void coordinate_scalar(Parser *p, const char *token, JsonTokenType type);
extern void geometry_end(Parser *p);
/* The extent that was gathered, checked. */
extern bool parser_extent(Parser *p, MfExtent *extent);

/* ---- document_fault.c: only the first fault is kept ---- */

static inline bool
parser_failed(const Parser *p)
{
	return p->error->sqlstate != 0;
}

extern void parser_fail(Parser *p, int sqlstate, const char *hint,
						const char *message);
extern void parser_fail_shape(Parser *p, const MfShape *shape,
							  const char *found);
extern void parser_fail_no_object(Parser *p);
extern void parser_fail_duplicate(Parser *p);
/* A name that two members of an object have; NULL: there is none. */
extern const char *duplicate_name(const JsonbValue *object);
/* What PostgreSQL's parser says, cut where it quotes a token of megabytes. */
extern char *parser_syntax_detail(const Parser *p, JsonParseErrorType result,
								  JsonLexContext *lex);

#endif							/* MF_TYPES_DOCUMENT_H */
