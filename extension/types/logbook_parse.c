/*
 * logbook_parse.c - JSON text to a log book
 *
 * The FeatureCollection is cut at its members and features first, so that
 * every record is parsed on its own and a failure names the feature.
 */
#include "mf_types.h"

/* Names of WGS 84 longitude/latitude that GeoJSON 2008 writers use. */
static const char *const lonlat_names[] = {
	"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84",
	"CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"
};

bool
crs_member_check(JsonbContainer *object, const char *path, MfError *error)
{
	JsonbValue	crs;
	char	   *name = NULL;

	if (!field_get(object, "crs", &crs) || crs.type == jbvNull)
		return true;
	if (crs.type == jbvString)
		name = pnstrdup(crs.val.string.val, crs.val.string.len);
	else if (crs.type == jbvBinary)
		name = field_text(field_container(crs.val.binary.data, "properties"), "name");
	for (int i = 0; name != NULL && i < lengthof(lonlat_names); i++)
	{
		if (strcmp(name, lonlat_names[i]) == 0)
			return true;
	}
	mf_error_set(error, ERRCODE_DATATYPE_MISMATCH, psprintf("%s/crs", path),
				 "Extents are WGS 84 longitude and latitude. Transform the file first, for example with ogr2ogr -t_srs EPSG:4326.",
				 "document is in another coordinate reference system: %s",
				 name ? name : "not named");
	return false;
}

/* Every "features" element parsed; the number of records, or -1. */
static int64
parse_features(const char *text, Size len, const MfSpan *features,
			   Minefield ***records, MfError *error)
{
	MfSplit		split;
	MfSpan		key,
				value;
	MfSplitStatus status;
	int64		n = 0;
	int64		room = 64;
	MemoryContext work = AllocSetContextCreate(CurrentMemoryContext,
											   "log book record",
											   ALLOCSET_DEFAULT_SIZES);

	*records = palloc(sizeof(Minefield *) * room);
	if (!split_begin(&split, text, features->end, features->start, features->line) ||
		split.object)
	{
		mf_error_set(error, ERRCODE_INVALID_TEXT_REPRESENTATION, "/features", NULL,
					 "features of a log book must be an array");
		return -1;
	}
	while ((status = split_next(&split, &key, &value)) == MF_SPLIT_ITEM)
	{
		MfError		record_error = {0};
		MemoryContext caller = MemoryContextSwitchTo(work);
		Minefield  *mf = minefield_parse(text + value.start, value.end - value.start,
										 psprintf("/features/" INT64_FORMAT, n),
										 false, &record_error);

		MemoryContextSwitchTo(caller);
		if (mf == NULL)
		{
			mf_error_set(error, record_error.sqlstate, record_error.path,
						 record_error.hint, "%s", record_error.message);
			error->detail = record_error.detail ? pstrdup(record_error.detail) : NULL;
			return -1;
		}
		if (n == room)
		{
			room *= 2;
			*records = repalloc_huge(*records, sizeof(Minefield *) * room);
		}
		(*records)[n] = memcpy(palloc(VARSIZE(mf)), mf, VARSIZE(mf));
		n++;
		MemoryContextReset(work);
		CHECK_FOR_INTERRUPTS();
	}
	MemoryContextDelete(work);
	if (status == MF_SPLIT_ERROR)
	{
		mf_error_set(error, ERRCODE_INVALID_TEXT_REPRESENTATION,
					 psprintf("/features/" INT64_FORMAT, n), NULL,
					 "invalid JSON: %s", split.error);
		return -1;
	}
	return n;
}

