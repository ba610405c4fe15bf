"""The authors of a record as a list would print them, or nothing where that is not certain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from livingreview.references.comparison.authors import MOST_NAMES
from livingreview.references.comparison.persons import (
    GENERATIONS,
    GIVEN_PART,
    PARTICLES,
    initials_of,
    is_in_capitals,
    is_inverted,
    letters,
    same_family,
    same_given,
    seems_inverted,
)
from livingreview.references.comparison.pinyin import is_pinyin
from livingreview.references.comparison.plain import is_han
from livingreview.references.names import format_bibtex_names, parse_bibtex_names
from livingreview.references.record import Name, Reference
from livingreview.references.work import author_list_complete, work_authors

# Of a name in capitals nobody can tell which of them stay: McLeod, MacLeod, Macon, IJssel, O'Brien.
CAPITALS_INSIDE = re.compile(r"M[cC]|M[aA][cC]|I[jJ]|.*['’ʼ′]")


def author_names(reference: Reference, answer: Mapping[str, Any]) -> tuple[Name, ...] | None:
    """The record's authors as this list would print them: as many, with initials if it has them.

    None where either has a group, which the other may write in another way, where the record has
    fewer names, or family and given names exchanged, or in capitals that cannot be undone with
    certainty, and for lists of hundreds.
    """
    found, printed = work_authors(answer), reference.authors
    groups = any(name.literal is not None for name in (*found, *printed))
    if not author_list_complete(answer) or groups or len(found) > MOST_NAMES:
        return None
    if not found or len(found) < len(printed):
        return None
    if any(map(seems_inverted, found)) or any(
        is_inverted(one, two) for one in found for two in printed
    ):
        return None
    if not reference.authors_complete:
        found = found[: len(printed)]
    names = []
    for name in found:
        new = known_name(name, found, printed) or as_printed(name, printed)
        if new is None or not is_well_formed(new):
            return None
        names.append(new)
    return tuple(names)


def known_name(name: Name, found: Sequence[Name], printed: Sequence[Name]) -> Name | None:
    """The name as the list has it: with the same initials; or with fewer or more, if no other
    author of the record fits it."""

    def fits(one: Name, other: Name) -> bool:
        return same_family(one, other) and same_given(one, other)

    known = [one for one in printed if fits(name, one)]
    initials = initials_of(name.given or "")
    exact = next((one for one in known if initials & initials_of(one.given or "")), None)
    if exact or not known:
        return exact
    return known[0] if sum(fits(other, known[0]) for other in found) == 1 else None


def as_printed(name: Name, printed: Sequence[Name]) -> Name | None:
    """A name that the list lacks, with initials and stops like the rest of it, and in capitals
    only where the list has its names so."""
    family, given = name.family or "", name.given
    if is_han(f"{family}{given or ''}"):
        return name
    in_capitals = all(map(is_in_capitals, printed))
    usual = family if in_capitals else in_usual_case(family)
    if usual is None:
        return None
    if not given:
        return replace(name, family=usual)
    if all(map(has_initials, printed)):
        given_names = "".join(one.given or "" for one in printed)
        stop = "." if "." in given_names or not given_names else ""
        return Name(family=usual, given=initials_of_name(name, stop))
    parts = [part_kind(part, family) for part in GIVEN_PART.findall(given)]
    if "unsure" in parts:
        return None
    written = (
        given if in_capitals else GIVEN_PART.sub(lambda part: usual_part(part[0], name), given)
    )
    return Name(family=usual, given=written)


def has_initials(name: Name) -> bool:
    """Whether nothing in the given name is written out for certain."""
    parts = GIVEN_PART.findall(without_generation(name.given or "")[0])
    return all(
        len(part) == 1
        or part.casefold() in PARTICLES
        or (part.isupper() and part_kind(part, name.family or "") != "name")
        for part in parts
    )


def part_kind(part: str, family: str) -> str:
    """Whether a part of a given name is a "name" or "initials", or "unsure".

    Up to four capitals can be either, NING and RJ: it is a name if it is a syllable behind a
    Chinese family name and too long for initials, or if the family name is in capitals too.
    """
    if len(part) == 1:
        return "initials"
    if not part.isupper() or len(part) > 4:
        return "name"
    plain = letters(part)
    if not set("aeiou") & set(plain) and (len(plain) < 3 or "y" not in plain):
        return "initials"
    in_capitals = is_in_capitals(Name(family=family))
    if is_pinyin(plain) and is_pinyin(letters(family)):
        return "name" if in_capitals or len(plain) > 2 else "unsure"
    return "unsure" if in_capitals or len(plain) == 4 else "initials"


def initials_of_name(name: Name, stop: str) -> str:
    """The initials with their stops; of what may be a name the first letter alone. Particles and
    the generation stay as they are: J.P. da, M.L. Jr."""
    given, generation = without_generation(name.given or "")
    parts = GIVEN_PART.findall(given)
    particles: list[str] = []
    while len(parts) > 1 and parts[-1] in PARTICLES:
        particles.insert(0, parts.pop())
    firsts = [
        part if part_kind(part, name.family or "") == "initials" else part[0] for part in parts
    ]
    text = "".join(f"{letter.upper()}{stop}" for part in firsts for letter in part)
    return " ".join(filter(None, [text, *particles, generation]))


def without_generation(given: str) -> tuple[str, str]:
    """The given name in composed letters, and Jr. behind it."""
    given = unicodedata.normalize("NFC", given)
    found = GENERATIONS.search(given)
    return (given[: found.start()], found[0].strip(", ")) if found else (given, "")


def usual_part(part: str, name: Name) -> str:
    kind = part_kind(part, name.family or "")
    return part.capitalize() if kind == "name" and part.isupper() else part


def in_usual_case(family: str) -> str | None:
    """ZHANG as Zhang, PAZ-ARES as Paz-Ares; None where that is not certain, as of several words."""
    parts = GIVEN_PART.findall(family)
    if not (family.isupper() or family.islower()) or len(letters(family)) < 2:
        return family
    if not parts or re.search(r"\s", family) or CAPITALS_INSIDE.match(family):
        return None
    written = "-".join(part.capitalize() for part in parts)
    return written if written.casefold() == family.casefold() else None


def is_well_formed(name: Name) -> bool:
    """Whether the name in BibTeX is read as the same name."""
    return parse_bibtex_names(format_bibtex_names((name,))) == ((name,), True)
