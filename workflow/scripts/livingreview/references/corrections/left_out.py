"""The errors for which the patch proposes no change, one line each, with the reason where one is
known: what a patch leaves out must not look mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from livingreview.references.comparison.authors import MOST_NAMES
from livingreview.references.comparison.outcomes import ERRORS_OF_AUTHORS
from livingreview.references.corrections.bibliography import (
    Correction,
    answer_with,
    change_for,
    obstacle,
    propose_corrections,
)
from livingreview.references.reading.bibtex_blocks import raw_entries, split_blocks
from livingreview.references.record import Reference
from livingreview.references.wording.messages import one_printable_line, shortened
from livingreview.references.work import author_list_complete, work_authors, work_years

ANY_REASON = "for the author to decide"
OTHER_ITEM = ("wrong-work", "unknown-doi")


def left_out_lines(
    resolved: Sequence[Mapping[str, Any]],
    report: Mapping[str, Any],
    corrections: Sequence[Correction],
    text: str,
) -> list[str]:
    """One line for each error about a reference that no correction mends, in the list's order."""
    mended = {(one.key, code) for one in corrections for code in one.codes}
    rest = [
        (entry, one)
        for entry in report["references"]
        for one in entry["findings"]
        if is_error(one) and (entry["key"], one["code"]) not in mended
    ]
    if not rest:
        return []
    # What could be changed, if the entry's own way of writing it did not stand against it.
    entries = {entry.key: entry for entry in raw_entries(text, split_blocks(text, None))}
    obstacles = {
        (one.key, code): obstacle(entries[one.key], one)
        for one in propose_corrections(resolved, report)
        for code in one.codes
    }
    lines = {line["key"]: line for line in resolved}
    return [
        not_proposed(entry, one, reason(entry, one, lines[entry["key"]], obstacles))
        for entry, one in rest
    ]


def remarks_on(
    resolved: Sequence[Mapping[str, Any]],
    report: Mapping[str, Any],
    corrections: Sequence[Correction],
    text: str,
) -> list[str]:
    """What the head of the patch says besides its corrections: errors that it leaves as they are,
    and what nobody spoke for."""
    told = report["summary"]["unchecked"]
    lines = left_out_lines(resolved, report, corrections, text)
    return lines + ([one_printable_line(told["message"]["en"])] if told else [])


def is_error(one: Mapping[str, Any]) -> bool:
    """Whether it is an error of the entry by itself, or by the configuration; what stands in
    another file is none of the bibliography's."""
    return not one["document"] and "error" in (one["severity"], one.get("usual_severity"))


def not_proposed(entry: Mapping[str, Any], one: Mapping[str, Any], why: str) -> str:
    strings = [f"“{shortened(one[name])}”" for name in ("cited", "found") if one[name]]
    told = f"{' / '.join(strings)} ({one['code']})" if strings else f"({one['code']})"
    name = f"[{entry['number']}] {entry['key']}, {one['field']}"
    return one_printable_line(f"not proposed: {name}: {told}: {why}")


def reason(
    entry: Mapping[str, Any],
    one: Mapping[str, Any],
    line: Mapping[str, Any],
    obstacles: Mapping[tuple[str, str], str | None],
) -> str:
    if why := obstacles.get((entry["key"], one["code"])):
        return why
    codes = {other["code"] for other in [*entry["findings"], *entry["waived"]]}
    if entry["verdict"] in OTHER_ITEM:
        return "the DOI or the rest of the entry is wrong, and which of them is for the author"
    if codes >= {"title.mismatch", "page.mismatch"}:
        return "title and first page differ, so that the record may be another work's"
    answer = answer_with(line["authorities"], one)
    if answer is None:
        return ANY_REASON
    reference = Reference.from_json(line["reference"])
    if change_for(reference, one, answer) is not None:
        return "the change alone would not settle it"
    if one["code"] in ERRORS_OF_AUTHORS:
        return reason_of_authors(reference, answer)
    if one["code"] == "title.mismatch":
        return "one of the two titles is that of a notice or of a retracted work"
    if one["code"] == "container-title.mismatch":
        return "the record has only an abbreviation of the journal"
    if one["code"] == "year.mismatch" and shows_only_online_year(answer):
        return "the record shows only an online year"
    if one["field"] == "page":
        return "the record has no pages in the form that the entry prints"
    return ANY_REASON


def reason_of_authors(reference: Reference, answer: Mapping[str, Any]) -> str:
    found = work_authors(answer)
    if any(name.literal is not None for name in (*found, *reference.authors)):
        return "a group is among the authors, which the record may write in another way"
    if not author_list_complete(answer):
        return "the record's list of authors is not whole"
    if len(found) > MOST_NAMES:
        return "the list of authors is too long to be sure of"
    if len(found) < len(reference.authors):
        return "the record has fewer authors"
    return "how the list would print the record's names is not certain"


def shows_only_online_year(answer: Mapping[str, Any]) -> bool:
    years = work_years(answer)
    return not years.printed | years.unspecified
