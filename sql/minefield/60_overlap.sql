-- which records lie on the same ground

CREATE TYPE mf_overlap_result AS (
	key_a text,
	key_b text,
	class text,
	certainty text,
	contradicts boolean,
	area_m2 float8,
	share_a float8,
	share_b float8,
	iou float8,
	distance_m float8,
	shift_m float8,
	shift_azimuth_deg float8
);
COMMENT ON TYPE mf_overlap_result IS
	'How two records lie to each other: class is duplicate, contains, within, partial, sliver, adjacent, near or none, by geometry only (NULL: one is unlocated); contradicts says whether the documents disagree although the ground coincides (NULL: nothing to compare); area_m2 is the common area, share_a and share_b its share of each, iou its share of both together (NULL where one has no area); distance_m is geodesic. certainty says whether they share ground given how well both are known to lie: certain, probable, possible or unlikely (NULL: an accuracy is unknown); shift_m and shift_azimuth_deg carry the centroid of a to that of b (the azimuth is NULL where there is no shift).';

CREATE FUNCTION mf_overlap_options(margin_m float8 DEFAULT 0, sliver_m2 float8 DEFAULT 1, near_m float8 DEFAULT 0) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'mf_overlap_options'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_overlap_options(float8, float8, float8) IS
	'Options of mf_overlaps: margin_m enlarges every footprint by so many metres (0 to 100000), sliver_m2 is the area in square metres below which a difference or a common area does not count, near_m the distance in metres up to which records that do not touch are near (they are, too, within their combined accuracy). NULL is the default.';

CREATE FUNCTION mf_overlaps_add(internal, text, minefield) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_overlaps_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_overlaps_add(internal, text, minefield) IS
	'Transition function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_add(internal, text, minefield, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_overlaps_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_overlaps_add(internal, text, minefield, jsonb) IS
	'Transition function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_add(internal, text, minefield, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_overlaps_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_overlaps_add(internal, text, minefield, text) IS
	'Transition function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_add(internal, text, minefield, text, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_overlaps_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_overlaps_add(internal, text, minefield, text, jsonb) IS
	'Transition function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_add_extent(internal, text, geometry) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_overlaps_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_overlaps_add_extent(internal, text, geometry) IS
	'Transition function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_add_extent(internal, text, geometry, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_overlaps_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_overlaps_add_extent(internal, text, geometry, jsonb) IS
	'Transition function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_add_extent(internal, text, geometry, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_overlaps_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_overlaps_add_extent(internal, text, geometry, text) IS
	'Transition function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_add_extent(internal, text, geometry, text, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_overlaps_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_overlaps_add_extent(internal, text, geometry, text, jsonb) IS
	'Transition function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_add(internal, bigint, minefield) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_overlaps_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_overlaps_add(internal, bigint, minefield) IS
	'Transition function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_add(internal, bigint, minefield, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_overlaps_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_overlaps_add(internal, bigint, minefield, jsonb) IS
	'Transition function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_add(internal, bigint, minefield, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_overlaps_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_overlaps_add(internal, bigint, minefield, text) IS
	'Transition function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_add(internal, bigint, minefield, text, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_overlaps_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_overlaps_add(internal, bigint, minefield, text, jsonb) IS
	'Transition function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_add_extent(internal, bigint, geometry) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_overlaps_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_overlaps_add_extent(internal, bigint, geometry) IS
	'Transition function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_add_extent(internal, bigint, geometry, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_overlaps_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_overlaps_add_extent(internal, bigint, geometry, jsonb) IS
	'Transition function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_add_extent(internal, bigint, geometry, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_overlaps_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_overlaps_add_extent(internal, bigint, geometry, text) IS
	'Transition function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_add_extent(internal, bigint, geometry, text, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_overlaps_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_overlaps_add_extent(internal, bigint, geometry, text, jsonb) IS
	'Transition function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_final(internal) RETURNS mf_overlap_result[]
	AS 'MODULE_PATHNAME', 'mf_overlaps_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_overlaps_final(internal) IS
	'Final function of mf_overlaps.';

CREATE FUNCTION mf_overlaps_across_final(internal) RETURNS mf_overlap_result[]
	AS 'MODULE_PATHNAME', 'mf_overlaps_across_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_overlaps_across_final(internal) IS
	'Final function of mf_overlaps with groups.';

