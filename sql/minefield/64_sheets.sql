-- sheets: records typed into a spreadsheet, as the paper has them
--
-- All cells are text.  "" is unknown, "?" or "нрзб" illegible, a dash not
-- applicable.  Spreadsheets like to make dates of what is none: 15-00, 17/3,
-- 10-15.  Such cells are refused with their place, never guessed back.

CREATE TYPE mf_sheet_column AS (
	sheet text,
	n integer,
	name text,
	kind text,
	place text[],
	meaning text
);
COMMENT ON TYPE mf_sheet_column IS
	'One column of the spreadsheet template: its sheet, number and heading, the kind of its cells, where its value goes in the record or entry, and what it means.';

CREATE FUNCTION mf_sheet_columns() RETURNS SETOF mf_sheet_column
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50 ROWS 80
	BEGIN ATOMIC
		SELECT c.sheet, (pg_catalog.row_number() OVER (PARTITION BY c.sheet ORDER BY c.n))::integer, c.name, c.kind,
			pg_catalog.string_to_array(c.place, '.'::text), c.meaning
		FROM (VALUES
			(1, 'records', 'key', 'name', NULL, 'What names the record in its book: B/17. The other sheets refer to it.'),
			(2, 'records', 'number', 'name', 'number', 'The number on the paper.'),
			(3, 'records', 'sheets', 'list', 'sheets', 'The sheets at hand: 1, 2.'),
			(4, 'records', 'sheets_of', 'number', 'sheets_of', 'How many sheets the record says it has.'),
			(5, 'records', 'copy', 'name', 'copy', 'Which copy this is.'),
			(6, 'records', 'source', 'text', 'source', 'form, copy, interview, redrawn from memory.'),
			(7, 'records', 'language', 'text', 'language', 'Language of the paper: ru.'),
			(8, 'records', 'unit', 'text', 'unit', 'The laying unit.'),
			(9, 'records', 'recorder', 'text', 'recorder', 'Who wrote the record.'),
			(10, 'records', 'laid', 'date', 'laid', 'When the mines were laid: 1993-08-15, 1993-08, 1993~, 1993-08/1993-09.'),
			(11, 'records', 'recorded', 'date', 'recorded', 'When the record was written.'),
			(12, 'records', 'category', 'text', 'category', 'AP, AV, mixed, dummy.'),
			(13, 'records', 'pattern', 'text', 'pattern', 'row, strip, scattered.'),
			(14, 'records', 'method', 'text', 'method', 'hand, surface, mechanical, remote.'),
			(15, 'records', 'front_m', 'number', 'front_m', 'Metres along the front.'),
			(16, 'records', 'field_depth_m', 'number', 'field_depth_m', 'Metres across the front.'),
			(17, 'records', 'row_count', 'number', 'row_count', 'How many rows.'),
			(18, 'records', 'row_gap_m', 'number', 'row_gap_m', 'Metres between rows.'),
			(19, 'records', 'accuracy95_m', 'number', 'accuracy95_m', 'Metres within which the place lies 19 times of 20, where that is known.'),
			(20, 'records', 'crs', 'text', 'location.crs', 'Coordinate system of the points: EPSG:28409.'),
			(21, 'records', 'operation', 'text', 'location.operation', 'How it leads to WGS 84: EPSG:15865.'),
			(22, 'records', 'map_sheet', 'text', 'location.map.sheet', 'Sheet of the map: K-39-101-Б.'),
			(23, 'records', 'map_scale', 'number', 'location.map.scale', 'Its scale: 50000.'),
			(24, 'records', 'north', 'text', 'location.north', 'magnetic, true or grid.'),
			(25, 'records', 'declination_deg', 'number', 'location.declination_deg', 'Magnetic declination in degrees, east positive.'),
			(26, 'records', 'declination_date', 'date', 'location.declination_date', 'Of when.'),
			(27, 'records', 'angle_unit', 'text', 'location.angle_unit', 'degree, mil6000, mil6400 or gon.'),
			(28, 'records', 'distance_unit', 'text', 'location.distance_unit', 'm, pace, pace_pair.'),
			(29, 'records', 'perimeter', 'list', 'location.perimeter', 'Its corners in order: A B C D.'),
			(30, 'records', 'place', 'text', 'location.description', 'What the paper says of the place in words.'),
			(31, 'records', 'wkt', 'wkt', NULL, 'The extent in WGS 84, where the office has it: POLYGON((50.1 41.2, ...)).'),
			(32, 'records', 'remarks', 'text', 'remarks', 'Whatever else the paper says.'),
			(1, 'points', 'record', 'name', NULL, 'Key of the record.'),
			(2, 'points', 'id', 'name', 'id', 'Name of the point: L1, A.'),
			(3, 'points', 'role', 'text', 'role', 'landmark, benchmark, marker, start, turning, end, corner.'),
			(4, 'points', 'northing', 'number', 'northing', 'Metres, as written (X of Gauss-Krüger).'),
			(5, 'points', 'easting', 'number', 'easting', 'Metres, as written with the zone (Y of Gauss-Krüger).'),
			(6, 'points', 'lon', 'number', 'lon', 'Degrees, in the coordinate system of the record.'),
			(7, 'points', 'lat', 'number', 'lat', 'Degrees, in the coordinate system of the record.'),
			(8, 'points', 'mgrs', 'text', 'mgrs', 'MGRS.'),
			(9, 'points', 'accuracy95_m', 'number', 'accuracy95_m', 'Metres.'),
			(10, 'points', 'description', 'text', 'description', 'What one would look for on the ground.'),
			(1, 'legs', 'record', 'name', NULL, 'Key of the record.'),
			(2, 'legs', 'from', 'name', 'from', 'Point measured from.'),
			(3, 'legs', 'to', 'name', 'to', 'Point measured to.'),
			(4, 'legs', 'azimuth', 'azimuth', 'azimuth', '15-00 or a number in angle_unit.'),
			(5, 'legs', 'distance', 'number', 'distance', 'In distance_unit.'),
			(6, 'legs', 'distance_unit', 'text', 'distance_unit', 'Where it differs from the record''s.'),
			(7, 'legs', 'angle_unit', 'text', 'angle_unit', 'Where it differs from the record''s.'),
			(8, 'legs', 'north', 'text', 'north', 'Where it differs from the record''s.'),
			(9, 'legs', 'description', 'text', 'description', 'Remarks.'),
			(1, 'rows', 'record', 'name', NULL, 'Key of the record.'),
			(2, 'rows', 'id', 'name', 'id', 'Number of the row.'),
			(3, 'rows', 'path', 'list', 'path', 'Its points in order: A B.'),
			(4, 'rows', 'step_m', 'number', 'step_m', 'Metres between mines.'),
			(5, 'rows', 'offset_m', 'number', 'offset_m', 'Metres from its start to the first mine.'),
			(6, 'rows', 'description', 'text', 'description', 'Remarks.'),
			(1, 'mines', 'record', 'name', NULL, 'Key of the record.'),
			(2, 'mines', 'row', 'name', NULL, 'Number of the row; empty: the whole field.'),
			(3, 'mines', 'model', 'name', 'model', 'As the paper names it: PMN-2.'),
			(4, 'mines', 'category', 'text', 'category', 'AP, AV.'),
			(5, 'mines', 'count', 'count', 'count', '80, 10-15, ~40, 1?2.'),
			(6, 'mines', 'anti_handling', 'count', 'anti_handling', 'How many have an anti-handling device.'),
			(7, 'mines', 'step_m', 'number', 'step_m', 'Metres between mines.'),
			(8, 'mines', 'burial_depth_m', 'number', 'burial_depth_m', 'Metres.'),
			(9, 'mines', 'fuze', 'text', 'fuze', 'Fuze.'),
			(10, 'mines', 'method', 'text', 'method', 'Where it differs by model.'),
			(11, 'mines', 'remarks', 'text', 'remarks', 'Remarks.'),
			(1, 'events', 'record', 'name', NULL, 'Key of the record.'),
			(2, 'events', 'kind', 'text', 'kind', 'lifted, exploded, added, inspected.'),
			(3, 'events', 'date', 'date', 'date', 'When.'),
			(4, 'events', 'model', 'name', 'model', 'Of what.'),
			(5, 'events', 'count', 'count', 'count', 'How many.'),
			(6, 'events', 'remarks', 'text', 'remarks', 'Remarks.')
		) AS c(n, sheet, name, kind, place, meaning);
	END;
