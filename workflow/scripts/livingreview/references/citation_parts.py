"""The parts that printed references of every style have: addresses, places, titles, emphasis."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from livingreview.references.doi import normalise_doi, strip_doi
from livingreview.references.fields import page_range
from livingreview.references.record import Reference
from livingreview.references.tex import one_line

DOI_PRINTED = re.compile(
    r"<?(?:https?://)?(?:dx\.|www\.)?doi\.org/[^\s<>，；]+>?"
    r"|\bdoi\s*[:：]\s*[^\s<>，；]+"
    r"|\b10\.\d{4,9}/[^\s<>，；]+",
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
    return one_line(f"{before} {text[end:].lstrip(' >)）.,;，；。')}")


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

    A full stop after initials ends it only if no further initial or comma follows.
    """
    for stop in re.finditer(r"\.(?=[\s*“\"]|[^\x00-\x7f])|[．。]", text):
        after = text[stop.end() :].lstrip(" ")
        before = text[: stop.start()].rstrip()
        if not after or re.match(r"(?:[A-Z]\.|[A-Z]{1,3},|[,，&]|and\b|et al)", after):
            continue
        if re.search(r"\b(?:Co|St|Dr|Jr|Sr)$", before):
            continue
        if len(before) > 1:
            initial = re.search(r"\b[A-Z]$", before)
            return (before + "." if initial and "." in before else before), after
    return "", text


def part_title(text: str) -> tuple[str, str]:
    """Parts `Title. *Journal*` or `Title. Journal`; an empty journal if there is no boundary."""
    if text.endswith("*"):
        inner = text[:-1]
        start = inner.rfind("*")
        # An even number of signs before it: this one opens the journal, none was lost.
        if start >= 0 and inner.count("*") % 2 == 1:
            return inner[:start], inner[start + 1 :]
        text = inner
    stops = [stop.start() for stop in re.finditer(r"[.?!。．？]\*?(?=\s)|[。．？](?=\S)", text)]
    if not stops:
        return text, ""
    place = len(stops) - 1
    if text.endswith("."):
        # Abbreviated journals have their own full stops: `J. Clin. Oncol.`
        while place > 0 and re.search(r"(?:^|[\s.])[A-Z][A-Za-z]{0,8}$", text[: stops[place]]):
            before = text[: stops[place]].rpartition(" ")[0]
            if not before.endswith("."):
                break
            place -= 1
    stop = stops[place]
    return text[: stop + 1], text[stop + 1 :].lstrip(" *")


def ends_abbreviated(text: str) -> bool:
    """Whether a journal's name at the end has full stops inside: `J. Clin. Oncol.`"""
    return re.search(r"\b[A-Z][A-Za-z]{0,8}\. ?[A-Z][A-Za-z]{0,8}\.$", text.strip()) is not None
