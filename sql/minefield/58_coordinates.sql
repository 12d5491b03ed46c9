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
	'The point in WGS 84 of grid coordinates in a reference system such as EPSG:28409, northing first, in the unit of the system (latitude and longitude in degrees of a geographic one), by an operation such as EPSG:15865. An operation may be NULL only where the system is on WGS 84 itself. NULL when another argument is; an error where PROJ knows no such way or place, and more than 3 degrees east or west of where a projected system is used.';

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
