"""What the cited works themselves report, and whether a reported value is what they print.

data/lock/endpoints.csv holds results read in public pages: `cited` rows stood in the cited work's
own abstract, `other` rows in conference abstracts, preprints, news or guidelines about it. Only
the first can agree or differ with the review; the second are shown beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from livingreview.endpoints.identity import (
    CONTRASTS,
    NEAR,
    UNKNOWN_ARM,
    Identity,
    fit,
    normal_grade,
    normal_timepoint,
)
from livingreview.endpoints.rounding import compare_p, same_when_rounded
from livingreview.endpoints.vocabulary import STATISTICS, UNITS, Vocabulary
from livingreview.errors import InputError
from livingreview.files import read_csv

SOURCE_COLUMNS = (
    "key", "report", "population", "line", "arm", "comparator", "n", "endpoint", "grade",
    "statistic", "timepoint", "timepoint_unit", "value", "unit", "ci_low", "ci_high", "ci_level",
    "p", "events", "not_reached", "where", "page", "seen", "as_seen", "note",
)  # fmt: skip
REPORTS = ("cited", "other")
GRADES = ("any", ">=3", "3-4")
TIMEPOINT_UNITS = ("year", "month", "week")
WHOLE = re.compile(r"[0-9]{1,9}")
DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")
# Only exact relations: a month has no fixed number of days, so 252 days are not made months.
# How the note of a line begins that no result may be held against.
NOT_COMPARABLE = "not comparable"
FACTORS = {("years", "months"): 12, ("weeks", "days"): 7, ("ratio", "%"): 100}


@dataclass(frozen=True)
class SourceResult:
    """One line of data/lock/endpoints.csv; numbers keep the decimals that the source printed."""

    key: str
    report: str
    population: str | None
    line: str | None
    arm: str
    comparator: str
    n: int | None
    endpoint: str
    grade: str | None
    statistic: str
    timepoint: float | None
    timepoint_unit: str | None
    value: Decimal | None
    unit: str | None
    ci_low: Decimal | None
    ci_high: Decimal | None
    ci_level: Decimal | None
    p: str | None
    events: int | None
    not_reached: bool
    where: str
    page: str
    seen: str
    as_seen: str
    note: str
    comparable: bool = True

    @property
    def identity(self) -> Identity:
        return Identity(
            references=(self.key,),
            endpoint=self.endpoint,
            statistic=self.statistic,
            timepoint=normal_timepoint(self.timepoint, self.timepoint_unit),
            grade=normal_grade(self.endpoint, self.grade),
            population=self.population,
            line=self.line,
            arm=self.arm,
            comparator=self.comparator,
        )


@dataclass(frozen=True)
class Numbers:
    """The numbers of one reported result, as printed in one language."""

    value: Decimal | None
    unit: str | None = None
    ci_low: Decimal | None = None
    ci_high: Decimal | None = None
    p: str | None = None
    not_reached: bool = False


@dataclass(frozen=True)
class SourceComparison:
    """How one reported result stands to what the cited works print.

    `state`: agrees, differs, not-in-source, source-not-seen, ambiguous; `reason`: why, one of
    REASONS. `source` is the line compared with, given also where it is too unlike to be judged;
    `others` what other reports say (a state each); `unseen` the works of which nothing was read.
    """

    state: str
    reason: str
    source: SourceResult | None = None
    others: tuple[tuple[SourceResult, str], ...] = ()
    unseen: tuple[str, ...] = ()


REASONS = (
    "equal", "rounded", "converted",  # agrees
    "value", "interval", "p",  # differs
    "absent",  # not-in-source
    "unseen",  # source-not-seen
    "several", "description", "direction", "unit", "p-bound", "other-works",  # ambiguous
    "no-reference",  # nobody to ask
)  # fmt: skip


def read_source_results(path: str | Path, vocabulary: Vocabulary) -> list[SourceResult]:
    """The lines of the file; InputError with its line for anything that cannot be meant."""
    results = []
    line = 1
    for cells in read_csv(path, SOURCE_COLUMNS):
        line += 1
        results.append(read_source_result(cells, vocabulary, path, line))
        line += sum(cell.count("\n") for cell in cells.values())
    return results


def read_source_result(
    cells: Mapping[str, str], vocabulary: Vocabulary, path: str | Path, line: int
) -> SourceResult:
    def refuse(column: str, expected: str) -> InputError:
        return InputError(f"{column} {cells[column]!r}: {expected}", path=path, line=line)

    def choose(column: str, allowed: Iterable[str], *, needed: bool = False) -> str | None:
        allowed = list(allowed)
        if cells[column] in allowed or (not cells[column] and not needed):
            return cells[column] or None
        raise refuse(column, f"unknown; known here: {', '.join(allowed)}")

    def number(column: str) -> Decimal | None:
        if cells[column] and not DECIMAL.fullmatch(cells[column]):
            raise refuse(column, "not a number; write digits with a decimal point")
        return Decimal(cells[column]) if cells[column] else None

    def whole(column: str) -> int | None:
        if cells[column] and not WHOLE.fullmatch(cells[column]):
            raise refuse(column, "not a whole number")
        return int(cells[column]) if cells[column] else None

    if not cells["key"]:
        raise refuse("key", "a citation key is needed")
    if not known_endpoint(cells["endpoint"], vocabulary):
        raise refuse(
            "endpoint",
            f"unknown; known here: {', '.join(vocabulary.endpoints)}, AE:<words>, RATE:<words>",
        )
    for column in ("arm", "comparator"):
        ids = cells[column].split("+") if cells[column] else []
        unknown = [id for id in ids if id not in vocabulary.interventions]
        if unknown or ids != sorted(set(ids)):
            problem = f"{unknown[0]!r} is unknown" if unknown else "not sorted, or one id twice"
            raise refuse(column, f"{problem}; write intervention ids joined with +, sorted")
    timepoint = number("timepoint")
    result = SourceResult(
        key=cells["key"],
        report=choose("report", REPORTS, needed=True) or "",
        population=choose("population", vocabulary.populations),
        line=choose("line", vocabulary.lines),
        arm=cells["arm"],
        comparator=cells["comparator"],
        n=whole("n"),
        endpoint=cells["endpoint"],
        grade=choose("grade", GRADES),
        statistic=choose("statistic", STATISTICS, needed=True) or "",
        timepoint=None if timepoint is None else float(timepoint),
        timepoint_unit=choose("timepoint_unit", TIMEPOINT_UNITS, needed=timepoint is not None),
        value=number("value"),
        unit=choose("unit", UNITS),
        ci_low=number("ci_low"),
        ci_high=number("ci_high"),
        ci_level=number("ci_level"),
        p=cells["p"] or None,
        events=whole("events"),
        not_reached=choose("not_reached", ("true", "false")) == "true",
        **{name: cells[name] for name in ("where", "page", "seen", "as_seen", "note")},
        comparable=not cells["note"].startswith(NOT_COMPARABLE),
    )
    if result.value is None and not result.not_reached and result.ci_low is None:
        raise refuse("value", "a value, a range or not_reached is needed")
    return result


def known_endpoint(endpoint: str, vocabulary: Vocabulary) -> bool:
    kind, _, words = endpoint.partition(":")
    return endpoint in vocabulary.endpoints or (kind in ("AE", "RATE") and bool(words.strip()))


def compare_with_source(
    identity: Identity,
    numbers: Numbers,
    results: Mapping[str, Sequence[SourceResult]],
    vocabulary: Vocabulary,
) -> SourceComparison:
    """Whether the cited works print these numbers; `results` are the locked lines by key.

    `differs` is said only where exactly one line of the cited works themselves fits best, no line
    of them that could be meant as well prints the reported numbers, and no cited work is left
    unseen that might have been meant. Lines marked as not comparable are candidates for nothing.
    """
    own, other = [], []
    for key in identity.references:
        for result in results.get(key, ()):
            (own if result.report == "cited" else other).append(result)
    others = tuple(
        (result, other_state(identity, numbers, result, levels))
        for result, levels in best_fits(identity, fitting(identity, other, vocabulary))
    )
    seen = {result.key for result in own}
    unseen = tuple(key for key in identity.references if key not in seen)
    fits = fitting(identity, own, vocabulary)
    candidates = best_fits(identity, fits)
    if not identity.references:
        return SourceComparison("source-not-seen", "no-reference")
    if not candidates:
        state, reason = ("source-not-seen", "unseen") if unseen else ("not-in-source", "absent")
        return SourceComparison(state, reason, None, others, unseen)
    if len({printed(result) for result, _ in candidates}) > 1:
        return SourceComparison("ambiguous", "several", None, others)
    # The same value may stand in several contrasts, each with its own p: one that agrees will do.
    judged = [(judge(identity, numbers, result, levels), result) for result, levels in candidates]
    (state, reason), result = next((pair for pair in judged if pair[0][0] == "agrees"), judged[0])
    if state == "differs" and any(shows(numbers, line, reason) for line, _ in fits):
        return SourceComparison("ambiguous", "several", None, others)
    if state == "differs" and unseen:
        state, reason = "ambiguous", "other-works"
    return SourceComparison(
        state, reason, result, others, unseen if reason == "other-works" else ()
    )


def printed(result: SourceResult) -> tuple[object, ...]:
    """What a line prints, without the p of a contrast: one arm's value stands in several."""
    return (result.value, result.unit, result.ci_low, result.ci_high, result.not_reached)


