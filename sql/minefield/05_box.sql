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
