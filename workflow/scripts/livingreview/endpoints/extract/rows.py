"""From assigned values to rows: p values, numbers of patients, references, trial, population."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from livingreview.endpoints.extract.assign import Assigned
from livingreview.endpoints.extract.attach import Attached
from livingreview.endpoints.extract.context import Document, Section, size_key
from livingreview.endpoints.extract.mentions import Named
from livingreview.endpoints.extract.numbers import Figure
from livingreview.endpoints.row import Row
from livingreview.endpoints.trials import trials_of
from livingreview.endpoints.vocabulary import narrowest

ENDPOINT_OF_P = 14
# "; 两组比较 P = 0.003": of both groups, also that before the semicolon.
GROUPS_COMPARED = re.compile(
    r"[两三四各]组(?:间|比较|之间|[^,，]{0,8}差异)|组间|between (?:the )?(?:two )?groups"
)


def make_rows(
    whole: Document,
    section: Section,
    start: int,
    end: int,
    named: Named,
    cited: Sequence[tuple[int, int, tuple[str, ...]]],
    attached: Attached,
    assigned: Sequence[Assigned],
) -> tuple[list[Row], list[Figure], list[tuple[Figure, str]]]:
    """Rows; the figures that they use; the figures that became none, with the reason."""
    give_probabilities(whole.normal.text[start:end], named, attached, assigned)
    rows: list[Row] = []
    used: list[Figure] = []
    left: list[tuple[Figure, str]] = []
    patients = single_size(attached, assigned)
    for member in assigned:
        result = member.result
        if (
            member.reason
            or member.endpoint is None
            or (not member.unit and result.figure.kind != "never")
        ):
            left += [
                (figure, member.reason or "no unit") for figure in (result.figure, *result.used)
            ]
            continue
        row = make_row(whole, section, start, end, named, cited, member)
        if row.n is None and row.comparator is None:
            own = section.patients if member.arm is section.subject else None
            row = replace(row, n=patients if patients is not None else own)
        rows.append(row)
        used += [result.figure, *result.used]
    probabilities = {member.result.p for member in assigned if not member.reason}
    for figure in attached.probabilities:
        if figure.text in probabilities:
            used.append(figure)
        else:
            left.append((figure, "p without a result"))
    return rows, used, left


def give_probabilities(
    sentence: str, named: Named, attached: Attached, assigned: Sequence[Assigned]
) -> None:
    """A p value is that of the results before it: back to the p before, in its own part of the
    sentence, of the endpoint named right before it if one is; of the ratio if there is one."""
    since = 0
    for figure in attached.probabilities:
        part = max(sentence.rfind(sign, 0, figure.start) for sign in ";；")
        own = [m for m in assigned if not m.reason and since <= m.result.start < figure.start]
        if not GROUPS_COMPARED.search(sentence[part + 1 : figure.start]):
            own = [m for m in own if m.result.start > part] or own
        near = [e.id for e in named.endpoints if 0 <= figure.begin - e.end <= ENDPOINT_OF_P]
        if near:
            own = [m for m in own if m.endpoint and m.endpoint.id == near[-1]] or own
        since = figure.start
        ratios = [m for m in own if m.statistic == "hazard_ratio"]
        for member in ratios[-1:] or own:
            member.result.p = figure.text


def single_size(attached: Attached, assigned: Sequence[Assigned]) -> int | None:
    """The one number of patients that the sentence names before its results."""
    counts = [
        m.result.figure
        for m in assigned
        if m.reason and m.result.figure.unit == "patients" and m.result.figure.value is not None
    ]
    first = min((m.result.start for m in assigned if not m.reason), default=0)
    counts = [figure for figure in counts if figure.start < first]
    return int(counts[0].value) if len(counts) == 1 else None


def make_row(
    whole: Document,
    section: Section,
    start: int,
    end: int,
    named: Named,
    cited: Sequence[tuple[int, int, tuple[str, ...]]],
    member: Assigned,
) -> Row:
    result, figure, endpoint = member.result, member.result.figure, member.endpoint
    raw = whole.normal.raw_span
    quote_start, quote_end = raw(start, end)
    value_start, value_end = raw(start + figure.start, start + figure.end)
    value, low, high = figure.value, result.low, result.high
    if member.statistic == "range":
        value = None
        if figure.kind == "range":
            low, high = figure.low, figure.high
        else:
            low = figure.value if result.bound == "above" else None
            high = figure.value if result.bound == "below" else None
    references = references_of(section, cited, member.result.start, whole.normal.text[start:end])
    trial = trial_of(whole, section, named, references)
    n = result.n
    if (
        n is None
        and member.arm is not None
        and member.statistic not in ("difference", "hazard_ratio")
    ):
        n = section.sizes.get(size_key(whole, section, member.arm.words))
    return Row(
        document=whole.name,
        lang=whole.lang,
        start=quote_start,
        end=quote_end,
        quote=whole.text[quote_start:quote_end],
        value_start=value_start,
        value_end=value_end,
        references=references,
        endpoint=endpoint.id,
        statistic=member.statistic,
        trial=trial,
        population=nearest_term(named.populations, result.start, whole.vocabulary.populations)
        or section.population,
        line=nearest_term(named.lines, result.start, whole.vocabulary.lines) or section.line,
        arm=member.arm.words if member.arm else None,
        comparator=member.comparator.words if member.comparator else None,
        grade=endpoint.grade,
        timepoint=member.time[0] if member.time else None,
        timepoint_unit=member.time[1] if member.time else None,
        value=value,
        unit=member.unit,
        ci_low=low,
        ci_high=high,
        ci_level=result.level,
        p=result.p,
        n=n,
        events=result.events,
        not_reached=figure.kind == "never",
    )


def nearest_term(mentions: Sequence[Any], place: int, terms: Mapping[str, Any]) -> str | None:
    """The narrowest term named before the value, else in the sentence at all."""
    before = [mention.id for mention in mentions if mention.start < place]
    ids = narrowest(before or [mention.id for mention in mentions], terms)
    return ids[-1] if ids else None


def references_of(
    section: Section,
    cited: Sequence[tuple[int, int, tuple[str, ...]]],
    place: int,
    sentence: str,
) -> tuple[str, ...]:
    """The marker of the value's own part of the sentence: behind it, else before it; then any of
    the sentence; then the one carried from before in the section."""
    part_start = max(sentence.rfind(sign, 0, place) for sign in ";；") + 1
    ends = [at for at in (sentence.find(sign, place) for sign in ";；") if at >= 0]
    part_end = min(ends, default=len(sentence))
    for low, high in ((part_start, part_end), (0, len(sentence))):
        inside = [citation for citation in cited if low <= citation[0] < high]
        behind = [citation for citation in inside if citation[0] >= place]
        before = [citation for citation in inside if citation[0] < place]
        if behind or before:
            return behind[0][2] if behind and not (before and low) else before[-1][2]
    return section.references


def late_reference(whole: Document, section: Section, row: Row) -> Row:
    """The row with the reference that its paragraph names only after it."""
    keys = [whole.keys.get(reference, reference) for reference in section.references]
    found = trials_of(keys, whole.trials)
    trial = found[0] if row.trial is None and len(found) == 1 else row.trial
    return replace(row, references=section.references, trial=trial)


def trial_of(
    whole: Document, section: Section, named: Named, references: Sequence[str]
) -> str | None:
    if named.trials:
        return named.trials[-1].id
    keys = [whole.keys.get(reference, reference) for reference in references]
    found = trials_of(keys, whole.trials)
    if len(found) == 1:
        return found[0]
    return section.trial if references == section.references else None


def aside_row(whole: Document, start: int, end: int, figure: Figure, reason: str) -> dict[str, Any]:
    quote_start, quote_end = whole.normal.raw_span(start, end)
    value_start, value_end = whole.normal.raw_span(start + figure.start, start + figure.end)
    return {
        "document": whole.name,
        "lang": whole.lang,
        "start": quote_start,
        "end": quote_end,
        "quote": whole.text[quote_start:quote_end],
        "value_start": value_start,
        "value_end": value_end,
        "number": whole.text[value_start:value_end],
        "reason": reason,
    }
