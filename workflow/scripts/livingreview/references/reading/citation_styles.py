"""One printed reference, without its number, in any of these styles, as a record.

GB/T 7714 (medium mark `[J]`), the forms with the year in brackets after the authors (Hans, APA,
Frontiers' Harvard journals) or after the journal (Frontiers' others), Vancouver (NLM, AMA:
`Journal. 2022;34(3):558-562`), MDPI (`J. Name 2022, 34, 558-562`), and two whose year
stands before or behind the pages (citation_numeric.py).
"""

from __future__ import annotations

import re
from dataclasses import replace

from livingreview.references.doi import normalise_doi
from livingreview.references.names import HAN, looks_like_authors, parse_author_list
from livingreview.references.reading.citation_gbt import read_gbt
from livingreview.references.reading.citation_numeric import read_pages_year, read_year_pages
from livingreview.references.reading.citation_parts import (
    BLANK,
    ISO_DATE,
    ISSUE,
    ONLY_ISSUE,
    PLACE,
    VOLUME,
    Links,
    ends_abbreviated,
    iso_date,
    part_authors,
    part_title,
    plain_text,
    take_links,
    with_numbers,
    with_place,
)
from livingreview.references.reading.fields import REGISTRATION, note_with_dates
from livingreview.references.reading.tex import one_line
from livingreview.references.record import Name, Reference

# A reference has no more characters than this; what has is no reference, and costs time.
LONGEST_ITEM = 4000
# `12 (2020) 3-4`, `vol. 12`: an article in a style that is not read here.
OTHER_STYLE = re.compile(r"\d\s*\((?:19|20)\d{2}[a-z]?\)|\bvol\.?\s*\d", re.IGNORECASE)

PUBLISHER_TAIL = re.compile(
    rf"[,，]\s*(?:{VOLUME}{ISSUE}|{ONLY_ISSUE})(?:\s*[,，:：]\s*{PLACE})?[\s.]*$"
)
# `Front. Oncol. 12:917089`, `J. Name 34 (3), 558-562`: no comma between journal and volume.
HARVARD_TAIL = re.compile(
    r"(?<=[^\s,，:：\d])(?<!Article)(?<!No\.)(?<!Suppl)(?<!Supplement)(?<!Pt)"
    rf"\s+(?P<volume>\d{{1,4}}[A-Z]?(?:[-/–－]\d{{1,4}})?){ISSUE}"
    r"(?:\s*[,，:：]\s*(?P<place>[A-Za-z]{0,4}\d[\w–—－-]*))?[\s.]*$"
)
# `Front Oncol (2022) 12:917089`: the year in brackets between journal and volume.
BRACKET_YEAR = re.compile(
    rf"\s*[(（](?P<year>(?:19|20)\d{{2}})[)）]\s*{VOLUME}{ISSUE}(?:\s*[:：]\s*{PLACE})?[\s.]*$"
)
ACRONYM = re.compile(r"[A-Z]{3,8}")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
MONTH = r"(?:\s+[A-Z][a-z]{2,8}\.?(?:[- /][A-Za-z0-9]{1,9}){0,3})?"
YEAR_BEFORE = re.compile(rf"(?<!\d)(?:19|20)\d{{2}}{MONTH}\s*[,，;；]\s*$")
YEAR_TAIL = re.compile(
    rf"(?P<year>(?:19|20)\d{{2}}){MONTH}"
    rf"\s*(?:(?P<sign>[,，;；])\s*(?:{VOLUME})?{ISSUE}|{ONLY_ISSUE})"
    rf"(?:\s*[:：,，]\s*{PLACE})?(?:[\s.。]+(?P<rest>.*))?[\s.。]*$"
)
YEAR_ALONE = re.compile(
    r"\b((?:19|20)\d{2})(?:\s+[A-Z][a-z]{2,8}\.?(?:\s\d{1,2})?)?[\s.:;]*"
    r"((?:Epub|Online|In press).{0,60})?$"
)
PUBLISHER_YEAR = re.compile(r"\s*[(（]((?:19|20)\d{2})[a-z]?(?:,\s*[A-Z][^()]{0,30})?[)）]\.?\s+")
REGISTRY_NOTE = re.compile(
    r"\s*[(（](?:Registry|Registration|Identifier|Trial|注册)[^()（）]*?"
    rf"(?P<registration>{REGISTRATION.pattern})\s*[)）]"
)


