/*
 * shape.c - which shape each named member of a document must have
 *
 * Shape is JSON type and no more: a number where a number must be, a code that
 * looks like a code.  Whether the words, dates and figures make sense is never
 * asked here, because bad paper must load and be reported, not be refused.
 * The tables say the same as doc/schema.json; a test holds one against the
 * other.  Later releases may loosen them and never tighten them, so whatever
 * has a name of ours is listed from the start.
 */
#include "mf_core.h"

#include <string.h>

#define OBJECT_OF(members) {MF_SHAPE_OBJECT, "an object", members, NULL}
#define ARRAY_OF(element, of) {MF_SHAPE_ARRAY, "an array of " of, NULL, &element}
#define END_OF_MEMBERS {NULL, NULL}

/* ---- values ---- */

static const MfShape any_value = {MF_SHAPE_ANY, "any value", NULL, NULL};
static const MfShape string = {MF_SHAPE_STRING, "a string", NULL, NULL};
static const MfShape text = {MF_SHAPE_TEXT, "a string or a number", NULL, NULL};
static const MfShape boolean = {MF_SHAPE_BOOLEAN, "true or false", NULL, NULL};
static const MfShape date = {
	MF_SHAPE_STRING, "a date as a string, such as \"1993-08\"", NULL, NULL
};
static const MfShape code = {
	MF_SHAPE_CODE, "a code such as \"EPSG:28409\"", NULL, NULL
};
static const MfShape pointer = {
	MF_SHAPE_POINTER, "a JSON pointer such as \"/properties/recorder\"", NULL, NULL
};
static const MfShape plain_number = {
	MF_SHAPE_PLAIN_NUMBER, "a number", NULL, NULL
};

static const MfShapeMember quantity_members[] = {
	{"value", &plain_number},
	{"min", &plain_number},
	{"max", &plain_number},
	{"as_written", &string},
	{"legible", &boolean},
	END_OF_MEMBERS
};

const MfShape mf_shape_quantity = {
	MF_SHAPE_QUANTITY,
	"a quantity object with value, min, max, as_written or legible",
	quantity_members, NULL
};

static const MfShape number = {
	MF_SHAPE_NUMBER, "a number or a quantity object", NULL, NULL
};
static const MfShape azimuth = {
	MF_SHAPE_AZIMUTH, "a number, a string such as \"15-00\" or a quantity object",
	NULL, NULL
};

static const MfShape texts = ARRAY_OF(text, "strings or numbers");
static const MfShape pointers = ARRAY_OF(pointer, "JSON pointers");

/* ---- mines ---- */

static const MfShapeMember mine_members[] = {
	{"model", &string},
	{"category", &string},
	{"count", &number},
	{"anti_handling", &number},
	{"burial_depth_m", &number},
	{"fuze", &string},
	{"method", &string},
	{"laid", &date},
	{"life_time_h", &number},
	{"self_destruct_h", &number},
	{"step_m", &number},
	{"remarks", &string},
	END_OF_MEMBERS
};
static const MfShape mine = OBJECT_OF(mine_members);
static const MfShape mines = ARRAY_OF(mine, "objects");

/* ---- location ---- */

static const MfShapeMember map_members[] = {
	{"sheet", &text},
	{"series", &text},
	{"edition", &text},
	{"scale", &number},
	END_OF_MEMBERS
};
static const MfShape map = OBJECT_OF(map_members);

static const MfShapeMember point_members[] = {
	{"id", &text},
	{"role", &string},
	{"name", &string},
	{"description", &string},
	{"northing", &number},
	{"easting", &number},
	{"mgrs", &string},
	{"lon", &number},
	{"lat", &number},
	{"height_m", &number},
	{"crs", &code},
	{"operation", &code},
	{"source", &string},
	{"accuracy95_m", &number},
	END_OF_MEMBERS
};
static const MfShape point = OBJECT_OF(point_members);
static const MfShape points = ARRAY_OF(point, "objects");

/* Where something is: a point's id, words, or a point of its own. */
static const MfShape place = {
	MF_SHAPE_TEXT_OR_OBJECT, "a string, a number or an object", point_members, NULL
};

static const MfShapeMember leg_members[] = {
	{"id", &text},
	{"from", &text},
	{"to", &text},
	{"azimuth", &azimuth},
	{"back_azimuth", &azimuth},
	{"distance", &number},
	{"north", &string},
	{"declination_deg", &number},
	{"declination_date", &date},
	{"angle_unit", &string},
	{"distance_unit", &string},
	{"description", &string},
	END_OF_MEMBERS
};
static const MfShape leg = OBJECT_OF(leg_members);
static const MfShape legs = ARRAY_OF(leg, "objects");

/* One step of a path: a point's id, or a stretch described, not measured. */
static const MfShapeMember stretch_members[] = {
	{"from", &text},
	{"to", &text},
	{"along", &string},
	END_OF_MEMBERS
};
static const MfShape stretch = {
	MF_SHAPE_TEXT_OR_OBJECT, "a point's id, or an object with from, to and along",
	stretch_members, NULL
};
static const MfShape path = ARRAY_OF(stretch, "points' ids, or of objects with from, to and along");

