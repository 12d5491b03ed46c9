-- sheets: cells as people type them, and as spreadsheets spoil them
SET client_min_messages = warning;
SET timezone = 'UTC';
SET datestyle = 'ISO';
\set SHOW_CONTEXT never
\pset null ''
SELECT sheet, count(*), min(name) FILTER (WHERE n = 1) AS first, bool_and(meaning ~ '\S') AS told FROM mf_sheet_columns() GROUP BY sheet ORDER BY sheet;
SELECT count(*) - count(DISTINCT (sheet, name)) AS doubled FROM mf_sheet_columns();

-- what a cell says
SELECT kind, cell, (mf_sheet_value(kind, cell)).state, (mf_sheet_value(kind, cell)).value
FROM (VALUES (1, 'text', NULL), (2, 'text', ''), (3, 'text', '  '), (4, 'text', '?'), (5, 'text', 'нрзб'), (6, 'text', '—'), (7, 'text', '0'),
	(8, 'text', ' Unit 7 '), (9, 'text', '2026-10-15'), (10, 'date', '1993~'), (11, 'date', '1993-08-15'), (12, 'name', '17/3'), (13, 'name', '007'),
	(14, 'number', '0'), (15, 'number', '4563102,932'), (16, 'number', '4 563 102.9'), (17, 'number', '-5.5'), (18, 'number', '007'),
	(19, 'count', '10-15'), (20, 'count', '75–80 шт.'), (21, 'count', '~40'), (22, 'count', '1?2'), (23, 'count', '80 шт.'), (24, 'count', '>40'),
	(25, 'count', 'не менее 40'), (26, 'count', '≤ 5'), (27, 'count', '15-10'), (28, 'count', 'many'), (29, 'count', '45 945'), (30, 'count', '1 000-2 000'),
	(31, 'azimuth', '15-00'), (32, 'azimuth', '15'), (33, 'azimuth', '90,5'), (34, 'azimuth', '123°30'''), (35, 'list', 'A B, C;D'), (36, 'list', '17'),
	(37, 'wkt', 'Point (50 41)'), (38, 'number', U&'4\00A0563')) v(n, kind, cell)
ORDER BY n;
-- what a spreadsheet has made of 15-00, 17/3, 10-15
SELECT kind, cell, (mf_sheet_value(kind, cell)).*
FROM (VALUES (1, 'azimuth', '2026-10-15'), (2, 'azimuth', '2026/10/15'), (3, 'azimuth', '15:00:00'), (4, 'azimuth', 'PT15H00M00S'), (5, 'azimuth', '15:00'),
	(6, 'azimuth', '45945'), (7, 'name', '2026-03-17'), (8, 'name', '17.03.2026'), (9, 'name', '2026-03-17T00:00:00'), (10, 'count', '2026-10-15'),
	(11, 'count', '15-Oct'), (12, 'count', 'Oct-15'), (13, 'count', '15 окт'), (14, 'count', '45945'), (15, 'number', '1,234'), (16, 'list', '2026-10-15'),
	(17, 'wkt', 'here'), (18, 'wkt', 'POINT Z (50 41 7)')) v(n, kind, cell)
ORDER BY n;

-- WKT, number by number
SELECT mf_sheet_geometry(w) FROM (VALUES ('POINT(50.300 41)'), ('multipoint((1 2),(3 4))'), ('MULTIPOINT(1 2, 3 4)'), ('LINESTRING (1 2,3 4)'),
	('MULTILINESTRING((1 2,3 4),(5 6,7 8))'), ('POLYGON((0 0,1 0,1 1,0 0),(0.1 0.1,0.2 0.1,0.2 0.2,0.1 0.1))'), ('MULTIPOLYGON(((0 0,1 0,1 1,0 0)))'), ('nothing')) v(w);

