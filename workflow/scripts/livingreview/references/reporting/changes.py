"""What a change of a review concerns: two reports, of before and of now, made into one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from livingreview.references.judgement.finding import Finding
from livingreview.references.judgement.overruling import cited_key
from livingreview.references.judgement.validate import summarise
from livingreview.references.record import Reference

Report = dict[str, Any]
Rows = Sequence[Mapping[str, Any]] | None
# "12 (wang2022)": an entry put in before it moves the number, and nothing else.
NUMBERED = re.compile(r"\b\d+ \(([^()\s]+)\)")
PLACE_IN_LIST = frozenset({"number", "line"})


def only_changes(
    report: Report,
    before: Report,
    references: tuple[Sequence[Reference], Sequence[Reference]],
    citations: tuple[Rows, Rows],
    revision: str,
) -> Report:
    """The report of now without what stood in the one of before.

    References that are new or whose entry changed (number and line apart) are kept whole; the
    others only with findings that were not there, and left out if they have none. `references` and
    `citations` (rows of citations.csv): those of now and those of before. Nothing is marked in
    the two reports themselves.
    """
    now, then = references
    printed = {reference.key: content(reference) for reference in then}
    changed = {one.key for one in now if printed.get(one.key) != content(one)}
    sentences, old_sentences = map(sentences_of, citations)
    known = Counter(identity(key, one, old_sentences) for key, one in keyed_findings(before))
    entries = []
    for entry in report["references"]:
        new = new_findings(entry["key"], entry["findings"], known, sentences)
        if entry["key"] in changed:
            entries.append(entry)
        elif new:
            entries.append({**entry, "findings": new, "waived": []})
    general = new_findings(None, report["findings"], known, sentences)
    kept = {"references": entries, "findings": general, "waived": []}
    left_out = len(report["references"]) - len(entries)
    changed_since = {"revision": revision, "left_out": left_out}
    return {"summary": summarise(kept) | {"changed_since": changed_since}, **kept}


def content(reference: Reference) -> dict[str, Any]:
    """All that the entry says, wherever it stands."""
    return {name: value for name, value in reference.to_json().items() if name not in PLACE_IN_LIST}


def new_findings(
    key: str | None,
    findings: Iterable[Finding],
    known: Counter[tuple[Any, ...]],
    sentences: Mapping[tuple[str, int], tuple[str, ...]],
) -> list[Finding]:
    """The findings that are not among the known ones; each known one stands for one of now."""
    new = []
    for one in findings:
        name = identity(key, one, sentences)
        if known[name]:
            known[name] -= 1
        else:
            new.append(one)
    return new


def keyed_findings(report: Report) -> list[tuple[str | None, Finding]]:
    own = [(entry["key"], one) for entry in report["references"] for one in entry["findings"]]
    return own + [(None, one) for one in report["findings"]]


def identity(
    key: str | None, one: Finding, sentences: Mapping[tuple[str, int], tuple[str, ...]]
) -> tuple[Any, ...]:
    """What makes a finding the same one: not its line, not the numbers of the list, not the day
    on which a source was asked; for a finding in a text the document and the sentences of its
    line in which the same is cited."""
    shown = [NUMBERED.sub(r"\1", one[name] or "") for name in ("cited", "found")]
    place = (one["document"], int(one["line"] or 0)) if one["document"] else None
    return (
        key,
        one["code"],
        one["field"],
        *shown,
        one["document"] and sentences.get((*place, key or cited_key(one)), ()),
    )


def sentences_of(rows: Rows) -> dict[tuple[str, int, str], tuple[str, ...]]:
    """By document, line and cited key: the sentences with their markers."""
    found: dict[tuple[str, int, str], tuple[str, ...]] = {}
    for row in rows or ():
        name = (str(row["document"]), int(row["line"]), str(row["key"]))
        found[name] = (*found.get(name, ()), f"{row['sentence']} {row['marker']}")
    return found
