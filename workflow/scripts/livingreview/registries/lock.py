"""The lock of works: what registries and public pages answered, one answer a line.

The file is the only thing that the offline workflow knows of the outside world. Its first line is
`{"_version": 1, ...}`; every other line is one answer of one source to one question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from livingreview.errors import InputError
from livingreview.files import json_object, read_text
from livingreview.references.comparison.plain import comparison_key
from livingreview.references.work import is_work, strings, work_doi, work_titles
from livingreview.registries.questions import current, question_of

VERSION = 1
SOURCES = (
    "crossref",
    "datacite",
    "europepmc",
    "clinicaltrials",
    "agency",
    "handle",
    "web",
    "page",
)
OUTCOMES = ("found", "not-found", "failed")
# What a search for a work is called in its question: Crossref's, Europe PMC's.
SEARCHES = frozenset({"bibliographic", "search"})
# The first line of a lock that `refresh` writes.
LOCK_HEADER = {
    "_version": VERSION,
    "_note": (
        "What registries answered and what was read in public pages about the cited works, one"
        " answer a line; _source tells which, page facts are partial."
    ),
}


def read_lock(path: str | Path) -> list[dict[str, Any]]:
    """The answers of the lock in the file's order, without its first line; one to each question.

    InputError, naming the line: a version that this program does not know, a line that is not a
    JSON object, an answer without its source, question, outcome or date.
    """
    answers = []
    version_seen = False
    # Not splitlines(): JSON strings may hold U+2028, which that would break at.
    lines = read_text(path).split("\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json_object(line, path, number)
        except InputError as error:
            raise broken_line(error, number == len(lines)) from None
        if not version_seen:
            check_version(record, path, number)
            version_seen = True
        else:
            check_answer(record, path, number)
            answers.append(record)
    if not version_seen:
        raise InputError(
            f'empty; the first line of a lock is {{"_version": {VERSION}}}', path=path, line=1
        )
    return current(answers)


def broken_line(error: InputError, is_cut_off: bool) -> InputError:
    """The same with what to do. A refresh that was killed can leave a last line without its end."""
    remedy = "remove the line and run `make refresh`, or put the file back as it was"
    if is_cut_off:
        remedy = "`make refresh` takes away a last line that was cut off, and asks anew"
    return InputError(f"{error.problem}; {remedy}", path=error.path, line=error.line)


def in_order(answers: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One answer to each question: page facts as they stood, then each registry's by question, so
    that the order in which answers arrived makes no difference."""
    answers = current(answers)
    pages = [line for line in answers if line["_source"] == "page"]
    others = [line for line in answers if line["_source"] != "page"]
    return pages + sorted(
        others, key=lambda line: (SOURCES.index(line["_source"]), question_of(line)[1])
    )


def check_version(record: dict[str, Any], path: str | Path, number: int) -> None:
    if "_version" not in record:
        raise InputError(
            f'no version; the first line of a lock is {{"_version": {VERSION}}}',
            path=path,
            line=number,
        )
    if record["_version"] != VERSION or isinstance(record["_version"], bool):
        raise InputError(
            f"version {record['_version']!r} of the lock is not known to this program, which reads"
            f" version {VERSION}; use a newer livingreview",
            path=path,
            line=number,
        )


def check_answer(record: dict[str, Any], path: str | Path, number: int) -> None:
    missing = [
        name for name in ("_source", "_query", "_outcome", "_retrieved") if name not in record
    ]
    if missing:
        raise InputError(f"the answer has no {', '.join(missing)}", path=path, line=number)
    if record["_source"] not in SOURCES:
        raise InputError(
            f"_source {record['_source']!r} is not one of {', '.join(SOURCES)}",
            path=path,
            line=number,
        )
    if not isinstance(record["_query"], dict):
        raise InputError("_query is not an object", path=path, line=number)
    if record["_outcome"] not in OUTCOMES:
        raise InputError(
            f"_outcome {record['_outcome']!r} is not one of {', '.join(OUTCOMES)}",
            path=path,
            line=number,
        )
    retrieved = record["_retrieved"]
    if not isinstance(retrieved, str) or not is_day(retrieved):
        raise InputError(
            f"_retrieved {retrieved!r} is not a date like 2026-11-22", path=path, line=number
        )
    if "_for" in record and not isinstance(record["_for"], str):
        raise InputError("_for is not a citation key", path=path, line=number)


def is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def newest_date(answers: Iterable[Mapping[str, Any]]) -> str | None:
    """The day of the newest answer; the offline workflow's only notion of today."""
    return max((answer["_retrieved"] for answer in answers), default=None)


@dataclass(frozen=True)
class LockIndex:
    """The answers by what they can be found with; each list in the file's order.

    `by_doi`: the DOI that the record has or that was asked for, lower case. `by_key`: the
    citation key that the answer was read for. `by_title`: comparison key of each title that an
    answer found. `by_registration`: the trial registration number that was asked for, upper case.
    `by_updates`: the DOI that notices were asked for, lower case. `by_url`: the address of the
    web page that was asked for. `by_search`: source and text of a search.
    """

    by_doi: Mapping[str, list[dict[str, Any]]]
    by_key: Mapping[str, list[dict[str, Any]]]
    by_title: Mapping[str, list[dict[str, Any]]]
    by_registration: Mapping[str, list[dict[str, Any]]]
    by_updates: Mapping[str, list[dict[str, Any]]]
    by_url: Mapping[str, list[dict[str, Any]]]
    by_search: Mapping[tuple[str, str], list[dict[str, Any]]]


def index_lock(answers: Iterable[dict[str, Any]]) -> LockIndex:
    index = LockIndex({}, {}, {}, {}, {}, {}, {})
    for answer in answers:
        for doi in sorted({doi for doi in (asked_doi(answer), work_doi(answer)) if doi}):
            index.by_doi.setdefault(doi, []).append(answer)
        if "_for" in answer:
            index.by_key.setdefault(answer["_for"], []).append(answer)
        query = {name: text for name, text in answer["_query"].items() if isinstance(text, str)}
        if "registration" in query:
            index.by_registration.setdefault(query["registration"].upper(), []).append(answer)
        elif is_work(answer):
            keys = {comparison_key(title) for title in work_titles(answer)} - {""}
            for key in sorted(keys):
                index.by_title.setdefault(key, []).append(answer)
        if "updates" in query:
            index.by_updates.setdefault(query["updates"].lower(), []).append(answer)
        if "url" in query:
            index.by_url.setdefault(query["url"], []).append(answer)
        for name in SEARCHES & query.keys():
            index.by_search.setdefault((answer["_source"], query[name]), []).append(answer)
    return index


def asked_doi(answer: Mapping[str, Any]) -> str | None:
    """The DOI that was asked for, in lower case."""
    doi = answer["_query"].get("doi")
    return doi.lower() if isinstance(doi, str) else None


def registrations_of(answer: Mapping[str, Any]) -> set[str]:
    """The trial registration numbers that the record shows, in upper case."""
    return {number.strip().upper() for number in strings(answer.get("registration"))}
