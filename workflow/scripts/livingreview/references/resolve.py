"""Which answers of the lock are about which printed reference.

By DOI; by the citation key that a page was read for, if the title agrees; by title, first author
and year. Never by likeness. What is joined is only listed here: `compare.py` says what it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from livingreview.references.authors import same_family
from livingreview.references.plain import comparison_key
from livingreview.references.record import Reference
from livingreview.references.titles import FAR, compare_titles, without_status
from livingreview.references.work import (
    is_other_version,
    work_authors,
    work_doi,
    work_titles,
    work_years,
)
from livingreview.registries.lock import LockIndex, index_lock, registrations_of

Answer = Mapping[str, Any]


def resolve_references(
    references: Iterable[Reference], answers: Iterable[dict[str, Any]]
) -> list[dict[str, Any]]:
    """One line of resolved.jsonl for each reference.

    `outcome`: found, not-found, failed, or not-asked where the lock holds no answer about it.
    `by`: doi, for or title, how it was found; None if it was not. `authorities`: the answers
    that are about it, whole, in the lock's order. `reasons`: sentences, for the curious.
    """
    index = index_lock(answers)
    return [_resolve(reference, index) for reference in references]


def _resolve(reference: Reference, index: LockIndex) -> dict[str, Any]:
    authorities, by, reasons = _answers_about(reference, index)
    outcome = "not-asked"
    for candidate in ("found", "failed", "not-found"):
        if any(answer["_outcome"] == candidate for answer in authorities):
            outcome = candidate
            break
    return {
        "key": reference.key,
        "number": reference.number,
        "outcome": outcome,
        "by": by if outcome == "found" else None,
        "reference": reference.to_json(),
        "authorities": [dict(answer) for answer in authorities],
        "reasons": reasons,
    }


def _answers_about(
    reference: Reference, index: LockIndex
) -> tuple[list[Answer], str | None, list[str]]:
    own = index.by_key.get(reference.key, [])
    reasons = []
    answers: list[Answer] = []
    by = None
    if reference.doi:
        answers.extend(index.by_doi.get(reference.doi, []))
        if _any_found(answers):
            by = "doi"
            reasons.append(f"the DOI {reference.doi} is that of the record")
    for answer in own:
        if any(answer is other for other in answers):
            continue
        refusal = _refusal(reference, answer)
        if refusal:
            reasons.append(refusal)
            continue
        answers.append(answer)
        if answer["_outcome"] == "found":
            by = by or "for"
            reasons.append(
                f"read for this citation key, but about another version: {answer['_version_of']}"
                if is_other_version(answer)
                else "read for this citation key, and nothing it shows is another work's"
            )
    for number in [reference.registration] if reference.registration else []:
        for answer in index.by_registration.get(number.upper(), []):
            if not any(answer is other for other in answers):
                answers.append(answer)
                by = by or ("for" if answer["_outcome"] == "found" else None)
                reasons.append(f"the answer to the registration number {number}")
    if by is None:
        matches, reason = _by_title(reference, index)
        if reason:
            reasons.append(reason)
        if matches:
            by = "title"
            answers.extend(matches)
    if by is not None and reference.doi is None:
        _add_answers_to_found_doi(answers, index)
    if not answers and not reasons:
        reasons.append("the lock holds no answer about this reference")
    return answers, by, reasons


def _any_found(answers: Sequence[Answer]) -> bool:
    return any(answer["_outcome"] == "found" for answer in answers)


def _refusal(reference: Reference, answer: Answer) -> str | None:
    """Why an answer that was read for the key is not about what now stands under it; else None."""
    if answer["_outcome"] != "found":
        return None
    doi = work_doi(answer)
    if doi is not None and doi == reference.doi:
        return None
    if reference.registration:
        if reference.registration.upper() in registrations_of(answer):
            return None
        return "read for this citation key, but without its registration number"
    conflict = doi is not None and reference.doi is not None
    titles = work_titles(answer)
    if not titles or not reference.title:
        return "read for this citation key, but with another DOI and no title" if conflict else None
    wordings = [compare_titles(reference.title, title) for title in titles]
    if any(wording.state in ("same", "shortened", "subtitle") for wording in wordings):
        return None
    if any(wording.state == "incomparable" for wording in wordings):
        return "read for this citation key, but with another DOI" if conflict else None
    # Far apart: another work has taken the key since. Near: the contradiction is to be reported.
    if max(wording.score for wording in wordings) >= FAR:
        return None
    return "read for this citation key, but the title there is another work's"


def _by_title(reference: Reference, index: LockIndex) -> tuple[list[Answer], str | None]:
    """The answers whose title equals the printed one and whose author and year do not object.

    The reason is given where there were candidates and none was taken.
    """
    if not reference.title or reference.registration:
        return [], None
    candidates = index.by_title.get(comparison_key(without_status(reference.title)), [])
    if not candidates:
        return [], None
    matches = [answer for answer in candidates if _is_same_work(reference, answer)]
    if not matches:
        return [], "the lock has this title with another author, year or DOI"
    if len({work_doi(answer) for answer in matches} - {None}) > 1:
        return [], "the lock has several works with this title, author and year"
    return matches, "title, first author and year are those of the record"


def _is_same_work(reference: Reference, answer: Answer) -> bool:
    """Title being equal: same DOI or none to compare, first author equal, year at most one apart.

    Author and year that the record lacks do not object, but one of them must agree.
    """
    if is_other_version(answer):
        return False
    if answer.get("type") == "posted-content" and reference.container_title:
        return False  # the preprint of an article, whose DOI is not the article's
    doi = work_doi(answer)
    if reference.doi and doi and reference.doi != doi:
        return False
    agreeing = 0
    names = work_authors(answer)
    if names and reference.authors:
        if not same_family(reference.authors[0], names[0]):
            return False
        agreeing += 1
    years = work_years(answer).all
    if years and reference.year is not None:
        if all(abs(reference.year - year) > 1 for year in years):
            return False
        agreeing += 1
    return agreeing > 0


def _add_answers_to_found_doi(answers: list[Answer], index: LockIndex) -> None:
    """What registries said about the DOI that was found for a reference printed without one."""
    dois = {work_doi(answer) for answer in answers if not is_other_version(answer)} - {None}
    if len(dois) != 1:
        return
    for answer in index.by_doi.get(min(dois), []):
        if not any(answer is other for other in answers):
            answers.append(answer)
