#!/usr/bin/env python3
"""612_registry_rights.t - who sees and does what in a protected registry

Readers, officers and auditors of two districts, of all, and of none, at every
table, view and function: nobody sees a row, a count, a map, an error, a plan
or a time that tells of a record outside the own districts.  What is there for
others looks exactly as what is not there.  Then, that the index on records is
used below row-level security.
"""

import atexit
import os
import re

from server import database, done, equal, error, ok, psql

P = "r612_%d" % os.getpid()
KINDS = ("reader", "officer", "auditor")
SCOPES = {"sea": "Sea", "hill": "Hill", "all": "*", "none": None}
PEOPLE = ["%s_%s_%s" % (P, kind, scope) for kind in KINDS for scope in SCOPES]
TABLES = ("landmarks", "landmark_positions", "landmark_uses", "books", "intake_files", "intake_originals", "intake_lines", "intake_retries", "records", "history", "findings", "areas",
          "lines", "requests", "report_runs")
CLOSED_TO_READERS = {"intake_files", "intake_originals", "intake_lines", "intake_retries", "history", "v_intake"}


def feature(key, x, said=""):
    return ('{"type":"Feature","id":"%s","geometry":{"type":"Polygon","coordinates":[[[%s,41],[%s,41],[%s,41.01],[%s,41]]]},'
            '"properties":{"remarks":"%s"}}' % (key, x, x + .01, x + .01, x, said))


def located(key, x):
    """A record that begins at a landmark, and has a point that is tied to nothing."""
    return ('{"type":"Feature","id":"%s","properties":{"location":{"crs":"EPSG:4326","north":"true","angle_unit":"degree","distance_unit":"m",'
            '"points":[{"id":"L1","role":"landmark","lon":%s,"lat":41.05,"accuracy95_m":5}],"legs":[{"from":"L1","to":"A","azimuth":90,"distance":20},'
            '{"from":"A","to":"B","azimuth":90,"distance":20},{"from":"B","to":"C","azimuth":0,"distance":20},{"from":"Y","to":"Z","azimuth":0,"distance":20}],'
            '"perimeter":["A","B","C"]}}}' % (key, x))


def fill(name):
    """The same in two districts, and something without."""
    for district, x in ((None, 50.003), ("Sea", 50), ("Hill", 50.005)):
        d = "'%s'" % district if district else "NULL"
        psql(name, """
            SELECT mf_intake('office', 'file', $$%(a)s\n%(b)s\n%(c)s\n{"type":"Feature","id":"bad","geometry":[]}$$, 'Book', %(d)s, %(d)s);
            SELECT mf_supersede('office', (SELECT record_id FROM office.records WHERE key = '2' AND district IS NOT DISTINCT FROM %(d)s), '%(b)s', 'secret of %(w)s');
            SELECT mf_retry('office', (SELECT intake_id FROM office.intake_lines WHERE outcome = 'refused' AND district IS NOT DISTINCT FROM %(d)s), 'secret of %(w)s');
            SELECT mf_keep('office', (SELECT file_id FROM office.intake_files WHERE district IS NOT DISTINCT FROM %(d)s), 'file.ods', 'secret of %(w)s');
            INSERT INTO office.areas (name, geometry, district, organisation) VALUES ('Area', ST_MakeEnvelope(49.9, 40.9, 50.1, 41.1, 4326), %(d)s, %(d)s);
            INSERT INTO office.lines (name, geometry, district, organisation) VALUES ('Line', 'SRID=4326;LINESTRING(50 41,50.1 41)', %(d)s, %(d)s);
            INSERT INTO office.findings (model, geometry, district, organisation) VALUES ('secret of %(w)s', 'SRID=4326;POINT(50 41)', %(d)s, %(d)s);
            INSERT INTO office.requests (subject, district, organisation) VALUES ('secret of %(w)s', %(d)s, %(d)s);
            INSERT INTO office.report_runs (as_of, parameters, district, organisation) VALUES (now(), '{"a":"secret of %(w)s"}', %(d)s, %(d)s);
            """ % {"a": feature("1", x, "secret of %s" % district), "b": feature("2", x, "secret of %s" % district),
                   "d": d, "w": district, "c": located("3", x)})
    psql(name, "SELECT mf_collect_landmarks('office'); SELECT mf_move_landmark('office', landmark_id, ST_Translate(geometry, 0.0001, 0), 'found') FROM office.landmarks")


