-- places and directions as paper writes them
\set VERBOSITY default
\pset null unknown

-- azimuths: what is written, and what is lacking
SELECT written, a.azimuth_deg, a.unit, a.step_deg, a.true_deg, a.grid_deg, a.reason, a.detail
FROM (VALUES ('15-00'), ('60-00'), ('61-00'), ('1500'), ('90°'), ('90°30''36"'), ('100 gon'), ('1600 mil'), ('1600 mil6400'),
             ('N 30° E'), ('СВ: 30°'), ('S 30° I'), ('C 30° B'), ('S 30° O'), ('N 100° E'), ('460°'), ('-5°'), ('north'), ('')) v(written),
     mf_azimuth(written) a;
SELECT written, v.unit, a.azimuth_deg, a.unit, a.step_deg, a.reason, a.detail
FROM (VALUES ('1500', 'mil6000'), ('1600', 'mil6400'), ('100', 'gon'), ('90,5', 'degree'), ('15-00', 'mil6400'), ('90°', 'mil6000'),
             ('1600 mil', 'mil6400'), ('1600 mil', 'degree'), ('1,500', 'mil6000'), ('460', 'degree')) v(written, unit),
     mf_azimuth(written, v.unit, 'true', convergence_deg => 0) a;
SELECT north, declination_deg, correction_deg, convergence_deg, a.true_deg, a.grid_deg, a.reason
FROM (VALUES (NULL, 6.5, 5.26, 1.24), ('magnetic', 6.5, NULL, 1.24), ('magnetic', NULL, 5.26, NULL), ('magnetic', NULL, 5.26, 1.24),
             ('magnetic', 6.5, 5.26, NULL), ('magnetic', NULL, NULL, 1.24), ('magnetic', 6.5, NULL, NULL), ('true', NULL, NULL, 1.24),
             ('true', NULL, NULL, NULL), ('grid', NULL, NULL, 1.24), ('grid', 6.5, NULL, NULL))
         v(north, declination_deg, correction_deg, convergence_deg),
     mf_azimuth('15-00', NULL, north, declination_deg, correction_deg, convergence_deg) a;
SELECT mf_azimuth(NULL) IS NULL AS of_nothing;
SELECT mf_azimuth('15-00', 'mil');
SELECT mf_azimuth('15-00', north => 'Magnetic');

-- grids: northing first, and an operation unless the system is on WGS 84
SELECT round(g.northing::numeric, 3) AS northing, round(g.easting::numeric, 3) AS easting, round(g.convergence_deg::numeric, 6) AS convergence_deg,
       round(g.scale::numeric, 8) AS scale, g.accuracy_m, g.in_area
FROM (VALUES (46.93, 39.99, 'EPSG:28408', 'EPSG:15865'), (46.25, 40.33, 'EPSG:28408', 'EPSG:15865'), (50.3, 41.2, 'EPSG:28409', 'EPSG:15865'),
             (50.3, 41.2, 'EPSG:28408', 'EPSG:15865'), (50.3, 41.2, 'EPSG:32639', NULL), (50.3, -41.2, 'EPSG:32639', NULL),
             (50.3, 41.2, 'EPSG:4284', 'EPSG:15865'), (50.3, 41.2, 'EPSG:4326', NULL)) v(lon, lat, crs, operation),
     mf_to_grid(ST_SetSRID(ST_MakePoint(lon, lat), 4326), crs, operation) g;
SELECT ST_AsText(mf_from_grid(4563102.932, 9441380.206, 'EPSG:28409', 'EPSG:15865'), 7) AS sk42,
       ST_AsText(mf_from_grid(4561195.515, 441307.046, 'EPSG:32639'), 7) AS utm,
       ST_AsText(mf_from_grid(41.2, 50.3, 'EPSG:4326'), 7) AS degrees,
       ST_SRID(mf_from_grid(41.2, 50.3, 'EPSG:4326')) AS srid;
SELECT mf_from_grid(NULL, 1, 'EPSG:32639') IS NULL AND mf_from_grid(1, NULL, 'EPSG:32639') IS NULL
       AND mf_from_grid(1, 1, NULL) IS NULL AND mf_to_grid(NULL, 'EPSG:32639') IS NULL
       AND mf_to_grid('SRID=4326;POINT EMPTY', 'EPSG:32639') IS NULL AND mf_to_grid('SRID=4326;POINT(1 1)', NULL) IS NULL AS of_nothing;
