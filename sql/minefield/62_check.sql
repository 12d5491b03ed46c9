-- checks: what contradicts what, in a record and among records

CREATE TYPE mf_check_entry AS (
	code text,
	priority text,
	scope text,
	description text,
	hint text
);
COMMENT ON TYPE mf_check_entry IS
	'One check: its code, which never changes its meaning; priority HIGH, MEDIUM or LOW; scope record or book; what is wrong where it fails, and what to do then.';

CREATE TYPE mf_check_finding AS (
	n bigint,
	key text,
	code text,
	priority text,
	path text,
	message text,
	hint text
);
COMMENT ON TYPE mf_check_finding IS
	'What a check found: the record by its place in the book from 1 (NULL: a record alone, or the book itself) and by its key, the check''s code and priority, a JSON pointer to what is wrong, what is wrong, and what to do.';

CREATE TYPE mf_check_count AS (
	code text,
	priority text,
	scope text,
	run bigint,
	not_applicable bigint,
	passed bigint,
	failed bigint,
	findings bigint
);
COMMENT ON TYPE mf_check_count IS
	'How often a check ran, could not be applied because nothing says what it asks about, passed and failed, and how much it found; of records one by one, of a book once. A check that could not be applied is not passed.';

CREATE FUNCTION mf_checks() RETURNS SETOF mf_check_entry
	AS 'MODULE_PATHNAME', 'mf_checks'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 80;
COMMENT ON FUNCTION mf_checks() IS
	'All checks, those of records by theme and then those of books.';

CREATE FUNCTION mf_check_options(skip text[] DEFAULT NULL, codes text[] DEFAULT NULL, today date DEFAULT NULL, tolerance float8 DEFAULT NULL, long_edge_m float8 DEFAULT NULL, models jsonb DEFAULT NULL) RETURNS jsonb
	LANGUAGE sql STABLE PARALLEL SAFE COST 50
	RETURN pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('skip'::text, skip, 'codes'::text, codes,
		'today'::text, pg_catalog.to_char(today::timestamp, 'YYYY-MM-DD'::text), 'tolerance'::text, tolerance, 'long_edge_m'::text, long_edge_m, 'models'::text, models));
COMMENT ON FUNCTION mf_check_options(text[], text[], date, float8, float8, jsonb) IS
	'Options of checks: the codes to leave out, or the only ones to run; the day that counts as today (the day of the transaction in UTC); the share by which figures may miss each other (0.1); the length in metres from which an edge is long (5000); further models of mines, as for mf_mine_models. NULL is the default in brackets. What is wrong in them is an error (22023) of the check that gets them.';

CREATE FUNCTION mf_check(record minefield, options jsonb DEFAULT NULL) RETURNS SETOF mf_check_finding
	AS 'MODULE_PATHNAME', 'mf_check'
	LANGUAGE C STABLE PARALLEL SAFE COST 250 ROWS 3;
COMMENT ON FUNCTION mf_check(minefield, jsonb) IS
	'What is wrong within a record, in the order of mf_checks(). No rows for NULL, and where nothing was found, which does not say that the record is right: mf_check_summary counts the checks that could not be applied. options as mf_check_options builds them; an unknown option or code is an error (22023).';

CREATE FUNCTION mf_check(book logbook, options jsonb DEFAULT NULL) RETURNS SETOF mf_check_finding
	AS 'MODULE_PATHNAME', 'mf_check_book'
	LANGUAGE C STABLE PARALLEL SAFE COST 5000 ROWS 100;
COMMENT ON FUNCTION mf_check(logbook, jsonb) IS
	'What is wrong within each record of a log book, among its records, and between them and its header. No rows for NULL.';

CREATE FUNCTION mf_check_rows_add(internal, text, minefield) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_check_rows_add'
	LANGUAGE C STABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_check_rows_add(internal, text, minefield) IS
	'Transition function of mf_check_rows.';