static const MfShapeMember cluster_members[] = {
	{"id", &text},
	{"place", &place},
	{"offset_m", &number},
	{"count", &number},
	{"mines", &mines},
	{"remarks", &string},
	END_OF_MEMBERS
};
static const MfShape cluster = OBJECT_OF(cluster_members);
static const MfShape clusters = ARRAY_OF(cluster, "objects");

static const MfShapeMember row_members[] = {
	{"id", &text},
	{"path", &path},
	{"mines", &mines},
	{"clusters", &clusters},
	{"ioe", &boolean},
	{"step_m", &number},
	{"offset_m", &number},
	{"description", &string},
	END_OF_MEMBERS
};
static const MfShape row = OBJECT_OF(row_members);
static const MfShape rows = ARRAY_OF(row, "objects");

static const MfShapeMember item_members[] = {
	{"id", &text},
	{"kind", &string},
	{"place", &place},
	{"model", &string},
	{"category", &string},
	{"count", &number},
	{"mechanism", &string},
	{"tripwires", &number},
	{"anti_handling", &number},
	{"burial_depth_m", &number},
	{"fuze", &string},
	{"method", &string},
	{"laid", &date},
	{"life_time_h", &number},
	{"self_destruct_h", &number},
	{"description", &string},
	{"remarks", &string},
	END_OF_MEMBERS
};
static const MfShape item = OBJECT_OF(item_members);
static const MfShape items = ARRAY_OF(item, "objects");

static const MfShapeMember marking_members[] = {
	{"kind", &string},
	{"date", &date},
	{"description", &string},
	END_OF_MEMBERS
};
static const MfShape marking = {
	MF_SHAPE_STRING_OR_OBJECT, "a string or an object", marking_members, NULL
};

static const MfShapeMember lane_members[] = {
	{"id", &text},
	{"name", &string},
	{"path", &path},
	{"width_m", &number},
	{"marking", &marking},
	{"description", &string},
	END_OF_MEMBERS
};
static const MfShape lane = OBJECT_OF(lane_members);
static const MfShape lanes = ARRAY_OF(lane, "objects");

static const MfShapeMember location_members[] = {
	{"crs", &code},
	{"operation", &code},
	{"map", &map},
	{"north", &string},
	{"declination_deg", &number},
	{"declination_date", &date},
	{"angle_unit", &string},
	{"distance_unit", &string},
	{"points", &points},
	{"legs", &legs},
	{"perimeter", &path},
	{"rows", &rows},
	{"items", &items},
	{"lanes", &lanes},
	{"front_azimuth", &azimuth},
	{"description", &string},
	END_OF_MEMBERS
};
static const MfShape location = OBJECT_OF(location_members);

/* ---- the rest of the paper ---- */

static const MfShapeMember event_members[] = {
	{"kind", &string},
	{"date", &date},
	{"model", &string},
	{"count", &number},
	{"place", &place},
	{"unit", &text},
	{"remarks", &string},
	END_OF_MEMBERS
};
static const MfShape event = OBJECT_OF(event_members);
static const MfShape events = ARRAY_OF(event, "objects");

static const MfShapeMember signature_members[] = {
	{"role", &string},
	{"name", &string},
	{"rank", &string},
	{"unit", &text},
	{"date", &date},
	END_OF_MEMBERS
};
static const MfShape signature = OBJECT_OF(signature_members);
static const MfShape signatures = ARRAY_OF(signature, "objects");

static const MfShapeMember reading_members[] = {
	{"path", &pointer},
	{"as_written", &string},
	{"value", &any_value},
	{"copy", &text},
	{"sheet", &text},
	END_OF_MEMBERS
};
static const MfShape reading = OBJECT_OF(reading_members);
static const MfShape readings = ARRAY_OF(reading, "objects");

static const MfShapeMember sketch_members[] = {
	{"file", &string},
	{"sha256", &string},
	{"page", &text},
	{"sheet", &text},
	{"north", &string},
	{"date", &date},
	{"scale", &number},
	{"description", &string},
	END_OF_MEMBERS
};
static const MfShape sketch = OBJECT_OF(sketch_members);

static const MfShapeMember scan_members[] = {
	{"sha256", &string},
	{"file", &string},
	{"page", &text},
	{"sheet", &text},
	{"copy", &text},
	END_OF_MEMBERS
};
static const MfShape scan = OBJECT_OF(scan_members);
static const MfShape scans = ARRAY_OF(scan, "objects");

static const MfShapeMember place_name_members[] = {
	{"name", &string},
	{"lang", &string},
	{"script", &string},
	END_OF_MEMBERS
};
static const MfShape place_name = OBJECT_OF(place_name_members);
static const MfShape places = ARRAY_OF(place_name, "objects");

/* Written by mf_locate, not by people: an object, whatever is in it. */
static const MfShape derived = OBJECT_OF(NULL);

