"""`livingreview check`: verify a bibliography, print the findings, end with what they amount to."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from livingreview.commands.git_files import OPTION, open_revision
from livingreview.commands.material import (
    Material,
    Paths,
    judged,
    material_at,
    read_citing_texts,
    read_diseases,
    read_trial_list,
)
from livingreview.commands.refresh import refreshed, registries_for, tell
from livingreview.config import default_config, read_config
from livingreview.errors import InputError
from livingreview.files import read_text, write_text
from livingreview.progress import Tell
from livingreview.references.corrections.bibliography import (
    corrected_text,
    corrections_patch,
    propose_corrections,
)
from livingreview.references.judgement.policy import failing, fails
from livingreview.references.judgement.waivers import read_waivers
from livingreview.references.reading.read_list import (
    FORMAT_OF_SUFFIX,
    format_of,
    list_text,
    read_list,
)
from livingreview.references.record import Reference
from livingreview.references.reporting.annotations import github_report, sarif_report
from livingreview.references.reporting.changes import only_changes
from livingreview.references.reporting.reports import (
    csv_report,
    json_report,
    markdown_report,
    text_report,
)
from livingreview.registries.lock import in_order, read_lock
from livingreview.registries.lock_file import open_lock

DEFAULT_CONFIG = Path("config/config.yaml")
FAILED, INCOMPLETE = 1, 3
FORMATS = {"text": text_report, "json": json_report, "csv": csv_report, "md": markdown_report}
PLACED_FORMATS = {"sarif": sarif_report, "github": github_report}  # these name file and line


def check(options: argparse.Namespace) -> int:
    config = configuration(options.config)
    wanted = failing_words(options, config)
    paths = paths_of(options, config)
    guard_output(options, paths)
    guard_patch(options)
    revision = None
    if options.changed_since is not None:
        if options.bibliography == "-":
            raise InputError("needs a file of a repository, not standard input", key=OPTION)
        revision = open_revision(options.changed_since, options.bibliography)
    references = read_references(options.bibliography, tell)
    waivers = read_waivers(paths.waivers) if paths.waivers else []
    trials = read_trial_list(paths.trials) if paths.trials else []
    citations = read_citing_texts({path: path for path in paths.evidence}, references)
    lock, incomplete = answers(options, references, config, paths.lock)
    diseases = read_diseases(config, default_config()) if citations else None
    now = Material(references, lock, waivers, trials, citations, diseases)
    severities, today = config.get("severities", {}), date.today().isoformat()
    resolved, report = judged(now, severities, today, tell)
    if revision:
        then = material_at(revision, paths, now, read_references, tell, options.live)
        _, before = judged(then, severities, today)
        both = (now.references, then.references), (now.citations, then.citations)
        report = only_changes(report, before, *both, revision.name)
    text = formatted(options, resolved, report)
    if options.output:
        write_text(options.output, text)
    else:
        sys.stdout.write(text)
    if fails(report, wanted):
        return FAILED
    if options.live and options.require_complete and incomplete:
        return INCOMPLETE
    return 0


def failing_words(options: argparse.Namespace, config: Mapping[str, Any]) -> set[str]:
    if options.fail_on is not None:
        return failing(options.fail_on, key="--fail-on")
    return failing(config.get("fail_on", "error"))


def paths_of(options: argparse.Namespace, config: Mapping[str, Any]) -> Paths:
    """The files that the command line or the configuration names; those that are looked for where
    neither names one may be absent."""
    usual = default_config()

    def named(name: str, given: str | None = None) -> str | None:
        path = given or config.get(name)
        if path:
            return None if path == usual[name] and not Path(path).exists() else path
        return None

    return Paths(
        bibliography=options.bibliography,
        lock=options.lock or config.get("lock", {}).get("works"),
        waivers=named("waivers", options.waivers),
        trials=named("trials"),
        evidence=tuple(options.evidence),
    )


def guard_output(options: argparse.Namespace, paths: Paths) -> None:
    """The report is never written over a file that it was made from."""
    if not options.output:
        return
    output = Path(options.output)
    given = [paths.bibliography, paths.lock, paths.waivers, paths.trials, options.config]
    for path in filter(None, [*given, *paths.evidence, str(DEFAULT_CONFIG)]):
        if output.resolve() == Path(path).resolve():
            raise InputError(f"{path} is an input, and is not written over", key="--output")
    if not output.parent.is_dir():
        raise InputError(f"{output.parent} is no folder", key="--output")


def guard_patch(options: argparse.Namespace) -> None:
    """Only a file in BibTeX can be patched, and its name or its content says that it is one."""
    path = options.bibliography
    if options.format != "patch":
        return
    if path == "-":
        raise InputError("a patch is made for a file, not for standard input", key="--format")
    kind = FORMAT_OF_SUFFIX.get(Path(path).suffix.lower()) or format_of(list_text(path))
    if kind not in ("BibTeX", None):
        raise InputError(
            f"a patch is made for BibTeX only, and this is {kind}; export the list as .bib, or take"
            " another --format",
            path=path,
        )


def formatted(
    options: argparse.Namespace, resolved: list[dict[str, Any]], report: dict[str, Any]
) -> str:
    shown = in_working_tree(options.bibliography)
    if options.format == "patch":
        before = read_text(options.bibliography)
        corrections = propose_corrections(resolved, report, before)
        return corrections_patch(before, corrected_text(before, corrections), corrections, shown)
    if options.format in PLACED_FORMATS:
        return PLACED_FORMATS[options.format](with_shown_paths(report), shown)
    return FORMATS[options.format](report)


def with_shown_paths(report: dict[str, Any]) -> dict[str, Any]:
    """The report with the places of its findings as seen from the repository's root."""

    def shown(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            one | {"document": in_working_tree(one["document"])} if one["document"] else one
            for one in findings
        ]

    entries = [
        entry | {name: shown(entry[name]) for name in ("findings", "waived")}
        for entry in report["references"]
    ]
    general = {name: shown(report[name]) for name in ("findings", "waived")}
    return report | {"references": entries} | general


def in_working_tree(path: str) -> str:
    """The path as seen from the root of the repository that we are in (of this folder, if in
    none), which is what code hosts want; as it is for a file outside."""
    here = Path.cwd()
    root = next((one for one in (here, *here.parents) if (one / ".git").exists()), here)
    whole = Path(path) if Path(path).is_absolute() else here / path
    # Not resolve(): a link is shown under its own name, though its folder may be one.
    for base, name in ((root, whole), (root.resolve(), whole.parent.resolve() / whole.name)):
        if ".." not in name.parts and name.is_relative_to(base):
            return name.relative_to(base).as_posix()
    return path


def configuration(path: str | None) -> dict[str, Any]:
    """The named configuration, else the one of this folder, else none."""
    if path is None and not DEFAULT_CONFIG.exists():
        return {}
    return read_config(path or DEFAULT_CONFIG)


def read_references(path: str, tell: Tell) -> list[Reference]:
    return read_list(path, tell)


def answers(
    options: argparse.Namespace,
    references: list[Reference],
    config: dict[str, Any],
    lock_path: str | None,
) -> tuple[list[dict[str, Any]], bool]:
    """The lock's answers, with --live those of the registries too; whether one did not answer."""
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
