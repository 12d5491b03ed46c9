/*
 * record_arrays.c - records, extents and finds of arrays into a record set
 */
#include "mf_analysis.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/lsyscache.h"

static void
array_elements(ArrayType *array, Datum **values, bool **nulls, int *n)
{
	int16		len;
	bool		byval;
	char		align;

	*n = 0;
	if (array == NULL)
		return;
	get_typlenbyvalalign(ARR_ELEMTYPE(array), &len, &byval, &align);
	deconstruct_array(array, ARR_ELEMTYPE(array), len, byval, align,
					  values, nulls, n);
}

static void
check_length(const char *what, const char *of, ArrayType *array, int n, int expected)
{
	if (array != NULL && n != expected)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s has %d elements for %d %s", what, n, expected, of)));
}

static void
element_text(MfText *text, ArrayType *array, Datum *values, bool *nulls, int i)
{
	text->data = NULL;
	text->len = 0;
	if (array != NULL && !nulls[i])
	{
		const struct varlena *t = PG_DETOAST_DATUM_PACKED(values[i]);

		text->data = VARDATA_ANY(t);
		text->len = VARSIZE_ANY_EXHDR(t);
	}
}

void
record_set_add_array(MfRecordSet *set, bool geometries, ArrayType *values,
					 ArrayType *keys, ArrayType *groups)
{
	Datum	   *v,
			   *k,
			   *g;
	bool	   *vnulls,
			   *knulls,
			   *gnulls;
	int			nv,
				nk,
				ng;

	array_elements(values, &v, &vnulls, &nv);
	array_elements(keys, &k, &knulls, &nk);
	array_elements(groups, &g, &gnulls, &ng);
	check_length("the array of keys", "records", keys, nk, nv);
	check_length("the array of group keys", "records", groups, ng, nv);
	for (int i = 0; i < nv; i++)
	{
		MfText		key,
					group;

		if (vnulls[i])
			continue;
		CHECK_FOR_INTERRUPTS();
		element_text(&key, keys, k, knulls, i);
		element_text(&group, groups, g, gnulls, i);
		if (geometries)
			record_set_add_extent(set, v[i], &key, &group);
		else
			record_set_add_record(set, v[i], &key, &group);
	}
}

void
record_set_add_finds(MfRecordSet *set, ArrayType *values, ArrayType *keys)
{
	Datum	   *v,
			   *k;
	bool	   *vnulls,
			   *knulls;
	int			nv,
				nk;

	array_elements(values, &v, &vnulls, &nv);
	array_elements(keys, &k, &knulls, &nk);
	check_length("the array of keys", "finds", keys, nk, nv);
	for (int i = 0; i < nv; i++)
	{
		MfText		key;

		CHECK_FOR_INTERRUPTS();
		element_text(&key, keys, k, knulls, i);
		record_set_add_find(set, vnulls[i] ? (Datum) 0 : v[i], &key);
	}
}
