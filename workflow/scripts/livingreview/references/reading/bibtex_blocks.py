"""BibTeX files as they stand: blocks checked with clear errors, entries and fields with places."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from pathlib import Path

import bibtexparser
from bibtexparser.library import Library
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    Field,
    ImplicitComment,
    ParsingFailedBlock,
)

from livingreview.errors import InputError

# The parser also logs each block that it cannot read; here that is an InputError instead.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class RawField:
    """One field as it stands in the file: name in lower case, value with its braces."""

    name: str
    value: str
    line: int
    start: int  # of the name
    value_start: int
    end: int  # of the value


@dataclass(frozen=True)
class RawEntry:
    """One entry as it stands in the file; `start` and `end` are offsets of `@` and after `}`."""

    key: str
    type: str
    line: int
    start: int
    end: int
    fields: tuple[RawField, ...]


def split_blocks(text: str, path: str | Path | None) -> Library:
    """The blocks of the file, each sound; InputError for the first that is not."""
    library = bibtexparser.parse_string(text, parse_stack=[])
    entry_before = None
    for block in library.blocks:
        _check_block(block, entry_before, path)
        entry_before = block if isinstance(block, Entry) else entry_before
    if not library.entries:
        raise InputError("the bibliography holds no entry; add at least one", path=path)
    return library


def _check_block(block: Block, entry_before: Entry | None, path: str | Path | None) -> None:
    line = (block.start_line or 0) + 1
    if isinstance(block, DuplicateBlockKeyBlock):
        first = (block.previous_block.start_line or 0) + 1
        raise InputError(
            f"the key {block.key} is already that of the entry on line {first};"
            " give one of the two another key, or remove it",
            path=path,
            line=line,
            key=block.key,
        )
    if isinstance(block, DuplicateFieldKeyBlock):
        entry = block.ignore_error_block
        _check_entry(entry, line, path)
    if isinstance(block, ParsingFailedBlock):
        _raise_for_failed(block, line, path)
    if isinstance(block, Entry):
        _check_entry(block, line, path)
    if isinstance(block, ImplicitComment) and entry_before is not None:
        # BibTeX passes over text between entries; a piece of an entry there is a mistake.
        stray = re.search(r"^[ \t]*(?:\}|\w+[ \t]*=[ \t]*[{\"])", block.comment, re.MULTILINE)
        if stray:
            raise InputError(
                "this stands outside any entry but looks like a part of one: a brace too many in"
                f" the entry {entry_before.key} before it, or a lost @ here",
                path=path,
                line=line + block.comment.count("\n", 0, stray.start()),
                key=entry_before.key,
            )


def _raise_for_failed(block: ParsingFailedBlock, line: int, path: str | Path | None) -> None:
    reason = str(getattr(block.error, "abort_reason", block.error))
    head = re.match(r"@\w*[ \t]*[{(]([^,={}\n]*)", block.raw or "")
    key = head[1].strip() if head and head[1].strip() else None
    if "end of file" in reason or "block start" in reason or "found `@" in reason:
        problem = (
            "the entry that starts here is not closed before the next one or the end of the file:"
            " a closing brace (or quotation mark) is missing in it"
        )
    elif "comma after entry key" in reason:
        problem, key = "the entry has no key; write one after the opening brace, then a comma", None
    else:
        problem = f"the entry that starts here cannot be read: {reason}"
    raise InputError(problem, path=path, line=line, key=key)


def _check_entry(entry: Entry, line: int, path: str | Path | None) -> None:
    if not entry.key:
        raise InputError(
            "the entry has no key; write one after the opening brace", path=path, line=line
        )
    if re.search(r"\s", entry.key):
        raise InputError(
            f'the key "{entry.key}" holds a blank; write it without', path=path, line=line
        )
    seen = set()
    for field in entry.fields:
        name = field_name(field)
        field_line = field.start_line + 1
        if re.search(r"\s", name):
            raise InputError(
                f'"{name}" is no name of a field; is a comma missing before it?',
                path=path,
                line=field_line,
                key=entry.key,
            )
        if not name:
            continue
        if name in seen:
            raise InputError(
                f"the entry has this field twice: {name}; keep one",
                path=path,
                line=field_line,
                key=entry.key,
            )
        seen.add(name)
        if value_pieces(field.value) is None:
            raise InputError(
                f"the value of {name} cannot be read: a comma after it or a brace is missing",
                path=path,
                line=field_line,
                key=entry.key,
            )


def field_name(field: Field) -> str:
    """The name in lower case, without comments before it; empty if all of it is a comment."""
    return re.sub(r"%[^\n]*", "", field.key).strip().lower()


def value_pieces(value: str) -> list[tuple[str, str]] | None:
    """The pieces of a value joined with `#`: (delimiter, text), or None if it is malformed.

    The delimiter is `{`, `"`, or empty for a number or the name of a @string.
    """
    pieces = []
    position = 0
    while True:
        if position < len(value) and value[position] in '{"':
            end = _piece_end(value, position)
            if end is None:
                return None
            pieces.append((value[position], value[position + 1 : end - 1]))
        else:
            word = re.compile(r"[^\s#{}\",=]+").match(value, position)
            if word is None:
                return None
            pieces.append(("", word[0]))
            end = word.end()
        joint = re.compile(r"\s*#\s*").match(value, end)
        if joint is None:
            return pieces if end == len(value) else None
        position = joint.end()


def _piece_end(value: str, start: int) -> int | None:
    """After the delimiter that closes the piece; None if none does."""
    depth = 0
    position = start if value[start] == "{" else start + 1
    while position < len(value):
        sign = value[position]
        if sign == "\\":
            position += 2
            continue
        depth += (sign == "{") - (sign == "}")
        position += 1
        if depth < 0:
            return None
        if depth == 0 and sign == ("}" if value[start] == "{" else '"'):
            return position
    return None


def raw_entries(text: str, library: Library) -> list[RawEntry]:
    """The entries with the places of their fields in the text.

    The parser's blocks hold their text as it stands; they are found again one after the other.
    """
    entries = []
    position = 0
    for entry in library.entries:
        start = text.index(entry.raw, position)
        position = start + len(entry.raw)
        fields = []
        place = text.index(",", start) if entry.fields else start
        for field in entry.fields:
            head = re.compile(rf"[,\s]*({re.escape(field.key)})\s*=\s*").match(text, place)
            place = head.end() + len(field.value)
            name = field_name(field)
            if name:
                fields.append(
                    RawField(
                        name=name,
                        value=field.value,
                        line=field.start_line + 1,
                        start=head.end(1) - len(name),
                        value_start=head.end(),
                        end=place,
                    )
                )
        entries.append(
            RawEntry(
                key=entry.key,
                type=entry.entry_type.lower(),
                line=entry.start_line + 1,
                start=start,
                end=position,
                fields=tuple(fields),
            )
        )
    return entries
