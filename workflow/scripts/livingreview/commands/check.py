"""`livingreview check`: verify a bibliography, print the findings, end with what they amount to."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from livingreview.commands.refresh import refreshed, registries_for, tell
from livingreview.config import default_config, read_config
from livingreview.errors import InputError
from livingreview.files import write_text
from livingreview.progress import Tell
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
from livingreview.references.waivers import Waiver, read_waivers
from livingreview.registries.lock import in_order, read_lock
from livingreview.registries.lock_file import open_lock

DEFAULT_CONFIG = Path("config/config.yaml")
FAILED, INCOMPLETE = 1, 3
FORMATS = {"text": text_report, "json": json_report, "csv": csv_report, "md": markdown_report}
KNOWN_CODES = set(TEMPLATES) - {"mismatch"} | {f"{field}.mismatch" for field in FIELD_NAMES}
PLACED_FORMATS = {"sarif": sarif_report, "github": github_report}  # these name file and line


def check(options: argparse.Namespace) -> int:
    config = configuration(options.config)
    wanted = failing(options.fail_on or config.get("fail_on", "error"))
    guard_output(options)
    references = read_references(options.bibliography, tell)
    waivers = read_waivers_of(options, config)
    lock, incomplete = answers(options, config, references)
    report = build_report(
        resolve_references(references, lock, tell=tell),
        citations(options.evidence, references),
        waivers,
        today=date.today().isoformat(),
        tell=tell,
    )
    text = formatted(report, options.format, options.bibliography)
    if options.output:
        write_text(options.output, text)
    else:
        sys.stdout.write(text)
    if fails(report, wanted):
        return FAILED
    if options.live and options.require_complete and incomplete:
        return INCOMPLETE
    return 0


def read_waivers_of(options: argparse.Namespace, config: dict[str, Any]) -> list[Waiver]:
    """The waivers that the command line or the configuration names; the file that is looked for
    where neither names one may be absent."""
    path = options.waivers or config.get("waivers")
    if not path or (path == default_config()["waivers"] and not Path(path).exists()):
        return []
    return read_waivers(path)


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


def read_references(path: str, tell: Tell) -> list[Reference]:
    if Path(path).suffix.lower() in (".ris", ".nbib", ".json"):
        raise InputError("only BibTeX is read so far; export the list as .bib", path=path)
    return read_bibtex(path, tell)


def answers(
    options: argparse.Namespace, config: dict[str, Any], references: list[Reference]
) -> tuple[list[dict[str, Any]], bool]:
    """The lock's answers, with --live those of the registries too; whether one did not answer."""
    lock_path = options.lock or config.get("lock", {}).get("works")
    if options.live:
        return live_answers(options, config, references, lock_path)
    if lock_path:
        return read_lock(lock_path), False
    tell("no lock was read (--lock), and no registry asked (--live): nothing to compare with")
    return [], False


def live_answers(
    options: argparse.Namespace,
    config: dict[str, Any],
    references: list[Reference],
    lock_path: str | None,
) -> tuple[list[dict[str, Any]], bool]:
    """A lock that the command line names takes the new answers, and may be new itself."""
    registries = registries_for(config, options)
    if options.lock:
        folder = Path(options.lock).parent
        if not folder.is_dir():
            raise InputError(f"{folder} is no folder", key="--lock")
        with open_lock(options.lock, tell) as lock:
            known, closing = refreshed(references, registries, lock.lines(), lock.add)
        lines = read_lock(options.lock)
    else:
        lines = read_lock(lock_path) if lock_path and Path(lock_path).exists() else []
        known, closing = refreshed(references, registries, list(lines), lines.append)
        lines = in_order(lines)
    for line in closing:
        tell(line)
    # A site that turns programs away is no registry that did not answer.
    silent = [source for source, counts in known.outcomes.items() if counts["failed"]]
    return lines, bool(set(silent) - {"web"})


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
