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
COMMENT ON FUNCTION mf_from_grid(float8, float8, text, text) IS
	'The point in WGS 84 of grid coordinates in a reference system such as EPSG:28409, northing first, in the unit of the system (latitude and longitude in degrees of a geographic one), by an operation such as EPSG:15865. An operation may be NULL only where the system is on WGS 84 itself. NULL when another argument is; an error where PROJ knows no such way or place, and more than 3 degrees east or west of where a projected system is used.';
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
-- the words of the report about completeness, checks, links and accounts, in
-- English and Russian
--
-- Checks and requirements stand in the report in English; a language that has
-- words for them, check_<code> and need_<requirement>, says those instead.

CREATE FUNCTION mf_report_paper_labels(language text) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	RETURN CASE language
		WHEN 'en' THEN '{
			"completeness": "What the records do not say",
			"completeness_truth": "A score says what is written, not whether it is true.",
			"completeness_text": "It is the share of what a profile asks for that stands in a record, weighted as the profile says. Scores by different profiles compare nothing. The tables below are by profile {profile}.",
			"completeness_profiles": "Completeness by profile",
			"completeness_books": "Mean completeness of each book, by profile",
			"completeness_requirements": "What is lacking most",
			"completeness_records": "The least complete records",
			"completeness_trend": "Completeness over the reports",
			"completeness_all": "All records",
			"profile": "Profile",
			"mean": "Mean",
			"median": "Half of them up to",
			"least": "Least",
			"no_book": "in no book",
			"requirement": "Asked for",
			"need": "How",
			"mandatory": "mandatory",
			"feasible": "where feasible",
			"lacking": "Records that lack it",
			"illegible": "Illegible",
			"share_present": "Present, of those it applies to",
			"score": "Score",
			"mandatory_missing": "Mandatory, and not there",
			"sequence": "Declared, copies and series",
			"sequence_text": "Both sides are intervals where counts are unknown or ranges; they agree where both can be true. A number that nobody wrote down cannot be missed: nothing here shows what came after the last.",
			"declared_title": "Declared beside received",
			"declared_none": "No book declares anything that could be compared.",
			"declared_item": "What",
			"item_records": "records",
			"item_sheets": "sheets",
			"item_mines": "mines",
			"agrees": "Can both be true",
			"open": "open",
			"copies_title": "Numbers with several records, or with copies missing",
			"copies": "Records",
			"copies_missing": "missing copies: {list}",
			"differ": "Say different things",
			"series_title": "Missing in other series of numbers",
			"series": "Series",
			"between_numbers": "Between",
			"from_on": "{n} or more",
			"up_to": "up to {n}",
			"checks": "What contradicts what",
			"checks_text": "A check asks whether what is written can be, all of it together. What is unknown contradicts nothing. A check that could not be applied is not passed, and where none failed that does not say that a record is right.",
			"checks_priorities": "Checks by priority",
			"checks_failed": "Checks that failed",
			"checks_never": "Could not be applied to anything, because nothing says what they ask about: {n}. {list}",
			"checks_skipped": "Switched off for this report: {list}",
			"checks_records": "Records of which most is wrong",
			"checks_findings": "What was found, one of each check first",
			"priority": "Priority",
			"priority_HIGH": "high",
			"priority_MEDIUM": "medium",
			"priority_LOW": "low",
			"check": "Check",
			"checks_n": "Checks",
			"check_run": "Times run",
			"check_not_applicable": "Not applicable",
			"check_failed": "Failed",
			"findings": "Findings",
			"found": "What was found",
			"records_concerned": "Records concerned",
			"links": "What books say of each other",
			"links_text": "Pairs of records of two books that may tell of one field. A score adds up what agrees and what does not; it is no probability and says what is written, not whether it is true. A record without a pair is not known to be new.",
			"links_none": "There are no two books to compare.",
			"links_left_out": "Records without a place that were not compared, because there are too many: {n}. They may tell of any field of the other book.",
			"links_books_left_out": "Pairs of books that were not compared: {n}.",
			"links_books": "Books, two by two",
			"links_pairs": "Linked records, those that contradict each other first",
			"links_found": "Linked records",
			"links_contradicting": "of these contradict each other",
			"links_contradict": "Contradict each other",
			"links_not_compared": "Records not compared",
			"book_one": "Book",
			"book_two": "and book",
			"records_one": "Records of the first",
			"records_two": "of the second",
			"next_best": "next best: {n}",
			"reasons": "Evidence",
			"account": "What paper leaves unaccounted for",
			"account_text": "Recorded and added, less lifted, exploded and found, as far as it is written. It says what paper leaves, not what lies in the ground; a balance of zero does not say that nothing is there. A range is an interval, and where no record is, what was recorded is unknown, not zero.",
			"account_events_unknown": "Records that do not say what came out of them: {n}. That is counted as far as it is written: not at all.",
			"account_twice": "Pairs of records of two books that may tell of one field, and then count twice: {n}.",
			"account_copies": "Further copies of a number in one book, which are left out: {n}.",
			"account_models": "By model",
			"account_areas": "Area by area",
			"account_areas_text": "Records that reach into two areas count in both.",
			"count_unknown": "of these without an exact count",
			"added": "Added",
			"lifted": "Lifted",
			"exploded": "Exploded",
			"found_mines": "Found",
			"unaccounted": "Unaccounted for",
			"tile_checks": "contradictions of high priority within records and books",
			"trend_checks_high": "Findings of high priority",
			"trend_linked_contradicting": "Linked records that contradict each other"
		}'::jsonb
		WHEN 'ru' THEN '{
			"completeness": "Чего в записях не сказано",
			"completeness_truth": "Оценка говорит, что написано, а не верно ли это.",
			"completeness_text": "Это доля того, чего требует профиль и что есть в записи, с весами профиля. Оценки по разным профилям несравнимы. Таблицы ниже — по профилю {profile}.",
			"completeness_profiles": "Полнота по профилям",
			"completeness_books": "Средняя полнота каждого журнала по профилям",
			"completeness_requirements": "Чего не хватает чаще всего",
			"completeness_records": "Наименее полные записи",
			"completeness_trend": "Полнота по отчётам",
			"completeness_all": "Все записи",
			"profile": "Профиль",
			"mean": "Среднее",
			"median": "Половина — не выше",
			"least": "Наименьшая",
			"no_book": "вне журналов",
			"requirement": "Что требуется",
			"need": "Как",
			"mandatory": "обязательно",
			"feasible": "по возможности",
			"lacking": "Записей без этого",
			"illegible": "Неразборчиво",
			"share_present": "Есть, из тех, к кому относится",
			"score": "Оценка",
			"mandatory_missing": "Обязательно, но нет",
			"sequence": "Заявленное, экземпляры и ряды номеров",
			"sequence_text": "Где число неизвестно или дано пределами, обе стороны — интервалы; они согласны, если верными могут быть обе. Номера, которого никто не записал, хватиться нельзя: что было после последнего, здесь не видно.",
			"declared_title": "Заявлено и получено",
			"declared_none": "Ни один журнал не заявляет того, что можно сравнить.",
			"declared_item": "Что",
			"item_records": "записи",
			"item_sheets": "листы",
			"item_mines": "мины",
			"agrees": "Может быть верно и то и другое",
			"open": "неясно",
			"copies_title": "Номера с несколькими записями или без некоторых экземпляров",
			"copies": "Записи",
			"copies_missing": "нет экземпляров: {list}",
			"differ": "Говорят разное",
			"series_title": "Не хватает в других рядах номеров",
			"series": "Ряд",
			"between_numbers": "Между",
			"from_on": "{n} или больше",
			"up_to": "до {n}",
			"checks": "Что чему противоречит",
			"checks_text": "Проверка спрашивает, может ли быть всё написанное вместе. Неизвестное не противоречит ничему. Проверка, которую не к чему применить, не пройдена; а если ни одна не дала ошибки, это не значит, что запись верна.",
			"checks_priorities": "Проверки по важности",
			"checks_failed": "Проверки, давшие ошибку",
			"checks_never": "Не к чему применить, так как нигде не сказано того, о чём они спрашивают: {n}. {list}",
			"checks_skipped": "Отключены для этого отчёта: {list}",
			"checks_records": "Записи, в которых больше всего неверного",
			"checks_findings": "Что найдено; сначала по одному из каждой проверки",
			"priority": "Важность",
			"priority_HIGH": "высокая",
			"priority_MEDIUM": "средняя",
			"priority_LOW": "низкая",
			"check": "Проверка",
			"checks_n": "Проверок",
			"check_run": "Выполнено раз",
			"check_not_applicable": "Неприменимо",
			"check_failed": "Ошибок",
			"findings": "Замечаний",
			"found": "Что найдено",
			"records_concerned": "Затронуто записей",
			"links": "Что журналы говорят друг о друге",
			"links_text": "Пары записей двух журналов, которые могут говорить об одном поле. Оценка складывает то, что сходится, и то, что нет; это не вероятность, и она говорит, что написано, а не верно ли это. О записи без пары неизвестно, новая ли она.",
			"links_none": "Нет двух журналов, которые можно сравнить.",
			"links_left_out": "Записей без места, которые не сравнивались, так как их слишком много: {n}. Они могут говорить о любом поле другого журнала.",
			"links_books_left_out": "Пар журналов, которые не сравнивались: {n}.",
			"links_books": "Журналы попарно",
			"links_pairs": "Связанные записи; сначала те, что противоречат друг другу",
			"links_found": "Связанных записей",
			"links_contradicting": "из них противоречат друг другу",
			"links_contradict": "Противоречат друг другу",
			"links_not_compared": "Записей не сравнивалось",
			"book_one": "Журнал",
			"book_two": "и журнал",
			"records_one": "Записей первого",
			"records_two": "второго",
			"next_best": "следующая: {n}",
			"reasons": "На чём основано",
			"account": "Что по бумагам остаётся неучтённым",
			"account_text": "Записано и добавлено за вычетом снятого, взорвавшегося и найденного, насколько это написано. Это говорит о том, что остаётся на бумаге, а не о том, что лежит в земле; нулевой остаток не значит, что там ничего нет. Пределы — это интервал; где записей нет, записанное неизвестно, а не ноль.",
			"account_events_unknown": "Записей, где не сказано, что из них вышло: {n}. Учтено столько, сколько написано, то есть ничего.",
			"account_twice": "Пар записей двух журналов, которые могут говорить об одном поле и тогда сосчитаны дважды: {n}.",
			"account_copies": "Других экземпляров того же номера в журнале, которые не считаются: {n}.",
			"account_models": "По маркам",
			"account_areas": "По участкам",
			"account_areas_text": "Запись, заходящая на два участка, считается в обоих.",
			"count_unknown": "из них без точного числа",
			"added": "Добавлено",
			"lifted": "Снято",
			"exploded": "Взорвалось",
			"found_mines": "Найдено",
			"unaccounted": "Не учтено",
			"tile_checks": "противоречий высокой важности внутри записей и журналов",
			"trend_checks_high": "Замечаний высокой важности",
			"trend_linked_contradicting": "Связанных записей, противоречащих друг другу",
			"check_extent_invalid": "контур пересекает или касается себя, или его кольца не вложены",
			"check_extent_corners_few": "у контура меньше трёх разных углов",
			"check_extent_vertex_repeated": "два соседних угла контура совпадают",
			"check_extent_edge_long": "два соседних угла дальше друг от друга, чем длина поля (5000 м)",
			"check_extent_parts_overlap": "части одного контура перекрываются больше чем на 0,9 % площади",
			"check_extent_at_zero": "угол лежит там, где экватор пересекает нулевой меридиан",
			"check_extent_area_differs": "площадь контура расходится с произведением фронта на глубину больше чем на 25 %",
			"check_extent_below_accuracy": "погрешность записи больше её размеров",
			"check_place_unknown": "о месте поля сказано только словами",
			"check_point_id_repeated": "у двух точек записи одно имя",
			"check_point_place_repeated": "у двух точек записи одни координаты",
			"check_point_half_given": "у точки только одна из двух координат",
			"check_reference_points_few": "координаты есть меньше чем у двух опорных точек",
			"check_leg_start_unknown": "отрезок начинается в точке, которой нет, или не сказано, откуда и куда он ведёт",
			"check_path_point_unknown": "контур или ряд называет точку, которой нет",
			"check_leg_goes_nowhere": "отрезок начинается и кончается в одной точке",
			"check_leg_repeated": "два отрезка ведут из одной точки в другую",
			"check_perimeter_point_repeated": "контур дважды проходит через одну точку",
			"check_local_id_repeated": "у двух отрезков, рядов, проходов или предметов записи одно имя",
			"check_item_repeated": "один предмет указан дважды на одном месте",
			"check_azimuth_unreadable": "азимут не число и не запись через дефис, или читается двояко",
			"check_azimuth_out_of_circle": "азимут отрицателен или больше полного круга",
			"check_angle_unit_missing": "азимут — число без единицы",
			"check_north_missing": "не сказано, от какого севера азимуты",
			"check_declination_missing": "азимуты магнитные, а склонение не указано",
			"check_declination_date_missing": "у склонения нет даты",
			"check_declination_implausible": "склонение больше 30 градусов",
			"check_back_azimuth_differs": "прямой и обратный азимуты отрезка расходятся больше чем на 3 градуса",
			"check_distance_unit_missing": "не сказано, в каких единицах расстояния",
			"check_distance_not_positive": "расстояние равно нулю или отрицательно",
			"check_distance_implausible": "отрезок длиннее 5000 м",
			"check_crs_missing": "у прямоугольных координат нет системы координат",
			"check_operation_missing": "координаты не в WGS 84, а переход к ней не указан",
			"check_easting_zone_differs": "зона перед координатой на восток не та, что у системы координат",
			"check_axes_swapped": "координаты подходят к сетке, только если их переставить",
			"check_coordinates_out_of_range": "координаты лежат вне своей зоны или нигде",
			"check_mgrs_unreadable": "координаты MGRS не читаются",
			"check_location_unsolved": "из точек и измерений, по одной только бумаге, место не следует",
			"check_chain_misclosure": "измерения противоречат друг другу больше, чем объясняют их погрешности",
			"check_extent_differs_from_location": "запись нанесена дальше 20 м от места, которое следует из её измерений",
			"check_map_sheet_unreadable": "номенклатура листа карты не советская или читается двояко",
			"check_point_outside_sheet": "точка лежит вне листа карты",
			"check_crs_unusable": "система координат или переход неизвестны или не подходят друг к другу",
			"check_point_outside_area_of_use": "точка лежит там, где её система координат или переход не применяется",
			"check_row_outside_perimeter": "ряд мин выходит за контур больше чем на 10 м",
			"check_lane_crosses_row": "проход пересекает ряд мин",
			"check_count_impossible": "число отрицательно, не целое или вне собственных пределов",
			"check_total_differs_from_rows": "число мин марки не равно сумме по рядам",
			"check_total_differs_from_entries": "итог не равен сумме позиций",
			"check_anti_handling_exceeds_count": "элементов неизвлекаемости больше, чем мин",
			"check_rows_more_than_said": "рядов описано больше, чем сказано",
			"check_rows_fewer_than_said": "рядов описано меньше, чем сказано",
			"check_events_exceed_laid": "снято больше мин, чем установлено",
			"check_event_model_unlisted": "событие называет марку, которой в записи нет",
			"check_sheet_missing": "нет листов, которые по записи должны быть",
			"check_sheet_number_odd": "лист повторяется, или его номер больше последнего",
			"check_size_not_positive": "длина, промежуток, шаг или число рядов отрицательны или равны нулю",
			"check_count_differs_from_spacing": "число мин не равно числу рядов, умноженному на фронт и делённому на шаг",
			"check_row_length_differs": "длина ряда не та, что следует из числа мин и шага",
			"check_depth_differs_from_rows": "глубина поля не та, что следует из рядов и промежутков",
			"check_density_differs": "плотность не та, что следует из числа мин и фронта, больше чем на 15 %",
			"check_step_implausible": "шаг мин более чем вдвое меньше или больше обычного для марки",
			"check_density_implausible": "на километр фронта вчетверо больше мин, чем обычно для марки",
			"check_burial_implausible": "мины зарыты глубже 1 м или лежат над землёй",
			"check_date_unreadable": "даты нет в календаре, или она записана не по правилам",
			"check_date_in_future": "дата в будущем",
			"check_date_too_early": "дата раньше 1900 года",
			"check_laid_after_recorded": "мины установлены позже, чем составлена запись",
			"check_recorded_late": "запись составлена больше чем через пять лет после установки",
			"check_event_before_laid": "событие произошло до установки",
			"check_readings_differ": "в другом экземпляре, на другом листе или у другого чтеца иное значение",
			"check_pointer_has_value": "указанное как неразборчивое или неприменимое имеет значение",
			"check_model_unknown": "марки нет в каталоге",
			"check_model_ambiguous": "марка может означать несколько марок каталога",
			"check_model_repeated": "две позиции записи — одной марки",
			"check_row_model_unlisted": "в ряду марка, которой в записи нет",
			"check_category_differs": "вид мин не тот, что у марок",
			"check_scatterable_by_hand": "марка, которую ставят только дистанционно, установлена вручную",
			"check_scatterable_without_self_destruct": "мины установлены дистанционно, а срок самоликвидации не указан",
			"check_book_id_repeated": "у двух записей одно имя",
			"check_book_number_repeated": "у двух записей один номер и один экземпляр",
			"check_book_copies_differ": "экземпляры одной записи говорят разное",
			"check_book_copy_missing": "нет младших экземпляров записи",
			"check_book_number_missing": "между имеющимися номерами не хватает номеров",
			"check_book_number_absent": "у записи нет номера",
			"check_book_extent_repeated": "две записи, не экземпляры одной, имеют совершенно одинаковый контур",
			"check_book_records_declared": "записей пришло не столько, сколько заявлено",
			"check_book_sheets_declared": "листов пришло не столько, сколько заявлено",
			"check_book_mines_declared": "в записях не столько мин марки, сколько заявлено",
			"need_angle_unit": "единица азимутов",
			"need_anti_handling": "элементы неизвлекаемости",
			"need_authority": "кто разрешил установку",
			"need_azimuths": "азимуты всех отрезков",
			"need_benchmark": "координаты исходной точки",
			"need_booby_trap_mechanism": "устройство каждой мины-ловушки",
			"need_booby_trap_place": "место каждой мины-ловушки",
			"need_burial_depth": "глубина установки",
			"need_category": "вид мин",
			"need_copy": "номер экземпляра",
			"need_corner_points": "координаты опорных точек, задающих место и площадь",
			"need_corners": "углы: координатами или отрезками",
			"need_count": "число мин",
			"need_covering_unit": "подразделение прикрытия",
			"need_declination": "склонение магнитных азимутов",
			"need_density": "мин на километр фронта",
			"need_depth": "глубина поля",
			"need_dimensions": "примерные размеры",
			"need_distance_unit": "единица расстояний",
			"need_distances": "расстояния всех отрезков",
			"need_extent": "карты или иные документы о протяжённости",
			"need_fence": "ограждение и знаки",
			"need_front": "протяжённость по фронту",
			"need_fuze": "тип взрывателя",
			"need_intermediate_markers": "промежуточные знаки",
			"need_laid": "дата установки",
			"need_laid_date": "дата установки",
			"need_laid_time": "время установки",
			"need_landmark": "ориентир с координатами",
			"need_landmark_description": "что это за ориентир",
			"need_landmark_descriptions": "описания не менее двух ориентиров",
			"need_landmarks": "не менее двух ориентиров с координатами",
			"need_lanes": "проходы или что их нет",
			"need_life_time": "срок службы",
			"need_map": "лист карты и масштаб",
			"need_map_series": "серия карты",
			"need_marked": "установлено и обозначено на местности",
			"need_method": "способ установки",
			"need_model": "марка мин",
			"need_north": "от какого севера азимуты",
			"need_number": "номер минного поля",
			"need_numbers": "число мин каждого типа",
			"need_officer": "ответственный офицер",
			"need_perimeter": "контур и протяжённость поля",
			"need_positions": "точное место каждой мины или рядов",
			"need_recorded": "дата записи",
			"need_recorder": "кто составил запись",
			"need_reference_point": "координаты опорной точки",
			"need_reference_points": "координаты не менее двух опорных точек",
			"need_row_counts": "число мин в каждой полосе",
			"need_row_gap": "расстояние между рядами",
			"need_row_models": "марки мин в каждой полосе",
			"need_rows": "число рядов или сами ряды",
			"need_self_destruction": "сроки самоликвидации",
			"need_sheets": "имеющиеся листы и их число",
			"need_signature": "подпись",
			"need_signature_layer": "подпись установившего",
			"need_signature_receiver": "подпись принявшего",
			"need_sketch": "схема",
			"need_sketch_north": "север схемы и его дата",
			"need_source": "источник сведений",
			"need_started_and_completed": "начало и конец установки",
			"need_step": "шаг мин в ряду",
			"need_ties": "привязка к ориентирам: азимут и расстояние",
			"need_types": "тип каждого боеприпаса",
			"need_unit": "подразделение, установившее поле"
		}'::jsonb
		ELSE '{}'::jsonb END;
