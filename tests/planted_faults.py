"""Faults in fields: each takes a work and its printed entry, and makes one thing in it wrong.

A fault is a real one: swapped authors have different names, the word that takes another's place
means something else, a wrong year is neither the issue's nor that of the online publication. A
work on which a fault cannot be planted, or could not be seen by anyone, gives None.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planted_printing import Entry, Fields, lines_of
from planted_references import listed
from planted_works import Person, Work, abbreviated

Plant = Callable[[random.Random, Work, Fields, Sequence[Work]], Entry | None]


@dataclass(frozen=True)
class Kind:
    """`codes`: the findings that name the fault; empty for what must give neither error nor
    warning. `hard`: shown in the table, and not held to its bounds."""

    name: str
    plant: Plant
    codes: tuple[str, ...] = ()
    hard: bool = False


def with_fields(work: Work, fields: Fields, **changes: Any) -> Entry:
    return Entry(work, fields | changes, lines_of(work))


def is_shown(work: Work, *names: str) -> bool:
    """Whether the record shows such a field, or it was read in a page."""
    return any(work.record.get(name) for name in names)


# --- fields ----------------------------------------------------------------------------------


def wrong_year(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    shown = [
        part[0]
        for name in ("published-print", "published-online", "published", "issued")
        for part in work.record.get(name, {}).get("date-parts", [])
    ]
    if not any(shown):
        return None
    years = {year for year in shown if year}
    # Where only an online date is known the year can be the one beside it.
    near = 0 if "published-print" in work.record else 1
    free = [
        year
        for year in range(min(years) - 6, max(years) + 7)
        if all(abs(year - other) > near for other in years)
    ]
    near_ones = sorted(free, key=lambda year: min(abs(year - other) for other in years))[:4]
    return with_fields(work, fields, year=str(dice.choice(near_ones)))


def wrong_twice(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """A volume that a second registry has wrong in the same way: its agreement clears the field."""
    entry = wrong_number("volume")(dice, work, fields, ())
    if entry is None or work.pubmed is None:
        return None
    other = replace(work, pubmed=work.pubmed | {"volume": entry.fields["volume"]})
    return Entry(work, entry.fields, lines_of(other))


def beside_online(place: Callable[[Work], dict[str, str]]) -> Plant:
    """A year off, of a work of which only the online date is known."""

    def plant(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
        if work.read is not None or not work.volume:
            return None
        names = ("published-print", "published", "issued", "created", "page", "article-number")
        names += ("issue",)  # articles of a volume with issues may get a later issue's year
        record = {name: value for name, value in work.record.items() if name not in names}
        record |= {"published-online": {"date-parts": [[work.year, dice.randint(2, 11), 2]]}}
        record |= {"journal-issue": {}, **place(work)}
        year = work.year + dice.choice((-1, 1))
        other = replace(work, record=record, pubmed=None)
        changes = {"year": str(year), "pages": None, "eid": None}
        return Entry(work, fields | changes, lines_of(other))

    return plant


def wrong_number(name: str) -> Plant:
    """Of the volume or the issue: a digit off, or another one."""

    def plant(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
        value = fields["volume" if name == "volume" else "number"]
        if not value or not is_shown(work, name) or not value[:1].isdigit():
            return None
        number = int(re.match(r"\d+", value)[0])
        other = dice.choice([number + 1, number + 2, number + 10, max(number - 1, 0) or 99])
        return with_fields(work, fields, **{"volume" if name == "volume" else "number": str(other)})

    return plant


def pages_of(work: Work) -> tuple[str, int, str, int, str] | None:
    """Prefix, first, prefix, last and ending of a range."""
    match = re.fullmatch(r"([A-Za-z.\d]*?)(\d+)-([A-Za-z.\d]*?)(\d+)", work.pages or "")
    if match is None or "page" not in work.record or match[2] == match[4] == "1":
        return None
    return match[1], int(match[2]), match[3], int(match[4]), ""


def wrong_first_page(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    if (pages := pages_of(work)) is None:
        return None
    prefix, first, _, last, _ = pages
    if first == 1:
        return None  # see pages_of_pdf
    other = dice.choice([max(first - 1, 2), first + 1, first + 10, first + 100, first + 1000])
    if other == first:
        return None
    forms = [f"{prefix}{other}", f"{prefix}{other}--{prefix}{last}"]
    return with_fields(work, fields, pages=dice.choice(forms if other < last else forms[:1]))


def pages_of_pdf(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """The record's pages begin with 1, as those of a PDF do: any number can be the article's."""
    if work.read is not None or not work.pages:
        return None
    other = replace(work, record=work.record | {"page": "1-9"}, pubmed=None)
    changes = {"pages": str(dice.randint(2, 40)), "eid": None}
    return Entry(work, fields | changes, lines_of(other))


def wrong_last_page(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    if (pages := pages_of(work)) is None:
        return None
    prefix, first, _, last, _ = pages
    other = dice.choice([last + 1, last + 2, last + 10, max(last - 1, first)])
    if other in (last, first):
        other = last + 3
    whole = f"{prefix}{first}-{prefix}{other}"
    return with_fields(work, fields, pages=dice.choice([whole, abbreviated(whole)]))


def wrong_both_pages(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    if (pages := pages_of(work)) is None:
        return None
    prefix, first, _, last, _ = pages
    moved = dice.choice([10, 100, 1000])
    return with_fields(work, fields, pages=f"{prefix}{first + moved}-{prefix}{last + moved}")


def wrong_article_number(
    dice: random.Random, work: Work, fields: Fields, _: object
) -> Entry | None:
    digits = re.sub(r"\D", "", work.article or "")
    if len(digits) < 3 or not is_shown(work, "article-number"):
        return None
    place = dice.randrange(1, len(digits))
    changed = digits[:place] + str((int(digits[place]) + 3) % 10) + digits[place + 1 :]
    return with_fields(work, fields, eid=(work.article or "").replace(digits, changed))


# --- authors ---------------------------------------------------------------------------------


def family_of(person: Person) -> str:
    return person if isinstance(person, str) else person[0]


def can_compare_people(work: Work, fewest: int) -> bool:
    people = work.record.get("author", [])
    persons = [one for one in work.people if not isinstance(one, str)]
    return len(persons) >= fewest and len(people) == len(work.people) and len(people) > 1


def author_dropped(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    people = list(fields["author"])
    places = [place for place in range(1, len(people) - 1) if not isinstance(people[place], str)]
    if not can_compare_people(work, 3) or not places:
        return None
    people.pop(dice.choice(places))
    return with_fields(work, fields, author=people)


def authors_swapped(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    people = list(fields["author"])
    persons = [place for place, one in enumerate(people) if not isinstance(one, str)]
    pairs = [
        (one, two)
        for one in persons
        for two in persons
        if one < two and not alike(people[one], people[two])
    ]
    if not can_compare_people(work, 3) or not pairs:
        return None
    one, two = dice.choice(pairs)
    people[one], people[two] = people[two], people[one]
    return with_fields(work, fields, author=people)


def alike(one: Person, two: Person) -> bool:
    first, second = (re.sub(r"\W", "", family_of(person)).lower() for person in (one, two))
    return first == second or {first, second} <= {"lü", "lv", "lyu", "lu"}


def first_misspelt(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    people = list(fields["author"])
    if isinstance(people[0], str) or not work.record.get("author") or len(people) < 2:
        return None
    family, given = people[0]
    wrong = misspelt(dice, family)
    if wrong is None or any(alike((wrong, ""), other) for other in people):
        return None
    people[0] = (wrong, given)
    return with_fields(work, fields, author=people)


# Another character for one; no variant of it.
HAN_SLIPS = {"王": "汪", "李": "季", "张": "章", "陈": "程", "赵": "肖", "吴": "武", "刘": "柳"}


def misspelt(dice: random.Random, family: str) -> str | None:
    """A consonant too many, too few or another one; accents and vowels are left alone, for they
    are spelt in several ways."""
    if family[0] >= "\u3000":
        return HAN_SLIPS.get(family)
    places = [
        place
        for place, sign in enumerate(family)
        if place and sign in "bcdfgklmnprstz" and family[place - 1] != sign
    ]
    if not places or not family.isalpha():
        return None
    place = dice.choice(places)
    others = [one for one in "bdgkmrt" if one != family[place]]
    return family[:place] + dice.choice(others) + family[place + 1 :]


def author_added(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    people = list(fields["author"])
    if not can_compare_people(work, 3) or work.language in ("zh", "ja"):
        return None
    people.insert(dice.randrange(1, len(people)), ("Castellano", "Q."))
    return with_fields(work, fields, author=people)


def wrong_given(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    people = list(fields["author"])
    places = [
        place
        for place, one in enumerate(people)
        if not isinstance(one, str) and one[1][:1].isascii() and one[1][:1].isalpha()
    ]
    if not can_compare_people(work, 2) or not places:
        return None
    place = dice.choice(places)
    family, given = people[place]
    other = dice.choice([sign for sign in "BFJKQV" if sign not in given.upper() + family.upper()])
    people[place] = (family, f"{other}.")
    return with_fields(work, fields, author=people)


# --- title, journal --------------------------------------------------------------------------

WORDS = listed(
    "metformin kidney aspirin vaccine neonates genome nursing surgery diabetes stroke malaria"
    " retina cohort dialysis migraine asthma insulin placenta anaemia psoriasis"
)
SWAPS = [
    ("first", "second"), ("second", "third"), ("third", "first"), ("small", "large"),
    ("lung", "breast"), ("limited", "extensive"), ("relapsed", "untreated"), ("two", "three"),
    ("safety", "costs"), ("with", "without"), ("phase II", "phase III"), ("phase 3", "phase 2"),
    ("advanced", "early"), ("versus", "plus"), ("plus", "versus"), ("prognostic", "diagnostic"),
]  # fmt: skip
HAN_SWAPS = [
    ("疗效", "费用"), ("治疗", "诊断"), ("小细胞", "大细胞"), ("肺癌", "胃癌"), ("一线", "二线"),
    ("二线", "三线"), ("安全性", "经济性"), ("广泛", "局限"), ("预后", "病因"), ("相关", "无关"),
    ("高血压", "糖尿病"), ("患者", "家属"),
]  # fmt: skip


def word_replaced(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    title = work.title
    if work.language in ("zh", "ja"):
        pairs = [pair for pair in HAN_SWAPS if pair[0] in title]
        if not pairs:
            return None
        return with_fields(work, fields, title=title.replace(*dice.choice(pairs), 1))
    words = [
        match for match in re.finditer(r"(?<![\w-])[^\W\d_]{5,}(?![\w-])", title)
        if match[0].lower() not in ("study", "trial", "among", "after", "using", "their")
    ]  # fmt: skip
    words = [match for match in words if match.start() > 0]
    if not words:
        return None
    word = dice.choice(words)
    other = dice.choice([one for one in WORDS if one not in title.lower()])
    return with_fields(work, fields, title=title[: word.start()] + other + title[word.end() :])


def meaning_turned(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """A word of few letters for another that makes another study of it."""
    pairs = [pair for pair in SWAPS if re.search(rf"(?<!\w){pair[0]}(?!\w)", work.title)]
    if not pairs:
        return None
    one, two = dice.choice(pairs)
    return with_fields(work, fields, title=re.sub(rf"(?<!\w){one}(?!\w)", two, work.title, count=1))


def subtitle_word_replaced(dice: random.Random, work: Work, fields: Fields, _: object) -> Any:
    """The record has the subtitle in a field of its own."""
    main, colon, rest = work.title.partition(": ")
    words = re.findall(r"(?<![\w-])[^\W\d_]{5,}(?![\w-])", rest)
    if not colon or len(main.split()) < 3 or not words or work.read is not None:
        return None
    other = dice.choice([one for one in WORDS if one not in work.title.lower()])
    title = f"{main}: {rest.replace(dice.choice(words), other, 1)}"
    record = work.record | {"title": [main], "subtitle": [rest]}
    return Entry(work, fields | {"title": title}, lines_of(replace(work, pubmed=None), record))


OTHER_JOURNALS = {
    "Lung Cancer": "Thoracic Cancer",
    "Thoracic Cancer": "Lung Cancer",
    "Cancer Research": "Clinical Cancer Research",
    "Clinical Cancer Research": "Cancer Research",
    "The Lancet Oncology": "The Lancet Respiratory Medicine",
    "Annals of Oncology": "Annals of Surgical Oncology",
    "Cancer": "Cancer Letters",
    "British Journal of Cancer": "European Journal of Cancer",
    "European Journal of Cancer": "International Journal of Cancer",
    "BMC Cancer": "BMC Medicine",
    "Nature Medicine": "Nature Genetics",
    "Frontiers in Oncology": "Frontiers in Pharmacology",
}
JOURNALS = [
    ("Journal of Vascular Surgery", "J Vasc Surg"), ("Pediatrics", "Pediatrics"),
    ("American Journal of Ophthalmology", "Am J Ophthalmol"), ("Gut", "Gut"),
    ("Annals of Emergency Medicine", "Ann Emerg Med"), ("Blood", "Blood"),
    ("International Journal of Obesity", "Int J Obes (Lond)"), ("Hepatology", "Hepatology"),
]  # fmt: skip
HAN_JOURNALS = ["中华外科杂志", "中国实用妇科与产科杂志", "中华儿科杂志", "护理学杂志"]


def journal_replaced(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    if work.language in ("zh", "ja"):
        others = [name for name in HAN_JOURNALS if name != work.journal]
        return with_fields(work, fields, journal=dice.choice(others))
    if work.journal in OTHER_JOURNALS and dice.random() < 0.5:
        return with_fields(work, fields, journal=OTHER_JOURNALS[work.journal])
    if re.search("[а-я]", work.journal):
        return with_fields(work, fields, journal="Вестник хирургии")
    return with_fields(work, fields, journal=dice.choice(dice.choice(JOURNALS)))


AUTHOR = ("author.mismatch", "author.missing", "author.order", "author.extra")
FIELD_FAULTS = [
    Kind("year", wrong_year, ("year.mismatch",)),
    Kind(
        "year beside the online one, article number",
        beside_online(lambda work: {"article-number": "101"} if len(work.title) % 2 else {}),
        ("year.mismatch",),
    ),
    Kind("volume", wrong_number("volume"), ("volume.mismatch",)),
    Kind("issue", wrong_number("issue"), ("issue.mismatch",)),
    Kind("first page", wrong_first_page, ("page.mismatch",)),
    Kind("last page", wrong_last_page, ("page.last-mismatch",)),
    Kind("both pages", wrong_both_pages, ("page.mismatch",)),
    Kind("article number", wrong_article_number, ("page.mismatch",)),
    Kind("author dropped from the middle", author_dropped, AUTHOR),
    Kind("authors swapped", authors_swapped, AUTHOR),
    Kind("first author misspelt", first_misspelt, AUTHOR),
    Kind("author added", author_added, AUTHOR),
    Kind("initial of another name", wrong_given, ("author.given-mismatch",)),
    Kind("title word replaced", word_replaced, ("title.mismatch",)),
    Kind("word replaced in a subtitle", subtitle_word_replaced, ("title.mismatch",)),
    Kind("title turned by a short word", meaning_turned, ("title.mismatch",)),
    Kind("journal replaced", journal_replaced, ("container-title.mismatch",)),
    Kind(
        "year beside the online one, pages",
        beside_online(lambda work: {"page": "101-110"}),
        ("year.mismatch",),
        hard=True,
    ),
    Kind("page beside those of a PDF", pages_of_pdf, ("page.mismatch",), hard=True),
    Kind("volume, wrong in a second registry", wrong_twice, ("volume.mismatch",), hard=True),
]
