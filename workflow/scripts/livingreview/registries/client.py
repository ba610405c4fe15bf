"""One polite and strict client of one registry: it paces itself, tries again, and never guesses."""

from __future__ import annotations

import email.utils
import json
import random
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any, TypeVar
from urllib.parse import urljoin

import requests
import urllib3

from livingreview import __version__
from livingreview.files import finite, to_json
from livingreview.registries.guard import origin, refusal
from livingreview.registries.pace import COURTESY, Pace

REDIRECTS = frozenset({301, 302, 303, 307, 308})
READ = frozenset({200, 404, 410})  # what a `read` gets to see
REFUSALS = {
    400: "the question is not accepted (HTTP 400)",
    413: "the question is too long (HTTP 413)",
    414: "the address is too long (HTTP 414)",
    431: "the address is too long (HTTP 431)",
}
MOST_REDIRECTS = 5
CHUNK = 65536
T = TypeVar("T")


class GarbledError(Exception):
    """The answer is not what was asked for; the client asks again."""


class RegistryError(Exception):
    """No answer to a question; `reason` says why in one line."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NoAnswerError(RegistryError):
    """Timeouts, resets, 429, 5xx or garbled answers, after all attempts."""


class RefusedError(RegistryError):
    """The question will not be read, however often it is asked (400, 413, 414, 431)."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.status = status


class StoppedError(RegistryError):
    """The registry is asked nothing more: it refuses this program, or fails again and again."""


class UnreachableError(Exception):
    """No connection; the text says why."""


