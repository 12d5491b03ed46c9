-- models of mines that an office knows of: version 3 of the tables of a registry

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
