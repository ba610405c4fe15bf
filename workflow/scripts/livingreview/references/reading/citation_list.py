"""A numbered reference list, broken over lines and list markers, as records."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from livingreview.references.names import HAN
from livingreview.references.reading.citation_styles import LONGEST_ITEM, read_citation
from livingreview.references.reading.keys import assign_keys
from livingreview.references.record import Reference

MOST_BLOCKS = 20  # by empty lines; an item broken over pages has two or three


@dataclass(frozen=True)
class UnreadItem:
    """Text of the list that is no record: its number (None if it has none), and why not."""

    number: int | None
    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class ListProblem:
    """A number that is missing, repeated or out of order; `line` is where that is seen."""

    number: int
    line: int
    reason: str


@dataclass(frozen=True)
class ParsedList:
    """All items of a list: each is in `references` or in `unread`.

    References have the numbers as printed, keys, and the line of the given text.
    """

    references: tuple[Reference, ...]
    unread: tuple[UnreadItem, ...]
    problems: tuple[ListProblem, ...]


@dataclass
class Block:
    """Lines that follow each other, and the number of the first in the text."""

    line: int
    lines: list[str]


@dataclass(frozen=True)
class Item:
    """The lines of one item, without number and list marker; blocks are parted by empty lines."""

    number: int | None
    line: int
    blocks: tuple[Block, ...]


HEADING = re.compile(
    r"[\s#*_【\[]*(?:参\s*考\s*文\s*献|引用文献|References?(?: and Notes| Cited)?|Bibliography"
    r"|Literature Cited|Works Cited)\s*(?:[(（][^()（）]{0,30}[)）])?[\s:：*_】\]]*",
    re.IGNORECASE,
)
AFTER_LIST = re.compile(
    r"\s*(?:#{1,6}\s.*|[*_]*(?:附录|附件|致谢|作者简介|作者贡献|利益冲突|收稿日期|基金项目|Appendix|Appendices"
    r"|Acknowledge?ments?|Supplementary (?:Materials?|Information)|Figure Legends?)\b.{0,60})",
    re.IGNORECASE,
)
LIST_MARKER = re.compile(r"\s*(?:[-+•·▪]|\*(?=\s))\s+")
# [12] and its full-width forms are a number anywhere; 12. 12、 (12) only if they go on counting.
BRACKETED = re.compile(r"\s*\\?[\[［【〔]\s*(\d{1,4})\s*\\?[\]］】〕][\s.、:：]*")
COUNTED = re.compile(r"\s*(?:(\d{1,4})(?:[、．]|[.)）](?=\s|$|[^\d\s]))|[(（](\d{1,4})[)）])\s*")
REFERENCE_BEGINS = re.compile(r"[\"“‘*_《]*[^\W\d_].{14}")
OPEN_ITEM = re.compile(
    r"[-‐-―,，:：;；(（\[/&]\s*$|\b(?:and|of|the|in|vol|no|pp)\.?\s*$", re.IGNORECASE
)
LONGEST_LINES = 12  # of one item
# How far a number may be from the last to be a number of the list and not of the text.
LARGEST_STEP = 10
# First parts that keep their hyphen when a line ends after it.
HYPHENATED = re.compile(
    r"(?:^|\W)(?:non|anti|multi|double|single|small|large|long|short|real|first|second|third|early"
    r"|late|high|low|meta|post|pre|co|self|open|placebo|dose|half|well|cross|follow|up|in|on|of|as"
    r"|to|by|or|and|old|new|low|end|time|cost|risk|phase|stage|line|arm|term|based|related|\w)-$",
    re.IGNORECASE,
)
WORD = re.compile(r"[\w-]+")
OPEN_ADDRESS = re.compile(
    r"(?:https?://|\b10\.\d{4,9}/|doi[:：.]\s*)[^\s>]*[/._=?&-]$|<https?:[^\s>]*$"
)


def parse_citation_list(text: str) -> ParsedList:
    """The references of a numbered list, or of an article that has one under its heading.

    The heading is 参考文献, References or the like; without one the whole text is the list. Never
    fails: what cannot be read is in `unread` with its reason.
    """
    items = split_items(text)
    numbers = {item.number for item in items}
    words = frozenset(WORD.findall(text))
    references: list[Reference] = []
    unread: list[UnreadItem] = []
    for item in items:
        _read_item(item, words, numbers, references, unread)
    return ParsedList(
        references=tuple(assign_keys(references)),
        unread=tuple(sorted(unread, key=lambda entry: entry.line)),
        problems=tuple(_number_problems(items)),
    )


def _read_item(
    item: Item,
    words: frozenset[str],
    numbers: Collection[int | None],
    references: list[Reference],
    unread: list[UnreadItem],
) -> None:
    """Appends what the item gives to one of the lists.

    An empty line may break an item or end it: blocks are added until the text can be read, and
    what stands after that is no part of it.
    """
    if item.number is None:
        text = join_lines([line for block in item.blocks for line in block.lines], words)
        unread.append(UnreadItem(None, item.line, text, "no number: not part of any item"))
        return
    reason = "no text"
    for count in range(1, len(item.blocks) + 1):
        lines = [line for block in item.blocks[:count] for line in block.lines]
        text = join_lines(lines, words)
        result = read_citation(text)
        after = item.number + 1
        if after not in numbers and any(_next_number(line, item.number) for line in lines):
            result = f"holds a line that begins with {after}, a number that no item has"
        if isinstance(result, Reference):
            references.append(replace(result, number=item.number, line=item.line))
            for block in item.blocks[count:]:
                rest = join_lines(block.lines, words)
                reason = f"no number: stands after item {item.number}, which is complete"
                unread.append(UnreadItem(None, block.line, rest, reason))
            return
        reason = result
        if len(text) > LONGEST_ITEM or count == MOST_BLOCKS:
            break
    text = join_lines([line for block in item.blocks for line in block.lines], words)
    unread.append(UnreadItem(item.number, item.line, text, reason))


def split_items(text: str) -> list[Item]:
    """The items of the list with the lines of each; text before the first has no number."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start, end = _list_lines(lines)
    items: list[Item] = []
    blocks: list[Block] = []
    number: int | None = None
    first_line = start + 1
    style: str | None = None
    gap = False

    def close() -> None:
        kept = tuple(block for block in blocks if any(line.strip() for line in block.lines))
        if number is not None or kept:
            items.append(Item(number, first_line, kept))

    for index in range(start, end):
        line = lines[index]
        if not line.strip():
            gap = True
            continue
        if HEADING.fullmatch(line):
            continue
        for piece in _pieces(line, number, style):
            found = _item_number(piece, number, style)
            if found is None and _goes_on_otherwise(
                blocks, lines[index : min(end, index + LONGEST_LINES)], number
            ):
                style = None
                found = _item_number(piece, number, style)
            if found is None:
                if not blocks and number is None:
                    first_line = index + 1
                marker = LIST_MARKER.match(piece)
                content = piece[marker.end() :] if marker else piece
                if gap or not blocks:
                    blocks.append(Block(index + 1, [content]))
                else:
                    blocks[-1].lines.append(content)
            else:
                close()
                number, found_style, rest = found
                style = style or found_style
                first_line, blocks = index + 1, [Block(index + 1, [rest])]
            gap = False
    close()
    return items