COMMENT ON FUNCTION mf_report_paper_labels(text) IS
	'For mf_report_labels: the words about completeness, checks, links and accounts. Empty for a language without them.';

CREATE OR REPLACE FUNCTION mf_registry_latest() RETURNS integer
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN 3;

CREATE OR REPLACE FUNCTION mf_registry_tables() RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN ARRAY['books', 'intake_files', 'intake_originals', 'intake_lines', 'intake_retries',
		'records', 'history', 'findings', 'areas',
		'lines', 'requests', 'report_runs', 'labels', 'access', 'registry_version',
		'landmarks', 'landmark_positions', 'landmark_uses', 'location_options', 'mine_models'];

-- Version 3: models of mines that an office knows of.
CREATE FUNCTION mf_registry_step_3(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	item record;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format($ddl$
CREATE TABLE %1$I.mine_models (
	model text PRIMARY KEY CHECK (model <> ''),
	aliases text[] NOT NULL DEFAULT '{}'::text[],
	category text CHECK (category IN ('AP', 'AV')),
	kind text,
	explosive_min_kg float8,
	explosive_max_kg float8,
	metal text CHECK (metal IN ('minimum', 'low', 'moderate', 'high')),
	actuation text[],
	remotely_delivered boolean,
	self_destruct boolean,
	self_destruct_min_h float8,
	self_destruct_max_h float8,
	step_min_m float8,
	step_max_m float8,
	density_per_km float8,
	source text,
	remarks text,
	CONSTRAINT mine_models_explosive CHECK (0.0::float8 <= explosive_min_kg AND explosive_max_kg < 'Infinity'::float8
		AND explosive_min_kg <= explosive_max_kg),
	CONSTRAINT mine_models_self_destruct CHECK (0.0::float8 <= self_destruct_min_h AND self_destruct_max_h < 'Infinity'::float8
		AND self_destruct_min_h <= self_destruct_max_h),
	CONSTRAINT mine_models_step CHECK (0.0::float8 < step_min_m AND step_max_m < 'Infinity'::float8 AND step_min_m <= step_max_m),
	CONSTRAINT mine_models_density CHECK (0.0::float8 < density_per_km AND density_per_km < 'Infinity'::float8)
);
COMMENT ON TABLE %1$I.mine_models IS 'Models of mines that reports know beside those of mf_mine_models(), or instead of one with the same name. Changed by the owner of the registry.';
COMMENT ON COLUMN %1$I.mine_models.aliases IS 'Other spellings; what differs only by script, case, blanks or dashes needs none.';
	$ddl$, schema);
	-- who sees the records sees by what they are counted
	FOR item IN
		SELECT r.rolname FROM pg_class c CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
		WHERE c.oid = pg_catalog.format('%I.records', schema)::regclass::oid AND a.grantee <> c.relowner
			AND a.privilege_type = 'SELECT'
	LOOP
		EXECUTE pg_catalog.format('GRANT SELECT ON %I.mine_models TO %I', schema, item.rolname);
	END LOOP;
END
$$;
COMMENT ON FUNCTION mf_registry_step_3(name) IS
	'For mf_upgrade_registry: makes the table of version 3: models of mines.';

CREATE FUNCTION mf_report_paper_options(profile text DEFAULT 'formular', own_profile jsonb DEFAULT NULL,
	skip_checks text[] DEFAULT NULL, min_score float8 DEFAULT 0.5, reach_m float8 DEFAULT 2000) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	code text;
	probe float8;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	IF own_profile IS NOT NULL THEN
		probe := mf_completeness('{"type":"Feature"}'::minefield, own_profile);
	ELSE
		PERFORM mf_profile(profile);
	END IF;
	IF NOT (min_score > 0.0::float8 AND min_score < 1.0::float8 AND reach_m BETWEEN 0 AND 100000) THEN
		RAISE EXCEPTION 'an option of the report is out of range'
			USING ERRCODE = 'invalid_parameter_value',
				HINT = 'min_score lies between 0 and 1; distances are 0 to 100000 metres.';
	END IF;
	SELECT pg_catalog.min(s) INTO code FROM pg_catalog.unnest(skip_checks) s WHERE s NOT IN (SELECT c.code FROM mf_checks() c);
	IF code IS NOT NULL THEN
		RAISE EXCEPTION 'there is no check "%"', code
			USING ERRCODE = 'invalid_parameter_value', HINT = 'mf_checks() lists them.';
	END IF;
	RETURN pg_catalog.jsonb_build_object('profile', coalesce(own_profile, pg_catalog.to_jsonb(coalesce(profile, 'formular'))),
		'skip_checks', (SELECT coalesce(pg_catalog.jsonb_agg(DISTINCT s ORDER BY s), '[]'::jsonb) FROM pg_catalog.unnest(skip_checks) s WHERE s IS NOT NULL),
		'min_score', coalesce(min_score, 0.5::float8), 'reach_m', coalesce(reach_m, 2000.0::float8));
END
$$;
COMMENT ON FUNCTION mf_report_paper_options(text, jsonb, text[], float8, float8) IS
	'Further options of mf_report and mf_run_report, to be joined to those of mf_report_options by ||: the profile by which completeness is told, by its name or as one''s own; the codes of checks that are switched off; from which score on, and up to how many metres apart, records of two books are linked (as in mf_link). NULL is the default. An unknown profile or code, or a number out of range, is an error (22023).';

-- Options may come from a file or a job written by hand: a misspelt one must
-- not silently be the default.
CREATE OR REPLACE FUNCTION mf_report_check_options(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 50
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	defaults jsonb;
	unknown text;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	defaults := mf_report_options() || mf_report_paper_options();
	IF options IS NULL THEN
		RETURN defaults;
	END IF;
	IF pg_catalog.jsonb_typeof(options) <> 'object' THEN
		RAISE EXCEPTION 'options of the report are no JSON object'
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Build them with mf_report_options().';
	END IF;
	SELECT pg_catalog.min(name) INTO unknown FROM pg_catalog.jsonb_object_keys(options) AS name WHERE NOT defaults ? name;
	IF unknown IS NOT NULL THEN
		RAISE EXCEPTION 'unknown option "%" of the report', unknown
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Build them with mf_report_options().';
	END IF;
	RETURN mf_report_options((options ->> 'margin_m'::text)::float8, (options ->> 'min_gap_m2'::text)::float8,
		(options ->> 'min_gap_m'::text)::float8, (options ->> 'line_distance_m'::text)::float8,
		(options ->> 'sliver_m2'::text)::float8, (options ->> 'near_m'::text)::float8, (options ->> 'max_rows'::text)::integer)
		|| mf_report_paper_options(CASE WHEN pg_catalog.jsonb_typeof(options -> 'profile'::text) <> 'object' THEN coalesce(options ->> 'profile'::text, 'formular') ELSE 'formular' END,
			CASE WHEN pg_catalog.jsonb_typeof(options -> 'profile'::text) = 'object' THEN options -> 'profile'::text END,
			CASE WHEN pg_catalog.jsonb_typeof(options -> 'skip_checks'::text) = 'array'
				THEN ARRAY(SELECT pg_catalog.jsonb_array_elements_text(options -> 'skip_checks'::text)) ELSE ARRAY[options ->> 'skip_checks'::text] END,
			(options ->> 'min_score'::text)::float8, (options ->> 'reach_m'::text)::float8);
END
$$;

CREATE OR REPLACE FUNCTION mf_report_tables() RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_report_forget();
	CREATE TEMP TABLE minefield_in_record (key text, book text, number text, record minefield, box geometry,
		accuracy_m float8, digest text);
	CREATE TEMP TABLE minefield_in_area (id text, name text, aoi geometry);
	CREATE TEMP TABLE minefield_in_line (id text, name text, line geometry, distance_m float8);
	CREATE TEMP TABLE minefield_in_find (id text, kind text, model text, found_on text, place geometry, count integer);
	CREATE TEMP TABLE minefield_in_model (model jsonb);
	CREATE TEMP TABLE minefield_in_book (book text, header jsonb);
	CREATE TEMP TABLE minefield_in_file (file text, book text, sha256 text, received text,
		lines bigint, records bigint, refused bigint, twins bigint, withdrawn boolean);
	CREATE TEMP TABLE minefield_in_refused (file text, line bigint, sqlstate text, message text, path text, hint text);
	CREATE TEMP TABLE minefield_out_missing (book text, low bigint, high bigint);
	CREATE TEMP TABLE minefield_out_overlap (key_a text, key_b text, class text, certainty text, contradicts boolean,
		area_m2 float8, share_a float8, share_b float8, shift_m float8, shape geometry);
	CREATE TEMP TABLE minefield_out_gap (kind text, place text, n integer, size float8, neighbours text[],
		body jsonb, shape geometry);
	CREATE TEMP TABLE minefield_out_find (id text, kind text, model text, outside boolean, within_uncertainty boolean,
		nearest text, distance_m float8, place geometry);
	CREATE TEMP TABLE minefield_out_part (part text, n integer, body jsonb);
END
$$;

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
		'out_missing', 'out_overlap', 'out_gap', 'out_find', 'out_part', 'tmp_sheet', 'tmp_place', 'tmp_unsolved',
		'in_model', 'tmp_score', 'tmp_finding', 'tmp_count', 'tmp_link', 'tmp_books', 'tmp_copy'] LOOP
		-- no IF EXISTS: it would tell everybody of every table that is not there
		IF pg_catalog.to_regclass('pg_temp.minefield_' || place) IS NOT NULL THEN
			EXECUTE pg_catalog.format('DROP TABLE pg_temp.%I', 'minefield_' || place);
		END IF;
	END LOOP;
END
$$;

-- Numbers between the lowest and the highest received; a book may begin and
-- end beyond them, which only what it declares can tell.
CREATE OR REPLACE FUNCTION mf_report_missing(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	limit_rows integer := options ->> 'max_rows'::text;
	books jsonb;
	sheets jsonb;
	incomplete bigint;
	unknown bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	INSERT INTO pg_temp.minefield_out_missing
	SELECT b.book, low.n, high.n
	FROM (SELECT book, pg_catalog.array_agg(number ORDER BY key COLLATE "C") AS numbers FROM pg_temp.minefield_in_record
		  WHERE number IS NOT NULL GROUP BY book) b
		CROSS JOIN LATERAL mf_sequence_gaps(b.numbers) g
		CROSS JOIN LATERAL mf_number_places(g.first_missing) low
		CROSS JOIN LATERAL mf_number_places(g.last_missing) high
	WHERE g.series = '#' AND NOT low.part AND NOT high.part;

	-- sheets: all copies of one number together
	CREATE TEMP TABLE minefield_tmp_sheet AS
	SELECT r.book, coalesce(r.number, r.key) AS number, pg_catalog.min(r.key) AS key, pg_catalog.max(s.of_) AS of_,
		   pg_catalog.array_agg(DISTINCT s.sheet) FILTER (WHERE s.sheet IS NOT NULL) AS present
	FROM pg_temp.minefield_in_record r
		LEFT JOIN LATERAL (SELECT p -> 'sheets_of'::text AS sheets_of, p -> 'sheets'::text AS sheets
						   FROM mf_properties(r.record) p) p ON true
		LEFT JOIN LATERAL (
			SELECT CASE WHEN pg_catalog.jsonb_typeof(p.sheets_of) = 'number' AND (p.sheets_of)::numeric BETWEEN 1 AND 1000
						THEN (p.sheets_of)::numeric::integer END AS of_,
				   CASE WHEN pg_catalog.jsonb_typeof(sheet) = 'number' AND sheet::numeric BETWEEN 1 AND 1000
						THEN sheet::numeric::integer END AS sheet
			FROM (SELECT NULL::jsonb AS sheet
				  UNION ALL SELECT e FROM pg_catalog.jsonb_array_elements(
					  CASE WHEN pg_catalog.jsonb_typeof(p.sheets) = 'array' THEN p.sheets ELSE '[]'::jsonb END) e) s) s ON true
	GROUP BY r.book, coalesce(r.number, r.key);
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book', b.book, 'declared', b.header -> 'records_declared'::text,
			'received', coalesce(r.records, 0::bigint), 'numbers', coalesce(r.numbers, 0::bigint),
			'without_number', coalesce(r.without_number, 0::bigint),
			'short', CASE WHEN pg_catalog.jsonb_typeof(b.header -> 'records_declared'::text) = 'number' THEN (b.header ->> 'records_declared'::text)::numeric
				- coalesce(r.numbers + r.without_number, 0::bigint)::numeric END,
			'sheets_declared', b.header -> 'sheets_declared'::text, 'sheets_received', (
				SELECT coalesce(pg_catalog.sum(pg_catalog.cardinality(t.present)), 0::bigint) FROM minefield_tmp_sheet t WHERE t.book IS NOT DISTINCT FROM b.book),
			'lowest', r.lowest, 'highest', r.highest,
			'not_counted', coalesce(r.not_counted, 0::bigint),
			'missing', mf_report_list(m.missing, m.ranges))
			ORDER BY b.book COLLATE "C")
	INTO books
	FROM pg_temp.minefield_in_book b
		LEFT JOIN (SELECT book, pg_catalog.count(*) AS records, pg_catalog.count(DISTINCT number) AS numbers,
						  pg_catalog.count(*) FILTER (WHERE number IS NULL) AS without_number,
						  pg_catalog.count(*) FILTER (WHERE number !~ '^[0-9]{1,9}$') AS not_counted,
						  pg_catalog.min(CASE WHEN number ~ '^[0-9]{1,9}$' THEN number::bigint END) AS lowest,
						  pg_catalog.max(CASE WHEN number ~ '^[0-9]{1,9}$' THEN number::bigint END) AS highest
				   FROM pg_temp.minefield_in_record GROUP BY book) r ON r.book IS NOT DISTINCT FROM b.book
		LEFT JOIN (SELECT book, pg_catalog.sum(high - low + 1::bigint)::bigint AS missing,
						  pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(low, high) ORDER BY low) FILTER (WHERE n <= limit_rows) AS ranges
				   FROM (SELECT *, pg_catalog.row_number() OVER (PARTITION BY book ORDER BY low) AS n
						 FROM pg_temp.minefield_out_missing) x GROUP BY book) m ON m.book IS NOT DISTINCT FROM b.book;

	SELECT pg_catalog.count(*) FILTER (WHERE of_ IS NOT NULL AND present IS NOT NULL AND EXISTS (
				SELECT FROM pg_catalog.generate_series(1, of_) n WHERE n <> ALL (present))),
		   pg_catalog.count(*) FILTER (WHERE of_ IS NULL OR present IS NULL)
	INTO incomplete, unknown FROM minefield_tmp_sheet;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', key, 'book', book, 'of', of_, 'missing', missing)
					 ORDER BY key COLLATE "C") INTO sheets
	FROM (SELECT key, book, of_, (SELECT pg_catalog.jsonb_agg(n) FROM pg_catalog.generate_series(1, of_) n WHERE n <> ALL (present)) AS missing
		  FROM minefield_tmp_sheet
		  WHERE of_ IS NOT NULL AND present IS NOT NULL
			AND EXISTS (SELECT FROM pg_catalog.generate_series(1, of_) n WHERE n <> ALL (present))
		  ORDER BY key COLLATE "C" LIMIT limit_rows) s;
	DROP TABLE minefield_tmp_sheet;
	RETURN pg_catalog.jsonb_build_object('books', coalesce(books, '[]'::jsonb),
		'sheets', mf_report_list(incomplete, sheets), 'sheets_unknown', unknown);
