"""Words that reverse what a title says though they take few letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from livingreview.references.comparison.plain import (
    is_han,
    plain_words,
    readable,
    same_spelling,
)

ORDINALS = frozenset(("first", "second", "third", "fourth", "fifth", "sixth", "last"))
NEGATIONS = frozenset(("no", "non", "not", "without", "never", "neither", "nor"))
# Beginnings that turn the rest of a word, one against the other: hypertension, hypotension.
OPPOSITE_PREFIXES = tuple(
    tuple(pair.split())
    for pair in (
        "hyper hypo", "pre post", "intra inter", "intra extra", "mono poly", "uni multi",
        "endo exo", "micro macro", "pro retro", "pro anti", "over under", "super sub",
        "homo hetero", "mono bi", "uni bi",
    )
)  # fmt: skip
PREFIXES = ("non", "un", "in", "im", "ir", "dis", "anti", "hyper", "hypo", "pre", "post")
# Words against words, and beginnings of words against beginnings of words.
OPPOSITE_WORDS = tuple(
    (frozenset(one.split()), frozenset(two.split()))
    for one, two in (
        ("up upper", "down lower"),
        ("high higher", "low lower"),
        ("more", "less fewer"),
        ("better", "worse"),
        ("before", "after"),
        ("early", "late"),
        ("male men", "female women"),
        ("left", "right"),
        ("primary", "secondary"),
        ("vitro", "vivo"),
        ("local", "systemic"),
        ("plus and with", "versus"),
        ("over above", "under below"),
    )
)
OPPOSITE_STEMS = tuple(
    (tuple(one.split()), tuple(two.split()))
    for one, two in (
        ("increas", "decreas reduc"),
        ("enhanc promot activat", "inhibit suppress attenuat prevent inactivat"),
        ("upregulat", "downregulat"),
        ("improv", "worsen impair"),
        ("superior", "inferior"),
        ("positiv", "negativ"),
        ("sensitiv", "resistan refractor"),
        ("benign", "malignan"),
        ("acute", "chronic"),
        ("limited", "extensive"),
        ("child pediatric", "adult"),
        ("squamous", "adenocarcinoma"),
    )
)
GREEK_END = re.compile(r"(?:alpha|beta|gamma|delta|kappa)$")
HAN_NEGATIONS = frozenset("非无不未")
HAN_OPPOSITES = ("一二三四五六", "增减", "升降", "高低", "促抑", "阳阴", "前后", "早晚", "男女")


def reverses(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two stretches of words, in the same place of two titles, contradict each other.

    >>> reverses(["second"], ["third"]), reverses(["the"], ["a"])
    (True, False)
    """
    negations = [
        sum(word in NEGATIONS or word in HAN_NEGATIONS for word in words)
        for words in (first, second)
    ]
    if negations[0] != negations[1]:
        return True
    return any(excludes(one, two) for one in first[:20] for two in second[:20])


def excludes(one: str, two: str) -> bool:
    if is_han(one) or is_han(two):
        return one != two and any(one in group and two in group for group in HAN_OPPOSITES)
    if one in ORDINALS and two in ORDINALS:
        return one != two
    if len(one) == len(two) == 1:
        return one != two and "a" not in (one, two)  # hepatitis B and C; "a" is an article
    short, long = sorted((one, two), key=len)
    if len(short) > 3 and any(long == prefix + short for prefix in PREFIXES):
        return True
    if has_opposite_prefix(one, two) or has_opposite_prefix(two, one):
        return True
    ends = [GREEK_END.search(word) for word in (one, two)]
    if ends[0] and ends[1] and ends[0][0] != ends[1][0]:
        return True
    for left, right in OPPOSITE_WORDS:
        if (one in left and two in right) or (two in left and one in right):
            return True
    return any(
        (one.startswith(left) and two.startswith(right))
        or (two.startswith(left) and one.startswith(right))
        for left, right in OPPOSITE_STEMS
    )


def has_opposite_prefix(one: str, two: str) -> bool:
    return any(
        one.startswith(first)
        and two.startswith(second)
        and one[len(first) :] == two[len(second) :]
        and len(one) - len(first) > 3
        for first, second in OPPOSITE_PREFIXES
    )


# Signs of comparison and the word behind them; arrows are none.
SIGN = re.compile(r"(?<![-=<>→])([<>≤≥≦≧⩽⩾≲≳]=?|=<|=>)(?![-<>=])\s*[$(]?\s*([^\W_]+)")
MORE, LESS = ">≥≧⩾≳", "<≤≦⩽≲"


def signs_reversed(cited: str, found: str) -> bool:
    """Whether one title says "more than" of what the other says "less than" of: ≥ 70, < 70.

    Signs that one side has lost say nothing, nor does > for ≥.

    >>> signs_reversed("aged > 70", "aged &lt;70"), signs_reversed("aged >= 70", "aged ≥70")
    (True, False)
    """
    ones, twos = directions(cited), directions(found)
    return any(
        ones[word] != twos[word]
        for word in ones.keys() & twos.keys()
        if len(ones[word]) == len(twos[word])
    )


@lru_cache(maxsize=4096)
def directions(title: str) -> dict[str, list[bool]]:
    """For each word behind a sign of comparison, whether the sign says that it is more."""
    found: dict[str, list[bool]] = {}
    text = unicodedata.normalize("NFKC", readable(title))
    for sign, word in SIGN.findall(text):
        spelt = "".join(same_spelling(plain_words(word))) or word
        found.setdefault(spelt, []).append(any(one in MORE for one in sign))
    return found
