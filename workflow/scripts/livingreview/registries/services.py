"""The clients of the registries that a configuration names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

import requests

from livingreview.errors import InputError
from livingreview.registries.client import Client, Patience, open_session
from livingreview.registries.guard import origin

ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s?#]*")
MAILTO = re.compile(r"[^@\s,;?&]+@[^@\s,;?&]+\.[^@\s,;?&]+")


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


def open_services(
    registries: Mapping[str, Any],
    session: requests.Session | None = None,
    patience: Patience | None = None,
) -> Services:
    """The services of `registries`, the configuration's part of that name.

    InputError for an address that is not http(s) and for a `mailto` that is no e-mail address.
    """
    mailto = registries["mailto"]
    if mailto and not MAILTO.fullmatch(mailto):
        raise InputError(f"not an e-mail address: {mailto!r}", key="registries.mailto")
    names = ("crossref", "europepmc", "doi", "datacite", "clinicaltrials")
    addresses = {name: registries[name] for name in names if registries[name]}
    for name, address in addresses.items():
        if not ADDRESS.fullmatch(address):
            raise InputError(f"not an http(s) address: {address!r}", key=f"registries.{name}")
    origins = {origin(address) for address in addresses.values()}
    session = session or open_session()

    def client(address: str, is_one_host: bool = True) -> Client:
        return Client(
            address,
            mailto,
            session=session,
            services=origins,
            patience=patience,
            is_one_host=is_one_host,
        )

    clients = {name: client(address) for name, address in addresses.items()}
    # A web page's address is a whole one; the client has none of its own.
    pages = client("", is_one_host=False) if registries["web_pages"] else None
    return Services(**clients, pages=pages)
