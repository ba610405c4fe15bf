"""Lines of the form `TAG  - value`, which RIS and NBIB share, and the records made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from livingreview.errors import InputError
from livingreview.progress import Tell
from livingreview.references.comparison.titles import compare_titles
from livingreview.references.reading.controls import without_controls
from livingreview.references.reading.tex import one_line


@dataclass(frozen=True)
class Line:
    """One line of the file; `tag` is None where it has none, and `text` then all of it."""

    number: int
    tag: str | None
    text: str

    @property
    def is_blank(self) -> bool:
        return self.tag is None and not self.text.strip()

    @property
    def is_indented(self) -> bool:
        return self.text[:1] in (" ", "\t")


@dataclass(frozen=True)
class TaggedValue:
    """What stands behind one tag; lines that go on with it are parted by line ends."""

    tag: str
    text: str
    line: int


@dataclass(frozen=True)
class TaggedRecord:
    """The values of one record in their order, and the line on which it begins."""

    line: int
    values: tuple[TaggedValue, ...]

    def all(self, *tags: str) -> list[str]:
        """Every value of these tags, on one line each, in the file's order."""
        return [one_line(value.text) for value in self.values if value.tag in tags]

    def lines(self, *tags: str) -> list[str]:
        """Every line of these tags that is not empty, in the file's order. A line that is indented
        goes on with the one before it."""
        found: list[str] = []
        for value in self.values:
            if value.tag in tags:
                for number, line in enumerate(value.text.split("\n")):
                    if number and found and line[:1] in (" ", "\t") and line.strip():
                        found[-1] += f" {line.strip()}"
                    elif line.strip():
                        found.append(one_line(line))
        return found

    def first(self, *tags: str) -> str | None:
        """The first value that is not empty, of the first of the tags that has one."""
        for tag in tags:
            for text in self.all(tag):
                if text:
                    return text
        return None


@dataclass
class OpenRecord:
    """A record while it is read."""

    line: int
    values: list[tuple[str, list[str], int]] = field(default_factory=list)

    def add(self, tag: str, text: str, line: int) -> None:
        self.values.append((tag, [text], line))

    def go_on(self, text: str) -> None:
        self.values[-1][1].append(text)

    @property
    def last_tag(self) -> str:
        return self.values[-1][0]

    def closed(self) -> TaggedRecord:
        values = (TaggedValue(tag, "\n".join(pieces), line) for tag, pieces, line in self.values)
        return TaggedRecord(self.line, tuple(values))


def tagged_lines(
    text: str, path: str | Path, tag: re.Pattern[str], tell: Tell | None = None
) -> Iterator[Line]:
    """The lines of the text, whatever ends them; `tag` matches a tag and what stands behind it.

    Control characters are read as blanks, of which `tell` hears.
    """
    text = plain_line_ends(without_controls(text, path, tell))
    # Not splitlines(): values may hold U+2028, which that would break at.
    for number, line in enumerate(text.split("\n"), start=1):
        yield tagged_line(line, number, tag)


def tagged_line(line: str, number: int, tag: re.Pattern[str]) -> Line:
    match = tag.match(line)
    return Line(number, match[1], match[2] or "") if match else Line(number, None, line)


def plain_line_ends(text: str) -> str:
    r"""The text with \n for every line end: \r\n of Windows, \r of old Macintosh programs."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_once(record: TaggedRecord, tags: tuple[str, ...], path: str | Path) -> None:
    """InputError where a tag that a record has once stands twice with two values: then the lines
    between two records are lost, and one reference would hold the fields of both."""
    for tag in tags:
        values = [value for value in record.values if value.tag == tag and value.text.strip()]
        for value in values[1:]:
            if not says_the_same(value.text, values[0].text):
                raise InputError(
                    f"the record of line {record.line} has {tag} twice (lines {values[0].line} and"
                    f" {value.line}); are these two records? Part them, or keep one",
                    path=path,
                    line=value.line,
                )


def says_the_same(one: str, other: str) -> bool:
    """Whether two texts are one, but for letter case, punctuation and spelling."""
    return one_line(one) == one_line(other) or compare_titles(one, other).state == "same"


def shortened(text: str) -> str:
    """The beginning of a line, for a message."""
    text = one_line(text)
    return f"{text[:40]}..." if len(text) > 40 else text
