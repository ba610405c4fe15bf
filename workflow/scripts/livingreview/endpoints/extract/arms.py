"""Arms in a sentence: by the vocabulary's drugs ("安罗替尼组", "durvalumab plus anlotinib"), by the
words group and arm, and in English by what follows a value ("4.1 months with ...").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from livingreview.endpoints.vocabulary import Mention

JOINED = re.compile(r"\s*(?:\+|/|联合|联用|加用|加|合并|plus|combined with|in combination with)\s*")
BEFORE_ARM = re.compile(r"(?:单用|单独|单纯|单独使用|口服|oral\s|single-agent\s)\s*$")
AFTER_ARM = re.compile(
    r"\s*(?:单药|单用)?(?:治疗)?组|\s*(?:单药|单用)(?!治疗)|\s*(?:alone|monotherapy)?\s*(?:arm|group)\b"
    r"|\s*(?:alone|monotherapy)\b"
)
# "one to two lines of chemotherapy", "化疗失败后": treatment before the study, not an arm of it.
PAST_BEFORE = re.compile(
    r"(?:lines? of|prior|previous|earlier|after|following|failure of|progress\w* (?:on|after))\s+"
    r"(?:[\w-]+\s+){0,2}$|[线次轮]的?\s*$|(?:既往|先前|曾用|曾接受)(?:过)?$"
)
PAST_AFTER = re.compile(r"\s*(?:失败|结束|进展|后(?!线)|史|耐药|has failed|failure)")
GROUP_ZH = re.compile(r"[^\s,，。;；、:：()\[\]]{1,24}?组(?![织成合学])")
GROUP_START = re.compile(
    r".*(?:与|和|及|而|在|比|较|于|对|是|为|中|的|例|名|示|现|则|均|将|把|从|以)(?=[^组]{1,23}组$)"
)
LETTERED_ZH = re.compile(r"(?<![A-Za-z0-9])[A-Da-d甲乙丙丁ⅠⅡⅢⅣI]\s?组")
NO_GROUP = re.compile(
    r"(?:两|二|三|四|各|本|该|全|每|多|几|此|[0-9]+|入|分|亚|人|上述|这|其|所有|研究人|均|个)组"
)
LETTERED = re.compile(
    r"(?P<head>\b(?:arms?|groups?|cohorts?))\s+(?P<names>[A-D1-4](?![A-Za-z0-9])"
    r"(?:\s*(?:,\s*and|,|and|vs\.?|versus|/)\s*[A-D1-4](?![A-Za-z0-9.]))*)",
    re.IGNORECASE,
)
GROUP_EN = re.compile(
    r"(?<![\w/+-])(?P<name>[A-Za-z0-9][\w/+()-]*(?:\s(?!(?:arm|group|cohort|groups|arms)\b)[\w/+-]+){0,4}?)"
    r"\s(?:arm|group|cohort)s?\b(?!\s+[A-D1-4]\b)"
)
FUNCTION_WORDS = frozenset(
    "a an the in with for of on and or vs versus was were is are by to from than at both each all"
    " two three this that these which while whereas compared among between median months month years"
    " weeks days patients had has have as when after who respectively higher lower longer shorter"
    " treatment-free either respective other same our study".split()
)
FOLLOWING = re.compile(
    r"\s*(?:\([^()]{0,80}\)\s*){0,2},?\s*(?:of patients\s+)?(?:in|with|for|on|among|from|under|receiving|of)\s+"
    r"(?:the\s+|those\s+|[0-9]+\s+)?(?:patients?\s+)?(?:(?:who\s+(?:had\s+)?)?"
    r"(?:allocated(?:\s+to)?|assigned(?:\s+to)?|receiving|received|treated\s+with|given|with|in|on)\s+)?(?:the\s+)?"
    r"(?P<name>[A-Za-z0-9αβγ][^\s,;:()\[\]]*(?:\s[^\s,;:()\[\]]+){0,5}?)"
    r"(?=\s*(?:[,;:()\[\]]|\.(?:\s|$)|$|\b(?:vs|versus|and|or|compared|was|were|while|whereas|but|at|after|than|had|"
    r"respectively|is|are)\b|[0-9]))"
)


@dataclass(frozen=True)
class Arm:
    """`sentence[start:end] == words`, as printed; `ids` are the vocabulary's, joined with +."""

    start: int
    end: int
    words: str
    ids: str = ""


