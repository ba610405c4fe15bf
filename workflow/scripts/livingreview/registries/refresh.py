"""Bring the lock up to date: ask the registries for what is missing or old, keep every answer.

First the searches for works printed without a DOI, so that a DOI found there is asked for along
with the printed ones; then the records; then the notices about them and, for DOIs that Crossref
does not hold, who does. A printed DOI that is unknown or another work's is searched for at last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from livingreview.progress import Tell
from livingreview.references.doi import without_ending
from livingreview.references.judgement.existence import is_elsewhere
from livingreview.references.record import Reference
from livingreview.references.resolution.matching import bibliographic_query, is_searchable
from livingreview.references.resolution.search import match_candidates, needs_search
from livingreview.registries.clinicaltrials import ask_registrations, is_asked
from livingreview.registries.crossref import ask_dois as ask_crossref
from livingreview.registries.crossref import ask_searches as search_crossref
from livingreview.registries.crossref import ask_updates
from livingreview.registries.datacite import ask_dois as ask_datacite
from livingreview.registries.doi_system import ask_agencies, ask_handles
from livingreview.registries.europepmc import ask_dois as ask_europepmc
from livingreview.registries.europepmc import ask_searches as search_europepmc
from livingreview.registries.europepmc_query import search_query
from livingreview.registries.gather import Asking, gather
from livingreview.registries.journals import Journals
from livingreview.registries.known import Known
from livingreview.registries.questions import question, unanswered
from livingreview.registries.services import Services
from livingreview.registries.web_pages import ask_pages

Line = dict[str, Any]


def refresh_lock(
    references: Sequence[Reference],
    services: Services,
    lines: Iterable[Line],
    keep: Callable[[Line], object],
    tell: Tell,
    *,
    today: date,
    max_age_days: int,
    journals: Journals,
) -> Known:
    """Ask what `lines`, the lock as it is, does not answer; each answer goes to `keep` at once.

    A registry that fails or refuses costs its own answers only. Returns what is known then.
    """
    known = Known(by_doi(references))
    for line in lines:
        known.take(line)

    def ask(*askings: Asking) -> None:
        wanted = [
            replace(one, values=unanswered(one.source, one.name, one.values, *freshness))
            for one in askings
            if one.client is not None
        ]
        for line in gather([one for one in wanted if one.values], services, tell):
            line = {**line, "_retrieved": today.isoformat()}
            keep(line)
            known.take(line)
            known.count(line)

    freshness = known.answered, today, max_age_days
    without_doi = [one for one in references if one.doi is None and is_searchable(one)]
    ask(*searches(without_doi, journals, services))
    found = matched_dois(without_doi, known, journals)
    printed = [reference.doi for reference in references if reference.doi]
    ask_about(
        list(dict.fromkeys([*printed, *found])), known, services, ask, others(references, services)
    )
    doubted = [
        one for one in references if one.doi and needs_search(one, known.doubtful.get(one.doi, []))
    ]
    ask(*searches(doubted, journals, services))
    shortened = [without_ending(one.doi) for one in doubted if one.doi]
    found = matched_dois(doubted, known, journals)
    more = dict.fromkeys([*filter(None, shortened), *found])
    ask_about([doi for doi in more if doi not in printed], known, services, ask, [])
    return known


def by_doi(references: Iterable[Reference]) -> dict[str, list[Reference]]:
    found: dict[str, list[Reference]] = {}
    for reference in references:
        if reference.doi:
            found.setdefault(reference.doi, []).append(reference)
    return found


def searches(
    references: Iterable[Reference], journals: Journals, services: Services
) -> list[Asking]:
    references = [one for one in references if is_searchable(one)]
    by_title = filter(None, map(bibliographic_query, references))
    by_place = filter(None, (search_query(one, journals) for one in references))
    return [
        Asking("crossref", "bibliographic", [*by_title], search_crossref, services.crossref),
        Asking("europepmc", "search", [*by_place], search_europepmc, services.europepmc),
    ]


def matched_dois(references: Iterable[Reference], known: Known, journals: Journals) -> list[str]:
    """The DOIs of the works that the searches found with confidence."""
    dois = []
    for reference in references:
        questions = [
            question("crossref", {"bibliographic": bibliographic_query(reference)}),
            question("europepmc", {"search": search_query(reference, journals)}),
        ]
        candidates = [work for one in questions for work in known.works.get(one, [])]
        doi = match_candidates(reference, candidates, journals).doi if candidates else None
        if doi:
            dois.append(doi)
    return dois


def others(references: Iterable[Reference], services: Services) -> list[Asking]:
    """What is identified otherwise: trial registrations, web pages."""
    numbers = [
        one.registration.upper()
        for one in references
        if one.registration and is_asked(one.registration)
    ]
    addresses = [
        one.url for one in references if one.url and is_elsewhere(one) and not one.registration
    ]
    return [
        Asking(
            "clinicaltrials", "registration", numbers, ask_registrations, services.clinicaltrials
        ),
        Asking("web", "url", addresses, ask_pages, services.pages),
    ]


def ask_about(
    dois: Sequence[str],
    known: Known,
    services: Services,
    ask: Callable[..., None],
    beside: Iterable[Asking],
) -> None:
    """The records of the DOIs, the notices about them, and who holds what Crossref does not."""
    ask(
        Asking("crossref", "doi", dois, ask_crossref, services.crossref),
        Asking("europepmc", "doi", dois, ask_europepmc, services.europepmc),
        *beside,
    )
    held = [doi for doi in dois if known.outcome("crossref", "doi", doi) == "found"]
    absent = [doi for doi in dois if known.outcome("crossref", "doi", doi) == "not-found"]
    # A notice names the DOI that the work has now.
    current = [*held, *(known.moved[doi] for doi in held if doi in known.moved)]
    ask(
        Asking("crossref", "updates", current, ask_updates, services.crossref),
        Asking("agency", "doi", absent, ask_agencies, services.doi),
        Asking("handle", "doi", absent, ask_handles, services.doi),
    )
    of_datacite = [doi for doi in absent if known.agencies.get(doi, "").lower() == "datacite"]
    ask(Asking("datacite", "doi", of_datacite, ask_datacite, services.datacite))
