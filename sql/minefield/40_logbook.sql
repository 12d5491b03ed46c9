-- the type logbook: an ordered set of records with a header

CREATE FUNCTION logbook_in(cstring) RETURNS logbook
	AS 'MODULE_PATHNAME', 'logbook_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION logbook_in(cstring) IS
	'Reads a GeoJSON FeatureCollection. Errors name the JSON path.';

CREATE FUNCTION logbook_out(logbook) RETURNS cstring
	AS 'MODULE_PATHNAME', 'logbook_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION logbook_out(logbook) IS
	'Writes canonical GeoJSON (RFC 8785) on one line.';

CREATE FUNCTION logbook_recv(internal) RETURNS logbook
	AS 'MODULE_PATHNAME', 'logbook_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION logbook_recv(internal) IS
	'Reads the binary form.';

CREATE FUNCTION logbook_send(logbook) RETURNS bytea
	AS 'MODULE_PATHNAME', 'logbook_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION logbook_send(logbook) IS
	'Writes the binary form.';

CREATE TYPE logbook (
	INPUT = logbook_in,
	OUTPUT = logbook_out,
	RECEIVE = logbook_recv,
	SEND = logbook_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = external
);
COMMENT ON TYPE logbook IS
	'A log book: an ordered set of minefield records with a header, as a GeoJSON FeatureCollection with a member logbook.';

CREATE FUNCTION logbook_from_json(json) RETURNS logbook
	AS 'MODULE_PATHNAME', 'logbook_from_json'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION logbook_from_json(json) IS
	'Reads a GeoJSON FeatureCollection, as the input function does.';

CREATE FUNCTION logbook_from_jsonb(jsonb) RETURNS logbook
	AS 'MODULE_PATHNAME', 'logbook_from_jsonb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION logbook_from_jsonb(jsonb) IS
	'Reads a GeoJSON FeatureCollection, as the input function does.';

CREATE FUNCTION logbook_to_json(logbook) RETURNS json
	AS 'MODULE_PATHNAME', 'logbook_to_json'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION logbook_to_json(logbook) IS
	'The log book as canonical GeoJSON.';

CREATE FUNCTION logbook_to_jsonb(logbook) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'logbook_to_jsonb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION logbook_to_jsonb(logbook) IS
	'The log book as a GeoJSON FeatureCollection.';

CREATE CAST (json AS logbook) WITH FUNCTION logbook_from_json(json) AS ASSIGNMENT;
COMMENT ON CAST (json AS logbook) IS 'Reads a GeoJSON FeatureCollection, as the input function does.';
CREATE CAST (jsonb AS logbook) WITH FUNCTION logbook_from_jsonb(jsonb) AS ASSIGNMENT;
COMMENT ON CAST (jsonb AS logbook) IS 'Reads a GeoJSON FeatureCollection, as the input function does.';
CREATE CAST (logbook AS json) WITH FUNCTION logbook_to_json(logbook) AS ASSIGNMENT;
COMMENT ON CAST (logbook AS json) IS 'The book as canonical GeoJSON.';
CREATE CAST (logbook AS jsonb) WITH FUNCTION logbook_to_jsonb(logbook) AS ASSIGNMENT;
COMMENT ON CAST (logbook AS jsonb) IS 'The book as a GeoJSON FeatureCollection.';

-- taking records out

CREATE FUNCTION mf_records(book logbook) RETURNS SETOF minefield
	AS 'MODULE_PATHNAME', 'mf_records'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 100;
COMMENT ON FUNCTION mf_records(logbook) IS
	'The records of the log book in their order.';

CREATE FUNCTION mf_record_count(book logbook) RETURNS bigint
	AS 'MODULE_PATHNAME', 'mf_record_count'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_record_count(logbook) IS
	'How many records the log book holds.';

CREATE FUNCTION mf_header(book logbook) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'mf_header'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_header(logbook) IS
	'The header of the log book (its member logbook): title, issuer, what is declared to be in it. NULL when it has none.';

-- binding records

CREATE FUNCTION mf_logbook_add(internal, minefield) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_logbook_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_logbook_add(internal, minefield) IS
	'Transition function of mf_logbook.';

