"""Crossref: many DOIs in one request, one answer for each DOI.

Source of the behaviour: the REST API's own documentation (https://api.crossref.org/swagger-ui/)
and https://github.com/CrossRef/rest-api-doc: repeated `filter=doi:` values are joined with "or",
DOIs that Crossref does not hold are silently absent from a list, `rows` is 20 unless told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from livingreview import __version__

TIMEOUT = (5, 30)  # seconds to connect, seconds between bytes
ATTEMPTS = 4  # again, after the first
MOST_DOIS = 50
MOST_BYTES = 4000  # of the address; the server answers 414 beyond about 4,096 (rest-api-doc #251)
# The filter's own syntax or the address's: such a DOI is asked for alone.
ODD_SIGNS = set(',:<>#;?%+[]{}|\\^"` &')


def open_session(mailto: str) -> requests.Session:
    """A session that says who asks, and tries again on 429 and 5xx as the server wishes."""
    session = requests.Session()
    address = f" (mailto:{mailto})" if mailto else ""
    session.headers["User-Agent"] = f"livingreview/{__version__}{address}"
    retry = Retry(
        total=ATTEMPTS,
        backoff_factor=1,
        backoff_jitter=1,
        status_forcelist=[429, 500, 502, 503, 504],
        allowed_methods=["GET"],
        raise_on_status=False,
    )
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


def batches(dois: list[str]) -> Iterator[list[str]]:
    """The DOIs in lists that fit one address; a DOI with an odd sign is a list of its own."""
    batch: list[str] = []
    size = 0
    for doi in dois:
        if ODD_SIGNS & set(doi):
            yield [doi]
            continue
        cost = len(quote(f"doi:{doi},", safe=""))
        if batch and (len(batch) == MOST_DOIS or size + cost > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(doi)
        size += cost
    if batch:
        yield batch


def ask(
    session: requests.Session, address: str, mailto: str, dois: list[str]
) -> dict[str, tuple[str, dict[str, Any]]]:
    """For each DOI (lower case): its outcome (found, not-found, failed) and its record or reason.

    A list that the server refuses (one DOI spoils a filter: 400; the address is too long: 414) is
    asked for again in halves.
    """
    try:
        if len(dois) == 1:
            return {dois[0]: ask_one(session, address, mailto, dois[0])}
        found = ask_many(session, address, mailto, dois)
    except RefusedError:
        half = len(dois) // 2
        parts = [dois[:half], dois[half:]] if half else []
        answers = [ask(session, address, mailto, part) for part in parts]
        merged = {doi: answer for part in answers for doi, answer in part.items()}
        return merged or failed(dois, "the registry refused the question")
    except requests.JSONDecodeError:
        return failed(dois, "the answer is not JSON")
    except requests.RequestException as error:
        return failed(dois, type(error).__name__)  # its text names the address and all the DOIs
    except ValueError as error:
        return failed(dois, str(error))
    answers = {doi: ("found", work) for doi, work in found.items()}
    for doi in dois:
        if doi not in found:
            # Not held, or the former name of a record, which only the single question tells.
            answers |= ask(session, address, mailto, [doi])
    return {doi: answers[doi] for doi in dois}


def failed(dois: list[str], reason: str) -> dict[str, tuple[str, dict[str, Any]]]:
    return {doi: ("failed", {"_reason": reason}) for doi in dois}


class RefusedError(Exception):
    """The server would not read the question (400, 414)."""


def ask_one(
    session: requests.Session, address: str, mailto: str, doi: str
) -> tuple[str, dict[str, Any]]:
    url = f"{address.rstrip('/')}/works/{quote(doi, safe='')}"
    answer = session.get(url, params=contact(mailto), timeout=TIMEOUT)
    if answer.status_code == 404:  # plain text, never JSON
        return "not-found", {}
    work = message(answer)
    if not isinstance(work.get("DOI"), str):
        raise ValueError("the answer holds no DOI")
    # A DOI that was moved answers with the record that took its place, under another DOI.
    return "found", work


def ask_many(
    session: requests.Session, address: str, mailto: str, dois: list[str]
) -> dict[str, dict[str, Any]]:
    """The records of those that the registry holds, by DOI in lower case."""
    parameters = {
        "filter": ",".join(f"doi:{doi}" for doi in dois),
        "rows": str(len(dois)),
        **contact(mailto),
    }
    answer = session.get(f"{address.rstrip('/')}/works", params=parameters, timeout=TIMEOUT)
    items = message(answer).get("items")
    if not isinstance(items, list):
        raise ValueError("the answer holds no list of works")
    works = [work for work in items if isinstance(work, dict) and isinstance(work.get("DOI"), str)]
    return {work["DOI"].lower(): work for work in works if work["DOI"].lower() in set(dois)}


def message(answer: requests.Response) -> dict[str, Any]:
    if answer.status_code in (400, 414):
        raise RefusedError
    if answer.status_code != 200:
        raise ValueError(f"HTTP {answer.status_code}")
    body = answer.json()
    if not isinstance(body, dict) or not isinstance(body.get("message"), dict):
        raise ValueError("the answer is not a Crossref message")
    return body["message"]


def contact(mailto: str) -> dict[str, str]:
    return {"mailto": mailto} if mailto else {}
