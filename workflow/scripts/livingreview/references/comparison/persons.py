"""Which names stand for one person: initials, particles, double names, spellings of one name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from livingreview.references.comparison.plain import LETTERS, comparison_key, is_han, readable
from livingreview.references.record import Name

PARTICLES = frozenset(
    ("van", "von", "der", "den", "de", "da", "di", "dos", "du", "del", "della", "la", "le")
) | {"el", "al", "bin", "ibn", "ter", "ten", "zu"}
GENERATIONS = re.compile(r"[,\s]+(?:jr|sr|ii|iii|iv|2nd|3rd)\.?\s*$", re.IGNORECASE)
# Transliterations that stand beside the plain letter: Müller is Muller and Mueller.
DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
# 吕 in passports, in databases and with its mark; Lu is another name as well, so it is not here.
SPELLINGS_OF_LV = frozenset({"lv", "lyu", "lü", "lue"})
VOWELS = frozenset("aeiouy")
GIVEN_PART = re.compile(r"[^\W\d_]+")
LONGEST = 500  # characters of a name that are compared; no real name is that long


def same_family(first: Name, second: Name) -> bool:
    """Whether the family names are one: accents, blanks, particles and inversion aside."""
    if first == second:
        return True
    if first.literal is not None or second.literal is not None or is_han(name_text(first)):
        return comparison_key(name_text(first)) == comparison_key(name_text(second))
    if family_forms(first.family or "") & family_forms(second.family or ""):
        return True
    if is_whole_name(first) != is_whole_name(second):
        whole, other = (first, second) if is_whole_name(first) else (second, first)
        words = GIVEN_PART.findall(readable(whole.family or ""))
        ends = family_forms(words[0]) | family_forms(words[-1])
        return bool(ends & family_forms(other.family or ""))
    if first.given and second.given and whole_letters(first) == whole_letters(second):
        return True  # of two family names one was taken for a given name: Ana López, Ríos
    # The particle may stand with either half: "van Dorst, D." is "Dorst, D. van".
    return is_inverted(first, second) or is_half(first, second) or is_half(second, first)


def is_half(short: Name, double: Name) -> bool:
    """Whether a family name is the first or the last of a double one: García of García Márquez.

    Only if both have given names that agree, which may hold the other half: Gabriel García.
    """
    if not short.given or not double.given:
        return False
    words = [
        letters(word) for word in GIVEN_PART.findall(readable((double.family or "")[:LONGEST]))
    ]
    if len(words) < 2 or any(word in PARTICLES for word in words[:-1]):
        return False
    family = letters(short.family or "")
    if len(family) < 3 or family not in (words[0], words[-1]):
        return False
    return same_given(short, double)


def has_letters(name: Name) -> bool:
    return bool(letters(readable((name.family or name.literal or "")[:LONGEST])))


def is_whole_name(name: Name) -> bool:
    """A whole name deposited as family name: "Doantam Phan" without a given name."""
    return name.given is None and len(GIVEN_PART.findall(readable(name.family or ""))) > 1


def is_inverted(first: Name, second: Name) -> bool:
    """Whether one has as family what the other has as given name, and the reverse.

    Chinese names are deposited in either order; which of the two is right cannot be seen.
    """
    if None in (first.family, first.given, second.family, second.given):
        return False
    if family_forms(first.family or "") & family_forms(second.family or ""):
        return False
    return _is_swap(first, second) or _is_swap(second, first)


def _is_swap(full: Name, other: Name) -> bool:
    family, given = letters(full.family or ""), letters(full.given or "")
    other_family, other_given = letters(other.family or ""), letters(other.given or "")
    if not (family and given and other_family and other_given) or len(other_family) < 2:
        return False
    halves_meet = given == other_family and (
        family == other_given or (len(other_given) == 1 and family[0] == other_given)
    )
    return halves_meet


@lru_cache(maxsize=4096)
def family_forms(family: str) -> frozenset[str]:
    """The family name in plain letters, also transliterated, also without its particles."""
    family = GENERATIONS.sub("", readable(family[:LONGEST])).casefold()
    composed = unicodedata.normalize("NFC", family)
    words = [letters(word) for word in GIVEN_PART.findall(composed)]
    while len(words) > 1 and words[0] in PARTICLES:
        words = words[1:]
    forms = {letters(family), letters(composed.translate(DIGRAPHS)), "".join(words)}
    if composed in SPELLINGS_OF_LV:
        forms |= {"lv", "lyu", "lue"}
    return frozenset(forms - {""})


@lru_cache(maxsize=8192)
def letters(text: str) -> str:
    """Lower-case letters of the text without accents, blanks, hyphens and apostrophes."""
    text = unicodedata.normalize("NFKD", text[:LONGEST]).casefold().translate(LETTERS)
    return "".join(sign for sign in text if sign.isalpha())


def same_given(first: Name, second: Name) -> bool:
    """Whether the given names can be one person's: initials against initials or full names.

    `H.` is Hao-Ran, Haoran and H R; `R.J.` is Ryan JO; a missing given name is no contradiction.
    """
    if not first.given or not second.given:
        return True
    if is_han(first.given) or is_han(second.given):
        return letters(readable(first.given)) == letters(readable(second.given)) or not (
            is_han(first.given) and is_han(second.given)
        )
    ones, twos = initials_of(first.given), initials_of(second.given)
    if "" in ones or "" in twos:
        return True
    if any(one.startswith(two) or two.startswith(one) for one in ones for two in twos):
        return full_names_agree(first.given, second.given)
    # Haoran, Hao-Ran: a given name of two syllables written as one has one initial, or two.
    return letters(first.given) == letters(second.given)


def full_names_agree(first: str, second: str) -> bool:
    """Of two first names both written out: one begins the other (Rob, Robert), or they are one."""
    one = letters(GENERATIONS.sub("", first))
    two = letters(GENERATIONS.sub("", second))
    short, long = sorted((one, two), key=len)
    if is_initials(first) or is_initials(second) or with_digraphs(first) == with_digraphs(second):
        return True
    head_one, head_two = (letters(GIVEN_PART.findall(name)[0]) for name in (first, second))
    return (
        long.startswith(short)
        or head_one.startswith(head_two)
        or head_two.startswith(head_one)
        or min(len(head_one), len(head_two)) == 1
    )


@lru_cache(maxsize=8192)
def initials_of(given: str) -> frozenset[str]:
    """The initials in lower case: `Hao-Ran` hr, `Ryan JO` rjo, `S N` sn, `R.C.` rc, `YY` yy.

    Two readings of a few capitals: NING is a name in capitals, or four initials. RJ is no name.
    """
    given = GENERATIONS.sub("", readable(given[:LONGEST]))
    parts = GIVEN_PART.findall(unicodedata.normalize("NFC", given))
    firsts = [letters(part)[:1] for part in parts]
    capitals = [letters(part) if len(part) <= 4 and part.isupper() else "" for part in parts]
    no_names = [text if text.isascii() and not VOWELS & set(text) else "" for text in capitals]
    readings = (
        "".join(text or first for text, first in zip(texts, firsts, strict=True))
        for texts in (capitals, no_names)
    )
    return frozenset(readings)


def is_initials(given: str) -> bool:
    given = GENERATIONS.sub("", unicodedata.normalize("NFC", given))
    parts = GIVEN_PART.findall(given)
    return all(len(part) == 1 or (len(part) <= 4 and part.isupper()) for part in parts)


def name_text(name: Name) -> str:
    if name.literal is not None:
        return name.literal
    family, given = name.family or "", name.given or ""
    if is_han(family + given):
        return family + given
    return " ".join(part for part in (family, given) if part)


def names_text(names: Sequence[Name], most: int = 8) -> str:
    """The names as a reader takes them in: the first ones, then how many more."""
    text = ", ".join(name_text(name) for name in names[:most])
    return text if len(names) <= most else f"{text}, ... ({len(names)})"


def whole_letters(name: Name) -> str:
    return letters(f"{name.given or ''}{name.family or ''}")


def with_digraphs(given: str) -> str:
    """joerg for Jörg and Joerg."""
    return letters(unicodedata.normalize("NFC", given).casefold().translate(DIGRAPHS))
