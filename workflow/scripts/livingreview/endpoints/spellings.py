"""Spellings of terms, found in texts whatever their case, spaces and hyphens, longest first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

# Not PD in PD-1, but OS in "OS5.8年".
ABBREVIATION_END = r"(?![A-Za-z]|-[A-Za-z0-9(]|[0-9](?![0-9.]*\s?(?:年|个月|月|%|months)))"
HYPHENS = r"[\s\-‐‑‒–—]"


@dataclass(frozen=True)
class Mention:
    """A term found in a text: `text[start:end]` is one of its spellings."""

    start: int
    end: int
    id: str


def fold(text: str) -> str:
    """What two spellings have in common: NFKC, case, spaces and hyphens do not count."""
    return re.sub(HYPHENS + "+", "", unicodedata.normalize("NFKC", text).casefold())


def is_abbreviation(spelling: str) -> bool:
    """OS, SD, mPFS, pCR: needs two capitals in a text too, lest "os" or "Cr" be an endpoint."""
    return spelling.isascii() and len(spelling) <= 6 and capitals(spelling) > 1


def capitals(text: str) -> int:
    return sum(letter.isupper() for letter in text)


class Finder:
    """Finds the spellings of a section's terms in a text, the longest first, in linear time."""

    def __init__(self, spellings: Mapping[str, str]):
        """`spellings`: from each spelling to the id of its term."""
        self.ids = {fold(spelling): id for spelling, id in spellings.items()}
        self.abbreviations = {fold(spelling) for spelling in spellings if is_abbreviation(spelling)}
        by_first: dict[str, list[str]] = {}
        for spelling in sorted(spellings, key=lambda spelling: (-len(spelling), spelling)):
            by_first.setdefault(first_letter(spelling), []).append(spelling)
        # One small pattern for each first letter: trying all spellings everywhere takes too long.
        self.patterns = {
            first: re.compile("|".join(map(spelling_branch, branch)))
            for first, branch in by_first.items()
        }
        firsts = "".join(re.escape(first + first.upper()) for first in by_first) or r"\0"
        self.starts = re.compile(rf"(?<![A-Za-z0-9])[{firsts}]|(?![A-Za-z0-9])[{firsts}]")

    def find(self, text: str) -> list[Mention]:
        mentions = []
        end = 0
        for start in self.starts.finditer(text) if self.patterns else ():
            if start.start() < end:
                continue
            found = self.patterns[start.group().lower()].match(text, start.start())
            if not found:
                continue
            folded = self.known(found.group())
            if folded not in self.abbreviations or capitals(found.group()) > 1:
                end = found.end()
                mentions.append(Mention(found.start(), end, self.ids[folded]))
        return mentions

    def known(self, words: str) -> str:
        """The folded spelling that these words are, the plural taken off if need be."""
        folded = fold(words)
        return next(
            stem
            for stem in (folded, folded.removesuffix("s"), folded.removesuffix("es"))
            if stem in self.ids
        )


def first_letter(spelling: str) -> str:
    return unicodedata.normalize("NFKC", spelling).strip()[0].lower()


def spelling_branch(spelling: str) -> str:
    """The pattern for one spelling; Latin letters and digits at its ends end a word there."""
    pieces = re.split(HYPHENS + "+", unicodedata.normalize("NFKC", spelling).strip())
    pattern = (HYPHENS + "{0,3}").join(map(any_case, pieces))
    if re.match(r"[A-Za-z0-9]", pieces[0]):
        pattern = r"(?<![A-Za-z0-9])" + pattern
    if re.search(r"[A-Za-z]$", pieces[-1]):
        ends = ABBREVIATION_END if is_abbreviation(spelling) else r"(?![A-Za-z0-9])"
        return pattern + r"(?:es|s)?" + ends
    return pattern + r"(?![A-Za-z0-9])" if re.search(r"[0-9]$", pieces[-1]) else pattern


def any_case(text: str) -> str:
    """Like re.IGNORECASE, without its folding of letters outside ASCII."""
    pattern = ""
    for before, letter in zip(" " + text, text, strict=False):
        if before != " " and before.isascii() != letter.isascii():
            pattern += r"\s?"  # "广泛期 SCLC" is 广泛期SCLC
        both = f"[{letter.lower()}{letter.upper()}]"
        pattern += both if letter.isascii() and letter.isalpha() else re.escape(letter)
    return pattern
