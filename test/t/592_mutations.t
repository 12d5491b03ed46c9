#!/usr/bin/python3
"""592_mutations.t - profiles and checks on records that were spoiled at random

Takes records of the exercise and spoils them: members removed, null, blank,
negative, huge, swapped among each other, listed as illegible or not
applicable.  On all that still load, no check raises an error, its summary
counts every record, and every requirement of every profile is in the state
that a second implementation, here in Python and by the profile's own JSON,
finds.

Needs a server with the extension installed, found through the environment
(PGHOST ...).  SEED and RECORDS may be set.
"""
import copy
import json
import os
import random

from engine_lib import Database, finish, ok

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SEED = int(os.environ.get("SEED", "20261125"))
RECORDS = int(os.environ.get("RECORDS", "1500"))
VALUES = (None, "", " ", "x", 0, -1, 1e300, 2.5, [], {}, {"as_written": "many"}, {"legible": False}, {"min": 3, "max": 1},
          {"value": None}, {"min": 2}, "1993-13", "2/1", ["A"], [None], {"kind": "lifted"}, "A", "landmark", "magnetic")


# ---- spoiling ----

def places(value, path=()):
    """All (container, key, pointer) below a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in list(items):
        yield value, key, path + (str(key),)
        yield from places(child, path + (str(key),))


def spoil(rnd, record):
    record = copy.deepcopy(record)
    for _ in range(rnd.choice((1, 1, 2, 3, 8))):
        container, key, path = rnd.choice([p for p in places(record["properties"])])
        kind = rnd.random() if len(path) < 12 else 0
        if kind < 0.3:
            del container[key]
        elif kind < 0.7:
            container[key] = copy.deepcopy(rnd.choice(VALUES))
        elif kind < 0.85:
            other, name, _ = rnd.choice(list(places(record["properties"])))
            container[key] = copy.deepcopy(other[name])
        else:
            pointers = record["properties"].setdefault(rnd.choice(("illegible", "not_applicable")), [])
            if isinstance(pointers, list):
                pointers.append("/" + "/".join(("properties",) + path[:rnd.randint(1, len(path))]))
                if rnd.random() < 0.7:
                    container[key] = None
    if rnd.random() < 0.1:
        record["geometry"] = None
    return record


# ---- the second implementation ----

def at(value, steps):
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def written(value):
    if isinstance(value, dict):
        if {"value", "min", "max", "as_written", "legible"} & set(value):
            if any(value.get(k) is not None for k in ("value", "min", "max")):
                return "present"
            if value.get("legible") is False:
                return "illegible"
            return "present" if isinstance(value.get("as_written"), str) and value["as_written"].strip() else "missing"
        return "present" if value else "missing"
    if value is None or isinstance(value, str) and not value.strip(" \t\r\n"):
        return "missing"
    return "present"


class Judge:
    def __init__(self, feature):
        self.feature = feature
        p = feature.get("properties") or {}
        self.lists = {k: [s for s in p.get(k) or [] if isinstance(s, str)] for k in ("illegible", "not_applicable")}

    def absent(self, state, path):
        def listed(name):
            return any(path == s or path.startswith(s + "/") for s in self.lists[name])
        if state == "present":
            return state
        if listed("not_applicable"):
            return "not_applicable"
        return "illegible" if listed("illegible") else state

    def path(self, value, steps, contains, here):
        if not steps:
            state = written(value)
            if contains is not None:
                text = value if isinstance(value, str) else ""
                state = "present" if contains in text else "missing"
            return self.absent(state, here)
        if value is None:
            return self.absent("missing", here)
        if steps[0] == "*":
            if not isinstance(value, list):
                return self.absent("missing", here)
            return self.all([self.path(v, steps[1:], contains, "%s/%d" % (here, i)) for i, v in enumerate(value)])
        return self.path(at(value, steps[:1]), steps[1:], contains, here + "/" + steps[0])

    @staticmethod
    def all(states):
        states = [s for s in states if s != "not_applicable"]
        for state in ("missing", "illegible", "present"):
            if state in states:
                return state
        return "not_applicable"

    def rule(self, rule, start, here=""):
        if isinstance(rule, str) or "path" in rule:
            pointer = rule if isinstance(rule, str) else rule["path"]
            contains = None if isinstance(rule, str) else rule.get("contains")
            if pointer == "/geometry" and not here:
                g = self.feature.get("geometry")
                return self.absent("present" if g and g["coordinates"] else "missing", pointer)
            return self.path(start, pointer.split("/")[1:], contains, here)
        if "all" in rule:
            return self.all([self.rule(r, start, here) for r in rule["all"]])
        if "any" in rule:
            states = [self.rule(r, start, here) for r in rule["any"]]
            return next(s for s in ("present", "illegible", "missing", "not_applicable") if s in states)
        steps = rule["count"].split("/")[1:]
        entries = at(start, steps)
        where = here + rule["count"]
        states = []
        for i, entry in enumerate(entries if isinstance(entries, list) else ()):
            role = entry.get(rule.get("where", "")) if isinstance(entry, dict) else None
            if entry is None or "where" in rule and (not isinstance(role, str) or role.lower() not in rule["in"]):
                continue
            states.append(self.rule(rule["each"], entry, "%s/%d" % (where, i)) if "each" in rule else "present")
        found, unread = states.count("present"), states.count("illegible")
        least = rule["at_least"]
        return self.absent("present" if found >= least else "illegible" if found + unread >= least else "missing", where)

    def requirement(self, requirement):
        for condition in requirement.get("when", ()):
            value = at(self.feature, condition["path"].split("/")[1:])
            there = written(value) == "present" and value not in ([], {})
            if "in" not in condition and not there:
                return "not_applicable"
            if "in" in condition and there and str(value).lower() not in condition["in"]:
                return "not_applicable"
        return self.rule(requirement["rule"], self.feature)


def main():
    print("# seed %d" % SEED)
    rnd = random.Random(SEED)
    records = [json.loads(line) for line in open(os.path.join(TOP, "test/data/book_a.geojsonl"), encoding="utf-8")]
    lines = [json.dumps(dict(spoil(rnd, rnd.choice(records)), id="r%d" % n)) for n in range(RECORDS)]
    with Database("mutations") as db:
        db.run("CREATE TABLE lines (line text);\nCOPY lines FROM stdin WITH (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02');\n"
               + "\n".join(lines) + "\n\\.\n"
               "CREATE TABLE spoiled AS SELECT l.record FROM lines, mf_load(line) l WHERE l.record IS NOT NULL;")
        loaded = int(db.run("SELECT count(*) FROM spoiled"))
        ok(loaded > RECORDS / 3, "many of the spoiled records still load", loaded)
        code, said = db.run("SELECT count(*), count(DISTINCT code) FROM spoiled, mf_check(record)", False)
        ok(code == 0, "no check raises an error", said)
        print("# %d records: findings|codes %s" % (loaded, said.strip()))
        wrong = db.run("SELECT c.code FROM (SELECT mf_check_summary(record) AS s FROM spoiled) x, unnest(s) c "
                       "WHERE run + not_applicable <> (SELECT count(*) FROM spoiled) OR passed + failed <> run")
        ok(not wrong, "run and not applicable add up to all records", wrong)
        wrong = db.run("SELECT m.code, m.path FROM spoiled, mf_check(record) m WHERE m.path !~ '^(/([^~/]|~[01])*)*$'")
        ok(not wrong, "paths of findings are JSON pointers", wrong)
        # the text as stored: numbers and keys are what the server has
        stored = {}
        for line in db.run("SELECT record::text FROM spoiled").split("\n"):
            feature = json.loads(line)
            stored[feature["id"]] = feature
        profiles = {p: json.loads(db.run("SELECT mf_profile('%s')" % p)) for p in db.run("SELECT mf_profiles()").split("\n")}
        different, states, scores = [], {}, 0
        for name, profile in profiles.items():
            said = {}
            for line in db.run("SELECT mf_id(record), m.requirement, m.state FROM spoiled, mf_missing(record, '%s', true) m" % name).split("\n"):
                key, requirement, state = line.split("|")
                said[key, requirement] = state
            score = dict(line.split("|") for line in db.run("SELECT mf_id(record), mf_completeness(record, '%s') FROM spoiled" % name).split("\n"))
            for key, feature in stored.items():
                judge, asked, there = Judge(feature), 0, 0
                for r in profile["requirements"]:
                    state = judge.requirement(r)
                    states[state] = states.get(state, 0) + 1
                    if said.get((key, r["requirement"])) != state:
                        different.append((name, key, r["requirement"], said.get((key, r["requirement"])), state))
                    asked += r["weight"] * (state != "not_applicable")
                    there += r["weight"] * (state == "present")
                if abs(float(score[key] or -1) - (there / asked if asked else -1)) > 1e-12:
                    scores += 1
        ok(not different, "requirements are in the state that another implementation finds", *different[:10])
        ok(scores == 0, "and so are the scores", scores)
        ok(min(states.values()) > 20 and len(states) == 4, "all states occur", states)
    finish()


main()
