-- the views of a registry, for maps and for other programs
--
-- The key, fid, comes first and is unique, types are those that every program
-- knows, geometry has its type and SRID, and all views look with the rights of
-- who looks.

CREATE FUNCTION mf_registry_views(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE pg_catalog.format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	EXECUTE pg_catalog.format($ddl$
CREATE VIEW %1$I.v_current WITH (security_invoker = true) AS
	SELECT r.record_id AS fid, r.book_id, b.name AS book, r.key, r.version,
		mf_number(r.current) AS number,
		mf_source(r.current) AS source, pg_catalog.lower(mf_laid(r.current)) AS laid_from,
			pg_catalog.upper(mf_laid(r.current)) - 1 AS laid_to,
		mf_accuracy_m(r.current) AS accuracy95_m, mf_area(r.current) AS area_m2,
			mf_is_located(r.current) AS is_located,
		r.current::text <> r.as_received::text AS is_amended, r.status, r.hazard_class,
			r.reliability, r.remarks,
		r.district, r.organisation, r.received_at, r.current
	FROM %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
	WHERE r.is_current;
COMMENT ON VIEW %1$I.v_current IS 'The records that hold: neither superseded nor withdrawn. Column current is the record itself; programs that do not know its type pass over it.';

CREATE VIEW %1$I.v_record_areas WITH (security_invoker = true) AS
	SELECT r.record_id AS fid, b.name AS book, r.key, r.version, mf_number(r.current) AS number,
		mf_source(r.current) AS source, pg_catalog.lower(mf_laid(r.current)) AS laid_from,
			pg_catalog.upper(mf_laid(r.current)) - 1 AS laid_to,
		mf_accuracy_m(r.current) AS accuracy95_m, mf_area(r.current) AS area_m2, r.status,
			r.hazard_class, r.reliability,
		r.district, r.organisation, r.current::text AS document,
			mf_footprint(r.current)::geometry(MultiPolygon, 4326) AS geometry
	FROM %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
	WHERE r.is_current AND mf_area(r.current) IS NOT NULL;
COMMENT ON VIEW %1$I.v_record_areas IS 'The ground of the records that record an area: polygons, and lines with a recorded depth. Areas in square metres. Other ground is not free of mines.';

CREATE VIEW %1$I.v_record_lines WITH (security_invoker = true) AS
	SELECT r.record_id AS fid, b.name AS book, r.key, r.version, mf_number(r.current) AS number,
		mf_source(r.current) AS source, pg_catalog.lower(mf_laid(r.current)) AS laid_from,
			pg_catalog.upper(mf_laid(r.current)) - 1 AS laid_to,
		mf_accuracy_m(r.current) AS accuracy95_m, r.status, r.hazard_class, r.reliability,
		r.district, r.organisation, r.current::text AS document,
		ST_Multi(mf_geometry(r.current))::geometry(MultiLineString, 4326) AS geometry
	FROM %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
	WHERE r.is_current AND mf_is_located(r.current) AND ST_Dimension(mf_geometry(r.current)) = 1;
COMMENT ON VIEW %1$I.v_record_lines IS 'The records whose extent is a line, such as rows of mines.';

CREATE VIEW %1$I.v_record_points WITH (security_invoker = true) AS
	SELECT r.record_id AS fid, b.name AS book, r.key, r.version, mf_number(r.current) AS number,
		mf_source(r.current) AS source, pg_catalog.lower(mf_laid(r.current)) AS laid_from,
			pg_catalog.upper(mf_laid(r.current)) - 1 AS laid_to,
		mf_accuracy_m(r.current) AS accuracy95_m, r.status, r.hazard_class, r.reliability,
		r.district, r.organisation, r.current::text AS document,
		ST_Multi(mf_geometry(r.current))::geometry(MultiPoint, 4326) AS geometry
	FROM %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
	WHERE r.is_current AND mf_is_located(r.current) AND ST_Dimension(mf_geometry(r.current)) = 0;
COMMENT ON VIEW %1$I.v_record_points IS 'The records that give only one or more points: where they lie is known, how far they reach is not.';

CREATE VIEW %1$I.v_unlocated WITH (security_invoker = true) AS
	SELECT r.record_id AS fid, b.name AS book, r.key, r.version, mf_number(r.current) AS number,
		mf_source(r.current) AS source, pg_catalog.lower(mf_laid(r.current)) AS laid_from,
			pg_catalog.upper(mf_laid(r.current)) - 1 AS laid_to,
		r.status, r.hazard_class, r.reliability, r.district, r.organisation,
			r.current::text AS document
	FROM %1$I.records r LEFT JOIN %1$I.books b ON b.book_id = r.book_id
	WHERE r.is_current AND NOT mf_is_located(r.current);
COMMENT ON VIEW %1$I.v_unlocated IS 'The records that are on no map: they may lie anywhere. Show their number beside every map.';

CREATE VIEW %1$I.v_no_record WITH (security_invoker = true) AS
	SELECT (pg_catalog.row_number() OVER (ORDER BY a.area_id, g.n))::integer AS fid, a.area_id,
		a.name AS area, g.n, g.area_m2, g.share_of_aoi,
		g.max_width_m, pg_catalog.array_to_string(g.neighbours, ', ') AS neighbours, a.district,
			a.organisation,
		g.geometry::geometry(MultiPolygon, 4326) AS geometry
	FROM %1$I.areas a
	CROSS JOIN LATERAL (
		SELECT mf_gap_rows(r.record_id::text, r.current, a.geometry) AS gaps
		FROM (SELECT mf_box(a.geometry) AS box) k
		LEFT JOIN %1$I.records r ON r.is_current AND r.current && k.box) x
	CROSS JOIN LATERAL pg_catalog.unnest(x.gaps) AS g;
COMMENT ON VIEW %1$I.v_no_record IS 'The ground of each area that no record covers, as far as the records may be seen: no record is not safe ground. Computed when read; neighbours are the fid of the records beside it.';

CREATE VIEW %1$I.v_no_record_lines WITH (security_invoker = true) AS
	SELECT (pg_catalog.row_number() OVER (ORDER BY l.line_id, g.n))::integer AS fid, l.line_id,
		l.name AS line, g.n,
		g.from_m, g.to_m, g.length_m, k.distance_m,
			pg_catalog.array_to_string(g.neighbours, ', ') AS neighbours,
		l.district, l.organisation, g.geometry::geometry(LineString, 4326) AS geometry
	FROM %1$I.lines l
	CROSS JOIN (SELECT (mf_report_options() ->> 'line_distance_m'::text)::float8 AS distance_m) k
	CROSS JOIN LATERAL (
		SELECT mf_line_gap_rows(r.record_id::text, r.current, l.geometry, k.distance_m) AS gaps
		FROM (SELECT mf_box_expand(mf_box(l.geometry), k.distance_m) AS box) b
		LEFT JOIN %1$I.records r ON r.is_current AND r.current && b.box) x
	CROSS JOIN LATERAL pg_catalog.unnest(x.gaps) AS g;
COMMENT ON VIEW %1$I.v_no_record_lines IS 'The stretches of each line that are farther than distance_m metres (as a report has it unless told otherwise) from every record that may be seen: no record is not safe ground. Measured in metres along the line; computed when read; neighbours are the fid of the records at either end.';

CREATE VIEW %1$I.v_overlaps WITH (security_invoker = true) AS
	SELECT (pg_catalog.row_number() OVER (ORDER BY o.key_a::bigint,
		o.key_b::bigint))::integer AS fid,
		o.key_a::bigint AS record_a, o.key_b::bigint AS record_b, a.key AS key_a, b.key AS key_b,
			o.class, o.contradicts,
		o.area_m2, o.share_a, o.share_b, o.iou, a.district AS district_a, b.district AS district_b,
		ST_Multi(ST_CollectionExtract(ST_Intersection(mf_footprint(a.current),
			mf_footprint(b.current)), 3))::geometry(MultiPolygon, 4326) AS geometry
	FROM (SELECT mf_overlaps(r.record_id::text, r.current) AS pairs FROM %1$I.records r
		WHERE r.is_current) x
	CROSS JOIN LATERAL pg_catalog.unnest(x.pairs) AS o
	JOIN %1$I.records a ON a.record_id = o.key_a::bigint
	JOIN %1$I.records b ON b.record_id = o.key_b::bigint;
COMMENT ON VIEW %1$I.v_overlaps IS 'Pairs of records that touch or lie on the same ground, with the common ground (empty where they only touch); contradicts: their documents disagree. Computed when read.';

CREATE VIEW %1$I.v_findings WITH (security_invoker = true) AS
	SELECT finding_id AS fid, name, kind, found, model, count, accuracy95_m, source, remarks,
		district, organisation,
		ST_PointOnSurface(geometry)::geometry(Point, 4326) AS geometry
	FROM %1$I.findings;
COMMENT ON VIEW %1$I.v_findings IS 'What was met on the ground, each as a point; without geometry: the place is not known.';

CREATE VIEW %1$I.v_intake WITH (security_invoker = true) AS
	SELECT l.intake_id AS fid, b.name AS book, f.file_name, l.n, l.line, l.outcome, r.key,
		l.sqlstate, l.message, l.path, l.hint, l.input,
		f.sha256, f.received_at, f.received_by, f.withdrawn_at, l.district, l.organisation
	FROM %1$I.intake_lines l
	JOIN %1$I.intake_files f ON f.file_id = l.file_id
	LEFT JOIN %1$I.books b ON b.book_id = f.book_id
	LEFT JOIN %1$I.records r ON r.record_id = l.record_id;
COMMENT ON VIEW %1$I.v_intake IS 'Every line handed in and what became of it. WHERE outcome = ''refused'' is the list to be corrected with mf_retry.';
	$ddl$, schema);
END
$$;
COMMENT ON FUNCTION mf_registry_views(name) IS
	'For mf_upgrade_registry: makes the views of version 1.';
