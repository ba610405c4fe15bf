"""What `make bench` prints: whole-process times as medians and ratios, and counts of jobs.

    python tests/bench.py

Every figure is of this machine on this day: compare ratios, not seconds.
"""

from __future__ import annotations

import datetime
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_registries import main as bench_registries
from bench_verification import main as bench_verification

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".snakemake", "results", "logs", "__pycache__", ".*_cache", ".hypothesis"
)
ONE_RULE = """
rule all:
    output: "done.txt"
    shell: "touch {output}"
"""


def seconds(command: list[str], folder: Path) -> float:
    begin = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - begin


def jobs(folder: Path) -> int:
    plan = subprocess.run(
        [BIN / "snakemake", "--dry-run", "--cores", "2"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    total = re.search(r"^total\s+(\d+)", plan.stdout + plan.stderr, flags=re.MULTILINE)
    return int(total[1]) if total else 0


def main() -> None:
    snakemake = [str(BIN / "snakemake"), "--cores", "2"]
    build = [str(BIN / "livingreview"), "build", "--cores", "2"]
    with tempfile.TemporaryDirectory() as scratch:
        review = Path(scratch, "review")
        shutil.copytree(ROOT, review, ignore=LEFT_OUT)
        one_rule = Path(scratch, "one-rule")
        one_rule.mkdir()
        Path(one_rule, "Snakefile").write_text(ONE_RULE)
        seconds(snakemake, one_rule)

        planned = jobs(review)
        cold = seconds(build, review)
        pairs = [
            (seconds(snakemake, review), seconds(build, review), seconds(snakemake, one_rule))
            for _ in range(5)
        ]
    idle = statistics.median(snake / one for snake, _, one in pairs)
    idle_build = statistics.median(whole / one for _, whole, one in pairs)
    one = statistics.median(one for *_, one in pairs)
    print(f"{datetime.date.today()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"cold run of the default review        {cold:6.1f} s, {planned} jobs (at most 30 s, 16)")
    print(f"one-rule workflow already done        {one:6.2f} s")
    print(f"snakemake with nothing to do, ratio   {idle:6.2f}   (at most 1.5)")
    print(f"livingreview build, the same, ratio   {idle_build:6.2f}")
    bench_registries()
    bench_verification()


if __name__ == "__main__":
    main()
