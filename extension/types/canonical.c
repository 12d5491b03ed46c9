/*
 * canonical.c - values as RFC 8785 canonical JSON
 *
 * The one text form: member names in the order of their UTF-16 code units,
 * shortest doubles, the escapes that JSON requires and no others, no white
 * space.  Equality, order, hash and digest follow from these bytes.
 */
#include "mf_types.h"

#include <ctype.h>

#include "common/shortest_dec.h"
#include "utils/numeric.h"

typedef struct Member
{
	JsonbValue	key;
	JsonbValue	value;
} Member;

static void canonical_value(StringInfo out, const JsonbValue *value);

/*
 * A decimal that lies midway between two doubles is read as the even one of
 * them.  ECMAScript takes it as that one's shortest form (1e23), PostgreSQL
 * does not (9.999999999999999e22).  Below 2^52 such decimals have more than 17
 * digits and are nobody's shortest form.
 */
#define MIDPOINTS_FROM	4503599627370496.0

static void
shortest_decimal(char *buf, double value)
{
	char		shorter[DOUBLE_SHORTEST_DECIMAL_LEN];
	int			ndigits = 0;

	double_to_shortest_decimal_buf(value, buf);
	if (fabs(value) < MIDPOINTS_FROM)
		return;
	for (const char *c = buf; *c != '\0' && *c != 'e'; c++)
		ndigits += isdigit((unsigned char) *c);
	for (int n = 1; n < Min(ndigits, 17); n++)
	{
		snprintf(shorter, sizeof(shorter), "%.*e", n - 1, value);
		if (strtod(shorter, NULL) == value)
		{
			strcpy(buf, shorter);
			return;
		}
	}
}

void
canonical_number(StringInfo out, double value)
{
	char		shortest[DOUBLE_SHORTEST_DECIMAL_LEN];
	char		canonical[MF_NUMBER_SIZE];

	shortest_decimal(shortest, value);
	appendBinaryStringInfo(out, canonical, number_canonical(canonical, shortest));
}

void
canonical_string(StringInfo out, const char *s, Size len)
{
	appendStringInfoCharMacro(out, '"');
	for (Size i = 0; i < len; i++)
	{
		unsigned char c = (unsigned char) s[i];

		switch (c)
		{
			case '"':
				appendStringInfoString(out, "\\\"");
				break;
			case '\\':
				appendStringInfoString(out, "\\\\");
				break;
			case '\b':
				appendStringInfoString(out, "\\b");
				break;
			case '\f':
				appendStringInfoString(out, "\\f");
				break;
			case '\n':
				appendStringInfoString(out, "\\n");
				break;
			case '\r':
				appendStringInfoString(out, "\\r");
				break;
			case '\t':
				appendStringInfoString(out, "\\t");
				break;
			default:
				if (c < 0x20)
					appendStringInfo(out, "\\u%04x", c);
				else
					appendStringInfoCharMacro(out, c);
		}
	}
	appendStringInfoCharMacro(out, '"');
}

static int
member_compare(const void *a, const void *b)
{
	const Member *ma = a;
	const Member *mb = b;

	return utf16_compare(ma->key.val.string.val, ma->key.val.string.len,
						 mb->key.val.string.val, mb->key.val.string.len);
}

