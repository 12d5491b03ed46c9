#!/usr/bin/python3
"""730_account.t - accounts and differences against plain Python

Random sets of records with every kind of count, event and find, and models in
two scripts: each interval of mf_account must be what a few lines of Python
make of the same documents, by adding up every mine by itself.

Random documents and changed copies of them: mf_diff must tell of every change
that was made, at its path and of its kind, and of nothing else.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEED, SETS and COPIES may be set.
"""
import copy
import json
import os
import random

from server import database, done, ok, psql

SEED = int(os.environ.get("SEED", "20261125"))
SETS = int(os.environ.get("SETS", "400"))
COPIES = int(os.environ.get("COPIES", "600"))
# as written, and what it means
MODELS = (("PMN-2", "PMN-2"), ("ПМН2", "PMN-2"), ("пмн-2", "PMN-2"), ("TM-57", "TM-57"), ("ТМ57", "TM-57"),
          ("homemade", "HOMEMADE"), (" Homemade ", "HOMEMADE"), (None, None), ("", None))
INF = float("inf")


# ---- accounts ----

def count(rng):
    """A count as written, and its bounds; None: bounds nothing."""
    n = rng.randrange(200)
    return rng.choice([
        (n, (n, n)), (n, (n, n)), (None, None), ({"min": n}, (n, INF)), ({"min": n, "max": n + 7}, (n, n + 7)),
        ({"max": n}, (None, n)), ({"value": n, "as_written": "~%d" % n}, None), (-1, None), (n + 0.5, None),
        ({"value": n}, (n, n)), ({"as_written": "many"}, None), ({"min": n + 1, "max": n}, None)])


def bounds(counted, least):
    low, high = counted or (None, INF)
    return (least if low is None else low), (INF if high is None else high)


def entry(rng, more, drop=0.2):
    written, means = rng.choice(MODELS)
    text, counted = count(rng)
    out = {**more, "model": written, "count": text}
    if rng.random() < drop:
        counted = None
        out.pop("count")
    return out, means, counted


class Book:
    """Documents, and the mines in them one by one."""

    def __init__(self, rng):
        self.rows, self.records, self.finds = [], [], None
        self.silent, self.eventless, self.other = 0, 0, 0
        for _ in range(rng.randrange(5)):
            self.add_record(rng)
        if rng.random() < 0.7:
            self.finds = []
            for _ in range(rng.randrange(5)):
                kind = rng.choice(["mine", "accident", "cleared", None])
                found, means, counted = entry(rng, {"kind": kind})
                self.finds.append(found)
                if kind != "cleared":
                    self.rows.append(("exploded" if kind == "accident" else "found", means, bounds(counted, 1), 0))

    def add_record(self, rng):
        properties = {}
        n = len(self.records) + 1
        if rng.random() < 0.85:
            properties["mines"] = []
            for _ in range(rng.randrange(4)):
                mine, means, counted = entry(rng, {})
                properties["mines"].append(mine)
                self.rows.append(("recorded", means, bounds(counted, 0), n))
        else:
            self.silent += 1
        if rng.random() < 0.6:
            properties["events"] = []
            for _ in range(rng.randrange(4)):
                kind = rng.choice(["lifted", "cleared", "exploded", "added", "moved"])
                event, means, counted = entry(rng, {"kind": kind})
                properties["events"].append(event)
                column = {"cleared": "lifted", "moved": None}.get(kind, kind)
                if column:
                    self.rows.append((column, means, bounds(counted, 1), 0))
                else:
                    self.other += 1
        else:
            self.eventless += 1
        self.records.append({"type": "Feature", "properties": properties})

    def account(self, model):
        """The account of a model; of all of them: None."""
        out = {"model": model, "records": len(self.records), "events_unknown": self.eventless,
               "events_other": self.other}
        parts = {}
        for column in ("recorded", "added", "lifted", "exploded", "found"):
            low = high = 0
            for c, means, (least, most), _ in self.rows:
                if c != column or (model is not None and means not in (model, None)):
                    continue
                if model is None or means == model:
                    low += least
                high += most
            if column == "recorded" and self.silent:
                high = INF
            parts[column] = (low, high)
        gone = [parts[c] for c in ("lifted", "exploded", "found")]
        parts["unaccounted"] = (parts["recorded"][0] + parts["added"][0] - sum(g[1] for g in gone),
                                parts["recorded"][1] + parts["added"][1] - sum(g[0] for g in gone))
        for column, (low, high) in parts.items():
            if not self.records and column in ("recorded", "added", "lifted", "unaccounted"):
                low, high = -INF, INF
            out[column + "_min"] = None if low == -INF else low
            out[column + "_max"] = None if high == INF else high
        unclear = {n for c, means, (low, high), n in self.rows
                   if c == "recorded" and low != high and (model is None or means == model)}
        out["records_unknown"] = len(unclear) + self.silent
        return out

    def accounts(self):
        models = sorted({means for _, means, _, _ in self.rows if means})
        return [self.account(m) for m in models + [None]]


def literal(value):
    return "NULL" if value is None else "$mf$%s$mf$" % json.dumps(value, ensure_ascii=False)


