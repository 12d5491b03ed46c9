-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION minefield" to load this file. \quit

CREATE TYPE minefield;
CREATE TYPE minefield_box;
CREATE TYPE logbook;

-- minefield_box: the bounding box of a record, four floats rounded outward

CREATE FUNCTION minefield_box_in(cstring) RETURNS minefield_box
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_box_in(cstring) IS
	'Reads a minefield_box from BOX(xmin ymin,xmax ymax) or BOX EMPTY.';

CREATE FUNCTION minefield_box_out(minefield_box) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_box_out(minefield_box) IS
	'Writes a minefield_box as BOX(xmin ymin,xmax ymax) or BOX EMPTY.';

CREATE FUNCTION minefield_box_recv(internal) RETURNS minefield_box
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_box_recv(internal) IS
	'Reads the binary form of a minefield_box: a version byte and four float4.';

CREATE FUNCTION minefield_box_send(minefield_box) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_box_send(minefield_box) IS
	'Writes the binary form of a minefield_box: a version byte and four float4.';

CREATE FUNCTION minefield_box_typanalyze(internal) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_box_typanalyze(internal) IS
	'Collects statistics about a column of records or boxes for ANALYZE.';

CREATE TYPE minefield_box (
	INPUT = minefield_box_in,
	OUTPUT = minefield_box_out,
	RECEIVE = minefield_box_recv,
	SEND = minefield_box_send,
	ANALYZE = minefield_box_typanalyze,
	INTERNALLENGTH = 16,
	ALIGNMENT = int4,
	STORAGE = plain
);
COMMENT ON TYPE minefield_box IS
	'bounding box in degrees of longitude and latitude, sides rounded outward; BOX EMPTY for what has no place';

-- constructors

CREATE FUNCTION mf_box(extent geometry) RETURNS minefield_box
	AS 'MODULE_PATHNAME', 'mf_box_geometry'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mf_box(geometry) IS
	'The bounding box of a geometry in degrees, each side rounded outward to a float; BOX EMPTY for an empty geometry. A geometry whose SRID is not 4326 is an error.';

CREATE FUNCTION mf_box(xmin float8, ymin float8, xmax float8, ymax float8) RETURNS minefield_box
	AS 'MODULE_PATHNAME', 'mf_box_sides'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mf_box(float8, float8, float8, float8) IS
	'A box of its west, south, east and north sides in degrees, rounded outward to floats. Sides out of range or in the wrong order are an error.';

CREATE FUNCTION mf_box_expand(box minefield_box, distance_m float8) RETURNS minefield_box
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mf_box_expand(minefield_box, float8) IS
	'A box that holds everything within distance_m metres of the given box; an empty box stays empty. A negative distance or NaN is an error.';

CREATE FUNCTION mf_geometry(box minefield_box) RETURNS geometry
	AS 'MODULE_PATHNAME', 'mf_geometry_of_box'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mf_geometry(minefield_box) IS
	'The box as a polygon with SRID 4326. NULL for the empty box.';

CREATE CAST (minefield_box AS geometry) WITH FUNCTION mf_geometry(minefield_box);
COMMENT ON CAST (minefield_box AS geometry) IS 'The box as a polygon; explicit only.';

CREATE CAST (geometry AS minefield_box) WITH FUNCTION mf_box(geometry);
COMMENT ON CAST (geometry AS minefield_box) IS 'The bounding box of a geometry; explicit only.';

-- comparison: equality of all four sides, order by west, south, east, north

