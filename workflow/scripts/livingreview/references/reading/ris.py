"""Reference lists in RIS, as EndNote, Zotero, Mendeley and publishers' pages export them.

Tags: the RIS specification of 2011 and, where programs differ, Zotero's translator
(https://github.com/zotero/translators/blob/master/RIS.js). Pandoc reads RIS as well, but is not
used here: it tells no lines, which the findings point at, drops records that are broken, and stops
at the lines without tag in which EndNote writes keywords and addresses.
"""

from __future__ import annotations

import re
from pathlib import Path

from livingreview.errors import InputError
from livingreview.progress import Tell, with_progress
from livingreview.references.doi import normalise_doi
from livingreview.references.reading.exported_fields import (
    check_filled,
    day_of,
    day_published,
    exported_names,
    fit_key,
    page_or_article_number,
    registration_in,
    with_keys,
    without_rich_text,
    year_of,
)
from livingreview.references.reading.fields import (
    REGISTRY_TYPES,
    language_of,
    note_with_dates,
    registration_of,
)
from livingreview.references.reading.glued import check_glued
from livingreview.references.reading.tagged_lines import (
    Line,
    OpenRecord,
    TaggedRecord,
    shortened,
    tagged_line,
    tagged_lines,
)
from livingreview.references.record import Reference

TAG = re.compile(r"[ \t]*([A-Z][A-Z0-9]) {2}-(.*)")  # indented as some sites write it
# With one blank, as others do: read so only in a record whose TY is. Else it is a line of a text:
# "ER - positive tumours". What follows ER is one, too.
NARROW_TAG = re.compile(r"((?!ER)[A-Z][A-Z0-9]|ER(?= -\s*$)) -(?=\s|$)(.*)")
TYPES = {
    "JOUR": "article",
    "EJOUR": "article",
    "JFULL": "article",
    "MGZN": "article",
    "NEWS": "article",
    "ABST": "article",
    "INPR": "article",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "CHAP": "incollection",
    "ECHAP": "incollection",
    "ENCYC": "incollection",
    "DICT": "incollection",
    "CONF": "inproceedings",
    "CPAPER": "inproceedings",
    "THES": "phdthesis",
    "RPRT": "techreport",
    "GOVDOC": "techreport",
    "STAND": "techreport",
    "ELEC": "online",
    "WEB": "online",
    "BLOG": "online",
    "DATA": "dataset",
    "AGGR": "dataset",
    "DBASE": "dataset",
    "UNPB": "unpublished",
    "UNPD": "unpublished",
}
JOURNAL = ("JF", "T2", "JO", "JA", "J2", "J1")
# Where the work stands that holds this one; the publisher where there is none, as in BibTeX.
CONTAINERS = {
    "article": (*JOURNAL, "BT", "PB"),
    "book": ("PB", "T2"),
    "incollection": ("T2", "BT", "PB"),
    "inproceedings": ("C3", "T2", "BT", *JOURNAL, "PB"),
    "phdthesis": ("PB", "T2"),
    "techreport": ("PB", "T2"),
}
# Where sites write a DOI if not in DO (M3 of publishers, L3 of EBSCO), and where addresses (L2 of
# Embase; RefWorks writes several on one line).
DOI_FIELDS = ("M3", "L3", "M1", "N1", "C2")
DOI_ALONE = re.compile(r"\s*(?:doi\s*[:：]?\s*|https?://(?:dx\.)?doi\.org/)*10\.\d", re.IGNORECASE)
LINKS = ("L2", "L1", "L3", "L4", "LK")
NEXT_ADDRESS = re.compile(r"[;,；，]?\s+(?=(?:https?|ftp)://)", re.IGNORECASE)
# One of these is read and has one value, on one line: a line without tag below it is no part of it,
# unless indented. EndNote writes what has several values (SN, AN, DB, DO) so, one below the other.
SHORT = re.compile("TY|AU|A1|PY|Y[12]|DA|VL|IS|CP|SP|EP|ID|J[OFA12]|T2|BT|C7")
# A tag, nearly: "ty  - JOUR", "TI  – Title", "TY: JOUR", "ER -". Other words before a dash or a
# colon are text: "ER-positive", "ER-", "TY: an abbreviation".
NEARLY_TAG = re.compile(
    r"\s*(?:[A-Za-z][A-Za-z0-9]{0,3} {2,}[-–—](?:\s|$)"
    r"|TY\s*[-–—:=]\s*[A-Za-z]{0,6}\s*$|ER(?:\s+[-–—]|\s*[:=])\s*$)"
)
# What some sites write above the first record: "Provider: ...", "Content: text/plain".
HEADER = re.compile(r"[A-Za-z][\w -]{0,40}:")
# And between any two: "6. ", "<6>", "Record #3 of 18", a rule of hyphens, the same headers.
BETWEEN = re.compile(
    r"(?:(?:Record|Document|Result|Citation)?\s*[#<\[(]?\d{1,6}[>\])]?(?:\s+of\s+\d{1,6})?[.:)]?"
    r"|[\W_]+|(?:Provider|Content|Database|Source|Charset|Tagformat)\s*[:：].*)",
    re.IGNORECASE,
)


