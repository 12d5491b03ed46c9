#!/usr/bin/env python3
"""640_qgis.t - QGIS, without a screen, opens every layer of a registry

It finds the layer valid, with its key and features, finds the style that
mf_install_qgis_styles put there, also as a role that may only read, and draws
a picture that is not empty.  The picture is left in $OUT.  Skipped where the
Python bindings of QGIS (package python3-qgis) are not installed.
"""

import json
import os
import subprocess
import sys
import tempfile

from server import TOP, database, done, equal, ok, psql

READER = "qgis_%d" % os.getpid()
DRAW = r'''
import json, sys
from qgis.core import QgsApplication, QgsVectorLayer, QgsDataSourceUri, QgsMapSettings, QgsMapRendererParallelJob, QgsRectangle
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor
host, name, user, picture, layers = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], json.loads(sys.argv[5])
app = QgsApplication([], False)
app.initQgis()
found, shown, extent = {}, [], QgsRectangle()
extent.setMinimal()
for layer, key in layers:
    uri = QgsDataSourceUri()
    uri.setConnection(host, "5432", name, user, "")
    uri.setDataSource("office", layer, "geometry", "", key)
    one = QgsVectorLayer(uri.uri(False), layer, "postgres")
    renderer = one.renderer()
    found[layer] = dict(valid=one.isValid(), features=one.featureCount(), crs=one.crs().authid(),
                        renderer=renderer.type() if renderer else None,
                        alpha=[c.symbol().opacity() for c in renderer.categories()] if renderer and renderer.type() == "categorizedSymbol" else [],
                        colours=[c.symbol().color().name() for c in renderer.categories()] if renderer and renderer.type() == "categorizedSymbol" else [])
    if one.isValid() and one.featureCount() > 0:
        shown.append(one)
        extent.combineExtentWith(one.extent())
settings = QgsMapSettings()
settings.setLayers(list(reversed(shown)))
settings.setOutputSize(QSize(900, 700))
settings.setBackgroundColor(QColor("white"))
extent.scale(1.1)
settings.setExtent(extent)
job = QgsMapRendererParallelJob(settings)
job.start()
job.waitForFinished()
image = job.renderedImage()
image.save(picture)
inked = sum(1 for x in range(0, 900, 3) for y in range(0, 700, 3) if QColor(image.pixel(x, y)).lightness() < 230)
hatch = [QColor(image.pixel(x, y)) for x in range(100, 300) for y in range(420, 520)]
greys = sorted(c.lightness() for c in hatch if c.lightness() < 200 and c.saturation() < 30)
print("RESULT " + json.dumps(dict(layers=found, inked=inked, hatch=greys[len(greys) // 2] if greys else None)))
sys.stdout.flush()
import os
os._exit(0)
'''

if subprocess.run(["/usr/bin/python3", "-c", "import qgis.core"], capture_output=True,
                  env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}).returncode != 0:
    print("1..0 # SKIP python3-qgis is not installed")
    sys.exit()

name = database("qgis")
with open(os.path.join(TOP, "test", "data", "book_a.geojson"), encoding="utf-8") as f:
    book = f.read().replace("'", "''")
psql(name, """
    SELECT mf_create_registry('office');
    SELECT mf_intake('office', 'book_a.geojson', '%s', book => 'A');
    UPDATE office.records SET hazard_class = CASE WHEN record_id %% 2 = 0 THEN 'SHA' ELSE 'CHA' END, change_reason = 'decided' WHERE record_id %% 3 > 0;
    INSERT INTO office.areas (name, geometry) VALUES ('Area', ST_MakeEnvelope(50.26, 41.17, 50.33, 41.23, 4326));
    INSERT INTO office.lines (name, geometry) VALUES ('Line', 'SRID=4326;LINESTRING(50.265 41.179,50.33 41.239)');
    INSERT INTO office.findings (name, kind, geometry) VALUES ('f', 'mine', 'SRID=4326;POINT(50.3 41.2)'), ('g', 'accident', 'SRID=4326;POINT(50.31 41.2)');
    SELECT mf_install_qgis_styles('office');
    CREATE ROLE %s LOGIN; GRANT USAGE ON SCHEMA office TO %s; GRANT SELECT ON ALL TABLES IN SCHEMA office TO %s;
    GRANT SELECT ON public.layer_styles TO %s;""" % (book, *[READER] * 4))
try:
    layers = [("areas", "area_id"), ("lines", "line_id")] + [(v, "fid") for v in (
        "v_no_record", "v_no_record_lines", "v_record_areas", "v_record_lines", "v_record_points", "v_overlaps", "v_findings")]
    out = os.environ.get("OUT") or tempfile.mkdtemp()
    with tempfile.TemporaryDirectory() as home:
        said = subprocess.run(["/usr/bin/python3", "-c", DRAW, os.environ["PGHOST"], name, READER, os.path.join(out, "qgis.png"), json.dumps(layers)],
                              capture_output=True, text=True, timeout=300,
                              env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": home, "XDG_RUNTIME_DIR": home})
    result = [line for line in said.stdout.splitlines() if line.startswith("RESULT ")]
    if ok(len(result) == 1, "QGIS comes to an end", said.stderr[-2000:]):
        result = json.loads(result[0][7:])
        for layer, key in layers:
            got = result["layers"][layer]
            count = int(psql(name, "SELECT count(*) FROM office.%s" % layer))
            ok(got["valid"] and got["crs"] == "EPSG:4326" and got["features"] == count and count > 0, "%s: valid, with its %d features" % (layer, count), got)
            wanted = "categorizedSymbol" if layer.startswith("v_record") or layer == "v_findings" else "singleSymbol"
            equal(got["renderer"], wanted, "%s: drawn by its style" % layer)
        hazard = result["layers"]["v_record_areas"]
        equal((hazard["colours"][:2], [round(a, 1) for a in hazard["alpha"][:2]]), (["#ffbf00", "#d60000"], [0.5, 0.5]),
              "suspected amber and confirmed red, at one half")
        ok(result["hatch"] and 140 <= result["hatch"] <= 180, "gaps are hatched in a light grey: %s" % result["hatch"])
        ok(result["inked"] > 2000, "and the picture is not empty: %d points of 70000" % result["inked"])
finally:
    psql(name, "DROP OWNED BY %s; DROP ROLE %s" % (READER, READER))
done()
