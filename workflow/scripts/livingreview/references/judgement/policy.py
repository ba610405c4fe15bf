"""What fails, and how grave a finding is: the words of `fail_on` and `severities`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from livingreview.errors import InputError
from livingreview.references.judgement.finding import Finding
from livingreview.references.wording.catalogue import CODES, SEVERITIES


def words_of(value: str | Sequence[str]) -> list[str]:
    """The words of `fail_on`: a list, or a text with commas between."""
    words = value.split(",") if isinstance(value, str) else list(value)
    return [word.strip() for word in words if word.strip()]


def failing(
    value: str | Sequence[str],
    path: str | Path | None = None,
    line: int | None = None,
    key: str | None = None,
) -> set[str]:
    """The severities and codes that fail: a severity stands for those above it too.

    InputError, with the place where the words stand, for a word that is neither.
    """
    words = words_of(value)
    wanted: set[str] = set()
    for word in words:
        if word in SEVERITIES:
            wanted.update(SEVERITIES[: SEVERITIES.index(word) + 1])
        elif word in CODES:
            wanted.add(word)
        else:
            raise InputError(
                f"{word!r} is no severity ({', '.join(SEVERITIES)}) and no code of a finding or"
                f" check{near(word, [*SEVERITIES, *CODES])}",
                path=path,
                line=line,
                key=key,
            )
    if not words:
        raise InputError(
            f"names nothing: give a severity ({', '.join(SEVERITIES)}) or codes",
            path=path,
            line=line,
            key=key,
        )
    return wanted


def near(word: str, known: Iterable[str]) -> str:
    """`; did you mean year.mismatch?`, or nothing if no known word looks like it."""
    close = difflib.get_close_matches(word[:100], list(known), n=3, cutoff=0.8)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def does_fail(one: Mapping[str, Any], wanted: set[str]) -> bool:
    return bool(wanted & {one["severity"], one["code"]})


def fails(report: Mapping[str, Any], wanted: set[str]) -> bool:
    """Whether a finding of the report that counts has a failing severity or code."""
    findings = list(report["findings"])
    for entry in report["references"]:
        findings += entry["findings"]
    return any(does_fail(one, wanted) for one in findings)


def severity_of(one: Mapping[str, Any], severities: Mapping[str, str]) -> str:
    """The severity of a finding or of a line of checks, as the configuration has it."""
    return severities.get(one["code"], one["severity"])


def graded(findings: Iterable[Finding], severities: Mapping[str, str]) -> list[Finding]:
    """The findings with their severities here. The usual one stays beside another: corrections are
    proposed by what was seen, and not by policy."""
    return [
        one
        if severity_of(one, severities) == one["severity"]
        else {**one, "severity": severity_of(one, severities), "usual_severity": one["severity"]}
        for one in findings
    ]
