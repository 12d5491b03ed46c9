-- 5_place.sql - what lies at a point

\qecho
\qecho '5. What is recorded at this place?'
\qecho '=================================='
\qecho
\qecho 'A team stands at 41.17948 N 50.27266 E.  Everything within 150 m, nearest first'
\qecho '(0 m: inside); the index answers:'
\qecho
\set ECHO queries
SELECT key, round((record <-> place)::numeric, 1) AS metres, mf_source(record) AS source,
       mf_laid(record) AS laid,
       (SELECT string_agg(concat_ws(' × ', coalesce(as_written, count::text, '?'), model), ', ' ORDER BY n)
        FROM mf_mines(record)) AS mines
FROM record, ST_SetSRID(ST_MakePoint(50.27266, 41.17948), 4326) place
WHERE mf_dwithin(record, place, 150)
ORDER BY record <-> place, key;

SELECT count(*) AS unlocated_records_that_may_also_lie_here
FROM record WHERE NOT mf_is_located(record);
\set ECHO none

\qecho 'The other way round: mines found and accidents, by whether a record covers the'
\qecho 'place.  Many records are misplaced, and of a field in Area 4 neither book tells:'
\qecho
\set ECHO queries
SELECT coalesce(a.name, 'elsewhere') AS area, f.kind, count(*) AS n,
       count(*) FILTER (WHERE r.inside) AS inside_a_record,
       count(*) FILTER (WHERE NOT r.inside) AS outside_the_records
FROM finding f
LEFT JOIN area a ON ST_Intersects(a.aoi, f.place)
CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM record WHERE mf_intersects(record, f.place)) AS inside) r
GROUP BY 1, 2 ORDER BY 1, 2;
\set ECHO none
