#!/usr/bin/env python3
"""610_registry.t - a registry under many hands, and from release to release

Two officers at one record lose no update, loads of one book wait for each
other, random work by several sessions at once leaves every chain of versions
whole, a dump brings everything back, a later release adds a step and ends
where a new registry begins, and nothing depends on the search_path.
SEED may be set.
"""

import atexit
import os
import random
import re
import subprocess
import threading

from server import TOP, database, done, equal, error, ok, psql, run

SEED = int(os.environ.get("SEED", "20261125"))

# What must hold of the records of a registry, whatever was done to them: rows that break it.
BROKEN = """
SELECT 'two hold', book_id::text, key FROM office.records WHERE is_current GROUP BY book_id, key, district, organisation HAVING count(*) > 1
UNION ALL SELECT 'not the highest holds', record_id::text, key FROM office.records r WHERE is_current AND EXISTS (
    SELECT FROM office.records n WHERE coalesce(n.first_id, n.record_id) = coalesce(r.first_id, r.record_id)
    AND n.version > r.version AND n.withdrawn_at IS NULL)
UNION ALL SELECT 'none holds', min(record_id)::text, min(key) FROM office.records GROUP BY coalesce(first_id, record_id)
    HAVING bool_or(withdrawn_at IS NULL) AND NOT bool_or(is_current)
UNION ALL SELECT 'a version is missing', min(record_id)::text, min(key) FROM office.records GROUP BY coalesce(first_id, record_id)
    HAVING max(version) <> count(*) OR count(DISTINCT version) <> count(*)
UNION ALL SELECT 'as received was changed', record_id::text, key FROM office.records WHERE mf_properties(as_received) ->> 'number' <> key
UNION ALL SELECT 'a line without its record', intake_id::text, outcome FROM office.intake_lines l WHERE outcome IN ('record', 'superseded', 'corrected')
    AND NOT EXISTS (SELECT FROM office.records r WHERE r.record_id = l.record_id AND r.file_id = l.file_id)
"""


LOCATED = ('{"type":"Feature","id":"L","properties":{"number":"L","location":{"crs":"EPSG:4326","north":"true","angle_unit":"degree","distance_unit":"m",'
           '"points":[{"id":"L1","role":"landmark","lon":50,"lat":41,"accuracy95_m":5}],"legs":[{"from":"L1","to":"A","azimuth":90,"distance":20},'
           '{"from":"A","to":"B","azimuth":90,"distance":20},{"from":"B","to":"C","azimuth":0,"distance":20}],"perimeter":["A","B","C"]}}}')


class Session:
    """A psql that is spoken to statement by statement."""

    def __init__(self, name):
        self.psql = subprocess.Popen(
            ["psql", "-XqAt", "-v", "VERBOSITY=verbose", "-d", name], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)
        self.pid = self.ask("SELECT pg_backend_pid()")

    def send(self, sql):
        self.psql.stdin.write(sql + ";\n\\echo @@end\n")
        self.psql.stdin.flush()

    def answer(self):
        lines = []
        for line in self.psql.stdout:
            if line.startswith("@@end"):
                break
            lines.append(line.rstrip("\n"))
        return "\n".join(lines)

    def ask(self, sql):
        self.send(sql)
        return self.answer()

    def close(self):
        self.psql.stdin.close()
        self.psql.wait()


def waits(name, pid):
    """Wait until a session waits for a lock; false when it never does."""
    return psql(name, """
        DO $$ BEGIN FOR i IN 1 .. 1000 LOOP
            PERFORM pg_stat_clear_snapshot();
            IF EXISTS (SELECT FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock') THEN
                RAISE NOTICE 'waits'; PERFORM set_config('t.waits', 't', false); RETURN; END IF;
            PERFORM pg_sleep(0.01); END LOOP; END $$;
        SELECT current_setting('t.waits', true)""" % pid) == "t"


def feature(key, said="x"):
    return '{"type":"Feature","id":"%s","geometry":null,"properties":{"number":"%s","remarks":"%s"}}' % (key, key, said)


