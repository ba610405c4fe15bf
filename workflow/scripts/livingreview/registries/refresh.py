"""Bring the lock up to date: ask Crossref for what is missing or old, keep every answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import requests

from livingreview.references.record import Reference
from livingreview.registries.crossref import ask, batches

Answers = list[dict[str, Any]]


@dataclass(frozen=True)
class Registry:
    """Where to ask and who asks."""

    address: str
    mailto: str
    session: requests.Session


def wanted_dois(
    references: list[Reference], lock: Answers, today: date, max_age_days: int
) -> list[str]:
    """The DOIs of the list, each once, that Crossref has not answered for lately.

    A question that failed is asked again however young it is: a failure is no answer.
    """
    fresh = {
        answer["_query"].get("doi")
        for answer in lock
        if answer["_source"] == "crossref"
        and answer["_outcome"] != "failed"
        and (today - date.fromisoformat(answer["_retrieved"][:10])).days <= max_age_days
    }
    dois = [reference.doi for reference in references if reference.doi]
    return [doi for doi in dict.fromkeys(dois) if doi not in fresh]


def refresh_lock(
    references: list[Reference],
    lock: Answers,
    registry: Registry,
    today: date,
    max_age_days: int,
    keep: Callable[[Answers], None],
    tell: Callable[[str], None],
) -> tuple[Answers, Counter[str]]:
    """Ask, and hand the whole new lock to `keep` after every batch. Returns it, and the outcomes.

    An answer replaces the one to the same question; a failure never replaces an answer.
    A record that Crossref gives for a DOI replaces what public pages said about that DOI.
    """
    wanted = wanted_dois(references, lock, today, max_age_days)
    outcomes: Counter[str] = Counter()
    done = 0
    for batch in batches(wanted):
        answers = ask(registry.session, registry.address, registry.mailto, batch)
        for doi, (outcome, record) in answers.items():
            line = {
                "_source": "crossref",
                "_query": {"doi": doi},
                "_outcome": outcome,
                "_retrieved": today.isoformat(),
                **record,
            }
            lock = with_answer(lock, line)
            outcomes[outcome] += 1
        done += len(batch)
        keep(lock)
        tell(f"Crossref: {done} of {len(wanted)} DOIs asked")
    return lock, outcomes


def outcome_line(outcomes: Counter[str]) -> str:
    return (
        f"Crossref: {outcomes.total()} asked: {outcomes['found']} found,"
        f" {outcomes['not-found']} not found, {outcomes['failed']} not answered"
    )


def with_answer(lock: Answers, line: dict[str, Any]) -> Answers:
    same = [other for other in lock if asks_the_same(other, line)]
    if line["_outcome"] == "failed" and any(other["_outcome"] != "failed" for other in same):
        return lock
    kept = [other for other in lock if not asks_the_same(other, line)]
    if line["_outcome"] == "found":
        dois = {line["_query"]["doi"], line["DOI"].lower()}
        kept = [other for other in kept if not is_replaced(other, dois)]
    return [*kept, line]


def is_replaced(other: dict[str, Any], dois: set[str]) -> bool:
    """Whether the registry's record replaces what was read in a page: one about the same DOI,
    and without a notice, which the record may not know of."""
    same_work = other["_source"] == "page" and str(other.get("DOI", "")).lower() in dois
    return same_work and not other.get("notices")


def asks_the_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one["_source"] == other["_source"] and one["_query"] == other["_query"]
