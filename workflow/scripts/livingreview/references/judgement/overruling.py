"""Findings that a waiver overrules, and what is to be said of the waivers themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from livingreview.references.judgement.finding import Finding
from livingreview.references.judgement.waivers import Waiver
from livingreview.references.wording.catalogue import CHECKS
from livingreview.references.wording.messages import message

NOTICE_DAYS = 30  # so long before a waiver ends a note says so
SEVERITY_OF = {"waiver.expired": "error", "waiver.unmatched": "warning", "waiver.ends-soon": "note"}


def apply_waivers(
    key: str,
    line: int | None,
    findings: Sequence[Finding],
    waivers: Sequence[Waiver],
    today: str | None,
) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """The findings that stand, those waived (each with its `waiver`), those about waivers.

    `key` is the reference's and `line` that of its entry, for waivers of which no file is known.
    """
    own = [waiver for waiver in waivers if waiver.key == key]
    valid = {waiver.code: waiver for waiver in own if not is_over(waiver, today)}
    standing = [one for one in findings if one["code"] not in valid]
    waived = []
    for one in findings:
        waiver = valid.get(one["code"])
        if waiver is not None:
            note = {"reason": waiver.reason, "by": waiver.by, "until": waiver.until}
            waived.append({**one, "waiver": note})
    used = {one["code"] for one in waived}
    about = []
    for waiver in own:
        if is_over(waiver, today):
            about.append(waiver_finding("waiver.expired", waiver, today, line))
        elif waiver.code not in used and waiver.code not in CHECKS:
            about.append(waiver_finding("waiver.unmatched", waiver, today, line))
        elif ends_soon(waiver, today):
            about.append(waiver_finding("waiver.ends-soon", waiver, today, line))
    return standing, waived, about


def waive_unlisted(
    findings: Sequence[Finding], waivers: Sequence[Waiver], today: str | None
) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """The same for citations of what the list does not have, whose key is what is cited."""
    by_key: dict[str, list[Finding]] = {}
    for one in findings:
        by_key.setdefault(cited_key(one), []).append(one)
    told: tuple[list[Finding], list[Finding], list[Finding]] = ([], [], [])
    for key, own in by_key.items():
        for whole, part in zip(told, apply_waivers(key, None, own, waivers, today), strict=True):
            whole.extend(part)
    return told


def cited_key(one: Finding) -> str:
    """`wang2022` for @wang2022, `65` for [65]."""
    return (one["cited"] or "").lstrip("@").strip("[]")


def about_strays(waivers: Sequence[Waiver], keys: set[str], today: str | None) -> list[Finding]:
    """What is said of waivers whose key nothing has: each is over, or matches nothing."""
    return [
        waiver_finding(
            "waiver.expired" if is_over(waiver, today) else "waiver.unmatched", waiver, today
        )
        for waiver in waivers
        if waiver.key not in keys
    ]


def waived_anew(report: Mapping[str, Any], waivers: Sequence[Waiver], today: str) -> dict[str, Any]:
    """The report's findings with the waivers as they are on another day; verdicts and counts stay
    as they were. Findings about waivers have their usual severities."""
    entries = []
    for entry in report["references"]:
        standing, waived, about = apply_waivers(
            entry["key"], entry["line"], bare(entry), waivers, today
        )
        kept = {"findings": standing + about, "waived": waived}
        entries.append(entry | kept)
    unlisted = bare(report)
    keys = {entry["key"] for entry in entries} | set(map(cited_key, unlisted))
    standing, waived, about = waive_unlisted(unlisted, waivers, today)
    about += about_strays(waivers, keys, today)
    kept = {"findings": standing + about, "waived": waived}
    return {**report, "references": entries, **kept}


def bare(judged: Mapping[str, Any]) -> list[Finding]:
    """All findings, waived or not, but for those about waivers."""
    return [
        {name: value for name, value in one.items() if name != "waiver"}
        for one in [*judged["findings"], *judged["waived"]]
        if one["code"] not in SEVERITY_OF
    ]


def is_over(waiver: Waiver, today: str | None) -> bool:
    return today is not None and waiver.until < today


def ends_soon(waiver: Waiver, today: str | None) -> bool:
    if today is None:
        return False
    last = date.fromisoformat(today) + timedelta(days=NOTICE_DAYS)
    return waiver.until <= last.isoformat()


def waiver_finding(
    code: str, waiver: Waiver, today: str | None, line: int | None = None
) -> Finding:
    """A finding about a waiver, at its line of the file of waivers."""
    cited = f"{waiver.code} ({waiver.key})"
    found = None if code == "waiver.unmatched" else waiver.until
    values = {"cited": cited, "found": found or "", "reason": waiver.reason, "by": waiver.by}
    return {
        "field": waiver.code.split(".")[0],
        "code": code,
        "severity": SEVERITY_OF[code],
        "cited": cited,
        "found": found,
        "source": "waivers",
        "retrieved": today if found else None,
        "message": message(code, **values),
        "document": waiver.document,
        "line": waiver.line if waiver.document else line,
    }
