"""What was said of a work after it appeared, and whether the cited item is itself such a notice.

Three roads lead here: the record's own `updated-by`, `update-to` and `notices`; the notices that
say they update the work (a list of them is one answer); and the titles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from livingreview.references.comparison.compare import answers
from livingreview.references.comparison.titles import says_retracted
from livingreview.references.judgement.finding import Answer, Finding, finding
from livingreview.references.judgement.notices import NAMES, announced_notice
from livingreview.references.record import Reference
from livingreview.references.wording.messages import source_names
from livingreview.references.work import (
    Notice,
    entries_of,
    entry_doi,
    is_self_update,
    is_update_of,
    notice_kind,
    notice_of,
    notices_about,
    plain_doi,
    work_titles,
)

SEVERITIES = {
    "retracted": "error",
    "partially-retracted": "warning",
    "concern": "warning",
    "corrected": "note",
}
NOTICE_KINDS = {
    "retracted": "retraction",
    "partially-retracted": "partial-retraction",
    "concern": "concern",
    "corrected": "correction",
}
# Beginnings of words in the name of a kind of notice, for kinds that no list of kinds has.
KINDS_BY_WORD = re.compile(
    r"(?P<partial>partial(?:ly)?[ -](?:retract|withdraw)|部分撤[稿回])"
    r"|(?P<concern>(?<![a-z])concerns?(?![a-z])|关注)"
    r"|(?P<retracted>retract|withdraw|撤稿|撤回)"
    r"|(?P<corrected>(?<![a-z])correct|errat|corrigend|勘误|更正)"
)
# What makes its opposite of such a word: before it anywhere, directly before it, or beside it.
NOT_BEFORE = re.compile(r"(?<![a-z])(?:not|no(?!\.)|non|never|without|cannot)(?![a-z])|n['’]t ")
NOT_BESIDE = re.compile(
    r"(?:(?<![a-z])un-?|(?:未|不|非|无|没有|并未)(?:被|予|予以|曾|再|经|正式|发布|宣布)?)$"
)
ENDED = re.compile(
    r"(?<![a-z])(?:resol(?:ved|ution)|lifted|rescinded|reversed|reversal|revoked|cancell?ed"
    r"|overturned|reinstate(?:d|ment)|cleared|denied|rejected|declined|requested|pending)(?![a-z])"
    r"|解除|取消|撤销|已解决|消除|恢复|驳回"
)
# Words behind these are the reason for the notice, and name no other one.
REASON = re.compile(r"(?<![a-z])(?:because|due to|owing to|after|following|over)(?![a-z])")
# "retraction of a retraction"
ABOUT_NOTICE = re.compile(r"(?<![a-z])(?:of|to|for|from)(?![a-z])|的")
ABOUT_ANOTHER = (" of", " for", " from")  # "retraction of": said of another work
# A new version is the work itself, not something said about it.
VERSIONS = ("version", "edition", "版本")
# How a work went, by the first word of the notice's kind or of the work's title; else retracted.
WAYS = (
    ("status.withdrawn", re.compile(r"^\W*(?:withdraw|撤回)", re.IGNORECASE)),
    ("status.removed", re.compile(r"^\W*(?:remov|移除)", re.IGNORECASE)),
)
# Who told Crossref of a notice, besides publishers.
WATCH = "retraction-watch"
WATCH_NAMES = ("（Retraction Watch）", " (Retraction Watch)")


def status_findings(reference: Reference, authorities: Sequence[Answer]) -> list[Finding]:
    """Retraction, concern, correction; and whether the cited item is itself such a notice."""
    title = reference.title or ""
    kind = announced_notice(title)
    source: Answer | str = "list"
    for answer in authorities:
        updates = updates_of_others(answer) if kind is None and answers(answer) else []
        if updates:
            kind, source = NOTICE_KINDS[updates[0]], answer
    found = []
    if kind is not None:
        about = finding(
            reference,
            "status.notice",
            "warning",
            cited=title,
            found=kind,
            source=source,
            what=NAMES[kind],
        )
        found.append(about)
    told = []
    for answer in heard(reference, authorities):
        known = [*notices_about(answer), *notices_by_word(answer), *retracted_titles(answer)]
        told += [(notice, answer, None) for notice in known]
        told += [(notice, answer, "status.other") for notice in notices_of_no_kind(answer)]
    groups = each_once(told)
    found += [status_finding(reference, group) for group in groups]
    if says_retracted(title) and not any(one[0][0].kind == "retracted" for one in groups):
        wording = way_of(title)
        found.append(
            finding(
                reference, "status.retracted", "error", cited=title, found=title, wording=wording
            )
        )
    order = list(SEVERITIES)
    return sorted(
        found,
        key=lambda one: order.index(one["code"][7:]) if one["code"][7:] in order else -1,
    )


def heard(reference: Reference, authorities: Sequence[Answer]) -> list[Answer]:
    """The answers that can tell of notices; a list of notices as a record that names them."""
    found = []
    dois = {reference.doi, *(entry_doi(answer) for answer in authorities if answers(answer))}
    for answer in authorities:
        if answers(answer):
            found.append(answer)
        elif "updates" in answer["_query"] and answer["_outcome"] == "found":
            about = {plain_doi(str(answer["_query"]["updates"])), *dois} - {None}
            found.append(named_notices(answer, about))
    return found


def named_notices(answer: Answer, dois: set[str]) -> dict[str, Any]:
    """The items of the answer as `updated-by`, for what they say of a work with these DOIs.

    One notice can correct several works, each in its own way: only its entry for this one counts.
    """
    entries = [
        {**entry, "DOI": item.get("DOI")}
        for item in entries_of(answer, "items")
        for entry in entries_of(item, "update-to")
        if entry_doi(entry) in dois and not is_self_update(entry, item)
    ]
    kept = {name: answer[name] for name in ("_source", "_query", "_outcome", "_retrieved")}
    return {**kept, "updated-by": entries}


Told = tuple[Notice, Answer, str | None]


def each_once(told: Sequence[Told]) -> list[list[Told]]:
    """Each notice once, with all that tell of it, the one that knows most first; what has no DOI
    is a notice of its own only if none that is known can be the same."""
    groups: list[list[int]] = []
    for place in sorted(range(len(told)), key=lambda place: told[place][0].doi is None):
        for group in groups:
            if is_same_notice(told[place], told[group[0]]):
                group.append(place)
                break
        else:
            groups.append([place])
    return [[told[place] for place in group] for group in sorted(groups)]


def is_same_notice(one: Told, other: Told) -> bool:
    """By DOI or PMID; of two sources of which one names neither, by the kind and the year."""
    (first, answer, wording), (second, another, also) = one, other
    if first.kind != second.kind or ((wording or also) and first.label != second.label):
        return False
    if first.kind == "retracted" and (is_own(first, answer) or is_own(second, another)):
        return True
    if first.doi and second.doi:
        return first.doi == second.doi
    if first.pmid and second.pmid:
        return first.pmid == second.pmid
    if answer is another:
        return (first.doi or first.date) == (second.doi or second.date)
    if first.kind != "corrected":  # a work is retracted once, whoever tells of it
        return True
    return not (first.date and second.date) or first.date[:4] == second.date[:4]


def is_own(notice: Notice, answer: Answer) -> bool:
    """Whether the publisher marked the work as its own update: no notice with a DOI of its own."""
    return notice.doi is not None and notice.doi == entry_doi(answer)


def retracted_titles(answer: Answer) -> list[Notice]:
    """ "RETRACTED:" before a record's title, where no notice says so: publishers mark works so."""
    known = notices_about(answer) + notices_by_word(answer)
    if any(notice.kind == "retracted" for notice in known):
        return []
    marked = [title for title in work_titles(answer) if says_retracted(title)]
    return [Notice("retracted", None, None, marked[0])] if marked else []


