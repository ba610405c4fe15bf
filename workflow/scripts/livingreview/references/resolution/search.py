"""What the searches for a reference found, judged by `matching.py`.

A search is found in the lock by its text, which is made of the reference itself: a reference that
has changed since is one that was not searched for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from livingreview.references.judgement.other_doi import is_not_this_works, read_without_ending
from livingreview.references.record import Reference
from livingreview.references.resolution.matching import (
    Match,
    bibliographic_query,
    is_searchable,
    match,
)
from livingreview.references.work import entries_of, strings, work_doi
from livingreview.registries.europepmc_query import search_query
from livingreview.registries.journals import Journals, read_journals

Answer = Mapping[str, Any]


def needs_search(reference: Reference, authorities: Sequence[Answer]) -> bool:
    """Whether the work is to be searched for: printed without a DOI, or with one that the answers
    to it, among `authorities`, call unknown or another work's.

    Not for what no registry of works holds, nor while nobody has answered about the DOI.
    """
    if not is_searchable(reference):
        return False
    if reference.doi is None:
        return True
    if read_without_ending(reference, authorities) is not None:
        return False
    return is_not_this_works(reference, authorities)


@dataclass(frozen=True)
class SearchFound:
    """`answers`: of a search that led to one work that work's record, in place of its candidates;
    of others what came of them (not-found, failed, or `items`, the works that fit alike).
    `match` is None if nobody answered."""

    answers: list[Answer]
    match: Match | None
    reasons: list[str]


@dataclass(frozen=True)
class Searches:
    """The searches of the lock by source and text."""

    by_text: Mapping[tuple[str, str], Sequence[Answer]]
    given_journals: Journals | None = None

    @cached_property
    def journals(self) -> Journals:
        return self.given_journals or read_journals()

    @cached_property
    def sources(self) -> frozenset[str]:
        return frozenset(source for source, _ in self.by_text)

    def lines(self, reference: Reference, authorities: Sequence[Answer]) -> list[Answer]:
        """The answers to the searches for this reference; none if it was not searched for.

        A work printed with a DOI of its own is not (`needs_search`): what the lock has from before
        the DOI was printed says nothing of it.
        """
        if not self.by_text or not needs_search(reference, authorities):
            return []
        texts: list[tuple[str, str | None]] = [("crossref", bibliographic_query(reference))]
        if "europepmc" in self.sources:
            texts.append(("europepmc", search_query(reference, self.journals)))
        return [
            line
            for source, text in texts
            if text is not None
            for line in self.by_text.get((source, text), ())
        ]

    def find(
        self, reference: Reference, lines: Sequence[Answer], known_dois: set[str]
    ) -> SearchFound:
        """What the searches for this reference, `lines`, led to.

        A work whose DOI is none of `known_dois`, where any are known, is another one.
        """
        silent = [line for line in lines if line["_outcome"] == "failed"]
        if len(silent) == len(lines):
            return SearchFound(silent, None, [])
        items = [item for line in lines for item in candidates(line)]
        judged = match_candidates(reference, items, self.journals)
        if judged.doi and known_dois and judged.doi not in known_dois:
            other = f"the search found a work with another DOI, {judged.doi}"
            return SearchFound(silent, judged, [other])
        if judged.outcome == "none":
            reason = "the search found no work that fits"
            return SearchFound([without_items(line) for line in lines], judged, [reason])
        if judged.outcome == "several":
            reason = "the search found several works that fit alike"
            return SearchFound([with_names(line) for line in lines], judged, [reason])
        found = [
            {**without_items(line), **item, "_outcome": "found"}
            for line in lines
            for item in candidates(line)
            if item is judged.work or (judged.doi and work_doi(item) == judged.doi)
        ]
        return SearchFound([*found, *silent], judged, [f"the search: {judged.evidence[0].reason}"])

    def find_other_doi(
        self, reference: Reference, lines: Sequence[Answer], known_dois: set[str]
    ) -> SearchFound:
        """The same for a work whose printed DOI is not its own: what is found is only named, and
        becomes no record of the work."""
        found = self.find(reference, lines, known_dois)
        if found.match is None or found.match.outcome == "none":
            return found
        return SearchFound([with_names(line) for line in lines], found.match, found.reasons)


def match_candidates(
    reference: Reference, items: Sequence[Mapping[str, Any]], journals: Journals
) -> Match:
    """`match` with the names by which the reference's own journal is known."""
    journal = journals.find(reference.container_title)
    names = [(journal.name, journal.nlm, *journal.spellings)] if journal else []
    return match(reference, items, names)


def candidates(line: Answer) -> list[dict[str, Any]]:
    return entries_of(line, "items") if line["_outcome"] == "found" else []


def without_items(line: Answer) -> dict[str, Any]:
    """The answer as one about the reference: what was found was not it."""
    kept = {name: value for name, value in line.items() if name != "items"}
    return kept | ({"_outcome": "not-found"} if line["_outcome"] == "found" else {})


def with_names(line: Answer) -> dict[str, Any]:
    """The answer with its candidates' DOIs and titles only."""
    if line["_outcome"] != "found":
        return dict(line)
    names = [
        {"DOI": work_doi(item), "title": strings(item.get("title"))} for item in candidates(line)
    ]
    return {**line, "items": names}


def match_json(judged: Match) -> dict[str, Any]:
    evidence = [asdict(one) for one in judged.evidence]
    for one in evidence:
        one |= {name: list(one[name]) for name in ("supports", "contradictions")}
    return {"outcome": judged.outcome, "candidates": evidence}
