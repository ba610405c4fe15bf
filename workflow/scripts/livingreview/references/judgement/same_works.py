"""Which references of one list are one work, by what they print and by their locked records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from livingreview.references.comparison.compare import answers, asked_for
from livingreview.references.comparison.journals import compare_journals
from livingreview.references.comparison.notices import (
    announced_notice,
    is_other_item,
    item_about,
    title_of_original,
)
from livingreview.references.comparison.pages import parse_pages
from livingreview.references.comparison.persons import same_family
from livingreview.references.comparison.plain import comparison_key, is_han
from livingreview.references.comparison.titles import NEAR, compare_titles, main_titles
from livingreview.references.judgement.existence import is_elsewhere
from livingreview.references.judgement.finding import Answer
from livingreview.references.record import Reference
from livingreview.references.resolution.candidates import is_preprint, printed_as_abstract
from livingreview.references.work import text_of, work_doi, work_titles

SHORTEST_TITLE = 12  # letters of a title that two works would not share by chance


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
    titles = work_titles(answer)
    states = {compare_titles(reference.title or "", title).state for title in titles}
    if titles and is_other_item(reference.title or "", titles):
        return False
    if not states or states & {"same", "shortened", "subtitle", "incomparable"}:
        return True
    return "near" in states and reference.doi is None


def may_be_one(first: Reference, second: Reference) -> bool:
    """Whether two entries can be one work, by what they print; where that is in doubt, no.

    A work and a notice or a reply about it, a preprint and its article, an abstract and its full
    paper, two editions, two parts of one title are two.
    """
    if first.registration or second.registration:
        return (first.registration or "").upper() == (second.registration or "").upper()
    if is_preprint(first) != is_preprint(second):
        return False
    titles = (first.title or "", second.title or "")
    if kind_of(first) != kind_of(second):
        return False
    state = state_of_titles(*titles)
    if state == "far" or (state == "near" and numbers_in(titles[0]) != numbers_in(titles[1])):
        return False
    if are_elsewhere(first, second) or printed_as_abstract(first) != printed_as_abstract(second):
        return False
    if first.authors and second.authors and state != "incomparable":
        return same_family(first.authors[0], second.authors[0])
    return True


def have_one_print(first: Reference, second: Reference) -> bool:
    """Whether two entries are one work by title and place alone: a title that is not wholly the
    same, for want of the subtitle or by a slip, needs the same place in the same volume."""
    if not may_be_one(first, second):
        return False
    state = state_of_titles(first.title or "", second.title or "")
    if state == "same":
        return True
    volume, page, year = places(first, second)
    if not first.authors or not second.authors or False in (volume, page, year):
        return False
    journals = first.container_title or "", second.container_title or ""
    if compare_journals(*journals).state == "far":
        return False
    return bool(volume and page)


@lru_cache(maxsize=1024)
def state_of_titles(first: str, second: str) -> str:
    """As `compare_titles`; of Chinese titles, where one sign can make another title, those with one
    sign in ten or so of another are near."""
    wording = compare_titles(first, second)
    near = wording.state == "far" and wording.score >= NEAR and is_han(first)
    return "near" if near else wording.state


def names_of_print(reference: Reference) -> list[str]:
    """What two printings of one work share: its title, the title without subtitle, or the first
    author, the volume and the first page."""
    title = reference.title or ""
    names = [comparison_key(title), *sorted(main_titles(title))]
    names = [
        f"title {name}"
        for name in dict.fromkeys(names)
        if len(name) >= (SHORTEST_TITLE if name.isascii() else SHORTEST_TITLE // 2)
    ]
    page = first_page(reference)
    if names and reference.authors and reference.volume and page:
        author = reference.authors[0]
        family = comparison_key(author.family or author.literal or "")
        names.append(f"place {family} {reference.volume.strip()} {page}")
    return names


def kind_of(reference: Reference) -> str | None:
    """What the title says that the item is, or a note of one word: "Erratum"."""
    note = reference.note or ""
    told = announced_notice(note) if note else None
    if told and title_of_original(note) is not None:
        told = None
    return item_about(reference.title or "") or told


def numbers_in(title: str) -> list[str]:
    return re.findall(r"\d+|\b[IVX]+\b|[一二三四五六七八九十]", title)


def are_elsewhere(first: Reference, second: Reference) -> bool:
    """Whether two entries stand in two places: of volume, first page and year two differ. Without
    a volume or a page in both, as of editions of a book or a guideline, the year tells."""
    volume, page, year = places(first, second)
    if volume is None and page is None:
        bare = not any(one.volume or first_page(one) for one in (first, second))
        return first.year != second.year if bare and first.year and second.year else year is False
    return [volume, page, year].count(False) > 1


def places(first: Reference, second: Reference) -> tuple[bool | None, bool | None, bool | None]:
    """Whether volume, first page and year are the same, None where one does not print it; the
    year online and that of the issue are the same."""
    one, two = first.year, second.year
    pages = first_page(first), first_page(second)
    return (
        first.volume == second.volume if first.volume and second.volume else None,
        pages[0] == pages[1] if all(pages) else None,
        abs(one - two) <= 1 if one and two else None,
    )


def first_page(reference: Reference) -> str | None:
    first = first_of(reference.page) if reference.page else None
    return first or reference.article_number or reference.page


@lru_cache(maxsize=4096)
def first_of(page: str) -> str | None:
    pages = parse_pages(page)
    return pages.first if pages else None
