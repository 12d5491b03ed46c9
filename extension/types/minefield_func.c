/*
 * minefield_func.c - building a record and reading what it says
 *
 * Every reader answers NULL for what the paper does not say, cannot be read,
 * or says in words that are not understood.
 */
#include "mf_types.h"

#include "funcapi.h"
#include "utils/date.h"
#include "utils/rangetypes.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

/* A time without a zone was written somewhere between UTC+14 and UTC-12. */
#define ZONE_EAST_US	(INT64CONST(14) * 3600 * 1000000)
#define ZONE_WEST_US	(INT64CONST(12) * 3600 * 1000000)

/* ---- building ---- */

/* The Feature's members as JSON text, for the parser to judge. */
static char *
make_document(FunctionCallInfo fcinfo, bool z_dropped)
{
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfoCharMacro(&out, '{');
	if (!PG_ARGISNULL(0))
	{
		text	   *id = PG_GETARG_TEXT_PP(0);

		appendStringInfoString(&out, "\"id\":");
		canonical_string(&out, VARDATA_ANY(id), VARSIZE_ANY_EXHDR(id));
		appendStringInfoCharMacro(&out, ',');
	}
	appendStringInfoString(&out, "\"properties\":");
	if (PG_ARGISNULL(2))
		appendStringInfoString(&out, "null");
	else
	{
		Jsonb	   *properties = PG_GETARG_JSONB_P(2);

		(void) JsonbToCString(&out, &properties->root, VARSIZE(properties));
	}
	if (z_dropped)
		appendStringInfoString(&out, ",\"z_dropped\":true");
	appendStringInfoCharMacro(&out, '}');
	return out.data;
}

/*
 * mf_make(id text, extent geometry, properties jsonb, drop_z boolean)
 * → minefield
 *
 * Any of id, extent and properties may be NULL: unknown.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_make);
Datum
mf_make(PG_FUNCTION_ARGS)
{
	MfError		error = {0};
	MfExtent	extent;
	bool		z_dropped = false;
	Jsonb	   *document;
	Minefield  *mf = NULL;
	char	   *text;

	memset(&extent, 0, sizeof(extent));
	if (!PG_ARGISNULL(1))
	{
		bool		drop_z = !PG_ARGISNULL(3) && PG_GETARG_BOOL(3);

		mf_geometry_extent(PG_GETARG_DATUM(1), drop_z, &extent);
		z_dropped = drop_z && mf_geometry_has_z(PG_GETARG_DATUM(1));
	}
	text = make_document(fcinfo, z_dropped);
	document = document_parse(text, strlen(text), &mf_shape_feature, "", &error);
	if (document != NULL)
		mf = minefield_build(&extent, document, &error);
	if (mf == NULL)
		mf_report(&error, NULL);
	PG_RETURN_MINEFIELD_P(mf);
}

/* ---- reading ---- */

static Datum
text_or_null(FunctionCallInfo fcinfo, char *s)
{
	if (s == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(s));
}

/* mf_id(record minefield) → text; NULL: the record has no id */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_id);
Datum
mf_id(PG_FUNCTION_ARGS)
{
	return text_or_null(fcinfo, minefield_id(PG_GETARG_MINEFIELD_P(0)));
}

/* mf_number(record minefield) → text: the paper's own number */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_number);
Datum
mf_number(PG_FUNCTION_ARGS)
{
	return text_or_null(fcinfo,
						field_text(minefield_properties(PG_GETARG_MINEFIELD_P(0)), "number"));
}

/* mf_source(record minefield) → text */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_source);
Datum
mf_source(PG_FUNCTION_ARGS)
{
	return text_or_null(fcinfo,
						field_text(minefield_properties(PG_GETARG_MINEFIELD_P(0)), "source"));
}

/* mf_properties(record minefield) → jsonb; NULL: null */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_properties);
Datum
mf_properties(PG_FUNCTION_ARGS)
{
	JsonbContainer *properties = minefield_properties(PG_GETARG_MINEFIELD_P(0));

	if (properties == NULL)
		PG_RETURN_NULL();
	PG_RETURN_JSONB_P(container_jsonb(properties));
}

/*
 * mf_geometry(record minefield) → geometry(Geometry,4326); NULL: unlocated
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_geometry);
Datum
mf_geometry(PG_FUNCTION_ARGS)
{
	Minefield  *mf = PG_GETARG_MINEFIELD_P(0);
	MfExtent	extent;

	minefield_verify(mf);
	if (!MF_IS_LOCATED(mf))
		PG_RETURN_NULL();
	minefield_extent(mf, &extent);
	PG_RETURN_DATUM(mf_geometry_make(&extent));
}

/* mf_is_located(record minefield) → boolean */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_is_located);
Datum
mf_is_located(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(MF_IS_LOCATED(PG_GETARG_MINEFIELD_HEADER(0)));
}

/* mf_accuracy_m(record minefield) → float8: 95 % accuracy; NULL: unknown */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_accuracy_m);
Datum
mf_accuracy_m(PG_FUNCTION_ARGS)
{
	double		accuracy = minefield_accuracy_m(PG_GETARG_MINEFIELD_P(0));

	if (isnan(accuracy))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(accuracy);
}

/* lower inclusive, upper exclusive; an infinite bound is open */
static Datum
make_span(Oid type, Datum from, bool from_open, Datum to, bool to_open)
{
	TypeCacheEntry *typcache = lookup_type_cache(type, TYPECACHE_RANGE_INFO);
	RangeBound	lower = {.val = from, .infinite = from_open, .inclusive = true, .lower = true};
	RangeBound	upper = {.val = to, .infinite = to_open, .inclusive = false, .lower = false};

	return RangeTypePGetDatum(mf_make_range(typcache, &lower, &upper));
}

/*
 * mf_laid(record minefield) → daterange: the days on which it may have been
 * laid; NULL: not stated or not understood
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_laid);
Datum
mf_laid(PG_FUNCTION_ARGS)
{
	Minefield  *mf = PG_GETARG_MINEFIELD_HEADER(0);
	bool		to_open = mf->laid_to == MF_DAY_OPEN_TO;

	if (mf->laid_from > mf->laid_to)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(make_span(DATERANGEOID,
							  DateADTGetDatum(mf->laid_from),
							  mf->laid_from == MF_DAY_OPEN_FROM,
							  DateADTGetDatum(to_open ? 0 : mf->laid_to + 1),
							  to_open));
}

/*
 * mf_laid_at(record minefield) → tstzrange: the same as instants.  Where no
 * time zone is written, from the earliest to the latest it can mean.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_laid_at);
Datum
mf_laid_at(PG_FUNCTION_ARGS)
{
	JsonbContainer *properties = minefield_properties(PG_GETARG_MINEFIELD_P(0));
	JsonbValue	laid;
	MfDateSpan	span;
	bool		from_open,
				to_open;

	if (!field_get(properties, "laid", &laid) || laid.type != jbvString ||
		!date_read(laid.val.string.val, laid.val.string.len, &span))
		PG_RETURN_NULL();
	from_open = span.from_us == INT64_MIN;
	to_open = span.to_us == INT64_MAX;
	if (!from_open && !span.from_zone_known)
		span.from_us -= ZONE_EAST_US;
	if (!to_open && !span.to_zone_known)
		span.to_us += ZONE_WEST_US;
	PG_RETURN_DATUM(make_span(TSTZRANGEOID,
							  TimestampTzGetDatum(from_open ? 0 : span.from_us), from_open,
							  TimestampTzGetDatum(to_open ? 0 : span.to_us), to_open));
}
