"""What a sentence names: endpoints with their time points and grades, arms, populations, lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from livingreview.endpoints.spellings import Mention
from livingreview.endpoints.trials import Trial, trial_finder
from livingreview.endpoints.vocabulary import Vocabulary

NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
            "九": 9, "十": 10, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
            "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12}  # fmt: skip
COUNT = r"(?:(?<![0-9.])[0-9]{1,3}(?![0-9.])|[一二两三四五六七八九十]|\b(?:" + "|".join(
    word for word in NUMERALS if word.isascii()
) + r")\b)"  # fmt: skip
TIME_UNITS = {"年": "year", "yr": "year", "year": "year", "月": "month", "个月": "month",
              "month": "month", "mo": "month", "周": "week", "week": "week"}  # fmt: skip
# "1、3、5年总生存率": the times end where the endpoint's name begins.
TIMES_BEFORE = re.compile(
    rf"(?P<times>{COUNT}(?:\s*年?\s*(?:[、,，/]|和|及|与)\s*{COUNT}){{0,6}})\s*(?P<unit>年|个月|月|周)\s*"
    r"(?:时)?(?:的)?\s*(?:累积|累计|总体|实际|预期|估计|精算)*$"
    rf"|(?P<times_en>{COUNT}-?(?:\s*(?:,\s*and|,\s*or|,|/|\band\b|\bor\b)\s*{COUNT}-?){{0,6}})[\s-]*"
    r"(?P<unit_en>year|yr|month|mo|week)s?\b,?\s*"
    r"(?:(?:the|estimated|actuarial|overall|cumulative|projected|crude|probability|of|rates?|median)\s+){0,4}$",
    re.IGNORECASE,
)
TIMES_AFTER = re.compile(
    rf"\s*(?:rates?|率|probabilit(?:y|ies))?\s*(?:\([A-Za-z\s,-]{{1,40}}\))?\s*at\s+"
    rf"(?P<times>{COUNT}(?:\s*(?:,\s*and|,|/|\band\b)\s*{COUNT}){{0,6}})[\s-]*(?P<unit>year|yr|month|mo|week)s?\b",
    re.IGNORECASE,
)
NOT_TIMES = re.compile(r"(?:为|是|约|到|至|达|后|随访|was|were|of|to|after|follow-up)\s*$")
SAME_NAME = re.compile(r"[\s(\[,，:\"'“”]*(?:简称|以下简称|i\.e\.|即)?[\s(\[,，:\"'“”]*")
# Words that look like an endpoint's and are none: progesterone receptor, standard deviation.
NO_ENDPOINT = re.compile(r"(?:\bER\s*(?:/|、|and|和|or)\s*|±\s*|[Mm]ean\s*\(?|均数\s*)$")


@dataclass(frozen=True)
class Endpoint:
    """A mention of an endpoint: `id` as in a row, the time points that belong to it."""

    start: int
    end: int
    id: str
    times: tuple[tuple[float, str], ...] = ()
    times_at: tuple[int, int] = (0, 0)
    grade: str | None = None


@dataclass(frozen=True)
class Named:
    """Everything that one sentence names, places in the sentence."""

    endpoints: tuple[Endpoint, ...]
    interventions: tuple[Mention, ...]
    populations: tuple[Mention, ...]
    lines: tuple[Mention, ...]
    trials: tuple[Mention, ...]


class Names:
    """The mentions of a whole text, found once, to be asked for sentence by sentence."""

    def __init__(self, text: str, vocabulary: Vocabulary, trials: Mapping[str, Trial]):
        finders = vocabulary.finders
        self.text = text
        self.found = {section: finders[section].find(text) for section in finders}
        self.found["trials"] = trial_finder(trials).find(text)
        self.starts = {name: [m.start for m in found] for name, found in self.found.items()}

    def within(self, name: str, start: int, end: int) -> list[Mention]:
        found, starts = self.found[name], self.starts[name]
        first = bisect_left(starts, start)
        return [
            Mention(mention.start - start, mention.end - start, mention.id)
            for mention in found[first : bisect_left(starts, end)]
            if mention.end <= end
        ]

    def of_sentence(self, start: int, end: int) -> Named:
        sentence = self.text[start:end]
        populations = self.within("populations", start, end)
        lines = self.within("lines", start, end)
        trials = self.within("trials", start, end)
        taken = [*populations, *lines, *trials]
        return Named(
            endpoints=tuple(find_endpoints(sentence, self, start, end)),
            interventions=tuple(
                mention
                for mention in self.within("interventions", start, end)
                if not overlaps(mention, taken)
            ),
            populations=tuple(populations),
            lines=tuple(lines),
            trials=tuple(trials),
        )


def overlaps(mention: Mention, others: Sequence[Mention]) -> bool:
    return any(mention.start < other.end and other.start < mention.end for other in others)


def find_endpoints(sentence: str, names: Names, start: int, end: int) -> list[Endpoint]:
    """Endpoints and adverse events in order; "无进展生存期(PFS)" is one mention."""
    mentions = [
        mention
        for mention in names.within("endpoints", start, end)
        if not NO_ENDPOINT.search(sentence[max(0, mention.start - 12) : mention.start])
    ]
    events = [
        replace(mention, id=f"AE:{mention.id}")
        for mention in names.within("adverse_events", start, end)
        if not overlaps(mention, mentions)
    ]
    endpoints: list[Endpoint] = []
    for mention in sorted([*mentions, *events], key=lambda mention: mention.start):
        last = endpoints[-1] if endpoints else None
        if (
            last
            and last.id == mention.id
            and SAME_NAME.fullmatch(sentence, last.end, mention.start)
        ):
            endpoints[-1] = replace(last, end=closing(sentence, mention.end))
            continue
        endpoints.append(
            Endpoint(
                mention.start,
                mention.end,
                mention.id,
                *(((), (0, 0)) if mention.id.startswith("AE:") else times_of(sentence, mention)),
            )
        )
    return endpoints


def closing(sentence: str, end: int) -> int:
    """Past the bracket that closes after an abbreviation: "(PFS)"."""
    return end + 1 if sentence[end : end + 1] in (")", "]") else end


def times_of(
    sentence: str, mention: Mention
) -> tuple[tuple[tuple[float, str], ...], tuple[int, int]]:
    """The time points before or behind the name, and where they stand."""
    begin = max(0, mention.start - 60)
    before = sentence[begin : mention.start]
    found = TIMES_BEFORE.search(before)
    if found and not NOT_TIMES.search(before[: found.start()]):
        times = read_times(found["times"] or found["times_en"], found["unit"] or found["unit_en"])
        return times, (begin + found.start(), mention.start)
    found = TIMES_AFTER.match(sentence, mention.end)
    if found:
        return read_times(found["times"], found["unit"]), found.span()
    return (), (0, 0)


def read_times(words: str, unit: str) -> tuple[tuple[float, str], ...]:
    numbers = re.findall(r"[0-9]+|[一二两三四五六七八九十]|[A-Za-z]+", words)
    values = [
        float(NUMERALS.get(word.lower(), 0) or (word if word.isdigit() else 0)) for word in numbers
    ]
    return tuple((value, TIME_UNITS[unit.lower()]) for value in values if value)
