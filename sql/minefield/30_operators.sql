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
