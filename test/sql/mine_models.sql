--
-- the catalogue of models of mines, and names as paper writes them
--
CREATE SCHEMA mine_models_test; SET search_path = mine_models_test, public;
SELECT count(*) AS models, count(*) FILTER (WHERE explosive_min_kg IS NULL) AS unpublished,
       count(*) FILTER (WHERE source IS NULL) AS without_source, count(DISTINCT mf_mine_key(model)) AS keys FROM mf_mine_models();
SELECT model, aliases, category, kind, explosive_min_kg AS "from", explosive_max_kg AS "to", metal, actuation FROM mf_mine_models() ORDER BY category, model;
SELECT model, remotely_delivered AS remote, self_destruct AS sd, self_destruct_min_h AS sd_min, self_destruct_max_h AS sd_max, step_min_m, step_max_m, density_per_km, source
FROM mf_mine_models() WHERE remotely_delivered OR step_min_m IS NOT NULL OR density_per_km IS NOT NULL ORDER BY model;

-- every name finds itself
SELECT model, alias, mf_mine_model(alias) FROM mf_mine_models(), unnest(aliases || model) alias WHERE mf_mine_model(alias) IS DISTINCT FROM model;

-- as paper writes them
SELECT name, mf_mine_key(name), mf_mine_model(name), mf_mine_model_candidates(name)
FROM unnest(ARRAY['PMN-2', 'ПМН-2', 'пмн 2', 'PMH2', '«ПМН–2»', 'ТМ62М', 'TM 62 M', 'О3М-72', 'ПОМЗ', 'ПОМ3-2', 'ПОМ3', 'ПОМ-3', 'ПФМ-1С', 'PFM-1C',
	'M18A1', 'неизвестная', '', ' - ', 'PMN-2 (Soviet)', '地雷', repeat('A', 25), NULL]) WITH ORDINALITY u(name, n) ORDER BY n;

-- a table of one's own
CREATE TABLE my_models (id int, model text, aliases text[], category text, self_destruct boolean, step_min_m float8);
INSERT INTO my_models VALUES (1, 'Type 72', '{T-72}', 'AP', NULL, 2), (2, 'PMN', '{PMN-1,ПМН-1}', 'AP', false, NULL);
SELECT (SELECT count(*) FROM mf_mine_models(m)) - (SELECT count(*) FROM mf_mine_models()) AS added,
       mf_mine_model('type-72', m), mf_mine_model('Т72', m), mf_mine_model('ПМН1', m), mf_mine_model('ПМН1') AS without, mf_mine_model('ПМН', m)
FROM (SELECT jsonb_agg(to_jsonb(t)) AS m FROM my_models t) x;
SELECT model, aliases, category, kind, remotely_delivered, self_destruct, step_min_m, source FROM mf_mine_models((SELECT jsonb_agg(to_jsonb(t)) FROM my_models t)) WHERE model IN ('PMN', 'Type 72') ORDER BY 1;
-- another one in every row
SELECT n, mf_mine_model('X1', jsonb_build_array(jsonb_build_object('model', 'X-' || n))) FROM generate_series(1, 3) n ORDER BY n;
SELECT count(*) - (SELECT count(*) FROM mf_mine_models()) AS none FROM mf_mine_models('[]');
-- an alias alone, and one that nobody can read
SELECT mf_mine_model('bell', '[{"model":"???","aliases":"Bell"}]'), mf_mine_model('???', '[{"model":"???"}]');
-- what is no catalogue
SELECT mf_mine_model('PMN', '{}');
SELECT mf_mine_model('PMN', '"PMN"');
SELECT mf_mine_model('PMN', '["PMN"]');
SELECT mf_mine_model('PMN', '[{"name":"PMN"}]');
SELECT mf_mine_model('PMN', 'null');
SET client_min_messages = warning;
DROP SCHEMA mine_models_test CASCADE;
