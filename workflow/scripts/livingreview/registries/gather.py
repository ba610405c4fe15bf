"""The answers of several registries as they come, each registry in a thread of its own."""

from __future__ import annotations

import queue
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from livingreview.progress import SECONDS_BETWEEN_WORDS, Tell
from livingreview.registries.client import Client
from livingreview.registries.known import NAMES
from livingreview.registries.services import Services

Line = dict[str, Any]
KINDS = {
    "doi": "DOIs",
    "updates": "DOIs for notices",
    "bibliographic": "searches",
    "search": "searches",
    "registration": "registrations",
    "url": "addresses",
}


@dataclass(frozen=True)
class Asking:
    """Questions of one kind to one registry."""

    source: str
    name: str  # of the question: doi, updates, bibliographic, search, registration, url
    values: Sequence[str]
    ask: Callable[[Client, Sequence[str]], Iterator[Line]]
    client: Client | None


def gather(askings: Sequence[Asking], services: Services, tell: Tell) -> Iterator[Line]:
    """Askings of one client run one after another, those of several at once.

    Ended before its time, it stops the clients, so that no thread asks on.
    """
    arrived: queue.Queue[tuple[Asking, Line | BaseException | None]] = queue.Queue()

    def work(mine: list[Asking]) -> None:
        for asking in mine:
            try:
                for line in asking.ask(asking.client, asking.values):
                    arrived.put((asking, line))
                arrived.put((asking, None))
            except BaseException as error:  # handed to the thread that waits
                arrived.put((asking, error))
                return

    by_client: dict[int, list[Asking]] = {}
    for asking in askings:
        by_client.setdefault(id(asking.client), []).append(asking)
    for mine in by_client.values():
        threading.Thread(target=work, args=(mine,), daemon=True).start()
    done: Counter[int] = Counter()
    last_word, said = time.monotonic(), ""
    open_ones = len(askings)
    try:
        while open_ones:
            asking, line = arrived.get()
            if isinstance(line, BaseException):
                raise line
            if line is None:
                open_ones -= 1
            else:
                done[id(asking)] += 1
                yield line
            word = progress(asking, done[id(asking)])
            is_time = line is None or time.monotonic() - last_word > SECONDS_BETWEEN_WORDS
            if is_time and word != said:
                last_word, said = time.monotonic(), word
                tell(word)
    finally:
        if open_ones:
            services.stop("interrupted")


def progress(asking: Asking, done: int) -> str:
    return f"{NAMES[asking.source]}: {done} of {len(asking.values)} {KINDS[asking.name]} asked"
