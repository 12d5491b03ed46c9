-- 3_overlaps.sql - which records tell of the same ground

\qecho
\qecho '3. Which records tell of the same ground?'
\qecho '========================================='
\qecho
\qecho 'Only pairs across the two books; class is about the ground, contradicts about what'
\qecho 'the two records say of it (models, counts, dates), certainty about how well both are'
\qecho 'known to lie: what is near is within that.  The 7 records without a place are in no'
\qecho 'pair, and may be in any:'
\qecho
\set ECHO queries
SELECT o.key_a, o.key_b, o.class, o.certainty, o.contradicts,
       round(o.area_m2) AS area_m2, round((100 * o.share_a)::numeric) AS percent_of_a,
       round((100 * o.share_b)::numeric) AS percent_of_b, round(o.iou::numeric, 2) AS iou
FROM (SELECT mf_overlaps(key, record, book) AS pairs FROM record) p, unnest(pairs) o
ORDER BY o.key_a, o.key_b;
\set ECHO none

\qecho 'What the two that tell of the very same ground say of it:'
\qecho
\set ECHO queries
SELECT r.key, r.book, mf_source(r.record) AS source, mf_laid(r.record) AS laid,
       m.model, coalesce(m.as_written, m.count::text) AS count_as_written
FROM (SELECT mf_overlaps(key, record, book) AS pairs FROM record) p,
     unnest(pairs) WITH ORDINALITY AS o (key_a, key_b, class), record r, mf_mines(r.record) m
WHERE o.class = 'duplicate' AND r.key IN (o.key_a, o.key_b)
ORDER BY r.book, r.key, m.n;
\set ECHO none

\qecho 'Inside book A: second copies whose figures differ, and fields laid across others:'
\qecho
\set ECHO queries
SELECT o.class, o.contradicts, count(*) AS pairs, round(sum(o.area_m2)) AS area_m2,
       array_to_string((array_agg(o.key_a || ' ' || o.key_b ORDER BY o.area_m2 DESC))[:5], ', ')
           AS largest
FROM (SELECT mf_overlaps(key, record) AS pairs FROM record WHERE book = 'A') p, unnest(pairs) o
WHERE o.class <> 'near'
GROUP BY o.class, o.contradicts ORDER BY o.class, o.contradicts;
\set ECHO none
