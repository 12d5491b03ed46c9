#!/usr/bin/env python3
"""900_doc.t - every example of README.md and doc/*.md runs, and prints what
the documents say

    900_doc.t [FILE...]             test (all documents, or these)
    900_doc.t --update [FILE...]    write documents with the output blocks that
                                    hold now to $OUT, where they differ (make doc)

In a document, fenced blocks are told apart by the word after the fence:

    sql      run by psql, all blocks of a document in order and in one session
    sh       run by bash -euo pipefail, in the same order and database
    json     a Feature or FeatureCollection is read as minefield or logbook;
             anything else has to be JSON
    text     straight after sql or sh: exactly what that block prints
    console  commands that no test can run: as root, or over the network

In a text block, a line that is only an ellipsis stands for any lines, and an
ellipsis within a line for any characters.  Blanks at the ends of lines do not
count.  A block without a text block has to run without an error.

Every document has a fresh database with PostGIS and the extension, or one
without them when it says CREATE EXTENSION minefield itself; psql runs quietly
(no command tags) in an empty directory that has links to test/ and doc/.

Besides, every link in the documents leads somewhere, doc/reference.md is
current and complete, and every function, type and operator has a chapter.
Needs a server with the extension, and ogr2ogr for some examples.
"""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from engine_lib import finish, ok, psql             # noqa: E402

TOP = os.path.normpath(os.path.join(HERE, "..", ".."))
MARK = "@@ example"
TROUBLE = re.compile(r"^(ERROR|FATAL|PANIC|psql|sh|bash|invalid command)\b.*", re.M)
TEMPLATE = "mf_doc_template_%d" % os.getpid()
SCRATCH = "mf_doc_%d" % os.getpid()


class Block:
    """A fenced block: its language, text, and place in the document."""

    def __init__(self, language, first, lines):
        self.language, self.first, self.lines = language, first, lines
        self.expected = None        # the text block that belongs to it

    @property
    def body(self):
        return "\n".join(self.lines) + "\n"


def blocks_of(text):
    """The fenced blocks of a document, each with the output that follows."""
    blocks, lines, open_block, blank = [], text.split("\n"), None, False
    for n, line in enumerate(lines, 1):
        if open_block is None:
            fence = re.match(r"```(\w*)\s*$", line)
            if fence:
                open_block = Block(fence.group(1), n, [])
            elif line.strip():
                blank = False       # prose parts a block from its output
        elif line.startswith("```"):
            if open_block.language == "text" and blank and blocks[-1].language in ("sql", "sh"):
                blocks[-1].expected = open_block
            else:
                blocks.append(open_block)
            blank = open_block.language != "text"
            open_block = None
        else:
            open_block.lines.append(line)
    return blocks


def tidy(text):
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def matches(expected, actual):
    """Is this the output, ellipses aside?"""
    pattern = ""
    for line in tidy(expected).split("\n"):
        if line == "…":
            pattern += r"(?:.*\n)*"
        else:
            pattern += ".*".join(re.escape(part) for part in line.split("…")) + "\n"
    return re.fullmatch(pattern, tidy(actual) + "\n") is not None


def psql_lines(n, block, directory):
    """What psql has to read to run a block."""
    if block.language == "sql":
        return block.body
    if block.language == "json":
        members = json.loads(block.body)
        kind = {"Feature": "minefield", "FeatureCollection": "logbook"}.get(
            members.get("type") if isinstance(members, dict) else None)
        return "SELECT length($doc$%s$doc$::%s::text) > 0;\n" % (block.body, kind) if kind else ""
    path = os.path.join(directory, "..", "example-%d.sh" % n)
    with open(path, "w", encoding="utf-8") as f:
        f.write("set -euo pipefail\n" + block.body)
    return "\\! bash '%s' </dev/null 2>&1 || echo \"sh: exit status $?\"\n" % path


