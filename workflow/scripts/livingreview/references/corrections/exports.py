"""The bibliography for other programs: CSL JSON and RIS.

CSL: https://docs.citationstyles.org/en/stable/specification.html. RIS: the tags that Zotero,
EndNote and Crossref agree on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from livingreview.files import to_json
from livingreview.references.record import Name, Reference

CSL_TYPES = {
    "article": "article-journal",
    "book": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "dataset": "dataset",
}
RIS_TYPES = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "paper-conference": "CONF",
    "thesis": "THES",
    "report": "RPRT",
    "webpage": "ELEC",
    "dataset": "DATA",
    "document": "GEN",
}
LANGUAGES = {"zh": "zh-CN", "en": "en-US"}


def csl_type(reference: Reference) -> str:
    return CSL_TYPES.get(reference.type.lower(), "document")


def csl_json(references: Iterable[Reference]) -> str:
    """The list as CSL JSON. A list cut off by *et al.* ends in the name "others", as pandoc's."""
    return to_json([csl_item(reference) for reference in references], indent=2) + "\n"


def csl_item(reference: Reference) -> dict[str, Any]:
    authors = [csl_name(name) for name in reference.authors]
    if authors and not reference.authors_complete:
        authors.append({"literal": "others"})
    item: dict[str, Any] = {
        "id": reference.key,
        "type": csl_type(reference),
        "title": reference.title,
        "author": authors or None,
        "container-title": reference.container_title,
        "issued": {"date-parts": [[reference.year]]} if reference.year is not None else None,
        "volume": reference.volume,
        "issue": reference.issue,
        # CSL styles print an article number where pages stand.
        "page": reference.page or reference.article_number,
        "number": reference.registration,
        "DOI": reference.doi,
        "URL": reference.url,
        "language": LANGUAGES.get(reference.language or "", reference.language),
        "note": reference.note,
    }
    return {name: value for name, value in item.items() if value is not None}


def csl_name(name: Name) -> dict[str, str]:
    if name.literal is not None:
        return {"literal": name.literal}
    parts = {"family": name.family, "given": name.given}
    return {part: text for part, text in parts.items() if text}


def ris_text(references: Iterable[Reference]) -> str:
    """The list as RIS, an empty line between two references."""
    return "\n".join(ris_entry(reference) for reference in references)


def ris_entry(reference: Reference) -> str:
    page = reference.page or reference.article_number or ""
    first, _, last = page.partition("-")
    pairs: list[tuple[str, str | int | None]] = [
        ("TY", RIS_TYPES[csl_type(reference)]),
        ("ID", reference.key),
        *(("AU", ris_name(name)) for name in reference.authors),
        # RIS has no sign of a list cut off; programs keep the words as one author more.
        ("AU", None if reference.authors_complete else "et al."),
        ("TI", reference.title),
        ("T2", reference.container_title),
        ("PY", reference.year),
        ("VL", reference.volume),
        ("IS", reference.issue),
        ("SP", first),
        ("EP", last),
        ("M1", reference.registration),
        ("DO", reference.doi),
        ("UR", reference.url),
        ("LA", reference.language),
        ("N1", reference.note),
    ]
    lines = [
        f"{tag}  - {' '.join(str(value).split())}\n"
        for tag, value in pairs
        if value not in (None, "")
    ]
    return "".join(lines) + "ER  - \n"


def ris_name(name: Name) -> str:
    if name.literal is not None:
        return name.literal
    return ", ".join(part for part in (name.family, name.given) if part)
