-- the tables of a registry, versions 1 and 3
--
-- district and organisation stand on every row of every table that tells of
-- records, so that one comparison decides who may see it.  They are part of
-- every unique key too: a key must never refuse a row, and so betray another,
-- that its writer may not see.

CREATE FUNCTION mf_registry_step_1(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format($ddl$
CREATE TABLE %1$I.books (
	book_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text NOT NULL CHECK (name <> ''),
	issuer text,
	recipient text,
	handed_over text,
	received text,
	source text,
	records_declared integer CHECK (records_declared >= 0),
	sheets_declared integer CHECK (sheets_declared >= 0),
	mines_declared jsonb,
	header jsonb,
	remarks text,
	district text,
	organisation text,
	created_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	created_by text NOT NULL DEFAULT mf_registry_who(),
	CONSTRAINT books_name UNIQUE NULLS NOT DISTINCT (name, district, organisation)
);
COMMENT ON TABLE %1$I.books IS 'Log books: bound registers or hand-over batches, as declared by who handed them over. What a book contains is in records.';
COMMENT ON COLUMN %1$I.books.handed_over IS 'Date as the paper says it, ISO 8601 or EDTF; NULL is unknown.';
COMMENT ON COLUMN %1$I.books.received IS 'Date as the paper says it, ISO 8601 or EDTF; NULL is unknown.';
COMMENT ON COLUMN %1$I.books.records_declared IS 'How many records the book is said to hold; NULL: it is not said.';
COMMENT ON COLUMN %1$I.books.sheets_declared IS 'How many sheets the book is said to hold; NULL: it is not said.';
COMMENT ON COLUMN %1$I.books.mines_declared IS 'Mines declared for each model, as in the header of a log book; NULL: it is not said.';
COMMENT ON COLUMN %1$I.books.header IS 'The member logbook of the first file that had one, as received.';
COMMENT ON COLUMN %1$I.books.district IS 'District of all its records, where there is one: records without a district take it.';
COMMENT ON COLUMN %1$I.books.organisation IS 'Organisation that keeps the book; its records and files take it.';

CREATE TABLE %1$I.intake_files (
	file_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	book_id bigint NOT NULL REFERENCES %1$I.books,
	file_name text NOT NULL CHECK (file_name <> ''),
	sha256 text NOT NULL CHECK (sha256 = pg_catalog.encode(pg_catalog.sha256(content), 'hex')),
	content bytea NOT NULL,
	encoding text NOT NULL DEFAULT 'UTF8',
	received_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	received_by text NOT NULL DEFAULT mf_registry_who(),
	withdrawn_at timestamptz,
	withdrawn_by text,
	change_reason text,
	district text,
	organisation text,
	CONSTRAINT intake_files_content UNIQUE NULLS NOT DISTINCT (book_id, sha256, encoding, district,
		organisation)
);
COMMENT ON TABLE %1$I.intake_files IS 'Every document that was loaded, byte for byte: the file itself, or what was made of it, which is then in intake_originals. Rows are never deleted; a load is undone by mf_withdraw.';
COMMENT ON COLUMN %1$I.intake_files.sha256 IS 'SHA-256 of content, in hexadecimal, as sha256sum prints it.';
COMMENT ON COLUMN %1$I.intake_files.change_reason IS 'Give the reason here in the UPDATE; it moves to history and this stays NULL.';

CREATE TABLE %1$I.intake_originals (
	original_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	file_id bigint NOT NULL REFERENCES %1$I.intake_files,
	file_name text NOT NULL CHECK (file_name <> ''),
	content bytea NOT NULL,
	sha256 text NOT NULL CHECK (sha256 = pg_catalog.encode(pg_catalog.sha256(content), 'hex')),
	kept_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	kept_by text NOT NULL DEFAULT mf_registry_who(),
	district text,
	organisation text,
	CONSTRAINT intake_originals_name UNIQUE (file_id, file_name)
);
COMMENT ON TABLE %1$I.intake_originals IS 'The files that a load was made of, byte for byte, where it is not of the file itself: a workbook, the files of a Shapefile. Put in by mf_keep, got out by mf_kept. Rows are never changed or deleted.';
COMMENT ON COLUMN %1$I.intake_originals.sha256 IS 'SHA-256 of content, in hexadecimal, as sha256sum prints it.';

CREATE TABLE %1$I.records (
	record_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	book_id bigint NOT NULL REFERENCES %1$I.books,
	key text NOT NULL CHECK (key <> ''),
	version integer NOT NULL DEFAULT 1 CHECK (version > 0),
	first_id bigint REFERENCES %1$I.records,
	as_received minefield NOT NULL,
	current minefield NOT NULL,
	revision integer NOT NULL DEFAULT 0 CHECK (revision >= 0),
	file_id bigint REFERENCES %1$I.intake_files,
	status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'worked on', 'closed')),
	hazard_class text CHECK (hazard_class IN ('SHA', 'CHA')),
	reliability text CHECK (reliability IN ('high', 'low')),
	remarks text,
	district text,
	organisation text,
	received_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	received_by text NOT NULL DEFAULT mf_registry_who(),
	superseded_at timestamptz,
	superseded_by bigint REFERENCES %1$I.records,
	withdrawn_at timestamptz,
	withdrawn_by text,
	is_current boolean NOT NULL GENERATED ALWAYS AS (superseded_at IS NULL
		AND withdrawn_at IS NULL) STORED,
	change_reason text,
	CONSTRAINT records_superseded CHECK (superseded_by IS NULL OR superseded_at IS NOT NULL),
	CONSTRAINT records_first CHECK ((version = 1) = (first_id IS NULL OR first_id = record_id)),
	CONSTRAINT records_version UNIQUE (first_id, version)
);
CREATE UNIQUE INDEX records_current_key
	ON %1$I.records (book_id, key, district, organisation) NULLS NOT DISTINCT WHERE is_current;
