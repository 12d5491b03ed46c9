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
