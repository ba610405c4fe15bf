"""A record printed by hand in five citation styles, and what each printing says of it.

Written from the styles' own rules; nothing here is shared with the package that reads them:

- `gbt`: GB/T 7714-2015, numeric: three names, then 等 or et al., family names in capitals,
  `[J]`; Chinese entries with half-width or with full-width signs.
- `vancouver`: ICMJE (NLM: six names, last pages cut) and AMA (three names, pages in full).
- `apa`: APA 7: twenty names, beyond them nineteen, three stops and the last.
- `publisher`: Frontiers (its Vancouver and its Harvard journals) and MDPI.
- `hans`: Hans Publishers: six names, then et al.; no issue; the address in angle brackets.

`print_in(style, work, **choices)` gives a Printing: the text, and the fields as the text has them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from livingreview.references.record import Name, Reference

FULL_WIDTH = str.maketrans({",": "，", ".": "．", ":": "：", "(": "（", ")": "）", "-": "－"})


@dataclass(frozen=True)
class Work:
    """A journal article. `people` are (family, given, generation) or (group,); `journal` is the
    full name, its abbreviation with full stops and the one without."""

    title: str
    people: tuple[tuple[str, ...], ...]
    journal: tuple[str, str, str]
    year: int
    doi: str
    volume: str | None = None
    issue: str | None = None
    page: str | None = None  # 366-371, S12-S18, e46
    article: str | None = None
    month: int = 3

    @property
    def chinese(self) -> bool:
        return re.search("[\u4e00-\u9fff]", self.title) is not None


@dataclass(frozen=True)
class Printing:
    style: str
    text: str
    fields: Reference = field(compare=False)


def print_in(style: str, work: Work, **choices: Any) -> Printing:
    """`choices`: what editors may choose within a style: `full_width`, `ama`, `kind`
    (frontiers, harvard, mdpi), `emphasis`, `doi` (index of DOI_FORMS; None leaves it out)."""
    return STYLES[style](work, **choices)


# --- what all have ---------------------------------------------------------------------------


DOI_FORMS = (
    "https://doi.org/{}",
    "doi:{}",
    "doi: {}",
    "DOI: {}",
    "http://dx.doi.org/{}",
    "<https://doi.org/{}>",
)


def doi_text(work: Work, form: int | None) -> str:
    return "" if form is None else DOI_FORMS[form].format(work.doi)


def is_han(text: str) -> bool:
    return re.search("[\u4e00-\u9fff]", text) is not None


def initials(given: str, stop: str, between: str, hyphen: str) -> str:
    """Hao-Ran: H.-R. | HR | H R, as the style has it; `Ryan JO` has three."""
    words = []
    for word in given.split():
        parts = [part for part in word.split("-") if part]
        if len(word) <= 3 and word.isupper():
            words.extend(sign + stop for sign in word)
        else:
            words.append(hyphen.join(part[0].upper() + stop for part in parts))
    return between.join(words)


def print_people(work: Work, most: int, kept: int, one: Any) -> tuple[list[str], list[Name], bool]:
    """The printed names, the same as records, and whether all are there."""
    complete = len(work.people) <= most
    shown = work.people if complete else work.people[:kept]
    pairs = [one(person) for person in shown]
    return [text for text, _ in pairs], [name for _, name in pairs], complete


def fields_of(work: Work, names: list[Name], complete: bool, **fields: Any) -> Reference:
    base: dict[str, Any] = {
        "key": "",
        "number": 1,
        "type": "article",
        "language": "zh" if work.chinese else "en",
        "title": work.title,
        "authors": tuple(names),
        "authors_complete": complete,
        "container_title": work.journal[0],
        "year": work.year,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.page,
        "article_number": work.article,
        "doi": work.doi.lower(),
    }
    return Reference(**(base | fields))


def whole(person: tuple[str, ...]) -> tuple[str, Name] | None:
    """A group, or a Chinese name in characters: printed alike in every style."""
    if len(person) == 1:
        return person[0], Name(literal=person[0])
    if is_han(person[0]):
        return person[0] + person[1], Name(family=person[0], given=person[1])
    return None


def with_stop(title: str) -> str:
    return title if title.endswith(("?", "!", "？", "！")) else title + "."


def cut_last(page: str | None) -> str | None:
    """366-371 is 366-71 in ICMJE's style; S125-S126 is S125-6."""
    match = re.fullmatch(r"([A-Za-z]*)(\d+)-\1(\d+)", page or "")
    if match is None or len(match[2]) != len(match[3]):
        return page
    prefix, first, last = match.groups()
    same = 0
    while same < len(last) - 1 and first[same] == last[same]:
        same += 1
    return f"{prefix}{first}-{last[same:]}"


