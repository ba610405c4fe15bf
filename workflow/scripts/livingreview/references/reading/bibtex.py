"""The bibliography in BibTeX: read with places and clear errors, written, mended in place.

Reading and writing agree on one form: `pages` with a single hyphen as lists print it (`--` and
dashes are read as one), article numbers in `eid`, group authors in double braces, `&` as `\\&`,
`langid` chinese or english, a registration number in `registration` (read also from where other
writers put it, in entries that are no articles, chapters or books). Dates of a web page stand in
`date` and `urldate`; the record, which has no field for them, carries them at the end of `note`
("published 2022-04-08; accessed 2023-03-13").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from livingreview.files import read_text
from livingreview.progress import Tell, with_progress
from livingreview.references.doi import normalise_doi
from livingreview.references.names import format_bibtex_names, parse_bibtex_names
from livingreview.references.reading.bibtex_blocks import (
    RawEntry,
    RawField,
    raw_entries,
    split_blocks,
    value_pieces,
)
from livingreview.references.reading.controls import without_controls
from livingreview.references.reading.fields import (
    REGISTRATION,
    REGISTRY_TYPES,
    dates_of_note,
    language_of,
    note_with_dates,
    page_range,
    registration_of,
)
from livingreview.references.reading.tex import decode_tex, encode_tex, one_line
from livingreview.references.record import Reference

# Field names of other writers (biblatex, Zotero, JabRef) for the ones used here.
ALIASES = {
    "journaltitle": "journal",
    "article-number": "eid",
    "articleno": "eid",
    "language": "langid",
    "hyphenation": "langid",
    "issue": "number",
}
CONTAINER_OF_TYPE = {
    "article": "journal",
    "inbook": "booktitle",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "book": "publisher",
    "phdthesis": "school",
    "mastersthesis": "school",
    "techreport": "institution",
}
CONTAINERS = tuple(dict.fromkeys([*CONTAINER_OF_TYPE.values(), "howpublished", "organization"]))
LANGIDS = {"zh": "chinese", "en": "english"}
VERBATIM = frozenset({"doi", "url", "eid", "registration", "date", "urldate"})
LONG = 5_000_000  # characters; a file that takes seconds
# What would be read as something else inside `@article{key,`.
UNFIT_FOR_KEY = re.compile(r"[\s,{}()\"=#%\\'~@]")


def read_bibtex(path: str | Path, tell: Tell | None = None) -> list[Reference]:
    """The references of a BibTeX file, in its order, numbered from 1; `tell` hears how far it is.

    InputError with file and line: the file is missing, not UTF-8 or without any entry; an entry
    is not closed, has no key, the key of another, a field twice, or cannot be read otherwise.
    A printed DOI that is none is kept in `doi_printed`, with `doi` None.
    """
    return parse_bibtex(read_text(path), path, tell)


def parse_bibtex(text: str, path: str | Path, tell: Tell | None = None) -> list[Reference]:
    """The same for the text of a file."""
    if tell is not None and len(text) > LONG:
        tell(f"reading {path} ({len(text) / 1e6:.0f} million characters)")
    text = without_controls(text, path, tell)
    library = split_blocks(text, path)
    strings = {key.lower(): block.value for key, block in library.strings_dict.items()}
    entries = raw_entries(text, library)
    return [
        _reference(entry, number, strings)
        for number, entry in enumerate(
            with_progress(entries, len(entries), "entries read", tell), start=1
        )
    ]


def _value(raw: str, strings: Mapping[str, str]) -> str:
    """The value without its delimiters, @string names replaced; TeX as it stands."""
    parts = []
    for delimiter, piece in value_pieces(raw) or []:
        macro = strings.get(piece.lower()) if not delimiter else None
        if macro is not None:
            piece = "".join(text for _, text in value_pieces(macro) or [])
        parts.append(piece)
    return "".join(parts)


def _reference(entry: RawEntry, number: int, strings: Mapping[str, str]) -> Reference:
    source: dict[str, str] = {}
    for field in entry.fields:
        value = _value(field.value, strings)
        if one_line(value):
            source.setdefault(ALIASES.get(field.name, field.name), value)

    def text(name: str) -> str | None:
        value = source.get(name)
        return (decode_tex(value, verbatim=name in VERBATIM) or None) if value else None

    authors, complete = parse_bibtex_names(source.get("author", ""))
    date = text("date")
    year = re.search(r"\d{4}", text("year") or date or "")
    issue, registration = text("number"), text("registration")
    if issue and not registration and entry.type != "article" and REGISTRATION.fullmatch(issue):
        issue, registration = None, issue
    if registration is None and entry.type in REGISTRY_TYPES:
        registration = registration_of({name: text(name) or "" for name in source})
    page = text("pages")
    doi_printed, url = text("doi"), text("url")
    return Reference(
        key=entry.key,
        number=number,
        type=entry.type,
        line=entry.line,
        language=language_of(text("langid")),
        title=text("title"),
        authors=authors,
        authors_complete=complete,
        container_title=next((text(name) for name in CONTAINERS if text(name)), None),
        year=int(year[0]) if year else None,
        volume=text("volume"),
        issue=issue,
        page=page_range(page) if page else None,
        article_number=text("eid"),
        doi=normalise_doi(doi_printed) or (normalise_doi(url) if not doi_printed else None),
        doi_printed=doi_printed,
        url=url,
        registration=registration,
        note=note_with_dates(text("note"), date, text("urldate")),
    )


def bibtex_fields(reference: Reference) -> dict[str, str]:
    """The fields of a reference in writing order, each as it stands between the braces."""
    note, date, urldate = dates_of_note(reference.note or "")
    if date and date[:4] != str(reference.year):
        note, date, urldate = reference.note or "", None, None
    doi = reference.doi_printed
    if doi is None and normalise_doi(reference.url) != reference.doi:
        doi = reference.doi
    year = str(reference.year) if reference.year is not None and not date else None
    container = CONTAINER_OF_TYPE.get(reference.type, "howpublished")
    langid = LANGIDS.get(reference.language or "", reference.language)
    values = {
        "title": reference.title,
        container: reference.container_title,
        "year": year,
        "date": date,
        "volume": reference.volume,
        "number": reference.issue,
        "pages": reference.page,
        "eid": reference.article_number,
        "doi": doi,
        "url": reference.url,
        "urldate": urldate,
        "registration": reference.registration,
        "note": note,
        "langid": langid,
    }
    authors = format_bibtex_names(reference.authors, reference.authors_complete)
    fields = {"author": authors} if authors else {}
    for name, value in values.items():
        if value:
            fields[name] = encode_tex(value, verbatim=name in VERBATIM)
    return fields


def write_bibtex(references: Iterable[Reference]) -> str:
    """The references as BibTeX; reading it gives equal references (but for `line`)."""
    return "\n".join(_format_entry(reference) for reference in references)


def _format_entry(reference: Reference) -> str:
    if not reference.key or UNFIT_FOR_KEY.search(reference.key):
        raise ValueError(f"not a citation key: {reference.key!r}")
    lines = [f"  {name} = {{{value}}},\n" for name, value in bibtex_fields(reference).items()]
    return f"@{reference.type}{{{reference.key},\n{''.join(lines)}}}\n"


def replace_fields(text: str, changes: Mapping[str, Mapping[str, str | None]]) -> str:
    """The file's text with other values in some entries' fields, every other byte as it was.

    `changes`: for each key the new values of fields. Fields have the names that `bibtex_fields`
    gives; the entry may call them otherwise (ALIASES).
    Values are plain text, `author` excepted, which is BibTeX (as in `bibtex_fields`). None takes
    the field out. A field that the entry lacks is added at its end. KeyError if no such entry.
    """
    entries = raw_entries(text, split_blocks(text, None))
    for key in changes.keys() - {entry.key for entry in entries}:
        raise KeyError(key)
    common = "\r\n" if "\r\n" in text else "\n"
    parts, place = [], 0
    for entry in entries:
        if entry.key in changes:
            raw = text[entry.start : entry.end]
            newline = ("\r\n" if "\r\n" in raw else "\n") if "\n" in raw else common
            parts += [text[place : entry.start], _mend_entry(raw, changes[entry.key], newline)]
            place = entry.end
    return "".join([*parts, text[place:]])


def _mend_entry(text: str, changes: Mapping[str, str | None], newline: str) -> str:
    """The same for the text of one entry, which is read again after each change: it is short."""
    for name, value in changes.items():
        entry = raw_entries(text, split_blocks(text, None))[0]
        field = field_for(entry, name)
        if value is not None and name == "pages" and field is not None:
            value = with_dash_of(field.value, value)
        if value is not None and name != "author":
            value = encode_tex(value, verbatim=name in VERBATIM)
        if field is not None and value is not None:
            text = f"{text[: field.value_start]}{{{value}}}{text[field.end :]}"
        elif field is not None:
            text = _without_field(text, field)
        elif value is not None:
            text = _with_field(text, entry, f"{name} = {{{value}}},", newline)
    return text


def field_for(entry: RawEntry, name: str) -> RawField | None:
    """The field of the entry that is read as `name`: under another name, the first of several; the
    journal's name may stand in the field of another type of entry, the year in a date."""
    full = {}
    for field in entry.fields:
        if any(one_line(piece) for _, piece in value_pieces(field.value) or ()):
            full.setdefault(ALIASES.get(field.name, field.name), field)
    if name in CONTAINERS:
        return next((full[one] for one in CONTAINERS if one in full), None)
    empty = next((f for f in entry.fields if ALIASES.get(f.name, f.name) == name), None)
    if name == "year":
        return full.get("year") or full.get("date") or empty
    return full.get(name) or empty