def two_officers(name):
    """What the second of two gets, whose work would undo the first's."""
    a, b = Session(name), Session(name)
    psql(name, "SELECT mf_intake('office', 'first', $$%s$$, 'Two')" % "\n".join(feature("T%d" % n) for n in range(12)))
    ids = psql(name, "SELECT record_id FROM office.records ORDER BY record_id").split()
    cases = (
        ("supersede", "mf_supersede('office', {id}, '%s', 'a')" % feature("{key}", "a"), "mf_supersede('office', {id}, '%s', 'b')" % feature("{key}", "b"), "40001"),
        ("amend what the other supersedes", "mf_supersede('office', {id}, '%s', 'a')" % feature("{key}", "a"), "mf_amend('office', {id}, '%s', 'b')" % feature("{key}", "b"), "40001"),
        ("amend the same revision", "mf_amend('office', {id}, '%s', 'a', 0)" % feature("{key}", "a"), "mf_amend('office', {id}, '%s', 'b', 0)" % feature("{key}", "b"), "40001"),
        ("supersede the revision the other amends", "mf_amend('office', {id}, '%s', 'a')" % feature("{key}", "a"), "mf_supersede('office', {id}, '%s', 'b', 0)" % feature("{key}", "b"), "40001"),
        ("withdraw", "mf_withdraw('office', 'a', record_id => {id})", "mf_withdraw('office', 'b', record_id => {id})", "55000"),
        ("supersede what the other withdraws", "mf_withdraw('office', 'a', record_id => {id})", "mf_supersede('office', {id}, '%s', 'b')" % feature("{key}", "b"), "55000"))
    for n, (what, first, second, state) in enumerate(cases):
        first, second = (call.replace("{id}", ids[n]).replace("{key}", "T%d" % n) for call in (first, second))
        for isolation in ("READ COMMITTED", "REPEATABLE READ"):
            a.ask("BEGIN; SELECT " + first)
            b.ask("BEGIN ISOLATION LEVEL %s; SELECT 1" % isolation)
            b.send("SELECT " + second)
            blocked = waits(name, b.pid)
            last = isolation == "REPEATABLE READ"
            a.ask("COMMIT" if last else "ROLLBACK")
            told = b.answer()
            b.ask("ROLLBACK")
            if last:
                ok(blocked and ("40001" in told), "%s (%s): the second waits and is told" % (what, isolation.lower()), told)
            else:
                ok(blocked and "ERROR" not in told, "%s: it goes on where the first gives up" % what, told)
    for n, (what, first, second, state) in enumerate(cases, len(cases)):
        first, second = (call.replace("{id}", ids[n]).replace("{key}", "T%d" % n) for call in (first, second))
        a.ask("BEGIN; SELECT " + first)
        b.send("SELECT " + second)
        blocked = waits(name, b.pid)
        a.ask("COMMIT")
        told = b.answer()
        ok(blocked and state in told, "%s (read committed): the second waits and is told %s" % (what, state), told)
    equal(psql(name, BROKEN), "", "and every chain is whole")
    a.close()
    b.close()


def two_loads(name):
    """Loads into one book wait for each other, so that no key is new twice."""
    a, b = Session(name), Session(name)
    load = "SELECT already_loaded, records, superseded, unchanged, refused FROM mf_intake('office', '%s', $$%s$$, 'Loads', supersede => %s)"
    for what, first, second, expected in (
            ("the same file", ("same", feature("L1"), "false"), ("same", feature("L1"), "false"), "t|1|0|0|0"),
            ("one key, one content", ("one", feature("L2"), "false"), ("two", feature("L2") + "\n", "false"), "f|0|0|1|0"),
            ("one key, two contents", ("one", feature("L3", "a"), "false"), ("two", feature("L3", "b"), "false"), "f|0|0|0|1"),
            ("one key, two contents, to supersede", ("one", feature("L4", "a"), "false"), ("two", feature("L4", "b"), "true"), "f|0|1|0|0")):
        a.ask("BEGIN; " + load % first)
        b.send(load % second)
        blocked = waits(name, b.pid)
        a.ask("COMMIT")
        told = [line for line in b.answer().splitlines() if "|" in line and not line.startswith("NOTICE")]
        ok(blocked and told == [expected], "%s: the second load waits and finds the first's" % what, told)
    # an officer supersedes by hand what a load is about to supersede
    number = psql(name, "SELECT record_id FROM office.records WHERE key = 'L4' AND is_current")
    a.ask("BEGIN; SELECT mf_supersede('office', %s, '%s', 'by hand')" % (number, feature("L4", "hand")))
    b.send(load % ("three", feature("L4", "c"), "true"))
    blocked = waits(name, b.pid)
    a.ask("COMMIT")
    told = b.answer()
    ok(blocked and told == "f|0|0|0|1", "a load that would supersede what an officer just did is refused that line", told)
    equal(psql(name, BROKEN), "", "and every chain is whole")
    a.close()
    b.close()