def parse_ris(text: str, path: str | Path, tell: Tell | None = None) -> list[Reference]:
    """The references of a RIS text, in its order, numbered from 1.

    The key is that of ID, or of the label LB, where a text can cite it and no other record has it;
    else it is made of name, year and title. InputError with file and line for a record that does
    not begin with TY or end with ER, for one that names no work, and for lines that belong to none.
    """
    records = ris_records(text, path, tell)
    told = with_progress(records, len(records), "records read", tell)
    return with_keys(
        check_filled(reference(record, number), path) for number, record in enumerate(told, start=1)
    )


def ris_records(text: str, path: str | Path, tell: Tell | None = None) -> list[TaggedRecord]:
    records: list[TaggedRecord] = []
    record: OpenRecord | None = None
    all_narrow = False
    passed_over: list[Line] = []
    for line in tagged_lines(text, path, TAG, tell):
        is_narrow = line.tag is None
        if is_narrow and (record is None or all_narrow):
            line = tagged_line(line.text, line.number, NARROW_TAG)
        if line.tag == "TY":
            if record is not None:
                raise unclosed(record, f"before the next one begins on line {line.number}", path)
            if not line.text.strip():
                raise InputError(
                    "TY names no type; write one (JOUR for an article)", path=path, line=line.number
                )
            record = OpenRecord(line.number)
            record.add("TY", line.text, line.number)
            all_narrow = is_narrow
        elif record is None:
            if not (line.is_blank or line.tag == "EF"):
                check_outside(line, not records, path)
                passed_over.append(line)
        elif line.tag == "ER":
            closed = record.closed()
            check_glued(closed, path, tell)
            records.append(closed)
            record = None
        elif line.tag is not None:
            record.add(line.tag, line.text, line.number)
        elif not line.is_blank:
            go_on(record, line, path)
    if record is not None:
        raise unclosed(record, "before the end of the file", path)
    if not records:
        raise InputError(
            "the list holds no record; one begins with TY, and ends with ER", path=path
        )
    if passed_over and tell is not None:
        lines = "lines" if len(passed_over) > 1 else "line"
        tell(
            f"{path}: {len(passed_over)} {lines} between records passed over, the first on line"
            f' {passed_over[0].number}: "{shortened(passed_over[0].text)}"'
        )
    return records


def unclosed(record: OpenRecord, where: str, path: str | Path) -> InputError:
    return InputError(
        f"the record that begins here has no end {where}: its line ER is missing",
        path=path,
        line=record.line,
    )


def check_outside(line: Line, is_head: bool, path: str | Path) -> None:
    """InputError for what stands between records, but for the lines of some sites above them."""
    if line.tag == "ER":
        problem = "ER ends a record, but none has begun: its line TY is missing"
    elif line.tag is not None:
        problem = f"{line.tag} stands before any TY: a record begins with the line TY, its type"
    elif NEARLY_TAG.match(line.text):
        problem = nearly_tag(line)
    elif BETWEEN.fullmatch(line.text.strip()) or (is_head and HEADER.match(line.text)):
        return
    else:
        problem = f'"{shortened(line.text)}" stands in no record; remove it'
    raise InputError(problem, path=path, line=line.number)


