-- loading documents

CREATE TYPE mf_load_row AS (
	line bigint,
	record minefield,
	sqlstate text,
	message text,
	path text,
	hint text,
	input text
);
COMMENT ON TYPE mf_load_row IS
	'One Feature of a loaded document: the line it begins on, and either its record, or what is wrong: SQLSTATE, message, JSON path, hint and the text itself.';

CREATE FUNCTION mf_load(document text) RETURNS SETOF mf_load_row
	AS 'MODULE_PATHNAME', 'mf_load'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 1000;
COMMENT ON FUNCTION mf_load(text) IS
	'Reads a FeatureCollection, a Feature or lines of Features (GeoJSONSeq), one row for each Feature; what cannot be read becomes a row with the error and the text, and the others are not lost. Heights are dropped and noted in the member z_dropped. A blank document gives no rows.';

CREATE FUNCTION mf_load(document text, verbatim boolean) RETURNS SETOF mf_load_row
	AS 'MODULE_PATHNAME', 'mf_load_verbatim'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 1000;
COMMENT ON FUNCTION mf_load(text, boolean) IS
	'The same; with verbatim, input holds the text of good Features too, as it stands in the document.';
