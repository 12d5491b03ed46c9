#!/usr/bin/env python3
"""040_security.t - nothing that another user prepared runs as the installer

A script runs with the schema it installs into first in the path, after
pg_catalog.  Somebody who may create objects there can lay traps: functions and
operators that fit a call better than the system's.  A trap that runs says who
called it.  Then: what one's rights do not cover, the extension does not give.
"""

import glob
import os
import re

from server import PIECES, Failed, database, done, equal, error, ok, psql

MALLORY = "mallory_%d" % os.getpid()
TYPES = ("text", "name", "oid", "integer", "bigint", "boolean", "float8", "regclass", "regtype",
         "\"char\"", "bytea", "json", "jsonb", "gis.geometry")
OPERATORS = ("=", "<>", "<", ">", "||", "~", "&&", "@>", "<@", "~=", "<->", "->", "->>")


# what the calls of the registry below answer
CALLS = ("3", "2", "1", "1", "corrected", "5", "1", "1|1", "1|1", "1", "1", "1", "1", "0|0", "", "t", "t", "3", "t", "9|f", "t", "0")


def traps():
    """Operators between all pairs of types, functions of common names."""
    lines = []
    for left in TYPES:
        for right in TYPES:
            trap = "target.trap(%s, %s)" % (left, right)
            lines.append("CREATE FUNCTION %s RETURNS boolean LANGUAGE plpgsql AS "
                         "$$BEGIN INSERT INTO target.caught VALUES (current_user, 'operator'); RETURN true; END$$;"
                         % trap)
            for operator in OPERATORS:
                lines.append("CREATE OPERATOR target.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = target.trap);"
                             % (operator, left, right))
    for left in TYPES[:7]:
        for right in TYPES[:7]:
            lines.append("CREATE FUNCTION target.format(%s, %s) RETURNS text LANGUAGE plpgsql AS "
                         "$$BEGIN INSERT INTO target.caught VALUES (current_user, 'format'); RETURN 'x'; END$$;" % (left, right))
    for name in ("unnest", "to_json", "to_jsonb", "jsonb_agg", "quote_ident", "now", "length", "count", "upper", "lower", "format", "version", "array_agg",
                 "set_config", "current_setting", "st_geomfromtext", "st_area", "postgis_lib_version"):
        for kind in TYPES[:7]:
            lines.append("CREATE FUNCTION target.%s(%s) RETURNS text LANGUAGE plpgsql AS "
                         "$$BEGIN INSERT INTO target.caught VALUES (current_user, '%s'); RETURN 'x'; END$$;"
                         % (name, kind, name))
        lines.append("CREATE FUNCTION target.%s() RETURNS text LANGUAGE plpgsql AS "
                     "$$BEGIN INSERT INTO target.caught VALUES (current_user, '%s'); RETURN 'x'; END$$;"
                     % (name, name))
    return "\n".join(lines)


def own_functions():
    """Names of the functions without arguments that the script creates and calls."""
    text = "".join(open(piece, encoding="utf-8").read()
                   for piece in glob.glob(os.path.join(PIECES, "*.sql")))
    return sorted(set(re.findall(r"^SELECT (\w+)\(\)", text, re.M)))


name = database("security", extension=False)
psql(name, """
    SET client_min_messages = warning;
    CREATE ROLE %(m)s LOGIN;
    CREATE SCHEMA gis; CREATE EXTENSION postgis SCHEMA gis; GRANT USAGE ON SCHEMA gis TO %(m)s;
    CREATE SCHEMA target; GRANT ALL ON SCHEMA target TO %(m)s;
    CREATE TABLE target.caught (who text, by_what text); GRANT ALL ON target.caught TO PUBLIC;
    """ % {"m": MALLORY})
