#!/usr/bin/python3
"""110_schema.t - input accepts exactly what doc/schema.json accepts

The oracle is python3-jsonschema.  First every named member with every kind of
value, then records and log books made at random from the schema and damaged,
first as values and then as text.  What is taken is asked all that can be asked
of a record, which must not fail.  What input wants beyond the schema is asked
for here: closed rings, no name twice, numbers that a double keeps, and text
that is JSON to the letter.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEED and DOCUMENTS may be set.
"""
import decimal
import json
import math
import os
import random
import re
import subprocess
import sys

try:
    from jsonschema import Draft202012Validator
except ImportError:
    print("1..0 # SKIP python3-jsonschema is not installed")
    sys.exit(0)

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
with open(os.path.join(TOP, "doc", "schema.json"), encoding="utf-8") as f:
    SCHEMA = json.load(f)
DEFS = SCHEMA["$defs"]
SEED = int(os.environ.get("SEED", "20261123"))
DOCUMENTS = int(os.environ.get("DOCUMENTS", "4000"))
DATABASE = "mf_schema_%d" % os.getpid()
tests = failures = 0


def ok(held, what):
    global tests, failures
    tests += 1
    failures += not held
    print("%sok %d - %s" % ("" if held else "not ", tests, what))


def psql(database, *args, text=None):
    done = subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database, *args],
                          input=text, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        print("Bail out! psql: " + done.stderr.strip().replace("\n", " / "))
        sys.exit(1)
    return done.stdout


# ---- the oracle ----

def validator(name):
    return Draft202012Validator({"$ref": "#/$defs/" + name, "$defs": DEFS})


VALIDATORS = {"minefield": validator("feature"), "logbook": validator("collection")}


def rings_of(geometry):
    if geometry["type"] == "Polygon":
        return geometry["coordinates"]
    if geometry["type"] == "MultiPolygon":
        return [ring for part in geometry["coordinates"] for ring in part]
    return []


def closed(document):
    """Are all rings of a document of the right shape closed?"""
    features = document.get("features", [document])
    return all(ring[0] == ring[-1] for feature in features if feature.get("geometry")
               for ring in rings_of(feature["geometry"]))


class NotJson(Exception):
    pass


def no_name_twice(pairs):
    if len(pairs) != len(dict(pairs)):
        raise NotJson
    return dict(pairs)


def kept_number(token):
    """The number, if a double prints its digits."""
    number = float(token)
    digits = len(re.sub(r"[eE].*|[-.]", "", token).lstrip("0")) or 1
    if not math.isfinite(number) or \
            decimal.Decimal("%.*e" % (digits - 1, number)) != decimal.Decimal(token):
        raise NotJson
    return number


def no_constant(_):
    raise NotJson