def find_arms(sentence: str, drugs: Sequence[Mention], others: Sequence[Mention]) -> list[Arm]:
    """The arms in order, none within another. `others` are populations, lines, trials."""
    arms = [*combinations(sentence, drugs)]
    arms += [arm for arm in named_groups(sentence, others) if not any(cross(arm, a) for a in arms)]
    return sorted(arms, key=lambda arm: arm.start)


def cross(one: Arm, other: Arm | Mention) -> bool:
    return one.start < other.end and other.start < one.end


def combinations(sentence: str, drugs: Sequence[Mention]) -> list[Arm]:
    """Drugs joined by + / 联合 plus: one arm. "etoposide/carboplatin" too."""
    arms: list[Arm] = []
    index = 0
    while index < len(drugs):
        last = index
        while last + 1 < len(drugs) and JOINED.fullmatch(
            sentence, drugs[last].end, drugs[last + 1].start
        ):
            last += 1
        start, end = drugs[index].start, drugs[last].end
        ids = "+".join(sorted({drug.id for drug in drugs[index : last + 1]}))
        index = last + 1
        past = PAST_BEFORE.search(sentence[max(0, start - 40) : start])
        if past or PAST_AFTER.match(sentence, end):
            continue
        before = BEFORE_ARM.search(sentence[max(0, start - 14) : start])
        if before:
            start -= len(before.group())
        after = AFTER_ARM.match(sentence, end)
        if after:
            end = after.end()
        arms.append(Arm(start, end, sentence[start:end], ids))
    return arms


def named_groups(sentence: str, others: Sequence[Mention]) -> list[Arm]:
    arms = []
    for found in GROUP_ZH.finditer(sentence):
        start = found.start()
        cut = GROUP_START.match(found.group())
        start += cut.end() if cut else 0
        arms.append(Arm(start, found.end(), sentence[start : found.end()]))
    for found in LETTERED_ZH.finditer(sentence):
        arms = [arm for arm in arms if arm.end != found.end()]
        arms.append(Arm(*found.span(), found.group()))
    for found in LETTERED.finditer(sentence):
        for letter in re.finditer(r"(?<![A-Za-z])[A-D1-4](?![A-Za-z0-9])", found["names"]):
            place = found.start("names") + letter.start()
            first = place == found.start("names")
            start = found.start() if first else place
            words = f"{found['head'].rstrip('s').lower()} {letter.group()}"
            arms.append(Arm(start, place + 1, sentence[start : place + 1] if first else words))
    for found in GROUP_EN.finditer(sentence):
        start = trimmed(sentence, found.start("name"), found.end("name"))
        if start < found.end("name"):
            arms.append(Arm(start, found.end(), sentence[start : found.end()]))
    return [
        arm
        for arm in arms
        if not NO_GROUP.fullmatch(arm.words) and not any(cross(arm, other) for other in others)
    ]


def trimmed(sentence: str, start: int, end: int) -> int:
    """Where the name begins after the last function word: "months in the FOLFIRI" -> FOLFIRI."""
    begin = start
    for found in re.finditer(r"\S+\s*", sentence[start:end]):
        word = found.group().strip().lower()
        if word in FUNCTION_WORDS or re.fullmatch(r"[0-9.%]+", word):
            begin = start + found.end()
    return begin


def arm_after(sentence: str, place: int, arms: Sequence[Arm], stop: int) -> Arm | None:
    """The arm that follows a value: a known one behind a preposition, else the words there."""
    found = FOLLOWING.match(sentence, place, min(stop, place + 200))
    if not found:
        return None
    start, end = found.span("name")
    for arm in arms:
        if arm.start < end and start < arm.end:
            return arm
    words = sentence[start:end]
    if words.split()[0].lower() in FUNCTION_WORDS or re.fullmatch(r"[0-9.%-]+", words):
        return None
    return Arm(start, end, words)