def outputs(text, blocks):
    """Run the blocks of a document; the output of each, or None without end."""
    bare = any(b.language == "sql" and re.search(r"CREATE EXTENSION minefield", b.body)
               for b in blocks)
    psql("CREATE DATABASE %s TEMPLATE %s" % (SCRATCH, "template0" if bare else TEMPLATE), "postgres")
    environment = dict(os.environ, PGDATABASE=SCRATCH, PGCLIENTENCODING="UTF8", PGTZ="UTC",
                       LC_ALL="C.UTF-8", TZ="UTC")
    with tempfile.TemporaryDirectory() as work:
        directory = os.path.join(work, "in")
        os.mkdir(directory)
        for name in ("test", "doc"):
            os.symlink(os.path.join(TOP, name), os.path.join(directory, name))
        script = "".join("%s\\echo %s %d\n" % (psql_lines(n, b, directory), MARK, n)
                         for n, b in enumerate(blocks))
        done = subprocess.run(["psql", "-X", "-q", "-P", "pager=off"], input=script, cwd=directory,
                              env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              encoding="utf-8", errors="replace")
    psql("DROP DATABASE %s WITH (FORCE)" % SCRATCH, "postgres")
    found, rest = [], done.stdout
    for n in range(len(blocks)):
        before, mark, after = rest.partition("%s %d\n" % (MARK, n))
        found.append(before if mark else None)
        rest = after if mark else rest
    return found


def ended(block):
    """Does the last statement end, so that it cannot run into the next block?"""
    last = block.body.rstrip().split("\n")[-1].strip()
    return block.language != "sql" or last.endswith(";") or "\\" in last


def test_document(name):
    """One test for each block; the document with the output that holds now."""
    with open(os.path.join(TOP, name), encoding="utf-8") as f:
        text = f.read()
    blocks = [b for b in blocks_of(text) if b.language in ("sql", "sh", "json")]
    lines = text.split("\n")
    if not shutil.which("ogr2ogr") and any("ogr2ogr" in b.body for b in blocks):
        ok(True, "%s # SKIP ogr2ogr (package gdal-bin) is not installed" % name)
        return text
    found = outputs(text, blocks)
    for block, actual in reversed(list(zip(blocks, found))):
        if block.expected and actual is not None and not matches(block.expected.body, actual):
            first = block.expected.first
            lines[first:first + len(block.expected.lines)] = tidy(actual).split("\n")
    for block, actual in zip(blocks, found):
        what = "%s:%d %s" % (name, block.first, block.language)
        if actual is None or not ended(block):
            ok(False, what + " ends")
        elif block.expected:
            ok(matches(block.expected.body, actual), what + " prints what is said",
               "said:", *tidy(block.expected.body).split("\n"), "printed:", *tidy(actual).split("\n"))
        else:
            trouble = TROUBLE.search(actual)
            ok(not trouble, what + " runs", trouble.group(0) if trouble else "")
    return "\n".join(lines)


def prose(text):
    """A document without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)


def anchors(text):
    """The names of the headings, as they are linked to."""
    seen, found = {}, set()
    for heading in re.findall(r"^#+ +(.*?)\s*$", prose(text), re.M):
        plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading.replace("`", "")).lower()
        anchor = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        count = seen.get(anchor, 0)
        seen[anchor] = count + 1
        found.add(anchor if not count else "%s-%d" % (anchor, count))
    return found


def test_links(documents):
    wrong = []
    for name, text in documents.items():
        for target in re.findall(r"\]\(([^)\s]+)\)", prose(text)):
            if re.match(r"\w+:", target):
                continue
            path, _, anchor = target.partition("#")
            path = os.path.normpath(os.path.join(os.path.dirname(name), path)) if path else name
            if not os.path.exists(os.path.join(TOP, path)):
                wrong.append("%s: %s" % (name, target))
            elif anchor and anchor not in anchors(documents.get(path, "")):
                wrong.append("%s: %s" % (name, target))
    ok(not wrong, "every link leads somewhere", *wrong)
    chapters = {os.path.basename(n) for n in documents if n.startswith("doc/")} - {"README.md"}
    listed = set(re.findall(r"\]\((\w+\.md)\)", documents["doc/README.md"]))
    ok(chapters == listed, "doc/README.md lists every chapter", *sorted(chapters ^ listed))


# Everything in the catalog that the extension brought and people may use, by
# kind: functions other than those that the system alone calls, and so on.
OBJECTS = """
WITH member AS (
    SELECT d.classid, d.objid FROM pg_depend d JOIN pg_extension e ON d.refobjid = e.oid
    WHERE d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass AND e.extname = 'minefield')
