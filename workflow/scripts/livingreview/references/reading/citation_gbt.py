"""References in the style of GB/T 7714, with its medium marks: `[J]`, `[M]`, `[D]`, `[EB/OL]`."""

from __future__ import annotations

import re
from dataclasses import replace

from livingreview.references.names import HAN, parse_author_list
from livingreview.references.reading.citation_parts import (
    BLANK,
    ISO_DATE,
    ISSUE,
    PLACE,
    VOLUME,
    Links,
    iso_date,
    part_authors,
    with_numbers,
    with_place,
)
from livingreview.references.reading.fields import note_with_dates
from livingreview.references.record import Reference

# The medium marks of GB/T 7714-2015, appendix B.
MEDIUM = re.compile(
    r"[\[［]\s*(J|M|C|D|R|S|P|N|G|A|Z|DB|CP|EB|DS|CM)\s*(?:[/／]\s*(OL|CD|MT|DK)\s*)?[\]］]"
)
TYPE_OF_MEDIUM = {
    "J": "article",
    "N": "article",
    "M": "book",
    "C": "inproceedings",
    "D": "phdthesis",
    "R": "techreport",
}
PUBLISHED = ("book", "phdthesis", "techreport")
# What stands behind the last author of a book without a blank.
ROLE = re.compile(rf"(?<=[{HAN}])(?:总?主编|编著|编译|主译|主审|编写|等[编著])(?=\s*[.．。])")
# `第3版. 北京: 人民卫生出版社`, `10th ed. Philadelphia: Wolters Kluwer`.
EDITION = re.compile(
    r"(?P<edition>第?\s?[\d一二三四五六七八九十]{1,4}\s?版|(?:修订|增订|影印)版"
    r"|(?:\d{1,2}(?:st|nd|rd|th)|[Rr]ev(?:ised)?|[A-Z][a-z]+)\s+[Ee]d(?:ition|n)?\.?)\s*[.．。,，]\s*"
)
IMPRINT = re.compile(r"(?P<place>[^:：]{1,60}?)\s*[:：]\s*(?P<publisher>[^:：]+)")


def read_gbt(links: Links) -> Reference | None:
    """`作者. 题名[J]. 刊名, 2021, 36(3): 218-221.` and the other media of GB/T 7714."""
    marks = list(MEDIUM.finditer(links.text))
    if not marks:
        return None
    # The mark ends the title: benzo[A]pyrene has none.
    medium = next(
        (m for m in marks if re.match(r"\s*(?:[.．。,，/]|$)", m.string[m.end() :])), marks[0]
    )
    head, tail = links.text[: medium.start()], links.text[medium.end() :].strip(" .。．/")
    authors_text, title = part_authors(ROLE.sub("", head, count=1))
    authors, complete = parse_author_list(authors_text)
    blank = replace(BLANK, title=title, authors=authors, authors_complete=complete)
    if medium[1] == "EB" or (medium[2] == "OL" and medium[1] in ("DB", "Z", "DS", "CP")):
        return _gbt_web(blank, tail, links)
    accessed = re.search(rf"[\[［]\s*({ISO_DATE})\s*[\]］]", tail)
    note = note_with_dates(None, None, iso_date(accessed[1]) if accessed else links.accessed)
    tail = re.sub(rf"[\[［(（]\s*{ISO_DATE}\s*[\]］)）]", "", tail).strip(" .。．,，")
    blank = replace(blank, type=TYPE_OF_MEDIUM.get(medium[1], "misc"), note=note)
    match = re.search(
        rf"^(?P<journal>.+?)[,，]\s*(?P<year>(?:19|20)\d{{2}})(?:\s*[,，]\s*{VOLUME})?{ISSUE}"
        rf"(?:\s*[:：]\s*{PLACE})?$",
        tail,
    )
    if match:
        found = with_numbers(blank, match, int(match["year"]))
        found = replace(found, container_title=match["journal"])
        placed = with_place(replace(found, note=None), match["place"])
        placed = replace(placed, note="; ".join(filter(None, [placed.note, note])) or None)
        return _with_imprint(placed, match["journal"]) if blank.type in PUBLISHED else placed
    if blank.type == "article" and not (links.doi_printed or links.url):
        return None
    year = re.search(r"(?:19|20)\d{2}", tail)
    blank = replace(blank, year=int(year[0]) if year else None)
    if blank.type in PUBLISHED and not re.search(r"\d{4}", tail):
        found = _with_imprint(blank, tail)
        if found.container_title:
            return found
    return replace(
        blank,
        note="; ".join(filter(None, [tail, note])) or None,
    )


def _gbt_web(blank: Reference, tail: str, links: Links) -> Reference | None:
    """A web page: `(published)[accessed]`, or bare dates: the one after the address is accessed."""
    if not links.url and not links.doi_printed:
        return None
    cited = re.search(rf"[\[［]\s*({ISO_DATE})\s*[\]］]", tail)
    rest = tail.replace(cited[0], " ") if cited else tail
    dates = re.findall(ISO_DATE, rest)
    accessed = iso_date(cited[1]) if cited else links.accessed
    if accessed is None and len(dates) > 1:
        accessed = iso_date(dates[-1])
    published = iso_date(dates[0]) if dates else None
    rest = re.sub(rf"[(（]?{ISO_DATE}[)）]?", " ", rest)
    bare_year = re.search(r"(?:19|20)\d{2}", rest)
    year = published[:4] if published else bare_year[0] if bare_year else None
    if bare_year and not published:
        rest = rest.replace(bare_year[0], " ", 1)
    return replace(
        blank,
        type="online",
        container_title=rest.strip(" .,，。:：()（）") or None,
        year=int(year) if year else None,
        note=note_with_dates(None, published, accessed),
    )


def _with_imprint(found: Reference, printed: str) -> Reference:
    """The publisher, or the school, apart from edition and place, which go to the note."""
    edition = EDITION.match(printed)
    rest = printed[edition.end() :] if edition else printed
    imprint = IMPRINT.fullmatch(rest)
    if imprint is None and edition is None:
        return found
    before = [edition and edition["edition"], imprint and imprint["place"], found.note]
    return replace(
        found,
        container_title=(imprint["publisher"] if imprint else rest).strip(" .,，。") or None,
        note="; ".join(filter(None, before)) or None,
    )
