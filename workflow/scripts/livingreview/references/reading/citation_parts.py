"""The parts that printed references of every style have: addresses, places, titles, emphasis."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from livingreview.references.comparison.journal_words import ABBREVIATED
from livingreview.references.doi import normalise_doi, strip_doi
from livingreview.references.names import CAPITAL, looks_like_authors
from livingreview.references.reading.fields import page_range
from livingreview.references.reading.tex import one_line
from livingreview.references.record import Reference

# A DOI made of a SICI number holds angle brackets: <481::AID-CNCR16>.
DOI_SIGNS = r"[^\s<>，；]+(?:<[^\s<>/]{1,40}::[^\s<>/]{1,40}>[^\s<>，；]+)?"
DOI_PRINTED = re.compile(
    rf"<?(?:https?://)?(?:dx\.|www\.)?doi\.org/{DOI_SIGNS}>?"
    rf"|\bdoi\s*[:：]\s*{DOI_SIGNS}"
    rf"|\b10\.\d{{4,9}}/{DOI_SIGNS}",
    re.IGNORECASE,
)
URL = re.compile(r"<?\b(?:https?|ftp)://[^\s<>，；。]+>?", re.IGNORECASE)
AVAILABLE = re.compile(
    r"(?:Available (?:from|at|online)|Retrieved from|URL|Online)\s*[:：]?\s*$", re.IGNORECASE
)
ISO_DATE = r"(?:19|20)\d{2}-\d{1,2}(?:-\d{1,2})?"
ARTICLE_NUMBER = re.compile(
    r"(?:Article|Art\.?|文章编号|文章号)\s*(?:No\.?|ID|Number)?\s*[:：]?"
    r"\s*(?P<number>[A-Za-z]*\d[\w.-]*)",
    re.IGNORECASE,
)
PAGE = re.compile(r"[A-Za-z]{0,4}\d+[A-Za-z]?(?:-[A-Za-z]{0,4}\d+[A-Za-z]?)?(?:\+\d+)?")

BLANK = Reference(key="", number=0)
# Volume, issue and place in the volume, at the end of a reference: `34(3): 558-562`, `12, e5`.
VOLUME = r"(?P<volume>[A-Za-z]{0,8}\.?\s?\d{1,5}[A-Z]?(?:[-/–－]\d{1,5})?)"
ISSUE = (
    r"(?:\s*[(（](?P<issue>[^()（）]{1,40})[)）]"
    r"|\s+(?P<supplement>(?:Suppl|Supplement|Pt|增刊)\.?(?:\s?\w{1,4})?))?"
)
ONLY_ISSUE = r"\s*[(（](?P<only_issue>[^()（）]{1,40})[)）]"
PLACE = r"(?P<place>[^,，;；。]{1,60}?)"


@dataclass(frozen=True)
class Links:
    """What is printed about addresses, and the text without it."""

    text: str
    doi_printed: str | None
    url: str | None
    accessed: str | None


def take_links(text: str) -> Links:
    """Takes DOI, address and the date after it out of the text."""
    doi_printed = url = accessed = None
    doi = DOI_PRINTED.search(text)
    if doi:
        doi_printed = strip_doi(doi[0])
        text = _without(text, doi.start(), doi.end())
    address = URL.search(text)
    if address:
        url = address[0].strip("<>").rstrip(".,;:、)）")
        if doi_printed and strip_doi(url) == doi_printed and normalise_doi(url):
            url = None  # the DOI again, as its resolver's address
        after = re.compile(rf"[\s,，.]*({ISO_DATE})").match(text, address.end())
        accessed = iso_date(after[1]) if after else None
        text = _without(text, address.start(), after.end() if after else address.end())
    return Links(text, doi_printed or None, url, accessed)


def _without(text: str, start: int, end: int) -> str:
    before = AVAILABLE.sub("", text[:start].rstrip(" <(（")).rstrip()
    after = text[end:].lstrip(" >)）.,;，；。")
    return one_line(f"{before} {after}" if after else before.rstrip(" ,，;；"))


def iso_date(date: str) -> str:
    return "-".join(part.zfill(2) for part in date.split("-"))


def plain_text(text: str) -> str:
    """Without markup; a Greek letter that an extraction set apart goes back to its word."""
    text = re.sub(r"</?(?:i|b|em|strong|sup|sub|span)\b[^<>]{0,80}>", "", text)
    text = re.sub(r"[\^_]\{([^{}]*)\}", r"\1", text)
    text = re.sub(r"(?<![A-Za-z0-9*])(\*{1,3})(?=[^\s*])([^*]+)\1", r"\2", text)
    text = re.sub(r"(?<!\w)_([^_]+)_(?!\w)", r"\1", text)
    text = re.sub(r"^\*+|\*+(?=[\s,.:;]|$)", "", text)
    # PDGFR β, GSK-3 β -axis: after capitals or -3, so that "Type I β-blockers" stays.
    text = re.sub(r"(?:(?<=[A-Z][A-Z0-9])|(?<=-\d)) ([Α-ω])(?=[\s.,;:)/-]|$)", r"\1", text)
    text = re.sub(r"(?<=[Α-ω]) -(?=[a-z])", "-", text)
    return one_line(text).strip(" .。．,，")


def with_place(reference: Reference, place: str | None) -> Reference:
    """Pages or article number; words that are neither go to the note, so that none is lost."""
    if not place or not place.strip(" ."):
        return reference
    place = page_range(place.strip(" ."))
    article = ARTICLE_NUMBER.fullmatch(place)
    if article:
        return replace(reference, article_number=article["number"])
    pages = re.sub(r"^(?:pp?\.|pages?|第)\s*|页$", "", place)
    if not PAGE.fullmatch(pages):
        return replace(reference, note=place)
    # One number with five or more digits, or with an e, is an article number: no volume has
    # that many pages.
    if "-" not in pages and (pages[0] == "e" or len(re.sub(r"\D", "", pages)) > 4):
        return replace(reference, article_number=pages)
    return replace(reference, page=pages)


def part_authors(text: str) -> tuple[str, str]:
    """An author list and what follows it, parted at the first full stop that ends the list.

    A full stop after initials ends it only if no further initial or comma follows. A text that
    does not begin with names has no authors.
    """
    for stop in re.finditer(r"\.(?=[\s*“\"]|[^\x00-\x7f])|[．。]", text):
        after = text[stop.end() :].lstrip(" ")
        before = text[: stop.start()].rstrip()
        if not after or re.match(r"[,，&]|and\b|et al", after):
            continue
        initial = re.search(rf"(?:^|[\s,.-]){CAPITAL}$", before)
        # E. coli begins a title, E. Li another name.
        if initial and re.match(rf"{CAPITAL}\.(?! [a-z])", after):
            continue
        if re.search(r"\b(?:Co|St|Dr|vs|No|[a-z]\.[a-z])$", before):
            continue
        if re.search(r"\b(?:Jr|Sr)$", before) and re.match(rf"{CAPITAL}{{1,4}}\b", after):
            continue
        if len(before) > 1:
            if not looks_like_authors(before) and (initial or not _looks_like_group(before)):
                return "", text
            initial = initial or re.search(r"[.,，]\s?[JS]r$", before)
            stopped = "." in before or re.search(rf"[,，]\s*{CAPITAL}$", before)
            return (before + "." if initial and stopped else before), after
    return "", text


def _looks_like_group(text: str) -> bool:
    """Whether most words have capitals, as in names of groups without the words of groups."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    if re.search("[:：?？!！]", text):
        return False
    return 0 < len(words) <= 10 and 2 * sum(word[0].isupper() for word in words) > len(words)