CREATE FUNCTION mf_logbook_add(internal, minefield, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_logbook_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_logbook_add(internal, minefield, jsonb) IS
	'Transition function of mf_logbook.';

CREATE FUNCTION mf_logbook_final(internal) RETURNS logbook
	AS 'MODULE_PATHNAME', 'mf_logbook_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_logbook_final(internal) IS
	'Final function of mf_logbook.';

-- The order of a log book is the order of its rows, so there is no way to
-- combine the work of parallel workers.
CREATE AGGREGATE mf_logbook(record minefield) (
	SFUNC = mf_logbook_add,
	STYPE = internal,
	FINALFUNC = mf_logbook_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_logbook(minefield) IS
	'Binds records into a log book in the order of the rows (give ORDER BY). NULL records are left out; of no rows the result is NULL.';

CREATE AGGREGATE mf_logbook(record minefield, header jsonb) (
	SFUNC = mf_logbook_add,
	STYPE = internal,
	FINALFUNC = mf_logbook_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_logbook(minefield, jsonb) IS
	'The same with a header, which must be one for all rows of a group; rows with a NULL header take the others''.';

CREATE FUNCTION logbook_append(logbook, minefield) RETURNS logbook
	AS 'MODULE_PATHNAME', 'logbook_append'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION logbook_append(logbook, minefield) IS
	'The log book with the record at its end.';

CREATE FUNCTION logbook_concat(logbook, logbook) RETURNS logbook
	AS 'MODULE_PATHNAME', 'logbook_concat'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION logbook_concat(logbook, logbook) IS
	'The records of both log books in order, with the header of the first.';

CREATE OPERATOR || (
	LEFTARG = logbook,
	RIGHTARG = minefield,
	FUNCTION = logbook_append
);
COMMENT ON OPERATOR || (logbook, minefield) IS 'the log book with the record at its end';

CREATE OPERATOR || (
	LEFTARG = logbook,
	RIGHTARG = logbook,
	FUNCTION = logbook_concat
);
COMMENT ON OPERATOR || (logbook, logbook) IS 'the records of both, with the header of the first';

-- equality, order and hash

CREATE FUNCTION logbook_lt(logbook, logbook) RETURNS boolean
	AS 'MODULE_PATHNAME', 'logbook_lt'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION logbook_lt(logbook, logbook) IS
	'The first log book comes before the second. Order is record by record, then by number of records, then by header.';

CREATE FUNCTION logbook_le(logbook, logbook) RETURNS boolean
	AS 'MODULE_PATHNAME', 'logbook_le'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION logbook_le(logbook, logbook) IS
	'The first log book comes before or equals the second. Order is record by record, then by number of records, then by header.';

CREATE FUNCTION logbook_eq(logbook, logbook) RETURNS boolean
	AS 'MODULE_PATHNAME', 'logbook_eq'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION logbook_eq(logbook, logbook) IS
	'The first log book equals the second. Order is record by record, then by number of records, then by header.';

CREATE FUNCTION logbook_ne(logbook, logbook) RETURNS boolean
	AS 'MODULE_PATHNAME', 'logbook_ne'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION logbook_ne(logbook, logbook) IS
	'The first log book differs from the second. Order is record by record, then by number of records, then by header.';

CREATE FUNCTION logbook_ge(logbook, logbook) RETURNS boolean
	AS 'MODULE_PATHNAME', 'logbook_ge'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION logbook_ge(logbook, logbook) IS
	'The first log book comes after or equals the second. Order is record by record, then by number of records, then by header.';

CREATE FUNCTION logbook_gt(logbook, logbook) RETURNS boolean
	AS 'MODULE_PATHNAME', 'logbook_gt'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION logbook_gt(logbook, logbook) IS
	'The first log book comes after the second. Order is record by record, then by number of records, then by header.';

CREATE FUNCTION logbook_cmp(logbook, logbook) RETURNS integer
	AS 'MODULE_PATHNAME', 'logbook_cmp'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION logbook_cmp(logbook, logbook) IS
	'-1, 0 or 1 as the first log book comes before, equals or comes after the second. Order is record by record, then by number of records, then by header.';

CREATE FUNCTION logbook_hash(logbook) RETURNS integer
	AS 'MODULE_PATHNAME', 'logbook_hash'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION logbook_hash(logbook) IS
	'Hash of the canonical text.';

CREATE FUNCTION logbook_hash_extended(logbook, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'logbook_hash_extended'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION logbook_hash_extended(logbook, bigint) IS
	'Hash of the canonical text, with a seed.';

CREATE OPERATOR < (
	LEFTARG = logbook,
	RIGHTARG = logbook,
	FUNCTION = logbook_lt,
	COMMUTATOR = >,
	NEGATOR = >=,
	RESTRICT = scalarltsel,
	JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (logbook, logbook) IS 'the first log book comes before the second';

CREATE OPERATOR <= (
	LEFTARG = logbook,
	RIGHTARG = logbook,
	FUNCTION = logbook_le,
	COMMUTATOR = >=,
	NEGATOR = >,
	RESTRICT = scalarlesel,
	JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (logbook, logbook) IS 'the first log book comes before or equals the second';

CREATE OPERATOR = (
	LEFTARG = logbook,
	RIGHTARG = logbook,
	FUNCTION = logbook_eq,
	COMMUTATOR = =,
	NEGATOR = <>,
	RESTRICT = eqsel,
	JOIN = eqjoinsel,
	HASHES,
	MERGES
);
COMMENT ON OPERATOR = (logbook, logbook) IS 'the first log book equals the second';

CREATE OPERATOR <> (
	LEFTARG = logbook,
	RIGHTARG = logbook,
	FUNCTION = logbook_ne,
	COMMUTATOR = <>,
	NEGATOR = =,
	RESTRICT = neqsel,
	JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (logbook, logbook) IS 'the first log book differs from the second';

CREATE OPERATOR >= (
	LEFTARG = logbook,
	RIGHTARG = logbook,
	FUNCTION = logbook_ge,
	COMMUTATOR = <=,
	NEGATOR = <,
	RESTRICT = scalargesel,
	JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (logbook, logbook) IS 'the first log book comes after or equals the second';

CREATE OPERATOR > (
	LEFTARG = logbook,
	RIGHTARG = logbook,
	FUNCTION = logbook_gt,
	COMMUTATOR = <,
	NEGATOR = <=,
	RESTRICT = scalargtsel,
	JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (logbook, logbook) IS 'the first log book comes after the second';

CREATE OPERATOR CLASS logbook_ops DEFAULT FOR TYPE logbook USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 logbook_cmp(logbook, logbook);
COMMENT ON OPERATOR CLASS logbook_ops USING btree IS 'Order is record by record, then by number of records, then by header.';

CREATE OPERATOR CLASS logbook_ops DEFAULT FOR TYPE logbook USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 logbook_hash(logbook),
	FUNCTION 2 logbook_hash_extended(logbook, bigint);
COMMENT ON OPERATOR CLASS logbook_ops USING hash IS 'Hash of the canonical text.';