def read_citation(printed: str) -> Reference | str:
    """The reference (no key, number 0), or in words why this text cannot be read as one.

    Italics and other markup are left out. A DOI is kept as printed, without resolver.
    """
    if len(printed) > LONGEST_ITEM:
        return f"more than {LONGEST_ITEM} characters, too long for one reference"
    text = one_line(re.sub("[\u00a0\u2002-\u200a\u3000]", " ", printed))
    if not text:
        return "no text"
    links = take_links(text)
    for read in READERS:
        reference = read(links)
        if reference is not None and reference.title:
            return _finished(reference, links)
    return (
        "in none of the styles GB/T 7714, publisher (year after the authors), Vancouver, MDPI,"
        " Elsevier (numbered) and JCO: "
        "no journal with year and volume, no web page, no registration found"
    )


def _finished(reference: Reference, links: Links) -> Reference:
    title = plain_text(reference.title or "")
    journal = plain_text(reference.container_title or "")
    if re.search(r"\w\.[\s*]*$", reference.container_title or "") and journal:
        journal += "."  # of an abbreviation: J. Clin. Oncol.
    return replace(
        reference,
        title=title or None,
        authors=_with_groups(reference.authors),
        container_title=journal or None,
        language="zh" if re.search(f"[{HAN}]", title) else "en",
        doi=normalise_doi(links.doi_printed),
        doi_printed=links.doi_printed,
        url=links.url,
    )


