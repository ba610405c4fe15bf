"""The extraction engine: a document's text in, rows with exact places out.

Rules and arithmetic only; the same text gives the same rows. Where the grammar leaves two
readings, the number is left aside with the reason `unsure` instead of becoming a wrong row.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from livingreview.endpoints.extract.arms import find_arms
from livingreview.endpoints.extract.aside import never_a_result, reason_for
from livingreview.endpoints.extract.assign import assign_all
from livingreview.endpoints.extract.attach import Result, attach
from livingreview.endpoints.extract.context import (
    Document,
    Section,
    note_context,
    note_sizes,
    note_subject,
)
from livingreview.endpoints.extract.mentions import Named, Names
from livingreview.endpoints.extract.normal import normalise
from livingreview.endpoints.extract.numbers import Figure, read_figures
from livingreview.endpoints.extract.rows import aside_row, late_reference, make_rows
from livingreview.endpoints.extract.scene import Memory, Scene
from livingreview.endpoints.extract.sentences import split_sections
from livingreview.endpoints.extract.subjects import find_subjects
from livingreview.endpoints.row import Row
from livingreview.endpoints.trials import Trial
from livingreview.endpoints.vocabulary import Vocabulary
from livingreview.references.record import Reference
from livingreview.references.texts.citations import Citation, find_citations

# Addresses and DOIs hold digits that count nothing.
ADDRESS = re.compile(r"https?://[^\s<>]+|\b(?:doi:?\s*)?10\.[0-9]{4,9}/[^\s<>]+", re.IGNORECASE)


@dataclass(frozen=True)
class Extraction:
    """The rows in the order of the text, and every other number with its reason
    (LEFT_ASIDE_COLUMNS)."""

    rows: tuple[Row, ...]
    left_aside: tuple[dict[str, Any], ...]


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
        waiting: list[int] = []  # rows of a study that its paragraph cites only at its end
        for start, end in sentences:
            new_rows, new_aside = read_sentence(whole, section, start, end)
            if section.references and waiting:
                for index in waiting:
                    rows[index] = late_reference(whole, section, rows[index])
                waiting = []
            if section.awaits_reference:
                waiting += [len(rows) + i for i, row in enumerate(new_rows) if not row.references]
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
    note_context(whole, section, sentence, named, cited)
    if not COUNTS_OR_NEVER.search(sentence):
        return [], []
    masked = mask(sentence, [(place, stop) for place, stop, _ in cited])
    masked = mask(masked, [(m.start, m.end) for m in named.trials])
    masked = mask(masked, [found.span() for found in ADDRESS.finditer(masked)])
    figures = read_figures(masked, frozenset(e.end for e in named.endpoints))
    section.level = next((f.level for f in figures if f.level), None) or section.level
    attached = attach(masked, figures, section.level)
    others = [*named.populations, *named.lines, *named.trials]
    arms = find_arms(masked, named.interventions, others)
    scene = Scene(
        masked,
        attached.linking,
        named.endpoints,
        arms,
        find_subjects(masked, [*others, *named.interventions]),
        depths(masked),
        whole.vocabulary,
    )
    sizes = note_sizes(whole, section, masked, arms)
    section.memory = Memory(arms=section.memory.arms)
    results, times, refused = separate(masked, named, attached.results)
    assigned = assign_all(scene, results, section.memory)
    note_subject(section, scene, figures, assigned)
    rows, used, more = make_rows(whole, section, start, end, named, cited, attached, assigned)
    points = {row.timepoint for row in rows}
    left = [pair for pair in [*attached.aside, *refused, *more] if pair[0].kind != "never"]
    left += [
        (figure, "time point without a rate") for figure in times if figure.value not in points
    ]
    done = {figure.start for figure in used}
    aside = []
    for figure, reason in sorted(left, key=lambda pair: pair[0].start):
        if figure.start not in done:
            if figure.start in sizes:
                reason = "number of patients"
            elif figure.kind != "p":
                reason = reason_for(masked, figure, reason, bool(named.endpoints))
            aside.append(aside_row(whole, start, end, figure, reason))
    return rows, aside


# A sentence with neither is only context.
COUNTS_OR_NEVER = re.compile(r"[0-9]|未达|未到达|没有达到|reached|estimable|attained|\bN[RE]\b")


def separate(
    sentence: str, named: Named, results: Sequence[Result]
) -> tuple[list[Result], list[Figure], list[tuple[Figure, str]]]:
    """What may be a result; the time points of endpoints ("3-year OS"); what the words around
    exclude, with the reason."""
    spans = [endpoint.times_at for endpoint in named.endpoints if endpoint.times]
    kept, times, refused = [], [], []
    for result in results:
        reason = never_a_result(sentence, result.figure)
        if any(begin <= result.start < stop for begin, stop in spans):
            times.append(result.figure)
        elif reason:
            refused.append((result.figure, reason))
        else:
            kept.append(result)
    return kept, times, refused


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
