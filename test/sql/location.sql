--
-- mf_locate, mf_traverse and their like: from the paper's chain to the ground
--

CREATE FUNCTION pg_temp.doc(location jsonb, properties jsonb DEFAULT '{}') RETURNS minefield LANGUAGE sql AS
	$$ SELECT jsonb_build_object('type', 'Feature', 'properties', properties || jsonb_build_object('location', location))::minefield $$;
CREATE TEMP TABLE base (location jsonb);
INSERT INTO base VALUES ('{"crs":"EPSG:28409","operation":"EPSG:15865","map":{"sheet":"K-39-101-Б","scale":50000},
	"north":"magnetic","declination_deg":5.1,"angle_unit":"mil6000","distance_unit":"m",
	"points":[{"id":"L1","role":"landmark","northing":4563102.932,"easting":9441380.206,"accuracy95_m":25}],
	"legs":[{"from":"L1","to":"A","azimuth":"15-00","distance":340,"distance_unit":"pace_pair"},
		{"from":"A","to":"B","azimuth":"15-00","distance":120},{"from":"B","to":"C","azimuth":"30-00","distance":10},
		{"from":"A","to":"D","azimuth":"30-00","distance":10}],
	"perimeter":["A","B","C","D"]}');
-- what a point comes to, or lacks
CREATE FUNCTION pg_temp.point(location jsonb, point text, options jsonb DEFAULT NULL, properties jsonb DEFAULT '{}') RETURNS text LANGUAGE sql AS
	$$ SELECT coalesce(ST_AsText(geometry, 6) || ' +- ' || coalesce(round(accuracy95_m::numeric, 1)::text, 'unknown'),
		concat_ws(' ', reason, leg, '(' || detail || ')')) FROM mf_traverse(pg_temp.doc(location, properties), options) WHERE id = point $$;

-- the whole of it
SELECT ST_AsText(mf_geometry(r), 6), round(mf_accuracy_m(r)::numeric, 2), (mf_properties(r)->'derived') - '{by,proj}'::text[]
	FROM base, mf_locate(pg_temp.doc(location)) r;
SELECT id, role, fixed, solved, ST_AsText(geometry, 6), round(ellipse_major_m::numeric, 2) AS major, round(ellipse_minor_m::numeric, 2) AS minor,
		round(ellipse_azimuth_deg::numeric) AS azimuth, accuracy95_m = ellipse_major_m AS same, contributions, residual_m, reason
	FROM base, mf_traverse(pg_temp.doc(location));
SELECT n, from_id, to_id, round(true_azimuth_deg::numeric, 3) AS azimuth, distance_m, round(along_m::numeric, 3) AS along, round(across_m::numeric, 3) AS across,
		standardised, outlier, misclosure_m, one_in, reason
	FROM base, mf_traverse_legs(pg_temp.doc(location));
SELECT point, source, round(accuracy95_m::numeric, 2), round(share::numeric, 3) FROM base, mf_error_budget(pg_temp.doc(location));
SELECT round(sum(share)::numeric, 9) FROM base, mf_error_budget(pg_temp.doc(location));

