"""Lines of the form `TAG  - value`, which RIS and NBIB share, and the records made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from livingreview.errors import InputError
from livingreview.references.reading.tex import one_line

# No field of a reference holds one; where they stand, something else than text was saved.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


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


def tagged_lines(text: str, path: str | Path, tag: re.Pattern[str]) -> Iterator[Line]:
    """The lines of the text, whatever ends them; `tag` matches a tag and what stands behind it.

    InputError for a control character, with its line.
    """
    text = plain_line_ends(text).rstrip("\x1a")  # with which DOS programs end a file
    check_control_characters(text, path)
    # Not splitlines(): values may hold U+2028, which that would break at.
    for number, line in enumerate(text.split("\n"), start=1):
        match = tag.match(line)
        if match:
            yield Line(number, match[1], match[2] or "")
        else:
            yield Line(number, None, line)


def plain_line_ends(text: str) -> str:
    r"""The text with \n for every line end: \r\n of Windows, \r of old Macintosh programs."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_control_characters(text: str, path: str | Path) -> None:
    found = CONTROL.search(text)
    if found:
        raise InputError(
            f"holds the control character U+{ord(found[0]):04X}; remove it, or export the list"
            " anew as UTF-8",
            path=path,
            line=text.count("\n", 0, found.start()) + 1,
        )


def check_once(record: TaggedRecord, tags: tuple[str, ...], path: str | Path) -> None:
    """InputError where a tag that a record has once stands twice with two values: then the lines
    between two records are lost, and one reference would hold the fields of both."""
    for tag in tags:
        values = [value for value in record.values if value.tag == tag and value.text.strip()]
        for value in values[1:]:
            if one_line(value.text) != one_line(values[0].text):
                raise InputError(
                    f"the record of line {record.line} has {tag} twice (lines {values[0].line} and"
                    f" {value.line}); are these two records? Part them, or keep one",
                    path=path,
                    line=value.line,
                )


def shortened(text: str) -> str:
    """The beginning of a line, for a message."""
    text = one_line(text)
    return f"{text[:40]}..." if len(text) > 40 else text
