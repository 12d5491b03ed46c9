-- the section of a report about mines that paper leaves unaccounted for

CREATE FUNCTION mf_report_account_rows(records minefield[], finds jsonb, most integer) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	RETURN (
		SELECT pg_catalog.jsonb_build_object('total', pg_catalog.jsonb_agg(pg_catalog.to_jsonb(a) - 'place'::text) FILTER (WHERE a.model IS NULL) -> 0,
			'models', mf_report_list(pg_catalog.count(a.model), pg_catalog.jsonb_agg(pg_catalog.to_jsonb(a) - 'place'::text ORDER BY a.place)
				FILTER (WHERE a.model IS NOT NULL AND a.place <= most)))
		FROM (SELECT r.*, pg_catalog.row_number() OVER (ORDER BY r.model IS NULL, r.unaccounted_max DESC NULLS FIRST, r.recorded_min DESC NULLS LAST,
					r.model COLLATE "C") AS place
			  FROM mf_account(records, finds, (SELECT pg_catalog.jsonb_agg(model) FROM pg_temp.minefield_in_model)) r) a);
END
$$;
COMMENT ON FUNCTION mf_report_account_rows(minefield[], jsonb, integer) IS
	'For the report: the account of records and finds as a report writes it: the total, and the models of which most may be unaccounted for.';

-- Of the records of one number in one book the first copy counts.
CREATE FUNCTION mf_report_account(options jsonb) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	most integer := options ->> 'max_rows'::text;
	areas jsonb;
	result jsonb;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	CREATE TEMP TABLE minefield_tmp_copy AS
	SELECT k.key FROM (
		SELECT c.ord, r.key, pg_catalog.row_number() OVER (PARTITION BY r.book, c.ord ORDER BY
			CASE WHEN pg_catalog.jsonb_typeof(mf_properties(r.record) -> 'copy'::text) = 'number'
				THEN (mf_properties(r.record) ->> 'copy'::text)::numeric END NULLS LAST, r.key COLLATE "C") AS nth
		FROM (SELECT book, pg_catalog.array_agg(key ORDER BY key COLLATE "C") AS keys, pg_catalog.array_agg(record ORDER BY key COLLATE "C") AS records
			  FROM pg_temp.minefield_in_record WHERE book IS NOT NULL GROUP BY book) b,
			 mf_copies(b.keys, b.records) WITH ORDINALITY c (number, part, records, keys, copies, missing_copies, repeated, differ, ord)
			 JOIN pg_temp.minefield_in_record r ON r.key = ANY (c.keys)) k
	WHERE k.nth > 1::bigint;
	CREATE INDEX ON minefield_tmp_copy (key);

	SELECT mf_report_list(pg_catalog.count(*), pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', a.id, 'name', a.name, 'finds', coalesce(pg_catalog.jsonb_array_length(f.finds), 0))
			|| mf_report_account_rows(r.records, f.finds, least(most, 12)) ORDER BY a.place) FILTER (WHERE a.place <= most)) INTO areas
	FROM (SELECT *, pg_catalog.row_number() OVER (ORDER BY name COLLATE "C", id) AS place FROM pg_temp.minefield_in_area) a
		CROSS JOIN LATERAL (SELECT pg_catalog.array_agg(r.record) AS records FROM pg_temp.minefield_in_record r
			WHERE a.place <= most AND mf_intersects(r.record, a.aoi) AND NOT EXISTS (SELECT FROM minefield_tmp_copy c WHERE c.key = r.key)) r
		CROSS JOIN LATERAL (SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', i.kind, 'model', i.model, 'count', i.count)) AS finds
			FROM pg_temp.minefield_in_find i WHERE a.place <= most AND ST_Intersects(i.place, a.aoi)) f;
	SELECT mf_report_account_rows((SELECT pg_catalog.array_agg(r.record) FROM pg_temp.minefield_in_record r
				WHERE NOT EXISTS (SELECT FROM minefield_tmp_copy c WHERE c.key = r.key)),
			(SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', i.kind, 'model', i.model, 'count', i.count)) FROM pg_temp.minefield_in_find i), most)
		|| pg_catalog.jsonb_build_object('areas', areas, 'copies_left_out', (SELECT pg_catalog.count(*) FROM minefield_tmp_copy),
			'unlocated', (SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_record r
				WHERE r.box IS NULL AND NOT EXISTS (SELECT FROM minefield_tmp_copy c WHERE c.key = r.key)),
			'finds_without_place', (SELECT pg_catalog.count(*) FROM pg_temp.minefield_in_find WHERE place IS NULL AND kind IN ('mine', 'accident')),
			'told_twice', (SELECT (p.body ->> 'count'::text)::bigint FROM pg_temp.minefield_out_part p WHERE p.part = 'links'))
	INTO result;
	DROP TABLE minefield_tmp_copy;
	RETURN result;
END
$$;
COMMENT ON FUNCTION mf_report_account(jsonb) IS
	'For the report: section of a report: mines recorded, added, lifted, exploded, found and unaccounted for, by model and by area, as intervals; of copies the first counts. It says what paper leaves, not what lies in the ground.';