def strings(value):
    """Every name and string inside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for inner in value:
            yield from strings(inner)
        if isinstance(value, dict):
            yield from strings(list(value.values()))


def text_value(text):
    """What the text says, or NotJson."""
    try:
        value = json.loads(text, object_pairs_hook=no_name_twice, parse_float=kept_number,
                           parse_int=kept_number, parse_constant=no_constant)
        # half of a surrogate pair and U+0000 are no text to PostgreSQL
        if b"\0" in b"".join(s.encode() for s in strings(value)):
            raise NotJson
    except (ValueError, UnicodeEncodeError):
        raise NotJson from None
    return value


def accepts(kind, document):
    if isinstance(document, str):
        try:
            document = text_value(document)
        except NotJson:
            return False
    return VALIDATORS[kind].is_valid(document) and closed(document)


# ---- walking the schema ----

def resolve(schema):
    if schema is True:
        return {}
    while "$ref" in schema:
        schema = DEFS[schema["$ref"].rsplit("/", 1)[1]]
    return schema


def members(schema):
    """Named members of the object that may stand here, through unions."""
    schema = resolve(schema)
    found = dict(schema.get("properties", {}))
    for part in schema.get("anyOf", []):
        found.update(members(part))
    return found


def element(schema):
    schema = resolve(schema)
    return schema.get("items")


def places(schema, path=(), seen=()):
    """Every path of names and 0 (an element) that the schema names."""
    yield path, schema
    key = json.dumps(schema, sort_keys=True)
    if key in seen or path[-1:] == ("geometry",):
        return
    seen = seen + (key,)
    for name, inner in members(schema).items():
        yield from places(inner, path + (name,), seen)
    if element(schema) is not None:
        yield from places(element(schema), path + (0,), seen)


def at_place(path, value, base):
    """The smallest document that has the value at the path."""
    for depth, step in reversed(list(enumerate(path))):
        if path[:2] == ("features", 0) and depth == 1 and isinstance(value, dict):
            value = dict({"type": "Feature"}, **value)
        value = [value] if step == 0 else {step: value}
    if path:
        value = dict(base, **value)
    return value


BASES = {"minefield": {"type": "Feature"},
         "logbook": {"type": "FeatureCollection", "features": []}}
SAMPLES = [None, True, False, 0, -1.5, "", "17", "EPSG:28409", "/properties/unit", "a~b",
           [], [None], [1], ["x"], ["/x"], [True], [{}], [[]], {}, {"value": 1}, {"min": None},
           {"value": "1"}, {"as_written": 5}, {"legible": "no"}, {"max": {"value": 1}},
           {"other": 1}, {"as_written": "10-15", "other": []}, {"from": True}]


def enumerated():
    for kind, root in (("minefield", "feature"), ("logbook", "collection")):
        for path, _ in places(DEFS[root]):
            # features are records again, done already
            if path and not (kind == "logbook" and path[:2] == ("features", 0) and len(path) > 3):
                for sample in SAMPLES:
                    yield kind, at_place(path, sample, BASES[kind]), path


def names_in_c():
    path = os.path.join(TOP, "extension", "core", "shape.c")
    with open(path, encoding="utf-8") as source:
        return set(re.findall(r'\{"(\w+)", &', source.read()))


def with_foreign_names():
    """At every object, all names that the schema has not got there, with a
    value that no shape but "any" takes: all must load."""
    names = names_in_c()
    for kind, root in (("minefield", "feature"), ("logbook", "collection")):
        for path, schema in places(DEFS[root]):
            known = members(schema)
            if known and "geometry" not in path and "crs" not in path[:1] and \
                    not (kind == "logbook" and "features" in path):
                odd = {name: {"as_written": [True]} for name in names
                       if name not in known and name not in BASES[kind]}
                if "value" in known:
                    odd["value"] = 1
                yield kind, dict(BASES[kind], **at_place(path, odd, BASES[kind])), path


# ---- random documents ----

class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)

    def position(self):
        return [self.r.choice([-180, 0, 50.3, 180, self.r.uniform(-180, 180)]),
                self.r.choice([-90, 0, 41.2, 90, self.r.uniform(-90, 90)])]

    def ring(self):
        ring = [self.position() for _ in range(self.r.randint(3, 5))]
        return ring + [ring[0]]

    def geometry(self):
        r = self.r
        kind = r.choice(["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon",
                         "MultiPolygon"])
        make = {
            "Point": lambda: r.choice([self.position(), []]),
            "MultiPoint": lambda: [self.position() for _ in range(r.randint(0, 3))],
            "LineString": lambda: [self.position() for _ in range(r.choice([0, 2, 3]))],
            "MultiLineString": lambda: [[self.position(), self.position()]
                                        for _ in range(r.randint(0, 2))],
            "Polygon": lambda: [self.ring() for _ in range(r.randint(0, 2))],
            "MultiPolygon": lambda: [[self.ring()] for _ in range(r.randint(0, 2))],
        }
        return {"type": kind, "coordinates": make[kind]()}

    def anything(self, depth=0):
        r = self.r
        kind = r.randint(0, 9 if depth < 3 else 6)
        if kind == 0:
            return None
        if kind == 1:
            return r.random() < 0.5
        if kind <= 3:
            return r.choice([0, 1, -1, 17, 1993, r.uniform(-1e6, 1e6), r.randint(-10**9, 10**9)])
        if kind <= 6:
            return r.choice(["", "x", "EPSG:4326", "/a", "шт.", "a\"b\\c\n", "15-00"])
        if kind <= 8:
            return [self.anything(depth + 1) for _ in range(r.randint(0, 3))]
        return {r.choice(["value", "min", "id", "from", "x", "номер"]): self.anything(depth + 1)
                for _ in range(r.randint(0, 3))}

    def valid(self, schema, depth=0):
        """A value that the schema takes, mostly."""
        r = self.r
        schema = resolve(schema)
        if not schema or r.random() < 0.05:
            return None
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return r.choice(schema["enum"])
        if "pattern" in schema:
            return r.choice(["EPSG:28409", "ESRI:1"] if "A-Z" in schema["pattern"]
                            else ["", "/properties/unit", "/a~0b/0"])
        if schema is DEFS["geometry"]:
            return self.geometry()
        if "anyOf" in schema and "properties" not in schema:
            return self.valid(r.choice(schema["anyOf"]), depth)
        types = schema.get("type", "null")
        kind = r.choice([types] if isinstance(types, str) else types)
        if kind == "null":
            return None
        if kind == "object":
            return self.object(schema, depth)
        if kind == "array":
            return [self.valid(schema.get("items", {}), depth + 1)
                    for _ in range(r.randint(0, 2 if depth < 7 else 0))]
        if kind == "number":
            return r.choice([0, 1, 17, -3.25, r.uniform(0, 1e6)])
        if kind == "boolean":
            return r.random() < 0.5
        return r.choice(["", "17", "PMN-2", "Ориентир", "1993-08", "15-00"])

    def object(self, schema, depth):
        r = self.r
        found = {name: self.valid(inner, depth + 1)
                 for name, inner in schema.get("properties", {}).items()
                 if name in schema.get("required", []) or r.random() < (0.4 if depth < 6 else 0.1)}
        if schema is DEFS["quantity"]:
            found.setdefault("value", 5)
        if r.random() < 0.2 and "additionalProperties" not in schema:
            found["other"] = self.anything()
        return found

    def spots(self, value):
        """(container, key) of everything inside."""
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield value, key
            if isinstance(inner, (dict, list)):
                yield from self.spots(inner)

    def damage(self, document):
        r = self.r
        document = json.loads(json.dumps(document))
        for _ in range(r.randint(1, 2)):
            spots = list(self.spots(document))
            if not spots:
                break
            container, key = r.choice(spots)
            how = r.random()
            if how < 0.7:
                container[key] = self.anything()
            elif how < 0.85:
                del container[key]
            elif isinstance(container, list):
                container.insert(key, self.anything())
            else:
                names = list(members({"$ref": "#/$defs/" + r.choice(
                    ["properties", "location", "point", "mine", "quantity", "logbook"])}))
                container[r.choice(names)] = self.anything()
        return document


def randoms(seed, count):
    maker = Maker(seed)
    for i in range(count):
        kind = "logbook" if i % 5 == 4 else "minefield"
        document = dict(maker.valid(DEFS["feature" if kind == "minefield" else "collection"]) or {})
        document.update({k: v for k, v in BASES[kind].items() if k not in document})
        if i % 3:
            document = maker.damage(document)
        yield kind, document, None


def damaged_text(r, text):
    for _ in range(r.choice([1, 1, 2, 4])):
        at, to = sorted(r.randrange(len(text) + 1) for _ in range(2))
        to = min(to, at + 8)
        text = r.choice([
            text[:at] + text[to:], text[:at] + text[at:to] * 2 + text[to:], text[:at],
            text[:at] + r.choice(FRAGMENTS) + text[at:],
            text[:at] + r.choice(FRAGMENTS) + text[to:],
            text[:at] + r.choice(FRAGMENTS) + text[at + 1:]])
    return text


FRAGMENTS = list('{}[]",:\\ \n\t0123456789.eE+-tfn/uX\u0430\u2028\ufeff\x01\x7f') + [
    "null", "true", "NaN", "Infinity", '""', '"a":', "\\u0041", "\\u0000", "\\ud83d",
    "\\ude00", "\\ud83d\\ude00", "1e5", "1e999", "-0", "00", "0.1234567890123456789", "//",
    "/**/", "'", "\u00a0"]


def texts(seed, count):
    r = random.Random(seed)
    for kind, document, _ in randoms(seed + 1, 2 * count):
        if not accepts(kind, document):
            continue
        text = json.dumps(document, ensure_ascii=r.random() < 0.2, indent=r.choice([None, None, 1]))
        if r.random() < 0.9:
            text = damaged_text(r, text)
        # a log book's own names are written plainly
        if kind == "minefield" or "\\u" not in text:
            yield kind, text, None


# ---- asking the server ----

TRY = """
CREATE EXTENSION minefield CASCADE;
CREATE TABLE documents (n int, kind text, document text);
CREATE FUNCTION use(r minefield) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	PERFORM mf_id(r), mf_number(r), mf_source(r), mf_properties(r), mf_is_located(r),
		mf_geometry(r), mf_accuracy_m(r), mf_laid(r), mf_laid_at(r), mf_digest_text(r),
		mf_area(r), mf_footprint(r, 10), mf_is_valid(r), mf_box(r);
	PERFORM FROM mf_mines(r), mf_points(r), mf_rows(r);
	PERFORM mf_locate(r), mf_locate(r, mf_locate_options('magnetic', 5, 'degree', 'm', 'EPSG:28409', 'EPSG:15865', replace => true))::text;
	PERFORM FROM mf_traverse(r), mf_traverse_legs(r), mf_error_budget(r), mf_row_lines(r), mf_mine_positions(r);
	PERFORM mf_mine_total(v), mf_overlaps(k, v), mf_logbook(v)
		FROM (VALUES ('a', r), ('b', r)) AS t(k, v);
	ASSERT r = r::text::minefield AND r = r::jsonb::minefield;
