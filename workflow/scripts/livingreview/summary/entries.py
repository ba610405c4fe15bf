"""Entries of the reference list, with the values that the review prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def entry_text(reference: Mapping[str, Any]) -> str:
    """One line: authors, title, where it stands; the same order for both languages."""
    year = str(reference["year"] or "")
    issue = f"({reference['issue']})" if reference["issue"] else ""
    volume = f"{reference['volume'] or ''}{issue}"
    pages = reference["page"] or reference["article_number"] or ""
    numbers = ": ".join(part for part in (volume, pages) if part)
    where = ", ".join(part for part in (reference["container_title"], year, numbers) if part)
    parts = [authors(reference), reference["title"], where]
    parts += [reference["note"] or "", reference["registration"] or ""]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def authors(reference: Mapping[str, Any]) -> str:
    chinese = is_chinese(reference)
    names = ", ".join(reference["authors"])
    if reference["authors_complete"] or not names:
        return names
    return f"{names}, 等" if chinese else f"{names}, et al"


def is_chinese(reference: Mapping[str, Any]) -> bool:
    return str(reference["language"] or "").lower().startswith(("zh", "chin"))
