"""Which names stand for one person: initials, particles, double names, spellings of one name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from livingreview.references.comparison.pinyin import (
    is_given_before_family,
    is_pinyin,
    pinyin_spellings,
    syllable_initials,
)
from livingreview.references.comparison.plain import LETTERS, comparison_key, is_han, readable
from livingreview.references.record import Name

PARTICLES = frozenset(
    ("van", "von", "der", "den", "de", "da", "di", "dos", "du", "del", "della", "la", "le")
) | {"el", "al", "bin", "ibn", "ter", "ten", "zu"}
GENERATIONS = re.compile(r"[,\s]+(?:jr|sr|ii|iii|iv|2nd|3rd)\.?\s*$", re.IGNORECASE)
# Transliterations that stand beside the plain letter: Müller is Muller and Mueller.
DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
# 吕 in passports, in databases and with its mark; Lu is 卢 and 陆 as well: see `is_lu_for_lv`.
SPELLINGS_OF_LV = frozenset({"lv", "lyu", "lü", "lue"})
VOWELS = frozenset("aeiouy")
GIVEN_PART = re.compile(r"[^\W\d_]+")
LONGEST = 500  # characters of a name that are compared; no real name is that long


def same_family(first: Name, second: Name) -> bool:
    """Whether the family names are one: accents, blanks, particles and inversion aside."""
    if first == second:
        return True
    if first.literal is not None or second.literal is not None or is_han(name_text(first)):
        same = comparison_key(name_text(first)) == comparison_key(name_text(second))
        return same or is_inverted(first, second)
    if family_forms(first.family or "") & family_forms(second.family or ""):
        return True
    if is_lu_for_lv(first, second):
        return True
    if is_whole_name(first) != is_whole_name(second):
        whole, other = (first, second) if is_whole_name(first) else (second, first)
        words = GIVEN_PART.findall(readable(whole.family or ""))
        ends = family_forms(words[0]) | family_forms(words[-1])
        return bool(ends & family_forms(other.family or ""))
    if first.given and second.given and whole_letters(first) == whole_letters(second):
        return True  # of two family names one was taken for a given name: Ana López, Ríos
    if is_parted_otherwise(first, second):
        return True
    # The particle may stand with either half: "van Dorst, D." is "Dorst, D. van".
    return is_inverted(first, second) or is_half(first, second) or is_half(second, first)


def is_lu_for_lv(first: Name, second: Name) -> bool:
    """Whether one is Lu where the other is Lv or Lyu: one name without its mark, or two names."""
    families = letters(first.family or ""), letters(second.family or "")
    return any(
        one == "lu" and other in SPELLINGS_OF_LV and "ü" not in composed(name)
        for one, other, name in zip(families, reversed(families), (first, second), strict=True)
    )


def composed(name: Name) -> str:
    return unicodedata.normalize("NFC", name.family or "").casefold()


def is_parted_otherwise(first: Name, second: Name) -> bool:
    """Whether the names are one in the same order: ZHANG XIAO, YAN and Zhang, Xiaoyan."""
    if not all((first.family, first.given, second.family, second.given)):
        return False
    one, two = (letters(f"{name.family}{name.given}") for name in (first, second))
    return bool(one) and one == two


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
    """`full` has its names written out, `other` may have initials for what is full's family."""
    family, given = name_forms(full.family or ""), name_forms(full.given or "")
    other_family, other_given = name_forms(other.family or ""), name_forms(other.given or "")
    if not (family and other_given) or not given & other_family:
        return False
    if len(letters(other.family or "")) < 2 and not is_han(other.family or ""):
        return False
    if family & other_given:
        return True
    return is_initials(other.given or "") and can_begin(
        letters(other.given or ""), full.family or "", full.given or ""
    )


def can_begin(initials: str, name: str, other: str) -> bool:
    """Whether these are initials of the name: x and xy of Xiaoyan, xm of Xiao-Ming.

    `other` is the other half: of two that can be pinyin every initial has to be of a syllable; in
    other languages the second can be that of a name left out.
    """
    firsts = "".join(letters(part)[:1] for part in GIVEN_PART.findall(name))
    whole = letters(name)
    if any(one.startswith(initials) for one in (firsts, *syllable_initials(whole))):
        return True
    unknown = not is_pinyin(whole) or not is_pinyin(letters(other))
    return unknown and bool(firsts) and initials.startswith(firsts)


def seems_inverted(name: Name) -> bool:
    """Whether a record's name looks like a given name before its family name: Xiaoyan, Zhang; also
    where only the given name is in capitals, as family names are printed: Xiaoyan, ZHANG."""
    family, given = letters(name.family or ""), letters(name.given or "")
    if is_given_before_family(family, given):
        return True
    parts = GIVEN_PART.findall(name.given or "")
    in_capitals = bool(parts) and all(part.isupper() for part in parts)
    if not in_capitals or len(family) < 2 or is_in_capitals(name):
        return False
    if max(map(len, parts)) == 1:
        return False
    return len(given) > 4 or (len(given) > 2 and len(parts) == 1 and is_pinyin(given))


def is_in_capitals(name: Name) -> bool:
    """Whether the family name is written in capitals: ZHANG, but not a single letter."""
    return len(letters(name.family or "")) > 1 and (name.family or "").isupper()


@lru_cache(maxsize=4096)
def name_forms(text: str) -> frozenset[str]:
    """The forms of a half of a name, whichever it is, also with ü in its other spellings."""
    return frozenset(one for form in family_forms(text) for one in pinyin_spellings(form))


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
    # Apostrophes that Unicode calls letters, as in OʼBrien and Kaʻanoi, are none here.
    return "".join(sign for sign in text if sign.isalpha() and not "ʰ" <= sign <= "˿")


def same_given(first: Name, second: Name) -> bool:
    """Whether the given names can be one person's: initials against initials or full names.

    `H.` is Hao-Ran, Haoran and H R; `R.J.` is Ryan JO; a missing given name is no contradiction.
    """
    if not first.given or not second.given or is_parted_otherwise(first, second):
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
    if pinyin_spellings(one) & pinyin_spellings(two):
        return True  # Lü, Lv and Lyu, also as a syllable
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
    Particles have an initial or none: Maria de Lourdes, JP da.
    """
    given = GENERATIONS.sub("", readable(given[:LONGEST]))
    parts = GIVEN_PART.findall(unicodedata.normalize("NFC", given))
    without = [part for part in parts if part not in PARTICLES]
    return initials_in(parts) | (initials_in(without) if without else frozenset())


def initials_in(parts: Sequence[str]) -> frozenset[str]:
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
    parts = [part for part in parts if part not in PARTICLES] or parts
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
