"""Whether the cited work exists, by its DOI or without one, as far as anyone answered.

Not asked, not found, nobody answered and contradicted are four outcomes. Only the DOI system as a
whole (the handle, or the agencies' table of prefixes) can say that there is no such DOI; one
registry can say that it does not hold it, which for a Chinese work means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from livingreview.references.comparison.compare import asked_for
from livingreview.references.comparison.journals import PINYIN_JOURNAL
from livingreview.references.comparison.outcomes import Comparison
from livingreview.references.comparison.plain import is_han, same_script
from livingreview.references.doi import is_repaired, looks_like
from livingreview.references.judgement.finding import Answer, Finding, finding
from livingreview.references.record import Reference
from livingreview.references.wording.messages import joined_names
from livingreview.references.work import is_work, work_doi
from livingreview.registries.lock import SEARCHES

# Entry types of what DOI registries need not know.
PAGE_TYPES = frozenset({"misc", "online", "www", "electronic", "webpage", "manual", "dataset"})
# Those that together know nearly every journal article that is not Chinese.
SEARCHED = ("crossref", "europepmc")
# The registry of clinical trials that is asked knows the numbers that it gave itself.
TRIAL_NUMBER = re.compile(r"NCT\d{8}", re.IGNORECASE)
IN_CHINESE = re.compile(r"[\[(](?:article )?in chinese\b|[\[(]chinese[\])]", re.IGNORECASE)
# DOIs of Chinese agencies (ISTIC, CNKI), by prefix or by what their journals begin the suffix with.
CHINESE_DOI = re.compile(
    r"10\.(?:3760|3779|3969|3980|7666|11821|13336|13209|16511|13671)/"
    r"|10\.\d{4,9}/(?:j\.)?(?:issn|cnki)\.|10\.\d{4,9}/cma\.j\."
)


def existence_findings(reference: Reference, resolved: Mapping[str, Any]) -> list[Finding]:
    """The DOI's form, what those say who do not hold it, and what was not found without one."""
    authorities = resolved["authorities"]
    if reference.doi_printed and reference.doi is None:
        return [finding(reference, "doi.syntax", "error", cited=reference.doi_printed)]
    if reference.doi:
        return [*repaired_doi(reference), *unheld_doi(reference, authorities)]
    if reference.registration:
        return unknown_registration(reference, authorities)
    if is_elsewhere(reference):
        return page_gone(reference, authorities)
    return ambiguous(reference, resolved) or not_found(reference, resolved)


def repaired_doi(reference: Reference) -> list[Finding]:
    printed, doi = reference.doi_printed, reference.doi
    if not printed or not doi or not is_repaired(printed, doi):
        return []
    return [
        finding(
            reference,
            "doi.repaired",
            "note",
            cited=printed,
            found=doi,
            wording="doi.repaired-invisible" if looks_like(printed, doi) else None,
        )
    ]


def unheld_doi(reference: Reference, authorities: Sequence[Answer]) -> list[Finding]:
    """What the answers to the printed DOI say against it, whoever knows the work otherwise.

    Page facts joined by key or title, without that DOI, do not speak for it; one record that
    shows it does. That an agency has the prefix proves nothing: any suffix can be invented.
    """
    asked = answers_to_doi(reference, authorities)
    handle, agency, crossref = (answer_of(asked, name) for name in ("handle", "agency", "crossref"))
    if says(handle, "found"):
        return [] if held_by_its_agency(asked) else elsewhere(reference, agency)
    if is_shown(reference, authorities):
        return []
    for answer in (handle, agency):
        if says(answer, "not-found"):
            return [finding(reference, "doi.unknown", "error", cited=reference.doi, source=answer)]
    if not says(crossref, "not-found") or is_chinese(reference) or other_agency(agency):
        return []
    if is_doi_unanswered(reference, authorities):
        return []
    return [finding(reference, "doi.not-found", "warning", cited=reference.doi, source=crossref)]


def is_doi_unanswered(reference: Reference, authorities: Sequence[Answer]) -> bool:
    """Whether only doi.org could tell if there is the printed DOI, which Crossref does not hold,
    and did not answer. It may be any other agency's: an outage makes no work doubtful, nor do
    pages without the DOI confirm it then."""
    asked = answers_to_doi(reference, authorities)
    handle, agency, crossref = (answer_of(asked, name) for name in ("handle", "agency", "crossref"))
    if not says(crossref, "not-found") or says(handle, "found") or other_agency(agency):
        return False
    if not says(agency, "failed") and not says(handle, "failed"):
        return False
    return not is_chinese(reference) and not is_shown(reference, authorities)


def answers_to_doi(reference: Reference, authorities: Sequence[Answer]) -> list[Answer]:
    doi = reference.doi
    return [answer for answer in authorities if doi and asked_for(answer) == doi]


def is_shown(reference: Reference, authorities: Sequence[Answer]) -> bool:
    """Whether a record shows the printed DOI, or answers to it."""
    return any(
        is_work(answer) and reference.doi in (work_doi(answer), asked_for(answer))
        for answer in authorities
    )


def elsewhere(reference: Reference, agency: Answer | None) -> list[Finding]:
    """The DOI is registered, and not with Crossref; a note, as nothing is wrong with that."""
    name = other_agency(agency)
    if agency is None or name is None:
        return []
    return [
        finding(
            reference,
            "doi.elsewhere",
            "note",
            cited=reference.doi,
            found=name,
            source=agency,
        )
    ]


