"""What is to be said about one reference: its fields, its DOI, its existence, its status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from livingreview.references.comparison.outcomes import Comparison
from livingreview.references.comparison.titles import compare_titles
from livingreview.references.judgement.existence import existence_findings, is_confident, is_matched
from livingreview.references.judgement.finding import Answer, Finding, finding
from livingreview.references.judgement.other_doi import with_proposals
from livingreview.references.judgement.status import status_findings
from livingreview.references.record import Reference
from livingreview.references.work import work_titles


def find_all(
    reference: Reference,
    comparisons: Sequence[Comparison],
    resolved: Mapping[str, Any],
    titles_of_dois: Mapping[str, tuple[str, Answer]],
    others: Sequence[Answer],
) -> list[Finding]:
    """Every finding about one reference that needs no other reference, in a fixed order.

    `titles_of_dois`: the title that the locked answers give for a DOI, for naming the work that
    a wrong DOI belongs to. `others`: the answers to the printed DOI that are about another work.
    """
    authorities = resolved["authorities"]
    wrong = wrong_work(reference, comparisons, others, titles_of_dois)
    # The fields and the status of another work say nothing about the cited one.
    about = [wrong] if wrong else field_findings(reference, comparisons)
    about += [] if wrong else missing_doi(reference, comparisons, is_matched(authorities))
    statuses = status_findings(reference, [] if wrong else authorities)
    findings = [*about, *existence_findings(reference, resolved), *statuses]
    return with_proposals(reference, resolved, findings)


def field_findings(reference: Reference, comparisons: Sequence[Comparison]) -> list[Finding]:
    return [
        finding(
            reference,
            comparison.code,
            comparison.severity or "error",
            field=comparison.field,
            cited=comparison.cited,
            found=comparison.found,
            source=comparison.authority or "list",
        )
        for comparison in comparisons
        if comparison.code
    ]


def wrong_work(
    reference: Reference,
    comparisons: Sequence[Comparison],
    others: Sequence[Answer],
    titles_of_dois: Mapping[str, tuple[str, Answer]],
) -> Finding | None:
    """The printed DOI is another work's: its record says so, or a record under its own DOI does."""
    if reference.doi is None:
        return None
    doi = next(comparison for comparison in comparisons if comparison.field == "doi")
    found: str | None = None
    source: Answer | None = None
    if others:
        titles = work_titles(others[0])
        found, source = (titles[0] if titles else None), others[0]
    elif doi.state == "differs" and reference.doi in titles_of_dois:
        title, answer = titles_of_dois[reference.doi]
        if compare_titles(reference.title or "", title).state in ("near", "far"):
            found, source = title, answer
    if source is None:
        return None
    return finding(
        reference,
        "doi.wrong-work",
        "error",
        cited=reference.title,
        found=found,
        source=source,
        doi=reference.doi,
    )


def missing_doi(
    reference: Reference, comparisons: Sequence[Comparison], matched: bool
) -> list[Finding]:
    """The DOI of a work that is surely the cited one; `matched`: a search found that work and no
    other that fits, and then a field may differ."""
    doi = next(comparison for comparison in comparisons if comparison.field == "doi")
    printed = reference.doi or reference.doi_printed
    if printed or doi.found is None or reference.registration:
        return []
    if not matched and not is_confident(comparisons):
        return []
    return [
        finding(
            reference,
            "doi.missing",
            "note",
            cited="",
            found=doi.found,
            source=doi.authority or "list",
        )
    ]
