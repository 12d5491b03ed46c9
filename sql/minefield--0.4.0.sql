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

CREATE FUNCTION mf_load(document text, verbatim boolean) RETURNS SETOF mf_load_row
	AS 'MODULE_PATHNAME', 'mf_load_verbatim'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 1000;
COMMENT ON FUNCTION mf_load(text, boolean) IS
	'The same; with verbatim, input holds the text of good Features too, as it stands in the document.';
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
-- places and directions as paper writes them

CREATE TYPE mf_direction AS (
	azimuth_deg float8,
	unit text,
	step_deg float8,
	true_deg float8,
	grid_deg float8,
	reason text,
	detail text
);
COMMENT ON TYPE mf_direction IS
	'An azimuth as written, in degrees clockwise from its own north, its unit and what one in its last place is worth in degrees, the same from true and from grid north, and why one of these is unknown, with what was met. All but the reason and its detail are NULL for what is no azimuth.';

CREATE FUNCTION mf_azimuth(azimuth text, unit text DEFAULT NULL, north text DEFAULT NULL, declination_deg float8 DEFAULT NULL,
		correction_deg float8 DEFAULT NULL, convergence_deg float8 DEFAULT NULL) RETURNS mf_direction
	AS 'MODULE_PATHNAME', 'mf_azimuth'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_azimuth(text, text, text, float8, float8, float8) IS
	'An azimuth as written: dash notation (15-00), a number with its sign of unit or in the unit degree, mil6000, mil6400 or gon, or a quadrant; taken from magnetic, true or grid north. declination_deg, correction_deg (grid = magnetic + correction, as maps print it) and convergence_deg (true = grid + convergence) are degrees, east positive. Nothing has a default: NULL is unknown, and the result says in reason what it lacks. NULL for a NULL azimuth.';

CREATE TYPE mf_grid_position AS (
	northing float8,
	easting float8,
	convergence_deg float8,
	scale float8,
	accuracy_m float8,
	in_area boolean
);
COMMENT ON TYPE mf_grid_position IS
	'A place in a reference system: northing and easting in its unit (latitude and longitude in degrees of a geographic one), the meridian convergence in degrees (true azimuth = grid azimuth + convergence) and scale factor there (NULL of a geographic one), the accuracy of the operation in metres (0: none was needed; NULL: unknown), and whether system and operation are meant for that place.';

CREATE FUNCTION mf_from_grid(northing float8, easting float8, crs text, operation text DEFAULT NULL) RETURNS geometry
	AS 'MODULE_PATHNAME', 'mf_from_grid'
	LANGUAGE C STABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_from_grid(float8, float8, text, text) IS
	'The point in WGS 84 of grid coordinates in a reference system such as EPSG:28409, northing first, in the unit of the system (latitude and longitude in degrees of a geographic one), by an operation such as EPSG:15865. An operation may be NULL only where the system is on WGS 84 itself. NULL when another argument is; an error where PROJ knows no such way or place.';

CREATE FUNCTION mf_to_grid(place geometry, crs text, operation text DEFAULT NULL) RETURNS mf_grid_position
	AS 'MODULE_PATHNAME', 'mf_to_grid'
	LANGUAGE C STABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_to_grid(geometry, text, text) IS
	'A point in WGS 84 in a reference system such as EPSG:28409, by an operation such as EPSG:15865, with convergence, scale and accuracy there. An operation may be NULL only where the system is on WGS 84 itself. NULL when place is NULL or empty, or crs is NULL; an error where PROJ knows no such way or place.';

CREATE TYPE mf_operation AS (
	operation text,
	name text,
	accuracy_m float8,
	area text,
	ballpark boolean,
	usable boolean,
	chosen boolean,
	distance_m float8
);
COMMENT ON TYPE mf_operation IS
	'A way from the datum of a reference system to WGS 84: code and name, accuracy in metres (NULL: unknown), where it is meant for, whether it ignores the datum, whether it has a code and its files are installed, whether a record that names none would be given it, and how many metres from the first usable one it puts the place.';

CREATE FUNCTION mf_operations(crs text, place geometry DEFAULT NULL, country text DEFAULT NULL) RETURNS SETOF mf_operation
	AS 'MODULE_PATHNAME', 'mf_operations'
	LANGUAGE C STABLE PARALLEL SAFE COST 5000 ROWS 10;
COMMENT ON FUNCTION mf_operations(text, geometry, text) IS
	'The operations from the datum of a reference system to WGS 84 whose area of use has the place (a point in WGS 84; NULL or empty: all, none of them chosen), the more accurate first. Without a country the only usable one is chosen, with one (in English, as areas are named) the most accurate whose area names it. No rows for a NULL crs, and for one on WGS 84 itself.';

CREATE FUNCTION mf_parse_mgrs(reference text) RETURNS geometry
	AS 'MODULE_PATHNAME', 'mf_parse_mgrs'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_parse_mgrs(text) IS
	'The point in WGS 84 in the middle of the square that a reference of the Military Grid Reference System names, UTM or UPS, with 0 to 11 digits an axis. An error that says what is wrong where it is none.';

CREATE FUNCTION mf_mgrs_square(reference text) RETURNS geometry
	AS 'MODULE_PATHNAME', 'mf_mgrs_square'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_mgrs_square(text) IS
	'The square that a reference of the Military Grid Reference System names, as a polygon in WGS 84; not cut where zones meet. An error where it is none.';

CREATE FUNCTION mf_as_mgrs(place geometry, digits int DEFAULT 5) RETURNS text
	AS 'MODULE_PATHNAME', 'mf_as_mgrs'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_as_mgrs(geometry, int) IS
	'The reference of the Military Grid Reference System of a point in WGS 84 with 0 (a square of 100 km) to 11 digits an axis (a micrometre), 5 for a metre; truncated, so that the square has the point. NULL for an empty one.';

CREATE FUNCTION mf_parse_angle(angle text, axis text DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'mf_parse_angle'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_parse_angle(text, text) IS
	'A latitude or longitude in degrees, minutes and seconds as decimal degrees, south and west negative. The text names the hemisphere, or axis says latitude or longitude. NULL for a NULL angle; an error where the text is none, or can be read two ways.';

CREATE FUNCTION mf_parse_lonlat(place text, crs text, operation text DEFAULT NULL) RETURNS geometry
	AS 'MODULE_PATHNAME', 'mf_parse_lonlat'
	LANGUAGE C STABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_parse_lonlat(text, text, text) IS
	'The point in WGS 84 of a latitude and a longitude in degrees, minutes and seconds, in either order, each with its hemisphere, on the datum of a geographic system such as EPSG:4284, by an operation such as EPSG:15865, which may be NULL only on WGS 84 (EPSG:4326). NULL when another argument is; an error where the text is none, or can be read two ways.';

CREATE FUNCTION mf_map_sheet(sheet text, operation text DEFAULT 'EPSG:15865') RETURNS geometry
	AS 'MODULE_PATHNAME', 'mf_map_sheet'
	LANGUAGE C STABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_map_sheet(text, text) IS
	'The frame of a Soviet map sheet from 1:1,000,000 (K-39) to 1:10,000 (K-39-101-Б-а-1), Cyrillic or Latin, double sheets included, as a polygon in WGS 84: the frame is on SK-42 and moved by the operation; NULL moves nothing, for a sheet printed on WGS 84. NULL for a NULL sheet; an error where no sheet has the name, or two have.';

CREATE TYPE mf_sheet_position AS (
	northing float8,
	easting float8,
	crs text,
	scale int
);
COMMENT ON TYPE mf_sheet_position IS
	'Complete grid coordinates on a map sheet, in metres, the easting with its zone, their reference system (NULL where EPSG has none: zones 33 to 60 and 1 to 3), and the denominator of the sheet''s scale.';

CREATE FUNCTION mf_complete_on_sheet(sheet text, northing float8, easting float8) RETURNS mf_sheet_position
	AS 'MODULE_PATHNAME', 'mf_complete_on_sheet'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_complete_on_sheet(text, float8, float8) IS
	'Grid coordinates in metres that leave out the hundreds of kilometres and more, completed so that the place lies on the Soviet map sheet; complete ones come back as they are. An error where no completion, or more than one, lies on the sheet.';
-- from what the paper says of a place to where it is

CREATE TYPE mf_error AS (
	name text,
	value float8,
	unit text,
	source text,
	applies text,
	citation text
);
COMMENT ON TYPE mf_error IS
	'One line of the table of errors: the name by which options set it, its value at 95 % and the unit (NULL: unknown, and off), the source of error it counts to, what it applies to, and where the figure comes from.';

CREATE FUNCTION mf_error_table() RETURNS SETOF mf_error
	AS 'MODULE_PATHNAME', 'mf_error_table'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 20;
COMMENT ON FUNCTION mf_error_table() IS
	'The errors of measurements that mf_locate and its like reckon with, as they stand in the code. All values hold for 95 %: of angles and lengths on a line, of places within a circle.';

CREATE FUNCTION mf_locate_options(
	assume_north text DEFAULT NULL,
	assume_declination_deg float8 DEFAULT NULL,
	assume_angle_unit text DEFAULT NULL,
	assume_distance_unit text DEFAULT NULL,
	assume_crs text DEFAULT NULL,
	assume_operation text DEFAULT NULL,
	country text DEFAULT NULL,
	operation text DEFAULT NULL,
	declination_deg float8 DEFAULT NULL,
	landmarks jsonb DEFAULT NULL,
	errors jsonb DEFAULT NULL,
	replace boolean DEFAULT NULL
) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'mf_locate_options'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_locate_options(text, float8, text, text, text, text, text, text, float8, jsonb, jsonb, boolean) IS
	'Options of mf_locate, mf_traverse, mf_error_budget and mf_mine_positions, checked. assume_… stand in for what the paper does not say, and widen the error; country narrows the choice of an operation; operation, declination_deg (degrees, east positive) and landmarks ({id: {lon, lat, accuracy95_m}}, WGS 84) replace what it says; errors ({name: value}) replaces lines of mf_error_table; replace lets mf_locate replace a geometry that was not derived. A NULL is not given.';

CREATE FUNCTION mf_locate(record minefield, options jsonb DEFAULT NULL) RETURNS minefield
	AS 'MODULE_PATHNAME', 'mf_locate'
	LANGUAGE C STABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_locate(minefield, jsonb) IS
	'The record with the geometry that follows from its location, and properties.derived, which says by what: operation, PROJ, assumptions, corrections, misclosure, 95 % accuracy in metres, and what could not be solved and why; then the geometry is null. A record whose geometry was not derived comes back as it is, unless options say replace. NULL of NULL.';

CREATE TYPE mf_traverse_point AS (
	id text,
	role text,
	fixed boolean,
	solved boolean,
	geometry geometry,
	ellipse_major_m float8,
	ellipse_minor_m float8,
	ellipse_azimuth_deg float8,
	accuracy95_m float8,
	contributions jsonb,
	residual_m float8,
	reason text,
	leg text[],
	detail text
);
COMMENT ON TYPE mf_traverse_point IS
	'One point of a location: its id and role, whether it has coordinates that could be used and whether it is solved, its place in WGS 84, half axes in metres and azimuth in degrees of the ellipse that holds it with 95 %, its 95 % accuracy in metres (the half major axis; NULL: not known), what each source of error alone would make of that, how far measurements that check it disagree (NULL: nothing checks it), and why it is not solved, with the leg that lacks something and what was met.';

CREATE FUNCTION mf_traverse(record minefield, options jsonb DEFAULT NULL) RETURNS SETOF mf_traverse_point
	AS 'MODULE_PATHNAME', 'mf_traverse'
	LANGUAGE C STABLE PARALLEL SAFE COST 5000 ROWS 8;
COMMENT ON FUNCTION mf_traverse(minefield, jsonb) IS
	'The points of a location, solved from coordinates and legs by least squares, by id. A point that is not solved has its reason. No rows of NULL, and where the location names no point.';

CREATE TYPE mf_traverse_leg AS (
	n integer,
	from_id text,
	to_id text,
	true_azimuth_deg float8,
	distance_m float8,
	along_m float8,
	across_m float8,
	standardised float8,
	outlier boolean,
	misclosure_m float8,
	one_in float8,
	reason text,
	detail text
);
COMMENT ON TYPE mf_traverse_leg IS
	'One leg of a location: its place in location.legs from 1, its ends, its true azimuth in degrees and its length on the ground in metres, by how many metres the adjusted leg is longer and turned clockwise, the larger of the two over its own standard deviation and whether that is beyond 3.29 (NULL: nothing checks the leg), the misclosure in metres of the loop it closes and the length of the loop over it, and what the leg lacks, with what was met. An azimuth taken back is a line of its own.';

CREATE FUNCTION mf_traverse_legs(record minefield, options jsonb DEFAULT NULL) RETURNS SETOF mf_traverse_leg
	AS 'MODULE_PATHNAME', 'mf_traverse_legs'
	LANGUAGE C STABLE PARALLEL SAFE COST 5000 ROWS 8;
COMMENT ON FUNCTION mf_traverse_legs(minefield, jsonb) IS
	'The legs of a location with their residuals after the adjustment, in the order of the paper. Legs from or to nowhere are left out. No rows of NULL, and where there is no leg.';

CREATE TYPE mf_error_share AS (
	point text,
	source text,
	accuracy95_m float8,
	share float8
);
COMMENT ON TYPE mf_error_share IS
	'One source of error of a point: the 95 % accuracy in metres that it alone would leave, and its share of the variance.';

CREATE FUNCTION mf_error_budget(record minefield, options jsonb DEFAULT NULL) RETURNS SETOF mf_error_share
	AS 'MODULE_PATHNAME', 'mf_error_budget'
	LANGUAGE C STABLE PARALLEL SAFE COST 5000 ROWS 4;
COMMENT ON FUNCTION mf_error_budget(minefield, jsonb) IS
	'What the 95 % accuracy of a record is made of, the largest source first, at the least certain point of its extent. No rows of NULL, where nothing can be drawn, and where the accuracy is not known.';

CREATE TYPE mf_row_line AS (
	kind text,
	id text,
	n integer,
	geometry geometry,
	length_m float8,
	accuracy95_m float8,
	reason text,
	detail text
);
COMMENT ON TYPE mf_row_line IS
	'A row, a strip of the irregular outer edge (ioe) or a lane: its id and place in its list from 1, its line in WGS 84, its length and the 95 % accuracy of its least certain point in metres (NULL: not known), and why there is no line, with the point that is not solved.';

CREATE FUNCTION mf_row_lines(record minefield, options jsonb DEFAULT NULL) RETURNS SETOF mf_row_line
	AS 'MODULE_PATHNAME', 'mf_row_lines'
	LANGUAGE C STABLE PARALLEL SAFE COST 5000 ROWS 4;
COMMENT ON FUNCTION mf_row_lines(minefield, jsonb) IS
	'The rows and lanes of a record as lines, from its solved location. No rows of NULL, and where the record has neither.';

CREATE TYPE mf_mine_position AS (
	row_id text,
	row_n integer,
	n integer,
	model text,
	mines float8,
	geometry geometry,
	accuracy95_m float8,
	reason text
);
COMMENT ON TYPE mf_mine_position IS
	'Where a mine, or a cluster of mines, would stand: its row by id and by place from 1, its place along the row from 1, the model, how many mines stand there (NULL: unknown), the place in WGS 84, the 95 % accuracy in metres (NULL: not known), and why there is no place.';

CREATE FUNCTION mf_mine_positions(record minefield, options jsonb DEFAULT NULL) RETURNS SETOF mf_mine_position
	AS 'MODULE_PATHNAME', 'mf_mine_positions'
	LANGUAGE C STABLE PARALLEL SAFE COST 5000 ROWS 50;
COMMENT ON FUNCTION mf_mine_positions(minefield, jsonb) IS
	'Predicted positions of the mines of each row, from offset, step and count along the solved row: a place to begin searching, never where a mine is known to be. Without an offset the mines stand in the middle of what is left over and the accuracy is the less by half of that; without step and count there is no place. No rows of NULL, and where no row has mines.';
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
-- sheets: records typed into a spreadsheet, as the paper has them
--
-- All cells are text.  "" is unknown, "?" or "нрзб" illegible, a dash not
-- applicable.  Spreadsheets like to make dates of what is none: 15-00, 17/3,
-- 10-15.  Such cells are refused with their place, never guessed back.

CREATE TYPE mf_sheet_column AS (
	sheet text,
	n integer,
	name text,
	kind text,
	place text[],
	meaning text
);
COMMENT ON TYPE mf_sheet_column IS
	'One column of the spreadsheet template: its sheet, number and heading, the kind of its cells, where its value goes in the record or entry, and what it means.';

CREATE FUNCTION mf_sheet_columns() RETURNS SETOF mf_sheet_column
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50 ROWS 80
	BEGIN ATOMIC
		SELECT c.sheet, (pg_catalog.row_number() OVER (PARTITION BY c.sheet ORDER BY c.n))::integer, c.name, c.kind,
			pg_catalog.string_to_array(c.place, '.'::text), c.meaning
		FROM (VALUES
			(1, 'records', 'key', 'name', NULL, 'What names the record in its book: B/17. The other sheets refer to it.'),
			(2, 'records', 'number', 'name', 'number', 'The number on the paper.'),
			(3, 'records', 'sheets', 'list', 'sheets', 'The sheets at hand: 1, 2.'),
			(4, 'records', 'sheets_of', 'number', 'sheets_of', 'How many sheets the record says it has.'),
			(5, 'records', 'copy', 'name', 'copy', 'Which copy this is.'),
			(6, 'records', 'source', 'text', 'source', 'form, copy, interview, redrawn from memory.'),
			(7, 'records', 'language', 'text', 'language', 'Language of the paper: ru.'),
			(8, 'records', 'unit', 'text', 'unit', 'The laying unit.'),
			(9, 'records', 'recorder', 'text', 'recorder', 'Who wrote the record.'),
			(10, 'records', 'laid', 'date', 'laid', 'When the mines were laid: 1993-08-15, 1993-08, 1993~, 1993-08/1993-09.'),
			(11, 'records', 'recorded', 'date', 'recorded', 'When the record was written.'),
			(12, 'records', 'category', 'text', 'category', 'AP, AV, mixed, dummy.'),
			(13, 'records', 'pattern', 'text', 'pattern', 'row, strip, scattered.'),
			(14, 'records', 'method', 'text', 'method', 'hand, surface, mechanical, remote.'),
			(15, 'records', 'front_m', 'number', 'front_m', 'Metres along the front.'),
			(16, 'records', 'field_depth_m', 'number', 'field_depth_m', 'Metres across the front.'),
			(17, 'records', 'row_count', 'number', 'row_count', 'How many rows.'),
			(18, 'records', 'row_gap_m', 'number', 'row_gap_m', 'Metres between rows.'),
			(19, 'records', 'accuracy95_m', 'number', 'accuracy95_m', 'Metres within which the place lies 19 times of 20, where that is known.'),
			(20, 'records', 'crs', 'text', 'location.crs', 'Coordinate system of the points: EPSG:28409.'),
			(21, 'records', 'operation', 'text', 'location.operation', 'How it leads to WGS 84: EPSG:15865.'),
			(22, 'records', 'map_sheet', 'text', 'location.map.sheet', 'Sheet of the map: K-39-101-Б.'),
			(23, 'records', 'map_scale', 'number', 'location.map.scale', 'Its scale: 50000.'),
			(24, 'records', 'north', 'text', 'location.north', 'magnetic, true or grid.'),
			(25, 'records', 'declination_deg', 'number', 'location.declination_deg', 'Magnetic declination in degrees, east positive.'),
			(26, 'records', 'declination_date', 'date', 'location.declination_date', 'Of when.'),
			(27, 'records', 'angle_unit', 'text', 'location.angle_unit', 'degree, mil6000, mil6400 or gon.'),
			(28, 'records', 'distance_unit', 'text', 'location.distance_unit', 'm, pace, pace_pair.'),
			(29, 'records', 'perimeter', 'list', 'location.perimeter', 'Its corners in order: A B C D.'),
			(30, 'records', 'place', 'text', 'location.description', 'What the paper says of the place in words.'),
			(31, 'records', 'wkt', 'wkt', NULL, 'The extent in WGS 84, where the office has it: POLYGON((50.1 41.2, ...)).'),
			(32, 'records', 'remarks', 'text', 'remarks', 'Whatever else the paper says.'),
			(1, 'points', 'record', 'name', NULL, 'Key of the record.'),
			(2, 'points', 'id', 'name', 'id', 'Name of the point: L1, A.'),
			(3, 'points', 'role', 'text', 'role', 'landmark, benchmark, marker, start, turning, end, corner.'),
			(4, 'points', 'northing', 'number', 'northing', 'Metres, as written (X of Gauss-Krüger).'),
			(5, 'points', 'easting', 'number', 'easting', 'Metres, as written with the zone (Y of Gauss-Krüger).'),
			(6, 'points', 'lon', 'number', 'lon', 'Degrees, in the coordinate system of the record.'),
			(7, 'points', 'lat', 'number', 'lat', 'Degrees, in the coordinate system of the record.'),
			(8, 'points', 'mgrs', 'text', 'mgrs', 'MGRS.'),
			(9, 'points', 'accuracy95_m', 'number', 'accuracy95_m', 'Metres.'),
			(10, 'points', 'description', 'text', 'description', 'What one would look for on the ground.'),
			(1, 'legs', 'record', 'name', NULL, 'Key of the record.'),
			(2, 'legs', 'from', 'name', 'from', 'Point measured from.'),
			(3, 'legs', 'to', 'name', 'to', 'Point measured to.'),
			(4, 'legs', 'azimuth', 'azimuth', 'azimuth', '15-00 or a number in angle_unit.'),
			(5, 'legs', 'distance', 'number', 'distance', 'In distance_unit.'),
			(6, 'legs', 'distance_unit', 'text', 'distance_unit', 'Where it differs from the record''s.'),
			(7, 'legs', 'angle_unit', 'text', 'angle_unit', 'Where it differs from the record''s.'),
			(8, 'legs', 'north', 'text', 'north', 'Where it differs from the record''s.'),
			(9, 'legs', 'description', 'text', 'description', 'Remarks.'),
			(1, 'rows', 'record', 'name', NULL, 'Key of the record.'),
			(2, 'rows', 'id', 'name', 'id', 'Number of the row.'),
			(3, 'rows', 'path', 'list', 'path', 'Its points in order: A B.'),
			(4, 'rows', 'step_m', 'number', 'step_m', 'Metres between mines.'),
			(5, 'rows', 'offset_m', 'number', 'offset_m', 'Metres from its start to the first mine.'),
			(6, 'rows', 'description', 'text', 'description', 'Remarks.'),
			(1, 'mines', 'record', 'name', NULL, 'Key of the record.'),
			(2, 'mines', 'row', 'name', NULL, 'Number of the row; empty: the whole field.'),
			(3, 'mines', 'model', 'name', 'model', 'As the paper names it: PMN-2.'),
			(4, 'mines', 'category', 'text', 'category', 'AP, AV.'),
			(5, 'mines', 'count', 'count', 'count', '80, 10-15, ~40, 1?2.'),
			(6, 'mines', 'anti_handling', 'count', 'anti_handling', 'How many have an anti-handling device.'),
			(7, 'mines', 'step_m', 'number', 'step_m', 'Metres between mines.'),
			(8, 'mines', 'burial_depth_m', 'number', 'burial_depth_m', 'Metres.'),
			(9, 'mines', 'fuze', 'text', 'fuze', 'Fuze.'),
			(10, 'mines', 'method', 'text', 'method', 'Where it differs by model.'),
			(11, 'mines', 'remarks', 'text', 'remarks', 'Remarks.'),
			(1, 'events', 'record', 'name', NULL, 'Key of the record.'),
			(2, 'events', 'kind', 'text', 'kind', 'lifted, exploded, added, inspected.'),
			(3, 'events', 'date', 'date', 'date', 'When.'),
			(4, 'events', 'model', 'name', 'model', 'Of what.'),
			(5, 'events', 'count', 'count', 'count', 'How many.'),
			(6, 'events', 'remarks', 'text', 'remarks', 'Remarks.')
		) AS c(n, sheet, name, kind, place, meaning);
	END;
COMMENT ON FUNCTION mf_sheet_columns() IS
	'The columns of the spreadsheet template, from which the template and its loader are made.';

CREATE TYPE mf_sheet_value AS (
	state text,
	value jsonb,
	message text,
	hint text
);
COMMENT ON TYPE mf_sheet_value IS
	'What a cell says: state is value, unknown, illegible, not applicable or refused, with the value, or what is wrong.';

CREATE FUNCTION mf_sheet_quantity(cell text) RETURNS jsonb
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	RETURN CASE
		WHEN cell ~ '^-?\d{1,30}([.,]\d{1,30})?$'::text THEN pg_catalog.to_jsonb(pg_catalog.replace(cell, ',', '.')::numeric)
		WHEN cell ~ '^\d{1,3}( \d{3}){1,9}([.,]\d{1,30})?$'::text
			THEN pg_catalog.to_jsonb(pg_catalog.replace(pg_catalog.replace(cell, ' ', ''), ',', '.')::numeric)
		WHEN cell ~ '^\d{1,30}([.,]\d{1,30})? ?[-–—…] ?\d{1,30}([.,]\d{1,30})?( .*)?$'::text
			AND (pg_catalog.regexp_match(pg_catalog.replace(cell, ',', '.'), '^([\d.]+)'::text))[1]::numeric
				<= (pg_catalog.regexp_match(pg_catalog.replace(cell, ',', '.'), '[-–—…] ?([\d.]*\d)'::text))[1]::numeric
			THEN pg_catalog.jsonb_build_object(
				'min', (pg_catalog.regexp_match(pg_catalog.replace(cell, ',', '.'), '^([\d.]+)'::text))[1]::numeric,
				'max', (pg_catalog.regexp_match(pg_catalog.replace(cell, ',', '.'), '[-–—…] ?([\d.]*\d)'::text))[1]::numeric,
				'as_written', cell)
		WHEN cell ~ '^(>|≥|>=|не менее|at least) ?\d{1,30}([.,]\d{1,30})?$'::text THEN pg_catalog.jsonb_build_object(
			'min', (pg_catalog.regexp_match(pg_catalog.replace(cell, ',', '.'), '([\d.]+)$'::text))[1]::numeric, 'as_written', cell)
		WHEN cell ~ '^(<|≤|<=|не более|до|at most|up to) ?\d{1,30}([.,]\d{1,30})?$'::text THEN pg_catalog.jsonb_build_object(
			'max', (pg_catalog.regexp_match(pg_catalog.replace(cell, ',', '.'), '([\d.]+)$'::text))[1]::numeric, 'as_written', cell)
		WHEN cell ~ '^\d{1,30}([.,]\d{1,30})? ?[[:alpha:]]+[.]?$'::text THEN pg_catalog.jsonb_build_object(
			'value', (pg_catalog.regexp_match(pg_catalog.replace(cell, ',', '.'), '^([\d.]*\d)'::text))[1]::numeric, 'as_written', cell)
		WHEN cell ~ '\d\?|\?\d'::text THEN pg_catalog.jsonb_build_object('as_written', cell, 'legible', false)
		ELSE pg_catalog.jsonb_build_object('as_written', cell) END;
COMMENT ON FUNCTION mf_sheet_quantity(text) IS
	'A number as people write it, as the number or quantity object of a record: 80, "4 563 102,9", "10-15" (min and max), ">40", "80 шт."; what says no exact figure, such as "~40" or "1?2", keeps its characters only. Never an error; NULL for NULL.';

CREATE FUNCTION mf_sheet_value(kind text, cell text) RETURNS mf_sheet_value
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	BEGIN ATOMIC
		SELECT CASE WHEN t.said = '' THEN 'unknown' WHEN t.said IN ('?', 'нрзб', 'нрзб.', 'illegible') THEN 'illegible'
				WHEN t.said IN ('—', '–', '-', '--', 'n/a', 'н/п') THEN 'not applicable' WHEN t.wrong IS NOT NULL THEN 'refused' ELSE 'value' END,
			CASE WHEN t.wrong IS NOT NULL OR t.said IN ('', '?', 'нрзб', 'нрзб.', 'illegible', '—', '–', '-', '--', 'n/a', 'н/п') THEN NULL
				WHEN kind IN ('number', 'count') THEN mf_sheet_quantity(t.said)
				WHEN kind = 'azimuth' AND t.said ~ '^-?\d+([.,]\d+)?$'::text THEN mf_sheet_quantity(t.said)
				WHEN kind = 'list' THEN pg_catalog.to_jsonb(pg_catalog.regexp_split_to_array(t.said, '\s*[,;]\s*|\s+'::text))
				ELSE pg_catalog.to_jsonb(t.said) END,
			CASE t.wrong WHEN 'date' THEN pg_catalog.concat(pg_catalog.to_json(t.said), ' is a date or time that the spreadsheet made of something else')
				WHEN 'serial' THEN pg_catalog.concat(pg_catalog.to_json(t.said), ' looks like a date that the spreadsheet turned into a number')
				WHEN 'comma' THEN pg_catalog.concat(pg_catalog.to_json(t.said), ' can be read as thousands or as a decimal fraction')
				WHEN 'wkt' THEN pg_catalog.concat(pg_catalog.to_json(pg_catalog.left(t.said, 40)), ' is not WKT') END,
			CASE t.wrong WHEN 'date' THEN 'Format the cell as text, look at the paper, and type again what stands there, such as 15-00, 17/3 or 10-15.'
				WHEN 'serial' THEN 'Look at the paper. If it is this number, write it with a space before its last three digits, such as 45 580.'
				WHEN 'comma' THEN 'Write 1234 or 1.234.'
				WHEN 'wkt' THEN 'Write POINT, LINESTRING, POLYGON or their MULTI forms with longitude and latitude, without Z: POLYGON((50.1 41.2, 50.2 41.2, 50.2 41.3, 50.1 41.2)).' END
		FROM (SELECT s.said, CASE
				WHEN kind IN ('name', 'list', 'number', 'count', 'azimuth') AND (s.said ~ '^\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ].*)?$'::text
					OR s.said ~ '^PT\d+H'::text OR s.said ~ '^\d{1,2}[./]\d{1,2}[./]\d{4}( .*)?$'::text
					OR (kind <> 'name' AND kind <> 'list' AND (s.said ~ '^\d{1,2}:\d{2}(:\d{2})?( [AP]M)?$'::text
						OR s.said ~* '^(\d{1,4}[- .])?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|май|мая|июн|июл|авг|сен|окт|ноя|дек)[[:alpha:]]*\.?([- .]\d{1,4})?$'::text)))
					THEN 'date'
				WHEN kind IN ('count', 'azimuth') AND s.said ~ '^\d{5}$'::text AND s.said::integer BETWEEN 36526 AND 73050 THEN 'serial'
				WHEN kind IN ('number', 'count', 'azimuth') AND s.said ~ '^\d{1,3},\d{3}$'::text THEN 'comma'
				WHEN kind = 'wkt' AND s.said !~* '^\s*(multi)?(point|linestring|polygon)\s*\([-+0-9.eE,()\s]*\)\s*$'::text AND s.said NOT IN ('', '?', '—', '–', '-')
					THEN 'wkt' END AS wrong
			FROM (SELECT pg_catalog.btrim(pg_catalog.regexp_replace(coalesce(cell, ''), '[\s\u00a0]+'::text, ' ', 'g')) AS said) AS s) AS t;
	END;
COMMENT ON FUNCTION mf_sheet_value(text, text) IS
	'What a cell of a spreadsheet says, by the kind of its column (name, text, list, number, count, azimuth, date, wkt): "" and NULL are unknown, "?" and "нрзб" illegible, a dash not applicable; dates and times in columns that have none are refused with a hint.';
-- records out of the sheets of the spreadsheet template

CREATE TYPE mf_sheet_entry AS (
	sheet text,
	n integer,
	row integer,
	key text,
	link text,
	cells jsonb,
	entry jsonb,
	placed jsonb,
	illegible text[],
	not_applicable text[],
	message text,
	path text,
	hint text
);
COMMENT ON TYPE mf_sheet_entry IS
	'One row of a sheet: the key of its record, its cells, the entry they make (and, for the sheet records, what goes to places inside), and the first cell that is refused.';

CREATE FUNCTION mf_sheet_entries(tables jsonb) RETURNS SETOF mf_sheet_entry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 1000
	BEGIN ATOMIC
		WITH given AS MATERIALIZED (
			SELECT s.key AS sheet, r.ordinality::integer AS n,
				CASE WHEN r.value ->> '_row'::text ~ '^\d{1,7}$'::text THEN (r.value ->> '_row'::text)::integer ELSE r.ordinality::integer + 1 END AS row,
				r.value AS cells
			FROM pg_catalog.jsonb_each(tables) AS s
			CROSS JOIN LATERAL pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(s.value) = 'array'
				THEN s.value ELSE '[]'::jsonb END) WITH ORDINALITY AS r
			WHERE s.key IN ('records', 'points', 'legs', 'rows', 'mines', 'events') AND pg_catalog.jsonb_typeof(r.value) = 'object'
		), columns AS MATERIALIZED (
			SELECT * FROM mf_sheet_columns()
		), said AS (
			SELECT g.sheet, g.n, c.key AS name, c.place, c.letter, v.*,
				EXISTS (SELECT FROM columns AS h WHERE h.sheet = g.sheet AND h.name = pg_catalog.btrim(c.value)) AS is_heading
			FROM given AS g
			CROSS JOIN LATERAL (
				SELECT e.key, coalesce(d.kind, 'text') AS kind, coalesce(d.place, ARRAY[e.key]) AS place,
					e.value,
					CASE WHEN d.n > 26 THEN pg_catalog.chr(64 + (d.n - 1) / 26) ELSE '' END || pg_catalog.chr(65 + (d.n - 1) % 26) AS letter
				FROM pg_catalog.jsonb_each_text(g.cells) AS e
				LEFT JOIN columns AS d ON d.sheet = g.sheet AND d.name = e.key
				WHERE pg_catalog.left(e.key, 1) <> '_') AS c
			CROSS JOIN LATERAL mf_sheet_value(c.kind, c.value) AS v
			WHERE v.state <> 'unknown'
		)
		SELECT g.sheet, g.n, g.row,
			nullif(pg_catalog.btrim(coalesce(g.cells ->> CASE WHEN g.sheet = 'records' THEN 'key' ELSE 'record' END, '')), ''),
			CASE WHEN g.sheet = 'mines' THEN nullif(pg_catalog.btrim(coalesce(g.cells ->> 'row'::text, '')), '') END, g.cells,
			coalesce(pg_catalog.jsonb_object_agg(s.name, s.value) FILTER (WHERE s.state = 'value' AND pg_catalog.cardinality(s.place) = 1
				AND s.name <> ALL (ARRAY[CASE WHEN g.sheet = 'records' THEN 'key' ELSE 'record' END, CASE WHEN g.sheet = 'mines' THEN 'row' ELSE 'key' END, 'wkt'])), '{}'::jsonb),
			pg_catalog.jsonb_object_agg(pg_catalog.array_to_string(s.place, '.'::text), s.value)
				FILTER (WHERE s.state = 'value' AND pg_catalog.cardinality(s.place) > 1),
			pg_catalog.array_agg('/' || pg_catalog.array_to_string(s.place, '/'::text) ORDER BY s.name) FILTER (WHERE s.state = 'illegible'),
			pg_catalog.array_agg('/' || pg_catalog.array_to_string(s.place, '/'::text) ORDER BY s.name) FILTER (WHERE s.state = 'not applicable'),
			pg_catalog.min(CASE WHEN s.state = 'refused' THEN pg_catalog.format('sheet %s, cell %s%s (%s): %s', g.sheet, s.letter, g.row, s.name, s.message) END),
			pg_catalog.min(CASE WHEN s.state = 'refused' THEN pg_catalog.concat(g.sheet, '!', s.letter, g.row) END),
			pg_catalog.min(CASE WHEN s.state = 'refused' THEN s.hint END)
		FROM given AS g JOIN said AS s ON s.sheet = g.sheet AND s.n = g.n
		GROUP BY g.sheet, g.n, g.row, g.cells
		-- GDAL takes the headings of a sheet with nothing below them for a row
		HAVING NOT pg_catalog.bool_and(s.is_heading)
		ORDER BY g.sheet, g.n;
	END;
COMMENT ON FUNCTION mf_sheet_entries(jsonb) IS
	'The rows of the sheets of the template, given as {"records": [{"key": "B/17", ...}, ...], "points": [...], ...} with all cells as text; a member _row is the number of the row in the sheet, else they are counted from 2. Rows without anything in them, or with headings only, are left out.';

CREATE FUNCTION mf_sheet_geometry(cell text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	BEGIN ATOMIC
		SELECT pg_catalog.format('{"type":"%s","coordinates":%s}', k.name,
			CASE k.name WHEN 'Point' THEN pg_catalog.regexp_replace(k.list, '^\[(.*)\]$'::text, '\1')
				WHEN 'MultiPoint' THEN pg_catalog.regexp_replace(k.list, '\[(\[[^][]*\])\]'::text, '\1', 'g') ELSE k.list END)
		FROM (SELECT CASE pg_catalog.lower(m.part[1]) WHEN 'point' THEN 'Point' WHEN 'multipoint' THEN 'MultiPoint'
					WHEN 'linestring' THEN 'LineString' WHEN 'multilinestring' THEN 'MultiLineString' WHEN 'polygon' THEN 'Polygon'
					ELSE 'MultiPolygon' END AS name,
				pg_catalog.translate(pg_catalog.regexp_replace(m.part[2], '([-+0-9.eE]+)\s+([-+0-9.eE]+)'::text, '[\1,\2]', 'g'), '()', '[]') AS list
			FROM (SELECT pg_catalog.regexp_match(cell, '^\s*([a-zA-Z]+)\s*(\(.*\))\s*$'::text) AS part) AS m WHERE m.part IS NOT NULL) AS k;
	END;
COMMENT ON FUNCTION mf_sheet_geometry(text) IS
	'WKT as the text of a GeoJSON geometry, number by number as written; what is no geometry is found when the record is read. NULL for NULL and for what is not WKT.';

CREATE FUNCTION mf_records_from_tables(tables jsonb) RETURNS SETOF mf_load_row
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 100
	BEGIN ATOMIC
		WITH entries AS MATERIALIZED (
			SELECT e.*, (pg_catalog.row_number() OVER (PARTITION BY e.sheet, e.key, e.link ORDER BY e.n) - 1)::integer AS at,
				pg_catalog.count(*) OVER (PARTITION BY e.sheet, e.key) AS same_key
			FROM mf_sheet_entries(tables) AS e
		), field_rows AS (
			SELECT r.key, r.entry ->> 'id'::text AS id, r.at FROM entries AS r WHERE r.sheet = 'rows'
		), row_mines AS (
			SELECT m.key, m.link, pg_catalog.jsonb_build_object('mines', pg_catalog.jsonb_agg(m.entry ORDER BY m.n)) AS list
			FROM entries AS m WHERE m.sheet = 'mines' AND m.link IS NOT NULL GROUP BY m.key, m.link
		), parts AS MATERIALIZED (
			-- each row of a further sheet, where it goes, and where its cells are in the record
			SELECT e.key, e.n, e.sheet, e.at, e.illegible, e.not_applicable, e.link, f.at AS of_row, e.row,
				e.cells || pg_catalog.jsonb_build_object('_row', e.row) AS cells, e.entry || coalesce(m.list, '{}'::jsonb) AS entry,
				CASE e.sheet WHEN 'mines' THEN CASE WHEN e.link IS NULL THEN '/properties/mines/' ELSE pg_catalog.concat('/properties/location/rows/', f.at, '/mines/') END
					WHEN 'events' THEN '/properties/events/' ELSE pg_catalog.concat('/properties/location/', e.sheet, '/') END || e.at::text AS base
			FROM entries AS e
			LEFT JOIN field_rows AS f ON e.sheet = 'mines' AND f.key = e.key AND f.id = e.link
			LEFT JOIN row_mines AS m ON e.sheet = 'rows' AND m.key = e.key AND m.link = e.entry ->> 'id'::text
			WHERE e.sheet <> 'records'
		), lists AS (
			SELECT p.key, pg_catalog.jsonb_object_agg(p.sheet, p.list) FILTER (WHERE p.outside) AS outside,
				pg_catalog.jsonb_object_agg(p.sheet, p.list) FILTER (WHERE NOT p.outside) AS inside
			FROM (SELECT q.key, q.sheet, q.sheet IN ('events', 'mines') AS outside, pg_catalog.jsonb_agg(q.entry ORDER BY q.n) AS list
				FROM parts AS q WHERE q.link IS NULL GROUP BY q.key, q.sheet) AS p GROUP BY p.key
		), inputs AS (
			SELECT p.key, pg_catalog.jsonb_object_agg(p.sheet, p.cells) AS sheets
			FROM (SELECT q.key, q.sheet, pg_catalog.jsonb_agg(q.cells ORDER BY q.n) AS cells FROM parts AS q GROUP BY q.key, q.sheet) AS p
			GROUP BY p.key
		), pointers AS (
			SELECT z.key, pg_catalog.jsonb_agg(z.pointer ORDER BY z.pointer) FILTER (WHERE z.illegible) AS illegible,
				pg_catalog.jsonb_agg(z.pointer ORDER BY z.pointer) FILTER (WHERE NOT z.illegible) AS not_applicable
			FROM (SELECT x.key, x.base || u AS pointer, true AS illegible FROM (
					SELECT p.key, p.base, p.illegible FROM parts AS p
					UNION ALL SELECT e.key, '/properties', e.illegible FROM entries AS e WHERE e.sheet = 'records') AS x
				CROSS JOIN LATERAL pg_catalog.unnest(x.illegible) AS u
				UNION ALL
				SELECT x.key, x.base || u, false FROM (
					SELECT p.key, p.base, p.not_applicable FROM parts AS p
					UNION ALL SELECT e.key, '/properties', e.not_applicable FROM entries AS e WHERE e.sheet = 'records') AS x
				CROSS JOIN LATERAL pg_catalog.unnest(x.not_applicable) AS u) AS z
			WHERE z.pointer <> '/properties/wkt' GROUP BY z.key
		), faults AS (
			SELECT e.key, e.sheet, e.n, e.message, e.path, e.hint FROM entries AS e WHERE e.message IS NOT NULL
			UNION ALL
			SELECT e.key, e.sheet, e.n, pg_catalog.format('sheet records, row %s: key %s stands in another row too', e.row, pg_catalog.to_json(e.key)),
				pg_catalog.concat('records!A', e.row), 'Give each record a key of its own; the other sheets name it.'
			FROM entries AS e WHERE e.sheet = 'records' AND e.same_key > 1
			UNION ALL
			SELECT p.key, p.sheet, p.n, pg_catalog.format('sheet mines names row %s, which sheet rows does not have for this record', pg_catalog.to_json(p.link)),
				'mines', 'Correct the number of the row, or leave it empty where the paper says only how many there are in the field.'
			FROM parts AS p WHERE p.sheet = 'mines' AND p.link IS NOT NULL AND p.of_row IS NULL
		), broken AS (
			SELECT x.key, (pg_catalog.array_agg(x.message ORDER BY x.sheet, x.n))[1] AS message, (pg_catalog.array_agg(x.path ORDER BY x.sheet, x.n))[1] AS path,
				(pg_catalog.array_agg(x.hint ORDER BY x.sheet, x.n))[1] AS hint, pg_catalog.count(*) AS faults
			FROM faults AS x GROUP BY x.key
		), records AS (
			SELECT e.row, e.key, e.cells, pg_catalog.concat('{"minefield_sheets":', (coalesce(i.sheets, '{}'::jsonb) || pg_catalog.jsonb_build_object('records',
					pg_catalog.jsonb_build_array(e.cells || pg_catalog.jsonb_build_object('_row', e.row))))::text, '}') AS input,
				e.entry || coalesce(l.outside, '{}'::jsonb)
				|| CASE WHEN e.placed IS NULL AND l.inside IS NULL THEN '{}'::jsonb
					ELSE pg_catalog.jsonb_build_object('location', coalesce(h.members, '{}'::jsonb) || coalesce(l.inside, '{}'::jsonb)) END
				|| CASE WHEN p.illegible IS NULL THEN '{}'::jsonb ELSE pg_catalog.jsonb_build_object('illegible', p.illegible) END
				|| CASE WHEN p.not_applicable IS NULL THEN '{}'::jsonb ELSE pg_catalog.jsonb_build_object('not_applicable', p.not_applicable) END AS properties
			FROM entries AS e
			LEFT JOIN lists AS l ON l.key = e.key
			LEFT JOIN inputs AS i ON i.key = e.key
			LEFT JOIN pointers AS p ON p.key = e.key
			LEFT JOIN LATERAL (SELECT pg_catalog.jsonb_object_agg(y.name, y.value) AS members FROM (
				SELECT pg_catalog.split_part(o.key, '.', 2) AS name, o.value FROM pg_catalog.jsonb_each(e.placed) AS o WHERE o.key !~ '\..*\.'::text
				UNION ALL
				SELECT 'map', pg_catalog.jsonb_object_agg(pg_catalog.split_part(o.key, '.', 3), o.value)
				FROM pg_catalog.jsonb_each(e.placed) AS o WHERE o.key ~ '\..*\.'::text HAVING pg_catalog.count(*) > 0) AS y) AS h ON true
			WHERE e.sheet = 'records'
		)
		SELECT r.row::bigint, l.record,
			CASE WHEN r.key IS NULL THEN '22004' WHEN f.message IS NOT NULL THEN '22007' ELSE l.sqlstate END,
			CASE WHEN r.key IS NULL THEN pg_catalog.format('sheet records, row %s has no key', r.row)
				WHEN f.faults > 1 THEN pg_catalog.format('%s (and %s more in this record)', f.message, f.faults - 1)
				WHEN f.message IS NOT NULL THEN f.message
				WHEN l.sqlstate IS NOT NULL THEN pg_catalog.format('sheet records, row %s: %s', r.row, l.message) END,
			CASE WHEN r.key IS NULL THEN pg_catalog.concat('records!A', r.row) WHEN f.message IS NOT NULL THEN f.path ELSE l.path END,
			CASE WHEN r.key IS NULL THEN 'Give the record a key: its number in its book.' WHEN f.message IS NOT NULL THEN f.hint ELSE l.hint END,
			r.input
		FROM records AS r
		LEFT JOIN broken AS f ON f.key = r.key
		LEFT JOIN LATERAL mf_load(CASE WHEN r.key IS NOT NULL AND f.message IS NULL THEN
			pg_catalog.format('{"type":"Feature","id":%s,"geometry":%s,"properties":%s}', pg_catalog.to_json(r.key),
				coalesce(mf_sheet_geometry(CASE WHEN (mf_sheet_value('wkt', r.cells ->> 'wkt'::text)).state = 'value' THEN r.cells ->> 'wkt'::text END), 'null'),
				r.properties) END) AS l ON true
		UNION ALL
		SELECT o.row::bigint, NULL::minefield, '23503', CASE WHEN o.key IS NULL THEN pg_catalog.format('sheet %s, row %s names no record', o.sheet, o.row)
				ELSE pg_catalog.format('sheet %s, row %s names record %s, which sheet records does not have', o.sheet, o.row, pg_catalog.to_json(o.key)) END,
			pg_catalog.concat(o.sheet, '!A', o.row), 'Column record repeats the key of the record in sheet records.',
			pg_catalog.concat('{"minefield_sheets":', pg_catalog.jsonb_build_object(o.sheet,
				pg_catalog.jsonb_build_array(o.cells || pg_catalog.jsonb_build_object('_row', o.row)))::text, '}')
		FROM entries AS o
		WHERE o.sheet <> 'records' AND (o.key IS NULL OR NOT EXISTS (SELECT FROM entries AS e WHERE e.sheet = 'records' AND e.key = o.key))
		ORDER BY 1;
	END;
COMMENT ON FUNCTION mf_records_from_tables(jsonb) IS
	'The records typed into the sheets of the spreadsheet template, given as mf_sheet_entries takes them; line is the row in sheet records. A cell that the spreadsheet has changed, a key that stands twice or is missing, and a row of another sheet that names no record become rows with an error that names sheet, cell and what to do; input is the record''s cells as JSON, for mending and for mf_retry. No records, no rows.';

CREATE FUNCTION mf_sheets(staging name, file_name text DEFAULT NULL, sha256 text DEFAULT NULL) RETURNS text
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	sheet text;
	list jsonb;
	sheets jsonb := '{}';
	numbered text;
BEGIN
	FOREACH sheet IN ARRAY ARRAY['records', 'points', 'legs', 'rows', 'mines', 'events'] LOOP
		CONTINUE WHEN pg_catalog.to_regclass(pg_catalog.format('%I.%I', staging, sheet)) IS NULL;
		SELECT attname INTO numbered FROM pg_attribute
			WHERE attrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', staging, sheet))::oid AND attname IN ('_row', 'ogc_fid', 'fid') AND attnum > 0 AND NOT attisdropped
			ORDER BY attname LIMIT 1;
		EXECUTE pg_catalog.format('SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_strip_nulls(pg_catalog.to_jsonb(t) - ARRAY[''ogc_fid'', ''fid'', ''wkb_geometry'', ''geom''])
				|| CASE WHEN %2$L IS NULL THEN ''{}''::jsonb ELSE pg_catalog.jsonb_build_object(''_row'', pg_catalog.to_jsonb(t) -> %2$L::text) END ORDER BY %3$s)
			FROM %1$s t', pg_catalog.format('%I.%I', staging, sheet), numbered, CASE WHEN numbered IS NULL THEN 't.ctid' ELSE pg_catalog.format('t.%I', numbered) END) INTO list;
		sheets := sheets || pg_catalog.jsonb_build_object(sheet, coalesce(list, '[]'));
	END LOOP;
	IF NOT sheets ? 'records'::text THEN
		RAISE EXCEPTION 'schema "%" has no table records', staging
			USING ERRCODE = '42P01', HINT = 'Load the sheets of the template into it with ogr2ogr.';
	END IF;
	IF file_name IS NOT NULL OR sha256 IS NOT NULL THEN
		sheets := sheets || pg_catalog.jsonb_build_object('file', pg_catalog.jsonb_build_object('name', file_name, 'sha256', sha256));
	END IF;
	RETURN '{"minefield_sheets":' || sheets::text || '}';
END
$$;
COMMENT ON FUNCTION mf_sheets(name, text, text) IS
	'The tables records, points, legs, rows, mines and events of a schema, as ogr2ogr loads them from the spreadsheet template, as one document for mf_intake; ogc_fid, fid or _row is the number of the row in the sheet. file_name and sha256 of the spreadsheet are noted in it. An error where there is no table records (42P01).';
-- other people's tables: what GDAL loads, with columns named by a mapping

CREATE FUNCTION mf_odk_wkt(answer text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	BEGIN ATOMIC
		SELECT CASE WHEN p.points IS NULL THEN NULL WHEN p.odd THEN answer
			WHEN pg_catalog.cardinality(p.points) = 1 THEN pg_catalog.concat('POINT(', p.points[1], ')')
			WHEN pg_catalog.cardinality(p.points) > 3 AND p.points[1] = p.points[pg_catalog.cardinality(p.points)]
				THEN pg_catalog.concat('POLYGON((', pg_catalog.array_to_string(p.points, ', '::text), '))')
			ELSE pg_catalog.concat('LINESTRING(', pg_catalog.array_to_string(p.points, ', '::text), ')') END
		FROM (SELECT pg_catalog.array_agg(pg_catalog.regexp_replace(s.point, '^\s*(\S+)\s+(\S+).*$'::text, '\2 \1') ORDER BY s.ordinality) AS points,
				pg_catalog.bool_or(s.point !~ '^\s*-?\d+(\.\d*)?([eE][-+]?\d+)?\s+-?\d+(\.\d*)?([eE][-+]?\d+)?(\s+\S+){0,2}\s*$'::text) AS odd
			FROM pg_catalog.regexp_split_to_table(answer, ';'::text) WITH ORDINALITY AS s(point, ordinality)
			WHERE s.point ~ '\S'::text) AS p;
	END;
COMMENT ON FUNCTION mf_odk_wkt(text) IS
	'The same as mf_odk_geometry as WKT, without looking whether it is a place on earth; what is not of that form is given back as it is. NULL for NULL and for blank.';

CREATE FUNCTION mf_odk_geometry(answer text) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 250
	RETURN CASE WHEN answer ~ '\S'::text THEN mf_geometry(pg_catalog.concat('{"type":"Feature","geometry":',
		coalesce(mf_sheet_geometry(mf_odk_wkt(answer)), pg_catalog.to_json(answer)::text), '}')::minefield) END;
COMMENT ON FUNCTION mf_odk_geometry(text) IS
	'The place that ODK or KoBo collected as "latitude longitude altitude accuracy": a point; or, of several separated by semicolons, a line (geotrace), or a polygon where the last is the first again (geoshape). WGS 84, altitude and accuracy left out. NULL for NULL and for blank; errors as for a record.';

CREATE FUNCTION mf_odk_accuracy_m(answer text) RETURNS float8
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	BEGIN ATOMIC
		SELECT pg_catalog.max(nullif((pg_catalog.regexp_match(s.point, '^\s*\S+\s+\S+\s+\S+\s+(\d+(?:\.\d*)?)\s*$'::text))[1]::float8, 0::float8))
		FROM pg_catalog.regexp_split_to_table(answer, ';'::text) AS s(point);
	END;
COMMENT ON FUNCTION mf_odk_accuracy_m(text) IS
	'The accuracy in metres that ODK or KoBo collected as the last number of "latitude longitude altitude accuracy", the worst of several: what the device says, by custom the radius of 68 percent, not accuracy95_m. NULL where there is none or it is 0, which stands for a place set by hand.';

CREATE FUNCTION mf_sheets_mapped(source regclass, columns jsonb, file_name text DEFAULT NULL) RETURNS text
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	pair record;
	shape record;
	known text[];
	parts text[] := '{}';
	sheet text;
	answer text;
	wkt text := 'NULL::text';
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF source IS NULL OR columns IS NULL THEN
		RAISE EXCEPTION 'a table and a mapping are needed' USING ERRCODE = '22004';
	END IF;
	SELECT pg_catalog.array_agg(attname::text ORDER BY attnum) INTO known FROM pg_attribute
		WHERE attrelid = source::oid AND attnum > 0 AND NOT attisdropped;
	FOR pair IN SELECT key, value, CASE WHEN key ~ '\.'::text THEN pg_catalog.split_part(key, '.', 1) ELSE 'records' END AS sheet,
			pg_catalog.regexp_replace(key, '^\w+\.'::text, '') AS name FROM pg_catalog.jsonb_each_text(columns)
	LOOP
		IF pair.value <> ALL (known) THEN
			RAISE EXCEPTION '% has no column "%"', source, pair.value
				USING ERRCODE = '42703', HINT = 'Its columns are ' || pg_catalog.array_to_string(known, ', ') || '.';
		ELSIF pair.key <> 'odk' AND NOT EXISTS (SELECT FROM mf_sheet_columns() c WHERE c.sheet = pair.sheet AND c.name = pair.name) THEN
			RAISE EXCEPTION 'the template has no column "%"', pair.key
				USING ERRCODE = '42703', HINT = 'Name a column of sheet records, such as laid, or sheet and column, such as mines.count; mf_sheet_columns() lists them.';
		END IF;
	END LOOP;
	IF NOT columns ? 'key'::text THEN
		RAISE EXCEPTION 'the mapping does not say which column is the key' USING ERRCODE = '22023', HINT = 'Add "key": the column that names the record.';
	END IF;
	SELECT a.attname::text AS name INTO shape FROM pg_attribute a
		WHERE a.attrelid = source::oid AND a.atttypid = 'geometry'::regtype::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum LIMIT 1;
	IF columns ? 'odk'::text THEN
		wkt := pg_catalog.format('mf_odk_wkt(t.%I::text)', columns ->> 'odk'::text);
	ELSIF shape.name IS NOT NULL THEN
		EXECUTE pg_catalog.format('SELECT pg_catalog.min(ST_SRID(t.%I))::text FROM %s t WHERE ST_SRID(t.%I) <> 4326', shape.name, source, shape.name) INTO answer;
		IF answer IS NOT NULL THEN
			RAISE EXCEPTION '% has geometry of SRID %, not 4326', source, answer
				USING ERRCODE = '42804', HINT = 'Load it with ogr2ogr -t_srs EPSG:4326, and name the operation if the datum differs (-ct).';
		END IF;
		wkt := pg_catalog.format('ST_AsText(ST_Force2D(t.%I), 15)', shape.name);
	ELSIF columns ? 'wkt'::text THEN
		wkt := pg_catalog.format('t.%I::text', columns ->> 'wkt'::text);
	END IF;
	FOREACH sheet IN ARRAY ARRAY['records', 'points', 'legs', 'rows', 'mines', 'events'] LOOP
		SELECT pg_catalog.string_agg(pg_catalog.format('%L, nullif(t.%I::text, '''')', pg_catalog.regexp_replace(c.key, '^\w+\.'::text, ''), c.value), ', ' ORDER BY c.key) INTO answer
			FROM pg_catalog.jsonb_each_text(columns) c
			WHERE CASE WHEN c.key ~ '\.'::text THEN pg_catalog.split_part(c.key, '.', 1) ELSE 'records' END = sheet AND c.key NOT IN ('odk', 'wkt');
		CONTINUE WHEN answer IS NULL;
		IF sheet = 'records' THEN
			-- the other columns stay with the row, for whoever reads it again
			answer := pg_catalog.format('pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(%s, ''wkt'', %s, ''_row'', n, ''_source'', pg_catalog.to_jsonb(t) - %L::text[] - ''n''::text))',
				answer, wkt, ARRAY[shape.name, columns ->> 'odk'::text]);
			parts := parts || pg_catalog.format('(SELECT pg_catalog.jsonb_build_object(''records'', coalesce(pg_catalog.jsonb_agg(%s ORDER BY n), ''[]'')) FROM source t)', answer);
		ELSE
			parts := parts || pg_catalog.format('(SELECT pg_catalog.jsonb_build_object(%L, coalesce(pg_catalog.jsonb_agg(e.cells || pg_catalog.jsonb_build_object(''record'', e.key, ''_row'', n) ORDER BY n), ''[]''))
				FROM (SELECT pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(%s)) AS cells, t.%I::text AS key, n FROM source t) e WHERE e.cells <> ''{}'')',
				sheet, answer, columns ->> 'key'::text);
		END IF;
	END LOOP;
	EXECUTE pg_catalog.format('WITH source AS MATERIALIZED (SELECT t.*, pg_catalog.row_number() OVER () + 1 AS n FROM %s t) SELECT (%s)::text',
		source, pg_catalog.array_to_string(parts, ' || ')) INTO answer;
	IF file_name IS NOT NULL THEN
		answer := (answer::jsonb || pg_catalog.jsonb_build_object('file', pg_catalog.jsonb_build_object('name', file_name)))::text;
	END IF;
	RETURN '{"minefield_sheets":' || answer || '}';
END
$$;
COMMENT ON FUNCTION mf_sheets_mapped(regclass, jsonb, text) IS
	'A table as ogr2ogr loads it from CSV, GPKG, Shapefile, KML, XLSX and others, as a document for mf_intake: one record for each row. columns says which of its columns is which of the template: {"key": "field_no", "laid": "date", "mines.model": "type", "mines.count": "qty"}; the geometry in WGS 84 is taken as the extent, or the answer of ODK in the column named by "odk". Columns that are not named stay in the text of the line only. Errors: a column that is not there or not in the template (42703), no key (22023), geometry of another SRID (42804).';
-- the registry: a schema of ordinary tables that its user owns
--
-- The functions live here and change from release to release; the tables live
-- in the user's schema and are carried along by mf_upgrade_registry.  A new
-- release adds mf_registry_step_<n>, raises mf_registry_latest, and nothing
-- else: creating a registry is upgrading it from nothing.
--
-- Every function in PL/pgSQL begins with a search_path of the system's schema
-- only, then calls mf_registry_path, wherever that is, which adds the schemas
-- of this extension and of PostGIS for the rest of the call.  So none of them
-- depends on the caller's path; and whoever may create objects in those
-- schemas finds nothing to shadow, since functions of the system that take more
-- than one kind of argument are named with their schema.

CREATE FUNCTION mf_registry_path() RETURNS text
	LANGUAGE sql VOLATILE PARALLEL UNSAFE COST 50
	BEGIN ATOMIC
		SELECT pg_catalog.set_config('search_path', pg_catalog.concat_ws(', ', 'pg_catalog',
			(SELECT pg_catalog.quote_ident(n.nspname::text) FROM pg_catalog.pg_extension e
				JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
					WHERE e.extname = 'postgis'::name),
			(SELECT pg_catalog.quote_ident(n.nspname::text) FROM pg_catalog.pg_extension e
				JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
					WHERE e.extname = 'minefield'::name),
			'pg_temp'), true);
	END;
COMMENT ON FUNCTION mf_registry_path() IS
	'For the functions of the registry: sets search_path, until the calling function ends, to the schemas of the system, of PostGIS and of this extension, and returns it. PostGIS comes first: operators between its own types must be its own. Never NULL.';

CREATE FUNCTION mf_registry_who() RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE COST 1
	RETURN CASE WHEN SESSION_USER = CURRENT_USER THEN SESSION_USER::text
		ELSE pg_catalog.concat(SESSION_USER, ' as ', CURRENT_USER) END;
COMMENT ON FUNCTION mf_registry_who() IS
	'Who is changing the registry: the user who logged in and, where it differs, the role taken on, as "anna as office_officer". Never NULL.';

CREATE FUNCTION mf_registry_latest() RETURNS integer
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN 2;
COMMENT ON FUNCTION mf_registry_latest() IS
	'The version of the tables of a registry that this release of the extension works with. Never NULL.';

CREATE FUNCTION mf_registry_version(schema name) RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found integer;
BEGIN
	IF schema IS NULL THEN
		RAISE EXCEPTION 'schema of the registry is NULL' USING ERRCODE = '22004';
	END IF;
	IF pg_catalog.to_regclass(pg_catalog.format('%I.registry_version', schema)) IS NULL THEN
		RETURN NULL;
	END IF;
	EXECUTE pg_catalog.format('SELECT pg_catalog.max(version) FROM %I.registry_version', schema)
		INTO found;
	RETURN found;
END
$$;
COMMENT ON FUNCTION mf_registry_version(name) IS
	'The version of the tables of the registry in this schema. NULL where there is none; a NULL schema is an error (22004).';

CREATE FUNCTION mf_registry_check(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found integer;
	latest integer;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	found := mf_registry_version(schema);
	latest := mf_registry_latest();
	IF found IS NULL THEN
		RAISE EXCEPTION 'schema "%" holds no registry', schema
			USING ERRCODE = '42P01', HINT = 'Create one with mf_create_registry(schema).';
	ELSIF found < latest THEN
		RAISE EXCEPTION 'registry "%" is of version %, and this release works with version %',
			schema, found, latest
			USING ERRCODE = '55000', HINT = 'Call mf_upgrade_registry(schema) as the owner of the registry.';
	ELSIF found > latest THEN
		RAISE EXCEPTION 'registry "%" is of version %, which this release does not know', schema,
			found
			USING ERRCODE = '55000', HINT = 'Install a newer release, then ALTER EXTENSION minefield UPDATE.';
	END IF;
END
$$;
COMMENT ON FUNCTION mf_registry_check(name) IS
	'For the functions of the registry: an error unless the schema holds a registry of the version that this release works with (42P01 where there is none, 55000 where it is older or newer).';

CREATE FUNCTION mf_upgrade_registry(schema name) RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found integer;
	latest integer;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	latest := mf_registry_latest();
	IF mf_registry_version(schema) IS NULL THEN
		PERFORM mf_registry_check(schema);
	END IF;
	EXECUTE pg_catalog.format('LOCK TABLE %I.registry_version IN SHARE ROW EXCLUSIVE MODE', schema);
	found := mf_registry_version(schema);
	IF found > latest THEN
		PERFORM mf_registry_check(schema);
	END IF;
	FOR step IN found + 1 .. latest LOOP
		EXECUTE pg_catalog.format('SELECT mf_registry_step_%s($1)', step) USING schema;
		EXECUTE pg_catalog.format('INSERT INTO %I.registry_version (version, extension_version)
			SELECT $1, extversion FROM pg_extension WHERE extname = ''minefield''', schema)
				USING step;
	END LOOP;
	RETURN latest;
END
$$;
COMMENT ON FUNCTION mf_upgrade_registry(name) IS
	'Brings the tables of a registry to the version of this release, step by step in one transaction, and returns it; nothing happens when it is there already. An error where there is no registry (42P01) or a newer one (55000).';

CREATE FUNCTION mf_create_registry(schema name) RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF mf_registry_version(schema) IS NOT NULL THEN
		RAISE EXCEPTION 'schema "%" already holds a registry', schema
			USING ERRCODE = '42P07', HINT = 'mf_upgrade_registry(schema) brings it to this release.';
	END IF;
	IF pg_catalog.to_regnamespace(pg_catalog.quote_ident(schema::text)) IS NULL THEN
		EXECUTE pg_catalog.format('CREATE SCHEMA %I', schema);
		EXECUTE pg_catalog.format('COMMENT ON SCHEMA %I IS %L', schema,
			'A registry of minefield records, made by mf_create_registry.');
	END IF;
	EXECUTE pg_catalog.format($ddl$
		CREATE TABLE %1$I.registry_version (
			version integer PRIMARY KEY CHECK (version >= 0),
			extension_version text NOT NULL,
			applied_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
			applied_by text NOT NULL DEFAULT mf_registry_who()
		);
		COMMENT ON TABLE %1$I.registry_version IS
			'Which versions of its tables this registry has had: the highest holds. Written by mf_create_registry and mf_upgrade_registry.';
		INSERT INTO %1$I.registry_version (version, extension_version)
			SELECT 0, extversion FROM pg_extension WHERE extname = 'minefield';
	$ddl$, schema);
	RETURN mf_upgrade_registry(schema);
END
$$;
COMMENT ON FUNCTION mf_create_registry(name) IS
	'Makes a registry in this schema, which is created when it is not there: tables, constraints, indexes, triggers and views that the caller owns. Returns the version of the tables. An error where there is one already (42P07).';

CREATE FUNCTION mf_drop_registry(schema name, force boolean DEFAULT false) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	kept text;
	place text;
	held bigint;
	total bigint := 0;
	one record;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF mf_registry_version(schema) IS NULL THEN
		PERFORM mf_registry_check(schema);
	END IF;
	FOREACH place IN ARRAY mf_registry_tables() LOOP
		IF pg_catalog.to_regclass(pg_catalog.format('%I.%I', schema, place)) IS NOT NULL
			AND place NOT IN ('registry_version', 'labels', 'access', 'location_options') THEN
			EXECUTE pg_catalog.format('LOCK TABLE %I.%I IN ACCESS EXCLUSIVE MODE', schema, place);
			EXECUTE pg_catalog.format('SELECT pg_catalog.count(*) FROM %I.%I', schema, place)
				INTO held;
			total := total + held;
			IF held > 0 THEN
				kept := pg_catalog.concat_ws(', ', kept,
					pg_catalog.format('%s in %s', held, place));
			END IF;
		END IF;
	END LOOP;
	IF total > 0 AND force IS NOT TRUE THEN
		RAISE EXCEPTION 'registry "%" holds rows', schema
			USING ERRCODE = '2BP01', DETAIL = 'It holds ' || kept || '.',
			HINT = 'Make a backup (pg_dump -n) and call mf_drop_registry(schema, force => true) to lose them.';
	END IF;
	-- views first, then tables; whatever else the user keeps in the schema stays,
	-- and an object of the user's that depends on a table is an error, not a loss
	FOR one IN
		SELECT c.relname FROM pg_class c
		WHERE c.relnamespace = pg_catalog.to_regnamespace(pg_catalog.quote_ident(schema::text))::oid
			AND c.relkind = 'v'
			AND c.relname::text = ANY (mf_registry_view_names())
		ORDER BY c.relname DESC
	LOOP
		EXECUTE pg_catalog.format('DROP VIEW %I.%I', schema, one.relname);
	END LOOP;
	EXECUTE (SELECT 'DROP TABLE ' || pg_catalog.string_agg(pg_catalog.format('%I.%I', schema,
		t.place), ', ')
		FROM pg_catalog.unnest(mf_registry_tables()) t(place)
		WHERE pg_catalog.to_regclass(pg_catalog.format('%I.%I', schema, t.place)) IS NOT NULL);
	IF NOT EXISTS (SELECT FROM pg_class
		WHERE relnamespace = pg_catalog.to_regnamespace(pg_catalog.quote_ident(schema::text))::oid)
		AND NOT EXISTS (SELECT FROM pg_proc
			WHERE pronamespace = pg_catalog.to_regnamespace(pg_catalog.quote_ident(schema::text))::oid)
		AND NOT EXISTS (SELECT FROM pg_type
			WHERE typnamespace = pg_catalog.to_regnamespace(pg_catalog.quote_ident(schema::text))::oid) THEN
		BEGIN
			EXECUTE pg_catalog.format('DROP SCHEMA %I', schema);
		EXCEPTION WHEN insufficient_privilege OR dependent_objects_still_exist THEN
			NULL;	-- the schema is not the caller's, or holds something else
		END;
	END IF;
END
$$;
COMMENT ON FUNCTION mf_drop_registry(name, boolean) IS
	'Drops the tables and views of a registry, and its schema when nothing else is in it. Refuses with 2BP01 while any table holds rows, unless force is true; NULL is false. Objects of the user that depend on the tables are an error.';

CREATE FUNCTION mf_registry_tables() RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN ARRAY['books', 'intake_files', 'intake_originals', 'intake_lines', 'intake_retries',
		'records', 'history', 'findings', 'areas',
		'lines', 'requests', 'report_runs', 'labels', 'access', 'registry_version',
		'landmarks', 'landmark_positions', 'landmark_uses', 'location_options'];
COMMENT ON FUNCTION mf_registry_tables() IS
	'The names of the tables of a registry. Never NULL.';

CREATE FUNCTION mf_registry_view_names() RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN ARRAY['v_current', 'v_record_areas', 'v_record_lines', 'v_record_points', 'v_unlocated',
		'v_no_record', 'v_no_record_lines',
		'v_overlaps', 'v_findings', 'v_intake', 'v_report_runs', 'v_report_progress',
		'v_landmarks', 'v_unsolved'];
COMMENT ON FUNCTION mf_registry_view_names() IS
	'The names of the views of a registry. Never NULL.';
-- the tables of a registry, version 1
--
-- district and organisation stand on every row of every table that tells of
-- records, so that one comparison decides who may see it.  They are part of
-- every unique key too: a key must never refuse a row, and so betray another,
-- that its writer may not see.

CREATE FUNCTION mf_registry_step_1(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format($ddl$
CREATE TABLE %1$I.books (
	book_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text NOT NULL CHECK (name <> ''),
	issuer text,
	recipient text,
	handed_over text,
	received text,
	source text,
	records_declared integer CHECK (records_declared >= 0),
	sheets_declared integer CHECK (sheets_declared >= 0),
	mines_declared jsonb,
	header jsonb,
	remarks text,
	district text,
	organisation text,
	created_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	created_by text NOT NULL DEFAULT mf_registry_who(),
	CONSTRAINT books_name UNIQUE NULLS NOT DISTINCT (name, district, organisation)
);
COMMENT ON TABLE %1$I.books IS 'Log books: bound registers or hand-over batches, as declared by who handed them over. What a book contains is in records.';
COMMENT ON COLUMN %1$I.books.handed_over IS 'Date as the paper says it, ISO 8601 or EDTF; NULL is unknown.';
COMMENT ON COLUMN %1$I.books.received IS 'Date as the paper says it, ISO 8601 or EDTF; NULL is unknown.';
COMMENT ON COLUMN %1$I.books.records_declared IS 'How many records the book is said to hold; NULL: it is not said.';
COMMENT ON COLUMN %1$I.books.sheets_declared IS 'How many sheets the book is said to hold; NULL: it is not said.';
COMMENT ON COLUMN %1$I.books.mines_declared IS 'Mines declared for each model, as in the header of a log book; NULL: it is not said.';
COMMENT ON COLUMN %1$I.books.header IS 'The member logbook of the first file that had one, as received.';
COMMENT ON COLUMN %1$I.books.district IS 'District of all its records, where there is one: records without a district take it.';
COMMENT ON COLUMN %1$I.books.organisation IS 'Organisation that keeps the book; its records and files take it.';

CREATE TABLE %1$I.intake_files (
	file_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	book_id bigint NOT NULL REFERENCES %1$I.books,
	file_name text NOT NULL CHECK (file_name <> ''),
	sha256 text NOT NULL CHECK (sha256 = pg_catalog.encode(pg_catalog.sha256(content), 'hex')),
	content bytea NOT NULL,
	encoding text NOT NULL DEFAULT 'UTF8',
	received_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	received_by text NOT NULL DEFAULT mf_registry_who(),
	withdrawn_at timestamptz,
	withdrawn_by text,
	change_reason text,
	district text,
	organisation text,
	CONSTRAINT intake_files_content UNIQUE NULLS NOT DISTINCT (book_id, sha256, encoding, district,
		organisation)
);
COMMENT ON TABLE %1$I.intake_files IS 'Every document that was loaded, byte for byte: the file itself, or what was made of it, which is then in intake_originals. Rows are never deleted; a load is undone by mf_withdraw.';
COMMENT ON COLUMN %1$I.intake_files.sha256 IS 'SHA-256 of content, in hexadecimal, as sha256sum prints it.';
COMMENT ON COLUMN %1$I.intake_files.change_reason IS 'Give the reason here in the UPDATE; it moves to history and this stays NULL.';

CREATE TABLE %1$I.intake_originals (
	original_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	file_id bigint NOT NULL REFERENCES %1$I.intake_files,
	file_name text NOT NULL CHECK (file_name <> ''),
	content bytea NOT NULL,
	sha256 text NOT NULL CHECK (sha256 = pg_catalog.encode(pg_catalog.sha256(content), 'hex')),
	kept_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	kept_by text NOT NULL DEFAULT mf_registry_who(),
	district text,
	organisation text,
	CONSTRAINT intake_originals_name UNIQUE (file_id, file_name)
);
COMMENT ON TABLE %1$I.intake_originals IS 'The files that a load was made of, byte for byte, where it is not of the file itself: a workbook, the files of a Shapefile. Put in by mf_keep, got out by mf_kept. Rows are never changed or deleted.';
COMMENT ON COLUMN %1$I.intake_originals.sha256 IS 'SHA-256 of content, in hexadecimal, as sha256sum prints it.';

CREATE TABLE %1$I.records (
	record_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	book_id bigint NOT NULL REFERENCES %1$I.books,
	key text NOT NULL CHECK (key <> ''),
	version integer NOT NULL DEFAULT 1 CHECK (version > 0),
	first_id bigint REFERENCES %1$I.records,
	as_received minefield NOT NULL,
	current minefield NOT NULL,
	revision integer NOT NULL DEFAULT 0 CHECK (revision >= 0),
	file_id bigint REFERENCES %1$I.intake_files,
	status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'worked on', 'closed')),
	hazard_class text CHECK (hazard_class IN ('SHA', 'CHA')),
	reliability text CHECK (reliability IN ('high', 'low')),
	remarks text,
	district text,
	organisation text,
	received_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	received_by text NOT NULL DEFAULT mf_registry_who(),
	superseded_at timestamptz,
	superseded_by bigint REFERENCES %1$I.records,
	withdrawn_at timestamptz,
	withdrawn_by text,
	is_current boolean NOT NULL GENERATED ALWAYS AS (superseded_at IS NULL
		AND withdrawn_at IS NULL) STORED,
	change_reason text,
	CONSTRAINT records_superseded CHECK (superseded_by IS NULL OR superseded_at IS NOT NULL),
	CONSTRAINT records_first CHECK ((version = 1) = (first_id IS NULL OR first_id = record_id)),
	CONSTRAINT records_version UNIQUE (first_id, version)
);
CREATE UNIQUE INDEX records_current_key
	ON %1$I.records (book_id, key, district, organisation) NULLS NOT DISTINCT WHERE is_current;
CREATE INDEX records_current_extent ON %1$I.records USING gist (current) WHERE is_current;
CREATE INDEX records_extent ON %1$I.records USING gist (current);
CREATE INDEX records_file ON %1$I.records (file_id);
CREATE INDEX records_superseded_by ON %1$I.records (superseded_by) WHERE superseded_by IS NOT NULL;
CREATE INDEX records_received ON %1$I.records (received_at);
COMMENT ON TABLE %1$I.records IS 'Every version of every record. Rows are never deleted or overwritten: a new version supersedes, an error is withdrawn, the office''s own correction changes current and leaves as_received and a row of history.';
COMMENT ON COLUMN %1$I.records.key IS 'What names the record in its book: its id, else its number, else a digest of its text.';
COMMENT ON COLUMN %1$I.records.version IS '1 for the first that was received under this key, and so on.';
COMMENT ON COLUMN %1$I.records.first_id IS 'The record_id of version 1.';
COMMENT ON COLUMN %1$I.records.as_received IS 'The record as it was handed over: never changes.';
COMMENT ON COLUMN %1$I.records.current IS 'The record as the office reads it: as_received until it is amended (mf_amend), which history tells.';
COMMENT ON COLUMN %1$I.records.revision IS 'How often the row was changed.';
COMMENT ON COLUMN %1$I.records.file_id IS 'The file it came in; intake_lines has its line. NULL: entered by hand.';
COMMENT ON COLUMN %1$I.records.status IS 'The office''s: open, worked on, closed.';
COMMENT ON COLUMN %1$I.records.hazard_class IS 'The office''s: suspected (SHA) or confirmed (CHA) hazardous area; NULL: not decided.';
COMMENT ON COLUMN %1$I.records.reliability IS 'The office''s: high or low; NULL: not judged.';
COMMENT ON COLUMN %1$I.records.is_current IS 'Neither superseded nor withdrawn: what analyses read.';
COMMENT ON COLUMN %1$I.records.change_reason IS 'Give the reason here in every UPDATE; it moves to history and this stays NULL.';

CREATE TABLE %1$I.intake_lines (
	intake_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	file_id bigint NOT NULL REFERENCES %1$I.intake_files,
	n integer NOT NULL CHECK (n > 0),
	line bigint NOT NULL,
	input text NOT NULL,
	outcome text NOT NULL CHECK (outcome IN ('record', 'superseded', 'unchanged', 'twin', 'refused',
		'corrected')),
	record_id bigint REFERENCES %1$I.records,
	twin_of integer,
	sqlstate text,
	message text,
	path text,
	hint text,
	district text,
	organisation text,
	CONSTRAINT intake_lines_n UNIQUE (file_id, n),
	CONSTRAINT intake_lines_twin CHECK ((outcome = 'twin') = (twin_of IS NOT NULL)),
	CONSTRAINT intake_lines_twin_of FOREIGN KEY (file_id, twin_of)
		REFERENCES %1$I.intake_lines (file_id, n),
	CONSTRAINT intake_lines_record CHECK (outcome IN ('refused', 'twin') OR record_id IS NOT NULL),
	CONSTRAINT intake_lines_refused CHECK (outcome <> 'refused'
		OR (sqlstate IS NOT NULL AND message IS NOT NULL))
);
COMMENT ON TABLE %1$I.intake_lines IS 'Every Feature of every file, verbatim, and what became of it. Rows are never deleted, input never changes.';
COMMENT ON COLUMN %1$I.intake_lines.n IS 'Which Feature of the file, from 1.';
COMMENT ON COLUMN %1$I.intake_lines.line IS 'Line of the file on which it begins, from 1.';
COMMENT ON COLUMN %1$I.intake_lines.outcome IS 'record: became a record; superseded: became a new version of one; unchanged: the book holds the same already; twin: the file holds the same already; refused: sqlstate, message, path and hint say why; corrected: was refused, and mf_retry made it a record.';
COMMENT ON COLUMN %1$I.intake_lines.record_id IS 'The record it became, or that is the same.';
COMMENT ON COLUMN %1$I.intake_lines.twin_of IS 'The n of the Feature of the same file that is equal to it.';
CREATE INDEX intake_lines_record ON %1$I.intake_lines (record_id);
CREATE INDEX intake_lines_refused ON %1$I.intake_lines (file_id) WHERE outcome = 'refused';

CREATE TABLE %1$I.intake_retries (
	retry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	intake_id bigint NOT NULL REFERENCES %1$I.intake_lines,
	input text NOT NULL,
	reason text NOT NULL,
	record_id bigint REFERENCES %1$I.records,
	sqlstate text,
	message text,
	path text,
	hint text,
	tried_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
	tried_by text NOT NULL DEFAULT mf_registry_who(),
	district text,
	organisation text
);
CREATE INDEX intake_retries_line ON %1$I.intake_retries (intake_id);
COMMENT ON TABLE %1$I.intake_retries IS 'What was tried to correct a refused line: the text, by whom, why, and what came of it. The line keeps its own text.';

CREATE TABLE %1$I.history (
	history_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	table_name text NOT NULL,
	row_id bigint NOT NULL,
	action text NOT NULL,
	was jsonb,
	became jsonb,
	reason text,
	changed_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
	changed_by text NOT NULL DEFAULT mf_registry_who(),
	district text,
	organisation text
);
CREATE INDEX history_row ON %1$I.history (table_name, row_id);
COMMENT ON TABLE %1$I.history IS 'Who changed what, when and why: written by triggers, never changed or deleted.';
COMMENT ON COLUMN %1$I.history.was IS 'The columns that changed, before.';
COMMENT ON COLUMN %1$I.history.became IS 'The columns that changed, after; NULL: the row was deleted.';
	$ddl$, schema);
	EXECUTE pg_catalog.format($ddl$
CREATE TABLE %1$I.areas (
	area_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text NOT NULL CHECK (name <> ''),
	kind text NOT NULL DEFAULT 'responsibility',
	geometry geometry(Geometry, 4326) NOT NULL CHECK (GeometryType(geometry) IN ('POLYGON',
		'MULTIPOLYGON')),
	remarks text,
	district text,
	organisation text,
	created_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	created_by text NOT NULL DEFAULT mf_registry_who(),
	CONSTRAINT areas_name UNIQUE NULLS NOT DISTINCT (name, district, organisation)
);
CREATE INDEX areas_geometry ON %1$I.areas USING gist (geometry);
COMMENT ON TABLE %1$I.areas IS 'Areas that are asked about: of responsibility, districts, tasks. Reports tell for each what is recorded and where no record is.';

CREATE TABLE %1$I.lines (
	line_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text NOT NULL CHECK (name <> ''),
	kind text NOT NULL DEFAULT 'front line',
	geometry geometry(Geometry, 4326) NOT NULL CHECK (GeometryType(geometry) IN ('LINESTRING',
		'MULTILINESTRING')),
	remarks text,
	district text,
	organisation text,
	created_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	created_by text NOT NULL DEFAULT mf_registry_who(),
	CONSTRAINT lines_name UNIQUE NULLS NOT DISTINCT (name, district, organisation)
);
CREATE INDEX lines_geometry ON %1$I.lines USING gist (geometry);
COMMENT ON TABLE %1$I.lines IS 'Lines that are asked about: former front lines, roads. Reports tell along which stretches no record is.';

CREATE TABLE %1$I.findings (
	finding_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text,
	kind text NOT NULL DEFAULT 'mine' CHECK (kind IN ('mine', 'other device', 'accident', 'cleared',
		'nothing found', 'other')),
	found text,
	model text,
	count integer CHECK (count >= 0),
	accuracy95_m float8 CHECK (accuracy95_m >= 0),
	geometry geometry(Geometry, 4326),
	source text,
	remarks text,
	district text,
	organisation text,
	created_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	created_by text NOT NULL DEFAULT mf_registry_who()
);
CREATE INDEX findings_geometry ON %1$I.findings USING gist (geometry);
COMMENT ON TABLE %1$I.findings IS 'What was met on the ground: devices, accidents, cleared ground, visits that found nothing.';
COMMENT ON COLUMN %1$I.findings.found IS 'Date, ISO 8601 or EDTF; NULL is unknown.';
COMMENT ON COLUMN %1$I.findings.count IS 'How many devices; NULL is unknown, not one.';
COMMENT ON COLUMN %1$I.findings.accuracy95_m IS 'Radius in metres within which the true place lies 19 times of 20; NULL is unknown.';

CREATE TABLE %1$I.requests (
	request_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	subject text NOT NULL CHECK (subject <> ''),
	text text,
	addressee text,
	asked date,
	answered date,
	status text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'sent', 'answered', 'refused',
		'closed')),
	book_id bigint REFERENCES %1$I.books,
	record_id bigint REFERENCES %1$I.records,
	area_id bigint,
	line_id bigint,
	geometry geometry(Geometry, 4326),
	district text,
	organisation text,
	created_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	created_by text NOT NULL DEFAULT mf_registry_who()
);
COMMENT ON TABLE %1$I.requests IS 'What the other party was asked for, about which book, record, area or line, and what came of it.';
COMMENT ON COLUMN %1$I.requests.area_id IS 'The area it is about. It stays when the area is deleted, of which history tells: to refuse that would tell of this row.';
COMMENT ON COLUMN %1$I.requests.line_id IS 'The line it is about. It stays when the line is deleted, of which history tells: to refuse that would tell of this row.';

CREATE TABLE %1$I.report_runs (
	run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	status text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'complete', 'interrupted')),
	as_of timestamptz NOT NULL,
	started_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
	started_by text NOT NULL DEFAULT mf_registry_who(),
	finished_at timestamptz,
	parameters jsonb NOT NULL DEFAULT '{}'::jsonb,
	versions jsonb,
	input_digest text,
	language text,
	backend_pid integer,
	progress jsonb,
	summary jsonb,
	report jsonb,
	html text,
	message text,
	district text,
	organisation text,
	CONSTRAINT report_runs_complete CHECK (status <> 'complete'
		OR (finished_at IS NOT NULL AND summary IS NOT NULL))
);
CREATE INDEX report_runs_started ON %1$I.report_runs (started_at);
COMMENT ON TABLE %1$I.report_runs IS 'Runs of the report: with what, over which records, and what it said. A run without a district is seen only by those who see every district.';
COMMENT ON COLUMN %1$I.report_runs.as_of IS 'The moment that the report shows: what was committed later is not in it.';
COMMENT ON COLUMN %1$I.report_runs.summary IS 'Its main figures: they stay when retention gives up report and html.';
COMMENT ON COLUMN %1$I.report_runs.input_digest IS 'SHA-256 over all records, areas, lines, finds and books it was computed from.';
COMMENT ON COLUMN %1$I.report_runs.status IS 'As last written: v_report_runs knows whether a running one is still alive.';

CREATE TABLE %1$I.labels (
	language text NOT NULL,
	key text NOT NULL,
	label text NOT NULL,
	PRIMARY KEY (language, key)
);
COMMENT ON TABLE %1$I.labels IS 'Words of the report page in further languages, or other words than the page''s own.';

CREATE TABLE %1$I.access (
	member text NOT NULL CHECK (member <> ''),
	scope text NOT NULL CHECK (scope <> ''),
	granted_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	granted_by text NOT NULL DEFAULT mf_registry_who(),
	PRIMARY KEY (member, scope)
);
COMMENT ON TABLE %1$I.access IS 'Which role sees and changes the rows of which district or organisation, once mf_registry_protect is called; the scope * is all.';
	$ddl$, schema);
	PERFORM mf_registry_triggers(schema);
	PERFORM mf_registry_views(schema);
	PERFORM mf_report_run_views(schema);
END
$$;
COMMENT ON FUNCTION mf_registry_step_1(name) IS
	'For mf_upgrade_registry: makes the tables of version 1.';
-- the triggers of a registry: nothing is overwritten, every change is told
--
-- They work on whatever table and schema they are attached to, and need no
-- more than the system's own schema: values of this extension are compared as
-- jsonb, which has their casts by number, not by name.

CREATE FUNCTION mf_registry_keep() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RAISE EXCEPTION '% on "%" is refused: its rows are kept for ever', TG_OP, TG_TABLE_NAME
		USING ERRCODE = '55000', HINT = CASE WHEN TG_TABLE_NAME = 'history'
			THEN 'What happened stays told.'
				ELSE 'mf_withdraw takes a load or a record out of the analyses, and mf_restore brings it back.' END;
END
$$;
COMMENT ON FUNCTION mf_registry_keep() IS
	'Trigger of the registry: refuses what it is attached to (55000).';

-- A foreign key looks past row-level security, and so would tell a number that
-- is somebody else's from one that is nobody's.  This trigger looks first, and
-- only where its writer may look.
CREATE FUNCTION mf_registry_scope() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	parent text := TG_ARGV[0];
	link text := TG_ARGV[1];
	wanted bigint;
	scope record;
	found_rows bigint;
BEGIN
	-- not through jsonb, which would have every record written out
	CASE TG_ARGV[2]
		WHEN 'book_id' THEN wanted := NEW.book_id;
		WHEN 'file_id' THEN wanted := NEW.file_id;
		WHEN 'intake_id' THEN wanted := NEW.intake_id;
		WHEN 'record_id' THEN wanted := NEW.record_id;
		WHEN 'first_id' THEN wanted := NEW.first_id;
		WHEN 'superseded_by' THEN wanted := NEW.superseded_by;
		WHEN 'area_id' THEN wanted := NEW.area_id;
		WHEN 'line_id' THEN wanted := NEW.line_id;
		WHEN 'landmark_id' THEN wanted := NEW.landmark_id;
		WHEN 'before_id' THEN wanted := NEW.before_id;
	END CASE;
	IF wanted IS NULL THEN
		RETURN NEW;
	END IF;
	EXECUTE pg_catalog.format('SELECT district, organisation FROM %I.%I WHERE %I = $1',
		TG_TABLE_SCHEMA, parent, link)
		INTO scope USING wanted;
	GET DIAGNOSTICS found_rows = ROW_COUNT;
	IF found_rows = 0 THEN
		-- the same answer for what is not there and for what may not be seen
		RAISE EXCEPTION 'there is no row % in "%"', wanted, parent USING ERRCODE = '23503';
	END IF;
	IF TG_OP = 'INSERT' OR TG_TABLE_NAME = 'requests' THEN
		NEW.district := coalesce(NEW.district, scope.district);
		NEW.organisation := coalesce(NEW.organisation, scope.organisation);
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION mf_registry_scope() IS
	'Trigger of the registry: the row that a row refers to must be one that its writer can see (23503); a new row, and a request, takes its district and organisation from there, where it has none. Arguments: that table, its key, and the referring column.';

-- Numbers that count rows would count hidden rows too.  53 random bits are what
-- every program can keep in a number; of a million rows, two have one number
-- once in 18,000 times, and then the second is refused (23505).
CREATE FUNCTION mf_registry_number() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	dice text := pg_catalog.gen_random_uuid()::text;	-- its middle is not random
BEGIN
	RETURN pg_catalog.jsonb_populate_record(NEW, pg_catalog.jsonb_build_object(TG_ARGV[0],
		('x' || pg_catalog.left(dice, 8)
			|| pg_catalog.right(dice, 8))::bit(64)::bigint & 9007199254740991));
END
$$;
COMMENT ON FUNCTION mf_registry_number() IS
	'Trigger of a protected registry: gives a new row a random number of 53 bits, whatever number it was to have. Argument: the key.';

CREATE FUNCTION mf_registry_entered() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_who()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'))
			INTO NEW.created_by;
	NEW.created_at := pg_catalog.now();
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION mf_registry_entered() IS
	'Trigger of the registry: who entered a row, and when, is filled in, whatever was said.';

CREATE FUNCTION mf_registry_changed(before jsonb, after jsonb) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	BEGIN ATOMIC
		SELECT pg_catalog.jsonb_object_agg(b.key, b.value)
		FROM pg_catalog.jsonb_each(before) AS b
		WHERE b.key <> ALL (ARRAY['change_reason', 'revision', 'is_current', 'superseded_by'])
			AND (after IS NULL OR b.value IS DISTINCT FROM after -> b.key);
	END;
COMMENT ON FUNCTION mf_registry_changed(jsonb, jsonb) IS
	'For the triggers of the registry: the members of the first object that differ in the second, or all where that is NULL. NULL when none does.';

-- It runs for every row of a load that is withdrawn: records are compared as
-- they are stored, and written out only where they differ.
CREATE FUNCTION mf_registry_change() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	before record := OLD;
	after record := NEW;
	old_row jsonb;
	new_row jsonb;
	fixed text;
	was jsonb;
	became jsonb;
	deed text;
	who text;
BEGIN
	IF TG_TABLE_NAME = 'records' THEN
		IF pg_catalog.record_image_eq(ROW(OLD.as_received), ROW(NEW.as_received)) THEN
			before.as_received := NULL;
			after.as_received := NULL;
		END IF;
		IF pg_catalog.record_image_eq(ROW(OLD.current), ROW(NEW.current)) THEN
			before.current := NULL;
			after.current := NULL;
		END IF;
	ELSIF TG_TABLE_NAME = 'intake_files' THEN
		IF OLD.content = NEW.content THEN
			before.content := NULL;
			after.content := NULL;
		END IF;
	END IF;
	old_row := pg_catalog.to_jsonb(before);
	new_row := pg_catalog.to_jsonb(after);
	SELECT pg_catalog.jsonb_object_agg(b.key, b.value),
		pg_catalog.jsonb_object_agg(b.key, new_row -> b.key) INTO was, became
		FROM pg_catalog.jsonb_each(old_row) b
		WHERE new_row -> b.key <> b.value
			AND b.key <> ALL (ARRAY['change_reason', 'revision', 'is_current', 'superseded_by']);
	IF was IS NULL THEN
		NEW.change_reason := NULL;
		RETURN NEW;
	END IF;
	FOREACH fixed IN ARRAY TG_ARGV[1:] LOOP
		IF was ? fixed THEN
			RAISE EXCEPTION 'column "%" of "%" never changes', fixed, TG_TABLE_NAME
				USING ERRCODE = '55000', HINT = CASE fixed WHEN 'as_received'
					THEN 'It is what was handed over. Correct column current (mf_amend), or load a new version (mf_supersede).'
					ELSE 'Withdraw the row (mf_withdraw) and enter another.' END;
		END IF;
	END LOOP;
	IF NEW.change_reason IS NULL OR NEW.change_reason !~ '\S' THEN
		RAISE EXCEPTION 'a change of "%" needs a reason', TG_TABLE_NAME
			USING ERRCODE = '23502', HINT = 'Set column change_reason in the same UPDATE; it is kept in history.';
	END IF;
	deed := CASE WHEN was ? 'withdrawn_at'::text THEN CASE WHEN new_row ->> 'withdrawn_at'::text IS NULL
		THEN 'restored' ELSE 'withdrawn' END
		WHEN was ? 'superseded_at'::text THEN
			CASE WHEN new_row ->> 'superseded_at'::text IS NULL THEN 'reinstated'
				ELSE 'superseded' END
		WHEN was ? 'current'::text THEN 'amended' WHEN was ? 'position_id'::text THEN 'moved' ELSE 'changed' END;
	EXECUTE pg_catalog.format('INSERT INTO %I.history (table_name, row_id, action, was, became,
		reason, district, organisation)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING changed_by', TG_TABLE_SCHEMA)
		INTO who
		USING TG_TABLE_NAME::text, (old_row ->> TG_ARGV[0])::bigint, deed, was, became,
			NEW.change_reason,
			OLD.district, OLD.organisation;
	IF was ? 'withdrawn_at'::text THEN
		NEW.withdrawn_by := CASE WHEN NEW.withdrawn_at IS NOT NULL THEN who END;
	END IF;
	IF TG_TABLE_NAME = 'records' THEN
		NEW.revision := OLD.revision + 1;
	END IF;
	NEW.change_reason := NULL;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION mf_registry_change() IS
	'Trigger of the registry: refuses a change of the columns named (55000) and any change without change_reason (23502), and writes history. Arguments: the key, then the columns that never change.';

CREATE FUNCTION mf_registry_log() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	old_row jsonb := pg_catalog.to_jsonb(OLD);
	new_row jsonb := CASE WHEN TG_OP = 'UPDATE' THEN pg_catalog.to_jsonb(NEW) END;
	was jsonb;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	was := mf_registry_changed(old_row, new_row);
	IF was IS NOT NULL OR TG_OP = 'DELETE' THEN
		EXECUTE pg_catalog.format('INSERT INTO %I.history (table_name, row_id, action, was, became,
			district, organisation)
			VALUES ($1, $2, $3, $4, $5, $6, $7)', TG_TABLE_SCHEMA)
			USING TG_TABLE_NAME::text, (old_row ->> TG_ARGV[0])::bigint,
				CASE TG_OP WHEN 'DELETE' THEN 'deleted' ELSE 'changed' END,
				was, mf_registry_changed(new_row, old_row), OLD.district, OLD.organisation;
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION mf_registry_log() IS
	'Trigger of the registry: writes history after an UPDATE or DELETE. Argument: the key.';

CREATE FUNCTION mf_registry_triggers(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	item record;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	FOR item IN
		SELECT * FROM (VALUES
			('records', 'DELETE'), ('intake_files', 'DELETE'),
				('intake_originals', 'DELETE OR UPDATE'), ('intake_lines', 'DELETE'),
			('intake_retries', 'DELETE OR UPDATE'),
				('history', 'DELETE OR UPDATE')) AS v(place, verbs)
	LOOP
		EXECUTE pg_catalog.format('CREATE TRIGGER keep_rows BEFORE %s ON %I.%I FOR EACH ROW
			EXECUTE FUNCTION mf_registry_keep()',
			item.verbs, schema, item.place);
		EXECUTE pg_catalog.format('CREATE TRIGGER keep_all BEFORE TRUNCATE ON %I.%I
			EXECUTE FUNCTION mf_registry_keep()',
			schema, item.place);
	END LOOP;
	FOR item IN
		SELECT * FROM (VALUES
			('intake_files', 'INSERT', 'books', 'book_id', 'book_id'),
			('intake_originals', 'INSERT', 'intake_files', 'file_id', 'file_id'),
			('intake_lines', 'INSERT', 'intake_files', 'file_id', 'file_id'),
			('intake_lines', 'INSERT OR UPDATE OF record_id', 'records', 'record_id', 'record_id'),
			('intake_retries', 'INSERT', 'intake_lines', 'intake_id', 'intake_id'),
			('intake_retries', 'INSERT', 'records', 'record_id', 'record_id'),
			('records', 'INSERT', 'books', 'book_id', 'book_id'),
			('records', 'INSERT', 'intake_files', 'file_id', 'file_id'),
			('records', 'INSERT', 'records', 'record_id', 'first_id'),
			('records', 'INSERT OR UPDATE OF superseded_by', 'records', 'record_id',
				'superseded_by'),
			('requests', 'INSERT OR UPDATE OF book_id', 'books', 'book_id', 'book_id'),
			('requests', 'INSERT OR UPDATE OF record_id', 'records', 'record_id', 'record_id'),
			('requests', 'INSERT OR UPDATE OF area_id', 'areas', 'area_id', 'area_id'),
			('requests', 'INSERT OR UPDATE OF line_id', 'lines', 'line_id',
				'line_id')) AS v(place, verbs, parent, link, column_name)
	LOOP
		EXECUTE pg_catalog.format('CREATE TRIGGER %I BEFORE %s ON %I.%I FOR EACH ROW
			EXECUTE FUNCTION mf_registry_scope(%L, %L, %L)',
			CASE WHEN item.place = item.parent THEN 'scope_of_' || item.column_name ELSE 'scope_of_'
				|| item.parent END,
			item.verbs, schema, item.place, item.parent, item.link, item.column_name);
	END LOOP;
	EXECUTE pg_catalog.format($ddl$
		CREATE TRIGGER tell_change BEFORE UPDATE ON %1$I.records FOR EACH ROW
			EXECUTE FUNCTION mf_registry_change('record_id', 'record_id', 'book_id', 'key',
				'version', 'first_id',
				'as_received', 'file_id', 'received_at', 'received_by');
		CREATE TRIGGER tell_change BEFORE UPDATE ON %1$I.intake_files FOR EACH ROW
			EXECUTE FUNCTION mf_registry_change('file_id', 'file_id', 'book_id', 'file_name',
				'sha256', 'content',
				'encoding', 'received_at', 'received_by');
		CREATE TRIGGER keep_input BEFORE UPDATE OF intake_id, file_id, n, line, input, twin_of
			ON %1$I.intake_lines
			FOR EACH ROW EXECUTE FUNCTION mf_registry_keep();
	$ddl$, schema);
	FOR item IN
		SELECT * FROM (VALUES ('books', 'book_id'), ('areas', 'area_id'), ('lines', 'line_id'),
			('findings', 'finding_id'),
			('requests', 'request_id')) AS v(place, link)
	LOOP
		EXECUTE pg_catalog.format('CREATE TRIGGER tell_log AFTER UPDATE
			OR DELETE ON %I.%I FOR EACH ROW EXECUTE FUNCTION mf_registry_log(%L)',
			schema, item.place, item.link);
		IF item.place <> 'books' THEN
			EXECUTE pg_catalog.format('CREATE TRIGGER entered BEFORE INSERT ON %I.%I FOR EACH ROW
				EXECUTE FUNCTION mf_registry_entered()',
				schema, item.place);
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION mf_registry_triggers(name) IS
	'For mf_upgrade_registry: attaches the triggers of version 1.';
-- intake: every file and every line handed in, and what became of it

CREATE TYPE mf_intake_row AS (
	n integer,
	line bigint,
	input text,
	record minefield,
	key text,
	twin_of integer,
	sqlstate text,
	message text,
	path text,
	hint text
);
COMMENT ON TYPE mf_intake_row IS
	'One Feature of a file: which (n, from 1), the line it begins on, its text, the record and what names it in its book, the n of an equal Feature before it; or what is wrong with it.';

CREATE TYPE mf_intake_result AS (
	file_id bigint,
	book_id bigint,
	sha256 text,
	already_loaded boolean,
	lines bigint,
	records bigint,
	superseded bigint,
	unchanged bigint,
	twins bigint,
	refused bigint
);
COMMENT ON TYPE mf_intake_result IS
	'What became of a file: its SHA-256, whether this registry had it already, and of how many Features (lines) came new records, new versions of records, nothing because the book or the file holds the same, or an error. lines is the sum of the five.';

CREATE FUNCTION mf_record_key(record minefield) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 250
	RETURN coalesce(nullif(mf_id(record), ''),
		nullif(mf_number(record), '') || CASE WHEN (mf_properties(record) ->> 'copy'::text) <> '1'
			THEN pg_catalog.concat(' copy ', mf_properties(record) ->> 'copy'::text) ELSE '' END,
		pg_catalog.concat('sha256:', pg_catalog.left(pg_catalog.encode(
			pg_catalog.sha256(pg_catalog.convert_to(record::text, 'UTF8')), 'hex'), 16)));
COMMENT ON FUNCTION mf_record_key(minefield) IS
	'What names the record within its book: its id, else its number (with its copy, unless that is 1), else the beginning of the SHA-256 of its text. Never empty; NULL for NULL.';

CREATE FUNCTION mf_read(document text) RETURNS SETOF mf_load_row
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 1000
	BEGIN ATOMIC
		-- sheets are JSON too: whether they are whole is found by reading them as a member of a Feature
		WITH told AS MATERIALIZED (
			SELECT document ~ '^\s*\{\s*"minefield_sheets"'::text AS sheets
		), broken AS MATERIALIZED (
			SELECT b.* FROM told AS t
			CROSS JOIN LATERAL mf_load(CASE WHEN t.sheets
				THEN pg_catalog.concat('{"type":"Feature","properties":', document, '}') END,
					true) AS b
			WHERE b.sqlstate IS NOT NULL LIMIT 1
		)
		SELECT l.* FROM told AS t CROSS
			JOIN LATERAL mf_load(CASE WHEN NOT t.sheets THEN document END, true) AS l
		UNION ALL
		SELECT 1, NULL::minefield, b.sqlstate, b.message, b.path, b.hint, document FROM broken AS b
		UNION ALL
		SELECT r.* FROM told AS t CROSS
			JOIN LATERAL mf_records_from_tables(CASE WHEN t.sheets
				AND NOT EXISTS (SELECT FROM broken)
			THEN document::jsonb -> 'minefield_sheets'::text END) AS r;
	END;
COMMENT ON FUNCTION mf_read(text) IS
	'Reads a document as mf_load does, with the text of every Feature, or one that mf_sheets made of a spreadsheet, as mf_records_from_tables does. What is no JSON becomes a row that says so.';

CREATE FUNCTION mf_intake_rows(document text) RETURNS SETOF mf_intake_row
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 1000
	BEGIN ATOMIC
		SELECT k.n, k.line, k.input, CASE WHEN k.same THEN k.record END, k.key, CASE WHEN k.same
			AND k.n <> k.head THEN k.head END,
			CASE WHEN k.same THEN NULL ELSE coalesce(k.sqlstate, '23505') END,
			CASE WHEN k.same THEN NULL ELSE coalesce(k.message, pg_catalog.format(
				'key %s stands in the file before, in Feature %s, with another content', pg_catalog.to_json(k.key), k.head)) END,
			k.path,
			CASE WHEN k.same THEN NULL WHEN k.sqlstate IS NOT NULL THEN k.hint
				ELSE 'Find out from the paper which one holds, or that they are two records: mf_retry with as_key gives this one a key of its own.' END
		FROM (SELECT h.*, coalesce(h.record = pg_catalog.first_value(h.record) OVER same_key,
			false) AS same,
				pg_catalog.first_value(h.n) OVER same_key AS head
			FROM (SELECT l.ordinality::integer AS n, l.line, l.input, l.record,
				mf_record_key(l.record) AS key,
					l.sqlstate, l.message, l.path, l.hint
				FROM mf_read(document) WITH ORDINALITY AS l) AS h
			WINDOW same_key AS (PARTITION BY h.key, CASE WHEN h.record IS NULL THEN h.n END
				ORDER BY h.n)) AS k
		ORDER BY k.n;
	END;
COMMENT ON FUNCTION mf_intake_rows(text) IS
	'Reads a document as mf_read does, and tells for each Feature its key, whether one before it is equal (twin_of), or has the same key and another content (23505). A blank document gives no rows.';

-- A file into a book.  Three statements do it, however long the file is: old
-- versions step aside, records and lines come in, old versions learn of the
-- new.  The book is locked meanwhile, so that two files cannot both find that
-- a record is new.

CREATE FUNCTION mf_registry_book(schema name, book text, district text, organisation text,
	header jsonb) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found bigint[];
BEGIN
	IF book IS NULL OR book !~ '\S' THEN
		RAISE EXCEPTION 'a load needs the name of its book' USING ERRCODE = '22004';
	END IF;
	FOR attempt IN 1 .. 2 LOOP
		EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(book_id) FROM %I.books
			WHERE name = $1
			AND ($2 IS NULL OR district IS NOT DISTINCT FROM $2)
				AND ($3 IS NULL OR organisation IS NOT DISTINCT FROM $3)', schema)
			INTO found USING book, district, organisation;
		IF pg_catalog.cardinality(found) > 1 THEN
			RAISE EXCEPTION 'there are % books "%"', pg_catalog.cardinality(found), book
				USING ERRCODE = '21000', HINT = 'Give the district or organisation of the one that is meant.';
		ELSIF pg_catalog.cardinality(found) = 1 THEN
			PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.format('%I.books',
				schema)::regclass::oid::bigint << 32 | found[1] & 4294967295);
			RETURN found[1];
		END IF;
		EXECUTE pg_catalog.format('INSERT INTO %I.books (name, district, organisation, header,
			issuer, recipient, handed_over, received,
				source, records_declared, sheets_declared, mines_declared)
			VALUES ($1, $2, $3, $4, $4 ->> ''issuer''::text, $4 ->> ''recipient''::text,
				$4 ->> ''handed_over''::text, $4 ->> ''received''::text, $4 ->> ''source''::text,
				CASE WHEN $4 ->> ''records_declared''::text ~ ''^\d{1,9}$''
					THEN ($4 ->> ''records_declared''::text)::integer END,
				CASE WHEN $4 ->> ''sheets_declared''::text ~ ''^\d{1,9}$''
					THEN ($4 ->> ''sheets_declared''::text)::integer END,
				$4 -> ''mines_declared''::text) ON CONFLICT DO NOTHING', schema)
			USING book, district, organisation, header;
	END LOOP;
	RAISE EXCEPTION 'book "%" could not be entered', book USING ERRCODE = '40001',
		HINT = 'Try again.';
END
$$;
COMMENT ON FUNCTION mf_registry_book(name, text, text, text, jsonb) IS
	'For the functions of the registry: the book of this name, made when it is not there, and locked against other loads until the transaction ends. Errors: no name (22004), several books of this name (21000).';

CREATE FUNCTION mf_registry_take(schema name, file_id bigint, document text, supersede boolean)
	RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	file record;
	prior text;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format('SELECT f.*, coalesce(f.district, b.district) AS record_district,
		coalesce(f.organisation, b.organisation) AS record_organisation
		FROM %1$I.intake_files f JOIN %1$I.books b USING (book_id) WHERE f.file_id = $1', schema)
			INTO file USING file_id;
	-- the version of each key that counts, or has just been set aside for this file
	prior := pg_catalog.format('SELECT p.* FROM %1$I.records p WHERE p.book_id = $2
		AND p.withdrawn_at IS NULL AND p.superseded_by IS NULL
		AND p.district IS NOT DISTINCT FROM $3 AND p.organisation IS NOT DISTINCT FROM $4', schema);
	IF supersede THEN
		EXECUTE pg_catalog.format('UPDATE %1$I.records r SET superseded_at = pg_catalog.now(),
			change_reason = $5
			FROM mf_intake_rows($1) i, (%2$s) p
			WHERE r.record_id = p.record_id AND r.is_current AND p.key = i.key
				AND i.record IS NOT NULL AND i.twin_of IS NULL
				AND NOT EXISTS (SELECT FROM %1$I.records s WHERE s.book_id = $2 AND s.key = i.key
					AND s.withdrawn_at IS NULL
					AND s.district IS NOT DISTINCT FROM $3
						AND s.organisation IS NOT DISTINCT FROM $4 AND s.as_received = i.record)',
							schema, prior)
			USING document, file.book_id, file.record_district, file.record_organisation,
				pg_catalog.format('superseded by file %s (%s)', file_id, file.file_name);
	END IF;
	EXECUTE pg_catalog.format('
		WITH judged AS MATERIALIZED (
			SELECT i.*, s.record_id AS same_id, p.record_id AS prior_id, p.version AS prior_version,
				p.first_id,
				CASE WHEN i.record IS NULL THEN ''refused'' WHEN i.twin_of IS NOT NULL THEN ''twin''
					WHEN s.record_id IS NOT NULL THEN ''unchanged'' WHEN p.record_id IS NULL
						THEN ''record''
					WHEN p.is_current THEN ''refused'' ELSE ''superseded'' END AS outcome
			FROM mf_intake_rows($1) i
			LEFT JOIN (%2$s) p ON p.key = i.key
			LEFT JOIN LATERAL (SELECT s.record_id FROM %1$I.records s WHERE s.book_id = $2
				AND s.key = i.key AND s.withdrawn_at IS NULL
				AND s.district IS NOT DISTINCT FROM $3 AND s.organisation IS NOT DISTINCT FROM $4
					AND s.as_received = i.record
				ORDER BY s.version DESC LIMIT 1) s ON true
		), made AS (
			-- located here, for a trigger would take its time with each
			INSERT INTO %1$I.records (book_id, key, version, first_id, as_received, current,
				file_id, district, organisation)
			SELECT $2, j.key, coalesce(j.prior_version, 0) + 1, coalesce(j.first_id, j.prior_id),
				j.record,
				CASE WHEN o.locate AND j.prior_id IS NULL AND mf_properties(j.record) ? ''location''::text
					THEN mf_locate(j.record, o.options) ELSE j.record END, $5, $3, $4
			FROM judged j CROSS JOIN %1$I.location_options o WHERE j.outcome IN (''record'', ''superseded'') ORDER BY j.n
			RETURNING record_id, key
		)
		INSERT INTO %1$I.intake_lines (file_id, n, line, input, outcome, record_id, twin_of,
			sqlstate, message, path, hint, district, organisation)
		SELECT $5, j.n, j.line, j.input, j.outcome,
			CASE WHEN j.outcome <> ''refused'' THEN coalesce(j.same_id, m.record_id) END, CASE
				WHEN j.outcome = ''twin'' THEN j.twin_of END,
			CASE WHEN j.outcome = ''refused'' THEN coalesce(j.sqlstate, ''23505'') END,
			CASE WHEN j.outcome = ''refused''
				THEN coalesce(j.message, pg_catalog.format(''the book holds key %%s already, with another content (record %%s)'', pg_catalog.to_json(j.key), j.prior_id)) END,
			CASE WHEN j.outcome = ''refused'' THEN j.path END,
			CASE WHEN j.outcome = ''refused'' THEN CASE WHEN j.sqlstate IS NOT NULL THEN j.hint
				ELSE ''If this is a new version, call mf_retry with supersede => true; if it is another record, with as_key.'' END END,
			$3, $4
		FROM judged j LEFT JOIN made m ON m.key = j.key ORDER BY j.n', schema, prior)
		USING document, file.book_id, file.record_district, file.record_organisation, file_id;
	IF supersede THEN
		EXECUTE pg_catalog.format('UPDATE %1$I.records r SET superseded_by = n.record_id
			FROM %1$I.records n WHERE n.file_id = $1
				AND n.first_id = coalesce(r.first_id, r.record_id) AND r.record_id <> n.record_id
				AND r.superseded_at IS NOT NULL AND r.superseded_by IS NULL
					AND r.book_id = n.book_id', schema) USING file_id;
	END IF;
END
$$;
COMMENT ON FUNCTION mf_registry_take(name, bigint, text, boolean) IS
	'For mf_intake: makes records and lines of the text of a file that has been entered.';

CREATE FUNCTION mf_registry_outcome(schema name, file_id bigint, already_loaded boolean)
	RETURNS mf_intake_result
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	answer record;
BEGIN
	EXECUTE pg_catalog.format('SELECT f.file_id, f.book_id, f.sha256, $2,
		pg_catalog.count(l.file_id),
			pg_catalog.count(*) FILTER (WHERE l.outcome IN (''record'', ''corrected'')),
				pg_catalog.count(*) FILTER (WHERE l.outcome = ''superseded''),
			pg_catalog.count(*) FILTER (WHERE l.outcome = ''unchanged''),
				pg_catalog.count(*) FILTER (WHERE l.outcome = ''twin''),
			pg_catalog.count(*) FILTER (WHERE l.outcome = ''refused'')
		FROM %1$I.intake_files f LEFT JOIN %1$I.intake_lines l USING (file_id) WHERE f.file_id = $1
			GROUP BY f.file_id', schema)
		INTO answer USING file_id, already_loaded;
	RETURN answer;
END
$$;
COMMENT ON FUNCTION mf_registry_outcome(name, bigint, boolean) IS
	'For mf_intake: counts the lines of a file by what became of them.';

CREATE FUNCTION mf_intake(schema name, file_name text, content bytea, book text,
	district text DEFAULT NULL,
		organisation text DEFAULT NULL, supersede boolean DEFAULT false,
			encoding text DEFAULT 'UTF8') RETURNS mf_intake_result
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	document text;
	header jsonb;
	bad_state text;
	bad_message text;
	its_book bigint;
	its_file bigint;
	its_digest text := pg_catalog.encode(pg_catalog.sha256(content), 'hex');
	known record;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	IF content IS NULL OR file_name IS NULL THEN
		RAISE EXCEPTION 'a load needs the name of the file and its content' USING ERRCODE = '22004';
	END IF;
	BEGIN
		document := pg_catalog.convert_from(content, encoding::name);
	EXCEPTION WHEN character_not_in_repertoire OR untranslatable_character THEN
		GET STACKED DIAGNOSTICS bad_state = RETURNED_SQLSTATE, bad_message = MESSAGE_TEXT;
	END;
	BEGIN
		-- a convenience: what the header declares; a broken document has its say below
		header := document::jsonb -> 'logbook'::text;
		header := CASE WHEN pg_catalog.jsonb_typeof(header) = 'object'::text THEN header END;
	EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
		header := NULL;
	END;
	its_book := mf_registry_book(schema, book, district, organisation, header);
	-- the trigger of the table would give it the book's district too late for ON CONFLICT
	EXECUTE pg_catalog.format('INSERT INTO %1$I.intake_files (book_id, file_name, sha256, content,
		encoding, district, organisation)
		SELECT b.book_id, $2, $3, $4, $5, coalesce($6, b.district), coalesce($7, b.organisation)
			FROM %1$I.books b WHERE b.book_id = $1
		ON CONFLICT DO NOTHING RETURNING file_id', schema)
		INTO its_file USING its_book, file_name, its_digest, content, encoding, district,
			organisation;
	IF its_file IS NULL THEN
		EXECUTE pg_catalog.format('SELECT f.file_id, f.file_name, f.received_at, f.withdrawn_at
			FROM %1$I.intake_files f JOIN %1$I.books b USING (book_id)
			WHERE f.book_id = $1 AND f.sha256 = $2 AND f.encoding = $5
				AND f.district IS NOT DISTINCT FROM coalesce($3, b.district)
				AND f.organisation IS NOT DISTINCT FROM coalesce($4, b.organisation)', schema)
			INTO known USING its_book, its_digest, district, organisation, encoding;
		IF known.withdrawn_at IS NOT NULL THEN
			RAISE EXCEPTION 'this file was loaded before, as "%", and withdrawn', known.file_name
				USING ERRCODE = '55000', HINT = pg_catalog.format('mf_restore(%L, reason, file_id => %s) brings its records back.', schema, known.file_id);
		END IF;
		RAISE NOTICE 'this file was loaded before, as "%", on %: nothing is done', known.file_name,
			known.received_at;
		RETURN mf_registry_outcome(schema, known.file_id, true);
	END IF;
	IF document IS NULL THEN
		EXECUTE pg_catalog.format('INSERT INTO %I.intake_lines (file_id, n, line, input, outcome,
			sqlstate, message, hint)
			VALUES ($1, 1, 1, $2, ''refused'', $3, $4, $5)', schema)
			USING its_file, pg_catalog.encode(content, 'escape'), bad_state, bad_message,
				'Load the file again with the encoding it is in, such as encoding => ''WIN1251''.'::text;
	ELSE
		PERFORM mf_registry_take(schema, its_file, document, coalesce(supersede, false));
	END IF;
	RETURN mf_registry_outcome(schema, its_file, false);
END
$$;
COMMENT ON FUNCTION mf_intake(name, text, bytea, text, text, text, boolean, text) IS
	'Takes a file of Features (as mf_load reads them) into a book of a registry, which is entered when it is not there: the file byte for byte with its SHA-256, every Feature verbatim, good ones as records, bad ones with what is wrong. A file that the book has already changes nothing. A Feature whose key the book holds with another content is refused (23505) unless supersede is true. district and organisation are those of the book and its records. Errors: NULL content, file_name or book (22004), a load that was withdrawn (55000), no registry (42P01).';

CREATE FUNCTION mf_intake(schema name, file_name text, content text, book text,
	district text DEFAULT NULL,
		organisation text DEFAULT NULL, supersede boolean DEFAULT false) RETURNS mf_intake_result
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	RETURN mf_intake(schema, file_name, pg_catalog.convert_to(content, 'UTF8'), book, district,
		organisation, supersede, 'UTF8'::text);
END
$$;
COMMENT ON FUNCTION mf_intake(name, text, text, text, text, text, boolean) IS
	'The same of a text, as psql reads a file into a variable: its SHA-256 is that of the text in UTF-8, which is the file''s only where nothing at its end was cut off.';
-- versions, amendments and undo: nothing is overwritten, everything has a reason

CREATE FUNCTION mf_registry_lock(schema name, record_id bigint, revision integer) RETURNS record
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	chain bigint;
	found record;
	held bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT coalesce(first_id, record_id) FROM %I.records
		WHERE record_id = $1', schema)
		INTO chain USING record_id;
	IF chain IS NULL THEN
		RAISE EXCEPTION 'there is no record %', record_id USING ERRCODE = 'P0002';
	END IF;
	-- all versions, always in the same order, so that two officers wait for each other and not in a circle
	EXECUTE pg_catalog.format('SELECT pg_catalog.count(*)
		FROM (SELECT FROM %I.records WHERE record_id = $1 OR first_id = $1 ORDER BY record_id
			FOR UPDATE) l', schema)
		INTO held USING chain;
	EXECUTE pg_catalog.format('SELECT record_id, book_id, key, version,
		coalesce(first_id, record_id) AS chain, revision, district, organisation,
			superseded_at, superseded_by, withdrawn_at, withdrawn_by, is_current
		FROM %I.records WHERE record_id = $1', schema) INTO found USING record_id;
	IF revision IS NOT NULL AND found.revision <> revision THEN
		RAISE EXCEPTION 'record % (%) is at revision %, not %: somebody else has changed it',
			record_id, pg_catalog.to_json(found.key),
			found.revision, revision
			USING ERRCODE = '40001', HINT = 'Look at the record and its history again, then decide.';
	END IF;
	RETURN found;
END
$$;
COMMENT ON FUNCTION mf_registry_lock(name, bigint, integer) IS
	'For the functions of the registry: locks all versions of a record until the transaction ends, and returns what they decide by. Errors: no such record (P0002), another revision than expected, unless that is NULL (40001).';

CREATE FUNCTION mf_registry_reason(reason text) RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF reason IS NULL OR reason !~ '\S' THEN
		RAISE EXCEPTION 'a reason is needed' USING ERRCODE = '22004',
			HINT = 'It is kept in history, with your name and the time.';
	END IF;
	RETURN reason;
END
$$;
COMMENT ON FUNCTION mf_registry_reason(text) IS
	'For the functions of the registry: the reason, or an error where it says nothing (22004).';

CREATE FUNCTION mf_supersede(schema name, record_id bigint, record minefield, reason text,
	revision integer DEFAULT NULL) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	old record;
	new_id bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	PERFORM mf_registry_reason(reason);
	IF record IS NULL THEN
		RAISE EXCEPTION 'the new version is NULL' USING ERRCODE = '22004';
	END IF;
	old := mf_registry_lock(schema, record_id, revision);
	IF old.withdrawn_at IS NOT NULL THEN
		RAISE EXCEPTION 'record % (%) is withdrawn', record_id, pg_catalog.to_json(old.key)
			USING ERRCODE = '55000', HINT = 'mf_restore brings it back.';
	ELSIF NOT old.is_current THEN
		RAISE EXCEPTION 'record % (%) is superseded already%', record_id,
			pg_catalog.to_json(old.key), CASE WHEN old.superseded_by IS NOT NULL
				THEN pg_catalog.format(', by record %s', old.superseded_by) ELSE '' END
			USING ERRCODE = '40001', HINT = 'Look at the version that holds now, then decide whether yours supersedes it.';
	END IF;
	EXECUTE pg_catalog.format('UPDATE %I.records SET superseded_at = pg_catalog.now(),
		change_reason = $2 WHERE record_id = $1', schema)
		USING record_id, reason;
	EXECUTE pg_catalog.format('INSERT INTO %1$I.records (book_id, key, version, first_id,
		as_received, current, status, hazard_class, reliability,
			remarks, district, organisation)
		SELECT book_id, key, version + 1, coalesce(first_id, record_id), $2, $2, status,
			hazard_class, reliability, remarks, district, organisation
		FROM %1$I.records WHERE record_id = $1 RETURNING record_id', schema)
		INTO new_id USING record_id, record;
	EXECUTE pg_catalog.format('UPDATE %I.records SET superseded_by = $2 WHERE record_id = $1',
		schema) USING record_id, new_id;
	RETURN new_id;
END
$$;
COMMENT ON FUNCTION mf_supersede(name, bigint, minefield, text, integer) IS
	'Enters a new version of a record, and returns its record_id; the old version stays, superseded. Status, hazard class, reliability and remarks are carried over. With revision, the old row must not have changed since it was read. Errors: it is superseded already or was changed (40001), it is withdrawn (55000), there is no such record (P0002), NULL record or reason (22004).';

CREATE FUNCTION mf_amend(schema name, record_id bigint, record minefield, reason text,
	revision integer DEFAULT NULL) RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	old record;
	now_at integer;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	PERFORM mf_registry_reason(reason);
	IF record IS NULL THEN
		RAISE EXCEPTION 'the amended record is NULL' USING ERRCODE = '22004';
	END IF;
	old := mf_registry_lock(schema, record_id, revision);
	IF NOT old.is_current THEN
		RAISE EXCEPTION 'record % (%) is %', record_id, pg_catalog.to_json(old.key),
			CASE WHEN old.withdrawn_at IS NOT NULL THEN 'withdrawn' ELSE 'superseded' END
			USING ERRCODE = CASE WHEN old.withdrawn_at IS NOT NULL THEN '55000' ELSE '40001' END,
				HINT = 'Amend the version that holds now.';
	END IF;
	EXECUTE pg_catalog.format('UPDATE %I.records SET current = $2, change_reason = $3
		WHERE record_id = $1 RETURNING revision', schema)
		INTO now_at USING record_id, record, reason;
	RETURN now_at;
END
$$;
COMMENT ON FUNCTION mf_amend(name, bigint, minefield, text, integer) IS
	'The office''s own correction of how it reads a record: changes column current, keeps as_received, writes history, and returns the new revision. With revision, the row must not have changed since it was read. Errors: it is superseded or was changed (40001), it is withdrawn (55000), there is no such record (P0002), NULL record or reason (22004).';

-- Which version counts follows from which are withdrawn: the highest that is
-- not.  Withdrawing and restoring keep to that, whatever the order.

CREATE FUNCTION mf_registry_chains(schema name, records bigint[]) RETURNS bigint[]
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found bigint[];
BEGIN
	-- always in the same order, as mf_registry_lock does
	EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(l.record_id) FROM (
			SELECT m.record_id FROM %1$I.records m
			WHERE m.record_id IN (SELECT coalesce(r.first_id, r.record_id) FROM %1$I.records r
				WHERE r.record_id = ANY ($1)
				UNION ALL SELECT v.record_id FROM %1$I.records r JOIN %1$I.records v
					ON v.first_id = coalesce(r.first_id, r.record_id)
					WHERE r.record_id = ANY ($1))
			ORDER BY m.record_id FOR UPDATE OF m) l', schema) INTO found USING records;
	RETURN found;
END
$$;
COMMENT ON FUNCTION mf_registry_chains(name, bigint[]) IS
	'For mf_withdraw and mf_restore: all versions of these records, locked until the transaction ends. NULL when there are none.';

CREATE FUNCTION mf_registry_withdraw(schema name, records bigint[], reason text) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	members bigint[];
	done bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	members := mf_registry_chains(schema, records);
	EXECUTE pg_catalog.format('UPDATE %I.records SET withdrawn_at = pg_catalog.now(),
		change_reason = $2
		WHERE record_id = ANY ($1) AND withdrawn_at IS NULL', schema) USING records, reason;
	GET DIAGNOSTICS done = ROW_COUNT;
	-- the highest version that is left holds again
	EXECUTE pg_catalog.format('
		WITH chain AS (SELECT record_id, version, coalesce(first_id, record_id) AS chain,
			withdrawn_at, is_current
			FROM %1$I.records WHERE record_id = ANY ($1)),
		heir AS (SELECT DISTINCT ON (chain) record_id, chain FROM chain WHERE withdrawn_at IS NULL
			ORDER BY chain, version DESC)
		UPDATE %1$I.records r SET superseded_at = NULL, superseded_by = NULL,
			change_reason = pg_catalog.format(''version %%s was withdrawn: %%s'', gone.version, $3)
		FROM heir JOIN (SELECT chain, pg_catalog.max(version) AS version FROM chain
			WHERE record_id = ANY ($2) GROUP BY chain) gone
			USING (chain)
		WHERE r.record_id = heir.record_id AND NOT r.is_current', schema)
		USING members, records, reason;
	PERFORM mf_registry_catch_up(schema, members, reason);
	RETURN done;
END
$$;
COMMENT ON FUNCTION mf_registry_withdraw(name, bigint[], text) IS
	'For mf_withdraw: withdraws records, those that are not withdrawn yet, reinstates the versions before them, and returns how many were withdrawn.';

CREATE FUNCTION mf_registry_restore(schema name, records bigint[], reason text) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	members bigint[];
	tops bigint[];
	other record;
	done bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	members := mf_registry_chains(schema, records);
	-- of each record, the version that will hold
	EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(record_id) FROM (
			SELECT DISTINCT ON (coalesce(first_id, record_id)) record_id FROM %I.records
			WHERE record_id = ANY ($1) AND (withdrawn_at IS NULL OR record_id = ANY ($2))
			ORDER BY coalesce(first_id, record_id), version DESC) t', schema) INTO tops
				USING members, records;
	EXECUTE pg_catalog.format('SELECT r.record_id, r.key FROM %1$I.records r JOIN %1$I.records o
			ON o.book_id = r.book_id AND o.key = r.key AND o.is_current AND o.record_id <> ALL ($2)
			AND o.district IS NOT DISTINCT FROM r.district
				AND o.organisation IS NOT DISTINCT FROM r.organisation
		WHERE r.record_id = ANY ($1) AND r.withdrawn_at IS NOT NULL ORDER BY r.record_id LIMIT 1',
			schema)
		INTO other USING tops, members;
	IF other.record_id IS NOT NULL THEN
		RAISE EXCEPTION 'record % (%) cannot come back: its key names another record of the book now',
			other.record_id, pg_catalog.to_json(other.key)
			USING ERRCODE = '23505', HINT = 'Withdraw that one first, or supersede it.';
	END IF;
	EXECUTE pg_catalog.format('UPDATE %1$I.records r SET superseded_at = pg_catalog.now(),
		superseded_by = t.record_id,
			change_reason = pg_catalog.format(''version %%s was restored: %%s'', t.version, $3)
		FROM %1$I.records t
		WHERE t.record_id = ANY ($2) AND coalesce(t.first_id, t.record_id) = coalesce(r.first_id, r.record_id)
			AND r.record_id = ANY ($1) AND r.is_current AND r.record_id <> t.record_id', schema)
		USING members, tops, reason;
	EXECUTE pg_catalog.format('UPDATE %1$I.records r SET withdrawn_at = NULL,
			superseded_by = CASE WHEN r.record_id <> t.record_id THEN t.record_id END,
			superseded_at = CASE WHEN r.record_id <> t.record_id
				THEN coalesce(r.superseded_at, pg_catalog.now()) END,
			change_reason = $3
		FROM %1$I.records t
		WHERE t.record_id = ANY ($2) AND coalesce(t.first_id, t.record_id) = coalesce(r.first_id, r.record_id)
			AND r.record_id = ANY ($1) AND r.withdrawn_at IS NOT NULL', schema)
		USING records, tops, reason;
	GET DIAGNOSTICS done = ROW_COUNT;
	PERFORM mf_registry_catch_up(schema, members, reason);
	RETURN done;
END
$$;
COMMENT ON FUNCTION mf_registry_restore(name, bigint[], text) IS
	'For mf_restore: brings back those of the records that are withdrawn, and returns how many; the highest version that is not withdrawn holds. An error where a key names another record now (23505).';

CREATE FUNCTION mf_withdraw(schema name, reason text, record_id bigint DEFAULT NULL,
	file_id bigint DEFAULT NULL) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	file record;
	old record;
	these bigint[];
	done bigint;
	kept bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	PERFORM mf_registry_reason(reason);
	IF pg_catalog.num_nonnulls(record_id, file_id) <> 1 THEN
		RAISE EXCEPTION 'give either record_id or file_id' USING ERRCODE = '22023';
	END IF;
	IF record_id IS NOT NULL THEN
		old := mf_registry_lock(schema, record_id, NULL::integer);
		IF old.withdrawn_at IS NOT NULL THEN
			RAISE EXCEPTION 'record % (%) is withdrawn already, by %', record_id,
				pg_catalog.to_json(old.key), old.withdrawn_by
				USING ERRCODE = '55000';
		END IF;
		RETURN mf_registry_withdraw(schema, ARRAY[record_id], reason);
	END IF;
	EXECUTE pg_catalog.format('SELECT f.withdrawn_at, f.withdrawn_by FROM %I.intake_files f
		WHERE f.file_id = $1 FOR UPDATE', schema)
		INTO file USING file_id;
	GET DIAGNOSTICS kept = ROW_COUNT;
	IF kept = 0 THEN
		RAISE EXCEPTION 'there is no file %', file_id USING ERRCODE = 'P0002';
	ELSIF file.withdrawn_at IS NOT NULL THEN
		RAISE EXCEPTION 'file % is withdrawn already, by %', file_id, file.withdrawn_by
			USING ERRCODE = '55000';
	END IF;
	EXECUTE pg_catalog.format('UPDATE %I.intake_files SET withdrawn_at = pg_catalog.now(),
		change_reason = $2 WHERE file_id = $1', schema) USING file_id, reason;
	EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(r.record_id) FROM %1$I.records r
		WHERE r.file_id = $1 AND r.withdrawn_at IS NULL
		AND NOT EXISTS (SELECT FROM %1$I.intake_lines l JOIN %1$I.intake_files f USING (file_id)
			WHERE l.record_id = r.record_id AND f.file_id <> $1 AND f.withdrawn_at IS NULL)',
				schema) INTO these USING file_id;
	done := mf_registry_withdraw(schema, these, reason);
	EXECUTE pg_catalog.format('SELECT pg_catalog.count(*) FROM %I.records WHERE file_id = $1
		AND withdrawn_at IS NULL', schema) INTO kept USING file_id;
	IF kept > 0 THEN
		RAISE NOTICE '% records stay: other files hold them too', kept;
	END IF;
	RETURN done;
END
$$;
COMMENT ON FUNCTION mf_withdraw(name, text, bigint, bigint) IS
	'Takes a record, or all records of a file, out of the analyses, for a reason, and returns how many; the version before it holds again. Records that another file holds too stay. Nothing is deleted: mf_restore brings it back. Errors: withdrawn already (55000), not there (P0002), not exactly one of record_id and file_id (22023), no reason (22004).';

CREATE FUNCTION mf_restore(schema name, reason text, record_id bigint DEFAULT NULL,
	file_id bigint DEFAULT NULL) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	withdrawn timestamptz;
	old record;
	these bigint[];
	held bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	PERFORM mf_registry_reason(reason);
	IF pg_catalog.num_nonnulls(record_id, file_id) <> 1 THEN
		RAISE EXCEPTION 'give either record_id or file_id' USING ERRCODE = '22023';
	END IF;
	IF record_id IS NOT NULL THEN
		old := mf_registry_lock(schema, record_id, NULL::integer);
		IF old.withdrawn_at IS NULL THEN
			RAISE EXCEPTION 'record % (%) is not withdrawn', record_id, pg_catalog.to_json(old.key)
				USING ERRCODE = '55000';
		END IF;
		RETURN mf_registry_restore(schema, ARRAY[record_id], reason);
	END IF;
	EXECUTE pg_catalog.format('SELECT f.withdrawn_at FROM %I.intake_files f WHERE f.file_id = $1
		FOR UPDATE', schema) INTO withdrawn USING file_id;
	GET DIAGNOSTICS held = ROW_COUNT;
	IF held = 0 THEN
		RAISE EXCEPTION 'there is no file %', file_id USING ERRCODE = 'P0002';
	ELSIF withdrawn IS NULL THEN
		RAISE EXCEPTION 'file % is not withdrawn', file_id USING ERRCODE = '55000';
	END IF;
	EXECUTE pg_catalog.format('UPDATE %I.intake_files SET withdrawn_at = NULL, change_reason = $2
		WHERE file_id = $1', schema) USING file_id, reason;
	-- what was withdrawn by itself, before or after, stays withdrawn
	EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(r.record_id) FROM %I.records r
		WHERE r.file_id = $1 AND r.withdrawn_at = $2', schema)
		INTO these USING file_id, withdrawn;
	RETURN mf_registry_restore(schema, these, reason);
END
$$;
COMMENT ON FUNCTION mf_restore(name, text, bigint, bigint) IS
	'Brings back a record, or the records that were withdrawn with a file, for a reason, and returns how many; of the versions of a record, the highest that is not withdrawn holds. Errors: not withdrawn (55000), not there (P0002), its key names another record now (23505), not exactly one of record_id and file_id (22023), no reason (22004).';
-- refused lines, corrected and tried again; files that are kept beside a load

CREATE TYPE mf_retry_result AS (
	outcome text,
	record_id bigint,
	sqlstate text,
	message text,
	path text,
	hint text
);
COMMENT ON TYPE mf_retry_result IS
	'What became of a refused line: corrected, with the record it is now; or refused again, with what is wrong.';

CREATE FUNCTION mf_registry_enter(schema name, given record, key text, record minefield,
	supersede boolean, reason text) RETURNS mf_retry_result
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	holds record;
	answer record;
	entered bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format('SELECT record_id, version, coalesce(first_id, record_id) AS chain,
		as_received = $5 AS same FROM %I.records
		WHERE book_id = $1 AND key = $2 AND is_current AND district IS NOT DISTINCT FROM $3
			AND organisation IS NOT DISTINCT FROM $4', schema)
		INTO holds USING given.book_id, key, given.district, given.organisation, record;
	IF holds.same THEN
		SELECT 'corrected'::text, holds.record_id, NULL::text, NULL::text, NULL::text, NULL::text
			INTO answer;
		RETURN answer;
	ELSIF holds.record_id IS NOT NULL AND supersede IS NOT TRUE THEN
		SELECT 'refused'::text, NULL::bigint, '23505'::text,
			pg_catalog.format('the book holds key %s already, with another content (record %s)',
				pg_catalog.to_json(key), holds.record_id), NULL::text,
			'If this is a new version, call mf_retry with supersede => true; if it is another record, with as_key.'::text INTO answer;
		RETURN answer;
	ELSIF holds.record_id IS NOT NULL THEN
		EXECUTE pg_catalog.format('UPDATE %I.records SET superseded_at = pg_catalog.now(),
			change_reason = $2 WHERE record_id = $1', schema)
			USING holds.record_id, reason;
	END IF;
	EXECUTE pg_catalog.format('INSERT INTO %I.records (book_id, key, version, first_id, as_received,
		current, file_id, district, organisation)
		VALUES ($1, $2, coalesce($3, 0) + 1, $4, $5, $5, $6, $7, $8) RETURNING record_id', schema)
		INTO entered USING given.book_id, key, holds.version, holds.chain, record, given.file_id,
			given.district, given.organisation;
	IF holds.record_id IS NOT NULL THEN
		EXECUTE pg_catalog.format('UPDATE %I.records SET superseded_by = $2 WHERE record_id = $1',
			schema) USING holds.record_id, entered;
	END IF;
	SELECT 'corrected'::text, entered, NULL::text, NULL::text, NULL::text, NULL::text INTO answer;
	RETURN answer;
END
$$;
COMMENT ON FUNCTION mf_registry_enter(name, record, text, minefield, boolean, text) IS
	'For mf_retry: makes a record of a corrected line, or says why not.';

CREATE FUNCTION mf_retry(schema name, intake_id bigint, reason text, corrected text DEFAULT NULL,
	as_key text DEFAULT NULL,
		supersede boolean DEFAULT false) RETURNS mf_retry_result
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	given record;
	try record;
	answer record;
	held bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	PERFORM mf_registry_reason(reason);
	EXECUTE pg_catalog.format('SELECT l.intake_id, l.input, l.outcome, l.district, l.organisation,
		f.file_id, f.book_id, f.withdrawn_at
		FROM %1$I.intake_lines l JOIN %1$I.intake_files f USING (file_id) WHERE l.intake_id = $1
			FOR UPDATE OF l', schema)
		INTO given USING intake_id;
	GET DIAGNOSTICS held = ROW_COUNT;
	IF held = 0 THEN
		RAISE EXCEPTION 'there is no line %', intake_id USING ERRCODE = 'P0002';
	ELSIF given.outcome <> 'refused' THEN
		RAISE EXCEPTION 'line % was not refused: its outcome is "%"', intake_id, given.outcome
			USING ERRCODE = '55000';
	ELSIF given.withdrawn_at IS NOT NULL THEN
		RAISE EXCEPTION 'the file of line % is withdrawn', intake_id USING ERRCODE = '55000';
	END IF;
	PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.format('%I.books',
		schema)::regclass::oid::bigint << 32 | given.book_id & 4294967295);
	SELECT pg_catalog.count(*) AS features, pg_catalog.min(i.sqlstate) AS sqlstate,
		pg_catalog.min(i.message) AS message, pg_catalog.min(i.path) AS path,
			pg_catalog.min(i.hint) AS hint
		INTO try FROM mf_intake_rows(coalesce(corrected, given.input)) i;
	IF try.features <> 1 THEN
		RAISE EXCEPTION 'the corrected text holds % Features, not one', try.features
			USING ERRCODE = '22023';
	ELSIF try.sqlstate IS NOT NULL THEN
		SELECT 'refused'::text AS outcome, NULL::bigint AS record_id, try.sqlstate, try.message,
			try.path, try.hint INTO answer;
	ELSE
		SELECT e.* INTO answer FROM mf_intake_rows(coalesce(corrected, given.input)) i
			CROSS JOIN LATERAL mf_registry_enter(schema, given, coalesce(as_key, i.key), i.record,
				supersede, reason) e;
	END IF;
	EXECUTE pg_catalog.format('INSERT INTO %I.intake_retries (intake_id, input, reason, record_id,
		sqlstate, message, path, hint)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', schema)
		USING intake_id, coalesce(corrected, given.input), reason, answer.record_id,
			answer.sqlstate, answer.message, answer.path, answer.hint;
	IF answer.outcome = 'corrected' THEN
		EXECUTE pg_catalog.format('UPDATE %I.intake_lines SET outcome = ''corrected'',
			record_id = $2 WHERE intake_id = $1', schema)
			USING intake_id, answer.record_id;
	END IF;
	RETURN answer;
END
$$;
COMMENT ON FUNCTION mf_retry(name, bigint, text, text, text, boolean) IS
	'Tries a refused line again: with a corrected text (NULL: as it was), with a key of its own (as_key), as a new version of the record that has its key (supersede). The attempt is kept in intake_retries with the reason, the line keeps its text; a good one becomes a record. Errors: the line was not refused, or its file is withdrawn (55000), there is none (P0002), not exactly one Feature (22023), no reason (22004).';

-- What was handed in, where it is not what was loaded: a workbook of which
-- mf_sheets made a document, a Shapefile that ogr2ogr read.

CREATE FUNCTION mf_keep(schema name, file_id bigint, file_name text, content bytea,
	sha256 text DEFAULT NULL) RETURNS text
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	its_digest text := pg_catalog.encode(pg_catalog.sha256(content), 'hex');
	known text;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	IF file_id IS NULL OR file_name IS NULL OR file_name = '' OR content IS NULL THEN
		RAISE EXCEPTION 'a file is kept with the number of its load, its name and its content'
			USING ERRCODE = '22004';
	ELSIF pg_catalog.lower(sha256) <> its_digest THEN
		RAISE EXCEPTION 'SHA-256 of "%" is %, not %', file_name, its_digest, sha256
			USING ERRCODE = '22000', DETAIL = pg_catalog.format('%s bytes arrived.',
				pg_catalog.octet_length(content)),
				HINT = 'It was changed or cut off on its way here.';
	END IF;
	EXECUTE pg_catalog.format('INSERT INTO %I.intake_originals (file_id, file_name, content, sha256)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT ON CONSTRAINT intake_originals_name DO NOTHING', schema) USING file_id,
			file_name, content, its_digest;
	EXECUTE pg_catalog.format('SELECT sha256 FROM %I.intake_originals WHERE file_id = $1
		AND file_name = $2', schema)
		INTO known USING file_id, file_name;
	IF known <> its_digest THEN
		RAISE EXCEPTION 'load % has a file "%" already, with another content', file_id, file_name
			USING ERRCODE = '23505', HINT = 'What was handed in is never overwritten: give this one another name.';
	END IF;
	RETURN its_digest;
END
$$;
COMMENT ON FUNCTION mf_keep(name, bigint, text, bytea, text) IS
	'Keeps a file that a load was made of, byte for byte, beside the document that was loaded, and returns its SHA-256, in hexadecimal, as sha256sum prints it. With sha256, what arrived must have it (22000). Keeping the same again changes nothing. Errors: the load has another file of this name (23505), there is no such load (23503), NULL file_id, file_name or content (22004).';

CREATE FUNCTION mf_kept(schema name, file_id bigint, file_name text DEFAULT NULL) RETURNS bytea
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found record;
	held bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	IF file_name IS NULL THEN
		EXECUTE pg_catalog.format('SELECT content, sha256 FROM %I.intake_files WHERE file_id = $1',
			schema) INTO found USING file_id;
	ELSE
		EXECUTE pg_catalog.format('SELECT content, sha256 FROM %I.intake_originals
			WHERE file_id = $1 AND file_name = $2', schema)
			INTO found USING file_id, file_name;
	END IF;
	GET DIAGNOSTICS held = ROW_COUNT;
	IF held = 0 THEN
		RAISE EXCEPTION 'load % has no such file', file_id
			USING ERRCODE = 'P0002', HINT = 'Tables intake_files and intake_originals list what is kept.';
	ELSIF pg_catalog.encode(pg_catalog.sha256(found.content), 'hex') <> found.sha256 THEN
		RAISE EXCEPTION 'what is kept of load % is not what was handed in: its SHA-256 is another',
			file_id USING ERRCODE = 'XX001';
	END IF;
	RETURN found.content;
END
$$;
COMMENT ON FUNCTION mf_kept(name, bigint, text) IS
	'A kept file, byte for byte as it was handed in: what mf_keep kept under this name with a load or, without a name, the document that was loaded. Its SHA-256 is compared (XX001). An error where there is none (P0002).';
-- who may see and change what in a registry
--
-- Three roles, without login, that the office grants to its people: a reader
-- sees, an officer sees and enters, an auditor sees everything that happened
-- as well.  Row-level security then narrows all three to the districts (or
-- organisations) that table access names for a role.

CREATE FUNCTION mf_registry_role(role text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF role IS NULL OR role = '' THEN
		RAISE EXCEPTION 'the name of a role is missing' USING ERRCODE = '22004';
	ELSIF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role::name) THEN
		EXECUTE pg_catalog.format('CREATE ROLE %I NOLOGIN', role);
	END IF;
END
$$;
COMMENT ON FUNCTION mf_registry_role(text) IS
	'For mf_registry_roles: makes a role without login when it is not there.';

CREATE FUNCTION mf_registry_roles(schema name, reader text DEFAULT NULL, officer text DEFAULT NULL,
	auditor text DEFAULT NULL) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	place text;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	reader := coalesce(reader, schema::text || '_reader');
	officer := coalesce(officer, schema::text || '_officer');
	auditor := coalesce(auditor, schema::text || '_auditor');
	PERFORM mf_registry_role(reader);
	PERFORM mf_registry_role(officer);
	PERFORM mf_registry_role(auditor);
	EXECUTE pg_catalog.format('GRANT USAGE ON SCHEMA %I TO %I, %I, %I', schema, reader, officer,
		auditor);
	FOREACH place IN ARRAY mf_registry_tables() || mf_registry_view_names() LOOP
		CONTINUE WHEN pg_catalog.to_regclass(pg_catalog.format('%I.%I', schema, place)) IS NULL;
		EXECUTE pg_catalog.format('REVOKE ALL ON %I.%I FROM PUBLIC, %I, %I, %I', schema, place,
			reader, officer, auditor);
		EXECUTE pg_catalog.format('GRANT SELECT ON %I.%I TO %I, %I', schema, place, officer,
			auditor);
		IF place <> ALL (ARRAY['intake_files', 'intake_originals', 'intake_lines', 'intake_retries',
			'history', 'v_intake']) THEN
			EXECUTE pg_catalog.format('GRANT SELECT ON %I.%I TO %I', schema, place, reader);
		END IF;
		IF place = ANY (ARRAY['areas', 'lines', 'findings', 'requests']) THEN
			-- QGIS asks for the right to insert whole rows; numbers, names and times are filled in by triggers
			EXECUTE pg_catalog.format('GRANT INSERT, DELETE ON %I.%I TO %I', schema, place,
				officer);
		END IF;
	END LOOP;
	-- Who and when are filled in, not said: no right on those columns.
	EXECUTE pg_catalog.format($ddl$
		GRANT INSERT (name, issuer, recipient, handed_over, received, source, records_declared,
			sheets_declared, mines_declared,
				header, remarks, district, organisation),
			UPDATE (name, issuer, recipient, handed_over, received, source, records_declared,
				sheets_declared, mines_declared,
				header, remarks, district, organisation) ON %1$I.books TO %2$I;
		GRANT INSERT (book_id, file_name, sha256, content, encoding, district, organisation),
			UPDATE (withdrawn_at, change_reason) ON %1$I.intake_files TO %2$I;
		GRANT INSERT (file_id, file_name, content, sha256, district, organisation)
			ON %1$I.intake_originals TO %2$I;
		GRANT INSERT (file_id, n, line, input, outcome, record_id, twin_of, sqlstate, message, path,
			hint, district, organisation),
			UPDATE (outcome, record_id) ON %1$I.intake_lines TO %2$I;
		GRANT INSERT (intake_id, input, reason, record_id, sqlstate, message, path, hint)
			ON %1$I.intake_retries TO %2$I;
		GRANT INSERT (book_id, key, version, first_id, as_received, current, file_id, status,
			hazard_class, reliability, remarks,
				district, organisation),
			UPDATE (current, status, hazard_class, reliability, remarks, superseded_at,
				superseded_by, withdrawn_at, change_reason)
			ON %1$I.records TO %2$I;
		GRANT INSERT (table_name, row_id, action, was, became, reason, district, organisation)
			ON %1$I.history TO %2$I;
		GRANT INSERT (as_of, parameters, language, backend_pid, progress, district, organisation),
			UPDATE (status, finished_at, progress, versions, input_digest, summary, report, html,
				message) ON %1$I.report_runs TO %2$I;
		GRANT UPDATE (name, kind, geometry, remarks, district, organisation) ON %1$I.areas,
			%1$I.lines TO %2$I;
		GRANT UPDATE (name, kind, found, model, count, accuracy95_m, geometry, source, remarks,
			district, organisation)
			ON %1$I.findings TO %2$I;
		GRANT UPDATE (subject, text, addressee, asked, answered, status, book_id, record_id,
			area_id, line_id, geometry,
			district, organisation) ON %1$I.requests TO %2$I;
	$ddl$, schema, officer);
	PERFORM mf_registry_landmark_rights(schema, officer);
END
$$;
COMMENT ON FUNCTION mf_registry_roles(name, text, text, text) IS
	'Grants the rights of reader, officer and auditor on a registry to three roles, which are made without login when they are not there; their names are those of the schema with _reader, _officer and _auditor unless others are given. Takes all other rights on the tables from them and from PUBLIC. To be called by the owner of the registry; making roles needs CREATEROLE.';

CREATE FUNCTION mf_registry_guard(schema name, place text, by text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	mine text;
	sees text;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF NOT EXISTS (SELECT FROM pg_attribute
		WHERE attrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', schema, place))::oid
			AND attname = by::name AND NOT attisdropped) THEN
		RETURN;
	END IF;
	-- who looks has his scopes found once for a query, and compared without a
	-- function that could tell of other rows
	mine := pg_catalog.format('ARRAY(SELECT a.scope FROM %I.access a WHERE EXISTS (SELECT FROM pg_roles r
		WHERE r.rolname = a.member::name AND pg_catalog.pg_has_role(r.oid, ''MEMBER'')))', schema);
	sees := pg_catalog.format('(%1$I = ANY (%2$s) OR (SELECT ''*'' = ANY (%2$s)))', by, mine);
	EXECUTE pg_catalog.format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', schema, place);
	EXECUTE pg_catalog.format('CREATE POLICY mf_scope ON %I.%I USING %s WITH CHECK %s',
		schema, place, sees, sees);
	-- from now on, numbers do not tell how many others there are
	EXECUTE (SELECT pg_catalog.format('CREATE OR REPLACE TRIGGER number_rows BEFORE INSERT ON %I.%I
			FOR EACH ROW EXECUTE FUNCTION mf_registry_number(%L)', schema, place, a.attname)
		FROM pg_attribute a
		WHERE a.attrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', schema, place))::oid
			AND a.attidentity <> '');
END
$$;
COMMENT ON FUNCTION mf_registry_guard(name, text, text) IS
	'For mf_registry_protect: narrows a table by district or organisation, where it has that column, and numbers its new rows at random.';

CREATE FUNCTION mf_registry_protect(schema name, by text DEFAULT 'district',
	reader text DEFAULT NULL, officer text DEFAULT NULL,
		auditor text DEFAULT NULL) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	place text;
	old record;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF by IS NULL OR by <> ALL (ARRAY['district', 'organisation']) THEN
		RAISE EXCEPTION 'a registry is protected by district or by organisation, not by "%"', by
			USING ERRCODE = '22023';
	END IF;
	PERFORM mf_registry_roles(schema, reader, officer, auditor);
	FOR old IN SELECT p.polname, c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
		WHERE c.relnamespace = pg_catalog.to_regnamespace(pg_catalog.quote_ident(schema::text))::oid
			AND p.polname::text LIKE 'mf\_%'
	LOOP
		EXECUTE pg_catalog.format('DROP POLICY %I ON %I.%I', old.polname, schema, old.relname);
	END LOOP;
	EXECUTE pg_catalog.format('ALTER TABLE %I.access ENABLE ROW LEVEL SECURITY', schema);
	EXECUTE pg_catalog.format('CREATE POLICY mf_own ON %I.access FOR SELECT
		USING (EXISTS (SELECT FROM pg_roles r
		WHERE r.rolname = member::name AND pg_catalog.pg_has_role(r.oid, ''MEMBER'')))', schema);
	FOREACH place IN ARRAY mf_registry_tables() LOOP
		PERFORM mf_registry_guard(schema, place, by);
	END LOOP;
END
$$;
COMMENT ON FUNCTION mf_registry_protect(name, text, text, text, text) IS
	'Grants the rights of mf_registry_roles, and narrows them by row-level security: a role sees and changes only rows whose district (or organisation) table access names for it or for a role it is a member of. Rows without a district are for those with scope * only. The owner of the registry and superusers see everything. From then on, rows get random numbers, which tell of no other rows. Calling it again changes by what. An error where by is neither (22023).';

CREATE FUNCTION mf_registry_protected_by(schema name) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 250
	BEGIN ATOMIC
		SELECT CASE WHEN pg_catalog.pg_get_expr(p.polqual, p.polrelid) ~ '\mdistrict = ANY'
			THEN 'district'::text ELSE 'organisation'::text END
		FROM pg_catalog.pg_policy p
		WHERE p.polname = 'mf_scope'::name
			AND p.polrelid = pg_catalog.to_regclass(pg_catalog.format('%I.records', schema))::oid;
	END;
COMMENT ON FUNCTION mf_registry_protected_by(name) IS
	'By what a registry is protected (mf_registry_protect): district or organisation. NULL where it is not.';

CREATE FUNCTION mf_registry_admit(schema name, member text, VARIADIC scopes text[]) RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	admitted integer;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(schema);
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = member::name) THEN
		RAISE EXCEPTION 'there is no role "%"', member USING ERRCODE = '42704';
	END IF;
	EXECUTE pg_catalog.format('DELETE FROM %I.access WHERE member = $1 AND scope <> ALL ($2)',
		schema) USING member, scopes;
	EXECUTE pg_catalog.format('INSERT INTO %I.access (member, scope) SELECT $1, s
		FROM pg_catalog.unnest($2) s ON CONFLICT DO NOTHING', schema)
		USING member, scopes;
	EXECUTE pg_catalog.format('SELECT pg_catalog.count(*) FROM %I.access WHERE member = $1', schema)
		INTO admitted USING member;
	RETURN admitted;
END
$$;
COMMENT ON FUNCTION mf_registry_admit(name, text, text[]) IS
	'Says which districts (or organisations) a role sees in a protected registry, instead of those it saw before, and returns how many; the scope * is all. Without scopes (VARIADIC ''{}'') it sees nothing. An error where there is no such role (42704).';
-- landmarks: version 2 of the tables of a registry
--
-- Records are located when they come in, by what they say and by what the
-- office found of the landmarks that they begin at.  A landmark that is visited
-- moves every record that uses it, with history, and back again.
--
-- What the paper says is never touched: a landmark's place goes into mf_locate
-- beside the paper, and only what was derived is derived anew.

CREATE TYPE mf_landmark_shift AS (
	record_id bigint,
	key text,
	point_id text,
	is_derived boolean,
	shift_m float8,
	was_located boolean,
	is_located boolean,
	accuracy95_before_m float8,
	accuracy95_m float8
);
COMMENT ON TYPE mf_landmark_shift IS
	'What a place of a landmark does to a record that uses it: which record and point of it, whether its extent was derived from its location (one that somebody plotted stays), by how many metres the point moves that moves farthest (NULL: none is solved both times), whether the record has a place before and after, and its 95 % accuracy in metres before and after (NULL: not known).';

CREATE FUNCTION mf_registry_landmark_rights(schema name, officer text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format($ddl$
		GRANT INSERT, DELETE ON %1$I.landmarks, %1$I.landmark_uses TO %2$I;
		GRANT UPDATE (name, description, geometry, accuracy95_m, is_surveyed, surveyed, source,
			remarks,
			position_id, change_reason) ON %1$I.landmarks TO %2$I;
		GRANT UPDATE (remarks) ON %1$I.landmark_uses TO %2$I;
		GRANT INSERT (landmark_id, geometry, accuracy95_m, is_surveyed, surveyed, source, before_id,
			reason,
			district, organisation) ON %1$I.landmark_positions TO %2$I;
	$ddl$, schema, officer);
END
$$;
COMMENT ON FUNCTION mf_registry_landmark_rights(name, text) IS
	'For mf_registry_roles: what an officer may do with landmarks.';

-- The places of a record's landmarks as mf_locate takes them.  Locked, so that
-- a record that comes in while its landmark is moved is not left behind.
CREATE FUNCTION mf_registry_marks(schema name, chain bigint, lock boolean) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found jsonb;
BEGIN
	EXECUTE pg_catalog.format('SELECT pg_catalog.jsonb_object_agg(m.point_id, m.place) FROM (
			SELECT u.point_id, pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(''lon'',
				(l.geometry::point)[0],
				''lat'', (l.geometry::point)[1], ''accuracy95_m'', l.accuracy95_m)) AS place
			FROM %1$I.landmark_uses u JOIN %1$I.landmarks l ON l.landmark_id = u.landmark_id
			WHERE u.record_id = $1 AND l.is_surveyed %2$s) m', schema, CASE WHEN lock
				THEN 'FOR SHARE OF l' END)
		INTO found USING chain;
	RETURN found;
END
$$;
COMMENT ON FUNCTION mf_registry_marks(name, bigint, boolean) IS
	'For the functions of the registry: the surveyed landmarks of a record, by its points, as mf_locate_options takes them; locked until the transaction ends. NULL when there are none.';

CREATE FUNCTION mf_registry_locate() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield');
	marks jsonb;
	located record;
BEGIN
	-- a record that is just entered is nobody's yet
	IF TG_OP = 'UPDATE' OR NEW.version > 1 THEN
		EXECUTE pg_catalog.format('SELECT %s.mf_registry_marks($1, $2, true)', home) INTO marks
			USING TG_TABLE_SCHEMA, coalesce(NEW.first_id, NEW.record_id);
	END IF;
	EXECUTE pg_catalog.format('SELECT %1$s.mf_locate($1,
		%1$s.mf_registry_with_marks(o.options, $2)) AS record
		FROM %2$I.location_options o
		WHERE o.locate', home, TG_TABLE_SCHEMA)
		INTO located USING NEW.current, marks;
	IF located.record IS NOT NULL THEN
		NEW.current := located.record;
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION mf_registry_locate() IS
	'Trigger of the registry: locates column current by mf_locate, with the options of table location_options and the surveyed landmarks of the record. An extent that was not derived stays.';

CREATE FUNCTION mf_registry_with_marks(options jsonb, marks jsonb) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN CASE WHEN marks IS NULL THEN options ELSE COALESCE(options, '{}'::jsonb)
		|| pg_catalog.jsonb_build_object('landmarks',
		COALESCE(NULLIF(options -> 'landmarks'::text, 'null'::jsonb), '{}'::jsonb) || marks) END;
COMMENT ON FUNCTION mf_registry_with_marks(jsonb, jsonb) IS
	'For the functions of the registry: options of mf_locate with landmarks added.';

-- A place is changed like any column, and every place that held is kept; one
-- that held before is taken up again by its number.
CREATE FUNCTION mf_landmark_placed() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	kept record;
	held bigint;
	entry text := pg_catalog.format('INSERT INTO %I.landmark_positions (landmark_id, geometry,
		accuracy95_m, is_surveyed,
			surveyed, source, before_id, reason, district, organisation)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING position_id', TG_TABLE_SCHEMA);
BEGIN
	IF NEW.position_id IS DISTINCT FROM OLD.position_id THEN
		EXECUTE pg_catalog.format('SELECT * FROM %I.landmark_positions WHERE position_id = $1
			AND landmark_id = $2', TG_TABLE_SCHEMA)
			INTO kept USING NEW.position_id, OLD.landmark_id;
		GET DIAGNOSTICS held = ROW_COUNT;
		IF held = 0 THEN
			RAISE EXCEPTION 'landmark % never had position %', OLD.landmark_id, NEW.position_id
				USING ERRCODE = '23503';
		END IF;
		NEW.geometry := kept.geometry;
		NEW.accuracy95_m := kept.accuracy95_m;
		NEW.is_surveyed := kept.is_surveyed;
		NEW.surveyed := kept.surveyed;
		NEW.source := kept.source;
	ELSIF NOT pg_catalog.record_image_eq(ROW(NEW.geometry, NEW.accuracy95_m, NEW.is_surveyed),
		ROW(OLD.geometry, OLD.accuracy95_m, OLD.is_surveyed)) THEN
		IF OLD.position_id IS NULL THEN
			EXECUTE entry INTO OLD.position_id USING OLD.landmark_id, OLD.geometry,
				OLD.accuracy95_m, OLD.is_surveyed,
				OLD.surveyed, OLD.source, NULL::bigint, 'as it was entered'::text, OLD.district,
					OLD.organisation;
		END IF;
		EXECUTE entry INTO NEW.position_id USING OLD.landmark_id, NEW.geometry, NEW.accuracy95_m,
			NEW.is_surveyed,
			NEW.surveyed, NEW.source, OLD.position_id, NEW.change_reason, OLD.district,
				OLD.organisation;
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION mf_landmark_placed() IS
	'Trigger of the registry: keeps every place of a landmark, and takes an earlier one up again when position_id is set to it.';

CREATE FUNCTION mf_registry_relocate(schema name, chains bigint[], reason text) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	these bigint[];
	done bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(l.record_id) FROM (
			SELECT r.record_id FROM %1$I.records r
			WHERE r.is_current AND ($1 IS NULL OR r.record_id IN (SELECT pg_catalog.unnest($1)
				UNION ALL SELECT v.record_id FROM %1$I.records v WHERE v.first_id = ANY ($1)))
			ORDER BY r.record_id FOR UPDATE) l', schema) INTO these USING chains;
	EXECUTE pg_catalog.format('WITH before AS MATERIALIZED (SELECT record_id, revision
		FROM %1$I.records WHERE record_id = ANY ($1)),
		after AS (UPDATE %1$I.records r SET current = r.current, change_reason = $2 FROM before b
			WHERE b.record_id = r.record_id
			RETURNING r.revision <> b.revision AS changed)
		SELECT pg_catalog.count(*) FROM after WHERE changed', schema) INTO done USING these, reason;
	RETURN done;
END
$$;
COMMENT ON FUNCTION mf_registry_relocate(name, bigint[], text) IS
	'For the functions of the registry: locates the current versions of these records anew (NULL: of all), and returns how many changed.';

CREATE FUNCTION mf_registry_catch_up(schema name, records bigint[], reason text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	chains bigint[];
BEGIN
	EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(DISTINCT u.record_id)
		FROM %1$I.landmark_uses u JOIN %1$I.landmarks l ON l.landmark_id = u.landmark_id
		WHERE u.record_id = ANY ($1) AND l.position_id IS NOT NULL', schema) INTO chains
			USING records;
	IF chains IS NOT NULL THEN
		EXECUTE pg_catalog.format('SELECT %s.mf_registry_relocate($1, $2, $3)',
			(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'))
			USING schema, chains, reason;
	END IF;
END
$$;
COMMENT ON FUNCTION mf_registry_catch_up(name, bigint[], text) IS
	'For mf_withdraw and mf_restore: a version that holds again may have missed the move of a landmark, and is located anew.';

CREATE FUNCTION mf_landmark_moved() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield');
	chains bigint[];
	why text;
BEGIN
	EXECUTE pg_catalog.format('SELECT pg_catalog.array_agg(record_id) FROM %I.landmark_uses
		WHERE landmark_id = $1', TG_TABLE_SCHEMA)
		INTO chains USING NEW.landmark_id;
	IF chains IS NOT NULL THEN
		-- the reason has gone to history just before
		EXECUTE pg_catalog.format('SELECT reason FROM %I.history WHERE table_name = ''landmarks''
			AND row_id = $1
			ORDER BY changed_at DESC LIMIT 1', TG_TABLE_SCHEMA) INTO why USING NEW.landmark_id;
		EXECUTE pg_catalog.format('SELECT %s.mf_registry_relocate($1, $2, $3)', home)
			USING TG_TABLE_SCHEMA, chains,
				pg_catalog.format('landmark %s (%s) was moved: %s', NEW.landmark_id, NEW.name, why);
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION mf_landmark_moved() IS
	'Trigger of the registry: locates the records anew that use a landmark whose place changed.';

CREATE FUNCTION mf_landmark_used() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield');
	use record;
	mark record;
BEGIN
	IF TG_WHEN = 'BEFORE' THEN
		-- the triggers before this one have seen that both are there, and may be seen
		EXECUTE pg_catalog.format('SELECT coalesce(first_id, record_id) AS chain, district,
			organisation FROM %I.records
			WHERE record_id = $1', TG_TABLE_SCHEMA) INTO use USING NEW.record_id;
		EXECUTE pg_catalog.format('SELECT district, organisation FROM %I.landmarks
			WHERE landmark_id = $1', TG_TABLE_SCHEMA)
			INTO mark USING NEW.landmark_id;
		IF ROW(use.district, use.organisation) IS DISTINCT FROM ROW(mark.district,
			mark.organisation) THEN
			RAISE EXCEPTION 'landmark % and record % are not of one district and organisation',
				NEW.landmark_id, NEW.record_id
				USING ERRCODE = '23514', HINT = 'Who may see the one must see the other: enter the landmark for that district, too.';
		END IF;
		NEW.record_id := use.chain;
		NEW.district := use.district;
		NEW.organisation := use.organisation;
		RETURN NEW;
	END IF;
	IF TG_OP = 'DELETE' THEN
		use := OLD;
	ELSE
		use := NEW;
	END IF;
	EXECUTE pg_catalog.format('SELECT name, is_surveyed FROM %I.landmarks WHERE landmark_id = $1',
		TG_TABLE_SCHEMA)
		INTO mark USING use.landmark_id;
	IF mark.is_surveyed THEN
		EXECUTE pg_catalog.format('SELECT %s.mf_registry_relocate($1, $2, $3)', home)
			USING TG_TABLE_SCHEMA, ARRAY[use.record_id],
				pg_catalog.format('point %s is %s landmark %s (%s)', use.point_id,
				CASE TG_OP WHEN 'DELETE' THEN 'no longer' ELSE 'said to be' END, use.landmark_id,
					mark.name);
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION mf_landmark_used() IS
	'Trigger of the registry: a use of a landmark belongs to all versions of a record, and to one district; the record is located anew when the landmark is surveyed.';

CREATE FUNCTION mf_registry_step_2(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	item record;
	guarded text;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format($ddl$
CREATE TABLE %1$I.landmarks (
	landmark_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text NOT NULL CHECK (name <> ''),
	description text,
	geometry geometry(Point, 4326) NOT NULL CHECK (NOT ST_IsEmpty(geometry)),
	accuracy95_m float8 CHECK (accuracy95_m >= 0.0::float8 AND accuracy95_m < 'Infinity'::float8),
	is_surveyed boolean NOT NULL DEFAULT true,
	surveyed text,
	source text,
	remarks text,
	position_id bigint,
	change_reason text,
	district text,
	organisation text,
	created_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	created_by text NOT NULL DEFAULT mf_registry_who()
);
CREATE INDEX landmarks_geometry ON %1$I.landmarks USING gist (geometry);
COMMENT ON TABLE %1$I.landmarks IS 'Beacons, corners, road junctions that records begin at. Changing geometry locates every record anew that uses the landmark; mf_landmark_impact tells before what that does.';
COMMENT ON COLUMN %1$I.landmarks.geometry IS 'Where it is, in WGS 84.';
COMMENT ON COLUMN %1$I.landmarks.accuracy95_m IS 'Radius in metres within which it is, 19 times of 20; NULL is unknown.';
COMMENT ON COLUMN %1$I.landmarks.is_surveyed IS 'Whether the office found this place: then it holds for all records that use it. Otherwise each record has it where its paper says.';
COMMENT ON COLUMN %1$I.landmarks.surveyed IS 'When, ISO 8601 or EDTF; NULL is unknown.';
COMMENT ON COLUMN %1$I.landmarks.position_id IS 'Which row of landmark_positions holds; NULL: it was never moved. Set to an earlier one, that holds again.';
COMMENT ON COLUMN %1$I.landmarks.change_reason IS 'Give the reason here in every UPDATE; it moves to history and this stays NULL.';

CREATE TABLE %1$I.landmark_positions (
	position_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	landmark_id bigint NOT NULL REFERENCES %1$I.landmarks,
	geometry geometry(Point, 4326) NOT NULL,
	accuracy95_m float8,
	is_surveyed boolean NOT NULL,
	surveyed text,
	source text,
	before_id bigint REFERENCES %1$I.landmark_positions,
	reason text,
	entered_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
	entered_by text NOT NULL DEFAULT mf_registry_who(),
	district text,
	organisation text
);
CREATE INDEX landmark_positions_landmark ON %1$I.landmark_positions (landmark_id);
COMMENT ON TABLE %1$I.landmark_positions IS 'Every place that a moved landmark had: written by a trigger, never changed or deleted.';
COMMENT ON COLUMN %1$I.landmark_positions.before_id IS 'The place that it took the place of.';

CREATE TABLE %1$I.landmark_uses (
	use_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	landmark_id bigint NOT NULL REFERENCES %1$I.landmarks,
	record_id bigint NOT NULL REFERENCES %1$I.records,
	point_id text NOT NULL CHECK (point_id <> ''),
	remarks text,
	district text,
	organisation text,
	created_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	created_by text NOT NULL DEFAULT mf_registry_who(),
	CONSTRAINT landmark_uses_point UNIQUE (record_id, point_id)
);
CREATE INDEX landmark_uses_landmark ON %1$I.landmark_uses (landmark_id);
COMMENT ON TABLE %1$I.landmark_uses IS 'Which point of which record is which landmark.';
COMMENT ON COLUMN %1$I.landmark_uses.record_id IS 'The first version of the record: a use holds for every version that has the point.';
COMMENT ON COLUMN %1$I.landmark_uses.point_id IS 'The id of the point in location.points.';

CREATE TABLE %1$I.location_options (
	only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
	locate boolean NOT NULL DEFAULT true,
	options jsonb CHECK (mf_locate('{"type":"Feature","properties":{"location":{}}}'::minefield,
		options) IS NOT NULL)
);
INSERT INTO %1$I.location_options DEFAULT VALUES;
COMMENT ON TABLE %1$I.location_options IS 'How records that come in, or are amended, are located: its one row is changed by the owner, and mf_relocate brings it to the records that are there.';
COMMENT ON COLUMN %1$I.location_options.locate IS 'Whether column current of records is located by mf_locate.';
COMMENT ON COLUMN %1$I.location_options.options IS 'From mf_locate_options(); NULL: its defaults.';

CREATE TRIGGER locate_new BEFORE INSERT ON %1$I.records FOR EACH ROW
	WHEN (mf_properties(NEW.current) ? 'location'::text
		AND (NEW.version > 1 OR NOT mf_properties(NEW.current) ? 'derived'::text))
	EXECUTE FUNCTION mf_registry_locate();
CREATE TRIGGER locate BEFORE UPDATE OF current ON %1$I.records FOR EACH ROW
	WHEN (mf_properties(NEW.current) ? 'location'::text) EXECUTE FUNCTION mf_registry_locate();
CREATE TRIGGER entered BEFORE INSERT ON %1$I.landmarks FOR EACH ROW
	EXECUTE FUNCTION mf_registry_entered();
CREATE TRIGGER placed BEFORE UPDATE ON %1$I.landmarks FOR EACH ROW
	EXECUTE FUNCTION mf_landmark_placed();
CREATE TRIGGER tell_change BEFORE UPDATE ON %1$I.landmarks FOR EACH ROW
	EXECUTE FUNCTION mf_registry_change('landmark_id', 'landmark_id', 'created_at', 'created_by');
CREATE TRIGGER tell_log AFTER DELETE ON %1$I.landmarks FOR EACH ROW
	EXECUTE FUNCTION mf_registry_log('landmark_id');
CREATE TRIGGER tell_records AFTER UPDATE ON %1$I.landmarks FOR EACH ROW
	WHEN (OLD.position_id IS DISTINCT FROM NEW.position_id) EXECUTE FUNCTION mf_landmark_moved();
CREATE TRIGGER entered BEFORE INSERT ON %1$I.landmark_uses FOR EACH ROW
	EXECUTE FUNCTION mf_registry_entered();
CREATE TRIGGER used BEFORE INSERT OR UPDATE OF landmark_id, record_id
	ON %1$I.landmark_uses FOR EACH ROW
	EXECUTE FUNCTION mf_landmark_used();
CREATE TRIGGER tell_log AFTER UPDATE OR DELETE ON %1$I.landmark_uses FOR EACH ROW
	EXECUTE FUNCTION mf_registry_log('use_id');
CREATE TRIGGER tell_records AFTER INSERT OR UPDATE OR DELETE ON %1$I.landmark_uses FOR EACH ROW
	EXECUTE FUNCTION mf_landmark_used();
CREATE TRIGGER keep_rows BEFORE DELETE OR UPDATE ON %1$I.landmark_positions FOR EACH ROW
	EXECUTE FUNCTION mf_registry_keep();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON %1$I.landmark_positions
	EXECUTE FUNCTION mf_registry_keep();
CREATE TRIGGER scope_of_landmarks BEFORE INSERT ON %1$I.landmark_positions FOR EACH ROW
	EXECUTE FUNCTION mf_registry_scope('landmarks', 'landmark_id', 'landmark_id');
CREATE TRIGGER scope_of_before_id BEFORE INSERT ON %1$I.landmark_positions FOR EACH ROW
	EXECUTE FUNCTION mf_registry_scope('landmark_positions', 'position_id', 'before_id');
CREATE TRIGGER scope_of_landmarks BEFORE INSERT OR UPDATE OF landmark_id
	ON %1$I.landmark_uses FOR EACH ROW
	EXECUTE FUNCTION mf_registry_scope('landmarks', 'landmark_id', 'landmark_id');
CREATE TRIGGER scope_of_records BEFORE INSERT OR UPDATE OF record_id
	ON %1$I.landmark_uses FOR EACH ROW
	EXECUTE FUNCTION mf_registry_scope('records', 'record_id', 'record_id');
	$ddl$, schema);
	PERFORM mf_registry_landmark_views(schema);
	-- a registry that is protected stays so
	guarded := mf_registry_protected_by(schema);
	IF guarded IS NOT NULL THEN
		PERFORM mf_registry_guard(schema, t, guarded)
			FROM pg_catalog.unnest(ARRAY['landmarks', 'landmark_positions', 'landmark_uses']) t;
	END IF;
	FOR item IN
		SELECT r.rolname, pg_catalog.has_any_column_privilege(r.oid, c.oid, 'INSERT') AS enters
		FROM pg_class c CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) a JOIN pg_roles r
			ON r.oid = a.grantee
		WHERE c.oid = pg_catalog.format('%I.records', schema)::regclass::oid
			AND a.grantee <> c.relowner
			AND a.privilege_type = 'SELECT'
	LOOP
		EXECUTE pg_catalog.format('GRANT SELECT ON %1$I.landmarks, %1$I.landmark_positions,
			%1$I.landmark_uses, %1$I.location_options,
			%1$I.v_landmarks, %1$I.v_unsolved TO %2$I', schema, item.rolname);
		IF item.enters THEN
			PERFORM mf_registry_landmark_rights(schema, item.rolname);
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION mf_registry_step_2(name) IS
	'For mf_upgrade_registry: makes the tables of version 2: landmarks, and how records are located.';

CREATE FUNCTION mf_registry_landmark_views(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format($ddl$
CREATE OR REPLACE VIEW %1$I.v_current WITH (security_invoker = true) AS
	SELECT r.record_id AS fid, r.book_id, b.name AS book, r.key, r.version,
		mf_number(r.current) AS number,
		mf_source(r.current) AS source, pg_catalog.lower(mf_laid(r.current)) AS laid_from,
		pg_catalog.upper(mf_laid(r.current)) - 1 AS laid_to,
		mf_accuracy_m(r.current) AS accuracy95_m, mf_area(r.current) AS area_m2,
			mf_is_located(r.current) AS is_located,
		mf_digest_text(r.current) <> mf_digest_text(r.as_received) AS is_amended, r.status,
			r.hazard_class, r.reliability, r.remarks,
		r.district, r.organisation, r.received_at, r.current
	FROM %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
	WHERE r.is_current;

CREATE VIEW %1$I.v_landmarks WITH (security_invoker = true) AS
	SELECT l.landmark_id AS fid, l.name, l.description, l.accuracy95_m, l.is_surveyed, l.surveyed,
		l.source, l.remarks,
		(SELECT pg_catalog.count(*) FROM %1$I.landmark_uses u
			WHERE u.landmark_id = l.landmark_id) AS uses,
		l.district, l.organisation, l.geometry
	FROM %1$I.landmarks l;
COMMENT ON VIEW %1$I.v_landmarks IS 'The landmarks, and how many points of records each of them is.';

CREATE VIEW %1$I.v_unsolved WITH (security_invoker = true) AS
	SELECT pg_catalog.row_number() OVER (ORDER BY r.record_id, u.n) AS fid, r.record_id,
		b.name AS book, r.key,
		u.entry ->> 'point'::text AS point, u.entry ->> 'reason'::text AS reason,
		(u.entry #>> '{leg,0}'::text[]) || ' - ' || (u.entry #>> '{leg,1}'::text[]) AS leg,
			u.entry ->> 'said'::text AS said,
		mf_is_located(r.current) AS is_located, r.district, r.organisation
	FROM %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
	CROSS JOIN LATERAL (SELECT mf_properties(r.current) #> '{derived,unsolved}'::text[] AS list) d
	CROSS JOIN LATERAL pg_catalog.jsonb_array_elements(CASE
		WHEN pg_catalog.jsonb_typeof(d.list) = 'array' THEN d.list END)
		WITH ORDINALITY u (entry, n)
	WHERE r.is_current;
COMMENT ON VIEW %1$I.v_unsolved IS 'What mf_locate could not solve of the records that hold, and why; without a point: the extent itself. The reasons are explained in doc/location.md.';
	$ddl$, schema);
END
$$;
COMMENT ON FUNCTION mf_registry_landmark_views(name) IS
	'For mf_upgrade_registry: makes the views of version 2.';
-- the views of a registry, for maps and for other programs
--
-- The key, fid, comes first and is unique, types are those that every program
-- knows, geometry has its type and SRID, and all views look with the rights of
-- who looks.

CREATE FUNCTION mf_registry_views(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format($ddl$
CREATE VIEW %1$I.v_current WITH (security_invoker = true) AS
	SELECT r.record_id AS fid, r.book_id, b.name AS book, r.key, r.version,
		mf_number(r.current) AS number,
		mf_source(r.current) AS source, pg_catalog.lower(mf_laid(r.current)) AS laid_from,
			pg_catalog.upper(mf_laid(r.current)) - 1 AS laid_to,
		mf_accuracy_m(r.current) AS accuracy95_m, mf_area(r.current) AS area_m2,
			mf_is_located(r.current) AS is_located,
		r.current::text <> r.as_received::text AS is_amended, r.status, r.hazard_class,
			r.reliability, r.remarks,
		r.district, r.organisation, r.received_at, r.current
	FROM %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
	WHERE r.is_current;
COMMENT ON VIEW %1$I.v_current IS 'The records that hold: neither superseded nor withdrawn. Column current is the record itself; programs that do not know its type pass over it.';

CREATE VIEW %1$I.v_record_areas WITH (security_invoker = true) AS
	SELECT r.record_id AS fid, b.name AS book, r.key, r.version, mf_number(r.current) AS number,
		mf_source(r.current) AS source, pg_catalog.lower(mf_laid(r.current)) AS laid_from,
			pg_catalog.upper(mf_laid(r.current)) - 1 AS laid_to,
		mf_accuracy_m(r.current) AS accuracy95_m, mf_area(r.current) AS area_m2, r.status,
			r.hazard_class, r.reliability,
		r.district, r.organisation, r.current::text AS document,
			mf_footprint(r.current)::geometry(MultiPolygon, 4326) AS geometry
	FROM %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
	WHERE r.is_current AND mf_area(r.current) IS NOT NULL;
COMMENT ON VIEW %1$I.v_record_areas IS 'The ground of the records that record an area: polygons, and lines with a recorded depth. Areas in square metres. Other ground is not free of mines.';

CREATE VIEW %1$I.v_record_lines WITH (security_invoker = true) AS
	SELECT r.record_id AS fid, b.name AS book, r.key, r.version, mf_number(r.current) AS number,
		mf_source(r.current) AS source, pg_catalog.lower(mf_laid(r.current)) AS laid_from,
			pg_catalog.upper(mf_laid(r.current)) - 1 AS laid_to,
		mf_accuracy_m(r.current) AS accuracy95_m, r.status, r.hazard_class, r.reliability,
		r.district, r.organisation, r.current::text AS document,
		ST_Multi(mf_geometry(r.current))::geometry(MultiLineString, 4326) AS geometry
	FROM %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
	WHERE r.is_current AND mf_is_located(r.current) AND ST_Dimension(mf_geometry(r.current)) = 1;
COMMENT ON VIEW %1$I.v_record_lines IS 'The records whose extent is a line, such as rows of mines.';

CREATE VIEW %1$I.v_record_points WITH (security_invoker = true) AS
	SELECT r.record_id AS fid, b.name AS book, r.key, r.version, mf_number(r.current) AS number,
		mf_source(r.current) AS source, pg_catalog.lower(mf_laid(r.current)) AS laid_from,
			pg_catalog.upper(mf_laid(r.current)) - 1 AS laid_to,
		mf_accuracy_m(r.current) AS accuracy95_m, r.status, r.hazard_class, r.reliability,
		r.district, r.organisation, r.current::text AS document,
		ST_Multi(mf_geometry(r.current))::geometry(MultiPoint, 4326) AS geometry
	FROM %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
	WHERE r.is_current AND mf_is_located(r.current) AND ST_Dimension(mf_geometry(r.current)) = 0;
COMMENT ON VIEW %1$I.v_record_points IS 'The records that give only one or more points: where they lie is known, how far they reach is not.';

CREATE VIEW %1$I.v_unlocated WITH (security_invoker = true) AS
	SELECT r.record_id AS fid, b.name AS book, r.key, r.version, mf_number(r.current) AS number,
		mf_source(r.current) AS source, pg_catalog.lower(mf_laid(r.current)) AS laid_from,
			pg_catalog.upper(mf_laid(r.current)) - 1 AS laid_to,
		r.status, r.hazard_class, r.reliability, r.district, r.organisation,
			r.current::text AS document
	FROM %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
	WHERE r.is_current AND NOT mf_is_located(r.current);
COMMENT ON VIEW %1$I.v_unlocated IS 'The records that are on no map: they may lie anywhere. Show their number beside every map.';

CREATE VIEW %1$I.v_no_record WITH (security_invoker = true) AS
	SELECT (pg_catalog.row_number() OVER (ORDER BY a.area_id, g.n))::integer AS fid, a.area_id,
		a.name AS area, g.n, g.area_m2, g.share_of_aoi,
		g.max_width_m, pg_catalog.array_to_string(g.neighbours, ', ') AS neighbours, a.district,
			a.organisation,
		g.geometry::geometry(MultiPolygon, 4326) AS geometry
	FROM %1$I.areas a
	CROSS JOIN LATERAL (
		SELECT mf_gap_rows(r.record_id::text, r.current, a.geometry) AS gaps
		FROM (SELECT mf_box(a.geometry) AS box) k
		LEFT JOIN %1$I.records r ON r.is_current AND r.current && k.box) x
	CROSS JOIN LATERAL pg_catalog.unnest(x.gaps) AS g;
COMMENT ON VIEW %1$I.v_no_record IS 'The ground of each area that no record covers, as far as the records may be seen: no record is not safe ground. Computed when read; neighbours are the fid of the records beside it.';

CREATE VIEW %1$I.v_no_record_lines WITH (security_invoker = true) AS
	SELECT (pg_catalog.row_number() OVER (ORDER BY l.line_id, g.n))::integer AS fid, l.line_id,
		l.name AS line, g.n,
		g.from_m, g.to_m, g.length_m, k.distance_m,
			pg_catalog.array_to_string(g.neighbours, ', ') AS neighbours,
		l.district, l.organisation, g.geometry::geometry(LineString, 4326) AS geometry
	FROM %1$I.lines l
	CROSS JOIN (SELECT (mf_report_options() ->> 'line_distance_m'::text)::float8 AS distance_m) k
	CROSS JOIN LATERAL (
		SELECT mf_line_gap_rows(r.record_id::text, r.current, l.geometry, k.distance_m) AS gaps
		FROM (SELECT mf_box_expand(mf_box(l.geometry), k.distance_m) AS box) b
		LEFT JOIN %1$I.records r ON r.is_current AND r.current && b.box) x
	CROSS JOIN LATERAL pg_catalog.unnest(x.gaps) AS g;
COMMENT ON VIEW %1$I.v_no_record_lines IS 'The stretches of each line that are farther than distance_m metres (as a report has it unless told otherwise) from every record that may be seen: no record is not safe ground. Measured in metres along the line; computed when read; neighbours are the fid of the records at either end.';

CREATE VIEW %1$I.v_overlaps WITH (security_invoker = true) AS
	SELECT (pg_catalog.row_number() OVER (ORDER BY o.key_a::bigint,
		o.key_b::bigint))::integer AS fid,
		o.key_a::bigint AS record_a, o.key_b::bigint AS record_b, a.key AS key_a, b.key AS key_b,
			o.class, o.contradicts,
		o.area_m2, o.share_a, o.share_b, o.iou, a.district AS district_a, b.district AS district_b,
		ST_Multi(ST_CollectionExtract(ST_Intersection(mf_footprint(a.current),
			mf_footprint(b.current)), 3))::geometry(MultiPolygon, 4326) AS geometry
	FROM (SELECT mf_overlaps(r.record_id::text, r.current) AS pairs FROM %1$I.records r
		WHERE r.is_current) x
	CROSS JOIN LATERAL pg_catalog.unnest(x.pairs) AS o
	JOIN %1$I.records a ON a.record_id = o.key_a::bigint
	JOIN %1$I.records b ON b.record_id = o.key_b::bigint;
COMMENT ON VIEW %1$I.v_overlaps IS 'Pairs of records that touch or lie on the same ground, with the common ground (empty where they only touch); contradicts: their documents disagree. Computed when read.';

CREATE VIEW %1$I.v_findings WITH (security_invoker = true) AS
	SELECT finding_id AS fid, name, kind, found, model, count, accuracy95_m, source, remarks,
		district, organisation,
		ST_PointOnSurface(geometry)::geometry(Point, 4326) AS geometry
	FROM %1$I.findings;
COMMENT ON VIEW %1$I.v_findings IS 'What was met on the ground, each as a point; without geometry: the place is not known.';

CREATE VIEW %1$I.v_intake WITH (security_invoker = true) AS
	SELECT l.intake_id AS fid, b.name AS book, f.file_name, l.n, l.line, l.outcome, r.key,
		l.sqlstate, l.message, l.path, l.hint, l.input,
		f.sha256, f.received_at, f.received_by, f.withdrawn_at, l.district, l.organisation
	FROM %1$I.intake_lines l
	JOIN %1$I.intake_files f ON f.file_id = l.file_id
	LEFT JOIN %1$I.books b ON b.book_id = f.book_id
	LEFT JOIN %1$I.records r ON r.record_id = l.record_id;
COMMENT ON VIEW %1$I.v_intake IS 'Every line handed in and what became of it. WHERE outcome = ''refused'' is the list to be corrected with mf_retry.';
	$ddl$, schema);
END
$$;
COMMENT ON FUNCTION mf_registry_views(name) IS
	'For mf_upgrade_registry: makes the views of version 1.';
-- landmarks at work: what a place would change, changing it, and taking it back

CREATE FUNCTION mf_landmark_place(place geometry) RETURNS geometry
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF place IS NULL OR ST_IsEmpty(place)
		OR GeometryType(place) NOT IN ('POINT', 'POINTZ', 'POINTM', 'POINTZM') THEN
		RAISE EXCEPTION 'the place of a landmark is a point' USING ERRCODE = '22023';
	ELSIF ST_SRID(place) <> 4326 THEN
		RAISE EXCEPTION 'the place has SRID %, not 4326', ST_SRID(place)
			USING ERRCODE = '22023', HINT = 'Use ST_Transform, or mf_from_grid with the operation that is meant.';
	ELSIF NOT (ST_X(place) BETWEEN -180.0::float8 AND 180.0::float8
		AND ST_Y(place) BETWEEN -90.0::float8 AND 90.0::float8) THEN
		RAISE EXCEPTION 'the place is outside longitude -180..180 or latitude -90..90'
			USING ERRCODE = '22003';
	END IF;
	RETURN ST_Force2D(place);
END
$$;
COMMENT ON FUNCTION mf_landmark_place(geometry) IS
	'For the functions of landmarks: a place in longitude and latitude, without height; an error unless it is a point (22023), with SRID 4326 (22023), on the Earth (22003).';

CREATE FUNCTION mf_landmark_shifts(registry name, landmark bigint, place jsonb)
	RETURNS SETOF mf_landmark_shift
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000 ROWS 100
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	RETURN QUERY EXECUTE pg_catalog.format('
		SELECT r.record_id, r.key, u.point_id, n.record::text <> r.current::text
				OR mf_properties(r.current) -> ''derived''::text IS NOT NULL,
			(SELECT pg_catalog.max(ST_Distance(a.geometry::geography, b.geometry::geography))
				FROM mf_traverse(r.current, o.before) a JOIN mf_traverse(r.current, o.after) b
					ON b.id = a.id WHERE a.solved AND b.solved),
			mf_is_located(r.current), mf_is_located(n.record), mf_accuracy_m(r.current)::float8,
				mf_accuracy_m(n.record)::float8
		FROM %1$I.landmark_uses u JOIN %1$I.records r ON r.is_current
			AND r.record_id IN (SELECT u.record_id UNION ALL SELECT v.record_id FROM %1$I.records v
				WHERE v.first_id = u.record_id)
		CROSS JOIN %1$I.location_options l
		CROSS JOIN LATERAL (SELECT coalesce(mf_registry_marks($1, u.record_id, false),
			''{}'') AS marks) m
		CROSS JOIN LATERAL (SELECT mf_registry_with_marks(l.options, m.marks) AS before,
			mf_registry_with_marks(l.options, CASE WHEN $3 IS NULL THEN m.marks - u.point_id
				ELSE m.marks || pg_catalog.jsonb_build_object(u.point_id, $3) END) AS after) o
		CROSS JOIN LATERAL (SELECT CASE WHEN l.locate THEN mf_locate(r.current, o.after)
			ELSE r.current END AS record) n
		WHERE u.landmark_id = $2 ORDER BY r.key COLLATE "C", r.record_id, u.point_id', registry)
		USING registry, landmark, place;
END
$$;
COMMENT ON FUNCTION mf_landmark_shifts(name, bigint, jsonb) IS
	'For mf_landmark_impact: what becomes of the records that use a landmark when it stands there ({lon, lat, accuracy95_m}; NULL: where each paper says).';

CREATE FUNCTION mf_landmark_impact(registry name, landmark bigint, place geometry,
	accuracy95_m float8 DEFAULT NULL)
	RETURNS SETOF mf_landmark_shift
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000 ROWS 100
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	held bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	place := mf_landmark_place(place);
	EXECUTE pg_catalog.format('SELECT pg_catalog.count(*) FROM %I.landmarks WHERE landmark_id = $1',
		registry)
		INTO held USING landmark;
	IF held = 0 THEN
		RAISE EXCEPTION 'there is no landmark %', landmark USING ERRCODE = 'P0002';
	END IF;
	RETURN QUERY SELECT s.* FROM mf_landmark_shifts(registry, landmark,
		pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
		'lon', ST_X(place), 'lat', ST_Y(place), 'accuracy95_m', accuracy95_m))) s;
END
$$;
COMMENT ON FUNCTION mf_landmark_impact(name, bigint, geometry, float8) IS
	'What would become of each record that uses a landmark if the landmark stood there, within accuracy95_m metres (NULL: not known): how far its points would move, and its accuracy. Changes nothing. Errors: no point with SRID 4326 (22023), no such landmark (P0002).';

CREATE FUNCTION mf_move_landmark(registry name, landmark bigint, place geometry, reason text,
	accuracy95_m float8 DEFAULT NULL,
	surveyed text DEFAULT NULL) RETURNS SETOF mf_landmark_shift
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000 ROWS 100
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	held bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	PERFORM mf_registry_reason(reason);
	place := mf_landmark_place(place);
	EXECUTE pg_catalog.format('SELECT pg_catalog.count(*)
		FROM (SELECT FROM %I.landmarks WHERE landmark_id = $1 FOR UPDATE) l', registry)
		INTO held USING landmark;
	IF held = 0 THEN
		RAISE EXCEPTION 'there is no landmark %', landmark USING ERRCODE = 'P0002';
	END IF;
	RETURN QUERY SELECT i.* FROM mf_landmark_impact(registry, landmark, place, accuracy95_m) i;
	EXECUTE pg_catalog.format('UPDATE %I.landmarks SET geometry = $2, accuracy95_m = $3,
		is_surveyed = true, surveyed = $4, change_reason = $5
		WHERE landmark_id = $1', registry) USING landmark, place, accuracy95_m, surveyed, reason;
END
$$;
COMMENT ON FUNCTION mf_move_landmark(name, bigint, geometry, text, float8, text) IS
	'Says where a landmark was found, within accuracy95_m metres (NULL: not known), surveyed then, and why this is entered: the records that use it are located anew, each change with this reason in history. Returns what became of them, as mf_landmark_impact does. mf_unmove_landmark takes it back. Errors: no point with SRID 4326 (22023), no such landmark (P0002), no reason (22004).';

CREATE FUNCTION mf_unmove_landmark(registry name, landmark bigint, reason text)
	RETURNS SETOF mf_landmark_shift
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000 ROWS 100
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	back record;
	held bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	PERFORM mf_registry_reason(reason);
	EXECUTE pg_catalog.format('SELECT pg_catalog.count(*)
		FROM (SELECT FROM %I.landmarks WHERE landmark_id = $1 FOR UPDATE) l', registry)
		INTO held USING landmark;
	IF held = 0 THEN
		RAISE EXCEPTION 'there is no landmark %', landmark USING ERRCODE = 'P0002';
	END IF;
	EXECUTE pg_catalog.format('SELECT q.* FROM %1$I.landmarks l JOIN %1$I.landmark_positions p
		ON p.position_id = l.position_id
		JOIN %1$I.landmark_positions q ON q.position_id = p.before_id WHERE l.landmark_id = $1',
			registry) INTO back USING landmark;
	IF back.position_id IS NULL THEN
		RAISE EXCEPTION 'landmark % is where it was entered', landmark USING ERRCODE = '55000';
	END IF;
	RETURN QUERY SELECT s.* FROM mf_landmark_shifts(registry, landmark, CASE WHEN back.is_surveyed
		THEN pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
			'lon', ST_X(back.geometry), 'lat', ST_Y(back.geometry), 'accuracy95_m', back.accuracy95_m)) END) s;
	EXECUTE pg_catalog.format('UPDATE %I.landmarks SET position_id = $2, change_reason = $3
		WHERE landmark_id = $1', registry)
		USING landmark, back.position_id, reason;
END
$$;
COMMENT ON FUNCTION mf_unmove_landmark(name, bigint, text) IS
	'Takes the last move of a landmark back, for a reason: the place before it holds again, and the records that use it are located anew. Called again, it takes the move before that back. Returns what became of the records. Errors: it is where it was entered (55000), no such landmark (P0002), no reason (22004).';

CREATE FUNCTION mf_use_landmark(registry name, landmark bigint, record_id bigint, point_id text)
	RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	named bigint;
	entered bigint;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	EXECUTE pg_catalog.format('SELECT pg_catalog.count(p.id) FROM %I.records r LEFT
		JOIN LATERAL mf_points(r.current) p ON p.id = $2
		WHERE r.record_id = $1 GROUP BY r.record_id', registry) INTO named USING record_id,
			point_id;
	IF named IS NULL THEN
		RAISE EXCEPTION 'there is no record %', record_id USING ERRCODE = 'P0002';
	ELSIF named = 0 THEN
		RAISE EXCEPTION 'record % has no point %', record_id,
			coalesce(pg_catalog.to_json(point_id)::text, 'without an id')
			USING ERRCODE = '22023', HINT = 'mf_points(record) lists the points of a record.';
	END IF;
	EXECUTE pg_catalog.format('INSERT INTO %I.landmark_uses (landmark_id, record_id, point_id)
		VALUES ($1, $2, $3) RETURNING use_id', registry)
		INTO entered USING landmark, record_id, point_id;
	RETURN entered;
END
$$;
COMMENT ON FUNCTION mf_use_landmark(name, bigint, bigint, text) IS
	'Says that a point of a record, in all its versions, is a landmark; where the landmark is surveyed, the record is located anew. Returns the number of the use; deleting that row takes it back. Errors: the record has no such point (22023), no such record (P0002) or landmark (23503), the point is a landmark already (23505), they are not of one district and organisation (23514).';

CREATE FUNCTION mf_collect_landmarks(registry name, within_m float8 DEFAULT 1) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	one record;
	mark bigint;
	done bigint := 0;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	IF within_m IS NULL OR NOT (within_m >= 0.0::float8 AND within_m <= 10000.0::float8) THEN
		RAISE EXCEPTION 'within_m must be between 0 and 10000' USING ERRCODE = '22023';
	END IF;
	-- two at once would enter the same landmarks twice
	EXECUTE pg_catalog.format('LOCK TABLE %I.landmark_uses IN SHARE ROW EXCLUSIVE MODE', registry);
	FOR one IN EXECUTE pg_catalog.format('SELECT coalesce(r.first_id, r.record_id) AS chain, r.key,
		r.district, r.organisation, t.id, t.geometry,
			t.accuracy95_m, (SELECT pg_catalog.min(p.description) FROM mf_points(r.current) p
				WHERE p.id = t.id) AS description
		FROM %1$I.records r CROSS JOIN %1$I.location_options o CROSS
			JOIN LATERAL mf_traverse(r.current, o.options) t
		WHERE r.is_current AND t.role = ''landmark'' AND t.fixed AND t.solved
			AND NOT EXISTS (SELECT FROM %1$I.landmark_uses u
			WHERE u.record_id = coalesce(r.first_id, r.record_id) AND u.point_id = t.id)
		ORDER BY r.key COLLATE "C", r.record_id, t.id', registry)
	LOOP
		EXECUTE pg_catalog.format('SELECT landmark_id FROM %I.landmarks
			WHERE geometry && mf_report_near($1, $2 + 1.0::float8)
				AND ST_Distance(geometry::geography, $1::geography) <= $2
				AND district IS NOT DISTINCT FROM $3 AND organisation IS NOT DISTINCT FROM $4
			ORDER BY ST_Distance(geometry::geography, $1::geography), landmark_id LIMIT 1',
				registry)
			INTO mark USING one.geometry, within_m, one.district, one.organisation;
		IF mark IS NULL THEN
			EXECUTE pg_catalog.format('INSERT INTO %I.landmarks (name, description, geometry,
				accuracy95_m, is_surveyed, source, district, organisation)
				VALUES ($1, $2, $3, $4, false, $5, $6, $7) RETURNING landmark_id', registry)
					INTO mark
				USING pg_catalog.left(coalesce(nullif(one.description, ''), one.id || ' of '
					|| one.key), 80), one.description, one.geometry,
					one.accuracy95_m, 'as record ' || one.key || ' has it', one.district,
						one.organisation;
		END IF;
		EXECUTE pg_catalog.format('INSERT INTO %I.landmark_uses (landmark_id, record_id, point_id)
			VALUES ($1, $2, $3)', registry)
			USING mark, one.chain, one.id;
		done := done + 1;
	END LOOP;
	RETURN done;
END
$$;
COMMENT ON FUNCTION mf_collect_landmarks(name, float8) IS
	'Finds the points of role landmark of all records that hold and that are no landmark of the registry yet, by their place: those within within_m metres (0 to 10000) of a landmark of the same district and organisation become uses of it, of the others new landmarks are made, where the paper has them (is_surveyed false). Moves nothing unless the landmark found is surveyed. Returns how many points it found.';

CREATE FUNCTION mf_relocate(registry name, reason text) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	PERFORM mf_registry_reason(reason);
	RETURN mf_registry_relocate(registry, NULL::bigint[], reason);
END
$$;
COMMENT ON FUNCTION mf_relocate(name, text) IS
	'Locates all records that hold anew: those that came in before the registry did so by itself, and all when its options, the table of errors or PROJ changed. Returns how many changed; each change has the reason in history. An error without a reason (22004).';

CREATE FUNCTION mf_load(document text, verbatim boolean, locate jsonb) RETURNS SETOF mf_load_row
	LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 1000
	BEGIN ATOMIC
		SELECT l.line, mf_locate(l.record, locate), l.sqlstate, l.message, l.path, l.hint, l.input
		FROM mf_load(document, COALESCE(verbatim, false)) AS l;
	END;
COMMENT ON FUNCTION mf_load(text, boolean, jsonb) IS
	'The same, each record located by mf_locate, with options from mf_locate_options() (NULL: its defaults). A record whose geometry was not derived stays as it is.';
-- what a completeness report says: its options, and the sections that are
-- read from the input alone
--
-- A report reads the registry once, in one statement, into temporary tables
-- (minefield_in_...); everything else reads those.  So a report that takes
-- minutes shows one moment, and a run can commit between its steps.

CREATE FUNCTION mf_report_options(margin_m float8 DEFAULT 0, min_gap_m2 float8 DEFAULT 100,
	min_gap_m float8 DEFAULT 10, line_distance_m float8 DEFAULT 100, sliver_m2 float8 DEFAULT 1,
	near_m float8 DEFAULT 0, max_rows integer DEFAULT 50) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF NOT (margin_m BETWEEN 0 AND 100000 AND min_gap_m2 BETWEEN 0 AND 1e12 AND min_gap_m BETWEEN 0 AND 1e9
			AND line_distance_m BETWEEN 0 AND 100000 AND sliver_m2 BETWEEN 0 AND 1e12 AND near_m BETWEEN 0 AND 100000) THEN
		RAISE EXCEPTION 'an option of the report is out of range'
			USING ERRCODE = 'invalid_parameter_value',
				HINT = 'Distances are 0 to 100000 metres; areas and lengths are not negative.';
	END IF;
	IF max_rows NOT BETWEEN 1 AND 1000 THEN
		RAISE EXCEPTION 'max_rows must be between 1 and 1000'
			USING ERRCODE = 'invalid_parameter_value';
	END IF;
	RETURN pg_catalog.jsonb_build_object('margin_m', coalesce(margin_m, 0), 'min_gap_m2', coalesce(min_gap_m2, 100),
		'min_gap_m', coalesce(min_gap_m, 10), 'line_distance_m', coalesce(line_distance_m, 100),
		'sliver_m2', coalesce(sliver_m2, 1), 'near_m', coalesce(near_m, 0), 'max_rows', coalesce(max_rows, 50));
END
$$;
COMMENT ON FUNCTION mf_report_options(float8, float8, float8, float8, float8, float8, integer) IS
	'Options of mf_report and mf_run_report: margin_m enlarges every footprint by so many metres; gaps below min_gap_m2 square metres or, along lines, min_gap_m metres are left out; a line is recorded up to line_distance_m metres from a record where the line states no distance of its own; sliver_m2 and near_m as in mf_overlap_options; max_rows (1 to 1000) limits every list. NULL is the default.';

-- Options may come from a file or a job written by hand: a misspelt one must
-- not silently be the default.
CREATE FUNCTION mf_report_check_options(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	defaults jsonb;
	unknown text;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	defaults := mf_report_options();
	IF options IS NULL THEN
		RETURN defaults;
	END IF;
	IF pg_catalog.jsonb_typeof(options) <> 'object' THEN
		RAISE EXCEPTION 'options of the report are no JSON object'
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Build them with mf_report_options().';
	END IF;
	SELECT pg_catalog.min(name) INTO unknown FROM pg_catalog.jsonb_object_keys(options) AS name WHERE NOT defaults ? name;
	IF unknown IS NOT NULL THEN
		RAISE EXCEPTION 'unknown option "%" of the report', unknown
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Build them with mf_report_options().';
	END IF;
	RETURN mf_report_options((options ->> 'margin_m'::text)::float8, (options ->> 'min_gap_m2'::text)::float8,
		(options ->> 'min_gap_m'::text)::float8, (options ->> 'line_distance_m'::text)::float8,
		(options ->> 'sliver_m2'::text)::float8, (options ->> 'near_m'::text)::float8, (options ->> 'max_rows'::text)::integer);
END
$$;
COMMENT ON FUNCTION mf_report_check_options(jsonb) IS
	'For the report: options of a report, checked and with all defaults filled in.';

CREATE FUNCTION mf_report_tables() RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_report_forget();
	CREATE TEMP TABLE minefield_in_record (key text, book text, number text, record minefield, box geometry,
		accuracy_m float8, digest text);
	CREATE TEMP TABLE minefield_in_area (id text, name text, aoi geometry);
	CREATE TEMP TABLE minefield_in_line (id text, name text, line geometry, distance_m float8);
	CREATE TEMP TABLE minefield_in_find (id text, kind text, model text, found_on text, place geometry);
	CREATE TEMP TABLE minefield_in_book (book text, header jsonb);
	CREATE TEMP TABLE minefield_in_file (file text, book text, sha256 text, received text,
		lines bigint, records bigint, refused bigint, twins bigint, withdrawn boolean);
	CREATE TEMP TABLE minefield_in_refused (file text, line bigint, sqlstate text, message text, path text, hint text);
	CREATE TEMP TABLE minefield_out_missing (book text, low bigint, high bigint);
	CREATE TEMP TABLE minefield_out_overlap (key_a text, key_b text, class text, certainty text, contradicts boolean,
		area_m2 float8, share_a float8, share_b float8, shift_m float8, shape geometry);
	CREATE TEMP TABLE minefield_out_gap (kind text, place text, n integer, size float8, neighbours text[],
		body jsonb, shape geometry);
	CREATE TEMP TABLE minefield_out_find (id text, kind text, model text, outside boolean, within_uncertainty boolean,
		nearest text, distance_m float8, place geometry);
	CREATE TEMP TABLE minefield_out_part (part text, n integer, body jsonb);
END
$$;
COMMENT ON FUNCTION mf_report_tables() IS
	'For the report: makes the temporary tables that a report works in.';

CREATE FUNCTION mf_report_forget() RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	place text;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	FOREACH place IN ARRAY ARRAY['in_record', 'in_area', 'in_line', 'in_find', 'in_book', 'in_file', 'in_refused',
		'out_missing', 'out_overlap', 'out_gap', 'out_find', 'out_part', 'tmp_sheet', 'tmp_place', 'tmp_unsolved'] LOOP
		-- no IF EXISTS: it would tell everybody of every table that is not there
		IF pg_catalog.to_regclass('pg_temp.minefield_' || place) IS NOT NULL THEN
			EXECUTE pg_catalog.format('DROP TABLE pg_temp.%I', 'minefield_' || place);
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION mf_report_forget() IS
	'For the report: drops the temporary tables of a report.';

-- A list with its own length, so that a shortened one says so.
CREATE FUNCTION mf_report_list(total bigint, rows jsonb) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN pg_catalog.jsonb_build_object('count', coalesce(total, 0::bigint), 'rows', coalesce(rows, '[]'::jsonb));
COMMENT ON FUNCTION mf_report_list(bigint, jsonb) IS
	'For the report: a list of a report: how many there are, and the rows that are shown of them.';

CREATE FUNCTION mf_report_mines(t mf_mine_totals) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN pg_catalog.jsonb_build_object('known', (t).known, 'at_least', (t).at_least, 'at_most', (t).at_most,
							  'records', (t).records, 'records_unknown', (t).records_unknown);
COMMENT ON FUNCTION mf_report_mines(mf_mine_totals) IS
	'For the report: a total of mines as a report writes it; at_most is null when nothing bounds it.';

CREATE FUNCTION mf_report_received(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	limit_rows integer := options ->> 'max_rows'::text;
	books jsonb;
	files jsonb;
	refused jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book', b.book,
			'title', b.header ->> 'title'::text, 'issuer', b.header ->> 'issuer'::text, 'source', b.header ->> 'source'::text,
			'handed_over', b.header ->> 'handed_over'::text, 'received', b.header ->> 'received'::text,
			'records_declared', b.header -> 'records_declared'::text, 'sheets_declared', b.header -> 'sheets_declared'::text,
			'records', coalesce(r.records, 0::bigint), 'located', coalesce(r.located, 0::bigint),
			'unlocated', coalesce(r.records - r.located, 0::bigint),
			'mines', mf_report_mines(r.mines)) ORDER BY b.book COLLATE "C")
	INTO books
	FROM pg_temp.minefield_in_book b
		LEFT JOIN (SELECT book, pg_catalog.count(*) AS records, pg_catalog.count(*) FILTER (WHERE box IS NOT NULL) AS located,
						  mf_mine_total(record) AS mines
				   FROM pg_temp.minefield_in_record GROUP BY book) r
		ON r.book IS NOT DISTINCT FROM b.book;

	SELECT pg_catalog.jsonb_agg(pg_catalog.to_jsonb(f) ORDER BY f.received DESC, f.file COLLATE "C") INTO files
	FROM (SELECT * FROM pg_temp.minefield_in_file ORDER BY received DESC, file COLLATE "C" LIMIT limit_rows) f;
	SELECT pg_catalog.jsonb_agg(pg_catalog.to_jsonb(f) ORDER BY f.file COLLATE "C", f.line) INTO refused
	FROM (SELECT * FROM pg_temp.minefield_in_refused ORDER BY file COLLATE "C", line LIMIT limit_rows) f;

	RETURN pg_catalog.jsonb_build_object('books', coalesce(books, '[]'::jsonb),
		'files', mf_report_list((SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_file), files),
		'refused', mf_report_list((SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_refused), refused));
END
$$;
COMMENT ON FUNCTION mf_report_received(jsonb) IS
	'For the report: section of a report: the books, the files they came in, and the lines that could not be read.';

CREATE FUNCTION mf_report_totals(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	totals jsonb;
	models jsonb;
	declared jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT pg_catalog.jsonb_build_object('records', pg_catalog.count(*),
			'located', pg_catalog.count(box), 'unlocated', pg_catalog.count(*) - pg_catalog.count(box),
			'without_area', pg_catalog.count(*) FILTER (WHERE box IS NOT NULL AND mf_area(record) IS NULL),
			'not_valid', pg_catalog.count(*) FILTER (WHERE NOT mf_is_valid(record)),
			'number_unknown', pg_catalog.count(*) FILTER (WHERE number IS NULL),
			'laid_unknown', pg_catalog.count(*) FILTER (WHERE mf_laid(record) IS NULL),
			'accuracy_unknown', pg_catalog.count(*) FILTER (WHERE box IS NOT NULL AND accuracy_m IS NULL),
			'mines', mf_report_mines(mf_mine_total(record)))
	INTO totals
	FROM pg_temp.minefield_in_record;

	SELECT pg_catalog.jsonb_object_agg(model, n) INTO declared
	FROM (SELECT m ->> 'model'::text AS model, pg_catalog.sum((m ->> 'count'::text)::numeric) AS n
		  FROM pg_temp.minefield_in_book b,
			   pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(b.header -> 'mines_declared'::text) = 'array'
									THEN b.header -> 'mines_declared'::text ELSE '[]'::jsonb END) m
		  WHERE m ->> 'model'::text IS NOT NULL AND pg_catalog.jsonb_typeof(m -> 'count'::text) = 'number'
		  GROUP BY 1) d;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('model', model, 'records', records, 'known', known,
			'at_least', at_least, 'at_most', at_most, 'entries_unknown', entries_unknown,
			'declared', declared -> model)
			ORDER BY at_least DESC, model COLLATE "C")
	INTO models
	FROM (SELECT m.model, pg_catalog.count(DISTINCT r.key) AS records, coalesce(pg_catalog.sum(m.count), 0::float8) AS known,
				 pg_catalog.sum(coalesce(m.count_min, m.count, 0::float8)) AS at_least,
				 CASE WHEN pg_catalog.bool_and(coalesce(m.count_max, m.count) IS NOT NULL)
					  THEN pg_catalog.sum(coalesce(m.count_max, m.count)) END AS at_most,
				 pg_catalog.count(*) FILTER (WHERE m.count IS NULL) AS entries_unknown
		  FROM pg_temp.minefield_in_record r, mf_mines(r.record) m
		  GROUP BY m.model) m;
	RETURN totals || pg_catalog.jsonb_build_object('models', coalesce(models, '[]'::jsonb));
END
$$;
COMMENT ON FUNCTION mf_report_totals(jsonb) IS
	'For the report: section of a report: how many records, what is not known of them, and the mines by model as intervals.';

CREATE FUNCTION mf_report_unlocated(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	rows jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', key, 'book', book, 'number', number, 'says', pg_catalog.left(says, 240))
					 ORDER BY key COLLATE "C") INTO rows
	FROM (SELECT r.key, r.book, r.number, coalesce(mf_properties(r.record) #>> '{location,description}'::text[],
				(SELECT pg_catalog.string_agg(p.description, '; ' ORDER BY p.n) FROM mf_points(r.record) p
				 WHERE p.description IS NOT NULL),
				(mf_properties(r.record) ->> 'remarks'::text)) AS says
		  FROM pg_temp.minefield_in_record r WHERE r.box IS NULL
		  ORDER BY r.key COLLATE "C" LIMIT (options ->> 'max_rows'::text)::integer) u;
	RETURN mf_report_list((SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_record WHERE box IS NULL), rows);
END
$$;
COMMENT ON FUNCTION mf_report_unlocated(jsonb) IS
	'For the report: section of a report: the records without a place, which may lie anywhere, with the words that they have for it.';

-- Numbers between the lowest and the highest received; a book may begin and
-- end beyond them, which only what it declares can tell.
CREATE FUNCTION mf_report_missing(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	limit_rows integer := options ->> 'max_rows'::text;
	books jsonb;
	sheets jsonb;
	incomplete bigint;
	unknown bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	INSERT INTO pg_temp.minefield_out_missing
	SELECT book, before + 1::bigint, n - 1::bigint
	FROM (SELECT book, n, pg_catalog.lag(n) OVER (PARTITION BY book ORDER BY n) AS before
		  FROM (SELECT DISTINCT book, number::bigint AS n FROM pg_temp.minefield_in_record
				WHERE number ~ '^[0-9]{1,9}$') d) g
	WHERE n > before + 1::bigint;

	-- sheets: all copies of one number together
	CREATE TEMP TABLE minefield_tmp_sheet AS
	SELECT r.book, coalesce(r.number, r.key) AS number, pg_catalog.min(r.key) AS key, pg_catalog.max(s.of_) AS of_,
		   pg_catalog.array_agg(DISTINCT s.sheet) FILTER (WHERE s.sheet IS NOT NULL) AS present
	FROM pg_temp.minefield_in_record r
		LEFT JOIN LATERAL (SELECT p -> 'sheets_of'::text AS sheets_of, p -> 'sheets'::text AS sheets
						   FROM mf_properties(r.record) p) p ON true
		LEFT JOIN LATERAL (
			SELECT CASE WHEN pg_catalog.jsonb_typeof(p.sheets_of) = 'number' AND (p.sheets_of)::numeric BETWEEN 1 AND 1000
						THEN (p.sheets_of)::numeric::integer END AS of_,
				   CASE WHEN pg_catalog.jsonb_typeof(sheet) = 'number' AND sheet::numeric BETWEEN 1 AND 1000
						THEN sheet::numeric::integer END AS sheet
			FROM (SELECT NULL::jsonb AS sheet
				  UNION ALL SELECT e FROM pg_catalog.jsonb_array_elements(
					  CASE WHEN pg_catalog.jsonb_typeof(p.sheets) = 'array' THEN p.sheets ELSE '[]'::jsonb END) e) s) s ON true
	GROUP BY r.book, coalesce(r.number, r.key);
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book', b.book, 'declared', b.header -> 'records_declared'::text,
			'received', coalesce(r.records, 0::bigint), 'numbers', coalesce(r.numbers, 0::bigint),
			'without_number', coalesce(r.without_number, 0::bigint),
			'short', CASE WHEN pg_catalog.jsonb_typeof(b.header -> 'records_declared'::text) = 'number' THEN (b.header ->> 'records_declared'::text)::numeric
				- coalesce(r.numbers + r.without_number, 0::bigint)::numeric END,
			'sheets_declared', b.header -> 'sheets_declared'::text, 'sheets_received', (
				SELECT coalesce(pg_catalog.sum(pg_catalog.cardinality(t.present)), 0::bigint) FROM minefield_tmp_sheet t WHERE t.book IS NOT DISTINCT FROM b.book),
			'lowest', r.lowest, 'highest', r.highest,
			'not_counted', coalesce(r.not_counted, 0::bigint),
			'missing', mf_report_list(m.missing, m.ranges))
			ORDER BY b.book COLLATE "C")
	INTO books
	FROM pg_temp.minefield_in_book b
		LEFT JOIN (SELECT book, pg_catalog.count(*) AS records, pg_catalog.count(DISTINCT number) AS numbers,
						  pg_catalog.count(*) FILTER (WHERE number IS NULL) AS without_number,
						  pg_catalog.count(*) FILTER (WHERE number !~ '^[0-9]{1,9}$') AS not_counted,
						  pg_catalog.min(CASE WHEN number ~ '^[0-9]{1,9}$' THEN number::bigint END) AS lowest,
						  pg_catalog.max(CASE WHEN number ~ '^[0-9]{1,9}$' THEN number::bigint END) AS highest
				   FROM pg_temp.minefield_in_record GROUP BY book) r ON r.book IS NOT DISTINCT FROM b.book
		LEFT JOIN (SELECT book, pg_catalog.sum(high - low + 1::bigint)::bigint AS missing,
						  pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(low, high) ORDER BY low) FILTER (WHERE n <= limit_rows) AS ranges
				   FROM (SELECT *, pg_catalog.row_number() OVER (PARTITION BY book ORDER BY low) AS n
						 FROM pg_temp.minefield_out_missing) x GROUP BY book) m ON m.book IS NOT DISTINCT FROM b.book;

	SELECT pg_catalog.count(*) FILTER (WHERE of_ IS NOT NULL AND present IS NOT NULL AND EXISTS (
				SELECT FROM pg_catalog.generate_series(1, of_) n WHERE n <> ALL (present))),
		   pg_catalog.count(*) FILTER (WHERE of_ IS NULL OR present IS NULL)
	INTO incomplete, unknown FROM minefield_tmp_sheet;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', key, 'book', book, 'of', of_, 'missing', missing)
					 ORDER BY key COLLATE "C") INTO sheets
	FROM (SELECT key, book, of_, (SELECT pg_catalog.jsonb_agg(n) FROM pg_catalog.generate_series(1, of_) n WHERE n <> ALL (present)) AS missing
		  FROM minefield_tmp_sheet
		  WHERE of_ IS NOT NULL AND present IS NOT NULL
			AND EXISTS (SELECT FROM pg_catalog.generate_series(1, of_) n WHERE n <> ALL (present))
		  ORDER BY key COLLATE "C" LIMIT limit_rows) s;
	DROP TABLE minefield_tmp_sheet;
	RETURN pg_catalog.jsonb_build_object('books', coalesce(books, '[]'::jsonb),
		'sheets', mf_report_list(incomplete, sheets), 'sheets_unknown', unknown);
END
$$;
COMMENT ON FUNCTION mf_report_missing(jsonb) IS
	'For the report: section of a report: by book, the numbers that lie between those received, as ranges, and what was declared; and the records of which sheets are missing.';
-- the words of the report page, in English and Russian
--
-- {words in braces} are filled in.  An office that wants other words, or
-- another language, puts them into table labels of its registry.

CREATE FUNCTION mf_report_accuracy_labels(language text) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	RETURN CASE language
		WHEN 'en' THEN '{
			"accuracy": "How well the places are known",
			"accuracy_text": "With 95 % a record lies within its accuracy of where it is drawn, if what the paper says is right. Accuracy never makes ground recorded.",
			"accuracy_known": "Records with a place whose accuracy is known: {n}. Half of them are within {m}.",
			"accuracy_unknown": "Records with a place whose accuracy is not known: {n}. They may be off by any distance.",
			"accuracy_map": "Map of uncertainty",
			"accuracy_map_desc": "Around each record, the ground within its 95 % accuracy. Points are records whose accuracy is too small to be drawn; hollow points, records whose accuracy is not known. North is up. Scale bar {bar}.",
			"legend_reach": "within the accuracy of a record",
			"legend_point": "record, accuracy smaller than the sign",
			"legend_accuracy_unknown": "record, accuracy not known",
			"accuracy_more_rings": "Drawn are the {n} records with the widest accuracy; of the others, the points.",
			"accuracy_classes": "Records by accuracy",
			"accuracy_within": "within {m}",
			"accuracy_between": "{from} to {m}",
			"accuracy_beyond": "more than {m}",
			"accuracy_not_known": "not known",
			"accuracy_worst": "The least certain records",
			"accuracy95": "95 % accuracy",
			"dominated_by": "Mostly from",
			"source_stated": "as the record states",
			"source_landmark": "landmark",
			"source_azimuth": "azimuths",
			"source_distance": "distances",
			"source_datum": "datum",
			"source_map": "reading the map",
			"source_source": "where the record comes from",
			"source_assumption": "what was assumed",
			"source_extent": "a shape that is not known",
			"unsolved": "What could not be solved",
			"unsolved_text": "These records say something of their place, but not enough. Each reason is something to ask for.",
			"unsolved_reasons": "Reasons",
			"unsolved_points": "Points that are not solved",
			"accuracy_absent": "The release that made this report did not tell of that.", "points": "Points", "point": "Point", "leg": "Leg",
			"extent_itself": "the extent",
			"no_unsolved": "Of the records that give measurements, every point is solved.",
			"reason_no_location": "no measurements",
			"reason_no_points": "no point named",
			"reason_no_coordinates": "no coordinates, and no leg leads there",
			"reason_untied": "no leg from a known point",
			"reason_loop_without_tie": "a loop without a known point",
			"reason_undetermined": "directions that hardly cross",
			"reason_too_many_points": "too many points",
			"reason_no_azimuth": "azimuth missing",
			"reason_no_distance": "distance missing",
			"reason_no_north": "which north is not said",
			"reason_no_declination": "declination missing",
			"reason_no_grid": "grid north without a grid",
			"reason_no_angle_unit": "unit of angles missing",
			"reason_no_distance_unit": "unit of distances missing",
			"reason_bad_azimuth": "azimuth cannot be read",
			"reason_bad_distance": "distance cannot be read",
			"reason_no_crs": "coordinate system missing",
			"reason_bad_crs": "coordinate system not usable",
			"reason_no_operation": "way from its datum to WGS 84 not said",
			"reason_no_northing": "northing missing",
			"reason_no_easting": "easting missing",
			"reason_no_lon": "longitude missing",
			"reason_no_lat": "latitude missing",
			"reason_no_map_sheet": "map sheet missing",
			"reason_bad_mgrs": "grid reference cannot be read",
			"reason_bad_angle": "angle cannot be read",
			"reason_bad_map_sheet": "map sheet cannot be read",
			"reason_not_on_sheet": "not on the map sheet",
			"reason_out_of_range": "coordinates out of range",
			"reason_id_twice": "two points of one name",
			"reason_too_far": "too far from the first point",
			"reason_perimeter_unsolved": "a corner is not solved",
			"reason_rows_unsolved": "a point of a row is not solved",
			"reason_perimeter_too_short": "fewer than three corners",
			"reason_no_extent": "reference points only"
		}'::jsonb
		WHEN 'ru' THEN '{
			"accuracy": "Насколько точно известны места",
			"accuracy_text": "С вероятностью 95 % поле лежит не дальше своей точности от места на карте, если запись верна. Точность не делает местность записанной.",
			"accuracy_known": "Записей с местом, точность которых известна: {n}. Половина из них — в пределах {m}.",
			"accuracy_unknown": "Записей с местом, точность которых неизвестна: {n}. Ошибка может быть любой.",
			"accuracy_map": "Карта неопределённости",
			"accuracy_map_desc": "Вокруг каждой записи — местность в пределах её точности 95 %. Точки — записи, точность которых мельче знака; полые точки — записи, точность которых неизвестна. Север вверху. Масштаб {bar}.",
			"legend_reach": "в пределах точности записи",
			"legend_point": "запись, точность мельче знака",
			"legend_accuracy_unknown": "запись, точность неизвестна",
			"accuracy_more_rings": "Показаны {n} наименее точных записей; остальные — точками.",
			"accuracy_classes": "Записи по точности",
			"accuracy_within": "в пределах {m}",
			"accuracy_between": "от {from} до {m}",
			"accuracy_beyond": "более {m}",
			"accuracy_not_known": "неизвестна",
			"accuracy_worst": "Наименее точные записи",
			"accuracy95": "Точность 95 %",
			"dominated_by": "Главным образом из-за",
			"source_stated": "указано в записи",
			"source_landmark": "ориентира",
			"source_azimuth": "азимутов",
			"source_distance": "расстояний",
			"source_datum": "системы координат",
			"source_map": "съёмки с карты",
			"source_source": "происхождения записи",
			"source_assumption": "допущений",
			"source_extent": "неизвестной формы",
			"unsolved": "Что не удалось вычислить",
			"unsolved_text": "Эти записи говорят о месте, но недостаточно. Каждая причина — вопрос другой стороне.",
			"unsolved_reasons": "Причины",
			"unsolved_points": "Невычисленные точки",
			"accuracy_absent": "Выпуск, которым составлен этот отчёт, об этом не говорил.", "points": "Точки", "point": "Точка", "leg": "Отрезок",
			"extent_itself": "сам контур",
			"no_unsolved": "Во всех записях с измерениями вычислены все точки.",
			"reason_no_location": "нет измерений",
			"reason_no_points": "не названа ни одна точка",
			"reason_no_coordinates": "нет ни координат, ни отрезка к точке",
			"reason_untied": "нет отрезка от известной точки",
			"reason_loop_without_tie": "замкнутый ход без известной точки",
			"reason_undetermined": "направления почти не пересекаются",
			"reason_too_many_points": "слишком много точек",
			"reason_no_azimuth": "нет азимута",
			"reason_no_distance": "нет расстояния",
			"reason_no_north": "не сказано, от какого севера",
			"reason_no_declination": "нет склонения",
			"reason_no_grid": "дирекционный угол без сетки",
			"reason_no_angle_unit": "нет единицы углов",
			"reason_no_distance_unit": "нет единицы расстояний",
			"reason_bad_azimuth": "азимут не читается",
			"reason_bad_distance": "расстояние не читается",
			"reason_no_crs": "нет системы координат",
			"reason_bad_crs": "система координат непригодна",
			"reason_no_operation": "не указан переход к WGS 84",
			"reason_no_northing": "нет координаты на север",
			"reason_no_easting": "нет координаты на восток",
			"reason_no_lon": "нет долготы",
			"reason_no_lat": "нет широты",
			"reason_no_map_sheet": "нет листа карты",
			"reason_bad_mgrs": "координаты MGRS не читаются",
			"reason_bad_angle": "угол не читается",
			"reason_bad_map_sheet": "лист карты не читается",
			"reason_not_on_sheet": "не на этом листе карты",
			"reason_out_of_range": "координаты вне пределов",
			"reason_id_twice": "две точки с одним именем",
			"reason_too_far": "слишком далеко от первой точки",
			"reason_perimeter_unsolved": "угол контура не вычислен",
			"reason_rows_unsolved": "точка ряда не вычислена",
			"reason_perimeter_too_short": "меньше трёх углов",
			"reason_no_extent": "только опорные точки"
		}'::jsonb
		ELSE '{}'::jsonb END;
COMMENT ON FUNCTION mf_report_accuracy_labels(text) IS
	'For mf_report_labels: the words about accuracy and unsolved points. Empty for a language without them.';

CREATE FUNCTION mf_report_labels(language text) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	RETURN mf_report_accuracy_labels(language) || CASE language
		WHEN 'en' THEN '{
			"decimal": ".",
			"group": ",",
			"unit_m2": " m²",
			"unit_ha": " ha",
			"unit_km2": " km²",
			"unit_m": " m",
			"unit_km": " km",
			"unknown": "unknown",
			"yes": "yes",
			"no": "no",
			"none_listed": "None.",
			"kicker": "Completeness of minefield records",
			"title": "{registry}: what the records say, and what they do not",
			"as_of": "State of {when}",
			"run": "run {n}",
			"district": "district {name}",
			"organisation": "organisation {name}",
			"read": "How to read this",
			"read_1": "Recorded: the ground lies within a record’s own extent. It does not say that the record is right.",
			"read_2": "Possible: no record covers the ground, but the stated accuracy of one reaches it.",
			"read_3": "No record: nothing received tells of this ground. That is no statement about the ground itself.",
			"read_4": "Unknown is not zero: totals state what is unknown in them.",
			"contents": "Contents",
			"skip": "To the contents",
			"lead_records": "Records received: {n}, in {books} log books.",
			"lead_unlocated": "Without a place: {n}. Each of these may lie anywhere, in every area below.",
			"lead_ground": "Of the ground asked about, {share} has no record.",
			"lead_possible": "Within the accuracy of a record: a further {share}.",
			"may_lie": "Unlocated records that may lie here: {n}.",
			"tile_records": "records received",
			"tile_unlocated": "without a place",
			"tile_missing": "numbers missing between those received",
			"tile_refused": "lines that could not be read",
			"tile_no_record": "of the areas has no record",
			"tile_line": "of the lines has no record near",
			"tile_contradicting": "pairs contradict each other",
			"tile_finds": "finds and accidents outside every record",
			"overview": "Where it lies",
			"overview_title": "Map of everything received",
			"overview_text": "The areas and lines asked about, and every record that has a place.",
			"not_on_map": "Far from everything else, and therefore not on the map",
			"not_on_map_text": "Records plotted far away: {n}. A wrong zone, swapped coordinates or a missing value are common reasons; they are counted in every total.",
			"map_of": "Map of {name}",
			"map_desc": "Recorded ground filled, ground without a record hatched, common ground of records dark. North is up. Scale bar {bar}.",
			"legend": "Legend",
			"legend_source": "record: {name}",
			"legend_source_unknown": "record: source not stated",
			"legend_gap": "no record",
			"legend_overlap": "ground of two or more records",
			"legend_area": "area asked about",
			"legend_line": "line asked about",
			"legend_line_gap": "stretch without a record near",
			"legend_find_inside": "find within a record",
			"legend_find_outside": "find outside every record",
			"legend_accident_inside": "accident within a record",
			"legend_accident_outside": "accident outside every record",
			"north": "N",
			"changes": "What changed since the last report",
			"changes_since": "Compared with run {n}, state of {when}.",
			"changes_first": "This is the first report: there is nothing to compare it with.",
			"changes_same": "The input is the same, byte for byte: nothing was added or changed.",
			"changes_options": "The two reports were made with different options: their figures cannot be compared.",
			"changes_added": "Records added",
			"changes_gone": "Records withdrawn or replaced",
			"changes_changed": "Records changed",
			"before": "before",
			"now": "now",
			"difference": "difference",
			"figure": "Figure",
			"figures": "Figures side by side",
			"no_record_by_area": "Ground without a record, by area",
			"and_more": "and {n} more",
			"received": "What was received",
			"book": "Log book",
			"issuer": "From",
			"source": "Made from",
			"handed_over": "Handed over",
			"declared": "Declared",
			"records": "Records",
			"located": "With a place",
			"unlocated": "Without a place",
			"file": "File",
			"files": "Files",
			"received_on": "Received",
			"lines_in_file": "Features",
			"became_records": "Became records",
			"refused": "Refused",
			"twins": "Twins",
			"withdrawn": "withdrawn",
			"refused_title": "Lines that could not be read",
			"refused_text": "They are kept word for word and can be corrected; until then no figure here counts them.",
			"line": "Line",
			"reason": "Reason",
			"chart_books": "Records by log book",
			"missing_short": "Missing numbers",
			"totals": "Totals, with what is unknown in them",
			"item": "Of the records",
			"count": "Count",
			"t_without_area": "with a place but no area: how far they reach is not known",
			"t_not_valid": "with an outline that crosses itself",
			"t_number_unknown": "without a number",
			"t_laid_unknown": "without a date of laying",
			"t_accuracy_unknown": "with a place of unknown accuracy",
			"mines": "Mines by model",
			"model": "Model",
			"model_unknown": "model not stated",
			"known": "Counted",
			"between": "Between",
			"entries_unknown": "Entries without a count",
			"no_upper": "no upper bound",
			"mines_total": "All together",
			"unlocated_title": "Records without a place",
			"unlocated_text": "Nothing places these on a map. They may lie in any area of this report, and no gap is closed to them.",
			"record": "Record",
			"number": "Number",
			"says": "What it says of its place",
			"missing": "Missing numbers and sheets",
			"missing_text": "Missing are the numbers between the lowest and the highest received. A book may begin before and end after them: compare what was declared.",
			"missing_numbers": "Numbers missing",
			"numbers_range": "Numbers received",
			"numbers_different": "Different numbers",
			"sheets_received": "Sheets: received of declared",
			"sheets_all": "All sheets",
			"by_share": "In proportion",
			"without_number": "Without a number",
			"less_than_declared": "{n} fewer than declared",
			"more_than_declared": "{n} more than declared",
			"as_declared": "as declared",
			"not_declared": "not declared",
			"sheets": "Records of which sheets are missing",
			"sheets_missing": "Sheets missing",
			"sheets_of": "of {n}",
			"sheets_unknown": "Records that do not say how many sheets they have, or which are there: {n}.",
			"areas": "Area by area",
			"no_areas": "No areas were asked about: enter them in table areas.",
			"area": "Area",
			"ground": "Ground",
			"recorded": "recorded",
			"possible": "possible",
			"no_record": "no record",
			"possible_unknown": "unknown: no accuracy is stated",
			"share": "Share",
			"area_records": "Records that touch it",
			"area_without": "of these without an area",
			"times": "recorded more than once",
			"chart_areas": "Areas compared",
			"gaps": "Gaps",
			"gaps_text": "Numbered as on the map, the largest first.",
			"gap": "Gap",
			"size": "Size",
			"width": "Widest",
			"place": "Middle",
			"neighbours": "Records beside it",
			"gaps_none": "No gap larger than {size}.",
			"lines": "Along the lines",
			"no_lines": "No lines were asked about: enter them in table lines.",
			"line_text": "Recorded is what lies within {distance} of a record.",
			"length": "Length",
			"near_record": "near a record",
			"from_to": "From – to",
			"stretch": "Stretch",
			"questions": "What to ask the other party for",
			"questions_text": "The largest gaps, and what the records beside them suggest. Each can be sent as a request.",
			"ask_area": "{place}, gap {n}: {size} around {where}, up to {width} wide.",
			"ask_line": "{place}, stretch {n}: {size} from {from} to {to}, middle {where}.",
			"ask_between": "It lies beside records {list}.",
			"ask_records": "Ask for records of this ground.",
			"ask_numbers": "Missing here are, of {book}: {list}. Ask for these first.",
			"ask_missing": "Missing numbers of {book}: {list}.",
			"ask_declared": "{book}: {n} fewer records than declared.",
			"ask_sheets": "Missing sheets: {n} records are incomplete.",
			"ask_unlocated": "Places of the records that have none: {n}.",
			"ask_contradicting": "Which of two records holds, where they contradict each other: {n} pairs.",
			"overlaps": "Overlaps and contradictions",
			"overlaps_text": "Pairs of records on the same ground. They may be copies, two accounts of one field, two fields, or one of them plotted wrongly.",
			"not_compared": "Records without a place, which could not be compared: {n}.",
			"class_duplicate": "same ground",
			"class_contains": "one contains the other",
			"class_within": "one lies within the other",
			"class_partial": "partly the same ground",
			"class_sliver": "a narrow strip in common",
			"class_adjacent": "adjacent",
			"class_near": "near each other",
			"pair": "Pair",
			"kind": "How they lie",
			"common": "Common ground",
			"contradicts": "Contradict each other",
			"differs": "What differs",
			"d_mines": "mines",
			"d_laid": "laid",
			"d_category": "category",
			"finds": "Finds and accidents outside the records",
			"finds_text": "Of {total} finds and accidents with a place, {outside} lie outside every record: {within} of these within the stated accuracy of a record, {beyond} beyond it, {unknown} where no accuracy is stated.",
			"finds_none": "No finds or accidents were entered.",
			"finds_without_place": "Without a place: {n}.",
			"find": "Find",
			"kind_of_find": "Kind",
			"nearest": "Nearest record",
			"distance": "Distance",
			"within_accuracy": "Within its accuracy",
			"kind_mine": "mine",
			"kind_accident": "accident",
			"kind_other device": "other device",
			"trend": "Trend over the reports",
			"trend_text": "From {from} to {to}, {n} reports.",
			"trend_records": "Records",
			"trend_unlocated": "Without a place",
			"trend_missing": "Missing numbers",
			"trend_no_record": "Ground without a record",
			"trend_line": "Lines without a record near",
			"trend_finds": "Finds outside the records",
			"about": "About this report",
			"about_digest": "Input, SHA-256",
			"about_options": "Options",
			"about_versions": "Software",
			"about_who": "Made by",
			"about_text": "This page holds all it shows: it loads nothing, runs nothing and can be printed or passed on as one file. Areas are true areas on the WGS 84 ellipsoid, coordinates WGS 84."
		}'::jsonb
		WHEN 'ru' THEN '{
			"decimal": ",",
			"group": "\u202f",
			"unit_m2": " м²",
			"unit_ha": " га",
			"unit_km2": " км²",
			"unit_m": " м",
			"unit_km": " км",
			"unknown": "неизвестно",
			"yes": "да",
			"no": "нет",
			"none_listed": "Нет.",
			"kicker": "Полнота сведений о минных полях",
			"title": "{registry}: что записано и чего в записях нет",
			"as_of": "Состояние на {when}",
			"run": "отчёт № {n}",
			"district": "район: {name}",
			"organisation": "организация: {name}",
			"read": "Как читать",
			"read_1": "Записано: земля лежит в пределах, указанных в записи. Верна ли запись, этим не сказано.",
			"read_2": "Возможно: ни одна запись не охватывает эту землю, но заявленная погрешность одной из них её достигает.",
			"read_3": "Нет записи: ничего из полученного об этой земле не говорит. О самой земле этим ничего не сказано.",
			"read_4": "Неизвестное — не ноль: в итогах указано, что в них неизвестно.",
			"contents": "Содержание",
			"skip": "К содержанию",
			"lead_records": "Получено записей: {n}, журналов: {books}.",
			"lead_unlocated": "Без места: {n}. Каждая из них может относиться к любому месту, к любому из участков ниже.",
			"lead_ground": "Из земли, о которой спрашивается, без записи: {share}.",
			"lead_possible": "В пределах погрешности записей: ещё {share}.",
			"may_lie": "Записи без места, которые могут относиться сюда: {n}.",
			"tile_records": "записей получено",
			"tile_unlocated": "без места",
			"tile_missing": "номеров не хватает между полученными",
			"tile_refused": "строк не удалось прочесть",
			"tile_no_record": "площади участков без записи",
			"tile_line": "длины рубежей без записи рядом",
			"tile_contradicting": "пар записей противоречат друг другу",
			"tile_finds": "находок и подрывов вне всех записей",
			"overview": "Где это лежит",
			"overview_title": "Карта всего полученного",
			"overview_text": "Участки и рубежи, о которых спрашивается, и все записи, у которых есть место.",
			"not_on_map": "Далеко от всего остального и потому не на карте",
			"not_on_map_text": "Записей, нанесённых далеко в стороне: {n}. Частые причины: неверная зона, переставленные координаты, пропущенное значение. Во всех итогах они учтены.",
			"map_of": "Карта: {name}",
			"map_desc": "Записанная земля закрашена, земля без записи заштрихована, общая земля нескольких записей тёмная. Север вверху. Масштабная линейка: {bar}.",
			"legend": "Условные знаки",
			"legend_source": "запись: {name}",
			"legend_source_unknown": "запись: источник не указан",
			"legend_gap": "нет записи",
			"legend_overlap": "земля двух и более записей",
			"legend_area": "участок запроса",
			"legend_line": "рубеж запроса",
			"legend_line_gap": "отрезок без записи рядом",
			"legend_find_inside": "находка в пределах записи",
			"legend_find_outside": "находка вне всех записей",
			"legend_accident_inside": "подрыв в пределах записи",
			"legend_accident_outside": "подрыв вне всех записей",
			"north": "С",
			"changes": "Что изменилось с прошлого отчёта",
			"changes_since": "Сравнение с отчётом № {n}, состояние на {when}.",
			"changes_first": "Это первый отчёт: сравнивать не с чем.",
			"changes_same": "Исходные данные те же, байт в байт: ничего не добавлено и не изменено.",
			"changes_options": "Отчёты сделаны с разными параметрами: их числа несравнимы.",
			"changes_added": "Добавлено записей",
			"changes_gone": "Отозвано или заменено записей",
			"changes_changed": "Изменено записей",
			"before": "раньше",
			"now": "сейчас",
			"difference": "разница",
			"figure": "Показатель",
			"figures": "Показатели рядом",
			"no_record_by_area": "Земля без записи по участкам",
			"and_more": "и ещё {n}",
			"received": "Что получено",
			"book": "Журнал",
			"issuer": "От кого",
			"source": "Составлен по",
			"handed_over": "Передан",
			"declared": "Заявлено",
			"records": "Записи",
			"located": "С местом",
			"unlocated": "Без места",
			"file": "Файл",
			"files": "Файлы",
			"received_on": "Получен",
			"lines_in_file": "Объекты",
			"became_records": "Стали записями",
			"refused": "Не приняты",
			"twins": "Повторы",
			"withdrawn": "отозван",
			"refused_title": "Строки, которые не удалось прочесть",
			"refused_text": "Они сохранены дословно и могут быть исправлены; до тех пор ни одно число здесь их не учитывает.",
			"line": "Строка",
			"reason": "Причина",
			"chart_books": "Записи по журналам",
			"missing_short": "Недостающие номера",
			"totals": "Итоги и что в них неизвестно",
			"item": "Из записей",
			"count": "Число",
			"t_without_area": "с местом, но без площади: как далеко они простираются, неизвестно",
			"t_not_valid": "с контуром, пересекающим себя",
			"t_number_unknown": "без номера",
			"t_laid_unknown": "без даты установки",
			"t_accuracy_unknown": "с местом неизвестной точности",
			"mines": "Мины по маркам",
			"model": "Марка",
			"model_unknown": "марка не указана",
			"known": "Сосчитано",
			"between": "От и до",
			"entries_unknown": "Позиции без числа",
			"no_upper": "верхней границы нет",
			"mines_total": "Всего",
			"unlocated_title": "Записи без места",
			"unlocated_text": "Ничто не позволяет нанести их на карту. Они могут относиться к любому участку этого отчёта, и ни один пробел для них не закрыт.",
			"record": "Запись",
			"number": "Номер",
			"says": "Что в ней сказано о месте",
			"missing": "Недостающие номера и листы",
			"missing_text": "Недостающими считаются номера между наименьшим и наибольшим полученными. Журнал может начинаться раньше и кончаться позже: сравните с заявленным.",
			"missing_numbers": "Не хватает номеров",
			"numbers_range": "Получены номера",
			"numbers_different": "Разных номеров",
			"sheets_received": "Листы: получено из заявленных",
			"sheets_all": "Всего листов",
			"by_share": "В соотношении",
			"without_number": "Без номера",
			"less_than_declared": "на {n} меньше заявленного",
			"more_than_declared": "на {n} больше заявленного",
			"as_declared": "как заявлено",
			"not_declared": "не заявлено",
			"sheets": "Записи, у которых не хватает листов",
			"sheets_missing": "Нет листов",
			"sheets_of": "из {n}",
			"sheets_unknown": "Записей, где не сказано, сколько в них листов или какие имеются: {n}.",
			"areas": "По участкам",
			"no_areas": "Участки не заданы: внесите их в таблицу areas.",
			"area": "Участок",
			"ground": "Земля",
			"recorded": "записано",
			"possible": "возможно",
			"no_record": "нет записи",
			"possible_unknown": "неизвестно: точность не указана",
			"share": "Доля",
			"area_records": "Записей, которые его касаются",
			"area_without": "из них без площади",
			"times": "записано более одного раза",
			"chart_areas": "Участки в сравнении",
			"gaps": "Пробелы",
			"gaps_text": "Номера как на карте, сначала наибольшие.",
			"gap": "Пробел",
			"size": "Размер",
			"width": "Наибольшая ширина",
			"place": "Середина",
			"neighbours": "Записи рядом",
			"gaps_none": "Пробелов больше {size} нет.",
			"lines": "Вдоль рубежей",
			"no_lines": "Рубежи не заданы: внесите их в таблицу lines.",
			"line_text": "Записанным считается то, что не дальше {distance} от записи.",
			"length": "Длина",
			"near_record": "рядом с записью",
			"from_to": "От – до",
			"stretch": "Отрезок",
			"questions": "О чём спросить другую сторону",
			"questions_text": "Наибольшие пробелы и то, на что указывают записи рядом. О каждом можно послать запрос.",
			"ask_area": "{place}, пробел {n}: {size}, середина {where}, ширина до {width}.",
			"ask_line": "{place}, отрезок {n}: {size}, от {from} до {to}, середина {where}.",
			"ask_between": "Рядом записи {list}.",
			"ask_records": "Запросить записи об этой земле.",
			"ask_numbers": "Здесь недостаёт ({book}): {list}. Запросить прежде всего их.",
			"ask_missing": "Недостающие номера ({book}): {list}.",
			"ask_declared": "{book}: записей на {n} меньше заявленного.",
			"ask_sheets": "Недостающие листы: неполных записей {n}.",
			"ask_unlocated": "Места записей, у которых их нет: {n}.",
			"ask_contradicting": "Какая из двух записей верна там, где они противоречат друг другу: пар {n}.",
			"overlaps": "Наложения и противоречия",
			"overlaps_text": "Пары записей об одной и той же земле: это могут быть копии, два рассказа об одном поле, два поля или неверно нанесённая запись.",
			"not_compared": "Записей без места, которые сравнить нельзя: {n}.",
			"class_duplicate": "та же земля",
			"class_contains": "одна содержит другую",
			"class_within": "одна внутри другой",
			"class_partial": "частично та же земля",
			"class_sliver": "общая узкая полоса",
			"class_adjacent": "смежные",
			"class_near": "рядом",
			"pair": "Пара",
			"kind": "Как лежат",
			"common": "Общая земля",
			"contradicts": "Противоречат",
			"differs": "В чём различие",
			"d_mines": "мины",
			"d_laid": "установлено",
			"d_category": "вид",
			"finds": "Находки и подрывы вне записей",
			"finds_text": "Из {total} находок и подрывов с местом {outside} лежат вне всех записей: {within} из них в пределах заявленной точности записи, {beyond} за её пределами, {unknown} там, где точность не указана.",
			"finds_none": "Находки и подрывы не внесены.",
			"finds_without_place": "Без места: {n}.",
			"find": "Находка",
			"kind_of_find": "Вид",
			"nearest": "Ближайшая запись",
			"distance": "Расстояние",
			"within_accuracy": "В пределах её точности",
			"kind_mine": "мина",
			"kind_accident": "подрыв",
			"kind_other device": "иной предмет",
			"trend": "Ход по отчётам",
			"trend_text": "С {from} по {to}, отчётов: {n}.",
			"trend_records": "Записи",
			"trend_unlocated": "Без места",
			"trend_missing": "Недостающие номера",
			"trend_no_record": "Земля без записи",
			"trend_line": "Рубежи без записи рядом",
			"trend_finds": "Находки вне записей",
			"about": "Об этом отчёте",
			"about_digest": "Исходные данные, SHA-256",
			"about_options": "Параметры",
			"about_versions": "Программы",
			"about_who": "Составил",
			"about_text": "Страница содержит всё, что показывает: она ничего не загружает и не исполняет, её можно напечатать или передать одним файлом. Площади — истинные, на эллипсоиде WGS 84; координаты WGS 84."
		}'::jsonb
		ELSE '{}'::jsonb END;
COMMENT ON FUNCTION mf_report_labels(text) IS
	'The words of the report page in a language, by key: en and ru are there, others are empty. Copy those of en into table labels of a registry to translate them. NULL gives none.';
-- maps: extents drawn in a frame, as the paths of a picture
--
-- A frame is a box in longitude and latitude that is drawn 720 pixels wide.
-- Paths are in whole units of a part of a pixel, so that they are short: what
-- differs by less is not seen.  Longitudes are shortened by the cosine of the
-- frame's middle latitude; nothing is measured on a drawing.
--
-- No extent crosses the meridian of 180 degrees, but places on both sides of
-- it are neighbours.  Where they lie closer together that way, longitudes west
-- of Greenwich are counted on beyond 180, and so is the frame.

CREATE FUNCTION mf_report_map_turn(shape geometry) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 250
	RETURN CASE WHEN ST_XMax(shape) - ST_XMin(shape) > 180.0::float8
			AND ST_XMax(ST_WrapX(shape, 0.0::float8, 360.0::float8)) - ST_XMin(ST_WrapX(shape, 0.0::float8, 360.0::float8))
				< ST_XMax(shape) - ST_XMin(shape)
		THEN ST_WrapX(shape, 0.0::float8, 360.0::float8) ELSE shape END;
COMMENT ON FUNCTION mf_report_map_turn(geometry) IS
	'For the report: a shape that lies on both sides of the meridian of 180 degrees, with longitudes from 0 to 360; any other shape as it is.';

CREATE FUNCTION mf_report_map_frame(west float8, south float8, east float8, north float8, dense boolean) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	mid_lat float8;
	k float8;					-- metres in a degree of longitude there
	wide_m float8;
	high_m float8;
	pad_m float8;
	bar_m float8;
	per_degree float8;
	unit float8 := CASE WHEN dense THEN 0.5 ELSE 0.1 END;
BEGIN
	mid_lat := (south + north) / 2.0::float8;
	k := 111320.0::float8 * greatest(pg_catalog.cos(pg_catalog.radians(mid_lat)), 0.01::float8);
	-- a margin about everything, and no picture of less than 200 metres
	pad_m := greatest((east - west) * k, (north - south) * 111320.0::float8, 200.0::float8) * 0.04::float8;
	wide_m := greatest((east - west) * k + 2.0::float8 * pad_m, 200.0::float8);
	high_m := greatest((north - south) * 111320.0::float8 + 2.0::float8 * pad_m, wide_m * 0.4::float8);
	-- a narrow high extent would make a picture longer than a sheet
	wide_m := greatest(wide_m, high_m * 1.15::float8);
	bar_m := pg_catalog.power(10.0::float8, pg_catalog.floor(pg_catalog.log(wide_m / 4.0::float8)));
	bar_m := bar_m * CASE WHEN wide_m / 4.0::float8 >= 5.0::float8 * bar_m THEN 5.0::float8
						  WHEN wide_m / 4.0::float8 >= 2.0::float8 * bar_m THEN 2.0::float8 ELSE 1.0::float8 END;
	per_degree := 720.0::float8 / unit / wide_m;
	RETURN pg_catalog.jsonb_build_object(
		'west', (west + east) / 2.0::float8 - wide_m / k / 2.0::float8,
		'east', (west + east) / 2.0::float8 + wide_m / k / 2.0::float8,
		'south', mid_lat - high_m / 111320.0::float8 / 2.0::float8,
		'north', mid_lat + high_m / 111320.0::float8 / 2.0::float8,
		'width', 720, 'height', pg_catalog.ceil(720.0::float8 * high_m / wide_m)::integer,
		'unit', unit,
		'x_per_degree', per_degree * k, 'y_per_degree', per_degree * 111320.0::float8,
		'm_per_px', wide_m / 720.0::float8, 'turned', east > 180.0::float8,
		'bar_m', bar_m, 'bar_px', pg_catalog.round((bar_m * 720.0::float8 / wide_m)::numeric, 1));
END
$$;
COMMENT ON FUNCTION mf_report_map_frame(float8, float8, float8, float8, boolean) IS
	'For the report: the frame of a map about a box of longitudes and latitudes: its box in degrees, its size in pixels, the unit of paths in pixels (coarser when dense), metres per pixel and a round scale bar. NULL when any argument is.';

CREATE FUNCTION mf_report_map_box(frame jsonb) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	RETURN ST_MakeEnvelope((frame ->> 'west'::text)::float8, (frame ->> 'south'::text)::float8,
						   (frame ->> 'east'::text)::float8, (frame ->> 'north'::text)::float8, 4326);
COMMENT ON FUNCTION mf_report_map_box(jsonb) IS
	'For the report: the box that a frame shows, in longitude and latitude.';

CREATE FUNCTION mf_report_map_turned(shape geometry, frame jsonb) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	RETURN CASE WHEN (frame ->> 'turned'::text)::boolean THEN ST_WrapX(shape, 0.0::float8, 360.0::float8) ELSE shape END;
COMMENT ON FUNCTION mf_report_map_turned(geometry, jsonb) IS
	'For the report: a shape with the longitudes of a frame.';

-- ST_AsSVG turns the sign of y: north is up there, too.
CREATE FUNCTION mf_report_map_place(shape geometry, frame jsonb) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	RETURN ST_Affine(mf_report_map_turned(shape, frame),
		(frame ->> 'x_per_degree'::text)::float8, 0.0::float8, 0.0::float8, (frame ->> 'y_per_degree'::text)::float8,
		- (frame ->> 'west'::text)::float8 * (frame ->> 'x_per_degree'::text)::float8,
		- (frame ->> 'north'::text)::float8 * (frame ->> 'y_per_degree'::text)::float8);
COMMENT ON FUNCTION mf_report_map_place(geometry, jsonb) IS
	'For the report: a shape in the units of a frame, x to the right and y up from its upper left corner.';

-- One letter less for each edge, and no space that is not needed.  What is
-- smaller than a unit gives no path, and is drawn as a dot.
CREATE FUNCTION mf_report_map_path(placed geometry) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 250
	RETURN pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.concat(
		ST_AsSVG(ST_SnapToGrid(ST_Simplify(ST_CollectionExtract(placed, 3), 0.7::float8), 1.0::float8), 1, 0),
		ST_AsSVG(ST_SnapToGrid(ST_Simplify(ST_CollectionExtract(placed, 2), 0.7::float8), 1.0::float8), 1, 0)),
		' -', '-'), ' l ', 'l'), ' z', 'z'), 'M ', 'M');
COMMENT ON FUNCTION mf_report_map_path(geometry) IS
	'For the report: the areas and lines of a shape that mf_report_map_place has placed, as the path of a picture in whole units; empty when they are smaller.';

-- Row by row, each dot told by how far it is from the one before: that takes
-- two letters of three.
CREATE FUNCTION mf_report_map_dots(placed geometry[]) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500
	BEGIN ATOMIC
		SELECT pg_catalog.string_agg(CASE WHEN d.x0 IS NULL THEN pg_catalog.format('M%s %sh0', d.x, d.y)
				ELSE pg_catalog.replace(pg_catalog.format('m%s %sh0', d.x - d.x0, d.y - d.y0), ' -', '-') END, '' ORDER BY d.y, d.x)
		FROM (SELECT p.x, p.y, pg_catalog.lag(p.x) OVER by_row AS x0, pg_catalog.lag(p.y) OVER by_row AS y0
			  FROM (SELECT DISTINCT pg_catalog.round(ST_X(g.c))::integer AS x, - pg_catalog.round(ST_Y(g.c))::integer AS y
					FROM (SELECT ST_Centroid(s.shape) AS c FROM pg_catalog.unnest(placed) AS s(shape)) AS g) AS p
			  WINDOW by_row AS (ORDER BY p.y, p.x)) AS d;
	END;
COMMENT ON FUNCTION mf_report_map_dots(geometry[]) IS
	'For the report: shapes too small to be seen, as the path of dots: what is recorded is never left out for its size. Shapes at one place are one dot; NULL where there are none.';

-- Everything that a report knows of the ground in a frame.  Names are given
-- to single records only where there is room for them; in a crowd, records of
-- one source are one path.
CREATE FUNCTION mf_report_map(extent geometry, place_kind text, place_id text) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	frame jsonb;
	box record;
	one_px float8;
	crowd bigint;
	result jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	frame := mf_report_map_frame(ST_XMin(extent), ST_YMin(extent), ST_XMax(extent), ST_YMax(extent), false);
	IF frame IS NULL THEN
		RETURN NULL;
	END IF;
	-- what is shown, and where that is for those who count longitudes from -180
	SELECT shown, CASE WHEN (frame ->> 'turned'::text)::boolean THEN ST_Translate(shown, -360.0::float8, 0.0::float8) ELSE shown END AS far
	INTO box FROM (SELECT mf_report_map_box(frame) AS shown) b;
	SELECT pg_catalog.count(*) INTO crowd FROM pg_temp.minefield_in_record r WHERE (r.box && box.shown OR r.box && box.far);
	IF crowd > 1500::bigint THEN
		frame := mf_report_map_frame(ST_XMin(extent), ST_YMin(extent), ST_XMax(extent), ST_YMax(extent), true);
	END IF;
	-- two pixels: less is a dot
	one_px := 2.0::float8 * ((frame ->> 'east'::text)::float8 - (frame ->> 'west'::text)::float8) / 720.0::float8;
	result := pg_catalog.jsonb_build_object('frame', frame, 'records_shown', crowd);

	result := result || pg_catalog.jsonb_build_object('records', (
		SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('source', source, 'n', m, 'd', d, 'dots', dots)
						 ORDER BY m DESC, source COLLATE "C")
		FROM (SELECT source, pg_catalog.count(*) AS m, pg_catalog.string_agg(path, '' ORDER BY key COLLATE "C") AS d,
					 mf_report_map_dots(pg_catalog.array_agg(dot) FILTER (WHERE dot IS NOT NULL)) AS dots
			  FROM (SELECT key, source, CASE WHEN NOT small THEN mf_report_map_path(placed) END AS path,
						   CASE WHEN small THEN placed END AS dot
					FROM (SELECT key, mf_source(record) AS source,
								 mf_report_map_place(mf_geometry(record), frame) AS placed,
								 ST_XMax(r.box) - ST_XMin(r.box) < one_px AND ST_YMax(r.box) - ST_YMin(r.box) < one_px AS small
						  FROM pg_temp.minefield_in_record r WHERE (r.box && box.shown OR r.box && box.far)) p) d
			  GROUP BY source) s));
	IF crowd <= 400::bigint THEN
		-- where a pointer, or a reader of the page's text, finds the key
		result := result || pg_catalog.jsonb_build_object('names', (
			SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(key, mf_report_map_path(mf_report_map_place(ST_Envelope(r.box), frame)))
							 ORDER BY ST_XMax(r.box) - ST_XMin(r.box) DESC, key COLLATE "C")
			FROM pg_temp.minefield_in_record r WHERE (r.box && box.shown OR r.box && box.far)));
	END IF;

	RETURN result || pg_catalog.jsonb_build_object(
		'areas', (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', name, 'this', place_kind = 'area' AND id = place_id,
						'd', mf_report_map_path(mf_report_map_place(aoi, frame)),
						'x', pg_catalog.round(ST_X(c) * (frame ->> 'unit'::text)::float8), 'y', pg_catalog.round(- ST_Y(c) * (frame ->> 'unit'::text)::float8))
						ORDER BY id COLLATE "C")
				  FROM (SELECT *, mf_report_map_place(ST_PointOnSurface(ST_Intersection(ST_MakeValid(mf_report_map_turned(aoi, frame)), box.shown)), frame) AS c
						FROM pg_temp.minefield_in_area WHERE (aoi && box.shown OR aoi && box.far)) a),
		'lines', (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', name, 'this', place_kind = 'line' AND id = place_id,
						'd', mf_report_map_path(mf_report_map_place(ST_ClipByBox2D(mf_report_map_turned(line, frame), Box2D(ST_Expand(box.shown, one_px * 20.0::float8))), frame)))
						ORDER BY id COLLATE "C")
				  FROM pg_temp.minefield_in_line WHERE (line && box.shown OR line && box.far)),
		'gaps', (SELECT pg_catalog.string_agg(mf_report_map_path(mf_report_map_place(shape, frame)), '' ORDER BY size DESC, n)
				 FROM pg_temp.minefield_out_gap g
				 WHERE kind = 'area' AND (shape && box.shown OR shape && box.far) AND (place_kind <> 'area' OR g.place = place_id)),
		'line_gaps', (SELECT pg_catalog.string_agg(mf_report_map_path(mf_report_map_place(
							ST_ClipByBox2D(mf_report_map_turned(shape, frame), Box2D(ST_Expand(box.shown, one_px * 20.0::float8))), frame)), '' ORDER BY size DESC, n)
					  FROM pg_temp.minefield_out_gap g
					  WHERE kind = 'line' AND (shape && box.shown OR shape && box.far) AND (place_kind <> 'line' OR g.place = place_id)),
		'numbers', (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(n, pg_catalog.round(ST_X(c) * (frame ->> 'unit'::text)::float8),
														pg_catalog.round(- ST_Y(c) * (frame ->> 'unit'::text)::float8)) ORDER BY n)
					FROM (SELECT n, mf_report_map_place(CASE WHEN kind = 'line' THEN ST_LineInterpolatePoint(ST_GeometryN(shape, 1), 0.5::float8)
																ELSE ST_PointOnSurface(shape) END, frame) AS c
						  FROM pg_temp.minefield_out_gap g
						  WHERE kind = place_kind AND g.place = place_id AND n <= 12) x),
		'overlaps', (SELECT pg_catalog.string_agg(mf_report_map_path(mf_report_map_place(shape, frame)), '' ORDER BY area_m2 DESC)
					 FROM (SELECT * FROM pg_temp.minefield_out_overlap
						   WHERE (shape && box.shown OR shape && box.far) ORDER BY area_m2 DESC LIMIT 600) o),
		'finds', (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('class', class, 'n', m, 'd', d) ORDER BY class COLLATE "C")
				  FROM (SELECT class, pg_catalog.count(*) AS m, pg_catalog.string_agg(pg_catalog.format('M%s %s', x, y), '' ORDER BY x, y) AS d
						FROM (SELECT DISTINCT CASE WHEN kind = 'accident' THEN 'accident' ELSE 'find' END
									|| CASE WHEN outside THEN '_outside' ELSE '_inside' END AS class,
									 pg_catalog.round(ST_X(c) * (frame ->> 'unit'::text)::float8) AS x,
									 pg_catalog.round(- ST_Y(c) * (frame ->> 'unit'::text)::float8) AS y, id
							  FROM (SELECT *, mf_report_map_place(place, frame) AS c
									FROM (SELECT id, kind, outside, f.place AS place
										  FROM pg_temp.minefield_out_find f WHERE (f.place && box.shown OR f.place && box.far)
										  ORDER BY outside DESC, id COLLATE "C" LIMIT 3000) f) p) q
						GROUP BY class) r));
END
$$;
COMMENT ON FUNCTION mf_report_map(geometry, text, text) IS
	'For the report: the map of a report about an extent: for one area or line (place_kind ''area'' or ''line'' and its id) or of everything (place_kind ''all''). NULL for an empty or NULL extent.';

-- One record plotted at the far end of the world must not make everything
-- else a dot.  The middle is the median of all centres; a record that lies more
-- than six times as far from it as three of four is shown in a list instead.
-- Areas and lines are what was asked about: they are always on the map.
CREATE FUNCTION mf_report_map_extent() RETURNS geometry
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	mid_x float8;
	mid_y float8;
	reach float8;
	found record;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	CREATE TEMP TABLE minefield_tmp_place AS
	WITH box AS MATERIALIZED (
		SELECT b, ST_WrapX(b, 0.0::float8, 360.0::float8) AS t, asked
		FROM (SELECT ST_Envelope(mf_report_map_turn(aoi)) AS b, true AS asked FROM pg_temp.minefield_in_area WHERE NOT ST_IsEmpty(aoi)
			  UNION ALL SELECT ST_Envelope(mf_report_map_turn(line)), true FROM pg_temp.minefield_in_line WHERE NOT ST_IsEmpty(line)
			  UNION ALL SELECT box, false FROM pg_temp.minefield_in_record WHERE box IS NOT NULL) e),
	side AS (
		SELECT pg_catalog.max(ST_XMax(b)) > 180.0::float8 OR pg_catalog.max(ST_XMax(b)) - pg_catalog.min(ST_XMin(b)) > 180.0::float8
			AND pg_catalog.max(ST_XMax(t)) - pg_catalog.min(ST_XMin(t)) < pg_catalog.max(ST_XMax(b)) - pg_catalog.min(ST_XMin(b)) AS turned
		FROM box)
	SELECT b, asked, (ST_XMin(b) + ST_XMax(b)) / 2.0::float8 AS x, (ST_YMin(b) + ST_YMax(b)) / 2.0::float8 AS y,
		   greatest(ST_XMax(b) - ST_XMin(b), ST_YMax(b) - ST_YMin(b)) AS size
	FROM (SELECT CASE WHEN turned THEN t ELSE b END AS b, asked FROM box, side) e;
	SELECT pg_catalog.percentile_cont(0.5::float8) WITHIN GROUP (ORDER BY x),
		   pg_catalog.percentile_cont(0.5::float8) WITHIN GROUP (ORDER BY y)
	INTO mid_x, mid_y FROM minefield_tmp_place;
	SELECT pg_catalog.percentile_disc(0.75::float8) WITHIN GROUP (ORDER BY greatest(pg_catalog.abs(x - mid_x), pg_catalog.abs(y - mid_y)) + size / 2.0::float8) * 6.0::float8
	INTO reach FROM minefield_tmp_place;
	SELECT ST_SetSRID(ST_Extent(b)::geometry, 4326) AS extent INTO found FROM minefield_tmp_place
		WHERE asked OR greatest(pg_catalog.abs(x - mid_x), pg_catalog.abs(y - mid_y)) <= greatest(reach, 0.01::float8);
	DROP TABLE pg_temp.minefield_tmp_place;
	RETURN found.extent;
END
$$;
COMMENT ON FUNCTION mf_report_map_extent() IS
	'For the report: the extent of the areas, lines and records of a report without the records that lie far from all others. NULL when nothing has a place.';
-- the sections of a report about the ground: overlaps, finds, areas, lines,
-- maps, and what to ask the other party for

CREATE FUNCTION mf_report_overlaps(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	classes jsonb;
	rows jsonb;
	total bigint;
	contradicting bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	INSERT INTO pg_temp.minefield_out_overlap
	SELECT o.key_a, o.key_b, o.class, o.certainty::text, o.contradicts, o.area_m2, o.share_a, o.share_b, o.shift_m, NULL
	FROM (SELECT mf_overlaps(key, record, mf_overlap_options(
				sliver_m2 => (options ->> 'sliver_m2'::text)::float8, near_m => (options ->> 'near_m'::text)::float8)) AS pairs
		  FROM pg_temp.minefield_in_record WHERE box IS NOT NULL) p, pg_catalog.unnest(p.pairs) o;
	-- the common ground, for the maps: of the largest pairs, which one can see
	UPDATE pg_temp.minefield_out_overlap o
	SET shape = ST_CollectionExtract(ST_Intersection(ST_MakeValid(mf_footprint(a.record)),
													 ST_MakeValid(mf_footprint(b.record))), 3)
	FROM (SELECT key_a, key_b FROM pg_temp.minefield_out_overlap
		  WHERE class IN ('duplicate', 'contains', 'within', 'partial') AND area_m2 > 0::float8
		  ORDER BY contradicts DESC NULLS LAST, area_m2 DESC LIMIT 2000) t
		JOIN pg_temp.minefield_in_record a ON a.key = t.key_a
		JOIN pg_temp.minefield_in_record b ON b.key = t.key_b
	WHERE o.key_a = t.key_a AND o.key_b = t.key_b;

	SELECT pg_catalog.jsonb_object_agg(class, n), coalesce(pg_catalog.sum(n), 0::numeric)::bigint, coalesce(pg_catalog.sum(c), 0::numeric)::bigint
	INTO classes, total, contradicting
	FROM (SELECT class, pg_catalog.count(*) AS n, pg_catalog.count(*) FILTER (WHERE contradicts) AS c
		  FROM pg_temp.minefield_out_overlap GROUP BY class) x;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('a', key_a, 'b', key_b, 'class', class, 'certainty', certainty,
				'contradicts', contradicts, 'area_m2', area_m2, 'share_a', share_a, 'share_b', share_b,
				'shift_m', shift_m, 'differs', CASE WHEN contradicts THEN mf_report_differs(key_a, key_b) END)
			ORDER BY n) INTO rows
	FROM (SELECT *, pg_catalog.row_number() OVER (ORDER BY contradicts DESC NULLS LAST, area_m2 DESC NULLS LAST,
									   key_a COLLATE "C", key_b COLLATE "C") AS n
		  FROM pg_temp.minefield_out_overlap) o WHERE n <= (options ->> 'max_rows'::text)::integer;
	RETURN mf_report_list(total, rows)
		|| pg_catalog.jsonb_build_object('classes', coalesce(classes, '{}'::jsonb), 'contradicting', contradicting,
			'not_compared', (SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_record WHERE box IS NULL));
END
$$;
COMMENT ON FUNCTION mf_report_overlaps(jsonb) IS
	'For the report: section of a report: the pairs of records on the same ground by class, those first whose documents contradict each other.';

CREATE FUNCTION mf_report_differs(key_a text, key_b text) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	RETURN (
		WITH said AS (
			SELECT r.key, (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', m.model, coalesce(m.as_written, m.count::text, '?')), ', ' ORDER BY m.n)
						   FROM mf_mines(r.record) m) AS mines,
				   mf_properties(r.record) ->> 'laid'::text AS laid, mf_properties(r.record) ->> 'category'::text AS category
			FROM pg_temp.minefield_in_record r WHERE r.key IN (key_a, key_b))
		SELECT pg_catalog.jsonb_object_agg(item, pg_catalog.jsonb_build_array(x, y))
		FROM said a, said b, LATERAL (VALUES ('mines', a.mines, b.mines), ('laid', a.laid, b.laid),
											 ('category', a.category, b.category)) v (item, x, y)
		WHERE a.key = key_a AND b.key = key_b AND x IS NOT NULL AND y IS NOT NULL AND x <> y);
END
$$;
COMMENT ON FUNCTION mf_report_differs(text, text) IS
	'For the report: what two records of a report say differently of mines, laying and category, side by side; NULL when none of these differs.';

CREATE FUNCTION mf_report_finds(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	result jsonb;
	rows jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	INSERT INTO pg_temp.minefield_out_find
	WITH finds AS (
		SELECT pg_catalog.row_number() OVER (ORDER BY id COLLATE "C", kind COLLATE "C", place) AS n, * FROM pg_temp.minefield_in_find
		WHERE place IS NOT NULL)
	SELECT f.id, f.kind, f.model, o.key IS NOT NULL, o.within_uncertainty, o.nearest, o.distance_m, f.place
	FROM finds f LEFT JOIN pg_catalog.unnest((
		SELECT mf_outside_records(pg_catalog.array_agg(f.n::text), pg_catalog.array_agg(f.place),
			(SELECT pg_catalog.array_agg(key) FROM pg_temp.minefield_in_record), (SELECT pg_catalog.array_agg(record) FROM pg_temp.minefield_in_record))
		FROM finds f)) o ON o.key = f.n::text;

	SELECT pg_catalog.jsonb_build_object('total', (SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_find),
			'without_place', (SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_find WHERE place IS NULL),
			'inside', pg_catalog.count(*) FILTER (WHERE NOT outside), 'outside', pg_catalog.count(*) FILTER (WHERE outside),
			'outside_within_uncertainty', pg_catalog.count(*) FILTER (WHERE outside AND within_uncertainty),
			'outside_beyond_uncertainty', pg_catalog.count(*) FILTER (WHERE outside AND NOT within_uncertainty),
			'outside_uncertainty_unknown', pg_catalog.count(*) FILTER (WHERE outside AND within_uncertainty IS NULL),
			'by_kind', (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', kind, 'total', n, 'outside', o) ORDER BY kind COLLATE "C")
						FROM (SELECT kind, pg_catalog.count(*) AS n, pg_catalog.count(*) FILTER (WHERE outside) AS o
							  FROM pg_temp.minefield_out_find GROUP BY kind) k),
			'unlocated_candidates', (SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_record WHERE box IS NULL))
	INTO result FROM pg_temp.minefield_out_find;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', id, 'kind', kind, 'model', model, 'lon', pg_catalog.round(ST_X(place)::numeric, 6),
				'lat', pg_catalog.round(ST_Y(place)::numeric, 6), 'nearest', nearest, 'distance_m', distance_m,
				'within_uncertainty', within_uncertainty) ORDER BY n) INTO rows
	FROM (SELECT *, pg_catalog.row_number() OVER (ORDER BY distance_m DESC NULLS FIRST, id COLLATE "C") AS n
		  FROM pg_temp.minefield_out_find WHERE outside) o WHERE n <= (options ->> 'max_rows'::text)::integer;
	RETURN result || pg_catalog.jsonb_build_object('rows', coalesce(rows, '[]'::jsonb));
END
$$;
COMMENT ON FUNCTION mf_report_finds(jsonb) IS
	'For the report: section of a report: the finds and accidents outside every record, the farthest first, with the nearest record and whether its accuracy reaches them.';

-- A degree is at least so long: nothing near enough is left out.
CREATE FUNCTION mf_report_near(shape geometry, distance_m float8) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	RETURN ST_Expand(ST_Envelope(shape), distance_m / (110000.0::float8 * GREATEST(pg_catalog.cos(pg_catalog.radians(
		LEAST(89.0::float8, GREATEST(pg_catalog.abs(ST_YMin(shape)), pg_catalog.abs(ST_YMax(shape)))))), 0.01::float8)),
		distance_m / 110000.0::float8);
COMMENT ON FUNCTION mf_report_near(geometry, float8) IS
	'For the report: for the sections of a report: a box about a shape that reaches at least so many metres beyond it.';

-- Records that can matter to an area: those near enough to reach into it by
-- their margin or accuracy, and those that may lie anywhere.
CREATE FUNCTION mf_report_area(area_id text, options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	area record;
	margin float8 := options ->> 'margin_m'::text;
	pad_m float8;
	result record;
	rows jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT * INTO area FROM pg_temp.minefield_in_area WHERE id = area_id;
	SELECT margin + coalesce(pg_catalog.max(least(accuracy_m, 20000.0::float8)), 0.0::float8) + 1.0::float8 INTO pad_m
	FROM pg_temp.minefield_in_record;
	SELECT mf_coverage(r.record, area.aoi, mf_coverage_options(margin_m => margin)) AS coverage,
		   mf_gap_rows(r.key, r.record, area.aoi, mf_gap_options(margin_m => margin,
				min_area_m2 => (options ->> 'min_gap_m2'::text)::float8)) AS gaps,
		   pg_catalog.count(r.key) FILTER (WHERE mf_intersects(r.record, area.aoi)) AS touching
	INTO result
	FROM (SELECT mf_report_near(area.aoi, pad_m) AS box) near
		LEFT JOIN pg_temp.minefield_in_record r ON r.box && near.box OR r.box IS NULL;

	INSERT INTO pg_temp.minefield_out_gap
	SELECT 'area', area.id, g.n, g.area_m2, g.neighbours,
		   pg_catalog.jsonb_build_object('n', g.n, 'area_m2', g.area_m2, 'share', g.share_of_aoi, 'max_width_m', g.max_width_m,
				'lon', pg_catalog.round(ST_X(g.centroid)::numeric, 5), 'lat', pg_catalog.round(ST_Y(g.centroid)::numeric, 5),
				'neighbours', pg_catalog.to_jsonb(g.neighbours[1:6]), 'neighbours_count', coalesce(pg_catalog.cardinality(g.neighbours), 0)),
		   g.geometry
	FROM pg_catalog.unnest(result.gaps) g;
	SELECT pg_catalog.jsonb_agg(body ORDER BY n) INTO rows
	FROM pg_temp.minefield_out_gap
	WHERE kind = 'area' AND place = area.id AND n <= (options ->> 'max_rows'::text)::integer;

	RETURN pg_catalog.jsonb_build_object('id', area.id, 'name', area.name, 'records', result.touching,
		'unlocated', (result.coverage).unlocated, 'without_area', (
			SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_record r
			WHERE r.box && area.aoi AND mf_area(r.record) IS NULL AND mf_intersects(r.record, area.aoi)),
		'aoi_m2', (result.coverage).aoi_m2, 'recorded_m2', (result.coverage).recorded_m2,
		'possible_m2', (result.coverage).possible_m2, 'no_record_m2', (result.coverage).no_record_m2,
		'recorded_fraction', (result.coverage).recorded_fraction,
		'recorded_times_m2', pg_catalog.to_jsonb((result.coverage).recorded_times_m2[1:5]),
		'gaps', mf_report_list(coalesce(pg_catalog.cardinality(result.gaps), 0)::bigint, rows));
END
$$;
COMMENT ON FUNCTION mf_report_area(text, jsonb) IS
	'For the report: one area of a report: recorded, possible and no-record ground in square metres, and its gaps by falling area.';

CREATE FUNCTION mf_report_line(line_id text, options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	line record;
	result record;
	rows jsonb;
	length_m float8;
	open_m float8;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT * INTO line FROM pg_temp.minefield_in_line WHERE id = line_id;
	SELECT mf_line_gap_rows(r.key, r.record, line.line, line.distance_m) AS gaps INTO result
	FROM (SELECT mf_report_near(line.line, line.distance_m) AS box) near
		LEFT JOIN pg_temp.minefield_in_record r ON r.box && near.box OR r.box IS NULL;
	length_m := ST_Length(line.line::geography);
	open_m := (SELECT coalesce(pg_catalog.sum(g.length_m), 0::float8) FROM pg_catalog.unnest(result.gaps) g);

	INSERT INTO pg_temp.minefield_out_gap
	SELECT 'line', line.id, pg_catalog.row_number() OVER (ORDER BY g.length_m DESC, g.from_m), g.length_m, g.neighbours,
		   pg_catalog.jsonb_build_object('n', pg_catalog.row_number() OVER (ORDER BY g.length_m DESC, g.from_m),
				'from_m', g.from_m, 'to_m', g.to_m, 'length_m', g.length_m,
				'lon', pg_catalog.round(ST_X(c)::numeric, 5), 'lat', pg_catalog.round(ST_Y(c)::numeric, 5),
				'neighbours', pg_catalog.to_jsonb(g.neighbours[1:6]), 'neighbours_count', coalesce(pg_catalog.cardinality(g.neighbours), 0)),
		   g.geometry
	FROM (SELECT *, ST_LineInterpolatePoint(ST_GeometryN(geometry, 1), 0.5::float8) AS c FROM pg_catalog.unnest(result.gaps)) g
	WHERE g.length_m >= (options ->> 'min_gap_m'::text)::float8;
	SELECT pg_catalog.jsonb_agg(body ORDER BY n) INTO rows
	FROM pg_temp.minefield_out_gap
	WHERE kind = 'line' AND place = line.id AND n <= (options ->> 'max_rows'::text)::integer;

	RETURN pg_catalog.jsonb_build_object('id', line.id, 'name', line.name, 'distance_m', line.distance_m,
		'length_m', length_m, 'no_record_m', open_m, 'recorded_m', length_m - open_m,
		'unlocated', (SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_record WHERE box IS NULL),
		'gaps', mf_report_list((SELECT pg_catalog.count(*) FROM pg_temp.minefield_out_gap WHERE kind = 'line' AND place = line.id), rows));
END
$$;
COMMENT ON FUNCTION mf_report_line(text, jsonb) IS
	'For the report: one line of a report: how much of it lies within distance_m metres of a record, the stretches that do not, the longest first.';

-- What to ask for: the largest gaps of all places, with the numbers of the
-- records beside them and the missing numbers that lie between those.
CREATE FUNCTION mf_report_questions(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	rows jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT pg_catalog.jsonb_agg(body || pg_catalog.jsonb_build_object('kind', kind, 'place', place_name, 'missing', coalesce(missing, '[]'::jsonb))
					 ORDER BY kind, size DESC) INTO rows
	FROM (SELECT g.kind, g.size, g.body, coalesce(a.name, l.name) AS place_name,
				 (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book', m.book, 'low', m.low, 'high', m.high) ORDER BY m.book COLLATE "C", m.low)
				  FROM (SELECT r.book, pg_catalog.min(r.number::bigint) AS low, pg_catalog.max(r.number::bigint) AS high
						FROM pg_temp.minefield_in_record r
						WHERE r.key = ANY (g.neighbours) AND r.number ~ '^[0-9]{1,9}$' GROUP BY r.book) b
					   JOIN pg_temp.minefield_out_missing m ON m.book IS NOT DISTINCT FROM b.book
						AND m.high >= b.low - 1::bigint AND m.low <= b.high + 1::bigint
				  WHERE b.high - b.low <= 40::bigint) AS missing
		  FROM (SELECT *, pg_catalog.row_number() OVER (PARTITION BY kind ORDER BY size DESC, place COLLATE "C", n) AS rank
				FROM pg_temp.minefield_out_gap) g
			LEFT JOIN pg_temp.minefield_in_area a ON g.kind = 'area' AND a.id = g.place
			LEFT JOIN pg_temp.minefield_in_line l ON g.kind = 'line' AND l.id = g.place
		  WHERE g.rank <= 10) q;
	RETURN coalesce(rows, '[]'::jsonb);
END
$$;
COMMENT ON FUNCTION mf_report_questions(jsonb) IS
	'For the report: section of a report: the ten largest gaps of areas and the ten longest of lines, with the missing numbers that the records beside them enclose.';

CREATE FUNCTION mf_report_overview(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	shown record;
	map jsonb;
	rows jsonb;
	total bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	-- maps last, when all gaps are known: each shows those of areas and lines
	UPDATE pg_temp.minefield_out_part p SET body = p.body || pg_catalog.jsonb_build_object('map', mf_report_map(ST_Envelope(mf_report_map_turn(a.aoi)), 'area', a.id))
	FROM pg_temp.minefield_in_area a WHERE p.part = 'area' AND p.body ->> 'id'::text = a.id;
	UPDATE pg_temp.minefield_out_part p SET body = p.body || pg_catalog.jsonb_build_object('map', mf_report_map(ST_Envelope(mf_report_map_turn(l.line)), 'line', l.id))
	FROM pg_temp.minefield_in_line l WHERE p.part = 'line' AND p.body ->> 'id'::text = l.id;
	map := mf_report_map(mf_report_map_extent(), 'all', NULL);
	SELECT mf_report_map_box(map -> 'frame'::text) AS box INTO shown;
	SELECT pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', key, 'book', book, 'lon', pg_catalog.round(x::numeric, 5), 'lat', pg_catalog.round(y::numeric, 5))
							   ORDER BY key COLLATE "C") FILTER (WHERE n <= (options ->> 'max_rows'::text)::integer)
	INTO total, rows
	FROM (SELECT key, book, (ST_XMin(box) + ST_XMax(box)) / 2.0::float8 AS x, (ST_YMin(box) + ST_YMax(box)) / 2.0::float8 AS y,
				 pg_catalog.row_number() OVER (ORDER BY key COLLATE "C") AS n
		  FROM pg_temp.minefield_in_record r WHERE r.box IS NOT NULL AND (shown.box IS NULL OR NOT mf_report_map_turned(r.box, map -> 'frame'::text) && shown.box)) o;
	RETURN pg_catalog.jsonb_build_object('map', map, 'not_on_map', mf_report_list(total, rows));
END
$$;
COMMENT ON FUNCTION mf_report_overview(jsonb) IS
	'For the report: section of a report: all maps, and the records that lie too far from all others to be on that of everything.';
-- composing a report: reading the registry at one moment, the steps, the
-- document, and the difference of two

-- One statement, so one moment: all INSERTs below see the same snapshot.
-- Records without a district may belong to any; but who sees one district of a
-- protected registry does not see them, nor a report that tells of them.
CREATE FUNCTION mf_report_input(registry name, district text, organisation text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_report_tables();
	EXECUTE pg_catalog.format($read$
		WITH scope AS (SELECT $1 AS district, $2 AS organisation,
			coalesce(p.by_, '') <> 'district' AS any_district, coalesce(p.by_, '') <> 'organisation' AS any_organisation
			FROM (SELECT mf_registry_protected_by($3) AS by_) p),
		records AS (
			INSERT INTO pg_temp.minefield_in_record
			SELECT CASE WHEN pg_catalog.count(*) OVER (PARTITION BY r.key) = 1 THEN r.key
						WHEN pg_catalog.count(*) OVER (PARTITION BY r.key, b.name) = 1 THEN pg_catalog.concat_ws(' ', b.name, r.key)
						ELSE pg_catalog.concat_ws(' ', b.name, r.key, '#' || r.record_id::text) END,
				   b.name, mf_number(r.current), r.current,
				   CASE WHEN mf_is_located(r.current) THEN ST_Envelope(mf_geometry(r.current)) END,
				   mf_accuracy_m(r.current),
				   pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(r.current::text, 'UTF8')), 'hex'), 16)
			FROM scope s CROSS JOIN %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
				AND (s.district IS NULL OR b.district = s.district OR s.any_district)
				AND (s.organisation IS NULL OR b.organisation = s.organisation OR s.any_organisation)
			WHERE r.is_current
				AND (s.district IS NULL OR r.district = s.district OR s.any_district AND r.district IS NULL)
				AND (s.organisation IS NULL OR r.organisation = s.organisation OR s.any_organisation AND r.organisation IS NULL)
			RETURNING 1),
		areas AS (
			INSERT INTO pg_temp.minefield_in_area SELECT a.area_id::text, a.name, a.geometry
			FROM scope s, %1$I.areas a
			WHERE (s.district IS NULL OR a.district = s.district OR s.any_district AND a.district IS NULL)
				AND (s.organisation IS NULL OR a.organisation = s.organisation OR s.any_organisation AND a.organisation IS NULL)),
		lines AS (
			INSERT INTO pg_temp.minefield_in_line SELECT l.line_id::text, l.name, l.geometry, NULL
			FROM scope s, %1$I.lines l
			WHERE (s.district IS NULL OR l.district = s.district OR s.any_district AND l.district IS NULL)
				AND (s.organisation IS NULL OR l.organisation = s.organisation OR s.any_organisation AND l.organisation IS NULL)),
		finds AS (
			INSERT INTO pg_temp.minefield_in_find
			SELECT coalesce(f.name, '#' || f.finding_id::text), f.kind, f.model, f.found,
				   CASE WHEN NOT ST_IsEmpty(f.geometry) THEN ST_PointOnSurface(f.geometry) END
			FROM scope s, %1$I.findings f
			WHERE f.kind IN ('mine', 'other device', 'accident')
				AND (s.district IS NULL OR f.district = s.district OR s.any_district AND f.district IS NULL)
				AND (s.organisation IS NULL OR f.organisation = s.organisation OR s.any_organisation AND f.organisation IS NULL)),
		books AS (
			INSERT INTO pg_temp.minefield_in_book
			SELECT DISTINCT ON (b.name) b.name, coalesce(b.header, '{}'::jsonb) || pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
				'issuer', b.issuer, 'source', b.source, 'handed_over', b.handed_over, 'received', b.received,
				'records_declared', b.records_declared, 'sheets_declared', b.sheets_declared,
				'mines_declared', b.mines_declared))
			FROM scope s, %1$I.books b
			WHERE (s.district IS NULL OR b.district = s.district OR s.any_district AND b.district IS NULL)
				AND (s.organisation IS NULL OR b.organisation = s.organisation OR s.any_organisation AND b.organisation IS NULL)
			ORDER BY b.name, b.created_at, b.book_id),
		files AS (
			INSERT INTO pg_temp.minefield_in_file
			SELECT f.file_name, b.name, f.sha256,
				   pg_catalog.to_char(f.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
				   pg_catalog.count(l.intake_id), pg_catalog.count(*) FILTER (WHERE l.outcome IN ('record', 'superseded', 'corrected')),
				   pg_catalog.count(*) FILTER (WHERE l.outcome = 'refused'), pg_catalog.count(*) FILTER (WHERE l.outcome = 'twin'),
				   f.withdrawn_at IS NOT NULL
			FROM scope s CROSS JOIN %1$I.intake_files f
				LEFT JOIN %1$I.books b ON b.book_id = f.book_id
					AND (s.district IS NULL OR b.district = s.district OR s.any_district)
					AND (s.organisation IS NULL OR b.organisation = s.organisation OR s.any_organisation)
				LEFT JOIN %1$I.intake_lines l ON l.file_id = f.file_id
			WHERE (s.district IS NULL OR f.district = s.district OR s.any_district AND f.district IS NULL)
				AND (s.organisation IS NULL OR f.organisation = s.organisation OR s.any_organisation AND f.organisation IS NULL)
			GROUP BY f.file_id, b.name),
		refused AS (
			INSERT INTO pg_temp.minefield_in_refused
			SELECT f.file_name, l.line, l.sqlstate, l.message, l.path, l.hint
			FROM scope s, %1$I.intake_lines l JOIN %1$I.intake_files f ON f.file_id = l.file_id
			WHERE l.outcome = 'refused' AND f.withdrawn_at IS NULL
				AND (s.district IS NULL OR l.district = s.district OR s.any_district AND l.district IS NULL)
				AND (s.organisation IS NULL OR l.organisation = s.organisation OR s.any_organisation AND l.organisation IS NULL))
		SELECT pg_catalog.count(*) FROM records
	$read$, registry) USING district, organisation, registry;
	CREATE INDEX ON pg_temp.minefield_in_record USING gist (record);
	CREATE INDEX ON pg_temp.minefield_in_record (key);
	ANALYZE pg_temp.minefield_in_record;
END
$$;
COMMENT ON FUNCTION mf_report_input(name, text, text) IS
	'For the report: reads a registry at one moment into temporary tables, as far as the caller may see it, and of one district or organisation where these are not NULL: rows without one count to each, except where the registry is protected by it.';

CREATE FUNCTION mf_report_digest() RETURNS text
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	RETURN (SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(coalesce(pg_catalog.string_agg(line, E'\n' ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex')
		FROM (SELECT pg_catalog.concat_ws(E'\t', 'record', key, book, digest) AS line FROM pg_temp.minefield_in_record
			  UNION ALL SELECT pg_catalog.concat_ws(E'\t', 'area', id, name, pg_catalog.encode(ST_AsEWKB(aoi), 'hex')) FROM pg_temp.minefield_in_area
			  UNION ALL SELECT pg_catalog.concat_ws(E'\t', 'line', id, name, pg_catalog.encode(ST_AsEWKB(line), 'hex')) FROM pg_temp.minefield_in_line
			  UNION ALL SELECT pg_catalog.concat_ws(E'\t', 'find', id, kind, model, pg_catalog.encode(ST_AsEWKB(place), 'hex')) FROM pg_temp.minefield_in_find
			  UNION ALL SELECT pg_catalog.concat_ws(E'\t', 'book', book, header::text) FROM pg_temp.minefield_in_book) x);
END
$$;
COMMENT ON FUNCTION mf_report_digest() IS
	'For the report: sHA-256, in hexadecimal, of everything that a report computes from: equal digests, equal input.';

-- Overlaps and finds come before the maps that show them, areas before what is
-- to be asked about them.
CREATE FUNCTION mf_report_steps() RETURNS SETOF text[]
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50 ROWS 20
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	RETURN QUERY
	SELECT ARRAY[s.part, s.id, s.title]
	FROM (SELECT v.rank, v.part, NULL::text AS id, NULL::text AS title
		  FROM (VALUES (1, 'received'), (2, 'totals'), (3, 'unlocated'), (4, 'missing'), (5, 'overlaps'), (6, 'finds'),
					   (9, 'questions'), (10, 'overview'), (11, 'accuracy')) v (rank, part)
		  UNION ALL SELECT 7, 'area', a.id, a.name FROM pg_temp.minefield_in_area a
		  UNION ALL SELECT 8, 'line', l.id, l.name FROM pg_temp.minefield_in_line l) s
	ORDER BY s.rank, s.title COLLATE "C", s.id::bigint;
END
$$;
COMMENT ON FUNCTION mf_report_steps() IS
	'For the report: the steps of a report in their order: what is made, and for areas and lines their id and name.';

CREATE FUNCTION mf_report_step(n integer, part text, id text, options jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	INSERT INTO pg_temp.minefield_out_part
	SELECT part, n, CASE part
		WHEN 'received' THEN mf_report_received(options)
		WHEN 'totals' THEN mf_report_totals(options)
		WHEN 'unlocated' THEN mf_report_unlocated(options)
		WHEN 'missing' THEN mf_report_missing(options)
		WHEN 'overlaps' THEN mf_report_overlaps(options)
		WHEN 'finds' THEN mf_report_finds(options)
		WHEN 'area' THEN mf_report_area(id, options)
		WHEN 'line' THEN mf_report_line(id, options)
		WHEN 'questions' THEN mf_report_questions(options)
		WHEN 'overview' THEN mf_report_overview(options)
		WHEN 'accuracy' THEN mf_report_accuracy(options) END;
END
$$;
COMMENT ON FUNCTION mf_report_step(integer, text, text, jsonb) IS
	'For the report: makes one part of a report.';

-- The inventory, every key with a digest of its record, is what lets any two
-- reports be compared record by record.
CREATE FUNCTION mf_report_result(registry name, district text, organisation text, as_of timestamptz, options jsonb)
	RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	result jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT pg_catalog.jsonb_object_agg(part, body) INTO result
	FROM pg_temp.minefield_out_part WHERE part NOT IN ('area', 'line');
	RETURN result || pg_catalog.jsonb_build_object('format', 'minefield report', 'format_version', 1,
		'registry', registry, 'district', district, 'organisation', organisation, 'run', NULL,
		'as_of', pg_catalog.to_char(as_of AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
		'made_by', mf_registry_who(), 'options', options,
		'versions', pg_catalog.jsonb_build_object('minefield', (SELECT extversion FROM pg_extension WHERE extname = 'minefield'),
			'all', mf_full_version()),
		'input_digest', mf_report_digest(),
		'areas', (SELECT coalesce(pg_catalog.jsonb_agg(body ORDER BY n), '[]'::jsonb) FROM pg_temp.minefield_out_part WHERE part = 'area'),
		'lines', (SELECT coalesce(pg_catalog.jsonb_agg(body ORDER BY n), '[]'::jsonb) FROM pg_temp.minefield_out_part WHERE part = 'line'),
		'inventory', (SELECT coalesce(pg_catalog.jsonb_object_agg(key, digest), '{}'::jsonb) FROM pg_temp.minefield_in_record),
		'changes', NULL, 'trend', '[]'::jsonb, 'labels', '{}'::jsonb);
END
$$;
COMMENT ON FUNCTION mf_report_result(name, text, text, timestamptz, jsonb) IS
	'For the report: the document of a report, of the parts that were made.';

CREATE FUNCTION mf_report_summary(report jsonb) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN pg_catalog.jsonb_build_object('run', report -> 'run'::text, 'as_of', report -> 'as_of'::text,
		'records', report #> '{totals,records}'::text[], 'unlocated', report #> '{totals,unlocated}'::text[],
		'missing_numbers', (SELECT pg_catalog.sum((b #>> '{missing,count}'::text[])::numeric) FROM pg_catalog.jsonb_array_elements(report #> '{missing,books}'::text[]) b),
		'refused', report #> '{received,refused,count}'::text[],
		'contradicting', report #> '{overlaps,contradicting}'::text[], 'finds_outside', report #> '{finds,outside}'::text[],
		'unsolved', report #> '{accuracy,unsolved,count}'::text[],
		'aoi_m2', (SELECT pg_catalog.sum((a ->> 'aoi_m2'::text)::float8) FROM pg_catalog.jsonb_array_elements(report -> 'areas'::text) a),
		'recorded_m2', (SELECT pg_catalog.sum((a ->> 'recorded_m2'::text)::float8) FROM pg_catalog.jsonb_array_elements(report -> 'areas'::text) a),
		'no_record_m2', (SELECT pg_catalog.sum((a ->> 'no_record_m2'::text)::float8) FROM pg_catalog.jsonb_array_elements(report -> 'areas'::text) a),
		'line_m', (SELECT pg_catalog.sum((l ->> 'length_m'::text)::float8) FROM pg_catalog.jsonb_array_elements(report -> 'lines'::text) l),
		'line_no_record_m', (SELECT pg_catalog.sum((l ->> 'no_record_m'::text)::float8) FROM pg_catalog.jsonb_array_elements(report -> 'lines'::text) l));
END
$$;
COMMENT ON FUNCTION mf_report_summary(jsonb) IS
	'For the report: the figures of a report that are kept for ever and shown as trend; areas that overlap are counted twice.';

CREATE FUNCTION mf_report(registry name, options jsonb DEFAULT NULL, district text DEFAULT NULL, organisation text DEFAULT NULL)
	RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	as_of timestamptz := pg_catalog.clock_timestamp();
	step text[];
	n integer := 0;
	result jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF registry IS NULL THEN
		RETURN NULL;
	END IF;
	PERFORM mf_registry_check(registry);
	options := mf_report_check_options(options);
	PERFORM mf_report_input(registry, district, organisation);
	UPDATE pg_temp.minefield_in_line SET distance_m = (options ->> 'line_distance_m'::text)::float8;
	FOR step IN SELECT s FROM mf_report_steps() s LOOP
		n := n + 1;
		PERFORM mf_report_step(n, step[1], step[2], options);
	END LOOP;
	result := mf_report_result(registry, district, organisation, as_of, options);
	PERFORM mf_report_forget();
	RETURN result;
END
$$;
COMMENT ON FUNCTION mf_report(name, jsonb, text, text) IS
	'The completeness report of a registry as a document (doc/report-schema.json), of one moment and of what the caller may see; options from mf_report_options(). With a district or organisation, only of it and of what belongs to none. Stores nothing: mf_run_report does. NULL for a NULL registry; 42P01 where there is none.';

-- Two lists of figures side by side; what one of them lacks is null there.
CREATE FUNCTION mf_report_pairs(before jsonb, after jsonb, figures text[]) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (
		SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', coalesce(b.x ->> 'name'::text, a.x ->> 'name'::text),
				'before', (SELECT pg_catalog.jsonb_object_agg(f, b.x -> f) FROM pg_catalog.unnest(figures) f WHERE b.x IS NOT NULL),
				'after', (SELECT pg_catalog.jsonb_object_agg(f, a.x -> f) FROM pg_catalog.unnest(figures) f WHERE a.x IS NOT NULL))
				ORDER BY coalesce(a.n, b.n), coalesce(b.x ->> 'name'::text, a.x ->> 'name'::text) COLLATE "C"), '[]'::jsonb)
		FROM pg_catalog.jsonb_array_elements(before) WITH ORDINALITY b (x, n)
			FULL JOIN pg_catalog.jsonb_array_elements(after) WITH ORDINALITY a (x, n) ON a.x -> 'id'::text = b.x -> 'id'::text);
END
$$;
COMMENT ON FUNCTION mf_report_pairs(jsonb, jsonb, text[]) IS
	'For the report: the named figures of the areas or lines of two reports, matched by id.';

CREATE FUNCTION mf_report_checked(report jsonb) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF report ->> 'format'::text IS DISTINCT FROM 'minefield report' THEN
		RAISE EXCEPTION 'not a report' USING ERRCODE = 'invalid_parameter_value',
			HINT = 'Pass what mf_report or mf_latest_run returns.';
	ELSIF (report ->> 'format_version'::text)::integer > 1 THEN
		RAISE EXCEPTION 'this report was made by a later release'
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Install that release to read it.';
	END IF;
	RETURN report;
END
$$;
COMMENT ON FUNCTION mf_report_checked(jsonb) IS
	'For mf_report_diff and mf_report_html: the document of a report, and an error (22023) for anything else.';

CREATE FUNCTION mf_report_changed(before jsonb, after jsonb) RETURNS jsonb
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000
	RETURN (
		SELECT pg_catalog.jsonb_object_agg(k.kind, mf_report_list(c.n, c.keys))
		FROM (VALUES ('added'), ('gone'), ('changed')) k (kind)
			LEFT JOIN (
				SELECT p.kind, pg_catalog.count(*) AS n, pg_catalog.jsonb_agg(p.key ORDER BY p.key COLLATE "C")
					FILTER (WHERE p.place <= COALESCE(after #>> '{options,max_rows}'::text[], '50')::bigint) AS keys
				FROM (SELECT d.kind, d.key, pg_catalog.row_number() OVER (PARTITION BY d.kind ORDER BY d.key COLLATE "C") AS place
					  FROM (SELECT COALESCE(a.key, b.key) AS key, CASE WHEN b.key IS NULL THEN 'added'
								WHEN a.key IS NULL THEN 'gone' ELSE 'changed' END AS kind
							FROM pg_catalog.jsonb_each_text(before -> 'inventory'::text) b
								FULL JOIN pg_catalog.jsonb_each_text(after -> 'inventory'::text) a ON a.key = b.key
							WHERE a.value IS DISTINCT FROM b.value) d) p
				GROUP BY p.kind) c ON c.kind = k.kind);
COMMENT ON FUNCTION mf_report_changed(jsonb, jsonb) IS
	'For mf_report_diff: the keys of the records added, gone and changed.';

CREATE FUNCTION mf_report_diff(before jsonb, after jsonb) RETURNS jsonb
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000
	RETURN pg_catalog.jsonb_build_object(
		'before', pg_catalog.jsonb_build_object('run', mf_report_checked(before) -> 'run'::text, 'as_of', before -> 'as_of'::text),
		'after', pg_catalog.jsonb_build_object('run', mf_report_checked(after) -> 'run'::text, 'as_of', after -> 'as_of'::text),
		'same_input', before -> 'input_digest'::text = after -> 'input_digest'::text,
		'options_differ', before -> 'options'::text <> after -> 'options'::text,
		'records', mf_report_changed(before, after),
		'figures', pg_catalog.jsonb_build_object('before', mf_report_summary(before), 'after', mf_report_summary(after)),
		'areas', mf_report_pairs(before -> 'areas'::text, after -> 'areas'::text,
			ARRAY['aoi_m2', 'recorded_m2', 'possible_m2', 'no_record_m2']),
		'lines', mf_report_pairs(before -> 'lines'::text, after -> 'lines'::text, ARRAY['length_m', 'no_record_m']));
COMMENT ON FUNCTION mf_report_diff(jsonb, jsonb) IS
	'What changed from one report to another: records added, gone and changed, and the figures of all areas and lines side by side. Says whether the options differed, for then figures cannot be compared. NULL when either is NULL; 22023 when either is no report.';
-- the report page: text, numbers, tables and bars in HTML
--
-- Pure functions of a stored report and its labels: a page can be made again
-- years later, and no function here reads a table.  Nothing reaches the page
-- but through mf_page_text: every value, label and name is escaped there.

CREATE FUNCTION mf_page_text(value text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN pg_catalog.regexp_replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(COALESCE(value, ''), '&', '&amp;'), '<', '&lt;'),
		'>', '&gt;'), '"', '&quot;'), '[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]', '�', 'g');
COMMENT ON FUNCTION mf_page_text(text) IS
	'For mf_report_html: a value as text of a page. NULL gives nothing.';

CREATE FUNCTION mf_page_say(labels jsonb, key text, VARIADIC filling text[] DEFAULT '{}') RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	said text := pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(coalesce(labels ->> key, key), '&', '&amp;'), '<', '&lt;'),
						 '>', '&gt;'), '"', '&quot;');
	pieces text[] := pg_catalog.regexp_split_to_array(said, '[{}]');
	found integer;
BEGIN
	-- every other piece is a name in braces; filling is name, value, ... and
	-- already escaped, and a value is never searched for names
	FOR i IN 1 .. pg_catalog.cardinality(pieces) LOOP
		IF i % 2 = 0 THEN
			found := pg_catalog.array_position(filling, pieces[i]);
			pieces[i] := CASE WHEN found % 2 = 1 THEN coalesce(filling[found + 1], '') ELSE '{' || pieces[i] || '}' END;
		END IF;
	END LOOP;
	RETURN pg_catalog.array_to_string(pieces, '');
END
$$;
COMMENT ON FUNCTION mf_page_say(jsonb, text, text[]) IS
	'For mf_report_html: a label with its {words} filled in by the pairs of name and escaped value that follow; the key itself where there is no label.';

CREATE FUNCTION mf_page_number(value numeric, digits integer, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN COALESCE(mf_page_text(pg_catalog.translate(pg_catalog.replace(pg_catalog.replace(
		pg_catalog.to_char(pg_catalog.round(value, digits), pg_catalog.concat('FM999,999,999,999,990', CASE WHEN digits > 0 THEN pg_catalog.rpad('.', digits + 1, '0') END)),
		',', pg_catalog.chr(1)), '.', labels ->> 'decimal'::text), pg_catalog.chr(1), labels ->> 'group'::text)), mf_page_say(labels, 'unknown'));
COMMENT ON FUNCTION mf_page_number(numeric, integer, jsonb) IS
	'For mf_report_html: a number with so many decimals in the manner of the language; NULL is the word for unknown.';

CREATE FUNCTION mf_page_area(m2 float8, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN CASE WHEN m2 IS NULL THEN mf_page_say(labels, 'unknown')
		WHEN m2 >= 1e6::float8 THEN pg_catalog.concat(mf_page_number((m2 / 1e6::float8)::numeric, 2, labels), mf_page_say(labels, 'unit_km2'))
		WHEN m2 >= 1e4::float8 THEN pg_catalog.concat(mf_page_number((m2 / 1e4::float8)::numeric, 1, labels), mf_page_say(labels, 'unit_ha'))
		ELSE pg_catalog.concat(mf_page_number(m2::numeric, 0, labels), mf_page_say(labels, 'unit_m2')) END;
COMMENT ON FUNCTION mf_page_area(float8, jsonb) IS
	'For mf_report_html: an area of so many square metres, in a unit that fits its size.';

CREATE FUNCTION mf_page_length(m float8, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN CASE WHEN m IS NULL THEN mf_page_say(labels, 'unknown')
		WHEN m >= 1e5::float8 THEN pg_catalog.concat(mf_page_number((m / 1e3::float8)::numeric, 0, labels), mf_page_say(labels, 'unit_km'))
		WHEN m >= 1e3::float8 THEN pg_catalog.concat(mf_page_number((m / 1e3::float8)::numeric, 2, labels), mf_page_say(labels, 'unit_km'))
		ELSE pg_catalog.concat(mf_page_number(m::numeric, 0, labels), mf_page_say(labels, 'unit_m')) END;
COMMENT ON FUNCTION mf_page_length(float8, jsonb) IS
	'For mf_report_html: a length of so many metres, in a unit that fits it.';

CREATE FUNCTION mf_page_share(part float8, whole float8, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN CASE WHEN part IS NULL OR whole IS NULL OR whole = 0::float8 THEN mf_page_say(labels, 'unknown')
		-- neither 100 nor 0 while something is left
		WHEN part > 0::float8 AND part < whole * 0.001::float8 THEN pg_catalog.concat('&lt; ', mf_page_number(0.1, 1, labels), ' %')
		WHEN part < whole AND part > whole * 0.999::float8 THEN pg_catalog.concat('&gt; ', mf_page_number(99.9, 1, labels), ' %')
		ELSE pg_catalog.concat(mf_page_number((100::float8 * part / whole)::numeric, 1, labels), ' %') END;
COMMENT ON FUNCTION mf_page_share(float8, float8, jsonb) IS
	'For mf_report_html: a part of a whole in per cent.';

CREATE FUNCTION mf_page_place(lat text, lon text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN pg_catalog.concat('<span class="place">', pg_catalog.to_char(pg_catalog.abs(lat::numeric), 'FM90.00000'),
		CASE WHEN lat::numeric < 0::numeric THEN ' S ' ELSE ' N ' END, pg_catalog.to_char(pg_catalog.abs(lon::numeric), 'FM990.00000'),
		CASE WHEN lon::numeric < 0::numeric THEN ' W' ELSE ' E' END, '</span>');
COMMENT ON FUNCTION mf_page_place(text, text) IS
	'For mf_report_html: latitude and longitude in degrees, as they are typed into a receiver.';

CREATE FUNCTION mf_page_when(value text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN pg_catalog.concat('<time datetime="', mf_page_text(value), '">',
		mf_page_text(pg_catalog.replace(pg_catalog.replace(pg_catalog.regexp_replace(value, ':[0-9]{2}Z$', 'Z'), 'T', ' '), 'Z', ' UTC')), '</time>');
COMMENT ON FUNCTION mf_page_when(text) IS
	'For mf_report_html: an instant, to the minute.';

-- One row of a table; a letter for each column: t text, n number, h heading.
CREATE FUNCTION mf_page_row(columns text, VARIADIC cells text[]) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN pg_catalog.concat('<tr>', (SELECT pg_catalog.string_agg(CASE pg_catalog.substr(columns, n::integer, 1)
			WHEN 'h' THEN pg_catalog.concat('<th scope="row">', cell, '</th>')
			WHEN 'n' THEN pg_catalog.concat('<td class="n">', cell, '</td>')
			ELSE pg_catalog.concat('<td>', cell, '</td>') END, '' ORDER BY n)
		FROM pg_catalog.unnest(cells) WITH ORDINALITY c (cell, n)), '</tr>', pg_catalog.chr(10));
COMMENT ON FUNCTION mf_page_row(text, text[]) IS
	'For mf_report_html: a row of a table of cells that are escaped already; columns has t, n or h (text, number, heading) for each.';

CREATE FUNCTION mf_page_table(labels jsonb, caption text, columns text, heads text[], body text, class text DEFAULT '')
	RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN CASE WHEN body <> '' THEN pg_catalog.concat('<div class="wide" tabindex="0" role="region" aria-label="', mf_page_say(labels, caption),
		'"><table class="', class, '"><caption>', mf_page_say(labels, caption), '</caption><thead><tr>',
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<th scope="col"', CASE pg_catalog.substr(columns, n::integer, 1) WHEN 'n' THEN ' class="n"' END, '>',
			mf_page_say(labels, head), '</th>'), '' ORDER BY n) FROM pg_catalog.unnest(heads) WITH ORDINALITY h (head, n)),
		'</tr></thead><tbody>', pg_catalog.chr(10), body, '</tbody></table></div>', pg_catalog.chr(10)) END;
COMMENT ON FUNCTION mf_page_table(jsonb, text, text, text[], text, text) IS
	'For mf_report_html: a table of rows by mf_page_row, with the keys of the labels of its caption and heads. NULL without rows.';

-- Stretched as a whole, so there is no text in it: its figures stand beside.
CREATE FUNCTION mf_page_bar(parts float8[], classes text[], whole float8) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN pg_catalog.concat('<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">',
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<rect class="', class, '" x="', pg_catalog.round(before::numeric, 1), '" y="0" width="',
				pg_catalog.round(size::numeric, 1), '" height="10"/>'), '' ORDER BY n)
		 FROM (SELECT n, classes[n] AS class, 1000::float8 * part / whole AS size,
				1000::float8 * (pg_catalog.sum(part) OVER (ORDER BY n) - part) / whole AS before
			   FROM pg_catalog.unnest(parts) WITH ORDINALITY p (part, n) WHERE part > 0::float8) b
		 WHERE whole > 0::float8), '</svg>');
COMMENT ON FUNCTION mf_page_bar(float8[], text[], float8) IS
	'For mf_report_html: a stacked bar of parts of a whole, one class of the style sheet for each.';

CREATE FUNCTION mf_page_more(list jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN CASE WHEN (list ->> 'count'::text)::numeric > pg_catalog.jsonb_array_length(list -> 'rows'::text)::numeric
		THEN pg_catalog.concat('<p class="more">', mf_page_say(labels, 'and_more', 'n',
			mf_page_number((list ->> 'count'::text)::numeric - pg_catalog.jsonb_array_length(list -> 'rows'::text)::numeric, 0, labels)), '</p>') END;
COMMENT ON FUNCTION mf_page_more(jsonb, jsonb) IS
	'For mf_report_html: how many of a list of the report are not shown. NULL when all are.';

CREATE FUNCTION mf_page_may_lie(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN CASE WHEN (report #>> '{unlocated,count}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may"><a href="#unlocated">',
		mf_page_say(labels, 'may_lie', 'n', mf_page_number((report #>> '{unlocated,count}'::text[])::numeric, 0, labels)), '</a></p>') END;
COMMENT ON FUNCTION mf_page_may_lie(jsonb, jsonb) IS
	'For mf_report_html: how many records without a place may belong to a section. NULL when there is none.';

CREATE FUNCTION mf_page_ranges(ranges jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN (SELECT pg_catalog.string_agg(CASE WHEN r ->> 0 = r ->> 1 THEN mf_page_text(r ->> 0)
			ELSE pg_catalog.concat(mf_page_text(r ->> 0), '–', mf_page_text(r ->> 1)) END, ', ' ORDER BY n)
		FROM pg_catalog.jsonb_array_elements(ranges) WITH ORDINALITY x (r, n));
COMMENT ON FUNCTION mf_page_ranges(jsonb) IS
	'For mf_report_html: ranges of numbers, as 4, 17–19. NULL when there are none.';

CREATE FUNCTION mf_page_keys(keys jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN (SELECT pg_catalog.string_agg(pg_catalog.concat('<b class="key">', mf_page_text(k), '</b>'), ', ' ORDER BY n)
		FROM pg_catalog.jsonb_array_elements_text(CASE WHEN pg_catalog.jsonb_typeof(keys) = 'array' THEN keys ELSE '[]'::jsonb END) WITH ORDINALITY x (k, n));
COMMENT ON FUNCTION mf_page_keys(jsonb) IS
	'For mf_report_html: keys of records in a sentence. NULL when there are none.';

CREATE FUNCTION mf_page_tile(figure text, said text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN pg_catalog.concat('<li><strong>', figure, '</strong> <span>', said, '</span></li>');
COMMENT ON FUNCTION mf_page_tile(text, text) IS
	'For mf_report_html: one figure of the summary.';

CREATE FUNCTION mf_page_section(labels jsonb, id text, title text, body text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN pg_catalog.concat('<section id="', id, '" aria-labelledby="h-', id, '"><h2 id="h-', id, '">', mf_page_say(labels, title), '</h2>',
		pg_catalog.chr(10), body, '</section>', pg_catalog.chr(10));
COMMENT ON FUNCTION mf_page_section(jsonb, text, text, text) IS
	'For mf_report_html: a section of the page.';
-- the maps of the report page: the drawings of a report as inline SVG

-- Colours go round by source; the order is that of the whole report, so that
-- a source has one colour on all maps.
CREATE FUNCTION mf_page_sources(report jsonb) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	RETURN (SELECT COALESCE(pg_catalog.jsonb_object_agg(s.source, s.place), '{}'::jsonb)
		FROM (SELECT t.source, pg_catalog.row_number() OVER (ORDER BY t.n DESC, t.source COLLATE "C") - 1::bigint AS place
			  FROM (SELECT r ->> 'source'::text AS source, pg_catalog.sum((r ->> 'n'::text)::numeric) AS n
					FROM (SELECT report #> '{overview,map}'::text[] AS map
						  UNION ALL SELECT a -> 'map'::text FROM pg_catalog.jsonb_array_elements(report -> 'areas'::text) a
						  UNION ALL SELECT l -> 'map'::text FROM pg_catalog.jsonb_array_elements(report -> 'lines'::text) l) m,
						 pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(m.map -> 'records'::text) = 'array'
												THEN m.map -> 'records'::text ELSE '[]'::jsonb END) r
					WHERE r ->> 'source'::text IS NOT NULL
					GROUP BY 1) t) s);
COMMENT ON FUNCTION mf_page_sources(jsonb) IS
	'For mf_report_html: the sources of the records on all maps, with their place by number of records.';

CREATE FUNCTION mf_page_source_class(sources jsonb, source text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN CASE WHEN source IS NULL THEN 'sx' ELSE pg_catalog.concat('s', COALESCE((sources ->> source)::integer, 0) % 5) END;
COMMENT ON FUNCTION mf_page_source_class(jsonb, text) IS
	'For mf_report_html: the class of the style sheet for records of a source.';

-- What is a point in the report becomes a sign: a cross, a lozenge.
CREATE FUNCTION mf_page_signs(path text, class text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	RETURN pg_catalog.concat('<path class="', mf_page_text(class), '" d="', pg_catalog.regexp_replace(path, 'M(-?[0-9]+) (-?[0-9]+)', CASE class
		WHEN 'find_outside' THEN 'M\1 \2m-4-4l8 8m0-8l-8 8'
		WHEN 'find_inside' THEN 'M\1 \2m-2-2l4 4m0-4l-4 4'
		WHEN 'accident_outside' THEN 'M\1 \2m0-5.5l5.5 5.5-5.5 5.5-5.5-5.5z'
		ELSE 'M\1 \2m0-4l4 4-4 4-4-4z' END, 'g'), '"/>');
COMMENT ON FUNCTION mf_page_signs(text, text) IS
	'For mf_report_html: the finds of one class on a map.';

CREATE FUNCTION mf_page_reach(map jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN (SELECT pg_catalog.string_agg(pg_catalog.concat(
			(SELECT pg_catalog.string_agg(pg_catalog.concat('<path class="reach" d="', mf_page_text(p.d), '"/>'), '' ORDER BY p.n)
			 FROM pg_catalog.jsonb_array_elements_text(CASE WHEN pg_catalog.jsonb_typeof(r.layer -> 'd'::text) = 'array'
					THEN r.layer -> 'd'::text ELSE '[]'::jsonb END) WITH ORDINALITY p (d, n)),
			CASE WHEN r.layer ->> 'dots'::text <> '' THEN pg_catalog.concat('<path class="dot ',
				CASE WHEN r.layer ->> 'class'::text = 'unknown' THEN 'vague' ELSE 's0' END, '" d="', mf_page_text(r.layer ->> 'dots'::text), '"/>',
				CASE WHEN r.layer ->> 'class'::text = 'unknown' THEN pg_catalog.concat('<path class="dot hollow" d="',
					mf_page_text(r.layer ->> 'dots'::text), '"/>') END) END), '' ORDER BY r.n)
		FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(map -> 'reach'::text) = 'array'
			THEN map -> 'reach'::text ELSE '[]'::jsonb END) WITH ORDINALITY r (layer, n));
COMMENT ON FUNCTION mf_page_reach(jsonb) IS
	'For mf_report_html: the ground within the accuracy of records on a map. NULL where the map has none.';

CREATE FUNCTION mf_page_map_layers(map jsonb, sources jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN pg_catalog.concat('<g class="', CASE WHEN (map #>> '{frame,unit}'::text[])::float8 < 0.3::float8 THEN 'fine' ELSE 'dense' END, '" transform="scale(',
			map #>> '{frame,unit}'::text[], ')">',
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<path class="', CASE WHEN (a ->> 'this'::text)::boolean THEN 'aoi this' ELSE 'aoi' END, '" d="',
				mf_page_text(a ->> 'd'::text), '"/>'), '' ORDER BY n)
		 FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(map -> 'areas'::text) = 'array' THEN map -> 'areas'::text ELSE '[]'::jsonb END)
			WITH ORDINALITY x (a, n)),
		CASE WHEN map ->> 'gaps'::text <> '' THEN pg_catalog.concat('<path class="gap" d="', mf_page_text(map ->> 'gaps'::text), '"/>') END,
		mf_page_reach(map),
		(SELECT pg_catalog.string_agg(pg_catalog.concat(
				CASE WHEN r ->> 'd'::text <> '' THEN pg_catalog.concat('<path class="rec ', mf_page_source_class(sources, r ->> 'source'::text), '" d="',
					mf_page_text(r ->> 'd'::text), '"/>') END,
				CASE WHEN r ->> 'dots'::text <> '' THEN pg_catalog.concat('<path class="dot ', mf_page_source_class(sources, r ->> 'source'::text), '" d="',
					mf_page_text(r ->> 'dots'::text), '"/>') END), '' ORDER BY n)
		 FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(map -> 'records'::text) = 'array' THEN map -> 'records'::text ELSE '[]'::jsonb END)
			WITH ORDINALITY x (r, n)),
		CASE WHEN map ->> 'overlaps'::text <> '' THEN pg_catalog.concat('<path class="over" d="', mf_page_text(map ->> 'overlaps'::text), '"/>') END,
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<path class="outline', CASE WHEN (a ->> 'this'::text)::boolean THEN ' this' END, '" d="',
				mf_page_text(a ->> 'd'::text), '"/>'), '' ORDER BY n)
		 FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(map -> 'areas'::text) = 'array' THEN map -> 'areas'::text ELSE '[]'::jsonb END)
			WITH ORDINALITY x (a, n)),
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<path class="line" d="', mf_page_text(l ->> 'd'::text), '"/>'), '' ORDER BY n)
		 FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(map -> 'lines'::text) = 'array' THEN map -> 'lines'::text ELSE '[]'::jsonb END)
			WITH ORDINALITY x (l, n)),
		CASE WHEN map ->> 'line_gaps'::text <> '' THEN pg_catalog.concat('<path class="linegap" d="', mf_page_text(map ->> 'line_gaps'::text), '"/>') END,
		'</g>',
		(SELECT pg_catalog.string_agg(mf_page_signs(f ->> 'd'::text, f ->> 'class'::text), '' ORDER BY f ->> 'class'::text DESC)
		 FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(map -> 'finds'::text) = 'array' THEN map -> 'finds'::text ELSE '[]'::jsonb END) f),
		'<g transform="scale(', map #>> '{frame,unit}'::text[], ')">',
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<path class="name" d="', mf_page_text(r ->> 1), '"><title>', mf_page_text(r ->> 0), '</title></path>'),
				'' ORDER BY n)
		 FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(map -> 'names'::text) = 'array' THEN map -> 'names'::text ELSE '[]'::jsonb END)
			WITH ORDINALITY x (r, n) WHERE r ->> 1 <> ''),
		'</g>');
COMMENT ON FUNCTION mf_page_map_layers(jsonb, jsonb, jsonb) IS
	'For mf_report_html: what a map shows, from the ground up.';

CREATE FUNCTION mf_page_map(map jsonb, id text, title text, sources jsonb, labels jsonb, with_names boolean) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN CASE WHEN pg_catalog.jsonb_typeof(map -> 'frame'::text) = 'object' THEN pg_catalog.concat('<figure class="map"><svg viewBox="0 0 ', map #>> '{frame,width}'::text[], ' ',
		map #>> '{frame,height}'::text[], '" role="img" aria-labelledby="', id, '-t ', id, '-d"><title id="', id, '-t">', title,
		'</title><desc id="', id, '-d">', mf_page_say(labels, 'map_desc', 'bar', mf_page_length((map #>> '{frame,bar_m}'::text[])::float8, labels)),
		'</desc><rect class="sheet" width="', map #>> '{frame,width}'::text[], '" height="', map #>> '{frame,height}'::text[], '"/>',
		mf_page_map_layers(map, sources, labels),
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<text class="areaname" x="', a ->> 'x'::text, '" y="', a ->> 'y'::text, '">', mf_page_text(a ->> 'name'::text), '</text>'), ''
				ORDER BY n)
		 FROM pg_catalog.jsonb_array_elements(CASE WHEN with_names AND pg_catalog.jsonb_typeof(map -> 'areas'::text) = 'array' THEN map -> 'areas'::text ELSE '[]'::jsonb END)
			WITH ORDINALITY x (a, n) WHERE a ->> 'x'::text IS NOT NULL AND n <= 40::bigint),
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<g class="no"><circle cx="', g ->> 1, '" cy="', g ->> 2, '" r="11"/><text x="', g ->> 1, '" y="', g ->> 2,
				'" dy=".36em">', g ->> 0, '</text></g>'), '' ORDER BY (g ->> 0)::integer DESC)
		 FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(map -> 'numbers'::text) = 'array' THEN map -> 'numbers'::text ELSE '[]'::jsonb END) g),
		'<g class="north"><path d="M694 12l8 26-8-6-8 6z"/><text x="694" y="54">', mf_page_say(labels, 'north'), '</text></g>',
		'<g class="scale" transform="translate(16 ', (map #>> '{frame,height}'::text[])::integer - 14, ')"><path class="halo" d="M0-6v6h', map #>> '{frame,bar_px}'::text[],
		'v-6"/><path d="M0-6v6h', map #>> '{frame,bar_px}'::text[], 'v-6"/><text x="', map #>> '{frame,bar_px}'::text[], '" dx="8" y="0">',
		mf_page_length((map #>> '{frame,bar_m}'::text[])::float8, labels), '</text></g></svg></figure>', pg_catalog.chr(10)) END;
COMMENT ON FUNCTION mf_page_map(jsonb, text, text, jsonb, jsonb, boolean) IS
	'For mf_report_html: a map with its scale bar, north and the numbers of the gaps. NULL when the report has none.';

CREATE FUNCTION mf_page_legend_item(shape text, said text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN pg_catalog.concat('<li><svg viewBox="0 0 34 18" aria-hidden="true" focusable="false">', shape, '</svg>', said, '</li>');
COMMENT ON FUNCTION mf_page_legend_item(text, text) IS
	'For mf_report_html: one sign of the legend and what it means.';

CREATE FUNCTION mf_page_legend(report jsonb, sources jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN pg_catalog.concat('<ul class="legend" aria-label="', mf_page_say(labels, 'legend'), '">',
		(SELECT pg_catalog.string_agg(mf_page_legend_item(pg_catalog.concat('<path class="rec ', mf_page_source_class(sources, s.key), '" d="M3 3h28v12H3z"/>'),
				mf_page_say(labels, 'legend_source', 'name', mf_page_text(s.key))), '' ORDER BY (s.value)::integer)
		 FROM pg_catalog.jsonb_each_text(sources) s WHERE (s.value)::integer < 8),
		CASE WHEN pg_catalog.jsonb_path_exists(report, '$.overview.map.records[*] ? (@.source == null)')
			THEN mf_page_legend_item('<path class="rec sx" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'legend_source_unknown')) END,
		mf_page_legend_item('<path class="gap" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'legend_gap')),
		mf_page_legend_item('<path class="over" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'legend_overlap')),
		CASE WHEN pg_catalog.jsonb_array_length(report -> 'areas'::text) > 0
			THEN mf_page_legend_item('<path class="outline this" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'legend_area')) END,
		CASE WHEN pg_catalog.jsonb_array_length(report -> 'lines'::text) > 0 THEN pg_catalog.concat(
			mf_page_legend_item('<path class="line" d="M2 9h30"/>', mf_page_say(labels, 'legend_line')),
			mf_page_legend_item('<path class="line" d="M2 9h30"/><path class="linegap" d="M2 9h30"/>', mf_page_say(labels, 'legend_line_gap'))) END,
		CASE WHEN (report #>> '{finds,total}'::text[])::numeric > 0::numeric THEN pg_catalog.concat(
			mf_page_legend_item(mf_page_signs('M17 9', 'find_outside'), mf_page_say(labels, 'legend_find_outside')),
			mf_page_legend_item(mf_page_signs('M17 9', 'accident_outside'), mf_page_say(labels, 'legend_accident_outside')),
			mf_page_legend_item(mf_page_signs('M17 9', 'find_inside'), mf_page_say(labels, 'legend_find_inside')),
			mf_page_legend_item(mf_page_signs('M17 9', 'accident_inside'), mf_page_say(labels, 'legend_accident_inside'))) END,
		'</ul>', pg_catalog.chr(10));
COMMENT ON FUNCTION mf_page_legend(jsonb, jsonb, jsonb) IS
	'For mf_report_html: what the signs on the maps mean.';
-- the sections of the report page about the ground

CREATE FUNCTION mf_page_ground(area jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN pg_catalog.concat(
		mf_page_bar(ARRAY[(area ->> 'recorded_m2'::text)::float8, COALESCE((area ->> 'possible_m2'::text)::float8, 0::float8), (area ->> 'no_record_m2'::text)::float8],
			ARRAY['b1', 'b4', 'b3'], (area ->> 'aoi_m2'::text)::float8),
		'<dl class="facts"><div class="f1"><dt>', mf_page_say(labels, 'recorded'), '</dt><dd>', mf_page_area((area ->> 'recorded_m2'::text)::float8, labels),
		' <small>', mf_page_share((area ->> 'recorded_m2'::text)::float8, (area ->> 'aoi_m2'::text)::float8, labels), '</small></dd></div>',
		'<div class="f4"><dt>', mf_page_say(labels, 'possible'), '</dt><dd>', CASE WHEN area ->> 'possible_m2'::text IS NULL
			THEN pg_catalog.concat('<small>', mf_page_say(labels, 'possible_unknown'), '</small>')
			ELSE pg_catalog.concat(mf_page_area((area ->> 'possible_m2'::text)::float8, labels), ' <small>',
				mf_page_share((area ->> 'possible_m2'::text)::float8, (area ->> 'aoi_m2'::text)::float8, labels), '</small>') END, '</dd></div>',
		'<div class="f3"><dt>', mf_page_say(labels, 'no_record'), '</dt><dd><strong>', mf_page_area((area ->> 'no_record_m2'::text)::float8, labels),
		'</strong> <small>', mf_page_share((area ->> 'no_record_m2'::text)::float8, (area ->> 'aoi_m2'::text)::float8, labels), '</small></dd></div>',
		'<div><dt>', mf_page_say(labels, 'area_records'), '</dt><dd>', mf_page_number((area ->> 'records'::text)::numeric, 0, labels), '</dd></div>',
		CASE WHEN (area ->> 'without_area'::text)::bigint > 0::bigint THEN pg_catalog.concat('<div><dt>', mf_page_say(labels, 'area_without'), '</dt><dd>',
			mf_page_number((area ->> 'without_area'::text)::numeric, 0, labels), '</dd></div>') END,
		CASE WHEN pg_catalog.jsonb_array_length(CASE WHEN pg_catalog.jsonb_typeof(area -> 'recorded_times_m2'::text) = 'array' THEN area -> 'recorded_times_m2'::text ELSE '[]'::jsonb END) > 1
			THEN pg_catalog.concat('<div><dt>', mf_page_say(labels, 'times'), '</dt><dd>', mf_page_area((SELECT pg_catalog.sum(t::float8)
				FROM pg_catalog.jsonb_array_elements_text(area -> 'recorded_times_m2'::text) WITH ORDINALITY x (t, n) WHERE n > 1::bigint), labels), '</dd></div>') END,
		'</dl>');
COMMENT ON FUNCTION mf_page_ground(jsonb, jsonb) IS
	'For mf_report_html: recorded, possible and no-record ground of one area, as a bar and in figures.';

CREATE FUNCTION mf_page_area_block(report jsonb, area jsonb, sources jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN pg_catalog.concat('<article class="ground"><h3 id="area-', mf_page_text(area ->> 'id'::text), '">', mf_page_text(area ->> 'name'::text), ' <small>',
		mf_page_area((area ->> 'aoi_m2'::text)::float8, labels), '</small></h3><div class="pair">',
		mf_page_map(area -> 'map'::text, pg_catalog.concat('map-a', mf_page_text(area ->> 'id'::text)),
			mf_page_say(labels, 'map_of', 'name', mf_page_text(area ->> 'name'::text)), sources, labels, false),
		'<div>', mf_page_ground(area, labels), mf_page_may_lie(report, labels), '</div></div>',
		COALESCE(mf_page_table(labels, 'gaps', 'hnnntt', ARRAY['gap', 'size', 'share', 'width', 'place', 'neighbours'],
			(SELECT pg_catalog.string_agg(mf_page_row('hnnntt', mf_page_text(g ->> 'n'::text), mf_page_area((g ->> 'area_m2'::text)::float8, labels),
					mf_page_share((g ->> 'area_m2'::text)::float8, (area ->> 'aoi_m2'::text)::float8, labels),
					mf_page_length((g ->> 'max_width_m'::text)::float8, labels), mf_page_place(g ->> 'lat'::text, g ->> 'lon'::text),
					pg_catalog.concat(mf_page_keys(g -> 'neighbours'::text), CASE WHEN (g ->> 'neighbours_count'::text)::bigint > 6::bigint THEN pg_catalog.concat(' ',
						mf_page_say(labels, 'and_more', 'n', mf_page_number((g ->> 'neighbours_count'::text)::numeric - 6, 0, labels))) END)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(area #> '{gaps,rows}'::text[]) WITH ORDINALITY x (g, n) WHERE n <= 12::bigint)),
			pg_catalog.concat('<p>', mf_page_say(labels, 'gaps_none', 'size', mf_page_area((report #>> '{options,min_gap_m2}'::text[])::float8, labels)), '</p>')),
		CASE WHEN (area #>> '{gaps,count}'::text[])::bigint > 12::bigint THEN pg_catalog.concat('<p class="more">', mf_page_say(labels, 'and_more', 'n',
			mf_page_number((area #>> '{gaps,count}'::text[])::numeric - 12, 0, labels)), '</p>') END,
		'</article>', pg_catalog.chr(10));
COMMENT ON FUNCTION mf_page_area_block(jsonb, jsonb, jsonb, jsonb) IS
	'For mf_report_html: one area with its map, its figures and its largest gaps.';

CREATE FUNCTION mf_page_areas(report jsonb, sources jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000
	RETURN mf_page_section(labels, 'areas', 'areas', CASE WHEN pg_catalog.jsonb_array_length(report -> 'areas'::text) = 0
		THEN pg_catalog.concat('<p>', mf_page_say(labels, 'no_areas'), '</p>')
		ELSE pg_catalog.concat(
			mf_page_table(labels, 'chart_areas', 'hnnnt', ARRAY['area', 'recorded', 'possible', 'no_record', 'share'],
				(SELECT pg_catalog.string_agg(mf_page_row('hnnnt', pg_catalog.concat('<a href="#area-', mf_page_text(a ->> 'id'::text), '">', mf_page_text(a ->> 'name'::text), '</a>'),
						mf_page_area((a ->> 'recorded_m2'::text)::float8, labels), mf_page_area((a ->> 'possible_m2'::text)::float8, labels),
						mf_page_area((a ->> 'no_record_m2'::text)::float8, labels),
						mf_page_bar(ARRAY[(a ->> 'recorded_m2'::text)::float8, COALESCE((a ->> 'possible_m2'::text)::float8, 0::float8), (a ->> 'no_record_m2'::text)::float8],
							ARRAY['b1', 'b4', 'b3'], (a ->> 'aoi_m2'::text)::float8)), '' ORDER BY n)
				 FROM pg_catalog.jsonb_array_elements(report -> 'areas'::text) WITH ORDINALITY x (a, n)), 'bars'),
			'<ul class="legend">', mf_page_legend_item('<path class="b1" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'recorded')),
			mf_page_legend_item('<path class="b4" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'possible')),
			mf_page_legend_item('<path class="b3" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'no_record')), '</ul>',
			mf_page_may_lie(report, labels), '<p>', mf_page_say(labels, 'gaps_text'), '</p>',
			(SELECT pg_catalog.string_agg(mf_page_area_block(report, a, sources, labels), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report -> 'areas'::text) WITH ORDINALITY x (a, n))) END);
COMMENT ON FUNCTION mf_page_areas(jsonb, jsonb, jsonb) IS
	'For mf_report_html: the areas, compared and one by one.';

CREATE FUNCTION mf_page_lines(report jsonb, sources jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000
	RETURN mf_page_section(labels, 'lines', 'lines', CASE WHEN pg_catalog.jsonb_array_length(report -> 'lines'::text) = 0
		THEN pg_catalog.concat('<p>', mf_page_say(labels, 'no_lines'), '</p>')
		ELSE (SELECT pg_catalog.string_agg(pg_catalog.concat('<article class="ground"><h3>', mf_page_text(l ->> 'name'::text), ' <small>', mf_page_length((l ->> 'length_m'::text)::float8, labels),
				'</small></h3><p>', mf_page_say(labels, 'line_text', 'distance', mf_page_length((l ->> 'distance_m'::text)::float8, labels)), '</p><div class="pair">',
				mf_page_map(l -> 'map'::text, pg_catalog.concat('map-l', mf_page_text(l ->> 'id'::text)), mf_page_say(labels, 'map_of', 'name', mf_page_text(l ->> 'name'::text)), sources, labels, false),
				'<div>', mf_page_bar(ARRAY[(l ->> 'recorded_m'::text)::float8, (l ->> 'no_record_m'::text)::float8], ARRAY['b1', 'b3'], (l ->> 'length_m'::text)::float8),
				'<dl class="facts"><div class="f1"><dt>', mf_page_say(labels, 'near_record'), '</dt><dd>', mf_page_length((l ->> 'recorded_m'::text)::float8, labels), ' <small>',
				mf_page_share((l ->> 'recorded_m'::text)::float8, (l ->> 'length_m'::text)::float8, labels), '</small></dd></div><div class="f3"><dt>', mf_page_say(labels, 'no_record'),
				'</dt><dd><strong>', mf_page_length((l ->> 'no_record_m'::text)::float8, labels), '</strong> <small>',
				mf_page_share((l ->> 'no_record_m'::text)::float8, (l ->> 'length_m'::text)::float8, labels), '</small></dd></div></dl>', mf_page_may_lie(report, labels), '</div></div>',
				mf_page_table(labels, 'gaps', 'hnntt', ARRAY['stretch', 'length', 'from_to', 'place', 'neighbours'],
					(SELECT pg_catalog.string_agg(mf_page_row('hnntt', mf_page_text(g ->> 'n'::text), mf_page_length((g ->> 'length_m'::text)::float8, labels),
							pg_catalog.concat(mf_page_length((g ->> 'from_m'::text)::float8, labels), ' – ', mf_page_length((g ->> 'to_m'::text)::float8, labels)),
							mf_page_place(g ->> 'lat'::text, g ->> 'lon'::text), mf_page_keys(g -> 'neighbours'::text)), '' ORDER BY m)
					 FROM pg_catalog.jsonb_array_elements(l #> '{gaps,rows}'::text[]) WITH ORDINALITY y (g, m) WHERE m <= 12::bigint)),
				CASE WHEN (l #>> '{gaps,count}'::text[])::bigint > 12::bigint THEN pg_catalog.concat('<p class="more">', mf_page_say(labels, 'and_more', 'n',
					mf_page_number((l #>> '{gaps,count}'::text[])::numeric - 12, 0, labels)), '</p>') END, '</article>', pg_catalog.chr(10)), '' ORDER BY n)
			  FROM pg_catalog.jsonb_array_elements(report -> 'lines'::text) WITH ORDINALITY x (l, n)) END);
COMMENT ON FUNCTION mf_page_lines(jsonb, jsonb, jsonb) IS
	'For mf_report_html: the lines one by one.';

CREATE FUNCTION mf_page_question(q jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN pg_catalog.concat('<li><b>', CASE q ->> 'kind'::text
			WHEN 'area' THEN mf_page_say(labels, 'ask_area', 'place', mf_page_text(q ->> 'place'::text), 'n', mf_page_text(q ->> 'n'::text),
				'size', mf_page_area((q ->> 'area_m2'::text)::float8, labels), 'where', mf_page_place(q ->> 'lat'::text, q ->> 'lon'::text),
				'width', mf_page_length((q ->> 'max_width_m'::text)::float8, labels))
			ELSE mf_page_say(labels, 'ask_line', 'place', mf_page_text(q ->> 'place'::text), 'n', mf_page_text(q ->> 'n'::text),
				'size', mf_page_length((q ->> 'length_m'::text)::float8, labels), 'from', mf_page_length((q ->> 'from_m'::text)::float8, labels),
				'to', mf_page_length((q ->> 'to_m'::text)::float8, labels), 'where', mf_page_place(q ->> 'lat'::text, q ->> 'lon'::text)) END, '</b><br>',
		CASE WHEN (q ->> 'neighbours_count'::text)::bigint > 0::bigint THEN pg_catalog.concat(mf_page_say(labels, 'ask_between', 'list', mf_page_keys(q -> 'neighbours'::text)), ' ') END,
		COALESCE((SELECT pg_catalog.string_agg(mf_page_say(labels, 'ask_numbers', 'book', mf_page_text(book), 'list', list), ' ' ORDER BY book COLLATE "C")
				  FROM (SELECT m ->> 'book'::text AS book, mf_page_ranges(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(m -> 'low'::text, m -> 'high'::text) ORDER BY (m ->> 'low'::text)::bigint)) AS list
						FROM pg_catalog.jsonb_array_elements(q -> 'missing'::text) m GROUP BY 1) b),
				 mf_page_say(labels, 'ask_records')), '</li>', pg_catalog.chr(10));
COMMENT ON FUNCTION mf_page_question(jsonb, jsonb) IS
	'For mf_report_html: one gap as a question to the other party.';

CREATE FUNCTION mf_page_questions(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'questions', 'questions', pg_catalog.concat('<p>', mf_page_say(labels, 'questions_text'), '</p><ul class="ask short">',
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<li>', mf_page_say(labels, 'ask_missing', 'book', mf_page_text(b ->> 'book'::text), 'list', mf_page_ranges(b #> '{missing,rows}'::text[])), '</li>'), '' ORDER BY n)
		 FROM pg_catalog.jsonb_array_elements(report #> '{missing,books}'::text[]) WITH ORDINALITY x (b, n) WHERE (b #>> '{missing,count}'::text[])::bigint > 0::bigint),
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<li>', mf_page_say(labels, 'ask_declared', 'book', mf_page_text(b ->> 'book'::text), 'n',
				mf_page_number((b ->> 'short'::text)::numeric, 0, labels)), '</li>'), '' ORDER BY n)
		 FROM pg_catalog.jsonb_array_elements(report #> '{missing,books}'::text[]) WITH ORDINALITY x (b, n)
		 WHERE CASE WHEN pg_catalog.jsonb_typeof(b -> 'short'::text) = 'number' THEN (b ->> 'short'::text)::numeric > 0::numeric END),
		CASE WHEN (report #>> '{missing,sheets,count}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<li><a href="#missing">', mf_page_say(labels, 'ask_sheets', 'n',
			mf_page_number((report #>> '{missing,sheets,count}'::text[])::numeric, 0, labels)), '</a></li>') END,
		CASE WHEN (report #>> '{unlocated,count}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<li><a href="#unlocated">', mf_page_say(labels, 'ask_unlocated', 'n',
			mf_page_number((report #>> '{unlocated,count}'::text[])::numeric, 0, labels)), '</a></li>') END,
		CASE WHEN (report #>> '{overlaps,contradicting}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<li><a href="#overlaps">', mf_page_say(labels, 'ask_contradicting', 'n',
			mf_page_number((report #>> '{overlaps,contradicting}'::text[])::numeric, 0, labels)), '</a></li>') END,
		'</ul><ol class="ask">',
		(SELECT pg_catalog.string_agg(mf_page_question(q, labels), '' ORDER BY n) FROM pg_catalog.jsonb_array_elements(report -> 'questions'::text) WITH ORDINALITY x (q, n)),
		'</ol>', mf_page_may_lie(report, labels)));
COMMENT ON FUNCTION mf_page_questions(jsonb, jsonb) IS
	'For mf_report_html: what to ask the other party for.';

CREATE FUNCTION mf_page_overlaps(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'overlaps', 'overlaps', pg_catalog.concat('<p>', mf_page_say(labels, 'overlaps_text'), '</p><ul class="tiles small">',
		(SELECT pg_catalog.string_agg(mf_page_tile(mf_page_number((c.value)::numeric, 0, labels), mf_page_say(labels, pg_catalog.concat('class_', c.key))), ''
				ORDER BY pg_catalog.array_position(ARRAY['duplicate', 'contains', 'within', 'partial', 'sliver', 'adjacent', 'near'], c.key))
		 FROM pg_catalog.jsonb_each_text(report #> '{overlaps,classes}'::text[]) c),
		mf_page_tile(mf_page_number((report #>> '{overlaps,contradicting}'::text[])::numeric, 0, labels), mf_page_say(labels, 'tile_contradicting')), '</ul>',
		mf_page_table(labels, 'pair', 'htntt', ARRAY['pair', 'kind', 'common', 'contradicts', 'differs'],
			(SELECT pg_catalog.string_agg(mf_page_row('htntt', pg_catalog.concat(mf_page_text(o ->> 'a'::text), ' · ', mf_page_text(o ->> 'b'::text)),
					mf_page_say(labels, pg_catalog.concat('class_', o ->> 'class'::text)),
					CASE WHEN o ->> 'area_m2'::text IS NULL THEN '' ELSE pg_catalog.concat(mf_page_area((o ->> 'area_m2'::text)::float8, labels), '<br><small>',
						mf_page_share((o ->> 'share_a'::text)::float8, 1::float8, labels), ' · ', mf_page_share((o ->> 'share_b'::text)::float8, 1::float8, labels), '</small>') END,
					CASE o ->> 'contradicts'::text WHEN 'true' THEN pg_catalog.concat('<b>', mf_page_say(labels, 'yes'), '</b>') WHEN 'false' THEN mf_page_say(labels, 'no')
						ELSE mf_page_say(labels, 'unknown') END,
					(SELECT pg_catalog.string_agg(pg_catalog.concat('<small>', mf_page_say(labels, pg_catalog.concat('d_', d.key)), ': ', mf_page_text(d.value ->> 0), ' / ', mf_page_text(d.value ->> 1), '</small>'),
							'<br>' ORDER BY d.key COLLATE "C")
					 FROM pg_catalog.jsonb_each(CASE WHEN pg_catalog.jsonb_typeof(o -> 'differs'::text) = 'object' THEN o -> 'differs'::text ELSE '{}'::jsonb END) d)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{overlaps,rows}'::text[]) WITH ORDINALITY x (o, n))),
		mf_page_more(report -> 'overlaps'::text, labels),
		CASE WHEN (report #>> '{overlaps,not_compared}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may"><a href="#unlocated">', mf_page_say(labels, 'not_compared', 'n',
			mf_page_number((report #>> '{overlaps,not_compared}'::text[])::numeric, 0, labels)), '</a></p>') END));
COMMENT ON FUNCTION mf_page_overlaps(jsonb, jsonb) IS
	'For mf_report_html: the pairs on the same ground, and what they say differently.';

CREATE FUNCTION mf_page_finds(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'finds', 'finds', CASE WHEN (report #>> '{finds,total}'::text[])::bigint = 0::bigint
		THEN pg_catalog.concat('<p>', mf_page_say(labels, 'finds_none'), '</p>')
		ELSE pg_catalog.concat('<p>', mf_page_say(labels, 'finds_text',
				'total', mf_page_number((report #>> '{finds,inside}'::text[])::numeric + (report #>> '{finds,outside}'::text[])::numeric, 0, labels),
				'outside', pg_catalog.concat('<strong>', mf_page_number((report #>> '{finds,outside}'::text[])::numeric, 0, labels), '</strong>'),
				'within', mf_page_number((report #>> '{finds,outside_within_uncertainty}'::text[])::numeric, 0, labels),
				'beyond', mf_page_number((report #>> '{finds,outside_beyond_uncertainty}'::text[])::numeric, 0, labels),
				'unknown', mf_page_number((report #>> '{finds,outside_uncertainty_unknown}'::text[])::numeric, 0, labels)), '</p>',
			CASE WHEN (report #>> '{finds,without_place}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p>', mf_page_say(labels, 'finds_without_place', 'n',
				mf_page_number((report #>> '{finds,without_place}'::text[])::numeric, 0, labels)), '</p>') END,
			mf_page_table(labels, 'finds', 'htttntt', ARRAY['find', 'kind_of_find', 'model', 'place', 'distance', 'nearest', 'within_accuracy'],
				(SELECT pg_catalog.string_agg(mf_page_row('htttntt', mf_page_text(f ->> 'id'::text), mf_page_say(labels, pg_catalog.concat('kind_', f ->> 'kind'::text)),
						CASE WHEN f ->> 'model'::text IS NULL THEN mf_page_say(labels, 'unknown') ELSE mf_page_text(f ->> 'model'::text) END,
						mf_page_place(f ->> 'lat'::text, f ->> 'lon'::text), mf_page_length((f ->> 'distance_m'::text)::float8, labels), mf_page_text(f ->> 'nearest'::text),
						CASE f ->> 'within_uncertainty'::text WHEN 'true' THEN mf_page_say(labels, 'yes') WHEN 'false' THEN mf_page_say(labels, 'no')
							ELSE mf_page_say(labels, 'unknown') END), '' ORDER BY n)
				 FROM pg_catalog.jsonb_array_elements(report #> '{finds,rows}'::text[]) WITH ORDINALITY x (f, n))),
			CASE WHEN (report #>> '{finds,outside}'::text[])::bigint > pg_catalog.jsonb_array_length(report #> '{finds,rows}'::text[])::bigint
				THEN pg_catalog.concat('<p class="more">', mf_page_say(labels, 'and_more', 'n', mf_page_number((report #>> '{finds,outside}'::text[])::numeric
					- pg_catalog.jsonb_array_length(report #> '{finds,rows}'::text[])::numeric, 0, labels)), '</p>') END,
			mf_page_may_lie(report, labels)) END);
COMMENT ON FUNCTION mf_page_finds(jsonb, jsonb) IS
	'For mf_report_html: what was found where no record is.';
-- the sections of the report page

CREATE FUNCTION mf_page_summary(report jsonb, summary jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN pg_catalog.concat('<section id="summary" class="lead">',
		'<p>', mf_page_say(labels, 'lead_records', 'n', mf_page_number((summary ->> 'records'::text)::numeric, 0, labels),
			'books', mf_page_number(pg_catalog.jsonb_array_length(report #> '{received,books}'::text[])::numeric, 0, labels)),
		CASE WHEN (summary ->> 'unlocated'::text)::bigint > 0::bigint THEN pg_catalog.concat(' ', mf_page_say(labels, 'lead_unlocated', 'n',
			mf_page_number((summary ->> 'unlocated'::text)::numeric, 0, labels))) END,
		CASE WHEN (summary ->> 'aoi_m2'::text)::float8 > 0::float8 THEN pg_catalog.concat(' <strong>', mf_page_say(labels, 'lead_ground', 'share',
			mf_page_share((summary ->> 'no_record_m2'::text)::float8, (summary ->> 'aoi_m2'::text)::float8, labels)), '</strong>') END, '</p>',
		'<ul class="tiles">',
		mf_page_tile(mf_page_number((summary ->> 'records'::text)::numeric, 0, labels), mf_page_say(labels, 'tile_records')),
		mf_page_tile(mf_page_number((summary ->> 'unlocated'::text)::numeric, 0, labels), mf_page_say(labels, 'tile_unlocated')),
		mf_page_tile(mf_page_number(COALESCE((summary ->> 'missing_numbers'::text)::numeric, 0), 0, labels), mf_page_say(labels, 'tile_missing')),
		CASE WHEN (summary ->> 'refused'::text)::numeric > 0::numeric THEN
			mf_page_tile(mf_page_number((summary ->> 'refused'::text)::numeric, 0, labels), mf_page_say(labels, 'tile_refused')) END,
		CASE WHEN (summary ->> 'aoi_m2'::text)::float8 > 0::float8 THEN
			mf_page_tile(mf_page_share((summary ->> 'no_record_m2'::text)::float8, (summary ->> 'aoi_m2'::text)::float8, labels),
				mf_page_say(labels, 'tile_no_record')) END,
		CASE WHEN (summary ->> 'line_m'::text)::float8 > 0::float8 THEN
			mf_page_tile(mf_page_share((summary ->> 'line_no_record_m'::text)::float8, (summary ->> 'line_m'::text)::float8, labels),
				mf_page_say(labels, 'tile_line')) END,
		mf_page_tile(mf_page_number((summary ->> 'contradicting'::text)::numeric, 0, labels), mf_page_say(labels, 'tile_contradicting')),
		CASE WHEN (report #>> '{finds,total}'::text[])::numeric > 0::numeric THEN
			mf_page_tile(mf_page_number((summary ->> 'finds_outside'::text)::numeric, 0, labels), mf_page_say(labels, 'tile_finds')) END,
		'</ul><div class="read"><h2>', mf_page_say(labels, 'read'), '</h2><ul><li>', mf_page_say(labels, 'read_1'), '</li><li>',
		mf_page_say(labels, 'read_2'), '</li><li><b>', mf_page_say(labels, 'read_3'), '</b></li><li>', mf_page_say(labels, 'read_4'),
		'</li></ul></div></section>', pg_catalog.chr(10));
COMMENT ON FUNCTION mf_page_summary(jsonb, jsonb, jsonb) IS
	'For mf_report_html: what a reader with one minute reads.';

CREATE FUNCTION mf_page_contents(labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	RETURN pg_catalog.concat('<nav id="contents" aria-label="', mf_page_say(labels, 'contents'), '"><ol>',
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<li><a href="#', id, '">', mf_page_say(labels, title), '</a></li>'), '' ORDER BY n)
		 FROM (VALUES (1, 'overview', 'overview'), (2, 'changes', 'changes'), (3, 'questions', 'questions'), (4, 'areas', 'areas'),
				(5, 'lines', 'lines'), (6, 'received', 'received'), (7, 'missing', 'missing'), (8, 'unlocated', 'unlocated_title'),
				(9, 'totals', 'totals'), (10, 'overlaps', 'overlaps'), (11, 'finds', 'finds'), (12, 'accuracy', 'accuracy'),
				(13, 'trend', 'trend'), (14, 'about', 'about')) v (n, id, title)),
		'</ol></nav>', pg_catalog.chr(10));
COMMENT ON FUNCTION mf_page_contents(jsonb) IS
	'For mf_report_html: the list of sections.';

CREATE FUNCTION mf_page_overview(report jsonb, sources jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'overview', 'overview', pg_catalog.concat('<p>', mf_page_say(labels, 'overview_text'), '</p>',
		mf_page_map(report #> '{overview,map}'::text[], 'overview-map', mf_page_say(labels, 'overview_title'), sources, labels, true),
		mf_page_legend(report, sources, labels), mf_page_may_lie(report, labels),
		CASE WHEN (report #>> '{overview,not_on_map,count}'::text[])::bigint > 0::bigint THEN pg_catalog.concat(
			'<p>', mf_page_say(labels, 'not_on_map_text', 'n', mf_page_number((report #>> '{overview,not_on_map,count}'::text[])::numeric, 0, labels)), '</p>',
			mf_page_table(labels, 'not_on_map', 'htt', ARRAY['record', 'book', 'place'],
				(SELECT pg_catalog.string_agg(mf_page_row('htt', mf_page_text(r ->> 'key'::text), mf_page_text(r ->> 'book'::text),
						mf_page_place(r ->> 'lat'::text, r ->> 'lon'::text)), '' ORDER BY n)
				 FROM pg_catalog.jsonb_array_elements(report #> '{overview,not_on_map,rows}'::text[]) WITH ORDINALITY x (r, n))),
			mf_page_more(report #> '{overview,not_on_map}'::text[], labels)) END));
COMMENT ON FUNCTION mf_page_overview(jsonb, jsonb, jsonb) IS
	'For mf_report_html: the map of everything, its legend, and what lies too far away to be on it.';

-- Minus as a typographic sign; nothing is said of a difference that is none.
CREATE FUNCTION mf_page_difference(before float8, after float8, unit text, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN CASE WHEN before IS NULL OR after IS NULL THEN ''
		WHEN pg_catalog.abs(after - before) < 0.5::float8 THEN '='
		ELSE pg_catalog.concat(CASE WHEN after > before THEN '+' ELSE '−' END, CASE unit
			WHEN 'm2' THEN mf_page_area(pg_catalog.abs(after - before), labels) WHEN 'm' THEN mf_page_length(pg_catalog.abs(after - before), labels)
			ELSE mf_page_number(pg_catalog.abs(after - before)::numeric, 0, labels) END) END;
COMMENT ON FUNCTION mf_page_difference(float8, float8, text, jsonb) IS
	'For mf_report_html: a difference with its sign, in square metres (m2), metres (m) or plain.';

CREATE FUNCTION mf_page_changes(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'changes', 'changes', CASE WHEN pg_catalog.jsonb_typeof(report -> 'changes'::text) IS DISTINCT FROM 'object'
		THEN pg_catalog.concat('<p>', mf_page_say(labels, 'changes_first'), '</p>')
		ELSE pg_catalog.concat('<p>', mf_page_say(labels, 'changes_since', 'n', mf_page_text(report #>> '{changes,before,run}'::text[]),
				'when', mf_page_when(report #>> '{changes,before,as_of}'::text[])), '</p>',
			CASE WHEN (report #>> '{changes,options_differ}'::text[])::boolean
				THEN pg_catalog.concat('<p class="may">', mf_page_say(labels, 'changes_options'), '</p>') END,
			CASE WHEN (report #>> '{changes,same_input}'::text[])::boolean
				THEN pg_catalog.concat('<p>', mf_page_say(labels, 'changes_same'), '</p>') END,
			(SELECT pg_catalog.string_agg(pg_catalog.concat('<p>', mf_page_say(labels, pg_catalog.concat('changes_', kind)), ': <strong>',
					mf_page_number((report #>> ARRAY['changes', 'records', kind, 'count'])::numeric, 0, labels), '</strong>: ',
					mf_page_keys(report #> ARRAY['changes', 'records', kind, 'rows']), ' ',
					CASE WHEN mf_page_more(report #> ARRAY['changes', 'records', kind], labels) IS NOT NULL THEN '…' END, '</p>'), '' ORDER BY n)
			 FROM (VALUES (1, 'added'), (2, 'gone'), (3, 'changed')) k (n, kind)
			 WHERE (report #>> ARRAY['changes', 'records', kind, 'count'])::bigint > 0::bigint),
			mf_page_table(labels, 'figures', 'hnnn', ARRAY['figure', 'before', 'now', 'difference'],
				(SELECT pg_catalog.string_agg(mf_page_row('hnnn', mf_page_say(labels, said),
						CASE unit WHEN 'm2' THEN mf_page_area(b, labels) WHEN 'm' THEN mf_page_length(b, labels)
							ELSE mf_page_number(b::numeric, 0, labels) END,
						CASE unit WHEN 'm2' THEN mf_page_area(a, labels) WHEN 'm' THEN mf_page_length(a, labels)
							ELSE mf_page_number(a::numeric, 0, labels) END,
						mf_page_difference(b, a, unit, labels)), '' ORDER BY n)
				 FROM (SELECT n, said, unit, (report #>> ARRAY['changes', 'figures', 'before', name])::float8 AS b,
							  (report #>> ARRAY['changes', 'figures', 'after', name])::float8 AS a
					   FROM (VALUES (1, 'records', 'trend_records', ''), (2, 'unlocated', 'trend_unlocated', ''),
							(3, 'missing_numbers', 'trend_missing', ''), (4, 'refused', 'refused', ''),
							(5, 'no_record_m2', 'trend_no_record', 'm2'), (6, 'line_no_record_m', 'trend_line', 'm'),
							(7, 'contradicting', 'contradicts', ''), (8, 'finds_outside', 'trend_finds', ''),
							(9, 'unsolved', 'unsolved_points', '')) v (n, name, said, unit)) f
				 WHERE a IS NOT NULL OR b IS NOT NULL)),
			mf_page_table(labels, 'no_record_by_area', 'hnnn', ARRAY['area', 'before', 'now', 'difference'],
				(SELECT pg_catalog.string_agg(mf_page_row('hnnn', mf_page_text(x ->> 'name'::text),
						CASE WHEN pg_catalog.jsonb_typeof(x -> 'before'::text) = 'object' THEN mf_page_area((x #>> '{before,no_record_m2}'::text[])::float8, labels) ELSE '' END,
						CASE WHEN pg_catalog.jsonb_typeof(x -> 'after'::text) = 'object' THEN mf_page_area((x #>> '{after,no_record_m2}'::text[])::float8, labels) ELSE '' END,
						mf_page_difference((x #>> '{before,no_record_m2}'::text[])::float8, (x #>> '{after,no_record_m2}'::text[])::float8, 'm2', labels)), '' ORDER BY n)
				 FROM pg_catalog.jsonb_array_elements(report #> '{changes,areas}'::text[]) WITH ORDINALITY y (x, n)))) END);
COMMENT ON FUNCTION mf_page_changes(jsonb, jsonb) IS
	'For mf_report_html: what changed since the run before.';

CREATE FUNCTION mf_page_received(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'received', 'received', pg_catalog.concat(
		mf_page_table(labels, 'chart_books', 'htttnnnt', ARRAY['book', 'issuer', 'source', 'handed_over', 'declared', 'records', 'unlocated', 'by_share'],
			(SELECT pg_catalog.string_agg(mf_page_row('htttnnnt', mf_page_text(b ->> 'book'::text), mf_page_text(b ->> 'issuer'::text), mf_page_text(b ->> 'source'::text),
					mf_page_text(b ->> 'handed_over'::text), CASE WHEN pg_catalog.jsonb_typeof(b -> 'records_declared'::text) = 'number'
						THEN mf_page_number((b ->> 'records_declared'::text)::numeric, 0, labels) ELSE mf_page_say(labels, 'not_declared') END,
					mf_page_number((b ->> 'records'::text)::numeric, 0, labels), mf_page_number((b ->> 'unlocated'::text)::numeric, 0, labels),
					mf_page_bar(ARRAY[(b ->> 'located'::text)::float8, (b ->> 'unlocated'::text)::float8,
							COALESCE((m #>> '{missing,count}'::text[])::float8, 0::float8)], ARRAY['b1', 'b2', 'b3'], most)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{received,books}'::text[]) WITH ORDINALITY x (b, n)
				LEFT JOIN pg_catalog.jsonb_array_elements(report #> '{missing,books}'::text[]) y (m) ON m ->> 'book'::text = b ->> 'book'::text,
				(SELECT pg_catalog.max((c ->> 'records'::text)::float8 + COALESCE((e #>> '{missing,count}'::text[])::float8, 0::float8)) AS most
				 FROM pg_catalog.jsonb_array_elements(report #> '{received,books}'::text[]) c
					LEFT JOIN pg_catalog.jsonb_array_elements(report #> '{missing,books}'::text[]) e ON e ->> 'book'::text = c ->> 'book'::text) z), 'bars'),
		'<ul class="legend">', mf_page_legend_item('<path class="b1" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'located')),
		mf_page_legend_item('<path class="b2" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'unlocated')),
		mf_page_legend_item('<path class="b3" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'missing_short')), '</ul>',
		mf_page_table(labels, 'files', 'httnnnn', ARRAY['file', 'book', 'received_on', 'lines_in_file', 'became_records', 'refused', 'twins'],
			(SELECT pg_catalog.string_agg(mf_page_row('httnnnn', pg_catalog.concat(mf_page_text(f ->> 'file'::text), CASE WHEN (f ->> 'withdrawn'::text)::boolean
						THEN pg_catalog.concat(' (', mf_page_say(labels, 'withdrawn'), ')') END, '<br><code>', mf_page_text(pg_catalog.left(f ->> 'sha256'::text, 16)), '…</code>'),
					mf_page_text(f ->> 'book'::text), mf_page_when(f ->> 'received'::text), mf_page_number((f ->> 'lines'::text)::numeric, 0, labels),
					mf_page_number((f ->> 'records'::text)::numeric, 0, labels), mf_page_number((f ->> 'refused'::text)::numeric, 0, labels),
					mf_page_number((f ->> 'twins'::text)::numeric, 0, labels)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{received,files,rows}'::text[]) WITH ORDINALITY x (f, n))),
		mf_page_more(report #> '{received,files}'::text[], labels),
		CASE WHEN (report #>> '{received,refused,count}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<h3>', mf_page_say(labels, 'refused_title'), '</h3><p>',
			mf_page_say(labels, 'refused_text'), '</p>',
			mf_page_table(labels, 'refused_title', 'hntt', ARRAY['file', 'line', 'reason', 'place'],
				(SELECT pg_catalog.string_agg(mf_page_row('hntt', mf_page_text(r ->> 'file'::text), mf_page_text(r ->> 'line'::text),
						pg_catalog.concat('<code>', mf_page_text(r ->> 'sqlstate'::text), '</code> ', mf_page_text(r ->> 'message'::text), '<br>', mf_page_text(r ->> 'hint'::text)),
						mf_page_text(r ->> 'path'::text)), '' ORDER BY n)
				 FROM pg_catalog.jsonb_array_elements(report #> '{received,refused,rows}'::text[]) WITH ORDINALITY x (r, n))),
			mf_page_more(report #> '{received,refused}'::text[], labels)) END,
		mf_page_may_lie(report, labels)));
COMMENT ON FUNCTION mf_page_received(jsonb, jsonb) IS
	'For mf_report_html: books, files and what could not be read.';

CREATE FUNCTION mf_page_totals(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'totals', 'totals', pg_catalog.concat(
		mf_page_table(labels, 'item', 'hnn', ARRAY['item', 'count', 'share'],
			(SELECT pg_catalog.string_agg(mf_page_row('hnn', mf_page_say(labels, said), mf_page_number((report #>> ARRAY['totals', name])::numeric, 0, labels),
					mf_page_share((report #>> ARRAY['totals', name])::float8, (report #>> '{totals,records}'::text[])::float8, labels)), '' ORDER BY n)
			 FROM (VALUES (1, 'located', 'located'), (2, 'unlocated', 'unlocated'), (3, 'without_area', 't_without_area'),
					(4, 'not_valid', 't_not_valid'), (5, 'accuracy_unknown', 't_accuracy_unknown'),
					(6, 'number_unknown', 't_number_unknown'), (7, 'laid_unknown', 't_laid_unknown')) v (n, name, said))),
		mf_page_table(labels, 'mines', 'hnnnnn', ARRAY['model', 'records', 'known', 'between', 'entries_unknown', 'declared'], pg_catalog.concat(
			(SELECT pg_catalog.string_agg(mf_page_row('hnnnnn', CASE WHEN m ->> 'model'::text IS NULL THEN mf_page_say(labels, 'model_unknown') ELSE mf_page_text(m ->> 'model'::text) END,
					mf_page_number((m ->> 'records'::text)::numeric, 0, labels), mf_page_number((m ->> 'known'::text)::numeric, 0, labels),
					pg_catalog.concat(mf_page_number((m ->> 'at_least'::text)::numeric, 0, labels), ' – ', CASE WHEN m ->> 'at_most'::text IS NULL
						THEN mf_page_say(labels, 'no_upper') ELSE mf_page_number((m ->> 'at_most'::text)::numeric, 0, labels) END),
					mf_page_number((m ->> 'entries_unknown'::text)::numeric, 0, labels),
					CASE WHEN m ->> 'declared'::text IS NULL THEN '' ELSE mf_page_number((m ->> 'declared'::text)::numeric, 0, labels) END), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{totals,models}'::text[]) WITH ORDINALITY x (m, n)),
			CASE WHEN report #>> '{totals,mines,records}'::text[] IS NOT NULL THEN mf_page_row('hnnnnn', mf_page_say(labels, 'mines_total'), mf_page_number((report #>> '{totals,mines,records}'::text[])::numeric, 0, labels),
				mf_page_number((report #>> '{totals,mines,known}'::text[])::numeric, 0, labels),
				pg_catalog.concat(mf_page_number((report #>> '{totals,mines,at_least}'::text[])::numeric, 0, labels), ' – ',
					CASE WHEN report #>> '{totals,mines,at_most}'::text[] IS NULL THEN mf_page_say(labels, 'no_upper')
						ELSE mf_page_number((report #>> '{totals,mines,at_most}'::text[])::numeric, 0, labels) END), '', '') END)),
		mf_page_may_lie(report, labels)));
COMMENT ON FUNCTION mf_page_totals(jsonb, jsonb) IS
	'For mf_report_html: totals with what is unknown in them.';

CREATE FUNCTION mf_page_unlocated(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'unlocated', 'unlocated_title', CASE WHEN (report #>> '{unlocated,count}'::text[])::bigint = 0::bigint
		THEN pg_catalog.concat('<p>', mf_page_say(labels, 'none_listed'), '</p>')
		ELSE pg_catalog.concat('<p>', mf_page_say(labels, 'unlocated_text'), '</p>',
			mf_page_table(labels, 'unlocated_title', 'httt', ARRAY['record', 'book', 'number', 'says'],
				(SELECT pg_catalog.string_agg(mf_page_row('httt', mf_page_text(r ->> 'key'::text), mf_page_text(r ->> 'book'::text),
						CASE WHEN r ->> 'number'::text IS NULL THEN mf_page_say(labels, 'unknown') ELSE mf_page_text(r ->> 'number'::text) END,
						mf_page_text(r ->> 'says'::text)), '' ORDER BY n)
				 FROM pg_catalog.jsonb_array_elements(report #> '{unlocated,rows}'::text[]) WITH ORDINALITY x (r, n))),
			mf_page_more(report -> 'unlocated'::text, labels)) END);
COMMENT ON FUNCTION mf_page_unlocated(jsonb, jsonb) IS
	'For mf_report_html: the records that no map can show.';

CREATE FUNCTION mf_page_missing(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'missing', 'missing', pg_catalog.concat('<p>', mf_page_say(labels, 'missing_text'), '</p>',
		mf_page_table(labels, 'missing_short', 'htnnntn', ARRAY['book', 'numbers_range', 'declared', 'numbers_different', 'without_number', 'missing_numbers', 'sheets_received'],
			(SELECT pg_catalog.string_agg(mf_page_row('htnnntn', mf_page_text(b ->> 'book'::text),
					CASE WHEN b ->> 'lowest'::text IS NULL THEN '' ELSE pg_catalog.concat(mf_page_text(b ->> 'lowest'::text), '–', mf_page_text(b ->> 'highest'::text)) END,
					CASE WHEN pg_catalog.jsonb_typeof(b -> 'declared'::text) = 'number' THEN mf_page_number((b ->> 'declared'::text)::numeric, 0, labels)
						ELSE mf_page_say(labels, 'not_declared') END,
					pg_catalog.concat(mf_page_number((b ->> 'numbers'::text)::numeric, 0, labels), CASE WHEN pg_catalog.jsonb_typeof(b -> 'short'::text) = 'number' THEN pg_catalog.concat('<br><small>',
						CASE pg_catalog.sign((b ->> 'short'::text)::numeric)::integer WHEN 0 THEN mf_page_say(labels, 'as_declared')
							WHEN 1 THEN mf_page_say(labels, 'less_than_declared', 'n', mf_page_number((b ->> 'short'::text)::numeric, 0, labels))
							ELSE mf_page_say(labels, 'more_than_declared', 'n', mf_page_number(- (b ->> 'short'::text)::numeric, 0, labels)) END,
						'</small>') END),
					mf_page_number((b ->> 'without_number'::text)::numeric, 0, labels),
					pg_catalog.concat('<strong>', mf_page_number((b #>> '{missing,count}'::text[])::numeric, 0, labels), '</strong>',
						CASE WHEN (b #>> '{missing,count}'::text[])::bigint > 0::bigint THEN pg_catalog.concat(': ', mf_page_ranges(b #> '{missing,rows}'::text[])) END),
					pg_catalog.concat(mf_page_number((b ->> 'sheets_received'::text)::numeric, 0, labels), ' / ', CASE WHEN pg_catalog.jsonb_typeof(b -> 'sheets_declared'::text) = 'number'
						THEN mf_page_number((b ->> 'sheets_declared'::text)::numeric, 0, labels) ELSE mf_page_say(labels, 'not_declared') END)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{missing,books}'::text[]) WITH ORDINALITY x (b, n))),
		mf_page_table(labels, 'sheets', 'htnt', ARRAY['record', 'book', 'sheets_missing', 'sheets_all'],
			(SELECT pg_catalog.string_agg(mf_page_row('htnt', mf_page_text(r ->> 'key'::text), mf_page_text(r ->> 'book'::text),
					(SELECT pg_catalog.string_agg(mf_page_text(s), ', ') FROM pg_catalog.jsonb_array_elements_text(r -> 'missing'::text) s),
					mf_page_say(labels, 'sheets_of', 'n', mf_page_text(r ->> 'of'::text))), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{missing,sheets,rows}'::text[]) WITH ORDINALITY x (r, n))),
		mf_page_more(report #> '{missing,sheets}'::text[], labels),
		CASE WHEN (report #>> '{missing,sheets_unknown}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p>', mf_page_say(labels, 'sheets_unknown', 'n',
			mf_page_number((report #>> '{missing,sheets_unknown}'::text[])::numeric, 0, labels)), '</p>') END,
		mf_page_may_lie(report, labels)));
COMMENT ON FUNCTION mf_page_missing(jsonb, jsonb) IS
	'For mf_report_html: missing numbers and sheets, declared against received.';

CREATE FUNCTION mf_page_reason(labels jsonb, reason text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	-- a reason of a later release is shown by its word
	RETURN CASE WHEN labels ? pg_catalog.concat('reason_', reason) THEN mf_page_say(labels, pg_catalog.concat('reason_', reason))
		ELSE mf_page_text(reason) END;
COMMENT ON FUNCTION mf_page_reason(jsonb, text) IS
	'For mf_report_html: why something is not solved, in words.';

CREATE FUNCTION mf_page_accuracy(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN CASE WHEN pg_catalog.jsonb_typeof(report -> 'accuracy'::text) = 'object' THEN mf_page_section(labels, 'accuracy', 'accuracy', pg_catalog.concat(
		'<p>', mf_page_say(labels, 'accuracy_text'), '</p>',
		CASE WHEN (report #>> '{accuracy,known}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p>', mf_page_say(labels, 'accuracy_known',
			'n', mf_page_number((report #>> '{accuracy,known}'::text[])::numeric, 0, labels),
			'm', mf_page_length((report #>> '{accuracy,median_m}'::text[])::float8, labels)), '</p>') END,
		CASE WHEN (report #>> '{accuracy,unknown}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may">', mf_page_say(labels,
			'accuracy_unknown', 'n', mf_page_number((report #>> '{accuracy,unknown}'::text[])::numeric, 0, labels)), '</p>') END,
		mf_page_map(report #> '{accuracy,map}'::text[], 'accuracy-map', mf_page_say(labels, 'accuracy_map'), '{}'::jsonb,
			labels || pg_catalog.jsonb_build_object('map_desc', labels -> 'accuracy_map_desc'::text), false),
		'<ul class="legend">', mf_page_legend_item('<path class="reach" d="M3 3h28v12H3z"/>', mf_page_say(labels, 'legend_reach')),
		mf_page_legend_item('<path class="dot s0" d="M17 9h0"/>', mf_page_say(labels, 'legend_point')),
		mf_page_legend_item('<path class="dot vague" d="M17 9h0"/><path class="dot hollow" d="M17 9h0"/>',
			mf_page_say(labels, 'legend_accuracy_unknown')), '</ul>',
		CASE WHEN (report #>> '{accuracy,map,more}'::text[])::boolean THEN pg_catalog.concat('<p class="more">', mf_page_say(labels, 'accuracy_more_rings',
			'n', mf_page_number((report #>> '{accuracy,map,rings}'::text[])::numeric, 0, labels)), '</p>') END,
		'<div class="pair"><div>',
		mf_page_table(labels, 'accuracy_worst', 'htnt', ARRAY['record', 'book', 'accuracy95', 'dominated_by'],
			(SELECT pg_catalog.string_agg(mf_page_row('htnt', mf_page_text(r ->> 'key'::text), mf_page_text(r ->> 'book'::text),
					mf_page_length((r ->> 'accuracy95_m'::text)::float8, labels),
					CASE WHEN r ->> 'source'::text IS NOT NULL THEN pg_catalog.concat(mf_page_say(labels, pg_catalog.concat('source_', r ->> 'source'::text)),
						' (', mf_page_share((r ->> 'share'::text)::float8, 1.0::float8, labels), ')') ELSE mf_page_say(labels, 'source_stated') END), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{accuracy,worst,rows}'::text[]) WITH ORDINALITY x (r, n) WHERE n <= 20::bigint)),
		'</div><div>',
		mf_page_table(labels, 'accuracy_classes', 'hn', ARRAY['accuracy95', 'records'],
			(SELECT pg_catalog.string_agg(mf_page_row('hn', c.said, mf_page_number(c.records, 0, labels)), '' ORDER BY c.n)
			 FROM (SELECT x.n, CASE WHEN x.w ->> 'up_to_m'::text IS NULL
						THEN mf_page_say(labels, 'accuracy_beyond', 'm', mf_page_length((x.w ->> 'over_m'::text)::float8, labels))
						WHEN (x.w ->> 'over_m'::text)::float8 > 0::float8 THEN mf_page_say(labels, 'accuracy_between',
							'from', mf_page_length((x.w ->> 'over_m'::text)::float8, labels), 'm', mf_page_length((x.w ->> 'up_to_m'::text)::float8, labels))
						ELSE mf_page_say(labels, 'accuracy_within', 'm', mf_page_length((x.w ->> 'up_to_m'::text)::float8, labels)) END AS said,
						(x.w ->> 'records'::text)::numeric AS records
				   FROM pg_catalog.jsonb_array_elements(report #> '{accuracy,within}'::text[]) WITH ORDINALITY x (w, n)
				   UNION ALL SELECT 99, mf_page_say(labels, 'accuracy_not_known'), (report #>> '{accuracy,unknown}'::text[])::numeric) c)),
		'</div></div><h3>', mf_page_say(labels, 'unsolved'), '</h3>',
		CASE WHEN (report #>> '{accuracy,unsolved,count}'::text[])::bigint = 0::bigint
			THEN pg_catalog.concat('<p>', mf_page_say(labels, 'no_unsolved'), '</p>')
			ELSE pg_catalog.concat('<p>', mf_page_say(labels, 'unsolved_text'), '</p>',
				mf_page_table(labels, 'unsolved_reasons', 'hnn', ARRAY['reason', 'points', 'records'],
					(SELECT pg_catalog.string_agg(mf_page_row('hnn', mf_page_reason(labels, r ->> 'reason'::text),
							mf_page_number((r ->> 'points'::text)::numeric, 0, labels), mf_page_number((r ->> 'records'::text)::numeric, 0, labels)), '' ORDER BY n)
					 FROM pg_catalog.jsonb_array_elements(report #> '{accuracy,reasons}'::text[]) WITH ORDINALITY x (r, n))),
				mf_page_table(labels, 'unsolved_points', 'httt', ARRAY['record', 'point', 'reason', 'leg'],
					(SELECT pg_catalog.string_agg(mf_page_row('httt', mf_page_text(r ->> 'key'::text),
							CASE WHEN r ->> 'point'::text IS NULL THEN mf_page_say(labels, 'extent_itself') ELSE mf_page_text(r ->> 'point'::text) END,
							pg_catalog.concat(mf_page_reason(labels, r ->> 'reason'::text),
								CASE WHEN r ->> 'said'::text <> '' THEN pg_catalog.concat(': ', mf_page_text(r ->> 'said'::text)) END),
							mf_page_text(r ->> 'leg'::text)), '' ORDER BY n)
					 FROM pg_catalog.jsonb_array_elements(report #> '{accuracy,unsolved,rows}'::text[]) WITH ORDINALITY x (r, n))),
				mf_page_more(report #> '{accuracy,unsolved}'::text[], labels)) END))
		ELSE mf_page_section(labels, 'accuracy', 'accuracy', pg_catalog.concat('<p>', mf_page_say(labels, 'accuracy_absent'), '</p>')) END;
COMMENT ON FUNCTION mf_page_accuracy(jsonb, jsonb) IS
	'For mf_report_html: how well places are known, and what could not be solved. A report of an earlier release did not tell, which is said.';
-- the report page as a whole: trend, style and the document around them
--
-- The policy of the page allows nothing but its own style sheet, by digest: no
-- script, no request, no form.

CREATE FUNCTION mf_page_spark(trend jsonb, name text, unit text, title text, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN (SELECT CASE WHEN pg_catalog.count(*) > 1::bigint THEN pg_catalog.concat('<div class="spark"><h3>', mf_page_say(labels, title),
			'</h3><svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true" focusable="false"><path d="M',
			pg_catalog.string_agg(pg_catalog.concat(pg_catalog.round((20::float8 + 960::float8 * (n - 1::bigint)::float8 / (greatest_n - 1::bigint)::float8)::numeric, 1), ' ',
				pg_catalog.round((92::float8 - 84::float8 * value / CASE WHEN most > 0::float8 THEN most ELSE 1::float8 END)::numeric, 1)), 'L' ORDER BY n),
			'"/></svg><p><span>', (pg_catalog.array_agg(said ORDER BY n))[1], '</span><span><b>', (pg_catalog.array_agg(said ORDER BY n DESC))[1], '</b></span></p></div>') END
		FROM (SELECT n, value, pg_catalog.max(value) OVER () AS most, pg_catalog.max(n) OVER () AS greatest_n, CASE unit WHEN 'm2' THEN mf_page_area(value, labels)
					WHEN 'm' THEN mf_page_length(value, labels) ELSE mf_page_number(value::numeric, 0, labels) END AS said
			  FROM (SELECT pg_catalog.row_number() OVER (ORDER BY n) AS n, (t ->> name)::float8 AS value
					FROM pg_catalog.jsonb_array_elements(trend) WITH ORDINALITY x (t, n) WHERE t ->> name IS NOT NULL) v) s);
COMMENT ON FUNCTION mf_page_spark(jsonb, text, text, text, jsonb) IS
	'For mf_report_html: one figure over the runs, from zero, with its first and last value. NULL for less than two runs.';

CREATE FUNCTION mf_page_trend(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'trend', 'trend', CASE WHEN pg_catalog.jsonb_array_length(report -> 'trend'::text) < 2
		THEN pg_catalog.concat('<p>', mf_page_say(labels, 'changes_first'), '</p>')
		ELSE pg_catalog.concat('<p>', mf_page_say(labels, 'trend_text', 'from', mf_page_when(report #>> '{trend,0,as_of}'::text[]),
				'to', mf_page_when(report #>> '{trend,-1,as_of}'::text[]), 'n', mf_page_number(pg_catalog.jsonb_array_length(report -> 'trend'::text)::numeric, 0, labels)), '</p>',
			'<div class="sparks">', mf_page_spark(report -> 'trend'::text, 'records', '', 'trend_records', labels),
			mf_page_spark(report -> 'trend'::text, 'unlocated', '', 'trend_unlocated', labels),
			mf_page_spark(report -> 'trend'::text, 'missing_numbers', '', 'trend_missing', labels),
			mf_page_spark(report -> 'trend'::text, 'no_record_m2', 'm2', 'trend_no_record', labels),
			mf_page_spark(report -> 'trend'::text, 'line_no_record_m', 'm', 'trend_line', labels),
			mf_page_spark(report -> 'trend'::text, 'finds_outside', '', 'trend_finds', labels), '</div>',
			mf_page_may_lie(report, labels)) END);
COMMENT ON FUNCTION mf_page_trend(jsonb, jsonb) IS
	'For mf_report_html: the figures over the last runs.';

CREATE FUNCTION mf_page_about(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN mf_page_section(labels, 'about', 'about', pg_catalog.concat('<p>', mf_page_say(labels, 'about_text'), '</p><dl class="facts">',
		'<div><dt>', mf_page_say(labels, 'about_who'), '</dt><dd>', mf_page_text(report ->> 'made_by'::text), '</dd></div>',
		'<div><dt>', mf_page_say(labels, 'about_digest'), '</dt><dd><code>', mf_page_text(report ->> 'input_digest'::text), '</code></dd></div>',
		'<div><dt>', mf_page_say(labels, 'about_options'), '</dt><dd><code>', (SELECT pg_catalog.string_agg(pg_catalog.concat(mf_page_text(o.key), ' = ', mf_page_text(o.value)), ', '
			ORDER BY o.key COLLATE "C") FROM pg_catalog.jsonb_each_text(report -> 'options'::text) o), '</code></dd></div>',
		'<div><dt>', mf_page_say(labels, 'about_versions'), '</dt><dd><code>', mf_page_text(report #>> '{versions,all}'::text[]), '</code></dd></div></dl>'));
COMMENT ON FUNCTION mf_page_about(jsonb, jsonb) IS
	'For mf_report_html: by whom, of what and with what the report was made.';

CREATE FUNCTION mf_page_style() RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN '
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#ffffff;--ink:#1c2227;--soft:#545c63;--rule:#d8d4ca;--accent:#1f4e6b;
--s0:#2f6690;--s1:#7b4f8a;--s2:#8a5a2b;--s3:#3d6b66;--s4:#52606d;--none:#8b9094;--gap:#d5d6d3;--over:#1c2227;--sheet:#eef1f2;--aoi:#fbfaf7;--this:#ffffff;--possible:#a9c3d6;--halo:#fbfaf7}
@media (prefers-color-scheme:dark){:root{--paper:#14181b;--card:#1b2024;--ink:#e8e6e1;--soft:#a9b0b5;--rule:#363d42;--accent:#9cc6e0;
--s0:#6ba5cf;--s1:#c39bd1;--s2:#d0a070;--s3:#86bdb5;--s4:#a7b4c0;--none:#8b9499;--gap:#454d53;--over:#f2efe8;--sheet:#0f1315;--aoi:#1b2024;--this:#22292e;--possible:#3c5b70;--halo:#14181b}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,"Segoe UI",Roboto,"Noto Sans","Noto Sans Armenian","DejaVu Sans",Sylfaen,sans-serif;font-variant-numeric:tabular-nums lining-nums}
header,main,footer{max-width:1080px;margin:0 auto;padding:0 24px}
h1,h2,h3{font-family:Charter,"Bitstream Charter",Cambria,Georgia,"Noto Serif","Noto Serif Armenian","DejaVu Serif",serif;font-weight:600;line-height:1.2;overflow-wrap:anywhere}
h1{font-size:2.1rem;margin:.15em 0 .3em;letter-spacing:-.01em}
h2{font-size:1.5rem;margin:0 0 .5em}
h3{font-size:1.2rem;margin:1.6em 0 .5em}
h3 small,dd small,td small{color:var(--soft);font-weight:400;font-size:.85em}
p{margin:.5em 0;max-width:46em}
a{color:var(--accent);text-underline-offset:.15em}
a:focus-visible,.wide:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--card);padding:8px}
header{padding-top:40px;padding-bottom:8px}
.kicker{margin:0;color:var(--accent);font-weight:600;font-size:.85rem;letter-spacing:.06em;text-transform:uppercase}
.when{color:var(--soft);margin:0}
section{border-top:1px solid var(--rule);padding:28px 0 20px}
.lead{border-top:3px solid var(--ink);margin-top:18px}
.lead>p{font-size:1.2rem;line-height:1.5;max-width:44em}
.tiles{list-style:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(210px,1fr));gap:0 28px;padding:0;margin:18px 0}
.tiles li{border-top:1px solid var(--rule);padding:8px 0 12px}
.tiles strong{display:block;font:600 1.9rem/1.15 Charter,"Bitstream Charter",Cambria,Georgia,"Noto Serif","DejaVu Serif",serif}
.tiles span{color:var(--soft);font-size:.9rem;line-height:1.3;display:block}
.tiles.small strong{font-size:1.35rem}
.read{background:var(--card);border:1px solid var(--rule);border-radius:6px;padding:14px 20px;margin-top:10px}
.read h2{font-size:1.05rem;margin:0 0 .2em}
.read ul{margin:.2em 0;padding-left:1.1em}.read li{margin:.2em 0}
nav ol{columns:3 220px;padding-left:1.4em;margin:18px 0}
nav li{margin:.15em 0;break-inside:avoid}
.may{border-left:4px solid var(--soft);background:var(--card);padding:6px 12px;margin:.8em 0}
.more{color:var(--soft);font-style:italic}
.key{font-weight:600;overflow-wrap:anywhere;unicode-bidi:isolate}
.place{white-space:nowrap}
code{font:.85em ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;color:var(--soft);overflow-wrap:anywhere}
.wide{overflow-x:auto;margin:14px 0}
table{border-collapse:collapse;width:100%;font-size:.92rem;line-height:1.4}
caption{text-align:left;font-weight:600;padding:0 0 6px}
th,td{text-align:left;vertical-align:top;padding:6px 14px 6px 0;border-bottom:1px solid var(--rule);unicode-bidi:isolate}
thead th{color:var(--soft);font-weight:600;font-size:.85em;vertical-align:bottom}
tbody th{font-weight:600;overflow-wrap:anywhere;min-width:3.5em}
td{overflow-wrap:anywhere}
.n{text-align:right;white-space:nowrap}
.bars td:last-child{width:32%;min-width:130px;padding-right:0;vertical-align:middle}
.bar{display:block;width:100%;height:16px;background:var(--sheet)}
.ground>.pair>div>.bar{height:22px}
.facts{margin:12px 0}.facts div{display:flex;justify-content:space-between;gap:12px;border-bottom:1px solid var(--rule);padding:5px 0 5px 10px;border-left:6px solid transparent}
.facts .f1{border-left-color:var(--s0)}.facts .f4{border-left-color:var(--possible)}.facts .f3{border-left-color:var(--none)}
.facts dt{color:var(--soft)}.facts dd{margin:0;text-align:right}
.pair{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:28px;align-items:start}
.map{margin:10px 0}
.map svg{display:block;width:100%;height:auto;max-height:88vh;border:1px solid var(--rule);border-radius:4px}
.map text{font:600 13px system-ui,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;fill:var(--ink)}
.sheet{fill:var(--sheet)}
.aoi{fill:var(--aoi)}.aoi.this{fill:var(--this)}
path,.bar rect{vector-effect:non-scaling-stroke}
.outline{fill:none;stroke:var(--soft);stroke-width:1}.outline.this{stroke:var(--ink);stroke-width:2}
.b3{fill:var(--gap)}.gap{fill:url(#hatch)}.fine .gap{fill:url(#hatch-fine)}.dense .gap{fill:url(#hatch-dense)}.gap{stroke:var(--none);stroke-width:.6;fill-rule:evenodd}
.rec{fill-opacity:.72;stroke-width:1;fill-rule:evenodd;stroke-linejoin:round}
.dot{fill:none;stroke-width:4;stroke-linecap:round}
.s0{fill:var(--s0);stroke:var(--s0)}.s1{fill:var(--s1);stroke:var(--s1)}.s2{fill:var(--s2);stroke:var(--s2)}.s3{fill:var(--s3);stroke:var(--s3)}.s4{fill:var(--s4);stroke:var(--s4)}
.sx{fill:var(--halo);stroke:var(--ink);stroke-dasharray:3 2}
.dot.sx{stroke-dasharray:none}
.dot{fill:none}
.reach{fill:var(--s1);fill-opacity:.14;stroke:var(--s1);stroke-width:1}.dot.vague{stroke:var(--ink);stroke-width:6}.dot.hollow{stroke:var(--halo);stroke-width:3}
.over{fill:url(#cross);stroke:var(--over);stroke-width:1;fill-rule:evenodd}.fine .over{fill:url(#cross-fine)}.dense .over{fill:url(#cross-dense)}
.line{fill:none;stroke:var(--ink);stroke-width:2.5;stroke-linejoin:round}
.linegap{fill:none;stroke:var(--halo);stroke-width:6;stroke-dasharray:6 4;paint-order:stroke}
.find_outside{fill:none;stroke:var(--ink);stroke-width:1.6}.find_inside{fill:none;stroke:var(--ink);stroke-width:.9}
.accident_outside{fill:var(--ink);stroke:var(--halo);stroke-width:1}.accident_inside{fill:var(--halo);stroke:var(--ink);stroke-width:1}
.name{fill:transparent;stroke:none}.name:hover{stroke:var(--ink);stroke-width:1.5}
.map .areaname{text-anchor:middle;font-size:15px;paint-order:stroke;stroke:var(--halo);stroke-width:4px;stroke-linejoin:round}
.no circle{fill:var(--ink)}.map .no text{fill:var(--paper);text-anchor:middle;font-size:12px}
.north path{fill:var(--ink)}.map .north text{text-anchor:middle}
.scale path{fill:none;stroke:var(--ink);stroke-width:1.6}.scale .halo{stroke:var(--halo);stroke-width:5}
.map .scale text{paint-order:stroke;stroke:var(--halo);stroke-width:4px}
.b1{fill:var(--s0)}.b2{fill:var(--s1)}.b4{fill:var(--possible)}
.hatch path{stroke:var(--none);stroke-width:1;fill:none;vector-effect:none}.cross path{stroke:var(--over);stroke-width:1;fill:none;vector-effect:none}
.defs{position:absolute;width:0;height:0}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:6px 22px;padding:0;margin:8px 0 14px;font-size:.88rem;color:var(--soft)}
.legend li{display:flex;align-items:center;gap:8px}
.legend svg{width:34px;height:18px;flex:none}
.ask li{margin:.7em 0;max-width:60em}.ask .place{white-space:normal}.ask.short li{margin:.3em 0}
.sparks{display:grid;grid-template-columns:repeat(auto-fit,minmax(240px,1fr));gap:18px 32px;margin:16px 0}
.spark h3{font:600 .95rem/1.3 inherit;margin:0}
.spark svg{display:block;width:100%;height:64px;background:var(--card);border-bottom:1px solid var(--rule)}
.spark path{fill:none;stroke:var(--s0);stroke-width:2.2}
.spark p{display:flex;justify-content:space-between;margin:.2em 0;font-size:.88rem;color:var(--soft)}
footer{padding-bottom:48px;color:var(--soft);font-size:.9rem}
@media (max-width:640px){header,main,footer{padding-left:16px;padding-right:16px}h1{font-size:1.6rem}.lead>p{font-size:1.08rem}
.pair{grid-template-columns:minmax(0,1fr);gap:4px}.map text{font-size:24px}.map .areaname{font-size:26px}.map .no text{font-size:17px}.no circle{r:16px}
.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}th,td{padding-right:10px}.wide table{min-width:520px}}
@media print{:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--rule:#bbb;--accent:#000;--s0:#2f6690;--s1:#7b4f8a;--s2:#8a5a2b;--s3:#3d6b66;--s4:#52606d;--none:#777;--gap:#d5d5d5;--over:#000;--sheet:#f2f3f3;--aoi:#fff;--this:#fff;--possible:#a9c3d6;--halo:#fff}
body{font-size:10pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}header,main,footer{max-width:none;padding:0}
nav,.skip{display:none}section{padding:14px 0 8px}.ground,.map,.read,.spark,tr,.tiles{break-inside:avoid}h2,h3,caption{break-after:avoid}
.ground{break-inside:auto}.wide{overflow:visible}a{text-decoration:none}.map svg{max-height:150mm}.pair{grid-template-columns:3fr 2fr}}
@page{size:A4;margin:16mm 14mm}
';
COMMENT ON FUNCTION mf_page_style() IS
	'For mf_report_html: the style sheet of the page. Colours of hazard classes (amber, red) and green stand for nothing here and are not in it.';

CREATE FUNCTION mf_page_head(report jsonb, language text, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN pg_catalog.concat('<!DOCTYPE html>', pg_catalog.chr(10), '<html lang="', mf_page_text(COALESCE(language, 'en')), '"><head><meta charset="utf-8">', pg_catalog.chr(10),
		'<meta http-equiv="Content-Security-Policy" content="default-src ''none''; style-src ''sha256-',
		pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(mf_page_style(), 'UTF8')), 'base64'), '''; base-uri ''none''; form-action ''none''">', pg_catalog.chr(10),
		'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">',
		'<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex"><meta name="generator" content="minefield ',
		mf_page_text(report #>> '{versions,minefield}'::text[]), '">', pg_catalog.chr(10), '<title>', mf_page_say(labels, 'kicker'), ': ',
		mf_page_text(report ->> 'registry'::text), ', ', mf_page_text(pg_catalog.left(report ->> 'as_of'::text, 10)), '</title>', pg_catalog.chr(10),
		'<style>', mf_page_style(), '</style></head>', pg_catalog.chr(10), '<body><a class="skip" href="#contents">', mf_page_say(labels, 'skip'), '</a>',
		 '<svg class="defs" aria-hidden="true" focusable="false"><defs>',
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<pattern id="hatch', id, '" class="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="scale(', k,
				') rotate(-45)"><path d="M0 4h8"/></pattern><pattern id="cross', id, '" class="cross" width="5" height="5" patternUnits="userSpaceOnUse" ',
				'patternTransform="scale(', k, ')"><path d="M-1 6l7-7M-1-1l7 7"/></pattern>'), '' ORDER BY k)
		 FROM (VALUES ('', 1), ('-fine', 10), ('-dense', 2)) p (id, k)),
		'</defs></svg>', pg_catalog.chr(10),
		'<header><p class="kicker">', mf_page_say(labels, 'kicker'), '</p><h1>', mf_page_say(labels, 'title', 'registry', mf_page_text(report ->> 'registry'::text)),
		'</h1><p class="when">', mf_page_say(labels, 'as_of', 'when', mf_page_when(report ->> 'as_of'::text)),
		CASE WHEN report ->> 'run'::text IS NOT NULL THEN pg_catalog.concat(' · ', mf_page_say(labels, 'run', 'n', mf_page_text(report ->> 'run'::text))) END,
		CASE WHEN report ->> 'district'::text IS NOT NULL THEN pg_catalog.concat(' · ', mf_page_say(labels, 'district', 'name', mf_page_text(report ->> 'district'::text))) END,
		CASE WHEN report ->> 'organisation'::text IS NOT NULL THEN pg_catalog.concat(' · ', mf_page_say(labels, 'organisation', 'name', mf_page_text(report ->> 'organisation'::text))) END,
		'</p></header>', pg_catalog.chr(10));
COMMENT ON FUNCTION mf_page_head(jsonb, text, jsonb) IS
	'For mf_report_html: the beginning of the page, with its policy and style.';

CREATE FUNCTION mf_page_body(report jsonb, sources jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5000
	RETURN pg_catalog.concat('<main>', mf_page_summary(report, mf_report_summary(report), labels), mf_page_contents(labels),
		mf_page_overview(report, sources, labels), mf_page_changes(report, labels), mf_page_questions(report, labels),
		mf_page_areas(report, sources, labels), mf_page_lines(report, sources, labels), mf_page_received(report, labels),
		mf_page_missing(report, labels), mf_page_unlocated(report, labels), mf_page_totals(report, labels),
		mf_page_overlaps(report, labels), mf_page_finds(report, labels), mf_page_accuracy(report, labels), mf_page_trend(report, labels), mf_page_about(report, labels),
		'</main>');
COMMENT ON FUNCTION mf_page_body(jsonb, jsonb, jsonb) IS
	'For mf_report_html: all sections.';

CREATE FUNCTION mf_page_language(language text) RETURNS text
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF language !~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$' THEN
		RAISE EXCEPTION '"%" is no language', language
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Give a language as in en, ru, hy, az or az-Cyrl.';
	END IF;
	RETURN language;
END
$$;
COMMENT ON FUNCTION mf_page_language(text) IS
	'For mf_report_html: the tag of a language; an error (22023) for anything else.';

CREATE FUNCTION mf_report_html(report jsonb, language text DEFAULT 'en', labels jsonb DEFAULT NULL) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
	RETURN (SELECT CASE WHEN report IS NOT NULL THEN pg_catalog.concat(mf_page_head(report, language, l.words), mf_page_body(report, mf_page_sources(report), l.words),
			'</body></html>', pg_catalog.chr(10)) END
		FROM (SELECT mf_report_labels('en') || mf_report_labels(mf_page_language(COALESCE(language, 'en')))
					|| COALESCE(mf_report_checked(report) #> ARRAY['labels', language], '{}'::jsonb) || COALESCE(labels, '{}'::jsonb) AS words OFFSET 0) l);
COMMENT ON FUNCTION mf_report_html(jsonb, text, jsonb) IS
	'A report as one HTML page that needs nothing else: no script, no request, readable offline, on paper, in light and dark. Words are those of the language (en, ru, or what the registry had in its table labels when the report was made; English where one is missing), and labels overrides them by key. NULL for a NULL report; 22023 for what is no report or no language.';
-- the section of a report about how well places are known, and what of the
-- locations on paper could not be solved

-- Around each record the ground within its accuracy; those that are too small
-- to be drawn, and those whose accuracy is not known, as dots.  Of a crowd, the
-- widest rings.
CREATE FUNCTION mf_report_accuracy_map(extent geometry) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	frame jsonb;
	box record;
	unit_m float8;
	crowd bigint;
	rings jsonb;
	drawn bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT pg_catalog.count(*) INTO crowd FROM pg_temp.minefield_in_record r WHERE r.box IS NOT NULL;
	frame := mf_report_map_frame(ST_XMin(extent), ST_YMin(extent), ST_XMax(extent), ST_YMax(extent), crowd > 1500::bigint);
	IF frame IS NULL THEN
		RETURN NULL;
	END IF;
	SELECT shown, CASE WHEN (frame ->> 'turned'::text)::boolean THEN ST_Translate(shown, -360.0::float8, 0.0::float8) ELSE shown END AS far
	INTO box FROM (SELECT mf_report_map_box(frame) AS shown) b;
	unit_m := (frame ->> 'm_per_px'::text)::float8 * (frame ->> 'unit'::text)::float8;
	WITH placed AS MATERIALIZED (
		SELECT key, accuracy_m, mf_report_map_place(mf_geometry(record), frame) AS shape
		FROM pg_temp.minefield_in_record r WHERE r.box && box.shown OR r.box && box.far),
	wide AS MATERIALIZED (
		SELECT key, mf_report_map_path(ST_Buffer(ST_Simplify(shape, 1.0::float8, true), least(accuracy_m / unit_m, 20000.0::float8), 3)) AS d
		FROM placed WHERE accuracy_m / unit_m * (frame ->> 'unit'::text)::float8 >= 3.0::float8
		ORDER BY accuracy_m DESC, key COLLATE "C" LIMIT 400)
	SELECT pg_catalog.jsonb_build_array(
			pg_catalog.jsonb_build_object('class', 'reach', 'd', (SELECT pg_catalog.jsonb_agg(d ORDER BY key COLLATE "C") FROM wide WHERE d <> '')),
			pg_catalog.jsonb_build_object('class', 'known', 'dots', (SELECT mf_report_map_dots(pg_catalog.array_agg(shape)) FROM placed p
				WHERE accuracy_m IS NOT NULL AND NOT EXISTS (SELECT FROM wide w WHERE w.key = p.key AND w.d <> ''))),
			pg_catalog.jsonb_build_object('class', 'unknown', 'dots', (SELECT mf_report_map_dots(pg_catalog.array_agg(shape)) FROM placed
				WHERE accuracy_m IS NULL))),
		(SELECT pg_catalog.count(*) FROM wide)
	INTO rings, drawn;
	RETURN pg_catalog.jsonb_build_object('frame', frame, 'reach', rings, 'rings', drawn,
		'more', drawn = 400::bigint,
		'areas', (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', name, 'this', NULL,
						'd', mf_report_map_path(mf_report_map_place(aoi, frame)), 'x', NULL, 'y', NULL) ORDER BY id COLLATE "C")
				  FROM pg_temp.minefield_in_area WHERE aoi && box.shown OR aoi && box.far));
END
$$;
COMMENT ON FUNCTION mf_report_accuracy_map(geometry) IS
	'For the report: the map of uncertainty of an extent. NULL for an empty or NULL extent.';

CREATE FUNCTION mf_report_accuracy(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	most integer := options ->> 'max_rows'::text;
	result jsonb;
	worst jsonb;
	unsolved jsonb;
	points bigint;
	reasons jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT pg_catalog.jsonb_build_object('known', pg_catalog.count(accuracy_m), 'unknown', pg_catalog.count(*) - pg_catalog.count(accuracy_m),
			'median_m', pg_catalog.percentile_disc(0.5::float8) WITHIN GROUP (ORDER BY accuracy_m),
			'within', pg_catalog.jsonb_build_array(
				pg_catalog.jsonb_build_object('over_m', 0, 'up_to_m', 10, 'records', pg_catalog.count(*) FILTER (WHERE accuracy_m <= 10.0::float8)),
				pg_catalog.jsonb_build_object('over_m', 10, 'up_to_m', 50, 'records', pg_catalog.count(*) FILTER (WHERE accuracy_m > 10.0::float8 AND accuracy_m <= 50.0::float8)),
				pg_catalog.jsonb_build_object('over_m', 50, 'up_to_m', 200, 'records', pg_catalog.count(*) FILTER (WHERE accuracy_m > 50.0::float8 AND accuracy_m <= 200.0::float8)),
				pg_catalog.jsonb_build_object('over_m', 200, 'up_to_m', NULL, 'records', pg_catalog.count(*) FILTER (WHERE accuracy_m > 200.0::float8))))
	INTO result FROM pg_temp.minefield_in_record WHERE box IS NOT NULL;

	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', w.key, 'book', w.book, 'accuracy95_m', w.accuracy_m,
			'source', s.source, 'share', s.share) ORDER BY w.accuracy_m DESC, w.key COLLATE "C") INTO worst
	FROM (SELECT key, book, accuracy_m, mf_properties(record) #> '{derived,accuracy_by}'::text[] AS shares
		  FROM pg_temp.minefield_in_record WHERE box IS NOT NULL AND accuracy_m IS NOT NULL
		  ORDER BY accuracy_m DESC, key COLLATE "C" LIMIT most) w
		LEFT JOIN LATERAL (
			SELECT e.key AS source, pg_catalog.round((e.m * e.m / nullif(pg_catalog.sum(e.m * e.m) OVER (), 0.0::float8))::numeric, 3) AS share
			FROM (SELECT j.key, (j.value #>> '{}'::text[])::float8 AS m
				  FROM pg_catalog.jsonb_each(CASE WHEN pg_catalog.jsonb_typeof(w.shares) = 'object' THEN w.shares END) j
				  WHERE pg_catalog.jsonb_typeof(j.value) = 'number') e
			ORDER BY e.m DESC, e.key COLLATE "C" LIMIT 1) s ON true;

	CREATE TEMP TABLE minefield_tmp_unsolved AS
	SELECT r.key, r.book, r.box IS NOT NULL AS located, u.n, u.entry ->> 'point'::text AS point, u.entry ->> 'reason'::text AS reason,
		   (u.entry #>> '{leg,0}'::text[]) || ' – ' || (u.entry #>> '{leg,1}'::text[]) AS leg, u.entry ->> 'said'::text AS said
	FROM (SELECT key, book, box, mf_properties(record) #> '{derived,unsolved}'::text[] AS list FROM pg_temp.minefield_in_record) r,
		 pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(r.list) = 'array' THEN r.list END) WITH ORDINALITY u (entry, n)
	WHERE pg_catalog.jsonb_typeof(u.entry) = 'object';
	SELECT pg_catalog.count(*) INTO points FROM minefield_tmp_unsolved;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', key, 'book', book, 'located', located, 'point', point, 'reason', reason,
			'leg', leg, 'said', pg_catalog.left(said, 240)) ORDER BY key COLLATE "C", n) INTO unsolved
	FROM (SELECT * FROM minefield_tmp_unsolved ORDER BY key COLLATE "C", n LIMIT most) u;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('reason', reason, 'points', points_, 'records', records) ORDER BY records DESC, reason COLLATE "C")
	INTO reasons
	FROM (SELECT reason, pg_catalog.count(*) AS points_, pg_catalog.count(DISTINCT key) AS records FROM minefield_tmp_unsolved GROUP BY reason) g;
	RETURN result || pg_catalog.jsonb_build_object('worst', mf_report_list((result ->> 'known'::text)::bigint, worst),
		'unsolved', mf_report_list(points, unsolved), 'reasons', coalesce(reasons, '[]'::jsonb),
		'map', mf_report_accuracy_map(mf_report_map_extent()));
END
$$;
COMMENT ON FUNCTION mf_report_accuracy(jsonb) IS
	'For the report: section of a report: how accurate the records are, the least certain of them and where most of that comes from, what mf_locate could not solve and why, and the map of uncertainty.';
-- runs: reports that are made step by step, kept and announced
--
-- A run commits after each step, so that others see how far it is and nothing
-- stays locked.  It reads the registry once, into temporary tables of its
-- session; what is committed meanwhile does not reach it.  A lock of the
-- session marks a living run: whoever finds a run without its lock knows that
-- it was interrupted.  Each district and organisation has its own, for a lock
-- that is taken tells of a run.

-- 1835430518 is 'mfrv' in bytes.
CREATE FUNCTION mf_report_run_key(runs regclass, district text, organisation text) RETURNS integer
	LANGUAGE sql STABLE PARALLEL SAFE COST 50
	RETURN ('x' || pg_catalog.left(pg_catalog.md5(pg_catalog.jsonb_build_array(runs::oid::bigint,
		district, organisation)::text), 8))::bit(32)::integer;
COMMENT ON FUNCTION mf_report_run_key(regclass, text, text) IS
	'For mf_run_report: the number of the lock that marks a living run of a registry, or of a district or organisation of it.';

CREATE FUNCTION mf_report_run_lock(place integer, take boolean) RETURNS boolean
	AS 'MODULE_PATHNAME', 'mf_report_run_lock'
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 50;
COMMENT ON FUNCTION mf_report_run_lock(integer, boolean) IS
	'For mf_run_report: takes the lock of this session that marks a living run, false when another session has it; or gives it back, false when there was none. It goes with the session, and with the first transaction that fails. NULL for NULL.';

CREATE FUNCTION mf_report_run_alive(place integer, pid integer) RETURNS boolean
	LANGUAGE sql VOLATILE PARALLEL SAFE COST 500
	RETURN EXISTS (SELECT FROM pg_catalog.pg_locks l
		WHERE l.locktype = 'advisory' AND l.classid = 1835430518::oid
			AND l.objid = (place::bit(32))::bigint::oid
			AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
				WHERE d.datname = pg_catalog.current_database())
			AND l.pid = mf_report_run_alive.pid AND l.granted);
COMMENT ON FUNCTION mf_report_run_alive(integer, integer) IS
	'For the views of report runs: whether the session of a run has the lock that marks it as living.';

CREATE FUNCTION mf_report_run_views(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format($ddl$
CREATE VIEW %1$I.v_report_runs WITH (security_invoker = true) AS
	SELECT run_id AS fid, CASE WHEN status = 'running' AND NOT mf_report_run_alive(
			mf_report_run_key(%2$L, district, organisation), backend_pid) THEN 'interrupted'
				ELSE status END AS status,
		as_of, started_at, finished_at, started_by, language,
			(progress ->> 'done'::text)::integer AS steps_done,
		(progress ->> 'total'::text)::integer AS steps,
			(summary ->> 'records'::text)::bigint AS records,
		(summary ->> 'unlocated'::text)::bigint AS unlocated,
			(summary ->> 'no_record_m2'::text)::float8 AS no_record_m2,
		(summary ->> 'line_no_record_m'::text)::float8 AS line_no_record_m,
			report IS NOT NULL AS is_kept, input_digest, message,
		district, organisation
	FROM %1$I.report_runs;
COMMENT ON VIEW %1$I.v_report_runs IS 'Runs of the report and how far they are; a run whose session ended before it was complete is interrupted. is_kept: the report itself has not been given up by retention.';

CREATE VIEW %1$I.v_report_progress WITH (security_invoker = true) AS
	SELECT pg_catalog.row_number() OVER (ORDER BY run_id, n) AS fid, run_id, n::integer AS n,
		step ->> 'part'::text AS part, step ->> 'name'::text AS name,
		CASE WHEN n <= (progress ->> 'done'::text)::bigint THEN 'done'
			WHEN n = (progress ->> 'done'::text)::bigint + 1 THEN 'running'
			ELSE 'waiting' END AS state, (step ->> 'seconds'::text)::float8 AS seconds, district,
				organisation
	FROM %1$I.report_runs, pg_catalog.jsonb_array_elements(progress -> 'steps'::text) WITH ORDINALITY s (step, n)
	WHERE status = 'running' AND mf_report_run_alive(
			mf_report_run_key(%2$L, district, organisation), backend_pid);
COMMENT ON VIEW %1$I.v_report_progress IS 'The steps of the run that is being made, area by area: done (and in how many seconds), running or waiting. Empty when none is.';
	$ddl$, schema, pg_catalog.format('%I.report_runs', schema));
END
$$;
COMMENT ON FUNCTION mf_report_run_views(name) IS
	'For mf_upgrade_registry: makes the views of the report runs of version 1.';

CREATE FUNCTION mf_report_run_begin(registry name, options jsonb, language text, keep integer,
	district text, organisation text)
	RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	other record;
	run bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	options := mf_report_check_options(options);
	PERFORM mf_page_language(language);
	IF keep < 1 THEN
		RAISE EXCEPTION 'a registry keeps at least one report' USING ERRCODE = '22023';
	END IF;
	IF NOT mf_report_run_lock(mf_report_run_key(pg_catalog.format('%I.report_runs',
		registry)::regclass,
			district, organisation), true) THEN
		EXECUTE pg_catalog.format('SELECT run_id, started_at, started_by FROM %I.report_runs
			WHERE status = ''running''
			AND district IS NOT DISTINCT FROM $1 AND organisation IS NOT DISTINCT FROM $2
			ORDER BY started_at DESC LIMIT 1', registry) INTO other USING district, organisation;
		RAISE EXCEPTION 'a report of registry "%" is being made', registry
			USING ERRCODE = '55006', DETAIL = pg_catalog.format('Run %s was started at %s by %s.',
				other.run_id, other.started_at, other.started_by),
				HINT = pg_catalog.format('See %I.v_report_progress; wait for it, or end it with pg_cancel_backend.', registry);
	END IF;
	-- the lock is ours, so no other run of this scope is alive; an error gives it back
	EXECUTE pg_catalog.format('UPDATE %I.report_runs SET status = ''interrupted'',
		message = coalesce(message, ''its session ended'')
		WHERE status = ''running'' AND district IS NOT DISTINCT FROM $1
			AND organisation IS NOT DISTINCT FROM $2', registry)
		USING district, organisation;
	EXECUTE pg_catalog.format('INSERT INTO %I.report_runs (as_of, parameters, language, backend_pid,
		progress, district, organisation)
		VALUES (pg_catalog.clock_timestamp(), $1, $2, pg_catalog.pg_backend_pid(), ''{"done": 0}'',
			$3, $4) RETURNING run_id', registry)
		INTO run USING options, language, district, organisation;
	RETURN run;
END
$$;
COMMENT ON FUNCTION mf_report_run_begin(name, jsonb, text, integer, text, text) IS
	'For mf_run_report: takes the lock (55006 when another run has it), marks dead runs as interrupted and enters the new one.';

-- Step 0 reads the registry, step total + 1 puts the report together.  An error
-- and a cancel come back as a value: the run has to be marked, and only its
-- procedure can commit that.
CREATE FUNCTION mf_report_run_step(registry name, run bigint, n integer, keep integer)
	RETURNS text[]
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	started timestamptz := pg_catalog.clock_timestamp();
	code text;
	said text;
	detail text;
	advice text;
	steps jsonb;
	r record;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format('SELECT * FROM %I.report_runs WHERE run_id = $1', registry) INTO r
		USING run;
	IF n = 0 THEN
		PERFORM mf_report_input(registry, r.district, r.organisation);
		UPDATE pg_temp.minefield_in_line
			SET distance_m = (r.parameters ->> 'line_distance_m'::text)::float8;
		SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('part', s[1], 'id', s[2], 'name',
			s[3])) INTO steps FROM mf_report_steps() s;
		EXECUTE pg_catalog.format('UPDATE %I.report_runs SET progress = $2 WHERE run_id = $1',
			registry)
			USING run, pg_catalog.jsonb_build_object('done', 0, 'total',
				pg_catalog.jsonb_array_length(steps), 'steps', steps);
	ELSIF n <= (r.progress ->> 'total'::text)::integer THEN
		PERFORM mf_report_step(n, r.progress #>> ARRAY['steps', (n - 1)::text, 'part'],
			r.progress #>> ARRAY['steps', (n - 1)::text, 'id'], r.parameters);
		EXECUTE pg_catalog.format('UPDATE %I.report_runs
			SET progress = pg_catalog.jsonb_set(pg_catalog.jsonb_set(progress, ''{done}'',
				pg_catalog.to_jsonb($2)), $3, pg_catalog.to_jsonb($4))
			WHERE run_id = $1', registry)
			USING run, n, ARRAY['steps', (n - 1)::text, 'seconds'],
				pg_catalog.round(extract(epoch
					FROM pg_catalog.clock_timestamp() - started)::numeric, 3);
	ELSE
		PERFORM mf_report_run_finish(registry, run, keep);
		PERFORM mf_report_forget();
	END IF;
	RETURN NULL;
EXCEPTION WHEN query_canceled OR OTHERS THEN
	GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, said = MESSAGE_TEXT,
		detail = PG_EXCEPTION_DETAIL, advice = PG_EXCEPTION_HINT;
	RETURN ARRAY[code, said, detail, advice];
END
$$;
COMMENT ON FUNCTION mf_report_run_step(name, bigint, integer, integer) IS
	'For mf_run_report: one step of a run; NULL when it succeeded, else SQLSTATE, message, detail and hint of what stopped it.';

CREATE FUNCTION mf_report_run_finish(registry name, run bigint, keep integer) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r record;
	report jsonb;
	before jsonb;
	trend jsonb;
	words jsonb;
	summary jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format('SELECT * FROM %I.report_runs WHERE run_id = $1', registry) INTO r
		USING run;
	report := mf_report_result(registry, r.district, r.organisation, r.as_of, r.parameters)
		|| pg_catalog.jsonb_build_object('run', run);
	summary := mf_report_summary(report);
	before := mf_latest_run(registry, 0, r.district, r.organisation);
	EXECUTE pg_catalog.format('SELECT coalesce(pg_catalog.jsonb_agg(summary ORDER BY as_of, run_id),
		''[]'') FROM (
			SELECT as_of, run_id, summary FROM %I.report_runs
			WHERE status = ''complete'' AND summary IS NOT NULL
				AND district IS NOT DISTINCT FROM $1 AND organisation IS NOT DISTINCT FROM $2
			ORDER BY as_of DESC, run_id DESC LIMIT 103) s', registry) INTO trend USING r.district,
				r.organisation;
	EXECUTE pg_catalog.format('SELECT coalesce(pg_catalog.jsonb_object_agg(language, words), ''{}'')
		FROM (
			SELECT language, pg_catalog.jsonb_object_agg(key, label) AS words FROM %I.labels
				GROUP BY language) w', registry) INTO words;
	report := report || pg_catalog.jsonb_build_object('labels', words, 'trend', trend || summary,
		'changes', mf_report_diff(before, report));
	EXECUTE pg_catalog.format('UPDATE %I.report_runs SET status = ''complete'',
		finished_at = pg_catalog.clock_timestamp(), report = $2, summary = $3,
			html = $4, versions = $5, input_digest = $6 WHERE run_id = $1', registry)
		USING run, report, summary, mf_report_html(report, r.language), report -> 'versions'::text,
			report ->> 'input_digest'::text;
	IF keep IS NOT NULL THEN
		EXECUTE pg_catalog.format('UPDATE %1$I.report_runs SET report = NULL, html = NULL
			WHERE report IS NOT NULL AND district IS NOT DISTINCT FROM $2
				AND organisation IS NOT DISTINCT FROM $3
				AND run_id NOT IN (SELECT run_id FROM %1$I.report_runs WHERE status = ''complete''
					AND district IS NOT DISTINCT FROM $2 AND organisation IS NOT DISTINCT FROM $3
					ORDER BY as_of DESC, run_id DESC LIMIT $1)', registry) USING keep, r.district,
						r.organisation;
	END IF;
END
$$;
COMMENT ON FUNCTION mf_report_run_finish(name, bigint, integer) IS
	'For mf_run_report: puts the report together, compares it with the one before, stores both forms and gives up those that are not to be kept.';

CREATE FUNCTION mf_report_run_end(registry name, run bigint, failure text[]) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF failure IS NOT NULL THEN
		PERFORM mf_report_forget();
		EXECUTE pg_catalog.format('UPDATE %I.report_runs SET status = ''interrupted'',
			finished_at = pg_catalog.clock_timestamp(), message = $2
			WHERE run_id = $1', registry) USING run, failure[2];
	END IF;
	PERFORM pg_catalog.pg_notify('minefield_report',
		pg_catalog.jsonb_build_object('registry', registry, 'run', run,
		'status', CASE WHEN failure IS NULL THEN 'complete' ELSE 'interrupted' END)::text);
END
$$;
COMMENT ON FUNCTION mf_report_run_end(name, bigint, text[]) IS
	'For mf_run_report: marks a run that failed, and tells those who LISTEN on minefield_report.';

-- No settings of its own: a procedure with settings cannot commit.  So what
-- comes before the path is set, in each transaction anew, is qualified.
CREATE PROCEDURE mf_run_report(registry name, options jsonb DEFAULT NULL,
	language text DEFAULT 'en',
	keep integer DEFAULT NULL, district text DEFAULT NULL, organisation text DEFAULT NULL)
	LANGUAGE plpgsql
AS $$
DECLARE
	run pg_catalog.int8;
	n pg_catalog.int4 := 0;
	total pg_catalog.int4 := 0;
	failure pg_catalog.text[];
	home pg_catalog.text := (SELECT extnamespace::pg_catalog.regnamespace::pg_catalog.text
		FROM pg_catalog.pg_extension WHERE extname OPERATOR(pg_catalog.=) 'minefield'::pg_catalog.name);
BEGIN
	-- inside another transaction this fails, before anything is locked
	COMMIT;
	EXECUTE pg_catalog.format('SELECT %s.mf_report_run_begin($1, $2, $3, $4, $5, $6)', home)
		INTO run USING registry, options, language, keep, district, organisation;
	COMMIT;
	LOOP
		EXECUTE pg_catalog.format('SELECT %s.mf_report_run_step($1, $2, $3, $4)', home)
			INTO failure USING registry, run, n, keep;
		EXIT WHEN failure IS NOT NULL OR n OPERATOR(pg_catalog.>) total;
		IF n OPERATOR(pg_catalog.=) 0 THEN
			EXECUTE pg_catalog.format('SELECT (progress OPERATOR(pg_catalog.->>) ''total'')::pg_catalog.int4 FROM %I.report_runs WHERE run_id OPERATOR(pg_catalog.=) $1',
				registry) INTO total USING run;
		END IF;
		COMMIT;
		n := n OPERATOR(pg_catalog.+) 1;
	END LOOP;
	EXECUTE pg_catalog.format('SELECT %s.mf_report_run_end($1, $2, $3)', home) USING registry, run,
		failure;
	EXECUTE pg_catalog.format('SELECT %s.mf_report_run_lock(0, false)', home);
	COMMIT;
	IF failure IS NOT NULL THEN
		RAISE EXCEPTION '%', failure[2] USING ERRCODE = failure[1], DETAIL = failure[3],
			HINT = failure[4];
	END IF;
	RAISE NOTICE 'report run % of registry "%" is complete', run, registry;
END
$$;
COMMENT ON PROCEDURE mf_run_report(name, jsonb, text, integer, text, text) IS
	'Makes a report of a registry and keeps it in table report_runs, as document and as page in the language; options as in mf_report. It shows the moment at which it began; commits after each step, so it cannot be called inside a transaction (2D000); v_report_progress shows how far it is. With keep, only so many reports are kept, of older ones the figures. One run of a registry, or of one district or organisation of it, at a time (55006). Tells LISTEN minefield_report.';

CREATE FUNCTION mf_latest_run(registry name, back integer DEFAULT 0, district text DEFAULT NULL,
	organisation text DEFAULT NULL)
	RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF registry IS NULL THEN
		RETURN NULL;
	END IF;
	PERFORM mf_registry_check(registry);
	EXECUTE pg_catalog.format('SELECT report FROM %I.report_runs WHERE status = ''complete''
		AND report IS NOT NULL
			AND district IS NOT DISTINCT FROM $2 AND organisation IS NOT DISTINCT FROM $3
		ORDER BY as_of DESC, run_id DESC LIMIT 1 OFFSET $1', registry)
		INTO found USING greatest(coalesce(back, 0), 0), district, organisation;
	RETURN found;
END
$$;
COMMENT ON FUNCTION mf_latest_run(name, integer, text, text) IS
	'The report of the latest complete run of a registry, or of the one that lies so many runs back, of the whole or of a district or organisation: for mf_report_html and mf_report_diff. NULL when there is none.';
-- schedules: reports at fixed times, by pg_cron where it is there

CREATE FUNCTION mf_report_call(registry name, options jsonb, language text, keep integer,
	district text, organisation text)
	RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL SAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	-- the schema by name: a job starts with the path of whoever runs it
	RETURN pg_catalog.format('CALL %s.mf_run_report(%L',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'),
				  registry)
		|| CASE WHEN options IS NOT NULL THEN pg_catalog.format(', options => %L', options)
			ELSE '' END
		|| CASE WHEN language <> 'en' THEN pg_catalog.format(', language => %L', language)
			ELSE '' END
		|| CASE WHEN keep IS NOT NULL THEN pg_catalog.format(', keep => %s', keep) ELSE '' END
		|| CASE WHEN district IS NOT NULL THEN pg_catalog.format(', district => %L', district)
			ELSE '' END
		|| CASE WHEN organisation IS NOT NULL
			THEN pg_catalog.format(', organisation => %L', organisation) ELSE '' END || ')';
END
$$;
COMMENT ON FUNCTION mf_report_call(name, jsonb, text, integer, text, text) IS
	'For mf_schedule_report: the statement that makes the report.';

-- What cron runs is read by a shell, which takes everything between single
-- quotes as it is, and before that by cron, to which % ends the line.
CREATE FUNCTION mf_report_recipe(registry name, schedule text, call text, language text,
	district text, organisation text)
	RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL SAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield');
	shell text;
	page text := pg_catalog.format('$HOME/%s.html',
		pg_catalog.regexp_replace(registry::text, '[^A-Za-z0-9_.-]', '_', 'g'));
	words text[] := ARRAY[pg_catalog.current_database()::text, call, NULL];
BEGIN
	-- one line, for a crontab knows no other
	words[3] := pg_catalog.format(
		'SELECT %1$s.mf_report_html(%1$s.mf_latest_run(%2$L, 0, %3$L, %4$L), %5$L)',
		home, registry, district, organisation, language);
	FOR i IN 1 .. 3 LOOP
		words[i] := '''' || pg_catalog.replace(pg_catalog.replace(words[i], '''', '''\'''''), '%',
			'\%') || '''';
	END LOOP;
	shell := pg_catalog.format('psql -Xq -d %1$s -c %2$s && psql -XAtq -d %1$s -c %3$s -o "%4$s" && mail -s "Completeness report" -A "%4$s" "$LOGNAME" < /dev/null',
					words[1], words[2], words[3], page);
	RETURN pg_catalog.format('%s %s', schedule, shell);
END
$$;
COMMENT ON FUNCTION mf_report_recipe(name, text, text, text, text, text) IS
	'For mf_schedule_report: the line of crontab that makes the report, writes the page to a file and mails it.';

CREATE FUNCTION mf_report_job(registry name, district text, organisation text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN pg_catalog.concat_ws(', ', pg_catalog.concat('minefield report of ', registry),
		pg_catalog.concat('district ', district),
		pg_catalog.concat('organisation ', organisation));
COMMENT ON FUNCTION mf_report_job(name, text, text) IS
	'For mf_schedule_report: the name of the job.';

CREATE FUNCTION mf_schedule_report(registry name, schedule text, options jsonb DEFAULT NULL,
	language text DEFAULT 'en',
	keep integer DEFAULT NULL, district text DEFAULT NULL, organisation text DEFAULT NULL)
		RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	call text;
	job bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	PERFORM mf_page_language(language);
	IF options IS NOT NULL THEN
		options := mf_report_check_options(options);
	END IF;
	IF schedule IS NULL OR schedule !~ '^\s*\S+(\s+\S+){4}\s*$' THEN
		RAISE EXCEPTION 'schedule "%" has not the five fields of cron', schedule
			USING ERRCODE = '22023', HINT = 'Minute, hour, day of the month, month, day of the week: ''0 5 * * 1'' is every Monday at 05:00.';
	END IF;
	call := mf_report_call(registry, options, coalesce(language, 'en'), keep, district,
		organisation);
	IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_cron') THEN
		RAISE EXCEPTION 'pg_cron is not installed in this database'
			USING ERRCODE = '0A000', DETAIL = 'Nothing was scheduled.',
				HINT = E'Have the system''s own cron do it: put this line into the crontab of a user who may log in here (crontab -e; times are the machine''s):\n'
					|| mf_report_recipe(registry, pg_catalog.btrim(schedule), call,
						coalesce(language, 'en'), district, organisation);
	END IF;
	EXECUTE 'SELECT cron.schedule($1, $2, $3)' INTO job
		USING mf_report_job(registry, district, organisation), schedule, call;
	-- a setting that not every caller may see
	RAISE NOTICE 'job % of pg_cron; its times are %, not local time', job,
		coalesce((SELECT s.setting FROM pg_catalog.pg_settings s WHERE s.name = 'cron.timezone'),
			'GMT unless the server''s cron.timezone is another');
	RETURN job;
END
$$;
COMMENT ON FUNCTION mf_schedule_report(name, text, jsonb, text, integer, text, text) IS
	'Has mf_run_report called by pg_cron, as its caller, at the times of a cron expression, which pg_cron reads as GMT; calling it again changes the times. Returns the number of the job. Where pg_cron is not installed, an error (0A000) whose hint is a line of crontab that does the same by psql, writes the page to a file and mails it.';

CREATE FUNCTION mf_unschedule_report(registry name, district text DEFAULT NULL,
	organisation text DEFAULT NULL) RETURNS boolean
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	job bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_cron') THEN
		RETURN false;
	END IF;
	EXECUTE 'SELECT jobid FROM cron.job WHERE jobname = $1 AND username = CURRENT_USER' INTO job
		USING mf_report_job(registry, district, organisation);
	IF job IS NULL THEN
		RETURN false;
	END IF;
	EXECUTE 'SELECT cron.unschedule($1)' USING job;
	RETURN true;
END
$$;
COMMENT ON FUNCTION mf_unschedule_report(name, text, text) IS
	'Ends what mf_schedule_report began for its caller; false when there was nothing to end.';
-- styles for QGIS: how the views of a registry look when they are opened
--
-- QGIS reads table layer_styles in the database.  Suspected hazardous areas are
-- amber and confirmed ones red at one half, as land release has it; ground
-- without a record and overlaps are neither, for they are no hazard class.

CREATE FUNCTION mf_qgis_layer(class text, properties jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10
	RETURN pg_catalog.concat('<layer class="', class, '" enabled="1" locked="0" pass="0">',
		(SELECT pg_catalog.string_agg(pg_catalog.format('<prop k="%s" v="%s"/>', p.key, p.value), ''
			ORDER BY p.key COLLATE "C")
		 FROM pg_catalog.jsonb_each_text(properties) p), '</layer>');
COMMENT ON FUNCTION mf_qgis_layer(text, jsonb) IS
	'For mf_install_qgis_styles: one layer of a symbol.';

CREATE FUNCTION mf_qgis_symbol(kind text, name text, alpha text, layer text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10
	RETURN pg_catalog.format('<symbol type="%s" name="%s" alpha="%s" clip_to_extent="1" force_rhr="0">%s</symbol>', kind, name, alpha, layer);
COMMENT ON FUNCTION mf_qgis_symbol(text, text, text, text) IS
	'For mf_install_qgis_styles: a symbol of a kind (fill, line, marker).';

CREATE FUNCTION mf_qgis_single(symbol text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10
	RETURN pg_catalog.concat('<qgis version="3.22" styleCategories="Symbology"><renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0"><symbols>',
		symbol, '</symbols></renderer-v2></qgis>');
COMMENT ON FUNCTION mf_qgis_single(text) IS
	'For mf_install_qgis_styles: the style of a layer with one symbol, named 0.';

-- categories: [value, label, symbol], the last one for all other values
CREATE FUNCTION mf_qgis_categories(attribute text, categories text[]) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10
	RETURN pg_catalog.concat('<qgis version="3.22" styleCategories="Symbology"><renderer-v2 type="categorizedSymbol" attr="', attribute,
		'" symbollevels="0" enableorderby="0" forceraster="0"><categories>',
		(SELECT pg_catalog.string_agg(pg_catalog.format('<category value="%s" label="%s" symbol="%s" render="true"/>',
			categories[n][1], categories[n][2], n - 1), '' ORDER BY n)
				FROM pg_catalog.generate_subscripts(categories, 1) n),
		'</categories><symbols>',
		(SELECT pg_catalog.string_agg(categories[n][3], '' ORDER BY n)
			FROM pg_catalog.generate_subscripts(categories, 1) n),
		'</symbols></renderer-v2></qgis>');
COMMENT ON FUNCTION mf_qgis_categories(text, text[]) IS
	'For mf_install_qgis_styles: the style of a layer by the values of an attribute.';

CREATE FUNCTION mf_qgis_hazard(kind text, class text, colour_key text, more jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	RETURN mf_qgis_categories('hazard_class', ARRAY[
		ARRAY['SHA', 'suspected hazardous area (SHA)',
			mf_qgis_symbol(kind, '0', '0.5', mf_qgis_layer(class,
			more || pg_catalog.jsonb_build_object(colour_key, '255,191,0,255')))],
		ARRAY['CHA', 'confirmed hazardous area (CHA)',
			mf_qgis_symbol(kind, '1', '0.5', mf_qgis_layer(class,
			more || pg_catalog.jsonb_build_object(colour_key, '214,0,0,255')))],
		ARRAY['', 'recorded, class not decided',
			mf_qgis_symbol(kind, '2', '0.6', mf_qgis_layer(class,
			more || pg_catalog.jsonb_build_object(colour_key, '47,102,144,255')))]]);
COMMENT ON FUNCTION mf_qgis_hazard(text, text, text, jsonb) IS
	'For mf_install_qgis_styles: the style of a layer of records, by hazard class.';

CREATE FUNCTION mf_qgis_styles() RETURNS SETOF text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500 ROWS 10
	BEGIN ATOMIC
		SELECT ARRAY[v.layer, v.style] FROM (VALUES
			('v_record_areas'::text, mf_qgis_hazard('fill', 'SimpleFill', 'color',
				'{"outline_color": "40,45,50,255", "outline_width": "0.3", "style": "solid"}')),
			('v_record_lines', mf_qgis_hazard('line', 'SimpleLine', 'line_color',
				'{"line_width": "0.9", "line_style": "solid"}')),
			('v_record_points', mf_qgis_hazard('marker', 'SimpleMarker', 'color',
				'{"name": "square", "size": "2.6", "outline_color": "40,45,50,255"}')),
			('v_no_record', mf_qgis_single(mf_qgis_symbol('fill', '0', '1',
				mf_qgis_layer('LinePatternFill',
					'{"angle": "45", "distance": "2", "line_width": "0.26", "color": "150,156,160,255"}')
				|| mf_qgis_layer('SimpleLine',
					'{"line_color": "150,156,160,255", "line_width": "0.3", "line_style": "dash"}')))),
			('v_no_record_lines', mf_qgis_single(mf_qgis_symbol('line', '0', '1',
				mf_qgis_layer('SimpleLine', '{"line_color": "255,255,255,255", "line_width": "1.6", "line_style": "solid"}')
				|| mf_qgis_layer('SimpleLine',
					'{"line_color": "150,156,160,255", "line_width": "1.1", "line_style": "dot"}')))),
			('v_overlaps', mf_qgis_single(mf_qgis_symbol('fill', '0', '1',
				mf_qgis_layer('SimpleFill', '{"color": "28,34,39,255", "style": "dense6", "outline_color": "28,34,39,255", "outline_width": "0.4"}')))),
			('v_findings', mf_qgis_categories('kind', ARRAY[
				ARRAY['mine', 'mine', mf_qgis_symbol('marker', '0', '1',
					mf_qgis_layer('SimpleMarker',
					'{"name": "cross2", "size": "2.6", "color": "28,34,39,255", "outline_color": "28,34,39,255", "outline_width": "0.5"}'))],
				ARRAY['accident', 'accident', mf_qgis_symbol('marker', '1', '1',
					mf_qgis_layer('SimpleMarker',
					'{"name": "diamond", "size": "3.2", "color": "28,34,39,255", "outline_color": "255,255,255,255"}'))],
				ARRAY['', 'other', mf_qgis_symbol('marker', '2', '1', mf_qgis_layer('SimpleMarker',
					'{"name": "circle", "size": "2", "color": "255,255,255,255", "outline_color": "28,34,39,255"}'))]])),
			('areas', mf_qgis_single(mf_qgis_symbol('fill', '0', '1',
				mf_qgis_layer('SimpleFill', '{"color": "0,0,0,0", "style": "no", "outline_color": "28,34,39,255", "outline_width": "0.6"}')))),
			('lines', mf_qgis_single(mf_qgis_symbol('line', '0', '1',
				mf_qgis_layer('SimpleLine', '{"line_color": "28,34,39,255", "line_width": "0.7", "line_style": "dash"}'))))) v (layer, style);
	END;
COMMENT ON FUNCTION mf_qgis_styles() IS
	'For mf_install_qgis_styles: a layer of a registry and its style, for each.';

CREATE FUNCTION mf_install_qgis_styles(registry name) RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	style text[];
	n integer := 0;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	-- where and as QGIS itself would make it
	IF pg_catalog.to_regclass('public.layer_styles') IS NULL THEN
		CREATE TABLE public.layer_styles (
			id serial PRIMARY KEY,
			f_table_catalog varchar, f_table_schema varchar, f_table_name varchar,
				f_geometry_column varchar,
			stylename text, styleqml xml, stylesld xml, useasdefault boolean, description text,
			owner varchar(63) DEFAULT CURRENT_USER, ui xml,
				update_time timestamp DEFAULT CURRENT_TIMESTAMP, type varchar);
		COMMENT ON TABLE public.layer_styles IS 'Styles that QGIS finds for the layers of this database.';
	END IF;
	FOR style IN SELECT s FROM mf_qgis_styles() s LOOP
		DELETE FROM public.layer_styles
		WHERE f_table_catalog = pg_catalog.current_database() AND f_table_schema = registry::text
			AND f_table_name = style[1]
			AND stylename = 'minefield';
		-- a style that somebody made the default stays the default
		INSERT INTO public.layer_styles (f_table_catalog, f_table_schema, f_table_name,
			f_geometry_column, stylename, styleqml,
			useasdefault, description)
		VALUES (pg_catalog.current_database(), registry, style[1], 'geometry', 'minefield',
			style[2]::xml,
			NOT EXISTS (SELECT FROM public.layer_styles
				WHERE f_table_catalog = pg_catalog.current_database()
				AND f_table_schema = registry::text AND f_table_name = style[1] AND useasdefault),
			'Made by mf_install_qgis_styles.');
		n := n + 1;
	END LOOP;
	RETURN n;
END
$$;
COMMENT ON FUNCTION mf_install_qgis_styles(name) IS
	'Puts the styles of a registry''s views into public.layer_styles, which is created when it is not there, and returns how many: QGIS then shows them without further work. Suspected hazardous areas are amber, confirmed ones red at one half, gaps hatched grey. Calling it again renews them; styles of others stay, and stay the default where they are.';
-- about

CREATE FUNCTION mf_full_version() RETURNS text
	AS 'MODULE_PATHNAME', 'mf_full_version'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_full_version() IS
	'The release of minefield, and the PostgreSQL, PostGIS, GEOS and PROJ it was compiled against and runs with; a warning stands where they differ.';

-- Looks once whether PostGIS stores what this release reads, and warns here
-- rather than in the first query when it does not.
SELECT mf_full_version();
