"""Reference lists in CSL JSON, as Zotero, Better BibTeX, Mendeley, pandoc and registries write it.

Schema: https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from livingreview.errors import InputError
from livingreview.files import finite
from livingreview.progress import Tell, with_progress
from livingreview.references.doi import normalise_doi
from livingreview.references.reading.controls import CONTROL, without_controls
from livingreview.references.reading.csl_fields import Item
from livingreview.references.reading.exported_fields import (
    check_filled,
    fit_key,
    page_or_article_number,
    registration_in,
    with_keys,
    without_rich_text,
)
from livingreview.references.reading.fields import (
    REGISTRY_TYPES,
    language_of,
    note_with_dates,
    registration_of,
)
from livingreview.references.reading.tagged_lines import plain_line_ends, shortened
from livingreview.references.record import Reference

BLANKS = re.compile(r"[ \t\n]*")
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|.)", re.DOTALL)
SHORT_ESCAPES = {"\\b": "\b", "\\f": "\f"}
TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "journal-article": "article",  # Crossref's own word, in what its resolver answers
    "review": "article",
    "review-book": "article",
    "book": "book",
    "classic": "book",
    "chapter": "incollection",
    "entry": "incollection",
    "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection",
    "paper-conference": "inproceedings",
    "thesis": "phdthesis",
    "report": "techreport",
    "standard": "techreport",
    "webpage": "online",
    "post": "online",
    "post-weblog": "online",
    "dataset": "dataset",
    "manuscript": "unpublished",
}
# The publisher where nothing holds the work, as in BibTeX; the other way round where it is a whole.
WHOLES = ("book", "phdthesis", "techreport")


class TwiceError(ValueError):
    """An object has one name twice; the decoder would keep the last."""


def parse_csl_json(text: str, path: str | Path, tell: Tell | None = None) -> list[Reference]:
    """The references of a CSL JSON text, in its order, numbered from 1, each with the line on
    which its object begins.

    An array of items, `{"items": [...]}` (Zotero's web API), `{"references": [...]}` (pandoc), or
    one item alone (the DOI resolver). The key is `citation-key` or `id` where a text can cite it;
    else it is made of name, year and title. InputError with file and line for what is no CSL JSON.
    """
    text = without_controls(unescaped_controls(text), path, tell)
    items = list(read_items(plain_line_ends(text), path))
    if not items:
        raise InputError("the list holds no item; export at least one reference", path=path)
    check_ids(items, path)
    told = with_progress(items, len(items), "items read", tell)
    return with_keys(
        check_filled(reference(item, number), path) for number, item in enumerate(told, start=1)
    )


def unescaped_controls(text: str) -> str:
    r"""The text with control characters themselves for their escapes: \b, \f, \u0001."""

    def plain(escape: re.Match[str]) -> str:
        sign = SHORT_ESCAPES.get(escape[0]) or (escape[1] and chr(int(escape[1], 16))) or ""
        return sign if CONTROL.fullmatch(sign) else escape[0]

    return ESCAPE.sub(plain, text) if "\\" in text else text


def check_ids(items: list[Item], path: str | Path) -> None:
    lines: dict[str, int] = {}
    for item in items:
        identifier = item.text("id")
        if identifier is None:
            continue
        if identifier in lines:
            raise InputError(
                f"the id is already that of the item on line {lines[identifier]}; give one of the"
                " two another id, or remove it",
                path=path,
                line=item.line,
                key=shortened(identifier),
            )
        lines[identifier] = item.line


def read_items(text: str, path: str | Path) -> Iterator[Item]:
    """Each item with its line. The decoder itself tells no places, so the brackets around the
    items are read here, and it reads one item after the other."""
    start = skip_blanks(text, 0)
    if text[start : start + 1] == "[":
        found = array_items(text, start, path)
        end = yield from found
    elif text[start : start + 1] == "{":
        end = yield from object_items(text, start, path)
    else:
        raise not_json(text, start, "no array of items", path)
    end = skip_blanks(text, end)
    if end < len(text):
        raise not_json(text, end, "more after its end", path)


def object_items(text: str, start: int, path: str | Path):
    """The items of `{"items": [...]}`, or the object itself where it is one."""
    names = []
    found = False
    place = skip_blanks(text, start + 1)
    while text[place : place + 1] == '"':
        name, place = decode(text, place, path)
        names.append(name)
        place = skip_blanks(text, place)
        if text[place : place + 1] != ":":
            raise not_json(text, place, "a colon is missing", path)
        place = skip_blanks(text, place + 1)
        if name in ("items", "references") and text[place : place + 1] == "[" and not found:
            found = True
            place = yield from array_items(text, place, path)
        else:
            _, place = decode(text, place, path)
        place = skip_blanks(text, place)
        if text[place : place + 1] != ",":
            break
        place = skip_blanks(text, place + 1)
    if text[place : place + 1] != "}":
        raise not_json(text, place, "a comma or a closing brace is missing", path)
    if not found:
        item, _ = decode(text, start, path)
        if not {"type", "title", "id", "DOI"} & item.keys():
            raise InputError(
                "an object without items; CSL JSON is an array of them (export the list anew)",
                path=path,
                line=line_at(text, start),
            )
        yield checked_item(item, line_at(text, start), path)
    return place + 1


def array_items(text: str, start: int, path: str | Path):
    """The items of the array that begins here; returns the place behind it."""
    line, counted = line_at(text, start), start
    place = skip_blanks(text, start + 1)
    if text[place : place + 1] == "]":
        return place + 1
    while True:
        line += text.count("\n", counted, place)
        counted = place
        value, end = decode(text, place, path)
        yield checked_item(value, line, path)
        place = skip_blanks(text, end)
        sign = text[place : place + 1]
        if sign == "]":
            return place + 1
        if sign != ",":
            raise not_json(text, place, "a comma or the closing bracket is missing", path)
        place = skip_blanks(text, place + 1)


def checked_item(value: Any, line: int, path: str | Path) -> Item:
    if not isinstance(value, dict):
        raise InputError(
            f"an item must be an object, and this is {json_name(value)}", path=path, line=line
        )
    if "itemType" in value and "type" not in value:
        raise InputError(
            "this is Zotero's or Better BibTeX's own JSON; export the list as CSL JSON",
            path=path,
            line=line,
        )
    return Item(value, line, path)


def json_name(value: Any) -> str:
    if value is None:
        return "null"
    names = {str: "a string", bool: "true or false", list: "an array", dict: "an object"}
    return names.get(type(value), "a number")


def decode(text: str, place: int, path: str | Path) -> tuple[Any, int]:
    try:
        return DECODER.raw_decode(text, place)
    except json.JSONDecodeError as error:
        raise not_json(text, error.pos, error.msg, path) from None
    except RecursionError:
        raise not_json(text, place, "nested too deeply", path) from None
    except TwiceError as error:
        raise InputError(
            f"the object has {error} twice; keep one", path=path, line=line_at(text, place)
        ) from None
    except ValueError:
        raise InputError(
            "holds a number that is too large", path=path, line=line_at(text, place)
        ) from None


def not_json(text: str, place: int, what: str, path: str | Path) -> InputError:
    return InputError(f"not CSL JSON ({what})", path=path, line=line_at(text, place))


def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        times = Counter(name for name, _ in pairs)
        raise TwiceError(shortened(times.most_common(1)[0][0]))
    return found


DECODER = json.JSONDecoder(object_pairs_hook=object_of, parse_float=finite, parse_constant=finite)


def line_at(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def skip_blanks(text: str, place: int) -> int:
    match = BLANKS.match(text, place)
    return match.end() if match else place


def reference(item: Item, number: int) -> Reference:
    printed_type = item.text("type")
    container = item.text("container-title") or item.text("container-title-short")
    container = container or item.text("journalAbbreviation")
    type = TYPES.get((printed_type or "").lower())
    if type is None:
        # CSL's "article" is a work that stands alone, a preprint; some writers mean a journal's.
        in_journal = printed_type in (None, "article") and container
        type = "article" if in_journal else "misc"
    publisher = item.text("publisher")
    held_by = (publisher, container) if type in WHOLES else (container, publisher)
    container = next(filter(None, held_by), None)
    authors, complete = item.names("author")
    year, published = item.date("issued")
    _, accessed = item.date("accessed")
    page, article_number = page_or_article_number(item.text("page") or item.text("page-first"))
    item_number, note = item.text("number"), item.text("note")
    url, doi_printed = item.text("URL"), item.text("DOI")
    doi = normalise_doi(doi_printed) or (normalise_doi(url) if not doi_printed else None)
    article_number = item.text("article-number") or article_number
    if type == "article" and not (page or article_number):
        article_number = item_number
    registration = registration_in(item_number, type)
    if registration is None and type in REGISTRY_TYPES:
        registration = registration_of(
            present(
                doi=doi_printed or doi,
                volume=item.text("volume"),
                pages=page,
                eid=article_number,
                number=item_number,
                url=url,
                howpublished=container,
                note=note,
                title=item.text("title"),
            )
        )
    return Reference(
        key=fit_key(item.text("citation-key")) or fit_key(item.text("id")),
        number=number,
        type=type,
        line=item.line,
        language=language_of(item.text("language")),
        title=title_of(item),
        authors=authors,
        authors_complete=complete,
        container_title=without_rich_text(container) if container else None,
        year=year,
        volume=item.text("volume"),
        issue=item.text("issue"),
        page=page,
        article_number=article_number,
        doi=doi,
        doi_printed=doi_printed,
        url=url,
        registration=registration,
        note=note_with_dates(note, published, accessed),
    )


def present(**fields: str | None) -> Mapping[str, str]:
    return {name: text for name, text in fields.items() if text}


def title_of(item: Item) -> str | None:
    """The title, and the subtitle that Crossref keeps apart (an array of one)."""
    title, subtitle = item.text("title"), item.first_text("subtitle")
    if title and subtitle and subtitle not in title:
        title = f"{title}: {subtitle}"
    return without_rich_text(title) if title else None
