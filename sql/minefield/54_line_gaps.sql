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
