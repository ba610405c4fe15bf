"""A unified diff as `git apply` takes it: of files with any line ends and names."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

CONTEXT = 3  # lines around a change, as git has them

Block = tuple[int, int, int]  # where equal lines begin before and after, and how many there are


def unified_diff(before: str, after: str, path: str) -> str:
    """The diff, line ends and a missing last one included; empty if the texts are equal."""
    first, second = lines_of(before), lines_of(after)
    groups = list(hunks(equal_blocks(first, second), len(first), len(second)))
    if not groups:
        return ""
    name = patch_path(path)
    old, new = quoted(f"a/{name}"), quoted(f"b/{name}")
    lines = [f"diff --git {old} {new}\n", f"--- {old}\n", f"+++ {new}\n"]
    for group in groups:
        (start, _, new_start, _), (_, end, _, new_end) = group[0], group[-1]
        lines.append(f"@@ -{span(start, end)} +{span(new_start, new_end)} @@\n")
        place = start
        for low, high, new_low, new_high in group:
            lines += shown(" ", first[place:low])
            lines += shown("-", first[low:high])
            lines += shown("+", second[new_low:new_high])
            place = high
    return "".join(lines)


def shown(sign: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield sign + line
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"


def span(start: int, end: int) -> str:
    """A range of lines as unified diffs number it: from 1, an empty one by the line before it."""
    count = end - start
    return f"{start + 1 if count else start},{count}"


def hunks(
    blocks: Sequence[Block], length: int, new_length: int
) -> Iterator[list[tuple[int, int, int, int]]]:
    """The changes, (from, to, from, to) in the lines before and after, those near each other
    together; the first and the last of a group are empty ones, at the ends of its context."""
    group: list[tuple[int, int, int, int]] = []
    place, new_place = 0, 0
    for start, new_start, count in [*blocks, (length, new_length, 0)]:
        change = (place, start, new_place, new_start)
        if place < start or new_place < new_start:
            if not group:
                lead = min(CONTEXT, place, new_place)
                group.append((place - lead, place - lead, new_place - lead, new_place - lead))
            group.append(change)
        place, new_place = start + count, new_start + count
        if group and (count > 2 * CONTEXT or (place == length and new_place == new_length)):
            tail = min(CONTEXT, count)
            group.append((start + tail, start + tail, new_start + tail, new_start + tail))
            yield group
            group = []


def equal_blocks(first: Sequence[str], second: Sequence[str]) -> list[Block]:
    """The runs of equal lines, in order.

    Lines that stand once in both texts are the fixed points (a "patience" diff), and only what
    lies between them is compared line by line: a list of 10,000 entries takes no second.
    """
    blocks: list[Block] = []

    def add(start: int, new_start: int, count: int) -> None:
        if not count:
            return
        if blocks and (start, new_start) == (
            blocks[-1][0] + blocks[-1][2],
            blocks[-1][1] + blocks[-1][2],
        ):
            last = blocks.pop()
            blocks.append((last[0], last[1], last[2] + count))
        else:
            blocks.append((start, new_start, count))

    low, new_low = 0, 0
    for place, new_place in [*fixed_points(first, second), (len(first), len(second))]:
        while low < place and new_low < new_place and first[low] == second[new_low]:
            add(low, new_low, 1)
            low, new_low = low + 1, new_low + 1
        if low < place and new_low < new_place:
            matcher = difflib.SequenceMatcher(
                None, first[low:place], second[new_low:new_place], autojunk=False
            )
            for start, new_start, count in matcher.get_matching_blocks():
                add(low + start, new_low + new_start, count)
        if place < len(first) and new_place < len(second):
            add(place, new_place, 1)
        low, new_low = place + 1, new_place + 1
    return blocks


def fixed_points(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """The places of lines that stand once in both texts, as many as rise in both."""
    counts, new_counts = Counter(first), Counter(second)
    places = {line: place for place, line in enumerate(second) if new_counts[line] == 1}
    pairs = [
        (place, places[line])
        for place, line in enumerate(first)
        if counts[line] == 1 and line in places
    ]
    ends: list[int] = []  # of the rising runs of each length, the lowest last place
    at: list[int] = []
    before: list[int | None] = []
    for index, (_, new_place) in enumerate(pairs):
        length = bisect_left(ends, new_place)
        ends[length : length + 1] = [new_place]
        at[length : length + 1] = [index]
        before.append(at[length - 1] if length else None)
    kept = []
    index = at[-1] if at else None
    while index is not None:
        kept.append(pairs[index])
        index = before[index]
    return kept[::-1]


def lines_of(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one, as in git."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def patch_path(path: str) -> str:
    """The path from the repository's root; only the name of a file outside it."""
    parts = PurePosixPath(path.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts:
        return parts.name
    return str(parts)


def quoted(path: str) -> str:
    """The path as git prints it: in C quotes if it holds other than plain ASCII."""
    if re.fullmatch(r"[\w./+@=,-]+", path, re.ASCII):
        return path
    octal = "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03o}"
        for byte in path.encode()
    )
    return f'"{octal}"'
