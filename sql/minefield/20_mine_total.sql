-- totals of mines

CREATE TYPE mf_mine_totals AS (
	known bigint,
	at_least bigint,
	at_most bigint,
	records bigint,
	records_unknown bigint
);
COMMENT ON TYPE mf_mine_totals IS
	'The sum of counts written as one number, the bounds of the total as far as the records bound it (at_most NULL: no upper bound), the records, and those among them with a count that is not one number.';

CREATE FUNCTION mf_mine_total_add(internal, minefield) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_mine_total_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_mine_total_add(internal, minefield) IS
	'Transition function of mf_mine_total.';

CREATE FUNCTION mf_mine_total_add(internal, minefield, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_mine_total_add'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mf_mine_total_add(internal, minefield, text) IS
	'Transition function of mf_mine_total.';

CREATE FUNCTION mf_mine_total_combine(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_mine_total_combine'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_mine_total_combine(internal, internal) IS
	'Combine function of mf_mine_total.';

CREATE FUNCTION mf_mine_total_serialize(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'mf_mine_total_serialize'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_mine_total_serialize(internal) IS
	'Serialization function of mf_mine_total.';

CREATE FUNCTION mf_mine_total_deserialize(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'mf_mine_total_deserialize'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_mine_total_deserialize(bytea, internal) IS
	'Deserialization function of mf_mine_total.';

CREATE FUNCTION mf_mine_total_final(internal) RETURNS mf_mine_totals
	AS 'MODULE_PATHNAME', 'mf_mine_total_final'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mf_mine_total_final(internal) IS
	'Final function of mf_mine_total.';

CREATE AGGREGATE mf_mine_total(record minefield) (
	SFUNC = mf_mine_total_add,
	STYPE = internal,
	FINALFUNC = mf_mine_total_final,
	COMBINEFUNC = mf_mine_total_combine,
	SERIALFUNC = mf_mine_total_serialize,
	DESERIALFUNC = mf_mine_total_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_mine_total(minefield) IS
	'The mines of all records as far as they are stated: known, and the bounds of the total. NULL records do not count; without records the totals are NULL, and of no rows the result is NULL.';

CREATE AGGREGATE mf_mine_total(record minefield, model text) (
	SFUNC = mf_mine_total_add,
	STYPE = internal,
	FINALFUNC = mf_mine_total_final,
	COMBINEFUNC = mf_mine_total_combine,
	SERIALFUNC = mf_mine_total_serialize,
	DESERIALFUNC = mf_mine_total_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mf_mine_total(minefield, text) IS
	'The same for one model, compared letter by letter. Entries without a model may be of it and leave the upper bound higher or open.';