/* The members of an object in canonical order. */
static Member *
sorted_members(JsonbContainer *object, int *n)
{
	Member	   *members = palloc(sizeof(Member) * JsonContainerSize(object));
	JsonbIterator *it = JsonbIteratorInit(object);
	JsonbValue	v;
	JsonbIteratorToken token;

	*n = 0;
	while ((token = JsonbIteratorNext(&it, &v, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
			members[*n].key = v;
		else if (token == WJB_VALUE)
			members[(*n)++].value = v;
	}
	qsort(members, *n, sizeof(Member), member_compare);
	return members;
}

static void
canonical_members(StringInfo out, const Member *members, int n)
{
	appendStringInfoCharMacro(out, '{');
	for (int i = 0; i < n; i++)
	{
		if (i > 0)
			appendStringInfoCharMacro(out, ',');
		canonical_string(out, members[i].key.val.string.val,
						 members[i].key.val.string.len);
		appendStringInfoCharMacro(out, ':');
		canonical_value(out, &members[i].value);
	}
	appendStringInfoCharMacro(out, '}');
}

void
canonical_jsonb(StringInfo out, JsonbContainer *container)
{
	check_stack_depth();
	if (JsonContainerIsObject(container))
	{
		int			n;
		Member	   *members = sorted_members(container, &n);

		canonical_members(out, members, n);
		pfree(members);
	}
	else
	{
		JsonbIterator *it = JsonbIteratorInit(container);
		bool		scalar = JsonContainerIsScalar(container);
		bool		first = true;
		JsonbValue	v;
		JsonbIteratorToken token;

		if (!scalar)
			appendStringInfoCharMacro(out, '[');
		while ((token = JsonbIteratorNext(&it, &v, true)) != WJB_DONE)
		{
			if (token != WJB_ELEM)
				continue;
			if (!first)
				appendStringInfoCharMacro(out, ',');
			first = false;
			canonical_value(out, &v);
		}
		if (!scalar)
			appendStringInfoCharMacro(out, ']');
	}
}

static void
canonical_value(StringInfo out, const JsonbValue *value)
{
	switch (value->type)
	{
		case jbvNull:
			appendStringInfoString(out, "null");
			break;
		case jbvBool:
			appendStringInfoString(out, value->val.boolean ? "true" : "false");
			break;
		case jbvNumeric:
			canonical_number(out,
							 DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow,
																NumericGetDatum(value->val.numeric))));
			break;
		case jbvString:
			canonical_string(out, value->val.string.val, value->val.string.len);
			break;
		case jbvBinary:
			canonical_jsonb(out, value->val.binary.data);
			break;
		default:
			elog(ERROR, "unexpected jsonb value type %d", (int) value->type);
	}
}

/* ---- the extent as GeoJSON ---- */

static void
canonical_position(StringInfo out, const double *xy)
{
	appendStringInfoCharMacro(out, '[');
	canonical_number(out, xy[0]);
	appendStringInfoCharMacro(out, ',');
	canonical_number(out, xy[1]);
	appendStringInfoCharMacro(out, ']');
}

static const double *
canonical_positions(StringInfo out, const double *xy, uint32 n)
{
	appendStringInfoCharMacro(out, '[');
	for (uint32 i = 0; i < n; i++, xy += 2)
	{
		if (i > 0)
			appendStringInfoCharMacro(out, ',');
		canonical_position(out, xy);
	}
	appendStringInfoCharMacro(out, ']');
	return xy;
}

/* The coordinates of one part, as the single kind writes them. */
static const double *
canonical_part(StringInfo out, MfKind kind, uint32 nrings,
			   const uint32 *ring_points, const double *xy)
{
	if (kind == MF_POINT)
	{
		canonical_position(out, xy);
		return xy + 2;
	}
	if (kind == MF_LINESTRING)
		return canonical_positions(out, xy, ring_points[0]);
	appendStringInfoCharMacro(out, '[');
	for (uint32 i = 0; i < nrings; i++)
	{
		if (i > 0)
			appendStringInfoCharMacro(out, ',');
		xy = canonical_positions(out, xy, ring_points[i]);
	}
	appendStringInfoCharMacro(out, ']');
	return xy;
}

static void
canonical_geometry(StringInfo out, const Minefield *mf)
{
	MfExtent	extent;
	const double *xy;
	const uint32 *ring_points;
	bool		multi;

	minefield_extent(mf, &extent);
	if (extent.kind == MF_UNLOCATED)
	{
		appendStringInfoString(out, "null");
		return;
	}
	multi = kind_is_multi(extent.kind);
	xy = extent.xy;
	ring_points = extent.ring_points;
	appendStringInfoString(out, "{\"coordinates\":");
	if (multi || extent.nparts == 0)
		appendStringInfoCharMacro(out, '[');
	for (uint32 i = 0; i < extent.nparts; i++)
	{
		if (i > 0)
			appendStringInfoCharMacro(out, ',');
		xy = canonical_part(out, multi ? (MfKind) (extent.kind - 3) : extent.kind,
							extent.part_rings[i], ring_points, xy);
		ring_points += extent.part_rings[i];
	}
	if (multi || extent.nparts == 0)
		appendStringInfoCharMacro(out, ']');
	appendStringInfo(out, ",\"type\":\"%s\"}", kind_name(extent.kind));
}

/* ---- the Feature and the FeatureCollection ---- */

static Member *
find_member(Member *members, int n, const char *name)
{
	for (int i = 0; i < n; i++)
	{
		if (members[i].key.val.string.len == (int) strlen(name) &&
			memcmp(members[i].key.val.string.val, name, strlen(name)) == 0)
			return &members[i];
	}
	return NULL;
}

/* How a member that is not in the document is written. */
typedef void (*member_writer) (StringInfo out, const void *value);

