/*
 * error.c - the one place where a foreign library's failure becomes an error
 *
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
