/*
 * overlap_table.c - the pairs of a table's records
 *
 * The aggregate over a table, written for the caller: it reads with the
 * caller's rights, and the planner may give it workers.  Names come in as
 * names and are quoted; no SQL does.
 */
#include "mf_overlap.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "nodes/execnodes.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
#include "utils/tuplestore.h"

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

/* The column's name, quoted; its type, unless that is not asked for. */
static const char *
column_arg(FunctionCallInfo fcinfo, int n, Oid relation, Oid *type)
{
	const char *name = NameStr(*PG_GETARG_NAME(n));
	AttrNumber	number = get_attnum(relation, name);

	if (number == InvalidAttrNumber)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"%s\" of relation \"%s\" does not exist",
						name, get_rel_name(relation))));
	if (type != NULL)
		*type = getBaseType(get_atttype(relation, number));
	return quote_identifier(name);
}

static const char *
schema_name(Oid schema)
{
	return quote_identifier(get_namespace_name(schema));
}

/*
 * The schema of PostGIS where the type is geometry, NULL where it is
 * minefield; others are an error.
 */
static const char *
record_type_schema(const char *column, Oid type)
{
	HeapTuple	tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
	Form_pg_type form;
	const char *schema = NULL;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for type %u", type);
	form = (Form_pg_type) GETSTRUCT(tuple);
	if (type == mf_geometry_oid())
		schema = schema_name(form->typnamespace);
	else if (strcmp(NameStr(form->typname), "minefield") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column %s is of type %s, neither minefield nor geometry",
						column, format_type_be(type))));
	ReleaseSysCache(tuple);
	return schema;
}

static void
read_names(TableQuery *query, FunctionCallInfo fcinfo)
{
	Oid			relation = PG_GETARG_OID(0);
	char	   *name = get_rel_name(relation);
	Oid			type;

	if (name == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation with OID %u does not exist", relation)));
	query->own = schema_name(get_func_namespace(fcinfo->flinfo->fn_oid));
	query->relation = quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)),
												 name);
	query->key = column_arg(fcinfo, 1, relation, NULL);
	query->record = column_arg(fcinfo, 2, relation, &type);
	query->group = PG_ARGISNULL(3) ? NULL : column_arg(fcinfo, 3, relation, NULL);
	query->postgis = record_type_schema(query->record, type);
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

/* The elements of the array as rows; NULL: the table is empty. */
static void
take_rows(Datum value, bool isnull, void *arg)
{
	ReturnSetInfo *rsinfo = arg;
	ArrayType  *array;
	const char *p;
	int			n;

	if (isnull)
		return;
	array = DatumGetArrayTypeP(value);
	n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	p = ARR_DATA_PTR(array);
	for (int i = 0; i < n; i++)
	{
		HeapTupleData tuple = {0};

		CHECK_FOR_INTERRUPTS();
		tuple.t_data = DatumGetHeapTupleHeader(PointerGetDatum(p));
		tuple.t_len = HeapTupleHeaderGetDatumLength(tuple.t_data);
		tuplestore_puttuple(rsinfo->setResult, &tuple);
		p += MAXALIGN(tuple.t_len);
	}
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
				   take_rows, fcinfo->resultinfo);
	return (Datum) 0;
}
