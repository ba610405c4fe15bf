"""A printed DOI that nobody knows, or that another work has: which one it should have been.

Nothing is put in its place: the finding stands, and names the DOI that a search or a shorter form
of the printed one led to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from livingreview.references.comparison.compare import answers, asked_for, works_of_wrong_doi
from livingreview.references.comparison.titles import compare_titles
from livingreview.references.doi import without_ending
from livingreview.references.judgement.existence import unheld_doi
from livingreview.references.judgement.finding import Answer, Finding
from livingreview.references.record import Reference
from livingreview.references.wording.messages import proposal
from livingreview.references.work import entries_of, work_doi, work_titles

PROPOSED_FOR = ("doi.unknown", "doi.wrong-work")
NAMED = ("title", "author", "year")  # what a reader knows a work by


def is_unknown(reference: Reference, authorities: Sequence[Answer]) -> bool:
    return any(one["code"] == "doi.unknown" for one in unheld_doi(reference, authorities))


def is_not_this_works(reference: Reference, authorities: Sequence[Answer]) -> bool:
    """Whether the answers call the printed DOI unknown or another work's; not while nobody says."""
    if is_unknown(reference, authorities):
        return True
    return bool(works_of_wrong_doi(reference, authorities))


def read_without_ending(reference: Reference, authorities: Sequence[Answer]) -> Reference | None:
    """The reference with the DOI as it is without the last word of a publisher's address.

    None unless the printed one is unknown, and the shorter one a record's with the same title.
    """
    shorter = without_ending(reference.doi) if reference.doi else None
    if reference.doi is None or shorter is None or not is_unknown(reference, authorities):
        return None
    records = [
        answer
        for answer in authorities
        if answers(answer) and shorter in (work_doi(answer), asked_for(answer))
    ]
    read = replace(reference, doi=shorter, doi_printed=reference.doi_printed or reference.doi)
    if not any(has_title_of(reference, record) for record in records):
        return None
    return None if works_of_wrong_doi(read, records) else read


def has_title_of(reference: Reference, record: Answer) -> bool:
    wordings = (compare_titles(reference.title or "", title) for title in work_titles(record))
    return any(wording.state in ("same", "shortened", "subtitle") for wording in wordings)


def known_dois(reference: Reference, authorities: Sequence[Answer]) -> set[str]:
    """The DOIs that pages read for the reference show for its work; none if any will do.

    A printed DOI that is being searched for is not its work's.
    """
    wrong = works_of_wrong_doi(reference, authorities)
    heard = [
        answer
        for answer in authorities
        if answers(answer) and not any(answer is other for other in wrong)
    ]
    return {doi for answer in heard if (doi := work_doi(answer)) and doi != reference.doi}


@dataclass(frozen=True)
class Proposal:
    """The DOI that a search led to, the fields that agree there, and the search's answer."""

    doi: str
    fields: tuple[str, ...]
    source: Answer


def proposal_for(reference: Reference, resolved: Mapping[str, Any]) -> Proposal | None:
    """The DOI of the work that a search found in place of the printed DOI's, if it found one."""
    match = resolved.get("match")
    if reference.doi is None or not match or match["outcome"] != "one":
        return None
    best = match["candidates"][0]
    known = known_dois(reference, resolved["authorities"])
    if best["doi"] in (None, reference.doi) or (known and best["doi"] not in known):
        return None
    named = [name for name in NAMED if name in best["supports"]]
    fields = named if len(named) == len(NAMED) else best["supports"]
    for answer in resolved["authorities"]:
        if any(work_doi(item) == best["doi"] for item in entries_of(answer, "items")):
            return Proposal(best["doi"], tuple(fields), answer)
    return None


def with_proposals(
    reference: Reference, resolved: Mapping[str, Any], findings: Sequence[Finding]
) -> list[Finding]:
    """The findings; those about a DOI that is not this work's with the DOI that a search found.

    It stands in the message and in `proposed`.
    """
    proposed = proposal_for(reference, resolved)
    if proposed is None:
        return list(findings)
    return [
        {**one, "message": proposal(one["message"], proposed.fields, proposed.doi, proposed.source)}
        | {"proposed": proposed.doi}
        if one["code"] in PROPOSED_FOR
        else one
        for one in findings
    ]