CREATE INDEX records_current_extent ON %1$I.records USING gist (current) WHERE is_current;
CREATE INDEX records_extent ON %1$I.records USING gist (current);
CREATE INDEX records_file ON %1$I.records (file_id);
CREATE INDEX records_superseded_by ON %1$I.records (superseded_by) WHERE superseded_by IS NOT NULL;
CREATE INDEX records_received ON %1$I.records (received_at);
COMMENT ON TABLE %1$I.records IS 'Every version of every record. Rows are never deleted or overwritten: a new version supersedes, an error is withdrawn, the office''s own correction changes current and leaves as_received and a row of history.';
COMMENT ON COLUMN %1$I.records.key IS 'What names the record in its book: its id, else its number, else a digest of its text.';
COMMENT ON COLUMN %1$I.records.version IS '1 for the first that was received under this key, and so on.';
COMMENT ON COLUMN %1$I.records.first_id IS 'The record_id of version 1.';
COMMENT ON COLUMN %1$I.records.as_received IS 'The record as it was handed over: never changes.';
COMMENT ON COLUMN %1$I.records.current IS 'The record as the office reads it: as_received until it is amended (mf_amend), which history tells.';
COMMENT ON COLUMN %1$I.records.revision IS 'How often the row was changed.';
COMMENT ON COLUMN %1$I.records.file_id IS 'The file it came in; intake_lines has its line. NULL: entered by hand.';
COMMENT ON COLUMN %1$I.records.status IS 'The office''s: open, worked on, closed.';
COMMENT ON COLUMN %1$I.records.hazard_class IS 'The office''s: suspected (SHA) or confirmed (CHA) hazardous area; NULL: not decided.';
COMMENT ON COLUMN %1$I.records.reliability IS 'The office''s: high or low; NULL: not judged.';
COMMENT ON COLUMN %1$I.records.is_current IS 'Neither superseded nor withdrawn: what analyses read.';
COMMENT ON COLUMN %1$I.records.change_reason IS 'Give the reason here in every UPDATE; it moves to history and this stays NULL.';

