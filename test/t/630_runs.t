#!/usr/bin/env python3
"""630_runs.t - runs of the report beside other sessions

Two runs at once, intake during a run, a run that is cancelled, one that fails
between two steps, one whose session is killed, runs of districts side by side,
roles that see one district, a dump and its restore, and the line of crontab
that mf_schedule_report gives without pg_cron.
"""

import json
import os
import re
import subprocess
import tempfile
import time

from server import Failed, database, done, equal, error, ok, psql, run

RECORD = ("INSERT INTO office.records (book_id, key, as_received, current, district) SELECT 1, '%(k)s', r, r, %(d)s FROM"
          " (SELECT mf_make('%(k)s', ST_MakeEnvelope(%(x)f, 41.2, %(x)f + 0.003, 41.203, 4326), '{\"number\": \"%(n)d\"}') r) m;")
PID = os.getpid()


class Session:
    """A psql that waits for what it is told."""

    def __init__(self, name, user=None):
        self.psql = subprocess.Popen(["psql", "-XqAt", "-d", name, *(["-U", user] if user else [])], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                     env={**os.environ, "PGOPTIONS": "-c client_min_messages=warning"})

    def tell(self, sql):
        self.psql.stdin.write(sql + "\n")
        self.psql.stdin.flush()

    def ask(self, sql):
        self.tell(sql + "\n\\echo <end>")
        return self.answer()

    def answer(self):
        lines = iter(self.psql.stdout.readline, "")
        return "".join(iter(lambda: next(lines, "<end>\n"), "<end>\n")).strip()

    def rest(self):
        return self.psql.communicate()[0]


def until(name, sql, what, seconds=60):
    """Wait for an answer; what is waited for is another session's doing."""
    for _ in range(seconds * 20):
        if psql(name, sql) == "t":
            return ok(True, what)
        time.sleep(0.05)
    return ok(False, what)


def fill(name):
    psql(name, "SELECT mf_create_registry('office'); INSERT INTO office.books (name) VALUES ('A');" + "".join(
        RECORD % {"k": "A/%d" % n, "n": n, "x": 50.3 + n * 0.004, "d": "NULL"} for n in range(1, 9)) + """
        INSERT INTO office.areas (name, geometry) SELECT 'Area ' || n, ST_MakeEnvelope(50.3 + n * 0.01, 41.19, 50.31 + n * 0.01, 41.21, 4326)
        FROM generate_series(0, 3) n;""")


def blocked(name):
    """A run that stands still before its last step, and what it stands behind."""
    wall = Session(name)
    wall.ask("BEGIN; LOCK TABLE office.labels IN ACCESS EXCLUSIVE MODE;")
    runner = Session(name)
    runner.tell("CALL mf_run_report('office');\n\\echo <end>")
    until(name, "SELECT count(*) > 0 FROM office.v_report_runs WHERE status = 'running' AND steps_done = steps",
          "a run is seen while it works, with all its steps but the last")
    return wall, runner


def test_two(name):
    wall, runner = blocked(name)
    equal(psql(name, "SELECT count(*), count(*) FILTER (WHERE state = 'done') FROM office.v_report_progress WHERE part = 'area'"), "4|4",
          "area by area")
    told = error(name, "CALL mf_run_report('office')")
    ok("55006" in told and "Run 1 was started" in told, "a second run is refused, and told of the first", told)
    psql(name, RECORD % {"k": "A/99", "n": 99, "x": 50.36, "d": "NULL"})
    psql(name, "UPDATE office.records SET withdrawn_at = now(), change_reason = 'try' WHERE key = 'A/1'")
    wall.ask("COMMIT;")
    wall.rest()
    equal(runner.rest().replace("<end>\n", ""), "", "the first goes on")
    keys = json.loads(psql(name, "SELECT mf_latest_run('office') -> 'inventory'"))
    equal(sorted(keys), ["A/%d" % n for n in range(1, 9)], "and shows the moment at which it began")
    psql(name, "CALL mf_run_report('office')")
    changes = json.loads(psql(name, "SELECT mf_latest_run('office') #> '{changes,records}'"))
    equal((changes["added"]["rows"], changes["gone"]["rows"], changes["changed"]["rows"]), (["A/99"], ["A/1"], []),
          "the next one has what came meanwhile")


