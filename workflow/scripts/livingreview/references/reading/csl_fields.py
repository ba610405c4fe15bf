"""The variables of one CSL item, each read as the kind of value that the schema gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livingreview.errors import InputError
from livingreview.references.names import CUT_OFF
from livingreview.references.reading.exported_fields import day_of, year_of
from livingreview.references.reading.tex import one_line
from livingreview.references.record import Name


@dataclass(frozen=True)
class Item:
    """One item as it stands in the file, whose object begins on `line`."""

    values: dict[str, Any]
    line: int
    path: str | Path

    def problem(self, text: str) -> InputError:
        return InputError(text, path=self.path, line=self.line)

    def text(self, name: str) -> str | None:
        """The string or number, on one line; None if it is absent or empty."""
        return self.plain(self.values.get(name), name, "a string")

    def first_text(self, name: str) -> str | None:
        """The same where the value may also be an array of strings."""
        value = self.values.get(name)
        if isinstance(value, list):
            value = value[0] if value else None
        return self.plain(value, name, "a string")

    def plain(self, value: Any, name: str, needed: str) -> str | None:
        if value is None:
            return None
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and name in NUMBERS:
            whole = isinstance(value, float) and value.is_integer()
            return str(int(value) if whole else value)
        if not isinstance(value, str):
            raise self.problem(f"{name} must be {needed}, and is {shown(value)}")
        if SURROGATE.search(value):
            raise self.problem(f"{name} holds half a surrogate pair; export the list anew")
        return one_line(value) or None

    def names(self, name: str) -> tuple[tuple[Name, ...], bool]:
        """The names, and whether the list is complete: `{"literal": "et al."}` cuts it off."""
        listed = self.values.get(name)
        if listed is None:
            return (), True
        if not isinstance(listed, list):
            raise self.problem(f"{name} must be an array of names, and is {shown(listed)}")
        names, complete = [], True
        for one in listed:
            found = self.name(one, name)
            if found is None:
                continue
            text = found.literal or ", ".join(filter(None, [found.family, found.given]))
            if CUT_OFF.fullmatch(text):
                complete = False
            elif complete or found.literal:  # of what stands behind "et al." groups, as in BibTeX
                names.append(found)
        return tuple(names), complete

    def name(self, value: Any, name: str) -> Name | None:
        """A person or a group; None for an empty one. Particles go with the family name, a suffix
        with the given one, as BibTeX's are read."""
        if not isinstance(value, dict):
            raise self.problem(f"a name in {name} must be an object, and is {shown(value)}")
        parts = {
            part: self.plain(value.get(part), f"{name}: {part}", "a string") for part in NAME_PARTS
        }
        particles = (parts["dropping-particle"], parts["non-dropping-particle"])
        family = one_line(" ".join(filter(None, [*particles, parts["family"]])))
        given = ", ".join(filter(None, [parts["given"], parts["suffix"]]))
        if not family:
            literal = parts["literal"] or given
            return Name(literal=literal) if literal else None
        return Name(family=family, given=given or None)

    def date(self, name: str) -> tuple[int | None, str | None]:
        """The year, and the date with its month (2021-03-04, 2021-03) where it has one."""
        value = self.values.get(name)
        if isinstance(value, str | None):  # EDTF
            text = self.plain(value, name, "a date")
            return year_of(text), day_of(text)
        if not isinstance(value, dict):
            raise self.problem(f"{name} must be a date, and is {shown(value)}")
        parts = value.get("date-parts")
        if parts is not None:
            text = self.date_parts(parts, name)
            if text:
                return year_of(text), day_of(text)
        texts = [
            self.plain(value.get(kind), f"{name}: {kind}", "a string")
            for kind in ("raw", "edtf", "literal")
        ]
        day = next(filter(None, map(day_of, texts)), None)
        return year_of(*texts), day

    def date_parts(self, parts: Any, name: str) -> str | None:
        """`[[2021, 3, 4]]` or `[["2021", "03"]]` as 2021-3-4; of two dates the first."""
        first = parts[0] if isinstance(parts, list) and parts else parts
        if not isinstance(parts, list) or (parts and not isinstance(first, list)):
            raise self.problem(f"{name}: date-parts must be an array of arrays, and is not")
        texts = []
        for part in first if parts else []:
            text = self.plain(part, "date-parts", "a number")
            if text is None:  # Crossref writes [[null]] where it knows no date
                break
            texts.append(text)
        return "-".join(texts) or None


SURROGATE = re.compile("[\ud800-\udfff]")
# The variables that the schema allows to be numbers, of those that are read.
NUMBERS = frozenset(
    ("id", "volume", "issue", "page", "page-first", "number", "article-number", "date-parts")
)
NAME_PARTS = (
    "family",
    "given",
    "dropping-particle",
    "non-dropping-particle",
    "suffix",
    "literal",
)


def shown(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return "an array" if isinstance(value, list) else "an object"
    text = one_line(str(value))
    return text if len(text) <= 40 else f"{text[:40]}..."
