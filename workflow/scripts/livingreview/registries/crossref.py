"""Crossref: many DOIs in one request, one answer for each DOI.

Source of the behaviour: the REST API's own documentation (https://api.crossref.org/swagger-ui/)
and https://github.com/CrossRef/rest-api-doc: repeated `filter=doi:` values are joined with "or",
DOIs that Crossref does not hold are silently absent from a list, `rows` is 20 unless told, a DOI
that was given up for another answers 301 and is absent from lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote

from livingreview.references.doi import normalise_doi
from livingreview.registries.asking import ask_batches
from livingreview.registries.client import (
    Client,
    ForeignError,
    GarbledError,
    RefusedError,
    RegistryError,
    Response,
)
from livingreview.registries.parallel import THREADS, in_parallel

Line = dict[str, Any]
Work = dict[str, Any]

# Bytes of path and query. No limit is documented; 6,300 were answered and longer ones refused with
# 414, so this is where the first list begins, and a refusal halves it.
MOST_BYTES = 6000
MOST_ROWS = 1000  # of one answer, as the API says itself
TOO_LONG = frozenset({413, 414, 431})
CANDIDATES = 20  # the true record of a reference stands among the first, not always at the top
# In a filter a comma ends a value and a colon its name; the others have a meaning in an address.
ODD_SIGNS = frozenset(',:<>#;?%+[]{}|\\^"` &')
# What is kept of a record: its other keys change daily (is-referenced-by-count, indexed), are
# large (reference, license, link) or say nothing of the work.
KEPT = frozenset(
    (
        "DOI",
        "ISBN",
        "ISSN",
        "URL",
        "abstract",
        "article-number",
        "author",
        "clinical-trial-number",
        "container-title",
        "editor",
        "group-title",
        "institution",
        "issue",
        "issued",
        "journal-issue",
        "language",
        "original-title",
        "page",
        "posted",
        "published",
        "published-online",
        "published-print",
        "publisher",
        "relation",
        "short-container-title",
        "short-title",
        "subtitle",
        "subtype",
        "title",
        "type",
        "update-to",
        "updated-by",
        "volume",
    )
)
KEPT_OF_NAMES = ("family", "given", "name", "suffix", "sequence")
# `select` does not know journal-issue, language and subtype, so lists by DOI are not selected.
SELECTED = (
    "DOI,type,title,subtitle,original-title,short-title,author,container-title,"
    "short-container-title,ISSN,volume,issue,page,article-number,issued,published,published-print,"
    "published-online,publisher,update-to,updated-by,relation"
)
SELECTED_OF_NOTICES = "DOI,type,title,author,container-title,issued,published,update-to"


def ask_dois(client: Client, dois: Iterable[str]) -> Iterator[Line]:
    """One line for each DOI (lower case): found, not-found or failed.

    DOIs with an odd sign, and those that a list left out, are asked for one by one: only that
    tells an unknown DOI from one that was given up for another.
    """
    dois = list(dois)
    single = [doi for doi in dois if ODD_SIGNS & set(doi)]
    listed = [doi for doi in dois if not ODD_SIGNS & set(doi)]

    def ask(batch: Sequence[str]) -> Iterator[Line]:
        try:
            works = ask_list(client, doi_list_target, read_doi_list, batch)
        except RefusedError:
            if len(batch) > 1:
                raise
            works = {}
        for doi in batch:
            if doi in works:
                yield line({"doi": doi}, "found", works[doi])
            else:
                single.append(doi)

    yield from ask_lists(client, [listed], doi_list_target, ask, "doi")
    yield from in_parallel(lambda doi: ask_one(client, doi), single)


def ask_one(client: Client, doi: str) -> Line:
    """The line for one DOI; the record may have another DOI, to which this one was redirected."""
    target = f"/works/{quote(doi, safe='()')}{contact(client, '?')}"
    try:
        work = client.ask(target, lambda response: read_one(response, doi), pool="single")
    except RegistryError as error:
        return failed({"doi": doi}, error.reason)
    return line({"doi": doi}, "found", work) if work else line({"doi": doi}, "not-found")


def ask_updates(client: Client, dois: Iterable[str]) -> Iterator[Line]:
    """One line for each DOI: the notices (corrections, retractions) that say they update it.

    A DOI with an odd sign is a list of its own. One that a filter cannot carry (a comma with a
    colon behind it) is not asked for and has no line; its record's own `updated-by` is then the
    only road.
    """
    dois = list(dois)
    single = [[doi] for doi in dois if ODD_SIGNS & set(doi) and ":" not in doi.partition(",")[2]]
    groups = [[doi for doi in dois if not ODD_SIGNS & set(doi)], *single]

    def ask(batch: Sequence[str]) -> Iterator[Line]:
        notices = ask_list(client, updates_target, read_updates, batch)
        for doi in batch:
            if doi in notices:
                yield line({"updates": doi}, "found", {"items": notices[doi]})
            else:
                yield line({"updates": doi}, "not-found")

    yield from ask_lists(client, groups, updates_target, ask, "updates")


def ask_searches(client: Client, queries: Iterable[str]) -> Iterator[Line]:
    """One line for each text: the candidate works in Crossref's own order, or not-found."""

    def ask(query: str) -> Line:
        question = {"bibliographic": query}
        target = (
            f"/works?query.bibliographic={quote(query, safe='')}&rows={CANDIDATES}"
            f"&select={SELECTED}{contact(client, '&')}"
        )
        try:
            works = client.ask(target, read_candidates, pool="list")
        except RegistryError as error:
            return failed(question, error.reason)
        return line(question, "found", {"items": works}) if works else line(question, "not-found")

    yield from in_parallel(ask, queries)


