"""Works whose references are planted with faults: what a registry holds, and what a list prints.

`works_of` takes them from a file of hand-made works, from the other generators of these tests, from
the lock, and from recorded answers. What a list prints is written by hand or made by code of its
own: nothing here uses what the comparison uses.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml

from doubles.records import synthetic_works
from doubles.records import work as crossref_work
from planted_references import HAN_FAMILIES, HAN_GIVEN, new_work, record_of

ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-11-22"
Person = tuple[str, str] | str
Record = dict[str, Any]


@dataclass(frozen=True)
class Work:
    """What is true of a work, as a careful list prints it, and the record that a registry has.

    `people`: family and given name, or a group's name. `pages`: a whole range ("366-371").
    `read`: the line of the lock where the facts were read in a page. `pubmed`: the record of a
    second registry. `pinyin`: the names of Chinese people in Latin letters.
    """

    key: str
    title: str
    people: tuple[Person, ...]
    journal: str
    year: int
    record: Record
    short: str | None = None
    online: int | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    article: str | None = None
    doi: str | None = None
    language: str = "en"
    read: Record | None = None
    pubmed: Record | None = None
    pinyin: tuple[Person, ...] = ()


def works_of(seed: int, recorded: Path | None = None) -> list[Work]:
    """Every source's works, each title once; `recorded`: a folder of a registry's answers."""
    found = [*hand_made(), *of_lock(), *made_up(seed)]
    found += of_folder(recorded) if recorded is not None else []
    by_title = {work.title.lower(): work for work in reversed(found)}
    return [work for work in found if by_title[work.title.lower()] is work]


# --- made by hand ----------------------------------------------------------------------------


def people_of(text: str) -> tuple[Person, ...]:
    """ "Li, Wei; WHO Group" as persons and groups."""
    found: list[Person] = []
    for part in text.split(";"):
        family, comma, given = part.strip().partition(",")
        found.append((family, given.strip()) if comma else family)
    return tuple(found)


def hand_made() -> list[Work]:
    rows = yaml.safe_load((ROOT / "tests/data/planted_works.yaml").read_text("utf-8"))
    return [of_row(**row) for row in rows]


def of_row(
    doi: str,
    title: str,
    people: str,
    journal: str,
    year: int,
    where: str,
    recorded: str | list[str] | None = None,
    recorded_people: str | None = None,
    short: str | None = None,
    online: int | None = None,
    language: str = "en",
) -> Work:
    match = re.fullmatch(r"([^(:]*)(?:\(([^()]*)\))?:(.*)", where)
    assert match is not None, where
    volume, issue, place = match[1] or None, match[2], match[3]
    pages, article = (place, None) if "-" in place else (None, place)
    record = crossref_work(
        doi,
        recorded or title,
        people_of(recorded_people or people),
        journal=journal,
        short_journal=short or (),
        printed=(year, 3),
        online=(online, 11, 20) if online else (),
        volume=volume,
        issue=issue,
        page=pages,
        article_number=article,
    )
    return Work(
        key="h" + re.sub(r"\W", "", doi.partition("/")[2])[:20],
        title=title,
        people=people_of(people),
        journal=journal,
        short=short,
        year=year,
        online=online,
        volume=volume,
        issue=issue,
        pages=pages,
        article=article,
        doi=doi,
        language=language,
        record=record,
    )


# --- made up ---------------------------------------------------------------------------------


def made_up(seed: int) -> Iterator[Work]:
    """Works of the other generators: 60 English, 20 Chinese, 24 with long subtitles."""
    dice = random.Random(f"works {seed}")
    for number in range(80):
        language = "en" if number < 60 else "zh"
        planned = new_work(dice, language)
        record = record_of(dice, planned, 1000 + 17 * number)
        if language == "zh":
            record["language"] = "zh"
        online = record.get("published-online", {"date-parts": [[None]]})["date-parts"][0][0]
        pinyin = [(HAN_FAMILIES[one], HAN_GIVEN[two]) for one, two in planned.people if one > "z"]
        yield Work(
            key=f"m{number}",
            title=planned.title,
            people=planned.people,
            journal=planned.journal[0],
            short=planned.journal[2] if language == "en" else None,
            year=planned.year,
            online=online,
            volume=planned.volume,
            issue=planned.issue,
            pages=None if planned.article else f"{planned.first}-{planned.last}",
            article=planned.article,
            doi=record["DOI"],
            language=language,
            record=record,
            pubmed=pubmed_of(record) if number % 3 == 0 and language == "en" else None,
            pinyin=tuple(pinyin),
        )
    for number, record in enumerate(synthetic_works(24, seed)):
        yield of_record(f"s{number}", record, pubmed=pubmed_of(record))


def pubmed_of(record: Record) -> Record:
    """The same as a second registry has it: initials, short journal, abbreviated last page."""
    people = [
        one
        if "name" in one
        else {"family": one["family"], "given": "".join(re.findall(r"\b\w", one["given"])).upper()}
        for one in record["author"]
    ]
    copied = {
        name: record[name]
        for name in ("DOI", "title", "volume", "issue", "published-print", "published-online")
        if name in record
    }
    page = record.get("page") or record.get("article-number")
    return {
        **copied,
        "author": people,
        "short-container-title": record.get("short-container-title", []),
        "container-title": record["container-title"],
        "type": "journal-article",
        "PMID": str(30000000 + len(record["title"][0]) * 1009),
        **({"page": abbreviated(page)} if page else {}),
    }


def abbreviated(pages: str) -> str:
    """366-71 of 366-371."""
    first, dash, last = pages.partition("-")
    if not dash or len(first) != len(last) or first == last:
        return pages
    same = next(place for place in range(len(first)) if first[place] != last[place])
    digits = next(place for place in range(len(first)) if first[place].isdigit())
    return f"{first}-{last[max(same, digits) :]}"


# --- of the lock and of recorded answers -----------------------------------------------------


def of_lock() -> Iterator[Work]:
    """Those lines of the lock that show a title, a journal, a year, and a place or the people."""
    lines = (ROOT / "data/lock/works.jsonl").read_text("utf-8").splitlines()[1:]
    for line in map(json.loads, lines):
        if line["_source"] != "page" or "_version_of" in line or "registration" in line:
            continue
        shown = {"title", "author", "DOI"} <= line.keys()
        journal = line.get("container-title") or line.get("short-container-title")
        if shown and journal and years_of(line, "published-print", "published", "published-online"):
            yield of_record(line["_for"], line, read=line)


def of_folder(folder: Path) -> Iterator[Work]:
    """Articles of the folder with all their names, which no notice concerns."""
    for number, path in enumerate(sorted(folder.glob("*.json"))):
        record = json.loads(path.read_text("utf-8"))
        record = record.get("message", record) if isinstance(record, dict) else {}
        if record.get("type") != "journal-article" or {"update-to", "updated-by"} & record.keys():
            continue
        people = record.get("author", [])
        named = people and all({"family", "given"} <= one.keys() for one in people)
        title = (record.get("title") or [""])[0]
        is_whole = len(title) > 20 and not re.match("Correction|RETRACTED|Abstract", title)
        dated = years_of(record, "published-print", "published-online")
        if named and is_whole and dated and record.get("container-title"):
            yield of_record(f"r{number}", record)


def of_record(key: str, record: Record, **more: Any) -> Work:
    """What a list prints of a record with no more than markup to be taken out."""
    journals = record.get("container-title", []) + record.get("short-container-title", [])
    printed = years_of(record, "published-print") or years_of(record, "published")
    online = years_of(record, "published-online")
    page = record.get("page") or ""
    pages = page if re.fullmatch(r"[A-Za-z]*\d+-[A-Za-z]*\d+", page) else None
    volume = record.get("volume") or ""
    return Work(
        key=re.sub(r"[^\w-]", "", key),
        title=text_of_html(record["title"][0]),
        people=tuple(
            (unescape(one["family"]), unescape(one.get("given", "")))
            if "family" in one
            else one["name"]
            for one in record["author"]
        ),
        journal=unescape(journals[0]),
        short=unescape(journals[1]) if len(journals) > 1 and journals[1] != journals[0] else None,
        year=printed or online or 0,
        online=online if printed else None,
        volume=volume if re.fullmatch(r"\d+", volume) else None,
        issue=record.get("issue"),
        pages=pages,
        article=record.get("article-number") or (page if re.fullmatch(r"e?\d+", page) else None),
        doi=record["DOI"],
        record=record,
        **more,
    )


def years_of(record: Record, *names: str) -> int | None:
    return next((record[name]["date-parts"][0][0] for name in names if name in record), None)


class Text(HTMLParser):
    """What a reader sees of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def text_of_html(markup: str) -> str:
    for _ in range(2):
        parser = Text()
        parser.feed(unescape(markup))
        parser.close()
        markup = "".join(parser.pieces)
    return " ".join(markup.split())
