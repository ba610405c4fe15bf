"""Citation keys: family name, year and first word of the title, in ASCII."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import count

from livingreview.references.names import HAN
from livingreview.references.record import Name, Reference

ARTICLES = frozenset({"a", "an", "the"})
LONGEST = 1000  # characters of a name or title that are read for its key
# Letters that Unicode does not take apart into a base letter and an accent.
LATIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)
# A word ends at a blank, a hyphen or a slash, not at a full stop: MA17.07 is one word.
TITLE_WORD = re.compile(rf"[a-z0-9][a-z0-9.'’]*|[{HAN}]{{1,2}}")


def citation_key(authors: tuple[Name, ...], year: int | None, title: str | None) -> str:
    """`cheng2021anlotinib`; 刘通 2021, CIK 细胞…: `liu2021cik`; without authors `anonymous2021…`.

    The whole family name counts (`fatehihassanabad`, `vandorst`), of a group the first word or
    the first two Chinese characters; of the title the first word that is no article, or the first
    two Chinese characters. Chinese is in pinyin without tones.
    """
    who = authors[0] if authors else Name()
    family = _ascii(who.family[:LONGEST]) if who.family else _first_word(who.literal or "")
    return f"{family or 'anonymous'}{year or 'nodate'}{_first_word(title or '')}"


def assign_keys(references: Iterable[Reference], taken: Collection[str] = ()) -> list[Reference]:
    """The references with their keys, none of them `taken`; of several with one key the later get
    -b, -c, ..."""
    used = set(taken)
    places: dict[str, int] = {}  # where counting goes on: many may have one plain key
    keyed = []
    for reference in references:
        plain = citation_key(reference.authors, reference.year, reference.title)
        key = plain
        for place in count(places.get(plain, 1)):
            if key not in used:
                break
            key = f"{plain}-{_letters(place)}"
            places[plain] = place
        used.add(key)
        keyed.append(replace(reference, key=key))
    return keyed


def _letters(place: int) -> str:
    """1 is b, 25 is z, 26 is ba, 27 is bb: counting in letters, where a is nought."""
    letters = ""
    while place:
        place, rest = divmod(place, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _folded(text: str) -> str:
    """Lower case, without accents."""
    folded = unicodedata.normalize("NFKD", text).lower().translate(LATIN)
    return "".join(sign for sign in folded if not unicodedata.combining(sign))


def _ascii(text: str) -> str:
    if re.search(f"[{HAN}]", text):
        # Imported here: reading pypinyin's dictionary costs more than everything else.
        from pypinyin import Style, lazy_pinyin

        text = "".join(lazy_pinyin(text, style=Style.NORMAL, v_to_u=False))
    return re.sub("[^a-z0-9]", "", _folded(text))


def _first_word(text: str) -> str:
    for match in TITLE_WORD.finditer(_folded(text[:LONGEST])):
        word = _ascii(match[0])
        if word and word not in ARTICLES:
            return word
    return ""