# --- GB/T 7714-2015 --------------------------------------------------------------------------


def gbt_person(person: tuple[str, ...]) -> tuple[str, Name]:
    if alike := whole(person):
        return alike
    family, given, generation = person
    family, given = family.upper(), initials(given, "", " ", " ")
    if generation:
        return f"{family} {given}, {generation}", Name(family, f"{given} {generation}")
    return f"{family} {given}", Name(family, given)


def print_gbt(
    work: Work, *, full_width: bool = False, online: bool = False, doi: int | None = 2
) -> Printing:
    people, names, complete = print_people(work, 3, 3, gbt_person)
    and_others = [] if complete else ["等" if work.chinese else "et al"]
    authors = ", ".join(people + and_others)
    journal = work.journal[0] if work.chinese else work.journal[2]
    place = work.page or work.article
    numbers = "".join(
        [f"{work.year}"]
        + ([f", {work.volume}"] if work.volume else [])
        + ([f"({work.issue})"] if work.issue else [])
        + ([f": {place}"] if place else [])
    )
    mark = "J/OL" if online else "J"
    seen = "[2023-03-13]" if online else ""
    head = f"{authors}. " if authors else ""
    if full_width:
        # Title and journal keep their own signs; those of the style are full-width, without blanks.
        start, end = (
            re.sub(r"([,.:]) ", r"\1", part).translate(FULL_WIDTH)
            for part in (head, f", {numbers}")
        )
        seen = seen.replace("[", "［").replace("]", "］")
        text = f"{start}{work.title}［{mark}］．{journal}{end}{seen}．"
    else:
        text = f"{head}{work.title}[{mark}]. {journal}, {numbers}{seen}."
    if doi is not None:
        text = f"{text.rstrip()} {doi_text(work, doi)}."
    fields = fields_of(
        work,
        names,
        complete,
        container_title=journal,
        note="accessed 2023-03-13" if online else None,
    )
    return Printing("gbt", text.strip(), fields)


# --- Vancouver -------------------------------------------------------------------------------

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def vancouver_person(person: tuple[str, ...]) -> tuple[str, Name]:
    if alike := whole(person):
        return alike
    family, given, generation = person
    given = " ".join(filter(None, [initials(given, "", "", ""), generation]))
    return f"{family} {given}", Name(family, given)


def print_vancouver(
    work: Work, *, ama: bool = False, month: bool = False, doi: int | None = 2
) -> Printing:
    people, names, complete = print_people(work, 6, 3 if ama else 6, vancouver_person)
    page = work.page if ama else cut_last(work.page)
    # NLM: a group after persons is set off by a semicolon.
    authors = ""
    for place, text in enumerate(people):
        before = "; " if place and len(work.people[place]) == 1 and not ama else ", "
        authors += (before if place else "") + text
    if not complete:
        authors += ", et al"
    date = f"{work.year} {MONTHS[work.month - 1]}" if month else f"{work.year}"
    supplement = bool(work.volume and (work.issue or "").startswith("Suppl"))
    issue = f" {work.issue}" if supplement else f"({work.issue})" if work.issue else ""
    numbers = f";{work.volume or ''}{issue}"
    place = page or work.article
    numbers += f":{place}" if place else ""
    text = f"{authors}. " if authors else ""
    text += f"{with_stop(work.title)} {work.journal[2]}. {date}{numbers}."
    if doi is not None:
        text += f" {doi_text(work, doi)}."
    return Printing(
        "vancouver",
        text,
        fields_of(work, names, complete, container_title=work.journal[2], page=page),
    )


