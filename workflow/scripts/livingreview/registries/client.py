"""One polite and strict client of one registry: it paces itself, tries again, and never guesses."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urljoin

import requests
import urllib3

from livingreview import __version__
from livingreview.files import finite, to_json
from livingreview.progress import Tell
from livingreview.registries.failures import (
    is_silence,
    is_unreachable,
    seconds_to_wait,
    words_for,
)
from livingreview.registries.guard import origin, refusal
from livingreview.registries.pace import COURTESY, Pace
from livingreview.registries.parallel import within
from livingreview.registries.sessions import PrivateAddressError, open_session

REDIRECTS = frozenset({301, 302, 303, 307, 308})
READ = frozenset({200, 404, 410})  # what a `read` gets to see
# What became of a question in vain.
GARBLED, SILENT, UNREACHABLE, FAILING = "garbled", "silent", "unreachable", "failing"
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


class ForeignError(GarbledError):
    """The answer is not even in the registry's form: a page, another program's message."""


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


class UnreadableError(RefusedError):
    """The registry answers, but never to the question: a list of them is asked for in parts."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, 200)


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
        """ForeignError for what is no JSON. Signs that no text can hold (bytes that are not UTF-8,
        half a surrogate pair) become U+FFFD: one of them must not cost the whole answer, and a text
        that holds it is compared with nothing."""
        try:
            text = self.body.decode("utf-8-sig", errors="replace")
            value = json.loads(text, parse_float=finite, parse_constant=finite)
            if "\\u" in text:
                whole = to_json(value).encode("utf-8", errors="surrogatepass")
                value = json.loads(whole.decode("utf-8", errors="replace"))
        except (ValueError, RecursionError):
            raise ForeignError("the answer is not JSON") from None
        return value


@dataclass(frozen=True)
class Patience:
    """How long a question is pursued; times in seconds."""

    attempts: int = 5
    first_wait: float = 1.0  # doubles with every attempt, plus as much again by chance
    longest_wait: float = 60.0  # a registry that asks for more is asked nothing more
    connect: float = 5.0
    read: float = 20.0  # between two pieces of an answer
    whole: float = 60.0  # for all of one answer
    most_bytes: int = 64_000_000  # of one answer, unpacked
    courtesy: float = COURTESY  # between two requests to a registry that names no limit
    failures: int = 3  # questions in a row without an answer, after which no more are asked
    unreadable: int = 10  # the same for answers that are not to the question
    # Of a registry that has not answered yet, and may not be there or not be one:
    first_failures: int = 2
    first_attempts: int = 3  # at a question that is met with silence or with something else
    word_after: float = 5.0  # seconds of trouble before it is said, and between two words


