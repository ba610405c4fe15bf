"""Sections and sentences of a document, as spans of its normalised text.

A heading ends a section: nothing that was said before it is carried past it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from livingreview.references.texts.reference_list import reference_list_span

Span = tuple[int, int]

MARKED_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]")
# "3.1. 关键临床试验回顾" alone on its line, after an empty one: how plain text shows a heading.
NUMBERED_HEADING = re.compile(
    r"[ ]{0,3}(?:[0-9]{1,2}\.|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\.?)[ ]{1,3}"
    r"(?!个|月|年|周|天|例|名|%|months?|years?|weeks?|days?|patients?)[^\s0-9%][^。;；]{0,60}"
)
ITEM = re.compile(r"[ ]{0,8}(?:[-*+•]|[0-9]{1,3}[.)])[ ]+")
ENDED = re.compile(r"[。.!?！？:：;；)）\]|”\"]\s*$")
# A full stop ends a sentence before a space and what may begin one, not after "vs." and the like.
SENTENCE_END = re.compile(
    r"[。！!？?]+[”’\"]?(?:\s*(?:\[[0-9@][^\[\]]{0,200}\]))?"
    r"|(?<!\bvs)(?<!\bal)(?<!\bFig)(?<!\be\.g)(?<!\bi\.e)(?<!\bapprox)(?<!\bNo)(?<!\bDr)(?<!\bca)"
    r"(?<!\bresp)(?<!\bcf)(?<!\b[A-Z])\.(?=\s+[A-Z0-9\"“(\[]|\s+[\u3400-\u9fff])"
)
# No sentence is longer; what is has no full stops and is cut so that work stays linear.
LONGEST = 4_000


def split_sections(text: str) -> Iterator[list[Span]]:
    """The sentences of each section; the text's own reference list is left out."""
    hidden = reference_list_span(text)
    sentences: list[Span] = []
    for block in blocks(text):
        if block is None:
            yield sentences
            sentences = []
        elif not hidden[0] <= block[0] < hidden[1]:
            sentences += split_block(text, *block)
    yield sentences


def blocks(text: str) -> Iterator[Span | None]:
    """Paragraphs and list items; None for a heading. A paragraph broken over pages is one."""
    start = end = None
    gap = False
    place = 0
    for line in text.splitlines(keepends=True):
        here, place = place, place + len(line)
        bare = line.strip()
        if not bare:
            gap = True
            continue
        if is_heading(line, gap or place == len(line)):
            if start is not None:
                yield start, end
                start = None
            yield None
        elif start is None:
            start, end = here, place
        elif begins_anew(line, text[start:end], gap):
            yield start, end
            start, end = here, place
        else:
            end = place
        gap = False
    if start is not None:
        yield start, end


def is_heading(line: str, alone: bool) -> bool:
    line = line.rstrip()
    if MARKED_HEADING.match(line):
        return True
    return alone and bool(NUMBERED_HEADING.fullmatch(line)) and not ENDED.search(line)


def begins_anew(line: str, before: str, gap: bool) -> bool:
    """An item, a table row, or a new paragraph. After an empty line the old paragraph still goes
    on if it has no end and this line begins like no beginning: a page was turned there."""
    if ITEM.match(line) or line.lstrip().startswith("|"):
        return True
    goes_on = (
        len(before) > 60
        and not ENDED.search(before[-20:])
        and re.match(r"\s*[a-z\u3400-\u9fff0-9(,，、]", line)
    )
    return gap and not goes_on


def split_block(text: str, start: int, end: int) -> list[Span]:
    item = ITEM.match(text, start, end)
    begin = item.end() if item else start
    spans = []
    for found in SENTENCE_END.finditer(text, begin, end):
        spans += bounded(text, begin, found.end())
        begin = found.end()
    spans += bounded(text, begin, end)
    return spans


def bounded(text: str, start: int, end: int) -> list[Span]:
    """The span without space around it; one beyond all measure is cut: work stays linear."""
    spans = []
    while end - start > LONGEST:
        cut = max(text.rfind(sign, start + LONGEST // 2, start + LONGEST) for sign in " ,，；;")
        cut = cut + 1 if cut > start else start + LONGEST
        spans.append((start, cut))
        start = cut
    spans.append((start, end))
    return [strip(text, *span) for span in spans if text[span[0] : span[1]].strip()]


def strip(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
