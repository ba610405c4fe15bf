"""Trial identities: config/trials.yaml ties the reports of one trial together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livingreview.endpoints.shape import expect, nearest, refuse_unknown_keys
from livingreview.endpoints.spellings import Finder, fold
from livingreview.errors import InputError
from livingreview.yaml_file import Place, load_yaml

VERSION = 1


@dataclass(frozen=True)
class Trial:
    """A trial: its id and name, its registration numbers, and the keys of its reports."""

    id: str
    name: str
    registrations: tuple[str, ...]
    spellings: tuple[str, ...]
    references: tuple[str, ...]


def trial_finder(trials: Mapping[str, Trial]) -> Finder:
    """Finds names and registration numbers of known trials in a text."""
    return Finder(
        {spelling: trial.id for trial in trials.values() for spelling in spellings_of(trial)}
    )


def spellings_of(trial: Trial) -> tuple[str, ...]:
    return (trial.id, trial.name, *trial.spellings, *trial.registrations)


def trials_of(references: Iterable[str], trials: Mapping[str, Trial]) -> list[str]:
    """The trials that these citation keys report, in the file's order."""
    cited = set(references)
    return [trial.id for trial in trials.values() if cited & set(trial.references)]


def read_trials(path: str | Path) -> dict[str, Trial]:
    """The trials by id; InputError for unknown keys and for a name that two trials share."""
    value, lines = load_yaml(path)
    value = expect(value, dict, path, lines, ())
    if value.get("version") != VERSION:
        raise InputError(
            f"version {value.get('version')!r} is not known; this program reads version {VERSION}",
            path=path,
            line=lines.get(("version",), 1),
        )
    refuse_unknown_keys(value, ("version", "trials"), path, lines, ())
    entries = expect(value.get("trials", {}) or {}, dict, path, lines, ("trials",))
    trials: dict[str, Trial] = {}
    owners: dict[str, str] = {}
    for id, entry in entries.items():
        trial = read_trial(id, entry, path, lines)
        for spelling in spellings_of(trial):
            owner = owners.setdefault(fold(spelling), trial.id)
            if owner != trial.id:
                raise InputError(
                    f"{spelling!r} names two trials: {owner!r} and {trial.id!r}",
                    path=path,
                    line=lines[("trials", id)],
                )
        trials[trial.id] = trial
    return trials


def read_trial(id: Any, entry: Any, path: str | Path, lines: dict[Place, int]) -> Trial:
    place: Place = ("trials", id)
    if not isinstance(id, str) or not fold(id):
        raise InputError(
            f"{id!r} is no id: write it in quotes", path=path, line=nearest(lines, place)
        )
    entry = expect(entry, dict, path, lines, place)
    known = ("name", "registrations", "spellings", "references")
    refuse_unknown_keys(entry, known, path, lines, place)
    name = entry.get("name", id)
    lists = {}
    for field in known[1:]:
        items = expect(entry.get(field, []), list, path, lines, (*place, field))
        for item in [*items, name]:
            if not isinstance(item, str) or not fold(item):
                raise InputError(
                    f"{item!r} in {field} of {id!r} is no text: write it in quotes",
                    path=path,
                    line=nearest(lines, (*place, field)),
                )
        lists[field] = tuple(items)
    return Trial(id=id, name=name, **lists)