def held_by_its_agency(asked: Sequence[Answer]) -> bool:
    """Whether a registry that registers DOIs gave its record: nothing more is to be said."""
    return any(
        is_work(answer) and answer["_source"] in ("crossref", "datacite") for answer in asked
    )


def other_agency(agency: Answer | None) -> str | None:
    """The agency that the prefix belongs to, if it is not Crossref."""
    name = agency.get("agency") if agency is not None and says(agency, "found") else None
    if not isinstance(name, str) or not name.strip() or name.strip().lower() == "crossref":
        return None
    return name.strip()


def answer_of(asked: Sequence[Answer], source: str) -> Answer | None:
    """What a source answered: that it found, else that it did not, else that it failed."""
    for outcome in ("found", "not-found", "failed"):
        for answer in asked:
            if answer["_source"] == source and answer["_outcome"] == outcome:
                return answer
    return None


def says(answer: Answer | None, outcome: str) -> bool:
    return answer is not None and answer["_outcome"] == outcome


def ambiguous(reference: Reference, resolved: Mapping[str, Any]) -> list[Finding]:
    """Several works fit a reference without DOI equally well: a person is to choose."""
    match = resolved.get("match")
    if not match or match["outcome"] != "several" or resolved["outcome"] == "found":
        return []
    searches = [answer for answer in resolved["authorities"] if "items" in answer]
    best = match["candidates"][0]["supports"]
    fitting = [
        one
        for place, one in enumerate(match["candidates"])
        if place < 2 or (one["supports"] == best and not one["contradictions"])
    ]
    names = [one["doi"] or one["title"] or "?" for one in fitting]
    return [
        finding(
            reference,
            "doi.ambiguous",
            "note",
            cited="",
            found=", ".join(names),
            source=searches[0] if searches else "list",
        )
    ]


def not_found(reference: Reference, resolved: Mapping[str, Any]) -> list[Finding]:
    """Only if every relevant registry answered that it does not have the work."""
    if resolved["outcome"] != "not-found" or is_chinese(reference):
        return []
    silent = [answer_of(resolved["authorities"], source) for source in SEARCHED]
    if not all(says(answer, "not-found") for answer in silent):
        return []
    return [
        finding(
            reference,
            "existence.not-found",
            "warning",
            cited=reference.title,
            source=silent[0] or "list",
            sources=joined_names(SEARCHED),
        )
    ]


def unknown_registration(reference: Reference, authorities: Sequence[Answer]) -> list[Finding]:
    answer = answer_of(authorities, "clinicaltrials")
    if not says(answer, "not-found") or not TRIAL_NUMBER.fullmatch(reference.registration or ""):
        return []
    return [
        finding(
            reference,
            "existence.not-found",
            "warning",
            cited=reference.registration,
            source=answer or "list",
            wording="existence.no-registration",
        )
    ]


def page_gone(reference: Reference, authorities: Sequence[Answer]) -> list[Finding]:
    answer = answer_of(authorities, "web")
    if not says(answer, "not-found"):
        return []
    return [
        finding(
            reference,
            "existence.page-gone",
            "warning",
            cited=reference.url,
            source=answer or "list",
        )
    ]


def is_elsewhere(reference: Reference) -> bool:
    """Identified by other means than a DOI: a trial registration, a label, a web page."""
    if reference.doi or reference.doi_printed:
        return False
    return bool(reference.registration) or (
        is_web_address(reference.url) and reference.type.lower() in PAGE_TYPES
    )


def is_web_address(url: str | None) -> bool:
    return bool(url) and url.lower().startswith(("http://", "https://"))


def is_chinese(reference: Reference) -> bool:
    """Whether Western registries need not know the work: printed in Chinese, or said to be so, or
    with a journal's pinyin name or the DOI of a Chinese agency: such articles are often cited by
    their English titles."""
    texts = (reference.title, reference.container_title)
    if (reference.language or "").startswith("zh") or any(map(is_han, filter(None, texts))):
        return True
    if PINYIN_JOURNAL.search(reference.container_title or ""):
        return True
    if any(IN_CHINESE.search(text) for text in (reference.title, reference.note) if text):
        return True
    return bool(CHINESE_DOI.match(reference.doi or ""))


def is_matched(authorities: Sequence[Answer]) -> bool:
    """Whether a search for the work found it, and no other work that fits."""
    return any(is_work(answer) and SEARCHES & answer["_query"].keys() for answer in authorities)


def is_confident(comparisons: Sequence[Comparison], matched: bool = False) -> bool:
    """Whether the answers are surely about the printed work: title and one field more agree.

    And nothing contradicts beyond a note. Where a Chinese title meets a record that has only its
    translation, page and two fields more make up for it, if DOI or journal are among them or the
    record was `matched`.
    """
    agreeing = {comparison.field for comparison in comparisons if comparison.state == "agrees"}
    if any(comparison.state == "differs" for comparison in comparisons):
        return False
    if "title" in agreeing:
        return len(agreeing) > 1
    title = next(comparison for comparison in comparisons if comparison.field == "title")
    translated = title.cited and title.found and not same_script(title.cited, title.found)
    same_place = matched or agreeing & {"doi", "container-title"}
    return bool(translated and same_place and "page" in agreeing and len(agreeing) > 2)
