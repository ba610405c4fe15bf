"""What real lists do to names, years, numbers and DOIs that are right: as `planted_changes.py`."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

from planted_changes import changed, with_record
from planted_faults import Kind, Plant
from planted_people import PEOPLE_CHANGES
from planted_printing import Entry, Fields, Spoken, initials, lines_of
from planted_references import paired
from planted_works import Person, Record, Work

# --- people ----------------------------------------------------------------------------------


def is_latin(person: Person) -> bool:
    return not isinstance(person, str) and bool(re.match("[A-Za-z\u00c0-\u024f']", person[0]))


def given_initials(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    """J.-L., J. L., JL, J-L."""
    if not all(map(is_latin, work.people)) or not any(len(one[1]) > 2 for one in work.people):
        return None
    sign = dice.choice([".-", ". ", "", "-"])
    people = []
    for family, given in work.people:
        short = initials(given, sign) if given else ""
        people.append((family, short.removesuffix(".") if sign == "-" else short))
    return {"author": people}


def given_in_full(_: random.Random, work: Work, fields: Fields, __: object) -> Entry | None:
    """The record has initials, the list the names."""
    if not all(map(is_latin, work.people)) or work.read is not None:
        return None
    short = [{"family": one, "given": initials(two, "")} for one, two in work.people if two]
    if len(short) != len(work.people) or len(work.record["author"]) != len(short):
        return None
    return with_record(work, fields | {"author": list(work.people)}, {"author": short})


def one_given_name(_: random.Random, work: Work, fields: Fields) -> Fields | None:
    """Only the first of several given names or initials."""
    people = [
        one if isinstance(one, str) else (one[0], re.split(r"[\s.-]", one[1])[0] or one[1])
        for one in work.people
    ]
    return {"author": people} if people != list(work.people) else None


DOUBLE = re.compile(r"Jr|J[uú]nior|\.$| Gil|Ríos|^St\.|López|Lang|^Grenier|Ouimet|Temple")


def given_first(_: random.Random, work: Work, fields: Fields) -> Fields | None:
    """Anna van der Berg: names as they are spoken."""
    plain = all(map(is_latin, work.people)) and not any(map(is_double, work.people))
    if not plain or any(len(two) < 2 or not one[0].isupper() for one, two in work.people):
        return None
    return {"author": [Spoken(f"{two} {one}") for one, two in work.people]}


def is_double(person: Person) -> bool:
    """Whether nobody can tell, in the spoken form, where the family name begins."""
    return DOUBLE.search(f"{person[0]}{person[1]}") is not None


def with_two_families(printing: Callable[[str, str, str], Person]) -> Plant:
    """The first author has two family names; `printing`: given, first, second, as printed."""

    def plant(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
        first = work.people[0]
        if work.read is not None or not all(map(is_latin, work.people)) or is_double(first):
            return None
        second = dice.choice(["Torres", "Vidal", "Prado"])
        names = [{**work.record["author"][0], "family": f"{first[0]} {second}"}]
        people = [printing(first[1], first[0], second), *work.people[1:]]
        names += work.record["author"][1:]
        return with_record(work, fields | {"author": people}, {"author": names})

    return plant


def spoken(given: str, first: str, second: str) -> Person:
    return Spoken(f"{given} {first} {second}")


def one_family(given: str, first: str, second: str) -> Person:
    return first, given


NICKNAMES = {"Robert": "Bob", "Michael": "Mike", "Peter": "Pete", "Thomas": "Tom", "Anna": "Nan"}
NICKNAMES |= {"David": "Dave", "James": "Jim", "John": "Jack", "Elena": "Lena", "Hans": "Johann"}


def nickname(_: random.Random, work: Work, fields: Fields) -> Fields | None:
    people = [
        one if isinstance(one, str) else (one[0], NICKNAMES.get(one[1], one[1]))
        for one in work.people
    ]
    return {"author": people} if people != list(work.people) else None


def and_others(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    if len(work.people) < 4:
        return None
    return {"author": fields["author"][: dice.choice([1, 3, len(work.people) - 1])], "others": True}


ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u030c": "v",
    "\u0327": "c", "\u030a": "r", "\u0306": "u", "\u0307": ".", "\u0304": "=", "\u0328": "k",
}  # fmt: skip
LETTERS = {"ø": r"{\o}", "Ø": r"{\O}", "ł": r"{\l}", "Ł": r"{\L}", "ß": r"{\ss}", "æ": r"{\ae}"}


def tex_accents(text: str, braced: bool) -> str:
    r"""M{\"u}ller, or M\"{u}ller."""
    written = ""
    for sign in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", sign)
        if sign in LETTERS:
            written += LETTERS[sign]
        elif len(parts) == 2 and parts[1] in ACCENTS and parts[0].isascii():
            mark, base = ACCENTS[parts[1]], parts[0].replace("i", r"\i ").strip()
            written += (
                f"{{\\{mark}{{{base}}}}}" if braced or mark.isalpha() else f"\\{mark}{{{base}}}"
            )
        else:
            written += sign
    return written


def accents(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    if re.search(r"[\\{}%#_&$]", work.title) or not all(map(is_latin, work.people)):
        return None
    braced = dice.random() < 0.5
    people = [(tex_accents(one, braced), tex_accents(two, braced)) for one, two in work.people]
    title = tex_accents(work.title, braced)
    if people == list(work.people) and title == work.title:
        return None
    return {"author": people, "title": title, "raw": ("title",)}


SPELLINGS = {
    "ä": ("ae", "a"), "ö": ("oe", "o"), "ü": ("ue", "u"), "ø": ("oe", "o"), "å": ("aa", "a"),
    "ß": ("ss", "ss"), "æ": ("ae", "ae"), "ł": ("l", "l"), "Ł": ("L", "L"), "Ä": ("Ae", "A"),
}  # fmt: skip


def without_accents(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    """Müller as Mueller or Muller, Lü as Lv or Lyu, Łukasz as Lukasz."""
    way = dice.randrange(2)
    people = [
        one if isinstance(one, str) else (plain_letters(one[0], way), plain_letters(one[1], way))
        for one in work.people
    ]
    return {"author": people} if people != list(work.people) else None


def plain_letters(text: str, way: int) -> str:
    text = text.replace("Lü", ("Lv", "Lyu")[way])
    text = "".join(SPELLINGS[sign][way] if sign in SPELLINGS else sign for sign in text)
    bare = unicodedata.normalize("NFD", text) if text.isascii() or way < 2 else text
    return unicodedata.normalize(
        "NFC", "".join(s for s in bare if not unicodedata.combining(s) or bare[0] > "\u0370")
    )


CYRILLIC = paired(
    "а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f"
    " х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya"
)


def latin(text: str) -> str:
    """A Cyrillic text in Latin letters, as passports have it."""
    return "".join(
        CYRILLIC[sign.lower()].title()
        if sign.isupper()
        else CYRILLIC[sign]
        if sign.lower() in CYRILLIC
        else sign
        for sign in text
    )


def other_script(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """People, and in every second entry title and journal, in Latin letters; or the reverse, a
    Chinese list that cites a record in pinyin."""
    whole = dice.random() < 0.5
    if work.language == "ru":
        people = [(latin(one), latin(two)) for one, two in work.people]
        more = {"title": latin(work.title), "journal": latin(work.journal)} if whole else {}
        return Entry(work, fields | {"author": people} | more, lines_of(work))
    if not work.pinyin:
        return None
    names = [{"family": one, "given": two} for one, two in work.pinyin]
    if dice.random() < 0.5:
        return with_record(work, fields, {"author": names})
    more = {"title": "Efficacy of treatment in patients with lung cancer", "langid": None}
    more |= {"journal": "Chinese Journal of Oncology"}
    return Entry(
        work, fields | {"author": list(work.pinyin)} | (more if whole else {}), lines_of(work)
    )


def translated(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """A Chinese reference against the translated title and the pinyin names of PubMed."""
    if not work.pinyin:
        return None
    record = {
        "title": ["Outcomes of treatment and quality of life in lung cancer"],
        "translated-title": True,
        "author": [{"family": one, "given": two[0]} for one, two in work.pinyin],
        "container-title": ["Zhonghua zhong liu za zhi [Chinese journal of oncology]"],
        "short-container-title": ["Zhonghua Zhong Liu Za Zhi"],
    }
    return with_record(work, fields, record)


def family_last(_: random.Random, work: Work, fields: Fields, __: object) -> Entry | None:
    """A record whose Chinese names stand with family and given name exchanged."""
    if not work.pinyin or len(work.pinyin) != len(work.people):
        return None
    names = [{"family": two, "given": one} for one, two in work.pinyin]
    return with_record(work, fields | {"author": list(work.pinyin)}, {"author": names})


GROUP = "ALTER Trial Investigators"


def group(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """A group beside the people or alone, in the list, in the record, or in both."""
    named = [one for one in work.people if isinstance(one, str)]
    if named:
        return Entry(work, fields, lines_of(work))
    if work.read is not None or "name" in str(work.record["author"]):
        return None
    names, people = work.record["author"], fields["author"]
    both = dice.choice(("list", "record", "both", "alone"))
    record = [{"name": GROUP}] if both == "alone" else [*names, {"name": GROUP}]
    if both == "list":
        record = names
    people = [GROUP] if both == "alone" else people if both == "record" else [*people, GROUP]
    return with_record(work, fields | {"author": people}, {"author": record})


def particles(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    """The particle behind the given name, in capitals, run together; double names otherwise."""
    people: list[Person] = []
    for one in work.people:
        if isinstance(one, str):
            return None
        family, given = one
        match = re.match(r"((?:van|der|de|la|von|Di|dos|du|den) )+", family)
        if match:
            rest = family[match.end() :]
            forms = [(rest, f"{given} {match[0].strip()}"), (match[0].title() + rest, given)]
            people.append(dice.choice(forms))
        elif re.search(r"\w[- ]\w", family):
            swapped = re.sub("[- ]", lambda sign: " -"[sign[0] == " "], family)
            people.append((swapped, given))
        else:
            people.append((family.replace("'", dice.choice("’'")), given))
    return {"author": people} if people != list(work.people) else None


def generation(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """Jr., which the record has in a field of its own, with the given name, or not at all."""
    if work.read is not None or not all(map(is_latin, work.people)):
        return None
    names: list[Record] = [dict(one) for one in work.record["author"]]
    family, given = work.people[0]
    form = dice.randrange(3)
    if form == 0:
        names[0]["suffix"] = "Jr"
    elif form == 1:
        names[0]["given"] = f"{names[0].get('given', '')} Jr."
    printed = Spoken(f"{family}, Jr., {given}") if form < 2 else (family, f"{given} Jr.")
    return with_record(work, fields | {"author": [printed, *work.people[1:]]}, {"author": names})


# --- year, numbers, DOI ----------------------------------------------------------------------


def online_first(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """The year of the online publication beside the issue's volume."""
    if work.read is not None or not work.volume or "published-print" not in work.record:
        return None
    date = {"date-parts": [[work.year - 1, 12, 3]]}
    return with_record(work, fields | {"year": str(work.year - 1)}, {"published-online": date})


def issue_spelt(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """Supplements, parts and double issues, and labels before numbers."""
    if not work.issue or not work.volume or work.read is not None:
        return None
    one, two = dice.choice(
        [
            ("Suppl 2", "suppl_2"), ("Supplement 2", "Suppl. 2"), ("S2", "suppl 2"),
            ("7-8", "7/8"), ("7–8", "7-8"), ("Pt 2", "Part 2"), ("No. 3", "3"), ("03", "3"),
            ("Suppl 1", "Supplement_1"), ("5 Pt 1", "5, Part 1"), ("3 Suppl", "3_suppl"),
        ]
    )  # fmt: skip
    volume = dice.choice([work.volume, f"Vol. {work.volume}", f"v{work.volume}"])
    return with_record(work, fields | {"number": one, "volume": volume}, {"issue": two})


def left_out(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    """A list that prints no issue, no pages, no people, or no journal."""
    name = dice.choice(["number", "pages", "author", "volume", "eid"])
    if not fields[name]:
        return None
    return {name: None if name != "author" else []}


def doi_case(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    doi = work.doi or ""
    forms = [
        doi.upper(),
        f"https://doi.org/{doi}",
        f"http://dx.doi.org/{doi.upper()}",
        f"doi:{doi}",
    ]
    forms += [f"doi.org/{doi}", f"DOI: {doi.upper()}", f"{doi}."]
    return {"doi": dice.choice([form for form in forms if form != doi])} if doi else None


def doi_as_address(dice: random.Random, work: Work, fields: Fields) -> Fields | None:
    """In `url` alone, with percent signs."""
    if not work.doi:
        return None
    quoted = re.sub(r"[<>()\[\]#;]", lambda sign: f"%{ord(sign[0]):02X}", work.doi)
    return {"doi": None, "url": f"https://doi.org/{quoted}"}


NAME_CHANGES = [
    Kind("initials", changed(given_initials)),
    Kind("given names for initials", given_in_full),
    Kind("first given name only", changed(one_given_name)),
    Kind("given names first", changed(given_first)),
    Kind("and others", changed(and_others)),
    Kind("TeX accents", changed(accents)),
    Kind("transliterated letters", changed(without_accents)),
    Kind("transliterated script", other_script),
    Kind("translated record", translated),
    Kind("family name last in the record", family_last),
    *PEOPLE_CHANGES,
    Kind("group author", group),
    Kind("particles and double names", changed(particles)),
    Kind("Jr.", generation),
    Kind("online-first year", online_first),
    Kind("supplements and labels", issue_spelt),
    Kind("field left out", changed(left_out)),
    Kind("DOI in capitals or as an address", changed(doi_case)),
    Kind("DOI in the address field", changed(doi_as_address)),
    Kind("two family names behind the given one", with_two_families(spoken)),
    Kind("second family name left out", with_two_families(one_family), hard=True),
    Kind("nicknames", changed(nickname), hard=True),
]