try:
    psql(name, traps(), MALLORY)
    psql(name, "SET ROLE %s; SET search_path = target, pg_catalog; SELECT 1 WHERE 'a'::text || 'b'::text"
         % MALLORY)
    equal(psql(name, "SELECT count(*) > 0 FROM target.caught; TRUNCATE target.caught"), "t",
          "the traps work where the path lets them")

    psql(name, "CREATE EXTENSION minefield SCHEMA target")
    equal(psql(name, "TABLE target.caught"), "", "no trap ran while the extension was created")
    equal(psql(name, """
        SELECT p.oid::regprocedure, d.refobjid::regprocedure
        FROM pg_depend e JOIN pg_proc p ON e.classid = 'pg_proc'::regclass AND e.objid = p.oid
        JOIN pg_extension x ON e.refobjid = x.oid AND x.extname = 'minefield' AND e.deptype = 'e'
        JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
            AND d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass)
        WHERE d.refobjid IN (SELECT oid FROM pg_proc WHERE proowner = '%(m)s'::regrole
            UNION ALL SELECT oid FROM pg_operator WHERE oprowner = '%(m)s'::regrole)"""
               % {"m": MALLORY}), "", "no object of the extension refers to one of them")
    equal(psql(name, """
        SET search_path = target, gis, pg_catalog;
        SELECT pg_catalog.count(*) FROM (SELECT target.mf_gaps(target.mf_make('1',
            gis.ST_MakeEnvelope(50, 41, 50.01, 41.01, 4326)), gis.ST_MakeEnvelope(50, 41, 50.02, 41.02, 4326))) g;
        SELECT pg_catalog.count(*) FROM target.caught"""), "1\n0", "none runs when the functions do, first in the path")

    equal(psql(name, """
        SET search_path = target, gis, pg_catalog;
        SELECT target.mf_create_registry('office'::name);
        SELECT (target.mf_intake('office'::name, 'f'::text, '{"type":"Feature","id":"1"}
            {"type":"Feature","id":"2","geometry":[]}'::text, 'Book'::text)).lines;
        SELECT (target.mf_intake('office'::name, 'g'::text, '{"type":"Feature","id":"1","properties":{}}'::text, 'Book'::text, NULL::text, NULL::text, true)).superseded;
        SELECT (target.mf_intake('office'::name, 'h'::text, '{"minefield_sheets":{"records":[{"key":"s","wkt":"POINT(50 41)"}],"mines":[{"record":"s","count":"10-15"}]}}'::text, 'Book'::text)).records;
        SELECT (target.mf_retry('office'::name, 2::bigint, 'r'::text, '{"type":"Feature","id":"2"}'::text)).outcome;
        SELECT target.mf_supersede('office'::name, 2::bigint, target.mf_make('1'::text, NULL::gis.geometry), 'r'::text);
        SELECT target.mf_amend('office'::name, 3::bigint, target.mf_make('2'::text, NULL::gis.geometry), 'r'::text);
        SELECT target.mf_withdraw('office'::name, 'r'::text, 3::bigint), target.mf_restore('office'::name, 'r'::text, 3::bigint);
        SELECT target.mf_withdraw('office'::name, 'r'::text, NULL::bigint, 2::bigint), target.mf_restore('office'::name, 'r'::text, NULL::bigint, 2::bigint);
        SELECT (target.mf_intake('office'::name, 'k'::text, '{"type":"Feature","id":"k","properties":{"location":{"crs":"EPSG:4326","north":"true",
            "angle_unit":"degree","distance_unit":"m","points":[{"id":"L","role":"landmark","lon":50,"lat":41,"accuracy95_m":5}],
            "legs":[{"from":"L","to":"A","azimuth":90,"distance":20},{"from":"A","to":"B","azimuth":90,"distance":20},
            {"from":"B","to":"C","azimuth":0,"distance":20}],"perimeter":["A","B","C"]}}}'::text, 'Book'::text)).records;
        SELECT target.mf_collect_landmarks('office'::name, 1.0::float8);
        SELECT pg_catalog.count(*) FROM target.mf_move_landmark('office'::name, 1::bigint, gis.ST_SetSRID(gis.ST_MakePoint(50.1, 41), 4326), 'r'::text, 3.0::float8);
        SELECT pg_catalog.count(*) FROM target.mf_unmove_landmark('office'::name, 1::bigint, 'r'::text);
        SELECT target.mf_relocate('office'::name, 'r'::text), (SELECT pg_catalog.count(*) FROM office.v_unsolved);
        SELECT target.mf_registry_protect('office'::name, 'district'::text, 'mf040_r'::text, 'mf040_o'::text, 'mf040_a'::text);
        SELECT target.mf_sheets('office'::name) IS NOT NULL;
        SELECT target.mf_sheets_mapped('office.areas'::regclass, '{"key":"name","mines.count":"kind"}'::jsonb) IS NOT NULL;
        SELECT target.mf_upgrade_registry('office'::name);
        INSERT INTO office.areas (name, geometry) VALUES ('a', gis.ST_MakeEnvelope(49.9, 40.9, 50.1, 41.1, 4326));
        INSERT INTO office.lines (name, geometry) VALUES ('l', gis.ST_GeomFromText('LINESTRING(49.9 41, 50.1 41)'::text, 4326));
        INSERT INTO office.findings (name, geometry) VALUES ('f', gis.ST_MakeEnvelope(50, 41, 50.01, 41.01, 4326));
        SELECT target.mf_report_html(target.mf_report('office'::name, target.mf_report_options()), 'ru'::text) IS NOT NULL;
        SELECT target.mf_install_qgis_styles('office'::name), target.mf_unschedule_report('office'::name);
        CALL target.mf_run_report('office'::name);
        CALL target.mf_run_report('office'::name);
        SELECT target.mf_report_diff(target.mf_latest_run('office'::name, 1), target.mf_latest_run('office'::name)) IS NOT NULL;
        SELECT pg_catalog.count(*) FROM office.v_overlaps;
        SELECT target.mf_drop_registry('office'::name, true);
        SELECT pg_catalog.string_agg(DISTINCT by_what, ' '::text) FROM target.caught"""), "\n".join(CALLS),
          "nor when a registry is made, filled, changed, protected, upgraded and dropped")

    psql(name, "DROP EXTENSION minefield")
    for function in own_functions():
        psql(name, "CREATE FUNCTION target.%s() RETURNS text LANGUAGE sql AS $$SELECT 'mine'$$" % function,
             MALLORY)
        told = error(name, "CREATE EXTENSION minefield SCHEMA target")
        ok("42723" in told, "a %s() that is there before is not taken for the extension's" % function, told)
        psql(name, "DROP FUNCTION target.%s()" % function, MALLORY)
    psql(name, "CREATE TYPE target.minefield_box AS (x float8)", MALLORY)
    told = error(name, "CREATE EXTENSION minefield SCHEMA target")
    ok("already exists" in told, "nor is a type", told)
    psql(name, "DROP TYPE target.minefield_box", MALLORY)

    told = error(name, "CREATE EXTENSION minefield SCHEMA target", MALLORY)
    ok("42501" in told, "who is no superuser cannot create it", told)
    psql(name, "CREATE EXTENSION minefield SCHEMA target")
    wrong = error(name, """SET search_path = target, gis; SELECT mf_load('{"type": "FeatureCollection", "features": []}');
        SELECT mf_full_version()""", MALLORY)
    equal(wrong, "", "but everybody can use it")
finally:
    try:
        psql(name, "DROP OWNED BY %(m)s CASCADE; DROP ROLE %(m)s; "
             "DROP ROLE IF EXISTS mf040_r; DROP ROLE IF EXISTS mf040_o; DROP ROLE IF EXISTS mf040_a" % {"m": MALLORY})
    except Failed as failed:
        print("# " + str(failed))
done()