def locks(name):
    return psql(name, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")


def test_cancel(name):
    wall, runner = blocked(name)
    psql(name, "SELECT pg_cancel_backend(backend_pid) FROM office.report_runs WHERE status = 'running'")
    told = runner.answer() + runner.ask("SELECT 'still here';")
    ok("canceling statement" in told and "still here" in told, "a cancel ends a run, not its session", told)
    equal(psql(name, "SELECT status, report IS NULL, html IS NULL, message LIKE 'canceling%' FROM office.report_runs ORDER BY run_id DESC LIMIT 1"),
          "interrupted|t|t|t", "the run is marked, with nothing half")
    equal(locks(name), "0", "and its lock is given back")
    equal(psql(name, "SELECT count(*) FROM office.v_report_progress"), "0", "nothing is in progress")
    wall.ask("COMMIT;")
    wall.rest()
    told = runner.ask("CALL mf_run_report('office');") + runner.ask("SELECT to_regclass('pg_temp.minefield_in_record') IS NULL;")
    equal(told, "t", "the same session can make the next, and leaves no table behind")
    runner.rest()


def test_between(name):
    """An error where no handler is: at the commit after a step."""
    psql(name, """CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no more'; END $$;
        CREATE CONSTRAINT TRIGGER refuse AFTER UPDATE ON office.report_runs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        WHEN (NEW.progress ->> 'done' = '2') EXECUTE FUNCTION refuse()""")
    runner = Session(name)
    told = runner.ask("CALL mf_run_report('office');")
    ok("no more" in told, "an error between two steps ends a run", told)
    equal(locks(name), "0", "whose lock does not stay, though the session does")
    equal(psql(name, "SELECT status, is_kept FROM office.v_report_runs ORDER BY fid DESC LIMIT 1"), "interrupted|f",
          "the view knows it to be interrupted")
    equal(psql(name, "SELECT count(*) FROM office.v_report_progress"), "0", "and nothing is in progress")
    psql(name, "DROP TRIGGER refuse ON office.report_runs; DROP FUNCTION refuse()")
    psql(name, "CALL mf_run_report('office')")
    equal(runner.ask("CALL mf_run_report('office');"), "", "another session can make the next, and this one too")
    equal(psql(name, "SELECT string_agg(status, ' ' ORDER BY run_id DESC) FROM (SELECT * FROM office.report_runs ORDER BY run_id DESC LIMIT 3) r"),
          "complete complete interrupted", "and the first is marked")
    runner.ask("SELECT pg_advisory_lock(7); SELECT mf_report_run_lock(5, true); SELECT pg_advisory_unlock_all(); SELECT 1 / 0;")
    equal(runner.ask("SELECT 'well';"), "well", "a lock that was given back before is no harm")
    equal(runner.ask("SELECT mf_report_run_lock(5, true), mf_report_run_lock(6, true), mf_report_run_lock(0, false), mf_report_run_lock(0, false);"),
          "t|t|t|f", "one lock at a time")
    equal(locks(name), "0", "is given back once")
    runner.rest()


def test_scopes(name):
    """A run of a district does not refuse, or tell of, one of another."""
    wall, runner = blocked(name)
    other = Session(name)
    other.tell("CALL mf_run_report('office', district => 'East');\n\\echo <end>")
    until(name, "SELECT count(*) = 2 FROM office.v_report_runs WHERE status = 'running' AND steps_done = steps",
          "runs of the whole and of a district go side by side")
    told = error(name, "CALL mf_run_report('office', district => 'East')")
    ok("55006" in told, "and a second one of the district is refused", told)
    wall.ask("COMMIT;")
    wall.rest()
    equal(runner.rest().replace("<end>\n", "") + other.rest().replace("<end>\n", ""), "", "both come to their end")


def test_killed(name):
    complete = psql(name, "SELECT max(run_id) FROM office.report_runs WHERE status = 'complete'")
    wall, runner = blocked(name)
    psql(name, "SELECT pg_terminate_backend(backend_pid, 10000) FROM office.report_runs WHERE status = 'running'")
    runner.rest()
    wall.ask("COMMIT;")
    wall.rest()
    equal(psql(name, "SELECT status FROM office.report_runs ORDER BY run_id DESC LIMIT 1"), "running", "a killed session leaves its row")
    equal(psql(name, "SELECT status, is_kept FROM office.v_report_runs ORDER BY fid DESC LIMIT 1"), "interrupted|f",
          "which the view knows to be interrupted")
    equal(psql(name, "SELECT mf_latest_run('office') ->> 'run'"), complete, "the latest run is still the complete one")
    psql(name, "CALL mf_run_report('office')")
    equal(psql(name, "SELECT count(*) FROM office.report_runs WHERE status = 'running'"), "0", "the next run marks it")


def test_keep(name):
    for _ in range(2):
        psql(name, "CALL mf_run_report('office', keep => 2)")
    kept = psql(name, "SELECT count(*) FILTER (WHERE report IS NOT NULL), count(*) FILTER (WHERE html IS NOT NULL) FROM office.report_runs")
    equal(kept, "2|2", "so many are kept as were asked for")
    equal(psql(name, "SELECT jsonb_array_length(mf_latest_run('office') -> 'trend') = count(*) FROM office.report_runs WHERE status = 'complete'"), "t",
          "and the figures of all")


def test_notify(name):
    listener = Session(name)
    listener.ask("LISTEN minefield_report;")
    psql(name, "CALL mf_run_report('office')")
    told = listener.ask("SELECT 1;")
    listener.rest()
    ok('"status": "complete"' in told and '"registry": "office"' in told, "who listens is told", told)


def test_rights(name):
    """Two districts: neither role's report betrays the other's records."""
    for role, district in (("north_%d" % PID, "North"), ("south_%d" % PID, "South")):
        psql(name, "CREATE ROLE %s LOGIN" % role)
    try:
        psql(name, RECORD % {"k": "N/1", "n": 501, "x": 50.301, "d": "'North'"} + RECORD % {"k": "S/1", "n": 502, "x": 50.301, "d": "'South'"}
             + "UPDATE office.books SET remarks = 'x';")
        for role, district in (("north_%d" % PID, "North"), ("south_%d" % PID, "South")):
            psql(name, """GRANT USAGE ON SCHEMA office TO %(r)s; GRANT SELECT ON ALL TABLES IN SCHEMA office TO %(r)s;
                GRANT INSERT, UPDATE ON office.report_runs TO %(r)s;
                ALTER TABLE office.records ENABLE ROW LEVEL SECURITY; ALTER TABLE office.report_runs ENABLE ROW LEVEL SECURITY;
                CREATE POLICY p_%(d)s ON office.records TO %(r)s USING (district = '%(d)s');
                CREATE POLICY p_%(d)s ON office.report_runs TO %(r)s USING (district = '%(d)s') WITH CHECK (district = '%(d)s');"""
                 % {"r": role, "d": district})
        for role, mine, other in (("north_%d" % PID, "N/1", "S/1"), ("south_%d" % PID, "S/1", "N/1")):
            district = {"N": "North", "S": "South"}[mine[0]]
            psql(name, "CALL mf_run_report('office', district => '%s')" % district, role)
            text = psql(name, "SELECT report::text || html FROM office.report_runs WHERE status = 'complete' AND district = '%s'" % district, role)
            ok(mine in text and other not in text and "A/2" not in text, "%s: its own record and no other's is in the report" % district)
            equal(psql(name, "SELECT count(DISTINCT district), count(*) FROM office.v_report_runs", role), "1|1", "%s: it sees its own run only" % district)
            equal(psql(name, "SELECT mf_report('office') #> '{totals,records}'", role), "1", "%s: and counts what it sees" % district)
    finally:
        for role in ("north_%d" % PID, "south_%d" % PID):
            psql(name, "DROP OWNED BY %s; DROP ROLE %s" % (role, role))


def test_dump(name):
    copy = database("runs_copy", extension=False)
    with tempfile.NamedTemporaryFile(suffix=".sql") as f:
        run("pg_dump", "-d", name, "-f", f.name)
        run("psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-d", copy, "-f", f.name, env={"PGOPTIONS": "-c client_min_messages=error"})
    digest = "SELECT md5(string_agg(r::text, E'\\n' ORDER BY run_id)) FROM office.report_runs r"
    equal(psql(copy, digest), psql(name, digest), "a restored dump has every run")
    latest = int(psql(name, "SELECT max(run_id) FROM office.report_runs"))
    psql(copy, "CALL mf_run_report('office')")
    equal(psql(copy, "SELECT mf_latest_run('office') #>> '{changes,same_input}', (mf_latest_run('office') ->> 'run')::int > %d" % latest), "true|t",
          "whose next run has the same input and the next number")


def test_recipe(name):
    """The hint's line as cron would run it, with a mail that only tells."""
    told = error(name, "SELECT mf_schedule_report('office', '0 5 * * 1', language => 'ru', keep => 3)")
    line = re.search(r"^0 5 \* \* 1 (.*)$", told, re.M).group(1)
    with tempfile.TemporaryDirectory() as home:
        mail = os.path.join(home, "mail")
        with open(mail, "w", encoding="utf-8") as f:
            f.write('#!/bin/sh\necho "$@" > "$HOME/sent"\n')
        os.chmod(mail, 0o755)
        before = psql(name, "SELECT count(*) FROM office.report_runs")
        said = subprocess.run(["sh", "-c", line.replace("\\%", "%")], capture_output=True, text=True,
                              env={**os.environ, "HOME": home, "LOGNAME": "officer", "PATH": home + ":" + os.environ["PATH"],
                                   "PGOPTIONS": "-c client_min_messages=warning"})
        equal((said.returncode, said.stdout + said.stderr), (0, ""), "the line of crontab works as it is given")
        equal(int(psql(name, "SELECT count(*) FROM office.report_runs")) - int(before), 1, "makes a run")
        with open(os.path.join(home, "office.html"), encoding="utf-8") as f:
            ok('<html lang="ru">' in f.read(), "writes the page")
        with open(os.path.join(home, "sent"), encoding="utf-8") as f:
            ok(f.read().endswith("office.html officer\n"), "and sends it")


name = database("runs")
fill(name)
test_two(name)
test_cancel(name)
test_between(name)
test_killed(name)
test_keep(name)
test_notify(name)
test_dump(name)
test_recipe(name)
test_scopes(name)
test_rights(name)
done()