def people(name):
    psql(name, "SELECT mf_registry_protect('office', 'district', '%s_r', '%s_o', '%s_a')" % (P, P, P))
    for person in PEOPLE:
        kind, scope = person.rsplit("_", 2)[1:]
        psql(name, "CREATE ROLE %s LOGIN IN ROLE %s_%s" % (person, P, kind[0]))
        if SCOPES[scope]:
            psql(name, "SELECT mf_registry_admit('office', '%s', '%s')" % (person, SCOPES[scope]))


def seeing(name, column):
    """Every table and view, by everybody."""
    views = psql(name, "SELECT unnest(mf_registry_view_names())").split()
    for person in PEOPLE:
        kind, scope = person.rsplit("_", 2)[1:]
        wrong = []
        for place in list(TABLES) + views:
            if kind == "reader" and place in CLOSED_TO_READERS:
                if "42501" not in error(name, "SELECT count(*) FROM office.%s" % place, person):
                    wrong.append("%s is open to readers" % place)
                continue
            if place == "v_overlaps":
                rows = psql(name, "SELECT district_a || '/' || district_b FROM office.v_overlaps", person).split()
                mine = "%s/%s" % (SCOPES[scope], SCOPES[scope])
                if scope in ("sea", "hill") and (not rows or set(rows) != {mine}) or scope == "none" and rows:
                    wrong.append("%s: %s" % (place, rows))
                continue
            rows = psql(name, "SELECT DISTINCT coalesce(%s, '-') FROM office.%s" % (column, place), person).split()
            empty = place in ("v_record_lines", "v_record_points", "v_unlocated", "v_report_progress")
            expected = {"sea": {"Sea"}, "hill": {"Hill"}, "all": {"Sea", "Hill", "-"}, "none": set()}[scope]
            if set(rows) != (set() if empty else expected):
                wrong.append("%s: %s" % (place, rows))
            whole = psql(name, "SELECT t::text FROM office.%s t" % place, person)
            leaked = {"Sea", "Hill", "None"} - expected - ({"None"} if "-" in expected else set())
            wrong += ["%s tells a secret of %s" % (place, d) for d in leaked if "secret of " + d in whole]
        ok(not wrong, "%s with scope %s sees what is its own, by %s" % (kind, scope, column), *wrong)


def maps(name):
    """What is not there for me counts as nowhere in what is computed."""
    # the areas are alike, the records are not: the ground without a record must be the same as if there were only mine
    alone = psql(name, "SELECT round(mf_area(mf_gaps(current, ST_MakeEnvelope(49.9, 40.9, 50.1, 41.1, 4326)))) FROM office.records "
                       "WHERE is_current AND district = 'Sea'")
    equal(psql(name, "SELECT round(sum(area_m2)) FROM office.v_no_record", P + "_reader_sea"), alone,
          "the ground without a record is computed from the own records only")
    equal(psql(name, "SELECT count(*) FROM office.v_overlaps", P + "_reader_sea"), "1", "and so are overlaps")


def number(name, what, district):
    return psql(name, "SELECT max(%s) FROM office.%s WHERE district = '%s'" % (what[1], what[0], district))


def refused(name, sql, key, who):
    """What is said to sql with a key in it, without the key and places in the code."""
    told = error(name, sql.format(key), who)
    return re.sub(r"(record|file|line|row|load|landmark|position) %s\b" % key, r"\1 N", re.sub(r" line \d+ at \w+", "", told))


