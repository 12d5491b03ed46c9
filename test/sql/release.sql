-- release: what is not named is not in the copy
SET client_min_messages = warning;
\set SHOW_CONTEXT never
\pset null unknown
\pset tuples_only on
CREATE TEMP TABLE r (record minefield);
INSERT INTO r VALUES ('{"type":"Feature","id":"B/17","bbox":[50,41,51,42],"geometry":{"type":"Polygon","coordinates":[[[50.301,41.2],[50.302,41.2],[50.302,41.201],[50.301,41.2]]]},
 "properties":{"number":"17","laid":"1993-08","category":"AP","mines_total":90,"recorder":"Recorder 1","a/b":{"~":1},
  "mines":[{"model":"PMN-2","count":{"value":80,"min":75,"max":80}},null,{"count":10},{"model":"OZM-72","count":5,"place":{"lon":50.3,"lat":41.2}}],
  "location":{"crs":"EPSG:28409","points":[{"id":"L1","northing":4563102.932,"easting":9441380.206}]},
  "events":[{"kind":"lifted","count":3,"place":{"mgrs":"39TVF"}}],
  "signatures":[{"role":"layer","name":"N. N."}],"illegible":["/properties/mines/2/model"]}}');

-- nothing
SELECT mf_release(record, '{}') FROM r;
-- members, members of every element, one element
SELECT mf_release(record, '{/id,/properties/category,/properties/mines/*/model}') FROM r;
SELECT mf_release(record, '{/properties/mines/0,/properties/signatures/*/role}') FROM r;
SELECT mf_release(record, '{/properties/mines/*/count/value}') FROM r;
SELECT mf_release(record, '{/properties/a~1b/~0,/properties/none,/properties/number/deeper,/geometry/type}') FROM r;
-- everything but the note of an earlier copy
SELECT (mf_release(record, '{/*}')::jsonb #- '{properties,released}')::minefield = record AS all FROM r;
SELECT mf_properties(mf_release(mf_release(record, '{/properties}'), '{/properties/number,/properties/released}')) FROM r;
-- counts and names only where they are named
SELECT mf_release(record, '{/properties/laid,/properties/number}')::text ~ 'count|80|90|Recorder|N\. N\.' AS told FROM r;

-- the place: as recorded, or coarsely; then no coordinates stand anywhere
SELECT mf_release(record, '{/geometry}') FROM r;
SELECT mf_release(record, '{/geometry,/properties/mines,/properties/events}', 1000) FROM r;
SELECT mf_release(record, (SELECT array_agg('/properties/' || replace(key, '/', '~1')) FROM jsonb_object_keys(mf_properties(record)) key WHERE key <> 'location'), 1000)::text ~ '\d{4}\.\d|41\.2|mgrs|39T|northing|lat' AS told FROM r;
SELECT mf_geometry(mf_release(record, '{/id}', 1000)) IS NULL AS not_kept FROM r;
SELECT ST_Covers(mf_geometry(mf_release(record, '{/geometry}', 1000)), mf_geometry(record)) AS covers FROM r;
-- at the edges of the world, over and under every cell size: it covers, it is valid, it is wide and high enough
SELECT count(*), bool_and(ST_Covers(g, p)) AS covers, bool_and(ST_IsValid(g)) AS valid,
	bool_and(ST_Distance(ST_Point(ST_XMin(g), ST_YMin(g), 4326)::geography, ST_Point(ST_XMin(g), ST_YMax(g), 4326)::geography) >= size - 1e-3) AS high,
	bool_and(ST_Distance(ST_Point(ST_XMin(g), y, 4326)::geography, ST_Point((ST_XMin(g) + ST_XMax(g)) / 2, y, 4326)::geography) * 2 >= size - 1e-3) FILTER (WHERE abs(y) < 89) AS wide
FROM (SELECT p, size, y, mf_geometry(mf_release(mf_make(NULL, p), '{/geometry}', size)) AS g
	FROM unnest('{-180,-179.9,-50.3,0,1e-9,50.3,180}'::float8[]) x, unnest('{-90,-89.5,-60,0,41.2,79.99,90}'::float8[]) y,
		unnest('{1,100,5000,100000}'::float8[]) size, LATERAL ST_Point(x, y, 4326) p) q;
-- nearby records in one cell have one place
SELECT count(DISTINCT mf_geometry(mf_release(mf_make(NULL, ST_Point(50.3 + i * 1e-5, 41.2, 4326)), '{/geometry}', 5000))) AS places FROM generate_series(1, 50) i;

-- coordinates of one's own, whatever the case of their names
SELECT mf_release('{"type":"Feature","properties":{"own":{"Lat":41.2,"LON":50.3,"Lng":50.3,"Coords":[50.3,41.2],"Latitude":41.2,"late":1}}}', keep, size)
FROM (VALUES ('{/properties/own}'::text[])) k(keep), unnest('{NULL,100}'::float8[]) size;

-- what is refused
SELECT mf_release(record, '{/properties/events/*/LAT}', 100) FROM r;
SELECT mf_release(record, '{properties/number}') FROM r;
SELECT mf_release(record, '{""}') FROM r;
SELECT mf_release(record, '{/a~2}') FROM r;
SELECT mf_release(record, '{/id,NULL}') FROM r;
SELECT mf_release(record, '{/properties/location/description}', 100) FROM r;
SELECT mf_release(record, '{/properties/events/*/place}', 100) FROM r;
SELECT mf_release(record, keep, 100) FROM r, (VALUES ('{/properties}'::text[])) k(keep);
SELECT mf_release(record, '{/id,/properties/*}', 100) FROM r;
SELECT mf_release(record, '{/*/x}', 100) FROM r;
SELECT mf_release(record, '{/geometry}', size) FROM r, unnest('{0}'::float8[]) size;
SELECT mf_release(record, '{/geometry}', 'NaN') FROM r;
SELECT mf_release(record, NULL), mf_release(NULL, '{}') FROM r;
SELECT mf_release('{"type":"Feature"}', '{/id,/geometry,/properties/number}', 100);
