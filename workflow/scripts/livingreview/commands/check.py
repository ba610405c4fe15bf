"""`livingreview check`: verify a bibliography, print the findings, end with what they amount to."""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from livingreview.config import read_config
from livingreview.errors import InputError
from livingreview.files import write_jsonl, write_text
from livingreview.references.bibtex import read_bibtex
from livingreview.references.messages import FIELD_NAMES, TEMPLATES
from livingreview.references.record import Reference
from livingreview.references.reports import (
    csv_report,
    github_report,
    json_report,
    markdown_report,
    sarif_report,
    text_report,
)
from livingreview.references.resolve import resolve_references
from livingreview.references.validate import SEVERITIES, build_report
from livingreview.references.waivers import read_waivers
from livingreview.registries.lock import LOCK_HEADER, read_header, read_lock

DEFAULT_CONFIG = Path("config/config.yaml")
FAILED, INCOMPLETE = 1, 3
FORMATS = {"text": text_report, "json": json_report, "csv": csv_report, "md": markdown_report}
KNOWN_CODES = set(TEMPLATES) - {"mismatch"} | {f"{field}.mismatch" for field in FIELD_NAMES}
PLACED_FORMATS = {"sarif": sarif_report, "github": github_report}  # these name file and line


def check(options: argparse.Namespace) -> int:
    config = configuration(options.config)
    wanted = failing(options.fail_on or config.get("fail_on", "error"))
    guard_output(options)
    references = read_references(options.bibliography)
    lock, outcomes = answers(options, config, references)
    waivers_file = options.waivers or config.get("waivers")
    report = build_report(
        resolve_references(references, lock),
        citations(options.evidence, references),
        read_waivers(waivers_file) if waivers_file else [],
        today=date.today().isoformat(),
    )
    text = formatted(report, options.format, options.bibliography)
    if options.output:
        write_text(options.output, text)
    else:
        sys.stdout.write(text)
    if fails(report, wanted):
        return FAILED
    if options.live and options.require_complete and outcomes["failed"]:
        return INCOMPLETE
    return 0


def guard_output(options: argparse.Namespace) -> None:
    """The report is never written over a file that it was made from."""
    if not options.output:
        return
    output = Path(options.output)
    given = [options.bibliography, options.lock, options.waivers, options.config]
    for path in filter(None, [*given, *options.evidence]):
        if output.resolve() == Path(path).resolve():
            raise InputError(f"{path} is an input, and is not written over", key="--output")
    if not output.parent.is_dir():
        raise InputError(f"{output.parent} is no folder", key="--output")


def formatted(report: dict[str, Any], name: str, bibliography: str) -> str:
    if name in PLACED_FORMATS:
        return PLACED_FORMATS[name](report, bibliography)
    return FORMATS[name](report)


def configuration(path: str | None) -> dict[str, Any]:
    """The named configuration, else the one of this folder, else none."""
    if path is None and not DEFAULT_CONFIG.exists():
        return {}
    return read_config(path or DEFAULT_CONFIG)


def read_references(path: str) -> list[Reference]:
    if Path(path).suffix.lower() in (".ris", ".nbib", ".json"):
        raise InputError("only BibTeX is read so far; export the list as .bib", path=path)
    return read_bibtex(path)


def answers(
    options: argparse.Namespace, config: dict[str, Any], references: list[Reference]
) -> tuple[list[dict[str, Any]], Counter[str]]:
    """The lock's answers, and with --live those of the registry too; how many had which outcome.

    A lock that the command line names takes the new answers, and may be new itself.
    """
    lock_path = options.lock or config.get("lock", {}).get("works")
    may_be_new = options.live and options.lock and not Path(options.lock).exists()
    lock = read_lock(lock_path) if lock_path and not may_be_new else []
    if not options.live:
        if not lock_path:
            tell(
                "no lock was read (--lock), and no registry asked (--live): nothing to compare with"
            )
        return lock, Counter()
    from livingreview.registries.crossref import open_session
    from livingreview.registries.refresh import Registry, outcome_line, refresh_lock

    registries = config.get("registries", {})
    address = options.crossref_url or registries.get("crossref", "https://api.crossref.org")
    if not address.startswith(("http://", "https://")):
        raise InputError(f"not an http(s) address: {address!r}", key="--crossref-url")
    mailto = options.mailto or registries.get("mailto", "")
    if mailto and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", mailto):
        raise InputError(f"not an e-mail address: {mailto!r}", key="--mailto")

    header = read_header(options.lock) if options.lock else LOCK_HEADER

    def keep(lines: list[dict[str, Any]]) -> None:
        if options.lock:
            write_jsonl(options.lock, [header, *lines])

    lines, outcomes = refresh_lock(
        references,
        lock,
        Registry(address, mailto, open_session(mailto)),
        today=date.today(),
        max_age_days=registries.get("max_age_days", 30),
        keep=keep,
        tell=tell,
    )
    tell(outcome_line(outcomes))
    return lines, outcomes


def tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def citations(paths: Sequence[str], references: list[Reference]) -> list[dict[str, Any]] | None:
    """Every citation of the texts; None if there is no text: then nothing is uncited."""
    if not paths:
        return None
    from livingreview.endpoints.documents import read_document
    from livingreview.references.citations import read_citations

    rows: list[dict[str, Any]] = []
    for path in paths:
        text, language = read_document(path)
        rows += read_citations(text, path, language, references)
    return rows


def failing(words: str) -> set[str]:
    """The severities and codes that fail: a severity stands for those above it too."""
    wanted: set[str] = set()
    for word in filter(None, (part.strip() for part in words.split(","))):
        if word in SEVERITIES:
            wanted.update(SEVERITIES[: SEVERITIES.index(word) + 1])
        elif word in KNOWN_CODES:
            wanted.add(word)
        else:
            near = difflib.get_close_matches(word, sorted(KNOWN_CODES), n=3)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            known = ", ".join(SEVERITIES)
            raise InputError(
                f"{word!r} is no severity ({known}) and no code of a finding{hint}",
                key="--fail-on",
            )
    return wanted


def fails(report: dict[str, Any], wanted: set[str]) -> bool:
    findings = list(report["findings"])
    for reference in report["references"]:
        findings += reference["findings"]
    return any(wanted & {finding["severity"], finding["code"]} for finding in findings)
