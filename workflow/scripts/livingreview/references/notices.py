"""Titles that announce a correction, an erratum, a retraction or a concern.

Such an item is cited in place of the work that it is about. The words are looked for only where
notices have them: "Correction of hyponatremia with tolvaptan" and a study of retractions are works.
"""

from __future__ import annotations

import re

from livingreview.references.plain import readable

# Kinds: correction, retraction, concern. English titles as publishers and PubMed print them
# (https://www.nlm.nih.gov/bsd/policy/errata.html), Chinese ones as journals head them.
PATTERNS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            "retraction",
            r"^\W*(?:notice of retraction\b|retraction (?:note|notice|statement)\b"
            r"|retraction\s*[:：.\]]|retraction (?:to|of)\s*[:：\"“‘']"
            r"|withdrawal(?: notice| note)?\s*[:：])",
        ),
        ("retraction", r"^\W*(?:撤稿|撤回|撤销)(?:声明|通知|启事|公告|说明)?\s*[:：]"),
        ("retraction", r"(?:撤稿|撤回|撤销)(?:声明|通知|启事|公告|说明)\W*$"),
        (
            "concern",
            r"^\W*(?:(?:editorial )?expression of concern\b|editorial note of concern\b)",
        ),
        ("concern", r"^\W*(?:编辑)?关注声明|关注声明\W*$"),
        (
            "correction",
            r"^\W*(?:(?:author|authors'|authors’|publisher|publisher's|editorial)\s+)?"
            r"(?:correction|corrections)(?:\s+to)?\s*[:：\]]",
        ),
        ("correction", r"^\W*(?:correction|corrections) to\s*[\"“‘']"),
        ("correction", r"^\W*(?:corrigendum|corrigenda|erratum|errata|addendum)\b"),
        ("correction", r"[:：.\[(–—-]\s*(?:corrigendum|corrigenda|erratum|errata)\W*$"),
        (
            "correction",
            r"^\W*(?:勘误|更正|刊误|正误)(?:表|声明|启事|通知|说明|公告)?\s*(?:[:：]|$)",
        ),
        ("correction", r"(?:勘误|更正|刊误)(?:表|声明|启事|通知|说明|公告)?\W*$"),
    )
)
NAMES = {
    "correction": ("更正或勘误", "a correction or erratum"),
    "retraction": ("撤稿声明", "a retraction notice"),
    "concern": ("关注声明", "an expression of concern"),
}
LONGEST = 2000


def announced_notice(title: str) -> str | None:
    """The kind of notice that the title announces: correction, retraction, concern; or None.

    >>> announced_notice("Correction: Efficacy of anlotinib")
    'correction'
    >>> announced_notice("《安罗替尼的疗效》一文的更正")
    'correction'
    """
    title = readable(title[:LONGEST])
    return next((kind for kind, pattern in PATTERNS if pattern.search(title)), None)
