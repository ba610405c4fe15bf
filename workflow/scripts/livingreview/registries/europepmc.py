"""Europe PMC, and PubMed through it: many DOIs in one request, searches for works without one.

Sources: the REST service's own pages (https://europepmc.org/RestfulWebService) and its list of
search fields (https://www.ebi.ac.uk/europepmc/webservices/rest/fields: DOI). Phrases stand in
quotation marks. `resultType=core` gives the record whole, `pageSize` is 25 unless told, 1000 at
most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from livingreview.references.doi import normalise_doi
from livingreview.references.work import strings
from livingreview.registries.asking import Line, ask_batches, ask_each
from livingreview.registries.client import (
    Client,
    GarbledError,
    Response,
)
from livingreview.registries.europepmc_record import crossref_shape
from livingreview.registries.reading import object_of

MOST_DOIS = 60
MOST_BYTES = 3800  # of the question in an address; servers read some 4,000
MOST_RESULTS = 1000  # of one answer; a DOI has a few: in PubMed, in PMC, as a preprint
MOST_CANDIDATES = 10
# Of several records of one DOI: PubMed's is the fullest, then PMC's.
SOURCES = ("MED", "PMC")
# Signs of the question's own syntax: such a DOI is asked for alone.
ODD_SIGNS = frozenset('"\\*?~^[]{}')


def ask_dois(client: Client, dois: Iterable[str]) -> Iterator[Line]:
    """The record of each DOI, or that Europe PMC holds none; many DOIs in one request."""
    return ask_batches(
        batches(list(dict.fromkeys(doi.lower() for doi in dois))),
        partial(ask_batch, client),
        lambda doi: {"_source": "europepmc", "_query": {"doi": doi}},
    )


def batches(dois: list[str]) -> Iterator[list[str]]:
    """The DOIs in lists that fit one address; a DOI with an odd sign is a list of its own."""
    batch: list[str] = []
    size = 0
    for doi in dois:
        if ODD_SIGNS & set(doi):
            yield [doi]
            continue
        cost = len(quote(f"{doi_clause(doi)} OR ", safe=""))
        if batch and (len(batch) == MOST_DOIS or size + cost > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(doi)
        size += cost
    if batch:
        yield batch


def doi_clause(doi: str) -> str:
    escaped = doi.replace("\\", "\\\\").replace('"', '\\"')
    return f'DOI:"{escaped}"'


def target(query: str, most: int) -> str:
    parameters = {"query": query, "resultType": "core", "format": "json", "pageSize": most}
    return "/search?" + urlencode(parameters, quote_via=quote, safe="")


def ask_batch(client: Client, dois: Sequence[str]) -> list[Line]:
    """One request for all of the DOIs."""
    query = " OR ".join(map(doi_clause, dois))
    found = client.ask(
        target(query, MOST_RESULTS), partial(read_dois, dois), divisible=len(dois) > 1
    )
    lines = []
    for doi in dois:
        work = found.get(doi)
        outcome = {"_outcome": "found", **work} if work else {"_outcome": "not-found"}
        lines.append({"_source": "europepmc", "_query": {"doi": doi}, **outcome})
    return lines


def read_dois(dois: Sequence[str], response: Response) -> dict[str, dict[str, Any]]:
    """The works by DOI. A record under a DOI that was not asked for spoils the whole answer:
    it stands where that of one that was asked for should."""
    count, results = read_results(response)
    if count > len(results):
        raise GarbledError("the answer holds fewer records than it counts")
    best: dict[str, dict[str, Any]] = {}
    for result in results:
        printed = next(iter(strings(result.get("doi"))), None)
        if printed is None:
            continue
        forms = (printed.strip().lower(), normalise_doi(printed))
        doi = next((form for form in forms if form in dois), None)
        if doi is None:
            raise GarbledError("the answer holds a DOI that was not asked for")
        if doi not in best or rank(result) < rank(best[doi]):
            best[doi] = result
    return {doi: {**crossref_shape(result), "DOI": doi} for doi, result in best.items()}


def rank(result: dict[str, Any]) -> int:
    source = result.get("source")
    return SOURCES.index(source) if source in SOURCES else len(SOURCES)


def read_results(response: Response) -> tuple[int, list[dict[str, Any]]]:
    """How many records the question has, and those in the answer.

    `{"version": "6.9", "hitCount": 1, "request": {...}, "resultList": {"result": [...]}}`
    """
    answer = response.json()
    answer = answer if isinstance(answer, dict) else {}
    results, count = object_of(answer, "resultList").get("result"), answer.get("hitCount")
    listed = isinstance(results, list) and all(isinstance(one, dict) for one in results)
    counted = isinstance(count, int) and not isinstance(count, bool)
    if response.status != 200 or not listed or not counted:
        raise GarbledError("the answer is not a list of Europe PMC's records")
    return count, results


def ask_searches(client: Client, queries: Iterable[str]) -> Iterator[Line]:
    """The first candidates for each question, in the registry's order."""
    return ask_each(
        client,
        "europepmc",
        "search",
        dict.fromkeys(queries),
        lambda query: target(query, MOST_CANDIDATES),
        read_search,
    )


def read_search(query: str, response: Response) -> Line:
    count, results = read_results(response)
    if len(results) < min(count, MOST_CANDIDATES):
        raise GarbledError("the answer holds fewer records than it counts")
    items = [crossref_shape(result) for result in results[:MOST_CANDIDATES]]
    for item in items:
        item.pop("abstract", None)  # a candidate is judged without it, and the lock stays small
    return {"_outcome": "found", "items": items} if items else {"_outcome": "not-found"}
