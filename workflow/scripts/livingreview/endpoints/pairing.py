"""Rows of two languages that report the same result, as one result.

Rows pair by what they are of (references, endpoint, statistic, time point, grade, population,
line, arms, order) and never by their numbers: a number changed in one language is a pair that
disagrees, not two results.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from livingreview.endpoints.identity import UNKNOWN_ARM, Identity, fit, identity_of
from livingreview.endpoints.rounding import as_decimal, parse_p, printed_number
from livingreview.endpoints.row import Row
from livingreview.endpoints.sources import Numbers
from livingreview.endpoints.vocabulary import Vocabulary, setting_id

# What the two languages may both state of one result.
COMPARED = ("value", "unit", "ci_low", "ci_high", "ci_level", "p", "n", "events", "not_reached")


@dataclass(frozen=True)
class Result:
    """One reported result: its row in each language that reports it, and what it is of.

    `languages`: agree, differ, only-zh, only-en (the other language lacks it), or single (there
    is one language). `disagreeing` names the columns in which the rows contradict each other.
    """

    id: str
    rows: tuple[Row, ...]
    identity: Identity
    setting: str
    trial: str | None
    languages: str
    disagreeing: tuple[str, ...] = ()

    @property
    def first(self) -> Row:
        return self.rows[0]

    def row(self, lang: str) -> Row | None:
        return next((row for row in self.rows if row.lang == lang), None)

    def stated(self, column: str) -> object:
        """The column's value in the first language that states it."""
        values = (getattr(row, column) for row in self.rows)
        return next((value for value in values if value not in (None, False)), None)


def pair_rows(
    rows_by_lang: Mapping[str, Sequence[Row]],
    vocabulary: Vocabulary,
    keys: Mapping[str, str] | None = None,
) -> list[Result]:
    """The results in the order of the first language, then what only the second one has.

    `keys` gives the citation key for a number that a text cites by ("30" -> "cheng2021anlotinib").
    """
    languages = list(rows_by_lang)
    if len(languages) > 2:
        raise ValueError(f"two languages at most, not {', '.join(languages)}")
    described = {
        lang: [(row, identity_of(row, vocabulary, keys or {})) for row in rows]
        for lang, rows in rows_by_lang.items()
    }
    if len(languages) < 2:
        groups = [[pair] for pairs in described.values() for pair in pairs]
        return [make_result(i, group, "single", vocabulary) for i, group in enumerate(groups, 1)]
    first, second = (described[lang] for lang in languages[:2])
    partners = find_partners(first, second, vocabulary)
    results = []
    for position, pair in enumerate(first):
        group = [pair]
        if position in partners:
            group.append(second[partners[position]])
        state = "" if position in partners else f"only-{languages[0]}"
        results.append(make_result(len(results) + 1, group, state, vocabulary))
    taken = set(partners.values())
    for position, pair in enumerate(second):
        if position not in taken:
            results.append(
                make_result(len(results) + 1, [pair], f"only-{languages[1]}", vocabulary)
            )
    return results


def find_partners(
    first: Sequence[tuple[Row, Identity]],
    second: Sequence[tuple[Row, Identity]],
    vocabulary: Vocabulary,
) -> dict[int, int]:
    """For positions in the first list, those of their twins in the second.

    Equal identities pair in their order. What is left pairs with the row that fits best, if one
    side leaves out what the other says (a population, a line, an arm) but nothing contradicts.
    """
    waiting: dict[Identity, list[int]] = defaultdict(list)
    for position, (_, identity) in enumerate(second):
        waiting[identity].append(position)
    partners = {}
    for position, (_, identity) in enumerate(first):
        if waiting[identity]:
            partners[position] = waiting[identity].pop(0)
    left: dict[tuple, list[int]] = defaultdict(list)
    for candidate in sorted(place for places in waiting.values() for place in places):
        left[measure(second[candidate][1])].append(candidate)
    for position, (_, identity) in enumerate(first):
        if position in partners:
            continue
        candidates = left[measure(identity)]
        fits = [
            (levels, -candidate)
            for candidate in candidates
            if same_references(identity, second[candidate][1])
            and (levels := fit(identity, second[candidate][1], vocabulary)) is not None
        ]
        if fits:
            partners[position] = -max(fits)[1]
            candidates.remove(partners[position])
    return partners


def measure(identity: Identity) -> tuple:
    """What was measured: rows that differ in this never pair."""
    return identity.endpoint, identity.statistic, identity.timepoint, identity.grade


def same_references(one: Identity, other: Identity) -> bool:
    """Nothing cited on one side contradicts nothing; otherwise some work must be common."""
    mine, theirs = set(one.references), set(other.references)
    return not mine or not theirs or bool(mine & theirs)


def make_result(
    number: int, group: Sequence[tuple[Row, Identity]], state: str, vocabulary: Vocabulary
) -> Result:
    rows = tuple(row for row, _ in group)
    identity = merge([identity for _, identity in group])
    disagreeing = contradictions(rows[0], rows[1]) if len(rows) > 1 else ()
    arm = "" if identity.arm == UNKNOWN_ARM else identity.arm
    return Result(
        id=f"R{number:03d}",
        rows=rows,
        identity=identity,
        setting=setting_id(vocabulary, identity.endpoint, identity.population, identity.line, arm),
        trial=next((row.trial for row in rows if row.trial), None),
        languages=state or ("differ" if disagreeing else "agree"),
        disagreeing=disagreeing,
    )


def merge(identities: Sequence[Identity]) -> Identity:
    """The first identity, with what it leaves open filled in from the others."""
    merged = identities[0]
    for other in identities[1:]:
        merged = replace(
            merged,
            references=tuple(sorted({*merged.references, *other.references})),
            population=merged.population or other.population,
            line=merged.line or other.line,
            arm=known_arm(merged.arm, other.arm),
            comparator=known_arm(merged.comparator, other.comparator),
        )
    return merged


def known_arm(one: str, other: str) -> str:
    return one if one not in ("", UNKNOWN_ARM) else other or one


def contradictions(one: Row, other: Row) -> tuple[str, ...]:
    """The columns in which two rows of one result say different things.

    What only one of them states contradicts nothing, but "not reached" contradicts a value.
    """
    different = []
    for column in COMPARED:
        mine, theirs = getattr(one, column), getattr(other, column)
        if mine is None or theirs is None or mine == theirs:
            continue
        if column == "p" and parse_p(mine) is not None and parse_p(mine) == parse_p(theirs):
            continue
        different.append(column)
    return tuple(different)


def printed_value(row: Row) -> Decimal | None:
    """The row's value with the decimals that the text prints; ends of a range are in ci_*."""
    if row.value is None:
        return None
    number = printed_number(row.quote[row.value_start - row.start : row.value_end - row.start])
    return (
        number if number is not None and number == as_decimal(row.value) else as_decimal(row.value)
    )


def printed_words(row: Row) -> str:
    """The numeral (or "not reached") as it stands in the text."""
    return row.quote[row.value_start - row.start : row.value_end - row.start]


def numbers_of(row: Row) -> Numbers:
    return Numbers(
        value=printed_value(row),
        unit=row.unit,
        ci_low=as_decimal(row.ci_low),
        ci_high=as_decimal(row.ci_high),
        p=row.p,
        not_reached=row.not_reached,
    )