CREATE TABLE %1$I.intake_lines (
	intake_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	file_id bigint NOT NULL REFERENCES %1$I.intake_files,
	n integer NOT NULL CHECK (n > 0),
	line bigint NOT NULL,
	input text NOT NULL,
	outcome text NOT NULL CHECK (outcome IN ('record', 'superseded', 'unchanged', 'twin', 'refused',
		'corrected')),
	record_id bigint REFERENCES %1$I.records,
	twin_of integer,
	sqlstate text,
	message text,
	path text,
	hint text,
	district text,
	organisation text,
	CONSTRAINT intake_lines_n UNIQUE (file_id, n),
	CONSTRAINT intake_lines_twin CHECK ((outcome = 'twin') = (twin_of IS NOT NULL)),
	CONSTRAINT intake_lines_twin_of FOREIGN KEY (file_id, twin_of)
		REFERENCES %1$I.intake_lines (file_id, n),
	CONSTRAINT intake_lines_record CHECK (outcome IN ('refused', 'twin') OR record_id IS NOT NULL),
	CONSTRAINT intake_lines_refused CHECK (outcome <> 'refused'
		OR (sqlstate IS NOT NULL AND message IS NOT NULL))
);
COMMENT ON TABLE %1$I.intake_lines IS 'Every Feature of every file, verbatim, and what became of it. Rows are never deleted, input never changes.';
COMMENT ON COLUMN %1$I.intake_lines.n IS 'Which Feature of the file, from 1.';
COMMENT ON COLUMN %1$I.intake_lines.line IS 'Line of the file on which it begins, from 1.';
COMMENT ON COLUMN %1$I.intake_lines.outcome IS 'record: became a record; superseded: became a new version of one; unchanged: the book holds the same already; twin: the file holds the same already; refused: sqlstate, message, path and hint say why; corrected: was refused, and mf_retry made it a record.';
COMMENT ON COLUMN %1$I.intake_lines.record_id IS 'The record it became, or that is the same.';
COMMENT ON COLUMN %1$I.intake_lines.twin_of IS 'The n of the Feature of the same file that is equal to it.';
CREATE INDEX intake_lines_record ON %1$I.intake_lines (record_id);
CREATE INDEX intake_lines_refused ON %1$I.intake_lines (file_id) WHERE outcome = 'refused';

CREATE TABLE %1$I.intake_retries (
	retry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	intake_id bigint NOT NULL REFERENCES %1$I.intake_lines,
	input text NOT NULL,
	reason text NOT NULL,
	record_id bigint REFERENCES %1$I.records,
	sqlstate text,
	message text,
	path text,
	hint text,
	tried_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
	tried_by text NOT NULL DEFAULT mf_registry_who(),
	district text,
	organisation text
);
CREATE INDEX intake_retries_line ON %1$I.intake_retries (intake_id);
COMMENT ON TABLE %1$I.intake_retries IS 'What was tried to correct a refused line: the text, by whom, why, and what came of it. The line keeps its own text.';

