-- complain if script is sourced in psql, rather than via ALTER EXTENSION
\echo Use "ALTER EXTENSION minefield UPDATE TO '0.2.0'" to load this file. \quit

-- overlaps: certainty in words, shifts, and the pairs of a table

ALTER TYPE mf_overlap_result ALTER ATTRIBUTE certainty TYPE text;
COMMENT ON TYPE mf_overlap_result IS
	'How two records lie to each other: class is duplicate, contains, within, partial, sliver, adjacent, near or none, by geometry only (NULL: one is unlocated); contradicts says whether the documents disagree although the ground coincides (NULL: nothing to compare); area_m2 is the common area, share_a and share_b its share of each, iou its share of both together (NULL where one has no area); distance_m is geodesic. certainty says whether they share ground given how well both are known to lie: certain, probable, possible or unlikely (NULL: an accuracy is unknown); shift_m and shift_azimuth_deg carry the centroid of a to that of b (the azimuth is NULL where there is no shift).';
COMMENT ON FUNCTION mf_overlap_options(float8, float8, float8) IS
	'Options of mf_overlaps: margin_m enlarges every footprint by so many metres (0 to 100000), sliver_m2 is the area in square metres below which a difference or a common area does not count, near_m the distance in metres up to which records that do not touch are near (they are, too, within their combined accuracy). NULL is the default.';
COMMENT ON AGGREGATE mf_overlaps(text, minefield) IS
	'All pairs of records that touch or lie within their combined accuracy, sorted by key_a and key_b, with key_a before key_b in the order of their bytes. NULL and unlocated records are in no pair; without pairs the array is empty, without rows the result is NULL.';
COMMENT ON AGGREGATE mf_overlaps(bigint, minefield) IS
	'All pairs of records that touch or lie within their combined accuracy, sorted by key_a and key_b, with key_a before key_b in the order of their bytes. NULL and unlocated records are in no pair; without pairs the array is empty, without rows the result is NULL.';
COMMENT ON FUNCTION mf_overlaps(text[], minefield[], text[], float8, float8, float8) IS
	'All pairs of an array of records that touch, are near or lie within their combined accuracy, or only those with different group keys. Keys and group keys have one element for each of the records or are NULL; the thresholds are those of mf_overlap_options.';
COMMENT ON FUNCTION mf_overlap(minefield, minefield, float8, float8, float8) IS
	'How a lies to b, two records; the keys are their ids. The class is none where they do not touch and are not within near_m metres or their combined accuracy, and NULL where one is unlocated; the thresholds are those of mf_overlap_options. NULL where an argument is.';

CREATE FUNCTION mf_overlap_pairs(relation regclass, key_column name, record_column name, group_column name DEFAULT NULL, aoi geometry DEFAULT NULL, margin_m float8 DEFAULT 0, sliver_m2 float8 DEFAULT 1, near_m float8 DEFAULT 0) RETURNS SETOF mf_overlap_result
	AS 'MODULE_PATHNAME', 'mf_overlap_pairs'
	LANGUAGE C STABLE PARALLEL UNSAFE COST 5000 ROWS 1000;
COMMENT ON FUNCTION mf_overlap_pairs(regclass, name, name, name, geometry, float8, float8, float8) IS
	'The pairs that mf_overlaps finds in a table or view, as rows in the same order: key_column is shown as text, record_column has records or extents, group_column (NULL: none) limits to pairs of different groups. It reads with the rights of the caller and may use parallel workers. Only records that touch aoi take part, all where it is NULL; the thresholds are those of mf_overlap_options. No rows where one of the first three is NULL.';
