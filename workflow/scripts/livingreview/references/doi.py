"""The form of a DOI: what is one, and its one spelling."""

from __future__ import annotations

import re
from urllib.parse import unquote

# The form Crossref gives for DOIs in use ("DOIs and matching regular expressions").
DOI = re.compile(r"10\.\d{4,9}/\S+")
RESOLVER = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
LABEL = re.compile(r"doi\s*[:：]?\s*", re.IGNORECASE)


def strip_doi(printed: str) -> str:
    """The DOI as it is printed, without resolver, `doi:` and what follows it in the sentence."""
    text = printed.strip().strip("<>").strip()
    label = LABEL.match(text)
    if label and label.end() < len(text):
        resolver = RESOLVER.match(text)
        text = text if resolver else text[label.end() :]
    resolver = RESOLVER.match(text)
    if resolver:
        text = unquote(text[resolver.end() :])
    text = text.rstrip(".,;:，。；、>\"'”’ ")
    for opening, closing in ("()", "[]"):
        surplus = text.count(closing) - text.count(opening)
        while surplus > 0 and text.endswith(closing):
            text = text[:-1].rstrip(".,;")
            surplus -= 1
    return text


def normalise_doi(printed: str | None) -> str | None:
    """The DOI in lower case and without resolver, None if what is printed is not a DOI."""
    if not printed:
        return None
    doi = strip_doi(printed).lower()
    return doi if DOI.fullmatch(doi) else None