def worker(name, seed, told):
    """Random work: some of it must fail, none of it may break anything."""
    rnd, lines = random.Random(seed), []
    for n in range(60):
        key = "W%d" % rnd.randrange(6)
        number = "(SELECT record_id FROM office.records WHERE key = '%s' ORDER BY random() LIMIT 1)" % key
        what = rnd.randrange(6)
        lines.append((
            "SELECT mf_supersede('office', %s, '%s', 'r')" % (number, feature(key, "s%d.%d" % (seed, n))),
            "SELECT mf_amend('office', %s, '%s', 'r')" % (number, feature("amended", "a%d" % n)),
            "SELECT mf_withdraw('office', 'r', record_id => %s)" % number,
            "SELECT mf_restore('office', 'r', record_id => %s)" % number,
            "SELECT mf_intake('office', 'f', $$%s\n%s$$, 'Work', supersede => %s)" % (
                feature(key, "i%d.%d" % (seed, n)), feature("W%d" % rnd.randrange(6), "j%d" % n), rnd.choice(("true", "false"))),
            "BEGIN; SELECT mf_withdraw('office', 'r', record_id => %s); SELECT mf_intake('office', 'g', $$%s$$, 'Work'); COMMIT" % (
                number, feature(key, "k%d.%d" % (seed, n))))[what] + ";")
    out = subprocess.run(["psql", "-XqAt", "-v", "VERBOSITY=verbose", "-d", name], input="\n".join(lines),
                         capture_output=True, text=True)
    told.append(out.stdout + out.stderr)


