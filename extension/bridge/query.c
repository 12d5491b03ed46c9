/*
 * query.c - running SQL
 *
 * The one file that does.  Queries run as the current user, so that rights,
 * policies of rows and views hold as in any query of the user's own, in the
 * snapshot of the query they are part of, and may use parallel workers.
 */
#include "mf_bridge.h"

#include "executor/spi.h"

void
mf_query_value(const char *sql, int nargs, Oid *types, Datum *values,
			   const char *nulls, mf_value_taker take, void *arg)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext inside;
	Datum		value;
	bool		isnull;

	SPI_connect();
	if (SPI_execute_with_args(sql, nargs, types, values, nulls, true, 0) != SPI_OK_SELECT ||
		SPI_processed != 1)
		elog(ERROR, "query did not give one row: %s", sql);
	value = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
	inside = MemoryContextSwitchTo(caller);
	take(value, isnull, arg);
	MemoryContextSwitchTo(inside);
	SPI_finish();
}
