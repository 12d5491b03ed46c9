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
