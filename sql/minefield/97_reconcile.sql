-- do two records tell of one field, and what differs?

CREATE TYPE mf_similarity_result AS (
	key_a text,
	key_b text,
	n_a integer,
	n_b integer,
	score double precision,
	next_best double precision,
	place double precision,
	shape double precision,
	laid double precision,
	unit double precision,
	mines double precision,
	number double precision,
	names double precision,
	share double precision,
	distance_m double precision,
	contradicts boolean,
	reasons text[]
);
COMMENT ON TYPE mf_similarity_result IS
	'Two records: their keys and places in their lists from 1; the score from 0 to 1 that they tell of one field, and the best score that either has with another; the weights of evidence (natural logarithms of odds; NULL: not comparable); the share of the smaller ground in common, the distance in metres, whether the documents contradict each other, and the evidence in words.';

CREATE FUNCTION mf_similarity(a minefield, b minefield, reach_m float8 DEFAULT 2000) RETURNS mf_similarity_result
	AS 'MODULE_PATHNAME', 'mf_similarity'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_similarity(minefield, minefield, float8) IS
	'How likely it is that two records tell of one field, with the evidence; the keys are the ids. reach_m: how many metres a mistake may have moved one of them. NULL where an argument is.';

CREATE FUNCTION mf_link(a logbook, b logbook, min_score float8 DEFAULT 0.5, reach_m float8 DEFAULT 2000) RETURNS SETOF mf_similarity_result
	AS 'MODULE_PATHNAME', 'mf_link_logbook'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 100;
COMMENT ON FUNCTION mf_link(logbook, logbook, float8, float8) IS
	'The records of two log books that tell of one field, each in one pair at most: of all such pairings with scores from min_score on the one with the best odds. In the order of a; the keys are the ids. Located records more than reach_m metres apart are not compared. No rows where an argument is NULL.';

CREATE FUNCTION mf_link(keys_a text[], a minefield[], keys_b text[], b minefield[], min_score float8 DEFAULT 0.5, reach_m float8 DEFAULT 2000) RETURNS SETOF mf_similarity_result
	AS 'MODULE_PATHNAME', 'mf_link'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 100;
COMMENT ON FUNCTION mf_link(text[], minefield[], text[], minefield[], float8, float8) IS
	'The same for two sets of records with keys; where the keys are NULL, with their ids. NULL records are passed over. No rows where another argument is NULL.';

CREATE FUNCTION mf_duplicates(book logbook, min_score float8 DEFAULT 0.5, reach_m float8 DEFAULT 2000) RETURNS SETOF mf_similarity_result
	AS 'MODULE_PATHNAME', 'mf_duplicates_logbook'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 100;
COMMENT ON FUNCTION mf_duplicates(logbook, float8, float8) IS
	'The pairs of records of one log book that tell of one field, such as copies, with scores from min_score on; every such pair, so three copies are three pairs. next_best is NULL. No rows where an argument is NULL.';

CREATE FUNCTION mf_duplicates(keys text[], records minefield[], min_score float8 DEFAULT 0.5, reach_m float8 DEFAULT 2000) RETURNS SETOF mf_similarity_result
	AS 'MODULE_PATHNAME', 'mf_duplicates'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 100;
COMMENT ON FUNCTION mf_duplicates(text[], minefield[], float8, float8) IS
	'The same for a set of records with keys; where the keys are NULL, with their ids. NULL records are passed over. No rows where another argument is NULL.';

-- what differs

CREATE TYPE mf_difference AS (
	path text,
	change text,
	a jsonb,
	b jsonb
);
COMMENT ON TYPE mf_difference IS
	'One difference of two records: the JSON pointer (in a, or for what only b states in b); added (only b states it), missing (only a does), changed or contradicting (both cannot be true); and what each states.';

CREATE TYPE mf_book_difference AS (
	change text,
	key_a text,
	key_b text,
	n_a integer,
	n_b integer,
	score double precision,
	paths text[]
);
COMMENT ON TYPE mf_book_difference IS
	'One difference of two log books: a record that is missing in b, added in b, changed or contradicting, with the ids and places from 1, the score of the link and the paths that differ. Without places: the header.';

CREATE FUNCTION mf_diff(a minefield, b minefield) RETURNS SETOF mf_difference
	AS 'MODULE_PATHNAME', 'mf_diff'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 10;
COMMENT ON FUNCTION mf_diff(minefield, minefield) IS
	'What two records say differently, by path. Absent and null are one; what software derived is left out; the geometry is compared whole. No rows where an argument is NULL.';

CREATE FUNCTION mf_diff(a logbook, b logbook, min_score float8 DEFAULT 0.5, reach_m float8 DEFAULT 2000) RETURNS SETOF mf_book_difference
	AS 'MODULE_PATHNAME', 'mf_diff_logbook'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 100;
COMMENT ON FUNCTION mf_diff(logbook, logbook, float8, float8) IS
	'How log book b differs from a: records missing, added, changed, contradicting, after equal ones were taken together and the others linked as by mf_link. The header first, then the order of a, then what b adds. No rows where an argument is NULL.';
