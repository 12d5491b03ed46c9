#!/usr/bin/env python3
"""050_dump.t - values leave the server and come back the same

Tables, indexes, constraints, generated columns, views, materialised views and
partitions on the types go through pg_dump and pg_restore (both formats that
differ) into a database whose schemas are created in another order; binary and
text COPY there and back; all compared by the digest of the stored bytes.
"""

import os
import re
import subprocess

from sample import records
from server import database, done, equal, ok, psql, run

SEED = int(os.environ.get("SEED", "20261124"))
ROWS = 1000

# Every table with a column of one of the types, and what identifies its rows.
SUMS = """
SELECT 'record', count(*), md5(string_agg(md5(minefield_send(r)), '' ORDER BY key)) FROM register.record;
SELECT 'text', md5(string_agg(md5(r::text), '' ORDER BY key)) FROM register.record;
SELECT 'generated', md5(string_agg(coalesce(area_m2::text, '-') || ' ' || coalesce(number, '-') || ' ' || place::text,
    ',' ORDER BY key)) FROM register.record;
SELECT 'by area', tableoid::regclass, count(*), md5(string_agg(md5(minefield_send(r)), '' ORDER BY key))
    FROM register.by_area GROUP BY tableoid ORDER BY tableoid::regclass::text;
SELECT 'book', count(*), md5(string_agg(md5(logbook_send(b)), '' ORDER BY id)) FROM register.book;
SELECT 'box', count(*), md5(string_agg(md5(minefield_box_send(b)), '' ORDER BY key)) FROM register.sheet;
SELECT 'view', count(*), round(sum(area_m2)) FROM register.large;
SELECT 'gaps', n, round(area_m2::numeric, 3) FROM register.gap ORDER BY n;
SELECT 'array', count(*), md5(string_agg(md5(minefield_send(e)), '' ORDER BY k, n))
    FROM register.pair, unnest(r) WITH ORDINALITY u(e, n);
SET enable_seqscan = off;
SELECT 'by gist', count(*) FROM register.record WHERE r && (SELECT mf_box(ST_MakeEnvelope(50.1, 41.05, 50.4, 41.3, 4326)));
SELECT 'nearest', array_agg(key) FROM (SELECT key FROM register.record
    ORDER BY r <-> ST_SetSRID(ST_MakePoint(50.27, 41.18), 4326), key LIMIT 5) n;
SELECT 'by hash', count(*) FROM register.record a WHERE r = (SELECT r FROM register.record WHERE key = '17');
SELECT 'by btree', count(*), md5(string_agg(r::text, '' ORDER BY r)) FROM register.small WHERE r > '{"type":"Feature","id":"5","geometry":null,"properties":null}';
SELECT 'definitions', md5(string_agg(indexdef, E'\\n' ORDER BY indexname)) FROM pg_indexes WHERE schemaname = 'register';
SELECT 'statistics', count(*) > 0 FROM pg_statistic_ext WHERE stxname = 'record_pair';
"""

SCHEMA = """
SET client_min_messages = warning;
CREATE SCHEMA register;
CREATE TABLE register.record (
    key text PRIMARY KEY,
    r minefield NOT NULL CHECK (mf_is_located(r) OR mf_area(r) IS NULL),
    area_m2 float8 GENERATED ALWAYS AS (mf_area(r)) STORED,
    number text GENERATED ALWAYS AS (mf_number(r)) STORED,
    place minefield_box GENERATED ALWAYS AS (mf_box(r)) STORED,
    example minefield DEFAULT '{"type":"Feature","id":"default","geometry":null,"properties":{"remarks":"\\"quoted\\" \\\\ мина"}}'
);
CREATE INDEX record_gist ON register.record USING gist (r);
CREATE INDEX record_hash ON register.record USING hash (r);
CREATE INDEX record_box ON register.record USING gist (place);
CREATE INDEX record_part ON register.record USING gist (r) WHERE mf_is_located(r);
CREATE INDEX record_expression ON register.record ((mf_number(r)), mf_area(r));
CREATE STATISTICS register.record_pair ON key, number FROM register.record;
CREATE TABLE register.by_area (key text, r minefield) PARTITION BY RANGE (mf_area(r));
CREATE TABLE register.by_area_small PARTITION OF register.by_area FOR VALUES FROM (0) TO (5000);
CREATE TABLE register.by_area_large PARTITION OF register.by_area FOR VALUES FROM (5000) TO ('Infinity');
CREATE TABLE register.by_area_none PARTITION OF register.by_area DEFAULT;
CREATE INDEX ON register.by_area USING gist (r);
CREATE TABLE register.by_hash (key text, r minefield) PARTITION BY HASH (r);
CREATE TABLE register.by_hash_0 PARTITION OF register.by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE register.by_hash_1 PARTITION OF register.by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE register.small (r minefield PRIMARY KEY);
CREATE TABLE register.book (id int PRIMARY KEY, b logbook);
CREATE INDEX book_hash ON register.book USING hash (b);
CREATE TABLE register.sheet (key text, b minefield_box PRIMARY KEY, EXCLUDE USING gist (b WITH ~=));
CREATE TABLE register.pair (k int, r minefield[]);
"""

