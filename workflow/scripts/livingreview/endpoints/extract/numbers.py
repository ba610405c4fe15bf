"""Numbers in a sentence and what each is: a value with its unit, limits, p, a ratio, or no result.

Patterns read normalised text (`normalise`); places are places in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

N = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"
TO = r"\s*(?:-|~|至|到|to|and|,|，)\s*"
OPEN = (
    r"(?:NE|NR|NA|N/A|not (?:yet )?(?:reached|estimable|evaluable|available|estimated)"
    r"|未达到|不可估计|∞)"
)
UNIT = (
    r"(?P<months>个\s?月|月(?!\s*[0-9]+\s*日)|months?|mo\b|mos\b)|(?P<weeks>周(?!期)|weeks?|wks?\b)"
    r"|(?P<years>年|years?\b(?!\s*old|\s*of\s*age)|yrs?\b)|(?P<days>天|日|days?)"
    r"|(?P<percent>%|percent\b|per cent\b)"
    r"|(?P<patients>例(?!次)|名|位|人(?!年)|(?:[a-z]+\s){0,2}?patients?\b|participants?\b|subjects?\b)"
)
UNIT_NAMES = ("months", "weeks", "years", "days", "percent", "patients")
UNIT_AFTER = re.compile(rf"[\s-]{{0,2}}(?:{UNIT})")
BRACKETED = re.compile(r"\s*±\s*[0-9.]+|\s*\((?:range|范围|IQR|95)[^()]{1,60}\)(?!\s*%)")
# Numbers with another unit, or with none that a result could have.
OTHER_UNIT = re.compile(
    r"\s*-?\s*(?:(?P<dose>mg|μg|µg|ug|g\b|kg|ml\b|mL|ng|pg|c?Gy|IU|U\b|mmol|mol|AUC|剂量)"
    r"|(?P<length>[cm]?m\b|mm|cm|厘米|毫米|(?:c|m)m[²2])"
    r"|(?P<age>岁|[\s-]*years?[\s-](?:old|of age))"
    r"|(?P<cycles>个?周期|个?疗程|cycles?|courses?|次|fractions?|times|倍)"
    r"|(?P<counted>项|个(?!\s?月)|种|家|组|条|轮|线|部|处|枚|眼|例次|人年|studies|trials|centers|centres|events|lesions))"
)
P = (
    r"(?<![A-Za-z])[Pp](?:[\s-]?(?:value|values|值))?\s*(?:均|of|was|is|were|for trend|=)?\s*"
    r"(?P<p_sign>[<>=≤≥]\s?=?|为|:)?\s*(?P<p_value>[01]?\.[0-9]+|[01](?![0-9.]))"
    r"(?P<p_power>\s*[x×]\s*10\s*\^?\{?\s*-\s*[0-9]+\}?)?"
)
CI = (
    r"(?:(?P<level>[0-9]{2}(?:\.[0-9]+)?)\s*%\s*)?"
    r"(?:CI|C\.I\.|[Cc]onfidence (?:intervals?|limits?)|[可置]信区间|[可置]信限)"
    r"(?:\s*[(\[]\s*CIs?\s*[)\]])?\s*(?:[:=,，]|of|was|为|是|分别为|from)?\s*[(\[]?\s*"
    rf"(?P<ci_low>-?{N}|{OPEN})\s*(?:%|个?月|年|months?|years?)?{TO}(?P<ci_high>{N}|{OPEN})"
)
HR = (
    r"(?:(?<![A-Za-z])a?HRs?|[Hh]azard [Rr]atios?|风险比|危险比|危害比)"
    r"(?:\s*[(\[][^()\[\]]{0,50}[)\]])?"
    r"(?:\s+(?:for|of)\s+[A-Za-z][A-Za-z\s-]{1,40}?)?\s*(?:was|of|is|[=:,，]|为|是){0,2}\s*"
    rf"(?P<hr_value>{N})(?!\s*%)"
)
OTHER_RATIO = (
    r"(?:[Oo]dds ratios?|(?<![A-Za-z])a?ORs?|[Rr]elative risks?|[Rr]isk ratios?|(?<![A-Za-z])RR"
    r"|比值比|相对危险度|相对风险)"
    r"(?:\s*[(\[][^()\[\]]{0,50}[)\]])?(?:\s+(?:for|of)\s+[A-Za-z][A-Za-z\s-]{1,40}?)?"
    rf"\s*(?:was|of|is|[=:,，]|为|是){{0,2}}\s*{N}(?![0-9]|\.[0-9]|\s*%)"
)
DATE = (
    r"(?:19|20)[0-9]{2}(?:\s*年\s*[01]?[0-9]\s*月(?:\s*[0-3]?[0-9]\s*日)?|[./-][01]?[0-9](?:[./-][0-3]?[0-9])?)"
    r"|(?<![0-9.])(?:19|20)[0-9]{2}(?:\s*年|(?![0-9%]|\.[0-9]|\s*(?:例|名|patients|个月|months)))"
    r"|[0-3]?[0-9]\s*月\s*[0-3]?[0-9]\s*日"
)
STATISTIC = (
    r"(?:χ\s*\^?\{?2?\}?|[Cc]hi[\s-]?(?:2|squared?)|卡方|log[\s-]?rank值?|\bd\.?f\.?|\b[tFZz]\b|\bAUC|\br)"
    rf"\s*(?:=|为|值为|:)\s*-?{N}(?:\s*[,，]\s*{N}(?!\s*%))?"
)
FRACTION = (
    r"(?P<k>[0-9]{1,6})\s?(?:例|名)?\s?/\s?(?P<of>[0-9]{1,6})(?![0-9]|\.[0-9]|\s*级)(?:\s?[例名])?"
    r"|(?P<k2>[0-9]{1,6})\s+(?:out )?of\s+(?:the\s+)?(?P<of2>[0-9]{1,6})(?![0-9]|\.[0-9])"
)
SPREAD = rf"±\s*{N}"
SIZE = r"(?<![A-Za-z])[nN]\s*=\s*(?P<size>[0-9]{1,6})"
GRADE_NUMBERS = (
    r"[Gg]rades?\s*(?:[≥>]=?\s*)?[0-5](?:\s*(?:-|~|/|to|or|and|,)\s*[0-5])*|[Gg][0-5]\s*[-~/]\s*[Gg]?[0-5]"
    r"|[≥>]?\s?[0-5]\s*(?:级|度)?\s*(?:[-~/、至到和或及]|或者)\s*[0-5]\s*[级度]|[≥>]?\s?[0-5]\s*[级度]"
)
REACHED = (
    r"(?P<never>(?:(?:was|were|is|are|had|has|have)\s{1,3})?"
    r"(?:\bnot(?: yet)?(?: been)? (?:reached|attained|achieved|estimable)"
    r"|\bNR\b|\bNE\b)|(?:均|尚|仍|暂|还)?(?:未达到|未达(?!到)|未到达|没有达到)(?!\s*(?:统计|显著|主要|研究|预)))"
)
RANGE = (
    rf"(?P<low>{N})\s*(?P<low_unit>%|个月|月|年|months|years)?\s*(?:-|~|至|到|to)\s*"
    rf"(?P<high>{N})(?![0-9])"
)
ALTERNATIVES = {
    "P": P, "CI": CI, "HR": HR, "RATIO": OTHER_RATIO, "STATISTIC": STATISTIC, "SIZE": SIZE,
    "GRADE": GRADE_NUMBERS, "DATE": DATE, "FRACTION": FRACTION, "SPREAD": SPREAD,
    "REACHED": REACHED, "RANGE": RANGE, "NUMBER": N,
}  # fmt: skip
# "rose from 2.0 to 2.6 years", 从 20.2% 提高至: two values; "ranged from 13% to 67.7%": a range.
CHANGE = re.compile(r"(?<!ranging )(?<!ranged )(?<!range )(?:\bfrom|从|由)\s*$")
NUMBER = re.compile(rf"(?P<NUMBER>{N})")
SCANNER = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in ALTERNATIVES.items()))


@dataclass(frozen=True)
class Figure:
    """One figure of the sentence. `start`..`end` is the number itself, `stop` the end of its unit,
    `begin` where its label begins ("HR = ", "95% CI: ").

    kind: value, range, hr, never (not reached), p, ci, fraction, size (n = ..), or `aside`, a
    number that is no result, with its reason in `reason`.
    """

    kind: str
    start: int
    end: int
    stop: int
    begin: int = -1
    value: float | None = None
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    text: str = ""
    reason: str = ""


def read_figures(text: str, after_letters: frozenset[int] = frozenset()) -> list[Figure]:
    """The figures in order. A digit that follows a letter is part of a name (H446, CD8) unless its
    place is in `after_letters`, the ends of endpoint names ("OS5.8年")."""
    figures: list[Figure] = []
    found = SCANNER.search(text)
    while found:
        place = found.end()
        if found["RANGE"] and CHANGE.search(text, max(0, found.start() - 30), found.start()):
            found, place = NUMBER.match(text, found.start()), found.end("low")
        figure = read_figure(text, found, after_letters)
        if figure is not None:
            figures.append(replace(figure, begin=min(found.start(), figure.start)))
        found = SCANNER.search(text, place)
    return figures


def read_figure(text: str, found: re.Match[str], after_letters: frozenset[int]) -> Figure | None:
    kind = outer_group(found)
    start, end = found.span()
    in_digits = text[start - 1 : start].isdigit() and text[start : start + 1].isdigit()
    if in_digits or text[end : end + 1].isdigit():
        return None  # a piece of an endless row of digits
    if kind == "P":
        start = found.start("p_value")
        return Figure("p", start, end, end, text=p_text(found))
    if kind == "CI":
        return Figure(
            "ci",
            found.start("ci_low"),
            end,
            unit_end(text, end),
            low=limit(found["ci_low"]),
            high=limit(found["ci_high"]),
            level=float(found["level"]) if found["level"] else None,
        )
    if kind == "HR":
        start = found.start("hr_value")
        return Figure("hr", start, end, end, value=float(found["hr_value"]), unit="ratio")
    if kind == "FRACTION":
        return fraction(text, found)
    if kind == "SIZE":
        return Figure(
            "size", found.start("size"), end, end, value=float(found["size"]), unit="patients"
        )
    if kind == "REACHED":
        start += len(found.group()) - len(found.group().lstrip())
        return Figure("never", start, end, end)
    if kind in ("RATIO", "STATISTIC", "GRADE", "DATE", "SPREAD"):
        stop = unit_end(text, end) if kind == "SPREAD" else end
        return Figure("aside", start, end, stop, reason=REASONS[kind])
    return plain_figure(text, found, kind, after_letters)


REASONS = {
    "RATIO": "ratio that is no hazard ratio",
    "STATISTIC": "test statistic",
    "GRADE": "grade",
    "DATE": "date",
    "SPREAD": "standard deviation or error",
}


def outer_group(found: re.Match[str]) -> str:
    return next(name for name in found.re.groupindex if found[name] is not None)


def plain_figure(
    text: str, found: re.Match[str], kind: str, after_letters: frozenset[int]
) -> Figure | None:
    start, end = found.span()
    if is_name(text, start, end, after_letters):
        return (
            None
            if text[start - 1 : start].strip()
            else Figure("aside", start, end, end, reason="identifier")
        )
    other = OTHER_UNIT.match(text, end)
    if other and not UNIT_AFTER.match(text, end):
        return Figure("aside", start, end, other.end(), reason=OTHER_REASONS[other.lastgroup or ""])
    unit, stop = unit_after(text, end)
    if kind == "RANGE":
        low, high = float(found["low"]), float(found["high"])
        if low >= high:
            return Figure("aside", start, end, stop, reason="no rising range")
        unit = unit or (unit_of(found["low_unit"]) if found["low_unit"] else None)
        return Figure("range", start, end, stop, unit=unit, low=low, high=high)
    return Figure("value", start, end, stop, value=float(found.group()), unit=unit)


def is_name(text: str, start: int, end: int, after_letters: frozenset[int]) -> bool:
    """H446, CD8, PD-1, 5-FU, ALTER 1202: a number that is part of a name."""
    before, after = text[max(0, start - 12) : start], text[end : end + 4]
    if start not in after_letters and re.search(r"(?:[A-Za-zα-ωΑ-Ω_]|\([A-Z]\))-?$", before):
        return True
    if re.search(r"\b[A-Z]{2,}\s$", before) and re.fullmatch(r"[0-9]{3,}", text[start:end]):
        return True
    return bool(
        re.match(r"-?[A-Za-z]|-[\u3400-\u9fff]|'", after)
        and not re.match(r"vs|and|to", after)
        and not UNIT_AFTER.match(text, end)
        and not OTHER_UNIT.match(text, end)
    )


OTHER_REASONS = {
    "dose": "dose or concentration",
    "length": "size",
    "age": "age",
    "cycles": "cycles, times or fractions",
    "counted": "count of something else than patients",
}


def unit_after(text: str, place: int) -> tuple[str | None, int]:
    """The unit that follows: "4.1 months", "17 (range 1-39) months"."""
    aside = BRACKETED.match(text, place)
    found = UNIT_AFTER.match(text, place) or (aside and UNIT_AFTER.match(text, aside.end()))
    if not found:
        return None, place
    name = next(name for name in UNIT_NAMES if found[name])
    return "%" if name == "percent" else name, place if aside else found.end()


def unit_of(words: str) -> str | None:
    return unit_after(words, 0)[0]


def unit_end(text: str, place: int) -> int:
    return unit_after(text, place)[1]


def fraction(text: str, found: re.Match[str]) -> Figure | None:
    k, of = int(found["k"] or found["k2"]), int(found["of"] or found["of2"])
    if k > of or re.search(r"[A-Za-z]-?$", text[max(0, found.start() - 2) : found.start()]):
        return None
    return Figure("fraction", *found.span(), found.end(), low=float(k), high=float(of))


def limit(words: str) -> float | None:
    return float(words) if re.fullmatch(rf"-?{N}", words) else None


def p_text(found: re.Match[str]) -> str:
    sign = re.sub(r"\s", "", found["p_sign"] or "").strip("=为:")
    return sign + found["p_value"] + re.sub(r"\s", "", found["p_power"] or "")
