"""Findings and verdicts for a whole list: the `check` JSON.

A verdict says as much as was seen and no more: `verified` needs the title and one field more to
agree and none to differ; by facts read in public pages it is verified by public pages, and
`authorities` and messages say so. Notes do not change a verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from livingreview.progress import Tell, with_progress
from livingreview.references.comparison.compare import answers, compare_and_sort
from livingreview.references.comparison.outcomes import Comparison
from livingreview.references.judgement.citation_checks import unlisted_citations
from livingreview.references.judgement.existence import (
    is_confident,
    is_doi_unanswered,
    is_elsewhere,
    is_matched,
)
from livingreview.references.judgement.finding import Finding
from livingreview.references.judgement.findings import find_all
from livingreview.references.judgement.list_checks import list_findings
from livingreview.references.judgement.originals import KnownWorks, with_originals
from livingreview.references.judgement.other_doi import PROPOSED_FOR
from livingreview.references.judgement.overruling import (
    about_strays,
    apply_waivers,
    cited_key,
    waive_unlisted,
)
from livingreview.references.judgement.policy import graded
from livingreview.references.judgement.scope import scope_findings
from livingreview.references.judgement.unchecked import why_unchecked
from livingreview.references.judgement.waivers import Waiver
from livingreview.references.record import Reference
from livingreview.references.wording.catalogue import SEVERITIES
from livingreview.references.wording.messages import words_for_unchecked
from livingreview.references.wording.verdicts import VERDICTS
from livingreview.references.work import work_doi, work_titles
from livingreview.registries.lock import newest_date

if TYPE_CHECKING:
    from livingreview.endpoints.trials import Trial
    from livingreview.endpoints.vocabulary import Term

# A finding that decides the verdict by itself, the gravest first.
DECIDING = (
    ("doi.wrong-work", "wrong-work"),
    ("doi.unknown", "unknown-doi"),
    ("status.retracted", "retracted"),
    ("status.notice", "notice"),
    ("status.partially-retracted", "concern"),
    ("status.concern", "concern"),
)
# What a work is stays true when someone has agreed to cite it nevertheless.
FACTS = frozenset({code for code, _ in DECIDING if code.startswith("status.")} | {"doi.elsewhere"})
# What a registration or a page says of itself, beside the question that it answered.
SHOWN = {
    "agency": ("agency",),
    "clinicaltrials": ("title", "status", "start-date", "completion-date", "sponsor"),
    "web": ("title", "URL"),
}


def build_report(
    resolved: Sequence[Mapping[str, Any]],
    citations: Sequence[Mapping[str, Any]] | None,
    waivers: Sequence[Waiver],
    today: str | None = None,
    tell: Tell | None = None,
    severities: Mapping[str, str] | None = None,
    trials: Sequence[Trial] = (),
    diseases: Mapping[str, Term] | None = None,
) -> dict[str, Any]:
    """The report (validation.json) from the lines of resolved.jsonl.

    `citations`: the rows of citations.csv, None if no text was read: then nothing is uncited.
    `today` (2026-11-22) decides which waivers are over; without it the newest answer does, so
    that the same input gives the same report on any day. `severities`: those that the configuration
    gives to codes; no verdict depends on them. `findings` beside `references` holds
    what belongs to no reference of the list: waivers of keys that it lacks, and citations of what
    it does not have. `trials`: those of which several references may report one. `diseases`: those
    of the vocabulary, for the scope note; None for no such note.
    """
    if today is None:
        today = newest_date(answer for line in resolved for answer in line["authorities"])
    references = [Reference.from_json(line["reference"]) for line in resolved]
    all_findings = list_findings(references, citations, resolved, trials)
    scope = scope_findings(references, resolved, citations, diseases or {})
    titles = titles_of_dois(resolved)
    works = KnownWorks(references, resolved)
    entries = []
    pairs = zip(resolved, references, strict=True)
    for line, reference in with_progress(pairs, len(references), "references compared", tell):
        comparisons, others = compare_and_sort(reference, line["authorities"])
        own = find_all(reference, comparisons, line, titles, others)
        own = with_originals(reference, line, own, works)
        key = reference.key
        findings = [*own, *all_findings.get(key, []), *scope.get(key, [])]
        told = apply_waivers(key, reference.line, findings, waivers, today)
        entries.append(entry_of(reference, line, comparisons, told, severities or {}))
    general = general_findings(references, citations, waivers, today)
    report = {"references": entries} | {
        name: graded(found, severities or {}) for name, found in general.items()
    }
    return {"summary": summarise(report), **report}


def entry_of(
    reference: Reference,
    line: Mapping[str, Any],
    comparisons: Sequence[Comparison],
    told: tuple[list[Finding], list[Finding], list[Finding]],
    severities: Mapping[str, str],
) -> dict[str, Any]:
    """The reference in the report; `told`: its findings that stand, those that are waived, and
    those about waivers."""
    findings, waived, about_waivers = told
    answered = line["authorities"]
    verdict = verdict_of(reference, comparisons, findings, waived, is_matched(answered))
    if verdict == "verified" and is_doi_unanswered(reference, answered):
        verdict = "unchecked"
    unchecked = verdict == "unchecked"
    return {
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
        "unchecked": why_unchecked(reference, comparisons, answered) if unchecked else None,
        "match": line.get("match"),
        "findings": graded(findings + about_waivers, severities),
        "waived": graded(waived, severities),
        "fields": [field_state(comparison) for comparison in comparisons],
        "authorities": [authority(answer) for answer in answered],
    }


def general_findings(
    references: Sequence[Reference],
    citations: Sequence[Mapping[str, Any]] | None,
    waivers: Sequence[Waiver],
    today: str | None,
) -> dict[str, list[Finding]]:
    """What belongs to no reference of the list: `findings` that stand, and those `waived`."""
    unlisted = unlisted_citations(references, citations)
    keys = {reference.key for reference in references} | set(map(cited_key, unlisted))
    standing, waived, about_waivers = waive_unlisted(unlisted, waivers, today)
    strays = about_strays(waivers, keys, today)
    return {"findings": [*standing, *about_waivers, *strays], "waived": waived}


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
    proposed = (
        one.get("proposed")
        for one in findings
        if one["code"] in PROPOSED_FOR and "waiver" not in one
    )
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


def is_answered(entry: Mapping[str, Any]) -> bool:
    """Whether anyone said anything of the reference, were it that he does not have it."""
    return any(one["outcome"] in ("found", "not-found") for one in entry["authorities"])


def summarise(report: Mapping[str, Any]) -> dict[str, Any]:
    """The counts of a report with `references`, `findings` and `waived`."""
    entries = report["references"]
    found = [one for entry in entries for one in entry["findings"]] + report["findings"]
    verdicts = {
        verdict: sum(entry["verdict"] == verdict for entry in entries) for verdict in VERDICTS
    }
    answered = sum(is_answered(entry) for entry in entries)
    return {
        "references": len(entries),
        "answered": answered,
        "unchecked": words_for_unchecked(len(entries), verdicts["unchecked"], answered),
        "verdicts": verdicts,
        "severities": {
            severity: sum(one["severity"] == severity for one in found) for severity in SEVERITIES
        },
        "waived": sum(len(entry["waived"]) for entry in entries) + len(report["waived"]),
        "not_in_lock": sum(
            entry["outcome"] in ("not-asked", "failed") and entry["verdict"] != "elsewhere"
            for entry in entries
        ),
    }