def with_dash_of(printed: str, pages: str) -> str:
    """The pages with the dash that the file has printed: 100--112 becomes 100--110."""
    dash = re.search("[-–—]+", printed)
    return re.sub("[-–—]+", dash[0], pages) if dash else pages


def has_year_twice(entry: RawEntry) -> bool:
    """Whether it has `year` and `date`: programs differ in which of the two they print."""
    return {"year", "date"} <= {field.name for field in entry.fields}


def field_text(field: RawField) -> str:
    """The value without its delimiters, TeX as it stands."""
    return "".join(text for _, text in value_pieces(field.value) or ())


def holds_macro(field: RawField) -> bool:
    """Whether the value takes the text of a @string: what is to change may be there."""
    pieces = value_pieces(field.value) or []
    return any(not delimiter and not piece.isdigit() for delimiter, piece in pieces)


def _without_field(text: str, field: RawField) -> str:
    """The text without the field, its comma, and its line if nothing else stands on it."""
    after = re.compile(r"\s*,").match(text, field.end)
    end = after.end() if after else field.end
    line_start = text.rfind("\n", 0, field.start) + 1
    line_end = re.compile(r"[ \t]*\r?\n").match(text, end)
    if line_end and not text[line_start : field.start].strip():
        return text[:line_start] + text[line_end.end() :]
    blanks = re.compile(r"[ \t]*").match(text, end)
    return text[: field.start] + text[blanks.end() :]


def _with_field(text: str, entry: RawEntry, line: str, newline: str) -> str:
    """The text with a field more, below the last one and indented like it; on its line if all of
    the entry stands on one."""
    if not entry.fields:
        place = entry.start + len(text[entry.start : entry.end - 1].rstrip())
        start = text[:place] if text[place - 1] == "," else text[:place] + ","
        return f"{start}{newline}  {line}{newline}{text[entry.end - 1 :]}"
    last = entry.fields[-1]
    line_start = text.rfind("\n", 0, last.start) + 1
    before = text[line_start : last.start]
    indent = before if not before.strip() else "  "
    comma = re.compile(r"\s*,").match(text, last.end)
    place = comma.end() if comma else last.end
    start = text[:place] if comma else text[:place] + ","
    if "\n" not in text:
        return f"{start} {line if comma else line.removesuffix(',')}{text[place:]}"
    return f"{start}{newline}{indent}{line}{text[place:]}"