static const MfShapeMember property_members[] = {
	{"number", &text},
	{"sheets", &texts},
	{"sheets_of", &number},
	{"copy", &text},
	{"part", &text},
	{"part_of", &text},
	{"source", &string},
	{"language", &string},
	{"authority", &string},
	{"unit", &text},
	{"covering_unit", &text},
	{"officer", &string},
	{"recorder", &string},
	{"laid", &date},
	{"recorded", &date},
	{"category", &string},
	{"pattern", &string},
	{"method", &string},
	{"front_m", &number},
	{"field_depth_m", &number},
	{"row_count", &number},
	{"row_gap_m", &number},
	{"step_m", &number},
	{"density_per_km", &number},
	{"density_per_m", &number},
	{"mines_total", &number},
	{"accuracy95_m", &number},
	{"mines", &mines},
	{"items", &items},
	{"location", &location},
	{"lanes", &lanes},
	{"marking", &marking},
	{"places", &places},
	{"events", &events},
	{"signatures", &signatures},
	{"sketch", &sketch},
	{"scans", &scans},
	{"readings", &readings},
	{"illegible", &pointers},
	{"not_applicable", &pointers},
	{"remarks", &string},
	{"derived", &derived},
	END_OF_MEMBERS
};
static const MfShape properties = OBJECT_OF(property_members);

/* ---- the two documents ---- */

static const MfShapeMember feature_members[] = {
	{"id", &text},
	{"properties", &properties},
	END_OF_MEMBERS
};
const MfShape mf_shape_feature = OBJECT_OF(feature_members);

static const MfShapeMember logbook_members[] = {
	{"title", &string},
	{"issuer", &string},
	{"recipient", &string},
	{"handed_over", &date},
	{"received", &date},
	{"language", &string},
	{"source", &string},
	{"records_declared", &number},
	{"sheets_declared", &number},
	{"mines_declared", &mines},
	{"scans", &scans},
	{"remarks", &string},
	END_OF_MEMBERS
};
static const MfShape logbook = OBJECT_OF(logbook_members);

static const MfShapeMember collection_members[] = {
	{"logbook", &logbook},
	END_OF_MEMBERS
};
const MfShape mf_shape_logbook = OBJECT_OF(collection_members);

/* ---- asking them ---- */

bool
shape_is_code(const char *s, size_t len)
{
	size_t		i = 0;

	while (i < len && s[i] >= 'A' && s[i] <= 'Z')
		i++;
	if (i == 0 || i + 1 >= len || s[i] != ':')
		return false;
	for (i++; i < len; i++)
	{
		if (s[i] < '0' || s[i] > '9')
			return false;
	}
	return true;
}

bool
shape_is_pointer(const char *s, size_t len)
{
	if (len > 0 && s[0] != '/')
		return false;
	for (size_t i = 0; i < len; i++)
	{
		if (s[i] == '~' && (i + 1 >= len || (s[i + 1] != '0' && s[i + 1] != '1')))
			return false;
	}
	return true;
}

bool
shape_accepts(const MfShape *shape, MfJsonType type, const char *s, size_t len)
{
	bool		is_string = type == MF_JSON_STRING;
	bool		is_number = type == MF_JSON_NUMBER;
	bool		is_object = type == MF_JSON_OBJECT;

	if (shape == NULL || type == MF_JSON_NULL)
		return true;
	switch (shape->kind)
	{
		case MF_SHAPE_ANY:
			return true;
		case MF_SHAPE_STRING:
			return is_string;
		case MF_SHAPE_NUMBER:
			return is_number || is_object;
		case MF_SHAPE_TEXT:
			return is_string || is_number;
		case MF_SHAPE_AZIMUTH:
			return is_string || is_number || is_object;
		case MF_SHAPE_BOOLEAN:
			return type == MF_JSON_BOOLEAN;
		case MF_SHAPE_CODE:
			return is_string && shape_is_code(s, len);
		case MF_SHAPE_POINTER:
			return is_string && shape_is_pointer(s, len);
		case MF_SHAPE_OBJECT:
		case MF_SHAPE_QUANTITY:
			return is_object;
		case MF_SHAPE_ARRAY:
			return type == MF_JSON_ARRAY;
		case MF_SHAPE_PLAIN_NUMBER:
			return is_number;
		case MF_SHAPE_STRING_OR_OBJECT:
			return is_string || is_object;
		case MF_SHAPE_TEXT_OR_OBJECT:
			return is_string || is_number || is_object;
	}
	return false;
}

const MfShape *
shape_member(const MfShape *shape, const char *name, size_t len)
{
	const MfShapeMember *member;

	if (shape == NULL)
		return NULL;
	member = shape->members;
	if (shape_needs_member(shape))
		member = quantity_members;
	if (member == NULL)
		return NULL;
	for (; member->name != NULL; member++)
	{
		if (strlen(member->name) == len && memcmp(member->name, name, len) == 0)
			return member->shape;
	}
	return NULL;
}

const MfShape *
shape_element(const MfShape *shape)
{
	return shape != NULL && shape->kind == MF_SHAPE_ARRAY ? shape->element : NULL;
}

bool
shape_needs_member(const MfShape *shape)
{
	return shape != NULL &&
		(shape->kind == MF_SHAPE_NUMBER || shape->kind == MF_SHAPE_AZIMUTH ||
		 shape->kind == MF_SHAPE_QUANTITY);
}
