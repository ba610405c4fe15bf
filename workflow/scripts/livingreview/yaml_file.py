"""YAML with the line of every value, so that a mistake can be named by its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from livingreview.errors import InputError
from livingreview.files import read_text

Place = tuple[str | int, ...]


def load_yaml(path: str | Path) -> tuple[Any, dict[Place, int]]:
    """The file's value, and for each place in it (keys and list positions) its line.

    InputError on a syntax error, on a key that stands twice, of which YAML keeps only one, and on
    aliases (`*name`), by which a small file can unfold into an endless one.
    """
    try:
        node = yaml.compose(read_text(path), Loader=yaml.SafeLoader)
        lines: dict[Place, int] = {}
        if node is not None:
            note_lines(node, (), lines, path, set())
        value = yaml.safe_load(read_text(path))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise InputError(f"not YAML ({error.problem})", path=path, line=line) from None
    except yaml.YAMLError as error:
        raise InputError(f"not YAML ({error})", path=path) from None
    except ValueError as error:  # 2027-02-30, of which YAML would make a date
        raise InputError(f"a date that does not exist ({error})", path=path) from None
    except RecursionError:
        raise InputError("nested too deeply", path=path) from None
    return value, lines


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
