"""References whose numbers stand in the order volume, year or volume, pages, year.

Elsevier's numbered journals: `N. Wang, L. Zhao, Title, J. Name 50 (1994) 17953-17979.`; the Journal
of Clinical Oncology: `Wang N, Zhao L: Title. J Name 19:289-297, 2019`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from livingreview.references.names import CAPITAL, PARTICLE, looks_like_authors, parse_author_list
from livingreview.references.reading.citation_parts import (
    BLANK,
    ISSUE,
    Links,
    part_title,
    with_numbers,
    with_place,
)
from livingreview.references.record import Reference

NUMBER = r"(?P<volume>\d{1,4}[A-Z]?(?:[-/–]\d{1,4})?)"
PLACE = r"(?P<place>[A-Za-z]{0,4}\d[\w–—-]*)"
YEAR = r"(?P<year>(?:19|20)\d{2})"
PAGES_YEAR = re.compile(rf"(?<=[\w.)])\s+{NUMBER}{ISSUE}\s?:\s?{PLACE},\s+{YEAR}[\s.]*$")
YEAR_PAGES = re.compile(rf"(?<=[\w.)])\s+{NUMBER}{ISSUE}\s+\({YEAR}\)(?:[,:]?\s+{PLACE})?[\s.]*$")
INITIALS_FIRST = re.compile(rf"(?:{CAPITAL}\.[ -]?){{1,5}}(?P<family>[^\W\d_].*)")
OTHERS = re.compile(r"et al\.?")


def read_pages_year(links: Links) -> Reference | None:
    """`Wang N, Zhao L, et al: Title. J Name 19:289-297, 2019`"""
    tail = PAGES_YEAR.search(links.text)
    before = links.text[: tail.start()] if tail else ""
    people, colon, rest = before.partition(": ")
    if tail is None or not colon or not looks_like_authors(people):
        return None
    title, journal = part_title(rest)
    if not journal:
        return None
    authors, complete = parse_author_list(people)
    found = replace(
        BLANK, title=title, container_title=journal, authors=authors, authors_complete=complete
    )
    return with_place(with_numbers(found, tail, int(tail["year"])), tail["place"])


def read_year_pages(links: Links) -> Reference | None:
    """`N. Wang, L. van der Berg, et al., Title, with a comma, J. Name 50 (1994) 17953-17979.`

    Commas part everything here: only with authors whose initials stand first, and a journal whose
    name has no comma.
    """
    tail = YEAR_PAGES.search(links.text)
    parts = links.text[: tail.start()].split(", ") if tail else []
    count = 0
    while count < len(parts) and _is_author(parts[count]):
        count += 1
    people, rest = parts[:count], parts[count:]
    if tail is None or not people or len(rest) < 2:
        return None
    *title, journal = rest
    if title[-1].endswith(".") or not journal[:1].isupper():
        return None
    authors, complete = parse_author_list(", ".join(people))
    found = replace(
        BLANK,
        title=", ".join(title),
        container_title=journal,
        authors=authors,
        authors_complete=complete,
    )
    return with_place(with_numbers(found, tail, int(tail["year"])), tail["place"])


def _is_author(part: str) -> bool:
    part = re.sub(r"^(?:and|&) ", "", part)
    if OTHERS.fullmatch(part):
        return True
    name = INITIALS_FIRST.fullmatch(part)
    words = name["family"].split(" ") if name else []
    return 0 < len(words) <= 4 and all(
        word[0].isupper() or PARTICLE.fullmatch(word) for word in words if word
    )
