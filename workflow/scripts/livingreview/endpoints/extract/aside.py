"""Why a number is no result: every number of a sentence that became no row gets a reason."""

from __future__ import annotations

import re

from livingreview.endpoints.extract.numbers import Figure

# Words before (within the same part of the sentence) or behind a number, and what they make of it.
BEFORE = (
    ("trial phase", r"[Pp]hase\s*$"),
    ("follow-up", r"(?:随访|follow[\s-]?up|followed)[^;；。,，0-9]{0,40}$"),
    ("age", r"(?:年龄|aged?|岁)[^;；。,，]{0,25}$"),
    ("dose or concentration", r"(?:剂量|浓度|dose[sd]?|concentration)[^;；。,，]{0,20}$"),
    ("threshold", r"(?:阈值|界值|临界值|截断值|cut-?off|threshold)[^;；。,，]{0,25}$"),
    ("design assumption", r"(?:假设|预期|检验效能|power of|assum|expected|hypothes|sample size)"
                          r"[^;；。]{0,50}$"),
    ("biomarker frequency", r"(?:突变率|表达率|阳性率|突变频率|mutation|express|positiv|amplif)"
                            r"[^;；。,，]{0,30}$"),
    ("diagnostic accuracy", r"(?:敏感[度性]|特异[度性]|准确[率性]|sensitivity|specificity)"
                            r"[^;；。,，]{0,20}$"),
    ("definition", r"(?:定义为|defined as|within|不少于|至少|以内)[^;；。,，]{0,20}$"),
)  # fmt: skip
BEHIND = (
    ("trial phase", r"\s*期(?!间)"),
    ("follow-up", r"[^;；。,，]{0,12}(?:随访|follow[\s-]?up)"),
    ("age", r"\s*(?:岁|years? old|years of age)"),
    ("biomarker frequency", r"[^;；。,，]{0,14}(?:突变|阳性|mutation|positive)"),
    ("number of patients", r"\s*(?:例|名|位|人|(?:[a-z-]+\s){0,3}patients|participants|subjects"
                           r"|with\b)"),
    ("definition", r"\s*(?:个月|天|周|年|months?|weeks?|days?|years?)\s*"
                   r"(?:内|以内|of\b|after|before|前|后)"),
)  # fmt: skip
BEFORE_PATTERNS = tuple((reason, re.compile(pattern, re.I)) for reason, pattern in BEFORE)
BEHIND_PATTERNS = tuple((reason, re.compile(pattern, re.I)) for reason, pattern in BEHIND)
NO_OUTCOME = "no outcome named"


def reason_for(sentence: str, figure: Figure, suggested: str, outcome: bool) -> str:
    """The reason, from the words around the number, else `suggested`, else that the sentence names
    no outcome (`outcome` false), else `unsure`."""
    for reason, pattern in BEHIND_PATTERNS:
        if pattern.match(sentence, figure.end):
            return reason
    before = sentence[max(0, figure.begin - 70) : figure.begin]
    for reason, pattern in BEFORE_PATTERNS:
        if pattern.search(before):
            return reason
    if not outcome:
        return NO_OUTCOME
    return suggested or "unsure"


WHATEVER_IS_NEAR = frozenset(
    (
        "trial phase",
        "follow-up",
        "age",
        "dose or concentration",
        "threshold",
        "design assumption",
        "diagnostic accuracy",
    )
)


def never_a_result(sentence: str, figure: Figure) -> str | None:
    """The reason if the words around say that this value is no result whatever endpoint is near."""
    reason = reason_for(sentence, figure, "", False)
    if reason == "dose or concentration" and figure.unit is not None:
        return None
    if reason == "definition" and figure.unit != "%":
        return reason
    return reason if reason in WHATEVER_IS_NEAR else None
