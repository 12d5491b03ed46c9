-- minefield 0.3.0 to 0.4.0
\echo Use "ALTER EXTENSION minefield UPDATE TO '0.4.0'" to load this file. \quit

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
