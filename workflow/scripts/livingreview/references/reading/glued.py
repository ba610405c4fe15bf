"""Whether one RIS record holds two whose lines between them are lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from livingreview.errors import InputError
from livingreview.progress import Tell
from livingreview.references.comparison.journals import compare_journals
from livingreview.references.doi import normalise_doi
from livingreview.references.reading.fields import page_range
from livingreview.references.reading.tagged_lines import TaggedRecord, TaggedValue, says_the_same
from livingreview.references.reading.tex import one_line


def check_glued(record: TaggedRecord, path: str | Path, tell: Tell | None = None) -> None:
    """InputError where two of a work's marks stand twice with other values: then the lines between
    two records are lost, and one reference would hold the fields of both.

    One mark that stands twice is ordinary: a title in two languages, the DOI of a preprint and of
    the article. The first is read, of which `tell` hears.
    """
    differing = {mark: pair for mark in MARKS if (pair := differing_pair(record, mark))}
    if not differing:
        return
    first, second = min(differing.values(), key=lambda pair: pair[1].line)
    twice = f"{first.tag} twice (lines {first.line} and {second.line})"
    between = stands_around_title(record)
    if len(differing) + between > 1:
        raise InputError(
            f"the record of line {record.line} has {twice}, and more of its fields; are these two"
            " records? Part them, or keep one",
            path=path,
            line=second.line,
        )
    if tell is not None:
        what = f"the record of line {record.line} has {twice}"
        tell(f"{path}:{second.line}: {what}; the first is read")


def differing_pair(record: TaggedRecord, mark: str) -> tuple[TaggedValue, TaggedValue] | None:
    """Two values of one tag of this mark that do not say the same."""
    tags, same = MARKS[mark]
    for tag in tags:
        values = [value for value in record.values if value.tag == tag and value.text.strip()]
        for value in values[1:]:
            if not same(one_line(values[0].text), one_line(value.text)):
                return values[0], value
    return None


def stands_around_title(record: TaggedRecord) -> bool:
    """Whether a title stands between authors, and another one elsewhere."""
    tags = [value.tag for value in record.values]
    titles = [place for place, tag in enumerate(tags) if tag in ("TI", "T1")]
    authors = [place for place, tag in enumerate(tags) if tag in ("AU", "A1")]
    if len(titles) < 2 or not authors:
        return False
    return any(authors[0] < title < authors[-1] for title in titles)


def same_doi(one: str, other: str) -> bool:
    return one == other or (normalise_doi(one) or one) == (normalise_doi(other) or other)


def same_pages(one: str, other: str) -> bool:
    """Whether one is the other, or its beginning: 366 and 366-371."""
    pages = page_range(one), page_range(other)
    return pages[0] == pages[1] or pages[0].split("-")[0] == pages[1].split("-")[0]


def same_text(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def same_journal(one: str, other: str) -> bool:
    return one == other or compare_journals(one, other).state in ("same", "incomparable")


# A work has each of these once; of years it may have two, of its print and its first publication.
MARKS: dict[str, tuple[tuple[str, ...], Callable[[str, str], bool]]] = {
    "title": (("TI", "T1"), says_the_same),
    "doi": (("DO",), same_doi),
    "pages": (("SP",), same_pages),
    "volume": (("VL",), same_text),
    "journal": (("JF", "T2"), same_journal),
    "number": (("ID",), same_text),
}
