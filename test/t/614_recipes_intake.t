#!/usr/bin/env python3
"""614_recipes_intake.t - other people's files into a registry through GDAL

One set of fields goes out as CSV, GPKG, Shapefile, KML and XLSX, comes in by
the recipe of doc/intake.md with a mapping of columns, and is compared with
what went out; a cell that became a date is refused, in whatever format.  The
answers of ODK too.  Needs ogr2ogr and a server with the extension.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

from server import TOP, database, done, equal, ok, psql, run

FIELDS = [
    {"no": "17/3", "laid": "1993-08", "type": "PMN-2", "qty": "75-80 шт.", "note": "Форма №7 «Ёлка»",
     "wkt": "POLYGON ((50.1 41.2,50.11 41.2,50.11 41.21,50.1 41.2))"},
    {"no": "18", "laid": "", "type": "TM-62M", "qty": "10-15", "note": "", "wkt": "POLYGON ((50.2 41.2,50.21 41.2,50.21 41.21,50.2 41.2))"},
    {"no": "19", "laid": "1993~", "type": "", "qty": "", "note": "he said \"no\"", "wkt": "POLYGON ((50.3 41.2,50.31 41.2,50.31 41.21,50.3 41.2))"},
    {"no": "20", "laid": "1994", "type": "PMN-2", "qty": "2026-10-15", "note": "a count that became a date",
     "wkt": "POLYGON ((50.4 41.2,50.41 41.2,50.41 41.21,50.4 41.2))"}]
MAPPING = {"key": "no", "number": "no", "laid": "laid", "remarks": "note", "mines.model": "type", "mines.count": "qty"}

# name, how the file is made of the CSV, how it is loaded; %s are the file and the table
FORMATS = (
    ("CSV", None, ["-oo", "GEOM_POSSIBLE_NAMES=wkt", "-oo", "KEEP_GEOM_COLUMNS=NO"]),
    ("GPKG", ["-f", "GPKG"], []),
    ("Shapefile", ["-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8"], []),
    ("KML", ["-f", "LIBKML"], []),
    ("XLSX", ["-f", "XLSX", "-lco", "OGR_XLSX_FIELD_TYPES=STRING"], []))
ENDING = {"CSV": ".csv", "GPKG": ".gpkg", "Shapefile": ".shp", "KML": ".kml", "XLSX": ".xlsx"}
SPREADSHEET = ["--config", "OGR_XLSX_FIELD_TYPES", "STRING", "--config", "OGR_XLSX_HEADERS", "FORCE"]


def ogr2ogr(*arguments):
    out = subprocess.run(["ogr2ogr", *arguments], capture_output=True, text=True)
    if out.returncode:
        print("# ogr2ogr %s: %s" % (" ".join(arguments), out.stderr.strip()))
    return out.returncode == 0


def write_csv(path):
    quoted = ['"%s"' % '","'.join(f[k].replace('"', '""') for k in FIELDS[0]) for f in FIELDS]
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join([",".join(FIELDS[0])] + quoted) + "\n")


def recipe(name, form, work, csv):
    """A file of a format into a table, and from there into the registry."""
    path, options = csv, []
    table = "fields_" + form.lower()
    make, load = next((m, o) for f, m, o in FORMATS if f == form)
    if make:
        path = os.path.join(work, "fields" + ENDING[form])
        if form == "XLSX":          # a spreadsheet has no geometry: the WKT stays a column
            good = ogr2ogr("-f", "XLSX", path, csv, "-oo", "AUTODETECT_TYPE=NO")
            options = SPREADSHEET
        else:
            good = ogr2ogr(*make, path, csv, "-oo", "GEOM_POSSIBLE_NAMES=wkt", "-oo", "KEEP_GEOM_COLUMNS=NO",
                           "-a_srs", "EPSG:4326", "-nln", "fields")
        ok(good, "%s: the file is made" % form)
    ok(ogr2ogr("-f", "PostgreSQL", "PG:dbname=" + name, path, *load, *options, "-nln", table, "-nlt", "GEOMETRY" if form != "XLSX" else "NONE",
               *(["-a_srs", "EPSG:4326"] if form in ("CSV", "KML") else ["-t_srs", "EPSG:4326"] if form != "XLSX" else [])),
       "%s: ogr2ogr loads it" % form)
    mapping = dict(MAPPING, wkt="wkt") if form == "XLSX" else MAPPING
    psql(name, "SELECT * FROM mf_intake('office', '%s', mf_sheets_mapped('%s', '%s'), 'Book %s')" % (
        os.path.basename(path), table, json.dumps(mapping), form))
    return "Book " + form


def compare(name, form, book):
    told = psql(name, "SELECT outcome, sqlstate, path FROM office.v_intake WHERE book = '%s' ORDER BY n" % book).splitlines()
    equal(told, ["record||"] * 3 + ["refused|22007|mines!E5"], "%s: three become records, the date is refused by name" % form)
    wrong = []
    for field in FIELDS[:3]:
        found = psql(name, "SELECT ST_Equals(current::geometry, 'SRID=4326;%s'), ST_NPoints(current::geometry), mf_number(current), "
                           "mf_properties(current) ->> 'laid', mf_properties(current) ->> 'remarks', (mf_properties(current) #> '{mines,0}')::text "
                           "FROM office.v_current WHERE book = '%s' AND key = '%s'" % (field["wkt"], book, field["no"]))
        mines = {"75-80 шт.": '{"count": {"max": 80, "min": 75, "as_written": "75-80 шт."}, "model": "PMN-2"}',
                 "10-15": '{"count": {"max": 15, "min": 10, "as_written": "10-15"}, "model": "TM-62M"}', "": ""}[field["qty"]]
        expected = "|".join(["t", "4", field["no"], field["laid"], field["note"], mines])
        if found != expected:
            wrong += [found, expected]
    ok(not wrong, "%s: they say what the file says; what is empty is unknown" % form, *wrong)


def odk(name, work):
    """An export of ODK Central or KoBo, as CSV."""
    path = os.path.join(work, "submissions.csv")
    with open(path, "w", encoding="utf-8") as f:
        f.write('KEY,field_no,place,outline,mine,number\n'
                'uuid:1,O-1,41.2 50.3 12.5 4.5,,PMN,3\n'
                'uuid:2,O-2,,41.2 50.3 0 5;41.3 50.3 0 5;41.3 50.4 0 5;41.2 50.3 0 5,PMN,\n'
                'uuid:3,O-3,by the road,,,\n')
    ok(ogr2ogr("-f", "PostgreSQL", "PG:dbname=" + name, path, "-nln", "submissions", "-oo", "AUTODETECT_TYPE=NO", "-oo", "EMPTY_STRING_AS_NULL=YES"),
       "ODK: ogr2ogr loads the export")
    psql(name, """
        CREATE VIEW answers AS SELECT *, coalesce(place, outline) AS "where", 1.62 * mf_odk_accuracy_m(coalesce(place, outline)) AS within FROM submissions;
        SELECT * FROM mf_intake('office', 'submissions.csv', mf_sheets_mapped('answers',
            '{"key": "field_no", "odk": "where", "accuracy95_m": "within", "mines.model": "mine", "mines.count": "number"}'), 'Survey')""")
    equal(psql(name, "SELECT key, ST_AsText(current::geometry), round(mf_accuracy_m(current)::numeric, 2) FROM office.v_current WHERE book = 'Survey' ORDER BY key").splitlines(),
          ["O-1|POINT(50.3 41.2)|7.29", "O-2|POLYGON((50.3 41.2,50.3 41.3,50.4 41.3,50.3 41.2))|8.10"], "ODK: latitude comes first, accuracy is carried")
    equal(psql(name, "SELECT sqlstate, message FROM office.v_intake WHERE book = 'Survey' AND outcome = 'refused'"),
          '22007|sheet records, cell AE4 (wkt): "by the road" is not WKT', "ODK: what is no place is refused alone")


def exported(name, work):
    """Every view with geometry, and the one without, leaves as a layer of a GeoPackage."""
    psql(name, "INSERT INTO office.areas (name, geometry) VALUES ('a', ST_MakeEnvelope(50, 41, 51, 42, 4326)); "
               "INSERT INTO office.findings (geometry) VALUES ('SRID=4326;POINT(50 41)')")
    path = os.path.join(work, "out.gpkg")
    for view in psql(name, "SELECT v FROM unnest(mf_registry_view_names()) v WHERE v NOT IN ('v_current', 'v_intake', 'v_report_runs', 'v_report_progress', 'v_unsolved') ORDER BY 1").split():
        good = ogr2ogr("-f", "GPKG", path, "PG:dbname=%s schemas=office" % name, view, *(["-update"] if os.path.exists(path) else []))
        count = psql(name, "SELECT count(*), count(DISTINCT fid) FROM office." + view).split("|")
        told = run("ogrinfo", "-so", path, view) if good else ""
        typed = view == "v_unlocated" or 'ID["EPSG",4326]' in told and "Geometry: Unknown" not in told
        ok(good and "Feature Count: %s\n" % count[0] in told and count[0] == count[1] and typed,
           "%s leaves with its %s rows, a key and a typed geometry" % (view, count[0]), told)


if not shutil.which("ogr2ogr"):
    print("1..0 # SKIP ogr2ogr (package gdal-bin) is not installed")
    sys.exit(0)
name = database("recipes_intake")
psql(name, "SELECT mf_create_registry('office')")
with tempfile.TemporaryDirectory() as directory:
    source = os.path.join(directory, "fields.csv")
    write_csv(source)
    for each, _, _ in FORMATS:
        compare(name, each, recipe(name, each, directory, source))
    odk(name, directory)
    exported(name, directory)
done()