def _list_lines(lines: Sequence[str]) -> tuple[int, int]:
    """Where the list starts and ends: from the heading that an item follows to the back matter."""
    headings = [index for index, line in enumerate(lines) if HEADING.fullmatch(line)]
    start = 0
    for index in headings:
        following = next((line for line in lines[index + 1 :] if line.strip()), "")
        if _item_number(following, None, None):
            start = index + 1
            break
    else:
        start = headings[-1] + 1 if headings else 0
    end = len(lines)
    if headings:
        for index in range(start, len(lines)):
            if AFTER_LIST.fullmatch(lines[index]) and not HEADING.fullmatch(lines[index]):
                end = index
                break
    return start, end


def _item_number(line: str, last: int | None, style: str | None) -> tuple[int, str, str] | None:
    """Number, its style ("[", "(" or "."), and the rest of the line; None if no item starts.

    `style` is that of the list's first number, None before it.
    """
    marker = LIST_MARKER.match(line)
    place = marker.end() if marker else 0
    match = BRACKETED.match(line, place)
    if match:
        return int(match[1]), "[", line[match.end() :]
    match = COUNTED.match(line, place)
    if match is None:
        return None
    number = int(match[1] or match[2])
    found = "." if match[1] else "("
    if style not in (None, found):
        return None
    # A year or a page at the start of a line is no item's number.
    if abs(number - (last or 0)) > (LARGEST_STEP if last is not None else 999):
        return None
    return number, found, line[match.end() :]


