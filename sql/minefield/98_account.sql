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
