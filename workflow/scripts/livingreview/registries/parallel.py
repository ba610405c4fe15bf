"""Several questions at once, in threads that end with the program: one that is interrupted does
not wait for answers that are under way."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
THREADS = 4  # most registries allow one to three at a time; a client's pace decides


class Crew(Generic[Item, Result]):
    """Threads that do `function` with each item given; `take` gives what came of one of them."""

    def __init__(self, function: Callable[[Item], Result], threads: int = THREADS) -> None:
        self._function = function
        self._threads = threads
        self._given: queue.Queue[tuple[Item] | None] = queue.Queue()
        self._done: queue.Queue[tuple[Item, Any, BaseException | None]] = queue.Queue()
        for _ in range(threads):
            threading.Thread(target=self._work, daemon=True).start()

    def give(self, item: Item) -> None:
        self._given.put((item,))

    def take(self, seconds: float | None = None) -> tuple[Item, Result, BaseException | None]:
        """(item, result, error) of the next that is done; TimeoutError if none is in time."""
        try:
            return self._done.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None

    def end(self) -> None:
        for _ in range(self._threads):
            self._given.put(None)

    def _work(self) -> None:
        while (given := self._given.get()) is not None:
            [item] = given
            try:
                self._done.put((item, self._function(item), None))
            except BaseException as error:  # handed to the thread that takes
                self._done.put((item, None, error))


def in_parallel(
    function: Callable[[Item], Result], items: Iterable[Item], threads: int = THREADS
) -> Iterator[Result]:
    """The results as they come, in any order; few items are taken ahead of their turn."""
    crew = Crew(function, threads)
    waiting, running = iter(items), 0
    try:
        while True:
            for item in waiting:
                crew.give(item)
                running += 1
                if running == threads:
                    break
            if not running:
                return
            _, result, error = crew.take()
            running -= 1
            if error is not None:
                raise error
            yield result
    finally:
        crew.end()


def within(seconds: float, function: Callable[[], Any]) -> Any:
    """What the function returns or raises; TimeoutError if it is not done in time.

    Time limits of sockets count from one piece to the next: a server that sends a byte now and
    then would never end.
    """
    crew: Crew[None, Any] = Crew(lambda _: function(), 1)
    crew.give(None)
    crew.end()
    _, result, error = crew.take(seconds)
    if error is not None:
        raise error
    return result
