"""The sentence in which a citation stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from livingreview.endpoints.extract.sentences import ITEM, MARKED_HEADING, Span, split_block

ROW = re.compile(r"[ ]{0,3}\|")
# What may begin the sentence after a marker that stands behind a full stop.
BEGINNING = re.compile(r"\s+[A-Z\"“(\u3400-\u9fff]|[\u3400-\u9fff]|\s*\Z")
# A full stop that ends no sentence: "et al.", "vs.", "e.g.", "Fig.", an initial.
NO_END = re.compile(r"(?:\b(?:al|vs|cf|ca|Fig|No|Dr|resp|approx|e\.g|i\.e)|\b[A-Z])\.\Z")
BROKEN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\r?\n[ \t]*(?=[\u3000-\u9fff])")


def citing_sentences(text: str, markers: Sequence[Span]) -> list[str]:
    """For each marker, in order of place, its whole sentence on one line.

    A list item, a table row and a heading end what is before them, and so does an empty line. A
    marker behind the full stop belongs to the sentence before it. What has no full stop for
    thousands of letters is cut.
    """
    spans = sentence_spans(text, markers)
    starts = [start for start, _ in spans]
    found = []
    for start, _ in markers:
        place = bisect_right(starts, start) - 1
        found.append(one_line(text[slice(*spans[place])]) if place >= 0 else "")
    return found


def sentence_spans(text: str, markers: Sequence[Span]) -> list[Span]:
    """Every sentence; one that ends before a marker's own full stop takes the marker in."""
    spans = [span for block in plain_blocks(text) for span in split_block(text, *block)]
    cuts: list[tuple[int, int]] = []  # from the full stop to the end of the marker behind it
    for start, end in markers:
        before = text[max(0, start - 12) : start].rstrip()
        if before[-1:] not in tuple(".!?。！？") or NO_END.search(before):
            continue
        if "\n" not in text[start - 2 : start] and BEGINNING.match(text[end : end + 8]):
            cuts.append((start, end))
    return recut(text, spans, cuts) if cuts else spans


def recut(text: str, spans: Sequence[Span], cuts: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    upcoming = 0
    for start, end in spans:
        while upcoming < len(cuts) and cuts[upcoming][0] < end:
            marker, after = cuts[upcoming]
            upcoming += 1
            if marker < start:
                continue
            if not text[start:marker].strip() and found and not text[found[-1][1] : start].strip():
                found[-1] = (found[-1][0], after)
            elif text[start:marker].strip():
                found.append((start, after))
            else:
                continue
            start = after
        if text[start:end].strip():
            found.append((start, end))
    return found


def plain_blocks(text: str) -> list[Span]:
    """Paragraphs, list items, table rows and headings; none goes on after an empty line."""
    found: list[Span] = []
    place = 0
    open_block = False
    for line in text.splitlines(keepends=True):
        here, place = place, place + len(line)
        if not line.strip():
            open_block = False
            continue
        alone = bool(MARKED_HEADING.match(line) or ROW.match(line))
        if open_block and not alone and not ITEM.match(line):
            found[-1] = (found[-1][0], place)
        else:
            found.append((here, place))
        open_block = not alone
    return found


def one_line(text: str) -> str:
    """Without line ends; Chinese that was broken over two lines is one word again."""
    return " ".join(BROKEN.sub("", text).split())
