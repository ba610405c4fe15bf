"""The forms of single printed fields: pages, registration numbers, languages, dates of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping

REGISTRATION = re.compile(
    r"NCT\d{8}|ChiCTR[-A-Za-z]*\d+|ISRCTN\d+|UMIN\d+|jRCTs?\d+|CTRI/\d+/\d+/\d+|ACTRN\d+"
)
# Entries that can be a trial's registration, the fields in which ordinary files have its number,
# and what shows that the entry is a work that only tells of the trial. Fields are BibTeX's.
REGISTRY_TYPES = {"misc", "online", "www", "electronic", "manual", "unpublished", "dataset"}
REGISTRY_TYPES |= {"report", "techreport"}
NUMBER_FIELDS = ("number", "eprint", "url", "howpublished", "note", "title")
FIELDS_OF_WORKS = ("doi", "journal", "booktitle", "volume", "pages", "eid")
PREPRINT_FIELDS = ("howpublished", "publisher", "archiveprefix", "eprinttype", "url", "note")
PREPRINT = re.compile(r"arxiv|rxiv|preprint|research ?square|ssrn|预印本", re.IGNORECASE)
NUMBER_WITHIN = re.compile(rf"(?<![A-Za-z0-9])(?:{REGISTRATION.pattern})(?![A-Za-z0-9])")
LANGUAGES = {
    "zh": re.compile(r"(?:s|t)?chinese|pinyin|zh(?:[-_]\w+)?|chi|zho|中文", re.IGNORECASE),
    "en": re.compile(r"(?:us|uk)?english|american|british|en(?:[-_]\w+)?|eng|英文", re.IGNORECASE),
}
DATE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
DASHES = "‐‑‒–—―−－～"
DATES_IN_NOTE = re.compile(
    rf"(?:(?:^|; )published (?P<date>\d{{4}}-\d{{2}}(?:-\d{{2}})?))?"
    rf"(?:(?:^|; )accessed (?P<urldate>{DATE}))?\Z"
)


def page_range(printed: str) -> str:
    """The pages with one plain hyphen for any dash: `558–562` and `558--562` are 558-562."""
    return re.sub(rf"\s*(?:--+|[{DASHES}]+)\s*", "-", printed)


def registration_of(values: Mapping[str, str]) -> str | None:
    """The number of the trial whose registration the entry is, by the first field that has one.

    None where fields name several trials, or the entry is a paper or a preprint about one.
    """
    if any(name in values for name in FIELDS_OF_WORKS):
        return None
    if any(PREPRINT.search(values.get(name, "")) for name in PREPRINT_FIELDS):
        return None
    found = [
        number for name in NUMBER_FIELDS for number in NUMBER_WITHIN.findall(values.get(name, ""))
    ]
    return found[0] if len({number.upper() for number in found}) == 1 else None


def language_of(printed: str | None) -> str | None:
    """zh or en for the names and codes of the two languages; another one as it is printed."""
    for language, names in LANGUAGES.items():
        if printed and names.fullmatch(printed):
            return language
    return printed


def note_with_dates(note: str | None, published: str | None, accessed: str | None) -> str | None:
    """A note that ends in the dates of a web page; a bare year is no date worth noting."""
    if published and (len(published) == 4 or not re.fullmatch(DATE, published)):
        published = None
    parts = [note, published and f"published {published}", accessed and f"accessed {accessed}"]
    return "; ".join(part for part in parts if part) or None


def dates_of_note(note: str) -> tuple[str, str | None, str | None]:
    """What `note_with_dates` joined: the note itself, the date published, the date accessed."""
    dates = DATES_IN_NOTE.search(note)
    if dates is None:
        return note, None, None
    return note[: dates.start()], dates["date"], dates["urldate"]
