"""A local Crossref: serves records over HTTP as api.crossref.org does, limits included.

Behaviour follows the REST API's documentation, its announced limits, and answers seen in 2026.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import quote, unquote

from doubles.crossref_errors import (
    JSON,
    JSON_UTF8,
    Refused,
    cursor_invalid,
    not_found,
    packed,
    refusal,
    too_long,
)
from doubles.crossref_lists import TYPES, Catalogue, filter_pairs, found_doi, item, single
from doubles.faults import HTML, TOO_MANY, Faults
from doubles.server import LocalServer, Logged
from doubles.wire import Reply, Request


@dataclass(frozen=True)
class Limit:
    """So many requests in any `interval` seconds; so many at once, None for any number."""

    rate: int
    interval: float = 1.0
    at_once: int | None = None


# https://www.crossref.org/blog/announcing-changes-to-rest-api-rate-limits/
LIMITS = {
    "public-single": Limit(5, at_once=1),
    "public-array": Limit(1, at_once=1),
    "polite-single": Limit(10, at_once=3),
    "polite-array": Limit(3, at_once=3),
}
# One pool for lists and single records until mid-2026; and what tutorials still quote.
LIMITS_BEFORE_POOLS = {"public": Limit(5, at_once=1), "polite": Limit(10, at_once=3)}
LIMITS_OF_2023 = {"public": Limit(50), "polite": Limit(50)}
BY_NAMING = {"pools": LIMITS, "one-pool": LIMITS_BEFORE_POOLS, "2023": LIMITS_OF_2023}

ALWAYS = {
    "access-control-allow-headers": (
        "X-Requested-With, Accept, Accept-Encoding, Accept-Charset, Accept-Language,"
        " Accept-Ranges, Cache-Control"
    ),
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "Link",
    "permissions-policy": "interest-cohort=()",
    "server": "Jetty(9.4.40.v20210413)",
}
# Small answers come as they are.
SMALLEST_ZIPPED = 1000


class Throttle:
    """Strict: a refused request has arrived too, and counts."""

    def __init__(self, limits: Mapping[str, Limit]) -> None:
        self.limits = limits
        self.arrivals: dict[str, deque[float]] = {pool: deque() for pool in limits}
        self.at_once: Counter[str] = Counter()
        self.most_at_once: Counter[str] = Counter()
        self.lock = threading.Lock()

    def enter(self, pool: str, now: float) -> bool:
        """Whether the request may go on; `leave` it in either case. At once counts all that
        strangers, or all that the polite, have under way."""
        limit, kind = self.limits[pool], pool.split("-")[0]
        with self.lock:
            arrivals = self.arrivals[pool]
            while arrivals and now - arrivals[0] >= limit.interval:
                arrivals.popleft()
            arrivals.append(now)
            self.at_once[kind] += 1
            self.most_at_once[kind] = max(self.most_at_once[kind], self.at_once[kind])
            too_many = limit.at_once is not None and self.at_once[kind] > limit.at_once
            return len(arrivals) <= limit.rate and not too_many

    def leave(self, pool: str) -> None:
        with self.lock:
            self.at_once[pool.split("-")[0]] -= 1


class LocalCrossref:
    """`works` in Crossref's shape. `aliases` lead from a DOI to the one that has the record.

    `agencies` names the agency of a prefix or DOI that is not Crossref's ("datacite").
    `naming` of the pools: "pools" (lists and single records apart), "one-pool" (2026-06), "2023".
    `limits` changes what is told and enforced, by pool; `enforced=False` only tells.
    `redirects` to an alias's record: "absolute", "relative", or "both" in turn.
    `latency` in seconds of every answer; `refused_as` "429" (nothing but the status) or "429-html".
    """

    def __init__(
        self,
        works: Iterable[Mapping[str, Any]] = (),
        *,
        aliases: Mapping[str, str] | None = None,
        agencies: Mapping[str, str] | None = None,
        naming: str = "pools",
        limits: Mapping[str, Limit] | None = None,
        enforced: bool = True,
        latency: float = 0.0,
        longest_line: int = 8190,
        redirects: str = "both",
        refused_as: str = "429",
        cursor_seconds: float = 300.0,
        faults: Faults | None = None,
        port: int = 0,
    ) -> None:
        self.catalogue = Catalogue(list(works), cursor_seconds)
        self.aliases = {one.lower(): two.lower() for one, two in (aliases or {}).items()}
        self.agencies = {key.lower(): name for key, name in (agencies or {}).items()}
        self.naming = naming
        self.throttle = Throttle({**BY_NAMING[naming], **(limits or {})})
        self.enforced = enforced
        self.latency = latency
        self.longest_line = longest_line
        self.redirects = redirects
        self.refused_as = refused_as
        self.server = LocalServer(self.respond, faults=faults, mistake=self.mistake, port=port)
        self.address = self.server.address

    def close(self) -> None:
        self.server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: Any) -> None:
        self.server.__exit__(*exception)

    @property
    def requests(self) -> list[Logged]:
        return self.server.requests

    @property
    def statuses(self) -> Counter[int]:
        return self.server.statuses

    @property
    def lists(self) -> int:
        """Requests to the list route, whatever became of them."""
        return sum(is_list(request.path) for request in self.requests)

    @property
    def singles(self) -> int:
        return len(self.requests) - self.lists

    @property
    def asked(self) -> Counter[str]:
        """How often each DOI was asked for and answered (found or not) soundly and whole."""
        return self.asked_in("list") + self.asked_in("single")

    def asked_in(self, kind: str) -> Counter[str]:
        """The same of one kind: DOIs in a "list" or "single", DOIs whose "updates" were asked for,
        texts of a "search"."""
        settled = self.server.settled.items()
        return Counter({question: n for (one, question), n in settled if one == kind})

    # Routes

    def respond(self, request: Request) -> Reply:
        if request.line_bytes > self.longest_line:
            return too_long()
        pool = self.pool(request)
        allowed = self.throttle.enter(pool, request.time)
        try:
            if self.enforced and not allowed:
                return refused(self.refused_as)
            if self.latency:
                time.sleep(self.latency)
            return self.dressed(self.route(request), request, pool)
        finally:
            self.throttle.leave(pool)

    def pool(self, request: Request) -> str:
        polite = bool(request.query.get("mailto")) or "mailto:" in request.headers.get(
            "user-agent", ""
        )
        kind = "polite" if polite else "public"
        if self.naming != "pools":
            return kind
        return f"{kind}-{'array' if is_list(request.path) else 'single'}"

    def route(self, request: Request) -> Reply:
        path = request.path.removeprefix("/v1")
        if request.method not in ("GET", "HEAD"):
            return Reply(405, {"content-type": "text/plain"})
        if path == "/works":
            return self.works(request)
        if path.startswith("/works/"):
            return self.below_works(path.removeprefix("/works/"), request)
        if path == "/types":
            items = [{"id": name, "label": label} for name, label in TYPES.items()]
            return enveloped("type-list", {"total-results": len(items), "items": items}, JSON_UTF8)
        return not_found()

    def works(self, request: Request) -> Reply:
        try:
            message = self.catalogue.answer(request.query)
        except Refused as refused:
            return refusal(refused.problems)
        if message is None:
            return cursor_invalid(request.query["cursor"])
        return replace(enveloped("work-list", message), answers=settled(request.query))

    def below_works(self, rest: str, request: Request) -> Reply:
        rest, agency = split_route(rest, "/agency")
        if agency:
            rest = rest.partition(";")[0]
        # Decoded once, a plus meaning a blank; a last slash counts only when encoded.
        text = unquote(rest.replace("+", " "))
        doi = found_doi(text) if not rest.endswith("/") else None
        if agency:
            return self.agency(doi)
        if "select" in request.query:
            words = "This route does not support select"
            return refusal((("parameter-not-allowed", "select", words),))
        if doi in self.aliases:
            return Reply(301, {"location": self.location(doi)})
        work = self.catalogue.works.get(doi) if doi else None
        answers = (("single", doi),) if doi and request.method == "GET" else ()
        if work is None:
            return replace(not_found(), answers=answers)
        return replace(enveloped("work", single(work)), answers=answers)

    def location(self, alias: str) -> str:
        place = f"/works/{quote(self.aliases[alias], safe='')}"
        absolute = self.redirects == "absolute" or (
            self.redirects == "both" and sorted(self.aliases).index(alias) % 2 == 0
        )
        return self.address + place if absolute else place

    def agency(self, doi: str | None) -> Reply:
        if doi is None:
            return not_found("application/json;charset=utf-8")
        known = doi in self.catalogue.works or doi in self.aliases
        label = self.agencies.get(doi) or self.agencies.get(doi.split("/")[0])
        if label is None and not known:
            return not_found("application/json;charset=utf-8")
        label = label or "Crossref"
        message = {"DOI": doi, "agency": {"id": label.lower(), "label": label}}
        return enveloped("work-agency", message, JSON_UTF8)

    # Headers

    def dressed(self, reply: Reply, request: Request, pool: str) -> Reply:
        limit = self.throttle.limits[pool]
        headers = dict(ALWAYS)
        headers["x-api-pool"] = pool
        told = {"limit": str(limit.rate), "interval": f"{limit.interval:g}s"}
        for name, value in told.items():
            headers[f"x-rate-limit-{name}"] = value
            if self.naming == "2023":
                headers[f"x-ratelimit-{name}"] = value
        if limit.at_once is not None:
            headers["x-concurrency-limit"] = str(limit.at_once)
        headers |= reply.headers
        accepts = "gzip" in request.headers.get("accept-encoding", "")
        if reply.status == 200 and accepts and len(reply.body) >= SMALLEST_ZIPPED:
            vary = [reply.headers["vary"]] if "vary" in reply.headers else []
            headers["vary"] = ", ".join([*vary, "Accept-Encoding"])
            headers["content-encoding"] = "gzip"
            body = gzip.compress(reply.body, 1, mtime=0)
            return replace(reply, headers=headers, body=body, chunked=False)
        return replace(reply, headers=headers)

    # Faults

    def mistake(self, request: Request, reply: Reply) -> Reply:
        """A sound answer about another work: what a mixed-up cache would send."""
        others = self.catalogue.order
        if reply.status not in (200, 404) or not others:
            return reply
        digest = hashlib.sha256(request.target.encode()).digest()
        pool = self.pool(request)
        if not is_list(request.path):
            own = found_doi(unquote(request.path))
            doi = other_than(others, {own}, digest)
            return self.dressed(enveloped("work", single(self.catalogue.works[doi])), request, pool)
        message = self.catalogue.answer(request.query)
        if not message or not message["items"]:
            return reply
        asked = {doi for _, doi in settled(request.query)}
        doi = other_than(others, asked, digest)
        place = digest[8] % len(message["items"])
        message["items"][place] = item(self.catalogue.works[doi], 0.0, None)
        return self.dressed(enveloped("work-list", message), request, pool)


def is_list(path: str) -> bool:
    return path.removeprefix("/v1").rstrip("/") == "/works"


def split_route(rest: str, suffix: str) -> tuple[str, bool]:
    """Cut off textually: a DOI that really ends so cannot be reached."""
    return (rest.removesuffix(suffix), True) if rest.endswith(suffix) else (rest, False)


def settled(query: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The questions that a list of this query answers."""
    found = []
    for name, value in filter_pairs(query["filter"]) if query.get("filter") else ():
        doi = found_doi(value)
        if doi and name in ("doi", "updates"):
            found.append(("list" if name == "doi" else "updates", doi))
    searches = (value for name, value in query.items() if name == "query.bibliographic")
    return (*found, *(("search", text) for text in searches))


def enveloped(kind: str, message: Any, headers: Mapping[str, str] = JSON) -> Reply:
    body = {"status": "ok", "message-type": kind, "message-version": "1.0.0", "message": message}
    return Reply(200, headers, packed(body), chunked=True)


def other_than(dois: Sequence[str], asked: set[str | None], digest: bytes) -> str:
    start = int.from_bytes(digest[:8]) % len(dois)
    turned = [*dois[start:], *dois[:start]]
    return next((doi for doi in turned if doi not in asked), turned[0])


def refused(kind: str) -> Reply:
    return Reply(429, HTML, TOO_MANY, close=True) if kind == "429-html" else Reply(429)
