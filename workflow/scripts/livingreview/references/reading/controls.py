"""Control characters in a list's text: one rule for all formats."""

from __future__ import annotations

import re
from pathlib import Path

from livingreview.errors import InputError
from livingreview.progress import Tell

# Tabs and line ends are none here. With \x1a DOS programs end a file.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
LINE_END = re.compile(r"\r\n?|\n")


def without_controls(text: str, path: str | Path, tell: Tell | None = None) -> str:
    """The text with a blank for each control character, so that places in it stay.

    `tell` hears of it once, with the first line. InputError for NUL: the file is no text, or is
    in another encoding.
    """
    text = text.rstrip("\x1a")
    found = [match.start() for match in CONTROL.finditer(text)]
    if not found:
        return text
    nul = text.find("\x00")
    if nul >= 0:
        raise InputError(
            "holds the control character U+0000; export the list anew as UTF-8",
            path=path,
            line=line_at(text, nul),
        )
    if tell is not None:
        others = f" and {len(found) - 1} more" if len(found) > 1 else ""
        tell(
            f"{path}:{line_at(text, found[0])}: the control character"
            f" U+{ord(text[found[0]]):04X}{others} read as a blank"
        )
    return CONTROL.sub(" ", text)


def line_at(text: str, place: int) -> int:
    return len(LINE_END.findall(text, 0, place)) + 1
