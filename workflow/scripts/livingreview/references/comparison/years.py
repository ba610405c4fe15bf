"""The years of a work: how they are shown, and which works have no issue whose year is another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from livingreview.references.comparison.pages import is_range
from livingreview.references.work import text_of


def is_continuous(work: Mapping[str, Any]) -> bool:
    """Whether the work is one of a volume without issues: by a number in place of pages, or by
    none in a registry's record. At the turn of a year its volume can be that of the other year.
    """
    page = text_of(work, "page") or text_of(work, "article-number")
    numbered = not is_range(page) if page else work.get("_source") == "crossref"
    dates = work.get("published-online")
    parts = dates.get("date-parts") if isinstance(dates, Mapping) else None
    day = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    month = day[1] if len(day) > 1 and isinstance(day[1], int) else 0
    in_volume = text_of(work, "volume") is not None and text_of(work, "issue") is None
    return numbered and in_volume and 2 <= month <= 11


def year_text(printed: frozenset[int], online: frozenset[int], other: frozenset[int]) -> str:
    """2022; where an issue's and an online year differ "2022 (online 2021)"."""
    main = "/".join(map(str, sorted(printed or online or other)))
    early = sorted(online - printed) if printed else []
    return f"{main} (online {'/'.join(map(str, early))})" if early else main