typedef struct ExtraMember
{
	const char *name;
	member_writer write;
} ExtraMember;

/* An object's members merged with extra ones, both in canonical order. */
static void
canonical_merged(StringInfo out, const Member *members, int n,
				 const ExtraMember *extra, int nextra, const void *value)
{
	int			i = 0,
				j = 0;

	appendStringInfoCharMacro(out, '{');
	while (i < n || j < nextra)
	{
		bool		take_extra = i == n ||
			(j < nextra && utf16_compare(extra[j].name, strlen(extra[j].name),
										 members[i].key.val.string.val,
										 members[i].key.val.string.len) < 0);

		if (i + j > 0)
			appendStringInfoCharMacro(out, ',');
		if (take_extra)
		{
			appendStringInfo(out, "\"%s\":", extra[j].name);
			extra[j++].write(out, value);
		}
		else
		{
			canonical_string(out, members[i].key.val.string.val,
							 members[i].key.val.string.len);
			appendStringInfoCharMacro(out, ':');
			canonical_value(out, &members[i++].value);
		}
	}
	appendStringInfoCharMacro(out, '}');
}

static void
write_geometry(StringInfo out, const void *value)
{
	canonical_geometry(out, value);
}

static void
write_null(StringInfo out, const void *value)
{
	appendStringInfoString(out, "null");
}

static void
write_feature(StringInfo out, const void *value)
{
	appendStringInfoString(out, "\"Feature\"");
}

static void
write_collection(StringInfo out, const void *value)
{
	appendStringInfoString(out, "\"FeatureCollection\"");
}

static void
canonical_features(StringInfo out, const Logbook *book,
				   void (*write) (StringInfo out, const Minefield *mf))
{
	appendStringInfoCharMacro(out, '[');
	for (uint32 i = 0; i < book->nrecords; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (i > 0)
			appendStringInfoCharMacro(out, ',');
		write(out, logbook_record(book, i));
	}
	appendStringInfoCharMacro(out, ']');
}

static void
write_features(StringInfo out, const void *value)
{
	canonical_features(out, value, canonical_minefield);
}

static void
write_underived_features(StringInfo out, const void *value)
{
	canonical_features(out, value, canonical_digest);
}

void
canonical_minefield(StringInfo out, const Minefield *mf)
{
	static const ExtraMember extra[] = {
		{"geometry", write_geometry}, {"type", write_feature}
	};
	int			n;
	Member	   *members = sorted_members(minefield_document(mf), &n);

	canonical_merged(out, members, n, extra, lengthof(extra), mf);
	pfree(members);
}

void
canonical_document(StringInfo out, const Minefield *mf)
{
	canonical_jsonb(out, minefield_document(mf));
}

/* The properties without the member "derived". */
static void
canonical_underived(StringInfo out, JsonbContainer *properties)
{
	int			n;
	Member	   *members = sorted_members(properties, &n);
	Member	   *derived = find_member(members, n, "derived");

	if (derived != NULL)
	{
		memmove(derived, derived + 1, (char *) (members + n) - (char *) (derived + 1));
		n--;
	}
	canonical_members(out, members, n);
	pfree(members);
}

static void
write_underived(StringInfo out, const void *value)
{
	canonical_underived(out, minefield_properties(value));
}

void
canonical_digest(StringInfo out, const Minefield *mf)
{
	static const ExtraMember extra[] = {
		{"geometry", write_null}, {"properties", write_underived},
		{"type", write_feature}
	};
	int			n;
	Member	   *members;
	Member	   *properties;

	if (!(mf->flags & MF_FLAG_DERIVED))
	{
		canonical_minefield(out, mf);
		return;
	}
	members = sorted_members(minefield_document(mf), &n);
	properties = find_member(members, n, "properties");
	memmove(properties, properties + 1,
			(char *) (members + n) - (char *) (properties + 1));
	canonical_merged(out, members, n - 1, extra, lengthof(extra), mf);
	pfree(members);
}

static void
canonical_book(StringInfo out, const Logbook *book, member_writer features)
{
	const ExtraMember extra[] = {
		{"features", features}, {"type", write_collection}
	};
	int			n;
	Member	   *members = sorted_members(logbook_header(book), &n);

	canonical_merged(out, members, n, extra, lengthof(extra), book);
	pfree(members);
}

void
canonical_logbook(StringInfo out, const Logbook *book)
{
	canonical_book(out, book, write_features);
}

void
canonical_logbook_digest(StringInfo out, const Logbook *book)
{
	canonical_book(out, book, write_underived_features);
}
