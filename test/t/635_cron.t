#!/usr/bin/env python3
"""635_cron.t - pg_cron makes reports by schedule, for who is no superuser

In a cluster of its own, for pg_cron has to be preloaded; takes a good minute,
for its schedules have no smaller unit.  Skipped where pg_cron is not
installed.  MODE=workers has jobs run in background workers instead of
connections.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time

from server import Failed, done, equal, ok, run

BIN = run("pg_config", "--bindir").strip() if shutil.which("pg_config") else os.path.dirname(shutil.which("initdb") or "")
SHARE = run(os.path.join(BIN, "pg_config"), "--sharedir").strip()
if not os.path.exists(os.path.join(SHARE, "extension", "pg_cron.control")):
    print("1..0 # SKIP pg_cron is not installed")
    sys.exit()

work = tempfile.mkdtemp(prefix="cron.")
data = os.path.join(work, "data")
workers = os.environ.get("MODE") == "workers"


def psql(sql, user="postgres", name="postgres"):
    return run("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-U", user, "-d", name, "-f", "-", data=sql,
               env={"PGHOST": work, "PGOPTIONS": "-c client_min_messages=notice"}).rstrip("\n")


try:
    run(os.path.join(BIN, "initdb"), "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    with open(os.path.join(data, "postgresql.conf"), "a", encoding="utf-8") as f:
        f.write("listen_addresses = ''\nunix_socket_directories = '%s'\nfsync = off\nshared_preload_libraries = 'pg_cron'\n"
                "cron.database_name = 'postgres'\ncron.host = '%s'\ncron.use_background_workers = %s\nmax_worker_processes = 20\n"
                % (work, work, "on" if workers else "off"))
    run(os.path.join(BIN, "pg_ctl"), "-D", data, "-l", os.path.join(work, "log"), "-w", "-s", "start")
    psql("""CREATE EXTENSION pg_cron; CREATE EXTENSION minefield CASCADE; CREATE ROLE officer LOGIN;
        GRANT USAGE ON SCHEMA cron TO officer; GRANT CREATE ON DATABASE postgres TO officer;""")
    psql("""SELECT mf_create_registry('office'); INSERT INTO office.books (name) VALUES ('A');
        INSERT INTO office.areas (name, geometry) VALUES ('Sea', ST_MakeEnvelope(50.3, 41.2, 50.31, 41.21, 4326));""", "officer")
    told = subprocess.run(["psql", "-XqAt", "-U", "officer", "-d", "postgres", "-c",
                           "SELECT mf_schedule_report('office', '* * * * *', language => 'ru', keep => 5)"],
                          capture_output=True, text=True, env={**os.environ, "PGHOST": work})
    ok("GMT" in told.stderr and told.stdout.strip() == "1", "the job is made, and its times are said to be GMT", told.stdout + told.stderr)
    again = psql("SET client_min_messages = error; SELECT mf_schedule_report('office', '* * * * *', keep => 7)", "officer")
    equal((again, psql("SELECT count(*), min(username), min(command) LIKE '%keep => 7%' FROM cron.job")), ("1", "1|officer|t"),
          "made again, it is the same job with other arguments")
    for _ in range(150):
        if psql("SELECT count(*) FROM office.report_runs WHERE status = 'complete'", "officer") != "0":
            break
        time.sleep(0.5)
    equal(psql("SELECT status, started_by, report IS NOT NULL, html LIKE '<!DOCTYPE html>%' FROM office.report_runs ORDER BY run_id LIMIT 1", "officer"),
          "complete|officer|t|t", "the report was made by schedule, as the role that asked for it")
    for _ in range(20):
        details = psql("SELECT string_agg(DISTINCT status, ' ') FROM cron.job_run_details")
        if "succeeded" in details:
            break
        time.sleep(0.5)
    ok("succeeded" in details and "failed" not in details, "and pg_cron says that it went well",
       psql("SELECT status, return_message FROM cron.job_run_details"))
    equal(psql("SELECT mf_unschedule_report('office'), mf_unschedule_report('office'); SELECT count(*) FROM cron.job", "officer"), "t|f\n0",
          "and it is ended once")
finally:
    try:
        run(os.path.join(BIN, "pg_ctl"), "-D", data, "-m", "immediate", "-s", "stop")
    except Failed as failed:
        print("# " + str(failed))
    shutil.rmtree(work)
done()
