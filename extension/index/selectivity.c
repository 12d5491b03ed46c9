/*
 * selectivity.c - how many rows the planner may expect of our operators
 *
 * One restriction and one join estimator serve && @> <@ ~= among records,
 * boxes and geometry.  An operator of somebody else's may name them as its
 * own, so they believe nothing: the type of every constant is checked against
 * our types before its bytes are read, the statistics slot is checked by its
 * own layout, and what they do not know gets a default.
 */
#include "mf_index.h"

#include "catalog/pg_statistic.h"
#include "catalog/pg_type.h"
#include "optimizer/optimizer.h"
#include "parser/parsetree.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"
#include "utils/syscache.h"

/* Without statistics: boxes that meet are few. */
#define DEFAULT_BOX_SEL			0.001
#define DEFAULT_BOX_JOIN_SEL	0.001

bool
operand_of_type(Oid type, Oid funcid, MfOperand *kind)
{
	Oid			schema = get_func_namespace(funcid);

	type = getBaseType(type);
	if (type == GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
								CStringGetDatum("minefield"), ObjectIdGetDatum(schema)))
		*kind = MF_OPERAND_RECORD;
	else if (type == GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
									 CStringGetDatum("minefield_box"),
									 ObjectIdGetDatum(schema)))
		*kind = MF_OPERAND_BOX;
	else if (type == mf_geometry_oid())
		*kind = MF_OPERAND_GEOMETRY;
	else
		return false;
	return true;
}

/* By its name; 0 for an operator that is none of ours. */
static StrategyNumber
strategy_of_operator(Oid operator)
{
	static const struct
	{
		const char *name;
		StrategyNumber strategy;
	}			known[] = {
		{"&&", RTOverlapStrategyNumber},
		{"@>", RTContainsStrategyNumber},
		{"<@", RTContainedByStrategyNumber},
		{"~=", RTSameStrategyNumber},
	};
	char	   *name = get_opname(operator);

	for (int i = 0; name != NULL && i < lengthof(known); i++)
		if (strcmp(name, known[i].name) == 0)
			return known[i].strategy;
	return InvalidStrategy;
}

/* a OP b is b OP' a. */
static StrategyNumber
strategy_commute(StrategyNumber strategy)
{
	if (strategy == RTContainsStrategyNumber)
		return RTContainedByStrategyNumber;
	if (strategy == RTContainedByStrategyNumber)
		return RTContainsStrategyNumber;
	return strategy;
}

/* Values are the same box no more often than they are the same value. */
static double
same_limit(VariableStatData *vardata)
{
	bool		isdefault;
	double		distinct = get_variable_numdistinct(vardata, &isdefault);

	return 1.0 / Max(distinct, 1.0);
}

/* The share of rows for which "column OP box" holds. */
static Selectivity
estimate_for_box(VariableStatData *vardata, const MfBoxStats *stats,
				 StrategyNumber strategy, const MinefieldBox *box)
{
	double		share;

	if (strategy != RTSameStrategyNumber)
		share = box_stats_share(stats, strategy, box);
	else
		share = Min(box_stats_share(stats, RTOverlapStrategyNumber, box),
					same_limit(vardata));
	return stats->located * share;
}

/*
 * The other side is not known yet (a parameter, another table's column): as
 * large and as spread as its own statistics say, else as the column's own.
 */
static Selectivity
estimate_for_unknown(PlannerInfo *root, VariableStatData *vardata, const MfBoxStats *stats,
					 StrategyNumber strategy, Node *other, double grow_m)
{
	VariableStatData other_data;
	MfBoxStats	other_stats;
	double		share;

	examine_variable(root, other, 0, &other_data);
	if (box_stats_read(other_data.statsTuple, &other_stats))
	{
		share = other_stats.located *
			box_stats_pairs(stats, &other_stats, strategy, grow_m, 0);
		pfree(other_stats.numbers);
	}
	else
		share = box_stats_pairs(stats, stats, strategy, grow_m, 0);
	if (strategy == RTSameStrategyNumber)
		share = Min(share, same_limit(vardata));
	ReleaseVariableStats(other_data);
	return stats->located * share;
}

static Selectivity
estimate_for_node(PlannerInfo *root, VariableStatData *vardata, StrategyNumber strategy,
				  Node *other, double grow_m, Oid funcid)
{
	MfBoxStats	stats;
	Selectivity result;
	bool		have_stats = box_stats_read(vardata->statsTuple, &stats);

	if (IsA(other, Const))
	{
		Const	   *constant = (Const *) other;
		MfOperand	kind;
		MinefieldBox box;

		if (constant->constisnull)
			return 0;
		if (!have_stats || !operand_of_type(constant->consttype, funcid, &kind))
			return DEFAULT_BOX_SEL;
		operand_box(kind, constant->constvalue, &box);
		if (grow_m > 0)
			box_grow(&box, grow_m);
		result = estimate_for_box(vardata, &stats, strategy, &box);
	}
	else if (have_stats)
		result = estimate_for_unknown(root, vardata, &stats, strategy, other, grow_m);
	else
		return DEFAULT_BOX_SEL;
	pfree(stats.numbers);
	return result;
}

