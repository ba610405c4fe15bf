"""Which candidate record is the work that a reference without a DOI cites, if any of them is.

A registry's search returns what is alike, in the order of a score that says nothing: an invented
reference was seen to score above a genuine one. So the score is never read. Every candidate is
judged by its own fields, as Crossref's own matcher does after its search
(https://github.com/CrossRef/search-based-reference-matcher): at least three supports, and more of
them than any other work has. What a record does not show says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from livingreview.references.comparison.compare import compare_field
from livingreview.references.comparison.pages import parse_pages
from livingreview.references.comparison.plain import comparison_key, plain_words, readable
from livingreview.references.comparison.titles import without_status
from livingreview.references.record import Name, Reference
from livingreview.references.resolution.candidate_fields import (
    author_state,
    is_common,
    is_page_slip,
    journal_state,
    page_state,
    title_state,
    whole_titles,
    year_state,
)
from livingreview.references.resolution.candidates import (
    LONGEST_TITLE,
    Work,
    is_abstract,
    is_conference,
    is_conference_paper,
    is_posted,
    is_preprint,
    printed_as_abstract,
    unsuitable,
)
from livingreview.references.work import (
    text_of,
    work_authors,
    work_containers,
    work_doi,
    work_titles,
    work_years,
)

FIELD_WORDS = {"author": "first author", "container-title": "journal", "page": "first page"}
SUPPORTS = ("title", "author", "container-title", "year", "volume", "page")
AGREEING = frozenset(("agrees", "weak", "slip", "near"))
STRENGTHS = {
    "agrees": 1.0,
    "weak": 0.5,
    "slip": 0.5,
    "near": 0.5,
    "half": 0.5,
    "differs": -1.0,
}
FEWEST_SUPPORTS = 3
MOST_EVIDENCE = 5
LONGEST_QUERY = 400  # characters; longer titles find nothing more, and addresses have an end
WEB_TYPES = {"online", "misc", "electronic", "www", "software", "manual", "patent", "standard"}


@dataclass(frozen=True)
class Judged:
    """One candidate: the fields that agree, those that contradict, and why it was (not) taken."""

    doi: str | None
    title: str | None
    supports: tuple[str, ...]
    contradictions: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Match:
    """`outcome`: one, several (equally good works) or none. `work` and `doi` only with one; a work
    that has no DOI (one that PubMed alone has) is one as well. `evidence`: best first."""

    outcome: str
    work: Work | None
    doi: str | None
    evidence: tuple[Judged, ...]


@dataclass(frozen=True)
class Judgement:
    judged: Judged
    work: Work
    taken: bool
    strength: float
    place: int

    @property
    def rank(self) -> tuple[Any, ...]:
        name = self.judged.doi or f"~{text_of(self.work, 'PMID') or ''}"
        return (not self.taken, -self.strength, name, self.place)


def is_searchable(reference: Reference) -> bool:
    """Whether a registry of works can know it: no trial registration, web page, label."""
    if reference.registration:
        return False
    if reference.type in WEB_TYPES and not is_preprint(reference):
        printed = reference.container_title and (reference.volume or reference.page)
        if not printed and (reference.url or reference.type not in ("misc", "online")):
            return False
    return bool(bibliographic_query(reference))


def bibliographic_query(reference: Reference) -> str:
    """First family name, title, journal, year, volume and first page, without markup.

    As Crossref asks for it: one field, all of the reference in it
    (https://github.com/CrossRef/rest-api-doc/blob/master/api_tips.md). Empty without a title,
    unless journal, volume and page are there.
    """
    pages = parse_pages(reference.page) if reference.page else None
    page = pages.first if pages else reference.article_number or reference.page
    title = searchable_text(reference.title)[: LONGEST_QUERY - 100]
    journal = searchable_text(reference.container_title)[:100]
    if not title and not (journal and reference.volume and page):
        return ""
    author = reference.authors[0] if reference.authors else Name()
    parts = [
        searchable_text(author.family or author.literal)[:60],
        title,
        journal,
        str(reference.year or ""),
        searchable_text(reference.volume)[:20],
        searchable_text(page)[:20],
    ]
    return " ".join(part.strip() for part in parts if part.strip())[:LONGEST_QUERY].strip()


def searchable_text(text: str | None) -> str:
    """Without markup and what no address can carry."""
    plain = readable((text or "")[:LONGEST_TITLE])
    plain = "".join(sign if sign.isprintable() else " " for sign in plain)
    return " ".join(plain.split())


def match(
    reference: Reference, candidates: Sequence[Work], journals: Iterable[Iterable[str]] = ()
) -> Match:
    """The one work among the candidates that the reference cites, with the evidence.

    `journals`: groups of names of one journal each; they let a Chinese name meet an English one.
    Candidates are works in Crossref's shape; whatever is misshapen in them is as good as absent.
    """
    groups = [frozenset(map(comparison_key, group)) for group in journals]
    judgements = sorted(
        (
            judge(reference, work, place, groups)
            for place, work in enumerate(candidates)
            if isinstance(work, Mapping)
        ),
        key=lambda judgement: judgement.rank,
    )
    judgements = without_repetitions(judgements)
    taken = [judgement for judgement in judgements if judgement.taken]
    if not taken:
        return Match("none", None, None, evidence(judgements))
    best = taken[0]
    if best.judged.doi is None:  # PubMed's record; another registry may give this work's DOI
        named = (one for one in taken if one.judged.doi and same_work(one, best, groups))
        best = next(named, best)
    rivals = [one for one in taken if one is not best and not same_work(one, best, groups)]
    # One that is PubMed's work as much as the best is competes with the best alone.
    strongest = taken[0]
    equals = [
        one
        for one in rivals
        if one.strength >= (best if same_work(one, strongest, groups) else strongest).strength
    ]
    if equals:
        tied = {id(best), *map(id, equals)}
        explained = [
            with_reason(one, "fits as well as another work") if id(one) in tied else one
            for one in judgements
        ]
        return Match("several", None, None, evidence(explained))
    explained = [best] + [
        with_reason(
            one, "the same work once more" if same_work(one, best, groups) else "fits less well"
        )
        if one.taken
        else one
        for one in judgements
        if one is not best
    ]
    return Match("one", best.work, best.judged.doi, evidence(explained))


def evidence(judgements: Sequence[Judgement]) -> tuple[Judged, ...]:
    return tuple(judgement.judged for judgement in judgements[:MOST_EVIDENCE])


def with_reason(judgement: Judgement, reason: str) -> Judgement:
    reason = f"not taken: {reason}; {judgement.judged.reason.partition(': ')[2]}"
    return replace(judgement, judged=replace(judgement.judged, reason=reason))


def without_repetitions(judgements: Sequence[Judgement]) -> list[Judgement]:
    """One judgement a DOI, the best: two registries may show one work."""
    seen: set[str] = set()
    kept = []
    for judgement in judgements:
        doi = judgement.judged.doi
        if doi is None or doi not in seen:
            kept.append(judgement)
            seen |= {doi} if doi else set()
    return kept


def same_work(one: Judgement, other: Judgement, journals: Sequence[frozenset[str]] = ()) -> bool:
    """Whether two records that both fit are of one work.

    Versions of one preprint are. Where one has no DOI the two must say so of themselves, each read
    as a reference to the other: the same journal and volume or first page, authors that meet, and
    nothing that contradicts. What a record leaves out does not speak for it: it would be given
    the strength of another. Two DOIs are two works, or one registered twice, which cannot be told.
    """
    first, second = one.judged.doi, other.judged.doi
    if first and second:
        versions = is_posted(one.work) and is_posted(other.work)
        return versions and without_version(first) == without_version(second)
    ids = [text_of(work.work, "PMID") for work in (one, other)]
    if None not in ids:
        return ids[0] == ids[1]
    return fits(one.work, other.work, journals) and fits(other.work, one.work, journals)


def fits(work: Work, other: Work, journals: Sequence[frozenset[str]]) -> bool:
    """Whether the first record, printed as a reference, names the second."""
    years, titles = sorted(work_years(work).all), work_titles(work)
    printed = Reference(
        key="",
        number=0,
        title=titles[0] if titles else None,
        authors=work_authors(work),
        year=years[0] if years else None,
        volume=text_of(work, "volume"),
        page=text_of(work, "page"),
        article_number=text_of(work, "article-number"),
    )
    states = {
        "title": title_state(printed, work_titles(other)),
        "author": author_state(printed, other),
        "volume": compare_field("volume", printed, other).state,
        "page": page_state(printed, other),
    }
    in_journal = any(
        journal_state(replace(printed, container_title=name), other, journals) == "agrees"
        for name in work_containers(work)
    )
    apart = [abs(year - found) for year in years for found in work_years(other).all]
    return (
        in_journal
        and states["author"] == "agrees"
        and "agrees" in (states["volume"], states["page"])
        and "differs" not in states.values()
        and min(apart, default=0) < 2
    )


def without_version(doi: str) -> str:
    return re.sub(r"(?:/v|\.v|-v)\d{1,2}$", "", doi)


def judge(
    reference: Reference, work: Work, place: int, journals: Sequence[frozenset[str]]
) -> Judgement:
    """The candidate by its own fields: whether it may be the cited work, and how much says so."""
    titles = [without_status(title[:LONGEST_TITLE]) for title in work_titles(work)]
    states = {
        "title": title_state(reference, whole_titles(work, titles)),
        "volume": compare_field("volume", reference, work).state,
        "page": page_state(reference, work),
    }
    if states["title"] != "differs" or states["volume"] == states["page"] == "agrees":
        # Of most candidates the title says enough, and the rest takes its time.
        states |= {
            "author": author_state(reference, work),
            "container-title": journal_state(reference, work, journals),
            "year": year_state(reference, work),
            "issue": compare_field("issue", reference, work).state,
        }
    names = [name for name in (*SUPPORTS, "issue") if name in states]
    supports = tuple(name for name in names if states[name] in AGREEING)
    contradictions = tuple(name for name in names if states[name] == "differs")
    weights = [0.1 if name == "issue" else 1 for name in names]
    values = [STRENGTHS.get(states[name], 0.0) for name in names]
    strength = sum(value * weight for value, weight in zip(values, weights, strict=True))
    refusal = unsuitable(reference, work, titles) or objection(reference, work, states)
    reason = f"not taken: {refusal}" if refusal else f"taken: {in_words(supports)} agree"
    if not refusal and contradictions:
        reason += f", though not the {in_words(contradictions)}"
    judged = Judged(work_doi(work), titles[0] if titles else None, supports, contradictions, reason)
    return Judgement(judged, work, refusal is None, strength, place)


def in_words(names: Sequence[str]) -> str:
    words = [FIELD_WORDS.get(name, name) for name in names]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def objection(reference: Reference, work: Work, states: Mapping[str, str]) -> str | None:
    """What the fields say against this being the cited work; None if nothing does.

    A contradiction counts unless all that identifies a place in print agrees: then the list, or
    the record, has one field wrong, and that is for the validation to report.
    """
    if states["title"] == "differs":
        return "another title"
    agree = {name for name in SUPPORTS if states[name] in AGREEING}
    differ = {name for name in SUPPORTS if states[name] == "differs"}
    place = {"container-title", "volume", "page"} <= agree
    if states["title"] in ("other-script", "not-comparable"):
        # Across scripts, or a list that prints no titles: only the place in print can tell.
        if not (place and states["year"] in ("agrees", "half")):
            return "no title to compare, and journal, volume, first page and year do not all agree"
        sure = states["title"] == "other-script" and states["year"] == "agrees"
        unlike = states["author"] in ("differs", "doubtful")
        if unlike or not (sure or "author" in agree):
            return "no title to compare, and not the first author"
        return None
    weak = weak_title(states["title"], agree, differ)
    if weak:
        return weak
    same_place = place and (states["year"] in ("agrees", "half"))
    if "author" in differ and not (same_place and len(plain_words(reference.title or "")) > 3):
        return "another first author"
    if "year" in differ and not place:
        return "another year"
    if "container-title" in differ and not {"volume", "page"} <= agree:
        return "another journal"
    if "volume" in differ and "page" not in agree:
        return "another volume"
    if "page" in differ:
        if not {"author", "container-title", "volume", "year"} <= agree:
            return "another page"
        if not is_page_slip(reference, work, states["issue"] == "agrees"):
            return "another page, and neither a slip of it nor as many pages of that issue"
        if states["issue"] == "differs" or printed_as_abstract(reference):
            return "another page, where it is what tells: in another issue, or of abstracts"
    if "page" not in agree:
        if is_abstract(work) and not printed_as_abstract(reference):
            return "a conference abstract, and the reference is none"
        same_book = is_conference(reference) and "container-title" in agree
        there = same_book or states["issue"] == "agrees" or is_conference_paper(work)
        if printed_as_abstract(reference) and not there:
            return "no conference abstract, and the reference is one"
    if len(agree) < FEWEST_SUPPORTS:
        agreeing = [name for name in SUPPORTS if name in agree]
        return f"fewer than three fields agree: {in_words(agreeing)}"
    # "Authors' reply" stands several times in a volume: there the page alone tells.
    if is_common(reference.title or "") and "page" not in agree:
        return "a title that many works have, and the page does not agree"
    doubtful = states["author"] == "doubtful"
    if doubtful and not ("page" in agree or {"container-title", "volume"} <= agree):
        return "title and year alone, of an author in doubt, name no work"
    return None


def weak_title(state: str, agree: set[str], differ: set[str]) -> str | None:
    """Titles that are not the same need other fields: what, by how they depart from it.

    A subtitle left out: the first author, the page and one more, for papers of one group share
    journal, year and volume. A slip of the pen: the first author and three more of journal, year,
    volume and page. Other words that are near: all five. Nothing may contradict. Where one side
    names no author, all that identifies a place in print stands for it, but not for words that
    differ.
    """
    others = agree & {"container-title", "year", "volume", "page"}
    if state == "agrees":
        return None
    enough = {"weak": 2, "slip": 3, "near": 4}[state]
    known = "author" in agree or (
        state != "near" and {"container-title", "volume", "page"} <= agree
    )
    if not known or len(others) < enough or differ:
        return "the title is not the same, and not enough of the other fields agree"
    if state == "weak" and "page" not in agree:
        return "one title has a subtitle, as another paper has, and the page does not tell"
    return None
