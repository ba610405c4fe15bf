"""Paths: as code hosts want them shown, and those that no report is written over."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from livingreview.errors import InputError

STANDARD_INPUT = "-"
Rows = Sequence[Mapping[str, Any]]


def in_working_tree(path: str) -> str:
    """The path as seen from the root of the repository that we are in (of this folder, if in
    none), which is what code hosts want; as it is for a file outside.

    A link is shown as the file that it leads to, unless that is outside or git's own: code hosts
    show nothing at a link, and no patch applies to one.
    """
    here = Path.cwd()
    root = next((one for one in (here, *here.parents) if (one / ".git").exists()), here)
    whole = Path(path) if Path(path).is_absolute() else here / path
    names = ((root.resolve(), whole.resolve()), (root, whole))
    for base, name in (*names, (root.resolve(), whole.parent.resolve() / whole.name)):
        if not {"..", ".git"} & set(name.parts) and name.is_relative_to(base):
            return name.relative_to(base).as_posix()
    return path


def shown_bibliography(path: str) -> str | None:
    return None if path == STANDARD_INPUT else in_working_tree(path)


def with_shown_paths(report: dict[str, Any]) -> dict[str, Any]:
    """The report with the places of its findings as seen from the repository's root."""
    entries = [
        entry | {name: with_shown_documents(entry[name]) for name in ("findings", "waived")}
        for entry in report["references"]
    ]
    general = {name: with_shown_documents(report[name]) for name in ("findings", "waived")}
    return report | {"references": entries} | general


def with_shown_documents(rows: Rows) -> list[dict[str, Any]]:
    """Findings, or rows of citations.csv, with their documents so."""
    return [
        {**one, "document": in_working_tree(one["document"])} if one["document"] else dict(one)
        for one in rows
    ]


def guard_output(output: str | None, inputs: Iterable[str | None]) -> None:
    """The report is never written over a file that it was made from, or that the configuration
    names, under whatever name."""
    if not output:
        return
    for path in filter(None, inputs):
        if is_same_file(output, path):
            raise InputError(f"{path} is an input, and is not written over", key="--output")
    folder = Path(output).parent
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder", key="--output")


def is_same_file(one: str, other: str) -> bool:
    """Whether both names stand for one file, which need not be there yet: links are followed,
    and hard links are one file."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return Path(one).resolve() == Path(other).resolve()


def named_paths(config: Mapping[str, Any]) -> list[str]:
    """Every file that a configuration names."""
    names = ("bibliography", "vocabulary", "trials", "waivers")
    parts = [{name: config.get(name) for name in names}]
    parts += [config.get("evidence") or {}, config.get("lock") or {}]
    return [path for part in parts for path in part.values() if path]