def _with_groups(authors: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names, or groups where all of them are printed as their initials alone: WHO, FDA."""
    if any(name.given or not ACRONYM.fullmatch(name.family or "") for name in authors):
        return authors
    return tuple(Name(literal=name.family) for name in authors)


def _read_bracket_year(links: Links) -> Reference | None:
    """`Family I, Family I. Title. Journal (2020) 12(3):1-5.`"""
    text = _plain_numbers(links.text)
    tail = BRACKET_YEAR.search(text)
    if tail and text[: tail.start()].rstrip()[-1:].isdigit():
        return None  # Name 12 (2020) 3-4
    found = _before_year(links.text[: tail.start()]) if tail else None
    if tail is None or found is None:
        return None
    return with_place(with_numbers(found, tail, int(tail["year"])), tail["place"])


def _read_publisher(links: Links) -> Reference | None:
    """`Family, I. and Family, I. (2020) Title. *Journal*, **12**, 1-5.`, also without a comma
    before the volume; without authors the title stands before the year."""
    parts = _around_bracket_year(links)
    if parts is None:
        return None
    before, year, rest = parts
    numbers = _plain_numbers(rest)
    tail = HARVARD_TAIL.search(numbers)
    dotted = tail is not None
    tail = tail or PUBLISHER_TAIL.search(numbers)
    if tail and not looks_like_authors(before.rstrip(". ")) and _is_name(rest[: tail.start()]):
        found = replace(BLANK, title=before, container_title=rest[: tail.start()])
        return with_place(with_numbers(found, tail, year), tail["place"])
    authors, complete = parse_author_list(before)
    blank = replace(BLANK, authors=authors, authors_complete=complete, year=year)
    if tail is None:
        return _publisher_registration(blank, rest)
    title, journal = part_title(rest[: tail.start()], dotted)
    if not journal:
        return None
    found = replace(blank, title=title, container_title=journal)
    return with_place(with_numbers(found, tail, year), tail["place"])


def _is_name(text: str) -> bool:
    """Whether a text is one name, a journal's, and not a title with a journal's name behind it."""
    return part_title(text.strip(" *"))[1] == ""


def _around_bracket_year(links: Links) -> tuple[str, int, str] | None:
    """What stands before the year in brackets and after it, where authors are before it."""
    year = PUBLISHER_YEAR.search(links.text)
    if year is None or not year.start() or links.text[year.start() - 1].isdigit():
        return None
    before = links.text[: year.start()]
    authors, complete = parse_author_list(before)
    if not authors and complete:
        return None
    return before, int(year[1]), links.text[year.end() :]


def _plain_numbers(text: str) -> str:
    return re.sub(r"\*\*([^*]*)\*\*|\*(\d[^*]*)\*", _keep_length, text)


def _keep_length(match: re.Match[str]) -> str:
    """Emphasis signs around a number as blanks, so that places in the text stay."""
    return match[0].replace("*", " ")


def _publisher_registration(blank: Reference, rest: str) -> Reference | None:
    """`Title (Registry No. NCT...) [Clinical Trial Registration]. ClinicalTrials.gov.`"""
    registry = REGISTRY_NOTE.search(rest)
    if registry is None:
        return None
    kind = re.compile(r"\s*\[([^\[\]]{1,80})\]").match(rest, registry.end())
    after = rest[kind.end() if kind else registry.end() :].strip(" .*")
    return replace(
        blank,
        type="misc",
        title=rest[: registry.start()],
        container_title=after or None,
        registration=registry["registration"],
        note=kind[1] if kind else None,
    )


def _read_publisher_web(links: Links) -> Reference | None:
    """`Family, I. (2020) Title. Site. <address>`; without an address it stays unread."""
    parts = _around_bracket_year(links)
    if parts is None or not (links.url or links.doi_printed):
        return None
    before, year, rest = parts
    authors, complete = parse_author_list(before)
    blank = replace(BLANK, authors=authors, authors_complete=complete, year=year)
    title, container = part_title(rest.rstrip(" ."))
    if not container:
        title, container = rest, ""
    return replace(
        blank,
        type="misc" if links.doi_printed else "online",
        title=title,
        container_title=container or None,
        note=note_with_dates(None, None, links.accessed),
    )


def _read_year_tail(links: Links) -> Reference | None:
    """Vancouver, `Authors. Title. J Name. 2022;34(3):558-562.`, and GB/T without its mark."""
    # From the last year on: a title may hold one, too.
    text = _plain_numbers(links.text)
    for year in reversed(list(YEAR.finditer(text))):
        if YEAR_BEFORE.search(text[: year.start()]):
            continue  # a volume that is a year: 2022;2022:4484211
        tail = YEAR_TAIL.match(text, year.start())
        if tail and (tail["volume"] or tail["issue"] or tail["only_issue"]):
            before = links.text[: tail.start()].rstrip(" *")
            dotted = tail["sign"] in (",", "，") and not before.endswith((",", "，"))
            found = _before_year(links.text[: tail.start()], dotted)
            if found is not None:
                break
    else:
        return _ahead_of_print(links)
    placed = with_place(with_numbers(found, tail, int(tail["year"])), tail["place"])
    remark = (tail["rest"] or "").strip(" .。")
    return replace(placed, note="; ".join(filter(None, [placed.note, remark])) or None)


def _before_year(text: str, dotted: bool = False) -> Reference | None:
    """`Authors. Title. J Name.`; None if title and journal cannot be told apart.

    `dotted`: the full stop before the year belongs to the journal (MDPI).
    """
    text = re.sub(r"[\s*]+$", lambda end: "*" if "*" in end[0] else "", text)
    text = text.rstrip(" ,，;；")
    authors_text, rest = part_authors(text)
    for people, after in ((authors_text, rest), ("", text)):
        name = after if dotted else after.rstrip(" .。．")
        name += "." if not dotted and ends_abbreviated(after) else ""
        title, journal = part_title(name, dotted)
        if not dotted and not ends_abbreviated(journal):
            journal = journal.rstrip(".")
        if title.strip(" *") and re.search(r"[^\W\d_]", journal):
            authors, complete = parse_author_list(people)
            return replace(
                BLANK,
                title=title,
                authors=authors,
                authors_complete=complete,
                container_title=journal,
            )
    return None


def _ahead_of_print(links: Links) -> Reference | None:
    """`Authors. Title. J Name. 2022. doi:...`: no volume yet, so only with a DOI."""
    tail = YEAR_ALONE.search(links.text) if links.doi_printed else None
    if tail is None:
        return None
    found = _before_year(links.text[: tail.start()])
    if found is None:
        return None
    return replace(found, year=int(tail[1]), note=(tail[2] or "").strip(" .") or None)


def _read_web(links: Links) -> Reference | None:
    """`Group. Title [Internet]. Place: Publisher; 2022 [cited 2023-03-13].` with an address."""
    if not links.url:
        return None
    authors_text, rest = part_authors(links.text)
    mark = re.search(r"\s*\[(?:Internet|Online|网络)\]\.?", rest, re.IGNORECASE)
    if mark is None and OTHER_STYLE.search(links.text):
        return None
    stop = re.search(r"[.。](?=\s|$)", rest)
    end = mark or stop
    title = rest[: end.start()] if end else rest
    after = rest[end.end() :] if end else ""
    cited = re.search(
        rf"\[?(?:cited|accessed|引用日期|访问日期)[:：]?\s*({ISO_DATE})\]?", after, re.IGNORECASE
    )
    if cited:
        after = after.replace(cited[0], " ")
    year = re.search(r"(?:19|20)\d{2}", after)
    registration = REGISTRATION.search(links.text)
    authors, complete = parse_author_list(authors_text)
    return replace(
        BLANK,
        type="misc" if registration else "online",
        title=title,
        authors=authors,
        authors_complete=complete,
        year=int(year[0]) if year else None,
        registration=registration[0] if registration else None,
        note=note_with_dates(
            one_line(after).strip(" .;,") or None,
            None,
            iso_date(cited[1]) if cited else links.accessed,
        ),
    )


READERS = (
    read_gbt,
    read_pages_year,
    read_year_pages,
    _read_bracket_year,
    _read_publisher,
    _read_year_tail,
    _read_publisher_web,
    _read_web,
)
