#!/usr/bin/python3
"""710_integrity.t - digests, roots and proofs, computed again by somebody else

What another party would write to check a hand-over: canonical JSON by RFC
8785 (numbers by Python's own shortest repr), SHA-256 by hashlib, and the
Merkle tree by the recursive definition of RFC 6962, section 2.1.  Nothing is
shared with the extension.  Both books of the exercise, and random books of
every small size with every kind of content.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEED may be set.
"""
import hashlib
import json
import math
import os
import random

from sample import records
from server import database, done, equal, ok, psql

SEED = int(os.environ.get("SEED", "20261125"))
ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


# ---- RFC 8785 ----

def number(v):
    """ECMAScript's Number::toString, from the digits of Python's repr."""
    v = float(v)
    if v == 0:
        return "0"
    sign, text = ("-", repr(-v)) if v < 0 else ("", repr(v))
    mantissa, _, exponent = text.partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0)
    if whole == "0":
        point -= len(fraction) - len(fraction.lstrip("0")) + 1
    digits = digits.rstrip("0")
    k = len(digits)
    if k <= point <= 21:
        return sign + digits + "0" * (point - k)
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    tail = "e%+d" % (point - 1)
    return sign + digits[0] + ("." + digits[1:] if k > 1 else "") + tail


def string(s):
    return '"%s"' % "".join(ESCAPES.get(c) or ("\\u%04x" % ord(c) if c < " " else c) for c in s)


def canonical(v):
    if v is None or isinstance(v, bool):
        return {None: "null", True: "true", False: "false"}[v]
    if isinstance(v, str):
        return string(v)
    if isinstance(v, (int, float)):
        return number(v)
    if isinstance(v, list):
        return "[%s]" % ",".join(map(canonical, v))
    order = sorted(v, key=lambda name: name.encode("utf-16-be"))
    return "{%s}" % ",".join(string(k) + ":" + canonical(v[k]) for k in order)


def underived(feature):
    """The Feature as digests take it."""
    feature = {"geometry": None, "properties": None, **feature}
    if isinstance((feature["properties"] or {}).get("derived"), dict):
        feature["properties"] = {k: v for k, v in feature["properties"].items() if k != "derived"}
        feature["geometry"] = None
    return feature


def text_of(feature):
    return canonical(underived(feature)).encode()


# ---- RFC 6962, section 2.1 ----

def sha(data):
    return hashlib.sha256(data).digest()


def split(n):
    """The largest power of two smaller than n."""
    return 1 << (n - 1).bit_length() - 1


def head(leaves):
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return sha(b"\0" + leaves[0])
    k = split(len(leaves))
    return sha(b"\1" + head(leaves[:k]) + head(leaves[k:]))


def path(m, leaves):
    if len(leaves) < 2:
        return []
    k = split(len(leaves))
    if m < k:
        return path(m, leaves[:k]) + [head(leaves[k:])]
    return path(m - k, leaves[k:]) + [head(leaves[:k])]


# ---- books ----

def derived(rng, line):
    """Some of the records as software leaves them."""
    feature = json.loads(line)
    if rng.random() < 0.3 and feature.get("properties") is not None:
        feature["properties"]["derived"] = rng.choice([None, {}, {"operation": "EPSG:15865"}])
        feature["geometry"] = {"type": "Point", "coordinates": [50.3, 41.2]}
    return feature


def numbers(rng):
    """Doubles of every size."""
    out = []
    while len(out) < 30:
        v = rng.choice([rng.uniform(-1e3, 1e3), math.ldexp(rng.random(), rng.randint(-1070, 1020)),
                        float(rng.randint(-10**17, 10**17)), 10.0 ** rng.randint(-10, 30)])
        out.append(v)
    return out


def book(rng, lines, n):
    features = [derived(rng, line) for line in rng.sample(lines, n)]
    if features:
        features[0]["numbers"] = numbers(rng)
    return {"type": "FeatureCollection", "logbook": {"title": "Ж %d" % n, "records_declared": n},
            "features": features}


