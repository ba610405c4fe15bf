"""Checks that need the whole list: doubles, and what the text cites and the list has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from livingreview.references.authors import same_family
from livingreview.references.finding import Finding, finding
from livingreview.references.plain import comparison_key
from livingreview.references.record import Reference

SHORTEST_TITLE = 12  # letters of a title that two works would not share by chance


def list_findings(
    references: Sequence[Reference], citations: Sequence[Mapping[str, Any]] | None
) -> dict[str, list[Finding]]:
    """By key: doubles of an earlier reference, and entries that the text does not cite."""
    found: dict[str, list[Finding]] = {reference.key: [] for reference in references}
    by_doi: dict[str, Reference] = {}
    by_title: dict[str, list[Reference]] = {}
    for reference in references:
        earlier = by_doi.get(reference.doi or "")
        if earlier is not None:
            found[reference.key].append(
                finding(
                    reference,
                    "duplicate.doi",
                    "warning",
                    cited=reference.doi,
                    found=f"{earlier.number} ({earlier.key})",
                )
            )
        elif reference.doi:
            by_doi[reference.doi] = reference
        title = comparison_key(reference.title or "")
        if len(title) >= (SHORTEST_TITLE if title.isascii() else SHORTEST_TITLE // 2):
            same = [other for other in by_title.get(title, []) if may_be_one(reference, other)]
            if same and earlier is None:
                found[reference.key].append(
                    finding(
                        reference,
                        "duplicate.title",
                        "warning",
                        cited=reference.title,
                        found=f"{same[0].number} ({same[0].key})",
                    )
                )
            by_title.setdefault(title, []).append(reference)
    if citations is not None:
        cited = {row["key"] for row in citations}
        for reference in references:
            if reference.key not in cited:
                found[reference.key].append(
                    finding(reference, "citation.uncited", "note", source="text")
                )
    return found


def may_be_one(first: Reference, second: Reference) -> bool:
    """Whether two entries of one title can be one work: no two DOIs, no two first authors."""
    if first.doi and second.doi and first.doi != second.doi:
        return False
    if first.registration != second.registration:
        return False
    if first.authors and second.authors:
        return same_family(first.authors[0], second.authors[0])
    return True
