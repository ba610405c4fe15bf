"""What real lists and records do to people who are right: as `planted_changes.py`."""

from __future__ import annotations

import random

from planted_changes import with_record
from planted_faults import Kind
from planted_printing import Entry, Fields, Spoken, initials, person_text
from planted_works import Person, Work

TWO_SYLLABLES = "Xiu-ying Jian-hua Zhi-qiang Xiao-dong Hai-yan Wen-bo Yu-tong Guo-qing"
SYLLABLES = {one.replace("-", "").capitalize(): one for one in TWO_SYLLABLES.split()}


def syllable_initials(given: str, sign: str) -> str:
    return initials(SYLLABLES.get(given, given), sign)


def exchanged(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """Family and given names exchanged in the record, of all people or of the first one alone,
    the family names in capitals or not; the list has initials of syllables."""
    if not work.pinyin or len(work.pinyin) != len(work.people):
        return None
    sign = dice.choice(["", ".", ".-"])
    people = [(family, syllable_initials(given, sign)) for family, given in work.pinyin]
    form = dice.choice([str, str.upper])
    some = dice.choice([1, len(people)])
    names = [{"family": given, "given": form(family)} for family, given in work.pinyin[:some]]
    names += [{"family": family, "given": given} for family, given in work.pinyin[some:]]
    return with_record(work, fields | {"author": people}, {"author": names})


def capitals(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """A record with every name in capitals, the syllables of given names apart or not."""
    people = work.pinyin or work.people
    if work.read is not None or len(people) != len(work.people):
        return None
    if any(isinstance(one, str) or not one[0].isascii() or not one[1] for one in people):
        return None
    apart = dice.choice(["", " ", "-"])
    names = [
        {"family": family.upper(), "given": SYLLABLES.get(given, given).replace("-", apart).upper()}
        for family, given in people
    ]
    sign = dice.choice(["", ".", None])
    printed = [
        (family, given if sign is None else syllable_initials(given, sign))
        for family, given in people
    ]
    return with_record(work, fields | {"author": printed}, {"author": names})


ENDINGS = ("et al.", "et al", "{et al.}", "al., et", "等", "等.", "其他", "...")


def cut_off(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """ "et al." or 等 in place of "others", behind a comma, or before the last name."""
    people: list[Person] = list(fields["author"])
    if len(people) < 4 or any(isinstance(one, str) for one in people):
        return None
    most = dice.choice([1, 3, len(people) - 1])
    kept, ending = people[:most], dice.choice(ENDINGS)
    form = dice.randrange(3)
    if form == 0:
        kept[-1] = Spoken(f"{person_text(kept[-1])}, et al.")
    else:
        kept.append(Spoken(ending))
    if form == 2 and most < len(people) - 1:
        kept.append(people[-1])
    return with_record(work, fields | {"author": kept}, {})


PEOPLE_CHANGES = [
    Kind("family name last in the record, initials", exchanged),
    Kind("names in capitals in the record", capitals),
    Kind("et al. as a name", cut_off),
]
