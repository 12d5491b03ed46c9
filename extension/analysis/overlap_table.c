/*
 * overlap_table.c - the pairs of a table's records
 *
 * The aggregate over a table, written for the caller: it reads with the
 * caller's rights, and the planner may give it workers.  Names come in as
 * names and are quoted; no SQL does.
 */
#include "mf_overlap.h"

#include "catalog/pg_type.h"
#include "funcapi.h"

/* What the query is made of, each quoted. */
typedef struct TableQuery
{
	const char *own;			/* the extension's schema */
	const char *relation;
	const char *key;
	const char *record;
	const char *group;			/* NULL: none */
	const char *postgis;		/* its schema, where the extents are geometry; else NULL */
} TableQuery;

static void
read_names(TableQuery *query, FunctionCallInfo fcinfo)
{
	Oid			relation = PG_GETARG_OID(0);
	Oid			type;

	query->own = table_own_schema(fcinfo);
	query->relation = table_name(relation);
	query->key = table_column(fcinfo, 1, relation, NULL);
	query->record = table_column(fcinfo, 2, relation, &type);
	query->group = PG_ARGISNULL(3) ? NULL : table_column(fcinfo, 3, relation, NULL);
	query->postgis = table_record_schema(query->record, type);
}

static char *
query_text(const TableQuery *query, bool with_aoi)
{
	StringInfoData sql;

	initStringInfo(&sql);
	appendStringInfo(&sql, "SELECT %s.mf_overlaps(t.%s::pg_catalog.text, t.%s",
					 query->own, query->key, query->record);
	if (query->group != NULL)
		appendStringInfo(&sql, ", t.%s::pg_catalog.text", query->group);
	appendStringInfo(&sql, ", %s.mf_overlap_options($2, $3, $4)) FROM %s AS t",
					 query->own, query->relation);
	if (with_aoi && query->postgis != NULL)
		appendStringInfo(&sql, " WHERE %s.st_intersects(t.%s, $1)", query->postgis, query->record);
	else if (with_aoi)
		appendStringInfo(&sql, " WHERE %s.mf_intersects(t.%s, $1)", query->own, query->record);
	return sql.data;
}

/*
 * mf_overlap_pairs(relation regclass, key_column, record_column, group_column
 * name, aoi geometry, margin_m, sliver_m2, near_m float8) -> setof
 * mf_overlap_result; no rows where one of the first three is NULL
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_overlap_pairs);
Datum
mf_overlap_pairs(PG_FUNCTION_ARGS)
{
	Oid			types[] = {InvalidOid, FLOAT8OID, FLOAT8OID, FLOAT8OID};
	Datum		values[4];
	char		nulls[5] = "    ";
	TableQuery	query;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return (Datum) 0;
	read_names(&query, fcinfo);
	types[0] = mf_geometry_oid();
	for (int i = 0; i < 4; i++)
	{
		values[i] = PG_GETARG_DATUM(4 + i);
		nulls[i] = PG_ARGISNULL(4 + i) ? 'n' : ' ';
	}
	mf_query_value(query_text(&query, nulls[0] == ' '), 4, types, values, nulls,
				   table_take_rows, fcinfo->resultinfo);
	return (Datum) 0;
}
