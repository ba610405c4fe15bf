"""How well and how fast references are verified: part of what `make bench` prints.

The table of the planted faults (docs/verification.md holds it), the same with the recorded works
where these are there, and whole-process times of `check`, offline, with the most memory it took.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from doubles.records import synthetic_works
from livingreview.registries.lock import LOCK_HEADER
from planted_printing import bibtex, lines_of, printed
from planted_table import SEED, check_all, table
from planted_works import of_record, pubmed_of

ROOT = Path(__file__).resolve().parent.parent
RECORDED = ROOT.parent / "shared" / "crossref" / "recorded"
COUNT = 10_000
CHECK = [str(Path(sys.executable).parent / "livingreview"), "check"]


def write_list(folder: Path, count: int = COUNT) -> tuple[Path, Path]:
    """A list of made-up references, and the lock in which two registries know them all."""
    dice = random.Random(SEED)
    works = [
        of_record(f"s{number}", record, pubmed=pubmed_of(record))
        for number, record in enumerate(synthetic_works(count))
    ]
    bibliography, lock = folder / "list.bib", folder / "lock.jsonl"
    with bibliography.open("w", encoding="utf-8") as file:
        file.writelines(f"{bibtex(work.key, printed(dice, work))}\n" for work in works)
    with lock.open("w", encoding="utf-8") as file:
        file.write(json.dumps(LOCK_HEADER) + "\n")
        for work in works:
            lines = lines_of(work)
            file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return bibliography, lock


def measure(command: list[str], folder: Path) -> tuple[float, float, str]:
    """Seconds, megabytes at most, and the last line of what a command printed on its way."""
    begin = time.perf_counter()
    with (folder / "told.txt").open("w+", encoding="utf-8") as told:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told)
        # This child's own figures: those of all children together would be those of the largest.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - begin
        told.seek(0)
        last = (told.read().splitlines() or [""])[-1]
    if process.returncode > 1:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {last}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return seconds, kilobytes / 1024, last


def main() -> None:
    print("\nPlanted faults, of works that stand in this repository\n")
    print(table(check_all(SEED)))
    if RECORDED.is_dir():
        print("The same with recorded works among them\n")
        print(table(check_all(SEED, RECORDED)))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        bibliography, lock = write_list(folder)
        command = [*CHECK, str(bibliography), "--lock", str(lock), "--format", "json"]
        seconds, megabytes, _ = measure([*command, "--output", str(folder / "report.json")], folder)
        summary = json.loads((folder / "report.json").read_text("utf-8"))["summary"]
        own = [*CHECK, "data/references.bib", "--lock", "data/lock/works.jsonl"]
        os.chdir(ROOT)
        own_seconds = sorted(measure(own, folder)[0] for _ in range(3))[1]
    verified = f"{summary['verdicts']['verified']:,} verified"
    print(f"{COUNT:,} locked references      {seconds:6.1f} s {megabytes:5.0f} MB, {verified}")
    print("                                (at most 20 s and 500 MB)")
    print(f"the list of this repository   {own_seconds:6.1f} s (at most 3 s)")


if __name__ == "__main__":
    main()