def kind_by_words(label: str) -> str | None:
    """The kind of notice that "retraction notice" and its like name; None if no word says, or if
    others say that it is no more, or is about another notice.

    >>> kind_by_words("retraction notice"), kind_by_words("letter")
    ('retracted', None)
    >>> kind_by_words("not retracted"), kind_by_words("correction to retraction")
    (None, None)
    """
    if label.endswith(ABOUT_ANOTHER):
        return None
    label = head if KINDS_BY_WORD.search(head := REASON.split(label, maxsplit=1)[0]) else label
    named = list(KINDS_BY_WORD.finditer(label))
    if not named or ENDED.search(label):
        return None
    before = label[: named[0].start()]
    if NOT_BEFORE.search(before) or NOT_BESIDE.search(before):
        return None
    if len({one.lastgroup for one in named}) > 1:
        return None
    if any(ABOUT_NOTICE.search(label, one.end(), two.start()) for one, two in pairwise(named)):
        return None
    return "partially-retracted" if named[0].lastgroup == "partial" else named[0].lastgroup


def unlisted_notices(answer: Answer) -> list[Notice]:
    """Notices about the work whose kind `work.py` does not list, each under its own words."""
    own = [one for one in entries_of(answer, "update-to") if is_self_update(one, answer)]
    found = []
    for entry in [*entries_of(answer, "updated-by"), *own, *entries_of(answer, "notices")]:
        label = label_of(entry)
        version = any(word in label for word in VERSIONS) and not KINDS_BY_WORD.search(label)
        if notice_kind(label) or version:
            continue
        found.append(notice_of(entry, kind_by_words(label) or "corrected", label or "notice"))
    return found