SELECT mf_from_grid(4563102.932, 9441380.206, 'EPSG:28409');
SELECT mf_from_grid(4563102.932, 9441380.206, 'EPSG:28409', '');
SELECT mf_from_grid(4563102.932, 9441380.206, 'EPSG:28409', 'EPSG:99999');
SELECT mf_from_grid(4563102.932, 9441380.206, 'EPSG:28409', 'EPSG:1188');
SELECT mf_from_grid(4563102.932, 9441380.206, 'EPSG:28409', 'EPSG:28409');
SELECT mf_from_grid(4563102.932, 9441380.206, 'EPSG:99999', 'EPSG:15865');
SELECT mf_from_grid(4563102.932, 9441380.206, '+proj=utm +zone=39');
SELECT mf_from_grid(4563102.932, 9441380.206, 'EPSG:4979');
SELECT mf_from_grid(4563102.932, 9441380.206, 'EPSG:5773');
SELECT mf_from_grid(4563102.932, 9441380.206, 'EPSG:32661');
SELECT mf_from_grid(45e12, 9441380.206, 'EPSG:28409', 'EPSG:15865');
SELECT mf_from_grid(4563102.932, 441380.206, 'EPSG:28409', 'EPSG:15865');
SELECT mf_from_grid(9441380.206, 4563102.932, 'EPSG:28409', 'EPSG:15865');
SELECT ST_AsText(mf_from_grid(4563102.932, 9100000, 'EPSG:28409', 'EPSG:15865'), 3) AS half_a_zone_west;
SELECT mf_from_grid('NaN', 1, 'EPSG:32639');
SELECT mf_to_grid('SRID=4326;LINESTRING(1 1,2 2)', 'EPSG:32639');
SELECT mf_to_grid('SRID=3857;POINT(1 1)', 'EPSG:32639');

-- operations
SELECT operation, accuracy_m, ballpark, usable, chosen
FROM mf_operations('EPSG:28409', 'SRID=4326;POINT(50.3 41.2)', 'Azerbaijan')
WHERE operation IN ('EPSG:1303', 'EPSG:1808', 'EPSG:15865') ORDER BY 1;
SELECT count(*) FILTER (WHERE chosen) AS chosen, count(*) > 3 AS several FROM mf_operations('EPSG:28409', 'SRID=4326;POINT(50.3 41.2)');
SELECT operation FROM mf_operations('EPSG:28409', 'SRID=4326;POINT(50.3 41.2)', 'kazakhstan') WHERE chosen;
SELECT count(*) FILTER (WHERE chosen) AS chosen FROM mf_operations('EPSG:28409', 'SRID=4326;POINT(50.3 41.2)', 'Azerb');
SELECT count(*) > 8 AS everywhere, bool_or(chosen) AS chosen, count(distance_m) AS distances FROM mf_operations('EPSG:4284');
SELECT count(*) FROM mf_operations('EPSG:32639');
SELECT count(*) FROM mf_operations(NULL);
SELECT mf_operations('EPSG:0');
SELECT mf_operations('EPSG:4284', 'SRID=4326;LINESTRING(1 1,2 2)');

-- grid references
SELECT mf_as_mgrs('SRID=4326;POINT(50.3 41.2)'), mf_as_mgrs('SRID=4326;POINT(50.3 41.2)', 0) AS square, mf_as_mgrs('SRID=4326;POINT(50.3 -85)', 3) AS pole,
       mf_as_mgrs('SRID=4326;POINT(50.3 41.2)', 11) AS micrometres, mf_as_mgrs('SRID=4326;POINT EMPTY') AS empty;
SELECT ST_AsText(mf_parse_mgrs('39TVF 41307 61195'), 7), ST_AsText(mf_parse_mgrs('39tvf4161'), 5), ST_AsText(mf_parse_mgrs('BGR273548'), 5);
SELECT reference, ST_IsValid(square) AS valid, ST_NPoints(square) AS points, round(mf_area(square)::numeric) AS area_m2,
       ST_Intersects(square, mf_parse_mgrs(reference)) AS has_middle, ST_AsText(ST_Envelope(square), 3) AS box