COMMENT ON FUNCTION mf_sheet_columns() IS
	'The columns of the spreadsheet template, from which the template and its loader are made.';

CREATE TYPE mf_sheet_value AS (
	state text,
	value jsonb,
	message text,
	hint text
);
COMMENT ON TYPE mf_sheet_value IS
	'What a cell says: state is value, unknown, illegible, not applicable or refused, with the value, or what is wrong.';

CREATE FUNCTION mf_sheet_quantity(cell text) RETURNS jsonb
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	RETURN CASE
		WHEN cell ~ '^-?\d{1,30}([.,]\d{1,30})?$'::text THEN pg_catalog.to_jsonb(pg_catalog.replace(cell, ',', '.')::numeric)
		WHEN cell ~ '^\d{1,3}( \d{3}){1,9}([.,]\d{1,30})?$'::text
			THEN pg_catalog.to_jsonb(pg_catalog.replace(pg_catalog.replace(cell, ' ', ''), ',', '.')::numeric)
		WHEN cell ~ '^\d{1,30}([.,]\d{1,30})? ?[-–—…] ?\d{1,30}([.,]\d{1,30})?( .*)?$'::text
			AND (pg_catalog.regexp_match(pg_catalog.replace(cell, ',', '.'), '^([\d.]+)'::text))[1]::numeric
				<= (pg_catalog.regexp_match(pg_catalog.replace(cell, ',', '.'), '[-–—…] ?([\d.]*\d)'::text))[1]::numeric
			THEN pg_catalog.jsonb_build_object(
				'min', (pg_catalog.regexp_match(pg_catalog.replace(cell, ',', '.'), '^([\d.]+)'::text))[1]::numeric,
				'max', (pg_catalog.regexp_match(pg_catalog.replace(cell, ',', '.'), '[-–—…] ?([\d.]*\d)'::text))[1]::numeric,
				'as_written', cell)
		WHEN cell ~ '^(>|≥|>=|не менее|at least) ?\d{1,30}([.,]\d{1,30})?$'::text THEN pg_catalog.jsonb_build_object(
			'min', (pg_catalog.regexp_match(pg_catalog.replace(cell, ',', '.'), '([\d.]+)$'::text))[1]::numeric, 'as_written', cell)
		WHEN cell ~ '^(<|≤|<=|не более|до|at most|up to) ?\d{1,30}([.,]\d{1,30})?$'::text THEN pg_catalog.jsonb_build_object(
			'max', (pg_catalog.regexp_match(pg_catalog.replace(cell, ',', '.'), '([\d.]+)$'::text))[1]::numeric, 'as_written', cell)
		WHEN cell ~ '^\d{1,30}([.,]\d{1,30})? ?[[:alpha:]]+[.]?$'::text THEN pg_catalog.jsonb_build_object(
			'value', (pg_catalog.regexp_match(pg_catalog.replace(cell, ',', '.'), '^([\d.]*\d)'::text))[1]::numeric, 'as_written', cell)
		WHEN cell ~ '\d\?|\?\d'::text THEN pg_catalog.jsonb_build_object('as_written', cell, 'legible', false)
		ELSE pg_catalog.jsonb_build_object('as_written', cell) END;
