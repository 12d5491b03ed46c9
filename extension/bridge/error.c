/*
 * error.c - the one place that turns failures into SQL errors
 *
 * Those of input are noted first and raised where the caller can take them.
 * Foreign libraries give up at any point when they are asked to stop, so a
 * pending cancel is looked at first: it is then the reason, and the library's
 * words are not.
 */
#include "mf_bridge.h"

void
mf_foreign_error(const char *library, const char *what, const char *said)
{
	CHECK_FOR_INTERRUPTS();
	ereport(ERROR,
			(errcode(ERRCODE_EXTERNAL_ROUTINE_EXCEPTION),
			 errmsg("%s failed", what),
			 said && said[0] ? errdetail_internal("%s: %s", library, said) : 0));
	pg_unreachable();
}

/*
 * Note a failure.  The first one stands: later ones are its consequences.
 * path and hint may be NULL; both are copied.
 */
void
mf_error_set(MfError *error, int sqlstate, const char *path, const char *hint,
			 const char *fmt,...)
{
	StringInfoData message;

	if (error->sqlstate != 0)
		return;
	initStringInfo(&message);
	for (;;)
	{
		va_list		args;
		int			needed;

		va_start(args, fmt);
		needed = appendStringInfoVA(&message, fmt, args);
		va_end(args);
		if (needed == 0)
			break;
		enlargeStringInfo(&message, needed);
	}
	error->sqlstate = sqlstate;
	error->message = message.data;
	error->path = path ? pstrdup(path) : NULL;
	error->hint = hint ? pstrdup(hint) : NULL;
}

static const char *
error_detail(const MfError *error)
{
	const char *where;

	if (error->path == NULL)
		return error->detail;
	where = error->path[0] == '\0' ? "At the top of the document." :
		psprintf("At JSON path %s.", error->path);
	return error->detail ? psprintf("%s %s", where, error->detail) : where;
}

/* Raise a noted failure, softly where the caller can take it. */
void
mf_report(const MfError *error, Node *escontext)
{
	const char *detail = error_detail(error);

	errsave(escontext,
			(errcode(error->sqlstate),
			 errmsg_internal("%s", error->message),
			 detail ? errdetail_internal("%s", detail) : 0,
			 error->hint ? errhint("%s", error->hint) : 0));
}