CREATE FUNCTION minefield_box_lt(a minefield_box, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_box_lt(minefield_box, minefield_box) IS 'Whether a box sorts before another (operator <).';
CREATE FUNCTION minefield_box_le(a minefield_box, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_box_le(minefield_box, minefield_box) IS 'Whether a box sorts before another or equals it (operator <=).';
CREATE FUNCTION minefield_box_eq(a minefield_box, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_box_eq(minefield_box, minefield_box) IS 'Whether two boxes are equal, empty ones included (operator =).';
CREATE FUNCTION minefield_box_ne(a minefield_box, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_box_ne(minefield_box, minefield_box) IS 'Whether two boxes differ (operator <>).';
CREATE FUNCTION minefield_box_ge(a minefield_box, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_box_ge(minefield_box, minefield_box) IS 'Whether a box sorts after another or equals it (operator >=).';
CREATE FUNCTION minefield_box_gt(a minefield_box, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_box_gt(minefield_box, minefield_box) IS 'Whether a box sorts after another (operator >).';
CREATE FUNCTION minefield_box_cmp(a minefield_box, b minefield_box) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_box_cmp(minefield_box, minefield_box) IS 'The order of two boxes: negative, zero or positive.';
CREATE FUNCTION minefield_box_hash(box minefield_box) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_box_hash(minefield_box) IS 'The hash of a box, for hash joins and hash indexes.';
CREATE FUNCTION minefield_box_hash_extended(box minefield_box, seed bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_box_hash_extended(minefield_box, bigint) IS 'The seeded 64-bit hash of a box, for hash partitioning.';

CREATE OPERATOR < (
	FUNCTION = minefield_box_lt, LEFTARG = minefield_box, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(>), NEGATOR = OPERATOR(>=),
	RESTRICT = pg_catalog.scalarltsel, JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR < (minefield_box, minefield_box) IS 'sorts before';
CREATE OPERATOR <= (
	FUNCTION = minefield_box_le, LEFTARG = minefield_box, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(>=), NEGATOR = OPERATOR(>),
	RESTRICT = pg_catalog.scalarlesel, JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR <= (minefield_box, minefield_box) IS 'sorts before or equal';
CREATE OPERATOR = (
	FUNCTION = minefield_box_eq, LEFTARG = minefield_box, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(=), NEGATOR = OPERATOR(<>),
	RESTRICT = pg_catalog.eqsel, JOIN = pg_catalog.eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (minefield_box, minefield_box) IS 'equal';
CREATE OPERATOR <> (
	FUNCTION = minefield_box_ne, LEFTARG = minefield_box, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(<>), NEGATOR = OPERATOR(=),
	RESTRICT = pg_catalog.neqsel, JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR <> (minefield_box, minefield_box) IS 'not equal';
CREATE OPERATOR >= (
	FUNCTION = minefield_box_ge, LEFTARG = minefield_box, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(<=), NEGATOR = OPERATOR(<),
	RESTRICT = pg_catalog.scalargesel, JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR >= (minefield_box, minefield_box) IS 'sorts after or equal';
CREATE OPERATOR > (
	FUNCTION = minefield_box_gt, LEFTARG = minefield_box, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(<), NEGATOR = OPERATOR(<=),
	RESTRICT = pg_catalog.scalargtsel, JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR > (minefield_box, minefield_box) IS 'sorts after';

CREATE OPERATOR CLASS minefield_box_ops DEFAULT FOR TYPE minefield_box USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 minefield_box_cmp(minefield_box, minefield_box),
	FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS minefield_box_ops USING btree IS 'Order of boxes, for DISTINCT and ORDER BY.';

CREATE OPERATOR CLASS minefield_box_ops DEFAULT FOR TYPE minefield_box USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 minefield_box_hash(minefield_box),
	FUNCTION 2 minefield_box_hash_extended(minefield_box, bigint);
COMMENT ON OPERATOR CLASS minefield_box_ops USING hash IS 'Hash of boxes, for GROUP BY and hash joins.';
-- the type minefield: one record as the paper says it

CREATE FUNCTION minefield_in(cstring) RETURNS minefield
	AS 'MODULE_PATHNAME', 'minefield_in'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_in(cstring) IS
	'Reads a GeoJSON Feature. Errors name the JSON path.';

CREATE FUNCTION minefield_out(minefield) RETURNS cstring
	AS 'MODULE_PATHNAME', 'minefield_out'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_out(minefield) IS
	'Writes canonical GeoJSON (RFC 8785) on one line.';

CREATE FUNCTION minefield_recv(internal) RETURNS minefield
	AS 'MODULE_PATHNAME', 'minefield_recv'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_recv(internal) IS
	'Reads the binary form.';

CREATE FUNCTION minefield_send(minefield) RETURNS bytea
	AS 'MODULE_PATHNAME', 'minefield_send'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_send(minefield) IS
	'Writes the binary form.';

CREATE FUNCTION minefield_typanalyze(internal) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_typanalyze'
	LANGUAGE C VOLATILE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION minefield_typanalyze(internal) IS
	'Collects column statistics of extents for the planner.';

CREATE TYPE minefield (
	INPUT = minefield_in,
	OUTPUT = minefield_out,
	RECEIVE = minefield_recv,
	SEND = minefield_send,
	ANALYZE = minefield_typanalyze,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = external
);
COMMENT ON TYPE minefield IS
	'One minefield record as the paper says it: a GeoJSON Feature, with its extent in WGS 84 longitude and latitude.';

CREATE FUNCTION minefield_from_json(json) RETURNS minefield
	AS 'MODULE_PATHNAME', 'minefield_from_json'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_from_json(json) IS
	'Reads a GeoJSON Feature, as the input function does.';

CREATE FUNCTION minefield_from_jsonb(jsonb) RETURNS minefield
	AS 'MODULE_PATHNAME', 'minefield_from_jsonb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_from_jsonb(jsonb) IS
	'Reads a GeoJSON Feature, as the input function does.';

CREATE FUNCTION minefield_to_json(minefield) RETURNS json
	AS 'MODULE_PATHNAME', 'minefield_to_json'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_to_json(minefield) IS
	'The record as canonical GeoJSON.';

CREATE FUNCTION minefield_to_jsonb(minefield) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'minefield_to_jsonb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_to_jsonb(minefield) IS
	'The record as a GeoJSON Feature.';

CREATE FUNCTION mf_geometry(record minefield) RETURNS geometry
	AS 'MODULE_PATHNAME', 'mf_geometry'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_geometry(minefield) IS
	'The extent as recorded, valid or not, in SRID 4326. NULL when the record is not located.';

CREATE CAST (json AS minefield) WITH FUNCTION minefield_from_json(json) AS ASSIGNMENT;
COMMENT ON CAST (json AS minefield) IS 'Reads a GeoJSON Feature, as the input function does.';
CREATE CAST (jsonb AS minefield) WITH FUNCTION minefield_from_jsonb(jsonb) AS ASSIGNMENT;
COMMENT ON CAST (jsonb AS minefield) IS 'Reads a GeoJSON Feature, as the input function does.';
CREATE CAST (minefield AS json) WITH FUNCTION minefield_to_json(minefield) AS ASSIGNMENT;
COMMENT ON CAST (minefield AS json) IS 'The record as canonical GeoJSON.';
CREATE CAST (minefield AS jsonb) WITH FUNCTION minefield_to_jsonb(minefield) AS ASSIGNMENT;
COMMENT ON CAST (minefield AS jsonb) IS 'The record as a GeoJSON Feature.';
CREATE CAST (minefield AS geometry) WITH FUNCTION mf_geometry(minefield) AS ASSIGNMENT;
COMMENT ON CAST (minefield AS geometry) IS 'The extent as recorded; NULL when the record is not located.';

-- building and reading

CREATE FUNCTION mf_make(id text, extent geometry, properties jsonb DEFAULT NULL, drop_z boolean DEFAULT false) RETURNS minefield
	AS 'MODULE_PATHNAME', 'mf_make'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_make(text, geometry, jsonb, boolean) IS
	'Builds a record. The extent is in SRID 4326; any of id, extent and properties may be NULL, which is unknown. Z and M values are an error unless drop_z, which drops them and notes it in the member z_dropped.';

CREATE FUNCTION mf_id(record minefield) RETURNS text
	AS 'MODULE_PATHNAME', 'mf_id'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_id(minefield) IS
	'The identifier of the record; a number is given as text. NULL when it has none.';

CREATE FUNCTION mf_number(record minefield) RETURNS text
	AS 'MODULE_PATHNAME', 'mf_number'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_number(minefield) IS
	'The record number that the paper bears (properties.number). NULL when not stated.';

CREATE FUNCTION mf_source(record minefield) RETURNS text
	AS 'MODULE_PATHNAME', 'mf_source'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_source(minefield) IS
	'What the record was made from (properties.source). NULL when not stated.';

CREATE FUNCTION mf_properties(record minefield) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'mf_properties'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_properties(minefield) IS
	'Everything that the record says besides its id and extent. NULL when it says nothing.';

CREATE FUNCTION minefield_located_support(internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_located_support(internal) IS
	'Tells the planner how many records mf_is_located is true of.';

CREATE FUNCTION mf_is_located(record minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'mf_is_located'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
	SUPPORT minefield_located_support;
COMMENT ON FUNCTION mf_is_located(minefield) IS
	'Does the record have an extent? False for a null and for an empty geometry: such a record may lie anywhere.';

CREATE FUNCTION mf_accuracy_m(record minefield) RETURNS double precision
	AS 'MODULE_PATHNAME', 'mf_accuracy_m'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_accuracy_m(minefield) IS
	'The 95 % accuracy of the position in metres (accuracy95_m, as derived or else as stated for the record). NULL when unknown.';

CREATE FUNCTION mf_laid(record minefield) RETURNS daterange
	AS 'MODULE_PATHNAME', 'mf_laid'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_laid(minefield) IS
	'The days on which the mines may have been laid, as far as properties.laid says. NULL when not stated or not understood.';

CREATE FUNCTION mf_laid_at(record minefield) RETURNS tstzrange
	AS 'MODULE_PATHNAME', 'mf_laid_at'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_laid_at(minefield) IS
	'The instants between which the mines were laid, as far as properties.laid says. A time without a zone is taken from UTC+14 to UTC-12. NULL when not stated or not understood.';

CREATE FUNCTION mf_digest_text(record minefield) RETURNS text
	AS 'MODULE_PATHNAME', 'mf_digest_text'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_digest_text(minefield) IS
	'The canonical text of the record without derived content (properties.derived and a geometry that follows from it): what a digest is taken of.';

-- the lists in a record

CREATE TYPE mf_mine_entry AS (
	n integer,
	model text,
	count double precision,
	count_min double precision,
	count_max double precision,
	as_written text,
	legible boolean,
	entry jsonb
);
COMMENT ON TYPE mf_mine_entry IS
	'One entry of properties.mines: its place from 1, the model, the count written as one number, its bounds, the count as written, whether it is legible, and the whole entry.';

CREATE TYPE mf_point AS (
	n integer,
	id text,
	role text,
	description text,
	northing double precision,
	easting double precision,
	lon double precision,
	lat double precision,
	mgrs text,
	accuracy95_m double precision,
	geometry geometry,
	entry jsonb
);
COMMENT ON TYPE mf_point IS
	'One point of properties.location.points: its place from 1, what is written of it, its position once it is located, and the whole entry.';

CREATE TYPE mf_row AS (
	n integer,
	id text,
	path text[],
	step_m double precision,
	offset_m double precision,
	mines jsonb,
	geometry geometry,
	entry jsonb
);
COMMENT ON TYPE mf_row IS
	'One row of properties.location.rows: its place from 1, the points it runs through, the mine spacing and offset in metres, its mines, its line once it is located, and the whole entry.';

CREATE FUNCTION mf_mines(record minefield) RETURNS SETOF mf_mine_entry
	AS 'MODULE_PATHNAME', 'mf_mines'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 2;
COMMENT ON FUNCTION mf_mines(minefield) IS
	'The entries of properties.mines in order. A count that is negative or not whole counts as unknown. No rows when the record does not state its mines, and when it states none.';

CREATE FUNCTION mf_points(record minefield) RETURNS SETOF mf_point
	AS 'MODULE_PATHNAME', 'mf_points'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 4;
COMMENT ON FUNCTION mf_points(minefield) IS
	'The points of properties.location.points in order, as written. No rows when the record has none.';

CREATE FUNCTION mf_rows(record minefield) RETURNS SETOF mf_row
	AS 'MODULE_PATHNAME', 'mf_rows'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 3;
COMMENT ON FUNCTION mf_rows(minefield) IS
	'The rows of properties.location.rows in order, as written. No rows when the record has none.';

-- equality, order and hash of records

CREATE FUNCTION minefield_lt(minefield, minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_lt'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_lt(minefield, minefield) IS
	'The first record comes before the second. Order is by id, then by canonical text.';

CREATE FUNCTION minefield_le(minefield, minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_le'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_le(minefield, minefield) IS
	'The first record comes before or equals the second. Order is by id, then by canonical text.';

CREATE FUNCTION minefield_eq(minefield, minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_eq'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_eq(minefield, minefield) IS
	'The first record equals the second. Order is by id, then by canonical text.';

CREATE FUNCTION minefield_ne(minefield, minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_ne'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_ne(minefield, minefield) IS
	'The first record differs from the second. Order is by id, then by canonical text.';

CREATE FUNCTION minefield_ge(minefield, minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_ge'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_ge(minefield, minefield) IS
	'The first record comes after or equals the second. Order is by id, then by canonical text.';

CREATE FUNCTION minefield_gt(minefield, minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_gt'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_gt(minefield, minefield) IS
	'The first record comes after the second. Order is by id, then by canonical text.';

CREATE FUNCTION minefield_cmp(minefield, minefield) RETURNS integer
	AS 'MODULE_PATHNAME', 'minefield_cmp'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_cmp(minefield, minefield) IS
	'-1, 0 or 1 as the first record comes before, equals or comes after the second. Order is by id, then by canonical text.';

CREATE FUNCTION minefield_hash(minefield) RETURNS integer
	AS 'MODULE_PATHNAME', 'minefield_hash'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_hash(minefield) IS
	'Hash of the canonical text.';

CREATE FUNCTION minefield_hash_extended(minefield, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'minefield_hash_extended'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION minefield_hash_extended(minefield, bigint) IS
	'Hash of the canonical text, with a seed.';

CREATE OPERATOR < (
	LEFTARG = minefield,
	RIGHTARG = minefield,
	FUNCTION = minefield_lt,
	COMMUTATOR = >,
	NEGATOR = >=,
	RESTRICT = scalarltsel,
	JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (minefield, minefield) IS 'the first record comes before the second';

CREATE OPERATOR <= (
	LEFTARG = minefield,
	RIGHTARG = minefield,
	FUNCTION = minefield_le,
	COMMUTATOR = >=,
	NEGATOR = >,
	RESTRICT = scalarlesel,
	JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (minefield, minefield) IS 'the first record comes before or equals the second';

CREATE OPERATOR = (
	LEFTARG = minefield,
	RIGHTARG = minefield,
	FUNCTION = minefield_eq,
	COMMUTATOR = =,
	NEGATOR = <>,
	RESTRICT = eqsel,
	JOIN = eqjoinsel,
	HASHES,
	MERGES
);
COMMENT ON OPERATOR = (minefield, minefield) IS 'the first record equals the second';

CREATE OPERATOR <> (
	LEFTARG = minefield,
	RIGHTARG = minefield,
	FUNCTION = minefield_ne,
	COMMUTATOR = <>,
	NEGATOR = =,
	RESTRICT = neqsel,
	JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (minefield, minefield) IS 'the first record differs from the second';

CREATE OPERATOR >= (
	LEFTARG = minefield,
	RIGHTARG = minefield,
	FUNCTION = minefield_ge,
	COMMUTATOR = <=,
	NEGATOR = <,
	RESTRICT = scalargesel,
	JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (minefield, minefield) IS 'the first record comes after or equals the second';

CREATE OPERATOR > (
	LEFTARG = minefield,
	RIGHTARG = minefield,
	FUNCTION = minefield_gt,
	COMMUTATOR = <,
	NEGATOR = <=,
	RESTRICT = scalargtsel,
	JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (minefield, minefield) IS 'the first record comes after the second';

CREATE OPERATOR CLASS minefield_ops DEFAULT FOR TYPE minefield USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 minefield_cmp(minefield, minefield);
COMMENT ON OPERATOR CLASS minefield_ops USING btree IS 'Order is by id, then by canonical text.';

CREATE OPERATOR CLASS minefield_ops DEFAULT FOR TYPE minefield USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 minefield_hash(minefield),
	FUNCTION 2 minefield_hash_extended(minefield, bigint);
COMMENT ON OPERATOR CLASS minefield_ops USING hash IS 'Hash of the canonical text.';

-- totals of mines

CREATE TYPE mf_mine_totals AS (
	known bigint,
	at_least bigint,
	at_most bigint,
	records bigint,
	records_unknown bigint
);
COMMENT ON TYPE mf_mine_totals IS
	'The sum of counts written as one number, the bounds of the total as far as the records bound it (at_most NULL: no upper bound), the records, and those among them with a count that is not one number.';

CREATE FUNCTION mf_mine_total_add(internal, minefield) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_mine_total_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_mine_total_add(internal, minefield) IS
	'Transition function of mf_mine_total.';

CREATE FUNCTION mf_mine_total_add(internal, minefield, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_mine_total_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_mine_total_add(internal, minefield, text) IS
	'Transition function of mf_mine_total.';

CREATE FUNCTION mf_mine_total_combine(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_mine_total_combine'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_mine_total_combine(internal, internal) IS
	'Combine function of mf_mine_total.';

CREATE FUNCTION mf_mine_total_serialize(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'mf_mine_total_serialize'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_mine_total_serialize(internal) IS
	'Serialization function of mf_mine_total.';

CREATE FUNCTION mf_mine_total_deserialize(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_mine_total_deserialize'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_mine_total_deserialize(bytea, internal) IS
	'Deserialization function of mf_mine_total.';

CREATE FUNCTION mf_mine_total_final(internal) RETURNS mf_mine_totals
	AS 'MODULE_PATHNAME', 'mf_mine_total_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_mine_total_final(internal) IS
	'Final function of mf_mine_total.';

CREATE AGGREGATE mf_mine_total(record minefield) (
	SFUNC = mf_mine_total_add,
	STYPE = internal,
	FINALFUNC = mf_mine_total_final,
	COMBINEFUNC = mf_mine_total_combine,
	SERIALFUNC = mf_mine_total_serialize,
	DESERIALFUNC = mf_mine_total_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_mine_total(minefield) IS
	'The mines of all records as far as they are stated: known, and the bounds of the total. NULL records do not count; without records the totals are NULL, and of no rows the result is NULL.';

CREATE AGGREGATE mf_mine_total(record minefield, model text) (
	SFUNC = mf_mine_total_add,
	STYPE = internal,
	FINALFUNC = mf_mine_total_final,
	COMBINEFUNC = mf_mine_total_combine,
	SERIALFUNC = mf_mine_total_serialize,
	DESERIALFUNC = mf_mine_total_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_mine_total(minefield, text) IS
	'The same for one model, compared letter by letter. Entries without a model may be of it and leave the upper bound higher or open.';

-- operators among minefield, minefield_box and geometry
--
-- The functions behind them exist once for each pair of operands; the letters
-- at the end of their symbols are m for minefield, b for minefield_box, g for
-- geometry.  Those without geometry cannot raise an error and are leakproof.

CREATE FUNCTION mf_box(record minefield) RETURNS minefield_box
	AS 'MODULE_PATHNAME', 'mf_box_minefield'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION mf_box(minefield) IS
	'The bounding box of a record in degrees, each side rounded outward to a float. BOX EMPTY for an unlocated record.';

CREATE CAST (minefield AS minefield_box) WITH FUNCTION mf_box(minefield);
COMMENT ON CAST (minefield AS minefield_box) IS 'The bounding box of a record; explicit only.';

-- estimators

CREATE FUNCTION minefield_restrict(internal, oid, internal, integer) RETURNS float8
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_restrict(internal, oid, internal, integer) IS
	'Estimates for the planner how many rows a box operator with a constant keeps.';

CREATE FUNCTION minefield_join(internal, oid, internal, smallint, internal) RETURNS float8
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_join(internal, oid, internal, smallint, internal) IS
	'Estimates for the planner how many pairs of rows a box operator keeps.';

-- &&

CREATE FUNCTION minefield_overlaps(a minefield, b minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_overlaps_mm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_overlaps(minefield, minefield) IS
	'The boxes of both have a point in common (operator &&). False when either has no place.';
CREATE OPERATOR && (
	FUNCTION = minefield_overlaps, LEFTARG = minefield, RIGHTARG = minefield,
	COMMUTATOR = OPERATOR(&&),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR && (minefield, minefield) IS 'have boxes that overlap';

CREATE FUNCTION minefield_overlaps(a minefield, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_overlaps_mb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_overlaps(minefield, minefield_box) IS
	'The boxes of both have a point in common (operator &&). False when either has no place.';
CREATE OPERATOR && (
	FUNCTION = minefield_overlaps, LEFTARG = minefield, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(&&),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR && (minefield, minefield_box) IS 'have boxes that overlap';

CREATE FUNCTION minefield_overlaps(a minefield, b geometry) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_overlaps_mg'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_overlaps(minefield, geometry) IS
	'The boxes of both have a point in common (operator &&). False when either has no place.';
CREATE OPERATOR && (
	FUNCTION = minefield_overlaps, LEFTARG = minefield, RIGHTARG = geometry,
	COMMUTATOR = OPERATOR(&&),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR && (minefield, geometry) IS 'have boxes that overlap';

CREATE FUNCTION minefield_overlaps(a minefield_box, b minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_overlaps_bm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_overlaps(minefield_box, minefield) IS
	'The boxes of both have a point in common (operator &&). False when either has no place.';
CREATE OPERATOR && (
	FUNCTION = minefield_overlaps, LEFTARG = minefield_box, RIGHTARG = minefield,
	COMMUTATOR = OPERATOR(&&),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR && (minefield_box, minefield) IS 'have boxes that overlap';

CREATE FUNCTION minefield_overlaps(a minefield_box, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_overlaps_bb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_overlaps(minefield_box, minefield_box) IS
	'The boxes of both have a point in common (operator &&). False when either has no place.';
CREATE OPERATOR && (
	FUNCTION = minefield_overlaps, LEFTARG = minefield_box, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(&&),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR && (minefield_box, minefield_box) IS 'have boxes that overlap';

CREATE FUNCTION minefield_overlaps(a minefield_box, b geometry) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_overlaps_bg'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_overlaps(minefield_box, geometry) IS
	'The boxes of both have a point in common (operator &&). False when either has no place.';
CREATE OPERATOR && (
	FUNCTION = minefield_overlaps, LEFTARG = minefield_box, RIGHTARG = geometry,
	COMMUTATOR = OPERATOR(&&),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR && (minefield_box, geometry) IS 'have boxes that overlap';

CREATE FUNCTION minefield_overlaps(a geometry, b minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_overlaps_gm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_overlaps(geometry, minefield) IS
	'The boxes of both have a point in common (operator &&). False when either has no place.';
CREATE OPERATOR && (
	FUNCTION = minefield_overlaps, LEFTARG = geometry, RIGHTARG = minefield,
	COMMUTATOR = OPERATOR(&&),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR && (geometry, minefield) IS 'have boxes that overlap';

CREATE FUNCTION minefield_overlaps(a geometry, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_overlaps_gb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_overlaps(geometry, minefield_box) IS
	'The boxes of both have a point in common (operator &&). False when either has no place.';
CREATE OPERATOR && (
	FUNCTION = minefield_overlaps, LEFTARG = geometry, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(&&),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR && (geometry, minefield_box) IS 'have boxes that overlap';

-- @>

CREATE FUNCTION minefield_contains(a minefield, b minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_contains_mm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_contains(minefield, minefield) IS
	'The box of the left contains that of the right (operator @>). False when either has no place.';
CREATE OPERATOR @> (
	FUNCTION = minefield_contains, LEFTARG = minefield, RIGHTARG = minefield,
	COMMUTATOR = OPERATOR(<@),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR @> (minefield, minefield) IS 'box contains box';

CREATE FUNCTION minefield_contains(a minefield, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_contains_mb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_contains(minefield, minefield_box) IS
	'The box of the left contains that of the right (operator @>). False when either has no place.';
CREATE OPERATOR @> (
	FUNCTION = minefield_contains, LEFTARG = minefield, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(<@),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR @> (minefield, minefield_box) IS 'box contains box';

CREATE FUNCTION minefield_contains(a minefield, b geometry) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_contains_mg'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_contains(minefield, geometry) IS
	'The box of the left contains that of the right (operator @>). False when either has no place.';
CREATE OPERATOR @> (
	FUNCTION = minefield_contains, LEFTARG = minefield, RIGHTARG = geometry,
	COMMUTATOR = OPERATOR(<@),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR @> (minefield, geometry) IS 'box contains box';

CREATE FUNCTION minefield_contains(a minefield_box, b minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_contains_bm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_contains(minefield_box, minefield) IS
	'The box of the left contains that of the right (operator @>). False when either has no place.';
CREATE OPERATOR @> (
	FUNCTION = minefield_contains, LEFTARG = minefield_box, RIGHTARG = minefield,
	COMMUTATOR = OPERATOR(<@),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR @> (minefield_box, minefield) IS 'box contains box';

CREATE FUNCTION minefield_contains(a minefield_box, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_contains_bb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_contains(minefield_box, minefield_box) IS
	'The box of the left contains that of the right (operator @>). False when either has no place.';
CREATE OPERATOR @> (
	FUNCTION = minefield_contains, LEFTARG = minefield_box, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(<@),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR @> (minefield_box, minefield_box) IS 'box contains box';

CREATE FUNCTION minefield_contains(a minefield_box, b geometry) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_contains_bg'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_contains(minefield_box, geometry) IS
	'The box of the left contains that of the right (operator @>). False when either has no place.';
CREATE OPERATOR @> (
	FUNCTION = minefield_contains, LEFTARG = minefield_box, RIGHTARG = geometry,
	COMMUTATOR = OPERATOR(<@),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR @> (minefield_box, geometry) IS 'box contains box';

CREATE FUNCTION minefield_contains(a geometry, b minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_contains_gm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_contains(geometry, minefield) IS
	'The box of the left contains that of the right (operator @>). False when either has no place.';
CREATE OPERATOR @> (
	FUNCTION = minefield_contains, LEFTARG = geometry, RIGHTARG = minefield,
	COMMUTATOR = OPERATOR(<@),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR @> (geometry, minefield) IS 'box contains box';

CREATE FUNCTION minefield_contains(a geometry, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_contains_gb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_contains(geometry, minefield_box) IS
	'The box of the left contains that of the right (operator @>). False when either has no place.';
CREATE OPERATOR @> (
	FUNCTION = minefield_contains, LEFTARG = geometry, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(<@),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR @> (geometry, minefield_box) IS 'box contains box';

-- <@

CREATE FUNCTION minefield_within(a minefield, b minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_within_mm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_within(minefield, minefield) IS
	'The box of the left lies within that of the right (operator <@). False when either has no place.';
CREATE OPERATOR <@ (
	FUNCTION = minefield_within, LEFTARG = minefield, RIGHTARG = minefield,
	COMMUTATOR = OPERATOR(@>),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR <@ (minefield, minefield) IS 'box lies within box';

CREATE FUNCTION minefield_within(a minefield, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_within_mb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_within(minefield, minefield_box) IS
	'The box of the left lies within that of the right (operator <@). False when either has no place.';
CREATE OPERATOR <@ (
	FUNCTION = minefield_within, LEFTARG = minefield, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(@>),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR <@ (minefield, minefield_box) IS 'box lies within box';

CREATE FUNCTION minefield_within(a minefield, b geometry) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_within_mg'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_within(minefield, geometry) IS
	'The box of the left lies within that of the right (operator <@). False when either has no place.';
CREATE OPERATOR <@ (
	FUNCTION = minefield_within, LEFTARG = minefield, RIGHTARG = geometry,
	COMMUTATOR = OPERATOR(@>),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR <@ (minefield, geometry) IS 'box lies within box';

CREATE FUNCTION minefield_within(a minefield_box, b minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_within_bm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_within(minefield_box, minefield) IS
	'The box of the left lies within that of the right (operator <@). False when either has no place.';
CREATE OPERATOR <@ (
	FUNCTION = minefield_within, LEFTARG = minefield_box, RIGHTARG = minefield,
	COMMUTATOR = OPERATOR(@>),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR <@ (minefield_box, minefield) IS 'box lies within box';

CREATE FUNCTION minefield_within(a minefield_box, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_within_bb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_within(minefield_box, minefield_box) IS
	'The box of the left lies within that of the right (operator <@). False when either has no place.';
CREATE OPERATOR <@ (
	FUNCTION = minefield_within, LEFTARG = minefield_box, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(@>),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR <@ (minefield_box, minefield_box) IS 'box lies within box';

CREATE FUNCTION minefield_within(a minefield_box, b geometry) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_within_bg'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_within(minefield_box, geometry) IS
	'The box of the left lies within that of the right (operator <@). False when either has no place.';
CREATE OPERATOR <@ (
	FUNCTION = minefield_within, LEFTARG = minefield_box, RIGHTARG = geometry,
	COMMUTATOR = OPERATOR(@>),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR <@ (minefield_box, geometry) IS 'box lies within box';

CREATE FUNCTION minefield_within(a geometry, b minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_within_gm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_within(geometry, minefield) IS
	'The box of the left lies within that of the right (operator <@). False when either has no place.';
CREATE OPERATOR <@ (
	FUNCTION = minefield_within, LEFTARG = geometry, RIGHTARG = minefield,
	COMMUTATOR = OPERATOR(@>),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR <@ (geometry, minefield) IS 'box lies within box';

CREATE FUNCTION minefield_within(a geometry, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_within_gb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_within(geometry, minefield_box) IS
	'The box of the left lies within that of the right (operator <@). False when either has no place.';
CREATE OPERATOR <@ (
	FUNCTION = minefield_within, LEFTARG = geometry, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(@>),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR <@ (geometry, minefield_box) IS 'box lies within box';

-- ~=

CREATE FUNCTION minefield_same(a minefield, b minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_same_mm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_same(minefield, minefield) IS
	'Both have the same box (operator ~=). False when either has no place.';
CREATE OPERATOR ~= (
	FUNCTION = minefield_same, LEFTARG = minefield, RIGHTARG = minefield,
	COMMUTATOR = OPERATOR(~=),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR ~= (minefield, minefield) IS 'same box';

CREATE FUNCTION minefield_same(a minefield, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_same_mb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_same(minefield, minefield_box) IS
	'Both have the same box (operator ~=). False when either has no place.';
CREATE OPERATOR ~= (
	FUNCTION = minefield_same, LEFTARG = minefield, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(~=),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR ~= (minefield, minefield_box) IS 'same box';

CREATE FUNCTION minefield_same(a minefield, b geometry) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_same_mg'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_same(minefield, geometry) IS
	'Both have the same box (operator ~=). False when either has no place.';
CREATE OPERATOR ~= (
	FUNCTION = minefield_same, LEFTARG = minefield, RIGHTARG = geometry,
	COMMUTATOR = OPERATOR(~=),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR ~= (minefield, geometry) IS 'same box';

CREATE FUNCTION minefield_same(a minefield_box, b minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_same_bm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_same(minefield_box, minefield) IS
	'Both have the same box (operator ~=). False when either has no place.';
CREATE OPERATOR ~= (
	FUNCTION = minefield_same, LEFTARG = minefield_box, RIGHTARG = minefield,
	COMMUTATOR = OPERATOR(~=),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR ~= (minefield_box, minefield) IS 'same box';

CREATE FUNCTION minefield_same(a minefield_box, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_same_bb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION minefield_same(minefield_box, minefield_box) IS
	'Both have the same box (operator ~=). False when either has no place.';
CREATE OPERATOR ~= (
	FUNCTION = minefield_same, LEFTARG = minefield_box, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(~=),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR ~= (minefield_box, minefield_box) IS 'same box';

CREATE FUNCTION minefield_same(a minefield_box, b geometry) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_same_bg'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_same(minefield_box, geometry) IS
	'Both have the same box (operator ~=). False when either has no place.';
CREATE OPERATOR ~= (
	FUNCTION = minefield_same, LEFTARG = minefield_box, RIGHTARG = geometry,
	COMMUTATOR = OPERATOR(~=),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR ~= (minefield_box, geometry) IS 'same box';

CREATE FUNCTION minefield_same(a geometry, b minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_same_gm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_same(geometry, minefield) IS
	'Both have the same box (operator ~=). False when either has no place.';
CREATE OPERATOR ~= (
	FUNCTION = minefield_same, LEFTARG = geometry, RIGHTARG = minefield,
	COMMUTATOR = OPERATOR(~=),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR ~= (geometry, minefield) IS 'same box';

CREATE FUNCTION minefield_same(a geometry, b minefield_box) RETURNS boolean
	AS 'MODULE_PATHNAME', 'minefield_same_gb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_same(geometry, minefield_box) IS
	'Both have the same box (operator ~=). False when either has no place.';
CREATE OPERATOR ~= (
	FUNCTION = minefield_same, LEFTARG = geometry, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(~=),
	RESTRICT = minefield_restrict, JOIN = minefield_join
);
COMMENT ON OPERATOR ~= (geometry, minefield_box) IS 'same box';

-- <->

CREATE FUNCTION mf_distance(a minefield, b minefield) RETURNS float8
	AS 'MODULE_PATHNAME', 'mf_distance_mm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_distance(minefield, minefield) IS
	'The geodesic distance in metres between two records, 0 where they touch (operator <->). Infinity when either has no place.';
CREATE OPERATOR <-> (
	FUNCTION = mf_distance, LEFTARG = minefield, RIGHTARG = minefield,
	COMMUTATOR = OPERATOR(<->)
);
COMMENT ON OPERATOR <-> (minefield, minefield) IS 'distance in metres';

CREATE FUNCTION mf_distance(a minefield, b minefield_box) RETURNS float8
	AS 'MODULE_PATHNAME', 'mf_distance_mb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION mf_distance(minefield, minefield_box) IS
	'A lower bound in metres of the geodesic distance to a box (operator <->): no point of one is nearer to any point of the other. Infinity when either has no place.';
CREATE OPERATOR <-> (
	FUNCTION = mf_distance, LEFTARG = minefield, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(<->)
);
COMMENT ON OPERATOR <-> (minefield, minefield_box) IS 'distance in metres';

CREATE FUNCTION mf_distance(a minefield, b geometry) RETURNS float8
	AS 'MODULE_PATHNAME', 'mf_distance_mg'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_distance(minefield, geometry) IS
	'The geodesic distance in metres between a record and a geometry, 0 where they touch (operator <->). Infinity when either has no place.';
CREATE OPERATOR <-> (
	FUNCTION = mf_distance, LEFTARG = minefield, RIGHTARG = geometry,
	COMMUTATOR = OPERATOR(<->)
);
COMMENT ON OPERATOR <-> (minefield, geometry) IS 'distance in metres';

CREATE FUNCTION mf_distance(a minefield_box, b minefield) RETURNS float8
	AS 'MODULE_PATHNAME', 'mf_distance_bm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION mf_distance(minefield_box, minefield) IS
	'A lower bound in metres of the geodesic distance to a box (operator <->): no point of one is nearer to any point of the other. Infinity when either has no place.';
CREATE OPERATOR <-> (
	FUNCTION = mf_distance, LEFTARG = minefield_box, RIGHTARG = minefield,
	COMMUTATOR = OPERATOR(<->)
);
COMMENT ON OPERATOR <-> (minefield_box, minefield) IS 'distance in metres';

CREATE FUNCTION mf_distance(a minefield_box, b minefield_box) RETURNS float8
	AS 'MODULE_PATHNAME', 'mf_distance_bb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION mf_distance(minefield_box, minefield_box) IS
	'A lower bound in metres of the geodesic distance to a box (operator <->): no point of one is nearer to any point of the other. Infinity when either has no place.';
CREATE OPERATOR <-> (
	FUNCTION = mf_distance, LEFTARG = minefield_box, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(<->)
);
COMMENT ON OPERATOR <-> (minefield_box, minefield_box) IS 'distance in metres';

CREATE FUNCTION mf_distance(a minefield_box, b geometry) RETURNS float8
	AS 'MODULE_PATHNAME', 'mf_distance_bg'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mf_distance(minefield_box, geometry) IS
	'A lower bound in metres of the geodesic distance to a box (operator <->): no point of one is nearer to any point of the other. Infinity when either has no place.';
CREATE OPERATOR <-> (
	FUNCTION = mf_distance, LEFTARG = minefield_box, RIGHTARG = geometry,
	COMMUTATOR = OPERATOR(<->)
);
COMMENT ON OPERATOR <-> (minefield_box, geometry) IS 'distance in metres';

CREATE FUNCTION mf_distance(a geometry, b minefield) RETURNS float8
	AS 'MODULE_PATHNAME', 'mf_distance_gm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_distance(geometry, minefield) IS
	'The geodesic distance in metres between a geometry and a record, 0 where they touch (operator <->). Infinity when either has no place.';
CREATE OPERATOR <-> (
	FUNCTION = mf_distance, LEFTARG = geometry, RIGHTARG = minefield,
	COMMUTATOR = OPERATOR(<->)
);
COMMENT ON OPERATOR <-> (geometry, minefield) IS 'distance in metres';

CREATE FUNCTION mf_distance(a geometry, b minefield_box) RETURNS float8
	AS 'MODULE_PATHNAME', 'mf_distance_gb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mf_distance(geometry, minefield_box) IS
	'A lower bound in metres of the geodesic distance to a box (operator <->): no point of one is nearer to any point of the other. Infinity when either has no place.';
CREATE OPERATOR <-> (
	FUNCTION = mf_distance, LEFTARG = geometry, RIGHTARG = minefield_box,
	COMMUTATOR = OPERATOR(<->)
);
COMMENT ON OPERATOR <-> (geometry, minefield_box) IS 'distance in metres';
-- GiST: the key of a record is its box

CREATE FUNCTION minefield_gist_union(internal, internal) RETURNS minefield_box
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_gist_union(internal, internal) IS
	'GiST support: the box of several boxes.';

CREATE FUNCTION minefield_gist_compress(internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_gist_compress(internal) IS
	'GiST support: a record becomes its box.';

CREATE FUNCTION minefield_gist_penalty(internal, internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_gist_penalty(internal, internal, internal) IS
	'GiST support: how much a box must grow for another one.';

CREATE FUNCTION minefield_gist_picksplit(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_gist_picksplit(internal, internal) IS
	'GiST support: splits a page of boxes in two.';

CREATE FUNCTION minefield_gist_same(minefield_box, minefield_box, internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_gist_same(minefield_box, minefield_box, internal) IS
	'GiST support: whether two keys are equal.';

CREATE FUNCTION minefield_gist_consistent(internal, minefield, smallint, oid, internal) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_gist_consistent(internal, minefield, smallint, oid, internal) IS
	'GiST support: whether a key may satisfy an operator.';

CREATE FUNCTION minefield_gist_distance(internal, minefield, smallint, oid, internal) RETURNS float8
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_gist_distance(internal, minefield, smallint, oid, internal) IS
	'GiST support: a lower bound of the distance in metres to a key.';

CREATE FUNCTION minefield_gist_consistent(internal, minefield_box, smallint, oid, internal) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_gist_consistent(internal, minefield_box, smallint, oid, internal) IS
	'GiST support: whether a key may satisfy an operator.';

CREATE FUNCTION minefield_box_gist_distance(internal, minefield_box, smallint, oid, internal) RETURNS float8
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_box_gist_distance(internal, minefield_box, smallint, oid, internal) IS
	'GiST support: a lower bound of the distance in metres to a key.';

CREATE OPERATOR CLASS minefield_gist_ops DEFAULT FOR TYPE minefield USING gist AS
	STORAGE minefield_box,
	OPERATOR 3 && (minefield, minefield),
	OPERATOR 6 ~= (minefield, minefield),
	OPERATOR 7 @> (minefield, minefield),
	OPERATOR 8 <@ (minefield, minefield),
	OPERATOR 15 <-> (minefield, minefield) FOR ORDER BY pg_catalog.float_ops,
	OPERATOR 3 && (minefield, minefield_box),
	OPERATOR 6 ~= (minefield, minefield_box),
	OPERATOR 7 @> (minefield, minefield_box),
	OPERATOR 8 <@ (minefield, minefield_box),
	OPERATOR 15 <-> (minefield, minefield_box) FOR ORDER BY pg_catalog.float_ops,
	OPERATOR 3 && (minefield, geometry),
	OPERATOR 6 ~= (minefield, geometry),
	OPERATOR 7 @> (minefield, geometry),
	OPERATOR 8 <@ (minefield, geometry),
	OPERATOR 15 <-> (minefield, geometry) FOR ORDER BY pg_catalog.float_ops,
	FUNCTION 1 minefield_gist_consistent(internal, minefield, smallint, oid, internal),
	FUNCTION 2 minefield_gist_union(internal, internal),
	FUNCTION 3 minefield_gist_compress(internal),
	FUNCTION 5 minefield_gist_penalty(internal, internal, internal),
	FUNCTION 6 minefield_gist_picksplit(internal, internal),
	FUNCTION 7 minefield_gist_same(minefield_box, minefield_box, internal),
	FUNCTION 8 minefield_gist_distance(internal, minefield, smallint, oid, internal);
COMMENT ON OPERATOR CLASS minefield_gist_ops USING gist IS
	'Records by their boxes, for && ~= @> <@ and ORDER BY <->.';

CREATE OPERATOR CLASS minefield_box_gist_ops DEFAULT FOR TYPE minefield_box USING gist AS
	OPERATOR 3 && (minefield_box, minefield),
	OPERATOR 6 ~= (minefield_box, minefield),
	OPERATOR 7 @> (minefield_box, minefield),
	OPERATOR 8 <@ (minefield_box, minefield),
	OPERATOR 15 <-> (minefield_box, minefield) FOR ORDER BY pg_catalog.float_ops,
	OPERATOR 3 && (minefield_box, minefield_box),
	OPERATOR 6 ~= (minefield_box, minefield_box),
	OPERATOR 7 @> (minefield_box, minefield_box),
	OPERATOR 8 <@ (minefield_box, minefield_box),
	OPERATOR 15 <-> (minefield_box, minefield_box) FOR ORDER BY pg_catalog.float_ops,
	OPERATOR 3 && (minefield_box, geometry),
	OPERATOR 6 ~= (minefield_box, geometry),
	OPERATOR 7 @> (minefield_box, geometry),
	OPERATOR 8 <@ (minefield_box, geometry),
	OPERATOR 15 <-> (minefield_box, geometry) FOR ORDER BY pg_catalog.float_ops,
	FUNCTION 1 minefield_gist_consistent(internal, minefield_box, smallint, oid, internal),
	FUNCTION 2 minefield_gist_union(internal, internal),
	FUNCTION 5 minefield_gist_penalty(internal, internal, internal),
	FUNCTION 6 minefield_gist_picksplit(internal, internal),
	FUNCTION 7 minefield_gist_same(minefield_box, minefield_box, internal),
	FUNCTION 8 minefield_box_gist_distance(internal, minefield_box, smallint, oid, internal);
COMMENT ON OPERATOR CLASS minefield_box_gist_ops USING gist IS
	'Boxes, for && ~= @> <@ and ORDER BY <->, index-only scans included.';
-- exact predicates that use an index by themselves

CREATE FUNCTION minefield_predicate_support(internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION minefield_predicate_support(internal) IS
	'Tells the planner which box condition mf_intersects and mf_dwithin imply.';

CREATE FUNCTION mf_intersects(a minefield, b minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'mf_intersects_mm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250
	SUPPORT minefield_predicate_support;
COMMENT ON FUNCTION mf_intersects(minefield, minefield) IS
	'Whether both have a point in common, boundaries included, exactly as recorded; uses an index on either. False, not unknown, when either has no place: add OR NOT mf_is_located(record) where unlocated records must stay.';

CREATE FUNCTION mf_intersects(a minefield, b geometry) RETURNS boolean
	AS 'MODULE_PATHNAME', 'mf_intersects_mg'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250
	SUPPORT minefield_predicate_support;
COMMENT ON FUNCTION mf_intersects(minefield, geometry) IS
	'Whether both have a point in common, boundaries included, exactly as recorded; uses an index on either. False, not unknown, when either has no place: add OR NOT mf_is_located(record) where unlocated records must stay.';

CREATE FUNCTION mf_intersects(a geometry, b minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'mf_intersects_gm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250
	SUPPORT minefield_predicate_support;
COMMENT ON FUNCTION mf_intersects(geometry, minefield) IS
	'Whether both have a point in common, boundaries included, exactly as recorded; uses an index on either. False, not unknown, when either has no place: add OR NOT mf_is_located(record) where unlocated records must stay.';

CREATE FUNCTION mf_dwithin(a minefield, b minefield, distance_m float8) RETURNS boolean
	AS 'MODULE_PATHNAME', 'mf_dwithin_mm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250
	SUPPORT minefield_predicate_support;
COMMENT ON FUNCTION mf_dwithin(minefield, minefield, float8) IS
	'Whether the geodesic distance between both is at most distance_m metres; uses an index on either. False when either has no place; a negative distance or NaN is an error.';

CREATE FUNCTION mf_dwithin(a minefield, b geometry, distance_m float8) RETURNS boolean
	AS 'MODULE_PATHNAME', 'mf_dwithin_mg'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250
	SUPPORT minefield_predicate_support;
COMMENT ON FUNCTION mf_dwithin(minefield, geometry, float8) IS
	'Whether the geodesic distance between both is at most distance_m metres; uses an index on either. False when either has no place; a negative distance or NaN is an error.';

CREATE FUNCTION mf_dwithin(a geometry, b minefield, distance_m float8) RETURNS boolean
	AS 'MODULE_PATHNAME', 'mf_dwithin_gm'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250
	SUPPORT minefield_predicate_support;
COMMENT ON FUNCTION mf_dwithin(geometry, minefield, float8) IS
	'Whether the geodesic distance between both is at most distance_m metres; uses an index on either. False when either has no place; a negative distance or NaN is an error.';
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

-- loading documents

CREATE TYPE mf_load_row AS (
	line bigint,
	record minefield,
	sqlstate text,
	message text,
	path text,
	hint text,
	input text
);
COMMENT ON TYPE mf_load_row IS
	'One Feature of a loaded document: the line it begins on, and either its record, or what is wrong: SQLSTATE, message, JSON path, hint and the text itself.';

CREATE FUNCTION mf_load(document text) RETURNS SETOF mf_load_row
	AS 'MODULE_PATHNAME', 'mf_load'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 1000;
COMMENT ON FUNCTION mf_load(text) IS
	'Reads a FeatureCollection, a Feature or lines of Features (GeoJSONSeq), one row for each Feature; what cannot be read becomes a row with the error and the text, and the others are not lost. Heights are dropped and noted in the member z_dropped. A blank document gives no rows.';

-- the ground that a record counts as recorded, and its area

CREATE FUNCTION mf_footprint(record minefield, margin_m float8 DEFAULT 0) RETURNS geometry
	AS 'MODULE_PATHNAME', 'mf_footprint'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_footprint(minefield, float8) IS
	'The ground that the record counts as recorded, as a MultiPolygon in WGS 84: polygons as recorded (a valid copy of invalid ones), lines with a recorded field_depth_m, then everything within margin_m metres of that. NULL where nothing has an area; the accuracy of the record never enlarges it.';

CREATE FUNCTION mf_footprint(extent geometry, width_m float8 DEFAULT NULL, margin_m float8 DEFAULT 0) RETURNS geometry
	AS 'MODULE_PATHNAME', 'mf_footprint_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_footprint(geometry, float8, float8) IS
	'The same of a plain geometry in WGS 84: width_m is the width of lines in metres (NULL: not recorded), margin_m the margin in metres. NULL where nothing has an area.';

CREATE FUNCTION mf_area(record minefield) RETURNS float8
	AS 'MODULE_PATHNAME', 'mf_area'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_area(minefield) IS
	'The area of the recorded ground (the footprint without margin) in square metres on the WGS 84 ellipsoid; an invalid extent counts through a valid copy. NULL where the record gives no area: unknown, not zero.';

CREATE FUNCTION mf_area(extent geometry) RETURNS float8
	AS 'MODULE_PATHNAME', 'mf_area_extent'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_area(geometry) IS
	'The area of a polygon or multipolygon with straight edges in longitude and latitude, in square metres on the WGS 84 ellipsoid; 0 when empty. NULL for points and lines, which have no area.';

CREATE FUNCTION mf_is_valid(record minefield) RETURNS boolean
	AS 'MODULE_PATHNAME', 'mf_is_valid'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_is_valid(minefield) IS
	'Whether the extent is valid as OGC Simple Features defines it: no ring crosses itself or another. NULL for an unlocated record.';
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
	'How two records lie to each other: class is duplicate, contains, within, partial, sliver, adjacent, near or none, by geometry only (NULL: one is unlocated); contradicts says whether the documents disagree although the ground coincides (NULL: nothing to compare); area_m2 is the common area, share_a and share_b its share of each, iou its share of both together (NULL where one has no area); distance_m is geodesic. certainty, shift_m and shift_azimuth_deg are NULL: not computed.';

CREATE FUNCTION mf_overlap_options(margin_m float8 DEFAULT 0, sliver_m2 float8 DEFAULT 1, near_m float8 DEFAULT 0) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'mf_overlap_options'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_overlap_options(float8, float8, float8) IS
	'Options of mf_overlaps: margin_m enlarges every footprint by so many metres (0 to 100000), sliver_m2 is the area in square metres below which a difference or a common area does not count, near_m the distance in metres up to which records that do not touch are near. NULL is the default.';

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
	'All pairs of records that touch, sorted by key_a and key_b, with key_a before key_b in the order of their bytes. NULL and unlocated records are in no pair; without pairs the array is empty, without rows the result is NULL.';

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
	'All pairs of records that touch, sorted by key_a and key_b, with key_a before key_b in the order of their bytes. NULL and unlocated records are in no pair; without pairs the array is empty, without rows the result is NULL.';

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
	'All pairs of an array of records that touch or are near, or only those with different group keys. Keys and group keys have one element for each of the records or are NULL; the thresholds are those of mf_overlap_options.';

CREATE FUNCTION mf_overlaps(keys text[], extents geometry[], group_keys text[] DEFAULT NULL, margin_m float8 DEFAULT 0, sliver_m2 float8 DEFAULT 1, near_m float8 DEFAULT 0) RETURNS mf_overlap_result[]
	AS 'MODULE_PATHNAME', 'mf_overlaps_extent'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_overlaps(text[], geometry[], text[], float8, float8, float8) IS
	'All pairs of an array of extents that touch or are near, or only those with different group keys. Keys and group keys have one element for each of the extents or are NULL; the thresholds are those of mf_overlap_options.';

CREATE FUNCTION mf_overlap(a minefield, b minefield, margin_m float8 DEFAULT 0, sliver_m2 float8 DEFAULT 1, near_m float8 DEFAULT 0) RETURNS mf_overlap_result
	AS 'MODULE_PATHNAME', 'mf_overlap'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_overlap(minefield, minefield, float8, float8, float8) IS
	'How a lies to b, two records; the keys are their ids. The class is none where they do not touch and are not within near_m metres, and NULL where one is unlocated; the thresholds are those of mf_overlap_options. NULL where an argument is.';

CREATE FUNCTION mf_overlap(a geometry, b geometry, margin_m float8 DEFAULT 0, sliver_m2 float8 DEFAULT 1, near_m float8 DEFAULT 0) RETURNS mf_overlap_result
	AS 'MODULE_PATHNAME', 'mf_overlap_extent'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_overlap(geometry, geometry, float8, float8, float8) IS
	'How a lies to b, two extents; the keys and contradicts are NULL. The class is none where they do not touch and are not within near_m metres, and NULL where one is unlocated; the thresholds are those of mf_overlap_options. NULL where an argument is.';
-- about

CREATE FUNCTION mf_full_version() RETURNS text
	AS 'MODULE_PATHNAME', 'mf_full_version'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_full_version() IS
	'The release of minefield, and the PostgreSQL, PostGIS, GEOS and PROJ it was compiled against and runs with; a warning stands where they differ.';

-- Looks once whether PostGIS stores what this release reads, and warns here
-- rather than in the first query when it does not.
SELECT mf_full_version();
