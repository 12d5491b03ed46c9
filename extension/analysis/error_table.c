/*
 * error_table.c - how good measurements on paper are
 *
 * One table, and nothing else in the code has a figure of this kind.  Every
 * value holds for 95 %: of angles and lengths on a line, of places within a
 * circle.  Where no source is known the value is NaN: unknown, and off.
 */
#include "mf_locate.h"

#include "funcapi.h"

#define COLUMNS 6

const MfErrorRule mf_error_rules[MF_ERROR_ITEMS] = {
	{"compass_deg", "degree", 1.5, MF_FROM_AZIMUTH,
		"an azimuth, each leg by itself, unless azimuth_by names an instrument",
	"A common figure for a hand compass (12 m at 450 m); instruction books give 1 to 2 degrees."},
	{"instrument_deg", "degree", 0.06, MF_FROM_AZIMUTH,
		"an azimuth with azimuth_by theodolite, aiming circle or survey",
	"One division (0-01) of an artillery aiming circle, the least that it reads."},
	{"declination_deg", "degree", 0.7, MF_FROM_AZIMUTH,
		"the declination or correction as stated, shared by all magnetic azimuths of a record",
	"WMM2020 Technical Report (NOAA and BGS, 2020), error model: standard deviation sqrt(0.26^2 + (5625/H)^2) degrees, 0.34 at H = 25,000 nT."},
	{"declination_drift_deg", "degree", 0.06, MF_FROM_AZIMUTH,
		"each year between declination_date and the day of laying, where both are stated",
	"WMM2020 at 39.99 N 46.93 E: 6.27 degrees in 2020.0, 6.50 in 2024.1."},
	{"tape_percent", "percent", 0.4, MF_FROM_DISTANCE,
		"a distance with distance_by tape or chain",
	"Textbooks of surveying: 1 in 250 is allowed of a chain on rough ground."},
	{"pace_percent", "percent", 8, MF_FROM_DISTANCE,
		"a distance in paces or pairs of paces, each leg by itself",
	"Soviet military topography (lib.mil.bmstu.ru, Topography, p. 45): 2 to 4 % in the mean with an even, tested pace; twice the larger."},
	{"pace_length_percent", "percent", 7, MF_FROM_DISTANCE,
		"the length of a pace, shared by all paced distances of a record, unless pace_m states it",
	"0.70 to 0.80 m about the usual 0.75 m."},
	{"odometer_percent", "percent", 10, MF_FROM_DISTANCE,
		"a distance with distance_by odometer",
	"Soviet military topography (as above): 3 to 5 % on roads, to 10 % off them."},
	{"distance_percent", "percent", 5, MF_FROM_DISTANCE,
		"a distance in metres, kilometres or feet of which is not said how it was measured",
	"The lower end of what is given for estimates by eye."},
	{"eye_percent", "percent", 15, MF_FROM_DISTANCE,
		"a distance with distance_by eye, and one that the paper itself doubts (~, ?) without bounds",
	"5 to 15 % is given for estimates by eye; the upper end."},
	{"map_mm", "millimetre on the map", 0.5, MF_FROM_MAP,
		"coordinates of a point without an accuracy of its own, where map.scale is stated: 25 m at 1:50,000",
	"Soviet rules for topographic maps: mean error of outlines 0.5 mm on the map in open country."},
	{"gps_m", "metre", 8, MF_FROM_LANDMARK,
		"coordinates of a point with source GPS, GNSS or the like and no accuracy of its own",
	"GPS Standard Positioning Service Performance Standard (US Department of Defense, 2020): 8 m, 95 %, worldwide; before May 2000 it was 100 m."},
	{"interview_m", "metre", NAN, MF_FROM_SOURCE,
		"a whole record with source interview",
	"No source: off unless the caller sets it."},
	{"memory_m", "metre", NAN, MF_FROM_SOURCE,
		"a whole record with a source that names memory",
	"No source: off unless the caller sets it."},
	{"assumed_north_deg", "degree", 8, MF_FROM_ASSUMPTION,
		"azimuths whose north is assumed",
	"The largest angle between the norths of the South Caucasus: declination 6.5 degrees (WMM2020, 2024), convergence of a 6 degree zone to 2 degrees."},
	{"assumed_declination_deg", "degree", 2, MF_FROM_ASSUMPTION,
		"magnetic azimuths whose declination is assumed",
	"A drift of 0.06 degrees a year (WMM2020) over three decades."},
	{"assumed_angle_unit_percent", "percent", 6.7, MF_FROM_ASSUMPTION,
		"the azimuth itself, where its unit is assumed",
	"6400 divisions for 6000."},
	{"assumed_distance_unit_percent", "percent", 50, MF_FROM_ASSUMPTION,
		"distances whose unit is assumed, shared by all of a record",
	"Pairs of paces for metres: 1.5 m."},
	{"assumed_crs_m", "metre", 110, MF_FROM_ASSUMPTION,
		"coordinates whose system is assumed",
	"SK-42 taken for WGS 84 at 40 N 47 E: 102.6 m (PROJ, EPSG:15865)."},
	{"assumed_operation_m", "metre", 5, MF_FROM_ASSUMPTION,
		"coordinates whose operation to WGS 84 is assumed",
	"Operations for SK-42 by the Caspian differ by up to 4.8 m (PROJ, EPSG:15865 and EPSG:1303)."}
};

const char *
error_source_name(MfErrorSource source)
{
	static const char *const names[MF_ERROR_SOURCES] = {
		"landmark", "azimuth", "distance", "datum", "map", "source", "assumption"
	};

	return names[source];
}

/* mf_error_table() → setof mf_error: the table as it stands in the code */
PGDLLEXPORT PG_FUNCTION_INFO_V1(mf_error_table);
Datum
mf_error_table(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < MF_ERROR_ITEMS; i++)
	{
		const MfErrorRule *rule = &mf_error_rules[i];
		Datum		values[COLUMNS];
		bool		nulls[COLUMNS] = {false};

		values[0] = CStringGetTextDatum(rule->name);
		values[1] = Float8GetDatum(rule->value);
		nulls[1] = isnan(rule->value);
		values[2] = CStringGetTextDatum(rule->unit);
		values[3] = CStringGetTextDatum(error_source_name(rule->source));
		values[4] = CStringGetTextDatum(rule->applies);
		values[5] = CStringGetTextDatum(rule->citation);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
