"""Comparing author lists: who is missing, extra, named otherwise or at another place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from livingreview.references.comparison.persons import (
    has_letters,
    is_inverted,
    is_lu_for_lv,
    name_text,
    names_text,
    same_family,
    same_given,
)
from livingreview.references.comparison.plain import comparison_key, is_damaged, readable, script_of
from livingreview.references.comparison.transliteration import is_transliterated
from livingreview.references.names import GROUP_WORDS, ON_BEHALF
from livingreview.references.record import Name

# Lists longer than this that differ are not searched for who was lost or has changed places.
MOST_NAMES = 200


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
    cited, found = list(map(as_group, cited)), list(map(as_group, found))
    cited, found = as_groups_of(cited, found), as_groups_of(found, cited)
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


def as_group(name: Name) -> Name:
    """A group deposited as a family name ("ALTER Study Group") is a group."""
    family = name.family or ""
    if name.literal is None and not name.given and " " in family and GROUP_WORDS.search(family):
        return Name(literal=family)
    return name


def as_groups_of(names: Sequence[Name], others: Sequence[Name]) -> list[Name]:
    """The names; one without a given name that the other side has as a group is that group:
    Paderborn University, or a person who has one name."""
    groups = groups_of(others)
    return [
        Name(literal=name.family)
        if name.family and not name.given and group_key(name.family) in groups
        else name
        for name in names
    ]


def groups_of(names: Sequence[Name]) -> frozenset[str]:
    return frozenset(group_key(name.literal) for name in names if name.literal) - {""}


def group_key(literal: str) -> str:
    """Without "on behalf of", the article, and an abbreviation in brackets behind the name."""
    text = re.sub(r"^the\s+", "", ON_BEHALF.sub("", readable(literal)), flags=re.IGNORECASE)
    return comparison_key(re.sub(r"\s*[(（][^()（）]{2,20}[)）]$", "", text)) or comparison_key(
        text
    )


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
    if scripts_of(cited) != scripts_of(found):
        return compare_across_scripts(cited, cited_complete, found, found_complete)
    if not found_complete:
        return "same" if is_part(found, cited) or is_part(cited, found) else "incomparable"
    outcome = compare_lists(cited, cited_complete, found)
    if outcome == "same" and any(map(is_lu_for_lv, cited, found)):
        return "incomparable"
    return outcome


def scripts_of(names: Sequence[Name]) -> frozenset[str]:
    texts = map(name_text, names)
    return frozenset("Latin" if text.isascii() else script_of(text) for text in texts)


def compare_across_scripts(
    cited: Sequence[Name], cited_complete: bool, found: Sequence[Name], found_complete: bool
) -> ListDifference | str:
    """The same where one list is in Chinese characters or Cyrillic and the other in Latin letters.

    A spelling that does not fit proves nothing. Only where every name that both have is written
    out and fits does its place, or a name that one list lacks, count.
    """
    if len(cited) > MOST_NAMES or len(found) > MOST_NAMES:
        return "incomparable"
    if all(is_same_person(one, two) for one, two in zip(cited, found, strict=False)) and (
        len(cited) == len(found)
        or (len(cited) < len(found) and not cited_complete)
        or not found_complete
    ):
        return "same"
    short, long = sorted((list(cited), list(found)), key=len)
    if not (cited_complete and found_complete) or len(short) < 2:
        return "incomparable"
    places = [
        [place for place, two in enumerate(long) if is_written_out(one, two)] for one in short
    ]
    if any(len(own) != 1 for own in places) or len({own[0] for own in places}) < len(places):
        return "incomparable"
    if len(short) == len(long):
        return ListDifference("order", names_text(cited), names_text(found))
    taken = [own[0] for own in places]
    if taken != sorted(taken):
        return "incomparable"
    rest = [name for place, name in enumerate(long) if place not in taken]
    if len(cited) < len(found):
        return ListDifference("missing", names_text(cited), names_text(rest))
    return ListDifference("extra", names_text(rest), names_text(found))


def is_same_person(first: Name, second: Name) -> bool:
    """Whether two names in whatever scripts can be one person's."""
    if script_of(name_text(first)) == script_of(name_text(second)):
        return same_family(first, second) and same_given(first, second)
    return is_transliterated(first, second, initials=True)


def is_written_out(first: Name, second: Name) -> bool:
    """The same, where no given name is only an initial."""
    if script_of(name_text(first)) == script_of(name_text(second)):
        return is_same_person(first, second)
    return is_transliterated(first, second, initials=False)


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
