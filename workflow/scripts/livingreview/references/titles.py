"""Comparing titles and journal names: equal, equal but for a subtitle, or how far apart.

Equality is decided on comparison keys, never on a likeness score: 0.915 was measured between the
titles of two different papers. The score only grades a difference that is already established.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from livingreview.references.plain import (
    comparison_key,
    is_han,
    plain_words,
    readable,
    same_script,
    same_spelling,
)

# From here up a difference is one of wording (a warning), below it is another title (an error) ...
NEAR = 0.85
# ... and below this the record is about another work, unless its other fields agree.
FAR = 0.6
LONGEST_KEY = 1500

RETRACTED_PREFIX = re.compile(
    r"^\W*(?:retracted(?:\s+article)?|withdrawn(?:\s+article)?|removed)\W*[:：\]\)]\s*|"
    r"^\W*(?:已)?撤稿\s*[:：\]】]\s*",
    re.IGNORECASE,
)
RETRACTED_SUFFIX = re.compile(
    r"\s*[\[(（【](?:retracted(?:\s+article)?|已?撤稿)[^\])）】]*[\])）】]\s*$", re.I
)
SUBTITLE = re.compile(r"\s*(?:[:：]|——|—|[?？.。]|\s[–-])\s*")
PINYIN_JOURNAL = re.compile(r"\b(?:zhonghua|zhongguo|za ?zhi|xue ?bao)\b", re.IGNORECASE)
SMALL_WORDS = frozenset(("the", "of", "and", "in", "for", "on", "a", "an", "plus"))
FOREIGN_SMALL_WORDS = frozenset(("de", "der", "des", "die", "du", "la", "le", "et", "und", "y"))


@dataclass(frozen=True)
class Wording:
    """How two texts compare; `score` from 0 to 1 grades a difference.

    `state`: same, shortened (the found one lacks the subtitle), subtitle (the cited one lacks it),
    near, far, incomparable.
    """

    state: str
    score: float = 1.0


def without_status(title: str) -> str:
    """The title without "RETRACTED:" and its like, which say something about it."""
    return RETRACTED_SUFFIX.sub("", RETRACTED_PREFIX.sub("", readable(title)))


def says_retracted(title: str) -> bool:
    """Whether the title is printed as that of a retracted work ("RETRACTED: ...")."""
    return without_status(title) != readable(title)


def compare_titles(cited: str, found: str) -> Wording:
    cited, found = without_status(cited), without_status(found)
    first, second = comparison_key(cited), comparison_key(found)
    if not first or not second or not same_script(cited, found):
        return Wording("incomparable")
    if first == second:
        return Wording("same")
    if second in main_titles(cited):
        return Wording("shortened")
    if first in main_titles(found):
        return Wording("subtitle")
    score = likeness(first, second)
    if score < NEAR or numbers_differ(cited, found):
        return Wording("far", score)
    return Wording("near", score)


def main_titles(title: str) -> set[str]:
    """Keys of the title's beginnings that end before a subtitle, at least three words long."""
    beginnings = (title[: match.start()] for match in SUBTITLE.finditer(title))
    return {
        comparison_key(beginning)
        for beginning in list(beginnings)[:8]
        if len(plain_words(beginning)) >= (6 if is_han(beginning) else 3)
    }


def likeness(first: str, second: str) -> float:
    """1 for equal keys, 0 for nothing in common: 1 - edits / length of the longer one."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(first[:LONGEST_KEY], second[:LONGEST_KEY])


def numbers_differ(cited: str, found: str) -> bool:
    """Whether a word that differs holds a digit: a phase, a dose, a marker (PD-1, PD-L1).

    Such a word changes what a title says however few letters it takes.
    """
    return any(
        any(sign.isdigit() for word in first + second for sign in word)
        for first, second in differing_words(cited, found)
    )


def differing_words(cited: str, found: str) -> list[tuple[list[str], list[str]]]:
    """The stretches of words that differ, those left out that are only split otherwise."""
    first = same_spelling(plain_words(cited))[:400]
    second = same_spelling(plain_words(found))[:400]
    pairs = []
    for kind, i, j, k, m in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind != "equal" and "".join(first[i:j]) != "".join(second[k:m]):
            pairs.append((first[i:j], second[k:m]))
    return pairs


def compare_journals(cited: str, found: str) -> Wording:
    """Full names, ISO 4 abbreviations and initials of one journal are the same.

    A Chinese name against an English or a pinyin one says nothing: journals have both.
    """
    first, second = journal_words(cited), journal_words(found)
    if not first or not second or not same_script(cited, found):
        return Wording("incomparable")
    if "".join(first) == "".join(second):
        return Wording("same")
    if is_abbreviation(cited, found) or is_abbreviation(found, cited):
        return Wording("same")
    if bool(PINYIN_JOURNAL.search(cited)) != bool(PINYIN_JOURNAL.search(found)):
        return Wording("incomparable")
    score = likeness("".join(first), "".join(second))
    return Wording("near" if score >= NEAR else "far", score)


def journal_words(name: str) -> list[str]:
    """The words that make the name: without small words, place in brackets and subtitle."""
    name = re.sub(r"\s*[(（\[][^()（）\[\]]*[)）\]]\s*$", "", readable(name))
    name = re.split(r"\s*[:：=]\s|\s/\s", name, maxsplit=1)[0]
    words = same_spelling(plain_words(name))
    return [word for word in words if word not in SMALL_WORDS] or words


def is_abbreviation(short: str, full: str) -> bool:
    """Whether every word of `short` stands for one of `full`, in order, none left over.

    ISO 4 leaves out small words, keeps names of one word whole, and cuts at least two letters
    (https://www.issn.org/services/online-services/access-to-the-ltwa/).
    """
    short_words, full_words = journal_words(short), journal_words(full)
    if len(full_words) < 2:
        return False
    if len(short_words) == 1 and readable(short).strip(". ").isupper():
        return short_words[0] == "".join(word[0] for word in full_words)
    without_articles = [word for word in full_words if word not in FOREIGN_SMALL_WORDS]
    return any(
        len(short_words) == len(words) and all(map(stands_for, short_words, words))
        for words in (full_words, without_articles)
    )


def stands_for(short: str, word: str) -> bool:
    """`Oncol` and `Natl` for Oncology and National: a beginning, or a contraction."""
    if short == word:
        return True
    if len(word) - len(short) < 2:
        return False
    if word.startswith(short):
        return True
    if len(short) < 3 or short[0] != word[0]:
        return False
    letters = iter(word)
    return all(letter in letters for letter in short)
