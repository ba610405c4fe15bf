"""Which references of one list are one work, by what they print and by their locked records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from livingreview.references.comparison.compare import answers, asked_for
from livingreview.references.comparison.pages import parse_pages
from livingreview.references.comparison.persons import same_family
from livingreview.references.comparison.titles import compare_titles
from livingreview.references.judgement.existence import is_elsewhere
from livingreview.references.judgement.finding import Answer
from livingreview.references.judgement.notices import announced_notice
from livingreview.references.record import Reference
from livingreview.references.resolution.candidates import is_preprint
from livingreview.references.work import text_of, work_doi, work_titles

ABSTRACT = re.compile(r"suppl|abstract|增刊|摘要|会议", re.IGNORECASE)


@dataclass(frozen=True)
class Identity:
    """By what a reference's work is known: its DOIs, and for each name of it who says so.

    Names: `DOI 10.1000/a`, `PMID 7`, `NCT03059797`; a record without any by the key that it was
    read for.
    """

    dois: frozenset[str]
    names: Mapping[str, Answer | str]


def identity_of(reference: Reference, authorities: Sequence[Answer]) -> Identity:
    """The names of the reference's work: those of its records, and its DOI unless the record of
    that DOI has another title."""
    heard = [answer for answer in authorities if answers(answer)]
    own = [answer for answer in heard if is_record_of(reference, answer)]
    names: dict[str, Answer | str] = {}
    for answer in own:
        doi, number = work_doi(answer), text_of(answer, "PMID")
        if doi:
            names.setdefault(f"DOI {doi}", answer)
        if number:
            names.setdefault(f"PMID {number}", answer)
        if not doi and not number and answer.get("_for"):
            names.setdefault(f"record {answer['_for']}", answer)
    asked = [one for one in heard if reference.doi in (work_doi(one), asked_for(one))]
    if reference.doi and (not asked or any(is_record_of(reference, one) for one in asked)):
        names.setdefault(f"DOI {reference.doi}", "list")
    if reference.registration and is_elsewhere(reference):
        names.setdefault(reference.registration.upper(), "list")
    dois = frozenset(name[4:] for name in names if name.startswith("DOI "))
    return Identity(dois, names)


def is_record_of(reference: Reference, answer: Answer) -> bool:
    """Whether the title of a record does not speak against its being the reference's.

    A word that differs does where the DOI led to it, not where the title did.
    """
    states = {compare_titles(reference.title or "", title).state for title in work_titles(answer)}
    if not states or states & {"same", "shortened", "subtitle", "incomparable"}:
        return True
    return "near" in states and reference.doi is None


def may_be_one(first: Reference, second: Reference) -> bool:
    """Whether two entries can be one work, by what they print; where that is in doubt, no.

    A work and a notice about it, a preprint and its article, an abstract and its full paper, two
    parts of one title are two.
    """
    if first.registration or second.registration:
        return (first.registration or "").upper() == (second.registration or "").upper()
    if is_preprint(first) != is_preprint(second):
        return False
    titles = (first.title or "", second.title or "")
    if announced_notice(titles[0]) != announced_notice(titles[1]):
        return False
    state = compare_titles(*titles).state
    if state == "far" or (state == "near" and numbers_in(titles[0]) != numbers_in(titles[1])):
        return False
    if is_abstract(first) != is_abstract(second) or different_places(first, second) > 1:
        return False
    if first.authors and second.authors and state != "incomparable":
        return same_family(first.authors[0], second.authors[0])
    return True


def numbers_in(title: str) -> list[str]:
    return re.findall(r"\d+|\b[IVX]+\b|[一二三四五六七八九十]", title)


def is_abstract(reference: Reference) -> bool:
    """Printed as a meeting's abstract: in a supplement, or said so."""
    printed: tuple[Any, ...] = (reference.volume, reference.issue, reference.page, reference.note)
    return any(ABSTRACT.search(text) for text in printed if text)


def different_places(first: Reference, second: Reference) -> int:
    """In how many of year, volume and first page two entries differ."""
    years = first.year, second.year
    pairs = [
        (first.volume, second.volume),
        (first_page(first), first_page(second)),
        years if None in years or abs(years[0] - years[1]) > 1 else (None, None),
    ]
    return sum(bool(one and other and one != other) for one, other in pairs)


def first_page(reference: Reference) -> str | None:
    pages = parse_pages(reference.page) if reference.page else None
    return pages.first if pages else reference.article_number or reference.page