CREATE TABLE %1$I.history (
	history_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	table_name text NOT NULL,
	row_id bigint NOT NULL,
	action text NOT NULL,
	was jsonb,
	became jsonb,
	reason text,
	changed_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
	changed_by text NOT NULL DEFAULT mf_registry_who(),
	district text,
	organisation text
);
CREATE INDEX history_row ON %1$I.history (table_name, row_id);
COMMENT ON TABLE %1$I.history IS 'Who changed what, when and why: written by triggers, never changed or deleted.';
COMMENT ON COLUMN %1$I.history.was IS 'The columns that changed, before.';
COMMENT ON COLUMN %1$I.history.became IS 'The columns that changed, after; NULL: the row was deleted.';
	$ddl$, schema);
	EXECUTE pg_catalog.format($ddl$
CREATE TABLE %1$I.areas (
	area_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text NOT NULL CHECK (name <> ''),
	kind text NOT NULL DEFAULT 'responsibility',
	geometry geometry(Geometry, 4326) NOT NULL CHECK (GeometryType(geometry) IN ('POLYGON',
		'MULTIPOLYGON')),
	remarks text,
	district text,
	organisation text,
	created_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	created_by text NOT NULL DEFAULT mf_registry_who(),
	CONSTRAINT areas_name UNIQUE NULLS NOT DISTINCT (name, district, organisation)
);
CREATE INDEX areas_geometry ON %1$I.areas USING gist (geometry);
COMMENT ON TABLE %1$I.areas IS 'Areas that are asked about: of responsibility, districts, tasks. Reports tell for each what is recorded and where no record is.';

CREATE TABLE %1$I.lines (
	line_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text NOT NULL CHECK (name <> ''),
	kind text NOT NULL DEFAULT 'front line',
	geometry geometry(Geometry, 4326) NOT NULL CHECK (GeometryType(geometry) IN ('LINESTRING',
		'MULTILINESTRING')),
	remarks text,
	district text,
	organisation text,
	created_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	created_by text NOT NULL DEFAULT mf_registry_who(),
	CONSTRAINT lines_name UNIQUE NULLS NOT DISTINCT (name, district, organisation)
);
CREATE INDEX lines_geometry ON %1$I.lines USING gist (geometry);
COMMENT ON TABLE %1$I.lines IS 'Lines that are asked about: former front lines, roads. Reports tell along which stretches no record is.';

CREATE TABLE %1$I.findings (
	finding_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text,
	kind text NOT NULL DEFAULT 'mine' CHECK (kind IN ('mine', 'other device', 'accident', 'cleared',
		'nothing found', 'other')),
	found text,
	model text,
	count integer CHECK (count >= 0),
	accuracy95_m float8 CHECK (accuracy95_m >= 0),
	geometry geometry(Geometry, 4326),
	source text,
	remarks text,
	district text,
	organisation text,
	created_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	created_by text NOT NULL DEFAULT mf_registry_who()
);
CREATE INDEX findings_geometry ON %1$I.findings USING gist (geometry);
COMMENT ON TABLE %1$I.findings IS 'What was met on the ground: devices, accidents, cleared ground, visits that found nothing.';
COMMENT ON COLUMN %1$I.findings.found IS 'Date, ISO 8601 or EDTF; NULL is unknown.';
COMMENT ON COLUMN %1$I.findings.count IS 'How many devices; NULL is unknown, not one.';
COMMENT ON COLUMN %1$I.findings.accuracy95_m IS 'Radius in metres within which the true place lies 19 times of 20; NULL is unknown.';

CREATE TABLE %1$I.requests (
	request_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	subject text NOT NULL CHECK (subject <> ''),
	text text,
	addressee text,
	asked date,
	answered date,
	status text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'sent', 'answered', 'refused',
		'closed')),
	book_id bigint REFERENCES %1$I.books,
	record_id bigint REFERENCES %1$I.records,
	area_id bigint,
	line_id bigint,
	geometry geometry(Geometry, 4326),
	district text,
	organisation text,
	created_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	created_by text NOT NULL DEFAULT mf_registry_who()
);
COMMENT ON TABLE %1$I.requests IS 'What the other party was asked for, about which book, record, area or line, and what came of it.';
COMMENT ON COLUMN %1$I.requests.area_id IS 'The area it is about. It stays when the area is deleted, of which history tells: to refuse that would tell of this row.';
COMMENT ON COLUMN %1$I.requests.line_id IS 'The line it is about. It stays when the line is deleted, of which history tells: to refuse that would tell of this row.';

CREATE TABLE %1$I.report_runs (
	run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	status text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'complete', 'interrupted')),
	as_of timestamptz NOT NULL,
	started_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
	started_by text NOT NULL DEFAULT mf_registry_who(),
	finished_at timestamptz,
	parameters jsonb NOT NULL DEFAULT '{}'::jsonb,
	versions jsonb,
	input_digest text,
	language text,
	backend_pid integer,
	progress jsonb,
	summary jsonb,
	report jsonb,
	html text,
	message text,
	district text,
	organisation text,
	CONSTRAINT report_runs_complete CHECK (status <> 'complete'
		OR (finished_at IS NOT NULL AND summary IS NOT NULL))
);
CREATE INDEX report_runs_started ON %1$I.report_runs (started_at);
COMMENT ON TABLE %1$I.report_runs IS 'Runs of the report: with what, over which records, and what it said. A run without a district is seen only by those who see every district.';
COMMENT ON COLUMN %1$I.report_runs.as_of IS 'The moment that the report shows: what was committed later is not in it.';
COMMENT ON COLUMN %1$I.report_runs.summary IS 'Its main figures: they stay when retention gives up report and html.';
COMMENT ON COLUMN %1$I.report_runs.input_digest IS 'SHA-256 over all records, areas, lines, finds and books it was computed from.';
COMMENT ON COLUMN %1$I.report_runs.status IS 'As last written: v_report_runs knows whether a running one is still alive.';

