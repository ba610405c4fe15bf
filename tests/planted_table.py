"""Plant, check and count: the table of the planted faults.

Every kind is one list, which goes the way that `check` goes: BibTeX text and lock lines in, the
report out. `table` is what `make bench` prints and the documentation holds.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from livingreview.references.judgement.validate import build_report
from livingreview.references.reading.bibtex import read_bibtex
from livingreview.references.resolution.resolve import resolve_references
from livingreview.references.wording.catalogue import CODES
from planted_changes import FORM_CHANGES
from planted_faults import FIELD_FAULTS, Kind
from planted_forms import LIST_CHANGES, LIST_FAULTS
from planted_names import NAME_CHANGES
from planted_printing import Entry, bibtex, printed, search_lines
from planted_standing import WORK_FAULTS
from planted_works import Work, works_of

SEED = 20261122
FAULTS = [*FIELD_FAULTS, *LIST_FAULTS, *WORK_FAULTS]
HARMLESS = [*FORM_CHANGES, *LIST_CHANGES, *NAME_CHANGES]
KINDS = [*FAULTS, *HARMLESS]
MOST = 40  # entries of one kind
GRAVE = ("error", "warning")


@dataclass
class Outcome:
    """The entries of one kind, each with its findings."""

    kind: Kind
    checked: list[tuple[Entry, Mapping[str, Any]]] = field(default_factory=list)

    def having(self, *severities: str) -> int:
        return sum(
            any(one["severity"] in severities for one in reference["findings"])
            for _, reference in self.checked
        )

    @property
    def found(self) -> int:
        """A finding at all: an error or a warning, for a missing DOI its note."""
        return self.having(*GRAVE, *(("note",) if self.kind.codes == ("doi.missing",) else ()))

    @property
    def is_grave(self) -> bool:
        """Whether the catalogue has an error for the fault."""
        return any("error" in CODES[code].severities for code in self.kind.codes)

    @property
    def named(self) -> int:
        """A finding under one of the fault's own codes."""
        return sum(
            any(one["code"] in self.kind.codes for one in reference["findings"])
            for _, reference in self.checked
        )

    @property
    def beside(self) -> int:
        """An error or a warning about something that is not wrong; a DOI can be there twice."""
        return sum(
            any(
                one["severity"] in GRAVE
                and one["code"] not in (*self.kind.codes, "duplicate.doi", "duplicate.work")
                for one in reference["findings"]
            )
            for _, reference in self.checked
        )


def planted(kind: Kind, works: Sequence[Work], seed: int, most: int) -> list[Entry]:
    """The entries of one kind, of works in an order that the seed decides."""
    dice = random.Random(f"{seed} {kind.name}")
    entries: list[Entry] = []
    for work in dice.sample(works, len(works)):
        entry = kind.plant(dice, work, printed(dice, work), works)
        entries += [entry] if entry is not None else []
        if len(entries) == most:
            break
    return entries


def check(kind: Kind, entries: Sequence[Entry], folder: Path) -> Outcome:
    path = folder / "list.bib"
    keys = [entry.work.key for entry in entries]
    path.write_text(
        "\n".join(bibtex(key, one.fields) for key, one in zip(keys, entries, strict=True)), "utf-8"
    )
    references = read_bibtex(path)
    lines = [line for entry in entries for line in entry.lines]
    for reference, entry in zip(references, entries, strict=True):
        lines += search_lines(reference, entry)
    report = build_report(resolve_references(references, lines), None, [], today="2026-11-22")
    return Outcome(kind, list(zip(entries, report["references"], strict=True)))


def check_all(seed: int, recorded: Path | None = None, most: int = MOST) -> list[Outcome]:
    works = works_of(seed, recorded)
    with tempfile.TemporaryDirectory() as folder:
        return [check(kind, planted(kind, works, seed, most), Path(folder)) for kind in KINDS]


def table(outcomes: Sequence[Outcome]) -> str:
    """Two tables in Markdown: faults, and what is no fault."""
    faults = [one for one in outcomes if one.kind.codes]
    harmless = [one for one in outcomes if not one.kind.codes]
    lines = ["| Fault | entries | found | as an error | named by its field | accused beside it |"]
    lines += ["|---|---:|---:|---:|---:|---:|"]
    for one in faults:
        count = len(one.checked)
        errors = percent(one.having("error"), count) if one.is_grave else "–"
        shares = f"{percent(one.found, count)} | {errors} | {percent(one.named, count)}"
        lines.append(f"| {name(one.kind)} | {count} | {shares} | {one.beside} |")
    lines += ["", "| No fault | entries | false errors | false warnings | notes |"]
    lines += ["|---|---:|---:|---:|---:|"]
    for one in harmless:
        counts = " | ".join(str(one.having(severity)) for severity in (*GRAVE, "note"))
        lines.append(f"| {name(one.kind)} | {len(one.checked)} | {counts} |")
    return "\n".join(lines) + "\n"


def name(kind: Kind) -> str:
    return f"{kind.name} (hard)" if kind.hard else kind.name


def percent(number: int, count: int) -> str:
    return f"{100 * number / count:.1f} %" if count else "–"


if __name__ == "__main__":
    print(table(check_all(SEED)))
