"""Reference lists in NBIB, the MEDLINE format that PubMed saves citations in.

Fields: https://www.nlm.nih.gov/bsd/mms/medlineelements.html. Every record is that of a work in
PubMed, also where it names the trial that it reports: such a number goes to the note, since only a
registration itself is looked up by its number.
"""

from __future__ import annotations

import re
from pathlib import Path

from livingreview.errors import InputError
from livingreview.progress import Tell, with_progress
from livingreview.references.doi import normalise_doi
from livingreview.references.reading.exported_fields import (
    exported_names,
    page_or_article_number,
    with_keys,
    year_of,
)
from livingreview.references.reading.fields import REGISTRATION, language_of
from livingreview.references.reading.tagged_lines import (
    OpenRecord,
    TaggedRecord,
    check_once,
    shortened,
    tagged_lines,
)
from livingreview.references.reading.tex import one_line
from livingreview.references.record import Name, Reference

# Two to four capitals and digits, filled up to four with blanks: `PMID- `, `FAU - `, `TI  - `.
TAG = re.compile(r"(?=[A-Z0-9 ]{4}-)([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*)|$)")
TYPES = {"book": "book", "book chapter": "incollection", "preprint": "article"}
ONCE = ("TI", "JT", "TA", "VI", "IP", "PG", "DP")
KIND = re.compile(r"(?P<value>.*\S)\s*\[(?P<kind>doi|pii)\]\s*")
# An article number: one word with a figure, and no DOI.
PLAIN_NUMBER = re.compile(r"(?!10\.\d{4})(?=\D{0,12}\d)[\w.:-]{1,30}")
# Instead of a title that has no translation.
NO_TITLE = re.compile(r"\[?not available\.?\]?\.?", re.IGNORECASE)
TRIAL = re.compile(rf"[^/]+/(?P<number>{REGISTRATION.pattern})")


def parse_nbib(text: str, path: str | Path, tell: Tell | None = None) -> list[Reference]:
    """The references of a NBIB text, in its order, numbered from 1.

    The key is `pmid` and the number: it stays when the list is sorted or grows. InputError with
    file and line for a record without PMID or title, and for lines that belong to none.
    """
    records = nbib_records(text, path, tell)
    told = with_progress(records, len(records), "records read", tell)
    return with_keys(reference(record, number, path) for number, record in enumerate(told, start=1))


def nbib_records(text: str, path: str | Path, tell: Tell | None = None) -> list[TaggedRecord]:
    """A record goes from its PMID to the next one's; an empty line may stand only between two."""
    opened: list[OpenRecord] = []
    after_blank = True
    for line in tagged_lines(text, path, TAG, tell):
        if line.is_blank:
            after_blank = True
            continue
        if line.tag == "PMID":
            opened.append(OpenRecord(line.number))
            opened[-1].add("PMID", line.text, line.number)
        elif not opened or after_blank:
            raise InputError(outside(line.tag, line.text, opened), path=path, line=line.number)
        elif line.tag is not None:
            opened[-1].add(line.tag, line.text, line.number)
        elif line.is_indented:
            opened[-1].go_on(line.text)
        else:
            raise InputError(
                f'"{shortened(line.text)}" has no tag that can be read; a line begins with a tag of'
                " four places and a hyphen, or with blanks where it goes on",
                path=path,
                line=line.number,
            )
        after_blank = False
    if not opened:
        raise InputError("the list holds no record; one begins with PMID", path=path)
    records = [record.closed() for record in opened]
    for record in records:
        check_once(record, ONCE, path)
    return records


def outside(tag: str | None, text: str, opened: list[OpenRecord]) -> str:
    what = tag or f'"{shortened(text)}"'
    if not opened:
        return f"{what} stands before any PMID: a record begins with the line PMID, its number"
    return (
        f"{what} stands after an empty line and before any PMID: a record without PMID, or an empty"
        f" line inside the record of line {opened[-1].line}"
    )


def reference(record: TaggedRecord, number: int, path: str | Path) -> Reference:
    pmid = record.first("PMID") or ""
    if not re.fullmatch("[0-9]{1,12}", pmid):
        raise InputError(
            f'"{shortened(pmid)}" is no PMID; write the number', path=path, line=record.line
        )
    kinds = {kind.lower() for kind in record.all("PT")}
    type = next((name for kind, name in TYPES.items() if kind in kinds), "article")
    title = record.first("TI", "BTI")
    if title is None or NO_TITLE.fullmatch(title):
        title = record.first("TT")
    if title is None:
        raise InputError(
            "the record has no title (TI); export it anew, or write one",
            path=path,
            line=record.line,
            key=pmid,
        )
    authors, complete = names(record)
    doi_printed = identifier(record, "doi")
    page, article_number = place(record)
    container = record.first("JT", "TA", "BTI", "PB")
    if type == "book":
        container = record.first("PB")
    return Reference(
        key=f"pmid{pmid}",
        number=number,
        type=type,
        line=record.line,
        language=language_of(record.first("LA")),
        title=bare_title(title),
        authors=authors,
        authors_complete=complete,
        container_title=container,
        year=year_of(record.first("DP")),
        volume=record.first("VI"),
        issue=record.first("IP"),
        page=page,
        article_number=article_number,
        doi=normalise_doi(doi_printed),
        doi_printed=doi_printed,
        note=trial_note(record),
    )


def bare_title(title: str) -> str:
    """Without what PubMed adds: a full stop, and brackets around a title that it translated."""
    title = without_stop(title)
    if title.startswith("[") and title.endswith("]"):
        depth = 0
        for place, sign in enumerate(title):
            depth += (sign == "[") - (sign == "]")
            if depth == 0:
                return without_stop(title[1:-1]) if place == len(title) - 1 else title
    return title


def without_stop(title: str) -> str:
    return title[:-1].rstrip() if title.endswith(".") and not title.endswith("..") else title


def names(record: TaggedRecord) -> tuple[tuple[Name, ...], bool]:
    """Authors and groups in their order: FAU is the full name of the AU below it."""
    found: list[Name] = []
    complete = True
    is_named = False
    for value in record.values:
        text = one_line(value.text)
        if not text:
            continue
        if value.tag == "CN":
            found.append(Name(literal=text))
        elif value.tag == "FAU" or (value.tag == "AU" and not is_named):
            more, all_of_them = exported_names([text])
            found += [name for name in more if complete or name.literal]
            complete = complete and all_of_them
        if value.tag in ("FAU", "AU", "CN"):
            is_named = value.tag == "FAU"
    return tuple(found), complete


def identifier(record: TaggedRecord, kind: str) -> str | None:
    for text in [*record.all("LID"), *record.all("AID")]:
        found = KIND.fullmatch(text)
        if found and found["kind"] == kind:
            return found["value"]
    return None


def place(record: TaggedRecord) -> tuple[str | None, str | None]:
    """Pages and article number: both stand in PG, an article's number also in LID or AID without
    a kind in brackets behind it.

    What is marked [pii] says nothing: publishers have numbers there that nobody prints.
    """
    printed = record.first("PG")
    numbers = [text for text in record.all("LID", "AID") if PLAIN_NUMBER.fullmatch(text)]
    if printed is None or printed in numbers:
        return None, printed or next(iter(numbers), None)
    page, article_number = page_or_article_number(printed)
    return page, article_number or next(iter(numbers), None)


def trial_note(record: TaggedRecord) -> str | None:
    found = (TRIAL.fullmatch(text) for text in record.all("SI"))
    numbers = dict.fromkeys(match["number"] for match in found if match)
    return f"trial registration {', '.join(numbers)}" if numbers else None