VIEWS = """
CREATE VIEW register.large AS SELECT key, r, area_m2, r::geometry AS geometry
    FROM register.record WHERE mf_area(r) > 3000;
CREATE MATERIALIZED VIEW register.gap AS
    SELECT g.* FROM (SELECT mf_gap_rows(key, r, ST_MakeEnvelope(50.2, 41.1, 50.35, 41.25, 4326)) AS gaps
        FROM register.record WHERE mf_intersects(r, ST_MakeEnvelope(50.2, 41.1, 50.35, 41.25, 4326))) x,
    unnest(gaps) g;
CREATE FUNCTION register.total(wanted int) RETURNS mf_mine_totals LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT mf_mine_total(x.record) FROM register.book, mf_records(b) AS x(record) WHERE id = wanted; END;
"""


def fill(name):
    document = "\n".join(records(SEED, ROWS))
    psql(name, SCHEMA)
    psql(name, "INSERT INTO register.record (key, r) SELECT line, record FROM mf_load($document$%s$document$)"
         " WHERE record IS NOT NULL" % document)
    psql(name, """
        INSERT INTO register.by_area SELECT key, r FROM register.record;
        INSERT INTO register.by_hash SELECT key, r FROM register.record;
        -- a btree holds no value of more than a third of a page
        INSERT INTO register.small SELECT DISTINCT r FROM register.record WHERE pg_column_size(r) < 2000;
        INSERT INTO register.book SELECT n, mf_logbook(r, '{"title":"Книга"}' ORDER BY key)
            FROM register.record, generate_series(1, 5) n WHERE length(key) >= n OR n = 5 GROUP BY n;
        INSERT INTO register.sheet SELECT min(key), place FROM register.record GROUP BY place;
        INSERT INTO register.pair SELECT n, ARRAY[a.r, NULL, b.r] FROM generate_series(1, 20) n
            JOIN register.record a ON a.key = n::text JOIN register.record b ON b.key = (n + 1)::text;""")
    psql(name, VIEWS)


def restored(source, target, custom):
    """Dump one database into another."""
    if custom:
        path = "dump_%d" % os.getpid()
        try:
            run("pg_dump", "-Fc", "-f", path, "-d", source)
            run("pg_restore", "--exit-on-error", "-j", "2", "-d", target, path)
        finally:
            if os.path.exists(path):
                os.unlink(path)
    else:
        psql(target, run("pg_dump", "-d", source, "--inserts", "--rows-per-insert=50"))


def definitions(name):
    """The schema as SQL, without pg_dump's own keys against injection."""
    return re.sub(r"(?m)^\\(un)?restrict .*$", "", run("pg_dump", "-s", "-d", name))


def copied(name, options):
    """The md5 sums of a table written and read by COPY, and of the file written twice."""
    out = subprocess.run(["psql", "-Xq", "-d", name, "-c", "COPY (SELECT key, r FROM register.record ORDER BY key)"
                          " TO STDOUT %s" % options], capture_output=True, check=True).stdout
    psql(name, "DROP TABLE IF EXISTS register.copy; CREATE TABLE register.copy (key text, r minefield)")
    subprocess.run(["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-d", name, "-c",
                    "COPY register.copy FROM STDIN %s" % options], input=out, check=True)
    again = subprocess.run(["psql", "-Xq", "-d", name, "-c", "COPY (SELECT key, r FROM register.copy ORDER BY key)"
                            " TO STDOUT %s" % options], capture_output=True, check=True).stdout
    return out, again


def main():
    name = database("dump")
    fill(name)
    before = psql(name, SUMS)
    print("# " + before.splitlines()[0])
    ok(before.splitlines()[0].split("|")[1] == str(ROWS), "every record is in the table", before)
    for custom in (True, False):
        target = database("restored_custom" if custom else "restored_plain", extension=False)
        restored(name, target, custom)
        equal(psql(target, SUMS), before, "pg_dump %s gives equal bytes" % ("and pg_restore" if custom else "as INSERTs"))
        equal(definitions(target), definitions(name),
              "and equal definitions")
        psql(target, "REFRESH MATERIALIZED VIEW register.gap")
        equal(psql(target, SUMS), before, "a materialised view computed anew is the same")
        equal(psql(target, "SELECT (register.total(5)).records"), str(ROWS), "a function over the types works")
        equal(psql(target, "SELECT example::text FROM register.record LIMIT 1"),
              psql(name, "SELECT example::text FROM register.record LIMIT 1"), "a default is the same")
    for options in ("(FORMAT binary)", "(FORMAT text)", "(FORMAT csv)"):
        out, again = copied(name, options)
        ok(out == again, "COPY %s writes the same bytes again (%d)" % (options, len(out)))
        equal(psql(name, "SELECT count(*) FROM register.record a JOIN register.copy b USING (key)"
                         " WHERE a.r = b.r AND minefield_send(a.r) = minefield_send(b.r)"),
              str(ROWS), "and read the values")
    psql(name, "REINDEX TABLE register.record; VACUUM FULL register.record; CLUSTER register.record USING record_pkey")
    equal(psql(name, SUMS), before, "REINDEX, VACUUM FULL and CLUSTER change nothing")
    done()


main()
