"""What `check` judges: the list, what was answered about it, the texts, waivers and trials."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from livingreview.commands.git_files import Revision, file_at, inside
from livingreview.endpoints.trials import Trial, read_trials
from livingreview.endpoints.vocabulary import Term, read_vocabulary
from livingreview.errors import InputError
from livingreview.files import write_bytes
from livingreview.progress import Tell
from livingreview.references.judgement.validate import build_report
from livingreview.references.judgement.waivers import Waiver, read_waivers
from livingreview.references.record import Reference
from livingreview.references.resolution.resolve import resolve_references
from livingreview.registries.lock import read_lock

Rows = list[dict[str, Any]]
# Of use to any review in oncology; a configuration names its own.
VOCABULARY = Path(__file__).parents[4] / "config" / "vocabulary.yaml"
Read = TypeVar("Read")


@dataclass(frozen=True)
class Paths:
    """Where it stands; None for what there is none of."""

    bibliography: str
    lock: str | None = None
    waivers: str | None = None
    trials: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Material:
    """What stood there. `citations` is None if there is no text: then nothing is uncited."""

    references: Sequence[Reference]
    lock: Sequence[Mapping[str, Any]] = ()
    waivers: Sequence[Waiver] = ()
    trials: Sequence[Trial] = ()
    citations: Rows | None = None
    diseases: Mapping[str, Term] | None = None


def judged(
    material: Material, severities: Mapping[str, str], today: str, tell: Tell | None = None
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The resolved references and the report."""
    resolved = resolve_references(material.references, material.lock, tell=tell)
    report = build_report(
        resolved,
        material.citations,
        material.waivers,
        today=today,
        tell=tell,
        severities=severities,
        trials=material.trials,
        diseases=material.diseases,
    )
    return resolved, report


def read_trial_list(path: str | Path) -> list[Trial]:
    return list(read_trials(path).values())


def read_diseases(config: Mapping[str, Any], default: Mapping[str, Any]) -> Mapping[str, Term]:
    """The diseases for scope notes; none where these are not wanted. A vocabulary that nothing
    names may be absent here: then the one beside the program does, if it is there."""
    if not config.get("scope_notes", default["scope_notes"]):
        return {}
    path = Path(config.get("vocabulary", default["vocabulary"]))
    if str(path) == default["vocabulary"] and not path.exists():
        path = VOCABULARY
        if not path.exists():
            return {}
    return read_vocabulary(path).diseases


def read_citing_texts(
    evidence: Mapping[str, str | Path], references: Sequence[Reference]
) -> Rows | None:
    """Every citation of the texts (by the names that reports show: where they stand)."""
    if not evidence:
        return None
    from livingreview.endpoints.documents import read_document
    from livingreview.references.texts.citations import read_citations

    rows: Rows = []
    for name, path in evidence.items():
        text, language = read_document(path)
        rows += read_citations(text, name, language, references)
    return rows


def material_at(
    revision: Revision,
    paths: Paths,
    now: Material,
    read_references: Callable[[str, Tell], list[Reference]],
    tell: Tell,
    live: bool,
) -> Material:
    """The same as it was at a revision: what was not there then is empty.

    What cannot be read as it was then is told and counts as empty. What stands outside the
    repository is as it is now, and so are answers that were asked for now (`live`).
    """
    with tempfile.TemporaryDirectory() as folder:

        def read(path: str | None, reader: Callable[[str], Read], empty: Read) -> Read:
            if path is None:
                return empty
            place = as_it_was(revision, path, Path(folder))
            if place is None:
                tell(f"{path} is not in {revision.name}: all that it says counts as new")
                return empty
            try:
                return reader(str(place))
            except InputError as error:
                tell(f"{path} of {revision.name} is left aside ({error.problem})")
                return empty

        def quiet(_: str) -> None:
            pass

        references = read(paths.bibliography, lambda path: read_references(path, quiet), [])
        citations: Rows = []
        for name in paths.evidence:
            citations += read(
                name, lambda path, name=name: read_citing_texts({name: path}, references) or [], []
            )
        waivers = read(paths.waivers, read_waivers, [])
        return Material(
            references=references,
            lock=now.lock if live else read(paths.lock, read_lock, []),
            waivers=[replace(waiver, document=paths.waivers) for waiver in waivers],
            trials=read(paths.trials, read_trial_list, []),
            citations=citations if paths.evidence else None,
            diseases=now.diseases,
        )


def as_it_was(revision: Revision, path: str, folder: Path) -> Path | None:
    """A copy of the file as it was then; itself if it is outside the repository."""
    name = inside(revision, path)
    if name is None:
        return Path(path)
    data = file_at(revision, path)
    if data is None:
        return None
    copy = folder / name
    write_bytes(copy, data)
    return copy
