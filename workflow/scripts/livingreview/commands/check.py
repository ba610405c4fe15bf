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
    VOCABULARY,
    Material,
    Paths,
    judged,
    material_at,
    read_citing_texts,
    read_diseases,
    read_trial_list,
)
from livingreview.commands.places import (
    STANDARD_INPUT,
    guard_output,
    in_working_tree,
    named_paths,
    shown_bibliography,
    with_shown_documents,
    with_shown_paths,
)
from livingreview.commands.refresh import refreshed, registries_for, tell
from livingreview.config import default_config, read_config, require_named
from livingreview.errors import InputError
from livingreview.files import read_text, write_text
from livingreview.progress import Tell
from livingreview.references.corrections.bibliography import (
    corrected_text,
    corrections_patch,
    propose_corrections,
)
from livingreview.references.corrections.left_out import remarks_on
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
    lapsed_words,
    markdown_report,
    text_report,
)
from livingreview.references.wording.catalogue import CHECKS
from livingreview.registries.lock import in_order, read_lock
from livingreview.registries.lock_file import open_lock

DEFAULT_CONFIG = Path("config/config.yaml")
FAILED, INCOMPLETE = 1, 3
FORMATS = {"text": text_report, "json": json_report, "csv": csv_report, "md": markdown_report}


def check(options: argparse.Namespace) -> int:
    config = configuration(options.config)
    wanted = failing_words(options, config)
    paths = paths_of(options, config)
    guard_output(options.output, inputs(options, config, paths))
    guard_patch(options)
    if options.require_complete and not options.live:
        raise InputError("needs --live: without it no registry is asked", key="--require-complete")
    revision = None
    if options.changed_since is not None:
        if options.bibliography == STANDARD_INPUT:
            raise InputError("needs a file of a repository, not standard input", key=OPTION)
        revision = open_revision(options.changed_since, options.bibliography, tell)
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
        tell_lapsed(report)
    text = formatted(options, resolved, report, now.citations or [])
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
        wanted = failing(options.fail_on, key="--fail-on")
        if elsewhere := sorted(wanted & CHECKS.keys()):
            tell(f"{', '.join(elsewhere)}: checks of results, which only `make check` looks at")
        return wanted
    return failing(config.get("fail_on", "error"))


def paths_of(options: argparse.Namespace, config: Mapping[str, Any]) -> Paths:
    """The files that the command line or the configuration names; those that are looked for where
    neither names one may be absent."""
    usual = default_config()
    if config:
        wanted = {
            "waivers": not options.waivers,
            "trials": True,
            "lock.works": not (options.lock or options.live),
            "vocabulary": options.evidence and config["scope_notes"],
        }
        names = [name.split(".") for name, one in wanted.items() if one]
        require_named(options.config or DEFAULT_CONFIG, names)

    def named(name: str, given: str | None = None) -> str | None:
        path = given or config.get(name)
        if path:
            return None if path == usual[name] and not Path(path).exists() else path
        return None

    lock = config.get("lock", {}).get("works")
    if lock == usual["lock"]["works"] and not Path(lock).exists():
        lock = None
    return Paths(
        bibliography=options.bibliography,
        lock=options.lock or lock,
        waivers=named("waivers", options.waivers),
        trials=named("trials"),
        evidence=tuple(options.evidence),
    )


def inputs(
    options: argparse.Namespace, config: Mapping[str, Any], paths: Paths
) -> list[str | None]:
    """Every file that is read or may be, the usual ones included."""
    read = [paths.bibliography, paths.lock, paths.waivers, paths.trials, *paths.evidence]
    named = [options.config, *named_paths(config)]
    usual = [str(DEFAULT_CONFIG), *named_paths(default_config()), str(VOCABULARY)]
    return [*read, *named, *usual]


def guard_patch(options: argparse.Namespace) -> None:
    """Only a file in BibTeX can be patched, and its name or its content says that it is one."""
    path = options.bibliography
    if options.format != "patch":
        return
    if path == STANDARD_INPUT:
        raise InputError("a patch is made for a file, not for standard input", key="--format")
    kind = FORMAT_OF_SUFFIX.get(Path(path).suffix.lower()) or format_of(list_text(path))
    if kind not in ("BibTeX", None):
        raise InputError(
            f"a patch is made for BibTeX only, and this is {kind}; export the list as .bib, or take"
            " another --format",
            path=path,
        )


def formatted(
    options: argparse.Namespace,
    resolved: list[dict[str, Any]],
    report: dict[str, Any],
    citations: list[dict[str, Any]],
) -> str:
    path, name = options.bibliography, options.format
    if name == "patch":
        before = read_text(path)
        corrections = propose_corrections(resolved, report, before)
        shown = in_working_tree(str(Path(path).resolve()))
        after = corrected_text(before, corrections)
        remarks = remarks_on(resolved, report, corrections, before)
        return corrections_patch(before, after, corrections, shown, remarks)
    if name == "sarif":
        rows = with_shown_documents(citations)
        return sarif_report(with_shown_paths(report), shown_bibliography(path), rows)
    if name == "github":
        return github_report(with_shown_paths(report), shown_bibliography(path))
    return FORMATS[name](report)


def tell_lapsed(report: Mapping[str, Any]) -> None:
    changed = report["summary"]["changed_since"]
    if changed["lapsed"]:
        tell(lapsed_words(changed)["en"])


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
