"""Values as text, the same in every language: numerals, limits, p, numbers of patients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TIED = "\u00a0"  # a space that no line is broken at
NOTHING = dict.fromkeys(("value", "unit", "ci_low", "ci_high", "ci_level", "p", "n", "where"))


def printed_value(row: Mapping[str, Any]) -> str:
    """The numeral as the review prints it; ends of a range, which two numerals print."""
    printed = (text for text in row["review"]["printed"].values() if text)
    if row["review"]["value"]:
        return next(printed, row["review"]["value"])
    return plain_value(row["review"])


def plain_value(report: Mapping[str, Any]) -> str:
    if report["value"]:
        return report["value"]
    if report["ci_low"] or report["ci_high"]:
        return interval(report)
    return "–"


def interval(report: Mapping[str, Any]) -> str:
    """Two ends; a range that is open at one end shows so: ≤7. Limits show an open end as …."""
    low, high = report["ci_low"], report["ci_high"]
    if not report["value"] and not low:
        return f"≤{high}"
    if not report["value"] and not high:
        return f"≥{low}"
    return f"{low or '…'}–{high or '…'}"


def detail_texts(report: Mapping[str, Any]) -> list[str]:
    """What stands with a value, the same in every language: limits, p, numbers of patients."""
    texts = []
    if report["value"] and (report["ci_low"] or report["ci_high"]):
        level = f"{report['ci_level']}%{TIED}" if report["ci_level"] else ""
        texts.append(f"{level}CI{TIED}{interval(report)}")
    if report["p"]:
        sign = "" if report["p"][0] in "<>=≤≥" else f"={TIED}"
        texts.append(f"p{TIED}{sign}{report['p']}")
    if report.get("events") and report["n"]:
        texts.append(f"{report['events']}/{report['n']}")
    elif report["n"]:
        texts.append(f"n{TIED}={TIED}{report['n']}")
    return texts