-- records out of sheets
\set sheets '{"records": [{"key": "B/1", "number": "1", "sheets": "1, 2", "laid": "1993~", "unit": "?", "method": "—", "crs": "EPSG:28409", "map_sheet": "K-39-101-Б", "map_scale": "50000", "perimeter": "A B C", "wkt": "POLYGON((50 41,50.1 41,50.1 41.1,50 41))", "заметка": "kept"}, {"key": ""}, {"key": "B/2"}, {"number": "3"}, {"key": "B/4"}, {"key": "B/4"}, {"key": "B/5", "wkt": "POINT(50 141)"}, {"key": "B/6", "crs": "SK-42"}], "points": [{"record": "B/1", "id": "L1", "northing": "4563102,932", "easting": "9441380.206", "accuracy95_m": "?"}, {"record": "B/9", "id": "x"}, {"id": "y"}], "legs": [{"record": "B/1", "from": "L1", "to": "A", "azimuth": "15-00", "distance": "340"}, {"record": "B/2", "from": "L1", "to": "A", "azimuth": "2026-10-15", "_row": 12}], "rows": [{"record": "B/1", "id": "1", "path": "A B"}, {"record": "B/1", "id": "2", "path": "D C"}], "mines": [{"record": "B/1", "row": "2", "model": "PMN-2", "count": "40", "fuze": "нрзб"}, {"record": "B/1", "model": "PMN-2", "count": "75-80"}, {"record": "B/2", "row": "7", "model": "PMN", "count": "3"}], "events": [{"record": "record", "kind": "kind", "date": "date"}]}'
SELECT line, record, sqlstate, message, path, hint FROM mf_records_from_tables(:'sheets');
-- what was typed is kept with each record, and is a document by itself
SELECT input FROM mf_records_from_tables(:'sheets') WHERE line = 2;
SELECT b.record = a.record AS same FROM mf_records_from_tables(:'sheets') a, mf_read(a.input) b WHERE a.line = 2;
SELECT count(*) FROM mf_records_from_tables('{}');
SELECT count(*) FROM mf_records_from_tables('{"records": "none", "points": [1, null, []]}');
SELECT count(*) FROM mf_records_from_tables(NULL);
SELECT count(*) FROM mf_read('');
SELECT sqlstate, message FROM mf_read('{"minefield_sheets": {"records": [{"key": "1", "laid": 1993, "front_m": 120}]}}');
SELECT line, sqlstate, message, input FROM mf_read('{"minefield_sheets": {"records": [{"key": "1"}}');
SELECT mf_sheet_quantity(repeat('9', 200000)) ->> 'as_written' = repeat('9', 200000) AS kept;

-- tables of a schema
CREATE SCHEMA typed;
CREATE TABLE typed.records (ogc_fid int, key text, laid text, front_m int);
INSERT INTO typed.records VALUES (3, 'B/2', '', 7), (2, 'B/1', '1993', NULL);
SELECT mf_sheets('typed', 'book.ods', 'abc');
SELECT line, record FROM mf_read(mf_sheets('typed'));
SELECT mf_sheets('nowhere');
CREATE TABLE typed.mines (record text, model text, count text);
SELECT mf_sheets('typed');

-- other people's tables, by a mapping
CREATE TABLE other (no text, "Type" text, qty text, day text, geom geometry);
INSERT INTO other VALUES ('7', 'PMN', '10-15', '1993', 'SRID=4326;POINT Z (50.3 41.2 7)'), ('8', NULL, '', NULL, NULL);
SELECT mf_sheets_mapped('other', '{"key": "no", "number": "no", "laid": "day", "mines.model": "Type", "mines.count": "qty"}', 'other.csv');
SELECT line, record, message FROM mf_read(mf_sheets_mapped('other', '{"key": "no", "number": "no", "laid": "day", "mines.model": "Type", "mines.count": "qty"}'));
SELECT mf_sheets_mapped('other', '{"key": "nr"}');
SELECT mf_sheets_mapped('other', '{"key": "no", "mines.colour": "qty"}');
SELECT mf_sheets_mapped('other', '{"number": "no"}');
SELECT mf_sheets_mapped('other', NULL);
UPDATE other SET geom = ST_SetSRID(geom, 28409);
SELECT mf_sheets_mapped('other', '{"key": "no"}');

-- ODK and KoBo
SELECT mf_odk_wkt(a), ST_AsText(mf_odk_geometry(a)), mf_odk_accuracy_m(a) FROM (VALUES (1, '41.2 50.3 12.5 4.5'), (2, '41.2 50.3'), (3, '41.2 50.3 0 0'),
	(4, '41.2 50.3 0 3;41.3 50.3 0 7'), (5, '41.2 50.3 0 0;41.3 50.3 0 0;41.3 50.4 0 0;41.2 50.3 0 0;'), (6, ' '), (7, NULL)) v(n, a) ORDER BY n;
SELECT mf_odk_wkt('by the road');
SELECT mf_odk_geometry('by the road');
SELECT mf_odk_geometry('50.3 141.2 0 0; 91.3 50');
CREATE TABLE odk (id text, place text);
INSERT INTO odk VALUES ('1', '41.2 50.3 12 4.5'), ('2', 'by the road'), ('3', NULL), ('4', '91.2 50.3 0 0');
SELECT line, record, sqlstate, message FROM mf_read(mf_sheets_mapped('odk', '{"key": "id", "odk": "place"}'));
