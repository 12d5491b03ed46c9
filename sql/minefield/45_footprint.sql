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
