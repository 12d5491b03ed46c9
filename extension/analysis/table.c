/*
 * table.c - functions that read a table for the caller
 *
 * They write a query over one of the aggregates, with names that come in as
 * names and are quoted; no SQL comes in.  bridge/query.c runs it, with the
 * caller's rights.
 */
#include "mf_analysis.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "nodes/execnodes.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
#include "utils/tuplestore.h"

static const char *
schema_name(Oid schema)
{
	return quote_identifier(get_namespace_name(schema));
}

const char *
table_own_schema(FunctionCallInfo fcinfo)
{
	return schema_name(get_func_namespace(fcinfo->flinfo->fn_oid));
}

const char *
table_name(Oid relation)
{
	char	   *name = get_rel_name(relation);

	if (name == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation with OID %u does not exist", relation)));
	return quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)), name);
}

const char *
table_column(FunctionCallInfo fcinfo, int n, Oid relation, Oid *type)
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

const char *
table_record_schema(const char *column, Oid type)
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

void
table_take_rows(Datum value, bool isnull, void *arg)
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
