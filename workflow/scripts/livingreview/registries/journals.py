"""The bridge from the Chinese name of a journal to the one by which PubMed knows it.

PubMed, and Europe PMC with it, lists Chinese journals under their pinyin names and holds the
titles of their articles in English: an article is found there by journal, volume and page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livingreview.errors import InputError
from livingreview.yaml_file import Place, load_yaml

# Beside the scripts, in the repository that this package stands in.
JOURNALS = Path(__file__).parents[3] / "resources" / "journals.yaml"
KEYS = ("name", "nlm", "issn", "spellings")


@dataclass(frozen=True)
class Journal:
    """`name` in Chinese, `nlm` the title abbreviation of the National Library of Medicine."""

    name: str
    nlm: str
    issn: tuple[str, ...]
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Journals:
    """The journals by each of their names, reduced to letters and digits."""

    by_name: Mapping[str, Journal]

    def find(self, name: str | None) -> Journal | None:
        """The journal of that name, however its brackets, blanks and widths are printed."""
        return self.by_name.get(name_key(name)) if name else None


def name_key(name: str) -> str:
    """
    >>> name_key("中南大学学报（医学版）") == name_key("中南大学学报 医学版")
    True
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name).casefold()))


def read_journals(path: str | Path = JOURNALS) -> Journals:
    """The journals of the file; InputError names the line of what is wrong in it."""
    value, lines = load_yaml(path)
    entries = value.get("journals") if isinstance(value, dict) else None
    if not isinstance(entries, list) or value.get("version") != 1:
        raise InputError("needs `version: 1` and a list `journals`", path=path)
    by_name: dict[str, Journal] = {}
    for position, entry in enumerate(entries):
        place: Place = ("journals", position)
        journal = read_entry(entry, place, lines, path)
        for name in (journal.name, journal.nlm, *journal.spellings):
            if by_name.setdefault(name_key(name), journal) is not journal:
                raise InputError(
                    f"{name!r} names two journals", path=path, line=lines.get(place), key="journals"
                )
    return Journals(by_name)


def read_entry(entry: Any, place: Place, lines: Mapping[Place, int], path: str | Path) -> Journal:
    def wrong(problem: str, key: str) -> InputError:
        line = lines.get((*place, key), lines.get(place))
        return InputError(problem, path=path, line=line, key=key)

    if not isinstance(entry, dict):
        raise InputError("a journal is a set of keys", path=path, line=lines.get(place))
    for key in entry:
        if key not in KEYS:
            raise wrong(f"no such key; known are {', '.join(KEYS)}", str(key))
    for key in ("name", "nlm"):
        if not isinstance(entry.get(key), str) or not name_key(entry[key]):
            raise wrong("a name is needed", key)
    for key in ("issn", "spellings"):
        values = entry.get(key, [])
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            raise wrong("a list of texts is needed; put numbers in quotation marks", key)
        if not all(map(name_key, values)):
            raise wrong("an empty text", key)
    for issn in entry.get("issn", []):
        if not is_issn(issn):
            raise wrong(f"{issn!r} is no ISSN: its check digit does not fit", "issn")
    if not entry.get("issn"):
        raise wrong("an ISSN is needed", "issn")
    return Journal(
        entry["name"], entry["nlm"], tuple(entry["issn"]), tuple(entry.get("spellings", []))
    )


def is_issn(text: str) -> bool:
    """Form and check digit (ISO 3297).

    >>> is_issn("1009-3419"), is_issn("1009-3418")
    (True, False)
    """
    if not re.fullmatch(r"[0-9]{4}-[0-9]{3}[0-9X]", text):
        return False
    digits = [10 if sign == "X" else int(sign) for sign in text.replace("-", "")]
    return (
        sum(weight * digit for weight, digit in zip(range(8, 0, -1), digits, strict=True)) % 11 == 0
    )