END
$$;

CREATE OR REPLACE FUNCTION mf_report_labels(language text) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	RETURN mf_report_accuracy_labels(language) || mf_report_paper_labels(language) || CASE language
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
			"area_accuracy_unknown": "of these without a known accuracy",
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
			"area_accuracy_unknown": "из них с неизвестной точностью",
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

-- Records that can matter to an area: those near enough to reach into it by
-- their margin or accuracy, and those that may lie anywhere.
CREATE OR REPLACE FUNCTION mf_report_area(area_id text, options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	area record;
	margin float8 := options ->> 'margin_m'::text;
	pad_m float8;
	result record;
	rows jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT * INTO area FROM pg_temp.minefield_in_area WHERE id = area_id;
	SELECT margin + coalesce(pg_catalog.max(least(accuracy_m, 20000.0::float8)), 0.0::float8) + 1.0::float8 INTO pad_m
	FROM pg_temp.minefield_in_record;
	SELECT mf_coverage(r.record, area.aoi, mf_coverage_options(margin_m => margin)) AS coverage,
		   mf_gap_rows(r.key, r.record, area.aoi, mf_gap_options(margin_m => margin,
				min_area_m2 => (options ->> 'min_gap_m2'::text)::float8)) AS gaps,
		   pg_catalog.count(r.key) FILTER (WHERE mf_intersects(r.record, area.aoi)) AS touching,
		   pg_catalog.count(r.key) FILTER (WHERE r.accuracy_m IS NULL
				AND mf_intersects(r.record, area.aoi)) AS accuracy_unknown
	INTO result
	FROM (SELECT mf_report_near(area.aoi, pad_m) AS box) near
		LEFT JOIN pg_temp.minefield_in_record r ON r.box && near.box OR r.box IS NULL;

	INSERT INTO pg_temp.minefield_out_gap
	SELECT 'area', area.id, g.n, g.area_m2, g.neighbours,
		   pg_catalog.jsonb_build_object('n', g.n, 'area_m2', g.area_m2, 'share', g.share_of_aoi, 'max_width_m', g.max_width_m,
				'lon', pg_catalog.round(ST_X(g.centroid)::numeric, 5), 'lat', pg_catalog.round(ST_Y(g.centroid)::numeric, 5),
				'neighbours', pg_catalog.to_jsonb(g.neighbours[1:6]), 'neighbours_count', coalesce(pg_catalog.cardinality(g.neighbours), 0)),
		   g.geometry
	FROM pg_catalog.unnest(result.gaps) g;
	SELECT pg_catalog.jsonb_agg(body ORDER BY n) INTO rows
	FROM pg_temp.minefield_out_gap
	WHERE kind = 'area' AND place = area.id AND n <= (options ->> 'max_rows'::text)::integer;

	RETURN pg_catalog.jsonb_build_object('id', area.id, 'name', area.name, 'records', result.touching,
		'unlocated', (result.coverage).unlocated, 'without_area', (
			SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_record r
			WHERE r.box && area.aoi AND mf_area(r.record) IS NULL AND mf_intersects(r.record, area.aoi)),
		'accuracy_unknown', result.accuracy_unknown,
		'aoi_m2', (result.coverage).aoi_m2, 'recorded_m2', (result.coverage).recorded_m2,
		'possible_m2', (result.coverage).possible_m2, 'no_record_m2', (result.coverage).no_record_m2,
		'recorded_fraction', (result.coverage).recorded_fraction,
		'recorded_times_m2', pg_catalog.to_jsonb((result.coverage).recorded_times_m2[1:5]),
		'gaps', mf_report_list(coalesce(pg_catalog.cardinality(result.gaps), 0)::bigint, rows));
END
$$;
-- composing a report: reading the registry at one moment, the steps, the
-- document, and the difference of two

-- One statement, so one moment: all INSERTs below see the same snapshot.
-- Records without a district may belong to any; but who sees one district of a
-- protected registry does not see them, nor a report that tells of them.
CREATE OR REPLACE FUNCTION mf_report_input(registry name, district text, organisation text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_report_tables();
	EXECUTE pg_catalog.format($read$
		WITH scope AS (SELECT $1 AS district, $2 AS organisation,
			coalesce(p.by_, '') <> 'district' AS any_district, coalesce(p.by_, '') <> 'organisation' AS any_organisation
			FROM (SELECT mf_registry_protected_by($3) AS by_) p),
		records AS (
			INSERT INTO pg_temp.minefield_in_record
			SELECT CASE WHEN pg_catalog.count(*) OVER (PARTITION BY r.key) = 1 THEN r.key
						WHEN pg_catalog.count(*) OVER (PARTITION BY r.key, b.name) = 1 THEN pg_catalog.concat_ws(' ', b.name, r.key)
						ELSE pg_catalog.concat_ws(' ', b.name, r.key, '#' || r.record_id::text) END,
				   b.name, mf_number(r.current), r.current,
				   CASE WHEN mf_is_located(r.current) THEN ST_Envelope(mf_geometry(r.current)) END,
				   mf_accuracy_m(r.current),
				   pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(r.current::text, 'UTF8')), 'hex'), 16)
			FROM scope s CROSS JOIN %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
				AND (s.district IS NULL OR b.district = s.district OR s.any_district)
				AND (s.organisation IS NULL OR b.organisation = s.organisation OR s.any_organisation)
			WHERE r.is_current
				AND (s.district IS NULL OR r.district = s.district OR s.any_district AND r.district IS NULL)
				AND (s.organisation IS NULL OR r.organisation = s.organisation OR s.any_organisation AND r.organisation IS NULL)
			RETURNING 1),
		areas AS (
			INSERT INTO pg_temp.minefield_in_area SELECT a.area_id::text, a.name, a.geometry
			FROM scope s, %1$I.areas a
			WHERE (s.district IS NULL OR a.district = s.district OR s.any_district AND a.district IS NULL)
				AND (s.organisation IS NULL OR a.organisation = s.organisation OR s.any_organisation AND a.organisation IS NULL)),
		lines AS (
			INSERT INTO pg_temp.minefield_in_line SELECT l.line_id::text, l.name, l.geometry, NULL
			FROM scope s, %1$I.lines l
			WHERE (s.district IS NULL OR l.district = s.district OR s.any_district AND l.district IS NULL)
				AND (s.organisation IS NULL OR l.organisation = s.organisation OR s.any_organisation AND l.organisation IS NULL)),
		finds AS (
			INSERT INTO pg_temp.minefield_in_find
			SELECT coalesce(f.name, '#' || f.finding_id::text), f.kind, f.model, f.found,
				   CASE WHEN NOT ST_IsEmpty(f.geometry) THEN ST_PointOnSurface(f.geometry) END, f.count
			FROM scope s, %1$I.findings f
			WHERE f.kind IN ('mine', 'other device', 'accident')
				AND (s.district IS NULL OR f.district = s.district OR s.any_district AND f.district IS NULL)
				AND (s.organisation IS NULL OR f.organisation = s.organisation OR s.any_organisation AND f.organisation IS NULL)),
		models AS (
			INSERT INTO pg_temp.minefield_in_model SELECT pg_catalog.to_jsonb(m) - 'remarks'::text FROM %1$I.mine_models m),
		books AS (
			INSERT INTO pg_temp.minefield_in_book
			SELECT DISTINCT ON (b.name) b.name, coalesce(b.header, '{}'::jsonb) || pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
				'issuer', b.issuer, 'source', b.source, 'handed_over', b.handed_over, 'received', b.received,
				'records_declared', b.records_declared, 'sheets_declared', b.sheets_declared,
				'mines_declared', b.mines_declared))
			FROM scope s, %1$I.books b
			WHERE (s.district IS NULL OR b.district = s.district OR s.any_district AND b.district IS NULL)
				AND (s.organisation IS NULL OR b.organisation = s.organisation OR s.any_organisation AND b.organisation IS NULL)
			ORDER BY b.name, b.created_at, b.book_id),
		files AS (
			INSERT INTO pg_temp.minefield_in_file
			SELECT f.file_name, b.name, f.sha256,
				   pg_catalog.to_char(f.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
				   pg_catalog.count(l.intake_id), pg_catalog.count(*) FILTER (WHERE l.outcome IN ('record', 'superseded', 'corrected')),
				   pg_catalog.count(*) FILTER (WHERE l.outcome = 'refused'), pg_catalog.count(*) FILTER (WHERE l.outcome = 'twin'),
				   f.withdrawn_at IS NOT NULL
			FROM scope s CROSS JOIN %1$I.intake_files f
				LEFT JOIN %1$I.books b ON b.book_id = f.book_id
					AND (s.district IS NULL OR b.district = s.district OR s.any_district)
					AND (s.organisation IS NULL OR b.organisation = s.organisation OR s.any_organisation)
				LEFT JOIN %1$I.intake_lines l ON l.file_id = f.file_id
			WHERE (s.district IS NULL OR f.district = s.district OR s.any_district AND f.district IS NULL)
				AND (s.organisation IS NULL OR f.organisation = s.organisation OR s.any_organisation AND f.organisation IS NULL)
			GROUP BY f.file_id, b.name),
		refused AS (
			INSERT INTO pg_temp.minefield_in_refused
			SELECT f.file_name, l.line, l.sqlstate, l.message, l.path, l.hint
			FROM scope s, %1$I.intake_lines l JOIN %1$I.intake_files f ON f.file_id = l.file_id
			WHERE l.outcome = 'refused' AND f.withdrawn_at IS NULL
				AND (s.district IS NULL OR l.district = s.district OR s.any_district AND l.district IS NULL)
				AND (s.organisation IS NULL OR l.organisation = s.organisation OR s.any_organisation AND l.organisation IS NULL))
		SELECT pg_catalog.count(*) FROM records
	$read$, registry) USING district, organisation, registry;
	CREATE INDEX ON pg_temp.minefield_in_record USING gist (record);
	CREATE INDEX ON pg_temp.minefield_in_record (key);
	ANALYZE pg_temp.minefield_in_record;
