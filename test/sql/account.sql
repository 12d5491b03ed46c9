-- account: what paper leaves unaccounted for
SET client_min_messages = warning;
\set SHOW_CONTEXT never
\pset null unknown
CREATE FUNCTION shown(r mf_account_row) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT format('%s: recorded %s..%s added %s..%s lifted %s..%s exploded %s..%s found %s..%s unaccounted %s..%s; %s records, unknown %s, events unknown %s, other %s',
		coalesce(r.model, 'ALL'), r.recorded_min, r.recorded_max, r.added_min, r.added_max, r.lifted_min, r.lifted_max, r.exploded_min, r.exploded_max,
		r.found_min, r.found_max, r.unaccounted_min, r.unaccounted_max, r.records, r.records_unknown, r.events_unknown, r.events_other) $$;
CREATE FUNCTION m(properties jsonb) RETURNS minefield LANGUAGE sql IMMUTABLE AS $$ SELECT mf_make(NULL, NULL, properties) $$;

-- one model in two scripts, events, finds
SELECT shown(a) FROM mf_account(ARRAY[
	m('{"mines":[{"model":"PMN-2","count":80},{"model":"TM-57","count":10}],"events":[{"kind":"lifted","model":"ПМН-2","count":3},{"kind":"added","model":"TM-57","count":2}]}'),
	m('{"mines":[{"model":"ПМН2","count":{"min":5,"max":9}}],"events":[]}')],
	'[{"kind":"mine","model":"PMN-2","count":1},{"model":"PMN-2","count":2},{"kind":"accident","model":"TM-57","count":1},{"kind":"cleared","count":99},{"kind":"nothing found"}]') a;
-- what has no model may be of any; what has no count is one at least
SELECT shown(a) FROM mf_account(ARRAY[
	m('{"mines":[{"model":"PMN-2","count":80},{"count":5},null],"events":[{"kind":"lifted","count":4},{"kind":"exploded","model":"PMN-2"},{"kind":"moved","count":7},null,{}]}'),
	m('{"mines":[{"model":"TM-57","count":{"min":2,"max":3}}]}')]) a;
SELECT shown(a) FROM mf_account(ARRAY[m('{"mines":[{"model":"PMN-2","count":80},{"count":{"min":1,"max":5}}],"events":[]}')], '[{"kind":"mine","count":2}]') a;
-- a record that does not state its mines leaves every sum open; one that states none does not
SELECT shown(a) FROM mf_account(ARRAY[m('{"mines":[{"model":"PMN-2","count":80}],"events":[]}'), m('{}')]) a;
SELECT shown(a) FROM mf_account(ARRAY[m('{"mines":[{"model":"PMN-2","count":80}],"events":[]}'), m('{"mines":[],"events":[]}')]) a;
-- more came out than is recorded
SELECT shown(a) FROM mf_account(ARRAY[m('{"mines":[{"model":"PMN-2","count":3}],"events":[{"kind":"lifted","model":"PMN-2","count":5}]}')], '[{"model":"OZM-72","count":1}]') a;
-- a count in doubt, or that is no count, bounds nothing
SELECT shown(a) FROM mf_account(ARRAY[m('{"mines":[{"model":"PMN-2","count":{"value":80,"as_written":"~80"}},{"model":"PMN-2","count":-1}],"events":[]}')]) a;
-- models of one's own
SELECT shown(a) FROM mf_account(ARRAY[m('{"mines":[{"model":"T-72X","count":3},{"model":"Type 72X","count":4}],"events":[]}')], NULL, '[{"model":"Type 72X","aliases":["T-72X"]}]') a;
-- nothing: unknown, not zero
SELECT shown(a) FROM mf_account(NULL::minefield[]) a;
SELECT shown(a) FROM mf_account('{}'::minefield[], '[{"kind":"mine","model":"PMN-2","count":2}]') a;
SELECT shown(a) FROM mf_account(ARRAY[NULL::minefield]) a;
SELECT shown(a) FROM mf_account(NULL::logbook, '[]') a;
-- a book, and the same by hand
\set book `cat test/data/book_a.geojson`
SELECT shown(a) FROM mf_account(:'book'::logbook) a;
WITH record AS (SELECT r FROM mf_records(:'book'::logbook) r),
	event AS (SELECT e->>'kind' AS kind, e->>'model' AS model, (e->>'count')::bigint AS count FROM record, jsonb_array_elements(mf_properties(r)->'events') e)
SELECT bool_and(coalesce(a.recorded_min = t.at_least AND a.recorded_max IS NOT DISTINCT FROM t.at_most AND a.records = t.records, false)) AS recorded,
	bool_and(a.lifted_min = coalesce((SELECT sum(count) FROM event WHERE kind = 'lifted' AND event.model = coalesce(a.model, event.model)), 0)) AS lifted,
	bool_and(a.exploded_max = coalesce((SELECT sum(count) FROM event WHERE kind = 'exploded' AND event.model = coalesce(a.model, event.model)), 0)) AS exploded,
	bool_and(a.unaccounted_min = a.recorded_min - a.lifted_max - a.exploded_max AND a.unaccounted_max IS NOT DISTINCT FROM a.recorded_max - a.lifted_min - a.exploded_min) AS balance
FROM mf_account(:'book'::logbook) a,
	LATERAL (SELECT (CASE WHEN a.model IS NULL THEN mf_mine_total(r) ELSE mf_mine_total(r, a.model) END).* FROM record) t;
-- the case of a kind and blanks about it say nothing
SELECT model, lifted_min, exploded_min, found_min, events_other
FROM mf_account(ARRAY[minefield '{"type":"Feature","properties":{"mines":[{"model":"PMN-2","count":10}],"events":[{"kind":"Lifted ","model":"PMN-2","count":3},{"kind":"moved","count":1}]}}'],
	'[{"kind":"Mine","model":"PMN-2","count":1},{"kind":" ACCIDENT","model":"PMN-2","count":2},{"kind":"cleared","count":5}]');
-- errors
SELECT mf_account('{}'::minefield[], '{}');
SELECT mf_account('{}'::minefield[], '[1]');
SELECT mf_account('{}'::minefield[], NULL, '{}');
DROP FUNCTION shown, m;
