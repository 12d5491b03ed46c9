-- 6_layers.sql - layers for a map

\qecho
\qecho '6. Layers for a map'
\qecho '==================='
\qecho
\qecho 'QGIS opens a view whose first column is a unique integer and whose geometry has a'
\qecho 'declared type.  It hides columns of types it does not know, so records go as text:'
\qecho
\set ECHO queries
CREATE TABLE gap AS
SELECT (row_number() OVER (ORDER BY s.name, g.n))::int AS fid, s.name AS area,
       g.n, g.area_m2, g.share_of_aoi, g.max_width_m, g.geometry
FROM (SELECT s.name, s.aoi, mf_gaps(r.record, s.aoi, mf_gap_options(margin_m => 60)) AS gaps
      FROM strip s LEFT JOIN record r
        ON mf_dwithin(r.record, s.aoi, 60) OR NOT mf_is_located(r.record)
      GROUP BY s.name, s.aoi) s, mf_gap_list(s.gaps, s.aoi) g;
\qecho
CREATE VIEW no_record AS
SELECT fid, area, n, round(area_m2) AS area_m2, round(max_width_m) AS max_width_m,
       geometry::geometry(MultiPolygon, 4326) AS geometry
FROM gap;
\qecho
CREATE VIEW recorded AS
SELECT (row_number() OVER (ORDER BY key))::int AS fid, key, book, mf_source(record) AS source,
       record::text AS document, mf_footprint(record)::geometry(MultiPolygon, 4326) AS geometry
FROM record WHERE mf_is_located(record);
\set ECHO none

\qecho
\qecho 'And as a file that any GIS opens, written by psql itself:'
\qecho
\set ECHO queries
\set gaps_file :out '/no_record.geojson'
\pset tuples_only on
\pset format unaligned
SELECT jsonb_build_object('type', 'FeatureCollection',
           'synthetic', 'open water: no such minefield exists',
           'features', jsonb_agg(jsonb_build_object('type', 'Feature', 'id', fid,
               'geometry', ST_AsGeoJSON(geometry, 15)::jsonb,
               'properties', to_jsonb(v) - 'fid' - 'geometry') ORDER BY fid))
FROM no_record v \g :gaps_file
\set ECHO none
\set views_file :out '/qgis_views.sql'
SELECT 'CREATE VIEW ' || name || E' AS\n' || pg_get_viewdef(name::regclass, 80)
FROM unnest(ARRAY['strip', 'no_record', 'recorded']) name \g :views_file
\pset tuples_only off
\pset format aligned
\qecho
\qecho 'no_record.geojson  the gaps: no record, which is not the same as no mines'
\qecho 'qgis_views.sql     the views, to be used again'