def asking(name):
    """An officer of Hill about what is Sea's, and about what is not there: one answer."""
    who = P + "_officer_hill"
    record, file = number(name, ("records", "record_id"), "Sea"), number(name, ("intake_files", "file_id"), "Sea")
    line, book = number(name, ("intake_lines", "intake_id"), "Sea"), number(name, ("books", "book_id"), "Sea")
    area, road = number(name, ("areas", "area_id"), "Sea"), number(name, ("lines", "line_id"), "Sea")
    mark, position = number(name, ("landmarks", "landmark_id"), "Sea"), number(name, ("landmark_positions", "position_id"), "Sea")
    calls = (("mf_supersede('office', {}, '{{\"type\":\"Feature\"}}', 'x')", record), ("mf_amend('office', {}, '{{\"type\":\"Feature\"}}', 'x', 9)", record),
             ("mf_withdraw('office', 'x', record_id => {})", record), ("mf_restore('office', 'x', record_id => {})", record),
             ("mf_withdraw('office', 'x', file_id => {})", file), ("mf_restore('office', 'x', file_id => {})", file),
             ("mf_retry('office', {}, 'x')", line), ("mf_keep('office', {}, 'file.ods', 'x')", file), ("mf_kept('office', {})", file),
             ("mf_kept('office', {}, 'file.ods')", file), ("mf_landmark_impact('office', {}, 'SRID=4326;POINT(50 41)')", mark),
             ("mf_move_landmark('office', {}, 'SRID=4326;POINT(50 41)', 'x')", mark), ("mf_unmove_landmark('office', {}, 'x')", mark),
             ("mf_use_landmark('office', {}, max(record_id), 'L1') FROM office.records WHERE key = '3'", mark),
             ("mf_use_landmark('office', max(landmark_id), {}, 'L1') FROM office.landmarks", record))
    for call, theirs in calls:
        answers = [refused(name, "SELECT " + call, n, who) for n in (theirs, "99999")]
        ok(answers[0] and answers[0] == answers[1], "%s: another's and none give one answer" % call.split("(")[0], *answers)
    inserts = ("office.requests (subject, district, record_id) VALUES ('x', 'Hill', {})", record), \
        ("office.requests (subject, district, book_id) VALUES ('x', 'Hill', {})", book), \
        ("office.requests (subject, district, area_id) VALUES ('x', 'Hill', {})", area), \
        ("office.requests (subject, district, line_id) VALUES ('x', 'Hill', {})", road), \
        ("office.records (book_id, key, as_received, current, district) VALUES ({}, 'x', '{{\"type\":\"Feature\"}}', '{{\"type\":\"Feature\"}}', 'Hill')", book), \
        ("office.intake_files (book_id, file_name, sha256, content, district) VALUES ({}, 'x', repeat('0', 64), '', 'Hill')", book), \
        ("office.intake_lines (file_id, n, line, input, outcome, sqlstate, message, district) VALUES ({}, 9, 1, '', 'refused', 'x', 'x', 'Hill')", file), \
        ("office.intake_retries (intake_id, input, reason) VALUES ({}, 'x', 'x')", line), \
        ("office.intake_retries (intake_id, input, reason, record_id) SELECT max(intake_id), 'x', 'x', {} FROM office.intake_lines", record), \
        ("office.landmark_uses (landmark_id, record_id, point_id) SELECT {}, max(record_id), 'A' FROM office.records WHERE key = '3'", mark), \
        ("office.landmark_uses (landmark_id, record_id, point_id) SELECT max(landmark_id), {}, 'A' FROM office.landmarks", record), \
        ("office.landmark_positions (landmark_id, geometry, is_surveyed) VALUES ({}, 'SRID=4326;POINT(50 41)', true)", mark), \
        ("office.landmark_positions (landmark_id, geometry, is_surveyed, before_id) SELECT max(landmark_id), 'SRID=4326;POINT(50 41)', true, {} FROM office.landmarks", position), \
        ("office.intake_originals (file_id, file_name, content, sha256, district) VALUES ({}, 'x', '', encode(sha256(''), 'hex'), 'Hill')", file), \
        ("office.intake_lines (file_id, n, line, input, outcome, record_id) SELECT max(file_id), 9, 1, '', 'unchanged', {} FROM office.intake_files", record), \
        ("office.records (book_id, key, as_received, current, file_id) SELECT max(book_id), 'x', '{{\"type\":\"Feature\"}}', '{{\"type\":\"Feature\"}}', {} FROM office.books", file), \
        ("office.records (book_id, key, as_received, current, version, first_id) SELECT max(book_id), 'x', '{{\"type\":\"Feature\"}}', '{{\"type\":\"Feature\"}}', 2, {} FROM office.books", record)
    for insert, theirs in inserts:
        answers = [refused(name, "INSERT INTO " + insert, n, who) for n in (theirs, "99999")]
        ok(answers[0] and answers[0] == answers[1], "a row in %s cannot refer to what is not seen" % insert.split(" ")[0], *answers)
    for update in ("records SET superseded_by = {}", "intake_lines SET record_id = {}", "requests SET record_id = {}", "landmarks SET change_reason = 'x', position_id = {}"):
        answers = [refused(name, "UPDATE office.%s" % update, n, who) for n in (position if "position_id" in update else record, "99999")]
        ok(answers[0] and answers[0] == answers[1], "nor a changed one: %s" % update.split(" ")[0], *answers)
    # keys: the same names and files as theirs are free for me
    told = psql(name, "SELECT already_loaded, records FROM mf_intake('office', 'file', $$%s$$, 'Other', 'Hill', 'Hill')" % feature("1", 50), who)
    equal(told, "f|1", "a file that another district has is new to this one")
    psql(name, "INSERT INTO office.books (name, district, organisation) VALUES ('Theirs', 'Sea', 'Hill'); "
               "INSERT INTO office.areas (name, geometry, district, organisation) VALUES ('Theirs', ST_MakeEnvelope(50, 41, 51, 42, 4326), 'Sea', 'Hill')")
    equal(error(name, "INSERT INTO office.books (name, district, organisation) VALUES ('Theirs', 'Hill', 'Hill')", who), "",
          "a name of a book that another district has is free")
    equal(error(name, "INSERT INTO office.areas (name, geometry, district, organisation) VALUES ('Theirs', ST_MakeEnvelope(50, 41, 51, 42, 4326), 'Hill', 'Hill')", who), "",
          "and of an area")
    # errors of values: a function over all rows must not run over theirs
    told = error(name, "SELECT 1 / (CASE WHEN mf_properties(current) ->> 'remarks' = 'secret of Sea' THEN 0 ELSE 1 END) FROM office.records", who)
    equal(told, "", "an error in a query cannot come from a hidden row")
    told = error(name, "SELECT * FROM office.records WHERE 1 / (CASE WHEN current::text LIKE '%secret of Sea%' THEN 0 ELSE 1 END) > 0", who)
    equal(told, "", "nor from a condition")
    # into another's district
    told = error(name, "INSERT INTO office.books (name, district) VALUES ('x', 'Sea')", who)
    ok("42501" in told, "nothing can be entered into another's district", told)
    told = error(name, "SELECT mf_intake('office', 'x', '{}', 'New', 'Sea')", who)
    ok("42501" in told, "nor loaded", told)
    told = error(name, "UPDATE office.areas SET district = 'Sea'", who)
    ok("42501" in told, "nor moved", told)


