"""Reading a work's record in Crossref's shape, whatever is missing or misshapen in it.

Shape: https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md. A lock line keeps the
record beside its own `_` fields. A value of the wrong type is as good as absent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from livingreview.references.comparison.plain import readable
from livingreview.references.doi import normalise_doi
from livingreview.references.record import Name

# Kinds of `updated-by` (Crossref) and of `notices` (pages): what each says about the work.
# https://www.crossref.org/documentation/register-maintain-records/maintaining-your-metadata/registering-updates/
RETRACTING = frozenset({"retraction", "withdrawal", "removal", "retracted", "withdrawn", "removed"})
PARTLY_RETRACTING = frozenset({"partial_retraction", "partially_retracted", "partial_withdrawal"})
CONCERNING = frozenset({"expression_of_concern", "concern"})
CORRECTING = frozenset(
    {"correction", "erratum", "corrigendum", "addendum", "clarification", "corrected"}
)
REPUBLISHED = re.compile(r"re-?publi|replac|重新发表|再发表|替换|重新出版", re.IGNORECASE)

# Sources whose answers are no records of works: who registers a DOI's prefix, whether the DOI is
# there at all, what a web page is called.
NO_WORKS = frozenset({"agency", "handle", "web"})
# What deposits have held before names. "Md" is a given name.
ACADEMIC_TITLE = re.compile(r"^(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms)\.?\s+)+(?=\w)")
LONGEST_ET_AL = 10
LAST_OF_LIST = re.compile(r"^(?:and|&)\s+(?=\w)")


@dataclass(frozen=True)
class Notice:
    """What a later publication says about a work: `kind` retracted, partially-retracted, concern
    or corrected.

    `doi` and `pmid` are the notice's own, where the record names them. `registrar`: who told the
    registry of it ("publisher", "retraction-watch"). `republished`: the work was printed again.
    """

    kind: str
    doi: str | None
    date: str | None
    label: str
    pmid: str | None = None
    registrar: str | None = None
    republished: bool = False


@dataclass(frozen=True)
class Years:
    """The years that a record gives for one work, by what happened in them."""

    printed: frozenset[int]
    online: frozenset[int]
    unspecified: frozenset[int]

    @property
    def all(self) -> frozenset[int]:
        return self.printed | self.online | self.unspecified


def strings(value: Any) -> list[str]:
    """The non-empty texts of a value that is a text or a list of texts."""
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str) and item.strip()]


def text_of(work: Mapping[str, Any], name: str) -> str | None:
    value = work.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return readable(value) if isinstance(value, str) and value.strip() else None


def work_doi(work: Mapping[str, Any]) -> str | None:
    doi = work.get("DOI")
    return doi.strip().lower() if isinstance(doi, str) and doi.strip() else None


def work_titles(work: Mapping[str, Any]) -> list[str]:
    """Every title that the record has, as readable text, the main one first.

    A subtitle without a title, as deposits have held, is the title.
    """
    titles = [readable(title) for title in strings(work.get("title"))]
    subtitles = [readable(title) for title in strings(work.get("subtitle"))]
    whole = [f"{titles[0]}: {subtitle}" for subtitle in subtitles] if titles else subtitles
    return titles + whole + [readable(title) for title in strings(work.get("original-title"))]


def work_containers(work: Mapping[str, Any]) -> list[str]:
    """The journal's names: full, then abbreviated."""
    names = strings(work.get("container-title")) + strings(work.get("short-container-title"))
    return [readable(name) for name in names]


def work_authors(work: Mapping[str, Any]) -> tuple[Name, ...]:
    authors = work.get("author")
    names = []
    for author in authors if isinstance(authors, list) else []:
        if not isinstance(author, dict) or is_et_al(author):
            continue
        family, given = text_of(author, "family"), text_of(author, "given")
        group = text_of(author, "name") or text_of(author, "literal")
        if family or given:
            names.append(person(family or given or "", given if family else None))
        elif group:
            names.append(Name(literal=group))
    return tuple(names)


def person(family: str, given: str | None) -> Name:
    """The name without an academic title before it, and "and" before the last author's."""
    if given:
        given = ACADEMIC_TITLE.sub("", given)
    return Name(family=LAST_OF_LIST.sub("", family), given=given)


def author_list_complete(work: Mapping[str, Any]) -> bool:
    cut_off = any(is_et_al(author) for author in entries_of(work, "author"))
    return work.get("author-list-complete") is not False and not cut_off


def is_et_al(author: Mapping[str, Any]) -> bool:
    """Whether the deposit has "et al." or 等 in place of an author."""
    names = (author.get(name) for name in ("given", "family", "name", "literal"))
    text = "".join(name for name in names if isinstance(name, str))
    # Most names are longer: the letters of few are looked at.
    letters = "".join(filter(str.isalpha, text)).casefold() if len(text) <= LONGEST_ET_AL else ""
    return letters in ("etal", "alet", "等")


