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

Line = dict[str, Any]
Question = TypeVar("Question")


def ask_batches(
    batches: Iterable[Sequence[Question]],
    ask: Callable[[Sequence[Question]], Iterable[Line]],
    line: Callable[[Question], Line],
) -> Iterator[Line]:
    """What `ask` answers for each batch; a line that failed for each question without an answer.

    `line` gives the head of a question's line (`_source`, `_query`). A batch that the registry
    refuses is asked for again in halves: one question must not take the others with it. Nothing
    is asked any more after the registry, or the client, stopped.
    """
    waiting = deque(batches)
    stopped: str | None = None
    while waiting:
        batch = waiting.popleft()
        reason = stopped
        answers: list[Line] = []
        if stopped is None:
            try:
                answers = list(ask(batch))
            except RefusedError as error:
                if len(batch) > 1:
                    half = len(batch) // 2
                    waiting.extendleft([batch[half:], batch[:half]])
                    continue
                reason = error.reason
            except StoppedError as error:
                reason = stopped = error.reason
            except RegistryError as error:
                reason = error.reason
        if reason is None:
            yield from answers
        else:
            yield from ({**line(one), "_outcome": "failed", "_reason": reason} for one in batch)


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
