"""What is to be said about one reference: findings from its fields, its status, and itself.

A finding is a dict of the `check` contract: field, code, severity, cited, found, source,
retrieved, message {zh, en}, line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from livingreview.references.compare import Comparison, answers, works_of_wrong_doi
from livingreview.references.messages import message, source_names
from livingreview.references.notices import NAMES, announced_notice
from livingreview.references.plain import is_han
from livingreview.references.record import Reference
from livingreview.references.titles import compare_titles, says_retracted
from livingreview.references.work import (
    Notice,
    is_update_of,
    notices_about,
    work_titles,
)

Finding = dict[str, Any]
Answer = Mapping[str, Any]
STATUS_SEVERITIES = {"retracted": "error", "concern": "warning", "corrected": "note"}
NOTICE_KINDS = {"retracted": "retraction", "concern": "concern", "corrected": "correction"}
# Registries of works; of these a Chinese DOI or article need not be known to any.
WESTERN_REGISTRIES = frozenset({"crossref", "datacite", "europepmc"})
# Those that know every DOI there is, whoever registered it.
WHOLE_DOI_SYSTEM = frozenset({"handle", "agency"})


def finding(
    reference: Reference,
    code: str,
    severity: str,
    *,
    field: str | None = None,
    cited: str | None = None,
    found: str | None = None,
    source: Answer | str = "list",
    **more: Any,
) -> Finding:
    """One finding; `more` goes into the message only. The field is the code's unless given."""
    field = field or code.split(".")[0]
    values = {"cited": cited or "", "found": found or "", "key": reference.key}
    values |= {"number": reference.number, "field": field, "source": source_names(source)}
    retrieved = None if isinstance(source, str) else source.get("_retrieved")
    values |= {"date": retrieved or "", **more}
    return {
        "field": field,
        "code": code,
        "severity": severity,
        "cited": cited,
        "found": found,
        "source": source if isinstance(source, str) else source.get("_source"),
        "retrieved": retrieved,
        "message": message(code, **values),
        "line": reference.line,
    }


def find_all(
    reference: Reference,
    comparisons: Sequence[Comparison],
    resolved: Mapping[str, Any],
    titles_of_dois: Mapping[str, tuple[str, Answer]],
) -> list[Finding]:
    """Every finding about one reference that needs no other reference, in a fixed order.

    `titles_of_dois`: the title that the locked answers give for a DOI, for naming the work that
    a wrong DOI belongs to.
    """
    authorities = resolved["authorities"]
    wrong = wrong_work(reference, comparisons, authorities, titles_of_dois)
    # The fields and the status of another work say nothing about the cited one.
    about = [wrong] if wrong else field_findings(reference, comparisons)
    about += [] if wrong else missing_doi(reference, comparisons)
    statuses = status_findings(reference, [] if wrong else authorities)
    return [*about, *doi_findings(reference, resolved), *statuses]


def field_findings(reference: Reference, comparisons: Sequence[Comparison]) -> list[Finding]:
    return [
        finding(
            reference,
            comparison.code,
            comparison.severity or "error",
            field=comparison.field,
            cited=comparison.cited,
            found=comparison.found,
            source=comparison.authority or "list",
        )
        for comparison in comparisons
        if comparison.code
    ]


def wrong_work(
    reference: Reference,
    comparisons: Sequence[Comparison],
    authorities: Sequence[Answer],
    titles_of_dois: Mapping[str, tuple[str, Answer]],
) -> Finding | None:
    """The printed DOI is another work's: its record says so, or a record under its own DOI does."""
    if reference.doi is None:
        return None
    others = works_of_wrong_doi(reference, authorities)
    doi = next(comparison for comparison in comparisons if comparison.field == "doi")
    found: str | None = None
    source: Answer | None = None
    if others:
        titles = work_titles(others[0])
        found, source = (titles[0] if titles else None), others[0]
    elif doi.state == "differs" and reference.doi in titles_of_dois:
        title, answer = titles_of_dois[reference.doi]
        if compare_titles(reference.title or "", title).state in ("near", "far"):
            found, source = title, answer
    if source is None:
        return None
    return finding(
        reference,
        "doi.wrong-work",
        "error",
        cited=reference.title,
        found=found,
        source=source,
        doi=reference.doi,
    )


