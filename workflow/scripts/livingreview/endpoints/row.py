"""The row: one reported value with its exact place in the text."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Row:
    """One value. Offsets count characters; `text[start:end] == quote`, and the number itself
    stands at `value_start`..`value_end` of the same text (not-reached rows: its words).

    `references` are citation keys (or numbers where the text cites by number).
    `trial`, `population`, `line` are vocabulary ids; `arm` and `comparator` the passage's words.
    `endpoint`: PFS, OS, ORR, ..., `AE:<vocabulary id or words>`, `RATE:<name>`.
    `grade`: any, >=3, 3-4 or None.
    `statistic`: median, rate, hazard_ratio, difference, range, count.
    `unit`: months, weeks, days, years, %, ratio, patients. `p` is text ("<0.001").
    """

    document: str
    lang: str
    start: int
    end: int
    quote: str
    value_start: int
    value_end: int
    references: tuple[str, ...]
    endpoint: str
    statistic: str
    trial: str | None = None
    population: str | None = None
    line: str | None = None
    arm: str | None = None
    comparator: str | None = None
    grade: str | None = None
    timepoint: float | None = None
    timepoint_unit: str | None = None
    value: float | None = None
    unit: str | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    ci_level: float | None = None
    p: str | None = None
    n: int | None = None
    events: int | None = None
    not_reached: bool = False

    def to_json(self) -> dict[str, Any]:
        record = {name: getattr(self, name) for name in COLUMNS}
        record["references"] = list(self.references)
        return record


# The order of the published contract, not that of the fields above (defaults come last there).
COLUMNS = (
    "document", "lang", "start", "end", "quote", "value_start", "value_end", "references",
    "trial", "population", "line", "arm", "comparator", "endpoint", "grade", "statistic",
    "timepoint", "timepoint_unit", "value", "unit", "ci_low", "ci_high", "ci_level", "p", "n",
    "events", "not_reached",
)  # fmt: skip
LEFT_ASIDE_COLUMNS = (
    "document", "lang", "start", "end", "quote", "value_start", "value_end", "number", "reason",
)  # fmt: skip
INTEGERS = ("start", "end", "value_start", "value_end", "n", "events")
NUMBERS = ("timepoint", "value", "ci_low", "ci_high", "ci_level")

assert set(COLUMNS) == {field.name for field in fields(Row)}


def row_from_csv(cells: dict[str, str]) -> Row:
    """A Row from the text cells of a CSV file written with COLUMNS."""
    values: dict[str, Any] = {name: cell or None for name, cell in cells.items()}
    for name in INTEGERS:
        values[name] = int(values[name]) if values[name] else None
    for name in NUMBERS:
        values[name] = float(values[name]) if values[name] else None
    values["references"] = tuple(filter(None, cells["references"].split(";")))
    values["not_reached"] = cells["not_reached"] == "true"
    values["quote"] = cells["quote"]
    return Row(**values)