def numbers(name):
    """What a number tells: of how many rows there are, and of which."""
    who, admin = P + "_officer_hill", "SELECT string_agg(format('%s.%s', attrelid::regclass, attname), ' ') FROM pg_attribute " \
        "WHERE attidentity <> '' AND attrelid::regclass::text LIKE 'office.%'"
    few = []
    for column in psql(name, admin).split():
        table, key = column.rsplit(".", 1)
        got = [int(n) for n in psql(name, "SELECT %s FROM %s" % (key, table)).split()]
        if not got or min(got) < 2 ** 30 or max(got) >= 2 ** 53 or len(set(got)) < len(got):
            few.append("%s: %s" % (column, got))
    ok(not few, "numbers are no counts", *few)
    theirs = number(name, ("areas", "area_id"), "Sea")
    shape = "ST_MakeEnvelope(50, 41, 51, 42, 4326), 'Hill'"
    got = psql(name, "INSERT INTO office.areas (area_id, name, geometry, district, created_by) OVERRIDING SYSTEM VALUE "
                     "VALUES (%s, 'forced', %s, 'somebody') RETURNING area_id <> %s, created_by" % (theirs, shape, theirs), who)
    equal(got, "t|" + who, "a number that another has is not refused to me: I cannot choose one, nor a name")
    for act in ("UPDATE office.areas SET area_id = DEFAULT", "UPDATE office.findings SET created_by = 'x'", "SELECT last_value FROM office.areas_area_id_seq",
                "INSERT INTO office.areas (name, geometry, district) VALUES ('seq', %s); SELECT lastval()" % shape):
        told = error(name, act, who)
        ok("42501" in told, "refused: %s" % act.split("(")[0], told)
    # a row of mine that a hidden row refers to
    mine = psql(name, "INSERT INTO office.areas (name, geometry, district) VALUES ('mine', %s) RETURNING area_id" % shape, who)
    psql(name, "INSERT INTO office.requests (subject, district, area_id) VALUES ('about Hill', 'Sea', %s)" % mine)
    equal(error(name, "DELETE FROM office.areas WHERE area_id = " + mine, who), "", "what a hidden request refers to can be deleted")
    equal(psql(name, "SELECT r.area_id = h.row_id, h.was ->> 'name' FROM office.requests r JOIN office.history h ON h.table_name = 'areas' "
                     "AND h.row_id = r.area_id WHERE r.subject = 'about Hill'"), "t|mine", "the request still says what it was about")


