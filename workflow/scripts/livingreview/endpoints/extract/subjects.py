"""Arms that a sentence names without the word: "47 patients treated with A achieved", "接受A治疗",
"women with B had shorter OS than those without B". They count where no arm is called one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from livingreview.endpoints.extract.arms import FUNCTION_WORDS, Arm, cross
from livingreview.endpoints.spellings import Mention

STOP = (
    r"(?=\s*(?:[,;:()\[\]]|\.(?:\s|$)|$"
    r"|\b(?:vs|versus|and (?:had|achieved|showed|experienced|was|were)|had|has|have|"
    r"was|were|is|are|achieved|showed|experienced|than|compared|at|demonstrated|yielded|resulted|who|whose)\b))"
)
NAME = r"(?P<name>[A-Za-z0-9αβγ][^\s,;:()\[\]]*(?:\s[^\s,;:()\[\]]+){0,6}?)"
TREATED = re.compile(
    r"\b(?:treated with|receiving|received|receive|given|allocated(?: to)?|assigned to"
    r"|randomi[sz]ed to"
    rf"|therapy with|treatment with|in favou?r of)\s+(?:the\s+|an?\s+)?{NAME}{STOP}"
)
HAVING = re.compile(
    r"\b(?:patients|women|men|those|cases|tumou?rs|subjects)\s+"
    rf"(?P<name>(?:with|without)\s+[^\s,;:()\[\]]+(?:\s[^\s,;:()\[\]]+){{0,5}}?){STOP}"
)
COMPARED = re.compile(
    r"\b(?:better|longer|shorter|higher|lower|improved|superior|inferior|worse|favou?rable)\s+(?:[a-z]+\s){0,2}?"
    rf"(?:with|for|in)\s+(?:the\s+)?{NAME}{STOP}"
)
TREATED_ZH = re.compile(
    r"(?:接受|服用|口服|采用|给予|使用|应用|行)\s*(?P<name>[^,，。;；、:：()\s的][^,，。;；、:：()的]{1,24}?)\s*"
    r"(?=治疗|后|者|的|组|方案|辅助|仅|患者|[,，。;；(]|$)"
)
PATIENTS_ZH = re.compile(
    r"(?:^|(?<=[,，。;；、:：而中]))\s*(?:[0-9]+\s?[例名])?(?P<name>[^,，。;；、:：()\s0-9][^,，。;；、:：()]{1,20}?)的?"
    r"(?:患者|病例|病人|者)(?=的|中|[0-9一二三五]|中位|生存|总|完全|客观|无)"
)
DRUG_ZH = re.compile(r"(?<![A-Za-z0-9])(?P<name>[A-Z][A-Za-z0-9+-]{3,24})\s*(?=对|治疗|单药|联合)")
NOBODY = re.compile(
    r"(?:以上|上述|所有|全部|全组|本组|该组|两组|各组|入组|其中|随访|研究|本研究|符合|多数|部分|该|本|其|此)"
    r"|.{0,8}(?:的|中)$|(?:treatment|therapy|chemotherapy)$"
)


def find_subjects(sentence: str, others: Sequence[Mention]) -> list[Arm]:
    """In order; none that names a population, a line, a trial, or nobody in particular."""
    found_arms: list[Arm] = []
    for pattern in (TREATED, HAVING, COMPARED, TREATED_ZH, PATIENTS_ZH, DRUG_ZH):
        for found in pattern.finditer(sentence):
            start, end = found.span("name")
            words = sentence[start:end]
            arm = Arm(start, end, words)
            if (
                words.split()[0].lower() in FUNCTION_WORDS - {"with"}
                or NOBODY.match(words)
                or any(cross(arm, other) for other in [*others, *found_arms])
            ):
                continue
            found_arms.append(arm)
    return sorted(found_arms, key=lambda arm: arm.start)
