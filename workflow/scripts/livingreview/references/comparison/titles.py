"""Comparing titles and journal names: equal, equal but for a subtitle, or how far apart.

Equality is decided on comparison keys, never on a likeness score: 0.915 was measured between the
titles of two different papers. The score only grades a difference that is already established.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from livingreview.references.comparison.opposites import reverses
from livingreview.references.comparison.plain import (
    comparison_key,
    is_damaged,
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
# The number of an abstract before its title: MA17.07, P2.12-13, 1538P, LBA5, Abstract 1234.
ABSTRACT_NUMBER = re.compile(
    r"^\W*(?:[Aa]bstract\s+(?:[Nn]o\W+)?[\w.-]*\d[\w-]*|[A-Z]{1,4}\d{1,3}\.\d{1,3}(?:-\d{1,3})?"
    r"|\d{1,4}(?:P|O|PD|MO|TiP|eP)|LBA\d{1,4})(?:\s*[:：.|-])?\s+(?=\S)"
)
# What GB/T 7714 puts behind a title: the kind of the work and its medium, [J], [EB/OL].
KIND_MARK = re.compile(
    r"\s*[\[［【](?:[JMDCNPRSAGZ]|DB|CP|EB)(?:\s?/\s?(?:OL|CD|MT|DK))?[\]］】]\W*$"
)
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
COUNTRY = re.compile(
    r"\s+(?:of\s+the\s+United\s+States(?:\s+of\s+America)?|U\.?\s?S\.?\s?A\.?)\s*$", re.IGNORECASE
)
# Abbreviations in the list of title words (LTWA) that are no beginnings of the word.
CONTRACTIONS = {"jpn": "japan", "dtsch": "deutsch", "wkly": "weekly"}
MOST_WORDS = 40  # of a journal's name
PINYIN_JOURNAL = re.compile(r"\b(?:zhonghua|zhongguo|za ?zhi|xue ?bao)\b", re.IGNORECASE)
SMALL_WORDS = frozenset(("the", "of", "and", "in", "for", "on", "a", "an", "plus"))
FOREIGN_SMALL_WORDS = frozenset(
    ("de", "der", "des", "die", "du", "la", "le", "les", "et", "und", "fur", "y", "e", "del")
)
# Initials behind a name, (BBA), where more of the name follows; "Engl" for an English edition.
INITIALS_WITHIN = re.compile(r"\s*\([A-Z]{2,6}\)(?=\W+\w)|\s+Engl\.?\s*$")
# Journals that go by their initials, and by the name that these stood for.
FULL_NAMES = {("bmj",): same_spelling(("british", "medical", "journal"))}


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
    plain = (KIND_MARK.sub("", without_status(title)) for title in (cited, found))
    cited, found = without_abstract_number(*plain)
    first, second = comparison_key(cited), comparison_key(found)
    if not first or not second or not same_script(cited, found):
        return Wording("incomparable")
    if is_damaged(cited + found):
        return Wording("incomparable")
    if first == second or title_key(cited) == title_key(found):
        return Wording("same")
    if title_key(found) in main_titles(cited):
        return Wording("shortened")
    if title_key(cited) in main_titles(found):
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


def title_key(title: str) -> str:
    """As `comparison_key`, numbers in figures and Greek letters as the Latin ones alike."""
    return GREEK.sub(lambda name: name[0][0], "".join(title_words(title)))


def meaning_differs(cited: str, found: str) -> bool:
    """Whether words that differ reverse what the title says: second and third line, with and
    without, increases and decreases, α and β."""
    return any(reverses(first, second) for first, second in differing_words(cited, found))


def main_titles(title: str) -> set[str]:
    """Keys of the title's beginnings that end before a subtitle, at least three words long."""
    beginnings = (title[: match.start()] for match in islice(SUBTITLE.finditer(title), 8))
    return {
        title_key(beginning)
        for beginning in beginnings
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
    first, second = title_words(cited)[:400], title_words(found)[:400]
    pairs = []
    for kind, i, j, k, m in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind != "equal" and "".join(first[i:j]) != "".join(second[k:m]):
            pairs.append((first[i:j], second[k:m]))
    return pairs


def compare_journals(cited: str, found: str) -> Wording:
    """Full names, ISO 4 abbreviations and initials of one journal are the same.

    A Chinese name against an English or a pinyin one says nothing: journals have both.
    """
    ones, twos = journal_forms(cited), journal_forms(found)
    if not ones or not twos or not same_script(cited, found):
        return Wording("incomparable")
    if is_damaged(cited + found):
        return Wording("incomparable")
    if {"".join(one) for one in ones} & {"".join(two) for two in twos}:
        return Wording("same")
    plain = ({"".join(without_articles(form)) for form in forms} for forms in (ones, twos))
    if set.intersection(*plain):
        return Wording("same")
    if is_abbreviation(cited, found) or is_abbreviation(found, cited):
        return Wording("same")
    if bool(PINYIN_JOURNAL.search(cited)) != bool(PINYIN_JOURNAL.search(found)):
        return Wording("incomparable")
    score = likeness("".join(ones[0]), "".join(twos[0]))
    return Wording("near" if score >= NEAR else "far", score)


def main_name(name: str) -> str:
    """The name without place in brackets, country and subtitle."""
    return re.split(r"\s*[:：=]\s|\s/\s", plain_name(name), maxsplit=1)[0]


def plain_name(name: str) -> str:
    name = INITIALS_WITHIN.sub("", readable(name)[:LONGEST_KEY])
    return COUNTRY.sub("", re.sub(r"\s*[(（\[][^()（）\[\]]*[)）\]][\s.]*$", "", name))


def journal_forms(name: str) -> list[list[str]]:
    """The words of the name, of what stands before a subtitle and of what stands after it.

    "JNCI: Journal of the National Cancer Institute" is known by either half, "CA: A Cancer
    Journal for Clinicians" is abbreviated as a whole. One word after a colon is no name.
    """
    whole = plain_name(name)
    parts = re.split(r"\s*[:：=]\s|\s/\s", whole, maxsplit=1)
    forms = [journal_words(parts[0])]
    if len(parts) > 1:
        forms.append(journal_words(whole))
        after = journal_words(parts[1])
        forms += [after] if len(after) > 1 else []
    # "JNCI J Natl Cancer Inst", "BMJ-British Medical Journal": the initials, then the name.
    forms += [without_initials(form) for form in forms if without_initials(form) != form]
    forms += [FULL_NAMES[tuple(form)] for form in forms if tuple(form) in FULL_NAMES]
    return [form for form in forms if form]


def without_initials(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 2 and is_initialism(words[0], words[1:]) else words


def without_articles(words: list[str]) -> list[str]:
    return [word for word in words if word not in FOREIGN_SMALL_WORDS] or words


def journal_words(name: str) -> list[str]:
    """The words that make the name: without small words."""
    words = same_spelling(plain_words(name))
    return [word for word in words if word not in SMALL_WORDS] or words


def is_abbreviation(short: str, full: str) -> bool:
    """Whether every word of `short` stands for one of `full`, in order, none left over.

    ISO 4 leaves out small words, keeps names of one word whole, and cuts at least two letters
    (https://www.issn.org/services/online-services/access-to-the-ltwa/).
    """
    short_words = without_initials(journal_words(main_name(short)))
    acronym = len(short_words) == 1 and readable(short).strip(". ").isupper()
    for full_words in journal_forms(full):
        if not 2 <= len(full_words) <= MOST_WORDS or len(short_words) > MOST_WORDS:
            continue
        if acronym and is_initialism(short_words[0], full_words, plain_words(plain_name(full))):
            return True
        if any(stand_for(short_words, some) for some in (full_words, without_articles(full_words))):
            return True
    return False


def is_initialism(short: str, *names: Sequence[str]) -> bool:
    """JCO of Journal of Clinical Oncology; CMAR of Cancer Management and Research, with the small
    words; JITC of Journal for ImmunoTherapy of Cancer, with a second letter of a word."""
    if not 2 <= len(short) <= 12 or not short.isalpha():
        return False
    for words in names:
        for some in (words, without_articles(list(words))):
            pattern = "".join(f"{word[0]}[{word[1:]}]?" if word[1:] else word[0] for word in some)
            if 2 <= len(some) <= len(short) and re.fullmatch(pattern, short):
                return True
    return False


def stand_for(short: Sequence[str], full: Sequence[str]) -> bool:
    """Word for word, where two neighbours can stand for one, Onco Targets for OncoTargets, and one
    for two, NY for New York."""
    reached = [{0}, *(set() for _ in full)]  # how many of `short` are used up at each word
    for place, word in enumerate(full):
        pair = word[0] + full[place + 1][0] if place + 1 < len(full) else None
        for used in reached[place]:
            left = short[used : used + 2]
            if left and stands_for(left[0], word):
                reached[place + 1].add(used + 1)
            if len(left) == 2 and "".join(left) == word:
                reached[place + 1].add(used + 2)
            if left and left[0] == pair:
                reached[place + 2].add(used + 1)
    return len(short) in reached[-1]


def stands_for(short: str, word: str) -> bool:
    """`Oncol` and `Natl` for Oncology and National: a beginning, or a contraction.

    A contraction keeps the beginning and the last letter; of others only those listed are known,
    or Nurs would be Neurosurgery.
    """
    if short == word:
        return True
    if not short or len(word) - len(short) < 2:
        return False
    if word.startswith(short):
        return True
    if short in CONTRACTIONS:
        return word.startswith(CONTRACTIONS[short])
    if len(short) < 4 or short[:2] != word[:2] or short[-1] != word[-1]:
        return False
    letters = iter(word)
    return all(letter in letters for letter in short)
