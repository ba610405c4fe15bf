"""An HTTP server on the loopback address that runs one function and remembers what it was asked."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl

from doubles.faults import Faults, spoil
from doubles.wire import Reply, Request, Wire

DISCONNECTED = (BrokenPipeError, ConnectionResetError, ConnectionAbortedError)


@dataclass(frozen=True)
class Logged:
    """One request and what it got: `status` of the reply, `fault` that was put in its place."""

    method: str
    target: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    time: float
    status: int
    fault: str | None


class LocalServer:
    """Runs `respond` over loopback, each answer `latency` seconds late.

    `settled` counts what the replies that went out whole and sound have answered.
    `mistake` makes the well-formed answer about something else that the fault "other-doi" sends.
    A mistake in `respond` itself answers 500 and is raised when the server closes.
    """

    def __init__(
        self,
        respond: Callable[[Request], Reply],
        *,
        faults: Faults | None = None,
        mistake: Callable[[Request, Reply], Reply] | None = None,
        latency: float = 0.0,
        port: int = 0,
    ) -> None:
        self.respond = respond
        self.faults = faults
        self.latency = latency
        self.mistake = mistake
        self.closing = threading.Event()
        self.errors: list[BaseException] = []
        self._lock = threading.Lock()
        self._requests: list[Logged] = []
        self._seen: Counter[str] = Counter()
        self._settled: Counter[Any] = Counter()
        self._http = _Http(port, self)
        self.address = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def requests(self) -> list[Logged]:
        with self._lock:
            return list(self._requests)

    @property
    def settled(self) -> Counter[Any]:
        with self._lock:
            return Counter(self._settled)

    @property
    def statuses(self) -> Counter[int]:
        return Counter(request.status for request in self.requests)

    def close(self) -> None:
        if self.closing.is_set():
            return
        self.closing.set()
        self._http.shutdown()
        self._thread.join()
        self._http.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close()
        if kind is None and self.errors:
            raise AssertionError("the double itself failed") from self.errors[0]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        request = self._request(handler)
        if self.latency:
            self.closing.wait(self.latency)
        try:
            reply = self.respond(request)
        except Exception as error:
            self.errors.append(error)
            reply = Reply(500, {"content-type": "text/plain"}, b"the double itself failed")
        # A refusal by the double's own limits is never covered up by a fault.
        kind = self.faults.decide(request) if self.faults and reply.status != 429 else None
        wire = Wire(handler, self.closing)
        if kind is None:
            self._log(request, reply.status, None)
            # Counted before it goes out: the client may look as soon as it has the answer.
            self._settle(reply, 1)
            try:
                wire.send(reply)
            except DISCONNECTED:
                self._settle(reply, -1)
                raise
        else:
            shown = spoil(kind, self.faults, request, reply, self.mistake)
            self._log(request, shown.status, kind)
            shown.send(wire)

    def _request(self, handler: BaseHTTPRequestHandler) -> Request:
        path, _, query = handler.path.partition("?")
        length = int(handler.headers.get("content-length") or 0)
        if length:
            handler.rfile.read(length)
        with self._lock:
            earlier = self._seen[handler.path]
            self._seen[handler.path] += 1
        return Request(
            method=handler.command,
            target=handler.path,
            path=path,
            query=dict(parse_qsl(query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in handler.headers.items()},
            time=time.monotonic(),
            line_bytes=len(handler.raw_requestline.rstrip(b"\r\n")),
            earlier=earlier,
        )

    def _settle(self, reply: Reply, times: int) -> None:
        with self._lock:
            for answer in reply.answers:
                self._settled[answer] += times

    def _log(self, request: Request, status: int, fault: str | None) -> None:
        with self._lock:
            self._requests.append(
                Logged(
                    request.method,
                    request.target,
                    request.path,
                    request.query,
                    request.headers,
                    request.time,
                    status,
                    fault,
                )
            )


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, local: LocalServer) -> None:
        self.local = local
        self.guard = threading.Lock()
        self.open: dict[socket.socket, threading.Thread] = {}
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: socket.socket, client_address: tuple[str, int]) -> None:
        thread = threading.Thread(
            target=self.process_request_thread, args=(request, client_address), daemon=True
        )
        with self.guard:
            self.open[request] = thread
        thread.start()

    def shutdown_request(self, request: socket.socket) -> None:
        with self.guard:
            self.open.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, request: socket.socket, client_address: tuple[str, int]) -> None:
        error = sys.exception()
        if not self.local.closing.is_set() and not isinstance(error, DISCONNECTED):
            self.local.errors.append(error)

    def end(self) -> None:
        """Hang up on everybody and wait until every thread has noticed."""
        self.server_close()
        with self.guard:
            still_open = dict(self.open)
        for connection, thread in still_open.items():
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Http

    def answer(self) -> None:
        self.server.local.answer(self)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = answer

    def handle(self) -> None:
        with contextlib.suppress(*DISCONNECTED):
            super().handle()

    def log_message(self, *_: object) -> None:
        """Silent: the log is `LocalServer.requests`."""
