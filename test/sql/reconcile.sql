-- reconcile: likeness, links, duplicates, differences
SET client_min_messages = warning;
SET extra_float_digits = 0;
\set SHOW_CONTEXT never
\pset null unknown
CREATE FUNCTION r(id text, lon float8, lat float8, properties jsonb) RETURNS minefield LANGUAGE sql IMMUTABLE AS $$
	SELECT mf_make(id, ST_MakeEnvelope(lon, lat, lon + 0.002, lat + 0.0005, 4326), properties) $$;
CREATE TEMP TABLE l (n int, a minefield, b minefield);
INSERT INTO l VALUES
	-- the same in every respect
	(1, r('A/1', 50.3, 41.2, '{"number":"17","front_m":180,"field_depth_m":36,"row_count":3,"laid":"1993-08-01","unit":"3-я рота","mines":[{"model":"PMN-2","count":80}],"places":[{"name":"маяк 6"}]}'),
		r('B/1', 50.3, 41.2, '{"number":"17","front_m":180,"field_depth_m":36,"row_count":3,"laid":"1993-08","unit":"3-ya rota","mines":[{"model":"ПМН2","count":{"min":75,"max":80}}],"places":[{"name":"Mayak 6"}]}')),
	-- told again: half of it shared, sizes a little off, other count
	(2, r('A/2', 50.3, 41.2, '{"front_m":180,"field_depth_m":36,"row_count":3,"laid":"1993-08-01","mines":[{"model":"PMN-2","count":80}],"accuracy95_m":40}'),
		r('B/2', 50.301, 41.2, '{"front_m":170,"field_depth_m":36,"row_count":4,"laid":"1993-10","mines":[{"model":"PMN-2","count":20},{"model":"TM-57"}],"accuracy95_m":30}')),
	-- neighbours that have little in common
	(3, r('A/3', 50.3, 41.2, '{"front_m":180,"field_depth_m":36,"unit":"Unit 3","mines":[{"model":"PMN-2"}]}'),
		r('B/3', 50.3025, 41.2, '{"front_m":90,"field_depth_m":12,"unit":"Unit 4","mines":[{"model":"TM-62M"}]}')),
	-- one not located, a landmark in common
	(4, mf_make('A/4', NULL, '{"front_m":84,"location":{"description":"beyond the beacon"},"places":[{"name":"маяк, подножие, 14"}]}'),
		r('B/4', 50.3, 41.2, '{"front_m":84,"location":{"points":[{"id":"L14","role":"landmark","description":"beacon, foot, 14 / маяк, подножие, 14"},{"id":"A","role":"start","description":"начало"}]}}')),
	-- nothing to compare
	(5, mf_make('A/5', NULL), mf_make('B/5', NULL)),
	-- beyond any mistake, and categories that exclude each other
	(6, r('A/6', 50.3, 41.2, '{"category":"AP"}'), r('B/6', 53.3, 43.2, '{"category":"AV"}')),
	-- no sizes stated, a point in an area
	(7, r('A/7', 50.3, 41.2, NULL), r('B/7', 50.3, 41.2, '{"row_count":3}')),
	(8, r('A/8', 50.3, 41.2, '{"row_count":3}'), mf_make('B/8', 'SRID=4326;POINT(50.301 41.2002)', '{"row_count":{"min":2,"max":4}}')),
	(9, mf_make('A/9', 'SRID=4326;POINT(50.3 41.2)'), mf_make('A/9', 'SRID=4326;POINT(50.3005 41.2)', '{"laid":"../1994"}'));
SELECT n, (s).key_a, (s).key_b, round((s).score::numeric, 3) AS score, round((s).place::numeric, 2) AS place, round((s).shape::numeric, 2) AS shape,
	round((s).laid::numeric, 2) AS laid, round((s).unit::numeric, 2) AS unit, round((s).mines::numeric, 2) AS mines, round((s).number::numeric, 2) AS number,
	round((s).names::numeric, 2) AS names, round((s).share::numeric, 3) AS share, round((s).distance_m::numeric, 1) AS distance_m, (s).contradicts
FROM (SELECT n, mf_similarity(a, b) AS s FROM l) q ORDER BY n;
SELECT n, unnest((mf_similarity(a, b)).reasons) AS reason FROM l ORDER BY n;
-- the score is what the weights say
SELECT bool_and(abs((s).score - 1 / (1 + exp(4.6 - coalesce((s).place, 0) - coalesce((s).shape, 0) - coalesce((s).laid, 0) - coalesce((s).unit, 0) - coalesce((s).mines, 0) - coalesce((s).number, 0) - coalesce((s).names, 0)))) < 1e-12) AS adds_up,
	bool_and((s).n_a IS NULL AND (s).n_b IS NULL AND (s).next_best IS NULL) AS alone
