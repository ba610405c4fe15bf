"""Several questions at once, within what a registry allows: its client's pace decides."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
THREADS = 4  # most registries allow one to three at a time


def in_parallel(
    function: Callable[[Item], Result], items: Iterable[Item], threads: int = THREADS
) -> Iterator[Result]:
    """The results as they come, in any order; few items are taken ahead of their turn."""
    waiting = iter(items)
    running: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        while True:
            while len(running) < threads:
                try:
                    running.append(pool.submit(function, next(waiting)))
                except StopIteration:
                    break
            if not running:
                return
            wait(running, return_when=FIRST_COMPLETED)
            for _ in range(len(running)):
                future = running.popleft()
                if future.done():
                    yield future.result()
                else:
                    running.append(future)
