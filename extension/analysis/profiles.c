/*
 * profiles.c - the profiles that come with us
 *
 * Written as JSON with ' for ", which no text in them needs.  Clauses name
 * where the source asks for it; the weights are ours: 1 for what is mandatory,
 * 0.5 for what is asked for where feasible.
 */
#include "mf_check.h"

#include "catalog/pg_type.h"
#include "funcapi.h"

/* ---- what the rules are made of ---- */

#define M "'need':'mandatory','weight':1"
#define F "'need':'feasible','weight':0.5"

#define REQUIRE(name, clause, need, text, rule) \
	"{'requirement':'" name "','clause':'" clause "'," need ",'text':'" text "','rule':" rule "}"
#define REQUIRE_WHEN(name, clause, need, text, rule, when) \
	"{'requirement':'" name "','clause':'" clause "'," need ",'text':'" text "','rule':" rule ",'when':[" when "]}"

#define PROPERTY(name) "'/properties/" name "'"
#define MINES(name) "'/properties/mines/*/" name "'"
#define COORDINATES "{'any':[{'all':['/northing','/easting']},'/mgrs',{'all':['/lon','/lat']}]}"
#define POINTS(n, roles, each) \
	"{'count':'/properties/location/points','at_least':" n ",'where':'role','in':[" roles "],'each':" each "}"
#define LANDMARK_ROLES "'landmark','benchmark','reference','reference point','ориентир'"
#define CORNER_ROLES "'corner','start','turning','end','угол'"
#define REFERENCE_POINTS(n) POINTS(n, LANDMARK_ROLES, COORDINATES)
#define SIGNED(roles) "{'count':'/properties/signatures','at_least':1,'where':'role','in':[" roles "]}"
#define EXTENT "{'any':['/properties/location/perimeter','/geometry']}"
#define DIMENSIONS "{'any':[{'all':['/properties/front_m','/properties/field_depth_m']},'/properties/location/perimeter']}"
#define BY_MODEL(name) "{'any':['/properties/" name "','/properties/mines/*/" name "']}"
#define ON_LEGS(name) "{'any':['/properties/location/" name "','/properties/location/legs/*/" name "']}"
#define HAS_LEGS "{'path':'/properties/location/legs'}"
#define ANGLE_UNIT "{'any':['/properties/location/angle_unit','/properties/location/legs/*/angle_unit'," \
	"{'path':'/properties/location/legs/*/azimuth','contains':'-'}]}"
#define TRAPS "{'path':'/properties/items'}"

typedef struct Named
{
	const char *name;
	const char *title;
	const char *source;
	const char *requirements;
} Named;