END $$;
CREATE FUNCTION try(kind text, document text, OUT state text, OUT detail text)
LANGUAGE plpgsql AS $$
BEGIN
	IF kind = 'minefield' THEN PERFORM use(document::minefield);
	ELSE PERFORM use(r) FROM mf_records(document::logbook) r; END IF;
	state := '00000';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state := RETURNED_SQLSTATE, detail := PG_EXCEPTION_DETAIL;
END $$;
"""


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


def ask(cases):
    """SQLSTATE and detail of every case."""
    lines = ["%d,%s,%s" % (n, kind, quoted(document if isinstance(document, str) else
                                            json.dumps(document, ensure_ascii=False)))
             for n, (kind, document, _) in enumerate(cases)]
    psql(DATABASE, "-c", "TRUNCATE documents", "-c",
         "COPY documents FROM STDIN (FORMAT csv)", text="\n".join(lines) + "\n")
    out = psql(DATABASE, "-c", "SELECT json_build_array(t.state, coalesce(t.detail, '')) "
               "FROM documents, try(kind, document) t ORDER BY n")
    return [json.loads(line) for line in out.split("\n") if line]


def compare(what, cases):
    answers = ask(cases)
    wrong = taken = misplaced = internal = 0
    for (kind, document, path), (state, detail) in zip(cases, answers):
        expected = accepts(kind, document)
        taken += expected
        internal += state.startswith("XX")
        if (state == "00000") != expected:
            wrong += 1
            if wrong <= 10:
                print("# schema %s, input %s (%s): %s" % (
                    "takes" if expected else "refuses", state, detail,
                    json.dumps(document, ensure_ascii=False)[:1500]))
        elif path and not expected and "crs" not in path[:1] and \
                not detail.startswith("At JSON path /" + "/".join(map(str, path))):
            misplaced += 1
            if misplaced <= 10:
                print("# %s for %s" % (detail, json.dumps(document, ensure_ascii=False)))
    ok(wrong == 0 and len(answers) == len(cases),
       "%s: schema and input agree on %d documents (%d taken)" % (what, len(cases), taken))
    ok(internal == 0, "%s: no internal errors" % what)
    return taken, misplaced


def main():
    print("# SEED=%d DOCUMENTS=%d" % (SEED, DOCUMENTS))
    Draft202012Validator.check_schema(SCHEMA)
    psql("postgres", "-c", "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'" % DATABASE)
    try:
        psql(DATABASE, text=TRY)
        cases = list(enumerated())
        taken, misplaced = compare("every member", cases)
        ok(0.1 < taken / len(cases) < 0.9, "of which a fair share is taken")
        ok(misplaced == 0, "the error names the JSON path")
        cases = list(with_foreign_names())
        taken, _ = compare("names out of place", cases)
        ok(taken == len(cases), "all of which are taken")
        cases = list(randoms(SEED, DOCUMENTS))
        taken, _ = compare("random documents", cases)
        ok(0.3 < taken / len(cases) < 0.9, "of which a fair share is taken")
        cases = list(texts(SEED, DOCUMENTS))
        taken, _ = compare("damaged texts", cases)
        ok(0.1 < taken / len(cases) < 0.9, "of which a fair share is taken")
    finally:
        psql("postgres", "-c", "DROP DATABASE %s" % DATABASE)
    print("1..%d" % tests)
    sys.exit(failures > 0)


main()
