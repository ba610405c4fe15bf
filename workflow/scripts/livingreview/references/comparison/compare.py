"""Every printed field against every authority that answers for the reference.

An authority that agrees clears a field; a contradiction counts if nobody agrees, even if only one
authority answered; what nobody shows is not comparable, and counts neither for nor against.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from livingreview.references.comparison.authors import ListDifference, compare_authors, names_text
from livingreview.references.comparison.journals import compare_journals
from livingreview.references.comparison.notices import is_other_item
from livingreview.references.comparison.outcomes import (
    AUTHOR_CODES,
    Comparison,
    agrees,
    differs,
    is_another_work,
    not_comparable,
)
from livingreview.references.comparison.pages import (
    begins_at_one,
    compare_pages,
    is_other_article,
    is_page_outside,
    is_placeholder,
    is_range,
    same_article_number,
)
from livingreview.references.comparison.supplements import (
    Numbers,
    compare_issues,
    compare_volumes,
    numbers_of,
)
from livingreview.references.comparison.titles import FAR, compare_titles
from livingreview.references.comparison.years import is_continuous, year_text
from livingreview.references.record import Reference
from livingreview.references.work import (
    author_list_complete,
    has_translated_title,
    is_other_version,
    is_work,
    text_of,
    work_authors,
    work_containers,
    work_doi,
    work_titles,
    work_years,
)

IN_BRACKETS = re.compile(r"\[[^\[\]]{20,}\][.\s]*")
FIELDS = ("title", "author", "container-title", "year", "volume", "issue", "page", "doi")
Work = Mapping[str, Any]


def compare_reference(reference: Reference, authorities: Sequence[Work]) -> list[Comparison]:
    """The outcome for each of FIELDS after all authorities were heard.

    Not heard: what is no record of a work (a DOI's agency or handle, a web page, a list of
    candidates), answers about another version of the work (a preprint), and answers to the
    printed DOI that are about another work, if there are others.
    """
    return compare_and_sort(reference, authorities)[0]


def compare_and_sort(
    reference: Reference, authorities: Sequence[Work]
) -> tuple[list[Comparison], list[Work]]:
    """The same, and `works_of_wrong_doi`, for which every field has to be compared as well."""
    compared = compared_with(reference, authorities)
    others = others_of(reference, compared)
    left = [pair for pair in compared if not any(pair[0] is other for other in others)]
    columns = [outcomes for _, outcomes in left or compared]
    voted = [
        vote(field, [outcomes[place] for outcomes in columns], reference)
        for place, field in enumerate(FIELDS)
    ]
    return voted, others


def compared_with(
    reference: Reference, authorities: Sequence[Work]
) -> list[tuple[Work, list[Comparison]]]:
    """Each answer that is heard, with the outcome for each of FIELDS."""
    return [
        (work, [compare_field(field, reference, work) for field in FIELDS])
        for work in authorities
        if answers(work)
    ]


def works_of_wrong_doi(reference: Reference, authorities: Sequence[Work]) -> list[Work]:
    """The answers to the printed DOI that are about another work; none if one is about this."""
    if reference.doi is None:
        return []
    return others_of(reference, compared_with(reference, authorities))


def others_of(
    reference: Reference, compared: Sequence[tuple[Work, list[Comparison]]]
) -> list[Work]:
    asked = [
        (work, outcomes)
        for work, outcomes in compared
        if reference.doi is not None and reference.doi in (work_doi(work), asked_for(work))
    ]
    others = [work for work, outcomes in asked if is_another_work(outcomes)]
    return others if len(others) == len(asked) else []


def answers(work: Work) -> bool:
    """Whether the answer is heard: the record of the work itself, in the cited version."""
    return is_work(work) and not is_other_version(work)


def vote(field: str, outcomes: Sequence[Comparison], reference: Reference) -> Comparison:
    """Agreement first, then contradiction, then the first authority that shows a value at all."""
    for state in ("agrees", "differs"):
        matching = [outcome for outcome in outcomes if outcome.state == state]
        if matching:
            # Of several that agree, one without a note: it says most.
            return min(matching, key=lambda outcome: outcome.code is not None)
    shown = [outcome for outcome in outcomes if outcome.found is not None]
    if shown:
        return shown[0]
    return Comparison(field, "not-comparable", cited=printed(reference, field))


def compare_field(field: str, reference: Reference, work: Work) -> Comparison:
    outcome = COMPARERS[field](reference, work)
    return replace(outcome, field=field, cited=printed(reference, field), authority=work)


def printed(reference: Reference, field: str) -> str | None:
    """The field as a reader finds it in the list."""
    if field == "author":
        text = names_text(reference.authors)
        return (text if reference.authors_complete else f"{text}, et al.") or None
    if field == "page":
        return reference.page or reference.article_number
    value = {
        "title": reference.title,
        "container-title": reference.container_title,
        "year": reference.year,
        "volume": reference.volume,
        "issue": printed_numbers(reference).issue_text,
        "doi": reference.doi,
    }[field]
    return None if value is None else str(value)


def compare_title(reference: Reference, work: Work) -> Comparison:
    """A subtitle that only the record has is a note; registries often leave it out themselves.

    NEAR of `titles.py` and what it calls numbers grade the rest: warning or error.

    A title that announces a notice or a reply is never that of the work that it is about.
    """
    titles = work_titles(work)
    if not titles:
        return not_comparable()
    if not reference.title:
        return not_comparable(titles[0])
    wordings = [(compare_titles(reference.title, title), title) for title in titles]
    alike = any(wording.state in ("same", "shortened", "subtitle") for wording, _ in wordings)
    if not alike and has_place_of(reference, work):
        wordings = [(compare_titles(reference.title, title, sure=True), title) for title in titles]
    if work.get("subtitle"):
        # The main title alone says nothing for a subtitle that the record has elsewhere.
        wordings = [pair for pair in wordings if pair[0].state != "shortened"]
    other = is_other_item(reference.title, titles)
    for state, code in (("same", None), ("shortened", None), ("subtitle", "title.subtitle")):
        for wording, title in wordings:
            if wording.state == state and not (other and (state != "same" or len(titles) > 1)):
                return agrees(title, code)
    different = [pair for pair in wordings if pair[0].state not in ("same", "incomparable")]
    if reference.registration or not different:
        # A registry keeps a brief title, an official one and translations of a trial.
        return not_comparable(titles[0])
    wording, title = max(different, key=lambda pair: pair[0].score)
    if has_translated_title(work) and wording.score >= FAR:
        return not_comparable(title)  # a Chinese title has more than one English wording
    if IN_BRACKETS.fullmatch(reference.title.strip()):
        return not_comparable(title)  # so lists print their own translation of a title
    severity = "error" if wording.state != "near" or other else "warning"
    return replace(differs("title.mismatch", title, severity), likeness=wording.score)


def has_place_of(reference: Reference, work: Work) -> bool:
    """Whether other fields say that the record is the cited work's: two of them, or one where the
    printed DOI led to it."""
    asked = reference.doi is not None and reference.doi in (work_doi(work), asked_for(work))
    states = (
        COMPARERS[field](reference, work).state
        for field in ("author", "container-title", "volume", "page")
    )
    return sum(state == "agrees" for state in states) > (0 if asked else 1)


def compare_author(reference: Reference, work: Work) -> Comparison:
    names = work_authors(work)
    if not names:
        return not_comparable()
    found = names_text(names)
    outcome = compare_authors(
        reference.authors, reference.authors_complete, names, author_list_complete(work)
    )
    if outcome == "incomparable":
        return not_comparable(found)
    if not isinstance(outcome, ListDifference):
        return agrees(found)
    if outcome.kind == "inverted":
        return agrees(found, "author.inverted")
    text = outcome.found if outcome.kind != "extra" else found
    return differs(AUTHOR_CODES[outcome.kind], text)


def compare_container(reference: Reference, work: Work) -> Comparison:
    names = work_containers(work)
    if not names or not reference.container_title:
        return not_comparable(names[0] if names else None)
    wordings = [(compare_journals(reference.container_title, name), name) for name in names]
    for wording, name in wordings:
        if wording.state == "same":
            return agrees(name)
    different = [pair for pair in wordings if pair[0].state in ("near", "far")]
    if not different:
        return not_comparable(names[0])
    wording, name = max(different, key=lambda pair: pair[0].score)
    severity = "warning" if wording.state == "near" else "error"
    return differs("container-title.mismatch", name, severity)


def compare_year(reference: Reference, work: Work) -> Comparison:
    """The issue's year agrees; the online-first year is a note where the issue's is another.

    Where only an online date was seen, the issue's year can be the next one, whether or not a
    volume is assigned; a record put online late can be a year behind its issue. Not so where
    articles have numbers in place of pages, and appear one by one.
    """
    years = work_years(work)
    if not years.all:
        return not_comparable()
    found = year_text(years.printed, years.online, years.unspecified)
    year = reference.year
    if year is None:
        return not_comparable(found)
    if year in years.printed or (not years.printed and year in years.all):
        return agrees(found)
    if year in years.online:
        return agrees(found, "year.online-first")
    beside = not years.printed and any(abs(year - online) == 1 for online in years.online)
    if beside and not is_continuous(work):
        return not_comparable(found, "year.after-online" if year > max(years.online) else None)
    return differs("year.mismatch", found)


def compare_volume(reference: Reference, work: Work) -> Comparison:
    cited, found = printed_numbers(reference), recorded_numbers(work)
    return numbered("volume", cited.volume_text, found.volume_text, compare_volumes(cited, found))


def compare_issue(reference: Reference, work: Work) -> Comparison:
    """The issue with its supplement, which either side may have with the volume: 24 Suppl 6."""
    cited, found = printed_numbers(reference), recorded_numbers(work)
    return numbered("issue", cited.issue_text, found.issue_text, compare_issues(cited, found))


def numbered(name: str, cited: str | None, found: str | None, outcome: str) -> Comparison:
    if found is None or cited is None or outcome == "incomparable":
        return not_comparable(found)
    if outcome == "same":
        return agrees(found)
    if is_no_number(found) or is_no_number(cited):
        return not_comparable(found)
    return differs(f"{name}.mismatch", found)


def is_no_number(text: str) -> bool:
    """Whether a volume or an issue only stands for one to come (00, ahead-of-print), or is in Roman
    figures."""
    return not text.strip("0 ") or not any(sign.isdigit() for sign in text)


def printed_numbers(reference: Reference) -> Numbers:
    return numbers_of(reference.volume, reference.issue)


def recorded_numbers(work: Work) -> Numbers:
    return numbers_of(text_of(work, "volume"), text_of(work, "issue"))


def compare_page(reference: Reference, work: Work) -> Comparison:
    """Pages against pages, article number against article number, each against the other if it can.

    An article number says nothing of a page range that the record has, and the reverse: many
    records hold the pages of the PDF. A single page that equals the article number is it. Of a work
    ahead of print, which has no volume yet, pages from 1 are those of its PDF.
    """
    found_page, found_article = text_of(work, "page"), text_of(work, "article-number")
    found = found_page or found_article
    cited_page, cited_article = reference.page, reference.article_number
    if found is None or not (cited_page or cited_article):
        return not_comparable(found)
    for cited in filter(None, (cited_article, cited_page)):
        for value in filter(None, (found_article, found_page)):
            if same_article_number(cited, value):
                return agrees(value)
    volume = text_of(work, "volume")
    ahead = volume is None or is_no_number(volume)
    if found_page and (is_placeholder(found_page) or (ahead and begins_at_one(found_page))):
        found_page = None
    if cited_page and found_page:
        outcome = compare_pages(cited_page, found_page)
        if outcome == "same":
            return agrees(found_page)
        if not cited_article and is_page_outside(cited_page, found_page):
            return differs("page.mismatch", found_page)
        if not found_article and is_page_outside(found_page, cited_page):
            return differs("page.mismatch", found_page)
        # A list may print the pages of the PDF where the record has the article number as page.
        if is_range(cited_page) == is_range(found_page) and outcome != "incomparable":
            last = outcome == "last-differs"
            return differs("page.last-mismatch" if last else "page.mismatch", found_page)
        if outcome == "last-differs":
            return differs("page.last-mismatch", found_page)
        if found_article and is_other_article(cited_page, found_article):
            return differs("page.mismatch", found_article)
        return not_comparable(found_page)
    if cited_article and found_article:
        return differs("page.mismatch", found_article)
    cited, value = (cited_article or cited_page or ""), (found_article or found_page)
    if value is None or is_range(cited) or is_range(value):
        return not_comparable(found)
    return differs("page.mismatch", value)


def compare_doi(reference: Reference, work: Work) -> Comparison:
    found = work_doi(work)
    if found is None or reference.doi is None:
        return not_comparable(found)
    if reference.doi == found or asked_for(work) == reference.doi:
        return agrees(found)
    return differs("doi.mismatch", found)


def asked_for(work: Work) -> str | None:
    """The DOI asked for: a registry answers an old DOI with the record under the new one."""
    query = work.get("_query")
    doi = query.get("doi") if isinstance(query, Mapping) else None
    return doi.lower() if isinstance(doi, str) else None


COMPARERS: Mapping[str, Callable[[Reference, Work], Comparison]] = {
    "title": compare_title,
    "author": compare_author,
    "container-title": compare_container,
    "year": compare_year,
    "volume": compare_volume,
    "issue": compare_issue,
    "page": compare_page,
    "doi": compare_doi,
}
