"""Titles that announce a correction, an erratum, a retraction or a concern.

Such an item is cited in place of the work that it is about. The words are looked for only where
notices have them: "Correction of hyponatremia with tolvaptan" and a study of retractions are works.
"""

from __future__ import annotations

import re

from livingreview.references.comparison.plain import readable

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
    "partial-retraction": ("部分撤稿声明", "a notice of partial retraction"),
    "correction": ("更正或勘误", "a correction or erratum"),
    "retraction": ("撤稿声明", "a retraction notice"),
    "concern": ("关注声明", "an expression of concern"),
}
LONGEST = 2000
# What stands around the title of the work in the title of a notice about it.
KIND = (
    r"(?:(?:author|authors'|authors’|publisher|publisher's|editorial|notice of|partial)\s+)?"
    r"(?:corrections?|corrigend(?:um|a)|errat(?:um|a)|addendum|retraction|withdrawal"
    r"|expression of concern|note of concern)(?:\s+(?:note|notice|statement))?"
)
CHINESE_KIND = (
    r"(?:勘误|更正|刊误|正误|撤稿|撤回|撤销|(?:编辑)?关注)(?:表|声明|启事|通知|说明|公告)?"
)
AROUND = (
    re.compile(rf"^\W*{KIND}\s*(?:[:：.\])–—]+|\b(?:to|for|of|on|regarding)\b)\s*", re.IGNORECASE),
    re.compile(r"^\W*(?:to|for|of|on|the article|the paper|article)\b\s*[:：]?\s*", re.IGNORECASE),
    re.compile(rf"\s*[:：.\[(–—-]\s*{KIND}\W*$", re.IGNORECASE),
    re.compile(rf"^\W*{CHINESE_KIND}\s*[:：]\s*"),
)
IN_QUOTES = re.compile(
    r"《(?P<book>.+)》|“(?P<double>.+)”|‘(?P<single>.+)’|\"(?P<plain>.+)\"|^'(?P<other>.+)'"
)
# "[Lung Cancer 127 (2019) 12-18]" behind the title.
PRINTED_IN = re.compile(r"\s*\[[^\[\]]*\b(?:19|20)\d\d\b[^\[\]]*\]\W*$")


def announced_notice(title: str) -> str | None:
    """The kind of notice that the title announces: correction, retraction, concern; or None.

    >>> announced_notice("Correction: Efficacy of anlotinib")
    'correction'
    >>> announced_notice("《安罗替尼的疗效》一文的更正")
    'correction'
    """
    title = readable(title[:LONGEST])
    return next((kind for kind, pattern in PATTERNS if pattern.search(title)), None)


def title_of_original(title: str) -> str | None:
    """The title of the work that a notice with this title is about; None if it is no notice, or
    does not name the work.

    >>> title_of_original("Corrigendum to “Anlotinib in SCLC” [Lung Cancer 127 (2019) 12-18]")
    'Anlotinib in SCLC'
    >>> title_of_original("《安罗替尼的疗效》一文的更正")
    '安罗替尼的疗效'
    """
    title = readable(title[:LONGEST])
    if announced_notice(title) is None:
        return None
    named = title
    head, *rest = AROUND
    stripped = head.sub("", named)
    if stripped != named:
        named = stripped
    for pattern in rest if stripped == title else rest[:1]:
        named = pattern.sub("", named)
    named = PRINTED_IN.sub("", named)
    quoted = IN_QUOTES.search(named)
    if quoted and (quoted.start() == 0 or named != title or quoted["book"]):
        named = next(filter(None, quoted.groups()))
    named = named.strip(" .:：-–—[]")
    return named if named and named != title and announced_notice(named) is None else None
