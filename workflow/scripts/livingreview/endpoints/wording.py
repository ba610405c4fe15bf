"""Results in words, Chinese and English, for the messages of the checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from livingreview.endpoints.pairing import Result, printed_words
from livingreview.endpoints.row import Row
from livingreview.endpoints.sources import SourceComparison, SourceResult
from livingreview.endpoints.vocabulary import Vocabulary

LANGUAGES = ("zh", "en")
UNIT_WORDS = {
    "zh": {
        "months": " 个月",
        "weeks": " 周",
        "days": " 天",
        "years": " 年",
        "%": "%",
        "patients": " 例",
    },
    "en": {
        "months": " months",
        "weeks": " weeks",
        "days": " days",
        "years": " years",
        "%": "%",
        "patients": " patients",
    },
}
COMMA = {"zh": "，", "en": ", "}
NOT_REACHED = {"zh": "未达到", "en": "not reached"}
STATISTIC_WORDS = {
    "zh": {"hazard_ratio": "风险比", "difference": "差值", "count": "例数"},
    "en": {"hazard_ratio": "hazard ratio", "difference": "difference", "count": "count"},
}
TIMEPOINT_WORDS = {
    "zh": {"year": "{} 年", "month": "{} 个月", "week": "{} 周"},
    "en": {"year": "{}-year ", "month": "{}-month ", "week": "{}-week "},
}
GRADE_WORDS = {
    "zh": {"any": "", ">=3": "≥3 级", "3-4": "3～4 级"},
    "en": {"any": "", ">=3": "grade ≥3 ", "3-4": "grade 3–4 "},
}


def plain(number: float | Decimal | None) -> str:
    """A number without the zero that a float adds: 4.0 -> 4; a printed Decimal stays as it is."""
    if number is None:
        return ""
    return format(number, "f") if isinstance(number, Decimal) else f"{number:.12g}"


def amount(number: Decimal | float | str | None, unit: str | None, lang: str) -> str:
    text = number if isinstance(number, str) else plain(number)
    return text + UNIT_WORDS[lang].get(unit or "", "")


def source_amount(source: SourceResult, lang: str, *, whole: bool = True) -> str:
    """'6.1 months (CI 4.1–8.0), p = 0.0061' as the source prints it; without `whole` the value."""
    if source.not_reached:
        text = NOT_REACHED[lang]
    elif source.value is None:
        text = amount(ends(source.ci_low, source.ci_high), source.unit, lang)
    else:
        text = amount(source.value, source.unit, lang)
    if not whole:
        return text
    if source.value is not None and source.ci_low is not None and source.ci_high is not None:
        level = f"{plain(source.ci_level)}% " if source.ci_level is not None else ""
        text += f" ({level}CI {plain(source.ci_low)}–{plain(source.ci_high)})"
    if source.p:
        text += f"{COMMA[lang]}p {source.p if source.p[0] in '<>=' else '= ' + source.p}"
    return text


def row_amount(row: Row, printed: str, lang: str) -> str:
    """What the text states; the number itself where the text has words ("none" for 0)."""
    if row.not_reached:
        return NOT_REACHED[lang]
    if row.value is None:
        return amount(ends(row.ci_low, row.ci_high), row.unit, lang)
    return amount(printed if has_digit(printed) else row.value, row.unit, lang)


def ends(low: float | Decimal | None, high: float | Decimal | None) -> str:
    """A range by its ends: 13–67.7; with one end only: <7, >60."""
    if low is None or high is None:
        return f">{plain(low)}" if high is None else f"<{plain(high)}"
    return f"{plain(low)}–{plain(high)}"


def has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def endpoint_words(result: Result, vocabulary: Vocabulary, lang: str) -> str:
    """'OS', '3-year OS', 'PFS hazard ratio', 'grade 3–4 hypertension'."""
    identity, row = result.identity, result.first
    kind, _, rest = identity.endpoint.partition(":")
    if kind == "AE":
        term = vocabulary.adverse_events.get(rest)
    else:
        term = vocabulary.endpoints.get(identity.endpoint)
    name = rest or kind
    if term is not None and (rest or lang == "zh"):
        name = getattr(term, lang) if rest else f"{term.zh}({kind})"
    time = ""
    if row.timepoint is not None and row.timepoint_unit in TIMEPOINT_WORDS[lang]:
        time = TIMEPOINT_WORDS[lang][row.timepoint_unit].format(plain(row.timepoint))
    grade = GRADE_WORDS[lang].get(identity.grade or "any", "")
    statistic = STATISTIC_WORDS[lang].get(identity.statistic, "")
    space = " " if lang == "en" and statistic else ""
    return f"{time}{grade}{name}{space}{statistic}"


def arm_words(result: Result, vocabulary: Vocabulary, lang: str) -> str:
    """The arm, and in a contrast what it is compared with; '' where the text names none."""
    identity = result.identity
    arm = named_arm(identity.arm, [row.arm for row in ordered(result, lang)], vocabulary, lang)
    if identity.statistic not in ("hazard_ratio", "difference"):
        return arm
    other = [row.comparator for row in ordered(result, lang)]
    comparator = named_arm(identity.comparator, other, vocabulary, lang)
    if not comparator:
        return arm
    return f"{arm} 对 {comparator}" if lang == "zh" else f"{arm} vs {comparator}"


def ordered(result: Result, lang: str) -> list[Row]:
    """The result's rows, that of the language first."""
    return sorted(result.rows, key=lambda row: row.lang != lang)


