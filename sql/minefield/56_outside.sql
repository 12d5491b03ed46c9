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