def reports(name):
    """A report of a district, made by one who sees all, is for those who see the district."""
    psql(name, "CALL mf_run_report('office', district => 'Hill')", P + "_officer_all")
    report = psql(name, "SELECT report::text || html FROM office.report_runs WHERE status = 'complete'", P + "_reader_hill")
    leaked = [d for d in ("Sea", "None") if "secret of " + d in report]
    ok("Book" in report and not leaked, "it has nothing of what they do not see", leaked)
    equal(psql(name, "SELECT mf_report('office', district => 'Hill') #>> '{totals,records}'", P + "_officer_all"),
          psql(name, "SELECT mf_report('office', district => 'Hill') #>> '{totals,records}'", P + "_officer_hill"), "whoever makes it")
    equal(psql(name, "SELECT count(*) FROM office.report_runs WHERE status = 'complete'", P + "_reader_sea"), "0", "and others do not see it")


def doing(name):
    """What each kind may do at all."""
    for kind in ("reader", "auditor"):
        who = "%s_%s_sea" % (P, kind)
        acts = ["INSERT INTO office.books (name, district) VALUES ('x', 'Sea')", "UPDATE office.records SET status = 'closed', change_reason = 'x'",
                "DELETE FROM office.areas", "SELECT mf_intake('office', 'x', '{}', 'Book', 'Sea', 'Sea')",
                "SELECT mf_supersede('office', (SELECT max(record_id) FROM office.v_current r JOIN office.records USING (key)), '{\"type\":\"Feature\"}', 'x')",
                "INSERT INTO office.access VALUES (current_user, '*')", "UPDATE office.labels SET label = 'x'", "SELECT mf_drop_registry('office', true)",
                "SELECT mf_registry_protect('office')", "SELECT mf_registry_admit('office', current_user, '*')", "SELECT mf_upgrade_registry('office')"]
        wrong = [act for act in acts if "42501" not in error(name, act, who)]
        ok(not wrong, "%s changes nothing" % kind, *wrong)
    who = P + "_officer_sea"
    forged = ["INSERT INTO office.records (book_id, key, as_received, current, received_by) SELECT max(book_id), 'f', '{\"type\":\"Feature\"}', '{\"type\":\"Feature\"}', 'somebody' FROM office.books",
              "UPDATE office.records SET received_at = now(), change_reason = 'x'", "UPDATE office.records SET district = 'Hill', change_reason = 'x'",
              "UPDATE office.records SET withdrawn_by = 'somebody', change_reason = 'x'", "INSERT INTO office.history (table_name, row_id, action, changed_by) VALUES ('x', 1, 'x', 'somebody')",
              "UPDATE office.history SET reason = 'x'", "DELETE FROM office.history", "DELETE FROM office.records", "DELETE FROM office.books", "TRUNCATE office.records",
              "UPDATE office.intake_lines SET input = 'x'", "UPDATE office.intake_files SET content = 'x'", "INSERT INTO office.access VALUES (current_user, '*')",
              "SELECT mf_registry_admit('office', current_user, '*')", "SELECT mf_drop_registry('office', true)"]
    wrong = [act for act in forged if not re.search("42501|55000", error(name, act, who))]
    ok(not wrong, "an officer cannot say who and when, nor delete, nor let himself in", *wrong)
    psql(name, "UPDATE office.records SET status = 'closed', change_reason = 'surveyed' WHERE key = '1'; "
               "SELECT mf_withdraw('office', 'x', record_id => (SELECT record_id FROM office.records WHERE key = '1')); "
               "SELECT mf_restore('office', 'x', record_id => (SELECT record_id FROM office.records WHERE key = '1')); "
               "SELECT mf_withdraw('office', 'x', file_id => (SELECT min(file_id) FROM office.intake_files)); "
               "SELECT mf_restore('office', 'x', file_id => (SELECT min(file_id) FROM office.intake_files)); "
               "SELECT mf_retry('office', (SELECT max(intake_id) FROM office.intake_lines WHERE outcome = 'refused'), 'x', '{\"type\":\"Feature\",\"id\":\"r\"}');"
               "UPDATE office.areas SET name = 'Mine'; DELETE FROM office.requests", who)
    equal(psql(name, "SELECT DISTINCT changed_by, district FROM office.history WHERE changed_by LIKE '%%officer_sea%%'"), who + "|Sea",
          "an officer's work is told under his name, in his district")
    equal(psql(name, "SELECT count(*) FROM office.access", who), "1", "and he sees nobody else's scopes")


