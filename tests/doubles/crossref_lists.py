"""The list route of the local Crossref: filters, search, select, sort and paging."""

from __future__ import annotations

import base64
import hashlib
import random
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from doubles.crossref_errors import Refused, bad_integer
from doubles.ranking import FIELDS, Index, best

DOI = re.compile(r"10\.[0-9]{4,}/[^\s]+")
TYPE_NAMES = """
book-section monograph report-component report peer-review book-track journal-article book-part
other book journal-volume book-set reference-entry proceedings-article journal component
book-chapter proceedings-series report-series proceedings database standard reference-book
posted-content journal-issue dissertation grant dataset book-series edited-book
"""
TYPES = {name: name.replace("-", " ").title() for name in TYPE_NAMES.split()} | {
    "book-part": "Part"
}
SELECT_NAMES = """
DOI ISBN ISSN URL abstract accepted alternative-id approved archive article-number assertion
author chair clinical-trial-number container-title content-created content-domain contributor
created degree deposited editor event funder group-title indexed is-referenced-by-count issn-type
issue issued license link member original-title page posted prefix published published-online
published-print publisher publisher-location reference references-count relation resource score
short-container-title short-title standards-body subject subtitle title translator type
update-policy update-to updated-by volume
"""
SELECTABLE = frozenset(SELECT_NAMES.split())
SORT_NAMES = """
score relevance updated created deposited indexed issued published published-print
published-online is-referenced-by-count references-count
"""
SORTS = frozenset(SORT_NAMES.split())
MOST_ROWS, MOST_SAMPLED, FARTHEST = 1000, 100, 10_000
# What else a search finds in an index of this size: nobody reads past the first few.
EVERYTHING_ELSE = 1_000_000


def found_doi(text: str) -> str | None:
    """The DOI somewhere in a text (a resolver's address, a prefix), lower case."""
    found = DOI.search(text)
    return found.group().lower() if found else None


def filter_pairs(text: str) -> list[tuple[str, str]]:
    """Split at commas; a piece without a colon belongs to the one before, its comma included."""
    pieces: list[str] = []
    for piece in text.split(","):
        if ":" not in piece and pieces:
            pieces[-1] += f",{piece}"
        else:
            pieces.append(piece)
    for piece in pieces:
        if ":" not in piece:
            raise Refused(("pair-list-form-invalid", text, "Pair list form invalid"))
    return [(name, value) for name, _, value in (piece.partition(":") for piece in pieces)]


def date_key(work: Mapping[str, Any], name: str = "issued") -> tuple[int, int, int]:
    parts = ((work.get(name) or {}).get("date-parts") or [[None]])[0]
    padded = [part or 0 for part in parts] + [0, 0, 0]
    return (padded[0], padded[1], padded[2])


def filter_date(value: str) -> tuple[int, ...]:
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{1,2}){0,2}", value):
        words = f"Date specified as {value} but must be of the form: yyyy or yyyy-MM or yyyy-MM-dd"
        raise Refused(("date-not-valid", value, words))
    return tuple(int(part) for part in value.split("-"))


def truth(value: str) -> bool:
    if value.lower() not in {"1", "0", "t", "f", "true", "false"}:
        words = f"Boolean specified as {value} but must be one of: t, true, 1, f, false, 0"
        raise Refused(("boolean-not-valid", value, words))
    return value.lower() in {"1", "t", "true"}


def wanted_doi(value: str) -> str:
    doi = found_doi(value)
    if doi is None:
        words = (
            f"DOI specified as {value} but must be of the form: 10.prefix/suffix where prefix is 4"
            " or more digits and suffix  is a string"
        )
        raise Refused(("doi-not-valid", value, words))
    return doi