def work_years(work: Mapping[str, Any]) -> Years:
    """`issued` and `published` are the earliest of the others in Crossref: used only without them.

    An issue's date is its print date, also where Crossref calls it online.
    """
    issue = work.get("journal-issue")
    issue = issue if isinstance(issue, dict) else {}
    printed = (
        years_of(work.get("published-print"))
        | years_of(issue.get("published-print"))
        | years_of(issue.get("published-online"))
    )
    online = years_of(work.get("published-online"))
    other = years_of(work.get("published")) | years_of(work.get("issued"))
    return Years(printed, online, frozenset() if printed | online else other)


def years_of(date: Any) -> frozenset[int]:
    parts = date.get("date-parts") if isinstance(date, dict) else None
    found = set()
    for part in parts if isinstance(parts, list) else []:
        if isinstance(part, list) and part:
            year = part[0]
            if isinstance(year, str) and year.isascii() and year.isdigit() and len(year) == 4:
                year = int(year)
            if isinstance(year, int) and not isinstance(year, bool) and 1000 <= year <= 2999:
                found.add(year)
    return frozenset(found)


def date_text(date: Any) -> str | None:
    """2022-07-08 of a date in Crossref's shape, or of a text."""
    if isinstance(date, str):
        return date or None
    parts = date.get("date-parts") if isinstance(date, dict) else None
    if not isinstance(parts, list) or not parts or not isinstance(parts[0], list):
        return None
    numbers = [part for part in parts[0] if isinstance(part, int) and not isinstance(part, bool)]
    return "-".join(f"{number:02}" for number in numbers) or None


def notices_about(work: Mapping[str, Any]) -> list[Notice]:
    """The later notices that the record names; a new version of the work is none.

    A publisher may mark a work as its own update (update-to with its own DOI): that is about the
    work, which does not become a notice by it.
    """
    own = [update for update in entries_of(work, "update-to") if is_self_update(update, work)]
    found = []
    for entry in [*entries_of(work, "updated-by"), *own, *entries_of(work, "notices")]:
        label = str(entry.get("type") or entry.get("kind") or "").strip().lower()
        kind = notice_kind(label)
        if kind is None:
            continue
        found.append(notice_of(entry, kind, label.replace("_", " ")))
    return found


def notice_of(entry: Mapping[str, Any], kind: str, label: str) -> Notice:
    """The notice that an entry of `updated-by`, `update-to` or `notices` tells of."""
    return Notice(
        kind=kind,
        doi=entry_doi(entry),
        date=date_text(entry.get("updated")) or date_text(entry.get("date")),
        label=label,
        pmid=text_of(entry, "PMID"),
        registrar=text_of(entry, "source"),
        republished=says_republished(entry),
    )


def says_republished(entry: Mapping[str, Any]) -> bool:
    """ "Retracted and republished in: ..." (PubMed), "Retract and replace"; the article that PubMed
    names behind the colon says nothing of it."""
    labels = (text_of(entry, name) or "" for name in ("type", "kind", "label"))
    return any(REPUBLISHED.search(re.split("[:：]", label)[0]) for label in labels)


def entries_of(work: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    value = work.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def entry_doi(entry: Mapping[str, Any]) -> str | None:
    """The DOI that a notice or an update names, in its one spelling: publishers also deposit it
    with its resolver ("https://doi.org/10.1000/X")."""
    doi = entry.get("DOI") or entry.get("doi")
    return plain_doi(doi) if isinstance(doi, str) else None


def plain_doi(doi: str) -> str | None:
    return normalise_doi(doi) or doi.strip().lower() or None


def is_self_update(update: Mapping[str, Any], work: Mapping[str, Any]) -> bool:
    return (doi := entry_doi(update)) is not None and doi == entry_doi(work)


def notice_kind(label: str) -> str | None:
    label = label.replace("-", "_").replace(" ", "_")
    if label in RETRACTING:
        return "retracted"
    if label in PARTLY_RETRACTING:
        return "partially-retracted"
    if label in CONCERNING:
        return "concern"
    return "corrected" if label in CORRECTING else None


def is_update_of(work: Mapping[str, Any]) -> list[str]:
    """What the work says of other works, as kinds of notice (`notice_kind`)."""
    kinds = (
        notice_kind(str(update.get("type") or "").strip().lower())
        for update in entries_of(work, "update-to")
        if not is_self_update(update, work)
    )
    return [kind for kind in kinds if kind]


def asks_for_work(answer: Mapping[str, Any]) -> bool:
    """Whether the question was for the record of a work: not for a DOI's agency or handle, for a
    web page, or for notices about a work."""
    query = answer.get("_query")
    return answer.get("_source") not in NO_WORKS and "updates" not in (query or {})


def is_work(answer: Mapping[str, Any]) -> bool:
    """Whether the answer is the record of one work, and no list of candidates (`items`)."""
    found = answer.get("_outcome") == "found"
    return found and asks_for_work(answer) and "items" not in answer


def has_translated_title(work: Mapping[str, Any]) -> bool:
    """Whether the title is a translation, as PubMed's in square brackets."""
    return work.get("translated-title") is True


def is_other_version(work: Mapping[str, Any]) -> bool:
    """Whether the facts are about another version (a preprint) of the cited work."""
    return bool(work.get("_version_of"))
