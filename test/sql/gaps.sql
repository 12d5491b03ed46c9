--
-- mf_gaps, mf_gap_rows, mf_gap_list: the ground that no record covers
--

CREATE TEMP TABLE areas (area int, aoi geometry);
INSERT INTO areas VALUES
	(1, ST_MakeEnvelope(50, 41, 50.04, 41.01, 4326)),
	(2, ST_MakeEnvelope(51, 41, 51.03, 41.01, 4326)),
	(3, ST_MakeEnvelope(52, 41, 52.03, 41.01, 4326));
CREATE TEMP TABLE records (area int, n bigint, id text, extent geometry);
INSERT INTO records VALUES
	(1, 9, 'b', ST_MakeEnvelope(50.01, 41, 50.018, 41.01, 4326)),
	(1, 10, 'a', ST_MakeEnvelope(50.018, 40.99, 50.02, 41.02, 4326)),
	(1, 11, 'point', 'SRID=4326;POINT(50.025 41.005)'),
	(1, 12, 'far', ST_MakeEnvelope(60, 41, 60.01, 41.01, 4326)),
	(1, 13, 'unlocated', NULL),
	(2, 20, 'all', ST_MakeEnvelope(50.9, 40.9, 51.1, 41.1, 4326));
CREATE TEMP VIEW made AS SELECT area, n, id, extent, mf_make(id, extent) AS record FROM records;

-- everything, nothing, and what is between
SELECT area, ST_AsText(mf_gaps(record, aoi)), ST_IsValid(mf_gaps(record, aoi)), ST_SRID(mf_gaps(record, aoi))
	FROM areas LEFT JOIN made USING (area) GROUP BY area ORDER BY area;
SELECT area, r.n, round(r.area_m2::numeric, 1) AS area_m2, round(r.share_of_aoi::numeric, 6) AS share,
	round(r.max_width_m::numeric, -1) AS width, ST_AsText(r.centroid, 6) AS centroid, r.neighbours, ST_AsText(r.geometry) AS geometry
	FROM (SELECT area, mf_gap_rows(id, record, aoi) AS rows FROM areas LEFT JOIN made USING (area) GROUP BY area) x,
		unnest(rows) r ORDER BY area, n;
-- bigint keys, geometry; keys sort by their bytes
SELECT r.n, r.neighbours FROM (SELECT mf_gap_rows(n, extent, aoi) AS rows FROM areas JOIN made USING (area) WHERE area = 1) x,
	unnest(rows) r ORDER BY r.n;
-- no gap: an empty array
SELECT mf_gap_rows(id, record, aoi) FROM areas JOIN made USING (area) WHERE area = 2;

-- a gap with an island, and gaps that touch at a corner
SELECT ST_AsText(mf_gaps(ARRAY[ST_MakeEnvelope(1, 1, 2, 2, 4326)], ST_MakeEnvelope(0, 0, 3, 3, 4326)));
SELECT ST_AsText(mf_gaps(ARRAY[ST_MakeEnvelope(0, 0, 1, 1, 4326), ST_MakeEnvelope(1, 1, 2, 2, 4326)], ST_MakeEnvelope(0, 0, 2, 2, 4326)));
-- an area that crosses itself counts through a valid copy
SELECT ST_AsText(mf_gaps(NULL::minefield[], 'SRID=4326;POLYGON((0 0,2 2,2 0,0 2,0 0))'));

-- options, by aggregate and by array
SELECT area, ST_NumGeometries(mf_gaps(record, aoi, mf_gap_options(min_area_m2 => 1000000))) AS larger,
	round(mf_area(mf_gaps(record, aoi, mf_gap_options(margin_m => 50)))::numeric, 0) AS margin,
	mf_gaps(record, aoi, mf_gap_options(50, 1000000)) = mf_gaps(array_agg(record), (array_agg(aoi))[1], 50, 1000000) AS same,
	mf_gap_rows(id, record, aoi, mf_gap_options(margin_m => 50)) =
		mf_gap_rows(array_agg(id), array_agg(record), (array_agg(aoi))[1], margin_m => 50) AS same_rows
	FROM areas LEFT JOIN made USING (area) GROUP BY area ORDER BY area;

-- rows of gaps kept as geometry
SELECT l.n, round(l.area_m2::numeric, 1) AS area_m2, round(l.share_of_aoi::numeric, 6) AS share, l.neighbours
	FROM (SELECT mf_gaps(record, aoi) AS gaps, (array_agg(aoi))[1] AS aoi FROM areas JOIN made USING (area) WHERE area = 1) x,
		mf_gap_list(gaps, aoi) l ORDER BY l.n;
SELECT n, share_of_aoi FROM mf_gap_list('SRID=4326;POLYGON((0 0,1 0,1 1,0 0))');
SELECT count(*) FROM mf_gap_list('SRID=4326;MULTIPOLYGON EMPTY', NULL);
SELECT count(*) FROM mf_gap_list(NULL);
SELECT count(*) FROM mf_gap_list('SRID=4326;POLYGON((0 0,1 0,1 1,0 0))', min_area_m2 => 1e12);

-- NULL and empty
SELECT mf_gaps(record, extent), mf_gap_rows(id, record, extent) FROM made WHERE false;
SELECT mf_gaps(record, NULL), mf_gap_rows(id, record, NULL) FROM made;
SELECT ST_AsText(mf_gaps(record, 'SRID=4326;POLYGON EMPTY')) FROM made;
SELECT mf_gap_rows(NULL::text, record, aoi) = mf_gap_rows(NULL, array_agg(record), (array_agg(aoi))[1]) AS without_keys
	FROM areas JOIN made USING (area) WHERE area = 1;

-- errors
SELECT mf_gaps(record, aoi) FROM areas JOIN made USING (area);
SELECT mf_gaps(record, aoi, '{"sliver_m2":1}') FROM areas JOIN made USING (area) WHERE area = 1;
SELECT mf_gap_rows(ARRAY['a'], ARRAY[record, record], aoi) FROM areas JOIN made USING (area) WHERE id = 'a';
SELECT mf_gap_list('SRID=4326;POINT(0 0)');
SELECT mf_gap_list('SRID=4326;MULTIPOLYGON EMPTY', min_area_m2 => -1);
SELECT mf_gap_options(), mf_gap_options(min_area_m2 => 5);
