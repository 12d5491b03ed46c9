/*
 * completeness_summary.c - how many records meet each requirement of a profile
 */
#include "mf_check.h"

#include "catalog/pg_type.h"
#include "libpq/pqformat.h"

typedef struct Summary
{
	struct varlena *profile;	/* NULL: no row had one */
	bool		named;
	int64		records;
	int			n;				/* requirements */
	int64		(*counts)[MF_STATES];
} Summary;

static MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "mf_completeness_summary called outside an aggregate");
	return context;
}

/* The profile of all rows; a change on the way is an error. */
static void
summary_profile(Summary *summary, struct varlena *profile, bool named, int n, MemoryContext context)
{
	if (summary->profile == NULL)
	{
		summary->profile = memcpy(MemoryContextAlloc(context, VARSIZE(profile)), profile,
								  VARSIZE(profile));
		summary->named = named;
		summary->n = n;
		summary->counts = MemoryContextAllocZero(context, sizeof(int64[MF_STATES]) * n);
	}
	else if (VARSIZE(summary->profile) != VARSIZE(profile) || summary->named != named ||
			 memcmp(summary->profile, profile, VARSIZE(profile)) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("records of one summary have different profiles"),
				 errhint("Give one profile to all rows of a group.")));
}

/* mf_completeness_summary transition: (internal, minefield, text or jsonb) → internal */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_completeness_summary_add);
Datum
mf_completeness_summary_add(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	Summary    *summary = PG_ARGISNULL(0) ? MemoryContextAllocZero(context, sizeof(Summary)) :
		(Summary *) PG_GETARG_POINTER(0);
	const MfProfile *profile;
	MfState    *states;

	if (PG_ARGISNULL(2))
		PG_RETURN_POINTER(summary);
	profile = profile_arg(fcinfo, 2);
	summary_profile(summary, PG_DETOAST_DATUM(PG_GETARG_DATUM(2)),
					get_fn_expr_argtype(fcinfo->flinfo, 2) == TEXTOID, profile->n, context);
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(summary);
	summary->records++;
	states = palloc(sizeof(MfState) * profile->n);
	completeness_states(profile, PG_GETARG_MINEFIELD_P(1), states);
	for (int i = 0; i < profile->n; i++)
		summary->counts[i][states[i]]++;
	PG_RETURN_POINTER(summary);
}

/* mf_completeness_summary combine */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_completeness_summary_combine);
Datum
mf_completeness_summary_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	Summary    *summary = PG_ARGISNULL(0) ? MemoryContextAllocZero(context, sizeof(Summary)) :
		(Summary *) PG_GETARG_POINTER(0);
	const Summary *other = PG_ARGISNULL(1) ? NULL : (Summary *) PG_GETARG_POINTER(1);

	if (other != NULL && other->profile != NULL)
	{
		summary_profile(summary, other->profile, other->named, other->n, context);
		summary->records += other->records;
		for (int i = 0; i < other->n; i++)
		{
			for (int k = 0; k < MF_STATES; k++)
				summary->counts[i][k] += other->counts[i][k];
		}
	}
	PG_RETURN_POINTER(summary);
}

/* mf_completeness_summary serialize */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_completeness_summary_serialize);
Datum
mf_completeness_summary_serialize(PG_FUNCTION_ARGS)
{
	const Summary *summary = (Summary *) PG_GETARG_POINTER(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint64(&buf, summary->records);
	pq_sendint32(&buf, summary->n);
	pq_sendint8(&buf, summary->named);
	pq_sendint32(&buf, summary->profile == NULL ? 0 : VARSIZE(summary->profile));
	if (summary->profile != NULL)
		pq_sendbytes(&buf, (const char *) summary->profile, VARSIZE(summary->profile));
	for (int i = 0; i < summary->n; i++)
	{
		for (int k = 0; k < MF_STATES; k++)
			pq_sendint64(&buf, summary->counts[i][k]);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* mf_completeness_summary deserialize */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_completeness_summary_deserialize);
Datum
mf_completeness_summary_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *bytes = PG_GETARG_BYTEA_PP(0);
	Summary    *summary = palloc0(sizeof(Summary));
	StringInfoData buf;
	int			size;

	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	summary->records = pq_getmsgint64(&buf);
	summary->n = pq_getmsgint(&buf, 4);
	summary->named = pq_getmsgbyte(&buf);
	size = pq_getmsgint(&buf, 4);
	if (size > 0)
		summary->profile = memcpy(palloc(size), pq_getmsgbytes(&buf, size), size);
	summary->counts = palloc(sizeof(int64[MF_STATES]) * Max(summary->n, 1));
	for (int i = 0; i < summary->n; i++)
	{
		for (int k = 0; k < MF_STATES; k++)
			summary->counts[i][k] = pq_getmsgint64(&buf);
	}
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(summary);
}

/*
 * mf_completeness_summary final → mf_requirement_summary[]; NULL of no rows,
 * and where no row had a profile
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_completeness_summary_final);
Datum
mf_completeness_summary_final(PG_FUNCTION_ARGS)
{
	const Summary *summary = PG_ARGISNULL(0) ? NULL : (Summary *) PG_GETARG_POINTER(0);
	const MfProfile *profile;
	MfRows		rows;

	if (summary == NULL || summary->profile == NULL)
		PG_RETURN_NULL();
	profile = profile_of_value(summary->profile, summary->named);
	rows_begin(&rows, fcinfo);
	for (int i = 0; i < profile->n; i++)
	{
		const MfRequirement *requirement = &profile->requirements[i];
		const int64 *counts = summary->counts[i];
		int64		asked = summary->records - counts[MF_STATE_NOT_APPLICABLE];
		Datum		values[10];
		bool		nulls[10] = {false};

		values[0] = CStringGetTextDatum(requirement->name);
		nulls[1] = requirement->clause == NULL;
		values[1] = nulls[1] ? (Datum) 0 : CStringGetTextDatum(requirement->clause);
		values[2] = CStringGetTextDatum(requirement->mandatory ? "mandatory" : "feasible");
		values[3] = Float8GetDatum(requirement->weight);
		values[4] = Int64GetDatum(summary->records);
		for (int k = 0; k < MF_STATES; k++)
			values[5 + k] = Int64GetDatum(counts[k]);
		nulls[9] = asked == 0;
		values[9] = Float8GetDatum(asked == 0 ? 0 : (double) counts[MF_STATE_PRESENT] / asked);
		rows_add(&rows, values, nulls);
	}
	return rows_finish(&rows);
}