def is_confident(comparisons: Sequence[Comparison]) -> bool:
    """Whether the answers are surely about the printed work: title and one field more agree.

    And nothing contradicts beyond a note.
    """
    agreeing = {comparison.field for comparison in comparisons if comparison.state == "agrees"}
    differing = [comparison for comparison in comparisons if comparison.state == "differs"]
    return "title" in agreeing and len(agreeing) > 1 and not differing


def missing_doi(reference: Reference, comparisons: Sequence[Comparison]) -> list[Finding]:
    doi = next(comparison for comparison in comparisons if comparison.field == "doi")
    printed = reference.doi or reference.doi_printed
    if printed or doi.found is None or reference.registration or not is_confident(comparisons):
        return []
    return [
        finding(
            reference,
            "doi.missing",
            "note",
            cited="",
            found=doi.found,
            source=doi.authority or "list",
        )
    ]


def doi_findings(reference: Reference, resolved: Mapping[str, Any]) -> list[Finding]:
    """The DOI's form, and what those say who do not hold it.

    Only the whole DOI system can say that a DOI does not exist; a registry can say that it does
    not hold it, which for a Chinese work means nothing.
    """
    if reference.doi_printed and reference.doi is None:
        return [finding(reference, "doi.syntax", "error", cited=reference.doi_printed)]
    without = [answer for answer in resolved["authorities"] if answer["_outcome"] == "not-found"]
    if not without or resolved["outcome"] != "not-found":
        return []
    if reference.doi:
        for answer in without:
            if answer["_source"] in WHOLE_DOI_SYSTEM:
                return [
                    finding(reference, "doi.unknown", "error", cited=reference.doi, source=answer)
                ]
        if is_chinese(reference):
            return []
        return [
            finding(reference, "doi.not-found", "warning", cited=reference.doi, source=without[0])
        ]
    asked = {answer["_source"] for answer in without}
    if reference.registration or (is_chinese(reference) and asked <= WESTERN_REGISTRIES):
        return []
    return [
        finding(
            reference,
            "existence.not-found",
            "warning",
            cited=reference.title,
            source=without[0],
        )
    ]


def is_chinese(reference: Reference) -> bool:
    texts = (reference.title, reference.container_title)
    return (reference.language or "").startswith("zh") or any(map(is_han, filter(None, texts)))


def status_findings(reference: Reference, authorities: Sequence[Answer]) -> list[Finding]:
    """Retraction, concern, correction; and whether the cited item is itself such a notice."""
    title = reference.title or ""
    kind = announced_notice(title)
    source: Answer | str = "list"
    for answer in authorities:
        updates = is_update_of(answer) if kind is None and answers(answer) else []
        if updates:
            kind, source = NOTICE_KINDS[updates[0]], answer
    found = []
    if kind is not None:
        name = NAMES[kind]
        about = finding(
            reference, "status.notice", "warning", cited=title, found=kind, source=source
        )
        about["message"] = message("status.notice", cited=title, found=name)
        found.append(about)
    seen = set()
    for answer in filter(answers, authorities):
        for notice in [*notices_about(answer), *retracted_titles(answer)]:
            mark = (notice.kind, notice.doi or notice.date)
            if mark not in seen:
                seen.add(mark)
                found.append(status_finding(reference, notice, answer))
    if says_retracted(title) and not any(mark[0] == "retracted" for mark in seen):
        found.append(finding(reference, "status.retracted", "error", cited=title, found=title))
    order = list(STATUS_SEVERITIES)
    return sorted(
        found,
        key=lambda one: order.index(one["code"][7:]) if one["code"][7:] in order else -1,
    )


def retracted_titles(answer: Answer) -> list[Notice]:
    """ "RETRACTED:" before a record's title, where no notice says so: publishers mark works so."""
    if any(notice.kind == "retracted" for notice in notices_about(answer)):
        return []
    marked = [title for title in work_titles(answer) if says_retracted(title)]
    return [Notice("retracted", None, None, marked[0])] if marked else []


def status_finding(reference: Reference, notice: Notice, answer: Answer) -> Finding:
    found = ", ".join(part for part in (notice.label, notice.date, notice.doi) if part)
    return finding(
        reference,
        f"status.{notice.kind}",
        STATUS_SEVERITIES[notice.kind],
        cited=reference.title,
        found=found,
        source=answer,
    )
