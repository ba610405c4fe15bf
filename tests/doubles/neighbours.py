"""Small local doubles of doi.org, DataCite and ClinicalTrials.gov, and a web site.

Each function starts a server; close it, or use it in a `with`. Options are those of LocalServer
(`faults`, `latency`, `port`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from doubles.server import LocalServer
from doubles.wire import Reply, Request

DOI = re.compile(r"10\.[0-9]{4,}(\.[0-9]+)*/\S+")
PREFIX = re.compile(r"10\.[0-9]{4,}(\.[0-9]+)*")
JSON_UTF8 = {"content-type": "application/json;charset=UTF-8"}
HTML_UTF8 = {"content-type": "text/html;charset=utf-8"}


def json_reply(
    value: object, status: int = 200, headers: Mapping[str, str] = JSON_UTF8, *answers: object
) -> Reply:
    return Reply(status, headers, json.dumps(value, ensure_ascii=False).encode(), answers=answers)


def html_reply(title: str, status: int = 200, body: str = "") -> Reply:
    text = f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>{body}</body></html>\n"
    return Reply(status, HTML_UTF8, text.encode())


def local_doi_org(
    agencies: Mapping[str, str] | None = None, handles: Iterable[str] = (), **options: Any
) -> LocalServer:
    """doi.org: which agency a prefix belongs to, and whether a DOI is registered.

    `agencies`: a prefix to the agency's name as doi.org spells it ("ISTIC"). It answers for every
    DOI below the prefix, invented ones too. `handles`: the DOIs that exist.
    """
    agencies = {prefix.lower(): name for prefix, name in (agencies or {}).items()}
    handles = {doi.lower() for doi in handles}

    def agency_of(text: str) -> dict[str, str]:
        prefix = text.strip().split("/")[0].lower()
        if not PREFIX.fullmatch(prefix):
            return {"DOI": text, "status": "Invalid DOI"}
        if prefix not in agencies:
            return {"DOI": text, "status": "DOI does not exist"}
        return {"DOI": text, "RA": agencies[prefix]}

    def handle(doi: str) -> Reply:
        if doi.lower() not in handles:
            value = {"responseCode": 100, "handle": doi}
            return json_reply(value, 404, JSON_UTF8, ("handle", doi.lower()))
        location = {"format": "string", "value": f"https://example.org/{doi}"}
        values = [{"index": 1, "type": "URL", "data": location, "ttl": 86400}]
        value = {"responseCode": 1, "handle": doi, "values": values}
        return json_reply(value, 200, JSON_UTF8, ("handle", doi.lower()))

    def respond(request: Request) -> Reply:
        path = request.path
        for route in ("/ra/", "/doiRA/"):
            if path.startswith(route):
                texts = unquote(path.removeprefix(route)).split(",")
                answers = [("agency", text.lower()) for text in texts]
                return json_reply([agency_of(text) for text in texts], 200, JSON_UTF8, *answers)
        if path.startswith("/api/handles/"):
            return handle(unquote(path.removeprefix("/api/handles/")))
        doi = unquote(path.removeprefix("/"))
        if not DOI.fullmatch(doi):
            return html_reply("Error: Not a DOI", 400)
        if doi.lower() not in handles:
            return html_reply("Error: DOI Not Found", 404, "<h1>DOI Not Found</h1>")
        return Reply(302, {"location": f"https://example.org/{quote(doi)}", **HTML_UTF8})

    def mistake(request: Request, reply: Reply) -> Reply:
        if request.path.startswith("/api/handles/"):
            other = sorted(handles - {unquote(request.path[13:]).lower()})
            return handle(other[0] if other else "10.5555/another")
        return json_reply([agency_of("10.5555/another")])

    return LocalServer(respond, mistake=mistake, **options)


JSON_API = {"content-type": "application/vnd.api+json; charset=utf-8"}


def local_datacite(records: Iterable[Mapping[str, Any]] = (), **options: Any) -> LocalServer:
    """DataCite: `records` are whole answers ({"data": ...}), as `datacite_record` makes them."""
    by_doi = {record["data"]["id"].lower(): record for record in records}

    def respond(request: Request) -> Reply:
        if not request.path.startswith("/dois/"):
            return json_reply({"errors": [{"status": "404"}]}, 404, JSON_API)
        doi = unquote(request.path.removeprefix("/dois/")).lower()
        if doi in by_doi:
            return json_reply(by_doi[doi], 200, JSON_API, ("doi", doi))
        missing = {"status": "404", "title": "The resource you are looking for doesn't exist."}
        return json_reply({"errors": [missing]}, 404, JSON_API, ("doi", doi))

    def mistake(request: Request, reply: Reply) -> Reply:
        doi = unquote(request.path.removeprefix("/dois/")).lower()
        others = [record for other, record in sorted(by_doi.items()) if other != doi]
        return json_reply(others[0], 200, JSON_API) if others else reply

    return LocalServer(respond, mistake=mistake, **options)


def local_clinicaltrials(
    studies: Iterable[Mapping[str, Any]] = (),
    aliases: Mapping[str, str] | None = None,
    **options: Any,
) -> LocalServer:
    """ClinicalTrials.gov, version 2. `studies` as `study` makes them; `aliases` lead from an
    obsolete number to the one that replaced it."""
    by_number = {number_of(study): study for study in studies}
    aliases = aliases or {}

    def respond(request: Request) -> Reply:
        if not request.path.startswith("/api/v2/studies/"):
            return Reply(404, {"content-type": "text/plain"}, b"Not found")
        number = unquote(request.path.removeprefix("/api/v2/studies/")).upper()
        if not re.fullmatch(r"NCT[0-9]{8}", number):
            return Reply(400, {"content-type": "text/plain"}, b"nctId has incorrect format")
        if number in aliases:
            return Reply(301, {"location": f"/api/v2/studies/{aliases[number]}"})
        if number in by_number:
            return json_reply(
                by_number[number], 200, {"content-type": "application/json"}, ("study", number)
            )
        words = f"NCT number {number} not found".encode()
        return Reply(404, {"content-type": "text/plain"}, words, answers=(("study", number),))

    def mistake(request: Request, reply: Reply) -> Reply:
        number = unquote(request.path.removeprefix("/api/v2/studies/")).upper()
        others = [other for key, other in sorted(by_number.items()) if key != number]
        return json_reply(others[0], 200, {"content-type": "application/json"}) if others else reply

    return LocalServer(respond, mistake=mistake, **options)


def number_of(study: Mapping[str, Any]) -> str:
    return study["protocolSection"]["identificationModule"]["nctId"]


@dataclass(frozen=True)
class Page:
    """A page of a site. `to` makes it a redirect; `type` is its content type."""

    title: str = ""
    status: int = 200
    to: str | None = None
    type: str = "text/html; charset=utf-8"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def local_site(pages: Mapping[str, Page | str], **options: Any) -> LocalServer:
    """A web site: a path (with its query, if it has one) to a page, or to a page's title."""

    def respond(request: Request) -> Reply:
        page = pages.get(request.target, pages.get(request.path))
        if page is None:
            return html_reply("404 Not Found", 404)
        if isinstance(page, str):
            page = Page(page)
        if page.to is not None:
            status = page.status if page.status != 200 else 302
            return Reply(status, {"location": page.to, **page.headers})
        headers = {"content-type": page.type, **page.headers}
        body = page.body if page.body is not None else html_reply(page.title).body
        return Reply(page.status, headers, body)

    return LocalServer(respond, **options)