# --- APA 7 -----------------------------------------------------------------------------------


def apa_person(person: tuple[str, ...]) -> tuple[str, Name]:
    if alike := whole(person):
        return alike
    family, given, generation = person
    given = initials(given, ".", " ", "-")
    text = f"{family}, {given}"
    if generation:
        generation += "." if generation in ("Jr", "Sr") else ""
        return f"{text}, {generation}", Name(family, f"{given} {generation}")
    return text, Name(family, given)


def emphasised(text: str, emphasis: bool, sign: str = "*") -> str:
    return f"{sign}{text}{sign}" if emphasis else text


def print_apa(work: Work, *, emphasis: bool = False, doi: int | None = 0) -> Printing:
    people, names, complete = print_people(work, 20, 19, apa_person)
    if not complete:
        authors = ", ".join(people) + ", . . . " + apa_person(work.people[-1])[0]
    elif len(people) > 1 and work.chinese:
        authors = ", ".join(people)
    elif len(people) > 1:
        authors = ", ".join(people[:-1]) + f", & {people[-1]}"
    else:
        authors = "".join(people)
    # The stop of an initial is that of the list; after a group or a Chinese name one is set.
    stop = "" if authors.endswith(".") else "."
    place = work.page.replace("-", "–") if work.page else None
    if work.article:
        place = f"Article {work.article}"
    tail = emphasised(work.journal[0], emphasis)
    tail += f", {emphasised(work.volume, emphasis)}" if work.volume else ""
    tail += ("" if work.volume else ", ") + f"({work.issue})" if work.issue else ""
    tail += f", {place}" if place else ""
    if not authors:
        text = f"{with_stop(work.title)} ({work.year}). {tail}."
    else:
        text = f"{authors}{stop} ({work.year}). {with_stop(work.title)} {tail}."
    if doi is not None:
        text += f" {doi_text(work, doi)}"
    return Printing("apa", text, fields_of(work, names, complete))


# --- Frontiers and MDPI ----------------------------------------------------------------------


def mdpi_person(person: tuple[str, ...]) -> tuple[str, Name]:
    if alike := whole(person):
        return alike
    family, given, generation = person
    given = initials(given, ".", "", "-")
    text = f"{family}, {given}"
    if generation:
        generation += "." if generation in ("Jr", "Sr") else ""
        return f"{text}, {generation}", Name(family, f"{given} {generation}")
    return text, Name(family, given)


def print_publisher(
    work: Work, *, kind: str = "frontiers", emphasis: bool = False, doi: int | None = 2
) -> Printing:
    place = work.page or work.article
    end = "" if doi is None else f" {doi_text(work, doi)}"
    if kind == "mdpi":
        people, names, complete = print_people(work, 10, 10, mdpi_person)
        authors = "; ".join(people + ([] if complete else ["et al."]))
        authors = authors if authors.endswith(".") or not authors else authors + "."
        numbers = emphasised(str(work.year), emphasis, "**")
        numbers += f", {emphasised(work.volume, emphasis)}" if work.volume else ""
        numbers += f", {place.replace('-', '–')}" if place else ""
        journal = emphasised(work.journal[1], emphasis)
        text = f"{authors} {with_stop(work.title)} {journal} {numbers}.{end}".lstrip()
        fields = fields_of(work, names, complete, container_title=work.journal[1], issue=None)
    elif kind == "harvard":
        people, names, complete = print_people(work, 6, 6, apa_person)
        authors = ", ".join(people)
        if not complete:
            authors += ", et al."
        elif len(people) > 1:
            authors = ", ".join(people[:-1]) + f", and {people[-1]}"
        tail = f" {work.volume}" if work.volume else ""
        tail += f" ({work.issue})" if work.issue and work.volume else ""
        # Articles have a colon, pages a comma.
        tail += f":{work.article}" if work.article else ""
        tail += f", {work.page.replace('-', '–')}" if work.page else ""
        text = f"{authors} ({work.year}). {with_stop(work.title)} {work.journal[1]}{tail}.{end}"
        fields = fields_of(work, names, complete, container_title=work.journal[1])
    else:
        people, names, complete = print_people(work, 6, 6, vancouver_person)
        authors = ", ".join(people + ([] if complete else ["et al"]))
        tail = f" {work.volume}" if work.volume else ""
        tail += f"({work.issue})" if work.issue and work.volume else ""
        tail += f":{place.replace('-', '–')}" if place else ""
        journal = emphasised(work.journal[2], emphasis)
        head = f"{authors}. " if authors else ""
        text = f"{head}{with_stop(work.title)} {journal} ({work.year}){tail}.{end}"
        fields = fields_of(work, names, complete, container_title=work.journal[2])
    return Printing("publisher", text, fields)