COMMENT ON FUNCTION mf_sheet_quantity(text) IS
	'A number as people write it, as the number or quantity object of a record: 80, "4 563 102,9", "10-15" (min and max), ">40", "80 шт."; what says no exact figure, such as "~40" or "1?2", keeps its characters only. Never an error; NULL for NULL.';

CREATE FUNCTION mf_sheet_value(kind text, cell text) RETURNS mf_sheet_value
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 50
	BEGIN ATOMIC
		SELECT CASE WHEN t.said = '' THEN 'unknown' WHEN t.said IN ('?', 'нрзб', 'нрзб.', 'illegible') THEN 'illegible'
				WHEN t.said IN ('—', '–', '-', '--', 'n/a', 'н/п') THEN 'not applicable' WHEN t.wrong IS NOT NULL THEN 'refused' ELSE 'value' END,
			CASE WHEN t.wrong IS NOT NULL OR t.said IN ('', '?', 'нрзб', 'нрзб.', 'illegible', '—', '–', '-', '--', 'n/a', 'н/п') THEN NULL
				WHEN kind IN ('number', 'count') THEN mf_sheet_quantity(t.said)
				WHEN kind = 'azimuth' AND t.said ~ '^-?\d+([.,]\d+)?$'::text THEN mf_sheet_quantity(t.said)
				WHEN kind = 'list' THEN pg_catalog.to_jsonb(pg_catalog.regexp_split_to_array(t.said, '\s*[,;]\s*|\s+'::text))
				ELSE pg_catalog.to_jsonb(t.said) END,
			CASE t.wrong WHEN 'date' THEN pg_catalog.concat(pg_catalog.to_json(t.said), ' is a date or time that the spreadsheet made of something else')
				WHEN 'serial' THEN pg_catalog.concat(pg_catalog.to_json(t.said), ' looks like a date that the spreadsheet turned into a number')
				WHEN 'comma' THEN pg_catalog.concat(pg_catalog.to_json(t.said), ' can be read as thousands or as a decimal fraction')
				WHEN 'wkt' THEN pg_catalog.concat(pg_catalog.to_json(pg_catalog.left(t.said, 40)), ' is not WKT') END,
			CASE t.wrong WHEN 'date' THEN 'Format the cell as text, look at the paper, and type again what stands there, such as 15-00, 17/3 or 10-15.'
				WHEN 'serial' THEN 'Look at the paper. If it is this number, write it with a space before its last three digits, such as 45 580.'
				WHEN 'comma' THEN 'Write 1234 or 1.234.'
				WHEN 'wkt' THEN 'Write POINT, LINESTRING, POLYGON or their MULTI forms with longitude and latitude, without Z: POLYGON((50.1 41.2, 50.2 41.2, 50.2 41.3, 50.1 41.2)).' END
		FROM (SELECT s.said, CASE
				WHEN kind IN ('name', 'list', 'number', 'count', 'azimuth') AND (s.said ~ '^\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ].*)?$'::text
					OR s.said ~ '^PT\d+H'::text OR s.said ~ '^\d{1,2}[./]\d{1,2}[./]\d{4}( .*)?$'::text
					OR (kind <> 'name' AND kind <> 'list' AND (s.said ~ '^\d{1,2}:\d{2}(:\d{2})?( [AP]M)?$'::text
						OR s.said ~* '^(\d{1,4}[- .])?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|май|мая|июн|июл|авг|сен|окт|ноя|дек)[[:alpha:]]*\.?([- .]\d{1,4})?$'::text)))
					THEN 'date'
				WHEN kind IN ('count', 'azimuth') AND s.said ~ '^\d{5}$'::text AND s.said::integer BETWEEN 36526 AND 73050 THEN 'serial'
				WHEN kind IN ('number', 'count', 'azimuth') AND s.said ~ '^\d{1,3},\d{3}$'::text THEN 'comma'
				WHEN kind = 'wkt' AND s.said !~* '^\s*(multi)?(point|linestring|polygon)\s*\([-+0-9.eE,()\s]*\)\s*$'::text AND s.said NOT IN ('', '?', '—', '–', '-')
					THEN 'wkt' END AS wrong
			FROM (SELECT pg_catalog.btrim(pg_catalog.regexp_replace(coalesce(cell, ''), '[\s\u00a0]+'::text, ' ', 'g')) AS said) AS s) AS t;
	END;
COMMENT ON FUNCTION mf_sheet_value(text, text) IS
	'What a cell of a spreadsheet says, by the kind of its column (name, text, list, number, count, azimuth, date, wkt): "" and NULL are unknown, "?" and "нрзб" illegible, a dash not applicable; dates and times in columns that have none are refused with a hint.';
