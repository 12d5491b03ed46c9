/*
 * release.c - a copy of a record for somebody who may not see all of it
 *
 * A whitelist: what is not named is not in the copy, whatever it is called
 * and wherever it came from.  The place may be given coarsely, and then
 * nothing in the copy tells it more finely by number.
 */
#include "mf_analysis.h"

#include "mf_types.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

#define METRES_PER_DEGREE	110574.0	/* of latitude, at least */
#define MIN_GENERALISE_M	1.0

/* A JSON pointer cut at its slashes; "*" stands for any member or element. */
typedef struct KeptPath
{
	int			n;
	char	  **segments;
} KeptPath;

typedef struct Whitelist
{
	int			n;
	KeptPath    *pointers;
	bool		coarse;			/* leave out what tells the place by number */
} Whitelist;

/* Members that hold coordinates, in any case: those of the schema, and common others. */
static const char *const place_members[] = {
	"bbox", "coordinates", "coords", "derived", "easting", "lat", "latitude", "lng",
	"location", "lon", "longitude", "mgrs", "northing", "place", "readings", "wkt"
};

static bool
tells_place(const char *name, int len)
{
	for (int i = 0; i < lengthof(place_members); i++)
	{
		if (strlen(place_members[i]) == len && pg_strncasecmp(place_members[i], name, len) == 0)
			return true;
	}
	return false;
}

/* ---- the whitelist ---- */

/* Undo the escapes of RFC 6901 in place: ~1 is a slash, ~0 a tilde. */
static void
unescape(char *segment)
{
	char	   *to = segment;

	for (const char *from = segment; *from != '\0'; from++)
	{
		if (*from == '~')
			*to++ = *++from == '1' ? '/' : '~';
		else
			*to++ = *from;
	}
	*to = '\0';
}

static void
read_pointer(KeptPath *pointer, char *s, bool coarse)
{
	if (s[0] != '/' || !shape_is_pointer(s, strlen(s)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is not a JSON pointer to a member of a record", s),
				 errhint("Write /id, /geometry, /properties/category or, for every element of a list, /properties/mines/*/model.")));
	pointer->n = 0;
	pointer->segments = palloc(sizeof(char *) * strlen(s));
	while (s != NULL)
	{
		char	   *segment = s + 1;

		s = strchr(segment, '/');
		if (s != NULL)
			*s = '\0';
		unescape(segment);
		pointer->segments[pointer->n++] = segment;
		if (coarse && tells_place(segment, strlen(segment)))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("member \"%s\" cannot be kept where the place is given coarsely", segment),
					 errdetail("It can tell the place by coordinates.")));
	}
}

/*
 * Does a pointer keep members that nobody named?  Those may hold coordinates
 * under any name.
 */
static bool
keeps_unnamed(const KeptPath *pointer)
{
	if (strcmp(pointer->segments[0], "*") == 0)
		return true;
	return strcmp(pointer->segments[0], "properties") == 0 &&
		(pointer->n == 1 || strcmp(pointer->segments[1], "*") == 0);
}

static void
read_whitelist(Whitelist *list, ArrayType *array, bool coarse)
{
	Datum	   *values;
	bool	   *nulls;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, &list->n);
	list->coarse = coarse;
	list->pointers = palloc(sizeof(KeptPath) * Max(list->n, 1));
	for (int i = 0; i < list->n; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("list of what is kept must not have a NULL")));
		read_pointer(&list->pointers[i], TextDatumGetCString(values[i]), coarse);
		if (coarse && keeps_unnamed(&list->pointers[i]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("\"%s\" cannot be kept where the place is given coarsely",
							TextDatumGetCString(values[i])),
					 errhint("Name the members of the properties one by one: any other may hold coordinates.")));
	}
}

/* ---- copying what is kept ---- */

/* The pointers that still lead on at some depth, by their places in the list. */
typedef struct Trail
{
	int			depth;
	int			n;
	int		   *pointers;
	bool		whole;			/* a pointer ends here: all of it is kept */
} Trail;

static void
trail_enter(Trail *inner, const Whitelist *list, const Trail *outer,
			const char *name, int len)
{
	inner->depth = outer->depth + 1;
	inner->n = 0;
	inner->whole = outer->whole;
	inner->pointers = palloc(sizeof(int) * Max(outer->n, 1));
	for (int i = 0; i < outer->n; i++)
	{
		const KeptPath *pointer = &list->pointers[outer->pointers[i]];
		const char *segment = pointer->segments[outer->depth];

		if (strcmp(segment, "*") != 0 &&
			(strlen(segment) != len || memcmp(segment, name, len) != 0))
			continue;
		if (pointer->n == inner->depth)
			inner->whole = true;
		else
			inner->pointers[inner->n++] = outer->pointers[i];
	}
}

