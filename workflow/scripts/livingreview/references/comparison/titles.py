"""Comparing titles: equal, equal but for a subtitle, or how far apart.

Equality is decided on comparison keys, never on a likeness score: 0.915 was measured between the
titles of two different papers. The score only grades a difference that is already established.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from livingreview.references.comparison.opposites import reverses, signs_reversed
from livingreview.references.comparison.plain import (
    comparison_key,
    is_damaged,
    is_han,
    plain_words,
    readable,
    same_script,
    same_spelling,
)
from livingreview.references.comparison.wordings import words_differ

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
# The number of an abstract before its title: MA17.07, P2.12-13, 1538P, LBA5, Abstract 1234; or
# the heading under which its journal has it, "Review: ...".
ABSTRACT_NUMBER = re.compile(
    r"^\W*(?:[Aa]bstract\s+(?:[Nn]o\W+)?[\w.-]*\d[\w-]*"
    r"|[A-Z]{1,4}\s?\d{1,3}\.\d{1,3}(?:-\d{1,3})?"
    r"|\d{1,4}(?:P|O|PD|MO|TiP|eP)|LBA\d{1,4})(?:\s*[:：.|-])?\s+(?=\S)"
    r"|^\W*(?i:(?:original|research|review|regular)\s+(?:article|research|paper)|review|article"
    r"|abstract|case\s+report|(?:short|rapid)\s+communication|brief\s+report|temporary\s+removal"
    r"|论著|综述|病例报告|短篇报道)\s*[:：]\s*(?=\S)|^\W*\d{1,2}\.\s+(?=\S)"
)
# What GB/T 7714 puts behind a title: the kind of the work and its medium, [J], [EB/OL].
KIND_MARK = re.compile(
    r"\s*[\[［【](?:[JMDCNPRSAGZ]|DB|CP|EB)(?:\s?/\s?(?:OL|CD|MT|DK))?[\]］】]\W*$"
)
# What Vancouver and NLM lists add behind a title: its medium, kind, language, its later fate
# (https://www.ncbi.nlm.nih.gov/books/NBK7256/).
KINDS = (
    r"(?:(?:meeting|conference|congress|poster|oral)\s+)?abstract|poster(?: presentation)?"
    r"|(?:(?:systematic|invited|mini)[\s-]*)?review(?: article)?|letter(?: to the editor)?"
    r"|editorial|comment(?:ary)?|news|case reports?|corrected|preprint|dissertation|thesis"
    r"|(?:会议)?摘要|综述|述评"
)
LANGUAGE = (
    "chinese|japanese|korean|german|french|spanish|portuguese|italian|russian|ukrainian|polish|czech"
    "|slovak|turkish|danish|swedish|norwegian|dutch|finnish|hungarian|romanian|serbian|croatian"
    "|bulgarian|greek|hebrew|arabic|persian|thai|vietnamese|english"
)
LANGUAGES = (
    rf"(?:(?:article|text)\s+)?(?:in\s+)?(?:{LANGUAGE})"
    r"(?:[,;]?\s+(?:with\s+)?(?:an\s+)?(?:english\s+)?(?:abstract|summary))?|(?:中|英|日|德|法|俄)文"
)
MEDIA = (
    r"(?:serial\s+|article\s+)?(?:internet|on-?\s?line)|electronic resource"
    r"|(?:published\s+)?(?:e-?pub|on-?line)\s+(?:ahead of|before) print\b.{0,80}"
)
FATES = (
    r"(?:published\s+|a\s+)?(?:corrections?|corrigendum|err?at(?:um|a)|addendum|comments?|retraction"
    r"|errors?)\s+(?:appears?|published|in)\b.{0,200}"
)
ANNOTATION = re.compile(
    rf"[\s.]*(?:[\[［【]\s*(?:(?:{KINDS})(?:\s+(?:no\W+)?[\w.-]*\d[\w.-]*)?|{LANGUAGES}|{MEDIA}"
    rf"|{FATES})\W*[\]］】]|[(（]\s*(?:{KINDS}|{LANGUAGES}|{FATES})\W*[)）])\W*$",
    re.IGNORECASE,
)
# A title in two languages: 中文题名 = English title, 中文题名 (English title).
BETWEEN_LANGUAGES = re.compile(r"\s*[=＝/／]\s*|\s*[\[(（［【]\s*")
FEWEST_OF_A_HALF = 3  # words, or Chinese signs
ARTICLES = ("the", "a", "an")
ACRONYM = re.compile(r"(?<![^\W_])[A-Za-z]?[A-Z][A-Z]+s?(?![^\W\d_])")
NUMBER_WORDS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
}
# TGF-β1 is printed as TGF-b1 where Greek letters were lost.
GREEK = re.compile("alpha|beta|gamma|delta|kappa")
SUBTITLE = re.compile(r"\s*(?:[:：]|——|—|[?？.。]|\s[–-])\s*")
# An acronym or a study's name in brackets, which lists leave out with the subtitle behind it.
IN_BRACKETS_LAST = re.compile(r"\s*[(（][^()（）]{1,60}[)）]\s*$")


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


def compare_titles(cited: str, found: str, sure: bool = False) -> Wording:
    """`sure`: other fields say that the two are one work; then a main title may be of two words.

    Of a title in two languages one half that agrees is enough.
    """
    ones, twos = versions(cited), versions(found)
    if len(ones) == len(twos) == 1:
        return compare_versions(ones[0], twos[0], sure)
    wordings = [compare_versions(one, two, sure) for one in ones for two in twos]
    order = ("same", "shortened", "subtitle", "near", "far", "incomparable")
    return min(wordings, key=lambda wording: (order.index(wording.state), -wording.score))


@lru_cache(maxsize=4096)
def versions(title: str) -> tuple[str, ...]:
    """The title without what lists print behind it; its halves, if it is in two languages."""
    title = without_status(title)
    for _ in range(3):
        title = without_annotation(title)
    halves = (
        (title[: match.start()], title[match.end() :])
        for match in islice(BETWEEN_LANGUAGES.finditer(title), 8)
    )
    for pair in halves:
        if is_han(pair[0]) != is_han(pair[1]) and min(map(weight_of_half, pair)) > 0:
            return tuple(half.rstrip(" )）]］】") for half in pair)
    return (title,)


def without_annotation(title: str) -> str:
    shorter = KIND_MARK.sub("", ANNOTATION.sub("", title))
    return shorter if plain_words(shorter) else title


def weight_of_half(half: str) -> int:
    """Its words, 0 if they are too few for a title."""
    words = plain_words(half)
    count = sum(map(is_han, words)) if is_han(half) else len(words)
    return count if count >= FEWEST_OF_A_HALF else 0


def compare_versions(cited: str, found: str, sure: bool) -> Wording:
    cited, found = without_abstract_number(cited, found)
    first, second = comparison_key(cited), comparison_key(found)
    if not first or not second or not same_script(cited, found):
        return Wording("incomparable")
    if is_damaged(cited + found):
        return Wording("incomparable")
    if signs_reversed(cited, found):
        return Wording("far", likeness(first, second))
    if first == second or title_key(cited) == title_key(found):
        return Wording("same")
    if title_key(found) in main_titles(cited, sure):
        return Wording("shortened")
    if title_key(cited) in main_titles(found, sure):
        return Wording("subtitle")
    score = likeness(first, second)
    if score < NEAR or numbers_differ(cited, found) or meaning_differs(cited, found):
        return Wording("far", score)
    return Wording("near", score)


def without_abstract_number(cited: str, found: str) -> tuple[str, str]:
    """Both titles without the abstract's number that only one of them has."""
    plain = ABSTRACT_NUMBER.sub("", cited), ABSTRACT_NUMBER.sub("", found)
    if (plain[0] == cited) == (plain[1] == found):
        return cited, found
    return plain