class Catalogue:
    """The records by lower-cased DOI. `order` is the registry's own, which nobody asked for."""

    def __init__(self, works: Sequence[Mapping[str, Any]], cursor_seconds: float) -> None:
        by_doi = {work["DOI"].lower(): work for work in works}
        self.order = sorted(by_doi, key=lambda doi: hashlib.sha256(doi.encode()).digest())
        self.works = {doi: by_doi[doi] for doi in self.order}
        self.cursor_seconds = cursor_seconds
        self.updated_by: dict[str, list[str]] = {}
        for doi, work in self.works.items():
            for update in work.get("update-to") or []:
                self.updated_by.setdefault(update["DOI"].lower(), []).append(doi)
        self._indexes: dict[str, Index] = {}
        self._cursors: dict[str, tuple[float, str, int]] = {}
        self._lock = threading.Lock()

    def index(self, field: str) -> Index:
        with self._lock:
            if field not in self._indexes:
                self._indexes[field] = Index(field, list(self.works.values()))
            return self._indexes[field]

    def named(self, name: str, value: str) -> set[str] | None:
        """The works that a filter names by DOI; None of a filter that does not."""
        if name == "doi":
            return {wanted_doi(value)}
        return set(self.updated_by.get(wanted_doi(value), ())) if name == "updates" else None

    def test(self, name: str, value: str) -> Callable[[str, Mapping[str, Any]], bool]:
        match name:
            case "update-type":
                return lambda doi, work: any(
                    update.get("type") == value for update in work.get("update-to") or []
                )
            case "is-update":
                asked = truth(value)
                return lambda doi, work: bool(work.get("update-to")) is asked
            case "has-update":
                asked = truth(value)
                return lambda doi, work: (
                    bool(work.get("updated-by") or self.updated_by.get(doi)) is asked
                )
            case "type":
                if value not in TYPES:
                    words = f"Type specified as {value} but must be one of: {', '.join(TYPES)}"
                    raise Refused(("type-not-valid", value, words))
                return lambda doi, work: work.get("type") == value
            case "prefix":
                return lambda doi, work: work.get("prefix", doi.split("/")[0]) == value
            case "issn":
                return lambda doi, work: value.upper() in (work.get("ISSN") or [])
            case "from-pub-date":
                date = filter_date(value)
                return lambda doi, work: date_key(work)[: len(date)] >= date
            case "until-pub-date":
                date = filter_date(value)
                return lambda doi, work: (0,) * len(date) < date_key(work)[: len(date)] <= date
        known = (
            "doi, from-pub-date, has-update, is-update, issn, prefix, type, until-pub-date,"
            " update-type, updates"
        )
        words = (
            f"Filter '{name}' specified but there is no such filter for this route."
            f" Valid filters for this route are: {known}"
        )
        raise Refused(("filter-not-available", name, words))

    def filtered(self, text: str | None) -> list[str]:
        if not text:
            return self.order
        named: dict[str, set[str]] = {}
        tests: dict[str, list[Callable[[str, Mapping[str, Any]], bool]]] = {}
        problems: list[tuple[str, object, str]] = []
        for name, value in filter_pairs(text):
            try:
                dois = self.named(name, value)
                if dois is None:
                    tests.setdefault(name, []).append(self.test(name, value))
                else:
                    named.setdefault(name, set()).update(dois)
            except Refused as refused:
                problems += refused.problems
        if problems:
            raise Refused(*problems)
        return [
            doi
            for doi in self.order
            if all(doi in dois for dois in named.values())
            and all(any(test(doi, self.works[doi]) for test in same) for same in tests.values())
        ]

    def answer(self, query: Mapping[str, str]) -> dict[str, Any] | None:
        """The `message` of a list; None for a cursor that is no good. Raises Refused."""
        rows, offset, select, cursor = self.checked(query)
        dois = self.filtered(query.get("filter"))
        searches = {name: text for name, text in query.items() if name in FIELDS and text.strip()}
        total = len(dois)
        start = offset
        question = repr(sorted((name, text) for name, text in query.items() if name != "cursor"))
        if cursor not in (None, "*"):
            with self._lock:
                issued, asked, start = self._cursors.get(cursor, (0.0, "", 0))
            if asked != question or time.monotonic() - issued > self.cursor_seconds:
                return None
        if searches and "sample" not in query:
            ranked, total = self.search(searches, dois, start + rows, bool(query.get("filter")))
        else:
            score = 0.0 if "filter" in query or "sample" in query else 1.0
            ranked = [(doi, score) for doi in dois]
        if "sort" in query and query["sort"] not in ("score", "relevance"):
            ranked = self.sorted(ranked, query["sort"], query.get("order", "desc"))
        if "sample" in query:
            size = min(int(query["sample"]), len(ranked))
            ranked = random.Random(question).sample(ranked, size)
            total, start = size, 0
        shown = ranked[start : start + rows]
        message: dict[str, Any] = {"facets": {}}
        if cursor is not None:
            message["next-cursor"] = self.next_cursor(question, start + len(shown))
        message |= {
            "total-results": total,
            "items": [item(self.works[doi], score, select) for doi, score in shown],
            "items-per-page": 20 if "sample" in query else rows,
            "query": {"start-index": offset, "search-terms": query.get("query")},
        }
        return message

    def search(
        self, searches: Mapping[str, str], dois: Sequence[str], depth: int, filtered: bool
    ) -> tuple[list[tuple[str, float]], int]:
        """The best by the sum of the fields' scores. A work must share a word in every field."""
        by_field = [self.index(name).scores(text) for name, text in searches.items()]
        common = set.intersection(*(set(scores) for scores in by_field))
        if filtered:
            numbers = {doi: number for number, doi in enumerate(self.order)}
            common &= {numbers[doi] for doi in dois}
        scores = {number: sum(field[number] for field in by_field) for number in common}
        if filtered:
            return [(self.order[n], score) for n, score in best(scores, depth, 0)], len(scores)
        ranked = best(scores, depth, len(self.order))
        return [(self.order[n], score) for n, score in ranked], len(scores) + EVERYTHING_ELSE

    def sorted(
        self, ranked: Sequence[tuple[str, float]], field: str, order: str
    ) -> list[tuple[str, float]]:
        def key(item: tuple[str, float]) -> Any:
            work = self.works[item[0]]
            if field.endswith("-count"):
                return work.get(field, 0)
            return date_key(work, "deposited" if field == "updated" else field)

        return sorted(ranked, key=key, reverse=order == "desc")

    def next_cursor(self, question: str, place: int) -> str:
        digest = hashlib.sha512(f"{question} {place}".encode()).digest()
        token = "DnF1ZXJ5VGhlbkZldGNo+/" + base64.b64encode(digest * 16 + b"+").decode()
        with self._lock:
            self._cursors[token] = (time.monotonic(), question, place)
        return token

    def checked(self, query: Mapping[str, str]) -> tuple[int, int, list[str] | None, str | None]:
        """rows, offset, select and cursor. Raises Refused."""
        rows = integer(query, "rows", 20, MOST_ROWS)
        offset = integer(query, "offset", 0, FARTHEST)
        if rows + offset > FARTHEST:
            raise bad_integer(str(offset), FARTHEST - rows)
        if "sample" in query:
            integer(query, "sample", 0, MOST_SAMPLED)
            if {"rows", "offset"} & set(query):
                words = "Sample cannot be combined with rows or offset"
                raise Refused(("sample-with-rows-or-offset", query["sample"], words))
        if "cursor" in query and {"offset", "sample"} & set(query):
            words = "Cursor cannot be combined with offset or sample"
            raise Refused(("cursor-with-offset-or-sample", query["cursor"], words))
        for name in query:
            if name.startswith("query.") and name not in FIELDS:
                words = f"Field query {name} specified but there is no such field query"
                raise Refused(("field-query-not-available", name, words))
        if query.get("sort", "score") not in SORTS:
            words = f"Sort field specified as {query['sort']} but must be one of: "
            words += ", ".join(sorted(SORTS))
            raise Refused(("sort-field-not-valid", query["sort"], words))
        if query.get("order", "desc") not in ("asc", "desc"):
            words = f"Sort order specified as {query['order']} but must be one of: asc, desc"
            raise Refused(("sort-order-not-valid", query["order"], words))
        select = query["select"].split(",") if "select" in query else None
        unknown = [name for name in select or [] if name not in SELECTABLE]
        if unknown:
            words = "Select specified as {0} but there is no such select for this route"
            raise Refused(*(("select-not-available", n, words.format(n)) for n in unknown))
        return rows, offset, select, query.get("cursor")


def integer(query: Mapping[str, str], name: str, default: int, highest: int) -> int:
    value = query.get(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit() and int(value) <= highest):
        raise bad_integer(value, highest)
    return int(value)


def item(work: Mapping[str, Any], score: float, select: Sequence[str] | None) -> dict[str, Any]:
    """A work as lists show it: nothing empty, and what was selected if anything was."""
    whole = {name: value for name, value in work.items() if value not in ([], {}, None)}
    whole["DOI"] = work["DOI"].lower()
    whole["score"] = score
    if select is None:
        return whole
    return {name: value for name, value in whole.items() if name in select}


def single(work: Mapping[str, Any]) -> dict[str, Any]:
    """A work as it stands alone: these lists are there even when empty, and the score is 1."""
    whole = dict(work)
    for name in ("original-title", "short-title", "subtitle", "subject", "title",
                 "container-title", "short-container-title"):  # fmt: skip
        whole.setdefault(name, [])
    whole.setdefault("relation", {})
    whole["DOI"] = work["DOI"].lower()
    whole["score"] = 1
    return whole
