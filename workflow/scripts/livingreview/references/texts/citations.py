"""Citation markers in running text, by key and by number, with their places.

安罗替尼延长了生存[30][31]。             Anlotinib prolonged survival [@cheng2021anlotinib].
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livingreview.references.record import Reference
from livingreview.references.texts.citing_sentences import citing_sentences
from livingreview.references.texts.reference_list import reference_list_span

CITATION_COLUMNS = (
    "document",
    "lang",
    "start",
    "end",
    "line",
    "marker",
    "key",
    "number",
    "sentence",
)

# Pandoc's manual, "Citation syntax": a key begins with a letter, digit or _, and may hold single
# internal punctuation; anything else stands in braces.
KEY = r"@(?:\{(?P<braced>[^{}\s]{1,200})\}|(?P<plain>\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*))"
ONE_NUMBER = r"[0-9]{1,3}"
LIST = rf"{ONE_NUMBER}(?:[ ]?[,，、;；\-‐–—~～][ ]?{ONE_NUMBER}){{0,60}}"
BRACKET = rf"[\[［][ ]?{LIST}[ ]?[\]］]"
# [13][14], [4] [28] [29], [8]-[11]: brackets that follow one another are one marker.
BRACKETS = rf"{BRACKET}(?:[ ]{{0,2}}[,，、\-‐–—~～]?[ ]{{0,2}}{BRACKET}){{0,60}}"
MARKER = re.compile(
    rf"(?P<group>\[(?=[^\[\]]*@)[^\[\]]*\])|(?P<sign>(?<![\w.@/]){KEY})"
    rf"|(?P<raised>\^\{{?{BRACKETS}[}}^]?|<sup>{BRACKETS}</sup>)|(?P<numbers>{BRACKETS})"
)
KEY_IN_GROUP = re.compile(rf"(?<![\w.@/]){KEY}")
LONGEST_KEY = 200  # letters of a key that is compared with others
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Citation:
    """One marker: `text[start:end] == marker`; keys or numbers, never both."""

    start: int
    end: int
    marker: str
    keys: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()

    @property
    def references(self) -> tuple[str, ...]:
        return self.keys or tuple(map(str, self.numbers))


def find_citations(text: str) -> list[Citation]:
    """Every marker in order; none inside the text's own reference list or an HTML comment."""
    hidden = [reference_list_span(text)]
    if "<!--" in text:
        hidden += [found.span() for found in COMMENT.finditer(text)]
    citations = []
    for found in MARKER.finditer(text):
        if any(start <= found.start() < end for start, end in hidden):
            continue
        if found.lastgroup in ("group", "sign", "plain", "braced"):
            keys = tuple(
                dict.fromkeys(
                    key["braced"] or key["plain"] for key in KEY_IN_GROUP.finditer(found.group())
                )
            )
            if keys:
                citations.append(Citation(*found.span(), found.group(), keys=keys))
        elif not is_interval(text, found):
            numbers = numbers_of(found.group())
            if numbers:
                citations.append(Citation(*found.span(), found.group(), numbers=numbers))
    return citations


def numbers_of(marker: str) -> tuple[int, ...]:
    """[8]-[11] -> 8, 9, 10, 11; [1, 3] -> 1, 3; zero cites nothing."""
    numbers: list[int] = []
    through = False
    for piece in re.findall(r"[0-9]+|[\-‐–—~～]", marker):
        if not piece.isdigit():
            through = True
            continue
        number = int(piece)
        if through and numbers and number > numbers[-1]:
            numbers.extend(range(numbers[-1] + 1, number))
        numbers.append(number)
        through = False
    return tuple(dict.fromkeys(number for number in numbers if number > 0))


def is_interval(text: str, found: re.Match[str]) -> bool:
    """ "12 [8-15] months", "12 months [8-15]": limits around the number before, no citation; nor a
    Markdown link definition or footnote."""
    line = text.rfind("\n", 0, found.start()) + 1
    if text[found.end() : found.end() + 1] == ":" and not text[line : found.start()].strip():
        return True
    limits = re.fullmatch(r"[\[［][ ]?([0-9]+)[ ]?[\-‐–—~～][ ]?([0-9]+)[ ]?[\]］]", found.group())
    if not limits:
        return False
    before = re.search(
        r"([0-9]+(?:[.·][0-9]+)?)[ ]?(?:%|个?月|年|周|天|months?|weeks?|years?|days?)?[ ]?$",
        text[max(0, found.start() - 30) : found.start()],
    )
    return bool(before) and int(limits[1]) < float(before[1].replace("·", ".")) < int(limits[2])


def read_citations(
    text: str, document: str | Path, lang: str, references: Sequence[Reference]
) -> list[dict[str, Any]]:
    """One row a cited key and marker (CITATION_COLUMNS), in the text's order.

    A key that the bibliography does not hold, or a number beyond its end, is a row too: `key` as
    cited and no `number`.
    """
    by_key = {reference.key: reference for reference in references}
    by_number = {reference.number: reference for reference in references}
    rows = []
    line, counted = 1, 0
    citations = find_citations(text)
    sentences = citing_sentences(text, [(one.start, one.end) for one in citations])
    for citation, sentence in zip(citations, sentences, strict=True):
        line += text.count("\n", counted, citation.start)
        counted = citation.start
        for cited in citation.keys or citation.numbers:
            reference = by_key.get(cited) if isinstance(cited, str) else by_number.get(cited)
            rows.append(
                {
                    "document": str(document),
                    "lang": lang,
                    "start": citation.start,
                    "end": citation.end,
                    "line": line,
                    "marker": citation.marker,
                    "key": reference.key if reference else str(cited),
                    "number": reference.number if reference else None,
                    "sentence": sentence,
                }
            )
    return rows


def near_keys(cited: str, keys: Iterable[str]) -> list[str]:
    """Keys that a cited one, which is none of them, may stand for: the likest first, at most 3."""
    if len(cited) >= LONGEST_KEY:
        return []
    return difflib.get_close_matches(cited, list(keys), n=3, cutoff=0.75)