def _next_number(line: str, last: int | None) -> str | None:
    """What stands behind the number after the last one, in any style; None if it does not begin
    like a reference: with a letter, and on for some words."""
    found = _item_number(line, last, None) if last is not None else None
    if found is None or found[0] != last + 1:
        return None
    return found[2] if REFERENCE_BEGINS.match(found[2]) else None


def _goes_on_otherwise(blocks: Sequence[Block], lines: Sequence[str], last: int | None) -> bool:
    """Whether the list goes on under another marker ([4], then 5.) in the first of these lines.

    So it is if the item before is complete, or the one that would begin can be read: a page or an
    issue may stand at the start of a line, too.
    """
    begun = _next_number(lines[0], last)
    before = [line for block in blocks[-3:] for line in block.lines[-LONGEST_LINES:]]
    if begun is None or not before or OPEN_ITEM.search(before[-1]):
        return False
    following = []
    for line in lines[1:]:
        if not line.strip() or _next_number(line, last + 1) or BRACKETED.match(line):
            break
        following.append(line)
    texts = (join_lines(before), join_lines([begun, *following]))
    return any(isinstance(read_citation(text), Reference) for text in texts)


def _pieces(line: str, last: int | None, style: str | None) -> list[str]:
    """The line, parted where the next bracketed numbers stand inside it: `[1] ... [2] ...`."""
    found = _item_number(line, last, style)
    number = found[0] if found else last
    if number is None or (style or (found and found[1])) != "[":
        return [line]
    pieces = []
    start = 0
    for match in re.finditer(rf"(?<=[\s.。>])\[(\d{{1,4}})\]\s*(?=[A-Z{HAN}])", line):
        if int(match[1]) == number + 1 and line[start : match.start()].strip():
            pieces.append(line[start : match.start()])
            start = match.start()
            number += 1
    return [*pieces, line[start:]]


def join_lines(lines: Sequence[str], words: frozenset[str] = frozenset()) -> str:
    """One line of the lines of an item.

    No blank between Chinese characters or inside an address; a hyphen at a line's end stays in
    `Small-/Cell`, `non-/small` and ranges, and goes in `treat-/ment`; `words`, those of the whole
    text, decide where the word is among them.
    """
    joined = ""
    for line in lines:
        line = line.strip().replace("\u00ad", "").replace("\u200b", "")
        if not joined or not line:
            joined += line
            continue
        joined = _join_two(joined, line, words)
    return joined


def _join_two(before: str, after: str, words: frozenset[str]) -> str:
    tail = before[-200:]
    if OPEN_ADDRESS.search(tail) and not re.match(r"[A-Z][a-z]+ |[<\[(]", after):
        return before + after
    if re.search(f"[{HAN}，。：；、（）]$", tail) and re.match(f"[{HAN}，。：；、（）]", after):
        return before + after
    if not re.search(r"\w-$", tail):
        return f"{before} {after}"
    if not after[0].islower():
        return before + after
    first = re.search(r"[\w]+-$", tail)[0]
    second = re.match(r"\w+", after)[0]
    if first + second in words:
        return before + after
    if first[:-1] + second not in words and HYPHENATED.search(tail):
        return before + after
    return before[:-1] + after


def _number_problems(items: Sequence[Item]) -> list[ListProblem]:
    """Numbers that are missing (one problem for each), repeated, or smaller than one before."""
    problems = []
    seen: dict[int, int] = {}
    highest = 0
    for item in items:
        number = item.number
        if number is None:
            continue
        if number in seen:
            reason = f"the number {number} stands twice: also on line {seen[number]}"
            problems.append(ListProblem(number, item.line, reason))
            continue
        seen[number] = item.line
        if number < highest:
            reason = f"the number {number} stands after {highest}"
            problems.append(ListProblem(number, item.line, reason))
        highest = max(highest, number)
    gaps: list[ListProblem] = []
    previous = 0
    for number in sorted(seen):
        # A wrong number (1, 2, 3000) must not give thousands of problems: one for the stretch.
        if number - previous > LARGEST_STEP:
            reason = f"no item has a number from {previous + 1} to {number - 1}"
            gaps.append(ListProblem(previous + 1, seen[number], reason))
        else:
            gaps.extend(
                ListProblem(missing, seen[number], f"no item has the number {missing}")
                for missing in range(previous + 1, number)
            )
        previous = number
    return sorted([*problems, *gaps], key=lambda problem: (problem.line, problem.number))
