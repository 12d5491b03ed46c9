#!/usr/bin/env python3
"""515_compilers.t - the same bits from every compiler at every level

The engines of the core, on the same random records, must give the same bytes
however they are compiled; that is what makes a figure in a report the same
on two machines.  And it must be seen when a compiler fuses a multiplication
with an addition, which rounds once where the code says twice.
"""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import TOP, done, ok                                    # noqa: E402

CORE = sorted(glob.glob(os.path.join(TOP, "extension", "core", "*.c")))
SEED = os.environ.get("UNIT_SEED", "20261124")


def flags_of_the_build():
    """What the library is compiled with that concerns numbers."""
    with open(os.path.join(TOP, "extension", "extension.mk"), encoding="utf-8") as f:
        return re.findall(r"-ffp-\S+|-ffast-math|-m(?:arch|tune|fma)\S*|-std=\S+", f.read())


def digest(directory, compiler, *flags):
    """What a build prints; or why there is none."""
    program = os.path.join(directory, "digest")
    built = subprocess.run([compiler, *flags, "-w", "-I" + os.path.join(TOP, "include"),
                            "-I" + os.path.join(TOP, "extension", "core"), "-I" + os.path.join(TOP, "test", "unit"),
                            *CORE, os.path.join(TOP, "test", "unit", "digest.c"), "-lm", "-o", program],
                           capture_output=True, text=True, check=False)
    if built.returncode:
        return built.stderr
    ran = subprocess.run([program], capture_output=True, text=True, check=False, env={**os.environ, "UNIT_SEED": SEED})
    return ran.stdout if ran.returncode == 0 else "exit %d\n%s" % (ran.returncode, ran.stderr)


build = flags_of_the_build()
ok("-ffp-contract=off" in build and "-ffast-math" not in build and not [f for f in build if f.startswith("-m")],
   "the library is compiled without fused multiply-add, for every processor", *build)

with tempfile.TemporaryDirectory() as work:
    expected = digest(work, "gcc", "-O2", *build)
    ok(len(re.findall(r"^\w+ [0-9a-f]{16}$", expected, re.M)) == 4, "the engines run", expected)
    for line in expected.splitlines():
        print("# " + line)
    for compiler in filter(shutil.which, ("gcc", "clang")):
        for level in ("-O0", "-O3"):
            found = digest(work, compiler, level, *build)
            ok(found == expected, "%s %s gives the same bits" % (compiler, level), found)
    with open("/proc/cpuinfo", encoding="utf-8") as f:
        fused = re.search(r"^flags\s*:.*\bfma\b", f.read(), re.M)
    if fused:
        found = digest(work, "gcc", "-O2", *[f for f in build if "contract" not in f], "-mfma", "-ffp-contract=fast")
        ok(found != expected, "fused multiply-add does not go unseen", found)
    else:
        print("# this processor has no fused multiply-add to be seen")
done()
