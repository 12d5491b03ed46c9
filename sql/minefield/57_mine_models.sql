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
