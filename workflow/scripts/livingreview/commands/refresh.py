"""`livingreview refresh`: ask the registry for what the lock lacks, and say what came of it."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from livingreview.config import read_config
from livingreview.files import write_jsonl
from livingreview.references.bibtex import read_bibtex
from livingreview.registries.crossref import open_session
from livingreview.registries.lock import read_header, read_lock
from livingreview.registries.refresh import Registry, outcome_line, refresh_lock


def refresh(options: argparse.Namespace) -> int:
    config = read_config(options.config or "config/config.yaml")
    print(refresh_files(config["bibliography"], config["lock"]["works"], config["registries"]))
    return 0


def refresh_files(bibliography: str, lock_path: str, registries: dict[str, Any]) -> str:
    """Bring the lock file up to date with the bibliography; a line that says what was answered."""
    references = read_bibtex(bibliography)
    lock = read_lock(lock_path) if Path(lock_path).exists() else []
    header = read_header(lock_path)
    mailto = registries["mailto"]
    _, outcomes = refresh_lock(
        references,
        lock,
        Registry(registries["crossref"], mailto, open_session(mailto)),
        today=date.today(),
        max_age_days=registries["max_age_days"],
        keep=lambda answers: write_jsonl(lock_path, [header, *answers]),
        tell=lambda line: print(line, file=sys.stderr, flush=True),
    )
    without = sum(1 for reference in references if not reference.doi)
    return f"{outcome_line(outcomes)}; {without} references without a DOI were not asked"
