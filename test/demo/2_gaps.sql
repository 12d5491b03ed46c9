-- 2_gaps.sql - where nothing is recorded

\qecho
\qecho '2. Where is nothing recorded?'
\qecho '============================='
\qecho
\qecho 'Around the line, by area.  A LEFT JOIN keeps areas without any record, and the'
\qecho 'OR keeps the records without a place:'
\qecho
\set ECHO queries
SELECT a.name, (c).records - (c).unlocated AS records, (c).unlocated,
       round(((c).aoi_m2 / 1e6)::numeric, 3) AS area_km2,
       round(((c).recorded_m2 / 1e6)::numeric, 3) AS recorded_km2,
       round(((c).possible_m2 / 1e6)::numeric, 3) AS possible_km2,
       round(((c).no_record_m2 / 1e6)::numeric, 3) AS no_record_km2,
       round((100 - 100 * (c).recorded_fraction)::numeric, 1) AS not_recorded_percent
FROM (SELECT a.name, mf_coverage(r.record, a.aoi) AS c
      FROM area a LEFT JOIN record r
        ON mf_intersects(r.record, a.aoi) OR NOT mf_is_located(r.record)
      GROUP BY a.name) a
ORDER BY a.name;
\set ECHO none

\qecho 'Area 4 has no record of its own: all of it is gap.  That says nothing about what'
\qecho 'lies there; the books are silent.  "Possible" is ground that no record covers but'
\qecho 'that lies within the stated accuracy of one; most records state none.'
\qecho
\qecho 'Now along the line, in the strip of 420 m in front of it, counting as recorded'
\qecho 'whatever lies within 60 m of a recorded field:'
\qecho
\set ECHO queries
CREATE VIEW strip AS
SELECT a.fid, a.name, ST_CollectionExtract(ST_Intersection(a.aoi, f.strip), 3) AS aoi
FROM area a, front f WHERE ST_Intersects(a.aoi, f.strip);
\qecho
SELECT s.name, (c).records - (c).unlocated AS records, (c).unlocated,
       round(((c).aoi_m2 / 1e6)::numeric, 3) AS strip_km2,
       round((((c).aoi_m2 - (c).recorded_m2) / 1e6)::numeric, 3) AS not_recorded_km2,
       round((100 - 100 * (c).recorded_fraction)::numeric, 1) AS not_recorded_percent
FROM (SELECT s.name, mf_coverage(r.record, s.aoi, mf_coverage_options(margin_m => 60)) AS c
      FROM strip s LEFT JOIN record r
        ON mf_dwithin(r.record, s.aoi, 60) OR NOT mf_is_located(r.record)
      GROUP BY s.name) s
ORDER BY s.name;
\set ECHO none

\qecho 'The largest gaps in that strip, with their widest place and the records that'
\qecho 'border on them:'
\qecho
\set ECHO queries
SELECT s.name, g.n, round(g.area_m2) AS area_m2, round(g.max_width_m) AS max_width_m,
       ST_AsLatLonText(g.centroid, 'D.DDDD C') AS centroid,
       coalesce(array_length(g.neighbours, 1), 0) AS records_beside,
       array_to_string(g.neighbours[1:4], ' ') AS first_of_them
FROM (SELECT s.name, mf_gap_rows(r.key, r.record, s.aoi,
                                 mf_gap_options(margin_m => 60, min_area_m2 => 1000)) AS gaps
      FROM strip s LEFT JOIN record r
        ON mf_dwithin(r.record, s.aoi, 60) OR NOT mf_is_located(r.record)
      GROUP BY s.name) s, unnest(gaps) g
ORDER BY g.area_m2 DESC LIMIT 10;
\set ECHO none
