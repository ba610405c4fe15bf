"""Titles that announce a correction, an erratum, a retraction or a concern, or a reply.

Such an item is cited in place of the work that it is about. The words are looked for only where
notices have them: "Correction of hyponatremia with tolvaptan" and a study of retractions are works.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from livingreview.references.comparison.plain import readable

LONGEST = 2000
QUOTE = "[\"“‘'«《]"
# Who speaks: "Author Correction", "Publisher’s Note".
WHO = r"(?:(?:(?:author|publisher|editor)(?:s|['’]s|s['’])?|editorial|formal)\s+)?"
NOTE = r"(?:\s+(?:notes?|notice|statement))?"
CORRECTION = r"(?:corrections?|corrigend(?:um|a)|errat(?:um|a)|addend(?:um|a))"
RETRACTION = r"(?:retractions?|withdrawal)"
REPLACED = r"(?:retraction|retract)\s*(?:,|and|&)\s*(?:replace(?:ment)?|republi\w+)"
CONCERN = r"(?:expressions?|notes?|notice|statement) of (?:editorial )?concern"
# What stands behind the word in a notice: nothing, a sign, or the work.
END = r"(?=\W*$)"
SIGN = r"\s*[:：.\])]"
OF_WORK = rf"\s+(?:(?:to|for|of|on|in)\s*(?:[:：]|(?:the )?(?:article|paper)\b|{QUOTE})|{QUOTE})"
OF_AUTHORS = r"\s+(?:to|for|of)\s+[^:：]{1,80}?\bet al\b"
OF_NAMED = r"\s+(?:to|for)\s+(?:the\s+)?(?-i:[A-Z])"
# Words of a notice alone; others are also the subject of works.
AFTER = rf"(?:{END}|{SIGN}|{OF_WORK}|{OF_AUTHORS})"
AFTER_ERRATUM = rf"(?:{END}|{SIGN}|[,;–—]|\s+(?:to|for)\b|{OF_WORK})"
BEHIND = r"[:：.;\[(–—]\s*|\s-\s+"
BY_WHOM = r"(?:作者|编者|编辑部?|出版者|出版社|本刊)?"
TOLD = r"(?:声明|通知|启事|公告|说明)"
# Kinds: correction, retraction, concern. English titles as publishers and PubMed print them
# (https://www.nlm.nih.gov/bsd/policy/errata.html), Chinese ones as journals head them.
PATTERNS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("partial-retraction", rf"^\W*{WHO}(?:notice of )?partial {RETRACTION}{NOTE}{AFTER}"),
        ("partial-retraction", rf"^\W*部分(?:撤稿|撤回|撤销){TOLD}?\s*(?:[:：]|$)"),
        ("partial-retraction", rf"部分(?:撤稿|撤回|撤销){TOLD}\W*$"),
        ("retraction", rf"^\W*(?:notice|statement|note) of {RETRACTION}\b"),
        ("retraction", rf"^\W*{WHO}{REPLACED}{AFTER}"),
        ("retraction", rf"^\W*{WHO}{RETRACTION}\s+(?:note|notice|statement)(?:{AFTER}|[,;–—])"),
        ("retraction", rf"^\W*{WHO}{RETRACTION}\s+(?:note|notice|statement)\s+(?:to|for)\b"),
        ("retraction", rf"^\W*{WHO}{RETRACTION}{AFTER}"),
        ("retraction", rf"(?:{BEHIND}){WHO}retraction{NOTE}\W*$"),
        ("retraction", rf"^\W*{BY_WHOM}(?:撤稿|撤回|撤销){TOLD}?\s*(?:[:：]|$)"),
        ("retraction", rf"(?:撤稿|撤回|撤销){TOLD}\W*$"),
        ("retraction", rf"^\W*(?:关于)?(?:撤稿|撤回|撤销)\W*《.+》.*{TOLD}\W*$"),
        ("concern", rf"^\W*{WHO}{CONCERN}(?:{AFTER}|\s+(?:to|regarding|about|and)\b)"),
        ("concern", rf"(?:{BEHIND}){WHO}{CONCERN}\W*$"),
        ("concern", rf"^\W*{BY_WHOM}关注(?:{TOLD}\s*(?:[:：]|$|《)|\s*[:：])|关注声明\W*$"),
        ("correction", rf"^\W*{WHO}{CORRECTION}{NOTE}{AFTER}"),
        ("correction", rf"^\W*{WHO}(?:corrigend(?:um|a)|errat(?:um|a)|addendum){AFTER_ERRATUM}"),
        ("correction", rf"^\W*{WHO}corrections?{NOTE}{OF_NAMED}"),
        ("correction", r"^\W*corrections?\s*(?:and|&)\s*(?:clarif|amend|addit|retract)\w+\W*$"),
        ("correction", r"^\W*publishers?['’]?s? note\s*(?:[:：]|\W*$)|^\W*department of error\b"),
        ("correction", rf"(?:{BEHIND}){WHO}{CORRECTION}(?:\s+(?:note|notice))?\W*$"),
        (
            "correction",
            rf"^\W*{BY_WHOM}(?:勘误|更正|刊误|正误|订正)(?:表|{TOLD})?\s*(?:[:：]|$)",
        ),
        ("correction", rf"(?:勘误|更正|刊误)(?:表|{TOLD})?\W*$"),
    )
)
NAMES = {
    "partial-retraction": ("部分撤稿声明", "a notice of partial retraction"),
    "correction": ("更正或勘误", "a correction or erratum"),
    "retraction": ("撤稿声明", "a retraction notice"),
    "concern": ("关注声明", "an expression of concern"),
}
# Words that works also have as their subject ("Withdrawal: a review", "Vision: correction"): what
# follows as a subtitle does, in lower case or with an article, or the word as the subtitle.
SUBJECTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^\W*(?:corrections?|retractions?|withdrawals?|errata|corrigenda|addend(?:um|a))"
        r"\s*[:：.–—-]+\s*(?:(?-i:[a-z])|(?:an?|the)\b)",
        r"^\W*corrections?\s+(?:to|for)\s+(?!.{1,80}?\bet al\b)[^\"“‘'«《:：]+(?:$|[:：])",
        r"[:：.;–—-]\s*(?:correction|retraction|addend(?:um|a))s?\W*$",
        r"^\W*(?:addendum|withdrawal)\W*$",
        r"^\W*(?:撤回|撤销|更正|订正)\s*[:：]\s*(?:一[项个种例]|[论试兼浅]|基于|关于)",
        r"^(?!.*[《“\"'‘]|.*(?:一文|文章|论文|文中)).*[^:：。.\[(（【—–\s-]\s*更正\W*$",
    )
)
# Items about another one that are no notices: comments, replies, reports of reviewers.
COMMENTS = re.compile(
    rf"^\W*(?:(?:invited )?comment(?:s|ary)?(?:\s*[:：]|\s+(?:on|to)(?:\b\W*{QUOTE}|\s*[:：]"
    r"|\s+(?:the )?(?:article|paper)\b|\b))"
    rf"|{WHO}(?:reply|response)(?:\s*[:：]|\s+(?:to|from|for)(?:\s*[:：]|\s*{QUOTE}|\s+letter\b)"
    r"|\W*$)"
    r"|(?:the )?authors?['’]?s?['’]? (?:reply|response)\b|in reply\b|re\s*[:：]"
    rf"|(?:decision letter|review|reviewer report|peer review)\s+(?:for|of)\s*(?:[:：]|{QUOTE})"
    r"|letter(?: to the editors?)?\s*[:：]|letter to the editors?\b"
    r"|faculty opinions recommendation of\b)"
    rf"|(?:{BEHIND})(?:(?:the )?authors?['’]?s?['’]? (?:reply|response)|(?:a )?reply|comments?"
    r"|commentary|letter to the editors?)\W*$"
    r"|^\W*(?:(?:作者|编者|读者)?(?:回复|答复|回信|来信|评论|点评)|编者按)\s*[:：]"
    r"|^\W*[对与就].*《.+》.*的?(?:评论|回复|答复|商榷)\W*$"
    r"|[:：。\[(（【—–]\s*(?:作者|编者|读者)?(?:回复|答复|来信|评论|点评)\W*$",
    re.IGNORECASE,
)
# What stands around the title of the work in the title of a notice about it.
KIND = (
    rf"{WHO}(?:(?:notice|statement) of )?(?:partial )?"
    rf"(?:{REPLACED}|{CORRECTION}|{RETRACTION}|{CONCERN}|publishers?['’]?s? note)"
    r"(?:\s+(?:note|notice|statement))?"
)
CHINESE_KIND = (
    rf"{BY_WHOM}(?:勘误|更正|刊误|正误|订正|(?:部分)?(?:撤稿|撤回|撤销)|关注)(?:表|{TOLD})?"
)
AROUND = (
    re.compile(
        rf"^\W*{KIND}\s*(?:[:：.\])–—]+|\b(?:to|for|of|on|in|regarding)\b)\s*", re.IGNORECASE
    ),
    re.compile(r"^\W*(?:to|for|of|on|the article|the paper|article)\b\s*[:：]?\s*", re.IGNORECASE),
    re.compile(rf"\s*(?:[:：.\[(–—]|\s-)\s*{KIND}\W*$", re.IGNORECASE),
    re.compile(rf"^\W*{CHINESE_KIND}\s*[:：]\s*|\s*[:：。.\[(（【—–-]\s*{CHINESE_KIND}\W*$"),
)
# "Smith et al., " before the title of the work.
BY_AUTHORS = re.compile(r"^[^:：]{1,80}?\bet al\b[.,:：\s]*", re.IGNORECASE)
IN_QUOTES = re.compile(
    r"《(?P<book>.+)》|“(?P<double>.+)”|‘(?P<single>.+)’|\"(?P<plain>.+)\"|^'(?P<other>.+)'"
)
# "[Lung Cancer 127 (2019) 12-18]" behind the title.
PRINTED_IN = re.compile(r"\s*\[[^\[\]]*\b(?:19|20)\d\d\b[^\[\]]*\]\W*$")


@lru_cache(maxsize=4096)
def announced_notice(title: str) -> str | None:
    """The kind of notice that the title announces: correction, retraction, concern; or None.

    >>> announced_notice("Correction: Efficacy of anlotinib")
    'correction'
    >>> announced_notice("《安罗替尼的疗效》一文的更正")
    'correction'
    """
    title = readable(title[:LONGEST])
    return next((kind for kind, pattern in PATTERNS if pattern.search(title)), None)


def may_be_subject(title: str) -> bool:
    """Whether the word that announces a notice may as well be what a work is about: then only a
    record, or the work that it would be about, can tell.

    >>> may_be_subject("Withdrawal: a review"), may_be_subject("Correction: Efficacy of anlotinib")
    (True, False)
    """
    title = readable(title[:LONGEST])
    return any(pattern.search(title) for pattern in SUBJECTS)


@lru_cache(maxsize=4096)
def item_about(title: str) -> str | None:
    """The kind of notice, or `comment`, where the title is that of an item about another one.

    >>> item_about("Reply to: Efficacy of anlotinib"), item_about("安罗替尼的疗效：作者回复")
    ('comment', 'comment')
    """
    kind = announced_notice(title)
    return kind or ("comment" if COMMENTS.search(readable(title[:LONGEST])) else None)


def is_other_item(cited: str, found: Sequence[str]) -> bool:
    """Whether one of both, the printed title or a record with these titles, is a notice or a reply
    and the other is not."""
    kinds = set(map(item_about, found)) - {None}
    return item_about(cited) not in (kinds or {None})


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
        named = BY_AUTHORS.sub("", stripped)
    for pattern in rest if stripped == title else rest[:1]:
        named = pattern.sub("", named)
    named = PRINTED_IN.sub("", named)
    quoted = IN_QUOTES.search(named)
    if quoted and (quoted.start() == 0 or named != title or quoted["book"]):
        named = next(filter(None, quoted.groups()))
    named = named.strip(" .:：-–—[]")
    return named if named and named != title and announced_notice(named) is None else None
