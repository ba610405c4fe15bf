"""Which answers of the lock are about which printed reference.

By DOI; by the citation key that a page was read for, if the title agrees; by registration number
or web address; by title, first author and year; by what a search for it found (`search.py`).
What is joined is only listed here: `compare.py` says what it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from livingreview.progress import Tell, with_progress
from livingreview.references.comparison.persons import same_family
from livingreview.references.comparison.plain import comparison_key
from livingreview.references.comparison.titles import FAR, compare_titles, without_status
from livingreview.references.doi import without_ending
from livingreview.references.judgement.existence import answer_of, is_elsewhere, other_agency, says
from livingreview.references.judgement.other_doi import known_dois, read_without_ending
from livingreview.references.record import Reference
from livingreview.references.resolution.search import Searches, match_json
from livingreview.references.work import (
    asks_for_work,
    is_other_version,
    is_work,
    work_authors,
    work_doi,
    work_titles,
    work_years,
)
from livingreview.registries.journals import Journals
from livingreview.registries.lock import LockIndex, index_lock, registrations_of

Answer = Mapping[str, Any]


def resolve_references(
    references: Sequence[Reference],
    answers: Iterable[dict[str, Any]],
    journals: Journals | None = None,
    tell: Tell | None = None,
) -> list[dict[str, Any]]:
    """One line of resolved.jsonl for each reference.

    `outcome`: found, ambiguous (a search found several that fit), failed, not-found, or not-asked
    where the lock holds no answer about it. `by`: doi, for, title, url or search, how it was
    found; None if it was not. `authorities`: the answers that are about it, whole; of a search,
    the work that it found, else what came of it. `match`: how a search's candidates were judged,
    None without a search; for a work whose printed DOI is not its own, that is all there is of
    the work that it found. `reference`: as printed, but for a DOI that was read without the last
    word of an address. `reasons`: sentences, for the curious. `journals`: as the searches were made
    with; those of this program if none are given.
    """
    index = index_lock(answers)
    searches = Searches(index.by_search, journals)
    return [
        _resolve(reference, index, searches)
        for reference in with_progress(references, len(references), "references resolved", tell)
    ]


def _resolve(reference: Reference, index: LockIndex, searches: Searches) -> dict[str, Any]:
    printed, reference = reference, _as_read(reference, index)
    authorities, by, reasons = _answers_about(reference, index)
    match = None
    searched = searches.lines(reference, authorities)
    if searched and reference.doi is None:
        found = searches.find(reference, searched, known_dois(reference, authorities))
        authorities += found.answers
        reasons += found.reasons
        match = match_json(found.match) if found.match else None
        if any(is_work(answer) for answer in found.answers):
            by = by or "search"
    if by is None and not (match and match["outcome"] == "several"):
        matches, reason = _by_title(reference, index)
        reasons += [reason] if reason else []
        by = "title" if matches else None
        authorities += [one for one in matches if not any(one is other for other in authorities)]
    if by is not None and reference.doi is None:
        _add_answers_to_found_doi(authorities, index)
    reasons += _reasons_of_doi(reference, authorities)
    if not authorities and not reasons:
        reasons.append("the lock holds no answer about this reference")
    outcome = _outcome(reference, authorities)
    if searched and reference.doi is not None:
        found = searches.find_other_doi(reference, searched, known_dois(reference, authorities))
        authorities += found.answers
        reasons += found.reasons
        match = match_json(found.match) if found.match else None
    if printed.doi != reference.doi:
        reasons.append(f"nobody knows the DOI {printed.doi}; without its ending it is the record's")
        authorities += [
            answer
            for answer in index.by_doi.get(printed.doi or "", [])
            if answer["_outcome"] == "not-found"
        ]
    return {
        "key": reference.key,
        "number": reference.number,
        "outcome": outcome,
        "by": by if outcome == "found" else None,
        "reference": reference.to_json(),
        "authorities": [dict(answer) for answer in authorities],
        "reasons": reasons,
        "match": match,
    }


def _outcome(reference: Reference, authorities: Sequence[Answer]) -> str:
    """What those answered who were asked for the work; if none was, whether its DOI is there."""
    asked = [answer for answer in authorities if asks_for_work(answer)]
    if is_elsewhere(reference):
        asked += [answer for answer in authorities if answer["_source"] == "web"]
    if any(is_work(answer) or _is_page_found(answer) for answer in asked):
        return "found"
    if any("items" in answer for answer in asked):
        return "ambiguous"
    asked = asked or [answer for answer in authorities if answer["_outcome"] != "found"]
    for outcome in ("failed", "not-found"):
        if any(
            answer["_outcome"] == outcome for answer in asked if "updates" not in answer["_query"]
        ):
            return outcome
    return "not-asked"


def _is_page_found(answer: Answer) -> bool:
    return answer["_source"] == "web" and answer["_outcome"] == "found"


def _as_read(reference: Reference, index: LockIndex) -> Reference:
    """The reference, an address's last word taken off its DOI if that is the work's DOI then."""
    shorter = without_ending(reference.doi) if reference.doi else None
    if shorter is None:
        return reference
    known = [*index.by_doi.get(reference.doi or "", []), *index.by_doi.get(shorter, [])]
    return read_without_ending(reference, known) or reference


def _reasons_of_doi(reference: Reference, authorities: Sequence[Answer]) -> list[str]:
    """Why a DOI that Crossref does not hold is nothing to complain of."""
    asked = [answer for answer in authorities if answer["_query"].get("doi") == reference.doi]
    handle, agency, crossref = (answer_of(asked, name) for name in ("handle", "agency", "crossref"))
    if not reference.doi or not says(handle, "found") or not says(crossref, "not-found"):
        return []
    if other_agency(agency):
        return [f"the DOI is registered with {other_agency(agency)}, not with Crossref"]
    if says(agency, "found"):
        return ["the DOI exists, but Crossref holds no record of it: too new, or deleted"]
    return ["the DOI exists, but Crossref holds no record of it"]


def _answers_about(
    reference: Reference, index: LockIndex
) -> tuple[list[Answer], str | None, list[str]]:
    own = index.by_key.get(reference.key, [])
    reasons = []
    answers: list[Answer] = []
    by = None
    if reference.doi:
        answers.extend(index.by_doi.get(reference.doi, []))
        if any(is_work(answer) for answer in answers):
            by = "doi"
            reasons.append(f"the DOI {reference.doi} is that of the record")
        former = {reference.doi, *(work_doi(answer) for answer in answers if is_work(answer))}
        for doi in sorted(former - {None}):
            answers.extend(index.by_updates.get(doi, []))
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
            if any(answer is other for other in answers):
                continue
            if registrations_of(answer) and number.upper() not in registrations_of(answer):
                reasons.append(f"the answer to {number} is about another registration")
                continue
            answers.append(answer)
            by = by or ("for" if answer["_outcome"] == "found" else None)
            reasons.append(f"the answer to the registration number {number}")
    for answer in index.by_url.get(reference.url or "", []):
        answers.append(answer)
        if _is_page_found(answer) and is_elsewhere(reference):
            by = by or "url"
            reasons.append("the page at the printed address is there")
    return answers, by, reasons


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
    found = [answer for answer in answers if is_work(answer) and not is_other_version(answer)]
    dois = {work_doi(answer) for answer in found} - {None}
    if len(dois) != 1:
        return
    doi = min(dois)
    for answer in [*index.by_doi.get(doi, []), *index.by_updates.get(doi, [])]:
        if not any(answer is other for other in answers):
            answers.append(answer)
