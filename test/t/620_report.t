#!/usr/bin/env python3
"""620_report.t - the report as a document and as a page

The document against its schema, doc/report-schema.json; its figures against
the truth of the exercise.  The page: what it may load (nothing), what it may
run (nothing), its contrast, its size for many records, and, where Chromium is
installed, that a browser agrees: no word on the console, no request, pictures
and a PDF that are not empty.  They are left in $OUT.
"""

import base64
import hashlib
import html.parser
import json
import os
import re
import shutil
import subprocess
import tempfile

from server import TOP, database, done, equal, ok, psql

DATA = os.path.join(TOP, "test", "data")
SEED = int(os.environ.get("SEED", "7"))
BAD = "<script>alert(1)</script>"


def literal(text):
    return "'" + text.replace("'", "''") + "'"


def read(name):
    with open(os.path.join(DATA, name), encoding="utf-8") as f:
        return f.read()


def fill(name):
    """A registry of the exercise, with a record of a bad name and one at 0, 0."""
    features = {stem: json.loads(read(stem + ".geojson"))["features"] for stem in ("areas", "front_line", "findings")}
    shape = lambda f: "ST_SetSRID(ST_GeomFromGeoJSON(%s), 4326)" % literal(json.dumps(f["geometry"]))
    sql = ["SELECT mf_create_registry('office');"]
    sql += ["INSERT INTO office.areas (name, geometry) VALUES (%s, %s);" % (literal(f["properties"]["name"]), shape(f))
            for f in features["areas"]]
    sql += ["INSERT INTO office.lines (name, geometry) VALUES ('front', %s);" % shape(f) for f in features["front_line"]]
    sql += ["INSERT INTO office.findings (name, kind, geometry) VALUES (%s, %s, %s);"
            % (literal(f["id"]), literal(f["properties"]["kind"]), shape(f)) for f in features["findings"]]
    sql += ["SELECT mf_intake('office', 'book_%s.geojson', %s, book => 'Log book %s');" % (b, literal(read("book_%s.geojson" % b)), b.upper())
            for b in "ab"]
    sql += ["""SELECT mf_intake('office', 'odd.geojsonl', %s, book => 'Odd');""" % literal("\n".join((
        '{"type":"Feature","id":"%s","geometry":{"type":"Polygon","coordinates":[[[50.3,41.21],[50.301,41.21],[50.301,41.211],[50.3,41.21]]]},"properties":{"source":"\\"><img src=x onerror=alert(2)>"}}' % BAD,
        '{"type":"Feature","id":"far","geometry":{"type":"Point","coordinates":[0,0]},"properties":{}}',
        '{"type":"Feature","id":"bad","geometry":{"type":"Polygon","coordinates":[[[50.3,41.21]]]},"properties":{}}')))]
    psql(name, "\n".join(sql))


