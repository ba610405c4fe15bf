"""Comparing journal names: full ones, ISO 4 abbreviations, initials, former names, series."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import islice

from livingreview.references.comparison.plain import (
    is_damaged,
    plain_words,
    readable,
    same_script,
    same_spelling,
)
from livingreview.references.comparison.titles import LONGEST_KEY, NEAR, Wording, likeness
from livingreview.references.comparison.wordings import words_differ

COUNTRY = re.compile(
    r"\s+(?:of\s+the\s+United\s+States(?:\s+of\s+America)?|U\.?\s?S\.?\s?A\.?)\s*$", re.IGNORECASE
)
# Abbreviations in the list of title words (LTWA) that are no beginnings of the word.
CONTRACTIONS = {"jpn": "japan", "dtsch": "deutsch", "wkly": "weekly", "geneeskd": "geneeskunde"}
BEFORE_SECTION = re.compile(r"\s*[:：]\s|\s[-–—]\s")
KIND_OF_JOURNAL = re.compile(
    r"^(?:an?|the)\b|\b(?:journal|zeitschrift|revue|revista|international|official|review|publication|"
    r"bulletin|magazine|society|association|archives?)\b",
    re.IGNORECASE,
)
MOST_WORDS = 40  # of a journal's name
PINYIN_JOURNAL = re.compile(r"\b(?:zhonghua|zhongguo|za ?zhi|xue ?bao)\b", re.IGNORECASE)
SMALL_WORDS = frozenset(("the", "of", "and", "in", "for", "on", "a", "an", "plus"))
# Japanese and Russian names in Latin letters, for which there are several systems and which stand
# beside English names.
ROMANISED = re.compile(
    r"\b(?:zasshi|gakkai|kagaku|igaku|ryoho|rinsho|kenkyu|geka|naika|zhurnal|zh|vestnik|vestn|voprosy"
    r"|vopr|khirurgi\w*|klinichesk\w*|meditsin\w*|arkhiv|arkh|terapevtichesk\w*|onkologi(?:ya|ia|i|chesk\w*))\b",
    re.IGNORECASE,
)
FOREIGN_SMALL_WORDS = frozenset(
    (
        "de",
        "der",
        "des",
        "die",
        "du",
        "la",
        "le",
        "les",
        "et",
        "und",
        "fur",
        "y",
        "e",
        "del",
        "voor",
        "zur",
        "i",
    )
)
# The letter of a series at the end of a name, or before the name of its section.
SERIES_LETTER = re.compile(r"\w\W+([A-IK-Za-ik-z])\W*$")
LETTER_WITHIN = re.compile(r"(?<=\w)\W+([A-IK-Z])\b\.?(?=\s+\w)")
# Initials behind a name, (BBA), where more of the name follows; "Engl" for an English edition.
INITIALS_WITHIN = re.compile(r"\s*\([A-Z]{2,6}\)(?=\W+\w)|\s+Engl\.?\s*$")
# Journals that go by their initials, and by the name that these stood for.
FULL_NAMES = {("bmj",): same_spelling(("british", "medical", "journal"))}


def compare_journals(cited: str, found: str) -> Wording:
    """Full names, ISO 4 abbreviations and initials of one journal are the same.

    A Chinese name against an English or a pinyin one says nothing: journals have both.
    """
    ones, twos = journal_forms(cited), journal_forms(found)
    if not ones or not twos or not same_script(cited, found):
        return Wording("incomparable")
    if is_damaged(cited + found):
        return Wording("incomparable")
    if is_sister(cited, found) or is_sister(found, cited):
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
    if ROMANISED.search(cited) or ROMANISED.search(found):
        return Wording("incomparable")
    if has_section(cited, found) or has_section(found, cited):
        return Wording("same")
    score = likeness("".join(ones[0]), "".join(twos[0]))
    if score < NEAR or names_other_journal(cited, found):
        return Wording("far", score)
    return Wording("near", score)


def is_sister(whole: str, name: str) -> bool:
    """Whether `whole` may be a journal of its own beside `name`: Circulation: Heart Failure, Lung
    Cancer: Targets and Therapy. Elsewhere what follows the colon says what kind of journal it is.
    """
    parts = BEFORE_SECTION.split(plain_name(whole), maxsplit=1)
    if len(parts) == 1 or BEFORE_SECTION.search(plain_name(name)):
        return False
    initials = is_initialism(*(journal_words(parts[0])[:1] or [""]), journal_words(parts[1]))
    kind = KIND_OF_JOURNAL.search(parts[1])
    main = plain_name(name)
    same = journal_words(parts[0]) == journal_words(main) or is_abbreviation(main, parts[0])
    return same and not kind and not initials


def names_other_journal(cited: str, found: str) -> bool:
    """Whether the words that differ are no slip: another series letter, another word, one more."""
    letters = [series_letter(name) for name in (cited, found)]
    if None not in letters and letters[0] != letters[1]:
        return True
    first, second = (journal_words(main_name(name)) for name in (cited, found))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    pairs = [
        (first[i:j], second[k:m])
        for kind, i, j, k, m in matcher.get_opcodes()
        if kind != "equal" and "".join(first[i:j]) != "".join(second[k:m])
    ]
    return words_differ(pairs)


def series_letter(name: str) -> str | None:
    """The B of Physical Review B; the J of Br Med J is a word."""
    found = SERIES_LETTER.search(main_name(name))
    return found[1].casefold() if found else None


def has_section(longer: str, name: str) -> bool:
    """Whether a section's name stands behind the series letter of `name`, as PubMed has it:
    Phys. Rev. B Condens. Matter."""
    letter = series_letter(name)
    whole = plain_name(longer)
    for match in islice(LETTER_WITHIN.finditer(whole), 4):
        head = whole[: match.end(1)]
        if letter == match[1].casefold() and (
            is_abbreviation(head, name)
            or is_abbreviation(name, head)
            or journal_words(head) == journal_words(main_name(name))
        ):
            return True
    return False


def main_name(name: str) -> str:
    """The name without place in brackets, country and subtitle."""
    return re.split(r"\s*[:：=]\s|\s/\s", plain_name(name), maxsplit=1)[0]


def plain_name(name: str) -> str:
    name = INITIALS_WITHIN.sub("", readable(name)[:LONGEST_KEY])
    shorter = COUNTRY.sub("", re.sub(r"\s*[(（\[][^()（）\[\]]*[)）\]][\s.]*$", "", name))
    return shorter if plain_words(shorter) else name


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