static bool copy_value(StringInfo out, const Whitelist *list, const Trail *trail,
					   const JsonbValue *value);

static bool
is_named(const JsonbValue *key, const char *name)
{
	return name != NULL && key->val.string.len == strlen(name) &&
		memcmp(key->val.string.val, name, key->val.string.len) == 0;
}

/* Without the member except; NULL: none. */
static bool
copy_object(StringInfo out, const Whitelist *list, const Trail *trail,
			JsonbContainer *object, const char *except)
{
	JsonbIterator *it = JsonbIteratorInit(object);
	JsonbValue	v;
	JsonbIteratorToken token;
	Trail		inner = {0};
	bool		kept = trail->whole;
	int			start = out->len;
	int			undo = 0;
	bool		skip = false;

	appendStringInfoCharMacro(out, '{');
	while ((token = JsonbIteratorNext(&it, &v, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
		{
			skip = is_named(&v, except) ||
				(list->coarse && tells_place(v.val.string.val, v.val.string.len));
			trail_enter(&inner, list, trail, v.val.string.val, v.val.string.len);
			undo = out->len;
			if (out->len > start + 1)
				appendStringInfoCharMacro(out, ',');
			canonical_string(out, v.val.string.val, v.val.string.len);
			appendStringInfoCharMacro(out, ':');
		}
		else if (token == WJB_VALUE)
		{
			if (!skip && copy_value(out, list, &inner, &v))
				kept = true;
			else
			{
				out->len = undo;
				out->data[undo] = '\0';
			}
			pfree(inner.pointers);
		}
	}
	appendStringInfoCharMacro(out, '}');
	return kept;
}

/*
 * An array keeps its length, so that what is left stays where it was; elements
 * of which nothing is kept are null.
 */
static bool
copy_array(StringInfo out, const Whitelist *list, const Trail *trail,
		   JsonbContainer *array)
{
	bool		kept = trail->whole;
	int			n = JsonContainerSize(array);

	appendStringInfoCharMacro(out, '[');
	for (int i = 0; i < n; i++)
	{
		char		place[16];
		Trail		inner;
		JsonbValue *value = getIthJsonbValueFromContainer(array, i);
		int			undo;

		if (i > 0)
			appendStringInfoCharMacro(out, ',');
		undo = out->len;
		trail_enter(&inner, list, trail, place, snprintf(place, sizeof(place), "%d", i));
		if (copy_value(out, list, &inner, value))
			kept = true;
		else
		{
			out->len = undo;
			appendStringInfoString(out, "null");
		}
		pfree(inner.pointers);
		pfree(value);
	}
	appendStringInfoCharMacro(out, ']');
	return kept;
}

/* False: nothing of the value is kept, and what was written is to be undone. */
static bool
copy_value(StringInfo out, const Whitelist *list, const Trail *trail,
		   const JsonbValue *value)
{
	Jsonb	   *scalar;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (!trail->whole && trail->n == 0)
		return false;
	if (value->type == jbvBinary)
		return JsonContainerIsObject(value->val.binary.data) ?
			copy_object(out, list, trail, value->val.binary.data, NULL) :
			copy_array(out, list, trail, value->val.binary.data);
	if (!trail->whole)
		return false;
	scalar = JsonbValueToJsonb((JsonbValue *) value);
	canonical_jsonb(out, &scalar->root);
	pfree(scalar);
	return true;
}

/* ---- the place ---- */

/*
 * The rectangle of cells that a box touches, in a grid that is the same for
 * every record: copies of several versions do not narrow it down.  Cells are
 * at least size_m wide and high.
 */
static void
coarse_corners(const MfExtent *extent, double size_m, double *corners)
{
	MinefieldBox box;
	double		dlat = size_m / METRES_PER_DEGREE;
	double		far;
	double		dlon;
	double		side[4];

	box_of_extent(&box, extent);
	/* one width for each degree of latitude, that of its narrower side */
	far = ceil(Max(fabs(box.ymin), fabs(box.ymax)));
	dlon = far < 90 ? Min(dlat / cos(far * M_PI / 180), 360) : 360;
	side[2] = Min((floor(box.xmax / dlon) + 1) * dlon, 180);
	side[3] = Min((floor(box.ymax / dlat) + 1) * dlat, 90);
	/* cells that the edge of the world cuts take from their neighbours */
	side[0] = Max(Min(floor(box.xmin / dlon) * dlon, side[2] - dlon), -180);
	side[1] = Max(Min(floor(box.ymin / dlat) * dlat, side[3] - dlat), -90);
	side[2] = Min(Max(side[2], side[0] + dlon), 180);
	side[3] = Max(side[3], side[1] + dlat);
	/* to the centimetre, so that no library's last digit shows */
	for (int i = 0; i < 4; i++)
		side[i] = (i < 2 ? floor(side[i] * 1e7) : ceil(side[i] * 1e7)) / 1e7;
	for (int i = 0; i < 5; i++)
	{
		corners[2 * i] = side[i == 1 || i == 2 ? 2 : 0];
		corners[2 * i + 1] = side[i == 2 || i == 3 ? 3 : 1];
	}
}

static void
released_extent(MfExtent *copy, const Minefield *mf, double size_m)
{
	static const uint32 one = 1;
	static const uint32 five = 5;
	double	   *corners;

	minefield_extent(mf, copy);
	if (isnan(size_m) || copy->nparts == 0)
		return;
	corners = palloc(sizeof(double) * 10);
	coarse_corners(copy, size_m, corners);
	copy->kind = MF_POLYGON;
	copy->nparts = copy->nrings = 1;
	copy->npoints = 5;
	copy->part_rings = &one;
	copy->ring_points = &five;
	copy->xy = corners;
}

/* ---- the SQL function ---- */

/* What the reader has to know: that absent is not unknown here. */
static void
write_note(StringInfo out, ArrayType *keep, double size_m)
{
	Datum	   *values;
	bool	   *nulls;
	int			n;

	deconstruct_array(keep, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, &n);
	appendStringInfoString(out, "\"released\":{\"generalised_m\":");
	if (isnan(size_m))
		appendStringInfoString(out, "null");
	else
		canonical_number(out, size_m);
	appendStringInfoString(out, ",\"kept\":[");
	for (int i = 0; i < n; i++)
	{
		char	   *pointer = TextDatumGetCString(values[i]);

		if (i > 0)
			appendStringInfoCharMacro(out, ',');
		canonical_string(out, pointer, strlen(pointer));
	}
	appendStringInfoString(out, "]}");
}

/* The members of an object that are kept, but for one, each with a comma. */
static void
copy_members(StringInfo out, const Whitelist *list, const Trail *trail,
			 JsonbContainer *object, const char *except)
{
	StringInfoData text;

	initStringInfo(&text);
	if (copy_object(&text, list, trail, object, except) && text.len > 2)
	{
		appendBinaryStringInfo(out, text.data + 1, text.len - 2);
		appendStringInfoCharMacro(out, ',');
	}
	pfree(text.data);
}

/* The document of the copy, and whether it keeps the geometry. */
static Jsonb *
released_document(const Minefield *mf, const Whitelist *list, ArrayType *keep,
				  double size_m, bool *geometry, MfError *error)
{
	JsonbContainer *properties = minefield_properties(mf);
	StringInfoData out;
	Trail		root = {0};
	Trail		inner;

	root.n = list->n;
	root.pointers = palloc(sizeof(int) * Max(list->n, 1));
	for (int i = 0; i < list->n; i++)
		root.pointers[i] = i;
	trail_enter(&inner, list, &root, "geometry", strlen("geometry"));
	*geometry = inner.whole;
	initStringInfo(&out);
	appendStringInfoCharMacro(&out, '{');
	copy_members(&out, list, &root, minefield_document(mf), "properties");
	appendStringInfoString(&out, "\"properties\":{");
	trail_enter(&inner, list, &root, "properties", strlen("properties"));
	/* the note of an earlier release would say what is not so any more */
	if (properties != NULL)
		copy_members(&out, list, &inner, properties, "released");
	write_note(&out, keep, size_m);
	appendStringInfoString(&out, "}}");
	return document_parse(out.data, out.len, &mf_shape_feature, "", error);
}

/*
 * mf_release(record minefield, keep text[], generalise_m float8) → minefield
 *
 * NULL where record or keep is; generalise_m NULL: the place as recorded.
 */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_release);
Datum
mf_release(PG_FUNCTION_ARGS)
{
	MfError		error = {0};
	double		size_m = PG_ARGISNULL(2) ? NAN : PG_GETARG_FLOAT8(2);
	Minefield  *mf;
	Minefield  *copy = NULL;
	Whitelist	list;
	MfExtent	extent;
	Jsonb	   *document;
	bool		geometry;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(2) && !(size_m >= MIN_GENERALISE_M && size_m <= MF_MAX_METRES))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("generalise_m must be between %g and %g metres",
						MIN_GENERALISE_M, MF_MAX_METRES)));
	mf = PG_GETARG_MINEFIELD_P(0);
	minefield_verify(mf);
	read_whitelist(&list, PG_GETARG_ARRAYTYPE_P(1), !isnan(size_m));
	document = released_document(mf, &list, PG_GETARG_ARRAYTYPE_P(1), size_m, &geometry, &error);
	if (document != NULL)
	{
		memset(&extent, 0, sizeof(extent));
		if (geometry)
			released_extent(&extent, mf, size_m);
		copy = minefield_build(&extent, document, &error);
	}
	if (copy == NULL)
		mf_report(&error, NULL);
	PG_RETURN_MINEFIELD_P(copy);
}
