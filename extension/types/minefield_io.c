/*
 * minefield_io.c - a record in and out of the database
 *
 * Text is canonical GeoJSON; the binary form is
 *
 *	uint8 version (1), uint8 flags (0), uint8 kind, uint8 zero,
 *	uint32 nparts, uint32 nrings, uint32 rings of each part,
 *	uint32 points of each ring, float8 lon and lat of each point,
 *	the Feature without type and geometry as JSON text to the end
 *
 * in network byte order.  Casts to and from text, json and jsonb go through
 * the same two doors.
 */
#include "mf_types.h"

#include "libpq/pqformat.h"
#include "utils/json.h"

static Datum
parse_or_report(const char *text, Size len, Node *escontext)
{
	MfError		error = {0};
	Minefield  *mf = minefield_parse(text, len, "", false, &error);

	if (mf == NULL)
	{
		mf_report(&error, escontext);
		return (Datum) 0;
	}
	return PointerGetDatum(mf);
}

/* minefield_in(cstring) → minefield */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_in);
Datum
minefield_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);

	return parse_or_report(text, strlen(text), fcinfo->context);
}

static char *
minefield_cstring(const Minefield *mf, int *len)
{
	StringInfoData out;

	minefield_verify(mf);
	initStringInfo(&out);
	canonical_minefield(&out, mf);
	if (len)
		*len = out.len;
	return out.data;
}

/* minefield_out(minefield) → cstring */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_out);
Datum
minefield_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(minefield_cstring(PG_GETARG_MINEFIELD_P(0), NULL));
}

/* Counts and coordinates, every size checked against what is left. */
static void
receive_extent(StringInfo buf, MfExtent *extent)
{
	uint32	   *counts;
	double	   *xy;
	Size		ncounts,
				left;
	uint64		npoints = 0;

	extent->kind = (MfKind) pq_getmsgint(buf, 1);
	if (extent->kind > MF_MULTIPOLYGON || pq_getmsgint(buf, 1) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unknown kind of extent in binary minefield")));
	extent->nparts = pq_getmsgint(buf, 4);
	extent->nrings = pq_getmsgint(buf, 4);
	left = buf->len - buf->cursor;
	ncounts = (Size) extent->nparts + extent->nrings;
	if (ncounts > left / 4)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("binary minefield ends too early")));
	counts = palloc(sizeof(uint32) * Max(ncounts, 1));
	for (Size i = 0; i < ncounts; i++)
	{
		counts[i] = pq_getmsgint(buf, 4);
		if (i >= extent->nparts)
			npoints += counts[i];
	}
	left = buf->len - buf->cursor;
	if (npoints > left / 16)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("binary minefield ends too early")));
	xy = palloc(Max(16 * (Size) npoints, 16));
	for (uint64 i = 0; i < 2 * npoints; i++)
		xy[i] = pq_getmsgfloat8(buf) + 0.0;
	extent->part_rings = counts;
	extent->ring_points = counts + extent->nparts;
	extent->npoints = npoints;
	extent->xy = xy;
}

/* The members that the binary form leaves out or always has. */
static void
check_document(const Jsonb *document, MfError *error)
{
	JsonbContainer *root = (JsonbContainer *) &document->root;
	JsonbValue	v;

	if (field_get(root, "type", &v) || field_get(root, "geometry", &v) ||
		!field_get(root, "properties", &v))
		mf_error_set(error, ERRCODE_INVALID_BINARY_REPRESENTATION, "", NULL,
					 "document of a binary minefield is not a Feature without type and geometry");
}

/* minefield_recv(internal) → minefield */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_recv);
Datum
minefield_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	MfError		error = {0};
	MfExtent	extent;
	Jsonb	   *document;
	Minefield  *mf = NULL;
	char	   *text;
	int			version = pq_getmsgint(buf, 1);
	int			flags = pq_getmsgint(buf, 1);
	int			len;

	if (version != MINEFIELD_VERSION || flags != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("binary minefield has unknown version %d or flags %d",
						version, flags)));
	receive_extent(buf, &extent);
	len = buf->len - buf->cursor;
	text = pq_getmsgtext(buf, len, &len);
	document = document_parse(text, len, &mf_shape_feature, "", &error);
	if (document != NULL)
	{
		check_document(document, &error);
		if (error.sqlstate == 0 && crs_member_check(&document->root, "", &error) &&
			extent_check(&extent, "/geometry", &error))
			mf = minefield_build(&extent, document, &error);
	}
	if (mf == NULL)
		mf_report(&error, NULL);
	PG_RETURN_MINEFIELD_P(mf);
}

/* minefield_send(minefield) → bytea */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_send);
Datum
minefield_send(PG_FUNCTION_ARGS)
{
	Minefield  *mf = PG_GETARG_MINEFIELD_P(0);
	StringInfoData buf,
				text;
	MfExtent	extent;

	minefield_verify(mf);
	minefield_extent(mf, &extent);
	pq_begintypsend(&buf);
	pq_sendint8(&buf, MINEFIELD_VERSION);
	pq_sendint8(&buf, 0);
	pq_sendint8(&buf, mf->kind);
	pq_sendint8(&buf, 0);
	pq_sendint32(&buf, mf->nparts);
	pq_sendint32(&buf, mf->nrings);
	for (uint32 i = 0; i < mf->nparts + mf->nrings; i++)
		pq_sendint32(&buf, mf->counts[i]);
	for (Size i = 0; i < 2 * (Size) extent.npoints; i++)
		pq_sendfloat8(&buf, extent.xy[i]);
	initStringInfo(&text);
	canonical_document(&text, mf);
	pq_sendtext(&buf, text.data, text.len);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* minefield_from_json(json) → minefield: cast, as the input function */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_from_json);
Datum
minefield_from_json(PG_FUNCTION_ARGS)
{
	text	   *t = PG_GETARG_TEXT_PP(0);

	return parse_or_report(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), NULL);
}

/* minefield_from_jsonb(jsonb) → minefield: cast */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_from_jsonb);
Datum
minefield_from_jsonb(PG_FUNCTION_ARGS)
{
	Jsonb	   *jb = PG_GETARG_JSONB_P(0);
	char	   *text = JsonbToCString(NULL, &jb->root, VARSIZE(jb));

	return parse_or_report(text, strlen(text), NULL);
}

/* minefield_to_json(minefield) → json: cast, as the output function */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_to_json);
Datum
minefield_to_json(PG_FUNCTION_ARGS)
{
	int			len;
	char	   *text = minefield_cstring(PG_GETARG_MINEFIELD_P(0), &len);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(text, len));
}

/* minefield_to_jsonb(minefield) → jsonb: cast */
PGDLLEXPORT PG_FUNCTION_INFO_V1(minefield_to_jsonb);
Datum
minefield_to_jsonb(PG_FUNCTION_ARGS)
{
	char	   *text = minefield_cstring(PG_GETARG_MINEFIELD_P(0), NULL);

	return DirectFunctionCall1(jsonb_in, CStringGetDatum(text));
}

/*
 * mf_digest_text(record minefield) → text
 *
 * The canonical text without derived content: what a digest is taken of.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_digest_text);
Datum
mf_digest_text(PG_FUNCTION_ARGS)
{
	Minefield  *mf = PG_GETARG_MINEFIELD_P(0);
	StringInfoData out;

	minefield_verify(mf);
	initStringInfo(&out);
	canonical_digest(&out, mf);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(out.data, out.len));
}
