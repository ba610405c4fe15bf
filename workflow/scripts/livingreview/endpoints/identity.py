"""What makes two reported values the same result: everything about a row but its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from livingreview.endpoints.row import Row
from livingreview.endpoints.vocabulary import Term, Vocabulary, enclosing, intervention_ids

# An arm that the text names, in words that the vocabulary does not know.
UNKNOWN_ARM = "?"
# Between two arms: without the comparator the value means nothing.
CONTRASTS = ("hazard_ratio", "difference")

EQUAL, OPEN, NEAR = 3, 2, 1


@dataclass(frozen=True)
class Identity:
    """The result that a value is of. `arm` and `comparator` are intervention ids joined with `+`,
    "" where none is named, "?" where the vocabulary does not know the words.

    `timepoint` is ("month", 12.0) for one year and for twelve months alike.
    """

    references: tuple[str, ...]
    endpoint: str
    statistic: str
    timepoint: tuple[str, float] | None
    grade: str | None
    population: str | None
    line: str | None
    arm: str
    comparator: str


def identity_of(row: Row, vocabulary: Vocabulary, keys: Mapping[str, str]) -> Identity:
    """The identity of a row; `keys` gives the citation key for a number that a text cites by."""
    return Identity(
        references=tuple(sorted({keys.get(mark, mark) for mark in row.references})),
        endpoint=row.endpoint,
        statistic=row.statistic,
        timepoint=normal_timepoint(row.timepoint, row.timepoint_unit),
        grade=normal_grade(row.endpoint, row.grade),
        population=row.population,
        line=row.line,
        arm=arm_ids(row.arm, vocabulary),
        comparator=arm_ids(row.comparator, vocabulary),
    )


def arm_ids(words: str | None, vocabulary: Vocabulary) -> str:
    if not words or not words.strip():
        return ""
    return intervention_ids(words, vocabulary) or UNKNOWN_ARM


def normal_timepoint(value: float | None, unit: str | None) -> tuple[str, float] | None:
    if value is None:
        return None
    return ("month", value * 12) if unit == "year" else (unit or "", float(value))


def normal_grade(endpoint: str, grade: str | None) -> str | None:
    """Adverse events without a grade are those of any grade; other endpoints have none."""
    return (grade or "any") if endpoint.startswith("AE:") else None


def fit(one: Identity, other: Identity, vocabulary: Vocabulary) -> tuple[int, ...] | None:
    """How well arm, population, line and comparator of two identities go together.

    None if they cannot be the same result (one of them contradicts, or endpoint, statistic, time
    point or grade are not equal). References are not looked at.
    """
    same = ("endpoint", "statistic", "timepoint", "grade")
    if any(getattr(one, name) != getattr(other, name) for name in same):
        return None
    if turned_round(one, other):
        arms = (NEAR, NEAR)
    else:
        arms = (fit_arm(one.arm, other.arm), fit_comparator(one, other))
    levels = (
        arms[0],
        fit_term(one.population, other.population, vocabulary.populations),
        fit_line(one.line, other.line, vocabulary),
        arms[1],
    )
    return levels if all(levels) else None


def turned_round(one: Identity, other: Identity) -> bool:
    """A ratio of A against B beside one of B against A: a slip that only a reader can settle."""
    return (
        one.statistic == "hazard_ratio"
        and one.arm not in ("", UNKNOWN_ARM, other.arm)
        and (one.arm, one.comparator) == (other.comparator, other.arm)
    )


def fit_arm(one: str, other: str) -> int:
    """EQUAL; OPEN if one side names none; NEAR if its words are unknown or it is everybody."""
    if one == other:
        return EQUAL if one != UNKNOWN_ARM else NEAR
    if UNKNOWN_ARM in (one, other) or "all" in (one, other):
        return NEAR
    return OPEN if not one or not other else 0


def fit_comparator(one: Identity, other: Identity) -> int:
    """A value of one arm stays what it is beside another comparator (NEAR); a contrast does not."""
    return fit_arm(one.comparator, other.comparator) or (0 if one.statistic in CONTRASTS else NEAR)


def fit_term(one: str | None, other: str | None, terms: Mapping[str, Term]) -> int:
    """EQUAL; OPEN if one side does not say; NEAR if one lies within the other; 0 contradicts."""
    if one == other:
        return EQUAL
    if one is None or other is None:
        return OPEN
    return NEAR if one in wider(other, terms) or other in wider(one, terms) else 0


def wider(id: str, terms: Mapping[str, Term]) -> list[str]:
    return enclosing(id, terms) if id in terms else []


def fit_line(one: str | None, other: str | None, vocabulary: Vocabulary) -> int:
    """As fit_term, but "any line" says as little as nothing, and third does not contradict third
    or later."""
    if one != other and "any" in (one, other):
        return OPEN
    level = fit_term(one, other, vocabulary.lines)
    return OPEN if level == NEAR else level
