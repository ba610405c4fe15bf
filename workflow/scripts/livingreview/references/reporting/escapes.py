"""Hostile strings in reports: nothing that a list or a registry says is run, hidden or broken by
the program that shows the report."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from livingreview.files import to_json
from livingreview.references.wording.messages import one_printable_line

# GitHub's runner still takes its old form of commands anywhere in a line of a log.
OLD_COMMAND = "##["
FORMULAS_BESIDE = ("＝", "＋", "－", "＠")  # full-width signs start a formula too (OWASP)

# The last three: addresses and names of pictures, of which GitHub's Markdown makes something.
MARKDOWN_SIGNS = re.compile(r"[\\`*_{}\[\]#!|~$^@]|:(?=//|[\w+-]+:)|(?<=www)\.", re.IGNORECASE)


def plain_line(text: str) -> str:
    """One line for a terminal or a log: no control character, no escape sequence, no sign that
    turns the direction of writing, no command of a CI runner."""
    line = one_printable_line(text).replace(OLD_COMMAND, "## [")
    # The runner also takes "::error::" for a command at the start of a line.
    return ": :" + line[2:] if line.startswith("::") else line


def spreadsheet_cell(value: Any) -> Any:
    """The value as a cell of a table that spreadsheets open; `csv_text` guards against = + - @."""
    if not isinstance(value, str):
        return value
    line = plain_line(value)
    return "'" + line if line.startswith(FORMULAS_BESIDE) else line


def escape_markdown(text: str) -> str:
    """The text as it is, whatever it holds: no table cell, link, HTML, formula or picture of a
    `:word:` comes of it.

    Backslashes before ASCII punctuation (CommonMark 2.4), entities for what HTML would read.
    """
    text = MARKDOWN_SIGNS.sub(r"\\\g<0>", one_printable_line(text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def json_text(value: Any) -> str:
    """JSON in which signs that a terminal would obey, or show wrongly, are written as \\uXXXX."""
    text = to_json(value, indent=2).replace(OLD_COMMAND, "##\\u005b")
    if text.replace("\n", "").isprintable():
        return text + "\n"
    lines = (
        line if line.isprintable() else "".join(map(json_sign, line)) for line in text.split("\n")
    )
    return "\n".join(lines) + "\n"


def json_sign(sign: str) -> str:
    if sign.isprintable() or unicodedata.category(sign) == "Zs":
        return sign
    units = sign.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def escape_command(text: str) -> str:
    """The message of a workflow command."""
    text = plain_line(text)
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """The value of a property of a workflow command."""
    return escape_command(text).replace(":", "%3A").replace(",", "%2C")


def uri_of(path: str) -> str:
    """The path as a URI reference (RFC 3986): relative, or with `file:` if it is absolute."""
    slashed = PurePath(path).as_posix()
    name = quote(slashed, safe="/")
    return f"file://{name}" if slashed.startswith("/") else name
