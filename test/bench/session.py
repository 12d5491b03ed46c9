"""session.py - one connection that stays open, how long its statements take,
and how much memory its server process comes to use

psql as a coprocess: the server's own clock is not needed, because what comes
back is one short row.
"""

import os
import re
import subprocess

# On a machine that does other things as well, CLOCK=cpu counts the time that
# the server process spent on a processor; that of parallel workers is not seen.
BY_PROCESSOR = os.environ.get("CLOCK") == "cpu"
MARK = "--- done ---"


class Failed(Exception):
    """The server refused a statement; the text is what it said."""


class Session:
    def __init__(self, database, *settings):
        self.psql = subprocess.Popen(
            ["psql", "-XqAt", "-d", database], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True)
        self.milliseconds = 0.0
        self.pid = None
        self.run("\\timing on\nSET client_min_messages = warning")
        for setting in settings:
            self.run("SET " + setting)
        self.pid = int(self.run("SELECT pg_backend_pid()"))

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.psql.stdin.close()
        self.psql.wait()
        self.psql.stdout.close()

    def run(self, sql):
        """Run one statement; what it prints.  Its time is in milliseconds."""
        before = self.processor()
        self.psql.stdin.write("%s;\n\\echo %s\n" % (sql, MARK))
        self.psql.stdin.flush()
        lines = []
        for line in self.psql.stdout:
            line = line.rstrip("\n")
            if line == MARK:
                break
            time = re.match(r"Time: ([0-9.]+) ms", line)
            if time:
                self.milliseconds = float(time.group(1))
            else:
                lines.append(line)
        else:
            raise Failed("the server went away: %s" % " ".join(lines))
        said = "\n".join(lines)
        if re.search(r"^(ERROR|FATAL|PANIC):", said, re.M):
            raise Failed("%s\n%s" % (said, sql))
        if BY_PROCESSOR:
            self.milliseconds = self.processor() - before
        return said

    def processor(self):
        """Milliseconds on a processor so far."""
        if not BY_PROCESSOR or self.pid is None:
            return 0.0
        with open("/proc/%d/schedstat" % self.pid) as f:
            return int(f.read().split()[0]) / 1e6

    def memory(self):
        """(most used so far, used now, of that shared) in MB; None where /proc does not tell."""
        try:
            with open("/proc/%d/status" % self.pid) as f:
                status = dict(re.findall(r"^(\w+):\s+(\d+) kB", f.read(), re.M))
            return tuple(int(status[name]) / 1024 for name in ("VmHWM", "VmRSS", "RssShmem"))
        except (OSError, KeyError):
            return None

    def growth(self, sql):
        """Run a statement; by how many MB the process grew at most, the server's
        shared buffers left out.  None: not known.  Workers are not counted."""
        before = self.memory()
        self.run(sql)
        after = self.memory()
        if not before or not after:
            return None
        return max(0.0, (after[0] - after[2]) - (before[1] - before[2]))
