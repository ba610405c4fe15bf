"""What the texts cite against the list: not listed, not cited, cited in another order."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from livingreview.references.comparison.plain import is_han
from livingreview.references.judgement.finding import Finding, finding
from livingreview.references.record import Reference
from livingreview.references.texts.citations import near_keys
from livingreview.references.wording.messages import message

MOST_ADVISED = 20  # unlisted keys for which the likest ones are looked for: it takes its time
FEWEST_STEPS = 3  # from name to name, for a list to be plainly one by authors


def citation_findings(
    references: Sequence[Reference], citations: Sequence[Mapping[str, Any]] | None
) -> list[tuple[Reference, Finding]]:
    """Entries that the texts do not cite, and the order of those that they do; `citations`: rows
    of citations.csv, None if no text was read."""
    if citations is None:
        return []
    cited = {row["key"] for row in citations if is_listed(row)}
    found = [
        (reference, finding(reference, "citation.uncited", "note", source="text"))
        for reference in references
        if reference.key not in cited
    ]
    return [*found, *order_finding(references, citations)]


def is_listed(row: Mapping[str, Any]) -> bool:
    return row.get("number") not in (None, "")


def unlisted_citations(
    references: Sequence[Reference], citations: Sequence[Mapping[str, Any]] | None
) -> list[Finding]:
    """A finding for each marker that cites what the list does not have, at its line: for each key,
    and for all numbers of a marker together."""
    keys = [reference.key for reference in references]
    advice: dict[str, list[str]] = {}
    found = []
    for document, line, marker, names in unlisted_markers(citations or ()):
        by_key = "@" in marker
        name = names[0]
        if by_key and name not in advice and len(advice) < MOST_ADVISED:
            advice[name] = near_keys(name, keys)
        near = advice.get(name, []) if by_key else []
        cited = f"@{name}" if by_key else f"[{numbers_text(names)}]"
        hint = ("。", ".")
        if near:
            hint = f"；是否为 {' 或 '.join(near)}？", f"; did you mean {' or '.join(near)}?"
        wording = "citation.unlisted"
        if not by_key and not name.isdecimal():
            wording = "citation.backwards"
        elif len(names) > 1:
            wording = "citation.unlisted-numbers"
        found.append(
            {
                "field": "citation",
                "code": "citation.unlisted",
                "severity": "error",
                "cited": cited,
                "found": " / ".join(near) or None,
                "source": "text",
                "retrieved": None,
                "message": message(
                    wording,
                    field="citation",
                    cited=cited,
                    document=document,
                    place=line,
                    count=len(keys),
                    near=hint,
                    marker=marker,
                ),
                "document": str(document),
                "line": line,
            }
        )
    return found


def unlisted_markers(
    citations: Sequence[Mapping[str, Any]],
) -> list[tuple[Any, int, str, list[str]]]:
    """Document, line, marker and what of it the list does not have: one key, all numbers together,
    or a range that runs backwards; on one line each once."""
    together: dict[tuple[Any, ...], tuple[Any, int, str, list[str]]] = {}
    for row in citations:
        if is_listed(row):
            continue
        document, line, name = row["document"], int(row["line"]), str(row["key"])
        marker = str(row.get("marker") or "@")
        place = (row.get("start"), marker) if "@" not in marker and name.isdecimal() else name
        *_, names = together.setdefault((document, line, place), (document, line, marker, []))
        if name not in names:
            names.append(name)
    return list({(one[0], one[1], tuple(one[3])): one for one in together.values()}.values())


def numbers_text(names: Sequence[str]) -> str:
    """The numbers, three and more in a row as a range; a range that runs backwards as it is.

    >>> numbers_text(["6", "7", "8", "12"]), numbers_text(["5-3"])
    ('6-8, 12', '5-3')
    """
    if not all(name.isdecimal() for name in names):
        return ", ".join(names)
    numbers = sorted(map(int, names))
    ends = [numbers[:1] * 2]
    for number in numbers[1:]:
        if number == ends[-1][1] + 1:
            ends[-1][1] = number
        else:
            ends.append([number, number])
    return ", ".join(
        f"{first}-{last}" if last > first + 1 else ", ".join(map(str, range(first, last + 1)))
        for first, last in ends
    )


def order_finding(
    references: Sequence[Reference], citations: Sequence[Mapping[str, Any]]
) -> list[tuple[Reference, Finding]]:
    """One note, at the first citation in the first language's texts that the list has later than
    one which is cited after it; none for a list by authors."""
    first = first_citations(citations)
    numbers = list(first)
    wanted = sorted(numbers)
    broken = next((pair for pair in zip(numbers, wanted, strict=True) if pair[0] != pair[1]), None)
    if broken is None or is_by_author(references):
        return []
    by_number = {reference.number: reference for reference in references}
    number, expected = broken
    reference, other = by_number.get(number), by_number.get(expected)
    if reference is None or other is None:
        return []
    row = first[number]
    told = finding(
        reference,
        "citation.order",
        "note",
        cited=f"{number} ({reference.key})",
        found=f"{expected} ({other.key})",
        source="text",
        document=str(row["document"]),
        line=int(row["line"]),
        place=int(row["line"]),
        moved=len(numbers) - longest_rise(numbers),
        all=len(numbers),
    )
    return [(reference, told)]


def first_citations(citations: Sequence[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    """The numbers cited in the first language's texts in the order of their first citation, with
    its row; those of one marker in the list's order, as a style would print them."""
    rows = [row for row in citations if is_listed(row)]
    rows = [row for row in rows if row.get("lang") == rows[0].get("lang")]
    markers: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        marker = (row.get("document"), row.get("line"), row.get("start"))
        markers.setdefault(marker, []).append(row)
    first: dict[int, Mapping[str, Any]] = {}
    for together in markers.values():
        for row in sorted(together, key=lambda row: int(row["number"])):
            first.setdefault(int(row["number"]), row)
    return first


def longest_rise(numbers: Sequence[int]) -> int:
    """How many can stay where they are: the length of the longest rising part of the sequence.

    >>> longest_rise([1, 2, 5, 3, 4])
    4
    """
    ends: list[int] = []
    for number in numbers:
        place = bisect_left(ends, number)
        ends[place : place + 1] = [number]
    return len(ends)


def is_by_author(references: Sequence[Reference]) -> bool:
    """Whether the list is plainly sorted by first authors: another style than by citation.

    Chinese names are compared by pinyin; a list may have the Chinese works apart. Names that are
    the same tell nothing, and one in twenty may stand elsewhere.
    """
    names = [name for reference in references if (name := sorting_name(reference))]
    chinese = [is_han(name[:1]) for name in names]
    apart = sum(one != other for one, other in pairwise(chinese)) == 1
    keys = [in_latin_letters(name) for name in names]
    steps = [
        (one, other)
        for place, (one, other) in enumerate(pairwise(keys))
        if one != other and not (apart and chinese[place] != chinese[place + 1])
    ]
    falls = sum(one > other for one, other in steps)
    return len(steps) >= FEWEST_STEPS and falls * 20 <= len(steps)


def sorting_name(reference: Reference) -> str | None:
    if not reference.authors:
        return None
    name = reference.authors[0]
    return name.family or name.literal


def in_latin_letters(name: str) -> str:
    if any(map(is_han, name)):
        from pypinyin import lazy_pinyin

        name = " ".join(lazy_pinyin(name))
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in plain if sign.isalpha())
