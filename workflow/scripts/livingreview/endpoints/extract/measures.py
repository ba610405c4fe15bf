"""Which statistic a value is: median, rate, count, ratio, difference, or one end of a range."""

from __future__ import annotations

import re

from livingreview.endpoints.extract.scene import Assigned, Scene

DIFFERENCE_BEFORE = re.compile(
    r"(?:延长|增加|提高|改善|缩短|降低|减少|升高|相差|差值为|获益)(?:了|约|近|达|仅|\s)*$"
    r"|(?:\bby|difference\s+(?:of|was|in\s.{1,60}\s(?:was|of))|(?:improvement|increase|gain|benefit|prolongation|reduction)\s+"
    r"(?:of|was|in\s.{1,80}\s(?:was|of)))\s*(?:a median of\s*|about\s*|approximately\s*|only\s*)?$",
    re.IGNORECASE,
)
DIFFERENCE_AFTER = re.compile(
    r"\s*(?:in\s\w+\s)?(?:longer|shorter|higher|lower|more|less|better|worse|improvement|increase|gain|benefit)\b"
)
DIFFERENCE_WORD = re.compile(
    r"延长|增加|提高|改善|缩短|降低|prolong|longer|increas|improv|extend|reduc|shorter|lengthen"
)
BOUND_BELOW = re.compile(
    r"(?:不足|低于|小于|少于|不到|未及|不超过|<|≤"
    r"|below|less than|under|fewer than|at most|no more than)\s*$"
)
BOUND_ABOVE = re.compile(
    r"(?:超过|高于|大于|多于|至少|>|≥|above|more than|over|exceeding|at least|greater than)\s*$"
)
STATISTIC_OF_UNIT = {"%": "rate", "patients": "count", "ratio": "hazard_ratio"}
PAIR = re.compile(
    r"\s*[(\[]\s*(?P<one>[0-9]+(?:\.[0-9]+)?)\s*(?:%|个?月|months?)?\s*(?:对比?|比|vs\.?|versus|-)\s*"
    r"(?P<other>[0-9]+(?:\.[0-9]+)?)"
)


def mark_statistics(scene: Scene, members: list[Assigned]) -> None:
    for member in members:
        figure = member.result.figure
        if figure.kind == "hr":
            member.statistic, member.unit = "hazard_ratio", "ratio"
        elif figure.kind == "range":
            member.statistic = "range"
        elif figure.kind == "never":
            member.statistic = "median"
        else:
            member.statistic = STATISTIC_OF_UNIT.get(member.unit or "", "median")
            before = scene.linking[max(0, figure.start - 24) : figure.start]
            if BOUND_BELOW.search(before):
                member.result.bound, member.statistic = "below", "range"
            elif BOUND_ABOVE.search(before):
                member.result.bound, member.statistic = "above", "range"
    first = members[0]
    if first.statistic in ("median", "rate") and first.result.figure.kind == "value":
        mark_differences(scene, members)


def mark_differences(scene: Scene, members: list[Assigned]) -> None:
    first = members[0]
    lead = scene.linking[max(0, first.result.start - 120) : first.result.start]
    if DIFFERENCE_BEFORE.search(lead) or DIFFERENCE_AFTER.match(scene.text, first.result.stop):
        first.statistic = "difference"
    for member in members:
        pair = pair_behind(scene.text, member.result.stop)
        if pair and DIFFERENCE_WORD.search(lead):
            size = abs(pair[0] - pair[1])
            if abs(size - (member.result.figure.value or 0)) < 0.051:
                member.statistic = "difference"


def pair_behind(text: str, place: int) -> tuple[float, float] | None:
    found = PAIR.match(text, place)
    return (float(found["one"]), float(found["other"])) if found else None