# --- Lists -----------------------------------------------------------------------------------

Target = Callable[[Client, Sequence[str]], str]
Read = Callable[[Response, Sequence[str]], dict[str, Any]]


def ask_lists(
    client: Client,
    groups: Iterable[list[str]],
    target: Target,
    ask: Callable[[Sequence[str]], Iterable[Line]],
    name: str,
) -> Iterator[Line]:
    """As many DOIs of a group a request as the address takes. What is refused as too long halves
    the length of all that follows."""
    most_bytes = MOST_BYTES

    def cut(dois: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
        return first_batch(dois, most_bytes, client, target)

    def refused(dois: Sequence[str], error: RefusedError) -> None:
        nonlocal most_bytes
        if error.status in TOO_LONG:
            most_bytes = min(most_bytes, len(target(client, dois)) // 2)

    yield from ask_batches(
        [group for group in groups if group],
        ask,
        lambda doi: {"_source": "crossref", "_query": {name: doi}},
        threads=THREADS,
        cut=cut,
        refused=refused,
    )


def ask_list(client: Client, target: Target, read: Read, batch: Sequence[str]) -> dict[str, Any]:
    return client.ask(
        target(client, batch),
        lambda response: read(response, batch),
        pool="list",
        divisible=len(batch) > 1,
    )


def first_batch(
    dois: Sequence[str], most_bytes: int, client: Client, target: Target
) -> tuple[Sequence[str], Sequence[str]]:
    """As many of the DOIs as the address takes, one at least; and the others."""
    size = len(target(client, []))
    for place, doi in enumerate(dois[:MOST_ROWS]):
        size += len(f"updates:{quoted(doi)},")
        if place and size > most_bytes:
            return dois[:place], dois[place:]
    return dois[:MOST_ROWS], dois[MOST_ROWS:]


def doi_list_target(client: Client, dois: Sequence[str]) -> str:
    named = ",".join(f"doi:{quoted(doi)}" for doi in dois)
    return f"/works?filter={named}&rows={MOST_ROWS}{contact(client, '&')}"


def updates_target(client: Client, dois: Sequence[str]) -> str:
    named = ",".join(f"updates:{quoted(doi)}" for doi in dois)
    return (
        f"/works?filter={named}&select={SELECTED_OF_NOTICES}&rows={MOST_ROWS}{contact(client, '&')}"
    )


def quoted(doi: str) -> str:
    """The DOI in a query: slashes and brackets need no escape there, and each one costs bytes."""
    return quote(doi, safe="/()")


def contact(client: Client, sign: str) -> str:
    return f"{sign}mailto={quote(client.mailto, safe='@')}" if client.mailto else ""


# --- Reading ---------------------------------------------------------------------------------


def read_doi_list(response: Response, dois: Sequence[str]) -> dict[str, Work]:
    """The records by DOI; a record that was not asked for says that the answer is another's."""
    works = {work["DOI"].lower(): work for work in read_list(response)}
    if not works.keys() <= set(dois):
        raise GarbledError("the answer is about other DOIs")
    return works


def read_updates(response: Response, dois: Sequence[str]) -> dict[str, list[Work]]:
    found: dict[str, list[Work]] = {}
    for notice in selected(read_list(response), SELECTED_OF_NOTICES):
        updates = notice.get("update-to")
        named = {
            form
            for entry in (updates if isinstance(updates, list) else [])
            if isinstance(entry, dict) and isinstance(entry.get("DOI"), str)
            for form in (entry["DOI"].strip().lower(), normalise_doi(entry["DOI"]))
        }
        if not named.intersection(dois):
            raise GarbledError("the answer is about other DOIs")
        for doi in named.intersection(dois):
            found.setdefault(doi, []).append(notice)
    return found


def read_candidates(response: Response) -> list[Work]:
    return selected(read_list(response, all_of_them=False)[:CANDIDATES], SELECTED)


def selected(works: list[Work], names: str) -> list[Work]:
    """The works with the fields that were asked for, also where a server gives them all."""
    wanted = names.split(",")
    return [{name: work[name] for name in wanted if name in work} for work in works]


def read_list(response: Response, all_of_them: bool = True) -> list[Work]:
    """The works of a list; `all_of_them`: fewer than the registry counts is no whole answer."""
    message = read_message(response)
    items = message.get("items")
    if not isinstance(items, list):
        raise GarbledError("the answer holds no list of works")
    total = message.get("total-results")
    if all_of_them and isinstance(total, int) and total > len(items):
        if len(items) >= MOST_ROWS:
            raise RefusedError("more works than one answer holds", 413)
        raise GarbledError("the answer is not whole")
    works = [kept(item) for item in items if isinstance(item, dict)]
    return [work for work in works if isinstance(work.get("DOI"), str)]


def read_one(response: Response, doi: str) -> Work | None:
    """The record, None for a DOI that Crossref does not hold."""
    if response.status != 200:
        # Its exact words, as text whatever the content type says. Something else answers for a
        # wrong base address or a proxy, and says nothing of the DOI.
        if not response.body.strip().lower().startswith(b"resource not found"):
            raise ForeignError(f"HTTP {response.status}, not in the registry's words")
        return None
    work = kept(read_message(response))
    found = work.get("DOI")
    if not isinstance(found, str):
        raise GarbledError("the answer holds no DOI")
    moved = response.redirected and unquote(response.url).lower().find(found.lower()) >= 0
    if found.lower() != doi and not moved:
        raise GarbledError("the answer is about another DOI")
    return work


def read_message(response: Response) -> dict[str, Any]:
    if response.status != 200:
        raise ForeignError(f"HTTP {response.status}")
    body = response.json()
    if not isinstance(body, dict) or not isinstance(body.get("message"), dict):
        raise ForeignError("the answer is not a Crossref message")
    return body["message"]


def kept(work: Mapping[str, Any]) -> Work:
    """The record without what is never compared; empty lists, which only single records carry,
    are left out, so that one record is the same however it was asked for."""
    record = {name: value for name, value in work.items() if name in KEPT and value not in ([], {})}
    for role in ("author", "editor"):
        if isinstance(record.get(role), list):
            record[role] = [
                {name: person[name] for name in KEPT_OF_NAMES if name in person}
                for person in record[role]
                if isinstance(person, dict)
            ]
    return record


def line(query: dict[str, str], outcome: str, record: Mapping[str, Any] | None = None) -> Line:
    return {**(record or {}), "_source": "crossref", "_query": query, "_outcome": outcome}


def failed(query: dict[str, str], reason: str) -> Line:
    return line(query, "failed", {"_reason": reason})