static const Named profiles[] = {
	{
		"ccw_ap2_1996",
		"Minefields other than remotely delivered",
		"CCW Protocol II as amended on 3 May 1996, Technical Annex, 1(a)",
		REQUIRE("reference_points", "1(a)(i)", M, "coordinates of at least two reference points", REFERENCE_POINTS("2")) ","
		REQUIRE("dimensions", "1(a)(i)", M, "estimated dimensions of the area", DIMENSIONS) ","
		REQUIRE("perimeter", "1(a)(ii)", M, "perimeter and extent of the minefield", EXTENT) ","
		REQUIRE("types", "1(a)(iii)", M, "type of every weapon", MINES("model")) ","
		REQUIRE("numbers", "1(a)(iii)", M, "number of each type", MINES("count")) ","
		REQUIRE("method", "1(a)(iii)", M, "emplacing method", BY_MODEL("method")) ","
		REQUIRE("fuze", "1(a)(iii)", M, "type of fuze", MINES("fuze")) ","
		REQUIRE("life_time", "1(a)(iii)", M, "life time", MINES("life_time_h")) ","
		REQUIRE("laid_date", "1(a)(iii)", M, "date of laying", BY_MODEL("laid")) ","
		REQUIRE("laid_time", "1(a)(iii)", M, "time of laying",
				"{'any':[{'path':'/properties/laid','contains':'T'},{'path':'/properties/mines/*/laid','contains':'T'}]}") ","
		REQUIRE("anti_handling", "1(a)(iii)", M, "anti-handling devices: how many, or that there are none", MINES("anti_handling")) ","
		REQUIRE("positions", "1(a)(iii)", F, "exact location of every mine; in row minefields that of the rows",
				"{'any':['/properties/location/rows/*/path','/properties/location/items/*/place']}") ","
		REQUIRE_WHEN("booby_trap_place", "1(a)(iii)", M, "location of every booby-trap", "'/properties/items/*/place'", TRAPS) ","
		REQUIRE_WHEN("booby_trap_mechanism", "1(a)(iii)", M, "operating mechanism of every booby-trap", "'/properties/items/*/mechanism'", TRAPS)
	},
	{
		"ccw_ap2_remote",
		"Remotely delivered minefields",
		"CCW Protocol II as amended on 3 May 1996, Technical Annex, 1(b)",
		REQUIRE("corner_points", "1(b)", M, "coordinates of reference points, normally the corners, that specify location and area",
				POINTS("3", LANDMARK_ROLES "," CORNER_ROLES, COORDINATES)) ","
		REQUIRE("types", "1(b)", M, "types of mines laid", MINES("model")) ","
		REQUIRE("numbers", "1(b)", M, "total number of mines laid",
				"{'any':['/properties/mines/*/count','/properties/mines_total']}") ","
		REQUIRE("laid_date", "1(b)", M, "date of laying", BY_MODEL("laid")) ","
		REQUIRE("laid_time", "1(b)", M, "time of laying",
				"{'any':[{'path':'/properties/laid','contains':'T'},{'path':'/properties/mines/*/laid','contains':'T'}]}") ","
		REQUIRE("self_destruction", "1(b)", M, "self-destruction time periods", MINES("self_destruct_h")) ","
		REQUIRE("marked", "1(b)", F, "ascertained and marked on the ground", PROPERTY("marking"))
	},
	{
		"ccw_p2_1980",
		"Minefields, mines and booby-traps",
		"CCW Protocol II of 10 October 1980, Technical Annex, guidelines on recording, 1",
		REQUIRE("extent", "Technical Annex 1(a)", M, "maps or other records that indicate the extent", EXTENT) ","
		REQUIRE("reference_point", "Technical Annex 1(b)", M, "coordinates of a single reference point", REFERENCE_POINTS("1")) ","
		REQUIRE("dimensions", "Technical Annex 1(b)", M, "estimated dimensions in relation to it", DIMENSIONS)
	},
	{
		"formular",
		"Soviet-school formular of a minefield",
		"items of the form as found in the field; forms differ by army and year",
		REQUIRE("copy", "heading", M, "copy number", PROPERTY("copy")) ","
		REQUIRE("number", "heading", M, "number of the minefield", PROPERTY("number")) ","
		REQUIRE("unit", "heading", M, "laying unit", PROPERTY("unit")) ","
		REQUIRE("sheets", "heading", F, "sheets at hand and their number",
				"{'all':['/properties/sheets','/properties/sheets_of']}") ","
		REQUIRE("category", "mines", M, "kind: anti-vehicle, anti-personnel, mixed", PROPERTY("category")) ","
		REQUIRE("model", "mines", M, "model of mine", MINES("model")) ","
		REQUIRE("count", "mines", M, "number of mines", MINES("count")) ","
		REQUIRE("anti_handling", "mines", M, "of which with anti-handling devices", MINES("anti_handling")) ","
		REQUIRE("fuze", "mines", F, "type of fuze", MINES("fuze")) ","
		REQUIRE("burial_depth", "mines", F, "depth of burial; not on every form", MINES("burial_depth_m")) ","
		REQUIRE("front", "field", M, "extent along the front", PROPERTY("front_m")) ","
		REQUIRE("depth", "field", M, "depth of the field", PROPERTY("field_depth_m")) ","
		REQUIRE("rows", "field", M, "number of rows", PROPERTY("row_count")) ","
		REQUIRE("row_gap", "field", M, "distance between rows", PROPERTY("row_gap_m")) ","
		REQUIRE("step", "field", M, "distance between mines of a row",
				"{'any':['/properties/step_m','/properties/mines/*/step_m','/properties/location/rows/*/step_m',"
				"'/properties/location/rows/*/mines/*/step_m']}") ","
		REQUIRE("density", "field", F, "mines per kilometre of front",
				"{'any':['/properties/density_per_km','/properties/density_per_m']}") ","
		REQUIRE("method", "field", M, "method of laying", BY_MODEL("method")) ","
		REQUIRE("laid", "field", M, "date of laying", PROPERTY("laid")) ","
		REQUIRE("corners", "place", M, "corners, by coordinates or by legs",
				"{'any':['/properties/location/perimeter'," POINTS("3", CORNER_ROLES, COORDINATES) "]}") ","
		REQUIRE("ties", "place", M, "ties to landmarks: azimuth and distance",
				"{'all':['/properties/location/legs/*/azimuth','/properties/location/legs/*/distance']}") ","
		REQUIRE("landmark", "place", M, "a landmark with coordinates", REFERENCE_POINTS("1")) ","
		REQUIRE("landmark_description", "place", F, "what the landmark is",
				POINTS("1", LANDMARK_ROLES, "'/description'")) ","
		REQUIRE_WHEN("north", "place", M, "which north azimuths are of", ON_LEGS("north"), HAS_LEGS) ","
		REQUIRE_WHEN("declination", "place", M, "declination of magnetic azimuths", ON_LEGS("declination_deg"),
					 HAS_LEGS ",{'path':'/properties/location/north','in':['magnetic']}") ","
		REQUIRE_WHEN("angle_unit", "place", M, "unit of azimuths, unless they are in dash notation", ANGLE_UNIT, HAS_LEGS) ","
		REQUIRE_WHEN("distance_unit", "place", M, "unit of distances", ON_LEGS("distance_unit"), HAS_LEGS) ","
		REQUIRE("map", "place", F, "map sheet and scale",
				"{'all':['/properties/location/map/sheet','/properties/location/map/scale']}") ","
		REQUIRE("fence", "place", F, "fence and signs", PROPERTY("marking")) ","
		REQUIRE("covering_unit", "signatures", F, "unit that covers the field", PROPERTY("covering_unit")) ","
		REQUIRE("recorded", "signatures", M, "date of the record", PROPERTY("recorded")) ","
		REQUIRE("signature_layer", "signatures", M, "signature of the one who laid it", SIGNED("'layer'")) ","
		REQUIRE("signature_receiver", "signatures", M, "signature of the one who took it over", SIGNED("'receiver'"))
	},
	{
		"da1355",
		"Modelled on DA Form 1355 and its relatives",
		"items of the form; modelled on it, not the text of the standard",
		REQUIRE("authority", "heading", M, "authority for laying", PROPERTY("authority")) ","
		REQUIRE("unit", "heading", M, "laying unit", PROPERTY("unit")) ","
		REQUIRE("officer", "heading", M, "officer in charge", PROPERTY("officer")) ","
		REQUIRE("started_and_completed", "heading", M, "date and time started and completed",
				"{'all':[{'path':'/properties/laid','contains':'T'},{'path':'/properties/laid','contains':'/'}]}") ","
		REQUIRE("recorder", "heading", M, "recorder", PROPERTY("recorder")) ","
		REQUIRE("recorded", "heading", M, "date of the record", PROPERTY("recorded")) ","
		REQUIRE("sheets", "heading", M, "sheet and number of sheets",
				"{'all':['/properties/sheets','/properties/sheets_of']}") ","
		REQUIRE("copy", "heading", M, "copy number", PROPERTY("copy")) ","
		REQUIRE("map", "place", M, "map sheet and scale",
				"{'all':['/properties/location/map/sheet','/properties/location/map/scale']}") ","
		REQUIRE("map_series", "place", F, "map series", "'/properties/location/map/series'") ","
		REQUIRE("landmarks", "place", M, "at least two landmarks with coordinates", REFERENCE_POINTS("2")) ","
		REQUIRE("landmark_descriptions", "place", M, "descriptions of at least two landmarks",
				POINTS("2", LANDMARK_ROLES, "'/description'")) ","
		REQUIRE("intermediate_markers", "place", F, "intermediate markers",
				POINTS("1", "'intermediate','marker','intermediate marker'", "'/role'")) ","
		REQUIRE("fence", "place", M, "fence and signs", PROPERTY("marking")) ","
		REQUIRE("azimuths", "place", M, "azimuths of all legs", "'/properties/location/legs/*/azimuth'") ","
		REQUIRE("distances", "place", M, "distances of all legs", "'/properties/location/legs/*/distance'") ","
		REQUIRE_WHEN("north", "place", M, "which north azimuths are of", ON_LEGS("north"), HAS_LEGS) ","
		REQUIRE("rows", "strips", M, "strips or rows from their start to their end", "'/properties/location/rows/*/path'") ","
		REQUIRE("row_models", "strips", M, "types of mines of every strip", "'/properties/location/rows/*/mines/*/model'") ","
		REQUIRE("row_counts", "strips", M, "numbers of mines of every strip", "'/properties/location/rows/*/mines/*/count'") ","
		REQUIRE("anti_handling", "strips", M, "anti-handling devices",
				"{'any':['/properties/mines/*/anti_handling','/properties/location/rows/*/mines/*/anti_handling']}") ","
		REQUIRE("lanes", "strips", F, "lanes, or that there are none",
				"{'any':['/properties/lanes','/properties/location/lanes']}") ","
		REQUIRE("method", "strips", F, "method of laying", BY_MODEL("method")) ","
		REQUIRE("sketch", "sketch", M, "sketch", PROPERTY("sketch")) ","
		REQUIRE("sketch_north", "sketch", M, "north of the sketch and its date",
				"{'all':['/properties/sketch/north','/properties/sketch/date']}") ","
		REQUIRE("signature", "signatures", M, "a signature", "'/properties/signatures/0/role'")
	},
	{
		"gichd_mdr",
		"Minimum data of a contaminated area",
		"GICHD draft minimum data requirements; what an office adds (status, SHA or CHA) stands in its own columns, not in the record",
		REQUIRE("benchmark", "contaminated area", M, "coordinates of a benchmark or reference point", REFERENCE_POINTS("1")) ","
		REQUIRE("perimeter", "contaminated area", M, "coordinates of the perimeter",
				"{'any':['/geometry','/properties/location/perimeter']}") ","
		REQUIRE("category", "contaminated area", M, "category of devices", BY_MODEL("category")) ","
		REQUIRE("types", "contaminated area", F, "types of devices", MINES("model")) ","
		REQUIRE("source", "contaminated area", M, "source of the evidence", PROPERTY("source")) ","
		REQUIRE("recorded", "contaminated area", M, "date of the record", PROPERTY("recorded"))
	}
};

