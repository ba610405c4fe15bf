"""What a list prints of a work, as BibTeX text, and what a lock holds about it.

`printed` gives the fields of one entry in one of several styles; the planting modules change them;
`bibtex` writes them. `lines_of` are the answers that a refresh would have written.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from livingreview.references.record import Reference
from livingreview.references.resolution.matching import bibliographic_query
from livingreview.registries.crossref import kept
from livingreview.registries.europepmc_query import search_query
from livingreview.registries.journals import read_journals
from planted_works import DAY, Person, Record, Work, abbreviated

# BibTeX fields; `author` is a sequence of persons and groups, `others` whether it goes on.
Fields = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """One planted entry. `candidates`: what a search of Crossref for it finds, None if nobody
    searches; `pubmed`: what one of Europe PMC finds."""

    work: Work
    fields: Fields
    lines: Sequence[Record]
    candidates: Sequence[Record] | None = None
    pubmed: Sequence[Record] = ()


# --- fields ----------------------------------------------------------------------------------


def printed(dice: random.Random, work: Work) -> Fields:
    """As a careful author prints it, in a style of the list's choosing."""
    style = dice.randrange(4)
    fields: Fields = {
        "author": [in_style(person, style) for person in work.people],
        "others": False,
        "title": work.title,
        "journal": work.short if work.short and style in (1, 2) else work.journal,
        "year": str(work.year),
        "volume": work.volume,
        "number": work.issue,
        "pages": work.pages,
        "eid": work.article,
        "doi": work.doi,
        "langid": {"zh": "chinese", "en": "english"}.get(work.language),
    }
    if work.pages and style == 1:
        fields["pages"] = abbreviated(work.pages)
    if work.pages and style % 2 == 0:
        fields["pages"] = fields["pages"].replace("-", "--")
    return fields


def in_style(person: Person, style: int) -> Person:
    """Given names in full, or as J.-L., JL, J L."""
    if isinstance(person, str) or style in (0, 3):
        return person
    family, given = person
    if not given or not given[0].isalpha() or unicodedata.name(given[0]).startswith("CJK"):
        return person
    return family, initials(given, ".-" if style == 1 else "")


def initials(given: str, sign: str) -> str:
    """J.-L. of Jean-Luc with `sign` ".-", JL with ""."""
    parts = [part for part in re.split(r"[\s.-]+", given) if part]
    if all(len(part) <= 2 and part.isupper() for part in parts):
        parts = list("".join(parts))
    letters = [part[0].upper() for part in parts]
    return sign.join(letters) + "." if sign else "".join(letters)


TEX = {"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$", "{": r"\{", "}": r"\}"}


def tex(text: str) -> str:
    return "".join(TEX.get(sign, sign) for sign in text)


def bibtex(key: str, fields: Fields) -> str:
    """The entry. Values of `raw` fields stand as they are."""
    values = {name: value for name, value in fields.items() if name not in ("others", "raw")}
    raw = fields.get("raw", ())
    people = [person_text(person) for person in values.pop("author", ())]
    people += ["others"] if fields.get("others") else []
    lines = [f"  author = {{{' and '.join(people)}}},\n"] if people else []
    for name, value in values.items():
        if value:
            text = value if name in raw or name in ("doi", "url") else tex(value)
            lines.append(f"  {name} = {{{text}}},\n")
    return f"@article{{{key},\n{''.join(lines)}}}\n"


class Spoken(str):
    """A name that is written as it stands, and not as a group: Anna van der Berg."""


def person_text(person: Person) -> str:
    """Family, Given; a group in braces."""
    if isinstance(person, str):
        return person if isinstance(person, Spoken) else "{" + tex(person) + "}"
    family, given = person
    return f"{family}, {given}" if given else f"{{{family}}}"


# --- the lock --------------------------------------------------------------------------------


def line(source: str, query: Record, outcome: str, record: Record | None = None) -> Record:
    about = {"_source": source, "_query": query, "_outcome": outcome, "_retrieved": DAY}
    return about | (record or {})


def lines_of(work: Work, record: Record | None = None, notices: Sequence[Record] = ()) -> list:
    """The record and the notices about it, of Crossref and of a second registry."""
    if work.read is not None and record is None:
        return [work.read]
    record = record or work.record
    doi = record["DOI"].lower()
    found = [line("crossref", {"doi": doi}, "found", unmarked(record))]
    if work.pubmed:
        found.append(line("europepmc", {"doi": doi}, "found", work.pubmed))
    else:
        found.append(line("europepmc", {"doi": doi}, "not-found"))
    updates = {"updates": doi}
    if notices:
        return [*found, line("crossref", updates, "found", {"items": list(notices)})]
    return [*found, line("crossref", updates, "not-found")]


def unmarked(record: Record) -> Record:
    """A record as a refresh keeps it, without the marks of a lock's line."""
    kept_of_pubmed = {name: record[name] for name in ("PMID", "translated-title") if name in record}
    return kept(record) | kept_of_pubmed


def dead(doi: str, prefix: bool = True) -> list[Record]:
    """What a refresh writes of a DOI that is none; `prefix`: some agency has its prefix."""
    query = {"doi": doi.lower()}
    agency = line("agency", query, "found", {"agency": "Crossref"})
    return [
        line("crossref", query, "not-found"),
        line("europepmc", query, "not-found"),
        agency if prefix else line("agency", query, "not-found"),
        line("handle", query, "not-found"),
    ]


JOURNALS = read_journals()


def search_lines(reference: Reference, entry: Entry) -> Iterable[Record]:
    """The answers to the questions that a refresh asks to find the work of a reference."""
    if entry.candidates is None:
        return
    for source, name, text, found in (
        ("crossref", "bibliographic", bibliographic_query(reference), entry.candidates),
        ("europepmc", "search", search_query(reference, JOURNALS), entry.pubmed),
    ):
        if text and found:
            items = [unmarked(record) for record in found]
            yield line(source, {name: text}, "found", {"items": items})
        elif text:
            yield line(source, {name: text}, "not-found")
