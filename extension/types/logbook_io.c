/*
 * logbook_io.c - a log book in and out of the database, and its comparison
 *
 * Text is a canonical GeoJSON FeatureCollection; the binary form is
 *
 *	uint8 version (1), uint8 flags (0), uint32 size of the header, the
 *	FeatureCollection without type and features as JSON text, uint32 number
 *	of records, each record as uint32 size and its own binary form
 *
 * in network byte order.
 */
#include "mf_types.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"

static Datum
parse_or_report(const char *text, Size len, Node *escontext)
{
	MfError		error = {0};
	Logbook    *book = logbook_parse(text, len, &error);

	if (book == NULL)
	{
		mf_report(&error, escontext);
		return (Datum) 0;
	}
	return PointerGetDatum(book);
}

static void
logbook_verify(const Logbook *book)
{
	if (VARSIZE(book) < LOGBOOK_HEADER_SIZE || book->version != LOGBOOK_VERSION ||
		(Size) book->nrecords * 4 + LOGBOOK_HEADER_SIZE + book->header_size > VARSIZE(book))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("stored logbook value is damaged or of an unknown version")));
}

/* logbook_in(cstring) → logbook */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_in);
Datum
logbook_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);

	return parse_or_report(text, strlen(text), fcinfo->context);
}

static char *
logbook_cstring(const Logbook *book, int *len)
{
	StringInfoData out;

	logbook_verify(book);
	initStringInfo(&out);
	canonical_logbook(&out, book);
	if (len)
		*len = out.len;
	return out.data;
}

/* logbook_out(logbook) → cstring */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_out);
Datum
logbook_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(logbook_cstring(PG_GETARG_LOGBOOK_P(0), NULL));
}

static Jsonb *
receive_header(StringInfo buf)
{
	MfError		error = {0};
	uint32		size = pq_getmsgint(buf, 4);
	JsonbValue	v;
	Jsonb	   *header;
	char	   *text;
	int			len;

	if (size > (uint32) (buf->len - buf->cursor))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("binary logbook ends too early")));
	text = pq_getmsgtext(buf, size, &len);
	header = document_parse(text, len, &mf_shape_logbook, "", &error);
	if (header != NULL &&
		(field_get(&header->root, "type", &v) || field_get(&header->root, "features", &v)))
		mf_error_set(&error, ERRCODE_INVALID_BINARY_REPRESENTATION, "", NULL,
					 "header of a binary logbook has a member type or features");
	if (error.sqlstate == 0)
		(void) crs_member_check(&header->root, "", &error);
	if (error.sqlstate != 0)
		mf_report(&error, NULL);
	return header;
}

static Minefield *
receive_record(StringInfo buf)
{
	uint32		size = pq_getmsgint(buf, 4);
	StringInfoData body;
	Datum		record;

	if (size > (uint32) (buf->len - buf->cursor))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("binary logbook ends too early")));
	initStringInfo(&body);
	appendBinaryStringInfo(&body, pq_getmsgbytes(buf, size), size);
	record = DirectFunctionCall1(minefield_recv, PointerGetDatum(&body));
	pfree(body.data);
	return DatumGetMinefieldP(record);
}

/* logbook_recv(internal) → logbook */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_recv);
Datum
logbook_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	MfError		error = {0};
	int			version = pq_getmsgint(buf, 1);
	int			flags = pq_getmsgint(buf, 1);
	Jsonb	   *header;
	Minefield **records;
	Logbook    *book;
	uint32		n;

	if (version != LOGBOOK_VERSION || flags != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("binary logbook has unknown version %d or flags %d",
						version, flags)));
	header = receive_header(buf);
	n = pq_getmsgint(buf, 4);
	/* no record is shorter than its own size and fixed part */
	if (n > (uint32) (buf->len - buf->cursor) / 16)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("binary logbook ends too early")));
	records = palloc(sizeof(Minefield *) * Max(n, 1));
	for (uint32 i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		records[i] = receive_record(buf);
	}
	book = logbook_build(header, records, n, &error);
	if (book == NULL)
		mf_report(&error, NULL);
	PG_RETURN_LOGBOOK_P(book);
}

/* logbook_send(logbook) → bytea */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_send);
Datum
logbook_send(PG_FUNCTION_ARGS)
{
	Logbook    *book = PG_GETARG_LOGBOOK_P(0);
	StringInfoData buf,
				header;
	char	   *converted;

	logbook_verify(book);
	initStringInfo(&header);
	canonical_jsonb(&header, logbook_header(book));
	/* JSON text goes in the client's encoding, as that of the records does */
	converted = pg_server_to_client(header.data, header.len);
	if (converted != header.data)
		header.len = strlen(converted);
	pq_begintypsend(&buf);
	pq_sendint8(&buf, LOGBOOK_VERSION);
	pq_sendint8(&buf, 0);
	pq_sendint32(&buf, header.len);
	pq_sendbytes(&buf, converted, header.len);
	pq_sendint32(&buf, book->nrecords);
	for (uint32 i = 0; i < book->nrecords; i++)
	{
		bytea	   *record = DatumGetByteaP(DirectFunctionCall1(minefield_send,
																PointerGetDatum(logbook_record(book, i))));

		CHECK_FOR_INTERRUPTS();
		pq_sendint32(&buf, VARSIZE(record) - VARHDRSZ);
		pq_sendbytes(&buf, VARDATA(record), VARSIZE(record) - VARHDRSZ);
		pfree(record);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* logbook_from_json(json) → logbook: cast, as the input function */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_from_json);
Datum
logbook_from_json(PG_FUNCTION_ARGS)
{
	text	   *t = PG_GETARG_TEXT_PP(0);

	return parse_or_report(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), NULL);
}

