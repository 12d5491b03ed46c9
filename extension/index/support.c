/*
 * support.c - how mf_intersects and mf_dwithin use an index by themselves, and
 * what share of the records has a place
 *
 * The planner asks what index condition a call implies.  For either argument
 * that is an indexed column the answer is a box condition on it, lossy, so
 * that the call itself is still evaluated for what the index finds:
 *
 *	mf_intersects(column, x)	column && mf_box(x)
 *	mf_dwithin(column, x, d)	column && mf_box_expand(mf_box(x), d)
 *
 * with x and d constant during the scan.  Where the column is a geometry with
 * a PostGIS index, the box is turned into a geometry.  Operators are found in
 * the index's operator family by strategy, our functions in the schema of the
 * predicate, so no search_path takes part.
 */
#include "mf_index.h"

#include "catalog/pg_am.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"
#include "utils/syscache.h"

/* A call of our function of that name in the schema of funcid; NULL: none. */
static Expr *
call_ours(Oid funcid, const char *name, List *args)
{
	Oid			types[FUNC_MAX_ARGS];
	int			n = 0;
	ListCell   *cell;
	Oid			function;

	foreach(cell, args)
		types[n++] = getBaseType(exprType(lfirst(cell)));
	function = GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid, CStringGetDatum(name),
							   PointerGetDatum(buildoidvector(types, n)),
							   ObjectIdGetDatum(get_func_namespace(funcid)));
	if (!OidIsValid(function))
		return NULL;
	return (Expr *) makeFuncExpr(function, get_func_rettype(function), args,
								 InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL);
}

/* The box that an indexed column must overlap, as an expression. */
static Expr *
box_expression(Oid funcid, Node *other, Node *distance)
{
	Expr	   *box = call_ours(funcid, "mf_box", list_make1(other));

	if (box != NULL && distance != NULL)
		box = call_ours(funcid, "mf_box_expand", list_make2(box, distance));
	return box;
}

static Node *
index_condition(SupportRequestIndexCondition *request)
{
	FuncExpr   *call = (FuncExpr *) request->node;
	Node	   *column;
	Node	   *other;
	Node	   *distance = NULL;
	Expr	   *box;
	Oid			column_type;
	Oid			operator;

	/* only GiST numbers its strategies so, and only && is about these boxes */
	if (!IsA(call, FuncExpr) || list_length(call->args) < 2 ||
		request->indexarg > 1 || request->index->relam != GIST_AM_OID)
		return NULL;
	column = list_nth(call->args, request->indexarg);
	other = list_nth(call->args, 1 - request->indexarg);
	if (!is_pseudo_constant_for_index(request->root, other, request->index))
		return NULL;
	if (list_length(call->args) > 2)
	{
		distance = lthird(call->args);
		if (!is_pseudo_constant_for_index(request->root, distance, request->index))
			return NULL;
	}
	box = box_expression(request->funcid, other, distance);
	column_type = getBaseType(exprType(column));
	if (box != NULL && column_type == mf_geometry_oid())
		box = call_ours(request->funcid, "mf_geometry", list_make1(box));
	if (box == NULL)
		return NULL;
	operator = get_opfamily_member(request->opfamily, column_type, exprType((Node *) box),
								   RTOverlapStrategyNumber);
	if (!OidIsValid(operator) || strcmp(get_opname(operator), "&&") != 0)
		return NULL;
	request->lossy = true;
	return (Node *) list_make1(make_opclause(operator, BOOLOID, false, (Expr *) column,
											 box, InvalidOid, InvalidOid));
}

/* As that of the box condition, which is the part the statistics know. */
static Node *
selectivity(SupportRequestSelectivity *request)
{
	List	   *args;
	double		grow_m = 0;

	if (list_length(request->args) < 2)
		return NULL;
	args = list_make2(linitial(request->args), lsecond(request->args));
	if (list_length(request->args) > 2)
	{
		Node	   *distance = estimate_expression_value(request->root,
														 lthird(request->args));

		if (IsA(distance, Const) && !((Const *) distance)->constisnull &&
			((Const *) distance)->consttype == FLOAT8OID)
			grow_m = DatumGetFloat8(((Const *) distance)->constvalue);
		if (!(grow_m > 0))
			grow_m = 0;
	}
	if (request->is_join)
		request->selectivity = join_estimate(request->root, RTOverlapStrategyNumber, args,
											 request->sjinfo, grow_m);
	else
		request->selectivity = restriction_estimate(request->root,
													RTOverlapStrategyNumber, args,
													request->varRelid, grow_m,
													request->funcid);
	return (Node *) request;
}

/* Without statistics: most records have a place. */
#define DEFAULT_LOCATED_SEL 0.95

/*
 * The share of located records.  PostgreSQL would guess a third, and that two
 * thirds of every table match "... OR NOT mf_is_located(record)".
 */
static Node *
located_share(SupportRequestSelectivity *request)
{
	VariableStatData vardata;
	MfBoxStats	stats;

	examine_variable(request->root, linitial(request->args), request->varRelid, &vardata);
	if (box_stats_read(vardata.statsTuple, &stats))
	{
		request->selectivity = stats.located;
		pfree(stats.numbers);
	}
	else
		request->selectivity = DEFAULT_LOCATED_SEL;
	ReleaseVariableStats(vardata);
	CLAMP_PROBABILITY(request->selectivity);
	return (Node *) request;
}

/*
 * minefield_located_support(internal) returns internal: SUPPORT of mf_is_located
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_located_support);
Datum
minefield_located_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (IsA(request, SupportRequestSelectivity))
		PG_RETURN_POINTER(located_share((SupportRequestSelectivity *) request));
	PG_RETURN_POINTER(NULL);
}

/*
 * minefield_predicate_support(internal) returns internal: SUPPORT of mf_intersects
 * and mf_dwithin
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_predicate_support);
Datum
minefield_predicate_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (IsA(request, SupportRequestIndexCondition))
		PG_RETURN_POINTER(index_condition((SupportRequestIndexCondition *) request));
	if (IsA(request, SupportRequestSelectivity))
		PG_RETURN_POINTER(selectivity((SupportRequestSelectivity *) request));
	PG_RETURN_POINTER(NULL);
}
