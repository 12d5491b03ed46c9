/*
 * run_lock.c - the lock that marks a report as being made
 *
 * A report commits between its steps, so its lock has to outlive transactions,
 * and is one of the session.  But it must not outlive the report: whoever finds
 * it takes the report for alive.  PostgreSQL gives a session's lock back when
 * the session ends, the procedure does when the report is finished, and this
 * file does whenever a transaction fails, which ends the procedure, too.
 */
#include "mf_pg.h"

#include "access/xact.h"
#include "storage/lock.h"

/* 'mfrv': what is ours among the advisory locks of a database */
#define RUN_LOCKS 0x6d667276

static bool watching = false;
static bool taken = false;
static LOCKTAG the_lock;

static void
give_back(void)
{
	/* pg_advisory_unlock_all may have been before us */
	if (taken && mf_lock_held(&the_lock, ExclusiveLock))
		LockRelease(&the_lock, ExclusiveLock, true);
	taken = false;
}

static void
at_end_of_transaction(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_ABORT)
		give_back();
}

/*
 * mf_report_run_lock(place integer, take boolean) → boolean: take the lock of
 * this place, without waiting, or give back the one that was taken.  False
 * when another session has it, or when there was none to give back.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_report_run_lock);
Datum
mf_report_run_lock(PG_FUNCTION_ARGS)
{
	bool		had = taken;
	LOCKTAG		lock;

	give_back();
	if (!PG_GETARG_BOOL(1))
		PG_RETURN_BOOL(had);
	if (!watching)
		RegisterXactCallback(at_end_of_transaction, NULL);
	watching = true;
	SET_LOCKTAG_ADVISORY(lock, MyDatabaseId, RUN_LOCKS, (uint32) PG_GETARG_INT32(0), 2);
	if (LockAcquire(&lock, ExclusiveLock, true, true) == LOCKACQUIRE_NOT_AVAIL)
		PG_RETURN_BOOL(false);
	the_lock = lock;
	taken = true;
	PG_RETURN_BOOL(true);
}