/* logbook_from_jsonb(jsonb) → logbook: cast */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_from_jsonb);
Datum
logbook_from_jsonb(PG_FUNCTION_ARGS)
{
	Jsonb	   *jb = PG_GETARG_JSONB_P(0);
	char	   *text = JsonbToCString(NULL, &jb->root, VARSIZE(jb));

	return parse_or_report(text, strlen(text), NULL);
}

/* logbook_to_json(logbook) → json: cast, as the output function */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_to_json);
Datum
logbook_to_json(PG_FUNCTION_ARGS)
{
	int			len;
	char	   *text = logbook_cstring(PG_GETARG_LOGBOOK_P(0), &len);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(text, len));
}

/* logbook_to_jsonb(logbook) → jsonb: cast */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_to_jsonb);
Datum
logbook_to_jsonb(PG_FUNCTION_ARGS)
{
	char	   *text = logbook_cstring(PG_GETARG_LOGBOOK_P(0), NULL);

	return DirectFunctionCall1(jsonb_in, CStringGetDatum(text));
}

/* ---- comparison: record by record, then their number, then the header ---- */

static int
compare_headers(const Logbook *a, const Logbook *b)
{
	StringInfoData ta,
				tb;
	int			order;

	initStringInfo(&ta);
	initStringInfo(&tb);
	canonical_jsonb(&ta, logbook_header(a));
	canonical_jsonb(&tb, logbook_header(b));
	order = memcmp(ta.data, tb.data, Min(ta.len, tb.len));
	if (order == 0)
		order = ta.len - tb.len;
	pfree(ta.data);
	pfree(tb.data);
	return order < 0 ? -1 : order > 0 ? 1 : 0;
}

static int
compare_args(FunctionCallInfo fcinfo)
{
	Logbook    *a = PG_GETARG_LOGBOOK_P(0);
	Logbook    *b = PG_GETARG_LOGBOOK_P(1);
	int			order = 0;

	for (uint32 i = 0; order == 0 && i < Min(a->nrecords, b->nrecords); i++)
		order = minefield_compare(logbook_record(a, i), logbook_record(b, i));
	if (order == 0)
		order = (a->nrecords > b->nrecords) - (a->nrecords < b->nrecords);
	if (order == 0)
		order = compare_headers(a, b);
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return order;
}

/* logbook < logbook → boolean */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_lt);
Datum
logbook_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_args(fcinfo) < 0);
}

/* logbook <= logbook → boolean */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_le);
Datum
logbook_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_args(fcinfo) <= 0);
}

/* logbook = logbook → boolean */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_eq);
Datum
logbook_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_args(fcinfo) == 0);
}

/* logbook <> logbook → boolean */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_ne);
Datum
logbook_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_args(fcinfo) != 0);
}

/* logbook >= logbook → boolean */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_ge);
Datum
logbook_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_args(fcinfo) >= 0);
}

/* logbook > logbook → boolean */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_gt);
Datum
logbook_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_args(fcinfo) > 0);
}

/* btree support: -1, 0 or 1 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_cmp);
Datum
logbook_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare_args(fcinfo));
}

/* A hash chained over the records' canonical text, then the header's. */
static uint64
chained_hash(const Logbook *book, uint64 seed)
{
	StringInfoData text;
	uint64		hash = seed;

	initStringInfo(&text);
	for (uint32 i = 0; i < book->nrecords; i++)
	{
		resetStringInfo(&text);
		canonical_minefield(&text, logbook_record(book, i));
		hash = hash_bytes_extended((unsigned char *) text.data, text.len, hash);
	}
	resetStringInfo(&text);
	canonical_jsonb(&text, logbook_header(book));
	hash = hash_bytes_extended((unsigned char *) text.data, text.len, hash);
	pfree(text.data);
	return hash;
}

/* hash support */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_hash);
Datum
logbook_hash(PG_FUNCTION_ARGS)
{
	Logbook    *book = PG_GETARG_LOGBOOK_P(0);
	uint64		hash = chained_hash(book, 0);

	PG_FREE_IF_COPY(book, 0);
	PG_RETURN_UINT32((uint32) hash);
}

/* hash support with a seed; seed 0 gives the same low 32 bits */
PGDLLEXPORT PG_FUNCTION_INFO_V1(logbook_hash_extended);
Datum
logbook_hash_extended(PG_FUNCTION_ARGS)
{
	Logbook    *book = PG_GETARG_LOGBOOK_P(0);
	uint64		hash = chained_hash(book, (uint64) PG_GETARG_INT64(1));

	PG_FREE_IF_COPY(book, 0);
	PG_RETURN_UINT64(hash);
}
