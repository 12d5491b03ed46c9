-- minefield 0.4.0 to 0.5.0
\echo Use "ALTER EXTENSION minefield UPDATE TO '0.5.0'" to load this file. \quit

-- models of mines: identification and plausibility, never safety

CREATE TYPE mf_mine_model_entry AS (
	model text,
	aliases text[],
	category text,
	kind text,
	explosive_min_kg float8,
	explosive_max_kg float8,
	metal text,
	actuation text[],
	remotely_delivered boolean,
	self_destruct boolean,
	self_destruct_min_h float8,
	self_destruct_max_h float8,
	step_min_m float8,
	step_max_m float8,
	density_per_km float8,
	source text
);
COMMENT ON TYPE mf_mine_model_entry IS
	'One model of mine: its name and other spellings, category AP or AV, explosive in kilograms, how much metal it has, what sets it off, whether it is only delivered remotely, whether and after how many hours it destroys itself, typical distance in metres between mines of a row and mines per kilometre of front, and where that is from. NULL is not published. To recognise names and to ask whether figures are plausible; no decision about safety may rest on it.';

CREATE FUNCTION mf_mine_models(more jsonb DEFAULT NULL) RETURNS SETOF mf_mine_model_entry
	AS 'MODULE_PATHNAME', 'mf_mine_models'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50 ROWS 40;
COMMENT ON FUNCTION mf_mine_models(jsonb) IS
	'The catalogue of models of mines. more is an array of objects with the attributes of mf_mine_model_entry as members: (SELECT jsonb_agg(to_jsonb(m)) FROM my_models m); each is added, or replaces the entry with the same model; other members are passed over. NULL: the catalogue alone. What is no array of objects, or has no model, is an error (22023).';

CREATE FUNCTION mf_mine_model(name text, more jsonb DEFAULT NULL) RETURNS text
	AS 'MODULE_PATHNAME', 'mf_mine_model'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_mine_model(text, jsonb) IS
	'The model of the catalogue that a name means, in whatever case, Latin or Cyrillic letters or those that look like them, digits for letters, spaces and dashes. NULL where it can mean none or more than one: mf_mine_model_candidates lists them. NULL for NULL. more as for mf_mine_models.';

CREATE FUNCTION mf_mine_model_candidates(name text, more jsonb DEFAULT NULL) RETURNS text[]
	AS 'MODULE_PATHNAME', 'mf_mine_model_candidates'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_mine_model_candidates(text, jsonb) IS
	'Every model of the catalogue that a name can mean; an empty array where it means none. NULL for NULL. more as for mf_mine_models.';

CREATE FUNCTION mf_mine_key(name text) RETURNS text
	AS 'MODULE_PATHNAME', 'mf_mine_key'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_mine_key(text) IS
	'The name of a model by its sound, in letters A to Z and digits without anything between them: PMN2 for PMN-2 and the same in Cyrillic. Look-alikes are left as they are. NULL for NULL, for a name without letters or digits, with letters other than Latin and Cyrillic, or longer than 24 signs.';
-- what is missing in records, by profiles

CREATE TYPE mf_requirement_state AS (
	requirement text,
	clause text,
	need text,
	weight float8,
	state text,
	items text[],
	description text
);
COMMENT ON TYPE mf_requirement_state IS
	'What a record says of one requirement of a profile: the requirement, its clause in the source, need mandatory or feasible, its weight, state missing, illegible, not_applicable or present, the items that are not there as JSON pointers from the Feature, and the requirement in words. It says whether something is written, not whether it is true.';

CREATE TYPE mf_requirement_summary AS (
	requirement text,
	clause text,
	need text,
	weight float8,
	records bigint,
	present bigint,
	missing bigint,
	illegible bigint,
	not_applicable bigint,
	share_present float8
);
COMMENT ON TYPE mf_requirement_summary IS
	'How many of so many records meet one requirement of a profile: present, missing, illegible and not_applicable add up to records; share_present is of those to which it applies, NULL where it applies to none.';