FROM unnest(ARRAY['39TVF4130761195', '39TVF4161', '39TVF', 'YZG', 'ZAH', 'ZAG', 'YZH', 'AZN', 'BAP', 'ZAH0000', '01NAA', '60NZG', '01KAS', '01NCA']) reference,
     LATERAL (SELECT mf_mgrs_square(reference) AS square OFFSET 0) s;
SELECT mf_parse_mgrs('39TXX12');
SELECT mf_parse_mgrs('39TVF123');
SELECT mf_parse_mgrs('61TVF12');
SELECT mf_mgrs_square('39IVF12');
SELECT mf_parse_mgrs('ТVF12');
SELECT mf_parse_mgrs('');
SELECT mf_as_mgrs('SRID=4326;POINT(50.3 41.2)', 12);
SELECT mf_as_mgrs('POINT(50.3 41.2)');

-- degrees, minutes, seconds
SELECT mf_parse_angle('41°12''30"N'), mf_parse_angle('50°18′ з. д.'), mf_parse_angle('41.12.30 с.ш.'), mf_parse_angle('41°12,5''', 'latitude'),
       mf_parse_angle('-50°18''', 'longitude'), mf_parse_angle(NULL) AS of_nothing;
SELECT mf_parse_angle('41.12 N');
SELECT mf_parse_angle('41°12''');
SELECT mf_parse_angle('41°12'' N', 'longitude');
SELECT mf_parse_angle('41°62'' N');
SELECT mf_parse_angle('here');
SELECT mf_parse_angle('41°', 'lat');
SELECT ST_AsText(mf_parse_lonlat('41°12''N 50°18''E', 'EPSG:4326'), 7) AS wgs84,
       ST_AsText(mf_parse_lonlat('50°18'' в.д., 41°12'' с.ш.', 'EPSG:4284', 'EPSG:15865'), 7) AS sk42,
       mf_parse_lonlat(NULL, 'EPSG:4326') IS NULL AND mf_parse_lonlat('41°N 50°E', NULL) IS NULL AS of_nothing;
SELECT mf_parse_lonlat('41°12''N 50°18''E', 'EPSG:4284');
SELECT mf_parse_lonlat('41°12''N 50°18''E', 'EPSG:28409', 'EPSG:15865');
SELECT mf_parse_lonlat('41°12''N 50°18''N', 'EPSG:4326');

-- map sheets
SELECT sheet, ST_AsText(mf_map_sheet(sheet), 5) AS wgs84, ST_AsText(mf_map_sheet(sheet, NULL), 5) AS frame
FROM unnest(ARRAY['K-39', 'К-39-Б', 'K-39-XXV', 'K-39-101', 'K-39-101-Б', 'K-39-101-Б-а', 'K-39-101-Б-а-1', 'P-52-23,24', 'Q-60', 'Q-1']) sheet;
SELECT mf_map_sheet(NULL) IS NULL AND mf_map_sheet(NULL, NULL) IS NULL AS of_nothing;
SELECT mf_map_sheet('K-39-101-B');
SELECT mf_map_sheet('Н-38');
SELECT mf_map_sheet('K-39-145');
SELECT mf_map_sheet('K-39,40');
SELECT mf_map_sheet('A-39');
SELECT mf_map_sheet('K-39', 'EPSG:1188');
SELECT mf_map_sheet('K-39', '');
SELECT * FROM mf_complete_on_sheet('K-39-101-Б', 63102.9, 41380.2);
SELECT * FROM mf_complete_on_sheet('K-39-101-Б', 4563102.9, 441380.2);
SELECT * FROM mf_complete_on_sheet('K-4-1', 57102.9, 79380.2);
SELECT mf_complete_on_sheet(NULL, 1, 1) IS NULL AS of_nothing;
SELECT mf_complete_on_sheet('K-39', 63102.9, 41380.2);
SELECT mf_complete_on_sheet('K-39-101-А', 63102.9, 41380.2);
SELECT mf_complete_on_sheet('K-39-101-А', -1, 41380.2);
