"""Findings and verdicts for a whole list: the `check` JSON.

A verdict says as much as was seen and no more: `verified` needs the title and one field more to
agree and none to differ; by facts read in public pages it is verified by public pages, and
`authorities` and messages say so. Notes do not change a verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from livingreview.progress import Tell, with_progress
from livingreview.references.compare import Comparison, answers, compare_reference
from livingreview.references.existence import (
    is_confident,
    is_doi_unanswered,
    is_elsewhere,
    is_matched,
)
from livingreview.references.finding import Finding
from livingreview.references.findings import find_all
from livingreview.references.list_checks import list_findings
from livingreview.references.messages import message
from livingreview.references.record import Reference
from livingreview.references.unchecked import why_unchecked
from livingreview.references.waivers import Waiver
from livingreview.references.work import work_doi, work_titles
from livingreview.registries.lock import newest_date

VERDICTS = (
    "verified",
    "differs",
    "wrong-work",
    "unknown-doi",
    "suggested",
    "not-found",
    "elsewhere",
    "retracted",
    "concern",
    "notice",
    "unchecked",
)
SEVERITIES = ("error", "warning", "note")
# A finding that decides the verdict by itself, the gravest first.
DECIDING = (
    ("doi.wrong-work", "wrong-work"),
    ("doi.unknown", "unknown-doi"),
    ("status.retracted", "retracted"),
    ("status.notice", "notice"),
    ("status.concern", "concern"),
)
# What a work is stays true when someone has agreed to cite it nevertheless.
FACTS = frozenset({"status.retracted", "status.notice", "status.concern", "doi.elsewhere"})
# What a registration or a page says of itself, beside the question that it answered.
SHOWN = {
    "agency": ("agency",),
    "clinicaltrials": ("title", "status", "start-date", "completion-date", "sponsor"),
    "web": ("title", "URL"),
}
# Codes of checks.csv begin so.
RESULT_CHECKS = frozenset({"source", "languages", "difference", "rate", "response"})


def build_report(
    resolved: Sequence[Mapping[str, Any]],
    citations: Sequence[Mapping[str, Any]] | None,
    waivers: Sequence[Waiver],
    today: str | None = None,
    tell: Tell | None = None,
) -> dict[str, Any]:
    """The report (validation.json) from the lines of resolved.jsonl.

    `citations`: the rows of citations.csv, None if no text was read: then nothing is uncited.
    `today` (2026-11-22) decides which waivers are over; without it the newest answer does, so
    that the same input gives the same report on any day. `findings` beside `references` holds
    what belongs to no reference of the list: waivers of keys that it lacks.
    """
    if today is None:
        today = newest_date(answer for line in resolved for answer in line["authorities"])
    references = [Reference.from_json(line["reference"]) for line in resolved]
    all_findings = list_findings(references, citations)
    titles = titles_of_dois(resolved)
    entries = []
    pairs = zip(resolved, references, strict=True)
    for line, reference in with_progress(pairs, len(references), "references compared", tell):
        comparisons = compare_reference(reference, line["authorities"])
        findings = [
            *find_all(reference, comparisons, line, titles),
            *all_findings.get(reference.key, []),
        ]
        findings, waived, about_waivers = apply_waivers(reference, findings, waivers, today)
        matched = is_matched(line["authorities"])
        verdict = verdict_of(reference, comparisons, findings, waived, matched)
        if verdict == "verified" and is_doi_unanswered(reference, line["authorities"]):
            verdict = "unchecked"
        why = None
        if verdict == "unchecked":
            why = why_unchecked(reference, comparisons, line["authorities"])
        entries.append(
            {
                "key": reference.key,
                "number": reference.number,
                "verdict": verdict,
                "doi": resolved_doi(comparisons, findings + waived),
                "title": reference.title,
                "type": reference.type,
                "line": reference.line,
                "outcome": line["outcome"],
                "by": line["by"],
                "reasons": line["reasons"],
                "unchecked": why,
                "match": line.get("match"),
                "findings": findings + about_waivers,
                "waived": waived,
                "fields": [field_state(comparison) for comparison in comparisons],
                "authorities": [authority(answer) for answer in line["authorities"]],
            }
        )
    keys = {reference.key for reference in references}
    strays = [waiver_finding(waiver, today, None) for waiver in waivers if waiver.key not in keys]
    return {"summary": summarise(entries, strays), "references": entries, "findings": strays}


def titles_of_dois(
    resolved: Sequence[Mapping[str, Any]],
) -> dict[str, tuple[str, Mapping[str, Any]]]:
    found: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for line in resolved:
        for answer in filter(answers, line["authorities"]):
            doi, titles = work_doi(answer), work_titles(answer)
            if doi and titles:
                found.setdefault(doi, (titles[0], answer))
    return found


def apply_waivers(
    reference: Reference,
    findings: Sequence[Finding],
    waivers: Sequence[Waiver],
    today: str | None,
) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """The findings that stand, those waived (each with its `waiver`), those about waivers."""
    own = [waiver for waiver in waivers if waiver.key == reference.key]
    valid = {waiver.code: waiver for waiver in own if not is_over(waiver, today)}
    standing = [one for one in findings if one["code"] not in valid]
    waived = []
    for one in findings:
        waiver = valid.get(one["code"])
        if waiver is not None:
            note = {"reason": waiver.reason, "by": waiver.by, "until": waiver.until}
            waived.append({**one, "waiver": note})
    used = {one["code"] for one in waived}
    about = [
        waiver_finding(waiver, today, reference)
        for waiver in own
        if waiver.code not in used and (is_over(waiver, today) or not is_about_results(waiver))
    ]
    return standing, waived, about


def is_about_results(waiver: Waiver) -> bool:
    """Whether it overrules a check of results, of which this report knows nothing."""
    return waiver.code.split(".")[0] in RESULT_CHECKS


def is_over(waiver: Waiver, today: str | None) -> bool:
    return today is not None and waiver.until < today


def waiver_finding(waiver: Waiver, today: str | None, reference: Reference | None) -> Finding:
    over = is_over(waiver, today)
    code = "waiver.expired" if over else "waiver.unmatched"
    cited = f"{waiver.code} ({waiver.key})"
    found = waiver.until if over else None
    values = {"cited": cited, "found": found or "", "reason": waiver.reason, "by": waiver.by}
    return {
        "field": waiver.code.split(".")[0],
        "code": code,
        "severity": "error" if over else "warning",
        "cited": cited,
        "found": found,
        "source": "waivers",
        "retrieved": today if over else None,
        "message": message(code, **values),
        "document": None,
        "line": reference.line if reference else None,
    }


def verdict_of(
    reference: Reference,
    comparisons: Sequence[Comparison],
    findings: Sequence[Finding],
    waived: Sequence[Finding],
    matched: bool = False,
) -> str:
    """The first that applies. A waived difference is one still, which may stay.

    Several works that fit alike leave the reference unchecked, as does a registry's silence.
    """
    codes = {one["code"] for one in findings} | {
        one["code"] for one in waived if one["code"] in FACTS
    }
    for code, verdict in DECIDING:
        if code in codes:
            return verdict
    if any(one.state == "differs" for one in comparisons):
        return "differs"
    if "doi.missing" in codes:
        return "suggested"
    # Facts that agree without the printed DOI do not make up for a registry that lacks it.
    if codes & {"doi.not-found", "existence.not-found"}:
        return "not-found"
    if is_elsewhere(reference):
        return "elsewhere"
    if is_confident(comparisons, matched):
        return "differs" if "doi.syntax" in codes else "verified"
    return "elsewhere" if "doi.elsewhere" in codes else "unchecked"


def resolved_doi(comparisons: Sequence[Comparison], findings: Sequence[Finding]) -> str | None:
    """The DOI that an authority shows for this work; what is only printed is not resolved.

    In place of a printed one that is unknown or another work's, the one that a search found.
    """
    codes = {one["code"] for one in findings}
    doi = next(comparison for comparison in comparisons if comparison.field == "doi")
    proposed = (one.get("proposed") for one in findings if "waiver" not in one)
    if proposal := next(filter(None, proposed), None):
        return proposal
    if "doi.wrong-work" in codes:
        return doi.found if doi.state == "differs" else None
    if doi.state in ("agrees", "differs") or "doi.missing" in codes:
        return doi.found
    return None


def field_state(comparison: Comparison) -> dict[str, Any]:
    answer = comparison.authority
    shown = answer is not None and comparison.found is not None
    return {
        "field": comparison.field,
        "state": comparison.state,
        "cited": comparison.cited,
        "found": comparison.found,
        "source": answer["_source"] if shown else None,
        "retrieved": answer["_retrieved"] if shown else None,
    }


def authority(answer: Mapping[str, Any]) -> dict[str, Any]:
    pages = answer.get("_pages")
    about = {
        "source": answer["_source"],
        "query": answer["_query"],
        "outcome": answer["_outcome"],
        "retrieved": answer["_retrieved"],
        "pages": pages if isinstance(pages, list) else [],
    }
    if answer.get("_version_of"):
        about["version_of"] = answer["_version_of"]
    if answer["_outcome"] == "failed":
        about["reason"] = answer.get("_reason")
    if answer["_outcome"] == "found":
        shown = SHOWN.get(answer["_source"], ())
        about |= {name: answer[name] for name in shown if answer.get(name)}
    return about


def summarise(entries: Sequence[Mapping[str, Any]], strays: Sequence[Finding]) -> dict[str, Any]:
    found = [one for entry in entries for one in entry["findings"]] + list(strays)
    return {
        "references": len(entries),
        "verdicts": {
            verdict: sum(entry["verdict"] == verdict for entry in entries) for verdict in VERDICTS
        },
        "severities": {
            severity: sum(one["severity"] == severity for one in found) for severity in SEVERITIES
        },
        "waived": sum(len(entry["waived"]) for entry in entries),
        "not_in_lock": sum(
            entry["outcome"] in ("not-asked", "failed") and entry["verdict"] != "elsewhere"
            for entry in entries
        ),
    }
