"""`livingreview build`: what `make` calls. Runs Snakemake and says in a few lines what came out."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from livingreview.errors import InputError
from livingreview.files import read_csv, read_json, read_jsonl
from livingreview.references.judgement.overruling import is_over, waived_anew, waiver_finding
from livingreview.references.judgement.policy import does_fail, failing, graded, words_of
from livingreview.references.judgement.waivers import Waiver, read_waivers
from livingreview.references.reporting.escapes import plain_line
from livingreview.references.reporting.reports import counted_findings, place_of
from livingreview.references.wording.catalogue import CHECKS, SEVERITIES

CONFIG = Path("config/config.yaml")
PROBLEM = Path("logs/problem.txt")


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
    """Print what fails by the configuration; 1 if anything does.

    Waivers are counted to today, as `livingreview check` counts them: the results themselves know
    no today. Checks of results are waived here too.
    """
    from livingreview.config import read_config

    config = read_config(CONFIG)
    wanted = failing(config["fail_on"])
    waivers = read_waivers(config["waivers"])
    today = date.today().isoformat()
    lines = failing_references(Path("results"), wanted, waivers, today, config["severities"])
    lines += failing_checks(Path("results"), wanted, waivers, today, config["severities"])
    words = ", ".join(words_of(config["fail_on"]))
    shown = map(plain_line, lines or [f"nothing fails (fail_on: {words})"])
    print("\n".join(shown))
    return 1 if lines else 0


def failing_references(
    results: Path,
    wanted: set[str],
    waivers: Sequence[Waiver],
    today: str,
    severities: Mapping[str, str],
) -> list[str]:
    """One line for each finding about a reference, a text or a waiver that fails."""
    validation = read_json(results / "references/validation.json")
    told = waived_anew(validation, waivers, today)
    return [
        f"{one['severity']}: {place_of(entry, one)}: {one['code']}: {one['message']['en']}"
        for entry, usual in counted_findings(told)
        for one in graded([usual], severities)
        if does_fail(one, wanted)
    ]


def failing_checks(
    results: Path,
    wanted: set[str],
    waivers: Sequence[Waiver],
    today: str,
    severities: Mapping[str, str],
) -> list[str]:
    """One line for each failed check of results that fails, unless the key of a reference that the
    result cites is waived; and for each waiver of a check that overrules nothing."""
    about_checks = [waiver for waiver in waivers if waiver.code in CHECKS]
    valid = {(one.key, one.code): one for one in about_checks if not is_over(one, today)}
    rows = read_csv(results / "endpoints/endpoints.csv")
    keys = {row["id"]: row["references"].split(";") for row in rows}
    lines, used = [], set()
    for check in read_csv(results / "endpoints/checks.csv"):
        if check["state"] != "failed":
            continue
        about = [key for row in check["rows"].split(";") for key in keys.get(row, [])]
        overruled = {(key, check["code"]) for key in about} & set(valid)
        used |= overruled
        if does_fail(check, wanted) and not overruled:
            lines.append(
                f"{check['severity']}: {check['rows']}: {check['code']}: {check['message_en']}"
            )
    listed = {row["key"] for row in read_jsonl(results / "references/cited.jsonl")}
    for name, waiver in valid.items():
        if name not in used and waiver.key in listed:  # others were reported with the references
            (one,) = graded([waiver_finding("waiver.unmatched", waiver, today)], severities)
            if does_fail(one, wanted):
                text = f"{one['code']}: {one['message']['en']}"
                lines.append(f"{one['severity']}: {place_of(None, one)}: {text}")
    return lines
