"""Which records can be the work that a reference cites at all, by their kind alone.

A journal, a grant or a book is no article, a notice is not the work it is about, a preprint is not
the article in print, and a conference abstract is not the whole paper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from livingreview.references.comparison.notices import NAMES as NOTICE_NAMES
from livingreview.references.comparison.notices import announced_notice
from livingreview.references.comparison.pages import parse_pages
from livingreview.references.comparison.plain import comparison_key, readable
from livingreview.references.record import Reference
from livingreview.references.work import (
    entries_of,
    is_self_update,
    strings,
    text_of,
    work_containers,
    work_doi,
)

Work = Mapping[str, Any]
LONGEST_TITLE = 2000
PREPRINT_SERVER = re.compile(
    r"\b(biorxiv|medrxiv|arxiv|chinaxiv|chemrxiv|techrxiv|psyarxiv|ssrn|research ?square"
    r"|preprints(?:\.org)?|authorea|osf preprints)\b",
    re.IGNORECASE,
)
CONFERENCE = re.compile(
    r"\b(?:conference|congress|symposium|workshop|annual (?:\w+ )?meeting)\b"
    r"|会议|年会|论文集|大会",
    re.IGNORECASE,
)
PARTS_AND_WHOLES = frozenset(
    [
        "component",
        "peer-review",
        "journal",
        "journal-issue",
        "journal-volume",
        "proceedings",
        "proceedings-series",
        "dataset",
        "database",
        "grant",
        "book-series",
        "book-set",
        "report-series",
        "standard-series",
    ]
)
BOOKS = frozenset(("book", "monograph", "edited-book", "reference-book"))
CHAPTERS = frozenset(("book-chapter", "book-section", "book-part", "book-track", "reference-entry"))
BOOK_TYPES, CHAPTER_TYPES = {"book", "booklet"}, {"incollection", "inbook"}
THESIS_TYPES = {"phdthesis", "mastersthesis", "thesis"}
# Copies of well-known papers registered under their titles and authors' names by somebody else:
# 10.65215 holds several of "Attention Is All You Need" (posted-content of 2025, member 54718).
COPIES = ("10.65215/",)
# Of preprint servers alone, whatever type a registry gives their records.
PREPRINT_DOIS = (
    "10.20944/preprints",
    "10.21203/rs.",
    "10.22541/au.",
    "10.26434/chemrxiv",
    "10.31234/osf.io/",
    "10.36227/techrxiv.",
    "10.48550/arxiv.",
)
SUPPLEMENT = re.compile(r"suppl|(?<![a-z])s\d*\s*$|增刊", re.IGNORECASE)
ABSTRACT_PAGE = re.compile(r"(?:s|[ivx]+)\d+[a-z]*")


def unsuitable(reference: Reference, work: Work, titles: Sequence[str]) -> str | None:
    """Why a record of this kind is never the cited work, whatever its fields say; else None."""
    kind, doi = text_of(work, "type") or "", work_doi(work) or ""
    if kind in PARTS_AND_WHOLES and kind != reference.type:
        return f"a record of the type {kind} is no article"
    if kind in BOOKS and reference.type not in BOOK_TYPES:
        return "a book, and the reference is none"
    if reference.type in BOOK_TYPES and kind not in BOOKS:
        return "no book, and the reference is one"
    if kind in CHAPTERS and reference.type not in CHAPTER_TYPES and not text_of(work, "page"):
        return "a chapter without pages"
    if kind == "dissertation" and reference.type not in THESIS_TYPES:
        return "a thesis, and the reference is none"
    if doi.startswith(COPIES):
        return f"a copy: the DOIs that begin with {doi.partition('/')[0]} repeat others' papers"
    in_journal = (
        reference.type == "article" and reference.container_title and not is_preprint(reference)
    )
    if kind in ("report", "other") and in_journal and not work_containers(work):
        return f"a record of the type {kind} without a journal, and the reference prints one"
    cited = notice_in(reference.title or "")
    found = next(filter(None, map(notice_in, titles)), None)
    notice = found or updates_another(work)
    if notice and not cited:
        return f"{NOTICE_NAMES[found or 'correction'][1]} or its like, not the work it is about"
    if cited and not notice:
        return "the reference is a notice, and this the work or another one"
    if cited and found and cited != found:
        return f"{NOTICE_NAMES[found][1]}, and the reference is {NOTICE_NAMES[cited][1]}"
    posted = is_posted(work)
    if posted and not is_preprint(reference) and reference.container_title:
        return "a preprint, and the reference prints a journal"
    if is_preprint(reference) and not posted:
        return "no preprint, and the reference is one"
    return None


@lru_cache(maxsize=1024)
def notice_in(title: str) -> str | None:
    return announced_notice(title)


def updates_another(work: Work) -> bool:
    """Whether it is registered as an update of another work; a new version is a work itself."""
    return any(
        not is_self_update(update, work) and not str(update.get("type")).startswith("new_")
        for update in entries_of(work, "update-to")
    )


def is_preprint(reference: Reference) -> bool:
    """Whether the list prints it as a preprint: in the journal's place, or in a web address."""
    if reference.container_title:
        return bool(server_of(reference.container_title))
    texts = (reference.url, reference.note, reference.doi)
    return any(server_of(text or "") for text in texts)


def is_posted(work: Work) -> bool:
    if work.get("type") == "posted-content" or (work_doi(work) or "").startswith(PREPRINT_DOIS):
        return True
    return any(server_of(name) for name in work_containers(work))


def posted_names(work: Work) -> list[str]:
    """Where a preprint is: servers stand in various fields, never as a journal."""
    institution = work.get("institution")
    named = institution if isinstance(institution, list) else [institution]
    names = [text for one in named if isinstance(one, dict) for text in strings(one.get("name"))]
    others = [text for name in ("publisher", "group-title") for text in strings(work.get(name))]
    return [*names, *others, *work_containers(work)]


@lru_cache(maxsize=1024)
def server_of(text: str) -> frozenset[str]:
    found = PREPRINT_SERVER.findall(readable(text[:LONGEST_TITLE]))
    return frozenset(comparison_key(name).removesuffix("org") for name in found)


def is_conference(reference: Reference) -> bool:
    return reference.type == "inproceedings" or bool(
        CONFERENCE.search(reference.container_title or "")
    )


def is_conference_paper(work: Work) -> bool:
    return work.get("type") == "proceedings-article" or is_abstract(work)


def printed_as_abstract(reference: Reference) -> bool:
    """By supplement or page, and no more than two pages: S123, 39(15_suppl):8566, viii600."""
    if is_conference(reference) or re.search(r"\babstract\b|摘要", reference.note or "", re.I):
        return True
    return in_supplement(
        [reference.volume or "", reference.issue or ""],
        reference.page or reference.article_number,
    )


def is_abstract(work: Work) -> bool:
    numbers = [text_of(work, name) or "" for name in ("volume", "issue")]
    return in_supplement(numbers, text_of(work, "page") or text_of(work, "article-number"))


def in_supplement(numbers: Sequence[str], page: str | None) -> bool:
    pages = parse_pages(page) if page else None
    if pages and pages.last:
        first, last = (int(re.sub(r"\D", "", text)) for text in (pages.first, pages.last))
        if last - first > 1:
            return False  # a whole article, in a supplement or not
    if any(map(SUPPLEMENT.search, numbers)):
        return True
    return pages is not None and ABSTRACT_PAGE.fullmatch(pages.first) is not None
