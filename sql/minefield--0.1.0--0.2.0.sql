-- minefield 0.1.0 to 0.2.0: lines, finds, certainty, pairs of a table
\echo Use "ALTER EXTENSION minefield UPDATE TO '0.2.0'" to load this file. \quit

-- the stretches of a line that are far from every record

CREATE TYPE mf_line_gap AS (
	n integer,
	from_m float8,
	to_m float8,
	length_m float8,
	neighbours text[],
	geometry geometry(LineString, 4326)
);
COMMENT ON TYPE mf_line_gap IS
	'One stretch of a line that is farther from every record than asked, numbered along the line: where it begins and ends and how long it is, in metres along the line on the ellipsoid, the keys of the records at either end, and the stretch itself.';

CREATE FUNCTION mf_line_gap_options(min_length_m float8 DEFAULT 0) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'mf_line_gap_options'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_line_gap_options(float8) IS
	'Options of mf_line_gaps and mf_line_gap_rows: gaps shorter than min_length_m metres are left out. NULL is the default.';

CREATE FUNCTION mf_line_gaps_add(internal, minefield, geometry, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_line_gaps_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_line_gaps_add(internal, minefield, geometry, float8) IS
	'Transition function of mf_line_gaps.';

CREATE FUNCTION mf_line_gaps_add(internal, minefield, geometry, float8, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_line_gaps_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_line_gaps_add(internal, minefield, geometry, float8, jsonb) IS
	'Transition function of mf_line_gaps.';

CREATE FUNCTION mf_line_gaps_add_extent(internal, geometry, geometry, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_line_gaps_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_line_gaps_add_extent(internal, geometry, geometry, float8) IS
	'Transition function of mf_line_gaps.';

CREATE FUNCTION mf_line_gaps_add_extent(internal, geometry, geometry, float8, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_line_gaps_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_line_gaps_add_extent(internal, geometry, geometry, float8, jsonb) IS
	'Transition function of mf_line_gaps.';

CREATE FUNCTION mf_line_gaps_final(internal) RETURNS geometry
	AS 'MODULE_PATHNAME', 'mf_line_gaps_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_line_gaps_final(internal) IS
	'Final function of mf_line_gaps.';

CREATE FUNCTION mf_line_gap_rows_add(internal, text, minefield, geometry, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_line_gap_rows_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_line_gap_rows_add(internal, text, minefield, geometry, float8) IS
	'Transition function of mf_line_gap_rows.';

CREATE FUNCTION mf_line_gap_rows_add(internal, text, minefield, geometry, float8, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_line_gap_rows_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_line_gap_rows_add(internal, text, minefield, geometry, float8, jsonb) IS
	'Transition function of mf_line_gap_rows.';

CREATE FUNCTION mf_line_gap_rows_add_extent(internal, text, geometry, geometry, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_line_gap_rows_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_line_gap_rows_add_extent(internal, text, geometry, geometry, float8) IS
	'Transition function of mf_line_gap_rows.';

CREATE FUNCTION mf_line_gap_rows_add_extent(internal, text, geometry, geometry, float8, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_line_gap_rows_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_line_gap_rows_add_extent(internal, text, geometry, geometry, float8, jsonb) IS
	'Transition function of mf_line_gap_rows.';

CREATE FUNCTION mf_line_gap_rows_add(internal, bigint, minefield, geometry, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_line_gap_rows_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_line_gap_rows_add(internal, bigint, minefield, geometry, float8) IS
	'Transition function of mf_line_gap_rows.';

CREATE FUNCTION mf_line_gap_rows_add(internal, bigint, minefield, geometry, float8, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_line_gap_rows_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_line_gap_rows_add(internal, bigint, minefield, geometry, float8, jsonb) IS
	'Transition function of mf_line_gap_rows.';

CREATE FUNCTION mf_line_gap_rows_add_extent(internal, bigint, geometry, geometry, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_line_gap_rows_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_line_gap_rows_add_extent(internal, bigint, geometry, geometry, float8) IS
	'Transition function of mf_line_gap_rows.';

CREATE FUNCTION mf_line_gap_rows_add_extent(internal, bigint, geometry, geometry, float8, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_line_gap_rows_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_line_gap_rows_add_extent(internal, bigint, geometry, geometry, float8, jsonb) IS
	'Transition function of mf_line_gap_rows.';

CREATE FUNCTION mf_line_gap_rows_final(internal) RETURNS mf_line_gap[]
	AS 'MODULE_PATHNAME', 'mf_line_gap_rows_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_line_gap_rows_final(internal) IS
	'Final function of mf_line_gap_rows.';

CREATE AGGREGATE mf_line_gaps(record minefield, line geometry, distance_m float8) (
	SFUNC = mf_line_gaps_add,
	STYPE = internal,
	FINALFUNC = mf_line_gaps_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_line_gaps(minefield, geometry, float8) IS
	'The stretches of a line that are farther than distance_m metres (0 to 100000) from every record, as a MultiLineString in WGS 84, empty when there is none. Distances are geodesic, from the extent as recorded; on or in an extent is near. No record does not mean no mines. A NULL record still brings its line, so that a group without records is all gap; rows with a NULL line or distance are ignored, different lines or distances in one group are an error, and without any line the result is NULL.';

CREATE AGGREGATE mf_line_gaps(record minefield, line geometry, distance_m float8, options jsonb) (
	SFUNC = mf_line_gaps_add,
	STYPE = internal,
	FINALFUNC = mf_line_gaps_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_line_gaps(minefield, geometry, float8, jsonb) IS
	'The same with options from mf_line_gap_options(); NULL options are the defaults.';

CREATE AGGREGATE mf_line_gaps(extent geometry, line geometry, distance_m float8) (
	SFUNC = mf_line_gaps_add_extent,
	STYPE = internal,
	FINALFUNC = mf_line_gaps_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_line_gaps(geometry, geometry, float8) IS
	'The stretches of a line that are farther than distance_m metres (0 to 100000) from every extent, as a MultiLineString in WGS 84, empty when there is none. Distances are geodesic, from the extent as recorded; on or in an extent is near. No record does not mean no mines. A NULL extent still brings its line, so that a group without extents is all gap; rows with a NULL line or distance are ignored, different lines or distances in one group are an error, and without any line the result is NULL.';

CREATE AGGREGATE mf_line_gaps(extent geometry, line geometry, distance_m float8, options jsonb) (
	SFUNC = mf_line_gaps_add_extent,
	STYPE = internal,
	FINALFUNC = mf_line_gaps_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_line_gaps(geometry, geometry, float8, jsonb) IS
	'The same with options from mf_line_gap_options(); NULL options are the defaults.';

CREATE AGGREGATE mf_line_gap_rows(key text, record minefield, line geometry, distance_m float8) (
	SFUNC = mf_line_gap_rows_add,
	STYPE = internal,
	FINALFUNC = mf_line_gap_rows_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_line_gap_rows(text, minefield, geometry, float8) IS
	'The gaps as mf_line_gaps finds them, one by one along the line, with the keys of the records at the ends of each, sorted by their bytes. NULL and different lines, and NULL records, as in mf_line_gaps.';

CREATE AGGREGATE mf_line_gap_rows(key text, record minefield, line geometry, distance_m float8, options jsonb) (
	SFUNC = mf_line_gap_rows_add,
	STYPE = internal,
	FINALFUNC = mf_line_gap_rows_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_line_gap_rows(text, minefield, geometry, float8, jsonb) IS
	'The same with options from mf_line_gap_options(); NULL options are the defaults.';

CREATE AGGREGATE mf_line_gap_rows(key text, extent geometry, line geometry, distance_m float8) (
	SFUNC = mf_line_gap_rows_add_extent,
	STYPE = internal,
	FINALFUNC = mf_line_gap_rows_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_line_gap_rows(text, geometry, geometry, float8) IS
	'The gaps as mf_line_gaps finds them, one by one along the line, with the keys of the extents at the ends of each, sorted by their bytes. NULL and different lines, and NULL extents, as in mf_line_gaps.';

CREATE AGGREGATE mf_line_gap_rows(key text, extent geometry, line geometry, distance_m float8, options jsonb) (
	SFUNC = mf_line_gap_rows_add_extent,
	STYPE = internal,
	FINALFUNC = mf_line_gap_rows_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_line_gap_rows(text, geometry, geometry, float8, jsonb) IS
	'The same with options from mf_line_gap_options(); NULL options are the defaults.';

CREATE AGGREGATE mf_line_gap_rows(key bigint, record minefield, line geometry, distance_m float8) (
	SFUNC = mf_line_gap_rows_add,
	STYPE = internal,
	FINALFUNC = mf_line_gap_rows_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_line_gap_rows(bigint, minefield, geometry, float8) IS
	'The gaps as mf_line_gaps finds them, one by one along the line, with the keys of the records at the ends of each, sorted by their bytes. NULL and different lines, and NULL records, as in mf_line_gaps.';

CREATE AGGREGATE mf_line_gap_rows(key bigint, record minefield, line geometry, distance_m float8, options jsonb) (
	SFUNC = mf_line_gap_rows_add,
	STYPE = internal,
	FINALFUNC = mf_line_gap_rows_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_line_gap_rows(bigint, minefield, geometry, float8, jsonb) IS
	'The same with options from mf_line_gap_options(); NULL options are the defaults.';

CREATE AGGREGATE mf_line_gap_rows(key bigint, extent geometry, line geometry, distance_m float8) (
	SFUNC = mf_line_gap_rows_add_extent,
	STYPE = internal,
	FINALFUNC = mf_line_gap_rows_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_line_gap_rows(bigint, geometry, geometry, float8) IS
	'The gaps as mf_line_gaps finds them, one by one along the line, with the keys of the extents at the ends of each, sorted by their bytes. NULL and different lines, and NULL extents, as in mf_line_gaps.';

CREATE AGGREGATE mf_line_gap_rows(key bigint, extent geometry, line geometry, distance_m float8, options jsonb) (
	SFUNC = mf_line_gap_rows_add_extent,
	STYPE = internal,
	FINALFUNC = mf_line_gap_rows_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_line_gap_rows(bigint, geometry, geometry, float8, jsonb) IS
	'The same with options from mf_line_gap_options(); NULL options are the defaults.';

CREATE FUNCTION mf_line_gaps(records minefield[], line geometry, distance_m float8, min_length_m float8 DEFAULT 0) RETURNS geometry
	AS 'MODULE_PATHNAME', 'mf_line_gaps'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_line_gaps(minefield[], geometry, float8, float8) IS
	'The stretches of a line that are farther than distance_m metres from every element of an array of records, without those shorter than min_length_m metres. An empty or NULL array is all gap; a NULL line or distance gives NULL.';

CREATE FUNCTION mf_line_gaps(extents geometry[], line geometry, distance_m float8, min_length_m float8 DEFAULT 0) RETURNS geometry
	AS 'MODULE_PATHNAME', 'mf_line_gaps_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_line_gaps(geometry[], geometry, float8, float8) IS
	'The stretches of a line that are farther than distance_m metres from every element of an array of extents, without those shorter than min_length_m metres. An empty or NULL array is all gap; a NULL line or distance gives NULL.';

CREATE FUNCTION mf_line_gap_rows(keys text[], records minefield[], line geometry, distance_m float8, min_length_m float8 DEFAULT 0) RETURNS mf_line_gap[]
	AS 'MODULE_PATHNAME', 'mf_line_gap_rows'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_line_gap_rows(text[], minefield[], geometry, float8, float8) IS
	'The same gaps of an array of records one by one, with the keys (one for each element; NULL: none) of the records at their ends.';

CREATE FUNCTION mf_line_gap_rows(keys text[], extents geometry[], line geometry, distance_m float8, min_length_m float8 DEFAULT 0) RETURNS mf_line_gap[]
	AS 'MODULE_PATHNAME', 'mf_line_gap_rows_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_line_gap_rows(text[], geometry[], geometry, float8, float8) IS
	'The same gaps of an array of extents one by one, with the keys (one for each element; NULL: none) of the extents at their ends.';

-- finds outside every record, and the record nearest to each

CREATE TYPE mf_outside AS (
	key text,
	nearest text,
	distance_m float8,
	within_uncertainty boolean,
	unlocated_candidates bigint
);
COMMENT ON TYPE mf_outside IS
	'A find that lies in no record: its key, the key of the nearest record and its geodesic distance in metres, whether the find lies within the 95 per cent accuracy of that or another record (NULL: of no other, and the accuracy of the nearest is unknown), and how many records without a place may be about it. All but the key are NULL for a find without a place.';

CREATE FUNCTION mf_outside_records_add(internal, text, geometry, text, minefield) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_outside_records_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_outside_records_add(internal, text, geometry, text, minefield) IS
	'Transition function of mf_outside_records.';

CREATE FUNCTION mf_outside_records_add_extent(internal, text, geometry, text, geometry) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_outside_records_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_outside_records_add_extent(internal, text, geometry, text, geometry) IS
	'Transition function of mf_outside_records.';

CREATE FUNCTION mf_outside_records_add(internal, bigint, geometry, bigint, minefield) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_outside_records_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_outside_records_add(internal, bigint, geometry, bigint, minefield) IS
	'Transition function of mf_outside_records.';

CREATE FUNCTION mf_outside_records_add_extent(internal, bigint, geometry, bigint, geometry) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_outside_records_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_outside_records_add_extent(internal, bigint, geometry, bigint, geometry) IS
	'Transition function of mf_outside_records.';

CREATE FUNCTION mf_outside_records_final(internal) RETURNS mf_outside[]
	AS 'MODULE_PATHNAME', 'mf_outside_records_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_outside_records_final(internal) IS
	'Final function of mf_outside_records.';

CREATE AGGREGATE mf_outside_records(find_key text, find geometry, record_key text, record minefield) (
	SFUNC = mf_outside_records_add,
	STYPE = internal,
	FINALFUNC = mf_outside_records_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_outside_records(text, geometry, text, minefield) IS
	'The finds that lie in no record, boundaries included, with the nearest record of each, by the bytes of their keys. Every row brings a find, a record or both, each of which should come once; a NULL find with a key is a find without a place, which is listed too. Finds are points in WGS 84. Without finds and records the result is NULL.';

CREATE AGGREGATE mf_outside_records(find_key text, find geometry, extent_key text, extent geometry) (
	SFUNC = mf_outside_records_add_extent,
	STYPE = internal,
	FINALFUNC = mf_outside_records_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_outside_records(text, geometry, text, geometry) IS
	'The same with plain geometry in place of records; their accuracy is unknown.';

CREATE AGGREGATE mf_outside_records(find_key bigint, find geometry, record_key bigint, record minefield) (
	SFUNC = mf_outside_records_add,
	STYPE = internal,
	FINALFUNC = mf_outside_records_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_outside_records(bigint, geometry, bigint, minefield) IS
	'The finds that lie in no record, boundaries included, with the nearest record of each, by the bytes of their keys. Every row brings a find, a record or both, each of which should come once; a NULL find with a key is a find without a place, which is listed too. Finds are points in WGS 84. Without finds and records the result is NULL.';

CREATE AGGREGATE mf_outside_records(find_key bigint, find geometry, extent_key bigint, extent geometry) (
	SFUNC = mf_outside_records_add_extent,
	STYPE = internal,
	FINALFUNC = mf_outside_records_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_outside_records(bigint, geometry, bigint, geometry) IS
	'The same with plain geometry in place of records; their accuracy is unknown.';

CREATE FUNCTION mf_outside_records(find_keys text[], finds geometry[], record_keys text[], records minefield[]) RETURNS mf_outside[]
	AS 'MODULE_PATHNAME', 'mf_outside_records'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_outside_records(text[], geometry[], text[], minefield[]) IS
	'The finds of an array that lie in no record of another, with the nearest record of each, by the bytes of their keys. Arrays of keys have one element for each find or record, or are NULL; NULL records are left out, a NULL find with a key is a find without a place. An empty or NULL array of records leaves every find outside.';

CREATE FUNCTION mf_outside_records(find_keys text[], finds geometry[], extent_keys text[], extents geometry[]) RETURNS mf_outside[]
	AS 'MODULE_PATHNAME', 'mf_outside_records_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_outside_records(text[], geometry[], text[], geometry[]) IS
	'The same with plain geometry in place of records; their accuracy is unknown.';

CREATE FUNCTION mf_outside_records(finds regclass, find_key name, find_column name, records regclass, record_key name, record_column name) RETURNS SETOF mf_outside
	AS 'MODULE_PATHNAME', 'mf_outside_records_table'
	LANGUAGE C STABLE PARALLEL UNSAFE COST 5000 ROWS 1000;
COMMENT ON FUNCTION mf_outside_records(regclass, name, name, regclass, name, name) IS
	'The finds of one table or view that lie in no record of another, as rows by the bytes of their keys. The columns of keys are shown as text, find_column has points, record_column records or extents. It reads with the rights of the caller and may use parallel workers. No rows where an argument is NULL.';

COMMENT ON TYPE mf_overlap_result IS
	'How two records lie to each other: class is duplicate, contains, within, partial, sliver, adjacent, near or none, by geometry only (NULL: one is unlocated); contradicts says whether the documents disagree although the ground coincides (NULL: nothing to compare); area_m2 is the common area, share_a and share_b its share of each, iou its share of both together (NULL where one has no area); distance_m is geodesic. certainty says whether they share ground given how well both are known to lie: certain, probable, possible or unlikely (NULL: an accuracy is unknown); shift_m and shift_azimuth_deg carry the centroid of a to that of b (the azimuth is NULL where there is no shift).';

COMMENT ON FUNCTION mf_overlap_options(float8, float8, float8) IS
	'Options of mf_overlaps: margin_m enlarges every footprint by so many metres (0 to 100000), sliver_m2 is the area in square metres below which a difference or a common area does not count, near_m the distance in metres up to which records that do not touch are near (they are, too, within their combined accuracy). NULL is the default.';

COMMENT ON AGGREGATE mf_overlaps(text, minefield) IS
	'All pairs of records that touch or lie within their combined accuracy, sorted by key_a and key_b, with key_a before key_b in the order of their bytes. NULL and unlocated records are in no pair; without pairs the array is empty, without rows the result is NULL.';

COMMENT ON AGGREGATE mf_overlaps(bigint, minefield) IS
	'All pairs of records that touch or lie within their combined accuracy, sorted by key_a and key_b, with key_a before key_b in the order of their bytes. NULL and unlocated records are in no pair; without pairs the array is empty, without rows the result is NULL.';

COMMENT ON FUNCTION mf_overlaps(text[], minefield[], text[], float8, float8, float8) IS
	'All pairs of an array of records that touch, are near or lie within their combined accuracy, or only those with different group keys. Keys and group keys have one element for each of the records or are NULL; the thresholds are those of mf_overlap_options.';

COMMENT ON FUNCTION mf_overlap(minefield, minefield, float8, float8, float8) IS
	'How a lies to b, two records; the keys are their ids. The class is none where they do not touch and are not within near_m metres or their combined accuracy, and NULL where one is unlocated; the thresholds are those of mf_overlap_options. NULL where an argument is.';

CREATE FUNCTION mf_overlap_pairs(relation regclass, key_column name, record_column name, group_column name DEFAULT NULL, aoi geometry DEFAULT NULL, margin_m float8 DEFAULT 0, sliver_m2 float8 DEFAULT 1, near_m float8 DEFAULT 0) RETURNS SETOF mf_overlap_result
	AS 'MODULE_PATHNAME', 'mf_overlap_pairs'
	LANGUAGE C STABLE PARALLEL UNSAFE COST 5000 ROWS 1000;

COMMENT ON FUNCTION mf_overlap_pairs(regclass, name, name, name, geometry, float8, float8, float8) IS
	'The pairs that mf_overlaps finds in a table or view, as rows in the same order: key_column is shown as text, record_column has records or extents, group_column (NULL: none) limits to pairs of different groups. It reads with the rights of the caller and may use parallel workers. Only records that touch aoi take part, all where it is NULL; the thresholds are those of mf_overlap_options. No rows where one of the first three is NULL.';