/* ---- as values ---- */

static Jsonb *
profile_value(const Named *named)
{
	char	   *text = psprintf("{'profile':'%s','title':'%s','source':'%s','requirements':[%s]}",
								named->name, named->title, named->source, named->requirements);

	for (char *p = text; *p != '\0'; p++)
	{
		if (*p == '\'')
			*p = '"';
	}
	return DatumGetJsonbP(DirectFunctionCall1(jsonb_in, CStringGetDatum(text)));
}

Jsonb *
profile_named(const char *name)
{
	for (int i = 0; i < lengthof(profiles); i++)
	{
		if (strcmp(profiles[i].name, name) == 0)
			return profile_value(&profiles[i]);
	}
	return NULL;
}

char *
profile_names(void)
{
	StringInfoData names;

	initStringInfo(&names);
	for (int i = 0; i < lengthof(profiles); i++)
		appendStringInfo(&names, "%s%s", i > 0 ? ", " : "", profiles[i].name);
	return names.data;
}

/* mf_profile(name text) → jsonb; an unknown name is an error */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_profile);
Datum
mf_profile(PG_FUNCTION_ARGS)
{
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(0));
	Jsonb	   *profile = profile_named(name);

	if (profile == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no profile \"%s\"", name),
				 errhint("The profiles are: %s. Pass one of your own as jsonb.", profile_names())));
	PG_RETURN_JSONB_P(profile);
}

/* mf_profiles() → setof text */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_profiles);
Datum
mf_profiles(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	for (int i = 0; i < lengthof(profiles); i++)
	{
		Datum		name = CStringGetTextDatum(profiles[i].name);
		bool		isnull = false;

		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, &name, &isnull);
	}
	return (Datum) 0;
}