-- NULL, empty, nothing to do
SELECT mf_locate(NULL), mf_locate(NULL, '{}'), mf_locate('{"type":"Feature"}');
SELECT count(*) FROM mf_traverse(NULL);
SELECT count(*) FROM mf_traverse_legs(NULL);
SELECT count(*) FROM mf_error_budget(NULL);
SELECT count(*) FROM mf_row_lines(NULL);
SELECT count(*) FROM mf_mine_positions(NULL);
SELECT count(*) FROM mf_traverse('{"type":"Feature"}');
SELECT mf_properties(mf_locate('{"type":"Feature","properties":{}}'))->'derived'->'unsolved';
SELECT mf_properties(mf_locate(pg_temp.doc('{"points":[]}')))->'derived'->'unsolved';
SELECT mf_properties(mf_locate(pg_temp.doc('{"legs":[null,{},{"from":"A"},{"from":"A","to":"A"}],"points":[null]}')))->'derived'->'unsolved';
-- a plot stays, unless replaced, and is not replaced by nothing
SELECT mf_locate(p) = p AS stays, ST_GeometryType(mf_geometry(mf_locate(p, mf_locate_options(replace => true)))) AS replaced,
		mf_locate(q, mf_locate_options(replace => true)) = q AS by_nothing
	FROM base, jsonb_set(pg_temp.doc(location)::jsonb, '{geometry}', '{"type":"Point","coordinates":[50,41]}') j, LATERAL (SELECT j::minefield AS p) x,
		LATERAL (SELECT (j #- '{properties,location,legs}')::minefield AS q) y;
-- and what was derived is derived anew
SELECT mf_locate(mf_locate(pg_temp.doc(location))) = mf_locate(pg_temp.doc(location)) AS again,
		mf_is_located(mf_locate(jsonb_set(mf_locate(pg_temp.doc(location))::jsonb, '{properties,location,north}', 'null')::minefield)) AS gone
	FROM base;

-- nothing has a default
SELECT member, regexp_replace(pg_temp.point(location - member, 'A'), 'EPSG:.*EPSG:15865.*', '...') AS point FROM base, unnest('{crs,operation,north,declination_deg,angle_unit,distance_unit}'::text[]) member;
SELECT pg_temp.point(jsonb_set(location, '{legs,0}', '{"from":"L1","to":"A","azimuth":1500,"distance":340}') - member, 'A')
	FROM base, unnest('{angle_unit,distance_unit}'::text[]) member;
SELECT pg_temp.point(jsonb_set(location, '{legs,0}', leg), 'A') FROM base, unnest(ARRAY[
	'{"from":"L1","to":"A"}', '{"from":"L1","to":"A","azimuth":"15-00"}', '{"from":"L1","to":"A","distance":5}',
	'{"from":"L1","to":"A","azimuth":"abc","distance":5}', '{"from":"L1","to":"A","azimuth":7000,"distance":5}',
	'{"from":"L1","to":"A","azimuth":"15-00","distance":-5}', '{"from":"L1","to":"A","azimuth":"15-00","distance":1e9}',
	'{"from":"L1","to":"A","azimuth":"15-00","distance":5,"distance_unit":"span"}', '{"from":"L1","to":"A","azimuth":"15-00","distance":5,"north":"up"}',
	'{"from":"L1","to":"A","azimuth":"15-00","distance":{"as_written":"many"}}', '{"from":"L2","to":"A","azimuth":"15-00","distance":5}']::jsonb[]) leg;
-- assumptions stand in, are listed, and widen
SELECT option, pg_temp.point(location - member, 'A', option), mf_properties(mf_locate(pg_temp.doc(location - member), option))->'derived'->'assumptions'
	FROM base, (VALUES ('north', mf_locate_options(assume_north => 'magnetic')), ('declination_deg', mf_locate_options(assume_declination_deg => 5.1)),
		('crs', mf_locate_options(assume_crs => 'EPSG:28409')), ('operation', mf_locate_options(assume_operation => 'EPSG:15865'))) v(member, option);
SELECT pg_temp.point(jsonb_set(location, '{legs,0}', '{"from":"L1","to":"A","azimuth":1500,"distance":510}') - member, 'A', option)
	FROM base, (VALUES ('angle_unit', mf_locate_options(assume_angle_unit => 'mil6000')), ('distance_unit', mf_locate_options(assume_distance_unit => 'm'))) v(member, option);
-- nothing is assumed where the paper says
SELECT mf_properties(mf_locate(pg_temp.doc(location), mf_locate_options('grid', 1, 'gon', 'ft', 'EPSG:4326', 'EPSG:1808')))->'derived' ? 'assumptions',
		mf_geometry(mf_locate(pg_temp.doc(location), mf_locate_options('grid', 1, 'gon', 'ft', 'EPSG:4326', 'EPSG:1808'))) = mf_geometry(mf_locate(pg_temp.doc(location)))
	FROM base;
-- what the caller knows better
SELECT pg_temp.point(location, 'A', mf_locate_options(operation => 'EPSG:1303')), pg_temp.point(location, 'A', mf_locate_options(declination_deg => 6)) FROM base;
SELECT pg_temp.point(location, 'L1', option), pg_temp.point(location, 'A', option), mf_properties(mf_locate(pg_temp.doc(location), option))->'derived'->'operation' IS NULL AS no_operation
	FROM base, mf_locate_options(landmarks => '{"L1":{"lon":50.31,"lat":41.21,"accuracy95_m":2}}') option;
SELECT pg_temp.point(location || '{"north":"grid"}', 'A', option) = pg_temp.point(location || '{"north":"grid"}', 'A', option || '{"operation":"EPSG:15865"}') AS grid_of_the_location
	FROM base, mf_locate_options(landmarks => '{"L1":{"lon":50.31,"lat":41.21,"accuracy95_m":2}}') option;
SELECT pg_temp.point(location - 'operation', 'L1', mf_locate_options(country => 'Azerbaijan')),
		mf_properties(mf_locate(pg_temp.doc(location - 'operation'), mf_locate_options(country => 'Azerbaijan')))->'derived'->>'operation_chosen' FROM base;
-- errors
SELECT pg_temp.point(location, 'A', mf_locate_options(errors => errors)) FROM base, unnest(ARRAY[
	'{"compass_deg":0,"pace_percent":0,"pace_length_percent":0,"declination_deg":0}', '{"compass_deg":null}', '{"interview_m":null}']::jsonb[]) errors;
SELECT source, pg_temp.point(location, 'A', mf_locate_options(errors => '{"interview_m":200,"memory_m":400}'), jsonb_build_object('source', source))
	FROM base, unnest('{form,interview,redrawn from memory}'::text[]) source;
SELECT mf_locate_options(assume_north => 'up');
SELECT mf_locate_options(assume_angle_unit => 'mil');
SELECT mf_locate_options(assume_distance_unit => 'span');
SELECT mf_locate_options(assume_crs => '+proj=utm +zone=39');
SELECT mf_locate_options(declination_deg => 'NaN');
SELECT mf_locate_options(declination_deg => 200);
SELECT mf_locate_options(landmarks => '[]');
SELECT mf_locate_options(landmarks => '{"L1":{"lon":50}}');
SELECT mf_locate_options(errors => '{"compass":1}');
SELECT mf_locate_options(errors => '{"compass_deg":-1}');
SELECT mf_locate('{"type":"Feature","properties":{}}', '{"north":"grid"}');
SELECT mf_locate('{"type":"Feature","properties":{}}', '[]');
SELECT mf_locate_options(), mf_locate_options(assume_north => 'grid', errors => '{"compass_deg":2}');

-- coordinates of all kinds
SELECT p->>'id' AS id, pg_temp.point('{"crs":"EPSG:28409","operation":"EPSG:15865","map":{"sheet":"K-39-101-Б","scale":50000}}'::jsonb || jsonb_build_object('points', jsonb_build_array(p)), p->>'id')
	FROM unnest(ARRAY[
	'{"id":"complete","northing":4563102.932,"easting":9441380.206}', '{"id":"abbreviated","northing":63102.932,"easting":41380.206}',
	'{"id":"own system","lon":50.3,"lat":41.2}', '{"id":"wgs","lon":50.3,"lat":41.2,"crs":"EPSG:4326"}',
	'{"id":"words","lon":{"as_written":"50°18''00\"E"},"lat":{"as_written":"41°12''00\" с.ш."}}', '{"id":"no words","lon":{"as_written":"?"},"lat":41.2}',
	'{"id":"mgrs","mgrs":"39T VF 41310 61290"}', '{"id":"coarse","mgrs":"39T VF 41 61"}', '{"id":"no mgrs","mgrs":"39T"}', '{"id":"bad mgrs","mgrs":"99XYZ"}',
	'{"id":"half","northing":4563102.932}', '{"id":"other half","easting":9441380.206}', '{"id":"far","lon":200,"lat":41.2}', '{"id":"unknown","crs":"EPSG:1","northing":1e6,"easting":1e6}',
	'{"id":"gps","lon":50.3,"lat":41.2,"crs":"EPSG:4326","source":"GPS"}', '{"id":"elsewhere","northing":4363102.932,"easting":9441380.206}',
	'{"id":"off the sheet","northing":99000,"easting":99000}', '{"id":"wrong operation","crs":"EPSG:4326","operation":"EPSG:15865","lon":50.3,"lat":41.2}']::jsonb[]) p;
-- how well a place is known: its own figure, the map's, the record's, or nobody knows
SELECT pg_temp.point('{"points":[{"id":"1","lon":50.3,"lat":41.2,"crs":"EPSG:4326"}]}'::jsonb || map, '1', NULL, properties)
	FROM (VALUES ('{}'::jsonb, '{}'::jsonb), ('{"map":{"scale":100000}}', '{}'), ('{}', '{"accuracy95_m":70}')) v(map, properties);
SELECT mf_accuracy_m(mf_locate(pg_temp.doc('{"points":[{"id":"1","lon":50.3,"lat":41.2,"crs":"EPSG:4326"}]}'))) IS NULL AS unknown;
-- ranges and doubts of coordinates and azimuths, the age of a declination
SELECT pg_temp.point(jsonb_set(location, path, value), 'A') FROM base, (VALUES
	('{points,0,northing}'::text[], '{"min":4563002.932,"max":4563202.932}'::jsonb), ('{points,0,easting}', '{"value":9441380.206,"legible":false}'),
	('{legs,0,azimuth}', '{"value":1500,"as_written":"1500?"}'), ('{legs,0,azimuth}', '{"value":1500,"min":1490,"max":1510}'),
	('{declination_date}', '"1973"')) v(path, value);
SELECT date, contributions->'azimuth' AS azimuth FROM base, unnest('{1973,1993,../1993,soon}'::text[]) date,
		mf_traverse(pg_temp.doc(location || jsonb_build_object('declination_date', date), '{"laid":"1993"}')) WHERE id = 'A';
-- one id, two places
SELECT pg_temp.point('{"crs":"EPSG:4326","points":[{"id":"1","lon":50.3,"lat":41.2},{"id":"1","lon":50.4,"lat":41.2}]}', '1');
SELECT pg_temp.point('{"crs":"EPSG:4326","points":[{"id":"1","role":"landmark"},{"id":1,"lon":50.4,"lat":41.2,"accuracy95_m":4}]}', '1');
SELECT pg_temp.point('{"crs":"EPSG:4326","points":[{"id":"1","lon":50.3,"lat":41.2},{"id":"2","lon":5.3,"lat":41.2}]}', '2');

-- norths, units, backwards, back azimuths, ranges
SELECT leg, pg_temp.point('{"crs":"EPSG:32639","angle_unit":"degree","distance_unit":"m","north":"true","points":[{"id":"L","northing":4561000,"easting":441300,"accuracy95_m":5}]}'::jsonb ||
		jsonb_build_object('legs', jsonb_build_array(leg)), 'A')
	FROM unnest(ARRAY[
	'{"from":"L","to":"A","azimuth":45,"distance":1000}', '{"from":"L","to":"A","azimuth":45,"distance":1,"distance_unit":"km"}',
	'{"from":"L","to":"A","azimuth":45,"distance":3280.839895,"distance_unit":"ft","distance_by":"tape"}', '{"from":"A","to":"L","azimuth":225,"distance":1000}',
	'{"from":"L","to":"A","back_azimuth":225,"distance":1000}', '{"from":"L","to":"A","azimuth":45,"back_azimuth":225,"distance":1000}',
	'{"from":"L","to":"A","azimuth":50,"angle_unit":"gon","distance":1000}', '{"from":"L","to":"A","azimuth":800,"angle_unit":"mil6400","distance":1000}',
	'{"from":"L","to":"A","azimuth":"07-50","distance":1000}', '{"from":"L","to":"A","azimuth":45,"north":"grid","distance":1000}',
	'{"from":"L","to":"A","azimuth":39,"north":"magnetic","declination_deg":6,"distance":1000}',
	'{"from":"L","to":"A","azimuth":39,"north":"magnetic","correction_deg":6,"distance":1000,"azimuth_by":"aiming circle","distance_by":"odometer"}',
	'{"from":"L","to":"A","azimuth":45,"distance":500,"distance_unit":"pace_pair","pace_m":1}', '{"from":"L","to":"A","azimuth":45,"distance":{"min":900,"max":1100}}',
	'{"from":"L","to":"A","azimuth":{"value":45,"min":40,"max":50},"distance":{"value":1000,"as_written":"~1000"}}',
	'{"from":"L","to":"A","azimuth":45,"distance":1000,"distance_by":"eye"}', '{"from":"L","to":"A","distance":0}']::jsonb[]) leg;

-- reasons by neighbours; a loop without a tie; two directions
SELECT id, solved, reason, leg, detail FROM mf_traverse(pg_temp.doc('{"north":"true","angle_unit":"degree","distance_unit":"m",
	"points":[{"id":"L","northing":4561000,"easting":441300},{"id":"Z"},{"id":"K","lon":50,"lat":41,"crs":"EPSG:4326"},{"id":"M","lon":50.01,"lat":41,"crs":"EPSG:4326"}],
	"legs":[{"from":"L","to":"A","azimuth":1,"distance":10},{"from":"P","to":"Q","azimuth":1,"distance":10},{"from":"Q","to":"R","azimuth":120,"distance":10},
		{"from":"R","to":"P","azimuth":240,"distance":10},{"from":"K","to":"X","azimuth":45},{"from":"M","to":"X","azimuth":315}]}'));

-- far from where the system is used: no zone, swapped axes, the wrong zone, a northing alone without its digits; at the edge of a zone and along it nothing changes
SELECT what, t.solved, ST_AsText(t.geometry, 1) AS place, t.reason, t.detail, (SELECT array_agg(code) FROM mf_check(r) WHERE code ~ 'area_of_use|unsolved') AS checks
FROM (VALUES ('zone', 4563102.9, 441380.2), ('axes', 9441380.2, 4563102.9), ('other zone', 4563102.9, 8441380.2), ('digits', 63102.9, 9441380.2),
		('edge', 4563102.9, 9100000), ('south', 3400000, 9441380.2), ('right', 4563102.9, 9441380.2)) v(what, northing, easting),
	LATERAL pg_temp.doc(jsonb_build_object('crs', 'EPSG:28409', 'operation', 'EPSG:15865', 'map', '{"sheet":"K-39-101-Б"}'::jsonb,
		'points', jsonb_build_array(jsonb_build_object('id', 'A', 'northing', northing, 'easting', easting)))) r, mf_traverse(r) t;

-- outlines
CREATE FUNCTION pg_temp.outline(location jsonb, properties jsonb DEFAULT '{}') RETURNS text LANGUAGE sql AS
	$$ SELECT concat_ws(' ', mf_properties(r)->'derived'->>'geometry_from', coalesce(ST_AsText(mf_geometry(r), 5), (mf_properties(r)->'derived'->'unsolved'->-1)::text),
		'+- ' || round(mf_accuracy_m(r)::numeric, 1), (mf_properties(r)->'derived'->'straight')::text)
	FROM mf_locate(pg_temp.doc('{"crs":"EPSG:4326","north":"true","angle_unit":"degree","points":[
		{"id":"A","lon":50.3,"lat":41.2,"accuracy95_m":5},{"id":"B","lon":50.301,"lat":41.2,"accuracy95_m":5},{"id":"C","lon":50.301,"lat":41.201,"accuracy95_m":6},
		{"id":"D","lon":50.3,"lat":41.201,"accuracy95_m":5},{"id":"E","lon":50.3005,"lat":41.2005,"accuracy95_m":5},{"id":"U"}]}' || location, properties)) r $$;
SELECT pg_temp.outline(l) FROM unnest(ARRAY['{"perimeter":["A","B","C","D"]}', '{"perimeter":["D","C","B","A","D"]}', '{"perimeter":["A","C","B","D"]}',
	'{"perimeter":["A",{"from":"B","to":"C","along":"ditch"},"D"]}', '{"perimeter":["A","B","U"]}', '{"perimeter":["A","B"]}', '{"perimeter":["A","B","nobody"]}',
	'{"rows":[{"path":["A","B"]}]}', '{"rows":[{"path":["A","B"]},{"path":["D","C"]}]}', '{"rows":[{"path":["A","B"]},{"path":["C","D"]}]}',
	'{"rows":[{"path":["A","B"]},{"path":["E","C"]},{"path":["D","C"]}]}', '{"rows":[{"path":["A","C"]},{"path":["B","C"]},{"path":["D","E"]}]}',
	'{"rows":[{"path":["A","B"]},{"path":["D","U"]}]}', '{"rows":[{"path":["A"]}]}', '{"perimeter":["A","B","U"],"rows":[{"path":["A","B"]}]}', '{}']::jsonb[]) l;
SELECT pg_temp.outline(l::jsonb || '{"points":[{"id":"M","role":"centre","lon":50.3,"lat":41.2,"accuracy95_m":5}]}', p)
	FROM (VALUES ('{}', '{}'::jsonb), ('{}', '{"front_m":200,"field_depth_m":50}'), ('{"front_azimuth":90}', '{"front_m":200,"field_depth_m":50}'),
		('{"front_azimuth":90}', '{"front_m":200}')) v(l, p);
SELECT pg_temp.outline('{"points":[{"id":"A","lon":179.9999,"lat":41.2},{"id":"B","lon":-179.9999,"lat":41.2}],"rows":[{"path":["A","B"]}]}');
SELECT pg_temp.outline('{"points":[{"id":"L","role":"landmark","lon":50.3,"lat":41.2,"accuracy95_m":5}]}');
SELECT pg_temp.outline('{"points":[{"id":"L","lon":50.3,"lat":41.2,"accuracy95_m":5}],"distance_unit":"m","legs":[{"from":"L","to":"P","azimuth":90,"distance":100}]}');

-- rows, lanes, mines
CREATE TEMP TABLE rows AS SELECT pg_temp.doc('{"crs":"EPSG:4326","points":[{"id":"A","lon":50.3,"lat":41.2,"accuracy95_m":5},{"id":"B","lon":50.3,"lat":41.2009,"accuracy95_m":8},{"id":"U"}],
	"rows":[{"id":"1","path":["A","B"],"offset_m":10,"mines":[{"model":"X","count":3,"step_m":20}]},
		{"id":"2","path":["A","B"],"mines":[{"model":"X","count":3,"step_m":20}]},
		{"id":"3","path":["A","B"],"step_m":40,"mines":[{"model":"X"}]},
		{"id":"4","path":["A","B"],"mines":[{"model":"X","count":4}]},
		{"id":"5","path":["A","B"],"mines":[{"model":"X"}]},
		{"id":"6","path":["A","B"],"offset_m":0,"mines":[{"model":"X","count":9,"step_m":50}]},
		{"id":"7","path":["A","U"],"mines":[{"model":"X","count":9,"step_m":50}]},
		{"id":"8","ioe":true,"path":["A","B"],"offset_m":5,"step_m":30,"clusters":[{"count":2,"mines":[{"model":"X","count":1},{"model":"Y","count":3}]},{"offset_m":90,"mines":[]},{"offset_m":900}]},
		{"id":"9","path":["A","B"],"clusters":[{"mines":[{"model":"X"}]}]},
		{"id":"10","mines":[]},
		{"id":"11","path":["A","B"],"offset_m":5,"step_m":30,"clusters":[{"count":2},{"count":{"min":2,"max":3}},{"count":1},{"offset_m":95,"count":1},{"count":10000}]}],
	"lanes":[{"id":"lane","path":["B","A"]}]}') AS record;
SELECT kind, id, n, ST_AsText(geometry, 5), round(length_m::numeric, 2) AS length_m, round(accuracy95_m::numeric, 2) AS accuracy, reason, detail FROM rows, mf_row_lines(record);
SELECT row_id, row_n, n, model, mines, round(ST_Distance(geometry::geography, 'SRID=4326;POINT(50.3 41.2)'::geography)::numeric, 2) AS from_a_m,
		round(accuracy95_m::numeric, 2) AS accuracy, reason FROM rows, mf_mine_positions(record);
