"""Bring the lock up to date: ask the registries for what is missing or old, keep every answer.

First the searches for works printed without a DOI, so that a DOI found there is asked for along
with the printed ones; then the records; then the notices about them and, for DOIs that Crossref
does not hold, who does.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from livingreview.progress import SECONDS_BETWEEN_WORDS, Tell
from livingreview.references.matching import bibliographic_query, is_searchable
from livingreview.references.record import Reference
from livingreview.references.search import match_candidates
from livingreview.references.validate import is_elsewhere
from livingreview.registries.client import Client
from livingreview.registries.clinicaltrials import ask_registrations, is_asked
from livingreview.registries.crossref import ask_dois as ask_crossref
from livingreview.registries.crossref import ask_searches as search_crossref
from livingreview.registries.crossref import ask_updates
from livingreview.registries.datacite import ask_dois as ask_datacite
from livingreview.registries.doi_system import ask_agencies, ask_handles
from livingreview.registries.europepmc import ask_dois as ask_europepmc
from livingreview.registries.europepmc import ask_searches as search_europepmc
from livingreview.registries.europepmc_query import search_query
from livingreview.registries.journals import Journals
from livingreview.registries.questions import (
    Answered,
    Question,
    note,
    question,
    question_of,
    unanswered,
)
from livingreview.registries.services import Services
from livingreview.registries.web_pages import ask_pages as ask_web_pages

Line = dict[str, Any]
NAMES = {
    "crossref": "Crossref",
    "europepmc": "Europe PMC",
    "datacite": "DataCite",
    "agency": "DOI agencies (doi.org)",
    "handle": "DOI handles (doi.org)",
    "clinicaltrials": "ClinicalTrials.gov",
    "web": "web pages",
}


@dataclass(frozen=True)
class Asking:
    """Questions of one kind to one registry."""

    source: str
    name: str  # of the question: doi, updates, bibliographic, search, registration, url
    values: Sequence[str]
    ask: Callable[[Client, Sequence[str]], Iterator[Line]]
    client: Client | None


@dataclass
class Known:
    """What the lock and this run have so far. `works`: candidate works by search question;
    `agencies`: by DOI; `outcomes`: of this run, by source."""

    answered: dict[Question, Answered] = field(default_factory=dict)
    works: dict[Question, list[Line]] = field(default_factory=dict)
    agencies: dict[str, str] = field(default_factory=dict)
    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    reasons: dict[str, Counter[str]] = field(default_factory=dict)

    def take(self, line: Line) -> None:
        note(self.answered, line)
        if line["_outcome"] != "found":
            return
        if isinstance(line.get("items"), list) and "updates" not in line["_query"]:
            self.works[question_of(line)] = line["items"]
        if line["_source"] == "agency":
            self.agencies[line["_query"]["doi"]] = str(line.get("agency"))

    def count(self, line: Line) -> None:
        self.outcomes.setdefault(line["_source"], Counter())[line["_outcome"]] += 1
        if line["_outcome"] == "failed":
            reason = str(line.get("_reason"))
            self.reasons.setdefault(line["_source"], Counter())[reason] += 1

    def outcome(self, source: str, name: str, value: str) -> str:
        answer = self.answered.get(question(source, {name: value}))
        return answer.outcome if answer else "not-asked"


def refresh_lock(
    references: Sequence[Reference],
    services: Services,
    lines: Iterable[Line],
    keep: Callable[[Line], None],
    tell: Tell,
    *,
    today: date,
    max_age_days: int,
    journals: Journals,
) -> Known:
    """Ask what `lines`, the lock as it is, does not answer; each answer goes to `keep` at once.

    A registry that fails or refuses costs its own answers only. Returns what is known then.
    """
    known = Known()
    for line in lines:
        known.take(line)

    def stage(*askings: Asking) -> None:
        open_ones = [
            Asking(
                one.source,
                one.name,
                unanswered(one.source, one.name, one.values, known.answered, today, max_age_days),
                one.ask,
                one.client,
            )
            for one in askings
            if one.client is not None
        ]
        for line in answers([one for one in open_ones if one.values], services, tell):
            line = {**line, "_retrieved": today.isoformat()}
            keep(line)
            known.take(line)
            known.count(line)

    searches = searches_for(references, journals)
    stage(
        Asking(
            "crossref",
            "bibliographic",
            [text for text, _ in searches.values() if text],
            search_crossref,
            services.crossref,
        ),
        Asking(
            "europepmc",
            "search",
            [text for _, text in searches.values() if text],
            search_europepmc,
            services.europepmc,
        ),
    )
    dois = wanted_dois(references, searches, known, journals)
    stage(
        Asking("crossref", "doi", dois, ask_crossref, services.crossref),
        Asking("europepmc", "doi", dois, ask_europepmc, services.europepmc),
        Asking(
            "clinicaltrials",
            "registration",
            registrations(references),
            ask_registrations,
            services.clinicaltrials,
        ),
        Asking("web", "url", web_addresses(references), ask_web_pages, services.pages),
    )
    held = [doi for doi in dois if known.outcome("crossref", "doi", doi) == "found"]
    absent = [doi for doi in dois if known.outcome("crossref", "doi", doi) == "not-found"]
    stage(
        Asking("crossref", "updates", held, ask_updates, services.crossref),
        Asking("agency", "doi", absent, ask_agencies, services.doi),
        Asking("handle", "doi", absent, ask_handles, services.doi),
    )
    of_datacite = [doi for doi in absent if known.agencies.get(doi, "").lower() == "datacite"]
    stage(Asking("datacite", "doi", of_datacite, ask_datacite, services.datacite))
    return known


def searches_for(
    references: Iterable[Reference], journals: Journals
) -> dict[str, tuple[str, str | None]]:
    """By citation key: the texts that Crossref and Europe PMC are searched with."""
    return {
        reference.key: (bibliographic_query(reference), search_query(reference, journals))
        for reference in references
        if reference.doi is None and is_searchable(reference)
    }


def wanted_dois(
    references: Iterable[Reference],
    searches: dict[str, tuple[str, str | None]],
    known: Known,
    journals: Journals,
) -> list[str]:
    """The printed DOIs and those that a search found with confidence, each once."""
    dois = []
    for reference in references:
        if reference.doi:
            dois.append(reference.doi)
        elif reference.key in searches:
            by_title, by_place = searches[reference.key]
            candidates = [
                *known.works.get(question("crossref", {"bibliographic": by_title}), []),
                *known.works.get(question("europepmc", {"search": by_place}), []),
            ]
            found = match_candidates(reference, candidates, journals)
            if found.doi:
                dois.append(found.doi)
    return list(dict.fromkeys(dois))


def registrations(references: Iterable[Reference]) -> list[str]:
    numbers = (reference.registration for reference in references)
    return [number.upper() for number in numbers if number and is_asked(number)]


def web_addresses(references: Iterable[Reference]) -> list[str]:
    return [
        reference.url
        for reference in references
        if reference.url and is_elsewhere(reference) and not reference.registration
    ]


def answers(askings: Sequence[Asking], services: Services, tell: Tell) -> Iterator[Line]:
    """The answers of all registries as they come, each registry in a thread of its own."""
    arrived: queue.Queue[tuple[Asking, Line | BaseException | None]] = queue.Queue()

    def work(mine: list[Asking]) -> None:
        for asking in mine:
            try:
                for line in asking.ask(asking.client, asking.values):
                    arrived.put((asking, line))
                arrived.put((asking, None))
            except BaseException as error:  # handed to the thread that waits
                arrived.put((asking, error))
                return

    by_client: dict[int, list[Asking]] = {}
    for asking in askings:
        by_client.setdefault(id(asking.client), []).append(asking)
    for mine in by_client.values():
        threading.Thread(target=work, args=(mine,), daemon=True).start()
    done: Counter[int] = Counter()
    last_word = time.monotonic()
    open_ones = len(askings)
    try:
        while open_ones:
            asking, line = arrived.get()
            if isinstance(line, BaseException):
                raise line
            if line is None:
                open_ones -= 1
            else:
                done[id(asking)] += 1
                yield line
            if line is None or time.monotonic() - last_word > SECONDS_BETWEEN_WORDS:
                last_word = time.monotonic()
                tell(progress(asking, done[id(asking)]))
    finally:
        if open_ones:
            services.stop("interrupted")


KINDS = {
    "doi": "DOIs",
    "updates": "DOIs for notices",
    "bibliographic": "searches",
    "search": "searches",
    "registration": "registrations",
    "url": "addresses",
}


def progress(asking: Asking, done: int) -> str:
    return f"{NAMES[asking.source]}: {done} of {len(asking.values)} {KINDS[asking.name]} asked"


def closing_lines(known: Known, services: Services) -> list[str]:
    """What was asked and answered, a line a registry; why, where there was no answer."""
    if not known.outcomes:
        return ["nothing to ask: every question has an answer that is young enough"]
    lines = []
    for source, name in NAMES.items():
        if source not in known.outcomes:
            continue
        counts = known.outcomes[source]
        text = (
            f"{name}: {counts.total()} asked: {counts['found']} found,"
            f" {counts['not-found']} not found, {counts['failed']} not answered"
        )
        if counts["failed"]:
            reasons = [reason for reason, _ in known.reasons[source].most_common(2)]
            text += f" ({'; '.join(reasons)})"
        lines.append(text)
    requests = sum(client.requests for client in services.clients())
    lines.append(f"{requests} requests in all")
    return lines
