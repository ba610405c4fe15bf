"""What a change of a review concerns: two reports, of before and of now, made into one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from livingreview.references.judgement.finding import Finding
from livingreview.references.judgement.overruling import cited_key
from livingreview.references.judgement.validate import summarise
from livingreview.references.record import Reference
from livingreview.references.texts.citations import KEY

Report = dict[str, Any]
Rows = Sequence[Mapping[str, Any]] | None
Sentences = Mapping[tuple[str, int, str], tuple[str, ...]]
# "12 (wang2022)": an entry put in before it moves the number, and nothing else.
NUMBERED = re.compile(r"\b\d+ \(([^()\s]+)\)")
# As texts and findings name an entry: [@wang2022], "12 (wang2022)", "year.mismatch (wang2022)".
KEY_IN_TEXT = re.compile(rf"{KEY}|(?<=\()[^\s()]+(?=\))")
PLACE_IN_LIST = frozenset({"number", "line"})


@dataclass(frozen=True)
class Side:
    """One of the two: where the texts cite what, and the former keys of entries that have another
    key now."""

    sentences: Sentences
    former: Mapping[str, str]

    def plain(self, text: str) -> str:
        """The text with former keys, and without numbers of the list."""
        if self.former:
            text = KEY_IN_TEXT.sub(self.former_name, text)
        return NUMBERED.sub(r"\1", text)

    def former_name(self, found: re.Match[str]) -> str:
        key = found["braced"] or found["plain"] or found[0]
        return found[0].replace(key, self.former.get(key, key))

    def identity(self, key: str | None, one: Finding) -> tuple[Any, ...]:
        """What makes a finding the same one: not its line, not the numbers of the list, not the
        day on which a source was asked, not what an unlisted key may stand for; for a finding in a
        text the document and the sentences of its line in which the same is cited."""
        names = ("cited",) if one["code"] == "citation.unlisted" else ("cited", "found")
        sentences: Iterable[str] = ()
        if one["document"]:
            place = one["document"], int(one["line"] or 0), key or cited_key(one)
            sentences = self.sentences.get(place, ())
        return (
            key and self.former.get(key, key),
            one["code"],
            one["field"],
            *(self.plain(one[name] or "") for name in names),
            one["document"],
            *map(self.plain, sentences),
        )


def only_changes(
    report: Report,
    before: Report,
    references: tuple[Sequence[Reference], Sequence[Reference]],
    citations: tuple[Rows, Rows],
    revision: str,
) -> Report:
    """The report of now without what stood in the one of before.

    References that are new or whose entry changed (number, line and key apart) are kept whole; the
    others only with findings that were not there, and left out if they have none. `references` and
    `citations` (rows of citations.csv): those of now and those of before. Nothing is marked in
    the two reports themselves. `lapsed`, in the summary: keys of those that were checked before
    and are unchecked now.
    """
    now, then = references
    former = former_keys(now, then)
    printed = {reference.key: content(reference) for reference in then}
    changed = {one.key for one in now if printed.get(former.get(one.key, one.key)) != content(one)}
    side, old = Side(sentences_of(citations[0]), former), Side(sentences_of(citations[1]), {})
    known = Counter(old.identity(key, one) for key, one in keyed_findings(before))
    entries = []
    for entry in report["references"]:
        new = new_findings(entry["key"], entry["findings"], known, side)
        if entry["key"] in changed:
            entries.append(entry)
        elif new:
            entries.append({**entry, "findings": new, "waived": []})
    general = new_findings(None, report["findings"], known, side)
    kept = {"references": entries, "findings": general, "waived": []}
    changed_since = {
        "revision": revision,
        "left_out": len(report["references"]) - len(entries),
        "lapsed": lapsed(report, before, former),
    }
    return {"summary": summarise(kept) | {"changed_since": changed_since}, **kept}


def content(reference: Reference) -> dict[str, Any]:
    """All that the entry says, wherever it stands and whatever its key."""
    left_out = PLACE_IN_LIST | {"key"}
    return {name: value for name, value in reference.to_json().items() if name not in left_out}


def former_keys(now: Sequence[Reference], then: Sequence[Reference]) -> dict[str, str]:
    """By key: the one that the entry had then, where nothing but its key has changed."""
    keys, old_keys = {one.key for one in now}, {one.key for one in then}
    free: dict[str, list[str]] = {}
    for one in then:
        if one.key not in keys:
            free.setdefault(repr(content(one)), []).append(one.key)
    found = {}
    for one in now:
        if one.key not in old_keys and (old := free.get(repr(content(one)))):
            found[one.key] = old.pop(0)
    return found


def lapsed(report: Report, before: Report, former: Mapping[str, str]) -> list[str]:
    """The keys of references that were checked before and are unchecked now: answers that the
    lock had are gone, or the entry is another one."""
    verdicts = {entry["key"]: entry["verdict"] for entry in before["references"]}
    return [
        entry["key"]
        for entry in report["references"]
        if entry["verdict"] == "unchecked"
        and verdicts.get(former.get(entry["key"], entry["key"]), "unchecked") != "unchecked"
    ]


def new_findings(
    key: str | None, findings: Iterable[Finding], known: Counter[tuple[Any, ...]], side: Side
) -> list[Finding]:
    """The findings that are not among the known ones; each known one stands for one of now."""
    new = []
    for one in findings:
        name = side.identity(key, one)
        if known[name]:
            known[name] -= 1
        else:
            new.append(one)
    return new


def keyed_findings(report: Report) -> list[tuple[str | None, Finding]]:
    own = [(entry["key"], one) for entry in report["references"] for one in entry["findings"]]
    return own + [(None, one) for one in report["findings"]]


def sentences_of(rows: Rows) -> dict[tuple[str, int, str], tuple[str, ...]]:
    """By document, line and cited key: the sentences with their markers."""
    found: dict[tuple[str, int, str], tuple[str, ...]] = {}
    for row in rows or ():
        name = (str(row["document"]), int(row["line"]), str(row["key"]))
        found[name] = (*found.get(name, ()), f"{row['sentence']} {row['marker']}")
    return found
