-- styles for QGIS: how the views of a registry look when they are opened
--
-- QGIS reads table layer_styles in the database.  Suspected hazardous areas are
-- amber and confirmed ones red at one half, as land release has it; ground
-- without a record and overlaps are neither, for they are no hazard class.

CREATE FUNCTION mf_qgis_layer(class text, properties jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10
	RETURN pg_catalog.concat('<layer class="', class, '" enabled="1" locked="0" pass="0">',
		(SELECT pg_catalog.string_agg(pg_catalog.format('<prop k="%s" v="%s"/>', p.key, p.value), ''
			ORDER BY p.key COLLATE "C")
		 FROM pg_catalog.jsonb_each_text(properties) p), '</layer>');
COMMENT ON FUNCTION mf_qgis_layer(text, jsonb) IS
	'For mf_install_qgis_styles: one layer of a symbol.';

CREATE FUNCTION mf_qgis_symbol(kind text, name text, alpha text, layer text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10
	RETURN pg_catalog.format('<symbol type="%s" name="%s" alpha="%s" clip_to_extent="1" force_rhr="0">%s</symbol>', kind, name, alpha, layer);
COMMENT ON FUNCTION mf_qgis_symbol(text, text, text, text) IS
	'For mf_install_qgis_styles: a symbol of a kind (fill, line, marker).';

CREATE FUNCTION mf_qgis_single(symbol text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10
	RETURN pg_catalog.concat('<qgis version="3.22" styleCategories="Symbology"><renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0"><symbols>',
		symbol, '</symbols></renderer-v2></qgis>');
COMMENT ON FUNCTION mf_qgis_single(text) IS
	'For mf_install_qgis_styles: the style of a layer with one symbol, named 0.';

-- categories: [value, label, symbol], the last one for all other values
CREATE FUNCTION mf_qgis_categories(attribute text, categories text[]) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10
	RETURN pg_catalog.concat('<qgis version="3.22" styleCategories="Symbology"><renderer-v2 type="categorizedSymbol" attr="', attribute,
		'" symbollevels="0" enableorderby="0" forceraster="0"><categories>',
		(SELECT pg_catalog.string_agg(pg_catalog.format('<category value="%s" label="%s" symbol="%s" render="true"/>',
			categories[n][1], categories[n][2], n - 1), '' ORDER BY n)
				FROM pg_catalog.generate_subscripts(categories, 1) n),
		'</categories><symbols>',
		(SELECT pg_catalog.string_agg(categories[n][3], '' ORDER BY n)
			FROM pg_catalog.generate_subscripts(categories, 1) n),
		'</symbols></renderer-v2></qgis>');
COMMENT ON FUNCTION mf_qgis_categories(text, text[]) IS
	'For mf_install_qgis_styles: the style of a layer by the values of an attribute.';

CREATE FUNCTION mf_qgis_hazard(kind text, class text, colour_key text, more jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
	RETURN mf_qgis_categories('hazard_class', ARRAY[
		ARRAY['SHA', 'suspected hazardous area (SHA)',
			mf_qgis_symbol(kind, '0', '0.5', mf_qgis_layer(class,
			more || pg_catalog.jsonb_build_object(colour_key, '255,191,0,255')))],
		ARRAY['CHA', 'confirmed hazardous area (CHA)',
			mf_qgis_symbol(kind, '1', '0.5', mf_qgis_layer(class,
			more || pg_catalog.jsonb_build_object(colour_key, '214,0,0,255')))],
		ARRAY['', 'recorded, class not decided',
			mf_qgis_symbol(kind, '2', '0.6', mf_qgis_layer(class,
			more || pg_catalog.jsonb_build_object(colour_key, '47,102,144,255')))]]);
COMMENT ON FUNCTION mf_qgis_hazard(text, text, text, jsonb) IS
	'For mf_install_qgis_styles: the style of a layer of records, by hazard class.';

CREATE FUNCTION mf_qgis_styles() RETURNS SETOF text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500 ROWS 10
	BEGIN ATOMIC
		SELECT ARRAY[v.layer, v.style] FROM (VALUES
			('v_record_areas'::text, mf_qgis_hazard('fill', 'SimpleFill', 'color',
				'{"outline_color": "40,45,50,255", "outline_width": "0.3", "style": "solid"}')),
			('v_record_lines', mf_qgis_hazard('line', 'SimpleLine', 'line_color',
				'{"line_width": "0.9", "line_style": "solid"}')),
			('v_record_points', mf_qgis_hazard('marker', 'SimpleMarker', 'color',
				'{"name": "square", "size": "2.6", "outline_color": "40,45,50,255"}')),
			('v_no_record', mf_qgis_single(mf_qgis_symbol('fill', '0', '1',
				mf_qgis_layer('LinePatternFill',
					'{"angle": "45", "distance": "2", "line_width": "0.26", "color": "150,156,160,255"}')
				|| mf_qgis_layer('SimpleLine',
					'{"line_color": "150,156,160,255", "line_width": "0.3", "line_style": "dash"}')))),
			('v_no_record_lines', mf_qgis_single(mf_qgis_symbol('line', '0', '1',
				mf_qgis_layer('SimpleLine', '{"line_color": "255,255,255,255", "line_width": "1.6", "line_style": "solid"}')
				|| mf_qgis_layer('SimpleLine',
					'{"line_color": "150,156,160,255", "line_width": "1.1", "line_style": "dot"}')))),
			('v_overlaps', mf_qgis_single(mf_qgis_symbol('fill', '0', '1',
				mf_qgis_layer('SimpleFill', '{"color": "28,34,39,255", "style": "dense6", "outline_color": "28,34,39,255", "outline_width": "0.4"}')))),
			('v_findings', mf_qgis_categories('kind', ARRAY[
				ARRAY['mine', 'mine', mf_qgis_symbol('marker', '0', '1',
					mf_qgis_layer('SimpleMarker',
					'{"name": "cross2", "size": "2.6", "color": "28,34,39,255", "outline_color": "28,34,39,255", "outline_width": "0.5"}'))],
				ARRAY['accident', 'accident', mf_qgis_symbol('marker', '1', '1',
					mf_qgis_layer('SimpleMarker',
					'{"name": "diamond", "size": "3.2", "color": "28,34,39,255", "outline_color": "255,255,255,255"}'))],
				ARRAY['', 'other', mf_qgis_symbol('marker', '2', '1', mf_qgis_layer('SimpleMarker',
					'{"name": "circle", "size": "2", "color": "255,255,255,255", "outline_color": "28,34,39,255"}'))]])),
			('areas', mf_qgis_single(mf_qgis_symbol('fill', '0', '1',
				mf_qgis_layer('SimpleFill', '{"color": "0,0,0,0", "style": "no", "outline_color": "28,34,39,255", "outline_width": "0.6"}')))),
			('lines', mf_qgis_single(mf_qgis_symbol('line', '0', '1',
				mf_qgis_layer('SimpleLine', '{"line_color": "28,34,39,255", "line_width": "0.7", "line_style": "dash"}'))))) v (layer, style);
	END;
COMMENT ON FUNCTION mf_qgis_styles() IS
	'For mf_install_qgis_styles: a layer of a registry and its style, for each.';

CREATE FUNCTION mf_install_qgis_styles(registry name) RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 5000
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	style text[];
	n integer := 0;
BEGIN
	EXECUTE format('SELECT %s.mf_registry_path()',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'minefield'));
	PERFORM mf_registry_check(registry);
	-- where and as QGIS itself would make it
	IF pg_catalog.to_regclass('public.layer_styles') IS NULL THEN
		CREATE TABLE public.layer_styles (
			id serial PRIMARY KEY,
			f_table_catalog varchar, f_table_schema varchar, f_table_name varchar,
				f_geometry_column varchar,
			stylename text, styleqml xml, stylesld xml, useasdefault boolean, description text,
			owner varchar(63) DEFAULT CURRENT_USER, ui xml,
				update_time timestamp DEFAULT CURRENT_TIMESTAMP, type varchar);
		COMMENT ON TABLE public.layer_styles IS 'Styles that QGIS finds for the layers of this database.';
	END IF;
	FOR style IN SELECT s FROM mf_qgis_styles() s LOOP
		DELETE FROM public.layer_styles
		WHERE f_table_catalog = pg_catalog.current_database() AND f_table_schema = registry::text
			AND f_table_name = style[1]
			AND stylename = 'minefield';
		-- a style that somebody made the default stays the default
		INSERT INTO public.layer_styles (f_table_catalog, f_table_schema, f_table_name,
			f_geometry_column, stylename, styleqml,
			useasdefault, description)
		VALUES (pg_catalog.current_database(), registry, style[1], 'geometry', 'minefield',
			style[2]::xml,
			NOT EXISTS (SELECT FROM public.layer_styles
				WHERE f_table_catalog = pg_catalog.current_database()
				AND f_table_schema = registry::text AND f_table_name = style[1] AND useasdefault),
			'Made by mf_install_qgis_styles.');
		n := n + 1;
	END LOOP;
	RETURN n;
END
$$;
COMMENT ON FUNCTION mf_install_qgis_styles(name) IS
	'Puts the styles of a registry''s views into public.layer_styles, which is created when it is not there, and returns how many: QGIS then shows them without further work. Suspected hazardous areas are amber, confirmed ones red at one half, gaps hatched grey. Calling it again renews them; styles of others stay, and stay the default where they are.';
