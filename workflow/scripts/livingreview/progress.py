"""How far long work has come, in words; short work says nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
Tell = Callable[[str], None]
SECONDS_BETWEEN_WORDS = 2.0


def with_progress(
    items: Iterable[Item], total: int, done: str, tell: Tell | None
) -> Iterator[Item]:
    """The items; every two seconds `tell` gets "20000 of 100000 entries read"."""
    last_word = time.monotonic()
    for number, item in enumerate(items, start=1):
        yield item
        now = time.monotonic()
        if tell is not None and now - last_word > SECONDS_BETWEEN_WORDS:
            last_word = now
            tell(f"{number} of {total} {done}")
