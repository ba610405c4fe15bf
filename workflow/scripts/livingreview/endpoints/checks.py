"""All checks of the reported results, and the tables that come of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from livingreview.endpoints.arithmetic import (
    RESPONSES,
    Outcome,
    check_difference,
    check_order,
    check_rate,
    check_sum,
    group_key,
    results_in,
)
from livingreview.endpoints.identity import UNKNOWN_ARM
from livingreview.endpoints.pairing import (
    Result,
    numbers_of,
    pair_rows,
    printed_words,
)
from livingreview.endpoints.row import Row
from livingreview.endpoints.sources import SourceComparison, SourceResult, compare_with_source
from livingreview.endpoints.vocabulary import Vocabulary
from livingreview.endpoints.wording import (
    LANGUAGES,
    comparison_words,
    other_words,
    row_amount,
    source_amount,
    subject,
)

RESULT_COLUMNS = (
    "id", "setting", "references", "numbers", "trial", "population", "line", "arm", "comparator",
    "arm_zh", "arm_en", "comparator_zh", "comparator_en", "endpoint", "grade", "statistic",
    "timepoint", "timepoint_unit", "value", "unit", "ci_low", "ci_high", "ci_level", "p", "n",
    "events", "not_reached", "value_zh", "value_en", "place_zh", "place_en", "quote_zh",
    "quote_en", "languages", "source_state", "source_value", "source_unit", "source_ci_low",
    "source_ci_high", "source_ci_level", "source_p", "source_n", "source_where", "source_page",
    "source_seen", "source_as_seen",
)  # fmt: skip
OTHER_REPORT_COLUMNS = (
    "id", "value", "unit", "ci_low", "ci_high", "p", "n", "not_reached", "state", "where",
    "page", "seen", "as_seen",
)  # fmt: skip
CHECK_COLUMNS = (
    "code", "severity", "state", "rows", "reported", "source", "where", "message_zh", "message_en",
)  # fmt: skip
# A result is as good as the worst that a text says of it; a text that leaves a result out, or
# does not state what a check needs, does not undo what the other text shows.
WORST_FIRST = ("failed", "passed", "abstained")
STATES_WORST_FIRST = ("differs", "ambiguous", "agrees", "not-in-source", "source-not-seen")
TEXT_NAMES = {
    "zh": {"zh": "中文稿", "en": "英文稿"},
    "en": {"zh": "Chinese text", "en": "English text"},
}


@dataclass(frozen=True)
class CheckedResults:
    """The three tables, ready for `write_csv` with the columns above."""

    endpoints: list[dict[str, Any]]
    other_reports: list[dict[str, Any]]
    checks: list[dict[str, Any]]


def check_results(
    rows_by_lang: Mapping[str, Sequence[Row]],
    source_results: Iterable[SourceResult],
    vocabulary: Vocabulary,
    numbers: Mapping[str, int],
) -> CheckedResults:
    """Pair, check and compare the rows of one or two languages.

    `numbers` gives the position in the reference list for each citation key.
    """
    keys = {str(number): key for key, number in numbers.items()}
    results = pair_rows(rows_by_lang, vocabulary, keys)
    by_key: dict[str, list[SourceResult]] = {}
    for source in source_results:
        by_key.setdefault(source.key, []).append(source)
    comparisons = {
        result.id: {
            row.lang: compare_with_source(result.identity, numbers_of(row), by_key, vocabulary)
            for row in result.rows
        }
        for result in results
    }
    checks = [
        *language_checks(results, vocabulary),
        *arithmetic_checks(results, vocabulary),
        *(source_check(result, comparisons[result.id], vocabulary, numbers) for result in results),
    ]
    worst = {id: worst_comparison(by_lang)[1] for id, by_lang in comparisons.items()}
    return CheckedResults(
        endpoints=[result_line(result, worst[result.id], numbers) for result in results],
        other_reports=[
            other_report_line(result, source, state)
            for result in results
            for source, state in next(iter(comparisons[result.id].values())).others
        ],
        checks=checks,
    )


# ------------------------------------------------------------------------------ languages


def language_checks(results: Sequence[Result], vocabulary: Vocabulary) -> list[dict[str, Any]]:
    checks = []
    for result in results:
        if result.languages in ("agree", "differ"):
            checks.append(check_line("languages.value", result, pair_outcome(result), vocabulary))
    unpaired = [result for result in results if result.languages.startswith("only-")]
    for result in unpaired:
        checks.append(
            check_line("languages.unpaired", result, unpaired_outcome(result), vocabulary)
        )
    paired = [result for result in results if result.languages in ("agree", "differ")]
    if paired and not unpaired:
        outcome = Outcome(
            "passed", f"{len(paired)} pairs", "", f"两种语言各有 {len(paired)} 项结果，一一对应。",
            f"all {len(paired)} results stand in both languages.",
        )  # fmt: skip
        checks.append(line_of("languages.unpaired", (), (), outcome, outcome.zh, outcome.en))
    return checks


def pair_outcome(result: Result) -> Outcome:
    said = {row.lang: row_amount(row, printed_words(row), "en") for row in result.rows}
    reported = "; ".join(f"{lang} {words}" for lang, words in said.items())
    if result.languages == "agree":
        return Outcome("passed", reported, "", "中英文一致。", "both languages agree.")
    details = []
    for column in result.disagreeing:
        pair = [f"{row.lang} {getattr(row, column)}" for row in result.rows]
        details.append(reported if column == "value" else f"{column}: {'; '.join(pair)}")
    shown = "; ".join(details)
    return Outcome(
        "failed", shown, "", f"中英文不一致（{shown}）。", f"the languages disagree ({shown})."
    )


def unpaired_outcome(result: Result) -> Outcome:
    row = result.first
    other = next(lang for lang in LANGUAGES if lang != row.lang)
    zh, en = TEXT_NAMES["zh"], TEXT_NAMES["en"]
    return Outcome(
        "failed",
        f"{row.lang} {row_amount(row, printed_words(row), 'en')}",
        "",
        f"只见于{zh[row.lang]}，{zh[other]}中没有对应的结果。",
        f"only in the {en[row.lang]}; the {en[other]} has no such result.",
    )


# ----------------------------------------------------------------------------- arithmetic


def arithmetic_checks(results: Sequence[Result], vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """The checks within a text; only results of the same works are held against each other."""
    works: dict[tuple[str, ...], list[Result]] = {}
    for result in results:
        works.setdefault(result.identity.references, []).append(result)
    checks = []
    for code, statistic, check in (
        ("difference.arithmetic", "difference", check_difference),
        ("rate.count", "rate", check_rate),
    ):
        for result in results:
            if result.identity.statistic == statistic:
                fellows = works[result.identity.references]
                outcome = worst_outcome(result.rows, partial(check, result, results=fellows))
                checks.append(check_line(code, result, outcome, vocabulary))
    for code, wanted, check in (
        ("response.order", is_response_rate, check_order),
        ("response.sum", is_response_count, check_sum),
    ):
        for group in groups_of(results, wanted):
            rows = [row for result in group for row in result.rows]
            outcome = worst_outcome(rows, partial(check_group, check, group))
            checks.append(check_line(code, group[0], outcome, vocabulary, group))
    return checks


def check_group(check: Callable, group: Sequence[Result], lang: str) -> Outcome:
    return check(results_in(group, lang))


def is_response_rate(result: Result) -> bool:
    identity = result.identity
    return identity.endpoint in ("ORR", "DCR") and identity.statistic == "rate"


def is_response_count(result: Result) -> bool:
    if result.identity.endpoint not in RESPONSES:
        return False
    return result.identity.statistic == "count" or result.stated("events") is not None


def groups_of(results: Sequence[Result], wanted: Callable[[Result], bool]) -> list[list[Result]]:
    """The results of one arm and population that are wanted, group by group, in order."""
    groups: dict[tuple, list[Result]] = {}
    for result in results:
        if wanted(result):
            groups.setdefault(group_key(result), []).append(result)
    return list(groups.values())


def worst_outcome(rows: Iterable[Row], check: Callable[[str], Outcome]) -> Outcome:
    """The check in each text that has one of the rows; where texts differ the message names one."""
    outcomes = {lang: check(lang) for lang in dict.fromkeys(row.lang for row in rows)}
    lang = min(outcomes, key=lambda lang: WORST_FIRST.index(outcomes[lang].state))
    outcome = outcomes[lang]
    if len({(other.state, other.reported) for other in outcomes.values()}) < 2:
        return outcome
    return replace(
        outcome,
        zh=f"{TEXT_NAMES['zh'][lang]}：{outcome.zh}",
        en=f"{TEXT_NAMES['en'][lang]}: {outcome.en}",
    )


# -------------------------------------------------------------------------------- sources


def worst_comparison(by_lang: Mapping[str, SourceComparison]) -> tuple[str, SourceComparison]:
    """The language whose numbers fit the source worst, and how they compare."""
    lang = min(by_lang, key=lambda lang: STATES_WORST_FIRST.index(by_lang[lang].state))
    return lang, by_lang[lang]


def source_check(
    result: Result,
    by_lang: Mapping[str, SourceComparison],
    vocabulary: Vocabulary,
    numbers: Mapping[str, int],
) -> dict[str, Any]:
    lang, comparison = worst_comparison(by_lang)
    row = result.row(lang)
    state = {"agrees": "passed", "differs": "failed"}.get(comparison.state, "abstained")
    source = comparison.source
    words = {}
    for language in LANGUAGES:
        text = comparison_words(result, row, comparison, numbers, language)
        if len({other.state for other in by_lang.values()}) > 1:
            colon = "：" if language == "zh" else ": "
            text = f"{TEXT_NAMES[language][lang]}{colon}{text}"
        words[language] = text + other_words(comparison, language)
    found = f"{source_amount(source, 'en')} [{source.key}, {source.where}]" if source else ""
    outcome = Outcome(
        state, row_amount(row, printed_words(row), "en"), found, words["zh"], words["en"]
    )
    return check_line("source.value", result, outcome, vocabulary)


# --------------------------------------------------------------------------------- tables


def check_line(
    code: str,
    result: Result,
    outcome: Outcome,
    vocabulary: Vocabulary,
    group: Sequence[Result] = (),
) -> dict[str, Any]:
    """A line of checks.csv about one result (or about the group that it stands for).

    `severity` is what a failure of the check counts as; it stands in every line, also where the
    state is passed or abstained.
    """
    results = group or [result]
    ids = dict.fromkeys([*(member.id for member in results), *outcome.rows])
    places = [place(row) for member in results for row in member.rows]
    zh = f"{subject(result, vocabulary, 'zh', bool(group))}：{outcome.zh}"
    en = f"{subject(result, vocabulary, 'en', bool(group))}: {outcome.en}"
    return line_of(code, tuple(ids), tuple(places), outcome, zh, en)


def line_of(
    code: str, ids: Sequence[str], places: Sequence[str], outcome: Outcome, zh: str, en: str
) -> dict[str, Any]:
    return {
        "code": code,
        "severity": outcome.severity,
        "state": outcome.state,
        "rows": list(ids),
        "reported": outcome.reported,
        "source": outcome.expected,
        "where": list(places),
        "message_zh": zh,
        "message_en": en,
    }


def place(row: Row) -> str:
    return f"{row.document}:{row.value_start}-{row.value_end}"


def result_line(
    result: Result, comparison: SourceComparison, numbers: Mapping[str, int]
) -> dict[str, Any]:
    identity, first = result.identity, result.first
    line: dict[str, Any] = {
        "id": result.id,
        "setting": result.setting,
        "references": list(identity.references),
        "numbers": [numbers[key] for key in identity.references if key in numbers],
        "trial": result.trial,
        "population": identity.population,
        "line": identity.line,
        "arm": identity.arm.replace(UNKNOWN_ARM, ""),
        "comparator": identity.comparator.replace(UNKNOWN_ARM, ""),
        "endpoint": identity.endpoint,
        "grade": result.stated("grade"),
        "statistic": identity.statistic,
        "timepoint": first.timepoint,
        "timepoint_unit": first.timepoint_unit,
        "value": first.value,
        "not_reached": first.not_reached,
        "languages": result.languages,
        "source_state": comparison.state,
    }
    for column in ("unit", "ci_low", "ci_high", "ci_level", "p", "n", "events"):
        line[column] = result.stated(column)
    for lang in LANGUAGES:
        row = result.row(lang)
        if row is not None:
            line |= {
                f"arm_{lang}": row.arm,
                f"comparator_{lang}": row.comparator,
                f"value_{lang}": printed_words(row),
                f"place_{lang}": place(row),
                f"quote_{lang}": row.quote,
            }
    if comparison.source is not None:
        source = comparison.source
        for column in (
            "value", "unit", "ci_low", "ci_high", "ci_level", "p", "n", "where", "page", "seen",
            "as_seen",
        ):  # fmt: skip
            line[f"source_{column}"] = getattr(source, column)
        line["source_as_seen"] = with_note(source)
    return {column: line.get(column) for column in RESULT_COLUMNS}


def other_report_line(result: Result, source: SourceResult, state: str) -> dict[str, Any]:
    line = {column: getattr(source, column, None) for column in OTHER_REPORT_COLUMNS}
    return line | {"id": result.id, "state": state, "as_seen": with_note(source)}


def with_note(source: SourceResult) -> str:
    return f"{source.as_seen}; note: {source.note}" if source.note else source.as_seen
