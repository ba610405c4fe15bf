"""The scope note: a statement names one disease, the cited work's title another.

"in SCLC ... prolonged survival [12]", and 12 is a study of lung adenocarcinoma. An editor may
want to look; nothing is proven. The note is made only where the statement reports a result of the
disease's patients or models and the title is a study of a treatment, and never where the disease
may not be what the citation stands for: several diseases in one sentence, a contrast, an example,
a work on a measure, a method, a toxicity or the like, a title without a disease or with several.
The words for all this stand in scope_words.py, the diseases in the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from livingreview.endpoints.spellings import Finder, Mention
from livingreview.endpoints.vocabulary import Term, enclosing, spellings_of
from livingreview.references.comparison.plain import TAG, readable
from livingreview.references.judgement.finding import Answer, Finding, finding
from livingreview.references.judgement.scope_words import (
    ALL_BUT,
    ASIDE_AFTER,
    ASIDE_BEFORE,
    BIOLOGY,
    EFFECT,
    OUTCOME,
    of_another_subject,
    share_a_drug,
    studies_treatment,
)
from livingreview.references.record import Reference
from livingreview.references.texts.citations import find_citations
from livingreview.references.texts.citing_sentences import one_line
from livingreview.references.work import is_work, strings, work_titles

CODE = "scope.disease"
LONGEST_SENTENCE = 160  # characters of the sentence that a note shows
LONGEST_ABSTRACT = 20_000

# What stands before "and" and a disease, or 和.
JOINED = re.compile(
    r"([A-Za-z][A-Za-z-]*(?: [A-Za-z-]+){0,2}|[\u3400-\u9fff]{1,4})"
    r"(?:, and|, or|,| and| or|/| &|[、和与及或])\s*\Z"
)


@dataclass(frozen=True)
class Scope:
    """Which diseases texts name: `ids` for certain, `several` where words stand for many."""

    ids: tuple[str, ...]
    mentions: tuple[Mention, ...]
    several: bool


@dataclass(frozen=True)
class Titles:
    """What the titles of one work name; `shown`: the one to show, and who has it."""

    texts: tuple[str, ...]
    ids: tuple[str, ...]
    several: bool
    shown: tuple[str, Answer | str]


class Diseases:
    """The diseases of a vocabulary, ready to be looked for."""

    def __init__(self, terms: Mapping[str, Term]):
        self.terms = terms
        self.finder = Finder(spellings_of(terms))
        self.wider = {id: frozenset(enclosing(id, terms)) for id in terms}

    def of(self, text: str) -> Scope:
        found = self.finder.find(text)
        own = tuple(one for one in found if self.terms[one.id].names == "one")
        several = any(self.terms[one.id].names == "many" for one in found)
        ids = [one.id for one in own]
        ids += [id for one in own for id in self.joined_before(text, one)]
        return Scope(tuple(dict.fromkeys(ids)), own, several)

    def joined_before(self, text: str, mention: Mention) -> list[str]:
        """The disease whose last words are said once for both: "colorectal and ovarian cancer",
        乳腺和卵巢癌."""
        before = JOINED.search(text, max(0, mention.start - 60), mention.start)
        if not before:
            return []
        words = text[mention.start : mention.end]
        if words.isascii():
            ends = [" ".join(words.split()[-count:]) for count in (1, 2)]
            starts = before[1].split()
            whole = [" ".join([*starts[-count:], end]) for count in (1, 2, 3) for end in ends]
        else:
            whole = [before[1][-count:] + words[-1] for count in (1, 2, 3, 4)]
        found = [(one, self.finder.find(one)) for one in whole]
        return [
            places[0].id
            for one, places in found
            if [(place.start, place.end) for place in places] == [(0, len(one))]
            and self.terms[places[0].id].names == "one"
        ]

    def related(self, one: str, other: str) -> bool:
        return one == other or one in self.wider[other] or other in self.wider[one]

    def one_family(self, ids: Sequence[str]) -> bool:
        """Whether the ids are one disease, more or less narrowly named."""
        return bool(ids) and all(self.related(one, other) for one in ids for other in ids)

    def of_one_kind(self, one: str, other: str) -> bool:
        """Whether both are tumours, or neither: a tumour's study may well be about diabetes."""
        return bool((self.wider[one] | {one}) & (self.wider[other] | {other}))

    def narrowest(self, ids: Sequence[str]) -> str:
        return max(ids, key=lambda id: len(self.wider[id]))