def part_title(text: str, dotted: bool = False) -> tuple[str, str]:
    """Parts `Title. *Journal*` or `Title. Journal`; an empty journal if there is no boundary.

    `dotted`: a full stop at the end is the journal's own, so that no abbreviation of one word
    (Ther.) can be the whole journal.
    """
    text = text.rstrip()
    if text.endswith("*"):
        inner = text[:-1]
        start = inner.rfind("*")
        # An even number of signs before it: this one opens the journal, none was lost.
        if start >= 0 and inner.count("*") % 2 == 1:
            return inner[:start], inner[start + 1 :]
        text = inner
    stops = [stop.start() for stop in re.finditer(r"[.?!。．？！]\*?(?=\s)|[。．？！](?=\S)", text)]
    if not stops:
        return text, ""
    place = len(stops) - 1
    while place > 0 and _is_inside_journal(text, stops[place], dotted):
        place -= 1
    stop = stops[place]
    return text[: stop + 1], text[stop + 1 :].lstrip(" *")


def _is_inside_journal(text: str, stop: int, dotted: bool) -> bool:
    """Whether a full stop is that of an abbreviation in the journal's name: `J. Clin. Oncol.`"""
    before = text[:stop]
    word = re.search(r"(?:^|[\s.])([A-Z][A-Za-z]{0,8})$", before)
    if word is None or text[stop] != ".":
        return False
    if word[1].casefold() in ABBREVIATED:
        return True
    if dotted and re.fullmatch(r"\s*[A-Z][A-Za-z]*\.", text[stop + 1 :]):
        return True
    chained = before.rpartition(" ")[0].endswith((".", "?", "!", "？", "。"))
    return chained and (len(word[1]) == 1 or text.endswith("."))


def ends_abbreviated(text: str) -> bool:
    """Whether a journal's name at the end has full stops inside: `J. Clin. Oncol.`"""
    return re.search(r"\b[A-Z][A-Za-z]{0,8}\. ?[A-Z][A-Za-z]{0,8}\.$", text.strip()) is not None


def with_numbers(found: Reference, tail: re.Match[str], year: int) -> Reference:
    parts = tail.groupdict()
    issue = parts["issue"] or parts["supplement"] or parts.get("only_issue")
    issue = page_range(issue) if issue else None
    volume = page_range(one_line(parts["volume"])) if parts["volume"] else None
    return replace(found, year=year, volume=volume, issue=issue)
