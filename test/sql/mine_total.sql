--
-- mf_mine_total: sums that keep unknown apart from zero
--
CREATE TABLE paper (n int, book text, record minefield);
INSERT INTO paper VALUES
	(1, 'a', '{"type":"Feature","id":1,"properties":{"mines":[{"model":"PMN-2","count":40},{"model":"OZM-72","count":12}]}}'),
	(2, 'a', '{"type":"Feature","id":2,"properties":{"mines":[{"model":"PMN-2","count":{"value":80,"min":75,"max":85}}]}}'),
	(3, 'a', '{"type":"Feature","id":3,"properties":{"mines":[]}}'),
	(4, 'b', '{"type":"Feature","id":4,"properties":{"mines":[{"model":"PMN-2","count":{"min":10,"max":15,"as_written":"10–15"}}]}}'),
	(5, 'b', '{"type":"Feature","id":5,"properties":{"mines":[{"model":"PMN-2"}]}}'),
	(6, 'c', '{"type":"Feature","id":6}'),
	(7, 'c', '{"type":"Feature","id":7,"properties":{"mines":null}}'),
	(8, 'd', '{"type":"Feature","id":8,"properties":{"mines":[null,{"model":null,"count":7},{"count":{"as_written":"~40"}}]}}'),
	(9, 'e', '{"type":"Feature","id":9,"properties":{"mines":[{"model":"PMN-2","count":-4},{"model":"PMN-2","count":2.5},{"model":"PMN-2","count":{"min":8,"max":4}}]}}'),
	(10, 'f', NULL),
	(11, 'g', '{"type":"Feature","id":11,"properties":{"mines":[{"model":"PMN-2","count":{"min":3}},{"model":"PMN-2","count":{"max":9}},{"model":"PMN-2","count":{"value":5,"max":6}}]}}');

-- record by record, by book, all
SELECT n, (mf_mine_total(record)).* FROM paper GROUP BY n ORDER BY n;
SELECT book, (mf_mine_total(record)).* FROM paper GROUP BY book ORDER BY book;
SELECT (mf_mine_total(record)).* FROM paper;
-- one model; entries without a model may be of it
SELECT book, (mf_mine_total(record, 'PMN-2')).* FROM paper GROUP BY book ORDER BY book;
SELECT book, (mf_mine_total(record, 'OZM-72')).* FROM paper GROUP BY book ORDER BY book;
SELECT (mf_mine_total(record, 'pmn-2')).* FROM paper WHERE n <= 3;
SELECT (mf_mine_total(record, NULL)).* FROM paper WHERE n <= 3;
-- no rows, no records, and nothing stated are three answers
SELECT mf_mine_total(record) IS NULL AS no_rows FROM paper WHERE false;
SELECT mf_mine_total(NULL::minefield), mf_mine_total(record) FILTER (WHERE n > 100) FROM paper;

-- areas without records stay in the answer
SELECT area, (t).records, (t).known, (t).at_least, (t).at_most
	FROM (SELECT area, mf_mine_total(record) AS t FROM (VALUES ('a'), ('b'), ('z')) v(area) LEFT JOIN paper ON book = area GROUP BY area) v
	ORDER BY area;

-- windows: the state goes on after a result
SELECT n, (mf_mine_total(record) OVER (ORDER BY n)).* FROM paper ORDER BY n;
SELECT n, (mf_mine_total(record) OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)).known FROM paper ORDER BY n;

-- parallel as serial, in any order
CREATE TABLE many AS SELECT i AS n, CASE WHEN i % 97 <> 0 THEN mf_make('r' || i, NULL, CASE WHEN i % 5 = 0 THEN '{}' WHEN i % 7 = 0 THEN '{"mines":[{"count":{"min":1,"max":3}}]}'
	ELSE jsonb_build_object('mines', jsonb_build_array(jsonb_build_object('model', 'M' || i % 3, 'count', i))) END) END AS record FROM generate_series(1, 20000) i;
ANALYZE many;
SELECT (mf_mine_total(record)).*, (mf_mine_total(record, 'M1')).* FROM many;
SELECT (mf_mine_total(record ORDER BY n DESC)).* FROM many;
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2;
SET parallel_leader_participation = off;
SELECT (mf_mine_total(record)).*, (mf_mine_total(record, 'M1')).* FROM many;
SELECT n % 3 AS third, (mf_mine_total(record)).* FROM many GROUP BY 1 ORDER BY 1;
SELECT mf_mine_total(record) IS NULL AS no_rows FROM many WHERE n < 0;
-- totals above what a double holds exactly
CREATE TABLE large AS SELECT i AS n, minefield '{"type":"Feature","properties":{"mines":[{"count":9007199254740991}]}}' AS record FROM generate_series(1, 1000) i;
ANALYZE large;
SELECT (mf_mine_total(record)).* FROM large;
SET max_parallel_workers_per_gather = 0;
SELECT (mf_mine_total(record)).* FROM large;
-- and above what fits at all
SELECT (mf_mine_total(record)).* FROM large, generate_series(1, 2);
-- a count beyond all sense is unknown, a zero is a count
SELECT (mf_mine_total(record)).* FROM (VALUES (minefield '{"type":"Feature","properties":{"mines":[{"count":1e300}]}}')) v(record);
SELECT (mf_mine_total(record)).* FROM (VALUES (minefield '{"type":"Feature","properties":{"mines":[{"count":0}]}}')) v(record);
-- a number that the paper doubts bounds nothing, unless its bounds are written
SELECT count, (mf_mine_total(mf_make('1', NULL, jsonb_build_object('mines', jsonb_build_array(jsonb_build_object('count', count)))))).*
	FROM (VALUES (1, jsonb '{"value":80,"as_written":"80"}'), (2, '{"value":80,"as_written":"~80"}'), (3, '{"value":80,"as_written":"≈80"}'), (4, '{"value":80,"as_written":"8?"}'),
		(5, '{"value":80,"legible":false}'), (6, '{"value":80,"legible":true}'), (7, '{"value":80,"min":75,"as_written":"~80"}'), (8, '{"value":80,"min":75}'),
		(9, '{"value":80,"min":75,"max":85,"legible":false}')) v(n, count) GROUP BY n, count ORDER BY n;
DROP TABLE paper, many, large;
