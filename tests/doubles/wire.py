"""A request as it arrived, the reply to it, and the connection that the reply goes out on."""

from __future__ import annotations

import os
import socket
import struct
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any


@dataclass(frozen=True)
class Request:
    """`path` as sent, percent signs and all; `query` decoded, the last value of each name.

    `headers` with names in lower case; `line_bytes` the length of the request line;
    `earlier` how many requests to the same target came before.
    """

    method: str
    target: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    time: float
    line_bytes: int
    earlier: int


@dataclass(frozen=True)
class Reply:
    """`answers` are the questions that this reply settles, for those who count them."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    chunked: bool = False
    close: bool = False
    answers: tuple[Any, ...] = ()


class Wire:
    """What can be done to the client's end of the connection."""

    def __init__(self, handler: BaseHTTPRequestHandler, closing: threading.Event) -> None:
        self.handler = handler
        self.closing = closing

    def head(self, status: int, headers: Iterable[tuple[str, str]]) -> bytes:
        phrase = HTTPStatus(status).phrase
        lines = [f"HTTP/1.1 {status} {phrase}", f"date: {self.handler.date_time_string()}"]
        lines += [f"{name}: {value}" for name, value in headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def send(self, reply: Reply) -> None:
        """Header and body in one piece, so that no delayed acknowledgement stands between them."""
        headers = list(reply.headers.items())
        body = reply.body
        if reply.chunked:
            headers.append(("transfer-encoding", "chunked"))
            body = chunk(body) + b"0\r\n\r\n"
        elif reply.status not in (204, 304):
            headers.append(("content-length", str(len(body))))
        headers.append(("connection", "close" if reply.close else "keep-alive"))
        if self.handler.command == "HEAD":
            body = b""
        self.write(self.head(reply.status, headers) + body)
        if reply.close:
            self.hang_up()

    def write(self, data: bytes) -> None:
        self.handler.wfile.write(data)

    def wait(self, seconds: float) -> bool:
        """Wait; True if the server closes meanwhile."""
        return self.closing.wait(seconds)

    def hang_up(self) -> None:
        self.handler.close_connection = True

    def reset(self) -> None:
        """A TCP reset instead of a proper end: close with nothing lingering."""
        connection = self.handler.connection
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(connection.detach())
        self.hang_up()


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n" if data else b""
