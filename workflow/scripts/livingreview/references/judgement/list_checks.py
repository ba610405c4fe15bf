"""Checks that need the whole list: references that are one work, or that report one trial."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from livingreview.references.comparison.compare import answers
from livingreview.references.comparison.titles import compare_titles
from livingreview.references.judgement.citation_checks import citation_findings
from livingreview.references.judgement.finding import Answer, Finding, finding
from livingreview.references.judgement.same_works import (
    Identity,
    have_one_print,
    identity_of,
    may_be_one,
    names_of_print,
)
from livingreview.references.record import Reference
from livingreview.references.work import entries_of, strings, text_of

if TYPE_CHECKING:
    from livingreview.endpoints.trials import Trial

MOST_NAMED = 10  # other reports of a trial that a finding names


def list_findings(
    references: Sequence[Reference],
    citations: Sequence[Mapping[str, Any]] | None,
    resolved: Sequence[Mapping[str, Any]] = (),
    trials: Iterable[Trial] = (),
) -> dict[str, list[Finding]]:
    """By key: doubles of an earlier reference, other reports of its trial, and what is to be said
    of its citations.

    `resolved`: the lines of resolved.jsonl in the list's order; without them only what is printed
    is compared. `citations` as for `build_report`.
    """
    found: dict[str, list[Finding]] = {reference.key: [] for reference in references}
    authorities = [line["authorities"] for line in resolved] or [()] * len(references)
    doubles = find_doubles(references, authorities)
    again = {one.key for one, _ in doubles}
    reports = find_reports(references, authorities, trials, again)
    for reference, one in [*doubles, *reports, *citation_findings(references, citations)]:
        found[reference.key].append(one)
    return found


def find_doubles(
    references: Sequence[Reference], authorities: Sequence[Sequence[Answer]]
) -> list[tuple[Reference, Finding]]:
    """Each reference whose work is an earlier one's, once: by the DOI that both print, by what
    their records share, by the title, or by the place and a title that is nearly the same."""
    found = []
    by_doi: dict[str, Reference] = {}
    by_name: dict[str, list[tuple[Reference, Identity]]] = {}
    by_print: dict[str, list[tuple[Reference, Identity]]] = {}
    for reference, answered in zip(references, authorities, strict=True):
        identity = identity_of(reference, answered)
        names = names_of_print(reference)
        one = (
            same_doi(reference, by_doi)
            or same_work(reference, identity, by_name)
            or same_print(reference, identity, names, by_print)
        )
        if one:
            found.append((reference, one))
            if one["code"] != "duplicate.doi":
                continue  # the earlier one stands for both
        if reference.doi:
            by_doi.setdefault(reference.doi, reference)
        for name in identity.names:
            by_name.setdefault(name, []).append((reference, identity))
        for name in names:
            by_print.setdefault(name, []).append((reference, identity))
    return found


def same_doi(reference: Reference, by_doi: Mapping[str, Reference]) -> Finding | None:
    earlier = by_doi.get(reference.doi or "")
    if earlier is None:
        return None
    return finding(
        reference, "duplicate.doi", "warning", cited=reference.doi, found=numbered(earlier)
    )


def same_work(
    reference: Reference,
    identity: Identity,
    by_name: Mapping[str, Sequence[tuple[Reference, Identity]]],
) -> Finding | None:
    """An earlier reference whose records have a name of this one's; none with other DOIs."""
    for name, source in identity.names.items():
        for earlier, other in by_name.get(name, ())[:MOST_NAMED]:
            if have_other_dois(identity, other) or not may_be_one(reference, earlier):
                continue
            if source == "list":  # who says that the other one has this DOI
                source = other.names[name]
            return finding(
                reference,
                "duplicate.work",
                "warning",
                cited=reference.title,
                found=numbered(earlier),
                source=source,
                wording="duplicate.record" if name.startswith("record ") else None,
                work=name,
            )
    return None


def same_print(
    reference: Reference,
    identity: Identity,
    names: Sequence[str],
    by_print: Mapping[str, Sequence[tuple[Reference, Identity]]],
) -> Finding | None:
    seen = set()
    for name in names:
        for earlier, other in by_print.get(name, ())[:MOST_NAMED]:
            if earlier.key in seen:
                continue
            seen.add(earlier.key)
            if have_other_dois(identity, other) or not have_one_print(reference, earlier):
                continue
            same = compare_titles(reference.title or "", earlier.title or "").state == "same"
            return finding(
                reference,
                "duplicate.title",
                "warning",
                cited=reference.title,
                found=numbered(earlier),
                wording=None if same else "duplicate.print",
            )
    return None


def have_other_dois(first: Identity, second: Identity) -> bool:
    return bool(first.dois and second.dois and not first.dois & second.dois)


def numbered(reference: Reference) -> str:
    return f"{reference.number} ({reference.key})"


def find_reports(
    references: Sequence[Reference],
    authorities: Sequence[Sequence[Answer]],
    trials: Iterable[Trial],
    again: set[str],
) -> list[tuple[Reference, Finding]]:
    """On every report of a trial that several report: the trial, and the other reports.

    `again`: keys of references that are an earlier one's work, which is no other report.
    """
    trials = list(trials)
    by_number = {number.upper(): trial for trial in trials for number in trial.registrations}
    by_key: dict[str, list[Trial]] = {}
    for trial in trials:
        for key in trial.references:
            by_key.setdefault(key, []).append(trial)
    reports: dict[str, list[tuple[Reference, Answer | str]]] = {}
    for reference, answered in zip(references, authorities, strict=True):
        named: dict[str, Answer | str] = {
            name_of(trial): "trials" for trial in by_key.get(reference.key, ())
        }
        number, source = shown_registration(reference, answered)
        if number:
            trial = by_number.get(number)
            named.setdefault(name_of(trial) if trial else number, source)
        for name, source in named.items() if reference.key not in again else ():
            reports.setdefault(name, []).append((reference, source))
    found = []
    for name, members in reports.items():
        for place, (reference, source) in enumerate(members if len(members) > 1 else ()):
            others = [numbered(one) for one, _ in members[: MOST_NAMED + 1]]
            others = [one for one in others if one != numbered(reference)][:MOST_NAMED]
            more = len(members) - 1 > len(others)
            told = finding(
                reference,
                "duplicate.trial",
                "note",
                cited=name,
                found=", ".join([*others, *["…"] * more]),
                source=source if source != "trials" else members[0 if place else 1][1],
            )
            found.append((reference, told))
    return found


def name_of(trial: Trial) -> str:
    """ "ALTER 1202 (NCT03059797)"."""
    numbers = ", ".join(trial.registrations)
    return f"{trial.name} ({numbers})" if numbers else trial.name


def shown_registration(
    reference: Reference, authorities: Sequence[Answer]
) -> tuple[str | None, Answer | str]:
    """The one trial whose number the records of a report show; none for the registration itself,
    and where there are several, as in a pooled analysis."""
    if reference.registration:
        return None, "list"
    shown: dict[str, Answer] = {}
    for answer in filter(answers, authorities):
        numbers = strings(answer.get("registration"))
        for entry in entries_of(answer, "clinical-trial-number"):
            numbers += [text_of(entry, "clinical-trial-number") or ""]
        for number in numbers:
            shown.setdefault(number.strip().upper(), answer)
    shown.pop("", None)
    return next(iter(shown.items())) if len(shown) == 1 else (None, "list")
