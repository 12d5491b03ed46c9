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

CREATE OR REPLACE FUNCTION mf_registry_latest() RETURNS integer
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN 2;

CREATE OR REPLACE FUNCTION mf_drop_registry(schema name, force boolean DEFAULT false) RETURNS void
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

CREATE OR REPLACE FUNCTION mf_registry_tables() RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN ARRAY['books', 'intake_files', 'intake_originals', 'intake_lines', 'intake_retries',
		'records', 'history', 'findings', 'areas',
		'lines', 'requests', 'report_runs', 'labels', 'access', 'registry_version',
		'landmarks', 'landmark_positions', 'landmark_uses', 'location_options'];

CREATE OR REPLACE FUNCTION mf_registry_view_names() RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN ARRAY['v_current', 'v_record_areas', 'v_record_lines', 'v_record_points', 'v_unlocated',
		'v_no_record', 'v_no_record_lines',
		'v_overlaps', 'v_findings', 'v_intake', 'v_report_runs', 'v_report_progress',
		'v_landmarks', 'v_unsolved'];

-- A foreign key looks past row-level security, and so would tell a number that
-- is somebody else's from one that is nobody's.  This trigger looks first, and
-- only where its writer may look.
CREATE OR REPLACE FUNCTION mf_registry_scope() RETURNS trigger
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

-- It runs for every row of a load that is withdrawn: records are compared as
-- they are stored, and written out only where they differ.
CREATE OR REPLACE FUNCTION mf_registry_change() RETURNS trigger
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

CREATE OR REPLACE FUNCTION mf_registry_take(schema name, file_id bigint, document text, supersede boolean)
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

CREATE OR REPLACE FUNCTION mf_registry_withdraw(schema name, records bigint[], reason text) RETURNS bigint
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

CREATE OR REPLACE FUNCTION mf_registry_restore(schema name, records bigint[], reason text) RETURNS bigint
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

CREATE OR REPLACE FUNCTION mf_registry_roles(schema name, reader text DEFAULT NULL, officer text DEFAULT NULL,
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

CREATE OR REPLACE FUNCTION mf_registry_protect(schema name, by text DEFAULT 'district',
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

CREATE OR REPLACE FUNCTION mf_report_forget() RETURNS void
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

CREATE OR REPLACE FUNCTION mf_report_labels(language text) RETURNS jsonb
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

-- One record plotted at the far end of the world must not make everything
-- else a dot.  The middle is the median of all centres; a record that lies more
-- than six times as far from it as three of four is shown in a list instead.
-- Areas and lines are what was asked about: they are always on the map.
CREATE OR REPLACE FUNCTION mf_report_map_extent() RETURNS geometry
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

-- Overlaps and finds come before the maps that show them, areas before what is
-- to be asked about them.
CREATE OR REPLACE FUNCTION mf_report_steps() RETURNS SETOF text[]
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

CREATE OR REPLACE FUNCTION mf_report_step(n integer, part text, id text, options jsonb) RETURNS void
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

CREATE OR REPLACE FUNCTION mf_report_summary(report jsonb) RETURNS jsonb
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

CREATE OR REPLACE FUNCTION mf_page_map_layers(map jsonb, sources jsonb, labels jsonb) RETURNS text
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

CREATE OR REPLACE FUNCTION mf_page_contents(labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	RETURN pg_catalog.concat('<nav id="contents" aria-label="', mf_page_say(labels, 'contents'), '"><ol>',
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<li><a href="#', id, '">', mf_page_say(labels, title), '</a></li>'), '' ORDER BY n)
		 FROM (VALUES (1, 'overview', 'overview'), (2, 'changes', 'changes'), (3, 'questions', 'questions'), (4, 'areas', 'areas'),
				(5, 'lines', 'lines'), (6, 'received', 'received'), (7, 'missing', 'missing'), (8, 'unlocated', 'unlocated_title'),
				(9, 'totals', 'totals'), (10, 'overlaps', 'overlaps'), (11, 'finds', 'finds'), (12, 'accuracy', 'accuracy'),
				(13, 'trend', 'trend'), (14, 'about', 'about')) v (n, id, title)),
		'</ol></nav>', pg_catalog.chr(10));

CREATE OR REPLACE FUNCTION mf_page_changes(report jsonb, labels jsonb) RETURNS text
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

CREATE OR REPLACE FUNCTION mf_page_style() RETURNS text
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

CREATE OR REPLACE FUNCTION mf_page_body(report jsonb, sources jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5000
	RETURN pg_catalog.concat('<main>', mf_page_summary(report, mf_report_summary(report), labels), mf_page_contents(labels),
		mf_page_overview(report, sources, labels), mf_page_changes(report, labels), mf_page_questions(report, labels),
		mf_page_areas(report, sources, labels), mf_page_lines(report, sources, labels), mf_page_received(report, labels),
		mf_page_missing(report, labels), mf_page_unlocated(report, labels), mf_page_totals(report, labels),
		mf_page_overlaps(report, labels), mf_page_finds(report, labels), mf_page_accuracy(report, labels), mf_page_trend(report, labels), mf_page_about(report, labels),
		'</main>');
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
