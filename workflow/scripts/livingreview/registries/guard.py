"""Where requests may lead: only to http(s), never into a private network.

A redirect, or a web address in somebody's reference list, is a stranger's word. What it can do to
the network that this program runs in: OWASP, "Server Side Request Forgery Prevention".
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: IPv4 addresses in IPv6 networks
# A name before an @, and signs that some readers of addresses take for the end of the host.
UNFIT = re.compile(r"[@\\\s\x00-\x1f\x7f]")
# Networks that lead inside and that not every Python knows: translation within a site (RFC 8215,
# RFC 7915), IPv4 in IPv6 of old, segment routing (RFC 9602), IETF protocol assignments (RFC 6890).
NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in ("64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96", "5f00::/16", "192.0.0.0/24")
)
Resolve = Callable[[str, int], list[str]]


def refusal(url: str, services: Collection[str], resolve: Resolve | None = None) -> str | None:
    """Why the address must not be asked, in words; None if it may be.

    `services`: origins of the configured registries (`origin` of their addresses), which may be
    anywhere. A host that has no address is not refused: the request will say so.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "is no web address"
    if parts.scheme not in PORTS or not host:
        return "is no http(s) address"
    if UNFIT.search(parts.netloc):
        return "is no web address"
    if origin(url) in services:
        return None
    addresses = (resolve or resolved)(host, port or PORTS[parts.scheme])
    if any(not is_public(address) for address in addresses):
        return "leads into a private network"
    return None


def origin(url: str) -> str:
    """`http://127.0.0.1:8000` of any address there; "" for what is none."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}:{port}" if parts.hostname else ""


def resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(entry[4][0]) for entry in found]


def is_public(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        # An IPv4 address in IPv6 clothes is as private as it is without them.
        teredo = parsed.teredo[1] if parsed.teredo else None
        translated = ipaddress.IPv4Address(parsed.packed[-4:]) if parsed in NAT64 else None
        inner = parsed.ipv4_mapped or parsed.sixtofour or teredo or translated
        if inner is not None:
            return is_public(str(inner))
        if parsed.is_site_local:
            return False
    inside = any(parsed in network for network in NOT_PUBLIC if network.version == parsed.version)
    return parsed.is_global and not parsed.is_multicast and not inside
