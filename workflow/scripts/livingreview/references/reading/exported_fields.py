"""The forms of fields that the exports of reference managers share: keys, names, dates, pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path

from livingreview.errors import InputError
from livingreview.references.names import (
    CUT_OFF,
    GROUP_WORDS,
    HAN_GROUP,
    INCOMPLETE,
    parse_name,
)
from livingreview.references.reading.fields import REGISTRATION, page_range
from livingreview.references.reading.keys import assign_keys
from livingreview.references.reading.tex import one_line
from livingreview.references.record import Name, Reference

# What a citation can name: `@key` or `@{key}`.
KEY = re.compile(r"[^\s{}]{1,200}")
COMPANY_FORM = re.compile(r"(?:co\.?, ?)?(?:ltd|limited|inc|llc|corp|gmbh|plc)\.?", re.IGNORECASE)
# CSL's rich text, which Zotero writes into other formats too
# (https://www.zotero.org/support/kb/rich_text_bibliography).
RICH_TEXT = re.compile(r'</?(?:i|b|sc|sub|sup)>|<span (?:class|style)="[^"<>]*">|</span>')
DAY = re.compile(r"(\d{4})(?:[/-](\d{1,2})(?:[/-](\d{1,2}))?)?(?![\d])", re.ASCII)
# One number with an e or five digits is an article number: no volume has that many pages.
ARTICLE_NUMBER = re.compile(r"[eE]\d{1,12}|\d{5,12}")

# Fields that say something of the work, and not of the entry.
FILLED = [
    field
    for field in fields(Reference)
    if field.name not in ("key", "number", "type", "line", "language", "authors_complete")
]


def fit_key(printed: str | None) -> str:
    """The identifier if a text can cite it, else nothing."""
    return printed if printed and KEY.fullmatch(printed) and printed.isprintable() else ""


def with_keys(references: Iterable[Reference]) -> list[Reference]:
    """Keys for the references that have none, or that of another; the other keys stay."""
    references = list(references)
    times = Counter(reference.key for reference in references)
    kept = {key for key, number in times.items() if key and number == 1}
    rest = [reference for reference in references if reference.key not in kept]
    made = iter(assign_keys(rest, taken=kept))
    return [
        reference if reference.key in kept else replace(reference, key=next(made).key)
        for reference in references
    ]


def exported_names(texts: Iterable[str]) -> tuple[tuple[Name, ...], bool]:
    """The names of author lines, and whether the list is complete.

    A line may hold several names parted by semicolons; "et al." ends the list, wherever it is:
    of what stands behind it only groups are kept, as in BibTeX.
    """
    names: list[Name] = []
    complete = True
    for text in texts:
        for part in re.split("[;；]", one_line(text)):
            part = part.strip(" ")
            cut = CUT_OFF.fullmatch(part) or INCOMPLETE.search(part)
            if cut:
                complete = False
                part = part[: cut.start()].strip(" ,，")
                if part:
                    names.append(exported_name(part))
            elif part.strip(" ,"):
                name = exported_name(part)
                if complete or name.literal:
                    names.append(name)
    return tuple(names), complete


def exported_name(text: str) -> Name:
    """`Family, Given`, `Family, G. H., Jr.`, a group; without a comma as names.py reads it.

    EndNote marks a group with a comma at its end, and writes a comma of its name twice.
    """
    if ",," in text or text.endswith(","):
        return Name(literal=one_line(text.replace(",,", ",").rstrip(", ")))
    family, *rest = (part.strip(" ") for part in text.split(","))
    rest = [part for part in rest if part]
    if not family or not rest:
        return parse_name(text)
    if COMPANY_FORM.fullmatch(", ".join(rest)) or is_group(family):
        return Name(literal=text)
    return Name(family=family, given=", ".join(rest))


def is_group(text: str) -> bool:
    """Whether what stands before a comma is no family name; of two words it may be one (Board)."""
    if HAN_GROUP.fullmatch(text):
        return True
    return len(text.split()) > 2 and GROUP_WORDS.search(text) is not None


def without_rich_text(text: str) -> str:
    return one_line(RICH_TEXT.sub("", text)) if "<" in text else one_line(text)


def year_of(*dates: str | None) -> int | None:
    """The first four digits of the first date that has them."""
    for date in dates:
        found = re.search(r"\d{4}", date or "", re.ASCII)
        if found:
            return int(found[0])
    return None


def day_of(date: str | None) -> str | None:
    """2021-03-04 or 2021-03 for 2021/03/04/, 2021/3//, 2021-3-4; None for other dates."""
    found = DAY.match(date or "")
    if not found or not found[2] or not 1 <= int(found[2]) <= 12:
        return None
    month = f"{found[1]}-{int(found[2]):02}"
    return f"{month}-{int(found[3]):02}" if found[3] and 1 <= int(found[3]) <= 31 else month


def day_published(year: int | None, *dates: str | None) -> str | None:
    """The first day or month among the dates that is in this year."""
    days = (day_of(date) for date in dates)
    return next((day for day in days if day and day[:4] == str(year)), None)


def page_or_article_number(printed: str | None) -> tuple[str | None, str | None]:
    """Pages and article number: these formats have one field for both."""
    if not printed:
        return None, None
    if ARTICLE_NUMBER.fullmatch(printed):
        return None, printed
    return page_range(printed), None


def check_filled(reference: Reference, path: str | Path) -> Reference:
    """The reference; InputError where it is empty: nothing could ever be said of it, and a slip of
    whatever wrote the list would pass for a reference that nobody could check."""
    if all(getattr(reference, field.name) == field.default for field in FILLED):
        raise InputError(
            "the record is empty: no title, no author, no DOI, nothing; export it anew, or remove"
            " it",
            path=path,
            line=reference.line,
        )
    return reference


def registration_in(number: str | None, type: str) -> str | None:
    """The number field of an entry that is no article, if it is a trial's."""
    if number and type != "article" and REGISTRATION.fullmatch(number):
        return number
    return None
