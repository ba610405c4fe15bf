"""Arms in a sentence: by the vocabulary's drugs ("安罗替尼组", "durvalumab plus anlotinib"), by the
words group and arm, and in English by what follows a value ("4.1 months with ...").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from livingreview.endpoints.spellings import Mention

JOINED = re.compile(r"\s*(?:\+|/|联合|联用|加用|加|合并|plus|combined with|in combination with)\s*")
AND = re.compile(r"\s*(?:与|和|同)")
TOGETHER = re.compile(r"\s*\)?\s*(?:联合|合用|联用|协同)(?!组)")
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
    r".*(?:与|和|及|而|在|比|较|于|对(?![照比])|是|为|中|的|例|名|示|现|则|均|将|把|从|以)(?=[^组]{1,23}组$)"
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
DOSE = re.compile(r"(?:c?Gy|mg|g|fractions?)\b")
FUNCTION_WORDS = frozenset(
    re.findall(
        r"\S+",
        "a an the in with for of on and or vs versus was were is are by to from than at both each"
        " all"
        " two three this that these which while whereas compared among between median months month"
        " years weeks days patients had has have as when after who respectively higher lower longer"
        " shorter either respective other same our study",
    )
)
# What leads from a value to its arm: "4.1 months with", "29%) of 266 patients allocated".
LEADING = re.compile(
    r"\s*[)\]]?\s*(?:\([^()]{0,80}\)\s*){0,2},?\s*(?:of patients\s+)?"
    r"(?:(?:in|with|for|on|among|from|under|receiving|of)\s+(?:the\s+|those\s+|[0-9]+\s+)?"
    r"|(?=allocated|assigned|treated|given|receiving|patients))(?:patients?\s+)?"
    r"(?:(?:who\s+(?:had\s+)?)?(?:allocated(?:\s+to)?|assigned(?:\s+to)?|receiving|received"
    r"|treated\s+with|given|with|in|on)\s+)?(?:the\s+)?"
)
NAME = re.compile(
    r"(?P<name>[A-Za-z0-9αβγ][^\s,;:()\[\]]*(?:\s[^\s,;:()\[\]]+){0,5}?)"
    r"(?=\s*(?:[,;:()\[\]]|\.(?:\s|$)|$|\b(?:vs|versus|and|or|compared|was|were|while|whereas"
    r"|but|at|after|than|had|respectively|is|are)\b|[0-9]))"
)


@dataclass(frozen=True)
class Arm:
    """The words as printed ("arms A and B" are arm A and arm B), at `start`..`end` of the sentence;
    `ids` are the vocabulary's, joined with +."""

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
        while last + 1 < len(drugs) and joined(sentence, drugs[last], drugs[last + 1]):
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
        arms.append(Arm(start, end, " ".join(sentence[start:end].split()), ids))
    return arms


def joined(sentence: str, one: Mention, other: Mention) -> bool:
    """A + B, A联合B; also "A与B联用", which without its end would be two arms."""
    if JOINED.fullmatch(sentence, one.end, other.start):
        return True
    between = sentence[one.end : other.start]
    return bool(
        len(between) <= 200
        and AND.match(between)
        and not re.search(r"[。，;；组]|, ?(?=[\u3400-\u9fff])", between)
        and TOGETHER.match(sentence, other.end)
    )


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
            words = f"{found['head'].rstrip('s')} {letter.group()}"
            arms.append(Arm(start, place + 1, words))
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
        amount = re.fullmatch(r"[0-9.%]+", word) and not DOSE.match(sentence, start + found.end())
        if word in FUNCTION_WORDS or amount:
            begin = start + found.end()
    return begin


def arm_after(sentence: str, place: int, arms: Sequence[Arm], stop: int) -> Arm | None:
    """The arm that follows a value: a known one behind a preposition, else the words there."""
    stop = min(stop, place + 200)
    leading = LEADING.match(sentence, place, stop)
    if not leading:
        return None
    start = leading.end()
    for arm in arms:
        if arm.start <= start < arm.end or leading.start() < arm.start <= start + 4 < arm.end:
            return arm
    found = NAME.match(sentence, start, stop)
    if not found:
        return None
    for arm in arms:
        if arm.start < found.end("name") and start < arm.end:
            return arm
    words = found["name"].rstrip(".")
    first = words.split()[0] if words else ""
    function_word = first.lower() in FUNCTION_WORDS and not first.isupper()
    if not first or function_word or re.fullmatch(r"[0-9.%-]+", words):
        return None
    return Arm(start, start + len(words), words)