class Client:
    """Asks one registry, from any number of threads.

    `services`: origins that redirects may lead to wherever they are (`guard.origin`). `session`
    carries the transport: tests mount their own. `is_one_host` is False for a client of many
    sites, of which one that refuses or fails says nothing about the others. `tell` hears, with
    the registry's `name`, that an answer is long in coming.
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
        name: str = "",
        tell: Tell | None = None,
    ) -> None:
        self.name = name or address
        self.address = address.rstrip("/")
        self.mailto = mailto
        self.requests = 0
        self._services = {*services, origin(self.address)} - {""}
        self.session = session or open_session(self._services)
        self._patience = patience or Patience()
        self._is_one_host = is_one_host
        self._ended = threading.Event()
        self._paces: dict[str, Pace] = {}
        self._stopped: str | None = None
        self._has_answered = not is_one_host
        self._in_vain: Counter[str] = Counter()  # questions in a row, by what became of them
        self._tell = tell
        self._last_word = 0.0
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
        divisible: bool = False,
    ) -> T:
        """What `read` makes of the answer to `target`, tried again until there is one.

        `target`: path and query, percent-encoded, or a whole http(s) address. `read` sees answers
        with status 200, 404 and 410, and raises GarbledError for one that is not to the question.
        `divisible`: the question is a list, which the caller asks for in parts if it is refused.
        RegistryError where no answer came.
        """
        url = target if target.startswith(("http://", "https://")) else self.address + target
        reason, trouble, silent, unreachable = "not asked", FAILING, 0, 0
        begin = time.monotonic()
        # After one question in vain the next is not likely to fare better by patience.
        attempts = min(2, self._patience.attempts) if self._in_vain else self._patience.attempts
        for attempt in range(attempts):
            if attempt:
                self._say_trouble(reason, attempt, begin)
                self._ended.wait(self._wait(attempt))
            if self._stopped is not None:
                raise StoppedError(self._stopped)
            try:
                response = self._fetch(url, pool, accept)
                if response.status == 429 or response.status >= 500:
                    reason, trouble = f"HTTP {response.status}", FAILING
                    if response.status == 429:
                        reason = "asked too fast (HTTP 429)"
                        self._hold(url, pool, attempt, response.headers.get("retry-after"))
                    continue
                self._check_status(response, divisible)
                answer = read(response)
            except GarbledError as error:
                reason, trouble = str(error), GARBLED
                self._has_answered |= not isinstance(error, ForeignError)
                if not self._has_answered and attempt + 1 >= self._patience.first_attempts:
                    break
            except UnreachableError as error:
                reason, trouble = str(error), UNREACHABLE
                unreachable += 1
                if unreachable == 2:  # no address, or no connection: that seldom changes soon
                    break
            except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
                reason, trouble = words_for(error), FAILING
                if is_silence(error):
                    trouble = SILENT
                    silent += 1
                    most = attempts if self._has_answered else self._patience.first_attempts
                    if silent >= most:
                        break
            else:
                self._has_answered = True
                self._in_vain.clear()
                return answer
        raise self._given_up(reason, trouble, divisible)

    def _given_up(self, reason: str, trouble: str, divisible: bool) -> RegistryError:
        """The error for a question without an answer; after several in a row no more are asked.

        A list is not counted where its parts will be asked for: one record that cannot be read,
        or that the server stumbles over, must not cost all the others.
        """
        divisible = divisible and trouble in (GARBLED, FAILING)
        patience = self._patience
        with self._guard:
            self._in_vain[trouble] += not divisible
            if self._has_answered:
                most = patience.unreadable if trouble == GARBLED else patience.failures
            else:
                most = 1 if trouble in (SILENT, UNREACHABLE) else patience.first_failures
            if self._is_one_host and self._in_vain[trouble] >= most:
                words = {GARBLED: "does not answer to the question", UNREACHABLE: ""}
                said = words.get(trouble, "does not answer")
                self.stop(f"{said} ({reason})" if said else reason)
        if trouble == GARBLED:
            return UnreadableError(reason)
        return RefusedError(reason, 500) if divisible else NoAnswerError(reason)

    def _say_trouble(self, reason: str, attempt: int, begin: float) -> None:
        now = time.monotonic()
        with self._guard:
            quiet = now - max(begin, self._last_word)
            if self._tell is None or quiet < self._patience.word_after:
                return
            self._last_word = now
        number = f"{attempt + 1} of {self._patience.attempts}"
        self._tell(f"{self.name}: {reason}; trying again ({number})")

    def _check_status(self, response: Response, divisible: bool) -> None:
        status = response.status
        if status in READ:
            return
        if status in REFUSALS:
            self._has_answered = True
            raise RefusedError(REFUSALS[status], status)
        if status in (401, 403) and self._is_one_host:
            self.stop(f"refuses to answer (HTTP {status})")
            raise StoppedError(f"refuses to answer (HTTP {status})")
        if status in (401, 403):
            raise NoAnswerError(f"refuses to answer (HTTP {status})")
        # Any other is said of this question, whatever it means.
        raise self._given_up(f"HTTP {status}", GARBLED, divisible)

    def _wait(self, attempt: int) -> float:
        wait = self._patience.first_wait * 2 ** (attempt - 1)
        return min(wait + random.uniform(0, wait), self._patience.longest_wait)

    def _hold(self, url: str, pool: str, attempt: int, retry_after: str | None) -> None:
        wait = seconds_to_wait(retry_after)
        if wait is not None and wait > self._patience.longest_wait:
            reason = f"asks to wait {wait:.0f} s (HTTP 429)"
            if self._is_one_host:
                self.stop(reason)
                raise StoppedError(reason)
            raise NoAnswerError(reason)
        self._pace_of(url).hold(pool, self._wait(attempt + 1) if wait is None else wait)

    def _fetch(self, url: str, pool: str, accept: str) -> Response:
        redirected = False
        for _ in range(MOST_REDIRECTS + 1):
            url, refused = self._checked(url, redirected)
            if refused:
                problem = f"the address {refused}"
                raise GarbledError(problem) if redirected else RefusedError(problem, 0)
            pace = self._pace_of(url)
            with pace.turn(pool):
                if self._stopped is not None:
                    raise StoppedError(self._stopped)
                response = self._receive(url, accept, redirected)
            if response.status < 429:  # later ones come without limits, or from another machine
                pace.learn(pool, response.headers)
            location = response.headers.get("location")
            if response.status not in REDIRECTS or not location:
                return response
            try:
                url = urljoin(url, location)
            except ValueError:
                raise GarbledError("the address is no web address") from None
            redirected = True
        raise GarbledError("the answer is redirected without end")

    def _checked(self, url: str, redirected: bool) -> tuple[str, str | None]:
        """The address as it is sent, and why it must not be; a registry's own is exempt."""
        try:
            url = as_sent(url)
        except ValueError:
            return url, "is no web address"
        if self.address and not redirected and url.startswith(self.address + "/"):
            return url, None
        return url, refusal(url, self._services)

    def _pace_of(self, url: str) -> Pace:
        """One pace for a registry; for a client of many sites one for each of them."""
        site = "" if self._is_one_host else origin(url)
        with self._guard:
            if site not in self._paces:
                self._paces[site] = Pace(self._ended.wait, self._patience.courtesy)
            return self._paces[site]

    def _receive(self, url: str, accept: str, redirected: bool) -> Response:
        """One request and its whole answer, within the limits of time and size."""
        with self._guard:
            self.requests += 1
        begun: list[requests.Response] = []
        try:
            return within(
                self._patience.whole, lambda: self._transfer(url, accept, redirected, begun)
            )
        except TimeoutError:
            for answer in begun:
                answer.close()  # so that the thread that reads it ends
            raise requests.ReadTimeout("the answer takes too long") from None

    def _transfer(
        self, url: str, accept: str, redirected: bool, begun: list[requests.Response]
    ) -> Response:
        patience = self._patience
        try:
            answer = self.session.get(
                url,
                headers={"User-Agent": self._agent, "Accept": accept},
                timeout=(patience.connect, patience.read),
                stream=True,
                allow_redirects=False,
            )
        except (requests.exceptions.InvalidProxyURL, urllib3.exceptions.ProxySchemeUnknown):
            raise UnreachableError("cannot be reached: the proxy's address is none") from None
        except PrivateAddressError as error:
            raise RefusedError(f"the address {error}", 0) from None
        except requests.ConnectionError as error:
            if is_unreachable(error) and redirected:
                raise GarbledError("the address that it leads to cannot be reached") from None
            if is_unreachable(error):
                raise UnreachableError("cannot be reached") from None
            raise
        except ValueError:  # requests looks at the redirect's address, followed or not
            raise GarbledError("the address is no web address") from None
        begun.append(answer)
        with answer:
            body = bytearray()
            # read1 gives what has arrived; read would wait for a whole piece of a slow answer.
            while piece := answer.raw.read1(CHUNK, decode_content=True):
                body += piece
                if len(body) > patience.most_bytes:
                    raise GarbledError("the answer is too large")
            names = {name.lower(): value for name, value in answer.headers.items()}
            return Response(answer.status_code, names, bytes(body), url, redirected)


def as_sent(url: str) -> str:
    """The address in the one form that is looked at and sent: two readers of an address that take
    it for two hosts are how a guard is led round. ValueError for what is no address."""
    return requests.Request("GET", url).prepare().url or ""