def shows(numbers: Numbers, result: SourceResult, wrong: str) -> bool:
    """Whether a line prints what was found wrong beside another line: the value (whatever its
    limits and p), or the limits or the p with it."""
    state, reason = compare_numbers(numbers, result)
    if wrong == "value":
        return state == "agrees" or reason in ("interval", "p", "p-bound")
    stated = result.p if wrong == "p" else result.ci_low
    return state == "agrees" and stated is not None


Fit = tuple[SourceResult, tuple[int, ...]]


def fitting(
    identity: Identity, results: Iterable[SourceResult], vocabulary: Vocabulary
) -> list[Fit]:
    """The lines that can be the same result, and how well they fit."""
    fits = []
    for result in results:
        levels = fit(identity, result.identity, vocabulary)
        if levels is not None and result.comparable:
            fits.append((result, levels))
    return fits


def best_fits(identity: Identity, fits: Sequence[Fit]) -> list[Fit]:
    """Only those lines that say so most exactly.

    Arm, population, line and comparator narrow the choice in this order. A text that names no arm
    speaks first of all patients, then of an arm that is not named.
    """

    def rank(result: SourceResult, levels: tuple[int, ...]) -> tuple[bool, tuple[int, ...]]:
        return (not identity.arm and result.arm == "all", levels)

    best = max((rank(*one) for one in fits), default=None)
    return [one for one in fits if rank(*one) == best]