CREATE FUNCTION mf_check_rows_add(internal, text, minefield, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_check_rows_add'
	LANGUAGE C STABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_check_rows_add(internal, text, minefield, jsonb) IS
	'Transition function of mf_check_rows.';

CREATE FUNCTION mf_check_rows_final(internal) RETURNS mf_check_finding[]
	AS 'MODULE_PATHNAME', 'mf_check_rows_final'
	LANGUAGE C STABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_check_rows_final(internal) IS
	'Final function of mf_check_rows.';

CREATE AGGREGATE mf_check_rows(key text, record minefield) (
	SFUNC = mf_check_rows_add,
	STYPE = internal,
	FINALFUNC = mf_check_rows_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_check_rows(text, minefield) IS
	'What is wrong within each record of a group and among them, as of a log book without a header: an array of findings, with the keys given. NULL records are passed over; NULL of no rows. More memory than minefield.max_memory is an error (53400).';

CREATE AGGREGATE mf_check_rows(key text, record minefield, options jsonb) (
	SFUNC = mf_check_rows_add,
	STYPE = internal,
	FINALFUNC = mf_check_rows_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_check_rows(text, minefield, jsonb) IS
	'The same with options as mf_check_options builds them; those of the first row hold.';

CREATE FUNCTION mf_check_table(relation regclass, key_column name, record_column name, options jsonb DEFAULT NULL) RETURNS SETOF mf_check_finding
	AS 'MODULE_PATHNAME', 'mf_check_table'
	LANGUAGE C STABLE PARALLEL RESTRICTED COST 5000 ROWS 1000;
COMMENT ON FUNCTION mf_check_table(regclass, name, name, jsonb) IS
	'What is wrong within each record of a table or view and among them, in the order of the key: mf_check_rows with the caller''s rights. No rows where one of the first three is NULL; a column that is not there (42703) or of another type (42804) is an error.';

CREATE FUNCTION mf_check_summary_add(internal, minefield) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_check_summary_add'
	LANGUAGE C STABLE PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_check_summary_add(internal, minefield) IS
	'Transition function of mf_check_summary.';

CREATE FUNCTION mf_check_summary_add(internal, minefield, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_check_summary_add'
	LANGUAGE C STABLE PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_check_summary_add(internal, minefield, jsonb) IS
	'Transition function of mf_check_summary.';

CREATE FUNCTION mf_check_summary_combine(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_check_summary_combine'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_check_summary_combine(internal, internal) IS
	'Combine function of mf_check_summary.';

CREATE FUNCTION mf_check_summary_serialize(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'mf_check_summary_serialize'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_check_summary_serialize(internal) IS
	'Serialization function of mf_check_summary.';

CREATE FUNCTION mf_check_summary_deserialize(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_check_summary_deserialize'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_check_summary_deserialize(bytea, internal) IS
	'Deserialization function of mf_check_summary.';

CREATE FUNCTION mf_check_summary_final(internal) RETURNS mf_check_count[]
	AS 'MODULE_PATHNAME', 'mf_check_summary_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_check_summary_final(internal) IS
	'Final function of mf_check_summary.';

CREATE AGGREGATE mf_check_summary(record minefield) (
	SFUNC = mf_check_summary_add,
	STYPE = internal,
	FINALFUNC = mf_check_summary_final,
	COMBINEFUNC = mf_check_summary_combine,
	SERIALFUNC = mf_check_summary_serialize,
	DESERIALFUNC = mf_check_summary_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_check_summary(minefield) IS
	'How often each check of single records ran, could not be applied, passed and failed in a group, as an array in the order of mf_checks(). NULL records do not count; NULL of no rows.';

CREATE AGGREGATE mf_check_summary(record minefield, options jsonb) (
	SFUNC = mf_check_summary_add,
	STYPE = internal,
	FINALFUNC = mf_check_summary_final,
	COMBINEFUNC = mf_check_summary_combine,
	SERIALFUNC = mf_check_summary_serialize,
	DESERIALFUNC = mf_check_summary_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_check_summary(minefield, jsonb) IS
	'The same with options as mf_check_options builds them, one for all rows; checks that are switched off have no row.';

CREATE FUNCTION mf_check_summary(book logbook, options jsonb DEFAULT NULL) RETURNS SETOF mf_check_count
	AS 'MODULE_PATHNAME', 'mf_check_summary_book'
	LANGUAGE C STABLE PARALLEL SAFE COST 5000 ROWS 80;
COMMENT ON FUNCTION mf_check_summary(logbook, jsonb) IS
	'How often each check ran, could not be applied, passed and failed in a log book; those of books count once. No rows for NULL.';
