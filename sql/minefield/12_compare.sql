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