def title_words(title: str) -> list[str]:
    """The words in one spelling, numbers in figures: Two-year, 2-year."""
    return [NUMBER_WORDS.get(word, word) for word in same_spelling(plain_words(title))]


@lru_cache(maxsize=4096)
def title_key(title: str) -> str:
    """As `comparison_key`, numbers in figures and Greek letters as the Latin ones alike."""
    words = title_words(title)
    # "The" at the head is often left out; "A, B and C" begins with a letter.
    single = len(words) > 1 and len(words[1]) == 1 and words[1].isalpha()
    if len(words) > 3 and words[0] in ARTICLES and not single:
        words = words[1:]
    return GREEK.sub(lambda name: name[0][0], "".join(words))


def meaning_differs(cited: str, found: str) -> bool:
    """Whether words that differ make the title say something else: second and third line, with
    and without, α and β; a word in another's place that is no slip of it."""
    pairs = differing_words(cited, found)
    if any(reverses(first, second) for first, second in pairs):
        return True
    return words_differ(pairs, acronyms(cited, found))


def acronyms(cited: str, found: str) -> tuple[set[str], set[str]]:
    """The words of each that stand in capitals; in a title all in capitals those of the other's
    form, none if both are."""
    loud = [title == title.upper() for title in (cited, found)]
    own = [
        set() if is_loud else {name.casefold() for name in ACRONYM.findall(title)}
        for title, is_loud in zip((cited, found), loud, strict=True)
    ]
    if loud[0] != loud[1]:
        own[loud.index(True)] = set(title_words((cited, found)[loud.index(True)]))
    return own[0], own[1]


@lru_cache(maxsize=4096)
def main_titles(title: str, sure: bool = False) -> frozenset[str]:
    """Keys of the title's beginnings that end before a subtitle.

    At least three words long, as a shorter one can be another work's by chance, unless other
    fields are `sure`; then the bracket that ends a title may be missing too.
    """
    beginnings = [title[: match.start()] for match in islice(SUBTITLE.finditer(title), 8)]
    if sure:
        shorter = (IN_BRACKETS_LAST.sub("", one) for one in [*beginnings, title])
        beginnings += [one for one in shorter if one != title]
    fewest = (1, 2) if sure else (3, 6)
    keys = {
        title_key(beginning)
        for beginning in beginnings
        if len(plain_words(beginning)) >= fewest[is_han(beginning)]
    }
    return frozenset(keys - {""})


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
    first, second = title_words(cited)[:400], title_words(found)[:400]
    pairs = []
    for kind, i, j, k, m in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind != "equal" and "".join(first[i:j]) != "".join(second[k:m]):
            pairs.append((first[i:j], second[k:m]))
    return pairs
