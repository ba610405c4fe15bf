"""Pages, article numbers, volumes and issues: the forms of one number."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from livingreview.references.comparison.plain import readable

DASHES = re.compile(r"\s*[-‐‑‒–—―−~～]+\s*")
LABEL = re.compile(
    r"^(?:article|art|paper|pages?|pp|p|eid|id|no|number|volume|vol|v|issue|iss|文章编号|第)\b[\s.:：]*|^第"
    r"|^(?:n|nr|num|número|numéro|nº|n°|t|tome|bd|band|heft|fasc|abstr(?:act)?|pii)[\s.:：]+"
    r"(?=[a-z]{0,3}\d)|^(?:№|n°|nº)",
    re.IGNORECASE,
)
# How many pages there are: 855 (9 pages), 855, 9 pp., 855（共9页）; and the word alone.
COUNT = re.compile(
    r"\s*[(,;，；]\s*(?:共\s*)?\d+\s*(?:pages?|pgs?|pp?|页|頁)\.?\s*\)?\s*$"
    r"|(?<=\d)\s*(?:[页頁]|\spages?|\spp?\.?)\s*$"
)
# The pages that Elsevier has online only, behind the last printed one: 1929-1939.e3.
ONLINE_PAGES = re.compile(
    r"(?<=\d)(?:\s*[.,;]\s*|\s+)(?:\d+\.)?e(?:\d+\s*[-‐‑‒–—]+\s*(?:\d+\.)?e?)?(\d+)$"
)
# 366, S125, NP36, 12a, and the pages that stand online only behind a printed one: 604.e1.
ONE_PAGE = re.compile(r"((?:\d{1,9}\.)?[^\W\d_]+|)(\d+)([^\W\d_]*)")
LONGEST = 200


@dataclass(frozen=True)
class Pages:
    """A first page and a last one (None if only the first is given), prefixes included: np36.

    `online`: the 3 of 1929-1939.e3.
    """

    first: str
    last: str | None
    online: str | None = None


@lru_cache(maxsize=8192)
def plain_number(text: str) -> str:
    """Volume, issue or article number without labels, blanks and leading zeros, lower case.

    >>> plain_number("Article ID: 04484211"), plain_number("Suppl. 2")
    ('4484211', 's2')
    """
    text = unicodedata.normalize("NFKC", readable(text[:LONGEST])).casefold().strip()
    text = COUNT.sub("", re.sub(r"[{}\\$^]", "", text))  # what is left of TeX
    for _ in range(3):
        text = LABEL.sub("", text).strip(" .:：#")
    text = text.rstrip("卷期号")
    text = re.sub(r"supplement(?:ary|um)?|suppl|supp", "s", text).replace("special issue", "si")
    text = re.sub(r"\bpart\b", "pt", text)
    text = DASHES.sub("-", text).replace("/", "-")
    text = re.sub(r"[\s._,]+", "", text)
    # Signs alone are no number: what is left of markup.
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", text) if any(map(str.isalnum, text)) else ""


def same_number(cited: str, found: str) -> bool:
    """Of volumes and issues; a v before the number (v12) is its label."""
    one, two = (re.sub(r"^v(?=[0-9])", "", plain_number(text)) for text in (cited, found))
    return one == two


def same_article_number(cited: str, found: str) -> bool:
    """e12345 is 12345: publishers print the e, registries leave it out, or the reverse.

    A number deposited as a range from itself to itself (83-83, e12-e12) is that number.
    """
    return article_number(cited) == article_number(found)


def article_number(text: str) -> str:
    number = plain_number(text)
    first, dash, last = number.partition("-")
    first, last = first.removeprefix("e"), last.removeprefix("e")
    return first if not dash or first == last else f"{first}-{last}"


def parse_pages(text: str) -> Pages | None:
    """The page or range that the text is; None if it is more than one range, or neither.

    An abbreviated last page is completed (366-71, S125-6, NP36-40); 83-83 is page 83.
    """
    text = unicodedata.normalize("NFKC", readable(text[:LONGEST])).casefold().strip(" .")
    text = COUNT.sub("", LABEL.sub("", text))
    online = None
    behind = ONLINE_PAGES.search(text)
    if behind and DASHES.search(text[: behind.start()]) and ".e" not in text[: behind.start()]:
        text, online = text[: behind.start()], behind[1].lstrip("0")
    parts = [part.strip() for part in DASHES.split(text)]
    if len(parts) > 2 or not all(ONE_PAGE.fullmatch(part) for part in parts):
        return None
    first = without_zeros(parts[0])
    if len(parts) == 1:
        return Pages(first, None)
    last = complete_last(first, without_zeros(parts[1]))
    return Pages(first, last, online)


def without_zeros(page: str) -> str:
    match = ONE_PAGE.fullmatch(page)
    assert match is not None  # checked by parse_pages
    return f"{match[1]}{match[2].lstrip('0') or '0'}{match[3]}"


def complete_last(first: str, last: str) -> str:
    """The last page in full: 366, 71 is 371; s125, 6 is s126; np36, 40 is np40."""
    one, two = ONE_PAGE.fullmatch(first), ONE_PAGE.fullmatch(last)
    if one is None or two is None:
        return last
    prefix = two[1] or one[1]
    number = two[2]
    if len(number) < len(one[2]):
        number = one[2][: len(one[2]) - len(number)] + number
    return f"{prefix}{number}{two[3]}"


def compare_pages(cited: str, found: str) -> str:
    """ "same", "incomparable", "differs" or "last-differs".

    A record with the first page only says nothing of the last.
    """
    one, two = parse_pages(cited), parse_pages(found)
    if one is None or two is None:
        return "same" if plain_number(cited) == plain_number(found) else "incomparable"
    if one.first != two.first:
        return "differs"
    if one.last is None or two.last is None:
        return "same"
    behind = one.online is None or two.online is None or one.online == two.online
    return "same" if one.last == two.last and behind else "last-differs"


def is_placeholder(text: str) -> bool:
    """Whether a record's page says only that there is none yet: n/a-n/a, 1-1, ahead of print.

    The pages of a PDF begin with 1 as well: as long as only "1" is there, nothing is known.
    """
    pages = parse_pages(text)
    if pages is None:
        return not any(sign.isdigit() for sign in text)
    return pages.first in ("0", "1") and pages.last in (None, pages.first)


def begins_at_one(text: str) -> bool:
    pages = parse_pages(text)
    return pages is not None and pages.first == "1"


def is_other_article(single: str, article: str) -> bool:
    """Whether what is printed as one page is an article number like the record's, and another:
    as many figures, and nothing else."""
    one, two = article_number(single), article_number(article)
    return one != two and one.isdigit() and two.isdigit() and len(one) == len(two) > 3


def is_page_outside(single: str, pages: str) -> bool:
    """Whether a single page (12, 12-12, NP36) is not the first of a range of such pages.

    A range from page 1 is that of a PDF, beside which the single number is an article number, as
    a number with another prefix is.
    """
    one, two = parse_pages(single), parse_pages(pages)
    if one is None or two is None or one.last not in (None, one.first):
        return False
    if prefix_of(one.first) != prefix_of(two.first):
        return False
    return is_range(pages) and two.first not in ("0", "1", one.first)


def prefix_of(page: str) -> str:
    match = ONE_PAGE.fullmatch(page)
    return match[1] if match else page


def is_range(text: str) -> bool:
    pages = parse_pages(text)
    return pages is not None and pages.last is not None and pages.last != pages.first