CREATE TABLE %1$I.labels (
	language text NOT NULL,
	key text NOT NULL,
	label text NOT NULL,
	PRIMARY KEY (language, key)
);
COMMENT ON TABLE %1$I.labels IS 'Words of the report page in further languages, or other words than the page''s own.';

CREATE TABLE %1$I.access (
	member text NOT NULL CHECK (member <> ''),
	scope text NOT NULL CHECK (scope <> ''),
	granted_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	granted_by text NOT NULL DEFAULT mf_registry_who(),
	PRIMARY KEY (member, scope)
);
COMMENT ON TABLE %1$I.access IS 'Which role sees and changes the rows of which district or organisation, once mf_registry_protect is called; the scope * is all.';
	$ddl$, schema);
	PERFORM mf_registry_triggers(schema);
	PERFORM mf_registry_views(schema);
	PERFORM mf_report_run_views(schema);
END
$$;
COMMENT ON FUNCTION mf_registry_step_1(name) IS
	'For mf_upgrade_registry: makes the tables of version 1.';

-- Version 3: models of mines that an office knows of.
CREATE FUNCTION mf_registry_step_3(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	item record;
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format($ddl$
CREATE TABLE %1$I.mine_models (
	model text PRIMARY KEY CHECK (model <> ''),
	aliases text[] NOT NULL DEFAULT '{}'::text[],
	category text CHECK (category IN ('AP', 'AV')),
	kind text,
	explosive_min_kg float8,
	explosive_max_kg float8,
	metal text CHECK (metal IN ('minimum', 'low', 'moderate', 'high')),
	actuation text[],
	remotely_delivered boolean,
	self_destruct boolean,
	self_destruct_min_h float8,
	self_destruct_max_h float8,
	step_min_m float8,
	step_max_m float8,
	density_per_km float8,
	source text,
	remarks text,
	CONSTRAINT mine_models_explosive CHECK (0.0::float8 <= explosive_min_kg AND explosive_max_kg < 'Infinity'::float8
		AND explosive_min_kg <= explosive_max_kg),
	CONSTRAINT mine_models_self_destruct CHECK (0.0::float8 <= self_destruct_min_h AND self_destruct_max_h < 'Infinity'::float8
		AND self_destruct_min_h <= self_destruct_max_h),
	CONSTRAINT mine_models_step CHECK (0.0::float8 < step_min_m AND step_max_m < 'Infinity'::float8 AND step_min_m <= step_max_m),
	CONSTRAINT mine_models_density CHECK (0.0::float8 < density_per_km AND density_per_km < 'Infinity'::float8)
);
COMMENT ON TABLE %1$I.mine_models IS 'Models of mines that reports know beside those of mf_mine_models(), or instead of one with the same name. Changed by the owner of the registry.';
COMMENT ON COLUMN %1$I.mine_models.aliases IS 'Other spellings; what differs only by script, case, blanks or dashes needs none.';
	$ddl$, schema);
	-- who sees the records sees by what they are counted
	FOR item IN
		SELECT r.rolname FROM pg_class c CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
		WHERE c.oid = pg_catalog.format('%I.records', schema)::regclass::oid AND a.grantee <> c.relowner
			AND a.privilege_type = 'SELECT'
	LOOP
		EXECUTE pg_catalog.format('GRANT SELECT ON %I.mine_models TO %I', schema, item.rolname);
	END LOOP;
END
$$;
COMMENT ON FUNCTION mf_registry_step_3(name) IS
	'For mf_upgrade_registry: makes the table of version 3: models of mines.';