FROM (SELECT mf_similarity(a, b) AS s FROM l) q;
SELECT round((mf_similarity(a, b, 10)).place::numeric, 2) AS beyond, round((mf_similarity(a, b, 45)).place::numeric, 2) AS within FROM l WHERE n = 3;
SELECT mf_similarity(a, b, 500000) FROM l WHERE n = 6;
SELECT mf_similarity(NULL, a), mf_similarity(a, a, NULL) FROM l WHERE n = 1;
SELECT mf_similarity(a, b, -1) FROM l WHERE n = 1;
SELECT mf_similarity(a, b, 'NaN') FROM l WHERE n = 1;

-- links: each once, the likeliest of all pairings
CREATE TEMP TABLE books AS SELECT mf_logbook(a ORDER BY n) AS a, mf_logbook(b ORDER BY n DESC) AS b FROM l;
SELECT key_a, key_b, n_a, n_b, round(score::numeric, 3) AS score, round(next_best::numeric, 3) AS next_best, contradicts FROM books, mf_link(a, b);
SELECT key_a, key_b, n_a, n_b, round(score::numeric, 3) AS score, round(next_best::numeric, 3) AS next_best FROM books, mf_link(a, b, 0.05);
-- greedily a2 would take b1 and leave a1 alone
SELECT key_a, key_b, round(score::numeric, 3) AS score, round(next_best::numeric, 3) AS next_best
FROM mf_link('{a1,a2}', ARRAY[r('1', 50.3, 41.2, '{"front_m":100,"field_depth_m":10}'), r('2', 50.3, 41.2, '{"front_m":100,"field_depth_m":10,"row_count":2}')],
	'{b1,b2}', ARRAY[r('3', 50.3, 41.2, '{"front_m":100,"field_depth_m":10,"row_count":2}'), r('4', 50.3008, 41.2, '{"front_m":100,"field_depth_m":10,"row_count":2}')]);
-- keys, NULLs, nothing
SELECT key_a, key_b, n_a, n_b FROM mf_link(NULL, ARRAY[NULL, r('1', 50.3, 41.2, '{"front_m":100,"field_depth_m":10}')], '{x,NULL}', ARRAY[NULL, r('2', 50.3, 41.2, '{"front_m":100,"field_depth_m":10}')]);
SELECT count(*) FROM mf_link(NULL, '{}'::minefield[], NULL, '{}');
SELECT count(*) FROM mf_link(NULL, NULL::minefield[], NULL, '{}');
SELECT count(*) FROM books, mf_link(a, NULL);
SELECT count(*) FROM mf_link('{"type":"FeatureCollection","features":[]}', '{"type":"FeatureCollection","features":[]}');
SELECT * FROM mf_link('{x,y}', '{NULL}'::minefield[], NULL, '{}');
SELECT count(*) FROM books, mf_link(a, b, 0);
SELECT count(*) FROM books, mf_link(a, b, 1);

-- copies in one book: number and content against each other
CREATE TEMP TABLE one AS SELECT mf_logbook(record ORDER BY n) AS book FROM (VALUES
	(1, r('C/1', 50.3, 41.2, '{"number":"1","copy":1,"front_m":100,"field_depth_m":10,"mines":[{"model":"PMN","count":16}]}')),
	(2, r('C/1/2', 50.3, 41.2, '{"number":"1","copy":2,"front_m":100,"field_depth_m":10,"mines":[{"model":"PMN","count":61}]}')),
	(3, r('C/2', 50.3, 41.2, '{"number":"2","front_m":100,"field_depth_m":10,"mines":[{"model":"PMN","count":16}]}')),
	(4, r('C/3', 50.3, 41.2, '{"number":"3","front_m":300,"field_depth_m":40,"mines":[{"model":"TM-57","count":16}]}')),
	(5, mf_make('C/1/3', NULL, '{"number":"1","copy":3,"front_m":100,"field_depth_m":10,"mines":[{"model":"PMN","count":16}]}'))) v(n, record);
SELECT key_a, key_b, n_a, n_b, round(score::numeric, 3) AS score, next_best, contradicts FROM one, mf_duplicates(book);
SELECT key_a, key_b FROM mf_duplicates('{x,y}', ARRAY[r('1', 50.3, 41.2, '{"number":"1"}'), r('2', 50.3, 41.2, '{"number":"1"}')]);
SELECT count(*) FROM mf_duplicates(NULL, NULL::minefield[]);
SELECT count(*) FROM mf_duplicates(NULL::logbook);