def scope_findings(
    references: Sequence[Reference],
    resolved: Sequence[Mapping[str, Any]],
    citations: Sequence[Mapping[str, Any]] | None,
    diseases: Mapping[str, Term],
) -> dict[str, list[Finding]]:
    """By key: at most one note a reference and document, at the first statement that asks for it.

    `resolved`: the lines of resolved.jsonl; `citations`: the rows of citations.csv.
    """
    found: dict[str, list[Finding]] = {}
    if not citations or not diseases:
        return found
    known = Diseases(diseases)
    by_key = {one.key: one for one in references}
    answers = {line["key"]: [*filter(is_work, line["authorities"])] for line in resolved}
    titles: dict[str, Titles] = {}
    noted: set[tuple[str, str]] = set()
    for row in citations:
        key, document = row["key"], str(row["document"])
        if not row["number"] or key not in by_key or (key, document) in noted:
            continue
        stated = stated_diseases(row["sentence"], row["marker"], known)
        if not stated:
            continue
        works = answers.get(key, [])
        if key not in titles:
            titles[key] = read_titles(by_key[key], works, known)
        pair = mismatch(stated, titles[key], works, known)
        if pair is None or not reports_result(row["sentence"], titles[key].texts):
            continue
        noted.add((key, document))
        names = [(diseases[id].zh, diseases[id].en) for id in pair]
        title, source = titles[key].shown
        found.setdefault(key, []).append(
            finding(
                by_key[key],
                CODE,
                "note",
                cited=shown(row["sentence"], row["marker"]),
                found=title,
                source=source,
                document=document,
                line=int(row["line"]),
                disease=names[0],
                other=names[1],
            )
        )
    return found


def read_titles(reference: Reference, works: Sequence[Answer], known: Diseases) -> Titles:
    """`works`: the records of the cited work."""
    sources: dict[str, Answer | str] = {}
    if reference.title:
        sources[reference.title] = "list"
    for work in works:
        for title in work_titles(work):
            sources.setdefault(title, work)
    scopes = {title: known.of(title) for title in sources}
    ids = [id for scope in scopes.values() for id in scope.ids]
    several = any(scope.several for scope in scopes.values())
    several = several or any(map(ALL_BUT.search, sources))
    shown = next((title for title in sources if scopes[title].ids), next(iter(sources), ""))
    return Titles(tuple(sources), tuple(ids), several, (shown, sources.get(shown, "list")))


def read_abstracts(works: Sequence[Answer], known: Diseases) -> Scope:
    texts = [text for work in works for text in strings(work.get("abstract"))]
    plain = [readable(TAG.sub(" ", text[:LONGEST_ABSTRACT])) for text in texts]
    return known.of(" | ".join(plain))


def mismatch(
    stated: Sequence[str], titles: Titles, works: Sequence[Answer], known: Diseases
) -> tuple[str, str] | None:
    """The disease that the statement names and the other that the work is about; None if there is
    nothing to say or any doubt."""
    if titles.several or any(known.related(one, other) for one in stated for other in titles.ids):
        return None
    if titles.ids and not known.one_family(titles.ids):
        return None
    abstracts = read_abstracts(works, known)
    if any(known.related(one, other) for one in stated for other in abstracts.ids):
        return None
    # What an abstract names beside its title's disease may be a mere example.
    ids = titles.ids or (() if abstracts.several else abstracts.ids)
    if not known.one_family(ids):
        return None
    if not all(known.of_one_kind(one, other) for one in stated for other in ids):
        return None
    return known.narrowest(stated), known.narrowest(ids)


def stated_diseases(sentence: str, marker: str, known: Diseases) -> tuple[str, ...]:
    """The one disease, with wider or narrower names of it, that the marker's statement is about;
    () if it names none, several, or if the disease may be there for another reason."""
    scope = known.of(sentence)
    if scope.several or not known.one_family(scope.ids):
        return ()
    marker = one_line(marker)
    places = [(one.start, one.end) for one in find_citations(sentence)]
    own = [place for place in places if sentence[slice(*place)] == marker]
    if len(own) != 1:
        return ()
    start = own[0][0]
    since = max((end for _, end in places if end <= start), default=0)
    if not any(since <= one.start < start for one in scope.mentions):
        return ()
    if any(is_aside(sentence, mention) for mention in scope.mentions):
        return ()
    return scope.ids


def is_aside(sentence: str, mention: Mention) -> bool:
    """Whether this mention is a comparison, an example or background."""
    before = sentence[max(0, mention.start - 120) : mention.start]
    after = sentence[mention.end : mention.end + 40]
    return bool(ASIDE_BEFORE.search(before) or ASIDE_AFTER.match(after))


def reports_result(sentence: str, titles: Sequence[str]) -> bool:
    """Whether the sentence tells what patients, cells or animals were seen to gain or lose, and
    the titles are those of a study of a treatment; not if either may be about something else."""
    if any(of_another_subject(text) for text in (sentence, *titles)):
        return False
    if EFFECT.search(sentence) and any(share_a_drug(sentence, one) for one in titles):
        return True
    if any(BIOLOGY.search(text) for text in (sentence, *titles)):
        return False
    return bool(OUTCOME.search(sentence)) and any(map(studies_treatment, titles))


def shown(sentence: str, marker: str) -> str:
    """The sentence, cut around its marker if it is long."""
    if len(sentence) <= LONGEST_SENTENCE:
        return sentence
    end = min(len(sentence), max(sentence.find(one_line(marker)) + len(marker), LONGEST_SENTENCE))
    begin = max(0, end - LONGEST_SENTENCE)
    return ("…" if begin else "") + sentence[begin:end] + ("…" if end < len(sentence) else "")
