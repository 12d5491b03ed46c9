-- 9_links.sql - which records of the two books tell of one field

\set truth `cat "$MINEFIELD_DEMO_DATA/truth.jsonl"`

\qecho
\qecho '9. Which records tell of one field?'
\qecho '==================================='
\qecho
\qecho 'Overlap needs a place.  Links weigh whatever both records state: place, sizes, dates,'
\qecho 'unit, mines, number, names of landmarks.  score is between 0 and 1; A/57 has no place,'
\qecho 'A/41 a wrong landmark:'
\qecho
\set ECHO queries
SELECT key_a AS record, key_b AS tells_again, round(score::numeric, 2) AS score,
       round(distance_m) AS distance_m, contradicts AS documents_contradict
FROM book a, book b, mf_link(a.value, b.value) WHERE a.book = 'A' AND b.book = 'B';
\set ECHO none

\qecho 'The file of the exercise''s truth knows.  Of what was found, so much is right (precision),'
\qecho 'and of what is there, so much was found (recall):'
\qecho
SELECT what, count(*) FILTER (WHERE found) AS found, count(*) FILTER (WHERE there) AS there,
       round(count(*) FILTER (WHERE found AND there) / greatest(count(*) FILTER (WHERE found), 1)::numeric, 3) AS precision,
       round(count(*) FILTER (WHERE found AND there) / greatest(count(*) FILTER (WHERE there), 1)::numeric, 3) AS recall
FROM (SELECT coalesce(f.what, t.what) AS what, f.what IS NOT NULL AS found, t.what IS NOT NULL AS there
      FROM (SELECT 'links between the books' AS what, key_a, key_b
            FROM book a, book b, mf_link(a.value, b.value) WHERE a.book = 'A' AND b.book = 'B'
            UNION ALL
            SELECT 'copies in book A', key_a, key_b FROM book, mf_duplicates(value) WHERE book = 'A'
            UNION ALL
            SELECT 'copies with other counts', key_a, key_b FROM book, mf_duplicates(value)
            WHERE book = 'A' AND contradicts
            UNION ALL
            SELECT 'missing sheets', mf_id(record), unnest(mf_missing_sheets(record))::text FROM record
            UNION ALL
            -- of other items the truth file does not say whether the paper has them
            SELECT DISTINCT 'blank items', mf_id(record), item
            FROM record, unnest('{formular,da1355,ccw_ap2_1996}'::text[]) profile,
                 mf_missing(record, profile) m, unnest(m.items) item
            WHERE m.state = 'missing' AND m.requirement <> ALL ('{laid_time,started_and_completed}')
              AND item ~ ('^/properties/(unit|recorder|laid|recorded|method|row_gap_m|mines/\d+/(count|anti_handling'
                  || '|burial_depth_m|fuze)|location/(north|declination_deg|distance_unit|angle_unit))$')) f
      FULL JOIN
           (SELECT CASE WHEN t ? 'same_as' AND t->>'same_as' IS NOT NULL THEN 'links between the books' ELSE w END AS what,
                   coalesce(t->>'same_as', t->>'duplicate_of') AS key_a, t->>'id' AS key_b
            FROM (SELECT line::jsonb AS t FROM regexp_split_to_table(trim(E'\n' FROM :'truth'), E'\n') line) l,
                 unnest('{copies in book A,copies with other counts}'::text[]) w
            WHERE t->>'about' = 'record'
              AND ((t->>'same_as' LIKE 'A/%' AND w = 'copies in book A')
                   OR (t->>'duplicate_of' IS NOT NULL
                       AND (w = 'copies in book A' OR t->'differs' ? '/properties/mines/0/count')))
            UNION ALL
            SELECT w.what, t->>'id', jsonb_array_elements_text(t->w.member)
            FROM (SELECT line::jsonb AS t FROM regexp_split_to_table(trim(E'\n' FROM :'truth'), E'\n') line) l,
                 (VALUES ('missing sheets', 'missing_sheets'), ('blank items', 'blank')) w(what, member)
            WHERE t->>'about' = 'record') t
      USING (what, key_a, key_b)) q
GROUP BY what ORDER BY what DESC;

\qecho 'What paper leaves of each model (recorded - lifted - exploded), copies left out:'
\qecho
\set ECHO queries
SELECT coalesce(model, 'all together') AS model, recorded_min, recorded_max,
       lifted_max AS lifted, exploded_max AS exploded, unaccounted_min, unaccounted_max
FROM mf_account((SELECT array_agg(record) FROM record
                 WHERE book = 'A' AND mf_properties(record)->>'copy' = '1'));
\set ECHO none
