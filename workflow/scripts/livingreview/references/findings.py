"""What is to be said about one reference: findings from its fields, its status, and itself.

A finding is a dict of the `check` contract: field, code, severity, cited, found, source,
retrieved, message {zh, en}, line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from livingreview.references.compare import (
    Comparison,
    answers,
    asked_for,
    works_of_wrong_doi,
)
from livingreview.references.messages import message, source_names
from livingreview.references.notices import NAMES, announced_notice
from livingreview.references.plain import is_han
from livingreview.references.record import Reference
from livingreview.references.titles import compare_titles, says_retracted
from livingreview.references.work import (
    Notice,
    date_text,
    entries_of,
    is_self_update,
    is_update_of,
    notice_kind,
    notices_about,
    work_doi,
    work_titles,
)

Finding = dict[str, Any]
Answer = Mapping[str, Any]
STATUS_SEVERITIES = {"retracted": "error", "concern": "warning", "corrected": "note"}
NOTICE_KINDS = {"retracted": "retraction", "concern": "concern", "corrected": "correction"}
# Beginnings of words in the name of a kind of notice, for kinds that no list of kinds has.
KINDS_BY_WORD = (
    ("concern", ("partial retract", "partially retract")),  # as in the list of kinds
    ("retracted", ("retract", "withdraw", "撤稿", "撤回")),
    ("concern", ("concern", "关注")),
    ("corrected", ("correct", "errat", "corrigend", "勘误", "更正")),
)
# A new version is the work itself, not something said about it.
VERSIONS = ("version", "edition", "版本")
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
    if reference.doi:
        return unheld_doi(reference, resolved["authorities"])
    without = [answer for answer in resolved["authorities"] if answer["_outcome"] == "not-found"]
    if not without or resolved["outcome"] != "not-found":
        return []
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


def unheld_doi(reference: Reference, authorities: Sequence[Answer]) -> list[Finding]:
    """What the answers to the printed DOI say against it, whoever knows the work otherwise.

    Page facts joined by key or title, without that DOI, do not speak for it; one answer that
    shows it does.
    """
    asked = [answer for answer in authorities if asked_for(answer) == reference.doi]
    without = [answer for answer in asked if answer["_outcome"] == "not-found"]
    shown = any(
        answer["_outcome"] == "found" and reference.doi in (work_doi(answer), asked_for(answer))
        for answer in authorities
    )
    if shown or not without:
        return []
    for answer in without:
        if answer["_source"] in WHOLE_DOI_SYSTEM:
            return [finding(reference, "doi.unknown", "error", cited=reference.doi, source=answer)]
    if is_chinese(reference):
        return []
    return [finding(reference, "doi.not-found", "warning", cited=reference.doi, source=without[0])]


def is_chinese(reference: Reference) -> bool:
    texts = (reference.title, reference.container_title)
    return (reference.language or "").startswith("zh") or any(map(is_han, filter(None, texts)))


def status_findings(reference: Reference, authorities: Sequence[Answer]) -> list[Finding]:
    """Retraction, concern, correction; and whether the cited item is itself such a notice."""
    title = reference.title or ""
    kind = announced_notice(title)
    source: Answer | str = "list"
    for answer in authorities:
        updates = updates_of_others(answer) if kind is None and answers(answer) else []
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
        known = notices_about(answer) + notices_by_word(answer)
        for notice in [*known, *retracted_titles(answer)]:
            mark = (notice.kind, notice.doi or notice.date)
            if mark not in seen:
                seen.add(mark)
                found.append(status_finding(reference, notice, answer))
        for notice in notices_of_no_kind(answer):
            mark = (notice.label, notice.doi or notice.date)
            if mark not in seen:
                seen.add(mark)
                found.append(status_finding(reference, notice, answer, "status.other"))
    if says_retracted(title) and not any(mark[0] == "retracted" for mark in seen):
        found.append(finding(reference, "status.retracted", "error", cited=title, found=title))
    order = list(STATUS_SEVERITIES)
    return sorted(
        found,
        key=lambda one: order.index(one["code"][7:]) if one["code"][7:] in order else -1,
    )


def retracted_titles(answer: Answer) -> list[Notice]:
    """ "RETRACTED:" before a record's title, where no notice says so: publishers mark works so."""
    known = notices_about(answer) + notices_by_word(answer)
    if any(notice.kind == "retracted" for notice in known):
        return []
    marked = [title for title in work_titles(answer) if says_retracted(title)]
    return [Notice("retracted", None, None, marked[0])] if marked else []


def kind_by_words(label: str) -> str | None:
    """retracted, concern or corrected for "retraction notice" and its like; None if no word says.

    >>> kind_by_words("retraction notice"), kind_by_words("letter")
    ('retracted', None)
    """
    if label.endswith((" of", " for", " from")):
        return None  # "retraction of": said of another work
    for kind, words in KINDS_BY_WORD:
        if any(word in label for word in words):
            return kind
    return None


def unlisted_notices(answer: Answer) -> list[Notice]:
    """Notices about the work whose kind `work.py` does not list, each under its own words."""
    own = [one for one in entries_of(answer, "update-to") if is_self_update(one, answer)]
    found = []
    for entry in [*entries_of(answer, "updated-by"), *own, *entries_of(answer, "notices")]:
        label = label_of(entry)
        version = any(word in label for word in VERSIONS) and not kind_by_words(label)
        if notice_kind(label) or version:
            continue
        doi = entry.get("DOI") or entry.get("doi")
        found.append(
            Notice(
                kind=kind_by_words(label) or "corrected",
                doi=doi.lower() if isinstance(doi, str) else None,
                date=date_text(entry.get("updated")) or date_text(entry.get("date")),
                label=label or "notice",
            )
        )
    return found


def label_of(entry: Mapping[str, Any]) -> str:
    label = str(entry.get("type") or entry.get("kind") or "").lower()
    return " ".join(label.replace("_", " ").split())


def notices_by_word(answer: Answer) -> list[Notice]:
    return [notice for notice in unlisted_notices(answer) if kind_by_words(notice.label)]


def notices_of_no_kind(answer: Answer) -> list[Notice]:
    """What no word tells the kind of is not dropped: a reader is to look at it."""
    return [notice for notice in unlisted_notices(answer) if not kind_by_words(notice.label)]


def updates_of_others(answer: Answer) -> list[str]:
    """What the record says of other works, as kinds of notice, by the list or by the words."""
    labels = [
        label_of(one) for one in entries_of(answer, "update-to") if not is_self_update(one, answer)
    ]
    return is_update_of(answer) or [kind for kind in map(kind_by_words, labels) if kind]


def status_finding(
    reference: Reference, notice: Notice, answer: Answer, text: str | None = None
) -> Finding:
    """`text`: the message's name if it is not the code."""
    found = ", ".join(part for part in (notice.label, notice.date, notice.doi) if part)
    about = finding(
        reference,
        f"status.{notice.kind}",
        STATUS_SEVERITIES[notice.kind],
        cited=reference.title,
        found=found,
        source=answer,
    )
    if text:
        date = about["retrieved"] or ""
        about["message"] = message(text, found=found, source=source_names(answer), date=date)
    return about
