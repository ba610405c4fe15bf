"""Questions to a registry: every one ends in exactly one line, whatever the registry does."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

from livingreview.registries.client import (
    Client,
    RefusedError,
    RegistryError,
    Response,
    StoppedError,
)
from livingreview.registries.parallel import Crew

Line = dict[str, Any]
Question = TypeVar("Question")


def whole(batch: Sequence[Question]) -> tuple[Sequence[Question], Sequence[Question]]:
    return batch, ()


def ask_batches(
    batches: Iterable[Sequence[Question]],
    ask: Callable[[Sequence[Question]], Iterable[Line]],
    line: Callable[[Question], Line],
    *,
    threads: int = 1,
    cut: Callable[[Sequence[Question]], tuple[Sequence[Question], Sequence[Question]]] = whole,
    refused: Callable[[Sequence[Question], RefusedError], None] | None = None,
) -> Iterator[Line]:
    """What `ask` answers for each batch; a line that failed for each question without an answer.

    `line` gives the head of a question's line (`_source`, `_query`). `cut` takes from a batch what
    one request holds and leaves the rest. A batch that the registry refuses, or answers unreadably,
    is asked for again in halves, after `refused` has heard of it: one question must not take the
    others with it. One request at a time until one was answered, then as many as there are
    threads. Nothing is asked any more after the registry, or the client, stopped.
    """
    waiting = deque(batches)
    running, at_once = 0, 1
    stopped: str | None = None
    crew = Crew(lambda batch: list(ask(batch)), threads)
    try:
        while waiting or running:
            while waiting and running < at_once:
                batch, rest = (waiting.popleft(), ()) if stopped else cut(waiting.popleft())
                if rest:
                    waiting.appendleft(rest)
                if stopped is not None:
                    yield from failed_lines(batch, line, stopped)
                    continue
                crew.give(batch)
                running += 1
            if not running:
                continue
            batch, answers, error = crew.take()
            running -= 1
            if isinstance(error, RefusedError) and len(batch) > 1:
                if refused is not None:
                    refused(batch, error)
                half = len(batch) // 2
                # The later half first: a poor record is as often the first of the batch as any,
                # and a good answer before it is come to keeps the registry asked.
                waiting.extendleft([batch[:half], batch[half:]])
            elif isinstance(error, RegistryError):
                stopped = error.reason if isinstance(error, StoppedError) else stopped
                yield from failed_lines(batch, line, error.reason)
            elif error is not None:
                raise error
            else:
                at_once = threads
                yield from answers
    finally:
        crew.end()


def failed_lines(
    batch: Iterable[Question], line: Callable[[Question], Line], reason: str
) -> Iterator[Line]:
    for question in batch:
        yield {**line(question), "_outcome": "failed", "_reason": reason}


def ask_each(
    client: Client,
    source: str,
    name: str,
    questions: Iterable[str],
    target: Callable[[str], str],
    read: Callable[[str, Response], Line],
    accept: str = "application/json",
) -> Iterator[Line]:
    """One request a question: `read` turns the answer into what follows `_source` and `_query`."""

    def line(question: str) -> Line:
        return {"_source": source, "_query": {name: question}}

    def ask(batch: Sequence[str]) -> Iterable[Line]:
        for question in batch:
            answer = client.ask(target(question), partial(read, question), accept=accept)
            yield {**line(question), **answer}

    return ask_batches(([question] for question in questions), ask, line)