CREATE FUNCTION mf_profiles() RETURNS SETOF text
	AS 'MODULE_PATHNAME', 'mf_profiles'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1 ROWS 6;
COMMENT ON FUNCTION mf_profiles() IS
	'The names of the profiles that come with minefield.';

CREATE FUNCTION mf_profile(name text) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'mf_profile'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_profile(text) IS
	'A profile by its name: what a record has to say, with clause, weight and rule of each requirement. NULL for NULL; an unknown name is an error (22023) that lists them.';

CREATE FUNCTION mf_missing(record minefield, profile text, present boolean DEFAULT false) RETURNS SETOF mf_requirement_state
	AS 'MODULE_PATHNAME', 'mf_missing'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 250 ROWS 10;
COMMENT ON FUNCTION mf_missing(minefield, text, boolean) IS
	'What a record does not say of what a profile asks for, one row for each requirement that is missing, illegible or not applicable, in the profile''s order; with present also for those that are there. No rows where the record or the profile is NULL; an unknown name is an error (22023).';

CREATE FUNCTION mf_missing(record minefield, profile jsonb, present boolean DEFAULT false) RETURNS SETOF mf_requirement_state
	AS 'MODULE_PATHNAME', 'mf_missing'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 250 ROWS 10;
COMMENT ON FUNCTION mf_missing(minefield, jsonb, boolean) IS
	'The same by a profile of one''s own; one that is not in order is an error (22023) that says where.';

CREATE FUNCTION mf_completeness(record minefield, profile text) RETURNS float8
	AS 'MODULE_PATHNAME', 'mf_completeness'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_completeness(minefield, text) IS
	'How much of what a profile asks for a record says: the weight of the requirements that are present by that of all that apply, 0 to 1. It says what is written, not whether it is true. NULL for NULL, and where no requirement applies; an unknown name is an error (22023).';

CREATE FUNCTION mf_completeness(record minefield, profile jsonb) RETURNS float8
	AS 'MODULE_PATHNAME', 'mf_completeness'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_completeness(minefield, jsonb) IS
	'The same by a profile of one''s own; one that is not in order is an error (22023) that says where.';