@dataclass(frozen=True)
class Response:
    """An answer as received. `headers` with names in lower case; `url` is the last address."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    redirected: bool = False

    def json(self) -> Any:
        """GarbledError for what is no JSON, or holds what no JSON file could take again."""
        try:
            value = json.loads(self.body, parse_float=finite, parse_constant=finite)
            if b"\\u" in self.body:  # half a surrogate pair is JSON, but no text
                to_json(value).encode("utf-8")
        except (ValueError, RecursionError):
            raise GarbledError("the answer is not JSON") from None
        return value


@dataclass(frozen=True)
class Patience:
    """How long a question is pursued; times in seconds."""

    attempts: int = 5
    first_wait: float = 1.0  # doubles with every attempt, plus as much again by chance
    longest_wait: float = 60.0  # a registry that asks for more is asked nothing more
    connect: float = 5.0
    read: float = 30.0  # between two pieces of an answer
    whole: float = 120.0  # for all of one answer
    most_bytes: int = 64_000_000  # of one answer, unpacked
    courtesy: float = COURTESY  # between two requests to a registry that names no limit
    failures: int = 3  # questions in a row without an answer, after which no more are asked


class Client:
    """Asks one registry, from any number of threads.

    `services`: origins that redirects may lead to wherever they are (`guard.origin`). `session`
    carries the transport: tests mount their own. `is_one_host` is False for a client of many
    sites, of which one that refuses or fails says nothing about the others.
    """

    def __init__(
        self,
        address: str,
        mailto: str = "",
        *,
        session: requests.Session | None = None,
        services: Collection[str] = (),
        patience: Patience | None = None,
        is_one_host: bool = True,
    ) -> None:
        self.address = address.rstrip("/")
        self.mailto = mailto
        self.requests = 0
        self.session = session or open_session()
        self._services = {*services, origin(self.address)} - {""}
        self._patience = patience or Patience()
        self._is_one_host = is_one_host
        self._ended = threading.Event()
        self._pace = Pace(sleep=self._ended.wait, courtesy=self._patience.courtesy)
        self._stopped: str | None = None
        self._failures = 0
        self._guard = threading.Lock()
        contact = f" (mailto:{mailto})" if mailto else ""
        self._agent = f"livingreview/{__version__}{contact}"

    def stop(self, reason: str) -> None:
        """Ask nothing more, and wake whoever waits for a turn."""
        self._stopped = self._stopped or reason
        self._ended.set()

    def ask(
        self,
        target: str,
        read: Callable[[Response], T],
        *,
        pool: str = "single",
        accept: str = "application/json",
    ) -> T:
        """What `read` makes of the answer to `target`, tried again until there is one.

        `target`: path and query, percent-encoded, or a whole http(s) address. `read` sees answers
        with status 200, 404 and 410, and raises GarbledError for one that is not to the question.
        RegistryError where no answer came.
        """
        url = target if target.startswith(("http://", "https://")) else self.address + target
        reason = "not asked"
        for attempt in range(self._patience.attempts):
            if attempt:
                self._ended.wait(self._wait(attempt))
            if self._stopped is not None:
                raise StoppedError(self._stopped)
            try:
                response = self._fetch(url, pool, accept)
                if response.status == 429:
                    reason = "asked too fast (HTTP 429)"
                    self._hold(pool, attempt, response.headers.get("retry-after"))
                    continue
                if response.status >= 500:
                    reason = f"HTTP {response.status}"
                    continue
                self._check_status(response)
                answer = read(response)
            except GarbledError as error:
                reason = str(error)
                continue
            except UnreachableError as error:
                reason = str(error)
                if attempt == 0:
                    continue
                if self._is_one_host:  # no address, or no connection: that seldom changes soon
                    self.stop(reason)
                break
            except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
                reason = words_for(error)
                continue
            self._failures = 0
            return answer
        self._count_failure(reason)
        raise NoAnswerError(reason)

    def _check_status(self, response: Response) -> None:
        status = response.status
        if status in READ:
            return
        if status in REFUSALS:
            raise RefusedError(REFUSALS[status], status)
        reason = f"HTTP {status}"
        if status in (401, 403):
            reason = f"refuses to answer (HTTP {status})"
            if self._is_one_host:
                self.stop(reason)
                raise StoppedError(reason)
        self._count_failure(reason)
        raise NoAnswerError(reason)

    def _count_failure(self, reason: str) -> None:
        with self._guard:
            self._failures += 1
            if self._is_one_host and self._failures >= self._patience.failures:
                self.stop(f"does not answer ({reason})")

    def _wait(self, attempt: int) -> float:
        wait = self._patience.first_wait * 2 ** (attempt - 1)
        return min(wait + random.uniform(0, wait), self._patience.longest_wait)

    def _hold(self, pool: str, attempt: int, retry_after: str | None) -> None:
        wait = seconds_to_wait(retry_after)
        if wait is not None and wait > self._patience.longest_wait:
            reason = f"asks to wait {wait:.0f} s (HTTP 429)"
            if self._is_one_host:
                self.stop(reason)
                raise StoppedError(reason)
            raise NoAnswerError(reason)
        self._pace.hold(pool, self._wait(attempt + 1) if wait is None else wait)

    def _fetch(self, url: str, pool: str, accept: str) -> Response:
        redirected = False
        for _ in range(MOST_REDIRECTS + 1):
            if redirected or not url.startswith(self.address + "/"):
                refused = refusal(url, self._services)
                if refused:
                    raise GarbledError(f"the address {refused}")
            with self._pace.turn(pool):
                if self._stopped is not None:
                    raise StoppedError(self._stopped)
                response = self._receive(url, accept, redirected)
            if response.status < 429:  # later ones come without limits, or from another machine
                self._pace.learn(pool, response.headers)
            location = response.headers.get("location")
            if response.status not in REDIRECTS or not location:
                return response
            url = urljoin(url, location)
            redirected = True
        raise GarbledError("the answer is redirected without end")

    def _receive(self, url: str, accept: str, redirected: bool) -> Response:
        """One request and its whole answer, within the limits of time and size."""
        patience = self._patience
        end = time.monotonic() + patience.whole
        with self._guard:
            self.requests += 1
        headers = {"User-Agent": self._agent, "Accept": accept}
        try:
            answer = self.session.get(
                url,
                headers=headers,
                timeout=(patience.connect, patience.read),
                stream=True,
                allow_redirects=False,
            )
        except requests.ConnectionError as error:
            if is_unreachable(error):
                raise UnreachableError("cannot be reached") from None
            raise
        except (requests.exceptions.InvalidURL, UnicodeError):
            raise GarbledError("the address is no web address") from None
        with answer:
            body = bytearray()
            # read1 gives what has arrived; read would wait for a whole piece of a slow answer.
            while piece := answer.raw.read1(CHUNK, decode_content=True):
                body += piece
                if len(body) > patience.most_bytes:
                    raise GarbledError("the answer is too large")
                if time.monotonic() > end:
                    raise GarbledError("the answer takes too long")
            names = {name.lower(): value for name, value in answer.headers.items()}
            return Response(answer.status_code, names, bytes(body), url, redirected)


def open_session() -> requests.Session:
    """A session with room for several threads; proxies and CA bundle come from the environment."""
    session = requests.Session()
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("https://", "http://"):
        session.mount(scheme, requests.adapters.HTTPAdapter(pool_maxsize=8))
    return session


def seconds_to_wait(retry_after: str | None) -> float | None:
    """Of a Retry-After header, which is a number of seconds or a date (RFC 9110, 10.2.3)."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        date = email.utils.parsedate_to_datetime(text)
        return max(0.0, date.timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return None


def is_unreachable(error: BaseException) -> bool:
    """Whether the host has no address or takes no connection, which a second try seldom mends."""
    seen: BaseException | None = error
    for _ in range(8):
        reason = getattr(seen, "reason", None)
        if isinstance(seen, urllib3.exceptions.NewConnectionError):
            return True
        following = reason if isinstance(reason, BaseException) else None
        following = following or (seen.__cause__ if seen else None)
        if following is None and seen is not None and seen.args:
            following = seen.args[0] if isinstance(seen.args[0], BaseException) else None
        if following is None:
            return False
        seen = following
    return False


def words_for(error: Exception) -> str:
    """What went wrong on the way, without the address that was asked."""
    if isinstance(error, (requests.Timeout, urllib3.exceptions.TimeoutError)):
        return "no answer in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "no trusted connection (TLS)"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy does not answer"
    return "the connection broke off"
