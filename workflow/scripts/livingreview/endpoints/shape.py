"""Checks of what a YAML file holds, with the line of whatever is not as it should be."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from livingreview.errors import InputError
from livingreview.yaml_file import Place

KINDS = {dict: "keys with values", list: "a list", bool: "true or false", str: "text"}


def expect(value: Any, kind: type, path: str | Path, lines: dict[Place, int], place: Place) -> Any:
    if not isinstance(value, kind):
        name = ".".join(map(str, place)) or "the file"
        raise InputError(f"{name}: {KINDS[kind]} expected", path=path, line=nearest(lines, place))
    return value


def refuse_unknown_keys(
    value: dict[str, Any],
    known: Iterable[str],
    path: str | Path,
    lines: dict[Place, int],
    place: Place,
) -> None:
    known = list(known)
    for key in value:
        if key not in known:
            raise InputError(
                f"unknown key {key!r}; known here: {', '.join(known)}",
                path=path,
                line=nearest(lines, (*place, str(key))),
            )


def nearest(lines: dict[Place, int], place: Place) -> int | None:
    """The line of the place, or of the nearest thing around it."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place)
