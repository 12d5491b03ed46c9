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
