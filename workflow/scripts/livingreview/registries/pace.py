"""How fast one registry may be asked: learnt from its answers, never from a table.

Crossref names its limits in the headers of every answer (x-rate-limit-limit, -interval,
x-concurrency-limit), one set for single records and one for lists, and changes them: 50 a second
in 2023, 5 and 1 since December 2025 (https://doi.org/10.64000/wadve-3tj60).
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

# Between two requests to a registry that names no limit; "at most 5 a second" is custom.
COURTESY = 0.2
# Requests arrive less evenly than they leave: a little more time than the limit asks for.
MARGIN = 1.05
SLOWEST = 60.0  # seconds between two requests
MOST_SLOWED = 8.0
RECOVERY = 0.95  # with each answer after a 429
INTERVAL = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(ms|s|m)?\s*")
UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, None: 1.0}


@dataclass
class Pool:
    """One kind of request that the registry counts by itself: single records, or lists."""

    interval: float | None = None  # seconds between two requests; None: not yet told
    slowed: float = 1.0  # grows with each 429
    last_start: float | None = None


class Pace:
    """The turns of all threads that ask one registry.

    `sleep` gives something true when it was woken before its time: then nobody waits any longer.
    Before the first answer there is one request at a time; a pool that has not answered yet goes
    at the slowest pace known.
    """

    def __init__(
        self,
        sleep: Callable[[float], object] = time.sleep,
        courtesy: float = COURTESY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._courtesy = courtesy
        self._clock = clock
        self._sleep = sleep
        self._free = threading.Condition()
        self._in_progress = 0
        self._most_in_progress = 1
        self._pools: dict[str, Pool] = {}
        self._not_before = 0.0

    @contextmanager
    def turn(self, pool: str) -> Iterator[None]:
        """Wait until one more request of the pool may begin; it is over when the block ends."""
        with self._free:
            self._free.wait_for(lambda: self._in_progress < self._most_in_progress)
            self._in_progress += 1
        try:
            while wait := self._time_to_wait(pool):
                if self._sleep(wait):
                    break
            yield
        finally:
            with self._free:
                self._in_progress -= 1
                self._free.notify_all()

    def _time_to_wait(self, pool: str) -> float:
        """Seconds until the pool's next request; 0 begins it. Asked again after every sleep, since
        one who woke late moves all who follow."""
        with self._free:
            mine = self._pools.setdefault(pool, Pool())
            now = self._clock()
            start = self._not_before
            if mine.last_start is not None:
                start = max(start, mine.last_start + self._interval(mine))
            if now < start:
                return start - now
            mine.last_start = now
            return 0.0

    def learn(self, pool: str, headers: Mapping[str, str]) -> None:
        """Take the limits from an answer's headers (names in lower case)."""
        limit = number(headers.get("x-rate-limit-limit") or headers.get("x-ratelimit-limit"))
        period = seconds(
            headers.get("x-rate-limit-interval") or headers.get("x-ratelimit-interval")
        )
        concurrency = number(headers.get("x-concurrency-limit"))
        with self._free:
            mine = self._pools.setdefault(pool, Pool())
            if limit and period:
                mine.interval = min(period / limit * MARGIN, SLOWEST)
                mine.slowed = max(1.0, mine.slowed * RECOVERY)
            elif mine.interval is None:
                mine.interval = self._courtesy
            # Without the header, as in 2023 and from other registries: one at a time.
            self._most_in_progress = max(1, int(concurrency)) if concurrency else 1
            self._free.notify_all()

    def hold(self, pool: str, wait: float) -> None:
        """Nobody asks for so many seconds, and this pool goes slower from now on (a 429)."""
        with self._free:
            mine = self._pools.setdefault(pool, Pool())
            mine.slowed = min(mine.slowed * 1.5, MOST_SLOWED)
            self._not_before = max(self._not_before, self._clock() + wait)

    def _interval(self, mine: Pool) -> float:
        known = [pool.interval for pool in self._pools.values() if pool.interval is not None]
        interval = mine.interval if mine.interval is not None else max(known, default=0.0)
        return min(interval * mine.slowed, SLOWEST)


def number(text: str | None) -> float | None:
    """A positive number of a header; None for anything else."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 < value < 1e6 else None


def seconds(text: str | None) -> float | None:
    """1s, 500ms, 1m as seconds; None for anything else."""
    match = INTERVAL.fullmatch(text or "")
    return float(match[1]) * UNITS[match[2]] or None if match else None