-- more alike pairs than memory was allowed for
SET minefield.max_memory = '1MB';
SELECT count(*) FROM (SELECT array_agg(mf_make(n::text, NULL, '{"number":"1","front_m":1}')) AS r FROM generate_series(1, 300) n) x, mf_duplicates(NULL, r);
SELECT count(*) FROM (SELECT array_agg(mf_make(n::text, NULL, '{"number":"1","front_m":1}')) AS r FROM generate_series(1, 100) n) x, mf_duplicates(NULL, r);
RESET minefield.max_memory;

-- what two records say differently
SELECT path, change, a, b FROM mf_diff(
	minefield '{"type":"Feature","id":"A/1","geometry":{"type":"Point","coordinates":[50.3,41.2]},"properties":{"number":"1","copy":1,"sheets":[1,2],"laid":"1993-08-01","recorded":"1993","category":"AP","front_m":100,"row_count":{"min":3,"max":4},"unit":"x","synthetic":true,"derived":{"by":1},"a/b~":1,
		"mines":[{"model":"PMN-2","count":80},{"model":"TM-57","count":{"min":1,"max":5}}],"location":{"points":[{"id":"L1","northing":1},{"id":"A"}],"legs":[{"from":"L1","to":"A","azimuth":"15-00"}]},
		"events":[{"kind":"lifted","count":1}],"signatures":[{"role":"layer","name":"N"}]}}',
	'{"type":"Feature","id":"B/1","geometry":{"type":"Point","coordinates":[50.4,41.2]},"properties":{"number":"7","copy":2,"sheets":[1],"laid":"1993-09","recorded":"1993-08","category":null,"front_m":{"value":100,"as_written":"100 m"},"row_count":5,"unit":"y","synthetic":false,"derived":{"by":2},"a/b~":2,
		"mines":[{"model":"ТМ57","count":4},{"model":"ПМН-2","count":81},{"model":"MON-50"}],"location":{"points":[{"id":"A","role":"start"},{"id":"L1","northing":2}],"legs":[{"from":"L1","to":"A","azimuth":"30-00"},{"from":"A","to":"B","azimuth":1}]},
		"events":[{"kind":"lifted","count":1},{"kind":"exploded"}],"signatures":[]}}');
-- models: one name for another is a change, one mine for another a contradiction
SELECT path, change FROM mf_diff(minefield '{"type":"Feature","properties":{"x":{"model":"PMN-2"},"y":{"model":"PMN-2"},"z":{"model":"none known"}}}', '{"type":"Feature","properties":{"x":{"model":"ПМН2"},"y":{"model":"TM-57"},"z":{"model":"other"}}}');
-- none: equal, or absent against null
SELECT count(*) FROM mf_diff(minefield '{"type":"Feature","properties":{"x":null,"l":[null]}}', '{"type":"Feature","properties":{"l":[]}}');
SELECT count(*) FROM l, mf_diff(a, a);
SELECT count(*) FROM mf_diff(NULL, minefield '{"type":"Feature"}');
-- what is added one way is missing the other way
SELECT n, count(*) FILTER (WHERE d.change = 'added') = (SELECT count(*) FROM mf_diff(l.b, l.a) e WHERE e.change = 'missing') AS mirrored,
	count(*) = (SELECT count(*) FROM mf_diff(l.b, l.a)) AS as_many FROM l, mf_diff(l.a, l.b) d GROUP BY n, l.a, l.b ORDER BY n;

-- what two books say differently
SELECT change, key_a, key_b, n_a, n_b, round(score::numeric, 3) AS score, paths FROM mf_diff(
	(SELECT mf_logbook(record, '{"title":"First","records_declared":5,"handed_over":"2021"}' ORDER BY n) FROM (SELECT n, a FROM l WHERE n IN (1, 2, 3, 5) UNION ALL SELECT 9, '{"type":"Feature","id":"same"}') v(n, record)),
	(SELECT mf_logbook(record, '{"title":"Second","records_declared":6,"received":"2024"}' ORDER BY n DESC) FROM (SELECT n, b FROM l WHERE n IN (1, 2, 4) UNION ALL SELECT 9, '{"type":"Feature","id":"same"}' UNION ALL SELECT 3, a FROM l WHERE n = 3) v(n, record)));
SELECT count(*) FROM books, mf_diff(a, a);
SELECT count(*) FROM books, mf_diff(a, NULL::logbook);
DROP FUNCTION r;
