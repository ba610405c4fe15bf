"""What belongs to a value and is no value itself: limits, k/n, patient ranges, numbers in brackets.

"28.9% (95% CI 15.6-42.1, 13 of 45)"   "46例（46%）"   "48 [17%] of 276 patients"
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from livingreview.endpoints.extract.numbers import Figure

RESULTS = ("value", "range", "hr", "never")
RANGE_WORD = re.compile(
    r"(?:range|ranging from|ranged from|范围|IQR|四分位|interquartile)[^0-9]{0,12}$", re.I
)
BRACKET_BEFORE = re.compile(r"\s*[(\[]\s*$")
CLOSING = re.compile(r"\s*[)\]]")
OF_PATIENTS = re.compile(r"\s*[)\]]?\s*(?:of|/|out of)\s+(?:the\s+)?$")


@dataclass
class Result:
    """A figure that may become a row, with what was found to belong to it."""

    figure: Figure
    low: float | None = None
    high: float | None = None
    level: float | None = None
    n: int | None = None
    events: int | None = None
    p: str | None = None
    bound: str | None = None  # below, above: "不足 7%"
    used: list[Figure] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.figure.start

    @property
    def stop(self) -> int:
        return self.figure.stop


@dataclass
class Attached:
    """The results of a sentence, the figures put aside with reasons, and the sentence with
    everything blanked that belongs to a result, so that what links two results can be read."""

    results: list[Result]
    aside: list[tuple[Figure, str]]
    probabilities: list[Figure]
    linking: str


def attach(sentence: str, figures: Sequence[Figure], level: float | None) -> Attached:
    """`level` is the confidence level last named in the section ("95% CI")."""
    results: list[Result] = []
    aside: list[tuple[Figure, str]] = []
    probabilities: list[Figure] = []
    blank: list[tuple[int, int]] = []
    figures = list(figures)
    for index, figure in enumerate(figures):
        last = results[-1] if results else None
        if figure.kind == "aside":
            aside.append((figure, figure.reason))
            if text_of(sentence, figure).startswith("±"):
                blank.append((figure.start, figure.stop))
        elif figure.kind == "p":
            probabilities.append(figure)
            blank.append((figure.begin, figure.stop))
        elif figure.kind == "ci":
            if last and last.low is None and last.high is None and last.figure.kind != "range":
                last.low, last.high = figure.low, figure.high
                last.level = figure.level or level
                last.used.append(figure)
                blank.append((figure.begin, figure.stop))
            else:
                aside.append((figure, "confidence limits without a result"))
        elif figure.kind == "size":
            aside.append((figure, "number of patients"))
            blank.append((figure.begin, figure.stop))
        elif figure.kind == "fraction":
            if attach_fraction(sentence, figure, last, figures[index + 1 : index + 2]):
                blank.append((figure.begin, figure.stop))
                results[-1].used.append(figure) if results else None
            else:
                aside.append((figure, "k of n without a rate"))
        elif figure.kind == "range" and takes_limits(sentence, figure, last):
            if RANGE_WORD.search(sentence[max(0, figure.start - 30) : figure.start]):
                aside.append((figure, "range of the patients"))
            else:
                last.low, last.high, last.level = figure.low, figure.high, level
                last.used.append(figure)
            blank.append((figure.begin, figure.stop))
        elif figure.kind in RESULTS:
            results.append(Result(figure))
    results = merge_counts(sentence, results, blank, aside)
    return Attached(results, aside, probabilities, blanked(sentence, blank))


def text_of(sentence: str, figure: Figure) -> str:
    return sentence[figure.start : figure.end]


def attach_fraction(
    sentence: str, fraction: Figure, last: Result | None, following: Sequence[Figure]
) -> bool:
    """ "89.5% (17/19)": to the rate before, if k/n is that rate; else nothing."""
    if last is None or last.figure.kind != "value" or last.events is not None:
        return False
    between = sentence[last.stop : fraction.start]
    if last.figure.unit != "%" or len(between) > 60 or re.search(r"[。;；]", between):
        return False
    if not fraction.high or abs(100 * fraction.low / fraction.high - last.figure.value) > 1.0:
        return False
    last.events, last.n = int(fraction.low), int(fraction.high)
    return True


def takes_limits(sentence: str, figure: Figure, last: Result | None) -> bool:
    """A range in brackets right behind a value that lies within it."""
    if last is None or last.low is not None or last.figure.kind not in ("value", "hr"):
        return False
    between = sentence[last.stop : figure.start]
    return (
        len(between) <= 25
        and bool(re.match(r"[\s,，]*[(\[]", between) or RANGE_WORD.search(between))
        and figure.low <= last.figure.value <= figure.high
    )


def merge_counts(
    sentence: str,
    results: list[Result],
    blank: list[tuple[int, int]],
    aside: list[tuple[Figure, str]],
) -> list[Result]:
    """ "14 patients (29%)", "46例(46%)", "48 [17%] of 276 patients": one rate with its events."""
    merged: list[Result] = []
    for result in results:
        last = merged[-1] if merged else None
        figure = result.figure
        if last and is_count(last.figure):
            between = sentence[last.stop : figure.start]
            if figure.kind == "value" and figure.unit == "%" and BRACKET_BEFORE.fullmatch(between):
                result.events = int(last.figure.value)
                result.used.append(last.figure)
                closing = CLOSING.match(sentence, figure.stop)
                blank += [(last.start, figure.start), closing.span() if closing else (0, 0)]
                merged.pop()
        elif (
            last
            and last.events is not None
            and last.n is None
            and is_count(figure)
            and OF_PATIENTS.fullmatch(sentence[last.stop : figure.start])
        ):
            last.n = int(figure.value)
            last.used.append(figure)
            blank.append((last.stop, figure.stop))
            continue
        merged.append(result)
    return merged


def is_count(figure: Figure) -> bool:
    return (
        figure.kind == "value"
        and figure.unit in (None, "patients")
        and figure.value is not None
        and figure.value.is_integer()
    )


def blanked(sentence: str, spans: Sequence[tuple[int, int]]) -> str:
    """The sentence with these spans, and brackets that hold nothing else, as spaces."""
    signs = list(sentence)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    text = "".join(signs)
    return EMPTY_BRACKETS.sub(lambda found: " " * len(found.group()), text)


EMPTY_BRACKETS = re.compile(
    r"[(\[](?:\s|[,，;；:=%]|95|CI|log-rank(?: test)?|检验|图\s?[0-9A-Z]*)*[)\]]"
)
