"""`livingreview refresh`: ask the registries for what the lock lacks, and say what came of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from livingreview.config import default_config, read_config, require_named
from livingreview.references.reading.bibtex import read_bibtex
from livingreview.references.record import Reference
from livingreview.registries.journals import read_journals
from livingreview.registries.known import Known, closing_lines
from livingreview.registries.lock_file import open_lock
from livingreview.registries.refresh import refresh_lock
from livingreview.registries.services import check_address, check_mailto, open_services

Line = dict[str, Any]


def refresh(options: argparse.Namespace) -> int:
    path = options.config or "config/config.yaml"
    config = read_config(path)
    require_named(path, [["bibliography"]])
    registries = registries_for(config, options)
    print(refresh_files(config["bibliography"], config["lock"]["works"], registries))
    return 0


def registries_for(config: dict[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    """The configured registries, or the usual ones; what the command line says goes first."""
    registries = dict(config.get("registries") or default_config()["registries"])
    if options.crossref_url is not None:
        check_address(options.crossref_url, "--crossref-url")
        registries["crossref"] = options.crossref_url
    if options.mailto is not None:
        check_mailto(options.mailto, "--mailto")
        registries["mailto"] = options.mailto
    return registries


def refresh_files(
    bibliography: str,
    lock_path: str,
    registries: dict[str, Any],
    journals: str | Path | None = None,
) -> str:
    """Bring the lock file up to date with the bibliography; lines that say what was answered."""
    references = read_bibtex(bibliography, tell)
    with open_lock(lock_path, tell) as lock:
        _, closing = refreshed(references, registries, lock.lines(), lock.add, journals)
    return "\n".join(closing)


def refreshed(
    references: Sequence[Reference],
    registries: dict[str, Any],
    lines: Iterable[Line],
    keep: Callable[[Line], object],
    journals: str | Path | None = None,
) -> tuple[Known, list[str]]:
    """Ask what `lines` do not answer, give each answer to `keep`; what is known, and in words."""
    services = open_services(registries, tell=tell)
    known = refresh_lock(
        references,
        services,
        lines,
        keep,
        tell,
        today=date.today(),
        max_age_days=registries["max_age_days"],
        journals=read_journals(journals) if journals else read_journals(),
    )
    return known, closing_lines(known, services)


def tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
