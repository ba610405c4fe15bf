"""What is to be asked about a list of references, and whether the lock answers it already."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

# Who answers and what was asked, the query as JSON with sorted keys: two equal ones are one.
Question = tuple[str, str]


@dataclass(frozen=True)
class Answered:
    """What the lock has for a question."""

    outcome: str
    retrieved: str


def question(source: str, query: Mapping[str, Any]) -> Question:
    return source, json.dumps(query, ensure_ascii=False, sort_keys=True)


def question_of(line: Mapping[str, Any]) -> Question:
    return question(line["_source"], line["_query"])


def unanswered(
    source: str,
    name: str,
    values: Iterable[str],
    answered: Mapping[Question, Answered],
    today: date,
    max_age_days: int,
) -> list[str]:
    """The values, each once and in their order, for which there is no answer or an old one.

    A question that failed is asked again however young it is: a failure is no answer.
    """
    return [
        value
        for value in dict.fromkeys(values)
        if not is_fresh(answered.get(question(source, {name: value})), today, max_age_days)
    ]


def is_fresh(answer: Answered | None, today: date, max_age_days: int) -> bool:
    if answer is None or answer.outcome == "failed":
        return False
    return (today - date.fromisoformat(answer.retrieved)).days <= max_age_days


def replaces(new_outcome: str, old_outcome: str) -> bool:
    """Whether a later answer takes the place of the one before: a failure never replaces one."""
    return new_outcome != "failed" or old_outcome == "failed"


def note(answered: dict[Question, Answered], line: Mapping[str, Any]) -> None:
    """Remember what the line's question was answered with."""
    asked = question_of(line)
    before = answered.get(asked)
    if before is None or replaces(line["_outcome"], before.outcome):
        answered[asked] = Answered(line["_outcome"], line["_retrieved"])


def current(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One line for each question of a registry, at its last place; page facts all as they are.

    A refresh that was killed leaves an old answer and its new one; see `replaces`.
    """
    kept: dict[tuple[Question, int], dict[str, Any]] = {}
    for place, line in enumerate(lines):
        # Of one citation key several pages may tell, each something of its own.
        asked = question_of(line), place if line["_source"] == "page" else 0
        before = kept.get(asked)
        if before is None or replaces(line["_outcome"], before["_outcome"]):
            kept.pop(asked, None)
            kept[asked] = line
    return list(kept.values())