def plan(name):
    """Below row-level security the index on records is used for a minefield_box."""
    psql(name, """INSERT INTO office.records (book_id, key, as_received, current, district)
        SELECT (SELECT min(book_id) FROM office.books), 'p' || n, r, r, CASE WHEN n % 2 = 0 THEN 'Sea' ELSE 'Hill' END
        FROM generate_series(1, 20000) n, LATERAL (SELECT mf_make('p' || n, ST_MakeEnvelope(40 + n % 200 * 0.05, 40 + n / 200 * 0.05,
            40 + n % 200 * 0.05 + 0.01, 40 + n / 200 * 0.05 + 0.01, 4326)) r) m; ANALYZE office.records""")
    who = P + "_reader_sea"
    for sql, index in (("SELECT count(*) FROM office.records WHERE is_current AND current && mf_box(41, 41, 41.2, 41.2)", "records_current_extent"),
                       ("SELECT count(*) FROM office.v_current WHERE current && mf_box(41, 41, 41.2, 41.2)", "records_current_extent"),
                       ("SELECT count(*) FROM office.records WHERE current && mf_box(41, 41, 41.2, 41.2)", "records_extent")):
        found = psql(name, "EXPLAIN (COSTS OFF) " + sql, who)
        ok(re.search(r"Index.* Scan.* %s" % index, found), "the index is used: %s" % sql, found)
        equal(psql(name, sql, who), psql(name, sql.replace("WHERE", "WHERE district = 'Sea' AND"), None),
              "and the rows are those of the district")


def drop_roles():
    psql("postgres", "SET client_min_messages = warning; " + "".join(
        "DROP ROLE IF EXISTS %s;" % role for role in PEOPLE + [P + "_r", P + "_o", P + "_a"]))


# what is registered first runs last: the database has to go before its roles
atexit.register(drop_roles)
name = database("registry_rights")
psql(name, "SELECT mf_create_registry('office')")
people(name)
fill(name)
seeing(name, "district")
maps(name)
asking(name)
numbers(name)
reports(name)
doing(name)
plan(name)
# by organisation: the books' word decides, whatever the district
psql(name, "SELECT mf_drop_registry('office', true); SELECT mf_create_registry('office')")
fill(name)
psql(name, "SELECT mf_registry_protect('office', 'organisation', '%s_r', '%s_o', '%s_a')" % (P, P, P))
for person in PEOPLE:
    if SCOPES[person.rsplit("_", 1)[1]]:
        psql(name, "SELECT mf_registry_admit('office', '%s', '%s')" % (person, SCOPES[person.rsplit("_", 1)[1]]))
seeing(name, "organisation")
told = error(name, "SELECT mf_registry_protect('office', 'colour')")
ok("22023" in told, "a registry is protected by district or organisation", told)
told = error(name, "SELECT mf_registry_admit('office', 'nobody at all', 'Sea')")
ok("42704" in told, "only roles are let in", told)
psql(name, "SELECT mf_registry_admit('office', '%s_reader_sea', VARIADIC '{}')" % P)
equal(psql(name, "SELECT count(*) FROM office.records", P + "_reader_sea"), "0", "who is let in nowhere sees nothing")
done()
