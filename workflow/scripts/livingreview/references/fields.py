"""The forms of single printed fields: pages, registration numbers, dates of a web page."""

from __future__ import annotations

import re

REGISTRATION = re.compile(
    r"NCT\d{8}|ChiCTR[-A-Za-z]*\d+|ISRCTN\d+|UMIN\d+|jRCTs?\d+|CTRI/\d+/\d+/\d+|ACTRN\d+"
)
DATE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
DASHES = "‐‑‒–—―−－～"
DATES_IN_NOTE = re.compile(
    rf"(?:(?:^|; )published (?P<date>\d{{4}}-\d{{2}}(?:-\d{{2}})?))?"
    rf"(?:(?:^|; )accessed (?P<urldate>{DATE}))?\Z"
)


def page_range(printed: str) -> str:
    """The pages with one plain hyphen for any dash: `558–562` and `558--562` are 558-562."""
    return re.sub(rf"\s*(?:--+|[{DASHES}]+)\s*", "-", printed)


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