Selectivity
restriction_estimate(PlannerInfo *root, StrategyNumber strategy, List *args,
					 int varRelid, double grow_m, Oid funcid)
{
	VariableStatData vardata;
	Node	   *other;
	bool		varonleft;
	Selectivity result;

	if (strategy == InvalidStrategy ||
		!get_restriction_variable(root, args, varRelid, &vardata, &other, &varonleft))
		return DEFAULT_BOX_SEL;
	if (!varonleft)
		strategy = strategy_commute(strategy);
	result = estimate_for_node(root, &vardata, strategy, other, grow_m, funcid);
	ReleaseVariableStats(vardata);
	CLAMP_PROBABILITY(result);
	return result;
}

/*
 * minefield_restrict(internal, oid, internal, integer) returns float8
 *
 * RESTRICT of && @> <@ ~=.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_restrict);
Datum
minefield_restrict(PG_FUNCTION_ARGS)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	StrategyNumber strategy = strategy_of_operator(PG_GETARG_OID(1));
	List	   *args = (List *) PG_GETARG_POINTER(2);

	PG_RETURN_FLOAT8(restriction_estimate(root, strategy, args, PG_GETARG_INT32(3), 0,
										  fcinfo->flinfo->fn_oid));
}

/* ---- joins ---- */

/* Is it one column of one table joined with itself? */
static bool
same_column(PlannerInfo *root, VariableStatData *a, VariableStatData *b)
{
	Var		   *va = (Var *) a->var;
	Var		   *vb = (Var *) b->var;

	return va != NULL && vb != NULL && IsA(va, Var) && IsA(vb, Var) &&
		va->varattno == vb->varattno && a->rel != NULL && b->rel != NULL &&
		a->rel->relid > 0 && b->rel->relid > 0 &&
		planner_rt_fetch(a->rel->relid, root)->relid != InvalidOid &&
		planner_rt_fetch(a->rel->relid, root)->relid ==
		planner_rt_fetch(b->rel->relid, root)->relid;
}

/* Both sides have statistics, or one stands in for the other. */
static Selectivity
join_of_stats(PlannerInfo *root, StrategyNumber strategy, VariableStatData *left,
			  VariableStatData *right, const MfBoxStats *a, const MfBoxStats *b,
			  double grow_m, double inner_rows)
{
	double		share = box_stats_pairs(a, b, strategy, grow_m,
										inner_rows * b->located);

	if (strategy == RTSameStrategyNumber)
		share = Min(share, Min(same_limit(left), same_limit(right)));
	/* every located row meets itself, which evenly spread centres do not */
	if (same_column(root, left, right) && left->rel->tuples > 0 && inner_rows == 0)
		share += 1 / (left->rel->tuples * Max(a->located, 1e-9));
	return a->located * (inner_rows > 0 ? 1.0 : b->located) * share;
}

Selectivity
join_estimate(PlannerInfo *root, StrategyNumber strategy, List *args,
			  SpecialJoinInfo *sjinfo, double grow_m)
{
	VariableStatData left;
	VariableStatData right;
	MfBoxStats	a;
	MfBoxStats	b;
	bool		has_a;
	bool		has_b;
	bool		reversed;
	double		inner_rows = 0;
	Selectivity result = DEFAULT_BOX_JOIN_SEL;

	if (strategy == InvalidStrategy || list_length(args) != 2)
		return result;
	get_join_variables(root, args, sjinfo, &left, &right, &reversed);
	has_a = box_stats_read(left.statsTuple, &a);
	has_b = box_stats_read(right.statsTuple, &b);
	if (sjinfo->jointype == JOIN_SEMI || sjinfo->jointype == JOIN_ANTI)
	{
		RelOptInfo *inner = reversed ? left.rel : right.rel;

		inner_rows = inner ? Max(inner->rows, 1) : 1;
	}
	if (has_a || has_b)
	{
		const MfBoxStats *sa = has_a ? &a : &b;
		const MfBoxStats *sb = has_b ? &b : &a;

		if (reversed && inner_rows > 0)
			result = join_of_stats(root, strategy_commute(strategy), &right, &left,
								   sb, sa, grow_m, inner_rows);
		else
			result = join_of_stats(root, strategy, &left, &right, sa, sb, grow_m,
								   inner_rows);
	}
	if (has_a)
		pfree(a.numbers);
	if (has_b)
		pfree(b.numbers);
	ReleaseVariableStats(left);
	ReleaseVariableStats(right);
	CLAMP_PROBABILITY(result);
	return result;
}

/*
 * minefield_join(internal, oid, internal, smallint, internal) returns float8
 *
 * JOIN of && @> <@ ~=.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_join);
Datum
minefield_join(PG_FUNCTION_ARGS)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	StrategyNumber strategy = strategy_of_operator(PG_GETARG_OID(1));
	List	   *args = (List *) PG_GETARG_POINTER(2);
	SpecialJoinInfo *sjinfo = (SpecialJoinInfo *) PG_GETARG_POINTER(4);

	PG_RETURN_FLOAT8(join_estimate(root, strategy, args, sjinfo, 0));
}
