"""Faults in what a reference is about: its DOI, its existence, its standing.

As in `planted_faults.py`; what a refresh writes of such a reference is in the entry's lines.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from doubles.records import update
from planted_faults import Kind, Plant, meaning_turned, pages_of
from planted_printing import Entry, Fields, dead, lines_of
from planted_works import Record, Work

# --- DOIs and existence ----------------------------------------------------------------------


def other_works_doi(dice: random.Random, work: Work, fields: Fields, pool: Sequence[Work]) -> Any:
    others = [
        one for one in pool
        if one is not work and one.doi and one.read is None and one.language == work.language
    ]  # fmt: skip
    if not others or work.doi is None:
        return None
    other = dice.choice(others)
    lines = [*lines_of(other), *(lines_of(work) if dice.random() < 0.5 else [])]
    return Entry(work, fields | {"doi": other.doi}, lines)


def neighbours_doi(dice: random.Random, work: Work, fields: Fields, _: object) -> Any:
    """The DOI of another paper of the group, in the same volume, on something like it."""
    turned = meaning_turned(dice, work, fields, ())
    if turned is None or work.read is not None or not work.pages or not pages_of(work):
        return None
    _, first, _, last, _ = pages_of(work) or ("", 0, "", 0, "")
    moved = dice.randint(20, 300)
    doi = f"{work.doi}9"
    record = {**work.record, "DOI": doi.lower(), "title": [turned.fields["title"]]}
    record["page"] = f"{first + moved}-{last + moved + 2}"
    other = replace(work, doi=doi, record=record, pubmed=None)
    return Entry(work, fields | {"doi": doi}, lines_of(other))


def broken_doi(dice: random.Random, doi: str) -> str:
    """A digit or a letter of the suffix is another one; or it is cut off."""
    places = [place for place in range(doi.index("/") + 1, len(doi)) if doi[place].isalnum()]
    place = dice.choice(places)
    sign = "7" if doi[place] != "7" else "3"
    return doi[:place] + sign + doi[place + 1 :]


def dead_doi(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """Its work is found by a search, or nobody finds anything."""
    if work.doi is None or work.read is not None:
        return None
    doi = broken_doi(dice, work.doi)
    found = [work.record] if dice.random() < 0.5 else []
    return Entry(work, fields | {"doi": doi}, dead(doi, dice.random() < 0.7), found)


def missing_doi(dice: random.Random, work: Work, fields: Fields, pool: Sequence[Work]) -> Any:
    if work.doi is None or work.read is not None or not (work.pages or work.article):
        return None
    decoys = [dice.choice(pool).record for _ in range(4)]
    items = [work.record, *(one for one in decoys if one is not work.record)]
    dice.shuffle(items)
    # Without a search the lock may have the record nevertheless, under its title.
    searched = items if dice.random() < 0.7 else None
    return Entry(work, fields | {"doi": None}, lines_of(work), searched, [])


def invented(dice: random.Random, work: Work, pool: Sequence[Work]) -> Fields | None:
    """A reference that reads well, made of three others."""
    if work.language != "en" or not work.pages:
        return None
    others = [one for one in pool if one.language == "en" and one.title != work.title]
    people, place = dice.sample(others, 2)
    topic = dice.choice(("quality of life", "dose reduction", "biomarkers of response", "costs"))
    drug = dice.choice(("zoltinib", "merpatinib", "candolimab", "ruxotecan"))
    return {
        "author": list(people.people[:3]),
        "others": dice.random() < 0.3,
        "title": f"Long-term {topic} under {drug} in patients with lung tumours: results of the"
        f" {drug.upper()[:4]}-{dice.randint(2, 9)} trial",
        "journal": place.journal,
        "year": str(dice.randint(2015, 2024)),
        "volume": str(dice.randint(5, 60)),
        "number": str(dice.randint(1, 12)),
        "pages": f"{(first := dice.randint(100, 2000))}-{first + 9}",
        "doi": None,
    }


def invented_with_dead_doi(dice: random.Random, work: Work, _: Fields, pool: Sequence[Work]) -> Any:
    fields = invented(dice, work, pool)
    if fields is None:
        return None
    prefix, month, number = dice.choice((1016, 1200, 1038)), dice.randint(1, 12), dice.random()
    doi = f"10.{prefix}/j.jto.{fields['year']}.{month:02}.{number:.4f}".replace(".0.", ".0")
    decoys = [dice.choice(pool).record for _ in range(3)] if dice.random() < 0.5 else []
    return Entry(work, fields | {"doi": doi}, dead(doi), decoys)


def invented_with_others_doi(
    dice: random.Random, work: Work, _: Fields, pool: Sequence[Work]
) -> Any:
    fields = invented(dice, work, pool)
    if fields is None or work.read is not None:
        return None
    return Entry(work, fields | {"doi": work.doi}, lines_of(work), [])


def invented_without_doi(dice: random.Random, work: Work, _: Fields, pool: Sequence[Work]) -> Any:
    fields = invented(dice, work, pool)
    if fields is None:
        return None
    decoys = [dice.choice(pool).record for _ in range(dice.choice((0, 3, 5)))]
    return Entry(work, fields, [], decoys, decoys[:2])


def invented_in_chinese(dice: random.Random, work: Work, _: Fields, pool: Sequence[Work]) -> Any:
    """Nobody whom a refresh asks knows every Chinese article."""
    if not work.pinyin:
        return None
    other = dice.choice([one for one in pool if one.pinyin and one is not work])
    remedy = dice.choice(("参芪", "复方苦参", "康莱特"))
    title = f"{remedy}联合化疗治疗肺癌的{dice.randint(20, 90)}例观察"
    fields = {"author": list(other.people[:3]), "title": title, "langid": "chinese"}
    fields |= {"journal": work.journal, "year": "2016", "volume": "38", "pages": "801-803"}
    return Entry(work, fields, [], [], [])


# --- status ----------------------------------------------------------------------------------


def notice_of(dice: random.Random, work: Work, kind: str) -> Record:
    """The record of a notice about the work."""
    heading = {"retraction": "Retraction: ", "correction": "Correction to: "}[kind]
    return {
        "DOI": f"{work.doi}.{kind[:3]}".lower(),
        "type": "journal-article",
        "title": [heading + work.title],
        "container-title": [work.journal],
        "published-print": {"date-parts": [[work.year + 2, 4]]},
        "update-to": [update(work.doi or "", kind, (work.year + 2, 4, 7))],
    }


def retracted(how: str) -> Plant:
    def plant(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
        if work.doi is None or work.read is not None:
            return None
        day = (work.year + 2, 4, 7)
        record = dict(work.record)
        if how == "notice":
            return Entry(work, fields, lines_of(work, None, [notice_of(dice, work, "retraction")]))
        label = dice.choice(("retraction", "withdrawal", "removal"))
        if how == "self-update":
            record["update-to"] = [update(work.doi, label, day)]
        elif how == "title":
            mark = dice.choice(("RETRACTED: ", "RETRACTED ARTICLE: ", "WITHDRAWN: "))
            record["title"] = [mark + record["title"][0]]
        else:
            record["updated-by"] = [update(f"{work.doi}.ret", "retraction", day, source=how)]
        return Entry(work, fields, lines_of(work, record))

    return plant


HEADINGS = (
    "Correction to: {}", "Erratum: {}", "Corrigendum to “{}”", "Author Correction: {}",
    "Retraction: {}", "Retraction Note: {}", "Notice of retraction: {}",
    "Expression of concern: {}",
)  # fmt: skip


def notice_by_title(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    if work.language in ("zh", "ja"):
        title = dice.choice(("更正：{}", "勘误：{}", "撤稿声明：{}")).format(work.title)
    else:
        title = dice.choice(HEADINGS).format(work.title)
    if work.read is not None:
        return None
    record = {**work.record, "title": [title]}
    return Entry(work, fields | {"title": title}, lines_of(work, record))


def notice_by_update(dice: random.Random, work: Work, fields: Fields, _: object) -> Entry | None:
    """The record says that it corrects another work; no title does."""
    if work.read is not None:
        return None
    kind = dice.choice(("correction", "retraction", "erratum", "expression_of_concern"))
    entry = update(f"{work.doi}.original", kind, (work.year, 4, 7))
    return Entry(work, fields, lines_of(work, {**work.record, "update-to": [entry]}))


WORK_FAULTS = [
    Kind("DOI of another work", other_works_doi, ("doi.wrong-work",)),
    Kind("DOI of a neighbour", neighbours_doi, ("doi.wrong-work",)),
    Kind("dead DOI", dead_doi, ("doi.unknown",)),
    Kind("missing DOI", missing_doi, ("doi.missing",)),
    Kind("invented, dead DOI", invented_with_dead_doi, ("doi.unknown",)),
    Kind("invented, another work's DOI", invented_with_others_doi, ("doi.wrong-work",)),
    Kind("invented, no DOI", invented_without_doi, ("existence.not-found",)),
    Kind("retracted, by a notice", retracted("notice"), ("status.retracted",)),
    Kind("retracted, by itself", retracted("self-update"), ("status.retracted",)),
    Kind("retracted, publisher", retracted("publisher"), ("status.retracted",)),
    Kind("retracted, Retraction Watch", retracted("retraction-watch"), ("status.retracted",)),
    Kind("retracted, by the record's title", retracted("title"), ("status.retracted",)),
    Kind("notice cited, by its title", notice_by_title, ("status.notice",)),
    Kind("notice cited, by its record", notice_by_update, ("status.notice",)),
    Kind("invented in Chinese, no DOI", invented_in_chinese, ("existence.not-found",), hard=True),
]
