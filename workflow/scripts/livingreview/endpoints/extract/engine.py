"""The extraction engine: a document's text in, rows with exact places out.

Rules and arithmetic only; the same text gives the same rows. Where the grammar leaves two
readings, the number is left aside with the reason `unsure` instead of becoming a wrong row.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from livingreview.endpoints.extract.arms import Arm, find_arms
from livingreview.endpoints.extract.aside import never_a_result, reason_for
from livingreview.endpoints.extract.assign import Assigned, Memory, Scene, assign_all
from livingreview.endpoints.extract.attach import Attached, Result, attach
from livingreview.endpoints.extract.mentions import Named, Names
from livingreview.endpoints.extract.normal import Normal, normalise
from livingreview.endpoints.extract.numbers import Figure, read_figures
from livingreview.endpoints.extract.sentences import split_sections
from livingreview.endpoints.row import Row
from livingreview.endpoints.trials import Trial, trials_of
from livingreview.endpoints.vocabulary import Vocabulary, intervention_ids, narrowest
from livingreview.references.citations import Citation, find_citations
from livingreview.references.record import Reference


@dataclass(frozen=True)
class Extraction:
    """The rows in the order of the text, and every other number with its reason
    (LEFT_ASIDE_COLUMNS)."""

    rows: tuple[Row, ...]
    left_aside: tuple[dict[str, Any], ...]


@dataclass
class Section:
    """What is carried from sentence to sentence and forgotten at the next heading."""

    references: tuple[str, ...] = ()
    trial: str | None = None
    population: str | None = None
    line: str | None = None
    level: float | None = None
    memory: Memory = field(default_factory=Memory)
    sizes: dict[tuple[str | None, str | None, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """What stays the same for all sentences."""

    text: str
    name: str
    lang: str
    normal: Normal
    names: Names
    vocabulary: Vocabulary
    trials: Mapping[str, Trial]
    citations: tuple[tuple[int, int, tuple[str, ...]], ...]
    keys: Mapping[str, str]


def extract(
    text: str,
    document: str,
    lang: str,
    vocabulary: Vocabulary,
    trials: Mapping[str, Trial],
    references: Sequence[Reference] = (),
) -> Extraction:
    """Rows and left-aside numbers of one document.

    `text[row.start:row.end] == row.quote` for every row. `references`, if given, tie numeric
    markers to citation keys and so to trials; rows keep the markers as the text prints them.
    """
    normal = normalise(text)
    whole = Document(
        text=text,
        name=document,
        lang=lang,
        normal=normal,
        names=Names(normal.text, vocabulary, trials),
        vocabulary=vocabulary,
        trials=trials,
        citations=tuple(
            (c.start, c.end, c.references) for c in places(find_citations(normal.text))
        ),
        keys={str(reference.number): reference.key for reference in references},
    )
    rows: list[Row] = []
    aside: list[dict[str, Any]] = []
    for sentences in split_sections(normal.text):
        section = Section()
        for start, end in sentences:
            new_rows, new_aside = read_sentence(whole, section, start, end)
            rows += new_rows
            aside += new_aside
    return Extraction(tuple(rows), tuple(aside))


def places(citations: Sequence[Citation]) -> Sequence[Citation]:
    return sorted(citations, key=lambda citation: citation.start)


def read_sentence(
    whole: Document, section: Section, start: int, end: int
) -> tuple[list[Row], list[dict[str, Any]]]:
    sentence = whole.normal.text[start:end]
    cited = citations_within(whole, start, end)
    named = whole.names.of_sentence(start, end)
    note_context(whole, section, named, cited)
    if (
        not any(sign.isdigit() for sign in sentence)
        and "未达" not in sentence
        and "reach" not in sentence
    ):
        return [], []
    masked = mask(sentence, [(place, stop) for place, stop, _ in cited])
    masked = mask(masked, [(m.start, m.end) for m in named.trials])
    masked = mask(masked, [found.span() for found in ADDRESS.finditer(masked)])
    figures = read_figures(masked, frozenset(e.end for e in named.endpoints))
    level = next((f.level for f in figures if f.level), None)
    section.level = level or section.level
    attached = attach(masked, figures, section.level)
    arms = find_arms(masked, named.interventions, [*named.populations, *named.lines, *named.trials])
    note_sizes(whole, section, masked, figures, arms)
    depth = depths(masked)
    scene = Scene(masked, attached.linking, named.endpoints, arms, depth, whole.vocabulary)
    section.memory = Memory(arms=section.memory.arms)
    kept, refused = [], []
    times = [endpoint.times_at for endpoint in named.endpoints if endpoint.times]
    for result in attached.results:
        if any(begin <= result.start < stop for begin, stop in times):
            continue
        reason = never_a_result(masked, result.figure)
        if reason:
            refused.append((result.figure, reason))
        else:
            kept.append(result)
    assigned = assign_all(scene, kept, section.memory)
    rows, used, more = make_rows(whole, section, start, end, named, cited, attached, assigned)
    outcome = bool(named.endpoints)
    left = []
    for figure, reason in [*attached.aside, *refused, *more]:
        if figure.kind not in ("never", "p") or reason == "p without a result":
            left.append((figure, reason))
    done = {figure.start for figure in used}
    aside = [
        aside_row(whole, start, end, figure, reason_for(masked, figure, reason, outcome))
        for figure, reason in sorted(left, key=lambda pair: pair[0].start)
        if figure.start not in done
    ]
    return rows, aside


# Addresses and DOIs hold digits that count nothing.
ADDRESS = re.compile(r"https?://[^\s<>]+|\b(?:doi:?\s*)?10\.[0-9]{4,9}/[^\s<>]+", re.IGNORECASE)


def citations_within(
    whole: Document, start: int, end: int
) -> list[tuple[int, int, tuple[str, ...]]]:
    first = bisect_left(whole.citations, (start,))
    found = []
    for place, stop, references in whole.citations[first:]:
        if place >= end:
            break
        found.append((place - start, min(stop, end) - start, references))
    return found


def mask(text: str, spans: Sequence[tuple[int, int]]) -> str:
    signs = list(text)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)


def depths(text: str) -> list[int]:
    """How deep in brackets each character stands; "PD-(L)1" is a name, not a bracket."""
    text = re.sub(
        r"(?<=[A-Za-z0-9-])\([A-Za-z]{1,2}\)(?=[A-Za-z0-9])", lambda m: " " * len(m[0]), text
    )
    depth, result = 0, []
    for sign in text:
        if sign in ")]" and depth:
            depth -= 1
        result.append(depth)
        if sign in "([":
            depth += 1
    return result


def note_context(
    whole: Document,
    section: Section,
    named: Named,
    cited: Sequence[tuple[int, int, tuple[str, ...]]],
) -> None:
    """References, trial, population and line that this sentence sets for itself and what follows."""
    if cited:
        section.references = cited[-1][2]
        section.trial = None
    if named.trials:
        section.trial = named.trials[-1].id
        own = whole.trials[section.trial].references
        keys = [ref for ref in section.references if whole.keys.get(ref, ref) in own]
        if not cited or len(section.references) > 1:
            section.references = tuple(keys) or section.references
    populations = narrowest((m.id for m in named.populations), whole.vocabulary.populations)
    if populations:
        section.population = populations[-1] if len(populations) == 1 else None
    lines = narrowest((m.id for m in named.lines), whole.vocabulary.lines)
    if lines:
        section.line = lines[-1] if len(lines) == 1 else None


SIZE_BEHIND = re.compile(
    r"\s*(?:\(\s*[nN]\s*=\s*|共?有?|[:：,，]?\s*)(?P<n>[0-9]+)\s*(?:\)|名|例|位|人|patients)"
)
SIZE_TO = re.compile(
    r"(?P<n>[0-9]+)(?:\s+patients?)?\s*(?:and\s+)?(?:were\s+)?(?:allocated|assigned|received|receiving|given|treated with)?\s*(?:to\s+)?$"
)


def note_sizes(
    whole: Document, section: Section, sentence: str, figures: Sequence[Figure], arms: Sequence[Arm]
) -> None:
    """ "安罗替尼组 82 名，安慰剂组 38 名", "A (n = 82)", "anlotinib ... to 82 patients and placebo to 38"."""
    for index, arm in enumerate(arms):
        until = arms[index + 1].start if index + 1 < len(arms) else len(sentence)
        found = SIZE_BEHIND.match(sentence, arm.end, until)
        if not found:
            found = re.compile(
                r"[^.;；。]{0,120}?\bto\s+(?P<n>[0-9]+)(?:\s+patients)?(?=\s*(?:and|,|;|$|\.|\())"
            ).match(sentence, arm.end, until)
        if found:
            section.sizes[size_key(whole, section, arm.words)] = int(found["n"])


def size_key(whole: Document, section: Section, words: str) -> tuple[str | None, str | None, str]:
    ids = intervention_ids(words, whole.vocabulary) or words
    return section.trial, section.population, ids


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
            or not member.unit
            and result.figure.kind != "never"
        ):
            left += [
                (figure, member.reason or "no unit") for figure in (result.figure, *result.used)
            ]
            continue
        row = make_row(whole, section, start, end, named, cited, member)
        if row.n is None and patients is not None and row.comparator is None:
            row = replace(row, n=patients)
        rows.append(row)
        used += [result.figure, *result.used]
    probabilities = {member.result.p for member in assigned if not member.reason}
    for figure in attached.probabilities:
        if figure.text in probabilities:
            used.append(figure)
        else:
            left.append((figure, "p without a result"))
    return rows, used, left


ENDPOINT_OF_P = 14


def give_probabilities(
    sentence: str, named: Named, attached: Attached, assigned: Sequence[Assigned]
) -> None:
    """A p value is that of the results before it: back to the p before, in its own part of the
    sentence, of the endpoint named right before it if there is one; of the ratio if there is one."""
    since = 0
    for figure in attached.probabilities:
        part = max(sentence.rfind(sign, 0, figure.start) for sign in ";；")
        own = [m for m in assigned if not m.reason and since <= m.result.start < figure.start]
        own = [m for m in own if m.result.start > part] or own
        near = [e.id for e in named.endpoints if 0 <= figure.begin - e.end <= ENDPOINT_OF_P]
        if near:
            own = [m for m in own if m.endpoint and m.endpoint.id == near[-1]] or own
        since = figure.start
        ratios = [m for m in own if m.statistic == "hazard_ratio"]
        for member in ratios[-1:] or own:
            member.result.p = figure.text


PATIENTS = re.compile(r"\s*(?:例|名|位|(?:[a-z-]+\s){0,2}patients?)")


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