def at_random(name):
    print("# seed %d" % SEED)
    told = []
    threads = [threading.Thread(target=worker, args=(name, SEED + k, told)) for k in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    states = re.findall(r"ERROR:  (\w{5}):", "".join(told))
    counts = {s: states.count(s) for s in sorted(set(states))}
    print("# errors by SQLSTATE: %s" % counts)
    # 23502: a key without a record yet; 25P02: after an error in a transaction
    unexpected = set(states) - {"40001", "55000", "23505", "P0002", "22004", "25P02", "40P01", "22023"}
    ok(not unexpected, "random work by four sessions gives only errors that were meant", unexpected, "".join(told)[-2000:])
    equal(psql(name, BROKEN), "", "and leaves every chain of versions whole")
    equal(psql(name, "SELECT count(*) FROM office.records r WHERE revision > 0 AND NOT EXISTS (SELECT FROM office.history h"
                     " WHERE h.table_name = 'records' AND h.row_id = r.record_id AND h.reason IS NOT NULL)"), "0",
          "every changed record has its history, with a reason")


SUMS = """SELECT t, (xpath('/row/s/text()', query_to_xml(format(
    'SELECT md5(coalesce(string_agg(t::text, E''\\n'' ORDER BY t::text), '''')) || '' '' || count(*) AS s FROM office.%I t', t), false, true, '')))[1]
    FROM unnest(mf_registry_tables()) t ORDER BY 1"""


def dumped(name):
    psql(name, """
        SELECT mf_intake('office', 'bad', '{"type":"Feature","id":"B","geometry":[]}', 'Bad');
        SELECT mf_retry('office', (SELECT max(intake_id) FROM office.intake_lines), 'still wrong');
        SELECT mf_intake('office', 'located', '%s', 'Located'); SELECT mf_collect_landmarks('office');
        SELECT mf_move_landmark('office', 1, 'SRID=4326;POINT(50.1 41.1)', 'found', 3);
        SELECT mf_keep('office', 1, 'book.ods', decode('50004b0304ff', 'hex'));
        INSERT INTO office.areas (name, geometry, district) VALUES ('Море', ST_MakeEnvelope(50, 41, 50.1, 41.1, 4326), 'Sea');
        INSERT INTO office.lines (name, geometry) VALUES ('line', 'SRID=4326;LINESTRING(50 41,50.1 41.1)');
        INSERT INTO office.findings (kind, geometry) VALUES ('mine', 'SRID=4326;POINT(50 41)');
        INSERT INTO office.requests (subject) VALUES ('q'); INSERT INTO office.labels VALUES ('ru', 'a', 'б');
        INSERT INTO office.mine_models (model, aliases) VALUES ('Т-1', '{"a | b",ж}');
        INSERT INTO office.report_runs (as_of) VALUES (now());
        SELECT mf_registry_protect('office', reader => 'r610r', officer => 'r610o', auditor => 'r610a');
        SELECT mf_registry_admit('office', 'r610r', 'Sea');""" % LOCATED)
    before, path = psql(name, SUMS), "registry_%d.dump" % os.getpid()
    target = database("registry_restored", extension=False)
    try:
        run("pg_dump", "-Fc", "-f", path, "-d", name)
        run("pg_restore", "--exit-on-error", "-d", target, path)
    finally:
        if os.path.exists(path):
            os.unlink(path)
    ok(all(not line.endswith(" 0") for line in before.splitlines()), "every table has rows", before)
    equal(psql(target, SUMS), before, "a dump brings back every row of every table")

    def plain(db):
        return re.sub(r"(?m)^\\(un)?restrict .*$", "", run("pg_dump", "-s", "-n", "office", "-d", db))
    equal(plain(target), plain(name), "and every definition: triggers, policies, rights, indexes, comments")
    told = error(target, "DELETE FROM office.records")
    ok("55000" in told, "what is refused there is refused here", told)
    equal(psql(target, "SELECT records FROM mf_intake('office', 'after', $$%s$$, 'After')" % feature("new")), "1",
          "work goes on in the copy")
    equal(psql(target, "SELECT already_loaded FROM mf_intake('office', 'x', $$%s$$, 'After')" % feature("new")), "t",
          "which knows what was loaded")


def later_release():
    """What the next release does: a step, and a higher number."""
    name = database("registry_upgrade")
    psql(name, """SELECT mf_create_registry('rg_old');
        SELECT mf_intake('rg_old', 'a', $$%s$$, 'A');""" % feature("1"))
    latest = int(psql(name, "SELECT mf_registry_latest()"))
    psql(name, """
        CREATE FUNCTION mf_registry_step_%(next)d(schema name) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN EXECUTE format('ALTER TABLE %%I.records ADD COLUMN evidence text', schema); END $$;
        CREATE OR REPLACE FUNCTION mf_registry_latest() RETURNS integer LANGUAGE sql IMMUTABLE RETURN %(next)d""" % {"next": latest + 1})
    told = error(name, "SELECT mf_intake('rg_old', 'b', 'x', 'B')")
    ok("55000" in told and "mf_upgrade_registry" in told, "an older registry is not worked with, and the error says what to do", told)
    equal(psql(name, "SELECT mf_upgrade_registry('rg_old'), mf_upgrade_registry('rg_old')"), "%d|%d" % (latest + 1, latest + 1),
          "a later release takes its step, once")
    equal(psql(name, "SELECT string_agg(version::text, ' ' ORDER BY version) FROM rg_old.registry_version"),
          " ".join(map(str, range(latest + 2))), "which registry_version tells")
    psql(name, "SELECT mf_create_registry('rg_new')")

    def plain(schema):
        text = run("pg_dump", "-s", "-n", schema, "-d", name)
        return re.sub(r"(?m)^\\(un)?restrict .*$", "", re.sub(r"\b%s\b" % schema, "SCHEMA", text))
    equal(plain("rg_old"), plain("rg_new"), "and a registry that was carried along equals a new one")
    equal(psql(name, "SELECT count(*), max(evidence) FROM rg_old.records"), "1|", "with its rows")
    psql(name, "CREATE OR REPLACE FUNCTION mf_registry_latest() RETURNS integer LANGUAGE sql IMMUTABLE RETURN %d" % latest)
    for call in ("mf_upgrade_registry('rg_old')", "mf_intake('rg_old', 'c', 'x', 'C')", "mf_withdraw('rg_old', 'x', 1)"):
        told = error(name, "SELECT " + call)
        ok("55000" in told and "ALTER EXTENSION" in told, "an older release refuses a newer registry: %s" % call, told)


def version(n, name, registry):
    """A registry as an earlier release made it: the first n steps only."""
    latest = psql(name, "SELECT mf_registry_latest()")
    psql(name, "CREATE OR REPLACE FUNCTION mf_registry_latest() RETURNS integer LANGUAGE sql IMMUTABLE RETURN %d; SELECT mf_create_registry('%s'); "
               "CREATE OR REPLACE FUNCTION mf_registry_latest() RETURNS integer LANGUAGE sql IMMUTABLE RETURN %s" % (n, registry, latest))


def from_earlier_versions():
    """What is there is kept, what is protected stays so, and the records can be located."""
    name = database("registry_steps")
    version(1, name, "rg_one")
    psql(name, "INSERT INTO rg_one.books (name, district) VALUES ('A', 'Sea'), ('B', 'Hill'); INSERT INTO rg_one.records (book_id, key, as_received, current) "
               "SELECT book_id, 'L', '%(r)s', '%(r)s' FROM rg_one.books" % {"r": LOCATED})
    # as mf_registry_protect of that release did it
    psql(name, """CREATE ROLE r610v; CREATE ROLE r610w LOGIN; GRANT USAGE ON SCHEMA rg_one TO r610w; GRANT SELECT ON rg_one.access, rg_one.registry_version TO r610w;
        GRANT SELECT ON rg_one.records, rg_one.books, rg_one.history TO r610v, r610w; GRANT INSERT (key, current), UPDATE (current, change_reason) ON rg_one.records TO r610w;
        GRANT INSERT (table_name, row_id, action, was, became, reason, district, organisation) ON rg_one.history TO r610w;
        SELECT mf_registry_guard('rg_one', t, 'district') FROM unnest(ARRAY['books', 'records', 'history']) t; INSERT INTO rg_one.access VALUES ('r610w', 'Sea')""")
    rows = psql(name, "SELECT md5(string_agg(r::text, ' ' ORDER BY record_id)) FROM rg_one.records r")
    told = error(name, "SELECT mf_collect_landmarks('rg_one')")
    ok("55000" in told and "mf_upgrade_registry" in told, "a registry of version 1 is not worked with before it is upgraded", told)
    psql(name, "SELECT mf_upgrade_registry('rg_one'); SELECT mf_create_registry('rg_two')")
    equal(psql(name, "SELECT md5(string_agg(r::text, ' ' ORDER BY record_id)) FROM rg_one.records r"), rows, "upgrading leaves every row as it was")
    equal(psql(name, "SELECT mf_relocate('rg_one', 'located by the new release'); SELECT count(*) FILTER (WHERE is_located), "
                     "count(*) FILTER (WHERE is_amended) FROM rg_one.v_current"), "2\n2|0", "then its records are located")
    equal(psql(name, "SELECT mf_collect_landmarks('rg_one')"), "2", "and their landmarks found")
    equal(psql(name, "SELECT count(*), (SELECT count(*) FROM rg_one.landmark_uses), (SELECT count(*) FROM rg_one.v_landmarks) FROM rg_one.landmarks", "r610w"),
          "1|1|1", "each district sees its own")
    equal(psql(name, "SELECT count(*) FROM mf_move_landmark('rg_one', (SELECT landmark_id FROM rg_one.landmarks), 'SRID=4326;POINT(50.1 41)', 'found')", "r610w"),
          "1", "an officer moves what is his")
    equal(psql(name, "SELECT district, ST_X(ST_Centroid(current::geometry)) > 50.05 FROM rg_one.records ORDER BY 1"), "Hill|f\nSea|t", "and nothing else moves")
    psql(name, "DROP OWNED BY r610v, r610w; DROP ROLE r610v, r610w")

    def plain(schema):
        text = run("pg_dump", "-s", "-n", schema, "-d", name)
        text = re.sub(r"ALTER TABLE SCHEMA\.\w+ ENABLE ROW LEVEL SECURITY;|CREATE (POLICY|TRIGGER number_rows) [^;]*;|--[^\n]*", "",
                      re.sub(r"(?m)^\\(un)?restrict .*$", "", re.sub(r"\b%s\b" % schema, "SCHEMA", text)))
        return re.sub(r"\n\s*\n+", "\n", text)
    equal(plain("rg_one"), plain("rg_two"), "and its tables are those of a new one")

    version(2, name, "rg_three")
    psql(name, "CREATE ROLE r610w LOGIN; GRANT USAGE ON SCHEMA rg_three TO r610w; GRANT SELECT ON ALL TABLES IN SCHEMA rg_three TO r610w; "
               "INSERT INTO rg_three.books (name) VALUES ('A'); "
               "INSERT INTO rg_three.records (book_id, key, as_received, current) SELECT book_id, 'L', '%(r)s', '%(r)s' FROM rg_three.books" % {"r": LOCATED})
    told = error(name, "SELECT mf_report('rg_three')")
    ok("55000" in told and "mf_upgrade_registry" in told, "a registry of version 2 is not worked with before it is upgraded", told)
    rows = psql(name, "SELECT md5(string_agg(r::text, ' ' ORDER BY record_id)) FROM rg_three.records r")
    psql(name, "SELECT mf_upgrade_registry('rg_three')")
    equal(psql(name, "SELECT md5(string_agg(r::text, ' ' ORDER BY record_id)) FROM rg_three.records r"), rows, "upgrading leaves every row as it was")
    equal(psql(name, "SELECT r #>> '{totals,records}', r #>> '{account,total,records}' FROM mf_report('rg_three') r", "r610w"), "1|1",
          "who saw the records sees them in a report, with what that reads beside them")
    psql(name, "DROP OWNED BY r610w; DROP ROLE r610w")
    equal(plain("rg_three"), plain("rg_two"), "and its tables are those of a new one")


def from_release():
    """The real thing, where the script of release 0.3.0 is there."""
    if not os.path.exists(os.path.join(TOP, "sql", "minefield--0.3.0.sql")):
        return
    name = database("registry_release", extension=False)
    psql(name, "SET client_min_messages = warning; CREATE EXTENSION postgis; CREATE EXTENSION minefield VERSION '0.3.0'; SELECT mf_create_registry('office'); "
               "SELECT mf_intake('office', 'f', '%s', 'A'); SELECT mf_registry_protect('office', reader => 'r610r', officer => 'r610o', auditor => 'r610a'); "
               "CALL mf_run_report('office')" % LOCATED)
    before = psql(name, "SELECT md5(string_agg(r::text, ' ' ORDER BY record_id)) FROM office.records r")
    psql(name, "ALTER EXTENSION minefield UPDATE")
    told = error(name, "SELECT mf_relocate('office', 'x')")
    ok("55000" in told and "mf_upgrade_registry" in told, "after an update from 0.3.0 the registry has to be upgraded", told)
    equal(psql(name, "SELECT mf_upgrade_registry('office') = mf_registry_latest()"), "t", "which is done")
    equal(psql(name, "SELECT md5(string_agg(r::text, ' ' ORDER BY record_id)) FROM office.records r"), before, "and leaves every record as it was")
    equal(psql(name, "SELECT mf_relocate('office', 'x'), mf_collect_landmarks('office')"), "1|1", "it locates, and has landmarks")
    equal(psql(name, "SELECT relrowsecurity FROM pg_class WHERE oid = 'office.landmarks'::regclass"), "t", "they are protected as all else is")
    psql(name, "CALL mf_run_report('office')")
    equal(psql(name, "SELECT mf_latest_run('office') #>> '{changes,records,changed,count}', mf_report_html(mf_latest_run('office', 1)) LIKE '%id=\"accuracy\"%'"),
          "1|t", "the report goes on, and the one of before is still shown")


def moving(name):
    """A landmark moves while a new version of a record that uses it comes in: whoever is second sees the first."""
    psql(name, "SELECT mf_intake('office', 'moving', '%s', 'Moving'); SELECT mf_collect_landmarks('office', 0)" % LOCATED.replace('"L"', '"M"').replace("50,", "49.5,"))
    a, b = Session(name), Session(name)
    mark, record = psql(name, "SELECT u.landmark_id, u.record_id FROM office.landmark_uses u JOIN office.records r USING (record_id) WHERE r.key = 'M'").split("|")
    move = "SELECT count(*) FROM mf_move_landmark('office', %s, 'SRID=4326;POINT(%s 41)', 'found', 3)"
    newer = "SELECT mf_supersede('office', record_id, as_received, 'again') FROM office.records WHERE key = 'M' AND is_current"
    for what, first, second in (("a move, then a version", move % (mark, 49.6), newer), ("a version, then a move", newer, move % (mark, 49.7))):
        a.ask("BEGIN; " + first)
        b.send(second)
        blocked = waits(name, b.pid)
        a.ask("COMMIT")
        told = b.answer()
        at = psql(name, "SELECT round(ST_XMin(current::geometry)::numeric, 2) = (SELECT round(ST_X(geometry)::numeric, 2) FROM office.landmarks WHERE landmark_id = %s) "
                        "FROM office.records WHERE key = 'M' AND is_current" % mark)
        ok(blocked and "ERROR" not in told and at == "t", "%s: the second waits, and what holds begins at the landmark" % what, told, at)
    equal(psql(name, "SELECT mf_withdraw('office', 'x', record_id => r.record_id) FROM office.records r WHERE key = 'M' AND is_current"), "1", "the last version goes")
    equal(psql(name, "SELECT version, round(ST_XMin(current::geometry)::numeric, 2) FROM office.records WHERE key = 'M' AND is_current"), "2|49.70",
          "and the one before it has not missed the move")
    a.close()
    b.close()


def anywhere():
    """Extension and PostGIS in schemas of their own, no search_path at all; then moved."""
    name = database("registry_places", extension=False)
    psql(name, """CREATE SCHEMA gis; CREATE SCHEMA "Mine action"; CREATE EXTENSION postgis SCHEMA gis;
        CREATE EXTENSION minefield SCHEMA "Mine action";""")

    def work(schema, registry):
        return psql(name, """SET client_min_messages = warning; SET search_path = '';
            SELECT %(s)s.mf_create_registry('%(r)s');
            SELECT records, refused FROM %(s)s.mf_intake('%(r)s', 'f', $$%(a)s\n%(a)sx\n{"type":"Feature","id":"2"}$$, 'A');
            SELECT (%(s)s.mf_supersede('%(r)s', 1, '%(b)s', 'x'));
            SELECT %(s)s.mf_amend('%(r)s', 3, '%(c)s', 'x'), %(s)s.mf_withdraw('%(r)s', 'x', 3), %(s)s.mf_restore('%(r)s', 'x', 3);
            SELECT outcome FROM %(s)s.mf_retry('%(r)s', 2, 'x', '{"type":"Feature","id":"3"}');
            INSERT INTO %(r)s.areas (name, geometry) VALUES ('a', gis.ST_MakeEnvelope(50, 41, 50.01, 41.01, 4326));
            SELECT count(*) FROM %(r)s.v_no_record; SELECT count(*) FROM %(r)s.v_overlaps; SELECT count(*) FROM %(r)s.v_record_areas;
            SELECT count(*) FROM %(s)s.mf_read('{"minefield_sheets": {"records": [{"key": "1", "wkt": "POINT(50 41)"}]}}');
            SELECT %(s)s.mf_registry_protect('%(r)s', reader => 'r610r', officer => 'r610o', auditor => 'r610a');
            SELECT count(*) FROM %(r)s.records""" % {"s": schema, "r": registry, "a": feature("1"), "b": feature("1", "new"), "c": feature("1", "newer")})
    expected = "%s\n2|1\n3\n1|1|1\ncorrected\n1\n0\n0\n1\n\n4" % psql(name, 'SELECT "Mine action".mf_registry_latest()')
    equal(work('"Mine action"', "office"), expected, "without a search_path, wherever the extension is")
    psql(name, 'ALTER EXTENSION minefield SET SCHEMA gis')
    equal(work("gis", "bureau"), expected, "and after it was moved")
    psql(name, "UPDATE office.records SET status = 'closed', change_reason = 'x'; SELECT gis.mf_withdraw('office', 'x', 3)")
    ok(True, "registries made before go on")


# what is registered first runs last: the databases have to go before the roles
atexit.register(lambda: psql("postgres", "SET client_min_messages = warning; DROP ROLE IF EXISTS r610r, r610o, r610a, r610v, r610w"))
name = database("registry")
psql(name, "SELECT mf_create_registry('office')")
two_officers(name)
two_loads(name)
at_random(name)
moving(name)
dumped(name)
later_release()
from_earlier_versions()
from_release()
anywhere()
done()
