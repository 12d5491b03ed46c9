#!/usr/bin/env python3
"""060_replication.t - standby, logical replication and recovery after a crash

On servers of its own, beside the one of the environment: values and index
answers are the same on a streaming standby, on a subscriber that receives the
binary form, after an immediate stop, after a backend was killed, and on the
promoted standby.
"""

import os
import shutil
import tempfile
import time

from sample import records
from server import Failed, database, done, equal, psql, run

SEED = int(os.environ.get("SEED", "20261124"))
SUMS = """
SELECT 'record', count(*), md5(string_agg(md5(minefield_send(r)), '' ORDER BY key)) FROM record;
SELECT 'box', count(*), md5(string_agg(md5(minefield_box_send(b)), '' ORDER BY key)) FROM sheet;
SELECT 'book', count(*), md5(string_agg(md5(logbook_send(b)), '' ORDER BY id)) FROM book;
"""
# The same questions of the table and of each index.
ANSWERS = """
SELECT count(*), md5(string_agg(key, ',' ORDER BY key)) FROM record
    WHERE r && mf_box(ST_MakeEnvelope(50.1, 41.05, 50.3, 41.25, 4326));
SELECT count(*) FROM record WHERE r = (SELECT r FROM record WHERE key = '17');
SELECT array_agg(key) FROM (SELECT key FROM record WHERE mf_is_located(r)
    ORDER BY r <-> ST_SetSRID(ST_MakePoint(50.27, 41.18), 4326), key LIMIT 20) n;
"""
TABLES = """
CREATE TABLE record (key text PRIMARY KEY, r minefield NOT NULL);
CREATE TABLE sheet (key text PRIMARY KEY, b minefield_box);
CREATE TABLE book (id int PRIMARY KEY, b logbook);
CREATE INDEX record_gist ON record USING gist (r);
CREATE INDEX record_hash ON record USING hash (r);
CREATE INDEX sheet_gist ON sheet USING gist (b);
"""


class Server:
    """A cluster below the test's directory."""

    def __init__(self, directory, name):
        self.data = os.path.join(directory, name)
        self.socket = os.path.join(directory, name + ".s")
        self.env = {"PGHOST": self.socket}
        os.mkdir(self.socket)

    def configure(self, *settings):
        with open(os.path.join(self.data, "postgresql.auto.conf"), "a", encoding="utf-8") as f:
            f.write("listen_addresses = ''\nunix_socket_directories = '%s'\n" % self.socket)
            f.write("\n".join(settings) + "\n")

    def ctl(self, *words):
        run("pg_ctl", "-D", self.data, "-s", "-w", "-l", self.data + ".log", *words)

    def sql(self, sql):
        return psql("test", sql, env=self.env)

    def same_answers(self, where):
        by_table = self.sql("SET enable_indexscan = off; SET enable_bitmapscan = off;" + ANSWERS)
        by_index = self.sql("SET enable_seqscan = off; SET enable_sort = off;" + ANSWERS)
        equal(by_index, by_table, "%s, the indexes answer as the table does" % where)


def wait(question, answer, seconds=60):
    """Ask until the answer is right; what it was at last."""
    for _ in range(seconds * 10):
        found = question()
        if found == answer:
            return found
        time.sleep(0.1)
    return found


def insert(server, lines, start):
    server.sql("""INSERT INTO record SELECT (line + %d)::text, record
            FROM mf_load($document$%s$document$) WHERE record IS NOT NULL;
        INSERT INTO sheet SELECT key, mf_box(r) FROM record WHERE key::int > %d;
        INSERT INTO book SELECT %d, mf_logbook(r, '{"title":"Книга"}' ORDER BY key) FROM record"""
               % (start, "\n".join(lines), start, start))


def primary(directory):
    server = Server(directory, "primary")
    run("initdb", "-D", server.data, "-A", "trust", "-U", "postgres", "-E", "UTF8",
        "--locale=C.UTF-8", "--no-sync")
    server.configure("wal_level = logical", "max_wal_senders = 8", "log_min_messages = error")
    server.ctl("start")
    psql("postgres", "CREATE DATABASE test", env=server.env)
    server.sql("SET client_min_messages = warning; CREATE EXTENSION minefield CASCADE;" + TABLES)
    return server


def test_standby(directory, first):
    server = Server(directory, "standby")
    run("pg_basebackup", "-D", server.data, "-R", "-c", "fast", "--no-sync", env=first.env)
    server.configure("hot_standby = on")
    server.ctl("start")
    return server


def test_logical(first, name):
    """The server of the environment subscribes."""
    psql(name, TABLES)
    first.sql("CREATE PUBLICATION everything FOR ALL TABLES")
    psql(name, "CREATE SUBSCRIPTION minefield_test CONNECTION 'host=%s user=postgres dbname=test'"
         " PUBLICATION everything WITH (binary = true)" % first.socket)
    return lambda: psql(name, SUMS)


def main():
    directory = tempfile.mkdtemp(prefix="mf", dir=os.environ.get("TMPDIR", "/tmp"))
    lines = records(SEED, 600)
    servers = []
    subscriber = database("subscriber")
    try:
        first = primary(directory)
        servers.append(first)
        insert(first, lines[:300], 0)
        second = test_standby(directory, first)
        servers.append(second)
        sums = test_logical(first, subscriber)
        equal(wait(sums, first.sql(SUMS)), first.sql(SUMS), "a subscriber receives what was there")
        insert(first, lines[300:], 1000)
        first.sql("UPDATE record SET r = mf_make('moved', ST_SetSRID(ST_MakePoint(50.2, 41.2), 4326),"
                  " mf_properties(r)) WHERE key::int % 7 = 0; DELETE FROM record WHERE key::int % 11 = 0")
        expected = first.sql(SUMS)
        equal(wait(sums, expected), expected, "and, in the binary form, every change")
        equal(wait(lambda: second.sql(SUMS), expected), expected, "a streaming standby has the same bytes")
        second.same_answers("on the standby")

        psql(subscriber, "ALTER SUBSCRIPTION minefield_test DISABLE")
        first.ctl("stop", "-m", "immediate")
        first.ctl("start")
        equal(first.sql(SUMS), expected, "after an immediate stop, nothing is lost")
        first.same_answers("after recovery")

        try:
            first.sql("BEGIN; DELETE FROM record WHERE key < '3'; INSERT INTO record SELECT 'x' || key, r FROM record;"
                      " COPY (SELECT 1) TO PROGRAM 'kill -9 $PPID'; COMMIT")
        except Failed:
            pass
        equal(wait(lambda: alive(first), expected), expected, "a transaction whose backend is killed leaves nothing")
        first.same_answers("after that")

        first.ctl("stop", "-m", "fast")
        second.ctl("promote")
        second.sql("INSERT INTO record SELECT '9000' || key, r FROM record WHERE key::int < 100")
        second.same_answers("on the promoted standby, written to,")
    finally:
        finish(servers, subscriber, directory)
    done()


def alive(server):
    try:
        return server.sql(SUMS)
    except Failed:
        return None


def finish(servers, subscriber, directory):
    """Stop what was started, whatever failed."""
    try:
        psql(subscriber, "ALTER SUBSCRIPTION minefield_test DISABLE;"
                         " ALTER SUBSCRIPTION minefield_test SET (slot_name = NONE)")
        psql(subscriber, "DROP SUBSCRIPTION minefield_test")
    except Failed as failed:
        print("# " + str(failed))
    for server in servers:
        try:
            server.ctl("stop", "-m", "immediate")
        except Failed:
            pass						# stopped already
    shutil.rmtree(directory, ignore_errors=True)


main()
