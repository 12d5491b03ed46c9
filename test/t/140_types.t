#!/usr/bin/env python3
"""140_types.t - laws that hold for every record, tried on random ones

Records of every kind of extent with random documents (nested, any script,
quantity objects, numbers of every size) go in, in random spelling.  Their
canonical text is written again here, by rules of RFC 8785 that share nothing
with the server's code; order, equality, hash, binary form, casts, indexes,
joins, partitions and loading must then follow from it.

Needs a server with the extension, found through the environment (PGHOST ...).
SEED and RECORDS may be set.
"""
import hashlib
import json
import os
import random
import struct
import tempfile
from decimal import Decimal

import server
from server import equal, ok, psql

SEED = int(os.environ.get("SEED", "20261124"))
RECORDS = int(os.environ.get("RECORDS", "10000"))
rng = random.Random(SEED)
print("# seed %d, %d records" % (SEED, RECORDS))


# ---- RFC 8785, written again ----

def number_text(value):
    """ECMAScript's Number::toString, from the digits of repr()."""
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(float(value))).as_tuple()
    text = "".join(map(str, digits))
    point = len(text) + exponent
    text = text.rstrip("0")
    if len(text) <= point <= 21:
        out = text + "0" * (point - len(text))
    elif 0 < point <= 21:
        out = text[:point] + "." + text[point:]
    elif -6 < point <= 0:
        out = "0." + "0" * -point + text
    else:
        out = text[0] + ("." + text[1:] if len(text) > 1 else "") + "e%+d" % (point - 1)
    return ("-" if sign else "") + out


def string_text(value):
    short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(short.get(c) or ("\\u%04x" % ord(c) if c < " " else c) for c in value) + '"'


def canonical(value):
    if value is None:
        return "null"
    if value is True or value is False:
        return str(value).lower()
    if isinstance(value, str):
        return string_text(value)
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return "{" + ",".join(string_text(name) + ":" + canonical(value[name]) for name in
                          sorted(value, key=lambda name: name.encode("utf-16-be"))) + "}"


def complete(document):
    return {"geometry": None, "properties": None, **document}


# ---- random documents ----

def random_text():
    pools = ("abcXYZ 019", "Журналминполе№", "\"\\/\b\f\n\r\t\x01\x1f\x7f\u0080", "\ue000\ufb33\uffff\ufffd",
             "😀𐀀\U0010ffff", "é€漢字ا")
    return "".join(rng.choice(rng.choice(pools)) for _ in range(rng.choice((0, 1, 2, 3, 8, 40))))


def random_number():
    kind = rng.randrange(8)
    if kind == 0:
        return rng.choice((0, -0.0, 1, -1, 0.1, 1e21, 1e20, 1e23, 1e-7, 1e-6, 5e-324, 1.7976931348623157e308,
                           2.0 ** -24, 2.0 ** 53, -2.0 ** 89, 9007199254740991, 123456789012345680000))
    if kind == 1:
        return rng.randrange(-1000, 1000)
    if kind == 2:
        return round(rng.uniform(-1e4, 1e4), rng.randrange(5))
    if kind == 3:
        while True:
            value = struct.unpack("<d", struct.pack("<Q", rng.getrandbits(64)))[0]
            if value == value and abs(value) != float("inf"):
                return value
    if kind == 4:
        return float("%de%d" % (rng.randrange(1, 10 ** rng.randrange(1, 10)), rng.randrange(10, 40)))
    if kind == 5:
        return rng.choice((-1, 1)) * 2.0 ** rng.randrange(-1074, 1024)
    return rng.uniform(-1, 1) * 10 ** rng.randrange(-10, 18)


def random_value(depth=0):
    kind = rng.randrange(9 if depth < 5 else 6)
    if kind < 2:
        return random_number()
    if kind < 4:
        return random_text()
    if kind < 6:
        return rng.choice((None, True, False))
    if kind == 6:
        return [random_value(depth + 1) for _ in range(rng.randrange(4))]
    return {random_text(): random_value(depth + 1) for _ in range(rng.randrange(5))}


