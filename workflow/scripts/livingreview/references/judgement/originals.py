"""The work that a cited notice is about: its DOI and title, and where the list has it.

Which of the two to cite is the author's choice: the work is offered, and nothing is put in place
of the notice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from livingreview.references.comparison.compare import answers
from livingreview.references.comparison.notices import (
    NAMES,
    announced_notice,
    may_be_subject,
    title_of_original,
)
from livingreview.references.comparison.persons import same_family
from livingreview.references.comparison.plain import comparison_key
from livingreview.references.judgement.finding import Answer, Finding
from livingreview.references.judgement.status import VERSIONS, label_of
from livingreview.references.record import Reference
from livingreview.references.resolution.candidates import BOOK_TYPES
from livingreview.references.wording.messages import in_words, message, source_names
from livingreview.references.work import (
    entries_of,
    entry_doi,
    is_self_update,
    text_of,
    work_authors,
    work_doi,
    work_titles,
)
from livingreview.registries.lock import SEARCHES

SHORTEST_TITLE = 12  # letters, of a title that leads to a DOI
MOST_OFFERED = 3  # works of a notice about several
LONGEST_TITLE = 160  # of a work in the message, which ends with its DOI and place in the list

Work = Mapping[str, Any]


@dataclass(frozen=True)
class KnownWorks:
    """The works of the list and of its locked answers, candidates of searches among them."""

    references: Sequence[Reference]
    resolved: Sequence[Mapping[str, Any]]

    @cached_property
    def records(self) -> dict[str, tuple[Work, Answer]]:
        """By DOI a work with a title, and the answer that shows it."""
        found: dict[str, tuple[Work, Answer]] = {}
        for line in self.resolved:
            for answer in line["authorities"]:
                for work in [answer] if answers(answer) else entries_of(answer, "items"):
                    doi = work_doi(work)
                    if doi and work_titles(work):
                        found.setdefault(doi, (work, answer))
        return found

    @cached_property
    def dois(self) -> dict[str, list[str]]:
        """By title the DOIs of the works that have it; notices are none."""
        found: dict[str, list[str]] = {}
        for doi, (work, _) in self.records.items():
            title = work_titles(work)[0]
            if announced_notice(title) is None:
                found.setdefault(comparison_key(title), []).append(doi)
        return found

    @cached_property
    def listed(self) -> dict[str, Reference]:
        """The references by `DOI 10.1000/a`, PMID and title; notices not by title."""
        found: dict[str, Reference] = {}
        for reference, line in zip(self.references, self.resolved, strict=True):
            if reference.doi:
                found.setdefault(f"DOI {reference.doi}", reference)
            for answer in filter(answers, line["authorities"]):
                if number := text_of(answer, "PMID"):
                    found.setdefault(f"PMID {number}", reference)
            if reference.title and announced_notice(reference.title) is None:
                found.setdefault(comparison_key(reference.title), reference)
        return found


@dataclass(frozen=True)
class Original:
    """One work that a notice is about, as far as it is known; `source` says that it is."""

    doi: str | None
    title: str | None
    listed: Reference | None
    number: str | None = None
    source: Answer | None = None


def with_originals(
    reference: Reference,
    resolved: Mapping[str, Any],
    findings: Sequence[Finding],
    works: KnownWorks,
) -> list[Finding]:
    """The findings; that of a cited notice with the work that it is about, in the message and,
    where it is one and has a DOI, in `proposed`. `resolved`: the reference's line.

    Where only the title's words tell of a notice, and a work may have them as its subject, it is
    one if the work that it would be about is known.
    """
    told = []
    for one in findings:
        found = []
        if is_about_notice(one):
            wrong = any(other["code"] == "doi.wrong-work" for other in findings)
            found = originals_of(reference, {} if wrong else resolved, works)
        if is_about_notice(one) and is_doubtful(reference, one, found):
            continue
        if found:
            texts = [in_one_language(found, place) for place in (0, 1)]
            one = one | {
                "message": message(
                    "status.notice-of-known",
                    field="status",
                    cited=one["cited"] or "",
                    what=NAMES[one["found"]],
                    original=tuple(texts),
                )
            }
            if len(found) == 1 and found[0].doi:
                one["proposed"] = found[0].doi
        told.append(one)
    return told


def is_about_notice(one: Finding) -> bool:
    return one["code"] == "status.notice" and one["found"] in NAMES


def is_doubtful(reference: Reference, one: Finding, found: Sequence[Original]) -> bool:
    if one["source"] != "list" or any(work.doi or work.listed for work in found):
        return False
    return reference.type in BOOK_TYPES or may_be_subject(reference.title or "")


def originals_of(
    reference: Reference, resolved: Mapping[str, Any], works: KnownWorks
) -> list[Original]:
    """The works that the notice's record names; else the one that its own title names."""
    found: dict[str, Original] = {}
    for answer in filter(answers, resolved.get("authorities", ())):
        for entry in entries_of(answer, "update-to"):
            doi, number = entry_doi(entry), text_of(entry, "PMID")
            version = any(word in label_of(entry) for word in VERSIONS)
            if is_self_update(entry, answer) or version or doi == reference.doi:
                continue
            if not (doi or number):
                continue
            name = f"DOI {doi}" if doi else f"PMID {number}"
            found.setdefault(name, named_by_record(reference, doi, number, answer, works))
    named = title_of_original(reference.title or "")
    by_doi = [one for one in found.values() if one.doi]
    if by_doi:  # the same works once more, by their numbers in PubMed
        return by_doi[:MOST_OFFERED]
    by_title = named_by_title(reference, resolved, named, works) if named else None
    if by_title and (by_title.doi or by_title.listed or not found):
        return [by_title]
    return list(found.values())[:MOST_OFFERED]