def literal(value):
    return "$mf$%s$mf$" % json.dumps(value, ensure_ascii=False)


def array(values):
    return "'{%s}'::bytea[]" % ",".join('"\\\\x%s"' % v.hex() for v in values)


def compare(db, name, content, rng):
    """Digest, root and some proofs of one book, theirs and ours."""
    features = content["features"]
    salts = [rng.randbytes(16) for _ in features]
    leaves = [salt + text_of(f) for salt, f in zip(salts, features)]
    some = sorted(rng.sample(range(len(features)), min(len(features), 9)))
    said = psql(db, """
        CREATE TEMP TABLE t AS SELECT %s::logbook AS book, %s AS salts;
        SELECT encode(mf_digest(book), 'hex') FROM t;
        SELECT encode(mf_digest(r), 'hex') FROM t, mf_records(book) WITH ORDINALITY x(r, n) ORDER BY n;
        SELECT encode(mf_merkle_root(book, salts), 'hex') FROM t;
        SELECT coalesce((SELECT string_agg(encode(h, 'hex'), ' ' ORDER BY o)
                         FROM unnest(mf_merkle_proof(book, salts, n)) WITH ORDINALITY p(h, o)), '')
        FROM t, unnest('{%s}'::int[]) n ORDER BY n;
        """ % (literal(content), array(salts), ",".join(str(m + 1) for m in some))).split("\n")
    wanted = [sha(canonical({**content, "features": [underived(f) for f in features]}).encode()).hex()]
    wanted += [sha(text_of(f)).hex() for f in features]
    wanted.append(head(leaves).hex())
    wanted += [" ".join(h.hex() for h in path(m, leaves)) for m in some]
    said += [""] * (len(wanted) - len(said))     # psql's last line may be an empty path
    return equal("\n".join(said), "\n".join(wanted), name)


def verify(db, content, rng):
    """Their proofs, checked by us; and with one bit turned."""
    features = content["features"]
    leaves = [rng.randbytes(16) + text_of(f) for f in features]
    checks = []
    for m, leaf in enumerate(leaves):
        proof, root = path(m, leaves), head(leaves)
        checks.append((leaf, m + 1, proof, root, True))
        place = rng.randrange(len(leaf))
        bad = leaf[:place] + bytes([leaf[place] ^ 1 << rng.randrange(8)]) + leaf[place + 1:]
        checks.append((bad, m + 1, proof, root, False))
        checks.append((leaf, m + 1, proof[:-1] + [sha(proof[-1])], root, False))
        checks.append((leaf, (m + 1) % len(leaves) + 1, proof, root, False))
    sql = "SELECT count(*) FROM (VALUES %s) v(good, wanted) WHERE good IS DISTINCT FROM wanted" % ",".join(
        "(mf_merkle_verify('\\x%s', %d, %d, %s, '\\x%s'), %s)" % (
            leaf.hex(), n, len(leaves), array(proof), root.hex(), wanted)
        for leaf, n, proof, root, wanted in checks)
    return equal(psql(db, sql), "0", "%d proofs of theirs are judged rightly" % len(checks))


def main():
    rng = random.Random(SEED)
    db = database("mf_integrity")
    lines = records(SEED, 300)
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data")
    for name in ("book_a.geojson", "book_b.geojson"):
        with open(os.path.join(here, name), encoding="utf-8") as f:
            compare(db, name + ": digests, root and proofs are theirs", json.load(f), rng)
    for n in list(range(12)) + [31, 32, 33, 200]:
        compare(db, "a random book of %d records" % n, book(rng, lines, n), rng)
    verify(db, book(rng, lines, 37), rng)
    ok(psql(db, "SELECT mf_salts(2)::text = mf_salts(2)::text") == "f", "salts are drawn, not made up")


main()
done()
