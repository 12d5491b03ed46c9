-- about

CREATE FUNCTION mf_full_version() RETURNS text
	AS 'MODULE_PATHNAME', 'mf_full_version'
	LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_full_version() IS
	'The release of minefield, and the PostgreSQL, PostGIS, GEOS and PROJ it was compiled against and runs with; a warning stands where they differ.';

-- Looks once whether PostGIS stores what this release reads, and warns here
-- rather than in the first query when it does not.
SELECT mf_full_version();