def named_by_record(
    reference: Reference, doi: str | None, number: str | None, answer: Answer, works: KnownWorks
) -> Original:
    work, _ = works.records.get(doi or "", (None, None))
    title = work_titles(work)[0] if work else title_of_original(reference.title or "")
    listed = works.listed.get(f"DOI {doi}") or works.listed.get(f"PMID {number}")
    if listed is reference:
        listed = None
    doi = doi or (listed.doi if listed else None)
    return Original(doi, title or (listed.title if listed else None), listed, number, answer)


def named_by_title(
    reference: Reference, resolved: Mapping[str, Any], title: str, works: KnownWorks
) -> Original:
    """The work of that title in the list, in the locked answers or among the candidates of the
    search for the notice, if it is one and by the same author."""
    key = comparison_key(title)
    if len(key) < (SHORTEST_TITLE if title.isascii() else SHORTEST_TITLE // 2):
        return Original(None, title, None)
    listed = works.listed.get(key)
    if listed and not have_same_author(reference, listed.authors):
        listed = None
    sources: dict[str, Answer] = {}
    for doi in works.dois.get(key, ()):
        work, answer = works.records[doi]
        if doi != reference.doi and have_same_author(reference, work_authors(work)):
            sources[doi] = answer
    for doi, answer in candidates_named(reference, resolved, key):
        sources.setdefault(doi, answer)
    if listed and listed.doi:
        return Original(listed.doi, listed.title, listed)
    doi = next(iter(sources)) if len(sources) == 1 else None
    listed = listed or works.listed.get(f"DOI {doi}")
    return Original(doi, title, listed, source=sources.get(doi or ""))


def candidates_named(
    reference: Reference, resolved: Mapping[str, Any], key: str
) -> list[tuple[str, Answer]]:
    """The candidates of the search for the notice that have this title and its first author."""
    searches = [
        answer for answer in resolved.get("authorities", ()) if SEARCHES & answer["_query"].keys()
    ]
    match = resolved.get("match") or {}
    return [
        (one["doi"], searches[0])
        for one in match.get("candidates", ())
        if searches
        and one["doi"] not in (None, reference.doi)
        and comparison_key(one["title"] or "") == key
        and ("author" in one["supports"] or not reference.authors)
    ]


def have_same_author(reference: Reference, names: Sequence[Any]) -> bool:
    if not reference.authors or not names:
        return True
    return same_family(reference.authors[0], names[0])


def in_one_language(found: Sequence[Original], place: int) -> str:
    """ "“Title”, DOI 10.1000/a (Crossref, 2026-11-22), reference 12 (key)"; several with "and"."""
    texts = [described(one, place) for one in found]
    return "；".join(texts) if place == 0 else in_words(texts)


def described(one: Original, place: int) -> str:
    comma, (left, right) = ("，", "（）") if place == 0 else (", ", "()")
    parts = []
    if one.title:
        long = len(one.title) > LONGEST_TITLE
        parts.append(f"“{one.title[:LONGEST_TITLE].rstrip()}{'…' * long}”")
    name = f"DOI {one.doi}" if one.doi else f"PMID {one.number}" if one.number else None
    if name and one.source is not None:
        said = f"{source_names(one.source)[place]}{comma}{one.source.get('_retrieved') or ''}"
        name += f"{left}{said}{right}" if place == 0 else f" {left}{said}{right}"
    parts += [name] if name else []
    if one.listed is not None:
        number, key = one.listed.number, one.listed.key
        parts.append(
            f"即文献表第 {number} 条（{key}）" if place == 0 else f"reference {number} ({key})"
        )
    return comma.join(parts)
