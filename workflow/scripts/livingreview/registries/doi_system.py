"""The DOI system itself: which agency holds a DOI's prefix, and whether the DOI exists.

Sources: "Which RA?" and the Handle proxy's REST API in the DOI Handbook
(https://www.doi.org/doi-handbook/HTML/resources.html, https://www.handle.net/proxy_servlet.html).
An agency is asked for by the prefix alone: answers seen in public recordings disagree on whether
the agency answer for a whole DOI says that the DOI exists, for a prefix they agree. Only the
handle says that a DOI exists or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from urllib.parse import quote

from livingreview.registries.asking import Line, ask_batches, ask_each
from livingreview.registries.client import Client, GarbledError, Response

MOST_PREFIXES = 20  # in one address
UNKNOWN_PREFIX = "DOI does not exist"  # the words of doi.org
FOUND, NOT_FOUND = 1, 100  # response codes of the Handle System


def doi_path(doi: str) -> str:
    """The DOI as a part of an address.

    Slashes stay, but not the last, which servers drop (rcrossref #239), nor those about a segment
    that is empty or dots, which programs on the way would resolve.
    """
    inner = doi.rstrip("/").split("/")
    safe = "/:()" if all(part.strip(".") for part in inner) else ":()"
    path = quote(doi.rstrip("/"), safe=safe)
    return path + "%2F" * (len(doi) - len(doi.rstrip("/")))


def ask_agencies(client: Client, dois: Iterable[str]) -> Iterator[Line]:
    """The agency of each DOI's prefix, or that doi.org knows no such prefix; a line per DOI.

    The answer is about the prefix: it proves nothing about the DOI.
    """
    by_prefix: dict[str, list[str]] = {}
    for doi in dict.fromkeys(dois):
        by_prefix.setdefault(doi.partition("/")[0].lower(), []).append(doi)
    prefixes = list(by_prefix)
    batches = [
        prefixes[start : start + MOST_PREFIXES] for start in range(0, len(prefixes), MOST_PREFIXES)
    ]

    def ask(batch: Sequence[str]) -> list[Line]:
        target = "/ra/" + ",".join(quote(prefix, safe="") for prefix in batch)
        answers = client.ask(target, partial(read_agencies, batch))
        return [{**prefix_line(prefix), **answers[prefix]} for prefix in batch]

    def prefix_line(prefix: str) -> Line:
        return {"_source": "agency", "_query": {"prefix": prefix}}

    for answer in ask_batches(batches, ask, prefix_line):
        for doi in by_prefix[answer["_query"]["prefix"]]:
            yield {**answer, "_query": {"doi": doi}}


def read_agencies(prefixes: Sequence[str], response: Response) -> dict[str, Line]:
    """The agency of each prefix that was asked for, whatever the order of the answers.

    `[{"DOI": "10.7554", "RA": "Crossref"}, {"DOI": "10.99999", "status": "DOI does not exist"}]`.
    The other statuses ("Invalid DOI", "Unknown") say that doi.org cannot tell: no answer.
    """
    if response.status != 200:
        raise GarbledError(f"HTTP {response.status} from doi.org's agency look-up")
    answers = response.json()
    found: dict[str, Line] = {}
    for answer in answers if isinstance(answers, list) else []:
        prefix = answer.get("DOI") if isinstance(answer, dict) else None
        if not isinstance(prefix, str) or prefix.lower() not in prefixes:
            raise GarbledError("doi.org answers for a prefix that was not asked for")
        agency, status = answer.get("RA"), answer.get("status")
        if isinstance(agency, str) and agency.strip():
            found[prefix.lower()] = {"_outcome": "found", "agency": agency.strip()}
        elif status == UNKNOWN_PREFIX:
            found[prefix.lower()] = {"_outcome": "not-found"}
        elif isinstance(status, str) and status.strip():
            reason = f"doi.org names no agency: {status.strip()[:100]}"
            found[prefix.lower()] = {"_outcome": "failed", "_reason": reason}
    if any(prefix not in found for prefix in prefixes):
        raise GarbledError("doi.org does not answer for every prefix")
    return found


def ask_handles(client: Client, dois: Iterable[str]) -> Iterator[Line]:
    """Whether each DOI exists, whoever registered it."""
    return ask_each(
        client, "handle", "doi", dois, lambda doi: f"/api/handles/{doi_path(doi)}", read_handle
    )


def read_handle(doi: str, response: Response) -> Line:
    """`{"responseCode": 1, "handle": "10.1000/182", "values": [...]}`, 100 with HTTP 404 if none.

    Only the Handle System's own code says that a DOI does not exist: a bare 404, or a page, may
    be anyone's on the way.
    """
    answer = response.json()
    if not isinstance(answer, dict):
        raise GarbledError("the answer is not one of the Handle System")
    handle, code = answer.get("handle"), answer.get("responseCode")
    if not isinstance(handle, str) or handle.lower() != doi.lower():
        raise GarbledError("the answer is about another handle")
    if isinstance(code, bool) or not isinstance(code, int):
        raise GarbledError("the answer has no response code")
    if code == FOUND and response.status != 200:
        raise GarbledError("the answer contradicts its status")
    if code == FOUND:
        return {"_outcome": "found"}
    if code == NOT_FOUND:
        return {"_outcome": "not-found"}
    return {"_outcome": "failed", "_reason": f"the Handle System answers with code {code}"}