def accounts(db, rng):
    books = [Book(rng) for _ in range(SETS)]
    psql(db, "CREATE TABLE sets (n int, book logbook, finds jsonb); INSERT INTO sets VALUES %s" % ",".join(
        "(%d, %s, %s)" % (n, literal({"type": "FeatureCollection", "features": b.records}), literal(b.finds))
        for n, b in enumerate(books)))
    for name, records in (("a book", "book"), ("an array", "(SELECT array_agg(r) FROM mf_records(book) r)")):
        rows = psql(db, "SELECT n, (SELECT jsonb_agg(to_jsonb(a)) FROM mf_account(%s, finds) a) FROM sets ORDER BY n" % records)
        wrong = []
        for line, book in zip(rows.splitlines(), books, strict=True):
            n, said = line.split("|", 1)
            if json.loads(said) != book.accounts():
                wrong += ["set %s" % n, "said   %s" % said, "wanted %s" % json.dumps(book.accounts())]
        ok(not wrong, "the accounts of %d random sets, as %s" % (SETS, name), *wrong)


# ---- differences ----

def document(rng, depth=0):
    """Named members and lists; no values that a change could leave the same."""
    out = {}
    for i in range(rng.randrange(1, 5)):
        name = rng.choice(["a", "b", "c/d", "e~", "ж"]) + str(i)
        kind = rng.random()
        if kind < 0.3 and depth < 3:
            out[name] = document(rng, depth + 1)
        elif kind < 0.45:
            out[name] = [{"id": str(k), "n": rng.randrange(100)} for k in range(rng.randrange(1, 4))]
        elif kind < 0.7:
            out[name] = rng.randrange(100)
        elif kind < 0.85:
            out[name] = {"min": 10, "max": 20}
        else:
            out[name] = rng.choice(["word", True, None])
    return out


def escaped(name):
    return str(name).replace("~", "~0").replace("/", "~1")


def change(rng, value, path, out):
    """Change a copy in place; note (path, kind) of every change."""
    if isinstance(value, list):
        for i, element in enumerate(value):
            if rng.random() < 0.4:
                element["n"] += 1000
                out.add(("%s/%d/n" % (path, i), "contradicting"))
        rng.shuffle(value)
        if rng.random() < 0.3:
            value.append({"id": "new", "n": 1})
            out.add(("%s/%d" % (path, len(value) - 1), "added"))
        return
    for name in list(value):
        here, there = path + "/" + escaped(name), value[name]
        if isinstance(there, list) or (isinstance(there, dict) and "min" not in there):
            change(rng, there, here, out)
            continue
        if rng.random() < 0.6:
            continue
        if there is None:
            value[name] = 7
            out.add((here, "added"))
        elif rng.random() < 0.3:
            value[name] = None
            out.add((here, "missing"))
            if rng.random() < 0.5:
                del value[name]
        elif isinstance(there, bool):
            value[name] = not there
            out.add((here, "contradicting"))
        elif isinstance(there, dict):
            value[name], kind = rng.choice([(15, "changed"), (21, "contradicting"), ({"min": 5}, "changed"),
                                            ({"min": 20, "max": 30}, "changed"), ({"max": 9}, "contradicting")])
            out.add((here, kind))
        elif isinstance(there, int):
            value[name], kind = rng.choice([(there + 1, "contradicting"), ({"min": there}, "changed"),
                                            ({"min": there + 1}, "contradicting"), ("word", "changed")])
            out.add((here, kind))
        else:
            value[name] = "other"
            out.add((here, "changed"))
    if rng.random() < 0.2:
        value["new"] = {"x": [1]}
        out.add((path + "/new", "added"))


def differences(db, rng):
    wanted, rows = [], []
    for n in range(COPIES):
        a = {"type": "Feature", "id": "1", "geometry": None, "properties": document(rng)}
        b, out = copy.deepcopy(a), set()
        change(rng, b["properties"], "/properties", out)
        wanted.append(out)
        rows.append("(%d, %s::minefield, %s::minefield)" % (n, literal(a), literal(b)))
    psql(db, "CREATE TABLE copies AS SELECT * FROM (VALUES %s) v(n, a, b)" % ",".join(rows))
    found = [set() for _ in wanted]
    for line in psql(db, "SELECT n, path, change FROM copies, mf_diff(copies.a, copies.b)").splitlines():
        n, path, kind = line.split("|")
        found[int(n)].add((path, kind))
    wrong = ["copy %d: said %s, wanted %s" % (n, sorted(f - w), sorted(w - f))
             for n, (f, w) in enumerate(zip(found, wanted)) if f != w]
    ok(not wrong, "what differs in %d changed copies" % COPIES, *wrong)
    ok(psql(db, "SELECT count(*) FROM copies, mf_diff(copies.a, copies.a)") == "0", "nothing differs from itself")
    swapped = "SELECT count(*) FROM (%s) x" % """
        SELECT n, CASE change WHEN 'added' THEN 'missing' WHEN 'missing' THEN 'added' ELSE change END, count(*)
        FROM copies c, mf_diff(c.a, c.b) GROUP BY 1, 2
        EXCEPT SELECT n, change, count(*) FROM copies c, mf_diff(c.b, c.a) GROUP BY 1, 2"""
    ok(psql(db, swapped) == "0", "what is added one way is missing the other way")


def main():
    print("# seed %d" % SEED)
    rng = random.Random(SEED)
    db = database("mf_account")
    accounts(db, rng)
    differences(db, rng)


main()
done()
