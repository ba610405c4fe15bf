"""A transport that is a function: `requests` asks it, and nothing goes over any network."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import requests
import urllib3
from requests.adapters import BaseAdapter


def reply(
    status: int = 200, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> requests.Response:
    """An answer as the transport gives it."""
    answer = requests.Response()
    answer.status_code = status
    answer.headers.update(headers or {})
    answer.raw = urllib3.HTTPResponse(
        io.BytesIO(body), headers=dict(headers or {}), status=status, preload_content=False
    )
    return answer


class FunctionTransport(BaseAdapter):
    """Answers each request with what `respond` makes of it, or raises what that raises."""

    def __init__(self, respond: Callable[[requests.PreparedRequest], requests.Response]) -> None:
        super().__init__()
        self.respond = respond
        self.requests: list[requests.PreparedRequest] = []

    def send(self, request: requests.PreparedRequest, **_: object) -> requests.Response:
        self.requests.append(request)
        answer = self.respond(request)
        answer.request, answer.url = request, request.url
        return answer

    def close(self) -> None:
        pass


def session_of(transport: FunctionTransport) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.mount("http://", transport)
    session.mount("https://", transport)
    return session
