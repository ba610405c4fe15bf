"""What a section carries from sentence to sentence, and forgets at the next heading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from livingreview.endpoints.extract.arms import Arm
from livingreview.endpoints.extract.mentions import Named, Names
from livingreview.endpoints.extract.normal import Normal
from livingreview.endpoints.extract.numbers import Figure
from livingreview.endpoints.extract.scene import Assigned, Memory, Scene
from livingreview.endpoints.trials import Trial
from livingreview.endpoints.vocabulary import Vocabulary, intervention_ids, narrowest


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


@dataclass
class Section:
    """What is carried from sentence to sentence and forgotten at the next heading."""

    references: tuple[str, ...] = ()
    trial: str | None = None
    population: str | None = None
    line: str | None = None
    level: float | None = None
    awaits_reference: bool = False
    subject: Arm | None = None  # the one arm of a study told over several sentences
    patients: int | None = None
    memory: Memory = field(default_factory=Memory)
    sizes: dict[tuple[str | None, str | None, str], int] = field(default_factory=dict)


SIZE_BEHIND = re.compile(
    r"\s*(?:\(\s*[nN]\s*=\s*|共?有?|[:：,，]?\s*)(?P<n>[0-9]{1,6})\s*(?:\)|名|例|位|人|patients)"
)
SIZE_TO = re.compile(
    r"[^.;；。]{0,120}?\bto\s+(?P<n>[0-9]{1,6})(?:\s+patients)?(?=\s*(?:and|[,;.(]|$))"
)
# "60 例和 30 例分入甲药组与安慰剂组"
SIZES_FIRST = re.compile(
    r"(?P<one>[0-9]{1,6})\s*[名例]?\s*(?:和|与|及|、)\s*(?P<other>[0-9]{1,6})\s*[名例]"
    r"|(?P<one_en>[0-9]{1,6})(?:\s+patients)?\s+and\s+(?P<other_en>[0-9]{1,6})\s+patients"
)
# A study that the text has not spoken of before; "这是一项" goes on about the last one.
NEW_STUDY = re.compile(
    r"(?<!是)一项|另有|有研究|有学者|\b(?:[Aa]|[Aa]n|[Oo]ne|[Aa]nother)\s+(?:[\w-]+\s){0,5}?"
    r"(?:study|trial|analysis|cohort|series)\b(?!\s+of\s+this)"
)


def note_context(
    whole: Document,
    section: Section,
    sentence: str,
    named: Named,
    cited: Sequence[tuple[int, int, tuple[str, ...]]],
) -> None:
    """References, trial, population and line that this sentence sets for itself and the next."""
    if cited:
        section.references, section.awaits_reference = cited[-1][2], False
        section.trial = None
    elif NEW_STUDY.search(sentence) and not named.trials:
        section.references, section.awaits_reference = (), True
        section.trial = section.subject = section.patients = None
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


def note_subject(
    section: Section, scene: Scene, figures: Sequence[Figure], assigned: Sequence[Assigned]
) -> None:
    """A sentence that names one arm and one number of patients speaks of a study of one arm; its
    arm and number hold for the sentences after it that name no arm, and fill this one's gaps."""
    named = {arm.ids or arm.words for arm in scene.arms}
    if named:
        section.subject = section.patients = None
    counts = [
        m.result.figure
        for m in assigned
        if m.reason == "number of patients" and m.result.figure.value is not None
    ]
    if len(named) == 1 and len(counts) == 1:
        section.subject, section.patients = scene.arms[0], int(counts[0].value)
    if not named and not scene.subjects and section.subject:
        for member in assigned:
            if not member.reason and member.arm is None:
                member.arm = section.subject


def note_sizes(whole: Document, section: Section, sentence: str, arms: Sequence[Arm]) -> set[int]:
    """The sizes of arms ("安罗替尼组 82 名", "A (n = 82)", "placebo to 38"), kept for what follows;
    returns where their numbers stand."""
    places = set()
    for index, arm in enumerate(arms):
        until = arms[index + 1].start if index + 1 < len(arms) else len(sentence)
        found = SIZE_BEHIND.match(sentence, arm.end, until) or SIZE_TO.match(
            sentence, arm.end, until
        )
        if found:
            section.sizes[size_key(whole, section, arm.words)] = int(found["n"])
            places.add(found.start("n"))
    first = SIZES_FIRST.search(sentence)
    after = [arm for arm in arms if first and arm.start >= first.end()]
    if first and not places and len(after) == 2:
        for arm, name in zip(after, ("one", "other"), strict=True):
            group = name if first[name] else name + "_en"
            section.sizes[size_key(whole, section, arm.words)] = int(first[group])
            places.add(first.start(group))
    return places


def size_key(whole: Document, section: Section, words: str) -> tuple[str | None, str | None, str]:
    ids = intervention_ids(words, whole.vocabulary) or words
    return section.trial, section.population, ids