def named_arm(ids: str, words: list[str | None], vocabulary: Vocabulary, lang: str) -> str:
    terms = [vocabulary.interventions.get(id) for id in ids.split("+")] if ids else []
    if terms and all(terms):
        return "+".join(getattr(term, lang) for term in terms)
    return next((word for word in words if word), "")


def subject(result: Result, vocabulary: Vocabulary, lang: str, whole_arm: bool = False) -> str:
    """'OS, liver metastases, anlotinib': what a message is about; without the endpoint for checks
    of all responses of an arm."""
    population = vocabulary.populations.get(result.identity.population or "")
    responses = "疗效" if lang == "zh" else "responses"
    parts = [
        responses if whole_arm else endpoint_words(result, vocabulary, lang),
        getattr(population, lang) if population else "",
        arm_words(result, vocabulary, lang),
    ]
    return COMMA[lang].join(part for part in parts if part)


def cited(keys: Sequence[str], numbers: Mapping[str, int], lang: str) -> str:
    """'reference 35', '文献 8、9'; a work that stands in no list goes by its key."""
    names = [str(numbers.get(key, key)) for key in keys]
    if lang == "zh":
        return "文献 " + "、".join(names)
    return ("references " if len(names) > 1 else "reference ") + ", ".join(names)


def comparison_words(
    result: Result,
    row: Row,
    comparison: SourceComparison,
    numbers: Mapping[str, int],
    lang: str,
) -> str:
    """One sentence on what the source prints beside the text."""
    reason = comparison.reason
    ours = row_amount(row, printed_words(row), lang)
    works = cited(comparison.unseen or result.identity.references, numbers, lang)
    theirs = ""
    if comparison.source is not None:
        source = comparison.source
        name = cited((source.key,), numbers, lang)
        value = source_amount(source, lang, whole=reason in ("interval", "p", "p-bound"))
        if lang == "zh":
            where = "摘要" if source.where == "abstract" else source.where
            theirs = f"{name}（{where}）为 {value}"
        else:
            theirs = f"{name} ({source.where}) has {value}"
    zh = {
        "equal": f"文中 {ours}，{theirs}，一致。",
        "rounded": f"文中 {ours}，{theirs}，四舍五入后一致。",
        "converted": f"文中 {ours}，{theirs}，换算单位后一致。",
        "value": f"文中为 {ours}，{theirs}。",
        "interval": f"文中 {ours}，数值相同，但置信区间不同：{theirs}。",
        "p": f"文中 {ours}（p {row.p}），数值相同，但 p 值不同：{theirs}。",
        "absent": f"{works} 中已读到的部分没有这项结果，未作判断。",
        "unseen": f"{works} 所载结果尚未读到，未作判断。",
        "several": f"{works} 中有不止一个数值可能与之对应，未作判断。",
        "description": f"文中为 {ours}，{theirs}，但两处对人群、分组或对照的描述不同，未作判断。",
        "direction": f"文中为 {ours}，{theirs}，但未同时写明比较的两组，方向不明，未作判断。",
        "unit": f"文中为 {ours}，{theirs}，单位不同，不作换算，未作判断。",
        "p-bound": f"文中 {ours}（p {row.p}），{theirs}，来源只给出较宽的界限，未作判断。",
        "other-works": f"文中为 {ours}，{theirs}，但同时引用的{works} 尚未读到，未作判断。",
        "no-reference": "文中未注明出处，无从核对。",
    }
    en = {
        "equal": f"the text has {ours}, {theirs}: they agree.",
        "rounded": f"the text has {ours}, {theirs}: they agree after rounding.",
        "converted": f"the text has {ours}, {theirs}: they agree once in one unit.",
        "value": f"the text has {ours}, but {theirs}.",
        "interval": f"the text has {ours}, the same value with other confidence limits: {theirs}.",
        "p": f"the text has {ours} (p {row.p}), the same value with another p: {theirs}.",
        "absent": f"what was read of {works} does not hold this result; not judged.",
        "unseen": f"the results of {works} have not been read; not judged.",
        "several": f"more than one value of {works} could be meant; not judged.",
        "description": f"the text has {ours}, {theirs}, but population, arm or comparator are"
        " described in other words; not judged.",
        "direction": f"the text has {ours}, {theirs}, but the two arms of the contrast are not both"
        " named, so its direction is open; not judged.",
        "unit": f"the text has {ours}, {theirs}; the units have no exact relation; not judged.",
        "p-bound": f"the text has {ours} (p {row.p}), {theirs}, a wider bound that neither shows"
        " nor contradicts it; not judged.",
        "other-works": f"the text has {ours}, {theirs}, but {works}, cited with it, has not been"
        " read; not judged.",
        "no-reference": "the text names no source, so there is nothing to compare with.",
    }
    return (zh if lang == "zh" else en)[reason]


def other_words(comparison: SourceComparison, lang: str) -> str:
    """What reports other than the cited work say, where the cited work does not settle it."""
    if comparison.state == "agrees" or not comparison.others:
        return ""
    form = "{}（{}）" if lang == "zh" else "{} ({})"
    listed = [
        form.format(source_amount(source, lang, whole=False), source.where)
        for source, _ in comparison.others
    ]
    if lang == "zh":
        return f"其他报道（不计入判断）：{'；'.join(dict.fromkeys(listed))}。"
    return f" Other reports (not counted): {'; '.join(dict.fromkeys(listed))}."
