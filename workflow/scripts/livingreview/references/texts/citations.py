"""Citation markers in running text, by key and by number, with their places.

安罗替尼延长了生存[30][31]。             Anlotinib prolonged survival [@cheng2021anlotinib].
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livingreview.references.names import HAN
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
WITHIN = r"(?:(?!\n[ \t]*\n).)"  # a sign of one paragraph
# What is no running text: comments, code, formulas, the goals of links. A marker in it cites
# nothing, but for one that TeX raises.
NO_TEXT = re.compile(
    rf"(?P<raised>\$[ ]?\^\{{?{BRACKETS}\}}?[ ]?\$)"
    r"|<!--.*?-->"
    r"|^[ \t]*(?P<fence>`{3,}|~{3,})[^\n`]*\n(?:.*?^[ \t]*(?P=fence)[`~]*[ \t]*$|.*)"
    rf"|(?<!`)(?P<ticks>`+)(?!`){WITHIN}{{1,1000}}?(?<!`)(?P=ticks)(?!`)"
    rf"|\$\${WITHIN}{{1,2000}}?\$\$|\\\[{WITHIN}{{1,2000}}?\\\]|\\\({WITHIN}{{1,2000}}?\\\)"
    # As Pandoc has it: no blank inside beside the signs, no figure behind: $5 and $6 are prices.
    r"|(?<![\\$A-Za-z0-9])\$(?![\s$])(?P<formula>(?:[^$\n\\]|\\.){1,500}?)(?<![\s\\])\$(?![\d$])"
    r"|(?<=\])\([^()\s]*\)",
    re.DOTALL | re.MULTILINE,
)
PROSE = re.compile(rf"^[0-9.,]+ |[{HAN}]|(?<![\\A-Za-z])[A-Za-z]{{3,}}[ ]+[A-Za-z]{{2,}}")
ADDRESS = re.compile(
    r"(?:\b(?:https?|ftp)://|\bwww\.|\b10\.\d{4,9}/)[^\s<>\"()\u3000-\u9fff\uff00-\uffef]+",
    re.IGNORECASE,
)
# A marker directly behind an address cites; behind a slash or the sign of a question it is part.
BEHIND_ADDRESS = re.compile(rf"(?<![/=&?#_\-.])(?:{BRACKETS}\W*$|\[-?@|\[[^\]]*$)")


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
    """Every marker in order; none inside the text's own reference list, or in what is no text."""
    hidden = hidden_spans(text)
    starts = [start for start, _ in hidden]
    citations = []
    for found in MARKER.finditer(text):
        place = bisect_right(starts, found.start()) - 1
        if place >= 0 and found.start() < hidden[place][1]:
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


def hidden_spans(text: str) -> list[tuple[int, int]]:
    """In order and apart: the text's own reference list, comments, code, formulas, addresses."""
    spans = [reference_list_span(text)]
    for found in NO_TEXT.finditer(text):
        if not found["raised"] and not PROSE.search(found["formula"] or ""):
            spans.append(found.span())
    for found in ADDRESS.finditer(text):
        behind = BEHIND_ADDRESS.search(found.group())
        spans.append((found.start(), found.start() + behind.start() if behind else found.end()))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


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


def falling_ranges(marker: str) -> list[str]:
    """Ranges that run backwards, whose meaning nobody can tell: [5-3], [11]-[8].

    >>> falling_ranges("[1, 5-3]"), falling_ranges("[3]-[5]")
    (['5-3'], [])
    """
    pairs = re.findall(r"([0-9]+)[^0-9,，、;；]*[\-‐–—~～][^0-9]*(?=([0-9]+))", marker)
    return [f"{first}-{last}" for first, last in pairs if int(last) < int(first)]


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

    A key that the bibliography does not hold, a number beyond its end, and a range that runs
    backwards, beside its two ends, is a row too: `key` as cited and no `number`.
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
        falling = falling_ranges(citation.marker) if citation.numbers else []
        for cited in citation.keys or [*citation.numbers, *falling]:
            reference = by_number.get(cited) if isinstance(cited, int) else None
            if citation.keys:
                reference = by_key.get(str(cited))
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