def go_on(record: OpenRecord, line: Line, path: str | Path) -> None:
    """Add a line without tag to the value before it: abstracts, notes, keywords, long titles."""
    if NEARLY_TAG.match(line.text):
        raise InputError(nearly_tag(line), path=path, line=line.number)
    if SHORT.fullmatch(record.last_tag) and not line.is_indented:
        raise InputError(
            f'"{shortened(line.text)}" has no tag, and {record.last_tag} above it takes one line;'
            " write its tag, or remove it",
            path=path,
            line=line.number,
        )
    record.go_on(line.text)


def nearly_tag(line: Line) -> str:
    return (
        f'the tag of "{shortened(line.text)}" cannot be read; a line begins with two capitals, two'
        " blanks, a hyphen and a blank"
    )


def reference(record: TaggedRecord, number: int) -> Reference:
    kind = (record.first("TY") or "").upper()
    type = TYPES.get(kind, "misc")
    authors, complete = exported_names(record.all("AU", "A1"))
    title = record.first("TI", "T1", "CT", *(("BT",) if type == "book" else ()))
    year = year_of(record.first("PY"), record.first("Y1"), record.first("DA"))
    page, article_number = pages(record, type)
    url, doi, doi_printed = addresses(record)
    container = record.first(*CONTAINERS.get(type, ("T2", *JOURNAL, "BT", "PB")))
    note = "; ".join(dict.fromkeys(filter(None, record.all("N1")))) or None
    registration = registration_in(record.first("M1"), type)
    if registration is None and type in REGISTRY_TYPES:
        fields = {
            "doi": doi_printed or doi,
            "volume": record.first("VL"),
            "pages": page,
            "eid": article_number,
            "number": record.first("M1"),
            "url": url,
            "howpublished": container,
            "note": note,
            "title": title,
        }
        registration = registration_of({name: text for name, text in fields.items() if text})
    published = day_published(year, record.first("DA"), record.first("Y1"), record.first("PY"))
    return Reference(
        key=own_key(record.first("ID")) or own_key(record.first("LB")),
        number=number,
        type=type,
        line=record.line,
        language=language_of(next(iter(record.lines("LA")), None)),
        title=without_rich_text(title) if title else None,
        authors=authors,
        authors_complete=complete,
        container_title=without_rich_text(container) if container else None,
        year=year,
        volume=record.first("VL"),
        issue=record.first("IS", "CP"),
        page=page,
        article_number=article_number,
        doi=doi,
        doi_printed=doi_printed,
        url=url,
        registration=registration,
        note=note_with_dates(note, published, day_of(record.first("Y2"))),
    )


def own_key(printed: str | None) -> str:
    """The key, but for EndNote's record number: `[@1]` beside `[1]` would confuse."""
    return "" if printed and printed.isdecimal() else fit_key(printed)


def pages(record: TaggedRecord, type: str) -> tuple[str | None, str | None]:
    """Pages and article number: SP and EP, a range in SP alone (EndNote); C7 of articles."""
    first, last = record.first("SP"), record.first("EP")
    if first and not last and type in ("book", "phdthesis") and first.isdigit():
        first = None  # how many pages the book has
    printed = first or last
    if first and last and not re.search(r"\d\s*[-‐-―−]", first):
        printed = f"{first}-{last}"
    page, article_number = page_or_article_number(printed)
    numbered = record.first("C7") if type == "article" else None
    return page, numbered or article_number


def addresses(record: TaggedRecord) -> tuple[str | None, str | None, str | None]:
    """The first web address, the DOI and the DOI as printed.

    Sites write the DOI into other fields than DO, or only an address that holds it.
    """
    lines = [one for line in record.lines("UR") for one in NEXT_ADDRESS.split(line)]
    web = [one for one in lines if one.lower().startswith(("http://", "https://"))]
    url = next(iter(web or lines), None)
    printed = printed_doi(record)
    if printed is not None:
        return url, normalise_doi(printed), printed
    links = [one for line in record.lines(*LINKS) for one in NEXT_ADDRESS.split(line)]
    return url, next(filter(None, map(normalise_doi, [*web, *links])), None), None


def printed_doi(record: TaggedRecord) -> str | None:
    """The first line of DO that is a DOI, or the first; else the first line of another field that
    is nothing but a DOI."""
    lines = record.lines("DO")
    if lines:
        return next(filter(normalise_doi, lines), lines[0])
    others = (line for tag in DOI_FIELDS for line in record.lines(tag) if DOI_ALONE.match(line))
    return next(filter(normalise_doi, others), None)
