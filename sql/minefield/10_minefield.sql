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

