SELECT count(*), count(DISTINCT code) FROM mf_checks();
SELECT * FROM mf_check(minefield '{"type":"Feature"}');
