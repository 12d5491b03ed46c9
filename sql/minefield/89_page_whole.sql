-- the report page as a whole: trend, style and the document around them
--
-- The policy of the page allows nothing but its own style sheet, by digest: no
-- script, no request, no form.

CREATE FUNCTION mf_page_trend(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 500
	RETURN mf_page_section(labels, 'trend', 'trend', CASE WHEN pg_catalog.jsonb_array_length(report -> 'trend'::text) < 2
		THEN pg_catalog.concat('<p>', mf_page_say(labels, 'changes_first'), '</p>')
		ELSE pg_catalog.concat('<p>', mf_page_say(labels, 'trend_text', 'from', mf_page_when(report #>> '{trend,0,as_of}'::text[]),
				'to', mf_page_when(report #>> '{trend,-1,as_of}'::text[]), 'n', mf_page_number(pg_catalog.jsonb_array_length(report -> 'trend'::text)::numeric, 0, labels)), '</p>',
			'<div class="sparks">', mf_page_spark(report -> 'trend'::text, 'records', '', 'trend_records', labels),
			mf_page_spark(report -> 'trend'::text, 'unlocated', '', 'trend_unlocated', labels),
			mf_page_spark(report -> 'trend'::text, 'missing_numbers', '', 'trend_missing', labels),
			mf_page_spark(report -> 'trend'::text, 'no_record_m2', 'm2', 'trend_no_record', labels),
			mf_page_spark(report -> 'trend'::text, 'line_no_record_m', 'm', 'trend_line', labels),
			mf_page_spark(report -> 'trend'::text, 'finds_outside', '', 'trend_finds', labels), '</div>',
			mf_page_may_lie(report, labels)) END);
COMMENT ON FUNCTION mf_page_trend(jsonb, jsonb) IS
	'For mf_report_html: the figures over the last runs.';

CREATE FUNCTION mf_page_about(report jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN mf_page_section(labels, 'about', 'about', pg_catalog.concat('<p>', mf_page_say(labels, 'about_text'), '</p><dl class="facts">',
		'<div><dt>', mf_page_say(labels, 'about_who'), '</dt><dd>', mf_page_text(report ->> 'made_by'::text), '</dd></div>',
		'<div><dt>', mf_page_say(labels, 'about_digest'), '</dt><dd><code>', mf_page_text(report ->> 'input_digest'::text), '</code></dd></div>',
		'<div><dt>', mf_page_say(labels, 'about_options'), '</dt><dd><code>', (SELECT pg_catalog.string_agg(pg_catalog.concat(mf_page_text(o.key), ' = ', mf_page_text(pg_catalog.left(o.value, 200))), ', '
			ORDER BY o.key COLLATE "C") FROM pg_catalog.jsonb_each_text(report -> 'options'::text) o), '</code></dd></div>',
		'<div><dt>', mf_page_say(labels, 'about_versions'), '</dt><dd><code>', mf_page_text(report #>> '{versions,all}'::text[]), '</code></dd></div></dl>'));
COMMENT ON FUNCTION mf_page_about(jsonb, jsonb) IS
	'For mf_report_html: by whom, of what and with what the report was made.';

CREATE FUNCTION mf_page_style() RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
	RETURN '
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#ffffff;--ink:#1c2227;--soft:#545c63;--rule:#d8d4ca;--accent:#1f4e6b;
--s0:#2f6690;--s1:#7b4f8a;--s2:#8a5a2b;--s3:#3d6b66;--s4:#52606d;--none:#8b9094;--gap:#d5d6d3;--over:#1c2227;--sheet:#eef1f2;--aoi:#fbfaf7;--this:#ffffff;--possible:#a9c3d6;--halo:#fbfaf7}
@media (prefers-color-scheme:dark){:root{--paper:#14181b;--card:#1b2024;--ink:#e8e6e1;--soft:#a9b0b5;--rule:#363d42;--accent:#9cc6e0;
--s0:#6ba5cf;--s1:#c39bd1;--s2:#d0a070;--s3:#86bdb5;--s4:#a7b4c0;--none:#8b9499;--gap:#454d53;--over:#f2efe8;--sheet:#0f1315;--aoi:#1b2024;--this:#22292e;--possible:#3c5b70;--halo:#14181b}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,"Segoe UI",Roboto,"Noto Sans","Noto Sans Armenian","DejaVu Sans",Sylfaen,sans-serif;font-variant-numeric:tabular-nums lining-nums}
header,main,footer{max-width:1080px;margin:0 auto;padding:0 24px}
h1,h2,h3{font-family:Charter,"Bitstream Charter",Cambria,Georgia,"Noto Serif","Noto Serif Armenian","DejaVu Serif",serif;font-weight:600;line-height:1.2;overflow-wrap:anywhere}
h1{font-size:2.1rem;margin:.15em 0 .3em;letter-spacing:-.01em}
h2{font-size:1.5rem;margin:0 0 .5em}
h3{font-size:1.2rem;margin:1.6em 0 .5em}
h3 small,dd small,td small{color:var(--soft);font-weight:400;font-size:.85em}
p{margin:.5em 0;max-width:46em}
a{color:var(--accent);text-underline-offset:.15em}
a:focus-visible,.wide:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--card);padding:8px}
header{padding-top:40px;padding-bottom:8px}
.kicker{margin:0;color:var(--accent);font-weight:600;font-size:.85rem;letter-spacing:.06em;text-transform:uppercase}
.when{color:var(--soft);margin:0}
section{border-top:1px solid var(--rule);padding:28px 0 20px}
.lead{border-top:3px solid var(--ink);margin-top:18px}
.lead>p{font-size:1.2rem;line-height:1.5;max-width:44em}
.tiles{list-style:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(210px,1fr));gap:0 28px;padding:0;margin:18px 0}
.tiles li{border-top:1px solid var(--rule);padding:8px 0 12px}
.tiles strong{display:block;font:600 1.9rem/1.15 Charter,"Bitstream Charter",Cambria,Georgia,"Noto Serif","DejaVu Serif",serif}
.tiles span{color:var(--soft);font-size:.9rem;line-height:1.3;display:block}
.tiles.small strong{font-size:1.35rem}
.read{background:var(--card);border:1px solid var(--rule);border-radius:6px;padding:14px 20px;margin-top:10px}
.read h2{font-size:1.05rem;margin:0 0 .2em}
.read ul{margin:.2em 0;padding-left:1.1em}.read li{margin:.2em 0}
nav ol{columns:3 220px;padding-left:1.4em;margin:18px 0}
nav li{margin:.15em 0;break-inside:avoid}
.may{border-left:4px solid var(--soft);background:var(--card);padding:6px 12px;margin:.8em 0}
.more{color:var(--soft);font-style:italic}
.key{font-weight:600;overflow-wrap:anywhere;unicode-bidi:isolate}
.place{white-space:nowrap}
code{font:.85em ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;color:var(--soft);overflow-wrap:anywhere}
.wide{overflow-x:auto;margin:14px 0}
table{border-collapse:collapse;width:100%;font-size:.92rem;line-height:1.4}
caption{text-align:left;font-weight:600;padding:0 0 6px}
th,td{text-align:left;vertical-align:top;padding:6px 14px 6px 0;border-bottom:1px solid var(--rule);unicode-bidi:isolate}
thead th{color:var(--soft);font-weight:600;font-size:.85em;vertical-align:bottom}
tbody th{font-weight:600;overflow-wrap:anywhere;min-width:3.5em}
td{overflow-wrap:anywhere}
.n{text-align:right;white-space:nowrap}
.bars td:last-child{width:32%;min-width:130px;padding-right:0;vertical-align:middle}
.bar{display:block;width:100%;height:16px;background:var(--sheet)}
.ground>.pair>div>.bar{height:22px}
.facts{margin:12px 0}.facts div{display:flex;justify-content:space-between;gap:12px;border-bottom:1px solid var(--rule);padding:5px 0 5px 10px;border-left:6px solid transparent}
.facts .f1{border-left-color:var(--s0)}.facts .f4{border-left-color:var(--possible)}.facts .f3{border-left-color:var(--none)}
.facts dt{color:var(--soft)}.facts dd{margin:0;text-align:right}
.pair{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:28px;align-items:start}
.map{margin:10px 0}
.map svg{display:block;width:100%;height:auto;max-height:88vh;border:1px solid var(--rule);border-radius:4px}
.map text{font:600 13px system-ui,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;fill:var(--ink)}
.sheet{fill:var(--sheet)}
.aoi{fill:var(--aoi)}.aoi.this{fill:var(--this)}
path,.bar rect{vector-effect:non-scaling-stroke}
.outline{fill:none;stroke:var(--soft);stroke-width:1}.outline.this{stroke:var(--ink);stroke-width:2}
.b3{fill:var(--gap)}.gap{fill:url(#hatch)}.fine .gap{fill:url(#hatch-fine)}.dense .gap{fill:url(#hatch-dense)}.gap{stroke:var(--none);stroke-width:.6;fill-rule:evenodd}
.rec{fill-opacity:.72;stroke-width:1;fill-rule:evenodd;stroke-linejoin:round}
.dot{fill:none;stroke-width:4;stroke-linecap:round}
.s0{fill:var(--s0);stroke:var(--s0)}.s1{fill:var(--s1);stroke:var(--s1)}.s2{fill:var(--s2);stroke:var(--s2)}.s3{fill:var(--s3);stroke:var(--s3)}.s4{fill:var(--s4);stroke:var(--s4)}
.sx{fill:var(--halo);stroke:var(--ink);stroke-dasharray:3 2}
.dot.sx{stroke-dasharray:none}
.dot{fill:none}
.reach{fill:var(--s1);fill-opacity:.14;stroke:var(--s1);stroke-width:1}.dot.vague{stroke:var(--ink);stroke-width:6}.dot.hollow{stroke:var(--halo);stroke-width:3}
.over{fill:url(#cross);stroke:var(--over);stroke-width:1;fill-rule:evenodd}.fine .over{fill:url(#cross-fine)}.dense .over{fill:url(#cross-dense)}
.line{fill:none;stroke:var(--ink);stroke-width:2.5;stroke-linejoin:round}
.linegap{fill:none;stroke:var(--halo);stroke-width:6;stroke-dasharray:6 4;paint-order:stroke}
.find_outside{fill:none;stroke:var(--ink);stroke-width:1.6}.find_inside{fill:none;stroke:var(--ink);stroke-width:.9}
.accident_outside{fill:var(--ink);stroke:var(--halo);stroke-width:1}.accident_inside{fill:var(--halo);stroke:var(--ink);stroke-width:1}
.name{fill:transparent;stroke:none}.name:hover{stroke:var(--ink);stroke-width:1.5}
.map .areaname{text-anchor:middle;font-size:15px;paint-order:stroke;stroke:var(--halo);stroke-width:4px;stroke-linejoin:round}
.no circle{fill:var(--ink)}.map .no text{fill:var(--paper);text-anchor:middle;font-size:12px}
.north path{fill:var(--ink)}.map .north text{text-anchor:middle}
.scale path{fill:none;stroke:var(--ink);stroke-width:1.6}.scale .halo{stroke:var(--halo);stroke-width:5}
.map .scale text{paint-order:stroke;stroke:var(--halo);stroke-width:4px}
.b1{fill:var(--s0)}.b2{fill:var(--s1)}.b4{fill:var(--possible)}
.hatch path{stroke:var(--none);stroke-width:1;fill:none;vector-effect:none}.cross path{stroke:var(--over);stroke-width:1;fill:none;vector-effect:none}
.defs{position:absolute;width:0;height:0}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:6px 22px;padding:0;margin:8px 0 14px;font-size:.88rem;color:var(--soft)}
.legend li{display:flex;align-items:center;gap:8px}
.legend svg{width:34px;height:18px;flex:none}
.ask li{margin:.7em 0;max-width:60em}.ask .place{white-space:normal}.ask.short li{margin:.3em 0}
.sparks{display:grid;grid-template-columns:repeat(auto-fit,minmax(240px,1fr));gap:18px 32px;margin:16px 0}
.spark h3{font:600 .95rem/1.3 inherit;margin:0}
.spark svg{display:block;width:100%;height:64px;background:var(--card);border-bottom:1px solid var(--rule)}
.spark path{fill:none;stroke:var(--s0);stroke-width:2.2}
.spark p{display:flex;justify-content:space-between;margin:.2em 0;font-size:.88rem;color:var(--soft)}
footer{padding-bottom:48px;color:var(--soft);font-size:.9rem}
@media (max-width:640px){header,main,footer{padding-left:16px;padding-right:16px}h1{font-size:1.6rem}.lead>p{font-size:1.08rem}
.pair{grid-template-columns:minmax(0,1fr);gap:4px}.map text{font-size:24px}.map .areaname{font-size:26px}.map .no text{font-size:17px}.no circle{r:16px}
.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}th,td{padding-right:10px}.wide table{min-width:520px}}
@media print{:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--rule:#bbb;--accent:#000;--s0:#2f6690;--s1:#7b4f8a;--s2:#8a5a2b;--s3:#3d6b66;--s4:#52606d;--none:#777;--gap:#d5d5d5;--over:#000;--sheet:#f2f3f3;--aoi:#fff;--this:#fff;--possible:#a9c3d6;--halo:#fff}
body{font-size:10pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}header,main,footer{max-width:none;padding:0}
nav,.skip{display:none}section{padding:14px 0 8px}.ground,.map,.read,.spark,tr,.tiles{break-inside:avoid}h2,h3,caption{break-after:avoid}
.ground{break-inside:auto}.wide{overflow:visible}a{text-decoration:none}.map svg{max-height:150mm}.pair{grid-template-columns:3fr 2fr}}
@page{size:A4;margin:16mm 14mm}
';
COMMENT ON FUNCTION mf_page_style() IS
	'For mf_report_html: the style sheet of the page. Colours of hazard classes (amber, red) and green stand for nothing here and are not in it.';

CREATE FUNCTION mf_page_head(report jsonb, language text, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
	RETURN pg_catalog.concat('<!DOCTYPE html>', pg_catalog.chr(10), '<html lang="', mf_page_text(COALESCE(language, 'en')), '"><head><meta charset="utf-8">', pg_catalog.chr(10),
		'<meta http-equiv="Content-Security-Policy" content="default-src ''none''; style-src ''sha256-',
		pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(mf_page_style(), 'UTF8')), 'base64'), '''; base-uri ''none''; form-action ''none''">', pg_catalog.chr(10),
		'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">',
		'<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex"><meta name="generator" content="minefield ',
		mf_page_text(report #>> '{versions,minefield}'::text[]), '">', pg_catalog.chr(10), '<title>', mf_page_say(labels, 'kicker'), ': ',
		mf_page_text(report ->> 'registry'::text), ', ', mf_page_text(pg_catalog.left(report ->> 'as_of'::text, 10)), '</title>', pg_catalog.chr(10),
		'<style>', mf_page_style(), '</style></head>', pg_catalog.chr(10), '<body><a class="skip" href="#contents">', mf_page_say(labels, 'skip'), '</a>',
		 '<svg class="defs" aria-hidden="true" focusable="false"><defs>',
		(SELECT pg_catalog.string_agg(pg_catalog.concat('<pattern id="hatch', id, '" class="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="scale(', k,
				') rotate(-45)"><path d="M0 4h8"/></pattern><pattern id="cross', id, '" class="cross" width="5" height="5" patternUnits="userSpaceOnUse" ',
				'patternTransform="scale(', k, ')"><path d="M-1 6l7-7M-1-1l7 7"/></pattern>'), '' ORDER BY k)
		 FROM (VALUES ('', 1), ('-fine', 10), ('-dense', 2)) p (id, k)),
		'</defs></svg>', pg_catalog.chr(10),
		'<header><p class="kicker">', mf_page_say(labels, 'kicker'), '</p><h1>', mf_page_say(labels, 'title', 'registry', mf_page_text(report ->> 'registry'::text)),
		'</h1><p class="when">', mf_page_say(labels, 'as_of', 'when', mf_page_when(report ->> 'as_of'::text)),
		CASE WHEN report ->> 'run'::text IS NOT NULL THEN pg_catalog.concat(' · ', mf_page_say(labels, 'run', 'n', mf_page_text(report ->> 'run'::text))) END,
		CASE WHEN report ->> 'district'::text IS NOT NULL THEN pg_catalog.concat(' · ', mf_page_say(labels, 'district', 'name', mf_page_text(report ->> 'district'::text))) END,
		CASE WHEN report ->> 'organisation'::text IS NOT NULL THEN pg_catalog.concat(' · ', mf_page_say(labels, 'organisation', 'name', mf_page_text(report ->> 'organisation'::text))) END,
		'</p></header>', pg_catalog.chr(10));
COMMENT ON FUNCTION mf_page_head(jsonb, text, jsonb) IS
	'For mf_report_html: the beginning of the page, with its policy and style.';

CREATE FUNCTION mf_page_body(report jsonb, sources jsonb, labels jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5000
	RETURN pg_catalog.concat('<main>', mf_page_summary(report, mf_report_summary(report), labels), mf_page_contents(labels),
		mf_page_overview(report, sources, labels), mf_page_changes(report, labels), mf_page_questions(report, labels),
		mf_page_areas(report, sources, labels), mf_page_lines(report, sources, labels), mf_page_received(report, labels),
		mf_page_missing(report, labels), mf_page_unlocated(report, labels), mf_page_totals(report, labels),
		mf_page_overlaps(report, labels), mf_page_finds(report, labels), mf_page_accuracy(report, labels),
		mf_page_completeness(report, labels), mf_page_sequence(report, labels), mf_page_checks(report, labels), mf_page_links(report, labels),
		mf_page_account(report, labels), mf_page_trend(report, labels), mf_page_about(report, labels),
		'</main>');
COMMENT ON FUNCTION mf_page_body(jsonb, jsonb, jsonb) IS
	'For mf_report_html: all sections.';

CREATE FUNCTION mf_page_language(language text) RETURNS text
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF language !~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$' THEN
		RAISE EXCEPTION '"%" is no language', language
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Give a language as in en, ru, hy, az or az-Cyrl.';
	END IF;
	RETURN language;
END
$$;
COMMENT ON FUNCTION mf_page_language(text) IS
	'For mf_report_html: the tag of a language; an error (22023) for anything else.';

CREATE FUNCTION mf_report_html(report jsonb, language text DEFAULT 'en', labels jsonb DEFAULT NULL) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
	RETURN (SELECT CASE WHEN report IS NOT NULL THEN pg_catalog.concat(mf_page_head(report, language, l.words), mf_page_body(report, mf_page_sources(report), l.words),
			'</body></html>', pg_catalog.chr(10)) END
		FROM (SELECT mf_report_labels('en') || mf_report_labels(mf_page_language(COALESCE(language, 'en')))
					|| COALESCE(mf_report_checked(report) #> ARRAY['labels', language], '{}'::jsonb) || COALESCE(labels, '{}'::jsonb) AS words OFFSET 0) l);
COMMENT ON FUNCTION mf_report_html(jsonb, text, jsonb) IS
	'A report as one HTML page that needs nothing else: no script, no request, readable offline, on paper, in light and dark. Words are those of the language (en, ru, or what the registry had in its table labels when the report was made; English where one is missing), and labels overrides them by key. NULL for a NULL report; 22023 for what is no report or no language.';
