"""YAML with the line of every value, so that a mistake can be named by its place."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from livingreview.errors import InputError
from livingreview.files import read_text

Place = tuple[str | int, ...]
TEXT_TAG = "tag:yaml.org,2002:str"


class UnreadableValueError(yaml.MarkedYAMLError):
    """2027-02-30, of which YAML would make a day."""


class Loader(yaml.SafeLoader):
    """Tells the place of a value that YAML cannot make what it looks like."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, AttributeError, OverflowError) as error:
            raise UnreadableValueError(str(node.value), None, str(error), node.start_mark) from None


def as_read(value: Any) -> str:
    """What YAML took a value for, as messages say it: "is read as ..."."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, date):
        return f"the {'time' if isinstance(value, datetime) else 'day'} {value}"
    return {str: "a text", list: "a list", dict: "a block of keys"}.get(type(value), "no text")


def load_yaml(path: str | Path) -> tuple[Any, dict[Place, int]]:
    """The file's value, and for each place in it (keys and list positions) its line.

    InputError on a syntax error, on a key that is no text or stands twice, of which YAML keeps
    only one, and on aliases (`*name`), by which a small file can unfold into an endless one.
    """
    try:
        node = yaml.compose(read_text(path), Loader=yaml.SafeLoader)
        lines: dict[Place, int] = {}
        if node is not None:
            note_lines(node, (), lines, path, set())
        value = yaml.load(read_text(path), Loader)
    except UnreadableValueError as error:
        at = error.problem_mark.line + 1
        places = [place for place, line in lines.items() if line == at]
        problem = f"{error.context} cannot be read: a date that does not exist, or no such number"
        raise InputError(
            problem, path=path, line=at, key=key_of(max(places, key=len, default=()))
        ) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise InputError(f"not YAML ({error.problem})", path=path, line=line) from None
    except yaml.YAMLError as error:
        raise InputError(f"not YAML ({error})", path=path) from None
    except RecursionError:
        raise InputError("nested too deeply", path=path) from None
    return value, lines


def key_of(place: Place) -> str | None:
    """`lock.works`; None for a place without keys."""
    return ".".join(part for part in place if isinstance(part, str)) or None


def note_lines(
    node: yaml.Node, place: Place, lines: dict[Place, int], path: str | Path, seen: set[int]
) -> None:
    line = node.start_mark.line + 1
    if id(node) in seen:
        raise InputError("an alias (*name) is not read here; write it out", path=path, line=line)
    seen.add(id(node))
    lines[place] = line
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str):
                raise InputError(
                    "a key must be a word", path=path, line=key_node.start_mark.line + 1
                )
            if key_node.tag != TEXT_TAG:
                kind = key_node.tag.rpartition(":")[2]
                raise InputError(
                    f"the key {key} is read as a value ({kind}); put it in quotes if it is meant",
                    path=path,
                    line=key_node.start_mark.line + 1,
                    key=key_of((*place, key)),
                )
            if (*place, key) in lines:
                raise InputError(
                    f"the key {key!r} stands twice (first on line {lines[(*place, key)]})",
                    path=path,
                    line=key_node.start_mark.line + 1,
                )
            note_lines(value_node, (*place, key), lines, path, seen)
            lines[(*place, key)] = key_node.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            note_lines(item, (*place, position), lines, path, seen)
