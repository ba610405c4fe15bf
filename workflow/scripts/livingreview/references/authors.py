"""Comparing author lists: which names stand for one person, and how two lists differ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from livingreview.references.plain import LETTERS, comparison_key, is_damaged, is_han, readable
from livingreview.references.record import Name

PARTICLES = frozenset(
    ("van", "von", "der", "den", "de", "da", "di", "dos", "du", "del", "della", "la", "le")
) | {"el", "al", "bin", "ibn", "ter", "ten", "zu"}
GENERATIONS = re.compile(r"[,\s]+(?:jr|sr|ii|iii|iv|2nd|3rd)\.?\s*$", re.IGNORECASE)
# Transliterations that stand beside the plain letter: Müller is Muller and Mueller.
DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
# 吕 in passports, in databases and with its mark; Lu is another name as well, so it is not here.
SPELLINGS_OF_LV = frozenset({"lv", "lyu", "lü", "lue"})
# Lists longer than this that differ are not searched for who was lost or has changed places.
MOST_NAMES = 200
GIVEN_PART = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class ListDifference:
    """How a printed list departs from a record's.

    `kind`: mismatch, order, missing (the record has a name that is not printed), extra (the
    reverse), given (initials or given name), inverted (family and given name change places).
    `cited` and `found` are the names concerned.
    """

    kind: str
    cited: str
    found: str


def compare_authors(
    cited: Sequence[Name], cited_complete: bool, found: Sequence[Name], found_complete: bool
) -> ListDifference | str:
    """ "same", "incomparable", or the difference that matters most.

    A list cut off by *et al.* is compared as far as it goes, in order; against a record known to
    hold only some of the names nothing can be missing. Groups agree if equal; one that the other
    side lacks or names otherwise (WHO) contradicts nothing, but then nothing agrees either.
    """
    groups, found_groups = groups_of(cited), groups_of(found)
    cited = [name for name in cited if name.literal is None and name_text(name)]
    found = [name for name in found if name.literal is None and name_text(name)]
    if groups and not groups <= found_groups:
        outcome = compare_people(cited, cited_complete, found, found_complete)
        return outcome if isinstance(outcome, ListDifference) else "incomparable"
    if groups and not cited:
        return "same"
    # Groups stand at the end of records ("for the ... investigators"), seldom in lists.
    return compare_people(cited, cited_complete, found, found_complete)


def groups_of(names: Sequence[Name]) -> frozenset[str]:
    return frozenset(comparison_key(name.literal) for name in names if name.literal) - {""}


def compare_people(
    cited: Sequence[Name], cited_complete: bool, found: Sequence[Name], found_complete: bool
) -> ListDifference | str:
    """The same for lists without groups."""
    if not cited or not found or not all(map(has_letters, [*cited, *found])):
        return "incomparable"
    if any(is_damaged(name_text(name)) for name in [*cited, *found]):
        return "incomparable"
    if len(found) == 1 < len(cited) and same_family(cited[0], found[0]):
        return "incomparable"  # some publishers deposit the first author only
    if any(is_han(name_text(name)) for name in cited) != any(
        is_han(name_text(name)) for name in found
    ):
        return "incomparable"
    if not found_complete:
        return "same" if is_part(found, cited) or is_part(cited, found) else "incomparable"
    return compare_lists(cited, cited_complete, found)


def compare_lists(
    cited: Sequence[Name], cited_complete: bool, found: Sequence[Name]
) -> ListDifference | str:
    short = len(cited) < len(found) and cited_complete
    if len(cited) <= len(found) and all(
        same_family(first, second) for first, second in zip(cited, found, strict=False)
    ):
        if short:
            rest = found[len(cited) :]
            return ListDifference("missing", names_text(cited), names_text(rest))
        return compare_given(cited, found)
    if max(len(cited), len(found)) > MOST_NAMES:
        return first_difference(cited, found)
    compared = found if cited_complete else found[: len(cited)]
    if len(cited) == len(compared) and same_people(cited, compared):
        return ListDifference("order", names_text(cited), names_text(compared))
    if is_part(cited, found):
        missing = [name for name in found[: last_place(cited, found)] if not has(cited, name)]
        return ListDifference("missing", names_text(cited), names_text(missing or found))
    if is_part(found, cited):
        extra = [name for name in cited if not has(found, name)]
        return ListDifference("extra", names_text(extra or cited), names_text(found))
    return first_difference(cited, found)


def first_difference(cited: Sequence[Name], found: Sequence[Name]) -> ListDifference:
    place = next(
        (
            place
            for place, (first, second) in enumerate(zip(cited, found, strict=False))
            if not same_family(first, second)
        ),
        min(len(cited), len(found)) - 1,
    )
    return ListDifference("mismatch", name_text(cited[place]), name_text(found[place]))


def compare_given(cited: Sequence[Name], found: Sequence[Name]) -> ListDifference | str:
    """The given names of lists whose families agree: a contradiction first, then an inversion."""
    inverted = None
    for first, second in zip(cited, found, strict=False):
        if first == second:
            continue
        if is_inverted(first, second):
            inverted = inverted or ListDifference("inverted", name_text(first), name_text(second))
        elif not same_given(first, second):
            return ListDifference("given", name_text(first), name_text(second))
    return inverted or "same"


def is_part(part: Sequence[Name], whole: Sequence[Name]) -> bool:
    """Whether the names of `part` stand in `whole` in the same order, others between them."""
    rest = iter(whole)
    return all(any(same_family(name, other) for other in rest) for name in part)


def last_place(part: Sequence[Name], whole: Sequence[Name]) -> int:
    """Where in `whole` the last name of `part` is found, counted from 1."""
    place = 0
    for name in part:
        while place < len(whole) and not same_family(name, whole[place]):
            place += 1
        place += 1
    return place


def has(names: Sequence[Name], name: Name) -> bool:
    return any(same_family(name, other) and same_given(name, other) for other in names)


def same_people(first: Sequence[Name], second: Sequence[Name]) -> bool:
    """Whether the lists hold the same persons in whatever order."""
    rest = list(second)
    for name in first:
        match = next((other for other in rest if same_family(name, other)), None)
        if match is None:
            return False
        rest.remove(match)
    return True


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
    # The particle may stand with either half: "van Dorst, D." is "Dorst, D. van".
    return is_inverted(first, second)


def has_letters(name: Name) -> bool:
    return bool(letters(name.family or name.literal or ""))


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
    family = GENERATIONS.sub("", readable(family)).casefold()
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
    text = unicodedata.normalize("NFKD", text).casefold().translate(LETTERS)
    return "".join(sign for sign in text if sign.isalpha())


def same_given(first: Name, second: Name) -> bool:
    """Whether the given names can be one person's: initials against initials or full names.

    `H.` is Hao-Ran, Haoran and H R; `R.J.` is Ryan JO; a missing given name is no contradiction.
    """
    if not first.given or not second.given:
        return True
    if is_han(first.given) or is_han(second.given):
        return letters(first.given) == letters(second.given) or not (
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
    if is_initials(first) or is_initials(second):
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

    Two readings of a few capitals: NING is a name in capitals, or four initials.
    """
    given = GENERATIONS.sub("", readable(given))
    parts = GIVEN_PART.findall(unicodedata.normalize("NFC", given))
    split = "".join(
        letters(part) if len(part) <= 4 and part.isupper() else letters(part)[:1] for part in parts
    )
    return frozenset({split, "".join(letters(part)[:1] for part in parts)})


def is_initials(given: str) -> bool:
    parts = GIVEN_PART.findall(unicodedata.normalize("NFC", given))
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
