"""The version check in process, and the write path at FULL on this disk."""

import re
import subprocess

from benchmarks.ground import BIN, report, scratch


def bench_database(arguments):
    print("The version check in process, and the write path at FULL on this disk")
    with scratch() as folder:
        output = subprocess.run([BIN / "MuseAdmin", "measure", "--folder", folder, "--rounds", str(arguments.rounds)],
                                capture_output=True, text=True, check=True).stdout
    p50 = float(re.search(r"p50 ([\d.]+)", output).group(1))
    ratio = float(re.search(r"ratio: ([\d.]+)", output).group(1))
    for line in output.splitlines()[:-1]:
        print("  " + line)
    report("version check p50", f"{p50} µs", "20 µs", p50 < 20)
    report("group commit against single commits", ratio, "4", ratio >= 4)