CREATE AGGREGATE mf_overlaps(key text, record minefield) (
	SFUNC = mf_overlaps_add,
	STYPE = internal,
	FINALFUNC = mf_overlaps_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_overlaps(text, minefield) IS
	'All pairs of records that touch or lie within their combined accuracy, sorted by key_a and key_b, with key_a before key_b in the order of their bytes. NULL and unlocated records are in no pair; without pairs the array is empty, without rows the result is NULL.';

CREATE AGGREGATE mf_overlaps(key text, record minefield, options jsonb) (
	SFUNC = mf_overlaps_add,
	STYPE = internal,
	FINALFUNC = mf_overlaps_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_overlaps(text, minefield, jsonb) IS
	'The same with options from mf_overlap_options(), such as pairs that are only near; NULL options are the defaults.';

CREATE AGGREGATE mf_overlaps(key text, record minefield, group_key text) (
	SFUNC = mf_overlaps_add,
	STYPE = internal,
	FINALFUNC = mf_overlaps_across_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_overlaps(text, minefield, text) IS
	'Only pairs of records with different group keys, such as two log books; a NULL group key is a group of its own.';

CREATE AGGREGATE mf_overlaps(key text, record minefield, group_key text, options jsonb) (
	SFUNC = mf_overlaps_add,
	STYPE = internal,
	FINALFUNC = mf_overlaps_across_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_overlaps(text, minefield, text, jsonb) IS
	'Only pairs with different group keys, with options from mf_overlap_options(); NULL options are the defaults.';

CREATE AGGREGATE mf_overlaps(key text, extent geometry) (
	SFUNC = mf_overlaps_add_extent,
	STYPE = internal,
	FINALFUNC = mf_overlaps_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_overlaps(text, geometry) IS
	'All pairs of extents that touch, sorted by key_a and key_b, with key_a before key_b in the order of their bytes. NULL and unlocated extents are in no pair; without pairs the array is empty, without rows the result is NULL.';

CREATE AGGREGATE mf_overlaps(key text, extent geometry, options jsonb) (
	SFUNC = mf_overlaps_add_extent,
	STYPE = internal,
	FINALFUNC = mf_overlaps_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_overlaps(text, geometry, jsonb) IS
	'The same with options from mf_overlap_options(), such as pairs that are only near; NULL options are the defaults.';

CREATE AGGREGATE mf_overlaps(key text, extent geometry, group_key text) (
	SFUNC = mf_overlaps_add_extent,
	STYPE = internal,
	FINALFUNC = mf_overlaps_across_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_overlaps(text, geometry, text) IS
	'Only pairs of extents with different group keys, such as two log books; a NULL group key is a group of its own.';

CREATE AGGREGATE mf_overlaps(key text, extent geometry, group_key text, options jsonb) (
	SFUNC = mf_overlaps_add_extent,
	STYPE = internal,
	FINALFUNC = mf_overlaps_across_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_overlaps(text, geometry, text, jsonb) IS
	'Only pairs with different group keys, with options from mf_overlap_options(); NULL options are the defaults.';

CREATE AGGREGATE mf_overlaps(key bigint, record minefield) (
	SFUNC = mf_overlaps_add,
	STYPE = internal,
	FINALFUNC = mf_overlaps_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_overlaps(bigint, minefield) IS
	'All pairs of records that touch or lie within their combined accuracy, sorted by key_a and key_b, with key_a before key_b in the order of their bytes. NULL and unlocated records are in no pair; without pairs the array is empty, without rows the result is NULL.';

CREATE AGGREGATE mf_overlaps(key bigint, record minefield, options jsonb) (
	SFUNC = mf_overlaps_add,
	STYPE = internal,
	FINALFUNC = mf_overlaps_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_overlaps(bigint, minefield, jsonb) IS
	'The same with options from mf_overlap_options(), such as pairs that are only near; NULL options are the defaults.';

CREATE AGGREGATE mf_overlaps(key bigint, record minefield, group_key text) (
	SFUNC = mf_overlaps_add,
	STYPE = internal,
	FINALFUNC = mf_overlaps_across_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_overlaps(bigint, minefield, text) IS
	'Only pairs of records with different group keys, such as two log books; a NULL group key is a group of its own.';

CREATE AGGREGATE mf_overlaps(key bigint, record minefield, group_key text, options jsonb) (
	SFUNC = mf_overlaps_add,
	STYPE = internal,
	FINALFUNC = mf_overlaps_across_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_overlaps(bigint, minefield, text, jsonb) IS
	'Only pairs with different group keys, with options from mf_overlap_options(); NULL options are the defaults.';

CREATE AGGREGATE mf_overlaps(key bigint, extent geometry) (
	SFUNC = mf_overlaps_add_extent,
	STYPE = internal,
	FINALFUNC = mf_overlaps_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_overlaps(bigint, geometry) IS
	'All pairs of extents that touch, sorted by key_a and key_b, with key_a before key_b in the order of their bytes. NULL and unlocated extents are in no pair; without pairs the array is empty, without rows the result is NULL.';

CREATE AGGREGATE mf_overlaps(key bigint, extent geometry, options jsonb) (
	SFUNC = mf_overlaps_add_extent,
	STYPE = internal,
	FINALFUNC = mf_overlaps_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_overlaps(bigint, geometry, jsonb) IS
	'The same with options from mf_overlap_options(), such as pairs that are only near; NULL options are the defaults.';

CREATE AGGREGATE mf_overlaps(key bigint, extent geometry, group_key text) (
	SFUNC = mf_overlaps_add_extent,
	STYPE = internal,
	FINALFUNC = mf_overlaps_across_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_overlaps(bigint, geometry, text) IS
	'Only pairs of extents with different group keys, such as two log books; a NULL group key is a group of its own.';

CREATE AGGREGATE mf_overlaps(key bigint, extent geometry, group_key text, options jsonb) (
	SFUNC = mf_overlaps_add_extent,
	STYPE = internal,
	FINALFUNC = mf_overlaps_across_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_overlaps(bigint, geometry, text, jsonb) IS
	'Only pairs with different group keys, with options from mf_overlap_options(); NULL options are the defaults.';

CREATE FUNCTION mf_overlaps(keys text[], records minefield[], group_keys text[] DEFAULT NULL, margin_m float8 DEFAULT 0, sliver_m2 float8 DEFAULT 1, near_m float8 DEFAULT 0) RETURNS mf_overlap_result[]
	AS 'MODULE_PATHNAME', 'mf_overlaps'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_overlaps(text[], minefield[], text[], float8, float8, float8) IS
	'All pairs of an array of records that touch, are near or lie within their combined accuracy, or only those with different group keys. Keys and group keys have one element for each of the records or are NULL; the thresholds are those of mf_overlap_options.';

CREATE FUNCTION mf_overlaps(keys text[], extents geometry[], group_keys text[] DEFAULT NULL, margin_m float8 DEFAULT 0, sliver_m2 float8 DEFAULT 1, near_m float8 DEFAULT 0) RETURNS mf_overlap_result[]
	AS 'MODULE_PATHNAME', 'mf_overlaps_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_overlaps(text[], geometry[], text[], float8, float8, float8) IS
	'All pairs of an array of extents that touch or are near, or only those with different group keys. Keys and group keys have one element for each of the extents or are NULL; the thresholds are those of mf_overlap_options.';

CREATE FUNCTION mf_overlap(a minefield, b minefield, margin_m float8 DEFAULT 0, sliver_m2 float8 DEFAULT 1, near_m float8 DEFAULT 0) RETURNS mf_overlap_result
	AS 'MODULE_PATHNAME', 'mf_overlap'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_overlap(minefield, minefield, float8, float8, float8) IS
	'How a lies to b, two records; the keys are their ids. The class is none where they do not touch and are not within near_m metres or their combined accuracy, and NULL where one is unlocated; the thresholds are those of mf_overlap_options. NULL where an argument is.';

CREATE FUNCTION mf_overlap(a geometry, b geometry, margin_m float8 DEFAULT 0, sliver_m2 float8 DEFAULT 1, near_m float8 DEFAULT 0) RETURNS mf_overlap_result
	AS 'MODULE_PATHNAME', 'mf_overlap_extent'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_overlap(geometry, geometry, float8, float8, float8) IS
	'How a lies to b, two extents; the keys and contradicts are NULL. The class is none where they do not touch and are not within near_m metres, and NULL where one is unlocated; the thresholds are those of mf_overlap_options. NULL where an argument is.';

CREATE FUNCTION mf_overlap_pairs(relation regclass, key_column name, record_column name, group_column name DEFAULT NULL, aoi geometry DEFAULT NULL, margin_m float8 DEFAULT 0, sliver_m2 float8 DEFAULT 1, near_m float8 DEFAULT 0) RETURNS SETOF mf_overlap_result
	AS 'MODULE_PATHNAME', 'mf_overlap_pairs'
	LANGUAGE C STABLE PARALLEL UNSAFE COST 5000 ROWS 1000;
COMMENT ON FUNCTION mf_overlap_pairs(regclass, name, name, name, geometry, float8, float8, float8) IS
	'The pairs that mf_overlaps finds in a table or view, as rows in the same order: key_column is shown as text, record_column has records or extents, group_column (NULL: none) limits to pairs of different groups. It reads with the rights of the caller and may use parallel workers. Only records that touch aoi take part, all where it is NULL; the thresholds are those of mf_overlap_options. No rows where one of the first three is NULL.';
