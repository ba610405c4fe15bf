"""What can go wrong with an answer, on request and reproducibly.

A plan decides by the seed, the target and how often that target was asked before, so that the
order in which a client's threads arrive changes nothing.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Self

from doubles.wire import Reply, Request, Wire, chunk

TOO_MANY = (
    b"<html><body><h1>429 Too Many Requests</h1>\n"
    b"You have sent too many requests in a given amount of time.\n</body></html>"
)
HTML = {"content-type": "text/html"}
# Where no client may follow: nobody listens there, and the test would see the attempt fail late.
PRIVATE = "http://127.0.0.2:1/"
FILE = "file:///etc/passwd"

KINDS = (
    "429",
    "429-html",
    "retry-after",
    "403",
    "500",
    "503",
    "hang",
    "truncated",
    "garbled",
    "wrong-type",
    "reset",
    "slow-drip",
    "other-doi",
    "huge",
    "redirect-private",
    "redirect-file",
    "redirect-loop",
)


@dataclass
class Faults:
    """`share` of the requests get one of `kinds`. `only` says which requests may get any."""

    share: float = 1.0
    kinds: Sequence[str] = KINDS
    seed: int = 1
    only: Callable[[Request], bool] | None = None
    hang_seconds: float = 30.0
    drip_seconds: float = 0.05
    html_bytes: int = 600
    huge_bytes: int = 1 << 30
    retry_after: str = "1"
    planned: Sequence[str | None] | None = None
    each_target: bool = False
    _count: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        unknown = {*self.kinds, *(self.planned or ())} - {*KINDS, None}
        if unknown:
            raise ValueError(f"no such fault: {', '.join(sorted(map(str, unknown)))}")

    @classmethod
    def script(
        cls, planned: Sequence[str | None], *, each_target: bool = False, **options: object
    ) -> Self:
        """The faults in this order, None for a sound answer; after the last, all are sound.

        `each_target`: every target runs through the whole script by itself.
        """
        return cls(planned=tuple(planned), each_target=each_target, **options)

    def decide(self, request: Request) -> str | None:
        if self.only is not None and not self.only(request):
            return None
        if self.planned is not None:
            with self._lock:
                place = request.earlier if self.each_target else self._count
                self._count += 1
            return self.planned[place] if place < len(self.planned) else None
        mark = f"{self.seed} {request.earlier} {request.target}".encode()
        digest = hashlib.sha256(mark).digest()
        if int.from_bytes(digest[:8]) >= self.share * 2**64:
            return None
        return self.kinds[int.from_bytes(digest[8:16]) % len(self.kinds)]


@dataclass(frozen=True)
class Spoilt:
    """`status` is what the client gets to see, 0 where it gets no status line."""

    status: int
    send: Callable[[Wire], None]


def spoil(
    kind: str,
    faults: Faults,
    request: Request,
    reply: Reply,
    mistake: Callable[[Request, Reply], Reply] | None,
) -> Spoilt:
    whole = replaced(kind, faults, request, reply, mistake)
    if whole is not None:
        return Spoilt(whole.status, lambda wire: wire.send(whole))
    if kind == "hang":
        return Spoilt(0, lambda wire: (wire.wait(faults.hang_seconds), wire.hang_up()))
    if kind == "reset":
        return Spoilt(0, lambda wire: wire.reset())
    if kind == "truncated":
        return Spoilt(reply.status, lambda wire: truncate(wire, reply))
    if kind == "slow-drip":
        return Spoilt(reply.status, lambda wire: drip(wire, reply, faults.drip_seconds))
    if kind == "huge":
        return Spoilt(200, lambda wire: flood(wire, faults.huge_bytes))
    raise ValueError(f"no such fault: {kind}")


def replaced(
    kind: str,
    faults: Faults,
    request: Request,
    reply: Reply,
    mistake: Callable[[Request, Reply], Reply] | None,
) -> Reply | None:
    """Another whole reply in place of the right one; None where the wire itself misbehaves."""
    match kind:
        case "429":
            return Reply(429)
        case "429-html":
            return Reply(429, HTML, TOO_MANY, close=True)
        case "retry-after":
            return Reply(429, {"retry-after": faults.retry_after})
        case "403":
            return Reply(403, HTML, page("403 Forbidden", faults.html_bytes))
        case "500":
            body = (
                b"java.lang.NullPointerException\n\tat clojure.core$deref.invoke(core.clj:2320)\n"
            )
            return Reply(500, {"content-type": "text/plain"}, body)
        case "503":
            body = page("503 Service Temporarily Unavailable", faults.html_bytes)
            return Reply(503, {**HTML, "server": "awselb/2.0"}, body)
        case "garbled":
            half = reply.body[: len(reply.body) // 2] if plain(reply) else b""
            body = half or b"{'status': ok, <not json>"
            return Reply(200, {"content-type": "application/json"}, body)
        case "wrong-type":
            return Reply(200, HTML, page("Welcome", faults.html_bytes))
        case "other-doi":
            return mistake(request, reply) if mistake else reply
        case "redirect-private":
            return Reply(302, {"location": PRIVATE})
        case "redirect-file":
            return Reply(302, {"location": FILE})
        case "redirect-loop":
            return Reply(302, {"location": request.target})
    return None


def plain(reply: Reply) -> bool:
    return "content-encoding" not in reply.headers


def page(title: str, size: int) -> bytes:
    head = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>".encode()
    tail = b"</body></html>"
    return head + b"<!-- filler -->" * max(0, (size - len(head) - len(tail)) // 15) + tail


def truncate(wire: Wire, reply: Reply) -> None:
    """A body that ends before the length that was promised."""
    body = reply.body or b"{}"
    headers = [*reply.headers.items(), ("content-length", str(len(body) + 10))]
    wire.write(wire.head(reply.status, headers) + body[: len(body) // 2])
    wire.hang_up()


def drip(wire: Wire, reply: Reply, seconds: float) -> None:
    headers = [*reply.headers.items(), ("content-length", str(len(reply.body)))]
    wire.write(wire.head(reply.status, headers))
    for place in range(len(reply.body)):
        wire.write(reply.body[place : place + 1])
        if wire.wait(seconds):
            break
    wire.hang_up()


def flood(wire: Wire, size: int) -> None:
    """JSON without an end in sight, its length not told."""
    headers = [("content-type", "application/json"), ("transfer-encoding", "chunked")]
    wire.write(wire.head(200, headers) + chunk(b'{"status":"ok","message":{"filler":"'))
    piece = chunk(b"a" * 65536)
    for _ in range(size // 65536):
        if wire.closing.is_set():
            break
        wire.write(piece)
    else:
        wire.write(chunk(b'"}}') + b"0\r\n\r\n")
    wire.hang_up()
