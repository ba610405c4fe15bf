"""`livingreview build`: what `make` calls. Runs Snakemake and says in a few lines what came out."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from livingreview.errors import InputError
from livingreview.files import read_csv, read_json

CONFIG = Path("config/config.yaml")
PROBLEM = Path("logs/problem.txt")
SEVERITIES = ("error", "warning", "note")


def build(arguments: Sequence[str]) -> int:
    """Run the workflow in this folder, then print the closing lines; Snakemake's exit code."""
    if PROBLEM.parent.exists() and not PROBLEM.parent.is_dir():
        raise InputError("is a file; a folder of this name is needed", path=PROBLEM.parent)
    PROBLEM.unlink(missing_ok=True)
    if not release_stale_lock():
        return 1
    status = subprocess.run([snakemake_program(), *arguments], check=False).returncode
    if status == 0:
        print("\n".join(closing_lines(Path("results"))))
    return status


def snakemake_program() -> str:
    """The Snakemake of this very environment, whatever the PATH says."""
    return str(Path(sys.executable).with_name("snakemake"))


def release_stale_lock(patience: float = 30.0) -> bool:
    """Take away the lock that a killed run left behind; False while another run is at work.

    Snakemake does not note who holds its lock, so the processes of this folder are asked. The
    scripts of a killed run may outlive it by moments: these are waited for.
    """
    locks = Path(".snakemake/locks")
    if not locks.is_dir() or not any(locks.iterdir()):
        return True
    deadline = time.monotonic() + patience
    while holders := workflow_processes(Path.cwd()):
        orphans_only = all(parent == 1 for _, parent in holders)
        if not orphans_only or time.monotonic() > deadline:
            process = min(number for number, _ in holders)
            print(f"another run is at work in this folder (process {process})", file=sys.stderr)
            return False
        time.sleep(0.2)
    subprocess.run(
        [snakemake_program(), "--unlock"], check=True, capture_output=True, stdin=subprocess.DEVNULL
    )
    return True


def workflow_processes(folder: Path) -> list[tuple[int, int]]:
    """(process, parent) of every Snakemake, or script of one, that works in the folder."""
    import psutil  # Snakemake's own dependency; only needed where a lock was found

    found = []
    for process in psutil.process_iter(["cmdline", "cwd", "ppid"]):
        command = " ".join(process.info["cmdline"] or [])
        works_here = process.info["cwd"] and Path(process.info["cwd"]) == folder
        if works_here and "snakemake" in command and "python" in command:
            found.append((process.pid, process.info["ppid"]))
    return found


def closing_lines(results: Path) -> list[str]:
    """Where the results are, references by verdict, rows, failed checks, what is not locked."""
    validation = read_json(results / "references/validation.json")
    rows = read_csv(results / "endpoints/endpoints.csv")
    checks = read_csv(results / "endpoints/checks.csv")
    summary = validation["summary"]
    verdicts = ", ".join(
        f"{count} {verdict}" for verdict, count in summary["verdicts"].items() if count
    )
    states = Counter(check["state"] for check in checks)
    findings = ", ".join(
        counted(summary["severities"].get(severity, 0), severity) for severity in SEVERITIES
    )
    lines = [
        "",
        f"Results: {results}/summary/summary.html (also .docx, .pdf), tables in {results}/",
        f"References: {summary['references']} ({verdicts}); findings: {findings}",
        f"Reported results: {len(rows)} rows; checks: {states['failed']} failed,"
        f" {states['passed']} passed, {states['abstained']} abstained",
    ]
    if summary["not_in_lock"]:
        missing = summary["not_in_lock"]
        are = "is" if missing == 1 else "are"
        lines.append(f"{counted(missing, 'reference')} {are} not in the lock: make refresh")
    return lines


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def report() -> int:
    """Print what fails by the configuration's severity; 1 if anything does.

    Waivers of checks of results are heeded here, and a waiver that is over by today counts as an
    error: the results themselves know no today.
    """
    from livingreview.config import read_config
    from livingreview.references.waivers import read_waivers

    config = read_config(CONFIG)
    fail_on = config["fail_on"]
    today = date.today().isoformat()
    waivers = read_waivers(config["waivers"])
    lines = [
        f"error: {waiver.key}: waiver.expired: the waiver of {waiver.code} ended on {waiver.until}"
        for waiver in waivers
        if waiver.until < today
    ]
    waived = {(waiver.key, waiver.code) for waiver in waivers if waiver.until >= today}
    lines += failing_lines(Path("results"), fail_on, waived)
    print("\n".join(lines) if lines else f"no finding of severity {fail_on} or worse")
    return 1 if lines else 0


def failing_lines(results: Path, fail_on: str, waived: set[tuple[str, str]]) -> list[str]:
    """One line for each finding and failed check at or above the severity.

    `waived`: (citation key, code) of checks that somebody has overruled.
    """
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    lines = []
    validation = read_json(results / "references/validation.json")
    for finding in validation["findings"]:
        if finding["severity"] in failing:
            lines.append(f"{finding['severity']}: {finding['code']}: {finding['message']['en']}")
    for reference in validation["references"]:
        for finding in reference["findings"]:
            if finding["severity"] in failing:
                lines.append(
                    f"{finding['severity']}: [{reference['number']}] {reference['key']}:"
                    f" {finding['code']}: {finding['message']['en']}"
                )
    rows = read_csv(results / "endpoints/endpoints.csv")
    keys = {row["id"]: row["references"].split(";") for row in rows}
    for check in read_csv(results / "endpoints/checks.csv"):
        failed = check["state"] == "failed" and check["severity"] in failing
        about = {key for row in check["rows"].split(";") for key in keys.get(row, [])}
        if failed and not any((key, check["code"]) in waived for key in about):
            lines.append(
                f"{check['severity']}: {check['rows']}: {check['code']}: {check['message_en']}"
            )
    return lines
