"""What the comparison of one field came to, and what all of them say about the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from livingreview.references.comparison.plain import same_script
from livingreview.references.comparison.titles import FAR

AUTHOR_CODES = {
    "mismatch": "author.mismatch",
    "order": "author.order",
    "missing": "author.missing",
    "extra": "author.extra",
    "given": "author.given-mismatch",
}
ERRORS_OF_AUTHORS = frozenset(AUTHOR_CODES.values())


@dataclass(frozen=True)
class Comparison:
    """One field of a reference against one authority.

    `state`: agrees, differs or not-comparable. `cited` and `found` are the strings compared, None
    where there is none. `code` and `severity` name the finding, if the comparison makes one; an
    agreement can carry a note. `likeness` is there for titles that differ.
    """

    field: str
    state: str
    cited: str | None = None
    found: str | None = None
    code: str | None = None
    severity: str | None = None
    likeness: float | None = None
    authority: Mapping[str, Any] | None = None


def differs(code: str, found: str, severity: str = "error") -> Comparison:
    return Comparison("", "differs", found=found, code=code, severity=severity)


def agrees(found: str, code: str | None = None) -> Comparison:
    return Comparison("", "agrees", found=found, code=code, severity="note" if code else None)


def not_comparable(found: str | None = None, code: str | None = None) -> Comparison:
    return Comparison(
        "", "not-comparable", found=found, code=code, severity="note" if code else None
    )


def is_another_work(comparisons: Sequence[Comparison]) -> bool:
    """Whether the fields say that the record is about another work than the printed one.

    Either the titles have little in common (FAR), and so have the authors, or of the other fields
    no more agree than differ; or titles and first pages differ, as of two papers of one group in
    one volume (the titles by more than a slip, or no more agrees than differs beside it), or
    titles, people and journals; or the titles agree, and three other fields differ while none
    agrees (two, where the titles are in two scripts).
    """
    by_field = {comparison.field: comparison for comparison in comparisons}
    others = [
        by_field[name]
        for name in ("author", "container-title", "year", "volume", "page")
        if name in by_field
    ]
    differing = sum(other.state == "differs" for other in others)
    agreeing = sum(other.state == "agrees" for other in others)
    title = by_field.get("title")
    if title is not None and title.state == "differs":
        slip = title.severity == "warning" and agreeing > differing
        if by_field["page"].code == "page.mismatch" and not slip:
            return True
        score = title.likeness or 0.0
        author = by_field["author"].code if "author" in by_field else None
        if author == "author.mismatch" and title.severity == "error":
            journal = by_field.get("container-title")
            if journal is not None and journal.severity == "error":
                return True
        # Of two papers of one group in one volume, titles that share nothing tell.
        other_people = author == "author.mismatch" or (author in ERRORS_OF_AUTHORS and score < 0.45)
        return score < FAR and (other_people or differing >= agreeing)
    # Across two scripts neither titles nor names can speak for the work.
    enough = 2 if title is not None and is_across_scripts(title) else 3
    return differing >= enough and agreeing == 0


def is_across_scripts(title: Comparison) -> bool:
    return bool(title.cited and title.found) and not same_script(title.cited, title.found)