def random_quantity():
    if rng.random() < 0.5:
        return rng.choice((None, rng.randrange(200), random_number()))
    quantity = {name: rng.randrange(100) for name in ("value", "min", "max") if rng.random() < 0.5}
    quantity["as_written"] = random_text()
    return quantity


def random_position():
    kind = rng.randrange(4)
    if kind == 0:
        return [rng.choice((-180, 180, 0, -0.0, 50)), rng.choice((-90, 90, -0.0, 41))]
    if kind == 1:
        return [rng.uniform(-180, 180), rng.uniform(-90, 90)]
    return [round(rng.uniform(50, 51), 7), round(rng.uniform(41, 42), 7)]


def random_line():
    return [random_position() for _ in range(rng.randrange(2, 6))]


def random_rings():
    rings = [[random_position() for _ in range(rng.randrange(3, 7))] for _ in range(rng.choice((1, 1, 1, 2, 3)))]
    return [ring + ring[:1] for ring in rings]


def random_geometry():
    kind = rng.choice((None, "Point", "LineString", "Polygon", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"))
    if kind is None:
        return None
    one = {"Point": random_position, "LineString": random_line, "Polygon": random_rings}[kind.replace("Multi", "")]
    if rng.random() < 0.05:
        coordinates = []
    elif kind.startswith("Multi"):
        coordinates = [one() for _ in range(rng.randrange(1, 4))]
    else:
        coordinates = one()
    return {"type": kind, "coordinates": coordinates}


def random_properties():
    properties = {random_text(): random_value() for _ in range(rng.randrange(3))}
    if rng.random() < 0.6:
        properties["mines"] = rng.choice((None, [{"model": rng.choice(("PMN-2", "OZM-72", None)),
                                                   "count": random_quantity()} for _ in range(rng.randrange(4))]))
    if rng.random() < 0.3:
        properties["laid"] = rng.choice(("1993", "1993-08/1993-09", "../1994", "someday", None))
    if rng.random() < 0.2:
        properties["derived"] = rng.choice((None, {}, {"operation": "EPSG:15865", "accuracy95_m": 12.5}))
    if rng.random() < 0.3:
        properties["remarks"] = random_text() * rng.randrange(1, 60)
    return properties


def random_feature():
    feature = {"type": "Feature", "geometry": random_geometry(), "properties": rng.choice((None, random_properties()))}
    if rng.random() < 0.9:
        feature["id"] = rng.choice((rng.randrange(40), str(rng.randrange(40)), random_text(), "x"))
    if rng.random() < 0.2:
        feature[rng.choice(("bbox", "title", "ж", "z"))] = random_value()
    return feature


def scrambled(value):
    """The same value with members in another order and spaces between."""
    if isinstance(value, dict):
        names = list(value)
        rng.shuffle(names)
        return {name: scrambled(value[name]) for name in names}
    return [scrambled(v) for v in value] if isinstance(value, list) else value


def spelled(feature):
    return json.dumps(scrambled(feature), ensure_ascii=rng.random() < 0.5,
                      separators=rng.choice(((",", ":"), (", ", ": "), (" ,\t", " :  "))))


# ---- into the server ----

features = [random_feature() for _ in range(RECORDS)]
# some with little difference, some spelled twice
for n in range(0, RECORDS, 7):
    features[n] = dict(features[rng.randrange(RECORDS)])
    if rng.random() < 0.5:
        features[n]["geometry"] = None
texts = [canonical(complete(feature)) for feature in features]
work = tempfile.mkdtemp()
os.chmod(work, 0o755)


def copy_file(name, lines):
    path = os.path.join(work, name)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.writelines(line + "\n" for line in lines)
    return "'%s' WITH (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')" % path


name = server.database("types")
psql(name, "CREATE TABLE t (n bigint GENERATED ALWAYS AS IDENTITY (START 0 MINVALUE 0), record minefield);"
     "CREATE TABLE w (n bigint GENERATED ALWAYS AS IDENTITY (START 0 MINVALUE 0), wanted text);"
     "\\copy t (record) FROM " + copy_file("spelled", map(spelled, features)) + "\n"
     "\\copy w (wanted) FROM " + copy_file("wanted", texts) + "\n"
     "CREATE UNIQUE INDEX ON t (n); CREATE UNIQUE INDEX ON w (n); ANALYZE t, w;")


def count(sql, wanted, what):
    equal(psql(name, sql), str(wanted), what)


count("SELECT count(*) FROM t JOIN w USING (n) WHERE record::text = wanted", RECORDS,
      "canonical text is what RFC 8785 makes of the document")
for law, what in (("minefield_in(minefield_out(record))::text = record::text AND minefield_in(minefield_out(record)) = record",
                   "text read back is the record"),
                  ("minefield_send(minefield_in(minefield_out(record))) = minefield_send(record)",
                   "and has the same binary form"),
                  ("record::json::minefield = record", "json there and back"),
                  ("record::jsonb::minefield = record", "jsonb there and back"),
                  ("record::jsonb = record::text::jsonb", "jsonb is the text's"),
                  ("record::json::text = record::text", "json is the text"),
                  ("mf_geometry(record) IS NULL <> mf_is_located(record)", "located is having a geometry"),
                  ("mf_properties(record) IS NOT DISTINCT FROM nullif(record::jsonb->'properties', 'null')", "properties are the document's"),
                  ("mf_id(record) IS NOT DISTINCT FROM (record::json->>'id')", "the id is the document's"),
                  ("NOT mf_is_located(record) OR mf_make(NULL, mf_geometry(record))::jsonb->'geometry' = record::jsonb->'geometry'",
                   "geometry there and back"),
                  ("mf_digest_text(record)::minefield IS NOT NULL AND position('\"derived\":{' in mf_digest_text(record)) = 0 "
                   "OR record::text LIKE '%\"derived\":{%\"derived\":{%'", "a digest has no derived content"),
                  ("(minefield_hash_extended(record, 0) & 4294967295) = (minefield_hash(record)::bigint & 4294967295)",
                   "seed 0 of the extended hash is the hash"),
                  ("minefield_cmp(record, record) = 0", "a record compares equal to itself")):
    count("SELECT count(*) FROM t WHERE NOT coalesce(%s, false)" % law, 0, what)

binary = os.path.join(work, "binary")
psql(name, "\\copy (SELECT record FROM t ORDER BY n) TO '%s' (FORMAT binary)\n"
     "CREATE TABLE r (n bigint GENERATED ALWAYS AS IDENTITY (START 0 MINVALUE 0), record minefield);"
     "\\copy r (record) FROM '%s' (FORMAT binary)\n" % (binary, binary))
count("SELECT count(*) FROM t JOIN r USING (n) WHERE minefield_send(t.record) = minefield_send(r.record) "
      "AND t.record = r.record AND t.record::text = r.record::text AND pg_column_size(t.record) = pg_column_size(r.record)",
      RECORDS, "binary there and back, byte for byte")


# ---- order, equality, hash ----

def id_key(feature):
    """As mf_id() gives it: no id first."""
    value = feature.get("id")
    if value is None:
        return (0, b"")
    return (1, (value if isinstance(value, str) else number_text(value)).encode())


keys = [(id_key(feature), text.encode()) for feature, text in zip(features, texts)]
order = sorted(range(RECORDS), key=lambda n: (keys[n], n))
equal(psql(name, "SELECT n FROM t ORDER BY record, n"), "\n".join(map(str, order)),
      "order is by id, then by canonical bytes")
distinct = len(set(texts))
print("# %d distinct records" % distinct)
for setting in ("enable_hashagg", "enable_sort"):
    count("SET %s = off; SELECT count(*) FROM (SELECT DISTINCT record FROM t) v" % setting, distinct,
          "distinct records without " + setting)
pairs = psql(name, "SELECT setseed(0.5); SELECT a.n, b.n, minefield_cmp(a.record, b.record), minefield_cmp(b.record, a.record), "
             "(a.record < b.record)::int, (a.record <= b.record)::int, (a.record = b.record)::int, (a.record <> b.record)::int, "
             "(a.record >= b.record)::int, (a.record > b.record)::int, "
             "(minefield_hash(a.record) = minefield_hash(b.record))::int "
             "FROM (SELECT n, (n * 7919 + 13) %% %d AS m FROM t) p JOIN t a ON a.n = p.n JOIN t b ON b.n = p.m "
             "UNION ALL SELECT a.n, b.n, minefield_cmp(a.record, b.record), minefield_cmp(b.record, a.record), "
             "(a.record < b.record)::int, (a.record <= b.record)::int, (a.record = b.record)::int, (a.record <> b.record)::int, "
             "(a.record >= b.record)::int, (a.record > b.record)::int, "
             "(minefield_hash(a.record) = minefield_hash(b.record))::int "
             "FROM t a JOIN t b ON a.n < b.n AND b.n < 150" % RECORDS)
wrong = []
collisions = 0
for line in filter(None, pairs.split("\n")):
    a, b, cmp_ab, cmp_ba, *answers, same_hash = map(int, line.split("|"))
    sign = (keys[a] > keys[b]) - (keys[a] < keys[b])
    if (cmp_ab, cmp_ba) != (sign, -sign) or answers != [sign < 0, sign <= 0, sign == 0, sign != 0, sign >= 0, sign > 0] \
            or (sign == 0 and not same_hash):
        wrong.append(line)
    collisions += same_hash and sign != 0
ok(not wrong, "comparisons are one total order, and equal records hash equal", *wrong[:5])
ok(collisions <= 1, "different records seldom hash equal", collisions)

# ---- every plan has the same answer ----

psql(name, "CREATE TABLE s AS SELECT DISTINCT record FROM t WHERE n % 3 = 0; ANALYZE s;")
joined = sum(texts[n] in set_ for set_ in ({texts[n] for n in range(0, RECORDS, 3)},) for n in range(RECORDS))
for plan in ("hashjoin", "mergejoin"):
    others = "".join("SET enable_%s = off;" % other for other in ("hashjoin", "mergejoin", "nestloop") if other != plan)
    count(others + "SELECT count(*) FROM t JOIN s USING (record)", joined, plan)
count("SELECT count(*) FROM (SELECT record FROM t EXCEPT SELECT record FROM s) v",
      distinct - len({texts[n] for n in range(0, RECORDS, 3)}), "except")

# larger records fit no btree page
short = [n for n in range(RECORDS) if len(texts[n].encode()) < 600]
psql(name, "CREATE TABLE i AS SELECT t.* FROM t JOIN w USING (n) WHERE octet_length(wanted) < 600; CREATE INDEX i_btree ON i (record); ANALYZE i;")
low, high = sorted((short[1], short[2]), key=lambda n: keys[n])
within = sum(keys[low] <= keys[n] < keys[high] for n in short)
query = "SELECT count(*) FROM i WHERE record >= (SELECT record FROM t WHERE n = %d) AND record < (SELECT record FROM t WHERE n = %d)" % (low, high)
for scan in ("SET enable_indexscan = off; SET enable_bitmapscan = off; SET enable_indexonlyscan = off;", "SET enable_seqscan = off;"):
    count(scan + query, within, "a range with " + scan.split()[1])
equal(psql(name, "SET enable_seqscan = off; SET enable_sort = off; SELECT array_agg(record::text) = (SELECT array_agg(record::text ORDER BY record) FROM i) "
           "FROM (SELECT record FROM i ORDER BY record) v"), "t", "the btree index is in order")
probe = "SELECT count(*) FROM t a, LATERAL (SELECT count(*) AS c FROM t b WHERE b.record = a.record) v, w WHERE a.n = w.n AND a.n %% 97 = 0 AND c = (SELECT count(*) FROM w x WHERE x.wanted = w.wanted)"
psql(name, "CREATE INDEX t_hash ON t USING hash (record)")
count("SET enable_seqscan = off; " + probe.replace("%%", "%"), len(range(0, RECORDS, 97)), "the hash index finds all equal records")

psql(name, "CREATE TABLE p (n bigint, record minefield) PARTITION BY HASH (record);"
     + "".join("CREATE TABLE p%d PARTITION OF p FOR VALUES WITH (MODULUS 4, REMAINDER %d);" % (i, i) for i in range(4))
     + "INSERT INTO p SELECT n, record FROM t;")
sizes = list(map(int, psql(name, "SELECT count(*) FROM p GROUP BY tableoid ORDER BY tableoid").split()))
ok(len(sizes) == 4 and min(sizes) > RECORDS / 8, "partitions by hash fill evenly", sizes)
count("SELECT count(*) FROM t WHERE n % 53 = 0 AND EXISTS (SELECT FROM p WHERE p.record = t.record AND p.n = t.n)",
      len(range(0, RECORDS, 53)), "and each record is found in its own")

# ---- log books ----

count("SELECT count(*) FROM (SELECT g, mf_logbook(record, jsonb_build_object('title', g::text) ORDER BY n) AS b FROM (SELECT *, n % 100 AS g FROM t) x GROUP BY g) y "
      "WHERE b::text::logbook = b AND logbook_hash(b::text::logbook) = logbook_hash(b) AND b::jsonb::logbook = b AND mf_record_count(b) = "
      "(SELECT count(*) FROM mf_records(b)) AND logbook_send(b::text::logbook) = logbook_send(b)", 100, "log books there and back")
count("SELECT count(*) FROM (SELECT mf_logbook(record ORDER BY n) AS b FROM t) x, mf_records(b) WITH ORDINALITY AS v(r, o) JOIN t ON t.n = o - 1 AND t.record = r",
      RECORDS, "a book's records are those bound, in order")
equal(psql(name, "SELECT sha256(convert_to(mf_logbook(record ORDER BY n)::text, 'UTF8')) FROM t WHERE n < 1000"),
      "\\x" + hashlib.sha256(('{"features":[' + ",".join(texts[:1000]) + '],"type":"FeatureCollection"}').encode()).hexdigest(),
      "a book's text is made of theirs")


# ---- loading: good and bad mixed, none lost ----

def damaged(line):
    """Something that is no Feature, on one line."""
    kind = rng.randrange(6)
    if kind == 0:
        return line[:rng.randrange(1, len(line))]
    if kind == 1:
        return line + rng.choice(("}", "]", " x", '"'))
    if kind == 2:
        return line.replace('"type":"Feature"', '"type":"Featur"')
    if kind == 3:
        return line[1:]
    if kind == 4:
        return rng.choice(("x", "{}", "[]", "null", "{", '"', "}", "\\"))
    at = rng.randrange(len(line))
    return line[:at] + rng.choice('{}[]"') + line[at:]


good = range(0, RECORDS, 3)
lines, wanted = [], {}
for n in good:
    while rng.random() < 0.4:
        lines.append(damaged(texts[rng.randrange(RECORDS)]))
    wanted[len(lines) + 1] = hashlib.md5(texts[n].encode()).hexdigest()
    lines.append(texts[n])
for form, start, end, joint, shift in (("lines", "", "\n", "\n", 0), ("lines with CR LF", "", "\r\n", "\r\n", 0),
                                       ("separated lines", "\x1e", "\n", "\n\x1e", 0),
                                       ("a collection", '{"type":"FeatureCollection",\n"features":[\n', "\n]}\n", ",\n", 2)):
    path = os.path.join(work, "mixed")
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(start + joint.join(lines) + end)
    os.chmod(path, 0o644)
    rows = psql(name, "\\set document `cat %s`\nSELECT line, md5(record::text) FROM mf_load(:'document') WHERE record IS NOT NULL;" % path)
    found = {}
    for row in rows.split("\n"):
        line, text = row.split("|", 1)
        found.setdefault(int(line) - shift, []).append(text)
    lost = [line for line, text in wanted.items() if text not in found.get(line, ())]
    ok(not lost, "%s: %d good ones among %d, none lost" % (form, len(wanted), len(lines)),
       *("line %d: %s" % (line, lines[line - 1][:200]) for line in lost[:5]))
    if shift == 0:
        rows = psql(name, "\\set document `cat %s`\nSELECT count(*), count(record), count(input) FROM mf_load(:'document');" % path)
        all_rows, records, inputs = map(int, rows.split("|"))
        ok(all_rows == records + inputs and all_rows >= len(wanted), "%s: each row is a record or keeps its text" % form, rows)

server.done()
