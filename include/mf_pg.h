/*
 * mf_pg.h - what every file that knows PostgreSQL includes first
 *
 * Version differences live here and nowhere else; the code reads as if
 * written for the newest server.
 */
#ifndef MF_PG_H
#define MF_PG_H

/* The library hides its symbols; before 16 the server does not say how to show one. */
#ifndef PGDLLEXPORT
#define PGDLLEXPORT __attribute__((visibility("default")))
#endif

#include "postgres.h"

#include <math.h>

#include "common/jsonapi.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#include "varatt.h"
#endif

#include "mf_core.h"
#include "minefield.h"

/* Soft errors exist from 16 on; before, the context is always NULL. */
#if PG_VERSION_NUM < 160000
#define errsave(context, ...) \
	do { (void) (context); ereport(ERROR, __VA_ARGS__); } while (0)
#endif

/*
 * Semantic actions of the JSON parser can stop it from 16 on; before, they
 * look away until it has come to the end.
 */
#if PG_VERSION_NUM < 160000
#define MF_JSON_ACTION void
#define MF_JSON_ACTION_END(failed) \
	do { (void) (failed); return; } while (0)
#else
#define MF_JSON_ACTION JsonParseErrorType
#define MF_JSON_ACTION_END(failed) \
	return (failed) ? JSON_SEM_ACTION_FAILED : JSON_SUCCESS
#endif

#if PG_VERSION_NUM < 160000
#define mf_make_range(typcache, lower, upper) \
	make_range(typcache, lower, upper, false)
#else
#define mf_make_range(typcache, lower, upper) \
	make_range(typcache, lower, upper, false, NULL)
#endif

#if PG_VERSION_NUM < 170000
#define mf_lock_held(tag, mode) LockHeldByMe(tag, mode)
#else
#define mf_lock_held(tag, mode) LockHeldByMe(tag, mode, false)
#endif

static inline JsonLexContext *
mf_json_lex(const char *text, Size len)
{
#if PG_VERSION_NUM < 170000
	return makeJsonLexContextCstringLen((char *) text, (int) len, PG_UTF8, true);
#else
	return makeJsonLexContextCstringLen(NULL, text, len, PG_UTF8, true);
#endif
}

/*
 * A failure on its way out.  Functions that can meet bad input take an
 * MfError, fill it and return NULL or false; mf_report() alone turns it into
 * an SQL error, hard or soft, and mf_load() into a row.
 */
typedef struct MfError
{
	int			sqlstate;		/* 0: no error */
	char	   *message;
	char	   *detail;			/* or NULL */
	char	   *hint;			/* or NULL */
	char	   *path;			/* JSON pointer, or NULL */
} MfError;

/* bridge/error.c: the one place that turns failures into SQL errors */
extern void mf_error_set(MfError *error, int sqlstate, const char *path,
						 const char *hint, const char *fmt,...) pg_attribute_printf(5, 6);
extern void mf_report(const MfError *error, Node *escontext);

#endif							/* MF_PG_H */
