-- 4_mines.sql - how many mines, and how much of that is known

\qecho
\qecho '4. How many mines?'
\qecho '=================='
\qecho
\qecho 'Counts on paper are numbers, ranges ("75-80"), guesses ("~40"), half legible'
\qecho '("1?2") or blank.  A blank is unknown, not zero: where one record is blank the'
\qecho 'total has no upper bound.  Second copies of a record are left out.'
\qecho
\set ECHO queries
SELECT book, (t).known, (t).at_least, (t).at_most, (t).records, (t).records_unknown
FROM (SELECT book, mf_mine_total(record) AS t FROM record
      WHERE coalesce(mf_properties(record)->>'copy', '1') = '1' GROUP BY book) b
ORDER BY book;
\set ECHO none

\qecho 'Against what the header of book A declares:'
\qecho
\set ECHO queries
SELECT d->>'model' AS model, (d->>'count')::int AS declared, (t).known, (t).at_least, (t).at_most
FROM book b, jsonb_array_elements(mf_header(b.value)->'mines_declared') d,
     LATERAL (SELECT mf_mine_total(record, d->>'model') AS t FROM record r
              WHERE r.book = b.book AND coalesce(mf_properties(record)->>'copy', '1') = '1') t
WHERE b.book = 'A' ORDER BY declared DESC;
\set ECHO none

\qecho 'The uncertain ones among them, as they are written:'
\qecho
\set ECHO queries
SELECT r.key, m.model, coalesce(m.as_written, '(blank)') AS as_written,
       m.count_min AS at_least, m.count_max AS at_most, m.legible
FROM record r, mf_mines(r.record) m
WHERE r.book = 'A' AND (m.as_written IS NOT NULL OR m.count IS NULL)
ORDER BY length(r.key), r.key, m.n LIMIT 12;
\set ECHO none