SELECT 'function', proname::text FROM member JOIN pg_proc p ON p.oid = objid
WHERE classid = 'pg_proc'::regclass AND proname LIKE 'mf\\_%'
    AND 'internal'::regtype <> ALL (proargtypes || prorettype)
    AND coalesce(obj_description(p.oid, 'pg_proc'), '') !~ '^For (the|mf_)'
UNION
SELECT 'type', typname FROM member JOIN pg_type t ON t.oid = objid
WHERE classid = 'pg_type'::regclass AND typcategory <> 'A'
UNION
SELECT 'operator', oprname FROM member JOIN pg_operator o ON o.oid = objid
WHERE classid = 'pg_operator'::regclass
UNION
SELECT 'cast', format('%s → %s', format_type(castsource, NULL), format_type(casttarget, NULL))
FROM member JOIN pg_cast c ON c.oid = objid WHERE classid = 'pg_cast'::regclass
UNION
SELECT 'signature', format('%s(%s)', proname, pg_get_function_identity_arguments(p.oid))
FROM member JOIN pg_proc p ON p.oid = objid WHERE classid = 'pg_proc'::regclass
ORDER BY 1, 2
"""


def spelled(signature):
    """A signature with the names of types as the reference spells them."""
    for long, short in (("double precision", "float8"), ("character varying", "varchar"), ("timestamp with time zone", "timestamptz"), ("(IN ", "("), (", IN ", ", ")):
        signature = signature.replace(long, short)
    return re.sub(r" ORDER BY .*\)", ")", signature)


def test_reference(documents):
    done = subprocess.run([os.path.join(TOP, "test/tools/reference"), "--check"],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    ok(done.returncode == 0, "doc/reference.md is current", done.stdout)
    objects = [line.split("|", 1) for line in psql(OBJECTS, TEMPLATE).split("\n")]
    reference = re.sub(r" DEFAULT [^,)]+", "", documents["doc/reference.md"])
    without = [s for kind, s in objects if kind == "signature" and spelled(s) not in reference]
    ok(not without, "doc/reference.md has every function of the extension", *without)
    chapters = "\n".join(text for name, text in documents.items()
                         if name.startswith("doc/") and os.path.basename(name) not in ("reference.md", "README.md"))
    for wanted in ("function", "type", "operator", "cast"):
        without = []
        for kind, name in objects:
            if kind != wanted:
                continue
            if kind == "cast":
                found = all("`%s`" % word in chapters for word in name.split(" → "))
            elif kind == "operator":
                found = "`%s`" % name in chapters or "`\\|\\|`" in chapters and name == "||"
            else:
                found = re.search(r"\b%s\b" % re.escape(name), chapters)
            if not found:
                without.append(name)
        ok(not without, "every %s has a chapter that mentions it" % wanted, *without)


def main():
    arguments = sys.argv[1:]
    update = "--update" in arguments
    names = [os.path.relpath(p, TOP) for p in
             [os.path.join(TOP, "README.md")] + sorted(glob.glob(os.path.join(TOP, "doc/*.md")))]
    documents = {}
    for name in names:
        with open(os.path.join(TOP, name), encoding="utf-8") as f:
            documents[name] = f.read()
    chosen = [a for a in arguments if a != "--update"] or names
    psql("CREATE DATABASE %s TEMPLATE template0" % TEMPLATE, "postgres")
    try:
        psql("CREATE EXTENSION postgis; CREATE EXTENSION minefield;", TEMPLATE)
        for name in chosen:
            text = test_document(name)
            if update and text != documents[name]:
                path = os.path.join(os.environ["OUT"], name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as f:
                    f.write(text)
        if chosen is names:
            test_links(documents)
            test_reference(documents)
    finally:
        for name in (SCRATCH, TEMPLATE):
            psql("DROP DATABASE IF EXISTS %s WITH (FORCE)" % name, "postgres")
    finish()


if __name__ == "__main__":
    main()
