-- the ground of an area of interest that no record covers

CREATE TYPE mf_gap AS (
	n integer,
	area_m2 float8,
	share_of_aoi float8,
	max_width_m float8,
	centroid geometry(Point, 4326),
	neighbours text[],
	geometry geometry(MultiPolygon, 4326)
);
COMMENT ON TYPE mf_gap IS
	'One gap, numbered by falling area: its area in square metres and as a share of the area of interest, the diameter in metres of the largest circle that fits into it, its centroid, the keys of the records that touch it, and its ground.';

CREATE FUNCTION mf_gap_options(margin_m float8 DEFAULT 0, min_area_m2 float8 DEFAULT 0) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'mf_gap_options'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_gap_options(float8, float8) IS
	'Options of mf_gaps and mf_gap_rows: margin_m enlarges every footprint by so many metres (0 to 100000), gaps smaller than min_area_m2 square metres are left out. NULL is the default.';

CREATE FUNCTION mf_gaps_add(internal, minefield, geometry) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_gaps_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_gaps_add(internal, minefield, geometry) IS
	'Transition function of mf_gaps.';

CREATE FUNCTION mf_gaps_add(internal, minefield, geometry, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_gaps_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_gaps_add(internal, minefield, geometry, jsonb) IS
	'Transition function of mf_gaps.';

CREATE FUNCTION mf_gaps_add_extent(internal, geometry, geometry) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_gaps_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_gaps_add_extent(internal, geometry, geometry) IS
	'Transition function of mf_gaps.';

CREATE FUNCTION mf_gaps_add_extent(internal, geometry, geometry, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_gaps_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_gaps_add_extent(internal, geometry, geometry, jsonb) IS
	'Transition function of mf_gaps.';

CREATE FUNCTION mf_gaps_final(internal) RETURNS geometry
	AS 'MODULE_PATHNAME', 'mf_gaps_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_gaps_final(internal) IS
	'Final function of mf_gaps.';

CREATE FUNCTION mf_gap_rows_add(internal, text, minefield, geometry) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_gap_rows_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_gap_rows_add(internal, text, minefield, geometry) IS
	'Transition function of mf_gap_rows.';

CREATE FUNCTION mf_gap_rows_add(internal, text, minefield, geometry, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_gap_rows_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_gap_rows_add(internal, text, minefield, geometry, jsonb) IS
	'Transition function of mf_gap_rows.';

CREATE FUNCTION mf_gap_rows_add_extent(internal, text, geometry, geometry) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_gap_rows_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_gap_rows_add_extent(internal, text, geometry, geometry) IS
	'Transition function of mf_gap_rows.';

CREATE FUNCTION mf_gap_rows_add_extent(internal, text, geometry, geometry, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_gap_rows_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_gap_rows_add_extent(internal, text, geometry, geometry, jsonb) IS
	'Transition function of mf_gap_rows.';

CREATE FUNCTION mf_gap_rows_add(internal, bigint, minefield, geometry) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_gap_rows_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_gap_rows_add(internal, bigint, minefield, geometry) IS
	'Transition function of mf_gap_rows.';

CREATE FUNCTION mf_gap_rows_add(internal, bigint, minefield, geometry, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_gap_rows_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_gap_rows_add(internal, bigint, minefield, geometry, jsonb) IS
	'Transition function of mf_gap_rows.';

CREATE FUNCTION mf_gap_rows_add_extent(internal, bigint, geometry, geometry) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_gap_rows_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_gap_rows_add_extent(internal, bigint, geometry, geometry) IS
	'Transition function of mf_gap_rows.';

CREATE FUNCTION mf_gap_rows_add_extent(internal, bigint, geometry, geometry, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_gap_rows_add_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_gap_rows_add_extent(internal, bigint, geometry, geometry, jsonb) IS
	'Transition function of mf_gap_rows.';

CREATE FUNCTION mf_gap_rows_final(internal) RETURNS mf_gap[]
	AS 'MODULE_PATHNAME', 'mf_gap_rows_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_gap_rows_final(internal) IS
	'Final function of mf_gap_rows.';

CREATE AGGREGATE mf_gaps(record minefield, aoi geometry) (
	SFUNC = mf_gaps_add,
	STYPE = internal,
	FINALFUNC = mf_gaps_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_gaps(minefield, geometry) IS
	'The ground of the area of interest that no record covers, as a valid MultiPolygon in WGS 84, empty when there is none. No record does not mean no mines. A NULL record still brings its area, so that a group without records is all gap; rows with a NULL area are ignored, different areas in one group are an error, and without any area the result is NULL.';

CREATE AGGREGATE mf_gaps(record minefield, aoi geometry, options jsonb) (
	SFUNC = mf_gaps_add,
	STYPE = internal,
	FINALFUNC = mf_gaps_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_gaps(minefield, geometry, jsonb) IS
	'The same with options from mf_gap_options(); NULL options are the defaults.';

CREATE AGGREGATE mf_gaps(extent geometry, aoi geometry) (
	SFUNC = mf_gaps_add_extent,
	STYPE = internal,
	FINALFUNC = mf_gaps_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_gaps(geometry, geometry) IS
	'The ground of the area of interest that no extent covers, as a valid MultiPolygon in WGS 84, empty when there is none. No record does not mean no mines. A NULL extent still brings its area, so that a group without extents is all gap; rows with a NULL area are ignored, different areas in one group are an error, and without any area the result is NULL.';

CREATE AGGREGATE mf_gaps(extent geometry, aoi geometry, options jsonb) (
	SFUNC = mf_gaps_add_extent,
	STYPE = internal,
	FINALFUNC = mf_gaps_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_gaps(geometry, geometry, jsonb) IS
	'The same with options from mf_gap_options(); NULL options are the defaults.';

CREATE AGGREGATE mf_gap_rows(key text, record minefield, aoi geometry) (
	SFUNC = mf_gap_rows_add,
	STYPE = internal,
	FINALFUNC = mf_gap_rows_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_gap_rows(text, minefield, geometry) IS
	'The gaps as mf_gaps finds them, one by one, with the keys of the records that touch each, sorted by their bytes. NULL and different areas, and NULL records, as in mf_gaps.';

CREATE AGGREGATE mf_gap_rows(key text, record minefield, aoi geometry, options jsonb) (
	SFUNC = mf_gap_rows_add,
	STYPE = internal,
	FINALFUNC = mf_gap_rows_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_gap_rows(text, minefield, geometry, jsonb) IS
	'The same with options from mf_gap_options(); NULL options are the defaults.';

CREATE AGGREGATE mf_gap_rows(key text, extent geometry, aoi geometry) (
	SFUNC = mf_gap_rows_add_extent,
	STYPE = internal,
	FINALFUNC = mf_gap_rows_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_gap_rows(text, geometry, geometry) IS
	'The gaps as mf_gaps finds them, one by one, with the keys of the extents that touch each, sorted by their bytes. NULL and different areas, and NULL extents, as in mf_gaps.';

CREATE AGGREGATE mf_gap_rows(key text, extent geometry, aoi geometry, options jsonb) (
	SFUNC = mf_gap_rows_add_extent,
	STYPE = internal,
	FINALFUNC = mf_gap_rows_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_gap_rows(text, geometry, geometry, jsonb) IS
	'The same with options from mf_gap_options(); NULL options are the defaults.';

CREATE AGGREGATE mf_gap_rows(key bigint, record minefield, aoi geometry) (
	SFUNC = mf_gap_rows_add,
	STYPE = internal,
	FINALFUNC = mf_gap_rows_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_gap_rows(bigint, minefield, geometry) IS
	'The gaps as mf_gaps finds them, one by one, with the keys of the records that touch each, sorted by their bytes. NULL and different areas, and NULL records, as in mf_gaps.';

CREATE AGGREGATE mf_gap_rows(key bigint, record minefield, aoi geometry, options jsonb) (
	SFUNC = mf_gap_rows_add,
	STYPE = internal,
	FINALFUNC = mf_gap_rows_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_gap_rows(bigint, minefield, geometry, jsonb) IS
	'The same with options from mf_gap_options(); NULL options are the defaults.';

CREATE AGGREGATE mf_gap_rows(key bigint, extent geometry, aoi geometry) (
	SFUNC = mf_gap_rows_add_extent,
	STYPE = internal,
	FINALFUNC = mf_gap_rows_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_gap_rows(bigint, geometry, geometry) IS
	'The gaps as mf_gaps finds them, one by one, with the keys of the extents that touch each, sorted by their bytes. NULL and different areas, and NULL extents, as in mf_gaps.';

CREATE AGGREGATE mf_gap_rows(key bigint, extent geometry, aoi geometry, options jsonb) (
	SFUNC = mf_gap_rows_add_extent,
	STYPE = internal,
	FINALFUNC = mf_gap_rows_final,
	COMBINEFUNC = mf_record_set_combine,
	SERIALFUNC = mf_record_set_serialize,
	DESERIALFUNC = mf_record_set_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_gap_rows(bigint, geometry, geometry, jsonb) IS
	'The same with options from mf_gap_options(); NULL options are the defaults.';

CREATE FUNCTION mf_gaps(records minefield[], aoi geometry, margin_m float8 DEFAULT 0, min_area_m2 float8 DEFAULT 0) RETURNS geometry
	AS 'MODULE_PATHNAME', 'mf_gaps'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_gaps(minefield[], geometry, float8, float8) IS
	'The ground of the area of interest that an array of records leaves open, with footprints enlarged by margin_m metres and without gaps smaller than min_area_m2 square metres. An empty or NULL array is all gap; a NULL area gives NULL.';

CREATE FUNCTION mf_gaps(extents geometry[], aoi geometry, margin_m float8 DEFAULT 0, min_area_m2 float8 DEFAULT 0) RETURNS geometry
	AS 'MODULE_PATHNAME', 'mf_gaps_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_gaps(geometry[], geometry, float8, float8) IS
	'The ground of the area of interest that an array of extents leaves open, with footprints enlarged by margin_m metres and without gaps smaller than min_area_m2 square metres. An empty or NULL array is all gap; a NULL area gives NULL.';

CREATE FUNCTION mf_gap_rows(keys text[], records minefield[], aoi geometry, margin_m float8 DEFAULT 0, min_area_m2 float8 DEFAULT 0) RETURNS mf_gap[]
	AS 'MODULE_PATHNAME', 'mf_gap_rows'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_gap_rows(text[], minefield[], geometry, float8, float8) IS
	'The same gaps of an array of records one by one, with the keys (one for each element; NULL: none) of the records that touch each.';

CREATE FUNCTION mf_gap_rows(keys text[], extents geometry[], aoi geometry, margin_m float8 DEFAULT 0, min_area_m2 float8 DEFAULT 0) RETURNS mf_gap[]
	AS 'MODULE_PATHNAME', 'mf_gap_rows_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_gap_rows(text[], geometry[], geometry, float8, float8) IS
	'The same gaps of an array of extents one by one, with the keys (one for each element; NULL: none) of the extents that touch each.';

CREATE FUNCTION mf_gap_list(gaps geometry, aoi geometry DEFAULT NULL, min_area_m2 float8 DEFAULT 0) RETURNS SETOF mf_gap
	AS 'MODULE_PATHNAME', 'mf_gap_list'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 100;
COMMENT ON FUNCTION mf_gap_list(geometry, geometry, float8) IS
	'The parts of a multipolygon of gaps, such as mf_gaps returns, as rows by falling area, without those smaller than min_area_m2 square metres. share_of_aoi is NULL without an area of interest, neighbours are always NULL (see mf_gap_rows); NULL gaps give no row.';
