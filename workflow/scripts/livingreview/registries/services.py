"""The clients of the registries that a configuration names."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlsplit

import requests

from livingreview.errors import InputError
from livingreview.progress import Tell
from livingreview.registries.client import Client, Patience, as_sent
from livingreview.registries.guard import origin
from livingreview.registries.sessions import open_session

UNFIT_HOST = re.compile(r"^\.|\.\.|[^\w.:-]")
# ASCII: it is sent in a header.
MAILTO = re.compile(r"[^@\s,;?&\x7f-\U0010ffff]+@[\w.-]+\.[\w-]+", re.ASCII)


@dataclass(frozen=True)
class Services:
    """A client for each registry; None for one that is not to be asked."""

    crossref: Client | None = None
    europepmc: Client | None = None
    doi: Client | None = None  # doi.org: registration agencies, and the handles themselves
    datacite: Client | None = None
    clinicaltrials: Client | None = None
    pages: Client | None = None

    def clients(self) -> Iterator[Client]:
        for field in fields(self):
            client = getattr(self, field.name)
            if client is not None:
                yield client

    def stop(self, reason: str) -> None:
        for client in self.clients():
            client.stop(reason)


NAMES = {
    "crossref": "Crossref",
    "europepmc": "Europe PMC",
    "doi": "doi.org",
    "datacite": "DataCite",
    "clinicaltrials": "ClinicalTrials.gov",
}


def open_services(
    registries: Mapping[str, Any],
    session: requests.Session | None = None,
    patience: Patience | None = None,
    trusted: Collection[str] = (),
    tell: Tell | None = None,
) -> Services:
    """The services of `registries`, the configuration's part of that name.

    `trusted`: further origins that may be in a private network. InputError for an address that is
    not http(s), a `mailto` that is no e-mail address, a CA bundle that is not there.
    """
    check_mailto(registries["mailto"], "registries.mailto")
    check_bundle()
    addresses = {name: registries[name] for name in NAMES if registries[name]}
    for name, address in addresses.items():
        check_address(address, f"registries.{name}")
    origins = {*trusted, *(origin(address) for address in addresses.values())}
    session = session or open_session(origins)
    patience = patience or Patience()

    def client(address: str, name: str, patience: Patience, is_one_host: bool = True) -> Client:
        return Client(
            address,
            registries["mailto"],
            session=session,
            services=origins,
            patience=patience,
            is_one_host=is_one_host,
            name=name,
            tell=tell,
        )

    clients = {name: client(one, NAMES[name], patience) for name, one in addresses.items()}
    # A web page's address is a whole one; the client has none of its own. A site that does not
    # answer twice is left alone.
    twice = replace(patience, attempts=min(2, patience.attempts))
    pages = client("", "web pages", twice, is_one_host=False) if registries["web_pages"] else None
    return Services(**clients, pages=pages)


def check_mailto(mailto: str, key: str) -> None:
    if mailto and not MAILTO.fullmatch(mailto):
        raise InputError(f"not an e-mail address: {mailto!r}", key=key)


def check_address(address: str, key: str) -> None:
    """InputError for what no request could be sent to, or below which no path could stand."""
    try:
        sent = as_sent(address)
        parts = urlsplit(sent)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        usable = usable and not UNFIT_HOST.search(parts.hostname) and not re.search(r"\s", address)
    except ValueError:
        usable = False
    if not usable:
        raise InputError(f"not an http(s) address: {address!r}", key=key)
    if parts.query or parts.fragment:
        raise InputError(
            f"{address!r} has a query or a fragment; give the address before them", key=key
        )


def check_bundle() -> None:
    """`requests` reads these variables, and fails only at the first question."""
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        path = os.environ.get(name)
        if path and not os.path.exists(path):
            raise InputError(f"names a CA bundle that is not there: {path}", key=name)