def label_of(entry: Mapping[str, Any]) -> str:
    label = str(entry.get("type") or entry.get("kind") or "").lower()
    return " ".join(label.replace("_", " ").split())


def notices_by_word(answer: Answer) -> list[Notice]:
    return [notice for notice in unlisted_notices(answer) if kind_by_words(notice.label)]


def notices_of_no_kind(answer: Answer) -> list[Notice]:
    """What no word tells the kind of is not dropped: a reader is to look at it."""
    return [notice for notice in unlisted_notices(answer) if not kind_by_words(notice.label)]


def updates_of_others(answer: Answer) -> list[str]:
    """What the record says of other works, as kinds of notice, by the list or by the words; what
    is about another notice corrects it."""
    labels = [
        label_of(one) for one in entries_of(answer, "update-to") if not is_self_update(one, answer)
    ]
    named = [
        kind_by_words(label) or "corrected"
        for label in labels
        if KINDS_BY_WORD.search(label) and not label.endswith(ABOUT_ANOTHER)
    ]
    return is_update_of(answer) or named


def status_finding(reference: Reference, group: Sequence[Told]) -> Finding:
    """One notice, by all who tell of it: the finding's source is the first of the group, whose
    gaps (a date, a DOI) the others fill."""
    notice, answer, wording = group[0]
    notices = [one for one, _, _ in group]
    number = next(filter(None, (one.pmid for one in notices)), None)
    date = next(filter(None, (one.date for one in notices)), None)
    doi = None if is_own(notice, answer) else notice.doi
    name = doi or (f"PMID {number}" if number else None)
    if notice.kind == "retracted":
        again = any(one.republished for one in notices)
        wording = "status.republished" if again else way_of(notice.label)
    names, dates = tellers(group)
    return finding(
        reference,
        f"status.{notice.kind}",
        SEVERITIES[notice.kind],
        cited=reference.title,
        found=", ".join(part for part in (notice.label, date, name) if part),
        source=answer,
        wording=wording,
        names=names,
        date=dates,
    )


def way_of(label: str) -> str | None:
    """The message's name for what was withdrawn or removed rather than retracted."""
    return next((wording for wording, words in WAYS if words.search(label)), None)


def tellers(group: Sequence[Told]) -> tuple[tuple[str, str], str]:
    """Who tells of one notice, each once, in both languages, and the date.

    Where they answered on several days, each day stands with its names, and the last one apart.
    """
    days: dict[str, dict[tuple[str, str], None]] = {}
    for _, answer, _ in group:
        days.setdefault(str(answer.get("_retrieved") or ""), {})[source_names(answer)] = None
    watched = {source_names(answer) for one, answer, _ in group if one.registrar == WATCH}
    texts = []
    for place, (comma, stop, before) in enumerate((("、", "；", "，"), (", ", "; ", ", "))):
        said = [
            comma.join(one[place] + WATCH_NAMES[place] * (one in watched) for one in names)
            for names in days.values()
        ]
        dated = [f"{names}{before}{day}" for names, day in zip(said[:-1], days, strict=False)]
        texts.append(stop.join([*dated, said[-1]]))
    return (texts[0], texts[1]), list(days)[-1]
