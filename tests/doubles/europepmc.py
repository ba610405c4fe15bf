"""A local Europe PMC: its search, with the part of the query language that is used here.

https://europepmc.org/RestfulWebService and https://europepmc.org/Help#fieldsearch
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from doubles.ranking import tokens
from doubles.server import LocalServer
from doubles.wire import Reply, Request

Result = Mapping[str, Any]
Test = Callable[[Result], bool]

# A bracket, a field with its value (a phrase, a range, a word), or a phrase or word alone.
PIECE = re.compile(
    r"""\s*(?:(?P<bracket>[()])
    |(?:(?P<field>[A-Za-z_]+):)?(?:"(?P<phrase>(?:[^"\\]|\\.)*)"|\[(?P<range>[^\]]*)\]
    |(?P<word>[^\s()":\[\]]+)))""",
    re.VERBOSE,
)
JSON = {"content-type": "application/json;charset=UTF-8"}
LITE = (
    "id source pmid pmcid doi title authorString journalTitle issue journalVolume pubYear"
    " journalIssn pageInfo pubType firstPublicationDate"
)


class QueryError(ValueError):
    """A query that is not well-formed, or asks for a field that this double does not know."""


def contains(text: str, phrase: str) -> bool:
    words, wanted = tokens(text), tokens(phrase)
    last = len(words) - len(wanted)
    return any(words[place : place + len(wanted)] == wanted for place in range(last + 1))


def journal_names(result: Result) -> list[str]:
    journal = result.get("journalInfo", {}).get("journal", {})
    names = ("title", "medlineAbbreviation", "isoabbreviation")
    return [journal[name] for name in names if name in journal]


def field_test(field: str, value: str, beginning: bool = False) -> Test:
    """`beginning`: the value ended in an asterisk."""

    def info(result: Result) -> Mapping[str, Any]:
        return result.get("journalInfo", {})

    same = value.strip().casefold()
    match field.upper():
        case "DOI":
            return lambda result: result.get("doi", "").casefold() == same
        case "TITLE":
            return lambda result: contains(result.get("title", ""), value)
        case "JOURNAL":
            return lambda result: any(tokens(n) == tokens(value) for n in journal_names(result))
        case "ISSN" | "ESSN":
            return lambda result: (
                same
                in {info(result).get("journal", {}).get(n, "").casefold() for n in ("issn", "essn")}
            )
        case "VOLUME":
            return lambda result: info(result).get("volume", "").casefold() == same
        case "ISSUE":
            return lambda result: info(result).get("issue", "").casefold() == same
        case "PAGE_INFO":
            if beginning:
                return lambda result: result.get("pageInfo", "").casefold().startswith(same)
            return lambda result: result.get("pageInfo", "").casefold() == same
        case "PUB_YEAR":
            return lambda result: result.get("pubYear") == same
        case "EXT_ID":
            return lambda result: result["id"].casefold() == same
        case "SRC":
            return lambda result: result["source"].casefold() == same
        case "PMCID":
            return lambda result: result.get("pmcid", "").casefold() == same
        case "LANG":
            return lambda result: result.get("language", "").casefold() == same
        case "AUTH":
            return lambda result: any(
                contains(name, value) for name in result.get("authorString", "").split(",")
            )
    raise QueryError(f"no such field: {field}")


def anywhere(value: str) -> Test:
    def test(result: Result) -> bool:
        texts = [result.get("title", ""), result.get("authorString", ""), *journal_names(result)]
        return any(contains(text, value) for text in [*texts, result.get("abstractText", "")])

    return test


def in_range(field: str, value: str) -> Test:
    ends = re.fullmatch(r"\s*([0-9]{4})\s+TO\s+([0-9]{4})\s*", value)
    if field.upper() != "PUB_YEAR" or not ends:
        raise QueryError(f"no such range: {field}:[{value}]")
    return lambda result: ends[1] <= result.get("pubYear", "") <= ends[2]


def parsed(query: str) -> tuple[Test, list[tuple[str, str]]]:
    """The test of a query, and its fields with their values. AND binds more closely than OR,
    and stands where nothing is said."""
    pieces, place = [], 0
    while query[place:].strip():
        piece = PIECE.match(query, place)
        if piece is None:
            raise QueryError(f"not understood from here: {query[place:]}")
        pieces.append(piece)
        place = piece.end()
    asked: list[tuple[str, str]] = []
    position = 0

    def peek() -> str:
        if position >= len(pieces):
            return ""
        piece = pieces[position]
        return piece["bracket"] or (piece["word"] or "*" if not piece["field"] else "*")

    def one() -> Test:
        nonlocal position
        if position >= len(pieces) or peek() in (")", "AND", "OR"):
            raise QueryError(f"something is missing in: {query}")
        if peek() == "NOT":
            position += 1
            inner = one()
            return lambda result: not inner(result)
        piece = pieces[position]
        position += 1
        if piece["bracket"]:
            inner = any_of()
            if peek() != ")":
                raise QueryError(f"a bracket is not closed in: {query}")
            position += 1
            return inner
        if piece["range"] is not None:
            return in_range(piece["field"] or "", piece["range"])
        value = piece["word"] if piece["word"] is not None else piece["phrase"]
        value = re.sub(r"\\(.)", r"\1", value)
        if not piece["field"]:
            return anywhere(value)
        asked.append((piece["field"].upper(), value))
        beginning = piece["word"] is not None and value.endswith("*")
        if beginning and piece["field"].upper() != "PAGE_INFO":
            raise QueryError(f"no asterisk here: {piece['field']}:{value}")
        return field_test(
            piece["field"], value.removesuffix("*") if beginning else value, beginning
        )

    def all_of() -> Test:
        nonlocal position
        tests = [one()]
        while peek() not in ("", ")", "OR"):
            if peek() == "AND":
                position += 1
            tests.append(one())
        return lambda result: all(test(result) for test in tests)

    def any_of() -> Test:
        nonlocal position
        tests = [all_of()]
        while peek() == "OR":
            position += 1
            tests.append(all_of())
        return lambda result: any(test(result) for test in tests)

    whole = any_of()
    if position < len(pieces):
        raise QueryError(f"a bracket too many in: {query}")
    return whole, asked


def lite(result: Result) -> dict[str, Any]:
    flat = dict(result)
    info = result.get("journalInfo", {})
    journal = info.get("journal", {})
    flat["journalTitle"] = journal.get("isoabbreviation") or journal.get("title")
    flat["journalIssn"] = "; ".join(journal[n] for n in ("issn", "essn") if n in journal)
    flat |= {"issue": info.get("issue"), "journalVolume": info.get("volume")}
    flat["pubType"] = "; ".join(result.get("pubTypeList", {}).get("pubType", [])).lower()
    return {name: flat[name] for name in LITE.split() if flat.get(name)}


def local_europepmc(results: Iterable[Result] = (), **options: Any) -> LocalServer:
    """Europe PMC: `results` as `europepmc_result` makes them, found in the order given.

    `settled` counts ("query", text) and ("doi", doi) of every DOI in a query. A query that is not
    understood is an error in the test, raised when the server closes.
    """
    results = list(results)

    def respond(request: Request) -> Reply:
        if request.path != "/search":
            return Reply(404, {"content-type": "text/html"}, b"<h1>404 Not Found</h1>")
        query = request.query
        if query.get("format") != "json":
            xml = b'<?xml version="1.0"?><responseWrapper></responseWrapper>'
            return Reply(200, {"content-type": "application/xml"}, xml)
        test, asked = parsed(query["query"])
        dois = [("doi", value.lower()) for name, value in asked if name == "DOI"]
        found = [result for result in results if test(result)]
        return reply_with(found, query, (("query", query["query"]), *dois))

    def reply_with(
        found: list[Result], query: Mapping[str, str], answers: tuple[Any, ...] = ()
    ) -> Reply:
        size = int(query.get("pageSize", "25"))
        if not 1 <= size <= 1000:
            raise QueryError(f"pageSize={size}")
        mark = query.get("cursorMark", "*")
        start = 0 if mark == "*" else int(mark)
        shape = query.get("resultType", "lite")
        shown = found[start : start + size]
        if shape != "core":
            shown = [lite(result) for result in shown]
        body = {
            "version": "6.9",
            "hitCount": len(found),
            "nextCursorMark": str(start + len(shown)),
            "request": {
                "queryString": query["query"],
                "resultType": shape,
                "cursorMark": mark,
                "pageSize": size,
                "sort": "",
                "synonym": False,
            },
            "resultList": {"result": shown},
        }
        return Reply(200, JSON, json.dumps(body, ensure_ascii=False).encode(), answers=answers)

    def mistake(request: Request, reply: Reply) -> Reply:
        """The last result found is another than the one asked for."""
        test, _ = parsed(request.query["query"])
        found = [result for result in results if test(result)]
        others = [result for result in results if not test(result)]
        return reply_with([*found[:-1], others[0]], request.query) if found and others else reply

    return LocalServer(respond, mistake=mistake, **options)
