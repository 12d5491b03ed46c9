/*
 * minefield_cmp.c - the btree and hash operators of records
 *
 * All of them follow from compare.c and the canonical text, so that equality,
 * order and hash agree.
 */
#include "mf_types.h"

#include "common/hashfn.h"

static int
compare_args(FunctionCallInfo fcinfo)
{
	Minefield  *a = PG_GETARG_MINEFIELD_P(0);
	Minefield  *b = PG_GETARG_MINEFIELD_P(1);
	int			order = minefield_compare(a, b);

	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return order;
}

/* minefield < minefield → boolean */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_lt);
Datum
minefield_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_args(fcinfo) < 0);
}

/* minefield <= minefield → boolean */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_le);
Datum
minefield_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_args(fcinfo) <= 0);
}

/* minefield = minefield → boolean */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_eq);
Datum
minefield_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_args(fcinfo) == 0);
}

/* minefield <> minefield → boolean */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_ne);
Datum
minefield_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_args(fcinfo) != 0);
}

/* minefield >= minefield → boolean */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_ge);
Datum
minefield_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_args(fcinfo) >= 0);
}

/* minefield > minefield → boolean */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_gt);
Datum
minefield_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_args(fcinfo) > 0);
}

/* btree support: -1, 0 or 1 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_cmp);
Datum
minefield_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare_args(fcinfo));
}

/* hash support: of the canonical text */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_hash);
Datum
minefield_hash(PG_FUNCTION_ARGS)
{
	Minefield  *mf = PG_GETARG_MINEFIELD_P(0);
	StringInfoData text;
	Datum		hash;

	initStringInfo(&text);
	canonical_minefield(&text, mf);
	hash = hash_any((unsigned char *) text.data, text.len);
	pfree(text.data);
	PG_FREE_IF_COPY(mf, 0);
	PG_RETURN_DATUM(hash);
}

/* hash support with a seed: of the canonical text */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_hash_extended);
Datum
minefield_hash_extended(PG_FUNCTION_ARGS)
{
	Minefield  *mf = PG_GETARG_MINEFIELD_P(0);
	StringInfoData text;
	Datum		hash;

	initStringInfo(&text);
	canonical_minefield(&text, mf);
	hash = hash_any_extended((unsigned char *) text.data, text.len,
							 PG_GETARG_INT64(1));
	pfree(text.data);
	PG_FREE_IF_COPY(mf, 0);
	PG_RETURN_DATUM(hash);
}