END
$$;

CREATE OR REPLACE FUNCTION mf_report_digest() RETURNS text
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	RETURN (SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(coalesce(pg_catalog.string_agg(line, E'\n' ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex')
		FROM (SELECT pg_catalog.concat_ws(E'\t', 'record', key, book, digest) AS line FROM pg_temp.minefield_in_record
			  UNION ALL SELECT pg_catalog.concat_ws(E'\t', 'area', id, name, pg_catalog.encode(ST_AsEWKB(aoi), 'hex')) FROM pg_temp.minefield_in_area
			  UNION ALL SELECT pg_catalog.concat_ws(E'\t', 'line', id, name, pg_catalog.encode(ST_AsEWKB(line), 'hex')) FROM pg_temp.minefield_in_line
			  UNION ALL SELECT pg_catalog.concat_ws(E'\t', 'find', id, kind, model, count, pg_catalog.encode(ST_AsEWKB(place), 'hex')) FROM pg_temp.minefield_in_find
			  UNION ALL SELECT pg_catalog.concat_ws(E'\t', 'model', model::text) FROM pg_temp.minefield_in_model
			  UNION ALL SELECT pg_catalog.concat_ws(E'\t', 'book', book, header::text) FROM pg_temp.minefield_in_book) x);
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
					   (9, 'questions'), (10, 'overview'), (11, 'accuracy'), (12, 'completeness'), (13, 'sequence'),
					   (14, 'checks'), (15, 'links'), (16, 'account')) v (rank, part)
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
		WHEN 'accuracy' THEN mf_report_accuracy(options)
		WHEN 'completeness' THEN mf_report_completeness(options)
		WHEN 'sequence' THEN mf_report_sequence(options)
		WHEN 'checks' THEN mf_report_checks(options)
		WHEN 'links' THEN mf_report_links(options)
		WHEN 'account' THEN mf_report_account(options) END;
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
		'completeness_profile', report #> '{completeness,profile}'::text[], 'completeness', report #> '{completeness,mean}'::text[],
		'completeness_by_book', (SELECT pg_catalog.jsonb_object_agg(b ->> 'book'::text, b -> 'mean'::text) FROM pg_catalog.jsonb_array_elements(report #> '{completeness,books,rows}'::text[])
			WITH ORDINALITY x (b, n) WHERE n <= 20::bigint AND b ->> 'book'::text IS NOT NULL),
		'checks_high', (SELECT p -> 'findings'::text FROM pg_catalog.jsonb_array_elements(report #> '{checks,priorities}'::text[]) p WHERE p ->> 'priority'::text = 'HIGH'),
		'linked', report #> '{links,count}'::text[], 'linked_contradicting', report #> '{links,contradicting}'::text[],
		'unaccounted_min', report #> '{account,total,unaccounted_min}'::text[], 'unaccounted_max', report #> '{account,total,unaccounted_max}'::text[],
		'aoi_m2', (SELECT pg_catalog.sum((a ->> 'aoi_m2'::text)::float8) FROM pg_catalog.jsonb_array_elements(report -> 'areas'::text) a),
		'recorded_m2', (SELECT pg_catalog.sum((a ->> 'recorded_m2'::text)::float8) FROM pg_catalog.jsonb_array_elements(report -> 'areas'::text) a),
		'no_record_m2', (SELECT pg_catalog.sum((a ->> 'no_record_m2'::text)::float8) FROM pg_catalog.jsonb_array_elements(report -> 'areas'::text) a),
		'line_m', (SELECT pg_catalog.sum((l ->> 'length_m'::text)::float8) FROM pg_catalog.jsonb_array_elements(report -> 'lines'::text) l),
		'line_no_record_m', (SELECT pg_catalog.sum((l ->> 'no_record_m'::text)::float8) FROM pg_catalog.jsonb_array_elements(report -> 'lines'::text) l));
END
$$;

CREATE OR REPLACE FUNCTION mf_report_diff(before jsonb, after jsonb) RETURNS jsonb
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000
	RETURN pg_catalog.jsonb_build_object(
		'before', pg_catalog.jsonb_build_object('run', mf_report_checked(before) -> 'run'::text, 'as_of', before -> 'as_of'::text),
		'after', pg_catalog.jsonb_build_object('run', mf_report_checked(after) -> 'run'::text, 'as_of', after -> 'as_of'::text),
		'same_input', before -> 'input_digest'::text = after -> 'input_digest'::text,
		-- what an earlier release did not know had its default
		'options_differ', mf_report_paper_options() || (before -> 'options'::text) <> mf_report_paper_options() || (after -> 'options'::text),
		'records', mf_report_changed(before, after),
		'figures', pg_catalog.jsonb_build_object('before', mf_report_summary(before), 'after', mf_report_summary(after)),
		'areas', mf_report_pairs(before -> 'areas'::text, after -> 'areas'::text,
			ARRAY['aoi_m2', 'recorded_m2', 'possible_m2', 'no_record_m2']),
		'lines', mf_report_pairs(before -> 'lines'::text, after -> 'lines'::text, ARRAY['length_m', 'no_record_m']));

CREATE FUNCTION mf_page_percent(share numeric, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN CASE WHEN share IS NULL THEN mf_page_say(labels, 'unknown')
		-- not all while something is left
		ELSE pg_catalog.concat(mf_page_number(CASE WHEN share < 1::numeric THEN least(100::numeric * share, 99.9) ELSE 100::numeric END, 1, labels), ' %') END;
COMMENT ON FUNCTION mf_page_percent(numeric, jsonb) IS
	'For mf_report_html: a share from 0 to 1 in per cent; NULL is the word for unknown.';

CREATE FUNCTION mf_page_interval(low numeric, high numeric, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN CASE WHEN low IS NULL AND high IS NULL THEN mf_page_say(labels, 'unknown')
		WHEN low = high THEN mf_page_number(low, 0, labels)
		WHEN high IS NULL THEN mf_page_say(labels, 'from_on', 'n', mf_page_number(low, 0, labels))
		WHEN low IS NULL THEN mf_page_say(labels, 'up_to', 'n', mf_page_number(high, 0, labels))
		ELSE pg_catalog.concat(mf_page_number(low, 0, labels), ' – ', mf_page_number(high, 0, labels)) END;
COMMENT ON FUNCTION mf_page_interval(numeric, numeric, jsonb) IS
	'For mf_report_html: an interval of whole numbers; a bound that is NULL is unknown.';

CREATE FUNCTION mf_page_first(list jsonb, most bigint) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	RETURN pg_catalog.jsonb_build_object('count', list -> 'count'::text, 'rows', (SELECT COALESCE(pg_catalog.jsonb_agg(r ORDER BY n), '[]'::jsonb)
		FROM pg_catalog.jsonb_array_elements(list -> 'rows'::text) WITH ORDINALITY x (r, n) WHERE n <= most));
COMMENT ON FUNCTION mf_page_first(jsonb, bigint) IS
	'For mf_report_html: a list of the report with no more than so many rows, and its whole count.';

CREATE FUNCTION mf_page_words(words jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN (SELECT pg_catalog.string_agg(mf_page_text(w), ', ' ORDER BY n) FROM pg_catalog.jsonb_array_elements_text(
		CASE WHEN pg_catalog.jsonb_typeof(words) = 'array' THEN words ELSE '[]'::jsonb END) WITH ORDINALITY x (w, n));
COMMENT ON FUNCTION mf_page_words(jsonb) IS
	'For mf_report_html: a list of words in a cell. NULL when there are none.';

CREATE OR REPLACE FUNCTION mf_page_spark(trend jsonb, name text, unit text, title text, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN (SELECT CASE WHEN pg_catalog.count(*) > 1::bigint THEN pg_catalog.concat('<div class="spark"><h3>', mf_page_say(labels, title),
			'</h3><svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true" focusable="false"><path d="M',
			pg_catalog.string_agg(pg_catalog.concat(pg_catalog.round((20::float8 + 960::float8 * (n - 1::bigint)::float8 / GREATEST(greatest_n - 1::bigint, 1::bigint)::float8)::numeric, 1), ' ',
				pg_catalog.round((92::float8 - 84::float8 * value / CASE WHEN most > 0::float8 THEN most ELSE 1::float8 END)::numeric, 1)), 'L' ORDER BY n),
			'"/></svg><p><span>', (pg_catalog.array_agg(said ORDER BY n))[1], '</span><span><b>', (pg_catalog.array_agg(said ORDER BY n DESC))[1], '</b></span></p></div>') END
		FROM (SELECT n, value, pg_catalog.max(value) OVER () AS most, pg_catalog.max(n) OVER () AS greatest_n, CASE unit WHEN 'm2' THEN mf_page_area(value, labels)
					WHEN 'm' THEN mf_page_length(value, labels) WHEN '%' THEN mf_page_percent(value::numeric, labels) ELSE mf_page_number(value::numeric, 0, labels) END AS said
			  FROM (SELECT pg_catalog.row_number() OVER (ORDER BY n) AS n, (t ->> name)::float8 AS value
					FROM pg_catalog.jsonb_array_elements(trend) WITH ORDINALITY x (t, n) WHERE t ->> name IS NOT NULL) v) s);

CREATE FUNCTION mf_page_absent(part text, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN mf_page_section(labels, part, part, pg_catalog.concat('<p>', mf_page_say(labels, 'accuracy_absent'), '</p>'));
COMMENT ON FUNCTION mf_page_absent(text, jsonb) IS
	'For mf_report_html: a section that the release that made the report did not know.';
-- the sections of the report page about the ground

CREATE OR REPLACE FUNCTION mf_page_ground(area jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN pg_catalog.concat(
		mf_page_bar(ARRAY[(area ->> 'recorded_m2'::text)::float8, COALESCE((area ->> 'possible_m2'::text)::float8, 0::float8), (area ->> 'no_record_m2'::text)::float8],
			ARRAY['b1', 'b4', 'b3'], (area ->> 'aoi_m2'::text)::float8),
		'<dl class="facts"><div class="f1"><dt>', mf_page_say(labels, 'recorded'), '</dt><dd>', mf_page_area((area ->> 'recorded_m2'::text)::float8, labels),
		' <small>', mf_page_share((area ->> 'recorded_m2'::text)::float8, (area ->> 'aoi_m2'::text)::float8, labels), '</small></dd></div>',
		'<div class="f4"><dt>', mf_page_say(labels, 'possible'), '</dt><dd>', CASE WHEN area ->> 'possible_m2'::text IS NULL
			THEN pg_catalog.concat('<small>', mf_page_say(labels, 'possible_unknown'), '</small>')
			-- what states no accuracy may reach farther
			ELSE pg_catalog.concat(CASE WHEN (area ->> 'accuracy_unknown'::text)::bigint > 0::bigint THEN '≥ '::text END,
				mf_page_area((area ->> 'possible_m2'::text)::float8, labels), ' <small>',
				mf_page_share((area ->> 'possible_m2'::text)::float8, (area ->> 'aoi_m2'::text)::float8, labels), '</small>') END, '</dd></div>',
		'<div class="f3"><dt>', mf_page_say(labels, 'no_record'), '</dt><dd><strong>', mf_page_area((area ->> 'no_record_m2'::text)::float8, labels),
		'</strong> <small>', mf_page_share((area ->> 'no_record_m2'::text)::float8, (area ->> 'aoi_m2'::text)::float8, labels), '</small></dd></div>',
		'<div><dt>', mf_page_say(labels, 'area_records'), '</dt><dd>', mf_page_number((area ->> 'records'::text)::numeric, 0, labels), '</dd></div>',
		CASE WHEN (area ->> 'without_area'::text)::bigint > 0::bigint THEN pg_catalog.concat('<div><dt>', mf_page_say(labels, 'area_without'), '</dt><dd>',
			mf_page_number((area ->> 'without_area'::text)::numeric, 0, labels), '</dd></div>') END,
		CASE WHEN (area ->> 'accuracy_unknown'::text)::bigint > 0::bigint THEN pg_catalog.concat('<div><dt>', mf_page_say(labels, 'area_accuracy_unknown'), '</dt><dd>',
			mf_page_number((area ->> 'accuracy_unknown'::text)::numeric, 0, labels), '</dd></div>') END,
		CASE WHEN pg_catalog.jsonb_array_length(CASE WHEN pg_catalog.jsonb_typeof(area -> 'recorded_times_m2'::text) = 'array' THEN area -> 'recorded_times_m2'::text ELSE '[]'::jsonb END) > 1
			THEN pg_catalog.concat('<div><dt>', mf_page_say(labels, 'times'), '</dt><dd>', mf_page_area((SELECT pg_catalog.sum(t::float8)
				FROM pg_catalog.jsonb_array_elements_text(area -> 'recorded_times_m2'::text) WITH ORDINALITY x (t, n) WHERE n > 1::bigint), labels), '</dd></div>') END,
		'</dl>');

CREATE OR REPLACE FUNCTION mf_page_contents(labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	RETURN pg_catalog.concat('<nav id="contents" aria-label="', mf_page_say(labels, 'contents'), '"><ol>',
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<li><a href="#', id, '">', mf_page_say(labels, title), '</a></li>'), '' ORDER BY n)
		 FROM (VALUES (1, 'overview', 'overview'), (2, 'changes', 'changes'), (3, 'questions', 'questions'), (4, 'areas', 'areas'),
				(5, 'lines', 'lines'), (6, 'received', 'received'), (7, 'missing', 'missing'), (8, 'unlocated', 'unlocated_title'),
				(9, 'totals', 'totals'), (10, 'overlaps', 'overlaps'), (11, 'finds', 'finds'), (12, 'accuracy', 'accuracy'),
				(13, 'completeness', 'completeness'), (14, 'sequence', 'sequence'), (15, 'checks', 'checks'), (16, 'links', 'links'),
				(17, 'account', 'account'), (18, 'trend', 'trend'), (19, 'about', 'about')) v (n, id, title)),
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
							(9, 'unsolved', 'unsolved_points', ''), (10, 'checks_high', 'trend_checks_high', ''),
							(11, 'linked', 'links_found', ''), (12, 'linked_contradicting', 'trend_linked_contradicting', '')) v (n, name, said, unit)) f
				 WHERE a IS NOT NULL OR b IS NOT NULL)),
			mf_page_table(labels, 'no_record_by_area', 'hnnn', ARRAY['area', 'before', 'now', 'difference'],
				(SELECT pg_catalog.string_agg(mf_page_row('hnnn', mf_page_text(x ->> 'name'::text),
						CASE WHEN pg_catalog.jsonb_typeof(x -> 'before'::text) = 'object' THEN mf_page_area((x #>> '{before,no_record_m2}'::text[])::float8, labels) ELSE '' END,
						CASE WHEN pg_catalog.jsonb_typeof(x -> 'after'::text) = 'object' THEN mf_page_area((x #>> '{after,no_record_m2}'::text[])::float8, labels) ELSE '' END,
						mf_page_difference((x #>> '{before,no_record_m2}'::text[])::float8, (x #>> '{after,no_record_m2}'::text[])::float8, 'm2', labels)), '' ORDER BY n)
				 FROM pg_catalog.jsonb_array_elements(report #> '{changes,areas}'::text[]) WITH ORDINALITY y (x, n)))) END);

-- Runs that were made with another profile are no part of a trend.
CREATE FUNCTION mf_page_completeness_trend(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN (SELECT CASE WHEN pg_catalog.jsonb_array_length(t.runs) > 1 THEN pg_catalog.concat('<h3>', mf_page_say(labels, 'completeness_trend'), '</h3><div class="sparks">',
			mf_page_spark(t.runs, 'completeness', '%', 'completeness_all', labels),
			(SELECT pg_catalog.string_agg(mf_page_spark((
						SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('value', r #> ARRAY['completeness_by_book', b.book]) ORDER BY n)
						FROM pg_catalog.jsonb_array_elements(t.runs) WITH ORDINALITY y (r, n)),
					'value', '%', 'trend_of_book', labels || pg_catalog.jsonb_build_object('trend_of_book', b.book)), '' ORDER BY b.book COLLATE "C")
			 FROM (SELECT k.book FROM pg_catalog.jsonb_object_keys(CASE WHEN pg_catalog.jsonb_typeof(t.runs #> '{-1,completeness_by_book}'::text[]) = 'object'
						THEN t.runs #> '{-1,completeness_by_book}'::text[] ELSE '{}'::jsonb END) k (book)
				   ORDER BY k.book COLLATE "C" LIMIT 8) b), '</div>') END
		FROM (SELECT COALESCE(pg_catalog.jsonb_agg(r ORDER BY n), '[]'::jsonb) AS runs
			  FROM pg_catalog.jsonb_array_elements(report -> 'trend'::text) WITH ORDINALITY x (r, n)
			  WHERE r -> 'completeness_profile'::text = report #> '{completeness,profile}'::text[]) t);
COMMENT ON FUNCTION mf_page_completeness_trend(jsonb, jsonb) IS
	'For mf_report_html: the mean completeness over the runs, of all records and by book. NULL for less than two runs with the profile.';

CREATE FUNCTION mf_page_need(requirement text, said text, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN mf_page_text(COALESCE(labels ->> pg_catalog.concat('need_', requirement), said, requirement));
COMMENT ON FUNCTION mf_page_need(text, text, jsonb) IS
	'For mf_report_html: a requirement of a profile in the words of the language, or else as said.';

CREATE FUNCTION mf_page_completeness(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN CASE WHEN pg_catalog.jsonb_typeof(report -> 'completeness'::text) = 'object' THEN mf_page_section(labels, 'completeness', 'completeness', pg_catalog.concat(
		'<p><strong>', mf_page_say(labels, 'completeness_truth'), '</strong> ', mf_page_say(labels, 'completeness_text', 'profile',
			pg_catalog.concat('<b>', mf_page_text(report #>> '{completeness,profile}'::text[]), '</b>')), '</p>',
		mf_page_table(labels, 'completeness_profiles', 'hnnnnt', ARRAY['profile', 'records', 'mean', 'median', 'least', 'by_share'],
			(SELECT pg_catalog.string_agg(mf_page_row('hnnnnt', mf_page_text(p ->> 'profile'::text), mf_page_number((p ->> 'scored'::text)::numeric, 0, labels),
					mf_page_percent((p ->> 'mean'::text)::numeric, labels), mf_page_percent((p ->> 'median'::text)::numeric, labels),
					mf_page_percent((p ->> 'least'::text)::numeric, labels),
					mf_page_bar(ARRAY[(p ->> 'mean'::text)::float8], ARRAY['b1'], 1.0::float8)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{completeness,profiles}'::text[]) WITH ORDINALITY x (p, n)), 'bars'),
		mf_page_table(labels, 'completeness_books', pg_catalog.concat('hnn', pg_catalog.repeat('n', pg_catalog.jsonb_array_length(report #> '{completeness,profiles}'::text[]))),
			ARRAY['book', 'records', 'least'] || (SELECT pg_catalog.array_agg(p ->> 'profile'::text ORDER BY n)
				FROM pg_catalog.jsonb_array_elements(report #> '{completeness,profiles}'::text[]) WITH ORDINALITY x (p, n)),
			(SELECT pg_catalog.string_agg(mf_page_row(pg_catalog.concat('hnn', pg_catalog.repeat('n', pg_catalog.jsonb_array_length(report #> '{completeness,profiles}'::text[]))),
					VARIADIC ARRAY[CASE WHEN b ->> 'book'::text IS NULL THEN mf_page_say(labels, 'no_book') ELSE mf_page_text(b ->> 'book'::text) END,
						mf_page_number((b ->> 'records'::text)::numeric, 0, labels), mf_page_percent((b ->> 'least'::text)::numeric, labels)]
					|| (SELECT pg_catalog.array_agg(mf_page_percent((b #>> ARRAY['means', p ->> 'profile'::text])::numeric, labels) ORDER BY m)
						FROM pg_catalog.jsonb_array_elements(report #> '{completeness,profiles}'::text[]) WITH ORDINALITY y (p, m))), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{completeness,books,rows}'::text[]) WITH ORDINALITY x (b, n))),
		mf_page_more(report #> '{completeness,books}'::text[], labels),
		mf_page_table(labels, 'completeness_requirements', 'htnnn', ARRAY['requirement', 'need', 'lacking', 'illegible', 'share_present'],
			(SELECT pg_catalog.string_agg(mf_page_row('htnnn',
					pg_catalog.concat(mf_page_need(r ->> 'requirement'::text, r ->> 'text'::text, labels), ' <small>', mf_page_text(r ->> 'clause'::text), '</small>'),
					CASE r ->> 'need'::text WHEN 'mandatory' THEN mf_page_say(labels, 'mandatory') ELSE mf_page_say(labels, 'feasible') END,
					mf_page_number((r ->> 'missing'::text)::numeric, 0, labels), mf_page_number((r ->> 'illegible'::text)::numeric, 0, labels),
					mf_page_percent((r ->> 'share_present'::text)::numeric, labels)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{completeness,requirements,rows}'::text[]) WITH ORDINALITY x (r, n))),
		mf_page_more(report #> '{completeness,requirements}'::text[], labels),
		mf_page_table(labels, 'completeness_records', 'htnt', ARRAY['record', 'book', 'score', 'mandatory_missing'],
			(SELECT pg_catalog.string_agg(mf_page_row('htnt', mf_page_text(r ->> 'key'::text), mf_page_text(r ->> 'book'::text),
					mf_page_percent((r ->> 'score'::text)::numeric, labels),
					(SELECT pg_catalog.string_agg(mf_page_need(m, pg_catalog.replace(m, '_', ' '), labels), '; ' ORDER BY k)
					 FROM pg_catalog.jsonb_array_elements_text(r -> 'missing'::text) WITH ORDINALITY y (m, k))), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(mf_page_first(report #> '{completeness,records}'::text[], 20) -> 'rows'::text) WITH ORDINALITY x (r, n))),
		mf_page_more(mf_page_first(report #> '{completeness,records}'::text[], 20), labels),
		mf_page_completeness_trend(report, labels)))
		ELSE mf_page_absent('completeness', labels) END;
COMMENT ON FUNCTION mf_page_completeness(jsonb, jsonb) IS
	'For mf_report_html: how much of what is asked for stands in the records. A report of an earlier release did not tell, which is said.';

CREATE FUNCTION mf_page_sequence(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN CASE WHEN pg_catalog.jsonb_typeof(report -> 'sequence'::text) = 'object' THEN mf_page_section(labels, 'sequence', 'sequence', pg_catalog.concat(
		'<p>', mf_page_say(labels, 'sequence_text'), '</p>',
		mf_page_table(labels, 'declared_title', 'httnnt', ARRAY['book', 'declared_item', 'model', 'declared', 'received', 'agrees'],
			(SELECT pg_catalog.string_agg(mf_page_row('httnnt', mf_page_text(d ->> 'book'::text), mf_page_say(labels, pg_catalog.concat('item_', d ->> 'item'::text)),
					CASE WHEN d ->> 'item'::text = 'mines' AND d ->> 'model'::text IS NULL THEN mf_page_say(labels, 'model_unknown') ELSE mf_page_text(d ->> 'model'::text) END,
					mf_page_interval((d ->> 'declared_min'::text)::numeric, (d ->> 'declared_max'::text)::numeric, labels),
					mf_page_interval((d ->> 'received_min'::text)::numeric, (d ->> 'received_max'::text)::numeric, labels),
					CASE d ->> 'agrees'::text WHEN 'true' THEN mf_page_say(labels, 'yes') WHEN 'false' THEN pg_catalog.concat('<strong>', mf_page_say(labels, 'no'), '</strong>')
						ELSE mf_page_say(labels, 'open') END), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{sequence,declared,rows}'::text[]) WITH ORDINALITY x (d, n))),
		mf_page_more(report #> '{sequence,declared}'::text[], labels),
		CASE WHEN (report #>> '{sequence,declared,count}'::text[])::bigint = 0::bigint THEN pg_catalog.concat('<p>', mf_page_say(labels, 'declared_none'), '</p>') END,
		mf_page_table(labels, 'copies_title', 'htntt', ARRAY['number', 'book', 'records', 'copies', 'differ'],
			(SELECT pg_catalog.string_agg(mf_page_row('htntt', pg_catalog.concat(mf_page_text(c ->> 'number'::text), CASE WHEN c ->> 'part'::text IS NOT NULL
						THEN pg_catalog.concat(' / ', mf_page_text(c ->> 'part'::text)) END), mf_page_text(c ->> 'book'::text),
					mf_page_number((c ->> 'records'::text)::numeric, 0, labels),
					pg_catalog.concat(mf_page_keys(c -> 'keys'::text), CASE WHEN pg_catalog.jsonb_array_length(CASE WHEN pg_catalog.jsonb_typeof(c -> 'missing_copies'::text) = 'array'
						THEN c -> 'missing_copies'::text ELSE '[]'::jsonb END) > 0 THEN pg_catalog.concat('<br><small>', mf_page_say(labels, 'copies_missing', 'list',
							mf_page_words(c -> 'missing_copies'::text)), '</small>') END),
					CASE c ->> 'differ'::text WHEN 'true' THEN pg_catalog.concat('<strong>', mf_page_say(labels, 'yes'), '</strong>')
						WHEN 'false' THEN mf_page_say(labels, 'no') ELSE '' END), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{sequence,copies,rows}'::text[]) WITH ORDINALITY x (c, n))),
		mf_page_more(report #> '{sequence,copies}'::text[], labels),
		mf_page_table(labels, 'series_title', 'htntt', ARRAY['series', 'book', 'missing_numbers', 'from_to', 'between_numbers'],
			(SELECT pg_catalog.string_agg(mf_page_row('htntt', mf_page_text(g ->> 'series'::text), mf_page_text(g ->> 'book'::text),
					mf_page_number((g ->> 'missing'::text)::numeric, 0, labels),
					mf_page_ranges(pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_array(g -> 'first_missing'::text, g -> 'last_missing'::text))),
					pg_catalog.concat_ws(' – ', NULLIF(mf_page_text(g ->> 'after'::text), ''), NULLIF(mf_page_text(g ->> 'before'::text), ''))), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{sequence,gaps,rows}'::text[]) WITH ORDINALITY x (g, n))),
		CASE WHEN (report #>> '{sequence,gaps,runs}'::text[])::bigint > pg_catalog.jsonb_array_length(report #> '{sequence,gaps,rows}'::text[])::bigint
			THEN pg_catalog.concat('<p class="more">', mf_page_say(labels, 'and_more', 'n', mf_page_number((report #>> '{sequence,gaps,runs}'::text[])::numeric
				- pg_catalog.jsonb_array_length(report #> '{sequence,gaps,rows}'::text[])::numeric, 0, labels)), '</p>') END))
		ELSE mf_page_absent('sequence', labels) END;
COMMENT ON FUNCTION mf_page_sequence(jsonb, jsonb) IS
	'For mf_report_html: declared beside received, copies, and numbers missing in series. A report of an earlier release did not tell, which is said.';

CREATE FUNCTION mf_page_priority(priority text, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN mf_page_say(labels, pg_catalog.concat('priority_', priority));
COMMENT ON FUNCTION mf_page_priority(text, jsonb) IS
	'For mf_report_html: HIGH, MEDIUM or LOW in words.';

CREATE FUNCTION mf_page_check(code text, description text, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
	RETURN pg_catalog.concat(mf_page_text(COALESCE(labels ->> pg_catalog.concat('check_', code), description, code)),
		'<br><small>', mf_page_text(code), '</small>');
COMMENT ON FUNCTION mf_page_check(text, text, jsonb) IS
	'For mf_report_html: what is wrong where a check fails, in words, and its code.';

CREATE FUNCTION mf_page_checks(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN CASE WHEN pg_catalog.jsonb_typeof(report -> 'checks'::text) = 'object' THEN mf_page_section(labels, 'checks', 'checks', pg_catalog.concat(
		'<p>', mf_page_say(labels, 'checks_text'), '</p>',
		mf_page_table(labels, 'checks_priorities', 'hnnnnnn', ARRAY['priority', 'checks_n', 'check_run', 'check_not_applicable', 'check_failed', 'findings', 'records_concerned'],
			(SELECT pg_catalog.string_agg(mf_page_row('hnnnnnn', mf_page_priority(p ->> 'priority'::text, labels), mf_page_number((p ->> 'checks'::text)::numeric, 0, labels),
					mf_page_number((p ->> 'run'::text)::numeric, 0, labels), mf_page_number((p ->> 'not_applicable'::text)::numeric, 0, labels),
					mf_page_number((p ->> 'failed'::text)::numeric, 0, labels), mf_page_number((p ->> 'findings'::text)::numeric, 0, labels),
					mf_page_number((p ->> 'records'::text)::numeric, 0, labels)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{checks,priorities}'::text[]) WITH ORDINALITY x (p, n))),
		mf_page_table(labels, 'checks_failed', 'htnnnn', ARRAY['check', 'priority', 'check_run', 'check_not_applicable', 'check_failed', 'findings'],
			(SELECT pg_catalog.string_agg(mf_page_row('htnnnn', mf_page_check(c ->> 'code'::text, c ->> 'description'::text, labels),
					mf_page_priority(c ->> 'priority'::text, labels), mf_page_number((c ->> 'run'::text)::numeric, 0, labels),
					mf_page_number((c ->> 'not_applicable'::text)::numeric, 0, labels), mf_page_number((c ->> 'failed'::text)::numeric, 0, labels),
					mf_page_number((c ->> 'findings'::text)::numeric, 0, labels)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{checks,codes,rows}'::text[]) WITH ORDINALITY x (c, n) WHERE (c ->> 'failed'::text)::bigint > 0::bigint)),
		(SELECT CASE WHEN pg_catalog.count(*) > 0::bigint THEN pg_catalog.concat('<p class="may">', mf_page_say(labels, 'checks_never', 'n', mf_page_number(pg_catalog.count(*)::numeric, 0, labels),
				'list', pg_catalog.string_agg(mf_page_text(c ->> 'code'::text), ', ' ORDER BY n)), '</p>') END
		 FROM pg_catalog.jsonb_array_elements(report #> '{checks,codes,rows}'::text[]) WITH ORDINALITY x (c, n) WHERE (c ->> 'run'::text)::bigint = 0::bigint),
		CASE WHEN pg_catalog.jsonb_array_length(report #> '{checks,skipped}'::text[]) > 0 THEN pg_catalog.concat('<p class="may">', mf_page_say(labels, 'checks_skipped', 'list',
			mf_page_words(report #> '{checks,skipped}'::text[])), '</p>') END,
		mf_page_table(labels, 'checks_records', 'htnnnt', ARRAY['record', 'book', 'priority_HIGH', 'priority_MEDIUM', 'priority_LOW', 'check'],
			(SELECT pg_catalog.string_agg(mf_page_row('htnnnt', mf_page_text(r ->> 'key'::text), mf_page_text(r ->> 'book'::text),
					mf_page_number((r ->> 'high'::text)::numeric, 0, labels), mf_page_number((r ->> 'medium'::text)::numeric, 0, labels),
					mf_page_number((r ->> 'low'::text)::numeric, 0, labels), mf_page_words(r -> 'codes'::text)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(mf_page_first(report #> '{checks,records}'::text[], 20) -> 'rows'::text) WITH ORDINALITY x (r, n))),
		mf_page_more(mf_page_first(report #> '{checks,records}'::text[], 20), labels),
		mf_page_table(labels, 'checks_findings', 'htt', ARRAY['record', 'check', 'found'],
			(SELECT pg_catalog.string_agg(mf_page_row('htt', pg_catalog.concat_ws(' ', CASE WHEN f ->> 'key'::text IS NULL THEN mf_page_text(f ->> 'book'::text) END, mf_page_text(f ->> 'key'::text)),
					pg_catalog.concat(mf_page_priority(f ->> 'priority'::text, labels), '<br><small>', mf_page_text(f ->> 'code'::text), '</small>'),
					pg_catalog.concat(mf_page_text(f ->> 'message'::text), CASE WHEN f ->> 'hint'::text <> '' THEN pg_catalog.concat('<br><small>', mf_page_text(f ->> 'hint'::text), '</small>') END,
						' <code>', mf_page_text(f ->> 'path'::text), '</code>')), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(mf_page_first(report #> '{checks,findings}'::text[], 30) -> 'rows'::text) WITH ORDINALITY x (f, n))),
		mf_page_more(mf_page_first(report #> '{checks,findings}'::text[], 30), labels)))
		ELSE mf_page_absent('checks', labels) END;
COMMENT ON FUNCTION mf_page_checks(jsonb, jsonb) IS
	'For mf_report_html: what contradicts what. A report of an earlier release did not tell, which is said.';

CREATE FUNCTION mf_page_differs(differs jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN pg_catalog.concat((SELECT pg_catalog.string_agg(pg_catalog.concat(CASE WHEN d ->> 'change'::text = 'contradicting' THEN '<strong>' END,
				'<code>', mf_page_text(pg_catalog.regexp_replace(d ->> 'path'::text, '^/properties/', '')), '</code>',
				CASE WHEN d ->> 'change'::text = 'contradicting' THEN '</strong>' END, ': ',
				CASE WHEN d ->> 'a'::text IS NULL THEN '∅' ELSE mf_page_text(d ->> 'a'::text) END, ' | ',
				CASE WHEN d ->> 'b'::text IS NULL THEN '∅' ELSE mf_page_text(d ->> 'b'::text) END), '<br>' ORDER BY n)
			FROM pg_catalog.jsonb_array_elements(differs -> 'rows'::text) WITH ORDINALITY x (d, n)),
		mf_page_more(differs, labels));
COMMENT ON FUNCTION mf_page_differs(jsonb, jsonb) IS
	'For mf_report_html: what two records say differently, in a cell; what contradicts each other stands out.';

CREATE FUNCTION mf_page_links(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN CASE WHEN pg_catalog.jsonb_typeof(report -> 'links'::text) = 'object' THEN mf_page_section(labels, 'links', 'links', pg_catalog.concat(
		'<p>', mf_page_say(labels, 'links_text'), '</p>',
		CASE WHEN (report #>> '{links,books,count}'::text[])::bigint = 0::bigint THEN pg_catalog.concat('<p>', mf_page_say(labels, 'links_none'), '</p>') END,
		CASE WHEN (report #>> '{links,records_not_compared}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may">', mf_page_say(labels, 'links_left_out', 'n',
			mf_page_number((report #>> '{links,records_not_compared}'::text[])::numeric, 0, labels)), '</p>') END,
		CASE WHEN (report #>> '{links,books_not_compared}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may">', mf_page_say(labels, 'links_books_left_out', 'n',
			mf_page_number((report #>> '{links,books_not_compared}'::text[])::numeric, 0, labels)), '</p>') END,
		mf_page_table(labels, 'links_books', 'htnnnnn', ARRAY['book_one', 'book_two', 'records_one', 'records_two', 'links_found', 'links_contradicting', 'links_not_compared'],
			(SELECT pg_catalog.string_agg(mf_page_row('htnnnnn', mf_page_text(b ->> 'book_a'::text), mf_page_text(b ->> 'book_b'::text),
					mf_page_number((b ->> 'records_a'::text)::numeric, 0, labels), mf_page_number((b ->> 'records_b'::text)::numeric, 0, labels),
					mf_page_number((b ->> 'linked'::text)::numeric, 0, labels), mf_page_number((b ->> 'contradicting'::text)::numeric, 0, labels),
					mf_page_number((b ->> 'not_compared'::text)::numeric, 0, labels)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{links,books,rows}'::text[]) WITH ORDINALITY x (b, n))),
		mf_page_more(report #> '{links,books}'::text[], labels),
		mf_page_table(labels, 'links_pairs', 'hnttt', ARRAY['pair', 'score', 'links_contradict', 'reasons', 'differs'],
			(SELECT pg_catalog.string_agg(mf_page_row('hnttt', pg_catalog.concat(mf_page_text(l ->> 'a'::text), ' – ', mf_page_text(l ->> 'b'::text)),
					pg_catalog.concat(mf_page_number((l ->> 'score'::text)::numeric, 3, labels), CASE WHEN l ->> 'next_best'::text IS NOT NULL THEN
						pg_catalog.concat('<br><small>', mf_page_say(labels, 'next_best', 'n', mf_page_number((l ->> 'next_best'::text)::numeric, 3, labels)), '</small>') END),
					CASE l ->> 'contradicts'::text WHEN 'true' THEN pg_catalog.concat('<strong>', mf_page_say(labels, 'yes'), '</strong>') WHEN 'false' THEN mf_page_say(labels, 'no')
						ELSE mf_page_say(labels, 'unknown') END,
					(SELECT pg_catalog.string_agg(mf_page_text(r), '<br>' ORDER BY k) FROM pg_catalog.jsonb_array_elements_text(l -> 'reasons'::text) WITH ORDINALITY y (r, k)),
					mf_page_differs(l -> 'differs'::text, labels)), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(mf_page_first(report -> 'links'::text, 30) -> 'rows'::text) WITH ORDINALITY x (l, n))),
		mf_page_more(mf_page_first(report -> 'links'::text, 30), labels)))
		ELSE mf_page_absent('links', labels) END;
COMMENT ON FUNCTION mf_page_links(jsonb, jsonb) IS
	'For mf_report_html: which records of two books tell of one field, and what they say differently. A report of an earlier release did not tell, which is said.';

CREATE FUNCTION mf_page_account_row(first text, a jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN mf_page_row('hnnnnnnnn', first, mf_page_number((a ->> 'records'::text)::numeric, 0, labels),
		mf_page_number((a ->> 'records_unknown'::text)::numeric, 0, labels),
		mf_page_interval((a ->> 'recorded_min'::text)::numeric, (a ->> 'recorded_max'::text)::numeric, labels),
		mf_page_interval((a ->> 'added_min'::text)::numeric, (a ->> 'added_max'::text)::numeric, labels),
		mf_page_interval((a ->> 'lifted_min'::text)::numeric, (a ->> 'lifted_max'::text)::numeric, labels),
		mf_page_interval((a ->> 'exploded_min'::text)::numeric, (a ->> 'exploded_max'::text)::numeric, labels),
		mf_page_interval((a ->> 'found_min'::text)::numeric, (a ->> 'found_max'::text)::numeric, labels),
		pg_catalog.concat('<strong>', mf_page_interval((a ->> 'unaccounted_min'::text)::numeric, (a ->> 'unaccounted_max'::text)::numeric, labels), '</strong>'));
COMMENT ON FUNCTION mf_page_account_row(text, jsonb, jsonb) IS
	'For mf_report_html: one row of an account, with a first cell that is escaped already.';

CREATE FUNCTION mf_page_account_table(title text, account jsonb, most bigint, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN pg_catalog.concat(mf_page_table(labels || pg_catalog.jsonb_build_object('account_title', title), 'account_title', 'hnnnnnnnn',
		ARRAY['model', 'records', 'count_unknown', 'recorded', 'added', 'lifted', 'exploded', 'found_mines', 'unaccounted'],
		pg_catalog.concat((SELECT pg_catalog.string_agg(mf_page_account_row(mf_page_text(m ->> 'model'::text), m, labels), '' ORDER BY n)
				FROM pg_catalog.jsonb_array_elements(account #> '{models,rows}'::text[]) WITH ORDINALITY x (m, n) WHERE n <= most),
			CASE WHEN pg_catalog.jsonb_typeof(account -> 'total'::text) = 'object' THEN mf_page_account_row(mf_page_say(labels, 'mines_total'), account -> 'total'::text, labels) END)),
		CASE WHEN (account #>> '{models,count}'::text[])::bigint > least(most, pg_catalog.jsonb_array_length(account #> '{models,rows}'::text[])::bigint)
			THEN pg_catalog.concat('<p class="more">', mf_page_say(labels, 'and_more', 'n', mf_page_number((account #>> '{models,count}'::text[])::numeric
				- least(most, pg_catalog.jsonb_array_length(account #> '{models,rows}'::text[])::bigint)::numeric, 0, labels)), '</p>') END);
COMMENT ON FUNCTION mf_page_account_table(text, jsonb, bigint, jsonb) IS
	'For mf_report_html: an account under a title: so many models, and the total.';

CREATE FUNCTION mf_page_account(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN CASE WHEN pg_catalog.jsonb_typeof(report -> 'account'::text) = 'object' THEN mf_page_section(labels, 'account', 'account', pg_catalog.concat(
		'<p>', mf_page_say(labels, 'account_text'), '</p>',
		CASE WHEN (report #>> '{account,total,events_unknown}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may">', mf_page_say(labels, 'account_events_unknown', 'n',
			mf_page_number((report #>> '{account,total,events_unknown}'::text[])::numeric, 0, labels)), '</p>') END,
		CASE WHEN (report #>> '{account,told_twice}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may">', mf_page_say(labels, 'account_twice', 'n',
			mf_page_number((report #>> '{account,told_twice}'::text[])::numeric, 0, labels)), '</p>') END,
		CASE WHEN (report #>> '{account,copies_left_out}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p>', mf_page_say(labels, 'account_copies', 'n',
			mf_page_number((report #>> '{account,copies_left_out}'::text[])::numeric, 0, labels)), '</p>') END,
		mf_page_account_table(labels ->> 'account_models'::text, report -> 'account'::text, 30, labels),
		CASE WHEN (report #>> '{account,areas,count}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<h3>', mf_page_say(labels, 'account_areas'), '</h3><p>',
			mf_page_say(labels, 'account_areas_text'), '</p>',
			CASE WHEN (report #>> '{account,unlocated}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may"><a href="#unlocated">', mf_page_say(labels, 'may_lie', 'n',
				mf_page_number((report #>> '{account,unlocated}'::text[])::numeric, 0, labels)), '</a></p>') END,
			CASE WHEN (report #>> '{account,finds_without_place}'::text[])::bigint > 0::bigint THEN pg_catalog.concat('<p class="may">', mf_page_say(labels, 'finds_without_place', 'n',
				mf_page_number((report #>> '{account,finds_without_place}'::text[])::numeric, 0, labels)), '</p>') END,
			(SELECT pg_catalog.string_agg(mf_page_account_table(a ->> 'name'::text, a, 6, labels), '' ORDER BY n)
			 FROM pg_catalog.jsonb_array_elements(report #> '{account,areas,rows}'::text[]) WITH ORDINALITY x (a, n)),
			mf_page_more(report #> '{account,areas}'::text[], labels)) END))
		ELSE mf_page_absent('account', labels) END;
COMMENT ON FUNCTION mf_page_account(jsonb, jsonb) IS
	'For mf_report_html: what paper leaves unaccounted for, in all and by area, as intervals. A report of an earlier release did not tell, which is said.';

CREATE OR REPLACE FUNCTION mf_page_about(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN mf_page_section(labels, 'about', 'about', pg_catalog.concat('<p>', mf_page_say(labels, 'about_text'), '</p><dl class="facts">',
		'<div><dt>', mf_page_say(labels, 'about_who'), '</dt><dd>', mf_page_text(report ->> 'made_by'::text), '</dd></div>',
		'<div><dt>', mf_page_say(labels, 'about_digest'), '</dt><dd><code>', mf_page_text(report ->> 'input_digest'::text), '</code></dd></div>',
		'<div><dt>', mf_page_say(labels, 'about_options'), '</dt><dd><code>', (SELECT pg_catalog.string_agg(pg_catalog.concat(mf_page_text(o.key), ' = ', mf_page_text(pg_catalog.left(o.value, 200))), ', '
			ORDER BY o.key COLLATE "C") FROM pg_catalog.jsonb_each_text(report -> 'options'::text) o), '</code></dd></div>',
		'<div><dt>', mf_page_say(labels, 'about_versions'), '</dt><dd><code>', mf_page_text(report #>> '{versions,all}'::text[]), '</code></dd></div></dl>'));

CREATE OR REPLACE FUNCTION mf_page_body(report jsonb, sources jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5000
	RETURN pg_catalog.concat('<main>', mf_page_summary(report, mf_report_summary(report), labels), mf_page_contents(labels),
		mf_page_overview(report, sources, labels), mf_page_changes(report, labels), mf_page_questions(report, labels),
		mf_page_areas(report, sources, labels), mf_page_lines(report, sources, labels), mf_page_received(report, labels),
		mf_page_missing(report, labels), mf_page_unlocated(report, labels), mf_page_totals(report, labels),
		mf_page_overlaps(report, labels), mf_page_finds(report, labels), mf_page_accuracy(report, labels),
		mf_page_completeness(report, labels), mf_page_sequence(report, labels), mf_page_checks(report, labels), mf_page_links(report, labels),
		mf_page_account(report, labels), mf_page_trend(report, labels), mf_page_about(report, labels),
		'</main>');
-- the sections of a report about what is written: completeness, sequence,
-- checks, what two books say of each other, and accounts

-- One score is what is written by what is asked for.  Scores by different
-- profiles compare nothing, so a mean is always told with its profile.
CREATE FUNCTION mf_report_completeness(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	most integer := options ->> 'max_rows'::text;
	own jsonb := CASE WHEN pg_catalog.jsonb_typeof(options -> 'profile'::text) = 'object' THEN options -> 'profile'::text END;
	chosen text := coalesce(own ->> 'profile'::text, CASE WHEN own IS NULL THEN options ->> 'profile'::text ELSE 'own' END);
	name text;
	asked jsonb;
	met record;
	profiles jsonb;
	books jsonb;
	requirements jsonb;
	lacking bigint;
	records jsonb;
	short bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	CREATE TEMP TABLE minefield_tmp_score (key text, book text, profile text, score float8);
	-- one after the other: a profile is read once for as long as it is the same
	FOR name IN SELECT p FROM mf_profiles() p WHERE own IS NULL OR p <> chosen LOOP
		INSERT INTO minefield_tmp_score
		SELECT r.key, r.book, name, mf_completeness(r.record, name) FROM pg_temp.minefield_in_record r;
	END LOOP;
	INSERT INTO minefield_tmp_score
	SELECT r.key, r.book, chosen, mf_completeness(r.record, own) FROM pg_temp.minefield_in_record r WHERE own IS NOT NULL;

	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('profile', profile, 'records', n, 'scored', scored, 'mean', mean, 'median', median, 'least', least)
			ORDER BY (profile = chosen) DESC, profile COLLATE "C") INTO profiles
	FROM (SELECT profile, pg_catalog.count(*) AS n, pg_catalog.count(score) AS scored, pg_catalog.round(pg_catalog.avg(score)::numeric, 4) AS mean,
				 pg_catalog.round(pg_catalog.percentile_disc(0.5::float8) WITHIN GROUP (ORDER BY score)::numeric, 4) AS median,
				 pg_catalog.round(pg_catalog.min(score)::numeric, 4) AS least
		  FROM minefield_tmp_score GROUP BY profile) p;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book', book, 'records', n, 'scored', scored, 'mean', means -> chosen, 'least', least, 'means', means)
			ORDER BY book COLLATE "C" NULLS LAST) FILTER (WHERE place <= most) INTO books
	FROM (SELECT book, pg_catalog.max(n) AS n, pg_catalog.max(scored) FILTER (WHERE profile = chosen) AS scored,
				 pg_catalog.max(least) FILTER (WHERE profile = chosen) AS least, pg_catalog.jsonb_object_agg(profile, mean) AS means,
				 pg_catalog.row_number() OVER (ORDER BY book COLLATE "C" NULLS LAST) AS place
		  FROM (SELECT book, profile, pg_catalog.count(*) AS n, pg_catalog.count(score) AS scored, pg_catalog.round(pg_catalog.avg(score)::numeric, 4) AS mean,
					   pg_catalog.round(pg_catalog.min(score)::numeric, 4) AS least
				FROM minefield_tmp_score GROUP BY book, profile) s
		  GROUP BY book) b;

	asked := coalesce(own, mf_profile(chosen));
	IF own IS NULL THEN
		SELECT mf_completeness_summary(r.record, chosen) AS summary INTO met FROM pg_temp.minefield_in_record r;
	ELSE
		SELECT mf_completeness_summary(r.record, own) AS summary INTO met FROM pg_temp.minefield_in_record r;
	END IF;
	SELECT pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.to_jsonb(s) - 'place'::text ORDER BY place)
			FILTER (WHERE place <= most)
	INTO lacking, requirements
	FROM (SELECT u.requirement, u.clause, u.need, u.weight, u.records, u.present, u.missing, u.illegible, u.not_applicable,
				 pg_catalog.round(u.share_present::numeric, 4) AS share_present, a.r ->> 'text'::text AS text,
				 pg_catalog.row_number() OVER (ORDER BY u.missing + u.illegible DESC, u.ord) AS place
		  FROM pg_catalog.unnest(met.summary) WITH ORDINALITY u (requirement, clause, need, weight, records, present, missing, illegible, not_applicable, share_present, ord)
			LEFT JOIN pg_catalog.jsonb_array_elements(asked -> 'requirements'::text) a (r) ON a.r ->> 'requirement'::text = u.requirement
		  WHERE u.missing + u.illegible > 0::bigint) s;

	SELECT pg_catalog.count(*) INTO short FROM minefield_tmp_score WHERE profile = chosen AND score < 1::float8;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', w.key, 'book', w.book, 'score', pg_catalog.round(w.score::numeric, 4), 'missing', (
				SELECT coalesce(pg_catalog.jsonb_agg(m.requirement ORDER BY m.n), '[]'::jsonb)
				FROM (SELECT f.requirement, f.n FROM mf_missing(r.record, asked) WITH ORDINALITY f (requirement, clause, need, weight, state, items, description, n)
					  WHERE f.need = 'mandatory' AND f.state IN ('missing', 'illegible') ORDER BY f.n LIMIT 12) m))
			ORDER BY w.score, w.key COLLATE "C") INTO records
	FROM (SELECT key, book, score FROM minefield_tmp_score WHERE profile = chosen AND score < 1::float8 ORDER BY score, key COLLATE "C" LIMIT most) w
		JOIN pg_temp.minefield_in_record r ON r.key = w.key;
	DROP TABLE minefield_tmp_score;
	RETURN pg_catalog.jsonb_build_object('profile', chosen, 'mean', profiles #> '{0,mean}'::text[], 'profiles', coalesce(profiles, '[]'::jsonb),
		'books', mf_report_list((SELECT pg_catalog.count(*) FROM (SELECT DISTINCT book FROM pg_temp.minefield_in_record) b), books),
		'requirements', mf_report_list(lacking, requirements), 'records', mf_report_list(short, records));
END
$$;
COMMENT ON FUNCTION mf_report_completeness(jsonb) IS
	'For the report: section of a report: how much of what profiles ask for the records say, by profile and by book, which requirements they lack most, and the least complete records. It says what is written, not whether it is true.';

-- The series of plain numbers stands in section missing; here are the others.
CREATE FUNCTION mf_report_sequence(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	most integer := options ->> 'max_rows'::text;
	more jsonb := (SELECT pg_catalog.jsonb_agg(model) FROM pg_temp.minefield_in_model);
	gaps jsonb;
	copies jsonb;
	declared jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT mf_report_list(coalesce(pg_catalog.sum(g.missing), 0::numeric)::bigint, pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book', g.book, 'series', g.series,
			'first_missing', g.first_missing, 'last_missing', g.last_missing, 'missing', g.missing, 'after', g.after, 'before', g.before) ORDER BY g.place)
			FILTER (WHERE g.place <= most)) || pg_catalog.jsonb_build_object('runs', pg_catalog.count(*))
	INTO gaps
	FROM (SELECT b.book, s.*, pg_catalog.row_number() OVER (ORDER BY b.book COLLATE "C", s.ord) AS place
		  FROM (SELECT book, pg_catalog.array_agg(number ORDER BY key COLLATE "C") AS numbers FROM pg_temp.minefield_in_record
				WHERE number IS NOT NULL AND book IS NOT NULL GROUP BY book) b,
			   mf_sequence_gaps(b.numbers) WITH ORDINALITY s (series, first_missing, last_missing, missing, after, before, ord)
		  WHERE s.series <> '#') g;

	SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book', c.book, 'number', c.number, 'part', c.part, 'records', c.records,
			'keys', pg_catalog.to_jsonb(c.keys[1:6]), 'copies', pg_catalog.to_jsonb(c.copies[1:6]), 'missing_copies', pg_catalog.to_jsonb(c.missing_copies[1:6]),
			'repeated', c.repeated, 'differ', c.differ) ORDER BY c.place) FILTER (WHERE c.place <= most))
		|| pg_catalog.jsonb_build_object('differing', pg_catalog.count(*) FILTER (WHERE c.differ))
	INTO copies
	FROM (SELECT b.book, s.*, pg_catalog.row_number() OVER (ORDER BY s.differ DESC NULLS LAST, b.book COLLATE "C", s.ord) AS place
		  FROM (SELECT book, pg_catalog.array_agg(key ORDER BY key COLLATE "C") AS keys, pg_catalog.array_agg(record ORDER BY key COLLATE "C") AS records
				FROM pg_temp.minefield_in_record WHERE book IS NOT NULL GROUP BY book) b,
			   mf_copies(b.keys, b.records) WITH ORDINALITY s (number, part, records, keys, copies, missing_copies, repeated, differ, ord)) c;

	SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book', d.book, 'item', d.item, 'model', d.model,
			'declared_min', d.declared_min, 'declared_max', d.declared_max, 'received_min', d.received_min, 'received_max', d.received_max,
			'agrees', d.agrees) ORDER BY d.place) FILTER (WHERE d.place <= most))
		|| pg_catalog.jsonb_build_object('disagreeing', pg_catalog.count(*) FILTER (WHERE NOT d.agrees))
	INTO declared
	FROM (SELECT b.book, s.*, pg_catalog.row_number() OVER (ORDER BY s.agrees NULLS LAST, b.book COLLATE "C", s.ord) AS place
		  FROM pg_temp.minefield_in_book b
			LEFT JOIN (SELECT book, pg_catalog.array_agg(record ORDER BY key COLLATE "C") AS records
					   FROM pg_temp.minefield_in_record GROUP BY book) r ON r.book = b.book,
			   mf_declared(b.header, r.records, more) WITH ORDINALITY s (item, model, declared_min, declared_max, received_min, received_max, agrees, ord)) d;
	RETURN pg_catalog.jsonb_build_object('gaps', gaps, 'copies', copies, 'declared', declared);
END
$$;
COMMENT ON FUNCTION mf_report_sequence(jsonb) IS
	'For the report: section of a report: by book, the numbers missing in series other than plain numbers, the copies, and what was declared beside what came. Neither where nothing is numbered or declared.';

-- A header that the office wrote can have the wrong shape.  Then nothing is
-- declared, and the checks of it count as not applicable.
CREATE FUNCTION mf_report_book_header(header jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 250
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_logbook('{"type":"Feature"}'::minefield, header);
	RETURN header;
EXCEPTION WHEN data_exception THEN
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION mf_report_book_header(jsonb) IS
	'For the report: the header of a log book as it is, or NULL where it is none.';

-- Books are checked one by one, so that their headers are, too; records of no
-- book have no header, and are no book.
CREATE FUNCTION mf_report_checks(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	most integer := options ->> 'max_rows'::text;
	skipped text[] := ARRAY(SELECT pg_catalog.jsonb_array_elements_text(options -> 'skip_checks'::text));
	asked jsonb;
	one record;
	whole record;
	codes jsonb;
	priorities jsonb;
	worst jsonb;
	found jsonb;
	result jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	asked := mf_check_options(skip => skipped, models => (SELECT pg_catalog.jsonb_agg(model) FROM pg_temp.minefield_in_model));
	CREATE TEMP TABLE minefield_tmp_finding (key text, book text, code text, priority text, path text, message text, hint text);
	CREATE TEMP TABLE minefield_tmp_count (code text, run bigint, not_applicable bigint, passed bigint, failed bigint, findings bigint);
	FOR one IN
		SELECT r.book, mf_report_book_header(b.header) AS header, r.keys
		FROM (SELECT book, pg_catalog.array_agg(key ORDER BY key COLLATE "C") AS keys FROM pg_temp.minefield_in_record GROUP BY book) r
			LEFT JOIN pg_temp.minefield_in_book b ON b.book = r.book
	LOOP
		SELECT mf_logbook(r.record, one.header ORDER BY r.key COLLATE "C") AS log INTO whole
		FROM pg_temp.minefield_in_record r WHERE r.book IS NOT DISTINCT FROM one.book;
		INSERT INTO minefield_tmp_finding
		SELECT one.keys[f.n], one.book, f.code, f.priority, f.path, f.message, f.hint
		FROM mf_check(whole.log, asked) f WHERE f.n IS NOT NULL OR one.book IS NOT NULL;
		INSERT INTO minefield_tmp_count
		SELECT c.code, c.run, c.not_applicable, c.passed, c.failed, c.findings
		FROM mf_check_summary(whole.log, asked) c WHERE c.scope = 'record' OR one.book IS NOT NULL;
	END LOOP;

	SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('code', k.code, 'priority', k.priority, 'scope', k.scope,
			'description', k.description, 'run', c.run, 'not_applicable', c.not_applicable, 'passed', c.passed, 'failed', c.failed, 'findings', c.findings)
			ORDER BY k.rank, c.failed DESC, k.ord))
	INTO codes
	FROM (SELECT code, pg_catalog.sum(run)::bigint AS run, pg_catalog.sum(not_applicable)::bigint AS not_applicable, pg_catalog.sum(passed)::bigint AS passed,
				 pg_catalog.sum(failed)::bigint AS failed, pg_catalog.sum(findings)::bigint AS findings FROM minefield_tmp_count GROUP BY code) c
		JOIN (SELECT code, priority, scope, description, ord, pg_catalog.array_position(ARRAY['HIGH', 'MEDIUM', 'LOW'], priority) AS rank
			  FROM mf_checks() WITH ORDINALITY m (code, priority, scope, description, hint, ord)) k ON k.code = c.code;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('priority', p.priority, 'checks', p.checks, 'run', p.run, 'not_applicable', p.not_applicable, 'failed', p.failed,
			'findings', p.findings, 'records', (SELECT pg_catalog.count(DISTINCT f.key) FROM minefield_tmp_finding f WHERE f.priority = p.priority))
			ORDER BY pg_catalog.array_position(ARRAY['HIGH', 'MEDIUM', 'LOW'], p.priority)) INTO priorities
	FROM (SELECT c ->> 'priority'::text AS priority, pg_catalog.count(*) AS checks, pg_catalog.sum((c ->> 'run'::text)::bigint) AS run,
				 pg_catalog.sum((c ->> 'not_applicable'::text)::bigint) AS not_applicable, pg_catalog.sum((c ->> 'failed'::text)::bigint) AS failed,
				 pg_catalog.sum((c ->> 'findings'::text)::bigint) AS findings
		  FROM pg_catalog.jsonb_array_elements(codes -> 'rows'::text) c GROUP BY 1) p;

	SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', w.key, 'book', w.book, 'high', w.high, 'medium', w.medium, 'low', w.low,
			'codes', pg_catalog.to_jsonb(w.codes[1:8])) ORDER BY w.place) FILTER (WHERE w.place <= most)) INTO worst
	FROM (SELECT g.*, pg_catalog.row_number() OVER (ORDER BY g.high DESC, g.medium DESC, g.low DESC, g.key COLLATE "C") AS place
		  FROM (SELECT c.key, c.book, coalesce(pg_catalog.sum(c.n) FILTER (WHERE c.rank = 1), 0::numeric) AS high,
					   coalesce(pg_catalog.sum(c.n) FILTER (WHERE c.rank = 2), 0::numeric) AS medium, coalesce(pg_catalog.sum(c.n) FILTER (WHERE c.rank = 3), 0::numeric) AS low,
					   pg_catalog.array_agg(c.code ORDER BY c.rank, c.code COLLATE "C") AS codes
				FROM (SELECT key, book, code, pg_catalog.array_position(ARRAY['HIGH', 'MEDIUM', 'LOW'], priority) AS rank, pg_catalog.count(*) AS n
					  FROM minefield_tmp_finding WHERE key IS NOT NULL GROUP BY key, book, code, priority) c
				GROUP BY c.key, c.book) g) w;
	-- one of each check first, so that none is drowned by another
	SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', w.key, 'book', w.book, 'code', w.code, 'priority', w.priority, 'path', w.path,
			'message', pg_catalog.left(w.message, 240), 'hint', pg_catalog.left(w.hint, 240)) ORDER BY w.rank, w.code COLLATE "C", w.nth)
			FILTER (WHERE w.place <= most)) INTO found
	FROM (SELECT o.*, pg_catalog.row_number() OVER (ORDER BY o.rank, o.nth, o.code COLLATE "C") AS place
		  FROM (SELECT f.*, pg_catalog.array_position(ARRAY['HIGH', 'MEDIUM', 'LOW'], f.priority) AS rank,
					   pg_catalog.row_number() OVER (PARTITION BY f.code ORDER BY f.book COLLATE "C", f.key COLLATE "C" NULLS FIRST, f.path COLLATE "C", f.message COLLATE "C") AS nth
				FROM minefield_tmp_finding f) o) w;
	result := pg_catalog.jsonb_build_object('priorities', coalesce(priorities, '[]'::jsonb), 'codes', codes, 'skipped', pg_catalog.to_jsonb(skipped),
		'records', worst, 'findings', found);
	DROP TABLE minefield_tmp_finding, minefield_tmp_count;
	RETURN result;
END
$$;
COMMENT ON FUNCTION mf_report_checks(jsonb) IS
	'For the report: section of a report: how often each check ran, could not be applied and failed, the records of which most is wrong, and what is.';

-- Records without a place are compared with all: that grows with the square,
-- so what one run may spend on it is bounded, and what was left out is told.
CREATE FUNCTION mf_report_link_books(book_a text, book_b text, everything boolean, options jsonb) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	a record;
	b record;
	linked bigint;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	SELECT pg_catalog.array_agg(key ORDER BY key COLLATE "C") AS keys, pg_catalog.array_agg(record ORDER BY key COLLATE "C") AS records INTO a
	FROM pg_temp.minefield_in_record WHERE book = book_a AND (everything OR box IS NOT NULL);
	SELECT pg_catalog.array_agg(key ORDER BY key COLLATE "C") AS keys, pg_catalog.array_agg(record ORDER BY key COLLATE "C") AS records INTO b
	FROM pg_temp.minefield_in_record WHERE book = book_b AND (everything OR box IS NOT NULL);
	INSERT INTO minefield_tmp_link
	SELECT book_a, book_b, l.key_a, l.key_b, l.score, l.next_best, l.share, l.distance_m, l.contradicts, l.reasons
	FROM mf_link(a.keys, a.records, b.keys, b.records,
		(options ->> 'min_score'::text)::float8, (options ->> 'reach_m'::text)::float8) l;
	GET DIAGNOSTICS linked = ROW_COUNT;
	RETURN linked;
EXCEPTION WHEN configuration_limit_exceeded OR program_limit_exceeded THEN
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION mf_report_link_books(text, text, boolean, jsonb) IS
	'For the report: links two books, only their located records unless everything is true; returns how many pairs were found, NULL where memory did not suffice.';

CREATE FUNCTION mf_report_link_differs(key_a text, key_b text) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	RETURN (
		SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('path', d.path, 'change', d.change,
				'a', pg_catalog.left(coalesce(d.a ->> 'as_written'::text, d.a #>> '{}'::text[]), 120),
				'b', pg_catalog.left(coalesce(d.b ->> 'as_written'::text, d.b #>> '{}'::text[]), 120)) ORDER BY d.place) FILTER (WHERE d.place <= 6))
			|| pg_catalog.jsonb_build_object('contradicting', pg_catalog.count(*) FILTER (WHERE d.change = 'contradicting'))
		FROM (SELECT f.*, pg_catalog.row_number() OVER (ORDER BY f.change = 'contradicting' DESC, f.path COLLATE "C") AS place
			  FROM pg_temp.minefield_in_record a, pg_temp.minefield_in_record b, mf_diff(a.record, b.record) f
			  -- labels of two books, and how the two are drawn, differ always
			  WHERE a.key = key_a AND b.key = key_b AND f.path NOT IN ('/geometry', '/id', '/properties/number')) d);
END
$$;
COMMENT ON FUNCTION mf_report_link_differs(text, text) IS
	'For the report: what two linked records say differently, what contradicts each other first; their labels and extents apart.';

CREATE FUNCTION mf_report_links(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	most integer := options ->> 'max_rows'::text;
	pair record;
	room float8 := 4e7;		-- comparisons with records without a place: seconds
	everything boolean;
	linked bigint;
	books jsonb;
	rows jsonb;
	result jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	CREATE TEMP TABLE minefield_tmp_link (book_a text, book_b text, key_a text, key_b text, score float8, next_best float8,
		share float8, distance_m float8, contradicts boolean, reasons text[]);
	CREATE TEMP TABLE minefield_tmp_books (book_a text, book_b text, records_a bigint, records_b bigint, linked bigint,
		not_compared bigint, place bigint);
	-- the largest books first, as far as there is room
	FOR pair IN
		WITH book AS (SELECT book, pg_catalog.count(*) AS n, pg_catalog.count(*) - pg_catalog.count(box) AS u
					  FROM pg_temp.minefield_in_record WHERE book IS NOT NULL GROUP BY book)
		SELECT a.book AS book_a, b.book AS book_b, a.n AS n_a, b.n AS n_b, a.u + b.u AS u,
			   a.u::float8 * b.n::float8 + (a.n - a.u)::float8 * b.u::float8 AS work,
			   pg_catalog.row_number() OVER (ORDER BY a.n * b.n DESC, a.book COLLATE "C", b.book COLLATE "C") AS place
		FROM book a JOIN book b ON a.book COLLATE "C" < b.book COLLATE "C"
		ORDER BY place
	LOOP
		everything := pair.work <= room;
		linked := NULL;
		IF pair.place <= 100 THEN
			linked := mf_report_link_books(pair.book_a, pair.book_b, everything, options);
			room := room - CASE WHEN everything THEN pair.work ELSE 0.0::float8 END;
		END IF;
		INSERT INTO minefield_tmp_books VALUES (pair.book_a, pair.book_b, pair.n_a, pair.n_b, linked,
			CASE WHEN linked IS NULL THEN pair.n_a + pair.n_b WHEN everything THEN 0::bigint ELSE pair.u END, pair.place);
	END LOOP;

	SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book_a', b.book_a, 'book_b', b.book_b,
			'records_a', b.records_a, 'records_b', b.records_b, 'linked', b.linked, 'not_compared', b.not_compared,
			'contradicting', CASE WHEN b.linked IS NOT NULL THEN (SELECT pg_catalog.count(*) FROM minefield_tmp_link l
				WHERE l.book_a = b.book_a AND l.book_b = b.book_b AND l.contradicts) END)
			ORDER BY b.place) FILTER (WHERE b.place <= most)) INTO books
	FROM minefield_tmp_books b;
	SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('book_a', l.book_a, 'book_b', l.book_b, 'a', l.key_a, 'b', l.key_b,
			'score', pg_catalog.round(l.score::numeric, 3), 'next_best', pg_catalog.round(l.next_best::numeric, 3), 'share', pg_catalog.round(l.share::numeric, 3),
			'distance_m', pg_catalog.round(l.distance_m::numeric, 1), 'contradicts', l.contradicts, 'reasons', pg_catalog.to_jsonb(l.reasons),
			'differs', mf_report_link_differs(l.key_a, l.key_b)) ORDER BY l.contradicts DESC NULLS LAST, l.score DESC, l.key_a COLLATE "C", l.key_b COLLATE "C") INTO rows
	FROM (SELECT * FROM minefield_tmp_link ORDER BY contradicts DESC NULLS LAST, score DESC, key_a COLLATE "C", key_b COLLATE "C" LIMIT most) l;
	SELECT mf_report_list(pg_catalog.count(*), rows) || pg_catalog.jsonb_build_object('books', books,
			'contradicting', pg_catalog.count(*) FILTER (WHERE contradicts),
			'books_not_compared', (SELECT pg_catalog.count(*) FROM minefield_tmp_books b WHERE b.linked IS NULL),
			'records_not_compared', (SELECT coalesce(pg_catalog.sum(b.not_compared), 0::numeric)::bigint FROM minefield_tmp_books b WHERE b.linked IS NOT NULL))
	INTO result FROM minefield_tmp_link;
	DROP TABLE minefield_tmp_link, minefield_tmp_books;
	RETURN result;
END
$$;
COMMENT ON FUNCTION mf_report_links(jsonb) IS
	'For the report: section of a report: which records of two books tell of one field, by score, those that contradict each other first, with what they say differently; and by pair of books, how many, and how many records could not be compared.';

CREATE FUNCTION mf_report_account_rows(records minefield[], finds jsonb, most integer) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	RETURN (
		SELECT pg_catalog.jsonb_build_object('total', pg_catalog.jsonb_agg(pg_catalog.to_jsonb(a) - 'place'::text) FILTER (WHERE a.model IS NULL) -> 0,
			'models', mf_report_list(pg_catalog.count(a.model), pg_catalog.jsonb_agg(pg_catalog.to_jsonb(a) - 'place'::text ORDER BY a.place)
				FILTER (WHERE a.model IS NOT NULL AND a.place <= most)))
		FROM (SELECT r.*, pg_catalog.row_number() OVER (ORDER BY r.model IS NULL, r.unaccounted_max DESC NULLS FIRST, r.recorded_min DESC NULLS LAST,
					r.model COLLATE "C") AS place
			  FROM mf_account(records, finds, (SELECT pg_catalog.jsonb_agg(model) FROM pg_temp.minefield_in_model)) r) a);
END
$$;
COMMENT ON FUNCTION mf_report_account_rows(minefield[], jsonb, integer) IS
	'For the report: the account of records and finds as a report writes it: the total, and the models of which most may be unaccounted for.';

-- Of the records of one number in one book the first copy counts.
CREATE FUNCTION mf_report_account(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	most integer := options ->> 'max_rows'::text;
	areas jsonb;
	result jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	CREATE TEMP TABLE minefield_tmp_copy AS
	SELECT k.key FROM (
		SELECT c.ord, r.key, pg_catalog.row_number() OVER (PARTITION BY r.book, c.ord ORDER BY
			CASE WHEN pg_catalog.jsonb_typeof(mf_properties(r.record) -> 'copy'::text) = 'number'
				THEN (mf_properties(r.record) ->> 'copy'::text)::numeric END NULLS LAST, r.key COLLATE "C") AS nth
		FROM (SELECT book, pg_catalog.array_agg(key ORDER BY key COLLATE "C") AS keys, pg_catalog.array_agg(record ORDER BY key COLLATE "C") AS records
			  FROM pg_temp.minefield_in_record WHERE book IS NOT NULL GROUP BY book) b,
			 mf_copies(b.keys, b.records) WITH ORDINALITY c (number, part, records, keys, copies, missing_copies, repeated, differ, ord)
			 JOIN pg_temp.minefield_in_record r ON r.key = ANY (c.keys)) k
	WHERE k.nth > 1::bigint;
	CREATE INDEX ON minefield_tmp_copy (key);

	SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', a.id, 'name', a.name, 'finds', coalesce(pg_catalog.jsonb_array_length(f.finds), 0))
			|| mf_report_account_rows(r.records, f.finds, least(most, 12)) ORDER BY a.place) FILTER (WHERE a.place <= most)) INTO areas
	FROM (SELECT *, pg_catalog.row_number() OVER (ORDER BY name COLLATE "C", id) AS place FROM pg_temp.minefield_in_area) a
		CROSS JOIN LATERAL (SELECT pg_catalog.array_agg(r.record) AS records FROM pg_temp.minefield_in_record r
			WHERE a.place <= most AND mf_intersects(r.record, a.aoi) AND NOT EXISTS (SELECT FROM minefield_tmp_copy c WHERE c.key = r.key)) r
		CROSS JOIN LATERAL (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', i.kind, 'model', i.model, 'count', i.count)) AS finds
			FROM pg_temp.minefield_in_find i WHERE a.place <= most AND ST_Intersects(i.place, a.aoi)) f;
	SELECT mf_report_account_rows((SELECT pg_catalog.array_agg(r.record) FROM pg_temp.minefield_in_record r
				WHERE NOT EXISTS (SELECT FROM minefield_tmp_copy c WHERE c.key = r.key)),
			(SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', i.kind, 'model', i.model, 'count', i.count)) FROM pg_temp.minefield_in_find i), most)
		|| pg_catalog.jsonb_build_object('areas', areas, 'copies_left_out', (SELECT pg_catalog.count(*) FROM minefield_tmp_copy),
			'unlocated', (SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_record r
				WHERE r.box IS NULL AND NOT EXISTS (SELECT FROM minefield_tmp_copy c WHERE c.key = r.key)),
			'finds_without_place', (SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_find WHERE place IS NULL AND kind IN ('mine', 'accident')),
			'told_twice', (SELECT (p.body ->> 'count'::text)::bigint FROM pg_temp.minefield_out_part p WHERE p.part = 'links'))
	INTO result;
	DROP TABLE minefield_tmp_copy;
	RETURN result;
END
$$;
COMMENT ON FUNCTION mf_report_account(jsonb) IS
	'For the report: section of a report: mines recorded, added, lifted, exploded, found and unaccounted for, by model and by area, as intervals; of copies the first counts. It says what paper leaves, not what lies in the ground.';
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