CREATE FUNCTION mf_completeness_summary_add(internal, minefield, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_completeness_summary_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_completeness_summary_add(internal, minefield, text) IS
	'Transition function of mf_completeness_summary.';

CREATE FUNCTION mf_completeness_summary_add(internal, minefield, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_completeness_summary_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_completeness_summary_add(internal, minefield, jsonb) IS
	'Transition function of mf_completeness_summary.';

CREATE FUNCTION mf_completeness_summary_combine(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_completeness_summary_combine'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_completeness_summary_combine(internal, internal) IS
	'Combine function of mf_completeness_summary.';

CREATE FUNCTION mf_completeness_summary_serialize(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'mf_completeness_summary_serialize'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_completeness_summary_serialize(internal) IS
	'Serialization function of mf_completeness_summary.';

CREATE FUNCTION mf_completeness_summary_deserialize(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_completeness_summary_deserialize'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_completeness_summary_deserialize(bytea, internal) IS
	'Deserialization function of mf_completeness_summary.';

CREATE FUNCTION mf_completeness_summary_final(internal) RETURNS mf_requirement_summary[]
	AS 'MODULE_PATHNAME', 'mf_completeness_summary_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_completeness_summary_final(internal) IS
	'Final function of mf_completeness_summary.';

CREATE AGGREGATE mf_completeness_summary(record minefield, profile text) (
	SFUNC = mf_completeness_summary_add,
	STYPE = internal,
	FINALFUNC = mf_completeness_summary_final,
	COMBINEFUNC = mf_completeness_summary_combine,
	SERIALFUNC = mf_completeness_summary_serialize,
	DESERIALFUNC = mf_completeness_summary_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_completeness_summary(minefield, text) IS
	'How many records of a group meet each requirement of a profile, as an array in the profile''s order: SELECT s.* FROM (…) x, unnest(x.summary) s. NULL records do not count; NULL where no row has a profile; two profiles in one group are an error (22023).';

CREATE AGGREGATE mf_completeness_summary(record minefield, profile jsonb) (
	SFUNC = mf_completeness_summary_add,
	STYPE = internal,
	FINALFUNC = mf_completeness_summary_final,
	COMBINEFUNC = mf_completeness_summary_combine,
	SERIALFUNC = mf_completeness_summary_serialize,
	DESERIALFUNC = mf_completeness_summary_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_completeness_summary(minefield, jsonb) IS
	'The same by a profile of one''s own; one that is not in order is an error (22023) that says where.';
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
-- what is missing in a sequence: numbers, sheets, copies, what was declared

CREATE TYPE mf_number_place AS (
	series text,
	n bigint,
	width int,
	part boolean
);
COMMENT ON TYPE mf_number_place IS
	'Where a number stands in a series: the series with # in the place of the number, the number, how many digits it was written with, and whether it counts parts within a record (the 3 of 17/3).';

CREATE TYPE mf_sequence_gap AS (
	series text,
	first_missing text,
	last_missing text,
	missing bigint,
	after text,
	before text
);
COMMENT ON TYPE mf_sequence_gap IS
	'Numbers that are missing between those that are there: the series with # in the place of the number, the first and the last missing one, how many they are, and the numbers that are there before and behind them (NULL: none, the sequence was asked to begin or end there).';

CREATE TYPE mf_copy_set AS (
	number text,
	part text,
	records bigint,
	keys text[],
	copies text[],
	missing_copies int[],
	repeated boolean,
	differ boolean
);
COMMENT ON TYPE mf_copy_set IS
	'The records of one number (and part, where they say one): how many, their keys, the copies they say they are (NULL: one does not say), the copies missing below the highest that is there, whether a copy is there more than once, and whether the documents differ in anything but copy, sheets at hand, scans, readings and what software derived (NULL: there is one only).';

CREATE TYPE mf_declared_item AS (
	item text,
	model text,
	declared_min float8,
	declared_max float8,
	received_min float8,
	received_max float8,
	agrees boolean
);
COMMENT ON TYPE mf_declared_item IS
	'What the header of a log book declares beside what its records have: item records, sheets or mines (by model), each as an interval. agrees is false where the two cannot both be true, true where they can, NULL where that is open because one of them has no bound.';

CREATE FUNCTION mf_number_places(number text) RETURNS SETOF mf_number_place
	AS 'MODULE_PATHNAME', 'mf_number_places'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1 ROWS 1;
COMMENT ON FUNCTION mf_number_places(text) IS
	'The series that a record''s number belongs to: 17 to #, A-17 to A-#, 3/1993 to #/1993, and 17/3 to two, # and within it 17/#. Case of Latin letters, spaces and № say nothing. No rows for NULL and for a number without digits or with more than 15 in a row.';

CREATE FUNCTION mf_sequence_gaps(numbers text[], first bigint DEFAULT NULL, last bigint DEFAULT NULL) RETURNS SETOF mf_sequence_gap
	AS 'MODULE_PATHNAME', 'mf_sequence_gaps'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 10;
COMMENT ON FUNCTION mf_sequence_gaps(text[], bigint, bigint) IS
	'Runs of numbers that are missing in the series of the numbers given, in the order of series and number: between the lowest and the highest that are there, and from first or up to last where these are given (but parts, the 3 of 17/3, count from 1). A number that nobody wrote down, such as one behind the last, cannot be missed. No rows for NULL; NULL and numbers without digits are passed over.';

CREATE FUNCTION mf_sequence_gaps(book logbook, first bigint DEFAULT NULL, last bigint DEFAULT NULL) RETURNS SETOF mf_sequence_gap
	AS 'MODULE_PATHNAME', 'mf_sequence_gaps_book'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 10;
COMMENT ON FUNCTION mf_sequence_gaps(logbook, bigint, bigint) IS
	'The same of the numbers of a log book''s records.';

CREATE FUNCTION mf_missing_sheets(record minefield) RETURNS int[]
	AS 'MODULE_PATHNAME', 'mf_missing_sheets'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_missing_sheets(minefield) IS
	'The sheets of a record that are not at hand: those from 1 to sheets_of that are not in the list of sheets; {} where all are. NULL for NULL, and where the record does not list its sheets or not say how many it has (or says more than 10000).';

CREATE FUNCTION mf_copies(keys text[], records minefield[]) RETURNS SETOF mf_copy_set
	AS 'MODULE_PATHNAME', 'mf_copies'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 10;
COMMENT ON FUNCTION mf_copies(text[], minefield[]) IS
	'The numbers that more than one record bears, or of which copies are missing below the highest that is there, by number. Keys and records belong together by their place. Records that are NULL or without a number are passed over.';

CREATE FUNCTION mf_copies(book logbook) RETURNS SETOF mf_copy_set
	AS 'MODULE_PATHNAME', 'mf_copies_book'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 10;
COMMENT ON FUNCTION mf_copies(logbook) IS
	'The same of the records of a log book, with their ids as keys.';

CREATE FUNCTION mf_declared(header jsonb, records minefield[], more jsonb DEFAULT NULL) RETURNS SETOF mf_declared_item
	AS 'MODULE_PATHNAME', 'mf_declared'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 10;
COMMENT ON FUNCTION mf_declared(jsonb, minefield[], jsonb) IS
	'What the header of a log book declares (records_declared, sheets_declared, mines_declared) beside what the records have; of copies of one number the lowest counts. more: further models of mines, as for mf_mine_models. No rows for a NULL header, nor for what it does not declare.';

CREATE FUNCTION mf_declared(book logbook, more jsonb DEFAULT NULL) RETURNS SETOF mf_declared_item
	AS 'MODULE_PATHNAME', 'mf_declared_book'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 10;
COMMENT ON FUNCTION mf_declared(logbook, jsonb) IS
	'The same of the header and the records of a log book.';
-- a copy for somebody who may not see all of it

CREATE FUNCTION mf_release(record minefield, keep text[], generalise_m float8 DEFAULT NULL) RETURNS minefield
	AS 'MODULE_PATHNAME', 'mf_release'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_release(minefield, text[], float8) IS
	'A copy that has only what keep names by JSON pointers, in which * stands for every element. With generalise_m the geometry becomes a rectangle of cells of a fixed grid, at least so many metres wide and high, and members that hold coordinates are left out. The copy says in properties.released what was kept. NULL where record or keep is.';
-- digests, and proofs that a record was in a book

CREATE FUNCTION mf_digest_text(book logbook) RETURNS text
	AS 'MODULE_PATHNAME', 'mf_digest_text_logbook'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_digest_text(logbook) IS
	'The canonical text of the log book without derived content of its records: what its digest is taken of.';

CREATE FUNCTION mf_digest(record minefield) RETURNS bytea
	AS 'MODULE_PATHNAME', 'mf_digest'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_digest(minefield) IS
	'SHA-256 (32 bytes) of mf_digest_text(record) in UTF-8. A short record can be guessed from its digest.';

CREATE FUNCTION mf_digest(book logbook) RETURNS bytea
	AS 'MODULE_PATHNAME', 'mf_digest_logbook'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_digest(logbook) IS
	'SHA-256 (32 bytes) of mf_digest_text(book) in UTF-8: header, records and their order.';

CREATE FUNCTION mf_salts(n integer) RETURNS bytea[]
	AS 'MODULE_PATHNAME', 'mf_salts'
	LANGUAGE C VOLATILE STRICT PARALLEL SAFE COST 250;
COMMENT ON FUNCTION mf_salts(integer) IS
	'n salts of 16 random bytes each, for the leaves of a log book. Keep them: without them nothing can be proved, and who has one can try out what its record says.';

CREATE FUNCTION mf_leaf(record minefield, salt bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'mf_leaf'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_leaf(minefield, bytea) IS
	'What a log book''s tree has as the leaf of a record: the salt of 16 bytes, then mf_digest_text(record) in UTF-8.';

CREATE FUNCTION mf_merkle_root(leaves bytea[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'mf_merkle_root'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_merkle_root(bytea[]) IS
	'The root (32 bytes) of the Merkle tree of RFC 6962 over the leaves in their order; without leaves SHA-256 of nothing. A NULL leaf is an error.';

CREATE FUNCTION mf_merkle_root(book logbook, salts bytea[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'mf_merkle_root_logbook'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_merkle_root(logbook, bytea[]) IS
	'The root (32 bytes) of the tree over the leaves (mf_leaf) of the book''s records in their order. Each record needs a salt of its own. The header is not under the root, but in mf_digest(book).';

CREATE FUNCTION mf_merkle_proof(leaves bytea[], n integer) RETURNS bytea[]
	AS 'MODULE_PATHNAME', 'mf_merkle_proof'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_merkle_proof(bytea[], integer) IS
	'The audit path (RFC 6962) of leaf n, counted from 1: the hashes that lead from it to the root. Empty for the only leaf.';

CREATE FUNCTION mf_merkle_proof(book logbook, salts bytea[], n integer) RETURNS bytea[]
	AS 'MODULE_PATHNAME', 'mf_merkle_proof_logbook'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION mf_merkle_proof(logbook, bytea[], integer) IS
	'The audit path of the n-th record of the book, counted from 1.';

CREATE FUNCTION mf_merkle_verify(leaf bytea, n integer, size integer, proof bytea[], root bytea) RETURNS boolean
	AS 'MODULE_PATHNAME', 'mf_merkle_verify'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_merkle_verify(bytea, integer, integer, bytea[], bytea) IS
	'Is this the n-th of size leaves, counted from 1, under this root? False for whatever does not fit together; NULL where an argument is.';
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
-- recorded, lifted, exploded, found

CREATE TYPE mf_account_row AS (
	model text,
	recorded_min bigint,
	recorded_max bigint,
	added_min bigint,
	added_max bigint,
	lifted_min bigint,
	lifted_max bigint,
	exploded_min bigint,
	exploded_max bigint,
	found_min bigint,
	found_max bigint,
	unaccounted_min bigint,
	unaccounted_max bigint,
	records bigint,
	records_unknown bigint,
	events_unknown bigint,
	events_other bigint
);
COMMENT ON TYPE mf_account_row IS
	'The account of one model of mine, or with model NULL of all together: intervals (a NULL bound is unknown) of what was recorded, added, lifted, exploded and found, and what that leaves; the records, those whose count is not one number, those that do not state events, and the events of other kinds.';

CREATE FUNCTION mf_account(records minefield[], finds jsonb DEFAULT NULL, models jsonb DEFAULT NULL) RETURNS SETOF mf_account_row
	AS 'MODULE_PATHNAME', 'mf_account'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 10;
COMMENT ON FUNCTION mf_account(minefield[], jsonb, jsonb) IS
	'What paper leaves unaccounted for, by model and in total: recorded + added - lifted - exploded - found, from the records'' mines and events and from finds, an array of objects with kind (mine or accident), model and count. models: of one''s own, as in mf_mine_models. Without records what is recorded and unaccounted for is NULL. NULL arguments are none.';

CREATE FUNCTION mf_account(book logbook, finds jsonb DEFAULT NULL, models jsonb DEFAULT NULL) RETURNS SETOF mf_account_row
	AS 'MODULE_PATHNAME', 'mf_account_logbook'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 10;
COMMENT ON FUNCTION mf_account(logbook, jsonb, jsonb) IS
	'The same for the records of a log book. Copies count as often as they are there: leave them out.';