class Page(html.parser.HTMLParser):
    """Tags, attributes and text of a page; where tags are not closed."""

    VOID = {"meta", "br", "img", "link", "input", "hr"}

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.words, self.ids, self.open, self.wrong = [], [], [], [], [], []
        self.feed(text)
        self.wrong += self.open

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, *a) for a in attributes]
        self.ids += [v for k, v in attributes if k == "id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, *a) for a in attributes]
        self.ids += [v for k, v in attributes if k == "id"]

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.wrong.append("/" + tag)

    def handle_data(self, data):
        self.words.append(data)


def luminance(colour):
    if len(colour) == 4:
        colour = "#" + "".join(c * 2 for c in colour[1:])
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_contrast(style):
    for words, block in zip(("light", "dark", "print"), re.findall(r":root\{(.*?)\}", style)):
        colours = dict(re.findall(r"--([\w]+):(#[0-9a-f]+)", block))
        for front in ("ink", "soft", "accent"):
            for back in ("paper", "card", "sheet"):
                a, b = sorted((luminance(colours[front]), luminance(colours[back])))
                ratio = (b + 0.05) / (a + 0.05)
                ok(ratio >= 4.5, "%s: %s on %s has contrast %.1f" % (words, front, back, ratio))


def test_page(text, language):
    page = Page(text)
    ok(not page.wrong, "%s: every element is closed in order" % language, page.wrong)
    bad = [t for t in page.tags if t in ("script", "img", "link", "iframe", "object", "embed", "form", "image", "foreignObject")]
    ok(not bad, "%s: no element that runs or loads" % language, bad)
    bad = [a for a in page.attributes if a[1].startswith("on") or a[1] in ("src", "style", "srcset", "action")
           or a[1] in ("href", "xlink:href") and not a[2].startswith("#")]
    ok(not bad, "%s: no attribute that runs or loads, every link within the page" % language, bad)
    missing = [a[2] for a in page.attributes if a[1] == "href" and a[2][1:] not in page.ids]
    ok(not missing and len(page.ids) == len(set(page.ids)), "%s: links lead somewhere, ids are unique" % language, missing)
    said = "".join(page.words)
    ok(BAD in said and "onerror=alert(2)" in said, "%s: a name of script is shown as text" % language)
    policy = next(v for t, k, v in page.attributes if k == "content" and "default-src" in v)
    style = re.search(r"<style>(.*?)</style>", text, re.S).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    equal(policy, "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'" % digest,
          "%s: the policy allows its own style and nothing else" % language)
    ok("url(" not in re.sub(r"url\(#", "", style) and "@import" not in style, "%s: the style loads nothing" % language)
    headings = [int(t[1]) for t in page.tags if re.fullmatch("h[1-6]", t)]
    ok(headings[0] == 1 and headings.count(1) == 1 and all(b <= a + 1 for a, b in zip(headings, headings[1:])),
       "%s: headings go down step by step" % language)
    ok(not re.search(r"\b(safe|safely|cleared|free of mines|безопасн\w*|очищен\w*)\b", said, re.I), "%s: no word of safety" % language)
    return said, style


def test_paper(report, truth):
    """Links, copies and checks of the report are those of the truth."""
    expected = {(t["same_as"], t["id"]) for t in truth if (t["same_as"] or "").startswith("A/")}
    told = {(r["a"], r["b"]) for r in report["links"]["rows"]}
    ok(expected and len(expected & told) >= 0.95 * max(len(expected), len(told)), "records that tell of one field are linked: %d of %d, %d wrong"
       % (len(expected & told), len(expected), len(told - expected)), expected ^ told)
    expected = {t["id"]: t["differs"] for t in truth if t["duplicate_of"]}
    told = {key: c["differ"] for c in report["sequence"]["copies"]["rows"] for key in c["keys"][1:]}
    equal((set(told), [k for k, differ in told.items() if differ != bool(expected.get(k))]), (set(expected), []),
          "copies are found, and whether they differ")
    codes = {c["code"]: c for c in report["checks"]["codes"]["rows"]}
    equal(codes["sheet_missing"]["failed"], sum(bool(t["missing_sheets"]) for t in truth), "as many records lack sheets")
    told = {r["key"] for r in report["checks"]["records"]["rows"] if r["high"]}
    expected = {t["id"] for t in truth if t["missing_sheets"] or t["contradicts_itself"]}
    ok(expected <= {r["key"] for r in report["checks"]["records"]["rows"]} and told, "whoever contradicts itself is among the worst", expected - told)
    equal(report["account"]["copies_left_out"], sum(bool(t["duplicate_of"]) for t in truth), "no copy is accounted for twice")
    total = report["account"]["total"]
    equal((total["records"], total["unaccounted_max"]), (report["totals"]["records"] - report["account"]["copies_left_out"], None),
          "where a count is unknown, what is unaccounted for has no upper bound")
    empty = next(a for a in report["account"]["areas"]["rows"] if a["name"] == "Area 4")
    equal((empty["total"]["records"], empty["total"]["recorded_min"], empty["total"]["recorded_max"]), (0, None, None),
          "where no record is, what was recorded is unknown")
    ok(0 < report["completeness"]["mean"] < 1 and len(report["completeness"]["profiles"]) == 6, "completeness is told by every profile")


def test_document(report):
    try:
        import jsonschema
        with open(os.path.join(TOP, "doc", "report-schema.json"), encoding="utf-8") as f:
            schema = json.load(f)
        errors = [e.message[:200] for e in jsonschema.Draft7Validator(schema).iter_errors(report)]
        ok(not errors, "the document is as doc/report-schema.json says", *errors)
        told = set(report) - set(schema["properties"])
        ok(not told and schema["additionalProperties"] is False, "which names every member", told)
    except ImportError:
        ok(True, "the schema # SKIP python3-jsonschema is not installed")
    truth = [json.loads(line) for line in read("truth.jsonl").splitlines()]
    for book in "AB":
        expected = [int(n) for t in truth if t["about"] == "book" and t["book"] == book for n in t["missing_numbers"]]
        told = next(b for b in report["missing"]["books"] if b["book"] == "Log book " + book)
        equal([n for low, high in told["missing"]["rows"] for n in range(low, high + 1)], expected,
              "book %s: the missing numbers are those of the truth" % book)
    words = sorted(t["id"] for t in truth if t["about"] == "record" and t["form"] == "words")
    equal(sorted(r["key"] for r in report["unlocated"]["rows"]), words, "and so are the unlocated records")
    test_paper(report, [t for t in truth if t["about"] == "record"])
    sheets = {t["id"]: t["missing_sheets"] for t in truth if t["about"] == "record" and t.get("missing_sheets")}
    equal({r["key"]: r["missing"] for r in report["missing"]["sheets"]["rows"]}, sheets, "and the missing sheets")
    equal([r["key"] for r in report["overview"]["not_on_map"]["rows"]], ["far"], "the record at 0, 0 is listed")
    frame = report["overview"]["map"]["frame"]
    ok(50 < frame["west"] < frame["east"] < 51, "and is not on the map", frame)
    equal(report["received"]["refused"]["count"], 1, "the line that is no record is told of")
    for area in report["areas"]:
        total = area["recorded_m2"] + (area["possible_m2"] or 0) + area["no_record_m2"]
        ok(abs(total - area["aoi_m2"]) < 1e-6 * area["aoi_m2"], "%s: the parts make the whole" % area["name"])
    empty = next(a for a in report["areas"] if a["name"] == "Area 4")
    ok(empty["recorded_m2"] == 0 and abs(empty["gaps"]["rows"][0]["share"] - 1) < 1e-9, "the area without a record is all gap")


def test_accuracy():
    """What is said of accuracy and unsolved points, of records whose answers are known; and what a landmark changes."""
    name = database("report_accuracy")
    chain = ('{"type":"Feature","id":"%s","properties":{"location":{"crs":"EPSG:4326",%s"angle_unit":"degree","distance_unit":"m",'
             '"points":[{"id":"L1","role":"landmark","lon":50.%d,"lat":41,"accuracy95_m":%d}],"legs":[{"from":"L1","to":"A","azimuth":90,"distance":%d},'
             '{"from":"A","to":"B","azimuth":90,"distance":20},{"from":"B","to":"C","azimuth":0,"distance":20}],"perimeter":["A","B","C"]}}}')
    north = '"north":"true",'
    lines = [chain % ("near", north, 1, 5, 10), chain % ("landmark", north, 2, 300, 10), chain % ("far", north, 3, 5, 3000), chain % (BAD, "", 4, 5, 10),
             '{"type":"Feature","id":"stated","geometry":{"type":"Point","coordinates":[50.5,41]},"properties":{"accuracy95_m":30}}',
             '{"type":"Feature","id":"silent","geometry":{"type":"Point","coordinates":[50.6,41]},"properties":{}}']
    psql(name, "SELECT mf_create_registry('office'); SELECT mf_intake('office', 'f', %s, 'B'); CALL mf_run_report('office')" % literal("\n".join(lines)))
    accuracy = json.loads(psql(name, "SELECT mf_latest_run('office') -> 'accuracy'"))
    equal((accuracy["known"], accuracy["unknown"]), (4, 1), "records with a known accuracy are counted, and those without")
    worst = accuracy["worst"]["rows"]
    equal([(r["key"], r["source"]) for r in worst], [("landmark", "landmark"), ("far", "distance"), ("stated", None), ("near", worst[3]["source"])],
          "the least certain come first, with what makes them so")
    ok(worst[0]["accuracy95_m"] >= 300 and worst[0]["share"] > 0.9 and worst[2]["accuracy95_m"] == 30, "and by how much", worst)
    equal(sum(c["records"] for c in accuracy["within"]), 4, "every known accuracy is in one class")
    equal(accuracy["median_m"], sorted(r["accuracy95_m"] for r in worst)[1], "half of them are within the median")
    found = {(r["key"], r["point"], r["reason"]) for r in accuracy["unsolved"]["rows"]}
    ok((BAD, "A", "no_north") in found and (BAD, None, "perimeter_unsolved") in found and {k for k, _, _ in found} == {BAD}, "what is not solved has its reason", found)
    equal({r["reason"]: r["records"] for r in accuracy["reasons"]}.get("no_north"), 1, "reasons are counted by record")
    equal([len(layer.get("d") or []) > 0 or bool(layer.get("dots")) for layer in accuracy["map"]["reach"]], [True, True, True],
          "the map has ground within reach, points, and points of unknown accuracy")
    page = psql(name, "SELECT mf_report_html(mf_latest_run('office'))")
    ok("which north is not said" in page and BAD not in page and 'class="reach"' in page, "the page says so in words")
    psql(name, "SELECT mf_collect_landmarks('office'); SELECT mf_move_landmark('office', landmark_id, geometry, 'measured', 1) FROM office.landmarks "
               "WHERE source LIKE '%landmark%'; CALL mf_run_report('office')")
    after = json.loads(psql(name, "SELECT mf_latest_run('office')"))
    ok("landmark" in after["changes"]["records"]["changed"]["rows"] and after["accuracy"]["worst"]["rows"][0]["key"] == "far",
       "after a visit to the landmark its record is no longer the worst, and counts as changed", after["accuracy"]["worst"]["rows"][:2])
    try:
        import jsonschema
        with open(os.path.join(TOP, "doc", "report-schema.json"), encoding="utf-8") as f:
            errors = [e.message[:200] for e in jsonschema.Draft7Validator(json.load(f)).iter_errors(after)]
        ok(not errors, "the document is as doc/report-schema.json says", *errors)
    except ImportError:
        ok(True, "the schema # SKIP python3-jsonschema is not installed")


def browser(page, out):
    """Chromium looks at the page; nothing when it is not there."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        ok(True, "the page in a browser # SKIP chromium is not installed")
        return
    with tempfile.TemporaryDirectory() as work:
        path, net = os.path.join(work, "report.html"), os.path.join(work, "net.json")
        with open(path, "w", encoding="utf-8") as f:
            f.write(page)
        common = [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
                  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
                  "--disable-dev-shm-usage", "--user-data-dir=" + os.path.join(work, "profile"), "--enable-logging=stderr"]

        def look(*options):
            return subprocess.run([*common, *options, "file://" + path], capture_output=True, text=True, timeout=120,
                                  env={**os.environ, "HOME": work})

        console = ""
        for stem, width, dark in (("wide", 1280, False), ("wide-dark", 1280, True), ("narrow", 390, False), ("narrow-dark", 390, True)):
            target = os.path.join(out, "report-%s.png" % stem)
            options = ["--blink-settings=preferredColorScheme=0"] if dark else ["--log-net-log=" + net]
            console += look("--window-size=%d,2400" % width, "--screenshot=" + target, *options).stderr
            size = os.path.getsize(target) if os.path.exists(target) else 0
            ok(size > 50000, "a picture %s, %d bytes" % (stem, size), console[-500:])
        target = os.path.join(out, "report.pdf")
        console += look("--no-pdf-header-footer", "--print-to-pdf=" + target).stderr
        ok(os.path.exists(target) and open(target, "rb").read(5) == b"%PDF-", "a PDF")
        bad = [line for line in console.splitlines() if "CONSOLE" in line]
        ok(not bad, "nothing is said on the console", *bad)
        with open(net, encoding="utf-8") as f:
            urls = set(re.findall(r'"url":"((?:https?|wss?|ftp):[^"]*)"', f.read()))
        urls = {u for u in urls if not re.match(r"https?://([\w.-]+\.)?(google|googleapis|gstatic|gvt1)\.com/", u)}
        ok(not urls, "nothing is asked of the network", *urls)
        dom = look("--dump-dom").stdout
        ok("&lt;script&gt;alert(1)" in dom and "<script" not in dom, "the bad name is text in the browser, too")


def test_size():
    """Ten thousand records make a page of less than a megabyte."""
    name = database("report_size")
    psql(name, """
        SELECT mf_create_registry('office');
        SELECT setseed(%f);
        INSERT INTO office.books (name, records_declared) VALUES ('big', 6000), ('other', 5000);
        INSERT INTO office.records (book_id, key, as_received, current)
        SELECT 1 + n %% 2, n::text, r, r FROM (SELECT n, mf_make(n::text, ST_Rotate(ST_MakeEnvelope(x, y, x + 0.0005 + random() * 0.002, y + 0.0005, 4326),
                random(), x, y), jsonb_build_object('number', n::text, 'source', CASE n %% 3 WHEN 0 THEN 'log book' WHEN 1 THEN 'interview' END)) AS r
            FROM (SELECT n, 50 + random() AS x, 41 + random() AS y FROM generate_series(1, 10000) n) p) q;
        INSERT INTO office.areas (name, geometry) SELECT format('area %%s', n), ST_MakeEnvelope(50 + n * 0.25, 41, 50.25 + n * 0.25, 42, 4326)
            FROM generate_series(0, 3) n;
        INSERT INTO office.lines (name, geometry) VALUES ('line', ST_GeomFromText('LINESTRING(50 41, 50.5 41.3, 51 42)', 4326));
        ANALYZE;""" % (SEED / 1000))
    print("# seed %d" % SEED)
    size = int(psql(name, "SELECT octet_length(mf_report_html(mf_report('office')))"))
    ok(100000 < size < 1000000, "10,000 records make a page of %d bytes" % size)


def test_meridian():
    """Places on both sides of the meridian of 180 degrees are neighbours on the map, and nothing is drawn outside it."""
    name = database("report_meridian")
    psql(name, """
        SELECT mf_create_registry('office');
        INSERT INTO office.areas (name, geometry) VALUES ('West', ST_MakeEnvelope(179.9, 65, 179.95, 65.02, 4326)),
            ('East', ST_MakeEnvelope(-179.98, 65, -179.9, 65.02, 4326)),
            ('Both', ST_Multi(ST_Union(ST_MakeEnvelope(179.96, 65.03, 180, 65.04, 4326), ST_MakeEnvelope(-180, 65.03, -179.97, 65.04, 4326))));
        INSERT INTO office.lines (name, geometry) VALUES ('Line', 'SRID=4326;MULTILINESTRING((179.9 65.01,180 65.01),(-180 65.01,-179.9 65.01))');
        SELECT mf_intake('office', 'f', (SELECT string_agg(mf_make('p' || n, ST_MakeEnvelope(x, 65.005, x + 0.004, 65.008, 4326), '{"source":"form"}')::text, E'\n')
            FROM (SELECT n, CASE WHEN n > 6 THEN -179.99 + n * 0.005 ELSE 179.9 + n * 0.01 END AS x FROM generate_series(0, 12) n) k), 'B');
        INSERT INTO office.findings (kind, geometry) VALUES ('mine', 'SRID=4326;POINT(-179.93 65.006)');""")
    report = json.loads(psql(name, "SELECT mf_report('office')"))
    maps = {"all": report["overview"]["map"], **{p["name"]: p["map"] for p in report["areas"] + report["lines"]}}
    wide = {place: round(m["frame"]["east"] - m["frame"]["west"], 2) for place, m in maps.items()}
    ok(all(0 < w < 0.3 for w in wide.values()), "every map is as narrow as what it shows", wide)
    equal((maps["all"]["records_shown"], report["overview"]["not_on_map"]["count"]), (13, 0), "all records are on the map of everything")
    equal(sum(f["n"] for f in maps["all"]["finds"]), 1, "and the find")
    for place in ("all", "Line"):
        frame = maps[place]["frame"]
        paths = [r["d"] for r in maps[place]["records"]] + [a["d"] for a in maps[place]["areas"]]
        starts = [float(x) * frame["unit"] for d in paths for x in re.findall(r"M(-?\d+) ", d)]
        inside = [0 <= x <= frame["width"] for x in starts]
        ok(len(starts) >= 15 and all(inside) and min(starts) < 100 and max(starts) > 500, "%s: drawn from side to side, and inside" % place, starts)


name = database("report")
fill(name)
psql(name, "CALL mf_run_report('office')")
report = json.loads(psql(name, "SELECT mf_latest_run('office')"))
test_document(report)
pages = {language: psql(name, "SELECT mf_report_html(mf_latest_run('office'), '%s')" % language) for language in ("en", "ru")}
for language, page in pages.items():
    said, style = test_page(page, language)
ok("Карта всего полученного" in said and "неизвестно" in said and "буя" in said, "Cyrillic comes through")
test_contrast(style)
out = os.environ.get("OUT") or tempfile.mkdtemp()
for language, page in pages.items():
    with open(os.path.join(out, "report-%s.html" % language), "w", encoding="utf-8") as f:
        f.write(page)
browser(pages["ru"], out)
test_size()
test_meridian()
test_accuracy()
done()
