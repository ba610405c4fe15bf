"""Sessions of `requests` whose connections are guarded as well as their addresses.

A name is resolved when it is looked at (`guard.py`) and again when it is connected to, and may be
another host by then; so the address that a connection reached is looked at too, before anything is
sent over it. Through a proxy only the proxy knows, and decides.
"""

from __future__ import annotations

from collections.abc import Collection
from http.cookiejar import DefaultCookiePolicy

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection

from livingreview.registries.guard import is_public, origin

MOST_CONNECTIONS = 8  # to one host, for several threads


class PrivateAddressError(urllib3.exceptions.HTTPError):
    """A connection led into a private network."""


def open_session(services: Collection[str]) -> requests.Session:
    """A session for several threads; proxies and CA bundle come from the environment, cookies are
    not kept. `services`: origins that may be anywhere."""
    session = requests.Session()
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("https://", "http://"):
        session.mount(scheme, guarded_adapter(services))
    return session


def guarded_adapter(services: Collection[str]) -> HTTPAdapter:
    def check(connection: HTTPConnection, scheme: str) -> None:
        if origin(f"{scheme}://{host_in_address(connection.host)}:{connection.port}") in services:
            return
        if not is_public(str(connection.sock.getpeername()[0])):
            connection.close()
            raise PrivateAddressError("leads into a private network")

    class GuardedHTTP(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            check(self, "http")

    class GuardedHTTPS(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            check(self, "https")

    class HTTPPool(urllib3.HTTPConnectionPool):
        ConnectionCls = GuardedHTTP

    class HTTPSPool(urllib3.HTTPSConnectionPool):
        ConnectionCls = GuardedHTTPS

    adapter = HTTPAdapter(pool_maxsize=MOST_CONNECTIONS)
    adapter.poolmanager.pool_classes_by_scheme = {"http": HTTPPool, "https": HTTPSPool}
    return adapter


def host_in_address(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