/* The members but features and type, as the text of an object. */
static bool
cut_members(const char *text, Size len, StringInfo header, MfSpan *features,
			bool *features_seen, MfError *error)
{
	MfSplit		split;
	MfSpan		key,
				value;
	MfSplitStatus status;
	bool		type_seen = false;

	*features_seen = false;
	if (!split_begin(&split, text, len, 0, 1) || !split.object)
	{
		mf_error_set(error, ERRCODE_INVALID_TEXT_REPRESENTATION, "",
					 "A log book is a GeoJSON FeatureCollection.",
					 "document is not a JSON object");
		return false;
	}
	appendStringInfoCharMacro(header, '{');
	while ((status = split_next(&split, &key, &value)) == MF_SPLIT_ITEM)
	{
		Size		keylen = key.end - key.start;
		bool		is_type = keylen == 4 && memcmp(text + key.start, "type", 4) == 0;
		bool		is_features = keylen == 8 &&
			memcmp(text + key.start, "features", 8) == 0;

		if ((is_type && type_seen) || (is_features && *features_seen))
			mf_error_set(error, ERRCODE_DUPLICATE_JSON_OBJECT_KEY_VALUE,
						 is_type ? "/type" : "/features", NULL,
						 "member name appears twice in one object");
		if (is_type && (value.end - value.start != strlen("\"FeatureCollection\"") ||
						memcmp(text + value.start, "\"FeatureCollection\"",
							   value.end - value.start) != 0))
			mf_error_set(error, ERRCODE_INVALID_TEXT_REPRESENTATION, "/type",
						 "A log book is a GeoJSON FeatureCollection; a single Feature is read as minefield.",
						 "type of a log book must be \"FeatureCollection\"");
		type_seen |= is_type;
		*features_seen |= is_features;
		if (is_features)
			*features = value;
		else if (!is_type)
		{
			if (header->len > 1)
				appendStringInfoCharMacro(header, ',');
			appendStringInfoCharMacro(header, '"');
			appendBinaryStringInfo(header, text + key.start, keylen);
			appendStringInfoString(header, "\":");
			appendBinaryStringInfo(header, text + value.start, value.end - value.start);
		}
	}
	appendStringInfoCharMacro(header, '}');
	if (status == MF_SPLIT_ERROR)
		mf_error_set(error, ERRCODE_INVALID_TEXT_REPRESENTATION, "", NULL,
					 "invalid JSON: %s", split.error);
	else if (strspn(text + split.pos, " \t\r\n") < len - split.pos)
		mf_error_set(error, ERRCODE_INVALID_TEXT_REPRESENTATION, "", NULL,
					 "invalid JSON: text after the end of the document");
	else if (!type_seen)
		mf_error_set(error, ERRCODE_INVALID_TEXT_REPRESENTATION, "",
					 "A log book is a GeoJSON FeatureCollection: {\"type\":\"FeatureCollection\",\"logbook\":{…},\"features\":[…]}.",
					 "document has no member \"type\"");
	else if (!*features_seen)
		mf_error_set(error, ERRCODE_INVALID_TEXT_REPRESENTATION, "",
					 "A log book without records has \"features\": [].",
					 "document has no member \"features\"");
	return error->sqlstate == 0;
}

/* Names written with escapes can hide what was cut out. */
static bool
header_check(const Jsonb *header, MfError *error)
{
	JsonbContainer *root = (JsonbContainer *) &header->root;
	JsonbValue	v;

	if (field_get(root, "type", &v) || field_get(root, "features", &v))
		mf_error_set(error, ERRCODE_INVALID_TEXT_REPRESENTATION, "", NULL,
					 "members type and features of a log book are written without escapes");
	return error->sqlstate == 0 && crs_member_check(root, "", error);
}

Logbook *
logbook_parse(const char *text, Size len, MfError *error)
{
	StringInfoData header_text;
	MfSpan		features = {0};
	bool		features_seen;
	Jsonb	   *header;
	Minefield **records;
	int64		n;

	initStringInfo(&header_text);
	if (!encoding_check(error) ||
		!cut_members(text, len, &header_text, &features, &features_seen, error))
		return NULL;
	header = document_parse(header_text.data, header_text.len, &mf_shape_logbook,
							"", error);
	if (header == NULL || !header_check(header, error))
		return NULL;
	n = parse_features(text, len, &features, &records, error);
	if (n < 0)
		return NULL;
	return logbook_build(header, records, n, error);
}
