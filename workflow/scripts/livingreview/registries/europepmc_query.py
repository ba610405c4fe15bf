"""The question by which Europe PMC is searched for a work without a DOI.

Source: the service's list of search fields
(https://www.ebi.ac.uk/europepmc/webservices/rest/fields: TITLE, JOURNAL, ISSN, ESSN, VOLUME,
PAGE_INFO, PUB_YEAR). Phrases stand in quotation marks, `*` ends a beginning, years have ranges.
"""

from __future__ import annotations

import re

from livingreview.references.comparison.plain import is_han, plain_words, readable
from livingreview.references.record import Reference
from livingreview.registries.journals import Journals

SHORT_TITLE = 5  # words; a shorter title alone finds too many works
NOT_IN_PHRASE = re.compile(r"[\"“”„‟\\()\[\]{}<>*?~^\x00-\x1f]+")
LONGEST_PHRASE = 300
FIRST_PAGE = re.compile(r"[A-Za-z]{0,5}[0-9]{1,9}[A-Za-z]?")
DASHES = re.compile(r"\s*[-‐‑‒–—−~～]+\s*")
SURE_BEGINNING = 3  # signs of a first page by which few others begin


def search_query(reference: Reference, journals: Journals) -> str | None:
    """The question for a work without a DOI: by its title, or by journal, volume and page.

    Europe PMC holds no Chinese titles: an article that is cited in Chinese is looked for by its
    place alone, in a journal whose name there is known. None if neither can be asked.
    """
    clauses = [title_clause(reference), place_clause(reference, journals)]
    asked = [clause for clause in clauses if clause]
    return " OR ".join(f"({clause})" for clause in asked) if asked else None


def title_clause(reference: Reference) -> str | None:
    title = phrase(reference.title or "")
    words = plain_words(title)
    if not words or is_han(title):
        return None
    if len(words) >= SHORT_TITLE:
        return f'TITLE:"{title}"'
    if reference.year is None:
        return None
    years = f"[{reference.year - 1} TO {reference.year + 1}]"  # online first, or in the issue
    return f'TITLE:"{title}" AND PUB_YEAR:{years}'


def place_clause(reference: Reference, journals: Journals) -> str | None:
    """Journal and page, with volume or year: one of these may be misprinted."""
    journal = journal_clause(reference.container_title, journals)
    pages = page_clause(reference.page or reference.article_number or "")
    volume = phrase(reference.volume or "")
    times = [f'VOLUME:"{volume}"'] if volume else []
    times += [f"PUB_YEAR:{reference.year}"] if reference.year is not None else []
    if not journal or not pages or not times:
        return None
    return f"({journal}) AND ({pages}) AND ({' OR '.join(times)})"


def journal_clause(name: str | None, journals: Journals) -> str | None:
    journal = journals.find(name)
    if journal:
        numbers = [f'{field}:"{issn}"' for issn in journal.issn for field in ("ISSN", "ESSN")]
        return " OR ".join([*numbers, f'JOURNAL:"{journal.nlm}"'])
    name = phrase(name or "")
    return f'JOURNAL:"{name}"' if plain_words(name) and not is_han(name) else None


def page_clause(pages: str) -> str | None:
    """The page in the forms that records have: 221-225, 221-5, 221, or 221 and more."""
    first, _, last = DASHES.sub("-", phrase(pages)).partition("-")
    if not FIRST_PAGE.fullmatch(first):
        return None
    forms = []
    if re.fullmatch("[0-9]{1,9}", first) and re.fullmatch("[0-9]{1,9}", last):
        whole = first[: max(0, len(first) - len(last))] + last
        shared = next(
            (place for place in range(len(first)) if first[place] != whole[place]), len(first)
        )
        same_length = len(whole) == len(first)
        forms = [f"{first}-{whole}"]
        forms += [f"{first}-{whole[shared:]}"] if same_length and 0 < shared < len(first) else []
    clauses = [f'PAGE_INFO:"{form}"' for form in [*forms, first]]
    # Half a volume begins with 1.
    clauses += [f"PAGE_INFO:{first}*"] if len(first) >= SURE_BEGINNING else []
    return " OR ".join(clauses)


def phrase(text: str) -> str:
    """The text as it can stand between quotation marks, cut after a whole word."""
    text = " ".join(NOT_IN_PHRASE.sub(" ", readable(text)).split())
    if len(text) > LONGEST_PHRASE:
        text = text[:LONGEST_PHRASE].rpartition(" ")[0] or text[:LONGEST_PHRASE]
    return text.rstrip(" .")
