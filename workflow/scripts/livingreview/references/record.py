"""The record of one printed reference, as it passes from rule to rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Name:
    """A person (family, given: initials or names as printed) or a group (literal only)."""

    family: str | None = None
    given: str | None = None
    literal: str | None = None


@dataclass(frozen=True)
class Reference:
    """One reference as printed. Text fields are plain Unicode (TeX decoded), None if absent.

    `number` is the position in the list, from 1; `line` the line of the entry in the file.
    `authors_complete` is False where the list ends in *et al.*, 等 or `and others`.
    `page` is as printed ("366-371"), `article_number` what stands in `eid`.
    `doi` is in lower case without resolver or `doi:`; `doi_printed` is the field untouched.
    `registration` is a trial registration number (NCT..., ChiCTR...).
    """

    key: str
    number: int
    type: str = "article"
    line: int | None = None
    language: str | None = None
    title: str | None = None
    authors: tuple[Name, ...] = ()
    authors_complete: bool = True
    container_title: str | None = None
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    article_number: str | None = None
    doi: str | None = None
    doi_printed: str | None = None
    url: str | None = None
    registration: str | None = None
    note: str | None = None

    def to_json(self) -> dict[str, Any]:
        # Not asdict(), which copies every text of a long list.
        return {**vars(self), "authors": [dict(vars(name)) for name in self.authors]}

    @staticmethod
    def from_json(record: dict[str, Any]) -> Reference:
        fields = dict(record)
        fields["authors"] = tuple(Name(**name) for name in record["authors"])
        return Reference(**fields)