# --- Hans ------------------------------------------------------------------------------------


def hans_person(person: tuple[str, ...]) -> tuple[str, Name]:
    if alike := whole(person):
        return alike
    family, given, generation = person
    given = initials(given, ".", "", "-")
    if generation:
        generation += "." if generation in ("Jr", "Sr") else ""
        return f"{family} {generation}, {given}", Name(family, f"{given} {generation}")
    return f"{family}, {given}", Name(family, given)


def print_hans(
    work: Work, *, emphasis: bool = True, label: str = "Article ID: ", doi: int | None = 5
) -> Printing:
    """Chinese works stand in Hans's lists as GB/T has them."""
    if work.chinese:
        return replace(print_gbt(work, doi=doi), style="hans")
    people, names, complete = print_people(work, 6, 6, hans_person)
    if not complete:
        authors = ", ".join(people) + ", " + emphasised("et al.", emphasis)
    elif len(people) > 1:
        authors = ", ".join(people[:-1]) + f" and {people[-1]}"
    else:
        authors = "".join(people)
    tail = f", {emphasised(work.volume, emphasis, '**')}" if work.volume else ""
    if work.article:
        tail += f", {label}{work.article}"
    elif work.page:
        tail += f", {work.page}"
    journal = emphasised(work.journal[0], emphasis)
    text = f"{authors} ({work.year}) {with_stop(work.title)} {journal}{tail}."
    if doi is not None:
        text += f" {doi_text(work, doi)}"
    return Printing("hans", text, fields_of(work, names, complete, issue=None))


STYLES = {
    "gbt": print_gbt,
    "vancouver": print_vancouver,
    "apa": print_apa,
    "publisher": print_publisher,
    "hans": print_hans,
}


# --- the record that a registry has ----------------------------------------------------------


def crossref_person(person: tuple[str, ...], place: int) -> dict[str, Any]:
    sequence = "additional" if place else "first"
    if len(person) == 1:
        return {"name": person[0], "sequence": sequence, "affiliation": []}
    family, given, generation = (*person, "", "")[:3]
    record = {"family": family, "given": given, "sequence": sequence, "affiliation": []}
    return record | ({"suffix": generation} if generation else {})


def locked_answer(work: Work) -> dict[str, Any]:
    """The lock line that answers for the work's DOI, in Crossref's shape."""
    record: dict[str, Any] = {
        "_source": "crossref",
        "_query": {"doi": work.doi.lower()},
        "_outcome": "found",
        "_retrieved": "2026-11-22",
        "DOI": work.doi.lower(),
        "type": "journal-article",
        "title": [work.title],
        "author": [crossref_person(person, place) for place, person in enumerate(work.people)],
        "container-title": [work.journal[0]],
        "short-container-title": [work.journal[1]],
        "published-print": {"date-parts": [[work.year, work.month]]},
        "issued": {"date-parts": [[work.year, work.month]]},
        "volume": work.volume,
        "issue": work.issue,
        "page": work.page,
        "article-number": work.article,
    }
    return {name: value for name, value in record.items() if value not in (None, [])}
