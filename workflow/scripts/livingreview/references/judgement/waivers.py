"""Judgements overruled in writing: config/waivers.yaml.

waivers:
  - key: cheng2021anlotinib-b
    code: year.online-first
    reason: the journal's house style cites the online year
    by: the editor
    until: 2027-06-30
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from livingreview.errors import InputError
from livingreview.references.judgement.policy import near
from livingreview.references.wording.catalogue import CODES
from livingreview.yaml_file import Place, as_read, load_yaml

FIELDS = ("key", "code", "reason", "by", "until")
# A waiver that is over or matches nothing is not waived by another one.
WAIVABLE = tuple(code for code in CODES if not code.startswith("waiver."))


@dataclass(frozen=True)
class Waiver:
    """Findings of `code` about the reference `key` do not count until the day `until` is over.

    It stands at `line` of the file `document`.
    """

    key: str
    code: str
    reason: str
    by: str
    until: str
    line: int | None = None
    document: str | None = None


def read_waivers(path: str | Path) -> list[Waiver]:
    """The waivers in the file's order; InputError, with the line, for anything amiss in one."""
    value, lines = load_yaml(path)
    if value is None:
        return []
    if not isinstance(value, dict) or set(value) - {"waivers"}:
        raise InputError("one key is known here: `waivers`, a list", path=path, line=1)
    entries = value.get("waivers")
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise InputError("`waivers` is not a list", path=path, line=lines.get(("waivers",)))
    waivers = [_waiver(entry, place, lines, path) for place, entry in enumerate(entries)]
    seen: dict[tuple[str, str], int | None] = {}
    for waiver in waivers:
        pair = (waiver.key, waiver.code)
        if pair in seen:
            raise InputError(
                f"{waiver.code} of {waiver.key} is waived twice (first on line {seen[pair]})",
                path=path,
                line=waiver.line,
            )
        seen[pair] = waiver.line
    return waivers


def _waiver(entry: Any, position: int, lines: Mapping[Place, int], path: str | Path) -> Waiver:
    line = lines.get(("waivers", position))

    def wrong(problem: str, name: str | None = None) -> InputError:
        place = lines.get(("waivers", position, name), line) if name else line
        return InputError(problem, path=path, line=place)

    if not isinstance(entry, dict):
        raise wrong(f"a waiver has the fields {', '.join(FIELDS)}")
    for name in entry:
        if name not in FIELDS:
            raise wrong(f"{name!r} is no field of a waiver ({', '.join(FIELDS)})", name)
    for name in FIELDS:
        value = entry.get(name)
        # YAML reads 2027-06-30 as a date.
        if name == "until" and type(value) is date:
            continue
        if value is not None and not isinstance(value, str):
            raise wrong(f"{name} is read as {as_read(value)}; {remedy(name, value)}", name)
        if value is None or not value.strip():
            raise wrong(f"the waiver has no {name}; every waiver says {', '.join(FIELDS)}", name)
    if entry["code"] not in WAIVABLE:
        hint = near(entry["code"], WAIVABLE)
        raise wrong(f"{entry['code']!r} is no code of a finding or check{hint}", "code")
    until = str(entry["until"])
    try:
        day = date.fromisoformat(until)
    except ValueError:
        day = None
    if day is None or day.isoformat() != until:
        raise wrong(f"until {until!r} is not a day like 2027-06-30", "until")
    return Waiver(
        key=entry["key"].strip(),
        code=entry["code"],
        reason=" ".join(entry["reason"].split()),
        by=" ".join(entry["by"].split()),
        until=until,
        line=line,
        document=str(path),
    )


def remedy(name: str, value: Any) -> str:
    if name == "until":
        return "write a day like 2027-06-30"
    return "a text is wanted" if isinstance(value, list | dict) else "put it in quotes"
