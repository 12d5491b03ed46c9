-- how much of an area of interest is recorded, and how often

CREATE TYPE mf_coverage_result AS (
	aoi_m2 float8,
	recorded_m2 float8,
	recorded_fraction float8,
	possible_m2 float8,
	no_record_m2 float8,
	recorded_times_m2 float8[],
	records bigint,
	unlocated bigint,
	without_area bigint,
	accuracy_unknown bigint
);
COMMENT ON TYPE mf_coverage_result IS
	'Areas in square metres: the area of interest, what of it is recorded (recorded_fraction of it), what is not but lies within the accuracy of a record (NULL: no accuracy is known), the rest, and what is recorded exactly once, twice and so on. Then the records, and among them those unlocated, located without an area, and located with unknown accuracy.';

CREATE FUNCTION mf_record_set_combine(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_record_set_combine'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_record_set_combine(internal, internal) IS
	'Combine function of the aggregates over records with an area of interest or keys.';

CREATE FUNCTION mf_record_set_serialize(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'mf_record_set_serialize'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_record_set_serialize(internal) IS
	'Serialization function of the aggregates over records with an area of interest or keys.';

CREATE FUNCTION mf_record_set_deserialize(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_record_set_deserialize'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_record_set_deserialize(bytea, internal) IS
	'Deserialization function of the aggregates over records with an area of interest or keys.';

CREATE FUNCTION mf_coverage_options(margin_m float8 DEFAULT 0) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'mf_coverage_options'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_coverage_options(float8) IS
	'Options of mf_coverage: margin_m enlarges every footprint by so many metres (0 to 100000). NULL is the default.';

CREATE FUNCTION mf_coverage_add(internal, minefield, geometry) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_coverage_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_coverage_add(internal, minefield, geometry) IS
	'Transition function of mf_coverage.';

CREATE FUNCTION mf_coverage_add(internal, minefield, geometry, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_coverage_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_coverage_add(internal, minefield, geometry, jsonb) IS
	'Transition function of mf_coverage.';

CREATE FUNCTION mf_coverage_add_extent(internal, geometry, geometry) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_coverage_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_coverage_add_extent(internal, geometry, geometry) IS
	'Transition function of mf_coverage.';

CREATE FUNCTION mf_coverage_add_extent(internal, geometry, geometry, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_coverage_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_coverage_add_extent(internal, geometry, geometry, jsonb) IS
	'Transition function of mf_coverage.';

CREATE FUNCTION mf_coverage_final(internal) RETURNS mf_coverage_result
	AS 'MODULE_PATHNAME', 'mf_coverage_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_coverage_final(internal) IS
	'Final function of mf_coverage.';

CREATE AGGREGATE mf_coverage(record minefield, aoi geometry) (
	SFUNC = mf_coverage_add,
	STYPE = internal,
	FINALFUNC = mf_coverage_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_coverage(minefield, geometry) IS
	'How much of the area of interest the records cover, on the ellipsoid. A NULL record still brings its area, so that a group without records is all gap; rows with a NULL area are ignored, different areas in one group are an error, and without any area the result is NULL.';

CREATE AGGREGATE mf_coverage(record minefield, aoi geometry, options jsonb) (
	SFUNC = mf_coverage_add,
	STYPE = internal,
	FINALFUNC = mf_coverage_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_coverage(minefield, geometry, jsonb) IS
	'The same with options from mf_coverage_options(); NULL options are the defaults.';

CREATE AGGREGATE mf_coverage(extent geometry, aoi geometry) (
	SFUNC = mf_coverage_add_extent,
	STYPE = internal,
	FINALFUNC = mf_coverage_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_coverage(geometry, geometry) IS
	'How much of the area of interest the extents cover, on the ellipsoid. A NULL extent still brings its area, so that a group without extents is all gap; rows with a NULL area are ignored, different areas in one group are an error, and without any area the result is NULL. Their accuracy is unknown.';

CREATE AGGREGATE mf_coverage(extent geometry, aoi geometry, options jsonb) (
	SFUNC = mf_coverage_add_extent,
	STYPE = internal,
	FINALFUNC = mf_coverage_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_coverage(geometry, geometry, jsonb) IS
	'The same with options from mf_coverage_options(); NULL options are the defaults.';

CREATE FUNCTION mf_coverage(records minefield[], aoi geometry, margin_m float8 DEFAULT 0) RETURNS mf_coverage_result
	AS 'MODULE_PATHNAME', 'mf_coverage'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_coverage(minefield[], geometry, float8) IS
	'How much of the area of interest an array of records covers, with footprints enlarged by margin_m metres. NULL elements are left out; an empty or NULL array is all gap; a NULL area gives NULL.';

CREATE FUNCTION mf_coverage(extents geometry[], aoi geometry, margin_m float8 DEFAULT 0) RETURNS mf_coverage_result
	AS 'MODULE_PATHNAME', 'mf_coverage_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_coverage(geometry[], geometry, float8) IS
	'How much of the area of interest an array of extents covers, with footprints enlarged by margin_m metres. NULL elements are left out; an empty or NULL array is all gap; a NULL area gives NULL.';
