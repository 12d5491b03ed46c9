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
