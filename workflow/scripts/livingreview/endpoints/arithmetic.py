"""Whether the numbers of one text obey the arithmetic that they must: differences, counts, rates.

Every check abstains where its inputs are not stated. A mismatch that the rounding of the printed
values could explain is a warning, one that nothing explains an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from livingreview.endpoints.pairing import Result, printed_value
from livingreview.endpoints.rounding import half_step
from livingreview.endpoints.row import Row
from livingreview.endpoints.wording import amount, plain

RESPONSES = ("CR", "PR", "SD", "PD")
# The counts that make up a rate (RECIST 1.1: Eisenhauer et al., Eur J Cancer 2009;45:228-247).
MADE_OF = {
    "ORR": ("CR", "PR"),
    "DCR": ("CR", "PR", "SD"),
    **{response: (response,) for response in RESPONSES},
}
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Outcome:
    """What a check says of one text: `state` passed, failed or abstained; `reported` what the text
    states, `expected` what it is held against; `rows` the other results that were used."""

    state: str
    reported: str
    expected: str
    zh: str
    en: str
    severity: str = "error"
    rows: tuple[str, ...] = ()


def results_in(results: Sequence[Result], lang: str) -> list[tuple[Result, Row]]:
    """The results that the text in this language reports, with its row of each."""
    return [(result, row) for result in results if (row := result.row(lang)) is not None]


def group_key(result: Result) -> tuple:
    """What is equal for the responses of one arm: works, population, line and the arm."""
    identity = result.identity
    return identity.references, identity.population, identity.line, identity.arm


def check_difference(result: Result, lang: str, results: Sequence[Result]) -> Outcome:
    """A stated difference equals that of its two values: 4.8 months = 5.49 - 0.69."""
    row = result.row(lang)
    stated = printed_value(row)
    shown = amount(stated, row.unit, "en")
    values = find_values(result, row, results_in(results, lang))
    if stated is None or values is None:
        return Outcome(
            "abstained", shown, "", "文中没有可供核对的两个数值。",
            "the two values that it is the difference of are not both stated.",
        )  # fmt: skip
    (one, one_row), (other, other_row) = values
    first, second = printed_value(one_row), printed_value(other_row)
    used = (one.id, other.id)
    if not row.unit == one_row.unit == other_row.unit:
        return Outcome(
            "abstained", shown, "", "差值与两个数值的单位不同。",
            "the difference and its two values are not in one unit.", rows=used,
        )  # fmt: skip
    gap = abs(first - second)
    sum_words = f"{plain(max(first, second))} - {plain(min(first, second))} = {plain(gap)}"
    off = abs(gap - stated)
    rounding = half_step(first) + half_step(second)
    finer = half_step(stated) < min(half_step(first), half_step(second))
    if off <= half_step(stated) or (finer and off <= rounding):
        return Outcome(
            "passed", shown, sum_words, f"差值与两个数值相符（{sum_words}）。",
            f"the difference is that of its two values ({sum_words}).", rows=used,
        )  # fmt: skip
    text = amount(stated, row.unit, "zh"), amount(stated, row.unit, "en")
    if off <= rounding + half_step(stated):
        return Outcome(
            "failed", shown, sum_words,
            f"文中差值为 {text[0]}，两个数值相减得 {sum_words}，可能因四舍五入所致。",
            f"the stated difference is {text[1]}, but {sum_words}; rounding could explain it.",
            "warning", used,
        )  # fmt: skip
    return Outcome(
        "failed", shown, sum_words, f"文中差值为 {text[0]}，但两个数值相减得 {sum_words}。",
        f"the stated difference is {text[1]}, but {sum_words}.", rows=used,
    )  # fmt: skip


def find_values(
    result: Result, row: Row, candidates: Sequence[tuple[Result, Row]]
) -> tuple[tuple[Result, Row], tuple[Result, Row]] | None:
    """The values of the arm and of the comparator; without named arms, the only two of the
    sentence. None if they are not stated, or more than once with different numbers."""
    identity = result.identity
    alike = [
        (other, other_row)
        for other, other_row in candidates
        if other.identity.statistic in ("median", "rate")
        and other_row.value is not None
        and (other.identity.endpoint, other.identity.timepoint, other.identity.grade)
        == (identity.endpoint, identity.timepoint, identity.grade)
        and (other.identity.references, other.identity.population, other.identity.line)
        == (identity.references, identity.population, identity.line)
    ]
    beside = [pair for pair in alike if (pair[1].start, pair[1].end) == (row.start, row.end)]
    for pool in (beside, alike):
        arms = [only_value(pool, arm) for arm in (identity.arm, identity.comparator)]
        if all(arms) and identity.arm != identity.comparator:
            return arms[0], arms[1]
    return (beside[0], beside[1]) if len(beside) == 2 else None


def only_value(pool: Sequence[tuple[Result, Row]], arm: str) -> tuple[Result, Row] | None:
    found = [(result, row) for result, row in pool if arm and result.identity.arm == arm]
    return found[0] if len({row.value for _, row in found}) == 1 else None


def check_rate(result: Result, lang: str, results: Sequence[Result]) -> Outcome:
    """A percentage is that of its patients: 37.2% of 43 are 16.

    The counts stand in the row itself (k/n), or the responses of the arm are stated as counts.
    Where complete responses are not mentioned they are taken for none, if that gives the rate.
    """
    row = result.row(lang)
    rate = printed_value(row)
    shown = amount(rate, row.unit, "en")
    if rate is None or row.unit != "%":
        return Outcome("abstained", shown, "", "不是百分数。", "not a percentage.")
    group = [
        (other, other_row)
        for other, other_row in results_in(results, lang)
        if group_key(other) == group_key(result)
    ]
    counts = response_counts(group)
    total = stated_total(row, group)
    used: tuple[str, ...] = ()
    unsure = 0
    if row.events is not None and row.n is not None:
        events, total = row.events, row.n
    else:
        parts = MADE_OF.get(result.identity.endpoint, ()) if not row.timepoint else ()
        needed = [part for part in parts if part != "CR" or len(parts) == 1]
        if not parts or any(part not in counts for part in needed) or not total:
            return Outcome(
                "abstained", shown, "", "文中未给出可供核对的例数。",
                "the numbers of patients that it comes from are not stated.",
            )  # fmt: skip
        rivals = {
            other_row.value
            for other, other_row in group
            if other.identity.endpoint == result.identity.endpoint
            and other.identity.statistic == "rate"
        }
        if len(rivals) > 1:
            return Outcome(
                "abstained", shown, "", "同一组有不止一个数值，无法对应。",
                "more than one value for one arm; which belong together is not clear.",
            )  # fmt: skip
        known = [part for part in parts if part in counts]
        events = sum(counts[part][1] for part in known)
        used = tuple(counts[part][0].id for part in known)
        if "CR" not in known and len(parts) > 1:
            unsure = total - sum(count for _, count in counts.values())
    share = HUNDRED * events / total if total else None
    if share is None or events > total:
        return Outcome(
            "failed", shown, f"{events}/{total}", f"例数 {events} 超过总数 {total}。",
            f"{events} of {total} patients is impossible.", rows=used,
        )  # fmt: skip
    exact = f"{events}/{total} = {plain(round(share, 2))}%"
    off = abs(share - rate)
    if off <= half_step(rate):
        return Outcome(
            "passed", shown, exact, f"百分数与例数相符（{exact}）。",
            f"the percentage is that of its patients ({exact}).", rows=used,
        )  # fmt: skip
    more = next(
        (
            extra
            for extra in range(1, unsure + 1)
            if abs(HUNDRED * (events + extra) / total - rate) <= half_step(rate)
        ),
        None,
    )
    if more is not None:
        return Outcome(
            "abstained", shown, exact, f"未提及完全缓解例数；若为 {more} 例则相符。",
            f"complete responses are not mentioned; with {more} of them it would agree.", rows=used,
        )  # fmt: skip
    if off < 2 * half_step(rate):
        return Outcome(
            "failed", shown, exact, f"文中为 {plain(rate)}%，而 {exact}；可能是截尾而非四舍五入。",
            f"the text has {plain(rate)}%, but {exact}; it may have been cut off, not rounded.",
            "warning", used,
        )  # fmt: skip
    return Outcome(
        "failed", shown, exact, f"文中为 {plain(rate)}%，而 {exact}。",
        f"the text has {plain(rate)}%, but {exact}.", rows=used,
    )  # fmt: skip


def response_counts(group: Sequence[tuple[Result, Row]]) -> dict[str, tuple[Result, int]]:
    """CR, PR, SD, PD as numbers of patients, where stated once or always the same."""
    found: dict[str, list[tuple[Result, int]]] = {}
    for result, row in group:
        if result.identity.endpoint in RESPONSES and row.timepoint is None:
            count = row.events
            if result.identity.statistic == "count" and row.value is not None:
                count = int(row.value)
            if count is not None:
                found.setdefault(result.identity.endpoint, []).append((result, count))
    return {
        name: counts[0]
        for name, counts in found.items()
        if len({count for _, count in counts}) == 1
    }


def stated_total(row: Row | None, group: Sequence[tuple[Result, Row]]) -> int | None:
    """The patients of the arm: those of the row, else those that its other results name."""
    if row is not None and row.n is not None:
        return row.n
    totals = {other.n for _, other in group if other.n is not None}
    return totals.pop() if len(totals) == 1 else None


def check_order(group: Sequence[tuple[Result, Row]]) -> Outcome:
    """Disease control includes every response, so DCR is not below ORR (RECIST 1.1)."""
    rates: dict[str, list[tuple[Result, Decimal]]] = {}
    for result, row in group:
        if row.unit == "%" and row.value is not None and row.timepoint is None:
            rates.setdefault(result.identity.endpoint, []).append((result, printed_value(row)))
    shown = "; ".join(
        f"{name} {plain(value)}%" for name in ("ORR", "DCR") for _, value in rates.get(name, ())
    )
    missing = next((name for name in ("DCR", "ORR") if name not in rates), None)
    if missing:
        return Outcome(
            "abstained", shown, "", f"文中未给出 {missing}。", f"{missing} is not stated."
        )
    if any(len({value for _, value in found}) > 1 for found in rates.values()):
        return Outcome(
            "abstained", shown, "", "同一组有不止一个数值，无法对应。",
            "more than one value for one arm; which belong together is not clear.",
        )  # fmt: skip
    (response_result, response), (control_result, control) = rates["ORR"][0], rates["DCR"][0]
    used = (response_result.id, control_result.id)
    if control < response:
        return Outcome(
            "failed", shown, "DCR >= ORR",
            f"疾病控制率 {plain(control)}% 低于客观缓解率 {plain(response)}%，不可能成立。",
            f"DCR {plain(control)}% is below ORR {plain(response)}%, which cannot be.", rows=used,
        )  # fmt: skip
    return Outcome(
        "passed", shown, "DCR >= ORR", "疾病控制率不低于客观缓解率。",
        "DCR is not below ORR.", rows=used,
    )  # fmt: skip


def check_sum(group: Sequence[tuple[Result, Row]]) -> Outcome:
    """Every patient has one best response: CR + PR + SD + PD is the number of patients.

    Responses that are not mentioned are none, if the others make up all patients.
    """
    counts = response_counts(group)
    total = stated_total(None, [pair for pair in group if pair[0].identity.endpoint in RESPONSES])
    used = tuple(result.id for result, _ in counts.values())
    reached = sum(count for _, count in counts.values())
    shown = " + ".join(f"{name} {counts[name][1]}" for name in RESPONSES if name in counts)
    missing = [name for name in RESPONSES if name not in counts]
    if total is not None and reached > total:
        return Outcome(
            "failed", shown, f"n = {total}", f"合计 {reached} 例，超过患者总数 {total} 例。",
            f"they add up to {reached}, more than the {total} patients.", rows=used,
        )  # fmt: skip
    if total is None or (missing and reached < total):
        unknown = missing if total is not None else ["n"]
        names = "、".join(unknown), ", ".join(unknown)
        return Outcome(
            "abstained", shown, "" if total is None else f"n = {total}",
            f"文中未给出 {names[0]}。", f"not stated: {names[1]}.", rows=used,
        )  # fmt: skip
    if reached < total:
        return Outcome(
            "failed", shown, f"n = {total}",
            f"合计 {reached} 例，少于患者总数 {total} 例；其余可能无法评价疗效。",
            f"they add up to {reached} of {total} patients; the others may not be evaluable.",
            "warning", used,
        )  # fmt: skip
    return Outcome(
        "passed", shown, f"n = {total}", f"合计 {reached} 例，与患者总数相符。",
        f"they add up to the {total} patients.", rows=used,
    )  # fmt: skip