def judge(
    identity: Identity, numbers: Numbers, result: SourceResult, levels: tuple[int, ...] = ()
) -> tuple[str, str]:
    """State and reason for a line that fits. Two things never contradict: a line described in
    other words, and a contrast of which text or source does not name both arms: 2.52 is 1/0.40."""
    state, reason = compare_numbers(numbers, result)
    if state == "differs" and NEAR in levels:
        return "ambiguous", "description"
    arms = (identity.arm, identity.comparator, result.arm, result.comparator)
    if state == "differs" and identity.statistic in CONTRASTS and {"", UNKNOWN_ARM} & set(arms):
        return "ambiguous", "direction"
    return state, reason


def other_state(
    identity: Identity, numbers: Numbers, result: SourceResult, levels: tuple[int, ...]
) -> str:
    """The state of another report's line: of an arm that the text does not name it is no other
    value, it may be that of the other arm."""
    state, _ = judge(identity, numbers, result, levels)
    arms_known = identity.arm == result.arm or identity.arm not in ("", UNKNOWN_ARM)
    return state if state != "differs" or arms_known else "ambiguous"


def compare_numbers(numbers: Numbers, result: SourceResult) -> tuple[str, str]:
    if numbers.not_reached or result.not_reached:
        same = numbers.not_reached and result.not_reached
        return ("agrees", "equal") if same else ("differs", "value")
    factor = unit_factor(result.unit, numbers.unit)
    if factor is None:
        return "ambiguous", "unit"
    both = [
        (name, one, other * factor)
        for name in ("value", "ci_low", "ci_high")
        if (one := getattr(numbers, name)) is not None
        and (other := getattr(result, name)) is not None
    ]
    if not both or (numbers.value is None) != (result.value is None):
        return "ambiguous", "several"
    wrong = [name for name, one, other in both if not same_when_rounded(one, other)]
    if wrong:
        return "differs", "value" if "value" in wrong or numbers.value is None else "interval"
    p = compare_p(numbers.p, result.p) if numbers.p and result.p else "agrees"
    if p != "agrees":
        return p, "p" if p == "differs" else "p-bound"
    if factor != 1:
        return "agrees", "converted"
    return "agrees", "equal" if all(one == other for _, one, other in both) else "rounded"


def unit_factor(one: str | None, other: str | None) -> Decimal | None:
    """What a number in the first unit is multiplied with to be in the second, if that is exact."""
    if one == other or not one or not other:
        return Decimal(1)
    if (one, other) in FACTORS:
        return Decimal(FACTORS[one, other])
    if (other, one) in FACTORS:
        return Decimal(1) / Decimal(FACTORS[other, one])
    return None
