-- a copy for somebody who may not see all of it

CREATE FUNCTION mf_release(record minefield, keep text[], generalise_m float8 DEFAULT NULL) RETURNS minefield
	AS 'MODULE_PATHNAME', 'mf_release'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_release(minefield, text[], float8) IS
	'A copy that has only what keep names by JSON pointers, in which * stands for every element. With generalise_m the geometry becomes a rectangle of cells of a fixed grid, at least so many metres wide and high, and members that hold coordinates are left out. The copy says in properties.released what was kept. NULL where record or keep is.';
